/** What is Windows' own there: programs, the registry, folders. @module */
import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { AutomationError } from "../../../lib/automation/errors.ts";
import { DriveMap } from "../../../lib/platform/drive_map.ts";
import { InterruptFlag } from "../../../lib/platform/interrupt.ts";
import { openRegistry } from "../../../lib/platform/registry.ts";
import { OpenResources } from "../../../lib/wsh/open_resources.ts";
import { ShellState, WshShell } from "../../../lib/wsh/shell/shell.ts";
import { MAIN, TempFolder } from "../../cli/cli.ts";

const onWindows = { ignore: Deno.build.os !== "windows" };

function createShell(): WshShell {
  return new WshShell(
    new ShellState({
      driveMap: new DriveMap([], "windows", Deno.cwd),
      registry: openRegistry(undefined),
      resources: new OpenResources(),
      interrupt: new InterruptFlag(),
      dialogs: undefined,
      showsPrograms: false,
    }),
  );
}

Deno.test("Windows: Run() waits for a program and gives its exit code", onWindows, () => {
  assertEquals(createShell().Run("cmd /c exit 3", 0, true), 3);
});

Deno.test("Windows: Run() a program that is not there", onWindows, () => {
  assertEquals(
    assertThrows(() => createShell().Run("nosuchprogram.exe", 0, true), AutomationError).number,
    0x80070002 | 0,
  );
});

Deno.test("Windows: Exec() gives output, error output and an exit code", onWindows, () => {
  const exec = createShell().Exec('%comspec% /c "echo out& echo err>&2& exit 4"');
  assertEquals([exec.StdOut.ReadLine().trim(), exec.StdErr.ReadLine().trim()], ["out", "err"]);
  while (exec.Status === 0);
  assertEquals(exec.ExitCode, 4);
});

Deno.test("Windows: the registry is Windows' own", onWindows, () => {
  const shell = createShell();
  const key = "HKCU\\Software\\BurnscriptTest\\";
  shell.RegWrite(`${key}text`, "a b", "REG_SZ");
  shell.RegWrite(`${key}number`, 258, "REG_DWORD");
  assertEquals(shell.RegRead(`${key}text`), "a b");
  assertEquals(
    Number((shell.RegRead(`${key}number`) as { value?: number }).value ?? shell.RegRead(`${key}number`)),
    258,
  );
  const { stdout } = new Deno.Command("reg", { args: ["query", "HKCU\\Software\\BurnscriptTest"] })
    .outputSync();
  assertStringIncludes(new TextDecoder().decode(stdout), "0x102");
  shell.RegDelete(`${key}text`);
  assertThrows(() => shell.RegRead(`${key}text`), AutomationError, "Unable to open registry key");
  shell.RegDelete(key);
  assertThrows(() => shell.RegRead(`${key}number`), AutomationError);
});

Deno.test("Windows: folders and variables are Windows' own", onWindows, () => {
  const shell = createShell();
  assertStringIncludes(shell.ExpandEnvironmentStrings("%SystemRoot%").toLowerCase(), ":\\windows");
  assertStringIncludes(shell.SpecialFolders.Item("Desktop"), ":\\");
  assertEquals(shell.Environment("PROCESS").Item("windir"), Deno.env.get("WINDIR")!);
});

Deno.test("Windows: CreateShortcut() writes and reads a link", onWindows, () => {
  using folder = new TempFolder();
  const path = `${folder.path}\\tool.lnk`;
  const shortcut = createShell().CreateShortcut(path) as unknown as { TargetPath: string; Save(): void };
  shortcut.TargetPath = "C:\\windows\\notepad.exe";
  shortcut.Save();
  assertEquals(createShell().CreateShortcut(path).TargetPath, "C:\\windows\\notepad.exe");
});

const INTERRUPTED: readonly [title: string, script: string][] = [
  ["a loop", 'WScript.Echo "ready" : Do : Loop'],
  ["a sleep", 'WScript.Echo "ready" : WScript.Sleep 60000'],
  [
    "a program that it waits for",
    'WScript.Echo "ready" : CreateObject("WScript.Shell").Run "cmd /c for /l %i in (1,0,2) do @rem", 0, True',
  ],
];

for (const [title, script] of INTERRUPTED) {
  Deno.test(`Windows: Ctrl-C ends a script in ${title}`, onWindows, async () => {
    using folder = new TempFolder();
    const helper = `${import.meta.dirname}/press_ctrl_c.ts`;
    const deno = ["run", "-A", "--no-check", "--cached-only"];
    const { code } = await new Deno.Command(Deno.execPath(), {
      args: [...deno, helper, ...deno, MAIN, "run", folder.write("script.vbs", script)],
      stdin: "null",
      stdout: "null",
    }).output();
    assertEquals(code, 130);
  });
}
