/** The objects that every view of the image shares: each file once, each directory once. @module */
import { SECTOR_BYTES, sectorsOf } from "./binary.ts";
import { ImageError } from "./errors.ts";
import type { FileContent } from "./source.ts";
import {
  emptyCopy,
  type EntryList,
  type ImageDirectory,
  type ImageFile,
  type ImageSymlink,
  type NodeStreams,
  type TreeName,
} from "./tree.ts";

/** A piece of the image with bytes of its own; between extents the image is zeros. */
export interface Extent {
  /** Its first sector. */
  readonly startLba: number;
  /** Its length, never 0. */
  readonly lengthSectors: number;
  /** What it is, for people: `file /srv/a.txt` or `UDF file entries`. */
  readonly label: string;
}

/** The content of a file; the rest of its last sector is zeros. */
export interface FileExtent extends Extent {
  /** Tells it from structures. */
  readonly kind: "file";
  /** Where it came from if known, else its place in the image. */
  readonly path: string;
  /** Length of the content. */
  readonly sizeBytes: number;
  /** The content. */
  readonly content: FileContent;
}

/** A file with its place; also the extent of its content. */
export class PlannedFile implements FileExtent {
  /** Where it lies, or the file that says it; see {@linkcode original}. */
  #place: number | PlannedFile = 0;
  /** The entry, or which it is in the list of the directory: there may be a million. */
  readonly #entry: ImageFile | number;

  /** Length of the content as it is planned, whatever the source says later. */
  readonly sizeBytes: number;

  /**
   * Makes one that is not placed yet; `index` counts files in the order of the inventory, `at` is where the list of the
   * directory has it, if there is such a list.
   */
  constructor(node: ImageFile, readonly parent: PlannedDirectory, readonly index: number, at?: number) {
    this.#entry = at ?? node;
    this.sizeBytes = node.content.sizeBytes;
  }

  /** The entry that it is made from. */
  get node(): ImageFile {
    return typeof this.#entry === "number" ? this.parent.list!.at(this.#entry) as ImageFile : this.#entry;
  }
  get kind(): "file" {
    return "file";
  }
  get isDirectory(): false {
    return false;
  }
  /** The first sector of its content; 0 if it is empty. */
  get startLba(): number {
    return typeof this.#place === "number" ? this.#place : this.#place.startLba;
  }
  set startLba(lba: number) {
    this.#place = lba;
  }
  /**
   * The file that has the place: in the list of a tree that has not all entries, the same one in the list of all; of files
   * with the same content, the first.
   */
  get original(): PlannedFile | undefined {
    return typeof this.#place === "number" ? undefined : this.#place;
  }
  set original(file: PlannedFile) {
    this.#place = file;
  }
  /** The name that people gave. */
  get name(): string {
    return this.node.name;
  }
  /** Its content. */
  get content(): FileContent {
    return this.node.content;
  }
  /** Sectors that the content takes. */
  get lengthSectors(): number {
    return sectorsOf(this.sizeBytes);
  }
  /** Where it came from if known, else its place in the image. */
  get path(): string {
    return this.node.path ?? pathOf(this.parent, this.node.name);
  }
  /** What the extent is, for people. */
  get label(): string {
    return `file ${this.path}`;
  }
}

/** A further name of a file that is planned already. */
export class PlannedHardLink {
  readonly kind = "hardLink";
  readonly isDirectory = false;

  /** Makes one; `node` is the entry of this name, `file` the first that has the same key, `index` counts such names. */
  constructor(readonly node: ImageFile, readonly file: PlannedFile, readonly index: number) {}

  /** The name that people gave. */
  get name(): string {
    return this.node.name;
  }
}

/** A symbolic link. */
export class PlannedSymlink {
  readonly kind = "symlink";
  readonly isDirectory = false;

  /** Makes one; `index` counts links in the order of the inventory. */
  constructor(readonly node: ImageSymlink, readonly parent: PlannedDirectory, readonly index: number) {}

  /** The name that people gave. */
  get name(): string {
    return this.node.name;
  }
  /** Where it came from if known, else its place in the image. */
  get path(): string {
    return this.node.path ?? pathOf(this.parent, this.node.name);
  }
}

/** What a directory holds. */
export type PlannedNode = PlannedFile | PlannedHardLink | PlannedSymlink | PlannedDirectory;

/** The file that an entry names. */
export function fileOf(entry: PlannedFile | PlannedHardLink): PlannedFile {
  return entry.kind === "file" ? entry : entry.file;
}

const NOTHING: readonly PlannedNode[] = [];

/** A directory with what it holds; its places differ by view and are kept there. */
export class PlannedDirectory {
  /** What it holds, sorted by name. */
  children: readonly PlannedNode[] = NOTHING;
  /** The entries of that, if the tree makes them when they are asked for. */
  list: EntryList<ImageFile | ImageSymlink | ImageDirectory<ImageSymlink>> | undefined;

  /** Makes one; `index` counts directories breadth-first, the root is 0 and its own parent. */
  constructor(
    readonly node: ImageDirectory<ImageSymlink>,
    readonly parent: PlannedDirectory | undefined,
    readonly index: number,
  ) {}

  get kind(): "directory" {
    return "directory";
  }
  get isDirectory(): true {
    return true;
  }
  /** The name that people gave. */
  get name(): string {
    return this.node.name;
  }
}

/** All objects of an image. */
export interface Inventory {
  /** Breadth-first, the root first. */
  readonly directories: readonly PlannedDirectory[];
  /** By directory, then by name, each once however many names it has. */
  readonly files: readonly PlannedFile[];
  /** By directory, then by name. */
  readonly symlinks: readonly PlannedSymlink[];
  /** The names of files that have more than one. */
  readonly linkCounts: ReadonlyMap<PlannedFile, number>;
  /** The names of all files together. */
  readonly fileNameCount: number;
  /** Whether there are entries that some tree does not have. */
  readonly hasLeftOut: boolean;
  /** Whether there are files that share their content with another. */
  readonly hasSameContents: boolean;
  /** Whether there are files whose content has a weight. */
  readonly hasWeights: boolean;
  /** Whether there are files whose content lies in an earlier session. */
  readonly hasPlaced: boolean;
  /** What has named streams or extended attributes, directories first. */
  readonly attributed: readonly (PlannedDirectory | PlannedFile)[];
}

/** The file whose place a file has. */
export function placeHolder(file: PlannedFile): PlannedFile {
  return file.original === undefined ? file : placeHolder(file.original);
}

/** What one tree has of all objects: the same list if no entry is left out of it, and all may share contents. */
export function inventoryOf(tree: TreeName, root: ImageDirectory<ImageSymlink>, all: Inventory): Inventory {
  const isApart = tree === "udf" && all.hasSameContents;
  if (!all.hasLeftOut && !isApart) return all;
  const originals = new Map<ImageFile, PlannedFile>();
  for (const { children } of all.directories) {
    for (const child of children) {
      if (child.kind === "file" || child.kind === "hardLink") originals.set(child.node, fileOf(child));
    }
  }
  const shown = takeInventory(treeWithout(tree, root), isApart);
  for (const file of shown.files) file.original = originals.get(file.node)!;
  return shown;
}

/** A copy of the directories, with the same files, without what is left out of a tree. */
function treeWithout(tree: TreeName, root: ImageDirectory<ImageSymlink>): ImageDirectory<ImageSymlink> {
  const top = emptyCopy(root);
  const pending: [ImageDirectory<ImageSymlink>, ImageDirectory<ImageSymlink>][] = [[root, top]];
  for (const [from, to] of pending) {
    for (const [key, child] of from.children) {
      if (child.leftOutOf?.includes(tree)) continue;
      if (child.kind !== "directory") to.children.set(key, child);
      else {
        const copy = emptyCopy(child);
        to.children.set(key, copy);
        pending.push([child, copy]);
      }
    }
  }
  return top;
}

/**
 * Lists a tree breadth-first, with the entries of each directory sorted, and checks names and sizes. Files of the same
 * content are names of one file if that is wanted.
 */
export function takeInventory(root: ImageDirectory<ImageSymlink>, linksSameContents = false): Inventory {
  const directories = [new PlannedDirectory(root, undefined, 0)];
  const files: PlannedFile[] = [];
  const symlinks: PlannedSymlink[] = [];
  const byLinkKey = new Map<string, PlannedFile>();
  const byContent = new Map<string, PlannedFile>();
  let hasSameContents = false;
  const linkCounts = new Map<PlannedFile, number>();
  let hardLinks = 0;
  let hasLeftOut = false;
  let hasWeights = false;
  let hasPlaced = false;
  const attributedDirectories: PlannedDirectory[] = [];
  const attributedFiles: PlannedFile[] = [];
  const seen = new Set<ImageDirectory<ImageSymlink>>([root]);
  const planDirectory = (node: ImageDirectory<ImageSymlink>, parent: PlannedDirectory): PlannedDirectory => {
    if (seen.has(node)) {
      const path = pathOf(parent, node.name);
      throw new ImageError("name", `Cannot plan the image: "${path}" is in the tree twice`, { path });
    }
    seen.add(node);
    const directory = new PlannedDirectory(node, parent, directories.length);
    directories.push(directory);
    return directory;
  };
  const planSymlink = (node: ImageSymlink, parent: PlannedDirectory): PlannedSymlink => {
    const symlink = new PlannedSymlink(node, parent, symlinks.length);
    checkTarget(symlink);
    symlinks.push(symlink);
    return symlink;
  };
  const planFile = (
    node: ImageFile,
    parent: PlannedDirectory,
    at?: number,
  ): PlannedFile | PlannedHardLink => {
    const contentKey = contentKeyOf(node);
    const same = contentKey === undefined ? undefined : byContent.get(contentKey);
    const first = (node.linkKey === undefined ? undefined : byLinkKey.get(node.linkKey)) ??
      (linksSameContents ? same : undefined);
    if (first !== undefined) {
      linkCounts.set(first, (linkCounts.get(first) ?? 1) + 1);
      return new PlannedHardLink(node, first, hardLinks++);
    }
    const file = new PlannedFile(node, parent, files.length, at);
    checkSize(file);
    if (node.linkKey !== undefined) byLinkKey.set(node.linkKey, file);
    if (same !== undefined) {
      file.original = same;
      hasSameContents = true;
    } else if (contentKey !== undefined) byContent.set(contentKey, file);
    hasWeights ||= node.weight !== undefined;
    hasPlaced ||= node.placedLba !== undefined;
    if (isAttributed(node)) attributedFiles.push(file);
    files.push(file);
    return file;
  };
  for (let at = 0; at < directories.length; at++) {
    const directory = directories[at]!;
    if (isAttributed(directory.node)) attributedDirectories.push(directory);
    directory.list = directory.node.entries?.();
    const nodes = directory.list ?? sortedByName([...directory.node.children.values()]);
    let previous: string | undefined;
    const { length } = nodes;
    directory.children = length === 0 ? NOTHING : Array.from({ length }, (_, index) => {
      const node = nodes.at(index)!;
      checkName(node.name, directory);
      if (node.name === previous) {
        const path = pathOf(directory, node.name);
        throw new ImageError("name", `Cannot plan the image: two entries are named "${path}"`, { path });
      }
      previous = node.name;
      hasLeftOut ||= node.leftOutOf !== undefined && node.leftOutOf.length > 0;
      if (node.kind === "directory") return planDirectory(node, directory);
      if (node.kind === "symlink") return planSymlink(node, directory);
      return planFile(node, directory, directory.list && index);
    });
  }
  return {
    directories,
    files,
    symlinks,
    linkCounts,
    fileNameCount: files.length + hardLinks,
    hasLeftOut,
    hasSameContents,
    hasWeights,
    hasPlaced,
    attributed: [...attributedDirectories, ...attributedFiles],
  };
}

function isAttributed({ streams, attributes }: NodeStreams): boolean {
  return (streams?.size ?? 0) + (attributes?.size ?? 0) > 0;
}

/** What files have in common that share their content; a file with streams or extended attributes is like no other. */
function contentKeyOf(node: ImageFile): string | undefined {
  const hasMore = node.streams !== undefined || node.attributes !== undefined;
  if (node.contentKey === undefined || hasMore || node.placedLba !== undefined) return undefined;
  const { sizeBytes } = node.content;
  return sizeBytes === 0 ? undefined : `${sizeBytes}/${node.contentKey}`;
}

/** Files in the order of their content in the image: the heaviest first, else as they are listed. */
export function inContentOrder(files: readonly PlannedFile[]): readonly PlannedFile[] {
  return files.toSorted((a, b) => (b.node.weight ?? 0) - (a.node.weight ?? 0)); // a stable sort
}

/** The place of an entry in the image, with `/` between the names. */
export function pathOf(directory: PlannedDirectory | undefined, name: string): string {
  let path = name;
  for (let up = directory; up?.parent !== undefined; up = up.parent) path = `${up.name}/${path}`;
  return `/${path}`;
}

/** The place of a directory in the image. */
export function directoryPath(directory: PlannedDirectory): string {
  return directory.parent === undefined ? "/" : pathOf(directory.parent, directory.name);
}

function sortedByName<T extends { name: string }>(nodes: T[]): T[] {
  return nodes.sort((a, b) => a.name < b.name ? -1 : a.name > b.name ? 1 : 0);
}

/** Whether a file may be called so. */
export function isName(name: string): boolean {
  return name !== "" && name !== "." && name !== ".." && !name.includes("/") && !name.includes("\0");
}

function checkName(name: string, directory: PlannedDirectory): void {
  if (isName(name)) return;
  const path = pathOf(directory, name);
  throw new ImageError(
    "name",
    `Cannot plan the image: "${path}" does not end in a name that a file can have`,
    { path },
  );
}

/** A size that no image can have is refused. */
export function checkSize(file: PlannedFile): void {
  const size = file.sizeBytes;
  if (Number.isSafeInteger(size) && size >= 0 && size <= 0xffff_ffff * SECTOR_BYTES) return;
  const path = file.path;
  throw new ImageError("tooBig", `Cannot plan the image: "${path}" is said to have ${size} bytes`, { path });
}

function checkTarget(symlink: PlannedSymlink): void {
  const { target } = symlink.node;
  if (target !== "" && !target.includes("\0")) return;
  const path = symlink.path;
  throw new ImageError("name", `Cannot plan the image: the symbolic link "${path}" points to no path`, {
    path,
  });
}
