/** Style sheets in scripts, through the command line. */
import { assertEquals, assertStringIncludes } from "@std/assert";
import { run, TempFolder } from "../../cli/cli.ts";

const XSL = (body: string): string =>
  `<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">${body}</xsl:stylesheet>`;

const BOOKS =
  `<books><book cat="a"><title>A &amp; B</title><price>9.5</price></book><book cat="b"><title>C</title>` +
  `<price>20</price></book><book cat="a"><title>D</title><price>3</price></book></books>`;

const FILES: Readonly<Record<string, string>> = {
  "books.xml": `<?xml version="1.0" encoding="utf-8"?>\n${BOOKS}`,
  "pretty.xsl": XSL(
    `<xsl:output method="xml" indent="yes"/><xsl:template match="@*|node()"><xsl:copy><xsl:apply-templates select="@*|node()"/></xsl:copy></xsl:template>`,
  ),
  "report.xsl": XSL(
    `<xsl:output method="html" encoding="utf-8"/><xsl:key name="cat" match="book" use="@cat"/><xsl:param name="head" select="'Books'"/>
     <xsl:template match="/"><html><head><title><xsl:value-of select="$head"/></title></head><body>
     <xsl:for-each select="//book[generate-id() = generate-id(key('cat', @cat)[1])]"><xsl:sort select="@cat" order="descending"/>
     <h2><xsl:value-of select="@cat"/>: <xsl:value-of select="format-number(sum(key('cat', @cat)/price), '#,##0.00')"/></h2>
     </xsl:for-each></body></html></xsl:template>`,
  ),
  "sub dir/part.xsl": XSL(
    `<xsl:template match="/"><p><xsl:value-of select="document('data.xml')"/></p></xsl:template>`,
  ),
  "sub dir/data.xml": "<d>seen</d>",
  "main.xsl": XSL(`<xsl:import href="sub dir/part.xsl"/>`),
  "loop.xsl": XSL(`<xsl:include href="loop.xsl"/>`),
  "bad.xsl": XSL(`<xsl:include href="broken.xsl"/>`),
  "broken.xsl": "<a>",
  "csv.xsl": XSL(
    `<xsl:output method="text"/><xsl:template match="/"><xsl:for-each select="//book"><xsl:sort select="price" data-type="number"/><xsl:value-of select="title"/>;<xsl:value-of select="price"/><xsl:text>&#13;&#10;</xsl:text></xsl:for-each></xsl:template>`,
  ),
};

const LOAD = `Set d = CreateObject("MSXML2.DOMDocument") : d.async = False : d.load "g:\\books.xml"
Set x = CreateObject("MSXML2.DOMDocument") : x.async = False
`;

const SCRIPTS: readonly [what: string, name: string, source: string, lines: readonly string[]][] = [
  [
    "a document is made pretty and saved",
    "s.vbs",
    `${LOAD}x.load "g:\\pretty.xsl"
Set o = CreateObject("MSXML2.DOMDocument") : d.transformNodeToObject x, o : o.save "g:\\pretty.xml"
WScript.Echo CreateObject("Scripting.FileSystemObject").OpenTextFile("g:\\pretty.xml").ReadLine
WScript.Echo Replace(o.selectSingleNode("//book[1]").xml, vbTab, "<TAB>")`,
    [
      '<?xml version="1.0"?>',
      '<book cat="b">',
      "<TAB><title>C</title>",
      "<TAB><price>20</price>",
      "</book>",
    ],
  ],
  [
    "a report goes to a stream in its own encoding",
    "s.vbs",
    `${LOAD}x.load "g:\\report.xsl"
Set s = CreateObject("ADODB.Stream") : s.Type = 2 : s.Charset = "utf-8" : s.Open
d.transformNodeToObject x, s : s.Position = 0 : WScript.Echo s.ReadText`,
    [
      "<html>",
      "<head>",
      '<META http-equiv="Content-Type" content="text/html; charset=utf-8">',
      "<title>Books</title>",
      "</head>",
      "<body>",
      "<h2>b: 20.00</h2>",
      "<h2>a: 12.50</h2>",
      "</body>",
      "</html>",
    ],
  ],
  [
    "a stream takes what its encoding lacks as references",
    "s.vbs",
    `${LOAD}x.loadXML "<xsl:stylesheet version='1.0' xmlns:xsl='http://www.w3.org/1999/XSL/Transform'><xsl:output encoding='iso-8859-1'/>" & _
  "<xsl:template match='/'><a b='&#8364;'>&#233;&#8364;</a></xsl:template></xsl:stylesheet>"
Set s = CreateObject("ADODB.Stream") : s.Type = 1 : s.Open : d.transformNodeToObject x, s
WScript.Echo s.Size : s.Position = 0 : s.Type = 2 : s.Charset = "iso-8859-1" : t = s.ReadText
WScript.Echo Replace(t, ChrW(233), "[e9]")
x.loadXML Replace(x.xml, "iso-8859-1", "utf-16") : s.Position = 0 : s.SetEOS : d.transformNodeToObject x, s
s.Position = 0 : s.Type = 1 : b = s.Read(4) : WScript.Echo Hex(AscB(MidB(b, 1, 1))), Hex(AscB(MidB(b, 2, 1))), Hex(AscB(MidB(b, 3, 1)))`,
    ["70", '<?xml version="1.0" encoding="iso-8859-1"?><a b="&#8364;">[e9]&#8364;</a>', "FF FE 3C"],
  ],
  [
    "XML becomes CSV",
    "s.vbs",
    `${LOAD}x.load "g:\\csv.xsl" : WScript.StdOut.Write d.transformNode(x)`,
    ["D;3", "A & B;9.5", "C;20"],
  ],
  [
    "a template makes processors with parameters, a start mode and objects",
    "s.vbs",
    `Class Clock
  Public Zone
  Public Function Add(a, b) : Add = a + b : End Function
End Class
Set d = CreateObject("MSXML2.DOMDocument.6.0") : d.loadXML "<r><i>1</i><i>2</i></r>"
Set x = CreateObject("MSXML2.FreeThreadedDOMDocument.6.0")
x.loadXML "<xsl:stylesheet version='1.0' xmlns:xsl='http://www.w3.org/1999/XSL/Transform' xmlns:c='urn:c'><xsl:output method='text'/>" & _
  "<xsl:param name='t' select='0'/><xsl:param name='l'/><xsl:template match='/'><xsl:value-of select='concat($t, count($l), $t + 1)'/></xsl:template>" & _
  "<xsl:template match='/' mode='m'><xsl:value-of select=""concat('m', c:Add(1, count(//i)), c:get-Zone())""/></xsl:template></xsl:stylesheet>"
Set t = CreateObject("MSXML2.XSLTemplate.6.0") : Set t.stylesheet = x
Set p = t.createProcessor : WScript.Echo p.readyState, p.ownerTemplate Is t, TypeName(p)
p.input = d : p.addParameter "t", 4 : p.addParameter "l", d.selectNodes("//i")
WScript.Echo p.transform, p.output, p.readyState
p.addParameter "t", Empty : p.transform : WScript.Echo p.output
Set c = New Clock : c.Zone = "UTC" : p.addObject c, "urn:c" : p.setStartMode "m" : p.transform : WScript.Echo p.output, p.startMode
Set o = CreateObject("ADODB.Stream") : o.Type = 1 : o.Open : p.output = o : p.transform : WScript.Echo o.Size
On Error Resume Next
t.createProcessor.transform : WScript.Echo Hex(Err.Number), Err.Description`,
    [
      "0 -1 IXSLProcessor",
      "-1 425 4",
      "021",
      "m3UTC m",
      "5",
      "80004005 The processor has no input; set it first",
    ],
  ],
  [
    "xsl:import, xsl:include and document() read files beside the style sheet, where that is allowed",
    "s.vbs",
    `${LOAD}x.load "g:\\main.xsl" : WScript.Echo d.transformNode(x)
Set y = CreateObject("MSXML2.DOMDocument.6.0") : y.load "g:\\main.xsl"
On Error Resume Next
d.transformNode y : WScript.Echo Err.Description : Err.Clear
y.resolveExternals = True : d.transformNode y : WScript.Echo Err.Description : Err.Clear
y.setProperty "AllowDocumentFunction", True : WScript.Echo d.transformNode(y)
For Each name In Array("loop", "bad")
  x.load "g:\\" & name & ".xsl" : d.transformNode x : WScript.Echo Err.Description : Err.Clear
Next`,
    [
      '<?xml version="1.0" encoding="UTF-16"?><p>seen</p>',
      '"sub dir/part.xsl" is not read; resolveExternals = True on the style sheet allows it (in <xsl:import>)',
      'document() is not allowed; setProperty "AllowDocumentFunction", True allows it (in <xsl:value-of>)',
      '<?xml version="1.0" encoding="UTF-16"?><p>seen</p>',
      '"loop.xsl" is a style sheet that imports or includes itself (in <xsl:include>)',
      '"file:///g:/broken.xsl" cannot be read: The following tags were not closed: a. (line 1)',
    ],
  ],
  [
    "JScript transforms too",
    "s.js",
    `var d = new ActiveXObject("Microsoft.XMLDOM"), x = new ActiveXObject("Microsoft.XMLDOM");
d.load("g:\\\\books.xml"); x.load("g:\\\\csv.xsl");
WScript.StdOut.Write(d.transformNode(x));
var t = new ActiveXObject("Msxml2.XSLTemplate"); t.stylesheet = x;
var p = t.createProcessor(); p.input = d; p.transform(); WScript.Echo(p.output.length);
try { x.loadXML("<a/>"); d.transformNode(x); } catch (e) { WScript.Echo(e.description); }`,
    [
      "D;3",
      "A & B;9.5",
      "C;20",
      "22",
      "<a> is no style sheet: that begins with <xsl:stylesheet> in http://www.w3.org/1999/XSL/Transform",
    ],
  ],
];

for (const [what, name, source, lines] of SCRIPTS) {
  Deno.test(`XSLT: ${what}`, async () => {
    using folder = new TempFolder();
    for (const [file, text] of Object.entries(FILES)) folder.write(file, text);
    const { stdout, stderr, code } = await run([
      "run",
      "--map",
      `g:=${folder.path}`,
      folder.write(name, source),
    ]);
    assertEquals({ lines: stdout.trimEnd().split(/\r?\n/), stderr, code }, { lines, stderr: "", code: 0 });
  });
}

Deno.test("XSLT: //T ends a style sheet that calls itself for long", async () => {
  using folder = new TempFolder();
  const script = folder.write(
    "s.vbs",
    `Set d = CreateObject("Microsoft.XMLDOM") : d.loadXML "<r/>"
Set x = CreateObject("Microsoft.XMLDOM")
x.loadXML "<xsl:stylesheet version='1.0' xmlns:xsl='http://www.w3.org/1999/XSL/Transform'><xsl:template match='/'><xsl:call-template name='t'/></xsl:template>" & _
  "<xsl:template name='t'><xsl:call-template name='t'/></xsl:template></xsl:stylesheet>"
On Error Resume Next
Do : d.transformNode x : Loop`,
  );
  const { stdout, stderr } = await run(["run", "//T:1", script]);
  assertStringIncludes(stdout + stderr, "Script execution time was exceeded");
});
