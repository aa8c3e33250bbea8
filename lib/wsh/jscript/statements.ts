/** Statements of JScript, changed where they stand. @module */
import { JScriptSyntaxError } from "./compile_error.ts";
import { ExpressionTranslator, type TranslationParts } from "./expressions.ts";
import { HELPER } from "./helpers.ts";
import type { ScriptUses } from "./script_uses.ts";
import type { TextEdits } from "./text_edits.ts";
import type { TokenReader } from "./token_reader.ts";

/** What `break`, `continue` and `return` may refer to. */
interface FunctionScope {
  /** Undefined outside of functions. */
  readonly bodyStart: number | undefined;
  readonly labels: { readonly name: string; isLoop: boolean }[];
  loops: number;
  switches: number;
  /** Declarations of methods and of handlers, which hold from the beginning on where their object is there. */
  readonly bindings: string[];
}

const POLL = `${HELPER.cells}[0]&&${HELPER.stop}(),`;

/** Goes over the statements of a text. */
export class StatementTranslator {
  readonly #token: TokenReader;
  readonly #edits: TextEdits;
  readonly #uses: ScriptUses;
  readonly #expressions: ExpressionTranslator;
  #scope: FunctionScope = newScope(undefined);
  #handlers = 0;

  constructor(parts: TranslationParts) {
    this.#token = parts.token;
    this.#edits = parts.edits;
    this.#uses = parts.uses;
    this.#expressions = new ExpressionTranslator(parts, () => this.#function());
  }

  /** Goes over the whole text. */
  program(): void {
    this.#token.next();
    while (this.#token.kind !== "end") this.#statement();
    if (this.#scope.bindings.length > 0) this.#edits.open(0, this.#scope.bindings.join(""));
  }

  #statement(): void {
    const token = this.#token;
    if (token.kind === "punctuator") {
      if (token.text === "{") return this.#block();
      if (token.text === ";") return token.next();
    } else if (token.kind === "keyword") {
      const parse = this.#statements[token.text];
      if (parse !== undefined) return parse();
    }
    const { kind, text, start } = token;
    const operand = this.#expressions.expression();
    if (kind === "name" && operand.kind === "name" && token.is(":") && operand.start === start) {
      return this.#labelled(text, start);
    }
    // A directive would make V8 strict; JScript knows none.
    if (kind === "string" && text.slice(1, -1) === "use strict") this.#edits.open(start, "0,");
    token.semicolon();
  }

  readonly #statements: Readonly<Record<string, () => void>> = {
    var: () => {
      this.#token.next();
      this.#declarations(true);
      this.#token.semicolon();
    },
    if: () => {
      this.#token.next();
      this.#condition();
      this.#statement();
      if (this.#token.skip("else")) this.#statement();
    },
    for: () => this.#for(),
    while: () => {
      this.#token.next();
      this.#condition(POLL);
      this.#body();
    },
    do: () => {
      this.#token.next();
      this.#body();
      if (!this.#token.skip("while")) throw this.#token.error(1024);
      this.#condition(POLL);
      this.#token.skip(";");
    },
    continue: () => this.#jump("continue"),
    break: () => this.#jump("break"),
    return: () => {
      if (this.#scope.bodyStart === undefined) throw this.#token.error(1018);
      this.#token.next();
      if (!this.#token.isStatementEnd()) this.#expressions.expression();
      this.#token.semicolon();
    },
    with: () => {
      this.#token.next();
      this.#condition();
      this.#statement();
    },
    switch: () => this.#switch(),
    throw: () => {
      this.#token.next();
      if (this.#token.isStatementEnd()) throw this.#token.error(1035);
      this.#expressions.expression();
      this.#token.semicolon();
    },
    try: () => this.#try(),
    function: () => this.#functionDeclaration(),
    debugger: () => {
      this.#token.next();
      this.#token.semicolon();
    },
  };

  #block(): void {
    this.#token.expect("{", 1008);
    while (!this.#token.is("}")) {
      if (this.#token.kind === "end") throw this.#token.error(1009);
      this.#statement();
    }
    this.#token.next();
  }

  #labelled(name: string, at: number): void {
    const { labels } = this.#scope;
    if (labels.some((label) => label.name === name)) throw new JScriptSyntaxError(1025, at);
    this.#token.next();
    const { kind, text } = this.#token;
    labels.push({ name, isLoop: kind === "keyword" && /^(for|while|do)$/.test(text) });
    this.#statement();
    labels.pop();
  }

  #jump(word: "break" | "continue"): void {
    const token = this.#token;
    const at = token.start;
    token.next();
    const { labels, loops, switches } = this.#scope;
    if (token.kind === "name" && !token.newlineBefore) {
      const label = labels.find(({ name }) => name === token.text);
      if (label === undefined) throw token.error(1026);
      if (word === "continue" && !label.isLoop) throw new JScriptSyntaxError(1020, at);
      token.next();
    } else if (word === "continue" && loops === 0) throw new JScriptSyntaxError(1020, at);
    else if (word === "break" && loops + switches === 0) throw new JScriptSyntaxError(1019, at);
    token.semicolon();
  }

  /** An expression in parentheses. */
  #condition(before = ""): void {
    this.#token.expect("(", 1005);
    if (before !== "") this.#edits.open(this.#token.start, before);
    this.#expressions.expression();
    this.#token.expect(")", 1006);
  }

  /** The statement that a loop repeats. */
  #body(): void {
    this.#scope.loops++;
    this.#statement();
    this.#scope.loops--;
  }

  #for(): void {
    const token = this.#token;
    token.next();
    token.expect("(", 1005);
    if (!token.is(";")) {
      const isIn = this.#forStart();
      if (isIn) {
        token.next();
        this.#expressions.expression();
        token.expect(")", 1006);
        return this.#body();
      }
    }
    token.expect(";", 1004);
    if (token.is(";")) this.#edits.close(token.start, `${POLL}1`);
    else {
      this.#edits.open(token.start, POLL);
      this.#expressions.expression();
    }
    token.expect(";", 1004);
    if (!token.is(")")) this.#expressions.expression();
    token.expect(")", 1006);
    this.#body();
  }

  /** What stands before the first `;`, or before the `in`: whether it is the latter. */
  #forStart(): boolean {
    if (this.#token.skip("var")) {
      const [name, ...others] = this.#declarations(false);
      if (!this.#token.is("in") || others.length > 0) return false;
      this.#uses.forget(name!);
      return true;
    }
    const operand = this.#expressions.expression(false);
    if (!this.#token.is("in")) return false;
    this.#expressions.assignTo(operand);
    if (operand.kind === "name") this.#uses.forget(operand.name);
    return true;
  }

  #switch(): void {
    this.#token.next();
    this.#condition();
    this.#token.expect("{", 1008);
    this.#scope.switches++;
    let hasDefault = false;
    while (!this.#token.is("}")) {
      if (this.#token.is("default")) {
        if (hasDefault) throw this.#token.error(1027);
        hasDefault = true;
        this.#token.next();
      } else if (this.#token.skip("case")) this.#expressions.expression();
      else throw this.#token.error(this.#token.kind === "end" ? 1009 : 1002);
      this.#token.expect(":", 1003);
      while (!this.#token.is("case") && !this.#token.is("default") && !this.#token.is("}")) {
        if (this.#token.kind === "end") throw this.#token.error(1009);
        this.#statement();
      }
    }
    this.#token.next();
    this.#scope.switches--;
  }

  #try(): void {
    this.#token.next();
    this.#block();
    const hasCatch = this.#token.skip("catch");
    if (hasCatch) {
      this.#token.expect("(", 1005);
      const name = this.#token.name();
      this.#uses.forget(name);
      this.#token.expect(")", 1006);
      if (!this.#token.is("{")) throw this.#token.error(1008);
      this.#edits.close(this.#token.end, `${name}=${HELPER.caught}(${name});`);
      this.#block();
    }
    if (this.#token.skip("finally")) this.#block();
    else if (!hasCatch) throw this.#token.error(1033);
  }

  /** The names that are declared. */
  #declarations(mayHaveIn: boolean): string[] {
    const names: string[] = [];
    do {
      const name = this.#token.name();
      names.push(name);
      if (this.#token.skip("=")) this.#expressions.assignedValue(name, mayHaveIn);
    } while (this.#token.skip(","));
    return names;
  }

  #functionDeclaration(): void {
    const token = this.#token;
    const { start } = token;
    token.next();
    const nameStart = token.start;
    const path = [token.name()];
    let separator = "";
    while (separator !== "::" && (token.is(".") || token.is(":"))) {
      separator = token.is(".") ? "." : "::";
      token.next();
      if (separator === "::") token.expect(":", 1003);
      path.push(token.name());
    }
    const nameEnd = token.previousEnd;
    this.#function();
    if (path.length === 1) {
      this.#uses.forget(path[0]!);
      return;
    }
    const name = `jscript$${separator === "::" ? "handler" : "method"}${this.#handlers++}_${start}`;
    this.#edits.replace(nameStart, nameEnd, name);
    const member = JSON.stringify(path.at(-1));
    const bind = `${HELPER.bind}(function(){return ${path.slice(0, -1).join(".")}},${member},${name},${
      JSON.stringify(separator)
    }`;
    this.#scope.bindings.push(`${bind},1);`);
    this.#edits.close(token.previousEnd, `;${bind});`);
  }

  /** Parameters and body. */
  #function(): void {
    this.#token.expect("(", 1005);
    if (!this.#token.is(")")) {
      do this.#uses.forget(this.#token.name()); while (this.#token.skip(","));
    }
    this.#token.expect(")", 1006);
    if (!this.#token.is("{")) throw this.#token.error(1008);
    const outer = this.#scope;
    const bodyStart = this.#token.end;
    this.#scope = newScope(bodyStart);
    this.#block();
    if (this.#scope.bindings.length > 0) this.#edits.close(bodyStart, this.#scope.bindings.join(""));
    this.#scope = outer;
  }
}

function newScope(bodyStart: number | undefined): FunctionScope {
  return { bodyStart, labels: [], loops: 0, switches: 0, bindings: [] };
}
