/** Writes the texts of results alone (XSLT 1.0, section 16.3). @module */
import type { ResultWriter } from "./result.ts";

/** A writer of text. */
export class TextWriter implements ResultWriter {
  readonly parts: string[] = [];

  text(text: string): void {
    this.parts.push(text);
  }

  start(): void {}
  end(): void {}
  comment(): void {}
  instruction(): void {}
  space(): void {}
  finish(): void {}
}
