/** `xsl:sort` (XSLT 1.0, section 10). @module */
import type { XmlNode } from "../tree.ts";
import type { Expression } from "../xpath/expression.ts";
import { numberOfString } from "../xpath/value.ts";
import { Scope } from "./machine.ts";
import { xsltError } from "./names.ts";

/** One `xsl:sort`; what is undefined was not said. */
export interface SortKey {
  readonly select: Expression;
  readonly order?: Expression;
  readonly dataType?: Expression;
  readonly language?: Expression;
  readonly caseOrder?: Expression;
}

/** Nodes in the order of keys; equal ones stay as they were. */
export function sorted(
  nodes: readonly XmlNode[],
  keys: readonly SortKey[],
  scope: Scope,
): readonly XmlNode[] {
  if (keys.length === 0 || nodes.length < 2) return nodes;
  const columns = keys.map((key) => columnOf(nodes, key, scope));
  const places = nodes.map((_, place) => place);
  places.sort((one, other) => {
    for (const compare of columns) {
      const result = compare(one, other);
      if (result !== 0) return result;
    }
    return one - other;
  });
  return places.map((place) => nodes[place]!);
}

/** What compares two nodes, by their places, by one key. */
function columnOf(
  nodes: readonly XmlNode[],
  key: SortKey,
  scope: Scope,
): (one: number, other: number) => number {
  const order = oneOf(key.order?.string(scope) ?? "ascending", ["ascending", "descending"]);
  const type = oneOf(key.dataType?.string(scope) ?? "text", ["text", "number"]);
  const sign = order === "ascending" ? 1 : -1;
  const { machine, locals, template } = scope;
  const texts = nodes.map((node, index) =>
    key.select.string(new Scope(machine, node, index + 1, nodes.length, locals, template))
  );
  if (type === "number") {
    const numbers = texts.map(numberOfString);
    return (one, other) => sign * compareNumbers(numbers[one]!, numbers[other]!);
  }
  const { compare } = collatorOf(key, scope);
  return (one, other) => sign * compare(texts[one]!, texts[other]!);
}

/** What is no number comes before what is one. */
function compareNumbers(one: number, other: number): number {
  if (Number.isNaN(one)) return Number.isNaN(other) ? 0 : -1;
  return Number.isNaN(other) ? 1 : one < other ? -1 : one > other ? 1 : 0;
}

function collatorOf({ language, caseOrder }: SortKey, scope: Scope): Intl.Collator {
  const locale = language?.string(scope) || "en";
  const first = caseOrder === undefined
    ? "false"
    : oneOf(caseOrder.string(scope), ["upper-first", "lower-first"]).replace("-first", "") as
      | "upper"
      | "lower";
  try {
    return new Intl.Collator(locale, { caseFirst: first });
  } catch {
    return new Intl.Collator("en", { caseFirst: first }); // a language that there is not
  }
}

function oneOf(text: string, words: readonly string[]): string {
  if (words.includes(text)) return text;
  throw xsltError(`xsl:sort knows ${words.join(" and ")}, not "${text}"`);
}
