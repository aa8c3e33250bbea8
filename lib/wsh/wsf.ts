/** `.wsf` files: jobs of scripts in an XML-like frame. @module */
import { type Attributes, isTrue, type MarkupError, MarkupReader, type Tag } from "./markup.ts";

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

/** A `<reference>` of a job: a type library whose constants the scripts use. */
export interface WsfReference {
  readonly name: string;
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
  readonly references: readonly WsfReference[];
  readonly resources: ReadonlyMap<string, string>;
  readonly runtime: WsfRuntime | undefined;
}

/** The jobs of a file. @throws MarkupError */
export function parseWsf(text: string): WsfJob[] {
  return new WsfParser(text).jobs();
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] extends readonly (infer E)[] ? E[] : T[K] };

/** Elements that hold text. */
const TEXTUAL = new Set(["script", "resource", "usage", "example", "description", "comment"]);
const CONTAINERS = new Set(["package", "job", "runtime"]);
const EMPTY_ELEMENTS = new Set(["object", "reference", "named", "unnamed"]);

class WsfParser {
  readonly #reader: MarkupReader;

  constructor(text: string) {
    this.#reader = new MarkupReader(text);
  }

  jobs(): WsfJob[] {
    const jobs: WsfJob[] = [];
    const open: Tag[] = [];
    let job: { -readonly [K in keyof WsfJob]: WsfJob[K] } | undefined;
    let runtime: Mutable<WsfRuntime> | undefined;
    for (let tag; (tag = this.#reader.next()) !== undefined;) {
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
      if (EMPTY_ELEMENTS.has(name) && kind === "open") this.#reader.content(tag);
      const content = TEXTUAL.has(name) && kind === "open"
        ? this.#reader.content(tag)
        : { text: "", code: "" };
      this.#take(tag, content, job, runtime);
    }
    const left = open.pop();
    if (left !== undefined) throw this.#error(`<${left.name}> is not closed`, left.from);
    if (jobs.length === 0) throw this.#error("There is no <job>", 0);
    return jobs;
  }

  #error(message: string, at: number): MarkupError {
    return this.#reader.error(message, at);
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
    const { line } = this.#reader.position(tag.from);
    const required = (attribute: string): string => {
      const value = attributes.get(attribute);
      if (value === undefined) throw this.#error(`<${name}> needs the attribute ${attribute}`, tag.from);
      return value;
    };
    switch (name) {
      case "script":
        (job!.scripts as WsfScript[]).push(scriptOf(tag, code, line));
        return;
      case "object":
        (job!.objects as WsfObject[]).push(objectOf(tag, line, required));
        return;
      case "reference":
        (job!.references as WsfReference[]).push(referenceOf(tag, line, required));
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
}

/** The value of an attribute that must be there. */
type Required = (attribute: string) => string;

/** A `<script>`, in whichever file. */
export function scriptOf({ attributes }: Tag, code: string, line: number): WsfScript {
  return { language: attributes.get("language"), src: attributes.get("src"), code, line };
}

/** An `<object>`, in whichever file. */
export function objectOf({ attributes }: Tag, line: number, required: Required): WsfObject {
  return {
    id: required("id"),
    progId: attributes.get("progid"),
    classId: attributes.get("classid"),
    events: isTrue(attributes.get("events")),
    line,
  };
}

/** A `<reference>`, in whichever file. */
export function referenceOf({ attributes }: Tag, line: number, required: Required): WsfReference {
  return { name: attributes.get("object") ?? required("guid"), line };
}

function newJob(id: string | undefined): WsfJob {
  return { id, scripts: [], objects: [], references: [], resources: new Map(), runtime: undefined };
}

function newRuntime(): Mutable<WsfRuntime> {
  return { named: [], unnamed: [], description: "", examples: [], usage: undefined };
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
