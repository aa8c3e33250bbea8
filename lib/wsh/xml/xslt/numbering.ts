/** `xsl:number` (XSLT 1.0, section 7.7): counting nodes, and writing numbers as 1, a, A, i or I. @module */
import { NODE, type XmlNode } from "../tree.ts";
import { parentOf } from "../xpath/axes.ts";
import type { Expression } from "../xpath/expression.ts";
import type { Instruction, Machine, Scope } from "./machine.ts";
import { xsltError } from "./names.ts";
import type { Pattern } from "./patterns.ts";

/** What an `xsl:number` says. */
export interface Numbering {
  readonly level: "single" | "multiple" | "any";
  /** Undefined for the nodes of the same name as the one that is numbered. */
  readonly count?: readonly Pattern[];
  readonly from?: readonly Pattern[];
  readonly value?: Expression;
  readonly format: Expression;
  readonly groupingSeparator?: Expression;
  readonly groupingSize?: Expression;
}

/** Writes the number of a node. */
export class NumberInstruction implements Instruction {
  constructor(readonly numbering: Numbering) {}

  execute(scope: Scope, machine: Machine): void {
    const { numbering } = this;
    const numbers = numbering.value === undefined
      ? this.#count(scope.node, scope)
      : [Math.floor(numbering.value.number(scope) + 0.5)];
    const size = numbering.groupingSize?.number(scope) ?? 0;
    const separator = numbering.groupingSeparator?.string(scope) ?? "";
    machine.result.text(
      formatNumbers(numbers, numbering.format.string(scope), separator === "" ? 0 : size, separator),
      false,
    );
  }

  #count(node: XmlNode, scope: Scope): number[] {
    const { level, count, from } = this.numbering;
    const focus = scope.machine.patternScope;
    const isFrom = (one: XmlNode): boolean => from?.some((pattern) => pattern.matches(one, focus)) ?? false;
    const isCounted = count === undefined
      ? (one: XmlNode): boolean =>
        one.nodeType === node.nodeType && one.localName === node.localName &&
        one.namespaceURI === node.namespaceURI
      : (one: XmlNode): boolean => count.some((pattern) => pattern.matches(one, focus));
    if (level === "any") {
      return [this.#before(node, isCounted, isFrom, { scope, isAny: true })];
    }
    const numbers: number[] = [];
    for (let at: XmlNode | null = node; at !== null; at = parentOf(at)) {
      if (isCounted(at)) {
        numbers.unshift(this.#before(at, isCounted, () => false, { scope, isAny: false }));
        if (level === "single") break;
      }
      if (from !== undefined && at !== node && isFrom(at)) break;
    }
    return numbers;
  }

  /** How many nodes count up to one: among its siblings, or all before it. What is known of earlier ones is used. */
  #before(
    node: XmlNode,
    isCounted: (node: XmlNode) => boolean,
    isFrom: (node: XmlNode) => boolean,
    { scope, isAny }: { readonly scope: Scope; readonly isAny: boolean },
  ): number {
    const { machine } = scope;
    const numbers = machine.numbersOf(this);
    const hasPattern = this.numbering.count !== undefined;
    let number = 0;
    for (let at: XmlNode | null = node; at !== null; at = isAny ? previous(at) : at.previousSibling) {
      machine.tick();
      if (at !== node && isFrom(at)) break;
      // Without a pattern it hangs on the node which ones count: what is known is so of nodes of its name.
      const known = hasPattern || isCounted(at) ? numbers.get(at) : undefined;
      if (known !== undefined) {
        number += known;
        break;
      }
      if (isCounted(at)) number++;
    }
    if (hasPattern || isCounted(node)) numbers.set(node, number);
    return number;
  }
}

/** The node before a node in the document, or the one that it is in. */
function previous(node: XmlNode): XmlNode | null {
  if (node.nodeType === NODE.attribute) return node.ownerElement;
  let at = node.previousSibling;
  if (at === null) return node.parentNode;
  while (at.lastChild !== null) at = at.lastChild;
  return at;
}

/** Numbers as a format has them (section 7.7.1). */
function formatNumbers(
  numbers: readonly number[],
  format: string,
  groupSize: number,
  separator: string,
): string {
  const pieces = format.match(/[\p{L}\p{N}]+|[^\p{L}\p{N}]+/gu) ?? [];
  const isToken = (piece: string | undefined): boolean => piece !== undefined && /^[\p{L}\p{N}]/u.test(piece);
  const prefix = isToken(pieces[0]) ? "" : pieces.shift() ?? "";
  const suffix = pieces.length > 0 && !isToken(pieces[pieces.length - 1]) ? pieces.pop()! : "";
  const tokens = pieces.filter(isToken);
  const separators = pieces.filter((piece) => !isToken(piece));
  if (numbers.length === 0) return prefix + suffix;
  const texts = numbers.map((number, index) => {
    const token = tokens[Math.min(index, tokens.length - 1)] ?? "1";
    const before = index === 0 ? "" : separators[Math.min(index, separators.length) - 1] ?? ".";
    return before + formatOne(number, token, groupSize, separator);
  });
  return prefix + texts.join("") + suffix;
}

function formatOne(number: number, token: string, groupSize: number, separator: string): string {
  if (!Number.isFinite(number)) return String(number);
  if (number >= 1) {
    switch (token) {
      case "a":
      case "A":
        return letters(number, token);
      case "i":
        return roman(number).toLowerCase();
      case "I":
        return roman(number);
    }
  }
  const width = /^0*1$/.test(token) ? token.length : 1;
  const digits = (number < 0 ? "-" : "") + BigInt(Math.abs(number)).toString().padStart(width, "0");
  if (!(groupSize > 0)) return digits;
  return digits.replace(new RegExp(`\\B(?=(?:\\d{${Math.floor(groupSize)}})+$)`, "g"), () => separator);
}

/** a, b … z, aa, ab … */
function letters(number: number, first: "a" | "A"): string {
  let text = "";
  for (let rest = number; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    text = String.fromCharCode(first.charCodeAt(0) + (rest - 1) % 26) + text;
  }
  return text;
}

const ROMAN: readonly (readonly [number, string])[] = [
  [1000, "M"],
  [900, "CM"],
  [500, "D"],
  [400, "CD"],
  [100, "C"],
  [90, "XC"],
  [50, "L"],
  [40, "XL"],
  [10, "X"],
  [9, "IX"],
  [5, "V"],
  [4, "IV"],
  [1, "I"],
];

/** The greatest number that the Romans' letters reach without a new one. */
const ROMAN_MAX = 4999;

function roman(number: number): string {
  if (number > ROMAN_MAX) return String(number);
  let rest = number;
  let text = "";
  for (const [value, letter] of ROMAN) {
    text += letter.repeat(Math.floor(rest / value));
    rest %= value;
  }
  return text;
}

/** The level of an `xsl:number`. @throws AutomationError for one that there is not */
export function levelOf(text: string, element: XmlNode): Numbering["level"] {
  if (text === "single" || text === "multiple" || text === "any") return text;
  throw xsltError(`level is single, multiple or any, not "${text}"`, element);
}
