/** What is looked at before anything is written: whether the disc can be burned, and in which ways. @module */
import { BurnError, type DiscStatus } from "../mmc/errors.ts";
import type { HresultName } from "../mmc/hresult.ts";
import type { BurnFamily, BurnPlan, WriteMethod } from "./burn_family.ts";
import { type Medium, megabytes } from "./describe.ts";
import { FAMILIES } from "./family.ts";
import type { BurnOptions } from "./options.ts";
import { canLoad } from "./tray.ts";

/** Finds every reason not to begin. */
export function check(
  medium: Medium,
  options: BurnOptions,
): {
  family: BurnFamily;
  /** The way that is tried first, then those that are left when the drive refuses it. */
  plans: Plans;
  startLba: number;
} {
  const { sizeSectors, blankOnly = false, forceOverwrite = false } = options;
  const action = "burn the disc";
  if (!Number.isSafeInteger(sizeSectors) || sizeSectors < 1) {
    throw new RangeError(`Expected the number of sectors to burn to be at least 1, found ${sizeSectors}`);
  }
  if (medium.status === "absent") {
    throw new BurnError("E_IMAPI_RECORDER_MEDIA_NO_MEDIA", {
      action,
      found: "found no medium",
      advice: "insert a blank disc",
    });
  }
  const family = FAMILIES[medium.family];
  if (family === undefined && medium.family !== "readOnly") {
    throw new BurnError("E_IMAPI_DF2DATA_MEDIA_IS_NOT_SUPPORTED", {
      action,
      found: `found ${medium.name}, which cannot be burned yet`,
      advice: "use another kind of CD, DVD or BD",
    });
  }
  if (medium.writeProtected) {
    throw new BurnError("E_IMAPI_RECORDER_MEDIA_WRITE_PROTECTED", {
      action,
      found: `found ${medium.description}, protected from writing`,
      advice: "take the protection off, or insert another disc",
    });
  }
  if (medium.status === "overwritable" && !forceOverwrite) {
    throw new BurnError("E_IMAPI_DF2DATA_MEDIA_NOT_BLANK", {
      action,
      found: `found ${medium.description}, and it holds data`,
      advice: "insert a blank disc, erase this one, or overwrite it (--force, or ForceOverwrite in a script)",
    });
  }
  if (family === undefined || !BURNED_FROM.has(medium.status)) {
    throw new BurnError("E_IMAPI_DF2DATA_INVALID_MEDIA_STATE", {
      action,
      found: `found ${medium.description}`,
      advice: medium.status === "open"
        ? "an earlier burn did not end; go on with the same source (--continue), close the disc to keep what it holds " +
          "(burnscript close), or use a blank one"
        : medium.rewritable
        ? "erase the disc (burnscript erase), or insert a blank one"
        : "insert a blank disc",
    });
  }
  if (medium.status === "appendable" && blankOnly) {
    throw new BurnError("E_IMAPI_DF2DATA_MEDIA_NOT_BLANK", {
      action,
      found: `found ${medium.description}`,
      advice: "insert a blank disc, or add a session to this one (burnscript burn --append)",
    });
  }
  if (medium.nwa === undefined) {
    throw refusal("E_IMAPI_DF2DATA_INVALID_MEDIA_STATE", {
      found: `found ${medium.description}: the drive does not tell where writing would go on`,
      advice: "it may be full; use another drive, or a blank disc",
    });
  }
  if (options.reload === true && (medium.configuration === undefined || !canLoad(medium.configuration))) {
    throw refusal("E_IMAPI_RECORDER_NO_SUCH_FEATURE", {
      found: "the drive cannot pull its tray in by itself, and would stay open",
      advice: "burn it without --reload",
    });
  }
  const startLba = medium.nwa;
  if (options.startLba !== undefined && options.startLba !== startLba) {
    throw refusal("E_IMAPI_DF2DATA_INVALID_MEDIA_STATE", {
      found: `the disc goes on at LBA ${startLba}, and the image was made for LBA ${options.startLba}`,
      advice: "try again, and keep other programs from the drive",
    });
  }
  return { family, plans: plansFor(medium, { family, options }), startLba };
}

/** The ways to burn something, in the order in which they are tried. */
export type Plans = readonly [BurnPlan, ...BurnPlan[]];

/** The ways to burn it that drive, disc and options leave. */
function plansFor(
  medium: Medium,
  { family, options }: { family: BurnFamily; options: BurnOptions },
): Plans {
  const { sizeSectors, close, atOnce = false, simulate = false, overburn = false } = options;
  const { isPadded = false, unprotected = false } = options;
  const writtenBy = (method: WriteMethod): number => family.writtenSectors(sizeSectors, { method, isPadded });
  const known = family.methods(medium);
  if (options.spares === true && medium.family !== "bdR") {
    throw refusal("E_IMAPI_DF2DATA_MEDIA_IS_NOT_SUPPORTED", {
      found: `found ${medium.description}, which gets no spare areas`,
      advice: "burn it without --spares: it is for BD-R",
    });
  }
  const spares = options.spares === true && family.sparesCapacity?.(medium) !== undefined;
  const freeSectors = spares ? family.sparesCapacity?.(medium) ?? 0 : medium.freeSectors;
  const isTooLarge = (method: WriteMethod): boolean => writtenBy(method) > freeSectors;
  // Beyond its end only a session at once goes, whose end the drive is told before.
  const overburns = overburn && medium.family === "cd" && known.every(isTooLarge);
  const wanted = known.filter((method) => method === "atOnce" || !(atOnce || overburns));
  if (wanted.length === 0) {
    throw refusal("E_IMAPI_DF2DATA_MEDIA_IS_NOT_SUPPORTED", {
      found: `found ${medium.description}, which this drive does not write at once`,
      advice: overburns ? "burn less, or use another drive" : "burn it without --at-once",
    });
  }
  const tried = simulate ? wanted.filter((method) => family.canSimulate(medium, method)) : wanted;
  if (tried.length === 0) {
    throw refusal("E_IMAPI_DF2DATA_MEDIA_IS_NOT_SUPPORTED", {
      action: "simulate the burn",
      found: `found ${medium.description}, for which this drive has no test write`,
      advice:
        "only CD-R, CD-RW, DVD-R and DVD-RW can be tried; burn the others in earnest, or a virtual disc",
    });
  }
  const fitting = overburns ? tried : tried.filter((method) => !isTooLarge(method));
  const plans = fitting.map((method): BurnPlan => (
    { medium, writtenSectors: writtenBy(method), close, method, simulate, spares, unprotected }
  ));
  const [first, ...others] = plans;
  if (first !== undefined) return [first, ...others];
  throw tooLarge(medium, {
    freeSectors,
    sizeSectors,
    writtenSectors: writtenBy(tried[0] ?? "incremental"),
    overburn,
  });
}

function refusal(
  hresult: HresultName,
  details: { action?: string; found: string; advice: string },
): BurnError {
  return new BurnError(hresult, { action: "burn the disc", ...details });
}

function tooLarge(
  medium: Medium,
  { freeSectors, sizeSectors, writtenSectors, overburn }: {
    freeSectors: number;
    sizeSectors: number;
    writtenSectors: number;
    overburn: boolean;
  },
): BurnError {
  const padding = writtenSectors > sizeSectors && sizeSectors <= freeSectors
    ? `, and ${writtenSectors - sizeSectors} of padding`
    : "";
  const isClose = medium.family === "cd" && writtenSectors <= freeSectors + OVERBURN_SECTORS;
  return refusal("E_IMAPI_DF2DATA_STREAM_TOO_LARGE_FOR_CURRENT_MEDIA", {
    found: `the data has ${sizeSectors} sectors (${megabytes(sizeSectors)})${padding}, the disc has ` +
      `${freeSectors} free (${megabytes(freeSectors)})`,
    advice: overburn
      ? "burn less, or insert a larger disc: only a CD can be written beyond its end"
      : `burn less, or insert a larger disc${isClose ? "; --overburn tries to go beyond the end" : ""}`,
  });
}

/** Two minutes: as much as discs take at most beyond the end that they tell of. */
const OVERBURN_SECTORS = 9_000;

/** States of a disc from which a burn can begin; an overwritable disc's data was asked for by then. */
const BURNED_FROM: ReadonlySet<DiscStatus> = new Set<DiscStatus>(["blank", "appendable", "overwritable"]);
