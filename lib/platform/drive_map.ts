/**
 * Windows paths on every system. On POSIX `Z:` is `/`, other letters go through the map that `--map g:=/srv/data` makes,
 * and scripts are shown Windows forms; on Windows only mapped letters are translated.
 *
 * @module
 */
import { AutomationError } from "../automation/errors.ts";

/** One `--map`: the upper-case letter, and the absolute folder of this system that it stands for. */
export interface DriveMapping {
  /** One upper-case letter. */
  readonly letter: string;
  /** An absolute path of this system. */
  readonly directory: string;
}

/**
 * Parses `g:=DIR`.
 *
 * @throws RangeError when it has another form.
 */
export function parseDriveMapping(text: string, workingDirectory: string): DriveMapping {
  const match = /^([a-z]):?=(.+)$/i.exec(text);
  if (match === null) throw new RangeError(`A map has the form g:=DIR, but this is "${text}"`);
  return { letter: match[1]!.toUpperCase(), directory: absolute(match[2]!, workingDirectory) };
}

/** Translates paths between scripts and this system. */
export class DriveMap {
  readonly #directories = new Map<string, string>();

  /**
   * @param mappings the letters beyond `Z:`.
   * @param system `windows` leaves unmapped letters alone.
   * @param workingDirectory what relative paths start from.
   */
  constructor(
    mappings: readonly DriveMapping[],
    readonly system: "posix" | "windows",
    readonly workingDirectory: () => string,
  ) {
    if (system === "posix") this.#directories.set("Z", "/");
    for (const { letter, directory } of mappings) this.#directories.set(letter, directory);
  }

  /** The letters that stand for a folder, in order; on Windows those of its own drives are not among them. */
  get letters(): readonly string[] {
    return [...this.#directories.keys()].sort();
  }

  /**
   * The path of this system for a path that a script uses; an exact match of case wins, then any case.
   *
   * @throws AutomationError 76 for a drive letter without a map, and for a network path.
   */
  toNative(path: string): string {
    const drive = /^([a-z]):(.*)$/is.exec(path);
    if (drive !== null) {
      const letter = drive[1]!.toUpperCase();
      const directory = this.#directories.get(letter);
      if (directory === undefined) {
        if (this.system === "windows") return path;
        throw new AutomationError(
          76,
          `Path not found: "${path}" (drive ${letter}: has no folder on this system; give it one with ` +
            `--map ${letter.toLowerCase()}:=DIR)`,
        );
      }
      return this.#descend(directory, drive[2]!);
    }
    if (this.system === "windows") return absolute(path, this.workingDirectory());
    if (/^[\\/]{2}[^\\/]/.test(path)) {
      throw new AutomationError(
        76,
        `Path not found: "${path}" (network paths are not reachable; mount it and --map a letter)`,
      );
    }
    if (path.startsWith("/")) return path;
    return this.#descend(this.workingDirectory(), path);
  }

  /** The form in which scripts see a path of this system: the deepest mapped folder's letter, else `Z:\`. */
  toScript(path: string): string {
    if (this.system === "windows") return path;
    let best = { letter: "Z", directory: "/" };
    for (const [letter, directory] of this.#directories) {
      const inside = path === directory ||
        path.startsWith(directory.endsWith("/") ? directory : `${directory}/`);
      if (inside && directory.length > best.directory.length) best = { letter, directory };
    }
    const rest = path.slice(best.directory.length).replace(/^\/+/, "").replaceAll("/", "\\");
    return `${best.letter}:\\${rest}`;
  }

  #descend(directory: string, rest: string): string {
    let path = directory;
    for (const name of rest.split(/[\\/]+/)) {
      if (name === "" || name === ".") continue;
      if (name === "..") path = path.replace(/\/[^/]*$/, "") || "/";
      else {path = `${path === "/" ? "" : path}/${
          this.system === "windows" ? name : nameInAnyCase(path, name)
        }`;}
    }
    return path;
  }
}

function absolute(path: string, workingDirectory: string): string {
  if (/^([a-z]:)?[\\/]/i.test(path)) return path.length > 1 ? path.replace(/[\\/]+$/, "") || "/" : path;
  const parts = `${workingDirectory}/${path}`.split("/");
  const kept: string[] = [];
  for (const part of parts) {
    if (part === "..") kept.pop();
    else if (part !== "" && part !== ".") kept.push(part);
  }
  return workingDirectory.startsWith("/") ? `/${kept.join("/")}` : kept.join("/");
}

/** The entry of `directory` that has this name, in the exact case if it exists, else in any case, else the name. */
function nameInAnyCase(directory: string, name: string): string {
  try {
    Deno.lstatSync(`${directory}/${name}`);
    return name;
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) return name; // denied or no folder: whoever opens the path says so
  }
  const folded = name.toLowerCase();
  try {
    for (const entry of Deno.readDirSync(directory)) {
      if (entry.name.toLowerCase() === folded) return entry.name;
    }
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound || error instanceof Deno.errors.PermissionDenied)) {
      throw error;
    }
  }
  return name;
}
