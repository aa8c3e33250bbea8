/**
 * Bytes that the standards reserve: writers shall make them zero, readers shall not look at them. A later edition may give
 * them a meaning, so what is there is worth a note, and is no problem (ECMA-119 4th edition; ECMA-167 3rd edition; UDF
 * 2.60; El Torito 1.0).
 *
 * @module
 */
import { SECTOR_BYTES } from "./binary.ts";
import { TAG } from "./udf_structures.ts";

/** From an offset in a structure up to another one; of each byte those bits, all when absent. */
type Reserved = readonly [start: number, end: number, mask?: number];

const VOLUME_DESCRIPTOR: readonly Reserved[] = [
  [72, 80], //               8.4.7
  [882, 883], //             8.4.31
  [1395, SECTOR_BYTES], //   8.4.33
];

/** In the descriptors at the beginning of ISO 9660 volumes, by their types (ECMA-119 8.1.1). */
export const ISO_RESERVED: ReadonlyMap<number, readonly Reserved[]> = new Map<number, readonly Reserved[]>([
  [0, [[39, 71], [75, SECTOR_BYTES]]], //               boot record: El Torito, figure 7
  [1, [[7, 8], [88, 120], ...VOLUME_DESCRIPTOR]], //    primary: ECMA-119 8.4.4, 8.4.9
  [2, [[7, 8, 0xfe], ...VOLUME_DESCRIPTOR]], //         supplementary: 8.5.3
  [255, [[7, SECTOR_BYTES]]], //                        terminator: 8.3.4
]);

/** In the descriptors of UDF's recognition sequence (ECMA-167 2/9.2, 2/9.3, 3/9.1). */
export const RECOGNITION_RESERVED: readonly Reserved[] = [[7, SECTOR_BYTES]];

/** Flags of directory records (ECMA-119 9.1.6). */
export const RECORD_FLAGS_RESERVED = 0x60;

/** The descriptor tag (ECMA-167 3/7.2.4). */
const IN_TAG: Reserved = [5, 6];

/** By the tag's identifier. */
const UDF_RESERVED: ReadonlyMap<number, readonly Reserved[]> = new Map<number, readonly Reserved[]>([
  [TAG.primaryVolume, [IN_TAG, [488, 489, 0xfe], [489, 512]]], //     ECMA-167 3/10.1.20, 3/10.1.21
  [TAG.anchor, [IN_TAG, [32, 512]]], //                               3/10.2.4
  [TAG.partition, [IN_TAG, [20, 21, 0xfe], [21, 22], [356, 512]]], // 3/10.5.3, 3/10.5.12
  [TAG.logicalVolume, [IN_TAG, [243, 248]]], //                       UDF 2.1.5.3, the domain's suffix
  [TAG.terminating, [IN_TAG, [16, 512]]], //                          ECMA-167 3/10.9.2
  [TAG.fileSet, [IN_TAG, [443, 448], [480, 512]]], //                 UDF 2.1.5.3; ECMA-167 4/14.1.19
  [TAG.fileIdentifier, [IN_TAG, [18, 19, 0xe0]]], //                  ECMA-167 4/14.4.3; UDF 2.3.4.2 has bit 4
  [TAG.fileEntry, [IN_TAG, [26, 27], [35, 36, 0xc0]]], //             4/14.6.5, 4/14.6.8
  [TAG.extendedFileEntry, [IN_TAG, [26, 27], [35, 36, 0xc0], [132, 136]]], // and 4/14.17.16
]);

/** The first reserved byte of a descriptor of UDF that is not zero; undefined if all are. */
export function reservedInUse(bytes: Uint8Array, offset: number, identifier: number): number | undefined {
  return firstInUse(bytes, offset, UDF_RESERVED.get(identifier) ?? [IN_TAG]);
}

/** The first byte that is not zero of those that are reserved, counted from `offset`. */
export function firstInUse(
  bytes: Uint8Array,
  offset: number,
  reserved: readonly Reserved[],
): number | undefined {
  for (const [start, end, mask = 0xff] of reserved) {
    for (let at = start; at < end; at++) if ((bytes[offset + at]! & mask) !== 0) return at;
  }
  return undefined;
}
