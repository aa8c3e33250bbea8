import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { entryContent, readVolumes } from "../../lib/image/mod.ts";
import { type Outcome, run, TempFolder } from "./cli.ts";

/** In the shape of the script of Microsoft's page "Burning a Disc Image", its habits kept: case, parentheses, no Set. */
const PAGE_SHAPED = `' Burns one directory tree to a blank disc.
Option Explicit

Const FsiFileSystemISO9660 = 1
Const FsiFileSystemJoliet  = 2
Const FsiFileSystemUDF102  = 4

WScript.Quit(Main)

Function Main
    Dim Index, Recorder, Path, Stream

    Index = 1
    Path = "g:\\BurnDir"

    Dim g_DiscMaster
    Set g_DiscMaster = WScript.CreateObject("IMAPI2.MsftDiscMaster2")

    Dim uniqueId
    set recorder = WScript.CreateObject("IMAPI2.MsftDiscRecorder2")
    uniqueId = g_DiscMaster.Item(index)
    recorder.InitializeDiscRecorder( uniqueId )

    Dim FSI, Dir
    Dim dataWriter

    Set FSI = CreateObject("IMAPI2FS.MsftFileSystemImage")
    Set Dir = FSI.Root

    Set dataWriter = CreateObject ("IMAPI2.MsftDiscFormat2Data")
    dataWriter.recorder = Recorder
    dataWriter.ClientName = "IMAPIv2 TEST"

    FSI.ChooseImageDefaults(recorder)

    Dir.AddTree Path, false

    Dim result
    Set result = FSI.CreateResultImage()
    Stream = result.ImageStream

    WScript.Echo "Writing content to disc..."
    dataWriter.write(Stream)

    WScript.Echo "----- Finished writing content -----"
    Main = 0
End Function
`;

const CONTENT: Record<string, string> = {
  "BurnDir/readme.txt": "hello",
  "BurnDir/empty.txt": "",
  "BurnDir/sub/ünïcödé.txt": "world\n".repeat(5000),
};

function prepared(): TempFolder {
  const folder = new TempFolder();
  for (const [name, text] of Object.entries(CONTENT)) folder.write(name, text);
  return folder;
}

/** The files of each view on a disc, with their text. */
function viewsOf(disc: string): Record<string, Record<string, string>> {
  using file = Deno.openSync(disc);
  const sizeSectors = Math.floor(file.statSync().size / 2048);
  const read = (lba: number, count: number, target: Uint8Array): void => {
    file.seekSync(lba * 2048, Deno.SeekMode.Start);
    for (let done = 0; done < count * 2048;) {
      const got = file.readSync(target.subarray(done, count * 2048));
      if (got === null) throw new Error(`LBA ${lba} lies past the end`);
      done += got;
    }
  };
  const views: Record<string, Record<string, string>> = {};
  for (const volume of readVolumes(read, sizeSectors)) {
    const files: Record<string, string> = {};
    // A track written at once is padded behind the image, so that the last anchor is not at the end of the disc.
    assertEquals(volume.problems.filter((problem) => problem !== "only one anchor"), []);
    for (const entry of volume.entries.filter(({ kind }) => kind === "file")) {
      const bytes = new Uint8Array(entry.sizeBytes);
      using content = entryContent(read, entry).open();
      assertEquals(content.read(bytes, 0), bytes.length);
      files[entry.path.slice(1)] = new TextDecoder().decode(bytes);
    }
    views[volume.fileSystem] = files;
  }
  return views;
}

function assertOnDisc(disc: string): void {
  const wanted = Object.fromEntries(
    Object.entries(CONTENT).map(([name, text]) => [name.replace("BurnDir/", ""), text]),
  );
  const views = viewsOf(disc);
  assertEquals(views["joliet"], wanted);
  assertEquals(views["udf"], wanted);
  assertEquals(Object.values(views["iso9660"]!).sort(), Object.values(wanted).sort());
}

function assertDone(outcome: Outcome): void {
  assertEquals(outcome.code, 0, `${outcome.stdout}${outcome.stderr}`);
}

Deno.test("run: a script in the page's shape burns BurnDir onto the second recorder's disc", async () => {
  using folder = prepared();
  const { path } = folder;
  const script = folder.write("page.vbs", PAGE_SHAPED.replaceAll("\n", "\r\n"));
  const outcome = await run([
    "run",
    ...["--virtual", `cd-r=${path}/a`, "--virtual", `dvd+r=${path}/b`, "--map", `g:=${path}`, script],
  ]);
  assertDone(outcome);
  assertEquals(outcome.stdout, "Writing content to disc...\n----- Finished writing content -----\n");
  assertOnDisc(`${path}/b`);
  const first = await run(["info", "--virtual", `cd-r=${path}/a`]);
  assertMatch(first.stdout, /CD-R.*blank/s);
});

for (const medium of ["cd-r", "dvd+r"]) {
  Deno.test(`run: --verify=full checks what the script wrote on ${medium}`, async () => {
    using folder = prepared();
    const { path } = folder;
    const script = folder.write("page.vbs", PAGE_SHAPED.replace("Index = 1", "Index = 0"));
    const args = [
      "run",
      "--verify",
      "full",
      "--virtual",
      `${medium}=${path}/disc`,
      "--map",
      `g:=${path}`,
      script,
    ];
    const outcome = await run(args);
    assertDone(outcome);
    assertStringIncludes(outcome.stderr, "Verifying");
    assertOnDisc(`${path}/disc`);
  });
}

Deno.test("run: --json gives one object a line", async () => {
  using folder = prepared();
  const { path } = folder;
  const script = folder.write("page.vbs", PAGE_SHAPED.replace("Index = 1", "Index = 0"));
  const outcome = await run(["run", "--json", "--virtual", `dvd+r=${path}/d`, "--map", `g:=${path}`, script]);
  assertDone(outcome);
  const events = outcome.stdout.trim().split("\n").map((line) => JSON.parse(line) as { event: string });
  assertEquals(new Set(events.map(({ event }) => event)), new Set(["echo", "progress"]));
  assertEquals(outcome.stderr, "");
});

Deno.test("run: // switches count anywhere, the other arguments are the script's", async () => {
  using folder = new TempFolder();
  const script = folder.write(
    "args.vbs",
    `For Each a In WScript.Arguments : WScript.Echo a : Next : WScript.Quit WScript.Arguments.Count`,
  );
  const outcome = await run(["run", "//Nologo", script, "one", "//T:20", "--help", "/x:2"]);
  assertEquals([outcome.code, outcome.stdout], [3, "one\n--help\n/x:2\n"]);
});

Deno.test("run: what follows the script reaches it as it is, whatever it looks like", async () => {
  using folder = new TempFolder();
  const script = folder.write(
    "a.vbs",
    'For Each a In WScript.Arguments : s = s & a & "|" : Next : WScript.Echo s',
  );
  const args = ["--", "--log", "-", "--map", "-x", "-nologo", "/b", "007", "--json", ""];
  const outcome = await run(["run", "--quiet", "-nologo", "/t:20", script, ...args]);
  assertEquals([outcome.code, outcome.stdout, outcome.stderr], [0, `${args.join("|")}|\n`, ""]);
});

for (const args of [["//?"], ["/?"], ["-nologo", "a.vbs", "//?"]]) {
  Deno.test(`run: ${args.join(" ")} shows the help`, async () => {
    const outcome = await run(["run", ...args]);
    assertEquals(outcome.code, 0);
    assertStringIncludes(outcome.stdout, "usage: burnscript run");
  });
}

Deno.test("run: a word with a dash that is no switch is no script either", async () => {
  const outcome = await run(["run", "-bogus", "a.vbs"]);
  assertEquals(outcome.code, 2);
  assertStringIncludes(outcome.stderr, "There is no option -bogus");
});

Deno.test("run: an error in an included file names that file and line", async () => {
  using folder = new TempFolder();
  folder.write("lib.vbs", "Function Half(x)\n  Half = x / 0\nEnd Function\n");
  const script = folder.write(
    "main.vbs",
    `Set fso = CreateObject("Scripting.FileSystemObject")
ExecuteGlobal fso.OpenTextFile("g:\\lib.vbs").ReadAll
WScript.Echo Half(4)
`,
  );
  const outcome = await run(["run", "--map", `g:=${folder.path}`, script]);
  assertEquals(outcome.code, 1);
  assertStringIncludes(outcome.stderr, `${folder.path}/lib.vbs(2, `);
  assertStringIncludes(outcome.stderr, "Division by zero");
  assertStringIncludes(outcome.stderr, "main.vbs");
});

Deno.test("run: the page's script in TypeScript, examples/burn.ts", async () => {
  using folder = new TempFolder();
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "examples/burn.ts"],
    env: {
      BURNSCRIPT_VIRTUAL: `dvd+r=${folder.path}/disc.iso`,
      BURNSCRIPT_MAP: "g:=examples",
      NO_COLOR: "1",
    },
  }).output();
  const text = new TextDecoder();
  assertEquals(code, 0, text.decode(stderr));
  assertStringIncludes(text.decode(stdout), "closing the disc\nFinished.\n");
  const views = viewsOf(`${folder.path}/disc.iso`);
  assertStringIncludes(views["udf"]!["README.txt"]!, "what the examples burn");
});

Deno.test("burn(): examples/burn_modern.ts", async () => {
  using folder = new TempFolder();
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "examples/burn_modern.ts"],
    env: { BURNSCRIPT_VIRTUAL: `cd-r=${folder.path}/disc.iso`, NO_COLOR: "1" },
  }).output();
  const text = new TextDecoder();
  assertEquals(code, 0, text.decode(stderr));
  assertStringIncludes(text.decode(stdout), "verifying");
  assertStringIncludes(
    viewsOf(`${folder.path}/disc.iso`)["joliet"]!["README.txt"]!,
    "what the examples burn",
  );
});

Deno.test("burn: a folder, an image file made by image, and their equality", async () => {
  using folder = prepared();
  const { path } = folder;
  const timestamp = ["--timestamp", "1700000000", "--volume", "SAME"];
  assertDone(await run(["image", ...timestamp, `${path}/BurnDir`, "-o", `${path}/x.iso`]));
  assertDone(await run(["burn", ...timestamp, "--virtual", `dvd+r=${path}/one`, `${path}/BurnDir`]));
  assertDone(await run(["burn", "--virtual", `dvd+r=${path}/two`, `${path}/x.iso`]));
  const image = await Deno.readFile(`${path}/x.iso`);
  for (const disc of ["one", "two"]) {
    assertEquals((await Deno.readFile(`${path}/${disc}`)).subarray(0, image.length), image);
  }
});

Deno.test("info, drives: as text and as JSON", async () => {
  using folder = new TempFolder();
  const virtual = ["--virtual", `dvd+r=${folder.path}/a`, "--virtual", `cd-r=${folder.path}/b`];
  const drives = await run(["drives", "--json", ...virtual]);
  const { recorders } = JSON.parse(drives.stdout) as { recorders: { index: number; path: string }[] };
  assertEquals(recorders.map(({ index, path }) => [index, path]), [[0, `${folder.path}/a`], [
    1,
    `${folder.path}/b`,
  ]]);
  const info = await run(["info", "--drive", "1", ...virtual]);
  assertStringIncludes(info.stdout, "CD-R");
  const json = JSON.parse((await run(["info", "--json", "--drive", "0", ...virtual])).stdout) as {
    medium: unknown;
  };
  assertEquals(typeof json.medium, "object");
});

for (const command of ["run", "burn", "image", "drives", "info"]) {
  Deno.test(`${command} --help teaches on standard output`, async () => {
    const outcome = await run([command, "--help"]);
    assertEquals([outcome.code, outcome.stderr], [0, ""]);
    assertStringIncludes(outcome.stdout, `usage: burnscript ${command}`);
  });
}
