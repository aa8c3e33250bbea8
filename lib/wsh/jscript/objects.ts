/** The objects that JScript has beside JavaScript's: ActiveXObject, Enumerator, VBArray. @module */
import { AutomationError, scriptError } from "../../automation/errors.ts";
import { DISPATCH, type Variant, VariantArray } from "../../automation/variant.ts";
import type { Bridge } from "./bridge.ts";
import type { Realm } from "./realm.ts";

/** Functions and constructors that a script finds in its global object. */
export type ScriptGlobals = Readonly<Record<string, unknown>>;

/** JScript's own global objects and functions. */
export function jscriptGlobals(bridge: Bridge, realm: Realm, options: {
  createObject(progId: string): Variant;
  getObject(path: string, progId: string | undefined): Variant;
}): ScriptGlobals {
  return {
    ActiveXObject: function (progId: unknown): unknown {
      return bridge.guard(() => bridge.toScript(options.createObject(String(progId))));
    },
    GetObject: (path?: unknown, progId?: unknown) =>
      bridge.guard(() =>
        bridge.toScript(
          options.getObject(
            path === undefined ? "" : String(path),
            progId === undefined ? undefined : String(progId),
          ),
        )
      ),
    Enumerator: callable(enumeratorClass(bridge)),
    VBArray: callable(vbArrayClass(bridge, realm)),
    ScriptEngine: () => "JScript",
    ScriptEngineMajorVersion: () => 5,
    ScriptEngineMinorVersion: () => 8,
    ScriptEngineBuildVersion: () => 16384,
    CollectGarbage: () => {},
  };
}

/** JScript's constructors need no `new`. */
function callable(constructor: new (...args: unknown[]) => unknown): unknown {
  return new Proxy(constructor, { apply: (target, _this, args) => new target(...args) });
}

/** Enumerator: goes through a collection, or through an array (JScript reference, "Enumerator Object"). */
function enumeratorClass(bridge: Bridge): new (...args: unknown[]) => unknown {
  return class Enumerator {
    #items: unknown[] = [];
    #at = 0;
    readonly #read: () => unknown[];

    constructor(...[collection]: unknown[]) {
      this.#read = (): unknown[] => bridge.guard(() => itemsOf(bridge, collection));
      this.moveFirst();
    }

    atEnd(): boolean {
      return this.#at >= this.#items.length;
    }

    item(): unknown {
      return this.#items[this.#at];
    }

    moveFirst(): void {
      this.#items = this.#read();
      this.#at = 0;
    }

    moveNext(): void {
      this.#at++;
    }
  };
}

function itemsOf(bridge: Bridge, collection: unknown): unknown[] {
  if (collection === undefined) return [];
  if (Array.isArray(collection)) return collection;
  const array = bridge.arrayOf(collection);
  if (array !== undefined) return array.elements.map((element) => bridge.toScript(element));
  const object = bridge.objectOf(collection);
  const enumerate = object?.[DISPATCH].enumerate;
  if (object === undefined || enumerate === undefined) throw scriptError("notCollection");
  const items: unknown[] = [];
  const iterator = enumerate(object);
  for (let next = iterator.next(); !next.done; next = iterator.next()) {
    items.push(bridge.toScript(next.value));
  }
  return items;
}

/** VBArray: reads a safe array (JScript reference, "VBArray Object"). */
function vbArrayClass(bridge: Bridge, realm: Realm): new (...args: unknown[]) => unknown {
  class VBArray {
    readonly #array: VariantArray;

    constructor(...[array]: unknown[]) {
      const found = array instanceof VariantArray ? array : bridge.arrayOf(array);
      this.#array = bridge.guard(() => {
        // JScript's own number for this is 5013.
        if (found === undefined) throw new AutomationError(0x800A1395, "VBArray expected");
        bridge.hold(this, found);
        return found;
      });
    }

    dimensions(): number {
      return this.#array.upperBounds.length;
    }

    lbound(dimension = 1): number {
      this.#bound(dimension);
      return 0;
    }

    ubound(dimension = 1): number {
      return this.#bound(dimension);
    }

    getItem(...indexes: number[]): unknown {
      return bridge.guard(() => {
        const { upperBounds, elements } = this.#array;
        let at = 0;
        let stride = 1;
        for (const [dimension, upper] of upperBounds.entries()) {
          const index = Number(indexes[dimension]);
          if (!(index >= 0 && index <= upper)) throw scriptError("subscript");
          at += index * stride;
          stride *= upper + 1;
        }
        return bridge.toScript(elements[at]);
      });
    }

    /** All elements, the leftmost index running fastest. */
    toArray(): unknown[] {
      return realm.Array.from(this.#array.elements, (element) => bridge.toScript(element));
    }

    #bound(dimension: number): number {
      return bridge.guard(() => {
        const upper = this.#array.upperBounds[dimension - 1];
        if (upper === undefined) throw scriptError("subscript");
        return upper;
      });
    }
  }
  bridge.readerOf = (array): object => new VBArray(array);
  return VBArray;
}
