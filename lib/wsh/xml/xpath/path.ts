/**
 * Paths: steps along axes, from the node in focus, from the root, or from what another expression means.
 *
 * Theory of operation. Each step makes one list of another. Where no node of a list is in another one of it, the lists of
 * children, joined, are in the order of the document already; elsewhere the order is looked at, and made where it is not.
 *
 * @module
 */
import { rootOf, type XmlNode } from "../tree.ts";
import { AXES, type Axis, type AxisName, type NodeTest } from "./axes.ts";
import { Expression, filtered, type Focus, isPositional, Literal } from "./expression.ts";
import { inDocumentOrder } from "./order.ts";
import type { Value } from "./value.ts";

/** A test of nodes, and what is known of those that pass. */
export interface StepTest {
  readonly matches: NodeTest;
  /** The type that they have, if it is one. */
  readonly nodeType?: number;
  /** The name that they have, if it is one. */
  readonly localName?: string;
  /** How narrow it is: the default priority of a pattern (XSLT 1.0, section 5.5). */
  readonly priority: number;
}

/** One step of a path. */
export class Step {
  readonly #axis: Axis;
  /** How many nodes can pass at most, by a first predicate that is a number. */
  readonly #max: number;

  constructor(readonly axis: AxisName, readonly test: StepTest, readonly predicates: readonly Expression[]) {
    this.#axis = AXES[axis];
    const [first] = predicates;
    const place = first instanceof Literal ? first.value : undefined;
    this.#max = typeof place === "number" ? Math.max(0, place) : Infinity;
  }

  get isPositional(): boolean {
    return this.predicates.some(isPositional);
  }

  /** The nodes of a step from one node, in the order of the document. */
  select(node: XmlNode, focus: Focus): XmlNode[] {
    focus.environment.tick();
    let found: XmlNode[] = [];
    this.#axis.collect(node, this.test.matches, found, this.#max);
    for (const predicate of this.predicates) {
      if (found.length === 0) return found;
      found = filtered(found, predicate, focus);
    }
    return this.#axis.isReverse ? found.reverse() : found;
  }
}

/** What is known of a list of nodes. */
interface Known {
  /** Whether it is in the order of the document, each node once. */
  readonly isSorted: boolean;
  /** Whether no node of it is in another one of it. */
  readonly isFlat: boolean;
}

/** What is known after a step from several nodes that are in order. */
function knownAfter(axis: AxisName, { isFlat }: Known): Known {
  switch (axis) {
    case "self":
      return { isSorted: true, isFlat };
    case "attribute":
    case "namespace":
      return { isSorted: true, isFlat: true };
    case "child":
      return { isSorted: isFlat, isFlat };
    case "descendant":
    case "descendant-or-self":
      return { isSorted: isFlat, isFlat: false };
  }
  return { isSorted: false, isFlat: false };
}

/** A path. */
export class Path extends Expression {
  readonly type = "nodes";

  /** @param start from where it goes; undefined for the node in focus. */
  constructor(readonly start: Expression | undefined, readonly steps: readonly Step[]) {
    super();
  }

  get usesPosition(): boolean {
    return this.start?.usesPosition ?? false;
  }

  override evaluate(focus: Focus): Value {
    return this.nodes(focus);
  }

  override nodes(focus: Focus): readonly XmlNode[] {
    let nodes: readonly XmlNode[] = this.start === undefined ? [focus.node] : this.start.nodes(focus);
    let known: Known = { isSorted: true, isFlat: nodes.length < 2 };
    for (const step of this.steps) {
      if (nodes.length === 0) return nodes;
      if (nodes.length === 1) {
        nodes = step.select(nodes[0]!, focus);
        known = { isSorted: true, isFlat: isFlatFromOne(step.axis) };
        continue;
      }
      const found: XmlNode[] = [];
      for (const node of nodes) for (const one of step.select(node, focus)) found.push(one);
      known = knownAfter(step.axis, known);
      nodes = known.isSorted ? found : inDocumentOrder(found);
    }
    return nodes;
  }

  override boolean(focus: Focus): boolean {
    return this.nodes(focus).length > 0;
  }
}

/** Whether no node that an axis has at one node is in another one. */
function isFlatFromOne(axis: AxisName): boolean {
  return ["child", "self", "parent", "attribute", "namespace", "following-sibling", "preceding-sibling"]
    .includes(
      axis,
    );
}

/** The root of the tree in which the node in focus is. */
export class Root extends Expression {
  readonly type = "nodes";
  readonly usesPosition = false;

  override evaluate(focus: Focus): Value {
    return [rootOf(focus.node)];
  }
}

/** An expression with predicates, whose positions are those in the order of the document. */
export class Filter extends Expression {
  readonly type = "nodes";

  constructor(readonly base: Expression, readonly predicates: readonly Expression[]) {
    super();
  }

  get usesPosition(): boolean {
    return this.base.usesPosition;
  }

  override evaluate(focus: Focus): Value {
    let nodes = this.base.nodes(focus);
    for (const predicate of this.predicates) nodes = filtered(nodes, predicate, focus);
    return nodes;
  }
}

/** The nodes of two expressions. */
export class Union extends Expression {
  readonly type = "nodes";

  constructor(readonly one: Expression, readonly other: Expression) {
    super();
  }

  get usesPosition(): boolean {
    return this.one.usesPosition || this.other.usesPosition;
  }

  override evaluate(focus: Focus): Value {
    return inDocumentOrder([...this.one.nodes(focus), ...this.other.nodes(focus)]);
  }
}
