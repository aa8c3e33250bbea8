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
import type { BurnFamily, BurnPlan } from "./burn_family.ts";
import { closeBy, closeOpenTrack } from "./closing.ts";
import { send, synchronize, TIMEOUT_MS } from "./command.ts";
import type { Medium } from "./describe.ts";
import { setSpeedOfDvd } from "./speed.ts";
import { calibrate, selectWriteParameters } from "./write_parameters.ts";

const ECC_SECTORS = 16;

/** CTL of a data track recorded incrementally. */
const TRACK_MODE = 5;

/** DVD-R, DVD-RW and DVD-R DL, profiles 0011h, 0014h, 0015h and 0017h. */
export const DVD_MINUS: BurnFamily = {
  sectorsPerWrite: ECC_SECTORS,
  rewrites: false,
  writtenSectors: (sizeSectors) => Math.ceil(sizeSectors / ECC_SECTORS) * ECC_SECTORS,
  *prepare(plan: BurnPlan): Procedure<void> {
    const { medium, writtenSectors } = plan;
    yield* select(plan);
    yield* calibrate(medium);
    if (!isAtOnce(medium)) return;
    yield* send({
      action: "reserve the disc",
      cdb: reserveTrack(writtenSectors),
      timeoutMs: TIMEOUT_MS.long,
    });
  },
  setSpeed: setSpeedOfDvd,
  *finish({ medium }: BurnPlan): Procedure<void> {
    if (isAtOnce(medium)) {
      // The lead-out comes with the last sector; growisofs flushes a disc that is closed by that once only.
      yield* synchronize("write the last data", { rounds: 1 });
      return;
    }
    yield* synchronize();
    yield* closeOpenTrack();
    yield* closeBy(["session"]);
  },
  *salvage(plan: BurnPlan): Procedure<void> {
    yield* synchronize();
    // A disc that was to be written at once has no end but that one.
    if (isAtOnce(plan.medium)) return;
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

/** A DVD-RW that was blanked minimally cannot be written incrementally, and some drives cannot do so at all. */
function isAtOnce({ configuration }: Medium): boolean {
  return configuration !== undefined && !isCurrent(configuration, FEATURE.incrementalStreaming);
}

function* select({ medium, close }: BurnPlan): Procedure<void> {
  const drive = { medium, feature: FEATURE.dvdMinusWrite };
  if (isAtOnce(medium)) {
    yield* selectWriteParameters(drive, {
      writeType: "sessionAtOnce",
      multiSession: false,
      trackMode: TRACK_MODE,
      dataBlockType: 8,
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
    packet: { sectors: ECC_SECTORS, linkSectors },
  });
}

/** Has no sessions but one. */
const DVD_R_DL = 0x0015;
