/**
 * From tokens to the tree: recursive descent, with precedence climbing for expressions.
 *
 * Most words are keywords only where the grammar looks for them. The one real difficulty is a statement that starts
 * with a name: `f (a), b` and `f (a) + b` are calls whose first argument starts with a parenthesis, `f(a)` is a call
 * by value, and `f(a) = b` an assignment. The parser reads the target first and goes back to its parenthesis when what
 * follows shows that it belongs to an argument.
 *
 * The parser is a chain of classes, each of which knows one part of the grammar and builds on those before it. Lists
 * are copied once they are whole: a list that has grown by `push` has room for sixteen more, and a tree has many lists.
 *
 * @module
 */
import type { VbsError } from "../errors.ts";
import { Lexer } from "../lexer.ts";
import type {
  ClassDeclaration,
  Declarator,
  Expression,
  Parameter,
  Procedure,
  Program,
  Statement,
  StatementBody,
} from "../syntax_tree.ts";
import { RESERVED } from "../tokens.ts";
import { BlockParser, CLOSING_WORDS } from "./blocks.ts";

/** Parses a script. Throws the first compile error. */
export function parseProgram(source: string): Program {
  return new Parser(new Lexer(source)).program();
}

/** Parses one expression, as Eval takes it. */
export function parseExpression(source: string): Expression {
  return new Parser(new Lexer(source)).evalExpression();
}

/** Whole scripts: which statement it is, procedures and classes. */
class Parser extends BlockParser {
  readonly #procedures: Procedure[] = [];
  readonly #classes: ClassDeclaration[] = [];

  program(): Program {
    this.skipSeparators();
    let optionExplicit = false;
    if (this.isWord("option")) {
      this.advance();
      if (!this.isWord("explicit")) throw this.error(1002);
      this.advance();
      this.endOfStatement();
      optionExplicit = true;
    }
    const statements = this.statements();
    if (this.current.kind !== "end") throw this.strayWord();
    return { optionExplicit, statements, procedures: this.#procedures, classes: this.#classes };
  }

  evalExpression(): Expression {
    this.skipSeparators();
    const expression = this.expression();
    this.skipSeparators();
    if (this.current.kind !== "end") throw this.error(1025);
    return expression;
  }

  /** Statements up to a word that closes a block, or the end. */
  protected statements(): Statement[] {
    const statements: Statement[] = [];
    for (;;) {
      this.skipSeparators();
      const token = this.current;
      if (
        token.kind === "end" || (token.kind === "name" && !token.bracketed && CLOSING_WORDS.has(token.text))
      ) {
        return statements.slice();
      }
      this.statement(statements);
    }
  }

  protected statement(into: Statement[]): void {
    const at = this.position();
    this.operands = 0;
    this.enter();
    const body = this.statementBody();
    this.depth--;
    if (body === undefined) return;
    into.push({ ...body, at });
  }

  protected statementBody(): StatementBody | undefined {
    const token = this.current;
    if (token.kind !== "name") {
      if (token.kind === "operator" && (token.text === "." || token.text === "(")) {
        return this.nameStatement();
      }
      throw this.error(1024);
    }
    if (!token.bracketed) {
      switch (token.text) {
        case "dim":
          this.advance();
          return this.finish(this.dim());
        case "const":
          this.advance();
          return this.finish(this.const());
        case "public":
        case "private":
          return this.visibility();
        case "redim":
          return this.finish(this.redim());
        case "erase":
          if (this.startsArgument(this.ahead(1))) return this.finish(this.erase());
          break;
        case "set":
        case "let":
          return this.finish(this.setOrLet());
        case "call":
          return this.finish(this.call());
        case "if":
          return this.if();
        case "select":
          return this.select();
        case "for":
          return this.for();
        case "do":
          return this.do();
        case "while":
          return this.while();
        case "with":
          return this.with();
        case "exit":
          return this.finish(this.exit());
        case "on":
          return this.finish(this.onError());
        case "stop":
          this.advance();
          return this.finish({ kind: "stop" });
        case "sub":
        case "function":
          this.definition(true, false);
          return undefined;
        case "class":
          this.class();
          return undefined;
        case "default":
        case "property":
          if (this.isDefinitionAhead()) throw this.error(1048);
          break;
        case "me":
        case "randomize":
          return this.nameStatement();
      }
      if (RESERVED.has(token.text) && token.text !== "new") throw this.strayWord();
    }
    return this.nameStatement();
  }

  protected isDefinitionAhead(): boolean {
    return /^(get|let|set|property|sub|function)$/.test(this.ahead(1).text) &&
      this.ahead(1).kind === "name";
  }

  protected strayWord(): VbsError {
    const text = this.current.text;
    if (text === "loop") return this.error(1038);
    if (text === "next") return this.error(1055);
    return this.error(text === "option" || text === "then" ? 1002 : 1024);
  }

  protected visibility(): StatementBody | undefined {
    const isPublic = this.advance().text === "public";
    if (this.isWord("const")) {
      this.advance();
      return this.finish(this.const());
    }
    if (this.isWord("sub") || this.isWord("function")) {
      this.definition(isPublic, false);
      return undefined;
    }
    if ((this.isWord("default") || this.isWord("property")) && this.isDefinitionAhead()) {
      throw this.error(1048);
    }
    return this.finish(this.dim());
  }

  protected definition(isPublic: boolean, isDefault: boolean): void {
    if (this.procedureKind !== undefined) throw this.error(1002);
    this.#procedures.push(this.procedure(isPublic, isDefault));
    this.endOfStatement();
  }

  /** A Sub, Function or Property, up to its `End …`. */
  protected procedure(isPublic: boolean, isDefault: boolean): Procedure {
    const word = this.advance().text;
    let kind: Procedure["kind"] = word === "sub" ? "sub" : "function";
    if (word === "property") {
      const accessor = this.current.text;
      if (accessor !== "get" && accessor !== "let" && accessor !== "set") throw this.error(1049);
      if (isDefault && accessor !== "get") throw this.error(1058);
      this.advance();
      kind = accessor;
    }
    const name = this.identifier();
    const at = this.position(name);
    const parameters = this.parameters();
    if ((kind === "let" || kind === "set") && parameters.length === 0) throw this.error(1054);
    if (this.inClass && /^class_(initialize|terminate)$/.test(name.text) && parameters.length > 0) {
      throw this.error(1053, name);
    }
    const saved = [this.loops, this.withs, this.singleLineIfs] as const;
    [this.loops, this.withs, this.singleLineIfs, this.procedureKind] = [[], 0, 0, kind];
    const body = this.statements();
    [this.loops, this.withs, this.singleLineIfs] = saved;
    this.procedureKind = undefined;
    const endAt = this.position();
    this.expectWord("end", 1014);
    const [closing, number] = word === "sub"
      ? ["sub", 1016] as const
      : word === "function"
      ? ["function", 1015] as const
      : ["property", 1050] as const;
    this.expectWord(closing, number);
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

  protected parameters(): Parameter[] {
    const parameters: Parameter[] = [];
    if (!this.takeOperator("(")) return parameters;
    if (this.takeOperator(")")) return parameters;
    do {
      let byValue = false;
      if (this.isWord("byval") || this.isWord("byref")) byValue = this.advance().text === "byval";
      const name = this.identifier();
      if (this.takeOperator("(")) this.expectOperator(")", 1006);
      if (parameters.some((other) => other.name === name.text)) throw this.error(1041, name);
      parameters.push({ name: name.text, spelling: name.spelling, byValue, at: this.position(name) });
    } while (this.takeOperator(","));
    this.expectOperator(")", 1006);
    return parameters.slice();
  }

  protected class(): void {
    if (this.depth > 1 || this.procedureKind !== undefined || this.inClass) throw this.error(1002);
    this.advance();
    const name = this.identifier();
    const at = this.position(name);
    this.endOfStatement();
    this.inClass = true;
    const fields: (Declarator & { isPublic: boolean })[] = [];
    const procedures: Procedure[] = [];
    for (;;) {
      this.skipSeparators();
      if (this.isWord("end")) break;
      this.classMember(fields, procedures);
    }
    this.inClass = false;
    this.expectWord("end", 1014);
    this.expectWord("class", 1047);
    this.endOfStatement();
    this.#classes.push({ name: name.text, spelling: name.spelling, fields, procedures, at });
  }

  protected classMember(fields: (Declarator & { isPublic: boolean })[], procedures: Procedure[]): void {
    if (this.current.kind === "end") throw this.error(1014);
    let isPublic: boolean | undefined;
    if (this.isWord("public") || this.isWord("private")) isPublic = this.advance().text === "public";
    const isDefault = this.isWord("default") && this.ahead(1).kind === "name";
    if (isDefault) {
      this.advance();
      if (isPublic !== true) throw this.error(1057);
      if (!this.isWord("property") && !this.isWord("sub") && !this.isWord("function")) {
        throw this.error(1056);
      }
      if (procedures.some((other) => other.isDefault)) throw this.error(1052);
    }
    const startsProcedure = this.isWord("sub") || this.isWord("function") ||
      (this.isWord("property") && this.isDefinitionAhead());
    if (startsProcedure || (this.isWord("property") && this.ahead(1).kind === "name")) {
      procedures.push(this.procedure(isPublic ?? true, isDefault));
      this.endOfStatement();
      return;
    }
    if (isPublic === undefined) {
      if (!this.isWord("dim")) throw this.error(this.current.kind === "name" ? 1002 : 1024);
      this.advance();
    }
    for (const variable of this.declarators()) fields.push({ ...variable, isPublic: isPublic ?? true });
    this.endOfStatement();
  }
}
