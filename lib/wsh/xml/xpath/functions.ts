/** The functions of XPath 1.0 (section 4, "Core Function Library"). @module */
import { NODE, XML_NAMESPACE, type XmlNode } from "../tree.ts";
import { parentOf } from "./axes.ts";
import { Expression, type Focus } from "./expression.ts";
import { inDocumentOrder } from "./order.ts";
import { numberOfString, stringOf, stringOfNode, type Value, type ValueType, XPathError } from "./value.ts";

/** A function: what it takes and gives. */
export interface XPathFunction {
  readonly type: ValueType;
  /** How many arguments it takes at least, and at most. */
  readonly arity: readonly [min: number, max: number];
  /** Whether it asks for the place of the node in focus. */
  readonly usesPosition?: boolean;
  call(args: readonly Expression[], focus: Focus): Value;
}

/** A call of a function. */
export class FunctionCall extends Expression {
  readonly type: ValueType;
  readonly usesPosition: boolean;

  /** @throws XPathError for a number of arguments that the function does not take */
  constructor(readonly name: string, readonly target: XPathFunction, readonly args: readonly Expression[]) {
    super();
    const [min, max] = target.arity;
    if (args.length < min || args.length > max) {
      const wanted = min === max ? String(min) : max === Infinity ? `${min} or more` : `${min} to ${max}`;
      throw new XPathError(`The function ${name}() takes ${wanted} arguments, not ${args.length}`);
    }
    this.type = target.type;
    this.usesPosition = target.usesPosition === true || args.some((one) => one.usesPosition);
  }

  override evaluate(focus: Focus): Value {
    return this.target.call(this.args, focus);
  }
}

/** The first node of an argument, or the node in focus if there is none. */
function firstNode(args: readonly Expression[], focus: Focus): XmlNode | undefined {
  return args.length === 0 ? focus.node : args[0]!.nodes(focus)[0];
}

function textOrFocus(args: readonly Expression[], focus: Focus): string {
  return args.length === 0 ? stringOfNode(focus.node) : args[0]!.string(focus);
}

/** Whether a node has a name: the root, texts and comments have none. */
function isNamed({ nodeType }: XmlNode): boolean {
  return nodeType === NODE.element || nodeType === NODE.attribute || nodeType === NODE.instruction ||
    nodeType === NODE.namespace;
}

function elementsOfIds(node: XmlNode, text: string): XmlNode[] {
  const ids = new Set(text.split(/[ \t\r\n]+/).filter((id) => id !== ""));
  return [...ids].map((id) => node.home.getElementById(id)).filter((element) => element !== null);
}

/** Rounds halves towards positive infinity, as section 4.4 has it. */
function rounded(value: number): number {
  return Number.isFinite(value) ? Math.floor(value + 0.5) : value;
}

function isInLanguage(node: XmlNode, wanted: string): boolean {
  for (let at: XmlNode | null = node; at !== null; at = parentOf(at)) {
    const language = at.attributes?.list.find((one) =>
      one.localName === "lang" && one.namespaceURI === XML_NAMESPACE
    );
    if (language === undefined) continue;
    const said = language.nodeValue!.toLowerCase();
    return said === wanted.toLowerCase() || said.startsWith(`${wanted.toLowerCase()}-`);
  }
  return false;
}

function translated(text: string, from: string, to: string): string {
  const targets = [...to];
  const map = new Map<string, string>();
  [...from].forEach((character, index) => {
    if (!map.has(character)) map.set(character, targets[index] ?? "");
  });
  let result = "";
  for (const character of text) result += map.get(character) ?? character;
  return result;
}

/** Functions by their names. */
export const CORE_FUNCTIONS: ReadonlyMap<string, XPathFunction> = new Map<string, XPathFunction>([
  ["last", { type: "number", arity: [0, 0], usesPosition: true, call: (_, { size }) => size }],
  ["position", { type: "number", arity: [0, 0], usesPosition: true, call: (_, { position }) => position }],
  ["count", { type: "number", arity: [1, 1], call: ([nodes], focus) => nodes!.nodes(focus).length }],
  ["id", {
    type: "nodes",
    arity: [1, 1],
    call([ids], focus): Value {
      const value = ids!.evaluate(focus);
      const text = Array.isArray(value) ? value.map(stringOfNode).join(" ") : stringOf(value);
      return inDocumentOrder(elementsOfIds(focus.node, text));
    },
  }],
  ["local-name", {
    type: "string",
    arity: [0, 1],
    call(args, focus): Value {
      const node = firstNode(args, focus);
      return node === undefined || !isNamed(node) ? "" : node.localName;
    },
  }],
  ["namespace-uri", {
    type: "string",
    arity: [0, 1],
    call: (args, focus) => firstNode(args, focus)?.namespaceURI ?? "",
  }],
  ["name", {
    type: "string",
    arity: [0, 1],
    call(args, focus): Value {
      const node = firstNode(args, focus);
      return node === undefined || !isNamed(node) ? "" : node.nodeName;
    },
  }],
  ["string", { type: "string", arity: [0, 1], call: textOrFocus }],
  ["concat", {
    type: "string",
    arity: [2, Infinity],
    call: (args, focus) => args.map((one) => one.string(focus)).join(""),
  }],
  ["starts-with", {
    type: "boolean",
    arity: [2, 2],
    call: ([text, start], focus) => text!.string(focus).startsWith(start!.string(focus)),
  }],
  ["contains", {
    type: "boolean",
    arity: [2, 2],
    call: ([text, part], focus) => text!.string(focus).includes(part!.string(focus)),
  }],
  ["substring-before", {
    type: "string",
    arity: [2, 2],
    call([whole, part], focus): Value {
      const text = whole!.string(focus);
      return text.slice(0, Math.max(0, text.indexOf(part!.string(focus))));
    },
  }],
  ["substring-after", {
    type: "string",
    arity: [2, 2],
    call([whole, part], focus): Value {
      const text = whole!.string(focus);
      const mark = part!.string(focus);
      const at = text.indexOf(mark);
      return at < 0 ? "" : text.slice(at + mark.length);
    },
  }],
  ["substring", {
    type: "string",
    arity: [2, 3],
    call([whole, start, length], focus): Value {
      const first = rounded(start!.number(focus));
      const end = length === undefined ? Infinity : first + rounded(length.number(focus));
      if (Number.isNaN(first) || Number.isNaN(end)) return "";
      return whole!.string(focus).slice(Math.max(0, first - 1), Math.max(0, end - 1));
    },
  }],
  ["string-length", {
    type: "number",
    arity: [0, 1],
    call: (args, focus) => textOrFocus(args, focus).length,
  }],
  ["normalize-space", {
    type: "string",
    arity: [0, 1],
    call: (args, focus) => textOrFocus(args, focus).replace(/[ \t\r\n]+/g, " ").replace(/^ | $/g, ""),
  }],
  ["translate", {
    type: "string",
    arity: [3, 3],
    call: ([text, from, to], focus) =>
      translated(text!.string(focus), from!.string(focus), to!.string(focus)),
  }],
  ["boolean", { type: "boolean", arity: [1, 1], call: ([value], focus) => value!.boolean(focus) }],
  ["not", { type: "boolean", arity: [1, 1], call: ([value], focus) => !value!.boolean(focus) }],
  ["true", { type: "boolean", arity: [0, 0], call: () => true }],
  ["false", { type: "boolean", arity: [0, 0], call: () => false }],
  ["lang", {
    type: "boolean",
    arity: [1, 1],
    call: ([language], focus) => isInLanguage(focus.node, language!.string(focus)),
  }],
  ["number", {
    type: "number",
    arity: [0, 1],
    call: ([value], focus) =>
      value === undefined ? numberOfString(stringOfNode(focus.node)) : value.number(focus),
  }],
  ["sum", {
    type: "number",
    arity: [1, 1],
    call: ([nodes], focus) =>
      nodes!.nodes(focus).reduce((sum, node) => sum + numberOfString(stringOfNode(node)), 0),
  }],
  ["floor", { type: "number", arity: [1, 1], call: ([value], focus) => Math.floor(value!.number(focus)) }],
  ["ceiling", { type: "number", arity: [1, 1], call: ([value], focus) => Math.ceil(value!.number(focus)) }],
  ["round", { type: "number", arity: [1, 1], call: ([value], focus) => rounded(value!.number(focus)) }],
]);
