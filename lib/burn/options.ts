/** What a burn is told, and what it tells in the end. @module */
import type { DiscState } from "../mmc/errors.ts";
import type { AskedSpeed } from "./speed.ts";

/** What is burned, and how. */
export interface BurnOptions {
  /** Sectors of the source; the source is read from its sector 0 on, wherever the disc is continued. */
  readonly sizeSectors: number;
  /** Whether more sessions can follow. */
  readonly close: "appendable" | "finalize";
  /** The drive takes the next lower speed that it has. Left out: the drive's own choice, its highest. */
  readonly speed?: AskedSpeed | undefined;
  /** What is read back and compared. */
  readonly verify: "none" | "quick" | "full";
  /** Whether the tray is opened and closed once before, so that no buffer and no old table of contents can answer. */
  readonly reload?: boolean | undefined;
  /** Who burns; IMAPI's name for the program. */
  readonly clientName?: string | undefined;
  /** Whether a disc that holds data may be overwritten, where its kind allows that. */
  readonly forceOverwrite?: boolean | undefined;
  /** Writes the whole session (SAO) or disc (DAO) at once, and not incrementally, for media that have both ways. */
  readonly atOnce?: boolean | undefined;
  /** Only goes through the motions, the laser at its reading power; for media that have such a test. */
  readonly simulate?: boolean | undefined;
  /** Whether a CD is written beyond the end that it tells of, if the drive lets it. */
  readonly overburn?: boolean | undefined;
  /** Whether a blank BD-R is formatted with spare areas first; one that has them, or is begun, is burned as it is. */
  readonly spares?: boolean | undefined;
  /**
   * Whether a burn that was cut off is gone on with: what is on the disc is compared with the source's beginning, and the rest
   * is written behind it.
   */
  readonly resume?: boolean | undefined;
  /** Whether the source ends with what a CD's track is padded with at its end; it gets no more of it then. */
  readonly isPadded?: boolean | undefined;
  /** Whether the drive's protection from buffer underruns is off; it is on when left out, where the drive has it. */
  readonly unprotected?: boolean | undefined;
  /** Where the image is laid out to begin; a disc that goes on elsewhere is refused. */
  readonly startLba?: number | undefined;
  /** Whether an appendable disc is refused; for images that were laid out to begin at sector 0. */
  readonly blankOnly?: boolean | undefined;
  /** Whose data lies in a sector of the source; named in what a verification finds. */
  readonly ownerOf?: ((lba: number) => string | undefined) | undefined;
  /** The most bytes that one command may carry, by the transport's word; 64 KiB when left out. */
  readonly maxTransferBytes?: number | undefined;
  /** Told what is no reason to stop, and the person at the drive should know. */
  readonly onNote?: ((message: string) => void) | undefined;
  /** Milliseconds of any clock; without it neither times nor rates are told. */
  readonly now?: (() => number) | undefined;
}

/** What a burn has done. */
export interface BurnResult {
  /** Where the data begins on the disc. */
  readonly startLba: number;
  /** Sectors of data. */
  readonly sizeSectors: number;
  /** Sectors written, padding included. */
  readonly writtenSectors: number;
  /** Sectors that an earlier burn, which was cut off, had written, and that were found equal. */
  readonly resumedSectors: number;
  /** How it was written. */
  readonly method: "incremental" | "atOnce";
  /** Whether nothing was written, and all of it only tried. */
  readonly simulated: boolean;
  /** Speeds in sectors a second: the one that was asked for, and the one that the drive then told of. */
  readonly speed: {
    readonly asked: number | undefined;
    readonly set: number | undefined;
    readonly text: string | undefined;
  };
  /** What was read back and found equal. */
  readonly verified: "none" | "quick" | "full";
  /** What was no reason to stop, such as a laser that could not be calibrated. */
  readonly notes: readonly string[];
  /** Of the writing alone, without closing and verifying; undefined without a clock. */
  readonly bytesPerSecond: number | undefined;
  /** The disc afterwards, by the drive's word. */
  readonly discState: DiscState;
}
