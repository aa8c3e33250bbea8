/** The command line. @module */
import { pathOfFileUrl } from "../platform/file_url.ts";
import { isAllowed } from "../platform/permissions.ts";
import { writeText } from "../platform/console.ts";
import { EXIT, exitCodeOf, firstError } from "../jobs/exit_codes.ts";
import { printable } from "../jobs/words.ts";
import { FAULT_HELP } from "../recorder/fault_text.ts";
import { closeLog, type Command, InterruptedError, printJson, UsageError } from "./command.ts";

const VERSION = "0.1.0";

/** One row of the table of commands; a command's modules load when it is run. */
interface Row {
  readonly name: string;
  readonly summary: string;
  load(): Promise<Command>;
}

const COMMANDS: readonly Row[] = [
  {
    name: "run",
    summary: "run a .vbs, .js or .wsf script as cscript does, unchanged",
    load: () => load(new URL("./run.ts", import.meta.url), "runCommand"),
  },
  {
    name: "check",
    summary: "list what .vbs scripts use, and which of them will run here",
    load: () => load(new URL("./check.ts", import.meta.url), "checkCommand"),
  },
  {
    name: "burn",
    summary: "burn a folder or an image onto a disc, and verify it",
    load: () => load(new URL("./burn.ts", import.meta.url), "burnCommand"),
  },
  {
    name: "erase",
    summary: "erase a rewritable disc",
    load: () => load(new URL("./erase.ts", import.meta.url), "eraseCommand"),
  },
  {
    name: "close",
    summary: "close what a burn that was cut off left open",
    load: () => load(new URL("./close.ts", import.meta.url), "closeCommand"),
  },
  {
    name: "drives",
    summary: "list the recorders",
    load: () => load(new URL("./drives.ts", import.meta.url), "drivesCommand"),
  },
  {
    name: "info",
    summary: "show which disc is in a recorder, or what an image is",
    load: () => load(new URL("./info.ts", import.meta.url), "infoCommand"),
  },
  {
    name: "eject",
    summary: "open a recorder's tray",
    load: () => load(new URL("./eject.ts", import.meta.url), "ejectCommand"),
  },
  {
    name: "load",
    summary: "close a recorder's tray, and say what is in it",
    load: () => load(new URL("./eject.ts", import.meta.url), "loadCommand"),
  },
  {
    name: "image",
    summary: "make an image file from a folder",
    load: () => load(new URL("./image.ts", import.meta.url), "imageCommand"),
  },
  {
    name: "convert",
    summary: "make an image of an image or a disc, with other file systems",
    load: () => load(new URL("./convert.ts", import.meta.url), "convertCommand"),
  },
  {
    name: "list",
    summary: "list what is in an image",
    load: () => load(new URL("./list.ts", import.meta.url), "listCommand"),
  },
  {
    name: "extract",
    summary: "put the files of an image into a folder",
    load: () => load(new URL("./extract.ts", import.meta.url), "extractCommand"),
  },
  {
    name: "verify",
    summary: "check an image, and compare it with a folder",
    load: () => load(new URL("./verify.ts", import.meta.url), "verifyCommand"),
  },
  {
    name: "schedule",
    summary: "run a script by itself: cron, systemd, Task Scheduler",
    load: () => load(new URL("./schedule.ts", import.meta.url), "scheduleCommand"),
  },
  {
    name: "serve",
    summary: "offer virtual recorders to other programs, over iSCSI",
    load: () => load(new URL("./serve.ts", import.meta.url), "serveCommand"),
  },
];

/**
 * Loads a command. Its module is named by a URL, not by a string in `import()`: what stands there Deno reads and parses
 * before the program starts, whether it is ever imported or not, and that would be all of it.
 */
async function load(module: URL, name: string): Promise<Command> {
  return ((await import(module.href)) as Record<string, Command>)[name]!;
}

/** Runs one command line and returns the exit code of the process. */
export async function main(args: readonly string[]): Promise<number> {
  const [name, ...rest] = args;
  if (name === undefined || name === "--help" || name === "-h" || name === "help") {
    if (name === "help" && rest[0] === "faults") {
      writeText("stdout", FAULT_HELP);
      return EXIT.done;
    }
    const topic = name === "help" ? rest[0] : undefined;
    if (topic === undefined) writeText("stdout", overview());
    const row = COMMANDS.find((candidate) => candidate.name === topic);
    if (topic !== undefined && row === undefined) return unknownCommand(topic);
    if (row !== undefined) writeText("stdout", (await row.load()).help);
    return EXIT.done;
  }
  if (name === "--version") {
    writeText("stdout", `burnscript ${VERSION}\n`);
    return EXIT.done;
  }
  const row = COMMANDS.find((candidate) => candidate.name === name);
  if (row === undefined) return unknownCommand(name);
  const hidden = hiddenModules();
  if (hidden.length > 0) {
    writeText(
      "stderr",
      `Burnscript loads its own modules while it runs; add --allow-read=${hidden.join(",")}\n`,
    );
    return EXIT.failed;
  }
  const exitCode = await runRow(row, rest);
  closeLog(exitCode);
  return exitCode;
}

/** The folders of our own modules that Deno's permissions keep from us. */
function hiddenModules(): string[] {
  if (!import.meta.url.startsWith("file:")) return []; // what comes from a registry needs no leave
  return ["../../lib", "../../ffi"].map((folder) => pathOfFileUrl(new URL(folder, import.meta.url)))
    .filter((path) => !isAllowed({ name: "read", path }));
}

function unknownCommand(name: string): number {
  const names = COMMANDS.map((candidate) => candidate.name).join(", ");
  writeText("stderr", `There is no command "${name}"; there are ${names}. See burnscript --help\n`);
  return EXIT.wrongUse;
}

async function runRow(row: Row, rest: readonly string[]): Promise<number> {
  const { name } = row;
  try {
    const command = await row.load();
    // What follows the script belongs to the script, its --help too.
    if (rest[0] === "--help" || rest[0] === "-h" || (name !== "run" && rest.includes("--help"))) {
      writeText("stdout", command.help);
      return EXIT.done;
    }
    return await command.run(rest);
  } catch (thrown) {
    const error = firstError(thrown);
    const isInterrupted = error instanceof InterruptedError;
    const isWrongUse = error instanceof UsageError || error instanceof RangeError;
    const message = messageOf(error);
    // Names are in it, and its lines are ours.
    const shown = message.split("\n").map(printable).join("\n");
    const exitCode = isInterrupted ? EXIT.interrupted : isWrongUse ? EXIT.wrongUse : exitCodeOf(error);
    if (isInterrupted) writeText("stderr", "Interrupted\n");
    writeText("stderr", isWrongUse ? `${shown}\nSee burnscript ${name} --help\n` : `${shown}\n`);
    // What follows a script is the script's own, and its host tells of errors itself.
    if (name !== "run" && rest.includes("--json")) {
      printJson({ event: "failed", message, hresult: hresultOf(error), exitCode });
    }
    return exitCode;
  }
}

/** The name of what a drive or an IMAPI object failed with. */
function hresultOf(error: unknown): string | undefined {
  const { hresultName, cause } = (error ?? {}) as { hresultName?: string; cause?: unknown };
  return hresultName ?? (error instanceof InterruptedError ? hresultOf(cause) : undefined);
}

function messageOf(error: unknown): string {
  if (error instanceof Deno.errors.NotCapable) return `Permission denied: ${error.message}`;
  return error instanceof Error ? error.message : String(error);
}

function overview(): string {
  const rows = COMMANDS.map((row) => `  ${row.name.padEnd(9)}${row.summary}`).join("\n");
  return `Burnscript ${VERSION}: Windows automation scripts and optical discs, on Linux, macOS and Windows

usage: burnscript COMMAND [OPTIONS] …

${rows}

Every command takes
  --virtual MEDIUM=FILE  a virtual recorder with that disc in it, may repeat: cd-r, cd-rw, dvd-r, dvd-rw,
                         dvd-r-dl, dvd-ram, dvd+r, dvd+rw, dvd+r-dl, bd-r, bd-re, or none for an empty drive;
                         FILE is created blank if it is absent (BURNSCRIPT_VIRTUAL, comma separated)
  --fault WHEN=WHAT      something that goes wrong in a virtual recorder, such as write@1000=3/0C/00, may
                         repeat; "burnscript help faults" says more
  --map X:=DIR           the folder that a script's drive letter stands for (BURNSCRIPT_MAP)
  --json                 one JSON object a line on standard output
  --quiet                no progress
  --log FILE             append what is shown to FILE, line by line, with the time
  --help                 more on one command

Exit codes: 0 done, 1 failed, 2 wrong use, 3 no recorder or no medium, 4 verification failed, 5 the job is
running already; 130 after Ctrl-C.

  burnscript run --virtual dvd+r=disc.iso --map g:=examples examples/burn.vbs
`;
}

if (import.meta.main) Deno.exit(await main(Deno.args));
