/**
 * JScript's own forms of JavaScript's objects: dates as text, errors with numbers, what patterns find, and what comes of `Function`.
 *
 * @module
 */
import { EN_US } from "../../automation/locale.ts";
import vm from "node:vm";

/** What the host takes from a script's own global object. */
export interface Realm {
  readonly Error: ErrorConstructor;
  readonly SyntaxError: ErrorConstructor;
  readonly Date: DateConstructor;
  readonly Array: ArrayConstructor;
  readonly String: StringConstructor;
  readonly Function: FunctionConstructor;
  /** A Date of an automation object: its `typeof` is "date". */
  readonly VarDate: new (time: number) => Date;
}

/** Names of V8's that JScript has not, and that scripts look for to put their own in place. */
const UNKNOWN_TO_JSCRIPT = ["console", "WebAssembly", "SharedArrayBuffer", "Atomics"];

/** The realm of a global object, made to be JScript's. */
export function prepareRealm(
  global: Record<string, unknown>,
  translate: (source: string) => string,
): Realm {
  for (const name of UNKNOWN_TO_JSCRIPT) delete global[name];
  const realm = vm.runInContext(
    "({ Error, SyntaxError, Date, Array, String, Function, VarDate: class VarDate extends Date {} })",
    global,
  ) as Realm;
  vm.runInContext("Error.stackTraceLimit = 30", global);
  define(realm.Date.prototype, dateMethods(realm));
  define(realm.String.prototype, { split: splitOf(realm), ...matchMethods(realm) });
  global.Error = errorConstructor(realm.Error);
  global.Function = functionConstructor(
    realm.Function,
    (source) => vm.runInContext(translate(source), global),
  );
  define(realm.Error.prototype, { constructor: global.Error });
  define(realm.Function.prototype, { constructor: global.Function });
  return realm;
}

function define(target: object, members: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(members)) {
    Object.defineProperty(target, name, { value, writable: true, configurable: true, enumerable: false });
  }
}

/** `new Error(number, description)`: JScript's errors have both, and `message` too. */
function errorConstructor(native: ErrorConstructor): unknown {
  const construct = (args: readonly unknown[], newTarget: unknown): Error => {
    const [number, text] = typeof args[0] === "number" ? [args[0], args[1]] : [0, args[0]];
    const description = text === undefined ? "" : String(text);
    const error = Reflect.construct(native, [description], newTarget as typeof native) as Error;
    define(error, { number, description });
    return error;
  };
  return new Proxy(native, {
    apply: (_target, _this, args) => construct(args, native),
    construct: (_target, args, newTarget) => construct(args, newTarget),
  });
}

/** What `new Function` makes is translated like any other code. */
function functionConstructor(native: FunctionConstructor, evaluate: (source: string) => unknown): unknown {
  const construct = (args: readonly unknown[]): object => {
    const texts = args.map(String);
    const body = texts.pop() ?? "";
    return evaluate(`(function anonymous(${texts.join(",")}\n) {\n${body}\n})`) as object;
  };
  return new Proxy(native, {
    apply: (_target, _this, args) => construct(args),
    construct: (_target, args) => construct(args),
  });
}

/** `split` by a regular expression leaves out what is empty, and what groups matched. */
function splitOf(realm: Realm): unknown {
  const native = realm.String.prototype.split as (separator: unknown, limit?: number) => string[];
  return function split(this: unknown, separator?: unknown, limit?: number): string[] {
    const isPattern = Object.prototype.toString.call(separator) === "[object RegExp]";
    if (!isPattern) return Reflect.apply(native, this, [separator, limit]);
    const text = String(this);
    const { source, flags } = separator as RegExp;
    const pattern = new RegExp(source, flags.replace(/[gy]/g, "") + "g");
    const parts: string[] = [];
    let from = 0;
    for (const match of text.matchAll(pattern)) {
      // Between two characters an empty match divides, at the ends it does not.
      const end = match.index + match[0].length;
      if (match[0] === "" && (match.index === from || match.index >= text.length)) continue;
      parts.push(text.slice(from, match.index));
      from = end;
    }
    parts.push(text.slice(from));
    const full = text === "" ? parts : parts.filter((part) => part !== "");
    return realm.Array.from(limit === undefined ? full : full.slice(0, limit >>> 0));
  };
}

/** What a pattern found: a group that took no part is the empty text in JScript. */
export function withGroups(result: unknown): unknown {
  if (!Array.isArray(result) || !("index" in result)) return result;
  for (let group = 1; group < result.length; group++) result[group] ??= "";
  return result;
}

/** `match` and `replace` with groups that are texts; `RegExp.prototype` stays V8's, which is fast only so. */
function matchMethods(realm: Realm): Readonly<Record<string, unknown>> {
  const { match, replace } = realm.String.prototype;
  return {
    match(this: unknown, pattern?: unknown): unknown {
      return withGroups(Reflect.apply(match as (pattern: unknown) => unknown, this, [pattern]));
    },
    replace(this: unknown, pattern: unknown, by: unknown): string {
      const replacement = typeof by !== "function"
        ? by
        : (...found: unknown[]): unknown => Reflect.apply(by, undefined, found.map((part) => part ?? ""));
      return Reflect.apply(replace as (...args: unknown[]) => string, this, [pattern, replacement]);
    },
  };
}

const { days: DAYS, months: MONTHS } = EN_US;

/** Dates as JScript writes them: `Tue Nov 28 15:06:00 UTC+0100 2023`. */
function dateMethods(realm: Realm): Readonly<Record<string, unknown>> {
  const two = (number: number): string => String(number).padStart(2, "0");
  const short = (names: readonly string[], index: number): string => names[index]!.slice(0, 3);
  const day = (date: Date): string =>
    `${short(DAYS, date.getDay())} ${short(MONTHS, date.getMonth())} ${date.getDate()}`;
  const zone = (date: Date): string => {
    const minutes = -date.getTimezoneOffset();
    if (minutes === 0) return "UTC";
    const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
    return `UTC${minutes < 0 ? "-" : "+"}${two(hours)}${two(rest)}`;
  };
  const time = (date: Date): string =>
    `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())} ${zone(date)}`;
  const localDate = (date: Date): string =>
    `${DAYS[date.getDay()]}, ${MONTHS[date.getMonth()]} ${two(date.getDate())}, ${date.getFullYear()}`;
  const localTime = (date: Date): string => {
    const hours = date.getHours();
    return `${hours % 12 || 12}:${two(date.getMinutes())}:${two(date.getSeconds())} ${
      hours < 12 ? "AM" : "PM"
    }`;
  };
  const world = (date: Date): string =>
    `${short(DAYS, date.getUTCDay())}, ${date.getUTCDate()} ${short(MONTHS, date.getUTCMonth())} ` +
    `${date.getUTCFullYear()} ${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${
      two(date.getUTCSeconds())
    } UTC`;
  const text = (format: (date: Date) => string) =>
    function (this: Date): string {
      return Number.isNaN(this.getTime()) ? "NaN" : format(this);
    };
  return {
    toString: text((date) => `${day(date)} ${time(date)} ${date.getFullYear()}`),
    toDateString: text((date) => `${day(date)} ${date.getFullYear()}`),
    toTimeString: text(time),
    toLocaleString: text((date) => `${localDate(date)} ${localTime(date)}`),
    toLocaleDateString: text(localDate),
    toLocaleTimeString: text(localTime),
    toUTCString: text(world),
    toGMTString: text(world),
    getVarDate(this: Date): Date {
      return new realm.VarDate(this.getTime());
    },
    /** Of the 20th century the last two digits, of all others the whole year. */
    getYear(this: Date): number {
      const year = this.getFullYear();
      return year >= 1900 && year <= 1999 ? year - 1900 : year;
    },
  };
}
