import { assertEquals, assertMatch, assertNotMatch, assertStringIncludes } from "@std/assert";
import { ConnectObject, CreateObject, WScript } from "../../mod.ts";
import { run, runUntil, TempFolder } from "../cli/cli.ts";
import { onPosix } from "../posix.ts";

const MOD = new URL("../../mod.ts", import.meta.url).href;

Deno.test("CreateObject() objects are typed by their ProgID", () => {
  const image = CreateObject("IMAPI2FS.MsftFileSystemImage");
  image.VolumeName = "TYPED";
  const name: string = image.VolumeName;
  assertEquals(name, "TYPED");
});

Deno.test("ConnectObject() the returned function disconnects", () => {
  const writer = CreateObject("IMAPI2.MsftDiscFormat2Data");
  const disconnect = ConnectObject(writer, { Update: () => {} });
  disconnect();
});

Deno.test("WScript.Arguments() are those of the process", () => {
  assertEquals(WScript.Arguments.length, Deno.args.length);
});

Deno.test(
  "CreateObject() Ctrl-C in a synchronous Write leaves a disc whose state is said",
  onPosix,
  async () => {
    using folder = new TempFolder();
    folder.writeSparse("data/zeros.bin", 20_000_000_000);
    const script = folder.write(
      "burn.ts",
      `import { ConnectObject, CreateObject, WScript } from ${JSON.stringify(MOD)};
const recorder = CreateObject("IMAPI2.MsftDiscRecorder2");
recorder.InitializeDiscRecorder(CreateObject("IMAPI2.MsftDiscMaster2").Item(0));
const writer = CreateObject("IMAPI2.MsftDiscFormat2Data");
writer.Recorder = recorder;
writer.ClientName = "facade";
let said = false;
ConnectObject(writer, { Update(_writer, progress) {
  const isWriting = progress.CurrentAction === 4 && progress.LastWrittenLba > 1000;
  if (isWriting && !said) WScript.Echo("ready");
  said ||= isWriting;
} });
const image = CreateObject("IMAPI2FS.MsftFileSystemImage");
image.ChooseImageDefaults(recorder);
image.Root.AddTree(${JSON.stringify(`${folder.path}/data`)}, false);
writer.Write(image.CreateResultImage().ImageStream);
WScript.Echo("written");
`,
    );
    const disc = `bd-r=${folder.path}/disc.iso`;
    const command = new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", "--config", "deno.json", script],
      env: { BURNSCRIPT_VIRTUAL: disc, NO_COLOR: "1" },
      stdout: "piped",
      stderr: "piped",
    });
    const { code, stdout, stderr } = await runUntil(command, "ready", (process) => process.kill("SIGINT"));
    assertEquals([code, stdout], [1, "ready\n"], stderr);
    assertStringIncludes(stderr, "Interrupted");
    const info = await run(["info", "--virtual", disc]);
    assertMatch(info.stdout, /BD-R/);
    assertNotMatch(info.stdout, /blank/);
  },
);
