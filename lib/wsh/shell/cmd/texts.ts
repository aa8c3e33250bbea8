/** Dates, times and numbers as cmd writes them in the United States, and bytes as text. @module */

/** `11/21/2026  03:04 PM`, as `dir` has it with two blanks and `%~t1` with one. */
export function stampText(date: Date, gap = " "): string {
  const hour = date.getHours() % 12 || 12;
  const time = `${two(hour)}:${two(date.getMinutes())} ${date.getHours() < 12 ? "AM" : "PM"}`;
  return `${dayText(date)}${gap}${time}`;
}

/** `Sat 11/21/2026`, as `%DATE%` and `date /t` have it. */
export function dateText(date: Date): string {
  const day = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"][date.getDay()]!;
  return `${day} ${dayText(date)}`;
}

/** ` 9:04:05.67`, as `%TIME%` has it. */
export function timeText(date: Date): string {
  const hundredths = two(Math.floor(date.getMilliseconds() / 10));
  return `${String(date.getHours()).padStart(2)}:${two(date.getMinutes())}:${
    two(date.getSeconds())
  }.${hundredths}`;
}

/** `1,234,567`. */
export function grouped(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ",");
}

/** Bytes as text: UTF-16 and UTF-8 by their marks, else UTF-8, or Windows' ANSI where it is not valid. */
export function decodeText(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}

/** The lines of a text; what ends the last one begins no other. */
export function linesOf(text: string): string[] {
  const lines = text.split(/\r?\n/);
  if (lines.at(-1) === "") lines.pop();
  return lines;
}

/** `11/21/2026`. */
export function dayText(date: Date): string {
  return `${two(date.getMonth() + 1)}/${two(date.getDate())}/${date.getFullYear()}`;
}

function two(value: number): string {
  return String(value).padStart(2, "0");
}
