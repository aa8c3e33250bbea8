/**
 * The shared flag that ends running work from outside.
 *
 * A script blocks its thread, so that no signal handler of that thread ever runs. The flag lies in shared memory: a
 * supervisor on another thread raises it, running code polls it (compiled loops, the runner of drive procedures), and a
 * sleeping script is woken by it.
 *
 * @module
 */
import { Interrupted } from "../automation/errors.ts";

const RAISED = 0;
const CLEANING_UP = 1;
const REASON = { 1: "signal", 2: "timeout" } as const;

/** One flag, seen by all threads that share its buffer. */
export class InterruptFlag {
  /** Element 0 is not 0 once somebody wants the work to end. */
  readonly cells: Int32Array<SharedArrayBuffer>;

  constructor(buffer: SharedArrayBuffer = new SharedArrayBuffer(8)) {
    this.cells = new Int32Array(buffer);
  }

  /** Asks the work to end. The first reason stays. */
  raise(reason: "signal" | "timeout"): void {
    Atomics.compareExchange(this.cells, RAISED, 0, reason === "signal" ? 1 : 2);
    Atomics.notify(this.cells, RAISED);
  }

  /** Whether somebody wants the work to end. */
  get raised(): boolean {
    return Atomics.load(this.cells, RAISED) !== 0;
  }

  /** Throws {@linkcode Interrupted} when the flag is raised. */
  check(): void {
    const reason = Atomics.load(this.cells, RAISED);
    if (reason === 1 || reason === 2) throw new Interrupted(REASON[reason]);
  }

  /** Said by the work while it brings a disc into a safe state, so that the supervisor waits longer. */
  set cleaningUp(value: boolean) {
    Atomics.store(this.cells, CLEANING_UP, value ? 1 : 0);
  }

  get cleaningUp(): boolean {
    return Atomics.load(this.cells, CLEANING_UP) !== 0;
  }

  /** Blocks the thread for that long, or until the flag is raised; does not throw. */
  sleep(durationMs: number): void {
    Atomics.wait(this.cells, RAISED, 0, Math.max(0, durationMs));
  }
}

/** A thread that turns Ctrl-C into a raised flag while this thread is blocked; dispose of it to get Ctrl-C back. */
export function listenForSignals(flag: InterruptFlag): Disposable {
  const worker = new Worker(new URL("./signal_worker.ts", import.meta.url), { type: "module" });
  worker.postMessage(flag.cells.buffer);
  return { [Symbol.dispose]: () => worker.terminate() };
}

/** The signals that end a program politely on this system. */
export function endingSignals(): Deno.Signal[] {
  return Deno.build.os === "windows" ? ["SIGINT", "SIGBREAK"] : ["SIGINT", "SIGTERM", "SIGHUP"];
}
