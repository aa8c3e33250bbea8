/** Image files from TypeScript and from the command line. @module */
import type { FileContent, ImagePlan, SourceFault } from "../image/mod.ts";
import {
  writeImageFile,
  type WriteImageOptions,
  writeImageToStream,
  type WrittenImage,
} from "../platform/image_file.ts";
import { writeBytes } from "../platform/console.ts";
import { nodeModule } from "../platform/node_module.ts";
import { removeStalePartials } from "../platform/stale_partials.ts";
import { namingFile, writeWhole } from "../platform/write_whole.ts";
import { manifestText } from "./manifest.ts";
import { planFolder, type SourceOptions } from "./source.ts";
import { bytesText } from "./words.ts";

/** How an image file is written, and where. */
export interface ImageOutputOptions {
  /** The image file, which appears whole or not at all; `-` is standard output. */
  readonly output: string;
  /** A file that gets SHA-256 sums of all files as they were written, in the form of `sha256sum`. */
  readonly manifest?: string;
  /** Whether the image gets a checksum of itself in its volume descriptor, which `checkisomd5` and `verify` check. */
  readonly mediaSum?: boolean;
  /**
   * What is done about a file that became shorter or longer, or cannot be read: "throw" (the default), and there is no image,
   * or "pad": zeros stand for what is missing, and {@linkcode ImageFileReport.faults} says where.
   */
  readonly onSourceError?: "throw" | "pad";
  /** Told how many of how many sectors are written. */
  readonly onProgress?: (doneSectors: number, totalSectors: number) => void;
  /** Asked now and then; when it says yes, the work ends and the output is not there. */
  readonly isCancelled?: () => boolean;
}

/** What {@linkcode image} is told. */
export interface ImageFileOptions extends SourceOptions, ImageOutputOptions {
  /** The folder whose content becomes the image. */
  readonly source: string;
}

/** What became of {@linkcode image}. */
export interface ImageFileReport {
  /** Where the image is. */
  readonly output: string;
  /** Its length. */
  readonly sizeBytes: number;
  /** How many files it holds. */
  readonly fileCount: number;
  /** How many folders it holds, the root among them. */
  readonly directoryCount: number;
  /** What was wrong with sources, if that was to be padded. */
  readonly faults: readonly SourceFault[];
}

/**
 * Makes an ISO 9660, Joliet and UDF image file from a folder.
 *
 * @throws ImageError that names the first file that cannot be read, or the name that no file system takes.
 *
 * @example A folder as an image file
 * ```ts
 * import { image } from "@burnscript/burnscript";
 * import { assertEquals } from "@std/assert";
 *
 * const folder = Deno.makeTempDirSync();
 * Deno.mkdirSync(`${folder}/photos`);
 * Deno.writeTextFileSync(`${folder}/photos/readme.txt`, "Holidays");
 *
 * const report = image({ source: `${folder}/photos`, output: `${folder}/photos.iso`, volumeName: "PHOTOS" });
 * assertEquals(report.fileCount, 1);
 * assertEquals(Deno.statSync(report.output).size, report.sizeBytes);
 * Deno.removeSync(folder, { recursive: true });
 * ```
 */
export function image(options: ImageFileOptions): ImageFileReport {
  const { source, output } = options;
  return writePlan(planFolder(source, options, output === "-" ? {} : { output }), options);
}

/** Writes a planned image. */
export function writePlan(plan: ImagePlan, options: ImageOutputOptions): ImageFileReport {
  const { onProgress, isCancelled, manifest, mediaSum, onSourceError } = options;
  const writing = {
    sums: manifest !== undefined,
    ...(mediaSum === undefined ? {} : { mediaSum }),
    ...(onSourceError === undefined ? {} : { onSourceError }),
    ...(onProgress === undefined ? {} : { onProgress }),
    ...(isCancelled === undefined ? {} : { isCancelled }),
  };
  const written = write(plan, options.output, writing);
  if (manifest !== undefined) writeWhole(manifest, manifestText(sumsOf(plan, written)));
  return {
    output: options.output,
    sizeBytes: plan.sizeSectors * 2048,
    fileCount: plan.fileCount,
    directoryCount: plan.directoryCount,
    faults: written.faults,
  };
}

function write(plan: ImagePlan, output: string, writing: WriteImageOptions): WrittenImage {
  if (output === "-") return writeImageToStream(plan, { writeSync: toStdout }, writing);
  removeStalePartials(output);
  try {
    return writeImageFile(plan, output, writing);
  } catch (error) {
    const size = bytesText(plan.sizeSectors * 2048);
    throw namingFile(error, (message) => `Cannot write the image "${output}" of ${size}: ${message}`);
  }
}

/** To a reader who may go away, as `head` does. */
function toStdout(bytes: Uint8Array): number {
  writeBytes("stdout", bytes);
  return bytes.length;
}

/** The sum of each name, by path. */
function sumsOf(plan: ImagePlan, { sums }: WrittenImage): { path: string; sha256: string }[] {
  const names = Array.from(plan.files(), ({ path, content, startLba }) => {
    return { path, sha256: sums.get(startLba) ?? sumOfContent(content) };
  });
  return names.sort((a, b) => a.path < b.path ? -1 : 1);
}

/** Of a file without sectors of its own, which is small or empty. */
function sumOfContent(content: FileContent): string {
  using opened = content.open();
  const bytes = new Uint8Array(content.sizeBytes);
  opened.read(bytes, 0);
  return nodeModule("node:crypto").createHash("sha256").update(bytes).digest("hex");
}
