/** Operators, inlined for numbers and strings. @module */
import type { Frame } from "./frame.ts";
import {
  bothNumbers,
  COMPUTED,
  isWholeTag,
  M,
  maximum,
  type Operand,
  promote,
  unpack,
  variablesOf,
} from "./operand.ts";
import { computed, partsOf, variantOf } from "./operands.ts";

const COMPARISONS: Readonly<Record<string, readonly [method: string, sign: string]>> = {
  "=": ["equal", "==="],
  "<>": ["notEqual", "!=="],
  "<": ["less", "<"],
  ">": ["greater", ">"],
  "<=": ["lessOrEqual", "<="],
  ">=": ["greaterOrEqual", ">="],
};

/** Whether arithmetic on two operands gives a number for sure: Empty and Booleans count as Integers. */
function isNumeric(left: Operand, right: Operand): boolean {
  return ((left.mask | right.mask) & ~(M.number | M.empty | M.boolean)) === 0;
}

/** `+`, `-`, `*`. */
export function arithmetic(frame: Frame, operator: "+" | "-" | "*", left: Operand, right: Operand): Operand {
  const method = { "+": "add", "-": "subtract", "*": "multiply" }[operator];
  if ((left.mask & M.number) === 0 || (right.mask & M.number) === 0) {
    return computed(frame, `R.${method}(${variantOf(left)}, ${variantOf(right)})`, COMPUTED);
  }
  const [a, b] = [partsOf(frame, left), partsOf(frame, right)];
  const temp = frame.temp();
  const leftTypes = left.mask & M.number;
  const rightTypes = right.mask & M.number;
  const compute = `${temp.n} = ${a.n} ${operator} ${b.n};`;
  let fast: string;
  let mask: number;
  let tag = temp.t;
  const isNumber = ((left.mask | right.mask) & ~M.number) === 0;
  if (leftTypes === M.double || rightTypes === M.double) {
    mask = M.double;
    tag = isNumber ? "3" : temp.t;
    fast = `${compute} if (${temp.n} - ${temp.n} !== 0) R.raise(6);${isNumber ? "" : ` ${temp.t} = 3;`}`;
  } else if (leftTypes === M.integer && rightTypes === M.integer) {
    mask = M.integer | M.long;
    fast = `${compute} ${temp.t} = (${temp.n} << 16 >> 16) === ${temp.n} ? 1 : 2;`;
  } else if (((leftTypes | rightTypes) & M.double) === 0) {
    mask = (leftTypes === M.long || rightTypes === M.long ? 0 : M.integer) | M.long | M.double;
    fast = `${compute} ${temp.t} = ${maximum(a.t, b.t)}; ` +
      promote(temp);
  } else {
    mask = M.number;
    fast = `${compute} ${temp.t} = ${maximum(a.t, b.t)}; if (${temp.t} === 3) { ` +
      `if (${temp.n} - ${temp.n} !== 0) R.raise(6); } else ${promote(temp)}`;
  }
  if (isNumber) {
    frame.emit(fast);
    return { mask, n: temp.n, t: tag };
  }
  frame.emit(
    `if (${bothNumbers(a.t, b.t)}) { ${fast} } else { ${
      unpack(temp, `R.${method}(${variantOf(left)}, ${variantOf(right)})`)
    } }`,
  );
  if (!isNumeric(left, right)) return { mask: COMPUTED, ...temp };
  return left.mask === M.double || right.mask === M.double
    ? { mask: M.double, n: temp.n, t: "3" }
    : { mask: M.number, n: temp.n, t: temp.t };
}

/** `/`. */
export function divide(frame: Frame, left: Operand, right: Operand): Operand {
  const slow = `R.divide(${variantOf(left)}, ${variantOf(right)})`;
  if ((left.mask & M.number) === 0 || (right.mask & M.number) === 0) return computed(frame, slow, COMPUTED);
  const [a, b] = [partsOf(frame, left), partsOf(frame, right)];
  const temp = frame.temp();
  const fast = `${temp.n} = ${a.n} / ${b.n}; if (${temp.n} - ${temp.n} !== 0) R.raise(6);`;
  if (((left.mask | right.mask) & ~M.number) === 0) {
    const isNonZero = /^\(?-?[0-9.e+]+\)?$/.test(b.n) && Number(b.n.replace(/[()]/g, "")) !== 0;
    frame.emit(isNonZero ? fast : `if (${b.n} === 0) R.raise(${a.n} === 0 ? 6 : 11); ${fast}`);
    return { mask: M.double, n: temp.n, t: "3" };
  }
  frame.emit(
    `if (${bothNumbers(a.t, b.t)} && ${b.n} !== 0) { ${fast} ${temp.t} = 3; } else { ${
      unpack(temp, `R.divide(${variantOf(left)}, ${variantOf(right)})`)
    } }`,
  );
  return isNumeric(left, right) ? { mask: M.double, n: temp.n, t: "3" } : { mask: COMPUTED, ...temp };
}

/** `\\` and Mod. */
export function integral(frame: Frame, operator: "\\" | "mod", left: Operand, right: Operand): Operand {
  const method = operator === "mod" ? "modulo" : "integerDivide";
  const whole = M.integer | M.long;
  if ((left.mask & whole) === 0 || (right.mask & whole) === 0) {
    return computed(frame, `R.${method}(${variantOf(left)}, ${variantOf(right)})`, COMPUTED);
  }
  const [a, b] = [partsOf(frame, left), partsOf(frame, right)];
  const temp = frame.temp();
  const compute = operator === "mod" ? `${a.n} % ${b.n} + 0` : `Math.trunc(${a.n} / ${b.n}) + 0`;
  const isWhole = ((left.mask | right.mask) & ~whole) === 0;
  const test = isWhole ? "" : `${isWholeTag(a.t)} && ${isWholeTag(b.t)} && `;
  frame.emit(
    `if (${test}${b.n} !== 0 && ${a.n} !== -2147483648 && ${a.n} !== -32768) { ${temp.n} = ${compute}; ${temp.t} = ${
      maximum(a.t, b.t)
    }; } else { ${unpack(temp, `R.${method}(${variantOf(left)}, ${variantOf(right)})`)} }`,
  );
  return isWhole ? { mask: M.number, n: temp.n, t: temp.t } : { mask: COMPUTED, ...temp };
}

/** `^`. */
export function power(frame: Frame, left: Operand, right: Operand): Operand {
  if (((left.mask | right.mask) & ~M.number) !== 0) {
    return computed(frame, `R.power(${variantOf(left)}, ${variantOf(right)})`, COMPUTED);
  }
  const [a, b] = [partsOf(frame, left), partsOf(frame, right)];
  const temp = frame.temp();
  frame.emit(
    `${temp.n} = ${a.n} ** ${b.n}; if (${temp.n} - ${temp.n} !== 0) R.power(${variantOf(left)}, ${
      variantOf(right)
    });`,
  );
  return { mask: M.double, n: temp.n, t: "3" };
}

/** `&`. */
export function concatenate(frame: Frame, left: Operand, right: Operand): Operand {
  // A string may become too long.
  frame.risk();
  const isText = (operand: Operand): boolean => (operand.mask & (M.null | M.object)) === 0;
  if (!isText(left) && !isText(right)) {
    const [a, b] = [digitsOf(frame, left), digitsOf(frame, right)];
    return computed(
      frame,
      `typeof ${a} === "string" && typeof ${b} === "string" ? ${a} + ${b} : R.concatenate(${a}, ${b})`,
      M.string | M.null,
    );
  }
  return computed(frame, `${textOf(left)} + ${textOf(right)}`, M.string);
}

/** A Variant whose text is the operand's: an Integer and a Long become their digits. */
function digitsOf(frame: Frame, operand: Operand): string {
  const { n, t } = operand;
  if (n === undefined || t === undefined || t === "3") return variantOf(operand);
  return computed(frame, `${isWholeTag(t)} ? "" + ${n} : ${variantOf(operand)}`).v!;
}

/** An operand as a JavaScript string. */
function textOf(operand: Operand): string {
  if (operand.mask === M.string) return operand.v!;
  if ((operand.mask & ~M.number) === 0 && operand.t !== "3") {
    if ((operand.mask & M.double) === 0) return `("" + ${operand.n})`;
    return `(${operand.t} === 3 ? R.text(${variantOf(operand)}) : "" + ${operand.n})`;
  }
  const any = variantOf(operand);
  const { n, t } = operand;
  if (operand.v === undefined && n !== undefined && t !== undefined) {
    return `(${isWholeTag(t)} ? "" + ${n} : R.text(${any}))`;
  }
  return (operand.mask & M.string) === 0 || operand.v === undefined
    ? `R.text(${any})`
    : `(typeof ${any} === "string" ? ${any} : R.text(${any}))`;
}

/** And, Or, Xor, Eqv, Imp. */
export function logic(
  frame: Frame,
  operator: "and" | "or" | "xor" | "eqv" | "imp",
  left: Operand,
  right: Operand,
): Operand {
  if (left.mask === M.boolean && right.mask === M.boolean) {
    const [a, b] = [left.v!, right.v!];
    const js = {
      and: `(${a} && ${b})`,
      or: `(${a} || ${b})`,
      xor: `(${a} !== ${b})`,
      eqv: `(${a} === ${b})`,
      imp: `(!${a} || ${b})`,
    }[operator];
    return { mask: M.boolean, v: js, ...variablesOf(left, right) };
  }
  const slow = `R.${operator}(${variantOf(left)}, ${variantOf(right)})`;
  const whole = M.integer | M.long;
  if ((left.mask & whole) === 0 || (right.mask & whole) === 0 || operator === "eqv" || operator === "imp") {
    const isBoolean = ((left.mask | right.mask) & ~(M.boolean | M.null)) === 0;
    return computed(frame, slow, isBoolean ? M.boolean | M.null : COMPUTED);
  }
  const [a, b] = [partsOf(frame, left), partsOf(frame, right)];
  const temp = frame.temp();
  const sign = { and: "&", or: "|", xor: "^" }[operator];
  const fast = `${temp.n} = ${a.n} ${sign} ${b.n}; ${temp.t} = ${maximum(a.t, b.t)};`;
  if (((left.mask | right.mask) & ~whole) === 0) {
    frame.emit(fast);
    return { mask: whole, n: temp.n, t: temp.t };
  }
  frame.emit(`if (${isWholeTag(a.t)} && ${isWholeTag(b.t)}) { ${fast} } else { ${unpack(temp, slow)} }`);
  return { mask: COMPUTED, ...temp };
}

/** A comparison; `sides` says which operands are literals. */
export function compare(
  frame: Frame,
  operator: string,
  left: Operand,
  right: Operand,
  sides: number,
): Operand {
  const [method, sign] = COMPARISONS[operator]!;
  const slow = `R.${method}(${variantOf(left)}, ${variantOf(right)}, ${sides})`;
  if (left.mask === M.string && right.mask === M.string) {
    return { mask: M.boolean, v: `(${left.v} ${sign} ${right.v})`, ...variablesOf(left, right) };
  }
  const isPlain = ((left.mask | right.mask) & (M.null | M.object)) === 0;
  const mask = isPlain ? M.boolean : M.boolean | M.null;
  if ((left.mask & M.number) === 0 || (right.mask & M.number) === 0) {
    const [a, b] = [variantOf(left), variantOf(right)];
    const tests = [
      ...(left.mask === M.string ? [] : [`typeof ${a} === "string"`]),
      ...(right.mask === M.string ? [] : [`typeof ${b} === "string"`]),
    ];
    if (((left.mask & right.mask) & M.string) === 0) return computed(frame, slow, mask);
    return computed(frame, `${tests.join(" && ")} ? ${a} ${sign} ${b} : ${slow}`, mask);
  }
  const [a, b] = [partsOf(frame, left), partsOf(frame, right)];
  const fast = `${a.n} ${sign} ${b.n}`;
  if (((left.mask | right.mask) & ~M.number) === 0) {
    return { mask: M.boolean, v: `(${fast})`, ...variablesOf(left, right) };
  }
  const { o } = frame.temp();
  frame.emit(`if (${bothNumbers(a.t, b.t)}) ${o} = ${fast}; else { ${o} = ${slow}; }`);
  return { mask, v: o };
}
