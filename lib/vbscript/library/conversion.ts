/** Conversions between subtypes, and between characters, numbers and their codes. @module */
import { toBoolean, toByte, toCurrency, toInteger, toStringValue } from "../../automation/coerce.ts";
import {
  makeByte,
  makeDate,
  makeDouble,
  makeLong,
  makeSingle,
  TypedNumber,
  VARTYPE,
  varTypeOf,
} from "../../automation/variant.ts";
import { raise } from "../errors.ts";
import type { LibraryFunction } from "../runtime/bindings.ts";
import { type Arguments, unary } from "./arguments.ts";
import { byteOfCharacter, characterOfByte } from "./text.ts";

/** CInt and its kin, Asc, Chr, Hex and Oct. */
export function conversionFunctions(use: Arguments): LibraryFunction[] {
  return [
    ...subtypeFunctions(use),
    ...characterFunctions(use),
    radixFunction(use, "Hex", 16),
    radixFunction(use, "Oct", 8),
  ];
}

function subtypeFunctions(use: Arguments): LibraryFunction[] {
  return [
    unary("CBool", (value) => typeof value === "boolean" ? value : use.convert(value, "CBool", toBoolean)),
    unary("CByte", (value) => makeByte(use.convert(value, "CByte", toByte))),
    unary("CCur", (value) => use.convert(value, "CCur", toCurrency)),
    unary("CDate", (value) => makeDate(use.date(value, "CDate"))),
    unary("CDbl", (value) => makeDouble(use.double(value, "CDbl"))),
    unary("CInt", (value) => use.convert(value, "CInt", toInteger)),
    unary("CLng", (value) => makeLong(use.long(value, "CLng"))),
    unary("CSng", (value) => {
      const number = use.double(value, "CSng");
      return Math.abs(Math.fround(number)) === Infinity ? raise(6, "CSng") : makeSingle(number);
    }),
    unary("CStr", (value) => typeof value === "string" ? value : use.convert(value, "CStr", toStringValue)),
  ];
}

function characterFunctions(use: Arguments): LibraryFunction[] {
  return [
    unary("Asc", (value) => {
      const text = use.string(value, "Asc");
      return text === "" ? raise(5, "Asc") : byteOfCharacter(text[0]!);
    }),
    unary("AscW", (value) => {
      const text = use.string(value, "AscW");
      // An Integer has a sign: units from 8000h on are negative.
      return text === "" ? raise(5, "AscW") : (text.charCodeAt(0) << 16) >> 16;
    }),
    unary("Chr", (value) => {
      const code = use.long(value, "Chr");
      return code < 0 || code > 255 ? raise(5, "Chr") : characterOfByte(code);
    }),
    unary("ChrW", (value) => {
      const code = use.long(value, "ChrW");
      return code < -32768 || code > 65535 ? raise(5, "ChrW") : String.fromCharCode(code & 0xFFFF);
    }),
  ];
}

/** Digits of a number: negative ones as the two's complement of their subtype, 16 bits of an Integer, else 32. */
function radixFunction(use: Arguments, name: string, radix: number): LibraryFunction {
  return unary(name, (value) => {
    const plain = use.plain(value, name);
    if (plain === null) return null;
    const number = use.long(plain, name);
    const type = plain instanceof TypedNumber ? plain.type : varTypeOf(plain);
    const isShort = type === VARTYPE.Integer || type === VARTYPE.Boolean;
    return (isShort ? number & 0xFFFF : number >>> 0).toString(radix).toUpperCase();
  });
}
