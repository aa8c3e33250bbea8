/** White space that does not count (XSLT 1.0, section 3.4): `xsl:strip-space` and `xsl:preserve-space`. @module */
import { copyOf, NODE, nodesOf, type XmlDocument, type XmlNode } from "../tree.ts";
import { attributeOf, isXslt, uriOfPrefix, wordsOf } from "./names.ts";
import { newTree } from "./tree_writer.ts";

/** One name of one element, with how narrow it is. */
interface SpaceRule {
  readonly strips: boolean;
  readonly precedence: number;
  readonly priority: number;
  matches(element: XmlNode): boolean;
}

/** Which elements have white space that does not count. */
export class SpaceRules {
  readonly #rules: SpaceRule[] = [];

  /** Adds what one `xsl:strip-space` or `xsl:preserve-space` says; of equals the last one counts. */
  add(element: XmlNode, precedence: number): void {
    const strips = isXslt(element, "strip-space");
    for (const name of wordsOf(attributeOf(element, "elements"))) {
      const colon = name.indexOf(":");
      const uri = colon < 0 ? "" : uriOfPrefix(name.slice(0, colon), element);
      const local = name.slice(colon + 1);
      const base = { strips, precedence };
      if (name === "*") this.#rules.push({ ...base, priority: -0.5, matches: () => true });
      else if (local === "*") {
        this.#rules.push({ ...base, priority: -0.25, matches: (one) => one.namespaceURI === uri });
      } else {
        this.#rules.push({
          ...base,
          priority: 0,
          matches: (one) => one.localName === local && one.namespaceURI === uri,
        });
      }
    }
  }

  #strips(element: XmlNode): boolean {
    let best: SpaceRule | undefined;
    for (const rule of this.#rules) {
      if (!rule.matches(element)) continue;
      const isBetter = best === undefined || rule.precedence > best.precedence ||
        (rule.precedence === best.precedence && rule.priority >= best.priority);
      if (isBetter) best = rule;
    }
    return best?.strips ?? false;
  }

  /** A node's twin in a copy of its tree without the white space; the node itself where there is none. */
  strippedTwin(node: XmlNode): XmlNode {
    if (this.#rules.every(({ strips }) => !strips)) return node;
    const { home } = node;
    const known = new Map<string, boolean>();
    const goes = (one: XmlNode): boolean => {
      const parent = one.parentNode;
      if (parent?.nodeType !== NODE.element || !isSpace(one)) return false;
      const name = `${parent.namespaceURI} ${parent.localName}`;
      let strips = known.get(name);
      if (strips === undefined) known.set(name, strips = this.#strips(parent));
      return strips && !preservesSpace(parent);
    };
    let hasSpace = false;
    for (const one of nodesOf(home)) hasSpace ||= goes(one);
    if (!hasSpace) return node;
    return twinWithout(home, goes, node) ?? node;
  }

  /** A document for `document()`, without the white space. */
  stripped(document: XmlDocument): XmlDocument {
    return this.strippedTwin(document) as XmlDocument;
  }
}

/** Whether a node is a text of nothing but white space. */
export function isSpace({ nodeType, nodeValue }: XmlNode): boolean {
  return nodeType === NODE.text && /^[ \t\r\n]*$/.test(nodeValue!);
}

/** Whether xml:space says that white space counts. */
export function preservesSpace(element: XmlNode): boolean {
  for (let at: XmlNode | null = element; at !== null; at = at.parentNode) {
    const space = at.attributes?.named("xml:space")?.nodeValue;
    if (space !== undefined && space !== null) return space === "preserve";
  }
  return false;
}

/** Copies a document without some nodes; the twin of one node, or undefined where that is not in it. */
function twinWithout(
  document: XmlDocument,
  goes: (node: XmlNode) => boolean,
  wanted: XmlNode,
): XmlNode | undefined {
  const copy = newTree();
  copy.url = document.url;
  for (const [element, name] of document.idAttributes) copy.idAttributes.set(element, name);
  const twins = new Map<XmlNode, XmlNode>([[document, copy]]);
  let found: XmlNode | undefined = wanted === document ? copy : undefined;
  for (const node of nodesOf(document)) {
    if (node === document || goes(node)) continue;
    const twin = copyOf(node, copy, false);
    twins.get(node.parentNode!)!.insert(twin, null);
    if (node.firstChild !== null) twins.set(node, twin);
    if (node === wanted) found = twin;
    const place = node.attributes?.list.indexOf(wanted) ?? -1;
    if (place >= 0) found = twin.attributes!.list[place];
  }
  return found;
}
