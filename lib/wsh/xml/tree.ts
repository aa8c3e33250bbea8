/**
 * A document as a tree of plain nodes, in the W3C's names, which is what XPath reads.
 *
 * Theory of operation. Children are a linked list, so that a change costs the same in a list of any length. What is asked
 * of the tree as a whole (lists of children, the order of nodes) is kept with the number of changes at which it was found
 * out, and found out anew when there were more.
 *
 * @module
 */

/** The numbers of nodeType. */
export const NODE = {
  element: 1,
  attribute: 2,
  text: 3,
  cdata: 4,
  entityReference: 5,
  instruction: 7,
  comment: 8,
  document: 9,
  doctype: 10,
  fragment: 11,
  /** Of XPath alone: scripts never see one. */
  namespace: 13,
} as const;

/** The namespace of the prefix `xml`. */
export const XML_NAMESPACE = "http://www.w3.org/XML/1998/namespace";
/** The namespace of declarations of namespaces. */
export const XMLNS_NAMESPACE = "http://www.w3.org/2000/xmlns/";
/** The namespace of XSLT (XSLT 1.0, section 2.1). */
export const XSLT_NAMESPACE = "http://www.w3.org/1999/XSL/Transform";

/** Counts the changes of all documents: a node that goes to another one finds no number there that it has seen. */
let lastChange = 0;

/** Any node. */
export class XmlNode {
  parentNode: XmlNode | null = null;
  previousSibling: XmlNode | null = null;
  nextSibling: XmlNode | null = null;
  firstChild: XmlNode | null = null;
  lastChild: XmlNode | null = null;
  prefix = "";
  localName: string;
  namespaceURI = "";
  nodeValue: string | null = null;
  /** Of elements. */
  attributes: XmlAttributes | null = null;
  /** Of attributes. */
  ownerElement: XmlNode | null = null;
  /** Whether white space stood before it that was not kept. */
  hasSpaceBefore = false;
  /** Whether white space stood before its end tag that was not kept. */
  hasSpaceAtEnd = false;
  /** Whether it has an end tag though it has no content. */
  hasEndTag = false;
  /** Of attributes: whether the document says it, and not its DTD. */
  specified = true;
  /** The object that scripts hold; there is one. */
  wrapper: object | undefined;
  #children: readonly XmlNode[] = [];
  #childrenAt = -1;
  /** Its place below a root, as counted at some number of changes. */
  order = 0;
  orderedAt = -1;
  orderedBelow: XmlNode | undefined;

  constructor(
    readonly nodeType: number,
    readonly nodeName: string,
    public ownerDocument: XmlDocument | null,
  ) {
    this.localName = nodeName;
  }

  /** The children as they are now. */
  get childNodes(): readonly XmlNode[] {
    const changes = this.home.changes;
    if (this.#childrenAt !== changes) {
      const children: XmlNode[] = [];
      for (let child = this.firstChild; child !== null; child = child.nextSibling) children.push(child);
      this.#children = children;
      this.#childrenAt = changes;
    }
    return this.#children;
  }

  /** Its document; a document is its own. */
  get home(): XmlDocument {
    return this.ownerDocument ?? this as unknown as XmlDocument;
  }

  /** Puts a node before a child, or last. */
  insert(node: XmlNode, before: XmlNode | null): void {
    node.remove();
    this.hasEndTag = false;
    node.parentNode = this;
    node.nextSibling = before;
    node.previousSibling = before === null ? this.lastChild : before.previousSibling;
    if (node.previousSibling === null) this.firstChild = node;
    else node.previousSibling.nextSibling = node;
    if (before === null) this.lastChild = node;
    else before.previousSibling = node;
    this.home.touch();
  }

  /** Takes it out of its parent. */
  remove(): void {
    const { parentNode: parent } = this;
    if (parent === null) return;
    if (this.previousSibling === null) parent.firstChild = this.nextSibling;
    else this.previousSibling.nextSibling = this.nextSibling;
    if (this.nextSibling === null) parent.lastChild = this.previousSibling;
    else this.nextSibling.previousSibling = this.previousSibling;
    this.parentNode = this.previousSibling = this.nextSibling = null;
    this.home.touch();
  }

  /** Takes all children out. */
  clear(): void {
    while (this.lastChild !== null) this.lastChild.remove();
  }
}

/** The attributes of an element, in order. */
export class XmlAttributes {
  readonly list: XmlNode[] = [];

  named(name: string): XmlNode | undefined {
    return this.list.find((one) => one.nodeName === name);
  }
}

/** What a document that is a style sheet may reach, and how its work is ended. */
export interface DocumentAccess {
  /** MSXML's AllowDocumentFunction. */
  readonly allowsDocuments: boolean;
  /** MSXML's ResolveExternals. */
  readonly allowsIncludes: boolean;
  /** That of MSXML. */
  readonly version: string;
  /** Reads a document from a place beside another one. @throws AutomationError where it cannot */
  load(url: string, base: string): XmlDocument;
  /** Throws when the script shall end. */
  checkInterrupted(): void;
}

/** How a document is read and searched. */
export interface DocumentSettings {
  /** Of documents that scripts have. */
  readonly access?: DocumentAccess;
  preserveWhiteSpace: boolean;
  selectsByXPath: boolean;
  /** URIs by prefix, for selecting. */
  selectionNamespaces: ReadonlyMap<string, string>;
}

/** A document. */
export class XmlDocument extends XmlNode {
  /** Another number after every change of a tree that belongs to it. */
  changes = ++lastChange;
  /** Where it was read from; nothing for a text. */
  url = "";
  /** Whether an element of this name has an attribute that is its ID, by its DTD. */
  readonly idAttributes = new Map<string, string>();

  constructor(readonly settings: DocumentSettings) {
    super(NODE.document, "#document", null);
  }

  /** Says that a tree that belongs to it has changed. */
  touch(): void {
    this.changes = ++lastChange;
  }

  /** The root element. */
  get documentElement(): XmlNode | null {
    let child = this.firstChild;
    while (child !== null && child.nodeType !== NODE.element) child = child.nextSibling;
    return child;
  }

  /** The element of an ID, by what its DTD declares. */
  getElementById(id: string): XmlNode | null {
    if (this.idAttributes.size === 0) return null;
    for (const node of nodesOf(this)) {
      const name = this.idAttributes.get(node.nodeName);
      if (name !== undefined && node.attributes?.named(name)?.nodeValue === id) return node;
    }
    return null;
  }

  element(name: string, namespace = ""): XmlNode {
    const node = this.#named(NODE.element, name, namespace);
    node.attributes = new XmlAttributes();
    return node;
  }

  attribute(name: string, value: string, namespace = ""): XmlNode {
    const isDeclaration = name === "xmlns" || name.startsWith("xmlns:");
    const node = this.#named(NODE.attribute, name, isDeclaration ? XMLNS_NAMESPACE : namespace);
    node.nodeValue = value;
    return node;
  }

  /** A text, CDATA section or comment. */
  characters(type: typeof NODE.text | typeof NODE.cdata | typeof NODE.comment, data: string): XmlNode {
    const name = type === NODE.text ? "#text" : type === NODE.cdata ? "#cdata-section" : "#comment";
    return this.#valued(type, name, data);
  }

  instruction(target: string, data: string): XmlNode {
    return this.#valued(NODE.instruction, target, data);
  }

  /** @param declaration as the document has it, from `<!DOCTYPE` to its end. */
  doctype(name: string, declaration: string): XmlNode {
    return this.#valued(NODE.doctype, name, declaration);
  }

  entityReference(name: string): XmlNode {
    return new XmlNode(NODE.entityReference, name, this);
  }

  fragment(): XmlNode {
    return new XmlNode(NODE.fragment, "#document-fragment", this);
  }

  #named(type: number, name: string, namespace: string): XmlNode {
    const node = new XmlNode(type, name, this);
    const colon = name.indexOf(":");
    if (colon > 0) {
      node.prefix = name.slice(0, colon);
      node.localName = name.slice(colon + 1);
    }
    node.namespaceURI = node.prefix === "xml" ? XML_NAMESPACE : namespace;
    return node;
  }

  #valued(type: number, name: string, value: string): XmlNode {
    const node = new XmlNode(type, name, this);
    node.nodeValue = value;
    return node;
  }
}

/** A node and all below it, in the order of the document; attributes are not among them. */
export function* nodesOf(root: XmlNode): Generator<XmlNode> {
  let node: XmlNode | null = root;
  while (node !== null) {
    yield node;
    node = following(node, root);
  }
}

function following(node: XmlNode, root: XmlNode): XmlNode | null {
  if (node.firstChild !== null) return node.firstChild;
  let at = node;
  while (at !== root) {
    if (at.nextSibling !== null) return at.nextSibling;
    at = at.parentNode!;
  }
  return null;
}

/** Sees to it that a node has its number in the order of its document, with what it is below. */
export function ensureOrder(node: XmlNode): void {
  const { changes } = node.home;
  if (node.orderedAt === changes) return;
  countNodes(rootOf(node), changes);
  if (node.nodeType !== NODE.namespace) return;
  // Namespaces stand between their element and its attributes, whose numbers are whole.
  const { order, orderedBelow } = node.ownerElement!;
  node.order = order + 0.5;
  node.orderedAt = changes;
  node.orderedBelow = orderedBelow;
}

/** Gives every node below a root its number. */
function countNodes(root: XmlNode, changes: number): void {
  let count = 0;
  const number = (node: XmlNode): void => {
    node.order = count++;
    node.orderedAt = changes;
    node.orderedBelow = root;
  };
  for (const node of nodesOf(root)) {
    number(node);
    node.attributes?.list.forEach(number);
  }
}

/** The node at the top of a tree. */
export function rootOf(node: XmlNode): XmlNode {
  let root = node.ownerElement ?? node;
  while (root.parentNode !== null) root = root.parentNode;
  return root;
}

/** Sets an attribute in place of one of the same name, which is returned. */
export function setAttribute(element: XmlNode, attribute: XmlNode): XmlNode | undefined {
  const { list } = element.attributes!;
  const at = list.findIndex((one) => one.nodeName === attribute.nodeName);
  const old = list[at];
  if (old === undefined) list.push(attribute);
  else {
    list[at] = attribute;
    old.ownerElement = null;
  }
  attribute.ownerElement = element;
  element.home.touch();
  return old;
}

/** Takes an attribute off its element; false where it is not there. */
export function removeAttribute(element: XmlNode, attribute: XmlNode): boolean {
  const { list } = element.attributes!;
  const at = list.indexOf(attribute);
  if (at < 0) return false;
  list.splice(at, 1);
  attribute.ownerElement = null;
  element.home.touch();
  return true;
}

/** What a prefix stands for at a node; undefined where it is not declared. */
export function namespaceOf(prefix: string, node: XmlNode | null): string | undefined {
  if (prefix === "xml") return XML_NAMESPACE;
  const name = prefix === "" ? "xmlns" : `xmlns:${prefix}`;
  for (let at = node?.ownerElement ?? node; at !== null; at = at.parentNode) {
    const declared = at.attributes?.named(name)?.nodeValue;
    if (declared !== undefined && declared !== null) return declared;
    if (at.nodeType === NODE.element && at.prefix === prefix && at.namespaceURI !== "") {
      return at.namespaceURI;
    }
  }
  return undefined;
}

/** The namespaces in scope at an element, by prefix; without that of `xml`. */
export function namespacesAt(element: XmlNode): Map<string, string> {
  const found = new Map<string, string>();
  for (let at: XmlNode | null = element; at !== null; at = at.parentNode) {
    if (at.nodeType === NODE.element && !found.has(at.prefix)) found.set(at.prefix, at.namespaceURI);
    for (const { prefix, localName, nodeName, nodeValue } of at.attributes?.list ?? []) {
      const declared = prefix === "xmlns" ? localName : nodeName === "xmlns" ? "" : undefined;
      if (declared !== undefined && !found.has(declared)) found.set(declared, nodeValue!);
    }
  }
  found.delete("xml");
  for (const [prefix, uri] of found) if (uri === "") found.delete(prefix);
  return found;
}

/** The text of a node and all below it, as the document has it, or without the white space at both ends of its texts. */
export function textOf(root: XmlNode, trims = false): string {
  if (root.nodeType === NODE.doctype) return "";
  const parts: XmlNode[] = [];
  if (root.nodeValue !== null) parts.push(root);
  else {
    for (const node of nodesOf(root)) {
      if (node.nodeType === NODE.text || node.nodeType === NODE.cdata) parts.push(node);
    }
  }
  const texts = parts.map((node) => node.nodeValue!);
  if (!trims) return texts.join("");
  // A CDATA section is as it was written, and so is what stands within it and beyond.
  const trimFrom = (start: number, step: 1 | -1, space: RegExp): void => {
    for (let at = start; parts[at] !== undefined; at += step) {
      if (parts[at]!.nodeType === NODE.text) texts[at] = texts[at]!.replace(space, "");
      if (texts[at] !== "") return;
    }
  };
  trimFrom(0, 1, /^[ \t\r\n]+/);
  trimFrom(parts.length - 1, -1, /[ \t\r\n]+$/);
  return texts.join("");
}

/** A copy for a document: of the node alone with its attributes, or of all below it too. */
export function copyOf(root: XmlNode, document: XmlDocument, deep: boolean): XmlNode {
  const copies = new Map<XmlNode, XmlNode>();
  const first = copyOfOne(root, document);
  if (!deep) return first;
  copies.set(root, first);
  for (const node of nodesOf(root)) {
    if (node === root) continue;
    const copy = copyOfOne(node, document);
    copies.get(node.parentNode!)!.insert(copy, null);
    if (node.firstChild !== null) copies.set(node, copy);
  }
  return first;
}

function copyOfOne(node: XmlNode, document: XmlDocument): XmlNode {
  const copy = new XmlNode(node.nodeType, node.nodeName, document);
  copy.prefix = node.prefix;
  copy.localName = node.localName;
  copy.namespaceURI = node.namespaceURI;
  copy.nodeValue = node.nodeValue;
  copy.hasSpaceBefore = node.hasSpaceBefore;
  copy.hasSpaceAtEnd = node.hasSpaceAtEnd;
  copy.hasEndTag = node.hasEndTag;
  copy.specified = node.specified;
  if (node.attributes !== null) {
    copy.attributes = new XmlAttributes();
    for (const attribute of node.attributes.list) {
      const one = copyOfOne(attribute, document);
      one.ownerElement = copy;
      copy.attributes.list.push(one);
    }
  }
  return copy;
}

/** Makes a tree belong to a document. */
export function adopt(root: XmlNode, document: XmlDocument): void {
  if (root.ownerDocument === document) return;
  root.remove(); // from the document in which it is a change
  for (const node of nodesOf(root)) {
    node.ownerDocument = document;
    for (const attribute of node.attributes?.list ?? []) attribute.ownerDocument = document;
  }
}
