/** Whether an image is sound, and whether it holds what a folder holds. @module */
import {
  checkVolumes,
  entryContent,
  type ImageProblem,
  type OpenContent,
  regionsOf,
  SECTOR_BYTES,
  type ViewName,
  type Volume,
  type VolumeEntry,
} from "../image/mod.ts";
import { compareSectors } from "./compare_sectors.ts";
import { readManifest } from "./manifest.ts";
import { requiredInfo } from "../platform/exists.ts";
import { MEDIA_SUM, MediaSum, parseMediaSum } from "../platform/media_sum.ts";
import { fileContent } from "../platform/file_content.ts";
import { nodeModule } from "../platform/node_module.ts";
import {
  chooseView,
  countEntries,
  type EntryCounts,
  type ImageSource,
  inTreeOrder,
  type OpenedImage,
  openImage,
  openSectors,
  type ViewOptions,
} from "./list.ts";

/** What {@linkcode verifyImage} is told. */
export interface VerifyImageOptions extends ViewOptions {
  /** The image, or the disc in a recorder. */
  readonly image: ImageSource;
  /** The folder that it should hold, file by file, or the image file that it should be, sector by sector. */
  readonly against?: string;
  /** Whether SHA-256 sums of all files of the view are made. */
  readonly sums?: boolean;
  /** A file of sums, in the form of `sha256sum`, that the files of the view should have. */
  readonly manifest?: string;
  /** Told how many of how many bytes are read. */
  readonly onProgress?: (doneBytes: number, totalBytes: number) => void;
  /** Asked now and then; when it says yes, the work ends with {@linkcode VerifyCancelled}. */
  readonly isCancelled?: () => boolean;
}

/** One path that is not the same in the image and in the folder. */
export interface Difference {
  /** From the root of both. */
  readonly path: string;
  /** What is not the same. */
  readonly difference:
    | "onlyInImage"
    | "onlyInFolder"
    | "kind"
    | "size"
    | "content"
    | "target"
    | "unreadable"
    | "missing"
    | "sum";
  /** For people. */
  readonly message: string;
  /** Where contents begin to differ. */
  readonly offsetBytes?: number;
  /** Of a comparison with an image file: the first sector, and how many there are. */
  readonly lba?: number;
  readonly sectors?: number;
}

/** What was found out about one view. */
export interface ViewReport extends EntryCounts {
  readonly view: ViewName;
  readonly revision?: string;
  readonly volumeName: string;
  /** What is not as its standard says, and hurts no reader. */
  readonly notes: readonly string[];
}

/** What {@linkcode verifyImage} found. */
export interface VerifyReport {
  /** All views of the image. */
  readonly views: readonly ViewReport[];
  /** What is wrong with the image by itself. */
  readonly problems: readonly ImageProblem[];
  /** The view that was compared or summed up; none where there is no file system. */
  readonly view?: ViewName;
  /** How it differs from the folder. */
  readonly differences: readonly Difference[];
  /** Sectors that were compared with an image file. */
  readonly comparedSectors?: number;
  /** Files whose content was read. */
  readonly readFiles: number;
  /** Their bytes. */
  readonly readBytes: number;
  /** Whether the image is what its own checksum says, as isomd5sum implants it; absent if it has none. */
  readonly mediaSum?: "right" | "wrong";
  /** SHA-256 sums of files, in hexadecimal, in the order of their paths; empty if none were asked for. */
  readonly sums: readonly { readonly path: string; readonly sha256: string }[];
}

/** The verification was cancelled. */
export class VerifyCancelled extends Error {
  /** The class name, as every error has it. */
  override readonly name = "VerifyCancelled";
}

const BUFFER_BYTES = 256 * 1024;
const PROGRESS_BYTES = 4 * 2 ** 20;

/**
 * Checks all views of an image strictly, compares one with a folder byte by byte, and sums its files up.
 *
 * @throws ImageError when it is no image; what Deno throws when the folder cannot be listed.
 */
export function verifyImage(options: VerifyImageOptions): VerifyReport {
  const { view, against } = options;
  const expected = options.manifest === undefined ? undefined : readManifest(options.manifest);
  const isImage = against !== undefined && requiredInfo(against, "compare with").isFile;
  // A disc may be so bad that no file system is found: all the more it differs from its image.
  using image = isImage && view === undefined && !options.sums && expected === undefined
    ? openSectors(options.image)
    : openImage(options.image, { comparesCopies: true });
  const volume = image.volumes.length === 0
    ? undefined
    : chooseView(image, view === undefined ? {} : { view });
  const comparison = new Comparison(image, options);
  if (isImage) comparison.compareImage(against);
  else if (against !== undefined) comparison.compareTree(volume!, against);
  if ((options.sums || expected !== undefined) && comparison.sums.size === 0) comparison.readAll(volume!);
  if (expected !== undefined) comparison.compareSums(expected);
  const mediaSum = checkMediaSum(image, options);
  return {
    views: image.volumes.map(viewReport),
    problems: checkVolumes(image.volumes, image.sizeSectors),
    ...(volume === undefined ? {} : { view: volume.fileSystem }),
    differences: comparison.differences,
    ...(comparison.sectors === undefined ? {} : { comparedSectors: comparison.sectors }),
    readFiles: comparison.readFiles,
    readBytes: comparison.doneBytes,
    ...(mediaSum === undefined ? {} : { mediaSum }),
    sums: [...comparison.sums].map(([path, sha256]) => ({ path, sha256 }))
      .sort((a, b) => a.path < b.path ? -1 : 1),
  };
}

/** Sums the image up if it says what its sum is. */
function checkMediaSum(
  image: OpenedImage,
  { isCancelled, onProgress }: VerifyImageOptions,
): "right" | "wrong" | undefined {
  const descriptor = new Uint8Array(SECTOR_BYTES);
  if (image.sizeSectors <= DESCRIPTOR_LBA) return undefined;
  image.read(DESCRIPTOR_LBA, 1, descriptor);
  const view = new DataView(descriptor.buffer);
  const isPrimary = descriptor[0] === 1 &&
    new TextDecoder("latin1").decode(descriptor.subarray(1, 6)) === "CD001";
  const start = MEDIA_SUM.offset % SECTOR_BYTES;
  const expected = isPrimary ? parseMediaSum(descriptor.subarray(start, start + MEDIA_SUM.bytes)) : undefined;
  if (expected === undefined) return undefined;
  const sizeSectors = view.getUint32(84); // ECMA-119 8.4.8, most significant byte first
  let found = "";
  const summing = new MediaSum(sizeSectors * SECTOR_BYTES, ({ md5 }) => found = md5, expected);
  const buffer = new Uint8Array(BUFFER_BYTES);
  const endLba = Math.min(sizeSectors, image.sizeSectors);
  for (let lba = 0; lba < endLba; lba += BUFFER_BYTES / SECTOR_BYTES) {
    if (isCancelled?.()) throw new VerifyCancelled("Cancelled: not everything was read");
    if (lba * SECTOR_BYTES % PROGRESS_BYTES === 0) onProgress?.(lba * SECTOR_BYTES, endLba * SECTOR_BYTES);
    const count = Math.min(BUFFER_BYTES / SECTOR_BYTES, endLba - lba);
    image.read(lba, count, buffer);
    summing.take(buffer.subarray(0, count * SECTOR_BYTES), lba * SECTOR_BYTES);
  }
  summing.end(endLba * SECTOR_BYTES);
  return found === expected.md5 ? "right" : "wrong";
}

const DESCRIPTOR_LBA = 16;

function viewReport(volume: Volume): ViewReport {
  const { fileSystem: view, revision, volumeName, notes, entries } = volume;
  return {
    view,
    ...(revision === undefined ? {} : { revision }),
    volumeName,
    notes,
    ...countEntries(entries),
  };
}

class Comparison {
  readonly differences: Difference[] = [];
  readonly sums = new Map<string, string>();
  readFiles = 0;
  sectors: number | undefined;
  doneBytes = 0;
  readonly #image: OpenedImage;
  readonly #options: VerifyImageOptions;
  readonly #ours = new Uint8Array(BUFFER_BYTES);
  readonly #theirs = new Uint8Array(BUFFER_BYTES);
  #totalBytes = 0;
  #shownBytes = 0;

  constructor(image: OpenedImage, options: VerifyImageOptions) {
    this.#image = image;
    this.#options = options;
  }

  readAll(volume: Volume): void {
    this.#work(volume.entries.filter((entry) => entry.kind === "file").map((entry) => ({ entry })));
  }

  /** Sector by sector. What lies where is known from the image that is trusted. */
  compareImage(path: string): void {
    const { isCancelled } = this.#options;
    using wanted = openSectors(path);
    this.sectors = Math.min(wanted.sizeSectors, this.#image.sizeSectors);
    this.#totalBytes = this.sectors * SECTOR_BYTES;
    const differences = compareSectors(this.#image, wanted, (sectors) => {
      if (isCancelled?.()) throw new VerifyCancelled("Cancelled: not everything was compared");
      this.#progress(sectors * SECTOR_BYTES);
    });
    const regions = regionsOf(wanted.volumes);
    for (const { startLba: lba, lengthSectors: sectors, problem, message } of differences) {
      const owners = regions.filter((one) =>
        one.startLba < lba + sectors && lba < one.startLba + one.lengthSectors
      );
      const names = [...new Set(owners.map(({ label }) => label))];
      const where = sectors === 1 ? `sector ${lba}` : `sectors ${lba} to ${lba + sectors - 1}`;
      const said = {
        different: `differ${sectors === 1 ? "s" : ""}`,
        unreadable: `cannot be read${message === undefined ? "" : `: ${message}`}`,
        missing: "are not there",
      };
      this.differences.push({
        path: names[0] ?? "",
        difference: problem === "different" ? "content" : problem,
        message: `${where} ${said[problem]}${
          names.length > 1 ? `, and ${names.length - 1} more with it` : ""
        }`,
        offsetBytes: lba * SECTOR_BYTES,
        lba,
        sectors,
      });
    }
    this.#options.onProgress?.(this.#totalBytes, this.#totalBytes);
  }

  compareTree(volume: Volume, folder: string): void {
    const root = Deno.statSync(folder);
    if (!root.isDirectory) throw new RangeError(`"${folder}" is not a folder`);
    const byPath = new Map(volume.entries.map((entry) => [entry.path, entry]));
    const inFolder = new Set<string>();
    const pairs: { entry: VolumeEntry; path: string }[] = [];
    const pending = [""];
    for (const parent of pending) {
      for (const { name } of Deno.readDirSync(`${folder}${parent}`)) {
        const path = `${parent}/${name}`;
        const entry = byPath.get(path);
        inFolder.add(path);
        const found = this.#compareKind(entry, path, `${folder}${path}`);
        // Only where the image has a folder, too: links in a circle come to an end there.
        if (found === "directory") pending.push(path);
        else if (found === "file" && entry !== undefined) pairs.push({ entry, path: `${folder}${path}` });
      }
    }
    for (const { path } of inTreeOrder(volume.entries)) {
      if (inFolder.has(path)) continue;
      // What is missing with its folder needs no line of its own.
      const parent = path.slice(0, path.lastIndexOf("/"));
      if (parent === "" || inFolder.has(parent)) this.#differ(path, "onlyInImage", "is only in the image");
    }
    this.#work(pairs);
    this.differences.sort((a, b) => a.path < b.path ? -1 : a.path > b.path ? 1 : 0);
  }

  compareSums(expected: ReadonlyMap<string, string>): void {
    for (const [path, sha256] of expected) {
      const found = this.sums.get(path);
      if (found === undefined) this.#differ(path, "onlyInFolder", "is only in the list of sums");
      else if (found !== sha256) this.#differ(path, "sum", "has another SHA-256 sum than in the list");
    }
    for (const path of this.sums.keys()) {
      if (!expected.has(path)) this.#differ(path, "onlyInImage", "is only in the image");
    }
    this.differences.sort((a, b) => a.path < b.path ? -1 : a.path > b.path ? 1 : 0);
  }

  /** Compares what a path is; says what is to be looked into further. */
  #compareKind(
    entry: VolumeEntry | undefined,
    path: string,
    hostPath: string,
  ): "file" | "directory" | undefined {
    let info: Deno.FileInfo;
    try {
      info = Deno.lstatSync(hostPath);
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound && path.includes("\ufffd"))) throw error;
      // Deno shows bytes that are not UTF-8 as U+FFFD, and does not find the file by that name.
      return this.#differ(path, "onlyInFolder", "is only in the folder, and its name is not UTF-8");
    }
    if (info.isSymlink && entry?.kind === "symlink") {
      const target = Deno.readLinkSync(hostPath);
      if (target === entry.target) return undefined;
      const message = `points to "${entry.target}" in the image and to "${target}" in the folder`;
      return this.#differ(path, "target", message);
    }
    // An image may have in the place of a link what it points to.
    if (info.isSymlink && entry !== undefined) {
      try {
        info = Deno.statSync(hostPath);
      } catch (error) {
        if (!(error instanceof Deno.errors.NotFound || error instanceof Deno.errors.FilesystemLoop)) {
          throw error;
        }
      }
    }
    const kind = info.isFile
      ? "file"
      : info.isDirectory
      ? "directory"
      : info.isSymlink
      ? "symlink"
      : "special";
    if (entry === undefined) {
      // Images are of files: devices, sockets and pipes are left out of most.
      return kind === "special" ? undefined : this.#differ(path, "onlyInFolder", "is only in the folder");
    }
    if (entry.kind !== kind) {
      return this.#differ(path, "kind", `is a ${entry.kind} in the image and a ${kind} in the folder`);
    }
    if (kind === "file" && entry.sizeBytes !== info.size) {
      const message = `has ${entry.sizeBytes} bytes in the image and ${info.size} in the folder`;
      return this.#differ(path, "size", message);
    }
    return kind === "file" || kind === "directory" ? kind : undefined;
  }

  #differ(
    path: string,
    difference: Difference["difference"],
    message: string,
    offsetBytes?: number,
  ): undefined {
    this.differences.push({
      path,
      difference,
      message,
      ...(offsetBytes === undefined ? {} : { offsetBytes }),
    });
  }

  /** Reads files in the order in which they lie in the image. */
  #work(pairs: { entry: VolumeEntry; path?: string }[]): void {
    const placeOf = (entry: VolumeEntry): number => entry.extents[0]?.startLba ?? -1;
    pairs.sort((a, b) => placeOf(a.entry) - placeOf(b.entry));
    this.#totalBytes += pairs.reduce((sum, { entry }) => sum + entry.sizeBytes, 0);
    for (const { entry, path } of pairs) {
      this.#readFile(entry, path);
      this.readFiles++;
    }
    this.#options.onProgress?.(this.#totalBytes, this.#totalBytes);
  }

  #readFile(entry: VolumeEntry, path: string | undefined): void {
    if (entry.unreadable !== undefined) {
      return this.#differ(entry.path, "unreadable", `is ${entry.unreadable}`);
    }
    using ours = entryContent((lba, count, bytes) => this.#image.read(lba, count, bytes), entry).open();
    using theirs = path === undefined ? undefined : fileContent(path).open();
    const hash = this.#options.sums || this.#options.manifest !== undefined
      ? nodeModule("node:crypto").createHash("sha256")
      : undefined;
    let differs = false;
    for (let offset = 0; offset < entry.sizeBytes;) {
      if (this.#options.isCancelled?.()) throw new VerifyCancelled("Cancelled: not everything was compared");
      const piece = this.#ours.subarray(0, Math.min(BUFFER_BYTES, entry.sizeBytes - offset));
      if (!this.#read(ours, piece, offset, entry)) return;
      hash?.update(piece);
      if (theirs !== undefined && !differs) {
        const at = firstDifference(
          piece,
          this.#theirs.subarray(0, theirs.read(this.#theirs.subarray(0, piece.length), offset)),
        );
        if (at !== undefined) {
          differs = true;
          this.#differ(entry.path, "content", `differs from byte ${offset + at} on`, offset + at);
        }
      }
      offset += piece.length;
      this.#progress(piece.length);
      if (differs && hash === undefined) return;
    }
    if (hash !== undefined) this.sums.set(entry.path, hash.digest("hex"));
  }

  #read(content: OpenContent, target: Uint8Array, offset: number, entry: VolumeEntry): boolean {
    try {
      if (content.read(target, offset) === target.length) return true;
      this.#differ(entry.path, "unreadable", `ends before byte ${offset + target.length} in the image`);
    } catch (error) {
      const said = error instanceof Error ? error.message : String(error);
      const own = `Cannot read "${entry.path}": `;
      const message = said.startsWith(own)
        ? `cannot be read: ${said.slice(own.length)}`
        : `cannot be read at byte ${offset}: ${said}`;
      this.#differ(entry.path, "unreadable", message);
    }
    return false;
  }

  #progress(bytes: number): void {
    this.doneBytes += bytes;
    if (this.doneBytes - this.#shownBytes < PROGRESS_BYTES) return;
    this.#shownBytes = this.doneBytes;
    this.#options.onProgress?.(this.doneBytes, this.#totalBytes);
  }
}

/** Index of the first byte that differs; undefined if none does. */
function firstDifference(a: Uint8Array, b: Uint8Array): number | undefined {
  const shared = Math.min(a.length, b.length);
  for (let at = 0; at < shared; at++) if (a[at] !== b[at]) return at;
  return a.length === b.length ? undefined : shared;
}
