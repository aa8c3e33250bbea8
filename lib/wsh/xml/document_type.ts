/**
 * Reads a document type declaration: its entities and the defaults of its attributes. DTDs are never fetched, and what
 * parameter entities declare is not read either.
 *
 * @module
 */
import type { SyntaxErrorName, XmlCursor } from "./cursor.ts";
import { characterOf, isName } from "./names.ts";

/** An attribute that elements have where they do not say otherwise. */
export interface AttributeDefault {
  readonly name: string;
  readonly value: string;
}

/** What a document type declaration declares. */
export interface DocumentType {
  readonly name: string;
  /** Whether there may be declarations that were not read. */
  readonly hasUnread: boolean;
  /** The texts of entities; undefined for those whose text lies elsewhere. */
  readonly entities: ReadonlyMap<string, string | undefined>;
  /** By the names of elements. */
  readonly defaults: ReadonlyMap<string, readonly AttributeDefault[]>;
  /** The names of attributes of type ID, by those of their elements. */
  readonly ids: ReadonlyMap<string, string>;
}

/** A document without a declaration. */
export const NO_DOCUMENT_TYPE: DocumentType = {
  name: "",
  hasUnread: false,
  entities: new Map(),
  defaults: new Map(),
  ids: new Map(),
};

/** Reads a declaration, from `<!DOCTYPE` to behind its end. @throws XmlSyntaxError */
export function readDocumentType(cursor: XmlCursor): DocumentType {
  return new DocumentTypeReader(cursor).read();
}

class DocumentTypeReader {
  readonly #cursor: XmlCursor;
  readonly #start: number;
  readonly #entities = new Map<string, string | undefined>();
  readonly #defaults = new Map<string, AttributeDefault[]>();
  readonly #ids = new Map<string, string>();
  #hasUnread = false;

  constructor(cursor: XmlCursor) {
    this.#cursor = cursor;
    this.#start = cursor.at;
  }

  read(): DocumentType {
    const cursor = this.#cursor;
    cursor.at += "<!DOCTYPE".length;
    if (!cursor.space()) throw cursor.error("XML_E_MISSINGWHITESPACE");
    const name = cursor.qualifiedName();
    cursor.space();
    this.#externalId();
    cursor.space();
    if (cursor.next === "[") {
      cursor.at++;
      this.#internalSubset();
      cursor.space();
    }
    cursor.expect(">", "XML_E_UNCLOSEDDECL", this.#start);
    return {
      name,
      hasUnread: this.#hasUnread,
      entities: this.#entities,
      defaults: this.#defaults,
      ids: this.#ids,
    };
  }

  /** `SYSTEM "…"` or `PUBLIC "…" "…"`, where it stands here. */
  #externalId(): void {
    const cursor = this.#cursor;
    const id = /(?:SYSTEM|PUBLIC[ \t\n]+(?:"[^"]*"|'[^']*'))[ \t\n]+(?:"[^"]*"|'[^']*')/y;
    id.lastIndex = cursor.at;
    if (id.test(cursor.text)) {
      cursor.at = id.lastIndex;
      this.#hasUnread = true;
    } else if (cursor.startsWith("SYSTEM") || cursor.startsWith("PUBLIC")) {
      throw cursor.error("XML_E_BADEXTERNALID");
    }
  }

  #internalSubset(): void {
    const cursor = this.#cursor;
    for (;;) {
      cursor.space();
      const { next } = cursor;
      if (next === undefined) throw cursor.error("XML_E_UNCLOSEDDECL", this.#start);
      if (next === "]") {
        cursor.at++;
        return;
      }
      if (next === "%") {
        cursor.at++;
        cursor.name();
        cursor.expect(";", "XML_E_MISSINGSEMICOLON");
        this.#hasUnread = true;
      } else if (cursor.startsWith("<!--")) this.#skipTo("-->", "XML_E_UNCLOSEDCOMMENT");
      else if (cursor.startsWith("<?")) this.#skipTo("?>", "XML_E_UNCLOSEDPI");
      else if (cursor.startsWith("<!")) this.#markupDeclaration();
      else throw cursor.error("XML_E_BADCHARINDTD");
    }
  }

  #skipTo(end: string, unclosed: SyntaxErrorName): void {
    const found = this.#cursor.text.indexOf(end, this.#cursor.at + 2);
    if (found < 0) throw this.#cursor.error(unclosed);
    this.#cursor.at = found + end.length;
  }

  #markupDeclaration(): void {
    const cursor = this.#cursor;
    const start = cursor.at;
    const declaration = /<!([A-Z]+)[ \t\n]+((?:"[^"]*"|'[^']*'|[^"'<>])*)>/y;
    declaration.lastIndex = start;
    const found = declaration.exec(cursor.text);
    if (found === null) throw cursor.error("XML_E_UNCLOSEDDECL", start);
    const [, kind, body] = found as unknown as [string, string, string];
    if (kind === "ENTITY") this.#entity(body);
    else if (kind === "ATTLIST") this.#attributeList(body);
    else if (kind !== "ELEMENT" && kind !== "NOTATION") throw cursor.error("XML_E_BADDECLNAME", start + 2);
    cursor.at = declaration.lastIndex;
  }

  #entity(body: string): void {
    const found = /^(%[ \t\n]+)?([^ \t\n"'%]+)[ \t\n]+(?:("[^"]*"|'[^']*')[ \t\n]*$|(?:SYSTEM|PUBLIC)[ \t\n])/
      .exec(body);
    if (found === null || !isName(found[2]!)) throw this.#cursor.error("XML_E_BADCHARINDTD");
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
      const character = characterOf(hex === undefined ? parseInt(decimal, 10) : parseInt(hex, 16));
      if (character === undefined) throw this.#cursor.error("XML_E_INVALID_UNICODE");
      return character;
    });
    this.#entities.set(name, text);
  }

  #attributeList(body: string): void {
    const element = /^[^ \t\n]+/.exec(body)?.[0] ?? "";
    const rows = body.slice(element.length).matchAll(
      /[ \t\n]+([^ \t\n"'#()]+)[ \t\n]+([A-Z]+(?:[ \t\n]*\([^)]*\))?|\([^)]*\))[ \t\n]+(?:#REQUIRED|#IMPLIED|(?:#FIXED[ \t\n]+)?("[^"]*"|'[^']*'))/g,
    );
    for (const [, name, type, value] of rows) {
      if (type === "ID") this.#ids.set(element, name!);
      if (value === undefined || !isName(name!) || /[<&]/.test(value)) continue;
      const defaults = this.#defaults.get(element) ?? [];
      if (!defaults.some((one) => one.name === name)) {
        defaults.push({ name: name!, value: value.slice(1, -1) });
      }
      this.#defaults.set(element, defaults);
    }
  }
}
