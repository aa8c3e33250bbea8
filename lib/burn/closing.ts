/** Closing what DVDs and BDs are recorded into one after the other: tracks, sessions, the disc. @module */
import { profileOf } from "../mmc/profiles.ts";
import type { Procedure } from "../mmc/request.ts";
import { close, type CloseWhat, type Failure, failureError } from "./command.ts";
import { readConfiguration, readDiscInformation } from "./inspect.ts";

/** Closes the last track, if it is open; drives that close the disc with the track have none by then. */
export function* closeOpenTrack(): Procedure<void> {
  const disc = yield* readDiscInformation();
  if (disc === undefined || disc.status === "complete") return;
  const failure = yield* close("track", disc.lastTrackOfLastSession);
  if (failure !== undefined && !(yield* isClosed())) throw failureError("close the track", failure);
}

/** Closes session or disc by the first of these ways that the drive knows. */
export function* closeBy(ways: readonly Exclude<CloseWhat, "track" | "stopFormat">[]): Procedure<void> {
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

/** Whether nothing more can be closed: the disc is complete, or has turned into one that is only read. */
function* isClosed(): Procedure<boolean> {
  const configuration = yield* readConfiguration();
  if (configuration !== undefined && profileOf(configuration.profile).family === "readOnly") return true;
  return (yield* readDiscInformation())?.status === "complete";
}
