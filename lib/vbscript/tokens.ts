/** Tokens of VBScript. @module */
import type { Variant } from "../automation/variant.ts";
import type { VbsError } from "./errors.ts";

/** The kinds of tokens. Keywords are names: most of them are reserved only where the parser looks for them. */
export type TokenKind =
  | "name"
  | "number"
  | "string"
  | "date"
  | "operator"
  | "newline"
  | "colon"
  | "end"
  | "error";

/** One token. */
export interface Token {
  readonly kind: TokenKind;
  /** A name in lower case, an operator in its usual spelling; "" for a literal. */
  readonly text: string;
  /** A name as written. */
  readonly spelling: string;
  /** Whether a name stood in brackets, so that it is no keyword. */
  readonly bracketed: boolean;
  /** A literal's value. */
  readonly value: Variant;
  /** Where it starts: line and column from 1. */
  readonly line: number;
  readonly column: number;
  /** Whether blanks stand before it. */
  readonly spaced: boolean;
  /** What the lexer found wrong here; thrown when the parser gets here. */
  readonly error: VbsError | undefined;
}

/** Words that can never name a variable unless they stand in brackets or after a dot. */
export const RESERVED: ReadonlySet<string> = new Set(
  ("and as byref byval call case class const dim do each else elseif empty end eqv exit false for function get goto " +
    "if imp in is let loop me mod new next not nothing null on option or private public randomize redim rem resume " +
    "select set stop sub then to true until wend while with xor").split(" "),
);
