/**
 * Modules that few scripts need, loaded before such a script runs: while it runs its thread is blocked.
 *
 * They are named by a URL, because Deno reads and parses at the start whatever a string in `import()` names.
 *
 * @module
 */
import type { Variant } from "../automation/variant.ts";
import type { LogFile } from "../platform/log_file.ts";
import type { Dialogs } from "./dialogs.ts";
import type { OpenResources } from "./open_resources.ts";
import type { ScriptControl } from "./run_script.ts";
import type { ScriptJob } from "./script_job.ts";
import type { ScriptOutput } from "./script_output.ts";
import type { ScriptProgram } from "./script_program.ts";
import type { ReadInput, StandardStreams } from "./standard_streams.ts";

/** Logs what this thread prints. */
export async function openLog(path: string): Promise<LogFile> {
  const { startLog } = await import(
    new URL("../platform/log_file.ts", import.meta.url).href
  ) as typeof import("../platform/log_file.ts");
  return startLog(path);
}

/** Standard input, by way of the supervisor. */
export async function openInput(control: ScriptControl): Promise<ReadInput> {
  const { BlockingInput } = await import(
    new URL("../platform/input_bridge.ts", import.meta.url).href
  ) as typeof import("../platform/input_bridge.ts");
  const input = new BlockingInput(control.interrupt, (buffer) => control.askForInput(buffer));
  return (target, timeoutMs) => input.read(target, timeoutMs);
}

/** `WScript.StdIn`, `StdOut` and `StdErr`. */
export async function openStreams(
  read: ReadInput,
  { output, resources }: { readonly output: ScriptOutput; readonly resources: OpenResources },
): Promise<StandardStreams> {
  const { StandardStreams } = await import(
    new URL("./standard_streams.ts", import.meta.url).href
  ) as typeof import("./standard_streams.ts");
  return new StandardStreams(output, read, resources);
}

/** MsgBox, InputBox and Popup. */
export async function openDialogs(
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

/** Reads a script file that is more than one text of VBScript. */
export async function openProgram(job: ScriptJob): Promise<ScriptProgram> {
  const { loadProgram } = await import(
    new URL("./script_program.ts", import.meta.url).href
  ) as typeof import("./script_program.ts");
  return await loadProgram(job);
}

/** JScript. */
export async function openJScript(): Promise<typeof import("./jscript/host.ts")> {
  return await import(new URL("./jscript/host.ts", import.meta.url).href);
}

/** What `.wsf` files declare. */
export async function openJobHost(): Promise<typeof import("./wsf_host.ts")> {
  return await import(new URL("./wsf_host.ts", import.meta.url).href);
}

/** How a script is used. */
export async function openUsage(): Promise<typeof import("./usage.ts")> {
  return await import(new URL("./usage.ts", import.meta.url).href);
}

/** XML documents. */
export async function openXml(): Promise<typeof import("./xml/mod.ts")> {
  return await import(new URL("./xml/mod.ts", import.meta.url).href);
}

/** `Shell.Application`. */
export async function openExplorer(): Promise<typeof import("./explorer/mod.ts")> {
  return await import(new URL("./explorer/mod.ts", import.meta.url).href);
}

/** What GetObject does. */
export async function openGetObject(): Promise<typeof import("./get_object.ts")> {
  return await import(new URL("./get_object.ts", import.meta.url).href);
}

/** Objects of `.wsc` files. */
export async function openComponents(): Promise<typeof import("./scriptlet/component.ts")> {
  return await import(new URL("./scriptlet/component.ts", import.meta.url).href);
}
