/** The grammar of `cmd`: from the characters of a command line to its tree. @module */
import { type NextLine, Scanner } from "./scanner.ts";
import { type CommandNode, CommandSyntaxError, type Condition, type Redirection } from "./tree.ts";

/** How deep groups, conditions and loops may lie within each other. */
const DEPTH_MAX = 200;

/**
 * Parses a command line whose variables have been replaced. `nextLine` gives the lines that parentheses and carets at the
 * end of a line reach into.
 *
 * @throws CommandSyntaxError
 */
export function parseCommandLine(
  text: string,
  nextLine: NextLine = () => undefined,
): CommandNode | undefined {
  const scanner = new Scanner(text, nextLine);
  const node = new Parser(scanner).sequence();
  scanner.skipBlanks();
  if (!scanner.isAtEnd) scanner.unexpected();
  return node;
}

class Parser {
  #depth = 0;

  constructor(readonly scanner: Scanner) {}

  /** Commands with `&` between them; undefined when there is none. `@` before the first is for all of them. */
  sequence(): CommandNode | undefined {
    this.scanner.skipBlanks();
    if (this.scanner.takes("@")) return this.#deeper(() => quiet(this.sequence()));
    const parts: CommandNode[] = [];
    do {
      const part = this.#chain("or", "||", () => this.#ands());
      if (part === undefined) break;
      parts.push(part);
    } while (this.scanner.takesOperator("&"));
    return parts.length > 1 ? { kind: "sequence", parts } : parts[0];
  }

  #ands(): CommandNode | undefined {
    return this.#chain("and", "&&", () => this.#chain("pipe", "|", () => this.#command()));
  }

  #chain(
    kind: "and" | "or" | "pipe",
    operator: "&&" | "||" | "|",
    next: () => CommandNode | undefined,
  ): CommandNode | undefined {
    const first = next();
    if (first === undefined) return undefined;
    const parts = [first];
    while (this.scanner.takesOperator(operator)) parts.push(next() ?? this.scanner.unexpected());
    return parts.length > 1 ? { kind, parts } : first;
  }

  #command(): CommandNode | undefined {
    const { scanner } = this;
    scanner.skipBlanks();
    if (scanner.takes("@")) return this.#deeper(() => quiet(this.#command()));
    // A label, or a remark in the form of one, says nothing to run; nor does a parenthesis that closes none.
    if (scanner.sees(":") || (scanner.openGroups === 0 && scanner.sees(")"))) {
      scanner.skipLine();
      return undefined;
    }
    const redirections = scanner.redirections();
    if (scanner.sees("(")) return this.#deeper(() => this.#group(redirections));
    const word = scanner.takesWord(/^(?:if|for|rem)$/);
    if (word === "if" || word === "for") {
      const node = this.#deeper(() => word === "if" ? this.#if() : this.#for());
      return redirections.length === 0 ? node : { kind: "group", body: node, redirections };
    }
    if (word === "rem") return { kind: "command", text: `rem${scanner.remark()}`, redirections };
    const text = scanner.commandText(redirections);
    if (text === "" && redirections.length === 0) {
      if (scanner.sees("&") || scanner.sees("|")) scanner.unexpected();
      return undefined;
    }
    return { kind: "command", text, redirections };
  }

  #deeper<T>(work: () => T): T {
    if (++this.#depth > DEPTH_MAX) throw new CommandSyntaxError("The command line is nested too deep.");
    const result = work();
    this.#depth--;
    return result;
  }

  /** Commands in parentheses, with `&` or the ends of lines between them. */
  #group(redirections: Redirection[]): CommandNode {
    const { scanner } = this;
    scanner.takes("(");
    scanner.openGroups++;
    const parts: CommandNode[] = [];
    for (;;) {
      scanner.skipLines();
      if (scanner.sees(")")) break;
      const part = this.sequence();
      if (part !== undefined) parts.push(part);
      scanner.skipBlanks();
      if (!scanner.isAtLineEnd && !scanner.sees(")")) scanner.unexpected();
    }
    if (parts.length === 0) scanner.unexpected();
    scanner.takes(")");
    scanner.openGroups--;
    redirections.push(...scanner.redirections());
    const body: CommandNode = parts.length > 1 ? { kind: "sequence", parts } : parts[0]!;
    return { kind: "group", body, redirections };
  }

  /** What `if`, `else` and `do` run: all that follows on the line. */
  #body(): CommandNode {
    return this.sequence() ?? this.scanner.unexpected();
  }

  #if(): CommandNode {
    const condition = this.#condition();
    this.scanner.skipBlanks();
    const isGroup = this.scanner.sees("(");
    const then = this.#body();
    this.scanner.skipBlanks();
    const otherwise = isGroup && this.scanner.takesWord(/^else$/) !== undefined ? this.#body() : undefined;
    return { kind: "if", condition, then, otherwise };
  }

  #condition(): Condition {
    const { scanner } = this;
    let isNegated = false;
    let ignoresCase = false;
    let word = scanner.word({ stopsAtEquals: true });
    for (;; word = scanner.word({ stopsAtEquals: true })) {
      if (/^\/i$/i.test(word)) ignoresCase = true;
      else if (/^not$/i.test(word) && !scanner.seesComparison()) isNegated = true;
      else break;
    }
    const common = { isNegated, ignoresCase };
    if (/^(?:exist|errorlevel|defined|cmdextversion)$/i.test(word) && !scanner.seesComparison()) {
      return { ...common, test: word.toLowerCase() as Condition["test"], operands: [scanner.word()] };
    }
    if (scanner.takesEquals()) return { ...common, test: "==", operands: [word, scanner.word()] };
    const test = scanner.takesWord(/^(?:equ|neq|lss|leq|gtr|geq)$/) ?? scanner.unexpected();
    return { ...common, test: test as Condition["test"], operands: [word, scanner.word()] };
  }

  #for(): CommandNode {
    const { scanner } = this;
    let over: "names" | "folders" | "numbers" | "lines" = "names";
    let root: string | undefined;
    let options = "";
    let word = scanner.word();
    for (; word.startsWith("/"); word = scanner.word()) {
      const letter = word.slice(1).toLowerCase();
      if (letter === "d") over = "folders";
      else if (letter === "l") over = "numbers";
      else if (letter === "f") {
        over = "lines";
        if (!scanner.seesVariable()) options = scanner.word().replace(/^"(.*)"$/s, "$1");
      } else if (letter === "r") root = scanner.seesVariable() || scanner.sees("/") ? "" : scanner.word();
      else scanner.unexpected(word);
    }
    const variable = /^%(\S)$/.exec(word)?.[1] ?? scanner.unexpected(word);
    scanner.skipBlanks();
    if (scanner.takesWord(/^in$/) === undefined) scanner.unexpected();
    const set = scanner.parenthesised();
    scanner.skipBlanks();
    if (scanner.takesWord(/^do$/) === undefined) scanner.unexpected();
    return { kind: "for", over, root, options, variable, set, body: this.#body() };
  }
}

function quiet(body: CommandNode | undefined): CommandNode | undefined {
  return body === undefined ? undefined : { kind: "quiet", body };
}
