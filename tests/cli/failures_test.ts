import { assertEquals, assertStringIncludes } from "@std/assert";
import { exitCodeOf, firstError, NoRecorderError } from "../../lib/jobs/exit_codes.ts";
import { onPosix } from "../posix.ts";
import { run, TempFolder } from "./cli.ts";

/** Where there is a device that is always full. */
const onLinux = { ignore: Deno.build.os !== "linux" };

/** Objects of standard output, each of which must be one. */
function objects(stdout: string): Record<string, unknown>[] {
  return stdout.trimEnd().split("\n").map((line) => JSON.parse(line));
}

const FAILURES: readonly { args: readonly string[]; code: number; says: string }[] = [
  { args: ["list", "--json", "nothing.iso"], code: 1, says: 'image "nothing.iso": there is no such file' },
  { args: ["list", "--json", "folder"], code: 1, says: 'Cannot read the image "folder": it is a folder' },
  { args: ["image", "--json", "nothing", "-o", "a.iso"], code: 1, says: 'source "nothing"' },
  {
    args: ["convert", "--json", "none.iso", "-o", "a.iso"],
    code: 1,
    says: 'read the image "none.iso": there is no',
  },
  {
    args: ["verify", "--json", "--against", "none", "folder/a.txt"],
    code: 1,
    says: 'Cannot compare with "none": there is no such file or folder',
  },
  { args: ["image", "--json", "folder", "-o", "folder"], code: 1, says: "it is a folder; give a file in it" },
  { args: ["burn", "--json", "--virtual", "none", "folder"], code: 3, says: "found no medium" },
  {
    args: ["image", "--json", "folder", "-o", "a.iso", "--manifest", "-"],
    code: 2,
    says: "--manifest takes a file",
  },
  { args: ["verify", "--json", "--nonsense"], code: 2, says: "There is no option --nonsense" },
];

Deno.test("main() tells the HRESULT of a failure as JSON", async () => {
  using folder = new TempFolder();
  folder.write("folder/a.txt", "a");
  const { stdout } = await run(["burn", "--json", "--virtual", "none", "folder"], { cwd: folder.path });
  assertEquals(objects(stdout).at(-1)!["hresult"], "E_IMAPI_RECORDER_MEDIA_NO_MEDIA");
});

Deno.test("main() writes out the controls of names, which a terminal would obey", onPosix, async () => {
  const { stderr } = await run(["burn", "--virtual", "none", "no\x1b[31mthing"]);
  assertStringIncludes(stderr, 'source "no\\x1b[31mthing"');
});

for (const { args, code, says } of FAILURES) {
  Deno.test(`main() tells of a failure as JSON, too: ${args.join(" ")}`, async () => {
    using folder = new TempFolder();
    folder.write("folder/a.txt", "a");
    const outcome = await run(args, { cwd: folder.path });
    assertEquals(outcome.code, code);
    const [failed] = objects(outcome.stdout).slice(-1);
    assertEquals([failed!["event"], failed!["exitCode"]], ["failed", code]);
    assertStringIncludes(String(failed!["message"]), says);
    assertStringIncludes(outcome.stderr, says);
  });
}

Deno.test("firstError() is what went wrong before the clean-up failed as well", () => {
  const first = new NoRecorderError("there is none");
  const thrown = new SuppressedError(new Error("close"), new SuppressedError(new Error("save"), first));
  assertEquals(firstError(thrown), first);
  assertEquals(exitCodeOf(thrown), 3);
});

Deno.test("main() takes help for a command that is not there as wrong use", async () => {
  const { code, stderr } = await run(["help", "nonsense"]);
  assertEquals(code, 2);
  assertStringIncludes(stderr, 'There is no command "nonsense"');
});

Deno.test("main() shows an example that runs", async () => {
  using folder = new TempFolder();
  const example = (await run(["--help"])).stdout.trimEnd().split("\n").at(-1)!.trim();
  const args = example.split(" ").slice(1);
  const cwd = `${import.meta.dirname}/../..`;
  const inFolder = args.map((arg) => arg.replace("=disc.iso", `=${folder.path}/disc.iso`));
  const { code, stdout } = await run(inFolder, { cwd });
  assertStringIncludes(stdout, "Finished.");
  assertEquals(code, 0);
});

Deno.test("extract replaces what a killed run of the same process number left", onPosix, async () => {
  using folder = new TempFolder();
  folder.writeSparse("folder/big", 1e6);
  await run(["image", "folder", "-o", "a.iso"], { cwd: folder.path });
  // The shell becomes Deno, whose number it therefore knows.
  const leaving = ["sh", "-c", 'mkdir out; echo x > out/.burnscript-partial-$$; exec "$@"', "sh"];
  const options = { cwd: folder.path, prefix: leaving };
  const { code, stderr } = await run(["extract", "--quiet", "a.iso", "-C", "out"], options);
  assertEquals([code, stderr], [0, ""]);
  const names = await Array.fromAsync(Deno.readDir(`${folder.path}/out`), ({ name }) => name);
  assertEquals(names, ["big"]);
});

Deno.test("image ends quietly when nobody reads it any more", onPosix, async () => {
  using folder = new TempFolder();
  folder.writeSparse("folder/big", 1e6);
  const options = { cwd: folder.path, prefix: ["sh", "-c", '"$@" | head -c 9 >/dev/null', "sh"] };
  const { stderr } = await run(["image", "--quiet", "folder", "-o", "-"], options);
  assertEquals(stderr, "");
});

for (const [call, source] of [["Run", "(null)"], ["Exec", "WshShell.Exec"]] as const) {
  Deno.test(`WScript.Shell.${call} of what is not there has the source ${source}`, onPosix, async () => {
    using folder = new TempFolder();
    folder.write("s.vbs", `CreateObject("WScript.Shell").${call} "no-such-program.exe"`);
    const { code, stderr } = await run(["run", "s.vbs"], { cwd: folder.path });
    assertEquals(code, 1);
    assertStringIncludes(stderr, `s.vbs(1, 1) ${source}: The system cannot find the file specified`);
  });
}

for (const options of [[], ["--json"]]) {
  Deno.test(`run says so where its output fills the disk ${options}`, onLinux, async () => {
    using folder = new TempFolder();
    folder.write("s.vbs", 'WScript.Echo "a"');
    const prefix = ["sh", "-c", 'exec "$@" > /dev/full', "sh"];
    const { code, stderr } = await run(["run", ...options, "s.vbs"], { cwd: folder.path, prefix });
    assertEquals(code, 1);
    assertStringIncludes(stderr, "Disk full: standard output cannot be written");
    assertEquals(stderr.includes("defect"), false);
  });
}
