/** The virtual recorder's mode pages: what they hold, and what MODE SELECT may set (MMC-6). @module */
import { setUint16 } from "../mmc/bytes.ts";
import { MODE_PAGE } from "../mmc/mode_page.ts";
import { type DiscState, refuse } from "./disc.ts";
import type { Recording } from "./media.ts";
import { BUFFER_BYTES } from "./reports.ts";

/** Pages 01h and 05h as the drive powers on: track at once, data, with underrun protection. */
export function defaultPages(): Map<number, Uint8Array> {
  const recovery = new Uint8Array(12);
  recovery.set([MODE_PAGE.errorRecovery, 10, 0x00, 0x20]);
  const write = new Uint8Array(0x34);
  write.set([MODE_PAGE.writeParameters, 0x32, 0x41, 0x04, 0x08]);
  setUint16(write, 14, 150);
  return new Map([[MODE_PAGE.errorRecovery, recovery], [MODE_PAGE.writeParameters, write]]);
}

/** Page 2Ah, made from the drive's state (MMC-3). */
export function capabilitiesPage(disc: DiscState | undefined, { locked, speedKbps }: {
  locked: boolean;
  speedKbps: number;
}): Uint8Array {
  const speeds = disc?.kind.writeKbps ?? [];
  const page = new Uint8Array(32 + 4 * speeds.length);
  page[0] = MODE_PAGE.capabilities;
  page[1] = page.length - 2;
  page[2] = 0x3b; // reads CD-R, CD-RW, DVD-ROM, DVD-R and DVD-RAM
  page[3] = 0x37; // writes CD-R, CD-RW, DVD-R and DVD-RAM (without it Linux opens none for writing); test write
  page[4] = 0xc0; // underrun protection, several sessions
  page[6] = 0x29 | (locked ? 0x02 : 0); // tray, ejects, locks
  setUint16(page, 8, speeds[0] ?? 0);
  setUint16(page, 12, BUFFER_BYTES / 1024);
  setUint16(page, 14, speeds[0] ?? 0);
  setUint16(page, 18, speeds[0] ?? 0);
  setUint16(page, 20, speedKbps);
  setUint16(page, 28, speedKbps);
  setUint16(page, 30, speeds.length);
  speeds.forEach((kbps, index) => setUint16(page, 34 + 4 * index, kbps));
  return page;
}

/** Bits that MODE SELECT may change, by page: what MODE SENSE returns as changeable values. */
export function changeablePage(page: number): Uint8Array {
  if (page === MODE_PAGE.errorRecovery) return Uint8Array.of(page, 10, 0xff, 0xff, 0, 0, 0, 0, 0xff, 0, 0, 0);
  const mask = new Uint8Array(0x34);
  mask.set([page, 0x32, 0x7f, 0xff, 0x0f, 0xff, 0, 0xff, 0xff]);
  mask.fill(0xff, 10, 16);
  return mask;
}

/** Takes a MODE SELECT(10) parameter list; nothing is changed when any page in it is refused. */
export function selectPages(pages: Map<number, Uint8Array>, { list, recording }: {
  list: Uint8Array;
  /** Of the disc that lies in the drive. */
  recording: Recording | undefined;
}): void {
  if (list.length < 8) refuse(5, 0x1a, 0);
  const chosen: Uint8Array[] = [];
  let at = 8 + ((list[6] ?? 0) << 8 | (list[7] ?? 0));
  while (at < list.length) {
    const page = list.slice(at, at + 2 + (list[at + 1] ?? 0));
    const known = pages.get((page[0] ?? 0) & 0x3f);
    if (known === undefined) return refuse(5, 0x26, 0);
    if (page.length !== known.length) return refuse(5, 0x1a, 0);
    if (page[0] === MODE_PAGE.writeParameters) checkWriteParameters(page, recording);
    chosen.push(page);
    at += page.length;
  }
  for (const page of chosen) pages.set((page[0] ?? 0) & 0x3f, page);
}

function checkWriteParameters(page: Uint8Array, recording: Recording | undefined): void {
  const flags = page[2] ?? 0;
  const writeType = flags & 0x0f;
  const blockType = (page[4] ?? 0) & 0x0f;
  // Emulated are packet or incremental, track at once, and session or disc at once. Media that are not written by this page
  // take any of them: growisofs and wodim ask for disc at once on DVD+R. These have no test write.
  const hasTestWrite = recording === undefined || recording === "trackAtOnce" || recording === "minus";
  if (writeType > 2 || ((flags & 0x10) !== 0 && !hasTestWrite)) refuse(5, 0x26, 0);
  // The cue sheet says what the tracks of a session at once are: libburn and cdrdao leave these two fields 0.
  if (writeType === 2 && recording === "trackAtOnce" && blockType === 0) return;
  if (blockType !== 8 && blockType !== 10) refuse(5, 0x26, 0);
  if (((page[3] ?? 0) & 0x0f) < 4) refuse(5, 0x26, 0);
}
