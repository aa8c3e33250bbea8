/** Writes results as HTML (XSLT 1.0, section 16.2). @module */
import { escaped } from "../escape.ts";
import { prefixOf, type ResultWriter, type StartTag, writtenAttributes } from "./result.ts";
import type { WriterOptions } from "./xml_writer.ts";

/** Elements without an end tag. */
const VOID = new Set(
  ("area base basefont br col embed frame hr img input isindex link meta param source track wbr").split(" "),
);
/** Elements whose text means itself. */
const RAW = new Set(["script", "style"]);
/** Elements beside which white space shows nothing. */
const BLOCK = new Set(
  ("address article aside blockquote body caption center col colgroup dd dir div dl dt fieldset footer form frame frameset " +
    "h1 h2 h3 h4 h5 h6 head header hr html isindex li link main menu meta nav noframes noscript ol option optgroup p script " +
    "section select style table tbody td tfoot th thead title tr ul").split(" "),
);
/** Attributes that are there or not. */
const BOOLEAN = new Set(
  "checked compact declare defer disabled ismap multiple nohref noresize noshade nowrap readonly selected"
    .split(" "),
);
/** Attributes that are addresses. */
const ADDRESS = new Set(
  "action background cite classid codebase data href longdesc profile src usemap".split(" "),
);

const TEXT = /[&<>\xa0]/g;
/** In HTML a `<` in an attribute means itself, and so does a `&` before a brace. */
const ATTRIBUTE = /&(?!\{)|["\xa0]/g;

/** A writer of HTML. */
export class HtmlWriter implements ResultWriter {
  readonly parts: string[] = [];
  readonly #options: WriterOptions;
  readonly #open: string[] = [];
  #isFirst = true;
  /** Whether the start tag of an element of another namespace may still become an empty one. */
  #isTagOpen = false;
  /** What was written last; white space shows nothing beside the tags of a block. */
  #last: "nothing" | "block start" | "block end" | "inline" = "nothing";

  constructor(options: WriterOptions) {
    this.#options = options;
  }

  start(tag: StartTag): void {
    this.#closeTag();
    const name = nameOf(tag);
    if (this.#isFirst) this.#doctype(tag);
    const isBlock = BLOCK.has(name);
    if (isBlock && this.#last.startsWith("block")) this.#newLine();
    this.parts.push("<", tag.name);
    for (const [attribute, value] of writtenAttributes(tag)) {
      this.parts.push(this.#attribute(attribute, value, tag));
    }
    // What is no HTML is written as XML is.
    if (name === "") this.#isTagOpen = true;
    else this.parts.push(">");
    this.#open.push(name);
    this.#last = isBlock ? "block start" : "inline";
    if (name === "head") this.#contentType();
  }

  end(tag: StartTag): void {
    const name = this.#open.pop()!;
    const isBlock = BLOCK.has(name);
    if (this.#isTagOpen) {
      this.#isTagOpen = false;
      this.parts.push("/>");
    } else if (!VOID.has(name)) {
      if (isBlock && this.#last === "block end") this.#newLine();
      this.parts.push(`</${tag.name}>`);
    }
    this.#last = isBlock ? "block end" : "inline";
  }

  text(text: string, isRaw: boolean): void {
    this.#closeTag();
    const isPlain = isRaw || RAW.has(this.#open[this.#open.length - 1] ?? "");
    this.parts.push(isPlain ? text : escaped(text, TEXT, this.#options.needsReference));
    this.#last = "inline";
  }

  comment(text: string): void {
    this.#closeTag();
    this.parts.push(`<!--${text}-->`);
  }

  instruction(target: string, data: string): void {
    this.#closeTag();
    this.parts.push(data === "" ? `<?${target}>` : `<?${target} ${data}>`);
  }

  space(): void {
    this.#closeTag();
    this.parts.push("\r\n");
  }

  finish(): void {}

  #closeTag(): void {
    if (this.#isTagOpen) this.parts.push(">");
    this.#isTagOpen = false;
  }

  #newLine(): void {
    if (this.#options.settings.indents !== false) this.parts.push("\r\n");
  }

  #attribute(name: string, value: string, tag: StartTag): string {
    const lower = name.toLowerCase();
    if (tag.uri === "" && BOOLEAN.has(lower) && value.toLowerCase() === lower) return ` ${name}`;
    const text = tag.uri === "" && ADDRESS.has(lower)
      ? value.replace(/[^\0-\x7f]+/g, (part) => encodeURIComponent(part.toWellFormed()))
      : value;
    return ` ${name}="${escaped(text, ATTRIBUTE, this.#options.needsReference)}"`;
  }

  #doctype(tag: StartTag): void {
    this.#isFirst = false;
    const { doctypePublic, doctypeSystem } = this.#options.settings;
    if (doctypePublic === undefined && doctypeSystem === undefined) return;
    const id = doctypePublic === undefined ? " SYSTEM" : ` PUBLIC "${doctypePublic}"`;
    const address = doctypeSystem === undefined ? "" : ` "${doctypeSystem}"`;
    this.parts.push(`<!DOCTYPE ${tag.name}${id}${address}>\r\n`);
  }

  /** What section 16.2 adds first to a head, as MSXML spells it. */
  #contentType(): void {
    const { encoding, settings: { mediaType = "text/html" } } = this.#options;
    this.#newLine();
    this.parts.push(`<META http-equiv="Content-Type" content="${mediaType}; charset=${encoding}">`);
    this.#last = "block end";
  }
}

/** The name by which HTML knows an element; none for one of another namespace. */
function nameOf({ name, uri }: StartTag): string {
  return uri === "" && prefixOf(name) === "" ? name.toLowerCase() : "";
}
