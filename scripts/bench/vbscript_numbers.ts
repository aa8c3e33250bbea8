/**
 * Decides how compiled VBScript holds numbers: the same three programs as plain JavaScript and in each candidate
 * representation, timed side by side in one run.
 *
 * The programs are a Mandelbrot set (Doubles in a loop), fib(30) (Integers and Longs through calls) and a sieve (an
 * array, and Booleans). The candidates:
 *
 * - boxed: every number is a {subtype, value} object;
 * - helpers: a number is boxed only where its value does not tell its subtype; operators are function calls;
 * - tagged: a variable is a JavaScript number and a small-integer tag, in two locals, with a third for what is no
 *   number; operators are inlined, with calls on the rare path;
 * - cells: as tagged, but the three are fields of one object a variable, as globals that procedures share need;
 * - engine: the same program in VBScript, by the engine that came of it: tagged, and without the tests that what is
 *   known of a variable's subtype makes needless; its time includes compiling.
 *
 * Run it with `deno run -A scripts/bench/vbscript_numbers.ts`.
 *
 * @module
 */

import { VbsEngine } from "../../lib/vbscript/mod.ts";

class Boxed {
  constructor(readonly type: number, readonly value: number | boolean) {}
}
class Cell {
  n = 0.5;
  t = 0;
  o: unknown = undefined;
}

const SIZE = 400;
const ITERATIONS = 100;
const FIB = 30;
const SIEVE = 2_000_000;

/** One program in one representation; returns a checksum, so that all can be compared. */
type Program = () => number;

function mandelbrotPlain(): number {
  let count = 0;
  for (let py = 0; py < SIZE; py++) {
    for (let px = 0; px < SIZE; px++) {
      const cr = px / SIZE * 3.0 - 2.0;
      const ci = py / SIZE * 2.0 - 1.0;
      let zr = 0.0;
      let zi = 0.0;
      let i = 0;
      while (i < ITERATIONS) {
        const t = zr * zr - zi * zi + cr;
        zi = 2.0 * zr * zi + ci;
        zr = t;
        if (zr * zr + zi * zi > 4.0) break;
        i = i + 1;
      }
      count = count + i;
    }
  }
  return count;
}

function fibPlain(n: number): number {
  return n < 2 ? n : fibPlain(n - 1) + fibPlain(n - 2);
}

function sievePlain(): number {
  const composite: unknown[] = new Array(SIEVE + 1).fill(undefined);
  let count = 0;
  for (let i = 2; i <= SIEVE; i++) {
    if (composite[i]) continue;
    count++;
    for (let j = i + i; j <= SIEVE; j += i) composite[j] = true;
  }
  return count;
}

// Boxed: every value an object.

function boxedArithmetic(op: "+" | "-" | "*" | "/", a: Boxed, b: Boxed): Boxed {
  const x = Number(a.value);
  const y = Number(b.value);
  let type = op === "/" ? 5 : Math.max(a.type, b.type);
  const value = op === "+" ? x + y : op === "-" ? x - y : op === "*" ? x * y : x / y;
  if (type === 2 && (value << 16 >> 16) !== value) type = 3;
  if (type === 3 && (value | 0) !== value) type = 5;
  return new Boxed(type, value);
}
const boxedLess = (a: Boxed, b: Boxed): Boxed => new Boxed(11, a.value < b.value);
const int = (value: number): Boxed => new Boxed(2, value);
const double = (value: number): Boxed => new Boxed(5, value);

function mandelbrotBoxed(): number {
  const [add, sub, mul, div] = (["+", "-", "*", "/"] as const).map((op) => (a: Boxed, b: Boxed): Boxed =>
    boxedArithmetic(op, a, b)
  ) as [BoxedOp, BoxedOp, BoxedOp, BoxedOp];
  let count = int(0);
  for (let py = int(0); boxedLess(py, int(SIZE)).value; py = add(py, int(1))) {
    for (let px = int(0); boxedLess(px, int(SIZE)).value; px = add(px, int(1))) {
      const cr = sub(mul(div(px, int(SIZE)), double(3)), double(2));
      const ci = sub(mul(div(py, int(SIZE)), double(2)), double(1));
      let zr = double(0);
      let zi = double(0);
      let i = int(0);
      while (boxedLess(i, int(ITERATIONS)).value) {
        const t = add(sub(mul(zr, zr), mul(zi, zi)), cr);
        zi = add(mul(mul(double(2), zr), zi), ci);
        zr = t;
        if (boxedLess(double(4), add(mul(zr, zr), mul(zi, zi))).value) break;
        i = add(i, int(1));
      }
      count = add(count, i);
    }
  }
  return Number(count.value);
}
type BoxedOp = (a: Boxed, b: Boxed) => Boxed;

function fibBoxed(n: Boxed): Boxed {
  if (boxedLess(n, int(2)).value) return n;
  return boxedArithmetic(
    "+",
    fibBoxed(boxedArithmetic("-", n, int(1))),
    fibBoxed(boxedArithmetic("-", n, int(2))),
  );
}

function sieveBoxed(): number {
  const composite: (Boxed | undefined)[] = new Array(SIEVE + 1).fill(undefined);
  let count = int(0);
  for (let i = int(2); !boxedLess(int(SIEVE), i).value; i = boxedArithmetic("+", i, int(1))) {
    if (composite[i.value as number]?.value) continue;
    count = boxedArithmetic("+", count, int(1));
    for (
      let j = boxedArithmetic("+", i, i);
      !boxedLess(int(SIEVE), j).value;
      j = boxedArithmetic("+", j, i)
    ) composite[j.value as number] = new Boxed(11, true);
  }
  return Number(count.value);
}

// Helpers: number-or-box through functions.

type Value = number | boolean | undefined | Boxed;

function subtype(value: Value): number {
  if (typeof value === "number") return (value | 0) !== value ? 5 : (value << 16 >> 16) === value ? 2 : 3;
  return value instanceof Boxed ? value.type : 0;
}
function numberOf(value: Value): number {
  return typeof value === "number" ? value : value instanceof Boxed ? value.value as number : Number(value);
}
function canonical(type: number, value: number): Value {
  if (type === 2 && (value << 16 >> 16) !== value) type = 3;
  if (type === 3 && (value | 0) !== value) type = 5;
  return subtype(value) === type ? value : new Boxed(type, value);
}
const addHelper = (a: Value, b: Value): Value =>
  canonical(Math.max(subtype(a), subtype(b)), numberOf(a) + numberOf(b));
const subHelper = (a: Value, b: Value): Value =>
  canonical(Math.max(subtype(a), subtype(b)), numberOf(a) - numberOf(b));
const mulHelper = (a: Value, b: Value): Value =>
  canonical(Math.max(subtype(a), subtype(b)), numberOf(a) * numberOf(b));
const divHelper = (a: Value, b: Value): Value => canonical(5, numberOf(a) / numberOf(b));
const lessHelper = (a: Value, b: Value): boolean => numberOf(a) < numberOf(b);

function mandelbrotHelpers(): number {
  const [two, three, one, four] = [double(2), double(3), double(1), double(4)];
  let count: Value = 0;
  for (let py: Value = 0; lessHelper(py, SIZE); py = addHelper(py, 1)) {
    for (let px: Value = 0; lessHelper(px, SIZE); px = addHelper(px, 1)) {
      const cr = subHelper(mulHelper(divHelper(px, SIZE), three), two);
      const ci = subHelper(mulHelper(divHelper(py, SIZE), two), one);
      let zr: Value = double(0);
      let zi: Value = double(0);
      let i: Value = 0;
      while (lessHelper(i, ITERATIONS)) {
        const t: Value = addHelper(subHelper(mulHelper(zr, zr), mulHelper(zi, zi)), cr);
        zi = addHelper(mulHelper(mulHelper(two, zr), zi), ci);
        zr = t;
        if (lessHelper(four, addHelper(mulHelper(zr, zr), mulHelper(zi, zi)))) break;
        i = addHelper(i, 1);
      }
      count = addHelper(count, i);
    }
  }
  return numberOf(count);
}

function fibHelpers(n: Value): Value {
  return lessHelper(n, 2) ? n : addHelper(fibHelpers(subHelper(n, 1)), fibHelpers(subHelper(n, 2)));
}

function sieveHelpers(): number {
  const composite: Value[] = new Array(SIEVE + 1).fill(undefined);
  let count: Value = 0;
  for (let i: Value = 2; !lessHelper(SIEVE, i); i = addHelper(i, 1)) {
    if (composite[numberOf(i)] === true) continue;
    count = addHelper(count, 1);
    for (let j = addHelper(i, i); !lessHelper(SIEVE, j); j = addHelper(j, i)) composite[numberOf(j)] = true;
  }
  return numberOf(count);
}

// Tagged and cells: the code is what a compiler would print, so a printer makes both from one text. `$x` stands for a
// variable: in the one form the locals x, x_t, x_o, in the other the fields of a cell.

const TAGGED = `
const arithmetic = 0; // the rare path; never taken by these programs
function rare() { throw new Error("not a number"); }
BODY
`;

/** `target = a op b` with the tag: Integer 1, Long 2, Double 3, 0 for what is no number. */
function inline(target: string, a: string, op: string, b: string): string {
  const tag = (name: string): string => /^\d+$/.test(name) ? "1" : /^\d/.test(name) ? "3" : `${name}_t`;
  const [at, bt] = [tag(a), tag(b)];
  if (op === "/") {
    return `if (${at} !== 0 && ${bt} !== 0 && ${b} !== 0) { ${target} = ${a} / ${b}; ${target}_t = 3; ` +
      `if (!(${target} - ${target} === 0)) rare(); } else rare();`;
  }
  return `if (${at} !== 0 && ${bt} !== 0) { let r = ${a} ${op} ${b}; let q = ${at} > ${bt} ? ${at} : ${bt}; ` +
    `if (q === 3) { if (!(r - r === 0)) rare(); } else if ((r << 16 >> 16) !== r) q = (r | 0) === r ? 2 : 3; ` +
    `${target} = r; ${target}_t = q; } else rare();`;
}

function less(a: string, b: string): string {
  const tag = (name: string): string => /^\d/.test(name) ? "1" : `${name}_t`;
  return `((${tag(a)} !== 0 && ${tag(b)} !== 0) ? ${a} < ${b} : rare())`;
}

function set(target: string, source: string): string {
  if (/^\d/.test(source)) return `${target} = ${source}; ${target}_t = ${/^\d+$/.test(source) ? 1 : 3};`;
  return `${target} = ${source}; ${target}_t = ${source}_t;`;
}

const VARIABLES = ["count", "py", "px", "cr", "ci", "zr", "zi", "i", "j", "t", "u", "v", "w"];

function mandelbrotText(): string {
  return `${set("count", "0")}
  for (${set("py", "0")} ${less("py", `${SIZE}`)};) {
    for (${set("px", "0")} ${less("px", `${SIZE}`)};) {
      ${inline("u", "px", "/", `${SIZE}`)} ${inline("u", "u", "*", "3.0")} ${inline("cr", "u", "-", "2.0")}
      ${inline("u", "py", "/", `${SIZE}`)} ${inline("u", "u", "*", "2.0")} ${inline("ci", "u", "-", "1.0")}
      ${set("zr", "0.0")} ${set("zi", "0.0")} ${set("i", "0")}
      while (${less("i", `${ITERATIONS}`)}) {
        ${inline("u", "zr", "*", "zr")} ${inline("v", "zi", "*", "zi")} ${inline("u", "u", "-", "v")}
        ${inline("t", "u", "+", "cr")}
        ${inline("u", "2.0", "*", "zr")} ${inline("u", "u", "*", "zi")} ${inline("zi", "u", "+", "ci")}
        ${set("zr", "t")}
        ${inline("u", "zr", "*", "zr")} ${inline("v", "zi", "*", "zi")} ${inline("u", "u", "+", "v")}
        if (${less("4.0", "u")}) break;
        ${inline("i", "i", "+", "1")}
      }
      ${inline("count", "count", "+", "i")}
      ${inline("px", "px", "+", "1")}
    }
    ${inline("py", "py", "+", "1")}
  }
  return count;`.replace(/for \((.*?;) (\(\(.*?\));\)/g, "$1 while ($2)");
}

function sieveText(): string {
  return `const composite = new Array(${SIEVE + 1}).fill(undefined);
  ${set("count", "0")} ${set("i", "2")}
  while (!${less(`${SIEVE}`, "i")}) {
    if (composite[i] !== true) {
      ${inline("count", "count", "+", "1")}
      ${inline("j", "i", "+", "i")}
      while (!${less(`${SIEVE}`, "j")}) {
        if ((j | 0) === j && j >= 0 && j < composite.length) composite[j] = true; else rare();
        ${inline("j", "j", "+", "i")}
      }
    }
    ${inline("i", "i", "+", "1")}
  }
  return count;`;
}

function declare(representation: "tagged" | "cells"): string {
  return representation === "tagged"
    ? `let ${VARIABLES.map((name) => `${name} = 0, ${name}_t = 1`).join(", ")};`
    : VARIABLES.map((name) => `const ${name}$ = new Cell();`).join(" ");
}

/** Compiles a text of the tagged form; for cells, each variable's name becomes a field access. */
function printed(text: string, representation: "tagged" | "cells"): Program {
  const body = representation === "tagged" ? text : text.replace(
    new RegExp(`\\b(${VARIABLES.join("|")})(_t)?\\b(?!\\$)`, "g"),
    (_all, name: string, tag?: string) => `${name}$.${tag === undefined ? "n" : "t"}`,
  );
  const source = TAGGED.replace("BODY", `return function () { ${declare(representation)} ${body} };`);
  return new Function("Cell", source)(Cell) as Program;
}

/** Arguments and results cross calls as plain values, and are taken apart inside. */
function fibTagged(): (n: unknown) => unknown {
  const source = `${TAGGED.replace("BODY", "")}
  function pack(n, t) { const own = (n | 0) !== n ? 3 : (n << 16 >> 16) === n ? 1 : 2; return own === t ? n : rare(); }
  return function fib(a) {
    let n = 0, n_t = 0, u, u_t, v, v_t;
    if (typeof a === "number") { n = a; n_t = (a | 0) !== a ? 3 : (a << 16 >> 16) === a ? 1 : 2; }
    if (${less("n", "2")}) return a;
    ${inline("u", "n", "-", "1")} const x = fib(pack(u, u_t));
    ${inline("v", "n", "-", "2")} const y = fib(pack(v, v_t));
    let l = 0, l_t = 0, m = 0, m_t = 0;
    if (typeof x === "number") { l = x; l_t = (x | 0) !== x ? 3 : (x << 16 >> 16) === x ? 1 : 2; }
    if (typeof y === "number") { m = y; m_t = (y | 0) !== y ? 3 : (y << 16 >> 16) === y ? 1 : 2; }
    ${inline("u", "l", "+", "m")} return pack(u, u_t);
  };`;
  return new Function(source)() as (n: unknown) => unknown;
}

/** A program in VBScript, which leaves its result in `count`. */
function engine(source: string): Program {
  return () => {
    using scripts = new VbsEngine();
    scripts.run(source);
    return Number(scripts.evaluate('"" & count'));
  };
}

const MANDELBROT_SCRIPT = `
count = 0
For py = 0 To ${SIZE - 1}
  For px = 0 To ${SIZE - 1}
    cr = px / ${SIZE} * 3.0 - 2.0
    ci = py / ${SIZE} * 2.0 - 1.0
    zr = 0.0 : zi = 0.0 : i = 0
    Do While i < ${ITERATIONS}
      t = zr * zr - zi * zi + cr
      zi = 2.0 * zr * zi + ci
      zr = t
      If zr * zr + zi * zi > 4.0 Then Exit Do
      i = i + 1
    Loop
    count = count + i
  Next
Next`;

const FIB_SCRIPT = `
Function Fib(n)
  If n < 2 Then Fib = n Else Fib = Fib(n - 1) + Fib(n - 2)
End Function
count = Fib(${FIB})`;

const SIEVE_SCRIPT = `
Dim composite(${SIEVE})
count = 0
For i = 2 To ${SIEVE}
  If Not composite(i) Then
    count = count + 1
    For j = i + i To ${SIEVE} Step i
      composite(j) = True
    Next
  End If
Next`;

/** Best of several runs, in milliseconds. */
function time(program: Program, expected: number): number {
  let best = Infinity;
  for (let round = 0; round < 5; round++) {
    const start = performance.now();
    const result = program();
    best = Math.min(best, performance.now() - start);
    if (result !== expected) throw new Error(`Wrong checksum ${result}, expected ${expected}`);
  }
  return best;
}

/** Times the candidates and prints each as a ratio to plain JavaScript. */
export async function benchVbscriptNumbers(print: (line: string) => void): Promise<void> {
  const fib = fibTagged();
  const rows: [string, Record<string, Program>][] = [
    ["mandelbrot", {
      plain: mandelbrotPlain,
      boxed: mandelbrotBoxed,
      helpers: mandelbrotHelpers,
      tagged: printed(mandelbrotText(), "tagged"),
      cells: printed(mandelbrotText(), "cells"),
      engine: engine(MANDELBROT_SCRIPT),
    }],
    ["fib", {
      plain: () => fibPlain(FIB),
      boxed: () => Number(fibBoxed(int(FIB)).value),
      helpers: () => numberOf(fibHelpers(FIB)),
      tagged: () => fib(FIB) as number,
      engine: engine(FIB_SCRIPT),
    }],
    ["sieve", {
      plain: sievePlain,
      boxed: sieveBoxed,
      helpers: sieveHelpers,
      tagged: printed(sieveText(), "tagged"),
      cells: printed(sieveText(), "cells"),
      engine: engine(SIEVE_SCRIPT),
    }],
  ];
  for (const [name, programs] of rows) {
    const expected = programs.plain!();
    const plainMs = time(programs.plain!, expected);
    print(`${name}: plain JavaScript ${plainMs.toFixed(1)} ms`);
    for (const [representation, program] of Object.entries(programs)) {
      if (representation === "plain") continue;
      print(`  ${representation.padEnd(8)} ${(time(program, expected) / plainMs).toFixed(1)}x`);
      await Promise.resolve();
    }
  }
  print(
    "Decision: values cross calls, arrays and objects as number-or-box; inside a procedure a variable is a number and " +
      "a tag in locals (cells where it is shared), and operators are inlined.",
  );
}

// deno-lint-ignore no-console -- the script's output
if (import.meta.main) await benchVbscriptNumbers((line) => console.log(line));
