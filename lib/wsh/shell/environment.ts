/**
 * Environment variables as Windows scripts know them.
 *
 * The process's variables are those of this process, so that programs which a script starts inherit them. On POSIX a
 * script also finds the names that Windows always has (`TEMP`, `USERPROFILE`, `COMSPEC`…), made up from the user's profile
 * where the real environment lacks them, and sees `PATH` in its Windows form. Names have no case: the exact one wins, then
 * any.
 *
 * @module
 */
import { AutomationError, scriptError } from "../../automation/errors.ts";
import { AutomationClass, defineInterface, implementInterface } from "../../automation/interface.ts";
import type { DriveMap } from "../../platform/drive_map.ts";
import { readVariable } from "../../platform/environment.ts";
import type { Registry } from "../../platform/registry.ts";
import type { IWshEnvironment } from "../types.ts";
import { computerName, userName } from "./identity.ts";
import { isAllowed } from "../../platform/permissions.ts";

/** IWshEnvironment (Windows Script Host 5.8 reference, "WshEnvironment Object"). */
// deno-fmt-ignore -- a table: one row a member
export const IWshEnvironmentTable = defineInterface("IWshEnvironment", "{F935DC29-1CF0-11D0-ADB9-00C04FD58A0B}", {
  Item: { dispid: 0, get: "BSTR", put: "BSTR", params: [["Name", "BSTR"]], doc: "A variable by its name, in any case; nothing if it is not set." },
  Count: { dispid: 1, method: "LONG", doc: "How many variables there are." },
  length: { dispid: 2, get: "LONG", doc: "How many variables there are." },
  _NewEnum: { dispid: -4, get: "IEnumVARIANT*", element: "BSTR", doc: "All variables, as `NAME=value`." },
  Remove: { dispid: 1001, method: "void", params: [["Name", "BSTR"]], doc: "Removes a variable." },
}, { doc: "The environment variables of the process, the user or the system." });

/** Where variables are kept. */
export interface VariableStore {
  get(name: string): string | undefined;
  set(name: string, value: string): void;
  remove(name: string): void;
  /** Name and value of all, in order. */
  entries(): readonly (readonly [name: string, value: string])[];
}

/** A collection of environment variables. */
export class WshEnvironment extends AutomationClass implements IWshEnvironment {
  static {
    implementInterface(this, [IWshEnvironmentTable], { typeName: "IWshEnvironment" });
  }

  readonly #store: VariableStore;

  constructor(store: VariableStore) {
    super();
    this.#store = store;
  }

  Item(name: string): string {
    return this.#store.get(name) ?? "";
  }

  put_Item(name: string, value: string): void {
    if (name === "" || /[=\0]/.test(name)) {
      throw scriptError("invalidCall", `"${name}" cannot be the name of an environment variable`);
    }
    this.#store.set(name, value);
  }

  Count(): number {
    return this.#store.entries().length;
  }

  get length(): number {
    return this.Count();
  }

  Remove(name: string): void {
    this.#store.remove(name);
  }

  *[Symbol.iterator](): Iterator<string> {
    for (const [name, value] of this.#store.entries()) yield `${name}=${value}`;
  }
}

/** Replaces `%NAME%` by what `lookUp` knows of it; an unknown one stays as it is. */
export function expandVariables(text: string, lookUp: (name: string) => string | undefined): string {
  let expanded = "";
  let at = 0;
  for (;;) {
    const start = text.indexOf("%", at);
    const end = start < 0 ? -1 : text.indexOf("%", start + 1);
    if (end < 0) return expanded + text.slice(at);
    const value = end === start + 1 ? undefined : lookUp(text.slice(start + 1, end));
    // After an unknown name its last percent sign may be the first of another one.
    expanded += text.slice(at, value === undefined ? end : start) + (value ?? "");
    at = value === undefined ? end : end + 1;
  }
}

/** The variables of this process, as scripts see them. */
export class ProcessVariables implements VariableStore {
  readonly #driveMap: DriveMap;
  readonly #registry: Registry;
  readonly #removed = new Set<string>();
  readonly #set = new Set<string>();

  constructor(driveMap: DriveMap, registry: Registry) {
    this.#driveMap = driveMap;
    this.#registry = registry;
  }

  get(name: string): string | undefined {
    const exact = denied(() => Deno.env.get(name), name);
    const real = exact === undefined ? this.#inAnyCase(name) : [name, exact] as const;
    if (real !== undefined) return this.#shown(real[0], real[1]);
    if (this.#driveMap.system === "windows" || this.#removed.has(name.toUpperCase())) return undefined;
    // A Windows process starts with the variables of the user and of the system.
    return this.#documented(name) ?? storedIn(this.#registry, USER_KEY, name) ??
      storedIn(this.#registry, SYSTEM_KEY, name);
  }

  set(name: string, value: string): void {
    this.#removed.delete(name.toUpperCase());
    const real = this.#driveMap.system === "windows" ? name : this.#inAnyCase(name)?.[0] ?? posixName(name);
    denied(() => Deno.env.set(real, this.#kept(real, value)), real);
    this.#set.add(real);
  }

  remove(name: string): void {
    this.#removed.add(name.toUpperCase());
    const real = this.#inAnyCase(name)?.[0];
    if (real === undefined) return;
    Deno.env.delete(real);
    this.#set.delete(real);
  }

  /** A variable as this system has it, such as `PATH` with colons. */
  native(name: string): string | undefined {
    return readVariable(name);
  }

  /** Variables that the script set to a Windows path, in the form that programs of this system understand. */
  changedForPrograms(): Record<string, string> {
    if (this.#driveMap.system === "windows") return {};
    const rows = [...this.#set].map((name) => [name, readVariable(name) ?? ""] as const);
    return Object.fromEntries(rows.map(([name, value]) => [name, translated(value, this.#driveMap)]));
  }

  entries(): readonly (readonly [name: string, value: string])[] {
    const real = denied(() => Deno.env.toObject(), undefined);
    const rows = new Map(
      Object.entries(real).map((
        [name, value],
      ) => [name.toUpperCase(), [name, this.#shown(name, value)] as const]),
    );
    if (this.#driveMap.system === "posix") {
      for (const name of [...DOCUMENTED, ...namesIn(this.#registry, USER_KEY)]) {
        const value = rows.has(name.toUpperCase()) ? undefined : this.get(name);
        if (value !== undefined) rows.set(name.toUpperCase(), [name, value]);
      }
    }
    return [...rows].sort(([one], [other]) => one < other ? -1 : 1).map(([, row]) => row);
  }

  /** A variable under another case of its name. */
  #inAnyCase(name: string): readonly [name: string, value: string] | undefined {
    if (!isAllowed({ name: "env" })) {
      const value = readVariable(name) ?? readVariable(name.toUpperCase());
      return value === undefined ? undefined : [name, value];
    }
    const folded = name.toUpperCase();
    const all = Object.entries(Deno.env.toObject());
    return all.find(([given]) => given === name) ?? all.find(([given]) => given.toUpperCase() === folded);
  }

  /** The Windows form of the variables that hold paths which Windows scripts look for. */
  #shown(name: string, value: string): string {
    if (this.#driveMap.system === "windows") return value;
    const folded = name.toUpperCase();
    if (folded === "PATH") return this.#shownPath(value);
    return PATH_NAMES.has(folded) && value.startsWith("/") ? this.#driveMap.toScript(value) : value;
  }

  #shownPath(value: string): string {
    const folders = value.split(":").filter((folder) => folder !== "");
    return folders.map((folder) => folder.startsWith("/") ? this.#driveMap.toScript(folder) : folder).join(
      ";",
    );
  }

  /** What this system keeps of a value that a script sets. */
  #kept(name: string, value: string): string {
    if (this.#driveMap.system === "windows" || name !== "PATH") return value;
    return value.split(";").filter((folder) => folder !== "").map((folder) =>
      translated(folder, this.#driveMap)
    ).join(":");
  }

  #documented(name: string): string | undefined {
    const { profile } = this.#driveMap;
    const folders = profile?.folders;
    const shown = (path: string | undefined): string | undefined =>
      path === undefined ? undefined : this.#driveMap.toScript(path);
    const below = (rest: string): string | undefined => folders === undefined ? undefined : `C:\\${rest}`;
    switch (name.toUpperCase()) {
      case "TEMP":
      case "TMP":
        profile?.prepare();
        return shown(folders?.temporary ?? "/tmp");
      case "USERPROFILE":
        return shown(folders?.home);
      case "HOMEDRIVE":
        return shown(folders?.home)?.slice(0, 2);
      case "HOMEPATH":
        return shown(folders?.home)?.slice(2);
      case "APPDATA":
        return shown(folders?.roaming);
      case "LOCALAPPDATA":
        return shown(folders?.local);
      case "USERNAME":
        return userName();
      case "COMPUTERNAME":
      case "USERDOMAIN":
        return computerName()?.toUpperCase();
      case "OS":
        return "Windows_NT";
      case "COMSPEC":
        return "C:\\Windows\\System32\\cmd.exe";
      case "SYSTEMROOT":
      case "WINDIR":
        return "C:\\Windows";
      case "SYSTEMDRIVE":
        return "C:";
      case "PROGRAMFILES":
        return below("Program Files");
      case "PROGRAMFILES(X86)":
        return below("Program Files (x86)");
      case "COMMONPROGRAMFILES":
        return below("Program Files\\Common Files");
      case "PROGRAMDATA":
      case "ALLUSERSPROFILE":
        return below("ProgramData");
      case "PUBLIC":
        return below("Users\\Public");
      case "PATHEXT":
        return ".COM;.EXE;.BAT;.CMD;.VBS;.VBE;.JS;.JSE;.WSF;.WSH";
      case "NUMBER_OF_PROCESSORS":
        return String(navigator.hardwareConcurrency);
      case "PROCESSOR_ARCHITECTURE":
        return Deno.build.arch === "aarch64" ? "ARM64" : "AMD64";
    }
    return undefined;
  }
}

/** The names that Windows always has, as it spells them. */
const DOCUMENTED = [
  "ALLUSERSPROFILE",
  "APPDATA",
  "CommonProgramFiles",
  "COMPUTERNAME",
  "ComSpec",
  "HOMEDRIVE",
  "HOMEPATH",
  "LOCALAPPDATA",
  "NUMBER_OF_PROCESSORS",
  "OS",
  "PATHEXT",
  "PROCESSOR_ARCHITECTURE",
  "ProgramData",
  "ProgramFiles",
  "ProgramFiles(x86)",
  "PUBLIC",
  "SystemDrive",
  "SystemRoot",
  "TEMP",
  "TMP",
  "USERDOMAIN",
  "USERNAME",
  "USERPROFILE",
  "windir",
];

/** Those of them that the SYSTEM collection has on every Windows. */
const SYSTEM_NAMES = [
  "ComSpec",
  "NUMBER_OF_PROCESSORS",
  "OS",
  "Path",
  "PATHEXT",
  "PROCESSOR_ARCHITECTURE",
  "TEMP",
  "TMP",
  "windir",
];

/** Variables whose value is one folder, and is shown in its Windows form when the system has it as one of its own. */
const PATH_NAMES = new Set([
  "ALLUSERSPROFILE",
  "APPDATA",
  "COMSPEC",
  "LOCALAPPDATA",
  "PROGRAMDATA",
  "PROGRAMFILES",
  "PUBLIC",
  "SYSTEMROOT",
  "TEMP",
  "TMP",
  "USERPROFILE",
  "WINDIR",
]);

/** The keys under which Windows keeps the variables of the user, of the session and of the system. */
const USER_KEY = "HKEY_CURRENT_USER\\Environment";
const VOLATILE_KEY = "HKEY_CURRENT_USER\\Volatile Environment";
const SYSTEM_KEY = "HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Control\\Session Manager\\Environment";

/** Variables in the registry, where they last beyond the script. */
export class RegistryVariables implements VariableStore {
  readonly #registry: Registry;
  readonly #key: string;
  readonly #documented: (name: string) => string | undefined;
  readonly #names: readonly string[];

  /** `process` answers for the names that the system has on every Windows. */
  constructor(
    registry: Registry,
    which: "user" | "system" | "volatile",
    process: ProcessVariables | undefined,
  ) {
    this.#registry = registry;
    this.#key = { user: USER_KEY, system: SYSTEM_KEY, volatile: VOLATILE_KEY }[which];
    this.#names = which === "system" && process !== undefined ? SYSTEM_NAMES : [];
    this.#documented = (name) =>
      this.#names.some((known) => sameName(known, name)) ? process?.get(name) : undefined;
  }

  get(name: string): string | undefined {
    return storedIn(this.#registry, this.#key, name) ?? this.#documented(name);
  }

  set(name: string, value: string): void {
    const type = value.includes("%") ? "REG_EXPAND_SZ" : "REG_SZ";
    this.#registry.write(this.#key, name, { type, data: value });
  }

  remove(name: string): void {
    this.#registry.deleteValue(this.#key, name);
  }

  entries(): readonly (readonly [name: string, value: string])[] {
    const stored = namesIn(this.#registry, this.#key);
    const others = this.#names.filter((name) => !stored.some((known) => sameName(known, name)));
    return [...stored, ...others].map((name) => [name, this.get(name) ?? ""] as const);
  }
}

function storedIn(registry: Registry, key: string, name: string): string | undefined {
  const data = registry.read(key, name)?.data;
  return typeof data === "string" ? data : undefined;
}

function namesIn(registry: Registry, key: string): string[] {
  return registry.values(key).filter((name) => name !== "");
}

function sameName(one: string, other: string): boolean {
  return one.toUpperCase() === other.toUpperCase();
}

/** `Path` is what Windows calls it; here programs look for `PATH`. */
function posixName(name: string): string {
  return sameName(name, "PATH") ? "PATH" : name;
}

/**
 * A value in the form of this system: an absolute Windows path (`G:\in\x.txt`, `g:/in`) becomes the path that it stands
 * for, anything else stays.
 *
 * @throws AutomationError 76 for a letter that stands for nothing.
 */
export function translated(value: string, driveMap: DriveMap): string {
  return driveMap.system === "posix" && /^[a-z]:(?:[\\/]|$)/i.test(value) ? driveMap.toNative(value) : value;
}

/** What Deno's permissions keep from a script is error 70. */
function denied<T>(work: () => T, name: string | undefined): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof Deno.errors.NotCapable)) throw error;
    const what = name === undefined ? "the environment" : `the environment variable ${name}`;
    throw new AutomationError(70, `Permission denied: ${what} (${error.message})`, { cause: error });
  }
}
