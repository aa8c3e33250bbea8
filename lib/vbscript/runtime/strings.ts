/** String functions. @module */
import { toBoolean, toLongIn, toStringValue } from "../../automation/coerce.ts";
import { makeLong, MISSING, type Variant, VariantArray, VARTYPE } from "../../automation/variant.ts";
import { raise } from "../errors.ts";
import type { FunctionTable, LibraryContext } from "./library.ts";
import { UNICODE_OF_1252 } from "./code_page.ts";

/** A string of bytes, one in each half of its UTF-16 units, as an array of numbers. */
function bytesOf(text: string): number[] {
  const bytes: number[] = [];
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    bytes.push(unit & 0xFF, unit >> 8);
  }
  return bytes;
}

function fromBytes(bytes: readonly number[]): string {
  let text = "";
  for (let index = 0; index < bytes.length; index += 2) {
    text += String.fromCharCode(bytes[index]! | ((bytes[index + 1] ?? 0) << 8));
  }
  return text;
}

/** Folds case as vbTextCompare does, unit by unit, so that places stay. */
export function foldCase(text: string): string {
  const folded = text.toLowerCase();
  return folded.length === text.length ? folded : text.replace(/[\s\S]/g, (unit) => {
    const lower = unit.toLowerCase();
    return lower.length === 1 ? lower : unit;
  });
}

/** The functions, by name, with how many arguments they take. */
export function stringFunctions({ runtime }: LibraryContext): FunctionTable {
  const text = (value: Variant): string => {
    if (typeof value === "string") return value;
    return value === null ? raise(94) : toStringValue(value, runtime.locale);
  };
  const long = (value: Variant): number => toLongIn(value, runtime.locale);
  const isGiven = (value: Variant): boolean => value !== MISSING && value !== undefined;
  const compareMode = (value: Variant): boolean => {
    if (!isGiven(value)) return false;
    const mode = long(value);
    if (mode < 0 || mode > 2) raise(5);
    return mode === 1;
  };
  const orNull = (apply: (value: string) => Variant) => (value: Variant): Variant => {
    const plain = runtime.plain(value);
    return plain === null ? null : apply(text(plain));
  };
  const left = (value: string, count: number): string => count < 0 ? raise(5) : value.slice(0, count);
  const right = (value: string, count: number): string =>
    count < 0 ? raise(5) : count === 0 ? "" : value.slice(-count);
  const character = (code: number): string => {
    if (code < -32768 || code > 65535) raise(5);
    return String.fromCharCode(code & 0xFFFF);
  };

  const find = (haystack: string, needle: string, start: number, isText: boolean): number => {
    if (start < 1) raise(5);
    if (haystack === "" || start > haystack.length) return 0;
    if (needle === "") return start;
    const [a, b] = isText ? [foldCase(haystack), foldCase(needle)] : [haystack, needle];
    return a.indexOf(b, start - 1) + 1;
  };

  const replace = (args: readonly Variant[]): Variant => {
    if (args.slice(0, 3).includes(null)) raise(94);
    const [source, needle, replacement] = [text(args[0]), text(args[1]), text(args[2])];
    const start = isGiven(args[3]) ? long(args[3]) : 1;
    let count = isGiven(args[4]) ? long(args[4]) : -1;
    const isText = compareMode(args[5]);
    if (start < 1 || count < -1) raise(5);
    if (start > source.length) return "";
    const rest = source.slice(start - 1);
    if (needle === "" || count === 0) return rest;
    if (count === -1 && !isText) return rest.split(needle).join(replacement);
    const [searched, wanted] = isText ? [foldCase(rest), foldCase(needle)] : [rest, needle];
    let result = "";
    let from = 0;
    for (;;) {
      const at = count === 0 ? -1 : searched.indexOf(wanted, from);
      if (at < 0) return result + rest.slice(from);
      result += rest.slice(from, at) + replacement;
      from = at + needle.length;
      count--;
    }
  };

  const split = (args: readonly Variant[]): Variant => {
    const source = text(args[0]);
    const separator = isGiven(args[1]) ? text(args[1]) : " ";
    const limit = isGiven(args[2]) ? long(args[2]) : -1;
    const isText = compareMode(args[3]);
    if (limit < -1) raise(5);
    if (source === "" || limit === 0) return VariantArray.of([]);
    if (separator === "") return VariantArray.of([source]);
    if (limit === -1 && !isText) return VariantArray.of(source.split(separator));
    const [searched, wanted] = isText ? [foldCase(source), foldCase(separator)] : [source, separator];
    const parts: Variant[] = [];
    let from = 0;
    for (;;) {
      const at = parts.length + 1 === limit ? -1 : searched.indexOf(wanted, from);
      if (at < 0) break;
      parts.push(source.slice(from, at));
      from = at + separator.length;
    }
    parts.push(source.slice(from));
    return VariantArray.of(parts);
  };

  const elements = (value: Variant): readonly Variant[] => {
    const plain = runtime.plain(value);
    if (!(plain instanceof VariantArray)) return raise(13);
    if (plain.upperBounds.length > 1) raise(9);
    return plain.elements;
  };

  return {
    Len: [1, 1, (value) => {
      const plain = runtime.plain(value);
      return plain === null ? null : makeLong(text(plain).length);
    }],
    LenB: [1, 1, orNull((value) => makeLong(value.length * 2))],
    LCase: [1, 1, orNull((value) => value.toLowerCase())],
    UCase: [1, 1, orNull((value) => value.toUpperCase())],
    Trim: [1, 1, orNull((value) => value.replace(/^ +| +$/g, ""))],
    LTrim: [1, 1, orNull((value) => value.replace(/^ +/, ""))],
    RTrim: [1, 1, orNull((value) => value.replace(/ +$/, ""))],
    StrReverse: [1, 1, (value) => text(runtime.plain(value)).split("").reverse().join("")],
    Left: [2, 2, (value, count) => orNull((source) => left(source, long(count)))(value)],
    Right: [2, 2, (value, count) => orNull((source) => right(source, long(count)))(value)],
    LeftB: [
      2,
      2,
      (value, count) => orNull((source) => fromBytes(bytesOf(source).slice(0, long(count))))(value),
    ],
    RightB: [2, 2, (value, count) =>
      orNull((source) => {
        const bytes = bytesOf(source);
        return fromBytes(bytes.slice(Math.max(0, bytes.length - long(count))));
      })(value)],
    Mid: [2, 3, (value, start, count) =>
      orNull((source) => {
        const from = long(start);
        const length = isGiven(count) ? long(count) : Infinity;
        if (from < 1 || length < 0) raise(5);
        return source.slice(from - 1, from - 1 + length);
      })(value)],
    MidB: [2, 3, (value, start, count) =>
      orNull((source) => {
        const from = long(start);
        const length = isGiven(count) ? long(count) : Infinity;
        if (from < 1 || length < 0) raise(5);
        return fromBytes(bytesOf(source).slice(from - 1, from - 1 + length));
      })(value)],
    InStr: [2, 4, (...args) => {
      // With two arguments there is no start; with a compare mode there must be one.
      const [start, haystack, needle, mode] = args.length === 2 ? [1, args[0], args[1]] : args;
      const [a, b] = [runtime.plain(haystack), runtime.plain(needle)];
      if (a === null || b === null) return null;
      return makeLong(find(text(a), text(b), long(start), compareMode(mode)));
    }],
    InStrB: [2, 4, (...args) => {
      const [start, haystack, needle] = args.length === 2 ? [1, args[0], args[1]] : args;
      if (haystack === null || needle === null) return null;
      const [a, b] = [bytesOf(text(haystack)), bytesOf(text(needle))];
      for (let at = long(start) - 1; at + b.length <= a.length; at++) {
        if (b.every((byte, index) => a[at + index] === byte)) return makeLong(at + 1);
      }
      return makeLong(0);
    }],
    InStrRev: [2, 4, (haystack, needle, start, mode) => {
      if (haystack === null || needle === null) return null;
      let [a, b] = [text(haystack), text(needle)];
      const from = isGiven(start) ? long(start) : -1;
      if (from === 0 || from < -1) raise(5);
      const end = from === -1 ? a.length : from;
      if (a === "" || end > a.length) return makeLong(0);
      if (b === "") return makeLong(end);
      if (compareMode(mode)) [a, b] = [foldCase(a), foldCase(b)];
      return makeLong(end < b.length ? 0 : a.lastIndexOf(b, end - b.length) + 1);
    }],
    StrComp: [2, 3, (left, right, mode) => {
      if (left === null || right === null) return null;
      let [a, b] = [text(left), text(right)];
      if (compareMode(mode)) [a, b] = [foldCase(a), foldCase(b)];
      return a < b ? -1 : a > b ? 1 : 0;
    }],
    Replace: [3, 6, (...args) => replace(args)],
    Split: [1, 4, (...args) => split(args)],
    Join: [
      1,
      2,
      (value, separator) =>
        elements(value).map((element) => runtime.text(runtime.plain(element))).join(
          isGiven(separator) ? text(separator) : " ",
        ),
    ],
    Filter: [2, 4, (value, needle, include, mode) => {
      const wanted = text(needle);
      const keep = include === undefined || include === MISSING ? true : toBoolean(include);
      const isText = compareMode(mode);
      const found = elements(value).filter((element) => {
        const source = runtime.text(element);
        return (isText ? foldCase(source).includes(foldCase(wanted)) : source.includes(wanted)) === keep;
      });
      return VariantArray.of(found.slice());
    }],
    Space: [1, 1, (count) => long(count) < 0 ? raise(5) : " ".repeat(long(count))],
    String: [2, 2, (count, value) => {
      const length = long(count);
      if (length < 0) raise(5);
      if (value === null) raise(94);
      const unit = typeof value === "string" ? value.charAt(0) : character(long(value) & 0xFF);
      if (unit === "") raise(5);
      return unit.repeat(length);
    }],
    Asc: [1, 1, (value) => {
      const source = text(runtime.plain(value));
      if (source === "") raise(5);
      const unit = source.charCodeAt(0);
      return unit < 128 ? unit : ansiByte(unit);
    }],
    AscW: [1, 1, (value) => {
      const source = text(runtime.plain(value));
      if (source === "") raise(5);
      return (source.charCodeAt(0) << 16) >> 16;
    }],
    AscB: [1, 1, (value) => {
      const source = text(value);
      return source === "" ? raise(5) : runtime.makeByte(source.charCodeAt(0) & 0xFF);
    }],
    Chr: [1, 1, (value) => {
      const code = long(value);
      if (code < 0 || code > 255) raise(5);
      return code < 128 ? String.fromCharCode(code) : UNICODE_OF_1252[code - 128]!;
    }],
    ChrW: [1, 1, (value) => character(long(value))],
    ChrB: [1, 1, (value) => {
      const code = long(value);
      return code < 0 || code > 255 ? raise(5) : String.fromCharCode(code);
    }],
    Escape: [1, 1, (value) => {
      let result = "";
      for (const unit of text(value).split("")) {
        const code = unit.charCodeAt(0);
        if (/[A-Za-z0-9@*_+\-./]/.test(unit)) result += unit;
        else if (code < 256) result += `%${code.toString(16).toUpperCase().padStart(2, "0")}`;
        else result += `%u${code.toString(16).toUpperCase().padStart(4, "0")}`;
      }
      return result;
    }],
    Unescape: [1, 1, (value) =>
      text(value).replace(
        /%u([0-9a-fA-F]{4})|%([0-9a-fA-F]{2})/g,
        (_all, wide: string | undefined, narrow: string | undefined) =>
          String.fromCharCode(parseInt(wide ?? narrow!, 16)),
      )],
    Hex: [1, 1, (value) => radix(value, 16)],
    Oct: [1, 1, (value) => radix(value, 8)],
  };

  function radix(value: Variant, base: number): Variant {
    const plain = runtime.plain(value);
    if (plain === null) return null;
    const number = long(plain);
    const isShort = number < 0 && runtime.typeOf(plain) === VARTYPE.Integer;
    return (isShort ? number & 0xFFFF : number >>> 0).toString(base).toUpperCase();
  }
}

/** The byte of a character in Windows' code page 1252; `?` if it has none. */
function ansiByte(unit: number): number {
  const index = UNICODE_OF_1252.indexOf(String.fromCharCode(unit));
  return index < 0 ? 63 : index + 128;
}
