/**
 * Small procedures, printed in place of their calls.
 *
 * Theory of operation. A getter costs less than the call of it: the receiver's class is tested, the stack is checked,
 * the interrupt flag is polled, and a number on its way out may have to be boxed so that its subtype comes along. So a
 * procedure that is short, has no loops and does not call itself is printed once more wherever its code is known: the
 * frame becomes the callee's for a while. Its variables get names of their own; a parameter that nothing writes to
 * stands for the argument itself, type and all; Exit leaves a labelled block. A position inside knows the position of
 * the call, so that errors have the call stack that they would have had. Loops are the callers', and poll.
 *
 * Where references are counted, such code holds its object, its arguments and its variables like a call does.
 *
 * @module
 */
import type { CodeScope } from "../scopes.ts";
import { type Expression, partsOf, type Statement } from "../syntax_tree.ts";
import type { Frame, Inlining, Place } from "./frame.ts";
import { mangle } from "./names.ts";
import { M, type Operand } from "./operand.ts";
import { variantOf } from "./operands.ts";
import { printStatements } from "./statements.ts";
import { meaningOf, otherOf, readPlace, readUntyped, storePlain } from "./variables.ts";

/** What one callee may cost, in nodes of its tree; what a function may take in all; and how deep it goes. */
const COST_MAX = 60;
const COST_SUM_MAX = 800;
const DEPTH_MAX = 3;

/** What callees cost; undefined for what cannot be inlined. */
const costs = new WeakMap<CodeScope, number>();

/** Whether a call of a procedure of this script can be printed as its code; its arguments must fit. */
export function canInline(frame: Frame, callee: CodeScope): boolean {
  if (callee.usesCode || frame.own === callee) return false;
  let depth = 0;
  for (let outer = frame.inlining; outer !== undefined; outer = outer.outer) {
    if (outer.callee === callee || ++depth >= DEPTH_MAX) return false;
  }
  let cost = costs.get(callee);
  if (cost === undefined) costs.set(callee, cost = costOf(callee));
  return cost <= COST_MAX && frame.inlined.cost + cost <= COST_SUM_MAX;
}

/** What a callee that was printed returns: with what is known of it, and where it is. */
export interface Inlined {
  readonly value: Operand;
  /** Undefined for a Sub. */
  readonly place: Place | undefined;
}

/** Prints a callee; its arguments are values that nothing changes while it runs. */
export function inlineCall(
  frame: Frame,
  callee: CodeScope,
  { me, args }: { me: string; args: readonly Operand[] },
): Inlined {
  const { procedure } = callee;
  const prefix = `i${frame.inlined.count++}`;
  frame.inlined.cost += costs.get(callee)!;
  const { scope, places, result, me: outerMe, resume, mark, withs, holds, tempsBase, temps, inlining } =
    frame;
  const outer = {
    scope,
    places,
    result,
    me: outerMe,
    resume,
    mark,
    withs,
    holds,
    tempsBase,
    temps,
    inlining,
  };
  const caller = frame.place;
  const label = frame.label();
  if (me !== outerMe) frame.forgetFieldsOf(me);
  const inner: Inlining = {
    callee,
    procedure: procedure!.spelling,
    caller,
    label,
    exit: undefined,
    outer: inlining,
  };
  Object.assign(frame, {
    scope: callee,
    places: new Map<string, Place>(),
    result: undefined,
    me,
    resume: `${prefix}$r`,
    mark: `${prefix}$m`,
    withs: [],
    holds: [],
    tempsBase: temps,
    inlining: inner,
  });
  placeVariables(frame, prefix, args);
  const releases = frame.unit.environment.countsReferences ? holdValues(frame, args) : "";
  if (callee.usesOnError) {
    frame.moreLocals.add(`${frame.resume} = false`);
    frame.emit(`${frame.resume} = false;`);
  }
  if (releases !== "") frame.emit("try {");
  frame.emit(`${label}: {`);
  printStatements(frame, callee.statements);
  frame.emit("}");
  frame.types = frame.join(inner.exit, frame.types);
  if (releases !== "") frame.emit(`} catch (e) { ${releases} throw e; }`);
  frame.goTo(caller);
  if (releases !== "") frame.emit(releases);
  const returned = frame.result;
  const value = returned === undefined ? undefined : readPlace(frame, returned);
  Object.assign(frame, outer);
  if (value === undefined) return { value: { mask: M.empty, v: "undefined" }, place: undefined };
  // Nothing writes to it before this call is made again.
  const { isVariable: _isVariable, ...stable } = value;
  return { value: stable, place: returned };
}

/** Gives the callee's variables names, and their first values. */
function placeVariables(frame: Frame, prefix: string, args: readonly Operand[]): void {
  const callee = frame.scope;
  const procedure = callee.procedure!;
  const place = (name: string): Place => {
    const js = `${prefix}_${mangle(name)}`;
    frame.moreLocals.add(`${js} = 0, ${js}_t = 0, ${js}_o`);
    const made: Place = { mode: "parts", js };
    frame.places.set(name, made);
    return made;
  };
  const empty = (name: string): Place => {
    const made = place(name);
    storePlain(frame, made, { mask: M.empty, v: "undefined" });
    return made;
  };
  procedure.parameters.forEach(({ name }, index) => {
    const operand = args[index]!;
    if (!callee.written.has(name)) {
      const { isVariable: _isVariable, isShared: _isShared, ...value } = operand;
      frame.places.set(name, { mode: "value", js: name, operand: value });
    } else if ((operand.mask & M.object) === 0) storePlain(frame, place(name), operand);
    else storePlain(frame, place(name), { mask: operand.mask, v: `R.copied(${variantOf(operand)})` });
  });
  if (procedure.kind === "function" || procedure.kind === "get") frame.result = empty(procedure.name);
  for (const name of callee.declared.keys()) if (!frame.places.has(name)) empty(name);
  if (frame.unit.script.program.optionExplicit) return;
  for (const name of callee.assigned.keys()) if (meaningOf(frame, name).kind === "late") empty(name);
}

/** Prints what holds the callee's object and arguments; returns what lets go of all that it holds. */
function holdValues(frame: Frame, args: readonly Operand[]): string {
  const { scope: { procedure, class: declaration }, places, me, mark } = frame;
  frame.moreLocals.add(`${mark} = 0`);
  frame.emit(`${mark} = R.pending.length;`);
  const releases: string[] = [];
  for (const [name, place] of places) {
    if (place === frame.result) continue;
    const index = procedure!.parameters.findIndex((parameter) => parameter.name === name);
    if (index >= 0 && (args[index]!.mask & M.object) === 0 && place.mode === "value") continue;
    const other = `(${otherOf(place.operand ?? readUntyped(place))})`;
    // An argument that nothing writes to is the caller's, and so are its elements if it is an array.
    const [retain, drop] = place.mode === "value" ? ["retainObject", "dropObject"] : ["retain", "drop"];
    if (index >= 0) frame.emit(`if (typeof ${other} === "object") R.${retain}(${other});`);
    releases.push(`if (typeof ${other} === "object") R.${drop}(${other});`);
  }
  if (declaration !== undefined) {
    frame.emit(`${me}.references++;`);
    releases.push(`if (--${me}.references === 0) R.suspend(${me});`);
  }
  if (frame.result !== undefined) {
    const other = `(${otherOf(readUntyped(frame.result))})`;
    releases.push(`if (typeof ${other} === "object") R.transfer(${other});`);
  }
  return releases.join(" ");
}

/** How long a callee is; Infinity where something in it needs a function of its own. */
function costOf({ procedure, statements, declared }: CodeScope): number {
  for (const { bounds } of declared.values()) if (bounds !== undefined) return Infinity;
  return costOfBlock(statements, procedure!.name);
}

function costOfBlock(statements: readonly Statement[], own: string): number {
  let cost = 0;
  for (const statement of statements) {
    cost += costOfStatement(statement, own);
    if (cost > COST_MAX) break;
  }
  return cost;
}

function costOfStatement(statement: Statement, own: string): number {
  switch (statement.kind) {
    case "dim":
    case "const":
    case "stop":
      return 0;
    case "exit":
    case "onerror":
      return 1;
    case "assign":
      return costOfExpression(statement.target, own) + costOfExpression(statement.value, own);
    case "call":
      // A bare name that is the procedure's own calls it.
      return statement.target.kind === "name" && statement.target.name === own
        ? Infinity
        : costOfExpression(statement.target, own);
    case "if": {
      let cost = 0;
      for (const { condition, body } of statement.branches) {
        cost += costOfExpression(condition, own) + costOfBlock(body, own);
      }
      return cost + costOfBlock(statement.otherwise ?? [], own);
    }
    default:
      return Infinity;
  }
}

function costOfExpression(root: Expression, own: string): number {
  let cost = 0;
  const pending: Expression[] = [root];
  for (let current = pending.pop(); current !== undefined; current = pending.pop()) {
    if (++cost > COST_MAX) return Infinity;
    const callsItself = current.kind === "call" && current.callee.kind === "name" &&
      current.callee.name === own;
    if (callsItself) return Infinity;
    for (const part of partsOf(current)) pending.push(part);
  }
  return cost;
}
