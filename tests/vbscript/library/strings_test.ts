import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { MISSING, NOTHING, VariantArray, VARTYPE } from "../../../lib/automation/variant.ts";
import { library, type Row, show, testRows } from "./_library.ts";

const list = VariantArray.of(["Sunday", "Monday", "wednesday"]);
const bytes = new VariantArray([2], [65, 13, 10], false, VARTYPE.Byte);

const ROWS: readonly Row[] = [
  ["Len", ["abc"], "Long 3"],
  ["Len", [""], "Long 0"],
  ["Len", [undefined], "Long 0"],
  ["Len", [12345], "Long 5"],
  ["Len", [null], "Null"],
  ["Len", [list], "error 13"],
  ["Len", [NOTHING], "error 91"],
  ["Left", ["abc", 2], "String ab"],
  ["Left", ["abc", 9], "String abc"],
  ["Left", ["abc", 0], "String "],
  ["Left", ["abc", "1.5"], "String ab"],
  ["Left", ["abc", -1], "error 5"],
  ["Left", [null, 1], "Null"],
  ["Left", ["abc", null], "error 94"],
  ["Left", ["abc"], "error 450"],
  ["Right", ["abc", 2], "String bc"],
  ["Right", ["abc", 9], "String abc"],
  ["Right", ["abc", 0], "String "],
  ["Right", ["abc", -1], "error 5"],
  ["Mid", ["abcdef", 3], "String cdef"],
  ["Mid", ["abcdef", 3, 2], "String cd"],
  ["Mid", ["abcdef", 3, MISSING], "String cdef"],
  ["Mid", ["abcdef", 3, undefined], "String "],
  ["Mid", ["abcdef", 7], "String "],
  ["Mid", ["abcdef", 99, 3], "String "],
  ["Mid", ["abcdef", 0], "error 5"],
  ["Mid", ["abcdef", 1, -1], "error 5"],
  ["Mid", [null, 1], "Null"],
  ["Trim", ["  a b  "], "String a b"],
  ["LTrim", ["  a "], "String a "],
  ["RTrim", [" a  "], "String  a"],
  ["Trim", ["\t a\r\n"], "String \t a\r\n"],
  ["Trim", ["   "], "String "],
  ["Trim", [null], "Null"],
  ["InStr", ["XXpXXp", "p"], "Long 3"],
  ["InStr", [4, "XXpXXP", "P", 0], "Long 6"],
  ["InStr", [4, "XXpXXpXXPXXP", "P", 1], "Long 6"],
  ["InStr", [1, "XXpXXP", "W"], "Long 0"],
  ["InStr", [1, "aXb", "x", MISSING], "Long 0"],
  ["InStr", ["abc", ""], "Long 1"],
  ["InStr", [3, "abc", ""], "Long 3"],
  ["InStr", ["", "a"], "Long 0"],
  ["InStr", ["", ""], "Long 0"],
  ["InStr", [4, "abc", "a"], "Long 0"],
  ["InStr", [0, "abc", "a"], "error 5"],
  ["InStr", [-1, "abc", "a"], "error 5"],
  ["InStr", [1, "abc", "a", 7], "error 5"],
  ["InStr", [null, "abc", "a"], "error 94"],
  ["InStr", [null, "a"], "Null"],
  ["InStr", ["a", null], "Null"],
  ["InStrRev", ["XXpXXp", "p"], "Long 6"],
  ["InStrRev", ["XXpXXp", "p", 5], "Long 3"],
  ["InStrRev", ["XXpXXp", "P", -1, 1], "Long 6"],
  ["InStrRev", ["XXpXXp", "P", MISSING, 0], "Long 0"],
  ["InStrRev", ["abcabc", "bc", 5], "Long 2"],
  ["InStrRev", ["abc", ""], "Long 3"],
  ["InStrRev", ["abc", "", 2], "Long 2"],
  ["InStrRev", ["", "a"], "Long 0"],
  ["InStrRev", ["a", "abc"], "Long 0"],
  ["InStrRev", ["abc", "a", 4], "Long 0"],
  ["InStrRev", ["abc", "a", 0], "error 5"],
  ["InStrRev", ["abc", "a", -2], "error 5"],
  ["InStrRev", [null, "a"], "Null"],
  ["Replace", ["aXbXc", "X", "--"], "String a--b--c"],
  ["Replace", ["aXbXc", "x", "-", 1, -1, 1], "String a-b-c"],
  ["Replace", ["aXbXc", "x", "-"], "String aXbXc"],
  ["Replace", ["aXbXc", "X", "-", 3], "String b-c"],
  ["Replace", ["aXbXc", "X", "-", 1, 1], "String a-bXc"],
  ["Replace", ["aXbXc", "X", "-", MISSING, MISSING, 1], "String a-b-c"],
  ["Replace", ["aXbXc", "X", "-", 1, 0], "String aXbXc"],
  ["Replace", ["aXb", "", "-"], "String aXb"],
  ["Replace", ["a.b", ".", "$&$1$$"], "String a$&$1$$b"],
  ["Replace", ["abc", "b", ""], "String ac"],
  ["Replace", ["abc", "b", "x", 9], "String "],
  ["Replace", ["abc", "b", "x", 0], "error 5"],
  ["Replace", ["abc", "b", "x", 1, -2], "error 5"],
  ["Replace", [null, "b", "x"], "error 94"],
  ["Replace", ["abc", null, "x"], "error 94"],
  ["Replace", ["a1b", 1, 2], "String a2b"],
  ["StrComp", ["ABCD", "abcd", 1], "Integer 0"],
  ["StrComp", ["ABCD", "abcd", 0], "Integer -1"],
  ["StrComp", ["abcd", "ABCD"], "Integer 1"],
  ["StrComp", ["a", "B", 1], "Integer -1"],
  ["StrComp", ["a", "b", 3], "error 5"],
  ["StrComp", [null, "b"], "Null"],
  ["Split", ["a b c"], "[String a; String b; String c]"],
  ["Split", ["a,b,,c", ","], "[String a; String b; String ; String c]"],
  ["Split", ["a,b,c", ",", 2], "[String a; String b,c]"],
  ["Split", ["aXbxc", "x", -1, 1], "[String a; String b; String c]"],
  ["Split", ["a b", MISSING, 1], "[String a b]"],
  ["Split", ["", ","], "[]"],
  ["Split", ["abc", ""], "[String abc]"],
  ["Split", ["a,b", ",", 0], "[]"],
  ["Split", ["a,b", ",", -2], "error 5"],
  ["Split", [null], "error 94"],
  ["Join", [list], "String Sunday Monday wednesday"],
  ["Join", [list, ""], "String SundayMondaywednesday"],
  ["Join", [VariantArray.of([1, undefined, true, "x"]), ","], "String 1,,True,x"],
  ["Join", [VariantArray.of([]), ","], "String "],
  ["Join", [VariantArray.of(["a", null])], "error 13"],
  ["Join", ["abc"], "error 13"],
  ["Join", [new VariantArray([0, 0], ["a"])], "error 13"],
  ["Filter", [list, "n"], "[String Sunday; String Monday; String wednesday]"],
  ["Filter", [list, "Mon"], "[String Monday]"],
  ["Filter", [list, "Mon", false], "[String Sunday; String wednesday]"],
  ["Filter", [list, "WED", true, 1], "[String wednesday]"],
  ["Filter", [list, "WED"], "[]"],
  ["Filter", ["x", "x"], "error 13"],
  ["LCase", ["ÄBC"], "String äbc"],
  ["LCase", ["ΣΑΣ"], "String σασ"],
  ["UCase", ["straße é"], "String STRAßE É"],
  ["UCase", [null], "Null"],
  ["StrReverse", ["abc"], "String cba"],
  ["StrReverse", [null], "error 94"],
  ["Space", [3], "String    "],
  ["Space", [0], "String "],
  ["Space", [-1], "error 5"],
  ["Space", [2147483647], "error 14"],
  ["String", [3, "xyz"], "String xxx"],
  ["String", [2, 65], "String AA"],
  ["String", [2, 256 + 66], "String BB"],
  ["String", [0, "x"], "String "],
  ["String", [-1, "x"], "error 5"],
  ["String", [1, ""], "error 5"],
  ["String", [null, "x"], "Null"],
  ["Escape", ["a b+ä€/"], "String a%20b+%E4%u20AC/"],
  ["Unescape", ["a%20b%E4%u20AC%zz"], "String a bä€%zz"],
  ["LenB", ["abc"], "Long 6"],
  ["LenB", [bytes], "Long 3"],
  ["AscB", ["A"], "Byte 65"],
  ["AscB", [""], "error 5"],
  ["ChrB", [65], "String A"],
  ["ChrB", [256], "error 5"],
  ["LeftB", ["abc", 2], "String a"],
  ["RightB", ["abc", 2], "String c"],
  ["MidB", ["abc", 3, 2], "String b"],
  ["MidB", [bytes, 2, 1], "String \r"],
  ["MidB", ["abc", 0], "error 5"],
  ["InStrB", ["abc", "b"], "Long 3"],
  ["InStrB", [1, bytes, "\n"], "Long 3"],
  ["InStrB", [bytes, "Z"], "Long 0"],
];

testRows(ROWS);

Deno.test("Left() an error names the function", () => {
  const message = (() => {
    try {
      return show(library()("Left", "abc", "x"));
    } catch (error) {
      return (error as Error).message;
    }
  })();
  assertEquals(message, "Type mismatch: 'Left'");
});

Deno.test("Join() undoes Split", () => {
  const call = library();
  fc.assert(fc.property(fc.string(), fc.string({ minLength: 1, maxLength: 3 }), (text, delimiter) => {
    assertEquals(call("Join", call("Split", text, delimiter), delimiter), text);
  }));
});

Deno.test("Replace() is Join of Split", () => {
  const call = library();
  const few = fc.string({ unit: fc.constantFrom("a", "b", "A", "$"), maxLength: 12 });
  fc.assert(
    fc.property(
      few,
      few.filter((text) => text !== ""),
      few,
      fc.integer({ min: 0, max: 1 }),
      (text, find, to, mode) => {
        const parts = call("Split", text, find, -1, mode);
        assertEquals(call("Replace", text, find, to, 1, -1, mode), call("Join", parts, to));
      },
    ),
  );
});

Deno.test("Unescape() undoes Escape", () => {
  const call = library();
  fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => {
    assertEquals(call("Unescape", call("Escape", text)), text);
  }));
});
