/** `.wsc` files: objects that are written in script languages (Windows Script Components reference). @module */
import { type Attributes, MarkupReader, type Tag } from "../markup.ts";
import {
  objectOf,
  referenceOf,
  scriptOf,
  type WsfObject,
  type WsfReference,
  type WsfScript,
} from "../wsf.ts";

/** A property: a variable of the scripts, or what procedures of theirs give and take. */
export interface ComponentProperty {
  readonly kind: "property";
  readonly name: string;
  readonly isDefault: boolean;
  /** The variable; undefined where there are procedures. */
  readonly variable: string | undefined;
  readonly get: string | undefined;
  readonly put: string | undefined;
}

/** A method. */
export interface ComponentMethod {
  readonly kind: "method";
  readonly name: string;
  readonly isDefault: boolean;
  readonly procedure: string;
}

/** One `<component>`. */
export interface Component {
  readonly id: string | undefined;
  readonly progId: string | undefined;
  readonly members: readonly (ComponentProperty | ComponentMethod)[];
  /** The names of its events. */
  readonly events: readonly string[];
  readonly scripts: readonly WsfScript[];
  readonly objects: readonly WsfObject[];
  readonly references: readonly WsfReference[];
  readonly resources: ReadonlyMap<string, string>;
}

interface Element {
  readonly tag: Tag;
  readonly text: string;
  readonly code: string;
  readonly children: readonly Element[];
}

/** What may stand in what. */
const CHILDREN: Readonly<Record<string, readonly string[]>> = {
  "": ["package", "component"],
  package: ["component", "comment"],
  component: [
    "registration",
    "public",
    "implements",
    "object",
    "reference",
    "resource",
    "script",
    "comment",
  ],
  registration: ["script", "comment"],
  public: ["property", "method", "event", "comment"],
  implements: ["property", "method", "event", "comment"],
  property: ["get", "put"],
  method: ["parameter"],
};
const TEXTUAL = new Set(["script", "resource", "comment"]);

/** The components of a file. @throws MarkupError */
export function parseComponents(text: string): Component[] {
  const reader = new MarkupReader(text);
  const components = childrenOf("", reader).flatMap((element) =>
    element.tag.name === "package" ? element.children : [element]
  ).filter(({ tag }) => tag.name === "component");
  if (components.length === 0) throw reader.error("There is no <component>", 0);
  return components.map((element) => componentOf(element, reader));
}

/** The elements up to the closing tag of a parent, or to the end. */
function childrenOf(parent: string, reader: MarkupReader, opened?: Tag): Element[] {
  const elements: Element[] = [];
  for (let tag; (tag = reader.next()) !== undefined;) {
    const { name, kind } = tag;
    if (kind === "close") {
      if (name === parent) return elements;
      throw reader.error(
        `</${name}> closes nothing${parent === "" ? "" : `; <${parent}> is open`}`,
        tag.from,
      );
    }
    if (!(CHILDREN[parent] ?? []).includes(name)) {
      throw reader.error(`<${name}> cannot stand ${parent === "" ? "here" : `in <${parent}>`}`, tag.from);
    }
    const content = kind === "open" && TEXTUAL.has(name) ? reader.content(tag) : { text: "", code: "" };
    const children = kind === "open" && !TEXTUAL.has(name) ? childrenOf(name, reader, tag) : [];
    elements.push({ tag, ...content, children });
  }
  if (opened !== undefined) throw reader.error(`<${parent}> is not closed`, opened.from);
  return elements;
}

function componentOf({ tag, children }: Element, reader: MarkupReader): Component {
  const of = (...names: readonly string[]): readonly Element[] =>
    children.filter((child) => names.includes(child.tag.name));
  const lineOf = (element: Element): number => reader.position(element.tag.from).line;
  const required = (element: Element) => (attribute: string): string => {
    const value = element.tag.attributes.get(attribute);
    if (value !== undefined) return value;
    throw reader.error(`<${element.tag.name}> needs the attribute ${attribute}`, element.tag.from);
  };
  for (const { tag: { attributes, from } } of of("implements")) {
    const type = attributes.get("type") ?? "";
    if (/^(automation|event)$/i.test(type)) continue;
    throw reader.error(`A component cannot implement "${type}"; there are Automation and Event`, from);
  }
  const declared = of("public", "implements").flatMap((element) => element.children);
  const named = (kind: string): readonly Element[] => declared.filter((child) => child.tag.name === kind);
  return {
    id: tag.attributes.get("id"),
    progId: of("registration")[0]?.tag.attributes.get("progid"),
    members: [
      ...named("property").map((element) => propertyOf(element, required(element)("name"))),
      ...named("method").map((element) => methodOf(element.tag.attributes, required(element)("name"))),
    ],
    events: named("event").map((element) => required(element)("name")),
    scripts: of("script").map((element) => scriptOf(element.tag, element.code, lineOf(element))),
    objects: of("object").map((element) => objectOf(element.tag, lineOf(element), required(element))),
    references: of("reference").map((element) =>
      referenceOf(element.tag, lineOf(element), required(element))
    ),
    resources: new Map(of("resource").map((element) => [required(element)("id"), element.text])),
  };
}

function propertyOf({ tag, children }: Element, name: string): ComponentProperty {
  const procedure = (kind: "get" | "put"): string | undefined => {
    const element = children.find((child) => child.tag.name === kind);
    return element === undefined
      ? undefined
      : element.tag.attributes.get("internalname") ?? `${kind}_${name}`;
  };
  const variable = children.length > 0 ? undefined : tag.attributes.get("internalname") ?? name;
  return {
    kind: "property",
    name,
    isDefault: isDefault(tag.attributes),
    variable,
    get: procedure("get"),
    put: procedure("put"),
  };
}

function methodOf(attributes: Attributes, name: string): ComponentMethod {
  const procedure = attributes.get("internalname") ?? name;
  return { kind: "method", name, isDefault: isDefault(attributes), procedure };
}

/** DISPID 0 is the default member. */
function isDefault(attributes: Attributes): boolean {
  return Number(attributes.get("dispid") ?? NaN) === 0;
}
