/** Numbers as text and back, by the rules of a locale. @module */
import { scriptError } from "./errors.ts";
import { EN_US, type Locale } from "./locale.ts";
import type { Currency } from "./variant.ts";

/**
 * The digits of a number as scripts print it: 15 significant ones (7 of a Single), no zeros at the end, an exponent from
 * 1E+15 on and where more than 15 decimals would be needed: 0.00001, but 3.33333333333333E-02.
 */
export function numberToString(value: number, locale: Locale = EN_US, digits = 15): string {
  if (value === 0) return "0";
  const [mantissa, exponentText] = value.toExponential(digits - 1).split("e") as [string, string];
  const exponent = Number(exponentText);
  let text: string;
  const shortest = trimZeros(mantissa);
  const decimals = (): number => shortest.replace(/[-.]/g, "").length - 1 - exponent;
  if (exponent >= digits || (exponent < 0 && decimals() > digits)) {
    const sign = exponent < 0 ? "-" : "+";
    text = `${shortest}E${sign}${String(Math.abs(exponent)).padStart(2, "0")}`;
  } else {
    text = trimZeros(value.toFixed(Math.max(0, Math.min(100, digits - 1 - exponent))));
  }
  return locale.decimal === "." ? text : text.replace(".", locale.decimal);
}

function trimZeros(text: string): string {
  return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}

/** An amount with the decimals that it has, at most four. */
export function currencyToString(value: Currency, locale: Locale): string {
  const negative = value.scaled < 0n;
  const digits = (negative ? -value.scaled : value.scaled).toString().padStart(5, "0");
  const fraction = digits.slice(-4).replace(/0+$/, "");
  const whole = digits.slice(0, -4);
  return (negative ? "-" : "") + whole + (fraction === "" ? "" : locale.decimal + fraction);
}

/**
 * The number that a string holds, or undefined. Blanks around it, a sign before or behind, parentheses for a negative
 * number, the currency sign, group separators, an exponent with E or D, and `&H` and `&O` are taken.
 */
export function parseNumber(text: string, locale: Locale = EN_US): number | undefined {
  const rest = trimmed(text);
  if (/^[0-9]{1,15}$/.test(rest)) return Number(rest);
  const radix = /^&([hHoO])?([0-9a-fA-F]+)&?$/.exec(rest);
  if (radix !== null) return parseRadix(radix[1] ?? "o", radix[2]!);
  const parts = signedDigits(rest, locale);
  if (parts === undefined) return undefined;
  const value = Number(parts.digits);
  if (!Number.isFinite(value)) throw scriptError("overflow");
  return parts.negative ? 0 - value : value;
}

/** The ten-thousandths of an amount without exponent, with all its digits; undefined of other texts. */
export function currencyOfText(text: string, locale: Locale): bigint | undefined {
  const parts = signedDigits(text, locale);
  const match = /^([0-9]*)\.?([0-9]*)$/.exec(parts?.digits ?? "x");
  if (parts === undefined || match === null) return undefined;
  const [, whole, decimals] = match as unknown as [string, string, string];
  let scaled = BigInt(whole + decimals.slice(0, 4).padEnd(4, "0"));
  const rest = decimals.slice(4).replace(/0+$/, "");
  if (rest > "5" || (rest === "5" && scaled % 2n === 1n)) scaled += 1n;
  return parts.negative ? -scaled : scaled;
}

function trimmed(text: string): string {
  return text.replace(/^[ \t\r\n\v\f\u00A0]+|[ \t\r\n\v\f\u00A0]+$/g, "");
}

/** Sign and digits of a number, the digits in JavaScript's notation. */
function signedDigits(text: string, locale: Locale): { negative: boolean; digits: string } | undefined {
  let rest = trimmed(text);
  let negative = false;
  let signs = 0;
  let currencySigns = 0;
  for (let changed = true; changed;) {
    changed = false;
    if (rest.startsWith("(") && rest.endsWith(")")) {
      rest = rest.slice(1, -1).trim();
      [negative, signs, changed] = [true, signs + 1, true];
    } else if (/^[+-]/.test(rest)) {
      [negative, signs, changed] = [rest[0] === "-", signs + 1, true];
      rest = rest.slice(1).trimStart();
    } else if (/[+-]$/.test(rest)) {
      [negative, signs, changed] = [rest.endsWith("-"), signs + 1, true];
      rest = rest.slice(0, -1).trimEnd();
    } else if (rest.startsWith(locale.currency)) {
      rest = rest.slice(locale.currency.length).trimStart();
      [currencySigns, changed] = [currencySigns + 1, true];
    } else if (rest.endsWith(locale.currency)) {
      rest = rest.slice(0, -locale.currency.length).trimEnd();
      [currencySigns, changed] = [currencySigns + 1, true];
    }
  }
  if (signs > 1 || currencySigns > 1) return undefined;
  const digits = localNumber(rest, locale);
  return digits === undefined ? undefined : { negative, digits };
}

/** A bare number in JavaScript's notation: group separators dropped, `.` for the decimal sign. */
function localNumber(text: string, locale: Locale): string | undefined {
  let digits = "";
  let seenDecimal = false;
  let seenDigit = false;
  for (let index = 0; index < text.length; index++) {
    const char = text[index]!;
    if (char >= "0" && char <= "9") {
      digits += char;
      seenDigit = true;
    } else if (char === locale.decimal && !seenDecimal) {
      digits += ".";
      seenDecimal = true;
    } else if (isGroup(char, locale) && seenDigit && !seenDecimal) {
      continue;
    } else if (/[eEdD]/.test(char) && seenDigit && /^[+-]?[0-9]+$/.test(text.slice(index + 1))) {
      return `${digits}e${text.slice(index + 1)}`;
    } else return undefined;
  }
  return seenDigit ? digits : undefined;
}

function isGroup(char: string, locale: Locale): boolean {
  return char === locale.group || (/\s/.test(locale.group) && /\s/.test(char));
}

function parseRadix(letter: string, digits: string): number | undefined {
  const isHex = letter.toLowerCase() === "h";
  if (!isHex && /[89a-f]/i.test(digits)) return undefined;
  const value = parseInt(digits, isHex ? 16 : 8);
  if (value > 0xFFFFFFFF) return undefined;
  // As literals: what fits 16 bits is a signed Integer, else a signed Long.
  return value <= 0xFFFF ? (value << 16) >> 16 : value | 0;
}
