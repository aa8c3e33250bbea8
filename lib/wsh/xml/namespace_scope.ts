/** What prefixes stand for, while a document is read or written from its first to its last tag. @module */
import { XML_NAMESPACE } from "./tree.ts";

/** Declarations of the elements that are open; the one of the innermost element counts. */
export class NamespaceScope {
  readonly #uris = new Map<string, string>([["xml", XML_NAMESPACE], ["", ""]]);
  /** What to put back when elements end: copying a map an element would make deep documents slow. */
  readonly #undo: [prefix: string, uri: string | undefined][] = [];

  /** Where to return to when the element that begins here ends. */
  get mark(): number {
    return this.#undo.length;
  }

  /** The URI of a prefix; undefined where it is not declared. */
  get(prefix: string): string | undefined {
    return this.#uris.get(prefix);
  }

  /** A prefix that stands for a URI now; undefined where none does. */
  prefixOf(uri: string): string | undefined {
    for (const [prefix, known] of this.#uris) if (known === uri && prefix !== "") return prefix;
    return undefined;
  }

  /** Declares a prefix until the element ends. */
  declare(prefix: string, uri: string): void {
    this.#undo.push([prefix, this.#uris.get(prefix)]);
    this.#uris.set(prefix, uri);
  }

  /** Takes back what was declared since a mark. */
  leave(mark: number): void {
    while (this.#undo.length > mark) {
      const [prefix, uri] = this.#undo.pop()!;
      if (uri === undefined) this.#uris.delete(prefix);
      else this.#uris.set(prefix, uri);
    }
  }
}
