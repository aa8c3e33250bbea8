import { assertEquals, assertStringIncludes } from "@std/assert";
import { onPosix } from "../posix.ts";
import { InterruptFlag } from "../../lib/platform/interrupt.ts";
import { BlockingInput, InputServer } from "../../lib/platform/input_bridge.ts";
import { cli, type Outcome, runUntil, runWithInput, TempFolder } from "../cli/cli.ts";

async function runScript(source: string, input: string, switches: readonly string[] = []): Promise<Outcome> {
  using folder = new TempFolder();
  const outcome = await runWithInput(["run", ...switches, folder.write("s.vbs", source)], input);
  // Lines of the standard streams end as the system's do.
  const plain = (text: string): string => text.replaceAll("\r\n", "\n");
  return { ...outcome, stdout: plain(outcome.stdout), stderr: plain(outcome.stderr) };
}

const READING: readonly [title: string, source: string, input: string, output: string][] = [
  [
    "ReadLine takes lines of either end, the last without one",
    `Do Until WScript.StdIn.AtEndOfStream : WScript.StdOut.Write "<" & WScript.StdIn.ReadLine & ">" : Loop`,
    "a\r\nb\n\nc",
    "<a><b><><c>",
  ],
  ["ReadAll takes everything", `WScript.StdOut.Write WScript.StdIn.ReadAll`, "a\nb\n", "a\nb\n"],
  [
    "Read and Skip take characters",
    `Set i = WScript.StdIn : i.Skip 2 : WScript.StdOut.Write i.Read(3) & i.Read(9)`,
    "abcdefg",
    "cdefg",
  ],
  [
    "Line and Column count",
    `Set i = WScript.StdIn : i.SkipLine : i.Read 2 : WScript.Echo i.Line, i.Column`,
    "ab\ncdef\n",
    "2 3\n",
  ],
  ["an input without anything is at its end", `WScript.Echo WScript.StdIn.AtEndOfStream`, "", "-1\n"],
  [
    "reading past the end is error 62",
    `On Error Resume Next : WScript.StdIn.ReadLine : WScript.Echo Err.Number`,
    "",
    "62\n",
  ],
  [
    "writing to StdIn and reading from StdOut are error 54",
    `On Error Resume Next : WScript.StdIn.Write "x" : WScript.Echo Err.Number : Err.Clear
WScript.StdOut.ReadLine : WScript.Echo Err.Number`,
    "",
    "54\n54\n",
  ],
  [
    "StdIn is one object, whose line is the next one each time",
    `Set a = WScript.StdIn : a.ReadLine : WScript.Echo (a Is WScript.StdIn), WScript.StdIn.ReadLine`,
    "one\ntwo\n",
    "-1 two\n",
  ],
  [
    "Echo and StdOut come in the order of the script",
    `WScript.StdOut.Write "a" : WScript.Echo "b" : WScript.StdOut.WriteLine "c" : WScript.StdOut.WriteBlankLines 1`,
    "",
    "ab\nc\n\n",
  ],
  [
    "FileSystemObject's standard streams are the same",
    `Set f = CreateObject("Scripting.FileSystemObject") : f.GetStandardStream(1).Write f.GetStandardStream(0).ReadLine`,
    "x\n",
    "x",
  ],
  [
    "ExecuteGlobal has them too",
    `ExecuteGlobal "WScript" & ".StdOut.Write WScript" & ".StdIn.ReadAll"`,
    "x",
    "x",
  ],
];

for (const [title, source, input, output] of READING) {
  Deno.test(`WScript.StdIn: ${title}`, async () => {
    const outcome = await runScript(source, input);
    assertEquals([outcome.stdout, outcome.stderr, outcome.code], [output, "", 0]);
  });
}

Deno.test("WScript.StdOut, StdErr: batch mode does not hide what the script writes itself", async () => {
  const { stdout, stderr } = await runScript(
    `WScript.StdOut.Write "out" : WScript.StdErr.WriteLine "err" : WScript.Echo "hidden" : x = 1 / 0`,
    "",
    ["//B"],
  );
  assertEquals([stdout, stderr], ["out", "err\n"]);
});

Deno.test("WScript.StdOut: what was written before an error is there, and the error after it", async () => {
  const { stdout, stderr, code } = await runScript(`WScript.StdOut.Write "half" : x = 1 / 0`, "");
  assertEquals([stdout, code], ["half", 1]);
  assertStringIncludes(stderr, "Division by zero");
});

Deno.test("WScript.StdIn, StdOut: text beyond ASCII is UTF-8", onPosix, async () => {
  const { stdout } = await runScript(`WScript.StdOut.Write WScript.StdIn.ReadAll & ChrW(8364)`, "é");
  assertEquals(stdout, "é€");
});

Deno.test("WScript.Interactive: False hides Echo, dialogs and errors, not StdOut", async () => {
  const { stdout, stderr, code } = await runScript(
    `WScript.Echo WScript.Interactive : WScript.Interactive = False : WScript.Echo "hidden" : WScript.StdOut.Write "out"
x = MsgBox("?", vbYesNo) : WScript.Interactive = True : WScript.Echo x : WScript.Interactive = False : y = 1 / 0`,
    "",
  );
  assertEquals([stdout, stderr, code], ["-1\nout6\n", "", 1]);
});

Deno.test("WScript.StdOut: --json has an event for each piece", async () => {
  const { stdout } = await runScript(`WScript.StdOut.Write "é" : WScript.StdErr.Write "e"`, "", [
    "--json",
  ]);
  assertEquals(stdout, '{"event":"stdout","text":"é"}\n{"event":"stderr","text":"e"}\n');
});

Deno.test("run: //U reads and writes UTF-16 through pipes", async () => {
  using folder = new TempFolder();
  const script = folder.write("s.vbs", `WScript.StdOut.Write WScript.StdIn.ReadAll : WScript.Echo "ü"`);
  const process = cli(["run", "//U", script], { stdin: "piped" }).spawn();
  const writer = process.stdin.getWriter();
  await writer.write(Uint8Array.of(0x61, 0, 0xac, 0x20)); // "a€"
  await writer.close();
  assertEquals([...(await process.output()).stdout], [0x61, 0, 0xac, 0x20, 0xfc, 0, 0x0a, 0]);
});

/** A script that has said "ready" and waits for input that never comes. */
async function waiting(source: string, onReady: (process: Deno.ChildProcess) => void): Promise<Outcome> {
  using folder = new TempFolder();
  const script = folder.write(
    "s.vbs",
    `${source} : WScript.StdOut.Write "ready" : x = WScript.StdIn.ReadLine`,
  );
  return await runUntil(cli(["run", script], { stdin: "piped" }), "ready", onReady);
}

Deno.test("WScript.StdIn: Ctrl-C ends a script that waits for input", onPosix, async () => {
  const outcome = await waiting("x = 1", (process) => process.kill("SIGINT"));
  assertEquals([outcome.code, outcome.stderr], [130, "Interrupted\n"]);
});

Deno.test("WScript.StdIn: WScript.Timeout ends a script that waits for input", async () => {
  const outcome = await waiting("WScript.Timeout = 1", () => {});
  assertEquals(outcome.code, 1);
  assertStringIncludes(outcome.stderr, "Script execution time was exceeded");
  assertEquals(outcome.stderr.includes("from outside"), false);
});

Deno.test("WScript.Echo: a reader that goes away ends the script quietly", onPosix, async () => {
  using folder = new TempFolder();
  const script = folder.write("s.vbs", `Do : WScript.Echo "line" : Loop`);
  const process = cli(["run", script]).spawn();
  const reader = process.stdout.getReader();
  await reader.read();
  await reader.cancel();
  const { code } = await process.status;
  assertEquals([code, await new Response(process.stderr).text()], [141, ""]);
});

Deno.test("BlockingInput.read() gives up after its time, and has the bytes the next time", async () => {
  const interrupt = new InterruptFlag();
  const coming = Promise.withResolvers<void>();
  const server = new InputServer(interrupt, {
    read: async (target) => {
      await coming.promise;
      target.set([1, 2, 3]);
      return 3;
    },
  });
  const served: Promise<void>[] = [];
  const input = new BlockingInput(interrupt, (buffer) => void served.push(server.serve(buffer)));
  const target = new Uint8Array(2);
  assertEquals(input.read(target, 1), undefined);
  coming.resolve();
  await served[0];
  assertEquals([input.read(target), [...target]], [2, [1, 2]]);
  assertEquals([input.read(target), target[0]], [1, 3]);
  assertEquals(served.length, 1);
});

Deno.test("InputServer: an input that fails is at its end", async () => {
  const interrupt = new InterruptFlag();
  const server = new InputServer(interrupt, { read: () => Promise.reject(new Deno.errors.BadResource()) });
  const served: Promise<void>[] = [];
  const input = new BlockingInput(interrupt, (buffer) => void served.push(server.serve(buffer)));
  input.read(new Uint8Array(2), 0);
  await served[0];
  assertEquals(input.read(new Uint8Array(2)), 0);
  assertEquals(input.read(new Uint8Array(2)), 0);
});
