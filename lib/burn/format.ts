/** Formatting a disc, and finding out whether a formatted one holds anything. @module */
import { type FORMAT_TYPE, formatList } from "../mmc/capacity.ts";
import { formatUnit, read10 } from "../mmc/cdb.ts";
import type { Procedure } from "../mmc/request.ts";
import {
  attempt,
  failureError,
  isConnectionFailure,
  send,
  synchronize,
  TIMEOUT_MS,
  waitForEnd,
} from "./command.ts";

/** A format that a disc is to get. */
export interface Format {
  readonly type: keyof typeof FORMAT_TYPE;
  /** How many sectors; what 0 and FFFFFFFFh mean differs by type. */
  readonly sectors: number;
  /** Three bytes whose meaning differs by type. */
  readonly parameter: number;
  /** For a BD-R; see {@linkcode formatList}. */
  readonly subType?: number;
}

/** Formats, and waits for the end, or for the moment from which the drive goes on in the background. */
export function* formatDisc(
  { type, sectors, parameter, subType = 0 }: Format,
  { onProgress }: { onProgress?: (fraction: number) => Procedure<void> } = {},
): Procedure<void> {
  const action = "format the disc";
  const list = formatList(type, { sectors, parameter, subType });
  yield* send({ action, cdb: formatUnit(), dataOut: list, timeoutMs: TIMEOUT_MS.long });
  const failure = yield* waitForEnd({
    budgetMs: TIMEOUT_MS.format,
    ...(onProgress === undefined ? {} : { onProgress }),
  });
  if (failure !== undefined) throw failureError(action, failure);
  // growisofs flushes after a format that makes a disc of what was none, and not before a session grows.
  if (type === "dvdPlusRw" || type === "full") yield* synchronize(action, { rounds: 1 });
}

/** Where file systems begin: ISO 9660's and UDF's descriptors from sector 16 on, UDF's anchor at 256. */
const LOOKED_AT = [0, 256] as const;
const SECTORS_PER_LOOK = 32;

/**
 * Whether a disc that is written anywhere looks as if it held nothing: where file systems begin there are zeros, or
 * sectors that were never written. A sector that cannot be read for another reason may hold something.
 */
export function* looksBlank(readableSectors: number): Procedure<boolean> {
  for (const lba of LOOKED_AT) {
    const count = Math.min(SECTORS_PER_LOOK, readableSectors - lba);
    if (count <= 0) break;
    const outcome = yield* attempt({
      action: "look at the disc",
      cdb: read10(lba, count),
      dataInBytes: count * 2048,
    });
    if (outcome.ok) {
      // An answer cut short leaves open what the rest holds.
      if (outcome.dataIn.length < count * 2048 || outcome.dataIn.some((byte) => byte !== 0)) return false;
      continue;
    }
    const { failure } = outcome;
    if (isConnectionFailure(failure)) throw failureError("look at the disc", failure);
    const { key, asc } = failure.sense ?? { key: 0, asc: 0 };
    const wasNeverWritten = key === 8 || (key === 5 && (asc === 0x21 || asc === 0x64));
    if (!wasNeverWritten) return false;
  }
  return true;
}
