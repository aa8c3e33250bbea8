import { assertEquals } from "@std/assert";
import fc from "fast-check";
import {
  AutomationClass,
  defineInterface,
  implementations,
  implementInterface,
} from "../../lib/automation/interface.ts";
import { ProgIdTable } from "../../lib/automation/progids.ts";
import { DISPATCH } from "../../lib/automation/variant.ts";
import { describeHost, inventory, type ScriptInventory } from "../../lib/vbscript/mod.ts";

/** A library of books: interfaces that give each other, as those of real hosts do. */
class Shelf extends AutomationClass {}
class Book extends AutomationClass {}
class Host extends AutomationClass {}
implementInterface(Book, [
  defineInterface("IBook", "{00000000-0000-0000-0000-000000000001}", {
    Title: { dispid: 0, get: "BSTR", put: "BSTR" },
    Shelf: { dispid: 1, get: "IShelf*" },
  }),
]);
implementInterface(Shelf, [
  defineInterface("IShelf", "{00000000-0000-0000-0000-000000000002}", {
    Item: { dispid: 0, get: "IBook*", params: [["index", "LONG"]] },
    Count: { dispid: 1, get: "LONG" },
    Books: { dispid: 2, get: "SAFEARRAY(IBook*)" },
    Self: { dispid: 3, get: "IShelf*" },
    Anything: { dispid: 4, get: "VARIANT" },
    _NewEnum: { dispid: -4, get: "IUnknown*", element: "IBook*" },
  }),
]);
implementInterface(Host, [
  defineInterface("ITestHost", "{00000000-0000-0000-0000-000000000003}", {
    Echo: { dispid: 1, method: "void", params: [["args", "VARIANT..."]] },
    CreateObject: { dispid: 2, method: "VARIANT", params: [["progId", "BSTR"], ["prefix", "BSTR?"]] },
  }),
]);

const progIds = new ProgIdTable();
progIds.add({ "Test.Shelf": () => new Shelf(), "Test.Book": () => new Book() });
const host = describeHost({
  progIds: Object.fromEntries(progIds.names.map((name) => [name, progIds.create(name)[DISPATCH]])),
  findProgId: (name) => progIds.find(name),
  objects: { WScript: new Host()[DISPATCH] },
});

function mark(supported: boolean | undefined): string {
  return supported === undefined ? "?" : supported ? "+" : "-";
}

function progIdsOf({ progIds }: ScriptInventory): string[] {
  return progIds.map((use) => `${use.line}:${use.column} ${use.via} ${use.progId} ${mark(use.supported)}`);
}

function membersOf({ members }: ScriptInventory): string[] {
  return members.map((use) => `${use.object}.${use.member} ${mark(use.supported)}`);
}

function functionsOf({ functions }: ScriptInventory): string[] {
  return functions.map((use) => `${use.name} ${mark(use.supported)}`);
}

const PROG_IDS: [source: string, ...uses: string[]][] = [
  ['Set a = CreateObject("test.SHELF")', "1:9 CreateObject Test.Shelf +"],
  ['Set a = CreateObject("Test.Shelf.1")', "1:9 CreateObject Test.Shelf +"],
  ['\nSet a = wscript.createobject("Test.Book", "book_")', "2:9 WScript.CreateObject Test.Book +"],
  ['x = 1 : Set a = CreateObject("Excel.Application")', "1:17 CreateObject Excel.Application -"],
  ['Set a = CreateObject("vbscript.regexp")', "1:9 CreateObject VBScript.RegExp +"],
  ["Set a = New RegExp", "1:1 New VBScript.RegExp +"],
  ["Set a = New Missing", "1:1 New Missing -"],
  ["Class Here\nEnd Class\nSet a = New Here"],
  ["Set a = CreateObject(name)", "1:9 CreateObject undefined ?"],
  ['Const P = "Test."\nSet a = CreateObject(P & ("Bo" & "ok"))', "2:9 CreateObject Test.Book +"],
  ['Sub S\nConst P = "Test.Book"\nSet a = CreateObject(P)\nEnd Sub', "3:9 CreateObject Test.Book +"],
  ['Set a = GetObject("winmgmts:\\\\.\\root\\cimv2")', "1:9 GetObject winmgmts: -"],
  ['Set a = GetObject("winmgmts:\\\\" & pc & "\\root\\cimv2")', "1:9 GetObject winmgmts: -"],
  ['Set a = GetObject((scheme & ":") & path)', "1:9 GetObject undefined -"],
  ['p = "Test.Book"\nSet a = CreateObject(p)', "2:9 CreateObject Test.Book +"],
  [
    'Set a = CreateObject(p & ".Book")\nSub S\nDim p\np = "x"\nEnd Sub\np = "Test"',
    "1:9 CreateObject Test.Book +",
  ],
  ['p = "Test.Book"\nIf x Then p = "Test.Shelf"\nSet a = CreateObject(p)', "3:9 CreateObject undefined ?"],
  [
    'For Each p In list\nIf p = "" Then p = "Test.Book"\nSet a = CreateObject(p)\nNext',
    "3:9 CreateObject undefined ?",
  ],
  [
    'S "Test.Shelf"\nSub S(p)\nIf p = "" Then p = "Test.Book"\nSet a = CreateObject(p)\nEnd Sub',
    "4:9 CreateObject undefined ?",
  ],
  ['Set a = GetObject(, "Word.Application")', "1:9 GetObject Word.Application -"],
  ['Set a = GetObject("c:\\books.xls", "Excel.Sheet")', "1:9 GetObject Excel.Sheet -"],
  [
    'If IsObject(CreateObject("A.B")) Then Set c = CreateObject("C.D")',
    "1:13 CreateObject A.B -",
    "1:47 CreateObject C.D -",
  ],
];
for (const [source, ...uses] of PROG_IDS) {
  Deno.test(`inventory() lists ProgIDs: ${JSON.stringify(source)}`, () => {
    assertEquals(progIdsOf(inventory(source, { host })), uses);
  });
}

const SHELF = 'Set s = CreateObject("Test.Shelf")\n';
const MEMBERS: [criterion: string, source: string, ...uses: string[]][] = [
  ["a variable", `${SHELF}n = s.count`, "Test.Shelf.Count +"],
  ["a member that does not exist", `${SHELF}n = s.Cuont`, "Test.Shelf.Cuont -"],
  ["a put", `${SHELF}s.Item(1).Title = "x"`, "Test.Shelf.Item +", "IBook.Title +"],
  ["a default member", `${SHELF}n = s(1).Title & s(2).Titel`, "IBook.Title +", "IBook.Titel -"],
  [
    "arguments behind a property without parameters",
    `${SHELF}n = s.Self(1).Title`,
    "Test.Shelf.Self +",
    "IBook.Title +",
  ],
  ["For Each over a collection", `${SHELF}For Each b In s\nb.Title = 1\nNext`, "IBook.Title +"],
  [
    "For Each over an array of objects",
    `${SHELF}For Each b In s.Books\nb.Titl = 1\nNext`,
    "Test.Shelf.Books +",
    "IBook.Titl -",
  ],
  [
    "an element of an array of objects",
    `${SHELF}n = s.Books()(0).Title`,
    "Test.Shelf.Books +",
    "IBook.Title +",
  ],
  [
    "With",
    `${SHELF}With s.Item(1)\nn = .Title\nWith .Shelf\nn = .Count\nEnd With\nEnd With`,
    "Test.Shelf.Item +",
    "IBook.Title +",
    "IBook.Shelf +",
    "IShelf.Count +",
  ],
  ["another variable", `${SHELF}Set t = s\nn = t.Count`, "Test.Shelf.Count +"],
  ["a variable that is set further down", `Sub A\nn = s.Count\nEnd Sub\n${SHELF}`, "Test.Shelf.Count +"],
  ["a parameter", `${SHELF}Show s\nSub Show(x)\nn = x.Count\nEnd Sub`, "Test.Shelf.Count +"],
  [
    "a parameter by reference",
    `Dim s\nMake s\nn = s.Count\nSub Make(x)\nSet x = CreateObject("Test.Shelf")\nEnd Sub`,
    "Test.Shelf.Count +",
  ],
  [
    "a function's result",
    `n = Make().Count + Make.Cuont\nFunction Make\nSet Make = CreateObject("Test.Shelf")\nEnd Function`,
    "Test.Shelf.Count +",
    "Test.Shelf.Cuont -",
  ],
  [
    "a recursive function",
    `Function F(n)\nSet F = CreateObject("Test.Book")\nIf n > 0 Then m = F(n - 1).Title\nEnd Function`,
    "Test.Book.Title +",
  ],
  [
    "an element that was stored",
    `Dim a(3)\nSet a(1) = CreateObject("Test.Book")\nn = a(1).Title\nFor Each b In a\nn = b.Shelf\nNext`,
    "Test.Book.Title +",
    "Test.Book.Shelf +",
  ],
  [
    "a local variable that hides a global one",
    `${SHELF}Sub A\nDim s\nn = s.Whatever\nEnd Sub`,
    "undefined.Whatever ?",
  ],
  [
    "a variable with two types, by the one that has the member",
    `${SHELF}Set s = CreateObject("Test.Book")\nn = s.Title\nn = s.Count`,
    "Test.Book.Title +",
    "Test.Shelf.Count +",
  ],
  ["what is not known", "n = x.Foo.Bar", "undefined.Foo ?", "undefined.Bar ?"],
  ["what may be any object", `${SHELF}n = s.Anything.Foo`, "Test.Shelf.Anything +", "undefined.Foo ?"],
  [
    "objects that no host describes, by their path",
    'Set x = CreateObject("A.B")\nSet w = x.Books.Open("f")\nFor Each s In w.Sheets\ns.Show\nNext',
    "A.B.Books -",
    "A.B.Books.Open -",
    "A.B.Books.Open.Sheets -",
    "undefined.Show ?",
  ],
  ["a path that goes round", 'Set x = CreateObject("A.B")\nDo\nSet x = x.Next\nLoop', "A.B.Next -"],
  [
    "WScript",
    "WScript.Echo 1\nWScript.StdOut.Write 2",
    "WScript.Echo +",
    "WScript.StdOut -",
    "undefined.Write ?",
  ],
  ["Err", "If Err.Number <> 0 Then Err.Claer", "Err.Number +", "Err.Claer -"],
  [
    "RegExp and what it gives",
    'n = (New RegExp).Execute("a")(0).SubMatches(1)',
    "VBScript.RegExp.Execute +",
    "IMatch2.SubMatches +",
  ],
  [
    "a field of a class",
    `Class C\nPublic S\nEnd Class\nSet c = New C\nSet c.S = CreateObject("Test.Shelf")\nn = c.S.Count`,
    "Test.Shelf.Count +",
  ],
  [
    "a property of a class",
    `Class C\nPrivate m\nProperty Set S(x)\nSet m = x\nEnd Property\nProperty Get S\nSet S = m\nEnd Property\nEnd Class\nSet c = New C\nSet c.S = CreateObject("Test.Shelf")\nn = c.S.Count`,
    "Test.Shelf.Count +",
  ],
  [
    "Me",
    `Class C\nPrivate m\nSub Make\nSet m = CreateObject("Test.Book")\nEnd Sub\nFunction Get1\nSet Get1 = m\nEnd Function\nSub Use\nn = Me.Get1.Title\nEnd Sub\nEnd Class`,
    "Test.Book.Title +",
  ],
];
for (const [criterion, source, ...uses] of MEMBERS) {
  Deno.test(`inventory() knows the object of a member: ${criterion}`, () => {
    const shown = membersOf(inventory(source, { host })).filter((use) =>
      !use.startsWith("WScript.CreateObject")
    );
    assertEquals(shown, uses);
  });
}

const FUNCTIONS: [criterion: string, source: string, ...uses: string[]][] = [
  ["functions in documented spelling", "n = UCASE(left(a, 2))", "UCase +", "Left +"],
  ["a function without parentheses", "n = now", "Now +"],
  ["constants are none", "n = vbCrLf & vbTab"],
  ["functions that wait for a person", 'MsgBox "a"\nn = InputBox("b")', "MsgBox -", "InputBox -"],
  [
    "functions that need more",
    'Set p = LoadPicture("a.bmp")\nSet o = GetObject("x:y")',
    "LoadPicture -",
    "GetObject -",
  ],
  ["procedures of the script are none", "Sub A\nEnd Sub\nA\nCall A\nA"],
  ["a procedure may have a function's name", "Function Left(a)\nEnd Function\nn = Left(1)"],
  ["variables and arrays are none", "Dim second(2)\nn = second(1)\nReDim b(3)\nn = b(1)"],
  [
    "an undeclared variable that a call fills is none",
    "Fill a\nn = a(1)\nSub Fill(x)\nx = Array(1)\nEnd Sub",
    "Array +",
  ],
  ["a procedure that is nowhere", "Sned 1\nn = Trimm(a)", "Sned -", "Trimm -"],
  [
    "a procedure that executed code may bring",
    "ExecuteGlobal code\nInclude 1",
    "ExecuteGlobal +",
    "Include ?",
  ],
];
for (const [criterion, source, ...uses] of FUNCTIONS) {
  Deno.test(`inventory() lists functions: ${criterion}`, () => {
    assertEquals(functionsOf(inventory(source, { host })), uses);
  });
}

Deno.test("inventory() says what was probably meant", () => {
  const { progIds, members, functions } = inventory(
    'Set s = CreateObject("Test.Shelv")\nSet t = CreateObject("Test.Shelf")\nn = t.Coumt\nn = Trimm(n)',
    { host },
  );
  assertEquals(progIds.map((use) => use.nearest), ["Test.Shelf", undefined]);
  assertEquals(members[0]?.nearest, "Count");
  assertEquals(functions.at(-1)?.nearest, "Trim");
});

Deno.test("inventory() says where code is run that the script makes", () => {
  const { runsCode } = inventory('Execute "a = 1"\nSub S\n  ExecuteGlobal t\n  n = 1 + Eval("2")\nEnd Sub', {
    host,
  });
  assertEquals(runsCode.map(({ name, line, column }) => `${name} ${line}:${column}`), [
    "Execute 1:1",
    "ExecuteGlobal 3:3",
    "Eval 4:11",
  ]);
});

Deno.test("inventory() gives the compile error of a script that has one", () => {
  const found = inventory('Set a = CreateObject("Test.Shelf")\nIf a Then\n', { path: "a.vbs", host });
  assertEquals(found.path, "a.vbs");
  assertEquals(found.compileError?.number, 1014);
  assertEquals(found.compileError?.message, "Expected 'End'");
  assertEquals(found.compileError?.line, 3);
});

Deno.test("inventory() without a host knows VBScript alone and calls nothing else unsupported", () => {
  const found = inventory(
    'Set a = CreateObject("A.B")\na.Run\nWScript.Echo Len("x")\nFoo 1\nMsgBox 1\nErr.Nope',
  );
  assertEquals(progIdsOf(found), ["1:9 CreateObject A.B ?"]);
  assertEquals(membersOf(found), ["A.B.Run ?", "WScript.Echo ?", "Err.Nope -"]);
  assertEquals(functionsOf(found), ["CreateObject +", "Len +", "Foo ?", "MsgBox ?"]);
});

Deno.test("inventory() takes the functions that a host adds for supported", () => {
  const withBox = describeHost({ functions: ["MsgBox", "Beep", "GetObject"] });
  const found = inventory('MsgBox 1\nBeep\nSet o = GetObject("x:y")\nInputBox 1', { host: withBox });
  assertEquals(functionsOf(found), ["MsgBox +", "Beep +", "GetObject +", "InputBox -"]);
});

Deno.test("implementations() has the classes that scripts can call", () => {
  const names = implementations().map(({ dispatch }) => dispatch.typeName);
  assertEquals(names.includes("IShelf"), true);
});

Deno.test("inventory() ends quickly however types spread", () => {
  const classes = Array.from(
    { length: 20 },
    (_, index) =>
      `Class C${index}\nFunction F(a)\nSet F = New C${
        (index * 7 + 1) % 20
      }\nSet x = F\nEnd Function\nEnd Class\nSet x = New C${index}`,
  );
  const source = `${classes.join("\n")}\n${
    Array.from({ length: 300 }, (_, index) => `Set v${index} = v${index + 1}`).join("\n")
  }\nSet v300 = x${".F(1)".repeat(99)}\nn = ${"(".repeat(90)}x${".F(x.F(1))".repeat(50)}${")".repeat(90)}\n${
    "n = 1 " + "+ x ".repeat(9_000)
  }`;
  assertEquals(inventory(source, { host }).compileError, undefined);
});

Deno.test("inventory() gives an inventory of any text", () => {
  const words = fc.constantFrom(
    ...'Set Dim x y s . ( ) , = & "A.B" CreateObject GetObject WScript Err New RegExp With End If Then Else For Each In Next Class Sub Function Me Execute 1 : _ Property Get Let Call Exit Do Loop constructor __proto__ toString'
      .split(" "),
    "\n",
    "\n",
    "End Sub\n",
    "End With\n",
    "End Class\n",
  );
  fc.assert(
    fc.property(
      fc.oneof(fc.array(words).map((parts) => parts.join(" ")), fc.string({ unit: "binary" })),
      (source) => {
        const found = inventory(source, { host });
        for (const use of [...found.progIds, ...found.members, ...found.functions]) {
          if (use.line < 1 || use.column < 1) throw new Error(`No place: ${JSON.stringify(use)}`);
        }
      },
    ),
    { numRuns: 3000, seed: 5 },
  );
});
