/** The engine as a library: what a host's function sees, procedures, expressions, what is kept between runs. @module */
import { assertEquals, assertThrows } from "@std/assert";
import {
  AutomationError,
  compile,
  Currency,
  inventory,
  isVariantRef,
  makeByte,
  makeDate,
  makeDouble,
  makeLong,
  makeSingle,
  MISSING,
  NOTHING,
  type Variant,
  VariantArray,
  type VariantRef,
  VARTYPE,
  varTypeOf,
  VbsEngine,
  VbsError,
} from "../../lib/vbscript/mod.ts";

const SUBTYPES: readonly [expression: string, type: number, value?: Variant][] = [
  ["Empty", VARTYPE.Empty, undefined],
  ["Null", VARTYPE.Null, null],
  ["5", VARTYPE.Integer, 5],
  ["-32768", VARTYPE.Long, makeLong(-32768)],
  ["CLng(5)", VARTYPE.Long, makeLong(5)],
  ["CSng(0.5)", VARTYPE.Single, makeSingle(0.5)],
  ["5.0", VARTYPE.Double, makeDouble(5)],
  ["0.5", VARTYPE.Double, 0.5],
  ["CCur(1.5)", VARTYPE.Currency, new Currency(15_000n)],
  ["#1/1/1900#", VARTYPE.Date, makeDate(2)],
  ['"text"', VARTYPE.String, "text"],
  ["True", VARTYPE.Boolean, true],
  ["CByte(7)", VARTYPE.Byte, makeByte(7)],
  ["Nothing", VARTYPE.Object, NOTHING],
  ["New RegExp", VARTYPE.Object],
  ["Array(1, 2)", VARTYPE.Array | VARTYPE.Variant, VariantArray.of([1, 2])],
  ["1 + 1", VARTYPE.Integer, 2],
  ["4 / 2", VARTYPE.Double, makeDouble(2)],
  ["32767 + 1", VARTYPE.Long, 32768],
];

for (const [expression, type, value] of SUBTYPES) {
  for (const where of ["expression", "variable", "local"] as const) {
    Deno.test(`VbsEngine.addFunction() sees the subtype of ${expression} from a ${where}`, () => {
      const seen: Variant[] = [];
      using engine = new VbsEngine();
      engine.addFunction("see", (argument) => void seen.push(argument));
      const set = /^(New|Nothing)/.test(expression) ? "Set " : "";
      const code = {
        expression: `see ${expression}`,
        variable: `${set}v = ${expression} : see v`,
        local: `Sub S : Dim v : ${set}v = ${expression} : see v : End Sub : S`,
      };
      engine.run(code[where]);
      assertEquals(varTypeOf(seen[0]), type);
      if (value !== undefined) assertEquals(seen[0], value);
    });
  }
}

Deno.test("VbsEngine.addFunction() gets MISSING for empty places, and any number of arguments", () => {
  const calls: Variant[][] = [];
  using engine = new VbsEngine();
  engine.addFunction("f", (...args) => {
    calls.push(args);
    return args.length;
  });
  engine.run("f : f 1, , 3 : f() : x = f(1, 2) + f");
  assertEquals(calls, [[], [1, MISSING, 3], [], [1, 2], []]);
  assertEquals(engine.evaluate("x"), 2);
});

const REFERENCES: readonly [code: string, read: string, value: Variant, isReference: boolean][] = [
  ["n = 1 : bump n", "n", 2, true],
  ["n = 1 : x = bump(n)", "n", 2, true],
  ["n = 1 : Call bump(n)", "n", 2, true],
  ["n = 1 : bump (n)", "n", 1, false],
  ["n = 1 : bump n + 0", "n", 1, false],
  ["Const k = 1 : bump k", "k", 1, false],
  ["bump 1", "1", 1, false],
  ["Dim a(1) : a(1) = 1 : bump a(1)", "a(1)", 2, true],
  ["a = Array(1, 2) : i = 1 : bump a(i)", "a(1)", 3, true],
  ["Sub S : Dim l : l = 1 : bump l : n = l : End Sub : S", "n", undefined, true],
  ["Dim n : Sub S : Dim l : l = 1 : bump l : n = l : End Sub : S", "n", 2, true],
  ["Dim n : Sub S(p) : bump p : End Sub : n = 1 : S n", "n", 2, true],
  ["Dim n : Sub S(ByVal p) : bump p : End Sub : n = 1 : S n", "n", 1, true],
  ['n = 1 : Execute "bump n"', "n", 2, true],
  ["Function F : F = 1 : End Function : bump F", "F", 1, false],
  ["Class C : Public V : End Class : Set o = New C : o.V = 1 : bump o.V", "o.V", 1, false],
  ["On Error Resume Next : n = 1 : bump n : If Err.Number <> 0 Then n = 0", "n", 2, true],
];

for (const [code, read, value, isReference] of REFERENCES) {
  Deno.test(`VbsEngine.addFunction() byReference in ${JSON.stringify(code)}`, () => {
    const seen: boolean[] = [];
    using engine = new VbsEngine();
    engine.addFunction("bump", (target) => {
      seen.push(isVariantRef(target));
      if (isVariantRef(target)) target.write((target.read() as number) + 1);
      return undefined;
    }, { byReference: true });
    engine.run(code);
    assertEquals([engine.evaluate(read), seen], [value, [isReference]]);
  });
}

Deno.test("VbsEngine.addFunction() what it wrote before it failed stays", () => {
  using engine = new VbsEngine();
  engine.addFunction("fail", (target) => {
    (target as VariantRef).write("kept");
    throw new AutomationError(5, "Refused");
  }, { byReference: true });
  engine.run("On Error Resume Next : n = 1 : fail n : e = Err.Number & Err.Description");
  assertEquals(engine.evaluate("n & e"), "kept5Refused");
});

Deno.test("VbsEngine.addFunction() a script's own procedure takes its place", () => {
  using engine = new VbsEngine();
  engine.addFunction("f", () => "host");
  engine.run("a = f\nFunction f : f = 1 : End Function");
  assertEquals(engine.evaluate("a"), 1);
});

Deno.test("VbsEngine.call() converts nothing, and gives results with their subtypes", () => {
  using engine = new VbsEngine();
  engine.run("Function T(v) : T = TypeName(v) : End Function\nFunction L : L = CLng(1) : End Function");
  const typeOf = (value: Variant): Variant => engine.call("t", [value]);
  assertEquals(
    [1, makeLong(1), 0.5, "1", true, null, undefined, NOTHING, VariantArray.of([1])].map(typeOf),
    ["Integer", "Long", "Double", "String", "Boolean", "Null", "Empty", "Nothing", "Variant()"],
  );
  assertEquals(engine.call("L"), makeLong(1));
  assertEquals(assertThrows(() => engine.call("T", [1, 2]), VbsError).number, 450);
});

Deno.test("VbsEngine.evaluate() has the scope of the scripts that ran, and its errors have a place", () => {
  using engine = new VbsEngine();
  engine.run("Const K = 2 : Dim v : v = 3\nFunction Twice(n) : Twice = n * 2 : End Function");
  assertEquals(engine.evaluate("Twice(v) + K"), 8);
  const wrong = assertThrows(() => engine.evaluate("1 +"), VbsError);
  assertEquals([wrong.kind, wrong.number, wrong.line, wrong.column], ["compile", 1002, 1, 4]);
  assertEquals(assertThrows(() => engine.evaluate("1 / 0"), VbsError).number, 11);
});

Deno.test("compile() once, run in several engines that share nothing", () => {
  const script = compile("n = n + 1 : result = n", { path: "count.vbs" });
  const results = [1, 2].map(() => {
    using engine = new VbsEngine();
    engine.run(script);
    return engine.evaluate("result");
  });
  assertEquals(results, [1, 1]);
});

Deno.test("inventory() runs nothing, and lists functions of the host as they are called", () => {
  const { functions, progIds, compileError } = inventory(
    'Set fso = CreateObject("Scripting.FileSystemObject")\nIf fso.FileExists(Left("a", 1)) Then MsgBox "x"',
  );
  assertEquals(compileError, undefined);
  assertEquals(progIds.map(({ progId, line, column }) => [progId, line, column]), [
    ["Scripting.FileSystemObject", 1, 11],
  ]);
  assertEquals(functions.map(({ name }) => name.toLowerCase()).sort(), ["createobject", "left", "msgbox"]);
});
