/** Building blocks of UDF structures: tags, times, strings, entities (ECMA-167 3rd edition; UDF 2.60). @module */
import {
  clampedMs,
  cutUnits,
  datePartsOf,
  FOUR_DIGIT_RANGE,
  SECTOR_BYTES,
  setLatin1,
  setUtf16,
  viewOf,
} from "./binary.ts";
import { isNarrow } from "./names.ts";
import type { UdfStyle } from "./udf_revision.ts";

/** Tag identifiers of descriptors (ECMA-167 3/7.2.1, 4/7.2.1). */
export const TAG = {
  primaryVolume: 1,
  anchor: 2,
  implementationUseVolume: 4,
  partition: 5,
  logicalVolume: 6,
  unallocatedSpace: 7,
  terminating: 8,
  logicalVolumeIntegrity: 9,
  fileSet: 256,
  fileIdentifier: 257,
  allocationExtent: 258,
  fileEntry: 261,
  extendedAttributeHeader: 262,
  extendedFileEntry: 266,
} as const;

/** Descriptor tag (ECMA-167 3/7.2). */
export const TAG_FIELD = {
  identifier: 0, //  3/7.2.1  16-bit
  version: 2, //     3/7.2.2  16-bit
  checksum: 4, //    3/7.2.3  8-bit
  serial: 6, //      3/7.2.5  16-bit
  crc: 8, //         3/7.2.6  16-bit
  crcLength: 10, //  3/7.2.7  16-bit
  location: 12, //   3/7.2.8  32-bit
} as const;

/** Length of a descriptor tag. */
export const TAG_BYTES = 16;

/** The most bytes of an extent in UDF: the largest multiple of a block that fits into 30 bits (ECMA-167 4/14.14.1.1). */
export const EXTENT_BYTES_MAX = 2 ** 30 - SECTOR_BYTES;

/** Types of files (ECMA-167 4/14.6.6; UDF 2.2.13 and 2.2.14 have those from 248 on). */
export const FILE_TYPE = {
  directory: 4,
  file: 5,
  block: 6,
  character: 7,
  fifo: 9,
  socket: 10,
  symlink: 12,
  streamDirectory: 13,
  realTime: 249,
  metadata: 250,
  metadataMirror: 251,
} as const;

/** File characteristics (ECMA-167 4/14.4.3). */
export const CHARACTERISTIC = {
  hidden: 0x01,
  directory: 0x02,
  deleted: 0x04,
  parent: 0x08,
  metadata: 0x10,
} as const;

/** Of each byte, what it does to the sum when so many bytes follow it, from none to seven: 256 numbers each. */
const CRC_TABLES = crcTables(8);

function crcTables(count: number): Uint16Array {
  const tables = new Uint16Array(256 * count);
  for (let byte = 0; byte < 256; byte++) {
    let crc = byte << 8;
    for (let at = 0; at < count; at++) {
      for (let bit = 0; bit < 8; bit++) crc = (crc & 0x8000 ? crc << 1 ^ 0x1021 : crc << 1) & 0xffff;
      tables[256 * at + byte] = crc;
    }
  }
  return tables;
}

/** CRC-16 of ECMA-167 7.2.6: polynomial 1021h, start 0, most significant bit first. */
export function crc16(bytes: Uint8Array, start: number, end: number): number {
  const tables = CRC_TABLES;
  let crc = 0;
  let at = start;
  // By eight bytes, whose look-ups do not wait for each other: every file has a tag.
  for (; at + 8 <= end; at += 8) {
    crc = tables[0x700 + (crc >> 8 ^ bytes[at]!)]! ^ tables[0x600 + (crc & 0xff ^ bytes[at + 1]!)]! ^
      tables[0x500 + bytes[at + 2]!]! ^ tables[0x400 + bytes[at + 3]!]! ^
      tables[0x300 + bytes[at + 4]!]! ^ tables[0x200 + bytes[at + 5]!]! ^
      tables[0x100 + bytes[at + 6]!]! ^ tables[bytes[at + 7]!]!;
  }
  for (; at < end; at++) crc = (crc << 8 ^ tables[crc >> 8 ^ bytes[at]!]!) & 0xffff;
  return crc;
}

/** The sum of the first 16 bytes but the sum itself (ECMA-167 3/7.2.3). */
export function tagChecksum(bytes: Uint8Array, offset: number): number {
  let sum = 0;
  for (let at = 0; at < TAG_BYTES; at++) if (at !== TAG_FIELD.checksum) sum += bytes[offset + at]!;
  return sum & 0xff;
}

/** Puts the tag before a descriptor whose other bytes are complete; `lengthBytes` counts the tag, too. */
export function setTag(
  target: Uint8Array,
  offset: number,
  tag: { identifier: number; location: number; lengthBytes: number; version: UdfStyle["tagVersion"] },
): void {
  // By bytes: there is one for every file, and a DataView for each would cost more than the tag.
  const crc = crc16(target, offset + TAG_BYTES, offset + tag.lengthBytes);
  const crcLength = tag.lengthBytes - TAG_BYTES;
  const { identifier, location } = tag;
  target[offset + TAG_FIELD.identifier] = identifier & 0xff;
  target[offset + TAG_FIELD.identifier + 1] = identifier >> 8;
  target[offset + TAG_FIELD.version] = tag.version;
  target[offset + TAG_FIELD.crc] = crc & 0xff;
  target[offset + TAG_FIELD.crc + 1] = crc >> 8;
  target[offset + TAG_FIELD.crcLength] = crcLength & 0xff;
  target[offset + TAG_FIELD.crcLength + 1] = crcLength >> 8;
  for (let byte = 0; byte < 4; byte++) target[offset + TAG_FIELD.location + byte] = location >>> (8 * byte);
  target[offset + TAG_FIELD.checksum] = tagChecksum(target, offset);
}

/** A timestamp in UTC (ECMA-167 1/7.3): type 1, local time with an offset of 0 minutes. */
export function setTimestamp(target: Uint8Array, offset: number, date: Date): void {
  const { year, month, day, hour, minute, second, ms } = datePartsOf(clampedMs(date, FOUR_DIGIT_RANGE));
  target[offset] = 0;
  target[offset + 1] = 1 << 4;
  target[offset + 2] = year & 0xff;
  target[offset + 3] = year >> 8;
  target[offset + 4] = month;
  target[offset + 5] = day;
  target[offset + 6] = hour;
  target[offset + 7] = minute;
  target[offset + 8] = second;
  target[offset + 9] = Math.floor(ms / 10); // hundredths of a second
  target[offset + 10] = (ms % 10) * 10; // hundreds of microseconds
  target[offset + 11] = 0; // microseconds
}

/** Text in OSTA Compressed Unicode (UDF 2.1.1); returns the number of bytes. */
export function setCompressedUnicode(target: Uint8Array, offset: number, text: string): number {
  if (isNarrow(text)) {
    target[offset] = 8;
    setLatin1(target, offset + 1, text);
    return 1 + text.length;
  }
  target[offset] = 16;
  setUtf16(target, offset + 1, text);
  return 1 + 2 * text.length;
}

/** The bytes that {@linkcode setCompressedUnicode} writes. */
export function compressedUnicodeBytes(text: string): number {
  return isNarrow(text) ? 1 + text.length : 1 + 2 * text.length;
}

/** Text in a field of fixed length whose last byte tells how much of it is used (ECMA-167 1/7.2.12). */
export function setDstring(target: Uint8Array, offset: number, fieldBytes: number, text: string): void {
  if (text === "") return; // UDF 2.1.3: an empty one is all zeros
  const cut = cutUnits(text, isNarrow(text) ? fieldBytes - 2 : (fieldBytes - 2) >> 1);
  target[offset + fieldBytes - 1] = setCompressedUnicode(target, offset, cut);
}

/** The character set of all text, "OSTA Compressed Unicode" (UDF 2.1.2). */
export function setCharacterSet(target: Uint8Array, offset: number): void {
  setLatin1(target, offset + 1, "OSTA Compressed Unicode");
}

/** An entity identifier (ECMA-167 1/7.4) with its suffix (UDF 2.1.4.3). */
export function setEntity(
  target: Uint8Array,
  offset: number,
  identifier: string,
  suffix: number[] = [],
): void {
  setLatin1(target, offset + 1, identifier);
  target.set(suffix, offset + 24);
}

/** The suffix of entities that UDF itself defines: its revision (UDF 2.1.5.3). */
export function revisionSuffix(style: UdfStyle): number[] {
  return [style.code & 0xff, style.code >> 8];
}

/** Who made the structures (UDF 2.1.5.1); the suffix, operating system class and identifier, is "undefined". */
export const IMPLEMENTATION = "*Burnscript";

/** A block of a partition, by the partition's number in the list of maps. */
export interface UdfAddress {
  readonly block: number;
  readonly reference: number;
}

/**
 * A long allocation descriptor (ECMA-167 4/14.14.2); where it names an entry of a file, UDF has the lower half of the
 * file's unique id in it (UDF 2.3.4.3).
 */
export function setLongAd(
  target: Uint8Array,
  offset: number,
  ad: UdfAddress & { readonly lengthBytes: number; readonly uniqueId?: number },
): void {
  const { lengthBytes, block, reference, uniqueId = 0 } = ad;
  for (let byte = 0; byte < 4; byte++) target[offset + byte] = lengthBytes >>> (8 * byte);
  for (let byte = 0; byte < 4; byte++) target[offset + 4 + byte] = block >>> (8 * byte);
  target[offset + 8] = reference;
  for (let byte = 0; byte < 4; byte++) target[offset + 12 + byte] = uniqueId >>> (8 * byte);
}

/** An extent descriptor (ECMA-167 3/7.1). */
export function setExtentAd(target: Uint8Array, offset: number, lengthBytes: number, lba: number): void {
  const view = viewOf(target);
  view.setUint32(offset, lengthBytes, true);
  view.setUint32(offset + 4, lba, true);
}
