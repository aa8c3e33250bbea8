/** The namespaces in scope at the elements of a source, which copies of them take along (XSLT 1.0, section 7.5). @module */
import { NODE, type XmlNode, XMLNS_NAMESPACE } from "../tree.ts";

/** URIs by prefix. */
export type Namespaces = ReadonlyMap<string, string>;

const NONE: Namespaces = new Map();

/** Finds them once for each element: most share those of their parent. */
export class NamespacesInScope {
  readonly #known = new Map<XmlNode, Namespaces>();

  at(element: XmlNode): Namespaces {
    const unknown: XmlNode[] = [];
    let at: XmlNode | null = element;
    while (at?.nodeType === NODE.element && !this.#known.has(at)) {
      unknown.push(at);
      at = at.parentNode;
    }
    let found = at === null ? NONE : this.#known.get(at) ?? NONE;
    for (const one of unknown.reverse()) this.#known.set(one, found = withOwn(found, one));
    return found;
  }
}

/** The namespaces around an element with those that it declares, or is in. */
function withOwn(around: Namespaces, element: XmlNode): Namespaces {
  const own = new Map([[element.prefix, element.namespaceURI]]);
  for (const { namespaceURI, nodeName, localName, nodeValue } of element.attributes!.list) {
    if (namespaceURI === XMLNS_NAMESPACE) own.set(nodeName === "xmlns" ? "" : localName, nodeValue!);
  }
  own.delete("xml");
  let changed: Map<string, string> | undefined;
  for (const [prefix, uri] of own) {
    if ((around.get(prefix) ?? "") === uri) continue;
    changed ??= new Map(around);
    if (uri === "") changed.delete(prefix);
    else changed.set(prefix, uri);
  }
  return changed ?? around;
}
