/** DVD+R: one track a session, written at the next writable address, closed and finalised by CLOSE TRACK/SESSION. @module */
import type { Procedure } from "../mmc/request.ts";
import type { BurnFamily, BurnPlan } from "./burn_family.ts";
import { closeBy, closeOpenTrack } from "./closing.ts";
import { close, synchronize } from "./command.ts";
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
    // Some drives know only one of the two ways to end a DVD+R.
    yield* closeBy(how === "appendable" ? ["session"] : ["finalizeMinimal", "finalize"]);
  },
  *salvage(): Procedure<void> {
    yield* synchronize();
    yield* closeOpenTrack();
    yield* close("session");
  },
};
