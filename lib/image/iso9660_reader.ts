/**
 * Reads the ISO 9660, Rock Ridge, Joliet and ISO 9660:1999 volumes of an image strictly (ECMA-119 4th edition).
 *
 * Whatever breaks the standard is said, and what can be read in spite of it is. Work is bounded by the image's size: no
 * directory is read twice, and all of them together may have no more sectors than the image.
 *
 * @module
 */
import { getLatin1, getUtf16, SECTOR_BYTES, sectorsOf, viewOf } from "./binary.ts";
import { ProblemList } from "./problem_list.ts";
import { firstInUse, ISO_RESERVED, RECORD_FLAGS_RESERVED } from "./reserved.ts";
import {
  findSystemUse,
  kindOfMode,
  recordDate,
  type RockRidge,
  type SystemUse,
  SystemUseReader,
  volumeDate,
} from "./rock_ridge_reader.ts";
import {
  partOfPath,
  type ReadSectors,
  type ViewName,
  type Volume,
  type VolumeEntry,
  type VolumeExtent,
  type VolumeStructure,
} from "./volumes.ts";

const DESCRIPTORS_MAX = 64;
const DESCRIPTOR = { boot: 0, primary: 1, supplementary: 2, terminator: 255 } as const;

const NO_TERMINATOR = "volume descriptors: nothing says that they end"; // ECMA-119 8.3

/** Those volumes described from LBA 16 on that are wanted; none if there is no ISO 9660 in the image. */
export function readIsoVolumes(
  read: ReadSectors,
  sizeSectors: number,
  isWanted: (view: ViewName) => boolean,
): Volume[] {
  const volumes: Volume[] = [];
  const shared: VolumeStructure[] = [];
  const notes: string[] = [];
  const sector = new Uint8Array(SECTOR_BYTES);
  let sawPrimary = false;
  let sawEnd = false;
  for (let lba = 16; lba < Math.min(sizeSectors, 16 + DESCRIPTORS_MAX); lba++) {
    read(lba, 1, sector);
    if (getLatin1(sector, 1, 6) !== "CD001") break;
    const type = sector[0]!;
    const inUse = firstInUse(sector, 0, ISO_RESERVED.get(type) ?? []);
    if (inUse !== undefined) {
      notes.push(`volume descriptor at LBA ${lba}: byte ${inUse} is reserved, and not zero`);
    }
    const isJoliet = type === DESCRIPTOR.supplementary &&
      ["%/@", "%/C", "%/E"].includes(getLatin1(sector, 88, 91));
    // ISO 9660:1999 8.5: an enhanced volume descriptor is a supplementary one of version 2.
    const isEnhanced = type === DESCRIPTOR.supplementary && !isJoliet && sector[6] === 2;
    const isPrimary: boolean = type === DESCRIPTOR.primary && !sawPrimary; // further ones are copies (ECMA-119 6.7.1.1)
    if (type === DESCRIPTOR.boot) shared.push(...bootStructures(read, sizeSectors, sector, lba));
    else if (isPrimary || isJoliet || isEnhanced) {
      sawPrimary ||= isPrimary;
      const view = isJoliet ? "joliet" : isEnhanced ? "iso1999" : "iso9660";
      if (!isWanted(view) && !(isPrimary && isWanted("rockridge"))) continue;
      const reader = new IsoVolumeReader(read, sizeSectors, sector.slice(), { view, lba });
      const found = reader.volumes();
      // Rock Ridge is in the records of ISO 9660: what is wrong with them is told there, or else here.
      const [{ problems }] = found;
      volumes.push(
        ...found.filter((one) => isWanted(one.fileSystem)).map((one) =>
          one.fileSystem === "rockridge" && !isWanted("iso9660")
            ? { ...one, problems: [...problems, ...one.problems] }
            : one
        ),
      );
    } else shared.push({ startLba: lba, lengthSectors: 1, label: "volume descriptor" });
    sawEnd = type === DESCRIPTOR.terminator;
    if (sawEnd) break;
  }
  const [first, ...others] = volumes;
  if (first === undefined) return [];
  const problems = sawEnd ? first.problems : [...first.problems, NO_TERMINATOR];
  return [{
    ...first,
    problems,
    notes: [...notes, ...first.notes],
    structures: [...shared, ...first.structures],
  }, ...others];
}

/** The El Torito boot record, its catalog and the images that it names (El Torito 1.0, 2.0 to 2.5). */
function bootStructures(
  read: ReadSectors,
  sizeSectors: number,
  record: Uint8Array,
  lba: number,
): VolumeStructure[] {
  const found: VolumeStructure[] = [{ startLba: lba, lengthSectors: 1, label: "boot record" }];
  if (!getLatin1(record, 7, 39).startsWith("EL TORITO SPECIFICATION")) return found;
  const catalogLba = viewOf(record).getUint32(71, true);
  if (catalogLba >= sizeSectors) return found;
  found.push({ startLba: catalogLba, lengthSectors: 1, label: "boot catalog", isAlsoFile: true });
  const catalog = new Uint8Array(SECTOR_BYTES);
  read(catalogLba, 1, catalog);
  for (let at = 32; at < SECTOR_BYTES; at += 32) {
    const kind = catalog[at]!;
    if (kind !== 0x88) continue; // section headers, their extensions, and entries that do not boot
    const startLba = viewOf(catalog).getUint32(at + 8, true);
    const lengthSectors = sectorsOf(viewOf(catalog).getUint16(at + 6, true) * 512);
    if (lengthSectors > 0 && startLba + lengthSectors <= sizeSectors) {
      found.push({ startLba, lengthSectors, label: "boot image", isAlsoFile: true });
    }
  }
  return found;
}

interface Record {
  readonly startLba: number;
  readonly lengthBytes: number;
  readonly flags: number;
  readonly modified: Date | undefined;
  readonly identifier: string;
  /** Whether there are gaps in it (ECMA-119 6.4.3). */
  readonly isInterleaved: boolean;
  /** Where its system use area begins in the directory. */
  readonly useStart: number;
}

interface Pending {
  readonly path: string;
  readonly startLba: number;
  readonly lengthBytes: number;
  readonly parent: Pending | undefined;
  /** From 1, as in the path table. */
  readonly number: number;
  readonly depth: number;
  readonly identifier: string;
  /** Whether it was found through Rock Ridge alone. */
  readonly isElsewhere?: boolean;
}

/** What a builder does everywhere alike is one note, with the first place and how many more there are. */
class Habits {
  readonly #places = new Map<string, { first: string; count: number }>();

  add(what: string, where: string): void {
    const known = this.#places.get(what);
    if (known === undefined) this.#places.set(what, { first: where, count: 1 });
    else known.count++;
  }

  notes(): string[] {
    return [...this.#places].map(([what, { first, count }]) =>
      count === 1 ? `${first}: ${what}` : `${first}, and ${count - 1} more like it: ${what}`
    );
  }
}

/** An entry with what Rock Ridge says of it. */
interface RockRidgeNode {
  readonly entry: VolumeEntry;
  readonly identifier: string;
  readonly use: RockRidge;
}

/** What the contents of files are that cannot be read. */
const OUTSIDE = "not all in the image";
const INTERLEAVED = "recorded with gaps";

const FLAG = { hidden: 0x01, directory: 0x02, more: 0x80 } as const;
const DEPTH_MAX = 1000; // paths of thousands of names can be written by nothing, and would cost their square in memory

const TEXT_FIELDS = [
  ["systemId", 8, 40],
  ["volumeSetId", 190, 318],
  ["publisherId", 318, 446],
  ["preparerId", 446, 574],
  ["applicationId", 574, 702],
  ["copyrightFile", 702, 739],
  ["abstractFile", 739, 776],
  ["bibliographicFile", 776, 813],
] as const;

class IsoVolumeReader {
  readonly #read: ReadSectors;
  readonly #sizeSectors: number;
  readonly #descriptor: Uint8Array;
  readonly #view: PlainViewName;
  readonly #problems = new ProblemList();
  readonly #notes = new ProblemList();
  readonly #rockRidgeProblems = new ProblemList();
  readonly #habits = new Habits();
  readonly #rockRidgeHabits = new Habits();
  readonly #entries: VolumeEntry[] = [];
  readonly #structures: VolumeStructure[];
  /** Lengths in sectors of extended attribute records, by their first sector: many records may name one. */
  readonly #attributeRecords = new Map<number, number>();
  /** The sectors that directories may still have. */
  #budgetSectors: number;
  #systemUse: SystemUse | undefined;
  readonly #useReader: SystemUseReader;
  /** By the directory's first sector. */
  readonly #nodes = new Map<number, RockRidgeNode[]>();
  /** What the directories' own records say. */
  readonly #ownUse = new Map<number, RockRidge>();

  constructor(
    read: ReadSectors,
    sizeSectors: number,
    descriptor: Uint8Array,
    what: { view: PlainViewName; lba: number },
  ) {
    this.#read = read;
    this.#sizeSectors = sizeSectors;
    this.#descriptor = descriptor;
    this.#view = what.view;
    this.#budgetSectors = sizeSectors;
    this.#useReader = new SystemUseReader(read, sizeSectors, (text) => this.#rockRidgeProblems.push(text));
    const label = `${LABELS[what.view]} volume descriptor`;
    this.#structures = [{ startLba: what.lba, lengthSectors: 1, label }];
  }

  /** The volume, and with it its Rock Ridge view, if there is one. */
  volumes(): [Volume, ...Volume[]] {
    const bytes = this.#descriptor;
    const what = "volume descriptor";
    const spaceSectors = this.#both32(bytes, 80, what);
    if (spaceSectors > this.#sizeSectors) {
      this.#problems.push(`${what}: ${spaceSectors} sectors, the image has ${this.#sizeSectors}`);
    }
    for (const [offset, expected] of [[120, 1], [124, 1], [128, SECTOR_BYTES]] as const) {
      const value = this.#both16(bytes, offset, what);
      if (value !== expected) this.#problems.push(`${what}: ${value} at ${offset}, expected ${expected}`);
    }
    this.#checkVersions(bytes, what);
    for (const offset of [813, 830, 847, 864]) {
      if (!isVolumeDate(bytes, offset)) this.#notes.push(`${what}: what is at ${offset} is no time`);
    }
    const root = this.#record(bytes, 156, "root record");
    if (bytes[156] !== 34) this.#problems.push(`root record: it has ${bytes[156]} bytes, expected 34`);
    if (root !== undefined && (root.flags & FLAG.directory) === 0) {
      this.#problems.push("root record: it is no directory");
    }
    if (root !== undefined) this.#checkPathTables(this.#walk(root));
    const texts: { [name: string]: string } = {};
    for (const [name, start, end] of TEXT_FIELDS) {
      const text = this.#text(bytes, start, end).replace(/[ \0]+$/, "");
      if (text !== "") texts[name] = text;
    }
    for (const note of unreadableNotes(this.#entries)) this.#notes.push(note);
    for (const note of this.#habits.notes()) this.#notes.push(note);
    for (const [startLba, lengthSectors] of this.#attributeRecords) {
      this.#structures.push({ startLba, lengthSectors, label: "extended attribute record" });
    }
    const volume: Volume = {
      fileSystem: this.#view,
      volumeName: this.#text(bytes, 40, 72).replace(/[ \0]+$/, ""),
      entries: this.#entries,
      problems: this.#problems.list,
      notes: this.#notes.list,
      structures: this.#structures,
      sizeSectors: spaceSectors,
      created: volumeDate(bytes, 813),
      texts,
    };
    if (root === undefined || this.#systemUse === undefined || !this.#useReader.isRockRidge) return [volume];
    const entries = this.#rockRidgeEntries(root);
    return [volume, {
      ...volume,
      fileSystem: "rockridge",
      entries,
      problems: this.#rockRidgeProblems.list,
      notes: [...unreadableNotes(entries), ...this.#rockRidgeHabits.notes()],
      structures: [...this.#useReader.continuationLbas].map((startLba) => ({
        startLba,
        lengthSectors: 1,
        label: "Rock Ridge continuation",
      })),
      ...this.#revision(),
    }];
  }

  /** ECMA-119 8.4.2, 8.4.30; ISO 9660:1999 8.5. */
  #checkVersions(bytes: Uint8Array, what: string): void {
    const expected = this.#view === "iso1999" ? 2 : 1;
    const list = this.#view === "iso9660" ? this.#problems : this.#notes;
    for (const offset of [6, 881]) {
      if (bytes[offset] !== expected) {
        list.push(`${what}: version ${bytes[offset]} at ${offset}, expected ${expected}`);
      }
    }
  }

  #revision(): { revision?: string } {
    const { extension } = this.#useReader;
    if (extension === undefined) return {};
    return { revision: extension.startsWith("RRIP_1991") ? "1.09" : "1.12" };
  }

  #walk(root: Record): Pending[] {
    const { startLba, lengthBytes } = root;
    const directories: Pending[] = [
      { path: "", startLba, lengthBytes, parent: undefined, number: 1, depth: 0, identifier: "\0" },
    ];
    const seen = new Set<number>();
    for (let at = 0; at < directories.length; at++) {
      const directory = directories[at]!;
      if (seen.has(directory.startLba)) {
        this.#problems.push(`${directory.path}: directory at LBA ${directory.startLba} is in the tree twice`);
        continue;
      }
      seen.add(directory.startLba);
      this.#readDirectory(directory, directories);
    }
    return directories;
  }

  #readDirectory(directory: Pending, directories: Pending[]): void {
    const where = directory.path === "" ? "/" : directory.path;
    if (directory.lengthBytes % SECTOR_BYTES !== 0 || directory.lengthBytes === 0) {
      this.#problems.push(`${where}: directory length ${directory.lengthBytes} is not a number of sectors`);
    }
    if (!this.#isInside(directory.startLba, directory.lengthBytes, where)) return;
    const lengthSectors = sectorsOf(directory.lengthBytes);
    this.#budgetSectors -= lengthSectors;
    if (this.#budgetSectors < 0) {
      return this.#problems.push(
        `${where}: directories overlap, since all together are larger than the image`,
      );
    }
    if (lengthSectors > 0) {
      const label = `${LABELS[this.#view]} directory ${where}`;
      this.#structures.push({ startLba: directory.startLba, lengthSectors, label });
    }
    const bytes = new Uint8Array(lengthSectors * SECTOR_BYTES);
    this.#read(directory.startLba, lengthSectors, bytes);
    const nodes: RockRidgeNode[] = [];
    this.#nodes.set(directory.startLba, nodes);
    let previousKey: string | undefined;
    let sections: VolumeExtent[] = [];
    let use: RockRidge | undefined; // of the first section
    let isInterleaved = false; // one of its sections
    let isCut = false; // one of its sections ends behind the image
    let count = 0;
    for (let offset = 0; offset < directory.lengthBytes;) {
      if (bytes[offset] === 0) {
        const next = offset - offset % SECTOR_BYTES + SECTOR_BYTES;
        if (bytes.subarray(offset, next).some((byte) => byte !== 0)) {
          this.#problems.push(`${where}: bytes behind the last record of a sector, at ${offset}`);
        }
        offset = next;
        continue;
      }
      const record = this.#record(bytes, offset, where);
      if (record === undefined) return;
      const useEnd = offset + bytes[offset]!;
      offset = useEnd;
      if (count++ < 2) {
        this.#checkDots(directory, record, count);
        if (count === 1 && this.#view === "iso9660") {
          this.#takeOwnUse(directory, bytes, record.useStart, useEnd);
        }
        continue;
      }
      const { identifier, flags } = record;
      const isDirectory = (flags & FLAG.directory) !== 0;
      const key = this.#sortKey(identifier);
      const isInOrder = previousKey === undefined ||
        (sections.length > 0 ? key === previousKey : key > previousKey);
      previousKey = key;
      const path = `${directory.path}/${partOfPath(this.#nameOf(identifier, isDirectory))}`;
      if (this.#systemUse !== undefined) {
        const start = Math.min(record.useStart + this.#systemUse.skipBytes, useEnd);
        use ??= this.#useReader.parse(bytes, start, useEnd, path);
      }
      // libisofs puts directories that were moved up behind all others.
      if (!isInOrder) {
        (use?.isRelocated ? this.#notes : this.#problems).push(`${where}: "${identifier}" is not in order`);
      }
      // A link's record may name any place; nothing of it is read.
      const isPlace = use?.target === undefined && use?.childLba === undefined;
      if (isDirectory) this.#addDirectory(directories, directory, record, path);
      else {
        if (isPlace && !this.#isInside(record.startLba, record.lengthBytes, path)) isCut = true;
        // genisoimage leaves the version out where longer names are asked for.
        if (this.#view === "iso9660" && use?.childLba === undefined && !/;\d+$/.test(identifier)) {
          this.#habits.add("no version number", path);
        }
      }
      isInterleaved = record.isInterleaved || (isInterleaved && sections.length > 0);
      sections.push({ startLba: record.startLba, lengthBytes: record.lengthBytes });
      if (flags & FLAG.more) {
        if (record.lengthBytes % SECTOR_BYTES !== 0) {
          this.#problems.push(`${path}: section ends inside a sector`);
        }
        continue;
      }
      const unreadable = isCut ? OUTSIDE : isInterleaved ? INTERLEAVED : undefined;
      const entry: VolumeEntry = {
        path,
        kind: isDirectory ? "directory" : "file",
        sizeBytes: sections.reduce((sum, one) => sum + one.lengthBytes, 0),
        extents: isPlace && !isCut ? sections.filter((one) => one.lengthBytes > 0) : [],
        modified: record.modified,
        hidden: (flags & FLAG.hidden) !== 0,
        ...(unreadable === undefined ? {} : { unreadable }),
      };
      this.#entries.push(isPlace ? entry : { ...entry, sizeBytes: 0 });
      if (use !== undefined) nodes.push({ entry, identifier, use });
      [sections, use, isCut] = [[], undefined, false];
    }
    if (count < 2) this.#problems.push(`${where}: no records of the directory itself and its parent`);
    if (sections.length > 0) this.#problems.push(`${where}: the last section of a file is missing`);
  }

  #addDirectory(directories: Pending[], parent: Pending, record: Record, path: string): void {
    const { startLba, lengthBytes, identifier } = record;
    const depth = parent.depth + 1;
    if (depth > DEPTH_MAX) {
      return this.#problems.push(`${parent.path.slice(0, 100)}…: more than ${DEPTH_MAX} directories deep`);
    }
    const number = directories.length + 1;
    directories.push({ path, startLba, lengthBytes, parent, number, depth, identifier });
  }

  #takeOwnUse(directory: Pending, bytes: Uint8Array, start: number, end: number): void {
    if (directory.parent === undefined) this.#systemUse = findSystemUse(bytes, start, end);
    if (this.#systemUse === undefined) return;
    // SP itself is there before anything can be skipped (SUSP 5.3).
    const skip = directory.parent === undefined ? 0 : this.#systemUse.skipBytes;
    const use = this.#useReader.parse(bytes, Math.min(start + skip, end), end, directory.path || "/");
    this.#ownUse.set(directory.startLba, use);
  }

  /** The tree as Rock Ridge has it: its names, and directories that were moved up are back in their places. */
  #rockRidgeEntries(root: Record): VolumeEntry[] {
    const entries: VolumeEntry[] = [];
    const pending: { path: string; lba: number; depth: number }[] = [{
      path: "",
      lba: root.startLba,
      depth: 0,
    }];
    const seen = new Set([root.startLba]);
    for (const { path: parentPath, lba, depth } of pending) {
      const nodes = this.#nodes.get(lba) ?? [];
      for (const { entry, identifier, use } of nodes) {
        if (use.isRelocated) continue;
        const isMoved = use.childLba !== undefined;
        const childLba = isMoved ? use.childLba : entry.extents[0]?.startLba;
        const isDirectory = isMoved || entry.kind === "directory";
        if (isDirectory && this.#holdsMovedOnly(depth, entry, childLba)) continue;
        const name = use.name ?? this.#nameOf(identifier, isDirectory);
        const path = `${parentPath}/${this.#part(name, parentPath)}`;
        if (isDirectory && childLba !== undefined) {
          if (seen.has(childLba)) {
            this.#rockRidgeProblems.push(`${path}: directory at LBA ${childLba} is in the tree twice`);
            continue;
          }
          if (isMoved && !this.#nodes.has(childLba) && !this.#readElsewhere(childLba, path)) {
            this.#rockRidgeProblems.push(`${path}: was moved to LBA ${childLba}, where no directory is`);
            continue;
          }
          if (depth < DEPTH_MAX) pending.push({ path, lba: childLba, depth: depth + 1 });
          else {this.#rockRidgeProblems.push(
              `${path.slice(0, 100)}…: more than ${DEPTH_MAX} directories deep`,
            );}
          seen.add(childLba);
        }
        const own = isDirectory && childLba !== undefined ? this.#ownUse.get(childLba) : undefined;
        if (!isMoved && own !== undefined && !isSameOwner(own, use)) {
          this.#rockRidgeHabits.add("its own record says other permissions or owners", path);
        }
        entries.push(rockRidgeEntry(entry, isMoved ? own ?? use : use, { path, isDirectory }));
      }
    }
    return entries;
  }

  /**
   * Reads a directory that was moved, with all below it, where the tree does not lead: genisoimage's later sessions go on
   * with directories of earlier ones, and their tree has no rr_moved. Says whether there is one.
   */
  #readElsewhere(startLba: number, path: string): boolean {
    if (startLba >= this.#sizeSectors) return false;
    const sector = new Uint8Array(SECTOR_BYTES);
    this.#read(startLba, 1, sector);
    const view = viewOf(sector);
    const isItself = sector[0]! >= 34 && sector[32] === 1 && sector[33] === 0 &&
      (sector[25]! & FLAG.directory) !== 0 && view.getUint32(2, true) === startLba;
    if (!isItself) return false;
    const lengthBytes = view.getUint32(10, true);
    const place = { number: 0, depth: 1, identifier: "" };
    const parent = { ...place, path: "", startLba: 0, lengthBytes: 0, parent: undefined };
    const directories: Pending[] = [{ ...place, path, startLba, lengthBytes, parent, isElsewhere: true }];
    const entryCount = this.#entries.length; // ISO 9660 by itself does not show them
    for (const directory of directories) {
      if (!this.#nodes.has(directory.startLba)) this.#readDirectory(directory, directories);
    }
    this.#entries.length = entryCount;
    return true;
  }

  /** Whether a directory of the root is only the place where deep directories were moved to (`rr_moved`). */
  #holdsMovedOnly(depth: number, entry: VolumeEntry, lba: number | undefined): boolean {
    if (depth !== 0 || entry.kind !== "directory" || lba === undefined) return false;
    const nodes = this.#nodes.get(lba);
    return nodes !== undefined && nodes.length > 0 && nodes.every((node) => node.use.isRelocated);
  }

  #part(name: string, where: string): string {
    const part = partOfPath(name);
    if (part !== name) this.#rockRidgeProblems.push(`${where}/: the name "${name}" cannot be one`);
    return part;
  }

  #checkDots(directory: Pending, record: Record, number: number): void {
    const meant = number === 1 ? directory : directory.parent ?? directory;
    const identifier = number === 1 ? "\0" : "\x01";
    const where = directory.path || "/";
    const fits = record.startLba === meant.startLba && record.lengthBytes === meant.lengthBytes;
    if (fits && record.identifier === identifier && (record.flags & FLAG.directory) !== 0) return;
    if (number === 2 && directory.isElsewhere === true) return; // its parent is not known
    const isOwn = record.startLba === directory.startLba;
    if (number === 2 && (isOwn || this.#view !== "iso9660") && record.identifier === identifier) {
      // libisofs writes other places there, and genisoimage the directory's own below the eighth level; no reader minds,
      // since it goes up by the path that it came down.
      this.#habits.add("the record of the parent does not fit", where);
    } else {
      const what = number === 1 ? "the directory itself" : "the parent";
      this.#problems.push(`${where}: the record of ${what} does not fit`);
    }
  }

  #record(bytes: Uint8Array, offset: number, where: string): Record | undefined {
    const length = bytes[offset]!;
    const idBytes = bytes[offset + 32] ?? 0;
    const room = SECTOR_BYTES - offset % SECTOR_BYTES;
    if (length > room || length < 34 || length % 2 !== 0 || 33 + idBytes > length) {
      this.#problems.push(`${where}: record of ${length} bytes at ${offset} has no room or a wrong length`);
      return undefined;
    }
    const at = `${where}: record at ${offset}`;
    const sequence = this.#both16(bytes, offset + 28, at);
    if (sequence !== 1) this.#problems.push(`${at}: on volume ${sequence}`);
    const extentLba = this.#both32(bytes, offset + 2, at);
    const attributeSectors = bytes[offset + 1]!; // they are the first of the extent (ECMA-119 6.4.1)
    if (attributeSectors > 0 && this.#isInside(extentLba, attributeSectors * SECTOR_BYTES, at)) {
      this.#attributeRecords.set(extentLba, attributeSectors);
    }
    const idStart = offset + 33;
    const flags = bytes[offset + 25]!;
    const isPadded = (idBytes & 1) === 0; // ECMA-119 9.1.12, with a zero
    if ((flags & RECORD_FLAGS_RESERVED) !== 0 || (isPadded && bytes[idStart + idBytes] !== 0)) {
      this.#habits.add("what is reserved in it is not zero", at);
    }
    const isSpecial = idBytes === 1 && bytes[idStart]! <= 1;
    return {
      startLba: extentLba + attributeSectors,
      lengthBytes: this.#both32(bytes, offset + 10, at),
      flags,
      isInterleaved: bytes[offset + 27] !== 0,
      modified: recordDate(bytes, offset + 18),
      identifier: isSpecial
        ? getLatin1(bytes, idStart, idStart + 1)
        : this.#identifier(bytes, idStart, idStart + idBytes),
      useStart: idStart + idBytes + (isPadded ? 1 : 0),
    };
  }

  #checkPathTables(directories: readonly Pending[]): void {
    const view = viewOf(this.#descriptor);
    const lengthBytes = this.#both32(this.#descriptor, 132, "path table length");
    const tables = [view.getUint32(140, true), view.getUint32(148, false)];
    for (const [index, startLba] of tables.entries()) {
      const what = `path table ${index === 0 ? "L" : "M"}`;
      if (!this.#isInside(startLba, lengthBytes, what)) continue;
      const lengthSectors = sectorsOf(lengthBytes);
      const label = `${LABELS[this.#view]} ${what}`;
      if (lengthSectors > 0) this.#structures.push({ startLba, lengthSectors, label });
      const bytes = new Uint8Array(lengthSectors * SECTOR_BYTES);
      this.#read(startLba, lengthSectors, bytes);
      this.#checkPathTable(bytes.subarray(0, lengthBytes), index === 0, directories, what);
    }
  }

  #checkPathTable(
    bytes: Uint8Array,
    littleEndian: boolean,
    directories: readonly Pending[],
    what: string,
  ): void {
    const view = viewOf(bytes);
    let offset = 0;
    for (const directory of directories) {
      if (offset + 9 > bytes.length) {
        return void this.#problems.push(`${what}: ends before ${directory.path}`);
      }
      const idBytes = bytes[offset]!;
      const isRoot = directory.parent === undefined;
      const identifier = isRoot
        ? getLatin1(bytes, offset + 8, offset + 9)
        : this.#identifier(bytes, offset + 8, Math.min(offset + 8 + idBytes, bytes.length));
      const startLba = view.getUint32(offset + 2, littleEndian) + bytes[offset + 1]!;
      const parent = view.getUint16(offset + 6, littleEndian);
      if (
        identifier !== directory.identifier || startLba !== directory.startLba ||
        parent !== (directory.parent?.number ?? 1)
      ) {
        return void this.#problems.push(
          `${what}: record ${directory.number} is not that of ${directory.path || "/"}`,
        );
      }
      offset += 8 + idBytes + (idBytes & 1);
    }
    if (offset !== bytes.length) this.#problems.push(`${what}: ${bytes.length - offset} bytes too many`);
  }

  /** The name as people know it: without version, and without the dot of a missing extension. */
  #nameOf(identifier: string, isDirectory: boolean): string {
    const text = this.#view === "joliet" ? identifier : textOfLatin1(identifier);
    const isWhole = isDirectory || this.#view === "iso1999";
    return isWhole ? text : text.replace(/;\d+$/, "").replace(/\.$/, "");
  }

  /** Separators come before every character of a name (ECMA-119 9.3 pads the shorter name with spaces). */
  #sortKey(identifier: string): string {
    return this.#view === "iso1999" ? identifier : identifier.replace(/;\d+$/, "");
  }

  /** An identifier; in ISO 9660:1999 a character for each byte, since their order is that of the bytes. */
  #identifier(bytes: Uint8Array, start: number, end: number): string {
    return this.#view === "joliet" ? getUtf16(bytes, start, end) : getLatin1(bytes, start, end);
  }

  #isInside(startLba: number, lengthBytes: number, what: string): boolean {
    if (lengthBytes === 0 || startLba + sectorsOf(lengthBytes) <= this.#sizeSectors) return true;
    this.#problems.push(`${what}: ${lengthBytes} bytes at LBA ${startLba} are not all inside the image`);
    return false;
  }

  #text(bytes: Uint8Array, start: number, end: number): string {
    if (this.#view === "joliet") return getUtf16(bytes, start, end);
    return this.#view === "iso9660" ? getLatin1(bytes, start, end) : textOf(bytes.subarray(start, end));
  }

  #both16(bytes: Uint8Array, offset: number, what: string): number {
    const value = bytes[offset]! | bytes[offset + 1]! << 8;
    if (value !== (bytes[offset + 2]! << 8 | bytes[offset + 3]!)) {
      this.#problems.push(`${what}: byte orders differ at ${offset}`);
    }
    return value;
  }

  /** By bytes: there are two for every record, and a DataView for each would cost more than they do. */
  #both32(bytes: Uint8Array, offset: number, what: string): number {
    const value =
      (bytes[offset]! | bytes[offset + 1]! << 8 | bytes[offset + 2]! << 16 | bytes[offset + 3]! << 24) >>> 0;
    const big =
      (bytes[offset + 4]! << 24 | bytes[offset + 5]! << 16 | bytes[offset + 6]! << 8 | bytes[offset + 7]!) >>>
      0;
    if (value !== big) this.#problems.push(`${what}: byte orders differ at ${offset}`);
    return value;
  }
}

function isSameOwner({ posix: a }: RockRidge, { posix: b }: RockRidge): boolean {
  return a?.mode === b?.mode && a?.uid === b?.uid && a?.gid === b?.gid;
}

/** 16 digits and quarter hours from UTC (ECMA-119 8.4.26.1). */
function isVolumeDate(bytes: Uint8Array, offset: number): boolean {
  const quarters = viewOf(bytes).getInt8(offset + 16);
  return /^\d{16}$/.test(getLatin1(bytes, offset, offset + 16)) && quarters >= -48 && quarters <= 52;
}

/** What is there and cannot be checked, since it cannot be read; what is outside of the image is a problem already. */
function unreadableNotes(entries: readonly VolumeEntry[]): readonly string[] {
  const notes = new ProblemList();
  for (const { path, unreadable } of entries) {
    if (unreadable !== undefined && unreadable !== OUTSIDE) {
      notes.push(`${path}: is ${unreadable}, whose content cannot be read`);
    }
  }
  return notes.list;
}

function rockRidgeEntry(
  entry: VolumeEntry,
  use: RockRidge,
  place: { path: string; isDirectory: boolean },
): VolumeEntry {
  const { posix, target, created, accessed, storedAs, zisofs } = use;
  const kind = place.isDirectory
    ? "directory"
    : target !== undefined
    ? "symlink"
    : kindOfMode(posix?.mode ?? 0) ?? "file";
  const hasContent = kind === "file" || kind === "directory";
  const unreadable = storedAs ?? entry.unreadable;
  return {
    path: place.path,
    // Only a record that says so is a directory; a mode that says otherwise has nothing to list.
    kind: kind === "directory" && !place.isDirectory ? "file" : kind,
    sizeBytes: hasContent ? use.sizeBytes ?? entry.sizeBytes : 0,
    extents: hasContent ? entry.extents : [],
    modified: use.modified ?? entry.modified,
    hidden: entry.hidden,
    ...(kind === "symlink" ? { target: target ?? "" } : {}),
    ...(created === undefined ? {} : { created }),
    ...(accessed === undefined ? {} : { accessed }),
    ...(posix === undefined ? {} : { posix }),
    ...(unreadable === undefined ? {} : { unreadable }),
    ...(zisofs === undefined || kind !== "file" ? {} : { compressed: zisofs }),
  };
}

/** The views whose records are those of ECMA-119. */
type PlainViewName = "iso9660" | "joliet" | "iso1999";

const LABELS: { readonly [view in PlainViewName]: string } = {
  iso9660: "ISO 9660",
  joliet: "Joliet",
  iso1999: "ISO 9660:1999",
};

const UTF8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** The text of bytes that came as one character each. */
function textOfLatin1(text: string): string {
  // deno-lint-ignore no-control-regex -- all of ASCII is meant
  if (/^[\x00-\x7f]*$/.test(text)) return text;
  return textOf(Uint8Array.from(text, (unit) => unit.charCodeAt(0)));
}

/**
 * Neither says ISO 9660:1999 what characters its bytes are, nor ISO 9660 of those that it does not allow: builders write
 * UTF-8; what is not that is ISO 8859-1.
 */
function textOf(bytes: Uint8Array): string {
  try {
    return UTF8.decode(bytes);
  } catch {
    return getLatin1(bytes, 0, bytes.length);
  }
}
