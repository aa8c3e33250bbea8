/**
 * Burning data: what every family of media has in common. Everything that can be refused is refused before the first
 * WRITE. After it, whatever happens (an error of the drive, of the source, a cancellation) the buffer is flushed, track
 * and session are closed, the tray is unlocked, and the error says which state the disc is in by the drive's own word.
 *
 * @module
 */
import { write10 } from "../mmc/cdb.ts";
import { BurnError, type DiscState, type DiscStatus, isUnwinding } from "../mmc/errors.ts";
import { Cancelled, type Procedure } from "../mmc/request.ts";
import type { BurnFamily, BurnPlan } from "./burn_family.ts";
import { attempt, type Failure, failureError } from "./command.ts";
import { discStateOf, type Medium, megabytes } from "./describe.ts";
import { FAMILIES } from "./family.ts";
import { formatDisc } from "./format.ts";
import { inspect, isAlive, readDiscInformation, readNextTrack } from "./inspect.ts";
import { ProgressTeller } from "./progress.ts";
import { shielded } from "./shielded.ts";
import { lockTray, unlockTray } from "./tray.ts";
import { verifyData } from "./verify.ts";

const SECTOR_BYTES = 2048;

/** What is burned, and how. */
export interface BurnOptions {
  /** Sectors of the source; the source is read from its sector 0 on, wherever the disc is continued. */
  readonly sizeSectors: number;
  /** Whether more sessions can follow. */
  readonly close: "appendable" | "finalize";
  /** Sectors a second; the drive takes the next lower speed that it has. Left out: the drive's own choice, its highest. */
  readonly speed?: number | undefined;
  /** What is read back and compared. */
  readonly verify: "none" | "quick" | "full";
  /** Who burns; IMAPI's name for the program. */
  readonly clientName?: string | undefined;
  /** Whether a disc that holds data may be overwritten, where its kind allows that. */
  readonly forceOverwrite?: boolean | undefined;
  /** Whether an appendable disc is refused; for images that were laid out to begin at sector 0. */
  readonly blankOnly?: boolean | undefined;
  /** Whose data lies in a sector of the source; named in what a verification finds. */
  readonly ownerOf?: ((lba: number) => string | undefined) | undefined;
  /** Milliseconds of any clock; without it neither times nor rates are told. */
  readonly now?: (() => number) | undefined;
}

/** What a burn has done. */
export interface BurnResult {
  /** Where the data begins on the disc. */
  readonly startLba: number;
  /** Sectors of data. */
  readonly sizeSectors: number;
  /** Sectors written, padding included. */
  readonly writtenSectors: number;
  /** What was read back and found equal. */
  readonly verified: "none" | "quick" | "full";
  /** Of the writing alone, without closing and verifying; undefined without a clock. */
  readonly bytesPerSecond: number | undefined;
  /** The disc afterwards, by the drive's word. */
  readonly discState: DiscState;
}

/**
 * Burns the source as one track at the disc's next writable address.
 *
 * @throws BurnError with the documented HRESULT; once writing has begun its `discState` is the state of the disc.
 */
export function* burnData(options: BurnOptions): Procedure<BurnResult> {
  const medium = yield* inspectFirst();
  const { family, plan, startLba } = check(medium, options);
  const teller = new ProgressTeller({
    startLba,
    sectorCount: options.sizeSectors,
    bufferBytes: family.sectorsPerWrite * SECTOR_BYTES,
    now: options.now,
  });
  const burn = new Burn({ options, family, plan, startLba, teller });
  try {
    yield* teller.tell("validating");
    yield* lockTray();
    yield* burn.prepare();
    yield* burn.write();
    yield* teller.tell("finalizing", options.sizeSectors);
    yield* shielded(burn.finish());
  } catch (error) {
    throw yield* shielded(burn.salvage(error), { late: "ignore" });
  }
  return yield* burn.conclude();
}

function* inspectFirst(): Procedure<Medium> {
  try {
    return yield* inspect();
  } catch (error) {
    throw errorOf(error, undefined);
  }
}

/** Finds every reason not to begin. */
function check(
  medium: Medium,
  { sizeSectors, close, blankOnly = false, forceOverwrite = false }: BurnOptions,
): {
  family: BurnFamily;
  plan: BurnPlan;
  startLba: number;
} {
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
        ? "an earlier burn did not end; close the disc to keep what it holds, or use a blank one"
        : medium.rewritable
        ? "erase the disc (burnscript erase), or insert a blank one"
        : "insert a blank disc",
    });
  }
  if (medium.status === "appendable" && blankOnly) {
    throw new BurnError("E_IMAPI_DF2DATA_MEDIA_NOT_BLANK", {
      action,
      found: `found ${medium.description}`,
      advice: "insert a blank disc, or make the image for a disc that is continued",
    });
  }
  const writtenSectors = family.writtenSectors(sizeSectors);
  if (writtenSectors > medium.freeSectors) {
    const padding = writtenSectors > sizeSectors && sizeSectors <= medium.freeSectors
      ? `, and ${writtenSectors - sizeSectors} of padding`
      : "";
    throw new BurnError("E_IMAPI_DF2DATA_STREAM_TOO_LARGE_FOR_CURRENT_MEDIA", {
      action,
      found: `the data has ${sizeSectors} sectors (${megabytes(sizeSectors)})${padding}, the disc has ` +
        `${medium.freeSectors} free (${megabytes(medium.freeSectors)})`,
      advice: "burn less, or insert a larger disc",
    });
  }
  return { family, plan: { medium, writtenSectors, close }, startLba: medium.nwa ?? 0 };
}

/** States of a disc from which a burn can begin; an overwritable disc's data was asked for by then. */
const BURNED_FROM: ReadonlySet<DiscStatus> = new Set<DiscStatus>(["blank", "appendable", "overwritable"]);

/** One burn: what it needs to know from step to step. */
class Burn {
  readonly #options: BurnOptions;
  readonly #family: BurnFamily;
  readonly #plan: BurnPlan;
  readonly #startLba: number;
  readonly #teller: ProgressTeller;
  /** Whether a WRITE or a FORMAT was sent: from then on the disc may be changed, whatever was answered. */
  #isBegun = false;
  #isClosed = false;
  #writeBeginMs = 0;
  #writeEndMs = 0;

  constructor({ options, family, plan, startLba, teller }: {
    options: BurnOptions;
    family: BurnFamily;
    plan: BurnPlan;
    startLba: number;
    teller: ProgressTeller;
  }) {
    this.#options = options;
    this.#family = family;
    this.#plan = plan;
    this.#startLba = startLba;
    this.#teller = teller;
  }

  *prepare(): Procedure<void> {
    const format = this.#family.formatFor?.(this.#plan);
    if (format !== undefined) {
      yield* this.#teller.tell("formatting");
      this.#isBegun = true;
      yield* shielded(formatDisc(format));
    }
    yield* this.#teller.tell("initializingHardware");
    const { speed } = this.#options;
    if (speed !== undefined && speed > 0) yield* this.#family.setSpeed(this.#plan.medium, speed);
    yield* this.#teller.tell("calibrating");
    yield* this.#family.prepare(this.#plan);
    yield* this.#confirmStart();
  }

  /** The address can depend on the mode pages that were set since the disc was looked at. */
  *#confirmStart(): Procedure<void> {
    if (this.#family.rewrites) return;
    const nwa = yield* this.#nextWritable();
    if (nwa === undefined || nwa === this.#startLba) return;
    throw new BurnError("E_IMAPI_DF2DATA_INVALID_MEDIA_STATE", {
      action: "burn the disc",
      found: `the drive would write at LBA ${nwa}, after it had named LBA ${this.#startLba}`,
      advice: "try again, and keep other programs from the drive",
    });
  }

  *#nextWritable(): Procedure<number | undefined> {
    const disc = yield* readDiscInformation();
    if (disc === undefined) return undefined;
    const track = yield* readNextTrack(this.#plan.medium, disc);
    return track?.nwa === undefined ? undefined : Math.max(track.nwa, track.startLba);
  }

  *write(): Procedure<void> {
    const { sizeSectors, now } = this.#options;
    const { writtenSectors } = this.#plan;
    const most = this.#family.sectorsPerWrite;
    const padded = new Uint8Array(most * SECTOR_BYTES);
    this.#writeBeginMs = now?.() ?? 0;
    for (let done = 0; done < writtenSectors;) {
      yield* this.#teller.tell("writing", done);
      const count = Math.min(most, writtenSectors - done);
      const fromSource = Math.max(0, Math.min(count, sizeSectors - done));
      let data: Uint8Array;
      if (fromSource === count) data = (yield { kind: "source", lba: done, count }).dataIn;
      else {
        data = padded.subarray(0, count * SECTOR_BYTES);
        data.fill(0);
        if (fromSource > 0) data.set((yield { kind: "source", lba: done, count: fromSource }).dataIn);
      }
      yield* this.#writeAt(this.#startLba + done, data);
      done += count;
    }
    this.#writeEndMs = now?.() ?? 0;
    yield* this.#teller.tell("writing", sizeSectors);
  }

  *#writeAt(lba: number, data: Uint8Array): Procedure<void> {
    let from = lba;
    const endLba = lba + data.length / SECTOR_BYTES;
    for (let repeats = 0;; repeats++) {
      const rest = from === lba ? data : data.subarray((from - lba) * SECTOR_BYTES);
      this.#isBegun = true;
      const outcome = yield* attempt({
        action: () => `write at LBA ${from}`,
        cdb: write10(from, endLba - from),
        dataOut: rest,
        isWrite: true,
      });
      if (outcome.ok) return;
      const arrived = yield* this.#whatArrived(outcome.failure, { from, endLba });
      if (arrived === endLba) return;
      if (arrived === undefined || repeats >= WRITE_REPEATS) {
        throw failureError(`write at LBA ${from}`, outcome.failure);
      }
      from = arrived;
    }
  }

  /**
   * After a WRITE whose fate is not known: up to where its data arrived. The next writable address tells it; it may
   * have been carried out, in part too, or repeated by the transport. Undefined where writing cannot go on.
   */
  *#whatArrived(
    failure: Failure,
    { from, endLba }: { from: number; endLba: number },
  ): Procedure<number | undefined> {
    const { transport, sense } = failure;
    const isUnsure = transport === "reset" || transport === "aborted" || sense?.key === 0xb ||
      (sense?.key === 4 && sense.asc === 0x08) || (sense?.asc === 0x21 && sense.ascq === 2);
    if (!isUnsure) return undefined;
    // What is written in its place can be written there again.
    if (this.#family.rewrites) return from;
    const nwa = yield* this.#nextWritable();
    return nwa !== undefined && nwa >= from && nwa <= endLba ? nwa : undefined;
  }

  *finish(): Procedure<void> {
    yield* this.#family.finish(this.#plan);
    this.#isClosed = true;
  }

  /** Verifies, unlocks, and says what was done. */
  *conclude(): Procedure<BurnResult> {
    const { sizeSectors, verify, now, ownerOf } = this.#options;
    let medium: Medium;
    try {
      medium = yield* inspect();
      if (verify !== "none") {
        this.#checkRecorded(medium);
        yield* this.#teller.tell("verifying");
        const teller = this.#teller;
        yield* verifyData({
          startLba: this.#startLba,
          sizeSectors,
          level: verify,
          ownerOf,
          onProgress: (done) => teller.tell("verifying", done),
        });
      }
    } catch (error) {
      throw yield* shielded(this.salvage(error), { late: "ignore" });
    }
    yield* unlockTray();
    try {
      yield* this.#teller.tell("completed");
    } catch (error) {
      if (!(error instanceof Cancelled)) throw error;
      // Too late to cancel anything: what was to be done is done.
    }
    const seconds = (this.#writeEndMs - this.#writeBeginMs) / 1000;
    const { writtenSectors } = this.#plan;
    return {
      startLba: this.#startLba,
      sizeSectors,
      writtenSectors,
      verified: verify,
      bytesPerSecond: now === undefined || seconds <= 0 ? undefined : writtenSectors * SECTOR_BYTES / seconds,
      discState: discStateOf(medium),
    };
  }

  /** Whether the drive tells of a closed session that is long enough: IMAPI's quick verification begins so. */
  #checkRecorded(medium: Medium): void {
    const endLba = this.#startLba + this.#options.sizeSectors;
    // A disc that is written anywhere has no more to tell than its one formatted part.
    if (this.#family.rewrites && !medium.damaged) return;
    const isLongEnough = medium.tracks.length === 0 ||
      medium.tracks.some((track) =>
        track.startLba <= this.#startLba && track.startLba + track.sizeSectors >= endLba
      );
    if (isLongEnough && !medium.damaged && medium.status !== "open" && medium.status !== "blank") return;
    throw new BurnError("E_IMAPI_BURN_VERIFICATION_FAILED", {
      action: "verify the disc",
      found: `the drive does not tell of ${this.#options.sizeSectors} sectors from LBA ${this.#startLba} on`,
      advice: "do not trust this disc; burn the data again on another one",
    });
  }

  /** Leaves disc and drive in the best state that is left, and makes the error that says which. */
  *salvage(error: unknown): Procedure<unknown> {
    const isPresent = yield* isAlive();
    if (this.#isBegun && !this.#isClosed && isPresent) {
      try {
        yield* this.#family.salvage(this.#plan);
      } catch (_secondError) {
        // The first error is the one to tell; what could not be closed, the disc's state below tells.
      }
    }
    yield* unlockTray();
    const discState = this.#isBegun ? yield* this.#stateAfter(isPresent) : undefined;
    return errorOf(error, discState);
  }

  *#stateAfter(isPresent: boolean): Procedure<DiscState> {
    if (isPresent) {
      try {
        return discStateOf(yield* inspect());
      } catch (_secondError) {
        // A drive that cannot be asked leaves the disc's state unknown, which is what is said then.
      }
    }
    return {
      status: "unknown",
      sessions: this.#plan.medium.sessions,
      description: `${this.#plan.medium.name}, written in part, state unknown`,
    };
  }
}

/** How often one WRITE is continued after the transport failed under it. */
const WRITE_REPEATS = 3;

function errorOf(error: unknown, discState: DiscState | undefined): unknown {
  if (isUnwinding(error)) return error;
  if (error instanceof BurnError) return discState === undefined ? error : error.with({ discState });
  const advice = discState === undefined ? "the disc is as it was" : "burn the data again on another disc";
  if (error instanceof Cancelled) {
    return new BurnError("E_IMAPI_REQUEST_CANCELLED", {
      action: "go on burning",
      found: "the burn was cancelled",
      advice,
      discState,
      cause: error,
    });
  }
  if (error instanceof Error) {
    return new BurnError("E_FAIL", {
      action: "go on burning",
      found: `the source or the connection failed: ${error.message}`,
      advice,
      discState,
      cause: error,
    });
  }
  return error;
}
