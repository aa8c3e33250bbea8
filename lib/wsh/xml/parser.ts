/**
 * Reads XML 1.0 (fifth edition) with namespaces into a tree, with MSXML's errors at MSXML's kind of place.
 *
 * Theory of operation. One loop reads markup and keeps the open elements on a list, so that no nesting is too deep for it.
 * An entity's text is read in place, by the same loop on another text. External entities and DTDs are never fetched: a
 * reference to one stays in the tree as a reference. All that entities make together is bounded.
 *
 * @module
 */
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

const NC_NAME_START =
  "A-Z_a-z\\u00C0-\\u00D6\\u00D8-\\u00F6\\u00F8-\\u02FF\\u0370-\\u037D\\u037F-\\u1FFF\\u200C\\u200D" +
  "\\u2070-\\u218F\\u2C00-\\u2FEF\\u3001-\\uD7FF\\uF900-\\uFDCF\\uFDF0-\\uFFFD\\u{10000}-\\u{EFFFF}";
const NC_NAME_REST = `${NC_NAME_START}\\-.0-9\\u00B7\\u0300-\\u036F\\u203F-\\u2040`;
/** A name without a colon, as a part of a regular expression with the flag `u`. */
export const NC_NAME = `[${NC_NAME_START}][${NC_NAME_REST}]*`;
const NAME_START = `:${NC_NAME_START}`;
const NAME_REST = `:${NC_NAME_REST}`;
const NAME = new RegExp(`[${NAME_START}][${NAME_REST}]*`, "yu");
const WHOLE_NAME = new RegExp(`^[${NAME_START}][${NAME_REST}]*$`, "u");
const NAME_STARTS = new RegExp(`^[${NAME_START}]`, "u");
// deno-lint-ignore no-control-regex -- these are what XML does not have
const BAD_CHARACTER = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|[\ud800-\udfff]/u;
const SPACE = /[ \t\n]*/y;
const PREDEFINED: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" };

/** Whether a text can be the name of an element. */
export function isName(text: string): boolean {
  return WHOLE_NAME.test(text) && !/^:|:$|:.*:/.test(text);
}

/** Which part of a name is wrong. */
export function nameError(
  text: string,
): "XML_E_BADSTARTNAMECHAR" | "XML_E_BADNAMECHAR" | "XML_E_MULTIPLE_COLONS" {
  if (!NAME_STARTS.test(text) || text.startsWith(":")) return "XML_E_BADSTARTNAMECHAR";
  return /:.*:/.test(text) ? "XML_E_MULTIPLE_COLONS" : "XML_E_BADNAMECHAR";
}

interface Entity {
  readonly text: string | undefined;
  isOpen: boolean;
}

interface AttributeDefault {
  readonly name: string;
  readonly value: string;
}

/** Reads a text into an empty document. @throws XmlSyntaxError */
export function parseInto(document: XmlDocument, text: string, options: ParseOptions): void {
  new Parser(document, options).parse(text);
}

/** An element that is open. */
interface Open {
  readonly node: XmlNode;
  /** Where its namespaces end. */
  readonly mark: number;
  readonly keepsSpace: boolean;
}

class Parser {
  readonly #document: XmlDocument;
  readonly #options: ParseOptions;
  readonly #entities = new Map<string, Entity>();
  readonly #defaults = new Map<string, AttributeDefault[]>();
  readonly #open: Open[];
  readonly #scope = new NamespaceScope();
  #text = "";
  #at = 0;
  /** Where errors within an entity are: at the reference. */
  #referenceAt: number | undefined;
  #expanded = 0;
  #expansions = 0;
  #nesting = 0;
  #hasExternalSubset = false;
  #doctype: XmlNode | undefined;
  /** Text that was read and is no node yet. */
  #pending = "";
  #pendingIsKept = false;
  #droppedSpace = false;

  constructor(document: XmlDocument, options: ParseOptions) {
    this.#document = document;
    this.#options = options;
    this.#open = [{ node: document, mark: 0, keepsSpace: document.settings.preserveWhiteSpace }];
  }

  parse(text: string): void {
    this.#text = text;
    if (text.startsWith("<?xml") && /[ \t\n?]/.test(text[5] ?? "")) this.#declaration();
    this.#content(1);
    if (this.#open.length > 1) {
      const names = this.#open.slice(1).reverse().slice(0, 100).map(({ node }) => node.nodeName).join(", ");
      throw this.#error("XML_E_UNCLOSEDTAG", this.#text.length, names);
    }
    if (this.#document.documentElement === null) throw new XmlSyntaxError("XML_E_MISSINGROOT", -1);
  }

  get #top(): Open {
    return this.#open[this.#open.length - 1]!;
  }

  #error(
    which: ConstructorParameters<typeof XmlSyntaxError>[0],
    at = this.#at,
    ...names: string[]
  ): XmlSyntaxError {
    return new XmlSyntaxError(which, this.#referenceAt ?? at, ...names);
  }

  /** Reads to the end of the text; elements below `floor` are not its to close. */
  #content(floor: number): void {
    while (this.#at < this.#text.length) {
      const next = this.#text.indexOf("<", this.#at);
      const end = next < 0 ? this.#text.length : next;
      if (end > this.#at) this.#characters(end);
      if (next < 0) break;
      const after = this.#text[this.#at + 1];
      if (after === "/") this.#endTag(floor);
      else if (after === "?") this.#instruction();
      else if (after === "!") this.#special();
      else this.#startTag();
    }
    this.#flush();
  }

  #characters(end: number): void {
    const isInside = this.#open.length > 1;
    while (this.#at < end) {
      // Looked for in the text alone: to the end of a document without references would be far for each text.
      const rest = this.#text.slice(this.#at, end);
      const reference = rest.indexOf("&");
      const piece = reference < 0 ? rest : rest.slice(0, reference);
      const stop = this.#at + piece.length;
      this.#checkCharacters(piece, this.#at);
      if (!isInside) {
        const wrong = /[^ \t\n]/.exec(piece);
        if (wrong !== null || stop < end) {
          throw this.#error("XML_E_INVALIDATROOTLEVEL", this.#at + (wrong?.index ?? piece.length));
        }
      }
      const closing = piece.indexOf("]]>");
      if (closing >= 0) throw this.#error("XML_E_INVALID_CDATACLOSINGTAG", this.#at + closing);
      this.#pending += piece;
      this.#at = stop;
      if (stop < end) this.#contentReference();
    }
  }

  /** A reference in content, at `&`. */
  #contentReference(): void {
    const at = this.#at;
    const { name, character } = this.#reference();
    if (character !== undefined) {
      this.#pending += character;
      this.#pendingIsKept = true;
      return;
    }
    const entity = this.#entityNamed(name, at);
    if (entity === undefined || entity.text === undefined) {
      this.#flush();
      this.#append(this.#document.entityReference(name));
      return;
    }
    this.#within(name, entity, at, () => {
      const floor = this.#open.length;
      this.#content(floor);
      if (this.#open.length > floor) throw this.#error("XML_E_UNCLOSEDTAG", at, this.#top.node.nodeName);
    });
  }

  /** Reads an entity's text in place of its reference. */
  #within(name: string, entity: Entity, at: number, read: () => void): void {
    if (entity.isOpen) throw this.#error("XML_INFINITE_ENTITY_LOOP", at, name);
    this.#expanded += entity.text!.length;
    const tooMuch = this.#expanded > EXPANSION_CHARACTERS_MAX
      ? `Entities make more than ${EXPANSION_CHARACTERS_MAX} characters.`
      : ++this.#expansions > EXPANSIONS_MAX
      ? `Entities are referred to more than ${EXPANSIONS_MAX} times.`
      : this.#nesting === ENTITY_NESTING_MAX
      ? `Entities are in each other more than ${ENTITY_NESTING_MAX} deep.`
      : undefined;
    if (tooMuch !== undefined) throw this.#error("XML_PARSING_ENTITY", at, name, tooMuch);
    const saved = [this.#text, this.#at, this.#referenceAt] as const;
    this.#referenceAt ??= at;
    this.#text = entity.text!;
    this.#at = 0;
    entity.isOpen = true;
    this.#nesting++;
    read();
    this.#nesting--;
    entity.isOpen = false;
    [this.#text, this.#at, this.#referenceAt] = saved;
  }

  /** The entity of a name; undefined where a DTD that was not fetched may declare it. */
  #entityNamed(name: string, at: number): Entity | undefined {
    const entity = this.#entities.get(name);
    if (entity === undefined && !this.#hasExternalSubset) throw this.#error("XML_ENTITY_UNDEFINED", at, name);
    return entity;
  }

  /** Passes over a reference: the character that it stands for, or the name of its entity. */
  #reference(): { name: string; character?: string } {
    const start = ++this.#at;
    if (this.#text[start] === "#") {
      const isHex = this.#text[start + 1] === "x";
      const digits = isHex ? /[0-9a-fA-F]*/y : /[0-9]*/y;
      digits.lastIndex = start + (isHex ? 2 : 1);
      const found = digits.exec(this.#text)![0];
      this.#at = digits.lastIndex;
      if (found === "" || this.#text[this.#at] !== ";") {
        throw this.#error(isHex ? "XML_E_INVALID_HEXIDECIMAL" : "XML_E_INVALID_DECIMAL");
      }
      const code = parseInt(found, isHex ? 16 : 10);
      this.#at++;
      if (code > 0x10ffff || BAD_CHARACTER.test(String.fromCodePoint(code))) {
        throw this.#error("XML_E_INVALID_UNICODE", start);
      }
      return { name: "", character: String.fromCodePoint(code) };
    }
    if (/[ \t\n]/.test(this.#text[start] ?? "")) throw this.#error("XML_E_UNEXPECTED_WHITESPACE");
    const name = this.#name();
    if (this.#text[this.#at] !== ";") throw this.#error("XML_E_MISSINGSEMICOLON");
    this.#at++;
    const character = Object.hasOwn(PREDEFINED, name) ? PREDEFINED[name] : undefined;
    return character === undefined ? { name } : { name, character };
  }

  #checkCharacters(piece: string, at: number): void {
    const bad = BAD_CHARACTER.exec(piece);
    if (bad !== null) throw this.#error("XML_E_BADCHARDATA", at + bad.index);
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

  #space(): boolean {
    SPACE.lastIndex = this.#at;
    SPACE.exec(this.#text);
    const passed = SPACE.lastIndex > this.#at;
    this.#at = SPACE.lastIndex;
    return passed;
  }

  #name(): string {
    NAME.lastIndex = this.#at;
    const found = NAME.exec(this.#text);
    if (found === null) {
      if (this.#at >= this.#text.length) throw this.#error("XML_E_UNEXPECTEDEOF");
      throw this.#error(
        /[ \t\n]/.test(this.#text[this.#at]!) ? "XML_E_UNEXPECTED_WHITESPACE" : "XML_E_BADSTARTNAMECHAR",
      );
    }
    this.#at = NAME.lastIndex;
    return found[0];
  }

  /** A name with one colon at most, which is neither its first nor its last character. */
  #qualifiedName(): string {
    const at = this.#at;
    const name = this.#name();
    const colon = name.indexOf(":");
    if (colon < 0) return name;
    if (colon === 0) throw this.#error("XML_E_BADSTARTNAMECHAR", at);
    if (name.includes(":", colon + 1)) throw this.#error("XML_E_MULTIPLE_COLONS", at + name.lastIndexOf(":"));
    if (!NAME_STARTS.test(name.slice(colon + 1))) throw this.#error("XML_E_BADSTARTNAMECHAR", at + colon + 1);
    return name;
  }

  #startTag(): void {
    const start = this.#at;
    this.#flush();
    this.#at++;
    if (this.#at >= this.#text.length) throw this.#error("XML_E_UNEXPECTEDEOF");
    const name = this.#qualifiedName();
    if (this.#open.length === 1 && this.#document.documentElement !== null) {
      throw this.#error("XML_E_MULTIPLEROOTS", start);
    }
    const found = this.#attributes(start);
    const isEmpty = this.#text[this.#at] === "/";
    if (isEmpty) this.#at++;
    if (this.#text[this.#at] !== ">") {
      throw this.#error(this.#at >= this.#text.length ? "XML_E_UNCLOSEDSTARTTAG" : "XML_E_EXPECTINGTAGEND");
    }
    this.#at++;
    this.#addDefaults(name, found);
    const parent = this.#top;
    const { mark } = this.#scope;
    this.#declare(found);
    const node = this.#document.element(name, this.#resolve(name, start + 1));
    const seen = new Set<string>();
    for (const { name: attributeName, value, at, specified } of found) {
      const hasPrefix = attributeName.includes(":") && !attributeName.startsWith("xmlns:");
      const attribute = this.#document.attribute(
        attributeName,
        value,
        hasPrefix ? this.#resolve(attributeName, at) : "",
      );
      attribute.specified = specified;
      const expanded = `${attribute.namespaceURI} ${attribute.localName}`;
      if (hasPrefix && seen.has(expanded)) throw this.#error("XML_E_DUPLICATEATTRIBUTE", at);
      seen.add(expanded);
      attribute.ownerElement = node;
      node.attributes!.list.push(attribute);
    }
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
      throw this.#error("XML_E_MAX_ELEMENT_DEPTH", start);
    }
  }

  /** The attributes of a tag, to its `>` or `/`. */
  #attributes(start: number): FoundAttribute[] {
    const found: FoundAttribute[] = [];
    const names = new Set<string>();
    while (true) {
      const hadSpace = this.#space();
      const next = this.#text[this.#at];
      if (next === undefined) throw this.#error("XML_E_UNCLOSEDSTARTTAG", start);
      if (next === ">" || next === "/") return found;
      const at = this.#at;
      if (!hadSpace) {
        throw this.#error(found.length === 0 ? "XML_E_BADNAMECHAR" : "XML_E_MISSINGWHITESPACE");
      }
      const name = this.#qualifiedName();
      this.#space();
      if (this.#text[this.#at] !== "=") throw this.#error("XML_E_MISSINGEQUALS");
      this.#at++;
      this.#space();
      const value = this.#attributeValue();
      if (names.has(name)) throw this.#error("XML_E_DUPLICATEATTRIBUTE", at);
      names.add(name);
      found.push({ name, value, at, specified: true });
    }
  }

  #attributeValue(): string {
    const quote = this.#text[this.#at];
    if (quote !== '"' && quote !== "'") throw this.#error("XML_E_MISSINGQUOTE");
    const end = this.#text.indexOf(quote, ++this.#at);
    const raw = this.#text.slice(this.#at, end < 0 ? undefined : end);
    const wrong = raw.indexOf("<");
    if (wrong >= 0) throw this.#error("XML_E_BADCHARINSTRING", this.#at + wrong);
    if (end < 0) throw this.#error("XML_E_UNCLOSEDSTRING", this.#at - 1);
    this.#checkCharacters(raw, this.#at);
    const value = raw.includes("&") ? this.#expandValue(end) : raw.replace(/[\t\n]/g, " ");
    this.#at = end + 1;
    return value;
  }

  /** An attribute's value with its references replaced, from the place of reading to `end`. */
  #expandValue(end: number): string {
    const parts: string[] = [];
    while (this.#at < end) {
      const reference = this.#text.indexOf("&", this.#at);
      const stop = reference < 0 || reference > end ? end : reference;
      parts.push(this.#text.slice(this.#at, stop).replace(/[\t\n]/g, " "));
      this.#at = stop;
      if (stop === end) break;
      const { name, character } = this.#reference();
      if (character !== undefined) {
        parts.push(character);
        continue;
      }
      const entity = this.#entityNamed(name, stop);
      if (entity === undefined) {
        throw this.#error("XML_ENTITY_UNDEFINED", stop, name);
      } else if (entity.text === undefined) {
        throw this.#error("XML_EXTENT_IN_ATTR", stop, name);
      }
      this.#within(name, entity, stop, () => {
        if (this.#text.includes("<")) throw this.#error("XML_E_BADCHARINSTRING", stop);
        parts.push(this.#expandValue(this.#text.length));
      });
    }
    return parts.join("");
  }

  #addDefaults(element: string, found: FoundAttribute[]): void {
    for (const { name, value } of this.#defaults.get(element) ?? []) {
      if (!found.some((one) => one.name === name)) {
        found.push({ name, value, at: this.#at, specified: false });
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
        throw this.#error("XML_XMLNS_RESERVED", at, prefix === "" ? value : prefix);
      }
      if (prefix !== "" && value === "") throw this.#error("XML_NAMESPACE_URI_EMPTY", at);
      this.#scope.declare(prefix, value);
    }
  }

  #resolve(name: string, at: number): string {
    const prefix = name.slice(0, Math.max(0, name.indexOf(":")));
    const uri = this.#scope.get(prefix);
    if (uri === undefined) throw this.#error("XML_XMLNS_UNDEFINED", at, prefix);
    return uri;
  }

  #endTag(floor: number): void {
    this.#flush();
    const start = this.#at;
    this.#at += 2;
    if (this.#open.length === floor || this.#open.length === 1) {
      throw this.#error("XML_E_UNEXPECTEDENDTAG", start);
    }
    const nameAt = this.#at;
    const name = this.#name();
    const { node } = this.#top;
    if (name !== node.nodeName) throw this.#error("XML_E_ENDTAGMISMATCH", nameAt, node.nodeName, name);
    this.#space();
    if (this.#text[this.#at] !== ">") throw this.#error("XML_E_UNCLOSEDENDTAG");
    this.#at++;
    node.hasSpaceAtEnd = this.#droppedSpace;
    node.hasEndTag = node.firstChild === null;
    this.#droppedSpace = false;
    this.#scope.leave(this.#open.pop()!.mark);
  }

  #instruction(): void {
    this.#flush();
    const start = this.#at;
    this.#at += 2;
    const target = this.#name();
    if (target.toLowerCase() === "xml") {
      throw this.#error(target === "xml" ? "XML_E_BADXMLDECL" : "XML_E_BADXMLCASE", start);
    }
    if (target.includes(":")) throw this.#error("XML_E_BADNAMECHAR", start + 2);
    const end = this.#text.indexOf("?>", this.#at);
    if (end < 0) throw this.#error("XML_E_UNCLOSEDPI", start);
    if (end > this.#at && !this.#space()) throw this.#error("XML_E_BADNAMECHAR");
    const data = this.#text.slice(this.#at, end);
    this.#checkCharacters(data, this.#at);
    this.#append(this.#document.instruction(target, data));
    this.#at = end + 2;
  }

  /** The declaration that the document begins with. */
  #declaration(): void {
    const end = this.#text.indexOf("?>");
    if (end < 0) throw this.#error("XML_E_UNCLOSEDPI", 0);
    const written = this.#text.slice(5, end);
    const pairs = [...written.matchAll(/[ \t\n]+([A-Za-z]+)[ \t\n]*=[ \t\n]*("[^"]*"|'[^']*')/g)];
    if (written.replaceAll(/[ \t\n]+([A-Za-z]+)[ \t\n]*=[ \t\n]*("[^"]*"|'[^']*')/g, "").trim() !== "") {
      throw this.#error("XML_E_XMLDECLSYNTAX", 5);
    }
    const names = pairs.map(([, name]) => name!);
    if (names[0] !== "version") throw this.#error("XML_E_EXPECTING_VERSION", 5);
    if (
      !["version", "version encoding", "version standalone", "version encoding standalone"].includes(
        names.join(" "),
      )
    ) {
      throw this.#error("XML_E_UNEXPECTED_ATTRIBUTE", 5);
    }
    const valueOf = (name: string): string | undefined =>
      pairs.find((pair) => pair[1] === name)?.[2]?.slice(1, -1);
    if (!/^1\.\d+$/.test(valueOf("version")!)) throw this.#error("XML_E_INVALID_VERSION", 5);
    if (!/^[A-Za-z][\w.-]*$/.test(valueOf("encoding") ?? "a")) throw this.#error("XML_E_INVALIDENCODING", 5);
    if (!/^(?:yes|no)$/.test(valueOf("standalone") ?? "yes")) {
      throw this.#error("XML_E_INVALID_STANDALONE", 5);
    }
    const data = pairs.map(([, name, value]) => `${name}="${value!.slice(1, -1)}"`).join(" ");
    this.#append(this.#document.instruction("xml", data));
    this.#at = end + 2;
  }

  #special(): void {
    const start = this.#at;
    const isInside = this.#open.length > 1;
    if (this.#text.startsWith("<!--", start)) {
      this.#flush();
      const end = this.#text.indexOf("--", start + 4);
      if (end < 0) throw this.#error("XML_E_UNCLOSEDCOMMENT", start);
      if (this.#text[end + 2] !== ">") throw this.#error("XML_E_COMMENTSYNTAX", end);
      const data = this.#text.slice(start + 4, end);
      this.#checkCharacters(data, start + 4);
      this.#append(this.#document.characters(NODE.comment, data));
      this.#at = end + 3;
    } else if (this.#text.startsWith("<![CDATA[", start)) {
      if (!isInside) throw this.#error("XML_E_INVALIDATROOTLEVEL", start);
      this.#flush();
      const end = this.#text.indexOf("]]>", start + 9);
      if (end < 0) throw this.#error("XML_E_UNCLOSEDCDATA", start);
      const data = this.#text.slice(start + 9, end);
      this.#checkCharacters(data, start + 9);
      this.#append(this.#document.characters(NODE.cdata, data));
      this.#at = end + 3;
    } else if (this.#text.startsWith("<!DOCTYPE", start)) {
      if (isInside || this.#document.documentElement !== null) {
        throw this.#error("XML_E_DOCTYPE_OUTSIDE_PROLOG", start);
      }
      if (this.#doctype !== undefined) throw this.#error("XML_E_DUPLICATEDOCTYPE", start);
      if (this.#options.prohibitDtd) throw this.#error("XML_E_DTDPROHIBITED", start);
      this.#documentType(start);
    } else throw this.#error("XML_E_BADDECLNAME", start);
  }

  #documentType(start: number): void {
    this.#flush();
    this.#at = start + 9;
    if (!this.#space()) throw this.#error("XML_E_MISSINGWHITESPACE");
    const name = this.#qualifiedName();
    this.#space();
    this.#hasExternalSubset = this.#externalId();
    this.#space();
    if (this.#text[this.#at] === "[") {
      this.#at++;
      this.#internalSubset(start);
      this.#space();
    }
    if (this.#text[this.#at] !== ">") throw this.#error("XML_E_UNCLOSEDDECL", start);
    this.#at++;
    this.#doctype = this.#document.doctype(name, this.#text.slice(start, this.#at));
    this.#append(this.#doctype);
  }

  /** `SYSTEM "…"` or `PUBLIC "…" "…"`, where it stands here. */
  #externalId(): boolean {
    const id = /(?:SYSTEM|PUBLIC[ \t\n]+(?:"[^"]*"|'[^']*'))[ \t\n]+(?:"[^"]*"|'[^']*')/y;
    id.lastIndex = this.#at;
    if (id.exec(this.#text) !== null) {
      this.#at = id.lastIndex;
      return true;
    }
    if (/(?:SYSTEM|PUBLIC)/y.test(this.#text.slice(this.#at, this.#at + 6))) {
      throw this.#error("XML_E_BADEXTERNALID");
    }
    return false;
  }

  #internalSubset(start: number): void {
    while (true) {
      this.#space();
      const at = this.#at;
      const next = this.#text[at];
      if (next === undefined) throw this.#error("XML_E_UNCLOSEDDECL", start);
      if (next === "]") {
        this.#at++;
        return;
      }
      if (next === "%") {
        // What a parameter entity declares is not read, as in a DTD that is not fetched.
        this.#at++;
        this.#name();
        if (this.#text[this.#at] !== ";") throw this.#error("XML_E_MISSINGSEMICOLON");
        this.#at++;
        this.#hasExternalSubset = true;
      } else if (this.#text.startsWith("<!--", at)) this.#skipTo("-->", "XML_E_UNCLOSEDCOMMENT");
      else if (this.#text.startsWith("<?", at)) this.#skipTo("?>", "XML_E_UNCLOSEDPI");
      else if (this.#text.startsWith("<!", at)) this.#markupDeclaration();
      else throw this.#error("XML_E_BADCHARINDTD");
    }
  }

  #skipTo(end: string, unclosed: "XML_E_UNCLOSEDCOMMENT" | "XML_E_UNCLOSEDPI"): void {
    const found = this.#text.indexOf(end, this.#at + 2);
    if (found < 0) throw this.#error(unclosed);
    this.#at = found + end.length;
  }

  #markupDeclaration(): void {
    const start = this.#at;
    const declaration = /<!([A-Z]+)[ \t\n]+((?:"[^"]*"|'[^']*'|[^"'<>])*)>/y;
    declaration.lastIndex = start;
    const found = declaration.exec(this.#text);
    if (found === null) throw this.#error("XML_E_UNCLOSEDDECL", start);
    const [, kind, body] = found as unknown as [string, string, string];
    if (kind === "ENTITY") this.#entityDeclaration(body, start);
    else if (kind === "ATTLIST") this.#attributeList(body);
    else if (kind !== "ELEMENT" && kind !== "NOTATION") throw this.#error("XML_E_BADDECLNAME", start + 2);
    this.#at = declaration.lastIndex;
  }

  #entityDeclaration(body: string, start: number): void {
    const found = /^(%[ \t\n]+)?([^ \t\n"'%]+)[ \t\n]+(?:("[^"]*"|'[^']*')[ \t\n]*$|(?:SYSTEM|PUBLIC)[ \t\n])/
      .exec(body);
    if (found === null || !isName(found[2]!)) throw this.#error("XML_E_BADCHARINDTD", start);
    const [, percent, name, value] = found as unknown as [
      string,
      string | undefined,
      string,
      string | undefined,
    ];
    // The first declaration of an entity counts (XML 1.0, 4.2).
    if (percent !== undefined || this.#entities.has(name)) return;
    // References to characters count when an entity is declared, others when it is used (XML 1.0, 4.4.5).
    const text = value?.slice(1, -1).replace(/&#(?:x([0-9a-fA-F]+)|([0-9]+));/g, (_, hex, decimal) => {
      const code = hex === undefined ? parseInt(decimal, 10) : parseInt(hex, 16);
      if (code > 0x10ffff || BAD_CHARACTER.test(String.fromCodePoint(code))) {
        throw this.#error("XML_E_INVALID_UNICODE", start);
      }
      return String.fromCodePoint(code);
    });
    this.#entities.set(name, { text, isOpen: false });
  }

  #attributeList(body: string): void {
    const element = /^[^ \t\n]+/.exec(body)?.[0] ?? "";
    const rows = body.slice(element.length).matchAll(
      /[ \t\n]+([^ \t\n"'#()]+)[ \t\n]+([A-Z]+(?:[ \t\n]*\([^)]*\))?|\([^)]*\))[ \t\n]+(?:#REQUIRED|#IMPLIED|(?:#FIXED[ \t\n]+)?("[^"]*"|'[^']*'))/g,
    );
    for (const [, name, type, value] of rows) {
      if (type === "ID") this.#document.idAttributes.set(element, name!);
      if (value === undefined || !isName(name!) || /[<&]/.test(value)) continue;
      const defaults = this.#defaults.get(element) ?? [];
      if (!defaults.some((one) => one.name === name)) {
        defaults.push({ name: name!, value: value.slice(1, -1) });
      }
      this.#defaults.set(element, defaults);
    }
  }
}

interface FoundAttribute {
  readonly name: string;
  readonly value: string;
  readonly at: number;
  readonly specified: boolean;
}
