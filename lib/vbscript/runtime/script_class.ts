/** Classes that scripts define, their instances, and procedures as values. @module */
import {
  type AutomationObject,
  DISPATCH,
  type Dispatch,
  type DispatchMember,
  isAutomationObject,
  type Variant,
  VariantArray,
  type VariantRef,
} from "../../automation/variant.ts";
import { raise } from "../errors.ts";
import { offsetOf } from "./arrays.ts";
import { Cell, copied, isReference } from "./values.ts";

/** Compiled code of a procedure: an argument is a Variant, or a Cell where the parameter is a reference. */
export type Code = (...args: never[]) => Variant;

/** An argument of a call whose callee is not known when compiling. */
export type LooseArgument = Variant | VariantRef;

/** A procedure that can be called without knowing how it was compiled. */
export class ScriptProcedure {
  constructor(
    readonly name: string,
    /** Which parameters are references. */
    public references: readonly boolean[],
    public code: Code,
  ) {}

  /** Calls it; `me` comes first for members of classes. */
  call(args: readonly LooseArgument[], me?: AutomationObject): Variant {
    if (args.length !== this.references.length) raise(450, this.name);
    const code = this.code as (...args: unknown[]) => Variant;
    let writeBack: (() => void)[] | undefined;
    const values = args.map((argument, index) => {
      if (!this.references[index]) {
        return isReferenceTo(argument) ? argument.read() : argument;
      }
      if (argument instanceof Cell) return argument;
      if (!isReferenceTo(argument)) return temporary(copied(argument));
      const cell = temporary(argument.read());
      (writeBack ??= []).push(() => argument.write(cell.read()));
      return cell;
    });
    try {
      return me === undefined ? code(...values) : code(me, ...values);
    } finally {
      for (const write of writeBack ?? []) write();
    }
  }
}

/** A cell for what no variable holds; what it holds lives as long as the engine. */
function temporary(value: Variant): Cell {
  escape(value);
  return Cell.of(value);
}

/** Notes that something holds a value that does not count references. */
export function escape(value: Variant): void {
  if (value instanceof ScriptObject) value.isEscaped = true;
}

function isReferenceTo(argument: LooseArgument): argument is VariantRef {
  return argument instanceof Cell ||
    (typeof argument === "object" && argument !== null && "read" in argument && "write" in argument);
}

/** What GetRef gives: an object whose default member is the procedure. */
export class ProcedureReference implements AutomationObject {
  readonly [DISPATCH]: Dispatch;

  constructor(readonly procedure: ScriptProcedure) {
    const call: DispatchMember = {
      name: "",
      byReference: procedure.references,
      call: (_object, args) => procedure.call(args),
    };
    this[DISPATCH] = {
      typeName: "Object",
      member: () => undefined,
      defaultMember: call,
      enumerate: undefined,
      release: undefined,
      memberNames: [],
    };
  }
}

/** A field of a class's instances, which compiled code keeps as it likes. */
export interface Field {
  read(me: AutomationObject): Variant;
  write(me: AutomationObject, value: Variant): void;
}

/** A member of a class as its declaration has it. */
export interface ClassMember {
  readonly spelling: string;
  readonly isPublic: boolean;
  readonly isDefault: boolean;
  readonly field?: Field;
  /** Whether the field is declared with parentheses. */
  readonly isArray?: boolean;
  readonly call?: ScriptProcedure;
  readonly get?: ScriptProcedure;
  readonly let?: ScriptProcedure;
  readonly set?: ScriptProcedure;
}

/** Counts who holds what; see the runtime. */
export interface ReferenceCounter {
  /** A holder has got another value. */
  exchange(old: Variant, value: Variant): void;
  /** Changes an element. */
  setElement(array: VariantArray, offset: number, value: Variant): void;
}

/** A class. Its instances are made by compiled code. */
export class ScriptClass {
  readonly dispatch: Dispatch;
  readonly initialize: ScriptProcedure | undefined;
  readonly terminate: ScriptProcedure | undefined;
  /** What its instances hold. */
  readonly fields: readonly Field[];
  readonly #members: ReadonlyMap<string, ClassMember>;
  readonly #codes = new Map<string, Code | undefined>();

  constructor(
    readonly name: string,
    members: ReadonlyMap<string, ClassMember>,
    readonly construct: new () => ScriptObject,
    /** Undefined where references are not counted. */
    readonly counter: ReferenceCounter | undefined,
  ) {
    this.#members = members;
    this.fields = [...members.values()].map(({ field }) => field).filter((field) => field !== undefined);
    this.initialize = members.get("class_initialize")?.call;
    this.terminate = members.get("class_terminate")?.call;
    const table = new Map<string, DispatchMember>();
    let defaultMember: DispatchMember | undefined;
    for (const [key, member] of members) {
      if (!member.isPublic) continue;
      const dispatch = dispatchMember(member, counter);
      table.set(key, dispatch);
      if (member.isDefault) defaultMember = dispatch;
    }
    this.dispatch = {
      typeName: name,
      member: (wanted) => table.get(wanted.toLowerCase()),
      defaultMember,
      enumerate: undefined,
      release: undefined,
      memberNames: [...table.values()].map((member) => member.name),
    };
  }

  /** Code that reads or calls a public member with so many arguments by value: called with the instance and them. */
  reader(name: string, count: number): Code | undefined {
    const key = `${count} ${name.toLowerCase()}`;
    if (this.#codes.has(key)) return this.#codes.get(key);
    const member = this.#members.get(name.toLowerCase());
    let code: Code | undefined;
    if (member?.isPublic) {
      const { field, call, get } = member;
      if (field !== undefined) {
        if (count === 0) code = (me: AutomationObject): Variant => copied(field.read(me));
      } else code = plainCode(call ?? get, count);
    }
    this.#codes.set(key, code);
    return code;
  }

  /** Code that assigns a public member without arguments: called with the instance and the value. */
  writer(name: string): Code | undefined {
    const key = `= ${name.toLowerCase()}`;
    if (this.#codes.has(key)) return this.#codes.get(key);
    const member = this.#members.get(name.toLowerCase());
    let code: Code | undefined;
    if (member?.isPublic) {
      const { field } = member;
      if (member.isArray) return undefined;
      code = field === undefined
        ? plainCode(member.let, 1)
        : (me: AutomationObject, value: Variant): Variant => {
          writeField(field, me, { value, counter: this.counter });
          return undefined;
        };
    }
    this.#codes.set(key, code);
    return code;
  }
}

function writeField(
  field: Field,
  me: AutomationObject,
  { value, counter }: { value: Variant; counter: ReferenceCounter | undefined },
): void {
  const old = counter === undefined ? undefined : field.read(me);
  const stored = copied(value);
  field.write(me, stored);
  counter?.exchange(old, stored);
}

function plainCode(procedure: ScriptProcedure | undefined, count: number): Code | undefined {
  if (procedure === undefined || procedure.references.length !== count) return undefined;
  return procedure.references.includes(true) ? undefined : procedure.code;
}

/** An instance; compiled code derives a class from it that has the fields. */
export class ScriptObject implements AutomationObject {
  isTerminated = false;
  /** How many variables, fields and elements hold it, where references are counted. */
  references = 0;
  /** How many statements that are going on have it as a value. */
  statements = 0;
  /** Set when something holds it that does not count: a host. It then lives until the engine ends. */
  isEscaped = false;

  constructor(readonly scriptClass: ScriptClass) {}

  get [DISPATCH](): Dispatch {
    return this.scriptClass.dispatch;
  }
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** A public field: arguments index what it holds, an array or an object with a default member. */
interface FieldMember extends DispatchMember {
  readonly held?: (object: AutomationObject) => Variant;
}

/** The object in a public field, which arguments are meant for; undefined where there is none. */
export function heldObject(member: FieldMember, object: AutomationObject): AutomationObject | undefined {
  const held = member.held?.(object);
  return isAutomationObject(held) ? held : undefined;
}

function dispatchMember(member: ClassMember, counter: ReferenceCounter | undefined): FieldMember {
  const result: Writable<FieldMember> = { name: member.spelling };
  const { field, call, get } = member;
  if (field !== undefined) {
    result.held = (object) => field.read(object);
    result.get = (object, args) => {
      const value = field.read(object);
      if (args.length === 0) return copied(value);
      if (!(value instanceof VariantArray)) return raise(438, member.spelling);
      return copied(value.elements[offsetOf(value, args)]);
    };
    result.put = (object, args, value) => {
      if (args.length === 0 && member.isArray) return raise(13, member.spelling);
      if (args.length === 0) return writeField(field, object, { value, counter });
      const array = field.read(object);
      if (!(array instanceof VariantArray)) return raise(438, member.spelling);
      const offset = offsetOf(array, args);
      if (counter === undefined) array.elements[offset] = copied(value);
      else counter.setElement(array, offset, copied(value));
    };
    result.putRef = result.put;
    return result;
  }
  if (call !== undefined) {
    result.call = (object, args) => call.call(args, object);
    if (call.references.includes(true)) result.byReference = call.references;
  }
  if (get !== undefined) {
    result.get = (object, args) => get.call(args, object);
    if (get.references.includes(true)) result.byReference = get.references;
  }
  const assign =
    (procedure: ScriptProcedure) => (object: AutomationObject, args: readonly Variant[], value: Variant) =>
      void procedure.call([...args, value], object);
  if (member.let !== undefined) result.put = assign(member.let);
  if (member.set !== undefined) {
    const set = assign(member.set);
    result.putRef = set;
    // Without Let, an object may be assigned without Set, and only an object.
    result.put ??= (object, args, value) => {
      if (!isReference(value)) raise(438, member.spelling);
      set(object, args, value);
    };
  }
  return result;
}
