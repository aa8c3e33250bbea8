/**
 * Cue sheets for SEND CUE SHEET (MMC-6): what a session that is written at once consists of, as rows of eight bytes. Here
 * are those of data alone, mode 1.
 *
 * @module
 */
import { lbaToMsf, msfToLba } from "./toc.ts";

/** A row that names a place. */
export interface CueRow {
  /** CTL: bit 2 set for data. */
  readonly control: number;
  /** 0 for the lead-in, AAh for the lead-out. */
  readonly track: number;
  /** 0 for a pregap, 1 for the track's beginning. */
  readonly index: number;
  readonly form: number;
  readonly lba: number;
}

/** Data forms (MMC-6, SEND CUE SHEET). */
export const CUE_FORM = {
  /** Mode 1, 2048 bytes a sector from the host. */
  mode1: 0x10,
  /** Mode 1, which the drive fills with zeros by itself. */
  mode1Pause: 0x14,
} as const;

/** Track number of the lead-out's row. */
export const LEAD_OUT = 0xaa;

const ROW_BYTES = 8;
const DATA = 4;
const ADR = { position: 1, catalog: 2, isrc: 3 } as const;
const PREGAP_SECTORS = 150;

/** The cue sheet of a session with one data track, whose pregap begins 150 sectors before `startLba`. */
export function dataCueSheet({ trackNumber, startLba, endLba, leadInForm }: {
  trackNumber: number;
  startLba: number;
  endLba: number;
  /** Form of what the drive writes around the track; drives differ in which they take. */
  leadInForm: number;
}): Uint8Array {
  const pregapLba = startLba - PREGAP_SECTORS;
  const rows: readonly (readonly [track: number, index: number, form: number, lba: number])[] = [
    [0, 0, leadInForm, pregapLba],
    [trackNumber, 0, CUE_FORM.mode1, pregapLba],
    [trackNumber, 1, CUE_FORM.mode1, startLba],
    [LEAD_OUT, 1, leadInForm, endLba],
  ];
  const sheet = new Uint8Array(rows.length * ROW_BYTES);
  rows.forEach(([track, index, form, lba], row) => {
    const { minute, second, frame } = lbaToMsf(lba);
    sheet.set([(DATA << 4) | ADR.position, track, index, form, 0, minute, second, frame], row * ROW_BYTES);
  });
  return sheet;
}

/** The rows of a sheet that name places, in order; undefined for one that is none. Catalogue numbers and ISRCs are left out. */
export function parseCueSheet(sheet: Uint8Array): CueRow[] | undefined {
  if (sheet.length === 0 || sheet.length % ROW_BYTES !== 0) return undefined;
  const rows: CueRow[] = [];
  for (let at = 0; at < sheet.length; at += ROW_BYTES) {
    const [first = 0, track = 0, index = 0, form = 0, _copies, minute = 0, second = 0, frame = 0] = sheet
      .subarray(at, at + ROW_BYTES);
    const adr = first & 0x0f;
    if (adr === ADR.catalog || adr === ADR.isrc) continue;
    if (adr !== ADR.position || second > 59 || frame > 74) return undefined;
    rows.push({ control: first >> 4, track, index, form, lba: msfToLba({ minute, second, frame }) });
  }
  return rows;
}
