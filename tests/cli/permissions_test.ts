/** The least permissions of typical scripts, as docs/scripts.md has them: each line is enough, and each flag of it is needed. @module */
import { assertEquals, assertStringIncludes } from "@std/assert";
import { pathOfFileUrl } from "../../lib/platform/file_url.ts";
import { onPosix } from "../posix.ts";
import { run, TempFolder } from "./cli.ts";

const [LIB, FFI] = ["../../lib", "../../ffi"].map((folder) =>
  pathOfFileUrl(new URL(folder, import.meta.url))
);
const MODULES = `${LIB},${FFI}`;

interface Row {
  readonly what: string;
  readonly script: string;
  /** Each needed beyond the modules and the script; `DIR` is the test's folder, `PORT` that of its server. */
  readonly flags: readonly string[];
  readonly stdout: string;
}

const ROWS: readonly Row[] = [
  {
    what: "reads files and writes a report",
    script: `Set fso = CreateObject("Scripting.FileSystemObject")
Set report = fso.CreateTextFile("DIR/out/report.txt", True)
For Each file In fso.GetFolder("DIR/logs").Files
  report.WriteLine file.Name & " " & file.OpenAsTextStream(1).ReadLine
Next
report.Close
WScript.Echo "written"`,
    flags: ["--allow-read=DIR/logs", "--allow-write=DIR/out"],
    stdout: "written\n",
  },
  {
    what: "starts a program",
    script: `WScript.Echo CreateObject("WScript.Shell").Exec("sh -c ""echo started""").StdOut.ReadLine`,
    flags: ["--allow-run=sh"],
    stdout: "started\n",
  },
  {
    what: "fetches from a server",
    script: `Set http = CreateObject("MSXML2.ServerXMLHTTP.6.0")
http.open "GET", "http://127.0.0.1:PORT/", False
http.send
WScript.Echo http.responseText`,
    flags: ["--allow-net=127.0.0.1:PORT"],
    stdout: "hello\n",
  },
  {
    what: "keeps settings in the registry",
    script: `Set shell = CreateObject("WScript.Shell")
shell.RegWrite "HKCU\\Software\\Test\\Runs", 1, "REG_DWORD"
WScript.Echo shell.RegRead("HKCU\\Software\\Test\\Runs")`,
    flags: [
      "--allow-env=HOME",
      "--allow-read=DIR/.config/burnscript",
      "--allow-write=DIR/.config/burnscript",
    ],
    stdout: "1\n",
  },
  {
    what: "reads variables of the environment",
    script: `WScript.Echo CreateObject("WScript.Shell").ExpandEnvironmentStrings("%LEVEL%")`,
    flags: ["--allow-env=LEVEL"],
    stdout: "7\n",
  },
  {
    what: "burns a folder to a disc in a file",
    script: `Set recorder = CreateObject("IMAPI2.MsftDiscRecorder2")
recorder.InitializeDiscRecorder CreateObject("IMAPI2.MsftDiscMaster2").Item(0)
Set image = CreateObject("IMAPI2FS.MsftFileSystemImage")
image.ChooseImageDefaults recorder
image.Root.AddTree "DIR/logs", False
Set writer = CreateObject("IMAPI2.MsftDiscFormat2Data")
writer.Recorder = recorder
writer.ClientName = "Test"
writer.Write image.CreateResultImage().ImageStream
WScript.Echo "burned"`,
    flags: [
      "--allow-env=BURNSCRIPT_VIRTUAL",
      "--allow-read=DIR/logs",
      "--allow-read=DIR/discs",
      "--allow-write=DIR/discs",
    ],
    stdout: "burned\n",
  },
];

for (const { what, script, flags, stdout } of ROWS) {
  Deno.test(`permissions: a script that ${what} needs these and no others: ${flags}`, onPosix, async () => {
    using folder = new TempFolder();
    await using server = Deno.serve({ port: 0, onListen: () => {} }, () => new Response("hello"));
    const filled = (text: string): string =>
      text.replaceAll("DIR", folder.path).replaceAll("PORT", String(server.addr.port));
    folder.write("logs/a.log", "line\r\n");
    folder.write("out/x", "");
    folder.write("discs/x", "");
    folder.write(".config/burnscript/x", "");
    const path = folder.write("s.vbs", filled(script));
    const env = {
      HOME: folder.path,
      // Deno keeps its packages below the home folder.
      DENO_DIR: Deno.env.get("DENO_DIR") ?? `${Deno.env.get("HOME")}/.cache/deno`,
      LEVEL: "7",
      BURNSCRIPT_VIRTUAL: `dvd+r=${folder.path}/discs/disc.iso`,
    };
    const runWith = (some: readonly string[]): ReturnType<typeof run> =>
      run(["run", path], {
        permissions: [`--allow-read=${MODULES},${path}`, ...some.map(filled)],
        env,
      });
    for (const left of flags) {
      const { code, stderr } = await runWith(flags.filter((flag) => flag !== left));
      assertEquals(code === 0, false, `it does without ${left}`);
      if (left.startsWith("--allow-env=BURNSCRIPT")) continue; // without it there is just no such recorder
      assertStringIncludes(stderr, "Permission denied");
      assertStringIncludes(stderr, left.replace(/=.*/, ""));
    }
    const { code, stderr, stdout: said } = await runWith(flags);
    assertEquals([said, code], [stdout, 0], stderr);
  });
}

Deno.test("permissions: without leave for its own modules Burnscript says which", async () => {
  const { code, stderr } = await run(["drives"], { permissions: [`--allow-read=${LIB}`] });
  assertEquals(
    [stderr, code],
    [`Burnscript loads its own modules while it runs; add --allow-read=${FFI}\n`, 1],
  );
});
