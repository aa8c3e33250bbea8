/** `document.namespaces`: the namespaces of a document, as the collection that a schema cache is. @module */
import { AutomationClass, implementInterface } from "../../automation/interface.ts";
import type { Variant } from "../../automation/variant.ts";
import type { IXMLDOMNode, IXMLDOMSchemaCollection } from "../types.ts";
import { domError, noValidation } from "./errors.ts";
import { IXMLDOMSchemaCollectionTable } from "./tables.ts";
import { NODE, nodesOf, type XmlDocument, XMLNS_NAMESPACE } from "./tree.ts";

/** The namespaces that elements and attributes of a document are in. */
export class NamespaceCollection extends AutomationClass implements IXMLDOMSchemaCollection {
  static {
    implementInterface(this, [IXMLDOMSchemaCollectionTable]);
  }

  readonly #uris: readonly string[];

  constructor(document: XmlDocument) {
    super();
    const uris = new Set<string>();
    for (const node of nodesOf(document)) {
      if (node.nodeType !== NODE.element) continue;
      uris.add(node.namespaceURI);
      for (const { namespaceURI } of node.attributes!.list) {
        if (namespaceURI !== XMLNS_NAMESPACE && namespaceURI !== "") uris.add(namespaceURI);
      }
    }
    this.#uris = [...uris];
  }

  get length(): number {
    return this.#uris.length;
  }

  namespaceURI(index: number): string {
    const uri = this.#uris[index];
    if (uri === undefined) throw domError("XMLOM_INVALID_INDEX");
    return uri;
  }

  /** Nothing: no namespace has a schema here. */
  get(_namespaceUri: string): IXMLDOMNode {
    return null as unknown as IXMLDOMNode;
  }

  add(_namespaceUri: string, _schema: Variant): void {
    throw noValidation("namespaces.add");
  }

  remove(_namespaceUri: string): void {
    throw noValidation("namespaces.remove");
  }

  addCollection(_other: IXMLDOMSchemaCollection): void {
    throw noValidation("namespaces.addCollection");
  }

  *[Symbol.iterator](): Iterator<string> {
    yield* this.#uris;
  }
}
