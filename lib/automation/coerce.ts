/**
 * Conversions of Variants, with VBScript's rules.
 *
 * The rules are those of OLE Automation's VariantChangeType: rounding is to even ("banker's"), True is −1, Empty is 0
 * or "", Null is an error, an object stands for its default property. What depends on the user's regional settings
 * takes a {@linkcode Locale}; where none is given it is en-US.
 *
 * @module
 */
import { AutomationError, scriptError } from "./errors.ts";
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

/** The regional settings that conversions depend on. */
export interface Locale {
  /** The LCID that GetLocale returns. */
  readonly lcid: number;
  /** The BCP 47 tag. */
  readonly tag: string;
  readonly decimal: string;
  readonly group: string;
  /** How many digits the groups before the last have, where they are not three: 12,34,567. */
  readonly laterGroupDigits?: number;
  readonly currency: string;
  /** How a positive and a negative amount look; `n` is the number, `$` the symbol. */
  readonly currencyPositive: string;
  readonly currencyNegative: string;
  /** The short date's order. */
  readonly dateOrder: "mdy" | "dmy" | "ymd";
  /** Patterns of `d dd ddd dddd M MM MMM MMMM yy yyyy h hh H HH m mm s ss tt`, with literals in `'`, where `''` is one `'`. */
  readonly shortDate: string;
  readonly longDate: string;
  readonly longTime: string;
  readonly am: string;
  readonly pm: string;
  readonly months: readonly string[];
  readonly monthsShort: readonly string[];
  /** The names of months beside a day's number, where they have another form: `1 января`. */
  readonly monthsBesideDay?: readonly string[];
  readonly days: readonly string[];
  readonly daysShort: readonly string[];
  /** 1 is Sunday, as vbSunday. */
  readonly firstDayOfWeek: number;
}

/** English (United States). */
export const EN_US: Locale = {
  lcid: 1033,
  tag: "en-US",
  decimal: ".",
  group: ",",
  currency: "$",
  currencyPositive: "$n",
  currencyNegative: "($n)",
  dateOrder: "mdy",
  shortDate: "M/d/yyyy",
  longDate: "dddd, MMMM d, yyyy",
  longTime: "h:mm:ss tt",
  am: "AM",
  pm: "PM",
  months: [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
  ],
  monthsShort: ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
  days: ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"],
  daysShort: ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"],
  firstDayOfWeek: 1,
};

const LONG_MIN = -2147483648;
const LONG_MAX = 2147483647;
const CURRENCY_MAX = 9223372036854775807n;
const MS_PER_DAY = 86_400_000;
const SECONDS_PER_DAY = 86_400;
/** Midnight of day 0, 30 December 1899, as if it were UTC. */
const EPOCH_MS = Date.UTC(1899, 11, 30);
/** 1 January 100 and 31 December 9999: the range of Date. */
const DATE_MIN = -657434;
const DATE_MAX = 2958465;

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

/** The ten-thousandths of an amount without exponent, with all its digits; undefined of other texts. */
function currencyOfText(text: string, locale: Locale): bigint | undefined {
  const parts = signedDigits(text, locale);
  const match = /^([0-9]*)\.?([0-9]*)$/.exec(parts?.digits ?? "x");
  if (parts === undefined || match === null) return undefined;
  const [, whole, decimals] = match as unknown as [string, string, string];
  let scaled = BigInt(whole + decimals.slice(0, 4).padEnd(4, "0"));
  const rest = decimals.slice(4).replace(/0+$/, "");
  if (rest > "5" || (rest === "5" && scaled % 2n === 1n)) scaled += 1n;
  return parts.negative ? -scaled : scaled;
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

/** The serial number if it is within 1 January 100 … 31 December 9999; else error 6. */
export function checkDateSerial(serial: number): number {
  if (!(serial >= DATE_MIN && serial < DATE_MAX + 1)) throw scriptError("overflow");
  return serial;
}

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

function currencyToString(value: Currency, locale: Locale): string {
  const negative = value.scaled < 0n;
  const digits = (negative ? -value.scaled : value.scaled).toString().padStart(5, "0");
  const fraction = digits.slice(-4).replace(/0+$/, "");
  const whole = digits.slice(0, -4);
  return (negative ? "-" : "") + whole + (fraction === "" ? "" : locale.decimal + fraction);
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
  if (!Number.isFinite(value)) throw new AutomationError(6, "Overflow");
  return parts.negative ? 0 - value : value;
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

/** Calendar fields of a Date's serial number; the time is rounded to the second. */
export interface DateFields {
  readonly year: number;
  /** 1…12. */
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  /** 0 is Sunday. */
  readonly weekday: number;
}

/** Takes a serial number apart. Negative serials keep their time positive: −1.25 is 29 December 1899, 06:00. */
export function dateFields(serial: number): DateFields {
  let days = Math.trunc(serial);
  let seconds = Math.round(Math.abs(serial - days) * SECONDS_PER_DAY);
  if (seconds >= SECONDS_PER_DAY) {
    seconds = 0;
    days += 1;
  }
  const date = new Date(EPOCH_MS + days * MS_PER_DAY);
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: Math.trunc(seconds / 3600),
    minute: Math.trunc(seconds / 60) % 60,
    second: seconds % 60,
    weekday: date.getUTCDay(),
  };
}

/** The serial number of a day; month and day may lie outside their ranges and carry over. */
export function serialFromYmd(year: number, month: number, day: number): number {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return Math.round((date.getTime() - EPOCH_MS) / MS_PER_DAY);
}

/** Joins a day number and a part of a day (0 ≤ time < 1) to a serial number. */
export function joinSerial(days: number, time: number): number {
  return days >= 0 ? days + time : days - time;
}

/** A serial number as a JavaScript Date of the local time zone. */
export function dateFromSerial(serial: number): Date {
  const days = Math.trunc(serial);
  const ms = Math.round(Math.abs(serial - days) * MS_PER_DAY);
  const day = new Date(EPOCH_MS + days * MS_PER_DAY);
  const date = new Date(2000, 0, 1);
  date.setFullYear(day.getUTCFullYear(), day.getUTCMonth(), day.getUTCDate());
  date.setHours(0, 0, 0, ms);
  return date;
}

/** The serial number of a JavaScript Date in the local time zone. */
export function serialFromDate(date: Date): number {
  const days = serialFromYmd(date.getFullYear(), date.getMonth() + 1, date.getDate());
  const ms = ((date.getHours() * 60 + date.getMinutes()) * 60 + date.getSeconds()) * 1000 +
    date.getMilliseconds();
  return joinSerial(days, ms / MS_PER_DAY);
}

/** A Date as CStr prints it: no time at midnight, no date on day 0. */
export function dateToString(serial: number, locale: Locale = EN_US): string {
  const fields = dateFields(serial);
  const hasTime = fields.hour !== 0 || fields.minute !== 0 || fields.second !== 0;
  const isDayZero = fields.year === 1899 && fields.month === 12 && fields.day === 30;
  if (isDayZero) return formatDate(fields, locale.longTime, locale);
  const date = formatDate(fields, locale.shortDate, locale);
  return hasTime ? `${date} ${formatDate(fields, locale.longTime, locale)}` : date;
}

/** Prints calendar fields by a pattern as {@linkcode Locale.shortDate} has it. */
export function formatDate(fields: DateFields, pattern: string, locale: Locale): string {
  const hour12 = fields.hour % 12 === 0 ? 12 : fields.hour % 12;
  const two = (value: number): string => String(value).padStart(2, "0");
  const months = hasDayNumber(pattern) ? locale.monthsBesideDay ?? locale.months : locale.months;
  return pattern.replace(
    /'((?:[^']|'')*)'|d{1,4}|M{1,4}|y{1,4}|h{1,2}|H{1,2}|m{1,2}|s{1,2}|tt?/g,
    (token, literal) => {
      if (literal !== undefined) return (literal as string).replaceAll("''", "'");
      switch (token) {
        case "d":
          return String(fields.day);
        case "dd":
          return two(fields.day);
        case "ddd":
          return locale.daysShort[fields.weekday]!;
        case "dddd":
          return locale.days[fields.weekday]!;
        case "M":
          return String(fields.month);
        case "MM":
          return two(fields.month);
        case "MMM":
          return locale.monthsShort[fields.month - 1]!;
        case "MMMM":
          return months[fields.month - 1]!;
        case "y":
        case "yy":
          return two(fields.year % 100);
        case "yyy":
        case "yyyy":
          return String(fields.year);
        case "h":
          return String(hour12);
        case "hh":
          return two(hour12);
        case "H":
          return String(fields.hour);
        case "HH":
          return two(fields.hour);
        case "m":
          return String(fields.minute);
        case "mm":
          return two(fields.minute);
        case "s":
          return String(fields.second);
        case "ss":
          return two(fields.second);
        default:
          return fields.hour < 12 ? locale.am : locale.pm;
      }
    },
  );
}

/** What a pattern prints as it stands, with the quotes around it. */
const LITERAL = /'(?:[^']|'')*'/g;

function hasDayNumber(pattern: string): boolean {
  return /(?<!d)d{1,2}(?!d)/.test(pattern.replace(LITERAL, ""));
}

/**
 * The serial number of a date, a time or both in a string, or undefined: `3/15/2026 4:05 PM`, `2026-03-15`,
 * `15 March 2026`, `Mar 15`. Numbers stand in the locale's order; one that cannot be so is taken as it can be.
 *
 * @param thisYear the year of a date that names none.
 */
export function parseDate(text: string, locale: Locale = EN_US, thisYear?: number): number | undefined {
  const words = dateWords(text, locale);
  if (words.length === 0 || words.length > 24) return undefined;
  const time = takeTime(words, locale);
  if (time === undefined) return undefined;
  const parts = dateParts(words, locale);
  if (parts === undefined) return undefined;
  if (parts.numbers.length === 0 && parts.month === undefined) return time === -1 ? undefined : time;
  const day = daySerial(parts, locale, thisYear);
  if (day === undefined || day < DATE_MIN || day > DATE_MAX) return undefined;
  return joinSerial(day, time === -1 ? 0 : time);
}

/** What a locale's dates consist of beside digits and signs. */
interface DateWording {
  /** What its patterns print between the parts, such as `г.` or `年`. */
  readonly literals: ReadonlySet<string>;
  /** Names of several words, the longest first, and English ones for them. */
  readonly names: readonly (readonly [name: string, english: string])[];
}

const dateWordings = new WeakMap<Locale, DateWording>();

function dateWording(locale: Locale): DateWording {
  const known = dateWordings.get(locale);
  if (known !== undefined) return known;
  const literals = new Set<string>();
  for (const pattern of [locale.shortDate, locale.longDate, locale.longTime]) {
    for (const literal of pattern.match(LITERAL) ?? []) {
      for (const word of split(literal.slice(1, -1).toLowerCase())) {
        if (!/^[/\-.,:]$/.test(word)) literals.add(word);
      }
    }
  }
  const names = new Map<string, string>(
    [["am", locale.am], ["pm", locale.pm]]
      .filter(([, sign]) => sign!.length > 1).map(([english, sign]) => [sign!, english!]),
  );
  for (const list of [locale.months, locale.monthsBesideDay ?? locale.months, locale.monthsShort]) {
    list.forEach((name, month) => names.set(name, EN_US.months[month]!));
  }
  for (const list of [locale.days, locale.daysShort]) {
    list.forEach((name, day) => names.set(name, EN_US.days[day]!));
  }
  const several = [...names].filter(([name, english]) =>
    english.length === 2 || /[^\p{L}\p{M}.\d]/u.test(name.trim())
  );
  const wording = {
    literals,
    names: several.map(([name, english]) => [name.toLowerCase(), english] as const)
      .sort(([a], [b]) => b.length - a.length),
  };
  dateWordings.set(locale, wording);
  return wording;
}

/** Digits, names and signs; without what the locale's patterns print between them. */
function dateWords(text: string, locale: Locale): string[] {
  const { literals, names } = dateWording(locale);
  let plain = text;
  for (const [name, english] of names) {
    const at = plain.toLowerCase().indexOf(name);
    if (at < 0 || !standsAlone(plain, at, name.length)) continue;
    plain = `${plain.slice(0, at)} ${english} ${plain.slice(at + name.length)}`;
  }
  if (/[hH]\.m/.test(locale.longTime) && !locale.shortDate.includes(".")) {
    plain = plain.replace(/(?<=\d)\.(?=\d)/g, ":");
  }
  const words = split(plain);
  return literals.size === 0 ? words : words.filter((word) => !literals.has(word.toLowerCase()));
}

/** Whether what stands there is no part of a longer word. */
function standsAlone(text: string, at: number, length: number): boolean {
  return !/\p{L}$/u.test(text.slice(0, at)) && !/^\p{L}/u.test(text.slice(at + length));
}

function split(text: string): string[] {
  return text.match(/\d+|[\p{L}\p{M}.]+|[^\s\d\p{L}\p{M}]/gu) ?? [];
}

/** Takes the time's words out of the list: its part of a day, −1 for none, undefined for a bad one. */
function takeTime(words: string[], locale: Locale): number | undefined {
  const half = words.findIndex((word) => isAm(word, locale) || isPm(word, locale));
  const colon = words.indexOf(":");
  let start = colon - 1;
  let end = colon;
  const numbers: number[] = [];
  if (colon >= 0) {
    for (let index = colon - 1; index < words.length; index += 2) {
      const word = words[index];
      if (word === undefined || !/^\d{1,2}$/.test(word)) return undefined;
      numbers.push(Number(word));
      end = index + 1;
      if (words[index + 1] !== ":") break;
    }
    if (start < 0) return undefined;
  } else if (half > 0 && /^\d{1,2}$/.test(words[half - 1]!)) {
    start = half - 1;
    end = half;
    numbers.push(Number(words[start]));
  } else return half >= 0 ? undefined : -1;
  const isBefore = half >= 0 && half === start - 1 && locale.longTime.startsWith("tt");
  if (half >= 0 && half !== end && !isBefore) return undefined;
  let [hour, minute, second] = [numbers[0]!, numbers[1] ?? 0, numbers[2] ?? 0];
  if (numbers.length > 3 || minute > 59 || second > 59 || hour > 23) return undefined;
  if (half >= 0) {
    const pm = isPm(words[half]!, locale);
    if (hour > 12 && !pm) return undefined;
    if (hour <= 12) hour = (hour % 12) + (pm ? 12 : 0);
    if (isBefore) start = half;
    else end = half + 1;
  }
  words.splice(start, end - start);
  return (hour * 3600 + minute * 60 + second) / SECONDS_PER_DAY;
}

function isAm(word: string, locale: Locale): boolean {
  return /^(am|a)$/i.test(word) || word.toLowerCase() === locale.am.toLowerCase();
}

function isPm(word: string, locale: Locale): boolean {
  return /^(pm|p)$/i.test(word) || word.toLowerCase() === locale.pm.toLowerCase();
}

interface DateParts {
  readonly numbers: string[];
  readonly month: number | undefined;
  /** How many numbers stand before the month's name. */
  readonly before: number;
}

function dateParts(words: readonly string[], locale: Locale): DateParts | undefined {
  const numbers: string[] = [];
  let month: number | undefined;
  let before = 0;
  for (let index = 0; index < words.length; index++) {
    const word = words[index]!;
    if (/^\d+$/.test(word)) {
      if (word.length > 4) return undefined;
      numbers.push(word);
    } else if (/^[/\-.,]$/.test(word)) {
      // A separator stands between two parts; a comma may end the date before its time.
      if (index === 0 || (index === words.length - 1 && word !== "," && word !== ".")) return undefined;
    } else if (isDayName(word, locale)) continue;
    else if (month === undefined) {
      month = monthNumber(word, locale);
      if (month === undefined) return undefined;
      before = numbers.length;
    } else return undefined;
  }
  return { numbers, month, before };
}

function isDayName(word: string, locale: Locale): boolean {
  const name = word.replace(/\.$/, "").toLowerCase();
  return [locale.days, locale.daysShort, EN_US.days, EN_US.daysShort].some((names) =>
    names.some((candidate) => candidate.toLowerCase() === name)
  );
}

function monthNumber(word: string, locale: Locale): number | undefined {
  const name = word.replace(/\.$/, "").toLowerCase();
  const beside = locale.monthsBesideDay ?? locale.months;
  for (const names of [locale.months, beside, locale.monthsShort, EN_US.months, EN_US.monthsShort]) {
    const index = names.findIndex((candidate) => candidate.replace(/\.$/, "").toLowerCase() === name);
    if (index >= 0) return index + 1;
  }
  return undefined;
}

function daySerial(
  { numbers, month, before }: DateParts,
  locale: Locale,
  thisYear?: number,
): number | undefined {
  const values = numbers.map(Number);
  const year = thisYear ?? new Date().getFullYear();
  if (month !== undefined) {
    if (values.length === 1) {
      const value = values[0]!;
      // "March 15" is a day of this year; "March 2026" the first day of that month.
      return value >= 1 && value <= 31 && numbers[0]!.length <= 2
        ? validDay(year, month, value)
        : validDay(value, month, 1);
    }
    if (values.length !== 2) return undefined;
    const [first, second] = values as [number, number];
    if (before > 0 && numbers[0]!.length > 2) return validDay(first, month, second);
    return validDay(fullYear(second, numbers[1]!), month, first) ??
      validDay(fullYear(first, numbers[0]!), month, second);
  }
  if (values.length === 2) {
    const [first, second] = values as [number, number];
    if (numbers[0]!.length > 2) return validDay(first, second, 1);
    if (numbers[1]!.length > 2) return validDay(second, first, 1);
    const orders = locale.dateOrder === "dmy"
      ? [[second, first], [first, second]]
      : [[first, second], [second, first]];
    for (const [m, d] of orders) {
      const serial = validDay(year, m!, d!);
      if (serial !== undefined) return serial;
    }
    // Neither is a day of that month: month and year, as in "12/99".
    return validDay(fullYear(second, numbers[1]!), first, 1);
  }
  if (values.length !== 3) return undefined;
  const [a, b, c] = values as [number, number, number];
  if (numbers[0]!.length > 2) return validDay(a, b, c) ?? validDay(a, c, b);
  if (numbers[1]!.length > 2) return undefined;
  const year3 = fullYear(c, numbers[2]!);
  switch (locale.dateOrder) {
    case "mdy":
      return validDay(year3, a, b) ?? validDay(year3, b, a) ?? validDay(fullYear(a, numbers[0]!), b, c);
    case "dmy":
      return validDay(year3, b, a) ?? validDay(year3, a, b) ?? validDay(fullYear(a, numbers[0]!), b, c);
    case "ymd":
      return numbers[2]!.length > 2
        ? validDay(year3, a, b) ?? validDay(year3, b, a)
        : validDay(fullYear(a, numbers[0]!), b, c) ?? validDay(year3, a, b);
  }
}

/** Two digits mean 1930…2029. */
function fullYear(value: number, digits: string): number {
  return digits.length > 2 ? value : value < 30 ? 2000 + value : value < 100 ? 1900 + value : value;
}

function validDay(year: number, month: number, day: number): number | undefined {
  if (month < 1 || month > 12 || day < 1 || day > 31 || year < 100 || year > 9999) return undefined;
  const serial = serialFromYmd(year, month, day);
  return dateFields(serial).day === day ? serial : undefined;
}
