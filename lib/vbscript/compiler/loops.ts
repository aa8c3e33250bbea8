/** Loops. @module */
import type { Position } from "../errors.ts";
import type { Statement } from "../syntax_tree.ts";
import { assignName } from "./assignments.ts";
import { conditionOf, expressionOf, nameOperand } from "./expressions.ts";
import type { Frame, Loop } from "./frame.ts";
import { COMPUTED, M, maximum, type Operand, promote, unpack } from "./operand.ts";
import { computed, operandsOf, partsOf, snapshot, variantOf } from "./operands.ts";
import { arithmetic } from "./operators.ts";
import { printStatements } from "./statements.ts";
import { namesOf } from "./tree_facts.ts";
import { copyCell, forget, meaningOf, staleCells } from "./variables.ts";

/** The loops are printed to find out types at most this deep; further in, nothing is assumed. */
const TYPED_LOOP_DEPTH = 3;

/** Prints a loop; `body` prints all of it, with what is known at its head. */
function printLoop(
  frame: Frame,
  { kind, statement }: { kind: Loop["kind"]; statement: Statement },
  body: (loop: Loop) => void,
): void {
  const label = frame.label();
  frame.loopDepth++;
  if (frame.loopDepth > TYPED_LOOP_DEPTH && frame.types !== undefined) {
    for (const js of frame.types.keys()) frame.types.set(js, M.any);
  }
  const cells = frame.loopDepth <= TYPED_LOOP_DEPTH ? staleCells(frame, namesOf(statement)) : [];
  const before = frame.copyTypes();
  for (const { js } of cells) frame.refresh(js);
  let entry = frame.copyTypes();
  for (let round = 0; frame.loopDepth <= TYPED_LOOP_DEPTH; round++) {
    const saved = [
      frame.lines,
      frame.kept,
      frame.labels,
      frame.unit.positions.length,
      frame.held.length,
      { ...frame.inlined },
    ] as const;
    frame.lines = [];
    const loop: Loop = { kind, label, exit: undefined, holds: frame.holds.length };
    frame.loops.push(loop);
    frame.types = frame.copyTypes(entry);
    body(loop);
    frame.loops.pop();
    [frame.lines, frame.kept, frame.labels] = saved;
    frame.unit.positions.length = saved[3];
    frame.held.length = saved[4];
    frame.inlined = saved[5];
    const next = frame.join(frame.copyTypes(entry), frame.types);
    if (frame.sameTypes(entry, next)) break;
    entry = next;
    if (round >= 8 && entry !== undefined) { for (const js of entry.keys()) entry.set(js, M.any); }
  }
  const loop: Loop = { kind, label, exit: undefined, holds: frame.holds.length };
  frame.loops.push(loop);
  frame.types = entry;
  const copied = cells.filter(({ js }) => frame.isFresh(js));
  frame.types = before;
  for (const cell of copied) copyCell(frame, cell);
  frame.types = frame.copyTypes(entry);
  frame.emit(`${label}: for (;;) {`);
  body(loop);
  frame.emit("if (I[0] !== 0) R.interrupt();");
  frame.emit("}");
  frame.loops.pop();
  frame.loopDepth--;
  frame.types = frame.join(frame.join(entry, frame.types), loop.exit);
}

/** Notes what is known where a loop is left. */
function leave(frame: Frame, loop: Loop): void {
  loop.exit = frame.join(loop.exit, frame.copyTypes());
}

/** Do … Loop and While … Wend. */
export function printDo(frame: Frame, statement: Statement & { kind: "do" }): void {
  const { condition, until, bottom, body, endAt } = statement;
  printLoop(frame, { kind: statement.isWhile ? "while" : "do", statement }, (loop) => {
    const { label } = loop;
    const test = (at: Position, leavesOnError: boolean): void => {
      if (condition === undefined) return;
      const negated = until ? "" : "!";
      if (!frame.scope.usesOnError) {
        frame.guarded(
          at,
          () => frame.emit(`if (${negated}(${conditionOf(frame, condition)})) break ${label};`),
        );
        return leave(frame, loop);
      }
      const kept = frame.keep();
      const otherwise = leavesOnError === until ? "true" : "false";
      frame.guarded(
        at,
        () => frame.emit(`${kept} = ${conditionOf(frame, condition)};`),
        `${kept} = ${otherwise};`,
      );
      frame.emit(`if (${negated}${kept}) break ${label};`);
      leave(frame, loop);
    };
    if (!bottom) test(statement.at, false);
    printStatements(frame, body);
    if (bottom) test(endAt, true);
  });
}

/** For … Next. */
export function printFor(frame: Frame, statement: Statement & { kind: "for" }): void {
  const { variable, body, at, endAt } = statement;
  const bounds = statement.step === undefined
    ? [statement.from, statement.to]
    : [statement.from, statement.to, statement.step];
  const [limit, limitOther, step, stepOther, isPlain] = [1, 2, 3, 4, 5].map(() => frame.keep()) as [
    string,
    string,
    string,
    string,
    string,
  ];
  let ok = frame.scope.usesOnError ? frame.keep() : "";
  if (ok !== "") frame.emit(`${ok} = false;`);
  let stepSign = 0;
  let stays = 0;
  let stepText = step;
  const whole = M.integer | M.long;
  const canFail = frame.guarded(at, () => {
    const operands = operandsOf(frame, bounds)
      .map((operand) => operand.isShared ? snapshot(frame, operand) : operand)
      .map((operand) => boundOf(frame, operand));
    const [from, to] = operands as [Operand, Operand, Operand?];
    const by = operands[2] ?? { mask: M.integer, n: "1", t: "1" };
    const isNumber = ((from.mask | to.mask | by.mask) & ~M.number) === 0;
    const parts = [from, to, by].map((operand) => partsOf(frame, operand));
    const [f, l, s] = parts as [typeof parts[0], typeof parts[0], typeof parts[0]];
    const tag = [f.t, l.t, s.t].every((text) => text === "1") ? "1" : maximum(maximum(f.t, l.t), s.t);
    if (isNumber) {
      const mask = tag === "1"
        ? M.integer
        : tag === "2"
        ? M.long
        : ((from.mask | to.mask | by.mask) & M.double) === 0
        ? whole
        : from.mask === M.double || to.mask === M.double || by.mask === M.double
        ? M.double
        : M.number;
      stays = mask;
      frame.emit(`${limit} = ${l.n}; ${step} = ${s.n}; ${isPlain} = true;`);
      const start = frame.temp();
      frame.emit(`${start.n} = ${f.n}; ${start.t} = ${tag};`);
      assignName(frame, variable, {
        mask,
        n: start.n,
        t: /^[12]$/.test(tag) ? tag : mask === M.double ? "3" : start.t,
      }, true);
      const literal = /^\(?(-?[0-9.]+)\)?$/.exec(s.n);
      if (literal !== null) {
        stepSign = Number(literal[1]) < 0 ? -1 : 1;
        stepText = s.n;
      }
    } else {
      const all = [f.t, l.t, s.t].map((t) => `${t} !== 0`).join(" && ");
      frame.emit(`${isPlain} = ${all};`);
      const start = frame.temp();
      frame.emit(
        `if (${isPlain}) { ${limit} = ${l.n}; ${step} = ${s.n}; ${start.n} = ${f.n}; ${start.t} = ${tag}; } else { ` +
          `${limitOther} = ${variantOf(to)}; ${stepOther} = ${variantOf(by)}; ${
            unpack(start, variantOf(from))
          } }`,
      );
      assignName(frame, variable, { mask: M.any, ...start }, true);
      const literal = /^\(?(-?[0-9.]+)\)?$/.exec(s.n);
      if (literal !== null && by.mask === M.integer) stepSign = Number(literal[1]) < 0 ? -1 : 1;
    }
    if (ok !== "") frame.emit(`${ok} = true;`);
  });
  if (!canFail) ok = "";
  const isNumber = stays !== 0;
  printLoop(frame, { kind: "for", statement }, (loop) => {
    const { label } = loop;
    const test = (): void => {
      const value = nameOperand(frame, variable);
      const { n, t } = partsOf(frame, value);
      const fast = stepSign > 0
        ? `${n} <= ${limit}`
        : stepSign < 0
        ? `${n} >= ${limit}`
        : `(${step} >= 0 ? ${n} <= ${limit} : ${n} >= ${limit})`;
      const isPlainHere = isNumber && (value.mask & ~M.number) === 0;
      const others = `R.loopGoesOn(${
        variantOf(value)
      }, ${isPlain} ? ${limit} : ${limitOther}, ${isPlain} ? ${step} : ${stepOther})`;
      if (isPlainHere) frame.emit(`if (!(${fast})) break ${label};`);
      else {
        const { o: more } = frame.temp();
        frame.withSlowPath(() =>
          frame.emit(`if (${isPlain} && ${t} !== 0) ${more} = ${fast}; else { ${more} = ${others}; }`)
        );
        frame.emit(`if (!${more}) break ${label};`);
      }
      leave(frame, loop);
    };
    frame.temps = frame.tempsBase;
    if (ok !== "") frame.emit(`if (${ok}) {`);
    test();
    if (ok !== "") frame.emit("}");
    printStatements(frame, body);
    if (ok !== "") {
      frame.at(endAt);
      frame.emit(
        `if (!${ok}) { try { R.raise(92); } catch (e) { if (!${frame.resume}) throw e; R.caught(e, U, $p); } break ${label}; }`,
      );
    }
    frame.guarded(endAt, () => {
      const value = nameOperand(frame, variable);
      if (stays !== 0 && ((stays | value.mask) & ~whole) === 0) {
        // What does not fit the type any more is beyond the bound, which does: the loop ends, and in it the type stays.
        const isInteger = value.mask === M.integer && stays === M.integer;
        const temp = frame.temp();
        frame.emit(`${temp.n} = ${value.n} + ${stepText};`);
        frame.emit(`if (${isInteger ? `(${temp.n} << 16 >> 16)` : `(${temp.n} | 0)`} !== ${temp.n}) {`);
        const before = frame.copyTypes();
        const beyond = isInteger ? { mask: M.long, t: "2" } : { mask: M.double, t: "3" };
        assignName(frame, variable, { ...beyond, n: temp.n }, true);
        loop.exit = frame.join(loop.exit, frame.types);
        frame.types = before;
        frame.emit(`break ${label}; }`);
        const isConstant = isInteger || value.mask === M.long;
        if (!isConstant) frame.emit(`${temp.t} = (${temp.n} << 16 >> 16) === ${temp.n} ? ${value.t} : 2;`);
        assignName(frame, variable, { mask: value.mask, n: temp.n, t: isConstant ? value.t! : temp.t }, true);
        return;
      }
      const stepMask = stays === M.integer && stepSign !== 0 ? M.integer : isNumber ? stays : M.any;
      if (isNumber && (value.mask & ~M.number) === 0) {
        const t = stepMask === M.integer ? "1" : stepMask === M.double ? "3" : `tagOf(${step})`;
        const by = stepMask === M.integer || stepMask === M.double
          ? { mask: stepMask, n: step, t }
          : { mask: M.integer | M.long, n: step, t: "1" };
        if (stepMask === M.integer || stepMask === M.double || (stepMask & M.double) === 0) {
          return assignName(frame, variable, arithmetic(frame, "+", value, by), true);
        }
      }
      const { n, t } = partsOf(frame, value);
      const temp = frame.temp();
      const plain = `${temp.n} = ${n} + ${step}; ${temp.t} = ${t}; if (${temp.t} !== 3) { ${promote(temp)} }`;
      if (isNumber && (value.mask & ~M.number) === 0) {
        frame.emit(plain);
        return assignName(frame, variable, { mask: M.number, n: temp.n, t: temp.t }, true);
      }
      const other = unpack(temp, `R.add(${variantOf(value)}, ${isPlain} ? ${step} : ${stepOther})`);
      frame.withSlowPath(() => frame.emit(`if (${isPlain} && ${t} !== 0) { ${plain} } else { ${other} }`));
      assignName(frame, variable, { mask: COMPUTED, ...temp }, true);
    });
  });
}

/** A bound of For: a number of some kind. */
function boundOf(frame: Frame, operand: Operand): Operand {
  if ((operand.mask & ~M.number) === 0) return snapshot(frame, operand);
  // What is no number of a subtype of its own comes out as an Integer or a Double.
  const mask = (operand.mask & (M.object | M.boxed)) === 0 ? M.number : M.number | M.boxed;
  const print = (): Operand => computed(frame, `R.bound(${variantOf(operand)})`, mask);
  return (operand.mask & M.object) === 0 ? frame.quietly(print) : print();
}

/** For Each … Next. */
export function printForEach(frame: Frame, statement: Statement & { kind: "foreach" }): void {
  const { variable, source, body, at, endAt } = statement;
  const loop = frame.keep();
  frame.emit(`${loop} = null;`);
  frame.guarded(at, () => frame.emit(`${loop} = R.enumerate(${variantOf(expressionOf(frame, source))});`));
  // Where references are counted, the loop may be what held a temporary array.
  frame.hold(`R.${frame.unit.environment.countsReferences ? "leaveLast" : "leave"}(${loop});`);
  printLoop(frame, { kind: "for", statement }, (step) => {
    const { label } = step;
    const more = frame.keep();
    const assign = (): void => {
      frame.emit(`${more} = ${loop} === null || ${loop}.next();`);
      frame.emit(`if (${more} && ${loop} !== null) {`);
      assignName(frame, variable, computed(frame, `${loop}.value`), true);
      frame.emit("}");
    };
    frame.guarded(at, assign, `${more} = false;`);
    if (meaningOf(frame, variable.name).kind === "variable") forget(frame, variable.name);
    frame.emit(`if (!${more}) break ${label};`);
    leave(frame, step);
    printStatements(frame, body);
    if (frame.scope.usesOnError) {
      frame.emit(`if (${loop} === null) {`);
      frame.guarded(endAt, () => frame.emit("R.raise(451);"));
      frame.emit(`break ${label}; }`);
    }
  });
  frame.endHold();
}
