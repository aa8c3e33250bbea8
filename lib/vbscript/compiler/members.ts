/** Members of objects. @module */
import type { Argument, Expression } from "../syntax_tree.ts";
import { assignTo } from "./assignments.ts";
import { argumentsOf, callOperand, isVariableArgument, looseCall, procedureCall } from "./calls.ts";
import { assignElement } from "./elements.ts";
import { expressionOf, nameOperand } from "./expressions.ts";
import type { Frame } from "./frame.ts";
import type { Operand } from "./operand.ts";
import { computed, snapshot, snapshotIf, variantOf } from "./operands.ts";
import { labelOf } from "./tree_facts.ts";
import { accessorOf, memberMeaning } from "./variables.ts";

/** `object.member(args)` as a value or a statement. */
export function memberCall(
  frame: Frame,
  member: Expression & { kind: "member" },
  args: readonly Argument[],
): Operand {
  if (member.object?.kind === "me" && memberMeaning(frame, member.name) !== undefined) {
    const isOwnResult = member.name === frame.scope.procedure?.name;
    if (!isOwnResult && !frame.places.has(member.name)) {
      const name = {
        kind: "name",
        name: member.name,
        spelling: member.spelling,
        at: { line: 0, column: 0 },
      } as const;
      return args.length === 0 ? nameOperand(frame, name) : callOperand(frame, name, args);
    }
  }
  const object = objectOf(frame, member, args);
  const site = siteOf(frame, member);
  const { o: target } = frame.temp();
  frame.emit(`${target} = ${object};`);
  // A site that met an instance of this class calls the member's code, which takes no references.
  const direct = (list: string): string =>
    `${target}?.scriptClass === ${site}.scriptClass ? ${site}.code(${target}${
      list === "" ? "" : `, ${list}`
    })`;
  if (args.some((argument) => argument !== undefined && isVariableArgument(frame, argument))) {
    return looseCall(
      frame,
      args,
      (list, bits) =>
        `${direct(list.slice(1, -1))} : R.memberByReference(${site}, ${target}, ${list}, ${bits})`,
    );
  }
  const list = argumentsOf(frame, args).map((operand) => variantOf(operand)).join(", ");
  return computed(frame, `${direct(list)} : R.member(${site}, ${target}, [${list}])`);
}

/** The object before the dot, safe from what the arguments do. */
function objectOf(
  frame: Frame,
  member: Expression & { kind: "member" },
  args: readonly Argument[],
): string {
  if (member.object === undefined) {
    const current = frame.withs.at(-1);
    return current ?? "R.raise(505)";
  }
  let operand = expressionOf(frame, member.object);
  operand = snapshotIf(frame, operand, args);
  return variantOf(operand);
}

/** A pool entry that remembers what a member access found. */
function siteOf(frame: Frame, member: Expression & { kind: "member" }): string {
  return frame.unit.own({
    name: member.spelling,
    label: labelOf(member),
    dispatch: undefined,
    member: undefined,
    scriptClass: null,
    code: null,
  });
}

/** `object.member(args) = value`. */
export function assignMember(
  frame: Frame,
  member: Expression & { kind: "member" },
  args: readonly Argument[],
  value: Operand,
  isSet: boolean,
): void {
  const isOwn = member.object?.kind === "me" && memberMeaning(frame, member.name) !== undefined &&
    !frame.places.has(member.name);
  if (isOwn) {
    const name = {
      kind: "name",
      name: member.name,
      spelling: member.spelling,
      at: { line: 0, column: 0 },
    } as const;
    return assignTo(frame, args.length === 0 ? name : { kind: "call", callee: name, args }, value, isSet);
  }
  const kept = snapshot(frame, { ...value, isVariable: true });
  const object = objectOf(frame, member, args);
  const list = argumentsOf(frame, args).map((operand) => variantOf(operand)).join(", ");
  if (args.length === 0 && !isSet) {
    const { o: instance } = frame.temp();
    const site = siteOf(frame, member);
    const any = variantOf(kept);
    frame.emit(`${instance} = ${object};`);
    frame.emit(
      `if (${instance}?.scriptClass === ${site}.scriptClass) ${site}.code(${instance}, ${any}); ` +
        `else R.putMember(${site}, ${instance}, [], ${any});`,
    );
    return;
  }
  const method = isSet ? "setMember" : "putMember";
  frame.emit(`R.${method}(${siteOf(frame, member)}, ${object}, [${list}], ${variantOf(kept)});`);
}

/** An assignment to a property of the class that the code belongs to. */
export function assignProperty(
  frame: Frame,
  name: string,
  spelling: string,
  args: readonly Argument[],
  value: Operand,
  isSet: boolean,
): void {
  const accessor = accessorOf(frame, name, isSet ? "set" : "let") ??
    (isSet ? undefined : accessorOf(frame, name, "set"));
  if (accessor === undefined || args.length + 1 !== accessor.scope.procedure!.parameters.length) {
    if (accessor === undefined && args.length > 0 && accessorOf(frame, name, "get") !== undefined) {
      const get = accessorOf(frame, name, "get")!;
      const container = procedureCall(frame, get.scope, get.js, true, []);
      return assignElement(frame, container, args, value, isSet, spelling);
    }
    return frame.emit(`R.raise(450, ${JSON.stringify(spelling)});`);
  }
  const references = frame.unit.script.references.get(accessor.scope.procedure!)!;
  const kept = snapshotIf(frame, value, args);
  const texts = [...argumentsOf(frame, args), kept].map((operand, index) =>
    references[index] ? `R.referenceTo(${variantOf(operand)})` : variantOf(operand)
  );
  frame.emit(`${accessor.js}(${["me", ...texts].join(", ")});`);
}

/** `obj.p = object` hands over the object itself; variables and elements take default values. */
export function isMemberTarget(target: Expression): boolean {
  if (target.kind === "member") return true;
  return target.kind === "call" && isMemberTarget(target.callee);
}
