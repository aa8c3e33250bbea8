import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { describeScriptHost } from "../../lib/cli/check.ts";
import { checkScripts, type ScriptReport } from "../../lib/jobs/check.ts";
import { inventory } from "../../lib/vbscript/mod.ts";
import { encodeScriptBlock } from "../../lib/wsh/script_encoder.ts";
import { scriptInventories } from "../../lib/wsh/script_inventories.ts";
import { run, TempFolder } from "./cli.ts";
import { onPosix } from "../posix.ts";

const host = describeScriptHost();

/** Checks paths in this process. */
function check(...paths: string[]): { reports: ScriptReport[]; summary: ReturnType<typeof checkScripts> } {
  const reports: ScriptReport[] = [];
  const summary = checkScripts({
    paths,
    host,
    read: (bytes, path) => scriptInventories(bytes, path, host),
    onScript: (report) => reports.push(report),
  });
  return { reports, summary };
}

const GOOD = `Set image = CreateObject("IMAPI2FS.MsftFileSystemImage")
image.Root.AddTree "g:\\data", False
WScript.Echo image.CreateResultImage().TotalBlocks
`;
const BAD = `Set fso = CreateObject("Quite.Different")
fso.GetFolder("x").Delete
Set image = CreateObject("imapi2fs.MsftFileSystemImage.1")
image.Root.AddTrea "g:\\data", False
image.Root.AddTrea "g:\\more", False
Sned "done"
`;

Deno.test("check tells which scripts run, why others do not, and what all use", async () => {
  using folder = new TempFolder();
  folder.write("b/bad.vbs", BAD);
  folder.write("b/deep/er/good.VBS", GOOD);
  folder.write("b/broken.vbs", "x = 1\nIf x Then\n");
  folder.write("b/computed.vbs", "Set x = CreateObject(name)\nExecuteGlobal text\n");
  folder.write("b/other.txt", "If");
  const { code, stdout, stderr } = await run(["check", "b"], { cwd: folder.path });
  assertEquals(stderr, "");
  assertEquals(code, 1);
  const [files, table, functions, rest] = stdout.split("\n\n");
  assertEquals(files!.split("\n"), [
    'b/bad.vbs:1:11: cannot create "Quite.Different"',
    'b/bad.vbs:4:1: IFsiDirectoryItem has no member "AddTrea"; did you mean "AddTree"? (2 times)',
    'b/bad.vbs:6:1: there is no procedure "Sned"',
    "b/broken.vbs:3:1: Expected 'End' (compile error 1014)",
    "b/computed.vbs: runs, as far as can be told: line 1 computes which object it creates; line 2 runs code that the script makes",
    "b/deep/er/good.VBS: runs",
  ]);
  assertEquals(table!.split("\n").slice(1).map((line) => line.trim().split(/ {2,}/).join("|")), [
    "Quite.Different|1|1|no",
    ".GetFolder|1|1|no",
    "Quite.Different.GetFolder|1|no",
    ".Delete|1|1|no",
    "IMAPI2FS.MsftFileSystemImage|2|2|yes",
    ".Root|3|2|yes",
    ".CreateResultImage|1|1|yes",
    "IFsiDirectoryItem|2|yes",
    ".AddTrea|2|1|no: did you mean AddTree?",
    ".AddTree|1|1|yes",
    "IFileSystemImageResult|1|yes",
    ".TotalBlocks|1|1|yes",
    "WScript|1|yes",
    ".Echo|1|1|yes",
  ]);
  assertMatch(functions!, /\nSned +1 +1 +no$/);
  assertEquals(rest!.trimEnd().split("\n"), [
    "Cannot be told: 1 object created by a computed name; 1 use of Execute, ExecuteGlobal or Eval",
    "2 of 4 scripts run as they are; 1 uses what is not supported, 1 does not compile",
  ]);
});

Deno.test("check --json prints one object a script and one with the totals", async () => {
  using folder = new TempFolder();
  folder.write("bad.vbs", BAD);
  folder.write("broken.vbs", "Dim 1");
  const { code, stdout } = await run(["check", "--json", "--exit-zero", "broken.vbs", "bad.vbs"], {
    cwd: folder.path,
  });
  assertEquals(code, 0);
  const [broken, bad, summary] = stdout.trimEnd().split("\n").map((line) => JSON.parse(line));
  assertEquals([broken.event, broken.path, broken.verdict], ["script", "broken.vbs", "compileError"]);
  assertEquals(broken.compileError, { number: 1010, message: "Expected identifier", line: 1, column: 5 });
  assertEquals([bad.path, bad.verdict, bad.compileError], ["bad.vbs", "unsupported", null]);
  assertEquals(bad.progIds[0], {
    line: 1,
    column: 11,
    progId: "Quite.Different",
    via: "CreateObject",
    supported: false,
    nearest: null,
  });
  assertEquals(bad.problems.map(({ line, uses }: { line: number; uses: number }) => [line, uses]), [
    [1, 1],
    [4, 2],
    [6, 1],
  ]);
  assertEquals([summary.event, summary.scripts, summary.runs, summary.unsupported, summary.compileErrors], [
    "summary",
    2,
    0,
    1,
    1,
  ]);
  assertEquals(summary.objects[0].name, "Quite.Different");
});

Deno.test("check of what is all supported ends with 0 and without colours", async () => {
  using folder = new TempFolder();
  const path = folder.write("good.vbs", GOOD);
  const { code, stdout } = await run(["check", "--quiet", path], { env: { NO_COLOR: "" } });
  assertEquals(code, 0);
  assertStringIncludes(stdout, "1 of 1 script runs as it is");
  assert(!stdout.includes("good.vbs"));
  assert(!stdout.includes("\x1b"));
});

Deno.test("check runs nothing, and needs no permission but to read", async () => {
  using folder = new TempFolder();
  folder.write("s.vbs", 'WScript.Echo "ran"\nWScript.Quit 7\n');
  const { code, stdout, stderr } = await run(["check", "s.vbs"], {
    cwd: folder.path,
    permissions: ["--allow-read", "--allow-env=BURNSCRIPT_VIRTUAL,BURNSCRIPT_MAP,NO_COLOR"],
  });
  assertEquals([code, stderr], [0, ""]);
  assertMatch(stdout, /^s\.vbs: runs\n/);
});

const WRONG_USE: [criterion: string, args: string[], message: RegExp][] = [
  ["no path", [], /Which scripts\?/],
  ["a path that is not there", ["nowhere.vbs"], /no file or folder "nowhere\.vbs"/],
  ["a folder without scripts", ["."], /no \.vbs, \.vbe, \.js, \.jse, \.wsf or \.wsc file in \./],
  ["an option that is not there", ["--verbose", "."], /no option --verbose/],
];
for (const [criterion, args, message] of WRONG_USE) {
  Deno.test(`check refuses ${criterion}`, async () => {
    using folder = new TempFolder();
    const { code, stderr } = await run(["check", ...args], { cwd: folder.path });
    assertEquals(code, 2);
    assertMatch(stderr, message);
  });
}

Deno.test("checkScripts() decodes as run does", () => {
  using folder = new TempFolder();
  const utf16 = new Uint8Array([0xff, 0xfe, ...[...'x = "ä"'].flatMap((char) => [char.charCodeAt(0), 0])]);
  folder.write("utf16.vbs", utf16);
  folder.write("ansi.vbs", new Uint8Array([...new TextEncoder().encode('x = "'), 0xe4, 0x22]));
  folder.write("shebang.vbs", "#!/usr/bin/env burnscript\nSned 1");
  const { reports } = check(folder.path);
  assertEquals(reports.map(({ verdict, problems }) => [verdict, problems[0]?.line]), [
    ["runs", undefined],
    ["unsupported", 2],
    ["runs", undefined],
  ]);
});

Deno.test("checkScripts() reads encoded scripts and jobs, each part with its place", () => {
  using folder = new TempFolder();
  folder.write("a.vbe", encodeScriptBlock("x = 1\r\nSned 1"));
  folder.write("inc.txt", "Sub Included\nEnd Sub");
  folder.write(
    "b.wsf",
    `<package><job><script src="inc.txt"/><script>Option Explicit : Included : Later getResource("x")</script>
<script>Option Explicit
Sub Later(x) : CreateObject "No.Such" : End Sub</script><script language="JScript">Sned(1)</script></job>
<job><script>Dim x : x = Foo(1)</script></job></package>`,
  );
  folder.write("c.wsf", "<job>\n<script>x");
  const { reports } = check(folder.path);
  assertEquals(
    reports.map(({ verdict, problems }) => [verdict, problems.map(({ line, column }) => [line, column])]),
    [
      ["unsupported", [[2, 1]]],
      ["unsupported", [[3, 16], [4, 26]]],
      ["unreadable", [[0, 0]]],
    ],
  );
  assertStringIncludes(reports[2]!.problems[0]!.message, "<script> is not closed");
});

const JSCRIPT = `// reads
var fso = new ActiveXObject("Scripting.FileSystemObject"), other = new ActiveXObject("Quite.Different"), any;
if (fso.FileExist("x")) other.Anything();
if (fso.feature) fso = null;
any = fso; any = other; any.Anything();
WScript.Ecko(eval("1")); GetObject("winmgmts:root"); WScript.CreateObject("Scripting.Dictionery");
function f(fso2) { fso2.Any() }`;

Deno.test("checkScripts() reads JScript: what it creates, what it calls on that, and its compile errors", () => {
  using folder = new TempFolder();
  folder.write("a.js", JSCRIPT);
  folder.write("b.js", "var a = 1;\nif (a {\n}");
  folder.write("c.jse", encodeScriptBlock(`x = new ActiveXObject("No.Such")`));
  folder.write("d.wsf", `<job>\n<script language="JScript">\nbreak</script></job>`);
  folder.write("d2.wsc", `<component><script>fireEvent "x"\nSned 1</script></component>`);
  folder.write("e.js", "const f = () => 1;");
  folder.write("f.js", "const f = () =>;");
  const { reports, summary } = check(folder.path);
  assertEquals(
    reports.map(({ problems }) => problems.map(({ line, column, message }) => [line, column, message])),
    [
      [
        [2, 68, 'cannot create "Quite.Different"'],
        [3, 5, 'Scripting.FileSystemObject has no member "FileExist"; did you mean "FileExists"?'],
        [6, 1, 'WScript has no member "Ecko"; did you mean "Echo"?'],
        [6, 26, 'GetObject("winmgmts:") is not supported'],
        [6, 54, 'cannot create "Scripting.Dictionery"; did you mean "Scripting.Dictionary"?'],
      ],
      [[2, 7, "Expected ')' (compile error 1006)"]],
      [[1, 5, 'cannot create "No.Such"']],
      [[3, 1, "Can't have 'break' outside of loop (compile error 1019)"]],
      [[2, 1, 'there is no procedure "Sned"']],
      [],
      [[1, 1, "Syntax error (compile error 1002)"]],
    ],
  );
  assertEquals(summary.runsCode, 1);
  assertEquals(summary.objects.map(({ name, supported }) => [name, supported]).slice(0, 4), [
    ["No.Such", false],
    ["Quite.Different", false],
    ["Scripting.Dictionery", false],
    ["winmgmts:", false],
  ]);
});

Deno.test(
  "checkScripts() follows links to files, enters no linked folder, and passes over what leads nowhere",
  onPosix,
  () => {
    using folder = new TempFolder();
    folder.write("a/one.vbs", "x = 1");
    folder.write("a/folder.vbs/two.vbs", "x = 1");
    Deno.symlinkSync(folder.path, `${folder.path}/a/round`);
    Deno.symlinkSync(`${folder.path}/nothing`, `${folder.path}/a/three.vbs`);
    Deno.symlinkSync(`${folder.path}/a/one.vbs`, `${folder.path}/a/z.vbs`);
    const { reports } = check(`${folder.path}/a/`);
    assertEquals(reports.map(({ path }) => path.slice(folder.path.length)), [
      "/a/folder.vbs/two.vbs",
      "/a/one.vbs",
      "/a/z.vbs",
    ]);
  },
);

Deno.test("checkScripts() goes on behind a file that cannot be read", () => {
  using folder = new TempFolder();
  const one = folder.write("one.vbs", "x = 1");
  const two = folder.write("two.vbs", "x = 1");
  const reports: ScriptReport[] = [];
  const summary = checkScripts({
    paths: [one, two],
    host,
    read: (bytes, path) => {
      if (reports.length === 0) throw new Error("no such code page");
      return scriptInventories(bytes, path, host);
    },
    onScript: (report) => reports.push(report),
  });
  assertEquals(reports.map(({ verdict }) => verdict), ["unreadable", "runs"]);
  assertEquals(reports[0]!.problems[0]!.message, "cannot be read: no such code page");
  assertEquals([summary.runs, summary.unreadable], [1, 1]);
});

Deno.test("check keeps control characters of scripts from the terminal", async () => {
  using folder = new TempFolder();
  const path = folder.write("s.vbs", 'Set x = CreateObject("A\x1b[2J\x07.B")');
  const { stdout } = await run(["check", path]);
  assert(!/\p{Cc}/u.test(stdout.replaceAll("\n", "")), JSON.stringify(stdout));
  assertStringIncludes(stdout, "A\ufffd[2J\ufffd.B");
});

Deno.test("describeScriptHost() knows everything that the example uses", () => {
  const source = Deno.readTextFileSync(new URL("../../examples/burn.vbs", import.meta.url));
  const { progIds, members, functions } = inventory(source, { host });
  assertEquals([...progIds, ...members, ...functions].filter(({ supported }) => supported === false), []);
  assert(
    members.some(({ object, member }) => object === "IFileSystemImageResult" && member === "ImageStream"),
  );
});

// What the engine has a name for, but the host must provide, is the one thing that check cannot read off a table.
Deno.test("describeScriptHost() knows what GetObject finds", () => {
  const source = `Set a = GetObject("script:g:\\a.wsc") : a.Any\nSet b = GetObject("new:Scripting.Dictionary")
Set c = GetObject("winmgmts:root") : Set d = WScript.GetObject("LDAP://x")\nSet e = GetObject("", "Scripting.Dictionary")
Set f = GetObject(name) : Set h = GetObject("c:\\books.xls") : Set i = GetObject(, "Word.Application")`;
  assertEquals(inventory(source, { host }).progIds.map(({ progId, supported }) => [progId, supported]), [
    ["script:", true],
    ["new:", true],
    ["winmgmts:", false],
    ["LDAP:", false],
    ["Scripting.Dictionary", true],
    [undefined, undefined],
    ["c:\\books.xls", false],
    ["Word.Application", false],
  ]);
});

Deno.test("describeScriptHost() says of functions what run says", async () => {
  using folder = new TempFolder();
  const calls: Record<string, string> = {
    getobject: 'GetObject "new:Scripting.Dictionary"',
    inputbox: 'InputBox "?"',
    loadpicture: 'LoadPicture "a.bmp"',
    msgbox: 'MsgBox "!"',
    len: 'Len "a"',
    getref: 'GetRef "Here"',
  };
  const lines = Object.entries(calls).map(([name, call]) => {
    const [, callee, argument] = /^(\w+) (.*)$/.exec(call)!;
    return `Err.Clear\nUse ${callee}(${argument})\nWScript.Echo "${name}", Err.Number = 0`;
  });
  const path = folder.write(
    "s.vbs",
    `On Error Resume Next\n${lines.join("\n")}\nSub Here\nEnd Sub\nSub Use(x)\nEnd Sub\n`,
  );
  const { stdout } = await run(["run", path]);
  assertEquals(
    stdout.trimEnd().split("\n"),
    Object.keys(calls).map((name) => `${name} ${host.hasFunction(name) ? -1 : 0}`),
  );
});
