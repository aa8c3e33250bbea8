/** Runs `deno test` and says in one plain line how it went. @module */

/** Runs the tests and returns the exit code. */
export async function runTests(args: readonly string[]): Promise<number> {
  const report = await Deno.makeTempFile({ suffix: ".xml" });
  try {
    const { code } = await new Deno.Command(Deno.execPath(), {
      args: ["test", "-A", `--junit-path=${report}`, ...args],
      stdin: "null",
      stdout: "inherit",
      stderr: "inherit",
    }).output();
    const counts = /<testsuites[^>]*tests="(\d+)"[^>]*failures="(\d+)"[^>]*errors="(\d+)"/.exec(
      await Deno.readTextFile(report),
    );
    if (counts !== null) {
      const failed = Number(counts[2]) + Number(counts[3]);
      // deno-lint-ignore no-console -- the closing line of a test run is for the terminal
      console.log(`${Number(counts[1]) - failed} passed, ${failed} failed`);
    }
    return code;
  } finally {
    await Deno.remove(report);
  }
}
