/** The values of XPath 1.0 and how each becomes another one (section 4, "Core Function Library"). @module */
import { NODE, type XmlNode } from "../tree.ts";

/** What a style sheet made and keeps in a variable: a tree that counts as a text until msxsl:node-set makes nodes of it. */
export class TreeFragment {
  /** @param root the node above what was made. */
  constructor(readonly root: XmlNode) {}
}

/** What an expression can be; nodes stand in the order of the document. */
export type Value = string | number | boolean | readonly XmlNode[] | TreeFragment;

/** What is known of a value before an expression is evaluated. */
export type ValueType = "string" | "number" | "boolean" | "nodes" | "any";

/** An expression that cannot be read or evaluated. */
export class XPathError extends Error {
  override readonly name = "XPathError";
}

/** The text of a node (XPath 1.0, section 5): that of all texts in it, or its own. */
export function stringOfNode(node: XmlNode): string {
  if (node.nodeValue !== null) return node.nodeType === NODE.doctype ? "" : node.nodeValue;
  const { firstChild } = node;
  if (firstChild === null) return "";
  if (firstChild.nextSibling === null && isText(firstChild)) return firstChild.nodeValue!;
  let text = "";
  let at: XmlNode = firstChild;
  while (true) {
    if (isText(at)) text += at.nodeValue!;
    if (at.firstChild !== null) {
      at = at.firstChild;
      continue;
    }
    while (at.nextSibling === null) {
      at = at.parentNode!;
      if (at === node) return text;
    }
    at = at.nextSibling;
  }
}

function isText({ nodeType }: XmlNode): boolean {
  return nodeType === NODE.text || nodeType === NODE.cdata;
}

/** What `string()` makes of a value. */
export function stringOf(value: Value): string {
  switch (typeof value) {
    case "string":
      return value;
    case "number":
      return stringOfNumber(value);
    case "boolean":
      return String(value);
  }
  if (value instanceof TreeFragment) return stringOfNode(value.root);
  return value.length === 0 ? "" : stringOfNode(value[0]!);
}

/** The decimal digits of a number, never with an exponent. */
export function stringOfNumber(value: number): string {
  if (value === 0) return "0"; // also −0
  const text = String(value);
  const found = /^(-?)(\d)(?:\.(\d+))?e([+-]\d+)$/.exec(text);
  if (found === null) return text;
  const [, sign, first, rest = "", exponent] = found;
  const digits = first! + rest;
  const point = Number(exponent) + 1;
  if (point <= 0) return `${sign}0.${"0".repeat(-point)}${digits}`;
  return `${sign}${digits.padEnd(point, "0")}`;
}

/** What `number()` makes of a value. */
export function numberOf(value: Value): number {
  if (typeof value === "number") return value;
  if (typeof value === "boolean") return value ? 1 : 0;
  return numberOfString(typeof value === "string" ? value : stringOf(value));
}

/** The number that a text is, or NaN. */
export function numberOfString(text: string): number {
  return /^[ \t\r\n]*-?(?:\d+(?:\.\d*)?|\.\d+)[ \t\r\n]*$/.test(text) ? Number(text) : NaN;
}

/** What `boolean()` makes of a value. */
export function booleanOf(value: Value): boolean {
  switch (typeof value) {
    case "boolean":
      return value;
    case "number":
      return value !== 0 && !Number.isNaN(value);
    case "string":
      return value !== "";
  }
  return value instanceof TreeFragment || value.length > 0;
}
