/** What a family of media brings to a burn. @module */
import type { Procedure } from "../mmc/request.ts";
import type { Medium } from "./describe.ts";
import type { Format } from "./format.ts";

/**
 * How a medium takes data: "incremental", track by track at the next writable address (track at once, incremental
 * sequential), or "atOnce", a whole session or disc whose size is known before (SAO, DAO).
 */
export type WriteMethod = "incremental" | "atOnce";

/** What a burn is about, for a family's steps. */
export interface BurnPlan {
  readonly medium: Medium;
  /** Sectors that will be written, padding included. */
  readonly writtenSectors: number;
  readonly close: "appendable" | "finalize";
  readonly method: WriteMethod;
  /** Whether the drive only goes through the motions, the laser at its reading power (test write). */
  readonly simulate: boolean;
  /** Whether a blank disc gets spare areas first, where its kind can have them and need not. */
  readonly spares?: boolean;
  /** Whether the drive is not to protect itself from running out of data, although it can. */
  readonly unprotected?: boolean;
}

/** The steps that differ from family to family. What they have in common is in write.ts. */
export interface BurnFamily {
  /** Sectors that a WRITE carries: an ECC block, or what drives are used to. */
  readonly blockSectors: number;
  /** Whether the disc is written anywhere, from sector 0 on, and a WRITE may be repeated in its place. */
  readonly rewrites: boolean;
  /** The ways in which drive and disc can be written now, the usual one first; one way for media without a choice. */
  methods(medium: Medium): readonly WriteMethod[];
  /** Whether the drive has a test write for this medium and method. */
  canSimulate(medium: Medium, method: WriteMethod): boolean;
  /** How many sectors a burn of `sizeSectors` writes; `isPadded` says that the source ends with what a track is padded with. */
  writtenSectors(sizeSectors: number, how: { method: WriteMethod; isPadded?: boolean }): number;
  /** Zeros that the host writes before the first sector: the pregap of a CD's session at once. */
  pregapSectors(method: WriteMethod): number;
  /** What the disc holds once it has spare areas; undefined where it cannot get any. */
  sparesCapacity?(medium: Medium): number | undefined;
  /** The format that the disc must get before this burn, if any. */
  formatFor?(plan: BurnPlan): Format | undefined;
  /** Sets the mode page that says how the disc is written, for media that look at it. */
  select(plan: BurnPlan): Procedure<void>;
  /**
   * Makes the drive ready to write, after {@linkcode select}: calibration, reservation. Returns what is no reason to stop,
   * and the person at the drive should know.
   */
  prepare(plan: BurnPlan): Procedure<string | undefined>;
  /** Sets the speed: the drive takes the next lower one that it has. */
  setSpeed(medium: Medium, sectorsPerSecond: number): Procedure<void>;
  /** Flushes and closes, after the last WRITE. */
  finish(plan: BurnPlan): Procedure<void>;
  /** Flushes and closes what a failed or cancelled burn left behind, so that the disc can at least be read. */
  salvage(plan: BurnPlan): Procedure<void>;
  /** What a failed or cancelled burn does in place of {@linkcode salvage}, for discs that are better gone on with. */
  abandon?(plan: BurnPlan): Procedure<void>;
}

/** What a family has whose media are written in one way, which no mode page decides and which cannot be tried. */
export const ONE_WAY: Pick<BurnFamily, "methods" | "canSimulate" | "pregapSectors" | "select"> = {
  methods: () => ["incremental"],
  canSimulate: () => false,
  pregapSectors: () => 0,
  *select(): Procedure<void> {},
};
