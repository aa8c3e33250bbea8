/** What is assigned to where a script assigns to a call: `dict("k") = 1`. @module */
import { AutomationError, scriptError } from "../../automation/errors.ts";
import {
  type AutomationObject,
  DISPATCH,
  type DispatchMember,
  isAutomationObject,
} from "../../automation/variant.ts";
import type { Bridge } from "./bridge.ts";
import { FACILITY_CONTROL } from "./runtime_error.ts";

/** A property with arguments, to be read and written. */
export class ScriptReference {
  readonly #bridge: Bridge;
  readonly #object: AutomationObject | undefined;
  readonly #name: string | undefined;
  readonly #args: readonly unknown[];

  constructor(
    bridge: Bridge,
    object: AutomationObject | undefined,
    name: string | undefined,
    args: readonly unknown[],
  ) {
    this.#bridge = bridge;
    this.#object = object;
    this.#name = name;
    this.#args = args;
  }

  get value(): unknown {
    const object = this.#bridge.toScript(this.#owner()) as Record<string, unknown>;
    const read = this.#name === undefined ? object : object[this.#name];
    if (typeof read !== "function") throw this.#bridge.errorOf(noMember(this.#owner(), this.#name));
    return Reflect.apply(read, object, this.#args);
  }

  set value(value: unknown) {
    this.#bridge.guard(() => {
      const variant = this.#bridge.toVariant(value);
      const { object, member } = this.#target();
      const put = isAutomationObject(variant) ? member.putRef ?? member.put : member.put ?? member.putRef;
      if (put === undefined) throw scriptError("noSuchMember", `'${member.name}' cannot be set`);
      put(object, this.#args.map((arg) => this.#bridge.toVariant(arg)), variant);
    });
  }

  #owner(): AutomationObject {
    if (this.#object === undefined) {
      throw this.#bridge.errorOf(new AutomationError(FACILITY_CONTROL | 5008, "Illegal assignment"));
    }
    return this.#object;
  }

  /** The member; of a property without arguments that gives an object (`Fields("x")`), that object's default member. */
  #target(): { object: AutomationObject; member: DispatchMember } {
    const object = this.#owner();
    const dispatch = object[DISPATCH];
    const member = this.#name === undefined ? dispatch.defaultMember : dispatch.member(this.#name);
    if (member === undefined) throw noMember(object, this.#name);
    if (member.put !== undefined || member.putRef !== undefined) return { object, member };
    const given = member.parameters === undefined ? member.get?.(object, []) : undefined;
    const inner = isAutomationObject(given) ? given[DISPATCH].defaultMember : undefined;
    if (inner === undefined) {
      throw scriptError("noSuchMember", `'${dispatch.typeName}.${member.name}' cannot be set`);
    }
    return { object: given as AutomationObject, member: inner };
  }
}

function noMember(object: AutomationObject, name = "default member"): AutomationError {
  return scriptError("noSuchMember", `'${object[DISPATCH].typeName}.${name}'`);
}
