/** What all parts of an XML document are read with: a place in a text, and what may stand anywhere. @module */
import { XmlSyntaxError } from "./errors.ts";
import { BAD_CHARACTER, characterOf, NAME, startsName } from "./names.ts";

const NAME_HERE = new RegExp(NAME, "yu");
const SPACE = /[ \t\n]*/y;
const PREDEFINED: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" };

/** The number of a syntax error. */
export type SyntaxErrorName = ConstructorParameters<typeof XmlSyntaxError>[0];

/** A reference: the character that it stands for, or else the entity. */
export type Reference = { readonly name: string; readonly character?: string };

/** A place in a text. */
export class XmlCursor {
  at = 0;
  /** Where errors within an entity are: at the reference. */
  #referenceAt: number | undefined;

  constructor(public text: string) {}

  /** The unit that stands here; undefined at the end. */
  get next(): string | undefined {
    return this.text[this.at];
  }

  get isAtEnd(): boolean {
    return this.at >= this.text.length;
  }

  /** What is wrong here, or at another place. */
  error(which: SyntaxErrorName, at = this.at, ...names: string[]): XmlSyntaxError {
    return new XmlSyntaxError(which, this.#referenceAt ?? at, ...names);
  }

  /** Whether a text stands here. */
  startsWith(text: string): boolean {
    return this.text.startsWith(text, this.at);
  }

  /** Passes over one character that must stand here. */
  expect(character: string, otherwise: SyntaxErrorName, at = this.at): void {
    if (this.next !== character) throw this.error(otherwise, at);
    this.at++;
  }

  /** Passes over white space; whether there was any. */
  space(): boolean {
    SPACE.lastIndex = this.at;
    SPACE.exec(this.text);
    const passed = SPACE.lastIndex > this.at;
    this.at = SPACE.lastIndex;
    return passed;
  }

  /** Reads a name. */
  name(): string {
    NAME_HERE.lastIndex = this.at;
    const found = NAME_HERE.exec(this.text);
    if (found === null) {
      if (this.isAtEnd) throw this.error("XML_E_UNEXPECTEDEOF");
      throw this.error(/[ \t\n]/.test(this.next!) ? "XML_E_UNEXPECTED_WHITESPACE" : "XML_E_BADSTARTNAMECHAR");
    }
    this.at = NAME_HERE.lastIndex;
    return found[0];
  }

  /** Reads a name with one colon at most, which is neither its first nor its last character. */
  qualifiedName(): string {
    const { at } = this;
    const name = this.name();
    const colon = name.indexOf(":");
    if (colon < 0) return name;
    if (colon === 0) throw this.error("XML_E_BADSTARTNAMECHAR", at);
    if (name.includes(":", colon + 1)) throw this.error("XML_E_MULTIPLE_COLONS", at + name.lastIndexOf(":"));
    if (!startsName(name.slice(colon + 1))) throw this.error("XML_E_BADSTARTNAMECHAR", at + colon + 1);
    return name;
  }

  /** Reads a reference, at its `&`. */
  reference(): Reference {
    const start = ++this.at;
    if (this.next === "#") return { name: "", character: this.#characterReference(start) };
    if (/[ \t\n]/.test(this.next ?? "")) throw this.error("XML_E_UNEXPECTED_WHITESPACE");
    const name = this.name();
    this.expect(";", "XML_E_MISSINGSEMICOLON");
    const character = Object.hasOwn(PREDEFINED, name) ? PREDEFINED[name] : undefined;
    return character === undefined ? { name } : { name, character };
  }

  #characterReference(start: number): string {
    const isHex = this.text[start + 1] === "x";
    const digits = isHex ? /[0-9a-fA-F]*/y : /[0-9]*/y;
    digits.lastIndex = start + (isHex ? 2 : 1);
    const found = digits.exec(this.text)![0];
    this.at = digits.lastIndex;
    if (found === "" || this.next !== ";") {
      throw this.error(isHex ? "XML_E_INVALID_HEXIDECIMAL" : "XML_E_INVALID_DECIMAL");
    }
    this.at++;
    const character = characterOf(parseInt(found, isHex ? 16 : 10));
    if (character === undefined) throw this.error("XML_E_INVALID_UNICODE", start);
    return character;
  }

  /** Refuses characters that XML does not have in a piece of the text. */
  checkCharacters(piece: string, at: number): void {
    const bad = BAD_CHARACTER.exec(piece);
    if (bad !== null) throw this.error("XML_E_BADCHARDATA", at + bad.index);
  }

  /** Reads another text in place of the reference at a place. */
  within(text: string, at: number, read: () => void): void {
    const saved = [this.text, this.at, this.#referenceAt] as const;
    this.#referenceAt ??= at;
    [this.text, this.at] = [text, 0];
    read();
    [this.text, this.at, this.#referenceAt] = saved;
  }
}
