/** CD-R and CD-RW, track at once: one data track a session. @module */
import { modeSelect10, modeSense10, sendOpc } from "../mmc/cdb.ts";
import { BurnError } from "../mmc/errors.ts";
import { FEATURE } from "../mmc/configuration.ts";
import { MODE_PAGE, modeSelectList, parseModePage, writeParametersPage } from "../mmc/mode_page.ts";
import type { Procedure } from "../mmc/request.ts";
import type { BurnFamily, BurnPlan } from "./burn_family.ts";
import { attempt, close, failureError, send, synchronize, TIMEOUT_MS } from "./command.ts";
import { parsed, readDiscInformation } from "./inspect.ts";
import { setSpeedOfCd } from "./speed.ts";

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
    yield* calibrate(plan);
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
  const action = "set the write parameters";
  const lengthBytes = 8 + 8 + 256;
  const reply = yield* send({
    action,
    cdb: modeSense10(MODE_PAGE.writeParameters, { lengthBytes }),
    dataInBytes: lengthBytes,
  });
  const feature = medium.configuration?.features.get(FEATURE.cdTrackAtOnce);
  const knowsUnderrunProtection = feature === undefined || ((feature.data[0] ?? 0) & 0x40) !== 0;
  for (const bufferUnderrunFree of knowsUnderrunProtection ? [true, false] : [false]) {
    const page = parsed(action, () =>
      writeParametersPage(parseModePage(reply, MODE_PAGE.writeParameters), {
        writeType: "trackAtOnce",
        bufferUnderrunFree,
        testWrite: false,
        multiSession: how === "appendable",
        trackMode: 4,
        dataBlockType: 8,
      }));
    const list = modeSelectList(page);
    const outcome = yield* attempt({ action, cdb: modeSelect10(list.length), dataOut: list });
    if (outcome.ok) return;
    const isLast = !bufferUnderrunFree;
    if (isLast || outcome.failure.sense?.key !== 5) throw failureError(action, outcome.failure);
  }
}

/** Calibrates where the drive has no values for the disc. That it fails means little: many such discs burn well. */
function* calibrate({ medium }: BurnPlan): Procedure<void> {
  if ((medium.discInformation?.opcTables ?? 0) > 0) return;
  const outcome = yield* attempt({
    action: "calibrate the laser",
    cdb: sendOpc(),
    timeoutMs: TIMEOUT_MS.long,
  });
  if (outcome.ok || outcome.failure.sense !== undefined) return;
  throw failureError("calibrate the laser", outcome.failure);
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
