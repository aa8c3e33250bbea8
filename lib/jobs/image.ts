/** Image files from TypeScript and from the command line. @module */
import { writeImageFile } from "../platform/image_file.ts";
import { planFolder, type SourceOptions } from "./source.ts";

/** What {@linkcode image} is told. */
export interface ImageFileOptions extends SourceOptions {
  /** The folder whose content becomes the image. */
  readonly source: string;
  /** The image file; it appears whole or not at all. */
  readonly output: string;
  /** Told how many of how many sectors are written. */
  readonly onProgress?: (doneSectors: number, totalSectors: number) => void;
  /** Asked now and then; when it says yes, the work ends and the output is not there. */
  readonly isCancelled?: () => boolean;
}

/** What became of {@linkcode image}. */
export interface ImageFileReport {
  readonly output: string;
  readonly sizeBytes: number;
  readonly fileCount: number;
  readonly directoryCount: number;
}

/** Makes an ISO 9660, Joliet and UDF image file from a folder. */
export function image(options: ImageFileOptions): ImageFileReport {
  const plan = planFolder(options.source, options);
  writeImageFile(plan, options.output, {
    ...(options.onProgress === undefined ? {} : { onProgress: options.onProgress }),
    ...(options.isCancelled === undefined ? {} : { isCancelled: options.isCancelled }),
  });
  return {
    output: options.output,
    sizeBytes: plan.sizeSectors * 2048,
    fileCount: plan.fileCount,
    directoryCount: plan.directoryCount,
  };
}
