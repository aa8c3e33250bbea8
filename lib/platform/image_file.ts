/** Writes planned images to files and streams of the host. @module */
import { isStream, partialOf, removeIfThere } from "./write_whole.ts";
import { SECTOR_BYTES } from "../image/binary.ts";
import type { FileExtent, StructureExtent } from "../image/mod.ts";
import { FILE_SYSTEM, type ImagePlan } from "../image/plan.ts";
import { ImageReader, type SourceFault } from "../image/reader.ts";
import { BLOCK_BYTES, BlockRing, type BlockTaker } from "./block_ring.ts";
import { type BlockTask, SUM_BYTES, takerOf, type ThreadTask } from "./block_tasks.ts";
import { MEDIA_SUM } from "./media_sum.ts";
import { HostFileContent } from "./file_content.ts";
import { pathOfFileUrl } from "./file_url.ts";
import { type Native, nativeFilesIfAllowed } from "./native_library.ts";
import { isAllowed } from "./permissions.ts";
import { readTogetherBy } from "./read_together.ts";
import { writeAll } from "./write_all.ts";

/** How an image is written. */
export interface WriteImageOptions {
  /** Called about every 8 MiB, and at the end. */
  readonly onProgress?: (writtenSectors: number, sizeSectors: number) => void;
  /**
   * Asked before each 256 KiB; true stops with {@linkcode ImageWriteCancelled}. Writing blocks the thread, so Ctrl-C
   * must come this way: `listenForSignals(flag)` and `() => flag.raised`.
   */
  readonly isCancelled?: () => boolean;
  /** See {@linkcode ImageReader}: "throw" is the default. */
  readonly onSourceError?: "throw" | "pad";
  /** Whether SHA-256 sums of the files are made while they pass by; see {@linkcode WrittenImage.sums}. */
  readonly sums?: boolean;
  /**
   * Whether the image gets a checksum of itself, as isomd5sum implants it, into the primary volume descriptor; it is then
   * not what {@linkcode ImageReader} reads, in those 512 bytes.
   */
  readonly mediaSum?: boolean;
  /**
   * Whether threads write and make sums where they may be started without asking; default true. The image is the same.
   */
  readonly threads?: boolean;
  /**
   * Whether big files are copied inside the system, which may share their blocks, and small ones read many at once, where
   * the native library may be loaded without asking; default true. The image is the same.
   */
  readonly native?: boolean;
}

/** What became of writing an image. */
export interface WrittenImage {
  /** What was wrong with sources, if that was to be padded. */
  readonly faults: readonly SourceFault[];
  /** SHA-256 of each extent that is a file's content, in hexadecimal, by its first sector, if sums were asked for. */
  readonly sums: ReadonlyMap<number, string>;
}

/** The writing of an image was cancelled; nothing of it is left. */
export class ImageWriteCancelled extends Error {
  /** The class name, as every error has it. */
  override readonly name = "ImageWriteCancelled";
}

/** Files of at least so many bytes are copied inside the system: opening both for it takes longer than reading less. */
const COPY_BYTES_MIN = 1 << 20;
/** What is copied at once, between two looks at whether to go on. */
const COPY_BYTES = 64 << 20;
/** File systems share blocks of this size, and no smaller ones. */
const SHARED_BYTES = 4096;
const BLOCK_SECTORS = BLOCK_BYTES / SECTOR_BYTES;
/** Less is written before a thread has started. */
const THREAD_BYTES_MIN = 16 << 20;
const PROGRESS_SECTORS = 4096;

/**
 * Writes an image file. It appears whole or not at all: it is written beside its place under another name and renamed;
 * whatever stops it, the unfinished file is removed and one that was there before stays. A pipe gets the bytes in order.
 *
 * @throws ImageWriteCancelled when `isCancelled` said so, ImageError when a source changed, else what Deno throws.
 */
export function writeImageFile(plan: ImagePlan, path: string, options: WriteImageOptions = {}): WrittenImage {
  if (isStream(path)) {
    requireNoDisk(path);
    using file = Deno.openSync(path, { write: true });
    return writeImageToStream(plan, file, options);
  }
  const partialPath = partialOf(path);
  const sizeBytes = plan.sizeSectors * SECTOR_BYTES;
  createPartial(path, partialPath, sizeBytes);
  try {
    const work = new ImageWriting(plan, options);
    const tasks: BlockTask[] = [{ kind: "write", path: partialPath }, ...work.sumTasks];
    const native = options.native === false ? undefined : nativeFilesIfAllowed();
    using sink = mayUseThreads(options, work, native !== undefined)
      ? new Threads(tasks)
      : new Inline(tasks.map(takerOf));
    const written = work.run(sink, { path: partialPath, native });
    if (options.mediaSum) implant(partialPath, work.mediaSumText);
    Deno.renameSync(partialPath, path);
    return written;
  } catch (error) {
    Deno.removeSync(partialPath);
    throw error;
  }
}

/** Writes an image in order to something that takes bytes, such as `Deno.stdout`. Throws as {@linkcode writeImageFile}. */
export function writeImageToStream(
  plan: ImagePlan,
  stream: { writeSync(bytes: Uint8Array): number },
  options: WriteImageOptions = {},
): WrittenImage {
  if (options.mediaSum) {
    throw new RangeError("Cannot put a checksum into an image that goes to a stream; write a file");
  }
  const work = new ImageWriting(plan, options);
  const writer: BlockTaker = {
    take(bytes): void {
      writeAll(stream, bytes);
    },
    end(): void {},
  };
  return work.run(new Inline([writer, ...work.sumTasks.map(takerOf)]));
}

/** A disk's name in the place of a file's is more likely a mistake than meant, and would cost all that is on it. */
export function requireNoDisk(path: string): void {
  try {
    if (!Deno.statSync(path).isBlockDevice) return;
  } catch (cause) {
    if (!(cause instanceof Deno.errors.NotFound)) throw cause;
    throw new Error(`Cannot write the image "${path}": there is no such device`, { cause });
  }
  throw new Error(
    `Cannot write the image "${path}": it is a disk; pipe the image there if it shall be overwritten`,
  );
}

function implant(path: string, text: Uint8Array): void {
  using file = Deno.openSync(path, { write: true });
  file.seekSync(MEDIA_SUM.offset, Deno.SeekMode.Start);
  writeAll(file, text);
}

/** Found before anything is written, since a rename would find it last. */
function isFolder(path: string): boolean {
  try {
    return Deno.statSync(path).isDirectory;
  } catch {
    return false; // not there, or not to be looked at: opening it says what is wrong
  }
}

/** Its whole length at once, so that pieces may be left out where it is zeros. */
function createPartial(path: string, partialPath: string, sizeBytes: number): void {
  let file: Deno.FsFile;
  if (isFolder(path)) throw new Error(`Cannot write the image "${path}": it is a folder; give a file in it`);
  removeIfThere(partialPath);
  try {
    file = Deno.openSync(partialPath, { write: true, createNew: true });
  } catch (cause) {
    if (cause instanceof Deno.errors.NotCapable) throw cause;
    const why = cause instanceof Deno.errors.NotFound ? "its folder is not there" : (cause as Error).message;
    throw new Error(`Cannot write the image "${path}": ${why}`, { cause });
  }
  try {
    file.truncateSync(sizeBytes);
  } finally {
    file.close();
  }
}

/** Takes the blocks of an image in order; between them it is zeros. */
interface BlockSink extends Disposable {
  next(): Uint8Array<ArrayBuffer>;
  push(place: number, length: number): void;
  finish(place: number): void;
}

/** Does all on this thread. */
class Inline implements BlockSink {
  readonly #takers: readonly BlockTaker[];
  readonly #block = new Uint8Array(BLOCK_BYTES);

  constructor(takers: readonly BlockTaker[]) {
    this.#takers = takers;
  }

  next(): Uint8Array<ArrayBuffer> {
    return this.#block;
  }

  push(place: number, length: number): void {
    for (const taker of this.#takers) taker.take(this.#block.subarray(0, length), place);
  }

  finish(place: number): void {
    for (const taker of this.#takers) taker.end(place);
  }

  [Symbol.dispose](): void {
    for (const taker of this.#takers) taker[Symbol.dispose]?.();
  }
}

const WORKER = new URL("./write_worker.ts", import.meta.url);

/** A thread for each task, so that reading goes on while writing and summing take place. */
class Threads extends BlockRing implements BlockSink {
  readonly #workers: Worker[];

  constructor(tasks: readonly BlockTask[]) {
    super(tasks.length);
    this.#workers = tasks.map((task, index) => {
      const worker = new Worker(WORKER, { type: "module" });
      const message: ThreadTask = { task, memory: this.memory, index };
      worker.postMessage(message);
      return worker;
    });
  }

  [Symbol.dispose](): void {
    this.abandon();
    for (const worker of this.#workers) worker.terminate();
  }
}

/**
 * Many small files take as long to open as to write, and sums as long as either: that is worth a thread. Big files are
 * written out of the cache of the processor that has just read them. Starting a thread reads its module, which asks for
 * permission where there is none.
 */
function mayUseThreads(options: WriteImageOptions, work: ImageWriting, isNative: boolean): boolean {
  if (options.threads === false || navigator.hardwareConcurrency < 2) return false;
  const { smallBytes, bigBytes } = work;
  if (work.sumTasks.length > 0 ? smallBytes + bigBytes < THREAD_BYTES_MIN : smallBytes < THREAD_BYTES_MIN) {
    return false;
  }
  if (work.sumTasks.length === 0 && !isNative && smallBytes < bigBytes) return false;
  if (WORKER.protocol !== "file:") return false;
  return isAllowed({ name: "read", path: pathOfFileUrl(WORKER) });
}

/** Brings the bytes of an image to a sink. */
class ImageWriting {
  readonly sumTasks: readonly BlockTask[];
  readonly #plan: ImagePlan;
  readonly #options: WriteImageOptions;
  readonly #summed: readonly FileExtent[];
  readonly #sums: Uint8Array;
  readonly mediaSumText: Uint8Array;
  #shownSectors = -PROGRESS_SECTORS;

  constructor(plan: ImagePlan, options: WriteImageOptions) {
    this.#plan = plan;
    this.#options = options;
    this.#summed = options.sums ? plan.extents.filter((extent) => extent.kind === "file") : [];
    const sums = new SharedArrayBuffer(this.#summed.length * SUM_BYTES);
    this.#sums = new Uint8Array(sums);
    const sections = new SharedArrayBuffer(this.#summed.length * 16);
    const places = new Float64Array(sections);
    for (const [index, { startLba, sizeBytes }] of this.#summed.entries()) {
      places[2 * index] = startLba * SECTOR_BYTES;
      places[2 * index + 1] = sizeBytes;
    }
    const text = new SharedArrayBuffer(MEDIA_SUM.bytes);
    this.mediaSumText = new Uint8Array(text);
    const sizeBytes = plan.sizeSectors * SECTOR_BYTES;
    if (options.mediaSum && !(plan.fileSystems & (FILE_SYSTEM.iso9660 | FILE_SYSTEM.joliet))) {
      throw new RangeError("Cannot put a checksum into an image of UDF alone: its place is in ISO 9660");
    }
    this.sumTasks = [
      ...(options.sums ? [{ kind: "sums", sections, sums } as const] : []),
      ...(options.mediaSum ? [{ kind: "mediaSum", sizeBytes, text } as const] : []),
    ];
  }

  /** Bytes of files that may be copied without being read. */
  get bigBytes(): number {
    return this.#plan.extents.reduce((sum, extent) => sum + (isCopyable(extent) ? extent.sizeBytes : 0), 0);
  }

  /** All others, structures too. */
  get smallBytes(): number {
    return this.#plan.sizeSectors * SECTOR_BYTES - this.bigBytes;
  }

  /** With `file`, what its contents can be copied into; else all bytes go through the sink. */
  run(sink: BlockSink, file?: { path: string; native: Native | undefined }): WrittenImage {
    const { sizeSectors, extents } = this.#plan;
    const native = file?.native;
    using reader = new ImageReader(this.#plan, {
      onSourceError: this.#options.onSourceError ?? "throw",
      readTogether: native && readTogetherBy(native),
    });
    let lba = 0;
    if (native !== undefined) {
      const target = utf8z(file!.path);
      for (const extent of extents) {
        if (!isCopyable(extent)) continue;
        this.#pass(reader, sink, lba, extent.startLba);
        const copy = { native, source: utf8z(extent.content.path), target };
        lba = extent.startLba + this.#copy(reader, sink, extent, copy);
      }
    }
    this.#pass(reader, sink, lba, sizeSectors);
    sink.finish(sizeSectors * SECTOR_BYTES);
    this.#options.onProgress?.(sizeSectors, sizeSectors);
    const sums = new Map<number, string>();
    for (const [index, { startLba }] of this.#summed.entries()) {
      sums.set(startLba, this.#sums.subarray(index * SUM_BYTES, (index + 1) * SUM_BYTES).toHex());
    }
    return { faults: reader.faults, sums };
  }

  #pass(reader: ImageReader, sink: BlockSink, startLba: number, endLba: number): void {
    for (let lba = startLba; lba < endLba;) {
      this.#look(lba);
      // Up to a multiple of the block first: the system keeps a file in pieces that lie at multiples of their size, and
      // fills whole ones faster.
      const count = Math.min(BLOCK_SECTORS - lba % BLOCK_SECTORS, endLba - lba);
      reader.read(lba, count, sink.next());
      sink.push(lba * SECTOR_BYTES, count * SECTOR_BYTES);
      lba += count;
    }
  }

  /**
   * Leaves the holes of a content out, and copies the rest without reading it if it need not be summed up; returns how many
   * sectors are done. What is left goes the other way, the last bytes always: it sees whether the source became shorter or
   * longer, or cannot be read.
   */
  #copy(reader: ImageReader, sink: BlockSink, extent: FileExtent, copy: Copying): number {
    const length = Math.floor((extent.sizeBytes - 1) / SHARED_BYTES) * SHARED_BYTES;
    const lbaAt = (offset: number): number => extent.startLba + offset / SECTOR_BYTES;
    for (let offset = 0; offset < length;) {
      const { start, end } = dataFrom(copy, offset, length);
      if (start > offset) this.#look(lbaAt(offset));
      let done = start;
      if (this.sumTasks.length === 0) done += this.#copyRange(extent, copy, start, end);
      // A copy that ends early may mean a source that became shorter: reading says so.
      this.#pass(reader, sink, lbaAt(done), lbaAt(end));
      offset = end;
    }
    return length / SECTOR_BYTES;
  }

  /** Returns how many bytes were copied, whole sectors. */
  #copyRange(extent: FileExtent, { native, source, target }: Copying, start: number, end: number): number {
    let done = 0;
    while (start + done < end) {
      const sourceOffset = start + done;
      const targetOffset = extent.startLba * SECTOR_BYTES + sourceOffset;
      this.#look(Math.floor(targetOffset / SECTOR_BYTES));
      const length = Math.min(COPY_BYTES, end - sourceOffset);
      let copied: number;
      try {
        copied = native.copyRange({ source, target, sourceOffset, targetOffset, length });
      } catch {
        break; // The other way says what is wrong, or that nothing is.
      }
      if (copied === 0) break;
      done += copied;
    }
    return Math.floor(done / SECTOR_BYTES) * SECTOR_BYTES;
  }

  #look(lba: number): void {
    if (this.#options.isCancelled?.()) throw new ImageWriteCancelled("Cancelled: the image was not written");
    if (lba - this.#shownSectors < PROGRESS_SECTORS) return;
    this.#shownSectors = lba;
    this.#options.onProgress?.(lba, this.#plan.sizeSectors);
  }
}

/** A content that may be copied without being read. */
interface CopyableExtent extends FileExtent {
  readonly content: HostFileContent;
}

function isCopyable(extent: FileExtent | StructureExtent): extent is CopyableExtent {
  return extent.kind === "file" && extent.sizeBytes >= COPY_BYTES_MIN &&
    extent.content instanceof HostFileContent;
}

/** What a content is copied by. */
interface Copying {
  readonly native: Native;
  /** Paths in UTF-8 that end in NUL. */
  readonly source: Uint8Array<ArrayBuffer>;
  readonly target: Uint8Array<ArrayBuffer>;
}

/** Where a file has bytes again from `offset` on, and up to where; widened to blocks, and not beyond `limit`. */
function dataFrom(
  { native, source }: Copying,
  offset: number,
  limit: number,
): { start: number; end: number } {
  try {
    const { start, end } = native.findData(source, offset);
    // A file that is shorter than planned has no holes behind its end: reading it says what it is.
    if (start < end) {
      const from = Math.max(offset, Math.floor(start / SHARED_BYTES) * SHARED_BYTES);
      return {
        start: Math.min(from, limit),
        end: Math.min(Math.ceil(end / SHARED_BYTES) * SHARED_BYTES, limit),
      };
    }
    if (start >= limit) return { start: limit, end: limit };
  } catch {
    // It is read, then, holes and all.
  }
  return { start: offset, end: limit };
}

function utf8z(path: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(`${path}\0`);
}
