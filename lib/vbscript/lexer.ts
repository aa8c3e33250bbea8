/** From source text to tokens. @module */
import { parseDate } from "../automation/coerce.ts";
import { makeDate, makeDouble, makeLong, type Variant } from "../automation/variant.ts";
import { compileError } from "./errors.ts";
import type { Token, TokenKind } from "./tokens.ts";

const NAME_LENGTH_MAX = 255;

/**
 * Splits a script into tokens. What is wrong becomes a token of kind "error" and ends the list, so that the parser
 * reports an error that stands before it first. The last token is "end" or "error".
 */
export function tokenize(source: string): Token[] {
  return new Lexer(source).run();
}

function isDigit(char: string): boolean {
  return char >= "0" && char <= "9";
}

function isLetter(char: string): boolean {
  return (char >= "a" && char <= "z") || (char >= "A" && char <= "Z");
}

const [CR, LF, QUOTE] = [13, 10, 34];

/** Letters of either case, digits and the underscore; not the NaN behind the end. */
function isNameCode(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57) ||
    code === 95;
}

function isBlank(char: string): boolean {
  return char === " " || char === "\t" || char === "\v" || char === "\f" || char === "\u00A0";
}

class Lexer {
  readonly #source: string;
  readonly #tokens: Token[] = [];
  /** Names in lower case, by spelling: a script has few names, many times each. */
  readonly #names = new Map<string, string>();
  #offset = 0;
  #line = 1;
  #lineStart = 0;
  #spaced = false;

  constructor(source: string) {
    this.#source = source.startsWith("\uFEFF") ? source.slice(1) : source;
  }

  run(): Token[] {
    while (this.#next());
    return this.#tokens;
  }

  #peek(ahead = 0): string {
    return this.#source.charAt(this.#offset + ahead);
  }

  #push(kind: TokenKind, start: number, text: string, extra?: Partial<Token>): true {
    // Every field in its place, not spread: tokens are made by the million, and all have one shape.
    this.#tokens.push({
      kind,
      text,
      spelling: extra?.spelling ?? text,
      bracketed: extra?.bracketed ?? false,
      value: extra?.value,
      offset: start,
      line: this.#line,
      column: start - this.#lineStart + 1,
      spaced: this.#spaced,
      error: extra?.error,
    });
    this.#spaced = false;
    return true;
  }

  #fail(number: number, offset: number): false {
    const error = compileError(number, { line: this.#line, column: offset - this.#lineStart + 1 });
    this.#push("error", offset, "", { error });
    return false;
  }

  /** Takes one token; false at the end. */
  #next(): boolean {
    const start = this.#offset;
    const char = this.#peek();
    if (start >= this.#source.length) {
      this.#push("end", start, "");
      return false;
    }
    if (isBlank(char)) {
      this.#offset++;
      this.#spaced = true;
      return true;
    }
    if (char === "\r" || char === "\n") return this.#newline(start);
    if (char === "'") return this.#skipLine();
    if (isLetter(char)) return this.#name(start);
    if (isDigit(char) || (char === "." && isDigit(this.#peek(1)))) return this.#number(start);
    switch (char) {
      case '"':
        return this.#string(start);
      case "#":
        return this.#date(start);
      case "[":
        return this.#bracketed(start);
      case "_":
        return this.#continuation(start);
      case ":":
        this.#offset++;
        return this.#push("colon", start, ":");
      case "&":
        if (this.#isRadix()) return this.#radix(start);
        return this.#operator(start, "&");
      case "<":
      case ">":
      case "=":
        return this.#comparison(start);
      case "(":
      case ")":
      case ",":
      case ".":
      case "+":
      case "-":
      case "*":
      case "/":
      case "\\":
      case "^":
        return this.#operator(start, char);
    }
    return this.#fail(1032, start);
  }

  #newline(start: number): true {
    this.#offset += this.#peek() === "\r" && this.#peek(1) === "\n" ? 2 : 1;
    this.#push("newline", start, "\n");
    this.#line++;
    this.#lineStart = this.#offset;
    return true;
  }

  #skipLine(): true {
    this.#offset = this.#endOfLine(this.#offset);
    return true;
  }

  #endOfLine(from: number): number {
    let end = from;
    for (; end < this.#source.length; end++) {
      const code = this.#source.charCodeAt(end);
      if (code === CR || code === LF) break;
    }
    return end;
  }

  #name(start: number): boolean {
    while (isNameCode(this.#source.charCodeAt(this.#offset))) this.#offset++;
    const spelling = this.#source.slice(start, this.#offset);
    if (spelling.length > NAME_LENGTH_MAX) return this.#fail(1030, start);
    let text = this.#names.get(spelling);
    if (text === undefined) this.#names.set(spelling, text = spelling.toLowerCase());
    const last = this.#tokens.at(-1);
    const afterDot = last?.kind === "operator" && last.text === ".";
    if (text === "rem" && !afterDot) return this.#skipLine();
    return this.#push("name", start, text, { spelling });
  }

  #bracketed(start: number): boolean {
    this.#offset++;
    for (;;) {
      const char = this.#peek();
      if (char === "]") break;
      if (char === "" || char === "\r" || char === "\n") return this.#fail(1007, this.#offset);
      if (char === "[") return this.#fail(1032, this.#offset);
      this.#offset++;
    }
    const spelling = this.#source.slice(start + 1, this.#offset);
    this.#offset++;
    if (spelling.length > NAME_LENGTH_MAX) return this.#fail(1030, start);
    return this.#push("name", start, spelling.toLowerCase(), { spelling, bracketed: true });
  }

  #number(start: number): boolean {
    while (isDigit(this.#peek())) this.#offset++;
    let isDouble = false;
    if (this.#peek() === ".") {
      isDouble = true;
      this.#offset++;
      while (isDigit(this.#peek())) this.#offset++;
    }
    const mark = this.#peek();
    const exponent = mark !== "e" && mark !== "E"
      ? null
      : /^[eE][+-]?[0-9]+/.exec(this.#source.slice(this.#offset, this.#offset + 400));
    if (exponent !== null) {
      isDouble = true;
      this.#offset += exponent[0].length;
    }
    const text = this.#source.slice(start, this.#offset);
    const value = Number(text);
    if (!Number.isFinite(value)) return this.#fail(1031, start);
    return this.#push("number", start, text, { value: isDouble ? makeDouble(value) : value });
  }

  /** Whether `&` starts a number, and does not join what is before it with a name such as `Hour` or `Had`. */
  #isRadix(): boolean {
    if (!/[hHoO0-9]/.test(this.#peek(1))) return false;
    const word = /^[0-9A-Za-z_]*/.exec(this.#source.slice(this.#offset + 1, this.#offset + 40))![0];
    const digits = /^(?:[hH][0-9a-fA-F]+|[oO][0-7]+|[0-7]+)/.exec(word)?.[0];
    if (digits === undefined) return !this.#afterOperand() && /^[hHoO]$/.test(word);
    if (!this.#afterOperand()) return true;
    if (isDigit(word[0]!)) return false;
    return isDigit(word[1]!) || (digits === word && this.#spaced);
  }

  #radix(start: number): boolean {
    const letter = this.#peek(1).toLowerCase();
    const isHex = letter === "h";
    this.#offset += isHex || letter === "o" ? 2 : 1;
    const digitsStart = this.#offset;
    while ((isHex ? /[0-9a-fA-F]/ : /[0-7]/).test(this.#peek())) this.#offset++;
    const digits = this.#source.slice(digitsStart, this.#offset);
    const value = parseInt(digits, isHex ? 16 : 8);
    if (digits === "") return this.#fail(1032, start);
    if (value > 0xFFFFFFFF || digits.length > (isHex ? 8 : 11)) return this.#fail(1031, start);
    let result: Variant = value <= 0xFFFF ? (value << 16) >> 16 : makeLong(value | 0);
    if (this.#peek() === "&") {
      this.#offset++;
      result = makeLong(value | 0);
    }
    return this.#push("number", start, this.#source.slice(start, this.#offset), { value: result });
  }

  #string(start: number): boolean {
    this.#offset++;
    let value = "";
    for (;;) {
      const partStart = this.#offset;
      for (; this.#offset < this.#source.length; this.#offset++) {
        const code = this.#source.charCodeAt(this.#offset);
        if (code === QUOTE || code === CR || code === LF) break;
      }
      const char = this.#peek();
      value += this.#source.slice(partStart, this.#offset);
      if (char !== '"') return this.#fail(1033, this.#offset);
      this.#offset++;
      if (this.#peek() !== '"') break;
      value += '"';
      this.#offset++;
    }
    return this.#push("string", start, this.#source.slice(start, this.#offset), { value });
  }

  #date(start: number): boolean {
    const end = this.#source.indexOf("#", start + 1);
    const text = end < 0 ? "\n" : this.#source.slice(start + 1, end);
    const serial = /[\r\n]/.test(text) ? undefined : parseDate(text);
    if (serial === undefined) return this.#fail(1002, start);
    this.#offset = end + 1;
    return this.#push("date", start, text, { value: makeDate(serial) });
  }

  #continuation(start: number): boolean {
    this.#offset++;
    while (isBlank(this.#peek())) this.#offset++;
    const char = this.#peek();
    if (char !== "\r" && char !== "\n") return this.#fail(1032, start);
    this.#offset += char === "\r" && this.#peek(1) === "\n" ? 2 : 1;
    this.#line++;
    this.#lineStart = this.#offset;
    this.#spaced = true;
    return true;
  }

  /** `< >`, `= <` and the like are one operator, with blanks between or not. */
  #comparison(start: number): true {
    const first = this.#peek();
    this.#offset++;
    let ahead = 0;
    while (isBlank(this.#peek(ahead))) ahead++;
    const pair = first + this.#peek(ahead);
    const joined = { "<=": "<=", "=<": "<=", ">=": ">=", "=>": ">=", "<>": "<>", "><": "<>" }[pair];
    if (joined !== undefined) this.#offset += ahead + 1;
    return this.#push("operator", start, joined ?? first);
  }

  #operator(start: number, text: string): true {
    this.#offset++;
    return this.#push("operator", start, text);
  }

  /** Whether the last token ends an operand, so that `&` after it joins strings. */
  #afterOperand(): boolean {
    const last = this.#tokens.at(-1);
    if (last === undefined) return false;
    if (last.kind === "name") return last.bracketed || !BEFORE_OPERAND.has(last.text);
    return last.kind === "number" || last.kind === "string" || last.kind === "date" ||
      (last.kind === "operator" && last.text === ")");
  }
}

/** Keywords after which an expression starts. */
const BEFORE_OPERAND: ReadonlySet<string> = new Set(
  "and or xor eqv imp not mod is if elseif while until case to step in call then else set let select".split(
    " ",
  ),
);
