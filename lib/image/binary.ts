/** Fields of sectors: both-byte orders, text and dates. ECMA-119 is the 4th edition. @module */

/** Bytes of user data in a sector, of a logical block in each of our file systems, too. */
export const SECTOR_BYTES = 2048;

/** The number of sectors that so many bytes take. */
export function sectorsOf(sizeBytes: number): number {
  return Math.ceil(sizeBytes / SECTOR_BYTES);
}

/** A view of exactly these bytes, wherever they lie in their buffer. */
export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** 16 bits, least significant byte first, then most significant first (ECMA-119 7.2.3). */
export function setUint16Both(target: Uint8Array, offset: number, value: number): void {
  target[offset] = target[offset + 3] = value & 0xff;
  target[offset + 1] = target[offset + 2] = value >>> 8;
}

/** 32 bits in both orders (ECMA-119 7.3.3), by bytes: a DataView for each record takes longer than the record. */
export function setUint32Both(target: Uint8Array, offset: number, value: number): void {
  for (let index = 0; index < 4; index++) {
    target[offset + index] = target[offset + 7 - index] = value >>> (8 * index) & 0xff;
  }
}

/** A safe integer in 64 bits, least significant byte first. */
export function setUint64(view: DataView, offset: number, value: number): void {
  view.setUint32(offset, value % 0x1_0000_0000, true);
  view.setUint32(offset + 4, Math.floor(value / 0x1_0000_0000), true);
}

/** 64 bits, least significant byte first, as a number; above 2^53 it is no longer exact. */
export function getUint64(view: DataView, offset: number): number {
  return view.getUint32(offset, true) + view.getUint32(offset + 4, true) * 0x1_0000_0000;
}

/** Writes text of units below 256, one byte each. */
export function setLatin1(target: Uint8Array, offset: number, text: string): void {
  for (let at = 0; at < text.length; at++) target[offset + at] = text.charCodeAt(at);
}

/** Writes text as UTF-16 units, most significant byte first, as Joliet and UDF's 16-bit strings have it. */
export function setUtf16(target: Uint8Array, offset: number, text: string): void {
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    target[offset + 2 * at] = unit >> 8;
    target[offset + 2 * at + 1] = unit & 0xff;
  }
}

const UTF8 = new TextEncoder();

/** Text in UTF-8; halves of surrogate pairs become U+FFFD. */
export function utf8Of(text: string): Uint8Array {
  return UTF8.encode(text);
}

/** Reads text of one byte a unit. */
export function getLatin1(source: Uint8Array, start: number, end: number): string {
  let text = "";
  for (let at = start; at < end; at++) text += String.fromCharCode(source[at]!);
  return text;
}

/** Reads text of UTF-16 units, most significant byte first. */
export function getUtf16(source: Uint8Array, start: number, end: number): string {
  let text = "";
  for (let at = start; at + 1 < end; at += 2) text += String.fromCharCode(source[at]! << 8 | source[at + 1]!);
  return text;
}

/** Cuts text to so many UTF-16 units, never inside a surrogate pair. */
export function cutUnits(text: string, unitsMax: number): string {
  if (text.length <= unitsMax) return text;
  const last = text.charCodeAt(unitsMax - 1);
  return text.slice(0, last >= 0xd800 && last < 0xdc00 ? unitsMax - 1 : unitsMax);
}

/** The 7-byte date of a directory record, in UTC (ECMA-119 9.1.5); years outside 1900 to 2155 become the nearest. */
export function setRecordDate(target: Uint8Array, offset: number, date: Date): void {
  const at = datePartsOf(clampedMs(date, RECORD_RANGE));
  target[offset] = at.year - 1900;
  target[offset + 1] = at.month;
  target[offset + 2] = at.day;
  target[offset + 3] = at.hour;
  target[offset + 4] = at.minute;
  target[offset + 5] = at.second;
  target[offset + 6] = 0; // quarter hours from UTC
}

/** The 17-byte date of a volume descriptor, in UTC (ECMA-119 8.4.26.1); undefined is "not specified". */
export function setVolumeDate(target: Uint8Array, offset: number, date: Date | undefined): void {
  let digits = "0000000000000000";
  if (date !== undefined) {
    const at = new Date(clampedMs(date, FOUR_DIGIT_RANGE));
    digits = at.toISOString().replaceAll(/[^0-9]/g, "").slice(0, 16); // YYYYMMDDhhmmsscc
  }
  setLatin1(target, offset, digits);
  target[offset + 16] = 0;
}

/** The times that a field can hold, in milliseconds. */
export interface DateRange {
  readonly firstMs: number;
  readonly lastMs: number;
}

/** From the first second of a year to the last of another. */
export function yearRange(yearMin: number, yearMax: number): DateRange {
  const first = new Date(0);
  first.setUTCFullYear(yearMin, 0, 1); // Date.UTC takes years below 100 as 19xx
  return { firstMs: first.getTime(), lastMs: Date.UTC(yearMax, 11, 31, 23, 59, 59) };
}

/** An instant in milliseconds since 1970, or the nearest that is in the range. An invalid date is the first. */
export function clampedMs(date: Date, range: DateRange): number {
  const ms = date.getTime();
  if (ms >= range.firstMs && ms <= range.lastMs) return ms;
  return ms > range.lastMs ? range.lastMs : range.firstMs;
}

/** An instant in UTC; months and days count from 1. */
export interface DateParts {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly ms: number;
}

const DAY_MS = 86_400_000;
/** Days of 400 years, of which 97 are leap years. */
const ERA_DAYS = 400 * 365 + 97;
/** From 1 March of year 0, the first day of such 400 years whose leap days come last, to 1970. */
const EPOCH_DAYS = 719_468;

/** What a time is called. By arithmetic: each file has dates, and a Date takes five times as long to tell its parts. */
export function datePartsOf(timeMs: number): DateParts {
  const days = Math.floor(timeMs / DAY_MS);
  const inDay = timeMs - days * DAY_MS;
  const era = Math.floor((days + EPOCH_DAYS) / ERA_DAYS);
  const inEra = days + EPOCH_DAYS - era * ERA_DAYS;
  // A day less for each leap year before it: 1460 days are four years but the leap day, and so on.
  const years = Math.floor(
    (inEra - Math.floor(inEra / 1460) + Math.floor(inEra / 36_524) - Math.floor(inEra / 146_096)) / 365,
  );
  const inYear = inEra - 365 * years - Math.floor(years / 4) + Math.floor(years / 100);
  const months = Math.floor((5 * inYear + 2) / 153); // from March; five months of them have 153 days
  const month = months < 10 ? months + 3 : months - 9;
  return {
    year: 400 * era + years + (month <= 2 ? 1 : 0),
    month,
    day: inYear - Math.floor((153 * months + 2) / 5) + 1,
    hour: Math.floor(inDay / 3_600_000),
    minute: Math.floor(inDay / 60_000) % 60,
    second: Math.floor(inDay / 1000) % 60,
    ms: inDay % 1000,
  };
}

/** The years of a directory record. */
const RECORD_RANGE = yearRange(1900, 2155);

/** The years that four digits can say; UDF keeps to them, too. */
export const FOUR_DIGIT_RANGE: DateRange = yearRange(1, 9999);
