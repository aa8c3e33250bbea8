/** The command line. @module */
import { writeText } from "../platform/console.ts";
import { EXIT, exitCodeOf } from "../jobs/exit_codes.ts";
import { burnCommand } from "./burn.ts";
import { type Command, UsageError } from "./command.ts";
import { drivesCommand } from "./drives.ts";
import { ejectCommand, loadCommand } from "./eject.ts";
import { eraseCommand } from "./erase.ts";
import { extractCommand } from "./extract.ts";
import { imageCommand } from "./image.ts";
import { infoCommand } from "./info.ts";
import { listCommand } from "./list.ts";
import { runCommand } from "./run.ts";
import { serveCommand } from "./serve.ts";
import { verifyCommand } from "./verify.ts";

const VERSION = "0.1.0";

const COMMANDS: readonly Command[] = [
  runCommand,
  burnCommand,
  imageCommand,
  listCommand,
  extractCommand,
  verifyCommand,
  drivesCommand,
  infoCommand,
  eraseCommand,
  ejectCommand,
  loadCommand,
  serveCommand,
];

/** Runs one command line and returns the exit code of the process. */
export async function main(args: readonly string[]): Promise<number> {
  const [name, ...rest] = args;
  if (name === undefined || name === "--help" || name === "-h" || name === "help") {
    const topic = name === "help" ? COMMANDS.find((command) => command.name === rest[0]) : undefined;
    writeText("stdout", topic?.help ?? overview());
    return EXIT.done;
  }
  if (name === "--version") {
    writeText("stdout", `burnscript ${VERSION}\n`);
    return EXIT.done;
  }
  const command = COMMANDS.find((candidate) => candidate.name === name);
  if (command === undefined) {
    const names = COMMANDS.map((candidate) => candidate.name).join(", ");
    writeText("stderr", `There is no command "${name}"; there are ${names}. See burnscript --help\n`);
    return EXIT.wrongUse;
  }
  // What follows the script belongs to the script, its --help too.
  if (rest[0] === "--help" || rest[0] === "-h" || (command !== runCommand && rest.includes("--help"))) {
    writeText("stdout", command.help);
    return EXIT.done;
  }
  try {
    return await command.run(rest);
  } catch (error) {
    if (error instanceof UsageError || error instanceof RangeError) {
      writeText("stderr", `${error.message}\nSee burnscript ${name} --help\n`);
      return EXIT.wrongUse;
    }
    writeText("stderr", `${messageOf(error)}\n`);
    return exitCodeOf(error);
  }
}

function messageOf(error: unknown): string {
  if (error instanceof Deno.errors.NotCapable) return `Permission denied: ${error.message}`;
  return error instanceof Error ? error.message : String(error);
}

function overview(): string {
  const rows = COMMANDS.map((command) => `  ${command.name.padEnd(8)}${command.summary}`).join("\n");
  return `Burnscript ${VERSION}: Windows automation scripts and optical discs, on Linux, macOS and Windows

usage: burnscript COMMAND [OPTIONS] …

${rows}

Every command takes
  --virtual MEDIUM=FILE  a virtual recorder with that disc in it, may repeat: cd-r, dvd+r, or none for an empty drive;
                         FILE is created blank if it is absent (BURNSCRIPT_VIRTUAL, comma separated)
  --map X:=DIR           the folder that a script's drive letter stands for (BURNSCRIPT_MAP)
  --json                 one JSON object a line on standard output
  --quiet                no progress
  --help                 more on one command

Exit codes: 0 done, 1 failed, 2 wrong use, 3 no recorder or no medium, 4 verification failed; 130 after Ctrl-C.

  burnscript run --virtual dvd+r=disc.iso --map g:=. examples/burn.vbs
`;
}

if (import.meta.main) Deno.exit(await main(Deno.args));
