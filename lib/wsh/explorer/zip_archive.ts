/**
 * Zip files (APPNOTE.TXT 6.3.10): read, and written anew with what was in them left as it is.
 *
 * @module
 */
import { nodeModule } from "../../platform/node_module.ts";
import { decodeText } from "../shell/cmd/texts.ts";

/** What a zip file holds under one name. */
export interface ZipEntry {
  /** With slashes, without one at the end. */
  readonly name: string;
  readonly isFolder: boolean;
  readonly sizeBytes: number;
  readonly modified: Date;
  /** As it lies in the file. */
  readonly packed: Uint8Array;
  readonly method: number;
  readonly crc: number;
}

/** A file that is no zip file, or one that is not read here. */
export class ZipError extends Error {
  override readonly name = "ZipError";
}

const STORED = 0;
const DEFLATED = 8;
const END = { signature: 0x06054b50, bytes: 22 } as const; // 4.3.16
const CENTRAL = { signature: 0x02014b50, bytes: 46 } as const; // 4.3.12
const LOCAL = { signature: 0x04034b50, bytes: 30 } as const; // 4.3.7
const UTF8_FLAG = 0x0800; // 4.4.4, bit 11
const ENCRYPTED_FLAG = 0x0001;
const VERSION = 20;
const COUNT_MAX = 0xffff;
const SIZE_MAX = 0xffffffff;
/** A comment of up to 64 KiB may follow the end record. */
const COMMENT_MAX = 0xffff;

/** What is in a zip file. @throws ZipError with what is wrong with it. */
export function readZip(bytes: Uint8Array): ZipEntry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = endRecordOf(view);
  const count = view.getUint16(end + 10, true);
  let at = view.getUint32(end + 16, true);
  if (count === COUNT_MAX || at === SIZE_MAX) throw new ZipError("it is larger than 4 GB (Zip64)");
  const entries: ZipEntry[] = [];
  for (let index = 0; index < count; index++) {
    if (at + CENTRAL.bytes > end || view.getUint32(at, true) !== CENTRAL.signature) {
      throw new ZipError(`its list of files is damaged at entry ${index + 1} of ${count}`);
    }
    const [nameBytes, extraBytes, commentBytes] = [28, 30, 32].map((offset) =>
      view.getUint16(at + offset, true)
    );
    const nameStart = at + CENTRAL.bytes;
    const raw = bytes.subarray(nameStart, nameStart + nameBytes!);
    const name = decodeText(raw).replaceAll("\\", "/");
    entries.push({
      ...dataOf(view, bytes, {
        local: view.getUint32(at + 42, true),
        size: view.getUint32(at + 20, true),
        name,
      }),
      name: safeName(name),
      isFolder: name.endsWith("/"),
      sizeBytes: view.getUint32(at + 24, true),
      crc: view.getUint32(at + 16, true),
      modified: dateOf(view.getUint16(at + 14, true), view.getUint16(at + 12, true)),
    });
    at = nameStart + nameBytes! + extraBytes! + commentBytes!;
  }
  return entries.filter(({ name }) => name !== "");
}

function endRecordOf(view: DataView): number {
  const last = view.byteLength - END.bytes;
  for (let at = last; at >= Math.max(0, last - COMMENT_MAX); at--) {
    if (view.getUint32(at, true) === END.signature) return at;
  }
  throw new ZipError("it is no zip file");
}

function dataOf(
  view: DataView,
  bytes: Uint8Array,
  { local, size, name }: { local: number; size: number; name: string },
): Pick<ZipEntry, "packed" | "method"> {
  if (local + LOCAL.bytes > bytes.length || view.getUint32(local, true) !== LOCAL.signature) {
    throw new ZipError(`"${name}" is damaged`);
  }
  if ((view.getUint16(local + 6, true) & ENCRYPTED_FLAG) !== 0) {
    throw new ZipError(`"${name}" has a password`);
  }
  const start = local + LOCAL.bytes + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
  if (start + size > bytes.length) throw new ZipError(`"${name}" is cut off`);
  return { packed: bytes.subarray(start, start + size), method: view.getUint16(local + 8, true) };
}

/** Names that lead out of the folder that they are extracted to, or name a drive, lead into it. */
function safeName(name: string): string {
  return name.split("/").filter((part) => !["", ".", ".."].includes(part)).map((part) =>
    part.replace(/^[a-z]:$/i, (drive) => drive[0]!)
  ).join("/");
}

/** The content of a file. @throws ZipError if it is damaged, or packed in a way that is not read here. */
export function contentOf({ name, method, packed, crc, sizeBytes }: ZipEntry): Uint8Array {
  let content: Uint8Array;
  if (method === STORED) content = packed;
  else if (method === DEFLATED) {
    try {
      // A list that lies about a size does not fill the memory.
      content = nodeModule("node:zlib").inflateRawSync(packed, { maxOutputLength: Math.max(1, sizeBytes) });
    } catch (cause) {
      throw new ZipError(`"${name}" is damaged`, { cause });
    }
  } else throw new ZipError(`"${name}" is packed by method ${method}; there are 0 (stored) and 8 (deflated)`);
  if (content.length !== sizeBytes || crcOf(content) !== crc) throw new ZipError(`"${name}" is damaged`);
  return content;
}

/** What a file or a folder is in a zip file. */
export function zipEntry(name: string, modified: Date, content: Uint8Array | undefined): ZipEntry {
  const bytes = content ?? new Uint8Array();
  const deflated = bytes.length === 0 ? bytes : nodeModule("node:zlib").deflateRawSync(bytes);
  const isSmaller = deflated.length < bytes.length;
  return {
    name,
    isFolder: content === undefined,
    sizeBytes: bytes.length,
    modified,
    packed: isSmaller ? new Uint8Array(deflated) : bytes,
    method: isSmaller ? DEFLATED : STORED,
    crc: crcOf(bytes),
  };
}

/** The bytes of a zip file. @throws ZipError when that would be larger than 4 GB or have more than 65,534 files. */
export function writeZip(entries: readonly ZipEntry[]): Uint8Array<ArrayBuffer> {
  const names = entries.map(({ name, isFolder }) => new TextEncoder().encode(isFolder ? `${name}/` : name));
  const localBytes = entries.reduce(
    (sum, { packed }, index) => sum + LOCAL.bytes + names[index]!.length + packed.length,
    0,
  );
  const centralBytes = names.reduce((sum, name) => sum + CENTRAL.bytes + name.length, 0);
  const totalBytes = localBytes + centralBytes + END.bytes;
  if (entries.length >= COUNT_MAX || totalBytes >= SIZE_MAX) {
    throw new ZipError("a zip file of more than 65,534 files or 4 GB is not written here");
  }
  const bytes = new Uint8Array(totalBytes);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let local = 0;
  let central = localBytes;
  for (const [index, entry] of entries.entries()) {
    const name = names[index]!;
    view.setUint32(local, LOCAL.signature, true);
    setCommon(view, local + 4, entry, name.length);
    bytes.set(name, local + LOCAL.bytes);
    bytes.set(entry.packed, local + LOCAL.bytes + name.length);
    view.setUint32(central, CENTRAL.signature, true);
    view.setUint16(central + 4, VERSION, true); // version made by: MS-DOS attributes
    setCommon(view, central + 6, entry, name.length);
    view.setUint32(central + 38, entry.isFolder ? 0x10 : 0x20, true);
    view.setUint32(central + 42, local, true);
    bytes.set(name, central + CENTRAL.bytes);
    local += LOCAL.bytes + name.length + entry.packed.length;
    central += CENTRAL.bytes + name.length;
  }
  view.setUint32(central, END.signature, true);
  view.setUint16(central + 8, entries.length, true);
  view.setUint16(central + 10, entries.length, true);
  view.setUint32(central + 12, centralBytes, true);
  view.setUint32(central + 16, localBytes, true);
  return bytes;
}

/** The fields that both headers have, from "version needed" to the length of the name. */
function setCommon(view: DataView, at: number, entry: ZipEntry, nameBytes: number): void {
  const { modified } = entry;
  view.setUint16(at, VERSION, true);
  view.setUint16(at + 2, UTF8_FLAG, true);
  view.setUint16(at + 4, entry.method, true);
  view.setUint16(
    at + 6,
    modified.getHours() << 11 | modified.getMinutes() << 5 | modified.getSeconds() >> 1,
    true,
  );
  const year = Math.min(127, Math.max(0, modified.getFullYear() - 1980));
  view.setUint16(at + 8, year << 9 | modified.getMonth() + 1 << 5 | modified.getDate(), true);
  view.setUint32(at + 10, entry.crc, true);
  view.setUint32(at + 14, entry.packed.length, true);
  view.setUint32(at + 18, entry.sizeBytes, true);
  view.setUint16(at + 22, nameBytes, true);
}

/** A date and a time of MS-DOS (4.4.6): local time in steps of two seconds. */
function dateOf(date: number, time: number): Date {
  return new Date(
    1980 + (date >> 9),
    (date >> 5 & 15) - 1,
    date & 31,
    time >> 11,
    time >> 5 & 63,
    (time & 31) * 2,
  );
}

/** CRC-32 of ISO 3309, as zip files have it (4.4.7). */
function crcOf(bytes: Uint8Array): number {
  return nodeModule("node:zlib").crc32(bytes);
}
