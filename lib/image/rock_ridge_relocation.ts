/**
 * Directories of more levels than ISO 9660 allows, moved to one below the root (RRIP 4.1.5).
 *
 * @module
 */
import type { Inventory, PlannedDirectory } from "./layout.ts";
import { posixNames } from "./names.ts";
import type { RockRidgeNode } from "./rock_ridge.ts";

/** Where directories go that lie too deep, and what stays at their places. */
export interface Relocations {
  /** The directory that holds them and nothing else; it is in no inventory. */
  readonly home: PlannedDirectory;
  /** What directories hold, where that differs from the tree. */
  readonly children: ReadonlyMap<PlannedDirectory, readonly RockRidgeNode[]>;
}

const LEVELS_MAX = 8; // ECMA-119 6.8.2.1

/**
 * Moves directories of level 9 to one below the root, so that ISO 9660 has no more than 8 levels (RRIP 4.1.5); what lies
 * in them goes with them and may be moved again. Undefined if the tree is not that deep.
 */
export function relocateDeep(inventory: Inventory, home: PlannedDirectory): Relocations | undefined {
  const { directories } = inventory;
  const levels = new Uint8Array(directories.length);
  const children = new Map<PlannedDirectory, RockRidgeNode[]>();
  const moved: PlannedDirectory[] = [];
  levels[0] = 1;
  for (const directory of directories) {
    const level = levels[directory.index]!;
    const isDeepest = level === LEVELS_MAX;
    let moves = false;
    for (const child of directory.children) {
      if (child.kind !== "directory") continue;
      levels[child.index] = isDeepest ? 3 : level + 1; // 3 is below the root and that directory
      if (!isDeepest) continue;
      moved.push(child);
      moves = true;
    }
    if (!moves) continue;
    children.set(
      directory,
      directory.children.map((child) =>
        child.kind === "directory"
          ? { kind: "relocated", isDirectory: false, name: child.name, directory: child }
          : child
      ),
    );
  }
  if (moved.length === 0) return undefined;
  home.children = moved;
  const root = directories[0]!;
  children.set(root, [...root.children, home]);
  return { home, children };
}

/** A name for the directory of those that were moved, one that the root does not have. Readers know the first two. */
export function homeName(root: PlannedDirectory): string {
  const taken = new Set(root.children.map((child) => child.name.toLowerCase()));
  const names = ["rr_moved", ".rr_moved"];
  for (let number = 1;; number++) {
    const name = names[number - 1] ?? `rr_moved${number}`;
    if (!taken.has(name)) return name;
  }
}

/**
 * The names of directories that were moved: those of their old places, since libarchive looks for them here, even if two
 * become the same.
 */
export function namesOfMoved({ home, children }: Relocations): string[] {
  const names = new Map<PlannedDirectory, string>();
  for (const siblings of children.values()) {
    for (const [index, name] of posixNames(siblings).entries()) {
      const sibling = siblings[index]!;
      if (sibling.kind === "relocated") names.set(sibling.directory, name);
    }
  }
  return home.children.map((child) => names.get(child as PlannedDirectory)!);
}
