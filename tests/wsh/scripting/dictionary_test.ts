import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { AutomationError } from "../../../lib/automation/errors.ts";
import {
  DISPATCH,
  makeByte,
  makeDate,
  makeDouble,
  makeLong,
  MISSING,
  type Variant,
  VariantArray,
} from "../../../lib/automation/variant.ts";
import { makeCurrency } from "../../../lib/automation/coerce.ts";
import { Dictionary } from "../../../lib/wsh/scripting/dictionary.ts";
import { VbsEngine } from "../../../lib/vbscript/mod.ts";

function call(object: Dictionary, name: string, ...args: Variant[]): Variant {
  const member = object[DISPATCH].member(name)!;
  return (member.call ?? member.get)!(object, args);
}

function put(object: Dictionary, name: string, args: Variant[], value: Variant): void {
  object[DISPATCH].member(name)!.put!(object, args, value);
}

function errorNumber(work: () => unknown): number {
  return assertThrows(work, AutomationError).number;
}

function withKeys(...keys: Variant[]): Dictionary {
  const dictionary = new Dictionary();
  for (const [index, key] of keys.entries()) call(dictionary, "Add", key, index);
  return dictionary;
}

function keysOf(dictionary: Dictionary): Variant[] {
  return (call(dictionary, "Keys") as VariantArray).elements;
}

const object = new Dictionary();

const SAME: readonly [name: string, a: Variant, b: Variant, same: boolean][] = [
  ["Integer 1 and Double 1", 1, makeDouble(1), true],
  ["Integer 1 and Long 1", 1, makeLong(1), true],
  ["Integer 1 and Byte 1", 1, makeByte(1), true],
  ["Integer 1 and Currency 1", 1, makeCurrency(10_000n), true],
  ["Double 1.5 and Currency 1.5", 1.5, makeCurrency(15_000n), true],
  ['1 and "1"', 1, "1", false],
  ['"a" and "A"', "a", "A", false],
  ["Empty and 0", undefined, 0, false],
  ['Empty and ""', undefined, "", false],
  ["Empty and Null", undefined, null, false],
  ["True and -1", true, -1, false],
  ["a date and itself", makeDate(45351.5), makeDate(45351.5), true],
  ["an object and itself", object, object, true],
  ["two objects", object, new Dictionary(), false],
];

for (const [name, a, b, same] of SAME) {
  Deno.test(`Exists() takes ${name} as ${same ? "one key" : "two keys"}`, () => {
    assertEquals(call(withKeys(a), "exists", b), same);
    if (same) assertEquals(call(object, "HashVal", a), call(object, "HashVal", b));
  });
}

Deno.test("CompareMode folds case, and is set only while there are no keys", () => {
  const dictionary = new Dictionary();
  put(dictionary, "CompareMode", [], 1);
  call(dictionary, "Add", "Ä", 1);
  assertEquals(call(dictionary, "Exists", "ä"), true);
  assertEquals(keysOf(dictionary), ["Ä"]);
  assertEquals(errorNumber(() => put(dictionary, "CompareMode", [], 0)), 5);
  call(dictionary, "RemoveAll");
  put(dictionary, "CompareMode", [], 0);
  assertEquals(errorNumber(() => put(dictionary, "CompareMode", [], -1)), 5);
});

Deno.test("Item() adds a key that is missing, when read and when written", () => {
  const dictionary = new Dictionary();
  assertEquals(call(dictionary, "Item", "read"), undefined);
  put(dictionary, "Item", ["written"], 7);
  put(dictionary, "Item", ["written"], 8);
  assertEquals(keysOf(dictionary), ["read", "written"]);
  assertEquals((call(dictionary, "Items") as VariantArray).elements, [undefined, 8]);
  assertEquals(call(dictionary, "Count"), makeLong(2));
});

Deno.test("Item() is the default member", () => {
  const dictionary = withKeys("a");
  assertEquals(dictionary[DISPATCH].defaultMember, dictionary[DISPATCH].member("Item"));
});

Deno.test("Items() and Item() give arrays that are values", () => {
  const dictionary = new Dictionary();
  const array = VariantArray.of([1, 2]);
  call(dictionary, "Add", "a", array);
  array.elements[0] = 9;
  (call(dictionary, "Item", "a") as VariantArray).elements[1] = 9;
  assertEquals((call(dictionary, "Item", "a") as VariantArray).elements, [1, 2]);
});

Deno.test("Key() renames a key in its place", () => {
  const dictionary = withKeys("a", "b", "c");
  put(dictionary, "Key", ["b"], "B");
  assertEquals(keysOf(dictionary), ["a", "B", "c"]);
  assertEquals(call(dictionary, "Item", "B"), 1);
  assertEquals(errorNumber(() => put(dictionary, "Key", ["a"], "c")), 457);
  assertEquals(errorNumber(() => put(dictionary, "Key", ["b"], "d")), 32811);
  put(dictionary, "Key", ["a"], "a");
  assertEquals(keysOf(dictionary), ["a", "B", "c"]);
});

Deno.test("Remove() most of a thousand keys leaves the others in their order, with their items", () => {
  const dictionary = new Dictionary();
  for (let key = 0; key < 1000; key++) dictionary.Add(key, key * 2);
  dictionary.put_Key(500, "five hundred");
  for (let key = 0; key < 1000; key++) if (key % 100 !== 0) dictionary.Remove(key);
  dictionary.Add("last", "z");
  const keys = [0, 100, 200, 300, 400, "five hundred", 600, 700, 800, 900, "last"];
  assertEquals(dictionary.Keys().elements, keys);
  const items = [0, 200, 400, 600, 800, 1000, 1200, 1400, 1600, 1800, "z"];
  assertEquals(dictionary.Items().elements, items);
  assertEquals(keys.map((key) => dictionary.Item(key)), items);
});

/** Each in a script that has run a second time over the same lines, so that they know whom they call. */
const SCRIPTS: readonly [statement: string, result: string, value: string][] = [
  ['d.Item("k") = 1', 'd("k")', "1"],
  ['d("k") = 2', 'd.Item("k")', "2"],
  ['k = "k" : d(k) = 3', "d.Item(k)", "3"],
  ['d("new") = 4', 'd.Exists("new") & d.Count', "True2"],
  ["", 'd.Exists("nothing")', "False"],
  ["Set d(k) = d", "d(k) Is d", "True"],
  ["d.Add d, 5", "d(d)", "5"],
  ["d(Null) = 6", "d.Item(Null)", "6"],
  ["d(k) = Array(1, 2)", "d(k)(1)", "2"],
  ["d.Item(7) = 8 : i = 7", "d(i) & d.Exists(7.0)", "8True"],
];

for (const [statement, result, value] of SCRIPTS) {
  Deno.test(`a script runs ${statement === "" ? "" : `${statement}: `}${result} is ${value}`, () => {
    const engine = new VbsEngine({ createObject: () => new Dictionary() });
    engine.run(
      `For turn = 1 To 2\nSet d = CreateObject("Scripting.Dictionary")\nk = "k"\nd.Add k, 0\n` +
        `${statement}\nresult = "" & (${result})\nNext`,
    );
    assertEquals(engine.evaluate("result"), value);
  });
}

for (const call of ["d.Item()", "d.Exists()", 'd.Item("a", "b")', 'd("a", "b")', "d.Exists(Array(1))"]) {
  Deno.test(`a script's ${call} is an error, also after calls that are none`, () => {
    const engine = new VbsEngine({ createObject: () => new Dictionary() });
    engine.run(
      `Set d = CreateObject("Scripting.Dictionary")\nOn Error Resume Next\nFor turn = 1 To 2\n` +
        `x = d.Item("a")\nx = d.Exists("a")\nErr.Clear\nx = ${call}\nnumber = Err.Number\nNext`,
    );
    assertEquals(engine.evaluate('"" & number'), call.includes("Array") ? "5" : "450");
  });
}

Deno.test("Remove() keeps the order of the others", () => {
  const dictionary = withKeys("a", "b", "c", "d");
  call(dictionary, "Remove", "b");
  call(dictionary, "Remove", "a");
  call(dictionary, "Remove", "d");
  call(dictionary, "Add", "e", 5);
  assertEquals(keysOf(dictionary), ["c", "e"]);
  assertEquals(errorNumber(() => call(dictionary, "Remove", "b")), 32811);
});

Deno.test("For Each gives the keys as they were when it began", () => {
  const dictionary = withKeys("a", 2, "c");
  const seen: Variant[] = [];
  for (const keys = dictionary[DISPATCH].enumerate!(dictionary);;) {
    const { done, value } = keys.next();
    if (done) break;
    seen.push(value);
    call(dictionary, "Remove", value);
  }
  assertEquals(seen, ["a", 2, "c"]);
  assertEquals(dictionary.Count, 0);
});

const ERRORS: readonly [name: string, number: number, work: () => unknown][] = [
  ["a key that is there", 457, () => call(withKeys(1), "Add", makeDouble(1), 2)],
  ["an array as key", 5, () => call(new Dictionary(), "Add", VariantArray.of([1]), 2)],
  ["no item", 450, () => call(new Dictionary(), "Add", "a")],
  ["an item left out", 450, () => call(new Dictionary(), "Add", "a", MISSING)],
  ["no key", 450, () => call(new Dictionary(), "Exists")],
  ["two keys", 450, () => call(new Dictionary(), "Item", 1, 2)],
];

for (const [name, number, work] of ERRORS) {
  Deno.test(`Dictionary refuses ${name} with error ${number}`, () => assertEquals(errorNumber(work), number));
}

Deno.test("Dictionary keeps the order and items that a plain list has after the same calls", () => {
  const key = fc.constantFrom<Variant>(1, 2, "1", "a", "A", null, undefined, true);
  const step = fc.tuple(
    fc.constantFrom("put", "get", "remove", "rename"),
    key,
    key,
    fc.integer({ max: 9, min: 0 }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const dictionary = new Dictionary();
      const list: [key: Variant, item: Variant][] = [];
      for (const [what, a, b, item] of steps) {
        const at = list.findIndex(([known]) => known === a);
        if (what === "put") {
          put(dictionary, "Item", [a], item);
          if (at < 0) list.push([a, item]);
          else list[at]![1] = item;
        } else if (what === "get") {
          assertEquals(call(dictionary, "Item", a), list[at]?.[1]);
          if (at < 0) list.push([a, undefined]);
        } else if (at < 0) {
          const change = what === "remove"
            ? (): unknown => call(dictionary, "Remove", a)
            : (): void => put(dictionary, "Key", [a], b);
          assertEquals(errorNumber(change), 32811);
        } else if (what === "remove") {
          call(dictionary, "Remove", a);
          list.splice(at, 1);
        } else if (a !== b && list.some(([known]) => known === b)) {
          assertEquals(errorNumber(() => put(dictionary, "Key", [a], b)), 457);
        } else {
          put(dictionary, "Key", [a], b);
          list[at]![0] = b;
        }
      }
      assertEquals(keysOf(dictionary), list.map(([known]) => known));
      assertEquals((call(dictionary, "Items") as VariantArray).elements, list.map(([, item]) => item));
      assertEquals(dictionary.Count, list.length);
    }),
    { seed: 20_240_229, numRuns: 300 },
  );
});
