/** A script burns a folder to every medium, one recorder after the other, and overwrites what can be overwritten. */
import { assertEquals } from "@std/assert";
import { run, TempFolder } from "../cli/cli.ts";
import { MEDIA_ROWS } from "./_media.ts";

const SCRIPT = `Option Explicit
Dim master, recorder, fsi, writer, index, blankBefore, refused
Set master = CreateObject("IMAPI2.MsftDiscMaster2")
For index = 0 To master.Count - 1
    Set recorder = CreateObject("IMAPI2.MsftDiscRecorder2")
    recorder.InitializeDiscRecorder master.Item(index)
    Set writer = CreateObject("IMAPI2.MsftDiscFormat2Data")
    writer.Recorder = recorder
    writer.ClientName = "every medium"
    blankBefore = writer.MediaHeuristicallyBlank
    Set fsi = CreateObject("IMAPI2FS.MsftFileSystemImage")
    fsi.ChooseImageDefaults recorder
    fsi.Root.AddTree "g:\\BurnDir", False
    writer.Write fsi.CreateResultImage().ImageStream
    refused = "not again"
    If (writer.CurrentMediaStatus And 1) = 1 Then
        On Error Resume Next
        writer.Write fsi.CreateResultImage().ImageStream
        refused = Hex(Err.Number)
        On Error GoTo 0
        writer.ForceOverwrite = True
        writer.Write fsi.CreateResultImage().ImageStream
    End If
    WScript.Echo writer.CurrentPhysicalMediaType & " " & blankBefore & " " & writer.MediaHeuristicallyBlank & " " & refused
Next
`;

/** IMAPI_MEDIA_PHYSICAL_TYPE. */
const TYPES: Readonly<Record<string, number>> = {
  "cd-r": 2,
  "cd-rw": 3,
  "dvd-ram": 5,
  "dvd+r": 6,
  "dvd+rw": 7,
  "dvd+r-dl": 8,
  "dvd-r": 9,
  "dvd-rw": 10,
  "dvd-r-dl": 11,
  "bd-r": 18,
  "bd-re": 19,
};

Deno.test("burnscript run: a script burns every medium, verified, and overwrites those that it may", async () => {
  using folder = new TempFolder();
  folder.write("BurnDir/readme.txt", "hello");
  folder.write("BurnDir/sub/large.txt", "world\n".repeat(50_000));
  const script = folder.write("every.vbs", SCRIPT);
  const media = MEDIA_ROWS.filter(({ prepare, options }) => prepare === undefined && options === undefined);
  const outcome = await run([
    "run",
    "--verify",
    "full",
    "--map",
    `g:=${folder.path}`,
    ...media.flatMap(({ medium }) => ["--virtual", `${medium}=${folder.path}/${medium}.iso`]),
    script,
  ]);
  const expected = media.map(({ medium, finalized }) =>
    `${TYPES[medium]} True False ${finalized === "overwritable" ? "C0AA0405" : "not again"}\n`
  );
  assertEquals(outcome.stdout, expected.join(""));
  assertEquals(outcome.code, 0, outcome.stderr);
});
