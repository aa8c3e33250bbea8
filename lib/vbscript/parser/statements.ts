/** Statements that hold no others. @module */
import { makeDouble, makeLong, type TypedNumber, type Variant, VARTYPE } from "../../automation/variant.ts";
import type { Argument, Declarator, Expression, StatementBody } from "../syntax_tree.ts";
import { RESERVED, type Token } from "../tokens.ts";
import { CALLABLE, ExpressionParser, isAssignable, STRENGTH, WORDS } from "./expressions.ts";

/** See the module. */
export abstract class StatementParser extends ExpressionParser {
  protected finish(body: StatementBody): StatementBody {
    this.endOfStatement();
    return body;
  }

  protected startsArgument(token: Token): boolean {
    return token.kind === "name" && (token.bracketed || !RESERVED.has(token.text));
  }

  protected dim(): StatementBody {
    return { kind: "dim", variables: this.declarators() };
  }

  protected declarators(): Declarator[] {
    const variables: Declarator[] = [];
    do {
      const name = this.identifier();
      let bounds: number[] | undefined;
      if (this.takeOperator("(")) {
        bounds = [];
        if (!this.isOperator(")")) {
          do {
            const token = this.current;
            if (
              token.kind !== "number" || typeof token.value !== "number" ||
              token.value !== Math.trunc(token.value)
            ) {
              throw this.error(1026);
            }
            bounds.push(token.value);
            this.index++;
          } while (this.takeOperator(","));
        }
        this.expectOperator(")", 1006);
      }
      variables.push({ name: name.text, spelling: name.spelling, bounds, at: this.position(name) });
    } while (this.takeOperator(","));
    return variables.slice();
  }

  protected const(): StatementBody {
    const constants: { name: string; spelling: string; value: Variant }[] = [];
    do {
      const name = this.identifier();
      this.expectOperator("=", 1011);
      constants.push({ name: name.text, spelling: name.spelling, value: this.constantValue() });
      if (!this.atStatementEnd() && !this.isOperator(",")) {
        throw this.error(this.isBinary() ? 1045 : 1025);
      }
    } while (this.takeOperator(","));
    return { kind: "const", constants };
  }

  protected isBinary(): boolean {
    const token = this.current;
    return (token.kind === "operator" || token.kind === "name") && STRENGTH.has(token.text);
  }

  protected constantValue(): Variant {
    let negate = false;
    let signed = false;
    for (; this.isOperator("-") || this.isOperator("+"); this.index++) {
      signed = true;
      if (this.isOperator("-")) negate = !negate;
    }
    const isWrapped = this.takeOperator("(");
    const token = this.current;
    const literal = token.kind === "name" && !token.bracketed ? WORDS.get(token.text) : undefined;
    let value: Variant;
    if (token.kind === "number" || token.kind === "string" || token.kind === "date") value = token.value;
    else if (literal !== undefined) value = literal.value;
    else throw this.error(1045);
    this.index++;
    if (isWrapped) this.expectOperator(")", 1006);
    if (!signed) return value;
    if (token.kind !== "number") throw this.error(1045, token);
    if (!negate) return value;
    if (typeof value === "number") return -value;
    const typed = value as TypedNumber;
    return typed.type === VARTYPE.Double ? makeDouble(-typed.value) : makeLong(-typed.value);
  }

  protected redim(): StatementBody {
    this.advance();
    const preserve = this.isWord("preserve") && this.startsArgument(this.ahead(1));
    if (preserve) this.advance();
    const arrays: { target: Expression; bounds: readonly Expression[] }[] = [];
    do {
      const target = this.postfix();
      if (target.kind !== "call") throw this.error(1005);
      const bounds = target.args.map((bound) => {
        if (bound === undefined) throw this.error(1002);
        return bound;
      });
      if (bounds.length === 0) throw this.error(1002);
      arrays.push({ target: target.callee, bounds });
    } while (this.takeOperator(","));
    return { kind: "redim", preserve, arrays };
  }

  protected erase(): StatementBody {
    this.advance();
    const targets: Expression[] = [];
    do targets.push(this.expression()); while (this.takeOperator(","));
    return { kind: "erase", targets };
  }

  protected setOrLet(): StatementBody {
    const set = this.advance().text === "set";
    if (this.isWord("me") && this.ahead(1).text === "=") throw this.error(1037);
    const target = this.postfix();
    if (!isAssignable(target)) throw this.error(1010);
    this.expectOperator("=", 1011);
    return { kind: "assign", set, target, value: this.expression() };
  }

  protected call(): StatementBody {
    this.advance();
    const token = this.current;
    const isTarget = (token.kind === "operator" && (token.text === "." || token.text === "(")) ||
      this.isWord("me") || token.kind === "name";
    if (!isTarget) throw this.error(1010);
    if (token.kind === "name" && !token.bracketed && RESERVED.has(token.text) && !CALLABLE.has(token.text)) {
      throw this.error(1010);
    }
    return { kind: "call", target: this.postfix() };
  }

  /** Arguments without parentheses, or an assignment. */
  protected nameStatement(): StatementBody {
    const start = this.current;
    const { expression, firstParenthesis } = this.target();
    if (this.isOperator("=") && isAssignable(expression)) {
      if (expression.kind === "me") throw this.error(1037, start);
      this.advance();
      return this.finish({ kind: "assign", set: false, target: expression, value: this.expression() });
    }
    if (this.atStatementEnd()) {
      if (expression.kind === "call") {
        if (expression.args.length > 1) throw this.error(1044);
        const [argument] = expression.args;
        const args = argument === undefined ? [] : [{ kind: "parenthesized", inner: argument } as const];
        return this.finish({ kind: "call", target: { ...expression, args } });
      }
      if (expression.kind === "parenthesized" || expression.kind === "me" || expression.kind === "literal") {
        throw this.error(1024, start);
      }
      return this.finish({ kind: "call", target: expression });
    }
    let callee = expression;
    if (firstParenthesis !== undefined) {
      // What looked like the call's parentheses opened its first argument: `f (a), b`, `f (a) + b`.
      this.index = firstParenthesis.index;
      callee = firstParenthesis.callee;
    } else if (expression.kind === "literal" || expression.kind === "parenthesized") {
      throw this.error(1024, start);
    }
    if (!this.startsExpression() && !this.isOperator(",")) throw this.error(1025);
    const args: Argument[] = [];
    for (;;) {
      this.countOperand();
      if (this.isOperator(",") || this.atStatementEnd()) args.push(undefined);
      else args.push(this.expression());
      if (!this.takeOperator(",")) break;
    }
    return this.finish({ kind: "call", target: { kind: "call", callee, args: args.slice() } });
  }

  protected startsExpression(): boolean {
    const token = this.current;
    switch (token.kind) {
      case "number":
      case "string":
      case "date":
        return true;
      case "operator":
        return token.text === "(" || token.text === "-" || token.text === "+" || token.text === ".";
      case "name":
        return token.bracketed || !RESERVED.has(token.text) || WORDS.has(token.text) ||
          /^(me|new|not)$/.test(token.text);
    }
    return false;
  }

  /** A statement's target, and where its last member's first parenthesis stands. */
  protected target(): {
    expression: Expression;
    firstParenthesis: { index: number; callee: Expression } | undefined;
  } {
    let firstParenthesis: { index: number; callee: Expression } | undefined;
    const expression = this.postfix((callee, index) => {
      if (index === undefined) firstParenthesis = undefined;
      else firstParenthesis ??= { index, callee };
    });
    return { expression, firstParenthesis };
  }

  protected onError(): StatementBody {
    this.advance();
    this.expectWord("error", 1002);
    if (this.takeWord("resume")) {
      this.expectWord("next", 1020);
      return { kind: "onerror", resume: true };
    }
    this.expectWord("goto", 1002);
    const zero = this.current;
    if (zero.kind !== "number" || zero.value !== 0) throw this.error(1002);
    this.advance();
    return { kind: "onerror", resume: false };
  }
}
