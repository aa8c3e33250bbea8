/** Members printed in place of their calls, and loops that keep copies of globals: neither must show. @module */
import { assertEquals, assertThrows } from "@std/assert";
import { Interrupted } from "../../lib/automation/errors.ts";
import { VbsEngine, VbsError } from "../../lib/vbscript/mod.ts";

const COUNTER = `
Class Counter
Public Total
Private last
Public Sub Add(n)
Total = Total + n : last = n
End Sub
Public Property Get Size()
Size = Total
End Property
Public Property Let Size(n)
Total = n
End Property
Public Function Sign()
If Total < 0 Then
Sign = "minus" : Exit Function
End If
Sign = "plus"
End Function
Public Function Half()
Half = Total / 2
End Function
Public Function Larger(n)
n = n + 1
Larger = n
End Function
Public Function Sum(other)
Dim left
left = Total
Sum = left + other.Total
End Function
Public Function Mix(other)
Total = 1
other.Total = "5"
Mix = Total + 1
End Function
Public Function Careful(text)
On Error Resume Next
Careful = CLng(text)
If Err.Number <> 0 Then Careful = -Err.Number
End Function
Public Function Careless(text)
Careless = CLng(text)
End Function
Public Sub Grow(): Total = Total & "!" : End Sub
Public Sub Own(): Me.Add 1 : Add 2 : Size = Size + 10 : End Sub
Public Function Itself(): Set Itself = Me : End Function
Public Sub Count(n)
If n > 0 Then Total = Total + 1 : Count n - 1
End Sub
Public Sub Pass(): Change Total : End Sub
Public Sub PassNamed(): Change last : Total = last : End Sub
Public Function Fails(): Total = 1 : Fails = 5 : Total = "s" : Total = 1 \\ 0 : End Function
End Class
Sub Change(x): x = x + 100 : End Sub
`;

/** What leaves its outcome in `result`, and that as text. */
const ROWS: readonly [name: string, source: string, expected: string][] = [
  [
    "a Long that would fit an Integer",
    "c.Size = CLng(5)\nresult = TypeName(c.Size) & TypeName(c.Total)",
    "LongLong",
  ],
  ["an integral Double", "c.Total = 4\nresult = TypeName(c.Half) & c.Half", "Double2"],
  ["Exit Function", "c.Total = -1\nx = c.Sign\nc.Total = 1\nresult = x & c.Sign", "minusplus"],
  [
    "an argument is evaluated once",
    "Dim k\nc.Add Once()\nresult = k & c.Total\nFunction Once\nk = k + 1\nOnce = 7\nEnd Function",
    "17",
  ],
  ["a parameter that is written", "x = 1\ny = c.Larger(x)\nresult = x & y", "22"],
  ["a parameter that is written, given an expression", "x = 1\ny = c.Larger((x))\nresult = x & y", "12"],
  [
    "a parameter that is written, given an element",
    "Dim a(2)\na(1) = 5\ny = c.Larger(a(1))\nresult = a(1) & y",
    "66",
  ],
  [
    "locals are Empty again in each round",
    "For i = 1 To 3\nc.Total = i\nx = x & c.Sum(c) & c.Itself().Total\nNext\nresult = x",
    "214263",
  ],
  [
    "a result is Empty again in each round",
    "For i = 1 To 2\nc.Total = Null\nIf i = 2 Then c.Total = 3\nx = x & TypeName(c.Size)\nNext\nresult = x",
    "NullInteger",
  ],
  [
    "another instance of the class",
    "Set d = New Counter\nc.Total = 1 : d.Total = 2\nresult = c.Sum(d) & d.Sum(c) & c.Sum(c)",
    "332",
  ],
  [
    "two names of one instance",
    'Set d = c\nc.Total = 1\nd.Total = "x"\nc.Grow\nresult = d.Total & c.Size',
    "x!x!",
  ],
  ["a field written by another name", "x = c.Mix(c)\nresult = TypeName(x) & x", "Double6"],
  [
    "a variable that changes between two calls",
    "Set d = New Counter\nd.Total = 9\nc.Total = 1\nx = c.Size\nSet c = d\nresult = x & c.Size",
    "19",
  ],
  [
    "a variable that is let go",
    "On Error Resume Next\nc.Total = 1\nSet c = Nothing\nx = c.Size\nresult = Err.Number & TypeName(x)",
    "91Empty",
  ],
  [
    "an object in a loop that becomes a number",
    "On Error Resume Next\nFor i = 1 To 2\nc.Add 1\nc = 5\nNext\nresult = Err.Number & c",
    "4245",
  ],
  [
    "an object of another class",
    "Dim o\nFor i = 1 To 2\nIf i = 1 Then Set o = New Counter Else Set o = New Other\no.Size = 3\nx = x & o.Size & TypeName(o)\nNext\nresult = x\n" +
    'Class Other\nPublic Property Get Size()\nSize = "other"\nEnd Property\nPublic Property Let Size(n)\nEnd Property\nEnd Class',
    "3CounterotherOther",
  ],
  [
    "a Sub elsewhere is a Function here",
    'ExecuteGlobal "Class Late" & vbLf & "Function Grow: Grow = 8: End Function" & vbLf & "End Class" & vbLf & "Set p = New Late"\nx = p.Grow\nresult = x',
    "8",
  ],
  ["members that call members", "c.Total = 1\nc.Own\nresult = c.Total", "14"],
  ["Me as a value", "result = c.Itself() Is c", "True"],
  ["a member that calls itself", "c.Count 5\nresult = c.Total", "5"],
  ["a field passed by reference", "c.Total = 1\nc.Pass\nresult = c.Total", "101"],
  ["a private field passed by reference", "c.Add 3\nc.PassNamed\nresult = c.Total", "103"],
  [
    "a member that changes a global which the caller reads",
    "g = 1\nx = g + c.Larger(Touch())\nresult = x & g\nFunction Touch\ng = 50\nTouch = 1\nEnd Function",
    "350",
  ],
  ["Resume Next inside", 'result = c.Careful("x") & c.Careful("4") & Err.Number', "-1340"],
  ["Resume Next outside", 'On Error Resume Next\nx = 1\nx = c.Careless("x")\nresult = x & Err.Number', "113"],
  [
    "Resume Next outside, in a condition",
    'On Error Resume Next\nIf c.Careless("x") > 5 Then result = "in" & Err.Number',
    "in13",
  ],
  [
    "Resume Next outside, in a loop's condition",
    'On Error Resume Next\nDo While c.Careless("x")\nn = n + 1\nIf n = 2 Then Exit Do\nLoop\nresult = n',
    "2",
  ],
  [
    "Resume Next outside, in a loop's bound",
    'On Error Resume Next\nFor i = 1 To c.Careless("x")\nn = n + 1\nNext\nresult = n & " " & Err.Number',
    "1 92",
  ],
  [
    "Resume Next outside, in a case",
    'On Error Resume Next\nSelect Case 1\nCase c.Careless("x")\nresult = "case"\nEnd Select',
    "case",
  ],
  [
    "Resume Next outside, in an assignment to a property",
    'On Error Resume Next\nc.Size = 3\nc.Size = c.Careless("x")\nresult = c.Size',
    "3",
  ],
  [
    "Resume Next outside, what was done stays done",
    "On Error Resume Next\nx = c.Fails\nresult = TypeName(x) & TypeName(c.Total) & c.Total",
    "EmptyStrings",
  ],
  [
    "Resume Next outside and inside",
    'On Error Resume Next\nx = c.Careful("x")\ny = 1 \\ 0\nresult = x & Err.Number',
    "-1311",
  ],
  [
    "On Error GoTo 0 inside leaves the caller's",
    "On Error Resume Next\nz.Off\nx = 1 \\ 0\nresult = Err.Number\nClass Z_\nSub Off\nOn Error GoTo 0\nEnd Sub\nEnd Class\nDim z\nSet z = New Z_",
    "11",
  ],
  ["in a With block", "With c\n.Total = 2\n.Add 3\nresult = .Size & .Half & .Total\nEnd With", "52.55"],
  [
    "in a procedure",
    "result = Run(c)\nFunction Run(o)\no.Size = 7\nRun = o.Size + o.Half\nEnd Function",
    "10.5",
  ],
  [
    "a member that is short calls one that is re-entered",
    "Set r = New Ring\nresult = r.Go(3)\nClass Ring\nFunction Go(n)\nIf n = 0 Then Go = 0 Else Go = n + Back(n - 1)\nEnd Function\nFunction Back(n)\nBack = Go(n)\nEnd Function\nEnd Class",
    "6",
  ],
  [
    "a member named like what the compiler makes",
    "Set o = New X1\no.i0 = 3\nresult = o.i0 & o.R(4)\nClass X1\nPublic i0\nFunction R(v)\nDim i0_r, x0\nx0 = v : i0_r = 1\nR = x0 + i0_r\nEnd Function\nEnd Class",
    "35",
  ],
  [
    "a class that includes redefine",
    'ExecuteGlobal "Class Counter" & vbLf & "Function Size: Size = 77: End Function" & vbLf & "End Class" & vbLf & "Set p = New Counter"\nc.Size = 5\nresult = c.Size & p.Size',
    "577",
  ],
  [
    "a loop over globals that a function changes",
    'g = 1\nFor i = 1 To 3\ng = g + 1\nIf i = 2 Then Touch\nx = x & g & " "\nNext\nresult = x & g\nSub Touch\ng = "9"\nEnd Sub',
    "2 9 10 10",
  ],
  [
    "a loop's copy is written through",
    "g = 0\nFor i = 1 To 3\ng = g + 1.5\nNext\nresult = Look()\nFunction Look\nLook = g & i\nEnd Function",
    "4.54",
  ],
  [
    "a loop left in its middle",
    'g = 0\nDo\ng = g + 1\nIf g = 3 Then Exit Do\nLoop\nresult = Look()\nFunction Look\nLook = "" & g\nEnd Function',
    "3",
  ],
  [
    "a loop left by an error",
    "On Error Resume Next\nRun\nresult = g & Err.Number\nSub Run\nFor i = 1 To 5\ng = g + 1\nx = 1 \\ (3 - i)\nNext\nEnd Sub\nDim g, i",
    "311",
  ],
  [
    "a loop's copy and a reference to the same global",
    "g = 1\nRun g\nresult = g\nSub Run(a)\nFor i = 1 To 3\na = a + 1\ng = g * 2\nNext\nEnd Sub",
    "22",
  ],
  [
    "a loop's copy of a string",
    'g = ""\nFor i = 1 To 3\ng = g & i\nNext\nresult = Look()\nFunction Look\nLook = g & TypeName(g)\nEnd Function',
    "123String",
  ],
  [
    "a loop's copy of an object",
    "Set g = c\nFor i = 1 To 2\ng.Add i\nSet g = New Counter\nNext\nresult = c.Total & g.Total\nSub Touch\nSet g = Nothing\nEnd Sub",
    "1",
  ],
  [
    "a condition that changes what the loop knew",
    'g = 1\nDo While More()\ng = 1\nLoop\nresult = TypeName(g)\nFunction More\nn = n + 1\nMore = n < 3\nIf Not More Then g = "s"\nEnd Function\nDim n',
    "String",
  ],
  [
    "a statement whose call changed a global before the error",
    'On Error Resume Next\ng = CLng(1)\ng = CLng(Bad())\nresult = TypeName(g)\nFunction Bad\ng = "s"\nBad = 1 \\ 0\nEnd Function',
    "String",
  ],
  [
    "a short function",
    "x = Half(CLng(3)) & TypeName(Long3(0))\nresult = x & Half(5)\nFunction Half(n)\nHalf = n / 2\nEnd Function\n" +
    "Function Long3(n)\nLong3 = CLng(3)\nEnd Function",
    "1.5Long2.5",
  ],
  [
    "short procedures that call each other",
    "g = 0\nA 3\nresult = g\nSub A(n)\nIf n > 0 Then B n - 1\ng = g + 1\nEnd Sub\n" +
    "Sub B(n)\nIf n > 0 Then A n - 1\ng = g + 10\nEnd Sub",
    "22",
  ],
  [
    "a short function that changes a global in the same expression",
    "g = 1\nresult = g & Add() & g\nFunction Add\ng = g + 1\nAdd = g\nEnd Function",
    "122",
  ],
  [
    "a comparison of a global that the next argument's call changes",
    "g = 1\nresult = Join2(g < 5, Nine())\ng = 1\nresult = result & Join2(Not (g < 5), Nine())\ng = 1\n" +
    "result = result & Join2(g < 5 And g > 0, Nine())\nFunction Join2(a, b)\nJoin2 = a & b\nEnd Function\n" +
    "Function Nine\nDo While g < 9\ng = g + 1\nLoop\nNine = g\nEnd Function",
    "True9False9True9",
  ],
  [
    "an operator that reads a default property which changes a global",
    "Dim g, o, i, t, x\ng = 1\nSet o = New D\nRun\nresult = t\nSub Run\nFor i = 1 To 3\nx = o + 1\ng = g + 1\n" +
    "t = t * 10000 + g\nNext\nEnd Sub\nClass D\nPublic Default Property Get V()\ng = g * 10\nV = 1\nEnd Property\nEnd Class",
    "1101111111",
  ],
  [
    "a comparison that reads a default property which changes a global",
    "Dim g, o, i, t\ng = 1\nSet o = New D\nRun\nresult = t\nSub Run\nFor i = 1 To 2\nIf o < 5 Then g = g + 1\n" +
    "t = t * 10000 + g\nNext\nEnd Sub\nClass D\nPublic Default Property Get V()\ng = g * 10\nV = 1\nEnd Property\nEnd Class",
    "110111",
  ],
  [
    "an assignment that reads a default property which changes a global",
    "Dim g, o, i, t, x\ng = 1\nSet o = New D\nRun\nresult = t\nSub Run\nFor i = 1 To 2\nx = o\ng = g + x\n" +
    "t = t * 10000 + g\nNext\nEnd Sub\nClass D\nPublic Default Property Get V()\ng = g * 10\nV = 1\nEnd Property\nEnd Class",
    "110111",
  ],
  [
    "a default property that changes a global, and fails",
    "Dim g, o, i, t, x\ng = 1\nSet o = New D\nRun\nresult = t\nSub Run\nOn Error Resume Next\n" +
    "For i = 1 To 2\nx = o + 1\ng = g + 1\nt = t * 10000 + g\nNext\nEnd Sub\n" +
    "Class D\nPublic Default Property Get V()\ng = g * 10\nV = 1 \\ 0\nEnd Property\nEnd Class",
    "110111",
  ],
  [
    "nested loops over copies",
    'g = 0 : h = 0\nFor i = 1 To 3\nh = h + 1\nFor j = 1 To 3\ng = g + h\nIf j = 2 And i = 2 Then Touch\nNext\nNext\nresult = g & " " & h\nSub Touch\nh = 10\nEnd Sub',
    "50 11",
  ],
];

function resultOf(source: string): unknown {
  using engine = new VbsEngine();
  engine.run(source);
  return engine.evaluate('"" & result');
}

for (const [name, source, expected] of ROWS) {
  Deno.test(`VbsEngine.run() ${name}: as if it were called`, () => {
    const program = `Dim result\nSet c = New Counter\n${source}\n${COUNTER}`;
    assertEquals(resultOf(program), expected);
    // What counts references inlines nothing.
    assertEquals(
      resultOf(`${program}\nClass Last\nSub Class_Terminate\nEnd Sub\nEnd Class`),
      expected,
      "counted",
    );
  });
}

/** Where an error is, and the call stack. */
const ERRORS: readonly [name: string, source: string, expected: string][] = [
  ["in a method", "Set o = New E\nx = 1\no.Bad 0\n", "7:3 Bad 7,  3"],
  ["in a getter inside an expression", "Set o = New E\nx = 1 + o.Value * 2\n", "9:3 Value 9,  2"],
  ["in a setter", "Set o = New E\no.Value = 0\n", "12:3 Value 12,  2"],
  ["in a member's member", "Set o = New E\n\n\no.Outer\n", "8:3 Bad 8, Outer 18,  4"],
  ["after a member", 'Set o = New E\nx = o.Fine() + CLng(Empty & "a")\n', "2:1  2"],
  ["after a member, in the same line", "Set o = New E\nIf o.Fine() = 4 Then x = 1 \\ 0\n", "2:22  2"],
  [
    "in a procedure that calls it",
    "Set o = New E\nRun o\nSub Run(p)\np.Bad 0\nEnd Sub",
    "8:3 Bad 8, Run 4,  2",
  ],
];

for (const [name, source, expected] of ERRORS) {
  Deno.test(`VbsEngine.run() an error ${name} has its place and call stack`, () => {
    const program = `${source}
Class E
Sub Bad(n) : Dim y
  y = 1 \\ n
End Sub
Property Get Value()
  Value = 1 \\ 0
End Property
Property Let Value(v)
  v = 1 \\ v
End Property
Function Fine() : Fine = 4 : End Function
Sub Outer() : Dim z
  Bad 0
End Sub
End Class`;
    for (const text of [program, `${program}\nClass Last\nSub Class_Terminate\nEnd Sub\nEnd Class`]) {
      using engine = new VbsEngine();
      const error = assertThrows(() => engine.run(text), VbsError);
      const stack = error.callStack.map(({ procedure, line }) => `${procedure} ${line}`).join(", ");
      assertEquals(`${error.line}:${error.column} ${stack}`, expected);
    }
  });
}

Deno.test("VbsEngine.run() Class_Terminate runs in each round of a loop, and while members run", () => {
  using engine = new VbsEngine();
  engine.run(`
Dim trace
For i = 1 To 3
  Set o = New T
  o.Id = i
  trace = trace & o.Show() & " "
  If i = 2 Then o.Leave
Next
trace = trace & "after "
Class T
Public Id
Public Function Show() : Show = "s" & Id : End Function
Public Sub Leave() : Set o = Nothing : trace = trace & "left" & Id & " " : End Sub
Private Sub Class_Terminate() : trace = trace & "t" & Id & " " : End Sub
End Class
Dim o`);
  assertEquals(engine.evaluate("trace"), "s1 t1 s2 left2 t2 s3 after ");
});

Deno.test("VbsEngine.run() a loop of inlined members can be interrupted", () => {
  const interrupt = new Int32Array(1);
  using engine = new VbsEngine({
    interrupt,
    onInterrupt: () => {
      throw new Interrupted("signal");
    },
  });
  engine.addFunction("raiseFlag", () => {
    interrupt[0] = 1;
    return undefined;
  });
  const source =
    "On Error Resume Next\nSet c = New Counter\nDo\nc.Add 1\nIf c.Total = 100 Then raiseFlag\nLoop";
  assertThrows(() => engine.run(`${source}\n${COUNTER}`), Interrupted);
});

/** Parts of strings, whose short way must give what the function does; an error's number where there is none. */
const PARTS: readonly [part: string, result: string | number][] = [
  ["Mid(t, i, 2)", "bc"],
  ["Mid(t, i)", "bcdef"],
  ["Mid(t, 6, 9)", "f"],
  ["Mid(t, 7, 1)", ""],
  ["Mid(t, 1, 0)", ""],
  ["Mid(t, 0, 1)", 5],
  ["Mid(t, i, -1)", 5],
  ["Mid(t, 1.5, d)", "bc"],
  ["Mid(t, CByte(2), True)", 5],
  ["Mid(t, i, Empty)", ""],
  ["Mid(t, i,)", "bcdef"],
  ['Mid(t, "2", 1)', "b"],
  ["Mid(t, Null, 1)", 94],
  ["Mid(t, 40000, 2147483647)", ""],
  ["Mid(t, 2, 2147483647)", "bcdef"],
  ["Mid(12345, i, 2)", "23"],
  ["Mid(Null, i, 2)", ""],
  ["Left(t, i)", "ab"],
  ["Left(t, 0)", ""],
  ["Left(t, 9)", "abcdef"],
  ["Left(t, -i)", 5],
  ["Left(t, d)", "ab"],
  ["Left(Empty, i)", ""],
  ["Right(t, i)", "ef"],
  ["Right(t, 0)", ""],
  ["Right(t, 9)", "abcdef"],
  ["Right(t, -i)", 5],
  ["Right(t, d)", "ef"],
  ["Right(Left(t, i), 1)", "b"],
  ["Left(t & t, i * 4)", "abcdefab"],
];

for (const [part, result] of PARTS) {
  for (const where of ["global", "local", "element", "shared"] as const) {
    Deno.test(`VbsEngine.run() takes the part ${part} of a ${where} text`, () => {
      using engine = new VbsEngine();
      const values = 't = "abcdef" : i = 2 : d = 1.5';
      const element = part.replaceAll(/\bt\b/g, "a(1)").replaceAll(/\bi\b/g, "a(2)");
      const code = {
        global: `${values}\nr = "" & ${part}`,
        local: `Dim r\nSub S()\nDim t, i, d\n${values}\nr = "" & ${part}\nEnd Sub\nS`,
        element: `${values}\nDim a(2)\na(1) = t : a(2) = i\nr = "" & ${element}`,
        shared: `${values}\nr = "" & ${part}\nSub Change()\nt = "" : i = 7 : d = 8\nEnd Sub`,
      }[where];
      if (typeof result === "string") {
        engine.run(code);
        assertEquals(engine.evaluate("r"), result);
      } else {
        const error = assertThrows(() => engine.run(code), VbsError);
        assertEquals(error.number & 0xffff, result);
      }
    });
  }
}
