/**
 * Paths of Joliet that are too long, and how much of their names they can keep.
 *
 * Joliet takes over ECMA-119 6.8.2.1: identifiers and separators of a path have a limit, which with two bytes a unit is
 * soon met.
 *
 * @module
 */
import type { PlannedDirectory } from "./layout.ts";
import type { RockRidgeNode } from "./rock_ridge.ts";

/** The most bytes of a path in Joliet: all identifiers, and one for each directory. */
export const JOLIET_PATH_BYTES_MAX = 240;
const VERSION_BYTES = 4; // ";1"
/** The same limit of ISO 9660 itself (ECMA-119 6.8.2.1). */
export const ISO_PATH_BYTES_MAX = 255;
const SHORTEST_UNITS = 8; // room for a number that tells names apart

/** What a name takes of a path in Joliet. */
export function nameBytes(units: number, isDirectory: boolean): number {
  return 2 * units + (isDirectory ? 1 : VERSION_BYTES);
}

/** What the longest path below a directory takes, and how many names the deepest has. */
export interface PathNeed {
  readonly bytes: number;
  readonly names: number;
}

/** The needs of all directories, by their index; identifiers have at most `unitsMax` units. */
export function pathNeeds(directories: readonly PlannedDirectory[], unitsMax: number): PathNeed[] {
  const needs = new Array<PathNeed>(directories.length);
  for (let at = directories.length - 1; at >= 0; at--) { // children come behind their parents
    let bytes = 0;
    let names = 0;
    for (const child of directories[at]!.children) {
      if (child.kind === "symlink") continue; // Joliet has none
      const below = child.kind === "directory" ? needs[child.index]! : { bytes: 0, names: 0 };
      bytes = Math.max(
        bytes,
        nameBytes(Math.min(child.name.length, unitsMax), child.isDirectory) + below.bytes,
      );
      names = Math.max(names, 1 + below.names);
    }
    needs[at] = { bytes, names };
  }
  return needs;
}

/**
 * The most units of each name in a directory whose own path takes `used` bytes. A name is cut only if the longest path
 * through it is too long, to its equal part of what is left or, if that is more, to what the names below leave of it.
 */
export function nameLimits(
  needs: readonly PathNeed[],
  nodes: readonly RockRidgeNode[],
  { used, unitsMax }: { used: number; unitsMax: number },
): number[] {
  return nodes.map((node) => {
    const below = node.kind === "directory" ? needs[node.index]! : { bytes: 0, names: 0 };
    const left = JOLIET_PATH_BYTES_MAX - used - nameBytes(0, node.isDirectory);
    if (2 * Math.min(node.name.length, unitsMax) + below.bytes <= left) return unitsMax;
    const equalPart = (left - below.names - VERSION_BYTES) / (2 * (below.names + 1));
    const units = Math.floor(Math.max(equalPart, (left - below.bytes) / 2));
    return Math.min(unitsMax, Math.max(SHORTEST_UNITS, units));
  });
}
