/**
 * The tree behind IFileSystemImage: the directories and files that scripts add, and how to undo it.
 *
 * Theory of operation. The tree is the image layer's own, so that an image is planned from it as it is. Every change
 * goes through one method that does it and keeps its opposite: that log is the list of change points, and a change that
 * turns out not to fit is undone by the same means. Sizes and counts are running sums, since asking for them after
 * each of a hundred thousand files must not walk the tree each time.
 *
 * @module
 */
import { createDirectory, type ImageDirectory, type ImageFile } from "../image/mod.ts";
import { emptyCopy } from "../image/tree.ts";
import { type HresultName, imapiError } from "./hresult.ts";

/** A file or a directory. */
export type ImageNode = ImageFile | ImageDirectory;

/** What a tree holds. */
export interface TreeTotals {
  /** Sectors of 2048 bytes that the contents of files take. */
  readonly dataSectors: number;
  readonly files: number;
  /** The root counts. */
  readonly directories: number;
}

/** What names and trees are checked against when something is added. */
export interface TreeRules {
  /** Only characters 32 to 127 in names. */
  restrictedCharacters: boolean;
  /** The most levels of directories, the root being the first; 0 for any number. */
  levelsMax: number;
}

const SECTOR_BYTES = 2048;

/** A tree with its log of changes. */
export class ImageTree {
  readonly root: ImageDirectory = createDirectory();
  readonly rules: TreeRules = { restrictedCharacters: false, levelsMax: 0 };
  #totals: TreeTotals = { dataSectors: 0, files: 0, directories: 1 };
  readonly #undo: (() => void)[] = [];
  #lockedChanges = 0;
  #version = 0;

  get totals(): TreeTotals {
    return this.#totals;
  }

  /** Goes up with every change and every rollback; for whoever keeps what was computed from the tree. */
  get version(): number {
    return this.#version;
  }

  /** The number of changes that were made and not undone. */
  get changePoint(): number {
    return this.#lockedChanges + this.#undo.length;
  }

  /** Gives up the way back behind this point. */
  lockIn(): void {
    this.#lockedChanges = this.changePoint;
    this.#undo.length = 0;
  }

  /** Undoes changes until there are so many. */
  rollbackTo(changePoint: number): void {
    if (changePoint < this.#lockedChanges || changePoint > this.changePoint) {
      throw imapiError(
        "IMAPI_E_INVALID_PARAM",
        `Cannot roll back to change point ${changePoint}: the image can go back to ${this.#lockedChanges} ` +
          `at the farthest, and is at ${this.changePoint}`,
      );
    }
    while (this.changePoint > changePoint) this.#undo.pop()!();
    this.#version++;
  }

  /** Makes a change; `change` does it and returns its opposite. */
  apply(change: () => () => void): void {
    this.#undo.push(change());
    this.#version++;
  }

  /** Puts nodes into a directory in one change, each in the place of what has its name there. */
  insert(directory: ImageDirectory, nodes: readonly ImageNode[]): void {
    this.#edit((edit) => {
      for (const node of nodes) edit(directory, node.name, node);
    });
  }

  /** Takes nodes out of a directory in one change. */
  remove(directory: ImageDirectory, nodes: readonly ImageNode[]): void {
    this.#edit((edit) => {
      for (const node of nodes) edit(directory, node.name, undefined);
    });
  }

  /** Adds all that a directory holds to another one in one change: directories of one name become one, files prevail. */
  merge(target: ImageDirectory, source: ImageDirectory): void {
    this.#edit((edit) => {
      const pairs: [ImageDirectory, ImageDirectory][] = [[target, source]];
      for (let pair = pairs.pop(); pair !== undefined; pair = pairs.pop()) {
        const [into, from] = pair;
        for (const node of from.children.values()) {
          const present = into.children.get(node.name);
          if (present?.kind === "directory" && node.kind === "directory") pairs.push([present, node]);
          else edit(into, node.name, node);
        }
      }
    });
  }

  #edit(
    edits: (edit: (directory: ImageDirectory, name: string, node: ImageNode | undefined) => void) => void,
  ): void {
    this.apply(() => {
      const totalsBefore = this.#totals;
      const before: [ImageDirectory, string, ImageNode | undefined][] = [];
      edits((directory, name, node) => {
        const present = directory.children.get(name);
        before.push([directory, name, present]);
        if (present !== undefined) this.#count(present, -1);
        if (node !== undefined) this.#count(node, 1);
        place(directory, name, node);
      });
      return () => {
        for (const [directory, name, node] of before.reverse()) place(directory, name, node);
        this.#totals = totalsBefore;
      };
    });
  }

  #count(node: ImageNode, sign: 1 | -1): void {
    const { dataSectors, files, directories } = totalsOf(node);
    this.#totals = {
      dataSectors: this.#totals.dataSectors + sign * dataSectors,
      files: this.#totals.files + sign * files,
      directories: this.#totals.directories + sign * directories,
    };
  }
}

/** What a node and all below it hold. */
export function totalsOf(node: ImageNode): TreeTotals {
  let dataSectors = 0;
  let files = 0;
  let directories = 0;
  for (const { node: each } of walk(node)) {
    if (each.kind === "file") {
      files++;
      dataSectors += Math.ceil(each.content.sizeBytes / SECTOR_BYTES);
    } else {
      directories++;
    }
  }
  return { dataSectors, files, directories };
}

/** A node and all below it, with how far below it each is. */
export function* walk(node: ImageNode): Generator<{ node: ImageNode; depth: number }> {
  const waiting = [{ node, depth: 0 }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    yield next;
    if (next.node.kind !== "directory") continue;
    for (const child of next.node.children.values()) waiting.push({ node: child, depth: next.depth + 1 });
  }
}

/** A copy of a tree that later changes do not touch; the contents of files are shared. */
export function copyTree(directory: ImageDirectory): ImageDirectory {
  const root = emptyCopy(directory);
  const waiting: [ImageDirectory, ImageDirectory][] = [[directory, root]];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const [from, to] = next;
    for (const child of from.children.values()) {
      if (child.kind === "file") {
        to.children.set(child.name, copyFile(child));
      } else {
        const copy = emptyCopy(child);
        to.children.set(child.name, copy);
        waiting.push([child, copy]);
      }
    }
  }
  return root;
}

/** A copy of a file, whose facts may be getters of its class, which spreading leaves out. */
function copyFile(file: ImageFile): ImageFile {
  const { kind, name, content, path, modified, created, mode, uid, gid } = file;
  return {
    ...file,
    ...{ kind, name, content, mode, uid, gid },
    ...(path === undefined ? {} : { path }),
    ...(modified === undefined ? {} : { modified }),
    ...(created === undefined ? {} : { created }),
  };
}

/**
 * The child of that name: exact case wins, then any case, as paths do everywhere here.
 */
export function findChild(directory: ImageDirectory, name: string): ImageNode | undefined {
  const exact = directory.children.get(name);
  if (exact !== undefined) return exact;
  const folded = name.toLowerCase();
  for (const child of directory.children.values()) if (child.name.toLowerCase() === folded) return child;
  return undefined;
}

/** What is wrong with the name of a file or directory that somebody wrote, if something is. */
export function nameProblem(name: string): string | undefined {
  if (name === "") return "it is empty";
  if (name === "." || name === "..") return "it stands for another directory";
  if (!name.isWellFormed()) return "it has half of a surrogate pair";
  // deno-lint-ignore no-control-regex -- control characters are what is looked for
  const bad = /[\u0000-\u001f<>:"|?*\\/]/.exec(name);
  return bad === null ? undefined : `a name cannot have the character ${JSON.stringify(bad[0])}`;
}

/** The names of a path, with `\` or `/` between them; a separator at either end counts for nothing. */
export function splitPath(
  action: string,
  path: string,
  hresultName: HresultName = "IMAPI_E_INVALID_PATH",
): string[] {
  const inner = path.replace(/^[\\/]/, "").replace(/[\\/]$/, "");
  if (inner === "") return [];
  const names = inner.split(/[\\/]/);
  for (const name of names) {
    const problem = nameProblem(name);
    if (problem !== undefined) {
      throw imapiError(
        hresultName,
        `Cannot ${action}: in the path "${path}", "${name}" is no name: ${problem}`,
      );
    }
  }
  return names;
}

function place(directory: ImageDirectory, name: string, node: ImageNode | undefined): void {
  if (node === undefined) directory.children.delete(name);
  else directory.children.set(name, node);
}
