/** DVD+R and BD-R: one track a session, written at the next writable address, closed and finalised by CLOSE TRACK/SESSION. @module */
import type { Procedure } from "../mmc/request.ts";
import type { BurnFamily, BurnPlan } from "./burn_family.ts";
import { closeBy, closeOpenTrack } from "./closing.ts";
import { close, synchronize } from "./command.ts";
import { setSpeedOfDvd } from "./speed.ts";

/** DVD+R, profile 001Bh. Some drives know only one of the two ways to end it. */
export const DVD_PLUS_R: BurnFamily = plus({ blockSectors: 16, endings: ["finalizeMinimal", "finalize"] });

/**
 * BD-R in sequential mode, profile 0041h. It is not formatted: that would cost room and half the speed, for spare areas
 * that a verified disc does not need. A WRITE carries a whole cluster; with less some drives write junk.
 */
export const BD_R: BurnFamily = plus({ blockSectors: 32, endings: ["finalize"] });

/** RESERVE TRACK is left out: not every drive knows it, and one track a session needs none. */
function plus({ blockSectors, endings }: {
  /** An ECC block, or a cluster. */
  blockSectors: number;
  /** The ways to end the disc, in the order in which they are tried. */
  endings: readonly ("finalizeMinimal" | "finalize")[];
}): BurnFamily {
  return {
    sectorsPerWrite: blockSectors,
    rewrites: false,
    writtenSectors: (sizeSectors) => Math.ceil(sizeSectors / blockSectors) * blockSectors,
    *prepare(): Procedure<void> {},
    setSpeed: setSpeedOfDvd,
    *finish({ close: how }: BurnPlan): Procedure<void> {
      yield* synchronize();
      yield* closeOpenTrack();
      yield* closeBy(how === "appendable" ? ["session"] : endings);
    },
    *salvage(): Procedure<void> {
      yield* synchronize();
      yield* closeOpenTrack();
      yield* close("session");
    },
  };
}
