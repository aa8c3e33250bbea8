/** A `cmd` in a process of its own, for what a script starts and does not wait for. @module */
import { startCommand } from "./start.ts";

if (import.meta.main) {
  const { exitCode } = startCommand({
    kind: "command",
    ...JSON.parse(Deno.args[0]!),
    cwd: Deno.cwd(),
    env: {}, // this process was given them already
    stdin: "null",
    stdout: "null",
    stderr: "null",
  });
  Deno.exit(await exitCode);
}
