/** What compiled code calls: members of objects, late names, errors, arrays, loops. One instance an engine. @module */
import { defaultValue, toDouble, toLong } from "../../automation/coerce.ts";
import { AutomationError, Unwinding } from "../../automation/errors.ts";
import { nearest } from "../../automation/nearest.ts";
import {
  type AutomationObject,
  DISPATCH,
  type Dispatch,
  type DispatchMember,
  isAutomationObject,
  isUnknownObject,
  NothingValue,
  type Variant,
  VariantArray,
} from "../../automation/variant.ts";
import { type Position, raise, RUNTIME_SOURCE, runtimeError, scriptNumber, VbsError } from "../errors.ts";
import { erase, newArray, offsetOf, redim } from "./arrays.ts";
import { ErrObject } from "./err_object.ts";
import { References } from "./references.ts";
import {
  type Code,
  heldObject,
  type LooseArgument,
  ProcedureReference,
  type ScriptClass,
  ScriptObject,
  type ScriptProcedure,
} from "./script_class.ts";
import { box, Cell, copied, isReference, numberOf, tagOf } from "./values.ts";

/** A function of the library or of the host. */
export interface LibraryFunction {
  readonly name: string;
  readonly minimum: number;
  readonly maximum: number;
  /** Set for a host's function: its name says nothing of its results. */
  readonly isHost?: boolean;
  /** Whether variables come as {@linkcode VariantRef}s. */
  readonly byReference?: boolean;
  readonly call: (...args: Variant[]) => Variant;
}

/** What a global name stands for. */
export type Binding =
  | { readonly kind: "variable"; readonly cell: Cell }
  | { readonly kind: "constant"; readonly value: Variant }
  | { readonly kind: "procedure"; readonly procedure: ScriptProcedure }
  | { readonly kind: "class"; readonly scriptClass: ScriptClass }
  | { readonly kind: "object"; readonly value: Variant }
  | { readonly kind: "function"; readonly function: LibraryFunction };

/** A place in compiled code that calls a member by name, with what it found last. */
export interface Site {
  readonly name: string;
  /** How messages call it: `'x.y'`. */
  readonly label: string;
  dispatch: Dispatch | undefined;
  member: DispatchMember | undefined;
  /** The class of script whose instances `code` is called with directly; null until one was met. */
  scriptClass: ScriptClass | null;
  code: Code | null;
}

/** A name that is looked up when it is used. */
export interface LateName {
  readonly name: string;
  readonly spelling: string;
  /** Whether an unknown name is an error. */
  readonly explicit: boolean;
  /** The names that the code around declares. */
  readonly declared: () => Iterable<string>;
}

/** A place in a script. */
export interface UnitPosition extends Position {
  /** Inside code that was printed in place of a call: whose code it is, and the index of the call's position. */
  readonly procedure?: string;
  readonly caller?: number;
}

/** A compiled script as errors see it. */
export interface Unit {
  readonly path: string;
  readonly lines: readonly string[];
  readonly positions: readonly UnitPosition[];
}

/** Locals by name, for Execute and Eval inside a procedure. */
export class LocalScope {
  readonly cells = new Map<string, Cell>();
  readonly constants = new Map<string, Variant>();

  constructor(readonly me: ScriptObject | undefined) {}

  /** Makes a cell reachable by its name. */
  bind(name: string, cell: Cell): Cell {
    this.cells.set(name, cell);
    return cell;
  }
}

/** A loop over what For Each is given. */
export interface Enumeration {
  value: Variant;
  next(): boolean;
}

class ArrayEnumeration implements Enumeration {
  value: Variant = undefined;
  isLeft = false;
  /** Whether nobody else holds the array. */
  isOwner = false;
  #index = 0;

  constructor(readonly array: VariantArray) {}

  next(): boolean {
    if (this.#index >= this.array.elements.length) return false;
    this.value = copied(this.array.elements[this.#index++]);
    return true;
  }
}

class IteratorEnumeration implements Enumeration {
  value: Variant = undefined;
  readonly #iterator: Iterator<Variant>;

  constructor(iterator: Iterator<Variant>) {
    this.#iterator = iterator;
  }

  next(): boolean {
    const step = this.#iterator.next();
    this.value = step.done === true ? undefined : step.value;
    return step.done !== true;
  }
}

/** An array's element that is passed by reference; without an array, a value that nothing is written back to. */
interface ElementReference {
  readonly cell: Cell;
  readonly array: VariantArray | undefined;
  readonly offset: number;
}

/** What the engine gives its runtime. */
export interface RuntimeServices {
  /** Executes code: in the global scope, or with these locals. */
  execute(code: string, locals: LocalScope | undefined): void;
  /** Evaluates an expression. */
  evaluate(code: string, locals: LocalScope | undefined): Variant;
  /** `New RegExp`. */
  createRegExp(): AutomationObject;
  /** Called when the interrupt flag is up; throws. */
  interrupt(): void;
}

/** See the module. */
export class Runtime extends References {
  readonly err = new ErrObject();
  readonly globals = new Map<string, Binding>();
  readonly host = new Map<string, Binding>();
  readonly library = new Map<string, Binding>();
  /** After {@linkcode memberByReference} and its siblings: the cells that a callee may have changed. */
  out: readonly (Cell | undefined)[] | null = null;
  /** Host objects that want to be told of their last reference. */
  readonly held = new Set<AutomationObject>();
  /** Arrays that For Each loops run over, with how many do. */
  readonly #enumerated = new Map<VariantArray, number>();
  readonly services: RuntimeServices;
  /** The regional settings that SetLocale(0) goes back to. */
  defaultLocale = this.locale;

  constructor(services: RuntimeServices) {
    super();
    this.services = services;
  }

  interrupt(): void {
    this.services.interrupt();
  }

  /** The meaning of a global name. */
  find(name: string): Binding | undefined {
    return this.globals.get(name) ?? this.host.get(name) ?? this.library.get(name);
  }

  raise(number: number, detail?: string): never {
    return raise(number, detail);
  }

  // Errors.

  /** Turns whatever was thrown into an error with a place; what unwinds the script stays as it is. */
  unwind(thrown: unknown, unit: Unit, place: number, procedure: string): unknown {
    if (thrown instanceof Unwinding) return thrown;
    const error = toVbsError(thrown);
    const position = unit.positions[place] ?? { line: 0, column: 0 };
    if (error.line === 0) {
      error.line = position.line;
      error.column = position.column;
      error.path = unit.path;
      error.sourceLine = unit.lines[position.line - 1] ?? "";
    }
    const push = (name: string, { line }: Position): void => {
      if (error.callStack.length < 200) error.callStack.push({ procedure: name, line, path: unit.path });
    };
    let outer: UnitPosition = position;
    for (; outer.caller !== undefined; outer = unit.positions[outer.caller]!) push(outer.procedure!, outer);
    push(procedure, outer);
    return error;
  }

  /** An error that On Error Resume Next passes over. */
  caught(thrown: unknown, unit: Unit, place: number): void {
    const error = this.unwind(thrown, unit, place, "");
    if (!(error instanceof VbsError)) throw error;
    this.err.set(error);
  }

  // Values.

  /** A value on its way into a variable by an assignment without Set. */
  let(value: Variant): Variant {
    if (typeof value !== "object" || value === null) return value;
    if (value instanceof VariantArray) return value.copy();
    if (isUnknownObject(value) && !isAutomationObject(value)) return value;
    return copied(defaultValue(value));
  }

  /** The same for a value that nobody else has. */
  letFresh(value: Variant): Variant {
    return value instanceof VariantArray ? value : this.let(value);
  }

  /** A value on its way into a variable by Set. */
  reference(value: Variant, label: string): Variant {
    if (!isReference(value)) raise(424, label === "" ? undefined : label);
    return value;
  }

  copied(value: Variant): Variant {
    return copied(value);
  }

  box(value: number, tag: number): Variant {
    return box(value, tag);
  }

  // Members.

  #resolve(site: Site, object: Variant): DispatchMember {
    const dispatch = dispatchOf(object);
    if (dispatch === undefined) return notAnObject(object, site.label);
    if (site.dispatch === dispatch) return site.member!;
    const member = dispatch.member(site.name);
    if (member === undefined) {
      const near = nearest(site.name, dispatch.memberNames);
      throw runtimeError(438, chainOf(site.label), near);
    }
    site.dispatch = dispatch;
    site.member = member;
    return member;
  }

  /** `object.name(args)` as a value or as a statement. */
  member(site: Site, object: Variant, args: readonly Variant[]): Variant {
    const getOne = getOneAt(site, object, args);
    if (getOne !== undefined) return this.#keep(getOne(object as AutomationObject, args[0]));
    const member = this.#resolve(site, object);
    if (object instanceof ScriptObject) {
      learn(site, object.scriptClass, object.scriptClass.reader(site.name, args.length));
    }
    return this.#keep(this.#invoke(member, object as AutomationObject, args));
  }

  #invoke(member: DispatchMember, object: AutomationObject, args: readonly Variant[]): Variant {
    if (!(object instanceof ScriptObject)) { for (const argument of args) this.escape(argument); }
    else if (args.length > 0) {
      const held = heldObject(member, object);
      if (held !== undefined) return this.index(held, args, member.name);
    }
    if (member.get === undefined) {
      if (member.call === undefined) return raise(450, member.name);
      return member.call(object, args);
    }
    if (member.call !== undefined && args.length > 0) return member.call(object, args);
    if (args.length === 0) return member.get(object, args);
    let result: Variant;
    try {
      return member.get(object, args);
    } catch (error) {
      // As ITypeInfo::Invoke does: a property without parameters is read, and what it gives is indexed.
      if (!(error instanceof AutomationError) || scriptNumber(error.number) !== 450) throw error;
      result = member.get(object, []);
    }
    return this.index(result, args, member.name);
  }

  /** The same when some arguments are variables; `variables` has a bit for each. */
  memberByReference(site: Site, object: Variant, args: readonly Variant[], variables: number): Variant {
    const getOne = getOneAt(site, object, args);
    if (getOne !== undefined) return this.#keep(getOne(object as AutomationObject, args[0]));
    const member = this.#resolve(site, object);
    if (object instanceof ScriptObject) {
      learn(site, object.scriptClass, object.scriptClass.reader(site.name, args.length));
    }
    if (member.byReference === undefined) {
      return this.#keep(this.#invoke(member, object as AutomationObject, args));
    }
    const cells = this.#cellsFor(args, member.byReference, variables);
    const values = args.map((argument, index) => (cells[index] ?? argument) as Variant);
    try {
      return this.#keep(this.#invoke(member, object as AutomationObject, values));
    } finally {
      this.#putOut(cells, args);
    }
  }

  /** `object.name(args) = value`. */
  putMember(site: Site, object: Variant, args: readonly Variant[], value: Variant): void {
    const member = this.#resolve(site, object);
    const target = object as AutomationObject;
    if (!(target instanceof ScriptObject)) this.escape(value);
    if (target instanceof ScriptObject && args.length === 0) {
      learn(site, target.scriptClass, target.scriptClass.writer(site.name));
    }
    const held = args.length > 0 && target instanceof ScriptObject ? heldObject(member, target) : undefined;
    if (held !== undefined) return this.putIndex(held, args, value, false, site.label);
    if (member.put !== undefined) {
      if (args.length === 0) return member.put(target, args, value);
      try {
        return member.put(target, args, value);
      } catch (error) {
        if (!(error instanceof AutomationError) || scriptNumber(error.number) !== 450) throw error;
        if (member.get === undefined) throw error;
      }
    }
    if (args.length === 0 || member.get === undefined) raise(438, chainOf(site.label));
    this.putIndex(member.get!(target, []), args, value, false, site.label);
  }

  /** `Set object.name(args) = value`. */
  setMember(site: Site, object: Variant, args: readonly Variant[], value: Variant): void {
    const member = this.#resolve(site, object);
    const target = object as AutomationObject;
    if (!(target instanceof ScriptObject)) this.escape(value);
    const held = args.length > 0 && target instanceof ScriptObject ? heldObject(member, target) : undefined;
    if (held !== undefined) return this.putIndex(held, args, value, true, site.label);
    if (member.putRef !== undefined) return member.putRef(target, args, value);
    if (member.put !== undefined && !(target instanceof ScriptObject)) return member.put(target, args, value);
    if (args.length === 0 || member.get === undefined) raise(438, chainOf(site.label));
    this.putIndex(member.get!(target, []), args, value, true, site.label);
  }

  /** `value(args)`: an element, or the default member's answer. */
  index(value: Variant, args: readonly Variant[], label: string): Variant {
    if (value instanceof VariantArray) return value.elements[offsetOf(value, args)];
    const dispatch = dispatchOf(value);
    if (dispatch !== undefined) {
      const member = dispatch.defaultMember;
      if (member === undefined) return args.length === 0 ? value : raise(438, label);
      if (args.length === 1 && member.getOne !== undefined && typeof args[0] !== "object") {
        return this.#keep(member.getOne(value as AutomationObject, args[0]));
      }
      return this.#keep(this.#invoke(member, value as AutomationObject, args));
    }
    if (value instanceof NothingValue) return raise(91);
    return raise(13, label);
  }

  /** The same when some arguments are variables. */
  indexByReference(value: Variant, args: readonly Variant[], variables: number, label: string): Variant {
    if (!isAutomationObject(value)) return this.index(value, args, label);
    const member = value[DISPATCH].defaultMember;
    if (member?.byReference === undefined) return this.index(value, args, label);
    const cells = this.#cellsFor(args, member.byReference, variables);
    const values = args.map((argument, at) => (cells[at] ?? argument) as Variant);
    try {
      return this.#keep(this.#invoke(member, value, values));
    } finally {
      this.#putOut(cells, args);
    }
  }

  /** `container(args) = value`. */
  putIndex(
    container: Variant,
    args: readonly Variant[],
    value: Variant,
    isSet: boolean,
    label: string,
  ): void {
    if (container instanceof VariantArray) {
      const offset = offsetOf(container, args);
      if (this.counts) this.setElement(container, offset, value);
      else container.elements[offset] = value;
      return;
    }
    const dispatch = dispatchOf(container);
    if (dispatch !== undefined) {
      const member = dispatch.defaultMember;
      if (args.length === 1 && member?.putOne !== undefined) {
        if (typeof args[0] !== "object" && typeof value !== "object") {
          return member.putOne(container as AutomationObject, args[0], value);
        }
      }
      const put = isSet ? member?.putRef ?? member?.put : member?.put;
      if (put === undefined) return raise(member === undefined ? 438 : 450, label);
      if (!(container instanceof ScriptObject)) this.escape(value);
      return put(container as AutomationObject, args, value);
    }
    if (container instanceof NothingValue) raise(91);
    raise(13, label);
  }

  /** Remembers host objects that want to hear of their last reference. */
  #keep(value: Variant): Variant {
    if (
      typeof value === "object" && value !== null && !(value instanceof ScriptObject) &&
      isAutomationObject(value)
    ) {
      if (value[DISPATCH].release !== undefined) this.held.add(value);
    }
    return value;
  }

  keep(value: Variant): Variant {
    return this.#keep(value);
  }

  /** What With is given. */
  withObject(value: Variant): Variant {
    if (!isReference(value)) raise(424);
    return value;
  }

  // Names that are looked up when they are used.

  #binding(late: LateName, locals: LocalScope | undefined): Binding | undefined {
    const cell = locals?.cells.get(late.name);
    if (cell !== undefined) return { kind: "variable", cell };
    return this.find(late.name);
  }

  /** The value of a bare name. */
  lateGet(late: LateName, locals?: LocalScope): Variant {
    const binding = this.#binding(late, locals);
    switch (binding?.kind) {
      case "variable":
        return binding.cell.read();
      case "constant":
      case "object":
        return binding.value;
      case "procedure":
        return binding.procedure.call([]);
      case "function":
        return this.callFunction(binding.function, []);
      case "class":
        return raise(13, late.spelling);
    }
    return late.explicit ? this.#undefined(late) : undefined;
  }

  /** Error 500, with the declared name that is nearest. */
  #undefined(late: LateName): never {
    const declared = nearest(late.spelling, late.declared());
    const known = (): string | undefined =>
      nearest(late.spelling, [...this.globals.keys(), ...this.host.keys(), ...this.library.keys()]);
    throw runtimeError(500, late.spelling, declared ?? known());
  }

  /** `name(args)`, or `name args` when it is a statement. */
  lateCall(late: LateName, args: readonly Variant[], variables: number, locals?: LocalScope): Variant {
    const binding = this.#binding(late, locals);
    switch (binding?.kind) {
      case "procedure": {
        return this.callProcedure(binding.procedure, args, variables);
      }
      case "function":
        return binding.function.byReference
          ? this.callByReference(binding.function, args, variables)
          : this.callFunction(binding.function, args);
      case "variable":
        return this.indexByReference(binding.cell.read(), args, variables, late.spelling);
      case "constant":
      case "object":
        return this.indexByReference(binding.value, args, variables, late.spelling);
    }
    if (binding === undefined && late.explicit && args.length === 0) this.#undefined(late);
    return raise(13, late.spelling);
  }

  /** A bare name as a statement: a call. */
  lateStatement(late: LateName, locals?: LocalScope): void {
    const binding = this.#binding(late, locals);
    if (binding?.kind === "procedure" || binding?.kind === "function") this.lateCall(late, [], 0, locals);
    else if (binding === undefined) {
      if (late.explicit) this.#undefined(late);
      raise(13, late.spelling);
    } else this.statement(this.lateGet(late, locals), late.spelling);
  }

  /** A value as a statement: its default member is called. */
  statement(value: Variant, label: string): void {
    if (isAutomationObject(value)) this.index(value, [], label);
    else if (value instanceof NothingValue) raise(91);
    else raise(13, label);
  }

  /** What a callee left of an argument whose name was not known: a variable keeps it, or becomes one. */
  lateWriteBack(late: LateName, value: Variant, locals?: LocalScope): void {
    const binding = this.#binding(late, locals);
    if (binding === undefined && locals !== undefined) locals.bind(late.name, Cell.of(value));
    else if (binding === undefined || binding.kind === "variable") this.latePut(late, value, locals);
  }

  /** An assignment to a name that was not known when compiling. */
  latePut(late: LateName, value: Variant, locals?: LocalScope): void {
    const binding = this.#binding(late, locals);
    if (binding === undefined || binding.kind === "object") {
      if (late.explicit) this.#undefined(late);
      this.globals.set(late.name, { kind: "variable", cell: Cell.of(value) });
      if (this.counts) this.retain(value);
    } else if (binding.kind === "variable") {
      const old = this.counts ? binding.cell.read() : undefined;
      binding.cell.write(value);
      if (this.counts) this.exchange(old, value);
    } else raise(501, late.spelling);
  }

  /** A call of a procedure of another unit. */
  callProcedure(procedure: ScriptProcedure, args: readonly Variant[], variables: number): Variant {
    const cells = this.#cellsFor(args, procedure.references, variables);
    const loose: LooseArgument[] = args.map((argument, index) => cells[index] ?? argument);
    // What a callee changed stays changed when it raises an error.
    try {
      return procedure.call(loose);
    } finally {
      this.#putOut(cells, args);
    }
  }

  callFunction(library: LibraryFunction, args: readonly Variant[]): Variant {
    if (args.length < library.minimum || args.length > library.maximum) raise(450, library.name);
    return this.#keep(library.call(...args));
  }

  /** A host's function that sees which arguments are variables. */
  callByReference(library: LibraryFunction, args: readonly Variant[], variables: number): Variant {
    const cells = this.#cellsFor(args, args.map(() => true), variables);
    try {
      return this.#keep(
        library.call(...args.map((argument, index) => (cells[index] ?? argument) as Variant)),
      );
    } finally {
      this.#putOut(cells, args);
    }
  }

  /** Cells for the arguments that are variables and that the callee takes by reference. */
  #cellsFor(
    args: readonly Variant[],
    references: readonly boolean[],
    variables: number,
  ): (Cell | undefined)[] {
    return args.map((argument, index) =>
      references[index] && index < 31 && (variables & (1 << index)) !== 0
        ? this.referenceTo(argument)
        : undefined
    );
  }

  /**
   * Hands out the cells that a callee changed. What it left alone is not written back: the callee may have changed the
   * variable itself, under its own name.
   */
  #putOut(cells: readonly (Cell | undefined)[], args: readonly Variant[]): void {
    this.out = cells.map((cell, index) => {
      if (cell === undefined || !cell.holds(args[index])) return cell;
      this.endReference(cell, true);
      return undefined;
    });
  }

  // Statements.

  newArray(upperBounds: readonly number[]): VariantArray {
    return this.own(newArray(upperBounds, true));
  }

  dynamicArray(): VariantArray {
    return this.own(newArray([], false));
  }

  redim(old: Variant, bounds: readonly Variant[], preserve: boolean): Variant {
    this.#refuseLocked(old);
    const upperBounds = bounds.map((bound) => toLong(this.let(bound)));
    if (!this.counts || !preserve || !(old instanceof VariantArray)) return redim(old, upperBounds, preserve);
    const before = old.elements.slice();
    const array = redim(old, upperBounds, preserve);
    if (this.isOwned(array)) { for (const lost of before.slice(array.elements.length)) this.drop(lost); }
    return array;
  }

  erase(value: Variant): void {
    this.#refuseLocked(value);
    if (!this.counts || !(value instanceof VariantArray) || !this.isOwned(value)) return erase(value);
    const before = value.elements.slice();
    erase(value);
    for (const lost of before) this.drop(lost);
  }

  /** An array that For Each runs over keeps its size: error 10. */
  #refuseLocked(value: Variant): void {
    if (this.#enumerated.size > 0 && value instanceof VariantArray && this.#enumerated.has(value)) raise(10);
  }

  #enumerateArray(array: VariantArray): Enumeration {
    this.#enumerated.set(array, (this.#enumerated.get(array) ?? 0) + 1);
    const loop = new ArrayEnumeration(array);
    if (this.counts && !this.isOwned(array)) {
      loop.isOwner = true;
      this.retain(array);
    }
    return loop;
  }

  /** The same as {@linkcode leave}, which can then end what an array held. */
  leaveLast(loop: unknown): void {
    this.leave(loop);
  }

  /** A For Each loop is left, in whatever way. */
  leave(loop: unknown): void {
    if (!(loop instanceof ArrayEnumeration) || loop.isLeft) return;
    loop.isLeft = true;
    const count = this.#enumerated.get(loop.array)! - 1;
    if (count === 0) this.#enumerated.delete(loop.array);
    else this.#enumerated.set(loop.array, count);
    if (loop.isOwner) this.drop(loop.array);
  }

  enumerate(source: Variant): Enumeration {
    if (source instanceof VariantArray) return this.#enumerateArray(source);
    if (isAutomationObject(source)) {
      const { enumerate, defaultMember } = source[DISPATCH];
      if (enumerate !== undefined) return new IteratorEnumeration(enumerate(source));
      if (defaultMember?.get !== undefined) {
        const value = defaultMember.get(source, []);
        if (value instanceof VariantArray) return this.#enumerateArray(value);
      }
    }
    if (source instanceof NothingValue) return raise(91);
    return raise(451);
  }

  /** A For statement's bound: a number, of whatever subtype. */
  bound(value: Variant): Variant {
    const plain = typeof value === "object" && value !== null ? defaultValue(value) : value;
    if (plain === null) return raise(94);
    if (typeof plain === "string" || typeof plain === "boolean" || plain === undefined) {
      return typeof plain === "string" ? this.add(toDouble(plain, this.locale), 0) : this.add(plain, 0);
    }
    toDouble(plain);
    return plain;
  }

  /** Whether a For loop whose variable is no plain number goes on. */
  loopGoesOn(value: Variant, limit: Variant, step: Variant): boolean {
    const result = this.compare(value, limit, 3);
    if (result === null) return raise(94);
    return toDouble(step) >= 0 ? result <= 0 : result >= 0;
  }

  createInstance(scriptClass: ScriptClass): ScriptObject {
    const object = new scriptClass.construct();
    if (scriptClass.terminate !== undefined) this.living.add(object);
    // Its own Class_Initialize may hold it and let it go.
    object.references++;
    scriptClass.initialize?.call([], object);
    object.references--;
    this.born(object);
    return object;
  }

  // References.

  /** An element as an argument by reference: the callee has it in a cell. */
  elementReference(container: Variant, indices: readonly Variant[], label: string): ElementReference {
    if (!(container instanceof VariantArray)) {
      return { cell: this.referenceTo(this.index(container, indices, label)), array: undefined, offset: 0 };
    }
    const offset = offsetOf(container, indices);
    return { cell: this.referenceTo(container.elements[offset]), array: container, offset };
  }

  /** What the callee made of it goes back into the array. */
  writeBack({ cell, array, offset }: ElementReference): void {
    const isWrittenBack = array !== undefined && offset < array.elements.length;
    if (isWrittenBack) this.setElement(array, offset, cell.read());
    this.endReference(cell, isWrittenBack);
  }

  /** `New name`, for a name that was not known when compiling. */
  createByName(name: string, spelling: string): Variant {
    const binding = this.find(name);
    if (binding === undefined) return raise(500, spelling);
    if (binding.kind !== "class") return raise(506, spelling);
    return this.createInstance(binding.scriptClass);
  }

  /** Tells a host object that scripts hold it no more. */
  release(object: AutomationObject): void {
    this.held.delete(object);
    object[DISPATCH].release?.(object);
  }

  /** Whether something thrown ends the script and must not be caught. */
  isUnwinding(thrown: unknown): boolean {
    return thrown instanceof Unwinding;
  }

  localScope(me: ScriptObject | undefined): LocalScope {
    return new LocalScope(me);
  }

  execute(code: Variant, isGlobal: boolean, locals: LocalScope | undefined): void {
    this.services.execute(this.#codeOf(code), isGlobal ? undefined : locals);
  }

  evaluate(code: Variant, locals: LocalScope | undefined): Variant {
    const plain = isAutomationObject(code) ? defaultValue(code) : code;
    if (typeof plain !== "string") return plain;
    return this.services.evaluate(plain, locals);
  }

  #codeOf(code: Variant): string {
    const plain = isAutomationObject(code) ? defaultValue(code) : code;
    if (typeof plain !== "string") return raise(13);
    return plain;
  }

  getReference(name: Variant): Variant {
    if (typeof name !== "string") return raise(13);
    const binding = this.globals.get(name.toLowerCase());
    if (binding?.kind !== "procedure") return raise(5, "GetRef");
    return new ProcedureReference(binding.procedure);
  }

  createRegExp(): Variant {
    return this.services.createRegExp();
  }
}

/** Makes a site call code directly from now on. */
function learn(site: Site, scriptClass: ScriptClass, code: Code | undefined): void {
  if (code === undefined) return;
  site.scriptClass = scriptClass;
  site.code = code;
}

function notAnObject(value: Variant, label: string): never {
  if (value instanceof NothingValue) throw runtimeError(91);
  if (isUnknownObject(value)) throw runtimeError(438, chainOf(label));
  throw runtimeError(424, label.slice(0, label.lastIndexOf(".")) || undefined);
}

/** How messages name a member: all that leads to it; of one in With the name alone. */
function chainOf(label: string): string {
  return label.startsWith(".") ? label.slice(1) : label;
}

const PLATFORM_ERRORS: ReadonlyMap<string, number> = new Map([
  ["NotCapable", 70],
  ["PermissionDenied", 70],
  ["NotFound", 53],
  ["AlreadyExists", 58],
]);

/** Any thrown value as a VbsError. */
export function toVbsError(thrown: unknown): VbsError {
  if (thrown instanceof VbsError) return thrown;
  if (thrown instanceof AutomationError) {
    return new VbsError("runtime", scriptNumber(thrown.number), thrown.message, {
      source: thrown.source === "" ? RUNTIME_SOURCE : thrown.source,
      cause: thrown,
    });
  }
  // Near the end of the stack even a regular expression fails, and says so in its own way.
  if (thrown instanceof RangeError && thrown.message.includes("call stack")) return runtimeError(28);
  if (thrown instanceof SyntaxError && thrown.message.endsWith("Stack overflow")) return runtimeError(28);
  // A host that lets the platform's own errors through: Deno's classes by name, as this layer knows no platform.
  const number = thrown instanceof Error ? PLATFORM_ERRORS.get(thrown.name) : undefined;
  if (number !== undefined) {
    return new VbsError("runtime", number, runtimeError(number).message, { cause: thrown });
  }
  const error = runtimeError(51);
  return new VbsError(
    "runtime",
    51,
    `${error.message}: ${thrown instanceof Error ? thrown.message : String(thrown)}`,
    {
      cause: thrown,
    },
  );
}

/** What compiled code gets besides the runtime: functions small enough to be inlined. */
export const INLINE = { Cell, VariantArray, tagOf, numberOf, box, ScriptObject };

/** How a value answers calls; undefined for what is no object, which is told without a look at its prototypes' keys. */
function dispatchOf(value: Variant): Dispatch | undefined {
  return typeof value === "object" && value !== null
    ? (value as Partial<AutomationObject>)[DISPATCH]
    : undefined;
}

/** The short way to a member that the site has met, for one argument that is no object. */
function getOneAt(site: Site, object: Variant, args: readonly Variant[]): DispatchMember["getOne"] {
  return args.length === 1 && typeof args[0] !== "object" && site.dispatch !== undefined &&
      site.dispatch === dispatchOf(object)
    ? site.member!.getOne
    : undefined;
}
