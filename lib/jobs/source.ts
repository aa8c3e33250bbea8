/** What a person names as a source: a folder, or an image file. @module */
import { requiredInfo } from "../platform/exists.ts";
import { hostFilesOf } from "../platform/host_files.ts";
import { ImageSectors } from "../platform/image_sectors.ts";
import type { ImageDirectory, ImageFile, ImageSymlink, TreeName } from "../image/mod.ts";
import { FILE_SYSTEM, type ImageOptions, type ImagePlan, planImage } from "../image/plan.ts";
import { ImageReader } from "../image/reader.ts";
import { markSameContents } from "../platform/same_contents.ts";
import { NOTE_TEXTS, readSourceTree } from "../platform/source_tree.ts";
import type { SessionBase } from "./append.ts";
import { mergeTrees } from "./merge_trees.ts";
import { namePatterns } from "./name_patterns.ts";

/** Sectors that can be written to a disc. */
export interface SectorSource extends Disposable {
  readonly sizeSectors: number;
  /** Fills `target` with `count` sectors of 2048 bytes from `lba` on. */
  read(lba: number, count: number, target: Uint8Array): void;
  /** Which file or structure lies at a sector, for messages. */
  ownerOf(lba: number): string | undefined;
  /** The files of this computer that it is read from. */
  files(): Iterable<string>;
}

/** Options of {@linkcode openSource} and {@linkcode planFolder}: those of the image, and what is taken of the folder. */
export interface SourceOptions extends Omit<ImageOptions, "timestamp" | "volumeName" | "startLba"> {
  /** The volume's name; the folder's name when absent. */
  readonly volumeName?: string;
  /** The time that the image's descriptors carry; now when absent. */
  readonly timestamp?: Date;
  /**
   * Whether permissions, owners, symbolic and hard links are taken, which Rock Ridge and UDF keep; symbolic links are else
   * what they point to. True with Rock Ridge, unless it is said.
   */
  readonly posix?: boolean;
  /** What is not taken: patterns such as `*.bak` for names, `docs/*.pdf` for paths below the folder. */
  readonly exclude?: readonly string[];
  /** What file managers should not show, by the same patterns. */
  readonly hide?: readonly string[];
  /** Files whose contents come first on the disc, by the same patterns. */
  readonly first?: readonly string[];
  /** What single trees do not have, by the same patterns: `{ joliet: ["*.unix"] }`. */
  readonly leaveOutOf?: { readonly [tree in TreeName]?: readonly string[] };
  /** Whether files that hold the same bytes are stored once; those of equal size are read for it before. */
  readonly duplicatesOnce?: boolean;
  /** Told of what is left out (devices, broken links), one sentence each; without it such a thing is an error. */
  readonly onNote?: (message: string) => void;
}

/** Opens a folder (planned as an image, nothing is copied) or an image file as sectors. */
export function openSource(path: string, options: SourceOptions = {}): SectorSource {
  if (!sourceInfo(path).isDirectory) return openImageFile(path);
  return sourceOf(planFolder(path, options));
}

/**
 * Opens a folder as a session of a disc, whose sectors count from the session's first one.
 *
 * @throws Error for an image file, whose addresses are made already.
 */
export function openSession(path: string, options: SourceOptions, base: SessionBase): SectorSource {
  if (!sourceInfo(path).isDirectory && base.startLba > 0) {
    throw new Error(
      `Cannot append "${path}": an image file is made for the beginning of a disc; append the folder that it was made of`,
    );
  }
  if (!sourceInfo(path).isDirectory) return openImageFile(path);
  const { fileSystems = FILE_SYSTEM.iso9660 | FILE_SYSTEM.joliet, rockRidge = base.rockRidge } = options;
  return sourceOf(planFolder(path, {
    ...options,
    // UDF would show the first session for ever.
    fileSystems,
    rockRidge,
    ...(options.volumeName === undefined && base.volumeName !== undefined
      ? { volumeName: base.volumeName }
      : {}),
  }, { base }));
}

function openImageFile(path: string): SectorSource {
  const sectors = new ImageSectors(path);
  const { sizeSectors } = sectors;
  if (sizeSectors === 0) {
    sectors[Symbol.dispose]();
    throw new Error(`Cannot burn "${path}": the file is empty; give an image or a folder`);
  }
  return {
    sizeSectors,
    read: (lba, count, target) => sectors.read(lba, count, target),
    ownerOf: () => undefined, // an image's inside is not looked into
    files: () => [path],
    [Symbol.dispose]: () => sectors[Symbol.dispose](),
  };
}

function sourceOf(plan: ImagePlan): SectorSource {
  const reader = new ImageReader(plan);
  const { startLba } = plan;
  return {
    sizeSectors: plan.sizeSectors - startLba,
    read: (lba, count, target) => reader.read(startLba + lba, count, target),
    ownerOf: (lba) => plan.ownerOf(startLba + lba),
    files: () => hostFilesOf(plan),
    [Symbol.dispose]: () => reader[Symbol.dispose](),
  };
}

/**
 * The image of a folder, planned; with `base`, as a further session of a disc; without the file of the image that `output`
 * names, where that lies in the folder: an older one would make the image grow each time.
 */
export function planFolder(
  path: string,
  options: SourceOptions,
  { base, output }: { base?: SessionBase; output?: string } = {},
): ImagePlan {
  if (!sourceInfo(path).isDirectory) {
    throw new Error(`Cannot make an image of "${path}": it is no folder; give a folder`);
  }
  const name = Deno.realPathSync(path).replace(/[\\/]+$/, "").replace(/^.*[\\/]/, "");
  const { onNote, posix = options.rockRidge !== undefined && options.rockRidge !== false } = options;
  const tree = readSourceTree(path, {
    ...(posix ? { posix: true, symlinks: "keep" } : {}),
    ...(onNote === undefined
      ? {}
      : { onNote: (note) => onNote(`Left out "${note.path}": ${NOTE_TEXTS[note.problem]}`) }),
  });
  const own = output === undefined ? undefined : takeOut(tree, path, output);
  if (own !== undefined) onNote?.(`Left out "${own}": it is the image itself, of an earlier time`);
  return planTree(
    tree,
    { ...options, volumeName: options.volumeName ?? (name === "" ? "DISC" : name) },
    base,
  );
}

/** Takes a file out of the tree of a folder, if it is there; returns its path then. */
function takeOut(tree: ImageDirectory<ImageSymlink>, folder: string, file: string): string | undefined {
  const [, parent = ".", name = file] = /^(.*[\\/])?([^\\/]+)$/.exec(file) ?? [];
  const [root, place] = [realPathOf(folder), realPathOf(parent)];
  if (root === undefined || place === undefined || !`${place}/`.startsWith(`${root}/`)) return undefined;
  let directory: ImageDirectory<ImageSymlink> | undefined = tree;
  for (const part of place.slice(root.length).split("/").filter((one) => one !== "")) {
    const child: typeof directory | ImageFile | ImageSymlink | undefined = directory?.children.get(part);
    directory = child?.kind === "directory" ? child : undefined;
  }
  if (directory?.children.get(name)?.kind !== "file") return undefined;
  directory.children.delete(name);
  return file;
}

/** Without links and with `/` between the names; undefined if there is no such folder. */
function realPathOf(folder: string): string | undefined {
  try {
    return Deno.realPathSync(folder).replaceAll("\\", "/").replace(/\/$/, "");
  } catch {
    return undefined;
  }
}

/** The image of a tree, planned: what the patterns mean is done to it before. */
export function planTree(
  tree: ImageDirectory<ImageSymlink>,
  options: SourceOptions & { readonly volumeName: string },
  base?: SessionBase,
): ImagePlan {
  applyPatterns(tree, options);
  if (options.duplicatesOnce) markSameContents(tree);
  if (base?.older !== undefined) mergeTrees(tree, base.older);
  const plan = planImage(tree, {
    ...options,
    timestamp: options.timestamp ?? new Date(),
    ...(base === undefined ? {} : { startLba: base.startLba }),
  });
  for (const note of plan.notes) options.onNote?.(note);
  return plan;
}

/** Takes out, hides, moves to the front and leaves out of single trees what the patterns mean. */
function applyPatterns(root: ImageDirectory<ImageSymlink>, options: SourceOptions): void {
  const { exclude = [], hide = [], first = [], leaveOutOf = {} } = options;
  const trees = Object.entries(leaveOutOf) as [TreeName, readonly string[]][];
  if (exclude.length + hide.length + first.length + trees.length === 0) return;
  const isExcluded = namePatterns(exclude);
  const isHidden = namePatterns(hide);
  const isFirst = namePatterns(first);
  const tests = trees.map(([tree, patterns]) => ({ tree, isLeftOut: namePatterns(patterns) }));
  const pending: [ImageDirectory<ImageSymlink>, string][] = [[root, ""]];
  for (const [directory, prefix] of pending) {
    for (const [name, child] of directory.children) {
      const path = prefix + name;
      if (isExcluded(path)) {
        directory.children.delete(name);
        continue;
      }
      if (isHidden(path)) child.hidden = true;
      if (child.kind === "file" && isFirst(path)) child.weight = 1;
      const leftOutOf = tests.filter(({ isLeftOut }) => isLeftOut(path)).map(({ tree }) => tree);
      if (leftOutOf.length > 0) child.leftOutOf = leftOutOf;
      if (child.kind === "directory") pending.push([child, `${path}/`]);
    }
  }
}

function sourceInfo(path: string): Deno.FileInfo {
  return requiredInfo(path, "read the source");
}
