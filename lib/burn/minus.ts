/**
 * DVD-R and DVD-RW, recorded sequentially: incrementally, where a session is closed as page 05h says, or disc at once,
 * where the whole disc is one track of a size that was reserved, and the last sector ends it.
 *
 * @module
 */
import { FEATURE, isCurrent } from "../mmc/configuration.ts";
import { reserveTrack } from "../mmc/cdb.ts";
import { BurnError } from "../mmc/errors.ts";
import type { Procedure } from "../mmc/request.ts";
import type { BurnFamily, BurnPlan, WriteMethod } from "./burn_family.ts";
import { closeBy, closeOpenTrack } from "./closing.ts";
import { send, synchronize, synchronizeWhatCanBe, TIMEOUT_MS } from "./command.ts";
import type { Medium } from "./describe.ts";
import { setSpeedOfDvd } from "./speed.ts";
import { calibrate, hasTestWrite, selectWriteParameters } from "./write_parameters.ts";

const ECC_SECTORS = 16;

/** A disc at once with less is filled up to it (growisofs knows this number). */
const LEAD_OUT_SECTORS = 380_000;
const LONG_LEAD_OUT =
  "A disc written at once with less than 780 MB gets a long lead-out: closing it takes minutes";

/** CTL of a data track recorded incrementally. */
const TRACK_MODE = 5;

/** DVD-R, DVD-RW and DVD-R DL, profiles 0011h, 0014h, 0015h and 0017h. */
export const DVD_MINUS: BurnFamily = {
  blockSectors: ECC_SECTORS,
  rewrites: false,
  methods,
  canSimulate: (medium) => hasTestWrite(medium, FEATURE.dvdMinusWrite),
  writtenSectors: (sizeSectors) => Math.ceil(sizeSectors / ECC_SECTORS) * ECC_SECTORS,
  pregapSectors: () => 0,
  select,
  *prepare({ medium, writtenSectors, method, simulate }: BurnPlan): Procedure<string | undefined> {
    const note = simulate ? undefined : yield* calibrate(medium);
    if (method === "incremental") return note;
    yield* send({
      action: "reserve the disc",
      cdb: reserveTrack(writtenSectors),
      timeoutMs: TIMEOUT_MS.long,
    });
    return note ?? (writtenSectors < LEAD_OUT_SECTORS ? LONG_LEAD_OUT : undefined);
  },
  setSpeed: setSpeedOfDvd,
  *finish({ method }: BurnPlan): Procedure<void> {
    if (method === "atOnce") {
      // The lead-out comes with the last sector; growisofs flushes a disc that is closed by that once only.
      yield* synchronize("write the last data", { rounds: 1 });
      return;
    }
    yield* synchronize();
    yield* closeOpenTrack();
    yield* closeBy(["session"]);
  },
  *salvage(plan: BurnPlan): Procedure<void> {
    yield* synchronizeWhatCanBe();
    // A disc that was to be written at once has no end but that one.
    if (plan.method === "atOnce") return;
    try {
      // What was cut off need not cost the rest of the disc.
      yield* select({ ...plan, close: "appendable" });
    } catch (error) {
      // Then the session is closed as it was meant to be; a readable disc matters more.
      if (!(error instanceof BurnError)) throw error;
    }
    yield* closeOpenTrack();
    yield* closeBy(["session"]);
  },
};

/**
 * Incrementally, where that is possible: a DVD-RW that was blanked minimally cannot be written so, and some drives cannot
 * do so at all. At once only a whole disc is written.
 */
function methods({ configuration, status, sessions }: Medium): WriteMethod[] {
  const isIncremental = configuration === undefined || isCurrent(configuration, FEATURE.incrementalStreaming);
  const isWhole = configuration !== undefined && status === "blank" && sessions === 0;
  return [...(isIncremental ? ["incremental" as const] : []), ...(isWhole ? ["atOnce" as const] : [])];
}

function* select({ medium, close, method, simulate, unprotected }: BurnPlan): Procedure<void> {
  const drive = { medium, feature: FEATURE.dvdMinusWrite, unprotected };
  if (method === "atOnce") {
    yield* selectWriteParameters(drive, {
      writeType: "sessionAtOnce",
      multiSession: false,
      trackMode: TRACK_MODE,
      dataBlockType: 8,
      testWrite: simulate,
    });
    return;
  }
  const feature = medium.configuration?.features.get(FEATURE.incrementalStreaming);
  // Block types, BUF, how many link sizes follow, then they (MMC-6, feature 0021h).
  const linkSectors = (feature?.data[3] ?? 0) > 0 ? feature?.data[4] ?? ECC_SECTORS : ECC_SECTORS;
  yield* selectWriteParameters(drive, {
    writeType: "packet",
    multiSession: close === "appendable" && medium.profile !== DVD_R_DL,
    trackMode: TRACK_MODE,
    dataBlockType: 8,
    testWrite: simulate,
    packet: { sectors: ECC_SECTORS, linkSectors },
  });
}

/** Has no sessions but one. */
const DVD_R_DL = 0x0015;
