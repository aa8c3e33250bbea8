/**
 * JScript's text as tokens, with conditional compilation.
 *
 * What `@if` leaves out, and the marks of conditional compilation (they may stand in comments: `/*@cc_on` … `@*` `/`),
 * become blanks of the same length; its variables become their values. Whether a `/` divides or begins a regular
 * expression is known to the parser alone: it asks for the token again.
 *
 * @module
 */
import { JScriptSyntaxError } from "./compile_error.ts";
import { type ConditionValue, evaluateCondition, predefinedConditions } from "./conditional.ts";
import type { TextEdits } from "./text_edits.ts";

/** What kind of token there is. */
export type TokenKind = "end" | "name" | "keyword" | "number" | "string" | "punctuator" | "regexp";

// ES3 7.5.2 and 7.5.3, as far as JScript reserves them.
const KEYWORDS = new Set(
  ("break case catch class const continue debugger default delete do else enum export extends false finally for " +
    "function if import in instanceof new null return super switch this throw true try typeof var void while with")
    .split(" "),
);

const BLANKS = /[\t\v\f \u00a0\ufeff\p{Zs}]+/uy;
const ASCII_NAME = /[A-Za-z_$][\w$]*(?![\\\u0080-\uffff])/y;
const NAME =
  /(?:[\p{L}\p{Nl}$_]|\\u[\da-fA-F]{4})(?:[\p{L}\p{Nl}\p{Mn}\p{Mc}\p{Nd}\p{Pc}$]|\\u[\da-fA-F]{4})*/uy;
const NUMBER = /0[xX][\da-fA-F]+|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y;
const PUNCTUATOR =
  />>>=|===|!==|<<=|>>=|>>>|[-+*/%&|^=!<>]=|\+\+|--|&&|\|\||<<|>>|[-{}()[\].;,<>+*/%&|^!~?:=]/y;
const REGEXP =
  /\/(?:[^/\\[\r\n\u2028\u2029]|\\[^\r\n\u2028\u2029]|\[(?:[^\]\\\r\n\u2028\u2029]|\\[^\r\n\u2028\u2029])*\])+\/[a-zA-Z]*/y;
const STRING_PLAIN = { '"': /[^"\\\r\n\u2028\u2029]*/y, "'": /[^'\\\r\n\u2028\u2029]*/y };
const END_OF_LINE = /[\r\n\u2028\u2029]/g;
const CONDITIONAL = /@(cc_on|if|elif|else|end|set)\b/y;
const CONDITIONAL_IN_COMMENT = /@(cc_on|if|set)\b/y;
const BRANCH = /@(if|elif|else|end)\b/g;
const VARIABLE = /@([a-zA-Z_]\w*)/y;
const SETTING = /\s*@([a-zA-Z_]\w*)\s*(=?)/y;

/** Reads a text token by token; the current one is in its fields. */
export class Scanner {
  kind: TokenKind = "end";
  /** As written. */
  text = "";
  start = 0;
  end = 0;
  /** Whether a line ended between the token before and this one. */
  newlineBefore = false;
  /** Where the token before ended. */
  previousEnd = 0;

  readonly #source: string;
  readonly #edits: TextEdits;
  #conditions: Map<string, ConditionValue> | undefined;
  /** Of each `@if` that is open, where it stands. */
  readonly #branches: number[] = [];
  /** Whether a conditional comment is open. */
  #inComment = false;

  constructor(source: string, edits: TextEdits) {
    this.#source = source;
    this.#edits = edits;
  }

  /** Goes to the next token. */
  next(): void {
    this.previousEnd = this.end;
    this.newlineBefore = false;
    let at = this.#pastBlanks(this.end);
    this.start = at;
    const source = this.#source;
    if (at >= source.length) return this.#take("end", at);
    const char = source[at]!;
    if (char === '"' || char === "'") return this.#take("string", this.#endOfString(at, char));
    if ((char >= "0" && char <= "9") || (char === "." && /[0-9]/.test(source[at + 1] ?? ""))) {
      at = matchAt(NUMBER, source, at)!;
      if (matchAt(NAME, source, at) !== undefined || /[0-9]/.test(source[at] ?? "")) {
        throw new JScriptSyntaxError(/^0x$/i.test(source.slice(at - 1, at + 1)) ? 1023 : 1013, this.start);
      }
      return this.#take("number", at);
    }
    let end = matchAt(ASCII_NAME, source, at) ?? matchAt(NAME, source, at);
    if (end !== undefined) {
      return this.#take(KEYWORDS.has(source.slice(at, end)) ? "keyword" : "name", end);
    }
    end = matchAt(PUNCTUATOR, source, at);
    if (end !== undefined) return this.#take("punctuator", end);
    if (char === "@") return this.#variable(at);
    throw new JScriptSyntaxError(1014, at);
  }

  /** Reads the current token, a `/`, as a regular expression. */
  rescanRegExp(): void {
    const end = matchAt(REGEXP, this.#source, this.start);
    if (end === undefined) throw new JScriptSyntaxError(1012, this.start);
    this.#take("regexp", end);
    const last = this.text.lastIndexOf("/");
    try {
      new RegExp(this.text.slice(1, last), this.text.slice(last + 1));
    } catch (error) {
      throw new JScriptSyntaxError(5017, this.start, (error as Error).message.replace(/^.*: /s, ""));
    }
  }

  #take(kind: TokenKind, end: number): void {
    this.kind = kind;
    this.end = end;
    this.text = this.#source.slice(this.start, end);
  }

  #endOfString(from: number, quote: '"' | "'"): number {
    const source = this.#source;
    for (let at = from + 1;;) {
      at = matchAt(STRING_PLAIN[quote], source, at)!;
      const char = source[at];
      if (char === quote) return at + 1;
      if (char !== "\\" || at + 1 >= source.length) throw new JScriptSyntaxError(1015, from);
      at += source.startsWith("\r\n", at + 1) ? 3 : 2;
    }
  }

  /** Where the next token begins: behind blanks, comments, and what conditional compilation takes. */
  #pastBlanks(from: number): number {
    const source = this.#source;
    for (let at = from;;) {
      const code = source.charCodeAt(at);
      if (code === 0x20 || code === 0x09) at++;
      else if (code === 0x0a || code === 0x0d || code === 0x2028 || code === 0x2029) {
        this.newlineBefore = true;
        at++;
      } else if (code === 0x2f && (source[at + 1] === "/" || source[at + 1] === "*")) {
        at = this.#pastComment(at);
      } else if (code === 0x3c && source.startsWith("<!--", at)) at = this.#endOfLine(at);
      else if (code === 0x40 && matchAt(CONDITIONAL, source, at) !== undefined) {
        at = this.#pastConditional(at);
      } else if (this.#inComment && (source.startsWith("@*/", at) || source.startsWith("*/", at))) {
        this.#inComment = false;
        at = this.#blank(at, source.indexOf("/", at) + 1);
      } else {
        const end = matchAt(BLANKS, source, at);
        if (end !== undefined) at = end;
        else {
          if (at >= source.length) this.#checkAllClosed();
          return at;
        }
      }
    }
  }

  #checkAllClosed(): void {
    if (this.#inComment) throw new JScriptSyntaxError(1016, this.#source.length);
    if (this.#branches.length > 0) throw new JScriptSyntaxError(1029, this.#source.length);
  }

  #pastComment(at: number): number {
    const source = this.#source;
    const isConditional = source[at + 2] === "@" &&
      (this.#conditions !== undefined ? VARIABLE : CONDITIONAL_IN_COMMENT);
    if (isConditional && matchAt(isConditional, source, at + 2) !== undefined) {
      if (source[at + 1] === "*") this.#inComment = true;
      return this.#blank(at, at + 2);
    }
    if (source[at + 1] === "/") return this.#endOfLine(at);
    const end = source.indexOf("*/", at + 2);
    if (end < 0) throw new JScriptSyntaxError(1016, at);
    END_OF_LINE.lastIndex = at;
    if ((END_OF_LINE.exec(source)?.index ?? Infinity) < end) this.newlineBefore = true;
    return end + 2;
  }

  #endOfLine(at: number): number {
    END_OF_LINE.lastIndex = at;
    return END_OF_LINE.exec(this.#source)?.index ?? this.#source.length;
  }

  #pastConditional(at: number): number {
    const source = this.#source;
    const end = matchAt(CONDITIONAL, source, at)!;
    const word = source.slice(at + 1, end);
    const conditions = this.#conditions ??= predefinedConditions();
    switch (word) {
      case "cc_on":
        return this.#blank(at, end);
      case "set": {
        const target = matchAt(SETTING, source, end);
        if (target === undefined) throw new JScriptSyntaxError(1032, end);
        const [, name, equals] = /@(\w+)\s*(=?)$/.exec(source.slice(end, target))!;
        if (equals === "") throw new JScriptSyntaxError(1011, target);
        const { value, to } = evaluateCondition(source, target, conditions);
        conditions.set(name!, value);
        return this.#blank(at, to);
      }
      case "if":
        this.#branches.push(at);
        return this.#branch(at, end);
      case "end":
        if (this.#branches.pop() === undefined) throw new JScriptSyntaxError(1002, at);
        return this.#blank(at, end);
      default: // @elif and @else behind a branch that was taken
        if (this.#branches.length === 0) throw new JScriptSyntaxError(1002, at);
        return this.#skipBranches(at, end, true);
    }
  }

  /** Behind `@if` or `@elif`: what follows, if its condition holds. */
  #branch(at: number, end: number): number {
    if (!/^\s*\(/.test(this.#source.slice(end, end + 1000))) throw new JScriptSyntaxError(1005, end);
    const { value, to } = evaluateCondition(this.#source, end, this.#conditions!);
    return value ? this.#blank(at, to) : this.#skipBranches(at, to, false);
  }

  /** Past what is left out, to a branch that holds or to the end. */
  #skipBranches(at: number, from: number, wasTaken: boolean): number {
    let depth = 0;
    BRANCH.lastIndex = from;
    for (let match; (match = BRANCH.exec(this.#source)) !== null;) {
      const end = match.index + match[0].length;
      if (match[1] === "if") depth++;
      else if (depth > 0) depth -= match[1] === "end" ? 1 : 0;
      else if (match[1] === "end") {
        this.#branches.pop();
        return this.#blank(at, end);
      } else if (!wasTaken && match[1] === "else") return this.#blank(at, end);
      else if (!wasTaken) {
        this.#blank(at, match.index);
        return this.#branch(match.index, end);
      }
    }
    throw new JScriptSyntaxError(1029, this.#source.length);
  }

  #variable(at: number): void {
    const end = matchAt(VARIABLE, this.#source, at);
    if (end === undefined) throw new JScriptSyntaxError(1014, at);
    if (this.#conditions === undefined) throw new JScriptSyntaxError(1030, at);
    this.#take("number", end);
    const value = this.#conditions.get(this.#source.slice(at + 1, end)) ?? NaN;
    this.#edits.replace(at, end, `(${value})`);
  }

  /** Takes a part out of the text; its lines and columns stay. */
  #blank(from: number, to: number): number {
    const removed = this.#source.slice(from, to);
    if (END_OF_LINE.test(removed)) this.newlineBefore = true;
    END_OF_LINE.lastIndex = 0;
    this.#edits.replace(from, to, removed.replace(/[^\r\n\u2028\u2029]/g, " "));
    return to;
  }
}

/** Where a match that begins at a place ends. */
function matchAt(pattern: RegExp, text: string, at: number): number | undefined {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : undefined;
}
