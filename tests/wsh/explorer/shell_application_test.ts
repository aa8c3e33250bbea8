import { assertEquals, assertMatch, assertThrows } from "@std/assert";
import { AutomationError } from "../../../lib/automation/errors.ts";
import { DriveMap } from "../../../lib/platform/drive_map.ts";
import { InterruptFlag } from "../../../lib/platform/interrupt.ts";
import { FileRegistry } from "../../../lib/platform/registry.ts";
import { createUserProfile } from "../../../lib/platform/user_profile.ts";
import { Dialogs } from "../../../lib/wsh/dialogs.ts";
import { ShellApplication } from "../../../lib/wsh/explorer/shell_application.ts";
import { OpenResources } from "../../../lib/wsh/open_resources.ts";
import { FileSystemObject } from "../../../lib/wsh/scripting/file_system_object.ts";
import { ScriptingHost } from "../../../lib/wsh/scripting/host.ts";
import { ShellState, WshShell } from "../../../lib/wsh/shell/shell.ts";
import type { FolderItem2, FolderItems3 } from "../../../lib/wsh/types.ts";
import { comesTrue, TempFolder } from "../../cli/cli.ts";
import { onPosix } from "../../posix.ts";

/** `Shell.Application` of a user whose home is a temporary folder; `G:` is its folder `data`, with files in it. */
class ShellRig extends TempFolder {
  readonly data = `${this.path}/data`;
  readonly resources = new OpenResources();
  readonly fso: FileSystemObject;
  readonly application: ShellApplication;
  readonly shell: WshShell;

  /** @param answers what a person types when asked; nobody is there without them. */
  constructor(answers?: readonly string[]) {
    super();
    this.write("data/src/one.txt", "1".repeat(2000));
    this.write("data/src/sub/two.txt", "two");
    this.write("data/src/.hidden", "");
    this.write("data/out/one.txt", "older");
    const profile = createUserProfile({
      system: "linux",
      variable: (name) => ({ HOME: this.path, USER: "me" })[name],
      readText: () => undefined,
    });
    const driveMap = new DriveMap([{ letter: "G", directory: this.data }], "posix", () => this.data, profile);
    const host = new ScriptingHost(driveMap, this.resources, () => {});
    const typed = [...answers ?? []];
    const dialogs = new Dialogs({
      policy: "prompt",
      isTerminal: answers !== undefined,
      interactive: true,
      show: () => {},
      readLine: () => typed.shift() ?? null,
      nowMs: () => 0,
    });
    this.fso = new FileSystemObject(host);
    const state = new ShellState({
      driveMap,
      registry: new FileRegistry(`${this.path}/registry.reg`),
      resources: this.resources,
      interrupt: new InterruptFlag(),
      dialogs,
      showsPrograms: false,
    });
    this.application = new ShellApplication(host, state);
    this.shell = new WshShell(state);
  }

  /** An empty zip file, as scripts make one; not closed, as by most of them. */
  emptyZip(): string {
    this.fso.CreateTextFile("G:\\a.zip").Write("PK\x05\x06" + "\0".repeat(18));
    return "G:\\a.zip";
  }

  items(path: string): FolderItems3 {
    return this.application.NameSpace(path).Items();
  }

  text(name: string): string {
    return Deno.readTextFileSync(`${this.data}/${name}`);
  }

  override [Symbol.dispose](): void {
    this.resources.closeAll();
    super[Symbol.dispose]();
  }
}

function names(items: Iterable<FolderItem2>): string[] {
  return [...items].map(({ Name }) => Name);
}

const FOLDERS: readonly [number: number | string, path: string | undefined][] = [
  [0, "C:\\Users\\me\\Desktop"],
  [5, "C:\\Users\\me\\Documents"],
  [0x1a, "C:\\Users\\me\\AppData\\Roaming"],
  [0x1c, "C:\\Users\\me\\AppData\\Local"],
  [0x24, "C:\\Windows"],
  [0x26, "C:\\Program Files"],
  [0x28, "C:\\Users\\me"],
  [0x11, "::{20D04FE0-3AEA-1069-A2D8-08002B30309D}"],
  ["::{20d04fe0-3aea-1069-a2d8-08002b30309d}", "::{20D04FE0-3AEA-1069-A2D8-08002B30309D}"],
  ["shell:Personal", "C:\\Users\\me\\Documents"],
  [0x21, "C:\\Users\\me\\AppData\\Local\\Microsoft\\Windows\\INetCookies"],
  [0x31, "::{7007ACC7-3202-11D1-AAD2-00805FC1270E}"],
  [999, undefined],
  ["shell:nonsense", undefined],
  ["G:\\src", "G:\\src"],
  ["g:\\SRC\\", "G:\\src"],
  ["src", undefined],
  ["G:\\none", undefined],
  ["Q:\\", undefined],
  ["\\\\server\\share", undefined],
  ["G:\\src\\one.txt", undefined],
  ["", undefined],
];

for (const [number, path] of FOLDERS) {
  Deno.test(`NameSpace(${JSON.stringify(number)}) is ${path ?? "Nothing"}`, onPosix, () => {
    using rig = new ShellRig();
    const folder = rig.application.NameSpace(number);
    assertEquals(folder === null ? undefined : folder.Self.Path, path);
  });
}

Deno.test("Items() lists folders first, without hidden names, as it is now", onPosix, () => {
  using rig = new ShellRig();
  const items = rig.items("G:\\src");
  assertEquals([names(items), items.Count], [["sub", "one.txt"], 2]);
  rig.write("data/src/b.log", "");
  assertEquals([names(items), items.Item(1)!.Name, items.Item(9)], [
    ["sub", "b.log", "one.txt"],
    "b.log",
    null,
  ]);
  items.Filter(0x40 + 0x80, "*.txt;.*");
  assertEquals(names(items), [".hidden", "one.txt"]);
  items.Filter(0x20, "*");
  assertEquals(names(items), ["sub"]);
  assertEquals(names(rig.application.NameSpace(0x11).Items()), ["C:\\", "G:\\", "Z:\\"]);
});

Deno.test("FolderItem has the documented properties, and is renamed and dated", onPosix, () => {
  using rig = new ShellRig();
  const folder = rig.application.NameSpace("G:\\src");
  const item = folder.ParseName("ONE.TXT");
  assertEquals(
    [item.Name, item.Path, item.Size, item.Type, item.IsFolder, item.IsLink, item.IsFileSystem],
    ["one.txt", "G:\\src\\one.txt", 2000, "Text Document", false, false, true],
  );
  item.ModifyDate = new Date(2026, 2, 5, 14, 7);
  assertEquals(
    [0, 1, 2, 3, 6, 7].map((column) => folder.GetDetailsOf(item, column)),
    ["one.txt", "2 KB", "Text Document", "3/5/2026 2:07 PM", "A", ""],
  );
  assertEquals([0, 3, 99].map((column) => folder.GetDetailsOf(undefined, column)), [
    "Name",
    "Date modified",
    "",
  ]);
  assertEquals([item.ExtendedProperty("System.ItemNameDisplay"), item.ExtendedProperty("no")], [
    "one.txt",
    undefined,
  ]);
  item.Name = "new.txt";
  assertEquals([item.Path, folder.ParseName("one.txt"), folder.ParseName("sub\\two.txt").Size], [
    "G:\\src\\new.txt",
    null,
    3,
  ]);
  assertThrows(() => item.GetFolder, AutomationError, "no folder");
  assertEquals(folder.ParseName("sub").GetFolder.ParentFolder.Self.Path, "G:\\src");
  assertEquals([...item.Verbs()].map(({ Name }) => Name), ["&Open"]);
  assertThrows(() => item.InvokeVerb("print"), AutomationError, '"print"');
});

Deno.test("a script's empty zip file is filled by CopyHere, listed, and extracted", onPosix, () => {
  using rig = new ShellRig();
  const zip = rig.emptyZip();
  rig.application.NameSpace(zip).CopyHere(rig.items("G:\\src"));
  assertEquals(names(rig.items(zip)), ["sub", "one.txt"]);
  rig.application.NameSpace(zip).CopyHere("G:\\src\\sub\\two.txt");
  assertEquals(names(rig.items(zip)), ["sub", "one.txt", "two.txt"]);
  const inner = rig.application.NameSpace(zip).ParseName("sub").GetFolder.Items().Item(0)!;
  assertEquals([inner.Name, inner.Path, inner.Size, inner.IsFileSystem], [
    "two.txt",
    "G:\\a.zip\\sub\\two.txt",
    3,
    false,
  ]);
  rig.application.NameSpace("G:\\out").CopyHere(rig.items(zip), 4 + 16);
  assertEquals([rig.text("out/one.txt").length, rig.text("out/sub/two.txt")], [2000, "two"]);
  rig.application.NameSpace("G:\\out").MoveHere(rig.application.NameSpace(zip).ParseName("two.txt"));
  assertEquals([rig.text("out/two.txt"), names(rig.items(zip))], ["two", ["sub", "one.txt"]]);
  rig.application.NameSpace(zip).NewFolder("empty");
  assertEquals(names(rig.items(zip)), ["empty", "sub", "one.txt"]);
});

Deno.test("CopyHere of a pattern copies what it matches", onPosix, () => {
  using rig = new ShellRig();
  rig.write("data/src/b.log", "log");
  const out = rig.application.NameSpace("G:\\out");
  out.CopyHere("G:\\src\\*.log");
  assertEquals(names(out.Items()), ["b.log", "one.txt"]);
  out.CopyHere("G:\\src\\*.*", 16);
  assertEquals([names(out.Items()), rig.text("out/sub/two.txt")], [["sub", "b.log", "one.txt"], "two"]);
  assertEquals(assertThrows(() => out.CopyHere("G:\\src\\*.none"), AutomationError).number, 53);
});

Deno.test("CopyHere brings a folder from one zip file into another", onPosix, () => {
  using rig = new ShellRig();
  const zip = rig.emptyZip();
  rig.application.NameSpace(zip).CopyHere("G:\\src");
  rig.fso.CreateTextFile("G:\\b.zip").Write("PK\x05\x06" + "\0".repeat(18));
  rig.application.NameSpace("G:\\b.zip").CopyHere(rig.application.NameSpace(zip).ParseName("src"));
  assertEquals(rig.application.NameSpace("G:\\b.zip").ParseName("src\\sub\\two.txt").Size, 3);
});

const COLLISIONS: readonly [
  what: string,
  answers: string[] | undefined,
  options: number | undefined,
  one: number,
  names: string[],
][] = [
  ["16 replaces it", ["no"], 16, 2000, ["one.txt"]],
  ["8 finds another name", [], 8, 5, ["one (2).txt", "one.txt"]],
  ["a person says yes", ["yes"], undefined, 2000, ["one.txt"]],
  ["a person says no", ["no"], undefined, 5, ["one.txt"]],
  ["nobody is there", undefined, undefined, 2000, ["one.txt"]],
];

for (const [what, answers, options, one, found] of COLLISIONS) {
  Deno.test(`CopyHere of a name that is there: ${what}`, onPosix, () => {
    using rig = new ShellRig(answers);
    rig.application.NameSpace("G:\\out").CopyHere("G:\\src\\one.txt", options);
    assertEquals([rig.text("out/one.txt").length, names(rig.items("G:\\out"))], [one, found]);
  });
}

Deno.test("MoveHere moves files and folders", onPosix, () => {
  using rig = new ShellRig();
  rig.application.NameSpace("G:\\out").MoveHere(rig.items("G:\\src"), 16);
  assertEquals([names(rig.items("G:\\src")), names(rig.items("G:\\out"))], [[], ["sub", "one.txt"]]);
  assertEquals(rig.text("out/one.txt").length, 2000);
});

Deno.test("MoveHere into itself is refused, and nothing is lost", onPosix, () => {
  using rig = new ShellRig();
  const zip = rig.emptyZip();
  const root = rig.application.NameSpace(zip);
  root.CopyHere(rig.items("G:\\src"));
  const refused = (work: () => void): number => assertThrows(work, AutomationError).number;
  assertEquals(refused(() => root.MoveHere(root.ParseName("one.txt"), 16)), 70);
  assertEquals(refused(() => root.ParseName("sub").GetFolder.MoveHere(root.ParseName("sub"), 16)), 70);
  assertEquals(refused(() => root.MoveHere("G:\\", 16)), 70);
  const sub = root.ParseName("sub").GetFolder.Items();
  assertEquals([names(root.Items()), names(sub)], [["sub", "one.txt"], ["two.txt"]]);
  root.MoveHere(root.ParseName("one.txt"), 8);
  assertEquals(names(rig.items(zip)), ["sub", "one (2).txt"]);
});

Deno.test("CopyHere of a zip file's own folder copies the zip file", onPosix, () => {
  using rig = new ShellRig();
  const zip = rig.emptyZip();
  rig.application.NameSpace(zip).CopyHere("G:\\src\\one.txt");
  rig.application.NameSpace("G:\\out").CopyHere(rig.application.NameSpace(zip));
  assertEquals(names(rig.items("G:\\out\\a.zip")), ["one.txt"]);
});

Deno.test("a zip file that was changed by others is read again", onPosix, () => {
  using rig = new ShellRig();
  const zip = rig.emptyZip();
  rig.application.NameSpace(zip).CopyHere("G:\\src\\one.txt");
  const items = rig.items(zip);
  assertEquals(items.Count, 1);
  rig.emptyZip();
  assertEquals(items.Count, 0);
});

const ERRORS: readonly [what: string, work: (rig: ShellRig) => void, message: RegExp][] = [
  [
    "CopyHere of nothing",
    ({ application }) => application.NameSpace("G:\\out").CopyHere("G:\\none"),
    /^File not found: "G:\\none"/,
  ],
  [
    "a zip file into itself",
    (rig) => rig.application.NameSpace(rig.emptyZip()).CopyHere("G:\\a.zip"),
    /^Permission denied: .*itself/,
  ],
  [
    "a folder into itself",
    ({ application }) => application.NameSpace("G:\\src\\sub").CopyHere("G:\\src"),
    /^Permission denied: .*inside/,
  ],
  [
    "what is no zip file",
    (rig) => {
      rig.write("data/bad.zip", "nonsense");
      void rig.items("G:\\bad.zip").Count;
    },
    /^The data is invalid: "G:\\bad.zip": it is no zip file/,
  ],
  [
    "files among the drives",
    ({ application }) => application.NameSpace(0x11).CopyHere("G:\\src"),
    /^Permission denied: "This PC"/,
  ],
  [
    "a folder that is there",
    ({ application }) => application.NameSpace("G:\\src").NewFolder("sub"),
    /already exists/,
  ],
  ["shutting down", ({ application }) => application.ShutdownWindows(), /ShutdownWindows is a command/],
  ["a verb of the desktop", ({ application }) => application.ShellExecute("x", "", "", "print"), /"print"/],
  ["no program", ({ application }) => application.ShellExecute("nosuchprogram"), /nosuchprogram/],
];

for (const [what, work, message] of ERRORS) {
  Deno.test(`Shell.Application: ${what} is an error`, onPosix, () => {
    using rig = new ShellRig();
    assertMatch(assertThrows(() => work(rig), AutomationError).message, message);
  });
}

for (const verb of [undefined, "open", "runas"]) {
  Deno.test(`ShellExecute() starts a program in a folder, verb ${verb ?? "left out"}`, onPosix, async () => {
    using rig = new ShellRig();
    rig.application.ShellExecute("sh", '-c "echo $0 > ran.txt" "a b"', "G:\\out", verb, 0);
    assertEquals(await comesTrue(() => existing(`${rig.data}/out/ran.txt`) === "a b\n"), true);
    assertEquals(rig.fso.GetAbsolutePathName("x"), "G:\\x");
  });
}

function existing(path: string): string {
  try {
    return Deno.readTextFileSync(path);
  } catch {
    return "";
  }
}

Deno.test("BrowseForFolder() asks for a path; nobody's answer is Nothing", onPosix, () => {
  using rig = new ShellRig(["g:\\src", "nonsense"]);
  const ask = (): unknown => rig.application.BrowseForFolder(0, "Where?", 0)?.Self.Path;
  assertEquals([ask(), ask(), ask()], ["G:\\src", undefined, undefined]);
  using unattended = new ShellRig();
  assertEquals(unattended.application.BrowseForFolder(0, "Where?", 0), null);
});

Deno.test("GetLink reads, changes and copies a shortcut", onPosix, () => {
  using rig = new ShellRig();
  const { application } = rig;
  rig.write("data/tool.txt", "");
  const folder = application.NameSpace("G:\\src");
  assertThrows(() => folder.ParseName("one.txt").GetLink, AutomationError, "no shortcut");
  const shortcut = rig.shell.CreateShortcut("G:\\src\\tool.lnk");
  shortcut.TargetPath = "G:\\tool.txt";
  shortcut.Save();
  const link = folder.ParseName("tool.lnk").GetLink;
  link.Arguments = "-v";
  link.SetIconLocation("G:\\icons.dll", 3);
  link.Hotkey = 0x200 + 66;
  link.Save("G:\\src\\copy.lnk");
  const copy = folder.ParseName("copy.lnk").GetLink;
  assertEquals([copy.Path, copy.Arguments, copy.GetIconLocation(), copy.Hotkey, copy.Target.Name], [
    "G:\\tool.txt",
    "-v",
    3,
    0x200 + 66,
    "tool.txt",
  ]);
});

Deno.test("what has no windows has none, and services that there are not do not run", onPosix, () => {
  using rig = new ShellRig();
  const { application } = rig;
  application.MinimizeAll();
  assertEquals([application.Windows().Count, [...application.Windows()]], [0, []]);
  assertEquals(application.IsServiceRunning("no such service"), false);
  assertEquals(application.IsServiceRunning("x; touch y"), false);
  assertEquals([application.GetSystemInformation("DoubleClickTime"), application.GetSystemInformation("x")], [
    500,
    undefined,
  ]);
});
