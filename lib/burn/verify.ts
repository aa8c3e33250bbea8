/** Reads a disc back and compares it with what was to be written. @module */
import { read10 } from "../mmc/cdb.ts";
import { type BadSector, BurnError } from "../mmc/errors.ts";
import type { Procedure } from "../mmc/request.ts";
import {
  attempt,
  type Failure,
  failureError,
  isConnectionFailure,
  isRefusal,
  type Outcome,
} from "./command.ts";
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
/**
 * What a drive may still hold of what it has just written, 16 MB: twice the largest buffer that drives have, since reading
 * more than the buffer holds, from the beginning on, has replaced the rest by the time that it is reached.
 */
const BUFFERED_SECTORS = 8192;

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
  const reader = new MediumReader(level === "quick" || options.sizeSectors <= BUFFERED_SECTORS);
  let doneSectors = 0;
  for (const [from, count] of pieces(options)) {
    yield* compare(options, { from, count, findings, reader });
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
  { from, count, findings, reader }: {
    from: number;
    count: number;
    findings: Findings;
    reader: MediumReader;
  },
): Procedure<void> {
  const expected = (yield { kind: "source", lba: from, count }).dataIn;
  const found = yield* reader.read(startLba + from, count);
  if (found.ok && areEqual(found.dataIn, expected)) return;
  // Something is wrong in this piece: look at it sector by sector, so that each can be named.
  for (let index = 0; index < count; index++) {
    const lba = startLba + from + index;
    const wanted = expected.subarray(index * SECTOR_BYTES, (index + 1) * SECTOR_BYTES);
    const problem = yield* compareSector(lba, { wanted, reader });
    if (problem === undefined) continue;
    findings.add({ lba, owner: ownerOf?.(from + index), ...problem });
    if (findings.count >= BAD_MAX) return;
  }
}

function* compareSector(
  lba: number,
  { wanted, reader }: { wanted: Uint8Array; reader: MediumReader },
): Procedure<Pick<BadSector, "problem" | "sense"> | undefined> {
  let found: Pick<BadSector, "problem" | "sense"> | undefined;
  for (let tries = 0; tries < TRIES_PER_SECTOR; tries++) {
    const outcome = yield* reader.read(lba, 1);
    if (outcome.ok) {
      if (areEqual(outcome.dataIn, wanted)) return undefined;
      found = { problem: "different", sense: undefined };
      continue;
    }
    const { key, asc, ascq } = outcome.failure.sense ?? { key: 0, asc: 0, ascq: 0 };
    found = { problem: "unreadable", sense: { key, asc, ascq } };
  }
  return found;
}

/** Reads what is on the disc, and not what the drive has in its buffer, where that could be taken for it. */
class MediumReader {
  /** Whether the drive is told to; one that does not know the bit is told no more. */
  #fromMedium: boolean;

  constructor(fromMedium: boolean) {
    this.#fromMedium = fromMedium;
  }

  /** What came of reading sectors; throws for what tells nothing of them. */
  *read(lba: number, count: number): Procedure<Outcome> {
    let outcome = yield* readSectors(lba, { count, fromMedium: this.#fromMedium });
    if (!outcome.ok && this.#fromMedium && isRefusal(outcome.failure)) {
      outcome = yield* readSectors(lba, { count, fromMedium: false });
      if (outcome.ok) this.#fromMedium = false;
    }
    if (!outcome.ok && isElsewhere(outcome.failure)) {
      throw failureError(`read sector ${lba} back`, outcome.failure);
    }
    return outcome;
  }
}

function readSectors(
  lba: number,
  { count, fromMedium }: { count: number; fromMedium: boolean },
): Procedure<Outcome> {
  return attempt({
    action: "read the disc back",
    cdb: read10(lba, count, { fromMedium }),
    dataInBytes: count * SECTOR_BYTES,
  });
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
