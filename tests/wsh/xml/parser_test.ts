import { assertEquals, assertMatch } from "@std/assert";
import fc from "fast-check";
import type { DomDocument } from "../../../lib/wsh/xml/mod.ts";
import { documentOf, newDocument } from "./_documents.ts";

/** Number, sentence and place of what is wrong with a text. */
function errorOf(document: DomDocument): string {
  const { errorCode, reason, line, linepos } = document.parseError;
  return `${(errorCode >>> 0).toString(16)} ${reason.trimEnd()} (${line}:${linepos})`;
}

/** Texts that are not well-formed: the numbers and sentences are those of the MSXML SDK's "XML Error Messages". */
const WRONG: readonly [text: string, error: string][] = [
  ["", "c00ce558 XML document must have a top level element. (0:0)"],
  ["<!-- only this -->", "c00ce558 XML document must have a top level element. (0:0)"],
  ["hello", "c00ce556 Invalid at the top level of the document. (1:1)"],
  ["<a/>text", "c00ce556 Invalid at the top level of the document. (1:5)"],
  ["<a/><![CDATA[x]]>", "c00ce556 Invalid at the top level of the document. (1:5)"],
  ["&lt;<a/>", "c00ce556 Invalid at the top level of the document. (1:1)"],
  ["<a><b></a>", "c00ce56d End tag 'a' does not match the start tag 'b'. (1:9)"],
  ["<a>\r\n <b>\r\n</A>", "c00ce56d End tag 'A' does not match the start tag 'b'. (3:3)"],
  ["<a><b>", "c00ce553 The following tags were not closed: b, a. (1:7)"],
  ["</a>", "c00ce552 End tag was not expected at this location. (1:1)"],
  ["<a/></a>", "c00ce552 End tag was not expected at this location. (1:5)"],
  ["<a/><b/>", "c00ce555 Only one top level element is allowed in an XML document. (1:5)"],
  ["<a b>", "c00ce501 Missing equals sign between attribute and attribute value. (1:5)"],
  ["<a b=c>", "c00ce502 A string literal was expected, but no opening quote character was found. (1:6)"],
  ["<a b='1'c='2'/>", "c00ce509 Required white space was missing. (1:9)"],
  ["<a b='1' b='2'/>", "c00ce554 Duplicate attribute. (1:10)"],
  ["<a xmlns:p='u' xmlns:q='u' p:b='1' q:b='2'/>", "c00ce554 Duplicate attribute. (1:36)"],
  ["<a b='<'/>", "c00ce506 The character '<' cannot be used in an attribute value. (1:7)"],
  ["<a b='1", "c00ce560 A string literal was not closed. (1:6)"],
  ["<a", "c00ce55e Element was not closed. (1:1)"],
  ["<a/ >", "c00ce50a The character '>' was expected. (1:4)"],
  ["<a></a x>", "c00ce55f End element was missing the character '>'. (1:8)"],
  ["<1/>", "c00ce504 A name was started with an invalid character. (1:2)"],
  ["< a/>", "c00ce513 Whitespace is not allowed at this location. (1:2)"],
  ["<a$/>", "c00ce505 A name contained an invalid character. (1:3)"],
  ["<a:b:c/>", "c00ce51c Multiple colons are not allowed in a name. (1:5)"],
  ["<p:a/>", "c00ce01d Reference to undeclared namespace prefix: 'p'. (1:2)"],
  ["<a p:b='1'/>", "c00ce01d Reference to undeclared namespace prefix: 'p'. (1:4)"],
  ["<a xmlns:p=''/>", "c00ce027 Only a default namespace can have an empty URI. (1:4)"],
  ["<a xmlns:xml='urn:x'/>", "c00ce010 Reserved namespace 'xml' can not be redeclared. (1:4)"],
  ["<a>x & y</a>", "c00ce513 Whitespace is not allowed at this location. (1:7)"],
  ["<a>x &y</a>", "c00ce50d A semi colon character was expected. (1:8)"],
  ["<a>&nbsp;</a>", "c00ce002 Reference to undefined entity 'nbsp'. (1:4)"],
  ["<a>&#xZ;</a>", "c00ce51e Invalid character for hexidecimal digit. (1:7)"],
  ["<a>&#1x;</a>", "c00ce51d Invalid character for decimal digit. (1:7)"],
  ["<a>&#0;</a>", "c00ce51f Invalid unicode character value for this platform. (1:5)"],
  ["<a>&#x110000;</a>", "c00ce51f Invalid unicode character value for this platform. (1:5)"],
  ["<a>\x01</a>", "c00ce508 An invalid character was found in text content. (1:4)"],
  ["<a>\ud800</a>", "c00ce508 An invalid character was found in text content. (1:4)"],
  ["<a>]]></a>", "c00ce55c The literal string ']]>' is not allowed in element content. (1:4)"],
  ["<!-- a -- b --><a/>", "c00ce503 Incorrect syntax was used in a comment. (1:8)"],
  ["<a><!-- ", "c00ce561 A comment was not closed. (1:4)"],
  ["<a><![CDATA[", "c00ce564 A CDATA section was not closed. (1:4)"],
  ["<a><?pi ", "c00ce55d Processing instruction was not closed. (1:4)"],
  [" <?xml version='1.0'?><a/>", "c00ce557 Invalid xml declaration. (1:2)"],
  ["<?XML version='1.0'?><a/>", "c00ce576 The name 'xml' is reserved and must be lower case. (1:1)"],
  ["<?xml encoding='utf-8'?><a/>", "c00ce569 The 'version' attribute is required at this location. (1:6)"],
  ["<?xml version='one'?><a/>", "c00ce57f Invalid version number. (1:6)"],
  [
    "<?xml version='1.0' standalone='maybe'?><a/>",
    "c00ce579 The standalone attribute must have the value 'yes' or 'no'. (1:6)",
  ],
  ["<?xml version='1.0' ?? ?><a/>", "c00ce507 Invalid syntax for an xml declaration. (1:6)"],
  ["<a/><!DOCTYPE a>", "c00ce57e Cannot have a DOCTYPE declaration outside of a prolog. (1:5)"],
  ["<!DOCTYPE a><!DOCTYPE a><a/>", "c00ce581 Cannot have multiple DOCTYPE declarations. (1:13)"],
  ["<!DOCTYPE a [<x/>]><a/>", "c00ce50b Invalid character found in DTD. (1:14)"],
  ["<!DOCTYPE a [<!ENTITY b 'c'", "c00ce562 A declaration was not closed. (1:14)"],
  ["<!DOCTYPE a SYSTEM 1><a/>", "c00ce566 External ID is invalid. (1:13)"],
  ["<!WHAT a><a/>", "c00ce565 Declaration has an invalid name. (1:1)"],
  [
    "<!DOCTYPE a [<!ENTITY b '&b;'>]><a>&b;</a>",
    "c00ce003 Entity 'b' contains an infinite entity reference loop. (1:36)",
  ],
  [
    "<!DOCTYPE a [<!ENTITY b '&c;'><!ENTITY c '&b;'>]><a x='&b;'/>",
    "c00ce003 Entity 'b' contains an infinite entity reference loop. (1:56)",
  ],
  ["<!DOCTYPE a [<!ENTITY b '<c>'>]><a>&b;</a>", "c00ce553 The following tags were not closed: c. (1:36)"],
  [
    "<!DOCTYPE a [<!ENTITY b '</a>'>]><a>&b;</a>",
    "c00ce552 End tag was not expected at this location. (1:37)",
  ],
  [
    "<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a x='&b;'/>",
    "c00ce007 Cannot reference an external general parsed entity 'b' in an attribute value. (1:61)",
  ],
];

for (const [text, error] of WRONG) {
  Deno.test(`loadXML(${JSON.stringify(text)}) fails as MSXML does`, () => {
    const document = newDocument();
    assertEquals([document.loadXML(text), errorOf(document)], [false, error]);
    assertEquals([document.documentElement, document.xml], [null as unknown, ""]);
  });
}

Deno.test("parseError has the line, and its place in the whole text", () => {
  const document = newDocument();
  document.loadXML("<a>\r\n  <b c=d/>\r\n</a>");
  const { line, linepos, filepos, srcText, reason, url } = document.parseError;
  assertEquals([line, linepos, filepos, srcText, url], [2, 8, 12, "  <b c=d/>", ""]);
  assertMatch(reason, /\.\r\n$/);
  document.loadXML("<a/>");
  assertEquals([document.parseError.errorCode, document.parseError.line], [0, 0]);
});

/** Texts and what they are read as. */
const READ: readonly [text: string, xml: string][] = [
  ["<a>&lt;&amp;&gt;&quot;&apos;&#65;&#x1F600;</a>", "<a>&lt;&amp;&gt;\"'A😀</a>"],
  ["<a b='x\ty\r\nz &#10; \"'/>", '<a b="x y z &#xA; &quot;"/>'],
  ["<a><![CDATA[<b>&]]></a>", "<a><![CDATA[<b>&]]></a>"],
  ["<a></a>", "<a></a>"],
  ["<a\n b = '1' />", '<a b="1"/>'],
  ["<é ü='ö'/>", '<é ü="ö"/>'],
  ["<a xmlns='u'><b xmlns=''/></a>", '<a xmlns="u"><b xmlns=""/></a>'],
  ["<!DOCTYPE a [<!ENTITY b 'x<c/>y'>]><a>1&b;2</a>", "<a>1x<c/>y2</a>"],
  ["<!DOCTYPE a [<!ENTITY b '&#38;lt;'>]><a x='&b;'>&b;</a>", '<a x="&lt;">&lt;</a>'],
  ["<!DOCTYPE a [<!ATTLIST a x CDATA 'one' y CDATA #IMPLIED>]><a/>", '<a x="one"/>'],
  ['<!DOCTYPE a [<!-- \' > --><?p > ?><!ELEMENT a ANY><!NOTATION n SYSTEM "]>">]><a/>', "<a/>"],
  ["<!DOCTYPE a SYSTEM 'http://127.0.0.1:1/a.dtd'><a>&far;</a>", "<a>&far;</a>"],
  ["<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/hostname'>]><a>&b;</a>", "<a>&b;</a>"],
];

for (const [text, xml] of READ) {
  Deno.test(`loadXML(${JSON.stringify(text)})`, () => {
    assertEquals(documentOf(text).documentElement.xml, xml);
  });
}

Deno.test("ProhibitDTD is how MSXML 6.0 begins", () => {
  const document = newDocument("6.0");
  assertEquals(document.loadXML("<!DOCTYPE a><a/>"), false);
  assertEquals(errorOf(document), "c00ce584 DTD is prohibited. (1:1)");
  document.setProperty("ProhibitDTD", false);
  assertEquals(document.loadXML("<!DOCTYPE a><a/>"), true);
});

Deno.test("MaxElementDepth is 256 in MSXML 6.0, and no limit in 3.0", () => {
  const nested = (depth: number): string => "<a>".repeat(depth) + "</a>".repeat(depth);
  const document = newDocument("6.0");
  assertEquals([document.loadXML(nested(256)), document.loadXML(nested(257))], [true, false]);
  assertEquals(document.parseError.errorCode, 0xc00ce586 | 0);
  document.setProperty("MaxElementDepth", 2);
  assertEquals([document.loadXML(nested(2)), document.loadXML(nested(3))], [true, false]);
});

Deno.test("a document of 100,000 levels is read, copied, searched and written", () => {
  const depth = 100_000;
  const text = `${"<a>".repeat(depth)}x${"</a>".repeat(depth)}`;
  const document = documentOf(text);
  assertEquals(document.xml, `${text}\r\n`);
  assertEquals(document.text, "x");
  assertEquals(document.getElementsByTagName("a").length, depth);
  const clone = document.cloneNode(true);
  assertEquals(clone.xml, document.xml);
});

Deno.test("10,000 levels that declare a namespace each are read and written", () => {
  const depth = 10_000;
  const names = Array.from({ length: depth }, (_, level) => level);
  const text = names.map((level) => `<p${level}:a xmlns:p${level}="u${level}">`).join("") +
    names.reverse().map((level) => `</p${level}:a>`).join("");
  assertEquals(documentOf(text).xml, `${text.replace(/><\/p9999:a>/, "></p9999:a>")}\r\n`);
});

/** Entities of ten references each to the one before; `first` is what the first one is. */
function bomb(first: string, levels: number): string {
  const names = [..."abcdefghij"].slice(0, levels);
  const rows = names.map((name, at) =>
    `<!ENTITY ${name} "${at === 0 ? first : `&${names[at - 1]};`.repeat(10)}">`
  );
  return `<!DOCTYPE r [${rows.join("")}]>`;
}

const chain = Array.from({ length: 70 }, (_, at) => `<!ENTITY e${at} "${at === 0 ? "" : `&e${at - 1};`}">`)
  .join("");
const BOMBS: readonly [what: string, text: string, reason: RegExp][] = [
  [
    "a billion laughs",
    `${bomb("lol", 10)}<r>&j;</r>`,
    /^Error while parsing entity '.'\. Entities are referred to more than 262144 times/,
  ],
  [
    "a billion laughs in an attribute",
    `${bomb("lol", 10)}<r x='&j;'/>`,
    /referred to more than 262144 times/,
  ],
  [
    "a quadratic blow-up",
    `${bomb("x".repeat(100_000), 1)}<r>${"&a;".repeat(100)}</r>`,
    /^Error while parsing entity 'a'\. Entities make more than 8388608 characters/,
  ],
  ["a long chain", `<!DOCTYPE r [${chain}]><r>&e69;</r>`, /in each other more than 64 deep/],
];

for (const [what, text, reason] of BOMBS) {
  Deno.test(`loadXML() of ${what} ends in a parse error`, () => {
    const document = newDocument();
    assertEquals([document.loadXML(text), document.parseError.errorCode], [false, 0xc00ce009 | 0]);
    assertMatch(document.parseError.reason, reason);
  });
}

Deno.test("an attribute of 10 MB and 100,000 attributes are read", () => {
  assertEquals(
    (documentOf(`<a b="${"x".repeat(1e7)}"/>`).documentElement.getAttribute("b") as string).length,
    1e7,
  );
  const many = Array.from({ length: 100_000 }, (_, at) => `a${at}="${at}"`).join(" ");
  assertEquals(documentOf(`<a ${many}/>`).documentElement.getAttribute("a99999"), "99999");
});

Deno.test("loadXML() of any text is True, or False with a reason", () => {
  const piece = fc.constantFrom(
    "<",
    ">",
    "/",
    "a",
    "b",
    "=",
    "'",
    '"',
    "&",
    ";",
    "#",
    "x",
    "!",
    "-",
    "[",
    "]",
    "?",
    " ",
    "\n",
    "CDATA",
    "DOCTYPE",
    "ENTITY",
    "xml",
    "xmlns",
    ":",
    "%",
    "\0",
    "😀",
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
      const document = newDocument();
      const text = pieces.join("");
      const loaded = document.loadXML(text);
      assertEquals(loaded, document.parseError.errorCode === 0);
      if (loaded) assertEquals(documentOf(document.xml).xml, document.xml);
    }),
    { numRuns: 500, seed: 7 },
  );
});

Deno.test("what is written is read as it was", () => {
  const text = fc.string({
    unit: fc.constantFrom("a", " ", "\n", "<", "&", ">", '"', "'", "]]>", "é", "😀", "\t"),
  });
  fc.assert(
    fc.property(text, text, (content, value) => {
      const document = newDocument();
      document.preserveWhiteSpace = true;
      const root = document.createElement("r");
      root.setAttribute("v", value);
      root.appendChild(document.createTextNode(content));
      document.appendChild(root);
      const again = newDocument();
      again.preserveWhiteSpace = true;
      assertEquals(again.loadXML(document.xml), true);
      assertEquals([again.text, again.documentElement.getAttribute("v")], [content, value]);
    }),
    { numRuns: 300, seed: 7 },
  );
});
