/** `deno task test`: the native library against its prebuilt copies, then every test that needs no system packages. @module */
import { buildAndCompare } from "./native.ts";
import { runTests } from "./run_tests.ts";

await buildAndCompare();
Deno.exit(await runTests(["--doc", "lib", "mod.ts", "tests", "--ignore=tests/system", ...Deno.args]));
