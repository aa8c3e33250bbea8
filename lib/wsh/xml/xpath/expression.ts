/**
 * What every XPath expression is: an object that was made once from its text and is evaluated at any node.
 *
 * Theory of operation. The parser makes these objects and nothing between: each knows its type where that can be known, and
 * whether it asks for its place among the nodes around, so that paths can be walked in one go where it does not. Operators
 * ask their operands for the type that they need.
 *
 * @module
 */
import type { XmlNode } from "../tree.ts";
import {
  booleanOf,
  numberOf,
  stringOf,
  TreeFragment,
  type Value,
  type ValueType,
  XPathError,
} from "./value.ts";

/** What surrounds an evaluation as a whole. */
export interface Environment {
  /** Counts work, and throws when the script shall end. */
  tick(): void;
}

/** At what an expression is evaluated: XPath's context. */
export interface Focus {
  node: XmlNode;
  /** From 1. */
  position: number;
  size: number;
  readonly environment: Environment;
}

/** An expression. */
export abstract class Expression {
  abstract readonly type: ValueType;
  /** Whether position() or last() of its own focus is in it. */
  abstract readonly usesPosition: boolean;

  abstract evaluate(focus: Focus): Value;

  /** The nodes that it means, in the order of the document. @throws XPathError where it means none */
  nodes(focus: Focus): readonly XmlNode[] {
    const value = this.evaluate(focus);
    if (Array.isArray(value)) return value;
    throw new XPathError(
      value instanceof TreeFragment
        ? "A result tree fragment is no list of nodes; msxsl:node-set() makes one of it"
        : `Nodes are wanted, not a ${typeof value}`,
    );
  }

  string(focus: Focus): string {
    return stringOf(this.evaluate(focus));
  }

  number(focus: Focus): number {
    return numberOf(this.evaluate(focus));
  }

  boolean(focus: Focus): boolean {
    return booleanOf(this.evaluate(focus));
  }
}

/** A text or number as it stands. */
export class Literal extends Expression {
  readonly type: "string" | "number";
  readonly usesPosition = false;

  constructor(readonly value: string | number) {
    super();
    this.type = typeof value as "string" | "number";
  }

  override evaluate(): Value {
    return this.value;
  }
}

/** The nodes of a list that a predicate lets pass; their order is that of its positions. */
export function filtered(nodes: readonly XmlNode[], predicate: Expression, focus: Focus): XmlNode[] {
  if (predicate instanceof Literal && typeof predicate.value === "number") {
    const node = nodes[predicate.value - 1];
    return node === undefined ? [] : [node];
  }
  const found: XmlNode[] = [];
  const inner: Focus = { node: focus.node, position: 0, size: nodes.length, environment: focus.environment };
  for (const node of nodes) {
    inner.node = node;
    inner.position++;
    if (passes(predicate, inner)) found.push(node);
  }
  return found;
}

/** Whether a predicate lets the node in focus pass: a number is a position. */
function passes(predicate: Expression, focus: Focus): boolean {
  switch (predicate.type) {
    case "number":
      return predicate.number(focus) === focus.position;
    case "any": {
      const value = predicate.evaluate(focus);
      return typeof value === "number" ? value === focus.position : booleanOf(value);
    }
  }
  return predicate.boolean(focus);
}

/** Whether what a predicate says hangs on the places of nodes in their list. */
export function isPositional(predicate: Expression): boolean {
  return predicate.usesPosition || predicate.type === "number" || predicate.type === "any";
}
