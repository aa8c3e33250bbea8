import { assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import { AutomationError } from "../../../lib/automation/errors.ts";
import { DISPATCH, makeDate, NOTHING, type Variant, VariantArray } from "../../../lib/automation/variant.ts";
import { byteArray } from "../../../lib/wsh/adodb/stream.ts";
import type { DomDocument } from "../../../lib/wsh/xml/mod.ts";
import { documentOf, newDocument } from "./_documents.ts";

/** The number of the error that work ends in, as MSXML's headers have it. */
function errorOf(work: () => unknown): string {
  return (assertThrows(work, AutomationError).number >>> 0).toString(16);
}

/** How trees are written: `.xml` of a document that work was done on. */
const WRITTEN: readonly [what: string, text: string, work: (document: DomDocument) => void, xml: string][] = [
  [
    "a declaration loses its encoding in a string",
    "<?xml version='1.0' encoding='utf-8'?><a/>",
    () => {},
    '<?xml version="1.0"?>\r\n<a/>\r\n',
  ],
  [
    "nodes of the top level have a line each",
    "<!-- c --><?p d?><a/>",
    () => {},
    "<!-- c -->\r\n<?p d?>\r\n<a/>\r\n",
  ],
  [
    "white space becomes a new line and tabs",
    "<a>\n    <b>\n <c/> </b> <d/></a>",
    () => {},
    "<a>\r\n\t<b>\r\n\t\t<c/>\r\n\t</b>\r\n\t<d/></a>\r\n",
  ],
  ["text keeps its white space", "<a> x <b/> y\n</a>", () => {}, "<a> x <b/> y\r\n</a>\r\n"],
  [
    "xml:space keeps white space",
    "<a xml:space='preserve'> <b/> </a>",
    () => {},
    '<a xml:space="preserve"> <b/> </a>\r\n',
  ],
  ["an empty text makes an end tag", "<a/>", (d) => d.documentElement.text = "", "<a></a>\r\n"],
  ["text is escaped", "<a/>", (d) => d.documentElement.text = '<&>"', '<a>&lt;&amp;&gt;"</a>\r\n'],
  [
    "a CDATA section with its own end becomes two",
    "<a/>",
    (d) => d.documentElement.appendChild(d.createCDATASection("x]]>y")),
    "<a><![CDATA[x]]]]><![CDATA[>y]]></a>\r\n",
  ],
  [
    "an element without a namespace in a namespace says so",
    "<a xmlns='u'/>",
    (d) => d.documentElement.appendChild(d.createElement("b")),
    '<a xmlns="u"><b xmlns=""/></a>\r\n',
  ],
  [
    "an element brings its namespace",
    "<a/>",
    (d) => d.documentElement.appendChild(d.createNode(1, "p:b", "urn:p")),
    '<a><p:b xmlns:p="urn:p"/></a>\r\n',
  ],
  [
    "a namespace that is there is not declared again",
    "<a xmlns:p='urn:p'/>",
    (d) => d.documentElement.appendChild(d.createNode("element", "p:b", "urn:p")),
    '<a xmlns:p="urn:p"><p:b/></a>\r\n',
  ],
  [
    "xmlns by setAttribute needs no xmlns='' below",
    "<a><b/></a>",
    (d) => d.documentElement.setAttribute("xmlns", "urn:u"),
    '<a xmlns="urn:u"><b/></a>\r\n',
  ],
  ["a fragment gives its nodes", "<a><z/></a>", (d) => {
    const fragment = d.createDocumentFragment();
    fragment.appendChild(d.createElement("x"));
    fragment.appendChild(d.createElement("y"));
    d.documentElement.insertBefore(fragment, d.documentElement.firstChild as unknown as Variant);
    assertEquals(fragment.hasChildNodes(), false);
  }, "<a><x/><y/><z/></a>\r\n"],
  [
    "replaceChild puts one in the place of another",
    "<a><x/><y/></a>",
    (d) => d.documentElement.replaceChild(d.documentElement.lastChild, d.documentElement.firstChild),
    "<a><y/></a>\r\n",
  ],
  ["documentElement can be replaced", "<a/>", (d) => d.documentElement = d.createElement("b"), "<b/>\r\n"],
  ["normalize joins texts", "<a>x</a>", (d) => {
    d.documentElement.appendChild(d.createTextNode("y"));
    assertEquals(d.documentElement.childNodes.length, 2);
    d.documentElement.normalize();
    assertEquals(d.documentElement.childNodes.length, 1);
  }, "<a>xy</a>\r\n"],
  [
    "a declaration is a processing instruction",
    "<a/>",
    (d) =>
      d.insertBefore(
        d.createProcessingInstruction("xml", "version='1.0'"),
        d.firstChild as unknown as Variant,
      ),
    "<?xml version='1.0'?>\r\n<a/>\r\n",
  ],
  [
    "splitText makes two texts",
    "<a>abc</a>",
    (d) =>
      (d.documentElement.firstChild as ReturnType<DomDocument["createTextNode"]>).splitText(1).data = "-",
    "<a>a-</a>\r\n",
  ],
];

for (const [what, text, work, xml] of WRITTEN) {
  Deno.test(`xml: ${what}`, () => {
    const document = documentOf(text);
    work(document);
    assertEquals(document.xml, xml);
  });
}

Deno.test("preserveWhiteSpace keeps all, and text then has it", () => {
  const document = newDocument();
  document.preserveWhiteSpace = true;
  document.loadXML("<a>\r\n <b> x </b>\r\n</a>");
  assertEquals([document.xml, document.text], ["<a>\r\n <b> x </b>\r\n</a>\r\n", "\n  x \n"]);
  assertEquals(documentOf("<a>\n <b> x </b>\n</a>").text, "x");
});

/** What MSXML says of each node type: nodeType, nodeName, nodeTypeString, nodeValue, baseName, prefix, TypeName. */
const KINDS: readonly [make: (d: DomDocument) => object, facts: readonly unknown[]][] = [
  [(d) => d, [9, "#document", "document", null, "", "", "DOMDocument"]],
  [(d) => d.documentElement, [1, "p:a", "element", null, "a", "p", "IXMLDOMElement"]],
  [(d) => d.documentElement.getAttributeNode("p:b"), [
    2,
    "p:b",
    "attribute",
    "1",
    "b",
    "p",
    "IXMLDOMAttribute",
  ]],
  [(d) => d.createTextNode("x"), [3, "#text", "text", "x", "", "", "IXMLDOMText"]],
  [(d) => d.createCDATASection("x"), [
    4,
    "#cdata-section",
    "cdatasection",
    "x",
    "",
    "",
    "IXMLDOMCDATASection",
  ]],
  [(d) => d.createEntityReference("e"), [5, "e", "entityreference", null, "e", "", "IXMLDOMEntityReference"]],
  [(d) => d.createProcessingInstruction("t", "d"), [
    7,
    "t",
    "processinginstruction",
    "d",
    "t",
    "",
    "IXMLDOMProcessingInstruction",
  ]],
  [(d) => d.createComment("x"), [8, "#comment", "comment", "x", "", "", "IXMLDOMComment"]],
  [(d) => d.doctype, [10, "p:a", "documenttype", null, "p:a", "", "IXMLDOMDocumentType"]],
  [(d) => d.createDocumentFragment(), [
    11,
    "#document-fragment",
    "documentfragment",
    null,
    "",
    "",
    "IXMLDOMDocumentFragment",
  ]],
];

for (const [make, facts] of KINDS) {
  Deno.test(`nodeType ${facts[0]} is ${facts[6]}`, () => {
    const document = documentOf("<!DOCTYPE p:a><p:a xmlns:p='u' p:b='1'/>");
    const node = make(document) as DomDocument;
    assertEquals(
      [
        node.nodeType,
        node.nodeName,
        node.nodeTypeString,
        node.nodeValue,
        node.baseName,
        node.prefix,
        node[DISPATCH].typeName,
      ],
      [...facts],
    );
  });
}

Deno.test("a node has one object", () => {
  const document = documentOf("<a><b/></a>");
  const b = document.documentElement.firstChild;
  assertStrictEquals(document.selectSingleNode("//b"), b);
  assertStrictEquals(document.getElementsByTagName("b").item(0), b);
  assertStrictEquals(b.ownerDocument, document);
  assertStrictEquals(b.parentNode.parentNode, document);
});

/** What is refused, with the SDK's numbers. */
const REFUSED: readonly [what: string, number: string, work: (d: DomDocument) => unknown][] = [
  ["a second root", "c00ce555", (d) => d.appendChild(d.createElement("b"))],
  ["text in a document", "c00ce208", (d) => d.appendChild(d.createTextNode("x"))],
  ["a node in itself", "c00ce20a", (d) => d.documentElement.firstChild.appendChild(d.documentElement)],
  ["an attribute as a child", "c00ce208", (d) => d.documentElement.appendChild(d.createAttribute("x"))],
  ["a child of a text", "c00ce208", (d) => d.createTextNode("x").appendChild(d.createTextNode("y"))],
  ["removing what is not in it", "c00ce20d", (d) => d.removeChild(d.documentElement.firstChild)],
  [
    "inserting before what is not in it",
    "c00ce20b",
    (d) => d.insertBefore(d.createComment("x"), d.documentElement.firstChild as unknown as Variant),
  ],
  [
    "an attribute of another element",
    "c00ce214",
    (d) =>
      d.documentElement.setAttributeNode(
        (d.documentElement.firstChild as typeof d.documentElement).getAttributeNode("x"),
      ),
  ],
  [
    "removing an attribute that is not its own",
    "c00ce219",
    (d) => d.documentElement.removeAttributeNode(d.createAttribute("x")),
  ],
  ["a name with a blank", "c00ce505", (d) => d.createElement("a b")],
  ["a name that begins with a digit", "c00ce504", (d) => d.documentElement.setAttribute("1", "x")],
  ["no name", "c00ce20e", (d) => d.createNode(1, "", "")],
  ["a comment with two hyphens", "c00ce503", (d) => d.createComment("a--b")],
  ["nodeValue of an element", "c00ce208", (d) => d.documentElement.nodeValue = "x"],
  ["an offset beyond the end", "c00ce218", (d) => d.createTextNode("abc").substringData(4, 1)],
  ["an unknown data type", "c00ce21c", (d) => d.documentElement.dataType = "bin.octal"],
  ["a node type that there is not", "c00ce208", (d) => d.createNode(99, "x", "")],
  ["an unknown property", "80070057", (d) => d.setProperty("Speed", 9)],
  ["wrong SelectionNamespaces", "80070057", (d) => d.setProperty("SelectionNamespaces", "x=urn:x")],
  ["transformNode by what is no style sheet", "80004005", (d) => d.transformNode(d)],
  ["schemas", "800a01bd", (d) => d.schemas = d],
  ["validate", "800a01bd", (d) => d.validate()],
  ["an attribute that is Null", "5e", (d) => d.documentElement.setAttribute("x", null)],
];

for (const [what, number, work] of REFUSED) {
  Deno.test(`${what} is error ${number}`, () => {
    const document = documentOf("<a><b x='1'/></a>");
    assertEquals(errorOf(() => work(document)), number);
    assertEquals(document.documentElement.xml, '<a><b x="1"/></a>');
  });
}

Deno.test("attributes are a map by name and by place", () => {
  const document = documentOf("<a xmlns:p='u' b='1' p:c='2'/>");
  const { attributes } = document.documentElement;
  assertEquals([attributes.length, attributes.item(1).text, attributes.item(9)], [3, "1", null as never]);
  assertEquals([attributes.getNamedItem("b").text, attributes.getNamedItem("c")], ["1", null as never]);
  assertEquals(attributes.getQualifiedItem("c", "u").text, "2");
  assertEquals(attributes.removeQualifiedItem("c", "u").nodeName, "p:c");
  attributes.removeNamedItem("b");
  attributes.setNamedItem(document.createAttribute("n"));
  assertEquals(document.documentElement.xml, '<a xmlns:p="u" n=""/>');
  assertEquals([attributes.nextNode().nodeName, attributes.nextNode().nodeName, attributes.nextNode()], [
    "xmlns:p",
    "n",
    null as never,
  ]);
  assertEquals(document.documentElement.getAttribute("gone"), null);
  document.documentElement.removeAttribute("gone");
});

Deno.test("lists follow the document", () => {
  const document = documentOf("<a><b/><b/></a>");
  const [children, named, found] = [
    document.documentElement.childNodes,
    document.getElementsByTagName("b"),
    document.selectNodes("//b"),
  ];
  document.documentElement.appendChild(document.createElement("b"));
  assertEquals([children.length, named.length, found.length], [3, 3, 2]);
  for (const child of children) document.documentElement.removeChild(child);
  assertEquals([children.length, named.length], [0, 0]);
});

Deno.test("lists of both documents follow a node that goes to the other one", () => {
  const [one, other] = [documentOf("<a><b><c/></b></a>"), documentOf("<z/>")];
  const b = one.documentElement.firstChild;
  const [left, taken, inside] = [
    one.documentElement.childNodes,
    other.documentElement.childNodes,
    b.childNodes,
  ];
  assertEquals([left.length, taken.length, inside.length], [1, 0, 1]);
  b.removeChild(b.firstChild);
  other.documentElement.appendChild(b);
  assertEquals([left.length, taken.length, inside.length], [0, 1, 0]);
});

Deno.test("text has the white space of CDATA sections", () => {
  const text = (content: string): string => documentOf(`<a>${content}</a>`).text;
  assertEquals(text(" x <b> y </b> "), "x  y");
  assertEquals(text("  <![CDATA[ x ]]>  "), " x ");
  assertEquals(text("  <![CDATA[]]> y "), "y");
});

Deno.test("nodes go from document to document, or are copied", () => {
  const [one, other] = [documentOf("<a><b c='1'>x</b></a>"), documentOf("<z/>")];
  const copy = other.importNode(one.documentElement.firstChild, true);
  assertEquals([copy.xml, copy.parentNode, one.documentElement.xml], [
    '<b c="1">x</b>',
    null as never,
    '<a><b c="1">x</b></a>',
  ]);
  other.documentElement.appendChild(one.documentElement.firstChild);
  assertEquals([one.documentElement.xml, other.documentElement.xml], ["<a/>", '<z><b c="1">x</b></z>']);
  assertStrictEquals(other.documentElement.firstChild.ownerDocument, other);
});

Deno.test("nodeFromID finds what the DTD declares as an ID", () => {
  const document = documentOf("<!DOCTYPE a [<!ATTLIST b key ID #REQUIRED>]><a><b key='x'/><b key='y'/></a>");
  assertEquals(document.nodeFromID("y").xml, '<b key="y"/>');
  assertEquals(document.nodeFromID("z"), null as never);
});

/** Data types: a text, the value that it has, and the text of that value. */
const TYPED: readonly [type: string, text: string, value: Variant, written?: string][] = [
  ["int", " 42 ", 42, "42"],
  ["i2", "-7", -7],
  ["boolean", "1", true],
  ["boolean", "0", false],
  ["float", "1.5e3", 1500, "1500"],
  ["string", " x ", " x "],
  ["bin.hex", "00ff0A", byteArray(Uint8Array.of(0, 255, 10)), "00ff0a"],
  ["bin.base64", "AP8K", byteArray(Uint8Array.of(0, 255, 10))],
  ["bin.base64", "A P8\nK", byteArray(Uint8Array.of(0, 255, 10)), "AP8K"],
  ["bin.base64", "", byteArray(new Uint8Array())],
  ["date", "2024-02-29", makeDate(45351)],
  ["dateTime", "2024-02-29T12:00:00", makeDate(45351.5)],
  ["dateTime.tz", "2024-02-29T14:00:00+02:00", makeDate(45351.5), "2024-02-29T12:00:00"],
  ["time", "06:00:00", makeDate(0.25)],
];

for (const [type, text, value, written] of TYPED) {
  Deno.test(`nodeTypedValue of ${type} ${JSON.stringify(text)}`, () => {
    const element = newDocument().createElement("a");
    element.dataType = type;
    element.text = text;
    const typed = element.nodeTypedValue;
    const plain = (one: Variant): unknown =>
      typeof one === "object" && one !== null && "value" in one ? one.value : one;
    assertEquals(
      value instanceof VariantArray ? typed : plain(typed),
      value instanceof VariantArray ? value : plain(value),
    );
    element.nodeTypedValue = typed;
    assertEquals(element.childNodes.length === 0 ? "" : element.firstChild.nodeValue, written ?? text);
  });
}

for (
  const [type, text] of [
    ["int", "x"],
    ["i2", "40000"],
    ["boolean", "yes"],
    ["bin.base64", "*"],
    ["bin.hex", "xy"],
    ["date", "2023-02-29"],
    ["dateTime", "2023-02-28T25:00:00"],
    ["dateTime", "today"],
  ] as const
) {
  Deno.test(`nodeTypedValue of ${type} "${text}" is error C00CE201`, () => {
    const element = newDocument().createElement("a");
    element.dataType = type;
    element.text = text;
    assertEquals(errorOf(() => element.nodeTypedValue), "c00ce201");
  });
}

Deno.test("bin.base64 has 72 characters a line", () => {
  const element = newDocument().createElement("a");
  element.dataType = "bin.base64";
  element.nodeTypedValue = byteArray(new Uint8Array(108));
  assertEquals(element.text, `${"A".repeat(72)}\n${"A".repeat(72)}`);
});

Deno.test("insertBefore() Nothing is last", () => {
  const document = documentOf("<a><b/></a>");
  document.documentElement.insertBefore(document.createElement("c"), NOTHING);
  assertEquals(document.documentElement.xml, "<a><b/><c/></a>");
});
