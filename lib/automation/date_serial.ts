/** The serial numbers of dates: days since 30 December 1899, with the time as a part of a day. @module */
import { scriptError } from "./errors.ts";

const MS_PER_DAY = 86_400_000;

/** Of a day of 24 hours, as all days of serial numbers are. */
export const SECONDS_PER_DAY = 86_400;

/** Midnight of day 0, 30 December 1899, as if it were UTC. */
const EPOCH_MS = Date.UTC(1899, 11, 30);

/** 1 January 100 and 31 December 9999: the range of Date. */
const DATE_MIN = -657434;

const DATE_MAX = 2958465;

/** Whether a serial number is within 1 January 100 … 31 December 9999. */
export function isDateSerial(serial: number): boolean {
  return serial >= DATE_MIN && serial < DATE_MAX + 1;
}

/** The serial number if it is one of a Date; else error 6. */
export function checkDateSerial(serial: number): number {
  if (!isDateSerial(serial)) throw scriptError("overflow");
  return serial;
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

/** A year of which two digits may be written: 0…99 mean 1930…2029. */
export function fullYear(year: number): number {
  return year < 0 || year > 99 ? year : year < 30 ? 2000 + year : 1900 + year;
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
