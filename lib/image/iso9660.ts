/**
 * The ISO 9660 view of a tree, and Joliet and ISO 9660:1999, which are the same with other names: directories and path
 * tables (ECMA-119 4th edition; Joliet Specification, 1995; ISO 9660:1999).
 *
 * A view holds its directories breadth-first, each level ordered by parent and identifier: that is the order of the
 * path table (ECMA-119 9.4), and the one in which programs that read an image as a stream need them on the disc.
 *
 * @module
 */
import {
  SECTOR_BYTES,
  sectorsOf,
  setLatin1,
  setRecordDate,
  setUint16Both,
  setUint32Both,
  setUtf16,
  viewOf,
} from "./binary.ts";
import { ImageError } from "./errors.ts";
import { directoryPath, fileOf, type Inventory, pathOf, PlannedDirectory } from "./layout.ts";
import {
  FILE_ID_BYTES,
  renderVolumeDescriptor,
  ROOT_RECORD_OFFSET,
  type VolumeDates,
  type VolumeText,
  type VolumeTexts,
} from "./iso9660_descriptor.ts";
import {
  enhancedIdentifiers,
  isoIdentifiers,
  jolietIdentifiers,
  type Named,
  type PackedNames,
  packNames,
  posixNames,
  unpackNames,
} from "./names.ts";
import {
  ISO_PATH_BYTES_MAX,
  JOLIET_PATH_BYTES_MAX,
  nameBytes,
  nameLimits,
  type PathNeed,
  pathNeeds,
} from "./joliet_paths.ts";
import {
  type Relocation,
  RockRidge,
  type RockRidgeNode,
  type RockRidgeStyle,
  type Split,
  splitEntries,
  type SystemUse,
  writeSplit,
} from "./rock_ridge.ts";
import { homeName, namesOfMoved, relocateDeep, type Relocations } from "./rock_ridge_relocation.ts";
import { SingleStructure, StructureExtent } from "./structure.ts";
import { createDirectory } from "./tree.ts";

/** The most bytes of a file section: the largest multiple of a sector that fits into 32 bits. */
export const SECTION_BYTES_MAX = 2 ** 32 - SECTOR_BYTES;

/** A directory in one view, and the extent of it. */
class ViewDirectory extends StructureExtent {
  /** Of the records. */
  lengthBytes = 0;
  /** Behind the records, for what they have no room for. */
  areaSectors = 0;
  startLba = 0;

  constructor(
    readonly view: IsoView,
    readonly directory: PlannedDirectory,
    readonly identifier: string,
    /** From 1, in the order of the path table. */
    readonly number: number,
    readonly parent: ViewDirectory | undefined,
    /** In the order of the records; the identifiers beside them. */
    readonly children: readonly RockRidgeNode[],
    readonly identifiers: PackedNames,
    /** The names of Rock Ridge beside them. */
    readonly names: PackedNames,
  ) {
    super();
  }

  /** With the continuation areas behind its records. */
  get lengthSectors(): number {
    return this.lengthBytes / SECTOR_BYTES + this.areaSectors;
  }
  get label(): string {
    return `${this.view.label} directory ${directoryPath(this.directory)}`;
  }
  render(target: Uint8Array): void {
    this.view.renderDirectory(this, target);
  }
}

/** Where the next record goes, while a directory is measured or written. */
interface RecordCursor {
  readonly view: ViewDirectory;
  /** Nothing while it is measured. */
  readonly target: Uint8Array | undefined;
  offset: number;
  /** Bytes of continuation areas so far. */
  areaBytes: number;
}

/** What a record says, its identifier and system use apart. */
interface RecordFields {
  readonly startLba: number;
  readonly lengthBytes: number;
  readonly date: Date;
  readonly flags: number;
}

/** Directory record (ECMA-119 9.1). */
const RECORD = {
  length: 0, //            9.1.1   8-bit
  extentLba: 2, //         9.1.3   32-bit both-byte order
  dataLengthBytes: 10, //  9.1.4   32-bit both-byte order
  recordingDate: 18, //    9.1.5   7 bytes
  fileFlags: 25, //        9.1.6   8-bit
  volumeSequence: 28, //   9.1.9   16-bit both-byte order
  identifierLength: 32, // 9.1.10  8-bit, bytes
  identifier: 33, //       9.1.11
} as const;

/** File flags (ECMA-119 9.1.6). */
const FLAG = { hidden: 0x01, directory: 0x02, multiExtent: 0x80 } as const;

const ROOT_RECORD_BYTES = 34;
const VERSION_UNITS = 2; // ";1"
const RECORD_BYTES_MAX = 254; // ECMA-119 9.1.1: one byte says its length, which is even

/** Files of the root that say more of a volume, by the names that people gave. */
export interface VolumeFileNames {
  readonly copyright: string | undefined;
  readonly abstract: string | undefined;
  readonly bibliographic: string | undefined;
}

/** The names and letters in which ISO 9660, Joliet and ISO 9660:1999 differ. */
export interface Flavor {
  readonly label: "ISO 9660" | "Joliet" | "ISO 9660:1999";
  readonly unitBytes: 1 | 2;
  /** Of the volume descriptor. */
  readonly descriptorType: 1 | 2;
  readonly version: 1 | 2;
  readonly text: VolumeText;
  /** What follows the identifier of a file: separator 2 and a version number (ECMA-119 7.5.1), or nothing. */
  readonly versionSuffix: ";1" | "";
  /** Identifiers without version; `limits` are the most units of each, where there are such. */
  identifiers(nodes: readonly Named[], limits?: readonly number[]): string[];
  /** The most units of an identifier, if paths are to be made shorter where they are too long. */
  readonly shortensFrom?: number;
  /** What Rock Ridge adds to the records. */
  readonly rockRidge?: RockRidgeStyle & {
    /** Whether directories of level 9 are moved up. */
    readonly relocates: boolean;
  };
}

/** ISO 9660 with names of this interchange level. */
export function isoFlavor(level: 1 | 2 | 3, rockRidge?: Flavor["rockRidge"]): Flavor {
  return {
    label: "ISO 9660",
    unitBytes: 1,
    descriptorType: 1,
    version: 1,
    text: "d-characters",
    versionSuffix: ";1",
    identifiers: (nodes) => isoIdentifiers(nodes, level),
    ...(rockRidge === undefined ? {} : { rockRidge }),
  };
}

/** Joliet at its level 3, the whole of UCS-2, with identifiers of so many units. */
export function jolietFlavor(unitsMax: number, shortensPaths: boolean): Flavor {
  return {
    label: "Joliet",
    unitBytes: 2,
    descriptorType: 2,
    version: 1,
    text: "utf-16",
    versionSuffix: ";1",
    identifiers: (nodes, limits = undefined) => jolietIdentifiers(nodes, limits ?? unitsMax),
    ...(shortensPaths ? { shortensFrom: unitsMax } : {}),
  };
}

/** ISO 9660:1999, which an enhanced volume descriptor adds: names of 207 bytes as they are, without version numbers. */
export function enhancedFlavor(): Flavor {
  return {
    label: "ISO 9660:1999",
    unitBytes: 1,
    descriptorType: 2,
    version: 2,
    text: "utf-8",
    versionSuffix: "",
    identifiers: enhancedIdentifiers,
  };
}

/** One view of the tree: its directories and path tables, with their places once they are given. */
export class IsoView {
  readonly #flavor: Flavor;
  readonly #timestamp: Date;
  readonly #directories: ViewDirectory[] = [];
  /** By the index that the inventory gives. */
  readonly #byIndex: ViewDirectory[];
  readonly #pathTableBytes: number;
  readonly #rockRidge: RockRidge | undefined;
  readonly #relocations: Relocations | undefined;
  /** What lies below each directory, by its index, if paths are to be made shorter. */
  readonly #needs: readonly PathNeed[] | undefined;
  #pathTableL = 0;
  #pathTableM = 0;

  /** Names and measures everything; throws when the path table cannot name a parent. */
  constructor(inventory: Inventory, flavor: Flavor, timestamp: Date) {
    this.#flavor = flavor;
    this.#timestamp = timestamp;
    this.#byIndex = new Array(inventory.directories.length);
    const root = inventory.directories[0]!;
    const { rockRidge } = flavor;
    if (rockRidge !== undefined) {
      this.#rockRidge = new RockRidge(rockRidge, inventory, timestamp);
      const home = new PlannedDirectory(createDirectory(homeName(root)), root, inventory.directories.length);
      if (rockRidge.relocates) this.#relocations = relocateDeep(inventory, home);
    }
    if (flavor.shortensFrom !== undefined) {
      this.#needs = pathNeeds(inventory.directories, flavor.shortensFrom);
    }
    this.#add(root, "\0", undefined);
    for (let at = 0; at < this.#directories.length; at++) {
      const view = this.#directories[at]!;
      if (!view.children.some((child) => child.isDirectory)) continue;
      const identifiers = unpackNames(view.identifiers, view.children);
      for (const [index, child] of view.children.entries()) {
        if (child.isDirectory) this.#add(child, identifiers[index]!, view);
      }
    }
    let bytes = 0;
    for (const { identifier } of this.#directories) bytes += this.#pathRecordBytes(identifier);
    this.#pathTableBytes = bytes;
  }

  /** Which view it is, for people. */
  get label(): string {
    return this.#flavor.label;
  }

  /** The paths that are longer than the view's standard allows: how many, and one of them as people know it. */
  longPaths(): { readonly count: number; readonly first: string | undefined } {
    const isJoliet = this.#flavor.unitBytes === 2;
    const bytesMax = isJoliet ? JOLIET_PATH_BYTES_MAX : ISO_PATH_BYTES_MAX;
    // ECMA-119 6.8.2.1 counts identifiers and directories; a file's with its version number.
    const bytesOf = (units: number, isDirectory: boolean): number =>
      isJoliet ? nameBytes(units, isDirectory) : units + (isDirectory ? 1 : VERSION_UNITS);
    const paths = new Array<number>(this.#directories.length).fill(0); // bytes, by the directory's number
    let count = 0;
    let first: string | undefined;
    for (const [index, view] of this.#directories.entries()) {
      if (view.parent !== undefined) {
        paths[index] = paths[view.parent.number - 1]! + bytesOf(view.identifier.length, true);
      }
      const identifiers = unpackNames(view.identifiers, view.children);
      for (const [at, child] of view.children.entries()) {
        const bytes = paths[index]! + bytesOf(identifiers[at]!.length, child.isDirectory);
        if (bytes <= bytesMax) continue;
        count++;
        first ??= pathOf(view.directory, child.name);
      }
    }
    return { count, first };
  }

  /** Gives the path tables their places; returns the sector behind them. */
  placePathTables(startLba: number): number {
    this.#pathTableL = startLba;
    this.#pathTableM = startLba + sectorsOf(this.#pathTableBytes);
    return this.#pathTableM + sectorsOf(this.#pathTableBytes);
  }

  /** Gives the directories their places; returns the sector behind them. */
  placeDirectories(startLba: number): number {
    let lba = startLba;
    for (const view of this.#directories) {
      view.startLba = lba;
      lba += view.lengthSectors;
    }
    return lba;
  }

  /** The path tables, in the order of their places. */
  *pathTableExtents(): Generator<StructureExtent> {
    const label = this.#flavor.label;
    const sectors = sectorsOf(this.#pathTableBytes);
    const table = (littleEndian: boolean) => (target: Uint8Array): void =>
      this.#renderPathTable(target, littleEndian);
    yield new SingleStructure(this.#pathTableL, sectors, `${label} path table L`, table(true));
    yield new SingleStructure(this.#pathTableM, sectors, `${label} path table M`, table(false));
  }

  /** The directories, in the order of their places. */
  directoryExtents(): readonly StructureExtent[] {
    return this.#directories;
  }

  /** Writes a directory and the continuation areas behind it. */
  renderDirectory(view: ViewDirectory, target: Uint8Array): void {
    const { children, identifiers, names } = view;
    this.#layOutRecords(view, {
      identifiers: unpackNames(identifiers, children),
      names: this.#rockRidge === undefined ? NO_NAMES : unpackNames(names, children),
    }, target);
  }

  /** Writes the volume descriptor of this view (ECMA-119 8.4, 8.5). */
  renderVolumeDescriptor(
    target: Uint8Array,
    volume: { texts: VolumeTexts; dates: VolumeDates; files: VolumeFileNames; sizeSectors: number },
  ): void {
    const { descriptorType: type, version, text } = this.#flavor;
    const { texts, dates, sizeSectors } = volume;
    const pathTable = {
      bytes: this.#pathTableBytes,
      littleLba: this.#pathTableL,
      bigLba: this.#pathTableM,
    };
    const files = {
      copyright: this.#idInRoot(volume.files.copyright),
      abstract: this.#idInRoot(volume.files.abstract),
      bibliographic: this.#idInRoot(volume.files.bibliographic),
    };
    renderVolumeDescriptor(target, { type, version, text, texts, files, dates, sizeSectors, pathTable });
    const fields = this.#directoryFields(this.#directories[0]!, false);
    this.#setRecord(target, ROOT_RECORD_OFFSET, ROOT_RECORD_BYTES, "\0", fields);
  }

  /** What the view calls a file of the root, as far as a descriptor has room for it. */
  #idInRoot(name: string | undefined): string {
    const { children, identifiers } = this.#directories[0]!;
    const index = name === undefined ? -1 : children.findIndex((child) => child.name === name);
    if (index < 0) return "";
    const identifier = unpackNames(identifiers, children)[index]! + this.#flavor.versionSuffix;
    return identifier.length * this.#flavor.unitBytes <= FILE_ID_BYTES ? identifier : "";
  }

  #add(directory: PlannedDirectory, identifier: string, parent: ViewDirectory | undefined): void {
    if (parent !== undefined && parent.number > 0xffff) {
      // ECMA-119 9.4.4: 16 bits for the number of the parent. Directories without directories have no such limit.
      const path = directoryPath(directory);
      throw new ImageError(
        "tooManyDirectories",
        `Cannot plan the image: "${path}" lies in directory number ${parent.number}, and ${this.#flavor.label} can ` +
          "name only 65535 as parents; leave that file system out or use fewer directories",
        { path },
      );
    }
    const held = this.#childrenOf(directory);
    const limits = this.#needs && nameLimits(this.#needs, held, {
      used: parent === undefined ? 0 : pathBytes(parent) + nameBytes(identifier.length, true),
      unitsMax: this.#flavor.shortensFrom!,
    });
    const ids = this.#flavor.identifiers(held, limits);
    let names = NO_NAMES;
    if (this.#rockRidge !== undefined) {
      names = this.#relocations?.home === directory ? namesOfMoved(this.#relocations) : posixNames(held);
    }
    const order = orderOf(ids);
    const [children, identifiers, namesInOrder] = order === undefined
      ? [held, ids, names]
      : [permuted(held, order), permuted(ids, order), permuted(names, order)];
    const view = new ViewDirectory(
      this,
      directory,
      identifier,
      this.#directories.length + 1,
      parent,
      children,
      packNames(identifiers, children),
      packNames(namesInOrder, children),
    );
    this.#directories.push(view);
    this.#byIndex[directory.index] = view;
    const cursor = this.#layOutRecords(view, { identifiers, names: namesInOrder }, undefined);
    view.lengthBytes = sectorsOf(cursor.offset) * SECTOR_BYTES;
    view.areaSectors = sectorsOf(cursor.areaBytes);
  }

  /** What a directory holds in this view: symbolic links are for Rock Ridge only. */
  #childrenOf(directory: PlannedDirectory): readonly RockRidgeNode[] {
    const { children } = directory;
    if (this.#rockRidge !== undefined) return this.#relocations?.children.get(directory) ?? children;
    return children.some((child) => child.kind === "symlink")
      ? children.filter((child) => child.kind !== "symlink")
      : children;
  }

  #recordBytes(idUnits: number): number {
    const bytes = RECORD.identifier + idUnits * this.#flavor.unitBytes;
    return bytes + (bytes & 1); // ECMA-119 9.1.12: the padding field makes it even
  }

  /** Goes through the records of a directory, to measure it or, with a target, to write it. */
  #layOutRecords(
    view: ViewDirectory,
    { identifiers, names }: { identifiers: readonly string[]; names: readonly string[] },
    target: Uint8Array | undefined,
  ): RecordCursor {
    const cursor: RecordCursor = { view, target, offset: 0, areaBytes: 0 };
    this.#putDots(cursor);
    const rockRidge = this.#rockRidge;
    const { versionSuffix } = this.#flavor;
    for (let index = 0; index < view.children.length; index++) {
      const child = view.children[index]!;
      const identifier = identifiers[index]!;
      const use = rockRidge?.ofEntry(child, names[index]!, this.#relocationOf(child, view));
      if (child.kind === "directory") {
        // While a directory is measured, those in it are not known yet.
        const fields = target &&
          this.#directoryFields(this.#byIndex[child.index]!, child.node.hidden ?? false);
        this.#put(cursor, identifier, identifier.length, use, fields);
      } else if (child.kind === "symlink" || child.kind === "relocated") {
        const { node } = child.kind === "symlink" ? child : child.directory;
        this.#put(cursor, identifier + versionSuffix, identifier.length + versionSuffix.length, use, {
          startLba: 0,
          lengthBytes: 0,
          date: node.modified ?? this.#timestamp,
          flags: node.hidden ? FLAG.hidden : 0,
        });
      } else {
        const file = fileOf(child);
        const count = sectionCount(file.sizeBytes);
        for (let section = 0; section < count; section++) {
          const startBytes = section * SECTION_BYTES_MAX;
          const fields = target && {
            startLba: file.startLba + startBytes / SECTOR_BYTES,
            lengthBytes: Math.min(file.sizeBytes - startBytes, SECTION_BYTES_MAX),
            date: file.node.modified ?? this.#timestamp,
            flags: (child.node.hidden ? FLAG.hidden : 0) | (section + 1 < count ? FLAG.multiExtent : 0),
          };
          const text = target === undefined ? identifier : identifier + versionSuffix;
          this.#put(cursor, text, identifier.length + versionSuffix.length, use, fields);
        }
      }
    }
    return cursor;
  }

  /** The records of the directory itself and of its parent. */
  #putDots(cursor: RecordCursor): void {
    const { view, target } = cursor;
    const parent = view.parent ?? view;
    const rockRidge = this.#rockRidge;
    this.#put(
      cursor,
      "\0",
      1,
      rockRidge?.ofDots(view.directory, view.parent === undefined),
      target && this.#directoryFields(view, false),
    );
    const treeParent = view.directory.parent;
    const isMoved = treeParent !== undefined && treeParent !== parent.directory;
    const relocation: Relocation | undefined = isMoved
      ? { signature: "PL", lba: this.#byIndex[treeParent.index]?.startLba ?? 0 }
      : undefined;
    this.#put(
      cursor,
      "\x01",
      1,
      rockRidge?.ofDots(parent.directory, false, relocation),
      target && this.#directoryFields(parent, false),
    );
  }

  #relocationOf(child: RockRidgeNode, view: ViewDirectory): Relocation | undefined {
    if (child.kind === "relocated") {
      return { signature: "CL", lba: this.#byIndex[child.directory.index]?.startLba ?? 0 };
    }
    return view.directory === this.#relocations?.home ? { signature: "RE", lba: 0 } : undefined;
  }

  /** Puts a record where it has room; `fields` are there if there is a target. */
  #put(
    cursor: RecordCursor,
    identifier: string,
    idUnits: number,
    use: SystemUse | undefined,
    fields: RecordFields | undefined,
  ): void {
    const { view, target } = cursor;
    const isSpecial = identifier === "\0" || identifier === "\x01";
    const plainBytes = isSpecial ? ROOT_RECORD_BYTES : this.#recordBytes(idUnits);
    let bytes = plainBytes;
    let split: Split | undefined;
    if (use !== undefined) {
      split = splitEntries(use, RECORD_BYTES_MAX - plainBytes, cursor.areaBytes);
      bytes += split.recordBytes + (split.recordBytes & 1);
      cursor.areaBytes = split.areaBytes;
    }
    const offset = recordOffset(cursor.offset, bytes);
    cursor.offset = offset + bytes;
    if (target === undefined || fields === undefined) return;
    this.#setRecord(target, offset, bytes, identifier, fields);
    if (use === undefined || split === undefined) return;
    const areas = { offset: view.lengthBytes, startLba: view.startLba + view.lengthBytes / SECTOR_BYTES };
    writeSplit(target, offset + plainBytes, use, split, areas);
  }

  #directoryFields(view: ViewDirectory, hidden: boolean): RecordFields {
    return {
      startLba: view.startLba,
      lengthBytes: view.lengthBytes,
      date: view.directory.node.modified ?? this.#timestamp,
      flags: FLAG.directory | (hidden ? FLAG.hidden : 0),
    };
  }

  #setRecord(
    target: Uint8Array,
    offset: number,
    lengthBytes: number,
    identifier: string,
    record: RecordFields,
  ): void {
    // "\0" and "\x01" stand for the directory itself and its parent and take one byte in Joliet, too (ECMA-119 7.6.2).
    const isSpecial = identifier === "\0" || identifier === "\x01";
    const idBytes = isSpecial ? 1 : identifier.length * this.#flavor.unitBytes;
    target[offset + RECORD.length] = lengthBytes;
    setUint32Both(target, offset + RECORD.extentLba, record.startLba);
    setUint32Both(target, offset + RECORD.dataLengthBytes, record.lengthBytes);
    setRecordDate(target, offset + RECORD.recordingDate, record.date);
    target[offset + RECORD.fileFlags] = record.flags;
    setUint16Both(target, offset + RECORD.volumeSequence, 1);
    target[offset + RECORD.identifierLength] = idBytes;
    this.#setIdentifier(target, offset + RECORD.identifier, identifier, isSpecial);
  }

  #setIdentifier(target: Uint8Array, offset: number, identifier: string, isSpecial: boolean): void {
    if (this.#flavor.unitBytes === 1 || isSpecial) setLatin1(target, offset, identifier);
    else setUtf16(target, offset, identifier);
  }

  #pathRecordBytes(identifier: string): number {
    const idBytes = identifier === "\0" ? 1 : identifier.length * this.#flavor.unitBytes;
    return 8 + idBytes + (idBytes & 1);
  }

  /** Path table (ECMA-119 9.4); `littleEndian` is type L. */
  #renderPathTable(target: Uint8Array, littleEndian: boolean): void {
    const view = viewOf(target);
    let offset = 0;
    for (const { identifier, startLba, parent } of this.#directories) {
      const isRoot = parent === undefined;
      target[offset] = isRoot ? 1 : identifier.length * this.#flavor.unitBytes;
      view.setUint32(offset + 2, startLba, littleEndian);
      view.setUint16(offset + 6, parent?.number ?? 1, littleEndian);
      this.#setIdentifier(target, offset + 8, identifier, isRoot);
      offset += this.#pathRecordBytes(identifier);
    }
  }
}

const NO_NAMES: readonly string[] = [];

/** What the path of a directory takes in Joliet, the root's nothing. */
function pathBytes(view: ViewDirectory): number {
  let bytes = 0;
  for (let at = view; at.parent !== undefined; at = at.parent) bytes += nameBytes(at.identifier.length, true);
  return bytes;
}

/** The order of identifiers by their units; undefined if that is the one in which they are. */
function orderOf(identifiers: readonly string[]): readonly number[] | undefined {
  if (identifiers.every((identifier, at) => at === 0 || identifiers[at - 1]! < identifier)) return undefined;
  return identifiers.map((_, index) => index).sort((a, b) =>
    identifiers[a]! < identifiers[b]! ? -1 : identifiers[a]! > identifiers[b]! ? 1 : 0
  );
}

function permuted<T>(items: readonly T[], order: readonly number[]): readonly T[] {
  return items.length === 0 ? items : order.map((index) => items[index]!);
}

/** A record never crosses a sector (ECMA-119 6.8.1.1). */
function recordOffset(offset: number, bytes: number): number {
  const used = offset % SECTOR_BYTES;
  return used + bytes > SECTOR_BYTES ? offset - used + SECTOR_BYTES : offset;
}

/** The number of file sections, at least one. */
function sectionCount(sizeBytes: number): number {
  return Math.max(1, Math.ceil(sizeBytes / SECTION_BYTES_MAX));
}
