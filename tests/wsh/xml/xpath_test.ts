import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { AutomationError } from "../../../lib/automation/errors.ts";
import { XPathError } from "../../../lib/wsh/xml/xpath/value.ts";
import { parseXPath } from "../../../lib/wsh/xml/xpath/parser.ts";
import { stringOf, stringOfNumber } from "../../../lib/wsh/xml/xpath/value.ts";
import { documentOf } from "./_documents.ts";

/** The value of an expression at the root of a document, as text. */
function valueOf(expression: string, source = "<r/>"): string {
  const parsed = parseXPath(expression, {
    namespace: (prefix) => `urn:${prefix}`,
    variable(name): never {
      throw new XPathError(`no $${name}`);
    },
    call(name): never {
      throw new XPathError(`no ${name}()`);
    },
  });
  const environment = { tick: (): void => {} };
  return stringOf(parsed.evaluate({ node: documentOf(source).node, position: 1, size: 1, environment }));
}

const TREE =
  `<r xmlns:p="urn:p" xml:lang="en"><a i="1">x<b/>y</a><p:a i="2"/><a i="3"><a i="4">z</a></a><mod/><!--c--></r>`;

/** Section by section of XPath 1.0; `//…/@i` shows which nodes an expression means. */
const VALUES: readonly [expression: string, value: string][] = [
  ["1 + 2 * 3 - 4 div 2 mod 3", "5"],
  ["- - 2 - -1", "3"],
  ["5 mod -2", "1"],
  ["-5 mod 2", "-1"],
  ["1 = 1 = 1", "true"],
  ["3 > 2 > 1", "false"],
  ["'a' or 1 div 0 and false()", "true"],
  ["round(-0.5)", "0"],
  ["round(2.5)", "3"],
  ["round(-2.5)", "-2"],
  ["floor(-0.5)", "-1"],
  ["string(1 div 0)", "Infinity"],
  ["string(-1 div 0)", "-Infinity"],
  ["string(0 div 0)", "NaN"],
  ["string(-0)", "0"],
  ["substring('12345', 1.5, 2.6)", "234"],
  ["substring('12345', 0, 3)", "12"],
  ["substring('12345', 0 div 0, 3)", ""],
  ["substring('12345', -42, 1 div 0)", "12345"],
  ["substring('12345', -1 div 0, 1 div 0)", ""],
  ["translate('bar', 'abc', 'AB')", "BAr"],
  ["translate('--aaa--', 'abc-', 'ABC')", "AAA"],
  ["normalize-space('  a   b ')", "a b"],
  ["number(' 12 ')", "12"],
  ["number('1e3')", "NaN"],
  ["number('+1')", "NaN"],
  ["number('.5')", "0.5"],
  ["boolean('false')", "true"],
  ["//none = 1", "false"],
  ["//none != 1", "false"],
  ["not(//none = 1)", "true"],
  ["//@i = 2", "true"],
  ["//@i != 2", "true"],
  ["//@i > 3 and //@i < 2", "true"],
  ["//a = //b", "false"],
  ["count(//a)", "3"],
  ["count(//*)", "7"],
  ["count(//p:*)", "1"],
  ["count(//mod)", "1"],
  ["count(/r/mod | //mod)", "1"],
  ["//a[2]/@i", "3"],
  ["(//a)[3]/@i", "4"],
  ["//a[last()]/@i", "3"],
  ["count(//a[1])", "2"],
  ["//a[@i > 1][2]/@i", ""],
  ["//a/a/../@i", "3"],
  ["//a[a]/@i", "3"],
  ["//a[not(*)]/@i", "4"],
  ["//*[self::p:a]/@i", "2"],
  ["//mod/preceding-sibling::*[1]/@i", "3"],
  ["//mod/preceding::*[1]/@i", "4"],
  ["//mod/preceding::a[last()]/@i", "1"],
  ["name(//b/following::*[1])", "p:a"],
  ["//b/ancestor::*[1]/@i", "1"],
  ["count(//b/ancestor-or-self::node())", "4"],
  ["count(//a[1]/text())", "3"],
  ["string(//comment())", "c"],
  ["count(//a[3]/namespace::*)", "0"],
  ["count(/r/namespace::*)", "2"],
  ["local-name(//p:a)", "a"],
  ["namespace-uri(//p:a)", "urn:p"],
  ["name(/)", ""],
  ["count(//*[lang('EN')])", "7"],
  ["sum(//@i)", "10"],
  ["string(/r/a)", "xy"],
  ["count(//@i/..)", "4"],
  ["count(//@i/following::b)", "1"],
  ["string-length(//a)", "2"],
  ["concat(1, true(), 'x')", "1truex"],
  ["processing-instruction('p')", ""],
  ["//child::a/attribute::i", "1"],
  ["/descendant-or-self::node()/child::a[position() = 2]/@i", "3"],
];

for (const [expression, value] of VALUES) {
  Deno.test(`parseXPath() ${expression}`, () => assertEquals(valueOf(expression, TREE), value));
}

for (
  const expression of [
    "",
    "1 +",
    "a b",
    "(1",
    "a[",
    "a]",
    "foo::a",
    "@",
    "a/",
    "//",
    "'x",
    "$",
    "count()",
    "not(1, 2)",
    "f()",
    "1 2",
    "::a",
    "a|1",
  ]
) {
  Deno.test(`parseXPath() refuses "${expression}"`, () => {
    assertThrows(() => valueOf(expression, TREE), XPathError);
  });
}

Deno.test("stringOfNumber() gives a number back whole, and without an exponent", () => {
  fc.assert(fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
    const text = stringOfNumber(value);
    assertEquals([/^-?\d+(?:\.\d+)?$/.test(text), Number(text)], [true, value + 0]);
  }));
});

const TOKENS = [
  "a",
  "b",
  "*",
  "/",
  "//",
  "|",
  "[",
  "]",
  "(",
  ")",
  "@",
  "..",
  ".",
  "1",
  "'x'",
  "=",
  "<",
  "+",
  "-",
  "and",
  "or",
  "div",
  "not(",
  "count(",
  "position()",
  "last()",
  "text()",
  "node()",
  "ancestor::",
  "preceding::",
  "self::",
  ",",
  " ",
  "$v",
  "p:a",
  "p:*",
  "::",
];

Deno.test("selectNodes() gives nodes or an error for any text", () => {
  const document = documentOf(TREE, "6.0");
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...TOKENS), { maxLength: 12 }), (tokens) => {
      try {
        document.selectNodes(tokens.join(""));
      } catch (error) {
        if (!(error instanceof AutomationError)) throw error;
      }
    }),
    { numRuns: 2_000, seed: 3 },
  );
});

Deno.test("selectNodes() ends in an error where an expression is nested too deep", () => {
  const document = documentOf(TREE, "6.0");
  for (
    const text of [
      "(".repeat(100_000),
      "a[".repeat(100_000),
      `1${"+1".repeat(100_000)}`,
      "not(".repeat(100_000),
    ]
  ) {
    assertThrows(() => document.selectNodes(text), AutomationError);
  }
});
