/** Instructions that write to the result (XSLT 1.0, sections 7, 11.3 and 13). @module */
import { isName } from "../names.ts";
import { namespacesAt, NODE, nodesOf, type XmlNode, XMLNS_NAMESPACE, XSLT_NAMESPACE } from "../tree.ts";
import type { Expression } from "../xpath/expression.ts";
import { stringOf, TreeFragment } from "../xpath/value.ts";
import { type Content, END_ELEMENT, type Instruction, type Machine, type Scope } from "./machine.ts";
import { uriOfPrefix, xsltError } from "./names.ts";
import { prefixOf, type Result } from "./result.ts";

/** A text as it stands in the style sheet. */
export class TextInstruction implements Instruction {
  constructor(readonly text: string, readonly isRaw: boolean) {}

  execute(_scope: Scope, { result }: Machine): void {
    result.text(this.text, this.isRaw);
  }
}

/** `xsl:value-of`. */
export class ValueOf implements Instruction {
  constructor(readonly select: Expression, readonly isRaw: boolean) {}

  execute(scope: Scope, { result }: Machine): void {
    result.text(this.select.string(scope), this.isRaw);
  }
}

/** An element that is written as it stands, but for what is computed in its attributes. */
export class LiteralElement implements Instruction {
  constructor(
    readonly name: string,
    readonly uri: string,
    readonly namespaces: readonly (readonly [prefix: string, uri: string])[],
    readonly content: Content,
  ) {}

  execute(scope: Scope, machine: Machine): void {
    const { result } = machine;
    result.startElement(this.name, this.uri);
    for (const [prefix, uri] of this.namespaces) result.namespace(prefix, uri);
    machine.push(END_ELEMENT);
    machine.pushContent(this.content, scope);
  }
}

/** An attribute of such an element. */
export class LiteralAttribute implements Instruction {
  constructor(readonly name: string, readonly uri: string, readonly value: Expression) {}

  execute(scope: Scope, { result }: Machine): void {
    result.attribute(this.name, this.uri, this.value.string(scope));
  }
}

/** A name that is computed, and the namespace in which it is. */
export interface ComputedName {
  readonly name: Expression;
  readonly namespace?: Expression;
  /** The element of the style sheet, whose prefixes count. */
  readonly element: XmlNode;
}

function nameOf(
  { name, namespace, element }: ComputedName,
  scope: Scope,
  usesDefault: boolean,
): [name: string, uri: string] {
  const text = name.string(scope);
  if (!isName(text) || (!usesDefault && text === "xmlns")) throw xsltError(`"${text}" is no name`, element);
  if (namespace !== undefined) {
    const uri = namespace.string(scope);
    return [uri === "" ? text.slice(text.indexOf(":") + 1) : text, uri];
  }
  const prefix = prefixOf(text);
  if (prefix !== "") return [text, uriOfPrefix(prefix, element)];
  return [text, usesDefault ? namespacesAt(element).get("") ?? "" : ""];
}

/** `xsl:element`. */
export class ElementInstruction implements Instruction {
  constructor(readonly name: ComputedName, readonly content: Content) {}

  execute(scope: Scope, machine: Machine): void {
    machine.result.startElement(...nameOf(this.name, scope, true));
    machine.push(END_ELEMENT);
    machine.pushContent(this.content, scope);
  }
}

/** `xsl:attribute`. */
export class AttributeInstruction implements Instruction {
  constructor(readonly name: ComputedName, readonly content: Content) {}

  execute(scope: Scope, machine: Machine): void {
    const [name, uri] = nameOf(this.name, scope, false);
    machine.captureText(this.content, scope, (text) => machine.result.attribute(name, uri, text));
  }
}

/** `xsl:comment`. */
export class CommentInstruction implements Instruction {
  constructor(readonly content: Content) {}

  execute(scope: Scope, machine: Machine): void {
    machine.captureText(this.content, scope, (text) => machine.result.comment(text));
  }
}

/** `xsl:processing-instruction`. */
export class InstructionInstruction implements Instruction {
  constructor(readonly name: Expression, readonly content: Content, readonly element: XmlNode) {}

  execute(scope: Scope, machine: Machine): void {
    const name = this.name.string(scope);
    if (!isName(name) || name.includes(":") || name.toLowerCase() === "xml") {
      throw xsltError(`"${name}" is no name of a processing instruction`, this.element);
    }
    machine.captureText(this.content, scope, (text) => machine.result.instruction(name, text.trimStart()));
  }
}

/** `xsl:copy`. */
export class Copy implements Instruction {
  constructor(readonly content: Content) {}

  execute(scope: Scope, machine: Machine): void {
    const { node } = scope;
    if (node.nodeType === NODE.element) {
      startCopy(node, machine.result, machine.namespaces.at(node));
      machine.push(END_ELEMENT);
    } else if (node.nodeType !== NODE.document && node.nodeType !== NODE.fragment) {
      return copyLeaf(node, machine.result);
    }
    machine.pushContent(this.content, scope);
  }
}

/** `xsl:copy-of`. */
export class CopyOf implements Instruction {
  constructor(readonly select: Expression) {}

  execute(scope: Scope, machine: Machine): void {
    const value = this.select.evaluate(scope);
    if (value instanceof TreeFragment) copyTree(value.root, machine);
    else if (typeof value === "object") { for (const node of value) copyTree(node, machine); }
    else machine.result.text(stringOf(value), false);
  }
}

function startCopy(node: XmlNode, result: Result, namespaces: Iterable<readonly [string, string]>): void {
  result.startElement(node.nodeName, node.namespaceURI);
  for (const [prefix, uri] of namespaces) result.namespace(prefix, uri);
}

function copyLeaf(node: XmlNode, result: Result): void {
  const value = node.nodeValue ?? "";
  switch (node.nodeType) {
    case NODE.text:
    case NODE.cdata:
      return result.text(value, false);
    case NODE.attribute:
      return result.attribute(node.nodeName, node.namespaceURI, value);
    case NODE.comment:
      return result.comment(value);
    case NODE.instruction:
      if (node.nodeName !== "xml") result.instruction(node.nodeName, value);
      return;
    case NODE.namespace:
      return result.namespace(node.localName, value);
  }
}

/** Copies a node and all in it, however deep. */
function copyTree(root: XmlNode, { result, namespaces }: Machine): void {
  const open: XmlNode[] = [];
  const closeTo = (parent: XmlNode | null): void => {
    while (open.length > 0 && open[open.length - 1] !== parent) {
      if (open.pop()!.hasSpaceAtEnd) result.space();
      result.endElement();
    }
  };
  for (const node of nodesOf(root)) {
    if (node !== root) closeTo(node.parentNode);
    if (node !== root && node.hasSpaceBefore && node.parentNode!.nodeType === NODE.element) result.space();
    if (node.nodeType !== NODE.element) {
      copyLeaf(node, result);
      continue;
    }
    const { list } = node.attributes!;
    startCopy(node, result, open.length === 0 ? namespaces.at(node) : declarationsOf(list));
    for (const attribute of list) {
      if (attribute.namespaceURI !== XMLNS_NAMESPACE) copyLeaf(attribute, result);
    }
    open.push(node);
  }
  closeTo(null);
}

function declarationsOf(list: readonly XmlNode[]): (readonly [string, string])[] {
  return list.filter(({ namespaceURI }) => namespaceURI === XMLNS_NAMESPACE).map((
    { nodeName, localName, nodeValue },
  ) => [nodeName === "xmlns" ? "" : localName, nodeValue!] as const);
}

/** `xsl:message`: it is heard of only where it ends the transformation, as in MSXML. */
export class Message implements Instruction {
  constructor(readonly content: Content, readonly terminates: boolean) {}

  execute(scope: Scope, machine: Machine): void {
    machine.captureTree(this.content, scope, (made) => {
      if (this.terminates) throw xsltError(stringOf(made));
    });
  }
}

/** An instruction that XSLT 1.0 does not have: what its `xsl:fallback` says, or an error. */
export class UnknownInstruction implements Instruction {
  constructor(readonly fallbacks: readonly Content[], readonly element: XmlNode) {}

  execute(scope: Scope, machine: Machine): void {
    if (this.fallbacks.length === 0) {
      const kind = this.element.namespaceURI === XSLT_NAMESPACE ? "XSLT 1.0 has no" : "There is no extension";
      throw xsltError(`${kind} element <${this.element.nodeName}>`);
    }
    for (const content of this.fallbacks.toReversed()) machine.pushContent(content, scope);
  }
}
