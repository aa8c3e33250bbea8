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
export function setUint16Both(view: DataView, offset: number, value: number): void {
  view.setUint16(offset, value, true);
  view.setUint16(offset + 2, value, false);
}

/** 32 bits, least significant byte first, then most significant first (ECMA-119 7.3.3). */
export function setUint32Both(view: DataView, offset: number, value: number): void {
  view.setUint32(offset, value, true);
  view.setUint32(offset + 4, value, false);
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
  const at = clampDate(date, RECORD_RANGE);
  target[offset] = at.getUTCFullYear() - 1900;
  target[offset + 1] = at.getUTCMonth() + 1;
  target[offset + 2] = at.getUTCDate();
  target[offset + 3] = at.getUTCHours();
  target[offset + 4] = at.getUTCMinutes();
  target[offset + 5] = at.getUTCSeconds();
  target[offset + 6] = 0; // quarter hours from UTC
}

/** The 17-byte date of a volume descriptor, in UTC (ECMA-119 8.4.26.1); undefined is "not specified". */
export function setVolumeDate(target: Uint8Array, offset: number, date: Date | undefined): void {
  let digits = "0000000000000000";
  if (date !== undefined) {
    const at = clampDate(date, FOUR_DIGIT_RANGE);
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

/** The same instant, or the nearest that is in the range. An invalid date is the first. */
export function clampDate(date: Date, range: DateRange): Date {
  const ms = date.getTime();
  if (ms >= range.firstMs && ms <= range.lastMs) return date;
  return new Date(ms > range.lastMs ? range.lastMs : range.firstMs);
}

/** The years of a directory record. */
const RECORD_RANGE = yearRange(1900, 2155);

/** The years that four digits can say; UDF keeps to them, too. */
export const FOUR_DIGIT_RANGE: DateRange = yearRange(1, 9999);
