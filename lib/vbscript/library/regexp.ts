/** The RegExp object and what it gives. @module */
import { toStringValue } from "../../automation/coerce.ts";
import { AutomationClass, defineInterface, implementInterface } from "../../automation/interface.ts";
import { DISPATCH, isAutomationObject, makeLong, type Variant } from "../../automation/variant.ts";
import { raise } from "../errors.ts";
import { compilePattern } from "./regexp_syntax.ts";

/** A regular expression: what `New RegExp` and `CreateObject("VBScript.RegExp")` make. */
export class RegExpObject extends AutomationClass {
  #pattern = "";
  #global = false;
  #ignoreCase = false;
  #multiLine = false;
  #compiled: RegExp | undefined;

  /** The expression; one that is wrong is an error when it is used. */
  get Pattern(): string {
    return this.#pattern;
  }

  set Pattern(pattern: string) {
    if (pattern !== this.#pattern) this.#compiled = undefined;
    this.#pattern = pattern;
  }

  /** Whether capital and small letters are the same. */
  get IgnoreCase(): boolean {
    return this.#ignoreCase;
  }

  set IgnoreCase(ignoreCase: boolean) {
    if (ignoreCase !== this.#ignoreCase) this.#compiled = undefined;
    this.#ignoreCase = ignoreCase;
  }

  /** Whether `^` and `$` match at line ends too. */
  get MultiLine(): boolean {
    return this.#multiLine;
  }

  set MultiLine(multiLine: boolean) {
    if (multiLine !== this.#multiLine) this.#compiled = undefined;
    this.#multiLine = multiLine;
  }

  /** Whether Execute and Replace go on behind the first match. */
  get Global(): boolean {
    return this.#global;
  }

  set Global(global: boolean) {
    if (global !== this.#global) this.#compiled = undefined;
    this.#global = global;
  }

  /** The expression as JavaScript's, compiled once for as long as the properties stay. */
  #expression(): RegExp {
    const flags = `${this.#global ? "g" : ""}${this.#ignoreCase ? "i" : ""}${this.#multiLine ? "m" : ""}`;
    const expression = this.#compiled ??= compilePattern(this.#pattern, flags);
    expression.lastIndex = 0;
    return expression;
  }

  /** Whether the text has a match. */
  Test(text: string): boolean {
    return this.#expression().test(text);
  }

  /** The first match, or all of them if {@linkcode Global}. */
  Execute(text: string): MatchCollection {
    const expression = this.#expression();
    if (this.Global) {
      return new MatchCollection(Array.from(text.matchAll(expression), (found) => new Match(found)));
    }
    const found = expression.exec(text);
    return new MatchCollection(found === null ? [] : [new Match(found)]);
  }

  /**
   * The text with its first match, or all of them if {@linkcode Global}, replaced: by a string in which `$1`, `$&`,
   * `` $` ``, `$'` and `$$` have their meanings, or by what a procedure (from GetRef) returns.
   */
  Replace(text: string, replacement: Variant): string {
    const expression = this.#expression();
    const procedure = isAutomationObject(replacement) ? replacement[DISPATCH].defaultMember?.call : undefined;
    if (procedure === undefined || !isAutomationObject(replacement)) {
      return text.replace(expression, toStringValue(replacement));
    }
    const substitute = (...found: (string | number | undefined)[]): string => {
      // The match and its groups, where it begins, the whole text.
      const args = found.map((value) => typeof value === "number" ? makeLong(value) : value);
      return toStringValue(procedure(replacement, args));
    };
    return text.replace(expression, substitute);
  }
}

/** The matches that Execute found. */
export class MatchCollection extends AutomationClass {
  readonly #matches: readonly Match[];

  constructor(matches: readonly Match[]) {
    super();
    this.#matches = matches;
  }

  /** How many there are. */
  get Count(): number {
    return this.#matches.length;
  }

  /** A match, from 0. */
  Item(index: number): Match {
    return this.#matches[index] ?? raise(5);
  }

  /** The matches in order. */
  [Symbol.iterator](): Iterator<Match> {
    return this.#matches[Symbol.iterator]();
  }
}

/** One match. */
export class Match extends AutomationClass {
  readonly #found: RegExpExecArray;

  constructor(found: RegExpExecArray) {
    super();
    this.#found = found;
  }

  /** The text that matched. */
  get Value(): string {
    return this.#found[0];
  }

  /** Where it begins, from 0. */
  get FirstIndex(): number {
    return this.#found.index;
  }

  /** How long it is. */
  get Length(): number {
    return this.#found[0].length;
  }

  /** What the groups matched. */
  get SubMatches(): SubMatches {
    return new SubMatches(this.#found.slice(1));
  }
}

/** What the groups of a match matched; a group that took no part is Empty. */
export class SubMatches extends AutomationClass {
  readonly #groups: readonly (string | undefined)[];

  constructor(groups: readonly (string | undefined)[]) {
    super();
    this.#groups = groups;
  }

  /** How many groups there are. */
  get Count(): number {
    return this.#groups.length;
  }

  /** A group's text, from 0. */
  Item(index: number): Variant {
    return index >= 0 && index < this.#groups.length ? this.#groups[index] : raise(5);
  }

  /** The groups in order. */
  [Symbol.iterator](): Iterator<Variant> {
    return this.#groups[Symbol.iterator]();
  }
}

const REGEXP = defineInterface("IRegExp2", "3F4DACB0-160D-11D2-A8E9-00104B365C9F", {
  Pattern: { dispid: 10001, get: "BSTR", put: "BSTR" },
  IgnoreCase: { dispid: 10002, get: "VARIANT_BOOL", put: "VARIANT_BOOL" },
  Global: { dispid: 10003, get: "VARIANT_BOOL", put: "VARIANT_BOOL" },
  Execute: { dispid: 10004, method: "IMatchCollection2*", params: [["sourceString", "BSTR"]] },
  Test: { dispid: 10005, method: "VARIANT_BOOL", params: [["sourceString", "BSTR"]] },
  MultiLine: { dispid: 10006, get: "VARIANT_BOOL", put: "VARIANT_BOOL" },
  Replace: { dispid: 10007, method: "BSTR", params: [["sourceString", "BSTR"], ["replaceVar", "VARIANT"]] },
});

const MATCH_COLLECTION = defineInterface("IMatchCollection2", "3F4DACB2-160D-11D2-A8E9-00104B365C9F", {
  Item: { dispid: 0, get: "IMatch2*", params: [["index", "LONG"]] },
  Count: { dispid: 1, get: "LONG" },
  _NewEnum: { dispid: -4, get: "IUnknown*", element: "IMatch2*" },
});

const MATCH = defineInterface("IMatch2", "3F4DACB1-160D-11D2-A8E9-00104B365C9F", {
  Value: { dispid: 0, get: "BSTR" },
  FirstIndex: { dispid: 10001, get: "LONG" },
  Length: { dispid: 10002, get: "LONG" },
  SubMatches: { dispid: 10003, get: "ISubMatches*" },
});

const SUB_MATCHES = defineInterface("ISubMatches", "3F4DACB3-160D-11D2-A8E9-00104B365C9F", {
  Item: { dispid: 0, get: "VARIANT", params: [["index", "LONG"]] },
  Count: { dispid: 1, get: "LONG" },
  _NewEnum: { dispid: -4, get: "IUnknown*", element: "VARIANT" },
});

implementInterface(RegExpObject, [REGEXP]);
implementInterface(MatchCollection, [MATCH_COLLECTION]);
implementInterface(Match, [MATCH]);
implementInterface(SubMatches, [SUB_MATCHES]);
