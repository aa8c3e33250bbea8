/** Members of objects, as compiled code calls them, and what comes back of arguments by reference. @module */
import { AutomationError } from "../../automation/errors.ts";
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
import { raise, runtimeError, scriptNumber } from "../errors.ts";
import { offsetOf } from "./arrays.ts";
import { References } from "./references.ts";
import { type Code, heldObject, type ScriptClass, ScriptObject } from "./script_class.ts";
import type { Cell } from "./values.ts";

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

/** See the module. */
export class Members extends References {
  /** After {@linkcode memberByReference} and its siblings: the cells that a callee may have changed. */
  out: readonly (Cell | undefined)[] | null = null;
  /** Host objects that want to be told of their last reference. */
  readonly held = new Set<AutomationObject>();

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
    const member = this.#resolve(site, object);
    if (object instanceof ScriptObject) {
      learn(site, object.scriptClass, object.scriptClass.reader(site.name, args.length));
    }
    return this.keep(this.#invoke(member, object as AutomationObject, args));
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
    const member = this.#resolve(site, object);
    if (object instanceof ScriptObject) {
      learn(site, object.scriptClass, object.scriptClass.reader(site.name, args.length));
    }
    if (member.byReference === undefined) {
      return this.keep(this.#invoke(member, object as AutomationObject, args));
    }
    const cells = this.cellsFor(args, member.byReference, variables);
    const values = args.map((argument, index) => (cells[index] ?? argument) as Variant);
    try {
      return this.keep(this.#invoke(member, object as AutomationObject, values));
    } finally {
      this.putOut(cells, args);
    }
  }

  /** The same with one argument, for which no list is made where the member has a short way. */
  memberOne(site: Site, object: Variant, argument: Variant, variables: number): Variant {
    if (typeof argument !== "object" && site.dispatch !== undefined && site.dispatch === dispatchOf(object)) {
      const { getOne } = site.member!;
      if (getOne !== undefined) return this.keep(getOne(object as AutomationObject, argument));
    }
    return variables === 0
      ? this.member(site, object, [argument])
      : this.memberByReference(site, object, [argument], variables);
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
      return this.keep(this.#invoke(member, value as AutomationObject, args));
    }
    if (value instanceof NothingValue) return raise(91);
    return raise(13, label);
  }

  /** The same with one argument. */
  indexOne(value: Variant, argument: Variant, label: string): Variant {
    const getOne = typeof argument === "object" ? undefined : dispatchOf(value)?.defaultMember?.getOne;
    return getOne === undefined
      ? this.index(value, [argument], label)
      : this.keep(getOne(value as AutomationObject, argument));
  }

  /** The same when some arguments are variables. */
  indexByReference(value: Variant, args: readonly Variant[], variables: number, label: string): Variant {
    if (!isAutomationObject(value)) return this.index(value, args, label);
    const member = value[DISPATCH].defaultMember;
    if (member?.byReference === undefined) return this.index(value, args, label);
    const cells = this.cellsFor(args, member.byReference, variables);
    const values = args.map((argument, at) => (cells[at] ?? argument) as Variant);
    try {
      return this.keep(this.#invoke(member, value, values));
    } finally {
      this.putOut(cells, args);
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
      const put = isSet ? member?.putRef ?? member?.put : member?.put;
      if (put === undefined) return raise(member === undefined ? 438 : 450, label);
      if (!(container instanceof ScriptObject)) this.escape(value);
      return put(container as AutomationObject, args, value);
    }
    if (container instanceof NothingValue) raise(91);
    raise(13, label);
  }

  /** The same with one argument. */
  putIndexOne(container: Variant, argument: Variant, value: Variant, isSet: boolean, label: string): void {
    if (typeof argument !== "object" && typeof value !== "object") {
      const putOne = dispatchOf(container)?.defaultMember?.putOne;
      if (putOne !== undefined) return putOne(container as AutomationObject, argument, value);
    }
    this.putIndex(container, [argument], value, isSet, label);
  }

  /** Remembers host objects that want to hear of their last reference. */
  keep(value: Variant): Variant {
    if (
      typeof value === "object" && value !== null && !(value instanceof ScriptObject) &&
      isAutomationObject(value)
    ) {
      if (value[DISPATCH].release !== undefined) this.held.add(value);
    }
    return value;
  }

  /** Cells for the arguments that are variables and that the callee takes by reference. */
  cellsFor(
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
  putOut(cells: readonly (Cell | undefined)[], args: readonly Variant[]): void {
    this.out = cells.map((cell, index) => {
      if (cell === undefined || !cell.holds(args[index])) return cell;
      this.endReference(cell, true);
      return undefined;
    });
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

/** How a value answers calls; undefined for what is no object, which is told without a look at its prototypes' keys. */
function dispatchOf(value: Variant): Dispatch | undefined {
  return typeof value === "object" && value !== null
    ? (value as Partial<AutomationObject>)[DISPATCH]
    : undefined;
}
