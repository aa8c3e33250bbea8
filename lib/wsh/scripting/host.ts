/** What the objects of the Scripting runtime share: paths in both forms, errors, and what is open. @module */
import { AutomationError, Unwinding } from "../../automation/errors.ts";
import { RUNTIME_MESSAGES } from "../../automation/runtime_messages.ts";
import { type DriveMap, nameToNative } from "../../platform/drive_map.ts";
import { type FileInfo, fileInfo } from "../../platform/file_info.ts";
import type { OpenResources } from "../open_resources.ts";
import { TextOrigins } from "../text_origins.ts";
import type { StandardChannels } from "./open_text.ts";
import { absolutePath, parentFolderName } from "./windows_path.ts";

/** One of the error numbers of the file system that scripts test for. */
export type FileErrorNumber = 5 | 52 | 53 | 54 | 57 | 58 | 61 | 62 | 67 | 68 | 70 | 71 | 74 | 76 | 91;

/** An error of the file system; `detail` says which path, and what to do. */
export function fileError(number: FileErrorNumber, detail?: string, cause?: unknown): AutomationError {
  const message = RUNTIME_MESSAGES[number]!;
  return new AutomationError(number, detail === undefined ? message : `${message}: ${detail}`, { cause });
}

/** What the system's error codes are to scripts. ENOENT is not here: it is 53 or 76. */
const NUMBER_OF_CODE: Readonly<Record<string, FileErrorNumber>> = {
  EEXIST: 58,
  ENOTEMPTY: 58,
  ENOTDIR: 76,
  ELOOP: 76,
  EACCES: 70,
  EPERM: 70,
  EISDIR: 70,
  EROFS: 70,
  EBUSY: 70,
  ETXTBSY: 70,
  ENOSPC: 61,
  EDQUOT: 61,
  ENAMETOOLONG: 52,
  EINVAL: 52,
  EMFILE: 67,
  ENFILE: 67,
  EXDEV: 74,
};

/** The paths, errors and open files of one script. */
export class ScriptingHost {
  /** `checkInterrupted` throws when the script shall end; long walks call it. */
  constructor(
    readonly driveMap: DriveMap,
    readonly resources: OpenResources,
    readonly checkInterrupted: () => void,
    /** Learns what was in files that are read whole. */
    readonly origins: TextOrigins = new TextOrigins(),
    /** Where the standard streams lead; those of the process if nothing is said. */
    readonly standardChannels?: StandardChannels,
  ) {}

  /**
   * The path of this system for a script's path, without a separator at its end.
   *
   * @throws AutomationError 5 for no path at all: a variable that was never set must not stand for the current folder.
   */
  native(path: string): string {
    if (path === "") throw fileError(5, 'a path is missing, this one is ""');
    const { system } = this.driveMap;
    if (system === "posix" && /^[\\/](?![\\/])/.test(path)) {
      const kept: string[] = [];
      // Scripts append names to a POSIX path with a backslash.
      for (const name of path.split(/[\\/]+/)) {
        if (name === "..") kept.pop();
        else if (name !== "" && name !== ".") kept.push(nameToNative(name));
      }
      return `/${kept.join("/")}`;
    }
    const native = this.driveMap.toNative(path);
    if (system === "posix") return native.length > 1 ? native.replace(/\/+$/, "") : native;
    return native.length > 3 ? native.replace(/[\\/]+$/, "") : native;
  }

  /** The form in which scripts see a path of this system. */
  script(native: string): string {
    const path = this.driveMap.toScript(native);
    return this.driveMap.system === "windows" ? path.replaceAll("/", "\\") : path;
  }

  /** The full path of a script's path, in the form that scripts see, whether it exists or not. */
  absolute(path: string): string {
    if (this.driveMap.system === "posix" && path.startsWith("/")) return this.script(this.native(path));
    return absolutePath(path, this.script(this.driveMap.workingDirectory()));
  }

  /** The path of this system for the folder of a script's path, which may have none. */
  nativeFolderOf(path: string): string {
    return this.native(parentFolderName(path) || ".");
  }

  /** What a path is, or undefined when it is nothing. Links count as what they lead to. */
  find(native: string): FileInfo | undefined {
    try {
      return fileInfo(native);
    } catch (error) {
      if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) {
        return undefined;
      }
      throw this.error(error, native);
    }
  }

  /** What a file is. @throws AutomationError 53 or 76 when there is none. */
  file(native: string): FileInfo {
    const found = this.find(native);
    if (found === undefined || found.isDirectory) throw this.missing(native);
    return found;
  }

  /** What a folder is. @throws AutomationError 76 when there is none. */
  folder(native: string): FileInfo {
    const found = this.find(native);
    if (found === undefined || !found.isDirectory) {
      throw fileError(76, `${this.quoted(native)}${reasonOf(native)}`);
    }
    return found;
  }

  /** Error 53, or 76 when not even the folder is there. */
  missing(native: string): AutomationError {
    const parent = this.find(parentOf(native));
    return fileError(parent?.isDirectory ? 53 : 76, `${this.quoted(native)}${reasonOf(native)}`);
  }

  /** Does something with a path; what the system says becomes an error that scripts know. */
  attempt<T>(native: string, work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw this.error(error, native);
    }
  }

  /** The error that scripts see for one of the system. */
  error(error: unknown, native: string): unknown {
    if (error instanceof AutomationError || error instanceof Unwinding || !(error instanceof Error)) {
      return error;
    }
    // The permission's flag stands in Deno's own sentence.
    if (error instanceof Deno.errors.NotCapable) return fileError(70, error.message, error);
    if (error instanceof Deno.errors.NotFound) return this.missing(native);
    const { code } = error as { code?: string };
    const number = NUMBER_OF_CODE[code ?? ""] ?? (error instanceof Deno.errors.PermissionDenied ? 70 : 57);
    return fileError(number, `${this.quoted(native)} (${error.message})`, error);
  }

  /** A path in a message. */
  quoted(native: string): string {
    return `"${this.script(native)}"`;
  }
}

/** Why something that a folder lists is not there: U+FFFD stands for a byte that no path can name here. */
function reasonOf(native: string): string {
  return native.includes("\ufffd")
    ? " (its name has bytes that are no UTF-8, so that it cannot be opened; rename it, for example with convmv)"
    : "";
}

/** The folder above a path of this system; the root is above itself. */
export function parentOf(native: string): string {
  if (Deno.build.os !== "windows") return native.replace(/\/+[^/]*$/, "") || "/";
  const parent = native.replace(/[\\/]+[^\\/]*$/, "");
  return parent === "" ? "/" : /^[a-z]:$/i.test(parent) ? `${parent}\\` : parent;
}

/** The last name of a path of this system. */
export function nameOf(native: string): string {
  return native.replace(Deno.build.os === "windows" ? /^.*[\\/]/s : /^.*\//s, "");
}

/** A name in a folder, as a path of this system. */
export function joined(native: string, name: string): string {
  const isRoot = Deno.build.os === "windows" ? /[\\/]$/.test(native) : native.endsWith("/");
  return isRoot ? native + name : `${native}/${name}`;
}
