/** The order of the document (XPath 1.0, section 5) for nodes of one or more trees. @module */
import { ensureOrder, type XmlNode } from "../tree.ts";

/** Trees have an order among each other that stays: that in which it was first asked for. */
const ranks = new WeakMap<XmlNode, number>();
let lastRank = 0;

function rankOf(root: XmlNode): number {
  let rank = ranks.get(root);
  if (rank === undefined) ranks.set(root, rank = ++lastRank);
  return rank;
}

/** Negative where one node comes before the other. The order below their roots was counted. */
function compareOrder(one: XmlNode, other: XmlNode): number {
  if (one.orderedBelow === other.orderedBelow) return one.order - other.order;
  return rankOf(one.orderedBelow!) - rankOf(other.orderedBelow!);
}

/** Nodes sorted, each of them once. Most lists come sorted, so that is looked at first. */
export function inDocumentOrder(nodes: readonly XmlNode[]): readonly XmlNode[] {
  if (nodes.length < 2) return nodes;
  for (const node of nodes) ensureOrder(node);
  let at = 1;
  while (at < nodes.length && compareOrder(nodes[at - 1]!, nodes[at]!) < 0) at++;
  if (at === nodes.length) return nodes;
  const sorted = [...nodes].sort(compareOrder);
  return sorted.filter((node, index) => index === 0 || node !== sorted[index - 1]);
}
