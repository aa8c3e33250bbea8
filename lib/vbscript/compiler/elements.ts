/** Elements of arrays. @module */
import type { Argument, Statement } from "../syntax_tree.ts";
import { assignTo } from "./assignments.ts";
import { argumentsOf, looseCall } from "./calls.ts";
import { expressionOf } from "./expressions.ts";
import type { Frame } from "./frame.ts";
import { M, type Operand } from "./operand.ts";
import { computed, operandsOf, partsOf, snapshotIf, variantOf } from "./operands.ts";
import { meaningOf } from "./variables.ts";

/** `container(args)`. */
export function elementOf(
  frame: Frame,
  container: Operand,
  args: readonly Argument[],
  label: string,
): Operand {
  const base = snapshotIf(frame, container, args);
  const text = JSON.stringify(label);
  if (args.length === 0 || args.length > 2 || args.includes(undefined)) {
    const any = variantOf(base);
    return looseCall(frame, args, (list, bits) => `R.indexByReference(${any}, ${list}, ${bits}, ${text})`);
  }
  const operands = argumentsOf(frame, args);
  const { o: array } = frame.temp();
  frame.emit(`${array} = ${base.o ?? variantOf(base)};`);
  if (base.o !== undefined && base.t !== "0") frame.emit(`if (${base.t} !== 0) ${array} = undefined;`);
  const result = frame.temp();
  const list = operands.map((operand) => variantOf(operand)).join(", ");
  const read = operands.length === 1
    ? `R.indexOne(${array}, ${list}, ${text})`
    : `R.index(${array}, [${list}], ${text})`;
  const slow = `${result.o} = ${read}`;
  const offset = elementPlace(frame, array, operands);
  frame.emit(
    offset === undefined
      ? `${slow};`
      : `if (${offset.test}) ${result.o} = ${array}.elements[${offset.offset}]; else ${slow};`,
  );
  return { mask: M.any, v: result.o };
}

/** The test for, and the place of, an element whose indices are whole numbers within bounds. */
function elementPlace(
  frame: Frame,
  array: string,
  operands: readonly Operand[],
): { test: string; offset: string } | undefined {
  if (operands.some((operand) => (operand.mask & M.number) === 0)) return undefined;
  const parts = operands.map((operand) => partsOf(frame, operand));
  const tests = [`${array} instanceof VariantArray && ${array}.upperBounds.length === ${operands.length}`];
  parts.forEach(({ n, t }, index) => {
    if ((operands[index]!.mask & ~M.number) !== 0) tests.push(`${t} !== 0`);
    if ((operands[index]!.mask & M.double) !== 0) tests.push(`(${n} | 0) === ${n}`);
    tests.push(`${n} >= 0`);
    tests.push(
      operands.length === 1 ? `${n} < ${array}.elements.length` : `${n} <= ${array}.upperBounds[${index}]`,
    );
  });
  const offset = parts.length === 1
    ? `${parts[0]!.n} | 0`
    : `(${parts[0]!.n} | 0) + (${parts[1]!.n} | 0) * (${array}.upperBounds[0] + 1)`;
  return { test: tests.join(" && "), offset };
}

/** `container(args) = value`. */
export function assignElement(
  frame: Frame,
  container: Operand,
  args: readonly Argument[],
  value: Operand,
  isSet: boolean,
  label: string,
): void {
  const base = snapshotIf(frame, container, args);
  const kept = value.isShared ? snapshotIf(frame, value, args) : value;
  const operands = argumentsOf(frame, args);
  const any = variantOf(kept);
  const { o: array } = frame.temp();
  frame.emit(`${array} = ${base.o ?? variantOf(base)};`);
  if (base.o !== undefined && base.t !== "0") frame.emit(`if (${base.t} !== 0) ${array} = undefined;`);
  const list = operands.map((operand) => variantOf(operand)).join(", ");
  const rest = `${any}, ${isSet}, ${JSON.stringify(label)}`;
  const slow = operands.length === 1
    ? `R.putIndexOne(${array}, ${list}, ${rest});`
    : `R.putIndex(${array}, [${list}], ${rest});`;
  const offset = operands.length > 0 && operands.length <= 2
    ? elementPlace(frame, array, operands)
    : undefined;
  frame.emit(
    offset === undefined
      ? slow
      : frame.unit.environment.countsReferences
      ? `if (${offset.test}) R.setElement(${array}, ${offset.offset}, ${any}); else ${slow}`
      : `if (${offset.test}) ${array}.elements[${offset.offset}] = ${any}; else ${slow}`,
  );
}

/** ReDim. */
export function printRedim(frame: Frame, statement: Statement & { kind: "redim" }): void {
  for (const { target, bounds } of statement.arrays) {
    const operands = operandsOf(frame, bounds);
    const list = operands.map((operand) => variantOf(operand)).join(", ");
    const isUnknown = target.kind === "name" && meaningOf(frame, target.name).kind === "late";
    const old = isUnknown ? "undefined" : variantOf(expressionOf(frame, target));
    const value = computed(frame, `R.redim(${old}, [${list}], ${statement.preserve})`, M.object);
    assignTo(frame, target, value, true);
  }
}
