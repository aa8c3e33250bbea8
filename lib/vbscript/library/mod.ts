/**
 * VBScript's built-in functions and constants.
 *
 * A file is an idea: conversions, strings, dates and so on; each gives its functions as a table, and
 * {@linkcode createLibrary} joins the tables. Functions get Variants and give Variants of the documented subtype. They
 * touch neither console nor clock: the context brings what changes. What needs the host or the compiler
 * (`CreateObject`, `Eval` …) is added in intrinsics.ts.
 *
 * @module
 */
import type { LibraryFunction } from "../runtime/bindings.ts";
import { Arguments, type LibraryContext } from "./arguments.ts";
import { byteStringFunctions } from "./byte_strings.ts";
import { conversionFunctions } from "./conversion.ts";
import { dateFunctions } from "./dates.ts";
import { formatFunctions } from "./format.ts";
import { informationFunctions } from "./information.ts";
import { mathFunctions } from "./math.ts";
import { randomFunctions } from "./random.ts";
import { stringFunctions } from "./strings.ts";

export type { LibraryContext } from "./arguments.ts";
export { CONSTANTS } from "./constants.ts";
export { RandomGenerator } from "./random.ts";
export { Match, MatchCollection, RegExpObject, SubMatches } from "./regexp.ts";

/** The functions of one script, named as documented. */
export function createLibrary(context: LibraryContext): readonly LibraryFunction[] {
  const use = new Arguments(context);
  return [
    ...conversionFunctions(use),
    ...mathFunctions(use),
    ...stringFunctions(use),
    ...byteStringFunctions(use),
    ...dateFunctions(use),
    ...formatFunctions(use),
    ...informationFunctions(use),
    ...randomFunctions(use),
  ];
}
