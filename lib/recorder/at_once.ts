/** Sessions of a CD that are written at once: what a cue sheet makes of the disc (MMC-6, SEND CUE SHEET). @module */
import { CUE_FORM, type CueRow, LEAD_OUT, parseCueSheet } from "../mmc/cue_sheet.ts";
import {
  currentSession,
  type DiscState,
  forgetReservation,
  refuse,
  type Track,
  writableTrack,
} from "./disc.ts";

const PREGAP_SECTORS = 150;
const TRACKS_MAX = 99;
const DATA = 4;

/**
 * Takes a cue sheet of data tracks. The session is then written continuously, from its first pregap to its end, and ends
 * itself; until the first sector is in, it is the drive's, not the disc's.
 *
 * @throws Refusal 5/26/00 for a sheet that breaks the standard's order or that this drive cannot record.
 */
export function takeCueSheet(disc: DiscState, sheet: Uint8Array): void {
  if (disc.kind.recording !== "trackAtOnce") refuse(5, 0x20, 0);
  forgetReservation(disc);
  if (disc.phase === "complete") refuse(5, 0x30, 0x05);
  const first = writableTrack(disc);
  if (disc.phase === "sessionOpen" || first === undefined) return refuse(5, 0x2c, 0);
  const rows = parseCueSheet(sheet) ?? refuse(5, 0x26, 0);
  disc.tracks.push(...tracksOf(disc, { rows, first }));
}

function tracksOf(disc: DiscState, { rows, first }: { rows: readonly CueRow[]; first: Track }): Track[] {
  const [leadIn, ...others] = rows;
  const leadOut = others.pop();
  if (leadIn?.track !== 0 || leadIn.index !== 0 || leadOut?.track !== LEAD_OUT || leadOut.index !== 1) {
    return refuse(5, 0x26, 0);
  }
  const tracks: Track[] = [];
  let pregap: CueRow | undefined;
  let lastLba = -Infinity;
  for (const row of others) {
    const last = tracks.at(-1);
    const isData = (row.control & DATA) !== 0 &&
      (row.form === CUE_FORM.mode1 || row.form === CUE_FORM.mode1Pause);
    if (!isData || row.lba < lastLba) return refuse(5, 0x26, 0);
    lastLba = row.lba;
    if (row.index === 0) {
      pregap = row;
      continue;
    }
    if (row.index > 1 && row.track === last?.number) continue;
    const number = last === undefined ? first.number : last.number + 1;
    if (row.index !== 1 || row.track !== number || number > TRACKS_MAX) return refuse(5, 0x26, 0);
    if (row.form !== CUE_FORM.mode1) return refuse(5, 0x26, 0);
    if (pregap !== undefined && pregap.track !== number) return refuse(5, 0x26, 0);
    const beginLba = pregap?.lba ?? row.lba;
    // The first pregap is mandatory, as long as it is, and where the disc goes on.
    if (last === undefined) {
      const isThere = pregap !== undefined && row.lba === first.startLba;
      if (!isThere || beginLba !== first.startLba - PREGAP_SECTORS) return refuse(5, 0x26, 0);
    } else last.endLba = beginLba;
    tracks.push({
      number,
      session: currentSession(disc),
      startLba: row.lba,
      phase: "atOnce",
      // A pause is the drive's own: the host begins behind it.
      nextLba: pregap?.form === CUE_FORM.mode1Pause ? row.lba : beginLba,
      endLba: undefined,
    });
    pregap = undefined;
  }
  const last = tracks.at(-1);
  if (last === undefined || pregap !== undefined) return refuse(5, 0x26, 0);
  last.endLba = leadOut.lba;
  const { trackSectorsMin, capacitySectors, overburnSectors } = disc.kind;
  if (tracks.some(({ startLba, endLba = 0 }) => endLba - startLba < trackSectorsMin)) {
    return refuse(5, 0x26, 0);
  }
  if (leadOut.lba > capacitySectors + overburnSectors) return refuse(5, 0x26, 0);
  return tracks;
}
