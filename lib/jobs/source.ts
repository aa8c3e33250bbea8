/** What a person names as a source: a folder, or an image file. @module */
import { FileImage } from "../platform/image_file_source.ts";
import { type ImagePlan, ImageReader, planImage, type RockRidgeVersion } from "../image/mod.ts";
import { NOTE_TEXTS, readSourceTree } from "../platform/source_tree.ts";

/** Sectors that can be written to a disc. */
export interface SectorSource extends Disposable {
  readonly sizeSectors: number;
  /** Fills `target` with `count` sectors of 2048 bytes from `lba` on. */
  read(lba: number, count: number, target: Uint8Array): void;
  /** Which file or structure lies at a sector, for messages. */
  ownerOf(lba: number): string | undefined;
}

/** Options of {@linkcode openSource} and {@linkcode planFolder}. */
export interface SourceOptions {
  /** The volume's name; the folder's name when absent. */
  readonly volumeName?: string;
  /** Bits: ISO 9660 1, Joliet 2, UDF 4; all three when absent. */
  readonly fileSystems?: number;
  /**
   * Whether ISO 9660 gets Rock Ridge, true for version 1.12. Permissions, owners, symbolic and hard links are then kept, in
   * UDF, too; symbolic links are else what they point to.
   */
  readonly rockRidge?: boolean | RockRidgeVersion;
  /** The most UTF-16 units of a name in Joliet; 64 when absent. */
  readonly jolietUnits?: 64 | 103;
  /** Paths over 240 bytes in Joliet: allowed when absent, else told of, or their names shortened. */
  readonly jolietLongPaths?: "allow" | "warn" | "shorten";
  /** The time that the image's descriptors carry; now when absent. */
  readonly timestamp?: Date;
  /** Told of what is left out (devices, broken links), one sentence each; without it such a thing is an error. */
  readonly onNote?: (message: string) => void;
}

/** Opens a folder (planned as an image, nothing is copied) or an image file as sectors. */
export function openSource(path: string, options: SourceOptions = {}): SectorSource {
  if (!sourceInfo(path).isDirectory) return new FileImage(path);
  const plan = planFolder(path, options);
  const reader = new ImageReader(plan);
  return {
    sizeSectors: plan.sizeSectors,
    read: (lba, count, target) => reader.read(lba, count, target),
    ownerOf: (lba) => plan.ownerOf(lba),
    [Symbol.dispose]: () => reader[Symbol.dispose](),
  };
}

/** The image of a folder, planned. */
export function planFolder(path: string, options: SourceOptions): ImagePlan {
  if (!sourceInfo(path).isDirectory) {
    throw new Error(`Cannot make an image of "${path}": it is no folder; give a folder`);
  }
  const name = Deno.realPathSync(path).replace(/[\\/]+$/, "").replace(/^.*[\\/]/, "");
  const { onNote, rockRidge = false } = options;
  const tree = readSourceTree(path, {
    ...(rockRidge ? { posix: true, symlinks: "keep" } : {}),
    ...(onNote === undefined
      ? {}
      : { onNote: (note) => onNote(`Left out "${note.path}": ${NOTE_TEXTS[note.problem]}`) }),
  });
  const { jolietUnits, jolietLongPaths } = options;
  const plan = planImage(tree, {
    volumeName: options.volumeName ?? (name === "" ? "DISC" : name),
    ...(options.fileSystems === undefined ? {} : { fileSystems: options.fileSystems }),
    rockRidge,
    ...(jolietUnits === undefined ? {} : { jolietUnits }),
    ...(jolietLongPaths === undefined ? {} : { jolietLongPaths }),
    timestamp: options.timestamp ?? new Date(),
  });
  for (const note of plan.notes) onNote?.(note);
  return plan;
}

function sourceInfo(path: string): Deno.FileInfo {
  try {
    return Deno.statSync(path);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    throw new Error(`Cannot read the source "${path}": there is no such file or folder`, { cause: error });
  }
}
