/** Expressions, conditions and literals. @module */
import type { BinaryOperator, Expression } from "../syntax_tree.ts";
import { callOperand } from "./calls.ts";
import type { Frame } from "./frame.ts";
import { memberCall } from "./members.ts";
import { mangle } from "./names.ts";
import { COMPUTED, M, type Operand, unpack } from "./operand.ts";
import { computed, literalOf, partsOf, snapshotIf, variantOf } from "./operands.ts";
import { arithmetic, compare, concatenate, divide, integral, logic, power } from "./operators.ts";
import { sidesOf } from "./tree_facts.ts";
import { lateName, localsOf, meaningOf, readPlace } from "./variables.ts";

/** Any expression. */
export function expressionOf(frame: Frame, expression: Expression): Operand {
  switch (expression.kind) {
    case "literal":
      return literalOf(frame, expression.value);
    case "name":
      return nameOperand(frame, expression);
    case "parenthesized":
      return expressionOf(frame, expression.inner);
    case "me":
      return { mask: M.object, v: frame.me };
    case "new":
      return newObject(frame, expression);
    case "unary":
      return unary(frame, expression.operator, expression.operand);
    case "binary":
      return binaryChain(frame, expression);
    case "member":
      return memberCall(frame, expression, []);
    case "call":
      return callOperand(frame, expression.callee, expression.args);
  }
}

/** `New name`. */
function newObject(frame: Frame, { name, spelling }: { name: string; spelling: string }): Operand {
  if (name === "regexp") return computed(frame, "R.createRegExp()", M.object);
  if (frame.unit.script.classes.has(name)) {
    return { ...computed(frame, `R.createInstance(H_${mangle(name)}.c)`, M.object), instanceOf: name };
  }
  return computed(frame, `R.createByName(${JSON.stringify(name)}, ${JSON.stringify(spelling)})`, M.object);
}

/** A bare name as a value. */
export function nameOperand(frame: Frame, expression: Expression & { kind: "name" }): Operand {
  const meaning = meaningOf(frame, expression.name);
  switch (meaning.kind) {
    case "variable":
      return readPlace(frame, meaning.place);
    case "constant":
      return literalOf(frame, meaning.value);
    case "late":
      return computed(
        frame,
        `R.lateGet(${lateName(frame, expression.name, expression.spelling)}, ${localsOf(frame)})`,
      );
    case "class":
      return computed(frame, `R.raise(13, ${JSON.stringify(expression.spelling)})`);
    case "binding":
      if (meaning.binding.kind === "object") return literalOf(frame, meaning.binding.value);
      if (meaning.binding.kind === "class") {
        return computed(frame, `R.raise(13, ${JSON.stringify(expression.spelling)})`);
      }
      return callOperand(frame, expression, []);
    case "procedure":
    case "property":
      return callOperand(frame, expression, []);
  }
}

/** A sign, or Not. */
export function unary(frame: Frame, operator: "-" | "+" | "not", operand: Expression): Operand {
  if (operator === "+") return expressionOf(frame, operand);
  const value = expressionOf(frame, operand);
  if (operator === "not") {
    if (value.mask === M.boolean) return { ...value, v: `(!${value.v})` };
    return computed(frame, `R.not(${variantOf(value)})`, COMPUTED);
  }
  if ((value.mask & M.number) === 0) return computed(frame, `R.negate(${variantOf(value)})`, COMPUTED);
  const { n, t, o } = partsOf(frame, value);
  if (/^[0-9.e+]+$/.test(n) && n !== "0") {
    const negated = -Number(n);
    if (value.mask === M.double) return { mask: M.double, n: `(${negated})`, t: "3" };
    return value.mask === M.long && negated === -32768 ? { mask: M.long, n: `(${negated})`, t: "2" } : {
      mask: value.mask,
      n: `(${negated})`,
      t,
    };
  }
  const temp = frame.temp();
  const fast = `${temp.n} = 0 - ${n}; ${
    t === "3" ? "" : `${temp.t} = ${t}; if (${t} !== 3 && (${temp.n} << 16 >> 16) !== ${temp.n}) ` +
      `${temp.t} = (${temp.n} | 0) === ${temp.n} ? 2 : 3;`
  }`;
  if ((value.mask & ~M.number) === 0) {
    frame.emit(fast);
    return value.mask === M.double
      ? { mask: M.double, n: temp.n, t: "3" }
      : { mask: M.number, n: temp.n, t: temp.t };
  }
  frame.emit(
    `if (${t} !== 0) { ${fast} ${t === "3" ? `${temp.t} = 3;` : ""} } else { ${
      unpack(temp, `R.negate(${o})`)
    } }`,
  );
  return { mask: COMPUTED, ...temp };
}

/** Operators may make a deep tree to the left, `a & b & c & …`: the left spine is a loop, not a recursion. */
function binaryChain(frame: Frame, expression: Expression & { kind: "binary" }): Operand {
  const spine: (Expression & { kind: "binary" })[] = [];
  let leftmost: Expression = expression;
  while (leftmost.kind === "binary") {
    spine.push(leftmost);
    leftmost = leftmost.left;
  }
  let left = expressionOf(frame, leftmost);
  for (const node of spine.reverse()) {
    left = snapshotIf(frame, left, [node.right]);
    const right = expressionOf(frame, node.right);
    left = binary(frame, node.operator, left, right, sidesOf(node.left, node.right));
  }
  return left;
}

/** One operator between two operands. */
export function binary(
  frame: Frame,
  operator: BinaryOperator,
  left: Operand,
  right: Operand,
  sides: number,
): Operand {
  const print = (): Operand => printOperator(frame, operator, left, right, sides);
  return ((left.mask | right.mask) & M.object) === 0 ? frame.quietly(print) : frame.withSlowPath(print);
}

function printOperator(
  frame: Frame,
  operator: BinaryOperator,
  left: Operand,
  right: Operand,
  sides: number,
): Operand {
  switch (operator) {
    case "+":
    case "-":
    case "*":
      return arithmetic(frame, operator, left, right);
    case "/":
      return divide(frame, left, right);
    case "\\":
    case "mod":
      return integral(frame, operator, left, right);
    case "^":
      return power(frame, left, right);
    case "&":
      return concatenate(frame, left, right);
    case "is":
      return computed(frame, `R.same(${variantOf(left)}, ${variantOf(right)})`, M.boolean);
    case "and":
    case "or":
    case "xor":
    case "eqv":
    case "imp":
      return logic(frame, operator, left, right);
    default:
      return compare(frame, operator, left, right, sides);
  }
}

/** A condition as a JavaScript boolean. */
export function conditionOf(frame: Frame, expression: Expression): string {
  const inner = expression.kind === "parenthesized" ? expression.inner : expression;
  if (inner.kind === "unary" && inner.operator === "not") {
    const operand = expressionOf(frame, inner.operand);
    if (operand.mask === M.boolean) return `!${operand.v}`;
    // Of what is neither Boolean nor Empty, Not takes the complement, which is another truth.
    const { o: kept } = frame.temp();
    frame.emit(`${kept} = ${variantOf(operand)};`);
    if ((operand.mask & M.object) !== 0) frame.disturb();
    frame.risk();
    return `(${kept} === false || ${kept} === undefined || (${kept} !== true && R.truth(R.not(${kept}))))`;
  }
  return truthOf(frame, expressionOf(frame, inner));
}

/** An operand as the JavaScript boolean that a condition takes. */
export function truthOf(frame: Frame, operand: Operand): string {
  if ((operand.mask & M.object) !== 0) frame.disturb();
  if ((operand.mask & ~(M.number | M.boolean)) !== 0) frame.risk();
  if (operand.mask === M.boolean) return operand.v!;
  if ((operand.mask & ~(M.boolean | M.null)) === 0) return `${operand.v} === true`;
  if ((operand.mask & ~M.number) === 0) return `${operand.n} !== 0`;
  if (operand.n !== undefined) return `(${operand.t} !== 0 ? ${operand.n} !== 0 : R.truth(${operand.o}))`;
  const v = operand.v!;
  return /^[a-z]\w*$/i.test(v) ? `(${v} === true || (${v} !== false && R.truth(${v})))` : `R.truth(${v})`;
}
