import { assertEquals, assertStringIncludes } from "@std/assert";
import {
  cli,
  type CliOptions,
  comesTrue,
  type Outcome,
  run,
  runUntil,
  TempFolder,
  untilInTime,
} from "../../cli/cli.ts";
import { onPosix } from "../../posix.ts";

/** A folder whose user's home it is too. */
class Home extends TempFolder {
  readonly options: CliOptions = {
    env: {
      HOME: this.path,
      BURNSCRIPT_REGISTRY: `${this.path}/registry.reg`,
      // Deno keeps its packages below the home folder.
      DENO_DIR: Deno.env.get("DENO_DIR") ?? `${Deno.env.get("HOME")}/.cache/deno`,
    },
  };

  async run(script: string, args: readonly string[] = [], options: CliOptions = {}): Promise<Outcome> {
    const path = this.write("script.vbs", script);
    return await run(["run", "--map", `g:=${this.path}`, path, ...args], { ...this.options, ...options });
  }
}

/** Whether a process that has written its number into a file is still there; false too when it has not begun. */
function isAlive(folder: TempFolder): boolean {
  try {
    const pid = Deno.readTextFileSync(`${folder.path}/pid`).trim();
    // A process that has ended stays a zombie while nobody asks for its exit code.
    return !/^State:\s+[ZX]/m.test(Deno.readTextFileSync(`/proc/${pid}/status`));
  } catch {
    return false;
  }
}

function textIfThere(path: string): string {
  try {
    return Deno.readTextFileSync(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return "";
    throw error;
  }
}

const ONLY_LINUX = { ignore: Deno.build.os !== "linux" };
const SLEEPER = 'sh -c "echo $$ > pid; exec sleep 60"';

Deno.test(
  "Run writes beside what the script writes, in order; a hidden window shows nothing",
  onPosix,
  async () => {
    using home = new Home();
    const { stdout, code } = await home.run(`
    Set shell = CreateObject("WScript.Shell")
    WScript.Echo "one"
    shell.Run "echo two", 1, True
    shell.Run "echo hidden", 0, True
    shell.Run "cmd /c echo three", 1, True
    WScript.Quit shell.Run("cmd /c exit 7", 0, True)`);
    assertEquals([stdout, code], ["one\ntwo\nthree\n", 7]);
  },
);

Deno.test("Run finds what the script has written and not closed", onPosix, async () => {
  using home = new Home();
  const { stdout } = await home.run(`
    Set file = CreateObject("Scripting.FileSystemObject").CreateTextFile("g:\\out.txt")
    file.WriteLine "written"
    CreateObject("WScript.Shell").Run "cat g:\\out.txt", 1, True`);
  assertEquals(stdout, "written\r\n");
});

Deno.test("Exec in the loop that everybody writes", onPosix, async () => {
  using home = new Home();
  const { stdout } = await home.run(`
    Set exec = CreateObject("WScript.Shell").Exec("%comspec% /c for %i in (1 2 3) do @echo line %i")
    Do While exec.Status = 0 : WScript.Sleep 10 : Loop
    lines = Split(exec.StdOut.ReadAll, vbCrLf)
    WScript.Echo UBound(lines), lines(0), lines(2)`);
  assertEquals(stdout, "3 line 1 line 3\n");
});

Deno.test(
  "Run starts other scripts, by cscript and by their names, with the same drives",
  onPosix,
  async () => {
    using home = new Home();
    home.write("other.vbs", 'WScript.Echo "other", WScript.Arguments(0) : WScript.Quit 6');
    const { stdout } = await home.run(`
    Set shell = CreateObject("WScript.Shell")
    WScript.Echo shell.Run("cscript //nologo g:\\other.vbs G:\\x", 1, True)
    WScript.Echo shell.Run("""g:\\other.vbs"" y", 1, True)
    WScript.Echo shell.Exec("cmd /c g:\\other.vbs z").StdOut.ReadLine`);
    assertEquals(stdout, "other G:\\x\n6\nother y\n6\nother z\n");
  },
);

for (
  const [title, command] of [["Run", `shell.Run "${SLEEPER.replaceAll('"', '""')}", 0, True`], [
    "Run by cmd",
    `shell.Run "cmd /c ${SLEEPER.replaceAll('"', '""')}", 0, True`,
  ], ["Exec", `shell.Exec "${SLEEPER.replaceAll('"', '""')}" : Do : WScript.Sleep 1000 : Loop`]] as const
) {
  const script = `Set shell = CreateObject("WScript.Shell")
    shell.CurrentDirectory = "g:\\"
    shell.Run "true", 0, True ' so that the time below is the program's alone
    WScript.Echo "ready"
    If WScript.Arguments.Count > 0 Then WScript.Timeout = WScript.Arguments(0)
    ${command}`;

  Deno.test({
    ...ONLY_LINUX,
    name: `//T ends the program of ${title}`,
    fn: async () => {
      using home = new Home();
      const { code, stderr } = await untilInTime(
        (seconds) => home.run(script, [String(seconds)]),
        () => textIfThere(`${home.path}/pid`) !== "",
      );
      assertEquals(code, 1);
      assertStringIncludes(stderr, "execution time was exceeded");
      assertEquals((await Deno.readTextFile(`${home.path}/pid`)).length > 1, true);
      assertEquals(await comesTrue(() => !isAlive(home)), true);
    },
  });

  Deno.test({
    ...ONLY_LINUX,
    name: `an interrupt ends the program of ${title}`,
    fn: async () => {
      using home = new Home();
      const command = cli(
        ["run", "--map", `g:=${home.path}`, home.write("script.vbs", script)],
        home.options,
      );
      const { code } = await runUntil(command, "ready", async (process) => {
        if (await comesTrue(() => isAlive(home))) process.kill("SIGTERM");
      });
      assertEquals(code, 143);
      assertEquals(await comesTrue(() => !isAlive(home)), true);
    },
  });
}

const ENDLESS_LOOP = `Set shell = CreateObject("WScript.Shell")
  WScript.Echo "ready"
  If WScript.Arguments.Count > 0 Then WScript.Timeout = 1
  shell.Run "cmd /c for /l %i in (1,0,2) do @rem", 0, True`;

Deno.test("//T ends an endless loop of cmd", onPosix, async () => {
  using home = new Home();
  const { code, stderr } = await home.run(ENDLESS_LOOP, ["limited"]);
  assertEquals(code, 1);
  assertStringIncludes(stderr, "execution time was exceeded");
});

Deno.test("Ctrl-C ends an endless loop of cmd", onPosix, async () => {
  using home = new Home();
  const command = cli(["run", home.write("script.vbs", ENDLESS_LOOP)], home.options);
  const { code } = await runUntil(command, "ready", (process) => {
    setTimeout(() => process.kill("SIGINT"), 200);
  });
  assertEquals(code, 130);
});

for (
  const command of [
    'sh -c "sleep 0.5; echo done > done"',
    "cmd /c sleep 0.5 & echo done> done",
    "job.bat done",
  ]
) {
  Deno.test(`Run without waiting goes on when the script has ended: ${command}`, onPosix, async () => {
    using home = new Home();
    home.write("job.bat", "@echo off\r\nsleep 0.5\r\necho %1> done");
    const { stdout, code } = await home.run(`
      Set shell = CreateObject("WScript.Shell")
      shell.CurrentDirectory = "g:\\"
      WScript.Echo shell.Run("${command.replaceAll('"', '""')}", 0, False)`);
    assertEquals([stdout, code], ["0\n", 0]);
    assertEquals(await comesTrue(() => textIfThere(`${home.path}/done`).trim() === "done"), true);
  });
}

Deno.test(
  "a program that Deno's permissions forbid is error 70, and the flag is named",
  onPosix,
  async () => {
    using home = new Home();
    const { stderr, code } = await home.run('CreateObject("WScript.Shell").Run "true", 0, True', [], {
      permissions: ["--allow-read", "--allow-env"],
    });
    assertEquals(code, 1);
    assertStringIncludes(stderr, "Permission denied");
    assertStringIncludes(stderr, "--allow-run");
  },
);

Deno.test("cmd needs no permission to run programs, and has the script's for files", onPosix, async () => {
  using home = new Home();
  const permissions = ["--allow-read", "--allow-env", `--allow-write=${home.path}/in`];
  home.write("in/a", "");
  const { stdout, stderr } = await home.run(
    `Set shell = CreateObject("WScript.Shell")
    WScript.Echo shell.Run("cmd /c echo x> g:\\in\\b", 0, True)
    Set exec = shell.Exec("cmd /c echo x> g:\\out")
    WScript.Echo exec.StdErr.ReadAll`,
    [],
    { permissions },
  );
  assertEquals(stderr, "");
  assertStringIncludes(stdout, "0\n");
  assertStringIncludes(stdout, "--allow-write");
  assertEquals(await Deno.readTextFile(`${home.path}/in/b`), "x\r\n");
});

Deno.test("the C: of the user, from a script", onPosix, async () => {
  using home = new Home();
  const { stdout } = await home.run(`
    Set fso = CreateObject("Scripting.FileSystemObject")
    Set shell = CreateObject("WScript.Shell")
    desktop = shell.SpecialFolders("Desktop")
    fso.CreateTextFile(fso.BuildPath(desktop, "note.txt")).WriteLine "x"
    WScript.Echo fso.FileExists(shell.ExpandEnvironmentStrings("%userprofile%\\desktop\\NOTE.TXT"))
    WScript.Echo fso.GetSpecialFolder(0), fso.GetSpecialFolder(1), fso.FolderExists("C:\\Program Files")
    WScript.Echo fso.GetSpecialFolder(2) = shell.Environment("PROCESS")("TEMP")`);
  assertEquals(stdout, "-1\nC:\\Windows C:\\Windows\\System32 -1\n-1\n");
  assertEquals(await Deno.readTextFile(`${home.path}/Desktop/note.txt`), "x\r\n");
});

Deno.test("the registry lasts from script to script", onPosix, async () => {
  using home = new Home();
  await home.run('CreateObject("WScript.Shell").RegWrite "HKCU\\Software\\Acme\\Run", 3, "REG_DWORD"');
  const { stdout } = await home.run(
    'WScript.Echo CreateObject("WScript.Shell").RegRead("HKCU\\Software\\Acme\\Run")',
  );
  assertEquals(stdout, "3\n");
  assertStringIncludes(await Deno.readTextFile(`${home.path}/registry.reg`), '"Run"=dword:00000003');
});

Deno.test(
  "what a program was given to read reaches it after the script's end, and cmd comes to its end",
  onPosix,
  async () => {
    using home = new Home();
    const { stdout, stderr, code } = await home.run(`
    Set shell = CreateObject("WScript.Shell")
    shell.CurrentDirectory = "g:\\"
    shell.Exec("sh -c ""sleep 0.3; cat > program""").StdIn.Write String(300000, "x")
    shell.Exec("cmd /c sh -c ""sleep 0.3; cat > command""").StdIn.Write String(300000, "y")
    WScript.Echo "end"`);
    assertEquals([stdout, stderr, code], ["end\n", "", 0]);
    assertEquals((await Deno.readTextFile(`${home.path}/command`)).length, 300000);
    assertEquals(await comesTrue(() => textIfThere(`${home.path}/program`).length === 300000), true);
  },
);

Deno.test("Popup without a terminal is over at once", onPosix, async () => {
  using home = new Home();
  const { stdout, stderr } = await home.run(
    'WScript.Echo CreateObject("WScript.Shell").Popup("Ready?", 30, "Disc", 4)',
  );
  assertEquals(stdout, "-1\n");
  assertStringIncludes(stderr, "Ready?");
});

Deno.test("LogEvent is False where the system has no log", onPosix, async () => {
  using home = new Home();
  const { stdout } = await home.run(
    `WScript.Echo CStr(CreateObject("WScript.Shell").LogEvent(4, "x"))`,
    [],
    { env: { ...home.options.env, PATH: `${home.path}/nothing` } },
  );
  assertEquals(stdout, "False\n");
});

Deno.test("UserName and %USERNAME% are the account's where no variable says them", onPosix, async () => {
  using home = new Home();
  const { stdout: name } = await new Deno.Command("id", { args: ["-un"] }).output();
  const env = { ...home.options.env, USER: "", LOGNAME: "", HOME: "" };
  const outcome = await home.run(
    `WScript.Echo CreateObject("WScript.Network").UserName
WScript.Echo CreateObject("WScript.Shell").ExpandEnvironmentStrings("%USERNAME%")`,
    [],
    { env },
  );
  assertEquals(outcome.stdout, new TextDecoder().decode(name).repeat(2), outcome.stderr);
});
