/** Assignments. @module */
import type { Expression } from "../syntax_tree.ts";
import { procedureCall } from "./calls.ts";
import { assignElement } from "./elements.ts";
import { expressionOf } from "./expressions.ts";
import type { Frame } from "./frame.ts";
import { assignMember, assignProperty, isMemberTarget } from "./members.ts";
import { M, type Operand } from "./operand.ts";
import { computed, variantOf } from "./operands.ts";
import { isShared, labelOf } from "./tree_facts.ts";
import { lateName, localsOf, meaningOf, memberMeaning, store } from "./variables.ts";

/** `target = value`, with or without Set. */
export function assign(frame: Frame, target: Expression, value: Expression, isSet: boolean): void {
  let operand = expressionOf(frame, value);
  if (target.kind === "name" && isDeclaredArray(frame, target.name)) {
    return frame.emit(`R.raise(13, ${JSON.stringify(target.spelling)});`);
  }
  if (isSet) {
    if (value.kind !== "new" && value.kind !== "me") {
      operand = computed(
        frame,
        `R.reference(${variantOf(operand)}, ${JSON.stringify(labelOf(value))})`,
        M.object,
      );
    }
  } else if ((operand.mask & M.object) !== 0 && !isMemberTarget(target)) {
    operand = letValue(frame, operand, isShared(value));
  }
  assignTo(frame, target, operand, isSet);
}

/** Whether a variable is declared with parentheses: only its elements can be assigned. */
function isDeclaredArray(frame: Frame, name: string): boolean {
  const { scope, unit } = frame;
  if (frame.places.has(name)) return scope.declared.get(name)?.bounds !== undefined;
  if (memberMeaning(frame, name) !== undefined) {
    return scope.class!.fields.some((field) => field.name === name && field.bounds !== undefined);
  }
  return meaningOf(frame, name).kind === "variable" &&
    unit.script.main.declared.get(name)?.bounds !== undefined;
}

/** What an assignment without Set stores: an object's default value, a copy of an array. */
function letValue(frame: Frame, operand: Operand, shared: boolean): Operand {
  const method = shared ? "let" : "letFresh";
  if (operand.v !== undefined) {
    const v = operand.v;
    return computed(frame, `typeof ${v} === "object" ? R.${method}(${v}) : ${v}`, operand.mask);
  }
  const temp = frame.temp();
  frame.emit(`${temp.n} = ${operand.n}; ${temp.t} = ${operand.t};`);
  const object = `if (typeof ${temp.o} === "object") { ${temp.o} = R.${method}(${temp.o}); ` +
    `${temp.t} = tagOf(${temp.o}); if (${temp.t} !== 0) ${temp.n} = numberOf(${temp.o}); }`;
  frame.withSlowPath(() => frame.emit(`if (${temp.t} === 0) { ${temp.o} = ${operand.o}; ${object} }`));
  return { mask: M.any, ...temp };
}

/** Stores a value into a variable, a member or an element. */
export function assignTo(frame: Frame, target: Expression, value: Operand, isSet: boolean): void {
  if (target.kind === "name") return assignName(frame, target, value, isSet);
  if (target.kind === "member") return assignMember(frame, target, [], value, isSet);
  if (target.kind !== "call") return frame.emit("R.raise(501);");
  const { callee, args } = target;
  if (callee.kind === "member") return assignMember(frame, callee, args, value, isSet);
  if (callee.kind === "name") {
    const meaning = meaningOf(frame, callee.name);
    if (meaning.kind === "property") {
      return assignProperty(frame, callee.name, callee.spelling, args, value, isSet);
    }
    if (meaning.kind === "procedure" || (meaning.kind === "binding" && meaning.binding.kind !== "object")) {
      if (meaning.kind === "procedure") {
        const container = procedureCall(frame, meaning.scope, meaning.js, meaning.isMember, []);
        return assignElement(frame, container, args, value, isSet, callee.spelling);
      }
      return frame.emit(`R.raise(501, ${JSON.stringify(callee.spelling)});`);
    }
  }
  const container = expressionOf(frame, callee);
  assignElement(frame, container, args, value, isSet, labelOf(callee));
}

/** Stores a value into what a bare name stands for. */
export function assignName(
  frame: Frame,
  target: Expression & { kind: "name" },
  value: Operand,
  isSet: boolean,
): void {
  const { name, spelling } = target;
  const meaning = meaningOf(frame, name);
  switch (meaning.kind) {
    case "variable":
      return store(frame, meaning.place, value);
    case "late":
      return frame.emit(
        `R.latePut(${lateName(frame, name, spelling)}, ${variantOf(value)}, ${localsOf(frame)});`,
      );
    case "property":
      return assignProperty(frame, name, spelling, [], value, isSet);
    case "binding":
      if (meaning.binding.kind === "object") {
        return frame.emit(
          `R.latePut(${lateName(frame, name, spelling)}, ${variantOf(value)}, ${localsOf(frame)});`,
        );
      }
      return frame.emit(`R.raise(501, ${JSON.stringify(spelling)});`);
    case "constant":
    case "procedure":
    case "class":
      return frame.emit(`R.raise(501, ${JSON.stringify(spelling)});`);
  }
}
