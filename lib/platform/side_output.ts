/** Files that tell of the work, a report or a picture: they must not take the place of what the work is about. @module */
import { realPathIfAllowed } from "./real_path.ts";
import { requireWritable } from "./write_whole.ts";

/**
 * Finds out whether such a file can be written, before the long work that it tells of.
 *
 * @param inputs files that the work reads or makes.
 * @throws Error that says why it cannot.
 */
export function requireSideOutput(path: string, inputs: readonly string[]): void {
  const place = placeOf(path);
  if (inputs.some((input) => placeOf(input) === place)) {
    throw new Error(`Cannot write "${path}": that file is what the work is about; give another one`);
  }
  requireWritable(path);
}

/** Where a path leads to, though its last part is not there. */
function placeOf(path: string): string {
  const [, folder = ".", name = ""] = /^(.*[/\\])?([^/\\]*)$/.exec(path) ?? [];
  return realPathIfAllowed(path) ?? `${(realPathIfAllowed(folder) ?? folder).replace(/[/\\]$/, "")}/${name}`;
}
