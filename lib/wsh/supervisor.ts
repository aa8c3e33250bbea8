/**
 * The supervisor: runs a script on a thread of its own and keeps this one free.
 *
 * Everything that a script does blocks its thread: an endless loop, a sleep, a command that a drive takes a minute for.
 * So Ctrl-C and `//T` are heard here. They raise a flag in shared memory that the script's thread polls; it unwinds,
 * and on its way out a burn brings its disc into a safe state and unlocks the drive. A thread that does not react is
 * ended from here, and what it left open is given back from here.
 *
 * @module
 */
import { writeText } from "../platform/console.ts";
import { endingSignals, InterruptFlag } from "../platform/interrupt.ts";
import type { InputServer } from "../platform/input_bridge.ts";
import { startAskedThread } from "../platform/side_thread.ts";
import type { ScriptJob, WorkerMessage } from "./script_job.ts";

/** How long a thread that does no burning may take to unwind before it is ended from outside. */
const UNWIND_MS = 2000;
/** How often that is looked at. */
const LOOK_MS = 50;
/** Closing a disc takes minutes on real drives; a second Ctrl-C cuts it short. */
const CLEAN_UP_MS = 30 * 60_000;

/** Exit codes for ends from outside: 128 + the signal's number, as shells do. */
const SIGNAL_EXIT: Partial<Record<Deno.Signal, number>> = {
  SIGINT: 130,
  SIGBREAK: 130,
  SIGTERM: 143,
  SIGHUP: 129,
};

/** Runs a script to its end and returns the exit code of the process. */
export async function superviseScript(job: ScriptJob): Promise<number> {
  const interrupt = new InterruptFlag();
  const worker = new Worker(new URL("./script_worker.ts", import.meta.url), { type: "module" });
  const sideThreads: Worker[] = [];
  const ended = Promise.withResolvers<number>();
  let forcedExitCode: number | undefined;
  let deadline: ReturnType<typeof setTimeout> | undefined;
  let killer: ReturnType<typeof setInterval> | undefined;
  let input: InputServer | undefined;

  const kill = async (exitCode: number): Promise<void> => {
    // In this order: the library unloads with the last thread that has it, and its table of open drives with it.
    // Loaded here, because hardly any script ends so.
    const native = await import(new URL("../drive/native.ts", import.meta.url).href);
    (native as typeof import("../drive/native.ts")).releaseNativeDevices();
    worker.terminate();
    ended.resolve(exitCode);
  };
  const stop = (reason: "signal" | "timeout", exitCode: number): void => {
    if (forcedExitCode !== undefined) {
      if (reason === "signal") void kill(exitCode);
      return;
    }
    forcedExitCode = exitCode;
    interrupt.raise(reason);
    input?.stop();
    let givenMs = 0;
    killer = setInterval(() => {
      // Counted, not measured: a computer that stands still for a while gives the thread no time either.
      givenMs += LOOK_MS;
      if (givenMs < (interrupt.cleaningUp ? CLEAN_UP_MS : UNWIND_MS)) return;
      if (!job.batch) writeText("stderr", "The script did not end by itself and was ended from outside\n");
      clearInterval(killer);
      void kill(exitCode);
    }, LOOK_MS);
  };
  const limitTime = (timeoutS: number): void => {
    clearTimeout(deadline);
    if (timeoutS > 0) deadline = setTimeout(() => stop("timeout", 1), timeoutS * 1000);
  };

  const serveInput = async (buffer: SharedArrayBuffer): Promise<void> => {
    const url = new URL("../platform/input_bridge.ts", import.meta.url).href;
    const { InputServer } = await import(url) as typeof import("../platform/input_bridge.ts");
    input ??= new InputServer(interrupt);
    await input.serve(buffer);
  };

  const listeners = endingSignals().map((signal) => {
    const listener = (): void => stop("signal", SIGNAL_EXIT[signal] ?? 130);
    Deno.addSignalListener(signal, listener);
    return () => Deno.removeSignalListener(signal, listener);
  });
  worker.addEventListener("message", ({ data }: MessageEvent<WorkerMessage>) => {
    if (data.kind === "timeout") limitTime(data.timeoutS);
    else if (data.kind === "input") void serveInput(data.buffer);
    else if (data.kind === "thread") sideThreads.push(startAskedThread(data.start));
    else ended.resolve(forcedExitCode ?? data.exitCode);
  });
  worker.addEventListener("error", (event) => {
    event.preventDefault();
    writeText(
      "stderr",
      `Burnscript failed (this is a defect of Burnscript, not of the script): ${event.message}\n`,
    );
    void kill(1);
  });
  worker.postMessage({ job, interrupt: interrupt.cells.buffer });
  try {
    return await ended.promise;
  } finally {
    clearTimeout(deadline);
    clearInterval(killer);
    for (const remove of listeners) remove();
    for (const thread of [worker, ...sideThreads]) thread.terminate();
  }
}
