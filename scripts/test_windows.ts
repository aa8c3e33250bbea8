/**
 * `deno task test:windows`: the tests that need no system packages, with the Windows build of Deno, under wine.
 *
 * @module
 */
import { runWindowsDeno } from "./rig/windows.ts";
import { testFolders } from "./run_tests.ts";

const args = Deno.args.length > 0 ? Deno.args : testFolders();
// Types were checked before, and npm's packages are those that this Deno has fetched.
Deno.exit(await runWindowsDeno(["test", "-A", "--no-check", "--cached-only", ...args]));
