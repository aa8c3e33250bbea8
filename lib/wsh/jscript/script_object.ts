/** What scripts hand out: their objects, arrays and functions. @module */
import {
  type AutomationObject,
  DISPATCH,
  type Dispatch,
  type DispatchMember,
  type Variant,
} from "../../automation/variant.ts";
import type { Bridge } from "./bridge.ts";

/** An object, array or function of a script, as automation objects and VBScript see it. */
export class JScriptObject implements AutomationObject {
  readonly [DISPATCH]: Dispatch;

  constructor(readonly target: object, bridge: Bridge) {
    const record = target as Record<string, unknown>;
    const callable = typeof target === "function";
    const memberOf = (name: string): DispatchMember | undefined => {
      const key = findKey(target, name);
      if (key === undefined) return undefined;
      const put = (_object: AutomationObject, _args: readonly Variant[], value: Variant): void =>
        void (record[key] = bridge.toScript(value));
      // Who names a function from outside calls it.
      return typeof record[key] === "function"
        ? { name: key, call: (_object, args) => bridge.call(record[key], target, args), put, putRef: put }
        : { name: key, get: () => bridge.toVariant(record[key]), put, putRef: put };
    };
    this[DISPATCH] = {
      typeName: "JScriptTypeInfo",
      member: memberOf,
      defaultMember: callable
        ? { name: "", call: (_object, args) => bridge.call(target, undefined, args) }
        : { name: "", get: () => bridge.call(bridge.realm.String, undefined, [this]) },
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
