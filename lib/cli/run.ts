/** `burnscript run`: cscript. @module */
import { superviseScript } from "../wsh/supervisor.ts";
import { writeText } from "../platform/console.ts";
import { type Command, oneOf, parseCommand, progressMode, UsageError } from "./command.ts";
import { EXIT } from "../jobs/exit_codes.ts";
import type { FileLock } from "../platform/file_lock.ts";

/** The `run` command. */
export const runCommand: Command = {
  help: `usage: burnscript run [OPTIONS] SCRIPT [ARGUMENTS]

Runs a .vbs script as cscript does. What follows SCRIPT is the script's, except switches with two slashes.

  --virtual MEDIUM=FILE  a virtual recorder with that disc in it; may repeat: the first is recorder 0
  --map X:=DIR           the folder that drive X: stands for; Z: is always /
  --verify none|quick|full
                         check what the script wrote, in the same run (default none, as IMAPI does)
  --dialogs prompt|default|fail
                         MsgBox, InputBox and Popup ask on a terminal and take their default without one (prompt), take
                         their default always, or are error 445 when they ask something; nothing waits without a
                         terminal
  --single               exit with 5, and run nothing, while an earlier run of the same script is still going on
  --compat-exit          exit with 0 after an error that nothing caught, as cscript does, not with 1
  --log FILE             append what is shown to FILE, line by line, with the time
  --json, --quiet        JSON lines on standard output; no progress
  //T:SECONDS            end the script after that time, and release what it holds
  //B                    batch: neither errors nor WScript.Echo are shown
  //U                    standard streams that are redirected carry UTF-16
  //I, //Nologo, //Logo, //D, //X, //S  accepted, as cscript's command lines have them

Exit codes: WScript.Quit's; 0 at the end of the script; 1 after an error, 3 if it is that there is no recorder or no
medium, 4 if it is that verification failed; 5 under --single; 130 after Ctrl-C.

  burnscript run hello.vbs
  burnscript run --virtual cd-r=a.iso --virtual dvd+r=b.iso --map g:=/srv/data burn.vbs
  burnscript run //T:60 --map c:=/srv/jobs nightly.vbs /verbose
`,
  run: runScriptCommand,
};

async function runScriptCommand(args: readonly string[]): Promise<number> {
  // cscript takes // switches out of the line wherever they stand.
  const switches = args.filter((arg) => arg.startsWith("//"));
  const parsed = parseCommand(args.filter((arg) => !arg.startsWith("//")), {
    text: ["verify", "dialogs"],
    flag: ["compat-exit", "single"],
    stopEarly: true,
  });
  const hostOptions = hostSwitches(switches);
  const [script, ...scriptArgs] = parsed.positional;
  if (script === undefined) throw new UsageError("Which script shall run? burnscript run SCRIPT");
  if (!/\.vbs$/i.test(script)) {
    throw new UsageError(`"${script}" is no .vbs file; VBScript is what burnscript runs`);
  }
  const path = await existing(script);
  if (path === undefined) {
    writeText(
      "stderr",
      `Cannot find the script "${script}"; look at its name, and at the folder: ${Deno.cwd()}\n`,
    );
    return EXIT.failed;
  }
  using lock = parsed.has("single") ? await lockScript(path) : undefined;
  if (lock === undefined && parsed.has("single")) {
    writeText("stderr", `"${script}" is running already, and --single lets it run once at a time\n`);
    return EXIT.alreadyRunning;
  }
  return await superviseScript({
    path,
    args: scriptArgs,
    session: parsed.session,
    verify: oneOf(parsed, "verify", ["none", "quick", "full"]) ?? "none",
    dialogs: oneOf(parsed, "dialogs", ["prompt", "default", "fail"]) ?? "prompt",
    progress: progressMode(parsed),
    json: parsed.json,
    log: parsed.log,
    compatExit: parsed.has("compat-exit"),
    ...hostOptions,
  });
}

async function lockScript(path: string): Promise<FileLock | undefined> {
  const { tryLockFile } = await import(
    new URL("../platform/file_lock.ts", import.meta.url).href
  ) as typeof import("../platform/file_lock.ts");
  return tryLockFile(path);
}

function hostSwitches(switches: readonly string[]): { batch: boolean; unicode: boolean; timeoutS: number } {
  let batch = false;
  let unicode = false;
  let timeoutS = 0;
  for (const text of switches) {
    const time = /^\/\/t:(\d{1,5})$/i.exec(text);
    if (time !== null) timeoutS = Number(time[1]);
    else if (/^\/\/b$/i.test(text)) batch = true;
    else if (/^\/\/i$/i.test(text)) batch = false;
    else if (/^\/\/u$/i.test(text)) unicode = true;
    else if (!/^\/\/(nologo|logo|d|x|s)$/i.test(text)) throw new UsageError(`There is no switch ${text}`);
  }
  return { batch, unicode, timeoutS };
}

async function existing(script: string): Promise<string | undefined> {
  try {
    return await Deno.realPath(script);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}
