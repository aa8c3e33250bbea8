/** Closes what an interrupted burn left open. @module */
import { BurnError } from "../mmc/errors.ts";
import type { Procedure } from "../mmc/request.ts";
import type { Medium } from "./describe.ts";
import { FAMILIES } from "./family.ts";
import { inspect } from "./inspect.ts";
import { shielded } from "./shielded.ts";
import { lockTray, unlockTray } from "./tray.ts";

/**
 * Closes the open track and session of a disc whose burn was cut off, so that what it holds can be read and, where the
 * medium allows, another session can follow. A disc with nothing open is left as it is.
 *
 * @throws BurnError when the drive cannot close it, with the state it is in then.
 */
export function* closeOpenSession(): Procedure<Medium> {
  const medium = yield* inspect();
  const family = FAMILIES[medium.family];
  if (medium.status !== "open" || family === undefined) return medium;
  try {
    yield* lockTray();
    const method = family.methods(medium)[0] ?? "incremental";
    yield* shielded(
      family.salvage({ medium, writtenSectors: 0, close: "appendable", method, simulate: false }),
    );
  } finally {
    yield* unlockTray();
  }
  const closed = yield* inspect();
  if (closed.status !== "open") return closed;
  throw new BurnError("E_IMAPI_UNEXPECTED_RESPONSE_FROM_DEVICE", {
    action: "close the disc",
    found: `it is still: ${closed.description}`,
    advice: "try another drive, of another brand if there is one",
  });
}
