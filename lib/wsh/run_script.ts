/** Runs one script on this thread, from its file to its exit code. @module */
import { AutomationError, Interrupted } from "../automation/errors.ts";
import type { Variant } from "../automation/variant.ts";
import { ProgIdTable } from "../automation/progids.ts";
import { ProgressDisplay } from "../jobs/progress_display.ts";
import { createDriveMap } from "../jobs/session.ts";
import { EXIT_BROKEN_PIPE, OutputClosed, unwindOnBrokenPipe, writeText } from "../platform/console.ts";
import type { LogFile } from "../platform/log_file.ts";
import type { InterruptFlag } from "../platform/interrupt.ts";
import { exitCodeOf } from "../jobs/exit_codes.ts";
import { VbsEngine } from "../vbscript/engine.ts";
import { VbsError } from "../vbscript/errors.ts";
import { OpenResources } from "./open_resources.ts";
import type { ScriptJob } from "./script_job.ts";
import { ScriptOutput } from "./script_output.ts";
import type { Dialogs } from "./dialogs.ts";
import type { ReadInput, StandardStreams } from "./standard_streams.ts";
import { decodeScript } from "./source_text.ts";
import { TextOrigins } from "./text_origins.ts";
import { ScriptExit, WScript } from "./wscript.ts";

/**
 * A script without these words creates no objects, and starts without their modules, in half the time. (Modules cannot
 * be loaded later: while a script runs its thread is blocked. They are named by a URL, because Deno reads and parses
 * at the start whatever a string in `import()` names.)
 */
const MAY_CREATE_OBJECTS = /createobject|getobject|execute|eval/i;
/** The same for the standard streams, and for the dialogs. */
const MAY_USE_STREAMS = /std(in|out|err)|getstandardstream|execute|eval/i;
const MAY_ASK = /msgbox|inputbox|popup|execute|eval/i;

/** What ties the script's thread to its supervisor. */
export interface ScriptControl {
  readonly interrupt: InterruptFlag;
  /** Tells the supervisor that `WScript.Timeout` was set. */
  setTimeoutS(timeoutS: number): void;
  /** Asks the supervisor to read standard input. */
  askForInput(buffer: SharedArrayBuffer): void;
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
  let exitCode: number;
  try {
    exitCode = await runToEnd(job, control, { display, output, resources });
  } catch (error) {
    if (!(error instanceof OutputClosed)) throw error;
    exitCode = EXIT_BROKEN_PIPE;
  }
  // However the script ended, what it wrote reaches its files.
  for (const failure of resources.closeAll()) {
    if (failure instanceof OutputClosed) continue;
    output.error(failure instanceof Error ? failure.message : String(failure));
    exitCode ||= 1;
  }
  log?.close();
  return exitCode;
}

/** What one run has beside its script. */
interface RunParts {
  readonly display: ProgressDisplay;
  readonly output: ScriptOutput;
  readonly resources: OpenResources;
}

async function runToEnd(job: ScriptJob, control: ScriptControl, parts: RunParts): Promise<number> {
  const { display, output, resources } = parts;
  let source: string;
  try {
    source = decodeScript(await Deno.readFile(job.path));
  } catch (error) {
    output.error(`Cannot read the script "${job.path}": ${(error as Error).message}`);
    return 1;
  }
  const { interrupt } = control;
  const origins = new TextOrigins();
  const input = MAY_USE_STREAMS.test(source) || MAY_ASK.test(source) ? await openInput(control) : undefined;
  const streams = MAY_USE_STREAMS.test(source) ? await openStreams(input!, parts) : undefined;
  const dialogs = MAY_ASK.test(source) ? await openDialogs(input!, job, output) : undefined;
  const objects = MAY_CREATE_OBJECTS.test(source)
    ? await import(new URL("./objects.ts", import.meta.url).href) as typeof import("./objects.ts")
    : undefined;
  const progIds = objects?.createProgIds({
    session: job.session,
    verify: job.verify,
    interrupt,
    resources,
    origins,
    ...(streams === undefined ? {} : { standardChannels: streams }),
    ...(dialogs === undefined ? {} : { dialogs: dialogs.dialogs }),
    onProgress: (progress) => display.show(progress),
  }) ?? new ProgIdTable();
  using engine = new VbsEngine({
    interrupt: interrupt.cells,
    onInterrupt: () => {
      interrupt.check();
      throw new Interrupted("signal");
    },
    createObject: (progId) => progIds.create(progId),
    pathOf: (code) => origins.pathOf(code),
  });
  let timeoutS = job.timeoutS;
  engine.addObject(
    "WScript",
    new WScript({
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
      createObject: (progId) => progIds.create(progId),
      standardStream: (which) => streams!.stream(which),
      echo: (line) => output.echo(line),
      sleep: (durationMs) => {
        interrupt.sleep(durationMs);
        interrupt.check();
      },
      quit: (exitCode) => {
        throw new ScriptExit(exitCode);
      },
      callIfDefined: (name, args) => {
        if (engine.hasProcedure(name)) engine.call(name, args);
      },
    }),
  );
  for (const [name, call] of Object.entries(dialogs?.functions ?? {})) engine.addFunction(name, call);
  try {
    engine.run(source, { path: job.path });
    return 0;
  } catch (error) {
    display.finish();
    return explain(error, job, output);
  } finally {
    display.finish();
    interrupt.cleaningUp = false;
  }
}

async function openLog(path: string): Promise<LogFile> {
  const { startLog } = await import(
    new URL("../platform/log_file.ts", import.meta.url).href
  ) as typeof import("../platform/log_file.ts");
  return startLog(path);
}

async function openInput(control: ScriptControl): Promise<ReadInput> {
  const { BlockingInput } = await import(
    new URL("../platform/input_bridge.ts", import.meta.url).href
  ) as typeof import("../platform/input_bridge.ts");
  const input = new BlockingInput(control.interrupt, (buffer) => control.askForInput(buffer));
  return (target, timeoutMs) => input.read(target, timeoutMs);
}

async function openStreams(read: ReadInput, { output, resources }: RunParts): Promise<StandardStreams> {
  const { StandardStreams } = await import(
    new URL("./standard_streams.ts", import.meta.url).href
  ) as typeof import("./standard_streams.ts");
  return new StandardStreams(output, read, resources);
}

async function openDialogs(
  read: ReadInput,
  job: ScriptJob,
  output: ScriptOutput,
): Promise<{ dialogs: Dialogs; functions: Readonly<Record<string, (...args: Variant[]) => Variant>> }> {
  const { Dialogs, dialogFunctions, LineReader } = await import(
    new URL("./dialogs.ts", import.meta.url).href
  ) as typeof import("./dialogs.ts");
  const nowMs = (): number => performance.now();
  const lines = new LineReader(read, nowMs);
  const dialogs = new Dialogs({
    policy: job.dialogs,
    // Programs that read JSON lines answer no questions.
    isTerminal: !job.json && Deno.stdin.isTerminal() && Deno.stderr.isTerminal(),
    get interactive() {
      return output.interactive;
    },
    show: (text, details) => output.dialog(text, details),
    readLine: (timeoutMs) => lines.readLine(timeoutMs),
    nowMs,
  });
  return { dialogs, functions: dialogFunctions(dialogs) };
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
