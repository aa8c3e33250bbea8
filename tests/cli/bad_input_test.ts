import { assertEquals, assertNotMatch, assertStringIncludes } from "@std/assert";
import { cli, type CliOptions, type Outcome, run, runUntil, TempFolder } from "./cli.ts";
import { onPosix } from "../posix.ts";

/** The page's steps, with the recorder's index and the folder as they are given. */
function burnScript(recorder = 0, folder = "g:\\data"): string {
  return `Option Explicit
Dim master, recorder, image, writer, result
Set master = WScript.CreateObject("IMAPI2.MsftDiscMaster2")
Set recorder = WScript.CreateObject("IMAPI2.MsftDiscRecorder2")
recorder.InitializeDiscRecorder master.Item(${recorder})
Set image = CreateObject("IMAPI2FS.MsftFileSystemImage")
Set writer = CreateObject("IMAPI2.MsftDiscFormat2Data")
writer.Recorder = recorder
writer.ClientName = "bad input"
image.ChooseImageDefaults recorder
image.Root.AddTree "${folder}", False
Set result = image.CreateResultImage()
WScript.Echo "planned"
WScript.Sleep 10
writer.Write result.ImageStream
WScript.Echo "written"
`;
}

interface Row {
  readonly title: string;
  /** Prepares the folder and gives the command line. */
  readonly args: (folder: TempFolder) => readonly string[] | Promise<readonly string[]>;
  readonly options?: (folder: TempFolder) => CliOptions;
  /** Whether it is bad input on POSIX alone. */
  readonly posixOnly?: true;
  readonly code: number;
  /** What the message says, each part. */
  readonly says: readonly string[];
  /** What must be true afterwards. */
  readonly after?: (folder: TempFolder, outcome: Outcome) => void | Promise<void>;
}

function withScript(folder: TempFolder, script: string, ...options: string[]): string[] {
  folder.write("data/a.txt", "content");
  return ["run", ...options, "--map", `g:=${folder.path}`, folder.write("s.vbs", script)];
}

function dvd(folder: TempFolder): string {
  return `dvd+r=${folder.path}/disc.iso`;
}

/** A disc must be as blank as it was. */
async function assertStillBlank(folder: TempFolder): Promise<void> {
  const info = await run(["info", "--virtual", dvd(folder)]);
  assertStringIncludes(info.stdout, "blank");
}

const ROWS: readonly Row[] = [
  {
    title: "no recorder: burn",
    args: (folder) => ["burn", folder.write("data/a.txt", "a").replace(/\/[^/]*$/, "")],
    code: 3,
    says: ["there is none on this computer", "--virtual dvd+r="],
  },
  {
    title: "no recorder: run",
    args: (folder) => withScript(folder, burnScript(0)),
    code: 3,
    says: ["s.vbs(5, ", "recorder", "--virtual"],
  },
  {
    title: "no such recorder: run",
    args: (folder) => withScript(folder, burnScript(1), "--virtual", dvd(folder)),
    code: 3,
    says: ["s.vbs(5, ", "recorder"],
    after: assertStillBlank,
  },
  {
    title: "no medium: run",
    args: (folder) => withScript(folder, burnScript(), "--virtual", `none=${folder.path}/empty`),
    code: 3,
    says: ["s.vbs(", "no medium", "insert"],
  },
  {
    title: "no medium: burn",
    args: (folder) => {
      folder.write("data/a.txt", "a");
      return ["burn", "--virtual", `none=${folder.path}/empty`, `${folder.path}/data`];
    },
    code: 3,
    says: ["no medium", "insert"],
  },
  {
    title: "a closed disc",
    args: async (folder) => {
      folder.write("data/a.txt", "a");
      const first = await run(["burn", "--virtual", dvd(folder), `${folder.path}/data`]);
      assertEquals(first.code, 0, first.stderr);
      return ["burn", "--virtual", dvd(folder), `${folder.path}/data`];
    },
    code: 1,
    says: ["closed", "blank"],
  },
  {
    title: "a full disc: the image does not fit, said before the first write",
    args: (folder) => {
      folder.writeSparse("data/big.bin", 5_000_000_000); // more than a DVD+R holds
      return ["burn", "--virtual", dvd(folder), `${folder.path}/data`];
    },
    code: 1,
    says: ["2295104", "larger disc"],
    after: assertStillBlank,
  },
  {
    title: "an unreadable file: burn",
    args: (folder) => {
      Deno.chmodSync(folder.write("data/secret.txt", "secret"), 0o000);
      return ["burn", "--virtual", dvd(folder), `${folder.path}/data`];
    },
    options: withoutRootsPrivilege,
    posixOnly: true,
    code: 1,
    says: ["secret.txt"],
    after: assertStillBlank,
  },
  {
    title: "an unreadable file: image, which is then not there at all",
    args: (folder) => {
      Deno.chmodSync(folder.write("data/secret.txt", "secret"), 0o000);
      return ["image", `${folder.path}/data`, "-o", `${folder.path}/out.iso`];
    },
    options: withoutRootsPrivilege,
    posixOnly: true,
    code: 1,
    says: ["secret.txt"],
    after: (folder) => assertEquals([...Deno.readDirSync(folder.path)].map((entry) => entry.name), ["data"]),
  },
  {
    title: "an unknown ProgID",
    args: (folder) => withScript(folder, `\nSet a = CreateObject("IMAPI2.MsftDiscMonster2")\n`),
    code: 1,
    says: [
      "s.vbs(2, 1) Microsoft VBScript runtime error: ActiveX component can't create object: 'IMAPI2.MsftDiscMonster2'",
      'did you mean "IMAPI2.MsftDiscMaster2"',
    ],
  },
  {
    title: "an unknown ProgID like none: what exists is named",
    args: (folder) => withScript(folder, `Set a = CreateObject("Nobody.Knows")`),
    code: 1,
    says: ["can't create object: 'Nobody.Knows'", "IMAPI2.MsftDiscMaster2", "IMAPI2FS.MsftFileSystemImage"],
  },
  {
    title: "a syntax error",
    args: (folder) => withScript(folder, `WScript.Echo "one"\nIf x = 1 The\nEnd If\n`),
    code: 1,
    says: ["s.vbs(2, ", "Microsoft VBScript compilation error: Expected 'Then'"],
    after: (_folder, outcome) => assertEquals(outcome.stdout, ""),
  },
  {
    title: "a script that is missing",
    args: (folder) => ["run", `${folder.path}/absent.vbs`],
    code: 1,
    says: ["Cannot find the script", "absent.vbs"],
  },
  {
    title: "a script of another language",
    args: (folder) => ["run", folder.write("s.py", "print(1)")],
    code: 2,
    says: ["no .vbs", "//E:VBScript"],
  },
  {
    title: "a drive letter without a map",
    posixOnly: true,
    args: (folder) => ["run", "--virtual", dvd(folder), folder.write("s.vbs", burnScript(0, "q:\\data"))],
    code: 1,
    says: ["Path not found", "--map q:=DIR"],
    after: assertStillBlank,
  },
  {
    title: "a folder that is missing",
    args: (folder) => withScript(folder, burnScript(0, "g:\\nothing"), "--virtual", dvd(folder)),
    code: 1,
    says: ["s.vbs(11, ", "nothing"],
    after: assertStillBlank,
  },
  {
    title: "a denied Deno permission is error 70 and names the flag",
    args: (folder) => {
      folder.write("discs/.keep", "");
      return withScript(folder, burnScript(), "--virtual", `dvd+r=${folder.path}/discs/disc.iso`);
    },
    options: (folder) => ({
      permissions: [
        `--allow-read=lib,ffi,${folder.path}/s.vbs,${folder.path}/discs`,
        `--allow-write=${folder.path}/discs`,
        "--allow-env=BURNSCRIPT_VIRTUAL,BURNSCRIPT_MAP",
      ],
    }),
    code: 1,
    says: ["s.vbs(11, ", "Permission denied", "--allow-read"],
  },
  {
    title: "a source that is missing",
    args: (folder) => ["burn", "--virtual", dvd(folder), `${folder.path}/nothing`],
    code: 1,
    says: ["Cannot read the source", "nothing", "no such file or folder"],
    after: (folder) => assertEquals([...Deno.readDirSync(folder.path)], []),
  },
  {
    title: "an image into a folder that is missing",
    args: (folder) => {
      folder.write("data/a.txt", "a");
      return ["image", `${folder.path}/data`, "-o", `${folder.path}/nothing/x.iso`];
    },
    code: 1,
    says: ["Cannot write the image", "its folder is not there"],
  },
  {
    title: "a closed disc: run, said before anything is planned",
    args: async (folder) => {
      folder.write("data/a.txt", "a");
      const first = await run(["burn", "--virtual", dvd(folder), `${folder.path}/data`]);
      assertEquals(first.code, 0, first.stderr);
      return withScript(folder, burnScript(), "--virtual", dvd(folder));
    },
    code: 1,
    says: ["s.vbs(10, ", "closed", "insert a blank disc"],
  },
  {
    title: "an unknown option",
    args: () => ["burn", "--sped", "4", "x"],
    code: 2,
    says: ["There is no option --sped", "burn --help"],
  },
  {
    title: "an unknown command",
    args: () => ["brun", "x"],
    code: 2,
    says: ['There is no command "brun"', "burn"],
  },
  {
    title: "a malformed virtual disc",
    args: () => ["drives", "--virtual", "dvd+r"],
    code: 2,
    says: ["MEDIUM=FILE"],
  },
  {
    title: "all recorders and one of them",
    args: (folder) => ["burn", "--virtual", dvd(folder), "--drive", "all", "--drive", "0", folder.path],
    code: 2,
    says: ['"--drive all" is every recorder'],
  },
  {
    title: "a virtual disc in two recorders",
    args: (
      folder,
    ) => ["burn", "--virtual", dvd(folder), "--virtual", dvd(folder), "--drive", "all", folder.path],
    code: 2,
    says: ["disc.iso", "can be in one recorder only"],
  },
  ...["disc.iso", "./disc.iso.burnscript.json"].flatMap((name) =>
    ["report", "map"].map((option): Row => ({
      title: `--${option} ${name}, which is the disc itself`,
      args: (folder) => {
        folder.write("data/a.txt", "a");
        return [
          "burn",
          "--virtual",
          dvd(folder),
          `--${option}`,
          `${folder.path}/${name}`,
          `${folder.path}/data`,
        ];
      },
      code: 1,
      says: [name, "that file is what the work is about; give another one"],
      after: assertStillBlank,
    }))
  ),
  {
    title: "a virtual disc in the folder that is burned onto it",
    args: async (folder) => {
      folder.write("data/a.txt", "a");
      const disc = ["burn", "--append", "--virtual", `dvd+r=${folder.path}/data/disc.iso`];
      const first = await run([...disc, "--exclude", "disc.iso*", `${folder.path}/data`]);
      assertEquals(first.code, 0, first.stderr);
      return [...disc, `${folder.path}/data`];
    },
    code: 1,
    says: ["disc.iso", "is among those to be burned", "--exclude"],
    after: async (folder) => {
      const info = await run(["info", "--virtual", `dvd+r=${folder.path}/data/disc.iso`]);
      assertStringIncludes(info.stdout, "appendable, 1 session");
    },
  },
  {
    title: "a picture in the place of the image that it shows",
    args: (
      folder,
    ) => ["info", "--map", folder.write("a.iso", new Uint8Array(70_000)), `${folder.path}/a.iso`],
    code: 1,
    says: ["a.iso", "give another one"],
    after: (folder) => assertEquals(Deno.statSync(`${folder.path}/a.iso`).size, 70_000),
  },
  {
    title: "a virtual disc that a newer program made",
    args: (folder) => {
      folder.write("disc.iso", new Uint8Array(2048));
      folder.write(
        "disc.iso.burnscript.json",
        '{"format":"burnscript virtual disc","version":2,"medium":"dvd+r"}',
      );
      return ["info", "--virtual", dvd(folder)];
    },
    code: 1,
    says: ["it has version 2", "use the Burnscript that made it"],
  },
  {
    title: "a medium that nobody makes",
    args: (folder) => ["drives", "--virtual", `dvd*r=${folder.path}/x`],
    code: 2,
    says: ["dvd*r", "dvd+r"],
  },
];

/** Root reads every file; without these two capabilities it is like anybody else. */
function withoutRootsPrivilege(): CliOptions {
  if (Deno.uid() !== 0) return {};
  return { prefix: ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] };
}

for (const row of ROWS) {
  Deno.test(`bad input: ${row.title}`, row.posixOnly ? onPosix : {}, async () => {
    using folder = new TempFolder();
    const args = await row.args(folder);
    const outcome = await run(args, row.options?.(folder) ?? {});
    const text = `exit ${outcome.code}\n${outcome.stdout}${outcome.stderr}`;
    for (const part of row.says) assertStringIncludes(outcome.stderr, part, text);
    assertEquals(outcome.code, row.code, text);
    // One clear message: no stack of ours, no more than the message, its advice and the source line.
    assertNotMatch(outcome.stderr, /\n\s+at /, text);
    await row.after?.(folder, outcome);
  });
}

const AWAIT_SHRINKING =
  `Dim file : Set file = CreateObject("Scripting.FileSystemObject").GetFile("g:\\data\\shrinks.bin")
Do While file.Size > 1000000 : WScript.Sleep 10 : Loop`;

Deno.test("bad input: a file that shrinks while it is read leaves a disc whose state is said and found again", async () => {
  using folder = new TempFolder();
  folder.write("data/shrinks.bin", new Uint8Array(3_000_000).fill(7));
  const script = folder.write("s.vbs", burnScript().replace("WScript.Sleep 10", AWAIT_SHRINKING));
  const command = cli(["run", "--virtual", dvd(folder), "--map", `g:=${folder.path}`, script]);
  const shrink = (): void => Deno.truncateSync(`${folder.path}/data/shrinks.bin`, 1_000_000);
  const { code, stderr } = await runUntil(command, "planned", shrink);
  assertEquals(code, 1, stderr);
  assertStringIncludes(stderr, "shrinks.bin");
  const info = await run(["info", "--virtual", dvd(folder)]);
  assertNotMatch(info.stdout, /blank/, `${stderr}${info.stdout}`);
});
