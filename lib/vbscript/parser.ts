/**
 * From tokens to the tree: recursive descent, with precedence climbing for expressions.
 *
 * Most words are keywords only where the grammar looks for them. The one real difficulty is a statement that starts
 * with a name: `f (a), b` and `f (a) + b` are calls whose first argument starts with a parenthesis, `f(a)` is a call
 * by value, and `f(a) = b` an assignment. The parser reads the target first and goes back to its parenthesis when what
 * follows shows that it belongs to an argument.
 *
 * @module
 */
import {
  makeDouble,
  makeLong,
  NOTHING,
  type TypedNumber,
  type Variant,
  VARTYPE,
} from "../automation/variant.ts";
import { compileError, type Position, type VbsError } from "./errors.ts";
import { tokenize } from "./lexer.ts";
import type {
  Argument,
  BinaryOperator,
  ClassDeclaration,
  Declarator,
  Expression,
  Parameter,
  Procedure,
  Program,
  Statement,
  StatementBody,
} from "./syntax_tree.ts";
import { RESERVED, type Token } from "./tokens.ts";

/** Parses a script. Throws the first compile error. */
export function parseProgram(source: string): Program {
  return new Parser(tokenize(source)).program();
}

/** Parses one expression, as Eval takes it. */
export function parseExpression(source: string): Expression {
  return new Parser(tokenize(source)).evalExpression();
}

/** Binding strengths, weakest first; all are left-associative. `Not` stands between And and the comparisons. */
const STRENGTH: ReadonlyMap<string, number> = new Map([
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

/** Deeper nesting is refused with 1001; it keeps the compiler itself within its stack. */
const NESTING_MAX = 200;

const CLOSING_WORDS: ReadonlySet<string> = new Set(["end", "else", "elseif", "loop", "next", "wend", "case"]);
const END_OF_BLOCK: ReadonlySet<string> = new Set(["sub", "function", "property", "class"]);

class Parser {
  readonly #tokens: readonly Token[];
  #index = 0;
  #depth = 0;
  #procedureKind: Procedure["kind"] | undefined;
  #inClass = false;
  #loops: ("do" | "for")[] = [];
  #withs = 0;
  #singleLineIfs = 0;
  readonly #procedures: Procedure[] = [];
  readonly #classes: ClassDeclaration[] = [];

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  program(): Program {
    this.#skipSeparators();
    let optionExplicit = false;
    if (this.#isWord("option")) {
      this.#advance();
      if (!this.#isWord("explicit")) throw this.#error(1002);
      this.#advance();
      this.#endOfStatement();
      optionExplicit = true;
    }
    const statements = this.#statements();
    if (this.#current.kind !== "end") throw this.#strayWord();
    return { optionExplicit, statements, procedures: this.#procedures, classes: this.#classes };
  }

  evalExpression(): Expression {
    this.#skipSeparators();
    const expression = this.#expression();
    this.#skipSeparators();
    if (this.#current.kind !== "end") throw this.#error(1025);
    return expression;
  }

  // Tokens.

  get #current(): Token {
    const token = this.#tokens[this.#index]!;
    if (token.error !== undefined) throw token.error;
    return token;
  }

  #ahead(count: number): Token {
    return this.#tokens[Math.min(this.#index + count, this.#tokens.length - 1)]!;
  }

  #advance(): Token {
    const token = this.#current;
    if (token.kind !== "end") this.#index++;
    return token;
  }

  #error(number: number, token: Position = this.#current): VbsError {
    return compileError(number, token);
  }

  #position(token: Token = this.#current): Position {
    return { line: token.line, column: token.column };
  }

  #isWord(word: string, token: Token = this.#current): boolean {
    return token.kind === "name" && !token.bracketed && token.text === word;
  }

  #isOperator(text: string): boolean {
    return this.#current.kind === "operator" && this.#current.text === text;
  }

  #takeWord(word: string): boolean {
    if (!this.#isWord(word)) return false;
    this.#index++;
    return true;
  }

  #takeOperator(text: string): boolean {
    if (!this.#isOperator(text)) return false;
    this.#index++;
    return true;
  }

  #expectWord(word: string, number: number): void {
    if (!this.#takeWord(word)) throw this.#error(number);
  }

  #expectOperator(text: string, number: number): void {
    if (!this.#takeOperator(text)) throw this.#error(number);
  }

  #identifier(): Token {
    const token = this.#current;
    if (token.kind !== "name" || (!token.bracketed && RESERVED.has(token.text))) throw this.#error(1010);
    this.#index++;
    return token;
  }

  #atSeparator(): boolean {
    const kind = this.#current.kind;
    return kind === "newline" || kind === "colon" || kind === "end";
  }

  #skipSeparators(): void {
    while (this.#current.kind === "newline" || this.#current.kind === "colon") this.#index++;
  }

  /** Whether a statement may end here without a separator. */
  #atStatementEnd(): boolean {
    if (this.#atSeparator()) return true;
    if (this.#isWord("end")) {
      const next = this.#ahead(1);
      if (next.kind === "name" && END_OF_BLOCK.has(next.text)) return true;
      if (this.#singleLineIfs > 0 && this.#isWord("if", next)) return true;
    }
    return this.#singleLineIfs > 0 && (this.#isWord("else") || this.#isWord("elseif"));
  }

  #endOfStatement(): void {
    if (!this.#atStatementEnd()) throw this.#error(1025);
    if (this.#current.kind === "newline" || this.#current.kind === "colon") this.#index++;
  }

  #nested<T>(body: () => T): T {
    if (++this.#depth > NESTING_MAX) throw this.#error(1001);
    const result = body();
    this.#depth--;
    return result;
  }

  // Statements.

  /** Statements up to a word that closes a block, or the end. */
  #statements(): Statement[] {
    const statements: Statement[] = [];
    for (;;) {
      this.#skipSeparators();
      const token = this.#current;
      if (token.kind === "end") return statements;
      if (token.kind === "name" && !token.bracketed && CLOSING_WORDS.has(token.text)) return statements;
      this.#statement(statements);
    }
  }

  #statement(into: Statement[]): void {
    const at = this.#position();
    const body = this.#nested(() => this.#statementBody());
    if (body === undefined) return;
    into.push({ ...body, at });
  }

  #statementBody(): StatementBody | undefined {
    const token = this.#current;
    if (token.kind !== "name") {
      if (token.kind === "operator" && (token.text === "." || token.text === "(")) {
        return this.#nameStatement();
      }
      throw this.#error(1024);
    }
    if (!token.bracketed) {
      switch (token.text) {
        case "dim":
          this.#advance();
          return this.#finish(this.#dim());
        case "const":
          this.#advance();
          return this.#finish(this.#const());
        case "public":
        case "private":
          return this.#visibility();
        case "redim":
          return this.#finish(this.#redim());
        case "erase":
          if (this.#startsArgument(this.#ahead(1))) return this.#finish(this.#erase());
          break;
        case "set":
        case "let":
          return this.#finish(this.#setOrLet());
        case "call":
          return this.#finish(this.#call());
        case "if":
          return this.#if();
        case "select":
          return this.#select();
        case "for":
          return this.#for();
        case "do":
          return this.#do();
        case "while":
          return this.#while();
        case "with":
          return this.#with();
        case "exit":
          return this.#finish(this.#exit());
        case "on":
          return this.#finish(this.#onError());
        case "stop":
          this.#advance();
          return this.#finish({ kind: "stop" });
        case "sub":
        case "function":
          this.#definition(true, false);
          return undefined;
        case "class":
          this.#class();
          return undefined;
        case "default":
        case "property":
          if (this.#isDefinitionAhead()) throw this.#error(1048);
          break;
        case "me":
        case "randomize":
          return this.#nameStatement();
      }
      if (RESERVED.has(token.text) && token.text !== "new") throw this.#strayWord();
    }
    return this.#nameStatement();
  }

  #isDefinitionAhead(): boolean {
    return /^(get|let|set|property|sub|function)$/.test(this.#ahead(1).text) &&
      this.#ahead(1).kind === "name";
  }

  #strayWord(): VbsError {
    const text = this.#current.text;
    if (text === "loop") return this.#error(1038);
    if (text === "next") return this.#error(1055);
    return this.#error(text === "option" || text === "then" ? 1002 : 1024);
  }

  #finish(body: StatementBody): StatementBody {
    this.#endOfStatement();
    return body;
  }

  #startsArgument(token: Token): boolean {
    return token.kind === "name" && (token.bracketed || !RESERVED.has(token.text));
  }

  #dim(): StatementBody {
    return { kind: "dim", variables: this.#declarators() };
  }

  #declarators(): Declarator[] {
    const variables: Declarator[] = [];
    do {
      const name = this.#identifier();
      let bounds: number[] | undefined;
      if (this.#takeOperator("(")) {
        bounds = [];
        if (!this.#isOperator(")")) {
          do {
            const token = this.#current;
            if (
              token.kind !== "number" || typeof token.value !== "number" ||
              token.value !== Math.trunc(token.value)
            ) {
              throw this.#error(1026);
            }
            bounds.push(token.value);
            this.#index++;
          } while (this.#takeOperator(","));
        }
        this.#expectOperator(")", 1006);
      }
      variables.push({ name: name.text, spelling: name.spelling, bounds, at: this.#position(name) });
    } while (this.#takeOperator(","));
    return variables;
  }

  #const(): StatementBody {
    const constants: { name: string; spelling: string; value: Variant }[] = [];
    do {
      const name = this.#identifier();
      this.#expectOperator("=", 1011);
      constants.push({ name: name.text, spelling: name.spelling, value: this.#constantValue() });
      if (!this.#atStatementEnd() && !this.#isOperator(",")) {
        throw this.#error(this.#isBinary() ? 1045 : 1025);
      }
    } while (this.#takeOperator(","));
    return { kind: "const", constants };
  }

  #isBinary(): boolean {
    const token = this.#current;
    return (token.kind === "operator" || token.kind === "name") && STRENGTH.has(token.text);
  }

  #constantValue(): Variant {
    let negate = false;
    let signed = false;
    for (; this.#isOperator("-") || this.#isOperator("+"); this.#index++) {
      signed = true;
      if (this.#isOperator("-")) negate = !negate;
    }
    const isWrapped = this.#takeOperator("(");
    const token = this.#current;
    const literal = token.kind === "name" && !token.bracketed ? WORDS.get(token.text) : undefined;
    let value: Variant;
    if (token.kind === "number" || token.kind === "string" || token.kind === "date") value = token.value;
    else if (literal !== undefined) value = literal.value;
    else throw this.#error(1045);
    this.#index++;
    if (isWrapped) this.#expectOperator(")", 1006);
    if (!signed) return value;
    if (token.kind !== "number") throw this.#error(1045, token);
    if (!negate) return value;
    if (typeof value === "number") return -value;
    const typed = value as TypedNumber;
    return typed.type === VARTYPE.Double ? makeDouble(-typed.value) : makeLong(-typed.value);
  }

  #visibility(): StatementBody | undefined {
    const isPublic = this.#advance().text === "public";
    if (this.#isWord("const")) {
      this.#advance();
      return this.#finish(this.#const());
    }
    if (this.#isWord("sub") || this.#isWord("function")) {
      this.#definition(isPublic, false);
      return undefined;
    }
    if ((this.#isWord("default") || this.#isWord("property")) && this.#isDefinitionAhead()) {
      throw this.#error(1048);
    }
    return this.#finish(this.#dim());
  }

  #redim(): StatementBody {
    this.#advance();
    const preserve = this.#isWord("preserve") && this.#startsArgument(this.#ahead(1));
    if (preserve) this.#advance();
    const arrays: { target: Expression; bounds: readonly Expression[] }[] = [];
    do {
      const target = this.#postfix();
      if (target.kind !== "call") throw this.#error(1005);
      const bounds = target.args.map((bound) => {
        if (bound === undefined) throw this.#error(1002);
        return bound;
      });
      if (bounds.length === 0) throw this.#error(1002);
      arrays.push({ target: target.callee, bounds });
    } while (this.#takeOperator(","));
    return { kind: "redim", preserve, arrays };
  }

  #erase(): StatementBody {
    this.#advance();
    const targets: Expression[] = [];
    do targets.push(this.#expression()); while (this.#takeOperator(","));
    return { kind: "erase", targets };
  }

  #setOrLet(): StatementBody {
    const set = this.#advance().text === "set";
    if (this.#isWord("me") && this.#ahead(1).text === "=") throw this.#error(1037);
    const target = this.#postfix();
    if (!isAssignable(target)) throw this.#error(1010);
    this.#expectOperator("=", 1011);
    return { kind: "assign", set, target, value: this.#expression() };
  }

  #call(): StatementBody {
    this.#advance();
    const token = this.#current;
    const isTarget = (token.kind === "operator" && (token.text === "." || token.text === "(")) ||
      this.#isWord("me") || token.kind === "name";
    if (!isTarget) throw this.#error(1010);
    if (token.kind === "name" && !token.bracketed && RESERVED.has(token.text) && !CALLABLE.has(token.text)) {
      throw this.#error(1010);
    }
    return { kind: "call", target: this.#postfix() };
  }

  /** Arguments without parentheses, or an assignment. */
  #nameStatement(): StatementBody {
    const start = this.#current;
    const { expression, firstParenthesis } = this.#target();
    if (this.#isOperator("=") && isAssignable(expression)) {
      if (expression.kind === "me") throw this.#error(1037, start);
      this.#advance();
      return this.#finish({ kind: "assign", set: false, target: expression, value: this.#expression() });
    }
    if (this.#atStatementEnd()) {
      if (expression.kind === "call") {
        if (expression.args.length > 1) throw this.#error(1044);
        const [argument] = expression.args;
        const args = argument === undefined ? [] : [{ kind: "parenthesized", inner: argument } as const];
        return this.#finish({ kind: "call", target: { ...expression, args } });
      }
      if (expression.kind === "parenthesized" || expression.kind === "me" || expression.kind === "literal") {
        throw this.#error(1024, start);
      }
      return this.#finish({ kind: "call", target: expression });
    }
    let callee = expression;
    if (firstParenthesis !== undefined) {
      // What looked like the call's parentheses opened its first argument: `f (a), b`, `f (a) + b`.
      this.#index = firstParenthesis.index;
      callee = firstParenthesis.callee;
    } else if (expression.kind === "literal" || expression.kind === "parenthesized") {
      throw this.#error(1024, start);
    }
    if (!this.#startsExpression() && !this.#isOperator(",")) throw this.#error(1025);
    const args: Argument[] = [];
    for (;;) {
      if (this.#isOperator(",") || this.#atStatementEnd()) args.push(undefined);
      else args.push(this.#expression());
      if (!this.#takeOperator(",")) break;
    }
    return this.#finish({ kind: "call", target: { kind: "call", callee, args } });
  }

  #startsExpression(): boolean {
    const token = this.#current;
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
  #target(): { expression: Expression; firstParenthesis: { index: number; callee: Expression } | undefined } {
    let firstParenthesis: { index: number; callee: Expression } | undefined;
    const expression = this.#postfix((callee, index) => {
      if (index === undefined) firstParenthesis = undefined;
      else firstParenthesis ??= { index, callee };
    });
    return { expression, firstParenthesis };
  }

  #if(): StatementBody {
    const branches: { condition: Expression; at: Position; body: readonly Statement[] }[] = [];
    let otherwise: readonly Statement[] | undefined;
    const at = this.#position(this.#advance());
    const condition = this.#expression();
    this.#expectWord("then", 1017);
    let ahead = 0;
    while (this.#ahead(ahead).kind === "colon") ahead++;
    const isBlock = this.#ahead(ahead).kind === "newline" || this.#ahead(ahead).kind === "end";
    if (!isBlock) return this.#singleLineIf(condition, at);
    const singleLineIfs = this.#singleLineIfs;
    this.#singleLineIfs = 0;
    branches.push({ condition, at, body: this.#statements() });
    for (;;) {
      const branchAt = this.#position();
      if (this.#takeWord("elseif")) {
        const condition = this.#expression();
        this.#expectWord("then", 1017);
        branches.push({ condition, at: branchAt, body: this.#statements() });
      } else if (this.#takeWord("else")) {
        otherwise = this.#statements();
        break;
      } else break;
    }
    this.#expectWord("end", 1014);
    this.#expectWord("if", 1012);
    this.#singleLineIfs = singleLineIfs;
    return this.#finish({ kind: "if", branches, otherwise });
  }

  #singleLineIf(condition: Expression, at: Position): StatementBody {
    this.#singleLineIfs++;
    const branches = [{ condition, at, body: this.#lineStatements() as readonly Statement[] }];
    let otherwise: readonly Statement[] | undefined;
    for (;;) {
      const branchAt = this.#position();
      if (this.#takeWord("elseif")) {
        const condition = this.#expression();
        this.#expectWord("then", 1017);
        branches.push({ condition, at: branchAt, body: this.#lineStatements() });
      } else if (this.#takeWord("else")) {
        otherwise = this.#lineStatements();
        break;
      } else break;
    }
    if (this.#isWord("end") && this.#isWord("if", this.#ahead(1))) this.#index += 2;
    this.#singleLineIfs--;
    return this.#finish({ kind: "if", branches, otherwise });
  }

  /** Statements up to the end of the line, or to Else or End If on it. The newline is left for the If to take. */
  #lineStatements(): Statement[] {
    const statements: Statement[] = [];
    for (;;) {
      while (this.#current.kind === "colon") this.#index++;
      const token = this.#current;
      if (token.kind === "newline" || token.kind === "end") return statements;
      if (token.kind === "name" && !token.bracketed && CLOSING_WORDS.has(token.text)) return statements;
      this.#statement(statements);
      // A statement takes the separator that ends it; the line's own must stay.
      if (this.#tokens[this.#index - 1]!.kind === "newline") {
        this.#index--;
        return statements;
      }
    }
  }

  #select(): StatementBody {
    this.#advance();
    this.#expectWord("case", 1021);
    const selector = this.#expression();
    this.#endOfStatement();
    this.#skipSeparators();
    const cases: { values: readonly { value: Expression; at: Position }[]; body: readonly Statement[] }[] =
      [];
    let otherwise: readonly Statement[] | undefined;
    while (this.#isWord("case")) {
      this.#advance();
      if (this.#takeWord("else")) {
        otherwise = this.#statements();
        break;
      }
      const values: { value: Expression; at: Position }[] = [];
      do {
        const at = this.#position();
        values.push({ value: this.#expression(), at });
      } while (this.#takeOperator(","));
      cases.push({ values, body: this.#statements() });
    }
    this.#expectWord("end", 1014);
    this.#expectWord("select", 1022);
    return this.#finish({ kind: "select", selector, cases, otherwise });
  }

  #loopBody(kind: "do" | "for"): Statement[] {
    this.#loops.push(kind);
    const singleLineIfs = this.#singleLineIfs;
    this.#singleLineIfs = 0;
    const body = this.#statements();
    this.#singleLineIfs = singleLineIfs;
    this.#loops.pop();
    return body;
  }

  #for(): StatementBody {
    this.#advance();
    if (this.#takeWord("each")) return this.#forEach();
    const variable = this.#loopVariable();
    this.#expectOperator("=", 1011);
    const from = this.#expression();
    this.#expectWord("to", 1013);
    const to = this.#expression();
    const step = this.#takeWord("step") ? this.#expression() : undefined;
    this.#endOfStatement();
    const body = this.#loopBody("for");
    const endAt = this.#position();
    this.#expectWord("next", 1020);
    return this.#finish({ kind: "for", variable, from, to, step, body, endAt });
  }

  #loopVariable(): Expression & { kind: "name" } {
    const token = this.#identifier();
    if (this.#isOperator("(") || this.#isOperator(".")) throw this.#error(1040, token);
    return { kind: "name", name: token.text, spelling: token.spelling, at: this.#position(token) };
  }

  #forEach(): StatementBody {
    const variable = this.#loopVariable();
    this.#expectWord("in", 1046);
    const source = this.#expression();
    this.#endOfStatement();
    const body = this.#loopBody("for");
    const endAt = this.#position();
    this.#expectWord("next", 1020);
    return this.#finish({ kind: "foreach", variable, source, body, endAt });
  }

  #do(): StatementBody {
    this.#advance();
    let condition: Expression | undefined;
    let until = false;
    const isTop = this.#isWord("while") || this.#isWord("until");
    if (isTop) {
      until = this.#advance().text === "until";
      condition = this.#expression();
    } else if (!this.#atSeparator()) throw this.#error(1028);
    this.#endOfStatement();
    const body = this.#loopBody("do");
    const endAt = this.#position();
    this.#expectWord("loop", 1019);
    if (!isTop && (this.#isWord("while") || this.#isWord("until"))) {
      until = this.#advance().text === "until";
      condition = this.#expression();
      return this.#finish({ kind: "do", condition, until, bottom: true, body, endAt, isWhile: false });
    }
    return this.#finish({ kind: "do", condition, until, bottom: false, body, endAt, isWhile: false });
  }

  #while(): StatementBody {
    this.#advance();
    const condition = this.#expression();
    this.#endOfStatement();
    const singleLineIfs = this.#singleLineIfs;
    this.#singleLineIfs = 0;
    const body = this.#statements();
    this.#singleLineIfs = singleLineIfs;
    const endAt = this.#position();
    this.#expectWord("wend", 1018);
    return this.#finish({ kind: "do", condition, until: false, bottom: false, body, endAt, isWhile: true });
  }

  #with(): StatementBody {
    this.#advance();
    const object = this.#expression();
    this.#endOfStatement();
    this.#withs++;
    const body = this.#statements();
    this.#withs--;
    this.#expectWord("end", 1014);
    this.#expectWord("with", 1029);
    return this.#finish({ kind: "with", object, body });
  }

  #exit(): StatementBody {
    const at = this.#advance();
    const what = this.#current.text;
    if (what === "do" || what === "for") {
      if (!this.#loops.includes(what)) throw this.#error(1039, at);
    } else if (what === "sub" || what === "function" || what === "property") {
      const kind = this.#procedureKind;
      const inside = kind === undefined ? "" : kind === "sub" || kind === "function" ? kind : "property";
      if (inside !== what) throw this.#error(1039, at);
    } else throw this.#error(1039, at);
    this.#advance();
    return { kind: "exit", what };
  }

  #onError(): StatementBody {
    this.#advance();
    this.#expectWord("error", 1002);
    if (this.#takeWord("resume")) {
      this.#expectWord("next", 1020);
      return { kind: "onerror", resume: true };
    }
    this.#expectWord("goto", 1002);
    const zero = this.#current;
    if (zero.kind !== "number" || zero.value !== 0) throw this.#error(1002);
    this.#advance();
    return { kind: "onerror", resume: false };
  }

  // Procedures and classes.

  #definition(isPublic: boolean, isDefault: boolean): void {
    if (this.#procedureKind !== undefined) throw this.#error(1002);
    this.#procedures.push(this.#procedure(isPublic, isDefault));
    this.#endOfStatement();
  }

  /** A Sub, Function or Property, up to its `End …`. */
  #procedure(isPublic: boolean, isDefault: boolean): Procedure {
    const word = this.#advance().text;
    let kind: Procedure["kind"] = word === "sub" ? "sub" : "function";
    if (word === "property") {
      const accessor = this.#current.text;
      if (accessor !== "get" && accessor !== "let" && accessor !== "set") throw this.#error(1049);
      if (isDefault && accessor !== "get") throw this.#error(1058);
      this.#advance();
      kind = accessor;
    }
    const name = this.#identifier();
    const at = this.#position(name);
    const parameters = this.#parameters();
    if ((kind === "let" || kind === "set") && parameters.length === 0) throw this.#error(1054);
    if (this.#inClass && /^class_(initialize|terminate)$/.test(name.text) && parameters.length > 0) {
      throw this.#error(1053, name);
    }
    const saved = [this.#loops, this.#withs, this.#singleLineIfs] as const;
    [this.#loops, this.#withs, this.#singleLineIfs, this.#procedureKind] = [[], 0, 0, kind];
    const body = this.#statements();
    [this.#loops, this.#withs, this.#singleLineIfs] = saved;
    this.#procedureKind = undefined;
    const endAt = this.#position();
    this.#expectWord("end", 1014);
    const [closing, number] = word === "sub"
      ? ["sub", 1016] as const
      : word === "function"
      ? ["function", 1015] as const
      : ["property", 1050] as const;
    this.#expectWord(closing, number);
    return {
      kind,
      name: name.text,
      spelling: name.spelling,
      parameters,
      body,
      isPublic,
      isDefault,
      at,
      endAt,
    };
  }

  #parameters(): Parameter[] {
    const parameters: Parameter[] = [];
    if (!this.#takeOperator("(")) return parameters;
    if (this.#takeOperator(")")) return parameters;
    do {
      let byValue = false;
      if (this.#isWord("byval") || this.#isWord("byref")) byValue = this.#advance().text === "byval";
      const name = this.#identifier();
      if (this.#takeOperator("(")) this.#expectOperator(")", 1006);
      if (parameters.some((other) => other.name === name.text)) throw this.#error(1041, name);
      parameters.push({ name: name.text, spelling: name.spelling, byValue, at: this.#position(name) });
    } while (this.#takeOperator(","));
    this.#expectOperator(")", 1006);
    return parameters;
  }

  #class(): void {
    if (this.#depth > 1 || this.#procedureKind !== undefined || this.#inClass) throw this.#error(1002);
    this.#advance();
    const name = this.#identifier();
    const at = this.#position(name);
    this.#endOfStatement();
    this.#inClass = true;
    const fields: (Declarator & { isPublic: boolean })[] = [];
    const procedures: Procedure[] = [];
    for (;;) {
      this.#skipSeparators();
      if (this.#isWord("end")) break;
      this.#classMember(fields, procedures);
    }
    this.#inClass = false;
    this.#expectWord("end", 1014);
    this.#expectWord("class", 1047);
    this.#endOfStatement();
    this.#classes.push({ name: name.text, spelling: name.spelling, fields, procedures, at });
  }

  #classMember(fields: (Declarator & { isPublic: boolean })[], procedures: Procedure[]): void {
    if (this.#current.kind === "end") throw this.#error(1014);
    let isPublic: boolean | undefined;
    if (this.#isWord("public") || this.#isWord("private")) isPublic = this.#advance().text === "public";
    const isDefault = this.#isWord("default") && this.#ahead(1).kind === "name";
    if (isDefault) {
      this.#advance();
      if (isPublic !== true) throw this.#error(1057);
      if (!this.#isWord("property") && !this.#isWord("sub") && !this.#isWord("function")) {
        throw this.#error(1056);
      }
      if (procedures.some((other) => other.isDefault)) throw this.#error(1052);
    }
    const startsProcedure = this.#isWord("sub") || this.#isWord("function") ||
      (this.#isWord("property") && this.#isDefinitionAhead());
    if (startsProcedure || (this.#isWord("property") && this.#ahead(1).kind === "name")) {
      procedures.push(this.#procedure(isPublic ?? true, isDefault));
      this.#endOfStatement();
      return;
    }
    if (isPublic === undefined) {
      if (!this.#isWord("dim")) throw this.#error(this.#current.kind === "name" ? 1002 : 1024);
      this.#advance();
    }
    for (const variable of this.#declarators()) fields.push({ ...variable, isPublic: isPublic ?? true });
    this.#endOfStatement();
  }

  // Expressions.

  #expression(strength = 1): Expression {
    return this.#nested(() => this.#binary(strength));
  }

  #binary(minimum: number): Expression {
    let left = this.#isWord("not") && minimum <= NOT_STRENGTH ? this.#not() : this.#unary();
    for (;;) {
      const token = this.#current;
      if (token.kind !== "operator" && (token.kind !== "name" || token.bracketed)) return left;
      const strength = STRENGTH.get(token.text);
      if (strength === undefined || strength < minimum) return left;
      this.#advance();
      const right = this.#nested(() => this.#binary(strength + 1));
      left = { kind: "binary", operator: token.text as BinaryOperator, left, right };
    }
  }

  #not(): Expression {
    this.#advance();
    return { kind: "unary", operator: "not", operand: this.#expression(NOT_STRENGTH) };
  }

  #unary(): Expression {
    if (this.#isOperator("-") || this.#isOperator("+")) {
      const operator = this.#advance().text as "-" | "+";
      return { kind: "unary", operator, operand: this.#nested(() => this.#unary()) };
    }
    if (this.#isWord("not")) return this.#not();
    return this.#postfix();
  }

  /** A primary with its members, indices and calls. `onCall` is told of each parenthesis, and of each new member. */
  #postfix(onCall?: (callee: Expression, index: number | undefined) => void): Expression {
    let expression = this.#primary();
    let length = 0;
    for (;;) {
      const token = this.#current;
      if (token.kind !== "operator") return expression;
      if (token.text === "." && !this.#isArgumentDot(token, onCall !== undefined)) {
        this.#advance();
        const name = this.#memberName();
        expression = { kind: "member", object: expression, name: name.text, spelling: name.spelling };
        onCall?.(expression, undefined);
      } else if (token.text === "(" && isCallable(expression)) {
        onCall?.(expression, this.#index);
        expression = { kind: "call", callee: expression, args: this.#arguments() };
      } else return expression;
      if (++length > NESTING_MAX) throw this.#error(1001);
    }
  }

  /** In `Echo .Name` inside With, the dot starts an argument. */
  #isArgumentDot(token: Token, isTarget: boolean): boolean {
    const last = this.#tokens[this.#index - 1];
    return isTarget && this.#withs > 0 && token.spaced && !this.#ahead(1).spaced && last?.line === token.line;
  }

  #memberName(): Token {
    const token = this.#current;
    if (token.kind !== "name") throw this.#error(1010);
    this.#index++;
    return token;
  }

  #arguments(): Argument[] {
    this.#expectOperator("(", 1005);
    const args: Argument[] = [];
    if (this.#takeOperator(")")) return args;
    for (;;) {
      if (this.#isOperator(",") || this.#isOperator(")")) args.push(undefined);
      else args.push(this.#expression());
      if (this.#takeOperator(")")) return args;
      this.#expectOperator(",", 1006);
    }
  }

  #primary(): Expression {
    const token = this.#current;
    switch (token.kind) {
      case "number":
      case "string":
      case "date":
        this.#index++;
        return { kind: "literal", value: token.value, form: token.kind };
      case "operator":
        if (token.text === "(") {
          this.#index++;
          const inner = this.#expression();
          this.#expectOperator(")", 1006);
          return { kind: "parenthesized", inner };
        }
        if (token.text === ".") {
          this.#index++;
          const name = this.#memberName();
          return { kind: "member", object: undefined, name: name.text, spelling: name.spelling };
        }
        throw this.#error(1023);
      case "name":
        return this.#namePrimary(token);
    }
    throw this.#error(1002);
  }

  #namePrimary(token: Token): Expression {
    if (!token.bracketed) {
      const word = WORDS.get(token.text);
      if (word !== undefined) {
        this.#index++;
        return { kind: "literal", value: word.value, form: "word" };
      }
      if (token.text === "me") {
        if (!this.#inClass) throw this.#error(1037);
        this.#index++;
        return { kind: "me" };
      }
      if (token.text === "new") {
        this.#index++;
        const name = this.#identifier();
        return { kind: "new", name: name.text, spelling: name.spelling };
      }
      if (RESERVED.has(token.text) && !CALLABLE.has(token.text)) throw this.#error(1002);
    }
    this.#index++;
    return { kind: "name", name: token.text, spelling: token.spelling, at: this.#position(token) };
  }
}

/** Reserved words that the library also offers as procedures. */
const CALLABLE: ReadonlySet<string> = new Set(["randomize"]);

/** Words that are values. */
const WORDS: ReadonlyMap<string, { value: Variant }> = new Map([
  ["true", { value: true }],
  ["false", { value: false }],
  ["empty", { value: undefined }],
  ["null", { value: null }],
  ["nothing", { value: NOTHING }],
]);

function isCallable(expression: Expression): boolean {
  return expression.kind !== "literal" && expression.kind !== "new";
}

function isAssignable(expression: Expression): boolean {
  return expression.kind === "name" || expression.kind === "member" || expression.kind === "call" ||
    expression.kind === "me";
}
