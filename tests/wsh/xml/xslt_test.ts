import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { AutomationError, Interrupted } from "../../../lib/automation/errors.ts";
import { NOTHING } from "../../../lib/automation/variant.ts";
import { DriveMap } from "../../../lib/platform/drive_map.ts";
import { InterruptFlag } from "../../../lib/platform/interrupt.ts";
import { HttpRequests } from "../../../lib/wsh/http/requests.ts";
import { OpenResources } from "../../../lib/wsh/open_resources.ts";
import { ScriptingHost } from "../../../lib/wsh/scripting/host.ts";
import { DomDocument } from "../../../lib/wsh/xml/mod.ts";
import { documentOf } from "./_documents.ts";

/** A style sheet of MSXML 3.0, loaded as scripts mostly load it: without its white space. */
function styleOf(body: string, attributes = 'version="1.0"'): DomDocument {
  return documentOf(
    `<xsl:stylesheet xmlns:xsl="http://www.w3.org/1999/XSL/Transform" ${attributes}>${body}</xsl:stylesheet>`,
  );
}

const atRoot = (body: string): string => `<xsl:template match="/">${body}</xsl:template>`;
const HEAD = `<?xml version="1.0" encoding="UTF-16"?>`;
const IDENTITY =
  `<xsl:template match="@*|node()"><xsl:copy><xsl:apply-templates select="@*|node()"/></xsl:copy></xsl:template>`;

/** What results look like: the declaration, the white space and the spelling are MSXML's. */
const RESULTS: readonly [what: string, body: string, result: string, source?: string][] = [
  ["XML says that it is UTF-16", atRoot("<a/>"), `${HEAD}<a/>`],
  ["a declaration is left out", `<xsl:output omit-xml-declaration="yes"/>${atRoot("<a/>")}`, "<a/>"],
  [
    "a declaration says standalone and version",
    `<xsl:output standalone="yes" version="1.0" encoding="utf-8"/>${atRoot("<a/>")}`,
    `<?xml version="1.0" encoding="UTF-16" standalone="yes"?><a/>`,
  ],
  [
    "indentation is by tabs, and not beside text",
    `<xsl:output indent="yes"/>${IDENTITY}`,
    `${HEAD}\r\n<r>\r\n\t<a x="1">\r\n\t\t<b/>\r\n\t</a>\r\n\t<c>t<d/></c>\r\n\t<!--e-->\r\n</r>\r\n`,
    "<r><a x='1'><b/></a><c>t<d/></c><!--e--></r>",
  ],
  [
    "a document type",
    `<xsl:output doctype-public="-//X//Y" doctype-system="y.dtd" omit-xml-declaration="yes"/>${
      atRoot("<a/>")
    }`,
    `<!DOCTYPE a PUBLIC "-//X//Y" "y.dtd"><a/>`,
  ],
  [
    "special characters",
    `<xsl:output omit-xml-declaration="yes"/>${
      atRoot(`<a b="&lt;&quot;&amp;&gt;&#9;&#10;">&lt;&amp;&gt;"&#13;</a>`)
    }`,
    `<a b="&lt;&quot;&amp;&gt;&#x9;&#xA;">&lt;&amp;&gt;"&#xD;</a>`,
  ],
  [
    "CDATA sections, cut at their own end",
    `<xsl:output omit-xml-declaration="yes" cdata-section-elements="a"/>${
      atRoot(`<a>x]]&gt;<xsl:value-of select="'&lt;'"/><b>&lt;</b></a>`)
    }`,
    "<a><![CDATA[x]]]]><![CDATA[><]]><b>&lt;</b></a>",
  ],
  [
    "text that is not escaped",
    `<xsl:output omit-xml-declaration="yes"/>${
      atRoot(`<a><xsl:value-of select="'&lt;br/>'" disable-output-escaping="yes"/>&lt;</a>`)
    }`,
    "<a><br/>&lt;</a>",
  ],
  [
    "comments and instructions cannot hold their own ends",
    `<xsl:output omit-xml-declaration="yes"/>${
      atRoot(
        `<a><xsl:comment>a---b-</xsl:comment><xsl:processing-instruction name="p">x?&gt;</xsl:processing-instruction></a>`,
      )
    }`,
    "<a><!--a- - -b- --><?p x? >?></a>",
  ],
  ["text alone", `<xsl:output method="text"/>${atRoot("<a>1&lt;</a>&#10;2")}`, "1<\n2"],
  [
    "white space of xsl:text counts, other white space does not",
    atRoot(`<a>
    <xsl:text> </xsl:text>
    </a>`),
    `${HEAD}<a> </a>`,
  ],
  [
    "HTML: a META, empty elements, attributes that are there or not, text of scripts, addresses",
    atRoot(
      `<html><head><title>T</title><script>if (a &lt; b &amp;&amp; c) d();</script></head><body class="&lt;&amp;&#160;"><p>a<br/>b&#160;&lt;</p><input type="checkbox" checked="checked"/><a href="\u00e9.htm?a=1&amp;b=2">x</a></body></html>`,
    ),
    `<html>\r\n<head>\r\n<META http-equiv="Content-Type" content="text/html; charset=UTF-16">\r\n` +
    `<title>T</title>\r\n<script>if (a < b && c) d();</script>\r\n</head>\r\n` +
    `<body class="<&amp;&nbsp;">\r\n<p>a<br>b&nbsp;&lt;</p><input type="checkbox" checked>` +
    `<a href="%C3%A9.htm?a=1&amp;b=2">x</a></body>\r\n</html>`,
  ],
  [
    "HTML that is not indented, with a document type",
    `<xsl:output method="html" indent="no" doctype-public="-//W3C//DTD HTML 4.01//EN"/>${
      atRoot("<div><p/><hr/><td></td></div>")
    }`,
    `<!DOCTYPE div PUBLIC "-//W3C//DTD HTML 4.01//EN">\r\n<div><p></p><hr><td></td></div>`,
  ],
  [
    "HTML with elements of another namespace",
    `<xsl:output method="html"/>${
      atRoot(
        '<div><x:e xmlns:x="urn:x"/><br xmlns="http://www.w3.org/1999/xhtml"/><x:e xmlns:x="urn:x">&amp;<i/></x:e></div>',
      )
    }`,
    '<div><x:e xmlns:x="urn:x"/><br xmlns="http://www.w3.org/1999/xhtml"/><x:e xmlns:x="urn:x">&amp;<i></i></x:e></div>',
  ],
  [
    "the built-in rules hand no parameters on",
    `${
      atRoot('<xsl:apply-templates select="r"><xsl:with-param name="p" select="1"/></xsl:apply-templates>')
    }` +
    `<xsl:template match="a"><xsl:param name="p" select="0"/><a p="{$p}"/></xsl:template>`,
    `${HEAD}<a p="0"/>`,
    "<r><a/></r>",
  ],
  [
    "a pattern that is none leaves a number as it is, and a half is rounded up",
    atRoot(
      `<a b="{format-number(1234.5, '0#')}" c="{format-number(-0.125, '0.00;(0.00)')}" d="{format-number(1.5, '')}"/>`,
    ),
    `${HEAD}<a b="1234.5" c="(0.13)" d="1.5"/>`,
  ],
  [
    "numbers keep what tells them from others",
    atRoot(`<a b="{1 div 3}" c="{0.1 + 0.2}" d="{1000000 * 1000000}" e="{1 div 1000000}"/>`),
    `${HEAD}<a b="0.3333333333333333" c="0.30000000000000004" d="1000000000000" e="0.000001"/>`,
  ],
  [
    "a truth beside a text is a number",
    atRoot(`<a b="{'12' &lt;= true()}" c="{'' &lt; true()}" d="{//none &lt; true()}"/>`),
    `${HEAD}<a b="false" c="false" d="true"/>`,
  ],
  [
    "MSXML says who it is",
    atRoot(
      `<a b="{system-property('xsl:vendor')}" c="{system-property('xsl:version')}" d="{system-property('m:version')}" xmlns:m="urn:schemas-microsoft-com:xslt"/>`,
    ),
    `${HEAD}<a b="Microsoft" c="1" d="3" xmlns:m="urn:schemas-microsoft-com:xslt"/>`.replace(
      /(<a)(.*)( xmlns:m="[^"]*")/,
      "$1$3$2",
    ),
  ],
  [
    "msxsl:node-set makes nodes of a fragment",
    `<xsl:variable name="v"><i>1</i><i>2</i></xsl:variable>${
      atRoot(`<a b="{sum(m:node-set($v)/i)}" xmlns:m="urn:schemas-microsoft-com:xslt"/>`)
    }`,
    `${HEAD}<a xmlns:m="urn:schemas-microsoft-com:xslt" b="3"/>`,
  ],
  [
    "a text beside a CDATA section is another node, as MSXML documents it",
    atRoot(`<a b="{count(r/text())}" c="{r/text()}"/>`),
    `${HEAD}<a b="3" c="x"/>`,
    "<r>x<![CDATA[y]]>z</r>",
  ],
  [
    "the XML declaration and the document type are no nodes",
    atRoot(`<a b="{count(node())}" c="{count(processing-instruction())}"/>`),
    `${HEAD}<a b="2" c="1"/>`,
    '<?xml version="1.0"?><!DOCTYPE r><?p?><r/>',
  ],
  [
    "copy-of keeps lines where white space was",
    `<xsl:output omit-xml-declaration="yes"/>${atRoot('<xsl:copy-of select="r"/>')}`,
    "<r>\r\n<a/>\r\n<b/>\r\n</r>",
    "<r>\n  <a/>\n  <b/>\n</r>",
  ],
  [
    "id() finds what the document type declares",
    atRoot(`<a b="{name(id('y'))}"/>`),
    `${HEAD}<a b="q"/>`,
    `<!DOCTYPE r [<!ATTLIST q i ID #IMPLIED>]><r><q i="y"/></r>`,
  ],
  [
    "sorting minds the language and the case",
    atRoot(
      `<a><xsl:for-each select="//i"><xsl:sort lang="sv"/><xsl:value-of select="."/></xsl:for-each>,<xsl:for-each select="//i"><xsl:sort case-order="upper-first" lang="de"/><xsl:value-of select="."/></xsl:for-each></a>`,
    ),
    `${HEAD}<a>abBz\u00e4,a\u00e4Bbz</a>`,
    "<r><i>z</i><i>\u00e4</i><i>B</i><i>b</i><i>a</i></r>",
  ],
];

for (const [what, body, result, source = "<r/>"] of RESULTS) {
  Deno.test(`transformNode() ${what}`, () => {
    assertEquals(documentOf(source).transformNode(styleOf(body)), result);
  });
}

/** What fails, and what the error says. */
const FAILURES: readonly [what: string, body: string, message: string][] = [
  ["a template without name and match", "<xsl:template/>", "has a name, a match or both"],
  ["an unknown variable", atRoot('<xsl:value-of select="$x"/>'), "There is no variable $x"],
  ["an unknown function", atRoot('<xsl:value-of select="f()"/>'), "There is no function f()"],
  [
    "too few arguments",
    atRoot('<xsl:value-of select="contains(.)"/>'),
    "contains() takes 2 arguments, not 1",
  ],
  ["an unknown template", atRoot('<xsl:call-template name="t"/>'), 'There is no template named "t"'],
  [
    "an expression that ends too early",
    atRoot('<xsl:value-of select="1 +"/>'),
    "the expression ends too early: 1 +",
  ],
  [
    "a path into a fragment",
    `<xsl:variable name="v"><i/></xsl:variable>${atRoot('<xsl:copy-of select="$v/i"/>')}`,
    "msxsl:node-set()",
  ],
  ["a pattern that is none", '<xsl:template match="1 + 1"/>', "is an expression and no pattern"],
  [
    "an attribute that is missing",
    atRoot("<xsl:value-of/>"),
    "The attribute select is missing (in <xsl:value-of>)",
  ],
  [
    "an attribute that there is not",
    atRoot('<xsl:value-of slect="." select="."/>'),
    "There is no attribute slect",
  ],
  ["an element that there is not", atRoot("<xsl:frob/>"), "XSLT 1.0 has no element <xsl:frob>"],
  ["an element in the wrong place", atRoot("<xsl:when test='1'/>"), "<xsl:when> does not stand here"],
  ["an element that is not for the top", "<xsl:value-of select='1'/>", "is none of the top level"],
  ["text at the top", "loose", "There is text at the top level: loose"],
  ["braces that do not match", atRoot('<a b="{1"/>'), "a brace that is not closed"],
  ["a message that ends it", atRoot('<xsl:message terminate="yes">No <b>way</b></xsl:message>'), "No way"],
  [
    "a variable of itself",
    `<xsl:variable name="a" select="$b"/><xsl:variable name="b" select="$a"/>${
      atRoot('<xsl:value-of select="$a"/>')
    }`,
    "The variable $a is made of itself",
  ],
  [
    "two templates of a name",
    '<xsl:template name="t"/><xsl:template name="t"/>',
    'There are two of template "t"',
  ],
  [
    "an attribute set of itself",
    '<xsl:attribute-set name="s" use-attribute-sets="s"/>',
    'The attribute set "s" uses itself',
  ],
  [
    "an undeclared prefix",
    atRoot('<xsl:value-of select="q:x"/>'),
    "Reference to undeclared namespace prefix: 'q'",
  ],
  ["a name that is none", atRoot('<xsl:element name="{1}"/>'), '"1" is no name'],
  ["a key that there is not", atRoot(`<xsl:value-of select="key('k', 1)"/>`), 'There is no key "k"'],
  [
    "endless recursion",
    `${
      atRoot('<xsl:call-template name="t"/>')
    }<xsl:template name="t"><a><xsl:call-template name="t"/></a></xsl:template>`,
    "stack has overflowed",
  ],
  [
    "endless recursion at the end of a template",
    `${
      atRoot('<xsl:call-template name="t"/>')
    }<xsl:template name="t"><xsl:call-template name="t"/></xsl:template>`,
    "stack has overflowed",
  ],
  [
    "script in a style sheet",
    `<msxsl:script implements-prefix="u" xmlns:msxsl="urn:schemas-microsoft-com:xslt" xmlns:u="urn:u">function f() { return 1; }</msxsl:script>${
      atRoot('<xsl:value-of select="u:f()" xmlns:u="urn:u"/>')
    }`,
    "msxsl:script",
  ],
  [
    "xsl:apply-imports in a loop",
    atRoot('<xsl:for-each select="*"><xsl:apply-imports/></xsl:for-each>'),
    "there is no template rule",
  ],
  [
    "select and content at once",
    atRoot('<xsl:variable name="v" select="1">2</xsl:variable>'),
    "select and content",
  ],
];

for (const [what, body, message] of FAILURES) {
  Deno.test(`transformNode() fails at ${what}`, () => {
    const error = assertThrows(() => documentOf("<r/>").transformNode(styleOf(body)), AutomationError);
    assertEquals(error.source, "msxml3.dll");
    assertStringIncludes(error.message, message);
  });
}

Deno.test("transformNode() tells a style sheet of the draft from one of XSLT", () => {
  const style = documentOf(`<xsl:stylesheet xmlns:xsl="http://www.w3.org/TR/WD-xsl"/>`);
  const error = assertThrows(() => documentOf("<r/>").transformNode(style), AutomationError);
  assertStringIncludes(error.message, 'write http://www.w3.org/1999/XSL/Transform with version="1.0"');
});

Deno.test("transformNode() of a node begins at it", () => {
  const document = documentOf("<r><i n='1'/><i n='2'/></r>");
  const style = styleOf(
    `<xsl:output method="text"/><xsl:template match="/">root</xsl:template>` +
      `<xsl:template match="i"><xsl:value-of select="concat(@n, count(/r/i))"/></xsl:template>`,
  );
  assertEquals(document.selectSingleNode("//i[1]").transformNode(style), "22");
  assertEquals(document.transformNode(style), "root");
  // An element of a document can be the style sheet as well.
  assertEquals(document.transformNode(style.documentElement), "root");
});

Deno.test("a template calls itself 100,000 times, each call in the other", () => {
  const style = styleOf(
    `<xsl:output method="text"/>${
      atRoot('<xsl:call-template name="t"><xsl:with-param name="n" select="100000"/></xsl:call-template>')
    }<xsl:template name="t"><xsl:param name="n"/><xsl:if test="$n &gt; 0">` +
      `<xsl:variable name="rest"><xsl:call-template name="t"><xsl:with-param name="n" select="$n - 1"/></xsl:call-template></xsl:variable>` +
      `</xsl:if><xsl:if test="$n mod 50000 = 0">x</xsl:if></xsl:template>`,
  );
  assertEquals(documentOf("<r/>").transformNode(style), "x");
});

Deno.test("elements 20,000 deep are copied", () => {
  const source = "<a>".repeat(20_000) + "</a>".repeat(20_000);
  const copies = documentOf(source).transformNode(styleOf(atRoot('<xsl:copy-of select="*"/>')));
  assertEquals(copies.length, HEAD.length + source.length - 3);
});

Deno.test("a transformation ends when the script shall end", () => {
  const flag = new InterruptFlag();
  const host = new ScriptingHost(
    new DriveMap([], "posix", () => "/"),
    new OpenResources(),
    () => flag.check(),
  );
  const [source, style] = [
    "<r/>",
    styleOf(
      `${
        atRoot('<xsl:call-template name="t"/>')
      }<xsl:template name="t"><xsl:call-template name="t"/></xsl:template>`,
    ).xml,
  ].map((text) => {
    const document = new DomDocument({ host, requests: new HttpRequests(flag) });
    document.loadXML(text);
    return document;
  });
  flag.raise("timeout");
  assertThrows(() => source!.transformNode(style!), Interrupted);
});

Deno.test("transformNodeToObject() fills a document, and one may be made of itself", () => {
  const document = documentOf("<r><b/><a>t</a></r>");
  const style = styleOf(
    `<xsl:output indent="yes" encoding="utf-8"/><xsl:template match="*"><xsl:copy><xsl:apply-templates><xsl:sort select="name()"/></xsl:apply-templates></xsl:copy></xsl:template>`,
  );
  document.transformNodeToObject(style, document);
  assertEquals(document.xml, '<?xml version="1.0"?>\r\n<r>\r\n\t<a>t</a>\r\n\t<b/>\r\n</r>\r\n');
  assertEquals([document.readyState, document.parseError.errorCode], [4, 0]);
});

for (
  const [what, body, number] of [
    ["two roots", "<a/><b/>", 0xc00ce555],
    ["text alone", "text", 0xc00ce556],
  ] as const
) {
  Deno.test(`transformNodeToObject() a document cannot be ${what}`, () => {
    const target = documentOf("<old/>");
    const error = assertThrows(
      () => documentOf("<r/>").transformNodeToObject(styleOf(atRoot(body)), target),
      AutomationError,
    );
    assertEquals([error.number, target.xml], [number | 0, "<old/>\r\n"]);
  });
}

Deno.test("transformNodeToObject() refuses what is no stream and no document", () => {
  const work = (): void => documentOf("<r/>").transformNodeToObject(styleOf(atRoot("<a/>")), NOTHING);
  assertEquals(assertThrows(work, AutomationError).number & 0xffff, 13);
});

Deno.test("namespaces is the list of those in the document", () => {
  const { namespaces } = documentOf(
    `<a xmlns="urn:a" xmlns:b="urn:b" xmlns:c="urn:unused"><d xmlns="" b:x="1"/></a>`,
  );
  assertEquals([namespaces.length, namespaces.namespaceURI(0), [...namespaces]], [3, "urn:a", [
    "urn:a",
    "",
    "urn:b",
  ]]);
});
