/** Dates as text and back, by the rules of a locale. @module */
import {
  type DateFields,
  dateFields,
  fullYear,
  isDateSerial,
  joinSerial,
  SECONDS_PER_DAY,
  serialFromYmd,
} from "./date_serial.ts";
import { EN_US, type Locale } from "./locale.ts";

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
  if (day === undefined || !isDateSerial(day)) return undefined;
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
    return validDay(yearOf(second, numbers[1]!), month, first) ??
      validDay(yearOf(first, numbers[0]!), month, second);
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
    return validDay(yearOf(second, numbers[1]!), first, 1);
  }
  if (values.length !== 3) return undefined;
  const [a, b, c] = values as [number, number, number];
  if (numbers[0]!.length > 2) return validDay(a, b, c) ?? validDay(a, c, b);
  if (numbers[1]!.length > 2) return undefined;
  const year3 = yearOf(c, numbers[2]!);
  switch (locale.dateOrder) {
    case "mdy":
      return validDay(year3, a, b) ?? validDay(year3, b, a) ?? validDay(yearOf(a, numbers[0]!), b, c);
    case "dmy":
      return validDay(year3, b, a) ?? validDay(year3, a, b) ?? validDay(yearOf(a, numbers[0]!), b, c);
    case "ymd":
      return numbers[2]!.length > 2
        ? validDay(year3, a, b) ?? validDay(year3, b, a)
        : validDay(yearOf(a, numbers[0]!), b, c) ?? validDay(year3, a, b);
  }
}

/** A year as it is written: 0026 is not 26. */
function yearOf(value: number, digits: string): number {
  return digits.length > 2 ? value : fullYear(value);
}

function validDay(year: number, month: number, day: number): number | undefined {
  if (month < 1 || month > 12 || day < 1 || day > 31 || year < 100 || year > 9999) return undefined;
  const serial = serialFromYmd(year, month, day);
  return dateFields(serial).day === day ? serial : undefined;
}
