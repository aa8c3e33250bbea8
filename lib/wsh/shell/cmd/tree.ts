/** Command lines of `cmd` as trees: what the parser gives and the interpreter runs. @module */

/** `> file`, `2>> file`, `< file`, `2>&1`. */
export interface Redirection {
  /** Which stream of the command: 0, 1 or 2. */
  readonly stream: number;
  readonly mode: "read" | "write" | "append" | "duplicate";
  /** The file, or the number of the stream that is duplicated. */
  readonly target: string;
}

/** A command, its carets taken out; `%i` and `!NAME!` are replaced when it runs. */
export interface SimpleCommand {
  readonly kind: "command";
  readonly text: string;
  readonly redirections: readonly Redirection[];
}

/** What `if` asks. */
export interface Condition {
  readonly isNegated: boolean;
  readonly ignoresCase: boolean;
  readonly test:
    | "exist"
    | "errorlevel"
    | "defined"
    | "cmdextversion"
    | "=="
    | "equ"
    | "neq"
    | "lss"
    | "leq"
    | "gtr"
    | "geq";
  readonly operands: readonly string[];
}

/** What a `for` goes through: words, folders, numbers or lines; with `/r` all folders below one. */
export interface ForLoop {
  readonly kind: "for";
  readonly over: "names" | "folders" | "numbers" | "lines";
  /** Where `/r` begins: a folder, or nothing for the current one; undefined without `/r`. */
  readonly root: string | undefined;
  /** The options of `/f`, as they are written between the quotes. */
  readonly options: string;
  /** The one character of the variable. */
  readonly variable: string;
  /** What stands between the parentheses. */
  readonly set: string;
  readonly body: CommandNode;
}

/** A command line as a tree. */
export type CommandNode =
  | SimpleCommand
  | ForLoop
  | { readonly kind: "group"; readonly body: CommandNode; readonly redirections: readonly Redirection[] }
  | { readonly kind: "sequence" | "and" | "or" | "pipe"; readonly parts: readonly CommandNode[] }
  | {
    readonly kind: "if";
    readonly condition: Condition;
    readonly then: CommandNode;
    readonly otherwise: CommandNode | undefined;
  }
  /** `@`: not shown while it runs. */
  | { readonly kind: "quiet"; readonly body: CommandNode };

/** The text cannot be understood, in the words of cmd. */
export class CommandSyntaxError extends Error {
  override readonly name: string = "CommandSyntaxError";
}

/** The text ends within parentheses: what follows may complete it. */
export class IncompleteCommand extends CommandSyntaxError {
  override readonly name = "IncompleteCommand";
}

/** A tree as text again, as `cmd` shows it before it runs it. */
export function treeText(node: CommandNode): string {
  switch (node.kind) {
    case "command":
      return node.text.trimEnd() + redirectionText(node.redirections);
    case "group":
      return `(\n${groupLines(node.body).join("\n")}\n)${redirectionText(node.redirections)}`;
    case "sequence":
      return joined(node.parts, " & ");
    case "and":
      return joined(node.parts, " && ");
    case "or":
      return joined(node.parts, " || ");
    case "pipe":
      return joined(node.parts, " | ");
    case "if": {
      const otherwise = node.otherwise === undefined ? "" : ` else ${treeText(node.otherwise)}`;
      return `if ${conditionText(node.condition)} ${treeText(node.then)}${otherwise}`;
    }
    case "for": {
      const root = node.root === undefined ? "" : `/r ${node.root}${node.root === "" ? "" : " "}`;
      const kind = { names: "", folders: "/d ", numbers: "/l ", lines: "/f " }[node.over];
      const options = node.options === "" ? "" : `"${node.options}" `;
      return `for ${kind}${root}${options}%${node.variable} in (${node.set}) do ${treeText(node.body)}`;
    }
    case "quiet":
      return `@${treeText(node.body)}`;
  }
}

function joined(parts: readonly CommandNode[], operator: string): string {
  return parts.map(treeText).join(operator);
}

function groupLines(body: CommandNode): string[] {
  const parts = body.kind === "sequence" ? body.parts : [body];
  return parts.map(treeText);
}

function redirectionText(redirections: readonly Redirection[]): string {
  const operators = { read: "<", write: ">", append: ">>", duplicate: ">&" };
  return redirections.map(({ stream, mode, target }) =>
    ` ${mode === "read" && stream === 0 ? "" : stream}${operators[mode]}${target}`
  ).join("");
}

function conditionText({ isNegated, ignoresCase, test, operands }: Condition): string {
  const [one = "", other] = operands;
  const asked = other === undefined ? `${test} ${one}` : `${one} ${test} ${other}`;
  return `${ignoresCase ? "/i " : ""}${isNegated ? "not " : ""}${asked}`;
}
