import { assertEquals, assertMatch, assertStringIncludes, assertThrows } from "@std/assert";
import * as fc from "fast-check";
import { MarkupError } from "../../lib/wsh/markup.ts";
import { parseWsf } from "../../lib/wsh/wsf.ts";
import { usageText } from "../../lib/wsh/usage.ts";
import { parseWshSettings } from "../../lib/wsh/wsh_settings.ts";
import { encodeScriptBlock } from "../../lib/wsh/script_encoder.ts";
import { type Outcome, run, TempFolder } from "../cli/cli.ts";
import { onPosix } from "../posix.ts";

const CODE: readonly [title: string, wsf: string, code: string][] = [
  [
    "code stands as it is",
    `<job><script language="VBScript">If a < b & c Then\n</script></job>`,
    "If a < b & c Then",
  ],
  ["a CDATA section without XML", `<job><script><![CDATA[ a < b ]]></script></job>`, "a < b"],
  ["CDATA in the middle is code", `<job><script>s = "<![CDATA[x]]>"</script></job>`, `s = "<![CDATA[x]]>"`],
  ["the end of a script in upper case", `<job><SCRIPT Language=VBS>x</Script></job>`, "x"],
  [
    "XML has entities",
    `<?xml version="1.0"?><job><script>a &lt; &quot;&#65;&#x42;&quot;</script></job>`,
    `a < "AB"`,
  ],
  [
    "XML has CDATA sections, and </script> in them",
    `<?xml version="1.0"?>\n<job><script><![CDATA[s = "</script>" & a]]></script></job>`,
    `s = "</script>" & a`,
  ],
  [
    "comments and instructions between tags",
    `<?job debug="true"?><!-- <job> --><job><script>x</script></job>`,
    "x",
  ],
];

for (const [title, wsf, code] of CODE) {
  Deno.test(`parseWsf() ${title}`, () => {
    assertEquals(parseWsf(wsf).map(({ scripts }) => scripts.map((script) => script.code.trim())), [[code]]);
  });
}

Deno.test("parseWsf() code has the lines and columns of the file", () => {
  const [job] = parseWsf(`<job>\n <script language="VBScript"><![CDATA[a\n  b]]></script>\n</job>`);
  const script = job!.scripts[0]!;
  assertEquals(script.code.split("\n"), ["", `${" ".repeat(38)}a`, "  b   "]);
  assertEquals(script.line, 2);
});

Deno.test("parseWsf() jobs, objects, references, resources, arguments", () => {
  const jobs = parseWsf(`<package><job id="a">
    <object id="fso" progid="Scripting.FileSystemObject" events="true"/>
    <reference object='ADODB.Stream' version="2.5"/><resource id="r"> text </resource>
    <runtime><named name=n helpstring="the n" type="boolean" required="false"/>
      <unnamed name="u" required="2" many="yes"></unnamed><usage>Use it</usage></runtime>
    </job><job id="b"><script src="x.js"/></job></package>`);
  assertEquals(jobs.map(({ id }) => id), ["a", "b"]);
  const { objects, references, resources, runtime } = jobs[0]!;
  assertEquals(objects.map(({ id, progId, events }) => [id, progId, events]), [[
    "fso",
    "Scripting.FileSystemObject",
    true,
  ]]);
  assertEquals([references[0]!.name, resources.get("r")], ["ADODB.Stream", "text"]);
  assertEquals(runtime!.named, [{ name: "n", help: "the n", type: "boolean", required: 0, many: false }]);
  assertEquals(runtime!.unnamed.map(({ required, many }) => [required, many]), [[2, true]]);
  assertEquals(jobs[1]!.scripts[0]!.src, "x.js");
});

const WRONG: readonly [wsf: string, line: number, message: string][] = [
  ["", 1, "no <job>"],
  ["WScript.Echo 1", 1, "no <job>"],
  ["<job>\n<script>x", 2, "<script> is not closed"],
  ["<job>\n<scirpt>x</scirpt></job>", 2, "no element <scirpt>"],
  ["<package><job></package>", 1, "</package> closes nothing; <job> is open"],
  ["<package>\n\n<script>x</script></package>", 3, "<script> cannot stand in <package>"],
  ["<job><object progid='x'/></job>", 1, "needs the attribute id"],
  ["<job><script language='x></job>", 1, "An attribute is expected"],
  ["<job><!-- ", 1, `"-->" is missing`],
  ["<?xml version='1.0'?>\n<job><script>a < b</script></job>", 2, "CDATA"],
  ["<?xml version='1.0'?>\n<job><script>a & b</script></job>", 2, "CDATA"],
  ["<?xml version='1.0'?>\n<Job></Job>", 2, `"Job" is written "job"`],
  ["<job>", 1, "<job> is not closed"],
  ["<", 1, "A tag is expected"],
];

for (const [wsf, line, message] of WRONG) {
  Deno.test(`parseWsf() ${JSON.stringify(wsf)}: ${message}`, () => {
    const error = assertThrows(() => parseWsf(wsf), MarkupError, message);
    assertEquals(error.line, line);
  });
}

Deno.test("parseWsf() any text ends in jobs or in its own error", () => {
  const piece = fc.constantFrom(
    "<job>",
    "</job>",
    "<script",
    ">",
    "/>",
    "<![CDATA[",
    "]]>",
    "<?xml?>",
    "<!--",
    "a='",
    "&",
    "x\n",
  );
  fc.assert(fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
    try {
      parseWsf(pieces.join(""));
    } catch (error) {
      if (!(error instanceof MarkupError)) throw error;
    }
  }));
});

Deno.test("usageText() optional and required arguments, and a usage of its own", () => {
  const runtime = parseWsf(`<job><runtime><description>Copies</description>
    <named name="to" helpstring="target" type="string" required="true"/><named name="v" helpstring="talks"/>
    <named name="log" type="boolean"/><unnamed name="file" helpstring="sources" many="true" required="2"/>
    <example>copy.wsf /to:x a b</example></runtime></job>`)[0]!.runtime;
  assertEquals(
    usageText("copy.wsf", runtime),
    `Copies
Usage: copy.wsf /to:value [/v] [/log[+|-]] file1 file2 [file3...]

Options:

to   : target
v    : talks
log  :
file : sources

copy.wsf /to:x a b`,
  );
  const own = parseWsf("<job><runtime><usage>Just run it</usage></runtime></job>")[0]!.runtime;
  assertEquals([usageText("x.wsf", own), usageText("x.vbs", undefined)], ["Just run it", "Usage: x.vbs"]);
});

Deno.test("parseWshSettings() script, time and batch mode", () => {
  const text =
    "[ScriptFile]\r\nPath=C:\\jobs\\a.vbs\r\n[Options]\r\nTimeout=5\r\nDisplayLogo=0\r\nBatchMode=1\r\n";
  assertEquals(parseWshSettings(text), { path: "C:\\jobs\\a.vbs", timeoutS: 5, batch: true });
  assertEquals(parseWshSettings("[Options]\nTimeout=1"), undefined);
});

const JOB = `<package><job id="main">
 <runtime><named name="server" helpstring="The server" type="string" required="true"/></runtime>
 <object id="dict" progid="Scripting.Dictionary"/>
 <reference object="Scripting.FileSystemObject"/>
 <resource id="hello">Hello</resource>
 <script language="VBScript" src="lib\\inc.vbs"/>
 <script language="VBScript">
  dict.Add "a", 1
  If 1 < 2 Then WScript.Echo Twice(2), ForAppending, dict.Count, getResource("hello")
 </script>
 <script language="JScript">WScript.Echo(Twice(4), dict.Item("A") === undefined);
  function exclaim(x) { return x + "!"; }</script>
 <script language="VBScript.Encode">${encodeScriptBlock(`WScript.Echo exclaim("vbs")`)}</script>
</job><job id="other"><script>
  x = 1
    y = x / 0
</script></job></package>`;

async function runJob(args: readonly string[], switches: readonly string[] = []): Promise<Outcome> {
  using folder = new TempFolder();
  folder.write("lib/inc.vbs", "Function Twice(x)\nTwice = x * 2\nEnd Function\n");
  return await run(["run", ...switches, folder.write("job.wsf", JOB), ...args]);
}

Deno.test("run: a .wsf file's first job, its parts in order and in both languages", async () => {
  const { stdout, stderr, code } = await runJob([]);
  assertEquals([stdout, stderr, code], ["4 8 1 Hello\n8 -1\nvbs!\n", "", 0]);
});

Deno.test("run: //Job chooses, and errors are at their place in the file", async () => {
  const { stderr, code } = await runJob([], ["//Job:OTHER"]);
  assertStringIncludes(stderr, "job.wsf(16, 5) Microsoft VBScript runtime error: Division by zero");
  assertEquals(code, 1);
  const unknown = await runJob([], ["//Job:x"]);
  assertEquals(unknown.code, 1);
  assertStringIncludes(unknown.stderr, `Unable to find job "x"`);
  assertStringIncludes(unknown.stderr, "main, other");
});

Deno.test("run: /? shows the usage of a job that has one", async () => {
  const { stdout, code } = await runJob(["/?"]);
  assertEquals([stdout, code], [
    "Usage: job.wsf /server:value\n\nOptions:\n\nserver : The server\n",
    0,
  ]);
});

const BAD_JOBS: readonly [title: string, body: string, message: RegExp][] = [
  ["an unknown language", `<script language="Perl">x</script>`, /\(2, 1\) .*"Perl" is not supported/],
  ["a missing file", `<script src="none.vbs"/>`, /\(2, 1\) .*Cannot read "none.vbs"/],
  ["an address of another kind", `<script src="ftp://x/y.vbs"/>`, /\(2, 1\) .*from files, http and https/],
  ["a server that is not there", `<script src="http://127.0.0.1:1/y.vbs"/>`, /\(2, 1\) .*Cannot fetch/],
  ["an unknown object", `<object id="x" progid="No.Such"/>`, /\(2, 1\) .*No\.Such/],
  ["an unknown class", `<object id="x" classid="clsid:1"/>`, /the class "clsid:1" is not known/],
  ["an object of nothing", `<object id="x"/>`, /needs the attribute progid or classid/],
  ["an unknown type library", `<reference object="No.Such"/>`, /\(2, 1\) .*"No.Such" is not known/],
  ["an unknown resource", `<script>x = getResource("x")</script>`, /no resource "x"/],
  ["what is no XML", `<scritp/>`, /\(2, 1\) Windows Script Host: There is no element <scritp>/],
  ["a damaged block", `<script language="VBScript.Encode">#@~^AAAAAA==x</script>`, /damaged/],
];

for (const [title, body, message] of BAD_JOBS) {
  Deno.test(`run: ${title} in a .wsf file is one clear error`, async () => {
    using folder = new TempFolder();
    const { stderr, code } = await run(["run", folder.write("s.wsf", `<job>\n${body}</job>`)]);
    assertMatch(stderr, message);
    assertEquals(code, 1);
  });
}

Deno.test("run: objects of a .wsf file by their class, in both languages, and Class_Terminate at Quit", async () => {
  using folder = new TempFolder();
  const script = folder.write(
    "s.wsf",
    `<?job error="true" debug="false" ?><job>
<object id="dict" classid="CLSID:EE09B103-97E0-11CF-978F-00A02463E06F"/>
<script>Class Last
Sub Class_Terminate : WScript.Echo "terminated", dict.Count : End Sub
End Class
Set last_ = New Last
Sub Leave : WScript.Quit 3 : End Sub</script>
<script language="JScript">dict("a") = 1; dict.Item("b") = GetObject("new:{EE09B103-97E0-11CF-978F-00A02463E06F}");
WScript.Echo(typeof new ActiveXObject("VBScript.RegExp"), dict("b").Count);
try { Leave() } catch (e) { WScript.Echo("caught") } finally { WScript.Echo("finally") }</script></job>`,
  );
  const { stdout, stderr, code } = await run(["run", script]);
  assertEquals([stdout, stderr, code], ["object 0\nterminated 2\n", "", 3]);
});

Deno.test("run: values go between the languages of a .wsf file", async () => {
  using folder = new TempFolder();
  const script = folder.write(
    "s.wsf",
    `<job><script language="JScript">
function makeList() { return ["a", "b"] } function makePoint() { return { x: 1, add: function (n) { return this.x + n } } }
function twice(f) { return f(f(2)) } function fail() { throw new Error(1234, "mine") }
function sorted(array) { return array.toArray().sort() }
function today() { return new Date(2024, 1, 29) } function first(array) { return new VBArray(array).toArray().join("+") }
</script><script>
Set list = makeList() : WScript.Echo list.length, list.join("-"), TypeName(list)
For Each item In list : WScript.Echo item : Next
Set point = makePoint() : point.x = 5 : WScript.Echo point.add(2), TypeName(point)
text = sorted(Split("b,a,c", ",")) : WScript.Echo text
WScript.Echo first(Array(1, 2, 3)), today().getVarDate(), TypeName(today().getVarDate())
On Error Resume Next
fail : WScript.Echo Err.Number, Err.Description
On Error Goto 0
Function Square(n) : Square = n * n : End Function
Class Pair : Public Default Function Add(a, b) : Add = a + b : End Function : Public Left : End Class
Function NewPair : Set NewPair = New Pair : End Function
Sub Wrong : x = 1 / 0 : End Sub
</script><script language="JScript">
var pair = NewPair(); pair.Left = 3;
WScript.Echo(Square(3), pair(1, 2), pair.left, typeof pair, Square(null) === null);
try { Wrong() } catch (e) { WScript.Echo(e.number & 0xFFFF, e.description) }
Wrong();
</script></job>`,
  );
  const { stdout, stderr } = await run(["run", script]);
  assertEquals(
    stdout,
    "2 a-b JScriptTypeInfo\na\nb\n7 JScriptTypeInfo\na,b,c\n1+2+3 2/29/2024 Date\n1234 mine\n" +
      "9 3 3 object -1\n11 Division by zero\n",
  );
  assertMatch(stderr, /s\.wsf\(\d+, \d+\) Microsoft \w+ runtime error: Division by zero/);
});

Deno.test("run: a script of a .wsf file comes from the web", async () => {
  using folder = new TempFolder();
  await using server = Deno.serve(
    { port: 0, hostname: "127.0.0.1", onListen: () => {} },
    (request) =>
      new URL(request.url).pathname === "/inc.js"
        ? new Response("function sum(a, b) { return a + b }\nfunction wrong() {\n null.x }")
        : new Response("none", { status: 404 }),
  );
  const address = `http://127.0.0.1:${server.addr.port}`;
  const script = folder.write(
    "s.wsf",
    `<job><script src="${address}/inc.js"/><script>WScript.Echo sum(1, 2)</script>
<script language="JScript">wrong()</script></job>`,
  );
  const { stdout, stderr } = await run(["run", script]);
  assertEquals(stdout, "3\n");
  assertStringIncludes(stderr, `${address}/inc.js(3, 7) Microsoft JScript runtime error`);
  const missing = folder.write("m.wsf", `<job>\n<script src="${address}/none.vbs"/></job>`);
  assertMatch((await run(["run", missing])).stderr, /\(2, 1\) .*the server answered 404/);
  const denied = await run(["run", script], {
    permissions: ["--allow-read", "--allow-env", "--allow-sys", "--allow-write"],
  });
  assertMatch(denied.stderr, /Cannot fetch .*--allow-net/);
});

Deno.test("run: .vbe, .wsh, //E, a code page and a locale", async () => {
  using folder = new TempFolder();
  const { path } = folder;
  folder.write("a.vbe", encodeScriptBlock(`WScript.Echo "encoded", WScript.Arguments.Count\r\nx = 1 / 0`));
  const encoded = await run(["run", `${path}/a.vbe`, "x"]);
  assertEquals(encoded.stdout, "encoded 1\n");
  assertStringIncludes(encoded.stderr, "a.vbe(2, 1) Microsoft VBScript runtime error: Division by zero");
  folder.write("b.vbs", `WScript.Echo WScript.ScriptName, WScript.Timeout, WSH.Arguments(0)`);
  folder.write("b.wsh", "[ScriptFile]\nPath=b.vbs\n[Options]\nTimeout=30\n");
  assertEquals((await run(["run", `${path}/b.wsh`, "x"])).stdout, "b.vbs 30 x\n");
  folder.write("c.txt", `WScript.Echo "any name"`);
  assertEquals((await run(["run", "//E:VBScript", `${path}/c.txt`])).stdout, "any name\n");
  assertEquals((await run(["run", `${path}/c.txt`])).code, 2);
  assertEquals((await run(["run", "//E:Perl", `${path}/c.txt`])).code, 2);
  folder.write("d.vbs", Uint8Array.from([...new TextEncoder().encode(`WScript.Echo "`), 0xff, 0x22]));
  assertEquals((await run(["run", "--codepage", "1251", `${path}/d.vbs`])).stdout, "я\n");
  assertEquals((await run(["run", `${path}/d.vbs`], { env: { LC_ALL: "ru_RU.UTF-8" } })).stdout, "я\n");
  assertEquals((await run(["run", `${path}/d.vbs`], { env: { LC_ALL: "C" } })).stdout, "ÿ\n");
  assertEquals((await run(["run", "--codepage", "none", `${path}/d.vbs`])).code, 2);
});

Deno.test(
  "run: one slash before the script is a switch, after it an argument; paths are paths",
  onPosix,
  async () => {
    using folder = new TempFolder();
    const script = folder.write("s.vbs", `For Each a In WScript.Arguments : WScript.Echo a : Next`);
    const { stdout } = await run(
      ["run", "/nologo", "/t:9", script, "/nologo", "//srv/data"],
    );
    assertEquals(stdout, "/nologo\n//srv/data\n");
    assertEquals((await run(["run", `/${script}`])).code, 0);
  },
);

Deno.test("run: GetObject says what is missing, and makes what can be made", async () => {
  using folder = new TempFolder();
  const script = folder.write(
    "s.vbs",
    `On Error Resume Next
Set x = GetObject("winmgmts:\\\\.\\root\\cimv2") : WScript.Echo Err.Number, Err.Description : Err.Clear
Set x = WScript.GetObject("C:\\a.doc") : WScript.Echo Err.Number, Err.Description : Err.Clear
Set x = GetObject("", "Scripting.Dictionary") : WScript.Echo TypeName(x)
Set x = GetObject("new:Scripting.Dictionary") : WScript.Echo TypeName(x)`,
  );
  const lines = (await run(["run", script])).stdout.split("\n");
  assertMatch(lines[0]!, /^429 .*Burnscript has no WMI/);
  assertMatch(lines[1]!, /^432 .*'C:\\a.doc'/);
  assertEquals(lines.slice(2, 4), ["Dictionary", "Dictionary"]);
});
