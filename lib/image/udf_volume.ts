/**
 * What a UDF volume says before its partition: recognition sequence, anchors, volume descriptors, integrity descriptor
 * (ECMA-167 part 3; UDF 2.2).
 *
 * Places that the standard or custom fixes come first: recognition sequence at 16, behind ISO 9660's descriptors if
 * there are any; main and reserve volume descriptor sequence at 32 and 48; integrity sequence at 64; anchor at 256 and
 * in the last sector.
 *
 * @module
 */
import { SECTOR_BYTES, setLatin1, setUint64, viewOf } from "./binary.ts";
import { SingleStructure, type StructureExtent } from "./structure.ts";
import { METADATA_UNIT_BLOCKS, type MetadataPlaces } from "./udf_metadata.ts";
import type { UdfStyle } from "./udf_revision.ts";
import {
  IMPLEMENTATION,
  revisionSuffix,
  setCharacterSet,
  setDstring,
  setEntity,
  setExtentAd,
  setLongAd,
  setTag,
  setTimestamp,
  TAG,
} from "./udf_structures.ts";

const MAIN_SEQUENCE_LBA = 32;
const RESERVE_SEQUENCE_LBA = 48;
const SEQUENCE_SECTORS = 16; // UDF 2.2.3.1: at least
const INTEGRITY_LBA = 64;
const INTEGRITY_SECTORS = 4; // 8 KiB, UDF 2.2.4.6
const ANCHOR_LBA = 256;
/** The recognition sequence needs three sectors before the volume descriptor sequences. */
const RECOGNITION_SECTORS = 3;

/** Sectors of the file set descriptor and its terminator, the first of the partition that has the tree. */
export const FILE_SET_BLOCKS = 2;

/** What the volume says about itself, and the size that it turned out to have. */
export interface UdfVolume {
  readonly volumeName: string;
  /** Begins with 16 characters that are unlike those of other volumes (UDF 2.2.2.5). */
  readonly volumeSetId: string;
  readonly applicationId: string;
  readonly sizeSectors: number;
}

/** What the descriptors of the volume need to know besides. */
export interface UdfVolumeParts {
  readonly style: UdfStyle;
  readonly timestamp: Date;
  readonly partition: { readonly startLba: number; readonly lengthBlocks: number };
  /** The number of the partition, in the list of maps, that has the tree. */
  readonly treeReference: number;
  /** Where the metadata lie; undefined if they are among everything else. */
  readonly metadata: MetadataPlaces | undefined;
  readonly counts: { readonly files: number; readonly directories: number; readonly nextUniqueId: number };
}

/** The sectors before the partition, in the order of places; the recognition sequence starts at `recognitionLba`. */
export function* volumeExtents(
  recognitionLba: number,
  volume: UdfVolume,
  parts: UdfVolumeParts,
): Generator<StructureExtent> {
  const recognition = (target: Uint8Array): void => renderRecognition(target, parts.style);
  yield new SingleStructure(recognitionLba, RECOGNITION_SECTORS, "UDF recognition sequence", recognition);
  for (const lba of [MAIN_SEQUENCE_LBA, RESERVE_SEQUENCE_LBA]) {
    const label = `UDF ${lba === MAIN_SEQUENCE_LBA ? "main" : "reserve"} volume descriptor sequence`;
    const render = (target: Uint8Array): void => renderSequence(target, lba, volume, parts);
    yield new SingleStructure(lba, SEQUENCE_SECTORS, label, render);
  }
  yield new SingleStructure(INTEGRITY_LBA, INTEGRITY_SECTORS, "UDF integrity sequence", (target) => {
    renderIntegrity(target, parts);
  });
  yield anchorExtent(ANCHOR_LBA, parts.style);
}

/** The anchor volume descriptor pointer (ECMA-167 3/10.2), at 256 and in the last sector. */
export function anchorExtent(lba: number, style: UdfStyle): StructureExtent {
  return new SingleStructure(lba, 1, "UDF anchor", (target) => {
    setExtentAd(target, 16, SEQUENCE_SECTORS * SECTOR_BYTES, MAIN_SEQUENCE_LBA);
    setExtentAd(target, 24, SEQUENCE_SECTORS * SECTOR_BYTES, RESERVE_SEQUENCE_LBA);
    setTag(target, 0, { identifier: TAG.anchor, location: lba, lengthBytes: 512, version: style.tagVersion });
  });
}

/** File set descriptor (ECMA-167 4/14.1) and a terminator; `root` is the block of the root's entry. */
export function renderFileSet(
  target: Uint8Array,
  volume: UdfVolume,
  { style, timestamp, treeReference }: UdfVolumeParts,
  root: number,
): void {
  const view = viewOf(target);
  const version = style.tagVersion;
  setTimestamp(target, 16, timestamp);
  view.setUint16(28, 3, true); // interchange level, UDF 2.3.2.1
  view.setUint16(30, 3, true);
  view.setUint32(32, 1, true); // character sets
  view.setUint32(36, 1, true);
  setCharacterSet(target, 48);
  setDstring(target, 112, 128, volume.volumeName);
  setCharacterSet(target, 240);
  setDstring(target, 304, 32, volume.volumeName);
  setLongAd(target, 400, { lengthBytes: SECTOR_BYTES, block: root, reference: treeReference });
  setEntity(target, 416, "*OSTA UDF Compliant", revisionSuffix(style));
  setTag(target, 0, { identifier: TAG.fileSet, location: 0, lengthBytes: 512, version });
  const terminator = target.subarray(SECTOR_BYTES);
  setTag(terminator, 0, { identifier: TAG.terminating, location: 1, lengthBytes: 512, version });
}

/** Volume structure descriptors (ECMA-167 2/9.1, 3/9.1). */
function renderRecognition(target: Uint8Array, style: UdfStyle): void {
  for (const [index, identifier] of ["BEA01", style.standard, "TEA01"].entries()) {
    setLatin1(target, index * SECTOR_BYTES + 1, identifier);
    target[index * SECTOR_BYTES + 6] = 1; // version
  }
}

/** Fills a sector but for its tag; returns the tag's identifier and the descriptor's length. */
type RenderDescriptor = (
  sector: Uint8Array,
  number: number,
  volume: UdfVolume,
  parts: UdfVolumeParts,
) => [identifier: number, lengthBytes: number];

function renderSequence(target: Uint8Array, lba: number, volume: UdfVolume, parts: UdfVolumeParts): void {
  const descriptors: RenderDescriptor[] = [
    renderPrimary,
    renderImplementationUse,
    renderPartition,
    renderLogicalVolume,
    renderUnallocated,
    () => [TAG.terminating, 512],
  ];
  for (const [index, render] of descriptors.entries()) {
    const sector = target.subarray(index * SECTOR_BYTES, (index + 1) * SECTOR_BYTES);
    const [identifier, lengthBytes] = render(sector, index + 1, volume, parts);
    setTag(sector, 0, { identifier, location: lba + index, lengthBytes, version: parts.style.tagVersion });
  }
}

/** Logical volume integrity descriptor (ECMA-167 3/10.10, UDF 2.2.6), closed, and a terminator. */
function renderIntegrity(target: Uint8Array, parts: UdfVolumeParts): void {
  const { style, timestamp, partition, metadata, counts } = parts;
  const view = viewOf(target);
  const sizes = [partition.lengthBlocks, ...metadata === undefined ? [] : [metadata.lengthBlocks]];
  setTimestamp(target, 16, timestamp);
  view.setUint32(28, 1, true); // close
  setUint64(view, 40, counts.nextUniqueId);
  view.setUint32(72, sizes.length, true); // partitions
  view.setUint32(76, 46, true); // length of implementation use
  // A free block count for each, all 0; then the sizes.
  for (const [index, size] of sizes.entries()) view.setUint32(80 + 4 * (sizes.length + index), size, true);
  const use = 80 + 8 * sizes.length;
  setEntity(target, use, IMPLEMENTATION);
  view.setUint32(use + 32, counts.files, true);
  view.setUint32(use + 36, counts.directories, true);
  view.setUint16(use + 40, style.readCode, true); // least to read
  view.setUint16(use + 42, style.code, true); // least to write
  view.setUint16(use + 44, style.code, true); // most to write
  const version = style.tagVersion;
  const identifier = TAG.logicalVolumeIntegrity;
  setTag(target, 0, { identifier, location: INTEGRITY_LBA, lengthBytes: use + 46, version });
  const terminator = target.subarray(SECTOR_BYTES);
  setTag(terminator, 0, {
    identifier: TAG.terminating,
    location: INTEGRITY_LBA + 1,
    lengthBytes: 512,
    version,
  });
}

/** Primary volume descriptor (ECMA-167 3/10.1, UDF 2.2.2). */
function renderPrimary(
  target: Uint8Array,
  number: number,
  volume: UdfVolume,
  { timestamp }: UdfVolumeParts,
): [number, number] {
  const view = viewOf(target);
  view.setUint32(16, number, true);
  view.setUint32(20, 0, true); // primary volume descriptor number
  setDstring(target, 24, 32, volume.volumeName);
  view.setUint16(56, 1, true); // volume sequence number
  view.setUint16(58, 1, true); // of how many
  view.setUint16(60, 2, true); // interchange level: one volume
  view.setUint16(62, 3, true); // and at most
  view.setUint32(64, 1, true); // character sets
  view.setUint32(68, 1, true);
  setDstring(target, 72, 128, volume.volumeSetId);
  setCharacterSet(target, 200);
  setCharacterSet(target, 264);
  if (volume.applicationId !== "") setEntity(target, 344, "*" + volume.applicationId.slice(0, 22));
  setTimestamp(target, 376, timestamp);
  setEntity(target, 388, IMPLEMENTATION);
  return [TAG.primaryVolume, 512];
}

/** Implementation use volume descriptor "*UDF LV Info" (UDF 2.2.7). */
function renderImplementationUse(
  target: Uint8Array,
  number: number,
  volume: UdfVolume,
  { style }: UdfVolumeParts,
): [number, number] {
  viewOf(target).setUint32(16, number, true);
  setEntity(target, 20, "*UDF LV Info", revisionSuffix(style));
  setCharacterSet(target, 52);
  setDstring(target, 116, 128, volume.volumeName);
  setEntity(target, 352, IMPLEMENTATION);
  return [TAG.implementationUseVolume, 512];
}

/** Partition descriptor (ECMA-167 3/10.5): number 0, allocated, read-only. */
function renderPartition(
  target: Uint8Array,
  number: number,
  _volume: UdfVolume,
  { style, partition }: UdfVolumeParts,
): [number, number] {
  const view = viewOf(target);
  view.setUint32(16, number, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 0, true);
  setEntity(target, 24, `+${style.standard}`);
  view.setUint32(184, 1, true);
  view.setUint32(188, partition.startLba, true);
  view.setUint32(192, partition.lengthBlocks, true);
  setEntity(target, 196, IMPLEMENTATION);
  return [TAG.partition, 512];
}

/** Logical volume descriptor (ECMA-167 3/10.6, UDF 2.2.4) with its partition maps. */
function renderLogicalVolume(
  target: Uint8Array,
  number: number,
  volume: UdfVolume,
  { style, treeReference, metadata }: UdfVolumeParts,
): [number, number] {
  const view = viewOf(target);
  view.setUint32(16, number, true);
  setCharacterSet(target, 20);
  setDstring(target, 84, 128, volume.volumeName);
  view.setUint32(212, SECTOR_BYTES, true);
  setEntity(target, 216, "*OSTA UDF Compliant", revisionSuffix(style));
  const lengthBytes = FILE_SET_BLOCKS * SECTOR_BYTES;
  setLongAd(target, 248, { lengthBytes, block: 0, reference: treeReference });
  setEntity(target, 272, IMPLEMENTATION);
  setExtentAd(target, 432, INTEGRITY_SECTORS * SECTOR_BYTES, INTEGRITY_LBA);
  target[440] = 1; // type 1 (ECMA-167 3/10.7.2)
  target[441] = 6; // length
  view.setUint16(442, 1, true); // volume sequence number
  view.setUint16(444, 0, true); // partition number
  const mapsEnd = metadata === undefined ? 446 : setMetadataMap(target, 446, style, metadata);
  view.setUint32(264, mapsEnd - 440, true); // length of the partition maps
  view.setUint32(268, metadata === undefined ? 1 : 2, true); // their number
  return [TAG.logicalVolume, mapsEnd];
}

/** Metadata partition map (UDF 2.2.10); returns the offset behind it. */
function setMetadataMap(
  target: Uint8Array,
  offset: number,
  style: UdfStyle,
  metadata: MetadataPlaces,
): number {
  const view = viewOf(target);
  target[offset] = 2; // type
  target[offset + 1] = 64; // length
  setEntity(target, offset + 4, "*UDF Metadata Partition", revisionSuffix(style));
  view.setUint16(offset + 36, 1, true); // volume sequence number
  view.setUint16(offset + 38, 0, true); // partition number
  view.setUint32(offset + 40, metadata.fileBlock, true);
  view.setUint32(offset + 44, metadata.mirrorBlock, true);
  view.setUint32(offset + 48, 0xffff_ffff, true); // a read-only partition has no bitmap of free blocks
  view.setUint32(offset + 52, METADATA_UNIT_BLOCKS, true); // allocation unit
  view.setUint16(offset + 56, METADATA_UNIT_BLOCKS, true); // alignment unit
  target[offset + 58] = metadata.isCopied ? 1 : 0;
  return offset + 64;
}

/** Unallocated space descriptor (ECMA-167 3/10.8): none. */
function renderUnallocated(target: Uint8Array, number: number): [number, number] {
  viewOf(target).setUint32(16, number, true);
  return [TAG.unallocatedSpace, 24];
}
