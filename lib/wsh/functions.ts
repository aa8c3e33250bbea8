/**
 * Functions of VBScript that TypeScript has no like of, for its scripts: dates by intervals, formatting as Windows formats,
 * questions on the terminal.
 *
 * They are the engine's own, with JavaScript's Date in the place of a serial number.
 *
 * @module
 */
import { dateFromSerial, serialFromDate } from "../automation/date_serial.ts";
import { makeDate, makeDouble, MISSING, TypedNumber, type Variant } from "../automation/variant.ts";
import { writeText } from "../platform/console.ts";
import { VbsEngine } from "../vbscript/mod.ts";
import { Dialogs, LineReader } from "./dialogs.ts";

/** An interval, as VBScript names them: year, quarter, month, day of the year, day, weekday, week, hour, minute, second. */
export type DateInterval = "yyyy" | "q" | "m" | "y" | "d" | "w" | "ww" | "h" | "n" | "s";

/** How FormatDateTime writes: general (the default), long or short date, long or short time. */
export const DateFormat = {
  vbGeneralDate: 0,
  vbLongDate: 1,
  vbShortDate: 2,
  vbLongTime: 3,
  vbShortTime: 4,
} as const;

/** Buttons, an icon and a default button of MsgBox, to be added up. */
export const MsgBoxStyle = {
  vbOKOnly: 0,
  vbOKCancel: 1,
  vbAbortRetryIgnore: 2,
  vbYesNoCancel: 3,
  vbYesNo: 4,
  vbRetryCancel: 5,
  vbCritical: 16,
  vbQuestion: 32,
  vbExclamation: 48,
  vbInformation: 64,
  vbDefaultButton1: 0,
  vbDefaultButton2: 256,
  vbDefaultButton3: 512,
} as const;

/** The button that was chosen. */
export const MsgBoxResult = {
  vbOK: 1,
  vbCancel: 2,
  vbAbort: 3,
  vbRetry: 4,
  vbIgnore: 5,
  vbYes: 6,
  vbNo: 7,
} as const;

let engine: VbsEngine | undefined;
let dialogs: Dialogs | undefined;

/** A value of JavaScript as the engine takes it: `undefined` is an argument that was left out. */
function call(name: string, ...args: readonly (string | number | Date | undefined)[]): Variant {
  const variants = args.map((arg): Variant => {
    if (arg === undefined) return MISSING;
    if (arg instanceof Date) return makeDate(serialFromDate(arg));
    return typeof arg === "number" ? makeDouble(arg) : arg;
  });
  while (variants.at(-1) === MISSING) variants.pop();
  engine ??= new VbsEngine();
  return engine.call(name, variants);
}

function numberOf(value: Variant): number {
  return value instanceof TypedNumber ? value.value : value as number;
}

function dateOf(value: Variant): Date {
  return dateFromSerial(numberOf(value));
}

/**
 * A date so many intervals later, or earlier; a month that is shorter ends the day there.
 *
 * @throws AutomationError 5 for a result outside the years 100 to 9999.
 *
 * @example The end of February
 * ```ts
 * import { DateAdd } from "@burnscript/burnscript";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(DateAdd("m", 1, new Date(2024, 0, 31)), new Date(2024, 1, 29));
 * ```
 */
export function DateAdd(interval: DateInterval, number: number, date: Date): Date {
  return dateOf(call("DateAdd", interval, number, date));
}

/**
 * How many interval borders lie between two dates.
 *
 * @param firstDayOfWeek 1 Sunday (the default) to 7 Saturday.
 * @param firstWeekOfYear 1 the one with 1 January (the default), 2 the first of four days, 3 the first whole one.
 *
 * @example Days until the end of the year
 * ```ts
 * import { DateDiff } from "@burnscript/burnscript";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(DateDiff("d", new Date(2024, 11, 24), new Date(2024, 11, 31)), 7);
 * ```
 */
export function DateDiff(
  interval: DateInterval,
  date1: Date,
  date2: Date,
  firstDayOfWeek?: number,
  firstWeekOfYear?: number,
): number {
  return numberOf(call("DateDiff", interval, date1, date2, firstDayOfWeek, firstWeekOfYear));
}

/**
 * A part of a date: the quarter, the week of the year…
 *
 * @param firstDayOfWeek 1 Sunday (the default) to 7 Saturday.
 * @param firstWeekOfYear 1 the one with 1 January (the default), 2 the first of four days, 3 the first whole one.
 */
export function DatePart(
  interval: DateInterval,
  date: Date,
  firstDayOfWeek?: number,
  firstWeekOfYear?: number,
): number {
  return numberOf(call("DatePart", interval, date, firstDayOfWeek, firstWeekOfYear));
}

/** A date from its parts, where month 13 is January of the next year and day 0 the last one of the month before. */
export function DateSerial(year: number, month: number, day: number): Date {
  return dateOf(call("DateSerial", year, month, day));
}

/** The date that a text names, such as "30 June 2024" or "6/30/2024". @throws AutomationError 13 for another text. */
export function CDate(text: string): Date {
  return dateOf(call("CDate", text));
}

/** Whether a text names a date. */
export function IsDate(text: string): boolean {
  return call("IsDate", text) === true;
}

/**
 * A date as Windows writes it.
 *
 * @param format one of {@linkcode DateFormat}; general when left out.
 *
 * @example A long date
 * ```ts
 * import { DateFormat, FormatDateTime } from "@burnscript/burnscript";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(FormatDateTime(new Date(2024, 1, 29), DateFormat.vbLongDate), "Thursday, February 29, 2024");
 * ```
 */
export function FormatDateTime(date: Date, format?: number): string {
  return call("FormatDateTime", date, format) as string;
}

/**
 * A number with so many digits and with separators.
 *
 * @param digits behind the point; 2 when left out.
 * @param includeLeadingDigit whether 0.5 has its 0: −1 yes, 0 no, −2 as the locale has it (the default).
 * @param useParentheses whether negative numbers stand in parentheses, likewise.
 * @param groupDigits whether thousands are separated, likewise.
 */
export function FormatNumber(
  value: number,
  digits?: number,
  includeLeadingDigit?: number,
  useParentheses?: number,
  groupDigits?: number,
): string {
  return call("FormatNumber", value, digits, includeLeadingDigit, useParentheses, groupDigits) as string;
}

/** An amount of money as the locale writes it; the arguments are those of {@linkcode FormatNumber}. */
export function FormatCurrency(
  value: number,
  digits?: number,
  includeLeadingDigit?: number,
  useParentheses?: number,
  groupDigits?: number,
): string {
  return call("FormatCurrency", value, digits, includeLeadingDigit, useParentheses, groupDigits) as string;
}

/** A fraction in percent; the arguments are those of {@linkcode FormatNumber}. */
export function FormatPercent(
  value: number,
  digits?: number,
  includeLeadingDigit?: number,
  useParentheses?: number,
  groupDigits?: number,
): string {
  return call("FormatPercent", value, digits, includeLeadingDigit, useParentheses, groupDigits) as string;
}

/** The name of a month, 1 to 12. */
export function MonthName(month: number, abbreviate = false): string {
  return call("MonthName", month, abbreviate ? -1 : 0) as string;
}

/** The name of a day of the week, 1 to 7 from `firstDayOfWeek` on (1 Sunday, the default). */
export function WeekdayName(weekday: number, abbreviate = false, firstDayOfWeek = 1): string {
  return call("WeekdayName", weekday, abbreviate ? -1 : 0, firstDayOfWeek) as string;
}

/** The locale that the formats follow from now on, as "de-DE" or its LCID; returns the LCID that was in force. */
export function SetLocale(locale: string | number): number {
  return numberOf(call("SetLocale", locale));
}

/** VBScript's random numbers, the same sequence as on Windows. */
export function Rnd(number?: number): number {
  return numberOf(call("Rnd", number));
}

/**
 * Asks on the terminal, and waits. Without a terminal the message is shown and the default button taken.
 *
 * @param buttons of {@linkcode MsgBoxStyle}, added up; OK alone when left out.
 * @return the button, of {@linkcode MsgBoxResult}.
 */
export function MsgBox(prompt: string, buttons = 0, title?: string): number {
  return terminal().messageBox(prompt, buttons, title);
}

/** Asks for a text on the terminal, and waits. Without a terminal it is the default. */
export function InputBox(prompt: string, title?: string, initial?: string): string {
  return terminal().inputBox(prompt, title, initial) ?? "";
}

function terminal(): Dialogs {
  if (dialogs !== undefined) return dialogs;
  const nowMs = (): number => performance.now();
  const lines = new LineReader((target) => Deno.stdin.readSync(target) ?? 0, nowMs);
  return dialogs = new Dialogs({
    policy: "prompt",
    isTerminal: Deno.stdin.isTerminal() && Deno.stderr.isTerminal(),
    interactive: true,
    show: (text) => writeText("stderr", text),
    readLine: (timeoutMs) => lines.readLine(timeoutMs),
    nowMs,
  });
}
