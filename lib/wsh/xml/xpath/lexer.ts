/** The tokens of XPath 1.0 (section 3.7, with its rules for names that are operators). @module */
import { NC_NAME } from "../names.ts";
import { XPathError } from "./value.ts";

/** One token. */
export interface Token {
  readonly kind: "number" | "literal" | "name" | "wildcard" | "variable" | "operator" | "symbol" | "end";
  /** A literal without its quotes, a variable without its dollar. */
  readonly text: string;
}

const TOKEN = new RegExp(
  [
    "\\s+",
    "(?<number>\\d+(?:\\.\\d*)?|\\.\\d+)",
    "(?<literal>\"[^\"]*\"|'[^']*')",
    `\\$(?<variable>${NC_NAME}(?::${NC_NAME})?)`,
    `(?<wildcard>${NC_NAME}:\\*|\\*)`,
    `(?<name>${NC_NAME}(?::(?!:)${NC_NAME})?)`,
    "(?<symbol>::|//|\\.\\.|!=|<=|>=|[()[\\].@,/|+\\-=<>])",
  ].join("|"),
  "yu",
);

const NAMED_OPERATORS = new Set(["and", "or", "mod", "div"]);
const OPERATORS = new Set(["/", "//", "|", "+", "-", "=", "!=", "<", "<=", ">", ">="]);

/** After these a name or a star is an operand, whatever its name is. */
function expectsOperand(token: Token | undefined): boolean {
  return token === undefined || token.kind === "operator" ||
    (token.kind === "symbol" && ["@", "::", "(", "[", ","].includes(token.text));
}

/** The tokens of an expression, and one for its end. @throws XPathError */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const at = TOKEN.lastIndex;
    const groups = TOKEN.exec(text)?.groups;
    if (groups === undefined) throw new XPathError(`"${text[at]}" is not expected at character ${at + 1}`);
    const last = tokens[tokens.length - 1];
    const { number, literal, variable, wildcard, name, symbol } = groups;
    if (number !== undefined) tokens.push({ kind: "number", text: number });
    else if (literal !== undefined) tokens.push({ kind: "literal", text: literal.slice(1, -1) });
    else if (variable !== undefined) tokens.push({ kind: "variable", text: variable });
    else if (wildcard !== undefined) {
      tokens.push({
        kind: wildcard === "*" && !expectsOperand(last) ? "operator" : "wildcard",
        text: wildcard,
      });
    } else if (name !== undefined) {
      tokens.push({
        kind: NAMED_OPERATORS.has(name) && !expectsOperand(last) ? "operator" : "name",
        text: name,
      });
    } else if (symbol !== undefined) {
      tokens.push({ kind: OPERATORS.has(symbol) ? "operator" : "symbol", text: symbol });
    }
  }
  tokens.push({ kind: "end", text: "" });
  return tokens;
}
