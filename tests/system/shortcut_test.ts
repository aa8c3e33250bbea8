/** Shortcuts as programs that are not ours read them: lnkinfo of liblnk, and desktop-file-validate. @module */
import { assertEquals, assertStringIncludes } from "@std/assert";
import { formatDesktopEntry } from "../../lib/wsh/shell/desktop_entry.ts";
import { formatShellLink, type ShellLink } from "../../lib/wsh/shell/shell_link.ts";
import { decode, TempFolder } from "../cli/cli.ts";

const LINK: ShellLink = {
  target: "G:\\Größe\\my tool.exe",
  isFolder: false,
  description: "Burns the archive",
  workingDirectory: "G:\\jobs",
  arguments: '/x "a b"',
  iconPath: "C:\\i.ico",
  iconIndex: 2,
  showCommand: 7,
  hotkey: 0x642,
};

const READ: readonly [title: string, link: Partial<ShellLink>, lines: readonly string[]][] = [
  ["a program", {}, [
    "Local path\t\t\t: G:\\Größe\\my tool.exe",
    "Description\t\t\t: Burns the archive",
    "Working directory\t\t: G:\\jobs",
    'Command line arguments\t\t: /x "a b"',
    "Icon location\t\t\t: C:\\i.ico",
    "Shell folder name\t: My Computer",
    "Volume name\t\t: G:\\",
    "Long name\t\t: Größe",
    "Long name\t\t: my tool.exe",
  ]],
  ["a share", { target: "\\\\server\\share\\dir\\f.txt" }, [
    "Network path\t\t\t: \\\\server\\share\\dir\\f.txt",
  ]],
  ["a folder", { target: "C:\\Users", isFolder: true }, ["Is directory (FILE_ATTRIBUTE_DIRECTORY)"]],
];

for (const [title, link, lines] of READ) {
  Deno.test(`lnkinfo reads a shortcut to ${title}`, async () => {
    using folder = new TempFolder();
    const path = folder.write("a.lnk", formatShellLink({ ...LINK, ...link }));
    const { stdout, code } = decode(
      await new Deno.Command("lnkinfo", { args: [path], env: { LC_ALL: "C.UTF-8" } }).output(),
    );
    assertEquals(code, 0);
    for (const line of lines) assertStringIncludes(stdout, line);
  });
}

Deno.test("desktop-file-validate takes entries", async () => {
  using folder = new TempFolder();
  const base = {
    name: "Größe & more",
    comment: " leading\nlines",
    path: "/srv/my jobs",
    icon: "/i.png",
    own: { Target: "G:\\x" },
  };
  const entries = [
    folder.write(
      "a.desktop",
      formatDesktopEntry({ ...base, exec: ["/srv/my tool", "50%", "$HOME", '"', "`x`", "C\\d", ""] }),
    ),
    folder.write("b.desktop", formatDesktopEntry({ ...base, exec: "https://example.org/" })),
  ];
  const command = new Deno.Command("desktop-file-validate", { args: entries });
  const { stdout, code } = decode(await command.output());
  assertEquals([stdout, code], ["", 0]);
});
