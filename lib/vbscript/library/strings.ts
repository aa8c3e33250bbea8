/** Strings: taking apart, finding, replacing, splitting and joining. @module */
import { defaultValue, toStringValue } from "../../automation/coerce.ts";
import { makeLong, type Variant, VariantArray } from "../../automation/variant.ts";
import { raise } from "../errors.ts";
import type { LibraryFunction } from "../runtime/bindings.ts";
import { type Arguments, unary } from "./arguments.ts";
import { characterOfByte, compareBinary, compareText, lowerCase, upperCase } from "./text.ts";

/** Len, Left, InStr, Replace, Split and their kin. */
export function stringFunctions(use: Arguments): LibraryFunction[] {
  return [...partFunctions(use), ...searchFunctions(use), ...listFunctions(use), ...wholeFunctions(use)];
}

function partFunctions(use: Arguments): LibraryFunction[] {
  return [
    unary("Len", (value) => {
      const text = use.text(value, "Len");
      return text === null ? null : makeLong(text.length);
    }),
    {
      name: "Left",
      minimum: 2,
      maximum: 2,
      call: (value, count) => {
        const text = use.text(value, "Left");
        if (text === null) return null;
        const length = use.long(count, "Left");
        return length < 0 ? raise(5, "Left") : text.slice(0, length);
      },
    },
    {
      name: "Right",
      minimum: 2,
      maximum: 2,
      call: (value, count) => {
        const text = use.text(value, "Right");
        if (text === null) return null;
        const length = use.long(count, "Right");
        return length < 0 ? raise(5, "Right") : text.slice(Math.max(0, text.length - length));
      },
    },
    {
      name: "Mid",
      minimum: 2,
      maximum: 3,
      call: (value, first, ...rest) => {
        const text = use.text(value, "Mid");
        if (text === null) return null;
        const start = use.long(first, "Mid");
        if (start < 1) raise(5, "Mid");
        if (!use.isGiven(rest, 0)) return text.slice(start - 1);
        const length = use.long(rest[0], "Mid");
        return length < 0 ? raise(5, "Mid") : text.slice(start - 1, start - 1 + length);
      },
    },
    unary("LTrim", (value) => {
      const text = use.text(value, "LTrim");
      return text === null ? null : text.slice(firstNonBlank(text));
    }),
    unary("RTrim", (value) => {
      const text = use.text(value, "RTrim");
      return text === null ? null : text.slice(0, endOfNonBlank(text));
    }),
    unary("Trim", (value) => {
      const text = use.text(value, "Trim");
      return text === null ? null : text.slice(firstNonBlank(text), endOfNonBlank(text));
    }),
  ];
}

/** Blanks are spaces only: Trim leaves tabs and line ends where they are. */
function firstNonBlank(text: string): number {
  let index = 0;
  while (text.charCodeAt(index) === 32) index++;
  return index;
}

function endOfNonBlank(text: string): number {
  let end = text.length;
  while (end > 0 && text.charCodeAt(end - 1) === 32) end--;
  return end;
}

function searchFunctions(use: Arguments): LibraryFunction[] {
  return [
    {
      name: "InStr",
      minimum: 2,
      maximum: 4,
      call: (...args) => {
        // With two arguments there is no start; with more it comes first.
        if (args.length === 2) {
          const text = use.text(args[0], "InStr");
          const wanted = use.text(args[1], "InStr");
          return text === null || wanted === null ? null : makeLong(find(text, wanted, 1));
        }
        const start = use.optionalLong(args, 0, 1, "InStr");
        const isTextual = use.isTextual(args, 3, "InStr");
        const text = use.text(args[1], "InStr");
        const wanted = use.text(args[2], "InStr");
        if (text === null || wanted === null) return null;
        if (start < 1) raise(5, "InStr");
        if (!isTextual) return makeLong(find(text, wanted, start));
        return makeLong(find(lowerCase(text), lowerCase(wanted), start));
      },
    },
    {
      name: "InStrRev",
      minimum: 2,
      maximum: 4,
      call: (...args) => {
        const start = use.optionalLong(args, 2, -1, "InStrRev");
        const isTextual = use.isTextual(args, 3, "InStrRev");
        const text = use.text(args[0], "InStrRev");
        const wanted = use.text(args[1], "InStrRev");
        if (text === null || wanted === null) return null;
        if (start === 0 || start < -1) raise(5, "InStrRev");
        const end = start === -1 ? text.length : start;
        if (text === "" || end > text.length) return makeLong(0);
        if (wanted === "") return makeLong(end);
        if (wanted.length > end) return makeLong(0);
        const [inside, part] = isTextual ? [lowerCase(text), lowerCase(wanted)] : [text, wanted];
        return makeLong(inside.lastIndexOf(part, end - part.length) + 1);
      },
    },
    {
      name: "Replace",
      minimum: 3,
      maximum: 6,
      call: (value, find, replacement, ...rest) => {
        const text = use.string(value, "Replace");
        const wanted = use.string(find, "Replace");
        const substitute = use.string(replacement, "Replace");
        if (rest.length === 0) return wanted === "" ? text : replaceAll(text, wanted, substitute);
        const start = use.optionalLong(rest, 0, 1, "Replace");
        const count = use.optionalLong(rest, 1, -1, "Replace");
        const isTextual = use.isTextual(rest, 2, "Replace");
        if (start < 1 || count < -1) raise(5, "Replace");
        const tail = text.slice(start - 1);
        if (wanted === "") return tail;
        if (!isTextual && count === -1) return replaceAll(tail, wanted, substitute);
        return pieces(tail, wanted, { limit: count === -1 ? Infinity : count + 1, isTextual }).join(
          substitute,
        );
      },
    },
    {
      name: "StrComp",
      minimum: 2,
      maximum: 3,
      call: (first, second, ...rest) => {
        const isTextual = use.isTextual(rest, 0, "StrComp");
        const left = use.text(first, "StrComp");
        const right = use.text(second, "StrComp");
        if (left === null || right === null) return null;
        return isTextual ? compareText(left, right, use.locale.tag) : compareBinary(left, right);
      },
    },
  ];
}

/** The place from 1 of `wanted` at or behind `start`, or 0. */
function find(text: string, wanted: string, start: number): number {
  if (start > text.length) return 0;
  return text.indexOf(wanted, start - 1) + 1;
}

function replaceAll(text: string, wanted: string, substitute: string): string {
  // A dollar sign in a substitute has a meaning to JavaScript that it must not have here.
  return substitute.includes("$") ? text.split(wanted).join(substitute) : text.replaceAll(wanted, substitute);
}

/** The pieces between the places where `delimiter` stands; at most `limit`, the last of which has all the rest. */
function pieces(
  text: string,
  delimiter: string,
  { limit, isTextual }: { limit: number; isTextual: boolean },
): string[] {
  if (!isTextual && limit === Infinity) return text.split(delimiter);
  const [inside, part] = isTextual ? [lowerCase(text), lowerCase(delimiter)] : [text, delimiter];
  const result: string[] = [];
  let position = 0;
  while (result.length + 1 < limit) {
    const next = inside.indexOf(part, position);
    if (next < 0) break;
    result.push(text.slice(position, next));
    position = next + part.length;
  }
  result.push(text.slice(position));
  return result;
}

function listFunctions(use: Arguments): LibraryFunction[] {
  return [
    {
      name: "Split",
      minimum: 1,
      maximum: 4,
      call: (value, ...rest) => {
        const text = use.string(value, "Split");
        const delimiter = use.isGiven(rest, 0) ? use.string(rest[0], "Split") : " ";
        const count = use.optionalLong(rest, 1, -1, "Split");
        const isTextual = use.isTextual(rest, 2, "Split");
        if (count < -1) raise(5, "Split");
        if (text === "" || count === 0) return VariantArray.of([]);
        if (delimiter === "") return VariantArray.of([text]);
        return VariantArray.of(
          pieces(text, delimiter, { limit: count === -1 ? Infinity : count, isTextual }),
        );
      },
    },
    {
      name: "Join",
      minimum: 1,
      maximum: 2,
      call: (value, ...rest) => {
        const elements = use.list(value, "Join");
        const delimiter = use.isGiven(rest, 0) ? use.string(rest[0], "Join") : " ";
        for (const element of elements) {
          if (typeof element !== "string") {
            return elements.map((each) => elementText(use, each, "Join")).join(delimiter);
          }
        }
        return elements.join(delimiter);
      },
    },
    {
      name: "Filter",
      minimum: 2,
      maximum: 4,
      call: (value, wanted, ...rest) => {
        const elements = use.list(value, "Filter").map((each) => elementText(use, each, "Filter"));
        const part = use.string(wanted, "Filter");
        const isIncluded = !use.isGiven(rest, 0) || use.boolean(rest[0], "Filter");
        const isTextual = use.isTextual(rest, 1, "Filter");
        const folded = isTextual ? lowerCase(part) : part;
        return VariantArray.of(
          elements.filter((text) => (isTextual ? lowerCase(text) : text).includes(folded) === isIncluded),
        );
      },
    },
  ];
}

/** An element of a list of strings; OLE's conversion, and not the language's, says that Null is a wrong type. */
function elementText(use: Arguments, element: Variant, name: string): string {
  const plain = typeof element === "object" && element !== null ? defaultValue(element) : element;
  if (plain === null) return raise(13, name);
  return typeof plain === "string" ? plain : toStringValue(plain, use.locale);
}

function wholeFunctions(use: Arguments): LibraryFunction[] {
  return [
    unary("LCase", (value) => {
      const text = use.text(value, "LCase");
      return text === null ? null : lowerCase(text);
    }),
    unary("UCase", (value) => {
      const text = use.text(value, "UCase");
      return text === null ? null : upperCase(text);
    }),
    unary("StrReverse", (value) => {
      const text = use.string(value, "StrReverse");
      let reversed = "";
      for (let index = text.length - 1; index >= 0; index--) reversed += text[index];
      return reversed;
    }),
    unary("Space", (count) => repeat(" ", use.long(count, "Space"), "Space")),
    {
      name: "String",
      minimum: 2,
      maximum: 2,
      call: (count, character) => {
        if (count === null || character === null) return null;
        const length = use.long(count, "String");
        const plain = use.plain(character, "String");
        if (plain === null) return null;
        if (plain === "") return raise(5, "String");
        const unit = typeof plain === "string"
          ? plain[0]!
          : characterOfByte(((use.long(plain, "String") % 256) + 256) % 256);
        return repeat(unit, length, "String");
      },
    },
    unary("Escape", (value) => {
      const text = use.text(value, "Escape");
      return text === null ? null : text.replace(/[^A-Za-z0-9@*_+\-./]/g, escapedUnit);
    }),
    unary("Unescape", (value) => {
      const text = use.text(value, "Unescape");
      return text === null ? null : text.replace(
        /%u([0-9a-fA-F]{4})|%([0-9a-fA-F]{2})/g,
        (_all, long: string | undefined, short: string) => String.fromCharCode(parseInt(long ?? short, 16)),
      );
    }),
  ];
}

/** JavaScript can hold no longer string; Windows runs out of string space at about the same length. */
const LENGTH_MAX = 0x1FFFFFE8;

function repeat(unit: string, count: number, name: string): string {
  if (count < 0) raise(5, name);
  return count > LENGTH_MAX ? raise(14, name) : unit.repeat(count);
}

function escapedUnit(unit: string): string {
  const code = unit.charCodeAt(0);
  const hex = code.toString(16).toUpperCase();
  return code < 256 ? `%${hex.padStart(2, "0")}` : `%u${hex.padStart(4, "0")}`;
}
