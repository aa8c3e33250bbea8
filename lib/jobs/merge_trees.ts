/** One tree of an image out of two. @module */
import type { ImageDirectory, ImageSymlink } from "../image/mod.ts";

type Folder = ImageDirectory<ImageSymlink>;

/** Puts what is in `older` beside what is in `newer`, which wins where both have an entry of one name. */
export function mergeTrees(newer: Folder, older: Folder): void {
  for (const [name, entry] of older.children) {
    const own = newer.children.get(name);
    if (own === undefined) newer.children.set(name, entry);
    else if (own.kind === "directory" && entry.kind === "directory") mergeTrees(own, entry);
  }
}
