/** What a value is, arrays, colours, the engine's version, the locale. @module */
import { parseNumber } from "../../automation/number_text.ts";
import { AutomationError } from "../../automation/errors.ts";
import {
  Currency,
  DISPATCH,
  ErrorValue,
  isAutomationObject,
  isUnknownObject,
  makeLong,
  NothingValue,
  TypedNumber,
  type Variant,
  VariantArray,
  VARTYPE,
  varTypeOf,
} from "../../automation/variant.ts";
import { raise } from "../errors.ts";
import type { LibraryFunction } from "../runtime/bindings.ts";
import { type Arguments, unary } from "./arguments.ts";

/** The version that Windows has had since Internet Explorer 8. */
const VERSION = { major: 5, minor: 8, build: 16384 };

/** IsArray and its kin, TypeName, VarType, Array, LBound, UBound, RGB, ScriptEngine, GetLocale and SetLocale. */
export function informationFunctions(use: Arguments): LibraryFunction[] {
  return [
    ...questionFunctions(use),
    ...arrayFunctions(use),
    ...engineFunctions(),
    {
      name: "RGB",
      minimum: 3,
      maximum: 3,
      call: (...parts) => {
        const [red, green, blue] = parts.map((part) => {
          const level = use.long(part, "RGB");
          return level < 0 ? raise(5, "RGB") : Math.min(level, 255);
        }) as [number, number, number];
        return makeLong(red | (green << 8) | (blue << 16));
      },
    },
    { name: "GetLocale", minimum: 0, maximum: 0, call: () => makeLong(use.locale.lcid) },
    { name: "SetLocale", minimum: 0, maximum: 1, call: (...args) => use.context.setLocale(args[0]) },
  ];
}

function questionFunctions(use: Arguments): LibraryFunction[] {
  return [
    unary("IsArray", (value) => use.probe(value) instanceof VariantArray),
    unary("IsDate", (value) => {
      const plain = use.probe(value);
      if (typeof plain === "string") return use.parseDate(plain) !== undefined;
      return plain instanceof TypedNumber && plain.type === VARTYPE.Date;
    }),
    unary("IsEmpty", (value) => use.probe(value) === undefined),
    unary("IsNull", (value) => use.probe(value) === null),
    unary("IsNumeric", (value) => isNumeric(use, use.probe(value))),
    unary(
      "IsObject",
      (value) => value instanceof NothingValue || isAutomationObject(value) || isUnknownObject(value),
    ),
    unary("TypeName", typeNameOf),
    unary("VarType", varTypeOf),
  ];
}

function isNumeric(use: Arguments, value: Variant): boolean {
  switch (typeof value) {
    case "number":
    case "boolean":
    case "undefined":
      return true;
    case "string":
      try {
        return parseNumber(value, use.locale) !== undefined;
      } catch (error) {
        // Digits whose number no Double holds.
        if (error instanceof AutomationError) return false;
        throw error;
      }
  }
  // A Date is none: the function answers for what is written as a number.
  return value instanceof Currency || (value instanceof TypedNumber && value.type !== VARTYPE.Date);
}

const TYPE_NAMES: Readonly<Record<number, string>> = Object.fromEntries(
  Object.entries(VARTYPE).map(([name, type]) => [type, name]),
);

function typeNameOf(value: Variant): string {
  if (value instanceof VariantArray) return value.elementType === VARTYPE.Byte ? "Byte()" : "Variant()";
  if (value instanceof ErrorValue) return "Error";
  if (value instanceof NothingValue) return "Nothing";
  if (isAutomationObject(value)) return value[DISPATCH].typeName;
  if (isUnknownObject(value)) return "Unknown";
  return TYPE_NAMES[varTypeOf(value)]!;
}

function arrayFunctions(use: Arguments): LibraryFunction[] {
  return [
    {
      name: "Array",
      minimum: 0,
      maximum: Infinity,
      call: (...elements) => {
        for (let index = 0; index < elements.length; index++) {
          const element = elements[index];
          if (element instanceof VariantArray) elements[index] = element.copy();
        }
        return VariantArray.of(elements);
      },
    },
    {
      name: "LBound",
      minimum: 1,
      maximum: 2,
      call: (value, ...rest) => {
        upperBound(use, value, { dimension: rest, name: "LBound" });
        return makeLong(0);
      },
    },
    {
      name: "UBound",
      minimum: 1,
      maximum: 2,
      call: (value, ...rest) => makeLong(upperBound(use, value, { dimension: rest, name: "UBound" })),
    },
  ];
}

function upperBound(
  use: Arguments,
  value: Variant,
  { dimension, name }: { dimension: readonly Variant[]; name: string },
): number {
  const plain = value instanceof VariantArray ? value : use.plain(value, name);
  if (!(plain instanceof VariantArray)) return raise(13, name);
  return plain.upperBounds[use.optionalLong(dimension, 0, 1, name) - 1] ?? raise(9, name);
}

function engineFunctions(): LibraryFunction[] {
  const rows: readonly [string, Variant][] = [
    ["ScriptEngine", "VBScript"],
    ["ScriptEngineMajorVersion", makeLong(VERSION.major)],
    ["ScriptEngineMinorVersion", makeLong(VERSION.minor)],
    ["ScriptEngineBuildVersion", makeLong(VERSION.build)],
  ];
  return rows.map(([name, value]) => ({ name, minimum: 0, maximum: 0, call: () => value }));
}
