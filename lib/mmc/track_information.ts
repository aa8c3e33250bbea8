/** READ TRACK INFORMATION (MMC-6). @module */
import { int32, requireLength, uint32 } from "./bytes.ts";

/** What the drive says of one track. */
export interface TrackInformation {
  readonly track: number;
  readonly session: number;
  readonly damaged: boolean;
  /** Track mode, as CTL: bit 2 set for data. */
  readonly mode: number;
  readonly reserved: boolean;
  readonly blank: boolean;
  readonly packet: boolean;
  readonly startLba: number;
  /** Next writable address; undefined where the drive says that it has none. */
  readonly nwa: number | undefined;
  readonly freeSectors: number;
  readonly sizeSectors: number;
  /** Last recorded address; undefined where the drive does not know it. */
  readonly lastRecordedLba: number | undefined;
}

/** Reads a reply of 36 bytes or more (28 from the oldest drives, which have no last recorded address). */
export function parseTrackInformation(bytes: Uint8Array): TrackInformation {
  requireLength("READ TRACK INFORMATION reply", bytes, 28);
  const valid = bytes[7] ?? 0;
  return {
    track: (bytes[2] ?? 0) | ((bytes[32] ?? 0) << 8),
    session: (bytes[3] ?? 0) | ((bytes[33] ?? 0) << 8),
    damaged: ((bytes[5] ?? 0) & 0x20) !== 0,
    mode: (bytes[5] ?? 0) & 0x0f,
    reserved: ((bytes[6] ?? 0) & 0x80) !== 0,
    blank: ((bytes[6] ?? 0) & 0x40) !== 0,
    packet: ((bytes[6] ?? 0) & 0x20) !== 0,
    startLba: int32(bytes, 8),
    nwa: (valid & 1) !== 0 ? int32(bytes, 12) : undefined,
    freeSectors: uint32(bytes, 16),
    sizeSectors: uint32(bytes, 24),
    lastRecordedLba: (valid & 2) !== 0 && bytes.length >= 32 ? int32(bytes, 28) : undefined,
  };
}
