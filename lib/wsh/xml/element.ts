/** Elements and attributes as scripts hold them. @module */
import { AutomationError } from "../../automation/errors.ts";
import { toStringValue } from "../../automation/coerce.ts";
import type { Variant } from "../../automation/variant.ts";
import type { IXMLDOMAttribute, IXMLDOMElement, IXMLDOMNamedNodeMap, IXMLDOMNodeList } from "../types.ts";
import { dataTypeNamed, DATATYPES_NAMESPACE, typedText, typedValue } from "./data_types.ts";
import { domError } from "./errors.ts";
import { isName, nameError } from "./names.ts";
import { IXMLDOMAttributeTable, IXMLDOMElementTable } from "./tables.ts";
import { namespaceOf, NODE, nodesOf, removeAttribute, setAttribute, textOf, type XmlNode } from "./tree.ts";
import { DomNode, implementNode, nodeOf, textOfVariant, wrapIf } from "./node.ts";
import { DomNamedNodeMap, elementsNamed, putAttribute } from "./node_lists.ts";

/** An element. */
export class DomElement extends DomNode implements IXMLDOMElement {
  static {
    implementNode(this, NODE.element, "IXMLDOMElement", IXMLDOMElementTable);
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

/** An attribute. */
export class DomAttribute extends DomNode implements IXMLDOMAttribute {
  static {
    implementNode(this, NODE.attribute, "IXMLDOMAttribute", IXMLDOMAttributeTable);
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

/** The error of a name that XML does not have. */
export function checkName(name: string): void {
  if (name === "") throw domError("XMLOM_CREATENODE_NEEDNAME");
  if (isName(name)) return;
  const error = domError(nameError(name));
  throw new AutomationError(error.number, `${error.message}: "${name}"`, { source: error.source });
}
