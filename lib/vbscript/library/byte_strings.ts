/**
 * The functions with a B at their end, which see a string as bytes.
 *
 * A string is a row of UTF-16 units in little-endian order. A string with an odd number of bytes, which Windows has, is
 * given a zero byte at its end here. Binary data, an array of bytes, keeps its exact length.
 *
 * @module
 */
import { makeByte, makeLong, type Variant, VariantArray, VARTYPE } from "../../automation/variant.ts";
import { raise } from "../errors.ts";
import type { LibraryFunction } from "../runtime/bindings.ts";
import { type Arguments, unary } from "./arguments.ts";

/** AscB, ChrB, InStrB, LeftB, LenB, MidB and RightB. */
export function byteStringFunctions(use: Arguments): LibraryFunction[] {
  return [
    unary("AscB", (value) => {
      const bytes = bytesOf(use, value, "AscB");
      if (bytes === null) return raise(94, "AscB");
      return bytes === "" ? raise(5, "AscB") : makeByte(bytes.charCodeAt(0));
    }),
    unary("ChrB", (code) => {
      const byte = use.long(code, "ChrB");
      return byte < 0 || byte > 255 ? raise(5, "ChrB") : String.fromCharCode(byte);
    }),
    unary("LenB", (value) => {
      const bytes = bytesOf(use, value, "LenB");
      return bytes === null ? null : makeLong(bytes.length);
    }),
    {
      name: "LeftB",
      minimum: 2,
      maximum: 2,
      call: (value, count) => {
        const bytes = bytesOf(use, value, "LeftB");
        if (bytes === null) return null;
        const length = use.long(count, "LeftB");
        return length < 0 ? raise(5, "LeftB") : stringOf(bytes.slice(0, length));
      },
    },
    {
      name: "RightB",
      minimum: 2,
      maximum: 2,
      call: (value, count) => {
        const bytes = bytesOf(use, value, "RightB");
        if (bytes === null) return null;
        const length = use.long(count, "RightB");
        return length < 0 ? raise(5, "RightB") : stringOf(bytes.slice(Math.max(0, bytes.length - length)));
      },
    },
    {
      name: "MidB",
      minimum: 2,
      maximum: 3,
      call: (value, first, ...rest) => {
        const bytes = bytesOf(use, value, "MidB");
        if (bytes === null) return null;
        const start = use.long(first, "MidB");
        const length = use.optionalLong(rest, 0, bytes.length, "MidB");
        if (start < 1 || length < 0) raise(5, "MidB");
        return stringOf(bytes.slice(start - 1, start - 1 + length));
      },
    },
    {
      name: "InStrB",
      minimum: 2,
      maximum: 4,
      call: (...args) => {
        const shift = args.length === 2 ? 0 : 1;
        const start = shift === 0 ? 1 : use.optionalLong(args, 0, 1, "InStrB");
        if (use.isTextual(args, 3, "InStrB")) raise(5, "InStrB");
        const bytes = bytesOf(use, args[shift], "InStrB");
        let wanted = bytesOf(use, args[shift + 1], "InStrB");
        if (bytes === null || wanted === null) return null;
        if (start < 1) raise(5, "InStrB");
        if (start > bytes.length) return makeLong(0);
        // What is sought in binary data comes from ChrB, whose one byte has been given a second one.
        if (isBinary(args[shift]) && wanted.endsWith("\0")) wanted = wanted.slice(0, -1);
        return makeLong(bytes.indexOf(wanted, start - 1) + 1);
      },
    },
  ];
}

function isBinary(value: Variant): value is VariantArray {
  return value instanceof VariantArray && value.elementType === VARTYPE.Byte;
}

/** The bytes of a value, each as one unit; Null stays Null. */
function bytesOf(use: Arguments, value: Variant, name: string): string | null {
  const plain = use.plain(value, name);
  if (isBinary(plain)) {
    return plain.elements.map((byte) => String.fromCharCode(use.long(byte, name) & 0xFF)).join("");
  }
  const text = use.text(plain, name);
  if (text === null) return null;
  let bytes = "";
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    bytes += String.fromCharCode(unit & 0xFF, unit >> 8);
  }
  return bytes;
}

function stringOf(bytes: string): string {
  let text = "";
  for (let index = 0; index < bytes.length; index += 2) {
    const high = index + 1 < bytes.length ? bytes.charCodeAt(index + 1) : 0;
    text += String.fromCharCode(bytes.charCodeAt(index) | (high << 8));
  }
  return text;
}
