import { assertEquals, assertInstanceOf, assertStrictEquals, assertThrows } from "@std/assert";
import { AutomationError } from "../../lib/automation/errors.ts";
import {
  AutomationClass,
  defineInterface,
  implementInterface,
  implementsInterface,
  type TypeOf,
} from "../../lib/automation/interface.ts";
import { ByteStream } from "../../lib/automation/stream.ts";
import {
  DISPATCH,
  makeDate,
  makeLong,
  MISSING,
  NOTHING,
  TypedNumber,
  type Variant,
  VariantArray,
  VARTYPE,
  varTypeOf,
} from "../../lib/automation/variant.ts";

const IShelfTable = defineInterface("IShelf", "{00000000-0000-0000-0000-000000000001}", {
  Item: { dispid: 0, get: "BSTR", params: [["index", "LONG"]] },
  Count: { dispid: 1, get: "LONG" },
  _NewEnum: { dispid: -4, get: "IEnumVARIANT*", element: "BSTR" },
  Label: { dispid: 2, get: "BSTR", put: "BSTR" },
  Made: { dispid: 3, get: "DATE", put: "DATE" },
  Next: { dispid: 4, get: "IShelf*", put: "IShelf*" },
  Numbers: { dispid: 5, get: "SAFEARRAY(LONG)" },
  Find: { dispid: 6, method: "LONG", params: [["text", "BSTR"], ["start", "LONG?"]] },
  Join: { dispid: 7, method: "BSTR", params: [["parts", "VARIANT..."]] },
  Fill: { dispid: 8, method: "void", params: [["stream", "IStream*"]] },
});
interface ShelfTypes {
  IShelf: IShelf;
}
interface IShelf extends TypeOf<typeof IShelfTable, ShelfTypes> {}

class Shelf extends AutomationClass implements IShelf {
  static {
    implementInterface(this, [IShelfTable]);
  }
  Label = "";
  Made = new Date(2024, 1, 29, 12);
  Next: IShelf = null as unknown as IShelf;
  readonly Numbers = [1, 70_000];
  filled: ByteStream | undefined;
  constructor(readonly items: readonly string[]) {
    super();
  }
  Item(index: number): string {
    return this.items[index]!;
  }
  get Count(): number {
    return this.items.length;
  }
  Find(text: string, start = 0): number {
    return this.items.indexOf(text, start);
  }
  Join(...parts: Variant[]): string {
    return parts.join("+");
  }
  Fill(stream: ByteStream): void {
    this.filled = stream;
  }
  [Symbol.iterator](): Iterator<string> {
    return this.items[Symbol.iterator]();
  }
}

class OneByte extends ByteStream {
  readonly sizeBytes = 1;
  override read(target: Uint8Array): number {
    target[0] = 1;
    return 1;
  }
}

function member(name: string): NonNullable<ReturnType<Shelf[typeof DISPATCH]["member"]>> {
  return new Shelf([])[DISPATCH].member(name)!;
}

Deno.test("implementInterface() finds members in any case of letters", () => {
  const shelf = new Shelf(["a", "b"]);
  assertEquals(shelf[DISPATCH].member("COUNT")!.get!(shelf, []), makeLong(2));
  assertStrictEquals(shelf[DISPATCH].member("Absent"), undefined);
  assertEquals(shelf[DISPATCH].typeName, "IShelf");
});

Deno.test("implementInterface() DISPID 0 is the default member, DISPID −4 the enumerator", () => {
  const shelf = new Shelf(["a", "b"]);
  assertEquals(shelf[DISPATCH].defaultMember!.get!(shelf, [1]), "b");
  assertEquals([...{ [Symbol.iterator]: () => shelf[DISPATCH].enumerate!(shelf) }], ["a", "b"]);
});

Deno.test("implementInterface() coerces arguments by their declared types", () => {
  const shelf = new Shelf(["a", "1"]);
  assertEquals(member("Item").get!(shelf, ["1"]), "1");
  assertEquals(member("Find").call!(shelf, [1]), makeLong(1));
  member("Label").put!(shelf, [], 12.5);
  assertEquals(shelf.Label, "12.5");
  assertThrows(() => member("Item").get!(shelf, ["x"]), AutomationError, "Type mismatch");
});

Deno.test("implementInterface() results have their declared subtypes", () => {
  const shelf = new Shelf(["a"]);
  assertEquals(varTypeOf(member("Count").get!(shelf, [])), VARTYPE.Long);
  const made = member("Made").get!(shelf, []);
  assertInstanceOf(made, TypedNumber);
  assertEquals(made, makeDate(45351.5));
  const numbers = member("Numbers").get!(shelf, []);
  assertInstanceOf(numbers, VariantArray);
  assertEquals(numbers.elements.map(varTypeOf), [VARTYPE.Long, VARTYPE.Long]);
  assertStrictEquals(member("Next").get!(shelf, []), NOTHING);
});

Deno.test("implementInterface() dates go both ways", () => {
  const shelf = new Shelf([]);
  member("Made").put!(shelf, [], makeDate(45351.5));
  assertEquals(shelf.Made.getTime(), new Date(2024, 1, 29, 12).getTime());
});

Deno.test("implementInterface() optional arguments may be left out, others not", () => {
  const shelf = new Shelf(["a", "b", "a"]);
  assertEquals(member("Find").call!(shelf, ["a"]), makeLong(0));
  assertEquals(member("Find").call!(shelf, ["a", MISSING]), makeLong(0));
  assertEquals(member("Find").call!(shelf, ["a", 1]), makeLong(2));
  assertEquals(assertThrows(() => member("Find").call!(shelf, []), AutomationError).number, 450);
  assertEquals(assertThrows(() => member("Find").call!(shelf, ["a", 1, 2]), AutomationError).number, 450);
});

Deno.test("implementInterface() a rest parameter takes any number", () => {
  const shelf = new Shelf([]);
  assertEquals(member("Join").call!(shelf, []), "");
  assertEquals(member("Join").call!(shelf, ["a", 1, true]), "a+1+true");
});

Deno.test("implementInterface() object properties can be put with and without Set, and only of their interface", () => {
  const shelf = new Shelf([]);
  const next = new Shelf(["n"]);
  member("Next").put!(shelf, [], next);
  assertStrictEquals(shelf.Next, next);
  member("Next").putRef!(shelf, [], shelf);
  assertStrictEquals(shelf.Next, shelf);
  assertEquals(assertThrows(() => member("Next").put!(shelf, [], 5), AutomationError).number, 13);
  assertEquals(
    assertThrows(() => member("Next").put!(shelf, [], NOTHING), AutomationError).number,
    0x80004003 | 0,
  );
});

Deno.test("implementInterface() streams pass, other things in their place do not", () => {
  const shelf = new Shelf([]);
  const stream = new OneByte();
  member("Fill").call!(shelf, [stream]);
  assertStrictEquals(shelf.filled, stream);
  assertEquals(assertThrows(() => member("Fill").call!(shelf, ["x"]), AutomationError).number, 13);
});

Deno.test("implementsInterface() tells by name", () => {
  assertEquals(implementsInterface(new Shelf([]), "IShelf"), true);
  assertEquals(implementsInterface(new Shelf([]), "IOther"), false);
  assertEquals(implementsInterface("x", "IShelf"), false);
});
