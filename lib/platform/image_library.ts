/**
 * Disc images with ISO 9660, Rock Ridge, Joliet and UDF: made of folders or of trees in memory, read at any place,
 * streamed, written, and read back. It needs the permission to read what it reads, and no native library.
 *
 * @module
 */
export * from "../image/mod.ts";
export { folderImage, type FolderImageOptions, Image } from "./image.ts";
export type { WriteImageOptions, WrittenImage } from "./image_file.ts";
export { OpenImage, openImage } from "./open_image.ts";
export { readSourceTree, type SourceNote, type SourceTreeOptions } from "./source_tree.ts";
