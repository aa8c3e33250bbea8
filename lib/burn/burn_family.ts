/** What a family of media brings to a burn. @module */
import type { Procedure } from "../mmc/request.ts";
import type { Medium } from "./describe.ts";
import type { Format } from "./format.ts";

/** What a burn is about, for a family's steps. */
export interface BurnPlan {
  readonly medium: Medium;
  /** Sectors that will be written, padding included. */
  readonly writtenSectors: number;
  readonly close: "appendable" | "finalize";
}

/** The steps that differ from family to family. What they have in common is in write.ts. */
export interface BurnFamily {
  /** Sectors that one WRITE carries at most: an ECC block, or what drives are used to. */
  readonly sectorsPerWrite: number;
  /** Whether the disc is written anywhere, from sector 0 on, and a WRITE may be repeated in its place. */
  readonly rewrites: boolean;
  /** How many sectors a burn of `sizeSectors` writes. */
  writtenSectors(sizeSectors: number): number;
  /** The format that the disc must get before this burn, if any. */
  formatFor?(plan: BurnPlan): Format | undefined;
  /** Makes the drive ready to write: mode pages, calibration. */
  prepare(plan: BurnPlan): Procedure<void>;
  /** Sets the speed: the drive takes the next lower one that it has. */
  setSpeed(medium: Medium, sectorsPerSecond: number): Procedure<void>;
  /** Flushes and closes, after the last WRITE. */
  finish(plan: BurnPlan): Procedure<void>;
  /** Flushes and closes what a failed or cancelled burn left behind, so that the disc can at least be read. */
  salvage(plan: BurnPlan): Procedure<void>;
}
