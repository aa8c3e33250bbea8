/** Writes results as XML (XSLT 1.0, section 16.1), indented by tabs as MSXML does. @module */
import { ATTRIBUTE_SPECIAL, escaped, TEXT_SPECIAL } from "../escape.ts";
import { expandedName } from "./names.ts";
import type { OutputSettings } from "./output_settings.ts";
import { localPart, type ResultWriter, type StartTag, writtenAttributes } from "./result.ts";

/** How the text of a result is made. */
export interface WriterOptions {
  readonly settings: OutputSettings;
  /** The encoding that the result says it is in. */
  readonly encoding: string;
  /** Whether a character must be a reference, since the encoding does not have it. */
  readonly needsReference?: (character: string) => boolean;
}

/** What is known of an element that is open. */
interface Open {
  hasText: boolean;
  hasChild: boolean;
  readonly isCdata: boolean;
}

/** A writer of XML. */
export class XmlWriter implements ResultWriter {
  readonly parts: string[] = [];
  readonly #options: WriterOptions;
  readonly #open: Open[] = [{ hasText: false, hasChild: false, isCdata: false }];
  #isTagOpen = false;
  /** Text of a CDATA section that may go on. */
  #section = "";

  constructor(options: WriterOptions) {
    this.#options = options;
    const { omitsDeclaration, version, standalone } = options.settings;
    if (omitsDeclaration === true) return;
    const said = standalone === undefined ? "" : ` standalone="${standalone ? "yes" : "no"}"`;
    this.parts.push(`<?xml version="${version ?? "1.0"}" encoding="${options.encoding}"${said}?>`);
    this.#open[0]!.hasChild = true;
  }

  get #top(): Open {
    return this.#open[this.#open.length - 1]!;
  }

  start(tag: StartTag): void {
    this.#child();
    if (this.#open.length === 1) this.#doctype(tag);
    this.parts.push("<", tag.name);
    for (const [name, value] of writtenAttributes(tag)) {
      this.parts.push(` ${name}="${escaped(value, ATTRIBUTE_SPECIAL, this.#options.needsReference)}"`);
    }
    this.#isTagOpen = true;
    const { cdataElements } = this.#options.settings;
    this.#open.push({
      hasText: false,
      hasChild: false,
      isCdata: cdataElements.size > 0 && cdataElements.has(expandedName(tag.uri, localPart(tag.name))),
    });
  }

  end(tag: StartTag): void {
    this.#closeSection();
    const { hasChild, hasText } = this.#open.pop()!;
    if (this.#isTagOpen) {
      this.parts.push("/>");
      this.#isTagOpen = false;
      return;
    }
    if (hasChild && !hasText) this.#newLine();
    this.parts.push(`</${tag.name}>`);
  }

  text(text: string, isRaw: boolean): void {
    this.#top.hasText = true;
    if (this.#top.isCdata && !isRaw) {
      this.#section += text;
      return;
    }
    this.#closeSection();
    this.#closeTag();
    this.parts.push(isRaw ? text : escaped(text, TEXT_SPECIAL, this.#options.needsReference));
  }

  comment(text: string): void {
    this.#child();
    this.parts.push(`<!--${text}-->`);
  }

  instruction(target: string, data: string): void {
    this.#child();
    this.parts.push(data === "" ? `<?${target}?>` : `<?${target} ${data}?>`);
  }

  space(): void {
    if (this.#options.settings.indents === true) return;
    this.#closeSection();
    this.#closeTag();
    this.parts.push("\r\n");
  }

  finish(): void {
    if (this.#open[0]!.hasChild) this.#newLine();
  }

  /** What stands before a child. */
  #child(): void {
    this.#closeSection();
    this.#closeTag();
    const top = this.#top;
    if (!top.hasText && (this.#open.length > 1 || top.hasChild)) this.#newLine();
    top.hasChild = true;
  }

  #newLine(): void {
    if (this.#options.settings.indents === true) this.parts.push("\r\n", "\t".repeat(this.#open.length - 1));
  }

  #closeTag(): void {
    if (!this.#isTagOpen) return;
    this.parts.push(">");
    this.#isTagOpen = false;
  }

  #closeSection(): void {
    if (this.#section === "") return;
    const text = this.#section;
    this.#section = "";
    this.#closeTag();
    const { needsReference } = this.#options;
    // A section cannot have its own end in it, nor a reference: it ends before, and begins anew behind.
    const pieces = text.replaceAll("]]>", "]]]]><![CDATA[>");
    this.parts.push(
      "<![CDATA[",
      needsReference === undefined ? pieces : pieces.replace(
        /[^\0-\x7f]/gu,
        (character) => needsReference(character) ? `]]>&#${character.codePointAt(0)!};<![CDATA[` : character,
      ),
      "]]>",
    );
  }

  #doctype(tag: StartTag): void {
    const { doctypePublic, doctypeSystem } = this.#options.settings;
    if (doctypeSystem === undefined) return;
    const id = doctypePublic === undefined ? "SYSTEM" : `PUBLIC "${doctypePublic}"`;
    this.parts.push(`<!DOCTYPE ${tag.name} ${id} "${doctypeSystem}">`);
    this.#newLine();
  }
}
