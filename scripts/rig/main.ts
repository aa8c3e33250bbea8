/**
 * Runs a job in the guest, by hand: `deno run -A scripts/rig/main.ts JOB.sh [--disc FILE] [--data FOLDER] [--module FILE]…`.
 *
 * @module
 */
// deno-lint-ignore-file no-console -- a maintenance script talks to its terminal
import { parseArgs } from "@std/cli/parse-args";
import { runGuest } from "./guest.ts";

const args = parseArgs(Deno.args, {
  string: ["disc", "data", "module", "timeout"],
  collect: ["module"],
});
const [job] = args._;
if (job === undefined) {
  console.error(
    "Usage: deno run -A scripts/rig/main.ts JOB.sh [--disc FILE] [--data FOLDER] [--module FILE]… [--timeout SECONDS]",
  );
  Deno.exit(2);
}
const startedAt = performance.now();
const temporary = typeof args.disc === "string"
  ? undefined
  : await Deno.makeTempDir({ prefix: "burnscript-disc-" });
try {
  const result = await runGuest({
    job: await Deno.readTextFile(String(job)),
    disc: temporary === undefined ? String(args.disc) : `${temporary}/disc`,
    ...(typeof args.data === "string" ? { data: args.data } : {}),
    modules: (args.module ?? []) as string[],
    timeoutMs: Number(args.timeout ?? 120) * 1000,
  });
  console.log(result.output);
  if (result.exitCode === undefined) console.error(`The guest ended before the job did:\n${result.console}`);
  console.error(`exit code ${result.exitCode}, ${((performance.now() - startedAt) / 1000).toFixed(1)} s`);
  Deno.exitCode = result.exitCode ?? 1;
} finally {
  if (temporary !== undefined) await Deno.remove(temporary, { recursive: true });
}
