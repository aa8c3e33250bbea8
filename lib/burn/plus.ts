/** DVD+R: one track a session, written at the next writable address, closed and finalised by CLOSE TRACK/SESSION. @module */
import type { Procedure } from "../mmc/request.ts";
import type { BurnFamily, BurnPlan } from "./burn_family.ts";
import { close, type Failure, failureError, synchronize } from "./command.ts";
import { readConfiguration, readDiscInformation } from "./inspect.ts";
import { profileOf } from "../mmc/profiles.ts";
import { setSpeedOfDvd } from "./speed.ts";

const ECC_SECTORS = 16;

/** DVD+R, profile 001Bh. RESERVE TRACK is left out: not every drive knows it, and one track a session needs none. */
export const DVD_PLUS_R: BurnFamily = {
  sectorsPerWrite: ECC_SECTORS,
  rewrites: false,
  writtenSectors: (sizeSectors) => Math.ceil(sizeSectors / ECC_SECTORS) * ECC_SECTORS,
  *prepare(): Procedure<void> {},
  setSpeed: setSpeedOfDvd,
  *finish({ close: how }: BurnPlan): Procedure<void> {
    yield* synchronize();
    yield* closeOpenTrack();
    if (how === "appendable") yield* finishWith(["session"]);
    // Some drives know only one of the two ways to end a DVD+R.
    else yield* finishWith(["finalizeMinimal", "finalize"]);
  },
  *salvage(): Procedure<void> {
    yield* synchronize();
    yield* closeOpenTrack();
    yield* close("session");
  },
};

/** Closes the last track, if it is open; drives that close the disc with the track have none by then. */
function* closeOpenTrack(): Procedure<void> {
  const disc = yield* readDiscInformation();
  if (disc === undefined || disc.status === "complete") return;
  const failure = yield* close("track", disc.lastTrackOfLastSession);
  if (failure !== undefined && !(yield* isClosed())) throw failureError("close the track", failure);
}

type Way = "session" | "finalizeMinimal" | "finalize";

function* finishWith(ways: readonly Way[]): Procedure<void> {
  let failure: Failure | undefined;
  for (const way of ways) {
    if (yield* isClosed()) return;
    failure = yield* close(way);
    if (failure === undefined) return;
    if (failure.transport !== "ok" || failure.sense?.asc !== 0x24) break;
  }
  if (failure === undefined || (yield* isClosed())) return;
  throw failureError(ways[0] === "session" ? "close the session" : "close the disc", failure);
}

/** Whether nothing more can be closed: the disc is complete, or has turned into a DVD-ROM. */
function* isClosed(): Procedure<boolean> {
  const configuration = yield* readConfiguration();
  if (configuration !== undefined && profileOf(configuration.profile).family === "readOnly") return true;
  return (yield* readDiscInformation())?.status === "complete";
}
