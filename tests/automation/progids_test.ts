import { assertEquals, assertInstanceOf, assertStringIncludes, assertThrows } from "@std/assert";
import { AutomationError } from "../../lib/automation/errors.ts";
import { AutomationClass, implementInterface } from "../../lib/automation/interface.ts";
import { ProgIdTable } from "../../lib/automation/progids.ts";

class Thing extends AutomationClass {
  static {
    implementInterface(this, []);
  }
}

function table(): ProgIdTable {
  const progIds = new ProgIdTable();
  progIds.add({ "Sample.Thing": () => new Thing(), "Sample.Other": () => new Thing() });
  return progIds;
}

for (const progId of ["Sample.Thing", "sample.THING", "Sample.Thing.1", " Sample.Thing "]) {
  Deno.test(`create() ${JSON.stringify(progId)}`, () => assertInstanceOf(table().create(progId), Thing));
}

Deno.test("create() an unknown ProgID is 429 and names it and what exists", () => {
  const error = assertThrows(() => table().create("Quite.Different"), AutomationError);
  assertEquals(error.number, 429);
  for (const part of ["'Quite.Different'", "Sample.Thing", "Sample.Other"]) {
    assertStringIncludes(error.message, part);
  }
});

Deno.test("create() a ProgID that is nearly right gets the right one named", () => {
  const error = assertThrows(() => table().create("Sample.Thnig"), AutomationError);
  assertStringIncludes(error.message, 'did you mean "Sample.Thing"?');
});

Deno.test("create() a name whose own version ends in .1", () => {
  const progIds = new ProgIdTable();
  progIds.add({ "Some.Thing.5.1": () => new Thing() });
  assertInstanceOf(progIds.create("some.thing.5.1"), Thing);
  assertThrows(() => progIds.create("Some.Thing.5"), AutomationError);
});
