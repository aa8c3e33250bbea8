/** Fields of UDF structures, read: texts, times, kinds of files, permissions (ECMA-167 3rd edition; UDF 2.60). @module */
import { getLatin1, getUtf16, viewOf } from "./binary.ts";
import { FILE_TYPE } from "./udf_structures.ts";
import type { VolumeEntry } from "./volumes.ts";

/** Text in OSTA Compressed Unicode (UDF 2.1.1); undefined if its compression is not known. */
export function getCompressedUnicode(bytes: Uint8Array, start: number, end: number): string | undefined {
  if (start >= end) return "";
  if (bytes[start] === 8) return getLatin1(bytes, start + 1, end);
  return bytes[start] === 16 ? getUtf16(bytes, start + 1, end) : undefined;
}

/** Text in a field of fixed length whose last byte tells how much of it is used (ECMA-167 1/7.2.12). */
export function getDstring(bytes: Uint8Array, offset: number, fieldBytes: number): string {
  const used = Math.min(bytes[offset + fieldBytes - 1]!, fieldBytes - 1);
  return getCompressedUnicode(bytes, offset, offset + used) ?? "";
}

/** Creation in the extended attribute "file times" (ECMA-167 4/14.10.5), where a file entry has no field for it. */
export function creationTime(bytes: Uint8Array, start: number, end: number): Date | undefined {
  const view = viewOf(bytes);
  const headerBytes = 24; // ECMA-167 4/14.10.1
  for (let at = start + headerBytes; at + 32 <= end;) {
    const length = view.getUint32(at + 8, true);
    const isFileTimes = view.getUint32(at, true) === 5 && bytes[at + 4] === 1;
    // The first bit says that there is a time of creation, which is then the first of the times.
    if (isFileTimes && (view.getUint32(at + 16, true) & 1) !== 0) return getTimestamp(bytes, at + 20);
    if (length < 12) return undefined;
    at += length;
  }
  return undefined;
}

/** A timestamp (ECMA-167 1/7.3); undefined if it is not specified. */
export function getTimestamp(bytes: Uint8Array, offset: number): Date | undefined {
  if (bytes[offset + 4] === 0) return undefined;
  const zone = (bytes[offset]! | bytes[offset + 1]! << 8) << 20 >> 20; // 12 bits with sign
  const minutes = zone === -2047 ? 0 : zone; // not specified: taken as UTC
  const year = (bytes[offset + 2]! | bytes[offset + 3]! << 8) << 16 >> 16;
  const ms = bytes[offset + 9]! * 10 + Math.floor(bytes[offset + 10]! / 10);
  const [month, day, hour, minute, second] = [
    bytes[offset + 4]! - 1,
    bytes[offset + 5]!,
    bytes[offset + 6]!,
    bytes[offset + 7]! - minutes,
    bytes[offset + 8]!,
  ];
  if (year >= 100) return new Date(Date.UTC(year, month, day, hour, minute, second, ms));
  const date = new Date(0); // Date.UTC takes years below 100 as 19xx
  date.setUTCFullYear(year, month, day);
  date.setUTCHours(hour, minute, second, ms);
  return date;
}

/** What a type of files is for people. */
export function kindOf(fileType: number): { kind: VolumeEntry["kind"]; isDirectory: boolean } {
  const isDirectory = fileType === FILE_TYPE.directory;
  if (isDirectory) return { kind: "directory", isDirectory };
  if (fileType === FILE_TYPE.symlink) return { kind: "symlink", isDirectory };
  return {
    kind: fileType === FILE_TYPE.file || fileType === FILE_TYPE.realTime ? "file" : "special",
    isDirectory,
  };
}

/** Permissions (ECMA-167 4/14.9.5: five bits each for others, group and owner) as POSIX has them. */
export function modeOf(fileType: number, permissions: number, flags: number): number {
  const types: Record<number, number> = {
    [FILE_TYPE.directory]: 0o040000,
    [FILE_TYPE.block]: 0o060000,
    [FILE_TYPE.character]: 0o020000,
    [FILE_TYPE.fifo]: 0o010000,
    [FILE_TYPE.socket]: 0o140000,
    [FILE_TYPE.symlink]: 0o120000,
  };
  const bits = permissions & 7 | (permissions >> 5 & 7) << 3 | (permissions >> 10 & 7) << 6;
  const special = (flags & 0x40 ? 0o4000 : 0) | (flags & 0x80 ? 0o2000 : 0) | (flags & 0x100 ? 0o1000 : 0);
  return (types[fileType] ?? 0o100000) | special | bits;
}

/** UDF 2.3.4.1: all ones say that there is no owner. */
export function idOf(value: number): number | undefined {
  return value === 0xffff_ffff ? undefined : value;
}
