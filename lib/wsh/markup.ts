/**
 * The XML-like frame of `.wsf` and `.wsc` files.
 *
 * A file that begins with `<?xml` is XML: entities stand for characters, and code with `<` and `&` stands in CDATA
 * sections. Without it the frame is not strict: code stands as it is, up to `</script>`, and attributes need no quotes.
 * The code of an element is blanks and line ends before it, so that its lines and columns are those of the file.
 *
 * @module
 */

/** A file has another form than it should. */
export class MarkupError extends Error {
  override readonly name = "MarkupError";
  constructor(message: string, readonly line: number, readonly column: number) {
    super(message);
  }
}

/** Attributes by their names in lower case. */
export type Attributes = ReadonlyMap<string, string>;

/** A tag. */
export interface Tag {
  readonly kind: "open" | "empty" | "close";
  readonly name: string;
  readonly attributes: Attributes;
  /** Where the tag begins, and where it ends. */
  readonly from: number;
  readonly to: number;
}

const ENTITIES: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" };
/** Names of attributes that are not in lower case in XML either. */
const MIXED = new Set(["internalName"]);
const CDATA = "<![CDATA[";
const CDATA_END = "]]>";

/** Goes through a file from tag to tag. */
export class MarkupReader {
  readonly #text: string;
  readonly #isStrict: boolean;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
    this.#isStrict = /^\s*<\?xml\b/i.test(text);
  }

  /** The next tag; text, comments and processing instructions between tags are passed over. */
  next(): Tag | undefined {
    for (;;) {
      const from = this.#text.indexOf("<", this.#at);
      if (from < 0) return undefined;
      if (this.#text.startsWith("<!--", from)) this.#at = this.#after("-->", from);
      else if (this.#text.startsWith("<?", from)) this.#at = this.#after("?>", from);
      else if (this.#text.startsWith("<!", from)) this.#at = this.#after(">", from);
      else return this.#tag(from);
    }
  }

  #after(end: string, from: number): number {
    const at = this.#text.indexOf(end, from);
    if (at < 0) throw this.error(`"${end}" is missing`, from);
    return at + end.length;
  }

  #tag(from: number): Tag {
    const name = /^<(\/?)\s*([A-Za-z][\w:-]*)/.exec(this.#text.slice(from, from + 100));
    if (name === null) throw this.error("A tag is expected here", from);
    let at = from + name[0].length;
    const attributes = new Map<string, string>();
    for (;;) {
      const space = /^\s*/.exec(this.#text.slice(at))![0].length;
      at += space;
      const rest = this.#text.slice(at, at + 2);
      if (rest[0] === ">" || rest === "/>") {
        const kind = name[1] === "/" ? "close" : rest === "/>" ? "empty" : "open";
        this.#at = at + (rest === "/>" ? 2 : 1);
        return { kind, name: this.#named(name[2]!, from), attributes, from, to: this.#at };
      }
      const attribute = this.#attribute(at);
      attributes.set(attribute.name, attribute.value);
      at = attribute.to;
    }
  }

  #attribute(at: number): { name: string; value: string; to: number } {
    const tail = this.#text.slice(at, this.#text.indexOf("\n", at + 4000) >>> 0);
    const match = /^([A-Za-z][\w:-]*)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/.exec(tail) ??
      // Without quotes, or without a value, outside of XML.
      (this.#isStrict ? null : /^([A-Za-z][\w:-]*)(?:\s*=\s*([^\s"'<>]*[^\s"'<>/]))?/.exec(tail));
    if (match === null) throw this.error('An attribute is expected here, as in name="value"', at);
    const raw = match[2] ?? match[3] ?? "true";
    return {
      name: this.#named(match[1]!, at),
      value: this.#isStrict ? this.#characters(raw, at) : raw,
      to: at + match[0].length,
    };
  }

  /** XML tells upper and lower case apart, and the names are lower case. */
  #named(name: string, at: number): string {
    if (!this.#isStrict || name === name.toLowerCase() || MIXED.has(name)) return name.toLowerCase();
    throw this.error(`"${name}" is written "${name.toLowerCase()}" in XML`, at);
  }

  /** What stands up to the closing tag: as text, and as code at its place. */
  content({ name, from, to }: Tag): { text: string; code: string } {
    let text = "";
    let code = blankedUpTo(this.#text, to);
    let at = to;
    const take = (raw: string): void => {
      text += raw;
      code += raw;
    };
    const closing = new RegExp(`</\\s*${name}\\s*>`, "gi");
    for (;;) {
      closing.lastIndex = at;
      const close = closing.exec(this.#text);
      if (close === null) throw this.error(`<${name}> is not closed`, from);
      const cdata = this.#text.indexOf(CDATA, at);
      const isFirst = text.trim() === "";
      // Without XML a CDATA section is one around all of the code; elsewhere it is code.
      if (
        cdata < 0 || cdata > close.index || (!this.#isStrict && (!isFirst || this.#between(at, cdata) !== ""))
      ) {
        const raw = this.#text.slice(at, close.index);
        take(this.#isStrict ? this.#characters(raw, at) : raw);
        this.#at = close.index + close[0].length;
        return { text: text.trim(), code };
      }
      const raw = this.#text.slice(at, cdata);
      take(this.#isStrict ? this.#characters(raw, at) : raw);
      code += " ".repeat(CDATA.length);
      const end = this.#after(CDATA_END, cdata) - CDATA_END.length;
      take(this.#text.slice(cdata + CDATA.length, end));
      code += " ".repeat(CDATA_END.length);
      at = end + CDATA_END.length;
    }
  }

  #between(from: number, to: number): string {
    return this.#text.slice(from, to).trim();
  }

  /** XML's text: comments go, entities are characters. */
  #characters(raw: string, from: number): string {
    return raw.replace(/<!--[\s\S]*?-->/g, "").replace(
      /<|&(?:#x([\da-f]+)|#(\d+)|(\w+));|&/gi,
      (...match) => {
        const [whole, hex, decimal, name, at] = match as [string, string?, string?, string?, number?];
        const code = hex === undefined ? Number(decimal) : parseInt(hex, 16);
        if ((hex ?? decimal) !== undefined && code <= 0x10ffff) return String.fromCodePoint(code);
        const char = name === undefined ? undefined : ENTITIES[name];
        if (char !== undefined) return char;
        throw this.error(
          `"${whole}" cannot stand in XML text; write it in a CDATA section, or leave <?xml?> away`,
          from + (at ?? 0),
        );
      },
    );
  }

  /** An error at a place. */
  error(message: string, at: number): MarkupError {
    const { line, column } = this.position(at);
    return new MarkupError(message, line, column);
  }

  /** The line and column of an index. */
  position(at: number): { line: number; column: number } {
    const before = this.#text.slice(0, at).split(/\r\n|\r|\n/);
    return { line: before.length, column: before.at(-1)!.length + 1 };
  }
}

/** As many line ends as a text has, and then as many blanks as its last line has characters. */
function blankedUpTo(text: string, at: number): string {
  const before = text.slice(0, at);
  const lines = before.split(/\r\n|\r|\n/);
  return "\n".repeat(lines.length - 1) + " ".repeat(lines.at(-1)!.length);
}

/** Whether an attribute says yes. */
export function isTrue(value: string | undefined): boolean {
  return value !== undefined && /^(true|yes|1)$/i.test(value);
}
