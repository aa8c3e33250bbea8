/**
 * Burning data: what every family of media has in common. Everything that can be refused is refused before the first
 * WRITE. After it, whatever happens (an error of the drive, of the source, a cancellation) the buffer is flushed, track
 * and session are closed, the tray is unlocked, and the error says which state the disc is in by the drive's own word.
 *
 * @module
 */
import { write10 } from "../mmc/cdb.ts";
import { BurnError, type DiscState, isUnwinding } from "../mmc/errors.ts";
import { profileOf } from "../mmc/profiles.ts";
import { Cancelled, type Procedure } from "../mmc/request.ts";
import type { BurnFamily, BurnPlan } from "./burn_family.ts";
import { check, type Plans } from "./check.ts";
import {
  attempt,
  type Failure,
  failureError,
  isAborted,
  readBufferFraction,
  synchronize,
} from "./command.ts";
import { discStateOf, type Medium } from "./describe.ts";
import { formatDisc } from "./format.ts";
import { inspect, isAlive, readDiscInformation, readNextTrack } from "./inspect.ts";
import type { BurnOptions, BurnResult } from "./options.ts";
import { ProgressTeller } from "./progress.ts";
import { shielded } from "./shielded.ts";
import { askedSectorsPerSecond, readSetSpeed, timesText, withSpeedMismatch } from "./speed.ts";
import { lockTray, reloadDisc, unlockTray } from "./tray.ts";
import { type Resumption, resumption } from "./resume.ts";
import { sectorsPerWrite } from "./transfer.ts";
import { verifyData } from "./verify.ts";

const SECTOR_BYTES = 2048;

/**
 * Burns the source as one track at the disc's next writable address.
 *
 * @throws BurnError with the documented HRESULT; once writing has begun its `discState` is the state of the disc.
 */
export function* burnData(options: BurnOptions): Procedure<BurnResult> {
  const medium = yield* inspectFirst();
  const { family, plans, startLba, recordedSectors } = options.resume === true && medium.status === "open"
    ? yield* resumeFirst(medium, options)
    : { ...check(medium, options), recordedSectors: 0 };
  const teller = new ProgressTeller({
    startLba,
    sectorCount: options.sizeSectors,
    bufferBytes: sectorsPerWrite(family.blockSectors, options.maxTransferBytes) * SECTOR_BYTES,
    sectorsPerSecondAt1x: profileOf(medium.profile).sectorsPerSecondAt1x,
    now: options.now,
  });
  const burn = new Burn({ options, family, plans, startLba, recordedSectors, teller });
  try {
    yield* teller.tell("validating");
    yield* lockTray();
    yield* burn.prepare();
    yield* burn.write();
    yield* teller.tell("finalizing", options.sizeSectors);
    yield* shielded(burn.finish());
  } catch (error) {
    throw yield* burn.judge(yield* shielded(burn.salvage(error), { late: "ignore" }));
  }
  return yield* burn.conclude();
}

function* inspectFirst(): Procedure<Medium> {
  try {
    return yield* inspect();
  } catch (error) {
    throw errorOf(error, { discState: undefined, isUntouched: true });
  }
}

function* resumeFirst(medium: Medium, options: BurnOptions): Procedure<Resumption> {
  try {
    return yield* resumption(medium, options);
  } catch (error) {
    throw errorOf(error, { discState: undefined, isUntouched: true });
  }
}

/** One burn: what it needs to know from step to step. */
class Burn {
  readonly #options: BurnOptions;
  readonly #family: BurnFamily;
  /** The way that is taken now, and those that are left when the drive refuses it. */
  #plan: BurnPlan;
  #otherPlans: readonly BurnPlan[];
  readonly #startLba: number;
  readonly #teller: ProgressTeller;
  /** What an earlier burn left. */
  readonly #recordedSectors: number;
  /** Whether a WRITE or a FORMAT was sent: from then on the disc may be changed, whatever was answered. */
  #isBegun = false;
  #isWritten = false;
  #isClosed = false;
  readonly #notes: string[] = [];
  #setSpeed: number | undefined;
  #writeBeginMs = 0;
  #writeEndMs = 0;

  constructor({ options, family, plans, startLba, recordedSectors, teller }: {
    options: BurnOptions;
    family: BurnFamily;
    plans: Plans;
    startLba: number;
    recordedSectors: number;
    teller: ProgressTeller;
  }) {
    this.#recordedSectors = recordedSectors;
    this.#options = options;
    this.#family = family;
    [this.#plan, ...this.#otherPlans] = plans;
    this.#startLba = startLba;
    this.#teller = teller;
  }

  *prepare(): Procedure<void> {
    const { medium } = this.#plan;
    const format = this.#family.formatFor?.(this.#plan);
    if (format !== undefined) {
      yield* this.#teller.tell("formatting");
      this.#isBegun = true;
      yield* shielded(formatDisc(format));
    }
    yield* this.#teller.tell("initializingHardware");
    const asked = this.#askedSpeed;
    if (asked !== undefined) yield* this.#family.setSpeed(medium, asked);
    this.#setSpeed = yield* readSetSpeed(medium);
    yield* this.#teller.tell("calibrating");
    yield* this.#getReady();
  }

  get #sectorsPerWrite(): number {
    return sectorsPerWrite(this.#family.blockSectors, this.#options.maxTransferBytes);
  }

  get #askedSpeed(): number | undefined {
    const { speed } = this.#options;
    const asked = speed === undefined ? 0 : askedSectorsPerSecond(speed, this.#plan.medium);
    return asked > 0 ? asked : undefined;
  }

  /** Makes the drive ready for the first way to write that it takes. */
  *#getReady(): Procedure<void> {
    for (;;) {
      try {
        yield* this.#family.select(this.#plan);
        const note = yield* this.#family.prepare(this.#plan);
        if (note !== undefined) this.#note(note);
        return yield* this.#confirmStart();
      } catch (error) {
        // A mode page that is refused, or a way to write that is none for this disc; anything else is no reason to go another.
        const sense = error instanceof BurnError ? error.sense : undefined;
        const isRefused = sense?.key === 5 && (sense.asc === 0x26 || sense.asc === 0x64);
        if (!isRefused || !this.#takeNextPlan()) throw error;
      }
    }
  }

  #note(message: string): void {
    this.#notes.push(message);
    this.#options.onNote?.(message);
  }

  #takeNextPlan(): boolean {
    const [next, ...others] = this.#otherPlans;
    if (next === undefined) return false;
    this.#plan = next;
    this.#otherPlans = others;
    return true;
  }

  /** Zeros before the first sector, which the host writes too. */
  get #pregapSectors(): number {
    return this.#family.pregapSectors(this.#plan.method);
  }

  /** The address can depend on the mode pages that were set since the disc was looked at. */
  *#confirmStart(): Procedure<void> {
    // A cue sheet has named the address by then, and drives that have one say of it what they like.
    if (this.#family.rewrites || this.#pregapSectors > 0) return;
    const nwa = yield* this.#nextWritable();
    if (nwa === undefined || nwa === this.#startLba + this.#recordedSectors) return;
    throw new BurnError("E_IMAPI_DF2DATA_INVALID_MEDIA_STATE", {
      action: "burn the disc",
      found: `the drive would write at LBA ${nwa}, after it had named LBA ${
        this.#startLba + this.#recordedSectors
      }`,
      advice: "try again, and keep other programs from the drive",
    });
  }

  *#nextWritable(): Procedure<number | undefined> {
    const disc = yield* readDiscInformation();
    if (disc === undefined) return undefined;
    const track = yield* readNextTrack(this.#plan.medium, disc);
    if (track?.nwa === undefined) return undefined;
    // A drive that tells of the pregap before a track means the track (seen with Pioneer and Lite-On).
    return this.#pregapSectors > 0 ? track.nwa : Math.max(track.nwa, track.startLba);
  }

  *write(): Procedure<void> {
    for (;;) {
      try {
        return yield* this.#writeAll();
      } catch (error) {
        if (!(yield* this.#isWrongWay(error)) || !this.#takeNextPlan()) throw error;
      }
      yield* this.#getReady();
    }
  }

  /**
   * Whether the drive refuses to write the disc in this way, and has nothing of it on the disc: a DVD-RW that was blanked
   * minimally is found out so, with some drives only when their buffer is full.
   */
  *#isWrongWay(error: unknown): Procedure<boolean> {
    if (!(error instanceof BurnError) || this.#otherPlans.length === 0) return false;
    if (error.sense?.key !== 5 || error.sense.asc !== 0x64) return false;
    return (yield* this.#nextWritable()) === this.#startLba;
  }

  *#writeAll(): Procedure<void> {
    const { sizeSectors, now } = this.#options;
    const { writtenSectors } = this.#plan;
    const most = this.#sectorsPerWrite;
    const padded = new Uint8Array(most * SECTOR_BYTES);
    this.#writeBeginMs = now?.() ?? 0;
    let askAtMs = now === undefined ? Infinity : this.#writeBeginMs + BUFFER_INTERVAL_MS;
    for (let done = this.#recordedSectors - this.#pregapSectors; done < writtenSectors;) {
      yield* this.#teller.tell("writing", Math.max(0, done));
      if (this.#teller.toldMs >= askAtMs) {
        this.#teller.driveBufferFraction = yield* readBufferFraction();
        // A drive that does not tell is not asked again.
        const isTold = this.#teller.driveBufferFraction !== undefined;
        askAtMs = isTold ? this.#teller.toldMs + BUFFER_INTERVAL_MS : Infinity;
      }
      const count = Math.min(most, (done < 0 ? 0 : writtenSectors) - done);
      const fromSource = done < 0 ? 0 : Math.max(0, Math.min(count, sizeSectors - done));
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
    this.#isWritten = true;
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
      if (arrived === undefined || repeats >= WRITE_REPEATS) throw this.#writeError(from, outcome.failure);
      from = arrived;
    }
  }

  #writeError(lba: number, failure: Failure): BurnError {
    const error = failureError(`write at LBA ${lba}`, failure);
    const { medium, writtenSectors } = this.#plan;
    const endLba = this.#startLba + medium.freeSectors;
    const isBeyond = this.#options.overburn === true && writtenSectors > medium.freeSectors &&
      lba + this.#sectorsPerWrite > endLba;
    if (!isBeyond || failure.sense === undefined) return error;
    return new BurnError("E_IMAPI_DF2DATA_STREAM_TOO_LARGE_FOR_CURRENT_MEDIA", {
      action: "write beyond the disc's end",
      found: `the disc took ${lba - this.#startLba} of ${writtenSectors} sectors`,
      advice: "burn less on another disc, or insert a larger one",
      sense: error.sense,
      command: error.command,
    });
  }

  /**
   * After a WRITE whose fate is not known: up to where its data arrived. The next writable address tells it; it may
   * have been carried out, in part too, or repeated by the transport. Undefined where writing cannot go on.
   */
  *#whatArrived(
    failure: Failure,
    { from, endLba }: { from: number; endLba: number },
  ): Procedure<number | undefined> {
    const { sense } = failure;
    const isUnsure = isAborted(failure) || (sense?.key === 4 && sense.asc === 0x08) ||
      (sense?.asc === 0x21 && sense.ascq === 2);
    if (!isUnsure) return undefined;
    // What is written in its place can be written there again.
    if (this.#family.rewrites) return from;
    const nwa = yield* this.#nextWritable();
    return nwa !== undefined && nwa >= from && nwa <= endLba ? nwa : undefined;
  }

  *finish(): Procedure<void> {
    // What was only tried has nothing to close, and drives refuse to.
    if (this.#plan.simulate) yield* synchronize();
    else yield* this.#family.finish(this.#plan);
    this.#isClosed = true;
  }

  /** Takes the test write back, so that the next burn is not one, by whatever program. */
  *#endSimulation(): Procedure<void> {
    try {
      yield* this.#family.select({ ...this.#plan, simulate: false });
    } catch (error) {
      if (!(error instanceof BurnError)) throw error;
      // Whoever writes with this drive next sets the page anew.
    }
  }

  /** Verifies, unlocks, and says what was done. */
  *conclude(): Procedure<BurnResult> {
    const { sizeSectors, verify, now } = this.#options;
    const { simulate, method } = this.#plan;
    let medium: Medium;
    try {
      if (simulate) yield* this.#endSimulation();
      // Half open, a tray is no good place to be cancelled at.
      else if (this.#options.reload === true) yield* shielded(reloadDisc());
      medium = yield* inspect();
      if (simulate) this.#checkUnchanged(medium);
      else if (verify !== "none") {
        this.#checkRecorded(medium);
        yield* this.#verify(verify);
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
      resumedSectors: this.#recordedSectors,
      method,
      simulated: simulate,
      speed: {
        asked: this.#askedSpeed,
        set: this.#setSpeed,
        text: this.#setSpeed === undefined ? undefined : timesText(this.#setSpeed, this.#plan.medium),
      },
      verified: simulate ? "none" : verify,
      notes: this.#notes,
      bytesPerSecond: now === undefined || seconds <= 0
        ? undefined
        : (writtenSectors - this.#recordedSectors) * SECTOR_BYTES / seconds,
      discState: discStateOf(medium),
    };
  }

  *#verify(level: "quick" | "full"): Procedure<void> {
    const { sizeSectors, ownerOf, maxTransferBytes } = this.#options;
    const teller = this.#teller;
    yield* teller.tell("verifying");
    yield* verifyData({
      startLba: this.#startLba,
      sizeSectors,
      level,
      ownerOf,
      maxTransferBytes,
      onProgress: (done) => teller.tell("verifying", done),
    });
  }

  /** There are drives that take the bit of the test write and write. */
  #checkUnchanged(medium: Medium): void {
    const before = this.#plan.medium;
    if (medium.status === before.status && medium.nwa === before.nwa) return;
    throw new BurnError("E_IMAPI_UNEXPECTED_RESPONSE_FROM_DEVICE", {
      action: "simulate the burn",
      found: `the disc was changed: found ${before.description} before, ${medium.description} now`,
      advice: "do not trust simulations by this drive",
    });
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
        if (this.#plan.simulate) yield* synchronize();
        else yield* (this.#family.abandon ?? this.#family.salvage)(this.#plan);
      } catch (_secondError) {
        // The first error is the one to tell; what could not be closed, the disc's state below tells.
      }
    }
    if (this.#plan.simulate && isPresent) yield* this.#endSimulation();
    yield* unlockTray();
    const discState = this.#isBegun ? yield* this.#stateAfter(isPresent) : undefined;
    const thrown = error instanceof BurnError ? withSpeedMismatch(error, this.#plan.medium) : error;
    const found = errorOf(thrown, {
      discState,
      isUntouched: !this.#isBegun || this.#plan.simulate,
      isFinished: this.#isClosed && !this.#plan.simulate,
      rewritable: this.#plan.medium.rewritable,
    });
    const staysOpen = discState?.status === "open" && this.#family.abandon !== undefined;
    if (!staysOpen || !(found instanceof BurnError)) return found;
    return found.with({ advice: `${found.advice}; or go on with this one (burnscript burn --continue)` });
  }

  /**
   * Reads everything back where it was written and only closing failed: drives report such an error for discs that are
   * good (seen with DVD-R and BD-R), and the difference is between a disc to close and one to throw away.
   */
  *judge(error: unknown): Procedure<unknown> {
    if (!(error instanceof BurnError) || !this.#isWritten || this.#isClosed) return error;
    const { discState } = error;
    const isReadable = discState !== undefined && discState.status !== "unknown" &&
      discState.status !== "absent";
    const isCancelled = error.hresultName === "E_IMAPI_REQUEST_CANCELLED";
    if (!isReadable || isCancelled || this.#plan.simulate || this.#options.verify === "none") return error;
    try {
      // What the drive still holds in its buffer reads well, and is not on the disc.
      yield* synchronize();
      yield* this.#verify("full");
    } catch (second) {
      if (isUnwinding(second)) throw second;
      // What cannot be flushed, or is not waited for, is called neither good nor bad.
      const isBad = second instanceof BurnError && second.badSectors.length > 0;
      if (!isBad) return error;
      const { badSectors, advice } = second;
      return error.with({ found: `${error.found}, and ${second.found}`, badSectors, advice });
    }
    const advice = discState.status === "open"
      ? "close it (burnscript close), in another drive if this one cannot; it need not be burned again"
      : "the disc can be used as it is";
    return error.with({ discState: { ...discState, isDataGood: true }, advice });
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

/** How often the drive is asked how full its buffer is. */
const BUFFER_INTERVAL_MS = 1000;

/** How often one WRITE is continued after the transport failed under it. */
const WRITE_REPEATS = 3;

function errorOf(
  error: unknown,
  { discState, isUntouched, isFinished = false, rewritable = false }: {
    discState: DiscState | undefined;
    isUntouched: boolean;
    /** Whether everything was written and closed, and only verifying it did not come to its end. */
    isFinished?: boolean;
    rewritable?: boolean;
  },
): unknown {
  if (isUnwinding(error)) return error;
  if (error instanceof BurnError) {
    if (discState === undefined) return error;
    const isJudged = !isFinished || error.hresultName === "E_IMAPI_BURN_VERIFICATION_FAILED";
    return error.with(
      isJudged ? { discState } : { discState, advice: `${error.advice}; ${ADVICE_FINISHED}` },
    );
  }
  const advice = isUntouched
    ? "the disc is as it was"
    : isFinished
    ? ADVICE_FINISHED
    : adviceAfter(discState, rewritable);
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

const ADVICE_FINISHED = "everything is written; compare it with its source (burnscript verify --against)";

/** What to do with a disc after a burn whose drive did not fail. */
function adviceAfter(discState: DiscState | undefined, rewritable: boolean): string {
  const { status } = discState ?? {};
  if (status === "blank") return "burn the data again";
  if (status === "overwritable") return "burn the data again, over what is there (--force)";
  if (rewritable) return "erase the disc (burnscript erase) and burn the data again";
  if (status === "appendable") return "burn the data again on another disc, or add it to this one (--append)";
  return "burn the data again on another disc";
}
