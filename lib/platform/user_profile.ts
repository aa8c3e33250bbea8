/**
 * The `C:` of systems that have no drive letters: a small profile that belongs to one user.
 *
 * `C:\` is a folder among the user's own data. What Windows has at well-known places below it stands for the folders that
 * this system has for the same purpose: `C:\Users\NAME` is the home folder, `AppData\Roaming` the configuration, `AppData\
 * Local` the data, and `Documents`, `Desktop` and their kind are where the desktop has them. Each of those is one pair of
 * folders, so that a path leads from one side to the other and back.
 *
 * @module
 */
import { account } from "./account.ts";
import { readVariable } from "./environment.ts";
import { isAllowed } from "./permissions.ts";

/** A folder that a script sees below a drive letter, and the folder of this system that it stands for. */
export interface Mount {
  /** One upper-case letter. */
  readonly letter: string;
  /** The names below the letter, in the spelling that scripts are shown; none for the whole drive. */
  readonly names: readonly string[];
  /** An absolute path of this system. */
  readonly directory: string;
}

/** The folders that desktops let a user place, by their names on Windows. */
export const PLACED_FOLDERS = [
  "Desktop",
  "Documents",
  "Downloads",
  "Music",
  "Pictures",
  "Videos",
  "Templates",
] as const;

/** The user's folders, as paths of this system. */
export interface UserFolders {
  readonly home: string;
  /** What `C:\` stands for. */
  readonly drive: string;
  readonly roaming: string;
  readonly local: string;
  readonly temporary: string;
  readonly placed: Readonly<Record<(typeof PLACED_FOLDERS)[number], string>>;
}

/** The `C:` of one user. */
export interface UserProfile {
  readonly userName: string;
  readonly folders: UserFolders;
  /** All pairs of folders, the drive itself first. */
  readonly mounts: readonly Mount[];
  /**
   * Makes the folders that a Windows drive always has, once, and Desktop, Documents and their kind when their names are asked
   * for, as far as that is permitted.
   */
  prepare(names?: readonly string[]): void;
}

/** What the profile is made from. */
export interface ProfileSources {
  readonly system: "linux" | "darwin";
  /** An environment variable; undefined when it is not set. */
  variable(name: string): string | undefined;
  /** A text file; undefined when it is not there or may not be read. */
  readText(path: string): string | undefined;
}

/** The profile of the user that runs this program; undefined on Windows, and where no home folder is known. */
export function userProfile(): UserProfile | undefined {
  const { os } = Deno.build;
  if (os === "windows") return undefined;
  return createUserProfile({
    system: os === "darwin" ? "darwin" : "linux",
    variable: (name) => readVariable(name) ?? (name === "HOME" ? homeOfAccount() : undefined),
    readText: (path) => {
      if (!isAllowed({ name: "read", path })) return undefined;
      try {
        return Deno.readTextFileSync(path);
      } catch {
        return undefined; // most systems without a desktop have no such file
      }
    },
  });
}

/** Services and containers are started without HOME. */
function homeOfAccount(): string | undefined {
  return isAllowed({ name: "env", variable: "HOME" }) ? account()?.home : undefined;
}

/** A profile from the given sources; undefined where no home folder is known. */
export function createUserProfile(sources: ProfileSources): UserProfile | undefined {
  const home = absoluteOrNothing(sources.variable("HOME"));
  if (home === undefined) return undefined;
  const userName = sources.variable("USER") ?? sources.variable("LOGNAME") ?? home.replace(/^.*\//, "");
  const folders = userFolders(home, sources);
  const user = ["Users", userName];
  const mount = (names: readonly string[], directory: string): Mount => ({ letter: "C", names, directory });
  const mounts = [
    mount([], folders.drive),
    mount(user, home),
    mount([...user, "AppData", "Roaming"], folders.roaming),
    mount([...user, "AppData", "Local"], folders.local),
    mount([...user, "AppData", "Local", "Temp"], folders.temporary),
    ...PLACED_FOLDERS
      .filter((name) => folders.placed[name] !== `${home}/${name}`)
      .map((name) => mount([...user, name], folders.placed[name])),
  ];
  let isPrepared = false;
  return {
    userName,
    folders,
    mounts,
    prepare: (names = []) => {
      if (!isPrepared) makeFolders(folders, userName);
      isPrepared = true;
      const isOwn = names.length > 2 &&
        user.every((name, at) => names[at]!.toLowerCase() === name.toLowerCase());
      const placed = isOwn
        ? PLACED_FOLDERS.find((name) => name.toLowerCase() === names[2]!.toLowerCase())
        : undefined;
      if (placed !== undefined) makeFolder(folders.placed[placed], 0o755);
    },
  };
}

function userFolders(home: string, { system, variable, readText }: ProfileSources): UserFolders {
  const folder = (name: string, otherwise: string): string => absoluteOrNothing(variable(name)) ?? otherwise;
  // Not /tmp: scripts choose names there that are easy to guess, which is safe only where nobody else can write.
  const cache = system === "darwin" ? `${home}/Library/Caches` : folder("XDG_CACHE_HOME", `${home}/.cache`);
  const temporary = folder("TMPDIR", `${cache}/burnscript/temp`);
  if (system === "darwin") {
    const support = `${home}/Library/Application Support`;
    return {
      home,
      drive: `${support}/Burnscript/C`,
      roaming: support,
      local: cache,
      temporary,
      placed: placedFolders(home, new Map([["Videos", `${home}/Movies`]])),
    };
  }
  const local = folder("XDG_DATA_HOME", `${home}/.local/share`);
  const roaming = folder("XDG_CONFIG_HOME", `${home}/.config`);
  return {
    home,
    drive: `${local}/burnscript/c`,
    roaming,
    local,
    temporary,
    placed: placedFolders(home, userDirectories(readText(`${roaming}/user-dirs.dirs`) ?? "", home)),
  };
}

function placedFolders(home: string, known: ReadonlyMap<string, string>): UserFolders["placed"] {
  return Object.fromEntries(
    PLACED_FOLDERS.map((name) => [name, known.get(name) ?? `${home}/${name}`]),
  ) as unknown as UserFolders["placed"];
}

/** `XDG_DOWNLOAD_DIR="$HOME/Downloads"` and its kind (xdg-user-dirs). A folder that is the home itself is switched off. */
function userDirectories(text: string, home: string): Map<string, string> {
  const names: Record<string, string> = {
    DESKTOP: "Desktop",
    DOCUMENTS: "Documents",
    DOWNLOAD: "Downloads",
    MUSIC: "Music",
    PICTURES: "Pictures",
    VIDEOS: "Videos",
    TEMPLATES: "Templates",
  };
  const found = new Map<string, string>();
  for (const [, key, value] of text.matchAll(/^XDG_([A-Z]+)_DIR="(.*)"$/gm)) {
    const path = value!.replace(/^\$HOME(?=\/|$)/, home).replaceAll(/\\(.)/g, "$1").replace(/\/+$/, "");
    const name = names[key!];
    if (name !== undefined && path.startsWith("/") && path !== home) found.set(name, path);
  }
  return found;
}

/** Folders that scripts expect on every Windows drive. */
const ALWAYS_THERE = [
  "Windows/System32",
  "Windows/Temp",
  "Windows/Fonts",
  "Program Files/Common Files",
  "Program Files (x86)/Common Files",
  "ProgramData",
  "Users/Public/Desktop",
  "Users/Public/Documents",
];

function makeFolders(folders: UserFolders, userName: string): void {
  for (const name of ALWAYS_THERE) makeFolder(`${folders.drive}/${name}`, 0o755);
  makeFolder(folders.temporary, 0o700);
  makeFolder(folders.roaming, 0o700); // as the XDG Base Directory Specification has it
  makeFolder(folders.local, 0o700);
  const link = `${folders.drive}/Users/${userName}`;
  try {
    // So that a script which lists C:\Users sees the user. What is there already stays.
    if (isWritable(link)) Deno.symlinkSync(folders.home, link);
  } catch {
    return;
  }
}

/** Makes a folder; where that fails, whoever opens it says why. */
function makeFolder(path: string, mode: number): void {
  try {
    if (isWritable(path)) Deno.mkdirSync(path, { recursive: true, mode });
  } catch {
    return;
  }
}

function isWritable(path: string): boolean {
  return isAllowed({ name: "write", path });
}

/** The path without slashes at its end, if it is absolute and not the root. */
function absoluteOrNothing(path: string | undefined): string | undefined {
  const trimmed = path?.replace(/\/+$/, "") ?? "";
  return trimmed.startsWith("/") ? trimmed : undefined;
}
