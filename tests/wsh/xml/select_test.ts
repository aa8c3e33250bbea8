import { assertEquals, assertThrows } from "@std/assert";
import { AutomationError } from "../../../lib/automation/errors.ts";
import { xpathOfPattern } from "../../../lib/wsh/xml/select.ts";
import { documentOf } from "./_documents.ts";

const SHOP =
  `<shop xmlns:p="urn:p"><book id="1"><title>A</title><price>5</price></book><book id="2"><title>B</title>` +
  `<price>9</price><p:note>n</p:note></book><book id="3"><title>C</title></book><!--end--></shop>`;

/** XSLPattern as MSXML's reference, "XSL Pattern Syntax", has it, and the ids or texts of what it means in SHOP. */
const PATTERNS: readonly [pattern: string, found: string][] = [
  ["shop/book/title", "A B C"],
  ["//title", "A B C"],
  ["//book[0]/title", "A"],
  ["//book[1]/title", "B"],
  ["//book[-1]/title", "C"],
  ["//book[end()]/title", "C"],
  ["//book[index() $lt$ 2]/title", "A B"],
  ["//book[price]/title", "A B"],
  ["//book[$not$ price]/title", "C"],
  ["//book[$not$ price $and$ title='C']/title", "C"],
  ["//book[price $gt$ 5 $and$ price $le$ 9]/title", "B"],
  ["//book[@id='1' || @id='3']/title", "A C"],
  ["//book[title $eq$ '$and$']/title", ""],
  ["//book!title", "A B C"],
  ["//book[nodeName()='book']/@id", "1 2 3"],
  ["//p:note", "n"],
  ["//book/@id", "1 2 3"],
  ["//comment()", "end"],
];

for (const [pattern, found] of PATTERNS) {
  Deno.test(`selectNodes() XSLPattern ${pattern}`, () => {
    assertEquals([...documentOf(SHOP).selectNodes(pattern)].map((node) => node.text).join(" "), found);
  });
}

const XPATHS: readonly [expression: string, found: string][] = [
  ["//book[1]/title", "A"],
  ["//book[last()]/title", "C"],
  ["//book[position() < 3]/title", "A B"],
  ["//title | //price", "A 5 B 9 C"],
  ["//book[not(price)]/@id", "3"],
  ["//book[contains(title,'B')]/following-sibling::book/title", "C"],
  ["//price[. > 5]/..//title", "B"],
  ["//x:note", "n"],
  ["id('1')", ""],
  ["//book/..//title", "A B C"],
  ["//title/preceding::title", "A B"],
  ["//note | namespace::*", ""],
];

for (const [expression, found] of XPATHS) {
  Deno.test(`selectNodes() XPath ${expression}`, () => {
    const document = documentOf(SHOP, "6.0");
    document.setProperty("SelectionNamespaces", "xmlns:x='urn:p'");
    assertEquals([...document.selectNodes(expression)].map((node) => node.text).join(" "), found);
  });
}

Deno.test("a default namespace hides names from XPath, and not from XSLPattern", () => {
  const text = "<a xmlns='urn:a'><b/></a>";
  assertEquals([
    documentOf(text).selectNodes("//b").length,
    documentOf(text, "6.0").selectNodes("//b").length,
  ], [1, 0]);
  const document = documentOf(text);
  document.setProperty("SelectionLanguage", "xpath");
  assertEquals([document.getProperty("SelectionLanguage"), document.selectNodes("//b").length], ["XPath", 0]);
  document.setProperty("SelectionNamespaces", `xmlns:n="urn:a" xmlns:m='urn:m'`);
  assertEquals(document.selectNodes("//n:b").length, 1);
});

Deno.test("declarations of namespaces are no attributes to XPath", () => {
  assertEquals(documentOf(SHOP, "6.0").documentElement.selectNodes("@*").length, 0);
});

for (
  const [expression, number] of [["//book[", 0x80004005], ["", 0x80004005], ["//q:a", 0xc00ce01d], [
    "count(//a)",
    0x80004005,
  ], ["//book[f()]", 0x80004005]] as const
) {
  Deno.test(`selectNodes() ${expression} is error ${number.toString(16)}`, () => {
    const document = documentOf(SHOP, "6.0");
    assertEquals(assertThrows(() => document.selectNodes(expression), AutomationError).number, number | 0);
  });
}

Deno.test("xpathOfPattern() leaves texts alone", () => {
  assertEquals(xpathOfPattern(`a[b='$and$ [0]' $and$ c!='x'][2]`), `a[b='$and$ [0]'  and  c!='x'][3]`);
});

Deno.test("30,000 nodes are selected in their order", () => {
  const document = documentOf(
    `<a>${Array.from({ length: 30_000 }, (_, at) => `<b>${at}</b>`).join("")}</a>`,
    "6.0",
  );
  const texts = [...document.selectNodes("//b")].map((node) => Number(node.text));
  assertEquals(texts, texts.toSorted((one, other) => one - other));
  assertEquals(texts.length, 30_000);
});
