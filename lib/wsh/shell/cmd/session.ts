/** What a command line and all that it starts have in common: how it is ended. @module */
import type { Running } from "../running.ts";
import { Abandoned } from "./signals.ts";

/** How long commands run without letting anything else happen on their thread. */
const TURN_MS = 15;

/** How long a program has to end that was started too late. */
const PATIENCE_MS = 250;

/** A command line with its branches. */
export class Session {
  readonly #children = new Set<Running>();
  readonly #beside: Promise<unknown>[] = [];
  #isAborted = false;
  #turnEndMs = 0;

  get isAborted(): boolean {
    return this.#isAborted;
  }

  /** Waits for a program's end; until then it ends with the session. */
  async exitCodeOf(child: Running): Promise<number> {
    this.#children.add(child);
    if (this.#isAborted) void child.kill(PATIENCE_MS); // it was started while the others were ended
    try {
      return await child.exitCode;
    } finally {
      this.#children.delete(child);
    }
  }

  /** Lets something run beside the command line, which does not end before it. */
  goOnWith(work: Promise<unknown>): void {
    this.#beside.push(work);
  }

  /** Waits for all that runs beside. */
  async rest(): Promise<void> {
    for (let work; (work = this.#beside.shift()) !== undefined;) await work;
  }

  /** Ends what runs. */
  async kill(patienceMs: number): Promise<void> {
    this.#isAborted = true;
    await Promise.all([...this.#children].map((child) => child.kill(patienceMs)));
  }

  /**
   * Lets other things happen from time to time, such as the order to end. Every command and every round of a loop passes here,
   * so that none is endless and deaf. @throws Abandoned when the session shall end.
   */
  async breathe(): Promise<void> {
    if (performance.now() > this.#turnEndMs) {
      await new Promise((resolve) => setTimeout(resolve, 0));
      this.#turnEndMs = performance.now() + TURN_MS;
    }
    if (this.#isAborted) throw new Abandoned();
  }

  /** Waits, and stops waiting when the session shall end. */
  async wait(durationMs: number): Promise<void> {
    const endMs = performance.now() + durationMs;
    for (let leftMs = durationMs; leftMs > 0; leftMs = endMs - performance.now()) {
      await new Promise((resolve) => setTimeout(resolve, Math.min(leftMs, 50)));
      if (this.#isAborted) throw new Abandoned();
    }
  }
}
