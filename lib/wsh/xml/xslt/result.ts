/**
 * What a transformation makes, as events, from instructions to whatever writes them.
 *
 * Theory of operation. Attributes come after the start of their element, so a start tag waits until something else comes.
 * Then it is known which namespaces it has to declare: those of its names, and those it was given that no element around
 * has declared.
 *
 * @module
 */
import { NamespaceScope } from "../namespace_scope.ts";
import { XMLNS_NAMESPACE } from "../tree.ts";

/** An attribute of a start tag. */
export interface ResultAttribute {
  readonly name: string;
  readonly uri: string;
  readonly value: string;
}

/** A start tag that is complete. */
export interface StartTag {
  readonly name: string;
  readonly uri: string;
  /** Namespaces that it declares: prefixes and URIs. */
  readonly declarations: readonly (readonly [prefix: string, uri: string])[];
  readonly attributes: readonly ResultAttribute[];
}

/** Where events end up: a text or a tree. */
export interface ResultWriter {
  start(tag: StartTag): void;
  end(tag: StartTag): void;
  /** @param isRaw whether it is written without references */
  text(text: string, isRaw: boolean): void;
  comment(text: string): void;
  instruction(target: string, data: string): void;
  /** White space that a source document had and its tree does not. */
  space(): void;
  finish(): void;
}

/** What instructions write to. */
export interface Result {
  startElement(name: string, uri: string): void;
  namespace(prefix: string, uri: string): void;
  attribute(name: string, uri: string, value: string): void;
  endElement(): void;
  text(text: string, isRaw: boolean): void;
  comment(text: string): void;
  instruction(target: string, data: string): void;
  space(): void;
}

/** Makes whole start tags of events and hands them on. */
export class TagAssembler implements Result {
  readonly #writer: ResultWriter;
  readonly #scope = new NamespaceScope();
  readonly #open: { readonly tag: StartTag; readonly mark: number }[] = [];
  #waiting: Waiting | undefined;

  constructor(writer: ResultWriter) {
    this.#writer = writer;
  }

  startElement(name: string, uri: string): void {
    this.#flush();
    this.#waiting = { name, uri, namespaces: [], attributes: [] };
  }

  namespace(prefix: string, uri: string): void {
    this.#waiting?.namespaces.push([prefix, uri]);
  }

  /** An attribute that comes after content is left out, as section 7.1.3 lets it be. */
  attribute(name: string, uri: string, value: string): void {
    const attributes = this.#waiting?.attributes;
    if (attributes === undefined) return;
    const localName = localPart(name);
    const at = attributes.findIndex((one) => one.uri === uri && localPart(one.name) === localName);
    if (at < 0) attributes.push({ name, uri, value });
    else attributes[at] = { name, uri, value };
  }

  endElement(): void {
    this.#flush();
    const { tag, mark } = this.#open.pop()!;
    this.#writer.end(tag);
    this.#scope.leave(mark);
  }

  text(text: string, isRaw: boolean): void {
    if (text === "") return;
    this.#flush();
    this.#writer.text(text, isRaw);
  }

  comment(text: string): void {
    this.#flush();
    // Section 7.4: a space keeps hyphens apart.
    this.#writer.comment(text.replace(/--/g, "- -").replace(/--/g, "- -").replace(/-$/, "- "));
  }

  instruction(target: string, data: string): void {
    this.#flush();
    this.#writer.instruction(target, data.replaceAll("?>", "? >"));
  }

  space(): void {
    this.#flush();
    this.#writer.space();
  }

  finish(): void {
    this.#flush();
    this.#writer.finish();
  }

  #flush(): void {
    const waiting = this.#waiting;
    if (waiting === undefined) return;
    this.#waiting = undefined;
    const { mark } = this.#scope;
    const tag = this.#complete(waiting);
    this.#open.push({ tag, mark });
    this.#writer.start(tag);
  }

  #complete({ name, uri, namespaces, attributes }: Waiting): StartTag {
    const declarations = new Map<string, string>();
    const declare = (prefix: string, to: string): void => {
      if (this.#scope.get(prefix) === to) return;
      this.#scope.declare(prefix, to);
      declarations.set(prefix, to);
    };
    declare(prefixOf(name), uri);
    for (const [prefix, to] of namespaces) {
      // What the element's own name says of its prefix stays; so does what was declared first.
      if (prefix !== prefixOf(name) && !declarations.has(prefix)) declare(prefix, to);
    }
    const complete = attributes.map((attribute) => {
      if (attribute.uri === "") return { ...attribute, name: localPart(attribute.name) };
      const wanted = prefixOf(attribute.name);
      const known = this.#scope.get(wanted);
      const isFree = wanted !== "" && wanted !== "xmlns" && (known === undefined || known === attribute.uri ||
        (!declarations.has(wanted) && wanted !== prefixOf(name) &&
          !attributes.some((one) => one !== attribute && prefixOf(one.name) === wanted)));
      const prefix = isFree ? wanted : this.#prefixFor(attribute.uri);
      declare(prefix, attribute.uri);
      return { ...attribute, name: `${prefix}:${localPart(attribute.name)}` };
    });
    return { name, uri, declarations: [...declarations], attributes: complete };
  }

  /** A prefix for a URI: one that stands for it, or a new one. */
  #prefixFor(uri: string): string {
    const known = this.#scope.prefixOf(uri);
    if (known !== undefined) return known;
    for (let count = 0;; count++) {
      if (this.#scope.get(`ns${count}`) === undefined) return `ns${count}`;
    }
  }
}

interface Waiting {
  readonly name: string;
  readonly uri: string;
  readonly namespaces: (readonly [prefix: string, uri: string])[];
  readonly attributes: ResultAttribute[];
}

/** The prefix of a name, or nothing. */
export function prefixOf(name: string): string {
  return name.slice(0, Math.max(0, name.indexOf(":")));
}

/** A name without its prefix. */
export function localPart(name: string): string {
  return name.slice(name.indexOf(":") + 1);
}

/** The declarations and attributes of a tag as they are written, names and texts. */
export function writtenAttributes(tag: StartTag): (readonly [name: string, value: string, uri: string])[] {
  return [
    ...tag.declarations.map(([prefix, uri]) =>
      [prefix === "" ? "xmlns" : `xmlns:${prefix}`, uri, XMLNS_NAMESPACE] as const
    ),
    ...tag.attributes.map(({ name, value, uri }) => [name, value, uri] as const),
  ];
}

/** Keeps the texts alone: what attributes, comments and instructions are made of. */
export class TextCapture implements Result {
  content = "";
  #depth = 0;

  startElement(): void {
    this.#depth++;
  }

  endElement(): void {
    this.#depth--;
  }

  /** What is in an element is left out with it, as section 7.1.3 lets it be. */
  text(text: string): void {
    if (this.#depth === 0) this.content += text;
  }

  namespace(): void {}
  attribute(): void {}
  comment(): void {}
  instruction(): void {}
  space(): void {}
}
