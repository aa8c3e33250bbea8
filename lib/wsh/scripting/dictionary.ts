/**
 * `Scripting.Dictionary`: keys and items in the order in which they were added.
 *
 * Theory of operation. Keys and items are two lists, in order; a JavaScript Map finds the place of a key in them, and a
 * renamed key keeps its place. Where a key was removed the lists have a hole, and are closed up once most of them is
 * holes. Numbers of all subtypes are one key by their value, as `Map` has it for plain numbers; strings, Booleans, Empty
 * and Null are keys of their own, objects are keys by identity. Inner loops of scripts call `Item`, `Exists` and `Add`,
 * so these take their Variants without the table's conversions, which would do nothing.
 *
 * @module
 */
import { AutomationError, scriptError } from "../../automation/errors.ts";
import { AutomationClass, defineInterface, implementInterface } from "../../automation/interface.ts";
import {
  Currency,
  type DispatchMember,
  ErrorValue,
  makeLong,
  MISSING,
  TypedNumber,
  type Variant,
  VariantArray,
} from "../../automation/variant.ts";
import type { IDictionary } from "../types.ts";

/** IDictionary (Script Runtime reference, "Dictionary Object"). */
// deno-fmt-ignore -- a table: one row a member
export const IDictionaryTable = defineInterface("IDictionary", "{42C642C1-97E1-11CF-978F-00A02463E06F}", {
  Item: { dispid: 0, get: "VARIANT", put: "VARIANT", params: [["Key", "VARIANT"]], doc: "The item of a key. Reading adds a key that is missing, with Empty; writing adds it too." },
  Add: { dispid: 1, method: "void", params: [["Key", "VARIANT"], ["Item", "VARIANT"]], doc: "Adds a key with its item; error 457 if the key is there." },
  Count: { dispid: 2, get: "LONG", doc: "How many keys there are." },
  Exists: { dispid: 3, method: "VARIANT_BOOL", params: [["Key", "VARIANT"]], doc: "Whether a key is there." },
  Items: { dispid: 4, method: "VARIANT", doc: "All items, as an array, in the order in which they were added." },
  Key: { dispid: 5, put: "VARIANT", params: [["Key", "VARIANT"]], doc: "Renames a key, which keeps its place and item." },
  Keys: { dispid: 6, method: "VARIANT", doc: "All keys, as an array, in the order in which they were added." },
  Remove: { dispid: 7, method: "void", params: [["Key", "VARIANT"]], doc: "Removes a key with its item; error 32811 if the key is not there." },
  RemoveAll: { dispid: 8, method: "void", doc: "Removes all keys." },
  CompareMode: { dispid: 9, get: "LONG", put: "LONG", doc: "How strings are compared: 0 exactly, 1 without regard to case. It can be set while there are no keys." },
  _NewEnum: { dispid: -4, get: "IEnumVARIANT*", element: "VARIANT", doc: "The keys, as they were when the enumeration began." },
  HashVal: { dispid: 10, get: "VARIANT", params: [["Key", "VARIANT"]], doc: "A number below 1201 that is the same for keys that are the same." },
}, { doc: "Keys and items in the order in which they were added." });

/** Stands where a key was removed, and is no script's key. */
const HOLE = Symbol("hole");
type Key = Variant | typeof HOLE;

/** The place of a key that is not there. */
const NOWHERE = -1;

/** What a Map can tell apart as the Dictionary does. */
type MapKey = string | number | boolean | null | undefined | object;

const HASH_MODULUS = 1201;
const BINARY = 0;
/** So many holes are left alone, however few keys there are. */
const HOLES_MIN = 32;

const ITEM: DispatchMember = {
  name: "Item",
  get: (object, args) => (object as Dictionary).Item(only(args, "Item")),
  put: (object, args, value) => (object as Dictionary).put_Item(only(args, "Item"), value),
  putRef: (object, args, value) => (object as Dictionary).put_Item(only(args, "Item"), value),
  getOne: (object, key) => (object as Dictionary).Item(key),
  putOne: (object, key, value) => (object as Dictionary).put_Item(key, value),
};

const EXISTS: DispatchMember = {
  name: "Exists",
  call: (object, args) => (object as Dictionary).Exists(only(args, "Exists")),
  getOne: (object, key) => (object as Dictionary).Exists(key),
};

const ADD: DispatchMember = {
  name: "Add",
  call: (object, args) => {
    if (args.length !== 2 || args[0] === MISSING || args[1] === MISSING) throw wrongCount("Add");
    (object as Dictionary).Add(args[0], args[1]);
    return undefined;
  },
};

/** `Scripting.Dictionary`. */
export class Dictionary extends AutomationClass implements IDictionary {
  static {
    implementInterface(this, [IDictionaryTable], { typeName: "Dictionary", members: [ITEM, EXISTS, ADD] });
  }

  readonly #places = new Map<MapKey, number>();
  #keys: Key[] = [];
  #items: Variant[] = [];
  #compareMode = BINARY;

  get Count(): number {
    return this.#places.size;
  }

  get CompareMode(): number {
    return this.#compareMode;
  }
  set CompareMode(mode: number) {
    if (this.#places.size > 0) {
      throw scriptError("invalidCall", "CompareMode can be set only while the Dictionary is empty");
    }
    if (mode < 0) throw scriptError("invalidCall", `CompareMode is 0 or 1, not ${mode}`);
    this.#compareMode = mode;
  }

  Item(key: Variant): Variant {
    const place = this.#find(key);
    if (place !== NOWHERE) return owned(this.#items[place]);
    this.#append(key, undefined);
    return undefined;
  }

  put_Item(key: Variant, newVal: Variant): void {
    const place = this.#find(key);
    if (place === NOWHERE) this.#append(key, owned(newVal));
    else this.#items[place] = owned(newVal);
  }

  Exists(key: Variant): boolean {
    return this.#find(key) !== NOWHERE;
  }

  Add(key: Variant, item: Variant): void {
    if (this.#find(key) !== NOWHERE) throw keyTaken();
    this.#append(key, owned(item));
  }

  put_Key(key: Variant, newVal: Variant): void {
    const taken = this.#find(newVal);
    const place = this.#find(key);
    if (place === NOWHERE) throw notFound();
    if (taken !== NOWHERE && taken !== place) throw keyTaken();
    this.#places.delete(this.#mapKey(key));
    this.#places.set(this.#mapKey(newVal), place);
    this.#keys[place] = newVal;
  }

  Keys(): VariantArray {
    return VariantArray.of(this.#keys.filter((key) => key !== HOLE));
  }

  Items(): VariantArray {
    const items = this.#keys.length === this.#places.size
      ? this.#items
      : this.#items.filter((_, place) => this.#keys[place] !== HOLE);
    return VariantArray.of(items.map(owned));
  }

  Remove(key: Variant): void {
    const place = this.#find(key);
    if (place === NOWHERE) throw notFound();
    this.#places.delete(this.#mapKey(key));
    this.#keys[place] = HOLE;
    this.#items[place] = undefined;
    if (this.#keys.length > 2 * this.#places.size + HOLES_MIN) this.#closeUp();
  }

  RemoveAll(): void {
    this.#places.clear();
    this.#keys = [];
    this.#items = [];
  }

  HashVal(key: Variant): Variant {
    return makeLong(hashOf(this.#mapKey(key)));
  }

  [Symbol.iterator](): Iterator<Variant> {
    return this.Keys().elements[Symbol.iterator]();
  }

  #find(key: Variant): number {
    return this.#places.get(this.#mapKey(key)) ?? NOWHERE;
  }

  /** Adds a key that is not there. */
  #append(key: Variant, item: Variant): void {
    this.#places.set(this.#mapKey(key), this.#keys.length);
    this.#keys.push(key);
    this.#items.push(item);
  }

  /** Moves keys and items together, so that no holes are left. */
  #closeUp(): void {
    this.#items = this.#items.filter((_, place) => this.#keys[place] !== HOLE);
    this.#keys = this.#keys.filter((key) => key !== HOLE);
    this.#keys.forEach((key, place) => this.#places.set(this.#mapKey(key as Variant), place));
  }

  #mapKey(key: Variant): MapKey {
    if (typeof key === "string") return this.#compareMode === BINARY ? key : key.toLowerCase();
    if (typeof key !== "object" || key === null) return key;
    if (key instanceof TypedNumber) return key.value;
    if (key instanceof Currency) return Number(key.scaled) / 10_000;
    if (key instanceof VariantArray || key instanceof ErrorValue) {
      throw scriptError("invalidCall", "a key of a Dictionary can be of any type but an array");
    }
    return key;
  }
}

/** The only argument of a call. */
function only(args: readonly Variant[], name: string): Variant {
  if (args.length !== 1 || args[0] === MISSING) throw wrongCount(name);
  return args[0];
}

function wrongCount(name: string): AutomationError {
  return scriptError("wrongArguments", `'${name}'`);
}

/** Arrays are values: the Dictionary has its own. */
function owned(value: Variant): Variant {
  return value instanceof VariantArray ? value.copy() : value;
}

function keyTaken(): AutomationError {
  return new AutomationError(457, "This key is already associated with an element of this collection");
}

function notFound(): AutomationError {
  return new AutomationError(32811, "Element not found");
}

const objectHashes = new WeakMap<object, number>();
let objectsHashed = 0;

function hashOf(key: MapKey): number {
  if (typeof key === "string") {
    let hash = 0;
    for (let index = 0; index < key.length; index++) hash = (hash * 17 + key.charCodeAt(index)) >>> 0;
    return hash % HASH_MODULUS;
  }
  if (typeof key === "number") return new Uint32Array(Float32Array.of(key).buffer)[0]! % HASH_MODULUS;
  if (typeof key !== "object" || key === null) return key === true ? 1 : 0;
  const known = objectHashes.get(key);
  if (known !== undefined) return known;
  const hash = ++objectsHashed % HASH_MODULUS;
  objectHashes.set(key, hash);
  return hash;
}
