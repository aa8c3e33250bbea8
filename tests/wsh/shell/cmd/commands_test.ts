import { assertEquals, assertStringIncludes } from "@std/assert";
import { onPosix } from "../../../posix.ts";
import { ours, type Result, sample } from "./rig.ts";

const NO_FILE = "The system cannot find the file specified.\n";
const IN_USE = "The process cannot access the file because it is being used by another process.\n";
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
  ["type A.TXT", { out: "alpha\n" }],
  ["type /nosuch/x", { err: NO_PATH, code: 1 }],
  ["for %i in (A.TXT SUB\\..\\b.txt) do @echo %~fi %~dpi %~ai", {
    out: "G:\\a.txt G:\\ --a------\nG:\\b.txt G:\\ --a------\n",
  }],
  ["for %i in (sub) do @echo %~fi %~nxi [%~zi] %~ai", { out: "G:\\sub sub [0] d--------\n" }],
  ["set FOLDERS=G:\\sub;G:\\&for %i in (b.txt nosuch) do @echo [%~$FOLDERS:i]", { out: "[G:\\b.txt]\n[]\n" }],
  ["md x\\y& for /d /r %i in (*) do @echo %i", { out: "G:\\sub\nG:\\x\nG:\\x\\y\n" }],
  ["for /r %i in (.) do @echo %i", { out: "G:\\.\nG:\\sub\\.\n" }],
  ["cd /d z:\\& g:& cd sub& z:& g:& cd", { out: "G:\\sub\n" }],
  ["cd z:\\& cd", { out: "G:\\\n" }],
  ["rd /s sub", { out: "sub, Are you sure (Y/N)? \n", code: 0 }],
  ["del sub& dir /b sub", { out: "G:\\sub\\*, Are you sure (Y/N)? \nc d.txt\n" }],
  ["echo n| del /p a.txt& if exist a.txt echo kept", { out: "G:\\a.txt, Delete (Y/N)? \nkept\n" }],
  ["(echo what& echo y)| del /p a.txt& if not exist a.txt echo gone", {
    out: "G:\\a.txt, Delete (Y/N)? \nG:\\a.txt, Delete (Y/N)? \ngone\n",
  }],
  ['del /q ""', { err: "The filename, directory name, or volume label syntax is incorrect.\n", code: 1 }],
  ['del /q /s ""', { err: "The filename, directory name, or volume label syntax is incorrect.\n", code: 1 }],
  ['rd /s /q "" ""', {
    err: "The filename, directory name, or volume label syntax is incorrect.\n",
    code: 1,
  }],
  ['copy "" x', { err: "The filename, directory name, or volume label syntax is incorrect.\n", code: 1 }],
  ['move "" x', { err: "The filename, directory name, or volume label syntax is incorrect.\n", code: 1 }],
  ['xcopy "" x', { err: "The filename, directory name, or volume label syntax is incorrect.\n", code: 1 }],
  ['md ""', { err: "The filename, directory name, or volume label syntax is incorrect.\n", code: 1 }],
  ['echo x> ""', { err: "The filename, directory name, or volume label syntax is incorrect.\n", code: 1 }],
  ['rd /s /q "" & del "" & dir /b', { out: "a.txt\nb.txt\nlist.csv\nsub\n" }],
  ['if exist "" echo no', { out: "" }],
  ['cd ""&cd', { out: "G:\\\n" }],
  ["sort < sub", { err: "Access is denied.\n", code: 1 }],
  ["md d& move d d\\e", { err: IN_USE, code: 1 }],
  ["rd .", { err: IN_USE, code: 1 }],
  ["choice /c abc /m Which", { out: "Which [A,B,C]?\n", code: 255 }],
  ["choice /c abc /d b /t 5 /n", { out: "B\n", code: 2 }],
  ["echo c| choice /c abc", { out: "[A,B,C]?C\n", code: 3 }],
  ["choice /c abc /d x", { code: 255 }],
  ["timeout /t 0 /nobreak", { out: "\nWaiting for 0 seconds, press CTRL+C to quit ...\n", code: 0 }],
  ["timeout soon", { code: 1 }],
  ["shutdown /?", { out: "", code: 1 }],
  ["shutdown.exe -x", { out: "", code: 1 }],
  ["timeout /t -1 >nul", { code: 0 }],
  ["ping -t host.test", { err: "ping -t never ends, and nobody is there to end it; give -n.\n", code: 1 }],
  ["mklink l.txt sub\\..\\a.txt& type l.txt", {
    out: "symbolic link created for l.txt <<===>> sub\\..\\a.txt\nalpha\n",
  }],
  ["mklink /h h.txt G:\\b.txt >nul& type h.txt", { out: "beta\n" }],
  ["mklink l.txt gone.txt >nul& if exist l.txt echo there& del l*& if not exist l.txt echo gone", {
    out: "there\ngone\n",
  }],
  ["mklink loop loop >nul& dir /b l*& dir /s /b *oop", { out: "list.csv\nloop\nG:\\loop\n" }],
  ["mklink a.txt b.txt", { err: "Cannot create a file when that file already exists.\n", code: 1 }],
  ["attrib a.txt", { out: "A            G:\\a.txt\n" }],
  ["attrib +r a.txt& attrib a.txt& attrib -r a.txt& echo x>a.txt& type a.txt", {
    out: "A    R       G:\\a.txt\nx\n",
  }],
  ["where /r g:\\ *.txt", { out: "G:\\a.txt\nG:\\b.txt\nG:\\sub\\c d.txt\n" }],
  ["where nosuchprogram", { err: "INFO: Could not find files for the given pattern(s).\n", code: 1 }],
  ["where /q sh", { out: "", code: 0 }],
  ["(echo b& echo A& echo b) | sort /r /unique", { out: "b\nA\n" }],
  ["(echo xb& echo ya) | sort /+2", { out: "ya\nxb\n" }],
  ["sort a.txt b.txt /o s.txt& type s.txt", { out: "alpha\nbeta\n" }],
  ["xcopy /s /i /q /y . x\\t & dir /s /b x", { err: "Cannot perform a cyclic copy\n" }],
  ["xcopy /e /i /l sub t& if not exist t echo nothing", { out: "G:\\sub\\c d.txt\n1 File(s)\nnothing\n" }],
  ["xcopy a.txt n.txt* /q& type n.txt", { out: "1 File(s) copied\n" }],
  ["xcopy nosuch t", { err: "File not found - nosuch\n0 File(s) copied\n", code: 4 }],
  ["xcopy /d a.txt sub >nul& echo new>sub\\a.txt& xcopy /d /q a.txt sub& type sub\\a.txt", {
    out: "0 File(s) copied\nnew\n",
  }],
  ["copy a.txt + b.txt& type a.txt", { out: "        1 file(s) copied.\nalpha\nbeta\n" }],
  ["copy a.txt sub\\..\\n.txt >nul & copy n.txt", { code: 1 }],
  ["copy con c.txt <a.txt >nul& type c.txt", { out: "alpha\n" }],
  ["type a.txt> con", { out: "alpha\n" }],
  ['findstr /x /l /c:alpha a.txt & findstr /e "ta" b.txt', { out: "alpha\nbeta\n" }],
  ['findstr /r "^al[^x-z].*a$" a.txt', { out: "alpha\n" }],
  ['findstr /o "two" list.csv', { out: "34:2,,two\n" }],
  ['findstr /s /m "a" *.txt', { out: "a.txt\nb.txt\nsub\\c d.txt\n" }],
  ['findstr "\\<gam" "sub\\c d.txt"', { out: "gamma\n" }],
  ["findstr x nosuch.txt", { err: "FINDSTR: Cannot open nosuch.txt\n", code: 1 }],
  ["findstr", { err: "FINDSTR: Bad command line\n", code: 2 }],
  ['echo a^"b| findstr /c:"a\\"b"', { out: 'a"b\n' }],
  ["find a", { err: "FIND: Parameter format not correct\n", code: 2 }],
  ['find "x" nosuch.txt', { err: "File not found - NOSUCH.TXT\n", code: 1 }],
  ["ver >nul & prompt $N$G& for %i in (1) do rem", { out: "\nG>rem \n" }],
  ["path ;& path", { out: "PATH=\n" }],
  ["title x& color 0a& cls& verify on& break", { out: "", code: 0 }],
  ["start /b cmd /c sleep 0.1 ^& echo later& echo now", { out: "now\nlater\n" }],
  ['start /wait "" sh -c "exit 3"', { code: 3 }],
  ['start "" /wait /d sub sh -c "pwd | grep -c sub$"& cd', { out: "1\nG:\\\n" }],
  ['start "x y" /wait "sh" -c "exit 5"', { code: 5 }],
  ["start /wait cmd /c exit 6", { code: 6 }],
  ["start /wait nosuchprogram", { code: 1 }],
  ["start", { err: "The syntax of the command is incorrect.\n", code: 1 }],
  ["if exist sub\\nul (echo folder) else echo no", { out: "folder\n" }],
  ["if exist q:\\x echo no", { out: "" }],
  ["set /p V=<a.txt& set V", { out: "V=alpha\n" }],
  ["set =x", { err: "The syntax of the command is incorrect.\n", code: 1 }],
  ['set /p V="in quotes "<nul', { out: "in quotes ", code: 1 }],
  ["C:\\Windows\\System32\\findstr.exe alp a.txt", { out: "alpha\n" }],
  ['@"C:\\Windows\\System32\\find.exe" /c "a" a.txt', { out: "\n---------- A.TXT: 1\n" }],
  ["goto nowhere& echo still", { out: "still\n" }],
  ["call :x", { err: "Invalid attempt to call batch label outside of batch script.\n", code: 1 }],
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
  folder.writeProgram("ping", `echo "$@" > asked\necho "PING host"\necho "${reply}"\n`);
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

Deno.test("cmd forfiles finds files by their age, and runs a command where each lies", onPosix, async () => {
  using folder = sample();
  const day = 24 * 3600 * 1000;
  await Deno.utime(`${folder.path}/a.txt`, new Date(), new Date(Date.now() - 40 * day));
  await Deno.utime(`${folder.path}/sub/c d.txt`, new Date(), new Date(2024, 1, 29));
  const lines = async (args: string): Promise<Result> => await ours(folder, `/c forfiles ${args}`);
  assertEquals(
    (await lines('/s /m *.txt /d -30 /c "cmd /c echo @relpath @isdir @fsize"')).out,
    '\n".\\a.txt" FALSE 6\n".\\sub\\c d.txt" FALSE 6\n',
  );
  assertEquals((await lines("/p g:\\sub /d -02/29/2024")).out, '\n"c d.txt"\n');
  assertEquals(
    (await lines('/s /m c* /c "cmd /c cd& echo 0x22@fname0x22 @ext @fdate"')).out,
    '\nG:\\sub\n""c d"" "txt" 02/29/2024\n',
  );
  assertEquals((await lines('/s /d -30 /m *.txt /c "cmd /c del @path"')).code, 0);
  assertEquals((await ours(folder, "/c dir /s /b *.txt")).out, "G:\\b.txt\n");
  assertEquals((await lines('/m *.csv /c "sh -c \\"exit 3\\""')).code, 3);
  for (
    const [args, err] of [
      ["/m *.bak", "No files found"],
      ["/d soon", 'Invalid date "soon"'],
      ["/p nosuch", 'The folder "nosuch" is not there'],
    ] as const
  ) {
    const result = await lines(args);
    assertStringIncludes(result.err, err);
    assertEquals(result.code, 1);
  }
});
