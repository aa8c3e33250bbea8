/** The registry as text: "Windows Registry Editor Version 5.00", what regedit imports and exports. @module */
import type { RegistryValue } from "./registry.ts";

const HEADER = "Windows Registry Editor Version 5.00";

/** The numbers of types (winnt.h), as they stand in `hex(n):`. */
export const TYPE_NUMBER = {
  REG_SZ: 1,
  REG_EXPAND_SZ: 2,
  REG_BINARY: 3,
  REG_DWORD: 4,
  REG_MULTI_SZ: 7,
  REG_QWORD: 11,
} as const satisfies Record<RegistryValue["type"], number>;

interface Key {
  readonly path: string;
  readonly values: Map<string, { readonly name: string; readonly value: RegistryValue }>;
}

/** Keys and values in memory; names have no case and keep the spelling that they were made with. */
export class RegistryTree {
  readonly #keys = new Map<string, Key>();

  read(key: string, name: string): RegistryValue | undefined {
    return this.#keys.get(key.toLowerCase())?.values.get(name.toLowerCase())?.value;
  }

  hasKey(key: string): boolean {
    const folded = key.toLowerCase();
    return this.#keys.has(folded) || this.#hasSubkeys(folded);
  }

  /** The names directly below a key, those that are there only by what lies below them too. */
  subkeys(key: string): string[] {
    const prefix = `${key.toLowerCase()}\\`;
    const names = new Map<string, string>();
    for (const [folded, { path }] of this.#keys) {
      if (!folded.startsWith(prefix)) continue;
      const name = path.slice(prefix.length).replace(/\\.*$/s, "");
      if (!names.has(name.toLowerCase())) names.set(name.toLowerCase(), name);
    }
    return [...names].sort(([one], [other]) => one < other ? -1 : 1).map(([, name]) => name);
  }

  values(key: string): string[] {
    return [...this.#keys.get(key.toLowerCase())?.values.values() ?? []].map(({ name }) => name);
  }

  write(key: string, name: string, value: RegistryValue): void {
    this.createKey(key).values.set(name.toLowerCase(), { name, value });
  }

  createKey(key: string): Key {
    const folded = key.toLowerCase();
    const found = this.#keys.get(folded) ?? { path: key, values: new Map() };
    this.#keys.set(folded, found);
    return found;
  }

  deleteValue(key: string, name: string): boolean {
    return this.#keys.get(key.toLowerCase())?.values.delete(name.toLowerCase()) ?? false;
  }

  deleteKey(key: string): "deleted" | "missing" | "has subkeys" {
    const folded = key.toLowerCase();
    if (this.#hasSubkeys(folded)) return "has subkeys";
    if (!this.#keys.delete(folded)) return "missing";
    // The key above stays, even if it was there only by what lay below it.
    const parent = key.replace(/\\[^\\]*$/, "");
    if (parent.includes("\\") && !this.hasKey(parent)) this.createKey(parent);
    return "deleted";
  }

  /** Deletes a key with all that is below it. */
  deleteTree(key: string): void {
    const folded = key.toLowerCase();
    for (const path of [...this.#keys.keys()]) {
      if (path === folded || path.startsWith(`${folded}\\`)) this.#keys.delete(path);
    }
  }

  /** All keys, sorted. */
  get keys(): readonly Key[] {
    return [...this.#keys].sort(([one], [other]) => one < other ? -1 : 1).map(([, key]) => key);
  }

  #hasSubkeys(folded: string): boolean {
    for (const path of this.#keys.keys()) if (path.startsWith(`${folded}\\`)) return true;
    return false;
  }
}

/** The text of a registry, with line ends of Windows. */
export function formatRegistryText(tree: RegistryTree): string {
  const lines = [HEADER, ""];
  for (const { path, values } of tree.keys) {
    lines.push(`[${path}]`);
    for (const { name, value } of values.values()) {
      lines.push(`${name === "" ? "@" : quoted(name)}=${valueText(value)}`);
    }
    lines.push("");
  }
  return lines.join("\r\n");
}

function valueText(value: RegistryValue): string {
  switch (value.type) {
    case "REG_SZ":
      // A string on one line stands as it is; what would break the line is written as bytes.
      return /[\r\n\0]/.test(value.data) ? hexText(1, utf16(`${value.data}\0`)) : quoted(value.data);
    case "REG_EXPAND_SZ":
      return hexText(2, utf16(`${value.data}\0`));
    case "REG_MULTI_SZ":
      return hexText(7, utf16(`${value.data.map((text) => `${text}\0`).join("")}\0`));
    case "REG_DWORD":
      return `dword:${(value.data >>> 0).toString(16).padStart(8, "0")}`;
    case "REG_QWORD": {
      const bytes = new Uint8Array(8);
      new DataView(bytes.buffer).setBigUint64(0, value.data, true);
      return hexText(11, bytes);
    }
    case "REG_BINARY":
      return hexText(value.typeNumber ?? 3, value.data);
  }
}

/** Bytes with commas, in lines of regedit's length that end with a backslash. */
function hexText(typeNumber: number, bytes: Uint8Array): string {
  let text = typeNumber === 3 ? "hex:" : `hex(${typeNumber.toString(16)}):`;
  let width = text.length + 20;
  for (const [index, byte] of bytes.entries()) {
    const part = byte.toString(16).padStart(2, "0") + (index < bytes.length - 1 ? "," : "");
    if (width + part.length > 76) {
      text += "\\\r\n  ";
      width = 2;
    }
    text += part;
    width += part.length;
  }
  return text;
}

/** What a text of a registry changes. */
export type RegistryTarget = Pick<RegistryTree, "write" | "deleteValue" | "deleteTree"> & {
  createKey(key: string): unknown;
};

/**
 * Reads the text of a registry.
 *
 * @throws SyntaxError that names the line.
 */
export function parseRegistryText(text: string): RegistryTree {
  const tree = new RegistryTree();
  applyRegistryText(text, tree);
  return tree;
}

/** Does what a text says: keys and values are written, those with a minus deleted. @throws SyntaxError that names the line. */
export function applyRegistryText(text: string, tree: RegistryTarget): void {
  const lines = text.replace(/^\ufeff/, "").split(/\r?\n/);
  if (text.trim() === "") return;
  if (lines[0]!.trim() !== HEADER) throw new SyntaxError(`line 1 is not "${HEADER}"`);
  let key: string | undefined;
  for (let index = 1; index < lines.length; index++) {
    const number = index + 1;
    let line = lines[index]!.trim();
    while (/^[^"]*(?:"(?:[^"\\]|\\.)*"[^"]*)*\\$/.test(line) && index + 1 < lines.length) {
      line = line.slice(0, -1) + lines[++index]!.trim();
    }
    if (line === "" || line.startsWith(";")) continue;
    const heading = /^\[(-?)(HKEY_.*[^\\])\]$/i.exec(line);
    if (heading !== null) {
      key = heading[2]!;
      if (heading[1] === "-") tree.deleteTree(key);
      else tree.createKey(key);
      continue;
    }
    const row = /^(?:@|"((?:[^"\\]|\\.)*)")\s*=\s*(.*)$/.exec(line);
    if (row === null || key === undefined) {
      throw new SyntaxError(`line ${number} is no key and no value: ${line}`);
    }
    const name = unquoted(row[1] ?? "");
    if (row[2] === "-") tree.deleteValue(key, name);
    else tree.write(key, name, valueOf(row[2]!, number));
  }
}

function valueOf(text: string, line: number): RegistryValue {
  const string = /^"((?:[^"\\]|\\.)*)"$/.exec(text);
  if (string !== null) return { type: "REG_SZ", data: unquoted(string[1]!) };
  const number = /^dword:([0-9a-f]{1,8})$/i.exec(text);
  if (number !== null) return { type: "REG_DWORD", data: parseInt(number[1]!, 16) };
  const hex = /^hex(?:\(([0-9a-f]{1,8})\))?:([0-9a-f, \t]*)$/i.exec(text);
  if (hex === null) throw new SyntaxError(`line ${line} has no value that is known: ${text}`);
  const parts = hex[2]!.split(",").map((part) => part.trim()).filter((part) => part !== "");
  const bytes = Uint8Array.from(parts, (part) => {
    if (!/^[0-9a-f]{1,2}$/i.test(part)) {
      throw new SyntaxError(`line ${line} has a byte that is none: ${part}`);
    }
    return parseInt(part, 16);
  });
  return valueOfBytes(parseInt(hex[1] ?? "3", 16), bytes);
}

function valueOfBytes(typeNumber: number, bytes: Uint8Array): RegistryValue {
  switch (typeNumber) {
    case TYPE_NUMBER.REG_SZ:
      return { type: "REG_SZ", data: utf16Text(bytes) };
    case TYPE_NUMBER.REG_EXPAND_SZ:
      return { type: "REG_EXPAND_SZ", data: utf16Text(bytes) };
    case TYPE_NUMBER.REG_MULTI_SZ: {
      const text = utf16Text(bytes).replace(/\0$/, "");
      return { type: "REG_MULTI_SZ", data: text === "" ? [] : text.split("\0") };
    }
    case TYPE_NUMBER.REG_QWORD:
      if (bytes.length === 8) {
        return { type: "REG_QWORD", data: new DataView(bytes.buffer).getBigUint64(0, true) };
      }
  }
  return typeNumber === TYPE_NUMBER.REG_BINARY
    ? { type: "REG_BINARY", data: bytes }
    : { type: "REG_BINARY", data: bytes, typeNumber };
}

function quoted(text: string): string {
  return `"${text.replaceAll(/["\\]/g, "\\$&")}"`;
}

function unquoted(text: string): string {
  return text.replaceAll(/\\(.)/g, "$1");
}

/** UTF-16, least significant byte first. */
export function utf16(text: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(text.length * 2);
  const view = new DataView(bytes.buffer);
  for (let index = 0; index < text.length; index++) view.setUint16(index * 2, text.charCodeAt(index), true);
  return bytes;
}

/** The text of bytes, without the zero that ends it. */
function utf16Text(bytes: Uint8Array): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let text = "";
  for (let at = 0; at + 1 < bytes.length; at += 2) text += String.fromCharCode(view.getUint16(at, true));
  return text.replace(/\0$/, "");
}
