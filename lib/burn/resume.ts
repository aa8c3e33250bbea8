/**
 * Going on with a burn that was cut off (a crash, a power failure, a drive that was unplugged): the track is open, and what
 * is in it is the beginning of the same source.
 *
 * @module
 */
import { BurnError } from "../mmc/errors.ts";
import type { Procedure } from "../mmc/request.ts";
import type { BurnFamily, BurnPlan } from "./burn_family.ts";
import { type Medium, megabytes } from "./describe.ts";
import { FAMILIES } from "./family.ts";
import { verifyData, type VerifyOptions } from "./verify.ts";

/** Where and how a burn goes on. */
export interface Resumption {
  readonly family: BurnFamily;
  readonly plans: readonly [BurnPlan];
  /** Where the data begins. */
  readonly startLba: number;
  /** Sectors of it that are on the disc. */
  readonly recordedSectors: number;
}

/**
 * Finds out whether a disc with an open session can be gone on with, and compares what it holds. Changes nothing.
 *
 * @throws BurnError E_IMAPI_DF2DATA_INVALID_MEDIA_STATE that says why it cannot.
 */
export function* resumption(
  medium: Medium,
  { sizeSectors, close, startLba: wantedLba, simulate = false, maxTransferBytes }: {
    sizeSectors: number;
    close: "appendable" | "finalize";
    startLba?: number | undefined;
    simulate?: boolean | undefined;
    maxTransferBytes?: number | undefined;
  },
): Procedure<Resumption> {
  const family = FAMILIES[medium.family];
  const { nextTrack, tracks, sessions } = medium;
  const open = tracks.filter(({ session }) => session > sessions);
  const [track] = open;
  const endLba = nextTrack?.nwa;
  // A CD's track at once has no end that could be gone on from once the laser was off.
  const isOpen = family !== undefined && medium.family !== "cd" && track !== undefined && open.length === 1 &&
    !track.reserved &&
    nextTrack?.startLba === track.startLba && endLba !== undefined && endLba > track.startLba &&
    family.methods(medium)[0] === "incremental";
  if (!isOpen) {
    throw refusal({
      found: `found ${medium.description}, and no track in which writing could go on`,
      advice: "close the disc to keep what it holds (burnscript close), and burn the data on another one",
    });
  }
  if (simulate) {
    throw refusal({
      found: `found ${medium.description}`,
      advice: "what was begun in earnest is ended in earnest; leave --simulate out",
    });
  }
  const { startLba } = track;
  if (wantedLba !== undefined && wantedLba !== startLba) {
    throw refusal({
      found: `the disc's open track begins at LBA ${startLba}, and the image was made for LBA ${wantedLba}`,
      advice: "burn with the options of the burn that was cut off",
    });
  }
  const recordedSectors = endLba - startLba;
  const writtenSectors = family.writtenSectors(sizeSectors, { method: "incremental" });
  if (recordedSectors > writtenSectors) {
    throw refusal({
      found: `it holds ${megabytes(recordedSectors)}, and the source has ${megabytes(sizeSectors)}`,
      advice: OTHER_SOURCE,
    });
  }
  if (writtenSectors - recordedSectors > (nextTrack?.freeSectors ?? 0)) {
    throw new BurnError("E_IMAPI_DF2DATA_STREAM_TOO_LARGE_FOR_CURRENT_MEDIA", {
      action: ACTION,
      found: `${writtenSectors - recordedSectors} sectors are left to write, and ${
        nextTrack?.freeSectors ?? 0
      } are free`,
      advice: "burn less on another disc",
    });
  }
  yield* compare({
    startLba,
    sizeSectors: Math.min(recordedSectors, sizeSectors),
    level: "full",
    maxTransferBytes,
  });
  const plan: BurnPlan = { medium, writtenSectors, close, method: "incremental", simulate: false };
  return { family, plans: [plan], startLba, recordedSectors };
}

const ACTION = "go on with the burn";
const OTHER_SOURCE =
  "go on with the very source, its files unchanged, or close the disc to keep what it holds (burnscript close)";

function* compare(options: VerifyOptions): Procedure<void> {
  try {
    yield* verifyData(options);
  } catch (error) {
    if (!(error instanceof BurnError) || error.hresultName !== "E_IMAPI_BURN_VERIFICATION_FAILED") {
      throw error;
    }
    const first = error.badSectors[0];
    throw refusal({
      found: first?.problem === "unreadable"
        ? `what it holds cannot be read before it is closed, from LBA ${first.lba} on`
        : `it does not hold the beginning of this source: LBA ${first?.lba ?? options.startLba} differs`,
      advice: OTHER_SOURCE,
    });
  }
}

function refusal({ found, advice }: { found: string; advice: string }): BurnError {
  return new BurnError("E_IMAPI_DF2DATA_INVALID_MEDIA_STATE", {
    action: ACTION,
    found,
    advice,
  });
}
