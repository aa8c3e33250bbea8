/** The tokens of JScript, as its parser asks for them. @module */
import { type CompileErrorNumber, JScriptSyntaxError } from "./compile_error.ts";
import { Scanner } from "./scanner.ts";

/** Reads a text token by token, and says what is wrong with the current one. */
export class TokenReader extends Scanner {
  /** Whether the current token is this punctuator or keyword. */
  is(text: string): boolean {
    return (this.kind === "punctuator" || this.kind === "keyword") && this.text === text;
  }

  /** Passes over a punctuator or keyword, if it is there. */
  skip(text: string): boolean {
    if (!this.is(text)) return false;
    this.next();
    return true;
  }

  /** Passes over a punctuator that must be there. */
  expect(text: string, otherwise: CompileErrorNumber): void {
    if (!this.skip(text)) throw this.error(otherwise);
  }

  /** Passes over a name. */
  name(): string {
    const { kind, text } = this;
    if (kind !== "name") throw this.error(1010);
    this.next();
    return text;
  }

  /** ES3 7.9: the end of a statement may be left out before a brace, a new line, or the end. */
  isStatementEnd(): boolean {
    return this.is(";") || this.is("}") || this.newlineBefore || this.kind === "end";
  }

  /** Passes over the end of a statement. */
  semicolon(): void {
    if (!this.skip(";") && !this.isStatementEnd()) throw this.error(1004);
  }

  /** An error at the current token. */
  error(number: CompileErrorNumber): JScriptSyntaxError {
    return new JScriptSyntaxError(number, this.start);
  }
}
