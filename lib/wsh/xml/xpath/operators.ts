/** The operators of XPath 1.0 (sections 3.4 and 3.5). @module */
import { Expression, type Focus } from "./expression.ts";
import { booleanOf, numberOf, numberOfString, stringOfNode, TreeFragment, type Value } from "./value.ts";

/** What compares two values. */
export type Comparison = "=" | "!=" | "<" | "<=" | ">" | ">=";

abstract class Binary extends Expression {
  constructor(readonly left: Expression, readonly right: Expression) {
    super();
  }

  get usesPosition(): boolean {
    return this.left.usesPosition || this.right.usesPosition;
  }
}

/** `or` and `and`. */
export class Logical extends Binary {
  readonly type = "boolean";

  constructor(readonly operator: "or" | "and", left: Expression, right: Expression) {
    super(left, right);
  }

  override evaluate(focus: Focus): Value {
    return this.boolean(focus);
  }

  override boolean(focus: Focus): boolean {
    const left = this.left.boolean(focus);
    return left === (this.operator === "or") ? left : this.right.boolean(focus);
  }
}

/** `+`, `-`, `*`, `div` and `mod`. */
export class Arithmetic extends Binary {
  readonly type = "number";

  constructor(readonly operator: "+" | "-" | "*" | "div" | "mod", left: Expression, right: Expression) {
    super(left, right);
  }

  override evaluate(focus: Focus): Value {
    return this.number(focus);
  }

  override number(focus: Focus): number {
    const left = this.left.number(focus);
    const right = this.right.number(focus);
    switch (this.operator) {
      case "+":
        return left + right;
      case "-":
        return left - right;
      case "*":
        return left * right;
      case "div":
        return left / right;
      case "mod":
        return left % right;
    }
  }
}

/** A minus before a number. */
export class Negation extends Expression {
  readonly type = "number";

  constructor(readonly operand: Expression) {
    super();
  }

  get usesPosition(): boolean {
    return this.operand.usesPosition;
  }

  override evaluate(focus: Focus): Value {
    return -this.operand.number(focus);
  }
}

/** `=`, `!=`, `<` and the others: of nodes, whether any of them makes it true. */
export class Compared extends Binary {
  readonly type = "boolean";

  constructor(readonly operator: Comparison, left: Expression, right: Expression) {
    super(left, right);
  }

  override evaluate(focus: Focus): Value {
    return compare(this.operator, this.left.evaluate(focus), this.right.evaluate(focus));
  }
}

const MIRRORED: Readonly<Record<Comparison, Comparison>> = {
  "=": "=",
  "!=": "!=",
  "<": ">",
  "<=": ">=",
  ">": "<",
  ">=": "<=",
};

/** The texts of nodes; undefined for a value that is no nodes. */
function textsOf(value: Value): readonly string[] | undefined {
  if (value instanceof TreeFragment) return [stringOfNode(value.root)];
  return typeof value === "object" ? value.map(stringOfNode) : undefined;
}

function compare(operator: Comparison, left: Value, right: Value): boolean {
  const isEquality = operator === "=" || operator === "!=";
  if (typeof left === "boolean" || typeof right === "boolean") {
    if (isEquality) return (booleanOf(left) === booleanOf(right)) === (operator === "=");
    return holds(operator, besideBoolean(left), besideBoolean(right));
  }
  const lefts = textsOf(left);
  const rights = textsOf(right);
  if (lefts !== undefined && rights !== undefined) return compareTexts(operator, lefts, rights);
  if (lefts !== undefined) return compareToOne(operator, lefts, right as string | number);
  if (rights !== undefined) return compareToOne(MIRRORED[operator], rights, left as string | number);
  if (isEquality && typeof left === "string" && typeof right === "string") {
    return (left === right) === (operator === "=");
  }
  return holds(operator, numberOf(left), numberOf(right));
}

/** A value as a number, compared with a truth: of nodes it counts whether there are any. */
function besideBoolean(value: Value): number {
  return typeof value === "object" ? Number(booleanOf(value)) : numberOf(value);
}

function compareTexts(operator: Comparison, lefts: readonly string[], rights: readonly string[]): boolean {
  if (lefts.length === 0 || rights.length === 0) return false;
  if (operator === "=") {
    const known = new Set(rights);
    return lefts.some((text) => known.has(text));
  }
  if (operator === "!=") return new Set([...lefts, ...rights]).size > 1;
  // One number is enough of each side: the least or the greatest.
  const extreme = (texts: readonly string[], least: boolean): number => {
    const numbers = texts.map(numberOfString).filter((number) => !Number.isNaN(number));
    return numbers.reduce(
      (best, number) => (least ? number < best : number > best) ? number : best,
      numbers[0] ?? NaN,
    );
  };
  const isLess = operator === "<" || operator === "<=";
  return holds(operator, extreme(lefts, isLess), extreme(rights, !isLess));
}

function compareToOne(operator: Comparison, texts: readonly string[], value: string | number): boolean {
  if (typeof value === "string" && (operator === "=" || operator === "!=")) {
    return texts.some((text) => (text === value) === (operator === "="));
  }
  const number = numberOf(value);
  return texts.some((text) => holds(operator, numberOfString(text), number));
}

function holds(operator: Comparison, left: number, right: number): boolean {
  switch (operator) {
    case "=":
      return left === right;
    case "!=":
      return left !== right;
    case "<":
      return left < right;
    case "<=":
      return left <= right;
    case ">":
      return left > right;
    case ">=":
      return left >= right;
  }
}
