/** Members of objects. @module */
import type { ClassScope, CodeScope } from "../scopes.ts";
import type { Argument, Expression, Procedure } from "../syntax_tree.ts";
import { assignTo } from "./assignments.ts";
import { argumentsOf, callOperand, isVariableArgument, looseCall, procedureCall } from "./calls.ts";
import { assignElement } from "./elements.ts";
import { expressionOf, nameOperand } from "./expressions.ts";
import type { Frame } from "./frame.ts";
import { canInline, inlineCall } from "./inlining.ts";
import { isInstance, memberCode } from "./names.ts";
import { M, type Operand, unpack } from "./operand.ts";
import { computed, snapshot, snapshotIf, variantOf } from "./operands.ts";
import { labelOf } from "./tree_facts.ts";
import {
  accessorOf,
  fieldPlace,
  memberMeaning,
  readUntyped,
  slotsOf,
  store,
  storePlain,
} from "./variables.ts";

/** `object.member(args)` as a value or a statement. */
export function memberCall(
  frame: Frame,
  member: Expression & { kind: "member" },
  args: readonly Argument[],
): Operand {
  const name = ownName(frame, member);
  if (name !== undefined && name.name !== frame.scope.procedure?.name) {
    return args.length === 0 ? nameOperand(frame, name) : callOperand(frame, name, args);
  }
  const object = objectOf(frame, member, args);
  const site = siteOf(frame, member);
  const { o: target } = frame.temp();
  frame.emit(`${target} = ${object.js};`);
  // A site that met an instance of this class calls the member's code, which takes no references.
  const owner = ownerOf(frame, member.name, object);
  if (args.length === 0 && owner?.hasField === true) {
    return fieldOperand(frame, { member, target, owner, site });
  }
  const own = args.includes(undefined)
    ? undefined
    : owner?.procedure(["sub", "function", "get"], args.length);
  if (own !== undefined && canInline(frame, own)) {
    return inlineMember(frame, { target, owner: owner!, scope: own, site }, args);
  }
  const direct = (list: string): string => {
    const rest = list === "" ? "" : `, ${list}`;
    return own !== undefined
      ? `${owner!.test(target)} ? ${memberCode(owner!.className, own.procedure!)}(${target}${rest})`
      : `${target} !== undefined && ${target} !== null && ${target}.scriptClass === ${site}.scriptClass ? ` +
        `${site}.code(${target}${rest})`;
  };
  if (args.some((argument) => argument !== undefined && isVariableArgument(frame, argument))) {
    return looseCall(
      frame,
      args,
      (list, bits) => {
        const inner = list.slice(1, -1);
        return args.length === 1
          ? `${direct(inner)} : R.memberOne(${site}, ${target}, ${inner}, ${bits})`
          : `${direct(inner)} : R.memberByReference(${site}, ${target}, ${list}, ${bits})`;
      },
    );
  }
  const list = argumentsOf(frame, args).map((operand) => variantOf(operand)).join(", ");
  const call = args.length === 1
    ? `R.memberOne(${site}, ${target}, ${list}, 0)`
    : `R.member(${site}, ${target}, [${list}])`;
  return computed(frame, `${direct(list)} : ${call}`);
}

/** The value of a public field. */
function fieldOperand(
  frame: Frame,
  { member, target, owner, site }: {
    member: Expression & { kind: "member" };
    target: string;
    owner: Owner;
    site: string;
  },
): Operand {
  const place = fieldPlace(frame, { className: owner.className, name: member.name, instance: target });
  const [n, t, o] = slotsOf(place);
  const result = frame.temp();
  const read = `${result.n} = ${n}; ${result.t} = ${t}; if (${result.t} === 0) ${result.o} = R.copied(${o});`;
  if (owner.isSure) frame.emit(read);
  else {
    frame.emit(
      `if (${owner.test(target)}) { ${read} } else { ` +
        `${unpack(result, `R.member(${site}, ${target}, [])`)} }`,
    );
  }
  return { mask: M.any, ...result };
}

/** A call of a member whose code is printed here; another object's member is called. */
function inlineMember(
  frame: Frame,
  { target, owner, scope, site }: { target: string; owner: Owner; scope: CodeScope; site: string },
  args: readonly Argument[],
): Operand {
  const operands = argumentsOf(frame, args)
    .map((operand) => operand.isShared === true ? snapshot(frame, operand) : operand);
  const call = { me: target, args: operands };
  if (owner.isSure) return inlineCall(frame, scope, call).value;
  frame.emit(`if (${owner.test(target)}) {`);
  const before = frame.copyTypes();
  const { place } = inlineCall(frame, scope, call);
  // A Sub gives nothing here; what has the same name elsewhere may.
  const { o: other } = frame.temp();
  if (place === undefined) frame.emit(`${other} = undefined;`);
  const after = frame.types;
  frame.types = before;
  frame.emit("} else {");
  const loose = looseCall(
    frame,
    args,
    (list, bits) =>
      bits === 0
        ? `R.member(${site}, ${target}, ${list})`
        : `R.memberByReference(${site}, ${target}, ${list}, ${bits})`,
    operands,
  );
  if (place === undefined) frame.emit(`${other} = ${variantOf(loose)};`);
  else storePlain(frame, place, loose);
  frame.emit("}");
  frame.types = frame.join(after, frame.types);
  return place === undefined ? { mask: M.any, v: other } : readUntyped(place);
}

/** A class of this script whose instances can be accessed without looking the member up. */
interface Owner {
  readonly className: string;
  /** Whether the object is surely an instance. */
  readonly isSure: boolean;
  /** The test that the object in a variable is one. */
  readonly test: (js: string) => string;
  /** Whether the name is a public field's, where storing into it is all that an assignment does. */
  readonly hasField: boolean;
  /** A public procedure that takes so many arguments, none by reference. */
  procedure(kinds: readonly Procedure["kind"][], count: number): CodeScope | undefined;
}

/** The class that an object is known to have, or the one class of this script that has a member of this name. */
function ownerOf(frame: Frame, name: string, { instanceOf, mask }: Receiver): Owner | undefined {
  const { script } = frame.unit;
  const hasMember = ({ declaration }: ClassScope): boolean =>
    declaration.fields.some((field) => field.name === name) ||
    declaration.procedures.some((procedure) => procedure.name === name);
  const owners = instanceOf === undefined
    ? [...script.classes].filter(([, scope]) => hasMember(scope))
    : [[instanceOf, script.classes.get(instanceOf)!] as const];
  const [owner] = owners;
  if (owner === undefined || owners.length > 1) return undefined;
  const [className, { declaration, members }] = owner;
  const field = declaration.fields.find((candidate) => candidate.name === name);
  const isPlain = field?.isPublic === true && field.bounds === undefined;
  return {
    className,
    isSure: instanceOf !== undefined && mask === M.object,
    test: (js) =>
      instanceOf !== undefined && (mask & ~(M.object | M.empty)) === 0
        ? `${js} !== undefined`
        : isInstance(js, className),
    hasField: isPlain,
    procedure(kinds, count): CodeScope | undefined {
      const scope = members.find(({ procedure }) =>
        procedure!.name === name && kinds.includes(procedure!.kind)
      );
      const procedure = scope?.procedure;
      if (procedure?.isPublic !== true || procedure.parameters.length !== count) return undefined;
      return script.references.get(procedure)!.includes(true) ? undefined : scope;
    },
  };
}

/** What stands before a dot: the object, and what is known of it. */
interface Receiver {
  readonly js: string;
  readonly mask: number;
  readonly instanceOf: string | undefined;
}

/** The object before the dot, safe from what the arguments do. */
function objectOf(
  frame: Frame,
  member: Expression & { kind: "member" },
  args: readonly Argument[],
): Receiver {
  if (member.object === undefined) {
    const current = frame.withs.at(-1);
    return { js: current ?? "R.raise(505)", mask: M.any, instanceOf: undefined };
  }
  const operand = expressionOf(frame, member.object);
  const js = variantOf(snapshotIf(frame, operand, args));
  return { js, mask: operand.mask, instanceOf: operand.instanceOf };
}

/** `Me.name` as the name alone, where that is a member of this class and nothing else here. */
function ownName(
  frame: Frame,
  member: Expression & { kind: "member" },
): (Expression & { kind: "name" }) | undefined {
  const { object, name, spelling } = member;
  const isOwn = object?.kind === "me" && memberMeaning(frame, name) !== undefined && !frame.places.has(name);
  return isOwn ? { kind: "name", name, spelling, at: { line: 0, column: 0 } } : undefined;
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
  const name = ownName(frame, member);
  if (name !== undefined) {
    return assignTo(frame, args.length === 0 ? name : { kind: "call", callee: name, args }, value, isSet);
  }
  const kept = snapshot(frame, { ...value, isVariable: true });
  const object = objectOf(frame, member, args);
  const list = argumentsOf(frame, args).map((operand) => variantOf(operand)).join(", ");
  if (args.length === 0 && !isSet) {
    const { o: instance } = frame.temp();
    frame.emit(`${instance} = ${object.js};`);
    return putMember(frame, { member, receiver: { ...object, js: instance } }, kept);
  }
  const method = isSet ? "setMember" : "putMember";
  frame.emit(`R.${method}(${siteOf(frame, member)}, ${object.js}, [${list}], ${variantOf(kept)});`);
}

/** `instance.name = value`. */
function putMember(
  frame: Frame,
  { member, receiver }: { member: Expression & { kind: "member" }; receiver: Receiver },
  value: Operand,
): void {
  const instance = receiver.js;
  const site = siteOf(frame, member);
  const any = variantOf(value);
  const owner = ownerOf(frame, member.name, receiver);
  const slow = `R.putMember(${site}, ${instance}, [], ${any});`;
  const own = owner?.procedure(["let"], 1);
  if (own !== undefined && !canInline(frame, own)) {
    const code = memberCode(owner!.className, own.procedure!);
    frame.emit(`if (${owner!.test(instance)}) ${code}(${instance}, ${any}); else ${slow}`);
    return;
  }
  if (own === undefined && owner?.hasField !== true) {
    frame.emit(
      `if (${instance} !== undefined && ${instance} !== null && ${instance}.scriptClass === ${site}.scriptClass) ` +
        `${site}.code(${instance}, ${any}); else ${slow}`,
    );
    return;
  }
  const direct = (): void => {
    if (own !== undefined) return void inlineCall(frame, own, { me: instance, args: [value] });
    const place = fieldPlace(frame, { className: owner!.className, name: member.name, instance });
    const isPlain = (value.mask & M.object) === 0;
    store(frame, place, isPlain ? value : computed(frame, `R.copied(${any})`, value.mask));
  };
  if (owner!.isSure) return direct();
  frame.emit(`if (${owner!.test(instance)}) {`);
  const before = frame.copyTypes();
  direct();
  const after = frame.types;
  frame.types = before;
  frame.emit(`} else { ${slow} }`);
  frame.types = frame.join(after, frame.types);
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
  const call = `${accessor.js}(${[frame.me, ...texts].join(", ")});`;
  if (cells.length === 0 || !frame.unit.environment.countsReferences) return frame.emit(call);
  const ends = cells.map((cell) => `R.endReference(${cell}, true);`).join(" ");
  frame.emit(`try { ${call} } finally { ${ends} }`);
}

/** `obj.p = object` hands over the object itself; variables and elements take default values. */
export function isMemberTarget(target: Expression): boolean {
  if (target.kind === "member") return true;
  return target.kind === "call" && isMemberTarget(target.callee);
}
