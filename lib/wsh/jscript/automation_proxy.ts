/** Automation objects as scripts see them: names without case, default members, and functions for methods. @module */
import { SCRIPT_ERROR, scriptError } from "../../automation/errors.ts";
import {
  type AutomationObject,
  DISPATCH,
  type Dispatch,
  type DispatchMember,
  isAutomationObject,
  isUnknownObject,
} from "../../automation/variant.ts";
import type { Bridge } from "./bridge.ts";

/** Answers for a script's view of an automation object. */
export class AutomationHandler implements ProxyHandler<() => void> {
  readonly #object: AutomationObject;
  readonly #dispatch: Dispatch;
  readonly #bridge: Bridge;
  readonly #methods = new Map<DispatchMember, (...args: unknown[]) => unknown>();
  /** What a call does in place of the default member. */
  readonly #read: ((args: readonly unknown[]) => unknown) | undefined;

  constructor(object: AutomationObject, bridge: Bridge, read?: (args: readonly unknown[]) => unknown) {
    this.#object = object;
    this.#dispatch = object[DISPATCH];
    this.#bridge = bridge;
    this.#read = read;
  }

  get(_target: () => void, key: string | symbol): unknown {
    if (typeof key === "symbol") {
      if (key === Symbol.toStringTag) return "Object";
      return key === Symbol.toPrimitive ? () => this.#primitive() : undefined;
    }
    const member = this.#dispatch.member(key);
    if (member === undefined) {
      if (key === "toString" || key === "valueOf") return () => this.#primitive();
      this.#bridge.missing = { name: key, dispatch: this.#dispatch };
      return undefined;
    }
    if (member.get === undefined || member.parameters === "required") return this.#method(member);
    return this.#bridge.guard(() => {
      try {
        const value = member.get!(this.#object, []);
        if (member.parameters === "optional" && isAutomationObject(value) && !isUnknownObject(value)) {
          return this.#bridge.indexed(value, (args) => this.#invoke(member, args));
        }
        return this.#bridge.toScript(value);
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
      if (this.#read !== undefined) return this.#read(args);
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
      this.#bridge.noteMethod(method, { object: this.#object, name: member.name });
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
