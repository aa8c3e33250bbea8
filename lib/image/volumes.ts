/** Reads images back: lists the files of each file system in an image, and says what is wrong with it. @module */
import { SECTOR_BYTES, sectorsOf } from "./binary.ts";
import { readIsoVolumes } from "./iso9660_reader.ts";
import type { FileContent } from "./source.ts";
import { readUdfVolume } from "./udf_reader.ts";

/** Fills `target` with sectors; {@linkcode ImageReader.read} is one, and so is a drive. */
export type ReadSectors = (lba: number, count: number, target: Uint8Array) => void;

/** A file system found in an image. */
export interface Volume {
  /** Which of those that may lie in one image side by side. */
  readonly fileSystem: "iso9660" | "joliet" | "udf";
  /** The label. */
  readonly volumeName: string;
  /** Breadth-first, without the root. */
  readonly entries: readonly VolumeEntry[];
  /** What breaks its standard, and where; empty for a sound image. */
  readonly problems: readonly string[];
}

/** A file or directory of a volume. */
export interface VolumeEntry {
  /** From the root, with `/` before each name. */
  readonly path: string;
  /** What it is; other kinds (links, devices) are not listed. */
  readonly kind: "file" | "directory";
  /** Length of the content; for a directory, of its records. */
  readonly sizeBytes: number;
  /** Where the content lies, in its order. */
  readonly extents: readonly VolumeExtent[];
  /** Last change, if it is known. */
  readonly modified: Date | undefined;
  /** Whether file managers should not show it. */
  readonly hidden: boolean;
}

/** A part of a content. */
export interface VolumeExtent {
  /** Its first sector; undefined if it is a hole of zeros or in `bytes`. */
  readonly startLba: number | undefined;
  /** Its length. */
  readonly lengthBytes: number;
  /** The content itself, if it lies in the structures (UDF). */
  readonly bytes?: Uint8Array;
}

/**
 * Lists what is in an image: ISO 9660, Joliet and UDF up to 2.01, each with its entries and problems.
 *
 * Damaged or unknown parts are left out and said in `problems`; what `read` throws is passed on.
 */
export function readVolumes(read: ReadSectors, sizeSectors: number): Volume[] {
  const volumes = readIsoVolumes(read, sizeSectors);
  const udf = readUdfVolume(read, sizeSectors);
  return udf === undefined ? volumes : [...volumes, udf];
}

/** The content of a file of a volume. */
export function entryContent(read: ReadSectors, entry: VolumeEntry): FileContent {
  return {
    sizeBytes: entry.sizeBytes,
    open: () => ({
      read: (target, offset) => readEntry(read, entry, target, offset),
      [Symbol.dispose]: (): void => {},
    }),
  };
}

function readEntry(read: ReadSectors, entry: VolumeEntry, target: Uint8Array, offset: number): number {
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
    startBytes += extent.lengthBytes;
  }
  return Math.max(0, endBytes - offset);
}

/** Reads bytes that begin `offset` bytes behind the start of a sector. */
function readPart(read: ReadSectors, startLba: number, offset: number, target: Uint8Array): void {
  const lba = startLba + Math.floor(offset / SECTOR_BYTES);
  const lead = offset % SECTOR_BYTES;
  const count = sectorsOf(lead + target.length);
  if (lead === 0 && target.length === count * SECTOR_BYTES) return read(lba, count, target);
  const sectors = new Uint8Array(count * SECTOR_BYTES);
  read(lba, count, sectors);
  target.set(sectors.subarray(lead, lead + target.length));
}
