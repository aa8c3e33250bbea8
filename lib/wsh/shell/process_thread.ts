/**
 * The thread that a script's processes live on.
 *
 * The script's own thread is blocked in whatever it does, so that nothing there could read a pipe. This one reads them all
 * the time, and answers through shared memory. It also hears that the script shall end, and ends the processes.
 *
 * @module
 */
import { InterruptFlag } from "../../platform/interrupt.ts";
import { serveThread } from "../../platform/side_thread.ts";
import { startCommand } from "./cmd/start.ts";
import {
  ANSWER_BYTES_MAX,
  ANSWER_CELL,
  ANSWER_OFFSET,
  type NumberedRequest,
  type ProcessAnswer,
  type ProcessFailure,
  type ProcessRequest,
  type ProcessThreadStart,
  type StartSpec,
} from "./process_protocol.ts";
import { type Running, startProgram } from "./running.ts";

/** How often the flag is looked at while something runs. */
const POLL_MS = 40;
/** A script's thread has 2 s to unwind; its processes have less. */
const INTERRUPT_PATIENCE_MS = 500;
/** `Terminate` of Windows waits that long for the windows of a program to close. */
const TERMINATE_PATIENCE_MS = 2000;

interface Entry {
  readonly running: Running;
  readonly isDetached: boolean;
  exitCode: number | undefined;
}

const entries = new Map<number, Entry>();
let answers: Int32Array;
let answerBytes: Uint8Array;
let interrupt: InterruptFlag;
let watch: ReturnType<typeof setInterval> | undefined;

serveThread((message: ProcessThreadStart | NumberedRequest) => {
  if ("answers" in message) {
    answers = new Int32Array(message.answers, 0, ANSWER_OFFSET / 4);
    answerBytes = new Uint8Array(message.answers, ANSWER_OFFSET);
    interrupt = new InterruptFlag(message.interrupt);
  } else void serve(message);
});

async function serve({ sequence, request }: NumberedRequest): Promise<void> {
  const answer = await answerTo(request).catch((error): ProcessAnswer => (
    { kind: "failed", code: failureOf(error), message: (error as Error).message.slice(0, 10_000) }
  ));
  const isStream = answer instanceof Uint8Array;
  const bytes = isStream ? answer : new TextEncoder().encode(JSON.stringify(answer));
  answerBytes.set(bytes);
  Atomics.store(answers, ANSWER_CELL.isStream, isStream ? 1 : 0);
  Atomics.store(answers, ANSWER_CELL.length, bytes.length);
  Atomics.store(answers, ANSWER_CELL.sequence, sequence);
  Atomics.notify(answers, ANSWER_CELL.sequence);
}

function failureOf(error: unknown): ProcessFailure {
  if (error instanceof Deno.errors.NotCapable) return "not permitted";
  if (error instanceof Deno.errors.NotFound) return "not found";
  if (error instanceof Deno.errors.PermissionDenied) return "denied";
  const { code } = error as { code?: string };
  return code === "ENOEXEC" ? "no program" : "other";
}

async function answerTo(request: ProcessRequest): Promise<ProcessAnswer | Uint8Array> {
  if (request.kind === "start") return start(request.id, request.spec);
  if (request.kind === "endAll") {
    await endAll();
    return { kind: "done" };
  }
  if (request.kind === "finishAll") {
    const left = [...entries.values()].filter(({ isDetached, exitCode }) =>
      !isDetached && exitCode === undefined
    );
    await Promise.all(left.map(({ running }) => running.finish()));
    return { kind: "done" };
  }
  const entry = entries.get(request.id)!;
  const { running } = entry;
  switch (request.kind) {
    case "wait":
      return { kind: "status", exitCode: await running.exitCode };
    case "status":
      await Promise.resolve();
      return { kind: "status", exitCode: entry.exitCode };
    case "read":
      return await running[request.stream]?.read(Math.min(request.bytesMax, ANSWER_BYTES_MAX)) ??
        new Uint8Array();
    case "write":
      if (!running.write(request.bytes)) {
        return { kind: "failed", code: "broken pipe", message: "The program reads no more" };
      }
      return { kind: "done" };
    case "closeInput":
      running.closeInput();
      return { kind: "done" };
    case "kill":
      await running.kill(TERMINATE_PATIENCE_MS);
      return { kind: "done" };
  }
}

function start(id: number, spec: StartSpec): ProcessAnswer {
  const running = spec.kind === "program" ? startProgram(spec) : startCommand(spec);
  const entry: Entry = {
    running,
    isDetached: spec.kind === "program" && spec.detached === true,
    exitCode: undefined,
  };
  entries.set(id, entry);
  watch ??= setInterval(endWhenInterrupted, POLL_MS);
  running.exitCode.then((exitCode) => {
    entry.exitCode = exitCode;
    if ([...entries.values()].every((other) => other.exitCode !== undefined)) {
      clearInterval(watch);
      watch = undefined;
    }
  });
  return { kind: "started", pid: running.pid };
}

function endWhenInterrupted(): void {
  if (!interrupt.raised) return;
  clearInterval(watch);
  void endAll();
}

/** Ends everything that is not meant to go on. */
async function endAll(): Promise<void> {
  const left = [...entries.values()].filter(({ isDetached, exitCode }) =>
    !isDetached && exitCode === undefined
  );
  await Promise.all(left.map(({ running }) => running.kill(INTERRUPT_PATIENCE_MS)));
}
