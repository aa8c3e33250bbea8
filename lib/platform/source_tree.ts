/** Reads a directory of the host into the tree of an image. @module */
import { ImageError } from "../image/errors.ts";
import {
  createDirectory,
  type ImageDirectory,
  type ImageFile,
  type ImageSymlink,
  type NodeAttributes,
  type NodeTimes,
} from "../image/tree.ts";
import { HostFile } from "./file_content.ts";
import { type FileInfo, NativeInfo } from "./file_info.ts";
import { type Native, nativeFilesIfAllowed } from "./native_library.ts";

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

/** An entry as a folder's listing gives it. */
interface Listed {
  readonly name: string;
  /** Whether the name is what the system has, and not a form of it for people. */
  readonly isExact: boolean;
  /** Undefined where the listing does not tell; it is then asked for. */
  readonly info: FileInfo | undefined;
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
  const root = createDirectory<ImageSymlink>("", attributesOf(info, options));
  root.path = directory;
  const reader = new TreeReader(options);
  reader.fill(root, directory, info);
  return root;
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
  return fileOf(path.slice(0, path.length - name.length), name, info, options);
}

/** A directory on the way from the root, by what the system calls it: a link to one of them would never end. */
interface Ancestor {
  readonly path: string;
  readonly info: FileInfo;
  readonly up: Ancestor | undefined;
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

  /** Fills a tree; iterates, since a directory may lie deeper than the stack is. */
  fill(root: ImageDirectory<ImageSymlink>, rootPath: string, rootInfo: FileInfo): void {
    const pending: { node: ImageDirectory<ImageSymlink>; at: Ancestor }[] = [
      { node: root, at: { path: rootPath, info: rootInfo, up: undefined } },
    ];
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      const { node, at } = next;
      this.#options.onDirectory?.(at.path, this.#fileCount);
      const prefix = at.path.endsWith("/") || at.path.endsWith("\\") ? at.path : at.path + "/";
      for (const listed of this.#list(at.path)) {
        const { name } = listed;
        const path = prefix + name;
        const info = listed.isExact ? this.#inspect(path, listed, at) : this.#note(path, "notUtf8");
        if (info === undefined) continue;
        if (info.isDirectory) {
          const child = createDirectory<ImageSymlink>(name, attributesOf(info, this.#options));
          child.path = path;
          node.children.set(name, child);
          pending.push({ node: child, at: { path, info, up: at } });
        } else if (info.isSymlink) {
          const link = this.#symlink(name, path, info);
          if (link !== undefined) node.children.set(name, link);
        } else {
          this.checkReadable(path, info);
          node.children.set(name, fileOf(prefix, name, info, this.#options));
          this.#fileCount++;
        }
      }
    }
  }

  checkReadable(path: string, info: FileInfo): void {
    if (this.#canRead(info)) return;
    attempt(path, () => Deno.openSync(path)).close();
  }

  /** What is in a folder, by name. */
  #list(path: string): Listed[] {
    const listed = this.#listNatively(path);
    if (listed !== undefined) return sortedByName(listed);
    const names = attempt(path, () => Array.from(Deno.readDirSync(path), (entry) => entry.name)).sort();
    // Deno shows bytes that are not UTF-8 as U+FFFD: of two names that look the same, one is not what it looks like.
    return names.map((name, index) => ({ name, isExact: name !== names[index - 1], info: undefined }));
  }

  /** Undefined where it cannot be had; Deno's own listing then says what is wrong. */
  #listNatively(path: string): Listed[] | undefined {
    try {
      return this.#native?.listFolder(new TextEncoder().encode(`${path}\0`))?.map((entry) => {
        const { name, isExact } = decodeName(entry.name);
        return { name, isExact, info: entry.osError === 0 ? new NativeInfo(entry) : undefined };
      });
    } catch {
      return undefined;
    }
  }

  /** What an entry is, links followed unless they are kept; undefined if it is to be left out. */
  #inspect(path: string, { name, info: known }: Listed, parent: Ancestor): FileInfo | undefined {
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
        if (cause instanceof Deno.errors.NotFound) return this.#note(path, "brokenSymlink");
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

function sortedByName(listed: Listed[]): Listed[] {
  return listed.sort((a, b) => a.name < b.name ? -1 : a.name > b.name ? 1 : 0);
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

function isAmong(path: string, info: FileInfo, from: Ancestor): boolean {
  const hasInode = info.ino !== null && info.ino !== 0;
  const real = hasInode ? undefined : Deno.realPathSync(path);
  for (let at: Ancestor | undefined = from; at !== undefined; at = at.up) {
    if (
      hasInode ? at.info.ino === info.ino && at.info.dev === info.dev : Deno.realPathSync(at.path) === real
    ) {
      return true;
    }
  }
  return false;
}

/** Whether permission bits say for certain that we can read: asking about every file would take as long as listing it. */
function readabilityCheck(): (info: FileInfo) => boolean {
  // A script that may only read may not ask who it runs as: its files are opened, which takes longer and asks nothing.
  const mayAskUid = Deno.permissions.querySync({ name: "sys", kind: "uid" }).state === "granted";
  const uid = mayAskUid && Deno.build.os !== "windows" ? Deno.uid() : null;
  return (info) => {
    if (info.mode === null || uid === null) return false;
    // Root has no rule of its own: without its capabilities, and on network file systems, it reads no more than others.
    return info.uid === uid ? (info.mode & 0o400) !== 0 : (info.mode & 0o444) === 0o444;
  };
}

function fileOf(folder: string, name: string, info: FileInfo, options: SourceTreeOptions): ImageFile {
  const { mtime, birthtime, size: sizeBytes } = info;
  const file = new HostFile({
    folder,
    name,
    sizeBytes,
    modified: mtime ?? undefined,
    created: birthtime ?? undefined,
  });
  if (options.posix) {
    Object.assign(file, ownershipOf(info));
    if (info.nlink !== null && info.nlink > 1 && info.ino !== null) file.linkKey = `${info.dev}:${info.ino}`;
  }
  return file;
}

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
