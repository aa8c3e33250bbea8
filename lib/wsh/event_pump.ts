/** Events that come from outside of a script, which reach it while it sleeps. @module */
import type { InterruptFlag } from "../platform/interrupt.ts";

const POLL_MS = 10;

/** What a script waits for beside its sleep. */
export class EventPump {
  readonly #sources = new Set<() => boolean>();

  /** Adds a source that fires what has come when it is called, and is true while more may come. */
  add(source: () => boolean): void {
    this.#sources.add(source);
  }

  /**
   * Sleeps, and lets the sources fire meanwhile, at its beginning and end too. An event's handler may sleep in turn.
   *
   * @throws Interrupted when the script shall end, and what handlers throw.
   */
  sleep(durationMs: number, interrupt: InterruptFlag): void {
    const endMs = performance.now() + durationMs;
    for (;;) {
      for (const source of [...this.#sources]) if (!source()) this.#sources.delete(source);
      const leftMs = endMs - performance.now();
      if (leftMs <= 0) return interrupt.check();
      interrupt.sleep(this.#sources.size === 0 ? leftMs : Math.min(leftMs, POLL_MS));
      interrupt.check();
    }
  }
}
