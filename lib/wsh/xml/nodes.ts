/**
 * Nodes as scripts hold them. Each node of the tree has one such object, so that `Is` tells whether two are the same.
 *
 * @module
 */
import { AutomationError, scriptError } from "../../automation/errors.ts";
import { toStringValue } from "../../automation/coerce.ts";
import { AutomationClass, implementInterface, type InterfaceTable } from "../../automation/interface.ts";
import {
  DISPATCH,
  type Dispatch,
  ErrorValue,
  NOTHING,
  type Variant,
  VARTYPE,
  varTypeOf,
} from "../../automation/variant.ts";
import type {
  IXMLDOMAttribute,
  IXMLDOMCDATASection,
  IXMLDOMComment,
  IXMLDOMDocument3,
  IXMLDOMDocumentFragment,
  IXMLDOMDocumentType,
  IXMLDOMElement,
  IXMLDOMEntityReference,
  IXMLDOMNamedNodeMap,
  IXMLDOMNode,
  IXMLDOMNodeList,
  IXMLDOMProcessingInstruction,
  IXMLDOMText,
} from "../types.ts";
import { dataTypeNamed, DATATYPES_NAMESPACE, typedText, typedValue } from "./data_types.ts";
import { domError } from "./errors.ts";
import { isName, nameError } from "./parser.ts";
import { selectNodes } from "./select.ts";
import { serialize } from "./serialize.ts";
import {
  IXMLDOMAttributeTable,
  IXMLDOMCDATASectionTable,
  IXMLDOMCharacterDataTable,
  IXMLDOMCommentTable,
  IXMLDOMDocumentFragmentTable,
  IXMLDOMDocumentTypeTable,
  IXMLDOMElementTable,
  IXMLDOMEntityReferenceTable,
  IXMLDOMNamedNodeMapTable,
  IXMLDOMNodeListTable,
  IXMLDOMNodeTable,
  IXMLDOMProcessingInstructionTable,
  IXMLDOMTextTable,
} from "./tables.ts";
import {
  adopt,
  copyOf,
  namespaceOf,
  NODE,
  nodesOf,
  removeAttribute,
  setAttribute,
  textOf,
  type XmlNode,
} from "./tree.ts";
import { stylesheetOf, transformTo } from "./transformation.ts";
import { transformToText } from "./xslt/mod.ts";

/** Each type of node: the word of nodeTypeString, and the types that can be in it. */
const TYPES: Readonly<Record<number, { readonly word: string; readonly children: readonly number[] }>> =
  (() => {
    const { element, text, cdata, entityReference, instruction, comment, doctype } = NODE;
    const content = [element, text, cdata, entityReference, instruction, comment];
    return {
      [NODE.element]: { word: "element", children: content },
      [NODE.attribute]: { word: "attribute", children: [] },
      [NODE.text]: { word: "text", children: [] },
      [NODE.cdata]: { word: "cdatasection", children: [] },
      [NODE.entityReference]: { word: "entityreference", children: [] },
      [NODE.instruction]: { word: "processinginstruction", children: [] },
      [NODE.comment]: { word: "comment", children: [] },
      [NODE.document]: { word: "document", children: [element, instruction, comment, doctype] },
      [NODE.doctype]: { word: "documenttype", children: [] },
      [NODE.fragment]: { word: "documentfragment", children: content },
    };
  })();

/** The word of nodeTypeString in the type of that number; the number of that word. */
export function nodeTypeOf(type: Variant): number {
  const text = toStringValue(type).trim().toLowerCase();
  const found = Object.entries(TYPES).find(([number, { word }]) => number === text || word === text);
  if (found !== undefined) return Number(found[0]);
  throw domError("XMLOM_INVALIDTYPE", text);
}

/** What the type library has as an object where there may be none: Nothing. */
function orNothing<T>(object: T | undefined): T {
  return (object ?? null) as T;
}

/** The object of a node. */
export function wrap(node: XmlNode): DomNode {
  return (node.wrapper ??= makeWrapper(node)) as DomNode;
}

function wrapIf<T extends DomNode>(node: XmlNode | null | undefined): T {
  return orNothing(node === null || node === undefined ? undefined : wrap(node)) as T;
}

function makeWrapper(node: XmlNode): DomNode {
  switch (node.nodeType) {
    case NODE.element:
      return new DomElement(node);
    case NODE.attribute:
      return new DomAttribute(node);
    case NODE.text:
      return new DomText(node);
    case NODE.cdata:
      return new DomCdataSection(node);
    case NODE.comment:
      return new DomComment(node);
    case NODE.instruction:
      return new DomInstruction(node);
    case NODE.doctype:
      return new DomDocumentType(node);
    case NODE.fragment:
      return new DomFragment(node);
    case NODE.entityReference:
      return new DomEntityReference(node);
  }
  throw new TypeError(`A document makes its own object, not wrap(): ${node.nodeName}`);
}

/** The node of an object that a script handed in. */
export function nodeOf(object: unknown): XmlNode {
  if (object instanceof DomNode) return object.node;
  throw scriptError("typeMismatch", "a node of an XML document is wanted here");
}

/** The error of a name that XML does not have. */
export function checkName(name: string): void {
  if (name === "") throw domError("XMLOM_CREATENODE_NEEDNAME");
  if (isName(name)) return;
  const error = domError(nameError(name));
  throw new AutomationError(error.number, `${error.message}: "${name}"`, { source: error.source });
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

/** An element. */
export class DomElement extends DomNode implements IXMLDOMElement {
  static {
    implement(this, "IXMLDOMElement", IXMLDOMElementTable);
  }

  get tagName(): string {
    return this.node.nodeName;
  }

  override get nodeValue(): Variant {
    return null;
  }
  override set nodeValue(_value: Variant) {
    throw domError("XMLOM_INVALIDTYPE", "element");
  }

  override get attributes(): IXMLDOMNamedNodeMap {
    return new DomNamedNodeMap(this.node, () => this.node.attributes!.list);
  }

  override get dataType(): Variant {
    return this.#dataTypeNode?.nodeValue ?? null;
  }
  override set dataType(name: Variant) {
    const type = dataTypeNamed(toStringValue(name));
    const old = this.#dataTypeNode;
    if (old !== undefined) old.nodeValue = type;
    else setAttribute(this.node, this.node.home.attribute("dt:dt", type, DATATYPES_NAMESPACE));
  }

  override get nodeTypedValue(): Variant {
    const { dataType } = this;
    return dataType === null ? this.text : typedValue(textOf(this.node), toStringValue(dataType));
  }
  override set nodeTypedValue(value: Variant) {
    const { dataType } = this;
    this.setData(dataType === null ? textOfVariant(value) : typedText(value, toStringValue(dataType)));
  }

  get #dataTypeNode(): XmlNode | undefined {
    return this.node.attributes!.list.find((one) =>
      one.localName === "dt" && one.namespaceURI === DATATYPES_NAMESPACE
    );
  }

  getAttribute(name: string): Variant {
    return this.node.attributes!.named(name)?.nodeValue ?? null;
  }

  setAttribute(name: string, value: Variant): void {
    checkName(name);
    const text = textOfVariant(value);
    const old = this.node.attributes!.named(name);
    if (old !== undefined) old.nodeValue = text;
    else {
      const colon = name.indexOf(":");
      const namespace = colon < 0 ? "" : namespaceOf(name.slice(0, colon), this.node) ?? "";
      setAttribute(this.node, this.node.home.attribute(name, text, namespace));
    }
  }

  removeAttribute(name: string): void {
    const attribute = this.node.attributes!.named(name);
    if (attribute !== undefined) removeAttribute(this.node, attribute);
  }

  getAttributeNode(name: string): IXMLDOMAttribute {
    return wrapIf<DomAttribute>(this.node.attributes!.named(name));
  }

  setAttributeNode(attribute: IXMLDOMAttribute): IXMLDOMAttribute {
    return wrapIf<DomAttribute>(putAttribute(this.node, nodeOf(attribute)));
  }

  removeAttributeNode(attribute: IXMLDOMAttribute): IXMLDOMAttribute {
    if (!removeAttribute(this.node, nodeOf(attribute))) throw domError("XMLOM_INVALID_ATTR");
    return attribute;
  }

  getElementsByTagName(tagName: string): IXMLDOMNodeList {
    return elementsNamed(this.node, tagName);
  }

  normalize(): void {
    for (const node of [...nodesOf(this.node)]) {
      if (node.nodeType !== NODE.text || node.parentNode === null) continue;
      const parts = [node.nodeValue!];
      while (node.nextSibling?.nodeType === NODE.text) {
        parts.push(node.nextSibling.nodeValue!);
        node.nextSibling.remove();
      }
      node.nodeValue = parts.join("");
      if (node.nodeValue === "") node.remove();
    }
  }

  protected override setData(text: string): void {
    this.node.clear();
    this.node.hasSpaceAtEnd = false;
    this.node.hasEndTag = true;
    if (text !== "") this.node.insert(this.node.home.characters(NODE.text, text), null);
  }
}

/** Gives an element an attribute that no other element has. */
function putAttribute(element: XmlNode, attribute: XmlNode): XmlNode | undefined {
  if (attribute.nodeType !== NODE.attribute) {
    throw domError("XMLOM_INVALIDTYPE", TYPES[attribute.nodeType]!.word);
  }
  if (attribute.ownerElement === element) return undefined;
  if (attribute.ownerElement !== null) throw domError("XMLOM_ATTRMOVE");
  attribute.ownerDocument = element.home;
  return setAttribute(element, attribute);
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

/** An attribute. */
export class DomAttribute extends DomNode implements IXMLDOMAttribute {
  static {
    implement(this, "IXMLDOMAttribute", IXMLDOMAttributeTable);
  }

  get name(): string {
    return this.node.nodeName;
  }

  get value(): Variant {
    return this.node.nodeValue;
  }
  set value(value: Variant) {
    this.setData(textOfVariant(value));
  }

  protected override setData(text: string): void {
    this.node.nodeValue = text;
  }
}

/** A node that is text. */
abstract class DomCharacterData extends DomNode {
  get data(): string {
    return this.node.nodeValue!;
  }
  set data(data: string) {
    this.setData(data);
  }

  get length(): number {
    return this.data.length;
  }

  substringData(offset: number, count: number): string {
    return this.data.slice(...this.#range(offset, count));
  }

  appendData(data: string): void {
    this.data += data;
  }

  insertData(offset: number, data: string): void {
    this.replaceData(offset, 0, data);
  }

  deleteData(offset: number, count: number): void {
    this.replaceData(offset, count, "");
  }

  replaceData(offset: number, count: number, data: string): void {
    const [start, end] = this.#range(offset, count);
    this.data = this.data.slice(0, start) + data + this.data.slice(end);
  }

  #range(offset: number, count: number): [start: number, end: number] {
    if (offset < 0 || count < 0 || offset > this.data.length) throw domError("XMLOM_INVALID_INDEX");
    return [offset, offset + count];
  }

  protected override setData(text: string): void {
    this.node.nodeValue = text;
  }
}

/** A text. */
export class DomText extends DomCharacterData implements IXMLDOMText {
  static {
    implement(this, "IXMLDOMText", IXMLDOMTextTable, IXMLDOMCharacterDataTable);
  }

  splitText(offset: number): IXMLDOMText {
    if (offset < 0 || offset > this.data.length) throw domError("XMLOM_INVALID_INDEX");
    const { node } = this;
    const rest = copyOf(node, node.home, false);
    rest.nodeValue = this.data.slice(offset);
    rest.hasSpaceBefore = false;
    this.data = this.data.slice(0, offset);
    node.parentNode?.insert(rest, node.nextSibling);
    return wrap(rest) as unknown as IXMLDOMText;
  }
}

/** A CDATA section. */
export class DomCdataSection extends DomText implements IXMLDOMCDATASection {
  static {
    implement(
      this,
      "IXMLDOMCDATASection",
      IXMLDOMCDATASectionTable,
      IXMLDOMTextTable,
      IXMLDOMCharacterDataTable,
    );
  }
}

/** A comment. */
export class DomComment extends DomCharacterData implements IXMLDOMComment {
  static {
    implement(this, "IXMLDOMComment", IXMLDOMCommentTable, IXMLDOMCharacterDataTable);
  }

  protected override setData(text: string): void {
    checkComment(text);
    super.setData(text);
  }
}

/** A comment's text cannot have its end in it. */
export function checkComment(text: string): void {
  if (text.includes("--") || text.endsWith("-")) throw domError("XML_E_COMMENTSYNTAX");
}

/** The text of a processing instruction cannot have its end in it. */
export function checkInstruction(data: string): void {
  if (data.includes("?>")) throw domError("XMLOM_BADVALUE", "processinginstruction");
}

/** A processing instruction. */
export class DomInstruction extends DomNode implements IXMLDOMProcessingInstruction {
  static {
    implement(this, "IXMLDOMProcessingInstruction", IXMLDOMProcessingInstructionTable);
  }

  get target(): string {
    return this.node.nodeName;
  }

  get data(): string {
    return this.node.nodeValue!;
  }
  set data(data: string) {
    this.setData(data);
  }

  override get attributes(): IXMLDOMNamedNodeMap {
    if (this.node.nodeName !== "xml") return super.attributes;
    const { home } = this.node;
    const list = [...this.data.matchAll(/(\w+)\s*=\s*["']([^"']*)["']/g)].map(([, name, value]) =>
      home.attribute(name!, value!)
    );
    return new DomNamedNodeMap(undefined, () => list);
  }

  protected override setData(data: string): void {
    checkInstruction(data);
    this.node.nodeValue = data;
  }
}

/** A document type declaration. */
export class DomDocumentType extends DomNode implements IXMLDOMDocumentType {
  static {
    implement(this, "IXMLDOMDocumentType", IXMLDOMDocumentTypeTable);
  }

  get name(): string {
    return this.node.nodeName;
  }
}

/** Nodes that are inserted together. */
export class DomFragment extends DomNode implements IXMLDOMDocumentFragment {
  static {
    implement(this, "IXMLDOMDocumentFragment", IXMLDOMDocumentFragmentTable);
  }
}

/** A reference to an entity that is not here. */
export class DomEntityReference extends DomNode implements IXMLDOMEntityReference {
  static {
    implement(this, "IXMLDOMEntityReference", IXMLDOMEntityReferenceTable);
  }
}

/** Lets scripts call a class of nodes. */
function implement(
  target: Parameters<typeof implementInterface>[0],
  typeName: string,
  ...tables: InterfaceTable[]
): void {
  implementInterface(target, [...tables, IXMLDOMNodeTable], { typeName });
}

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
