/** Compares two images sector by sector. @module */
import { areEqual } from "../burn/equal_bytes.ts";
import { SECTOR_BYTES } from "../image/mod.ts";

/** Something with sectors. */
export interface Sectors {
  readonly sizeSectors: number;
  read(lba: number, count: number, target: Uint8Array): void;
}

/** Neighbouring sectors that are not as they should be. */
export interface SectorDifference {
  readonly startLba: number;
  readonly lengthSectors: number;
  readonly problem: "different" | "unreadable" | "missing";
  /** What the reader said of the first unreadable one. */
  readonly message?: string;
}

const SECTORS_AT_ONCE = 128;
/** Runs that are listed; a disc that is bad all over needs no longer list. */
const LISTED_MAX = 1000;

/**
 * Where `found` is not what `wanted` is. What `found` has beyond the end of `wanted` does not count: discs are padded.
 *
 * @param onPiece told of sectors that were compared; what it throws ends the work.
 */
export function compareSectors(
  found: Sectors,
  wanted: Sectors,
  onPiece: (sectors: number) => void,
): SectorDifference[] {
  const runs: SectorDifference[] = [];
  const add = (lba: number, problem: SectorDifference["problem"], message?: string): void => {
    const last = runs.at(-1);
    if (last !== undefined && last.problem === problem && last.startLba + last.lengthSectors === lba) {
      runs[runs.length - 1] = { ...last, lengthSectors: last.lengthSectors + 1 };
    } else if (runs.length < LISTED_MAX) {
      runs.push({ startLba: lba, lengthSectors: 1, problem, ...(message === undefined ? {} : { message }) });
    }
  };
  const is = new Uint8Array(SECTORS_AT_ONCE * SECTOR_BYTES);
  const shouldBe = new Uint8Array(SECTORS_AT_ONCE * SECTOR_BYTES);
  const isEqual = (from: number, count = 1): boolean => {
    const [start, end] = [from * SECTOR_BYTES, (from + count) * SECTOR_BYTES];
    return areEqual(is.subarray(start, end), shouldBe.subarray(start, end));
  };
  const shared = Math.min(found.sizeSectors, wanted.sizeSectors);
  for (let lba = 0; lba < shared; lba += SECTORS_AT_ONCE) {
    const count = Math.min(SECTORS_AT_ONCE, shared - lba);
    wanted.read(lba, count, shouldBe);
    if (tryRead(found, lba, count, is) !== undefined) {
      // Something in this piece cannot be read: each sector tells for itself.
      for (let index = 0; index < count; index++) {
        const sector = is.subarray(index * SECTOR_BYTES, (index + 1) * SECTOR_BYTES);
        const message = tryRead(found, lba + index, 1, sector);
        if (message !== undefined) add(lba + index, "unreadable", message);
        else if (!isEqual(index)) add(lba + index, "different");
      }
    } else if (!isEqual(0, count)) {
      for (let index = 0; index < count; index++) {
        if (!isEqual(index)) add(lba + index, "different");
      }
    }
    onPiece(count);
  }
  if (wanted.sizeSectors > shared) {
    runs.push({ startLba: shared, lengthSectors: wanted.sizeSectors - shared, problem: "missing" });
  }
  return runs;
}

/** What went wrong in reading, in words; undefined where nothing did. */
function tryRead(sectors: Sectors, lba: number, count: number, target: Uint8Array): string | undefined {
  try {
    sectors.read(lba, count, target);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
