/**
 * Discs that are written anywhere, from sector 0 on: DVD+RW, DVD-RAM, BD-RE, and DVD-RW in restricted overwrite mode.
 * They differ in when they must be formatted, and in what ends a burn.
 *
 * @module
 */
import { FORMAT_TYPE, type FormatCapacities } from "../mmc/capacity.ts";
import type { Procedure } from "../mmc/request.ts";
import { type BurnFamily, type BurnPlan, ONE_WAY } from "./burn_family.ts";
import { close, type CloseWhat, failureError, synchronize, synchronizeWhatCanBe } from "./command.ts";
import type { Format } from "./format.ts";
import { readDiscInformation } from "./inspect.ts";
import { setSpeedOfDvd } from "./speed.ts";

/** DVD+RW, profiles 001Ah and 002Ah: the drive goes on formatting while it writes, and is stopped at the end. */
export const DVD_PLUS_RW: BurnFamily = overwritable({
  blockSectors: 16,
  formatFor({ medium, writtenSectors }: BurnPlan): Format | undefined {
    const { formatCapacities, recordedSectors } = medium;
    const state = medium.discInformation?.backgroundFormat ?? BACKGROUND.complete;
    const offered = formatCapacities?.formats.find(({ type }) => type === FORMAT_TYPE.dvdPlusRw);
    const whole = { type: "dvdPlusRw", sectors: offered?.sectors ?? 0xffffffff } as const;
    const isFormatted = formatCapacities?.kind === "formatted";
    if (state === BACKGROUND.none) return isFormatted ? undefined : { ...whole, parameter: 0 };
    // What is formatted is enough for what fits in it, and every format wears the disc. READ CAPACITY is about the whole
    // disc with some drives, so that growisofs looks at the current format.
    const formatted = isFormatted ? formatCapacities.sectors : recordedSectors;
    const isNeeded = state === BACKGROUND.stopped && writtenSectors > formatted;
    return isNeeded ? { ...whole, parameter: RESTART } : undefined;
  },
  *end(): Procedure<void> {
    const disc = yield* readDiscInformation();
    const state = disc?.backgroundFormat ?? BACKGROUND.none;
    if (state === BACKGROUND.running) yield* closeOrFail("stopFormat");
    // The lead-out, for DVD-ROM drives.
    if (state === BACKGROUND.running || state === BACKGROUND.stopped) yield* closeOrFail("session");
  },
});

/**
 * BD-RE, profile 0043h: formatted once, as the drive likes it best. The type without spare areas would be faster, and
 * refused by some drives (seen with libburn). Clusters are written whole.
 */
export const BD_RE: BurnFamily = overwritable({
  blockSectors: 32,
  formatFor: ({ medium }) =>
    medium.formatCapacities?.kind === "unformatted" ? ofWholeDisc(medium.formatCapacities) : undefined,
  *end(): Procedure<void> {},
});

/** DVD-RAM, profile 0012h: sold formatted. */
export const DVD_RAM: BurnFamily = overwritable({
  blockSectors: 16,
  formatFor: ({ medium }) =>
    medium.formatCapacities?.kind === "unformatted" ? ofWholeDisc(medium.formatCapacities) : undefined,
  *end(): Procedure<void> {},
});

/**
 * DVD-RW in restricted overwrite mode, profile 0013h: beyond its formatted part it grows with what is written at the end,
 * and such a growth is closed with a lead-out, or other drives cannot read it.
 */
export const DVD_RW_OVERWRITE: BurnFamily = overwritable({
  blockSectors: 16,
  formatFor: growthFor,
  *end(plan: BurnPlan): Procedure<void> {
    const wasUnfinished = plan.medium.formatCapacities?.kind !== "formatted";
    if (wasUnfinished || growthFor(plan) !== undefined) yield* closeOrFail("session");
  },
});

function growthFor({ medium: { formatCapacities }, writtenSectors }: BurnPlan): Format | undefined {
  if (formatCapacities === undefined) return undefined;
  const { kind, sectors, formats } = formatCapacities;
  const isFinished = kind === "formatted";
  if (isFinished && writtenSectors <= sectors) return undefined;
  const growth = formats.find(({ type }) => type === FORMAT_TYPE.quickGrow);
  if (growth === undefined || (isFinished && growth.sectors === 0)) return undefined;
  return { type: "quickGrow", sectors: 0, parameter: 16 };
}

/** The first format of type 0 that the drive offers, as it offers it. */
function ofWholeDisc({ formats, sectors }: FormatCapacities): Format {
  const offered = formats.find(({ type }) => type === FORMAT_TYPE.full);
  return {
    type: "full",
    sectors: offered?.sectors ?? sectors,
    parameter: offered?.parameter ?? SECTOR_BYTES,
  };
}

const SECTOR_BYTES = 2048;

/** States of a DVD+RW's background format in READ DISC INFORMATION (MMC-6). */
const BACKGROUND = { none: 0, stopped: 1, running: 2, complete: 3 } as const;

/** Has FORMAT UNIT go on with a format that was stopped. */
const RESTART = 1;

function overwritable({ blockSectors, formatFor, end }: {
  blockSectors: number;
  formatFor: (plan: BurnPlan) => Format | undefined;
  /** What follows the flush. */
  end: (plan: BurnPlan) => Procedure<void>;
}): BurnFamily {
  function* finish(plan: BurnPlan): Procedure<void> {
    yield* synchronize();
    yield* end(plan);
  }
  return {
    ...ONE_WAY,
    blockSectors,
    rewrites: true,
    writtenSectors: (sizeSectors) => Math.ceil(sizeSectors / blockSectors) * blockSectors,
    formatFor,
    *prepare(): Procedure<undefined> {},
    setSpeed: setSpeedOfDvd,
    finish,
    *salvage(plan: BurnPlan): Procedure<void> {
      yield* synchronizeWhatCanBe();
      yield* end(plan);
    },
  };
}

function* closeOrFail(what: CloseWhat): Procedure<void> {
  const failure = yield* close(what);
  if (failure !== undefined) {
    throw failureError(what === "stopFormat" ? "stop the format" : "close the session", failure);
  }
}
