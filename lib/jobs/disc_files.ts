/** What virtual discs keep on disk. @module */
import { discStatePath } from "../platform/disc_store.ts";
import type { SessionOptions } from "./session.ts";

/** The files of the virtual discs. */
export function discFiles({ virtual }: SessionOptions): string[] {
  return virtual.filter(({ medium }) => medium !== "none").flatMap(({ file }) => [file, discStatePath(file)]);
}
