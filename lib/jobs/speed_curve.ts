/** How fast a disc was written and read, place by place: collected from a burn's progress. @module */
import type { BurnProgress } from "../burn/mod.ts";
import { SECTOR_BYTES } from "../image/mod.ts";

/** The speed at one place. */
export interface SpeedPoint {
  /** The middle of a stretch of the disc. */
  readonly lba: number;
  readonly bytesPerSecond: number;
}

/** The part of progress that speeds come from. */
export type TimedProgress = Pick<
  BurnProgress,
  "action" | "startLba" | "sectorCount" | "lastWrittenLba" | "elapsedMs"
>;

const STRETCHES = 200;

/** Collects the speeds of one burn. However long it takes, no more than some hundred points are kept. */
export class SpeedCurve {
  readonly writing: SpeedPoint[] = [];
  readonly verifying: SpeedPoint[] = [];
  #action: BurnProgress["action"] | undefined;
  #fromLba = 0;
  #fromMs = 0;

  /** Takes what a burn tells; cheap enough for every command. */
  add({ action, startLba, sectorCount, lastWrittenLba, elapsedMs }: TimedProgress): void {
    if (elapsedMs === undefined || action !== "writing" && action !== "verifying") return;
    const lba = lastWrittenLba + 1;
    if (action !== this.#action || lba < this.#fromLba) {
      this.#action = action;
      this.#fromLba = startLba;
      this.#fromMs = elapsedMs;
    }
    const sectors = lba - this.#fromLba;
    const isWhole = sectors >= sectorCount / STRETCHES || lba >= startLba + sectorCount;
    const durationMs = elapsedMs - this.#fromMs;
    if (!isWhole || sectors <= 0 || durationMs <= 0) return;
    this[action].push({
      lba: this.#fromLba + sectors / 2,
      bytesPerSecond: sectors * SECTOR_BYTES / durationMs * 1000,
    });
    this.#fromLba = lba;
    this.#fromMs = elapsedMs;
  }
}
