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
  /** How full the drive's own buffer is, 0 to 1, while writing; where the drive tells it, and only with a clock. */
  readonly driveBufferFraction?: number;
  /** How many sectors a second the kind of disc calls 1x. */
  readonly sectorsPerSecondAt1x?: number;
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
  readonly #sectorsPerSecondAt1x: number;
  readonly #now: (() => number) | undefined;
  readonly #beginMs: number;
  #action: BurnProgress["action"] = "validating";
  #actionBeginMs: number;
  /** As the drive told it last. */
  driveBufferFraction: number | undefined;
  /** When something was told last, by the clock; 0 without one. */
  toldMs = 0;

  constructor({ startLba, sectorCount, bufferBytes, sectorsPerSecondAt1x, now }: {
    startLba: number;
    sectorCount: number;
    bufferBytes: number;
    sectorsPerSecondAt1x: number;
    now: (() => number) | undefined;
  }) {
    this.#startLba = startLba;
    this.#sectorCount = sectorCount;
    this.#bufferBytes = bufferBytes;
    this.#sectorsPerSecondAt1x = sectorsPerSecondAt1x;
    this.#now = now;
    this.#beginMs = this.#actionBeginMs = now?.() ?? 0;
  }

  /** Reports `doneSectors` of an action, of the burn's start by default. */
  *tell(
    action: BurnProgress["action"],
    doneSectors = action === "completed" ? this.#sectorCount : 0,
  ): Procedure<void> {
    const nowMs = this.#now?.();
    this.toldMs = nowMs ?? 0;
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
      sectorsPerSecondAt1x: this.#sectorsPerSecondAt1x,
      ...(action === "writing" && this.driveBufferFraction !== undefined
        ? { driveBufferFraction: this.driveBufferFraction }
        : {}),
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
