/**
 * Values between JScript and automation objects.
 *
 * JScript calls automation objects without regard to case and through default members, which JavaScript does not know:
 * each object is a Proxy over its dispatch table. What a script hands out (its own objects, functions and arrays)
 * becomes an automation object in turn, and comes back as itself. A member that is not there is `undefined`, as scripts
 * expect that look whether it is.
 *
 * @module
 */
import { dateFromSerial, serialFromDate } from "../../automation/date_serial.ts";
import { scriptError, Unwinding } from "../../automation/errors.ts";
import {
  type AutomationObject,
  Currency,
  type Dispatch,
  ErrorValue,
  isAutomationObject,
  isUnknownObject,
  makeDate,
  makeDouble,
  makeLong,
  NothingValue,
  TypedNumber,
  type Variant,
  VariantArray,
  VARTYPE,
} from "../../automation/variant.ts";
import { toVbsError } from "../../vbscript/runtime/thrown.ts";
import { AutomationHandler } from "./automation_proxy.ts";
import type { Realm } from "./realm.ts";
import { ScriptReference } from "./reference.ts";
import { FACILITY_CONTROL, jscriptMessage } from "./runtime_error.ts";
import { JScriptObject } from "./script_object.ts";

/** What the objects that scripts see stand for. */
const HELD = new WeakMap<object, Variant>();
/** Methods of automation objects, and whose they are. */
const METHODS = new WeakMap<object, MethodOwner>();

/** The object of a method, and its name. */
export interface MethodOwner {
  readonly object: AutomationObject;
  readonly name: string;
}

/** A member that a script asked an automation object for, and that it has not. */
export interface MissingMember {
  readonly name: string;
  readonly dispatch: Dispatch;
}

/** Carries values over, both ways. */
export class Bridge {
  /** What the script's own global object has. */
  readonly realm: Realm;
  readonly #proxies = new WeakMap<AutomationObject, object>();
  readonly #wrapped = new WeakMap<object, JScriptObject>();
  /** What ends the script: a `catch` of it may have held that, but whatever it calls next throws it again. */
  #ending: Unwinding | undefined;
  /** Makes the VBArray that a script sees of a safe array. */
  readerOf: (array: VariantArray) => object = () => ({});
  /** The last one, for messages. */
  missing: MissingMember | undefined;
  /** Errors of scripts as other languages take them. */
  readonly #located: (error: unknown) => unknown;

  constructor(realm: Realm, located: (error: unknown) => unknown) {
    this.realm = realm;
    this.#located = located;
  }

  /** Throws what ends the script, if a `catch` of it held that. */
  checkEnding(): void {
    if (this.#ending !== undefined) throw this.#ending;
  }

  /** A value as JScript has it. */
  toScript(value: Variant): unknown {
    if (value === undefined || value === null || typeof value !== "object") return value;
    if (value instanceof TypedNumber) {
      if (value.type !== VARTYPE.Date) return value.value;
      return new this.realm.VarDate(dateFromSerial(value.value).getTime());
    }
    if (value instanceof Currency) return Number(value.scaled) / 10_000;
    if (value instanceof NothingValue) return null;
    if (value instanceof ErrorValue) return undefined;
    if (value instanceof JScriptObject) return value.target;
    if (isAutomationObject(value)) return this.#proxyOf(value);
    // A script can hold a stream and hand it on; a safe array it can read too.
    if (value instanceof VariantArray) return this.readerOf(value);
    const holder = Object.freeze({});
    HELD.set(holder, value);
    return holder;
  }

  /** A value as automation objects take it. */
  toVariant(value: unknown): Variant {
    switch (typeof value) {
      case "number":
        return (value | 0) === value && !Object.is(value, -0) ? makeLong(value) : makeDouble(value);
      case "string":
      case "boolean":
      case "undefined":
        return value;
      case "bigint":
        return makeDouble(Number(value));
      case "symbol":
        throw scriptError("typeMismatch", "a Symbol is no value of automation objects");
    }
    if (value === null) return null;
    const held = HELD.get(value as object);
    if (held !== undefined) return held;
    if (value instanceof this.realm.VarDate) return makeDate(serialFromDate(new Date(value.getTime())));
    switch (Object.prototype.toString.call(value)) {
      case "[object String]":
      case "[object Number]":
      case "[object Boolean]":
        return this.toVariant((value as { valueOf(): unknown }).valueOf());
    }
    let wrapped = this.#wrapped.get(value as object);
    if (wrapped === undefined) {
      wrapped = new JScriptObject(value as object, this);
      this.#wrapped.set(value as object, wrapped);
    }
    return wrapped;
  }

  /** Remembers whose a method is. */
  noteMethod(method: object, owner: MethodOwner): void {
    METHODS.set(method, owner);
  }

  /** Makes an object stand for a value wherever the script hands it out. */
  hold(object: object, value: Variant): void {
    HELD.set(object, value);
  }

  /** The safe array that a script holds. */
  arrayOf(value: unknown): VariantArray | undefined {
    const held = typeof value === "object" && value !== null ? HELD.get(value) : undefined;
    return held instanceof VariantArray ? held : undefined;
  }

  /** The automation object that a script holds. */
  objectOf(value: unknown): AutomationObject | undefined {
    const held = typeof value === "function" ? HELD.get(value) : undefined;
    return isAutomationObject(held) && !isUnknownObject(held) ? held : undefined;
  }

  /** Does something for a script; what goes wrong is an Error of the script's own kind. */
  guard<T>(work: () => T): T {
    this.checkEnding();
    try {
      return work();
    } catch (error) {
      if (error instanceof Unwinding) {
        this.#ending = error;
        throw error;
      }
      if (error instanceof this.realm.Error) throw error;
      throw this.errorOf(error);
    }
  }

  /** Calls a function of a script for others. @throws what they take: VbsError or Unwinding */
  call(callee: unknown, self: unknown, args: readonly Variant[]): Variant {
    if (typeof callee !== "function") throw scriptError("noSuchMember", "it is no function");
    try {
      return this.toVariant(Reflect.apply(callee, self, args.map((arg) => this.toScript(arg))));
    } catch (error) {
      throw this.#located(error);
    }
  }

  /** An error as scripts see it: with `number` and `description`. */
  errorOf(error: unknown): Error {
    const { number, message, cause } = toVbsError(error);
    // An error of the script that went through another language comes back as itself.
    if (cause instanceof this.realm.Error) return cause;
    return this.#numbered(new this.realm.Error(message), number, message);
  }

  /**
   * What a `catch` of the script gets: errors of V8 say what JScript's would.
   *
   * @throws Unwinding: no script holds what ends it
   */
  caught(error: unknown): unknown {
    this.checkEnding();
    if (error instanceof Unwinding) throw error;
    if (!(error instanceof this.realm.Error)) return error instanceof Error ? this.errorOf(error) : error;
    if ("number" in error) return error;
    const known = jscriptMessage(error.message);
    if (known === undefined) return this.#numbered(error, 0, error.message);
    error.message = known.message;
    return this.#numbered(error, known.number, known.message);
  }

  #numbered(error: Error, number: number, description: string): Error {
    // The numbers of the languages themselves are low words of FACILITY_CONTROL.
    const full = number > 0 && number <= 0xFFFF ? FACILITY_CONTROL | number : number;
    for (const [name, value] of Object.entries({ number: full, description })) {
      Object.defineProperty(error, name, { value, writable: true, configurable: true, enumerable: false });
    }
    return error;
  }

  /** What `typeof` says, which knows automation objects, their methods and their dates. */
  typeOf(value: unknown): string {
    if (typeof value === "function" || (typeof value === "object" && value !== null)) {
      if (METHODS.has(value)) return "unknown";
      if (HELD.has(value)) return this.objectOf(value) === undefined ? "unknown" : "object";
      if (value instanceof this.realm.VarDate) return "date";
    }
    return typeof value;
  }

  /** What a call that is assigned to stands for: `object.name(args)`, or `object(args)`. */
  reference(object: unknown, name: unknown, args: readonly unknown[]): ScriptReference {
    const owner = this.objectOf(object);
    if (owner !== undefined) {
      return new ScriptReference(this, owner, name === undefined ? undefined : String(name), args);
    }
    const value = name === undefined || object === null || object === undefined
      ? object
      : (object as Record<string, unknown>)[String(name)];
    // Within `with`, and from a variable, a method comes without its object.
    const method = typeof value === "function" ? METHODS.get(value) : undefined;
    if (method !== undefined) return new ScriptReference(this, method.object, method.name, args);
    return new ScriptReference(this, this.objectOf(value), undefined, args);
  }

  /** The object that a property gives, whose call reads the property with arguments: `shell.Environment("USER")`. */
  indexed(object: AutomationObject, read: (args: readonly unknown[]) => unknown): object {
    const proxy = new Proxy(() => {}, new AutomationHandler(object, this, read));
    HELD.set(proxy, object);
    return proxy;
  }

  #proxyOf(object: AutomationObject): object {
    let proxy = this.#proxies.get(object);
    if (proxy === undefined) {
      proxy = new Proxy(() => {}, new AutomationHandler(object, this));
      this.#proxies.set(object, proxy);
      HELD.set(proxy, object);
    }
    return proxy;
  }
}
