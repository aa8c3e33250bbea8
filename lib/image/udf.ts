/**
 * The UDF 1.02 view of a tree (UDF 1.02 over ECMA-167 3rd edition with NSR02).
 *
 * Places that the standard or custom fixes come first: recognition sequence at 16, behind ISO 9660's descriptors if
 * there are any; main and reserve volume descriptor sequence at 32 and 48; integrity sequence at 64; anchor at 256.
 * The one partition starts at 257 and ends before the last sector, which is the second anchor. In it lie the file set,
 * one file entry for every directory and file, the directories, and the files' content, shared with the other views.
 *
 * @module
 */
import { SECTOR_BYTES, sectorsOf, setLatin1, setUint64, viewOf } from "./binary.ts";
import {
  directoryPath,
  fileOf,
  type Inventory,
  type PlannedDirectory,
  type PlannedFile,
  type PlannedNode,
  type PlannedSymlink,
} from "./layout.ts";
import { udfIdentifiers } from "./names.ts";
import { StructureExtent } from "./structure.ts";
import type { NodeAttributes, NodeTimes } from "./tree.ts";
import {
  CHARACTERISTIC,
  compressedUnicodeBytes,
  EXTENT_BYTES_MAX,
  IMPLEMENTATION,
  setCharacterSet,
  setCompressedUnicode,
  setDstring,
  setEntity,
  setExtentAd,
  setLongAd,
  setTag,
  setTimestamp,
  TAG,
  TAG_BYTES,
  UDF_REVISION,
  UDF_SUFFIX,
} from "./udf_structures.ts";

const MAIN_SEQUENCE_LBA = 32;
const RESERVE_SEQUENCE_LBA = 48;
const SEQUENCE_SECTORS = 16; // UDF 2.2.3.1: at least
const INTEGRITY_LBA = 64;
const INTEGRITY_SECTORS = 4; // 8 KiB, UDF 2.2.4.6
const ANCHOR_LBA = 256;
/** The first sector of the partition. */
export const PARTITION_LBA = 257;
/** The recognition sequence needs three sectors before the volume descriptor sequences. */
const RECOGNITION_SECTORS = 3;

const FILE_SET_BLOCK = 0;
const FIRST_ENTRY_BLOCK = 2; // behind the file set's terminator
const UNIQUE_ID_FIRST = 16; // UDF 3.2.1.1: those below are reserved; the root has 0

/** File identifier descriptor (ECMA-167 4/14.4). */
const FID = {
  version: 16, //           14.4.2  16-bit
  characteristics: 18, //   14.4.3  8-bit
  identifierLength: 19, //  14.4.4  8-bit
  icb: 20, //               14.4.5  long_ad
  implementationLength: 36, // 14.4.6  16-bit
  identifier: 38, //        14.4.8
} as const;

/** File entry (ECMA-167 4/14.9). */
const ENTRY = {
  icbStrategy: 20, //          14.6.2   16-bit, in the ICB tag at 16
  icbEntriesMax: 24, //        14.6.4   16-bit
  icbFileType: 27, //          14.6.6   8-bit
  icbFlags: 34, //             14.6.8   16-bit
  uid: 36, //                  14.9.3   32-bit
  gid: 40, //                  14.9.4   32-bit
  permissions: 44, //          14.9.5   32-bit
  linkCount: 48, //            14.9.6   16-bit
  informationBytes: 56, //     14.9.10  64-bit
  blocksRecorded: 64, //       14.9.11  64-bit
  accessTime: 72, //           14.9.12  timestamp
  modificationTime: 84, //     14.9.13  timestamp
  attributeTime: 96, //        14.9.14  timestamp
  checkpoint: 108, //          14.9.15  32-bit
  implementationId: 128, //    14.9.17  entity
  uniqueId: 160, //            14.9.18  64-bit
  attributesLength: 168, //    14.9.19  32-bit
  allocationLength: 172, //    14.9.20  32-bit
  attributes: 176, //          14.9.21
} as const;

const FILE_TYPE = { directory: 4, file: 5, symlink: 12 } as const; // ECMA-167 4/14.6.6

/** Flags of the ICB tag (ECMA-167 4/14.6.8): descriptors are short, or the content itself lies in their place. */
const ICB_FLAG = {
  shortDescriptors: 0,
  embedded: 3,
  setUid: 1 << 6,
  setGid: 1 << 7,
  sticky: 1 << 8,
} as const;

/** Read and execute for everybody, in three groups of five bits (ECMA-167 4/14.9.5). */
const PERMISSIONS = 0x05 | 0x05 << 5 | 0x05 << 10;

const SHORT_AD_BYTES = 8;
const CREATION_TIME_BYTES = 24 + 32; // header of the extended attributes, and the one attribute
/** With room for the creation time, whether or not a file has one. */
const ENTRY_ADS_MAX = (SECTOR_BYTES - ENTRY.attributes - CREATION_TIME_BYTES) / SHORT_AD_BYTES;
/** The most content in a file entry, with room for the creation time. */
const EMBEDDED_BYTES_MAX = SECTOR_BYTES - ENTRY.attributes - CREATION_TIME_BYTES;
const ALLOCATION_EXTENT_HEADER_BYTES = 24; // ECMA-167 4/14.5
const ALLOCATION_EXTENT_ADS_MAX = (SECTOR_BYTES - ALLOCATION_EXTENT_HEADER_BYTES) / SHORT_AD_BYTES;
const CONTINUATION = 3 * 2 ** 30; // ECMA-167 4/14.14.1.1: the next extent of allocation descriptors

/** What the volume says about itself, and the size that it turned out to have. */
export interface UdfVolume {
  readonly volumeName: string;
  /** Begins with 16 characters that are unlike those of other volumes (UDF 2.2.2.5). */
  readonly volumeSetId: string;
  readonly applicationId: string;
  readonly sizeSectors: number;
}

interface UdfDirectory {
  readonly directory: PlannedDirectory;
  /** Beside the directory's children. */
  readonly identifiers: readonly string[];
  readonly lengthBytes: number;
  startLba: number;
}

/** The UDF view: file entries and directories, with their places once they are given. */
export class UdfView {
  readonly #inventory: Inventory;
  readonly #timestamp: Date;
  readonly #directories: UdfDirectory[];
  /** First block of allocation descriptors that did not fit into the file entry, for the few files that have some. */
  readonly #continuations = new Map<PlannedFile, number>();
  #fileEntriesBlock = 0;
  /** The content of symbolic links, as long as their entries have no room for it; the first block of those. */
  readonly #longTargets = new Map<PlannedSymlink, number>();
  #symlinkEntriesBlock = 0;

  /** Names and measures everything. */
  constructor(inventory: Inventory, timestamp: Date) {
    this.#inventory = inventory;
    this.#timestamp = timestamp;
    this.#directories = inventory.directories.map((directory) => {
      const identifiers = udfIdentifiers(directory.children);
      let lengthBytes = fidBytes("");
      for (const identifier of identifiers) lengthBytes += fidBytes(identifier);
      return { directory, identifiers, lengthBytes, startLba: 0 };
    });
  }

  /** Gives everything in the partition its place but the files' content; returns the sector behind it. */
  place(): number {
    let lba = PARTITION_LBA + FIRST_ENTRY_BLOCK + this.#directories.length;
    for (const directory of this.#directories) {
      directory.startLba = lba;
      lba += sectorsOf(directory.lengthBytes);
    }
    this.#fileEntriesBlock = lba - PARTITION_LBA;
    lba += this.#inventory.files.length;
    for (const file of this.#inventory.files) {
      const blocks = continuationBlocks(file.sizeBytes);
      if (blocks === 0) continue;
      this.#continuations.set(file, lba - PARTITION_LBA);
      lba += blocks;
    }
    this.#symlinkEntriesBlock = lba - PARTITION_LBA;
    lba += this.#inventory.symlinks.length;
    for (const symlink of this.#inventory.symlinks) {
      const { length } = pathComponents(symlink.node.target);
      if (length <= EMBEDDED_BYTES_MAX) continue;
      this.#longTargets.set(symlink, lba - PARTITION_LBA);
      lba += sectorsOf(length);
    }
    return lba;
  }

  /** What lies before the partition, in the order of places; the recognition sequence starts at `recognitionLba`. */
  *volumeExtents(recognitionLba: number, volume: UdfVolume): Generator<StructureExtent> {
    yield new StructureExtent(
      recognitionLba,
      RECOGNITION_SECTORS,
      "UDF recognition sequence",
      renderRecognition,
    );
    for (const lba of [MAIN_SEQUENCE_LBA, RESERVE_SEQUENCE_LBA]) {
      const label = `UDF ${lba === MAIN_SEQUENCE_LBA ? "main" : "reserve"} volume descriptor sequence`;
      const render = (target: Uint8Array): void => this.#renderVolumeSequence(target, lba, volume);
      yield new StructureExtent(lba, SEQUENCE_SECTORS, label, render);
    }
    yield new StructureExtent(INTEGRITY_LBA, INTEGRITY_SECTORS, "UDF integrity sequence", (target) => {
      this.#renderIntegrity(target, volume);
    });
    yield anchorExtent(ANCHOR_LBA);
  }

  /** What lies in the partition before the files' content, in the order of places. */
  *partitionExtents(volume: UdfVolume): Generator<StructureExtent> {
    yield new StructureExtent(PARTITION_LBA, FIRST_ENTRY_BLOCK, "UDF file set", (target) => {
      this.#renderFileSet(target, volume);
    });
    const first = PARTITION_LBA + FIRST_ENTRY_BLOCK;
    const entries = (target: Uint8Array, from: number): void => this.#renderDirectoryEntries(target, from);
    yield new StructureExtent(first, this.#directories.length, "UDF entries of directories", entries, true);
    for (const directory of this.#directories) {
      const label = (): string => `UDF directory ${directoryPath(directory.directory)}`;
      const render = (target: Uint8Array): void => this.#renderDirectory(target, directory);
      yield new StructureExtent(directory.startLba, sectorsOf(directory.lengthBytes), label, render);
    }
    const { files } = this.#inventory;
    if (files.length > 0) {
      const start = PARTITION_LBA + this.#fileEntriesBlock;
      const render = (target: Uint8Array, from: number): void => this.#renderFileEntries(target, from);
      yield new StructureExtent(start, files.length, "UDF entries of files", render, true);
    }
    for (const [file, block] of this.#continuations) {
      const label = (): string => `UDF allocation descriptors of ${file.path}`;
      const render = (target: Uint8Array): void => renderContinuations(target, file, block);
      yield new StructureExtent(PARTITION_LBA + block, continuationBlocks(file.sizeBytes), label, render);
    }
    const { symlinks } = this.#inventory;
    if (symlinks.length > 0) {
      const start = PARTITION_LBA + this.#symlinkEntriesBlock;
      const render = (target: Uint8Array, from: number): void => this.#renderSymlinkEntries(target, from);
      yield new StructureExtent(start, symlinks.length, "UDF entries of symbolic links", render, true);
    }
    for (const [symlink, block] of this.#longTargets) {
      const content = pathComponents(symlink.node.target);
      const label = (): string => `UDF symbolic link ${symlink.path}`;
      const render = (target: Uint8Array): void => target.set(content);
      yield new StructureExtent(PARTITION_LBA + block, sectorsOf(content.length), label, render);
    }
  }

  #directoryEntryBlock(directory: PlannedDirectory): number {
    return FIRST_ENTRY_BLOCK + directory.index;
  }

  #entryBlock(node: PlannedNode): number {
    switch (node.kind) {
      case "directory":
        return this.#directoryEntryBlock(node);
      case "symlink":
        return this.#symlinkEntriesBlock + node.index;
      default:
        return this.#fileEntriesBlock + fileOf(node).index;
    }
  }

  #renderVolumeSequence(target: Uint8Array, lba: number, volume: UdfVolume): void {
    const descriptors: ((sector: Uint8Array, number: number) => [identifier: number, lengthBytes: number])[] =
      [
        (sector, number) => renderPrimary(sector, number, volume, this.#timestamp),
        (sector, number) => renderImplementationUse(sector, number, volume),
        (sector, number) => renderPartition(sector, number, volume),
        (sector, number) => renderLogicalVolume(sector, number, volume),
        (sector, number) => renderUnallocated(sector, number),
        () => [TAG.terminating, 512],
      ];
    for (const [index, render] of descriptors.entries()) {
      const sector = target.subarray(index * SECTOR_BYTES, (index + 1) * SECTOR_BYTES);
      const [identifier, lengthBytes] = render(sector, index + 1);
      setTag(sector, 0, { identifier, location: lba + index, lengthBytes });
    }
  }

  /** Logical volume integrity descriptor (ECMA-167 3/10.10, UDF 2.2.6), closed, and a terminator. */
  #renderIntegrity(target: Uint8Array, volume: UdfVolume): void {
    const view = viewOf(target);
    const { directories, files, symlinks, fileNameCount } = this.#inventory;
    setTimestamp(target, 16, this.#timestamp);
    view.setUint32(28, 1, true); // close
    const nextUniqueId = UNIQUE_ID_FIRST + directories.length + files.length + symlinks.length;
    setUint64(view, 40, nextUniqueId);
    view.setUint32(72, 1, true); // partitions
    view.setUint32(76, 46, true); // length of implementation use
    view.setUint32(80, 0, true); // free blocks
    view.setUint32(84, partitionSectors(volume), true);
    setEntity(target, 88, IMPLEMENTATION);
    view.setUint32(120, fileNameCount + symlinks.length, true);
    view.setUint32(124, directories.length, true);
    view.setUint16(128, UDF_REVISION, true); // least to read
    view.setUint16(130, UDF_REVISION, true); // least to write
    view.setUint16(132, UDF_REVISION, true); // most to write
    setTag(target, 0, { identifier: TAG.logicalVolumeIntegrity, location: INTEGRITY_LBA, lengthBytes: 134 });
    setTag(target.subarray(SECTOR_BYTES), 0, {
      identifier: TAG.terminating,
      location: INTEGRITY_LBA + 1,
      lengthBytes: 512,
    });
  }

  /** File set descriptor (ECMA-167 4/14.1) and a terminator. */
  #renderFileSet(target: Uint8Array, volume: UdfVolume): void {
    const view = viewOf(target);
    setTimestamp(target, 16, this.#timestamp);
    view.setUint16(28, 3, true); // interchange level, UDF 2.3.2.1
    view.setUint16(30, 3, true);
    view.setUint32(32, 1, true); // character sets
    view.setUint32(36, 1, true);
    setCharacterSet(target, 48);
    setDstring(target, 112, 128, volume.volumeName);
    setCharacterSet(target, 240);
    setDstring(target, 304, 32, volume.volumeName);
    setLongAd(target, 400, SECTOR_BYTES, this.#directoryEntryBlock(this.#inventory.directories[0]!));
    setEntity(target, 416, "*OSTA UDF Compliant", UDF_SUFFIX);
    setTag(target, 0, { identifier: TAG.fileSet, location: FILE_SET_BLOCK, lengthBytes: 512 });
    const terminator = target.subarray(SECTOR_BYTES);
    setTag(terminator, 0, { identifier: TAG.terminating, location: FILE_SET_BLOCK + 1, lengthBytes: 512 });
  }

  #renderDirectory(target: Uint8Array, { directory, identifiers, startLba }: UdfDirectory): void {
    const firstBlock = startLba - PARTITION_LBA;
    const upIcb = this.#directoryEntryBlock(directory.parent ?? directory);
    // UDF 2.3.4.2 and ECMA-167 4/8.6: the entry of the parent has no name and comes first.
    let offset = setFid(target, 0, firstBlock, {
      identifier: "",
      characteristics: CHARACTERISTIC.directory | CHARACTERISTIC.parent,
      icb: upIcb,
    });
    for (const [index, child] of directory.children.entries()) {
      offset = setFid(target, offset, firstBlock, {
        identifier: identifiers[index]!,
        characteristics: (child.isDirectory ? CHARACTERISTIC.directory : 0) |
          (child.node.hidden ? CHARACTERISTIC.hidden : 0),
        icb: this.#entryBlock(child),
      });
    }
  }

  #renderDirectoryEntries(target: Uint8Array, from: number): void {
    for (let offset = 0; offset < target.length; offset += SECTOR_BYTES) {
      const index = from + offset / SECTOR_BYTES;
      const { directory, lengthBytes, startLba } = this.#directories[index]!;
      const subdirectories = directory.children.reduce((sum, child) => sum + (child.isDirectory ? 1 : 0), 0);
      this.#renderEntry(target.subarray(offset, offset + SECTOR_BYTES), {
        node: directory.node,
        fileType: FILE_TYPE.directory,
        // Its own name (the root's parent entry is itself) and the parent entry of each directory in it; 16 bits.
        linkCount: Math.min(1 + subdirectories, 0xffff),
        lengthBytes,
        startLba,
        uniqueId: index === 0 ? 0 : UNIQUE_ID_FIRST + index,
        block: this.#directoryEntryBlock(directory),
        continuationBlock: 0,
      });
    }
  }

  #renderFileEntries(target: Uint8Array, from: number): void {
    for (let offset = 0; offset < target.length; offset += SECTOR_BYTES) {
      const file = this.#inventory.files[from + offset / SECTOR_BYTES]!;
      this.#renderEntry(target.subarray(offset, offset + SECTOR_BYTES), {
        node: file.node,
        fileType: FILE_TYPE.file,
        linkCount: Math.min(this.#inventory.linkCounts.get(file) ?? 1, 0xffff),
        lengthBytes: file.sizeBytes,
        startLba: file.startLba,
        uniqueId: UNIQUE_ID_FIRST + this.#directories.length + file.index,
        block: this.#fileEntriesBlock + file.index,
        continuationBlock: this.#continuations.get(file) ?? 0,
      });
    }
  }

  #renderSymlinkEntries(target: Uint8Array, from: number): void {
    const { directories, files, symlinks } = this.#inventory;
    for (let offset = 0; offset < target.length; offset += SECTOR_BYTES) {
      const symlink = symlinks[from + offset / SECTOR_BYTES]!;
      const content = pathComponents(symlink.node.target);
      const block = this.#longTargets.get(symlink);
      this.#renderEntry(target.subarray(offset, offset + SECTOR_BYTES), {
        node: symlink.node,
        fileType: FILE_TYPE.symlink,
        linkCount: 1,
        lengthBytes: content.length,
        startLba: block === undefined ? 0 : PARTITION_LBA + block,
        uniqueId: UNIQUE_ID_FIRST + directories.length + files.length + symlink.index,
        block: this.#symlinkEntriesBlock + symlink.index,
        continuationBlock: 0,
        ...(block === undefined ? { content } : {}),
      });
    }
  }

  #renderEntry(target: Uint8Array, entry: Entry): void {
    const view = viewOf(target);
    view.setUint16(ENTRY.icbStrategy, 4, true); // UDF 2.3.5.1: strategy 4, one entry
    view.setUint16(ENTRY.icbEntriesMax, 1, true);
    target[ENTRY.icbFileType] = entry.fileType;
    const { mode, uid, gid } = entry.node;
    view.setUint16(ENTRY.icbFlags, icbFlags(mode, entry.content !== undefined), true);
    view.setUint32(ENTRY.uid, uid ?? 0xffff_ffff, true); // UDF 3.3.3.1: not specified
    view.setUint32(ENTRY.gid, gid ?? 0xffff_ffff, true);
    view.setUint32(ENTRY.permissions, mode === undefined ? PERMISSIONS : permissionsOf(mode), true);
    view.setUint16(ENTRY.linkCount, entry.linkCount, true);
    setUint64(view, ENTRY.informationBytes, entry.lengthBytes);
    setUint64(view, ENTRY.blocksRecorded, entry.content === undefined ? sectorsOf(entry.lengthBytes) : 0);
    const modified = entry.node.modified ?? this.#timestamp;
    const { accessed } = entry.node;
    setTimestamp(target, ENTRY.modificationTime, modified);
    target.copyWithin(ENTRY.attributeTime, ENTRY.modificationTime, ENTRY.modificationTime + 12);
    if (accessed === undefined) {
      target.copyWithin(ENTRY.accessTime, ENTRY.modificationTime, ENTRY.modificationTime + 12);
    } else setTimestamp(target, ENTRY.accessTime, accessed);
    view.setUint32(ENTRY.checkpoint, 1, true);
    setEntity(target, ENTRY.implementationId, IMPLEMENTATION);
    setUint64(view, ENTRY.uniqueId, entry.uniqueId);
    const created = entry.node.created;
    const attributesBytes = created === undefined ? 0 : setCreationTime(target, entry.block, created);
    view.setUint32(ENTRY.attributesLength, attributesBytes, true);
    const adsOffset = ENTRY.attributes + attributesBytes;
    let allocationBytes: number;
    if (entry.content !== undefined) {
      target.set(entry.content, adsOffset);
      allocationBytes = entry.content.length;
    } else {
      const adsHere = entry.continuationBlock > 0 ? ENTRY_ADS_MAX - 1 : extentCount(entry.lengthBytes);
      setShortAds(view, adsOffset, entry, 0, adsHere);
      allocationBytes = adsHere * SHORT_AD_BYTES;
      if (entry.continuationBlock > 0) {
        setContinuation(view, adsOffset + allocationBytes, entry.continuationBlock);
        allocationBytes += SHORT_AD_BYTES;
      }
    }
    view.setUint32(ENTRY.allocationLength, allocationBytes, true);
    setTag(target, 0, {
      identifier: TAG.fileEntry,
      location: entry.block,
      lengthBytes: adsOffset + allocationBytes,
    });
  }
}

/** What a file entry is made from. */
interface Entry {
  readonly node: NodeTimes & NodeAttributes;
  readonly fileType: number;
  readonly linkCount: number;
  readonly lengthBytes: number;
  readonly startLba: number;
  readonly uniqueId: number;
  /** Where the entry itself lies. */
  readonly block: number;
  /** Where its further allocation descriptors lie; 0 if all fit. */
  readonly continuationBlock: number;
  /** The content, if it is to lie in the entry. */
  readonly content?: Uint8Array;
}

/** Flags of the ICB tag (ECMA-167 4/14.6.8). */
function icbFlags(mode: number | undefined, isEmbedded: boolean): number {
  const bits = mode ?? 0;
  return (isEmbedded ? ICB_FLAG.embedded : ICB_FLAG.shortDescriptors) |
    (bits & 0o4000 ? ICB_FLAG.setUid : 0) | (bits & 0o2000 ? ICB_FLAG.setGid : 0) |
    (bits & 0o1000 ? ICB_FLAG.sticky : 0);
}

/**
 * Permissions (ECMA-167 4/14.9.5): others, group and owner have five bits each, the lower three as POSIX has them. Who
 * may write may delete, and an owner who may write may change attributes (UDF 3.3.3.3).
 */
function permissionsOf(mode: number): number {
  let bits = 0;
  for (const [index, shift] of [0, 3, 6].entries()) {
    const rwx = mode >> shift & 7;
    const more = rwx & 2 ? PERMISSION.delete | (index === 2 ? PERMISSION.changeAttributes : 0) : 0;
    bits |= (rwx | more) << (5 * index);
  }
  return bits;
}

const PERMISSION = { changeAttributes: 0x08, delete: 0x10 } as const;

/** Path components (ECMA-167 4/14.16.1). */
const COMPONENT = { root: 2, parent: 3, current: 4, name: 5 } as const;
const COMPONENT_HEADER_BYTES = 4;

/** The content of a symbolic link: the components of its path; names are cut to what UDF can hold. */
function pathComponents(target: string): Uint8Array {
  const parts = target.split("/").filter((part) => part !== "");
  const names = parts.map((name) => udfIdentifiers([{ name, isDirectory: true }])[0]!);
  const bytes = new Uint8Array(names.reduce((sum, name) => sum + 4 + compressedUnicodeBytes(name), 4));
  let offset = 0;
  const put = (type: number): void => {
    bytes[offset] = type;
    offset += COMPONENT_HEADER_BYTES; // length of the identifier, version of the file
  };
  if (target.startsWith("/")) put(COMPONENT.root);
  for (const name of names) {
    if (name === ".") put(COMPONENT.current);
    else if (name === "..") put(COMPONENT.parent);
    else {
      const header = offset;
      put(COMPONENT.name);
      bytes[header + 1] = setCompressedUnicode(bytes, offset, name);
      offset += bytes[header + 1]!;
    }
  }
  return bytes.subarray(0, offset);
}

/** The sectors of the partition: all but what is before it, and the last, which is an anchor. */
function partitionSectors(volume: UdfVolume): number {
  return volume.sizeSectors - 1 - PARTITION_LBA;
}

/** The anchor volume descriptor pointer (ECMA-167 3/10.2), at 256 and in the last sector. */
export function anchorExtent(lba: number): StructureExtent {
  return new StructureExtent(lba, 1, "UDF anchor", (target) => {
    setExtentAd(target, 16, SEQUENCE_SECTORS * SECTOR_BYTES, MAIN_SEQUENCE_LBA);
    setExtentAd(target, 24, SEQUENCE_SECTORS * SECTOR_BYTES, RESERVE_SEQUENCE_LBA);
    setTag(target, 0, { identifier: TAG.anchor, location: lba, lengthBytes: 512 });
  });
}

/** Volume structure descriptors (ECMA-167 2/9.1, 3/9.1). */
function renderRecognition(target: Uint8Array): void {
  for (const [index, identifier] of ["BEA01", "NSR02", "TEA01"].entries()) {
    setLatin1(target, index * SECTOR_BYTES + 1, identifier);
    target[index * SECTOR_BYTES + 6] = 1; // version
  }
}

/** Primary volume descriptor (ECMA-167 3/10.1, UDF 2.2.2). */
function renderPrimary(
  target: Uint8Array,
  number: number,
  volume: UdfVolume,
  timestamp: Date,
): [number, number] {
  const view = viewOf(target);
  view.setUint32(16, number, true);
  view.setUint32(20, 0, true); // primary volume descriptor number
  setDstring(target, 24, 32, volume.volumeName);
  view.setUint16(56, 1, true); // volume sequence number
  view.setUint16(58, 1, true); // of how many
  view.setUint16(60, 2, true); // interchange level: one volume
  view.setUint16(62, 3, true); // and at most
  view.setUint32(64, 1, true); // character sets
  view.setUint32(68, 1, true);
  setDstring(target, 72, 128, volume.volumeSetId);
  setCharacterSet(target, 200);
  setCharacterSet(target, 264);
  if (volume.applicationId !== "") setEntity(target, 344, "*" + volume.applicationId.slice(0, 22));
  setTimestamp(target, 376, timestamp);
  setEntity(target, 388, IMPLEMENTATION);
  return [TAG.primaryVolume, 512];
}

/** Implementation use volume descriptor "*UDF LV Info" (UDF 2.2.7). */
function renderImplementationUse(target: Uint8Array, number: number, volume: UdfVolume): [number, number] {
  viewOf(target).setUint32(16, number, true);
  setEntity(target, 20, "*UDF LV Info", UDF_SUFFIX);
  setCharacterSet(target, 52);
  setDstring(target, 116, 128, volume.volumeName);
  setEntity(target, 352, IMPLEMENTATION);
  return [TAG.implementationUseVolume, 512];
}

/** Partition descriptor (ECMA-167 3/10.5): number 0, allocated, read-only. */
function renderPartition(target: Uint8Array, number: number, volume: UdfVolume): [number, number] {
  const view = viewOf(target);
  view.setUint32(16, number, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 0, true);
  setEntity(target, 24, "+NSR02");
  view.setUint32(184, 1, true);
  view.setUint32(188, PARTITION_LBA, true);
  view.setUint32(192, partitionSectors(volume), true);
  setEntity(target, 196, IMPLEMENTATION);
  return [TAG.partition, 512];
}

/** Logical volume descriptor (ECMA-167 3/10.6, UDF 2.2.4) with a type 1 partition map. */
function renderLogicalVolume(target: Uint8Array, number: number, volume: UdfVolume): [number, number] {
  const view = viewOf(target);
  view.setUint32(16, number, true);
  setCharacterSet(target, 20);
  setDstring(target, 84, 128, volume.volumeName);
  view.setUint32(212, SECTOR_BYTES, true);
  setEntity(target, 216, "*OSTA UDF Compliant", UDF_SUFFIX);
  setLongAd(target, 248, 2 * SECTOR_BYTES, FILE_SET_BLOCK);
  view.setUint32(264, 6, true); // length of the partition maps
  view.setUint32(268, 1, true); // their number
  setEntity(target, 272, IMPLEMENTATION);
  setExtentAd(target, 432, INTEGRITY_SECTORS * SECTOR_BYTES, INTEGRITY_LBA);
  target[440] = 1; // type
  target[441] = 6; // length
  view.setUint16(442, 1, true); // volume sequence number
  view.setUint16(444, 0, true); // partition number
  return [TAG.logicalVolume, 446];
}

/** Unallocated space descriptor (ECMA-167 3/10.8): none. */
function renderUnallocated(target: Uint8Array, number: number): [number, number] {
  viewOf(target).setUint32(16, number, true);
  return [TAG.unallocatedSpace, 24];
}

/** Bytes of a file identifier descriptor: a multiple of 4 (ECMA-167 4/14.4.9). */
function fidBytes(identifier: string): number {
  const bytes = FID.identifier + (identifier === "" ? 0 : compressedUnicodeBytes(identifier));
  return bytes + (-bytes & 3);
}

/** Writes a file identifier descriptor; returns the offset behind it. */
function setFid(
  target: Uint8Array,
  offset: number,
  firstBlock: number,
  fid: { identifier: string; characteristics: number; icb: number },
): number {
  target[offset + FID.version] = 1;
  target[offset + FID.characteristics] = fid.characteristics;
  target[offset + FID.identifierLength] = fid.identifier === ""
    ? 0
    : setCompressedUnicode(target, offset + FID.identifier, fid.identifier);
  setLongAd(target, offset + FID.icb, SECTOR_BYTES, fid.icb);
  const lengthBytes = fidBytes(fid.identifier);
  // A descriptor may cross blocks; its tag names the one in which it begins.
  const location = firstBlock + Math.floor(offset / SECTOR_BYTES);
  setTag(target, offset, { identifier: TAG.fileIdentifier, location, lengthBytes });
  return offset + lengthBytes;
}

/** Extended attributes with the file times attribute (ECMA-167 4/14.10.1, 14.10.5); returns their length. */
function setCreationTime(target: Uint8Array, block: number, created: Date): number {
  const offset = ENTRY.attributes;
  const view = viewOf(target);
  view.setUint32(offset + 16, 0xffff_ffff, true); // no implementation use attributes
  view.setUint32(offset + 20, 0xffff_ffff, true); // no application use attributes
  setTag(target, offset, { identifier: TAG.extendedAttributeHeader, location: block, lengthBytes: 24 });
  view.setUint32(offset + 24, 5, true); // file times
  target[offset + 28] = 1; // subtype
  view.setUint32(offset + 32, CREATION_TIME_BYTES - 24, true);
  view.setUint32(offset + 36, 12, true); // length of the times
  view.setUint32(offset + 40, 1, true); // bit 0: creation
  setTimestamp(target, offset + 44, created);
  return CREATION_TIME_BYTES;
}

/** The allocation descriptors that a content needs. */
function extentCount(sizeBytes: number): number {
  return Math.ceil(sizeBytes / EXTENT_BYTES_MAX);
}

/** The blocks for allocation descriptors that do not fit into the file entry. */
function continuationBlocks(sizeBytes: number): number {
  const count = extentCount(sizeBytes);
  if (count <= ENTRY_ADS_MAX) return 0;
  const left = count - (ENTRY_ADS_MAX - 1);
  return left <= ALLOCATION_EXTENT_ADS_MAX
    ? 1
    : 1 + Math.ceil((left - ALLOCATION_EXTENT_ADS_MAX) / (ALLOCATION_EXTENT_ADS_MAX - 1));
}

/** Allocation extent descriptors (ECMA-167 4/14.5), each but the last ending in a pointer to the next. */
function renderContinuations(target: Uint8Array, file: PlannedFile, firstBlock: number): void {
  const blocks = target.length / SECTOR_BYTES;
  const content = { lengthBytes: file.sizeBytes, startLba: file.startLba };
  let first = ENTRY_ADS_MAX - 1;
  for (let index = 0; index < blocks; index++) {
    const sector = target.subarray(index * SECTOR_BYTES, (index + 1) * SECTOR_BYTES);
    const view = viewOf(sector);
    const isLast = index === blocks - 1;
    const count = isLast ? extentCount(file.sizeBytes) - first : ALLOCATION_EXTENT_ADS_MAX - 1;
    setShortAds(view, ALLOCATION_EXTENT_HEADER_BYTES, content, first, count);
    first += count;
    let allocationBytes = count * SHORT_AD_BYTES;
    if (!isLast) {
      setContinuation(view, ALLOCATION_EXTENT_HEADER_BYTES + allocationBytes, firstBlock + index + 1);
      allocationBytes += SHORT_AD_BYTES;
    }
    view.setUint32(TAG_BYTES, 0, true); // the previous one; UDF 2.3.10.1 lets it be 0
    view.setUint32(TAG_BYTES + 4, allocationBytes, true);
    setTag(sector, 0, {
      identifier: TAG.allocationExtent,
      location: firstBlock + index,
      lengthBytes: ALLOCATION_EXTENT_HEADER_BYTES,
    });
  }
}

/** Short allocation descriptors (ECMA-167 4/14.14.1) number `first` and on of a content. */
function setShortAds(
  view: DataView,
  offset: number,
  content: { readonly lengthBytes: number; readonly startLba: number },
  first: number,
  count: number,
): void {
  for (let index = 0; index < count; index++) {
    const startBytes = (first + index) * EXTENT_BYTES_MAX;
    const at = offset + index * SHORT_AD_BYTES;
    view.setUint32(at, Math.min(content.lengthBytes - startBytes, EXTENT_BYTES_MAX), true);
    view.setUint32(at + 4, content.startLba - PARTITION_LBA + startBytes / SECTOR_BYTES, true);
  }
}

function setContinuation(view: DataView, offset: number, block: number): void {
  view.setUint32(offset, CONTINUATION + SECTOR_BYTES, true);
  view.setUint32(offset + 4, block, true);
}
