/** How the library's functions read their arguments. @module */
import { RUNTIME_MESSAGES } from "../../automation/runtime_messages.ts";
import {
  defaultValue,
  toBoolean,
  toDateSerial,
  toDouble,
  toLongIn,
  toStringValue,
} from "../../automation/coerce.ts";
import { parseDate } from "../../automation/date_text.ts";
import type { Locale } from "../../automation/locale.ts";
import { parseNumber } from "../../automation/number_text.ts";
import { AutomationError } from "../../automation/errors.ts";
import { makeDouble, MISSING, NothingValue, type Variant, VariantArray } from "../../automation/variant.ts";
import { raise, runtimeError, VbsError } from "../errors.ts";
import type { LibraryFunction } from "../runtime/bindings.ts";
import type { RandomGenerator } from "./random.ts";

/** What the library needs from the engine and the host. */
export interface LibraryContext {
  /** The clock; local time is asked of the Date. */
  now(): Date;
  /** The regional settings in force. */
  locale(): Locale;
  /** Takes an LCID, a tag such as "de-DE", or 0 for the default; returns the LCID that was in force. */
  setLocale(id: Variant): Variant;
  /** The state of Rnd: one a script. */
  readonly random: RandomGenerator;
}

/**
 * Reads arguments by the locale in force. An object stands for its default property; an error names the function whose
 * argument it was, as in `Type mismatch: 'CInt'`.
 */
export class Arguments {
  constructor(readonly context: LibraryContext) {}

  /** The regional settings in force. */
  get locale(): Locale {
    return this.context.locale();
  }

  /** Whether an optional argument was given: neither cut off nor left out between two commas. */
  isGiven(args: readonly Variant[], index: number): boolean {
    return index < args.length && args[index] !== MISSING;
  }

  /** The value that an object stands for; anything else as it is. */
  plain(value: Variant, name: string): Variant {
    if (typeof value !== "object" || value === null) return value;
    return named(name, () => defaultValue(value));
  }

  /** A string; Null passes through. */
  text(value: Variant, name: string): string | null {
    if (typeof value === "string") return value;
    const plain = this.plain(value, name);
    return plain === null ? null : this.string(plain, name);
  }

  /** A string; Null is error 94. */
  string(value: Variant, name: string): string {
    if (typeof value === "string") return value;
    return named(name, () => toStringValue(value, this.locale));
  }

  /** A Long, rounded to even. */
  long(value: Variant, name: string): number {
    if (typeof value === "number" && (value | 0) === value) return value;
    return named(name, () => toLongIn(value, this.locale));
  }

  /** A number of double precision. */
  double(value: Variant, name: string): number {
    if (typeof value === "number") return value;
    return named(name, () => toDouble(value, this.locale));
  }

  /** A Boolean. */
  boolean(value: Variant, name: string): boolean {
    if (typeof value === "boolean") return value;
    return named(name, () => toBoolean(value, this.locale));
  }

  /** Any other conversion by the locale. */
  convert<T>(value: Variant, name: string, conversion: (value: Variant, locale: Locale) => T): T {
    return named(name, () => conversion(value, this.locale));
  }

  /** The serial number of a Date; a day without a year is one of this year. */
  date(value: Variant, name: string): number {
    const plain = this.plain(value, name);
    return named(name, () => {
      if (typeof plain !== "string") return toDateSerial(plain, this.locale);
      const serial = this.parseDate(plain) ?? parseNumber(plain, this.locale);
      return serial === undefined ? raise(13, name) : toDateSerial(makeDouble(serial), this.locale);
    });
  }

  /** The serial number of a date in words, or undefined. */
  parseDate(text: string): number | undefined {
    return parseDate(text, this.locale, this.context.now().getFullYear());
  }

  /** An optional Long. */
  optionalLong(args: readonly Variant[], index: number, otherwise: number, name: string): number {
    return this.isGiven(args, index) ? this.long(args[index], name) : otherwise;
  }

  /** An optional comparison: whether it is textual. Only vbBinaryCompare and vbTextCompare exist. */
  isTextual(args: readonly Variant[], index: number, name: string): boolean {
    const compare = this.optionalLong(args, index, 0, name);
    if (compare !== 0 && compare !== 1) raise(5, name);
    return compare === 1;
  }

  /** The elements of an array of one dimension; none while it has no bounds. */
  list(value: Variant, name: string): readonly Variant[] {
    const plain = this.plain(value, name);
    if (!(plain instanceof VariantArray)) return raise(13, name);
    if (plain.upperBounds.length > 1) raise(13, name);
    return plain.elements;
  }

  /** What an object stands for, and the object itself where it stands for nothing; for functions that only ask. */
  probe(value: Variant): Variant {
    if (typeof value !== "object" || value === null || value instanceof NothingValue) return value;
    try {
      return defaultValue(value);
    } catch (error) {
      if (error instanceof AutomationError) return value;
      throw error;
    }
  }

  /** The time of day in seconds. */
  secondsSinceMidnight(): number {
    const now = this.context.now();
    const seconds = (now.getHours() * 60 + now.getMinutes()) * 60 + now.getSeconds();
    return Math.fround(seconds + now.getMilliseconds() / 1000);
  }
}

/** Runs a conversion; an error of its own gets the function's name, one of a default property stays as it is. */
function named<T>(name: string, convert: () => T): T {
  try {
    return convert();
  } catch (error) {
    if (!(error instanceof AutomationError) || error instanceof VbsError) throw error;
    if (error.message !== RUNTIME_MESSAGES[error.number]) throw error;
    throw runtimeError(error.number, name);
  }
}

/** A function of one argument. */
export function unary(name: string, call: (value: Variant) => Variant): LibraryFunction {
  return { name, minimum: 1, maximum: 1, call };
}
