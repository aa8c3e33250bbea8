import { assertEquals, assertMatch, assertThrows } from "@std/assert";
import { AutomationError } from "../../../lib/automation/errors.ts";
import {
  makeDate,
  makeDouble,
  makeLong,
  NOTHING,
  type Variant,
  VariantArray,
} from "../../../lib/automation/variant.ts";
import { ArrayList } from "../../../lib/wsh/collections/array_list.ts";
import { ScriptletTypeLib } from "../../../lib/wsh/scriptlet/type_lib.ts";
import { run, TempFolder } from "../../cli/cli.ts";

function listOf(...values: Variant[]): ArrayList {
  const list = new ArrayList();
  for (const value of values) list.Add(value);
  return list;
}

/** What a list holds after some work. */
const CHANGES: readonly [name: string, work: (list: ArrayList) => void, expected: readonly Variant[]][] = [
  ["Insert() in the middle", (list) => list.Insert(1, "x"), ["b", "x", "a", "c"]],
  ["Insert() at the end", (list) => list.Insert(3, "x"), ["b", "a", "c", "x"]],
  ["InsertRange()", (list) => list.InsertRange(0, VariantArray.of(["1", "2"])), ["1", "2", "b", "a", "c"]],
  ["AddRange() of itself", (list) => list.AddRange(list), ["b", "a", "c", "b", "a", "c"]],
  ["Remove()", (list) => list.Remove("a"), ["b", "c"]],
  ["Remove() of what is not there", (list) => list.Remove("z"), ["b", "a", "c"]],
  ["RemoveAt()", (list) => list.RemoveAt(0), ["a", "c"]],
  ["RemoveRange()", (list) => list.RemoveRange(1, 2), ["b"]],
  ["Reverse()", (list) => list.Reverse(), ["c", "a", "b"]],
  ["Sort()", (list) => list.Sort(), ["a", "b", "c"]],
  ["Item() put", (list) => list.put_Item(1, "x"), ["b", "x", "c"]],
  ["Clear()", (list) => list.Clear(), []],
];

for (const [name, work, expected] of CHANGES) {
  Deno.test(`ArrayList.${name}`, () => {
    const list = listOf("b", "a", "c");
    work(list);
    assertEquals([[...list], list.Count], [[...expected], expected.length]);
  });
}

for (
  const [values, expected] of [
    [["b", "A", "a", "B"], ["a", "A", "b", "B"]],
    [["item10", "item9", "Ä", "z"], ["Ä", "item10", "item9", "z"]],
    [[3, makeDouble(1.5), makeLong(2), -1], [-1, makeDouble(1.5), makeLong(2), 3]],
    [[makeDate(2), makeDate(1)], [makeDate(1), makeDate(2)]],
    [["a", undefined], [undefined, "a"]],
  ] satisfies readonly [Variant[], Variant[]][]
) {
  Deno.test(`ArrayList.Sort() gives ${Deno.inspect(expected, { breakLength: Infinity })}`, () => {
    const list = listOf(...values);
    list.Sort();
    assertEquals([...list], expected);
  });
}

Deno.test("ArrayList finds numbers by value and texts by case", () => {
  const list = listOf(makeLong(5), "5", makeDate(5), "a", makeLong(5));
  assertEquals([list.IndexOf(5), list.IndexOf("5"), list.IndexOf(makeDate(5)), list.IndexOf("A")], [
    0,
    1,
    2,
    -1,
  ]);
  assertEquals([list.LastIndexOf(makeDouble(5)), list.IndexOf(5, 1), list.IndexOf(5, 1, 2)], [4, 4, -1]);
  assertEquals([list.Contains("a"), list.Contains(NOTHING)], [true, false]);
});

Deno.test("ArrayList.BinarySearch() gives the complement of where it would be", () => {
  const list = listOf("a", "c", "e");
  assertEquals(["a", "c", "e", "b", "f"].map((one) => list.BinarySearch(one)), [0, 1, 2, ~1, ~3]);
});

Deno.test("ArrayList keeps arrays as values, and lists that it gives are its own", () => {
  const array = VariantArray.of([1]);
  const list = listOf(array);
  array.elements[0] = 2;
  assertEquals((list.Item(0) as VariantArray).elements, [1]);
  const clone = list.Clone();
  clone.Clear();
  assertEquals([list.Count, list.GetRange(0, 1).Count], [1, 1]);
});

Deno.test("ArrayList.Capacity doubles from 4, and is not less than Count", () => {
  const list = listOf(1, 2, 3, 4, 5);
  assertEquals(list.Capacity, 8);
  list.TrimToSize();
  assertEquals(list.Capacity, 5);
  assertThrows(() => list.Capacity = 4, AutomationError);
});

for (
  const [name, work, number] of [
    ["Item() beyond the end", (list) => list.Item(3), 0x80131502],
    ["Item() before the start", (list) => list.Item(-1), 0x80131502],
    ["RemoveAt() of an empty place", (list) => list.RemoveAt(3), 0x80131502],
    ["RemoveRange() of too many", (list) => list.RemoveRange(1, 3), 0x80131502],
    ["AddRange() of nothing", (list) => list.AddRange(undefined), 0x80004003],
    ["AddRange() of a text", (list) => list.AddRange("ab"), 13],
    ["Sort() of a mixture", (list) => (list.Add(1), list.Sort()), 0x80131509],
    ["Sort() of objects", (list) => (list.Add(list), list.Sort()), 0x80131509],
  ] satisfies readonly [string, (list: ArrayList) => unknown, number][]
) {
  Deno.test(`ArrayList refuses ${name}`, () => {
    assertEquals(assertThrows(() => work(listOf("b", "a", "c")), AutomationError).number, number | 0);
  });
}

Deno.test("Scriptlet.TypeLib has one GUID as long as it lives", () => {
  const one = new ScriptletTypeLib();
  assertMatch(one.Guid, /^\{[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}\}\0\0$/);
  const first = one.Guid;
  assertEquals(one.Guid, first);
  one.Reset();
  assertEquals(one.Guid === first, false);
});

Deno.test("System.Collections.ArrayList in scripts", async () => {
  using folder = new TempFolder();
  const script = folder.write(
    "s.vbs",
    `Set list = CreateObject("System.Collections.ArrayList")
For Each name In Array("pear", "Apple", "fig") : list.Add name : Next
list.Sort : list.Reverse
list(0) = UCase(list(0))
WScript.Echo Join(list.ToArray, ","), list.Count, list.IndexOf("fig", 0), TypeName(list)
For Each name In list : text = text & Left(name, 1) : Next
WScript.Echo text, Len(CreateObject("Scriptlet.TypeLib").Guid)
`,
  );
  const { stdout, stderr } = await run(["run", script]);
  assertEquals([stdout.split(/\r?\n/), stderr], [["PEAR,fig,Apple 3 1 ArrayList", "PfA 40", ""], ""]);
});
