/**
 * Runs the scripts that check themselves: each calls `assertEqual actual, expected, label`, which compares subtypes
 * too, `assertError number, expected, label`, or `assertRaises code, expected, label`. on_windows.vbs defines the
 * same three in VBScript, so that cscript can judge the scripts.
 *
 * @module
 */
import { assertEquals, assertGreater } from "@std/assert";
import { toDouble } from "../../lib/automation/coerce.ts";
import { numberToString } from "../../lib/automation/number_text.ts";
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

/** What on_windows.vbs has, too. Code that is made at run time needs globals that other scripts keep to themselves. */
const ASSERT_RAISES = `
Sub assertRaises(ByVal code, ByVal expected, ByVal label)
  On Error Resume Next
  ExecuteGlobal code
  assertError Err.Number, expected, label
End Sub`;

function run(name: string, source: string, withAssertRaises: boolean): void {
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
    if (withAssertRaises) engine.run(ASSERT_RAISES);
    else engine.addFunction("assertRaises", () => undefined);
    engine.run(source, { path: name });
  } catch (error) {
    if (!(error instanceof VbsError)) throw error;
    failures.push(error.format());
    if (error.cause instanceof Error) failures.push(error.cause.stack ?? "");
  }
  engine[Symbol.dispose]();
  assertEquals(failures, []);
  assertGreater(count, 0);
}

for (const { name } of Deno.readDirSync(FOLDER)) {
  if (!name.endsWith(".vbs")) continue;
  const source = Deno.readTextFileSync(new URL(name, FOLDER));
  Deno.test(`script ${name} finds what it expects`, () => run(name, source, false));
  if (!source.includes("assertRaises")) continue;
  Deno.test(`script ${name} finds the errors that it expects`, () => run(name, source, true));
}

for (
  const [script, code, last] of [
    ['assertEqual CInt(2.5), 2, "even"\nassertRaises "x = 1 / 0", 11, "zero"', 0, "2 assertions, 0 failed"],
    ['assertEqual CLng(2), 2, "kept"\nassertError 5, 6, "number"', 1, "2 assertions, 2 failed"],
  ] as const
) {
  Deno.test(`on_windows.vbs ends with ${code} where ${last}`, async () => {
    const path = await Deno.makeTempFile({ suffix: ".vbs" });
    await Deno.writeTextFile(path, script);
    const main = `${import.meta.dirname}/../../lib/cli/main.ts`;
    const harness = `${import.meta.dirname}/on_windows.vbs`;
    const ended = await new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", "--no-check", main, "run", harness, path],
    }).output();
    await Deno.remove(path);
    assertEquals(new TextDecoder().decode(ended.stderr), "");
    const lines = new TextDecoder().decode(ended.stdout).trimEnd().split(/\r?\n/);
    assertEquals([ended.code, lines.at(-1)], [code, last]);
  });
}
