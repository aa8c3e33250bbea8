/**
 * The RegExp object with its Matches and Match.
 *
 * VBScript's expressions are those of ECMAScript 3, and JavaScript's without flags of later editions are a superset;
 * what a later edition gave a meaning is an error here, and `\d`, `\w`, `.` need nothing, for without the flags `u` and
 * `s` they mean the same.
 *
 * @module
 */
import { toBoolean, toLong, toStringValue } from "../../automation/coerce.ts";
import {
  type AutomationObject,
  DISPATCH,
  type Dispatch,
  isAutomationObject,
  makeLong,
  type Variant,
} from "../../automation/variant.ts";
import { raise } from "../errors.ts";
import { dispatchOf } from "./dispatch.ts";

/** What the object needs of the runtime. */
interface Host {
  index(value: Variant, args: readonly Variant[], label: string): Variant;
}

/** `New RegExp`. */
export class RegExpObject implements AutomationObject {
  pattern = "";
  isGlobal = false;
  ignoreCase = false;
  multiline = false;
  #compiled: { key: string; expression: RegExp } | undefined;
  readonly host: Host;

  constructor(host: Host) {
    this.host = host;
  }

  get [DISPATCH](): Dispatch {
    return REGEXP_DISPATCH;
  }

  /** The expression, with the flags as they are now. */
  get expression(): RegExp {
    const flags = `g${this.ignoreCase ? "i" : ""}${this.multiline ? "m" : ""}`;
    const key = `${flags}/${this.pattern}`;
    if (this.#compiled?.key !== key) {
      this.#compiled = { key, expression: compilePattern(this.pattern, flags) };
    }
    this.#compiled!.expression.lastIndex = 0;
    return this.#compiled!.expression;
  }

  execute(text: string): MatchCollection {
    const matches: MatchObject[] = [];
    const { expression } = this;
    for (let found = expression.exec(text); found !== null; found = expression.exec(text)) {
      matches.push(new MatchObject(found));
      if (!this.isGlobal) break;
      if (found[0] === "") expression.lastIndex++;
    }
    return new MatchCollection(matches);
  }

  replace(text: string, replacement: Variant): string {
    const { expression } = this;
    const once = this.isGlobal
      ? expression
      : new RegExp(expression.source, expression.flags.replace("g", ""));
    if (isAutomationObject(replacement)) {
      return text.replace(once, (...found: unknown[]) => {
        const groups = found.filter((part) =>
          part === undefined || typeof part === "string" || typeof part === "number"
        );
        const values = groups.map((part): Variant => part === undefined ? "" : part as Variant);
        return toStringValue(this.host.index(replacement, values, "Replace"));
      });
    }
    return text.replace(once, substitution(toStringValue(replacement)));
  }
}

/** VBScript's `$$`, `$n`, `$&`, `` $` ``, `$'` are JavaScript's; `$<name>` is not. */
function substitution(template: string): string {
  return template.replaceAll("$<", "$$$$<");
}

function compilePattern(pattern: string, flags: string): RegExp {
  // Lookbehind, named groups and the like came with later editions.
  const later = /\(\?(?![:=!])/.exec(
    pattern.replace(/\\./g, "  ").replace(/\[[^\]]*\]/g, (set) => " ".repeat(set.length)),
  );
  if (later !== null) raise(5018);
  try {
    return new RegExp(pattern, flags);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const { message } = error;
    if (/repeat/i.test(message)) raise(5018);
    if (/character class/i.test(message) && /unterminated|missing/i.test(message)) raise(5019);
    if (/out of order/i.test(message)) raise(5021);
    if (/unterminated group|unmatched/i.test(message)) raise(5020);
    return raise(5017);
  }
}

/** One match. */
export class MatchObject implements AutomationObject {
  readonly found: RegExpExecArray;

  constructor(found: RegExpExecArray) {
    this.found = found;
  }

  get [DISPATCH](): Dispatch {
    return MATCH_DISPATCH;
  }
}

/** What Execute returns. */
export class MatchCollection implements AutomationObject {
  readonly matches: readonly MatchObject[];

  constructor(matches: readonly MatchObject[]) {
    this.matches = matches;
  }

  get [DISPATCH](): Dispatch {
    return MATCHES_DISPATCH;
  }
}

class SubMatches implements AutomationObject {
  readonly groups: readonly (string | undefined)[];

  constructor(groups: readonly (string | undefined)[]) {
    this.groups = groups;
  }

  get [DISPATCH](): Dispatch {
    return SUBMATCHES_DISPATCH;
  }
}

function only(args: readonly Variant[]): Variant {
  return args.length === 1 ? args[0] : raise(450);
}

const REGEXP_DISPATCH: Dispatch = dispatchOf<RegExpObject>("IRegExp2", {
  Pattern: {
    get: (object) => object.pattern,
    put: (object, value) => {
      object.pattern = toStringValue(value);
    },
  },
  Global: {
    get: (object) => object.isGlobal,
    put: (object, value) => {
      object.isGlobal = toBoolean(value);
    },
  },
  IgnoreCase: {
    get: (object) => object.ignoreCase,
    put: (object, value) => {
      object.ignoreCase = toBoolean(value);
    },
  },
  MultiLine: {
    get: (object) => object.multiline,
    put: (object, value) => {
      object.multiline = toBoolean(value);
    },
  },
  Test: { call: (object, args) => object.expression.test(toStringValue(only(args))) },
  Execute: { call: (object, args) => object.execute(toStringValue(only(args))) },
  Replace: {
    call: (object, args) => args.length === 2 ? object.replace(toStringValue(args[0]), args[1]) : raise(450),
  },
});

const MATCH_DISPATCH: Dispatch = dispatchOf<MatchObject>("IMatch2", {
  Value: { get: ({ found }) => found[0] },
  FirstIndex: { get: ({ found }) => makeLong(found.index) },
  Length: { get: ({ found }) => makeLong(found[0].length) },
  SubMatches: { get: ({ found }) => new SubMatches(found.slice(1)) },
}, { defaultName: "Value" });

const MATCHES_DISPATCH: Dispatch = dispatchOf<MatchCollection>("IMatchCollection2", {
  Count: { get: ({ matches }) => makeLong(matches.length) },
  Item: { get: ({ matches }, args) => matches[toLong(only(args))] ?? raise(5) },
}, { defaultName: "Item", enumerate: ({ matches }) => matches[Symbol.iterator]() });

const SUBMATCHES_DISPATCH: Dispatch = dispatchOf<SubMatches>("ISubMatches", {
  Count: { get: ({ groups }) => makeLong(groups.length) },
  Item: {
    get: ({ groups }, args) => {
      const index = toLong(only(args));
      return index in groups ? groups[index] : raise(5);
    },
  },
}, { defaultName: "Item", enumerate: ({ groups }) => groups[Symbol.iterator]() });
