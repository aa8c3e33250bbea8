/** What compiled code calls besides members and operators: late names, errors, arrays, loops. One an engine. @module */
import { defaultValue, toDouble, toLong } from "../../automation/coerce.ts";
import { Unwinding } from "../../automation/errors.ts";
import { nearest } from "../../automation/nearest.ts";
import {
  type AutomationObject,
  DISPATCH,
  isAutomationObject,
  isUnknownObject,
  NothingValue,
  type Variant,
  VariantArray,
} from "../../automation/variant.ts";
import { raise, runtimeError, VbsError } from "../errors.ts";
import { erase, newArray, offsetOf, redim } from "./arrays.ts";
import { type Binding, type LateName, type LibraryFunction, LocalScope } from "./bindings.ts";
import { ArrayEnumeration, type Enumeration, IteratorEnumeration } from "./enumeration.ts";
import { ErrObject } from "./err_object.ts";
import { Members } from "./members.ts";
import {
  type LooseArgument,
  ProcedureReference,
  type ScriptClass,
  ScriptObject,
  type ScriptProcedure,
} from "./script_class.ts";
import { placed, type Unit } from "./thrown.ts";
import { box, Cell, copied, isReference, numberOf, tagOf } from "./values.ts";

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
export class Runtime extends Members {
  readonly err = new ErrObject();
  readonly globals = new Map<string, Binding>();
  readonly host = new Map<string, Binding>();
  readonly library = new Map<string, Binding>();
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
    return placed(thrown, { unit, place, procedure });
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
    const cells = this.cellsFor(args, procedure.references, variables);
    const loose: LooseArgument[] = args.map((argument, index) => cells[index] ?? argument);
    // What a callee changed stays changed when it raises an error.
    try {
      return procedure.call(loose);
    } finally {
      this.putOut(cells, args);
    }
  }

  callFunction(library: LibraryFunction, args: readonly Variant[]): Variant {
    if (args.length < library.minimum || args.length > library.maximum) raise(450, library.name);
    return this.keep(library.call(...args));
  }

  /** A host's function that sees which arguments are variables. */
  callByReference(library: LibraryFunction, args: readonly Variant[], variables: number): Variant {
    const cells = this.cellsFor(args, args.map(() => true), variables);
    try {
      return this.keep(
        library.call(...args.map((argument, index) => (cells[index] ?? argument) as Variant)),
      );
    } finally {
      this.putOut(cells, args);
    }
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

/** What compiled code gets besides the runtime: functions small enough to be inlined. */
export const INLINE = { Cell, VariantArray, tagOf, numberOf, box, ScriptObject };
