/** FormatNumber, FormatCurrency, FormatPercent and FormatDateTime. @module */
import { toCurrency } from "../../automation/coerce.ts";
import { dateFields } from "../../automation/date_serial.ts";
import { dateToString, formatDate } from "../../automation/date_text.ts";
import type { Locale } from "../../automation/locale.ts";
import { Currency, type Variant } from "../../automation/variant.ts";
import { raise } from "../errors.ts";
import type { LibraryFunction } from "../runtime/bindings.ts";
import type { Arguments } from "./arguments.ts";

/** How many decimal places the regional settings ask for; it is the same in all of Windows' usual ones. */
const DEFAULT_DIGITS = 2;
const DIGITS_MAX = 99;

/** The four formatting functions. */
export function formatFunctions(use: Arguments): LibraryFunction[] {
  return [
    {
      name: "FormatNumber",
      minimum: 1,
      maximum: 5,
      call: (value, ...rest) => {
        const style = readStyle(use, rest, "FormatNumber");
        const amount = readAmount(use, value, "FormatNumber");
        return signed(format(amount, style, use.locale), style.parentheses ?? false);
      },
    },
    {
      name: "FormatPercent",
      minimum: 1,
      maximum: 5,
      call: (value, ...rest) => {
        const style = readStyle(use, rest, "FormatPercent");
        const amount = shift(readAmount(use, value, "FormatPercent"), 2);
        const { text, isNegative } = format(amount, style, use.locale);
        return signed({ text: `${text}%`, isNegative }, style.parentheses ?? false);
      },
    },
    {
      name: "FormatCurrency",
      minimum: 1,
      maximum: 5,
      call: (value, ...rest) => {
        const style = readStyle(use, rest, "FormatCurrency");
        const plain = use.plain(value, "FormatCurrency");
        if (plain === null) return raise(13, "FormatCurrency");
        const amount = decimalOfCurrency(use.convert(plain, "FormatCurrency", toCurrency));
        const { text, isNegative } = format(amount, style, use.locale);
        return withSymbol(text, isNegative, { locale: use.locale, parentheses: style.parentheses });
      },
    },
    {
      name: "FormatDateTime",
      minimum: 1,
      maximum: 2,
      call: (value, ...rest) => {
        const kind = use.optionalLong(rest, 0, 0, "FormatDateTime");
        if (kind < 0 || kind > 4) raise(5, "FormatDateTime");
        const plain = use.plain(value, "FormatDateTime");
        if (plain === null) return raise(13, "FormatDateTime");
        const serial = use.date(plain, "FormatDateTime");
        const { locale } = use;
        if (kind === 0) return dateToString(serial, locale);
        const pattern = [locale.longDate, locale.shortDate, locale.longTime, "HH:mm"][kind - 1]!;
        return formatDate(dateFields(serial), pattern, locale);
      },
    },
  ];
}

/** How a number is to look; undefined leaves it to the regional settings. */
interface Style {
  readonly digits: number;
  readonly leadingZero: boolean;
  readonly parentheses: boolean | undefined;
  readonly grouped: boolean;
}

function readStyle(use: Arguments, args: readonly Variant[], name: string): Style {
  const digits = use.optionalLong(args, 0, -1, name);
  if (digits < -1 || digits > DIGITS_MAX) raise(5, name);
  const triState = (index: number): boolean | undefined => {
    const value = use.optionalLong(args, index, -2, name);
    if (value < -2 || value > 0) raise(5, name);
    return value === -2 ? undefined : value === -1;
  };
  return {
    digits: digits === -1 ? DEFAULT_DIGITS : digits,
    leadingZero: triState(1) ?? true,
    parentheses: triState(2),
    grouped: triState(3) ?? true,
  };
}

/** A decimal number: `digits` with the point before the last `scale` of them. */
interface Decimal {
  readonly isNegative: boolean;
  readonly digits: bigint;
  readonly scale: number;
}

function readAmount(use: Arguments, value: Variant, name: string): Decimal {
  const plain = use.plain(value, name);
  // The functions are OLE's: to them Null is a wrong type.
  if (plain === null) return raise(13, name);
  if (plain instanceof Currency) return decimalOfCurrency(plain);
  return decimalOfDouble(use.double(plain, name));
}

function decimalOfCurrency({ scaled }: Currency): Decimal {
  return { isNegative: scaled < 0n, digits: scaled < 0n ? -scaled : scaled, scale: 4 };
}

/** Its 15 significant digits, as it is printed: 2.675 is that, whatever the Double behind it. */
function decimalOfDouble(value: number): Decimal {
  const [mantissa, exponent] = Math.abs(value).toExponential(14).split("e") as [string, string];
  return shift(
    { isNegative: value < 0, digits: BigInt(mantissa.replace(".", "")), scale: 14 },
    Number(exponent),
  );
}

/** Moves the point to the right. */
function shift({ isNegative, digits, scale }: Decimal, places: number): Decimal {
  return scale >= places
    ? { isNegative, digits, scale: scale - places }
    : { isNegative, digits: digits * 10n ** BigInt(places - scale), scale: 0 };
}

/** The amount without its sign, rounded half away from zero. */
function format(amount: Decimal, style: Style, locale: Locale): { text: string; isNegative: boolean } {
  const surplus = amount.scale - style.digits;
  const unit = 10n ** BigInt(Math.abs(surplus));
  const rounded = surplus > 0 ? (amount.digits + unit / 2n) / unit : amount.digits * unit;
  const digits = rounded.toString().padStart(style.digits + 1, "0");
  let whole = digits.slice(0, digits.length - style.digits);
  const fraction = digits.slice(digits.length - style.digits);
  if (whole === "0" && !style.leadingZero && fraction !== "") whole = "";
  if (style.grouped) whole = grouped(whole, locale);
  return {
    text: fraction === "" ? whole : whole + locale.decimal + fraction,
    // What rounds to zero has no sign.
    isNegative: amount.isNegative && rounded !== 0n,
  };
}

/** The digits in groups: 1,234,567 or 12,34,567. */
function grouped(digits: string, { group, laterGroupDigits = 3 }: Locale): string {
  const last = digits.slice(-3);
  const before = digits.slice(0, -3);
  if (before === "") return last;
  const groups: string[] = [];
  for (let end = before.length; end > 0; end -= laterGroupDigits) {
    groups.unshift(before.slice(Math.max(0, end - laterGroupDigits), end));
  }
  return [...groups, last].join(group);
}

function signed({ text, isNegative }: { text: string; isNegative: boolean }, parentheses: boolean): string {
  if (!isNegative) return text;
  return parentheses ? `(${text})` : `-${text}`;
}

function withSymbol(
  text: string,
  isNegative: boolean,
  { locale, parentheses }: { locale: Locale; parentheses: boolean | undefined },
): string {
  const fill = (pattern: string): string =>
    pattern.replace(/[n$]/g, (place) => place === "n" ? text : locale.currency);
  if (!isNegative) return fill(locale.currencyPositive);
  if (parentheses === true) return fill(`(${locale.currencyPositive})`);
  const isOwn = parentheses === undefined || !locale.currencyNegative.includes("(");
  return fill(isOwn ? locale.currencyNegative : `-${locale.currencyPositive}`);
}
