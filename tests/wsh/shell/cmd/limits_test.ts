/** The worst that command lines and batch files can be: each ends, and says why. */
import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import fc from "fast-check";
import { ArithmeticError, computeArithmetic } from "../../../../lib/wsh/shell/cmd/arithmetic.ts";
import { parseLineOptions, tokensOfLine } from "../../../../lib/wsh/shell/cmd/for_lines.ts";
import { parseCommandLine } from "../../../../lib/wsh/shell/cmd/parser.ts";
import { CommandSyntaxError, treeText } from "../../../../lib/wsh/shell/cmd/tree.ts";
import { onPosix } from "../../../posix.ts";
import { ours, sample, start } from "./rig.ts";

const ENDLESS: readonly string[] = [
  "/c for /l %i in (1,0,2) do @rem",
  "/c for /l %i in (1,0,2) do @for /l %j in (1,0,2) do @set X=%i",
  "/c for /l %i in (1,0,2) do @if 1==2 echo x",
  "/c loop.bat",
  "/c call loop.bat",
  "/c for /f %i in ('loop.bat') do @echo %i",
  "/c loop.bat | more",
  "/c sleep 60 | sleep 61",
  "/c ping -n 60 127.0.0.1 >nul",
  "/c timeout /t 60",
  "/c start /b cmd /c loop.bat",
  "",
];

for (const line of ENDLESS) {
  Deno.test(`cmd kill() ends cmd ${line}`, onPosix, async () => {
    using folder = sample();
    folder.write("loop.bat", "@echo off\n:again\nset A=1\ngoto again");
    const running = start(folder, line);
    await new Promise((resolve) => setTimeout(resolve, 60));
    running.closeInput();
    if (line === "") running.write(new TextEncoder().encode("echo late\n"));
    await running.kill(1000);
    assert(Number.isInteger(await running.exitCode));
  });
}

const BAD_BATCH: readonly [title: string, text: string, err: string, code: number][] = [
  [
    "an open parenthesis",
    "@echo off\necho a\nif a==a (\necho b\n",
    "The syntax of the command is incorrect.\n",
    255,
  ],
  ["a parenthesis too many", "@echo off\nif a==a (echo b))\necho c", ") was unexpected at this time.\n", 255],
  [
    "else on a line of its own",
    "@if a==b (\necho b\n)\nelse echo c",
    "'else' is not recognized as an internal or external command,\noperable program or batch file.\n",
    9009,
  ],
  ["a loop without do", "@for %%i in (1 2) echo %%i", "echo was unexpected at this time.\n", 255],
  [
    "a loop variable of the command line",
    "@for %i in (1 2) do echo %i",
    "i was unexpected at this time.\n",
    255,
  ],
  ["a condition without its word", "@if %nosuch%==a echo x", "echo was unexpected at this time.\n", 255],
  [
    "a label that is not there",
    "@goto nowhere",
    "The system cannot find the batch label specified - nowhere\n",
    1,
  ],
  [
    "a called label that is not there",
    "@call :nowhere",
    "The system cannot find the batch label specified - nowhere\n",
    1,
  ],
  [
    "an option of for /f that is none",
    '@for /f "foo=1" %%i in ("x") do echo %%i',
    "foo=1 was unexpected at this time.\n",
    255,
  ],
  [
    "a file for /f that is not there",
    "@for /f %%i in (nosuch) do echo %%i",
    "The system cannot find the file nosuch.\n",
    1,
  ],
  ["calls without an end", "@call %0", "The batch file calls itself more than 500 times within itself.\n", 1],
  [
    "labels without an end",
    "@call :a\n:a\n@call :a",
    "The batch file calls itself more than 500 times within itself.\n",
    1,
  ],
  ["cmd within cmd without an end", "@cmd /c x.bat", "The command line starts itself again and again.\n", 1],
];

for (const [title, text, err, code] of BAD_BATCH) {
  Deno.test(`cmd a batch file with ${title}`, onPosix, async () => {
    using folder = sample();
    folder.write("x.bat", text);
    const result = await ours(folder, "/c x.bat");
    assertEquals(
      [result.err.slice(0, err.length), result.code],
      [err, code],
      JSON.stringify(result).slice(0, 500),
    );
  });
}

Deno.test("cmd a batch file of binary rubbish ends", onPosix, async () => {
  using folder = sample();
  const bytes = Uint8Array.from({ length: 20_000 }, (_, index) => (index * 7919) % 251);
  await Deno.writeFile(`${folder.path}/x.bat`, bytes);
  const { code } = await ours(folder, "/c x.bat >nul 2>nul <nul");
  assertEquals(Number.isInteger(code), true);
});

Deno.test("cmd a loop of 20,000 rounds and a file of 20,000 lines", onPosix, async () => {
  using folder = sample();
  folder.write("many.txt", "one two\n".repeat(20_000));
  const line =
    '/v:on /q /c set N=0& (for /l %i in (1,1,20000) do set /a N+=1 >nul)& (for /f "tokens=2" %i in (many.txt) do set L=%i)& echo !N! !L!';
  assertEquals((await ours(folder, line)).out, "20000 two\n");
});

Deno.test("parseCommandLine() deep nesting is an error, not a crash", onPosix, () => {
  for (
    const text of [
      "(".repeat(100_000),
      "if 1==1 ".repeat(100_000),
      "@".repeat(100_000),
      "for %i in (1) do ".repeat(100_000),
    ]
  ) {
    assertThrows(() => parseCommandLine(text), CommandSyntaxError);
  }
});

// deno-fmt-ignore -- one line
const PIECES = ["echo a", "&", "&&", "||", "|", "(", ")", ">", "2>&1", "<", '"', "^", "if ", "else ", "not ", "exist ", "==", "for ", "/f ", "/r ", "%i", " in ", " do ", " ", "x", ":", "@", "rem ", "\n", "!", ",", "="];

Deno.test("parseCommandLine() any text is a tree, which can be shown, or a syntax error", () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...PIECES), { maxLength: 30 }), (parts) => {
      const [first, ...lines] = parts.join("").split("\n");
      try {
        const node = parseCommandLine(first!, () => lines.shift());
        if (node !== undefined) treeText(node);
      } catch (error) {
        if (!(error instanceof CommandSyntaxError)) throw error;
      }
    }),
    { numRuns: 3000 },
  );
});

Deno.test("computeArithmetic() any text is a number of 32 bits or an error of its own", () => {
  const pieces = fc.constantFrom(
    "1",
    "07",
    "0x1f",
    "A",
    "+",
    "-",
    "*",
    "/",
    "%",
    "<<",
    ">>",
    "&",
    "|",
    "^",
    "~",
    "!",
    "(",
    ")",
    "=",
    "+=",
    ",",
    " ",
    '"',
    "é",
  );
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 20 }), (parts) => {
      const values = new Map<string, string>();
      try {
        const value = computeArithmetic(parts.join(""), values as never);
        assertEquals(value, value | 0);
      } catch (error) {
        if (!(error instanceof ArithmeticError)) throw error;
      }
    }),
    { numRuns: 3000 },
  );
  assertThrows(() => computeArithmetic("(".repeat(100_000), new Map() as never), ArithmeticError);
  assertThrows(() => computeArithmetic("-".repeat(100_000), new Map() as never), ArithmeticError);
});

Deno.test("parseLineOptions() and tokensOfLine() stay within bounds", () => {
  const options = parseLineOptions("tokens=1-999999999,5* delims=; ");
  assertEquals(options.tokens.length, 31);
  assertEquals(options.delimiters, "; ");
  assertEquals(tokensOfLine("a;b c", options)?.slice(0, 4), ["a", "b", "c", ""]);
  assertEquals(tokensOfLine("", options), undefined);
  assertThrows(() => parseLineOptions("tokens=0"), CommandSyntaxError);
});

Deno.test(
  "cmd replaces a pattern of a variable that would be slow as a regular expression",
  onPosix,
  async () => {
    using folder = sample();
    const { out } = await ours(
      folder,
      `/c findstr /r "a*a*a*a*a*a*a*a*b" a.txt& set A=${"a".repeat(5000)}& call echo %A:aaaa*aaaa=b%`,
    );
    assertStringIncludes(out, "aaaa");
  },
);
