/** Statements other than loops and assignments. @module */
import type { Position } from "../errors.ts";
import type { Expression, Statement } from "../syntax_tree.ts";
import { assign } from "./assignments.ts";
import { argumentOf, looseCall, recursion } from "./calls.ts";
import { printRedim } from "./elements.ts";
import { conditionOf, expressionOf, nameOperand, truthOf } from "./expressions.ts";
import type { Frame, Types } from "./frame.ts";
import { printDo, printFor, printForEach } from "./loops.ts";
import { M } from "./operand.ts";
import { snapshot, variantOf } from "./operands.ts";
import { compare } from "./operators.ts";
import { sidesOf } from "./tree_facts.ts";
import { lateName, localsOf, meaningOf, readPlace } from "./variables.ts";

/** A block. */
export function printStatements(frame: Frame, statements: readonly Statement[]): void {
  for (const statement of statements) printStatement(frame, statement);
}

/** One statement. */
function printStatement(frame: Frame, statement: Statement): void {
  switch (statement.kind) {
    case "dim":
    case "const":
    case "stop":
      return;
    case "assign":
      return void frame.guarded(
        statement.at,
        () => assign(frame, statement.target, statement.value, statement.set),
      );
    case "call":
      return void frame.guarded(statement.at, () => callStatement(frame, statement.target));
    case "redim":
      return void frame.guarded(statement.at, () => printRedim(frame, statement));
    case "erase":
      return void frame.guarded(statement.at, () => {
        for (const target of statement.targets) {
          frame.emit(`R.erase(${variantOf(expressionOf(frame, target))});`);
        }
      });
    case "if":
      return printIf(frame, statement);
    case "select":
      return printSelect(frame, statement);
    case "for":
      return printFor(frame, statement);
    case "foreach":
      return printForEach(frame, statement);
    case "do":
      return printDo(frame, statement);
    case "with":
      return printWith(frame, statement);
    case "exit":
      return printExit(frame, statement.what);
    case "onerror":
      frame.at(statement.at);
      return frame.emit(`${frame.resume} = ${statement.resume}; R.err.isSet = false;`);
  }
}

/** A call whose result is dropped. */
function callStatement(frame: Frame, target: Expression): void {
  const [callee, args] = target.kind === "call" ? [target.callee, target.args] : [target, []];
  if (callee.kind === "name") {
    const { name, spelling } = callee;
    const meaning = meaningOf(frame, name);
    if (name === "execute" || name === "executeglobal") {
      if (meaning.kind === "binding" && args.length === 1) {
        const isGlobal = name === "executeglobal";
        frame.emit(`R.execute(${argumentOf(frame, args[0])}, ${isGlobal}, ${localsOf(frame)});`);
        return;
      }
    }
    if (target.kind !== "call") {
      if (meaning.kind === "late") {
        return frame.emit(`R.lateStatement(${lateName(frame, name, spelling)}, ${localsOf(frame)});`);
      }
      // The bare name of a function inside itself is a call when it is a statement.
      if (meaning.kind === "variable" && meaning.place === frame.result) {
        return void recursion(frame, callee, []);
      }
      if (meaning.kind === "variable" || meaning.kind === "constant") {
        return frame.emit(
          `R.statement(${variantOf(nameOperand(frame, callee))}, ${JSON.stringify(spelling)});`,
        );
      }
    }
  }
  if (target.kind === "call" && callee.kind === "name") {
    const meaning = meaningOf(frame, callee.name);
    if (meaning.kind === "variable" && meaning.place !== frame.result) {
      // What is called as a statement is an object's default member, which may take variables by reference.
      const object = variantOf(snapshot(frame, readPlace(frame, meaning.place)));
      const label = JSON.stringify(callee.spelling);
      looseCall(frame, args, (list, bits) => `R.indexByReference(${object}, ${list}, ${bits}, ${label})`);
      return;
    }
  }
  if (target.kind === "parenthesized") {
    return frame.emit(`R.statement(${variantOf(expressionOf(frame, target.inner))}, "");`);
  }
  expressionOf(frame, target);
}

/** If … Then … Else. */
function printIf(frame: Frame, statement: Statement & { kind: "if" }): void {
  const label = statement.branches.length > 1 ? frame.label() : "";
  if (label !== "") frame.emit(`${label}: {`);
  let after: Types;
  statement.branches.forEach(({ condition, at, body }, index) => {
    const isLast = index === statement.branches.length - 1;
    printBranch(frame, condition, at);
    const before = frame.copyTypes();
    printStatements(frame, body);
    if (!isLast) frame.emit(`break ${label};`);
    after = frame.join(after, frame.types);
    frame.types = before;
    if (!isLast) frame.emit("}");
  });
  if (statement.otherwise !== undefined) {
    frame.emit("} else {");
    printStatements(frame, statement.otherwise);
  }
  frame.emit("}");
  frame.types = frame.join(after, frame.types);
  if (label !== "") frame.emit("}");
}

/** `if (condition) {`; an error in the condition enters the body. */
function printBranch(frame: Frame, condition: Expression, at: Position): void {
  if (!frame.scope.usesOnError) {
    frame.guarded(at, () => frame.emit(`if (${conditionOf(frame, condition)}) {`));
    return;
  }
  const kept = frame.keep();
  frame.guarded(at, () => frame.emit(`${kept} = ${conditionOf(frame, condition)};`), `${kept} = true;`);
  frame.emit(`if (${kept}) {`);
}

/** Select Case. */
function printSelect(frame: Frame, statement: Statement & { kind: "select" }): void {
  const label = frame.label();
  const selector = frame.keep();
  frame.emit(`${label}: {`);
  const entry = frame.copyTypes();
  frame.guarded(
    statement.at,
    () => frame.emit(`${selector} = R.let(${variantOf(expressionOf(frame, statement.selector))});`),
    `break ${label};`,
  );
  let after: Types = frame.scope.usesOnError ? frame.join(entry, frame.copyTypes()) : undefined;
  const selectorSide = statement.selector;
  for (const { values, body } of statement.cases) {
    const chosen = frame.keep();
    frame.emit(`${chosen} = false;`);
    for (const { value } of values) {
      frame.emit(`if (!${chosen}) {`);
      // An error in a case's expression is reported at the Select.
      frame.guarded(statement.at, () => {
        const operand = expressionOf(frame, value);
        const result = compare(
          frame,
          "=",
          { mask: M.any, v: selector },
          operand,
          sidesOf(selectorSide, value),
        );
        frame.emit(`${chosen} = ${truthOf(frame, result)};`);
      }, `${chosen} = true;`);
      frame.emit("}");
    }
    frame.emit(`if (${chosen}) {`);
    const before = frame.copyTypes();
    printStatements(frame, body);
    frame.emit(`break ${label}; }`);
    after = frame.join(after, frame.types);
    frame.types = before;
  }
  if (statement.otherwise !== undefined) printStatements(frame, statement.otherwise);
  frame.emit("}");
  frame.types = frame.join(after, frame.types);
}

/** With. */
function printWith(frame: Frame, statement: Statement & { kind: "with" }): void {
  const kept = frame.keep();
  frame.emit(`${kept} = undefined;`);
  frame.guarded(
    statement.at,
    () => {
      frame.emit(`${kept} = R.withObject(${variantOf(expressionOf(frame, statement.object))});`);
      if (frame.unit.environment.countsReferences) frame.emit(`R.retainObject(${kept});`);
    },
  );
  frame.withs.push(kept);
  const isCounted = frame.unit.environment.countsReferences;
  if (isCounted) frame.hold(`if (${kept} !== undefined) { R.dropObject(${kept}); ${kept} = undefined; }`);
  printStatements(frame, statement.body);
  if (isCounted) frame.endHold();
  frame.withs.pop();
}

/** Exit. */
function printExit(frame: Frame, what: "do" | "for" | "sub" | "function" | "property"): void {
  if (what === "do" || what === "for") {
    const loop = frame.loops.findLast((candidate) => candidate.kind === what)!;
    loop.exit = frame.join(loop.exit, frame.copyTypes());
    frame.letGo(loop.holds);
    frame.emit(`break ${loop.label};`);
  } else {
    frame.letGo(0);
    if (frame.inlining !== undefined) {
      frame.inlining.exit = frame.join(frame.inlining.exit, frame.copyTypes());
      frame.emit(`break ${frame.inlining.label};`);
    } else {
      frame.emit(
        `return ${frame.result === undefined ? "undefined" : variantOf(readPlace(frame, frame.result))};`,
      );
    }
  }
  frame.types = undefined;
}
