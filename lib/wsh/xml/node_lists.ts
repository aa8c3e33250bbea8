/** Lists and maps of nodes as scripts hold them. @module */
import { AutomationClass, implementInterface } from "../../automation/interface.ts";
import { DISPATCH, type Dispatch, NOTHING, type Variant } from "../../automation/variant.ts";
import type { IXMLDOMNamedNodeMap, IXMLDOMNode, IXMLDOMNodeList } from "../types.ts";
import { domError } from "./errors.ts";
import { IXMLDOMNamedNodeMapTable, IXMLDOMNodeListTable } from "./tables.ts";
import { NODE, nodesOf, removeAttribute, setAttribute, type XmlNode } from "./tree.ts";
import { nodeOf, wrap, wrapIf } from "./node.ts";

/** How scripts call each class of lists: JScript writes `list[0]`, which asks for a member of that name. */
const INDEXED = new Map<Dispatch, Dispatch>();

function indexed(dispatch: Dispatch): Dispatch {
  let found = INDEXED.get(dispatch);
  if (found === undefined) {
    found = {
      ...dispatch,
      member: (name) =>
        dispatch.member(name) ??
          (/^\d+$/.test(name)
            ? {
              name,
              get: (object) =>
                (object as unknown as Sequence).item(Number(name)) as unknown as Variant ?? NOTHING,
            }
            : undefined),
    };
    INDEXED.set(dispatch, found);
  }
  return found;
}

/** What lists and maps of nodes share: a place at which nextNode is. */
abstract class Sequence extends AutomationClass {
  #next = 0;

  constructor() {
    super();
    Object.defineProperty(this, DISPATCH, { value: indexed(this[DISPATCH]) });
  }

  protected abstract get nodes(): readonly XmlNode[];

  get length(): number {
    return this.nodes.length;
  }

  item(index: number): IXMLDOMNode {
    return wrapIf(this.nodes[index]);
  }

  nextNode(): IXMLDOMNode {
    return wrapIf(this.nodes[this.#next++]);
  }

  reset(): void {
    this.#next = 0;
  }

  /** The nodes as they were when it began: a loop may take them away. */
  *[Symbol.iterator](): Iterator<IXMLDOMNode> {
    for (const node of [...this.nodes]) yield wrap(node);
  }
}

/** A list of nodes. */
export class DomNodeList extends Sequence implements IXMLDOMNodeList {
  static {
    implementInterface(this, [IXMLDOMNodeListTable]);
  }

  readonly #find: () => readonly XmlNode[];

  constructor(find: () => readonly XmlNode[]) {
    super();
    this.#find = find;
  }

  protected override get nodes(): readonly XmlNode[] {
    return this.#find();
  }
}

/** What selectNodes found. */
export class DomSelection extends DomNodeList {
  static {
    implementInterface(this, [IXMLDOMNodeListTable], { typeName: "IXMLDOMSelection" });
  }
}

/** The attributes of an element, or of the XML declaration, which is read only. */
export class DomNamedNodeMap extends Sequence implements IXMLDOMNamedNodeMap {
  static {
    implementInterface(this, [IXMLDOMNamedNodeMapTable]);
  }

  readonly #element: XmlNode | undefined;
  readonly #list: () => readonly XmlNode[];

  constructor(element: XmlNode | undefined, list: () => readonly XmlNode[]) {
    super();
    this.#element = element;
    this.#list = list;
  }

  protected override get nodes(): readonly XmlNode[] {
    return this.#list();
  }

  getNamedItem(name: string): IXMLDOMNode {
    return wrapIf(this.nodes.find((one) => one.nodeName === name));
  }

  setNamedItem(newItem: IXMLDOMNode): IXMLDOMNode {
    putAttribute(this.#writable, nodeOf(newItem));
    return newItem;
  }

  removeNamedItem(name: string): IXMLDOMNode {
    return this.#remove(this.nodes.find((one) => one.nodeName === name));
  }

  getQualifiedItem(baseName: string, namespaceUri: string): IXMLDOMNode {
    return wrapIf(this.#qualified(baseName, namespaceUri));
  }

  removeQualifiedItem(baseName: string, namespaceUri: string): IXMLDOMNode {
    return this.#remove(this.#qualified(baseName, namespaceUri));
  }

  #qualified(baseName: string, namespaceUri: string): XmlNode | undefined {
    return this.nodes.find((one) => one.localName === baseName && one.namespaceURI === namespaceUri);
  }

  #remove(attribute: XmlNode | undefined): IXMLDOMNode {
    if (attribute !== undefined) removeAttribute(this.#writable, attribute);
    return wrapIf(attribute);
  }

  get #writable(): XmlNode {
    if (this.#element !== undefined) return this.#element;
    throw domError("XMLOM_INVALIDTYPE", "processinginstruction");
  }
}

/** The elements of a name below a node, as they are at any time. */
export function elementsNamed(root: XmlNode, name: string): DomNodeList {
  let found: XmlNode[] = [];
  let foundAt = -1;
  return new DomNodeList(() => {
    const { changes } = root.home;
    if (foundAt !== changes) {
      found = [];
      for (const node of nodesOf(root)) {
        if (node !== root && node.nodeType === NODE.element && (name === "*" || node.nodeName === name)) {
          found.push(node);
        }
      }
      foundAt = changes;
    }
    return found;
  });
}

/** Gives an element an attribute that no other element has. */
export function putAttribute(element: XmlNode, attribute: XmlNode): XmlNode | undefined {
  if (attribute.nodeType !== NODE.attribute) {
    throw domError("XMLOM_INVALIDTYPE", wrap(attribute).nodeTypeString);
  }
  if (attribute.ownerElement === element) return undefined;
  if (attribute.ownerElement !== null) throw domError("XMLOM_ATTRMOVE");
  attribute.ownerDocument = element.home;
  return setAttribute(element, attribute);
}
