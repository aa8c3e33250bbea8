import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { traceText } from "../../lib/cli/trace.ts";
import { onPosix } from "../posix.ts";
import { run, TempFolder } from "./cli.ts";

const SCRIPT = `Set fso = CreateObject("Scripting.FileSystemObject")
text = fso.OpenTextFile("g:\\in.txt").ReadAll
fso.CreateTextFile("g:\\out.txt").Write text
CreateObject("WScript.Shell").Run "true", 0, True
On Error Resume Next
Set http = CreateObject("MSXML2.XMLHTTP")
http.open "GET", "http://127.0.0.1:58911/x", False : http.send
Err.Clear
WScript.Echo "done"
`;

Deno.test(
  "run --trace lists the files, programs and hosts that a script touches, and nothing of ours",
  onPosix,
  async () => {
    using folder = new TempFolder();
    folder.write("in.txt", "data");
    const script = folder.write("s.vbs", SCRIPT);
    const outcome = await run([
      "run",
      "--trace",
      `${folder.path}/trace.txt`,
      "--map",
      `g:=${folder.path}`,
      script,
    ]);
    assertEquals([outcome.code, outcome.stdout, outcome.stderr], [0, "done\n", ""]);
    const lines = (await Deno.readTextFile(`${folder.path}/trace.txt`)).split("\n");
    const touched = lines.slice(0, lines.indexOf(""));
    const of = (title: string): string[] =>
      touched.filter((line) => line.startsWith(title)).map((line) =>
        line.slice(11).replace(folder.path, "G")
      );
    assertEquals(of("read").filter((path) => path.startsWith("G/")), ["G/in.txt", "G/out.txt", "G/s.vbs"]);
    assertEquals(of("written").filter((path) => path.startsWith("G/")), ["G/out.txt"]);
    assertEquals(of("started").map((path) => path.replace(/^.*\//, "")), ["true"]);
    assertEquals(touched.some((line) => line.includes("lib/wsh")), false);
    assertMatch(lines.at(-2)!, /^deno run --no-prompt --allow-read=.* run --map g:=/);
    assertStringIncludes(lines.at(-2)!, " --allow-net=127.0.0.1:58911 ");
  },
);

Deno.test("run --trace: the command line at its end runs the script", onPosix, async () => {
  using folder = new TempFolder();
  folder.write("in.txt", "data");
  const script = folder.write(
    "s.vbs",
    `Set fso = CreateObject("Scripting.FileSystemObject")
WScript.Echo fso.OpenTextFile("g:\\in.txt").ReadAll
fso.CreateTextFile("g:\\out.txt").Write "x"
`,
  );
  const traced = await run(["run", "--trace", "-", "--map", `g:=${folder.path}`, script]);
  assertEquals([traced.code, traced.stdout], [0, "data\n"]);
  const line = traced.stderr.trimEnd().split("\n").at(-1)!;
  const again = await new Deno.Command("sh", { args: ["-c", line.replace(/^deno /, `${Deno.execPath()} `)] })
    .output();
  const text = new TextDecoder();
  assertEquals([text.decode(again.stdout), text.decode(again.stderr), again.code], ["data\n", "", 0]);
});

Deno.test("run --trace keeps the script's exit code", onPosix, async () => {
  using folder = new TempFolder();
  const script = folder.write("s.vbs", "WScript.Quit 7");
  assertEquals((await run(["run", "--trace=-", script])).code, 7);
});

Deno.test("traceText() quotes what a shell would take apart", () => {
  const text = traceText([{ kind: "read", value: "/srv/it's here" }], ["a b.vbs"]);
  assertStringIncludes(text, "read       /srv/it's here\n");
  assertStringIncludes(text, "here'");
  assertMatch(text, / run 'a b\.vbs'\n$/);
});
