/** Makes trees of results: fragments for variables, and documents that a script has. @module */
import { NODE, XmlDocument, type XmlNode } from "../tree.ts";
import { type ResultWriter, type StartTag, writtenAttributes } from "./result.ts";

/** A tree of no document that a script knows. */
export function newTree(): XmlDocument {
  return new XmlDocument({ preserveWhiteSpace: true, selectsByXPath: true, selectionNamespaces: new Map() });
}

/** A writer of a tree. */
export class TreeWriter implements ResultWriter {
  readonly root: XmlDocument;
  readonly #indents: boolean;
  #at: XmlNode;
  #hasSpace = false;
  /** Whether the open elements have text: there white space would add to it. */
  readonly #hasText: boolean[] = [false];

  /** @param indents whether nodes stand on lines of their own when the tree is written */
  constructor(root: XmlDocument = newTree(), indents = false) {
    this.root = root;
    this.#at = root;
    this.#indents = indents;
  }

  start(tag: StartTag): void {
    const node = this.root.element(tag.name, tag.uri);
    const { list } = node.attributes!;
    for (const [name, value, uri] of writtenAttributes(tag)) {
      const attribute = this.root.attribute(name, value, uri);
      attribute.ownerElement = node;
      list.push(attribute);
    }
    this.#add(node);
    this.#at = node;
    this.#hasText.push(false);
  }

  end(): void {
    const hasText = this.#hasText.pop()!;
    const hasChildren = this.#at.firstChild !== null;
    this.#at.hasSpaceAtEnd = this.#hasSpace || (this.#indents && hasChildren && !hasText);
    this.#hasSpace = false;
    this.#at = this.#at.parentNode!;
  }

  text(text: string): void {
    this.#hasText[this.#hasText.length - 1] = true;
    const last = this.#at.lastChild;
    if (last?.nodeType === NODE.text) last.nodeValue += text;
    else this.#add(this.root.characters(NODE.text, text));
  }

  comment(text: string): void {
    this.#add(this.root.characters(NODE.comment, text));
  }

  instruction(target: string, data: string): void {
    this.#add(this.root.instruction(target, data));
  }

  space(): void {
    this.#hasSpace = true;
  }

  finish(): void {}

  #add(node: XmlNode): void {
    this.#at.insert(node, null);
    node.hasSpaceBefore = this.#hasSpace || (this.#indents && !this.#hasText[this.#hasText.length - 1]!);
    this.#hasSpace = false;
  }
}
