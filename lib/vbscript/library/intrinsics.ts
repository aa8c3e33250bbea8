/** The library's names as compiled code finds them, with the functions that need the engine or the host. @module */
import { defaultValue, toLong, toStringValue } from "../../automation/coerce.ts";
import { EN_US } from "../../automation/locale.ts";
import { parseNumber } from "../../automation/number_text.ts";
import { makeLong, MISSING, type Variant } from "../../automation/variant.ts";
import { raise } from "../errors.ts";
import { CONSTANTS, createLibrary, RandomGenerator } from "./mod.ts";
import { findLocale } from "../runtime/locales.ts";
import type { Binding, LibraryFunction } from "../runtime/bindings.ts";
import type { Runtime } from "../runtime/runtime.ts";

/** What the host provides for the library. */
export interface LibraryServices {
  readonly now: () => Date;
  readonly createObject: (progId: string, location?: string) => Variant;
  readonly getObject: (path: string, progId?: string) => Variant;
}

/** The bindings of everything that VBScript itself provides, by name in lower case. */
export function libraryOf(runtime: Runtime, services: LibraryServices): Map<string, Binding> {
  const bindings = new Map<string, Binding>();
  for (const [name, value] of CONSTANTS) bindings.set(name.toLowerCase(), { kind: "constant", value });
  const functions = createLibrary({
    now: services.now,
    locale: () => runtime.locale,
    setLocale: (id) => setLocale(runtime, id),
    random: new RandomGenerator(),
  });
  for (const library of [...functions, ...objectFunctions(runtime, services)]) {
    bindings.set(library.name.toLowerCase(), { kind: "function", function: library });
  }
  bindings.set("err", { kind: "object", value: runtime.err });
  return bindings;
}

function setLocale(runtime: Runtime, id: Variant): Variant {
  const previous = runtime.locale.lcid;
  const wanted = defaultValue(id);
  const key = typeof wanted === "string" && parseNumber(wanted, EN_US) === undefined
    ? wanted
    : toLong(wanted);
  // LOCALE_USER_DEFAULT is 1024, LOCALE_SYSTEM_DEFAULT is 2048.
  const locale = key === 0 || key === 1024 || key === 2048 ? runtime.defaultLocale : findLocale(key);
  if (locale === undefined) return raise(447);
  runtime.locale = locale;
  return makeLong(previous);
}

function objectFunctions(runtime: Runtime, services: LibraryServices): LibraryFunction[] {
  const optional = (value: Variant): string | undefined =>
    value === undefined || value === MISSING ? undefined : toStringValue(value);
  const code = (isGlobal: boolean) => (text: Variant): Variant => {
    runtime.execute(text, isGlobal, undefined);
    return undefined;
  };
  return [
    {
      name: "CreateObject",
      minimum: 1,
      maximum: 2,
      call: (progId, location) => {
        const name = toStringValue(progId);
        if (/^vbscript\.regexp$/i.test(name)) return runtime.createRegExp();
        const server = optional(location);
        return server === undefined ? services.createObject(name) : services.createObject(name, server);
      },
    },
    {
      name: "GetObject",
      minimum: 0,
      maximum: 2,
      call: (path, progId) => {
        const wanted = optional(progId);
        const name = optional(path) ?? "";
        return wanted === undefined ? services.getObject(name) : services.getObject(name, wanted);
      },
    },
    { name: "GetRef", minimum: 1, maximum: 1, call: (name) => runtime.getReference(name) },
    { name: "Eval", minimum: 1, maximum: 1, call: (text) => runtime.evaluate(text, undefined) },
    { name: "Execute", minimum: 1, maximum: 1, call: code(false) },
    { name: "ExecuteGlobal", minimum: 1, maximum: 1, call: code(true) },
    { name: "LoadPicture", minimum: 1, maximum: 1, call: () => raise(481) },
  ];
}
