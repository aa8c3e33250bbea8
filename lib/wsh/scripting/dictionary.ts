/**
 * `Scripting.Dictionary`: keys and items in the order in which they were added.
 *
 * Theory of operation. A JavaScript Map finds the entry of a key; the entries are a linked list besides, which keeps the
 * order when a key is renamed. Numbers of all subtypes are one key by their value, as `Map` has it for plain numbers;
 * strings, Booleans, Empty and Null are keys of their own, objects are keys by identity. Inner loops of scripts call
 * `Item`, `Exists` and `Add`, so these take their Variants without the table's conversions, which would do nothing.
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

interface Entry {
  key: Variant;
  item: Variant;
  before: Entry | undefined;
  after: Entry | undefined;
}

/** What a Map can tell apart as the Dictionary does. */
type MapKey = string | number | boolean | null | undefined | object;

const HASH_MODULUS = 1201;
const BINARY = 0;

const ITEM: DispatchMember = {
  name: "Item",
  get: (object, args) => (object as Dictionary).Item(only(args, "Item")),
  put: (object, args, value) => (object as Dictionary).put_Item(only(args, "Item"), value),
  putRef: (object, args, value) => (object as Dictionary).put_Item(only(args, "Item"), value),
};

const EXISTS: DispatchMember = {
  name: "Exists",
  call: (object, args) => (object as Dictionary).Exists(only(args, "Exists")),
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

  readonly #entries = new Map<MapKey, Entry>();
  #first: Entry | undefined;
  #last: Entry | undefined;
  #compareMode = BINARY;

  get Count(): number {
    return this.#entries.size;
  }

  get CompareMode(): number {
    return this.#compareMode;
  }
  set CompareMode(mode: number) {
    if (this.#entries.size > 0) {
      throw scriptError("invalidCall", "CompareMode can be set only while the Dictionary is empty");
    }
    if (mode < 0) throw scriptError("invalidCall", `CompareMode is 0 or 1, not ${mode}`);
    this.#compareMode = mode;
  }

  Item(key: Variant): Variant {
    const mapKey = this.#mapKey(key);
    const entry = this.#entries.get(mapKey);
    if (entry === undefined) {
      this.#append(mapKey, key, undefined);
      return undefined;
    }
    return owned(entry.item);
  }

  put_Item(key: Variant, newVal: Variant): void {
    const mapKey = this.#mapKey(key);
    const entry = this.#entries.get(mapKey);
    if (entry === undefined) this.#append(mapKey, key, owned(newVal));
    else entry.item = owned(newVal);
  }

  Exists(key: Variant): boolean {
    return this.#entries.has(this.#mapKey(key));
  }

  Add(key: Variant, item: Variant): void {
    const mapKey = this.#mapKey(key);
    if (this.#entries.has(mapKey)) throw keyTaken();
    this.#append(mapKey, key, owned(item));
  }

  put_Key(key: Variant, newVal: Variant): void {
    const mapKey = this.#mapKey(key);
    const newMapKey = this.#mapKey(newVal);
    const entry = this.#entries.get(mapKey);
    if (entry === undefined) throw notFound();
    if (this.#entries.has(newMapKey) && this.#entries.get(newMapKey) !== entry) throw keyTaken();
    this.#entries.delete(mapKey);
    this.#entries.set(newMapKey, entry);
    entry.key = newVal;
  }

  Keys(): VariantArray {
    const keys: Variant[] = [];
    for (let entry = this.#first; entry !== undefined; entry = entry.after) keys.push(entry.key);
    return VariantArray.of(keys);
  }

  Items(): VariantArray {
    const items: Variant[] = [];
    for (let entry = this.#first; entry !== undefined; entry = entry.after) items.push(owned(entry.item));
    return VariantArray.of(items);
  }

  Remove(key: Variant): void {
    const mapKey = this.#mapKey(key);
    const entry = this.#entries.get(mapKey);
    if (entry === undefined) throw notFound();
    this.#entries.delete(mapKey);
    if (entry.before === undefined) this.#first = entry.after;
    else entry.before.after = entry.after;
    if (entry.after === undefined) this.#last = entry.before;
    else entry.after.before = entry.before;
  }

  RemoveAll(): void {
    this.#entries.clear();
    this.#first = this.#last = undefined;
  }

  HashVal(key: Variant): Variant {
    return makeLong(hashOf(this.#mapKey(key)));
  }

  [Symbol.iterator](): Iterator<Variant> {
    return this.Keys().elements[Symbol.iterator]();
  }

  #append(mapKey: MapKey, key: Variant, item: Variant): void {
    const entry: Entry = { key, item, before: this.#last, after: undefined };
    if (this.#last === undefined) this.#first = entry;
    else this.#last.after = entry;
    this.#last = entry;
    this.#entries.set(mapKey, entry);
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
