/**
 * The ISO 9660 view of a tree, and Joliet, which is the same with other names: directories, path tables and volume
 * descriptors (ECMA-119 4th edition; Joliet Specification, 1995).
 *
 * A view holds its directories breadth-first, each level ordered by parent and identifier: that is the order of the
 * path table (ECMA-119 9.4), and the one in which programs that read an image as a stream need them on the disc.
 *
 * @module
 */
import {
  cutUnits,
  SECTOR_BYTES,
  sectorsOf,
  setLatin1,
  setRecordDate,
  setUint16Both,
  setUint32Both,
  setUtf16,
  setVolumeDate,
  viewOf,
} from "./binary.ts";
import { ImageError } from "./errors.ts";
import { directoryPath, type Inventory, type PlannedDirectory, type PlannedFile } from "./layout.ts";
import { isoIdentifiers, jolietIdentifiers, toACharacters, toDCharacters } from "./names.ts";
import { StructureExtent } from "./structure.ts";

/** The most bytes of a file section: the largest multiple of a sector that fits into 32 bits. */
export const SECTION_BYTES_MAX = 2 ** 32 - SECTOR_BYTES;

/** What a volume says about itself. */
export interface VolumeTexts {
  readonly volumeName: string;
  readonly systemId: string;
  readonly volumeSetId: string;
  readonly publisherId: string;
  readonly preparerId: string;
  readonly applicationId: string;
}

/** A directory in one view. */
interface ViewDirectory {
  readonly directory: PlannedDirectory;
  readonly identifier: string;
  /** From 1, in the order of the path table. */
  readonly number: number;
  readonly parent: ViewDirectory | undefined;
  /** In the order of the records; the identifiers beside them. */
  readonly children: readonly (PlannedFile | PlannedDirectory)[];
  readonly identifiers: readonly string[];
  readonly lengthBytes: number;
  startLba: number;
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

/** Volume descriptor, primary and supplementary (ECMA-119 8.4, 8.5). */
const VOLUME = {
  type: 0, //                    8.4.1   8-bit
  standardIdentifier: 1, //      8.4.2   "CD001"
  version: 6, //                 8.4.3   8-bit
  systemId: 8, //                8.4.5   32 characters
  volumeId: 40, //               8.4.6   32 characters
  volumeSpaceSectors: 80, //     8.4.8   32-bit both-byte order
  escapeSequences: 88, //        8.5.6   32 bytes, of a supplementary descriptor
  volumeSetSize: 120, //         8.4.10  16-bit both-byte order
  volumeSequence: 124, //        8.4.11  16-bit both-byte order
  logicalBlockBytes: 128, //     8.4.12  16-bit both-byte order
  pathTableBytes: 132, //        8.4.13  32-bit both-byte order
  pathTableL: 140, //            8.4.14  32-bit, least significant byte first
  pathTableM: 148, //            8.4.16  32-bit, most significant byte first
  rootRecord: 156, //            8.4.18  34 bytes
  volumeSetId: 190, //           8.4.19  128 characters
  publisherId: 318, //           8.4.20  128 characters
  preparerId: 446, //            8.4.21  128 characters
  applicationId: 574, //         8.4.22  128 characters
  copyrightFileId: 702, //       8.4.23  37 characters
  abstractFileId: 739, //        8.4.24  37 characters
  bibliographicFileId: 776, //   8.4.25  37 characters
  creationDate: 813, //          8.4.26  17 bytes
  modificationDate: 830, //      8.4.27  17 bytes
  expirationDate: 847, //        8.4.28  17 bytes
  effectiveDate: 864, //         8.4.29  17 bytes
  fileStructureVersion: 881, //  8.4.30  8-bit
} as const;

const VERSION = ";1"; // ECMA-119 7.5.1: separator 2 and the version number; files have one, directories none
const ROOT_RECORD_BYTES = 34;

/** The names and letters in which ISO 9660 and Joliet differ. */
export interface Flavor {
  readonly label: "ISO 9660" | "Joliet";
  readonly unitBytes: 1 | 2;
  /** Of the volume descriptor. */
  readonly descriptorType: 1 | 2;
  /** Identifiers without version. */
  identifiers(nodes: readonly (PlannedFile | PlannedDirectory)[]): string[];
}

/** ISO 9660 with names of this interchange level. */
export function isoFlavor(level: 1 | 2 | 3): Flavor {
  return {
    label: "ISO 9660",
    unitBytes: 1,
    descriptorType: 1,
    identifiers: (nodes) => isoIdentifiers(nodes, level),
  };
}

/** Joliet at its level 3, the whole of UCS-2. */
export const JOLIET_FLAVOR: Flavor = {
  label: "Joliet",
  unitBytes: 2,
  descriptorType: 2,
  identifiers: jolietIdentifiers,
};

/** One view of the tree: its directories and path tables, with their places once they are given. */
export class IsoView {
  readonly #flavor: Flavor;
  readonly #timestamp: Date;
  readonly #directories: ViewDirectory[] = [];
  /** By the index that the inventory gives. */
  readonly #byIndex: ViewDirectory[];
  readonly #pathTableBytes: number;
  #pathTableL = 0;
  #pathTableM = 0;

  /** Names and measures everything; throws when the path table cannot name a parent. */
  constructor(inventory: Inventory, flavor: Flavor, timestamp: Date) {
    this.#flavor = flavor;
    this.#timestamp = timestamp;
    this.#byIndex = new Array(inventory.directories.length);
    this.#add(inventory.directories[0]!, "\0", undefined);
    for (let at = 0; at < this.#directories.length; at++) {
      const view = this.#directories[at]!;
      for (const [index, child] of view.children.entries()) {
        if (child.isDirectory) this.#add(child, view.identifiers[index]!, view);
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
      lba += view.lengthBytes / SECTOR_BYTES;
    }
    return lba;
  }

  /** The path tables, in the order of their places. */
  *pathTableExtents(): Generator<StructureExtent> {
    const label = this.#flavor.label;
    const sectors = sectorsOf(this.#pathTableBytes);
    const table = (littleEndian: boolean) => (target: Uint8Array): void =>
      this.#renderPathTable(target, littleEndian);
    yield new StructureExtent(this.#pathTableL, sectors, `${label} path table L`, table(true));
    yield new StructureExtent(this.#pathTableM, sectors, `${label} path table M`, table(false));
  }

  /** The directories, in the order of their places. */
  *directoryExtents(): Generator<StructureExtent> {
    const label = this.#flavor.label;
    for (const view of this.#directories) {
      const render = (target: Uint8Array): void => this.#renderDirectory(target, view);
      const name = (): string => `${label} directory ${directoryPath(view.directory)}`;
      yield new StructureExtent(view.startLba, view.lengthBytes / SECTOR_BYTES, name, render);
    }
  }

  /** Writes the volume descriptor of this view (ECMA-119 8.4, 8.5). */
  renderVolumeDescriptor(target: Uint8Array, texts: VolumeTexts, sizeSectors: number): void {
    const view = viewOf(target);
    const isJoliet = this.#flavor.unitBytes === 2;
    target[VOLUME.type] = this.#flavor.descriptorType;
    setLatin1(target, VOLUME.standardIdentifier, "CD001");
    target[VOLUME.version] = 1;
    this.#setPadded(target, VOLUME.systemId, 32, texts.systemId);
    this.#setPadded(target, VOLUME.volumeId, 32, texts.volumeName);
    setUint32Both(view, VOLUME.volumeSpaceSectors, sizeSectors);
    if (isJoliet) setLatin1(target, VOLUME.escapeSequences, "%/E"); // UCS-2 level 3
    setUint16Both(view, VOLUME.volumeSetSize, 1);
    setUint16Both(view, VOLUME.volumeSequence, 1);
    setUint16Both(view, VOLUME.logicalBlockBytes, SECTOR_BYTES);
    setUint32Both(view, VOLUME.pathTableBytes, this.#pathTableBytes);
    view.setUint32(VOLUME.pathTableL, this.#pathTableL, true);
    view.setUint32(VOLUME.pathTableM, this.#pathTableM, false);
    this.#setDirectoryRecord(target, VOLUME.rootRecord, this.#directories[0]!, "\0");
    this.#setPadded(target, VOLUME.volumeSetId, 128, texts.volumeSetId);
    this.#setPadded(target, VOLUME.publisherId, 128, texts.publisherId);
    this.#setPadded(target, VOLUME.preparerId, 128, texts.preparerId);
    this.#setPadded(target, VOLUME.applicationId, 128, texts.applicationId);
    for (const at of [VOLUME.copyrightFileId, VOLUME.abstractFileId, VOLUME.bibliographicFileId]) {
      this.#setPadded(target, at, 37, "");
    }
    setVolumeDate(target, VOLUME.creationDate, this.#timestamp);
    setVolumeDate(target, VOLUME.modificationDate, this.#timestamp);
    setVolumeDate(target, VOLUME.expirationDate, undefined);
    setVolumeDate(target, VOLUME.effectiveDate, undefined);
    target[VOLUME.fileStructureVersion] = 1;
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
    const ids = this.#flavor.identifiers(directory.children);
    const order = directory.children.map((_, index) => index)
      .sort((a, b) => ids[a]! < ids[b]! ? -1 : ids[a]! > ids[b]! ? 1 : 0);
    const children = order.map((index) => directory.children[index]!);
    const identifiers = order.map((index) => ids[index]!);
    const lengthBytes = this.#directoryBytes(children, identifiers);
    const view: ViewDirectory = {
      directory,
      identifier,
      number: this.#directories.length + 1,
      parent,
      children,
      identifiers,
      lengthBytes,
      startLba: 0,
    };
    this.#directories.push(view);
    this.#byIndex[directory.index] = view;
  }

  #directoryBytes(
    children: readonly (PlannedFile | PlannedDirectory)[],
    identifiers: readonly string[],
  ): number {
    let offset = 2 * ROOT_RECORD_BYTES;
    for (const [index, child] of children.entries()) {
      const bytes = this.#recordBytes(child, identifiers[index]!);
      for (let left = child.isDirectory ? 1 : sectionCount(child.sizeBytes); left > 0; left--) {
        offset = recordOffset(offset, bytes) + bytes;
      }
    }
    return sectorsOf(offset) * SECTOR_BYTES;
  }

  #recordBytes(child: PlannedFile | PlannedDirectory, identifier: string): number {
    const units = identifier.length + (child.isDirectory ? 0 : VERSION.length);
    const bytes = RECORD.identifier + units * this.#flavor.unitBytes;
    return bytes + (bytes & 1); // ECMA-119 9.1.12: the padding field makes it even
  }

  #renderDirectory(target: Uint8Array, view: ViewDirectory): void {
    this.#setDirectoryRecord(target, 0, view, "\0");
    this.#setDirectoryRecord(target, ROOT_RECORD_BYTES, view.parent ?? view, "\x01");
    let offset = 2 * ROOT_RECORD_BYTES;
    for (const [index, child] of view.children.entries()) {
      const identifier = view.identifiers[index]!;
      const bytes = this.#recordBytes(child, identifier);
      if (child.isDirectory) {
        offset = recordOffset(offset, bytes);
        this.#setDirectoryRecord(target, offset, this.#byIndex[child.index]!, identifier);
        offset += bytes;
        continue;
      }
      const count = sectionCount(child.sizeBytes);
      for (let section = 0; section < count; section++) {
        offset = recordOffset(offset, bytes);
        const startBytes = section * SECTION_BYTES_MAX;
        this.#setRecord(target, offset, identifier + VERSION, {
          startLba: child.startLba + startBytes / SECTOR_BYTES,
          lengthBytes: Math.min(child.sizeBytes - startBytes, SECTION_BYTES_MAX),
          date: child.node.modified ?? this.#timestamp,
          flags: (child.node.hidden ? FLAG.hidden : 0) | (section + 1 < count ? FLAG.multiExtent : 0),
        });
        offset += bytes;
      }
    }
  }

  #setDirectoryRecord(target: Uint8Array, offset: number, view: ViewDirectory, identifier: string): void {
    const { node } = view.directory;
    this.#setRecord(target, offset, identifier, {
      startLba: view.startLba,
      lengthBytes: view.lengthBytes,
      date: node.modified ?? this.#timestamp,
      flags: FLAG.directory | (node.hidden && identifier > "\x01" ? FLAG.hidden : 0),
    });
  }

  #setRecord(
    target: Uint8Array,
    offset: number,
    identifier: string,
    record: { startLba: number; lengthBytes: number; date: Date; flags: number },
  ): void {
    // "\0" and "\x01" stand for the directory itself and its parent and take one byte in Joliet, too (ECMA-119 7.6.2).
    const isSpecial = identifier === "\0" || identifier === "\x01";
    const idBytes = isSpecial ? 1 : identifier.length * this.#flavor.unitBytes;
    const bytes = RECORD.identifier + idBytes + (idBytes & 1 ^ 1);
    const view = viewOf(target);
    target[offset + RECORD.length] = bytes;
    setUint32Both(view, offset + RECORD.extentLba, record.startLba);
    setUint32Both(view, offset + RECORD.dataLengthBytes, record.lengthBytes);
    setRecordDate(target, offset + RECORD.recordingDate, record.date);
    target[offset + RECORD.fileFlags] = record.flags;
    setUint16Both(view, offset + RECORD.volumeSequence, 1);
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

  #setPadded(target: Uint8Array, offset: number, lengthBytes: number, text: string): void {
    if (this.#flavor.unitBytes === 1) {
      const isVolumeId = offset === VOLUME.volumeId || offset === VOLUME.volumeSetId;
      const allowed = isVolumeId ? toDCharacters(text).replaceAll(".", "_") : toACharacters(text);
      setLatin1(target, offset, allowed.slice(0, lengthBytes).padEnd(lengthBytes));
    } else {
      const units = lengthBytes >> 1; // the odd byte of the 37-byte fields stays zero
      setUtf16(target, offset, cutUnits(text, units).padEnd(units));
    }
  }
}

/** Volume descriptor set terminator (ECMA-119 8.3). */
export function renderTerminator(target: Uint8Array): void {
  target[VOLUME.type] = 255;
  setLatin1(target, VOLUME.standardIdentifier, "CD001");
  target[VOLUME.version] = 1;
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
