import { assertEquals, assertMatch, assertThrows } from "@std/assert";
import { MarkupError } from "../../../lib/wsh/markup.ts";
import { parseComponents } from "../../../lib/wsh/scriptlet/component_file.ts";
import { type Outcome, run, TempFolder } from "../../cli/cli.ts";

const COUNTER = `<?xml version="1.0"?>
<?component error="true" debug="true"?>
<package>
<component id="Counter">
  <registration description="Counts" progid="Burn.Counter" version="1.00" classid="{D6EBB4E0-0000-0000-0000-000000000001}">
    <script language="VBScript"><![CDATA[Sub Register : End Sub]]></script>
  </registration>
  <public>
    <property name="Step"/>
    <property name="Title" internalName="strTitle"/>
    <property name="Value"><get/></property>
    <property name="Double"><get internalName="ReadDouble"/><put internalName="WriteDouble"/></property>
    <property name="Item" dispid="0"><get/><put/></property>
    <method name="Add"><parameter name="n"/></method>
    <method name="Reset" internalName="StartAgain"/>
    <method name="Other"/>
    <method name="Fail"/>
    <event name="Changed"/>
  </public>
  <object id="dict" progid="Scripting.Dictionary"/>
  <reference object="Scripting.FileSystemObject"/>
  <resource id="greeting">Hello</resource>
  <script language="VBScript"><![CDATA[
Option Explicit
Dim Step, strTitle, total, holder
Step = 1 : total = 0 : strTitle = getResource("greeting") & ForAppending
Class Last
  Sub Class_Terminate : CreateObject("Scripting.FileSystemObject").CreateTextFile("g:\\ended.txt").Write total : End Sub
End Class
Set holder = New Last
Function get_Value : get_Value = total : End Function
Function ReadDouble : ReadDouble = total * 2 : End Function
Sub WriteDouble(v) : total = v / 2 : End Sub
Function get_Item(key) : get_Item = dict(key) : End Function
Sub put_Item(key, value) : dict(key) = value : End Sub
Function Add(n)
  total = total + n * Step
  fireEvent "changed", total
  Add = total
End Function
Sub StartAgain : total = 0 : End Sub
Function Other : Set Other = createComponent("Words") : End Function
Sub Fail
  Dim x : x = 1 / 0
End Sub
]]></script>
</component>
<component id="Words">
  <public><method name="Join"/><property name="Mark"/><property name="Any" dispid="0"/></public>
  <script language="JScript"><![CDATA[
var Mark = "-", any = "default";
function join(a, b) { var d = new ActiveXObject("Scripting.Dictionary"); d("x") = a + Mark + b; return d("x"); }
]]></script>
</component>
</package>`;

async function runWith(
  files: Readonly<Record<string, string>>,
  script: string,
): Promise<Outcome & { readonly ended: string }> {
  using folder = new TempFolder();
  for (const [name, text] of Object.entries(files)) folder.write(name, text);
  const path = `${folder.path}/${script}`;
  const outcome = await run(["run", "--map", `g:=${folder.path}`, path]);
  return { ...outcome, ended: await Deno.readTextFile(`${folder.path}/ended.txt`).catch(() => "") };
}

Deno.test("GetObject() a component in VBScript: properties, methods, events, the default member", async () => {
  const { stdout, stderr, code, ended } = await runWith({
    "counter.wsc": COUNTER,
    "s.vbs": `Set c = GetObject("script:g:\\counter.wsc")
WScript.Echo TypeName(c), c.Title, c.Step
WScript.ConnectObject c, "c_"
Sub c_Changed(total) : WScript.Echo "changed", total : End Sub
c.Step = 5 : WScript.Echo c.Add(2), c.value, c.Double
c.Double = 8 : c.Title = "t" : WScript.Echo c.Value, c.Title
c("k") = "v" : c.Item("l") = c("k") & "!" : WScript.Echo c("l")
c.Reset : WScript.Echo c.Value
Set w = c.Other : w.Mark = "+" : WScript.Echo w.Join("a", "b"), w, TypeName(w)
Set d = CreateObject("Burn.Counter") : WScript.Echo d.Add(1), c.Value
WScript.Echo GetObject("script:g:\\counter.wsc#words").Join(1, 2)
On Error Resume Next
c.Value = 1 : WScript.Echo Err.Number : Err.Clear
c.Nope : WScript.Echo Err.Number`,
  }, "s.vbs");
  assertEquals(
    [stdout, stderr, code],
    [
      "Counter Hello8 1\nchanged 10\n10 10 20\n4 t\nv!\n0\na+b default Words\n1 0\n1-2\n438\n438\n",
      "",
      0,
    ],
  );
  // Class_Terminate of what their scripts hold.
  assertEquals(ended, "0");
});

Deno.test("GetObject() a component from JScript, and its error at its place", async () => {
  const { stdout, stderr, code } = await runWith({
    "counter.wsc": COUNTER,
    "s.js": `var c = GetObject("script:g:/counter.wsc");
function c::Changed(total) { WScript.Echo("changed " + total) }
c("k") = 1; c.Step = 2; WScript.Echo(c.add(3), c.Item("k"), typeof c);
try { c.Fail() } catch (e) { WScript.Echo(e.number & 0xFFFF, e.description) }
WScript.Echo(c.Other().Join("x", "y"));
c.Fail();`,
  }, "s.js");
  assertEquals([stdout, code], ["changed 6\n6 1 object\n11 Division by zero\nx-y\n", 1]);
  assertMatch(stderr, /Division by zero/);
});

Deno.test("GetObject() a component's script lies beside it, and .wsf objects may be components", async () => {
  const { stdout, stderr } = await runWith({
    "lib/part.vbs": "Function Twice(x) : Twice = x * 2 : End Function",
    "lib/c.wsc": `<component><registration progid="My.Part"/><public><method name="Twice"/></public>
<script src="part.vbs"/></component>`,
    "s.wsf": `<job><script>Set first = GetObject("script:g:\\lib\\c.wsc")
WScript.Echo first.Twice(2), CreateObject("my.part").Twice(3)</script></job>`,
  }, "s.wsf");
  assertEquals([stdout, stderr], ["4 6\n", ""]);
});

Deno.test("GetObject() a component asks and creates what its user's text does not name", async () => {
  const { stdout, stderr } = await runWith({
    "c.wsc": `<component><public><method name="Ask"/></public><script>Function Ask
MsgBox "asked"
Set document = CreateObject("MSXML2.DOMDocument") : document.loadXML "<a/>" : Ask = document.documentElement.nodeName
End Function</script></component>`,
    "s.vbs": `WScript.Echo GetObject("script:g:\\c.wsc").Ask
WScript.Echo TypeName(GetObject("new:{2933BF90-7B36-11D2-B20E-00C04F983E60}"))`,
  }, "s.vbs");
  assertEquals(stdout, "a\nDOMDocument\n");
  assertMatch(stderr, /asked/);
});

const WRONG: readonly [title: string, wsc: string, message: RegExp][] = [
  ["no component", "<package></package>", /There is no <component>/],
  [
    "an element in the wrong place",
    "<component>\n<method name='x'/></component>",
    /\(2, 1\): <method> cannot stand in <component>/,
  ],
  [
    "a method without a name",
    "<component><public><method/></public></component>",
    /<method> needs the attribute name/,
  ],
  ["what is not closed", "<component><public>", /<public> is not closed/],
  [
    "what closes nothing",
    "<component></public></component>",
    /<\/public> closes nothing; <component> is open/,
  ],
  [
    "another interface",
    "<component><implements type='Behavior'/></component>",
    /cannot implement "Behavior"/,
  ],
];

for (const [title, wsc, message] of WRONG) {
  Deno.test(`parseComponents() ${title}`, () => {
    const error = assertThrows(() => parseComponents(wsc), MarkupError);
    assertMatch(`(${error.line}, ${error.column}): ${error.message}`, message);
  });
}

const FAILS: readonly [title: string, wsc: string | undefined, message: RegExp][] = [
  ["a file that is not there", undefined, /^429 .*c\.wsc': /],
  ["a file that is none", "<component>", /^429 .*c\.wsc'\(1, 1\): <component> is not closed/],
  [
    "an unknown language",
    `<component>\n<script language="Perl">x</script></component>`,
    /^429 .*c\.wsc\(2, 1\) .*"Perl" is not supported/,
  ],
  ["a script from the web", `<component><script src="http://x/y.vbs"/></component>`, /^429 .*is not fetched/],
  ["a compile error", "<component><script>\nIf</script></component>", /^1002 Syntax error$/m],
  [
    "an object that is not there",
    `<component><object id="x" progid="No.Such"/></component>`,
    /^429 .*No\.Such/,
  ],
  ["an unknown component", `<component id="A"/>`, /^429 .*c\.wsc' has no component "B", but A$/m],
  [
    "an event that is not declared",
    `<component><script>fireEvent "x"</script></component>`,
    /^5 .*declares no event "x"/,
  ],
  [
    "a component that creates itself for ever",
    `<component><script>Set x = GetObject("script:g:\\c.wsc")</script></component>`,
    /^28 Out of stack space$/m,
  ],
];

for (const [title, wsc, message] of FAILS) {
  Deno.test(`GetObject() ${title} is one clear error`, async () => {
    const { stdout } = await runWith({
      ...(wsc === undefined ? {} : { "c.wsc": wsc }),
      "s.vbs": `On Error Resume Next\nSet c = GetObject("script:g:\\c.wsc${
        title.includes("unknown component") ? "#B" : ""
      }")\nWScript.Echo Err.Number, Err.Description`,
    }, "s.vbs");
    assertMatch(stdout, message);
  });
}
