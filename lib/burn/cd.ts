/**
 * CD-R and CD-RW, one data track a session: track at once, or session at once, where a cue sheet says beforehand what will
 * be written, the host writes the pregap too, and the last sector ends the session.
 *
 * @module
 */
import { sendCueSheet } from "../mmc/cdb.ts";
import { FEATURE } from "../mmc/configuration.ts";
import { CUE_FORM, dataCueSheet } from "../mmc/cue_sheet.ts";
import { BurnError } from "../mmc/errors.ts";
import type { Procedure } from "../mmc/request.ts";
import type { BurnFamily, BurnPlan, WriteMethod } from "./burn_family.ts";
import {
  attempt,
  close,
  type Failure,
  failureError,
  synchronize,
  synchronizeWhatCanBe,
  TIMEOUT_MS,
} from "./command.ts";
import type { Medium } from "./describe.ts";
import { readDiscInformation } from "./inspect.ts";
import { setSpeedOfCd } from "./speed.ts";
import { calibrate, hasTestWrite, selectWriteParameters } from "./write_parameters.ts";

/** The shortest track that a CD may have (MMC-6). */
const TRACK_SECTORS_MIN = 300;

/**
 * Zeros after the data of a track at once. The two run-out sectors behind it cannot be read, and readers that read ahead
 * stumble over them; mkisofs and xorriso pad as much for the same reason.
 */
const PAD_SECTORS = 150;

/** Every session begins with so many sectors before its first one (MMC-6). */
const PREGAP_SECTORS = 150;

const FEATURE_OF: Record<WriteMethod, number> = {
  incremental: FEATURE.cdTrackAtOnce,
  atOnce: FEATURE.cdMastering,
};

/** CD-R and CD-RW. */
export const CD: BurnFamily = {
  blockSectors: 16,
  rewrites: false,
  methods,
  canSimulate: (medium, method) => hasTestWrite(medium, FEATURE_OF[method]),
  writtenSectors: (sizeSectors, { method, isPadded = false }) =>
    Math.max(TRACK_SECTORS_MIN, sizeSectors + (method === "atOnce" || isPadded ? 0 : PAD_SECTORS)),
  pregapSectors: (method) => method === "atOnce" ? PREGAP_SECTORS : 0,
  *select({ medium, method, close: how, simulate, unprotected }: BurnPlan): Procedure<void> {
    const drive = { medium, feature: FEATURE_OF[method], unprotected };
    const multiSession = how === "appendable";
    if (method === "incremental") {
      yield* selectWriteParameters(drive, {
        writeType: "trackAtOnce",
        multiSession,
        trackMode: 4,
        dataBlockType: 8,
        testWrite: simulate,
      });
      return;
    }
    // What the tracks are, the cue sheet says: libburn and cdrdao leave track mode and block type 0.
    yield* selectWriteParameters(drive, {
      writeType: "sessionAtOnce",
      multiSession,
      isLastOfSeveral: medium.sessions > 0,
      trackMode: 0,
      dataBlockType: 0,
      testWrite: simulate,
    });
  },
  *prepare(plan: BurnPlan): Procedure<string | undefined> {
    const note = plan.simulate ? undefined : yield* calibrate(plan.medium);
    if (plan.method === "atOnce") yield* announceSession(plan);
    return note;
  },
  setSpeed: setSpeedOfCd,
  *finish({ method }: BurnPlan): Procedure<void> {
    // Flushing closes a track written at once; a CLOSE for it is refused by some drives.
    yield* synchronize();
    // A session at once has its lead-out by then.
    if (method === "incremental") yield* closeSession();
  },
  *salvage(plan: BurnPlan): Procedure<void> {
    yield* synchronizeWhatCanBe();
    // A session that was to be written at once has no end but that one.
    if (plan.method === "atOnce") return;
    try {
      // What was cut off need not cost the rest of the disc.
      yield* CD.select({ ...plan, close: "appendable" });
    } catch (error) {
      // Then the session is closed as it was meant to be; a readable disc matters more.
      if (!(error instanceof BurnError)) throw error;
    }
    yield* closeSession();
  },
};

/** Track at once, where the drive knows it: what is cut off can be closed then, and read. */
function methods({ configuration }: Medium): WriteMethod[] {
  const features = configuration?.features;
  const mastering = features?.get(FEATURE.cdMastering);
  const canSessionAtOnce = ((mastering?.data[0] ?? 0) & SESSION_AT_ONCE) !== 0;
  const canTrackAtOnce = !canSessionAtOnce || features?.has(FEATURE.cdTrackAtOnce) === true;
  return [
    ...(canTrackAtOnce ? ["incremental" as const] : []),
    ...(canSessionAtOnce ? ["atOnce" as const] : []),
  ];
}

/** Bit of feature 002Eh's first byte (MMC-6). */
const SESSION_AT_ONCE = 0x20;

/** Forms of lead-in and lead-out, of which some drives take one and some the other (seen with cdrdao). */
const LEAD_IN_FORMS = [CUE_FORM.mode1Pause, CUE_FORM.mode1] as const;

function* announceSession({ medium, writtenSectors }: BurnPlan): Procedure<void> {
  const action = "announce the session";
  const startLba = medium.nwa ?? 0;
  let failure: Failure | undefined;
  for (const leadInForm of LEAD_IN_FORMS) {
    const sheet = dataCueSheet({
      trackNumber: medium.nextTrack?.track ?? 1,
      startLba,
      endLba: startLba + writtenSectors,
      leadInForm,
    });
    const outcome = yield* attempt({
      action,
      cdb: sendCueSheet(sheet.length),
      dataOut: sheet,
      timeoutMs: TIMEOUT_MS.long,
    });
    if (outcome.ok) return;
    failure = outcome.failure;
    if (failure.sense?.key !== 5 || failure.sense.asc !== 0x26) break;
  }
  if (failure === undefined) return;
  const error = failureError(action, failure);
  if (writtenSectors <= medium.freeSectors || failure.sense?.key !== 5) throw error;
  const { sense, command } = error;
  throw new BurnError("E_IMAPI_DF2DATA_STREAM_TOO_LARGE_FOR_CURRENT_MEDIA", {
    action: "write beyond the disc's end",
    found: `the drive does not go ${writtenSectors - medium.freeSectors} sectors beyond`,
    advice: "burn less, or insert a larger disc",
    sense,
    command,
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
