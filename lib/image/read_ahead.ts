/** Reads structures in larger pieces: most lie beside each other, and a call for each would cost more than its bytes. @module */
import { SECTOR_BYTES } from "./binary.ts";
import type { ReadSectors } from "./volumes.ts";

const PIECE_SECTORS = 32;
const PIECES_MAX = 64; // 4 MiB

/** The same sectors, the last pieces of them kept; what fails as a piece is asked for as it was wanted. */
export function readAhead(read: ReadSectors, sizeSectors: number): ReadSectors {
  const pieces = new Map<number, Uint8Array>();
  const pieceAt = (index: number): Uint8Array | undefined => {
    const known = pieces.get(index);
    if (known !== undefined) return known;
    const startLba = index * PIECE_SECTORS;
    const count = Math.min(PIECE_SECTORS, sizeSectors - startLba);
    if (count <= 0) return undefined;
    const oldest = pieces.size < PIECES_MAX ? undefined : pieces.entries().next().value;
    if (oldest !== undefined) pieces.delete(oldest[0]);
    const bytes = oldest?.[1] ?? new Uint8Array(PIECE_SECTORS * SECTOR_BYTES);
    try {
      read(startLba, count, bytes.subarray(0, count * SECTOR_BYTES));
    } catch {
      // One bad sector of a disc must not take its neighbours with it: the caller reads exactly what it wants, and what
      // that throws is its answer.
      return undefined;
    }
    pieces.set(index, bytes);
    return bytes;
  };
  return (lba, count, target) => {
    if (count === 0) return; // wherever: an empty directory of a damaged image may be at any place
    const index = Math.floor(lba / PIECE_SECTORS);
    const offset = lba - index * PIECE_SECTORS;
    const fits = offset >= 0 && offset + count <= PIECE_SECTORS && lba + count <= sizeSectors;
    const piece = fits ? pieceAt(index) : undefined;
    if (piece === undefined) return read(lba, count, target);
    target.set(piece.subarray(offset * SECTOR_BYTES, (offset + count) * SECTOR_BYTES));
  };
}
