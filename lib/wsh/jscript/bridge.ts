/**
 * Values between JScript and automation objects.
 *
 * JScript calls automation objects without regard to case and through default members, which JavaScript does not know:
 * each object is a Proxy over its dispatch table. What a script hands out (its own objects, functions and arrays)
 * becomes an automation object in turn, and comes back as itself.
 *
 * @module
 */
import { dateFromSerial, serialFromDate } from "../../automation/coerce.ts";
import { SCRIPT_ERROR, scriptError, Unwinding } from "../../automation/errors.ts";
import {
  type AutomationObject,
  Currency,
  DISPATCH,
  type Dispatch,
  type DispatchMember,
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

/** What a script sees of an object that it can only hold. */
const HELD = new WeakMap<object, Variant>();

/** What the bridge takes from the script's own global object. */
export interface Realm {
  readonly Error: new (message: string) => Error;
  readonly Date: new (time: number) => Date;
}

/** Carries values over, both ways. */
export class Bridge {
  readonly #realm: Realm;
  readonly #proxies = new WeakMap<AutomationObject, object>();
  readonly #wrapped = new WeakMap<object, JScriptObject>();
  /** What ends the script: a `catch` of it may have held that, but whatever it calls next throws it again. */
  #ending: Unwinding | undefined;

  constructor(realm: Realm) {
    this.#realm = realm;
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
      return new this.#realm.Date(dateFromSerial(value.value).getTime());
    }
    if (value instanceof Currency) return Number(value.scaled) / 10_000;
    if (value instanceof NothingValue) return null;
    if (value instanceof ErrorValue) return undefined;
    if (value instanceof JScriptObject) return value.target;
    if (isAutomationObject(value)) return this.#proxyOf(value);
    // A safe array or a stream: a script can hold it, hand it on, and make a VBArray of it.
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
    switch (Object.prototype.toString.call(value)) {
      case "[object Date]":
        return makeDate(serialFromDate(new Date((value as Date).getTime())));
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
      if (error instanceof this.#realm.Error) throw error;
      throw this.errorOf(error);
    }
  }

  /** An error as scripts see it: with `number` and `description`. */
  errorOf(error: unknown): Error {
    const { number, message } = toVbsError(error);
    // VBScript's own numbers are the low word of FACILITY_CONTROL; scripts mask it off.
    const full = number > 0 && number <= 0xFFFF ? 0x800A0000 | number : number;
    return Object.assign(new this.#realm.Error(message), { number: full, description: message });
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

/** Names that JavaScript itself asks every object for. */
const ASKED_BY_LANGUAGE = new Set(["constructor", "prototype", "then", "toJSON", "__proto__"]);

class AutomationHandler implements ProxyHandler<() => void> {
  readonly #object: AutomationObject;
  readonly #dispatch: Dispatch;
  readonly #bridge: Bridge;
  readonly #methods = new Map<DispatchMember, (...args: unknown[]) => unknown>();

  constructor(object: AutomationObject, bridge: Bridge) {
    this.#object = object;
    this.#dispatch = object[DISPATCH];
    this.#bridge = bridge;
  }

  get(_target: () => void, key: string | symbol): unknown {
    if (typeof key === "symbol") return key === Symbol.toPrimitive ? () => this.#primitive() : undefined;
    const member = this.#dispatch.member(key);
    if (member === undefined) {
      if (key === "toString" || key === "valueOf") return () => this.#primitive();
      if (ASKED_BY_LANGUAGE.has(key)) return undefined;
      return this.#bridge.guard(() => {
        throw scriptError("noSuchMember", `'${this.#dispatch.typeName}.${key}'`);
      });
    }
    if (member.get === undefined) return this.#method(member);
    return this.#bridge.guard(() => {
      try {
        return this.#bridge.toScript(member.get!(this.#object, []));
      } catch (error) {
        // A property with arguments is read by the call that follows.
        if ((error as { number?: unknown }).number !== SCRIPT_ERROR.wrongArguments) throw error;
        return this.#method(member);
      }
    });
  }

  set(_target: () => void, key: string | symbol, value: unknown): boolean {
    return this.#bridge.guard(() => {
      const member = this.#dispatch.member(String(key));
      const variant = this.#bridge.toVariant(value);
      const put = isAutomationObject(variant) ? member?.putRef ?? member?.put : member?.put ?? member?.putRef;
      if (put === undefined) {
        throw scriptError("noSuchMember", `'${this.#dispatch.typeName}.${String(key)}' cannot be set`);
      }
      put(this.#object, [], variant);
      return true;
    });
  }

  has(_target: () => void, key: string | symbol): boolean {
    return typeof key === "string" && this.#dispatch.member(key) !== undefined;
  }

  deleteProperty(): boolean {
    return false;
  }

  ownKeys(): string[] {
    return [];
  }

  /** `object(…)` is the default member. */
  apply(_target: () => void, _this: unknown, args: unknown[]): unknown {
    return this.#bridge.guard(() => {
      const member = this.#dispatch.defaultMember;
      if (member === undefined) {
        throw scriptError("noSuchMember", `'${this.#dispatch.typeName}' has no default member`);
      }
      return this.#invoke(member, args);
    });
  }

  #method(member: DispatchMember): (...args: unknown[]) => unknown {
    let method = this.#methods.get(member);
    if (method === undefined) {
      method = (...args) => this.#bridge.guard(() => this.#invoke(member, args));
      this.#methods.set(member, method);
    }
    return method;
  }

  #invoke(member: DispatchMember, args: readonly unknown[]): unknown {
    const operation = member.call ?? member.get;
    if (operation === undefined) throw scriptError("noSuchMember", `'${member.name}' cannot be read`);
    return this.#bridge.toScript(operation(this.#object, args.map((arg) => this.#bridge.toVariant(arg))));
  }

  #primitive(): unknown {
    const member = this.#dispatch.defaultMember;
    if (member?.get === undefined) return `[object ${this.#dispatch.typeName}]`;
    return this.#bridge.guard(() => {
      const value = this.#bridge.toScript(member.get!(this.#object, []));
      return typeof value === "function" ? String(value) : value;
    });
  }
}

/** An object, array or function of a script, as automation objects and VBScript see it. */
export class JScriptObject implements AutomationObject {
  readonly [DISPATCH]: Dispatch;

  constructor(readonly target: object, bridge: Bridge) {
    const record = target as Record<string, unknown>;
    const callable = typeof target === "function";
    const invoke = (value: unknown, self: unknown, args: readonly Variant[]): Variant => {
      if (typeof value !== "function") throw scriptError("noSuchMember", "it is no function");
      return bridge.toVariant(Reflect.apply(value, self, args.map((arg) => bridge.toScript(arg))));
    };
    const memberOf = (name: string): DispatchMember | undefined => {
      const key = findKey(target, name);
      if (key === undefined) return undefined;
      return {
        name: key,
        get: (_object, args) =>
          typeof record[key] === "function" && args.length > 0
            ? invoke(record[key], target, args)
            : bridge.toVariant(record[key]),
        put: (_object, _args, value) => void (record[key] = bridge.toScript(value)),
        ...(typeof record[key] === "function"
          ? {
            call: (_object: AutomationObject, args: readonly Variant[]) => invoke(record[key], target, args),
          }
          : {}),
      };
    };
    this[DISPATCH] = {
      typeName: "JScriptTypeInfo",
      member: memberOf,
      defaultMember: callable
        ? { name: "", call: (_object, args) => invoke(target, undefined, args) }
        : { name: "", get: () => String(target) },
      enumerate: () => Object.values(target).map((value) => bridge.toVariant(value))[Symbol.iterator](),
      release: undefined,
      memberNames: Object.keys(target),
    };
  }
}

/** The property of a name, in its exact case if there is one, else in any. */
function findKey(target: object, name: string): string | undefined {
  if (name in target) return name;
  const folded = name.toLowerCase();
  for (const key in target) {
    if (key.toLowerCase() === folded) return key;
  }
  return undefined;
}
