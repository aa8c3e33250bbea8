/** Reads a disc back and compares it with what was to be written. @module */
import { read10 } from "../mmc/cdb.ts";
import { type BadSector, BurnError } from "../mmc/errors.ts";
import type { Procedure } from "../mmc/request.ts";
import { attempt, type Failure, failureError, isConnectionFailure } from "./command.ts";
import { areEqual } from "./equal_bytes.ts";
import { sectorsPerRead } from "./transfer.ts";
import { waitReady } from "./wait_ready.ts";

const SECTOR_BYTES = 2048;
/** How much a quick verification looks at in one place. */
const SAMPLE_SECTORS = 32;
const TRIES_PER_SECTOR = 3;
/** Sectors that are listed one by one, and those after which reading on tells nothing new. */
const LISTED_MAX = 100;
const BAD_MAX = 4096;

/** What is compared. */
export interface VerifyOptions {
  /** Where the data begins on the disc. */
  readonly startLba: number;
  /** How many sectors of it there are; what was padded is not compared. */
  readonly sizeSectors: number;
  /** "quick": the beginning, the end, and samples between; "full": every sector. */
  readonly level: "quick" | "full";
  /** Whose data lies in this sector of the source. */
  readonly ownerOf?: ((lba: number) => string | undefined) | undefined;
  /** The most bytes that one command may carry; 64 KiB when left out. */
  readonly maxTransferBytes?: number | undefined;
  /** Told after every read, in sectors compared. */
  readonly onProgress?: ((doneSectors: number) => Procedure<void>) | undefined;
}

/** What a verification that found nothing wrong has done. */
export interface VerifyResult {
  /** Sectors compared. */
  readonly sectors: number;
}

/**
 * Compares a disc with its source.
 *
 * @throws BurnError E_IMAPI_BURN_VERIFICATION_FAILED that lists the sectors that differ or cannot be read.
 */
export function* verifyData(options: VerifyOptions): Procedure<VerifyResult> {
  const { level, onProgress } = options;
  const isPresent = yield* waitReady("verify the disc");
  if (!isPresent) {
    throw new BurnError("E_IMAPI_RECORDER_MEDIA_NO_MEDIA", {
      action: "verify the disc",
      found: "found no medium",
      advice: "insert the disc",
    });
  }
  const findings = new Findings();
  let doneSectors = 0;
  for (const [from, count] of pieces(options)) {
    yield* compare(options, { from, count, findings });
    doneSectors += count;
    if (onProgress !== undefined) yield* onProgress(level === "full" ? doneSectors : from + count);
    if (findings.count >= BAD_MAX) break;
  }
  if (findings.count > 0) throw findings.error();
  return { sectors: doneSectors };
}

/** The pieces that are compared: all of the data, or 64 KiB at both ends and at sixteen places between. */
function* pieces(
  { sizeSectors, level, maxTransferBytes }: VerifyOptions,
): Generator<readonly [from: number, count: number]> {
  const most = sectorsPerRead(maxTransferBytes);
  const size = level === "full" ? most : Math.min(most, SAMPLE_SECTORS);
  const step = level === "full" ? size : Math.max(size, Math.floor((sizeSectors - size) / 17));
  let next = 0;
  for (let from = 0; from < sizeSectors; from += step) {
    const count = Math.min(size, sizeSectors - from);
    yield [from, count];
    next = from + count;
  }
  if (next < sizeSectors) {
    const from = Math.max(next, sizeSectors - size);
    yield [from, sizeSectors - from];
  }
}

function* compare(
  { startLba, ownerOf }: VerifyOptions,
  { from, count, findings }: { from: number; count: number; findings: Findings },
): Procedure<void> {
  const expected = (yield { kind: "source", lba: from, count }).dataIn;
  const outcome = yield* readSectors(startLba + from, count);
  if (outcome !== undefined && areEqual(outcome, expected)) return;
  // Something is wrong in this piece: look at it sector by sector, so that each can be named.
  for (let index = 0; index < count; index++) {
    const lba = startLba + from + index;
    const wanted = expected.subarray(index * SECTOR_BYTES, (index + 1) * SECTOR_BYTES);
    const problem = yield* compareSector(lba, wanted);
    if (problem === undefined) continue;
    findings.add({ lba, owner: ownerOf?.(from + index), ...problem });
    if (findings.count >= BAD_MAX) return;
  }
}

function* compareSector(
  lba: number,
  wanted: Uint8Array,
): Procedure<Pick<BadSector, "problem" | "sense"> | undefined> {
  let found: Pick<BadSector, "problem" | "sense"> | undefined;
  for (let tries = 0; tries < TRIES_PER_SECTOR; tries++) {
    const outcome = yield* attempt({
      action: "read the disc back",
      cdb: read10(lba, 1),
      dataInBytes: SECTOR_BYTES,
    });
    if (outcome.ok) {
      if (areEqual(outcome.dataIn, wanted)) return undefined;
      found = { problem: "different", sense: undefined };
      continue;
    }
    const { failure } = outcome;
    if (isElsewhere(failure)) throw failureError(`read sector ${lba} back`, failure);
    const { key, asc, ascq } = failure.sense ?? { key: 0, asc: 0, ascq: 0 };
    found = { problem: "unreadable", sense: { key, asc, ascq } };
  }
  return found;
}

/** Reads `count` sectors; undefined when the drive cannot, or sends less. */
function* readSectors(lba: number, count: number): Procedure<Uint8Array | undefined> {
  const bytes = count * SECTOR_BYTES;
  const outcome = yield* attempt({
    action: "read the disc back",
    cdb: read10(lba, count),
    dataInBytes: bytes,
  });
  if (outcome.ok) return outcome.dataIn.length === bytes ? outcome.dataIn : undefined;
  if (isElsewhere(outcome.failure)) throw failureError(`read sector ${lba} back`, outcome.failure);
  return undefined;
}

/** Whether it tells nothing of the sector: the connection failed, or the disc was taken out or is not ready. */
function isElsewhere(failure: Failure): boolean {
  const { sense } = failure;
  return isConnectionFailure(failure) ||
    (sense !== undefined && !sense.deferred && (sense.key === 2 || sense.key === 6));
}

/** What was found wrong: all counted, the first ones listed. */
class Findings {
  count = 0;
  readonly #listed: BadSector[] = [];

  add(sector: BadSector): void {
    this.count++;
    if (this.#listed.length < LISTED_MAX) this.#listed.push(sector);
  }

  error(): BurnError {
    const first = this.#listed[0];
    const many = this.count >= BAD_MAX ? `at least ${this.count}` : `${this.count}`;
    const sectors = this.count === 1 ? "sector is" : "sectors are";
    const owners = [
      ...new Set(this.#listed.map(({ owner }) => owner).filter((owner) => owner !== undefined)),
    ];
    const inFiles = owners.length === 0
      ? ""
      : `, in ${owners.slice(0, 3).map((owner) => `"${owner}"`).join(", ")}${
        owners.length > 3 ? ` and ${owners.length - 3} more` : ""
      }`;
    return new BurnError("E_IMAPI_BURN_VERIFICATION_FAILED", {
      action: "verify the disc",
      found: `${many} ${sectors} ${first?.problem ?? "different"}, the first at LBA ${first?.lba}${inFiles}`,
      advice: "do not trust this disc; burn the data again on another one",
      badSectors: this.#listed,
      sense: first?.sense,
    });
  }
}
