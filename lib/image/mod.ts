/**
 * Disc images with ISO 9660, Rock Ridge, Joliet and UDF: planned from a tree, read at any place, and read back.
 *
 * @module
 */
export type { FileContent, OpenContent } from "./source.ts";
export { memoryContent } from "./memory_content.ts";
export {
  createDirectory,
  type EntryList,
  type ImageDirectory,
  type ImageFile,
  type ImageSymlink,
  type NodeAttributes,
  type NodeStreams,
  type NodeTimes,
  type NodeVisibility,
  type TreeName,
} from "./tree.ts";
export { ImageError, type ImageErrorCode } from "./errors.ts";
export type { Extent, FileExtent } from "./layout.ts";
export type { RockRidgeVersion } from "./rock_ridge.ts";
export type { ReadContent, Render, StructureExtent } from "./structure.ts";
export { FILE_SYSTEM, type ImageOptions, ImagePlan, planImage, type PlannedName } from "./plan.ts";
export { UDF_REVISIONS, type UdfRevision } from "./udf_revision.ts";
export { imageStream, type ImageStreamOptions } from "./stream.ts";
export { ImageReader, type ImageReaderOptions, type ReadTogether, type SourceFault } from "./reader.ts";
export { SECTOR_BYTES } from "./binary.ts";
export {
  entryContent,
  type PosixAttributes,
  type ReadSectors,
  readVolumes,
  type ReadVolumesOptions,
  richestVolume,
  type ViewName,
  type Volume,
  type VolumeEntry,
  type VolumeExtent,
  type VolumeStream,
  type VolumeStructure,
} from "./volumes.ts";
export type { ZisofsFormat } from "./zisofs.ts";
export { checkVolumes, type ImageProblem, type ImageRegion, regionsOf } from "./checker.ts";
