/** Runs one script on this thread, from its file to its exit code. @module */
import { AutomationError, Interrupted } from "../automation/errors.ts";
import type { AutomationObject } from "../automation/variant.ts";
import { ProgIdTable } from "../automation/progids.ts";
import { ProgressDisplay } from "../jobs/progress_display.ts";
import { createDriveMap } from "../jobs/session.ts";
import { EXIT_BROKEN_PIPE, OutputClosed, unwindOnBrokenPipe, writeText } from "../platform/console.ts";
import type { InterruptFlag } from "../platform/interrupt.ts";
import { exitCodeOf } from "../jobs/exit_codes.ts";
import { VbsEngine } from "../vbscript/engine.ts";
import { VbsError } from "../vbscript/errors.ts";
import { EventPump } from "./event_pump.ts";
import {
  openComponents,
  openDialogs,
  openExplorer,
  openGetObject,
  openInput,
  openJobHost,
  openJScript,
  openLog,
  openProgram,
  openStreams,
  openUsage,
  openXml,
} from "./late_modules.ts";
import { OpenResources } from "./open_resources.ts";
import type { JScriptHost } from "./jscript/host.ts";
import type { ScriptJob } from "./script_job.ts";
import { ScriptOutput } from "./script_output.ts";
import type { ScriptProgram } from "./script_program.ts";
import { decodeScript } from "./source_text.ts";
import { TextOrigins } from "./text_origins.ts";
import { ScriptExit, WScript } from "./wscript.ts";

/**
 * A script without these words creates no objects, and starts without their modules, in half the time. (Modules cannot
 * be loaded later: while a script runs its thread is blocked. They are named by a URL, because Deno reads and parses
 * at the start whatever a string in `import()` names.)
 */
const MAY_CREATE_OBJECTS = /createobject|getobject|execute|eval/i;
/** The same for the standard streams, the dialogs, XML documents, and the usage of a script. */
const MAY_USE_STREAMS = /std(in|out|err)|getstandardstream|execute|eval/i;
const MAY_ASK = /msgbox|inputbox|popup|browseforfolder|copyhere|movehere|execute|eval/i;
const MAY_USE_XML = /xml|new:|execute|eval/i;
const MAY_USE_EXPLORER = /shell\.application|new:|execute|eval/i;
const MAY_SHOW_USAGE = /showusage|execute|eval/i;
/** In JScript words may be spelt otherwise. */
const MAY_HIDE_WORDS = /fromcharcode|unescape|\\[xu]/i;
/** And for objects of `.wsc` files, which may need any of these. */
const MAY_USE_COMPONENTS = /script:/i;

/** What ties the script's thread to its supervisor. */
export interface ScriptControl {
  readonly interrupt: InterruptFlag;
  /** Tells the supervisor how long the script may run from now on; 0 for ever. */
  setTimeoutS(timeoutS: number): void;
  /** Asks the supervisor to read standard input. */
  askForInput(buffer: SharedArrayBuffer): void;
  /** Ends the script where it is; nothing of it can hold that. */
  endNow(exitCode: number): never;
}

/**
 * Runs a script to its end and returns its exit code: `WScript.Quit`'s, 0 at the end of the script, or that of the
 * error that stopped it. Messages go to standard error.
 */
export async function runScript(job: ScriptJob, control: ScriptControl): Promise<number> {
  unwindOnBrokenPipe();
  const log = job.log === undefined ? undefined : await openLog(job.log);
  const display = createProgressDisplay(job);
  const output = new ScriptOutput(job, display);
  const resources = new OpenResources();
  // However the script ended, what it wrote reaches its files.
  const close = (exitCode: number): number => {
    const failures = resources.closeAll().filter((failure) => !(failure instanceof OutputClosed));
    try {
      display.finish();
      for (const failure of failures) {
        output.error(failure instanceof Error ? failure.message : String(failure));
      }
    } catch (error) {
      if (!(error instanceof OutputClosed)) throw error;
    }
    log?.close();
    return exitCode || (failures.length > 0 ? 1 : 0);
  };
  const closing: ScriptControl = { ...control, endNow: (exitCode) => control.endNow(close(exitCode)) };
  let exitCode: number;
  try {
    exitCode = await runToEnd(job, closing, { display, output, resources });
  } catch (error) {
    if (!(error instanceof OutputClosed)) throw error;
    exitCode = EXIT_BROKEN_PIPE;
  }
  return close(exitCode);
}

/** What one run has beside its script. */
interface RunParts {
  readonly display: ProgressDisplay;
  readonly output: ScriptOutput;
  readonly resources: OpenResources;
}

async function runToEnd(job: ScriptJob, control: ScriptControl, parts: RunParts): Promise<number> {
  const { display, output } = parts;
  let program: ScriptProgram;
  try {
    program = await readProgram(job);
  } catch (error) {
    const { name, message } = error as Error;
    output.error(name === "ProgramError" ? message : `Cannot read the script "${job.path}": ${message}`);
    return 1;
  }
  if (program.job?.runtime !== undefined && job.args.includes("/?")) {
    output.echo((await openUsage()).usageText(scriptName(job), program.job.runtime));
    return 0;
  }
  const { interrupt } = control;
  try {
    await runProgram(program, job, control, parts);
    return 0;
  } catch (error) {
    display.finish();
    return explain(error, job, output);
  } finally {
    display.finish();
    interrupt.cleaningUp = false;
  }
}

/** Most script files are one text of VBScript, and need no more than this. */
async function readProgram(job: ScriptJob): Promise<ScriptProgram> {
  const { path, codePage } = job;
  if (!/\.vbs$/i.test(path) || job.engine === "jscript") return await openProgram(job);
  const source = decodeScript(await Deno.readFile(path), codePage);
  if (source.startsWith("#@~^")) return await openProgram(job);
  return { parts: [{ language: "vbscript", source, path }], job: undefined };
}

async function runProgram(
  program: ScriptProgram,
  job: ScriptJob,
  control: ScriptControl,
  { display, output, resources }: RunParts,
): Promise<void> {
  const { interrupt } = control;
  const usesJScript = program.parts.some(({ language }) => language === "jscript");
  const names = (words: RegExp): boolean => program.parts.some(({ source }) => words.test(source));
  const usesComponents = names(MAY_USE_COMPONENTS);
  // What JScript will ask for cannot be told from its text, nor what components will.
  const mayUse = (words: RegExp): boolean => usesJScript || usesComponents || names(words);
  const input = mayUse(MAY_USE_STREAMS) || mayUse(MAY_ASK) ? await openInput(control) : undefined;
  const streams = mayUse(MAY_USE_STREAMS) ? await openStreams(input!, { output, resources }) : undefined;
  const dialogs = mayUse(MAY_ASK) ? await openDialogs(input!, job, output) : undefined;
  const origins = new TextOrigins();
  const events = new EventPump();
  const objects = mayUse(MAY_CREATE_OBJECTS) || (program.job?.objects.length ?? 0) > 0
    ? await import(new URL("./objects.ts", import.meta.url).href) as typeof import("./objects.ts")
    : undefined;
  const finder = objects === undefined ? undefined : await openGetObject();
  const mayCreate = (pattern: RegExp): boolean =>
    objects !== undefined &&
    (usesComponents || names(pattern) || (usesJScript && names(MAY_HIDE_WORDS)) ||
      (program.job?.objects.some(({ progId }) => progId === undefined || pattern.test(progId)) ?? false));
  const xml = mayCreate(MAY_USE_XML) ? await openXml() : undefined;
  const explorer = mayCreate(MAY_USE_EXPLORER) ? await openExplorer() : undefined;
  const progIds = objects?.createProgIds({
    session: job.session,
    verify: job.verify,
    interrupt,
    resources,
    origins,
    events,
    ...(streams === undefined ? {} : { standardChannels: streams }),
    ...(xml === undefined ? {} : { xml }),
    ...(explorer === undefined ? {} : { explorer }),
    ...(dialogs === undefined ? {} : { dialogs: dialogs.dialogs }),
    showsPrograms: !job.json, // they know nothing of JSON lines
    onProgress: (progress) => display.show(progress),
    onNote: (message) => {
      display.finish();
      display.output.write(`${message}\n`);
    },
  }) ?? new ProgIdTable();
  const getObject = (path: string, progId: string | undefined): AutomationObject =>
    finder!.getObject(path, progId, { progIds, components });
  const createObject = (progId: string): AutomationObject => progIds.create(progId);
  const newEngine = (): VbsEngine => {
    const engine = new VbsEngine({
      interrupt: interrupt.cells,
      onInterrupt: () => {
        interrupt.check();
        throw new Interrupted("signal");
      },
      createObject,
      getObject,
      pathOf: (code) => origins.pathOf(code),
    });
    for (const [name, call] of Object.entries(dialogs?.functions ?? {})) engine.addFunction(name, call);
    return engine;
  };
  const jscriptModule = usesJScript || usesComponents ? await openJScript() : undefined;
  const newJScript = (): JScriptHost =>
    new jscriptModule!.JScriptHost({ interrupt, createObject, getObject });
  using components = usesComponents
    ? new (await openComponents()).ScriptComponents({
      progIds,
      job,
      toNative: (path) => createDriveMap(job.session).toNative(path),
      newEngine,
      newJScript,
    })
    : undefined;
  using engine = newEngine();
  const jscript = usesJScript ? newJScript() : undefined;
  const usage = mayUse(MAY_SHOW_USAGE) ? await openUsage() : undefined;
  let timeoutS = job.timeoutS;
  let ending = false;
  const wscript = new WScript({
    scriptFullName: createDriveMap(job.session).toScript(job.path),
    args: job.args,
    get interactive() {
      return output.interactive;
    },
    set interactive(value) {
      output.interactive = value;
    },
    get timeoutS() {
      return timeoutS;
    },
    set timeoutS(value) {
      timeoutS = value;
      control.setTimeoutS(value);
    },
    createObject,
    getObject,
    standardStream: (which) => streams!.stream(which),
    showUsage: () => output.echo(usage!.usageText(scriptName(job), program.job?.runtime)),
    echo: (line) => output.echo(line),
    sleep: (durationMs) => events.sleep(durationMs, interrupt),
    quit: (exitCode) => {
      if (jscript === undefined) throw new ScriptExit(exitCode);
      // A `catch` of newer JavaScript would hold what unwinds the script: its last objects are let go of here.
      const isEnding = ending;
      ending = true;
      try {
        if (!isEnding) {
          engine[Symbol.dispose]();
          components?.[Symbol.dispose]();
        }
      } finally {
        control.endNow(exitCode);
      }
    },
    callIfDefined: (name, args) => {
      if (engine.hasProcedure(name)) engine.call(name, args);
      else if (jscript?.hasProcedure(name)) jscript.call(name, args);
    },
  });
  for (const host of jscript === undefined ? [engine] : [engine, jscript]) {
    host.addObject("WScript", wscript);
    host.addObject("WSH", wscript);
  }
  // From here on: a computer that loads Burnscript slowly takes nothing of the script's time.
  if (timeoutS > 0) control.setTimeoutS(timeoutS);
  if (program.job === undefined && jscript === undefined) {
    const { source, path } = program.parts[0]!;
    engine.run(source, { path });
    return;
  }
  (await openJobHost()).runJob(program, {
    engine,
    jscript,
    progIds,
    path: job.path,
    connect: (object, prefix) => wscript.ConnectObject(object, prefix),
  });
}

function scriptName({ path }: ScriptJob): string {
  return path.replace(/^.*[\\/]/s, "");
}

/** Says what ended the script and returns the exit code. */
function explain(error: unknown, job: ScriptJob, output: ScriptOutput): number {
  const report = (message: string, details?: object): void => output.error(message, details);
  if (error instanceof ScriptExit) return error.exitCode;
  if (error instanceof Interrupted) {
    const left = error.cause instanceof Error ? `\n${error.cause.message}` : "";
    report(
      error.reason === "timeout"
        ? `Script execution time was exceeded on script "${job.path}".\nScript execution was terminated.${left}`
        : `Interrupted${left}`,
    );
    return error.reason === "timeout" ? 1 : 130;
  }
  if (error instanceof VbsError) {
    report(error.explain(), {
      number: error.number,
      source: error.source,
      message: error.message,
      path: error.path,
      line: error.line,
      column: error.column,
      ...(error.suggestion === "" ? {} : { suggestion: error.suggestion }),
      ...(error.callStack.length > 1 ? { calls: error.callStack } : {}),
    });
    return job.compatExit ? 0 : exitCodeOf(error);
  }
  if ((error as Error).name === "ProgramError") {
    report((error as Error).message);
    return 1;
  }
  if (error instanceof AutomationError) {
    report(error.message, { number: error.number });
    return job.compatExit ? 0 : exitCodeOf(error);
  }
  throw error;
}

function createProgressDisplay(job: ScriptJob): ProgressDisplay {
  return new ProgressDisplay(job.progress, {
    write: (text) => writeText("stderr", text),
    json: (value) => writeText("stdout", `${JSON.stringify(value)}\n`),
    nowMs: () => performance.now(),
  });
}
