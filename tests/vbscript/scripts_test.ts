/**
 * Runs the scripts that check themselves: each calls `assertEqual actual, expected, label`, which compares subtypes
 * too, or `assertError number, expected, label`.
 *
 * @module
 */
import { assertEquals, assertGreater } from "@std/assert";
import { numberToString, toDouble } from "../../lib/automation/coerce.ts";
import {
  Currency,
  TypedNumber,
  type Variant,
  VariantArray,
  varTypeOf,
} from "../../lib/automation/variant.ts";
import { VbsEngine, VbsError } from "../../lib/vbscript/mod.ts";

const FOLDER = new URL("./scripts/", import.meta.url);

/** A value with its subtype, for comparison and for messages. */
function describe(value: Variant): string {
  if (value instanceof TypedNumber) return `${value.type}:${numberToString(value.value)}`;
  if (value instanceof Currency) return `6:${value.scaled}`;
  if (value instanceof VariantArray) return `(${value.elements.map(describe).join(", ")})`;
  return `${varTypeOf(value)}:${String(value)}`;
}

for (const { name } of Deno.readDirSync(FOLDER)) {
  if (!name.endsWith(".vbs")) continue;
  Deno.test(`script ${name} finds what it expects`, () => {
    const failures: string[] = [];
    let count = 0;
    const engine = new VbsEngine({ now: () => new Date(2026, 2, 15, 16, 5, 6) });
    engine.addFunction("assertEqual", (actual, expected, label) => {
      count++;
      const [seen, wanted] = [describe(actual), describe(expected)];
      if (seen !== wanted) failures.push(`${String(label)}: ${seen}, expected ${wanted}`);
      return undefined;
    });
    engine.addFunction("assertError", (actual, expected, label) => {
      count++;
      const [seen, wanted] = [toDouble(actual), toDouble(expected)];
      if (seen !== wanted) failures.push(`${String(label)}: error ${seen}, expected ${wanted}`);
      return undefined;
    });
    try {
      engine.run(Deno.readTextFileSync(new URL(name, FOLDER)), { path: name });
    } catch (error) {
      if (!(error instanceof VbsError)) throw error;
      failures.push(error.format());
      if (error.cause instanceof Error) failures.push(error.cause.stack ?? "");
    }
    engine[Symbol.dispose]();
    assertEquals(failures, []);
    assertGreater(count, 0);
  });
}
