/**
 * Reads XML 1.0 (fifth edition) with namespaces into a tree, with MSXML's errors at MSXML's kind of place.
 *
 * Theory of operation. One loop reads markup and keeps the open elements on a list, so that no nesting is too deep for it.
 * An entity's text is read in place, by the same loop on another text. External entities and DTDs are never fetched: a
 * reference to one stays in the tree as a reference. All that entities make together is bounded.
 *
 * @module
 */
import { XmlCursor } from "./cursor.ts";
import { type DocumentType, NO_DOCUMENT_TYPE, readDocumentType } from "./document_type.ts";
import { XmlSyntaxError } from "./errors.ts";
import { NamespaceScope } from "./namespace_scope.ts";
import {
  NODE,
  XML_NAMESPACE,
  type XmlDocument,
  type XmlNode,
  XMLNS_NAMESPACE,
  XSLT_NAMESPACE,
} from "./tree.ts";

/** What a text is read by. */
export interface ParseOptions {
  readonly prohibitDtd: boolean;
  /** How many elements may be in each other; 0 for any number. */
  readonly elementDepthMax: number;
}

/** How many characters entities may make; as much as libexpat lets them before it looks at their factor. */
const EXPANSION_CHARACTERS_MAX = 8 * 1024 * 1024;
/** How often they may do it: an expansion of nothing takes time too. */
const EXPANSIONS_MAX = 1 << 18;
const ENTITY_NESTING_MAX = 64;

/** Reads a text into an empty document. @throws XmlSyntaxError */
export function parseInto(document: XmlDocument, text: string, options: ParseOptions): void {
  new Parser(document, text, options).parse();
}

/** An element that is open. */
interface Open {
  readonly node: XmlNode;
  /** Where its namespaces end. */
  readonly mark: number;
  readonly keepsSpace: boolean;
}

/** An attribute of a tag. */
interface FoundAttribute {
  readonly name: string;
  readonly value: string;
  readonly at: number;
  readonly specified: boolean;
}

class Parser {
  readonly #document: XmlDocument;
  readonly #options: ParseOptions;
  readonly #cursor: XmlCursor;
  readonly #open: Open[];
  readonly #scope = new NamespaceScope();
  #documentType: DocumentType = NO_DOCUMENT_TYPE;
  /** The entities that are being read. */
  readonly #openEntities = new Set<string>();
  #expanded = 0;
  #expansions = 0;
  /** Text that was read and is no node yet. */
  #pending = "";
  #pendingIsKept = false;
  #droppedSpace = false;

  constructor(document: XmlDocument, text: string, options: ParseOptions) {
    this.#document = document;
    this.#options = options;
    this.#cursor = new XmlCursor(text);
    this.#open = [{ node: document, mark: 0, keepsSpace: document.settings.preserveWhiteSpace }];
  }

  parse(): void {
    const cursor = this.#cursor;
    if (/^<\?xml[ \t\n?]/.test(cursor.text)) this.#declaration();
    this.#content(1);
    if (this.#open.length > 1) {
      const names = this.#open.slice(1).reverse().slice(0, 100).map(({ node }) => node.nodeName).join(", ");
      throw cursor.error("XML_E_UNCLOSEDTAG", cursor.text.length, names);
    }
    if (this.#document.documentElement === null) throw new XmlSyntaxError("XML_E_MISSINGROOT", -1);
  }

  get #top(): Open {
    return this.#open[this.#open.length - 1]!;
  }

  /** Reads to the end of the text; elements below `floor` are not its to close. */
  #content(floor: number): void {
    const cursor = this.#cursor;
    while (!cursor.isAtEnd) {
      const next = cursor.text.indexOf("<", cursor.at);
      const end = next < 0 ? cursor.text.length : next;
      if (end > cursor.at) this.#characters(end);
      if (next < 0) break;
      const after = cursor.text[cursor.at + 1];
      if (after === "/") this.#endTag(floor);
      else if (after === "?") this.#instruction();
      else if (after === "!") this.#special();
      else this.#startTag();
    }
    this.#flush();
  }

  // Text

  #characters(end: number): void {
    const cursor = this.#cursor;
    const isInside = this.#open.length > 1;
    while (cursor.at < end) {
      // Looked for in the text alone: to the end of a document without references would be far for each text.
      const rest = cursor.text.slice(cursor.at, end);
      const reference = rest.indexOf("&");
      const piece = reference < 0 ? rest : rest.slice(0, reference);
      const stop = cursor.at + piece.length;
      cursor.checkCharacters(piece, cursor.at);
      if (!isInside) {
        const wrong = /[^ \t\n]/.exec(piece);
        if (wrong !== null || stop < end) {
          throw cursor.error("XML_E_INVALIDATROOTLEVEL", cursor.at + (wrong?.index ?? piece.length));
        }
      }
      const closing = piece.indexOf("]]>");
      if (closing >= 0) throw cursor.error("XML_E_INVALID_CDATACLOSINGTAG", cursor.at + closing);
      this.#pending += piece;
      cursor.at = stop;
      if (stop < end) this.#contentReference();
    }
  }

  /** A reference in content, at `&`. */
  #contentReference(): void {
    const cursor = this.#cursor;
    const { at } = cursor;
    const { name, character } = cursor.reference();
    if (character !== undefined) {
      this.#pending += character;
      this.#pendingIsKept = true;
      return;
    }
    const text = this.#entityText(name, at);
    if (text === undefined) {
      this.#flush();
      this.#append(this.#document.entityReference(name));
      return;
    }
    this.#within(name, text, at, () => {
      const floor = this.#open.length;
      this.#content(floor);
      if (this.#open.length > floor) throw cursor.error("XML_E_UNCLOSEDTAG", at, this.#top.node.nodeName);
    });
  }

  /** The text of an entity; undefined where it lies elsewhere, or a DTD that was not fetched may declare it. */
  #entityText(name: string, at: number): string | undefined {
    const { entities, hasUnread } = this.#documentType;
    if (!entities.has(name) && !hasUnread) throw this.#cursor.error("XML_ENTITY_UNDEFINED", at, name);
    return entities.get(name);
  }

  /** Reads an entity's text in place of its reference. */
  #within(name: string, text: string, at: number, read: () => void): void {
    const open = this.#openEntities;
    if (open.has(name)) throw this.#cursor.error("XML_INFINITE_ENTITY_LOOP", at, name);
    this.#expanded += text.length;
    const tooMuch = this.#expanded > EXPANSION_CHARACTERS_MAX
      ? `Entities make more than ${EXPANSION_CHARACTERS_MAX} characters.`
      : ++this.#expansions > EXPANSIONS_MAX
      ? `Entities are referred to more than ${EXPANSIONS_MAX} times.`
      : open.size === ENTITY_NESTING_MAX
      ? `Entities are in each other more than ${ENTITY_NESTING_MAX} deep.`
      : undefined;
    if (tooMuch !== undefined) throw this.#cursor.error("XML_PARSING_ENTITY", at, name, tooMuch);
    open.add(name);
    this.#cursor.within(text, at, read);
    open.delete(name);
  }

  /** Makes a node of the text that was read. */
  #flush(): void {
    const text = this.#pending;
    if (text === "") return;
    const isKept = this.#pendingIsKept;
    this.#pending = "";
    this.#pendingIsKept = false;
    const { node, keepsSpace } = this.#top;
    if (node.nodeType === NODE.document) this.#droppedSpace = true;
    else if (!keepsSpace && !isKept && /^[ \t\n]*$/.test(text)) this.#droppedSpace = true;
    else this.#append(this.#document.characters(NODE.text, text));
  }

  #append(node: XmlNode): void {
    node.hasSpaceBefore = this.#droppedSpace;
    this.#droppedSpace = false;
    this.#top.node.insert(node, null);
  }

  // Tags

  #startTag(): void {
    const cursor = this.#cursor;
    const start = cursor.at;
    this.#flush();
    cursor.at++;
    if (cursor.isAtEnd) throw cursor.error("XML_E_UNEXPECTEDEOF");
    const name = cursor.qualifiedName();
    if (this.#open.length === 1 && this.#document.documentElement !== null) {
      throw cursor.error("XML_E_MULTIPLEROOTS", start);
    }
    const found = this.#attributes(start);
    const isEmpty = cursor.next === "/";
    if (isEmpty) cursor.at++;
    cursor.expect(">", cursor.isAtEnd ? "XML_E_UNCLOSEDSTARTTAG" : "XML_E_EXPECTINGTAGEND");
    this.#addDefaults(name, found);
    const parent = this.#top;
    const { mark } = this.#scope;
    this.#declare(found);
    const node = this.#document.element(name, this.#resolve(name, start + 1));
    this.#setAttributes(node, found);
    this.#append(node);
    if (isEmpty) {
      this.#scope.leave(mark);
      return;
    }
    const space = node.attributes!.named("xml:space")?.nodeValue;
    const keepsSpace = this.#document.settings.preserveWhiteSpace || space === "preserve" ||
      (space !== "default" && parent.keepsSpace) ||
      // White space that a style sheet writes by <xsl:text> </xsl:text> counts in MSXML, however it was loaded.
      (node.localName === "text" && node.namespaceURI === XSLT_NAMESPACE);
    this.#open.push({ node, mark, keepsSpace });
    const { elementDepthMax } = this.#options;
    if (elementDepthMax > 0 && this.#open.length - 1 > elementDepthMax) {
      throw cursor.error("XML_E_MAX_ELEMENT_DEPTH", start);
    }
  }

  /** The attributes of a tag, to its `>` or `/`. */
  #attributes(start: number): FoundAttribute[] {
    const cursor = this.#cursor;
    const found: FoundAttribute[] = [];
    const names = new Set<string>();
    for (;;) {
      const hadSpace = cursor.space();
      const { next, at } = cursor;
      if (next === undefined) throw cursor.error("XML_E_UNCLOSEDSTARTTAG", start);
      if (next === ">" || next === "/") return found;
      if (!hadSpace) {
        throw cursor.error(found.length === 0 ? "XML_E_BADNAMECHAR" : "XML_E_MISSINGWHITESPACE");
      }
      const name = cursor.qualifiedName();
      cursor.space();
      cursor.expect("=", "XML_E_MISSINGEQUALS");
      cursor.space();
      const value = this.#attributeValue();
      if (names.has(name)) throw cursor.error("XML_E_DUPLICATEATTRIBUTE", at);
      names.add(name);
      found.push({ name, value, at, specified: true });
    }
  }

  #attributeValue(): string {
    const cursor = this.#cursor;
    const quote = cursor.next;
    if (quote !== '"' && quote !== "'") throw cursor.error("XML_E_MISSINGQUOTE");
    const end = cursor.text.indexOf(quote, ++cursor.at);
    const raw = cursor.text.slice(cursor.at, end < 0 ? undefined : end);
    const wrong = raw.indexOf("<");
    if (wrong >= 0) throw cursor.error("XML_E_BADCHARINSTRING", cursor.at + wrong);
    if (end < 0) throw cursor.error("XML_E_UNCLOSEDSTRING", cursor.at - 1);
    cursor.checkCharacters(raw, cursor.at);
    const value = raw.includes("&") ? this.#expandValue(end) : raw.replace(/[\t\n]/g, " ");
    cursor.at = end + 1;
    return value;
  }

  /** An attribute's value with its references replaced, from the place of reading to `end`. */
  #expandValue(end: number): string {
    const cursor = this.#cursor;
    const parts: string[] = [];
    while (cursor.at < end) {
      const reference = cursor.text.indexOf("&", cursor.at);
      const stop = reference < 0 || reference > end ? end : reference;
      parts.push(cursor.text.slice(cursor.at, stop).replace(/[\t\n]/g, " "));
      cursor.at = stop;
      if (stop === end) break;
      const { name, character } = cursor.reference();
      if (character !== undefined) {
        parts.push(character);
        continue;
      }
      const text = this.#entityText(name, stop);
      if (text === undefined) {
        const isDeclared = this.#documentType.entities.has(name);
        throw cursor.error(isDeclared ? "XML_EXTENT_IN_ATTR" : "XML_ENTITY_UNDEFINED", stop, name);
      }
      this.#within(name, text, stop, () => {
        if (text.includes("<")) throw cursor.error("XML_E_BADCHARINSTRING", stop);
        parts.push(this.#expandValue(text.length));
      });
    }
    return parts.join("");
  }

  #addDefaults(element: string, found: FoundAttribute[]): void {
    for (const { name, value } of this.#documentType.defaults.get(element) ?? []) {
      if (!found.some((one) => one.name === name)) {
        found.push({ name, value, at: this.#cursor.at, specified: false });
      }
    }
  }

  #declare(found: readonly FoundAttribute[]): void {
    for (const { name, value, at } of found) {
      if (name !== "xmlns" && !name.startsWith("xmlns:")) continue;
      const prefix = name.slice(6);
      if (
        prefix === "xmlns" || (prefix === "xml") !== (value === XML_NAMESPACE) || value === XMLNS_NAMESPACE
      ) {
        throw this.#cursor.error("XML_XMLNS_RESERVED", at, prefix === "" ? value : prefix);
      }
      if (prefix !== "" && value === "") throw this.#cursor.error("XML_NAMESPACE_URI_EMPTY", at);
      this.#scope.declare(prefix, value);
    }
  }

  #setAttributes(node: XmlNode, found: readonly FoundAttribute[]): void {
    const seen = new Set<string>();
    for (const { name, value, at, specified } of found) {
      const hasPrefix = name.includes(":") && !name.startsWith("xmlns:");
      const attribute = this.#document.attribute(name, value, hasPrefix ? this.#resolve(name, at) : "");
      attribute.specified = specified;
      const expanded = `${attribute.namespaceURI} ${attribute.localName}`;
      if (hasPrefix && seen.has(expanded)) throw this.#cursor.error("XML_E_DUPLICATEATTRIBUTE", at);
      seen.add(expanded);
      attribute.ownerElement = node;
      node.attributes!.list.push(attribute);
    }
  }

  #resolve(name: string, at: number): string {
    const prefix = name.slice(0, Math.max(0, name.indexOf(":")));
    const uri = this.#scope.get(prefix);
    if (uri === undefined) throw this.#cursor.error("XML_XMLNS_UNDEFINED", at, prefix);
    return uri;
  }

  #endTag(floor: number): void {
    const cursor = this.#cursor;
    this.#flush();
    const start = cursor.at;
    cursor.at += 2;
    if (this.#open.length === floor || this.#open.length === 1) {
      throw cursor.error("XML_E_UNEXPECTEDENDTAG", start);
    }
    const nameAt = cursor.at;
    const name = cursor.name();
    const { node } = this.#top;
    if (name !== node.nodeName) throw cursor.error("XML_E_ENDTAGMISMATCH", nameAt, node.nodeName, name);
    cursor.space();
    cursor.expect(">", "XML_E_UNCLOSEDENDTAG");
    node.hasSpaceAtEnd = this.#droppedSpace;
    node.hasEndTag = node.firstChild === null;
    this.#droppedSpace = false;
    this.#scope.leave(this.#open.pop()!.mark);
  }

  // Other markup

  #instruction(): void {
    const cursor = this.#cursor;
    this.#flush();
    const start = cursor.at;
    cursor.at += 2;
    const target = cursor.name();
    if (target.toLowerCase() === "xml") {
      throw cursor.error(target === "xml" ? "XML_E_BADXMLDECL" : "XML_E_BADXMLCASE", start);
    }
    if (target.includes(":")) throw cursor.error("XML_E_BADNAMECHAR", start + 2);
    const end = cursor.text.indexOf("?>", cursor.at);
    if (end < 0) throw cursor.error("XML_E_UNCLOSEDPI", start);
    if (end > cursor.at && !cursor.space()) throw cursor.error("XML_E_BADNAMECHAR");
    const data = cursor.text.slice(cursor.at, end);
    cursor.checkCharacters(data, cursor.at);
    this.#append(this.#document.instruction(target, data));
    cursor.at = end + 2;
  }

  /** The declaration that the document begins with. */
  #declaration(): void {
    const cursor = this.#cursor;
    const end = cursor.text.indexOf("?>");
    if (end < 0) throw cursor.error("XML_E_UNCLOSEDPI", 0);
    const pair = /[ \t\n]+([A-Za-z]+)[ \t\n]*=[ \t\n]*("[^"]*"|'[^']*')/g;
    const written = cursor.text.slice(5, end);
    const pairs = [...written.matchAll(pair)];
    if (written.replaceAll(pair, "").trim() !== "") throw cursor.error("XML_E_XMLDECLSYNTAX", 5);
    const names = pairs.map(([, name]) => name!);
    if (names[0] !== "version") throw cursor.error("XML_E_EXPECTING_VERSION", 5);
    if (!/^version( encoding)?( standalone)?$/.test(names.join(" "))) {
      throw cursor.error("XML_E_UNEXPECTED_ATTRIBUTE", 5);
    }
    const valueOf = (name: string): string | undefined =>
      pairs.find((pair) => pair[1] === name)?.[2]?.slice(1, -1);
    if (!/^1\.\d+$/.test(valueOf("version")!)) throw cursor.error("XML_E_INVALID_VERSION", 5);
    if (!/^[A-Za-z][\w.-]*$/.test(valueOf("encoding") ?? "a")) {
      throw cursor.error("XML_E_INVALIDENCODING", 5);
    }
    if (!/^(?:yes|no)$/.test(valueOf("standalone") ?? "yes")) {
      throw cursor.error("XML_E_INVALID_STANDALONE", 5);
    }
    const data = pairs.map(([, name, value]) => `${name}="${value!.slice(1, -1)}"`).join(" ");
    this.#append(this.#document.instruction("xml", data));
    cursor.at = end + 2;
  }

  /** What begins with `<!`. */
  #special(): void {
    const cursor = this.#cursor;
    if (cursor.startsWith("<!--")) this.#comment();
    else if (cursor.startsWith("<![CDATA[")) this.#cdataSection();
    else if (cursor.startsWith("<!DOCTYPE")) this.#doctype();
    else throw cursor.error("XML_E_BADDECLNAME");
  }

  #comment(): void {
    const cursor = this.#cursor;
    this.#flush();
    const start = cursor.at + "<!--".length;
    const end = cursor.text.indexOf("--", start);
    if (end < 0) throw cursor.error("XML_E_UNCLOSEDCOMMENT");
    if (cursor.text[end + 2] !== ">") throw cursor.error("XML_E_COMMENTSYNTAX", end);
    const data = cursor.text.slice(start, end);
    cursor.checkCharacters(data, start);
    this.#append(this.#document.characters(NODE.comment, data));
    cursor.at = end + 3;
  }

  #cdataSection(): void {
    const cursor = this.#cursor;
    if (this.#open.length === 1) throw cursor.error("XML_E_INVALIDATROOTLEVEL");
    this.#flush();
    const start = cursor.at + "<![CDATA[".length;
    const end = cursor.text.indexOf("]]>", start);
    if (end < 0) throw cursor.error("XML_E_UNCLOSEDCDATA");
    const data = cursor.text.slice(start, end);
    cursor.checkCharacters(data, start);
    this.#append(this.#document.characters(NODE.cdata, data));
    cursor.at = end + 3;
  }

  #doctype(): void {
    const cursor = this.#cursor;
    if (this.#open.length > 1 || this.#document.documentElement !== null) {
      throw cursor.error("XML_E_DOCTYPE_OUTSIDE_PROLOG");
    }
    if (this.#documentType !== NO_DOCUMENT_TYPE) throw cursor.error("XML_E_DUPLICATEDOCTYPE");
    if (this.#options.prohibitDtd) throw cursor.error("XML_E_DTDPROHIBITED");
    this.#flush();
    const start = cursor.at;
    this.#documentType = readDocumentType(cursor);
    const { name, ids } = this.#documentType;
    for (const [element, attribute] of ids) this.#document.idAttributes.set(element, attribute);
    this.#append(this.#document.doctype(name, cursor.text.slice(start, cursor.at)));
  }
}
