/**
 * Puts entries of an image into a folder of the host, so that nothing in the image can reach out of that folder.
 *
 * An image is somebody else's: its names and links may be made to write elsewhere. So every name is checked, a folder on the
 * way that is a link is refused, and links are made last, when nothing is written any more that could go through them.
 *
 * @module
 */
import { namingFile, removeIfThere } from "./write_whole.ts";
import { entryContent, ImageError, type ReadSectors, SECTOR_BYTES, type VolumeEntry } from "../image/mod.ts";
import { writeAll } from "./write_all.ts";

/** How a tree is put into a folder. */
export interface ExtractOptions {
  /** Reads the image's sectors. */
  readonly read: ReadSectors;
  /** What is put there, with paths that begin with `/`. */
  readonly entries: readonly VolumeEntry[];
  /** The folder; made if it is not there. */
  readonly target: string;
  /** Whether files that are there are replaced. Without it nothing is written as soon as one of them is there. */
  readonly force?: boolean;
  /** Which symbolic links are made: those that stay in the folder (the default), all, or none. */
  readonly links?: "safe" | "all" | "none";
  /** Told of what is left out. */
  readonly onNote?: (note: ExtractNote) => void;
  /** Called about every 4 MiB, and at the end. */
  readonly onProgress?: (doneBytes: number, totalBytes: number) => void;
  /** Asked before each 256 KiB; true stops with {@linkcode ExtractError} "cancelled". Finished files stay. */
  readonly isCancelled?: () => boolean;
  /** The system whose rules names must keep; this one when absent. */
  readonly system?: "windows" | "posix";
}

/** Something in the image that was not put into the folder, and why. */
export interface ExtractNote {
  /** Its path in the image. */
  readonly path: string;
  /** What a person is told. */
  readonly reason: string;
}

/** What was put into the folder. */
export interface ExtractReport {
  readonly fileCount: number;
  readonly directoryCount: number;
  readonly linkCount: number;
  readonly sizeBytes: number;
  /** Which contents could not be read, a sentence each; their files are not there. */
  readonly problems: readonly string[];
}

/** A tree cannot be put into a folder. */
export class ExtractError extends Error {
  /** The class name, as every error has it. */
  override readonly name = "ExtractError";
  /** Makes one; `path` is where on the host. */
  constructor(
    readonly code: "exists" | "unsafe" | "cancelled",
    message: string,
    readonly path: string,
  ) {
    super(message);
  }
}

const BUFFER_BYTES = 256 * 1024;
const PROGRESS_BYTES = 4 * 2 ** 20;

/**
 * Puts entries into a folder: folders first, then files in the order in which they lie in the image, then links.
 *
 * Each file that takes more than one call to write is written under another name and renamed, so that it is there whole or
 * not at all. Times and permissions are kept where the view has them; owners are not.
 *
 * A content that cannot be read is told and left out; the others are still wanted.
 *
 * @throws ExtractError when something is there already, is unsafe, or the work was cancelled; ImageError "damaged" when
 * nothing of the image can be read any more; else what Deno throws.
 */
export function extractTree(options: ExtractOptions): ExtractReport {
  return new Extraction(options).run();
}

class Extraction {
  readonly #options: ExtractOptions;
  readonly #target: string;
  readonly #system: "windows" | "posix";
  readonly #buffer = new Uint8Array(BUFFER_BYTES);
  /** Folders that were there before, by their path on the host. */
  readonly #oldFolders = new Set<string>();
  readonly #problems: string[] = [];
  #doneBytes = 0;
  #shownBytes = 0;
  #totalBytes = 0;

  constructor(options: ExtractOptions) {
    this.#options = options;
    this.#target = options.target.length > 1 ? options.target.replace(/[/\\]+$/, "") : options.target;
    this.#system = options.system ?? (Deno.build.os === "windows" ? "windows" : "posix");
  }

  run(): ExtractReport {
    const { entries } = this.#options;
    const folders = foldersOf(entries);
    const files: VolumeEntry[] = [];
    const links: VolumeEntry[] = [];
    const seen = new Set(folders.keys());
    for (const entry of entries) {
      for (const { name } of entry.streams ?? []) {
        this.#options.onNote?.({ path: `${entry.path}:${name}`, reason: "it is a named stream" });
      }
      if (entry.kind === "directory") continue;
      if (entry.unreadable !== undefined) this.#note(entry, `it is ${entry.unreadable}`);
      else if (entry.kind === "special") this.#note(entry, "it is a device, a socket or a pipe");
      else if (seen.has(entry.path)) this.#note(entry, "the image has another entry of that name");
      else if (entry.kind === "file") files.push(entry);
      else if (this.#options.links === "none") this.#note(entry, "it is a symbolic link");
      else if (this.#options.links !== "all" && linkLeaves(entry)) {
        this.#note(entry, `it is a symbolic link that leads out of the folder, to "${entry.target}"`);
      } else links.push(entry);
      seen.add(entry.path);
    }
    this.#totalBytes = files.reduce((sum, file) => sum + file.sizeBytes, 0);
    this.#checkPlaces([...folders.keys()], [...files, ...links]);
    this.#makeFolders(folders);
    files.sort((a, b) => placeOf(a) - placeOf(b));
    const written = files.filter((file) => this.#writeIfReadable(file));
    let linkCount = 0;
    for (const link of links) if (this.#makeLink(link)) linkCount++;
    this.#finishFolders(folders);
    this.#options.onProgress?.(this.#totalBytes, this.#totalBytes);
    return {
      fileCount: written.length,
      directoryCount: [...folders.values()].filter((entry) => entry !== undefined).length,
      linkCount,
      sizeBytes: written.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
      problems: this.#problems,
    };
  }

  /** Looks before anything is written: folders on the way must be folders, and files must not be there. */
  #checkPlaces(folders: readonly string[], files: readonly VolumeEntry[]): void {
    const root = this.#stat(this.#target === "" ? "." : this.#target, "follow");
    if (root === undefined) return;
    if (!root.isDirectory) {
      throw new ExtractError("exists", `"${this.#target}" is not a folder`, this.#target);
    }
    this.#oldFolders.add(this.#target);
    for (const folder of folders) {
      const path = this.#placeOf(folder);
      if (!this.#oldFolders.has(parentOf(path))) continue;
      const info = this.#stat(path);
      if (info === undefined) continue;
      this.#requireFolder(path, info);
      this.#oldFolders.add(path);
    }
    for (const file of files) {
      const path = this.#placeOf(file.path);
      const info = this.#oldFolders.has(parentOf(path)) ? this.#stat(path) : undefined;
      if (info !== undefined && (!this.#options.force || info.isDirectory)) throw exists(path, info);
    }
  }

  #makeTarget(): void {
    try {
      Deno.mkdirSync(this.#target, { recursive: true });
    } catch (error) {
      if (!(error instanceof Deno.errors.NotADirectory || error instanceof Deno.errors.AlreadyExists)) {
        throw error;
      }
      const message =
        `Cannot make the folder "${this.#target}": on the way to it is something that is no folder`;
      throw new ExtractError("exists", message, this.#target);
    }
  }

  #makeFolders(folders: ReadonlyMap<string, VolumeEntry | undefined>): void {
    if (this.#target !== "") this.#makeTarget();
    for (const [folder, entry] of folders) {
      const path = this.#placeOf(folder);
      try {
        // Files are still to be written into it, whatever its own permissions are.
        Deno.mkdirSync(path, { mode: (entry?.posix?.mode ?? 0o777) & 0o777 | 0o700 });
      } catch (error) {
        if (!(error instanceof Deno.errors.AlreadyExists)) throw error;
        const info = this.#stat(path);
        if (info !== undefined) this.#requireFolder(path, info);
      }
    }
  }

  /** Whether it was written: a scratch costs the files that it goes through, and no others. */
  #writeIfReadable(entry: VolumeEntry): boolean {
    try {
      this.#writeFile(entry);
      return true;
    } catch (error) {
      if (!(error instanceof ImageError)) {
        throw namingFile(error, (message) => `Cannot write "${this.#placeOf(entry.path)}": ${message}`);
      }
      if (!this.#isThere()) throw error;
      this.#problems.push(error.message);
      this.#note(entry, error.message.replace(`Cannot read "${entry.path}": `, ""));
      return false;
    }
  }

  /** Whether the image can be read at all: it may be in a drive that is no longer there. */
  #isThere(): boolean {
    try {
      this.#options.read(0, 1, new Uint8Array(SECTOR_BYTES));
      return true;
    } catch {
      return false;
    }
  }

  #writeFile(entry: VolumeEntry): void {
    const path = this.#placeOf(entry.path);
    if (!this.#options.force && entry.sizeBytes <= BUFFER_BYTES) return this.#writeSmallFile(entry, path);
    if (!this.#options.force && this.#stat(path) !== undefined) throw exists(path); // a name that differs in case only
    const partial = `${parentOf(path)}/.burnscript-partial-${Deno.pid}`;
    removeIfThere(partial); // what a killed process of the same number left
    const file = Deno.openSync(partial, { write: true, createNew: true, mode: modeOf(entry) });
    try {
      this.#fill(entry, file);
      Deno.renameSync(partial, path);
    } catch (error) {
      Deno.removeSync(partial);
      throw error;
    }
  }

  /**
   * A file that one call writes goes to its place at once: no reader sees half of it, and there may be a hundred thousand
   * of them. That the name is not there yet is then the system's to say.
   */
  #writeSmallFile(entry: VolumeEntry, path: string): void {
    let file: Deno.FsFile;
    try {
      file = Deno.openSync(path, { write: true, createNew: true, mode: modeOf(entry) });
    } catch (error) {
      throw error instanceof Deno.errors.AlreadyExists ? exists(path) : error;
    }
    try {
      this.#fill(entry, file);
    } catch (error) {
      Deno.removeSync(path);
      throw error;
    }
  }

  #fill(entry: VolumeEntry, file: Deno.FsFile): void {
    try {
      this.#copy(entry, file);
      if (entry.modified !== undefined) file.utimeSync(entry.accessed ?? entry.modified, entry.modified);
    } finally {
      file.close();
    }
  }

  #copy(entry: VolumeEntry, file: Deno.FsFile): void {
    using content = entryContent(this.#options.read, entry).open();
    for (let offset = 0; offset < entry.sizeBytes;) {
      if (this.#options.isCancelled?.()) {
        throw new ExtractError("cancelled", `Cancelled: "${entry.path}" was not extracted`, entry.path);
      }
      const piece = this.#buffer.subarray(0, Math.min(BUFFER_BYTES, entry.sizeBytes - offset));
      let count: number;
      try {
        count = content.read(piece, offset);
      } catch (cause) {
        if (cause instanceof ImageError && cause.path === entry.path) throw cause; // it says all of this
        const said = cause instanceof Error ? cause.message : String(cause);
        const message = `Cannot read "${entry.path}" from the image, at byte ${offset}: ${said}`;
        throw new ImageError("damaged", message, { path: entry.path, cause });
      }
      writeAll(file, piece.subarray(0, count));
      if (count < piece.length) {
        throw new ImageError("damaged", `Cannot read "${entry.path}": it ends at byte ${offset + count}`, {
          path: entry.path,
        });
      }
      offset += count;
      this.#doneBytes += count;
      if (this.#doneBytes - this.#shownBytes >= PROGRESS_BYTES) {
        this.#shownBytes = this.#doneBytes;
        this.#options.onProgress?.(this.#doneBytes, this.#totalBytes);
      }
    }
  }

  /** Whether it could be made: Windows lets only some users make symbolic links. */
  #makeLink(entry: VolumeEntry): boolean {
    const path = this.#placeOf(entry.path);
    const info = this.#stat(path);
    if (info !== undefined) {
      if (!this.#options.force || info.isDirectory) throw exists(path, info);
      Deno.removeSync(path);
    }
    const target = entry.target ?? "";
    if (Deno.build.os !== "windows") {
      Deno.symlinkSync(target, path);
      return true;
    }
    // There a link says of which kind its target is.
    const isDirectory = this.#stat(`${parentOf(path)}/${target}`, "follow")?.isDirectory === true;
    try {
      Deno.symlinkSync(target.replaceAll("/", "\\"), path, { type: isDirectory ? "dir" : "file" });
      return true;
    } catch (error) {
      if (!(error instanceof Deno.errors.PermissionDenied || isMissingPrivilege(error))) throw error;
      this.#note(
        entry,
        `it is a symbolic link, which Windows lets you make as an administrator or in developer mode`,
      );
      return false;
    }
  }

  /** Last, since every file that is written into a folder changes the folder's time. */
  #finishFolders(folders: ReadonlyMap<string, VolumeEntry | undefined>): void {
    for (const [folder, entry] of [...folders].reverse()) {
      if (entry?.modified === undefined) continue;
      Deno.utimeSync(this.#placeOf(folder), entry.accessed ?? entry.modified, entry.modified);
    }
  }

  /** Where an entry goes. Each name is checked here once more, whoever made the path. */
  #placeOf(path: string): string {
    let place = this.#target;
    for (const name of path.slice(1).split("/")) {
      const isOne = name !== "" && name !== "." && name !== ".." && !name.includes("\0");
      if (!isOne) {
        throw new ExtractError("unsafe", `The image has the path "${path}", which is refused`, path);
      }
      place += `/${this.#system === "windows" ? windowsName(name) : name}`;
    }
    return place;
  }

  #requireFolder(path: string, info: Deno.FileInfo): void {
    if (info.isDirectory) return;
    const what = info.isSymlink ? "a symbolic link; what is put there would go elsewhere" : "not a folder";
    throw new ExtractError("unsafe", `"${path}" is ${what}`, path);
  }

  #stat(path: string, how: "follow" | "itself" = "itself"): Deno.FileInfo | undefined {
    try {
      return how === "follow" ? Deno.statSync(path) : Deno.lstatSync(path);
    } catch (error) {
      if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) {
        return undefined;
      }
      throw error;
    }
  }

  #note(entry: VolumeEntry, reason: string): void {
    this.#options.onNote?.({ path: entry.path, reason });
  }
}

/** ERROR_PRIVILEGE_NOT_HELD, which Deno has no class for. */
function isMissingPrivilege(error: unknown): boolean {
  return error instanceof Error && error.message.includes("os error 1314");
}

/** Permissions without an owner are nobody's: UDF has to write some where the image's maker had none to keep. */
function modeOf({ posix }: VolumeEntry): number {
  return (posix?.uid === undefined ? 0o666 : posix.mode) & 0o777 | 0o600;
}

function exists(path: string, info?: Deno.FileInfo): ExtractError {
  const advice = info?.isDirectory
    ? ", a folder where the image has a file; remove it"
    : "; --force replaces it";
  return new ExtractError("exists", `"${path}" is there already${advice}`, path);
}

function parentOf(path: string): string {
  return path.slice(0, path.lastIndexOf("/"));
}

function placeOf(entry: VolumeEntry): number {
  return entry.extents.find((extent) => extent.startLba !== undefined)?.startLba ?? -1;
}

/** The folders of entries, each behind the one that it is in; undefined for one that is only on the way. */
function foldersOf(entries: readonly VolumeEntry[]): Map<string, VolumeEntry | undefined> {
  const own = new Map<string, VolumeEntry>();
  for (const entry of entries) if (entry.kind === "directory") own.set(entry.path, entry);
  const folders = new Map<string, VolumeEntry | undefined>();
  for (const { path, kind } of entries) {
    const missing: string[] = [];
    let folder = kind === "directory" ? path : parentOf(path);
    for (; folder !== "" && !folders.has(folder); folder = parentOf(folder)) missing.push(folder);
    for (const one of missing.reverse()) folders.set(one, own.get(one));
  }
  return folders;
}

/**
 * Whether a link leads out of the tree that it is in. `..` counts only at the beginning, where it starts from real folders;
 * behind a name it may start from wherever another link leads, and is refused.
 */
export function linkLeaves(entry: Pick<VolumeEntry, "path" | "target">): boolean {
  const target = entry.target ?? "";
  if (target === "" || /^([/\\]|[a-zA-Z]:)/.test(target) || target.includes("\0")) return true;
  let depth = entry.path.split("/").length - 2; // of the folder that the link is in
  let isBeginning = true;
  for (const name of target.split(/[/\\]/)) {
    if (name === "" || name === ".") continue;
    if (name !== "..") isBeginning = false;
    else if (!isBeginning || --depth < 0) return true;
  }
  return false;
}

const RESERVED = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\.|$)/i;

/** A name that Windows takes as one name and no device: characters that mean something there become `_`. */
export function windowsName(name: string): string {
  // deno-lint-ignore no-control-regex -- they are what is not allowed
  const plain = name.replaceAll(/[\x00-\x1f<>:"/\\|?*]/g, "_").replace(
    /[. ]+$/,
    (end) => "_".repeat(end.length),
  );
  return RESERVED.test(plain) ? `_${plain}` : plain;
}
