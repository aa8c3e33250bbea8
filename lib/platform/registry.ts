/**
 * The registry: Windows' own through `reg.exe`, and on other systems one file of the user's, in the text form that
 * regedit exports, so that people can read it, and import it on Windows.
 *
 * @module
 */
import { AutomationError, scriptError } from "../automation/errors.ts";
import { readVariable } from "./environment.ts";
import {
  formatRegistryText,
  parseRegistryText,
  type RegistryTarget,
  RegistryTree,
  utf16,
} from "./registry_text.ts";
import { isAllowed } from "./permissions.ts";
import type { UserProfile } from "./user_profile.ts";
import { writeBytesWhole } from "./write_whole.ts";

/** A value with its type; numbers of REG_DWORD are unsigned. */
export type RegistryValue =
  | { readonly type: "REG_SZ" | "REG_EXPAND_SZ"; readonly data: string }
  | { readonly type: "REG_DWORD"; readonly data: number }
  | { readonly type: "REG_QWORD"; readonly data: bigint }
  | { readonly type: "REG_MULTI_SZ"; readonly data: readonly string[] }
  | { readonly type: "REG_BINARY"; readonly data: Uint8Array; readonly typeNumber?: number };

/** Keys and values; keys begin with the full name of a root, names have no case, `""` is a key's default value. */
export interface Registry {
  read(key: string, name: string): RegistryValue | undefined;
  hasKey(key: string): boolean;
  /** The names of a key's values. */
  values(key: string): readonly string[];
  /** The names of the keys directly below a key. */
  subkeys(key: string): readonly string[];
  /** Makes many changes as one. */
  change(work: (target: RegistryTarget) => void): void;
  /** Makes a key that is not there yet. */
  createKey(key: string): void;
  /** Writes a value, and makes its key if need be. */
  write(key: string, name: string, value: RegistryValue): void;
  /** Whether there was such a value. */
  deleteValue(key: string, name: string): boolean;
  /** Deletes a key with its values; says what is in the way otherwise. */
  deleteKey(key: string): "deleted" | "missing" | "has subkeys";
  /** Deletes a key with all that is below it. */
  deleteTree(key: string): void;
}

/** The registry of this system. */
export function openRegistry(profile: UserProfile | undefined): Registry {
  if (Deno.build.os === "windows") return new WindowsRegistry();
  const folder = profile && `${profile.folders.roaming}/burnscript`;
  const path = readVariable("BURNSCRIPT_REGISTRY") ?? (folder && `${folder}/registry.reg`);
  return new FileRegistry(path);
}

/** A registry in one file. Each change reads the file anew under a lock and replaces it whole. */
export class FileRegistry implements Registry {
  readonly #path: string | undefined;
  #tree = new RegistryTree();
  #stamp = "";

  /** @param path where the file is, or will be; undefined where no home folder is known: it is empty then. */
  constructor(path: string | undefined) {
    this.#path = path;
  }

  read(key: string, name: string): RegistryValue | undefined {
    return this.#read().read(key, name);
  }

  hasKey(key: string): boolean {
    return this.#read().hasKey(key);
  }

  values(key: string): readonly string[] {
    return this.#read().values(key);
  }

  subkeys(key: string): readonly string[] {
    return this.#read().subkeys(key);
  }

  createKey(key: string): void {
    this.change((tree) => void tree.createKey(key));
  }

  write(key: string, name: string, value: RegistryValue): void {
    this.change((tree) => tree.write(key, name, value));
  }

  deleteValue(key: string, name: string): boolean {
    return this.change((tree) => tree.deleteValue(key, name));
  }

  deleteKey(key: string): "deleted" | "missing" | "has subkeys" {
    return this.change((tree) => tree.deleteKey(key));
  }

  deleteTree(key: string): void {
    this.change((tree) => tree.deleteTree(key));
  }

  #required(): string {
    if (this.#path !== undefined) return this.#path;
    if (!isAllowed({ name: "env", variable: "HOME" })) {
      throw scriptError(
        "permissionDenied",
        "the registry's file is found by --allow-env=HOME,XDG_CONFIG_HOME",
      );
    }
    throw new AutomationError(
      76,
      "Path not found: the registry's file has no place, since HOME is not set; name one with BURNSCRIPT_REGISTRY",
    );
  }

  #read(): RegistryTree {
    const path = this.#path;
    if (path === undefined) return this.#tree; // nothing can have been written: it is empty
    try {
      const { mtime, size, ino } = Deno.statSync(path);
      const stamp = `${mtime?.getTime()} ${size} ${ino}`;
      if (stamp === this.#stamp) return this.#tree;
      this.#tree = parse(Deno.readFileSync(path), path);
      this.#stamp = stamp;
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw asScriptError(error, path);
      this.#tree = new RegistryTree();
      this.#stamp = "";
    }
    return this.#tree;
  }

  change<T>(work: (target: RegistryTree) => T): T {
    const path = this.#required();
    try {
      Deno.mkdirSync(path.replace(/\/[^/]*$/, "") || "/", { recursive: true });
      // The lock is a file of its own, since the file itself is replaced by another one.
      using lock = Deno.openSync(`${path}.lock`, { write: true, create: true });
      lock.lockSync(true);
      const tree = this.#read();
      const result = work(tree);
      writeBytesWhole(path, encode(formatRegistryText(tree)));
      this.#stamp = "";
      return result;
    } catch (error) {
      this.#stamp = "";
      throw asScriptError(error, path);
    }
  }
}

function parse(bytes: Uint8Array, path: string): RegistryTree {
  const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  try {
    return parseRegistryText(new TextDecoder(isUtf16 ? "utf-16le" : "utf-8").decode(bytes));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new AutomationError(
      57,
      `Device I/O error: the registry's file "${path}" is damaged: ${error.message}`,
    );
  }
}

/** regedit takes files in ANSI and in UTF-16: what is ASCII stays so, for the sake of other programs. */
function encode(text: string): Uint8Array {
  // deno-lint-ignore no-control-regex -- the range of ASCII
  if (/^[\x00-\x7f]*$/.test(text)) return new TextEncoder().encode(text);
  return utf16(`\ufeff${text}`);
}

function asScriptError(error: unknown, path: string): unknown {
  if (error instanceof Deno.errors.PermissionDenied || error instanceof Deno.errors.NotCapable) {
    return new AutomationError(70, `Permission denied: the registry's file "${path}" (${error.message})`, {
      cause: error,
    });
  }
  return error;
}

const BACKSLASH_ZERO = "\\0";

/** Windows' own registry, by its command `reg`. */
class WindowsRegistry implements Registry {
  change(work: (target: RegistryTarget) => void): void {
    work(this);
  }

  read(key: string, name: string): RegistryValue | undefined {
    return this.#query(key, ...valueSwitch(name))[0]?.value;
  }

  hasKey(key: string): boolean {
    return reg("query", key).success;
  }

  values(key: string): readonly string[] {
    return this.#query(key).map((row) => row.name);
  }

  subkeys(key: string): readonly string[] {
    return keysIn(reg("query", key), key).map((path) => path.slice(key.length + 1));
  }

  createKey(key: string): void {
    this.#add(key);
  }

  write(key: string, name: string, value: RegistryValue): void {
    const data = value.type === "REG_MULTI_SZ"
      ? value.data.join(BACKSLASH_ZERO)
      : value.type === "REG_BINARY"
      ? value.data.toHex()
      : String(value.data);
    this.#add(key, ...valueSwitch(name), "/t", value.type, "/d", data);
  }

  #add(key: string, ...what: readonly string[]): void {
    const { success, text } = reg("add", key, ...what, "/f");
    if (!success) throw new AutomationError(0x80070005, `Access is denied: ${key} (${text.trim()})`);
  }

  deleteValue(key: string, name: string): boolean {
    return reg("delete", key, ...valueSwitch(name), "/f").success;
  }

  deleteKey(key: string): "deleted" | "missing" | "has subkeys" {
    const found = reg("query", key);
    if (!found.success) return "missing";
    if (keysIn(found, key).length > 0) return "has subkeys";
    return reg("delete", key, "/f").success ? "deleted" : "missing";
  }

  deleteTree(key: string): void {
    reg("delete", key, "/f");
  }

  #query(...args: readonly string[]): { readonly name: string; readonly value: RegistryValue }[] {
    const { success, text } = reg("query", ...args);
    if (!success) return [];
    return text.split(/\r?\n/).flatMap((line) => {
      const match = /^ {4}(.*?) {4}(REG_\w+)(?: {4}(.*))?$/.exec(line);
      return match === null ? [] : [{ name: match[1]!, value: queriedValue(match[2]!, match[3] ?? "") }];
    });
  }
}

function queriedValue(type: string, text: string): RegistryValue {
  switch (type) {
    case "REG_SZ":
    case "REG_EXPAND_SZ":
      return { type, data: text };
    case "REG_DWORD":
      return { type, data: Number(text) };
    case "REG_QWORD":
      return { type, data: BigInt(text) };
    case "REG_MULTI_SZ":
      return { type, data: text === "" ? [] : text.split(BACKSLASH_ZERO) };
  }
  return { type: "REG_BINARY", data: Uint8Array.fromHex(text) };
}

/** The keys below a key that `reg query` lists. */
function keysIn({ success, text }: { success: boolean; text: string }, key: string): string[] {
  return success ? text.split(/\r?\n/).filter((line) => /^HKEY_/.test(line) && line.length > key.length) : [];
}

function valueSwitch(name: string): string[] {
  return name === "" ? ["/ve"] : ["/v", name];
}

function reg(...args: readonly string[]): { success: boolean; text: string } {
  const { success, stdout, stderr } = new Deno.Command("reg", { args: [...args], stdin: "null" })
    .outputSync();
  return { success, text: new TextDecoder().decode(success ? stdout : stderr) };
}
