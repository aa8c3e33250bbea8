/** Arithmetic functions. @module */
import { makeCurrency, roundHalfEven } from "../../automation/coerce.ts";
import {
  Currency,
  makeByte,
  makeDate,
  makeDouble,
  makeLong,
  makeSingle,
  TypedNumber,
  type Variant,
  VARTYPE,
  varTypeOf,
} from "../../automation/variant.ts";
import { raise } from "../errors.ts";
import type { LibraryFunction } from "../runtime/bindings.ts";
import { type Arguments, unary } from "./arguments.ts";

/** Abs, Atn, Cos, Exp, Fix, Int, Log, Round, Sgn, Sin, Sqr and Tan. */
export function mathFunctions(use: Arguments): LibraryFunction[] {
  return [
    doubleFunction(use, "Atn", Math.atan),
    doubleFunction(use, "Cos", Math.cos),
    doubleFunction(use, "Sin", Math.sin),
    doubleFunction(use, "Tan", Math.tan),
    doubleFunction(use, "Exp", (x) => {
      const power = Math.exp(x);
      return power === Infinity ? raise(6, "Exp") : power;
    }),
    doubleFunction(use, "Log", (x) => x > 0 ? Math.log(x) : raise(5, "Log")),
    doubleFunction(use, "Sqr", (x) => x >= 0 ? Math.sqrt(x) : raise(5, "Sqr")),
    keepingFunction(use, "Abs", {
      number: Math.abs,
      currency: (scaled) => scaled < 0n ? -scaled : scaled,
    }),
    keepingFunction(use, "Fix", {
      number: (x) => Math.trunc(x) + 0, // no negative zero
      currency: (scaled) => scaled - scaled % 10_000n,
    }),
    keepingFunction(use, "Int", {
      number: Math.floor,
      currency: (scaled) => {
        const rest = scaled % 10_000n;
        return scaled - rest - (rest < 0n ? 10_000n : 0n);
      },
    }),
    unary("Sgn", (value) => Math.sign(use.double(value, "Sgn")) + 0),
    {
      name: "Round",
      minimum: 1,
      maximum: 2,
      call: (value, ...rest) => {
        const digits = use.optionalLong(rest, 0, 0, "Round");
        if (digits < 0 || digits > 22) raise(5, "Round");
        return keepType(use, value, {
          name: "Round",
          number: (x) => roundTo(x, digits),
          currency: (scaled) => roundScaled(scaled, digits),
        });
      },
    },
  ];
}

function doubleFunction(use: Arguments, name: string, compute: (x: number) => number): LibraryFunction {
  return unary(name, (value) => makeDouble(compute(use.double(value, name))));
}

interface Kept {
  readonly number: (x: number) => number;
  readonly currency: (scaled: bigint) => bigint;
}

function keepingFunction(use: Arguments, name: string, kept: Kept): LibraryFunction {
  const operation = { name, ...kept };
  return unary(name, (value) => keepType(use, value, operation));
}

/** Computes in the operand's own subtype; a string is a Double, a Boolean and Empty are Integers, Null is Null. */
function keepType(
  use: Arguments,
  value: Variant,
  { name, number, currency }: Kept & { name: string },
): Variant {
  if (typeof value === "number") {
    const result = number(value);
    // An integral result of a Double stays one; Abs of the least Integer is a Long, of the least Long a Double.
    return (value | 0) === value ? result : makeDouble(result);
  }
  const plain = use.plain(value, name);
  if (plain === null) return null;
  if (plain instanceof Currency) return makeCurrency(currency(plain.scaled));
  if (plain instanceof TypedNumber) {
    const result = number(plain.value);
    switch (plain.type) {
      case VARTYPE.Byte:
        return makeByte(result);
      case VARTYPE.Long:
        return makeLong(result);
      case VARTYPE.Single:
        return makeSingle(result);
      case VARTYPE.Date:
        return makeDate(result);
    }
    return makeDouble(result);
  }
  const result = number(use.double(plain, name));
  return varTypeOf(plain) === VARTYPE.String ? makeDouble(result) : result;
}

/** Rounds to decimal places, half to even. */
function roundTo(value: number, digits: number): number {
  const factor = 10 ** digits;
  const scaled = value * factor;
  // From here on a Double has no digits left that could be rounded away.
  if (!(Math.abs(scaled) < 2 ** 52)) return value;
  return roundHalfEven(scaled) / factor + 0;
}

/** The same for a count of ten-thousandths. */
function roundScaled(scaled: bigint, digits: number): bigint {
  if (digits >= 4) return scaled;
  const unit = 10n ** BigInt(4 - digits);
  let rest = scaled % unit;
  if (rest < 0n) rest += unit;
  const floor = scaled - rest;
  if (rest * 2n < unit) return floor;
  if (rest * 2n > unit) return floor + unit;
  return (floor / unit) % 2n === 0n ? floor : floor + unit;
}
