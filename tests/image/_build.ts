/** Trees and images in memory, for the tests of images. @module */
import { assertEquals } from "@std/assert";
import {
  createDirectory,
  entryContent,
  type FileContent,
  type ImageDirectory,
  type ImageFile,
  type ImageOptions,
  type ImagePlan,
  ImageReader,
  type ImageSymlink,
  memoryContent,
  planImage,
  type ReadSectors,
  readVolumes,
  SECTOR_BYTES,
  type Volume,
  type VolumeEntry,
} from "../../lib/image/mod.ts";

/** The time of every test image. */
export const TIMESTAMP = new Date("2024-05-06T07:08:09.120Z");

/** What a test says about a tree: a size in bytes, a content, or names in a directory. */
export interface TreeOf {
  readonly [name: string]: number | FileContent | TreeOf;
}

/** Makes a tree; a file of a size gets bytes that depend on its name and place. */
export function treeOf(what: TreeOf, name = ""): ImageDirectory {
  const directory = createDirectory(name);
  for (const [child, value] of Object.entries(what)) {
    if (typeof value === "number") addFile(directory, child, patternContent(child, value));
    else if (isContent(value)) addFile(directory, child, value);
    else directory.children.set(child, treeOf(value, child));
  }
  return directory;
}

/** Puts a file into a directory. */
export function addFile(directory: ImageDirectory, name: string, content: FileContent): ImageFile {
  const file: ImageFile = { kind: "file", name, content };
  directory.children.set(name, file);
  return file;
}

/** Bytes that differ from file to file and from sector to sector. */
export function patternContent(name: string, sizeBytes: number): FileContent {
  let seed = sizeBytes + 1;
  for (let at = 0; at < name.length; at++) seed = Math.imul(seed, 31) + name.charCodeAt(at);
  return memoryContent(Uint8Array.from({ length: sizeBytes }, (_, at) => (seed + at * 7 + (at >> 8)) & 0xff));
}

/** A content of any size that is zeros but for its first and last bytes. */
export function hugeContent(sizeBytes: number): FileContent {
  return {
    sizeBytes,
    open: () => ({
      read(target: Uint8Array, offset: number): number {
        const length = Math.max(0, Math.min(target.length, sizeBytes - offset));
        target.fill(0, 0, length);
        if (offset === 0 && length > 0) target[0] = 0x11;
        if (length > 0 && offset + length === sizeBytes) target[length - 1] = 0x99;
        return length;
      },
      [Symbol.dispose](): void {},
    }),
  };
}

/** Plans with the tests' timestamp. */
export function plan(tree: ImageDirectory<ImageSymlink>, options: Partial<ImageOptions> = {}): ImagePlan {
  return planImage(tree, { timestamp: TIMESTAMP, volumeName: "TEST", ...options });
}

/** All bytes of an image, written over poison. */
export function bytesOf(imagePlan: ImagePlan): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(imagePlan.sizeSectors * SECTOR_BYTES).fill(0xa5);
  using reader = new ImageReader(imagePlan);
  reader.read(0, imagePlan.sizeSectors, bytes);
  return bytes;
}

/** Reads sectors of an image in memory. */
export function sectorsFrom(bytes: Uint8Array): ReadSectors {
  return (lba, count, target) => {
    if ((lba + count) * SECTOR_BYTES > bytes.length) throw new RangeError(`LBA ${lba} + ${count}`);
    target.set(bytes.subarray(lba * SECTOR_BYTES, (lba + count) * SECTOR_BYTES));
  };
}

/** The volumes of an image in memory. */
export function volumesOf(bytes: Uint8Array): Volume[] {
  return readVolumes(sectorsFrom(bytes), bytes.length / SECTOR_BYTES);
}

/** The volumes of a plan, read through its reader; asserts that they are sound. */
export function soundVolumes(imagePlan: ImagePlan): Volume[] {
  using reader = new ImageReader(imagePlan);
  const volumes = readVolumes((lba, count, target) => reader.read(lba, count, target), imagePlan.sizeSectors);
  for (const volume of volumes) assertEquals(volume.problems, [], volume.fileSystem);
  return volumes;
}

/** One view of a plan; asserts that all are sound. */
export function soundVolume(imagePlan: ImagePlan, fileSystem: Volume["fileSystem"]): Volume {
  return soundVolumes(imagePlan).find((volume) => volume.fileSystem === fileSystem)!;
}

/** Paths in the order of the volume. */
export function pathsOf(volume: Volume): string[] {
  return volume.entries.map((entry) => entry.path);
}

/** The content of a file of a volume. */
export function contentOf(read: ReadSectors, entry: VolumeEntry): Uint8Array {
  using content = entryContent(read, entry).open();
  const bytes = new Uint8Array(entry.sizeBytes).fill(0xa5);
  assertEquals(content.read(bytes, 0), bytes.length);
  return bytes;
}

/** The content of a source. */
export function sourceBytes(content: FileContent): Uint8Array {
  using opened = content.open();
  const bytes = new Uint8Array(content.sizeBytes);
  opened.read(bytes, 0);
  return bytes;
}

function isContent(value: FileContent | TreeOf): value is FileContent {
  return "open" in value && typeof value.open === "function";
}
