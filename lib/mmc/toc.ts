/** READ TOC/PMA/ATIP, formats 0, 1 and 4 (MMC-6). @module */
import { int32, requireLength, uint16 } from "./bytes.ts";

/** One track of the formatted table of contents. */
export interface TocEntry {
  /** AAh for the lead-out. */
  readonly track: number;
  /** Bit 2 set for a data track. */
  readonly control: number;
  readonly startLba: number;
}

/** Reads format 0, the formatted table of contents. */
export function parseToc(bytes: Uint8Array): TocEntry[] {
  requireLength("READ TOC reply", bytes, 4);
  const end = Math.min(uint16(bytes, 0) + 2, bytes.length);
  const entries: TocEntry[] = [];
  for (let at = 4; at + 8 <= end; at += 8) {
    entries.push({
      control: (bytes[at + 1] ?? 0) & 0x0f,
      track: bytes[at + 2] ?? 0,
      startLba: int32(bytes, at + 4),
    });
  }
  return entries;
}

/** Reads format 1: sessions, and the first track of the last complete one. */
export function parseMultiSession(bytes: Uint8Array): {
  readonly lastSession: number;
  readonly firstTrack: TocEntry;
} {
  requireLength("READ TOC multi-session reply", bytes, 12);
  return {
    lastSession: bytes[3] ?? 0,
    firstTrack: { control: (bytes[5] ?? 0) & 0x0f, track: bytes[6] ?? 0, startLba: int32(bytes, 8) },
  };
}

/** A time code of a CD. */
export interface Msf {
  readonly minute: number;
  readonly second: number;
  readonly frame: number;
}

/** What a blank CD's groove says (MMC-6). */
export interface Atip {
  readonly rewritable: boolean;
  readonly leadInStart: Msf;
  readonly lastLeadOutStart: Msf;
}

/** Reads format 4. */
export function parseAtip(bytes: Uint8Array): Atip {
  requireLength("READ ATIP reply", bytes, 16);
  const msf = (at: number): Msf => ({
    minute: bytes[at] ?? 0,
    second: bytes[at + 1] ?? 0,
    frame: bytes[at + 2] ?? 0,
  });
  return {
    rewritable: ((bytes[6] ?? 0) & 0x40) !== 0,
    leadInStart: msf(8),
    lastLeadOutStart: msf(12),
  };
}

/** LBA of a time code (MMC-6): from minute 90 on it lies before LBA −150, in the lead-in. */
export function msfToLba({ minute, second, frame }: Msf): number {
  return (minute * 60 + second) * 75 + frame - (minute < 90 ? 150 : 450150);
}

/** Time code of an LBA, the inverse of {@linkcode msfToLba}. */
export function lbaToMsf(lba: number): Msf {
  const frames = lba < -150 ? lba + 450150 : lba + 150;
  return { minute: Math.floor(frames / 4500), second: Math.floor(frames / 75) % 60, frame: frames % 75 };
}
