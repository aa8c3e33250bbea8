/**
 * Random programs, run as they are and with what keeps the compiler from its shortcuts: a Class_Terminate somewhere
 * makes it count references; a procedure with a loop is not printed in place of its calls; an Execute in it puts all its
 * variables into cells of which nothing is known. The output must be the same to the letter, errors with places and call
 * stacks included.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { numberToString } from "../../lib/automation/number_text.ts";
import { TypedNumber, type Variant, VariantArray, varTypeOf } from "../../lib/automation/variant.ts";
import { compile, VbsEngine, VbsError } from "../../lib/vbscript/mod.ts";

/** Stands where an Execute may. */
const CODE = "'code";
const SHORTCUTS: Readonly<Record<string, (source: string) => string>> = {
  "counting references": (source) => `${source}\nClass Last\nSub Class_Terminate\nEnd Sub\nEnd Class`,
  "with procedures that loop": (source) => source.replaceAll(CODE, "Do While False : Loop"),
  // An object that a member gets in a cell lives longer: its end must not show.
  "all in cells": (source) =>
    source.replaceAll(CODE, 'If False Then Execute ""').replaceAll("Class_Terminate", "Ending"),
};

const LITERALS = [
  "0",
  "1",
  "2",
  "7",
  "-3",
  "32767",
  "32768",
  "1.5",
  "2.0",
  '"5"',
  '"x"',
  "True",
  "Empty",
  "Null",
  "3",
  "5",
];
const OPERATORS = ["+", "-", "*", "/", "\\", "Mod", "&", "<", ">=", "=", "And", "Or"];

/** Writes a program from random numbers. */
class Writer {
  #lines: string[] = [];
  #loops = 0;
  readonly #next: (below: number) => number;

  constructor(next: (below: number) => number) {
    this.#next = next;
  }

  program(): string {
    const next = this.#next;
    this.#line(next(2) === 0 ? "Option Explicit" : "'implicit");
    this.#line("Dim g, h, a, b, n, k, l, list(3)");
    if (next(4) > 0) this.#line("On Error Resume Next");
    this.#line("Set a = New Point : Set b = New Point");
    if (next(3) === 0) this.#line("Set b = New Other");
    const main = ["g", "h", "k", "l", "a.f", "b.f", "list(1)"];
    this.#line('g = 1 : h = 2 : k = 3 : l = "4" : a.f = 5 : list(1) = 6');
    for (let count = 10 + next(10); count > 0; count--) {
      this.#statement(main, 3);
      if (next(3) > 0) this.#line(`show ${main[next(main.length)]!}`);
    }
    this.#line("show g : show h : show k : show l : show a.f : show b.P : show Err.Number");
    this.#line("Function Twice(x)");
    this.#body(["g", "x", "Twice", "y"], "Function");
    this.#line("Sub Change(x)");
    this.#body(["g", "h", "x", "y"], "Sub");
    this.#line("Class Point\nPublic f\nPrivate q");
    for (const head of ["Sub S(x)", "Function R(x)", "Property Get P()", "Property Let P(x)"]) {
      this.#line(`Public ${head}`);
      const variables = [
        "f",
        "q",
        "g",
        "y",
        ...(head.includes("(x)") ? ["x"] : []),
        head.split(/[ (]/).at(-2)!,
      ]
        .filter((name) => !["S", ...(head.includes("Let") ? ["P"] : []), "Let"].includes(name));
      this.#body(head.includes("Get") ? ["f", "q", "g", "y", "P"] : variables, head.split(" ")[0]!);
    }
    this.#line("Public Function Self()\nSet Self = Me\nEnd Function");
    if (next(2) === 0) this.#line('Public Default Property Get D()\ng = 2.5 : h = "7"\nD = 4\nEnd Property');
    if (next(2) === 0) this.#line("Private Sub Class_Terminate()\nshow f\ng = g & 1\nEnd Sub");
    this.#line("End Class\nFunction Made()\nSet Made = New Point\nMade.f = 1\nEnd Function");
    this.#line("Function Same(o)\nDim k\nSet k = o\nSet Same = k\nSet g = Nothing\nEnd Function");
    this.#line("Class Other\nPublic f\nPublic Property Get P()\nP = f & g\nEnd Property");
    this.#line("Public Property Let P(x)\nf = x\nEnd Property\nEnd Class");
    return this.#lines.join("\n");
  }

  #line(text: string): void {
    this.#lines.push(text);
  }

  #body(variables: readonly string[], kind: string): void {
    const next = this.#next;
    this.#line(`Dim y, z, c1, c2\n${CODE}`);
    if (next(4) === 0) this.#line("On Error Resume Next");
    for (let count = 1 + next(3); count > 0; count--) this.#statement(variables, next(3) === 0 ? 2 : 1, kind);
    this.#line(`End ${kind}`);
  }

  #statement(variables: readonly string[], depth: number, kind = ""): void {
    const next = this.#next;
    const target = variables[next(variables.length)]!;
    const isMain = kind === "";
    switch (next(isMain ? 14 : 8)) {
      case 0:
      case 1:
      case 2:
      case 3:
        return this.#line(`${target} = ${this.#value(variables, 2, isMain)}`);
      case 4:
        this.#line(`If ${this.#value(variables, 1, isMain)} Then`);
        this.#statement(variables, depth - 1, kind);
        if (next(2) === 0) {
          this.#line("Else");
          this.#statement(variables, depth - 1, kind);
        }
        return this.#line("End If");
      case 5: {
        if (depth <= 0) return this.#line(`show ${target}`);
        if (!isMain && next(2) === 0) return this.#line(`If ${target} > 3 Then Exit ${kind}`);
        const counter = `c${this.#loops++}`;
        if (isMain && next(2) === 0) {
          this.#line(`Dim ${counter} : Do While ${counter} < 3 And ${this.#value(variables, 1, isMain)}`);
          this.#line(`${counter} = ${counter} + 1 : If ${counter} > 5 Then Exit Do`);
          for (let count = 1 + next(3); count > 0; count--) this.#statement(variables, depth - 1, kind);
          return this.#line("Loop");
        }
        this.#line(isMain ? `Dim ${counter} : For ${counter} = 1 To 3` : `For c${depth} = 1 To 3`);
        for (let count = 1 + next(3); count > 0; count--) this.#statement(variables, depth - 1, kind);
        return this.#line("Next");
      }
      case 6:
        return this.#line(`show ${target}`);
      case 7:
        return this.#line(
          isMain ? `a.S ${this.#value(variables, 1, isMain)}` : [
            "g = g + 1",
            "Set z = New Point : z.f = g",
            "Set z = a : z.f = 9",
            "Set b = Nothing",
          ][next(4)]!,
        );
      case 8:
        return this.#line(`${["a", "b", "n"][next(3)]}.P = ${this.#value(variables, 1, isMain)}`);
      case 9:
        return this.#line(`Change ${target}`);
      case 10:
      case 11:
      case 12:
        return this.#line(
          `Set ${["b", "n", "a.f", "list(2)", "g"][next(5)]} = ${
            [
              "a",
              "b",
              "New Point",
              "Nothing",
              "a.Self()",
              "Made()",
              "b.Self.Self()",
              "Same(New Point)",
            ][next(8)]
          }`,
        );
      default:
        return this.#line(`a.f = ${["a", "b"][next(2)]}.R(${this.#value(variables, 1, isMain)})`);
    }
  }

  #value(variables: readonly string[], depth: number, isMain: boolean): string {
    const next = this.#next;
    const variable = (): string => variables[next(variables.length)]!;
    const literal = (): string => LITERALS[next(LITERALS.length)]!;
    if (depth <= 0) return next(3) === 0 ? literal() : next(8) === 0 ? ["a", "b"][next(2)]! : variable();
    switch (next(isMain ? 9 : 6)) {
      case 0:
        return literal();
      case 1:
        return variable();
      case 2:
        return `CLng(${variable()})`;
      case 3:
      case 4:
      case 5:
        return `(${this.#value(variables, depth - 1, isMain)} ${OPERATORS[next(OPERATORS.length)]!} ${
          this.#value(variables, depth - 1, isMain)
        })`;
      case 6:
        return `${["a", "b", "n"][next(3)]}.${["P", "f"][next(2)]}`;
      case 7:
        return `a.R(${this.#value(variables, depth - 1, isMain)})`;
      default:
        return `Twice(${this.#value(variables, depth - 1, isMain)})`;
    }
  }
}

function describe(value: Variant): string {
  if (value instanceof TypedNumber) return `${value.type}:${numberToString(value.value)}`;
  if (value instanceof VariantArray) return `(${value.elements.map(describe).join(", ")})`;
  return `${varTypeOf(value)}:${typeof value === "object" ? "" : String(value)}`;
}

function outputOf(source: string): string[] {
  const output: string[] = [];
  const engine = new VbsEngine();
  engine.addFunction("show", (value) => {
    output.push(describe(value));
    return undefined;
  });
  try {
    engine.run(source);
    engine[Symbol.dispose]();
  } catch (error) {
    if (!(error instanceof VbsError)) throw error;
    const { cause } = error;
    output.push(
      `${error.format()} ${error.line}:${error.column} ${
        error.callStack.map(({ procedure, line }) => `${procedure} ${line}`).join(", ")
      } ${error.number === 51 && cause instanceof Error ? cause.stack : ""}`,
    );
  }
  return output;
}

function randomly(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    // A linear congruential generator; its upper bits are the better ones.
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor(state / 4294967296 * below);
  };
}

for (const [name, change] of Object.entries(SHORTCUTS)) {
  Deno.test(`VbsEngine.run() programs print the same, ${name}`, () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const source = new Writer(randomly(seed)).program();
        compile(source);
        const plain = name === "all in cells" ? source.replaceAll("Class_Terminate", "Ending") : source;
        assertEquals(outputOf(plain), outputOf(change(source)), plain);
      }),
      { numRuns: 80, seed: 20 },
    );
  });
}
