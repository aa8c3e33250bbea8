/**
 * Plans a disc image: from a tree to places, without reading a byte of content or making one of the image.
 *
 * First everything is named and measured, in each view by itself; then places are given in one pass; the plan is the
 * list of what lies where. Structures make their bytes only when they are read, out of the places, so that a plan costs
 * little more than its tree and any part of the image can be had at any time.
 *
 * The order on the disc: descriptors; the UDF partition's own structures; path tables; ISO 9660 directories; Joliet
 * directories; the files' content; the copy of UDF's metadata, if there is one. Directories lie before any content so that programs that read the image as a stream
 * see all of them in time.
 *
 * @module
 */
import { SECTOR_BYTES } from "./binary.ts";
import { ImageError } from "./errors.ts";
import {
  directoryPath,
  type FileExtent,
  fileOf,
  inContentOrder,
  type Inventory,
  inventoryOf,
  pathOf,
  placeHolder,
  type PlannedDirectory,
  PlannedFile,
  takeInventory,
} from "./layout.ts";
import {
  enhancedFlavor,
  type Flavor,
  isoFlavor,
  IsoView,
  jolietFlavor,
  type VolumeFileNames,
} from "./iso9660.ts";
import { renderTerminator, type VolumeDates, type VolumeTexts } from "./iso9660_descriptor.ts";
import type { FileContent } from "./source.ts";
import { SingleStructure, type StructureExtent } from "./structure.ts";
import type { RockRidgeVersion } from "./rock_ridge.ts";
import {
  createDirectory,
  type ImageDirectory,
  type ImageSymlink,
  type NodeStreams,
  type TreeName,
} from "./tree.ts";
import { UdfView } from "./udf.ts";
import { UDF_REVISIONS, type UdfRevision, type UdfStyle, udfStyle } from "./udf_revision.ts";

/** Bits of the file systems that an image can have; the values are IMAPI's FsiFileSystems. */
export const FILE_SYSTEM = { iso9660: 1, joliet: 2, udf: 4 } as const;

/** How an image is made. The same tree and options give the same bytes. */
export interface ImageOptions {
  /** For everything that has no time of its own, and for the volume. */
  readonly timestamp: Date;
  /** Label; default `DISC_` and the date of the timestamp. ISO 9660 keeps 32 characters of it, Joliet 16, UDF 30. */
  readonly volumeName?: string;
  /** Sum of {@linkcode FILE_SYSTEM} bits, default 7: all. Joliet without ISO 9660 has an empty ISO 9660 beside it. */
  readonly fileSystems?: number;
  /**
   * Names of ISO 9660: 8.3 at level 1, else 30 characters; default 2. A file over 4 GiB is recorded in several sections
   * at any level, though readers of levels 1 and 2 need not know them: it would be lost otherwise.
   */
  readonly isoLevel?: 1 | 2 | 3;
  /**
   * Whether an enhanced volume descriptor shows the tree a second time, as ISO 9660:1999 has it ("level 4"): names of up to
   * 207 bytes of UTF-8, as they are. xorriso and genisoimage write it too; few systems read it. Default false.
   */
  readonly iso1999?: boolean;
  /**
   * Whether ISO 9660 has Rock Ridge: names as they are, permissions, owners, all times, symbolic and hard links. True is
   * version 1.12; 1.09 is for readers that do not know serial numbers of files. Default false.
   */
  readonly rockRidge?: boolean | RockRidgeVersion;
  /**
   * Times of Rock Ridge: whole seconds from 1900 to 2155 (the default), or "long", with hundredths and any year, which
   * Linux 6.1 and libarchive 3.6 read wrongly.
   */
  readonly rockRidgeTimes?: "short" | "long";
  /**
   * Directories of ISO 9660 below the eighth level: "keep" them there (the default), which all readers met so far take,
   * or "relocate" them to a directory `rr_moved` in the root, as the standard wants it; Rock Ridge shows them in their
   * places. Without Rock Ridge they are kept.
   */
  readonly deepDirectories?: "keep" | "relocate";
  /**
   * Paths over 255 bytes in ISO 9660, which it forbids: "allow" them (the default), which all readers met so far take,
   * "warn" in {@linkcode ImagePlan.notes}, or "refuse" them.
   */
  readonly isoLongPaths?: "allow" | "warn" | "refuse";
  /**
   * The most UTF-16 units of a name in Joliet: 64 as the standard has it (the default), or 103, which fit a record
   * and which common readers take.
   */
  readonly jolietUnits?: 64 | 103;
  /**
   * Paths over 240 bytes in Joliet, which it forbids: "allow" them (the default), "warn" in {@linkcode ImagePlan.notes}, or
   * "shorten" names until they fit, with a note of what does not fit even so.
   */
  readonly jolietLongPaths?: "allow" | "warn" | "shorten";
  /** Revision of UDF; default 1.02, which every reader of UDF knows. 2.50 and later have a mirrored metadata partition. */
  readonly udfRevision?: UdfRevision;
  /**
   * Whether small files and directories lie in their entries, which saves 2 KiB for each; only where UDF is alone, since
   * the other file systems need a sector for a content. Default true, but false for 1.02, which players of discs read.
   */
  readonly udfEmbed?: boolean;
  /** From UDF 2.50 on: whether the mirror of the metadata has a copy of its own, at the end of the disc; default true. */
  readonly udfMetadataCopy?: boolean;
  /**
   * The address at which the image begins on its disc: 0, the default, or where a disc with earlier sessions goes on. Such
   * an image has ISO 9660 and Joliet only.
   */
  readonly startLba?: number;
  /**
   * Contents of 64 KiB and more start at multiples of so many bytes; default 2048. With 4096, file systems that share
   * blocks of files, such as XFS and Btrfs, can share those of the image with its sources.
   */
  readonly alignmentBytes?: number;
  /** The system that may use the system area; 32 characters. */
  readonly systemId?: string;
  /** The set that the volume belongs to; 128 characters. UDF puts 16 unique ones of its own before it. */
  readonly volumeSetId?: string;
  /** Who publishes it; 128 characters. */
  readonly publisherId?: string;
  /** Who prepared the data; 128 characters. */
  readonly preparerId?: string;
  /** What made it; 128 characters, default `BURNSCRIPT`. */
  readonly applicationId?: string;
  /** A file of the root that says whose it is; the descriptors of ISO 9660 name it where they have room for its name. */
  readonly copyrightFile?: string;
  /** A file of the root that says what is in the volume. */
  readonly abstractFile?: string;
  /** A file of the root with bibliographic records. */
  readonly bibliographicFile?: string;
  /** The times that ISO 9660 has of the volume: made and changed, default the timestamp; obsolete and usable, default none. */
  readonly volumeDates?: {
    readonly created?: Date;
    readonly modified?: Date;
    readonly expires?: Date;
    readonly effective?: Date;
  };
}

/** A name of a file in a planned image. */
export interface PlannedName {
  /** From the root, with `/` before each name, as people gave them. */
  readonly path: string;
  /** What the file holds. */
  readonly content: FileContent;
  /** Its length. */
  readonly sizeBytes: number;
  /** Where the content begins; 0 if it is empty, or lies in the entry of the file. */
  readonly startLba: number;
}

/** A planned image: what lies where. */
export class ImagePlan {
  /** Where the image begins on its disc: all addresses count from the disc's sector 0. */
  readonly startLba: number;
  /** Where the image ends: its length, if it begins at 0. */
  readonly sizeSectors: number;
  /** What is not zeros, sorted by place and disjoint. */
  readonly extents: readonly (FileExtent | StructureExtent)[];
  /** The number of files; each name of a file counts. */
  readonly fileCount: number;
  /** The number of symbolic links. */
  readonly symlinkCount: number;
  /** The number of directories, the root included. */
  readonly directoryCount: number;
  /** Sum of {@linkcode FILE_SYSTEM} bits. */
  readonly fileSystems: number;
  /** The label as it was asked for. */
  readonly volumeName: string;
  /** What is worth saying of the image, a sentence each. */
  readonly notes: readonly string[];

  readonly #listFiles: () => Iterable<PlannedName>;

  /** Use {@linkcode planImage}. */
  constructor(
    plan: Omit<ImagePlan, "ownerOf" | "extentIndexAt" | "files">,
    listFiles: () => Iterable<PlannedName>,
  ) {
    this.#listFiles = listFiles;
    this.startLba = plan.startLba;
    this.sizeSectors = plan.sizeSectors;
    this.extents = plan.extents;
    this.fileCount = plan.fileCount;
    this.symlinkCount = plan.symlinkCount;
    this.directoryCount = plan.directoryCount;
    this.fileSystems = plan.fileSystems;
    this.volumeName = plan.volumeName;
    this.notes = plan.notes;
  }

  /** Every name of every file, by directory, with its place in the tree that the image was made from. */
  files(): Iterable<PlannedName> {
    return this.#listFiles();
  }

  /** What lies in a sector, for people: `file /srv/a.txt`; undefined where the image is only zeros. */
  ownerOf(lba: number): string | undefined {
    const extent = this.extents[this.extentIndexAt(lba)];
    return extent !== undefined && extent.startLba <= lba ? extent.label : undefined;
  }

  /** Index of the first extent that ends behind this sector; the number of extents if there is none. */
  extentIndexAt(lba: number): number {
    let low = 0;
    let high = this.extents.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const extent = this.extents[middle]!;
      if (extent.startLba + extent.lengthSectors <= lba) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/**
 * Plans the image of a tree.
 *
 * @throws ImageError when the tree or the options cannot be had in these file systems; it names the entry.
 *
 * @example One file
 * ```ts
 * import { createDirectory, memoryContent, planImage } from "@burnscript/burnscript/image";
 * import { assertEquals } from "@std/assert";
 *
 * const root = createDirectory();
 * root.children.set("a.txt", { kind: "file", name: "a.txt", content: memoryContent(new Uint8Array([1, 2, 3])) });
 * const plan = planImage(root, { timestamp: new Date(0), volumeName: "EXAMPLE" });
 * assertEquals(plan.fileCount, 1);
 * assertEquals(plan.ownerOf(256), "UDF anchor");
 * ```
 */
export function planImage(root: ImageDirectory<ImageSymlink>, options: ImageOptions): ImagePlan {
  const fileSystems = options.fileSystems ?? 7;
  checkFileSystems(fileSystems);
  const { timestamp, startLba = 0 } = options;
  if (startLba !== 0) checkStart(startLba, fileSystems);
  const volumeName = options.volumeName ?? defaultVolumeName(timestamp);
  checkVolumeName(volumeName);
  const inventory = takeInventory(root);
  const rockRidge = rockRidgeOf(options, fileSystems);
  const [symlink] = inventory.symlinks;
  if (symlink !== undefined && rockRidge === undefined && !(fileSystems & FILE_SYSTEM.udf)) {
    throw new ImageError(
      "fileSystems",
      `Cannot plan the image: "${symlink.path}" is a symbolic link, which only Rock Ridge and UDF have`,
      { path: symlink.path },
    );
  }
  const isoViews: IsoView[] = [];
  const notes: string[] = [];
  const shown: Inventory[] = []; // of each tree
  const shownIn = (tree: TreeName): Inventory => {
    const one = inventoryOf(tree, root, inventory);
    shown.push(one);
    return one;
  };
  if (fileSystems & (FILE_SYSTEM.iso9660 | FILE_SYSTEM.joliet)) {
    // Joliet's descriptor is only a supplement of the primary one (ECMA-119 6.7.1); asked for alone, that is of nothing.
    const primary = fileSystems & FILE_SYSTEM.iso9660 ? shownIn("iso9660") : takeInventory(createDirectory());
    const iso = new IsoView(primary, isoFlavor(options.isoLevel ?? 2, rockRidge), timestamp);
    isoViews.push(iso);
    notes.push(...isoPathNotes(iso, options.isoLongPaths ?? "allow"));
  }
  if (fileSystems & FILE_SYSTEM.joliet) {
    const longPaths = options.jolietLongPaths ?? "allow";
    const flavor = jolietFlavor(options.jolietUnits ?? 64, longPaths === "shorten");
    const joliet = new IsoView(shownIn("joliet"), flavor, timestamp);
    isoViews.push(joliet);
    if (longPaths !== "allow") notes.push(...longPathNotes(joliet));
  }
  if (options.iso1999 && fileSystems & FILE_SYSTEM.iso9660) {
    // Behind Joliet, which some readers take only if it is the first supplement.
    isoViews.push(new IsoView(shownIn("iso1999"), enhancedFlavor(), timestamp));
  }
  const udf = fileSystems & FILE_SYSTEM.udf ? udfViewOf(options, fileSystems, shownIn("udf")) : undefined;
  notes.push(...streamNotes(inventory, udf?.style));
  if (isoViews.length > 0) notes.push(...longTextNotes(options));

  const descriptorsLba = startLba + VOLUME_DESCRIPTORS_LBA;
  let lba = descriptorsLba + (isoViews.length > 0 ? isoViews.length + 1 : 0);
  const recognitionLba = lba;
  if (udf !== undefined) lba = udf.place();
  for (const view of isoViews) lba = view.placePathTables(lba);
  for (const view of isoViews) lba = view.placeDirectories(lba);
  const step = alignmentSectors(options.alignmentBytes ?? SECTOR_BYTES);
  const used = filesIn(shown, inventory);
  const named = inventory.hasWeights ? inContentOrder(used) : used;
  const placeOf = inventory.hasPlaced ? earlierPlaceOf : (): undefined => undefined;
  const streams = udf?.streamContents ?? [];
  const files = streams.length === 0 ? named : [...named, ...streams];
  for (const file of files) {
    if (file.sizeBytes === 0 || file.original !== undefined || udf?.embeds(file)) continue;
    const placedLba = placeOf(file);
    if (placedLba !== undefined) {
      file.startLba = placedLba;
      continue;
    }
    if (file.sizeBytes >= ALIGNED_BYTES_MIN) lba = Math.ceil(lba / step) * step;
    file.startLba = lba;
    lba += file.lengthSectors;
  }
  const sizeSectors = udf === undefined ? lba : udf.finish(lba);
  if (sizeSectors > 0xffff_ffff) {
    throw new ImageError(
      "tooBig",
      `Cannot plan the image: it would have ${sizeSectors} sectors, over 32 bits`,
    );
  }

  const texts = volumeTexts(options, volumeName);
  const dates = volumeDates(options);
  const volumeFiles = volumeFileNames(options, inventory);
  const udfVolume = {
    volumeName,
    volumeSetId: uniqueSetId(timestamp, `${volumeName}/${sizeSectors}/${inventory.files.length}`) +
      texts.volumeSetId,
    applicationId: texts.applicationId,
    sizeSectors,
  };
  const extents: (FileExtent | StructureExtent)[] = [];
  for (const [index, view] of isoViews.entries()) {
    const render = (target: Uint8Array): void =>
      view.renderVolumeDescriptor(target, { texts, dates, files: volumeFiles, sizeSectors });
    extents.push(
      new SingleStructure(descriptorsLba + index, 1, `${view.label} volume descriptor`, render),
    );
  }
  if (isoViews.length > 0) {
    extents.push(
      new SingleStructure(recognitionLba - 1, 1, "ISO 9660 descriptor terminator", renderTerminator),
    );
  }
  if (udf !== undefined) {
    pushAll(extents, udf.volumeExtents(recognitionLba, udfVolume));
    pushAll(extents, udf.partitionExtents(udfVolume));
  }
  for (const view of isoViews) pushAll(extents, view.pathTableExtents());
  for (const view of isoViews) pushAll(extents, view.directoryExtents());
  for (const file of files) {
    if (file.startLba > 0 && file.original === undefined && placeOf(file) === undefined) extents.push(file);
  }
  if (udf !== undefined) pushAll(extents, udf.endExtents(udfVolume));
  return new ImagePlan({
    startLba,
    sizeSectors,
    extents,
    fileCount: inventory.fileNameCount,
    symlinkCount: inventory.symlinks.length,
    directoryCount: inventory.directories.length,
    fileSystems,
    volumeName,
    notes,
  }, () => namesOf(inventory.directories));
}

function* namesOf(directories: readonly PlannedDirectory[]): Generator<PlannedName> {
  for (const directory of directories) {
    for (const child of directory.children) {
      if (child.kind !== "file" && child.kind !== "hardLink") continue;
      const { content, sizeBytes, startLba } = fileOf(child);
      yield { path: pathOf(directory, child.name), content, sizeBytes, startLba };
    }
  }
}

const VOLUME_DESCRIPTORS_LBA = 16; // ECMA-119 6.2.1: the system area is before it

/** Where a content lies in an earlier session. */
function earlierPlaceOf(file: FileExtent): number | undefined {
  return file instanceof PlannedFile ? file.node.placedLba : undefined;
}

function checkStart(startLba: number, fileSystems: number): void {
  if (!Number.isSafeInteger(startLba) || startLba < 0) {
    throw new RangeError(`Expected an image to begin at a sector, found LBA ${startLba}`);
  }
  if ((fileSystems & FILE_SYSTEM.udf) === 0) return;
  // UDF's anchors and its partition count from the disc's beginning and end (UDF 2.60 2.2.3).
  throw new ImageError(
    "fileSystems",
    "Cannot plan the image: UDF is not written behind earlier sessions; use ISO 9660, with Joliet or Rock Ridge",
  );
}

/** Smaller files are not aligned: what lies between them would grow as much as what is won. */
const ALIGNED_BYTES_MIN = 64 * 1024;

function alignmentSectors(bytes: number): number {
  const sectors = bytes / SECTOR_BYTES;
  if (Number.isInteger(sectors) && sectors >= 1 && sectors <= 2 ** 15) return sectors;
  throw new ImageError(
    "alignment",
    `Cannot plan the image: contents cannot be aligned to ${bytes} bytes, but to a multiple of ${SECTOR_BYTES} up to 64 MiB`,
  );
}

function pushAll<T>(list: T[], items: Iterable<T>): void {
  for (const item of items) list.push(item); // a spread of a million would overflow the stack
}

function checkFileSystems(bits: number): void {
  const { iso9660, joliet, udf } = FILE_SYSTEM;
  if (!Number.isInteger(bits) || bits < 1 || bits > (iso9660 | joliet | udf)) {
    throw new ImageError(
      "fileSystems",
      `Cannot plan the image: file systems ${bits}, expected a sum of 1, 2 and 4`,
    );
  }
}

function isoPathNotes(iso: IsoView, policy: "allow" | "warn" | "refuse"): string[] {
  if (policy === "allow") return [];
  const { count, first } = iso.longPaths();
  if (first === undefined) return [];
  const others = count === 1 ? "" : ` and ${count - 1} others`;
  const said = `In ISO 9660, the path of "${first}"${others} is over 255 bytes`;
  if (policy === "warn") return [`${said}, which the standard forbids`];
  throw new ImageError(
    "name",
    `Cannot plan the image: ${said}; use level 1, deepDirectories "relocate", or shorter names`,
    { path: first },
  );
}

function longPathNotes(joliet: IsoView): string[] {
  const { count, first } = joliet.longPaths();
  if (first === undefined) return [];
  const others = count === 1 ? "" : ` and ${count - 1} others`;
  return [`In Joliet, the path of "${first}"${others} is over 240 bytes, which some systems cannot open`];
}

/** The files that some tree has; others need no place. */
function filesIn(shown: readonly Inventory[], all: Inventory): readonly PlannedFile[] {
  if (!all.hasLeftOut) return all.files;
  const used = new Set<PlannedFile>();
  for (const { files } of shown) for (const file of files) used.add(placeHolder(file));
  return all.files.filter((file) => used.has(file));
}

function udfViewOf(options: ImageOptions, fileSystems: number, inventory: Inventory): UdfView {
  const revision = options.udfRevision ?? "1.02";
  const style: UdfStyle | undefined = udfStyle(revision);
  if (style === undefined) {
    throw new ImageError(
      "fileSystems",
      `Cannot plan the image: there is no UDF ${revision}; use one of ${UDF_REVISIONS.join(", ")}`,
    );
  }
  const isAlone = fileSystems === FILE_SYSTEM.udf;
  return new UdfView(inventory, options.timestamp, {
    style,
    embeds: isAlone && (options.udfEmbed ?? revision !== "1.02"),
    copiesMetadata: options.udfMetadataCopy ?? true,
  });
}

/** Streams and attributes that nothing in the image keeps are not left out in silence. */
function streamNotes(inventory: Inventory, style: UdfStyle | undefined): string[] {
  const notes: string[] = [];
  const noteOf = (what: string, keeper: string, has: (node: NodeStreams) => boolean): void => {
    const owners = inventory.attributed.filter(({ node }) => has(node));
    const [first] = owners;
    if (first === undefined) return;
    const path = first.kind === "directory" ? directoryPath(first) : first.path;
    const others = owners.length === 1 ? "" : ` and ${owners.length - 1} others`;
    notes.push(`The ${what} of "${path}"${others} are left out; only UDF ${keeper}keeps them`);
  };
  if (!style?.isExtended) {
    noteOf("named streams", "2.00 and later ", ({ streams }) => (streams?.size ?? 0) > 0);
  }
  if (style === undefined) noteOf("extended attributes", "", ({ attributes }) => (attributes?.size ?? 0) > 0);
  return notes;
}

/** How ISO 9660 has Rock Ridge; undefined if it has not. */
function rockRidgeOf(options: ImageOptions, fileSystems: number): Flavor["rockRidge"] {
  const { rockRidge } = options;
  if (rockRidge === undefined || rockRidge === false || !(fileSystems & FILE_SYSTEM.iso9660)) {
    return undefined;
  }
  return {
    version: rockRidge === true ? "1.12" : rockRidge,
    longTimes: options.rockRidgeTimes === "long",
    relocates: options.deepDirectories === "relocate",
  };
}

function checkVolumeName(name: string): void {
  // deno-lint-ignore no-control-regex -- they are what is not allowed
  if (!/[\x00-\x1f]/.test(name) && name.length <= 126) return;
  throw new ImageError(
    "volumeName",
    `Cannot plan the image: volume name "${name}" has controls or over 126 characters`,
  );
}

function defaultVolumeName(timestamp: Date): string {
  return "DISC_" + timestamp.toISOString().slice(0, 10).replaceAll("-", "");
}

function volumeTexts(options: ImageOptions, volumeName: string): VolumeTexts {
  return {
    volumeName,
    systemId: options.systemId ?? "",
    volumeSetId: options.volumeSetId ?? volumeName,
    publisherId: options.publisherId ?? "",
    preparerId: options.preparerId ?? "",
    applicationId: options.applicationId ?? "BURNSCRIPT",
  };
}

/** Texts that ISO 9660 has less room for; in Joliet that is half as many characters. */
function longTextNotes(options: ImageOptions): string[] {
  const { systemId, volumeSetId, publisherId, preparerId, applicationId } = options;
  return Object.entries({ systemId, volumeSetId, publisherId, preparerId, applicationId }).flatMap(
    ([field, text = ""]) => {
      const room = field === "systemId" ? 32 : 128;
      return text.length <= room
        ? []
        : [`The ${field} of ${text.length} characters is cut: ISO 9660 keeps ${room}, Joliet ${room / 2}`];
    },
  );
}

function volumeDates(options: ImageOptions): VolumeDates {
  const { timestamp, volumeDates: given = {} } = options;
  return {
    created: given.created ?? timestamp,
    modified: given.modified ?? timestamp,
    expires: given.expires,
    effective: given.effective,
  };
}

/** The files that descriptors name; they must be in the root (ECMA-119 8.4.23). */
function volumeFileNames(options: ImageOptions, { directories }: Inventory): VolumeFileNames {
  const { copyrightFile, abstractFile, bibliographicFile } = options;
  for (const name of [copyrightFile, abstractFile, bibliographicFile]) {
    const isThere = directories[0]!.children.some((child) =>
      child.name === name && (child.kind === "file" || child.kind === "hardLink")
    );
    if (name === undefined || isThere) continue;
    throw new ImageError(
      "name",
      `Cannot plan the image: there is no file "${name}" in its root to be named in it`,
      {
        path: name,
      },
    );
  }
  return { copyright: copyrightFile, abstract: abstractFile, bibliographic: bibliographicFile };
}

/** 16 hexadecimal digits: the seconds of the timestamp, and a digest (FNV-1a) that tells volumes of one second apart. */
function uniqueSetId(timestamp: Date, text: string): string {
  let digest = 0x811c_9dc5;
  for (let at = 0; at < text.length; at++) {
    digest = Math.imul(digest ^ text.charCodeAt(at), 0x0100_0193) >>> 0;
  }
  const seconds = Math.floor(timestamp.getTime() / 1000) % 2 ** 32;
  return [seconds < 0 ? seconds + 2 ** 32 : seconds, digest].map((half) => half.toString(16).padStart(8, "0"))
    .join("");
}
