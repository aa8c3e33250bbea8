/** Finds files of a tree that hold the same bytes. @module */
import type { ImageDirectory, ImageFile, ImageSymlink } from "../image/mod.ts";
import { nodeModule } from "./node_module.ts";

const BLOCK_BYTES = 256 * 1024;
/** What is read of every file that has another of its size: most of them differ early. */
const START_BYTES = 4096;

/** How equal files are looked for. */
export interface SameContentsOptions {
  /** Asked before each 256 KiB; when it says yes, the looking ends, and what was found so far stays. */
  readonly isCancelled?: () => boolean;
}

/** Files of one size, the names of each together. */
type Names = readonly ImageFile[];

/**
 * Gives files that hold the same bytes the same `contentKey`, so that the image has them once. Only files of which there is
 * another of the same size are read; a file that cannot be read keeps to itself, and says so when the image is written.
 *
 * @returns how many files share the content of another.
 */
export function markSameContents(
  root: ImageDirectory<ImageSymlink>,
  options: SameContentsOptions = {},
): number {
  let shared = 0;
  const beginnings = partBySum(filesBySize(root), (file) => sumOf(file, START_BYTES, options));
  // What is all in its beginning has been compared whole.
  const whole = beginnings.flatMap((group) =>
    sizeOf(group) <= START_BYTES ? [group] : partBySum([group], (file) => sumOf(file, Infinity, options))
  );
  for (const { sum, files } of whole) {
    shared += files.length - 1;
    for (const names of files) for (const file of names) file.contentKey = sum;
  }
  return shared;
}

/** Files of one size, and of one sum. */
interface Group {
  readonly sum: string;
  readonly files: Names[];
}

function sizeOf({ files }: Group): number {
  return files[0]![0]!.content.sizeBytes;
}

/** Groups of two and more files of one size; the names of one file are one of them. */
function filesBySize(root: ImageDirectory<ImageSymlink>): Group[] {
  const bySize = new Map<number, Map<string | ImageFile, ImageFile[]>>();
  const pending: ImageDirectory<ImageSymlink>[] = [root];
  for (const directory of pending) {
    for (const child of directory.children.values()) {
      if (child.kind === "directory") pending.push(child);
      if (child.kind !== "file" || child.content.sizeBytes === 0) continue;
      const { sizeBytes } = child.content;
      let files = bySize.get(sizeBytes);
      if (files === undefined) bySize.set(sizeBytes, files = new Map());
      const key = child.linkKey ?? child;
      const names = files.get(key);
      if (names === undefined) files.set(key, [child]);
      else names.push(child);
    }
  }
  return Array.from(bySize.values(), (files) => ({ sum: "", files: [...files.values()] }))
    .filter(({ files }) => files.length > 1);
}

/** Parts groups by a sum, and leaves out what is alone or has none. */
function partBySum(groups: readonly Group[], sumOf: (file: ImageFile) => string | undefined): Group[] {
  const parted: Group[] = [];
  for (const group of groups) {
    const bySum = new Map<string, Names[]>();
    for (const names of group.files) {
      const sum = sumOf(names[0]!);
      if (sum === undefined) continue;
      const same = bySum.get(sum);
      if (same === undefined) bySum.set(sum, [names]);
      else same.push(names);
    }
    for (const [sum, files] of bySum) if (files.length > 1) parted.push({ sum, files });
  }
  return parted;
}

const block = new Uint8Array(BLOCK_BYTES);

/** SHA-256 of the first bytes of a file; undefined if it cannot be read, or not as it was. */
function sumOf(file: ImageFile, bytesMax: number, { isCancelled }: SameContentsOptions): string | undefined {
  const wanted = Math.min(file.content.sizeBytes, bytesMax);
  try {
    using content = file.content.open();
    const hash = nodeModule("node:crypto").createHash("sha256");
    for (let offset = 0; offset < wanted;) {
      if (isCancelled?.()) return undefined;
      const count = content.read(block.subarray(0, Math.min(BLOCK_BYTES, wanted - offset)), offset);
      if (count === 0) return undefined;
      hash.update(block.subarray(0, count));
      offset += count;
    }
    return hash.digest("hex");
  } catch {
    return undefined;
  }
}
