/** Texts that a script computes from literals alone, such as a ProgID in two parts. @module */
import type { Argument } from "../syntax_tree.ts";

/** What names stand for. */
export interface KnownTexts {
  /** The text that a name always stands for; undefined where that is not known. */
  textOf(name: string): string | undefined;
}

/** The text of a literal, of a constant, or of such joined together. */
export function constantText(argument: Argument, names: KnownTexts): string | undefined {
  let text = "";
  let rest = argument;
  for (; rest?.kind === "binary" && (rest.operator === "&" || rest.operator === "+"); rest = rest.left) {
    const right = partText(rest.right, names);
    if (right === undefined) return undefined;
    text = right + text;
  }
  const left = partText(rest, names);
  return left === undefined ? undefined : left + text;
}

/** What a text begins with: `"winmgmts:\\\\" & computer` names its server even so. */
export function leadingText(argument: Argument, names: KnownTexts): string | undefined {
  return edgeText(argument, "left", names);
}

/** The text at the end of an argument that is put together. */
export function trailingText(argument: Argument, names: KnownTexts): string | undefined {
  return edgeText(argument, "right", names);
}

function edgeText(argument: Argument, side: "left" | "right", names: KnownTexts): string | undefined {
  let edge = argument;
  while (edge?.kind === "parenthesized" || edge?.kind === "binary") {
    if (edge.kind === "parenthesized") edge = edge.inner;
    else if (edge.operator === "&" || edge.operator === "+") edge = edge[side];
    else return undefined;
  }
  return partText(edge, names);
}

function partText(expression: Argument, names: KnownTexts): string | undefined {
  if (expression?.kind === "parenthesized") return constantText(expression.inner, names);
  if (expression?.kind === "name") return names.textOf(expression.name);
  const value = expression?.kind === "literal" ? expression.value : undefined;
  return typeof value === "string" ? value : undefined;
}
