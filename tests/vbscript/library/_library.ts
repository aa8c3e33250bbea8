/** Calls the library as a script does, and prints what comes back with its subtype. @module */
import { assertEquals } from "@std/assert";
import { toStringValue } from "../../../lib/automation/coerce.ts";
import { EN_US, type Locale } from "../../../lib/automation/locale.ts";
import { AutomationError } from "../../../lib/automation/errors.ts";
import {
  DISPATCH,
  isAutomationObject,
  makeLong,
  NOTHING,
  type Variant,
  VariantArray,
} from "../../../lib/automation/variant.ts";
import { createLibrary, RandomGenerator } from "../../../lib/vbscript/library/mod.ts";

/** German settings, as far as the library asks. */
export const DE_DE: Locale = {
  ...EN_US,
  lcid: 1031,
  tag: "de-DE",
  decimal: ",",
  group: ".",
  currency: "€",
  currencyPositive: "n $",
  currencyNegative: "-n $",
  dateOrder: "dmy",
  shortDate: "dd.MM.yyyy",
  longTime: "HH:mm:ss",
  months: [
    "Januar",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
  ],
  days: ["Sonntag", "Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag"],
  firstDayOfWeek: 2,
};

/** A function that calls a fresh library; the clock stands at Sunday, 15 March 2026, 16:05:06.789. */
export function library(locale: Locale = EN_US): (name: string, ...args: Variant[]) => Variant {
  const functions = createLibrary({
    now: () => new Date(2026, 2, 15, 16, 5, 6, 789),
    locale: () => locale,
    setLocale: () => makeLong(locale.lcid),
    random: new RandomGenerator(),
  });
  const table = new Map(functions.map((each) => [each.name, each]));
  return (name, ...args) => {
    const found = table.get(name);
    if (found === undefined) throw new TypeError(`No function ${name}`);
    if (args.length < found.minimum || args.length > found.maximum) throw new AutomationError(450, name);
    return found.call(...args);
  };
}

const typeName = library();

/** A value as `Subtype text`; an array as its elements in brackets. */
export function show(value: Variant): string {
  if (value instanceof VariantArray) return `[${value.elements.map(show).join("; ")}]`;
  const type = typeName("TypeName", value) as string;
  if (value === null || value === undefined || value === NOTHING) return type;
  // An object without a default property has no text.
  if (isAutomationObject(value) && value[DISPATCH].defaultMember === undefined) return type;
  return `${type} ${toStringValue(value)}`;
}

/** A row: a function, its arguments, and its result as {@linkcode show} prints it, or `error n`. */
export type Row = readonly [name: string, args: readonly Variant[], expected: string];

/** One test a row. */
export function testRows(rows: readonly Row[], locale: Locale = EN_US): void {
  rows.forEach(([name, args, expected], index) => {
    const shown = args.map((arg) => JSON.stringify(show(arg))).join(", ");
    Deno.test(`${name}() row ${index} ${locale.tag}: (${shown}) is ${JSON.stringify(expected)}`, () => {
      assertEquals(outcome(() => show(library(locale)(name, ...args))), expected);
    });
  });
}

/** What a function returns, or `error n`. */
export function outcome(run: () => string): string {
  try {
    return run();
  } catch (error) {
    if (error instanceof AutomationError) return `error ${error.number}`;
    throw error;
  }
}
