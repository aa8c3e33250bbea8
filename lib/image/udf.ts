/**
 * The UDF view of a tree, in every revision (UDF 1.02 to 2.60 over ECMA-167).
 *
 * The one partition starts behind what the standard puts before it and ends before the last sector, which is an anchor.
 * In it lie the file set, an entry for every directory and file, the directories, and the files' content, shared with
 * the other views. From 2.50 on, all but the contents lie in the metadata partition, whose blocks are counted by
 * themselves; a copy of it may lie at the end. Blocks here are always those of the partition that has the tree.
 *
 * @module
 */
import { SECTOR_BYTES, sectorsOf } from "./binary.ts";
import { ImageError } from "./errors.ts";
import {
  directoryPath,
  fileOf,
  type Inventory,
  type PlannedDirectory,
  type PlannedFile,
  type PlannedNode,
  type PlannedSymlink,
} from "./layout.ts";
import { type PackedNames, packNames, udfIdentifiers, unpackNames } from "./names.ts";
import { type Render, SingleStructure, StructureExtent } from "./structure.ts";
import { type Allocation, continuationBlocks, renderContinuations } from "./udf_allocation.ts";
import { attributesContent } from "./udf_attributes.ts";
import { directoryBytes, renderDirectory, type UdfName } from "./udf_directory.ts";
import { type EmbeddedContent, type Entry, entryRoomBytes, renderEntry } from "./udf_entry.ts";
import { metadataEntryExtent, type MetadataPlaces, wholeUnits } from "./udf_metadata.ts";
import type { UdfStyle } from "./udf_revision.ts";
import { type StreamHost, UdfStreams } from "./udf_streams.ts";
import { pathComponents } from "./udf_symlink.ts";
import { FILE_TYPE, type UdfAddress } from "./udf_structures.ts";
import {
  anchorExtent,
  FILE_SET_BLOCKS,
  renderFileSet,
  type UdfVolume,
  type UdfVolumeParts,
  volumeExtents,
} from "./udf_volume.ts";

/** The first sector of the partition: behind the anchor at 256, on a whole unit where there are metadata extents. */
function partitionStart(style: UdfStyle): number {
  return style.hasMetadata ? wholeUnits(257) : 257;
}

const UNIQUE_ID_FIRST = 16; // UDF 3.2.1.1: those below are reserved; the root has 0
const LINK_COUNT_MAX = 0xffff; // 16 bits
/** An entry keeps room for some descriptors, whatever attributes it has. */
const ROOM_BYTES_MIN = 64;

/**
 * An image with UDF ends on a multiple of this, so that DVD (16 sectors) and Blu-ray (32) have nothing to add behind the
 * anchor that must be last.
 */
const UNIT_SECTORS = 32;

/** How the view is made. */
export interface UdfViewOptions {
  readonly style: UdfStyle;
  /** Whether small files and directories lie in their entries. */
  readonly embeds: boolean;
  /** Whether the mirror of the metadata has a copy of its own. */
  readonly copiesMetadata: boolean;
}

interface UdfDirectory {
  readonly directory: PlannedDirectory;
  /** Beside the directory's children. */
  readonly identifiers: PackedNames;
  readonly lengthBytes: number;
  /** Undefined if it lies in its entry. */
  startBlock: number | undefined;
}

/** A directory that does not lie in its entry. */
class DirectoryExtent extends StructureExtent {
  constructor(
    readonly view: UdfView,
    readonly directory: UdfDirectory,
    readonly treeLba: number,
    readonly note: string,
  ) {
    super();
  }

  get startLba(): number {
    return this.treeLba + this.directory.startBlock!;
  }
  get lengthSectors(): number {
    return sectorsOf(this.directory.lengthBytes);
  }
  get label(): string {
    return `UDF directory ${directoryPath(this.directory.directory)}${this.note}`;
  }
  render(target: Uint8Array): void {
    this.view.renderDirectory(target, this.directory);
  }
}

/** The UDF view: file entries and directories, with their places once they are given. */
export class UdfView {
  readonly #inventory: Inventory;
  readonly #timestamp: Date;
  /** Of its revision. */
  readonly style: UdfStyle;
  readonly #copiesMetadata: boolean;
  readonly #embeds: boolean;
  /** What an entry has room for that has no extended attributes. */
  readonly #roomBytes: number;
  /** Extended attributes that lie in entries, before UDF 2.00. */
  readonly #attributes = new Map<PlannedNode, Uint8Array>();
  readonly #partitionLba: number;
  /** Of the partition that has the tree, in the list of maps. */
  readonly #treeReference: 0 | 1;
  /** Where block 0 of that partition is. */
  readonly #treeLba: number;
  readonly #directories: UdfDirectory[];
  readonly #streams: UdfStreams;
  /** First block of allocation descriptors that did not fit into the file entry, for the few files that have some. */
  readonly #continuations = new Map<PlannedFile, number>();
  #fileEntriesBlock = 0;
  /** The content of symbolic links whose entries have no room for it; the sector of those. */
  readonly #longTargets = new Map<PlannedSymlink, number>();
  #symlinkEntriesBlock = 0;
  #treeBlocks = 0;
  #metadata: MetadataPlaces | undefined;

  /** Names and measures everything. */
  constructor(inventory: Inventory, timestamp: Date, options: UdfViewOptions) {
    this.#inventory = inventory;
    this.#timestamp = timestamp;
    this.style = options.style;
    this.#copiesMetadata = options.copiesMetadata;
    this.#roomBytes = entryRoomBytes(options.style);
    this.#embeds = options.embeds;
    if (!options.style.isExtended) this.#takeAttributes();
    this.#partitionLba = partitionStart(options.style);
    this.#treeReference = options.style.hasMetadata ? 1 : 0;
    // The first unit of a partition with metadata is for the entry of the metadata file.
    this.#treeLba = this.#partitionLba + (options.style.hasMetadata ? wholeUnits(1) : 0);
    this.#directories = inventory.directories.map((directory) => {
      const names = udfIdentifiers(directory.children);
      const identifiers = packNames(names, directory.children);
      return { directory, identifiers, lengthBytes: directoryBytes(names), startBlock: undefined };
    });
    this.#streams = new UdfStreams(inventory, this.#streamHost());
  }

  /** Whether the content of a file lies in its entry and needs no place of its own. */
  embeds(file: PlannedFile): boolean {
    return this.#embeds && file.sizeBytes > 0 && file.sizeBytes <= this.#roomOf(file);
  }

  /** The contents that only UDF has: of streams that do not lie in their entries. */
  get streamContents(): readonly PlannedFile[] {
    return this.#streams.contents;
  }

  /** Gives everything in the partition its place but the files' content; returns the sector behind it. */
  place(): number {
    const { files, symlinks } = this.#inventory;
    let block = FILE_SET_BLOCKS + this.#directories.length;
    for (const directory of this.#directories) {
      if (this.#embeds && directory.lengthBytes <= this.#roomOf(directory.directory)) continue;
      directory.startBlock = block;
      block += sectorsOf(directory.lengthBytes);
    }
    this.#fileEntriesBlock = block;
    block += files.length;
    for (const file of files) {
      if (this.embeds(file)) continue;
      const blocks = continuationBlocks(this.#allocationOf(file), this.#roomOf(file));
      if (blocks === 0) continue;
      this.#continuations.set(file, block);
      block += blocks;
    }
    this.#symlinkEntriesBlock = block;
    block += symlinks.length;
    if (!this.style.hasMetadata) {
      block = this.#placeLongTargets(this.#treeLba + block) - this.#treeLba;
      this.#treeBlocks = this.#streams.place(block);
      return this.#treeLba + this.#treeBlocks;
    }
    this.#treeBlocks = wholeUnits(this.#streams.place(block));
    return this.#placeLongTargets(this.#treeLba + this.#treeBlocks);
  }

  /** Gives what lies behind the contents its place; returns the length of the image. */
  finish(lba: number): number {
    let endLba = lba;
    if (this.style.hasMetadata) {
      const contentBlock = this.#treeLba - this.#partitionLba;
      const copyLba = wholeUnits(lba);
      if (this.#copiesMetadata) endLba = copyLba + this.#treeBlocks;
      const sizeSectors = Math.ceil((endLba + 2) / UNIT_SECTORS) * UNIT_SECTORS;
      this.#metadata = {
        fileBlock: 0,
        mirrorBlock: sizeSectors - 2 - this.#partitionLba,
        contentBlock,
        mirrorContentBlock: this.#copiesMetadata ? copyLba - this.#partitionLba : contentBlock,
        lengthBlocks: this.#treeBlocks,
        isCopied: this.#copiesMetadata,
      };
      return sizeSectors;
    }
    return Math.ceil((endLba + 1) / UNIT_SECTORS) * UNIT_SECTORS;
  }

  /** What lies before the partition, in the order of places; the recognition sequence starts at `recognitionLba`. */
  volumeExtents(recognitionLba: number, volume: UdfVolume): Generator<StructureExtent> {
    return volumeExtents(recognitionLba, volume, this.#parts(volume));
  }

  /** What lies in the partition before the files' content, in the order of places. */
  *partitionExtents(volume: UdfVolume): Generator<StructureExtent> {
    if (this.#metadata === undefined) {
      yield* this.#treeExtents(volume, this.#treeLba, "");
      return;
    }
    yield metadataEntryExtent(this.#metadata, "main", this.#metadataHost());
    yield* this.#treeExtents(volume, this.#treeLba, "");
    yield* this.#longTargetExtents();
  }

  /** What lies behind the files' content, in the order of places. */
  *endExtents(volume: UdfVolume): Generator<StructureExtent> {
    if (this.#metadata !== undefined) {
      const copyLba = this.#partitionLba + this.#metadata.mirrorContentBlock;
      if (this.#metadata.isCopied) yield* this.#treeExtents(volume, copyLba, ", copy");
      yield metadataEntryExtent(this.#metadata, "mirror", this.#metadataHost());
    }
    yield anchorExtent(volume.sizeSectors - 1, this.style);
  }

  /** The descriptors and directories of the tree, wherever its block 0 is to be; `note` is added to what they are called. */
  *#treeExtents(volume: UdfVolume, treeLba: number, note: string): Generator<StructureExtent> {
    const extent = (
      block: number,
      blocks: number,
      label: string | (() => string),
      render: Render,
      inParts = false,
    ): SingleStructure => {
      const name = typeof label === "string" ? label + note : (): string => label() + note;
      return new SingleStructure(treeLba + block, blocks, name, render, inParts);
    };
    yield extent(0, FILE_SET_BLOCKS, "UDF file set", (target) => {
      const [root] = this.#inventory.directories;
      renderFileSet(target, volume, this.#parts(volume), this.#directoryEntryBlock(root!));
    });
    const entries: Render = (target, from) => this.#renderDirectoryEntries(target, from);
    yield extent(FILE_SET_BLOCKS, this.#directories.length, "UDF entries of directories", entries, true);
    for (const directory of this.#directories) {
      if (directory.startBlock !== undefined) yield new DirectoryExtent(this, directory, treeLba, note);
    }
    const { files, symlinks } = this.#inventory;
    if (files.length > 0) {
      const render: Render = (target, from, readContent) =>
        this.#renderFileEntries(target, from, readContent);
      yield extent(this.#fileEntriesBlock, files.length, "UDF entries of files", render, true);
    }
    for (const [file, firstBlock] of this.#continuations) {
      const content = this.#allocationOf(file);
      const label = (): string => `UDF allocation descriptors of ${file.path}`;
      const bytes = this.#roomOf(file);
      const room = { bytes, reference: this.#treeReference, firstBlock, style: this.style };
      // The content has its place only later than this.
      const render = (target: Uint8Array): void =>
        renderContinuations(target, this.#allocationOf(file), room);
      yield extent(firstBlock, continuationBlocks(content, bytes), label, render);
    }
    if (symlinks.length > 0) {
      const render: Render = (target, from) => this.#renderSymlinkEntries(target, from);
      yield extent(this.#symlinkEntriesBlock, symlinks.length, "UDF entries of symbolic links", render, true);
    }
    if (!this.style.hasMetadata) yield* this.#longTargetExtents();
    for (const { block, blocks, label, render } of this.#streams.groups()) {
      yield extent(block, blocks, label, render);
    }
  }

  #takeAttributes(): void {
    for (const owner of this.#inventory.attributed) {
      const { attributes } = owner.node;
      if (attributes === undefined || attributes.size === 0) continue;
      const path = owner.kind === "directory" ? directoryPath(owner) : owner.path;
      const content = attributesContent(attributes, path);
      if (entryRoomBytes(this.style, content.length) < ROOM_BYTES_MIN) {
        throw new ImageError(
          "tooBig",
          `Cannot plan the image: the extended attributes of "${path}" have ${content.length} bytes, and an entry of ` +
            `UDF ${this.style.revision} has no room for them; use UDF 2.00 or later`,
          { path },
        );
      }
      this.#attributes.set(owner, content);
    }
  }

  #roomOf(owner: PlannedNode): number {
    const attributes = this.#attributes.get(owner);
    return attributes === undefined ? this.#roomBytes : entryRoomBytes(this.style, attributes.length);
  }

  #placeLongTargets(startLba: number): number {
    let lba = startLba;
    for (const symlink of this.#inventory.symlinks) {
      const { length } = pathComponents(symlink.node.target);
      if (length <= this.#roomBytes) continue;
      this.#longTargets.set(symlink, lba);
      lba += sectorsOf(length);
    }
    return lba;
  }

  *#longTargetExtents(): Generator<StructureExtent> {
    for (const [symlink, lba] of this.#longTargets) {
      const content = pathComponents(symlink.node.target);
      const label = (): string => `UDF symbolic link ${symlink.path}`;
      const render = (target: Uint8Array): void => target.set(content);
      yield new SingleStructure(lba, sectorsOf(content.length), label, render);
    }
  }

  #parts(volume: UdfVolume): UdfVolumeParts {
    const { directories, files, symlinks, fileNameCount } = this.#inventory;
    const partitionLba = this.#partitionLba;
    return {
      style: this.style,
      timestamp: this.#timestamp,
      // All but what is before it, and the last sector, which is an anchor.
      partition: { startLba: partitionLba, lengthBlocks: volume.sizeSectors - 1 - partitionLba },
      treeReference: this.#treeReference,
      metadata: this.#metadata,
      counts: {
        files: fileNameCount + symlinks.length,
        directories: directories.length,
        nextUniqueId: UNIQUE_ID_FIRST + directories.length + symlinks.length +
          (this.style.isExtended ? fileNameCount : files.length),
      },
    };
  }

  #metadataHost(): { partitionLba: number; style: UdfStyle; timestamp: Date } {
    return { partitionLba: this.#partitionLba, style: this.style, timestamp: this.#timestamp };
  }

  #streamHost(): StreamHost {
    return {
      style: this.style,
      timestamp: this.#timestamp,
      reference: this.#treeReference,
      entryBlockOf: (node) => this.#entryBlock(node),
      uniqueIdOf: (node) => this.#uniqueId(node),
      allocationOf: (file) => this.#allocationOf(file),
    };
  }

  /** A content in the partition itself, for the descriptors of an entry in the one that has the tree. */
  #allocationAt(lengthBytes: number, startLba: number): Allocation {
    const startBlock = lengthBytes === 0 ? 0 : startLba - this.#partitionLba;
    return { lengthBytes, startBlock, reference: this.style.hasMetadata ? 0 : undefined };
  }

  #allocationOf(file: PlannedFile): Allocation {
    return this.#allocationAt(file.sizeBytes, file.startLba);
  }

  #directoryEntryBlock(directory: PlannedDirectory): number {
    return FILE_SET_BLOCKS + directory.index;
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

  #addressOf(node: PlannedNode): UdfAddress {
    return { block: this.#entryBlock(node), reference: this.#treeReference };
  }

  /** The root has 0 (UDF 3.2.1.1); then come directories, files, and links. */
  #uniqueId(node: PlannedNode): number {
    const { directories, files } = this.#inventory;
    switch (node.kind) {
      case "directory":
        return node.index === 0 ? 0 : UNIQUE_ID_FIRST + node.index;
      case "symlink":
        return UNIQUE_ID_FIRST + directories.length + files.length + node.index;
      default:
        return UNIQUE_ID_FIRST + directories.length + fileOf(node).index;
    }
  }

  /** A further name of a file has an id of its own (UDF 2.00 3.2.1.1). */
  #uniqueIdOfName(node: PlannedNode): number {
    if (node.kind !== "hardLink") return this.#uniqueId(node);
    const { directories, files, symlinks } = this.#inventory;
    return UNIQUE_ID_FIRST + directories.length + files.length + symlinks.length + node.index;
  }

  /** Writes a directory. */
  renderDirectory(target: Uint8Array, { directory, identifiers: packed, startBlock }: UdfDirectory): void {
    const up = directory.parent ?? directory;
    const identifiers = unpackNames(packed, directory.children);
    const names = directory.children.map((child, index): UdfName => ({
      identifier: identifiers[index]!,
      isDirectory: child.isDirectory,
      isHidden: child.node.hidden ?? false,
      icb: this.#addressOf(child),
      uniqueId: this.#uniqueIdOfName(child),
    }));
    renderDirectory(target, { icb: this.#addressOf(up), uniqueId: this.#uniqueId(up) }, names, {
      style: this.style,
      firstBlock: startBlock,
      entryBlock: this.#directoryEntryBlock(directory),
    });
  }

  #renderDirectoryEntries(target: Uint8Array, from: number): void {
    for (let offset = 0; offset < target.length; offset += SECTOR_BYTES) {
      const view = this.#directories[from + offset / SECTOR_BYTES]!;
      const { directory, lengthBytes, startBlock } = view;
      const subdirectories = directory.children.reduce((sum, child) => sum + (child.isDirectory ? 1 : 0), 0);
      const content: Allocation | EmbeddedContent = startBlock === undefined
        ? { lengthBytes, write: (bytes) => this.renderDirectory(bytes, view) }
        : { lengthBytes, startBlock, reference: undefined };
      // Its own name (the root's parent entry is itself) and the parent entry of each directory in it.
      const linkCount = Math.min(1 + subdirectories, LINK_COUNT_MAX);
      this.#renderEntry(target.subarray(offset, offset + SECTOR_BYTES), directory, {
        fileType: FILE_TYPE.directory,
        linkCount,
        content,
      });
    }
  }

  #renderFileEntries(target: Uint8Array, from: number, readContent: Parameters<Render>[2]): void {
    for (let offset = 0; offset < target.length; offset += SECTOR_BYTES) {
      const file = this.#inventory.files[from + offset / SECTOR_BYTES]!;
      const content: Allocation | EmbeddedContent = this.embeds(file)
        ? { lengthBytes: file.sizeBytes, write: (bytes) => readContent(file, bytes) }
        : this.#allocationOf(file);
      this.#renderEntry(target.subarray(offset, offset + SECTOR_BYTES), file, {
        fileType: FILE_TYPE.file,
        linkCount: Math.min(this.#inventory.linkCounts.get(file) ?? 1, LINK_COUNT_MAX),
        content,
        continuationBlock: this.#continuations.get(file) ?? 0,
      });
    }
  }

  #renderSymlinkEntries(target: Uint8Array, from: number): void {
    for (let offset = 0; offset < target.length; offset += SECTOR_BYTES) {
      const symlink = this.#inventory.symlinks[from + offset / SECTOR_BYTES]!;
      const components = pathComponents(symlink.node.target);
      const lengthBytes = components.length;
      const lba = this.#longTargets.get(symlink);
      const content: Allocation | EmbeddedContent = lba === undefined
        ? { lengthBytes, write: (bytes) => bytes.set(components) }
        : this.#allocationAt(lengthBytes, lba);
      this.#renderEntry(target.subarray(offset, offset + SECTOR_BYTES), symlink, {
        fileType: FILE_TYPE.symlink,
        linkCount: 1,
        content,
      });
    }
  }

  #renderEntry(
    target: Uint8Array,
    node: PlannedDirectory | PlannedFile | PlannedSymlink,
    what: Pick<Entry, "fileType" | "linkCount" | "content" | "continuationBlock">,
  ): void {
    const { fileType, linkCount, content, continuationBlock = 0 } = what;
    const entry: Entry = {
      node: node.node,
      fileType,
      linkCount,
      uniqueId: this.#uniqueId(node),
      block: this.#entryBlock(node),
      reference: this.#treeReference,
      content,
      continuationBlock,
      attributes: this.#attributes.get(node),
      streams: node.kind === "symlink" ? undefined : this.#streams.of(node),
    };
    renderEntry(target, entry, this.style, this.#timestamp);
  }
}
