/** Nodes without elements in them, and what is inserted or referred to, as scripts hold them. @module */
import type {
  IXMLDOMCDATASection,
  IXMLDOMComment,
  IXMLDOMDocumentFragment,
  IXMLDOMDocumentType,
  IXMLDOMEntityReference,
  IXMLDOMNamedNodeMap,
  IXMLDOMProcessingInstruction,
  IXMLDOMText,
} from "../types.ts";
import { domError } from "./errors.ts";
import {
  IXMLDOMCDATASectionTable,
  IXMLDOMCharacterDataTable,
  IXMLDOMCommentTable,
  IXMLDOMDocumentFragmentTable,
  IXMLDOMDocumentTypeTable,
  IXMLDOMEntityReferenceTable,
  IXMLDOMProcessingInstructionTable,
  IXMLDOMTextTable,
} from "./tables.ts";
import { copyOf, NODE } from "./tree.ts";
import { DomNode, implementNode, wrap } from "./node.ts";
import { DomNamedNodeMap } from "./node_lists.ts";

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
    implementNode(this, NODE.text, "IXMLDOMText", IXMLDOMTextTable, IXMLDOMCharacterDataTable);
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
    implementNode(
      this,
      NODE.cdata,
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
    implementNode(this, NODE.comment, "IXMLDOMComment", IXMLDOMCommentTable, IXMLDOMCharacterDataTable);
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
    implementNode(this, NODE.instruction, "IXMLDOMProcessingInstruction", IXMLDOMProcessingInstructionTable);
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
    implementNode(this, NODE.doctype, "IXMLDOMDocumentType", IXMLDOMDocumentTypeTable);
  }

  get name(): string {
    return this.node.nodeName;
  }
}

/** Nodes that are inserted together. */
export class DomFragment extends DomNode implements IXMLDOMDocumentFragment {
  static {
    implementNode(this, NODE.fragment, "IXMLDOMDocumentFragment", IXMLDOMDocumentFragmentTable);
  }
}

/** A reference to an entity that is not here. */
export class DomEntityReference extends DomNode implements IXMLDOMEntityReference {
  static {
    implementNode(this, NODE.entityReference, "IXMLDOMEntityReference", IXMLDOMEntityReferenceTable);
  }
}
