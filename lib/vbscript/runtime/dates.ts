/** Date and time functions. @module */
import {
  checkDateSerial,
  type DateFields,
  dateFields,
  joinSerial,
  parseDate,
  serialFromDate,
  serialFromYmd,
  toDateSerial,
  toDouble,
  toLongIn,
  toStringValue,
} from "../../automation/coerce.ts";
import { makeDate, makeLong, makeSingle, type Variant, VARTYPE } from "../../automation/variant.ts";
import { raise } from "../errors.ts";
import type { FunctionTable, LibraryContext } from "./library.ts";

const SECONDS_PER_DAY = 86_400;

/** Days of a serial number, and its seconds since midnight. */
function daysAndSeconds(serial: number): { days: number; seconds: number } {
  let days = Math.trunc(serial);
  let seconds = Math.round(Math.abs(serial - days) * SECONDS_PER_DAY);
  if (seconds === SECONDS_PER_DAY) [days, seconds] = [days + 1, 0];
  return { days, seconds };
}

function fromSeconds(total: number): number {
  const days = Math.floor(total / SECONDS_PER_DAY);
  return joinSerial(days, (total - days * SECONDS_PER_DAY) / SECONDS_PER_DAY);
}

/** The functions, by name, with how many arguments they take. */
export function dateFunctions({ runtime, services }: LibraryContext): FunctionTable {
  const long = (value: Variant): number => toLongIn(value, runtime.locale);
  const serial = (value: Variant): number => {
    const plain = runtime.plain(value);
    if (typeof plain === "string") {
      const parsed = parseDate(plain, runtime.locale, services.now().getFullYear());
      if (parsed !== undefined) return parsed;
    }
    return plain === null ? raise(94) : toDateSerial(plain, runtime.locale);
  };
  const now = (): number => {
    const date = services.now();
    date.setMilliseconds(0);
    return serialFromDate(date);
  };
  const field = (pick: (fields: DateFields) => number) => (value: Variant): Variant =>
    runtime.plain(value) === null ? null : pick(dateFields(serial(value)));
  const firstDay = (value: Variant): number => {
    const day = value === undefined ? 1 : long(value);
    if (day < 0 || day > 7) raise(5);
    return day === 0 ? runtime.locale.firstDayOfWeek : day;
  };
  const weekdayOf = (days: number, first: number): number =>
    // Day 0, 30 December 1899, was a Saturday, which vbSaturday calls 7.
    ((((days + 7 - first) % 7) + 7) % 7) + 1;

  const weekOfYear = (days: number, first: number, rule: number): number => {
    const { year } = dateFields(days);
    const firstWeek = (of: number): number => {
      const newYear = serialFromYmd(of, 1, 1);
      const monday = newYear - (weekdayOf(newYear, first) - 1);
      const inside = 7 - (newYear - monday);
      if (rule === 2) return inside >= 4 ? monday : monday + 7;
      if (rule === 3) return inside === 7 ? monday : monday + 7;
      return monday;
    };
    let start = firstWeek(year);
    if (rule > 1 && days >= firstWeek(year + 1)) start = firstWeek(year + 1);
    else if (days < start) start = firstWeek(year - 1);
    return Math.floor((days - start) / 7) + 1;
  };

  const intervalOf = (value: Variant): string => toStringValue(value, runtime.locale).toLowerCase();

  const dateAdd = (interval: Variant, count: Variant, date: Variant): Variant => {
    if (count === null || date === null) return date === null ? null : raise(94);
    // Fractions are cut off, not rounded.
    const number = Math.trunc(toDouble(runtime.plain(count), runtime.locale));
    const base = serial(date);
    const { days, seconds } = daysAndSeconds(base);
    const time = seconds / SECONDS_PER_DAY;
    const addMonths = (months: number): number => {
      const { year, month, day } = dateFields(days);
      const total = year * 12 + (month - 1) + months;
      const [toYear, toMonth] = [Math.floor(total / 12), (total % 12 + 12) % 12 + 1];
      const last = dateFields(serialFromYmd(toYear, toMonth + 1, 0)).day;
      return joinSerial(serialFromYmd(toYear, toMonth, Math.min(day, last)), time);
    };
    const addSeconds = (amount: number): number => fromSeconds(days * SECONDS_PER_DAY + seconds + amount);
    const result = ((): number => {
      switch (intervalOf(interval)) {
        case "yyyy":
          return addMonths(number * 12);
        case "q":
          return addMonths(number * 3);
        case "m":
          return addMonths(number);
        case "y":
        case "d":
        case "w":
          return joinSerial(days + number, time);
        case "ww":
          return joinSerial(days + number * 7, time);
        case "h":
          return addSeconds(number * 3600);
        case "n":
          return addSeconds(number * 60);
        case "s":
          return addSeconds(number);
      }
      return raise(5);
    })();
    const { year } = dateFields(result);
    if (!(year >= 100 && year <= 9999)) raise(5);
    return makeDate(checkDateSerial(result));
  };

  const dateDiff = (interval: Variant, from: Variant, to: Variant, first?: Variant): Variant => {
    if (from === null || to === null) return null;
    const [a, b] = [daysAndSeconds(serial(from)), daysAndSeconds(serial(to))];
    const [fieldsA, fieldsB] = [dateFields(a.days), dateFields(b.days)];
    const secondsBetween = (unit: number): number =>
      Math.floor((b.days * SECONDS_PER_DAY + b.seconds) / unit) -
      Math.floor((a.days * SECONDS_PER_DAY + a.seconds) / unit);
    const months = (fieldsB.year - fieldsA.year) * 12 + fieldsB.month - fieldsA.month;
    const day = firstDay(first);
    const result = ((): number => {
      switch (intervalOf(interval)) {
        case "yyyy":
          return fieldsB.year - fieldsA.year;
        case "q":
          return (fieldsB.year - fieldsA.year) * 4 + Math.ceil(fieldsB.month / 3) -
            Math.ceil(fieldsA.month / 3);
        case "m":
          return months;
        case "y":
        case "d":
          return b.days - a.days;
        case "w":
          return Math.trunc((b.days - a.days) / 7);
        case "ww": {
          const weekStart = (days: number): number => days - (weekdayOf(days, day) - 1);
          return (weekStart(b.days) - weekStart(a.days)) / 7;
        }
        case "h":
          return secondsBetween(3600);
        case "n":
          return secondsBetween(60);
        case "s":
          return secondsBetween(1);
      }
      return raise(5);
    })();
    return (result | 0) === result ? makeLong(result) : raise(6);
  };

  const datePart = (interval: Variant, date: Variant, first?: Variant, rule?: Variant): Variant => {
    if (date === null) return null;
    const { days, seconds } = daysAndSeconds(serial(date));
    const fields = dateFields(days);
    switch (intervalOf(interval)) {
      case "yyyy":
        return fields.year;
      case "q":
        return Math.ceil(fields.month / 3);
      case "m":
        return fields.month;
      case "y":
        return days - serialFromYmd(fields.year, 1, 1) + 1;
      case "d":
        return fields.day;
      case "w":
        return weekdayOf(days, firstDay(first));
      case "ww":
        return weekOfYear(days, firstDay(first), rule === undefined ? 1 : long(rule));
      case "h":
        return Math.trunc(seconds / 3600);
      case "n":
        return Math.trunc(seconds / 60) % 60;
      case "s":
        return seconds % 60;
    }
    return raise(5);
  };

  const ranged = (value: Variant, maximum: number): number => {
    const number = long(value);
    return number < 1 || number > maximum ? raise(5) : number;
  };
  const isTrue = (value: Variant): boolean => value !== undefined && runtime.truth(value);

  return {
    Now: [0, 0, () => makeDate(now())],
    Date: [0, 0, () => makeDate(Math.trunc(now()))],
    Time: [0, 0, () => makeDate(Math.abs(now() % 1))],
    Timer: [0, 0, () => {
      const date = services.now();
      return makeSingle(
        date.getHours() * 3600 + date.getMinutes() * 60 + date.getSeconds() + date.getMilliseconds() / 1000,
      );
    }],
    Year: [1, 1, field(({ year }) => year)],
    Month: [1, 1, field(({ month }) => month)],
    Day: [1, 1, field(({ day }) => day)],
    Hour: [1, 1, field(({ hour }) => hour)],
    Minute: [1, 1, field(({ minute }) => minute)],
    Second: [1, 1, field(({ second }) => second)],
    Weekday: [
      1,
      2,
      (date, first) => date === null ? null : weekdayOf(daysAndSeconds(serial(date)).days, firstDay(first)),
    ],
    WeekdayName: [1, 3, (day, isShort, first) => {
      const index = (ranged(day, 7) + firstDay(first) - 2) % 7;
      return (isTrue(isShort) ? runtime.locale.daysShort : runtime.locale.days)[index]!;
    }],
    MonthName: [
      1,
      2,
      (month, isShort) =>
        (isTrue(isShort) ? runtime.locale.monthsShort : runtime.locale.months)[ranged(month, 12) - 1]!,
    ],
    DateSerial: [3, 3, (year, month, day) => {
      const given = long(year);
      const full = given >= 0 && given < 30
        ? given + 2000
        : given >= 30 && given < 100
        ? given + 1900
        : given;
      const result = serialFromYmd(full, long(month), long(day));
      const { year: reached } = dateFields(result);
      return reached >= 100 && reached <= 9999 ? makeDate(result) : raise(5);
    }],
    TimeSerial: [
      3,
      3,
      (hour, minute, second) => makeDate(fromSeconds(long(hour) * 3600 + long(minute) * 60 + long(second))),
    ],
    DateValue: [1, 1, (value) => makeDate(Math.trunc(serial(strict(value))))],
    TimeValue: [1, 1, (value) => {
      const moment = serial(strict(value));
      return makeDate(Math.abs(moment - Math.trunc(moment)));
    }],
    DateAdd: [3, 3, dateAdd],
    DateDiff: [3, 5, dateDiff],
    DatePart: [2, 4, datePart],
    IsDate: [1, 1, (value) => {
      const plain = runtime.plainOrNothing(value);
      if (typeof plain === "string") return parseDate(plain, runtime.locale, 2000) !== undefined;
      return runtime.typeOf(plain) === VARTYPE.Date;
    }],
  };

  /** DateValue and TimeValue take no strings of bare numbers. */
  function strict(value: Variant): Variant {
    const plain = runtime.plain(value);
    if (typeof plain === "string" && parseDate(plain, runtime.locale, 2000) === undefined) raise(13);
    return plain;
  }
}
