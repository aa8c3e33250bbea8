/** Statements that hold others: If, Select, the loops, With, and what leaves them. @module */
import type { Position } from "../errors.ts";
import type { Expression, Procedure, Statement, StatementBody } from "../syntax_tree.ts";
import { StatementParser } from "./statements.ts";

/** Words that end the statements of a block. */
export const CLOSING_WORDS: ReadonlySet<string> = new Set([
  "end",
  "else",
  "elseif",
  "loop",
  "next",
  "wend",
  "case",
]);

/** See the module. */
export abstract class BlockParser extends StatementParser {
  protected loops: ("do" | "for")[] = [];
  /** Of the procedure around, if there is one. */
  protected procedureKind: Procedure["kind"] | undefined;

  /** Statements up to a word that closes a block, or the end. */
  protected abstract statements(): Statement[];

  /** Takes one statement. */
  protected abstract statement(into: Statement[]): void;

  protected if(): StatementBody {
    let otherwise: readonly Statement[] | undefined;
    const at = this.position(this.advance());
    const condition = this.expression();
    this.expectWord("then", 1017);
    let ahead = 0;
    while (this.ahead(ahead).kind === "colon") ahead++;
    const isBlock = this.ahead(ahead).kind === "newline" || this.ahead(ahead).kind === "end";
    if (!isBlock) return this.singleLineIf(condition, at);
    const singleLineIfs = this.singleLineIfs;
    this.singleLineIfs = 0;
    const branches = [{ condition, at, body: this.statements() }];
    for (;;) {
      const branchAt = this.position();
      if (this.takeWord("elseif")) {
        const condition = this.expression();
        this.expectWord("then", 1017);
        branches.push({ condition, at: branchAt, body: this.statements() });
      } else if (this.takeWord("else")) {
        otherwise = this.statements();
        break;
      } else break;
    }
    this.expectWord("end", 1014);
    this.expectWord("if", 1012);
    this.singleLineIfs = singleLineIfs;
    return this.finish({ kind: "if", branches, otherwise });
  }

  protected singleLineIf(condition: Expression, at: Position): StatementBody {
    this.singleLineIfs++;
    const branches = [{ condition, at, body: this.lineStatements() as readonly Statement[] }];
    let otherwise: readonly Statement[] | undefined;
    // The manual's single-line form has Else alone; ElseIf belongs to the block form, where it starts a line.
    if (this.isWord("elseif")) throw this.error(1042);
    if (this.takeWord("else")) {
      otherwise = this.lineStatements();
      if (this.isWord("elseif")) throw this.error(1042);
    }
    if (this.isWord("end") && this.isWord("if", this.ahead(1))) this.index += 2;
    this.singleLineIfs--;
    return this.finish({ kind: "if", branches, otherwise });
  }

  /** Statements up to the end of the line, or to Else or End If on it. The newline is left for the If to take. */
  protected lineStatements(): Statement[] {
    const statements: Statement[] = [];
    for (;;) {
      while (this.current.kind === "colon") this.index++;
      const token = this.current;
      if (token.kind === "newline" || token.kind === "end") return statements;
      if (token.kind === "name" && !token.bracketed && CLOSING_WORDS.has(token.text)) return statements;
      this.statement(statements);
      // A statement takes the separator that ends it; the line's own must stay.
      if (this.previous!.kind === "newline") {
        this.index--;
        return statements;
      }
    }
  }

  protected select(): StatementBody {
    this.advance();
    this.expectWord("case", 1021);
    const selector = this.expression();
    this.endOfStatement();
    this.skipSeparators();
    const cases: { values: readonly { value: Expression; at: Position }[]; body: readonly Statement[] }[] =
      [];
    let otherwise: readonly Statement[] | undefined;
    while (this.isWord("case")) {
      this.advance();
      if (this.takeWord("else")) {
        otherwise = this.statements();
        break;
      }
      const values: { value: Expression; at: Position }[] = [];
      do {
        const at = this.position();
        values.push({ value: this.expression(), at });
      } while (this.takeOperator(","));
      cases.push({ values, body: this.statements() });
    }
    this.expectWord("end", 1014);
    this.expectWord("select", 1022);
    return this.finish({ kind: "select", selector, cases, otherwise });
  }

  protected loopBody(kind: "do" | "for"): Statement[] {
    this.loops.push(kind);
    const singleLineIfs = this.singleLineIfs;
    this.singleLineIfs = 0;
    const body = this.statements();
    this.singleLineIfs = singleLineIfs;
    this.loops.pop();
    return body;
  }

  protected for(): StatementBody {
    this.advance();
    if (this.takeWord("each")) return this.forEach();
    const variable = this.loopVariable();
    this.expectOperator("=", 1011);
    const from = this.expression();
    this.expectWord("to", 1013);
    const to = this.expression();
    const step = this.takeWord("step") ? this.expression() : undefined;
    this.endOfStatement();
    const body = this.loopBody("for");
    const endAt = this.position();
    this.expectWord("next", 1020);
    return this.finish({ kind: "for", variable, from, to, step, body, endAt });
  }

  protected loopVariable(): Expression & { kind: "name" } {
    const token = this.identifier();
    if (this.isOperator("(") || this.isOperator(".")) throw this.error(1040, token);
    return { kind: "name", name: token.text, spelling: token.spelling, at: this.position(token) };
  }

  protected forEach(): StatementBody {
    const variable = this.loopVariable();
    this.expectWord("in", 1046);
    const source = this.expression();
    this.endOfStatement();
    const body = this.loopBody("for");
    const endAt = this.position();
    this.expectWord("next", 1020);
    return this.finish({ kind: "foreach", variable, source, body, endAt });
  }

  protected do(): StatementBody {
    this.advance();
    let condition: Expression | undefined;
    let until = false;
    const isTop = this.isWord("while") || this.isWord("until");
    if (isTop) {
      until = this.advance().text === "until";
      condition = this.expression();
    } else if (!this.atSeparator()) throw this.error(1028);
    this.endOfStatement();
    const body = this.loopBody("do");
    const endAt = this.position();
    this.expectWord("loop", 1019);
    if (!isTop && (this.isWord("while") || this.isWord("until"))) {
      until = this.advance().text === "until";
      condition = this.expression();
      return this.finish({ kind: "do", condition, until, bottom: true, body, endAt, isWhile: false });
    }
    if (!this.atStatementEnd()) throw this.error(1027);
    return this.finish({ kind: "do", condition, until, bottom: false, body, endAt, isWhile: false });
  }

  protected while(): StatementBody {
    this.advance();
    const condition = this.expression();
    this.endOfStatement();
    const singleLineIfs = this.singleLineIfs;
    this.singleLineIfs = 0;
    const body = this.statements();
    this.singleLineIfs = singleLineIfs;
    const endAt = this.position();
    this.expectWord("wend", 1018);
    return this.finish({ kind: "do", condition, until: false, bottom: false, body, endAt, isWhile: true });
  }

  protected with(): StatementBody {
    this.advance();
    const object = this.expression();
    this.endOfStatement();
    this.withs++;
    const body = this.statements();
    this.withs--;
    this.expectWord("end", 1014);
    this.expectWord("with", 1029);
    return this.finish({ kind: "with", object, body });
  }

  protected exit(): StatementBody {
    const at = this.advance();
    const what = this.current.text;
    if (what === "do" || what === "for") {
      if (!this.loops.includes(what)) throw this.error(1039, at);
    } else if (what === "sub" || what === "function" || what === "property") {
      const kind = this.procedureKind;
      const inside = kind === undefined ? "" : kind === "sub" || kind === "function" ? kind : "property";
      if (inside !== what) throw this.error(1039, at);
    } else throw this.error(1039, at);
    this.advance();
    return { kind: "exit", what };
  }
}
