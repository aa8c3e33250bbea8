import { assertEquals, assertMatch, assertThrows } from "@std/assert";
import { EVENTS, EventSource } from "../../lib/automation/events.ts";
import { AutomationClass, defineInterface, implementInterface } from "../../lib/automation/interface.ts";
import { ProgIdTable } from "../../lib/automation/progids.ts";
import { toStringValue } from "../../lib/automation/coerce.ts";
import { makeDate, type Variant, VariantArray } from "../../lib/automation/variant.ts";
import { InterruptFlag } from "../../lib/platform/interrupt.ts";
import { VbsError } from "../../lib/vbscript/errors.ts";
import { JScriptHost } from "../../lib/wsh/jscript/host.ts";
import { Dictionary } from "../../lib/wsh/scripting/dictionary.ts";

const ITimer = defineInterface("ITimer", "{00000000-0000-0000-0000-000000000001}", {
  Fire: { dispid: 1, method: "void", doc: "Fires Elapsed." },
  Due: { dispid: 2, get: "DATE", doc: "When." },
  Bytes: { dispid: 3, get: "VARIANT", doc: "An array." },
  Fields: { dispid: 5, get: "IDictionary*", doc: "As Recordset.Fields." },
  Scope: { dispid: 4, get: "IDictionary*", params: [["Name", "VARIANT?"]], doc: "As WshShell.Environment." },
});
const ITimerEvents = defineInterface("ITimerEvents", "{00000000-0000-0000-0000-000000000002}", {
  Elapsed: { dispid: 1, method: "void" },
});

class Timer extends AutomationClass {
  static {
    implementInterface(this, [ITimer], { typeName: "Timer" });
  }
  readonly [EVENTS] = new EventSource(ITimerEvents);
  readonly #scopes: Record<string, Dictionary> = {};
  readonly Due = new Date(2024, 1, 29, 12, 30, 0);
  readonly Fields = new Dictionary();
  readonly Bytes = VariantArray.of([1, 2, 3]);

  Fire(): void {
    this[EVENTS].fire("Elapsed", [7]);
  }

  Scope(name?: Variant): Dictionary {
    return this.#scopes[String(name).toLowerCase()] ??= new Dictionary();
  }
}

function evaluate(source: string): string {
  const progIds = new ProgIdTable();
  progIds.add({ "Scripting.Dictionary": () => new Dictionary(), "Test.Timer": () => new Timer() });
  const printed: string[] = [];
  const host = new JScriptHost({
    interrupt: new InterruptFlag(),
    createObject: (progId) => progIds.create(progId),
    getObject: (path) => progIds.create(path),
  });
  host.addFunction("print", (...args) => void printed.push(args.map((arg) => toStringValue(arg)).join(" ")));
  host.run({ language: "jscript", source, path: "/s.js" });
  return printed.join("\n");
}

const DICTIONARY = `var d = new ActiveXObject("Scripting.Dictionary");`;
const TIMER = `var t = new ActiveXObject("Test.Timer");`;

const PRINTS: readonly [title: string, source: string, printed: string][] = [
  // Properties with arguments
  ["a default member is assigned", `${DICTIONARY} d("a") = 1; print(d("a"), d.Count)`, "1 1"],
  [
    "a property is assigned",
    `${DICTIONARY} d.Item("a") = 1; d["item"]("b") = 2; print(d("a"), d("b"))`,
    "1 2",
  ],
  ["a put-only property is assigned", `${DICTIONARY} d("a") = 1; d.Key("a") = "b"; print(d("b"))`, "1"],
  ["objects are assigned by reference", `${DICTIONARY} d("a") = [1, 2]; print(d("a")[1])`, "2"],
  [
    "compound assignments and counting",
    `${DICTIONARY} d("a") = 1; d("a") += 10; print(d("a")++, ++d.Item("a"), d("a")--, d("a"))`,
    "11 13 13 12",
  ],
  ["an assignment has a value", `${DICTIONARY} d("a") = d("b") = "x"; print(d("a"), d("b"))`, "x x"],
  ["assignments nest", `${DICTIONARY} d(d("k") = "a") = 1; print(d("k"), d("a"))`, "a 1"],
  [
    "an object in an object",
    `${DICTIONARY} var o = { d: d }; o.d("a") = 1; o["d"]("b") = 2; print(d("a"), d("b"))`,
    "1 2",
  ],
  ["within with", `${DICTIONARY} with (d) { Item("a") = 5; print(Item("a"), Count) }`, "5 1"],
  [
    "the target is evaluated before the value, and once",
    `${DICTIONARY} var s = ""; function f(x) { s += x; return x } function o() { s += "o"; return d }
o()(f("k")) = f("v"); o().Item(f("k")) += f("w"); print(s, d("k"))`,
    "okvokw vw",
  ],
  [
    "a property that has arguments or none",
    `${TIMER} t.Scope("user")("X") = 1; t.Scope("User").Item("Y") = 2;
print(t.Scope("USER")("X"), t.Scope("user").Count, t.Scope("other").Count, typeof t.Scope)`,
    "1 2 0 object",
  ],
  [
    "in code that is made",
    `${DICTIONARY} eval("d('a') = 1"); new Function("d", "d('b') = 2")(d); print(d("a"), d("b"))`,
    "1 2",
  ],
  [
    "an object behind a property without arguments",
    `${TIMER} t.Fields("x") = 1; t.Fields("x") += 2; t.Fields("X")++; print(t.Fields("x"), t.Fields.Count)`,
    "3 2",
  ],
  // Functions of objects
  ["a function is a method", `var o = {}; function o.twice(x) { return x * 2 } print(o.twice(4))`, "8"],
  [
    "a method of what is there already",
    `function Math.twice(x) { return x * 2 } print(later, Math.twice(4)); var later`,
    " 8",
  ],
  ["a handler of an event", `${TIMER} function t::elapsed(n) { print("event", n) } t.Fire()`, "event 7"],
  [
    "a handler in a function, before its place",
    `${TIMER} (function () { t.Fire(); function t::Elapsed(n) { print("event", n) } })()`,
    "event 7",
  ],
  // Conditional compilation
  [
    "conditional compilation in comments",
    `/*@cc_on @*/ /*@if (@_jscript_version >= 5) print("new") @elif (@_jscript) print("old") @else @*/ print("no") /*@end @*/`,
    "new",
  ],
  [
    "the test for JScript",
    `print(/*@cc_on!@*/false, typeof @_win32, @_mac, @_jscript_build)`,
    "True boolean NaN 16384",
  ],
  [
    "variables of its own",
    `@set @a = (1 + 2 * 3)\n@if (@a == 7 && !@b)\nprint(@a)\n@else\nsyntax error here\n@end`,
    "7",
  ],
  [
    "conditions within conditions",
    `@if (0) a @if (1) b @else c @end @elif (1) print("x"); @if (0) @else print("y") @end @end`,
    "x\ny",
  ],
  ["a comment of one line", `//@cc_on print("on");\n//@if (1) print("more") @end\n// @if (`, "on\nmore"],
  // typeof
  [
    "typeof",
    `${TIMER} print(typeof t, typeof t.Fire, typeof t.Due, typeof t.Bytes, typeof t.none, typeof none, typeof(none), typeof print, typeof null)`,
    "object unknown date unknown undefined undefined undefined function object",
  ],
  [
    "what an object lacks is undefined",
    `${TIMER} print(t.none === undefined, t.none || "x", "none" in t, "due" in t)`,
    "True x False True",
  ],
  [
    "the class of an automation object",
    `${TIMER} print(Object.prototype.toString.call(t))`,
    "[object Object]",
  ],
  // Arrays and collections
  [
    "safe arrays",
    `${TIMER} var a = VBArray(t.Bytes).toArray(); print(a instanceof Array, a.join("+"), new VBArray(t.Bytes).ubound());
print(t.Bytes.toArray().length, t.Bytes.getItem(1), new VBArray(new VBArray(t.Bytes)).toArray(), t.Bytes instanceof VBArray);
var d = new ActiveXObject("Scripting.Dictionary"); d("a") = new VBArray(t.Bytes); print(typeof d("a"), d("a").getItem(2))`,
    "True 1+2+3 2\n3 2 1,2,3 True\nunknown 3",
  ],
  [
    "Enumerator without new",
    `for (var e = Enumerator([1, 2]), s = 0; !e.atEnd(); e.moveNext()) s += e.item(); print(s)`,
    "3",
  ],
  // Dates
  [
    "dates of automation objects",
    `${TIMER} var d = new Date(t.Due); print(t.Due, d.getHours(), t.Due instanceof Date, d.getTime() === t.Due.getTime())`,
    "2/29/2024 12:30:00 PM 12 True True",
  ],
  [
    "dates as text",
    `var d = new Date(2023, 10, 8, 15, 6, 7); print(d.toString().replace(/UTC([-+]\\d{4})?/, "Z")); print(d.toLocaleString());
print(d.toLocaleTimeString(), d.toDateString(), new Date(Date.UTC(2023, 0, 2)).toGMTString(), d.getVarDate(), new Date(NaN))`,
    "Wed Nov 8 15:06:07 Z 2023\nWednesday, November 08, 2023 3:06:07 PM\n" +
    "3:06:07 PM Wed Nov 8 2023 Mon, 2 Jan 2023 00:00:00 UTC 11/8/2023 3:06:07 PM NaN",
  ],
  [
    "dates are read as they are written",
    `var d = new Date(2023, 6, 8, 1, 2, 3); print(Date.parse(d.toString()) - d, Date.parse(d.toGMTString()) - d)`,
    "0 0",
  ],
  [
    "getYear",
    `print(new Date(1999, 0, 1).getYear(), new Date(2023, 0, 1).getYear(), new Date(1899, 0, 1).getYear())`,
    "99 2023 1899",
  ],
  [
    "a Date comes back as itself",
    `${DICTIONARY} var n = new Date(); d("n") = n; print(d("n") === n, typeof d("n"))`,
    "True object",
  ],
  // Text
  [
    "split by a pattern leaves out what is empty, split by a text does not",
    `print("  a b,, c ".split(/[\\s,]+/).join("|"), "a,,b".split(/(,)/).join("|"), "a,,b".split(",").length, "abc".split(/(?:)/).length, "a1b2c".split(/\\d/, 2).join())`,
    "a|b|c a|b 3 3 a,b",
  ],
  // Errors
  [
    "an Error has a number",
    `var e = new Error(5, "five"); print(e.number, e.description, e.message, e.constructor === Error)`,
    "5 five five True",
  ],
  [
    "an Error has none",
    `var e = Error("text"); print(e.number, e.description, new TypeError("t") instanceof Error)`,
    "0 text True",
  ],
  [
    "a thrown object",
    `try { throw { a: 1 } } catch (e) { print(e.a) } try { throw "s" } catch (e) { print(e) }`,
    "1\ns",
  ],
  // What ES3 lets be
  [
    "names that became words later",
    `var let = 1, static = 2, yield = 3, of = 4, async = 5, await = 6; print(let + static + yield + of + async + await)`,
    "21",
  ],
  [
    "directives are text",
    `"use strict"; function f(a, a) { "use strict"; undeclared = 010; return arguments.callee === f } print(f(), undeclared)`,
    "True 8",
  ],
  [
    "a function keeps its text",
    `function f() { /* text */ while (0); return typeof f } print(/\\/\\* (\\w+) \\*\\//.exec(f)[1], f())`,
    "text function",
  ],
  ["HTML comments", `<!-- print("no")\nprint("yes")`, "yes"],
  [
    "names that V8 has and JScript has not",
    `print(typeof console, typeof WebAssembly)`,
    "undefined undefined",
  ],
  [
    "nothing of the translation in a loop over the global object",
    `var n = 0; for (var k in this) if (/\\$/.test(k)) n++; print(n)`,
    "0",
  ],
  ["newer JavaScript runs too", "const f = (x) => `${x}!`; print([1, 2].map(f).join(' '))", "1! 2!"],
  ["newer code that is made", `print(eval("(() => 3)()"))`, "3"],
  [
    "an end without semicolons",
    `var a = 1\nvar b = a\n++a\nprint(a, b)\nfunction f() { return\n1 } print(f() === undefined)`,
    "2 1\nTrue",
  ],
  [
    "a division is no pattern",
    `var a = 8, g = 2; print(a /g/ 2, /[/]/.test("/"), a++ / 2, (a) / 3 / 1)`,
    "2 True 4 3",
  ],
];

for (const [title, source, printed] of PRINTS) {
  Deno.test(`JScriptHost.run() ${title}`, () => assertEquals(evaluate(source), printed));
}

const CAUGHT: readonly [source: string, name: string, number: number, description: RegExp][] = [
  ["nothing", "ReferenceError", 5009, /^'nothing' is undefined$/],
  ["null.x", "TypeError", 5007, /^Unable to get property 'x' of undefined or null reference$/],
  ["var u; u.x = 1", "TypeError", 5007, /^Unable to set property 'x'/],
  ["({}).none()", "TypeError", 438, /^Object doesn't support this property or method: '.*none'$/],
  ["var five = 5; five()", "TypeError", 5002, /^Function expected: 'five'$/],
  ["var five = 5; new five()", "TypeError", 445, /^Object doesn't support this action/],
  ["1 in 2", "TypeError", 5007, /^Object expected$/],
  ["1 instanceof 2", "TypeError", 5002, /^Function expected$/],
  ["(function f() { f() })()", "RangeError", 28, /^Out of stack space$/],
  ["new Array(-1)", "RangeError", 5029, /^Array length/],
  ["(1).toFixed(200)", "RangeError", 5026, /fractional digits/],
  ["(1).toPrecision(0)", "RangeError", 5027, /precision/],
  ["(1).toString(99)", "RangeError", 5, /^Invalid procedure call or argument$/],
  ["decodeURIComponent('%')", "URIError", 5025, /decoded/],
  ["new RegExp('(')", "SyntaxError", 5017, /^Syntax error in regular expression/],
  ["eval('a b')", "SyntaxError", 1004, /^Expected ';'$/],
  ["new Function('var')", "SyntaxError", 1010, /^Expected identifier$/],
  ["new ActiveXObject('No.Such')", "Error", 429, /No\.Such/],
  ["(function () {})() = 1", "Error", 5008, /^Illegal assignment$/],
  [`${TIMER} t.None()`, "TypeError", 438, /'t\.None'$/],
  [`${TIMER} t.None(1) = 2`, "Error", 438, /'Timer\.None'/],
  [`${TIMER} t.Due(1) = 2`, "Error", 438, /'Timer\.Due' cannot be set/],
  [`${TIMER} t(1) = 2`, "Error", 438, /default member/],
  [`${TIMER} function t.x::y() {}`, "Error", 5007, /^Object expected$/],
  [`${TIMER} t.Scope("x") = 1`, "Error", 438, /'Timer\.Scope' cannot be set/],
];

for (const [source, name, number, description] of CAUGHT) {
  Deno.test(`JScriptHost.run() ${source} is error ${number}`, () => {
    const [kind, low, facility, text, message] = evaluate(
      `try { ${source} } catch (e) { print([e.name, e.number & 0xFFFF, e.number >> 16 & 0x1FFF, e.description, e.message].join("|")) }`,
    ).split("|");
    assertEquals([kind, low, facility, message], [name, String(number), "10", text]);
    assertMatch(text!, description);
  });
}

const PLACES: readonly [source: string, line: number, column: number, message: RegExp][] = [
  [`${DICTIONARY}\n  d("a") = 1; d("b") = 2; nothing.x`, 2, 27, /'nothing' is undefined/],
  [`for (var i = 0; i < 2; i++) { typeof i;   nothing() }`, 1, 43, /'nothing' is undefined/],
  [`\r\n\r\n\tnull.x`, 3, 7, /'x'/],
  [`\r\r null.x`, 3, 7, /'x'/],
  [`/*@cc_on @if (1)\n null.x @end @*/`, 2, 7, /'x'/],
  [`try { a } catch (e) { throw e }`, 1, 7, /'a' is undefined/],
  [`function f() {\n throw new Error(9, "nine") }\nf()`, 2, 8, /^nine$/],
  [`throw "text"`, 0, 0, /^Exception thrown and not caught: text$/],
  [`const a = 1;\nnull.x`, 2, 6, /'x'/],
];

for (const [source, line, column, message] of PLACES) {
  Deno.test(`JScriptHost.run() ${JSON.stringify(source)} fails at ${line}, ${column}`, () => {
    const error = assertThrows(() => evaluate(source), VbsError);
    assertEquals([error.line, error.column, error.kind], [line, column, "runtime"]);
    assertMatch(error.message, message);
  });
}

Deno.test("JScriptHost.run() a method that is not there is followed by the nearest name", () => {
  const error = assertThrows(() => evaluate(`${DICTIONARY} d.Exist("a")`), VbsError);
  assertEquals([error.number, error.suggestion], [438, "Exists"]);
});

Deno.test("JScriptHost.run() an error has the calls that led to it", () => {
  const error = assertThrows(
    () => evaluate(`var o = { m: function () { inner() } };\nfunction inner() {\n null.x }\neval("o.m()");`),
    VbsError,
  );
  assertEquals(error.callStack.map(({ procedure, line }) => [procedure, line]), [
    ["inner", 3],
    ["m", 1],
    ["eval", 4],
    ["", 4],
  ]);
  assertMatch(error.explain(), /at inner \(\/s\.js:3\)\n {2}at m \(\/s\.js:1\)/);
});

Deno.test("JScriptHost.run() newer JavaScript that is wrong has both messages", () => {
  assertThrows(() => evaluate("const f = () =>;"), VbsError, "Syntax error (and as newer JavaScript: Unexp");
});

Deno.test("JScriptHost.run() a handler of an event that does not exist says so", () => {
  assertThrows(() => evaluate(`${TIMER} function t::Elapse() {}`), VbsError, `it fires no event "Elapse"`);
  assertThrows(() => evaluate(`${DICTIONARY} function d::x() {}`), VbsError, `it fires no event "x"`);
});

Deno.test("JScriptHost.run() dates of Windows keep their place in VBScript's days", () => {
  const host = new JScriptHost({
    interrupt: new InterruptFlag(),
    createObject: () => undefined,
    getObject: () => undefined,
  });
  host.run({ language: "jscript", source: "function same(x) { return x }", path: "/s.js" });
  const date = makeDate(45351.5);
  assertEquals(host.call("SAME", [date]), date);
});
