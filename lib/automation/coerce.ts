/**
 * Conversions of Variants, with VBScript's rules.
 *
 * The rules are those of OLE Automation's VariantChangeType: rounding is to even ("banker's"), True is −1, Empty is 0
 * or "", Null is an error, an object stands for its default property. What depends on the user's regional settings
 * takes a {@linkcode Locale}; where none is given it is en-US.
 *
 * @module
 */
import { checkDateSerial } from "./date_serial.ts";
import { dateToString, parseDate } from "./date_text.ts";
import { scriptError } from "./errors.ts";
import { EN_US, type Locale } from "./locale.ts";
import { currencyOfText, currencyToString, numberToString, parseNumber } from "./number_text.ts";
import {
  Currency,
  DISPATCH,
  ErrorValue,
  isAutomationObject,
  isUnknownObject,
  NothingValue,
  TypedNumber,
  type Variant,
  VariantArray,
  VARTYPE,
} from "./variant.ts";

const LONG_MIN = -2147483648;
const LONG_MAX = 2147483647;
const CURRENCY_MAX = 9223372036854775807n;

/** What an object stands for in an expression: its default property, and that one's if it is an object again. */
export function defaultValue(value: Variant): Variant {
  let current = value;
  for (let depth = 0; depth < 32; depth++) {
    if (typeof current !== "object" || current === null) return current;
    if (current instanceof NothingValue) throw scriptError("objectNotSet");
    if (!isAutomationObject(current)) {
      if (isUnknownObject(current)) throw scriptError("noSuchMember");
      return current;
    }
    const member = current[DISPATCH].defaultMember;
    if (member?.get !== undefined) current = member.get(current, []);
    else if (member?.call !== undefined) current = member.call(current, []);
    else throw scriptError("noSuchMember");
  }
  throw scriptError("noSuchMember");
}

/** Rounds half to even. */
export function roundHalfEven(value: number): number {
  const floor = Math.floor(value);
  const fraction = value - floor;
  if (fraction < 0.5) return floor;
  if (fraction > 0.5) return floor + 1;
  return floor % 2 === 0 ? floor : floor + 1;
}

/** A number of any subtype as a JavaScript number; a string is read by the locale's rules. */
export function toDouble(value: Variant, locale: Locale = EN_US): number {
  switch (typeof value) {
    case "number":
      return value;
    case "string": {
      const number = parseNumber(value, locale);
      if (number === undefined) throw scriptError("typeMismatch");
      return number;
    }
    case "boolean":
      return value ? -1 : 0;
    case "undefined":
      return 0;
  }
  if (value === null) throw scriptError("invalidNull");
  if (value instanceof TypedNumber) return value.value;
  if (value instanceof Currency) return Number(value.scaled) / 10_000;
  if (value instanceof VariantArray || value instanceof ErrorValue) throw scriptError("typeMismatch");
  return toDouble(defaultValue(value), locale);
}

/** A Long by the locale's rules: rounded to even; error 6 outside 32 bits. */
export function toLongIn(value: Variant, locale: Locale): number {
  if (typeof value === "number" && (value | 0) === value) return value;
  const rounded = roundHalfEven(toDouble(value, locale));
  if (!(rounded >= LONG_MIN && rounded <= LONG_MAX)) throw scriptError("overflow");
  return rounded + 0;
}

/** A Long: rounded to even; error 6 outside 32 bits. */
export function toLong(value: Variant): number {
  return toLongIn(value, EN_US);
}

/** An Integer: rounded to even; error 6 outside 16 bits. */
export function toInteger(value: Variant, locale: Locale = EN_US): number {
  const rounded = roundHalfEven(toDouble(value, locale));
  if (!(rounded >= -32768 && rounded <= 32767)) throw scriptError("overflow");
  return rounded + 0;
}

/** A Byte: rounded to even; error 6 outside 0…255. */
export function toByte(value: Variant, locale: Locale = EN_US): number {
  const rounded = roundHalfEven(toDouble(value, locale));
  if (!(rounded >= 0 && rounded <= 255)) throw scriptError("overflow");
  return rounded + 0;
}

/** Currency: four decimals, rounded to even; error 6 outside 64 bits. */
export function toCurrency(value: Variant, locale: Locale = EN_US): Currency {
  if (value instanceof Currency) return value;
  const exact = typeof value === "string" ? currencyOfText(value, locale) : undefined;
  if (exact !== undefined) return makeCurrency(exact);
  const number = toDouble(value, locale);
  if (!Number.isFinite(number)) throw scriptError("overflow");
  // Apart, for a product of the whole would lose the last digits of a large amount.
  const whole = Math.trunc(number);
  return makeCurrency(BigInt(whole) * 10_000n + BigInt(roundHalfEven((number - whole) * 10_000)));
}

/** Currency of a count of ten-thousandths; error 6 outside 64 bits. */
export function makeCurrency(scaled: bigint): Currency {
  if (scaled > CURRENCY_MAX || scaled < -CURRENCY_MAX - 1n) throw scriptError("overflow");
  return new Currency(scaled);
}

/** A Boolean: numbers other than 0 are True; the words "True" and "False" count, as do strings of numbers. */
export function toBoolean(value: Variant, locale: Locale = EN_US): boolean {
  switch (typeof value) {
    case "boolean":
      return value;
    case "number":
      return value !== 0;
    case "undefined":
      return false;
    case "string": {
      const word = value.trim().toLowerCase();
      if (word === "true" || word === "#true#") return true;
      if (word === "false" || word === "#false#") return false;
      return toDouble(value, locale) !== 0;
    }
  }
  if (value === null) throw scriptError("invalidNull");
  if (value instanceof Currency) return value.scaled !== 0n;
  if (value instanceof TypedNumber) return value.value !== 0;
  if (value instanceof VariantArray || value instanceof ErrorValue) throw scriptError("typeMismatch");
  return toBoolean(defaultValue(value), locale);
}

/** A string, as CStr and `&` make it. Null is error 94 here; `&` takes it for "" before it asks. */
export function toStringValue(value: Variant, locale: Locale = EN_US): string {
  switch (typeof value) {
    case "string":
      return value;
    case "number":
      return (value | 0) === value ? String(value) : numberToString(value, locale);
    case "boolean":
      return value ? "True" : "False";
    case "undefined":
      return "";
  }
  if (value === null) throw scriptError("invalidNull");
  if (value instanceof TypedNumber) {
    if (value.type === VARTYPE.Date) return dateToString(value.value, locale);
    if (value.type === VARTYPE.Single) return numberToString(value.value, locale, 7);
    return numberToString(value.value, locale);
  }
  if (value instanceof Currency) return currencyToString(value, locale);
  if (value instanceof ErrorValue) return `Error ${value.code}`;
  if (value instanceof VariantArray) {
    // A Byte array is the carrier of a byte string: two bytes make one UTF-16 unit.
    if (value.elementType === VARTYPE.Byte) return bytesToString(value);
    throw scriptError("typeMismatch");
  }
  return toStringValue(defaultValue(value), locale);
}

/** A Date's serial number: days since 30 December 1899. Strings are dates, or else numbers. */
export function toDateSerial(value: Variant, locale: Locale = EN_US): number {
  if (typeof value === "string") {
    const serial = parseDate(value, locale) ?? parseNumber(value, locale);
    if (serial === undefined) throw scriptError("typeMismatch");
    return checkDateSerial(serial);
  }
  if (isAutomationObject(value)) return toDateSerial(defaultValue(value), locale);
  return checkDateSerial(toDouble(value, locale));
}

function bytesToString(array: VariantArray): string {
  let text = "";
  const bytes = array.elements;
  for (let index = 0; index < bytes.length; index += 2) {
    const low = toDouble(bytes[index]);
    const high = index + 1 < bytes.length ? toDouble(bytes[index + 1]) : 0;
    text += String.fromCharCode(low | (high << 8));
  }
  return text;
}
