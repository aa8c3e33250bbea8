/** Members of objects. @module */
import type { Argument, Expression, Procedure } from "../syntax_tree.ts";
import { assignTo } from "./assignments.ts";
import { argumentsOf, callOperand, isVariableArgument, looseCall, procedureCall } from "./calls.ts";
import { assignElement } from "./elements.ts";
import { expressionOf, nameOperand } from "./expressions.ts";
import type { Frame } from "./frame.ts";
import { mangle, memberCode } from "./names.ts";
import { M, type Operand, unpack } from "./operand.ts";
import { computed, snapshot, snapshotIf, variantOf } from "./operands.ts";
import { labelOf } from "./tree_facts.ts";
import { accessorOf, memberMeaning, store } from "./variables.ts";

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
  const owner = onlyOwner(frame, member.name);
  const own = args.includes(undefined)
    ? undefined
    : owner?.procedure(["sub", "function", "get"], args.length);
  if (args.length === 0 && owner?.field !== undefined) {
    const result = frame.temp();
    const field = `${target}.${owner.field}`;
    frame.emit(
      `if (${target}?.scriptClass === ${owner.scriptClass}) { ${result.n} = ${field}.n; ${result.t} = ${field}.t; ` +
        `if (${result.t} === 0) ${result.o} = R.copied(${field}.o); } else { ` +
        `${unpack(result, `R.member(${site}, ${target}, [])`)} }`,
    );
    return { mask: M.any, ...result };
  }
  const direct = (list: string): string =>
    own !== undefined
      ? `${target}?.scriptClass === ${owner!.scriptClass} ? ${own}(${target}${
        list === "" ? "" : `, ${list}`
      })`
      : `${target}?.scriptClass === ${site}.scriptClass ? ${site}.code(${target}${
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

/** A class of this script whose instances can be accessed without looking the member up. */
interface Owner {
  /** What its instances have as `scriptClass`. */
  readonly scriptClass: string;
  /** A public field, where storing into it is all that an assignment does. */
  readonly field: string | undefined;
  /** The function of a public procedure that takes so many arguments, none by reference. */
  procedure(kinds: readonly Procedure["kind"][], count: number): string | undefined;
}

/** The class of this script that has a member of this name, if it is the only one. */
function onlyOwner(frame: Frame, name: string): Owner | undefined {
  const { script, environment } = frame.unit;
  const owners = [...script.classes].filter(([, { declaration }]) =>
    declaration.fields.some((field) => field.name === name) ||
    declaration.procedures.some((procedure) => procedure.name === name)
  );
  const [owner] = owners;
  if (owner === undefined || owners.length > 1) return undefined;
  const [className, { declaration }] = owner;
  const field = declaration.fields.find((candidate) => candidate.name === name);
  const isPlain = field?.isPublic === true && field.bounds === undefined && !environment.countsReferences;
  return {
    scriptClass: `H_${mangle(className)}.c`,
    field: isPlain ? `f_${mangle(name)}` : undefined,
    procedure(kinds, count): string | undefined {
      const procedure = declaration.procedures.find((candidate) =>
        candidate.name === name && kinds.includes(candidate.kind)
      );
      if (procedure?.isPublic !== true || procedure.parameters.length !== count) return undefined;
      return script.references.get(procedure)!.includes(true) ? undefined : memberCode(className, procedure);
    },
  };
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
    const owner = onlyOwner(frame, member.name);
    const slow = `R.putMember(${site}, ${instance}, [], ${any});`;
    const own = owner?.procedure(["let"], 1);
    if (own !== undefined) {
      frame.emit(
        `if (${instance}?.scriptClass === ${owner!.scriptClass}) ${own}(${instance}, ${any}); else ${slow}`,
      );
      return;
    }
    if (owner?.field !== undefined && (kept.mask & M.object) === 0) {
      frame.emit(`if (${instance}?.scriptClass === ${owner.scriptClass}) {`);
      store(frame, { mode: "cell", js: `${instance}.${owner.field}` }, kept);
      frame.emit(`} else ${slow}`);
      return;
    }
    if (owner?.field !== undefined) {
      frame.emit(
        `if (${instance}?.scriptClass === ${owner.scriptClass}) ${instance}.${owner.field}.write(R.copied(${any})); else ${slow}`,
      );
      return;
    }
    frame.emit(
      `if (${instance}?.scriptClass === ${site}.scriptClass) ${site}.code(${instance}, ${any}); ` +
        `else ${slow}`,
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
  const cells: string[] = [];
  const texts = [...argumentsOf(frame, args), kept].map((operand, index) => {
    if (!references[index]) return variantOf(operand);
    const { o: cell } = frame.temp();
    frame.emit(`${cell} = R.referenceTo(${variantOf(operand)});`);
    cells.push(cell);
    return cell;
  });
  const call = `${accessor.js}(${["me", ...texts].join(", ")});`;
  if (cells.length === 0 || !frame.unit.environment.countsReferences) return frame.emit(call);
  const ends = cells.map((cell) => `R.endReference(${cell}, true);`).join(" ");
  frame.emit(`try { ${call} } finally { ${ends} }`);
}

/** `obj.p = object` hands over the object itself; variables and elements take default values. */
export function isMemberTarget(target: Expression): boolean {
  if (target.kind === "member") return true;
  return target.kind === "call" && isMemberTarget(target.callee);
}
