/** Paths as commands write them, as this system has them, and as commands show them. @module */
import { DriveMap } from "../../../platform/drive_map.ts";
import { absolutePath, wildcard } from "../../scripting/windows_path.ts";
import { CommandFailure } from "./signals.ts";

const NAME_INCORRECT = "The filename, directory name, or volume label syntax is incorrect.";

/** What Windows says of a folder that something is in. */
export const IN_USE = "The process cannot access the file because it is being used by another process.";

/** An entry of a folder that a pattern matches. */
export interface Match {
  readonly name: string;
  /** As a path of this system. */
  readonly native: string;
  /** What the operand's folder is written as, followed by the name. */
  readonly shown: string;
  readonly info: Deno.FileInfo;
}

/** Translates paths, and knows the current folder of each drive. */
export class Paths {
  /** The current folders of the drives that are not the current one, as paths of this system, by their letters. */
  readonly #folders: Map<string, string>;

  constructor(readonly driveMap: DriveMap, folders: ReadonlyMap<string, string> = new Map()) {
    this.#folders = new Map(folders);
  }

  /** The same places for something that goes its own way from here. */
  branch(): Paths {
    const { mappings, system, profile } = this.driveMap;
    const folder = this.native(".");
    return new Paths(new DriveMap(mappings, system, () => folder, profile), this.#folders);
  }

  /** The current folder, as commands show it. */
  get current(): string {
    return this.driveMap.toScript(this.driveMap.workingDirectory());
  }

  /** A path of this system. */
  native(path: string): string {
    const plain = path.replaceAll('"', "");
    // `del "%NOSUCH%"` must not mean the current folder.
    if (plain.trim() === "" || plain.includes("\0")) throw new CommandFailure(NAME_INCORRECT);
    // Names are appended to a path of this system with a backslash, too.
    const bare = plain.startsWith("/") ? plain.replaceAll("\\", "/") : plain;
    const native = this.driveMap.toNative(/^\\(?!\\)/.test(bare) ? this.current.slice(0, 2) + bare : bare);
    return native.length > 1 ? native.replace(/\/+$/, "") : native;
  }

  /** The whole path in the form of commands: absolute, and in the case in which its names are written on disk. */
  full(path: string): string {
    if (path.startsWith("/")) return this.driveMap.toScript(this.native(path));
    const text = path.replaceAll("/", "\\");
    const absolute = absolutePath(text, this.current);
    const drive = absolute.slice(0, 2).toUpperCase();
    const names = absolute.slice(3).split("\\").filter((name) => name !== "");
    const end = text.endsWith("\\") && names.length > 0 ? "\\" : "";
    return `${drive}\\${this.#realNames(drive, names).join("\\")}${end}`;
  }

  /** The names as they are on disk, where they are there. */
  #realNames(drive: string, names: readonly string[]): readonly string[] {
    if (names.some((name) => /[*?]/.test(name))) return names;
    try {
      const native = this.driveMap.toNative(`${drive}\\${names.join("\\")}`).split("/").slice(-names.length);
      return names.map((name, index) =>
        native[index]?.toLowerCase() === name.toLowerCase() ? native[index]! : name
      );
    } catch {
      return names; // a letter without a folder: whoever opens the path says so
    }
  }

  /** `cd`: with another drive's path only that drive's current folder, unless the drive is changed, too. */
  changeDirectory(path: string, { changesDrive }: { readonly changesDrive: boolean }): void {
    const native = this.native(path);
    const isFolder = this.attempt(native, () => Deno.statSync(native)).isDirectory;
    if (!isFolder) throw new CommandFailure("The directory name is invalid.");
    const letter = /^([a-z]):/i.exec(path.replaceAll('"', ""))?.[1]?.toUpperCase();
    if (letter !== undefined && letter !== this.current[0] && !changesDrive) {
      this.#folders.set(letter, native);
    } else this.enter(native);
  }

  /** Goes to a folder of this system. */
  enter(native: string): void {
    const before = this.driveMap.workingDirectory();
    this.#folders.set(this.current[0]!, before);
    this.driveMap.changeDirectory(native);
  }

  /** `X:`: goes to where that drive's current folder is. */
  changeDrive(letter: string): void {
    if (letter.toUpperCase() === this.current[0]) return;
    this.enter(this.#folders.get(letter.toUpperCase()) ?? this.native(`${letter}:\\`));
  }

  /** The folders right in a folder, without links to others: those that a walk goes down into. */
  innerFolders(folder: string): Match[] {
    const prefix = /[\\/]$/.test(folder) || folder === "" ? folder : `${folder}\\`;
    return this.matching(`${prefix}*`).filter(({ info, native }) =>
      info.isDirectory && !Deno.lstatSync(native).isSymlink
    );
  }

  /** What an operand stands for: one entry by its name, or all that its pattern matches, sorted. */
  matching(operand: string): Match[] {
    if (!/[*?]/.test(operand)) {
      const native = this.native(operand);
      const info = this.stat(native);
      return info === undefined ? [] : [{ name: native.replace(/^.*\//, ""), native, shown: operand, info }];
    }
    const [folder, pattern] = folderAndPattern(operand);
    const native = this.native(folder);
    const regular = wildcard(pattern);
    const names = this.attempt(native, () => [...Deno.readDirSync(native)].map(({ name }) => name));
    return names.filter((name) => regular.test(name)).sort(byName).flatMap((name) => {
      const path = `${native === "/" ? "" : native}/${name}`;
      const info = this.stat(path);
      return info === undefined
        ? []
        : [{ name, native: path, shown: folder === "." ? name : folder + name, info }];
    });
  }

  /** Whether there is anything that an operand stands for; `DIR\nul` is there when the folder is. */
  exists(operand: string): boolean {
    const bare = operand.replaceAll('"', "");
    if (/^nul:?$/i.test(bare)) return true;
    const folder = /^(.+?)(?:[\\/]nul|[\\/])$/i.exec(bare)?.[1];
    try {
      const found = this.matching(folder ?? bare);
      return folder === undefined ? found.length > 0 : found.some(({ info }) => info.isDirectory);
    } catch {
      return false; // a folder or a drive that is not there
    }
  }

  /** What there is at a path of this system; a link that leads nowhere is there itself. */
  stat(native: string): Deno.FileInfo | undefined {
    for (const look of [Deno.statSync, Deno.lstatSync]) {
      try {
        return look(native);
      } catch (error) {
        if (error instanceof Deno.errors.NotCapable) throw error;
        const { NotFound, NotADirectory, FilesystemLoop } = Deno.errors;
        if ([NotFound, NotADirectory, FilesystemLoop].some((kind) => error instanceof kind)) continue;
        throw new CommandFailure("Access is denied.");
      }
    }
    return undefined;
  }

  isFolder(operand: string): boolean {
    return !/[*?]/.test(operand) && (this.stat(this.native(operand))?.isDirectory ?? false);
  }

  /** Says that a file is not there, or that not even its folder is. */
  missing(operand: string): CommandFailure {
    const folder = this.stat(this.native(folderAndPattern(operand)[0]));
    return new CommandFailure(
      `The system cannot find the ${folder?.isDirectory ? "file" : "path"} specified.`,
    );
  }

  /** Does something with a path; what the system says becomes what cmd says. */
  attempt<T>(native: string, work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw this.#failure(error, native);
    }
  }

  #failure(error: unknown, native: string): unknown {
    const { NotFound, NotADirectory, NotCapable, PermissionDenied, IsADirectory } = Deno.errors;
    if (error instanceof NotFound || error instanceof NotADirectory) {
      const parent = native.replace(/\/[^/]*$/, "") || "/";
      const what = isRealFolder(parent) ? "file" : "path";
      return new CommandFailure(`The system cannot find the ${what} specified.`);
    }
    if (error instanceof NotCapable || error instanceof CommandFailure || !(error instanceof Error)) {
      return error;
    }
    if (error instanceof PermissionDenied || error instanceof IsADirectory) {
      return new CommandFailure("Access is denied.");
    }
    const { code } = error as { code?: string };
    if (code === "ENOTEMPTY") return new CommandFailure("The directory is not empty.");
    // A folder into itself.
    if (code === "EINVAL" || code === "EBUSY") return new CommandFailure(IN_USE);
    if (code === "ENOSPC") return new CommandFailure("There is not enough space on the disk.");
    return new CommandFailure(error.message);
  }
}

function isRealFolder(path: string): boolean {
  try {
    return Deno.statSync(path).isDirectory;
  } catch {
    return false;
  }
}

/** The folder and the pattern of the last name of an operand. */
export function folderAndPattern(operand: string): readonly [folder: string, pattern: string] {
  const cut = Math.max(operand.lastIndexOf("\\"), operand.lastIndexOf("/"), operand.indexOf(":"));
  return [operand.slice(0, cut + 1) || ".", operand.slice(cut + 1)];
}

function byName(one: string, other: string): number {
  const [a, b] = [one.toLowerCase(), other.toLowerCase()];
  return a < b ? -1 : a > b ? 1 : one < other ? -1 : 1;
}
