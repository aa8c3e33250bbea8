/**
 * The names that a file system can hold, made from the names that people gave.
 *
 * The names of one directory are made together. Names that the file system holds as they are keep themselves, so that
 * a shortened one never takes the place of a real one; the others are cut and, where that makes two the same, get
 * a number. There is one counter for each stem and number of digits, and it only goes up: however many names share a
 * beginning, a name costs a bounded number of tries. The order of the input decides who gets which number, so callers
 * sort first.
 *
 * @module
 */
import { cutUnits, utf8Of } from "./binary.ts";

/** What a name is of: directories have no extension in ISO 9660. */
export interface Named {
  readonly name: string;
  readonly isDirectory: boolean;
}

/**
 * The identifiers of what a directory holds, to be kept: as one string, since an object for each of a million takes more room
 * than its characters do; as nothing where they are the names themselves.
 */
export type PackedNames = string | undefined;

/** Packs identifiers, none of which has a NUL. */
export function packNames(identifiers: readonly string[], nodes: readonly Named[]): PackedNames {
  return identifiers.every((identifier, index) => identifier === nodes[index]!.name)
    ? undefined
    : identifiers.join("\0");
}

/** What {@linkcode packNames} packed. */
export function unpackNames(packed: PackedNames, nodes: readonly Named[]): string[] {
  return packed === undefined ? nodes.map((node) => node.name) : packed.split("\0");
}

/** A name as a stem that may be cut, and what follows it and stays. */
interface Wanted {
  readonly stem: string;
  /** Extension with its dot, or empty. */
  readonly tail: string;
  /** The most units that stem and number may have with this tail. */
  readonly stemMax: number;
}

/**
 * ISO 9660 identifiers without version number: 8.3 at level 1, 30 characters and a dot at levels 2 and 3 (ECMA-119
 * 7.5.1, 7.6.1, 10.1). A file without an extension keeps its dot. A file "A." and a directory "A" count as the
 * same, since readers strip the dot.
 */
export function isoIdentifiers(nodes: readonly Named[], level: 1 | 2 | 3): string[] {
  const keys = assignUnique(nodes, (node) => isoWanted(node, level), "");
  return keys.map((key, index) => nodes[index]!.isDirectory ? key.slice(0, -1) : key);
}

// deno-lint-ignore no-control-regex -- they are what is not allowed
const JOLIET_AS_IT_IS = /^[^\x00-\x1f*/:;?\\\ud800-\udfff]+$/;

/**
 * Joliet identifiers without version number: 64 UTF-16 units, some characters replaced (Joliet, "Allowed Characters").
 * Another limit may be given, for all or for each.
 */
export function jolietIdentifiers(
  nodes: readonly Named[],
  unitsMax: number | readonly number[] = 64,
): string[] {
  const limitOf = (index: number): number => typeof unitsMax === "number" ? unitsMax : unitsMax[index]!;
  if (nodes.every(({ name }, index) => name.length <= limitOf(index) && JOLIET_AS_IT_IS.test(name))) {
    return nodes.map((node) => node.name);
  }
  return assignUnique(nodes, (node, index) => {
    // deno-lint-ignore no-control-regex -- they are what is not allowed
    return cutToUnits(node.name.toWellFormed().replaceAll(/[\x00-\x1f*/:;?\\]/g, "_"), limitOf(index));
  }, "~");
}

/** UDF identifiers: 254 units if all are below 256, else 127 (UDF 2.1.1: 255 bytes with the compression id). */
export function udfIdentifiers(nodes: readonly Named[]): string[] {
  // The names of a directory differ; where none has to change there is nothing to compare.
  if (nodes.every((node) => node.name.length <= 127 && node.name.isWellFormed())) {
    return nodes.map((node) => node.name);
  }
  return assignUnique(nodes, (node) => {
    const name = node.name.toWellFormed();
    return cutToUnits(name, isNarrow(name) ? 254 : 127);
  }, "~");
}

/** Names of POSIX in UTF-8, at most 255 bytes: what systems that read Rock Ridge can hold. */
export function posixNames(nodes: readonly Named[]): string[] {
  // No unit takes more than three bytes.
  if (nodes.every((node) => node.name.length <= 85 && node.name.isWellFormed())) {
    return nodes.map((node) => node.name);
  }
  return assignUnique(nodes, (node) => wantedBytes(node.name.toWellFormed(), 255), "~");
}

/**
 * Identifiers of ISO 9660:1999 in UTF-8, at most 207 bytes (ISO 9660:1999 7.5.1), a character for each byte. Controls
 * are replaced, since two of them stand for a directory itself and its parent.
 */
export function enhancedIdentifiers(nodes: readonly Named[]): string[] {
  const names = assignUnique(nodes, (node) => {
    // deno-lint-ignore no-control-regex -- they are what is replaced
    return wantedBytes(node.name.toWellFormed().replaceAll(/[\x00-\x1f]/g, "_"), 207);
  }, "~");
  return names.map(bytesAsLatin1);
}

function wantedBytes(name: string, bytesMax: number): Wanted {
  const { stem, tail, stemMax } = cutToUnits(name, bytesMax);
  return { stem, tail, stemMax: Math.min(stemMax, unitsWithin(stem, bytesMax - utf8Of(tail).length)) };
}

/** Text cut to so many bytes of UTF-8, never inside a character. */
export function cutToBytes(text: string, bytesMax: number): string {
  return text.slice(0, unitsWithin(text, bytesMax));
}

/** The bytes of text in UTF-8, one character for each, for fields that are written byte by byte. */
export function bytesAsLatin1(text: string): string {
  // deno-lint-ignore no-control-regex -- ASCII is meant
  if (/^[\x00-\x7f]*$/.test(text)) return text;
  let bytes = "";
  for (const byte of utf8Of(text)) bytes += String.fromCharCode(byte);
  return bytes;
}

/** The most units that text can be cut to so that they take at most so many bytes of UTF-8. */
function unitsWithin(text: string, bytesMax: number): number {
  // A unit takes at most three bytes, a pair of surrogates four.
  if (3 * text.length <= bytesMax) return text.length;
  let bytes = 0;
  let at = 0;
  while (at < text.length) {
    const unit = text.charCodeAt(at);
    const isPair = unit >= 0xd800 && unit < 0xdc00 && at + 1 < text.length;
    bytes += unit < 0x80 ? 1 : unit < 0x800 ? 2 : isPair ? 4 : 3;
    if (bytes > bytesMax) break;
    at += isPair ? 2 : 1;
  }
  return at;
}

/** Whether every UTF-16 unit is below 256, so that OSTA Compressed Unicode takes one byte for each. */
export function isNarrow(name: string): boolean {
  for (let at = 0; at < name.length; at++) if (name.charCodeAt(at) > 0xff) return false;
  return true;
}

/** A text in d-characters (ECMA-119 7.4.1): capital letters without accents, digits, underscores; dots stay. */
export function toDCharacters(text: string): string {
  if (/^[A-Z0-9_.]*$/.test(text)) return text;
  // deno-lint-ignore no-control-regex -- ASCII is meant
  const plain = /^[\x00-\x7f]*$/.test(text) ? text : text.normalize("NFKD").replaceAll(/\p{M}/gu, "");
  return plain.toUpperCase().replaceAll(/[^A-Z0-9_.]/gu, "_");
}

/** A text in a-characters (ECMA-119 7.4.1): as d-characters, and space and the punctuation of ISO 646 that it lists. */
export function toACharacters(text: string): string {
  const plain = text.normalize("NFKD").replaceAll(/\p{M}/gu, "").toUpperCase();
  return plain.replaceAll(/[^A-Z0-9_ !"%&'()*+,\-./:;<=>?]/gu, "_");
}

function isoWanted(node: Named, level: 1 | 2 | 3): Wanted {
  const text = toDCharacters(node.name);
  const dot = node.isDirectory ? -1 : text.lastIndexOf(".");
  if (dot <= 0) {
    // A leading dot would leave no file name, which ECMA-119 allows and some readers do not.
    const stem = text.replaceAll(".", "_") || "_";
    return { stem, tail: ".", stemMax: level === 1 ? 8 : node.isDirectory ? 31 : 30 };
  }
  const stem = text.slice(0, dot).replaceAll(".", "_");
  const extension = text.slice(dot + 1, dot + 1 + (level === 1 ? 3 : Math.max(8, 30 - stem.length)));
  return { stem, tail: "." + extension, stemMax: level === 1 ? 8 : 30 - extension.length };
}

function cutToUnits(name: string, unitsMax: number): Wanted {
  const dot = name.lastIndexOf(".");
  const tail = dot > 0 && name.length - dot <= Math.min(16, unitsMax >> 1) ? name.slice(dot) : "";
  return { stem: name.slice(0, name.length - tail.length), tail, stemMax: unitsMax - tail.length };
}

function assignUnique(
  nodes: readonly Named[],
  want: (node: Named, index: number) => Wanted,
  mark: "" | "~",
): string[] {
  const assigned = new Array<string>(nodes.length);
  const taken = new Set<string>();
  const waiting: { readonly index: number; readonly wish: Wanted }[] = [];
  for (let index = 0; index < nodes.length; index++) {
    const node = nodes[index]!;
    const { name } = node;
    const wish = want(node, index);
    const key = wholeKey(wish);
    const isItself = key === name || (key.length === name.length + 1 && key === name + ".");
    if (isItself && !taken.has(key)) taken.add(assigned[index] = key);
    else waiting.push({ index, wish });
  }
  const counters = new Map<string, number>();
  for (const { index, wish } of waiting) {
    let key = wholeKey(wish);
    if (taken.has(key)) key = nextFree(wish, mark, taken, counters);
    taken.add(assigned[index] = key);
  }
  return assigned;
}

function wholeKey(wish: Wanted): string {
  return cutUnits(wish.stem, wish.stemMax) + wish.tail;
}

function nextFree(wish: Wanted, mark: string, taken: Set<string>, counters: Map<string, number>): string {
  for (let digits = 3;; digits++) {
    const stem = cutUnits(wish.stem, Math.max(0, wish.stemMax - mark.length - digits)) + mark;
    const counterKey = `${digits}/${stem}/${wish.tail}`;
    for (let count = counters.get(counterKey) ?? 0; count < 10 ** digits; count++) {
      const key = stem + String(count).padStart(digits, "0") + wish.tail;
      if (taken.has(key)) continue;
      counters.set(counterKey, count + 1);
      return key;
    }
    counters.set(counterKey, 10 ** digits);
  }
}
