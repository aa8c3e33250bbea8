/** The library: all functions, constants and objects that VBScript itself provides. @module */
import { defaultValue, parseNumber, toLong, toStringValue } from "../../automation/coerce.ts";
import {
  Currency,
  DISPATCH,
  isAutomationObject,
  isUnknownObject,
  makeLong,
  MISSING,
  NothingValue,
  TypedNumber,
  type Variant,
  VariantArray,
  VARTYPE,
  varTypeOf,
} from "../../automation/variant.ts";
import { raise } from "../errors.ts";
import { CONSTANTS } from "./constants.ts";
import { dateFunctions } from "./dates.ts";
import { formatFunctions } from "./format.ts";
import { findLocale } from "./locales.ts";
import { mathFunctions } from "./math.ts";
import type { Binding, Runtime } from "./runtime.ts";
import { stringFunctions } from "./strings.ts";

/** What the host provides for the library. */
export interface LibraryServices {
  readonly now: () => Date;
  readonly random: () => number;
  readonly createObject: (progId: string, location?: string) => Variant;
  readonly getObject: (path: string, progId?: string) => Variant;
}

/** What the library's parts are made from. */
export interface LibraryContext {
  readonly runtime: Runtime;
  readonly services: LibraryServices;
}

/** Functions by name: the fewest and the most arguments, and the code. */
export type FunctionTable = Readonly<
  Record<string, readonly [minimum: number, maximum: number, call: (...args: Variant[]) => Variant]>
>;

/** The library's bindings. */
export function libraryOf(runtime: Runtime, services: LibraryServices): Map<string, Binding> {
  const context = { runtime, services };
  const bindings = new Map<string, Binding>();
  for (const [name, value] of CONSTANTS) bindings.set(name, { kind: "constant", value });
  const tables = [
    stringFunctions(context),
    mathFunctions(context),
    dateFunctions(context),
    formatFunctions(context),
    informationFunctions(context),
    objectFunctions(context),
  ];
  for (const table of tables) {
    for (const [name, [minimum, maximum, call]] of Object.entries(table)) {
      bindings.set(name.toLowerCase(), { kind: "function", function: { name, minimum, maximum, call } });
    }
  }
  bindings.set("err", { kind: "object", value: runtime.err });
  return bindings;
}

/** TypeName's words. */
const TYPE_NAMES: ReadonlyMap<number, string> = new Map(
  Object.entries(VARTYPE).map(([name, type]) => [type, name] as const),
);

/** What TypeName says. */
export function typeName(value: Variant): string {
  if (value instanceof NothingValue) return "Nothing";
  if (isAutomationObject(value)) return value[DISPATCH].typeName;
  if (isUnknownObject(value)) return "Unknown";
  if (value instanceof VariantArray) return `${TYPE_NAMES.get(value.elementType) ?? "Variant"}()`;
  return TYPE_NAMES.get(varTypeOf(value)) ?? "Unknown";
}

function informationFunctions({ runtime }: LibraryContext): FunctionTable {
  const dimension = (array: Variant, which: Variant): number => {
    const plain = runtime.plain(array);
    if (!(plain instanceof VariantArray)) return raise(13);
    const number = which === undefined ? 1 : toLong(which);
    if (number < 1 || number > plain.upperBounds.length) raise(9);
    return plain.upperBounds[number - 1]!;
  };
  return {
    TypeName: [1, 1, typeName],
    VarType: [1, 1, (value) => {
      const plain = isAutomationObject(value) && value[DISPATCH].defaultMember?.get !== undefined
        ? runtime.plain(value)
        : value;
      return makeLong(varTypeOf(plain));
    }],
    IsArray: [1, 1, (value) => value instanceof VariantArray],
    IsEmpty: [1, 1, (value) => runtime.plainOrNothing(value) === undefined],
    IsNull: [1, 1, (value) => runtime.plainOrNothing(value) === null],
    IsObject: [
      1,
      1,
      (value) => value instanceof NothingValue || isAutomationObject(value) || isUnknownObject(value),
    ],
    IsNumeric: [1, 1, (value) => {
      const plain = runtime.plainOrNothing(value);
      if (typeof plain === "string") {
        try {
          return parseNumber(plain, runtime.locale) !== undefined;
        } catch {
          // Digits that overflow a Double are no number either.
          return false;
        }
      }
      if (plain instanceof TypedNumber) return plain.type !== VARTYPE.Date;
      return typeof plain === "number" || typeof plain === "boolean" || plain === undefined ||
        plain instanceof Currency;
    }],
    LBound: [1, 2, (array, which) => {
      dimension(array, which);
      return makeLong(0);
    }],
    UBound: [1, 2, (array, which) => makeLong(dimension(array, which))],
    Array: [0, 255, (...args) =>
      VariantArray.of(args.map((value) => {
        runtime.escape(value);
        return runtime.copied(value);
      }))],
    ScriptEngine: [0, 0, () => "VBScript"],
    ScriptEngineMajorVersion: [0, 0, () => makeLong(5)],
    ScriptEngineMinorVersion: [0, 0, () => makeLong(8)],
    ScriptEngineBuildVersion: [0, 0, () => makeLong(16384)],
    GetLocale: [0, 0, () => makeLong(runtime.locale.lcid)],
    SetLocale: [0, 1, (...args) => {
      const previous = runtime.locale.lcid;
      const wanted = args.length === 0 ? 0 : runtime.plain(args[0]);
      const key = typeof wanted === "string" && parseNumber(wanted) === undefined ? wanted : toLong(wanted);
      const locale = key === 0 || key === 1024 ? runtime.defaultLocale : findLocale(key);
      if (locale === undefined) return raise(447);
      runtime.locale = locale;
      return makeLong(previous);
    }],
  };
}

function objectFunctions({ runtime, services }: LibraryContext): FunctionTable {
  const optional = (value: Variant): string | undefined =>
    value === undefined || value === MISSING ? undefined : toStringValue(value);
  return {
    CreateObject: [1, 2, (progId, location) => {
      const name = toStringValue(defaultValue(progId));
      if (/^vbscript\.regexp$/i.test(name)) return runtime.createRegExp();
      const server = optional(location);
      return server === undefined ? services.createObject(name) : services.createObject(name, server);
    }],
    GetObject: [0, 2, (path, progId) => {
      const wanted = optional(progId);
      const name = optional(path) ?? "";
      return wanted === undefined ? services.getObject(name) : services.getObject(name, wanted);
    }],
    GetRef: [1, 1, (name) => runtime.getReference(name)],
    Eval: [1, 1, (code) => runtime.evaluate(code, undefined)],
    Execute: [1, 1, (code) => {
      runtime.execute(code, true, undefined);
      return undefined;
    }],
    ExecuteGlobal: [1, 1, (code) => {
      runtime.execute(code, true, undefined);
      return undefined;
    }],
    LoadPicture: [1, 1, () => raise(481)],
  };
}
