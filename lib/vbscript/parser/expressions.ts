/** Expressions: precedence climbing, and what follows a name. @module */
import { NOTHING, type Variant } from "../../automation/variant.ts";
import type { Argument, BinaryOperator, Expression } from "../syntax_tree.ts";
import { RESERVED, type Token } from "../tokens.ts";
import { NESTING_MAX, TokenReader } from "./token_reader.ts";

/** Binding strengths, weakest first; all are left-associative. `Not` stands between And and the comparisons. */
export const STRENGTH: ReadonlyMap<string, number> = new Map([
  ["imp", 1],
  ["eqv", 2],
  ["xor", 3],
  ["or", 4],
  ["and", 5],
  ["=", 7],
  ["<>", 7],
  ["<", 7],
  [">", 7],
  ["<=", 7],
  [">=", 7],
  ["is", 7],
  ["&", 8],
  ["+", 9],
  ["-", 9],
  ["mod", 10],
  ["\\", 11],
  ["*", 12],
  ["/", 12],
  ["^", 13],
]);
const NOT_STRENGTH = 6;

/** See the module. */
export abstract class ExpressionParser extends TokenReader {
  protected inClass = false;
  /** How many With statements are open. */
  protected withs = 0;

  protected expression(strength = 1): Expression {
    this.enter();
    const result = this.binary(strength);
    this.depth--;
    return result;
  }

  protected binary(minimum: number): Expression {
    let left = this.isWord("not") && minimum <= NOT_STRENGTH ? this.not() : this.unary();
    for (;;) {
      const token = this.current;
      if (token.kind !== "operator" && (token.kind !== "name" || token.bracketed)) return left;
      const strength = STRENGTH.get(token.text);
      if (strength === undefined || strength < minimum) return left;
      this.countOperand();
      this.advance();
      const right = this.expression(strength + 1);
      left = { kind: "binary", operator: token.text as BinaryOperator, left, right };
    }
  }

  protected not(): Expression {
    this.advance();
    return { kind: "unary", operator: "not", operand: this.expression(NOT_STRENGTH) };
  }

  protected unary(): Expression {
    if (this.isOperator("-") || this.isOperator("+")) {
      const operator = this.advance().text as "-" | "+";
      this.enter();
      const operand = this.unary();
      this.depth--;
      return { kind: "unary", operator, operand };
    }
    if (this.isWord("not")) return this.not();
    return this.postfix();
  }

  /** A primary with its members, indices and calls. `onCall` is told of each parenthesis, and of each new member. */
  protected postfix(onCall?: (callee: Expression, index: number | undefined) => void): Expression {
    let expression = this.primary();
    let length = 0;
    for (;;) {
      const token = this.current;
      if (token.kind !== "operator") return expression;
      if (token.text === "." && !this.isArgumentDot(token, onCall !== undefined)) {
        this.advance();
        const name = this.memberName();
        expression = { kind: "member", object: expression, name: name.text, spelling: name.spelling };
        onCall?.(expression, undefined);
      } else if (token.text === "(" && isCallable(expression)) {
        onCall?.(expression, this.index);
        expression = { kind: "call", callee: expression, args: this.arguments() };
      } else return expression;
      if (++length > NESTING_MAX) throw this.error(1001);
    }
  }

  /** In `Echo .Name` inside With, the dot starts an argument. */
  protected isArgumentDot(token: Token, isTarget: boolean): boolean {
    return isTarget && this.withs > 0 && token.spaced && !this.ahead(1).spaced &&
      this.previous?.line === token.line;
  }

  protected memberName(): Token {
    const token = this.current;
    if (token.kind !== "name") throw this.error(1010);
    this.index++;
    return token;
  }

  protected arguments(): Argument[] {
    this.expectOperator("(", 1005);
    if (this.takeOperator(")")) return [];
    const args: Argument[] = [];
    for (;;) {
      this.countOperand();
      if (this.isOperator(",") || this.isOperator(")")) args.push(undefined);
      else args.push(this.expression());
      if (this.takeOperator(")")) return args.slice();
      this.expectOperator(",", 1006);
    }
  }

  protected primary(): Expression {
    const token = this.current;
    switch (token.kind) {
      case "number":
      case "string":
      case "date":
        this.index++;
        return { kind: "literal", value: token.value, form: token.kind };
      case "operator":
        if (token.text === "(") {
          this.index++;
          const inner = this.expression();
          this.expectOperator(")", 1006);
          return { kind: "parenthesized", inner };
        }
        if (token.text === ".") {
          this.index++;
          const name = this.memberName();
          return { kind: "member", object: undefined, name: name.text, spelling: name.spelling };
        }
        throw this.error(1023);
      case "name":
        return this.namePrimary(token);
    }
    throw this.error(1002);
  }

  protected namePrimary(token: Token): Expression {
    if (!token.bracketed) {
      const word = WORDS.get(token.text);
      if (word !== undefined) {
        this.index++;
        return { kind: "literal", value: word.value, form: "word" };
      }
      if (token.text === "me") {
        if (!this.inClass) throw this.error(1037);
        this.index++;
        return { kind: "me" };
      }
      if (token.text === "new") {
        this.index++;
        const name = this.identifier();
        return { kind: "new", name: name.text, spelling: name.spelling };
      }
      if (RESERVED.has(token.text) && !CALLABLE.has(token.text)) throw this.error(1002);
    }
    this.index++;
    return { kind: "name", name: token.text, spelling: token.spelling, at: this.position(token) };
  }
}

/** Reserved words that the library also offers as procedures. */
export const CALLABLE: ReadonlySet<string> = new Set(["randomize"]);

/** Words that are values. */
export const WORDS: ReadonlyMap<string, { value: Variant }> = new Map([
  ["true", { value: true }],
  ["false", { value: false }],
  ["empty", { value: undefined }],
  ["null", { value: null }],
  ["nothing", { value: NOTHING }],
]);

function isCallable(expression: Expression): boolean {
  return expression.kind !== "literal" && expression.kind !== "new";
}

/** Whether an assignment can go there. */
export function isAssignable(expression: Expression): boolean {
  return expression.kind === "name" || expression.kind === "member" || expression.kind === "call" ||
    expression.kind === "me";
}
