/**
 * From source text to tokens, one at a time.
 *
 * The parser asks for a token when it needs one and soon forgets it, so that tokens die young: a list of all of them
 * costs more in garbage collection than everything else that the lexer does.
 *
 * @module
 */
import { parseDate } from "../automation/date_text.ts";
import { makeDate, makeDouble, makeLong, type Variant } from "../automation/variant.ts";
import { compileError, type VbsError } from "./errors.ts";
import type { Token, TokenKind } from "./tokens.ts";

const NAME_LENGTH_MAX = 255;

// Character codes. What lies behind the end of the text is NaN, which no comparison finds equal.
const [TAB, LF, VT, FF, CR, SPACE, QUOTE, NBSP] = [9, 10, 11, 12, 13, 32, 34, 0xA0];
const [DOT, ZERO, NINE, LESS, EQUAL, GREATER] = [46, 48, 57, 60, 61, 62];
const [AMPERSAND, OPENING_BRACKET, CLOSING_BRACKET] = [38, 91, 93];

/** Bits of {@linkcode CLASSES}. */
const [LETTER, DIGIT, BLANK, NAME, OPERATOR] = [1, 2, 4, 8, 16];

/** What an ASCII character may be part of. */
const CLASSES = new Uint8Array(128);
for (let code = 0; code < 128; code++) {
  const char = String.fromCharCode(code);
  CLASSES[code] = (/[a-z]/i.test(char) ? LETTER : 0) | (/[0-9]/.test(char) ? DIGIT : 0) |
    (/[ \t\v\f]/.test(char) ? BLANK : 0) | (/\w/.test(char) ? NAME : 0) |
    (/[(),.+\-*/\\^]/.test(char) ? OPERATOR : 0);
}

function isDigit(code: number): boolean {
  return code >= ZERO && code <= NINE;
}

function isBlank(code: number): boolean {
  return code === SPACE || code === TAB || code === VT || code === FF || code === NBSP;
}

/** `<`, `=` or `>`. */
function isComparison(code: number): boolean {
  return code >= LESS && code <= GREATER;
}

/**
 * Splits a script into tokens. What is wrong becomes a token of kind "error", so that the parser reports an error that
 * stands before it first. The last token is "end" or "error"; after it, {@linkcode Lexer.next} gives it again.
 */
export class Lexer {
  readonly #source: string;
  /** Names in lower case, by spelling: a script has few names, many times each. */
  readonly #names = new Map<string, string>();
  #offset = 0;
  #line = 1;
  #lineStart = 0;
  #spaced = false;
  #last: Token | undefined;

  constructor(source: string) {
    this.#source = source.startsWith("\uFEFF") ? source.slice(1) : source;
  }

  /** Takes the next token. */
  next(): Token {
    const last = this.#last;
    if (last !== undefined && (last.kind === "end" || last.kind === "error")) return last;
    const source = this.#source;
    this.#spaced = false;
    for (;;) {
      const start = this.#offset;
      const code = source.charCodeAt(start);
      const class_ = code < 128 ? CLASSES[code]! : code === NBSP ? BLANK : 0;
      if ((class_ & BLANK) !== 0) {
        this.#offset++;
        this.#spaced = true;
      } else if ((class_ & LETTER) !== 0) {
        const token = this.#name(start);
        if (token !== undefined) return token;
      } else if ((class_ & DIGIT) !== 0) return this.#number(start);
      else if ((class_ & OPERATOR) !== 0) {
        if (code === DOT && isDigit(source.charCodeAt(start + 1))) return this.#number(start);
        this.#offset++;
        return this.#make("operator", start, OPERATORS[code]!);
      } else if (isComparison(code)) return this.#comparison(start);
      else {
        switch (source[start]) {
          case "\r":
          case "\n":
            return this.#newline(start);
          case "'":
            this.#skipLine();
            break;
          case '"':
            return this.#string(start);
          case "&":
            if (this.#isRadix()) return this.#radix(start);
            this.#offset++;
            return this.#make("operator", start, "&");
          case ":":
            this.#offset++;
            return this.#make("colon", start, ":");
          case "#":
            return this.#date(start);
          case "[":
            return this.#bracketed(start);
          case "_":
            if (!this.#continues()) return this.#fail(1032, start);
            break;
          case undefined:
            return this.#make("end", start, "");
          default:
            return this.#fail(1032, start);
        }
      }
    }
  }

  #make(kind: TokenKind, start: number, text: string, value?: Variant): Token {
    // Every field in its place: all tokens have one shape.
    return this.#last = {
      kind,
      text,
      spelling: text,
      bracketed: false,
      value,
      line: this.#line,
      column: start - this.#lineStart + 1,
      spaced: this.#spaced,
      error: undefined,
    };
  }

  #makeName(start: number, text: string, spelling: string, bracketed: boolean): Token {
    return this.#last = {
      kind: "name",
      text,
      spelling,
      bracketed,
      value: undefined,
      line: this.#line,
      column: start - this.#lineStart + 1,
      spaced: this.#spaced,
      error: undefined,
    };
  }

  #fail(number: number, offset: number): Token {
    const position = { line: this.#line, column: offset - this.#lineStart + 1 };
    const error: VbsError = compileError(number, position);
    return this.#last = { ...this.#make("error", offset, ""), error };
  }

  #newline(start: number): Token {
    const token = this.#make("newline", start, "\n");
    this.#endLine();
    return token;
  }

  /** Takes the characters that end a line. */
  #endLine(): void {
    const isPair = this.#source.charCodeAt(this.#offset) === CR &&
      this.#source.charCodeAt(this.#offset + 1) === LF;
    this.#offset += isPair ? 2 : 1;
    this.#line++;
    this.#lineStart = this.#offset;
  }

  #skipLine(): void {
    const source = this.#source;
    let end = this.#offset;
    for (; end < source.length; end++) {
      const code = source.charCodeAt(end);
      if (code === CR || code === LF) break;
    }
    this.#offset = end;
  }

  /** A name; undefined for a comment that starts with Rem. */
  #name(start: number): Token | undefined {
    const source = this.#source;
    let end = start + 1;
    for (;;) {
      const code = source.charCodeAt(end);
      if (!(code < 128) || (CLASSES[code]! & NAME) === 0) break;
      end++;
    }
    this.#offset = end;
    if (end - start > NAME_LENGTH_MAX) return this.#fail(1030, start);
    const spelling = source.slice(start, end);
    let text = this.#names.get(spelling);
    if (text === undefined) this.#names.set(spelling, text = spelling.toLowerCase());
    if (text === "rem" && !this.#afterDot()) {
      this.#skipLine();
      return undefined;
    }
    return this.#makeName(start, text, spelling, false);
  }

  #bracketed(start: number): Token {
    this.#offset++;
    for (;;) {
      const code = this.#source.charCodeAt(this.#offset);
      if (code === CLOSING_BRACKET) break;
      if (Number.isNaN(code) || code === CR || code === LF) return this.#fail(1007, this.#offset);
      if (code === OPENING_BRACKET) return this.#fail(1032, this.#offset);
      this.#offset++;
    }
    const spelling = this.#source.slice(start + 1, this.#offset);
    this.#offset++;
    if (spelling.length > NAME_LENGTH_MAX) return this.#fail(1030, start);
    return this.#makeName(start, spelling.toLowerCase(), spelling, true);
  }

  #number(start: number): Token {
    const source = this.#source;
    let value = 0;
    let end = start;
    for (; isDigit(source.charCodeAt(end)); end++) value = value * 10 + source.charCodeAt(end) - ZERO;
    let isDouble = false;
    if (source.charCodeAt(end) === DOT) {
      isDouble = true;
      end++;
      while (isDigit(source.charCodeAt(end))) end++;
    }
    const mark = source[end];
    if (mark === "e" || mark === "E") {
      const exponent = /^[eE][+-]?[0-9]+/.exec(source.slice(end, end + 400));
      if (exponent !== null) {
        isDouble = true;
        end += exponent[0].length;
      }
    }
    this.#offset = end;
    // Nine digits have been added up without loss; what is longer is read as the number nearest to it.
    if (isDouble || end - start > 9) value = Number(source.slice(start, end));
    if (!Number.isFinite(value)) return this.#fail(1031, start);
    return this.#make("number", start, "", isDouble ? makeDouble(value) : value);
  }

  /** Whether `&` starts a number, and does not join what is before it with a name such as `Hour` or `Had`. */
  #isRadix(): boolean {
    const code = this.#source.charCodeAt(this.#offset + 1);
    if (!(code < 128) || (CLASSES[code]! & NAME) === 0) return false;
    const word = /^[0-9A-Za-z_]*/.exec(this.#source.slice(this.#offset + 1, this.#offset + 40))![0];
    if (!/^[hHoO0-9]/.test(word)) return false;
    const digits = /^(?:[hH][0-9a-fA-F]+|[oO][0-7]+|[0-7]+)/.exec(word)?.[0];
    if (digits === undefined) return !this.#afterOperand() && /^[hHoO]$/.test(word);
    if (!this.#afterOperand()) return true;
    if (isDigit(word.charCodeAt(0))) return false;
    return isDigit(word.charCodeAt(1)) || (digits === word && this.#spaced);
  }

  #radix(start: number): Token {
    const letter = this.#source.charAt(start + 1).toLowerCase();
    const isHex = letter === "h";
    this.#offset += isHex || letter === "o" ? 2 : 1;
    const digitsStart = this.#offset;
    while ((isHex ? /[0-9a-fA-F]/ : /[0-7]/).test(this.#source.charAt(this.#offset))) this.#offset++;
    const digits = this.#source.slice(digitsStart, this.#offset);
    const value = parseInt(digits, isHex ? 16 : 8);
    if (digits === "") return this.#fail(1032, start);
    if (value > 0xFFFFFFFF || digits.length > (isHex ? 8 : 11)) return this.#fail(1031, start);
    let result: Variant = value <= 0xFFFF ? (value << 16) >> 16 : makeLong(value | 0);
    if (this.#source.charCodeAt(this.#offset) === AMPERSAND) {
      this.#offset++;
      result = makeLong(value | 0);
    }
    return this.#make("number", start, "", result);
  }

  #string(start: number): Token {
    const source = this.#source;
    this.#offset++;
    let value = "";
    for (;;) {
      const partStart = this.#offset;
      for (; this.#offset < source.length; this.#offset++) {
        const code = source.charCodeAt(this.#offset);
        if (code === QUOTE || code === CR || code === LF) break;
      }
      value += source.slice(partStart, this.#offset);
      if (source.charCodeAt(this.#offset) !== QUOTE) return this.#fail(1033, this.#offset);
      this.#offset++;
      if (source.charCodeAt(this.#offset) !== QUOTE) break;
      value += '"';
      this.#offset++;
    }
    return this.#make("string", start, "", value);
  }

  #date(start: number): Token {
    const end = this.#source.indexOf("#", start + 1);
    const text = end < 0 ? "\n" : this.#source.slice(start + 1, end);
    const serial = /[\r\n]/.test(text) ? undefined : parseDate(text);
    if (serial === undefined) return this.#fail(1002, start);
    this.#offset = end + 1;
    return this.#make("date", start, "", makeDate(serial));
  }

  /** Takes an underscore and the end of the line that it joins with the next; false if something else follows. */
  #continues(): boolean {
    this.#offset++;
    while (isBlank(this.#source.charCodeAt(this.#offset))) this.#offset++;
    const code = this.#source.charCodeAt(this.#offset);
    if (code !== CR && code !== LF) return false;
    this.#endLine();
    this.#spaced = true;
    return true;
  }

  /** `< >`, `= <` and the like are one operator, with blanks between or not. */
  #comparison(start: number): Token {
    const source = this.#source;
    const first = source.charCodeAt(start);
    this.#offset++;
    let end = start + 1;
    while (isBlank(source.charCodeAt(end))) end++;
    const second = source.charCodeAt(end);
    let text = OPERATORS[first]!;
    if (isComparison(second) && second !== first) {
      text = first !== EQUAL && second !== EQUAL ? "<>" : first + second === LESS + EQUAL ? "<=" : ">=";
      this.#offset = end + 1;
    }
    return this.#make("operator", start, text);
  }

  /** Whether a member's name follows. */
  #afterDot(): boolean {
    return this.#last?.kind === "operator" && this.#last.text === ".";
  }

  /** Whether the last token ends an operand, so that `&` after it joins strings. */
  #afterOperand(): boolean {
    const last = this.#last;
    if (last === undefined) return false;
    if (last.kind === "name") return last.bracketed || !BEFORE_OPERAND.has(last.text);
    return last.kind === "number" || last.kind === "string" || last.kind === "date" ||
      (last.kind === "operator" && last.text === ")");
  }
}

/** Operators of one character, by its code. */
const OPERATORS: readonly string[] = Array.from({ length: 128 }, (_, code) => String.fromCharCode(code));

/** Keywords after which an expression starts. */
const BEFORE_OPERAND: ReadonlySet<string> = new Set(
  "and or xor eqv imp not mod is if elseif while until case to step in call then else set let select".split(
    " ",
  ),
);
