import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import fc from "fast-check";
import { AutomationError } from "../../../lib/automation/errors.ts";
import { DriveMap } from "../../../lib/platform/drive_map.ts";
import { createShortcut, type WshShortcut, type WshUrlShortcut } from "../../../lib/wsh/shell/shortcut.ts";
import {
  formatShellLink,
  parseShellLink,
  type ShellLink,
  ShellLinkError,
} from "../../../lib/wsh/shell/shell_link.ts";
import { TempFolder } from "../../cli/cli.ts";
import { onPosix } from "../../posix.ts";

const PLAIN: ShellLink = {
  target: "C:\\Programs\\tool.exe",
  isFolder: false,
  description: "",
  workingDirectory: "",
  arguments: "",
  iconPath: "",
  iconIndex: 0,
  showCommand: 1,
  hotkey: 0,
};

const LINKS: readonly [title: string, link: Partial<ShellLink>][] = [
  ["a program", {}],
  ["everything", {
    description: "Burns the archive",
    workingDirectory: "G:\\jobs",
    arguments: '/x "a b"',
    iconPath: "C:\\i.ico",
    iconIndex: -3,
    showCommand: 7,
    hotkey: 0x642,
  }],
  ["names beyond ANSI", { target: "G:\\Größe\\日本 語\\💿.vbs", description: "漢字" }],
  ["a root", { target: "C:\\", isFolder: true }],
  ["a folder", { target: "C:\\Users\\me", isFolder: true }],
  ["a share", { target: "\\\\server\\share\\dir\\file.txt" }],
  ["a share alone", { target: "\\\\server\\share", isFolder: true }],
  ["variables", { target: "%windir%\\notepad.exe" }],
  ["nothing", { target: "" }],
];

for (const [title, link] of LINKS) {
  Deno.test(`shell link: ${title} comes back`, () => {
    const whole = { ...PLAIN, ...link };
    assertEquals(parseShellLink(formatShellLink(whole)), whole);
  });
}

Deno.test("shell link: the list of identifiers alone leads to the target", () => {
  const bytes = formatShellLink({ ...PLAIN, target: "G:\\Größe\\💿.vbs" });
  const listEnd = 76 + 2 + new DataView(bytes.buffer).getUint16(76, true);
  const infoBytes = new DataView(bytes.buffer).getUint32(listEnd, true);
  const without = Uint8Array.from([...bytes.subarray(0, listEnd), ...bytes.subarray(listEnd + infoBytes)]);
  without[20]! &= ~2; // HasLinkInfo
  assertEquals(parseShellLink(without).target, "G:\\Größe\\💿.vbs");
});

Deno.test("shell link: any damage is an error, or a link", () => {
  const bytes = formatShellLink({ ...PLAIN, description: "x", arguments: "y" });
  fc.assert(fc.property(fc.nat(bytes.length), fc.nat(bytes.length - 1), fc.nat(255), (end, at, value) => {
    const damaged = bytes.slice(0, end);
    if (at < end) damaged[at] = value;
    try {
      parseShellLink(damaged);
    } catch (error) {
      if (!(error instanceof ShellLinkError)) throw error;
    }
  }));
});

class ShortcutRig extends TempFolder {
  readonly driveMap = new DriveMap([{ letter: "G", directory: this.path }], "posix", () => this.path);

  create(path: string): WshShortcut {
    return createShortcut(path, this.driveMap, () => [`${this.path}/Desktop`]) as WshShortcut;
  }
}

Deno.test("CreateShortcut() writes a link and reads it again", onPosix, () => {
  using rig = new ShortcutRig();
  const shortcut = rig.create("g:\\tool.lnk");
  shortcut.TargetPath = "G:\\bin\\tool";
  shortcut.Arguments = "-v";
  shortcut.Description = "Tool";
  shortcut.Hotkey = "ctrl+alt+b";
  shortcut.IconLocation = "g:\\tool.ico, 2";
  shortcut.WindowStyle = 3;
  shortcut.WorkingDirectory = "G:\\";
  shortcut.Save();
  const again = rig.create("g:\\tool.lnk");
  assertEquals(
    [again.FullName, again.TargetPath, again.Arguments, again.Description, again.Hotkey, again.IconLocation],
    ["G:\\tool.lnk", "G:\\bin\\tool", "-v", "Tool", "Alt+Ctrl+B", "g:\\tool.ico,2"],
  );
  assertEquals([again.WindowStyle, again.WorkingDirectory], [3, "G:\\"]);
});

Deno.test("CreateShortcut() a path of this system is written as Windows has it", onPosix, () => {
  using rig = new ShortcutRig();
  const shortcut = rig.create("g:\\tool.lnk");
  shortcut.TargetPath = `${rig.path}/tool`;
  assertEquals(shortcut.TargetPath, "G:\\tool");
});

Deno.test("CreateShortcut() an address", onPosix, () => {
  using rig = new ShortcutRig();
  const shortcut = createShortcut("g:\\home.url", rig.driveMap, () => []) as WshUrlShortcut;
  shortcut.TargetPath = "https://example.org/größe?a=b c";
  shortcut.Save();
  assertEquals(
    Deno.readTextFileSync(`${rig.path}/home.url`),
    "[InternetShortcut]\r\nURL=https://example.org/gr%C3%B6%C3%9Fe?a=b c\r\n",
  );
  const again = createShortcut("g:\\home.url", rig.driveMap, () => []);
  assertEquals(again.TargetPath, "https://example.org/gr%C3%B6%C3%9Fe?a=b c");
});

Deno.test(
  "CreateShortcut() a desktop entry quotes as the specification says, and can be executed",
  onPosix,
  () => {
    using rig = new ShortcutRig();
    const shortcut = rig.create("g:\\My tool.desktop");
    shortcut.TargetPath = "G:\\my tool";
    shortcut.Arguments = '"50% $HOME" G:\\in "C\\d"';
    shortcut.WorkingDirectory = "G:\\";
    shortcut.Save();
    const text = Deno.readTextFileSync(`${rig.path}/My tool.desktop`);
    assertStringIncludes(text, "[Desktop Entry]\nType=Application\n");
    assertStringIncludes(text, "\nName=My tool\n");
    assertStringIncludes(text, `\nExec="${rig.path}/my tool" "50%% \\\\$HOME" ${rig.path}/in "C\\\\\\\\d"\n`);
    assertStringIncludes(text, `\nPath=${rig.path}\n`);
    assertEquals(Deno.statSync(`${rig.path}/My tool.desktop`).mode! & 0o111, 0o111);
    const again = rig.create("g:\\My tool.desktop");
    assertEquals([again.TargetPath, again.Arguments], ["G:\\my tool", '"50% $HOME" G:\\in "C\\d"']);
  },
);

Deno.test({
  name: "CreateShortcut() a link on the desktop of Linux gets an entry beside it",
  ignore: Deno.build.os !== "linux",
  fn: () => {
    using rig = new ShortcutRig();
    Deno.mkdirSync(`${rig.path}/Desktop`);
    for (const path of ["g:\\Desktop\\a.lnk", "g:\\b.lnk"]) {
      const shortcut = rig.create(path);
      shortcut.TargetPath = "z:\\bin\\true";
      shortcut.Save();
    }
    const names = [...Deno.readDirSync(`${rig.path}/Desktop`)].map(({ name }) => name).sort();
    assertEquals(names, ["a.desktop", "a.lnk"]);
    assertStringIncludes(Deno.readTextFileSync(`${rig.path}/Desktop/a.desktop`), "\nExec=/bin/true\n");
    assertThrows(() => Deno.statSync(`${rig.path}/b.desktop`), Deno.errors.NotFound);
  },
});

const ERRORS: readonly [title: string, work: (rig: ShortcutRig) => unknown, number: number][] = [
  ["another ending", (rig) => rig.create("g:\\a.txt"), 0x80070057],
  ["a folder that is not there", (rig) => rig.create("g:\\nothing\\a.lnk").Save(), 0x80070005],
  [
    "a file that is no link",
    (rig) => rig.create(`g:\\${rig.write("a.lnk", "text").slice(rig.path.length + 1)}`),
    0x8007000d,
  ],
  ["a hot key that is none", (rig) => rig.create("g:\\a.lnk").Hotkey = "CTRL+", 5],
  ["modifiers alone", (rig) => rig.create("g:\\a.lnk").Hotkey = "CTRL+ALT", 5],
];

for (const [title, work, number] of ERRORS) {
  Deno.test(`CreateShortcut() ${title} is ${number.toString(16)}`, onPosix, () => {
    using rig = new ShortcutRig();
    assertEquals(assertThrows(() => work(rig), AutomationError).number, number | 0);
  });
}
