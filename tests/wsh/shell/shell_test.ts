import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { AutomationError } from "../../../lib/automation/errors.ts";
import { DISPATCH, type Variant, VariantArray } from "../../../lib/automation/variant.ts";
import { DriveMap } from "../../../lib/platform/drive_map.ts";
import { InterruptFlag } from "../../../lib/platform/interrupt.ts";
import { FileRegistry } from "../../../lib/platform/registry.ts";
import { createUserProfile } from "../../../lib/platform/user_profile.ts";
import { WshNetwork } from "../../../lib/wsh/network.ts";
import { OpenResources } from "../../../lib/wsh/open_resources.ts";
import { ShellState, WshShell } from "../../../lib/wsh/shell/shell.ts";
import { TempFolder } from "../../cli/cli.ts";
import { call } from "../scripting/_scripting.ts";
import { onPosix } from "../../posix.ts";

/** A Shell whose user has a temporary folder as home; `G:` is its folder `data`, and the current folder. */
class ShellRig extends TempFolder {
  readonly data = `${this.path}/data`;
  readonly driveMap: DriveMap;
  readonly shell: WshShell;

  constructor() {
    super();
    Deno.mkdirSync(this.data);
    const profile = createUserProfile({
      system: "linux",
      variable: (name) => ({ HOME: this.path, USER: "me" })[name],
      readText: () => undefined,
    });
    this.driveMap = new DriveMap([{ letter: "G", directory: this.data }], "posix", () => this.data, profile);
    this.shell = new WshShell(
      new ShellState({
        driveMap: this.driveMap,
        registry: new FileRegistry(`${this.path}/registry.reg`),
        resources: new OpenResources(),
        interrupt: new InterruptFlag(),
        dialogs: undefined,
        showsPrograms: false,
      }),
    );
  }
}

function numberOf(work: () => unknown): number {
  return assertThrows(work, AutomationError).number;
}

const FILE_NOT_FOUND = 0x80070002 | 0;

Deno.test("Run() waits and gives the exit code, or does not wait and gives 0", onPosix, () => {
  using rig = new ShellRig();
  assertEquals(rig.shell.Run('sh -c "exit 3"', 0, true), 3);
  assertEquals(rig.shell.Run("cmd /c exit 258", 0, true), 258);
  assertEquals(rig.shell.Run('sh -c "exit 3"', 0, false), 0);
});

Deno.test("Run() starts in the current directory and translates Windows paths", onPosix, () => {
  using rig = new ShellRig();
  assertEquals(rig.shell.Run('sh -c "pwd > $0" G:\\out.txt', 0, true), 0);
  assertEquals(Deno.readTextFileSync(`${rig.data}/out.txt`), `${Deno.realPathSync(rig.data)}\n`);
});

Deno.test("Run() a program that is not there is 0x80070002, and its name is said", onPosix, () => {
  using rig = new ShellRig();
  const error = assertThrows(() => rig.shell.Run("nosuchprogram /x"), AutomationError);
  assertEquals(error.number, FILE_NOT_FOUND);
  assertStringIncludes(error.message, '"nosuchprogram"');
});

for (const [title, command] of [["nothing", ""], ["blanks", "  "], ["an empty quotation", '""']] as const) {
  Deno.test(`Run() ${title} is 0x80070002`, onPosix, () => {
    using rig = new ShellRig();
    assertEquals(numberOf(() => rig.shell.Run(command)), FILE_NOT_FOUND);
  });
}

Deno.test(
  "Run() and Exec() run a batch file, Run() without its extension, too; a window style that is none is error 5",
  onPosix,
  () => {
    using rig = new ShellRig();
    rig.write("data/job.bat", "@echo %~nx0 %2& exit /b 3");
    assertEquals(rig.shell.Run("g:\\job.bat", 0, true), 3);
    assertEquals(rig.shell.Run("g:\\job", 0, true), 3);
    assertEquals(rig.shell.Exec('"g:\\job.bat" a "b c"').StdOut.ReadLine(), 'job.bat "b c"');
    assertEquals(numberOf(() => rig.shell.Run("sh", 11)), 5);
  },
);

Deno.test(
  "Exec() programs of Windows that this system lacks, or has with other ways, are ours",
  onPosix,
  () => {
    using rig = new ShellRig();
    rig.write("data/x.txt", "b&c\na\n");
    rig.shell.CurrentDirectory = "g:\\";
    const output = (command: string): string => rig.shell.Exec(command).StdOut.ReadAll();
    assertEquals(output("findstr b&c x.txt"), "b&c\r\n");
    assertEquals(output('"C:\\Windows\\System32\\sort.exe" g:\\x.txt'), "a\r\nb&c\r\n");
    assertStringIncludes(output("ping -n 1 127.0.0.1"), "Received = 1, Lost = 0 (0% loss)");
  },
);

Deno.test("Run() a document or an address goes to the desktop's opener", {
  ignore: Deno.build.os !== "linux",
}, () => {
  using rig = new ShellRig();
  const before = Deno.env.get("PATH")!;
  rig.write("data/My note.txt", "");
  rig.writeProgram("bin/xdg-open", `echo "$1" >> ${rig.path}/opened\n`);
  try {
    Deno.env.set("PATH", `${rig.path}/bin:${before}`);
    rig.shell.Run('"g:\\My note.txt"', 1, true);
    rig.shell.Run("https://example.org/a b", 1, true);
    rig.shell.Run("notepad g:\\My note.txt", 1, true);
    rig.shell.Run('%windir%\\explorer.exe /e,"g:\\"', 1, true);
    rig.shell.Run("explorer https://example.org/", 1, true);
    assertEquals(
      Deno.readTextFileSync(`${rig.path}/opened`),
      [
        `${rig.data}/My note.txt`,
        "https://example.org/a b",
        `${rig.data}/My note.txt`,
        rig.data,
        "https://example.org/",
        "",
      ].join("\n"),
    );
    assertEquals(numberOf(() => rig.shell.Exec('"g:\\My note.txt"')), FILE_NOT_FOUND);
    assertEquals(numberOf(() => rig.shell.Run("notepad g:\\none.txt")), FILE_NOT_FOUND);
    assertEquals(numberOf(() => rig.shell.Run("notepad")), FILE_NOT_FOUND);
  } finally {
    Deno.env.set("PATH", before);
  }
});

Deno.test("Run() a letter without a folder names the flag", onPosix, () => {
  using rig = new ShellRig();
  assertStringIncludes(
    assertThrows(() => rig.shell.Run("cat q:\\x"), AutomationError).message,
    "--map q:=DIR",
  );
});

Deno.test("Run() shutdown is Windows', which is refused, and never the system's", onPosix, () => {
  using rig = new ShellRig();
  assertEquals(rig.shell.Run("shutdown -x", 0, true), 1); // no switch of either
  assertStringIncludes(rig.shell.Exec("shutdown.exe /?").StdErr.ReadAll(), "/sbin/shutdown");
});

Deno.test("Exec() gives lines that end as on Windows, and an exit code", onPosix, () => {
  using rig = new ShellRig();
  const exec = rig.shell.Exec('sh -c "echo out; echo err >&2; exit 4"');
  assertEquals([exec.StdOut.ReadAll(), exec.StdErr.ReadAll()], ["out\r\n", "err\r\n"]);
  while (exec.Status === 0);
  assertEquals([exec.Status, exec.ExitCode], [1, 4]);
});

for (
  const command of [
    'sh -c "head -c 2000000 /dev/zero; head -c 2000000 /dev/zero >&2; head -c 2000000 /dev/zero"',
    'cmd /c sh -c "head -c 2000000 /dev/zero; head -c 2000000 /dev/zero >&2; head -c 2000000 /dev/zero"',
  ]
) {
  Deno.test(`Exec() both pipes full do not block: ${command.slice(0, 6)}`, onPosix, () => {
    using rig = new ShellRig();
    const exec = rig.shell.Exec(command);
    while (exec.Status === 0);
    assertEquals([exec.StdErr.ReadAll().length, exec.StdOut.ReadAll().length], [2_000_000, 4_000_000]);
  });
}

Deno.test("Exec() what is written to a program that does not read yet does not block", onPosix, () => {
  using rig = new ShellRig();
  const exec = rig.shell.Exec('sh -c "sleep 0.2; wc -c"');
  for (let count = 0; count < 20; count++) exec.StdIn.Write("x".repeat(100_000));
  exec.StdIn.Close();
  assertEquals(exec.StdOut.ReadAll().trim(), "2000000");
});

Deno.test(
  "Exec() a program that writes nothing leaves no text to ReadAll(), and no line to ReadLine()",
  onPosix,
  () => {
    using rig = new ShellRig();
    const { StdOut, StdErr } = rig.shell.Exec("cmd /c echo one");
    assertEquals([StdOut.ReadAll(), StdOut.ReadAll(), StdErr.ReadAll()], ["one\r\n", "", ""]);
    assertEquals(assertThrows(() => StdOut.ReadLine(), AutomationError).number, 62);
  },
);

Deno.test("Exec() a conversation", onPosix, () => {
  using rig = new ShellRig();
  const exec = rig.shell.Exec("cat");
  exec.StdIn.WriteLine("one");
  assertEquals(exec.StdOut.ReadLine(), "one");
  exec.StdIn.WriteLine("two");
  assertEquals(exec.StdOut.ReadLine(), "two");
  assertEquals(exec.Status, 0);
  exec.StdIn.Close();
  assertEquals(exec.StdOut.AtEndOfStream, true);
});

Deno.test("Exec() bytes that are no text do not stop reading", onPosix, () => {
  using rig = new ShellRig();
  assertEquals(rig.shell.Exec('printf "a\\377b"').StdOut.ReadAll(), "a\ufffdb");
});

Deno.test("Terminate() ends a program with what it started", onPosix, () => {
  using rig = new ShellRig();
  const exec = rig.shell.Exec('sh -c "sleep 70 & echo $!; wait"');
  const child = Number(exec.StdOut.ReadLine());
  exec.Terminate();
  assertEquals([exec.Status, exec.ExitCode], [1, 0]);
  // What has ended stays a zombie while nobody asks for its exit code.
  const { stdout } = new Deno.Command("ps", { args: ["-o", "stat=", "-p", String(child)] }).outputSync();
  assertEquals(new TextDecoder().decode(stdout).trim().replace(/^Z.*$/, ""), "");
  exec.Terminate();
});

Deno.test("Exec() writing to a program that has ended is an error", onPosix, () => {
  using rig = new ShellRig();
  const exec = rig.shell.Exec("true");
  while (exec.Status === 0);
  assertEquals(numberOf(() => exec.StdIn.WriteLine("x")), 0x800700e8 | 0);
});

Deno.test("CurrentDirectory moves programs, scripts' paths and nothing else", onPosix, () => {
  using rig = new ShellRig();
  const before = Deno.cwd();
  Deno.mkdirSync(`${rig.data}/sub`);
  rig.shell.CurrentDirectory = "g:\\SUB\\";
  assertEquals([rig.shell.CurrentDirectory, Deno.cwd()], ["G:\\sub", before]);
  assertEquals(rig.shell.Exec("cmd /c cd").StdOut.ReadLine(), "G:\\sub");
  assertEquals(numberOf(() => rig.shell.CurrentDirectory = "g:\\nothing"), FILE_NOT_FOUND);
});

Deno.test("SpecialFolders by name and by index", onPosix, () => {
  using rig = new ShellRig();
  const folders = rig.shell.SpecialFolders;
  assertEquals(["Desktop", "mydocuments", "AppData", "Startup"].map((name) => folders.Item(name)), [
    "C:\\Users\\me\\Desktop",
    "C:\\Users\\me\\Documents",
    "C:\\Users\\me\\AppData\\Roaming",
    "C:\\Users\\me\\AppData\\Roaming\\autostart",
  ]);
  assertEquals([folders.Count(), folders.Item(4), folders.Item("nothing")], [
    18,
    "C:\\Users\\me\\Desktop",
    "",
  ]);
  assertEquals(numberOf(() => folders.Item(18)), 9);
  for (const path of folders) assertEquals(rig.driveMap.toScript(rig.driveMap.toNative(path)), path);
});

Deno.test("ExpandEnvironmentStrings() knows the names that Windows has", onPosix, () => {
  using rig = new ShellRig();
  const expanded = rig.shell.ExpandEnvironmentStrings("%temp%|%UserProfile%|%comspec%|%os%|%nosuch%");
  assertEquals(
    expanded,
    "C:\\Users\\me\\AppData\\Local\\Temp|C:\\Users\\me|C:\\Windows\\System32\\cmd.exe|Windows_NT|%nosuch%",
  );
});

Deno.test("Environment PROCESS reaches programs, in the form of this system", onPosix, () => {
  using rig = new ShellRig();
  const environment = rig.shell.Environment("Process");
  try {
    environment.put_Item("BurnscriptTest", "G:\\in");
    environment.put_Item("BURNSCRIPTTEST2", "plain");
    assertEquals(environment.Item("BURNSCRIPTTEST"), "G:\\in");
    const seen = rig.shell.Exec('sh -c "echo $BurnscriptTest $BURNSCRIPTTEST2"').StdOut.ReadLine();
    assertEquals(seen, `${rig.data}/in plain`);
    const byCmd = rig.shell.Exec('cmd /c sh -c "echo $BurnscriptTest"').StdOut.ReadLine();
    assertEquals(byCmd, `${rig.data}/in`);
    assertEquals([...environment].includes("BurnscriptTest=G:\\in"), true);
  } finally {
    environment.Remove("burnscripttest");
    environment.Remove("BURNSCRIPTTEST2");
  }
  assertEquals([environment.Item("BurnscriptTest"), Deno.env.get("BurnscriptTest")], ["", undefined]);
});

Deno.test("Environment PROCESS shows PATH in its Windows form and takes it back", onPosix, () => {
  using rig = new ShellRig();
  const before = Deno.env.get("PATH")!;
  const environment = rig.shell.Environment("PROCESS");
  try {
    environment.put_Item("Path", `${environment.Item("PATH")};G:\\tools`);
    assertEquals(Deno.env.get("PATH"), `${before.split(":").filter(Boolean).join(":")}:${rig.data}/tools`);
    assertStringIncludes(environment.Item("path"), ";G:\\tools");
  } finally {
    Deno.env.set("PATH", before);
  }
});

Deno.test("Environment USER lasts in the registry, SYSTEM has what Windows has", onPosix, () => {
  using rig = new ShellRig();
  const user = rig.shell.Environment("USER");
  user.put_Item("Level", "%X%\\y");
  assertEquals([user.Item("LEVEL"), user.Count(), [...user]], ["%X%\\y", 1, ["Level=%X%\\y"]]);
  assertEquals(rig.shell.RegRead("HKCU\\Environment\\Level"), "%X%\\y");
  assertEquals(rig.shell.ExpandEnvironmentStrings("%LEVEL%"), "%X%\\y");
  user.Remove("level");
  assertEquals([user.Item("Level"), user.length], ["", 0]);
  assertEquals(rig.shell.Environment().Item("OS"), "Windows_NT");
  assertEquals(rig.shell.Environment("SYSTEM").Count() > 5, true);
});

Deno.test("Environment refuses a kind or a name that there is not", onPosix, () => {
  using rig = new ShellRig();
  assertEquals(numberOf(() => rig.shell.Environment("PROCES")), 5);
  assertEquals(numberOf(() => rig.shell.Environment("PROCESS").put_Item("a=b", "c")), 5);
  assertEquals(numberOf(() => rig.shell.Environment("PROCESS").put_Item("", "c")), 5);
});

const WRITTEN: readonly [title: string, value: Variant, type: string | undefined, read: Variant][] = [
  ["text", "größer", undefined, "größer"],
  ["a number", 7, undefined, call0(7)],
  ["a number as text", 7, "REG_SZ", "7"],
  ["an expandable string", "%X%", "reg_expand_sz", "%X%"],
  ["a number beyond 31 bits", -2, "REG_DWORD", call0(-2)],
];

function call0(value: number): Variant {
  return value;
}

for (const [title, value, type, read] of WRITTEN) {
  Deno.test(`RegWrite() and RegRead() ${title}`, onPosix, () => {
    using rig = new ShellRig();
    rig.shell.RegWrite("HKLM\\Software\\Acme\\Value", value, type);
    const found = rig.shell.RegRead("hkey_local_machine\\software\\acme\\VALUE");
    assertEquals(typeof read === "number" ? (found as { value?: number }).value ?? found : found, read);
  });
}

Deno.test("RegWrite() and RegRead() several strings, bytes, and a number as bytes", onPosix, () => {
  using rig = new ShellRig();
  rig.shell.RegWrite("HKCU\\a\\m", VariantArray.of(["x", "y"]), "REG_MULTI_SZ");
  rig.shell.RegWrite("HKCU\\a\\b", VariantArray.of([1, 255]), "REG_BINARY");
  rig.shell.RegWrite("HKCU\\a\\n", 258, "REG_BINARY");
  const bytesOf = (name: string): number[] =>
    (rig.shell.RegRead(`HKCU\\a\\${name}`) as VariantArray).elements.map((byte) =>
      (byte as { value: number }).value
    );
  assertEquals((rig.shell.RegRead("HKCU\\a\\m") as VariantArray).elements, ["x", "y"]);
  assertEquals([bytesOf("b"), bytesOf("n")], [[1, 255], [2, 1, 0, 0]]);
});

Deno.test("RegRead() a backslash at the end is the default value of a key", onPosix, () => {
  using rig = new ShellRig();
  rig.shell.RegWrite("HKCU\\Software\\Acme\\", "default");
  assertEquals(rig.shell.RegRead("HKCU\\Software\\Acme\\"), "default");
});

const REGISTRY_ERRORS: readonly [title: string, work: (shell: WshShell) => unknown, message: string][] = [
  [
    "RegRead() of nothing",
    (shell) => shell.RegRead("HKCU\\x\\y"),
    'Invalid root in registry key "HKCU\\x\\y".',
  ],
  [
    "RegDelete() of nothing",
    (shell) => shell.RegDelete("HKCU\\x\\"),
    'Unable to remove registry key "HKCU\\x\\".',
  ],
  ["RegDelete() of no value", (shell) => shell.RegDelete("HKCU\\x\\y"), "Unable to remove"],
];

for (const [title, work, message] of REGISTRY_ERRORS) {
  Deno.test(`${title} is 0x80070002`, onPosix, () => {
    using rig = new ShellRig();
    const error = assertThrows(() => work(rig.shell), AutomationError);
    assertEquals(error.number, FILE_NOT_FOUND);
    assertStringIncludes(error.message, message);
  });
}

Deno.test("RegRead() says by its words whether the key is there", onPosix, () => {
  using rig = new ShellRig();
  rig.shell.RegWrite("HKCU\\Software\\Acme\\Level", 1);
  const messageOf = (path: string): string =>
    assertThrows(() => rig.shell.RegRead(path), AutomationError).message;
  for (const path of ["HKCU\\Software\\Acme\\", "HKCU\\Software\\Acme\\none", "HKCU\\Software\\", "HKLM\\"]) {
    assertEquals(messageOf(path), `Unable to open registry key "${path}" for reading.`);
  }
  for (const path of ["HKCU\\Software\\None\\", "HKCU\\Software\\None\\none"]) {
    assertEquals(messageOf(path), `Invalid root in registry key "${path}".`);
  }
});

for (const path of ["HKXX\\x", "HKXX\\", "HKCU", ""]) {
  Deno.test(`RegRead(${JSON.stringify(path)}) of a root that there is not is 0x80070003`, onPosix, () => {
    using rig = new ShellRig();
    const error = assertThrows(() => rig.shell.RegRead(path), AutomationError);
    assertEquals(error.number, 0x80070003 | 0);
    assertEquals(error.message, `Invalid root in registry key "${path}".`);
  });
}

Deno.test("RegWrite() refuses a type that there is not", onPosix, () => {
  using rig = new ShellRig();
  assertEquals(numberOf(() => rig.shell.RegWrite("HKCU\\x\\y", "1", "REG_TEXT")), 13);
});

Deno.test("LogEvent() refuses a type that there is not", onPosix, () => {
  using rig = new ShellRig();
  assertEquals(numberOf(() => rig.shell.LogEvent(3, "x")), 5);
});

Deno.test("LogEvent() gives the message to the system's log", onPosix, () => {
  using rig = new ShellRig();
  const before = Deno.env.get("PATH")!;
  rig.writeProgram("bin/logger", `printf '%s\\n' "$@" > ${rig.path}/logged\n`);
  try {
    Deno.env.set("PATH", `${rig.path}/bin:${before}`);
    assertEquals(rig.shell.LogEvent(1, "-x disc\r\nfull"), true);
    assertEquals(Deno.readTextFileSync(`${rig.path}/logged`), "-t\nWSH\n-p\nuser.err\n--\n-x disc full\n");
  } finally {
    Deno.env.set("PATH", before);
  }
});

Deno.test("AppActivate() finds no window, SendKeys() says what to do instead", onPosix, () => {
  using rig = new ShellRig();
  assertEquals(rig.shell.AppActivate("Editor"), false);
  assertStringIncludes(assertThrows(() => rig.shell.SendKeys("{ENTER}"), AutomationError).message, "StdIn");
});

Deno.test("WshNetwork maps letters to folders, lists them and takes them away", onPosix, () => {
  using rig = new ShellRig();
  const network = new WshNetwork(rig.driveMap);
  Deno.mkdirSync(`${rig.path}/share`);
  network.MapNetworkDrive("N:", `${rig.path}/share`);
  assertEquals([...network.EnumNetworkDrives()], ["G:", rig.data, "N:", `${rig.path}/share`]);
  assertEquals(rig.driveMap.toNative("n:\\x"), `${rig.path}/share/x`);
  assertEquals(numberOf(() => network.MapNetworkDrive("n:", rig.path)), 0x80070055 | 0);
  network.RemoveNetworkDrive("N:");
  assertEquals(numberOf(() => network.RemoveNetworkDrive("N:")), 0x800708ca | 0);
  assertEquals(numberOf(() => network.MapNetworkDrive("P:", "\\\\server\\share")), 0x80070035 | 0);
  assertEquals(numberOf(() => network.MapNetworkDrive("PP", rig.path)), 0x800704b0 | 0);
});

Deno.test("WshNetwork has no printers, and says who to ask", onPosix, () => {
  using rig = new ShellRig();
  const network = new WshNetwork(rig.driveMap);
  assertEquals(network.EnumPrinterConnections().Count(), 0);
  assertStringIncludes(
    assertThrows(() => network.SetDefaultPrinter("x"), AutomationError).message,
    "lpadmin",
  );
});

Deno.test("collections are called as scripts call them", onPosix, () => {
  using rig = new ShellRig();
  const environment = call(rig.shell, "Environment", "PROCESS");
  assertEquals(call(environment, "Item", "OS"), "Windows_NT");
  assertEquals(rig.shell[DISPATCH].member("environment")!.name, "Environment");
});
