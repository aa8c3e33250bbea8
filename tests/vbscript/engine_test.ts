/** The engine as hosts see it: objects, references, errors, interruption, clean-up. @module */
import { assert, assertEquals, assertInstanceOf, assertStrictEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { AutomationError, Interrupted, Unwinding } from "../../lib/automation/errors.ts";
import {
  type AutomationObject,
  DISPATCH,
  type Dispatch,
  type DispatchMember,
  makeLong,
  MISSING,
  NOTHING,
  UNKNOWN,
  type Variant,
  VariantArray,
  type VariantRef,
} from "../../lib/automation/variant.ts";
import { compile, VbsEngine, VbsError } from "../../lib/vbscript/mod.ts";

/** A host object with the given members; keeps what it was called with. */
class Host implements AutomationObject {
  readonly [DISPATCH]: Dispatch;
  readonly calls: (readonly Variant[])[] = [];

  constructor(members: Record<string, Omit<DispatchMember, "name">>, options: Partial<Dispatch> = {}) {
    const table = new Map(
      Object.entries(members).map(([name, member]) => [name.toLowerCase(), { name, ...member }] as const),
    );
    this[DISPATCH] = {
      typeName: "Host",
      member: (name) => table.get(name.toLowerCase()),
      defaultMember: undefined,
      enumerate: undefined,
      release: undefined,
      memberNames: Object.keys(members),
      ...options,
    };
  }
}

function run(source: string, objects: Record<string, AutomationObject> = {}): VbsEngine {
  const engine = new VbsEngine();
  for (const [name, object] of Object.entries(objects)) engine.addObject(name, object);
  engine.run(source, { path: "C:\\a.vbs" });
  return engine;
}

function failure(source: string, objects: Record<string, AutomationObject> = {}): VbsError {
  return assertThrows(() => run(source, objects), VbsError);
}

Deno.test("VbsEngine.addObject() members are called in any case, missing arguments are MISSING", () => {
  const host: Host = new Host({
    DoIt: {
      call: (_object, args) => {
        host.calls.push(args);
        return makeLong(args.length);
      },
    },
  });
  const engine = run('x = host.doit(1, , "c")', { host });
  assertEquals(host.calls, [[1, MISSING, "c"]]);
  assertEquals(engine.evaluate("x"), makeLong(3));
  assertEquals(engine.evaluate("TypeName(x)"), "Long");
});

Deno.test("VbsEngine byReference parameters change variables, elements, and no expressions", () => {
  const add: DispatchMember["call"] = (_object, args) => {
    const reference = args[0] as VariantRef;
    if (typeof reference === "object") reference.write((reference.read() as number) + 1);
    return undefined;
  };
  const host = new Host({ Add: { call: add, byReference: [true] } });
  const engine = run(
    "Dim a(1) : a(1) = 5 : n = 1 : host.Add n : host.Add a(1) : host.Add (n) : Sub S : q = 1 : host.Add q : n2 = q : r = q : End Sub",
    {
      host,
    },
  );
  assertEquals(engine.evaluate("n"), 2);
  assertEquals(engine.evaluate("a(1)"), 6);
});

Deno.test("VbsEngine indexed put, putRef, default member and enumeration reach the host", () => {
  const log: string[] = [];
  const host = new Host({
    Item: {
      get: (_object, args) => `got ${args.join()}`,
      put: (_object, args, value) => void log.push(`put ${args.join()} ${String(value)}`),
      putRef: (_object, args, value) => void log.push(`ref ${args.join()} ${value === NOTHING}`),
    },
  }, { enumerate: () => ["a", "b"][Symbol.iterator]() });
  Object.assign(host[DISPATCH], { defaultMember: host[DISPATCH].member("item") });
  const engine = run(
    'host.Item("k") = 1 : host("d") = 2 : Set host.Item("n") = Nothing : v = host("x") : For Each e In host : s = s & e : Next',
    { host },
  );
  assertEquals(log, ["put k 1", "put d 2", "ref n true"]);
  assertEquals(engine.evaluate("v & s"), "got xab");
});

Deno.test("VbsEngine objects without IDispatch are assigned with and without Set, and handed on", () => {
  const stream = { [UNKNOWN]: true } as const;
  const host: Host = new Host({
    ImageStream: { get: () => stream },
    Write: { call: (_object, args) => void host.calls.push(args) },
  });
  const engine = run("s = host.ImageStream : Set t = s : host.Write(s) : host.Write t", { host });
  assertEquals(host.calls.map(([value]) => value === stream), [true, true]);
  assertEquals(engine.evaluate("TypeName(s) & VarType(t)"), "Unknown13");
});

Deno.test("VbsEngine a property without parameters is read and then indexed", () => {
  const list = VariantArray.of(["zero", "one"]);
  const host = new Host({
    List: {
      get: (_object, args) => {
        if (args.length > 0) throw new AutomationError(450, "Wrong number of arguments");
        return list;
      },
    },
  });
  assertEquals(run("x = host.List(1)", { host }).evaluate("x"), "one");
});

Deno.test("VbsError of a host's error keeps number, source, cause and place", () => {
  const cause = new AutomationError(0xC0AA0202, "The drive holds no medium", { source: "IMAPI2" });
  const host = new Host({
    Write: {
      call: () => {
        throw cause;
      },
    },
  });
  const error = failure("x = 1\nSub Burn\n  host.Write\nEnd Sub\n  Burn", { host });
  assertEquals(error.number, 0xC0AA0202 | 0);
  assertEquals(error.format(), "C:\\a.vbs(3, 3) IMAPI2: The drive holds no medium");
  assertStrictEquals(error.cause, cause);
  const path = "C:\\a.vbs";
  assertEquals(error.callStack, [{ procedure: "Burn", line: 3, path }, { procedure: "", line: 5, path }]);
  assertEquals(
    error.explain().split("\n").slice(1),
    ["    host.Write", "  at Burn (C:\\a.vbs:3)", "  at the script (C:\\a.vbs:5)"],
  );
  assertEquals(error.sourceLine, "  host.Write");
});

for (
  const [source, suggestion] of [
    ["host.Wrtie", "Write"],
    ["x = host.Writ(1)", "Write"],
    ["host.Nothing1", ""],
    ["Option Explicit\nDim counter\ncountr = 1", "counter"],
    ["Option Explicit\nSub S\nDim fileName\nx = filName\nEnd Sub\nS", "fileName"],
    ["Option Explicit\nx = LCas", "lcase"],
    [
      "Option Explicit\nClass C\nPublic Total\nSub Add\nTota = 1\nEnd Sub\nEnd Class\nCall (New C).Add",
      "Total",
    ],
  ] as const
) {
  Deno.test(`VbsError.suggestion of ${JSON.stringify(source)} is ${JSON.stringify(suggestion)}`, () => {
    const host = new Host({ Write: { call: () => undefined } });
    const error = failure(source, { host });
    assertEquals(error.suggestion, suggestion);
    // What scripts see of it stays as cscript has it.
    assert(!error.message.includes("did you mean"));
  });
}

Deno.test("VbsError.format() prints as cscript does", () => {
  assertEquals(
    failure('x = 1\n  y = CInt("a")').format(),
    "C:\\a.vbs(2, 3) Microsoft VBScript runtime error: Type mismatch: 'CInt'",
  );
  assertEquals(
    failure("x = 1 +").format(),
    "C:\\a.vbs(1, 8) Microsoft VBScript compilation error: Syntax error",
  );
});

Deno.test("VbsEngine known HRESULTs become VBScript's numbers", () => {
  const host = new Host({
    Fail: {
      call: (_object, [number]) => {
        throw new AutomationError(number as number, "host");
      },
    },
  });
  for (
    const [hresult, expected] of [[0x80070005, 70], [0x80020009, 0x80020009 | 0], [0x800A01A8, 424]] as const
  ) {
    assertEquals(failure(`host.Fail ${hresult | 0}`, { host }).number, expected);
  }
});

Deno.test("VbsEngine a denied permission is error 70", () => {
  const host = new Host({
    Read: {
      call: () => {
        throw new Deno.errors.NotCapable("read access");
      },
    },
  });
  assertEquals(failure("host.Read", { host }).number, 70);
});

class Quit extends Unwinding {}

Deno.test("VbsEngine an Unwinding passes On Error Resume Next as it is", () => {
  const quit = new Quit();
  const host = new Host({
    Quit: {
      call: () => {
        throw quit;
      },
    },
  });
  const thrown = assertThrows(() =>
    run("On Error Resume Next\nSub S\nOn Error Resume Next\nhost.Quit\nEnd Sub\nS", { host })
  );
  assertStrictEquals(thrown, quit);
});

for (
  const source of [
    "Do\nLoop",
    "While True\nWend",
    "Sub S\nS\nEnd Sub\nDo\nOn Error Resume Next\nS\nLoop",
    "For i = 1 To 2 Step 0\nNext",
  ]
) {
  Deno.test(`VbsEngine the interrupt flag ends ${JSON.stringify(source)}`, () => {
    let polls = 0;
    const interrupt = new Int32Array(1);
    const engine = new VbsEngine({
      interrupt,
      onInterrupt: () => {
        polls++;
        throw new Interrupted("timeout");
      },
    });
    interrupt[0] = 1;
    assertThrows(() => engine.run(source), Interrupted);
    assertEquals(polls, 1);
  });
}

Deno.test("VbsEngine.call() calls procedures of scripts, with references", () => {
  const engine = run(
    'Dim g\nSub Evt_Update(a, ByVal b)\n a = a + b\n g = b\nEnd Sub\nFunction F(x)\n F = x & "!"\nEnd Function',
  );
  assertEquals(engine.hasProcedure("EVT_update"), true);
  assertEquals(engine.hasProcedure("other"), false);
  assertEquals(engine.call("f", ["a"]), "a!");
  let value: Variant = 1;
  const reference: VariantRef = {
    read: () => value,
    write: (changed) => {
      value = changed;
    },
  };
  engine.call("Evt_Update", [reference as unknown as Variant, 41]);
  assertEquals(value, 42);
  assertEquals(engine.evaluate("g"), 41);
  assertEquals(assertThrows(() => engine.call("missing"), VbsError).number, 35);
});

Deno.test("VbsEngine scripts of one engine share their globals", () => {
  const engine = new VbsEngine();
  engine.run(
    "Dim shared : shared = 1 : Const K = 5\nSub Bump : shared = shared + K : late = Later(2) : End Sub",
  );
  engine.run("Function Later(n) : Later = n * 10 : End Function\nBump : shared = shared + 1");
  assertEquals(engine.evaluate("shared"), 7);
});

Deno.test("VbsEngine[Symbol.dispose]() runs Class_Terminate of what is left, then releases host objects", () => {
  const log: string[] = [];
  const stream: Host = new Host({}, { release: () => void log.push("released") });
  const host = new Host({ Open: { get: () => stream } });
  const engine = new VbsEngine();
  engine.addObject("host", host);
  engine.addFunction("note", (text) => void log.push(String(text)));
  engine.run(
    'Class C\nSub Class_Terminate\nnote "terminated"\nEnd Sub\nEnd Class\nSet a = New C\nSet b = host.Open',
  );
  assertEquals(log, []);
  engine[Symbol.dispose]();
  assertEquals(log, ["terminated", "released"]);
});

Deno.test("VbsEngine a script shadows host names and built-in functions", () => {
  const host = new Host({ X: { get: () => 1 } });
  const engine = run(
    'Dim wscript : wscript = 5\nFunction Replace(a) : Replace = "mine" & a : End Function\nx = Replace(1)',
    {
      wscript: host,
    },
  );
  assertEquals(engine.evaluate("x & wscript"), "mine15");
});

Deno.test("compile() any text gives a program or a compile error", () => {
  const words = fc.constantFrom(
    ..."Dim x If Then Else End Sub f ( ) = 1 , . \" ' : \n _ For To Next Class Set New With Do Loop & #1/1/2000# [a] Not - Select Case Property Get Public Default Exit Const On Error Resume"
      .split(" "),
  );
  const texts = fc.oneof(fc.string(), fc.array(words, { maxLength: 40 }).map((list) => list.join(" ")));
  fc.assert(
    fc.property(texts, (source) => {
      try {
        compile(source);
      } catch (error) {
        assertInstanceOf(error, VbsError);
        assertEquals(error.kind, "compile");
        assert(error.line >= 1 && error.column >= 1);
      }
    }),
    { numRuns: 1500, seed: 7 },
  );
});

Deno.test("VbsEngine.run() any program of these words runs or raises a VbsError", () => {
  const expressions = fc.constantFrom(
    "1",
    "x",
    "-2.5",
    '"s"',
    "Null",
    "Empty",
    "a(1)",
    "x + y",
    "x & 1",
    "x > y",
    "Not x",
    "f(x)",
    "x / y",
    "x Mod 3",
    "True",
    "x And y",
    "2 ^ x",
    "CLng(x)",
  );
  const lines = fc.oneof(
    fc.tuple(fc.constantFrom("x", "y", "a(1)", "a(x)"), expressions).map(([target, value]) =>
      `${target} = ${value}`
    ),
    expressions.map((value) => `If ${value} Then y = x Else x = 1`),
    expressions.map((value) => `For i = 1 To 3 : x = x & i : y = ${value} : Next`),
    expressions.map((value) => `g ${value}, x`),
    fc.constant("On Error Resume Next"),
    fc.constant("On Error GoTo 0"),
    expressions.map((value) =>
      `Select Case ${value} : Case 1 : x = 2 : Case Else : y = ${value} : End Select`
    ),
  );
  fc.assert(
    fc.property(fc.array(lines, { maxLength: 12 }), fc.boolean(), (body, inside) => {
      const text = body.join("\n");
      const source = `Dim a(3)\n${inside ? `Sub main1\n${text}\nEnd Sub\nmain1` : text}\n` +
        "Function f(p)\nf = p\nEnd Function\nSub g(p, q)\nq = p\nEnd Sub";
      try {
        new VbsEngine().run(source);
      } catch (error) {
        assertInstanceOf(error, VbsError);
        // 51 stands for a mistake of ours.
        assert(error.number !== 51, `${error.message}\n${source}`);
      }
    }),
    { numRuns: 400, seed: 11 },
  );
});

Deno.test("ExecuteGlobal a function of an include takes the place of a built-in one that was called before", () => {
  const engine = run(
    'Function Show : Show = Replace("aa", "a", "b") & Len("abc") : End Function\n' +
      "before = Show\n" +
      'ExecuteGlobal "Function Replace(a, b, c) : Replace = ""mine"" : End Function"\n' +
      'ExecuteGlobal "Function Len(a) : Len = ""!"" : End Function"\n' +
      "after = Show",
  );
  assertEquals(engine.evaluate('before & " " & after'), "bb3 mine!");
  assertEquals(engine.evaluate('Replace("a", "b", "c")'), "mine");
});

Deno.test("ExecuteGlobal errors in an included file name it, and the calls that led there", () => {
  const include = "Sub Work(n)\n  x = 1 / n\nEnd Sub";
  const engine = new VbsEngine({ pathOf: (code) => code === include ? "lib.vbs" : undefined });
  engine.addFunction("ReadLib", () => include);
  const error = assertThrows(
    () => engine.run("ExecuteGlobal ReadLib()\nSub Start\nWork 0\nEnd Sub\nStart", { path: "main.vbs" }),
    VbsError,
  );
  assertEquals(
    error.explain(),
    "lib.vbs(2, 3) Microsoft VBScript runtime error: Division by zero\n    x = 1 / n\n  at Work (lib.vbs:2)\n" +
      "  at Start (main.vbs:3)\n  at the script (main.vbs:5)",
  );
  const broken = new VbsEngine({ pathOf: () => "lib.vbs" });
  const compileTime = assertThrows(() => broken.run('ExecuteGlobal "x = "', { path: "main.vbs" }), VbsError);
  assertEquals([compileTime.path, compileTime.sourceLine], ["lib.vbs", "x = "]);
});

Deno.test("explain() shows of a long line what is around the place", () => {
  const source = `${"x = 1 : ".repeat(1000)}y = nothing.z`;
  const error = assertThrows(() => new VbsEngine().run(source), VbsError);
  const shown = error.explain().split("\n")[1]!.trim();
  assert(shown.length <= 200 && shown.endsWith("y = nothing.z"), shown);
});

Deno.test("VbsEngine.run() a global array declared again is error 13 at its declaration", () => {
  const engine = run("Dim a(3), s : a(1) = 5 : s = 6");
  const error = assertThrows(() => engine.run("x = 1\nDim a(9)", { path: "second.vbs" }), VbsError);
  assertEquals([error.number, error.path, error.line, error.column], [13, "second.vbs", 2, 5]);
  assertEquals(error.sourceLine, "Dim a(9)");
  assertEquals(engine.evaluate("a(1)"), 5);
  engine.run("Dim s");
  assertEquals(engine.evaluate("s"), 6);
});

Deno.test("VbsEngine an error in a Case expression is reported at its Select", () => {
  const error = failure("\n  Select Case 3\n  Case 1 / 0\n  End Select");
  assertEquals([error.number, error.line, error.column], [11, 2, 3]);
});

for (
  const [name, source] of [
    ["main code", "Put fresh : result = fresh"],
    ["a procedure", "Sub S : Put fresh : result = fresh : End Sub\nresult = 0 : S"],
    ["a procedure with Execute", 'Sub S : Execute "" : Put fresh : result = fresh : End Sub\nresult = 0 : S'],
    ["included code", 'ExecuteGlobal "Put fresh : result = fresh"'],
    ["a method's argument", "Set o = New C : o.M fresh : result = fresh"],
    ["an expression", "result = Got(fresh) + fresh"],
  ] as const
) {
  for (const includes of [false, true]) {
    Deno.test(`VbsEngine a callee makes a variable in ${name}${includes ? ", with included code" : ""}`, () => {
      const engine = run(
        `${includes ? 'ExecuteGlobal "Function Included : Included = 1 : End Function"' : ""}\n${source}\n` +
          "Sub Put(x) : x = 5 : End Sub\nFunction Got(x) : x = 5 : Got = 0 : End Function\n" +
          "Class C : Sub M(x) : x = 5 : End Sub : End Class",
      );
      assertEquals(engine.evaluate("result"), 5);
    });
  }
}

Deno.test("VbsEngine a name given to a callee may be a function that is included before", () => {
  const engine = run(
    'ExecuteGlobal "Function Included : Included = 1 : End Function"\nSub Put(x) : seen = x : x = 5 : End Sub\n' +
      "Dim seen : Put Included : again = Included",
  );
  assertEquals(engine.evaluate("seen & again"), "11");
});

Deno.test("VbsEngine a variable that a callee made in a procedure belongs to the procedure", () => {
  const engine = run("Sub Put(x) : x = 5 : End Sub\nSub S : Put fresh : End Sub\nS\nresult = IsEmpty(fresh)");
  assertEquals(engine.evaluate("result"), true);
});
