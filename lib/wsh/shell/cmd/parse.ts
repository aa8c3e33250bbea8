/** Command lines of Windows' `cmd`: taken apart by its rules for quotes, carets and operators. @module */

/** `> file`, `2>> file`, `< file`, `2>&1`. */
export interface Redirection {
  /** Which stream of the command: 0, 1 or 2. */
  readonly stream: number;
  readonly mode: "read" | "write" | "append" | "duplicate";
  /** The file, or the number of the stream that is duplicated. */
  readonly target: string;
}

/** A command line as a tree. */
export type CommandNode =
  | { readonly kind: "command"; readonly text: string; readonly redirections: readonly Redirection[] }
  | { readonly kind: "group"; readonly body: CommandNode; readonly redirections: readonly Redirection[] }
  | { readonly kind: "sequence" | "and" | "or" | "pipe"; readonly parts: readonly CommandNode[] }
  | {
    readonly kind: "if";
    readonly condition: Condition;
    readonly then: CommandNode;
    readonly otherwise: CommandNode | undefined;
  }
  | {
    readonly kind: "for";
    readonly name: string;
    readonly items: string;
    readonly isRange: boolean;
    readonly body: string;
  };

/** What `if` asks. */
export interface Condition {
  readonly isNegated: boolean;
  readonly ignoresCase: boolean;
  readonly test: "exist" | "errorlevel" | "defined" | "==" | "equ" | "neq" | "lss" | "leq" | "gtr" | "geq";
  readonly operands: readonly string[];
}

/** The text cannot be understood, in the words of cmd. */
export class CommandSyntaxError extends Error {
  override readonly name = "CommandSyntaxError";
}

/** Takes a command line apart; variables have been replaced before. @throws CommandSyntaxError */
export function parseCommandLine(text: string): CommandNode | undefined {
  const parser = new Parser(text);
  const node = parser.sequence();
  parser.requireEnd();
  return node;
}

/** How deep groups and conditions may lie within each other. */
const DEPTH_MAX = 200;

class Parser {
  #at = 0;
  #depth = 0;

  constructor(readonly text: string) {}

  requireEnd(): void {
    this.#skipBlanks();
    if (this.#at < this.text.length) this.#unexpected();
  }

  /** Commands with `&` between them; undefined when there is none. */
  sequence(): CommandNode | undefined {
    const parts: CommandNode[] = [];
    do {
      const part = this.#chain(
        "or",
        "||",
        () => this.#chain("and", "&&", () => this.#chain("pipe", "|", () => this.#command())),
      );
      if (part !== undefined) parts.push(part);
    } while (this.#takes("&"));
    return parts.length > 1 ? { kind: "sequence", parts } : parts[0];
  }

  #chain(
    kind: "and" | "or" | "pipe",
    operator: string,
    next: () => CommandNode | undefined,
  ): CommandNode | undefined {
    const first = next();
    if (first === undefined) return undefined;
    const parts = [first];
    while (this.#takes(operator)) {
      const part = next();
      if (part === undefined) this.#unexpected();
      else parts.push(part);
    }
    return parts.length > 1 ? { kind, parts } : first;
  }

  /** Whether an operator comes next, which is then behind us; a longer one that begins so is another. */
  #takes(operator: string): boolean {
    this.#skipBlanks();
    if (!this.text.startsWith(operator, this.#at)) return false;
    if (operator.length === 1 && this.text[this.#at + 1] === operator) return false;
    this.#at += operator.length;
    return true;
  }

  #command(): CommandNode | undefined {
    this.#skipBlanks();
    while (this.text[this.#at] === "@") {
      this.#at++;
      this.#skipBlanks();
    }
    const redirections = this.#redirections();
    if (this.text[this.#at] === "(") return this.#group(redirections);
    const word = /^[a-z]+(?=[ \t(]|$)/i.exec(this.text.slice(this.#at))?.[0].toLowerCase();
    if (word === "if" || word === "for") {
      if (++this.#depth > DEPTH_MAX) throw new CommandSyntaxError("The command line is nested too deep.");
      this.#at += word.length;
      const node = word === "if" ? this.#if() : this.#for();
      this.#depth--;
      return node;
    }
    const isRemark = word === "rem";
    const text = this.#text(redirections, isRemark);
    if (text === "" && redirections.length === 0) {
      const next = this.text[this.#at];
      if (next === undefined || next === ")") return undefined;
      if (next === "&" || next === "|") this.#unexpected();
    }
    return { kind: "command", text, redirections };
  }

  #group(redirections: Redirection[]): CommandNode {
    if (++this.#depth > DEPTH_MAX) throw new CommandSyntaxError("The command line is nested too deep.");
    this.#at++;
    const body = this.sequence();
    this.#skipBlanks();
    if (body === undefined || this.text[this.#at] !== ")") this.#unexpected();
    this.#at++;
    this.#depth--;
    redirections.push(...this.#redirections());
    return { kind: "group", body: body!, redirections };
  }

  #if(): CommandNode {
    let isNegated = false;
    let ignoresCase = false;
    let word = this.#word();
    for (;; word = this.#word()) {
      if (/^\/i$/i.test(word)) ignoresCase = true;
      else if (/^not$/i.test(word)) isNegated = true;
      else break;
    }
    const named = /^(exist|errorlevel|defined)$/i.exec(word)?.[1]?.toLowerCase() as
      | Condition["test"]
      | undefined;
    let condition: Condition;
    if (named !== undefined) condition = { isNegated, ignoresCase, test: named, operands: [this.#word()] };
    else {
      while (/[ \t]/.test(this.text[this.#at] ?? "")) this.#at++; // not the other separators: `=` is one
      if (this.text.startsWith("==", this.#at)) {
        this.#at += 2;
        condition = { isNegated, ignoresCase, test: "==", operands: [word, this.#word()] };
      } else {
        const test = this.#word().toLowerCase();
        if (!/^(equ|neq|lss|leq|gtr|geq)$/.test(test)) this.#unexpected();
        condition = {
          isNegated,
          ignoresCase,
          test: test as Condition["test"],
          operands: [word, this.#word()],
        };
      }
    }
    this.#skipBlanks();
    const isGroup = this.text[this.#at] === "(";
    const then = isGroup ? this.#command() : this.sequence();
    if (then === undefined) this.#unexpected();
    this.#skipBlanks();
    let otherwise: CommandNode | undefined;
    if (isGroup && /^else\b/i.test(this.text.slice(this.#at))) {
      this.#at += "else".length;
      this.#skipBlanks();
      otherwise = this.text[this.#at] === "(" ? this.#command() : this.sequence();
      if (otherwise === undefined) this.#unexpected();
    }
    return { kind: "if", condition, then: then!, otherwise };
  }

  /** `for %i in (set) do command`; the body is read when the variable has a value. */
  #for(): CommandNode {
    const head = /^\s+(\/l\s+)?%{1,2}([a-z])\s+in\s*\(([^)]*)\)\s*do\s+/i.exec(this.text.slice(this.#at));
    if (head === null) {
      throw new CommandSyntaxError("Burnscript's cmd knows for %i in (set) do command, and for /l.");
    }
    this.#at += head[0].length;
    const from = this.#at;
    if (this.sequence() === undefined) this.#unexpected();
    return {
      kind: "for",
      name: head[2]!,
      items: head[3]!,
      isRange: head[1] !== undefined,
      body: this.text.slice(from, this.#at),
    };
  }

  /** One word, quotes kept. */
  #word(): string {
    this.#skipBlanks();
    const from = this.#at;
    for (let isQuoted = false; this.#at < this.text.length; this.#at++) {
      const character = this.text[this.#at]!;
      if (character === '"') isQuoted = !isQuoted;
      else if (!isQuoted && (/[\s&|<>()]/.test(character) || this.text.startsWith("==", this.#at))) break;
    }
    if (from === this.#at) this.#unexpected();
    return this.text.slice(from, this.#at);
  }

  #redirections(): Redirection[] {
    const found: Redirection[] = [];
    for (;;) {
      this.#skipBlanks();
      const redirection = this.#redirection();
      if (redirection === undefined) return found;
      found.push(redirection);
    }
  }

  /** A redirection that begins here, if one does. */
  #redirection(): Redirection | undefined {
    const operator = /^([0-9])?(>>|>|<)(&[ \t]*([0-9]))?/.exec(this.text.slice(this.#at));
    if (operator === null) return undefined;
    this.#at += operator[0].length;
    const isInput = operator[2] === "<";
    const stream = operator[1] === undefined ? (isInput ? 0 : 1) : Number(operator[1]);
    if (operator[3] !== undefined) return { stream, mode: "duplicate", target: operator[4]! };
    const mode = isInput ? "read" : operator[2] === ">>" ? "append" : "write";
    return { stream, mode, target: this.#word().replaceAll('"', "") };
  }

  /** The text of a command up to the next operator; carets are taken out, redirections go into the list. */
  #text(redirections: Redirection[], isRemark: boolean): string {
    let text = "";
    let isQuoted = false;
    while (this.#at < this.text.length) {
      const character = this.text[this.#at]!;
      if (character === '"') isQuoted = !isQuoted;
      else if (!isQuoted) {
        if (character === "^") {
          text += this.text[this.#at + 1] ?? "";
          this.#at += 2;
          continue;
        }
        if (!isRemark && (character === "&" || character === "|" || (character === ")" && this.#depth > 0))) {
          break;
        }
        const isNumber = /[0-9]/.test(character) && /(?:^|[\s,;=])$/.test(text);
        if (character === ">" || character === "<" || isNumber) {
          const redirection = this.#redirection();
          if (redirection !== undefined) {
            redirections.push(redirection);
            continue;
          }
        }
      }
      text += character;
      this.#at++;
    }
    return text;
  }

  #skipBlanks(): void {
    while (/[ \t,;=\r\n]/.test(this.text[this.#at] ?? "")) this.#at++;
  }

  #unexpected(): never {
    const rest = this.text.slice(this.#at).trim();
    throw new CommandSyntaxError(
      rest === ""
        ? "The syntax of the command is incorrect."
        : `${rest.slice(0, 60)} was unexpected at this time.`,
    );
  }
}
