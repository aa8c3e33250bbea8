/** `System.Collections.ArrayList`: .NET's list, which scripts take for its Sort and for growing. @module */
import { AutomationError, scriptError } from "../../automation/errors.ts";
import { AutomationClass, defineInterface, implementInterface } from "../../automation/interface.ts";
import { Currency, TypedNumber, type Variant, VariantArray, VARTYPE } from "../../automation/variant.ts";
import type { IArrayList } from "../types.ts";

/**
 * What COM shows of the class (.NET reference, "ArrayList Class"); of overloads the first has the name and the next ones
 * a number behind it.
 */
// deno-fmt-ignore -- a table: one row a member
export const IArrayListTable = defineInterface("IArrayList", "{7BCFA00F-F764-3113-9140-3BBD127A96BB}", {
  Item: { dispid: 0, get: "VARIANT", put: "VARIANT", params: [["index", "LONG"]], doc: "The element at a place, from 0." },
  Count: { dispid: 1, get: "LONG", doc: "How many elements there are." },
  Capacity: { dispid: 2, get: "LONG", put: "LONG", doc: "For how many there is room. It grows by itself." },
  IsFixedSize: { dispid: 3, get: "VARIANT_BOOL", doc: "False: it grows." },
  IsReadOnly: { dispid: 4, get: "VARIANT_BOOL", doc: "False: it can be changed." },
  Add: { dispid: 5, method: "LONG", params: [["value", "VARIANT"]], doc: "Adds an element at the end and gives its place." },
  AddRange: { dispid: 6, method: "void", params: [["c", "VARIANT"]], doc: "Adds all elements of an array or another list." },
  Clear: { dispid: 7, method: "void", doc: "Removes all elements." },
  Clone: { dispid: 8, method: "IArrayList*", doc: "A list of the same elements." },
  Contains: { dispid: 9, method: "VARIANT_BOOL", params: [["item", "VARIANT"]], doc: "Whether it has such an element." },
  IndexOf: { dispid: 10, method: "LONG", params: [["value", "VARIANT"], ["startIndex", "LONG?"], ["count", "LONG?"]], doc: "The first place of such an element, searched from a place on; -1 if there is none." },
  LastIndexOf: { dispid: 11, method: "LONG", params: [["value", "VARIANT"]], doc: "The last place of such an element; -1 if there is none." },
  BinarySearch: { dispid: 12, method: "LONG", params: [["value", "VARIANT"]], doc: "A place of an element of a sorted list; if there is none, the complement of where it would be." },
  Insert: { dispid: 13, method: "void", params: [["index", "LONG"], ["value", "VARIANT"]], doc: "Puts an element at a place and moves those behind it." },
  InsertRange: { dispid: 14, method: "void", params: [["index", "LONG"], ["c", "VARIANT"]], doc: "Puts all elements of an array or another list at a place." },
  Remove: { dispid: 15, method: "void", params: [["obj", "VARIANT"]], doc: "Removes the first such element, if there is one." },
  RemoveAt: { dispid: 16, method: "void", params: [["index", "LONG"]], doc: "Removes the element at a place." },
  RemoveRange: { dispid: 17, method: "void", params: [["index", "LONG"], ["count", "LONG"]], doc: "Removes so many elements from a place on." },
  GetRange: { dispid: 18, method: "IArrayList*", params: [["index", "LONG"], ["count", "LONG"]], doc: "A list of so many elements from a place on." },
  Reverse: { dispid: 19, method: "void", doc: "Turns the order around." },
  Sort: { dispid: 20, method: "void", doc: "Sorts: numbers and dates by value, texts as in a dictionary, lower case first; a mixture of both is an error." },
  ToArray: { dispid: 21, method: "VARIANT", doc: "An array of the elements." },
  TrimToSize: { dispid: 22, method: "void", doc: "Makes Capacity what Count is." },
  ToString: { dispid: 23, method: "BSTR", doc: "The name of the class." },
  _NewEnum: { dispid: -4, get: "IEnumVARIANT*", element: "VARIANT", doc: "The elements in order." },
}, { doc: "A list that grows, sorts and searches." });

/** .NET's exceptions as COM has them. */
const ARGUMENT_OUT_OF_RANGE = 0x80131502;
const INVALID_OPERATION = 0x80131509;
const NULL_REFERENCE = 0x80004003;
const CAPACITY_MIN = 4;

/** `System.Collections.ArrayList`. */
export class ArrayList extends AutomationClass implements IArrayList {
  static {
    implementInterface(this, [IArrayListTable], { typeName: "ArrayList" });
  }

  #elements: Variant[] = [];
  #capacity = 0;

  get Count(): number {
    return this.#elements.length;
  }

  get Capacity(): number {
    return this.#capacity;
  }
  set Capacity(capacity: number) {
    if (capacity < this.Count) throw outOfRange(`Capacity cannot be less than Count (${this.Count})`);
    this.#capacity = capacity;
  }

  readonly IsFixedSize = false;
  readonly IsReadOnly = false;

  Item(index: number): Variant {
    this.#checkPlace(index, this.Count - 1);
    return owned(this.#elements[index]);
  }

  put_Item(index: number, newVal: Variant): void {
    this.#checkPlace(index, this.Count - 1);
    this.#elements[index] = owned(newVal);
  }

  Add(value: Variant): number {
    this.#insert(this.Count, [value]);
    return this.Count - 1;
  }

  AddRange(c: Variant): void {
    this.#insert(this.Count, elementsOf(c));
  }

  Clear(): void {
    this.#elements = [];
  }

  Clone(): IArrayList {
    return this.#listOf(this.#elements);
  }

  Contains(item: Variant): boolean {
    return this.IndexOf(item) >= 0;
  }

  IndexOf(value: Variant, startIndex = 0, count = this.Count - startIndex): number {
    this.#checkPlace(startIndex, this.Count);
    this.#checkCount(startIndex, count);
    const key = keyOf(value);
    const at = this.#elements.slice(startIndex, startIndex + count).findIndex((one) => keyOf(one) === key);
    return at < 0 ? -1 : at + startIndex;
  }

  LastIndexOf(value: Variant): number {
    const key = keyOf(value);
    return this.#elements.findLastIndex((one) => keyOf(one) === key);
  }

  BinarySearch(value: Variant): number {
    let low = 0;
    for (let high = this.Count - 1; low <= high;) {
      const middle = (low + high) >> 1;
      const order = compare(this.#elements[middle], value);
      if (order === 0) return middle;
      if (order < 0) low = middle + 1;
      else high = middle - 1;
    }
    return ~low;
  }

  Insert(index: number, value: Variant): void {
    this.#checkPlace(index, this.Count);
    this.#insert(index, [value]);
  }

  InsertRange(index: number, c: Variant): void {
    this.#checkPlace(index, this.Count);
    this.#insert(index, elementsOf(c));
  }

  Remove(obj: Variant): void {
    const at = this.IndexOf(obj);
    if (at >= 0) this.#elements.splice(at, 1);
  }

  RemoveAt(index: number): void {
    this.#checkPlace(index, this.Count - 1);
    this.#elements.splice(index, 1);
  }

  RemoveRange(index: number, count: number): void {
    this.#checkPlace(index, this.Count);
    this.#checkCount(index, count);
    this.#elements.splice(index, count);
  }

  GetRange(index: number, count: number): IArrayList {
    this.#checkPlace(index, this.Count);
    this.#checkCount(index, count);
    return this.#listOf(this.#elements.slice(index, index + count));
  }

  Reverse(): void {
    this.#elements.reverse();
  }

  Sort(): void {
    // In a wrapping, because Array.sort puts undefined, which is Empty here, last without asking.
    const wrapped = this.#elements.map((value) => ({ value }));
    this.#elements = wrapped.sort((a, b) => compare(a.value, b.value)).map(({ value }) => value);
  }

  ToArray(): Variant {
    return VariantArray.of(this.#elements.map(owned));
  }

  TrimToSize(): void {
    this.#capacity = this.Count;
  }

  ToString(): string {
    return "System.Collections.ArrayList";
  }

  [Symbol.iterator](): Iterator<Variant> {
    return this.#elements.slice()[Symbol.iterator]();
  }

  #listOf(elements: readonly Variant[]): ArrayList {
    const list = new ArrayList();
    list.#insert(0, elements);
    return list;
  }

  #insert(index: number, values: readonly Variant[]): void {
    const [before, behind] = [this.#elements, this.#elements.splice(index)];
    for (const value of values) before.push(owned(value));
    for (const value of behind) before.push(value);
    while (this.#capacity < this.Count) this.#capacity = Math.max(CAPACITY_MIN, this.#capacity * 2);
  }

  #checkPlace(index: number, last: number): void {
    if (index >= 0 && index <= last) return;
    throw outOfRange(`Index was out of range: ${index} is not among the ${this.Count} elements`);
  }

  #checkCount(index: number, count: number): void {
    if (count >= 0 && index + count <= this.Count) return;
    throw outOfRange(`Count was out of range: there are no ${count} elements from ${index} on`);
  }
}

function outOfRange(message: string): AutomationError {
  return new AutomationError(ARGUMENT_OUT_OF_RANGE, message, { source: "mscorlib" });
}

/** Arrays are values: the list has its own. */
function owned(value: Variant): Variant {
  return value instanceof VariantArray ? value.copy() : value;
}

function elementsOf(value: Variant): readonly Variant[] {
  if (value instanceof VariantArray) return value.elements;
  if (value instanceof ArrayList) return [...value];
  if (value === undefined || value === null) {
    throw new AutomationError(NULL_REFERENCE, "Value cannot be null: an array or a list is wanted here", {
      source: "mscorlib",
    });
  }
  throw scriptError("typeMismatch", "an array or a list is wanted here");
}

/** What tells elements apart. Numbers of all subtypes are one by their value, where .NET has a class for each. */
function keyOf(value: Variant): unknown {
  if (value instanceof TypedNumber) return value.type === VARTYPE.Date ? `date ${value.value}` : value.value;
  if (value instanceof Currency) return Number(value.scaled) / 10_000;
  return typeof value === "string" ? `text ${value}` : value;
}

/** .NET sorts texts by the culture's dictionary. */
const COLLATOR = new Intl.Collator("en-US", { caseFirst: "lower" });

function compare(a: Variant, b: Variant): number {
  const [x, y] = [sortable(a), sortable(b)];
  if (x === undefined || y === undefined) return x === y ? 0 : x === undefined ? -1 : 1;
  if (typeof x === "string" && typeof y === "string") return COLLATOR.compare(x, y);
  if (typeof x === "number" && typeof y === "number") return x - y;
  throw cannotCompare("texts and numbers are not sorted together");
}

function sortable(value: Variant): string | number | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === "string" || typeof value === "number") return value;
  if (typeof value === "boolean") return value ? 1 : 0;
  if (value instanceof TypedNumber) return value.value;
  if (value instanceof Currency) return Number(value.scaled) / 10_000;
  throw cannotCompare("objects and arrays have no order");
}

function cannotCompare(reason: string): AutomationError {
  return new AutomationError(INVALID_OPERATION, `Failed to compare two elements in the array: ${reason}`, {
    source: "mscorlib",
  });
}
