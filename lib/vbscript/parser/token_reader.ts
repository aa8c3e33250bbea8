/** The parser's hold on the tokens: looking at them, taking them, and how deep it is in the grammar. @module */
import { compileError, type Position, type VbsError } from "../errors.ts";
import type { Lexer } from "../lexer.ts";
import { RESERVED, type Token } from "../tokens.ts";

/** Deeper nesting is refused with 1001; it keeps the compiler itself within its stack. */
export const NESTING_MAX = 200;

/** So many operators and arguments in one statement are refused with 1001, too: each has temporaries on V8's stack. */
const OPERANDS_MAX = 10_000;

/** Tokens of ended statements are let go when there are so many. */
const KEPT_TOKENS_MAX = 256;

const END_OF_BLOCK: ReadonlySet<string> = new Set(["sub", "function", "property", "class"]);

/** See the module. */
export abstract class TokenReader {
  readonly #lexer: Lexer;
  /** Tokens from somewhat before the current one to the farthest that was looked at. */
  #tokens: Token[] = [];
  /** The current token's place in them; what came before may be gone with each {@linkcode forget}. */
  protected index = 0;
  /** How many single-line Ifs are open: their Else and End If end a statement. */
  protected singleLineIfs = 0;
  protected depth = 0;
  #position: Position = { line: 0, column: 0 };
  /** How many operators and arguments the statement has so far. */
  protected operands = 0;

  constructor(lexer: Lexer) {
    this.#lexer = lexer;
  }

  protected get current(): Token {
    const token = this.index < this.#tokens.length ? this.#tokens[this.index]! : this.ahead(0);
    if (token.error !== undefined) throw token.error;
    return token;
  }

  protected ahead(count: number): Token {
    // Behind the last token, the lexer gives it again and again.
    while (this.#tokens.length <= this.index + count) this.#tokens.push(this.#lexer.next());
    return this.#tokens[this.index + count]!;
  }

  /** The token before the current one. */
  protected get previous(): Token | undefined {
    return this.#tokens[this.index - 1];
  }

  /** Lets go of what a statement that has ended consisted of, the last token aside. */
  protected forget(): void {
    if (this.index < KEPT_TOKENS_MAX) return;
    this.#tokens = this.#tokens.slice(this.index - 1);
    this.index = 1;
  }

  protected advance(): Token {
    const token = this.current;
    if (token.kind !== "end") this.index++;
    return token;
  }

  protected error(number: number, token: Position = this.current): VbsError {
    return compileError(number, token);
  }

  /** Where a token stands. A statement and the name that it starts with share one object. */
  protected position(token: Token = this.current): Position {
    const { line, column } = token;
    if (this.#position.line === line && this.#position.column === column) return this.#position;
    return this.#position = { line, column };
  }

  protected isWord(word: string, token: Token = this.current): boolean {
    return token.kind === "name" && !token.bracketed && token.text === word;
  }

  protected isOperator(text: string): boolean {
    return this.current.kind === "operator" && this.current.text === text;
  }

  protected takeWord(word: string): boolean {
    if (!this.isWord(word)) return false;
    this.index++;
    return true;
  }

  protected takeOperator(text: string): boolean {
    if (!this.isOperator(text)) return false;
    this.index++;
    return true;
  }

  protected expectWord(word: string, number: number): void {
    if (!this.takeWord(word)) throw this.error(number);
  }

  protected expectOperator(text: string, number: number): void {
    if (!this.takeOperator(text)) throw this.error(number);
  }

  protected identifier(): Token {
    const token = this.current;
    if (token.kind !== "name" || (!token.bracketed && RESERVED.has(token.text))) throw this.error(1010);
    this.index++;
    return token;
  }

  protected atSeparator(): boolean {
    const kind = this.current.kind;
    return kind === "newline" || kind === "colon" || kind === "end";
  }

  protected skipSeparators(): void {
    this.forget();
    while (this.current.kind === "newline" || this.current.kind === "colon") this.index++;
  }

  /** Whether a statement may end here without a separator. */
  protected atStatementEnd(): boolean {
    if (this.atSeparator()) return true;
    if (this.isWord("end")) {
      const next = this.ahead(1);
      if (next.kind === "name" && END_OF_BLOCK.has(next.text)) return true;
      if (this.singleLineIfs > 0 && this.isWord("if", next)) return true;
    }
    return this.singleLineIfs > 0 && (this.isWord("else") || this.isWord("elseif"));
  }

  protected endOfStatement(): void {
    if (!this.atStatementEnd()) throw this.error(1025);
    if (this.current.kind === "newline" || this.current.kind === "colon") this.index++;
  }

  protected countOperand(): void {
    if (++this.operands > OPERANDS_MAX) throw this.error(1001);
  }

  /** Goes one level deeper; `this.depth--` comes back. An error ends the parsing, wherever it is raised. */
  protected enter(): void {
    if (++this.depth > NESTING_MAX) throw this.error(1001);
  }
}
