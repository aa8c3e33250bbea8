import { assertAlmostEquals, assertEquals } from "@std/assert";
import fc from "fast-check";
import {
  Currency,
  DISPATCH,
  makeByte,
  makeDate,
  makeDouble,
  makeLong,
  makeSingle,
  MISSING,
  NOTHING,
  type Variant,
  VariantArray,
  VARTYPE,
} from "../../../lib/automation/variant.ts";
import {
  CONSTANTS,
  createLibrary,
  RandomGenerator,
  RegExpObject,
} from "../../../lib/vbscript/library/mod.ts";
import { DE_DE, library, type Row, show, testRows } from "./_library.ts";

const money = new Currency(-25_000n);
const matrix = new VariantArray([2, 5], new Array<Variant>(18).fill(undefined));
const unbound = new VariantArray([], []);

const ROWS: readonly Row[] = [
  ["CInt", [2.5], "Integer 2"],
  ["CInt", [3.5], "Integer 4"],
  ["CInt", ["&HFF"], "Integer 255"],
  ["CInt", [true], "Integer -1"],
  ["CInt", [undefined], "Integer 0"],
  ["CInt", [40000], "error 6"],
  ["CInt", ["abc"], "error 13"],
  ["CInt", [""], "error 13"],
  ["CInt", [null], "error 94"],
  ["CLng", [1], "Long 1"],
  ["CLng", ["1,234.5"], "Long 1234"],
  ["CLng", [3e9], "error 6"],
  ["CDbl", [1], "Double 1"],
  ["CDbl", ["1e3"], "Double 1000"],
  ["CDbl", [null], "error 94"],
  ["CSng", [0.1], "Single 0.1"],
  ["CSng", [1e39], "error 6"],
  ["CByte", [255], "Byte 255"],
  ["CByte", [256], "error 6"],
  ["CByte", [-1], "error 6"],
  ["CCur", ["12.34567"], "Currency 12.3457"],
  ["CCur", [1e18], "error 6"],
  ["CBool", [0], "Boolean False"],
  ["CBool", ["-2"], "Boolean True"],
  ["CBool", ["true"], "Boolean True"],
  ["CBool", ["x"], "error 13"],
  ["CStr", [true], "String True"],
  ["CStr", [0.1], "String 0.1"],
  ["CStr", [undefined], "String "],
  ["CStr", [null], "error 94"],
  ["CStr", [NOTHING], "error 91"],
  ["CDate", ["3/15/2026"], "Date 3/15/2026"],
  ["CDate", [1.5], "Date 12/31/1899 12:00:00 PM"],
  ["CDate", ["soon"], "error 13"],
  ["CDate", [null], "error 94"],
  ["Asc", ["A"], "Integer 65"],
  ["Asc", ["€uro"], "Integer 128"],
  ["Asc", ["Ω"], "Integer 63"],
  ["Asc", [""], "error 5"],
  ["AscW", ["€"], "Integer 8364"],
  ["AscW", ["\uFFFF"], "Integer -1"],
  ["Chr", [65], "String A"],
  ["Chr", [128], "String €"],
  ["Chr", [255], "String ÿ"],
  ["Chr", [256], "error 5"],
  ["Chr", [-1], "error 5"],
  ["ChrW", [8364], "String €"],
  ["ChrW", [-1], "String \uFFFF"],
  ["ChrW", [65536], "error 5"],
  ["Hex", [255], "String FF"],
  ["Hex", [-1], "String FFFF"],
  ["Hex", [makeLong(-1)], "String FFFFFFFF"],
  ["Hex", [makeByte(200)], "String C8"],
  ["Hex", [undefined], "String 0"],
  ["Hex", [15.5], "String 10"],
  ["Hex", [null], "Null"],
  ["Hex", [1e10], "error 6"],
  ["Oct", [8], "String 10"],
  ["Oct", [-1], "String 177777"],
  ["Oct", ["x"], "error 13"],
  ["Abs", [-5], "Integer 5"],
  ["Abs", [-32768], "Long 32768"],
  ["Abs", [makeLong(-5)], "Long 5"],
  ["Abs", [-2.5], "Double 2.5"],
  ["Abs", ["-2"], "Double 2"],
  ["Abs", [true], "Integer 1"],
  ["Abs", [money], "Currency 2.5"],
  ["Abs", [null], "Null"],
  ["Abs", ["x"], "error 13"],
  ["Int", [-8.4], "Double -9"],
  ["Fix", [-8.4], "Double -8"],
  ["Int", [makeSingle(2.5)], "Single 2"],
  ["Int", [money], "Currency -3"],
  ["Fix", [money], "Currency -2"],
  ["Int", [makeDate(1.75)], "Date 12/31/1899"],
  ["Int", [undefined], "Integer 0"],
  ["Int", [70000], "Long 70000"],
  ["Fix", [-0.5], "Double 0"],
  ["Sgn", [-2.5], "Integer -1"],
  ["Sgn", [0], "Integer 0"],
  ["Sgn", [null], "error 94"],
  ["Sqr", [4], "Double 2"],
  ["Sqr", [-1], "error 5"],
  ["Log", [1], "Double 0"],
  ["Log", [0], "error 5"],
  ["Exp", [0], "Double 1"],
  ["Exp", [710], "error 6"],
  ["Round", [2.5], "Double 2"],
  ["Round", [3.5], "Double 4"],
  ["Round", [-2.5], "Double -2"],
  ["Round", [3.14159, 2], "Double 3.14"],
  ["Round", [0.125, 2], "Double 0.12"],
  ["Round", [1.5, MISSING], "Double 2"],
  ["Round", [7], "Integer 7"],
  ["Round", ["2.5"], "Double 2"],
  ["Round", [money], "Currency -2"],
  ["Round", [new Currency(123_450n), 1], "Currency 12.3"],
  ["Round", [1e300, 2], "Double 1E+300"],
  ["Round", [1, -1], "error 5"],
  ["Round", [1, 23], "error 5"],
  ["Round", [null], "Null"],
  ["FormatNumber", [1234567.89], "String 1,234,567.89"],
  ["FormatNumber", [0.5, 0], "String 1"],
  ["FormatNumber", [2.675], "String 2.68"],
  ["FormatNumber", [-0.001], "String 0.00"],
  ["FormatNumber", [-0.5, 2, 0], "String -.50"],
  ["FormatNumber", [-5, 1, -1, -1], "String (5.0)"],
  ["FormatNumber", [1234, 0, -2, -2, 0], "String 1234"],
  ["FormatNumber", ["12.5", 3], "String 12.500"],
  ["FormatNumber", [1e20, 0], "String 100,000,000,000,000,000,000"],
  ["FormatNumber", [999.999], "String 1,000.00"],
  ["FormatNumber", [money, MISSING, MISSING, -1], "String (2.50)"],
  ["FormatNumber", [1, -2], "error 5"],
  ["FormatNumber", [null], "error 13"],
  ["FormatNumber", ["x"], "error 13"],
  ["FormatPercent", [0.1234], "String 12.34%"],
  ["FormatPercent", [-0.5, 0], "String -50%"],
  ["FormatCurrency", [1234.5], "String $1,234.50"],
  ["FormatCurrency", [-5], "String ($5.00)"],
  ["FormatCurrency", [-5, 2, -1, 0], "String -$5.00"],
  ["IsNumeric", ["12"], "Boolean True"],
  ["IsNumeric", ["$1,000.50"], "Boolean True"],
  ["IsNumeric", ["1 2"], "Boolean False"],
  ["IsNumeric", [""], "Boolean False"],
  ["IsNumeric", ["1e999"], "Boolean False"],
  ["IsNumeric", [undefined], "Boolean True"],
  ["IsNumeric", [null], "Boolean False"],
  ["IsNumeric", [true], "Boolean True"],
  ["IsNumeric", [makeDate(1)], "Boolean False"],
  ["IsNumeric", [NOTHING], "Boolean False"],
  ["IsDate", ["3/15/2026"], "Boolean True"],
  ["IsDate", ["13:99"], "Boolean False"],
  ["IsDate", [makeDate(1)], "Boolean True"],
  ["IsDate", [1], "Boolean False"],
  ["IsArray", [matrix], "Boolean True"],
  ["IsArray", ["x"], "Boolean False"],
  ["IsEmpty", [undefined], "Boolean True"],
  ["IsEmpty", [""], "Boolean False"],
  ["IsNull", [null], "Boolean True"],
  ["IsNull", [undefined], "Boolean False"],
  ["IsObject", [NOTHING], "Boolean True"],
  ["IsObject", ["x"], "Boolean False"],
  ["TypeName", [NOTHING], "String Nothing"],
  ["TypeName", [matrix], "String Variant()"],
  ["TypeName", [new VariantArray([0], [1], false, VARTYPE.Byte)], "String Byte()"],
  ["TypeName", [new RegExpObject()], "String IRegExp2"],
  ["TypeName", [MISSING], "String Error"],
  ["VarType", [null], "Integer 1"],
  ["VarType", [matrix], "Integer 8204"],
  ["VarType", ["x"], "Integer 8"],
  ["VarType", [NOTHING], "Integer 9"],
  ["UBound", [matrix], "Long 2"],
  ["UBound", [matrix, 2], "Long 5"],
  ["LBound", [matrix, 2], "Long 0"],
  ["UBound", [matrix, 3], "error 9"],
  ["UBound", [matrix, 0], "error 9"],
  ["UBound", [unbound], "error 9"],
  ["LBound", [unbound], "error 9"],
  ["UBound", ["x"], "error 13"],
  ["Array", [], "[]"],
  ["Array", [1, "b"], "[Integer 1; String b]"],
  ["RGB", [255, 128, 1], "Long 98559"],
  ["RGB", [300, 0, 0], "Long 255"],
  ["RGB", [-1, 0, 0], "error 5"],
  ["ScriptEngine", [], "String VBScript"],
  ["ScriptEngineMajorVersion", [], "Long 5"],
  ["ScriptEngineMinorVersion", [], "Long 8"],
  ["GetLocale", [], "Long 1033"],
  ["SetLocale", ["de-DE"], "Long 1033"],
];

testRows(ROWS);

testRows([
  ["FormatNumber", [1234567.89], "String 1.234.567,89"],
  ["FormatCurrency", [-5], "String -5,00 €"],
  ["FormatCurrency", [-5, 2, -1, -1], "String (5,00 €)"],
  ["CDbl", ["1,5"], "Double 1.5"],
  ["CStr", [1.5], "String 1,5"],
  ["IsNumeric", ["1.234,5"], "Boolean True"],
  ["GetLocale", [], "Long 1031"],
], DE_DE);

const FUNCTIONS: Readonly<Record<string, number>> = {
  Atn: 0.7853981633974483,
  Cos: 0.5403023058681398,
  Sin: 0.8414709848078965,
  Tan: 1.5574077246549023,
  Exp: 2.718281828459045,
};

for (const [name, expected] of Object.entries(FUNCTIONS)) {
  Deno.test(`${name}() of 1`, () => assertAlmostEquals(library()(name, 1) as number, expected, 1e-15));
}

Deno.test("Array() copies arrays that it is given", () => {
  const inner = VariantArray.of([1]);
  const outer = library()("Array", inner) as VariantArray;
  inner.elements[0] = 2;
  assertEquals(show(outer), "[[Integer 1]]");
});

Deno.test("Len() of an object is that of its default property", () => {
  const found = new RegExpObject();
  found.Pattern = "b+";
  assertEquals(show(library()("Len", found.Execute("abbbc").Item(0))), "Long 3");
});

Deno.test("IsNull() asks an object's default property, and leaves an object without one alone", () => {
  const field = (value: Variant): Variant => ({
    [DISPATCH]: {
      typeName: "Field",
      member: () => undefined,
      defaultMember: { name: "Value", get: () => value },
      enumerate: undefined,
      release: undefined,
      memberNames: [],
    },
  });
  assertEquals(library()("IsNull", field(null)), true);
  assertEquals(library()("IsNull", field(1)), false);
  assertEquals(library()("IsNull", new RegExpObject()), false);
});

Deno.test("Hex() and CLng are inverse", () => {
  const call = library();
  fc.assert(fc.property(fc.integer(), (value) => {
    const long = makeLong(value);
    const digits = call("Hex", long) as string;
    // "&HFFFF" is a signed 16-bit number; a final & would say that it is not.
    if (digits.length !== 4) assertEquals(call("CLng", `&H${digits}`), long);
    assertEquals(parseInt(call("Oct", long) as string, 8) | 0, value);
  }));
});

Deno.test("Round() of a tie goes to the even neighbour", () => {
  const call = library();
  fc.assert(fc.property(fc.integer({ min: -1e6, max: 1e6 }), (value) => {
    const rounded = call("CDbl", call("Round", value + 0.5));
    assertEquals(rounded, makeDouble(value % 2 === 0 ? value : value + 1));
  }));
});

Deno.test("Rnd() gives Windows' numbers", () => {
  const call = library();
  // Microsoft's article 231847 on the generator of Visual Basic names its constants; the numbers are its first ones.
  assertEquals([1, 2, 3].map(() => show(call("Rnd"))), [
    "Single 0.7055475",
    "Single 0.533424",
    "Single 0.5795186",
  ]);
  assertEquals(show(call("Rnd", 0)), "Single 0.5795186");
  assertEquals(show(call("Rnd", -1)), "Single 0.224007");
  assertEquals(show(call("Rnd", makeSingle(-1))), "Single 0.224007");
});

Deno.test("Randomize() after Rnd of a negative number repeats a sequence", () => {
  const sequence = (): string[] => {
    const call = library();
    call("Rnd");
    call("Rnd", -1);
    call("Randomize", 1);
    return [show(call("Rnd")), show(call("Rnd"))];
  };
  assertEquals(sequence()[0], "Single 0.3335753");
  assertEquals(sequence(), sequence());
});

Deno.test("Randomize() without a number takes the time of day", () => {
  const call = library();
  call("Randomize");
  const first = show(call("Rnd"));
  const again = library();
  again("Randomize", again("Timer"));
  assertEquals(show(again("Rnd")), first);
});

Deno.test("RandomGenerator next() has the full period's spread", () => {
  const random = new RandomGenerator();
  let sum = 0;
  for (let index = 0; index < 10_000; index++) sum += random.next();
  assertAlmostEquals(sum / 10_000, 0.5, 0.02);
});

Deno.test("CONSTANTS have their documented values and subtypes", () => {
  const shown = (name: string): string => show(CONSTANTS.get(name));
  assertEquals(CONSTANTS.get("vbcrlf"), "\r\n");
  assertEquals(shown("vbokcancel"), "Integer 1");
  assertEquals(shown("vbred"), "Long 255");
  assertEquals(shown("vbobjecterror"), "Long -2147221504");
  assertEquals(shown("vbtrue"), "Integer -1");
  assertEquals(shown("vbarray"), "Integer 8192");
  assertEquals(CONSTANTS.get("forreading"), undefined);
});

Deno.test("createLibrary() has every documented function that needs neither compiler nor host", () => {
  const names =
    `Abs Array Asc AscB AscW Atn CBool CByte CCur CDate CDbl Chr ChrB ChrW CInt CLng Cos CSng CStr Date
    DateAdd DateDiff DatePart DateSerial DateValue Day Escape Exp Filter Fix FormatCurrency FormatDateTime FormatNumber
    FormatPercent GetLocale Hex Hour InStr InStrB InStrRev Int IsArray IsDate IsEmpty IsNull IsNumeric IsObject Join
    LBound LCase Left LeftB Len LenB Log LTrim Mid MidB Minute Month MonthName Now Oct Randomize Replace RGB Right RightB
    Rnd Round RTrim ScriptEngine ScriptEngineBuildVersion ScriptEngineMajorVersion ScriptEngineMinorVersion Second
    SetLocale Sgn Sin Space Split Sqr StrComp String StrReverse Tan Time Timer TimeSerial TimeValue Trim TypeName UBound
    UCase Unescape VarType Weekday WeekdayName Year`.split(/\s+/);
  const functions = createLibrary({
    now: () => new Date(0),
    locale: () => DE_DE,
    setLocale: () => undefined,
    random: new RandomGenerator(),
  });
  assertEquals(functions.map(({ name }) => name).sort(), names.sort());
});
