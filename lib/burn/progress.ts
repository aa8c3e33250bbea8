/** What a burn tells while it runs. @module */
import type { Procedure } from "../mmc/request.ts";

/** IMAPI_FORMAT2_DATA_WRITE_ACTION by name. */
export const WRITE_ACTION = {
  validating: 0,
  formatting: 1,
  initializingHardware: 2,
  calibrating: 3,
  writing: 4,
  finalizing: 5,
  completed: 6,
  verifying: 7,
} as const satisfies Record<BurnProgress["action"], number>;

/** How far a burn is. */
export interface BurnProgress {
  /** What is being done. */
  readonly action:
    | "validating"
    | "formatting"
    | "initializingHardware"
    | "calibrating"
    | "writing"
    | "finalizing"
    | "completed"
    | "verifying";
  /** Where the data begins on the disc. */
  readonly startLba: number;
  /** Sectors of data, without padding. */
  readonly sectorCount: number;
  /** Last sector read from the source, as its place on the disc; −1 before the first. */
  readonly lastReadLba: number;
  /** Last sector written, or, while verifying, compared; one before the start before the first. */
  readonly lastWrittenLba: number;
  /** Size of the buffer between source and drive. */
  readonly totalSystemBufferBytes: number;
  /** How much of it is filled. */
  readonly usedSystemBufferBytes: number;
  /** Since the action before began; only with a clock. */
  readonly elapsedMs?: number;
  /** Estimated from what is done; only with a clock, and while writing or verifying. */
  readonly remainingMs?: number;
}

/** Keeps what does not change in a burn's progress, and tells the rest. */
export class ProgressTeller {
  readonly #startLba: number;
  readonly #sectorCount: number;
  readonly #bufferBytes: number;
  readonly #now: (() => number) | undefined;
  readonly #beginMs: number;
  #action: BurnProgress["action"] = "validating";
  #actionBeginMs: number;

  constructor({ startLba, sectorCount, bufferBytes, now }: {
    startLba: number;
    sectorCount: number;
    bufferBytes: number;
    now: (() => number) | undefined;
  }) {
    this.#startLba = startLba;
    this.#sectorCount = sectorCount;
    this.#bufferBytes = bufferBytes;
    this.#now = now;
    this.#beginMs = this.#actionBeginMs = now?.() ?? 0;
  }

  /** Reports `doneSectors` of an action, of the burn's start by default. */
  *tell(
    action: BurnProgress["action"],
    doneSectors = action === "completed" ? this.#sectorCount : 0,
  ): Procedure<void> {
    const nowMs = this.#now?.();
    if (action !== this.#action) {
      this.#action = action;
      this.#actionBeginMs = nowMs ?? 0;
    }
    const last = this.#startLba + Math.min(doneSectors, this.#sectorCount) - 1;
    const progress: BurnProgress = {
      action,
      startLba: this.#startLba,
      sectorCount: this.#sectorCount,
      lastReadLba: doneSectors === 0 ? -1 : last,
      lastWrittenLba: last,
      totalSystemBufferBytes: this.#bufferBytes,
      usedSystemBufferBytes: action === "writing" ? this.#bufferBytes : 0,
      ...(nowMs === undefined ? {} : this.#times(nowMs, doneSectors)),
    };
    yield { kind: "progress", progress };
  }

  #times(nowMs: number, doneSectors: number): { elapsedMs: number; remainingMs?: number } {
    const elapsedMs = nowMs - this.#beginMs;
    const isCounted = this.#action === "writing" || this.#action === "verifying";
    if (!isCounted || doneSectors === 0) return { elapsedMs };
    const left = Math.max(0, this.#sectorCount - doneSectors);
    return { elapsedMs, remainingMs: (nowMs - this.#actionBeginMs) / doneSectors * left };
  }
}
