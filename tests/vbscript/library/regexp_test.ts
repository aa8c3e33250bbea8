import { assertEquals } from "@std/assert";
import { DISPATCH, type Variant } from "../../../lib/automation/variant.ts";
import { RegExpObject } from "../../../lib/vbscript/library/mod.ts";
import { outcome, show } from "./_library.ts";

interface Options {
  readonly global?: boolean;
  readonly ignoreCase?: boolean;
  readonly multiLine?: boolean;
}

/** An object that is set up as a script does it, through its dispatch table. */
function expression(pattern: string, options: Options = {}): RegExpObject {
  const regexp = new RegExpObject();
  const put = (name: string, value: Variant): void => regexp[DISPATCH].member(name)!.put!(regexp, [], value);
  put("pattern", pattern);
  put("GLOBAL", options.global ?? false);
  put("IgnoreCase", options.ignoreCase ?? false);
  put("MultiLine", options.multiLine ?? false);
  return regexp;
}

const TESTS: readonly [pattern: string, text: string, expected: boolean, options?: Options][] = [
  ["b+", "abbc", true],
  ["^b", "abbc", false],
  ["B", "abc", false],
  ["B", "abc", true, { ignoreCase: true }],
  ["^b$", "a\nb\nc", false],
  ["^b$", "a\nb\nc", true, { multiLine: true }],
  ["a.b", "a\rb", true],
  ["a.b", "a\u2028b", true],
  ["a.b", "a\nb", false],
  ["\\s", "\u00A0", false],
  ["\\s", "\v", true],
  ["\\S", "\u00A0", true],
  ["[\\s]", "\u00A0", false],
  ["^[\\S]$", "\u00A0", true],
  ["^[\\s-x]+$", " -x", true],
  ["^[x-\\s]+$", " -x", true],
  ["^[\\w-.]+$", "a-b.c", true],
  ["^[\\\\s]+$", "\\s", true],
  ["\\d", "\u0663", false],
  ["\\w", "é", false],
  ["^(a)?\\1b$", "b", true],
  ["^a{2,3}$", "aaa", true],
  ["^a{$", "a{", true],
  ["^a{x}]$", "a{x}]", true],
  ["^(?:a|b)(?=c)(?!d)c$", "bc", true],
  ["^a+?b*?c??$", "aab", true],
  ["\\bfoo\\B", "foobar", true],
  ["\\x41\\u0042\\103", "ABC", true],
  ["^a{0000000000000000000000000000000000002}$", "aa", true],
  ["", "", true],
];

for (const [pattern, text, expected, options] of TESTS) {
  Deno.test(`RegExp.Test() ${JSON.stringify([pattern, text, options])} is ${expected}`, () => {
    assertEquals(expression(pattern, options).Test(text), expected);
  });
}

const ERRORS: readonly [pattern: string, number: number][] = [
  ["a)", 5017],
  ["a\\", 5017],
  ["a{3,2}", 5017],
  ["*a", 5018],
  ["a**", 5018],
  ["(+)", 5018],
  ["a|?", 5018],
  ["(?<=a)b", 5018],
  ["(?<name>a)", 5018],
  ["(?i)a", 5018],
  ["(?i:a)", 5018],
  ["[a", 5019],
  ["[a\\]", 5019],
  ["(a", 5020],
  ["((a)", 5020],
  ["[b-a]", 5021],
];

for (const [pattern, number] of ERRORS) {
  Deno.test(`RegExp.Test() pattern ${pattern} is error ${number}`, () => {
    assertEquals(outcome(() => String(expression(pattern).Test("a"))), `error ${number}`);
  });
}

const REPLACES: readonly [pattern: string, text: string, by: Variant, expected: string, options?: Options][] =
  [
    ["o", "foo", "0", "f0o"],
    ["o", "foo", "0", "f00", { global: true }],
    ["(\\S+)(\\s+)(\\S+)", "one two three four", "$3$2$1", "two one four three", { global: true }],
    ["b", "abc", "[$`|$&|$'|$$]", "a[a|b|c|$]c"],
    ["(x)?b", "abc", "<$1>", "a<>c"],
    ["b", "abc", 5, "a5c"],
    ["x*", "ab", "-", "-a-b-", { global: true }],
  ];

for (const [pattern, text, by, expected, options] of REPLACES) {
  Deno.test(`RegExp.Replace() ${JSON.stringify([pattern, text, show(by), options])} is ${expected}`, () => {
    assertEquals(expression(pattern, options).Replace(text, by), expected);
  });
}

Deno.test("RegExp.Replace() calls a procedure with match, groups, place and text", () => {
  const procedure: Variant = {
    [DISPATCH]: {
      typeName: "Object",
      member: () => undefined,
      defaultMember: { name: "", call: (_object, args) => `<${args.map(show).join(",")}>` },
      enumerate: undefined,
      release: undefined,
      memberNames: [],
    },
  };
  const replaced = expression("(b)(x)?", { global: true }).Replace("ab", procedure);
  assertEquals(replaced, "a<String b,String b,Empty,Long 1,String ab>");
});

Deno.test("RegExp.Execute() gives matches with their places and groups", () => {
  const matches = expression("(\\w)(\\d)?", { global: true }).Execute("a1 b");
  assertEquals(matches.Count, 2);
  assertEquals([...matches].map((match) => [match.Value, match.FirstIndex, match.Length]), [["a1", 0, 2], [
    "b",
    3,
    1,
  ]]);
  assertEquals([...matches.Item(0).SubMatches].map(show), ["String a", "String 1"]);
  assertEquals([...matches.Item(1).SubMatches].map(show), ["String b", "Empty"]);
});

Deno.test("RegExp.Execute() stops behind the first match unless Global", () => {
  const regexp = expression("\\d");
  assertEquals(regexp.Execute("12").Count, 1);
  regexp.Global = true;
  assertEquals(regexp.Execute("12").Count, 2);
  assertEquals(regexp.Execute("x").Count, 0);
});

Deno.test("RegExp.Test() with Global begins at the start each time", () => {
  const regexp = expression("a", { global: true });
  assertEquals([regexp.Test("a"), regexp.Test("a")], [true, true]);
});

Deno.test("RegExp.Pattern and IgnoreCase take effect after a use", () => {
  const regexp = expression("a");
  assertEquals(regexp.Test("A"), false);
  regexp.IgnoreCase = true;
  assertEquals(regexp.Test("A"), true);
  regexp.Pattern = "b";
  assertEquals(regexp.Test("A"), false);
});

Deno.test("MatchCollection answers scripts: default member, For Each, subtypes, a bad index", () => {
  const matches = expression("(b)").Execute("abc");
  const dispatch = matches[DISPATCH];
  const match = dispatch.defaultMember!.get!(matches, [0]);
  assertEquals(show(match), "IMatch2 b");
  assertEquals(show(dispatch.enumerate!(matches).next().value), "IMatch2 b");
  assertEquals(show(dispatch.member("count")!.get!(matches, [])), "Long 1");
  assertEquals(outcome(() => show(dispatch.defaultMember!.get!(matches, [1]))), "error 5");
  const groups = matches.Item(0).SubMatches;
  assertEquals(show(groups[DISPATCH].defaultMember!.get!(groups, [0])), "String b");
  assertEquals(outcome(() => show(groups[DISPATCH].defaultMember!.get!(groups, [1]))), "error 5");
});
