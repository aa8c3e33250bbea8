/** `burnscript run`: cscript. @module */
import { superviseScript } from "../wsh/supervisor.ts";
import { writeText } from "../platform/console.ts";
import { type Command, oneOf, parseCommand, progressMode, UsageError } from "./command.ts";
import type { SessionOptions } from "../jobs/session.ts";
import { EXIT } from "../jobs/exit_codes.ts";
import type { FileLock } from "../platform/file_lock.ts";

/** The `run` command. */
export const runCommand: Command = {
  help: `usage: burnscript run [OPTIONS] SCRIPT [ARGUMENTS]

Runs a script as cscript does: .vbs, .js, the encoded .vbe and .jse, the jobs of .wsf, and .wsh settings. What
follows SCRIPT is the script's, except switches with two slashes.

  --virtual MEDIUM=FILE  a virtual recorder with that disc in it; may repeat: the first is recorder 0
  --map X:=DIR           the folder that drive X: stands for; Z: is always /
  --verify none|quick|full
                         check what the script wrote, in the same run (default none, as IMAPI does)
  --dialogs prompt|default|fail
                         MsgBox, InputBox and Popup ask on a terminal and take their default without one
                         (prompt), take their default always, or are error 445 when they ask something;
                         nothing waits without a terminal
  --codepage N           the code page of a source that is neither UTF-8 nor UTF-16, such as 1251 or 932
  --single               exit with 5, and run nothing, while an earlier run of the same script still goes on
  --compat-exit          exit with 0 after an error that nothing caught, as cscript does, not with 1
  --trace FILE           write every file, program, host and device that the script touches to FILE (- is
                         standard error), and the command line that allows no more; needs deno run -A
  --log FILE             append what is shown to FILE, line by line, with the time
  --json, --quiet        JSON lines on standard output; no progress
  //T:SECONDS            end the script after that time, and release what it holds
  //B                    batch: neither errors nor WScript.Echo are shown
  //U                    standard streams that are redirected carry UTF-16
  //Job:ID               the job of a .wsf file; its first if nothing is said
  //E:VBScript|JScript   the language, whatever the file's name says
  //I, //Nologo, //Logo, //D, //X, //S, //H  accepted, as cscript's command lines have them

Exit codes: WScript.Quit's; 0 at the end of the script; 1 after an error, 3 if it is that there is no recorder
or no medium, 4 if it is that verification failed; 5 under --single; 130 after Ctrl-C.

  burnscript run hello.vbs
  burnscript run --virtual cd-r=a.iso --virtual dvd+r=b.iso --map g:=/srv/data burn.vbs
  burnscript run --dialogs=default --single --log nightly.log nightly.wsf //Job:backup
  burnscript run //T:60 --map c:=/srv/jobs nightly.vbs /verbose
`,
  run: runScriptCommand,
};

const OWN_OPTIONS = {
  text: ["verify", "dialogs", "codepage", "trace"],
  flag: ["compat-exit", "single"],
  stopEarly: true,
} as const;

/** cscript takes // switches out of the line wherever they stand. A path may begin with two slashes too. */
function isSwitch(arg: string): boolean {
  return /^\/\/[^/]*$/.test(arg);
}

/** Checks what a later run will be started with. @throws UsageError for options and switches that there are not. */
export function checkRunOptions(args: readonly string[]): void {
  parseCommand(args.filter((arg) => !isSwitch(arg)), OWN_OPTIONS);
  hostSwitches(args.filter(isSwitch));
}

async function runScriptCommand(args: readonly string[]): Promise<number> {
  const switches = args.filter(isSwitch);
  const parsed = parseCommand(args.filter((arg) => !isSwitch(arg)), OWN_OPTIONS);
  const trace = parsed.text("trace");
  if (trace !== undefined) return await runTraced(args, trace);
  // Before the script one slash or a dash is enough, unless that is a file.
  const before: string[] = [];
  const rest = [...parsed.positional];
  while (rest.length > 0 && SHORT_SWITCH.test(rest[0]!) && await existing(rest[0]!) === undefined) {
    before.push(`//${rest.shift()!.slice(1)}`);
  }
  const [script, ...scriptArgs] = rest;
  if (before.includes("//?") || switches.includes("//?")) {
    writeText("stdout", runCommand.help);
    return EXIT.done;
  }
  if (script === undefined) throw new UsageError("Which script shall run? burnscript run SCRIPT");
  let hostOptions = hostSwitches([...before, ...switches]);
  let path = await existing(script);
  if (path !== undefined && /\.wsh$/i.test(path)) {
    [path, hostOptions] = await fromSettings(path, hostOptions, parsed.session);
  }
  if (path === undefined) {
    if (script.startsWith("-")) throw new UsageError(`There is no option ${script}`);
    writeText(
      "stderr",
      `Cannot find the script "${script}"; look at its name, and at the folder: ${Deno.cwd()}\n`,
    );
    return EXIT.failed;
  }
  if (!/\.(vbs|vbe|js|jse|wsf)$/i.test(path) && hostOptions.engine === undefined) {
    throw new UsageError(
      `"${script}" is no .vbs, .vbe, .js, .jse, .wsf or .wsh file; //E:VBScript and //E:JScript run any file`,
    );
  }
  const codePage = parsed.text("codepage");
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
    codePage: codePage === undefined ? undefined : await labelOf(codePage),
    compatExit: parsed.has("compat-exit"),
    ...hostOptions,
  });
}

/** Runs the same command line, without `--trace`, in a process that is watched. */
async function runTraced(args: readonly string[], target: string): Promise<number> {
  const at = args.findIndex((arg) => arg === "--trace" || arg.startsWith("--trace="));
  const rest = args.toSpliced(at, args[at] === "--trace" ? 2 : 1);
  const { runTraced } = await import(
    new URL("./trace.ts", import.meta.url).href
  ) as typeof import("./trace.ts");
  return await runTraced(rest, target);
}

async function lockScript(path: string): Promise<FileLock | undefined> {
  const { tryLockFile } = await import(
    new URL("../platform/file_lock.ts", import.meta.url).href
  ) as typeof import("../platform/file_lock.ts");
  return tryLockFile(path);
}

/** The host's switches that may stand before the script with one slash or a dash. */
const SHORT_SWITCH = /^[-/](nologo|logo|[bdisux?]|t:\d+|e:[\w.]+|h:\w+|job:.*)$/i;

/** What `//` switches say. */
interface HostOptions {
  readonly batch: boolean;
  readonly unicode: boolean;
  readonly timeoutS: number;
  readonly engine: "vbscript" | "jscript" | undefined;
  readonly wsfJob: string | undefined;
}

function hostSwitches(switches: readonly string[]): HostOptions {
  let options: HostOptions = {
    batch: false,
    unicode: false,
    timeoutS: 0,
    engine: undefined,
    wsfJob: undefined,
  };
  for (const text of switches) {
    const [, name = "", value] = /^\/\/(\w*)(?::(.*))?$/s.exec(text) ?? [];
    options = { ...options, ...hostOption(name.toLowerCase(), value, text) };
  }
  return options;
}

function hostOption(name: string, value: string | undefined, text: string): Partial<HostOptions> {
  if (value === undefined) {
    if (name === "b") return { batch: true };
    if (name === "i") return { batch: false };
    if (name === "u") return { unicode: true };
    if (["nologo", "logo", "d", "x", "s"].includes(name)) return {};
  } else if (name === "t" && /^\d{1,5}$/.test(value)) return { timeoutS: Number(value) };
  else if (name === "job" && value !== "") return { wsfJob: value };
  else if (name === "h" && /^[cw]script$/i.test(value)) return {};
  else if (name === "e") return { engine: engineOf(value) };
  throw new UsageError(`There is no switch ${text}`);
}

function engineOf(name: string): "vbscript" | "jscript" {
  if (/^vbs(cript)?(\.encode)?$/i.test(name)) return "vbscript";
  if (/^(jscript|javascript)(\.encode)?$/i.test(name)) return "jscript";
  throw new UsageError(`There is no script engine "${name}"; there are VBScript and JScript`);
}

/** A `.wsh` file names a script, and how to run it; switches of the command line go before. */
async function fromSettings(
  file: string,
  options: HostOptions,
  session: SessionOptions,
): Promise<[path: string | undefined, options: HostOptions]> {
  const { parseWshSettings } = await import(
    new URL("../wsh/wsh_settings.ts", import.meta.url).href
  ) as typeof import("../wsh/wsh_settings.ts");
  const { createDriveMap } = await import(
    new URL("../jobs/session.ts", import.meta.url).href
  ) as typeof import("../jobs/session.ts");
  const { decodeScript } = await import(
    new URL("../wsh/source_text.ts", import.meta.url).href
  ) as typeof import("../wsh/source_text.ts");
  const settings = parseWshSettings(decodeScript(await Deno.readFile(file)));
  if (settings === undefined) {
    throw new UsageError(`"${file}" names no script: it needs Path= in [ScriptFile]`);
  }
  const isAbsolute = /^([a-z]:|[\\/])/i.test(settings.path);
  const folder = file.replace(/[\\/][^\\/]*$/, "");
  const path = isAbsolute ? settings.path : `${folder}/${settings.path}`;
  const native = createDriveMap(session).toNative(path);
  return [await existing(native), {
    ...options,
    batch: options.batch || (settings.batch ?? false),
    timeoutS: options.timeoutS || (settings.timeoutS ?? 0),
  }];
}

async function labelOf(codePage: string): Promise<string> {
  const { codePageLabel } = await import(
    new URL("../wsh/source_text.ts", import.meta.url).href
  ) as typeof import("../wsh/source_text.ts");
  return codePageLabel(codePage);
}

async function existing(script: string): Promise<string | undefined> {
  try {
    return await Deno.realPath(script);
  } catch (error) {
    // 123 is ERROR_INVALID_NAME: no file of Windows is called "/?".
    if (error instanceof Deno.errors.NotFound || /\(os error 123\)/.test(String(error))) return undefined;
    throw error;
  }
}
