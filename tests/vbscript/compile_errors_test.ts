/** One row a compile error: number, line and column. @module */
import { assertEquals, assertInstanceOf, assertThrows } from "@std/assert";
import { COMPILE_MESSAGES } from "../../lib/vbscript/errors.ts";
import { compile, VbsError } from "../../lib/vbscript/mod.ts";

const ROWS: readonly [number: number, line: number, column: number, source: string][] = [
  [1001, 1, 204, `x = ${"(".repeat(10_000)}1${")".repeat(10_000)}`],
  [1002, 1, 5, "x = #nonsense#"],
  [1002, 2, 1, "x = 1\nOption Explicit"],
  [1005, 1, 9, "ReDim a "],
  [1006, 1, 9, "x = f(1 2)"],
  [1007, 1, 9, "[a b = 1"],
  [1010, 1, 5, "Dim Dim"],
  [1010, 1, 5, "Sub 5\nEnd Sub"],
  [1010, 1, 7, "x = a.(5)"],
  [1011, 1, 9, "Const a 5"],
  [1012, 2, 5, "If x Then\nEnd Sub"],
  [1013, 1, 11, "For i = 1 5"],
  [1014, 2, 4, "If x Then\nx=1"],
  [1015, 2, 5, "Function f\nEnd Sub"],
  [1016, 2, 5, "Sub f\nEnd Function"],
  [1017, 1, 6, "If x y"],
  [1018, 2, 1, "While x\nLoop"],
  [1019, 2, 1, "Do\nNext"],
  [1020, 2, 1, "For i = 1 To 2\nLoop"],
  [1021, 1, 8, "Select x"],
  [1022, 3, 5, "Select Case x\nCase 1\nEnd If"],
  [1023, 1, 5, "x = )"],
  [1024, 1, 1, ")"],
  [1024, 1, 1, "End If"],
  [1025, 1, 7, "x = 1 2"],
  [1026, 1, 7, "Dim a(x)"],
  [1027, 2, 6, "Do\nLoop x"],
  [1028, 1, 4, "Do x"],
  [1029, 2, 5, "With x\nEnd If"],
  [1030, 1, 1, `${"a".repeat(256)} = 1`],
  [1031, 1, 5, "x = 1e999"],
  [1031, 1, 5, "x = &H123456789"],
  [1032, 1, 5, "x = ?"],
  [1032, 1, 5, "x = é"],
  [1032, 1, 7, "x = 1 _ 2"],
  [1033, 1, 9, 'x = "abc'],
  [1037, 1, 5, "Set Me = x"],
  [1037, 1, 5, "x = Me"],
  [1038, 1, 1, "Loop"],
  [1039, 1, 1, "Exit Do"],
  [1039, 2, 1, "Sub a\nExit Function\nEnd Sub"],
  [1040, 1, 5, "For a(1) = 1 To 2\nNext"],
  [1041, 1, 8, "Dim a, a"],
  [1041, 2, 5, "Dim a\nSub a\nEnd Sub"],
  [1041, 1, 10, "Sub f(a, a)\nEnd Sub"],
  [1042, 1, 15, "If a Then b() ElseIf c Then d"],
  [1042, 1, 24, "If a Then b() Else c() ElseIf d Then e"],
  [1044, 1, 8, "f(1, 2)"],
  [1045, 1, 15, 'Const a = "a" + 1'],
  [1045, 1, 11, "Const a = b"],
  [1046, 1, 12, "For Each x Of y"],
  [1047, 2, 5, "Class a\nEnd Sub"],
  [1048, 1, 8, "Public Property Get a"],
  [1049, 2, 10, "Class a\nProperty x\nEnd Property\nEnd Class"],
  [1050, 3, 5, "Class a\nProperty Get x\nEnd Sub\nEnd Class"],
  [1051, 4, 14, "Class a\nProperty Get x(a)\nEnd Property\nProperty Let x(v)\nEnd Property\nEnd Class"],
  [1052, 4, 16, "Class a\nPublic Default Sub b\nEnd Sub\nPublic Default Sub c\nEnd Sub\nEnd Class"],
  [1053, 2, 5, "Class a\nSub Class_Initialize(x)\nEnd Sub\nEnd Class"],
  [1054, 2, 15, "Class a\nProperty Let x\nEnd Property\nEnd Class"],
  [1055, 1, 1, "Next"],
  [1056, 2, 16, "Class a\nPublic Default x\nEnd Class"],
  [1057, 2, 9, "Class a\nDefault Sub x\nEnd Sub\nEnd Class"],
  [1058, 2, 25, "Class a\nPublic Default Property Let x(v)\nEnd Property\nEnd Class"],
];

for (const [number, line, column, source] of ROWS) {
  const title = source.length > 60 ? `${source.slice(0, 40)}…` : source;
  Deno.test(`compile() error ${number} in ${JSON.stringify(title)}`, () => {
    const error = assertThrows(() => compile(source, { path: "x.vbs" }), VbsError);
    assertInstanceOf(error, VbsError);
    assertEquals([error.kind, error.number, error.path, error.line, error.column], [
      "compile",
      number,
      "x.vbs",
      line,
      column,
    ]);
  });
}

/** Numbers that the language version 5.8 has no construct for. */
const WITHOUT_CONSTRUCT = [
  1003, // a colon is a separator: there is nowhere that it alone may stand
  1034, // comments end with their line
  1043, // the engine's early versions had arguments that could not be assigned
];

Deno.test("COMPILE_MESSAGES every number has a row, or no construct", () => {
  const covered = new Set([...ROWS.map(([number]) => number), ...WITHOUT_CONSTRUCT]);
  assertEquals(Object.keys(COMPILE_MESSAGES).map(Number).filter((number) => !covered.has(number)), []);
});
