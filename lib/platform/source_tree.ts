/** Reads a directory of the host into the tree of an image. @module */
import { ImageError } from "../image/errors.ts";
import type { ImageDirectory, ImageFile, ImageSymlink, NodeAttributes, NodeTimes } from "../image/tree.ts";
import { type FileInfo, NativeInfo } from "./file_info.ts";
import { type HostFacts, type HostFolder, HostTree } from "./host_tree.ts";
import { type Native, nativeFilesIfAllowed, type NativeFolder } from "./native_library.ts";
import { isAllowed } from "./permissions.ts";

/** Something that is in the directory and not, or not as it is, in the tree. */
export interface SourceNote {
  /** Where it is. */
  readonly path: string;
  /**
   * What was met: a device, socket or pipe, which is left out; a link left out as asked, or to nothing; a link to a
   * directory that it lies in; a name that is not UTF-8; a link, to be kept, to a path that is not UTF-8.
   */
  readonly problem: "special" | "symlink" | "brokenSymlink" | "symlinkLoop" | "notUtf8" | "targetNotUtf8";
}

/** How a directory is read. */
export interface SourceTreeOptions {
  /**
   * What symbolic links become: what they point to (the default), nothing, with a note, or links in the image, which
   * only Rock Ridge and UDF have. A link that is kept may point to nothing.
   */
  readonly symlinks?: "follow" | "skip" | "keep";
  /** Whether permissions, owners and hard links are taken, too; by default they are not. */
  readonly posix?: boolean;
  /** Gets a note of everything that is left out. Without it, whatever would be left out throws. */
  readonly onNote?: (note: SourceNote) => void;
  /** Called before each directory is read, with the number of files so far; may throw to stop. */
  readonly onDirectory?: (path: string, fileCount: number) => void;
  /**
   * Whether the native library lists folders, where there is one and it may be loaded without asking; default true. What
   * is read is the same.
   */
  readonly native?: boolean;
}

/** What is in a folder, by name. */
interface Listing {
  readonly names: readonly string[];
  /** Whether a name is what the system has, and not a form of it for people. */
  isExact(index: number): boolean;
  /** What an entry is, until another is asked about; undefined where the listing does not tell. */
  infoAt(index: number): FileInfo | undefined;
}

/**
 * Reads a directory of the host, without reading what is in its files.
 *
 * What cannot be read is found now, not when half a disc is written: permission bits tell for files, and where they
 * leave a doubt the file is opened once.
 *
 * @throws ImageError "sourceUnreadable" that names the first file or directory that cannot be read or taken.
 */
export function readSourceTree(
  directory: string,
  options?: SourceTreeOptions & { readonly symlinks?: "follow" | "skip" },
): ImageDirectory;
/** With links kept, the tree may have symbolic links in it. */
export function readSourceTree(directory: string, options: SourceTreeOptions): ImageDirectory<ImageSymlink>;
export function readSourceTree(
  directory: string,
  options: SourceTreeOptions = {},
): ImageDirectory<ImageSymlink> {
  const info = attempt(directory, () => Deno.statSync(directory));
  if (!info.isDirectory) throw unreadable(directory, "it is not a directory");
  return new TreeReader(options).read(directory, info);
}

/** Reads a file or directory of the host as one entry, for trees that are put together of several. */
export function readSourceEntry(
  path: string,
  options: SourceTreeOptions & { readonly symlinks?: "follow" | "skip" } = {},
): ImageFile | ImageDirectory {
  const info = attempt(path, () => Deno.statSync(path));
  const name = baseName(path);
  if (info.isDirectory) {
    const tree = readSourceTree(path, options);
    tree.name = name;
    return tree;
  }
  if (!info.isFile) throw unreadable(path, "it is neither a file nor a directory");
  new TreeReader(options).checkReadable(path, info);
  const tree = new HostTree();
  return tree.file(path.slice(0, path.length - name.length), name, tree.add(factsOf(info, options)));
}

/** A directory that is read, and those on the way to it from the root: a link to one of them would never end. */
interface Place {
  readonly node: HostFolder;
  readonly path: string;
  /** What the system calls it. */
  readonly ino: number | null;
  readonly dev: number;
  readonly up: Place | undefined;
}

class TreeReader {
  readonly #options: SourceTreeOptions;
  readonly #canRead: (info: FileInfo) => boolean;
  readonly #native: Native | undefined;
  #fileCount = 0;

  constructor(options: SourceTreeOptions) {
    this.#options = options;
    this.#native = options.native === false ? undefined : nativeFilesIfAllowed();
    this.#canRead = readabilityCheck();
  }

  /** Reads a folder and all in it; iterates, since a folder may lie deeper than the stack is. */
  read(rootPath: string, info: FileInfo): HostFolder {
    const tree = new HostTree();
    const root = tree.folder(rootPath, "", factsOf(info, this.#options));
    const pending: Place[] = [{ node: root, path: rootPath, ino: info.ino, dev: info.dev, up: undefined }];
    for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
      const folder = at.path;
      this.#options.onDirectory?.(folder, this.#fileCount);
      const prefix = folder.endsWith("/") || folder.endsWith("\\") ? folder : folder + "/";
      const listing = this.#list(folder);
      const items: (string | ImageDirectory<ImageSymlink> | ImageSymlink)[] = [];
      const firstRow = tree.rowCount;
      for (let index = 0; index < listing.names.length; index++) {
        const name = listing.names[index]!;
        const path = prefix + name;
        const info = listing.isExact(index)
          ? this.#inspect(path, name, listing.infoAt(index), at)
          : this.#note(path, "notUtf8");
        if (info === undefined) continue;
        if (info.isDirectory) {
          const node = tree.folder(prefix, name, factsOf(info, this.#options));
          items.push(node);
          pending.push({ node, path, ino: info.ino, dev: info.dev, up: at });
        } else if (info.isSymlink) {
          const link = this.#symlink(name, path, info);
          if (link === undefined) continue;
          tree.add();
          items.push(link);
        } else {
          this.checkReadable(path, info);
          const row = tree.add(factsOf(info, this.#options));
          if (this.#options.posix && info.nlink !== null && info.nlink > 1 && info.ino !== null) {
            tree.setLinkKey(row, `${info.dev}:${info.ino}`);
          }
          items.push(name);
          this.#fileCount++;
        }
      }
      if (items.length > 0) at.node.fill(prefix, items.slice(), firstRow); // no longer than they are
    }
    return root;
  }

  checkReadable(path: string, info: FileInfo): void {
    if (this.#canRead(info)) return;
    attempt(path, () => Deno.openSync(path)).close();
  }

  #list(path: string): Listing {
    return this.#listNatively(path) ?? attempt(path, () => new DenoListing(Deno.readDirSync(path)));
  }

  /** Undefined where it cannot be had; Deno's own listing then says what is wrong. */
  #listNatively(path: string): Listing | undefined {
    try {
      const listed = this.#native?.listFolder(new TextEncoder().encode(`${path}\0`));
      return listed && new NativeListing(listed);
    } catch {
      return undefined;
    }
  }

  /** What an entry is, links followed unless they are kept; undefined if it is to be left out. */
  #inspect(path: string, name: string, known: FileInfo | undefined, parent: Place): FileInfo | undefined {
    let info: FileInfo;
    try {
      info = known ?? Deno.lstatSync(path);
    } catch (cause) {
      // By a name in which U+FFFD stands for other bytes nothing is found.
      if (name.includes("\ufffd") && cause instanceof Deno.errors.NotFound) {
        return this.#note(path, "notUtf8");
      }
      throw unreadable(path, cause);
    }
    if (info.isSymlink) {
      if (this.#options.symlinks === "skip") return this.#note(path, "symlink");
      if (this.#options.symlinks === "keep") return info;
      try {
        info = Deno.statSync(path);
      } catch (cause) {
        if (leadsNowhere(cause)) return this.#note(path, "brokenSymlink");
        if (cause instanceof Deno.errors.FilesystemLoop) return this.#note(path, "symlinkLoop");
        throw unreadable(path, cause);
      }
      if (info.isDirectory && isAmong(path, info, parent)) return this.#note(path, "symlinkLoop");
    }
    if (info.isFile || info.isDirectory) return info;
    return this.#note(path, "special");
  }

  #symlink(name: string, path: string, info: FileInfo): ImageSymlink | undefined {
    let target: string;
    try {
      target = Deno.readLinkSync(path);
    } catch (cause) {
      if (cause instanceof Deno.errors.InvalidData) return this.#note(path, "targetNotUtf8");
      throw unreadable(path, cause);
    }
    if (Deno.build.os === "windows") target = target.replaceAll("\\", "/");
    return { kind: "symlink", name, target, path, ...attributesOf(info, this.#options) };
  }

  #note(path: string, problem: SourceNote["problem"]): undefined {
    if (this.#options.onNote === undefined) throw unreadable(path, NOTE_TEXTS[problem]);
    this.#options.onNote({ path, problem });
    return undefined;
  }
}

class DenoListing implements Listing {
  readonly names: readonly string[];

  constructor(entries: Iterable<Deno.DirEntry>) {
    this.names = Array.from(entries, ({ name }) => name).sort();
  }

  /** Deno shows bytes that are not UTF-8 as U+FFFD: of two names that look the same, one is not what it looks like. */
  isExact(index: number): boolean {
    return this.names[index] !== this.names[index - 1];
  }

  infoAt(): undefined {}
}

class NativeListing implements Listing {
  readonly names: readonly string[];
  readonly #folder: NativeFolder;
  /** Of the names, in the folder. */
  readonly #order: readonly number[];
  readonly #inexact = new Set<number>();
  #info: NativeInfo | undefined;

  constructor(folder: NativeFolder) {
    this.#folder = folder;
    const names: string[] = [];
    const order: number[] = [];
    for (let at = 0; at < folder.length; at++) {
      const { name, isExact } = decodeName(folder.entryAt(at).name);
      names.push(name);
      order.push(at);
      if (!isExact) this.#inexact.add(at);
    }
    order.sort((a, b) => names[a]! < names[b]! ? -1 : names[a]! > names[b]! ? 1 : 0);
    this.#order = order;
    this.names = order.map((at) => names[at]!);
  }

  isExact(index: number): boolean {
    return !this.#inexact.has(this.#order[index]!);
  }

  infoAt(index: number): FileInfo | undefined {
    const entry = this.#folder.entryAt(this.#order[index]!); // the same object each time
    return entry.osError === 0 ? this.#info ??= new NativeInfo(entry) : undefined;
  }
}

const UTF8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const LOSSY_UTF8 = new TextDecoder("utf-8", { ignoreBOM: true });

function decodeName(bytes: Uint8Array<ArrayBuffer>): { name: string; isExact: boolean } {
  try {
    return { name: UTF8.decode(bytes), isExact: true };
  } catch {
    return { name: LOSSY_UTF8.decode(bytes), isExact: false };
  }
}

/** What a note says to people. */
export const NOTE_TEXTS: Readonly<Record<SourceNote["problem"], string>> = {
  special: "it is a device, a socket or a pipe",
  symlink: "it is a symbolic link",
  brokenSymlink: "it is a symbolic link to nothing",
  symlinkLoop: "it is a symbolic link to a directory that it lies in",
  notUtf8: "its name is not UTF-8",
  targetNotUtf8: "it is a symbolic link to a path that is not UTF-8",
};

/** A link may be to a path that cannot be: behind a file, or longer than the system has them. */
function leadsNowhere(cause: unknown): boolean {
  return cause instanceof Deno.errors.NotFound || cause instanceof Deno.errors.NotADirectory ||
    (cause as { code?: unknown }).code === "ENAMETOOLONG";
}

function isAmong(path: string, info: FileInfo, from: Place): boolean {
  const hasInode = info.ino !== null && info.ino !== 0;
  const real = hasInode ? undefined : Deno.realPathSync(path);
  for (let at: Place | undefined = from; at !== undefined; at = at.up) {
    if (
      hasInode ? at.ino === info.ino && at.dev === info.dev : Deno.realPathSync(at.path) === real
    ) {
      return true;
    }
  }
  return false;
}

/** Whether permission bits say for certain that we can read: asking about every file would take as long as listing it. */
function readabilityCheck(): (info: FileInfo) => boolean {
  // A script that may only read may not ask who it runs as: its files are opened, which takes longer and asks nothing.
  const mayAskUid = isAllowed({ name: "sys", kind: "uid" });
  const uid = mayAskUid && Deno.build.os !== "windows" ? Deno.uid() : null;
  return (info) => {
    if (info.mode === null || uid === null) return false;
    // Root has no rule of its own: without its capabilities, and on network file systems, it reads no more than others.
    return info.uid === uid ? (info.mode & 0o400) !== 0 : (info.mode & 0o444) === 0o444;
  };
}

function factsOf(info: FileInfo, { posix }: SourceTreeOptions): HostFacts {
  const isNative = info instanceof NativeInfo; // dates are objects, and there may be a million
  const { mode, uid, gid } = posix ? ownershipOf(info) : NO_OWNERSHIP;
  return {
    sizeBytes: info.size,
    modifiedMs: isNative ? info.mtimeMs : info.mtime?.getTime() ?? NaN,
    createdMs: isNative ? info.birthtimeMs : info.birthtime?.getTime() ?? NaN,
    mode,
    uid,
    gid,
  };
}

const NO_OWNERSHIP: NodeAttributes = {};

function attributesOf(info: FileInfo, options: SourceTreeOptions): NodeTimes & NodeAttributes {
  const attributes: NodeTimes & NodeAttributes = {};
  if (info.mtime !== null) attributes.modified = info.mtime;
  if (info.birthtime !== null) attributes.created = info.birthtime;
  if (options.posix) Object.assign(attributes, ownershipOf(info));
  return attributes;
}

function ownershipOf(info: FileInfo): NodeAttributes {
  const attributes: NodeAttributes = {};
  if (info.mode !== null) attributes.mode = info.mode & 0o7777;
  if (info.uid !== null) attributes.uid = info.uid;
  if (info.gid !== null) attributes.gid = info.gid;
  return attributes;
}

function baseName(path: string): string {
  const name = path.replace(/[/\\]+$/, "").replace(/^.*[/\\]/s, "");
  return name === "" || name === "." || name === ".." ? baseName(Deno.realPathSync(path)) : name;
}

function attempt<T>(path: string, action: () => T): T {
  try {
    return action();
  } catch (cause) {
    throw unreadable(path, cause);
  }
}

function unreadable(path: string, cause: unknown): ImageError {
  const said = cause instanceof Error ? cause.message : String(cause);
  return new ImageError("sourceUnreadable", `Cannot take "${path}" into the image: ${said}`, { path, cause });
}
