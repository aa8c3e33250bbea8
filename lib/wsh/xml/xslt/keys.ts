/** `xsl:key` and what `key()` finds by it (XSLT 1.0, section 12.2). @module */
import { nodesOf, rootOf, type XmlNode, XMLNS_NAMESPACE } from "../tree.ts";
import type { Expression, Focus } from "../xpath/expression.ts";
import { stringOf, stringOfNode, TreeFragment, type Value } from "../xpath/value.ts";
import { inDocumentOrder } from "../xpath/order.ts";
import type { Pattern } from "./patterns.ts";

/** One `xsl:key`. */
export interface KeyDefinition {
  readonly patterns: readonly Pattern[];
  readonly use: Expression;
}

/** What keys find, per tree. */
export class KeyIndex {
  readonly #definitions: ReadonlyMap<string, readonly KeyDefinition[]>;
  readonly #patternFocus: Focus;
  readonly #focusAt: (node: XmlNode) => Focus;
  readonly #indexes = new Map<string, Map<XmlNode, ReadonlyMap<string, readonly XmlNode[]>>>();

  constructor(
    definitions: ReadonlyMap<string, readonly KeyDefinition[]>,
    patternFocus: Focus,
    focusAt: (node: XmlNode) => Focus,
  ) {
    this.#definitions = definitions;
    this.#patternFocus = patternFocus;
    this.#focusAt = focusAt;
  }

  /** Whether there is a key of that name. */
  has(name: string): boolean {
    return this.#definitions.has(name);
  }

  /** The nodes of a value, or of the texts of nodes, in the tree of a node. */
  find(name: string, value: Value, at: XmlNode): readonly XmlNode[] {
    const index = this.#indexOf(name, rootOf(at));
    if (typeof value !== "object" || value instanceof TreeFragment) return index.get(stringOf(value)) ?? [];
    if (value.length === 1) return index.get(stringOfNode(value[0]!)) ?? [];
    return inDocumentOrder(value.flatMap((node) => index.get(stringOfNode(node)) ?? []));
  }

  #indexOf(name: string, root: XmlNode): ReadonlyMap<string, readonly XmlNode[]> {
    let trees = this.#indexes.get(name);
    if (trees === undefined) this.#indexes.set(name, trees = new Map());
    let index = trees.get(root);
    if (index === undefined) trees.set(root, index = this.#build(this.#definitions.get(name)!, root));
    return index;
  }

  #build(definitions: readonly KeyDefinition[], root: XmlNode): ReadonlyMap<string, readonly XmlNode[]> {
    const index = new Map<string, XmlNode[]>();
    const add = (text: string, node: XmlNode): void => {
      const nodes = index.get(text);
      if (nodes === undefined) index.set(text, [node]);
      else if (nodes[nodes.length - 1] !== node) nodes.push(node);
    };
    const look = (node: XmlNode): void => {
      if (node.namespaceURI === XMLNS_NAMESPACE) return;
      for (const { patterns, use } of definitions) {
        if (!patterns.some((pattern) => pattern.matches(node, this.#patternFocus))) continue;
        const value = use.evaluate(this.#focusAt(node));
        if (typeof value === "object" && !(value instanceof TreeFragment)) {
          for (const one of value) add(stringOfNode(one), node);
        } else add(stringOf(value), node);
      }
    };
    for (const node of nodesOf(root)) {
      look(node);
      node.attributes?.list.forEach(look);
    }
    return index;
  }
}
