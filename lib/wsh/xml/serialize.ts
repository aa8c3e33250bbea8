/**
 * Writes a tree as MSXML does: with the declarations of namespaces that nodes need, and a new line with tabs where white
 * space stood that was not kept.
 *
 * @module
 */
import { ATTRIBUTE_SPECIAL, escaped, TEXT_SPECIAL } from "./escape.ts";
import { NamespaceScope } from "./namespace_scope.ts";
import { NODE, type XmlDocument, type XmlNode } from "./tree.ts";

/** How characters and declarations are written. */
export interface SerializeOptions {
  /** Whether a character must be written as a reference, since the encoding has no such character. */
  readonly needsReference?: (character: string) => boolean;
  /** Whether the declaration keeps its encoding: a string has none. */
  readonly keepsEncoding?: boolean;
  /** Told of a name, comment or instruction with a character that the encoding does not have. */
  readonly onUnencodable?: () => never;
}

/** The text of a node and all below it; lines end as Windows ends them. */
export function serialize(root: XmlNode, options: SerializeOptions = {}): string {
  const writer = new Writer(options);
  writer.write(root);
  return writer.parts.join("");
}

class Writer {
  readonly parts: string[] = [];
  readonly #options: SerializeOptions;
  readonly #scope = new NamespaceScope();
  /** Where the namespaces of the open elements end. */
  readonly #marks: number[] = [];

  constructor(options: SerializeOptions) {
    this.#options = options;
  }

  /** One loop and a list of open elements, so that no tree is too deep. */
  write(root: XmlNode): void {
    let node: XmlNode | null = root;
    while (node !== null) {
      const isContainer = node.nodeType === NODE.document || node.nodeType === NODE.fragment;
      if (node !== root && node.hasSpaceBefore && node.parentNode!.nodeType !== NODE.document) {
        this.#newLine();
      }
      if (node.nodeType === NODE.element) {
        const { mark } = this.#scope;
        this.#startTag(node);
        if (node.firstChild !== null) this.#marks.push(mark);
        else this.#scope.leave(mark);
      } else if (!isContainer) this.#leaf(node);
      if (node.firstChild !== null && (isContainer || node.nodeType === NODE.element)) {
        node = node.firstChild;
        continue;
      }
      while (node !== null && node !== root && node.nextSibling === null) {
        this.#after(node);
        node = node.parentNode!;
        if (node.nodeType === NODE.element) {
          this.#scope.leave(this.#marks.pop()!);
          if (node.hasSpaceAtEnd) this.#newLine();
          this.parts.push(`</${this.#plain(node.nodeName)}>`);
        }
      }
      if (node === root) return;
      this.#after(node);
      node = node.nextSibling;
    }
  }

  /** What follows a node of the top level. */
  #after(node: XmlNode): void {
    if (node.parentNode?.nodeType === NODE.document) this.parts.push("\r\n");
  }

  #newLine(): void {
    this.parts.push("\r\n", "\t".repeat(this.#marks.length));
  }

  #startTag(node: XmlNode): void {
    const { list } = node.attributes!;
    for (const { prefix, localName, nodeName, nodeValue } of list) {
      if (prefix === "xmlns") this.#scope.declare(localName, nodeValue!);
      // An element that was made without a namespace stays without one, whatever a script writes into it later.
      else if (nodeName === "xmlns" && (node.prefix !== "" || node.namespaceURI === nodeValue)) {
        this.#scope.declare("", nodeValue!);
      }
    }
    this.parts.push("<", this.#plain(node.nodeName));
    this.#need(node.prefix, node.namespaceURI, list);
    for (const { prefix, namespaceURI } of list) {
      if (prefix !== "" && prefix !== "xmlns") this.#need(prefix, namespaceURI, list);
    }
    for (const attribute of list) this.parts.push(" ", this.#attribute(attribute));
    this.parts.push(
      node.firstChild !== null ? ">" : node.hasEndTag ? `></${this.#plain(node.nodeName)}>` : "/>",
    );
  }

  /** Writes a declaration that neither this element nor one around it has. */
  #need(prefix: string, uri: string, list: readonly XmlNode[]): void {
    if (this.#scope.get(prefix) === uri || (uri === "" && prefix !== "")) return;
    const name = prefix === "" ? "xmlns" : `xmlns:${prefix}`;
    if (list.some((one) => one.nodeName === name)) return;
    this.#scope.declare(prefix, uri);
    this.parts.push(` ${name}="${this.#escaped(uri, ATTRIBUTE_SPECIAL)}"`);
  }

  #attribute({ nodeName, nodeValue }: XmlNode): string {
    return `${this.#plain(nodeName)}="${this.#escaped(nodeValue!, ATTRIBUTE_SPECIAL)}"`;
  }

  #leaf(node: XmlNode): void {
    const { nodeName, nodeValue } = node;
    switch (node.nodeType) {
      case NODE.attribute:
        this.parts.push(this.#attribute(node));
        break;
      case NODE.text:
        this.parts.push(this.#escaped(nodeValue!, TEXT_SPECIAL).replaceAll("\n", "\r\n"));
        break;
      case NODE.cdata:
        // A section cannot have its own end in it: it becomes two.
        this.parts.push(`<![CDATA[${this.#plain(nodeValue!.replaceAll("]]>", "]]]]><![CDATA[>"))}]]>`);
        break;
      case NODE.entityReference:
        this.parts.push(`&${this.#plain(nodeName)};`);
        break;
      case NODE.instruction: {
        const data = nodeName === "xml" && this.#options.keepsEncoding !== true
          ? nodeValue!.replace(/\s*\bencoding\s*=\s*(?:"[^"]*"|'[^']*')/, "")
          : nodeValue!;
        this.parts.push(this.#plain(data === "" ? `<?${nodeName}?>` : `<?${nodeName} ${data}?>`));
        break;
      }
      case NODE.comment:
        this.parts.push(`<!--${this.#plain(nodeValue!)}-->`);
        break;
      case NODE.doctype:
        this.parts.push(this.#plain(nodeValue!));
        break;
    }
  }

  /** A text in which references mean nothing. */
  #plain(text: string): string {
    const { needsReference, onUnencodable } = this.#options;
    if (needsReference !== undefined && onUnencodable !== undefined && hasSome(text, needsReference)) {
      onUnencodable();
    }
    return text.replace(/\r?\n/g, "\r\n");
  }

  #escaped(text: string, special: RegExp): string {
    return escaped(text, special, this.#options.needsReference);
  }
}

function hasSome(text: string, test: (character: string) => boolean): boolean {
  for (const character of text) if (character > "\x7f" && test(character)) return true;
  return false;
}

/** The encoding that a document's declaration names; undefined where it names none. */
export function declaredEncoding(document: XmlDocument): string | undefined {
  const first = document.firstChild;
  if (first?.nodeType !== NODE.instruction || first.nodeName !== "xml") return undefined;
  return /\bencoding\s*=\s*["']([^"']*)["']/.exec(first.nodeValue!)?.[1];
}
