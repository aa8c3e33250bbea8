/** Progress for people: a bar on a terminal, plain lines elsewhere, JSON lines for programs. @module */
import type { BurnProgress } from "../burn/mod.ts";
import { bytesText } from "./words.ts";

/** How progress is shown. */
export type ProgressMode = "bar" | "lines" | "json" | "none";

/** Where the lines go. */
export interface ProgressOutput {
  /** Text for a person, without regard to lines: the bar rewrites its own. */
  write(text: string): void;
  /** One JSON object. */
  json(value: unknown): void;
  nowMs(): number;
}

const ACTION_WORDS: Record<BurnProgress["action"], string> = {
  validating: "Checking the disc",
  formatting: "Formatting",
  initializingHardware: "Preparing the drive",
  calibrating: "Calibrating the laser",
  writing: "Writing",
  finalizing: "Closing",
  completed: "Done",
  verifying: "Verifying",
};

const BAR_CELLS = 30;
const BAR_INTERVAL_MS = 100;
const JSON_INTERVAL_MS = 500;

/** Shows the progress of one piece of work after another. */
export class ProgressDisplay {
  #action: BurnProgress["action"] | undefined;
  #actionStartMs = 0;
  #lastShownMs = -Infinity;
  #lastTenth = 0;
  #barShown = false;

  constructor(readonly mode: ProgressMode, readonly output: ProgressOutput) {}

  /** Shows how far it is; cheap enough to be called for every command. */
  show(progress: BurnProgress): void {
    if (this.mode === "none") return;
    const nowMs = this.output.nowMs();
    const changed = progress.action !== this.#action;
    if (changed) {
      this.finish();
      this.#action = progress.action;
      this.#actionStartMs = nowMs;
      this.#lastTenth = 0;
    }
    const counted = progress.action === "writing" || progress.action === "verifying";
    const done = counted && progress.sectorCount > 0
      ? Math.min(1, Math.max(0, (progress.lastWrittenLba - progress.startLba + 1) / progress.sectorCount))
      : undefined;
    if (this.mode === "json") return this.#json(progress, done, changed || done === 1, nowMs);
    if (progress.action === "completed") return;
    const words = ACTION_WORDS[progress.action];
    if (done === undefined) {
      if (changed) this.output.write(this.mode === "bar" ? `${words} …` : `${words}\n`);
      this.#barShown = this.mode === "bar";
      return;
    }
    const figures = this.#figures(progress, done, nowMs);
    if (this.mode === "bar") {
      if (!changed && done < 1 && nowMs - this.#lastShownMs < BAR_INTERVAL_MS) return;
      this.#lastShownMs = nowMs;
      const full = Math.round(done * BAR_CELLS);
      const bar = "█".repeat(full) + "░".repeat(BAR_CELLS - full);
      this.output.write(`\r${words.padEnd(10)}${bar} ${figures}\x1b[K`);
      this.#barShown = true;
    } else {
      const tenth = Math.floor(done * 10);
      if (tenth > this.#lastTenth) this.output.write(`${words} ${figures}\n`);
      this.#lastTenth = Math.max(tenth, this.#lastTenth);
    }
  }

  /** Ends a bar's line, so that other text can follow. */
  finish(): void {
    if (this.#barShown) this.output.write("\n");
    this.#barShown = false;
  }

  #figures(progress: BurnProgress, done: number, nowMs: number): string {
    const { sectorCount, driveBufferFraction } = progress;
    const totalMb = sectorCount * 2048 / 1e6;
    const seconds = (nowMs - this.#actionStartMs) / 1000;
    const times = timesOf(progress, done, seconds);
    const factor = times === undefined ? "" : ` (${formatNumber(times)}x)`;
    const isSmall = totalMb < 1;
    const perSecond = totalMb * done / seconds;
    const speed = isSmall ? bytesText(Math.round(perSecond * 1e6)) : `${formatNumber(perSecond)} MB`;
    const rate = seconds > 0.2 ? `, ${speed}/s${factor}` : "";
    const buffer = driveBufferFraction === undefined
      ? ""
      : `, buffer ${Math.round(driveBufferFraction * 100)} %`;
    const left = seconds > 1 && done > 0 && done < 1 ? `, ${duration(seconds * (1 - done) / done)} left` : "";
    const percent = `${Math.floor(done * 100)} %`.padStart(5);
    const amount = isSmall
      ? `${bytesText(Math.round(totalMb * done * 1e6))} of ${bytesText(Math.round(totalMb * 1e6))}`
      : `${formatNumber(totalMb * done)} of ${formatNumber(totalMb)} MB`;
    return `${percent}  ${amount}${rate}${buffer}${left}`;
  }

  #json(progress: BurnProgress, done: number | undefined, always: boolean, nowMs: number): void {
    if (!always && nowMs - this.#lastShownMs < JSON_INTERVAL_MS) return;
    this.#lastShownMs = nowMs;
    const times = done === undefined
      ? undefined
      : timesOf(progress, done, (nowMs - this.#actionStartMs) / 1000);
    this.output.json({
      event: "progress",
      action: progress.action,
      ...(done === undefined ? {} : {
        fraction: Math.round(done * 1000) / 1000,
        sectors: progress.sectorCount,
        lba: progress.lastWrittenLba,
      }),
      ...(times === undefined ? {} : { times: Math.round(times * 10) / 10 }),
      ...(progress.driveBufferFraction === undefined
        ? {}
        : { driveBuffer: Math.round(progress.driveBufferFraction * 100) / 100 }),
    });
  }
}

/** How fast it goes, as a multiple of 1x; undefined where that is not known, or not yet. */
function timesOf(
  { sectorCount, sectorsPerSecondAt1x }: BurnProgress,
  done: number,
  seconds: number,
): number | undefined {
  if (sectorsPerSecondAt1x === undefined || seconds <= 0.2) return undefined;
  return sectorCount * done / seconds / sectorsPerSecondAt1x;
}

function formatNumber(value: number): string {
  return value < 10 ? value.toFixed(1) : String(Math.round(value));
}

function duration(seconds: number): string {
  const rounded = Math.ceil(seconds);
  return `${Math.floor(rounded / 60)}:${String(rounded % 60).padStart(2, "0")}`;
}
