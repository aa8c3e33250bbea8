/** What JScript's compiler says (JScript reference, "JScript Syntax Errors"). @module */

/** Messages by number. */
const MESSAGES = {
  1002: "Syntax error",
  1003: "Expected ':'",
  1004: "Expected ';'",
  1005: "Expected '('",
  1006: "Expected ')'",
  1007: "Expected ']'",
  1008: "Expected '{'",
  1009: "Expected '}'",
  1010: "Expected identifier",
  1011: "Expected '='",
  1012: "Expected '/'",
  1013: "Invalid number",
  1014: "Invalid character",
  1015: "Unterminated string constant",
  1016: "Unterminated comment",
  1018: "'return' statement outside of function",
  1019: "Can't have 'break' outside of loop",
  1020: "Can't have 'continue' outside of loop",
  1023: "Expected hexadecimal digit",
  1024: "Expected 'while'",
  1025: "Label redefined",
  1026: "Label not found",
  1027: "'default' can only appear once in a 'switch' statement",
  1028: "Expected identifier, string or number",
  1029: "Expected '@end'",
  1030: "Conditional compilation is turned off",
  1031: "Expected constant",
  1032: "Expected '@'",
  1033: "Expected 'catch'",
  1035: "'throw' must be followed by an expression on the same source line",
  5008: "Illegal assignment",
  5017: "Syntax error in regular expression",
} as const;

/** The number of a compile error. */
export type CompileErrorNumber = keyof typeof MESSAGES;

/** A text is no JScript. */
export class JScriptSyntaxError extends Error {
  override readonly name = "JScriptSyntaxError";

  /** @param at where, as an index into the text */
  constructor(readonly number: CompileErrorNumber, readonly at: number, detail = "") {
    super(MESSAGES[number] + (detail === "" ? "" : `: ${detail}`));
  }
}
