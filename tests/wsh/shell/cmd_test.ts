import { assertEquals, assertStringIncludes } from "@std/assert";
import fc from "fast-check";
import { startCommand } from "../../../lib/wsh/shell/cmd/start.ts";
import { parseCommandLine } from "../../../lib/wsh/shell/cmd/parser.ts";
import { CommandSyntaxError } from "../../../lib/wsh/shell/cmd/tree.ts";
import type { ByteQueue } from "../../../lib/wsh/shell/byte_queue.ts";
import { TempFolder } from "../../cli/cli.ts";
import { onPosix } from "../../posix.ts";

async function textOf(queue: ByteQueue): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  for (;;) {
    const bytes = await queue.read(1 << 20);
    if (bytes.length === 0) return text;
    text += decoder.decode(bytes, { stream: true });
  }
}

interface Result {
  readonly out: string;
  readonly err: string;
  readonly code: number;
}

async function cmd(folder: TempFolder, line: string | undefined, input = ""): Promise<Result> {
  const running = startCommand({
    kind: "command",
    line,
    cwd: folder.path,
    env: {},
    mappings: [{ letter: "G", directory: folder.path }],
    settings: { delayedExpansion: false, echo: true },
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  });
  running.write(new TextEncoder().encode(input));
  running.closeInput();
  const [out, err, code] = await Promise.all([
    textOf(running.stdout!),
    textOf(running.stderr!),
    running.exitCode,
  ]);
  return { out, err, code };
}

function sample(): TempFolder {
  const folder = new TempFolder();
  folder.write("a.txt", "alpha\n");
  folder.write("b.txt", "beta\n");
  folder.write("sub/c d.txt", "gamma\n");
  return folder;
}

const NO_FILE = "The system cannot find the file specified.\n";
const NO_PATH = "The system cannot find the path specified.\n";

const LINES: readonly [line: string, expected: Partial<Result>][] = [
  ["echo hello  world", { out: "hello  world\n", code: 0 }],
  ["echo.", { out: "\n" }],
  ["echo", { out: "ECHO is on.\n" }],
  ['@echo "a & b" ^& c', { out: '"a & b" & c\n' }],
  ["echo a& echo b", { out: "a\nb\n" }],
  ["echo a&& echo b|| echo c", { out: "a\nb\n" }],
  ["type nosuch && echo b || echo c", { out: "c\n", err: NO_FILE, code: 1 }],
  ["(echo a & echo b) > out.txt & type out.txt", { out: "a \r\nb\r\n" }],
  ["echo a> out.txt& echo b>> out.txt& type out.txt", { out: "a\r\nb\r\n" }],
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
  ["exit /b 6 & echo no", { code: 6, out: "" }],
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
  ["cd /d g:\\sub&& dir /b", { out: "c d.txt\n" }],
  ["cd nosuch", { err: NO_FILE, code: 1 }],
  ["z:&& cd", { out: "Z:\\\n" }],
  ["pushd sub& popd& cd", { out: "G:\\\n" }],
  ["dir /b", { out: "a.txt\nb.txt\nsub\n" }],
  ["dir/b *.txt", { out: "a.txt\nb.txt\n" }],
  ["dir /s /b *.txt", { out: "G:\\a.txt\nG:\\b.txt\nG:\\sub\\c d.txt\n" }],
  ["dir /b /ad", { out: "sub\n" }],
  ["dir /b /a:-d /o:-n", { out: "b.txt\na.txt\n" }],
  ["dir /b nosuch*", { err: "File Not Found\n", code: 1 }],
  ["copy a.txt x.txt & type x.txt", { out: "        1 file(s) copied.\nalpha\n" }],
  ["copy *.txt sub >nul & dir /b sub", { out: "a.txt\nb.txt\nc d.txt\n" }],
  ["copy a.txt+b.txt ab.txt >nul & type ab.txt", { out: "alpha\nbeta\n" }],
  ["copy /y nosuch x", { err: NO_FILE, code: 1 }],
  ["copy a.txt nosuchdir\\", { err: NO_PATH, code: 1 }],
  ["copy a.txt a.txt", {
    err: "The file cannot be copied onto itself.\n        0 file(s) copied.\n",
    code: 1,
  }],
  ['move a.txt "sub\\n e.txt" & dir /b sub', { out: "        1 file(s) moved.\nc d.txt\nn e.txt\n" }],
  ["ren *.txt *.bak & dir /b", { out: "a.bak\nb.bak\nsub\n" }],
  ["ren a.txt b.txt", { err: "A duplicate file name exists, or the file\ncannot be found.\n", code: 1 }],
  ["del a.txt b.txt & dir /b", { out: "sub\n" }],
  ["del /q *.* & dir /b", { out: "sub\n" }],
  ["del /s /q *.txt & dir /s /b", { out: "G:\\sub\n" }],
  ["del nosuch", { err: "Could Not Find G:\\nosuch\n", code: 0 }],
  ["md x\\y\\z & dir /s /b /ad x", { out: "G:\\x\\y\nG:\\x\\y\\z\n" }],
  ["md sub", { err: "A subdirectory or file sub already exists.\n", code: 1 }],
  ["rd sub", { err: "The directory is not empty.\n", code: 1 }],
  ["rd /s /q sub & dir /b", { out: "a.txt\nb.txt\n" }],
  ["set X=1& set X", { out: "X=1\n" }],
  ["set nosuchvariable", { err: "Environment variable nosuchvariable not defined\n", code: 1 }],
  ["if exist a.txt (echo yes) else echo no", { out: "yes\n" }],
  ["if not exist nosuch echo none", { out: "none\n" }],
  ["if /i A==a if not 1==2 echo same", { out: "same\n" }],
  ["if 10 gtr 9 (echo more)", { out: "more\n" }],
  ["for %i in (x y) do @echo [%i]", { out: "[x]\n[y]\n" }],
  ["for %i in (x) do echo [%i]", { out: "\nG:\\>echo [x] \n[x]\n" }],
  ["for %f in (*.txt) do @type %f", { out: "alpha\nbeta\n" }],
  ["for /l %n in (1,2,5) do @echo %n", { out: "1\n3\n5\n" }],
  ["rem this & echo is all a remark", { out: "" }],
  ["echo a ) b", { out: "a ) b\n" }],
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
    const result = await cmd(folder, line);
    const seen = Object.fromEntries(Object.keys(expected).map((key) => [key, result[key as keyof Result]]));
    assertEquals(seen, expected as Record<string, unknown>, JSON.stringify(result));
  });
}

Deno.test("cmd without /c runs the lines that come in", onPosix, async () => {
  using folder = sample();
  assertEquals(await cmd(folder, undefined, "cd sub\r\ndir /b\r\nexit 2\r\necho no\r\n"), {
    out: "c d.txt\n",
    err: "",
    code: 2,
  });
});

Deno.test("cmd programs read what comes in, and leave the rest to the next", onPosix, async () => {
  using folder = sample();
  assertEquals((await cmd(folder, "cat", "one\r\ntwo\r\n")).out, "one\ntwo\n");
});

Deno.test("cmd dir shows dates, sizes and what is free", onPosix, async () => {
  using folder = sample();
  await Deno.utime(`${folder.path}/a.txt`, new Date(2024, 1, 29, 15, 4), new Date(2024, 1, 29, 15, 4));
  const { out } = await cmd(folder, "dir g:\\");
  assertStringIncludes(out, " Directory of G:\\\n");
  assertStringIncludes(out, "02/29/2024  03:04 PM                 6 a.txt\n");
  assertStringIncludes(out, "    <DIR>          sub\n");
  assertStringIncludes(out, "               2 File(s)             11 bytes\n");
});

Deno.test(
  "cmd a variable that was set reaches programs, a Windows path in the form of this system",
  onPosix,
  async () => {
    using folder = sample();
    const { out } = await cmd(folder, 'set FROM=G:\\sub& set PLAIN=x:y& sh -c "echo $FROM $PLAIN"');
    assertEquals(out, `${folder.path}/sub x:y\n`);
  },
);

Deno.test("cmd kill() ends the programs of a pipe", onPosix, async () => {
  using folder = sample();
  const running = startCommand({
    kind: "command",
    line: "sleep 60 | sleep 61",
    cwd: folder.path,
    env: {},
    mappings: [],
    settings: { delayedExpansion: false, echo: true },
    stdin: "null",
    stdout: "null",
    stderr: "null",
  });
  await new Promise((resolve) => setTimeout(resolve, 100));
  await running.kill(1000);
  assertEquals(await running.exitCode !== 0, true);
});

Deno.test("parseCommandLine() deep nesting is an error, not a crash", onPosix, () => {
  for (const text of ["(".repeat(100_000), "if 1==1 ".repeat(100_000)]) {
    try {
      parseCommandLine(text);
      throw new Error("no error");
    } catch (error) {
      assertEquals(error instanceof CommandSyntaxError, true, String(error));
    }
  }
});

Deno.test("parseCommandLine() any text is a tree or a syntax error", onPosix, () => {
  const pieces = fc.constantFrom(
    "echo a",
    "&",
    "&&",
    "||",
    "|",
    "(",
    ")",
    ">",
    "2>&1",
    '"',
    "^",
    "if ",
    "for ",
    "%i",
    " in ",
    " ",
    "x",
  );
  fc.assert(fc.property(fc.array(pieces, { maxLength: 30 }), (parts) => {
    try {
      parseCommandLine(parts.join(""));
    } catch (error) {
      if (!(error instanceof CommandSyntaxError)) throw error;
    }
  }));
});
