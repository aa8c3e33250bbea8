/** Image files from TypeScript and from the command line. @module */
import { writeImageFile, writeImageToStream } from "../platform/image_file.ts";
import { planFolder, type SourceOptions } from "./source.ts";

/** What {@linkcode image} is told. */
export interface ImageFileOptions extends SourceOptions {
  /** The folder whose content becomes the image. */
  readonly source: string;
  /** The image file, which appears whole or not at all; `-` is standard output. */
  readonly output: string;
  /** Told how many of how many sectors are written. */
  readonly onProgress?: (doneSectors: number, totalSectors: number) => void;
  /** Asked now and then; when it says yes, the work ends and the output is not there. */
  readonly isCancelled?: () => boolean;
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
  const plan = planFolder(options.source, options);
  const { onProgress, isCancelled } = options;
  const writing = {
    ...(onProgress === undefined ? {} : { onProgress }),
    ...(isCancelled === undefined ? {} : { isCancelled }),
  };
  if (options.output === "-") writeImageToStream(plan, Deno.stdout, writing);
  else writeImageFile(plan, options.output, writing);
  return {
    output: options.output,
    sizeBytes: plan.sizeSectors * 2048,
    fileCount: plan.fileCount,
    directoryCount: plan.directoryCount,
  };
}
