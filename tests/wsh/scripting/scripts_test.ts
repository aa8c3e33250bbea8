import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { pathOfFileUrl } from "../../../lib/platform/file_url.ts";
import { cli, run, runUntil, TempFolder } from "../../cli/cli.ts";
import { onPosix } from "../../posix.ts";

/** What administrators' scripts do; it stops with an error of its own at the first thing that is not as it should be. */
const REPORT = `Option Explicit
Const ForReading = 1, ForWriting = 2, ForAppending = 8
Dim fso, words, stream, line, word, total, report, folder

Sub Check(what, actual, expected)
    If actual <> expected Then Err.Raise 1000, "self check", what & ": " & actual & " instead of " & expected
End Sub

Set fso = CreateObject("Scripting.FileSystemObject")
Set words = CreateObject("Scripting.Dictionary")
words.CompareMode = vbTextCompare

' Read a file by lines, count its words.
Set stream = fso.OpenTextFile("g:\\in\\poem.txt", ForReading)
Do Until stream.AtEndOfStream
    line = Trim(stream.ReadLine)
    If Len(line) > 0 Then
        For Each word In Split(line, " ")
            If words.Exists(word) Then
                words(word) = words(word) + 1
            Else
                words.Add word, 1
            End If
        Next
    End If
Loop
Check "lines", stream.Line, 4
stream.Close
Check "words", words.Count, 4
Check "rose", words("ROSE"), 3
Check "order", Join(words.Keys, ","), "A,rose,is,end"

' Write a report, append to it, read it back.
Set report = fso.CreateTextFile("G:\\out\\report.txt", True)
For Each word In words
    report.WriteLine word & vbTab & words.Item(word)
    total = total + words.Item(word)
Next
report.Close
With fso.OpenTextFile("g:\\OUT\\Report.TXT", ForAppending)
    .Write "total" & vbTab & total
    .WriteBlankLines 1
    .Close
End With
Check "report", fso.OpenTextFile("g:\\out\\report.txt").ReadAll, _
    "A" & vbTab & "3" & vbCrLf & "rose" & vbTab & "3" & vbCrLf & "is" & vbTab & "2" & vbCrLf & _
    "end" & vbTab & "1" & vbCrLf & "total" & vbTab & "9" & vbCrLf

' Walk a folder.
Dim found, bytes
Sub Walk(ByVal f)
    Dim file, child
    For Each file In f.Files
        found = found & file.Path & ";"
        bytes = bytes + file.Size
    Next
    For Each child In f.SubFolders
        Walk child
    Next
End Sub
Set folder = fso.GetFolder("G:\\in")
Walk folder
Check "walk", found, "G:\\in\\poem.txt;G:\\in\\deep\\a.tmp;G:\\in\\deep\\B.TMP;G:\\in\\deep\\keep.txt;"
Check "size", folder.Size, bytes
Check "type of size", TypeName(folder.Size), "Long"
Check "count", folder.SubFolders("deep").Files.Count, 3
Check "parent", folder.Files("poem.txt").ParentFolder, "G:\\in"
Check "date", DateDiff("d", folder.Files.Item("poem.txt").DateLastModified, #2024-02-29#), 0

' Copy and delete with wildcards.
fso.CopyFile "G:\\in\\deep\\*.tmp", "G:\\out\\"
Check "copied", fso.FileExists("G:\\out\\b.tmp"), True
fso.DeleteFile "G:\\in\\deep\\*.tmp"
Check "deleted", folder.SubFolders("deep").Files.Count, 1
If Not fso.FolderExists("G:\\out\\" & Year(#2024-02-29#)) Then fso.CreateFolder "G:\\out\\" & Year(#2024-02-29#)
fso.MoveFolder "G:\\in\\deep", "G:\\out\\2024\\"
Check "moved", fso.GetFile("G:\\out\\2024\\deep\\keep.txt").OpenAsTextStream.ReadLine, "kept"

' Errors that scripts expect.
Dim missing
On Error Resume Next
Set missing = fso.GetFile("G:\\none.txt")
Check "missing file", Err.Number & " " & Err.Description, "53 File not found: ""G:\\none.txt"""
Err.Clear
words.Add "ROSE", 1
Check "key", Err.Number, 457
Err.Clear
fso.DeleteFile "G:\\in\\*.none"
Check "no match", Err.Number, 53
On Error GoTo 0
WScript.Echo "all as it should be"
`;

Deno.test("a script reads, counts, reports, walks, copies and deletes", onPosix, async () => {
  using folder = new TempFolder();
  folder.write("in/poem.txt", "A rose is\r\na rose is a ROSE\n\nend");
  await Deno.utime(`${folder.path}/in/poem.txt`, new Date(2024, 1, 29, 12), new Date(2024, 1, 29, 12));
  folder.write("in/deep/a.tmp", "1");
  folder.write("in/deep/B.TMP", "22");
  folder.write("in/deep/keep.txt", "kept\r\n");
  await Deno.mkdir(`${folder.path}/out`);
  const script = folder.write("report.vbs", REPORT);
  const outcome = await run(["run", "--map", `g:=${folder.path}`, script]);
  assertEquals(outcome, { code: 0, stdout: "all as it should be\n", stderr: "" });
});

const OPEN = `Set fso = CreateObject("Scripting.FileSystemObject")
Set out = fso.CreateTextFile("g:\\log.txt")
out.WriteLine "written"
`;

const ENDS: readonly [name: string, rest: string, code: number][] = [
  ["its last line", "", 0],
  ["WScript.Quit", "WScript.Quit 7", 7],
  ["an error", "x = 1 / 0", 1],
];

for (const [name, rest, code] of ENDS) {
  Deno.test(`what a script leaves open is written at ${name}`, async () => {
    using folder = new TempFolder();
    const script = folder.write("open.vbs", OPEN + rest);
    assertEquals((await run(["run", "--map", `g:=${folder.path}`, script])).code, code);
    assertEquals(await Deno.readTextFile(`${folder.path}/log.txt`), "written\r\n");
  });
}

Deno.test("what a script leaves open is written after its last Class_Terminate", async () => {
  using folder = new TempFolder();
  const job = `Class Job
  Sub Class_Terminate
    out.WriteLine "ended"
  End Sub
End Class
Set one = New Job
`;
  const script = folder.write("open.vbs", OPEN + job);
  assertEquals((await run(["run", "--map", `g:=${folder.path}`, script])).stderr, "");
  assertEquals(await Deno.readTextFile(`${folder.path}/log.txt`), "written\r\nended\r\n");
});

Deno.test("what a script leaves open is written after Ctrl-C", onPosix, async () => {
  using folder = new TempFolder();
  const script = folder.write("open.vbs", `${OPEN}WScript.Echo "ready"\nDo\nLoop\n`);
  const command = cli(["run", "--map", `g:=${folder.path}`, script]);
  const outcome = await runUntil(command, "ready", (process) => process.kill("SIGINT"));
  assertEquals(outcome.code, 130);
  assertEquals(await Deno.readTextFile(`${folder.path}/log.txt`), "written\r\n");
});

Deno.test(
  "what cannot be written at the end fails the script",
  { ignore: Deno.build.os !== "linux" },
  async () => {
    using folder = new TempFolder();
    const script = folder.write(
      "full.vbs",
      `Set out = CreateObject("Scripting.FileSystemObject").OpenTextFile("/dev/full", 2)
out.WriteLine "lost"
`,
    );
    const { code, stderr } = await run(["run", script]);
    assertEquals(code, 1);
    assertStringIncludes(stderr, 'Disk full: "Z:\\dev\\full"');
  },
);

Deno.test("a denied permission is error 70 and names the flag", async () => {
  using folder = new TempFolder();
  folder.write("data.txt", "data");
  const script = folder.write(
    "denied.vbs",
    `Set fso = CreateObject("Scripting.FileSystemObject")
WScript.Echo fso.OpenTextFile("g:\\data.txt").ReadAll
On Error Resume Next
fso.DeleteFile "g:\\data.txt"
WScript.Echo Err.Number, Err.Description
Err.Clear
found = fso.FileExists("z:\\etc\\passwd")
WScript.Echo Err.Number, Err.Description
`,
  );
  const root = pathOfFileUrl(new URL("../../../", import.meta.url));
  const outcome = await run(["run", "--map", `g:=${folder.path}`, script], {
    permissions: [`--allow-read=${root},${folder.path}`, "--allow-env"],
  });
  const lines = outcome.stdout.trimEnd().split("\n");
  assertEquals([lines.length, lines[0], outcome.code], [3, "data", 0], outcome.stderr);
  assertMatch(lines[1]!, /^70 Permission denied: .*--allow-write/);
  assertMatch(lines[2]!, /^70 Permission denied: .*--allow-read/);
});

Deno.test("writing a file takes leave to write it, and no more", async () => {
  using folder = new TempFolder();
  const script = folder.write(
    "jobs/write.vbs",
    `Set fso = CreateObject("Scripting.FileSystemObject")
fso.CreateTextFile("g:\\out.txt").Write "only"
fso.OpenTextFile("g:\\out.txt", 2, True).Write "this"
`,
  );
  const root = pathOfFileUrl(new URL("../../../", import.meta.url));
  const outcome = await run(["run", "--map", `g:=${folder.path}`, script], {
    permissions: [
      `--allow-read=${root},${folder.path}/jobs`,
      `--allow-write=${folder.path}/out.txt`,
      "--allow-env",
    ],
  });
  assertEquals(outcome, { code: 0, stdout: "", stderr: "" });
  assertEquals(await Deno.readTextFile(`${folder.path}/out.txt`), "this");
});
