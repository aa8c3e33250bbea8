/** A `cmd` in a process of its own, for what a script starts and does not wait for. @module */
import { startCommand } from "./run.ts";

if (import.meta.main) {
  const [mappings, line] = Deno.args as [string, string];
  const { exitCode } = startCommand({
    kind: "command",
    line,
    mappings: JSON.parse(mappings),
    cwd: Deno.cwd(),
    env: {}, // this process was given them already
    stdin: "null",
    stdout: "null",
    stderr: "null",
  });
  Deno.exit(await exitCode);
}
