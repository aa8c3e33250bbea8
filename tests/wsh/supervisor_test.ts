import { assertEquals, assertMatch, assertNotMatch, assertStringIncludes } from "@std/assert";
import { cli, type Outcome, run, runUntil, TempFolder } from "../cli/cli.ts";
import { onPosix } from "../posix.ts";

const SAYS_READY = `WScript.Echo "ready"`;

const BURN = `
Set master = CreateObject("IMAPI2.MsftDiscMaster2")
Set recorder = CreateObject("IMAPI2.MsftDiscRecorder2")
recorder.InitializeDiscRecorder master.Item(0)
Set image = CreateObject("IMAPI2FS.MsftFileSystemImage")
Set writer = WScript.CreateObject("IMAPI2.MsftDiscFormat2Data", "writer_")
writer.Recorder = recorder
writer.ClientName = "supervisor"
image.ChooseImageDefaults recorder
image.Root.AddTree "g:\\data", False
Dim said
writer.Write image.CreateResultImage().ImageStream
WScript.Echo "written"

Sub writer_Update(object, progress)
    If progress.CurrentAction <> 4 Or progress.LastWrittenLba < 1000 Then Exit Sub
    If Not said Then ${SAYS_READY}
    said = True
    WScript.Sleep 100
End Sub
`;

/** Scripts that would never end, or not for long; each says "ready" when it is in the middle. */
const ENDLESS: Record<string, string> = {
  "an endless loop": `${SAYS_READY} : Do : Loop`,
  "an endless loop under On Error Resume Next":
    `On Error Resume Next : ${SAYS_READY} : Do : x = x + 1 : Err.Raise 5 : Loop`,
  "an endless recursion of calls": `${SAYS_READY}\nDo : f 1 : Loop\nSub f(x)\nIf x < 5 Then f x + 1\nEnd Sub`,
  "WScript.Sleep": `${SAYS_READY} : WScript.Sleep 600000`,
  "a burn": BURN,
};

/** Runs a script over a large source, and calls `onReady` once it has said "ready". */
function runUntilReady(
  folder: TempFolder,
  script: string,
  switches: readonly string[],
  onReady: (process: Deno.ChildProcess) => void,
): Promise<Outcome> {
  folder.writeSparse("data/zeros.bin", 20_000_000_000); // nobody waits for its end
  const options = ["--virtual", `bd-r=${folder.path}/disc.iso`, "--map", `g:=${folder.path}`];
  return runUntil(cli(["run", ...switches, ...options, folder.write("s.vbs", script)]), "ready", onReady);
}

/** What the next run finds must be what this run said. */
async function assertDiscIsKnown(folder: TempFolder, outcome: Outcome): Promise<void> {
  assertNotMatch(outcome.stdout, /written/);
  assertMatch(outcome.stderr, /disc/i, outcome.stderr);
  const info = await run(["info", "--virtual", `bd-r=${folder.path}/disc.iso`]);
  assertEquals(info.code, 0, info.stderr);
  assertNotMatch(info.stdout, /blank/, outcome.stderr + info.stdout);
  const eject = folder.write(
    "eject.vbs",
    `Set m = CreateObject("IMAPI2.MsftDiscMaster2") : Set r = CreateObject("IMAPI2.MsftDiscRecorder2")
r.InitializeDiscRecorder m.Item(0) : r.EjectMedia : WScript.Echo "ejected"`,
  );
  const ejected = await run(["run", "--virtual", `bd-r=${folder.path}/disc.iso`, eject]);
  assertStringIncludes(ejected.stdout, "ejected", ejected.stderr);
}

for (const [title, script] of Object.entries(ENDLESS)) {
  Deno.test(`superviseScript() Ctrl-C ends ${title} with exit code 130`, onPosix, async () => {
    using folder = new TempFolder();
    const outcome = await runUntilReady(folder, script, [], (process) => process.kill("SIGINT"));
    assertEquals(outcome.code, 130, outcome.stderr);
    assertStringIncludes(outcome.stderr, "Interrupted");
    assertNotMatch(outcome.stderr, /ended from outside/);
    if (title === "a burn") await assertDiscIsKnown(folder, outcome);
  });

  Deno.test(`superviseScript() WScript.Timeout ends ${title} with exit code 1`, async () => {
    using folder = new TempFolder();
    // Set where the script is in the middle: how long it takes to get there is the machine's affair.
    const timed = script.replace(SAYS_READY, `WScript.Timeout = 1 : ${SAYS_READY}`);
    const outcome = await runUntilReady(folder, timed, [], () => {});
    assertEquals(outcome.code, 1, outcome.stderr);
    assertStringIncludes(outcome.stderr, "Script execution time was exceeded");
    if (title === "a burn") await assertDiscIsKnown(folder, outcome);
  });
}

Deno.test("superviseScript() SIGTERM ends a sleep with exit code 143", onPosix, async () => {
  using folder = new TempFolder();
  const outcome = await runUntilReady(
    folder,
    ENDLESS["WScript.Sleep"]!,
    [],
    (process) => process.kill("SIGTERM"),
  );
  assertEquals(outcome.code, 143, outcome.stderr);
});

Deno.test("superviseScript() a script that polls nothing is ended from outside", onPosix, async () => {
  using folder = new TempFolder();
  const script =
    `Set r = New RegExp : r.Pattern = "^(a+)+$" : WScript.Echo "ready" : r.Test String(60, "a") & "b"`;
  const outcome = await runUntilReady(folder, script, [], (process) => process.kill("SIGINT"));
  assertEquals(outcome.code, 130, outcome.stderr);
  assertStringIncludes(outcome.stderr, "ended from outside");
});

Deno.test("superviseScript() after kill -9 in mid-burn the next run finds the disc's true state", async () => {
  using folder = new TempFolder();
  await runUntilReady(folder, BURN, [], (process) => process.kill("SIGKILL"));
  const info = await run(["info", "--virtual", `bd-r=${folder.path}/disc.iso`]);
  assertEquals(info.code, 0, info.stderr);
  assertNotMatch(info.stdout, /blank/, info.stdout);
});

Deno.test("superviseScript() //T ends a script", async () => {
  using folder = new TempFolder();
  const outcome = await runUntilReady(folder, ENDLESS["an endless loop"]!, ["//T:1"], () => {});
  assertEquals(outcome.code, 1);
  assertStringIncludes(outcome.stderr, "Script execution time was exceeded");
});
