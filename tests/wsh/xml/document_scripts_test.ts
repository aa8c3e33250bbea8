/** XML documents in scripts, through the command line. */
import { assertEquals, assertStringIncludes } from "@std/assert";
import { run, TempFolder } from "../../cli/cli.ts";

async function runScript(
  source: string,
  files: Readonly<Record<string, string>> = {},
): Promise<{ lines: string[]; stderr: string; code: number; folder: TempFolder }> {
  const folder = new TempFolder();
  for (const [name, content] of Object.entries(files)) folder.write(name, content);
  const script = folder.write(
    "s.vbs",
    `Set d = CreateObject("Microsoft.XMLDOM") : d.async = False\n${source}`,
  );
  const { stdout, stderr, code } = await run(["run", "--map", `g:=${folder.path}`, script]);
  return { lines: stdout.trimEnd().split(/\r?\n/), stderr, code, folder };
}

const SCRIPTS: readonly [
  what: string,
  source: string,
  lines: readonly string[],
  files?: Record<string, string>,
][] = [
  [
    "a file is loaded, changed and saved, and its lines stay where they were",
    `WScript.Echo d.load("g:\\in.xml"), d.parseError.errorCode, d.url
Set c = d.createElement("copy") : c.setAttribute "n", 3 : c.text = "<three>"
d.documentElement.appendChild c
d.save "g:\\out.xml"
WScript.Echo CreateObject("Scripting.FileSystemObject").OpenTextFile("g:\\out.xml").ReadAll`,
    [
      "-1 0 file:///g:/in.xml",
      '<?xml version="1.0" encoding="utf-8"?>',
      "<list>",
      '\t<copy n="1"/>',
      '\t<copy n="2">two</copy><copy n="3">&lt;three&gt;</copy></list>',
    ],
    {
      "in.xml":
        '<?xml version="1.0" encoding="utf-8"?>\n<list>\n  <copy n="1"/>\n  <copy n="2">two</copy></list>',
    },
  ],
  [
    "For Each walks lists and attributes, and a node is one object",
    `d.loadXML "<r a='1' b='2'><x/><y/></r>"
For Each n In d.documentElement.childNodes : WScript.Echo n.nodeName, n.parentNode Is d.documentElement : Next
For Each n In d.documentElement.attributes : WScript.Echo n.name, n.value : Next
Set l = d.getElementsByTagName("*") : WScript.Echo l.length, l(1).nodeName, l.item(7) Is Nothing
Do : Set n = l.nextNode : If n Is Nothing Then Exit Do
WScript.Echo n.nodeTypeString : Loop`,
    ["x -1", "y -1", "a 1", "b 2", "3 x -1", "element", "element", "element"],
  ],
  [
    "bin.base64 makes bytes of text and text of bytes",
    `Set e = d.createElement("b") : e.dataType = "bin.base64" : e.text = "aMOp"
Set s = CreateObject("ADODB.Stream") : s.Type = 1 : s.Open : s.Write e.nodeTypedValue
s.Position = 0 : s.Type = 2 : s.Charset = "utf-8" : t = s.ReadText : WScript.Echo Len(t), AscW(Mid(t, 2))
s.Position = 0 : s.Type = 1 : e.nodeTypedValue = s.Read : WScript.Echo e.text, VarType(e.nodeTypedValue)`,
    ["2 233", "aMOp 8209"],
  ],
  [
    "streams and documents are loaded from and saved to",
    `Set s = CreateObject("ADODB.Stream") : s.Type = 2 : s.Charset = "iso-8859-1" : s.Open
s.WriteText "<?xml version='1.0' encoding='iso-8859-1'?><a>" & ChrW(233) & "</a>"
WScript.Echo d.load(s), AscW(d.text)
Set o = CreateObject("MSXML2.DOMDocument.6.0") : d.save o : WScript.Echo o.documentElement.xml = d.documentElement.xml
s.Position = 0 : s.SetEOS : d.save s : s.Position = 0 : WScript.Echo s.ReadText
WScript.Echo o.load(d), o.text = d.text`,
    ["-1 233", "-1", '<?xml version="1.0" encoding="iso-8859-1"?>', "<a>é</a>", "", "-1 -1"],
  ],
  [
    "onreadystatechange hears of every state, and readyState is 4 after load, async or not",
    `d.async = True : d.onreadystatechange = GetRef("Changed")
d.loadXML "<a/>"
Sub Changed : WScript.Echo d.readyState : End Sub
WScript.Echo "then", d.readyState`,
    ["1", "2", "3", "4", "then 4"],
  ],
];

for (const [what, source, lines, files] of SCRIPTS) {
  Deno.test(`XML: ${what}`, async () => {
    const result = await runScript(source, files);
    using _folder = result.folder;
    assertEquals({ lines: result.lines, stderr: result.stderr, code: result.code }, {
      lines,
      stderr: "",
      code: 0,
    });
  });
}

Deno.test("XML: JScript writes the index of a list as it does of its own", async () => {
  using folder = new TempFolder();
  const script = folder.write(
    "s.js",
    `var d = new ActiveXObject("Microsoft.XMLDOM"); d.loadXML("<r a='1'><i>x</i><i>y</i></r>");
WScript.Echo(d.getElementsByTagName("i")[1].childNodes[0].nodeValue, d.documentElement.attributes[0].name);
for (var e = new Enumerator(d.selectNodes("//i")); !e.atEnd(); e.moveNext()) WScript.Echo(e.item().text);
WScript.Echo(d.selectSingleNode("//none") == null, d.documentElement.getAttribute("none") === null);`,
  );
  const { stdout, stderr } = await run(["run", script]);
  assertEquals({ lines: stdout.trimEnd().split(/\r?\n/), stderr }, {
    lines: ["y a", "x", "y", "-1 -1"],
    stderr: "",
  });
});

Deno.test("XML: a file that Deno may not read is error 70, which names the flag", async () => {
  using folder = new TempFolder();
  const script = folder.write("s.vbs", `CreateObject("Microsoft.XMLDOM").load "/etc/hostname"`);
  const { stderr, code } = await run(["run", script], { permissions: [`--allow-read=${folder.path},.`] });
  assertEquals(code === 0, false);
  assertStringIncludes(stderr, "--allow-read");
});
