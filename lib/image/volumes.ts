/** Reads images back: lists the files of each file system in an image, and says what is wrong with it. @module */
import { SECTOR_BYTES, sectorsOf } from "./binary.ts";
import { ImageError } from "./errors.ts";
import { readIsoVolumes } from "./iso9660_reader.ts";
import { readAhead } from "./read_ahead.ts";
import type { FileContent, OpenContent } from "./source.ts";
import { readUdfVolume } from "./udf_reader.ts";
import { openZisofs, type ZisofsFormat } from "./zisofs.ts";

/** Fills `target` with sectors; {@linkcode ImageReader.read} is one, and so is a drive. */
export type ReadSectors = (lba: number, count: number, target: Uint8Array) => void;

/** The file systems that may lie in one image side by side, each a view of (mostly) the same files. */
export type ViewName = "iso9660" | "rockridge" | "joliet" | "iso1999" | "udf";

/** A file system found in an image. */
export interface Volume {
  /** Which of those that may lie in one image side by side. */
  readonly fileSystem: ViewName;
  /** The label. */
  readonly volumeName: string;
  /** Breadth-first, without the root. */
  readonly entries: readonly VolumeEntry[];
  /** What breaks its standard, and where; empty for a sound image. */
  readonly problems: readonly string[];
  /** What is not as the standard says, and which readers do not look at; other builders write such things. */
  readonly notes: readonly string[];
  /** What it is made of besides the contents of files: descriptors, tables, directories. */
  readonly structures: readonly VolumeStructure[];
  /** The length that it says it has. */
  readonly sizeSectors: number;
  /** The length of its blocks where it is not 2048: volumes of UDF on hard disks and memory sticks have others. */
  readonly blockBytes?: number;
  /** The revision of its standard, such as `1.02` of UDF, where it tells. */
  readonly revision?: string;
  /** When it was made, if it says. */
  readonly created: Date | undefined;
  /** What its descriptors say besides, by the field's name: `publisherId`, `applicationId` and so on; no empty ones. */
  readonly texts: Readonly<Record<string, string>>;
}

/** A piece of an image that is not the content of a file. */
export interface VolumeStructure {
  /** Its first sector. */
  readonly startLba: number;
  /** Its length. */
  readonly lengthSectors: number;
  /** What it is, for people. */
  readonly label: string;
  /** Whether it may be the content of a file at the same time, as boot images are. */
  readonly isAlsoFile?: boolean;
}

/** A file, directory or other object of a volume. */
export interface VolumeEntry {
  /** From the root, with `/` before each name. No name in it is empty, `.` or `..`. */
  readonly path: string;
  /** What it is; `special` is a device, pipe or socket. */
  readonly kind: "file" | "directory" | "symlink" | "special";
  /** Length of the content; for a directory, of its records. */
  readonly sizeBytes: number;
  /** Where the content lies, in its order. */
  readonly extents: readonly VolumeExtent[];
  /** Last change, if it is known. */
  readonly modified: Date | undefined;
  /** Whether file managers should not show it. */
  readonly hidden: boolean;
  /** Where a symbolic link points, as it is written there. */
  readonly target?: string;
  /** Creation, if it is known. */
  readonly created?: Date;
  /** Last access, if it is known. */
  readonly accessed?: Date;
  /** What POSIX systems know of it, in Rock Ridge and UDF. */
  readonly posix?: PosixAttributes;
  /** Why its content cannot be read, if that is known: what it is stored as. */
  readonly unreadable?: string;
  /** How its content is compressed, in Rock Ridge; {@linkcode entryContent} reads it as it was. */
  readonly compressed?: ZisofsFormat;
  /** Its named streams, in UDF; absent if there are none. */
  readonly streams?: readonly VolumeStream[];
  /** Its extended attributes by name, in UDF; absent if there are none. */
  readonly attributes?: ReadonlyMap<string, Uint8Array>;
}

/** A further content of a file or directory. */
export interface VolumeStream {
  /** What it is called. */
  readonly name: string;
  /** Its length. */
  readonly sizeBytes: number;
  /** Where it lies, in its order. */
  readonly extents: readonly VolumeExtent[];
}

/** Attributes that Rock Ridge and UDF keep. */
export interface PosixAttributes {
  /** Type and permissions, as `st_mode` has them. */
  readonly mode: number;
  /** The number of names that it has. */
  readonly links: number;
  /** Owner; undefined if none is said. */
  readonly uid: number | undefined;
  /** Group; undefined if none is said. */
  readonly gid: number | undefined;
  /** What tells files apart, where it is said. */
  readonly inode?: number;
}

/** A part of a content. */
export interface VolumeExtent {
  /**
   * Its first sector; undefined if it is a hole of zeros or in `bytes`. In a volume with blocks of 512 or 1024 bytes it may
   * begin within a sector, and this is no whole number.
   */
  readonly startLba: number | undefined;
  /** Its length. */
  readonly lengthBytes: number;
  /** The content itself, if it lies in the structures (UDF). */
  readonly bytes?: Uint8Array;
}

/**
 * Lists what is in an image: ISO 9660, Rock Ridge, Joliet, ISO 9660:1999 and UDF, each with its entries and problems.
 *
 * Damaged or unknown parts are left out and said in `problems`; what `read` throws is passed on. Time and memory are
 * bounded by the image's size, whatever its bytes are.
 */
export function readVolumes(
  read: ReadSectors,
  sizeSectors: number,
  options: ReadVolumesOptions = {},
): Volume[] {
  const { views } = options;
  const isWanted = (view: ViewName): boolean => views === undefined || views.includes(view);
  const cached = readAhead(read, sizeSectors);
  const volumes = readIsoVolumes(cached, sizeSectors, isWanted);
  const udf = isWanted("udf") ? readUdfVolume(cached, sizeSectors, options) : undefined;
  return udf === undefined ? volumes : [...volumes, udf];
}

/** Options of {@linkcode readVolumes}. */
export interface ReadVolumesOptions {
  /** Which file systems are looked for, in less time than all; all when absent. */
  readonly views?: readonly ViewName[];
  /** Whether UDF's copy of its metadata is compared with them, which reads all of them twice; default false. */
  readonly comparesCopies?: boolean;
}

/** From the one that keeps most of what a file is to the one that keeps least. */
const RICHEST_FIRST: readonly ViewName[] = ["rockridge", "udf", "joliet", "iso1999", "iso9660"];

/** The view that keeps most: Rock Ridge, else UDF, Joliet, ISO 9660:1999, ISO 9660; one that shows nothing only if all are empty. */
export function richestVolume(volumes: readonly Volume[]): Volume | undefined {
  const sorted = RICHEST_FIRST.flatMap((name) => volumes.filter((one) => one.fileSystem === name));
  return sorted.find((one) => one.entries.length > 0) ?? sorted[0];
}

/**
 * A name as a part of a path: a name of a damaged or hostile image may hold separators or be one of the names that
 * mean a directory, and would then lead out of the place where it is put.
 */
export function partOfPath(name: string): string {
  if (name === "" || name === ".") return "_";
  if (name === "..") return "__";
  // deno-lint-ignore no-control-regex -- NUL ends a path for every system
  return /[/\x00]/.test(name) ? name.replaceAll(/[/\x00]/g, "_") : name;
}

/**
 * The content of a file of a volume, or of a named stream. A damaged compressed one throws ImageError "damaged" when it is
 * read, one that is stored in a way that is not known ImageError "unreadable" when it is opened.
 */
export function entryContent(read: ReadSectors, entry: VolumeEntry | VolumeStream): FileContent {
  if ("unreadable" in entry) return { sizeBytes: entry.sizeBytes, open: () => refuse(entry) };
  const open = (): OpenContent => ({
    read: (target, offset) => readEntry(read, entry, target, offset),
    [Symbol.dispose]: (): void => {},
  });
  const { sizeBytes } = entry;
  return "compressed" in entry ? compressedContent(read, entry) : { sizeBytes, open };
}

/** What is stored would not be the content. */
function refuse({ path, unreadable }: VolumeEntry): never {
  throw new ImageError("unreadable", `Cannot read "${path}": it is ${unreadable}`, { path });
}

function compressedContent(read: ReadSectors, entry: VolumeEntry): FileContent {
  const { compressed, path, sizeBytes, extents } = entry;
  const storedBytes = extents.reduce((sum, { lengthBytes }) => sum + lengthBytes, 0);
  const { compressed: _, ...plain } = entry;
  const stored = entryContent(read, { ...plain, sizeBytes: storedBytes });
  const open = (): OpenContent =>
    openZisofs({ ...compressed!, path, sizeBytes, storedBytes, stored: stored.open() });
  return { sizeBytes, open };
}

function readEntry(
  read: ReadSectors,
  entry: VolumeEntry | VolumeStream,
  target: Uint8Array,
  offset: number,
): number {
  const endBytes = Math.min(offset + target.length, entry.sizeBytes);
  let startBytes = 0; // of the extent, in the file
  for (const extent of entry.extents) {
    const from = Math.max(offset, startBytes);
    const to = Math.min(endBytes, startBytes + extent.lengthBytes);
    if (from < to) {
      const piece = target.subarray(from - offset, to - offset);
      if (extent.bytes !== undefined) piece.set(extent.bytes.subarray(from - startBytes, to - startBytes));
      else if (extent.startLba === undefined) piece.fill(0);
      else readPart(read, extent.startLba, from - startBytes, piece);
    }
    startBytes += extent.lengthBytes; // its end
    if (startBytes >= endBytes) break;
  }
  // Extents that are outside of a damaged image are left out, and the content ends early.
  return Math.max(0, Math.min(endBytes, startBytes) - offset);
}

/** Reads bytes that begin `offset` bytes behind the start of a sector. */
function readPart(read: ReadSectors, startLba: number, offset: number, target: Uint8Array): void {
  const start = startLba * SECTOR_BYTES + offset;
  const lba = Math.floor(start / SECTOR_BYTES);
  const lead = start % SECTOR_BYTES;
  const count = sectorsOf(lead + target.length);
  if (lead === 0 && target.length === count * SECTOR_BYTES) return read(lba, count, target);
  const sectors = new Uint8Array(count * SECTOR_BYTES);
  read(lba, count, sectors);
  target.set(sectors.subarray(lead, lead + target.length));
}
