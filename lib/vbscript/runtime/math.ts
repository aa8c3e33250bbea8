/** Numbers: conversions, arithmetic functions, random numbers. @module */
import {
  roundHalfEven,
  toBoolean,
  toByte,
  toCurrency,
  toDateSerial,
  toDouble,
  toInteger,
  toLongIn,
  toStringValue,
} from "../../automation/coerce.ts";
import {
  Currency,
  makeByte,
  makeDate,
  makeDouble,
  makeLong,
  makeSingle,
  type Variant,
  VARTYPE,
} from "../../automation/variant.ts";
import { raise } from "../errors.ts";
import type { FunctionTable, LibraryContext } from "./library.ts";
import { makeNumber } from "./operators.ts";

/** Windows' generator: 24 bits, linear congruential. */
export class RandomNumbers {
  #state = 0x50000;

  /** Rnd: a negative argument reseeds, 0 repeats the last number. */
  next(argument: number | undefined): number {
    if (argument !== undefined && argument < 0) {
      const bits = new DataView(new ArrayBuffer(4));
      bits.setFloat32(0, argument);
      const word = bits.getUint32(0);
      this.#state = (word + (word >>> 24)) & 0xFFFFFF;
    }
    if (argument !== 0) this.#state = (Math.imul(this.#state, 1140671485) + 12820163) & 0xFFFFFF;
    return Math.fround(this.#state / 0x1000000);
  }

  /** Randomize: mixes the seed into the middle bytes. */
  seed(value: number): void {
    const bits = new DataView(new ArrayBuffer(8));
    bits.setFloat64(0, value);
    const high = bits.getUint32(0);
    const mixed = (high & 0xFFFF) ^ (high >>> 16);
    this.#state = (this.#state & 0xFF0000FF) | ((mixed & 0xFFFF) << 8);
  }
}

/** The functions, by name, with how many arguments they take. */
export function mathFunctions({ runtime, services }: LibraryContext): FunctionTable {
  const random = new RandomNumbers();
  const double = (value: Variant): number => {
    const plain = runtime.plain(value);
    return plain === null ? raise(94) : toDouble(plain, runtime.locale);
  };
  const checked = (value: number): Variant => Number.isFinite(value) ? makeDouble(value) : raise(6);
  /** A function that keeps its argument's subtype. */
  const keeping = (apply: (value: number) => number) => (value: Variant): Variant => {
    const plain = runtime.plain(value);
    if (plain === null) return null;
    if (plain instanceof Currency) {
      return toCurrency(apply(Number(plain.scaled) / 10_000));
    }
    const type = typeof plain === "string"
      ? VARTYPE.Double
      : typeof plain === "boolean" || plain === undefined
      ? VARTYPE.Integer
      : runtime.typeOf(plain);
    return makeNumber(type, apply(toDouble(plain, runtime.locale)));
  };
  return {
    Abs: [1, 1, keeping(Math.abs)],
    Int: [1, 1, keeping(Math.floor)],
    Fix: [1, 1, keeping(Math.trunc)],
    Sgn: [1, 1, (value) => Math.sign(double(value)) + 0],
    Sqr: [1, 1, (value) => double(value) < 0 ? raise(5) : makeDouble(Math.sqrt(double(value)))],
    Exp: [1, 1, (value) => checked(Math.exp(double(value)))],
    Log: [1, 1, (value) => double(value) <= 0 ? raise(5) : makeDouble(Math.log(double(value)))],
    Sin: [1, 1, (value) => makeDouble(Math.sin(double(value)))],
    Cos: [1, 1, (value) => makeDouble(Math.cos(double(value)))],
    Tan: [1, 1, (value) => makeDouble(Math.tan(double(value)))],
    Atn: [1, 1, (value) => makeDouble(Math.atan(double(value)))],
    Round: [1, 2, (value, places) => {
      const plain = runtime.plain(value);
      if (plain === null) return null;
      const digits = places === undefined ? 0 : toLongIn(places, runtime.locale);
      if (digits < 0 || digits > 22) raise(5);
      if (plain instanceof Currency) return toCurrency(roundTo(double(plain), digits));
      const type = typeof plain === "string" ? VARTYPE.Double : runtime.typeOf(plain);
      if (type === VARTYPE.Boolean || plain === undefined) return makeNumber(VARTYPE.Integer, double(plain));
      return makeNumber(
        type,
        type === VARTYPE.Double || type === VARTYPE.Single ? roundTo(double(plain), digits) : double(plain),
      );
    }],
    Rnd: [0, 1, (...args) => makeSingle(random.next(args.length === 0 ? undefined : double(args[0])))],
    Randomize: [0, 1, (...args) => {
      random.seed(args.length === 0 ? services.random() * 86_400 : double(args[0]));
      return undefined;
    }],
    CInt: [1, 1, (value) => toInteger(runtime.plain(value), runtime.locale)],
    CLng: [1, 1, (value) => makeLong(toLongIn(runtime.plain(value), runtime.locale))],
    CDbl: [1, 1, (value) => makeDouble(double(value))],
    CSng: [1, 1, (value) => {
      const single = Math.fround(double(value));
      return Number.isFinite(single) ? makeSingle(single) : raise(6);
    }],
    CByte: [1, 1, (value) => makeByte(toByte(runtime.plain(value), runtime.locale))],
    CCur: [1, 1, (value) => toCurrency(runtime.plain(value), runtime.locale)],
    CBool: [1, 1, (value) => toBoolean(runtime.plain(value), runtime.locale)],
    CStr: [1, 1, (value) => toStringValue(runtime.plain(value), runtime.locale)],
    CDate: [1, 1, (value) => makeDate(toDateSerial(runtime.plain(value), runtime.locale))],
    RGB: [3, 3, (...args) => {
      const [red, green, blue] = args.map((value) => {
        const part = toLongIn(value, runtime.locale);
        return part < 0 ? raise(5) : Math.min(255, part);
      }) as [number, number, number];
      return makeLong(red | (green << 8) | (blue << 16));
    }],
  };
}

/** Rounds half to even at a decimal place, by the decimal digits that the number shows. */
export function roundTo(value: number, places: number): number {
  if (places === 0) return roundHalfEven(value);
  const factor = 10 ** places;
  const scaled = Number((value * factor).toPrecision(15));
  return Number.isFinite(scaled) ? roundHalfEven(scaled) / factor : value;
}
