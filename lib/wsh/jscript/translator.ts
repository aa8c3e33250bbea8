/**
 * JScript as JavaScript.
 *
 * Theory of operation. JScript is ECMAScript 3 with a few things that no other engine parses: properties with arguments
 * are assigned (`dict("k") = 1`), functions are declared as methods and as handlers of events (`function o.m() {}`,
 * `function o::Event() {}`), and there is conditional compilation. A recursive descent over the text finds these, and
 * changes them where they stand; everything else stays as it is written, so that `toString` of a function gives its text and
 * errors keep their places. Besides, loops are made to poll, and `catch` and `typeof` to ask the host:
 *
 *     dict.Item("k") += 1          jscript$ref(dict,"Item",["k"]).value += 1
 *     while (a) b                  while (jscript$cells[0]&&jscript$stop(),a) b
 *     catch (e) { … }              catch (e) {e=jscript$caught(e); … }
 *     typeof a.b                   jscript$typeof( a.b)
 *     eval(code)                   eval(jscript$source(code))
 *     pattern.exec(text)           jscript$groups(pattern.exec(text))
 *
 * No tree is built: of an expression the parser remembers what an assignment to it would need.
 *
 * @module
 */
import { JScriptSyntaxError } from "./compile_error.ts";
import { Scanner } from "./scanner.ts";
import { ScriptUses } from "./script_uses.ts";
import { type EditedText, TextEdits } from "./text_edits.ts";

/** What the translated text calls. */
export const HELPER = {
  ref: "jscript$ref",
  bind: "jscript$bind",
  cells: "jscript$cells",
  stop: "jscript$stop",
  caught: "jscript$caught",
  typeOf: "jscript$typeof",
  source: "jscript$source",
  groups: "jscript$groups",
} as const;

/** A text, translated, and what it uses. */
export interface Translation {
  readonly code: EditedText;
  readonly uses: ScriptUses;
}

/** Translates a script. @throws JScriptSyntaxError */
export function translate(source: string): Translation {
  try {
    return new Translator(source).program();
  } catch (error) {
    // The text nests deeper than any stack.
    if (error instanceof RangeError) throw new JScriptSyntaxError(1002, 0, "it nests too deeply");
    throw error;
  }
}

/** What was parsed, as far as those want to know who meet it next. */
type Operand =
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
const POLL = `${HELPER.cells}[0]&&${HELPER.stop}(),`;

class Translator {
  readonly #source: string;
  readonly #edits = new TextEdits();
  readonly #token: Scanner;
  readonly #uses: ScriptUses;
  #scope: FunctionScope = newScope(undefined);
  #handlers = 0;

  constructor(source: string) {
    this.#source = source;
    this.#token = new Scanner(source, this.#edits);
    this.#uses = new ScriptUses(source);
  }

  program(): Translation {
    this.#token.next();
    while (this.#token.kind !== "end") this.#statement();
    if (this.#scope.bindings.length > 0) this.#edits.open(0, this.#scope.bindings.join(""));
    return {
      code: this.#edits.apply(this.#source),
      uses: this.#uses,
    };
  }

  // Statements

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
    const operand = this.#expression();
    if (kind === "name" && operand.kind === "name" && this.#is(":") && operand.start === start) {
      return this.#labelled(text, start);
    }
    // A directive would make V8 strict; JScript knows none.
    if (kind === "string" && text.slice(1, -1) === "use strict") this.#edits.open(start, "0,");
    this.#semicolon();
  }

  readonly #statements: Readonly<Record<string, () => void>> = {
    var: () => {
      this.#token.next();
      this.#declarations(true);
      this.#semicolon();
    },
    if: () => {
      this.#token.next();
      this.#condition();
      this.#statement();
      if (this.#skip("else")) this.#statement();
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
      if (!this.#skip("while")) throw this.#error(1024);
      this.#condition(POLL);
      this.#skip(";");
    },
    continue: () => this.#jump("continue"),
    break: () => this.#jump("break"),
    return: () => {
      if (this.#scope.bodyStart === undefined) throw this.#error(1018);
      this.#token.next();
      if (!this.#isStatementEnd()) this.#expression();
      this.#semicolon();
    },
    with: () => {
      this.#token.next();
      this.#condition();
      this.#statement();
    },
    switch: () => this.#switch(),
    throw: () => {
      this.#token.next();
      if (this.#isStatementEnd()) throw this.#error(1035);
      this.#expression();
      this.#semicolon();
    },
    try: () => this.#try(),
    function: () => this.#functionDeclaration(),
    debugger: () => {
      this.#token.next();
      this.#semicolon();
    },
  };

  #block(): void {
    this.#expect("{", 1008);
    while (!this.#is("}")) {
      if (this.#token.kind === "end") throw this.#error(1009);
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
      if (label === undefined) throw this.#error(1026);
      if (word === "continue" && !label.isLoop) throw new JScriptSyntaxError(1020, at);
      token.next();
    } else if (word === "continue" && loops === 0) throw new JScriptSyntaxError(1020, at);
    else if (word === "break" && loops + switches === 0) throw new JScriptSyntaxError(1019, at);
    this.#semicolon();
  }

  /** An expression in parentheses. */
  #condition(before = ""): void {
    this.#expect("(", 1005);
    if (before !== "") this.#edits.open(this.#token.start, before);
    this.#expression();
    this.#expect(")", 1006);
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
    this.#expect("(", 1005);
    if (!this.#is(";")) {
      const isIn = this.#forStart();
      if (isIn) {
        token.next();
        this.#expression();
        this.#expect(")", 1006);
        return this.#body();
      }
    }
    this.#expect(";", 1004);
    if (this.#is(";")) this.#edits.close(token.start, `${POLL}1`);
    else {
      this.#edits.open(token.start, POLL);
      this.#expression();
    }
    this.#expect(";", 1004);
    if (!this.#is(")")) this.#expression();
    this.#expect(")", 1006);
    this.#body();
  }

  /** What stands before the first `;`, or before the `in`: whether it is the latter. */
  #forStart(): boolean {
    if (this.#skip("var")) {
      const [name, ...others] = this.#declarations(false);
      if (!this.#is("in") || others.length > 0) return false;
      this.#uses.forget(name!);
      return true;
    }
    const operand = this.#expression(false);
    if (!this.#is("in")) return false;
    this.#assignTo(operand);
    if (operand.kind === "name") this.#uses.forget(operand.name);
    return true;
  }

  #switch(): void {
    this.#token.next();
    this.#condition();
    this.#expect("{", 1008);
    this.#scope.switches++;
    let hasDefault = false;
    while (!this.#is("}")) {
      if (this.#is("default")) {
        if (hasDefault) throw this.#error(1027);
        hasDefault = true;
        this.#token.next();
      } else if (this.#skip("case")) this.#expression();
      else throw this.#error(this.#token.kind === "end" ? 1009 : 1002);
      this.#expect(":", 1003);
      while (!this.#is("case") && !this.#is("default") && !this.#is("}")) {
        if (this.#token.kind === "end") throw this.#error(1009);
        this.#statement();
      }
    }
    this.#token.next();
    this.#scope.switches--;
  }

  #try(): void {
    this.#token.next();
    this.#block();
    const hasCatch = this.#skip("catch");
    if (hasCatch) {
      this.#expect("(", 1005);
      const name = this.#name();
      this.#uses.forget(name);
      this.#expect(")", 1006);
      if (!this.#is("{")) throw this.#error(1008);
      this.#edits.close(this.#token.end, `${name}=${HELPER.caught}(${name});`);
      this.#block();
    }
    if (this.#skip("finally")) this.#block();
    else if (!hasCatch) throw this.#error(1033);
  }

  /** The names that are declared. */
  #declarations(mayHaveIn: boolean): string[] {
    const names: string[] = [];
    do {
      const name = this.#name();
      names.push(name);
      if (this.#skip("=")) this.#noteValue(name, this.#assignment(mayHaveIn));
    } while (this.#skip(","));
    return names;
  }

  #functionDeclaration(): void {
    const token = this.#token;
    const { start } = token;
    token.next();
    const nameStart = token.start;
    const path = [this.#name()];
    let separator = "";
    while (separator !== "::" && (this.#is(".") || this.#is(":"))) {
      separator = this.#is(".") ? "." : "::";
      token.next();
      if (separator === "::") this.#expect(":", 1003);
      path.push(this.#name());
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
    this.#expect("(", 1005);
    if (!this.#is(")")) {
      do this.#uses.forget(this.#name()); while (this.#skip(","));
    }
    this.#expect(")", 1006);
    if (!this.#is("{")) throw this.#error(1008);
    const outer = this.#scope;
    const bodyStart = this.#token.end;
    this.#scope = newScope(bodyStart);
    this.#block();
    if (this.#scope.bindings.length > 0) this.#edits.close(bodyStart, this.#scope.bindings.join(""));
    this.#scope = outer;
  }

  // Expressions

  #expression(mayHaveIn = true): Operand {
    const first = this.#assignment(mayHaveIn);
    if (!this.#is(",")) return first;
    while (this.#skip(",")) this.#assignment(mayHaveIn);
    return { kind: "other", start: first.start };
  }

  #assignment(mayHaveIn = true): Operand {
    const left = this.#conditional(mayHaveIn);
    const token = this.#token;
    if (token.kind !== "punctuator" || !ASSIGNMENTS.has(token.text)) return left;
    this.#assignTo(left);
    token.next();
    const value = this.#assignment(mayHaveIn);
    if (left.kind === "name") this.#noteValue(left.name, value);
    return { kind: "other", start: left.start };
  }

  /** Makes an operand one that can be assigned to. */
  #assignTo(operand: Operand): void {
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
    if (!this.#is("?")) return test;
    this.#token.next();
    this.#assignment();
    this.#expect(":", 1003);
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
    if (text === "++" || text === "--") this.#assignTo(operand);
    return { kind: "other", start };
  }

  #postfix(): Operand {
    const operand = this.#leftHandSide();
    const token = this.#token;
    if (token.newlineBefore || (!this.#is("++") && !this.#is("--"))) return operand;
    this.#assignTo(operand);
    token.next();
    return { kind: "other", start: operand.start };
  }

  #leftHandSide(): Operand {
    const token = this.#token;
    let operand = this.#is("new") ? this.#new() : this.#primary();
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
      if (token.kind !== "name" && token.kind !== "keyword") throw this.#error(1010);
      const name = token.text;
      token.next();
      const variable = object.kind === "name" ? object.name : undefined;
      return { kind: "member", start, objectEnd, name, variable };
    }
    if (token.text !== "[") return undefined;
    const open = token.start;
    token.next();
    this.#expression();
    const close = token.start;
    this.#expect("]", 1007);
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
    if (!this.#is(")")) {
      const first = token.start;
      this.#assignment();
      if (isCode) {
        this.#edits.open(first, `${HELPER.source}(`);
        this.#edits.close(token.previousEnd, ")");
      }
      while (this.#skip(",")) this.#assignment();
    }
    const close = token.start;
    this.#expect(")", 1006);
    return close;
  }

  #new(): Operand {
    const token = this.#token;
    const { start } = token;
    token.next();
    let callee = this.#is("new") ? this.#new() : this.#primary();
    for (let member; token.kind === "punctuator" && (member = this.#member(callee)) !== undefined;) {
      callee = member;
    }
    if (this.#is("(")) {
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
          this.#function();
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
    throw this.#error(1002);
  }

  #group(): Operand {
    const { start } = this.#token;
    this.#token.next();
    const inner = this.#expression();
    this.#expect(")", 1006);
    if (inner.kind === "name") return { kind: "group", start, assignable: true, name: inner.name };
    const assignable = inner.kind === "member" || inner.kind === "index" ||
      (inner.kind === "group" && inner.assignable);
    return { kind: "group", start, assignable };
  }

  #array(): Operand {
    const { start } = this.#token;
    this.#token.next();
    while (!this.#is("]")) {
      if (this.#skip(",")) continue;
      this.#assignment();
      if (!this.#is("]")) this.#expect(",", 1007);
    }
    this.#token.next();
    return { kind: "other", start };
  }

  #object(): Operand {
    const token = this.#token;
    const { start } = token;
    token.next();
    while (!this.#is("}")) {
      if (token.kind === "punctuator" || token.kind === "end" || token.kind === "regexp") {
        throw this.#error(1028);
      }
      token.next();
      this.#expect(":", 1003);
      this.#assignment();
      if (!this.#is("}")) this.#expect(",", 1009);
    }
    token.next();
    return { kind: "other", start };
  }

  // What the script asks for

  /** At the opening parenthesis of a call; the ProgID of what it creates. */
  #noteCall(callee: Operand): string | undefined {
    const { start } = this.#token;
    if (callee.kind === "name") this.#uses.callFunction(callee.name, { at: callee.start, open: start });
    if (callee.kind !== "member" || callee.variable === undefined) return undefined;
    const { variable, name } = callee;
    return this.#uses.callMember({ variable, member: name, at: callee.start }, start);
  }

  /** Behind a value that a variable is given. */
  #noteValue(name: string, value: Operand): void {
    const progId = value.kind === "other" || value.kind === "call" ? value.progId : undefined;
    const isNull = this.#source.slice(value.start, this.#token.previousEnd) === "null";
    if (!isNull) this.#uses.assign(name, progId);
  }

  // Tokens

  #is(text: string): boolean {
    const { kind } = this.#token;
    return (kind === "punctuator" || kind === "keyword") && this.#token.text === text;
  }

  #skip(text: string): boolean {
    if (!this.#is(text)) return false;
    this.#token.next();
    return true;
  }

  #expect(text: string, otherwise: ConstructorParameters<typeof JScriptSyntaxError>[0]): void {
    if (!this.#skip(text)) throw this.#error(otherwise);
  }

  #name(): string {
    const { kind, text } = this.#token;
    if (kind !== "name") throw this.#error(1010);
    this.#token.next();
    return text;
  }

  /** ES3 7.9: the end of a statement may be left out before a brace, a new line, or the end. */
  #isStatementEnd(): boolean {
    return this.#is(";") || this.#is("}") || this.#token.newlineBefore || this.#token.kind === "end";
  }

  #semicolon(): void {
    if (!this.#skip(";") && !this.#isStatementEnd()) throw this.#error(1004);
  }

  #error(number: ConstructorParameters<typeof JScriptSyntaxError>[0]): JScriptSyntaxError {
    return new JScriptSyntaxError(number, this.#token.start);
  }
}

function newScope(bodyStart: number | undefined): FunctionScope {
  return { bodyStart, labels: [], loops: 0, switches: 0, bindings: [] };
}
