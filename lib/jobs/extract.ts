/** Files of an image into a folder. @module */
import { ExtractError, type ExtractNote, type ExtractReport, extractTree } from "../platform/extract_tree.ts";
import { type ImageSource, openView, selectEntries, type ViewOptions } from "./list.ts";

export { ExtractError, type ExtractNote, type ExtractReport };

/** What {@linkcode extract} is told. */
export interface ExtractJobOptions extends ViewOptions {
  /** The image, or the disc in a recorder. */
  readonly image: ImageSource;
  /** The folder that gets the files; made if it is not there. */
  readonly target: string;
  /** What is extracted, folders with all that is in them; everything when empty. */
  readonly paths?: readonly string[];
  /** Whether files that are there are replaced. */
  readonly force?: boolean;
  /** Which symbolic links are made: those that stay in the folder (the default), all, or none. */
  readonly links?: "safe" | "all" | "none";
  /** Told of what is left out. */
  readonly onNote?: (note: ExtractNote) => void;
  /** Told how many of how many bytes are written. */
  readonly onProgress?: (doneBytes: number, totalBytes: number) => void;
  /** Asked now and then; when it says yes, the work ends. */
  readonly isCancelled?: () => boolean;
}

/**
 * Extracts files of an image into a folder, out of which no name and no link of the image can lead.
 *
 * @throws ExtractError when a file is there already, or a folder on the way is a link; ImageError when the image or its
 * view or a path in it cannot be read. What else of it cannot be read is in the report's `problems`.
 */
export function extract(options: ExtractJobOptions): ExtractReport {
  const { view, session, target, force, links, onNote, onProgress, isCancelled } = options;
  using opened = openView(options.image, {
    ...(view === undefined ? {} : { view }),
    ...(session === undefined ? {} : { session }),
  });
  const { image, volume } = opened;
  const report = extractTree({
    read: (lba, count, bytes) => image.read(lba, count, bytes),
    entries: selectEntries(volume, options.paths ?? []),
    target,
    ...(force === undefined ? {} : { force }),
    ...(links === undefined ? {} : { links }),
    ...(onNote === undefined ? {} : { onNote }),
    ...(onProgress === undefined ? {} : { onProgress }),
    ...(isCancelled === undefined ? {} : { isCancelled }),
  });
  return { ...report, problems: [...volume.problems, ...report.problems] };
}
