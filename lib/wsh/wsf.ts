/**
 * `.wsf` files: jobs of scripts in an XML-like frame.
 *
 * A file that begins with `<?xml` is XML: entities stand for characters, and code with `<` and `&` stands in CDATA
 * sections. Without it the frame is not strict: code stands as it is, up to `</script>`, and attributes need no quotes.
 * The code of a block is blanks and line ends before it, so that its lines and columns are those of the file.
 *
 * @module
 */

/** A `<script>` of a job. */
export interface WsfScript {
  /** As written; undefined if there is none. */
  readonly language: string | undefined;
  /** The file to run in its place. */
  readonly src: string | undefined;
  /** The code, at its place in the file. */
  readonly code: string;
  readonly line: number;
}

/** An `<object>` of a job. */
export interface WsfObject {
  readonly id: string;
  readonly progId: string | undefined;
  readonly classId: string | undefined;
  /** Whether `id_Event` procedures are called. */
  readonly events: boolean;
  readonly line: number;
}

/** A `<named>` or `<unnamed>` argument. */
export interface WsfArgument {
  readonly name: string;
  readonly help: string;
  /** Named: `string`, `boolean` or `simple`. */
  readonly type: string;
  /** How many at least. */
  readonly required: number;
  readonly many: boolean;
}

/** The `<runtime>` of a job: what ShowUsage shows. */
export interface WsfRuntime {
  readonly named: readonly WsfArgument[];
  readonly unnamed: readonly WsfArgument[];
  readonly description: string;
  readonly examples: readonly string[];
  /** Stands in place of everything else. */
  readonly usage: string | undefined;
}

/** One `<job>`. */
export interface WsfJob {
  readonly id: string | undefined;
  /** Scripts and objects, in order. */
  readonly scripts: readonly WsfScript[];
  readonly objects: readonly WsfObject[];
  /** ProgIDs or names of type libraries whose constants the scripts use. */
  readonly references: readonly { readonly name: string; readonly line: number }[];
  readonly resources: ReadonlyMap<string, string>;
  readonly runtime: WsfRuntime | undefined;
}

/** A `.wsf` file has another form than it should. */
export class WsfError extends Error {
  override readonly name = "WsfError";
  constructor(message: string, readonly line: number, readonly column: number) {
    super(message);
  }
}

/** The jobs of a file. @throws WsfError */
export function parseWsf(text: string): WsfJob[] {
  return new WsfParser(text).jobs();
}

type Attributes = ReadonlyMap<string, string>;

interface Tag {
  readonly kind: "open" | "empty" | "close";
  readonly name: string;
  readonly attributes: Attributes;
  /** Where the tag begins, and where it ends. */
  readonly from: number;
  readonly to: number;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] extends readonly (infer E)[] ? E[] : T[K] };

const ENTITIES: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" };
/** Elements that hold text. */
const TEXTUAL = new Set(["script", "resource", "usage", "example", "description", "comment"]);
const CONTAINERS = new Set(["package", "job", "runtime"]);
const EMPTY_ELEMENTS = new Set(["object", "reference", "named", "unnamed"]);
const CDATA = "<![CDATA[";
const CDATA_END = "]]>";

class WsfParser {
  readonly #text: string;
  readonly #isStrict: boolean;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
    this.#isStrict = /^\s*<\?xml\b/i.test(text);
  }

  jobs(): WsfJob[] {
    const jobs: WsfJob[] = [];
    const open: Tag[] = [];
    let job: { -readonly [K in keyof WsfJob]: WsfJob[K] } | undefined;
    let runtime: Mutable<WsfRuntime> | undefined;
    for (let tag; (tag = this.#nextTag()) !== undefined;) {
      const { name, kind } = tag;
      if (kind === "close") {
        const opened = open.pop();
        if (opened?.name !== name) {
          throw this.#error(
            `</${name}> closes nothing${opened ? `; <${opened.name}> is open` : ""}`,
            tag.from,
          );
        }
        if (name === "job") job = undefined;
        if (name === "runtime") runtime = undefined;
        continue;
      }
      const parent = open.at(-1)?.name;
      this.#checkPlace(tag, parent);
      if (CONTAINERS.has(name) && kind === "open") open.push(tag);
      if (name === "job") jobs.push(job = newJob(tag.attributes.get("id")));
      if (name === "runtime") job!.runtime = runtime = newRuntime();
      if (EMPTY_ELEMENTS.has(name) && kind === "open") this.#content(tag);
      const content = TEXTUAL.has(name) && kind === "open" ? this.#content(tag) : { text: "", code: "" };
      this.#take(tag, content, job, runtime);
    }
    const left = open.pop();
    if (left !== undefined) throw this.#error(`<${left.name}> is not closed`, left.from);
    if (jobs.length === 0) throw this.#error("There is no <job>", 0);
    return jobs;
  }

  #checkPlace(tag: Tag, parent: string | undefined): void {
    const { name } = tag;
    const inRuntime = ["named", "unnamed", "usage", "example", "description"].includes(name);
    const isKnown = CONTAINERS.has(name) || TEXTUAL.has(name) || EMPTY_ELEMENTS.has(name);
    if (!isKnown) throw this.#error(`There is no element <${name}>`, tag.from);
    const isRight = name === "comment" ||
      (name === "package"
        ? parent === undefined
        : name === "job"
        ? parent === undefined || parent === "package"
        : inRuntime
        ? parent === "runtime" || (name === "description" && parent === "job")
        : parent === "job");
    if (isRight) return;
    const where = parent === undefined ? "outside of a job" : `in <${parent}>`;
    throw this.#error(`<${name}> cannot stand ${where}`, tag.from);
  }

  #take(
    tag: Tag,
    { text, code }: { text: string; code: string },
    job: { -readonly [K in keyof WsfJob]: WsfJob[K] } | undefined,
    runtime: Mutable<WsfRuntime> | undefined,
  ): void {
    const { name, attributes } = tag;
    const { line } = this.#position(tag.from);
    const required = (attribute: string): string => {
      const value = attributes.get(attribute);
      if (value === undefined) throw this.#error(`<${name}> needs the attribute ${attribute}`, tag.from);
      return value;
    };
    switch (name) {
      case "script":
        (job!.scripts as WsfScript[]).push({
          language: attributes.get("language"),
          src: attributes.get("src"),
          code,
          line,
        });
        return;
      case "object":
        (job!.objects as WsfObject[]).push({
          id: required("id"),
          progId: attributes.get("progid"),
          classId: attributes.get("classid"),
          events: isTrue(attributes.get("events")),
          line,
        });
        return;
      case "reference":
        (job!.references as { name: string; line: number }[]).push({
          name: attributes.get("object") ?? required("guid"),
          line,
        });
        return;
      case "resource":
        (job!.resources as Map<string, string>).set(required("id"), text);
        return;
      case "named":
      case "unnamed":
        runtime![name].push(argumentOf(required("name"), attributes));
        return;
      case "usage":
        runtime!.usage = text;
        return;
      case "example":
        runtime!.examples.push(text);
        return;
      case "description":
        if (runtime !== undefined) runtime.description = text;
    }
  }

  /** The next tag; text, comments and processing instructions between tags are passed over. */
  #nextTag(): Tag | undefined {
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
    if (at < 0) throw this.#error(`"${end}" is missing`, from);
    return at + end.length;
  }

  #tag(from: number): Tag {
    const name = /^<(\/?)\s*([A-Za-z][\w:-]*)/.exec(this.#text.slice(from, from + 100));
    if (name === null) throw this.#error("A tag is expected here", from);
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
    if (match === null) throw this.#error('An attribute is expected here, as in name="value"', at);
    const raw = match[2] ?? match[3] ?? "true";
    return {
      name: this.#named(match[1]!, at),
      value: this.#isStrict ? this.#characters(raw, at) : raw,
      to: at + match[0].length,
    };
  }

  /** XML tells upper and lower case apart, and the names are lower case. */
  #named(name: string, at: number): string {
    if (!this.#isStrict || name === name.toLowerCase()) return name.toLowerCase();
    throw this.#error(`"${name}" is written "${name.toLowerCase()}" in XML`, at);
  }

  /** What stands up to the closing tag: as text, and as code at its place. */
  #content({ name, from, to }: Tag): { text: string; code: string } {
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
      if (close === null) throw this.#error(`<${name}> is not closed`, from);
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
        throw this.#error(
          `"${whole}" cannot stand in XML text; write it in a CDATA section, or leave <?xml?> away`,
          from + (at ?? 0),
        );
      },
    );
  }

  #error(message: string, at: number): WsfError {
    const { line, column } = this.#position(at);
    return new WsfError(message, line, column);
  }

  #position(at: number): { line: number; column: number } {
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

function newJob(id: string | undefined): WsfJob {
  return { id, scripts: [], objects: [], references: [], resources: new Map(), runtime: undefined };
}

function newRuntime(): Mutable<WsfRuntime> {
  return { named: [], unnamed: [], description: "", examples: [], usage: undefined };
}

function isTrue(value: string | undefined): boolean {
  return value !== undefined && /^(true|yes|1)$/i.test(value);
}

function argumentOf(name: string, attributes: Attributes): WsfArgument {
  const required = attributes.get("required") ?? "";
  return {
    name,
    help: attributes.get("helpstring") ?? "",
    type: (attributes.get("type") ?? "simple").toLowerCase(),
    required: isTrue(required) ? 1 : /^\d+$/.test(required) ? Number(required) : 0,
    many: isTrue(attributes.get("many")),
  };
}
