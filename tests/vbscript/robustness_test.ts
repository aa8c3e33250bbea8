/** Whatever text comes: a program or a compile error, in bounded time; and none of it becomes JavaScript. @module */
import { assert, assertEquals, assertInstanceOf, assertThrows } from "@std/assert";
import fc from "fast-check";
import { makeLong } from "../../lib/automation/variant.ts";
import { compile, VbsEngine, VbsError } from "../../lib/vbscript/mod.ts";

/** Compiles; what is thrown must be a compile error with a place. */
function compileAnything(source: string): void {
  try {
    compile(source);
  } catch (error) {
    assertInstanceOf(error, VbsError);
    assertEquals(error.kind, "compile");
    assert(error.line >= 1 && error.column >= 1);
  }
}

const LONG = 1 << 22;

/** Texts that are long or deep, with the number of the compile error, or 0. */
const BULKS: readonly [title: string, number: number, source: () => string][] = [
  ["4 MB of statements", 0, () => 'x = x + 1 : y = "abc" & x\n'.repeat(LONG / 26)],
  ["4 MB of one comment", 0, () => "'".padEnd(LONG, "x")],
  ["4 MB of one string", 0, () => `x = "${'""'.repeat(LONG / 2)}"`],
  ["4 MB of one name", 1030, () => "a".repeat(LONG)],
  ["4 MB of one number", 1031, () => `x = ${"1".repeat(LONG)}`],
  ["4 MB of parentheses", 1001, () => `x = ${"(".repeat(LONG)}`],
  ["4 MB of signs", 1001, () => `x = ${"-".repeat(LONG)}1`],
  ["4 MB of members", 1001, () => `x = a${".b".repeat(LONG / 2)}`],
  ["4 MB of ampersands", 1023, () => `x = ${"&".repeat(LONG)}`],
  ["4 MB of number signs", 1002, () => "#".repeat(LONG)],
  ["a sum of 1 MB", 1001, () => `x = 1${"+1".repeat(500_000)}`],
  ["a concatenation of 1 MB", 1001, () => `x = a${"&a".repeat(500_000)}`],
  ["500,000 arguments", 1001, () => `x = Array(1${",1".repeat(500_000)})`],
  ["500,000 arguments of a statement", 1001, () => `f 1${",1".repeat(500_000)}`],
  ["10,000 nested parentheses", 1001, () => `x = ${"(".repeat(10_000)}1${")".repeat(10_000)}`],
  ["10,000 nested calls", 1001, () => `x = ${"f(".repeat(10_000)}1${")".repeat(10_000)}`],
  ["10,000 nested If", 1001, () => "If x Then\n".repeat(10_000) + "End If\n".repeat(10_000)],
  ["10,000 nested single-line If", 1001, () => "If x Then ".repeat(10_000) + "y = 1"],
  ["10,000 nested For", 1001, () => "For i = 1 To 2\n".repeat(10_000) + "Next\n".repeat(10_000)],
  ["10,000 nested With", 1001, () => "With x\n".repeat(10_000) + "End With\n".repeat(10_000)],
  ["10,000 nested Do", 1001, () => "Do\n".repeat(10_000) + "Loop\n".repeat(10_000)],
  ["10,000 Not", 1001, () => `x = ${"Not ".repeat(10_000)}1`],
];

for (const [title, number, source] of BULKS) {
  Deno.test(`compile() ${title} ${number === 0 ? "is a program" : `is error ${number}`}`, () => {
    const text = source();
    if (number === 0) compile(text);
    else assertEquals(assertThrows(() => compile(text), VbsError).number, number);
  });
}

Deno.test("VbsEngine.run() a Select of 100,000 lines, 190 nested blocks and a sum of 9,000 terms run", () => {
  const engine = new VbsEngine();
  const cases = Array.from({ length: 50_000 }, (_, index) => `Case ${index}\nx = x + ${index}\n`).join("");
  engine.run(`x = 0\nk = 49999\nSelect Case k\n${cases}End Select`);
  assertEquals(engine.evaluate("x"), 49_999);
  engine.run(`n = 0\n${"If n = 0 Then\n".repeat(190)}n = 7\n${"End If\n".repeat(190)}`);
  assertEquals(engine.evaluate("n"), 7);
  engine.run(`s = 0${"+1".repeat(9_000)}`);
  assertEquals(engine.evaluate("s"), 9_000);
});

Deno.test("compile() any text of tokens is a program or a compile error", () => {
  const words = fc.constantFrom(
    ...(': \n _ ( ) ( ) , . . " \' # & &H &O &hff 1 1.5 1e9 "s" [a b] [ ] ? é \u2028 \ud800 = <> < > + - * / \\ ^ ' +
      "And Or Not Is Mod Dim ReDim Preserve Const x y Sub Function End If Then Else ElseIf Select Case For Each In To " +
      "Step Next Do Loop While Until Wend With Exit Class Property Get Let Set Public Private Default New Nothing Me " +
      "Call On Error Resume Goto 0 Option Explicit ByVal ByRef Erase Stop Rem Randomize Execute Eval").split(
        " ",
      ),
  );
  const texts = fc.array(words, { maxLength: 60 }).map((list) => list.join(" "));
  fc.assert(fc.property(fc.oneof(texts, fc.string({ unit: "binary" })), compileAnything), {
    numRuns: 2_000,
    seed: 5,
  });
});

Deno.test("compile() any change of a real script is a program or a compile error", () => {
  const folder = new URL("./scripts/", import.meta.url);
  const scripts = [...Deno.readDirSync(folder)].map(({ name }) => name).sort()
    .map((name) => Deno.readTextFileSync(new URL(name, folder)).slice(0, 3_000));
  const changes = fc.array(
    fc.record({
      at: fc.nat(3_000),
      drop: fc.nat(12),
      insert: fc.oneof(
        fc.constantFrom("\n", '"', "(", ")", " End ", ":", " _\n", "If ", "Next\n"),
        fc.string(),
      ),
    }),
    { minLength: 1, maxLength: 6 },
  );
  fc.assert(
    fc.property(fc.constantFrom(...scripts), changes, (script, list) => {
      let text = script;
      for (const { at, drop, insert } of list) text = text.slice(0, at) + insert + text.slice(at + drop);
      compileAnything(text);
    }),
    { numRuns: 400, seed: 6 },
  );
});

for (
  const [title, source] of [
    ["a function", "Function f(n)\nf = f(n + 1)\nEnd Function\nOn Error Resume Next\nx = f(1)"],
    ["two procedures", "Sub a\nb\nEnd Sub\nSub b\na\nEnd Sub\nOn Error Resume Next\na"],
    [
      "a property",
      "Class C\nProperty Get P\nP = P() + 1\nEnd Property\nEnd Class\nOn Error Resume Next\nx = (New C).P",
    ],
    [
      "Class_Initialize",
      "Class C\nSub Class_Initialize\nSet x = New C\nEnd Sub\nEnd Class\nOn Error Resume Next\nSet x = New C",
    ],
    ["Execute", 's = "Execute s"\nOn Error Resume Next\nExecute s'],
    ["Eval", 's = "Eval(s)"\nOn Error Resume Next\nx = Eval(s)'],
    ["GetRef", 'Set g = GetRef("f")\nFunction f(n)\nf = g(n)\nEnd Function\nOn Error Resume Next\nx = g(1)'],
  ] as const
) {
  Deno.test(`VbsEngine.run() endless recursion of ${title} is error 28, which a script can catch`, () => {
    const engine = new VbsEngine();
    engine.run(`${source}\nnumber = Err.Number\nErr.Clear\nagain = 1`);
    assertEquals(engine.evaluate("number"), makeLong(28));
    assertEquals(engine.evaluate("again"), 1);
  });
}

/** Words that mean something in JavaScript, or that objects there have by birth. */
const NAMES =
  ("constructor prototype __proto__ hasOwnProperty toString valueOf isPrototypeOf __defineGetter__ arguments " +
    "await async yield eval1 this1 super var delete typeof void null1 undefined NaN Infinity globalThis window Deno " +
    "Function1 Object Symbol import export return throw try catch finally switch break continue instanceof enum " +
    "static implements interface package protected debugger I K R U p0 me1 main cell holder construct")
    .split(" ").filter((name) => /^[A-Za-z]/.test(name)).concat(
      "[__proto__]",
      "[this]",
      "[new.target]",
      "[;]",
      "[a b]",
    );

for (const name of NAMES) {
  Deno.test(`VbsEngine.run() ${name} is a name like any other`, () => {
    const engine = new VbsEngine();
    const seen: unknown[] = [];
    engine.addFunction("note", (value) => void seen.push(value));
    engine.run(`
Dim ${name} : ${name} = 1 : ${name} = ${name} + 1 : note ${name}
Sub InLocal : Dim ${name} : ${name} = 3 : note ${name} : End Sub
InLocal
Sub WithParameter(${name}) : ${name} = ${name} * 2 : note ${name} : End Sub
WithParameter 5`);
    const other = new VbsEngine();
    other.addFunction("note", (value) => void seen.push(value));
    other.run(`
Function ${name}(n)
  If n = 0 Then ${name} = 100 Else ${name} = ${name}(n - 1) + 1
End Function
note ${name}(2)`);
    const third = new VbsEngine();
    third.addFunction("note", (value) => void seen.push(value));
    third.run(`
Class ${name}
  Public V
  Public Function Twice(n) : Twice = n * 2 : End Function
End Class
Class Holder1
  Public ${name}
  Public Sub Put(v) : ${name} = v : End Sub
End Class
Set o = New ${name} : o.V = 6 : note o.Twice(o.V)
Set h = New Holder1 : h.${name} = 7 : note h.${name} : h.Put 8 : note h.${name}
Execute "${name}x = 9 : note ${name}x"`.replace(/Execute .*/, name.startsWith("[") ? "note 9" : "$&"));
    assertEquals(seen, [2, 3, 10, 102, 12, 7, 8, 9]);
  });
}

for (const name of ["toString", "constructor", "__proto__", "valueOf", "hasOwnProperty"]) {
  Deno.test(`VbsEngine.run() no object has ${name} unless it was given one`, () => {
    const engine = new VbsEngine();
    engine.run(`
Class C : Public V : End Class
Set o = New C
On Error Resume Next
x = o.[${name}] : member = Err.Number : Err.Clear
x = Err.[${name}] : onErr = Err.Number : Err.Clear
x = [${name}](1) : late = Err.Number : Err.Clear
Set x = GetRef("${name}") : ref = Err.Number : Err.Clear
Set x = New [${name}] : made = Err.Number`);
    assertEquals(
      engine.evaluate('member & " " & onErr & " " & late & " " & ref & " " & made'),
      "438 438 13 5 500",
    );
    assertEquals(engine.hasProcedure(name), false);
  });
}

/** Texts that would end a literal, a comment or a template of JavaScript. */
const HOSTILE = [
  "</script>",
  "`${globalThis.reached = true}`",
  "\\",
  "\\u0022",
  "'); globalThis.reached = true; ('",
  "*/ globalThis.reached = true /*",
  "// \u2028 globalThis.reached = true //",
  "\u2029",
  "\ud800",
  "\udc00\ud800",
  "\0",
  "${globalThis.reached = true}",
  "$& $1 $` $'",
];

for (const text of HOSTILE) {
  Deno.test(`VbsEngine.run() ${JSON.stringify(text)} stays text wherever it stands`, () => {
    const engine = new VbsEngine();
    const literal = `"${text.replaceAll('"', '""')}"`;
    const name = `[${text.replace(/[[\]]/g, "")}]`;
    engine.run(
      `
' ${text}
Const K = ${literal}
v = ${literal} & K
Rem ${text}
${name} = 5
w = ${name} + 1
Sub P(${name}) : ${name} = ${name} & ${literal} : w = w & ${name} : End Sub
P "x"
Class C1
  Public ${name}
  Public Function F(a) : F = ${name} & a : End Function
End Class
Set o = New C1
o.${name} = ${literal}
u = o.F(${literal})
Select Case v : Case ${literal} & K : found = True : End Select
e = Eval("${literal.replaceAll('"', '""')}")
`,
      { path: text },
    );
    assertEquals(engine.evaluate("v"), text + text);
    assertEquals(engine.evaluate("w"), `6x${text}`);
    assertEquals(engine.evaluate("u"), text + text);
    assertEquals(engine.evaluate("e"), text);
    assertEquals(engine.evaluate("found"), true);
    assertEquals(engine.evaluate("Len(K)"), makeLong(text.length));
    const error = assertThrows(() => engine.run(`Option Explicit\nx = ${name}1${name}`), VbsError);
    assertEquals(error.kind, "compile");
    const late = assertThrows(() => engine.run(`Option Explicit\nNobody.${name} ${literal}`), VbsError);
    assertEquals(late.number, 500);
    assert(!("reached" in globalThis));
  });
}
