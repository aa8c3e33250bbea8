/**
 * Reads the system use area of directory records: SUSP 1.12 and Rock Ridge (RRIP 1.09, 1.10 and 1.12).
 *
 * @module
 */
import { getLatin1, SECTOR_BYTES, viewOf } from "./binary.ts";
import type { PosixAttributes, ReadSectors } from "./volumes.ts";
import { type ZisofsFormat, zisofsFormat } from "./zisofs.ts";

/** What the system use area of one record says. */
export interface RockRidge {
  /** NM: the name, if there is one. */
  readonly name: string | undefined;
  /** PX: mode, links, owner, group, and an inode number from RRIP 1.12 on. */
  readonly posix: PosixAttributes | undefined;
  /** SL: where a symbolic link points. */
  readonly target: string | undefined;
  /** CL: the directory that lies elsewhere and belongs here. */
  readonly childLba: number | undefined;
  /** PL: the real parent of a directory that was moved. */
  readonly parentLba: number | undefined;
  /** RE: it belongs elsewhere, and is not shown here. */
  readonly isRelocated: boolean;
  readonly modified: Date | undefined;
  readonly created: Date | undefined;
  readonly accessed: Date | undefined;
  /** SF and ZF: the length that a reader of files should see. */
  readonly sizeBytes: number | undefined;
  /** SF and ZF: what the content is stored as, instead of as it is, in a way that is not read. */
  readonly storedAs: string | undefined;
  /** ZF: how the content is compressed. */
  readonly zisofs: ZisofsFormat | undefined;
}

/** What the root's own record says about system use areas (SUSP 5.3: the entry SP). */
export interface SystemUse {
  /** Bytes before the entries, which belong to somebody else. */
  readonly skipBytes: number;
}

const SIGNATURE_BYTES = 4; // signature, length, version
const CONTINUATIONS_MAX = 100; // of one record: a loop of them would never end
const FOLLOWS = { continues: 0x01, current: 0x02, parent: 0x04, root: 0x08 } as const; // NM and SL flags

/** Whether a volume uses system use areas, by the area of its root's first record. */
export function findSystemUse(bytes: Uint8Array, start: number, end: number): SystemUse | undefined {
  // SUSP 5.3 puts SP first; CD-ROM XA's 14 bytes may lie before it, and SP then says so.
  for (const at of [start, start + 14]) {
    if (
      at + 7 <= end && getLatin1(bytes, at, at + 2) === "SP" && bytes[at + 4] === 0xbe &&
      bytes[at + 5] === 0xef
    ) {
      return { skipBytes: bytes[at + 6]! };
    }
  }
  return undefined;
}

/** Reads system use areas of one volume. */
export class SystemUseReader {
  readonly #read: ReadSectors;
  readonly #sizeSectors: number;
  readonly #problem: (text: string) => void;
  /** Sectors with continuation areas. */
  readonly continuationLbas = new Set<number>();
  /** Whether any entry of Rock Ridge was seen; SUSP alone is no view. */
  isRockRidge = false;
  /** What ER says: `RRIP_1991A` is 1.09 and 1.10, `IEEE_P1282` and `IEEE_1282` are 1.12. */
  extension: string | undefined;

  constructor(read: ReadSectors, sizeSectors: number, problem: (text: string) => void) {
    this.#read = read;
    this.#sizeSectors = sizeSectors;
    this.#problem = problem;
  }

  /** Reads the area between these offsets, and what it continues in. */
  parse(bytes: Uint8Array, start: number, end: number, where: string): RockRidge {
    const found = new Collector((text) => this.#problem(`${where}: ${text}`));
    for (let rounds = 0;; rounds++) {
      const next = this.#parseArea(bytes, start, end, found, where);
      if (next === undefined) break;
      if (rounds >= CONTINUATIONS_MAX) {
        this.#problem(`${where}: its system use area is continued more than ${CONTINUATIONS_MAX} times`);
        break;
      }
      const { lba, offset, lengthBytes } = next;
      if (lba >= this.#sizeSectors || offset + lengthBytes > SECTOR_BYTES) {
        this.#problem(
          `${where}: its system use area continues at LBA ${lba}, byte ${offset}, where no room is`,
        );
        break;
      }
      this.continuationLbas.add(lba);
      bytes = new Uint8Array(SECTOR_BYTES);
      this.#read(lba, 1, bytes);
      [start, end] = [offset, offset + lengthBytes];
    }
    return found.result();
  }

  #parseArea(
    bytes: Uint8Array,
    start: number,
    end: number,
    found: Collector,
    where: string,
  ): { lba: number; offset: number; lengthBytes: number } | undefined {
    let next: { lba: number; offset: number; lengthBytes: number } | undefined;
    for (let at = start; at + SIGNATURE_BYTES <= end;) {
      const length = bytes[at + 2]!;
      if (bytes[at] === 0) break; // padding
      if (length < SIGNATURE_BYTES || at + length > end) {
        this.#problem(`${where}: a system use entry of ${length} bytes has no room`);
        break;
      }
      const signature = String.fromCharCode(bytes[at]!, bytes[at + 1]!);
      const data = bytes.subarray(at + SIGNATURE_BYTES, at + length);
      if (signature === "ST") break;
      if (signature === "CE") {
        if (data.length < 24) this.#problem(`${where}: entry CE is too short`);
        else {
          next = {
            lba: found.both32(data, 0, "CE"),
            offset: found.both32(data, 8, "CE"),
            lengthBytes: found.both32(data, 16, "CE"),
          };
        }
      } else if (signature === "ER") {
        this.extension ??= getLatin1(data, 4, Math.min(data.length, 4 + (data[0] ?? 0)));
        if (/^(RRIP|IEEE)/.test(this.extension)) this.isRockRidge = true;
      } else if (found.take(signature, data)) this.isRockRidge = true;
      at += length;
    }
    return next;
  }
}

/** Puts together what the entries of one record say. */
class Collector {
  readonly #problem: (text: string) => void;
  readonly #name: number[] = [];
  #hasName = false;
  #posix: PosixAttributes | undefined;
  readonly #target: number[] = [];
  #hasTarget = false;
  /** Whether the next component of the link goes on with the last one. */
  #joins = true;
  #childLba: number | undefined;
  #parentLba: number | undefined;
  #isRelocated = false;
  #modified: Date | undefined;
  #created: Date | undefined;
  #accessed: Date | undefined;
  #sizeBytes: number | undefined;
  #storedAs: string | undefined;
  #zisofs: ZisofsFormat | undefined;

  constructor(problem: (text: string) => void) {
    this.#problem = problem;
  }

  /** Takes one entry; says whether it is one of Rock Ridge. */
  take(signature: string, data: Uint8Array): boolean {
    const need = LENGTHS[signature];
    if (need === undefined) return false;
    if (data.length < need) {
      this.#problem(`entry ${signature} is too short`);
      return true;
    }
    switch (signature) {
      case "PX":
        this.#takePosix(data);
        break;
      case "NM":
        this.#hasName = true;
        if ((data[0]! & (FOLLOWS.current | FOLLOWS.parent)) === 0) pushAll(this.#name, data.subarray(1));
        break;
      case "SL":
        this.#takeLink(data);
        break;
      case "TF":
        this.#takeTimes(data);
        break;
      case "CL":
        this.#childLba = this.both32(data, 0, "CL");
        break;
      case "PL":
        this.#parentLba = this.both32(data, 0, "PL");
        break;
      case "RE":
        this.#isRelocated = true;
        break;
      case "SF":
        // RRIP 1.12 has two halves of the length and a table depth, 1.09 and 1.10 only one both-byte number.
        this.#sizeBytes = data.length >= 17
          ? this.both32(data, 0, "SF") * 2 ** 32 + this.both32(data, 8, "SF")
          : this.both32(data, 0, "SF");
        this.#storedAs = "a sparse file of Rock Ridge";
        break;
      case "ZF":
      case "Z2":
        this.#takeCompression(data);
        break;
    }
    return true;
  }

  result(): RockRidge {
    return {
      name: this.#hasName && this.#name.length > 0 ? decodeName(this.#name) : undefined,
      posix: this.#posix,
      target: this.#hasTarget ? decodeName(this.#target) : undefined,
      childLba: this.#childLba,
      parentLba: this.#parentLba,
      isRelocated: this.#isRelocated,
      modified: this.#modified,
      created: this.#created,
      accessed: this.#accessed,
      sizeBytes: this.#sizeBytes,
      storedAs: this.#storedAs,
      zisofs: this.#zisofs,
    };
  }

  both32(data: Uint8Array, offset: number, what: string): number {
    const view = viewOf(data);
    const value = view.getUint32(offset, true);
    if (value !== view.getUint32(offset + 4, false)) this.#problem(`entry ${what}: byte orders differ`);
    return value;
  }

  #takePosix(data: Uint8Array): void {
    const inode = data.length >= 40 ? this.both32(data, 32, "PX") : undefined;
    this.#posix = {
      mode: this.both32(data, 0, "PX"),
      links: this.both32(data, 8, "PX"),
      uid: this.both32(data, 16, "PX"),
      gid: this.both32(data, 24, "PX"),
      ...(inode === undefined ? {} : { inode }),
    };
  }

  /** RRIP 4.1.3: components, each with a flag whether the next one goes on with its text. */
  #takeLink(data: Uint8Array): void {
    this.#hasTarget = true;
    for (let at = 1; at + 2 <= data.length;) {
      const flags = data[at]!;
      const end = at + 2 + data[at + 1]!;
      if (end > data.length) return this.#problem("entry SL: a component has no room");
      if (!this.#joins) this.#target.push(SLASH);
      this.#joins = (flags & FOLLOWS.continues) !== 0;
      if (flags & FOLLOWS.root) {
        this.#target.splice(0, Infinity, SLASH);
        this.#joins = true;
      } else if (flags & FOLLOWS.current) this.#target.push(DOT);
      else if (flags & FOLLOWS.parent) this.#target.push(DOT, DOT);
      else pushAll(this.#target, data.subarray(at + 2, end));
      at = end;
    }
  }

  /** Of Linux and libisofs, not in RRIP: method, header, block size, size; Z2 where old readers should not see version 2. */
  #takeCompression(data: Uint8Array): void {
    const algorithm = getLatin1(data, 0, 2);
    this.#zisofs = zisofsFormat(algorithm, { headerWords: data[2]!, blockPower: data[3]! });
    if (this.#zisofs === undefined) {
      this.#storedAs = "compressed by zisofs in an unknown way";
      return;
    }
    // Version 2 has one number of 64 bits, least significant byte first.
    this.#sizeBytes = this.#zisofs.version === 1
      ? this.both32(data, 4, "ZF")
      : Number(viewOf(data).getBigUint64(4, true));
  }

  /** RRIP 4.1.6: those of seven times whose flag is set, in this order. */
  #takeTimes(data: Uint8Array): void {
    const flags = data[0]!;
    const fieldBytes = flags & 0x80 ? 17 : 7;
    let at = 1;
    for (let bit = 0; bit < 7; bit++) {
      if ((flags & 1 << bit) === 0) continue;
      if (at + fieldBytes > data.length) return this.#problem("entry TF is too short");
      const date = fieldBytes === 7 ? recordDate(data, at) : volumeDate(data, at);
      at += fieldBytes;
      if (bit === 0) this.#created = date;
      else if (bit === 1) this.#modified = date;
      else if (bit === 2) this.#accessed = date;
    }
  }
}

const SLASH = 0x2f;
const DOT = 0x2e;

/** The entries of Rock Ridge, and the bytes that they need at least behind their first four. */
const LENGTHS: Readonly<Record<string, number>> = {
  PX: 32,
  PN: 16,
  SL: 1,
  NM: 1,
  CL: 8,
  PL: 8,
  RE: 0,
  TF: 1,
  SF: 8,
  RR: 1,
  ZF: 12,
  Z2: 12,
};

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** POSIX names are bytes: UTF-8 if they can be, else one character a byte, so that different names stay different. */
function decodeName(bytes: readonly number[]): string {
  const array = Uint8Array.from(bytes);
  if (array.every((byte) => byte < 0x80)) return getLatin1(array, 0, array.length);
  try {
    return utf8.decode(array);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return getLatin1(array, 0, array.length);
  }
}

function pushAll(list: number[], bytes: Uint8Array): void {
  for (const byte of bytes) list.push(byte);
}

/** The 7-byte date of a directory record (ECMA-119 9.1.5); undefined for none. */
export function recordDate(bytes: Uint8Array, offset: number): Date | undefined {
  const month = bytes[offset + 1]!;
  if (month === 0) return undefined;
  const quarters = bytes[offset + 6]! << 24 >> 24; // quarter hours from UTC, with sign
  return new Date(Date.UTC(
    1900 + bytes[offset]!,
    month - 1,
    bytes[offset + 2],
    bytes[offset + 3],
    bytes[offset + 4]! - 15 * quarters,
    bytes[offset + 5],
  ));
}

/** The 17-byte date of a volume descriptor (ECMA-119 8.4.26.1); undefined for none. */
export function volumeDate(bytes: Uint8Array, offset: number): Date | undefined {
  const digits = getLatin1(bytes, offset, offset + 16);
  if (!/^\d{16}$/.test(digits) || /^0*$/.test(digits)) return undefined;
  const part = (start: number, end: number): number => Number(digits.slice(start, end));
  const quarters = bytes[offset + 16]! << 24 >> 24;
  const date = new Date(0);
  date.setUTCFullYear(part(0, 4), part(4, 6) - 1, part(6, 8));
  date.setUTCHours(part(8, 10), part(10, 12) - 15 * quarters, part(12, 14), part(14, 16) * 10);
  return date;
}

/** What the type bits of a mode are the type of; undefined for none. */
export function kindOfMode(mode: number): "file" | "directory" | "symlink" | "special" | undefined {
  const type = mode & 0o170000;
  if (type === 0) return undefined;
  return type === 0o100000
    ? "file"
    : type === 0o040000
    ? "directory"
    : type === 0o120000
    ? "symlink"
    : "special";
}
