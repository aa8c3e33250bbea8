/**
 * `deno task test:windows`: the tests of what meets the system, with the Windows build of Deno, under wine. The pure folders
 * are the same JavaScript everywhere; `deno task test:windows tests/vbscript` runs them there too.
 *
 * @module
 */
import { runWindowsDeno } from "./rig/windows.ts";

const FOLDERS = ["cli", "drive", "imapi", "jobs", "native", "platform", "wsh"].map((name) => `tests/${name}`);
const args = Deno.args.length > 0 ? Deno.args : FOLDERS;
// Types were checked before, and npm's packages are those that this Deno has fetched.
Deno.exit(await runWindowsDeno(["test", "-A", "--no-check", "--cached-only", ...args]));
