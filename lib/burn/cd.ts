/** CD-R and CD-RW, track at once: one data track a session. @module */
import { FEATURE } from "../mmc/configuration.ts";
import { BurnError } from "../mmc/errors.ts";
import type { Procedure } from "../mmc/request.ts";
import type { BurnFamily, BurnPlan } from "./burn_family.ts";
import { close, failureError, synchronize } from "./command.ts";
import { readDiscInformation } from "./inspect.ts";
import { setSpeedOfCd } from "./speed.ts";
import { calibrate, selectWriteParameters } from "./write_parameters.ts";

/** The shortest track that a CD may have (MMC-6). */
const TRACK_SECTORS_MIN = 300;

/**
 * Zeros after the data. The two run-out sectors behind a track written at once cannot be read, and readers that read
 * ahead stumble over them; mkisofs and xorriso pad as much for the same reason.
 */
const PAD_SECTORS = 150;

/** CD-R, written track at once. */
export const CD: BurnFamily = {
  sectorsPerWrite: 16,
  rewrites: false,
  writtenSectors: (sizeSectors) => Math.max(TRACK_SECTORS_MIN, sizeSectors + PAD_SECTORS),
  *prepare(plan: BurnPlan): Procedure<void> {
    yield* selectTrackAtOnce(plan);
    yield* calibrate(plan.medium);
  },
  setSpeed: setSpeedOfCd,
  *finish(): Procedure<void> {
    // Flushing closes a track written at once; a CLOSE for it is refused by some drives.
    yield* synchronize();
    yield* closeSession();
  },
  *salvage(plan: BurnPlan): Procedure<void> {
    yield* synchronize();
    try {
      // What was cut off need not cost the rest of the disc.
      yield* selectTrackAtOnce({ ...plan, close: "appendable" });
    } catch (error) {
      // Then the session is closed as it was meant to be; a readable disc matters more.
      if (!(error instanceof BurnError)) throw error;
    }
    yield* closeSession();
  },
};

function* selectTrackAtOnce({ medium, close: how }: BurnPlan): Procedure<void> {
  yield* selectWriteParameters({ medium, feature: FEATURE.cdTrackAtOnce }, {
    writeType: "trackAtOnce",
    multiSession: how === "appendable",
    trackMode: 4,
    dataBlockType: 8,
  });
}

function* closeSession(): Procedure<void> {
  let failure = yield* close("session");
  if (failure?.sense?.asc === 0x72 && failure.sense.ascq === 3) {
    // The drive did not close the track when it flushed.
    const disc = yield* readDiscInformation();
    if (disc !== undefined) yield* close("track", disc.lastTrackOfLastSession);
    failure = yield* close("session");
  }
  if (failure !== undefined) throw failureError("close the session", failure);
}
