/**
 * Match patterns (XSLT 1.0, section 5.2), read as paths and followed backwards: from a node towards the root.
 *
 * @module
 */
import { NODE, type XmlNode } from "../tree.ts";
import { parentOf } from "../xpath/axes.ts";
import type { Environment, Expression, Focus } from "../xpath/expression.ts";
import { FunctionCall } from "../xpath/functions.ts";
import { parseXPath, type StaticContext } from "../xpath/parser.ts";
import { Path, Root, type Step, Union } from "../xpath/path.ts";
import { booleanOf } from "../xpath/value.ts";
import { xsltError } from "./names.ts";

/** One of the alternatives that `|` parts. */
export class Pattern {
  /** The type of the nodes that match, where it is one. */
  readonly nodeType: number | undefined;
  /** The name of the nodes that match, where it is one. */
  readonly localName: string | undefined;
  /** Section 5.5. */
  readonly defaultPriority: number;
  readonly #start: Expression | undefined;
  readonly #steps: readonly Step[];
  /** Which children of a node a step selects, where their places count: in each run, of the node that was asked of last. */
  readonly #selected = new WeakMap<Environment, { parent: XmlNode; nodes: ReadonlySet<XmlNode> }[]>();

  constructor(start: Expression | undefined, steps: readonly Step[]) {
    this.#start = start;
    this.#steps = steps;
    const last = steps[steps.length - 1];
    this.nodeType = last === undefined
      ? (start instanceof Root ? NODE.document : undefined)
      : last.test.nodeType;
    this.localName = last?.test.localName;
    const isSimple = start === undefined && steps.length === 1 && last!.predicates.length === 0;
    this.defaultPriority = isSimple ? last!.test.priority : 0.5;
  }

  /** @param focus whose environment is one object as long as nothing changes */
  matches(node: XmlNode, focus: Focus): boolean {
    return this.#leadsTo(this.#steps.length - 1, node, focus);
  }

  /** Whether the steps up to one of them lead to a node. */
  #leadsTo(index: number, node: XmlNode, focus: Focus): boolean {
    const step = this.#steps[index];
    if (step === undefined) return this.#startsAt(node, focus);
    if (step.axis === "descendant-or-self") return this.#leadsToSome(index - 1, node, focus);
    if (!step.test.matches(node)) return false;
    const isAttribute = node.nodeType === NODE.attribute;
    if (isAttribute !== (step.axis === "attribute") || node.nodeType === NODE.document) return false;
    const parent = parentOf(node);
    if (step.predicates.length > 0 && !this.#passes(index, node, parent, focus)) return false;
    if (index === 0 && this.#start === undefined) return true;
    if (parent === null) return false;
    return step.axis === "descendant"
      ? this.#leadsToSome(index - 1, parent, focus)
      : this.#leadsTo(index - 1, parent, focus);
  }

  /** Whether they lead to a node or one that it is in. */
  #leadsToSome(index: number, node: XmlNode, focus: Focus): boolean {
    for (let at: XmlNode | null = node; at !== null; at = parentOf(at)) {
      if (this.#leadsTo(index, at, focus)) return true;
    }
    return false;
  }

  #startsAt(node: XmlNode, focus: Focus): boolean {
    const start = this.#start;
    if (start === undefined) return true;
    if (start instanceof Root) return parentOf(node) === null && node.nodeType !== NODE.element;
    return start.nodes({ node, position: 1, size: 1, environment: focus.environment }).includes(node);
  }

  #passes(index: number, node: XmlNode, parent: XmlNode | null, focus: Focus): boolean {
    const step = this.#steps[index]!;
    const inner: Focus = { node, position: 1, size: 1, environment: focus.environment };
    if (!step.isPositional || parent === null) {
      return step.predicates.every((predicate) => booleanOf(predicate.evaluate(inner)));
    }
    let selected = this.#selected.get(focus.environment);
    if (selected === undefined) this.#selected.set(focus.environment, selected = []);
    if (selected[index]?.parent !== parent) {
      selected[index] = { parent, nodes: new Set(step.select(parent, focus)) };
    }
    return selected[index]!.nodes.has(node);
  }
}

/** The alternatives of a pattern. @throws AutomationError for an expression that is none */
export function parsePattern(text: string, context: StaticContext, element: XmlNode): Pattern[] {
  const patterns: Pattern[] = [];
  const add = (expression: Expression): void => {
    if (expression instanceof Union) {
      add(expression.one);
      add(expression.other);
      return;
    }
    const pattern = patternOf(expression);
    if (pattern === undefined) throw xsltError(`"${text}" is an expression and no pattern`, element);
    patterns.push(pattern);
  };
  add(parseXPath(text, context));
  return patterns;
}

function patternOf(expression: Expression): Pattern | undefined {
  if (expression instanceof Root || isKeyOrId(expression)) return new Pattern(expression, []);
  if (!(expression instanceof Path)) return undefined;
  const { start, steps } = expression;
  if (start !== undefined && !(start instanceof Root) && !isKeyOrId(start)) return undefined;
  const isPattern = steps.every(({ axis, predicates }) =>
    axis === "child" || axis === "attribute" || axis === "descendant" ||
    (axis === "descendant-or-self" && predicates.length === 0)
  );
  return isPattern ? new Pattern(start, steps) : undefined;
}

function isKeyOrId(expression: Expression): boolean {
  return expression instanceof FunctionCall && (expression.name === "key" || expression.name === "id");
}
