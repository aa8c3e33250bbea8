/**
 * Discs with several sessions. What a reader sees of one is its last session: descriptors are looked for at that session's
 * beginning, while all addresses in them count from the disc's: so mkisofs and xorriso write it, and so Linux and Windows read
 * it. An earlier session is seen in the same way.
 *
 * @module
 */
import type { ReadSectors, Volume } from "../image/mod.ts";

const SECTOR_BYTES = 2048;
const DESCRIPTORS_LBA = 16;
const DESCRIPTORS_MAX = 16;
const TERMINATOR = 255;

/** A track, as far as sessions go. */
export interface SessionTrack {
  readonly session: number;
  readonly startLba: number;
}

/** Where each session begins, in order; 0 alone where nothing tells of any. */
export function sessionStarts(tracks: readonly SessionTrack[], sessions: number): readonly number[] {
  const starts: number[] = [];
  for (let session = 1; session <= sessions; session++) {
    const first = tracks.find((track) => track.session === session);
    if (first !== undefined) starts.push(first.startLba);
  }
  return starts.length > 0 ? starts : [0];
}

/**
 * Where the session begins that is asked for; the last one when none is.
 *
 * @throws RangeError that says how many there are.
 */
export function chooseSession(starts: readonly number[], session: number | undefined): number {
  const startLba = session === undefined ? starts.at(-1) : starts[session - 1];
  if (startLba !== undefined) return startLba;
  throw new RangeError(
    `There is no session ${session}: the disc has ${
      starts.length === 1 ? "one" : `${starts.length}, numbered from 1`
    }`,
  );
}

/** Reads a disc as one whose only session is that at `startLba`. */
export function sessionReader(read: ReadSectors, startLba: number): ReadSectors {
  if (startLba === 0) return read;
  const count = countDescriptors(read, startLba);
  return (lba, sectors, target) => {
    const isElsewhere = lba + sectors <= DESCRIPTORS_LBA || lba >= DESCRIPTORS_LBA + count;
    if (isElsewhere) return read(lba, sectors, target);
    for (let at = 0; at < sectors; at++) {
      const isDescriptor = lba + at >= DESCRIPTORS_LBA && lba + at < DESCRIPTORS_LBA + count;
      read(
        isDescriptor ? startLba + lba + at : lba + at,
        1,
        target.subarray(at * SECTOR_BYTES, (at + 1) * SECTOR_BYTES),
      );
    }
  };
}

/** The volumes of a session that is not the first: UDF's structures that are found are those of another. */
export function sessionVolumes(volumes: Volume[], startLba: number): Volume[] {
  return startLba === 0 ? volumes : volumes.filter(({ fileSystem }) => fileSystem !== "udf");
}

function countDescriptors(read: ReadSectors, startLba: number): number {
  const sector = new Uint8Array(SECTOR_BYTES);
  for (let index = 0; index < DESCRIPTORS_MAX; index++) {
    read(startLba + DESCRIPTORS_LBA + index, 1, sector);
    if (sector[0] === TERMINATOR) return index + 1;
    const isOne = sector[1] === 0x43 && sector[2] === 0x44 && sector[3] === 0x30; // CD0
    // A session without ISO 9660 hides the others' all the same.
    if (!isOne) return Math.max(1, index);
  }
  return DESCRIPTORS_MAX;
}
