/** Erasing rewritable discs: BLANK for those that are recorded sequentially, zeros for those that are written anywhere. @module */
import { blank, write10 } from "../mmc/cdb.ts";
import { FEATURE, isCurrent } from "../mmc/configuration.ts";
import { BurnError } from "../mmc/errors.ts";
import { Cancelled, type Procedure } from "../mmc/request.ts";
import type { BurnFamily } from "./burn_family.ts";
import { attempt, type Failure, failureError, isEndless, send, TIMEOUT_MS, waitForEnd } from "./command.ts";
import { discStateOf, type Medium } from "./describe.ts";
import { FAMILIES } from "./family.ts";
import { formatDisc } from "./format.ts";
import { inspect } from "./inspect.ts";
import { shielded } from "./shielded.ts";
import { withSpeedMismatch } from "./speed.ts";
import { lockTray, unlockTray } from "./tray.ts";
import { selectWriteParameters } from "./write_parameters.ts";

const SECTOR_BYTES = 2048;
/** What a quick erase overwrites: the first 2 MB, where every file system begins. */
const QUICK_SECTORS = 1024;

/** How a disc is erased. */
export interface EraseOptions {
  /** Whether every sector is erased, and not only what makes the disc count as blank. */
  readonly full?: boolean;
  /** Makes a DVD-RW one that is overwritten in place (restricted overwrite), in place of blanking it. */
  readonly overwritable?: boolean;
}

/** How far erasing is: 0 to 1, where the drive tells. */
export interface EraseProgress {
  readonly action: "erasing";
  readonly fraction: number;
}

/**
 * Erases a rewritable disc; returns what it is afterwards. A blank disc is left as it is, unless `full` is asked for.
 *
 * @throws BurnError E_IMAPI_ERASE_MEDIA_IS_NOT_ERASABLE for a disc that is written once.
 */
export function* eraseDisc({ full = false, overwritable = false }: EraseOptions = {}): Procedure<Medium> {
  const medium = yield* inspect();
  const family = check(medium, { overwritable });
  const isDone = medium.status === "blank" && !full && !overwritable && !isMinimallyBlank(medium);
  if (isDone) return medium;
  let erased: Medium;
  try {
    yield* lockTray();
    if (overwritable) {
      yield* shielded(formatDisc({ type: "quick", sectors: 0, parameter: ECC_SECTORS }, { onProgress }));
    } else if (BLANKED.has(medium.family)) yield* shielded(blankDisc(medium, { full }));
    // In full, a DVD-RW goes back to what it was when it was bought.
    else if (full && medium.profile === DVD_RW_OVERWRITE) yield* shielded(blankDisc(medium, { full }));
    else yield* overwrite(medium, { family, sectors: full ? medium.freeSectors : QUICK_SECTORS });
    erased = yield* inspect();
    if (erased.status !== "blank") {
      throw new BurnError("E_IMAPI_ERASE_UNEXPECTED_DRIVE_RESPONSE_DURING_ERASE", {
        action: "erase the disc",
        found: `the drive reported no error, and told of ${erased.description} afterwards`,
        advice: full ? "use another disc" : "erase it in full (--full)",
      });
    }
  } catch (error) {
    throw yield* shielded(afterFailure(error, { before: medium, full }), { late: "ignore" });
  }
  yield* unlockTray();
  return erased;
}

/** Whether it takes data at once only: blanking it again makes it one that is written incrementally. */
function isMinimallyBlank({ family, configuration }: Medium): boolean {
  return family === "dvdMinus" && configuration !== undefined &&
    !isCurrent(configuration, FEATURE.incrementalStreaming);
}

const BLANKED: ReadonlySet<Medium["family"]> = new Set<Medium["family"]>(["cd", "dvdMinus"]);
const DVD_RW_SEQUENTIAL = 0x0014;
const DVD_RW_OVERWRITE = 0x0013;
const ECC_SECTORS = 16;

function check(medium: Medium, { overwritable }: { overwritable: boolean }): BurnFamily {
  const action = "erase the disc";
  if (medium.status === "absent") {
    throw new BurnError("E_IMAPI_RECORDER_MEDIA_NO_MEDIA", {
      action,
      found: "found no medium",
      advice: "insert a rewritable disc",
    });
  }
  const family = FAMILIES[medium.family];
  if (!medium.rewritable || family === undefined) {
    throw new BurnError("E_IMAPI_ERASE_MEDIA_IS_NOT_ERASABLE", {
      action,
      found: `found ${medium.description}, which cannot be erased`,
      advice: "insert a rewritable disc: CD-RW, DVD-RW, DVD+RW, DVD-RAM or BD-RE",
    });
  }
  if (medium.writeProtected) {
    throw new BurnError("E_IMAPI_RECORDER_MEDIA_WRITE_PROTECTED", {
      action,
      found: `found ${medium.description}, protected from writing`,
      advice: "take the protection off, or insert another disc",
    });
  }
  if (overwritable && medium.profile !== DVD_RW_SEQUENTIAL && medium.profile !== DVD_RW_OVERWRITE) {
    throw new BurnError("E_IMAPI_ERASE_MEDIA_IS_NOT_SUPPORTED", {
      action: "make the disc overwritable",
      found: `found ${medium.description}`,
      advice: "only a DVD-RW has this mode; other rewritable discs need none",
    });
  }
  return family;
}

function* blankDisc(medium: Medium, { full }: { full: boolean }): Procedure<void> {
  if (medium.family === "cd") {
    // Some drives erase nothing while a test write is set, so the page is set first (libburn does the same).
    yield* selectWriteParameters({ medium, feature: FEATURE.cdTrackAtOnce }, {
      writeType: "trackAtOnce",
      multiSession: false,
      trackMode: 4,
      dataBlockType: 8,
      testWrite: false,
    });
  }
  // A DVD-RW that is blanked minimally can only be written at once, and many programs cannot do that.
  const isMinimal = medium.family === "cd" && !full;
  let failure: Failure | undefined;
  for (const type of isMinimal ? ["minimal", "full"] as const : ["full"] as const) {
    failure = yield* blankBy(type);
    if (failure === undefined) return;
    // Worn and unreadable discs refuse the short way, and can be saved by the long one.
    if (failure.transport !== "ok" || failure.sense?.key !== 5) break;
  }
  if (failure !== undefined) throw eraseError(failure);
}

function* blankBy(type: "full" | "minimal"): Procedure<Failure | undefined> {
  const outcome = yield* attempt({ action: "erase the disc", cdb: blank(type), timeoutMs: TIMEOUT_MS.long });
  if (!outcome.ok) return outcome.failure;
  return yield* waitForEnd({ budgetMs: TIMEOUT_MS.format, onProgress });
}

function* onProgress(fraction: number): Procedure<void> {
  const progress: EraseProgress = { action: "erasing", fraction };
  yield { kind: "progress", progress };
}

/** Writes zeros from sector 0 on, then ends as a burn does. */
function* overwrite(
  medium: Medium,
  { family, sectors }: { family: BurnFamily; sectors: number },
): Procedure<void> {
  const { blockSectors } = family;
  const writtenSectors = Math.min(sectors, medium.freeSectors);
  const plan = { medium, writtenSectors, close: "finalize", method: "incremental", simulate: false } as const;
  const format = family.formatFor?.(plan);
  if (format !== undefined) yield* shielded(formatDisc(format, { onProgress }));
  try {
    yield* family.prepare(plan);
    const zeros = new Uint8Array(blockSectors * SECTOR_BYTES);
    for (let lba = 0; lba < writtenSectors; lba += blockSectors) {
      const count = Math.min(blockSectors, writtenSectors - lba);
      yield* send({
        action: () => `erase at LBA ${lba}`,
        cdb: write10(lba, count),
        dataOut: zeros.subarray(0, count * SECTOR_BYTES),
        timeoutMs: TIMEOUT_MS.write,
      });
      if (lba % PROGRESS_SECTORS === 0) yield* onProgress(lba / writtenSectors);
    }
  } catch (error) {
    try {
      yield* shielded(family.salvage(plan), { late: "ignore" });
    } catch (_secondError) {
      // The first error is the one to tell; the disc's state tells the rest.
    }
    throw error;
  }
  yield* shielded(family.finish(plan));
}

/** Every 2 MB. */
const PROGRESS_SECTORS = 1024;

/** Unlocks, and has the error say what the disc is now. */
function* afterFailure(
  error: unknown,
  { before, full }: { before: Medium; full: boolean },
): Procedure<unknown> {
  yield* unlockTray();
  let discState = discStateOf(before);
  try {
    discState = discStateOf(yield* inspect());
  } catch (_secondError) {
    discState = { ...discState, status: "unknown", description: `${before.name}, state unknown` };
  }
  if (error instanceof BurnError) return withSpeedMismatch(error, before).with({ discState });
  if (!(error instanceof Cancelled)) return error;
  return new BurnError("E_IMAPI_REQUEST_CANCELLED", {
    action: "go on erasing",
    found: "it was cancelled",
    advice: discState.status === "blank"
      ? (full
        ? "the disc can be used, but what it held can still be found on it: erase it once more to the end"
        : "the disc can be used")
      : "erase the disc before it is used again",
    discState,
    cause: error,
  });
}

function eraseError(failure: Failure): BurnError {
  const error = failureError("erase the disc", failure);
  if (isEndless(failure)) {
    const { action, found, advice, sense, command } = error;
    return new BurnError("E_IMAPI_ERASE_TOOK_LONGER_THAN_ONE_HOUR", {
      action,
      found,
      advice,
      sense,
      command,
    });
  }
  if (failure.sense === undefined || error.hresultName !== "E_IMAPI_UNEXPECTED_RESPONSE_FROM_DEVICE") {
    return error;
  }
  const { action, found, advice, sense, command } = error;
  return new BurnError("E_IMAPI_ERASE_DRIVE_FAILED_ERASE_COMMAND", { action, found, advice, sense, command });
}
