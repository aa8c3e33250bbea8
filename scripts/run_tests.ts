/** Runs `deno test` and says in one plain line how it went. @module */

/**
 * The folders of tests that need no system packages, by name, because deno test takes no --ignore for what lies in a
 * folder that it is given.
 */
export function testFolders(): string[] {
  return Array.from(Deno.readDirSync("tests"), ({ name }) => `tests/${name}`)
    .filter((path) => path !== "tests/system").sort();
}

/** Several times what a slow computer needs: only a test that hangs takes so long. */
const LIMIT_MINUTES = 45;

/** Runs the tests and returns the exit code. */
export async function runTests(args: readonly string[]): Promise<number> {
  const report = await Deno.makeTempFile({ suffix: ".xml" });
  try {
    const tests = new Deno.Command(Deno.execPath(), {
      args: ["test", "-A", `--junit-path=${report}`, ...args],
      stdin: "null",
      stdout: "inherit",
      stderr: "inherit",
    }).spawn();
    const limit = setTimeout(() => {
      // deno-lint-ignore no-console -- a message for whoever runs it
      console.error(`\nA test hangs: after ${LIMIT_MINUTES} minutes the tests are ended.`);
      tests.kill("SIGKILL");
    }, LIMIT_MINUTES * 60_000);
    const { code } = await tests.status;
    clearTimeout(limit);
    const xml = await Deno.readTextFile(report);
    const counts = /<testsuites[^>]*tests="(\d+)"[^>]*failures="(\d+)"[^>]*errors="(\d+)"/.exec(xml);
    if (counts !== null) {
      const failed = Number(counts[2]) + Number(counts[3]);
      const skipped = xml.split("<skipped").length - 1;
      // deno-lint-ignore no-console -- the closing line of a test run is for the terminal
      console.log(`${Number(counts[1]) - failed - skipped} passed, ${failed} failed, ${skipped} skipped`);
    }
    return code;
  } finally {
    await Deno.remove(report);
  }
}
