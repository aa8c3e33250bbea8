/** Which file a text came from, so that errors in included code name their file. @module */

/** Scripts include code as `ExecuteGlobal file.ReadAll`: more texts than this are never on their way at once. */
const REMEMBERED = 32;

/** The files that were read whole, by what was in them. */
export class TextOrigins {
  readonly #paths = new Map<string, string>();

  /** Remembers that a text is the content of a file; the oldest is forgotten for it. */
  remember(text: string, path: string): void {
    this.#paths.delete(text);
    this.#paths.set(text, path);
    if (this.#paths.size <= REMEMBERED) return;
    for (const oldest of this.#paths.keys()) {
      this.#paths.delete(oldest);
      break;
    }
  }

  /** The file that the text came from; undefined if it came from none. */
  pathOf(text: string): string | undefined {
    return this.#paths.get(text);
  }
}
