/** READ DISC INFORMATION, standard data (MMC-6). @module */
import { requireLength, uint32 } from "./bytes.ts";

/** Disc status (MMC-6, READ DISC INFORMATION). */
export const DISC_STATUS = ["blank", "appendable", "complete", "other"] as const;

/** State of the last session (MMC-6, READ DISC INFORMATION). */
export const SESSION_STATE = ["empty", "incomplete", "damaged", "complete"] as const;

/** What the drive says of the disc as a whole. */
export interface DiscInformation {
  readonly erasable: boolean;
  readonly status: typeof DISC_STATUS[number];
  readonly lastSessionState: typeof SESSION_STATE[number];
  readonly firstTrack: number;
  /** Sessions, an empty or incomplete last one included. */
  readonly sessions: number;
  readonly firstTrackOfLastSession: number;
  /** An invisible or incomplete track counts. */
  readonly lastTrackOfLastSession: number;
  /** Background format: 0 none, 1 stopped, 2 running, 3 complete. */
  readonly backgroundFormat: number;
  readonly discType: number;
  /** Last possible start of the lead-out as the drive gives it: MSF for a CD, else an LBA; undefined when closed. */
  readonly lastLeadOutStart: number | undefined;
  /** Whether tables of optimum power calibration follow. */
  readonly opcTables: number;
}

/** Reads the standard disc information; 34 bytes with what newer drives add, 32 at least. */
export function parseDiscInformation(bytes: Uint8Array): DiscInformation {
  requireLength("READ DISC INFORMATION reply", bytes, 24);
  const flags = bytes[2] ?? 0;
  const leadOut = uint32(bytes, 20);
  return {
    erasable: (flags & 0x10) !== 0,
    status: DISC_STATUS[(flags & 3) as 0 | 1 | 2 | 3],
    lastSessionState: SESSION_STATE[((flags >> 2) & 3) as 0 | 1 | 2 | 3],
    firstTrack: bytes[3] ?? 0,
    sessions: (bytes[4] ?? 0) | ((bytes[9] ?? 0) << 8),
    firstTrackOfLastSession: (bytes[5] ?? 0) | ((bytes[10] ?? 0) << 8),
    lastTrackOfLastSession: (bytes[6] ?? 0) | ((bytes[11] ?? 0) << 8),
    backgroundFormat: (bytes[7] ?? 0) & 3,
    discType: bytes[8] ?? 0,
    lastLeadOutStart: leadOut === 0xffffffff ? undefined : leadOut,
    opcTables: bytes[33] ?? 0,
  };
}
