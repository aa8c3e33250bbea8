/** What the tree of an expression tells without printing it. @module */
import { SIDE } from "../runtime/operators.ts";
import { type Expression, partsOf, type Statement } from "../syntax_tree.ts";

/** Whether evaluating an expression can run other code; `isCall` says it of a bare name. */
export function hasCalls(root: Expression, isCall: (name: string) => boolean): boolean {
  const pending: Expression[] = [root];
  for (let current = pending.pop(); current !== undefined; current = pending.pop()) {
    if (current.kind === "call" || current.kind === "member" || current.kind === "new") return true;
    if (current.kind === "name" && isCall(current.name)) return true;
    for (const part of partsOf(current)) pending.push(part);
  }
  return false;
}

/** Whether a value may be somebody's array still, so that storing it needs a copy. */
export function isShared(expression: Expression): boolean {
  switch (expression.kind) {
    case "name":
      return true;
    case "parenthesized":
      return isShared(expression.inner);
    case "call":
      return expression.callee.kind !== "name" || !/^(array|split|filter)$/.test(expression.callee.name);
    default:
      return true;
  }
}

/** How the sides of a comparison stand in the source. */
export function sidesOf(left: Expression, right: Expression): number {
  const isNumber = (side: Expression): boolean =>
    side.kind === "literal" && (side.form === "number" || side.form === "date");
  const isString = (side: Expression): boolean => side.kind === "literal" && side.form === "string";
  return (isNumber(left) ? SIDE.leftNumber : 0) | (isNumber(right) ? SIDE.rightNumber : 0) |
    (isString(left) ? SIDE.leftString : 0) | (isString(right) ? SIDE.rightString : 0);
}

/** How messages call an expression: `x.y`, `x.y(...).z`. */
export function labelOf(expression: Expression): string {
  switch (expression.kind) {
    case "name":
      return expression.spelling;
    case "member":
      return `${expression.object === undefined ? "" : labelOf(expression.object)}.${expression.spelling}`;
    case "call":
      return labelOf(expression.callee) === "" ? "" : `${labelOf(expression.callee)}(...)`;
    case "me":
      return "Me";
    default:
      return "";
  }
}

const NAMES = new WeakMap<Statement, ReadonlySet<string>>();

/** Every bare name that occurs in a statement. */
export function namesOf(statement: Statement): ReadonlySet<string> {
  let names = NAMES.get(statement);
  if (names === undefined) {
    names = new Set(bareNames(statement));
    NAMES.set(statement, names);
  }
  return names;
}

/** Every object of the tree that is a bare name is found by its kind, wherever it stands. */
function* bareNames(root: unknown): Iterable<string> {
  const pending: unknown[] = [root];
  for (let current = pending.pop(); current !== undefined; current = pending.pop()) {
    if (Array.isArray(current)) pending.push(...current.filter((part) => part !== undefined));
    else if (typeof current === "object" && current !== null) {
      if ("kind" in current && current.kind === "name" && "name" in current) yield String(current.name);
      else pending.push(...Object.values(current).filter((part) => typeof part === "object"));
    }
  }
}
