/** Operators, as tables: an expression, its subtype and its text. Each runs compiled with values known and unknown. @module */
import { assertEquals } from "@std/assert";
import { toStringValue } from "../../lib/automation/coerce.ts";
import { VbsEngine, VbsError } from "../../lib/vbscript/mod.ts";

/** Values by name; none of their types is known where an expression of parameters is compiled. */
const VALUES: Readonly<Record<string, string>> = {
  b: "CByte(200)",
  i: "7",
  l: "CLng(70000)",
  s: "CSng(0.5)",
  d: "2.5",
  c: "CCur(1.5)",
  t: "#1/1/2026#",
  str: '"12"',
  word: '"abc"',
  yes: "True",
  e: "Empty",
  n: "Null",
  max: "2147483647",
  big: "1E308",
};

const ROWS: readonly [expression: string, type: string, text: string][] = [
  ["b + b", "Integer", "400"],
  ["b * b", "Long", "40000"],
  ["b + i", "Integer", "207"],
  ["i + i", "Integer", "14"],
  ["i * l", "Long", "490000"],
  ["l * l", "Double", "4900000000"],
  ["max + i", "Double", "2147483654"],
  ["i - l", "Long", "-69993"],
  ["s + s", "Single", "1"],
  ["s * l", "Double", "35000"],
  ["d + i", "Double", "9.5"],
  ["c + d", "Currency", "4"],
  ["c * i", "Currency", "10.5"],
  ["t + i", "Date", "1/8/2026"],
  ["t - t", "Double", "0"],
  ["str + i", "Double", "19"],
  ["str + str", "String", "1212"],
  ["str & i", "String", "127"],
  ["str * str", "Double", "144"],
  ["word + i", "error", "13"],
  ["yes + yes", "Integer", "-2"],
  ["e + e", "Integer", "0"],
  ["e + i", "Integer", "7"],
  ["e & e", "String", ""],
  ["n + i", "Null", ""],
  ["n & i", "String", "7"],
  ["n & n", "Null", ""],
  ["i / i", "Double", "1"],
  ["s / s", "Single", "1"],
  ["i / e", "error", "11"],
  ["e / e", "error", "6"],
  ["i \\ d", "Long", "3"],
  ["l \\ i", "Long", "10000"],
  ["-i \\ d", "Long", "-3"],
  ["i Mod d", "Long", "1"],
  ["-i Mod 4", "Integer", "-3"],
  ["b \\ b", "Byte", "1"],
  ["i Mod e", "error", "11"],
  ["i ^ d", "Double", "129.641814242165"],
  ["big * i", "error", "6"],
  ["-b", "Integer", "-200"],
  ["-max", "Long", "-2147483647"],
  ["-str", "Double", "-12"],
  ["-yes", "Integer", "1"],
  ["-t", "Date", "12/27/1773"],
  ["Not i", "Integer", "-8"],
  ["Not yes", "Boolean", "False"],
  ["Not d", "Long", "-3"],
  ["Not b", "Byte", "55"],
  ["Not n", "Null", ""],
  ["i And 3", "Integer", "3"],
  ["i Or l", "Long", "70007"],
  ["i Xor i", "Integer", "0"],
  ["yes And i", "Integer", "7"],
  ["e And e", "Long", "0"],
  ["str And i", "Long", "4"],
  ["word And i", "error", "13"],
  ["n And i", "Null", ""],
  ["n And 0", "Integer", "0"],
  ["n Or yes", "Boolean", "True"],
  ["i Eqv i", "Integer", "-1"],
  ["i Imp 0", "Integer", "-8"],
  ["i < l", "Boolean", "True"],
  ["str < i", "Boolean", "False"],
  ["str < 13", "Boolean", "True"],
  ["word < 13", "error", "13"],
  ["word > i", "Boolean", "True"],
  ["str = 12", "Boolean", "True"],
  ["str = i", "Boolean", "False"],
  ['"7" = i', "Boolean", "True"],
  ['"07" = i', "Boolean", "False"],
  ['"True" = yes', "Boolean", "True"],
  ["yes = -1", "Boolean", "True"],
  ["e = 0", "Boolean", "True"],
  ['e = ""', "Boolean", "True"],
  ["n = n", "Null", ""],
  ["t > d", "Boolean", "True"],
  ["i Is i", "error", "424"],
];

/** The subtype and the text of a result, or "error" and its number. */
function outcome(compute: (engine: VbsEngine) => void): [string, string] {
  const engine = new VbsEngine();
  try {
    compute(engine);
    const value = engine.evaluate("result");
    return [String(engine.evaluate("TypeName(result)")), value === null ? "" : toStringValue(value)];
  } catch (error) {
    if (error instanceof VbsError) return ["error", String(error.number)];
    throw error;
  }
}

const names = Object.keys(VALUES);
for (const [expression, type, text] of ROWS) {
  Deno.test(`operator ${expression} is ${type} ${text}`, () => {
    const known = names.map((name) => `${name} = ${VALUES[name]}`).join("\n");
    assertEquals(
      outcome((engine) => engine.run(`${known}\nresult = ${expression}`)),
      [type, text],
      "main code",
    );
    const body = `Function f(${names.join(", ")})\nf = ${expression}\nEnd Function\n`;
    const call = `result = f(${names.map((name) => VALUES[name]).join(", ")})`;
    assertEquals(outcome((engine) => engine.run(body + call)), [type, text], "parameters");
    assertEquals(
      outcome((engine) =>
        engine.run(`${known}\nFor k = 1 To 3\nresult = ${expression}\nNext\nSub z\n${known}\nEnd Sub`)
      ),
      [type, text],
      "shared globals in a loop",
    );
  });
}
