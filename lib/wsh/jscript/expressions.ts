/** Expressions of JScript, changed where they stand. @module */
import { JScriptSyntaxError } from "./compile_error.ts";
import { HELPER } from "./helpers.ts";
import type { ScriptUses } from "./script_uses.ts";
import type { TextEdits } from "./text_edits.ts";
import type { TokenReader } from "./token_reader.ts";

/** What was parsed, as far as those want to know who meet it next. */
export type Operand =
  | { readonly kind: "name"; readonly start: number; readonly name: string }
  | {
    readonly kind: "member";
    readonly start: number;
    readonly objectEnd: number;
    readonly name: string;
    /** The object, if it is one. */
    readonly variable: string | undefined;
  }
  | { readonly kind: "index"; readonly start: number; readonly open: number; readonly close: number }
  | {
    readonly kind: "call";
    readonly start: number;
    readonly callee: Operand;
    /** Of its parentheses. */
    readonly open: number;
    readonly close: number;
    readonly progId?: string | undefined;
  }
  /** In parentheses; the name if there is no more than that. */
  | { readonly kind: "group"; readonly start: number; readonly assignable: boolean; readonly name?: string }
  /** The ProgID, if that is an object which is created here. */
  | { readonly kind: "other"; readonly start: number; readonly progId?: string | undefined };

const ASSIGNMENTS = new Set(["=", "+=", "-=", "*=", "/=", "%=", "<<=", ">>=", ">>>=", "&=", "|=", "^="]);
const PREFIXES = new Set(["++", "--", "+", "-", "~", "!"]);
/** Binary operators, from those that bind least. */
const LEVELS: readonly (readonly string[])[] = [
  ["||"],
  ["&&"],
  ["|"],
  ["^"],
  ["&"],
  ["==", "!=", "===", "!=="],
  ["<", ">", "<=", ">=", "instanceof", "in"],
  ["<<", ">>", ">>>"],
  ["+", "-"],
  ["*", "/", "%"],
];
const PRECEDENCE: ReadonlyMap<string, number> = new Map(
  LEVELS.flatMap((texts, level) => texts.map((text) => [text, level + 1] as const)),
);

/** A text that is translated: its tokens, and where to note what is found. */
export interface TranslationParts {
  readonly source: string;
  readonly token: TokenReader;
  readonly edits: TextEdits;
  readonly uses: ScriptUses;
}

/** Goes over expressions; the token behind them is the current one then. */
export class ExpressionTranslator {
  readonly #source: string;
  readonly #token: TokenReader;
  readonly #edits: TextEdits;
  readonly #uses: ScriptUses;
  readonly #parseFunction: () => void;

  /** @param parseFunction goes over the parameters and the body of a function */
  constructor({ source, token, edits, uses }: TranslationParts, parseFunction: () => void) {
    this.#source = source;
    this.#token = token;
    this.#edits = edits;
    this.#uses = uses;
    this.#parseFunction = parseFunction;
  }

  /** Goes over an expression; in the head of a `for`, an `in` ends it. */
  expression(mayHaveIn = true): Operand {
    const first = this.#assignment(mayHaveIn);
    if (!this.#token.is(",")) return first;
    while (this.#token.skip(",")) this.#assignment(mayHaveIn);
    return { kind: "other", start: first.start };
  }

  /** Goes over the value that a variable is given. */
  assignedValue(name: string, mayHaveIn: boolean): void {
    const value = this.#assignment(mayHaveIn);
    const progId = value.kind === "other" || value.kind === "call" ? value.progId : undefined;
    const isNull = this.#source.slice(value.start, this.#token.previousEnd) === "null";
    if (!isNull) this.#uses.assign(name, progId);
  }

  #assignment(mayHaveIn = true): Operand {
    const left = this.#conditional(mayHaveIn);
    const token = this.#token;
    if (token.kind !== "punctuator" || !ASSIGNMENTS.has(token.text)) return left;
    this.assignTo(left);
    token.next();
    if (left.kind === "name") this.assignedValue(left.name, mayHaveIn);
    else this.#assignment(mayHaveIn);
    return { kind: "other", start: left.start };
  }

  /** Makes an operand one that can be assigned to. */
  assignTo(operand: Operand): void {
    if (operand.kind === "call") return this.#assignToCall(operand);
    const isAssignable = operand.kind === "group"
      ? operand.assignable
      : operand.kind === "name" || operand.kind === "member" || operand.kind === "index";
    if (!isAssignable) throw new JScriptSyntaxError(5008, operand.start);
  }

  /** `a.b(c)` becomes `ref(a,"b",[c]).value`. */
  #assignToCall({ start, callee, open, close }: Operand & { kind: "call" }): void {
    const edits = this.#edits;
    edits.open(start, `${HELPER.ref}(`);
    if (callee.kind === "member") {
      edits.replace(callee.objectEnd, open + 1, `,${JSON.stringify(callee.name)},[`);
    } else if (callee.kind === "index") {
      edits.replace(callee.open, callee.open + 1, ",");
      edits.replace(callee.close, open + 1, ",[");
    } else edits.replace(open, open + 1, ",void 0,[");
    edits.replace(close, close + 1, "]).value");
  }

  #conditional(mayHaveIn: boolean): Operand {
    const test = this.#binary(0, mayHaveIn);
    if (!this.#token.is("?")) return test;
    this.#token.next();
    this.#assignment();
    this.#token.expect(":", 1003);
    this.#assignment(mayHaveIn);
    return { kind: "other", start: test.start };
  }

  #binary(weakest: number, mayHaveIn: boolean): Operand {
    let left = this.#unary();
    for (;;) {
      const { kind, text } = this.#token;
      if (kind !== "punctuator" && kind !== "keyword") return left;
      const precedence = text === "in" && !mayHaveIn ? undefined : PRECEDENCE.get(text);
      if (precedence === undefined || precedence <= weakest) return left;
      this.#token.next();
      this.#binary(precedence, mayHaveIn);
      left = { kind: "other", start: left.start };
    }
  }

  #unary(): Operand {
    const token = this.#token;
    const { kind, text, start, end } = token;
    if (kind === "keyword" && text === "typeof") {
      token.next();
      const operand = this.#unary();
      const name = operand.kind === "name" || operand.kind === "group" ? operand.name : undefined;
      // What was never declared may stand behind typeof alone.
      const guard = name === undefined ? "" : `typeof ${name}==="undefined"?void 0:`;
      this.#edits.replace(start, end, `${HELPER.typeOf}(${guard}`);
      this.#edits.close(token.previousEnd, ")");
      return { kind: "other", start };
    }
    const isWord = kind === "keyword" && (text === "delete" || text === "void");
    if (!isWord && !(kind === "punctuator" && PREFIXES.has(text))) return this.#postfix();
    token.next();
    const operand = this.#unary();
    if (text === "++" || text === "--") this.assignTo(operand);
    return { kind: "other", start };
  }

  #postfix(): Operand {
    const operand = this.#leftHandSide();
    const token = this.#token;
    if (token.newlineBefore || (!token.is("++") && !token.is("--"))) return operand;
    this.assignTo(operand);
    token.next();
    return { kind: "other", start: operand.start };
  }

  #leftHandSide(): Operand {
    const token = this.#token;
    let operand = token.is("new") ? this.#new() : this.#primary();
    for (;;) {
      if (token.kind !== "punctuator") return operand;
      if (token.text === "(") operand = this.#call(operand);
      else {
        const member = this.#member(operand);
        if (member === undefined) return operand;
        operand = member;
      }
    }
  }

  /** `.name` or `[index]` behind an operand. */
  #member(object: Operand): Operand | undefined {
    const token = this.#token;
    const { start } = object;
    if (token.text === ".") {
      const objectEnd = token.previousEnd;
      token.next();
      if (token.kind !== "name" && token.kind !== "keyword") throw token.error(1010);
      const name = token.text;
      token.next();
      const variable = object.kind === "name" ? object.name : undefined;
      return { kind: "member", start, objectEnd, name, variable };
    }
    if (token.text !== "[") return undefined;
    const open = token.start;
    token.next();
    this.expression();
    const close = token.start;
    token.expect("]", 1007);
    return { kind: "index", start, open, close };
  }

  #call(callee: Operand): Operand {
    const open = this.#token.start;
    const progId = this.#noteCall(callee);
    const isEval = callee.kind === "name" && callee.name === "eval";
    const close = this.#arguments(isEval);
    if (callee.kind === "member" && callee.name === "exec") {
      this.#edits.open(callee.start, `${HELPER.groups}(`);
      this.#edits.close(close + 1, ")");
    }
    return { kind: "call", start: callee.start, callee, open, close, progId };
  }

  /** What stands in parentheses; where they close. */
  #arguments(isCode: boolean): number {
    const token = this.#token;
    token.next();
    if (!token.is(")")) {
      const first = token.start;
      this.#assignment();
      if (isCode) {
        this.#edits.open(first, `${HELPER.source}(`);
        this.#edits.close(token.previousEnd, ")");
      }
      while (token.skip(",")) this.#assignment();
    }
    const close = token.start;
    token.expect(")", 1006);
    return close;
  }

  #new(): Operand {
    const token = this.#token;
    const { start } = token;
    token.next();
    let callee = token.is("new") ? this.#new() : this.#primary();
    for (let member; token.kind === "punctuator" && (member = this.#member(callee)) !== undefined;) {
      callee = member;
    }
    if (token.is("(")) {
      const isObject = callee.kind === "name" && callee.name === "ActiveXObject";
      const progId = isObject
        ? this.#uses.create("ActiveXObject", { at: start, open: token.start })
        : undefined;
      this.#arguments(false);
      return { kind: "other", start, progId };
    }
    return { kind: "other", start };
  }

  #primary(): Operand {
    const token = this.#token;
    const { kind, text, start } = token;
    switch (kind) {
      case "name":
        token.next();
        return { kind: "name", start, name: text };
      case "number":
      case "string":
        token.next();
        return { kind: "other", start };
      case "keyword":
        if (text === "function") {
          token.next();
          if (token.kind === "name") token.next();
          this.#parseFunction();
          return { kind: "other", start };
        }
        if (!/^(this|null|true|false)$/.test(text)) break;
        token.next();
        return { kind: "other", start };
      case "punctuator":
        if (text === "(") return this.#group();
        if (text === "[") return this.#array();
        if (text === "{") return this.#object();
        if (text !== "/" && text !== "/=") break;
        token.rescanRegExp();
        token.next();
        return { kind: "other", start };
    }
    throw token.error(1002);
  }

  #group(): Operand {
    const { start } = this.#token;
    this.#token.next();
    const inner = this.expression();
    this.#token.expect(")", 1006);
    if (inner.kind === "name") return { kind: "group", start, assignable: true, name: inner.name };
    const assignable = inner.kind === "member" || inner.kind === "index" ||
      (inner.kind === "group" && inner.assignable);
    return { kind: "group", start, assignable };
  }

  #array(): Operand {
    const { start } = this.#token;
    this.#token.next();
    while (!this.#token.is("]")) {
      if (this.#token.skip(",")) continue;
      this.#assignment();
      if (!this.#token.is("]")) this.#token.expect(",", 1007);
    }
    this.#token.next();
    return { kind: "other", start };
  }

  #object(): Operand {
    const token = this.#token;
    const { start } = token;
    token.next();
    while (!token.is("}")) {
      if (token.kind === "punctuator" || token.kind === "end" || token.kind === "regexp") {
        throw token.error(1028);
      }
      token.next();
      token.expect(":", 1003);
      this.#assignment();
      if (!token.is("}")) token.expect(",", 1009);
    }
    token.next();
    return { kind: "other", start };
  }

  /** At the opening parenthesis of a call; the ProgID of what it creates. */
  #noteCall(callee: Operand): string | undefined {
    const { start } = this.#token;
    if (callee.kind === "name") this.#uses.callFunction(callee.name, { at: callee.start, open: start });
    if (callee.kind !== "member" || callee.variable === undefined) return undefined;
    const { variable, name } = callee;
    return this.#uses.callMember({ variable, member: name, at: callee.start }, start);
  }
}
