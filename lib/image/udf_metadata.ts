/**
 * The metadata partition of UDF 2.50 and later (UDF 2.2.10, 2.2.13).
 *
 * Descriptors and directories lie together in a file, the metadata file, whose blocks count as a partition of their own.
 * Its entry is at the start of the volume; the entry of its mirror is at the end, and names the same blocks or a copy of
 * them there. Addresses within are the same in both, so that a copy has the same bytes.
 *
 * @module
 */
import { SECTOR_BYTES } from "./binary.ts";
import { SingleStructure, type StructureExtent } from "./structure.ts";
import { renderEntry } from "./udf_entry.ts";
import type { UdfStyle } from "./udf_revision.ts";
import { FILE_TYPE } from "./udf_structures.ts";

/** Extents of the metadata file start at and have multiples of this: the blocks of a Blu-ray disc that belong together. */
export const METADATA_UNIT_BLOCKS = 32;

/** Where the metadata lie, in blocks of the plain partition. */
export interface MetadataPlaces {
  /** Of the entry of the metadata file. */
  readonly fileBlock: number;
  /** Of the entry of its mirror. */
  readonly mirrorBlock: number;
  readonly contentBlock: number;
  /** Of the mirror: the same one if it has no copy. */
  readonly mirrorContentBlock: number;
  readonly lengthBlocks: number;
  /** Whether the mirror has a copy of its own. */
  readonly isCopied: boolean;
}

/** The blocks, rounded up to whole units. */
export function wholeUnits(blocks: number): number {
  return Math.ceil(blocks / METADATA_UNIT_BLOCKS) * METADATA_UNIT_BLOCKS;
}

/** The entry of the metadata file or of its mirror. */
export function metadataEntryExtent(
  places: MetadataPlaces,
  which: "main" | "mirror",
  { partitionLba, style, timestamp }: { partitionLba: number; style: UdfStyle; timestamp: Date },
): StructureExtent {
  const isMain = which === "main";
  const block = isMain ? places.fileBlock : places.mirrorBlock;
  const label = `UDF metadata ${isMain ? "" : "mirror "}file`;
  return new SingleStructure(partitionLba + block, 1, label, (target) => {
    const entry = {
      node: {},
      fileType: isMain ? FILE_TYPE.metadata : FILE_TYPE.metadataMirror,
      linkCount: 0, // UDF 2.2.13: nothing names it
      uniqueId: 0,
      block,
      reference: 0,
      content: {
        lengthBytes: places.lengthBlocks * SECTOR_BYTES,
        startBlock: isMain ? places.contentBlock : places.mirrorContentBlock,
        reference: undefined,
        extentBytesMax: EXTENT_BYTES_MAX,
      },
    };
    renderEntry(target, entry, style, timestamp);
  });
}

/** The largest multiple of a unit that an extent can have; the entry has room for over 200 of them. */
const EXTENT_BYTES_MAX = 2 ** 30 - METADATA_UNIT_BLOCKS * SECTOR_BYTES;
