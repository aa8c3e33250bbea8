/**
 * Looks at files and folders one at a time: through the native library where that costs less and asks nobody, elsewhere
 * through Deno. What is told is the same.
 *
 * @module
 */
import { type Native, type NativeFileInfo, nativeFilesIfAllowed } from "./native_library.ts";

/** What the system tells of a file or folder; Deno's own answer has it. */
export interface FileInfo {
  readonly isFile: boolean;
  readonly isDirectory: boolean;
  readonly isSymlink: boolean;
  readonly size: number;
  readonly mtime: Date | null;
  readonly atime: Date | null;
  readonly birthtime: Date | null;
  readonly mode: number | null;
  readonly uid: number | null;
  readonly gid: number | null;
  readonly ino: number | null;
  readonly dev: number;
  readonly nlink: number | null;
}

/** The names of what lies directly in a folder, in the system's order. */
export interface FolderNames {
  readonly files: readonly string[];
  readonly folders: readonly string[];
  /** Links to anything, or to nothing. */
  readonly links: readonly string[];
}

/** What a path leads to, links followed. @throws what Deno throws */
export function fileInfo(path: string): FileInfo {
  const library = nativeIfWorthwhile();
  const bytes = library && asBytes(path);
  const found = bytes && library.inspect(bytes);
  // Why there is nothing, Deno says.
  return found === undefined ? Deno.statSync(path) : new NativeInfo(kept(found));
}

/** The size of a file, links followed; undefined for a folder. @throws what Deno throws */
export function fileSize(path: string): number | undefined {
  const library = nativeIfWorthwhile();
  const bytes = library && asBytes(path);
  const found = bytes && library.inspect(bytes);
  if (found !== undefined) return (found.mode & MODE.type) === MODE.directory ? undefined : found.size;
  const info = Deno.statSync(path);
  return info.isDirectory ? undefined : info.size;
}

/** What lies directly in a folder; devices, sockets and pipes are left out. @throws what Deno throws */
export function folderNames(path: string): FolderNames {
  const names: Record<keyof FolderNames, string[]> = { files: [], folders: [], links: [] };
  const library = nativeIfWorthwhile();
  const bytes = library && asBytes(path);
  const listed = bytes && library.listNames(bytes);
  if (listed === undefined) {
    for (const entry of Deno.readDirSync(path)) listOf(entry, names)?.push(entry.name);
    return names;
  }
  const text = TEXT.decode(listed);
  for (let at = 0, end; at < text.length; at = end + 1) {
    end = text.indexOf("\0", at);
    const name = text.slice(at + 1, end);
    const kind = text.charCodeAt(at);
    if (kind === KIND.file) names.files.push(name);
    else if (kind === KIND.folder) names.folders.push(name);
    else if (kind === KIND.link) names.links.push(name);
    else if (kind === KIND.unknown) listOf(entryOf(`${path}/${name}`), names)?.push(name);
  }
  return names;
}

/** The letters before the names of a native listing. */
const KIND = { file: 0x66, folder: 0x64, link: 0x6c, unknown: 0x3f } as const;
const TEXT = new TextDecoder();

interface Entry {
  readonly isFile: boolean;
  readonly isDirectory: boolean;
  readonly isSymlink: boolean;
}

function listOf<T>(entry: Entry | undefined, lists: Record<keyof FolderNames, T>): T | undefined {
  if (entry?.isFile) return lists.files;
  return entry?.isDirectory ? lists.folders : entry?.isSymlink ? lists.links : undefined;
}

/** For file systems whose folders do not tell what an entry is; nothing if it has gone meanwhile. */
function entryOf(path: string): Entry | undefined {
  try {
    return Deno.lstatSync(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

const MODE = { type: 0o170000, file: 0o100000, directory: 0o040000, symlink: 0o120000 } as const;

/** What the native library tells, as Deno would; it is read where the library has it, and changes with that. */
export class NativeInfo implements FileInfo {
  readonly #native: NativeFileInfo;

  constructor(native: NativeFileInfo) {
    this.#native = native;
  }

  get size(): number {
    return this.#native.size;
  }
  get mode(): number {
    return this.#native.mode;
  }
  get uid(): number {
    return this.#native.uid;
  }
  get gid(): number {
    return this.#native.gid;
  }
  get ino(): number {
    return this.#native.inode;
  }
  get dev(): number {
    return this.#native.device;
  }
  get nlink(): number {
    return this.#native.links;
  }
  get isFile(): boolean {
    return (this.mode & MODE.type) === MODE.file;
  }
  get isDirectory(): boolean {
    return (this.mode & MODE.type) === MODE.directory;
  }
  get isSymlink(): boolean {
    return (this.mode & MODE.type) === MODE.symlink;
  }
  get mtime(): Date {
    return new Date(this.#native.modifiedMs);
  }
  get atime(): Date {
    return new Date(this.#native.accessedMs);
  }
  get birthtime(): Date | null {
    const { createdMs } = this.#native;
    return Number.isNaN(createdMs) ? null : new Date(createdMs);
  }
  /** The time of the last change without an object for it. */
  get mtimeMs(): number {
    return this.#native.modifiedMs;
  }
  /** NaN if it is not known. */
  get birthtimeMs(): number {
    return this.#native.createdMs;
  }
}

/** What the library has found, kept while it finds something else. */
function kept(native: NativeFileInfo): NativeFileInfo {
  const { size, modifiedMs, createdMs, accessedMs, inode, device, mode, uid, gid, links, osError } = native;
  return { size, modifiedMs, createdMs, accessedMs, inode, device, mode, uid, gid, links, osError };
}

/** So many looks take less time than loading the library. */
const LOOKS_BEFORE_LOADING = 64;
let looks = 0;
let native: Native | undefined;

/** The library, once there is more to look at than its loading takes. */
function nativeIfWorthwhile(): Native | undefined {
  if (looks < LOOKS_BEFORE_LOADING && ++looks === LOOKS_BEFORE_LOADING) {
    native = nativeFilesIfAllowed();
  }
  return native;
}

const PATH_ENCODER = new TextEncoder();
const PATH_BYTES = new Uint8Array(16 * 1024);

/** A path, and NUL, for one call; undefined for what is no path to the system. */
function asBytes(path: string): Uint8Array<ArrayBuffer> | undefined {
  const { length } = path;
  if (length * 3 >= PATH_BYTES.length) return undefined;
  for (let index = 0; index < length; index++) {
    const character = path.charCodeAt(index);
    if (character === 0) return undefined;
    if (character >= 0x80) return asManyBytes(path);
    PATH_BYTES[index] = character;
  }
  PATH_BYTES[length] = 0;
  return PATH_BYTES;
}

function asManyBytes(path: string): Uint8Array<ArrayBuffer> | undefined {
  if (path.includes("\0")) return undefined;
  PATH_BYTES[PATH_ENCODER.encodeInto(path, PATH_BYTES).written] = 0;
  return PATH_BYTES;
}
