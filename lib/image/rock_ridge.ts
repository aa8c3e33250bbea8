/**
 * Rock Ridge: POSIX names, owners, permissions, times and symbolic links in the records of ISO 9660 directories (System
 * Use Sharing Protocol 1.12, IEEE P1281; Rock Ridge Interchange Protocol 1.09 and 1.12, IEEE P1282).
 *
 * A directory record ends in an area for "system use" that holds a list of entries, each with a signature of two letters.
 * A record has at most 254 bytes, so what does not fit lies in a continuation area, to which the entry CE points. The
 * areas of a directory follow its records at once, in sectors of their own: programs that read an image as a stream
 * have to meet them before the content of files.
 *
 * Measuring a directory and writing it make the same entries in the same order; only the places in them differ.
 *
 * @module
 */
import { SECTOR_BYTES, setLatin1, setRecordDate, setUint32Both, setVolumeDate, utf8Of } from "./binary.ts";
import type { Inventory, PlannedDirectory, PlannedNode } from "./layout.ts";
import type { NodeAttributes, NodeTimes } from "./tree.ts";

/** The edition of the Rock Ridge Interchange Protocol: 1.12 has serial numbers of files. */
export type RockRidgeVersion = "1.09" | "1.12";

/** How the entries are made. */
export interface RockRidgeStyle {
  readonly version: RockRidgeVersion;
  /** Whether times have hundredths of a second and any year (17 bytes each), not whole seconds from 1900 to 2155. */
  readonly longTimes: boolean;
}

/** A directory that was moved up, at its old place. */
export interface RelocatedDirectory {
  readonly kind: "relocated";
  readonly isDirectory: false;
  readonly name: string;
  readonly directory: PlannedDirectory;
}

/** What a directory of ISO 9660 with Rock Ridge holds. */
export type RockRidgeNode = PlannedNode | RelocatedDirectory;

/** What a record says of directories that were moved: CL, RE and PL of RRIP 4.1.5. */
export interface Relocation {
  readonly signature: "CL" | "RE" | "PL";
  /** Of the child or the parent; nothing for RE. */
  readonly lba: number;
}

/** Bytes of the entry that points to a continuation area (SUSP 5.1). */
export const CE_BYTES = 28;

const ENTRY_BYTES_MAX = 255; // its length is one byte
const NM_BYTES_MAX = ENTRY_BYTES_MAX - 5;

const FILE_TYPE = { directory: 0o040000, file: 0o100000, symlink: 0o120000 } as const; // RRIP 4.1.1
const DEFAULT_MODE = { directory: 0o755, file: 0o644, symlink: 0o777 } as const;

/** Times of TF in the order in which they are recorded (RRIP 4.1.6). */
const TIME = { creation: 0x01, modify: 0x02, access: 0x04, attributes: 0x08, longForm: 0x80 } as const;

/** Flags of components in SL (RRIP 4.1.3.1). */
const COMPONENT = { continue: 0x01, current: 0x02, parent: 0x04, root: 0x08 } as const;
const CONTINUE = 0x01; // of NM and of SL themselves

/** Which entries a record has, for RR of version 1.09. */
const RR_FLAG: Readonly<Record<string, number>> = {
  PX: 0x01,
  SL: 0x04,
  NM: 0x08,
  CL: 0x10,
  RE: 0x20,
  PL: 0x40,
  TF: 0x80,
};

/** What ER says of the protocol: identifier, description, source (RRIP 1.09 4.3; IEEE P1282 4.3). */
const EXTENSION: Readonly<Record<RockRidgeVersion, readonly [string, string, string]>> = {
  "1.09": [
    "RRIP_1991A",
    "THE ROCK RIDGE INTERCHANGE PROTOCOL PROVIDES SUPPORT FOR POSIX FILE SYSTEM SEMANTICS",
    "PLEASE CONTACT DISC PUBLISHER FOR SPECIFICATION SOURCE.  SEE PUBLISHER IDENTIFIER IN PRIMARY VOLUME " +
    "DESCRIPTOR FOR CONTACT INFORMATION.",
  ],
  "1.12": [
    "IEEE_1282",
    "THE IEEE 1282 PROTOCOL PROVIDES SUPPORT FOR POSIX FILE SYSTEM SEMANTICS",
    "PLEASE CONTACT THE IEEE STANDARDS DEPARTMENT, PISCATAWAY, NJ, USA FOR THE 1282 SPECIFICATION.",
  ],
};

/** The entries of one record, one behind the other. */
export class SystemUse {
  #bytes = new Uint8Array(1024);
  #lengthBytes = 0;
  /** Where each entry ends. */
  readonly ends: number[] = [];

  /** The bytes of all entries; valid until the next is added. */
  get bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.#lengthBytes);
  }

  /** What they lie in; valid until the next is added. */
  get buffer(): Uint8Array {
    return this.#bytes;
  }

  /** Their length. */
  get lengthBytes(): number {
    return this.#lengthBytes;
  }

  /** Forgets all entries. */
  clear(): void {
    this.#lengthBytes = 0;
    this.ends.length = 0;
  }

  /** Adds an entry with zeros behind its header of 4 bytes, and returns it (SUSP 4.1). */
  add(signature: string, lengthBytes: number): Uint8Array {
    const start = this.addAt(signature, lengthBytes);
    return this.#bytes.subarray(start, start + lengthBytes);
  }

  /** The same; returns where it is in {@linkcode buffer}, since a view of each of millions takes time to make and drop. */
  addAt(signature: string, lengthBytes: number): number {
    const start = this.#lengthBytes;
    const end = start + lengthBytes;
    if (end > this.#bytes.length) {
      const larger = new Uint8Array(2 * end);
      larger.set(this.#bytes);
      this.#bytes = larger;
    }
    this.#lengthBytes = end;
    this.ends.push(end);
    const bytes = this.#bytes;
    bytes.fill(0, start, end);
    setLatin1(bytes, start, signature);
    bytes[start + 2] = lengthBytes;
    bytes[start + 3] = 1; // version
    return start;
  }
}

/** A run of entries in a continuation area. */
interface Piece {
  /** Of the bytes of the entries. */
  readonly start: number;
  readonly end: number;
  /** Offset in the continuation areas of the directory. */
  readonly at: number;
}

/** How the entries of a record are divided. */
export interface Split {
  /** What the record itself has of them, CE not counted. */
  readonly recordEnd: number;
  readonly pieces: readonly Piece[];
  /** Bytes in the record, CE counted. */
  readonly recordBytes: number;
  /** Where the next continuation area of the directory may begin. */
  readonly areaBytes: number;
}

/**
 * Divides entries between a record with `room` bytes and continuation areas from `areaBytes` on. An area lies in one
 * sector (SUSP 5.1); it begins in a new one rather than be cut in two, unless it needs several.
 */
export function splitEntries(use: SystemUse, room: number, areaBytes: number): Split {
  const total = use.lengthBytes;
  if (total <= room) return { recordEnd: total, pieces: [], recordBytes: total, areaBytes };
  const recordEnd = lastEndBefore(use.ends, 0, room - CE_BYTES);
  const pieces: Piece[] = [];
  let at = areaBytes;
  for (let start = recordEnd; start < total;) {
    const left = SECTOR_BYTES - at % SECTOR_BYTES;
    const end = total - start <= left ? total : lastEndBefore(use.ends, start, start + left - CE_BYTES);
    if (end === start || (end < total && total - start <= SECTOR_BYTES)) {
      at += left;
      continue;
    }
    pieces.push({ start, end, at });
    at += end - start + (end < total ? CE_BYTES : 0);
    start = end;
  }
  return { recordEnd, pieces, recordBytes: recordEnd + CE_BYTES, areaBytes: at };
}

/** Writes divided entries: `offset` is that of the record's system use, `areas` where the continuation areas begin. */
export function writeSplit(
  target: Uint8Array,
  offset: number,
  use: SystemUse,
  split: Split,
  areas: { readonly offset: number; readonly startLba: number },
): void {
  const { bytes } = use;
  target.set(bytes.subarray(0, split.recordEnd), offset);
  let end = offset + split.recordEnd;
  for (const [index, piece] of split.pieces.entries()) {
    const isLast = index + 1 === split.pieces.length;
    setLatin1(target, end, "CE");
    target[end + 2] = CE_BYTES;
    target[end + 3] = 1; // version
    setUint32Both(target, end + 4, areas.startLba + Math.floor(piece.at / SECTOR_BYTES));
    setUint32Both(target, end + 12, piece.at % SECTOR_BYTES);
    setUint32Both(target, end + 20, piece.end - piece.start + (isLast ? 0 : CE_BYTES));
    const start = areas.offset + piece.at;
    target.set(bytes.subarray(piece.start, piece.end), start);
    end = start + piece.end - piece.start;
  }
}

/** Makes the entries of records. */
export class RockRidge {
  readonly #style: RockRidgeStyle;
  readonly #timestamp: Date;
  readonly #inventory: Inventory;
  /** The directories in each directory of the tree as people see it, by its index. */
  readonly #subdirectoryCounts: Uint32Array;
  readonly #use: SystemUse = new SystemUse();

  /** Makes one for all directories of an image. */
  constructor(style: RockRidgeStyle, inventory: Inventory, timestamp: Date) {
    this.#style = style;
    this.#inventory = inventory;
    this.#timestamp = timestamp;
    this.#subdirectoryCounts = new Uint32Array(inventory.directories.length);
    for (const { parent } of inventory.directories) {
      if (parent !== undefined) this.#subdirectoryCounts[parent.index]!++;
    }
  }

  /**
   * The entries of a directory's record of itself or of its parent; `directory` is the one that the record is of. They
   * are valid until the next are made.
   */
  ofDots(directory: PlannedDirectory, isRootItself: boolean, relocation?: Relocation): SystemUse {
    const use = this.#use;
    use.clear();
    if (isRootItself) use.add("SP", 7).set([0xbe, 0xef, 0], 4); // SUSP 5.3: no bytes to skip
    this.#add(directory, relocation);
    if (isRootItself) addExtension(use, EXTENSION[this.#style.version]);
    return use;
  }

  /** The entries of any other record, valid until the next are made. */
  ofEntry(entry: RockRidgeNode, name: string, relocation?: Relocation): SystemUse {
    const use = this.#use;
    use.clear();
    this.#add(entry.kind === "relocated" ? entry.directory : entry, relocation, name);
    return use;
  }

  #add(node: PlannedNode, relocation: Relocation | undefined, name?: string): void {
    const use = this.#use;
    const isOld = this.#style.version === "1.09";
    const first = use.lengthBytes;
    if (isOld) use.add("RR", 5);
    const firstEntry = use.ends.length;
    this.#addAttributes(node);
    this.#addTimes(node.kind === "hardLink" ? node.file.node : node.node);
    if (relocation !== undefined) {
      const { signature, lba } = relocation;
      const entry = use.add(signature, signature === "RE" ? 4 : 12);
      if (signature !== "RE") setUint32Both(entry, 4, lba);
    }
    if (name !== undefined) addName(use, name);
    if (node.kind === "symlink") addTarget(use, node.node.target);
    if (!isOld) return;
    const { bytes } = use;
    for (let entry = firstEntry; entry < use.ends.length; entry++) {
      const at = use.ends[entry - 1]!;
      bytes[first + 4]! |= RR_FLAG[String.fromCharCode(bytes[at]!, bytes[at + 1]!)] ?? 0;
    }
  }

  /** PX (RRIP 4.1.1). Serial numbers are never 0, and equal only for names of one file: readers take them as that. */
  #addAttributes(node: PlannedNode): void {
    const isOld = this.#style.version === "1.09";
    const { directories, files, linkCounts } = this.#inventory;
    const named = node.kind === "hardLink" ? node.file : node;
    const posix: NodeAttributes = named.node;
    let links = 1;
    let serial = 1 + named.index;
    if (named.kind === "directory") {
      links = 2 + this.#subdirectoryCount(named);
    } else {
      serial += directories.length + 1; // one more directory may hold those that were moved
      if (named.kind === "symlink") serial += files.length;
      else links = linkCounts.get(named) ?? 1;
    }
    const at = this.#use.addAt("PX", isOld ? 36 : 44);
    const bytes = this.#use.buffer;
    const mode = FILE_TYPE[named.kind] | (posix.mode ?? DEFAULT_MODE[named.kind]) & 0o7777;
    setUint32Both(bytes, at + 4, mode);
    setUint32Both(bytes, at + 12, links);
    setUint32Both(bytes, at + 20, posix.uid ?? 0);
    setUint32Both(bytes, at + 28, posix.gid ?? 0);
    if (!isOld) setUint32Both(bytes, at + 36, serial);
  }

  /** Counted before: each directory in another asks for that of its parent. */
  #subdirectoryCount(directory: PlannedDirectory): number {
    // The one that holds directories that were moved is not of the tree.
    return this.#subdirectoryCounts[directory.index] ?? directory.children.length;
  }

  /** TF (RRIP 4.1.6). Who has no other times gets that of the last change: readers would else show 1970. */
  #addTimes(times: NodeTimes): void {
    const { longTimes } = this.#style;
    const timeBytes = longTimes ? 17 : 7;
    const { modified = this.#timestamp, created } = times;
    let flags = TIME.modify | TIME.access | TIME.attributes | (longTimes ? TIME.longForm : 0);
    if (created !== undefined) flags |= TIME.creation;
    const start = this.#use.addAt("TF", 5 + (created === undefined ? 3 : 4) * timeBytes);
    const bytes = this.#use.buffer;
    bytes[start + 4] = flags;
    const setTime = longTimes ? setVolumeDate : setRecordDate;
    let at = start + 5;
    if (created !== undefined) {
      setTime(bytes, at, created);
      at += timeBytes;
    }
    setTime(bytes, at, modified);
    setTime(bytes, at + timeBytes, times.accessed ?? modified);
    setTime(bytes, at + 2 * timeBytes, modified);
  }
}

/** ER (SUSP 5.5): which protocol the entries follow. */
function addExtension(
  use: SystemUse,
  [identifier, description, source]: readonly [string, string, string],
): void {
  const entry = use.add("ER", 8 + identifier.length + description.length + source.length);
  entry.set([identifier.length, description.length, source.length, 1], 4);
  setLatin1(entry, 8, identifier + description + source);
}

/** NM (RRIP 4.1.4), several of them when the name has over 250 bytes. */
function addName(use: SystemUse, name: string): void {
  const bytes = utf8Of(name);
  for (let start = 0; start < bytes.length; start += NM_BYTES_MAX) {
    const part = bytes.subarray(start, start + NM_BYTES_MAX);
    const entry = use.add("NM", 5 + part.length);
    entry[4] = start + part.length < bytes.length ? CONTINUE : 0;
    entry.set(part, 5);
  }
}

/**
 * SL (RRIP 4.1.3): components, in as many entries as they need. Where one entry ends, a component always goes on in the
 * next, if need be with none of its bytes in this one: readers differ in whether a separator belongs between the last
 * component of an entry and the first of the next.
 */
function addTarget(use: SystemUse, target: string): void {
  const parts = target.split("/").filter((part) => part !== "");
  const components: { flags: number; bytes: Uint8Array }[] = parts.map((part) =>
    part === "."
      ? { flags: COMPONENT.current, bytes: NOTHING }
      : part === ".."
      ? { flags: COMPONENT.parent, bytes: NOTHING }
      : { flags: 0, bytes: utf8Of(part) }
  );
  if (target.startsWith("/")) components.unshift({ flags: COMPONENT.root, bytes: NOTHING });
  const entry = new Uint8Array(ENTRY_BYTES_MAX - 5);
  let used = 0;
  const put = (flags: number, bytes: Uint8Array): void => {
    entry[used] = flags;
    entry[used + 1] = bytes.length;
    entry.set(bytes, used + 2);
    used += 2 + bytes.length;
  };
  const finish = (goesOn: boolean): void => {
    const added = use.add("SL", 5 + used);
    added[4] = goesOn ? CONTINUE : 0;
    added.set(entry.subarray(0, used), 5);
    used = 0;
  };
  for (const [index, { flags, bytes }] of components.entries()) {
    // Behind every component but the last there is room for the header of the next.
    const reserve = index + 1 < components.length ? 2 : 0;
    let left = bytes;
    while (used + 2 + left.length > entry.length - reserve) {
      const part = left.subarray(0, Math.min(left.length - 1, entry.length - used - 2));
      put(COMPONENT.continue, part);
      left = left.subarray(part.length);
      finish(true);
    }
    put(flags, left);
  }
  finish(false);
}

const NOTHING = new Uint8Array(0);

/** The last end of an entry that is at most `limit`; `start` if there is none behind it. */
function lastEndBefore(ends: readonly number[], start: number, limit: number): number {
  let last = start;
  for (const end of ends) {
    if (end > limit) break;
    if (end > start) last = end;
  }
  return last;
}
