/** Operands as Variants, as parts, as copies. @module */
import { Currency, TypedNumber, type Variant, VARTYPE } from "../../automation/variant.ts";
import type { Argument, Expression } from "../syntax_tree.ts";
import { expressionOf } from "./expressions.ts";
import type { Frame } from "./frame.ts";
import { M, type Operand } from "./operand.ts";
import { hasCalls } from "./tree_facts.ts";
import { meaningOf } from "./variables.ts";

/** An operand as a Variant. */
export function variantOf({ mask, n, t, o, v }: Operand): string {
  if (v !== undefined) return v;
  if (t === "1") return n!;
  if (/^-?[0-9.]+$/.test(n!) || /^\d$/.test(t!)) return `box(${n}, ${t})`;
  if ((mask & ~M.number) === 0) return `box(${n}, ${t})`;
  return `(${t} === 0 ? ${o} : box(${n}, ${t}))`;
}

/** An operand as number, tag and other part. */
export function partsOf(frame: Frame, operand: Operand): { n: string; t: string; o: string } {
  const { mask, n, t, o, v } = operand;
  if (n !== undefined) return { n, t: t!, o: o ?? "undefined" };
  if ((mask & M.number) === 0) return { n: "0", t: "0", o: v! };
  if (mask === M.integer || mask === M.long || mask === M.double) {
    const { n: known } = frame.temp();
    frame.emit(`${known} = numberOf(${v});`);
    return { n: known, t: mask === M.integer ? "1" : mask === M.long ? "2" : "3", o: "undefined" };
  }
  const temp = frame.temp();
  frame.emit(
    `${temp.o} = ${v}; ${temp.t} = tagOf(${temp.o}); if (${temp.t} !== 0) ${temp.n} = numberOf(${temp.o});`,
  );
  return temp;
}

/** A copy that later calls cannot change. */
export function snapshot(frame: Frame, operand: Operand): Operand {
  if (!operand.isVariable) return operand;
  const temp = frame.temp();
  if (operand.v !== undefined) {
    frame.emit(`${temp.o} = ${operand.v};`);
    return { mask: operand.mask, v: temp.o };
  }
  const isConstant = /^\d$/.test(operand.t!);
  frame.emit(
    `${temp.n} = ${operand.n};${isConstant ? "" : ` ${temp.t} = ${operand.t};`}${
      operand.o === undefined ? "" : ` ${temp.o} = ${operand.o};`
    }`,
  );
  return {
    mask: operand.mask,
    n: temp.n,
    t: isConstant ? operand.t! : temp.t,
    ...(operand.o === undefined ? {} : { o: temp.o }),
  };
}

/** A copy if the arguments may change it. */
export function snapshotIf(frame: Frame, operand: Operand, args: readonly Argument[]): Operand {
  return isDisturbed(frame, operand, args) ? snapshot(frame, operand) : operand;
}

/** Whether an operand must be copied before others are evaluated. */
export function isDisturbed(frame: Frame, operand: Operand, others: readonly Argument[]): boolean {
  if (!operand.isVariable) return false;
  return others.some((other) =>
    other !== undefined && (canRunCode(frame, other) || (operand.isShared === true && !isSimple(other)))
  );
}

/** Whether evaluating an expression touches nothing but one value: even an operator may read a default property. */
function isSimple(expression: Expression): boolean {
  return expression.kind === "literal" || expression.kind === "name" || expression.kind === "me" ||
    (expression.kind === "parenthesized" && isSimple(expression.inner));
}

/** Prints several expressions in order; none of the results changes while the others are computed. */
export function operandsOf(frame: Frame, expressions: readonly Expression[]): Operand[] {
  const results: Operand[] = [];
  expressions.forEach((expression, index) => {
    let operand = expressionOf(frame, expression);
    if (isDisturbed(frame, operand, expressions.slice(index + 1))) operand = snapshot(frame, operand);
    results.push(operand);
  });
  return results;
}

/** Whether an expression runs code that could change a variable; a function's bare name does. */
export function canRunCode(frame: Frame, expression: Expression): boolean {
  return hasCalls(expression, (name) => {
    const { kind } = meaningOf(frame, name);
    return kind !== "variable" && kind !== "constant";
  });
}

/** A Variant in a temporary. */
export function computed(frame: Frame, js: string, mask: number = M.any): Operand {
  const { o } = frame.temp();
  frame.emit(`${o} = ${js};`);
  return { mask, v: o };
}

/** A literal. */
export function literalOf(frame: Frame, value: Variant): Operand {
  switch (typeof value) {
    case "number": {
      const isLong = (value | 0) === value;
      const isInteger = ((value << 16) >> 16) === value;
      const n = value < 0 || Object.is(value, -0) ? `(${value})` : String(value);
      return isInteger
        ? { mask: M.integer, n, t: "1" }
        : isLong
        ? { mask: M.long, n, t: "2" }
        : { mask: M.double, n, t: "3" };
    }
    case "string":
      return { mask: M.string, v: JSON.stringify(value) };
    case "boolean":
      return { mask: M.boolean, v: String(value) };
    case "undefined":
      return { mask: M.empty, v: "undefined" };
  }
  if (value === null) return { mask: M.null, v: "null" };
  if (value instanceof TypedNumber && value.type === VARTYPE.Double) {
    return { mask: M.double, n: value.value < 0 ? `(${value.value})` : String(value.value), t: "3" };
  }
  if (value instanceof TypedNumber && value.type === VARTYPE.Long) {
    return { mask: M.long, n: `(${value.value})`, t: "2" };
  }
  const isBoxed = value instanceof TypedNumber || value instanceof Currency;
  return { mask: isBoxed ? M.boxed : M.object, v: frame.unit.shared(value) };
}
