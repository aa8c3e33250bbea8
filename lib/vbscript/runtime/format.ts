/** FormatNumber and its siblings. @module */
import {
  dateFields,
  dateToString,
  formatDate,
  toDateSerial,
  toDouble,
  toLongIn,
} from "../../automation/coerce.ts";
import { MISSING, type Variant } from "../../automation/variant.ts";
import { raise } from "../errors.ts";
import type { FunctionTable, LibraryContext } from "./library.ts";

/** The arguments after the number: how many digits, and three that may be left to the regional settings (−2). */
interface Style {
  readonly digits: number;
  readonly leadingZero: boolean;
  readonly parentheses: boolean | undefined;
  readonly group: boolean;
}

/** The functions, by name, with how many arguments they take. */
export function formatFunctions({ runtime }: LibraryContext): FunctionTable {
  const number = (value: Variant): number => {
    const plain = runtime.plain(value);
    return plain === null ? raise(94) : toDouble(plain, runtime.locale);
  };
  const setting = (value: Variant): boolean | undefined => {
    if (value === undefined || value === MISSING) return undefined;
    const state = toLongIn(value, runtime.locale);
    if (state !== -1 && state !== 0 && state !== -2) raise(5);
    return state === -2 ? undefined : state === -1;
  };
  const styleOf = (args: readonly Variant[]): Style => {
    const digits = args[1] === undefined || args[1] === MISSING ? -1 : toLongIn(args[1], runtime.locale);
    if (digits < -1 || digits > 99) raise(5);
    return {
      digits: digits === -1 ? 2 : digits,
      leadingZero: setting(args[2]) ?? true,
      parentheses: setting(args[3]),
      group: setting(args[4]) ?? true,
    };
  };
  /** The digits of a positive number. */
  const digitsOf = (value: number, style: Style): string => {
    const [whole, fraction] = fixed(value, style.digits).split(".") as [string, string?];
    const { group, decimal } = runtime.locale;
    const grouped = style.group ? whole.replace(/\B(?=(\d{3})+$)/g, group) : whole;
    const shown = grouped === "0" && !style.leadingZero && fraction !== undefined ? "" : grouped;
    return fraction === undefined ? shown : shown + decimal + fraction;
  };
  const isZero = (digits: string): boolean => !/[1-9]/.test(digits);
  const formatNumber = (value: number, style: Style, suffix: string): string => {
    const digits = digitsOf(Math.abs(value), style) + suffix;
    if (value >= 0 || isZero(digits)) return digits;
    return style.parentheses === true ? `(${digits})` : `-${digits}`;
  };
  return {
    FormatNumber: [1, 5, (...args) => formatNumber(number(args[0]), styleOf(args), "")],
    FormatPercent: [1, 5, (...args) => formatNumber(number(args[0]) * 100, styleOf(args), "%")],
    FormatCurrency: [1, 5, (...args) => {
      const value = number(args[0]);
      const style = styleOf(args);
      const { currency, currencyPositive, currencyNegative } = runtime.locale;
      const digits = digitsOf(Math.abs(value), style);
      let pattern = value >= 0 || isZero(digits) ? currencyPositive : currencyNegative;
      if (pattern !== currencyPositive && style.parentheses !== undefined) {
        pattern = style.parentheses ? `(${currencyPositive})` : `-${currencyPositive}`;
      }
      return pattern.replace("$", () => currency).replace("n", () => digits);
    }],
    FormatDateTime: [1, 2, (value, format) => {
      const plain = runtime.plain(value);
      const serial = plain === null ? raise(94) : toDateSerial(plain, runtime.locale);
      const { locale } = runtime;
      const fields = dateFields(serial);
      switch (format === undefined || format === MISSING ? 0 : toLongIn(format, locale)) {
        case 0:
          return dateToString(serial, locale);
        case 1:
          return formatDate(fields, locale.longDate, locale);
        case 2:
          return formatDate(fields, locale.shortDate, locale);
        case 3:
          return formatDate(fields, locale.longTime, locale);
        case 4:
          return formatDate(fields, "HH:mm", locale);
      }
      return raise(5);
    }],
  };
}

/** A positive number with so many decimals, halves rounded away from zero by the digits that it shows. */
function fixed(value: number, digits: number): string {
  const [mantissa, exponentText] = value.toExponential(14).split("e") as [string, string];
  const exponent = Number(exponentText);
  const all = mantissa.replace(".", "");
  const wanted = exponent + 1 + digits;
  if (wanted < 0) return digits === 0 ? "0" : `0.${"0".repeat(digits)}`;
  if (wanted >= all.length) return value.toFixed(Math.min(100, digits));
  const kept = BigInt(all.slice(0, wanted) === "" ? "0" : all.slice(0, wanted)) +
    (all[wanted]! >= "5" ? 1n : 0n);
  const text = kept.toString().padStart(digits + 1, "0");
  return digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`;
}
