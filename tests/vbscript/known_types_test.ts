/** What the compiler knows of types must never show: the edges of its fast paths, wherever the variables are. @module */
import { assertEquals } from "@std/assert";
import { makeLong } from "../../lib/automation/variant.ts";
import { VbsEngine } from "../../lib/vbscript/mod.ts";

/** What leaves its outcome in `x`, and what TypeName and text of that are. */
const ROWS: readonly [name: string, source: string, expected: string][] = [
  ["Integer + Integer beyond 16 bits", "x = 32767\nx = x + 1", "Long 32768"],
  ["Integer - Integer beyond 16 bits", "x = CInt(-32768)\nx = x - 1", "Long -32769"],
  ["Integer within 16 bits again stays a Long", "x = 32767\nx = x + 1\nx = x - 1", "Long 32767"],
  ["Long + Integer beyond 32 bits", "x = 2147483647\nx = x + 1", "Double 2147483648"],
  ["Long - Integer beyond 32 bits", "x = -2147483647\nx = x - 2", "Double -2147483649"],
  ["the least Integer times -1", "y = CInt(-32768)\nx = y * -1", "Long 32768"],
  ["the least Integer negated", "y = CInt(-32768)\nx = -y", "Long 32768"],
  ["the least Long negated", "y = CLng(-2147483647) - 1\nx = -y", "Double 2147483648"],
  ["Long times Long beyond 32 bits", "y = 65536\nx = y * y", "Double 4294967296"],
  ["an integral Double stays one", "y = 1.5\nx = y + 0.5", "Double 2"],
  ["Double + Integer", "y = 2.0\nx = y + 1", "Double 3"],
  ["a quotient is a Double", "y = 6\nx = y / 2", "Double 3"],
  ["an integral quotient", "y = 7\nx = y \\ 2", "Integer 3"],
  ["Empty plus Integer", "x = y + 1", "Integer 1"],
  ["Empty times Double", "x = y * 2.5", "Double 0"],
  ["Empty or a Double times a Double", "If False Then y = 1.5\nx = y * 2.5", "Double 0"],
  ["Empty or an Integer plus Empty", "If False Then y = 1\nx = y + i", "Integer 0"],
  ["a Boolean or an Integer minus a Boolean", "y = 1\nIf True Then y = True\nx = y - y", "Integer 0"],
  ["Empty or an Integer divided", "If False Then y = 1\nx = y / 4", "Double 0"],
  ["a sum of what an error may have left out", "y = 2.5\nx = y * y\nx = x + y", "Double 8.75"],
  ["Empty negated", "x = -y", "Integer 0"],
  ["Empty joined", 'x = y & "a"', "String a"],
  ["Empty compared", "x = (y = 0)", "Boolean True"],
  ["a counter after its loop", "For i = 1 To 3\nNext\nx = i", "Integer 4"],
  ["a counter past 16 bits", "For i = 32760 To 32767\nNext\nx = i", "Long 32768"],
  ["a counter that a Long bound makes Long", "For i = 1 To CLng(2)\nNext\nx = i", "Long 3"],
  [
    "a counter that UBound makes Long",
    'y = Split("a,b", ",")\nFor i = 0 To UBound(y)\nNext\nx = i',
    "Long 2",
  ],
  ["a Double counter", "For i = 0.5 To 2\nNext\nx = i", "Double 2.5"],
  ["a counter down", "For i = 3 To 1 Step -1\nNext\nx = i", "Integer 0"],
  ["a sum that leaves 16 bits in a loop", "x = 0\nFor i = 1 To 1000\nx = x + i\nNext", "Long 500500"],
  [
    "a product that leaves 32 bits in a loop",
    "x = 1\nFor i = 1 To 40\nx = x * 2\nNext",
    "Double 1099511627776",
  ],
  ["a loop that makes a number a string", 'x = 1\nFor i = 1 To 3\nIf i = 2 Then x = "5"\nNext', "String 5"],
  ["and computes with it", 'y = 1\nFor i = 1 To 3\nx = y + 1\ny = "5"\nNext', "Double 6"],
  ["a loop that never runs", 'x = 1\nFor i = 2 To 1\nx = "a"\nNext', "Integer 1"],
  ["Exit Do takes its type along", 'x = 1\nDo\nx = 2.5\nIf x > 2 Then Exit Do\nx = "a"\nLoop', "Double 2.5"],
  ["a branch", 'y = 1\nIf y = 2 Then x = 1 Else x = "b"', "String b"],
  ["CLng as a condition", 'If CLng("0") Then x = 1 Else x = 2', "Integer 2"],
  ["CDbl joined", 'x = CDbl("2") & CLng("3")', "String 23"],
  ["CDbl as an exponent", 'x = 2 ^ CDbl("3")', "Double 8"],
  ["Cos of CDbl", 'x = Cos(CDbl("0"))', "Double 1"],
  ["UBound as a condition", "y = Array(1)\nIf UBound(y) Then x = 1 Else x = 0", "Integer 0"],
  ["a whole Double as text", 'y = 4 / 2\nx = "" & y', "String 2"],
  ["a great Double as text", 'y = 2147483647 * 2.0\nx = "" & y', "String 4294967294"],
  ["a Date as text", 'y = #3:00 PM#\nx = "" & Hour(y)', "String 15"],
];

/** Where the variables can be: locals of the main code, cells that procedures share, a procedure's locals. */
const PLACES: Readonly<Record<string, (source: string) => string>> = {
  "in the main code": (source) => `${source}\nresult = TypeName(x) & " " & x`,
  "in shared globals": (source) =>
    `${source}\nresult = TypeName(x) & " " & x\nSub Touch()\nx = 0 : y = 0 : i = 0\nEnd Sub`,
  "in a procedure": (source) =>
    `Dim result\nRun\nSub Run()\nDim x, y, i\n${source}\nresult = TypeName(x) & " " & x\nEnd Sub`,
  "in a class": (source) =>
    `Dim result\nSet o = New C\no.Run\nClass C\nPrivate x, y, i\nSub Run()\n${source}\n` +
    'result = TypeName(x) & " " & x\nEnd Sub\nEnd Class',
};

function resultOf(source: string, before = ""): unknown {
  using engine = new VbsEngine();
  engine.run(before);
  engine.run(source);
  return engine.evaluate("result");
}

for (const [name, source, expected] of ROWS) {
  Deno.test(`VbsEngine.run() ${name}: ${expected}, wherever the variables are`, () => {
    for (const [place, wrap] of Object.entries(PLACES)) {
      assertEquals(resultOf(wrap(source)), expected, place);
      const resuming = wrap(source.includes("Exit") ? source : `On Error Resume Next\n${source}`);
      assertEquals(resultOf(resuming), expected, `${place}, resuming`);
    }
  });
}

/** What other code does to a variable between two looks at it. */
const DISTURBED: readonly [name: string, source: string, expected: string][] = [
  [
    "a procedure changes a global",
    'x = 1\nChange\nx = x + 1\nresult = TypeName(x) & " " & x\nSub Change()\nx = "7"\nEnd Sub',
    "Double 8",
  ],
  [
    "a function changes the other operand",
    'x = 1\ny = x + Change()\nresult = y & " " & x\nFunction Change()\nx = "7"\nChange = 1\nEnd Function',
    "2 7",
  ],
  [
    "a default property changes the other operand",
    'Set o = New C\nx = 1\ny = x + (o + 1)\nresult = y & " " & TypeName(x) & " " & x\n' +
    'Class C\nPublic Default Property Get Value()\nx = "s"\nValue = 10\nEnd Property\nEnd Class',
    "12 String s",
  ],
  [
    "a default property inside a condition",
    'Set o = New C\nx = 1\nIf o Then y = x & "!"\nresult = y\n' +
    'Class C\nPublic Default Property Get Value()\nx = "s"\nValue = True\nEnd Property\nEnd Class',
    "s!",
  ],
  [
    "a default property read by an assignment",
    'Set o = New C\nx = 1\ny = o\nresult = TypeName(x + 1) & " " & y\n' +
    "Class C\nPublic Default Property Get Value()\nx = 2.5\nValue = 3\nEnd Property\nEnd Class",
    "Double 3",
  ],
  [
    "a reference to the same global",
    'x = 1\nS x\nSub S(a)\nx = 1\na = "9"\nresult = "" & (x + 1)\nEnd Sub\nDim result',
    "10",
  ],
  [
    "two references to one variable",
    'z = 1\nS z, z\nSub S(a, b)\na = 1\nb = "9"\nresult = "" & (a + 1)\nEnd Sub\nDim result',
    "10",
  ],
  [
    "a reference to a field",
    "Set o = New C\no.Run\nClass C\nPrivate f\nSub Run()\nT f\nEnd Sub\n" +
    'Sub T(a)\nf = 1\na = "9"\nresult = "" & (f + 1)\nEnd Sub\nEnd Class\nDim result',
    "10",
  ],
  [
    "a method changes the field",
    "Set o = New C\no.Run\nClass C\nPrivate f\nSub Run()\nf = 1\nOther\nresult = f & TypeName(f)\nEnd Sub\n" +
    "Sub Other()\nf = 2.5\nEnd Sub\nEnd Class\nDim result",
    "2.5Double",
  ],
  [
    "a loop that calls",
    'x = 1\nFor k = 1 To 2\ny = x + 1\nChange\nNext\nresult = TypeName(y)\nSub Change()\nx = "7"\nEnd Sub',
    "Double",
  ],
  [
    "the counter of a loop that calls",
    'For x = 1 To 5\nChange\nn = n + 1\nNext\nresult = n & " " & x\nSub Change()\nx = x + 1.5\nEnd Sub',
    "2 6",
  ],
  [
    "Execute",
    'x = 1\nExecute "x = ""7"""\nx = x + 1\nresult = TypeName(x)',
    "Double",
  ],
  [
    "an index that changes the value to store",
    'Dim a(3)\nSet o = New C\nx = 1\na(o) = x\nresult = TypeName(a(2)) & " " & TypeName(x)\n' +
    'Class C\nPublic Default Property Get Value()\nx = "s"\nValue = 2\nEnd Property\nEnd Class',
    "Integer String",
  ],
  [
    "an error leaves the variable as it was",
    'On Error Resume Next\nx = 1\nx = "a" * 2\nresult = TypeName(x) & Err.Number\nSub T()\nx = 0\nEnd Sub',
    "Integer13",
  ],
  [
    "an error in the middle of a loop",
    'On Error Resume Next\nx = 1\nFor k = 1 To 3\nx = x + 1\nx = x / (2 - k)\nNext\nresult = TypeName(x) & " " & x',
    "Double -4",
  ],
  [
    "a global that a script before set",
    "result = TypeName(x) & (x + 1)\nSub Touch()\nx = 0\nEnd Sub",
    "Integer6",
  ],
  [
    "a global array",
    "Dim a(2)\na(1) = 5\nresult = TypeName(a) & a(1) & UBound(a)\nSub Touch()\na(0) = 0\nEnd Sub",
    "Variant()52",
  ],
  [
    "a string that is too long",
    'On Error Resume Next\nx = String(1000000, "a")\nFor k = 1 To 12\nx = x & x\nNext\nresult = Err.Number > 0',
    "True",
  ],
];

for (const [name, source, expected] of DISTURBED) {
  Deno.test(`VbsEngine.run() ${name}: what was known is forgotten`, () => {
    assertEquals(
      String(resultOf(source, name.includes("script before") ? "x = 5" : "")).replace(/^true$/, "True"),
      expected,
    );
  });
}

Deno.test("VbsEngine.addFunction() a host's function of a library's name gives what it gives", () => {
  using engine = new VbsEngine();
  engine.addFunction("CLng", () => "text");
  engine.addFunction("UBound", () => makeLong(5));
  engine.run('result = CLng(1) & TypeName(CLng(1)) & UBound("a")');
  assertEquals(engine.evaluate("result"), "textString5");
});

const CLASS_C = `Class C
Public F
Private hidden
Public Sub Add(n)
F = F + n
End Sub
Public Property Get Twice()
Twice = F * 2
End Property
Public Property Let Twice(v)
F = v / 2
End Property
Private Sub Secret()
F = 99
End Sub
Public Sub Change(n)
n = n + 1
End Sub
End Class
`;

/** Members that only one class of the script has are called without looking them up; it must not show. */
const DIRECT: readonly [name: string, source: string, expected: string][] = [
  ["a field", "o.F = 32767\no.F = o.F + 1\nresult = TypeName(o.F) & o.F", "Long32768"],
  ["a field that holds a string", 'o.F = "a"\nresult = o.F & TypeName(o.F)', "aString"],
  ["a field that holds Null", "o.F = Null\nresult = TypeName(o.F)", "Null"],
  ["a field that holds an object", "Set o.F = New C\no.F.F = 3\nresult = TypeName(o.F) & o.F.F", "C3"],
  [
    "a field that holds an array gives copies",
    "o.F = Array(1, 2)\na = o.F\na(0) = 9\nb = o.F\nresult = b(0) & a(0)",
    "19",
  ],
  [
    "a field gets a copy of an array",
    "Dim a(1)\na(0) = 1\no.F = a\na(0) = 9\nb = o.F\nresult = b(0)",
    "1",
  ],
  ["a method", "o.F = 1\no.Add 2.5\nresult = TypeName(o.F) & o.F", "Double3.5"],
  ["a property", "o.Twice = 8\nresult = o.F & TypeName(o.Twice) & o.Twice", "4Double8"],
  ["a parameter by reference", "x = 1\no.Change x\nresult = x", "2"],
  ["too few arguments", "On Error Resume Next\no.Add\nresult = Err.Number", "450"],
  ["too many arguments", "On Error Resume Next\no.Add 1, 2\nresult = Err.Number", "450"],
  ["a private method", "On Error Resume Next\no.Secret\nresult = Err.Number & TypeName(o.F)", "438Empty"],
  ["a private field", "On Error Resume Next\nx = o.hidden\nresult = Err.Number", "438"],
  ["an unset variable", "On Error Resume Next\nn.Add 1\nresult = Err.Number", "424"],
  ["Nothing", "On Error Resume Next\nSet n = Nothing\nx = n.F\nresult = Err.Number", "91"],
  ["Nothing assigned to", "On Error Resume Next\nSet n = Nothing\nn.F = 1\nresult = Err.Number", "91"],
  ["a number", "On Error Resume Next\nn = 5\nn.Twice = 1\nresult = Err.Number", "424"],
  [
    "another class of that name",
    'ExecuteGlobal "Class D" & vbLf & "Public F" & vbLf & "Function Twice()" & vbLf & "Twice = ""d""" & vbLf & ' +
    '"End Function" & vbLf & "End Class" & vbLf & "Set p = New D"\np.F = 7\nresult = p.F & p.Twice',
    "7d",
  ],
  ["in a With block", "With o\n.F = 2\n.Add 3\nresult = .F & .Twice\nEnd With", "510"],
];

for (const [name, source, expected] of DIRECT) {
  Deno.test(`VbsEngine.run() members of the only class: ${name}`, () => {
    using engine = new VbsEngine();
    engine.run(`${CLASS_C}Set o = New C\n${source}`);
    assertEquals(engine.evaluate('"" & result'), expected);
  });
}
