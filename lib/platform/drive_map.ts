/**
 * Windows paths on every system. On POSIX `Z:` is `/`, `C:` is the user's profile, other letters go through the map that
 * `--map g:=/srv/data` makes, and scripts are shown Windows forms; on Windows only mapped letters are translated.
 *
 * @module
 */
import { AutomationError } from "../automation/errors.ts";
import type { Mount, UserProfile } from "./user_profile.ts";

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
  /** The deepest folder of this system first, so that the first that holds a path is the one it is shown below. */
  #mounts: readonly Mount[];
  readonly #profile: UserProfile | undefined;
  #currentDirectory: string | undefined;
  readonly #startDirectory: () => string;

  /**
   * @param mappings the letters beyond `Z:`; the last one of a letter counts.
   * @param system `windows` leaves unmapped letters alone.
   * @param workingDirectory what relative paths start from, until {@linkcode DriveMap.changeDirectory} says otherwise.
   * @param profile what `C:` is, unless it is mapped.
   */
  constructor(
    mappings: readonly DriveMapping[],
    readonly system: "posix" | "windows",
    workingDirectory: () => string,
    profile?: UserProfile,
  ) {
    const whole = new Map<string, string>(system === "posix" ? [["Z", "/"]] : []);
    for (const { letter, directory } of mappings) whole.set(letter, directory);
    this.#startDirectory = workingDirectory;
    this.#profile = whole.has("C") ? undefined : profile;
    this.#mounts = deepestFirst([
      ...[...whole].map(([letter, directory]) => ({ letter, names: [], directory })),
      ...this.#profile?.mounts ?? [],
    ]);
  }

  /** The letters that stand for a folder, in order; on Windows those of its own drives are not among them. */
  get letters(): readonly string[] {
    return this.#mounts.filter((mount) => mount.names.length === 0).map((mount) => mount.letter).sort();
  }

  /** The letters that were mapped, as they are now: what another map of the same kind is made from. */
  get mappings(): readonly DriveMapping[] {
    const own = new Set(this.#profile?.mounts);
    return this.#mounts.filter((mount) =>
      mount.names.length === 0 && mount.letter !== "Z" && !own.has(mount)
    );
  }

  /** The user's own folders, where `C:` is the user's profile. */
  get profile(): UserProfile | undefined {
    return this.#profile;
  }

  /** The folder that relative paths start from, as a path of this system. */
  workingDirectory(): string {
    return this.#currentDirectory ?? this.#startDirectory();
  }

  /** Lets relative paths start from another folder of this system; the process itself stays where it is. */
  changeDirectory(directory: string): void {
    this.#currentDirectory = directory;
  }

  /** Lets a letter stand for a folder of this system, or, without one, for nothing. */
  setLetter(letter: string, directory: string | undefined): void {
    const others = this.#mounts.filter((mount) => mount.letter !== letter);
    this.#mounts = deepestFirst(
      directory === undefined ? others : [{ letter, names: [], directory }, ...others],
    );
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
      const names = namesOf(drive[2]!);
      const mount = this.#mountOf(letter, names);
      if (mount === undefined) {
        if (this.system === "windows") return path;
        throw new AutomationError(
          76,
          `Path not found: "${path}" (drive ${letter}: has no folder on this system; give it one with ` +
            `--map ${letter.toLowerCase()}:=DIR)`,
        );
      }
      if (letter === "C") this.#profile?.prepare(names);
      return this.#descend(mount.directory, names.slice(mount.names.length));
    }
    if (this.system === "windows") return absolute(path, this.workingDirectory());
    if (/^[\\/]{2}[^\\/]/.test(path)) {
      throw new AutomationError(
        76,
        `Path not found: "${path}" (network paths are not reachable; mount it and --map a letter)`,
      );
    }
    if (path.startsWith("/")) return path;
    return this.#descend(this.workingDirectory(), path.split(/[\\/]+/));
  }

  /** The form in which scripts see a path of this system: below the deepest mapped folder, else `Z:\`. */
  toScript(path: string): string {
    if (this.system === "windows") return path;
    const mount =
      this.#mounts.find(({ directory }) =>
        path === directory || path.startsWith(directory.endsWith("/") ? directory : `${directory}/`)
      ) ?? { letter: "Z", names: [], directory: "" };
    const rest = path.slice(mount.directory.length).split("/").filter((name) => name !== "");
    return `${mount.letter}:\\${[...mount.names, ...rest.map(nameToScript)].join("\\")}`;
  }

  /** Where below a letter the names lead: the mount that has most of them. */
  #mountOf(letter: string, names: readonly string[]): Mount | undefined {
    const folded = names.map((name) => name.toLowerCase());
    let best: Mount | undefined;
    for (const mount of this.#mounts) {
      if (mount.letter !== letter || mount.names.length < (best?.names.length ?? 0)) continue;
      if (mount.names.every((name, index) => name.toLowerCase() === folded[index])) best = mount;
    }
    return best;
  }

  #descend(directory: string, names: readonly string[]): string {
    let path = directory;
    for (const name of names) {
      if (name === "" || name === ".") continue;
      if (name === "..") path = path.replace(/\/[^/]*$/, "") || "/";
      else {path = `${path === "/" ? "" : path}/${
          this.system === "windows" ? name : nameInAnyCase(path, nameToNative(name))
        }`;}
    }
    return path;
  }
}

/** U+F000 and the code of `\`: what WSL, Cygwin and Samba show for a backslash in a name, which Windows cannot have. */
const SHOWN_BACKSLASH = "\uf05c";

/** The form in which scripts see one name of this system. */
export function nameToScript(name: string): string {
  return name.replaceAll("\\", SHOWN_BACKSLASH);
}

/** The name of this system for one that scripts use. */
export function nameToNative(name: string): string {
  return name.replaceAll(SHOWN_BACKSLASH, "\\");
}

/** What was given earlier stays before what is as deep, so that a letter of the user's own wins over the profile's. */
function deepestFirst(mounts: readonly Mount[]): readonly Mount[] {
  return mounts.toSorted((one, other) => other.directory.length - one.directory.length);
}

/** The names of a path below its drive, without `.` and `..`: nothing leads above the root of a drive. */
function namesOf(path: string): string[] {
  const names: string[] = [];
  for (const name of path.split(/[\\/]+/)) {
    if (name === "..") names.pop();
    else if (name !== "" && name !== ".") names.push(name);
  }
  return names;
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
    const { NotADirectory, NotFound, PermissionDenied } = Deno.errors;
    if ([NotADirectory, NotFound, PermissionDenied].every((known) => !(error instanceof known))) throw error;
  }
  return name;
}
