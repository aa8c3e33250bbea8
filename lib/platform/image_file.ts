/** Writes planned images to files and streams of the host. @module */
import { type ImagePlan, ImageReader, SECTOR_BYTES, type SourceFault } from "../image/mod.ts";

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
}

/** The writing of an image was cancelled; nothing of it is left. */
export class ImageWriteCancelled extends Error {
  /** The class name, as every error has it. */
  override readonly name = "ImageWriteCancelled";
}

/** Large enough that calls cost little, small enough to stay in the processor's second cache between read and write. */
const BUFFER_SECTORS = 128;
const PROGRESS_BUFFERS = 32;

/**
 * Writes an image file. It appears whole or not at all: it is written beside its place under another name and renamed;
 * whatever stops it, the unfinished file is removed and one that was there before stays.
 *
 * @returns what was wrong with sources, if that was to be padded.
 * @throws ImageWriteCancelled when `isCancelled` said so, ImageError when a source changed, else what Deno throws.
 */
export function writeImageFile(
  plan: ImagePlan,
  path: string,
  options: WriteImageOptions = {},
): readonly SourceFault[] {
  const partialPath = `${path}.partial-${Deno.pid}`;
  const file = openPartial(path, partialPath);
  let faults: readonly SourceFault[];
  try {
    try {
      faults = writeImage(plan, file, options);
    } finally {
      file.close();
    }
    Deno.renameSync(partialPath, path);
  } catch (error) {
    Deno.removeSync(partialPath);
    throw error;
  }
  return faults;
}

function openPartial(path: string, partialPath: string): Deno.FsFile {
  try {
    return Deno.openSync(partialPath, { write: true, createNew: true });
  } catch (cause) {
    if (cause instanceof Deno.errors.NotCapable) throw cause;
    const why = cause instanceof Deno.errors.NotFound ? "its folder is not there" : (cause as Error).message;
    throw new Error(`Cannot write the image "${path}": ${why}`, { cause });
  }
}

/** Writes an image in order to something that takes bytes, such as `Deno.stdout`. Returns and throws as {@linkcode writeImageFile}. */
export function writeImageToStream(
  plan: ImagePlan,
  stream: { writeSync(bytes: Uint8Array): number },
  options: WriteImageOptions = {},
): readonly SourceFault[] {
  return writeImage(plan, stream, options);
}

function writeImage(
  plan: ImagePlan,
  stream: { writeSync(bytes: Uint8Array): number },
  options: WriteImageOptions,
): readonly SourceFault[] {
  using reader = new ImageReader(plan, { onSourceError: options.onSourceError ?? "throw" });
  const buffer = new Uint8Array(BUFFER_SECTORS * SECTOR_BYTES);
  const { sizeSectors } = plan;
  let buffers = 0;
  for (let lba = 0; lba < sizeSectors; lba += BUFFER_SECTORS) {
    if (options.isCancelled?.()) throw new ImageWriteCancelled("Cancelled: the image was not written");
    if (buffers++ % PROGRESS_BUFFERS === 0) options.onProgress?.(lba, sizeSectors);
    const count = Math.min(BUFFER_SECTORS, sizeSectors - lba);
    const bytes = count === BUFFER_SECTORS ? buffer : buffer.subarray(0, count * SECTOR_BYTES);
    reader.read(lba, count, bytes);
    for (let done = 0; done < bytes.length;) {
      done += stream.writeSync(done === 0 ? bytes : bytes.subarray(done));
    }
  }
  options.onProgress?.(sizeSectors, sizeSectors);
  return reader.faults;
}
