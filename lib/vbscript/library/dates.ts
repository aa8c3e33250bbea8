/** Dates and times. @module */
import { roundHalfEven, toInteger } from "../../automation/coerce.ts";
import {
  type DateFields,
  dateFields,
  fullYear,
  isDateSerial,
  joinSerial,
  SECONDS_PER_DAY,
  serialFromDate,
  serialFromYmd,
} from "../../automation/date_serial.ts";
import {
  makeDate,
  makeLong,
  makeSingle,
  TypedNumber,
  type Variant,
  VARTYPE,
} from "../../automation/variant.ts";
import { raise } from "../errors.ts";
import type { LibraryFunction } from "../runtime/bindings.ts";
import { type Arguments, unary } from "./arguments.ts";

/** Date, Now, DateAdd, DateDiff, DatePart, Year, MonthName and their kin. */
export function dateFunctions(use: Arguments): LibraryFunction[] {
  return [...clockFunctions(use), ...makingFunctions(use), ...intervalFunctions(use), ...fieldFunctions(use)];
}

function clockFunctions(use: Arguments): LibraryFunction[] {
  const now = (): number => {
    const moment = new Date(use.context.now());
    moment.setMilliseconds(0);
    return serialFromDate(moment);
  };
  return [
    { name: "Now", minimum: 0, maximum: 0, call: () => makeDate(now()) },
    { name: "Date", minimum: 0, maximum: 0, call: () => makeDate(Math.trunc(now())) },
    { name: "Time", minimum: 0, maximum: 0, call: () => makeDate(secondsOf(now())) },
    { name: "Timer", minimum: 0, maximum: 0, call: () => makeSingle(use.secondsSinceMidnight()) },
  ];
}

/** The part of a day in a serial number, which is positive in a negative one too. */
function timeOf(serial: number): number {
  return Math.abs(serial - Math.trunc(serial));
}

/** The same in whole seconds: without what subtracting the day lost, a time equals the literal that names it. */
function secondsOf(serial: number): number {
  return Math.round(timeOf(serial) * SECONDS_PER_DAY) % SECONDS_PER_DAY / SECONDS_PER_DAY;
}

function makingFunctions(use: Arguments): LibraryFunction[] {
  const integers = (args: readonly Variant[], name: string): [number, number, number] =>
    args.map((value) => use.convert(value, name, toInteger)) as [number, number, number];
  return [
    {
      name: "DateSerial",
      minimum: 3,
      maximum: 3,
      call: (...args) => {
        const [year, month, day] = integers(args, "DateSerial");
        return makeDate(inRange(serialFromYmd(fullYear(year), month, day), "DateSerial"));
      },
    },
    {
      name: "TimeSerial",
      minimum: 3,
      maximum: 3,
      call: (...args) => {
        const [hour, minute, second] = integers(args, "TimeSerial");
        return makeDate(((hour * 60 + minute) * 60 + second) / SECONDS_PER_DAY);
      },
    },
    unary("DateValue", (value) => makeDate(Math.trunc(readDate(use, value, "DateValue")))),
    unary("TimeValue", (value) => makeDate(secondsOf(readDate(use, value, "TimeValue")))),
  ];
}

/** A Date, or a string that says one; a number does not. */
function readDate(use: Arguments, value: Variant, name: string): number {
  const plain = use.plain(value, name);
  if (plain instanceof TypedNumber && plain.type === VARTYPE.Date) return plain.value;
  return use.parseDate(use.string(plain, name)) ?? raise(13, name);
}

function inRange(serial: number, name: string): number {
  // The result of a calculation with dates that leaves their range is error 5, not the overflow of a conversion.
  return isDateSerial(serial) ? serial : raise(5, name);
}

const INTERVALS = ["yyyy", "q", "m", "y", "d", "w", "ww", "h", "n", "s"] as const;
type Interval = typeof INTERVALS[number];

function readInterval(use: Arguments, value: Variant, name: string): Interval {
  const text = use.string(value, name).toLowerCase();
  return INTERVALS.find((interval) => interval === text) ?? raise(5, name);
}

/** How many days or seconds an interval of that length has. */
const DAYS: Partial<Record<Interval, number>> = { y: 1, d: 1, w: 1, ww: 7 };
const SECONDS: Partial<Record<Interval, number>> = { h: 3600, n: 60, s: 1 };
const MONTHS: Partial<Record<Interval, number>> = { yyyy: 12, q: 3, m: 1 };

function intervalFunctions(use: Arguments): LibraryFunction[] {
  return [
    {
      name: "DateAdd",
      minimum: 3,
      maximum: 3,
      call: (unit, count, date) => {
        const interval = readInterval(use, unit, "DateAdd");
        const number = roundHalfEven(use.double(count, "DateAdd"));
        const plain = use.plain(date, "DateAdd");
        if (plain === null) return null;
        return makeDate(inRange(add(use.date(plain, "DateAdd"), number, interval), "DateAdd"));
      },
    },
    {
      name: "DateDiff",
      minimum: 3,
      maximum: 5,
      call: (unit, first, second, ...rest) => {
        const interval = readInterval(use, unit, "DateDiff");
        const week = readWeek(use, rest, "DateDiff");
        const [from, to] = [use.plain(first, "DateDiff"), use.plain(second, "DateDiff")];
        if (from === null || to === null) return null;
        const difference = subtract(use.date(from, "DateDiff"), use.date(to, "DateDiff"), {
          interval,
          ...week,
        });
        return makeLong(use.long(difference, "DateDiff"));
      },
    },
    {
      name: "DatePart",
      minimum: 2,
      maximum: 4,
      call: (unit, date, ...rest) => {
        const interval = readInterval(use, unit, "DatePart");
        const week = readWeek(use, rest, "DatePart");
        const plain = use.plain(date, "DatePart");
        return plain === null ? null : part(use.date(plain, "DatePart"), { interval, ...week });
      },
    },
  ];
}

function add(serial: number, number: number, interval: Interval): number {
  const months = MONTHS[interval];
  const days = Math.trunc(serial);
  if (months !== undefined) {
    const { year, month, day } = dateFields(days);
    const target = year * 12 + (month - 1) + number * months;
    const [targetYear, targetMonth] = [Math.floor(target / 12), ((target % 12) + 12) % 12 + 1];
    // The last day of a month is the one before the first of the next: 31 January and a month is 28 February.
    const lastDay = serialFromYmd(targetYear, targetMonth + 1, 0);
    return joinSerial(Math.min(serialFromYmd(targetYear, targetMonth, day), lastDay), timeOf(serial));
  }
  const dayLength = DAYS[interval];
  if (dayLength !== undefined) return joinSerial(days + number * dayLength, timeOf(serial));
  const seconds = Math.round(timeOf(serial) * SECONDS_PER_DAY) + number * SECONDS[interval]!;
  const carriedDays = Math.floor(seconds / SECONDS_PER_DAY);
  return joinSerial(days + carriedDays, (seconds - carriedDays * SECONDS_PER_DAY) / SECONDS_PER_DAY);
}

/** How weeks are counted. */
interface Week {
  /** 1 is Sunday. */
  readonly firstDay: number;
  /** Which is the first week of a year: 1 that of 1 January, 2 the first with four days, 3 the first full one. */
  readonly firstWeek: number;
}

function readWeek(use: Arguments, args: readonly Variant[], name: string): Week {
  const firstWeek = use.optionalLong(args, 1, 1, name);
  if (firstWeek < 0 || firstWeek > 3) raise(5, name);
  return {
    firstDay: readFirstDay(use, args, { index: 0, name }),
    firstWeek: firstWeek === 0 ? 1 : firstWeek,
  };
}

function readFirstDay(
  use: Arguments,
  args: readonly Variant[],
  { index, name }: { index: number; name: string },
): number {
  const day = use.optionalLong(args, index, 1, name);
  if (day < 0 || day > 7) raise(5, name);
  return day === 0 ? use.locale.firstDayOfWeek : day;
}

/** 1…7, counted from the first day of the week. */
function weekdayOf(fields: DateFields, firstDay: number): number {
  return (fields.weekday - (firstDay - 1) + 7) % 7 + 1;
}

function subtract(from: number, to: number, { interval, firstDay }: Week & { interval: Interval }): number {
  const [first, second] = [dateFields(from), dateFields(to)];
  // The fields' own day: a time that rounds up to midnight belongs to the next one.
  const [firstDays, secondDays] = [daysOf(first), daysOf(second)];
  switch (interval) {
    case "yyyy":
      return second.year - first.year;
    case "q":
      return (second.year - first.year) * 4 + quarterOf(second) - quarterOf(first);
    case "m":
      return (second.year - first.year) * 12 + second.month - first.month;
    case "y":
    case "d":
      return secondDays - firstDays;
    case "w":
      return Math.trunc((secondDays - firstDays) / 7) + 0;
    case "ww": {
      const startOfFirst = firstDays - weekdayOf(first, firstDay);
      const startOfSecond = secondDays - weekdayOf(second, firstDay);
      return (startOfSecond - startOfFirst) / 7;
    }
  }
  const length = SECONDS[interval];
  const boundaries = (days: number, { hour, minute, second }: DateFields): number =>
    Math.floor((days * SECONDS_PER_DAY + (hour * 60 + minute) * 60 + second) / length!);
  return boundaries(secondDays, second) - boundaries(firstDays, first);
}

function daysOf(fields: DateFields): number {
  return serialFromYmd(fields.year, fields.month, fields.day);
}

function quarterOf(fields: DateFields): number {
  return Math.trunc((fields.month + 2) / 3);
}

function part(serial: number, { interval, firstDay, firstWeek }: Week & { interval: Interval }): number {
  const fields = dateFields(serial);
  switch (interval) {
    case "yyyy":
      return fields.year;
    case "q":
      return quarterOf(fields);
    case "m":
      return fields.month;
    case "y":
      return daysOf(fields) - serialFromYmd(fields.year, 1, 1) + 1;
    case "d":
      return fields.day;
    case "w":
      return weekdayOf(fields, firstDay);
    case "ww":
      return weekOfYear(fields, { firstDay, firstWeek });
    case "h":
      return fields.hour;
    case "n":
      return fields.minute;
    case "s":
      return fields.second;
  }
}

function weekOfYear(fields: DateFields, week: Week): number {
  const days = daysOf(fields);
  for (let year = fields.year + 1;; year--) {
    const start = startOfWeekOne(year, week);
    // With vbFirstJan1, 31 December may lie in the week of the next 1 January; it is still counted in its own year.
    if (days >= start && (week.firstWeek !== 1 || year === fields.year)) {
      return Math.floor((days - start) / 7) + 1;
    }
  }
}

function startOfWeekOne(year: number, { firstDay, firstWeek }: Week): number {
  const newYear = serialFromYmd(year, 1, 1);
  const before = weekdayOf(dateFields(newYear), firstDay) - 1;
  const daysInFirstWeek = 7 - before;
  const counts = firstWeek === 1 || daysInFirstWeek >= (firstWeek === 2 ? 4 : 7);
  return counts ? newYear - before : newYear + daysInFirstWeek;
}

function fieldFunctions(use: Arguments): LibraryFunction[] {
  const field = (name: string, select: (fields: DateFields) => number): LibraryFunction =>
    unary(name, (value) => {
      const plain = use.plain(value, name);
      return plain === null ? null : select(dateFields(use.date(plain, name)));
    });
  return [
    field("Year", ({ year }) => year),
    field("Month", ({ month }) => month),
    field("Day", ({ day }) => day),
    field("Hour", ({ hour }) => hour),
    field("Minute", ({ minute }) => minute),
    field("Second", ({ second }) => second),
    {
      name: "Weekday",
      minimum: 1,
      maximum: 2,
      call: (value, ...rest) => {
        const firstDay = readFirstDay(use, rest, { index: 0, name: "Weekday" });
        const plain = use.plain(value, "Weekday");
        return plain === null ? null : weekdayOf(dateFields(use.date(plain, "Weekday")), firstDay);
      },
    },
    {
      name: "MonthName",
      minimum: 1,
      maximum: 2,
      call: (value, ...rest) => {
        const month = use.long(value, "MonthName");
        const isShort = use.isGiven(rest, 0) && use.boolean(rest[0], "MonthName");
        return (isShort ? use.locale.monthsShort : use.locale.months)[month - 1] ?? raise(5, "MonthName");
      },
    },
    {
      name: "WeekdayName",
      minimum: 1,
      maximum: 3,
      call: (value, ...rest) => {
        const weekday = use.long(value, "WeekdayName");
        const isShort = use.isGiven(rest, 0) && use.boolean(rest[0], "WeekdayName");
        const firstDay = readFirstDay(use, rest, { index: 1, name: "WeekdayName" });
        if (weekday < 1 || weekday > 7) raise(5, "WeekdayName");
        return (isShort ? use.locale.daysShort : use.locale.days)[(weekday + firstDay - 2) % 7]!;
      },
    },
  ];
}
