/** VBScript's operators on any operands; compiled code comes here when its inlined number paths do not apply. @module */
import {
  defaultValue,
  makeCurrency,
  roundHalfEven,
  toBoolean,
  toCurrency,
  toDateSerial,
  toDouble,
  toStringValue,
} from "../../automation/coerce.ts";
import { checkDateSerial } from "../../automation/date_serial.ts";
import { EN_US, type Locale } from "../../automation/locale.ts";
import { parseNumber } from "../../automation/number_text.ts";
import {
  Currency,
  ErrorValue,
  isAutomationObject,
  makeByte,
  makeDate,
  makeDouble,
  makeLong,
  makeSingle,
  NothingValue,
  TypedNumber,
  type Variant,
  VariantArray,
  VARTYPE,
  varTypeOf,
} from "../../automation/variant.ts";
import { raise } from "../errors.ts";

/** How a comparison's sides stand in the source; a literal decides how a string and a number are compared. */
export const SIDE = { leftNumber: 1, rightNumber: 2, leftString: 4, rightString: 8 } as const;

const { Byte, Integer, Long, Single, Double, Date: DateType } = VARTYPE;

/** A number of a subtype; integers that do not fit are promoted. */
function makeNumber(type: number, value: number): Variant {
  switch (type) {
    case Byte:
      return value >= 0 && value <= 255 ? makeByte(value) : makeNumber(Integer, value);
    case Integer:
    case Long:
      if (type === Integer && ((value << 16) >> 16) === value) return value + 0;
      return (value | 0) === value ? makeLong(value) : makeDouble(value);
    case Single: {
      const single = Math.fround(value);
      if (!Number.isFinite(single)) raise(6);
      return makeSingle(single);
    }
    case DateType:
      return makeDate(checkDateSerial(value));
  }
  if (!Number.isFinite(value)) raise(Number.isNaN(value) ? 5 : 6);
  return makeDouble(value);
}

/** The operators, with the regional settings that strings are read by. */
export class Operators {
  locale: Locale = EN_US;

  /** The subtype that a value takes part in arithmetic with. Null is the caller's. */
  #numericType(value: Variant): number {
    const type = varTypeOf(value);
    switch (type) {
      case VARTYPE.Empty:
      case VARTYPE.Boolean:
        return Integer;
      case VARTYPE.String:
        return Double;
      case Byte:
      case Integer:
      case Long:
      case Single:
      case Double:
      case DateType:
      case VARTYPE.Currency:
        return type;
    }
    return raise(13);
  }

  #operand(value: Variant): Variant {
    return typeof value === "object" && value !== null ? defaultValue(value) : value;
  }

  add(left: Variant, right: Variant): Variant {
    const [a, b] = [this.#operand(left), this.#operand(right)];
    if (typeof a === "string" && typeof b === "string") return a + b;
    if (typeof a === "string" && b === undefined) return a;
    if (a === undefined && typeof b === "string") return b;
    return this.#arithmetic("+", a, b);
  }

  subtract(left: Variant, right: Variant): Variant {
    return this.#arithmetic("-", this.#operand(left), this.#operand(right));
  }

  multiply(left: Variant, right: Variant): Variant {
    return this.#arithmetic("*", this.#operand(left), this.#operand(right));
  }

  #arithmetic(operator: "+" | "-" | "*", a: Variant, b: Variant): Variant {
    if (a === null || b === null) return null;
    const [typeA, typeB] = [this.#numericType(a), this.#numericType(b)];
    const type = resultType(operator, typeA, typeB);
    if (type === VARTYPE.Currency) {
      const [x, y] = [toCurrency(a, this.locale).scaled, toCurrency(b, this.locale).scaled];
      return makeCurrency(
        operator === "+" ? x + y : operator === "-" ? x - y : divideHalfEven(x * y, 10_000n),
      );
    }
    const [x, y] = [toDouble(a, this.locale), toDouble(b, this.locale)];
    return makeNumber(type, operator === "+" ? x + y : operator === "-" ? x - y : x * y);
  }

  divide(left: Variant, right: Variant): Variant {
    const [a, b] = [this.#operand(left), this.#operand(right)];
    if (a === null || b === null) return null;
    const [typeA, typeB] = [this.#numericType(a), this.#numericType(b)];
    const [x, y] = [toDouble(a, this.locale), toDouble(b, this.locale)];
    if (y === 0) raise(x === 0 ? 6 : 11);
    const isSingle = (typeA === Single && typeB !== Double && typeB !== Long) ||
      (typeB === Single && typeA !== Double && typeA !== Long);
    return makeNumber(isSingle && typeA <= Single && typeB <= Single ? Single : Double, x / y);
  }

  integerDivide(left: Variant, right: Variant): Variant {
    return this.#integral(left, right, (x, y) => Math.trunc(x / y));
  }

  modulo(left: Variant, right: Variant): Variant {
    return this.#integral(left, right, (x, y) => x % y);
  }

  #integral(left: Variant, right: Variant, compute: (x: number, y: number) => number): Variant {
    const [a, b] = [this.#operand(left), this.#operand(right)];
    if (a === null || b === null) return null;
    const [typeA, typeB] = [this.#numericType(a), this.#numericType(b)];
    const [x, y] = [this.#long(a), this.#long(b)];
    if (y === 0) raise(11);
    const type = typeA === Byte && typeB === Byte
      ? Byte
      : isAtMostInteger(typeA) && isAtMostInteger(typeB)
      ? Integer
      : Long;
    return makeNumber(type, compute(x, y) + 0);
  }

  #long(value: Variant): number {
    const rounded = roundHalfEven(toDouble(value, this.locale));
    if (!(rounded >= -2147483648 && rounded <= 2147483647)) raise(6);
    return rounded;
  }

  power(left: Variant, right: Variant): Variant {
    const [a, b] = [this.#operand(left), this.#operand(right)];
    if (a === null || b === null) return null;
    this.#numericType(a);
    this.#numericType(b);
    return makeNumber(Double, toDouble(a, this.locale) ** toDouble(b, this.locale));
  }

  negate(operand: Variant): Variant {
    const a = this.#operand(operand);
    if (a === null) return null;
    const type = this.#numericType(a);
    if (type === VARTYPE.Currency) return makeCurrency(-toCurrency(a).scaled);
    return makeNumber(type, 0 - toDouble(a, this.locale));
  }

  concatenate(left: Variant, right: Variant): Variant {
    const [a, b] = [this.#operand(left), this.#operand(right)];
    if (a === null && b === null) return null;
    return this.text(a) + this.text(b);
  }

  /** A value as `&` takes it. */
  text(value: Variant): string {
    if (typeof value === "string") return value;
    if (typeof value === "number" && (value | 0) === value) return `${value}`;
    if (value instanceof TypedNumber && (value.type === Long || value.type === Double)) {
      if ((value.value | 0) === value.value) return `${value.value}`;
    }
    return value === null ? "" : toStringValue(value, this.locale);
  }

  // Comparison.

  /** −1, 0 or 1; null when Null takes part. `sides` are {@linkcode SIDE} bits. */
  compare(left: Variant, right: Variant, sides: number): number | null {
    const [a, b] = [this.#comparand(left), this.#comparand(right)];
    if (a === null || b === null) return null;
    if (typeof a === "string") {
      if (typeof b === "string") return order(a, b);
      if (b === undefined) return order(a, "");
      return this.#compareText(a, b, (sides & SIDE.rightNumber) !== 0, (sides & SIDE.leftString) !== 0);
    }
    if (typeof b === "string") {
      if (a === undefined) return order("", b);
      const result = this.#compareText(
        b,
        a,
        (sides & SIDE.leftNumber) !== 0,
        (sides & SIDE.rightString) !== 0,
      );
      return result === 0 ? 0 : -result;
    }
    if (a instanceof Currency && b instanceof Currency) {
      return a.scaled < b.scaled ? -1 : a.scaled > b.scaled ? 1 : 0;
    }
    return order(toDouble(a), toDouble(b));
  }

  #comparand(value: Variant): Variant {
    if (typeof value !== "object" || value === null) return value;
    const result = defaultValue(value);
    if (result instanceof VariantArray || result instanceof ErrorValue) raise(13);
    return result;
  }

  /** A string against a number, Boolean or Date: what the source has as a literal decides. */
  #compareText(text: string, other: Variant, otherIsLiteral: boolean, textIsLiteral: boolean): number {
    if (otherIsLiteral) {
      const number = varTypeOf(other) === DateType
        ? toDateSerial(text, this.locale)
        : parseNumber(text, this.locale) ?? raise(13);
      return order(number, toDouble(other));
    }
    if (textIsLiteral) return order(text, toStringValue(other, this.locale));
    return 1;
  }

  equal(left: Variant, right: Variant, sides: number): boolean | null {
    const result = this.compare(left, right, sides);
    return result === null ? null : result === 0;
  }

  notEqual(left: Variant, right: Variant, sides: number): boolean | null {
    const result = this.compare(left, right, sides);
    return result === null ? null : result !== 0;
  }

  less(left: Variant, right: Variant, sides: number): boolean | null {
    const result = this.compare(left, right, sides);
    return result === null ? null : result < 0;
  }

  greater(left: Variant, right: Variant, sides: number): boolean | null {
    const result = this.compare(left, right, sides);
    return result === null ? null : result > 0;
  }

  lessOrEqual(left: Variant, right: Variant, sides: number): boolean | null {
    const result = this.compare(left, right, sides);
    return result === null ? null : result <= 0;
  }

  greaterOrEqual(left: Variant, right: Variant, sides: number): boolean | null {
    const result = this.compare(left, right, sides);
    return result === null ? null : result >= 0;
  }

  same(left: Variant, right: Variant): boolean {
    for (const side of [left, right]) {
      if (
        !(side instanceof NothingValue || isAutomationObject(side) || varTypeOf(side) === VARTYPE.DataObject)
      ) {
        raise(424);
      }
    }
    return left === right;
  }

  // Logic.

  /** Whether a condition holds; Null does not. */
  truth(value: Variant): boolean {
    if (typeof value === "boolean") return value;
    if (value === null) return false;
    const plain = this.#operand(value);
    return plain === null ? false : toBoolean(plain, this.locale);
  }

  /** An operand of a logical operator: a Boolean, or a number with its subtype, or Null. */
  #logical(value: Variant): { type: number; value: number } | null {
    const plain = this.#operand(value);
    if (plain === null) return null;
    if (typeof plain === "boolean") return { type: VARTYPE.Boolean, value: plain ? -1 : 0 };
    if (typeof plain === "string") {
      const number = parseNumber(plain, this.locale);
      if (number === undefined) {
        return { type: VARTYPE.Boolean, value: toBoolean(plain, this.locale) ? -1 : 0 };
      }
      return { type: Long, value: this.#long(number) };
    }
    const type = plain === undefined ? Long : this.#numericType(plain);
    return { type: type === Byte || type === Integer ? type : Long, value: this.#long(plain) };
  }

  #bitwise(left: Variant, right: Variant, compute: (x: number, y: number) => number): Variant | undefined {
    const [a, b] = [this.#logical(left), this.#logical(right)];
    if (a === null || b === null) return undefined;
    return bits(a.type, b.type, compute(a.value, b.value));
  }

  and(left: Variant, right: Variant): Variant {
    const result = this.#bitwise(left, right, (x, y) => x & y);
    if (result !== undefined) return result;
    const known = this.#logical(left) ?? this.#logical(right);
    return known !== null && known.value === 0 ? bits(known.type, known.type, 0) : null;
  }

  or(left: Variant, right: Variant): Variant {
    const result = this.#bitwise(left, right, (x, y) => x | y);
    if (result !== undefined) return result;
    const known = this.#logical(left) ?? this.#logical(right);
    return known !== null && known.value !== 0 ? bits(known.type, known.type, known.value) : null;
  }

  xor(left: Variant, right: Variant): Variant {
    return this.#bitwise(left, right, (x, y) => x ^ y) ?? null;
  }

  eqv(left: Variant, right: Variant): Variant {
    return this.#bitwise(left, right, (x, y) => ~(x ^ y)) ?? null;
  }

  imp(left: Variant, right: Variant): Variant {
    const result = this.#bitwise(left, right, (x, y) => ~x | y);
    if (result !== undefined) return result;
    // False Imp Null and Null Imp True are True all the same.
    const [a, b] = [this.#logical(left), this.#logical(right)];
    if (a !== null && a.value === 0) return bits(a.type, a.type, -1);
    if (b !== null && b.value !== 0) return bits(b.type, b.type, b.value);
    return null;
  }

  not(operand: Variant): Variant {
    const a = this.#logical(operand);
    if (a === null) return null;
    return bits(a.type, a.type, a.type === Byte ? ~a.value & 0xFF : ~a.value);
  }
}

function bits(typeA: number, typeB: number, value: number): Variant {
  if (typeA === VARTYPE.Boolean && typeB === VARTYPE.Boolean) return value !== 0;
  if (typeA === Byte && typeB === Byte) return makeByte(value & 0xFF);
  return makeNumber(typeA === Long || typeB === Long ? Long : Integer, value);
}

function isAtMostInteger(type: number): boolean {
  return type === Integer || type === Byte;
}

function resultType(operator: "+" | "-" | "*", a: number, b: number): number {
  if (a === DateType || b === DateType) {
    if (operator === "*" || (operator === "-" && a === b)) return Double;
    return DateType;
  }
  if (a === VARTYPE.Currency || b === VARTYPE.Currency) return VARTYPE.Currency;
  if (a === Byte) return b;
  if (b === Byte) return a;
  if ((a === Single && b === Long) || (a === Long && b === Single)) return Double;
  return Math.max(a, b);
}

function divideHalfEven(value: bigint, divisor: bigint): bigint {
  const quotient = value / divisor;
  const twice = 2n * (value % divisor);
  const size = twice < 0n ? -twice : twice;
  const away = value < 0n ? -1n : 1n;
  return size > divisor || (size === divisor && quotient % 2n !== 0n) ? quotient + away : quotient;
}

function order(a: string | number, b: string | number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
