/** Progress of several burns at once: a line of all of them on a terminal, lines by recorder elsewhere, JSON for programs. @module */
import type { BurnProgress } from "../burn/mod.ts";
import { ProgressDisplay, type ProgressMode, type ProgressOutput } from "./progress_display.ts";

const BAR_INTERVAL_MS = 100;

/** Shows how far each recorder is. */
export class ProgressBoard {
  readonly #mode: ProgressMode;
  readonly #output: ProgressOutput;
  readonly #displays: Map<number, ProgressDisplay> = new Map();
  /** On a terminal: the last progress of each recorder that has not ended. */
  readonly #running: Map<number, BurnProgress> = new Map();
  #lastShownMs = -Infinity;
  #barShown = false;

  constructor(mode: ProgressMode, output: ProgressOutput) {
    this.#mode = mode;
    this.#output = output;
  }

  /** Shows how far one recorder is; cheap enough to be called for every command. */
  show(progress: BurnProgress, index: number): void {
    if (this.#mode === "bar") return this.#showBar(progress, index);
    let display = this.#displays.get(index);
    if (display === undefined) {
      const { write, json, nowMs } = this.#output;
      display = new ProgressDisplay(this.#mode, {
        write: (text) => write(`[${index}] ${text}`),
        json: (value) => json({ recorder: index, ...(value as object) }),
        nowMs,
      });
      this.#displays.set(index, display);
    }
    display.show(progress);
  }

  /** One recorder has ended; its line can follow. */
  end(index: number): void {
    this.#running.delete(index);
    this.finish();
  }

  /** Ends the bar's line, so that other text can follow. */
  finish(): void {
    if (this.#barShown) this.#output.write("\n");
    this.#barShown = false;
  }

  #showBar(progress: BurnProgress, index: number): void {
    this.#running.set(index, progress);
    const nowMs = this.#output.nowMs();
    if (nowMs - this.#lastShownMs < BAR_INTERVAL_MS) return;
    this.#lastShownMs = nowMs;
    const parts = [...this.#running].sort(([a], [b]) => a - b).map(([each, its]) =>
      `[${each}] ${summary(its)}`
    );
    this.#output.write(`\r${parts.join("  ")}\x1b[K`);
    this.#barShown = true;
  }
}

function summary({ action, startLba, lastWrittenLba, sectorCount }: BurnProgress): string {
  const done = Math.floor((lastWrittenLba - startLba + 1) / sectorCount * 100);
  if (action === "writing") return `${done} %`;
  if (action === "verifying") return `verified ${done} %`;
  return action === "finalizing" ? "closing" : "preparing";
}
