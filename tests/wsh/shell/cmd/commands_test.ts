import { assertEquals, assertStringIncludes } from "@std/assert";
import { onPosix } from "../../../posix.ts";
import { ours, type Result, sample } from "./rig.ts";

const NO_FILE = "The system cannot find the file specified.\n";
const NO_PATH = "The system cannot find the path specified.\n";

const LINES: readonly [line: string, expected: Partial<Result>][] = [
  ["echo hello  world", { out: "hello  world\n", code: 0 }],
  ["echo", { out: "ECHO is on.\n" }],
  ["type nosuch && echo b || echo c", { out: "c\n", err: NO_FILE, code: 1 }],
  ["type nosuch 2>nul", { out: "", err: "", code: 1 }],
  ["type nosuch 2>&1", { out: NO_FILE, err: "" }],
  ["echo x 1>&2", { out: "", err: "x \n" }],
  ["more < a.txt", { out: "alpha\n" }],
  ["type nosuchdir\\x", { err: NO_PATH, code: 1 }],
  ['echo beta| find "et"', { out: "beta\n", code: 0 }],
  ['type a.txt b.txt 2>nul | find /c "a"', { out: "2\n" }],
  ['find /i /n "BET" b.txt', { out: "\n---------- B.TXT\n[1]beta\n", code: 0 }],
  ['find "x" a.txt >nul', { code: 1 }],
  ["echo hello| cat", { out: "hello\n" }],
  ['sh -c "exit 7"', { code: 7 }],
  ['sh -c "exit 7" & echo %errorlevel%', { out: "0\n", code: 7 }],
  ["exit 5", { code: 5 }],
  ["cmd /c exit 9", { code: 9 }],
  ['cmd /c "echo x & exit 3" || echo failed', { out: "x \nfailed\n" }],
  ["nosuchprogram", {
    err:
      "'nosuchprogram' is not recognized as an internal or external command,\noperable program or batch file.\n",
    code: 1,
  }],
  ["cd", { out: "G:\\\n" }],
  ["cd sub & cd", { out: "G:\\sub\n" }],
  ["cd sub& cd..& cd", { out: "G:\\\n" }],
  ["cd nosuch", { err: NO_FILE, code: 1 }],
  ["z:&& cd", { out: "Z:\\\n" }],
  ["pushd sub& popd& cd", { out: "G:\\\n" }],
  ["dir /s /b *.txt", { out: "G:\\a.txt\nG:\\b.txt\nG:\\sub\\c d.txt\n" }],
  ["dir /b nosuch*", { err: "File Not Found\n", code: 1 }],
  ["copy *.txt sub >nul & dir /b sub", { out: "a.txt\nb.txt\nc d.txt\n" }],
  ["copy /y nosuch x", { err: NO_FILE, code: 1 }],
  ["copy a.txt nosuchdir\\", { err: NO_PATH, code: 1 }],
  ["copy a.txt a.txt", {
    err: "The file cannot be copied onto itself.\n        0 file(s) copied.\n",
    code: 1,
  }],
  ['move a.txt "sub\\n e.txt" & dir /b sub', { out: "        1 file(s) moved.\nc d.txt\nn e.txt\n" }],
  ["ren a.txt b.txt", { err: "A duplicate file name exists, or the file\ncannot be found.\n", code: 1 }],
  ["del /s /q *.txt & dir /s /b", { out: "G:\\list.csv\nG:\\sub\n" }],
  ["del nosuch", { err: "Could Not Find G:\\nosuch\n", code: 0 }],
  ["md x\\y\\z & dir /s /b /ad x", { out: "G:\\x\\y\nG:\\x\\y\\z\n" }],
  ["md sub", { err: "A subdirectory or file sub already exists.\n", code: 1 }],
  ["rd sub", { err: "The directory is not empty.\n", code: 1 }],
  ["set nosuchvariable", { err: "Environment variable nosuchvariable not defined\n", code: 1 }],
  ["for %i in (x) do echo [%i]", { out: "\nG:\\>echo [x] \n[x]\n" }],
  ["for %f in (*.txt) do @type %f", { out: "alpha\nbeta\n" }],
  ["(echo a", { err: "The syntax of the command is incorrect.\n", code: 255 }],
  ["echo a && && echo b", { err: "&& was unexpected at this time.\n", code: 255 }],
  ["copy", { err: "The syntax of the command is incorrect.\n", code: 1 }],
  ["type q:\\x", { code: 1 }],
  ["call echo called", { out: "called\n" }],
  ['sh -c "cat \\"$1\\"" - G:\\a.txt', { out: "alpha\n" }],
  ["yes | head -n 2", { out: "y\ny\n", code: 0 }],
  ["type nul > empty.txt & copy nul e2.txt >nul & dir /b e*", { out: "e2.txt\nempty.txt\n" }],
  ['start /wait sh -c "exit 4"', { code: 4 }],
];

for (const [line, expected] of LINES) {
  Deno.test(`cmd /c ${line}`, onPosix, async () => {
    using folder = sample();
    const result = await ours(folder, `/c ${line}`);
    const seen = Object.fromEntries(Object.keys(expected).map((key) => [key, result[key as keyof Result]]));
    assertEquals(seen, expected as Record<string, unknown>, JSON.stringify(result));
  });
}

Deno.test(
  "cmd without /c runs the lines that come in, a block of several lines as one",
  onPosix,
  async () => {
    using folder = sample();
    assertEquals(
      await ours(folder, "", "cd sub\r\ndir /b\r\n(echo a\r\necho b)\r\necho )(\r\nexit 2\r\necho no\r\n"),
      {
        out: "c d.txt\na\nb\n)(\n",
        err: "",
        code: 2,
      },
    );
  },
);

Deno.test("cmd programs read what comes in, and leave the rest to the next", onPosix, async () => {
  using folder = sample();
  assertEquals((await ours(folder, "/c cat", "one\r\ntwo\r\n")).out, "one\ntwo\n");
  const line = "/v:on /c set /p A=& cat& echo [!A!]";
  assertEquals((await ours(folder, line, "one\r\ntwo\r\n")).out, "two\n[one]\n");
});

Deno.test("cmd what is written to a file ends its lines as Windows does", onPosix, async () => {
  using folder = sample();
  await ours(folder, "/c (echo a& type b.txt& printf x) > out.txt");
  assertEquals(await Deno.readTextFile(`${folder.path}/out.txt`), "a\r\nbeta\nx");
});

Deno.test("cmd dir shows dates, sizes and what is free", onPosix, async () => {
  using folder = sample();
  await Deno.utime(`${folder.path}/a.txt`, new Date(2024, 1, 29, 15, 4), new Date(2024, 1, 29, 15, 4));
  const { out } = await ours(folder, "/c dir g:\\");
  assertStringIncludes(out, " Directory of G:\\\n");
  assertStringIncludes(out, "02/29/2024  03:04 PM                 6 a.txt\n");
  assertStringIncludes(out, "    <DIR>          sub\n");
  assertStringIncludes(out, "               3 File(s)             52 bytes\n");
  assertEquals((await ours(folder, "/c for %i in (a.txt) do @echo %~tzi")).out, "02/29/2024 03:04 PM 6\n");
});

Deno.test(
  "cmd type makes UTF-8 of UTF-16, and reads what is not UTF-8 as ANSI for find",
  onPosix,
  async () => {
    using folder = sample();
    await Deno.writeFile(`${folder.path}/wide.txt`, new Uint8Array([0xff, 0xfe, 0xe9, 0, 10, 0]));
    await Deno.writeFile(`${folder.path}/ansi.txt`, new Uint8Array([0x63, 0xe9, 10]));
    assertEquals((await ours(folder, '/c type wide.txt& find "é" < ansi.txt')).out, "é\ncé\n");
  },
);

Deno.test(
  "cmd a variable that was set reaches programs, a Windows path in the form of this system",
  onPosix,
  async () => {
    using folder = sample();
    const { out } = await ours(folder, '/c set FROM=G:\\sub& set PLAIN=x:y& sh -c "echo $FROM $PLAIN"');
    assertEquals(out, `${folder.path}/sub x:y\n`);
  },
);

Deno.test("cmd batch files know where they lie, in the form of scripts", onPosix, async () => {
  using folder = sample();
  folder.write(
    "sub/Where.bat",
    "@echo off\ncall :show %0\ncat %~dp0..\\a.txt\nexit /b\n:show\necho %~f0 %~dp0 %~nx0 %1",
  );
  const expected = "G:\\sub\\Where.bat G:\\sub\\ Where.bat sub\\where\nalpha\n";
  assertEquals((await ours(folder, "/c sub\\where")).out, expected);
});

Deno.test(
  "cmd batch files are found on PATH behind programs, and in the current folder before them",
  onPosix,
  async () => {
    using folder = sample();
    folder.write("sub/tool.cmd", "@echo tool of sub");
    folder.write("sub/cat.cmd", "@echo cat of sub");
    folder.write("tac.bat", "@echo tac here");
    const { out } = await ours(folder, "/c set PATH=%PATH%;G:\\sub&tool&echo x|cat&tac");
    assertEquals(out, "tool of sub\nx\ntac here\n");
  },
);

Deno.test("cmd ping asks by the system's, and says what that says as Windows does", onPosix, async () => {
  using folder = sample();
  const reply = "64 bytes from host.test (192.0.2.7): icmp_seq=1 ttl=55 time=12.7 ms";
  folder.write("ping", `#!/bin/sh\necho "$@" > asked\necho "PING host"\necho "${reply}"\n`);
  await Deno.chmod(`${folder.path}/ping`, 0o755);
  const { out, code } = await ours(
    folder,
    "/c set PATH=G:\\;%PATH%& ping -n 2 -w 1500 host.test& type asked",
  );
  assertStringIncludes(out, "Reply from 192.0.2.7: bytes=32 time=12ms TTL=55\nRequest timed out.\n");
  assertStringIncludes(out, "Sent = 2, Received = 1, Lost = 1 (50% loss),\n-c 2 -s 32 -W 2 host.test\n");
  assertEquals(code, 0);
  const silent = await ours(folder, "/c ping -n 0 host.test");
  assertEquals([silent.err, silent.code], ["Usage: ping [-n count] [-w milliseconds] [-l bytes] host\n", 1]);
});
