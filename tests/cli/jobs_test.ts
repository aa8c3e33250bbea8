import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { LogFile } from "../../lib/platform/log_file.ts";
import { onPosix } from "../posix.ts";
import { cli, run, runUntil, TempFolder } from "./cli.ts";

const ERRORS: readonly [title: string, source: string, code: number, compatible: number][] = [
  ["a run-time error", "x = 1 / 0", 1, 0],
  ["a compile error", "If x", 1, 0],
  ["an error of an object", `CreateObject "No.Such"`, 1, 0],
  ["WScript.Quit 7", "WScript.Quit 7", 7, 7],
  ["the end", "x = 1", 0, 0],
];

for (const [title, source, code, compatible] of ERRORS) {
  Deno.test(`run: ${title} exits with ${code}, under --compat-exit with ${compatible}`, async () => {
    using folder = new TempFolder();
    const script = folder.write("s.vbs", source);
    const plain = await run(["run", script]);
    const compat = await run(["run", "--compat-exit", script]);
    assertEquals([plain.code, compat.code, compat.stderr], [code, compatible, plain.stderr]);
  });
}

Deno.test("run: //T exits with 1 under --compat-exit too", async () => {
  using folder = new TempFolder();
  const script = folder.write("s.vbs", "Do : Loop");
  assertEquals((await run(["run", "--compat-exit", "//T:1", script])).code, 1);
});

/** The lines of a log without what changes: the time and the process. */
function linesOf(text: string): string[] {
  return text.trimEnd().split("\n").map((line) => {
    assertMatch(line, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}[+-]\d\d:\d\d \d+ /);
    return line.split(" ").slice(2).join(" ");
  });
}

Deno.test("run: --log appends every line that is shown, and what //B hides", onPosix, async () => {
  using folder = new TempFolder();
  const script = folder.write(
    "s.vbs",
    `WScript.Echo "one" & vbLf & "two" : WScript.StdOut.Write "par" : WScript.StdOut.Write "tial"
MsgBox "note" : x = 1 / 0`,
  );
  const log = `${folder.path}/job.log`;
  await run(["run", "--log", log, script]);
  await run(["run", "//B", "--log=job.log", script], { cwd: folder.path });
  const lines = linesOf(await Deno.readTextFile(log));
  const shown = (command: string): string[] => [
    `start burnscript ${command}`,
    "out one",
    "out two",
    "err VBScript",
    "err     note",
    `err ${script}(2, 17) Microsoft VBScript runtime error: Division by zero`,
    `err     MsgBox "note" : x = 1 / 0`,
    "out partial",
    "exit 1",
  ];
  assertEquals(lines, [
    ...shown(`run --log ${log} ${script}`),
    ...shown(`run //B --log=job.log ${script}`),
  ]);
});

Deno.test("--log: other commands, and a usage error", async () => {
  using folder = new TempFolder();
  const log = `${folder.path}/x.log`;
  folder.write("src/a.txt", "a");
  assertEquals(
    (await run(["image", "--log", log, `${folder.path}/src`, "-o", `${folder.path}/x.iso`])).code,
    0,
  );
  assertEquals((await run(["image", "--log", log])).code, 2);
  const lines = linesOf(await Deno.readTextFile(log));
  assertEquals(lines.filter((line) => line.startsWith("exit")), ["exit 0", "exit 2"]);
});

Deno.test("--log: a file that cannot be opened is a usage error that names it", async () => {
  using folder = new TempFolder();
  const script = folder.write("s.vbs", `WScript.Echo "ran"`);
  const outcome = await run(["run", "--log", `${folder.path}/none/x.log`, script]);
  assertEquals([outcome.code, outcome.stdout], [2, ""]);
  assertStringIncludes(outcome.stderr, "none/x.log");
});

Deno.test("run: the log has what a script said before it was killed", async () => {
  using folder = new TempFolder();
  const script = folder.write("s.vbs", `WScript.Echo "ready" : WScript.Sleep 60000`);
  const log = `${folder.path}/x.log`;
  await runUntil(cli(["run", "--log", log, script]), "ready", (process) => process.kill("SIGKILL"));
  assertEquals(linesOf(await Deno.readTextFile(log)).at(-1), "out ready");
});

Deno.test("LogFile: a bar's line is logged once, as it was in the end", () => {
  using folder = new TempFolder();
  const path = `${folder.path}/x.log`;
  const log = new LogFile(path, () => new Date(0), 7);
  for (const text of ["\r10 %", "\r\x1b[K50 %", "\r100 %\n", "tail"]) log.text("stderr", text);
  log.close();
  assertEquals(linesOf(Deno.readTextFileSync(path)), ["err 100 %", "err tail"]);
});

Deno.test("run: --single refuses a second run, and kill -9 leaves no lock", async () => {
  using folder = new TempFolder();
  const script = folder.write(
    "s.vbs",
    `WScript.Echo "ready" : If WScript.Arguments.Count Then WScript.Sleep 60000`,
  );
  let second: Promise<{ code: number; stdout: string; stderr: string }> | undefined;
  let free: Promise<{ code: number }> | undefined;
  await runUntil(cli(["run", "--single", script, "wait"]), "ready", (process) => {
    second = run(["run", "--single", script]);
    free = run(["run", script]);
    void Promise.all([second, free]).then(() => process.kill("SIGKILL"));
  });
  const refused = await second!;
  assertEquals([refused.code, refused.stdout], [5, ""]);
  assertStringIncludes(refused.stderr, `"${script}" is running already`);
  assertEquals((await free!).code, 0);
  assertEquals((await run(["run", "--single", script])).code, 0);
});
