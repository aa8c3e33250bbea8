import { assertEquals, assertThrows } from "@std/assert";
import * as fc from "fast-check";
import { JScriptSyntaxError } from "../../lib/wsh/jscript/compile_error.ts";
import { positionOf } from "../../lib/wsh/jscript/text_edits.ts";
import { translate } from "../../lib/wsh/jscript/translator.ts";

const POLL = "jscript$cells[0]&&jscript$stop(),";

const TEXTS: readonly [source: string, code: string][] = [
  [`a = b(c) + d.e`, `a = b(c) + d.e`],
  [`d("k") = 1`, `jscript$ref(d,void 0,["k"]).value = 1`],
  [`d() = 1`, `jscript$ref(d,void 0,[]).value = 1`],
  [`a.b(1, 2) = 3`, `jscript$ref(a,"b",[1, 2]).value = 3`],
  [`a . b /* x */ (1) = 3`, `jscript$ref(a,"b",[1]).value = 3`],
  [`a[b + 1](c) += 2`, `jscript$ref(a,b + 1,[c]).value += 2`],
  [`a.b(1)(2) = 3`, `jscript$ref(a.b(1),void 0,[2]).value = 3`],
  [`--a(1); a(2)++`, `--jscript$ref(a,void 0,[1]).value; jscript$ref(a,void 0,[2]).value++`],
  [`while (a) b`, `while (${POLL}a) b`],
  [`do a; while (b)`, `do a; while (${POLL}b)`],
  [`for (;;) a`, `for (;${POLL}1;) a`],
  [`for (var i = 0, n = a.b; i < n; i++) a`, `for (var i = 0, n = a.b; ${POLL}i < n; i++) a`],
  [`for (k in a) b`, `for (k in a) b`],
  [`try { a } catch (e) { b } finally { c }`, `try { a } catch (e) {e=jscript$caught(e); b } finally { c }`],
  [`typeof a`, `jscript$typeof(typeof a==="undefined"?void 0: a)`],
  [`typeof a.b == c`, `jscript$typeof( a.b) == c`],
  [`eval("a" + b, c)`, `eval(jscript$source("a" + b), c)`],
  [`a.eval(b)`, `a.eval(b)`],
];

for (const [source, code] of TEXTS) {
  Deno.test(`translate() ${source}`, () => assertEquals(translate(source).code.text, code));
}

const WRONG: readonly [source: string, number: number, line: number, column: number][] = [
  ["var a = ;", 1002, 1, 9],
  ["a b", 1004, 1, 3],
  ["if a", 1005, 1, 4],
  ["f(1", 1006, 1, 4],
  ["a[1", 1007, 1, 4],
  ["function f()\n return", 1008, 2, 2],
  ["if (1) {\n  a()\n", 1009, 3, 1],
  ["var class", 1010, 1, 5],
  ["a.1", 1004, 1, 2],
  ["a.+", 1010, 1, 3],
  ["@set @a 1", 1011, 1, 9],
  ["a = /x\n/", 1012, 1, 5],
  ["a = 3in", 1013, 1, 5],
  ["a = 0x", 1023, 1, 5],
  ["#", 1014, 1, 1],
  ["a = 'x\n'", 1015, 1, 5],
  ["a = 'x", 1015, 1, 5],
  ["a\n/* x", 1016, 2, 1],
  ["/*@cc_on a", 1016, 1, 11],
  ["return 1", 1018, 1, 1],
  ["break", 1019, 1, 1],
  ["function f() { continue }", 1020, 1, 16],
  ["L: { while (1) continue L }", 1020, 1, 16],
  ["do a; b", 1024, 1, 7],
  ["L: L: a", 1025, 1, 4],
  ["while (1) break L", 1026, 1, 17],
  ["switch (1) { default: default: }", 1027, 1, 23],
  ["switch (1) { a }", 1002, 1, 14],
  ["a = {+: 1}", 1028, 1, 6],
  ["a = {b 1}", 1003, 1, 8],
  ["@if (1) a", 1029, 1, 10],
  ["@if (0) a", 1029, 1, 10],
  ["@end", 1002, 1, 1],
  ["a = @x", 1030, 1, 5],
  ["@if 1", 1005, 1, 4],
  ["@if (+)", 1031, 1, 7],
  ["@set a = 1", 1032, 1, 5],
  ["try { a } b", 1033, 1, 11],
  ["throw\na", 1035, 2, 1],
  ["1 = 2", 5008, 1, 1],
  ["a + b = 2", 5008, 1, 1],
  ["(a()) = 2", 5008, 1, 1],
  ["++this", 5008, 1, 3],
  ["a = /(/", 5017, 1, 5],
  ["(".repeat(300_000), 1002, 1, 1],
];

for (const [source, number, line, column] of WRONG) {
  Deno.test(`translate() ${JSON.stringify(source.slice(0, 40))} is compile error ${number}`, () => {
    const error = assertThrows(() => translate(source), JScriptSyntaxError);
    assertEquals([error.number, positionOf(source, error.at)], [number, { line, column }]);
  });
}

Deno.test("translate() what a script creates and gets", () => {
  const source = `new ActiveXObject("A.B"); new ActiveXObject('C.D', "host"); new ActiveXObject(x);
WScript.CreateObject("E.F", "e_"); GetObject("winmgmts:"); WScript.GetObject("" + 1); eval(y); o.CreateObject("no")`;
  assertEquals(
    translate(source).uses.objects.map(({ via, name, at }) => [via, name, positionOf(source, at).line]),
    [
      ["ActiveXObject", "A.B", 1],
      ["ActiveXObject", "C.D", 1],
      ["ActiveXObject", undefined, 1],
      ["WScript.CreateObject", "E.F", 2],
      ["GetObject", "winmgmts:", 2],
      ["WScript.GetObject", undefined, 2],
      ["eval", undefined, 2],
    ],
  );
});

/** What stands behind a mark in the made text is what stands behind it in the original. */
Deno.test("EditedText.original() every copied character is found again", () => {
  const piece = fc.constantFrom(
    `d("k") = `,
    `typeof `,
    "\n",
    "\r\n",
    "eval(1);",
    "while (a(1) = 2) ",
    "x;",
    "function o.m() {}",
    "try{}catch(e){}",
  );
  fc.assert(fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
    const source = `${pieces.join("")}MARK`;
    let code;
    try {
      code = translate(source).code;
    } catch (error) {
      if (error instanceof JScriptSyntaxError) return;
      throw error;
    }
    const made = positionOf(code.text, code.text.lastIndexOf("MARK"));
    assertEquals(code.original(made.line, made.column), positionOf(source, source.lastIndexOf("MARK")));
  }));
});

Deno.test("translate() any text ends in code or in its own error", () => {
  const piece = fc.constantFrom(
    ..."(){}[];:,.?@/*'\"\\\n=+-<! a1".split(""),
    "@if(",
    "@end",
    "/*@",
    "@*/",
    "function ",
    "in ",
    "new ",
    "typeof ",
    "for(",
    "catch(",
    "try{",
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
      const source = pieces.join("");
      try {
        translate(source);
      } catch (error) {
        if (!(error instanceof JScriptSyntaxError)) throw error;
        assertEquals(error.at >= 0 && error.at <= source.length, true);
      }
    }),
    { numRuns: 2000 },
  );
});
