/**
 * The characters of a command line: blanks, carets, quotes, words, redirections.
 *
 * What a character means depends on what is expected where it stands, so that there is no list of tokens: the parser asks for
 * the next thing of a kind. Variables (`%NAME%`) have been replaced before.
 *
 * @module
 */
import { CommandSyntaxError, IncompleteCommand, type Redirection } from "./tree.ts";

/** Gives the next line, its variables replaced, for a command that goes on there; undefined when there is none. */
export type NextLine = () => string | undefined;

/** What divides words, besides the end of a line. */
const BLANK = /[ \t,;=\v\f]/;

/** Reads a command line from its beginning to its end. */
export class Scanner {
  #text: string;
  #at = 0;
  readonly #nextLine: NextLine;
  /** How many parentheses are open: only then does `)` end a command. */
  openGroups = 0;

  constructor(text: string, nextLine: NextLine) {
    this.#text = text;
    this.#nextLine = nextLine;
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#text.length;
  }

  /** Whether a character comes next that ends a line. */
  get isAtLineEnd(): boolean {
    return this.isAtEnd || this.#text[this.#at] === "\n";
  }

  skipBlanks(): void {
    for (;;) {
      const character = this.#text[this.#at];
      if (character === "^" && /^\^(?:\n|$)/.test(this.#text.slice(this.#at, this.#at + 2))) {
        this.#at++;
        this.#continueLine();
      } else if (character !== undefined && BLANK.test(character)) this.#at++;
      else return;
    }
  }

  /** Goes on to the next line that is not blank, within parentheses. @throws IncompleteCommand when there is none. */
  skipLines(): void {
    for (;;) {
      this.skipBlanks();
      if (this.#text[this.#at] === "\n") this.#at++;
      else if (this.isAtEnd) this.#appendLine();
      else return;
    }
  }

  /** Skips what is left of the line, which says nothing. */
  skipLine(): void {
    while (!this.isAtLineEnd) this.#at++;
  }

  /** Whether a text comes next. */
  sees(text: string): boolean {
    return this.#text.startsWith(text, this.#at);
  }

  /** Whether a text comes next, which is then behind us. */
  takes(text: string): boolean {
    if (!this.sees(text)) return false;
    this.#at += text.length;
    return true;
  }

  /** Whether an operator comes next, which is then behind us; a longer one that begins so is another. */
  takesOperator(operator: "&" | "&&" | "|" | "||"): boolean {
    this.skipBlanks();
    if (operator.length === 1 && this.sees(operator + operator)) return false;
    return this.takes(operator);
  }

  /** Whether one of these words comes next, in any case; it is behind us then. */
  takesWord(words: RegExp): string | undefined {
    const word = /^[a-z]+(?=[\s,;=(]|$)/i.exec(this.#text.slice(this.#at, this.#at + 12))?.[0].toLowerCase();
    if (word === undefined || !words.test(word)) return undefined;
    this.#at += word.length;
    return word;
  }

  /** One word; quotes stay, carets go. With `stopsAtEquals` it also ends before `==`. */
  word({ stopsAtEquals = false } = {}): string {
    this.skipBlanks();
    let word = "";
    for (let isQuoted = false; !this.isAtLineEnd;) {
      const character = this.#text[this.#at]!;
      if (character === '"') isQuoted = !isQuoted;
      else if (!isQuoted) {
        if (character === "^") {
          word += this.#escaped();
          continue;
        }
        if (BLANK.test(character) || /[&|<>]/.test(character)) break;
        if (character === ")" && this.openGroups > 0) break;
        if (stopsAtEquals && this.sees("==")) break;
      }
      word += character;
      this.#at++;
    }
    if (word === "") this.unexpected();
    return word;
  }

  /** Whether `==` or a word like `equ` comes next: then what stands before it is compared, whatever word it is. */
  seesComparison(): boolean {
    return /^[ \t]*(?:==|(?:equ|neq|lss|leq|gtr|geq)[ \t])/i.test(this.#text.slice(this.#at, this.#at + 40));
  }

  /** Whether `==` comes next, which is then behind us: `=` alone is a blank. */
  takesEquals(): boolean {
    while (/[ \t]/.test(this.#text[this.#at] ?? "")) this.#at++;
    return this.takes("==");
  }

  /** Whether a variable of `for` comes next. */
  seesVariable(): boolean {
    this.skipBlanks();
    return /^%\S(?:\s|$)/.test(this.#text.slice(this.#at, this.#at + 3));
  }

  /** What follows `rem`: the whole line, unless an operator comes first. */
  remark(): string {
    if (/^\s*&/.test(this.#text.slice(this.#at))) return "";
    const start = this.#at;
    this.skipLine();
    return this.#text.slice(start, this.#at);
  }

  /** What stands between `(` and the next `)` that is no quote's or caret's. */
  parenthesised(): string {
    this.skipBlanks();
    if (!this.takes("(")) this.unexpected();
    let text = "";
    for (let isQuoted = false;;) {
      if (this.isAtEnd) this.#appendLine();
      const character = this.#text[this.#at]!;
      if (character === "\n") isQuoted = false;
      if (character === '"') isQuoted = !isQuoted;
      else if (!isQuoted) {
        if (character === "^") {
          text += this.#escaped();
          continue;
        }
        if (/[&|<>]/.test(character)) this.unexpected();
        if (character === ")") break;
      }
      text += character === "\n" ? " " : character;
      this.#at++;
    }
    this.#at++;
    return text;
  }

  /** The text of a command up to the next operator; carets are taken out, redirections go into the list. */
  commandText(redirections: Redirection[]): string {
    let text = "";
    for (let isQuoted = false; !this.isAtLineEnd;) {
      const character = this.#text[this.#at]!;
      if (character === '"') isQuoted = !isQuoted;
      else if (!isQuoted) {
        if (character === "^") {
          text += this.#escaped();
          continue;
        }
        if (character === "&" || character === "|" || (character === ")" && this.openGroups > 0)) break;
        const isNumber = /[0-9]/.test(character) && /(?:^|[\s,;=])$/.test(text);
        if (character === ">" || character === "<" || isNumber) {
          const redirection = this.#redirection();
          if (redirection !== undefined) {
            redirections.push(redirection);
            continue;
          }
        }
      }
      text += character;
      this.#at++;
    }
    return text;
  }

  /** The redirections that come next. */
  redirections(): Redirection[] {
    const found: Redirection[] = [];
    for (;;) {
      this.skipBlanks();
      const redirection = this.#redirection();
      if (redirection === undefined) return found;
      found.push(redirection);
    }
  }

  #redirection(): Redirection | undefined {
    const operator = /^([0-9])?(>>|>|<)(&[ \t]*([0-9]))?/.exec(this.#text.slice(this.#at, this.#at + 16));
    if (operator === null) return undefined;
    this.#at += operator[0].length;
    const isInput = operator[2] === "<";
    const stream = operator[1] === undefined ? (isInput ? 0 : 1) : Number(operator[1]);
    if (operator[3] !== undefined) return { stream, mode: "duplicate", target: operator[4]! };
    return {
      stream,
      mode: isInput ? "read" : operator[2] === ">>" ? "append" : "write",
      target: this.word(),
    };
  }

  /** What a caret stands before: a character without its meaning, be it the first of the next line. */
  #escaped(): string {
    this.#at++;
    if (this.isAtLineEnd) this.#continueLine();
    return this.#text[this.#at++] ?? "";
  }

  /** Goes on to the next line, whose end before it a caret has taken away. */
  #continueLine(): void {
    const line = this.isAtEnd ? this.#nextLine() : undefined;
    if (line !== undefined) this.#text += `\n${line}`;
    this.#at++;
  }

  #appendLine(): void {
    const line = this.#nextLine();
    if (line === undefined) throw new IncompleteCommand("The syntax of the command is incorrect.");
    this.#text += `\n${line}`;
  }

  /** Says that a word, or what comes next, cannot stand there. */
  unexpected(word?: string): never {
    this.skipBlanks();
    const rest = word ?? this.#text.slice(this.#at).trim();
    const token = /^(?:&&|\|\||>>|[&|<>()]|(?:"[^"]*"?|[^\s&|<>()",;=])+|=+)/.exec(rest)?.[0];
    throw new CommandSyntaxError(
      token === undefined
        ? "The syntax of the command is incorrect."
        : `${token.slice(0, 60)} was unexpected at this time.`,
    );
  }
}
