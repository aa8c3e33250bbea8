/**
 * `deno task test`: builds the native library and compares it with its prebuilt copies, then runs every test that needs no
 * system packages.
 *
 * @module
 */
import { runTests, testFolders } from "./run_tests.ts";

let nativeIsGood = true;
for (const mode of ["--check", "--test"]) {
  const { success } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", new URL("native.ts", import.meta.url).href, mode],
  }).spawn().status;
  nativeIsGood &&= success;
}
const code = await runTests(["--parallel", "--doc", "lib", "mod.ts", ...testFolders(), ...Deno.args]);
Deno.exit(nativeIsGood ? code : code || 1);
