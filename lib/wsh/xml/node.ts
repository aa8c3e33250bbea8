/**
 * Nodes as scripts hold them. Each node of the tree has one such object, so that `Is` tells whether two are the same.
 *
 * @module
 */
import { type AutomationError, scriptError } from "../../automation/errors.ts";
import { toStringValue } from "../../automation/coerce.ts";
import { AutomationClass, implementInterface, type InterfaceTable } from "../../automation/interface.ts";
import { ErrorValue, NOTHING, type Variant, VARTYPE, varTypeOf } from "../../automation/variant.ts";
import type { IXMLDOMDocument3, IXMLDOMNamedNodeMap, IXMLDOMNode, IXMLDOMNodeList } from "../types.ts";
import { domError } from "./errors.ts";
import { selectNodes } from "./select.ts";
import { serialize } from "./serialize.ts";
import { IXMLDOMNodeTable } from "./tables.ts";
import { adopt, copyOf, NODE, textOf, type XmlNode } from "./tree.ts";
import { stylesheetOf, transformTo } from "./transformation.ts";
import { transformToText } from "./xslt/mod.ts";
import { DomNodeList, DomSelection } from "./node_lists.ts";

/** What can be in an element. */
const CONTENT: readonly number[] = [
  NODE.element,
  NODE.text,
  NODE.cdata,
  NODE.entityReference,
  NODE.instruction,
  NODE.comment,
];

/** Each type of node: the word of nodeTypeString, and the types that can be in it. */
const TYPES: Readonly<Record<number, { readonly word: string; readonly children: readonly number[] }>> = {
  [NODE.element]: { word: "element", children: CONTENT },
  [NODE.attribute]: { word: "attribute", children: [] },
  [NODE.text]: { word: "text", children: [] },
  [NODE.cdata]: { word: "cdatasection", children: [] },
  [NODE.entityReference]: { word: "entityreference", children: [] },
  [NODE.instruction]: { word: "processinginstruction", children: [] },
  [NODE.comment]: { word: "comment", children: [] },
  [NODE.document]: {
    word: "document",
    children: [NODE.element, NODE.instruction, NODE.comment, NODE.doctype],
  },
  [NODE.doctype]: { word: "documenttype", children: [] },
  [NODE.fragment]: { word: "documentfragment", children: CONTENT },
};

/** The word of nodeTypeString in the type of that number; the number of that word. */
export function nodeTypeOf(type: Variant): number {
  const text = toStringValue(type).trim().toLowerCase();
  const found = Object.entries(TYPES).find(([number, { word }]) => number === text || word === text);
  if (found !== undefined) return Number(found[0]);
  throw domError("XMLOM_INVALIDTYPE", text);
}

/** The classes of nodes by the numbers of their types. */
const CLASSES = new Map<number, new (node: XmlNode) => DomNode>();

/** Lets scripts call a class of nodes, which the nodes of a type then are. */
export function implementNode(
  target: Parameters<typeof implementInterface>[0] & (new (node: XmlNode) => DomNode),
  nodeType: number,
  typeName: string,
  ...tables: InterfaceTable[]
): void {
  implementInterface(target, [...tables, IXMLDOMNodeTable], { typeName });
  CLASSES.set(nodeType, target);
}

/** What the type library has as an object where there may be none: Nothing. */
function orNothing<T>(object: T | undefined): T {
  return (object ?? null) as T;
}

/** The object of a node. */
export function wrap(node: XmlNode): DomNode {
  return (node.wrapper ??= makeWrapper(node)) as DomNode;
}

function makeWrapper(node: XmlNode): DomNode {
  const NodeClass = CLASSES.get(node.nodeType);
  if (NodeClass !== undefined) return new NodeClass(node);
  throw new TypeError(`A document makes its own object, not wrap(): ${node.nodeName}`);
}

/** The object of a node, or Nothing where there is none. */
export function wrapIf<T extends DomNode>(node: XmlNode | null | undefined): T {
  return orNothing(node === null || node === undefined ? undefined : wrap(node)) as T;
}

/** The node of an object that a script handed in. */
export function nodeOf(object: unknown): XmlNode {
  if (object instanceof DomNode) return object.node;
  throw scriptError("typeMismatch", "a node of an XML document is wanted here");
}

/** What comes of a node whose text a script sets. */
export function textOfVariant(value: Variant): string {
  if (value === null) throw scriptError("invalidNull", "a text is wanted here");
  return varTypeOf(value) === VARTYPE.Boolean ? String(value) : toStringValue(value);
}

/** Any node. */
export abstract class DomNode extends AutomationClass implements IXMLDOMNode {
  constructor(readonly node: XmlNode) {
    super();
  }

  get nodeName(): string {
    return this.node.nodeName;
  }

  get nodeValue(): Variant {
    return this.node.nodeType === NODE.doctype ? null : this.node.nodeValue;
  }
  set nodeValue(value: Variant) {
    this.setData(textOfVariant(value));
  }

  get nodeType(): number {
    return this.node.nodeType;
  }

  get nodeTypeString(): string {
    return TYPES[this.node.nodeType]!.word;
  }

  get parentNode(): IXMLDOMNode {
    return wrapIf(this.node.parentNode);
  }

  get childNodes(): IXMLDOMNodeList {
    return new DomNodeList(() => this.node.childNodes);
  }

  get firstChild(): IXMLDOMNode {
    return wrapIf(this.node.firstChild);
  }

  get lastChild(): IXMLDOMNode {
    return wrapIf(this.node.lastChild);
  }

  get previousSibling(): IXMLDOMNode {
    return wrapIf(this.node.previousSibling);
  }

  get nextSibling(): IXMLDOMNode {
    return wrapIf(this.node.nextSibling);
  }

  get attributes(): IXMLDOMNamedNodeMap {
    return orNothing<IXMLDOMNamedNodeMap>(undefined);
  }

  get ownerDocument(): IXMLDOMDocument3 {
    return wrapIf<DomNode>(this.node.ownerDocument) as unknown as IXMLDOMDocument3;
  }

  get namespaceURI(): string {
    return this.node.namespaceURI;
  }

  get prefix(): string {
    return this.node.prefix;
  }

  get baseName(): string {
    return this.node.nodeName.startsWith("#") ? "" : this.node.localName;
  }

  get specified(): boolean {
    return this.node.specified;
  }

  get definition(): IXMLDOMNode {
    return orNothing<IXMLDOMNode>(undefined);
  }

  get parsed(): boolean {
    return true;
  }

  get text(): string {
    return textOf(this.node, !keepsSpace(this.node));
  }
  set text(text: string) {
    this.setData(text);
  }

  get xml(): string {
    return serialize(this.node);
  }

  get dataType(): Variant {
    return null;
  }
  set dataType(_name: Variant) {
    throw this.#wrongType();
  }

  get nodeTypedValue(): Variant {
    return this.nodeValue;
  }
  set nodeTypedValue(value: Variant) {
    this.nodeValue = value;
  }

  insertBefore(newChild: IXMLDOMNode, refChild: Variant): IXMLDOMNode {
    const isLast = refChild === null || refChild === undefined || refChild === NOTHING ||
      refChild instanceof ErrorValue;
    this.#insert(nodeOf(newChild), isLast ? null : nodeOf(refChild));
    return newChild;
  }

  replaceChild(newChild: IXMLDOMNode, oldChild: IXMLDOMNode): IXMLDOMNode {
    const old = nodeOf(oldChild);
    const added = nodeOf(newChild);
    if (old.parentNode !== this.node) throw domError("XMLOM_NOTCHILD");
    if (added === old) return oldChild;
    this.#check(added, old, old);
    const next = old.nextSibling === added ? added.nextSibling : old.nextSibling;
    old.remove();
    this.#insert(added, next);
    return oldChild;
  }

  removeChild(childNode: IXMLDOMNode): IXMLDOMNode {
    const child = nodeOf(childNode);
    if (child.parentNode !== this.node) throw domError("XMLOM_NOTCHILD");
    child.remove();
    return childNode;
  }

  appendChild(newChild: IXMLDOMNode): IXMLDOMNode {
    return this.insertBefore(newChild, null);
  }

  hasChildNodes(): boolean {
    return this.node.firstChild !== null;
  }

  cloneNode(deep: boolean): IXMLDOMNode {
    return wrap(copyOf(this.node, this.node.home, deep));
  }

  selectNodes(queryString: string): IXMLDOMNodeList {
    const nodes = selectNodes(queryString, this.node);
    return new DomSelection(() => nodes);
  }

  selectSingleNode(queryString: string): IXMLDOMNode {
    return wrapIf(selectNodes(queryString, this.node)[0]);
  }

  transformNode(stylesheet: IXMLDOMNode): string {
    return transformToText(stylesheetOf(nodeOf(stylesheet)), this.node, {});
  }

  transformNodeToObject(stylesheet: IXMLDOMNode, output: Variant): void {
    transformTo(output, stylesheetOf(nodeOf(stylesheet)), this.node);
  }

  /** Sets what nodeValue is. */
  protected setData(_text: string): void {
    throw this.#wrongType();
  }

  #wrongType(): AutomationError {
    return domError("XMLOM_INVALIDTYPE", this.nodeTypeString);
  }

  #insert(added: XmlNode, before: XmlNode | null): void {
    this.#check(added, before, undefined);
    adopt(added, this.node.home);
    const nodes = added.nodeType === NODE.fragment ? [...added.childNodes] : [added];
    for (const node of nodes) {
      if (node !== before) this.node.insert(node, before);
      // Where it stands now it has no white space of its own.
      node.hasSpaceBefore = false;
    }
  }

  /** Whether a node may be inserted, where `replaced` goes. */
  #check(added: XmlNode, before: XmlNode | null, replaced: XmlNode | undefined): void {
    const { node } = this;
    if (before !== null && before.parentNode !== node) throw domError("XMLOM_INVALID_INSERT_POS");
    for (let at: XmlNode | null = node; at !== null; at = at.parentNode) {
      if (at === added) throw domError("XMLOM_INVALID_INSERT_PARENT");
    }
    const nodes = added.nodeType === NODE.fragment ? added.childNodes : [added];
    const allowed = TYPES[node.nodeType]!.children;
    for (const one of nodes) {
      if (!allowed.includes(one.nodeType)) throw domError("XMLOM_INVALIDTYPE", TYPES[one.nodeType]!.word);
    }
    if (node.nodeType !== NODE.document) return;
    const elements = [...node.childNodes.filter((one) => one !== replaced && one !== added), ...nodes]
      .filter((one) => one.nodeType === NODE.element);
    if (elements.length > 1) throw domError("XML_E_MULTIPLEROOTS");
  }
}

/** Whether white space at the ends of a node's text counts. */
function keepsSpace(node: XmlNode): boolean {
  if (node.home.settings.preserveWhiteSpace) return true;
  const isText = node.nodeType !== NODE.element && node.nodeType !== NODE.document &&
    node.nodeType !== NODE.fragment;
  if (isText && node.nodeType !== NODE.text) return true;
  for (let at: XmlNode | null = node; at !== null; at = at.parentNode) {
    const space = at.attributes?.named("xml:space")?.nodeValue;
    if (space !== undefined) return space === "preserve";
  }
  return false;
}
