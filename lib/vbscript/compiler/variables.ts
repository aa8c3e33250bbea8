/** What names mean, and how variables are read and written. @module */
import type { CodeScope } from "../scopes.ts";
import type { Frame, Meaning, Place } from "./frame.ts";
import { fieldSlots, mangle, memberCode } from "./names.ts";
import { M, type Operand } from "./operand.ts";
import { snapshot, variantOf } from "./operands.ts";

/** What a name means in this function. */
export function meaningOf(frame: Frame, name: string): Meaning {
  const local = frame.places.get(name);
  if (local !== undefined) return { kind: "variable", place: local };
  const { script, environment } = frame.unit;
  const constant = frame.scope.constants.get(name);
  if (constant !== undefined) return { kind: "constant", value: constant.value };
  const member = memberMeaning(frame, name);
  if (member !== undefined) return member;
  const outer = environment.locals?.cells.get(name);
  const isDeclaredHere = script.main.declared.has(name);
  if (outer !== undefined && !isDeclaredHere) {
    return { kind: "variable", place: { mode: "cell", js: frame.unit.shared(outer) } };
  }
  const outerConstants = environment.locals?.constants;
  if (outerConstants?.has(name)) return { kind: "constant", value: outerConstants.get(name) };
  const procedure = script.procedures.get(name);
  if (procedure !== undefined) {
    return { kind: "procedure", scope: procedure, js: `p_${mangle(name)}`, isMember: false };
  }
  const global = frame.unit.global(name);
  if (global !== undefined) return { kind: "variable", place: global };
  const globalConstant = script.main.constants.get(name);
  if (globalConstant !== undefined) return { kind: "constant", value: globalConstant.value };
  if (script.classes.has(name)) return { kind: "class", js: `H_${mangle(name)}` };
  const binding = environment.find(name);
  if (binding === undefined) return { kind: "late" };
  if (binding.kind === "constant") return { kind: "constant", value: binding.value };
  if (binding.kind === "variable") {
    return {
      kind: "variable",
      place: {
        mode: "cell",
        js: frame.unit.shared(binding.cell),
        isTracked: environment.locals === undefined,
      },
    };
  }
  return { kind: "binding", binding };
}

/** A name as a member of the class that this code belongs to. */
export function memberMeaning(frame: Frame, name: string): Meaning | undefined {
  const declaration = frame.scope.class;
  if (declaration === undefined) return undefined;
  if (declaration.fields.some((field) => field.name === name)) {
    return {
      kind: "variable",
      place: fieldPlace(frame, { className: declaration.name, name, instance: frame.me }),
    };
  }
  const members = frame.unit.script.classes.get(declaration.name)!.members;
  const scope = members.find(({ procedure }) => procedure!.name === name);
  if (scope === undefined) return undefined;
  const { kind } = scope.procedure!;
  if (kind === "sub" || kind === "function") {
    return { kind: "procedure", scope, js: memberCode(declaration.name, scope.procedure!), isMember: true };
  }
  return { kind: "property", name };
}

/** A field of an instance of a class of this script. */
export function fieldPlace(
  frame: Frame,
  { className, name, instance }: { className: string; name: string; instance: string },
): Place {
  const field = `f_${mangle(name)}`;
  const place = { mode: "cell", js: `${instance}.${field}`, isTracked: true } as const;
  if (frame.unit.script.classes.get(className)!.referencedFields.has(name)) return place;
  const [n, t, o] = fieldSlots(name);
  return { ...place, field, slots: [`${instance}.${n}`, `${instance}.${t}`, `${instance}.${o}`] };
}

/** A property procedure of the class that this code belongs to. */
export function accessorOf(
  frame: Frame,
  name: string,
  kind: "get" | "let" | "set",
): { scope: CodeScope; js: string } | undefined {
  const declaration = frame.scope.class!;
  const scope = frame.unit.script.classes.get(declaration.name)!.members.find(({ procedure }) =>
    procedure!.name === name && procedure!.kind === kind
  );
  return scope === undefined ? undefined : { scope, js: memberCode(declaration.name, scope.procedure!) };
}

/** A pool entry for a name that is looked up when it is used. */
export function lateName(frame: Frame, name: string, spelling: string): string {
  const { scope, unit } = frame;
  const declared = function* (): Iterable<string> {
    for (const variable of scope.declared.values()) yield variable.spelling;
    for (const constant of scope.constants.values()) yield constant.spelling;
    for (const field of scope.class?.fields ?? []) yield field.spelling;
    for (const member of scope.class?.procedures ?? []) yield member.spelling;
    for (const variable of unit.script.main.declared.values()) yield variable.spelling;
    for (const constant of unit.script.main.constants.values()) yield constant.spelling;
    for (const procedure of unit.script.program.procedures) yield procedure.spelling;
    for (const declaration of unit.script.program.classes) yield declaration.spelling;
  };
  return unit.own({ name, spelling, explicit: unit.script.program.optionExplicit, declared });
}

/** The local scope that Execute and Eval see here. */
export function localsOf(frame: Frame): string {
  if (frame.scope.procedure !== undefined && frame.scope.usesCode) return "$s";
  const { locals } = frame.unit.environment;
  return locals === undefined ? "undefined" : frame.unit.shared(locals);
}

/** A variable's value, with what is known of its type. */
export function readPlace(frame: Frame, place: Place): Operand {
  const { mode, js } = place;
  if (mode === "value") return place.operand!;
  const instanceOf = frame.classOf(js);
  const ofClass = instanceOf === undefined ? {} : { instanceOf };
  if (mode === "variant") {
    const known = frame.maskOf(js);
    // A number would be expected in parts.
    return { mask: (known & M.number) === 0 ? known : M.any, v: js, isVariable: true, ...ofClass };
  }
  const [n, tag, o] = frame.isFresh(js) ? copySlots(place) : slotsOf(place);
  if (place.v !== undefined) return { mask: M.any, n, t: tag, o, v: place.v };
  const mask = frame.maskOf(js);
  const kind = { isVariable: true, isShared: mode === "cell", ...ofClass };
  if ((mask & M.number) === 0) return { mask, v: o, ...kind };
  const t = mask === M.integer ? "1" : mask === M.long ? "2" : mask === M.double ? "3" : tag;
  return { mask, n, t, ...((mask & ~M.number) === 0 ? {} : { o }), ...kind };
}

/** A variable's value where nothing is known of it. */
export function readUntyped(place: Place): Operand {
  if (place.mode === "variant") return { mask: M.any, v: place.js };
  const [n, t, o] = slotsOf(place);
  return { mask: M.any, n, t, o };
}

/** Where a variable that is taken apart has its number, tag and other part. */
export function slotsOf({ mode, js, slots }: Place): readonly [n: string, t: string, o: string] {
  if (slots !== undefined) return slots;
  return mode === "cell" ? [`${js}.n`, `${js}.t`, `${js}.o`] : [js, `${js}_t`, `${js}_o`];
}

/** Stores a value into a variable; counts references where they are counted. */
export function store(frame: Frame, place: Place, value: Operand): void {
  const known = frame.maskOf(place.js);
  if (!frame.unit.environment.countsReferences || ((known | value.mask) & M.object) === 0) {
    return storePlain(frame, place, value);
  }
  const kept = snapshot(frame, { ...value, isVariable: true });
  const { o: old } = frame.temp();
  frame.emit(`${old} = ${otherOf(readPlace(frame, place))};`);
  storePlain(frame, place, kept);
  const { o: next } = frame.temp();
  frame.emit(`${next} = ${otherOf(kept)};`);
  frame.emit(
    `if (typeof ${old} === "object" || typeof ${next} === "object") R.exchange(${old}, ${next});`,
  );
}

/** A value where it is no number, else undefined. */
export function otherOf({ mask, t, o, v }: Operand): string {
  if (v !== undefined) return v;
  if (o === undefined || (mask & ~M.number) === 0) return "undefined";
  return t === "0" ? o : `${t} === 0 ? ${o} : undefined`;
}

/** Stores a value into a variable, uncounted. */
export function storePlain(frame: Frame, place: Place, value: Operand): void {
  const { mode, js } = place;
  if (mode === "value") throw new Error(`${js} is never written to`);
  const known = value.instanceOf === undefined
    ? value.mask
    : frame.instanceBits(value.instanceOf, value.mask);
  if (mode === "variant") {
    frame.emit(`${js} = ${variantOf(value)};`);
    return frame.know(js, known);
  }
  const [n, t, o] = slotsOf(place);
  if (frame.loopDepth > 0 && isCopied(place)) {
    return storeThrough(frame, place, value);
  }
  frame.makeStale(js);
  if (value.n !== undefined) {
    // A store of an object has to tell the garbage collector: only where it is one that counts.
    const other = value.o === undefined
      ? ""
      : value.t === "0"
      ? ` ${o} = ${value.o};`
      : ` if (${value.t} === 0) ${o} = ${value.o};`;
    frame.emit(`${n} = ${value.n}; ${t} = ${value.t};${other}`);
  } else if ((value.mask & M.number) === 0) frame.emit(`${t} = 0; ${o} = ${value.v};`);
  else frame.emit(`${o} = ${value.v}; ${t} = tagOf(${o}); if (${t} !== 0) ${n} = numberOf(${o});`);
  if (mode === "parts") return frame.know(js, known);
  // The same field of another instance, or of this one by another name.
  if (place.field !== undefined) frame.forgetField(place.field);
  if (place.isTracked) frame.knowCell(js, known);
  else if (place.field !== undefined) return;
  // A reference may be any variable.
  else frame.disturb();
}

/** Whether a variable is a global's cell, which loops may have a copy of. */
function isCopied({ mode, js, isTracked }: Place): boolean {
  return mode === "cell" && isTracked === true && /^k\d+$/.test(js);
}

/** Where the copy of a cell has number, tag and other part. */
function copySlots({ js }: Place): readonly [n: string, t: string, o: string] {
  return [`c_${js}`, `c_${js}_t`, `c_${js}_o`];
}

/** Stores a value into a cell and its copy. */
function storeThrough(frame: Frame, place: Place, value: Operand): void {
  const { js } = place;
  const [n, t, o] = slotsOf(place);
  const [copy, copyTag, copyOther] = declareCopy(frame, place);
  // What is known to have a tag has it already.
  const hasTag = /^[123]$/.test(value.t ?? "") && frame.maskOf(js) === value.mask && frame.isFresh(js);
  storePlain(frame, { mode: "parts", js: copy }, value);
  frame.types?.delete(copy);
  const isNumber = (value.mask & ~M.number) === 0;
  const isOther = (value.mask & M.number) === 0;
  const number = isOther ? "" : `${n} = ${copy};`;
  const tag = hasTag ? "" : isOther ? ` ${t} = 0;` : ` ${t} = ${value.n === undefined ? copyTag : value.t};`;
  const other = isNumber
    ? ""
    : isOther
    ? ` ${o} = ${copyOther};`
    : ` if (${copyTag} === 0) ${o} = ${copyOther};`;
  frame.emit(`${number}${tag}${other}`);
  frame.knowCell(
    js,
    value.instanceOf === undefined ? value.mask : frame.instanceBits(value.instanceOf, value.mask),
  );
  frame.refresh(js);
}

function declareCopy(frame: Frame, place: Place): readonly [n: string, t: string, o: string] {
  const slots = copySlots(place);
  frame.moreLocals.add(`${slots[0]} = 0, ${slots[1]} = 0, ${slots[2]}`);
  return slots;
}

/** The cells among some names that have no copy as yet: a loop may want one. */
export function staleCells(frame: Frame, names: Iterable<string>): Place[] {
  const cells: Place[] = [];
  for (const name of names) {
    const meaning = meaningOf(frame, name);
    if (meaning.kind !== "variable" || !isCopied(meaning.place) || frame.isFresh(meaning.place.js)) continue;
    cells.push(meaning.place);
  }
  return cells;
}

/** Copies a cell into its locals. */
export function copyCell(frame: Frame, place: Place): void {
  const slots = slotsOf(place);
  frame.emit(declareCopy(frame, place).map((copy, index) => `${copy} = ${slots[index]};`).join(" "));
  frame.refresh(place.js);
}

/** Forgets what is known of a variable. */
export function forget(frame: Frame, name: string): void {
  const meaning = meaningOf(frame, name);
  if (meaning.kind === "variable" && meaning.place.mode !== "cell") {
    frame.types?.set(meaning.place.js, M.any);
  }
}
