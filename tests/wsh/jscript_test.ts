import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { encodeScriptBlock } from "../../lib/wsh/script_encoder.ts";
import { onPosix } from "../posix.ts";
import { cli, type Outcome, run, runUntil, TempFolder } from "../cli/cli.ts";

async function runScript(source: string, args: readonly string[] = []): Promise<Outcome & { path: string }> {
  using folder = new TempFolder();
  const path = folder.write("s.js", source);
  return { ...await run(["run", "--map", `g:=${folder.path}`, path, ...args]), path };
}

const PRINTS: readonly [title: string, source: string, output: string][] = [
  [
    "Echo as in VBScript",
    `WScript.Echo("a", 1.5, true, null, undefined, 1/3)`,
    "a 1.5 -1 null  0.333333333333333\n",
  ],
  ["members in any case", `wscript = WScript; wscript.eCHO(WScript.ARGUMENTS.Length)`, "2\n"],
  ["default members", `WScript.Echo(WScript.Arguments(0), WScript.Arguments.Named("X"))`, "one 2\n"],
  [
    "ActiveXObject, methods and properties",
    `var d = new ActiveXObject("Scripting.Dictionary"); d.CompareMode = 1; d.Add("K", 7);
WScript.Echo(d.Count, d("k"), d.Item("K"), d.Exists("x"), "count" in d, "nope" in d)`,
    "1 7 7 0 -1 0\n",
  ],
  [
    "objects, arrays and functions of a script come back as themselves",
    `var d = new ActiveXObject("Scripting.Dictionary"), o = { a: [1, 2] };
d.Add("o", o); d.Add("f", function (x) { return x * 2; });
WScript.Echo(d("o") === o, d("o").a.length, d("f")(21), o.a)`,
    "-1 2 42 1,2\n",
  ],
  [
    "Enumerator over a collection and over an array",
    `var fso = new ActiveXObject("Scripting.FileSystemObject"), out = [];
for (var e = new Enumerator(fso.GetFolder("g:\\\\").Files); !e.atEnd(); e.moveNext()) out.push(e.item().Name);
for (e = new Enumerator([1, 2]); !e.atEnd(); e.moveNext()) out.push(e.item());
e.moveFirst(); WScript.Echo(out.join(), e.item(), new Enumerator().atEnd())`,
    "s.js,1,2 1 -1\n",
  ],
  [
    "VBArray",
    `var d = new ActiveXObject("Scripting.Dictionary"); d.Add("x", 1); d.Add("y", 2);
var a = new VBArray(d.Keys());
WScript.Echo(a.dimensions(), a.lbound(1), a.ubound(), a.getItem(1), a.toArray().join("+"))`,
    "1 0 1 y x+y\n",
  ],
  [
    "errors have number and description, and are Errors",
    `try { new ActiveXObject("Scripting.FileSystemObject").OpenTextFile("g:\\\\none.txt"); }
catch (e) { WScript.Echo(e.number & 0xFFFF, e.number >> 16 & 0x1FFF, e instanceof Error, e.description.indexOf("none.txt") > 0); }`,
    "53 10 -1 -1\n",
  ],
  [
    "calling and setting an unknown member is error 438, an unknown object 429",
    `try { WScript.Nope() } catch (e) { WScript.Echo(e.number & 0xFFFF) }
try { WScript.Name = 1 } catch (e) { WScript.Echo(e.number & 0xFFFF) }
try { new ActiveXObject("No.Such") } catch (e) { WScript.Echo(e.number & 0xFFFF) }
try { GetObject("winmgmts:") } catch (e) { WScript.Echo(e.number & 0xFFFF) }
try { new VBArray([1]) } catch (e) { WScript.Echo(e.number & 0xFFFF) }`,
    "438\n438\n429\n429\n5013\n",
  ],
  [
    "dates are Date objects both ways",
    `var f = new ActiveXObject("Scripting.FileSystemObject").GetFile("g:\\\\s.js");
var d = new ActiveXObject("Scripting.Dictionary"); d.Add("t", new Date(2024, 1, 29, 12, 0, 0));
WScript.Echo(f.DateLastModified instanceof Date, d("t").getDate(), d("t").getHours())`,
    "-1 29 12\n",
  ],
  [
    "standard streams",
    `WScript.StdOut.Write("a"); WScript.StdOut.WriteLine(WScript.StdIn.AtEndOfStream)`,
    "aTrue\n",
  ],
  ["sloppy mode", `undeclared = 1; with (Math) { WScript.Echo(max(1, 2), undeclared, 010) }`, "2 1 8\n"],
  [
    "nothing of Deno is there",
    `WScript.Echo(typeof Deno, typeof self, typeof fetch, typeof process, typeof require, typeof name)`,
    "undefined undefined undefined undefined undefined undefined\n",
  ],
  [
    "ScriptEngine and its versions",
    `WScript.Echo(ScriptEngine(), ScriptEngineMajorVersion(), ScriptEngineMinorVersion())`,
    "JScript 5 8\n",
  ],
  [
    "String and Number objects are their values",
    `WScript.Echo(new String("s"), new Number(2), new Boolean(true))`,
    "s 2 -1\n",
  ],
];

for (const [title, source, output] of PRINTS) {
  Deno.test(`JScript: ${title}`, async () => {
    const { stdout, stderr } = await runScript(source, ["one", "/x:2"]);
    assertEquals([stdout.replaceAll("\r\n", "\n"), stderr], [output, ""]);
  });
}

const FAILS: readonly [title: string, source: string, message: RegExp, line: string][] = [
  [
    "an error in a function",
    `function f() {\n  nothing.x();\n}\nf();`,
    /s\.js\(2, 3\) Microsoft JScript runtime error: 'nothing' is undefined/,
    "nothing.x();",
  ],
  [
    "an error of an object",
    `\n\n  new ActiveXObject("No.Such");`,
    /s\.js\(3, 3\) Microsoft JScript runtime error: .*No\.Such/,
    "new ActiveXObject",
  ],
  [
    "a syntax error, with nothing run",
    `WScript.Echo("ran");\nvar a = ;\n`,
    /s\.js\(2, \d+\) Microsoft JScript compilation error: /,
    "var a = ;",
  ],
  [
    "an end that is missing",
    `if (1) {\n  WScript.Echo("ran");\n`,
    /Microsoft JScript compilation error: /,
    "",
  ],
  ["what is no Error", `throw "text"`, /Exception thrown and not caught: text/, ""],
  [
    "an error behind an assignment to a property with arguments",
    `var d = new ActiveXObject("Scripting.Dictionary");\nd("a") = 1; d.Nope();`,
    /s\.js\(2, 15\) .*doesn't support this property or method: 'd\.Nope'/,
    "",
  ],
  ["endless recursion", `function f() { f(); }\nf();`, /s\.js\(1, \d+\) .*: Out of stack space/, ""],
];

for (const [title, source, message, line] of FAILS) {
  Deno.test(`JScript: ${title} is reported at its place`, async () => {
    const { stdout, stderr, code } = await runScript(source);
    assertMatch(stderr, message);
    assertStringIncludes(stderr, line);
    assertEquals([code, stdout], [1, ""]);
  });
}

Deno.test("JScript: WScript.Quit is no exception that a script can catch", async () => {
  const { stdout, code } = await runScript(
    `var f = new ActiveXObject("Scripting.FileSystemObject").CreateTextFile("g:\\\\o.txt"); f.Write("kept");
try { WScript.Quit(7) } catch (e) { WScript.Echo("caught") } finally { WScript.Echo("finally") }`,
  );
  assertEquals([stdout, code], ["", 7]);
});

Deno.test("JScript: what is open at WScript.Quit is written", async () => {
  using folder = new TempFolder();
  const script = folder.write(
    "s.js",
    `new ActiveXObject("Scripting.FileSystemObject").CreateTextFile("g:\\\\o.txt").Write("kept"); WScript.Quit(0)`,
  );
  await run(["run", "--map", `g:=${folder.path}`, script]);
  assertEquals(await Deno.readTextFile(`${folder.path}/o.txt`), "kept");
});

const LOOP = `WScript.Echo("ready"); for (;;) { try { for (;;) {} } catch (e) {} }`;

Deno.test("JScript: Ctrl-C and //T end an endless loop", onPosix, async () => {
  using folder = new TempFolder();
  const script = folder.write("s.js", LOOP);
  const stopped = await runUntil(cli(["run", script]), "ready", (process) => process.kill("SIGINT"));
  assertEquals(stopped.code, 130);
  assertEquals((await run(["run", "//T:1", script])).code, 1);
});

Deno.test("JScript: a loop that is ended unwinds: what was written is there, and nothing else runs", async () => {
  using folder = new TempFolder();
  const script = folder.write(
    "s.js",
    `new ActiveXObject("Scripting.FileSystemObject").CreateTextFile("g:\\\\o.txt").Write("kept"); WScript.Timeout = 1;
for (;;) { try { while (true); } catch (e) { WScript.Echo("caught") } finally { WScript.Echo("finally") } }`,
  );
  const { code, stdout, stderr } = await run(["run", "--map", `g:=${folder.path}`, script]);
  assertEquals([code, stdout], [1, ""]);
  assertEquals(stderr.includes("ended from outside"), false);
  assertEquals(await Deno.readTextFile(`${folder.path}/o.txt`), "kept");
});

const SHELL = `var shell = new ActiveXObject("WScript.Shell");`;

Deno.test("JScript: variables of the environment and registry values, as scripts write them", async () => {
  using folder = new TempFolder();
  const script = folder.write(
    "s.js",
    `${SHELL} var key = "HKCU\\\\Software\\\\BurnTest\\\\", env = shell.Environment("Process");
shell.Environment("PROCESS")("BS_X") = "1"; env.Item("BS_Y") = env("BS_X") + 1;
shell.RegWrite(key + "N", 42, "REG_DWORD");
try { shell.RegRead(key + "None") } catch (e) { WScript.Echo(e.number, e.number & 0xFFFF) }
WScript.Echo(shell.ExpandEnvironmentStrings("%BS_X% %BS_Y%"), shell.RegRead(key + "N") + 1);
shell.RegDelete(key + "N"); shell.RegDelete(key);`,
  );
  const { stdout, stderr } = await run(["run", script], {
    env: { BURNSCRIPT_REGISTRY: `${folder.path}/registry.reg` },
  });
  assertEquals([stdout, stderr], ["-2147024894 2\n1 11 43\n", ""]);
});

Deno.test("JScript: Ctrl-C in WScript.Sleep ends a script that catches everything", onPosix, async () => {
  using folder = new TempFolder();
  const script = folder.write(
    "s.js",
    `WScript.Echo("ready"); for (;;) { try { WScript.Sleep(60000); } catch (e) {} }`,
  );
  const { code } = await runUntil(cli(["run", script]), "ready", (process) => process.kill("SIGINT"));
  assertEquals(code, 130);
});

Deno.test("JScript: .jse, //E:JScript, and events by prefix", async () => {
  using folder = new TempFolder();
  const { path } = folder;
  folder.write("a.jse", encodeScriptBlock(`WScript.Echo("encoded");`));
  assertEquals((await run(["run", `${path}/a.jse`])).stdout, "encoded\n");
  folder.write("a.txt", `WScript.Echo(1 + 1)`);
  assertEquals((await run(["run", "//E:JScript", `${path}/a.txt`])).stdout, "2\n");
  folder.write("data/a.txt", "a");
  const script = folder.write(
    "burn.js",
    `var master = new ActiveXObject("IMAPI2.MsftDiscMaster2"), recorder = new ActiveXObject("IMAPI2.MsftDiscRecorder2");
recorder.InitializeDiscRecorder(master.Item(0));
var image = new ActiveXObject("IMAPI2FS.MsftFileSystemImage"), done = 0;
var writer = WScript.CreateObject("IMAPI2.MsftDiscFormat2Data", "writer_");
writer.Recorder = recorder; writer.ClientName = "js"; image.ChooseImageDefaults(recorder);
image.Root.AddTree("g:\\\\data", false);
function writer_Update(object, progress) { done = progress.CurrentAction; }
writer.Write(image.CreateResultImage().ImageStream);
WScript.Echo(done);`,
  );
  const burned = await run(["run", "--map", `g:=${path}`, "--virtual", `dvd+r=${path}/d.iso`, script]);
  assertEquals([burned.stdout, burned.code], ["6\n", 0], burned.stderr);
});

Deno.test("JScript: sources with a mark, in UTF-16, in ANSI, of nothing, and of megabytes", async () => {
  using folder = new TempFolder();
  const text = `WScript.Echo("ä")`;
  const utf16 = [...text].flatMap((char) => [char.charCodeAt(0), 0]);
  const functions = Array.from(
    { length: 20_000 },
    (_, index) => `f[${index}] = function (x) { return x + ${index} };`,
  );
  const sources: readonly (readonly [source: Uint8Array | string, stdout: string])[] = [
    [`\ufeff${text}`, "ä\n"],
    [new Uint8Array([0xff, 0xfe, ...utf16]), "ä\n"],
    [new Uint8Array([...text].map((char) => char.charCodeAt(0))), "ä\n"],
    ["", ""],
    ["#!/usr/bin/env burnscript\n<!-- x\n", ""],
    [`var f = [];\n${functions.join("\n")}\nWScript.Echo(f[19999](1));`, "20000\n"],
  ];
  for (const [index, [source, stdout]] of sources.entries()) {
    const outcome = await run(["run", folder.write(`${index}.js`, source)]);
    assertEquals([outcome.stdout, outcome.stderr, outcome.code], [stdout, "", 0]);
  }
});
