/** Command descriptor blocks, one function a command (MMC-6 and SPC-4, each in its clause 6, in the alphabetical order of their names). @module */
import { setUint16, setUint24, setUint32 } from "./bytes.ts";
import { OPCODE } from "./opcode.ts";

/** TEST UNIT READY. */
export function testUnitReady(): Uint8Array {
  return new Uint8Array(6);
}

/** REQUEST SENSE. */
export function requestSense(lengthBytes = 18): Uint8Array {
  return Uint8Array.of(OPCODE.requestSense, 0, 0, 0, lengthBytes, 0);
}

/** INQUIRY for standard data; 36 bytes are safe with every bridge. */
export function inquiry(lengthBytes = 36): Uint8Array {
  return Uint8Array.of(OPCODE.inquiry, 0, 0, 0, lengthBytes, 0);
}

/** What START STOP UNIT is to do. */
export const START_STOP = { stop: 0, start: 1, eject: 2, load: 3 } as const;

/** START STOP UNIT. */
export function startStopUnit(
  action: keyof typeof START_STOP,
  { immediate }: { immediate: boolean },
): Uint8Array {
  return Uint8Array.of(OPCODE.startStopUnit, immediate ? 1 : 0, 0, 0, START_STOP[action], 0);
}

/** PREVENT ALLOW MEDIUM REMOVAL. */
export function preventRemoval(prevent: boolean): Uint8Array {
  return Uint8Array.of(OPCODE.preventAllowRemoval, 0, 0, 0, prevent ? 1 : 0, 0);
}

/** READ FORMAT CAPACITIES. */
export function readFormatCapacities(lengthBytes: number): Uint8Array {
  return cdb10(OPCODE.readFormatCapacities, lengthBytes);
}

/** READ CAPACITY(10): 8 bytes come back. */
export function readCapacity(): Uint8Array {
  return cdb10(OPCODE.readCapacity, 0);
}

/** READ(10). */
export function read10(
  lba: number,
  sectors: number,
  { fromMedium = false }: {
    /** Force unit access: what the drive holds in its buffer is not to be the answer. */
    fromMedium?: boolean;
  } = {},
): Uint8Array {
  const cdb = addressed(OPCODE.read10, lba, sectors);
  if (fromMedium) cdb[1] = 0x08;
  return cdb;
}

/** WRITE(10); LBAs before 0 go as two's complement. */
export function write10(lba: number, sectors: number): Uint8Array {
  return addressed(OPCODE.write10, lba, sectors);
}

/** READ(12). */
export function read12(lba: number, sectors: number): Uint8Array {
  return addressed12(OPCODE.read12, lba, sectors);
}

/** WRITE(12); `streaming` trades the drive's own verification for speed. */
export function write12(lba: number, { sectors, streaming }: {
  sectors: number;
  streaming: boolean;
}): Uint8Array {
  const cdb = addressed12(OPCODE.write12, lba, sectors);
  if (streaming) cdb[10] = 0x80;
  return cdb;
}

/** SYNCHRONIZE CACHE. */
export function synchronizeCache({ immediate }: { immediate: boolean }): Uint8Array {
  const cdb = cdb10(OPCODE.synchronizeCache, 0);
  if (immediate) cdb[1] = 0x02;
  return cdb;
}

/** READ TOC/PMA/ATIP. Format 0 formatted TOC, 1 multi-session, 2 full TOC, 4 ATIP, 5 CD-Text. */
export function readToc(format: number, { start = 0, lengthBytes }: {
  start?: number;
  lengthBytes: number;
}): Uint8Array {
  const cdb = cdb10(OPCODE.readToc, lengthBytes);
  cdb[2] = format;
  cdb[6] = start;
  return cdb;
}

/** Which features GET CONFIGURATION is to return. */
export const CONFIGURATION_SCOPE = { all: 0, current: 1, one: 2 } as const;

/** GET CONFIGURATION. */
export function getConfiguration(
  scope: keyof typeof CONFIGURATION_SCOPE,
  { start = 0, lengthBytes }: { start?: number; lengthBytes: number },
): Uint8Array {
  const cdb = cdb10(OPCODE.getConfiguration, lengthBytes);
  cdb[1] = CONFIGURATION_SCOPE[scope];
  setUint16(cdb, 2, start);
  return cdb;
}

/** GET EVENT STATUS NOTIFICATION, polled; `classes` is a bitmap, 10h for media. */
export function getEventStatus(classes: number, lengthBytes = 8): Uint8Array {
  const cdb = cdb10(OPCODE.getEventStatus, lengthBytes);
  cdb[1] = 1;
  cdb[4] = classes;
  return cdb;
}

/** READ DISC INFORMATION, standard data. */
export function readDiscInformation(lengthBytes: number): Uint8Array {
  return cdb10(OPCODE.readDiscInformation, lengthBytes);
}

/** How READ TRACK INFORMATION names the track. */
export const TRACK_ADDRESS = { lba: 0, track: 1, session: 2 } as const;

/** READ TRACK INFORMATION; track FFh is the one where writing goes on. */
export function readTrackInformation(
  by: keyof typeof TRACK_ADDRESS,
  { number, lengthBytes }: { number: number; lengthBytes: number },
): Uint8Array {
  const cdb = cdb10(OPCODE.readTrackInformation, lengthBytes);
  cdb[1] = TRACK_ADDRESS[by];
  setUint32(cdb, 2, number);
  return cdb;
}

/** RESERVE TRACK by size. */
export function reserveTrack(sectors: number): Uint8Array {
  const cdb = cdb10(OPCODE.reserveTrack, 0);
  setUint32(cdb, 5, sectors);
  return cdb;
}

/** SEND OPC INFORMATION: calibrate now. */
export function sendOpc(): Uint8Array {
  const cdb = cdb10(OPCODE.sendOpc, 0);
  cdb[1] = 1;
  return cdb;
}

/** MODE SELECT(10) in page format. */
export function modeSelect10(lengthBytes: number): Uint8Array {
  const cdb = cdb10(OPCODE.modeSelect10, lengthBytes);
  cdb[1] = 0x10;
  return cdb;
}

/** Which values MODE SENSE returns. */
export const PAGE_CONTROL = { current: 0, changeable: 1, defaults: 2 } as const;

/** MODE SENSE(10) without block descriptors. */
export function modeSense10(page: number, { control = "current", lengthBytes }: {
  control?: keyof typeof PAGE_CONTROL;
  lengthBytes: number;
}): Uint8Array {
  const cdb = cdb10(OPCODE.modeSense10, lengthBytes);
  cdb[1] = 0x08;
  cdb[2] = (PAGE_CONTROL[control] << 6) | page;
  return cdb;
}

/** What CLOSE TRACK/SESSION is to do; which values mean something depends on the medium. */
export const CLOSE = { stopFormat: 0, track: 1, session: 2, finalizeMinimal: 5, finalize: 6 } as const;

/** CLOSE TRACK/SESSION, immediate. */
export function closeTrackSession(what: keyof typeof CLOSE, trackNumber = 0): Uint8Array {
  const cdb = cdb10(OPCODE.closeTrackSession, 0);
  cdb[1] = 1;
  cdb[2] = CLOSE[what];
  setUint16(cdb, 4, trackNumber);
  return cdb;
}

/** READ BUFFER CAPACITY in bytes. */
export function readBufferCapacity(): Uint8Array {
  return cdb10(OPCODE.readBufferCapacity, 12);
}

/** SEND CUE SHEET. */
export function sendCueSheet(lengthBytes: number): Uint8Array {
  const cdb = new Uint8Array(10);
  cdb[0] = OPCODE.sendCueSheet;
  setUint24(cdb, 6, lengthBytes);
  return cdb;
}

/** GET PERFORMANCE for write speed descriptors, type 3. */
export function getWriteSpeeds(descriptorsMax: number): Uint8Array {
  const cdb = new Uint8Array(12);
  cdb[0] = OPCODE.getPerformance;
  setUint16(cdb, 8, descriptorsMax);
  cdb[10] = 3;
  return cdb;
}

/** GET PERFORMANCE for the nominal performance of writing, type 0: one descriptor, of the disc's beginning. */
export function getWritePerformance(): Uint8Array {
  const cdb = new Uint8Array(12);
  cdb[0] = OPCODE.getPerformance;
  cdb[1] = 0x14; // with the standard's only tolerance, 10b, for writing
  setUint16(cdb, 8, 1);
  return cdb;
}

/** READ DISC STRUCTURE. */
export function readDiscStructure(format: number, { lengthBytes, bluRay = false, address = 0, layer = 0 }: {
  lengthBytes: number;
  bluRay?: boolean;
  address?: number;
  layer?: number;
}): Uint8Array {
  const cdb = new Uint8Array(12);
  cdb[0] = OPCODE.readDiscStructure;
  cdb[1] = bluRay ? 1 : 0;
  setUint32(cdb, 2, address);
  cdb[6] = layer;
  cdb[7] = format;
  setUint16(cdb, 8, lengthBytes);
  return cdb;
}

/** SET STREAMING with one performance descriptor. */
export function setStreaming(lengthBytes = 28): Uint8Array {
  const cdb = new Uint8Array(12);
  cdb[0] = OPCODE.setStreaming;
  setUint16(cdb, 9, lengthBytes);
  return cdb;
}

/** SET CD SPEED in kB/s; FFFFh is the maximum. */
export function setCdSpeed({ readKbps, writeKbps }: { readKbps: number; writeKbps: number }): Uint8Array {
  const cdb = new Uint8Array(12);
  cdb[0] = OPCODE.setCdSpeed;
  setUint16(cdb, 2, readKbps);
  setUint16(cdb, 4, writeKbps);
  return cdb;
}

/** FORMAT UNIT with a parameter list, as {@linkcode formatList} makes it. */
export function formatUnit(): Uint8Array {
  return Uint8Array.of(OPCODE.formatUnit, 0x11, 0, 0, 0, 0);
}

/** How BLANK blanks a disc: all of it, or only what is needed to take it for blank. */
export const BLANK_TYPE = { full: 0, minimal: 1 } as const;

/** BLANK, returning at once. */
export function blank(type: keyof typeof BLANK_TYPE): Uint8Array {
  const cdb = new Uint8Array(12);
  cdb[0] = OPCODE.blank;
  cdb[1] = 0x10 | BLANK_TYPE[type];
  return cdb;
}

/** SEND DISC STRUCTURE. */
export function sendDiscStructure(format: number, lengthBytes: number): Uint8Array {
  const cdb = new Uint8Array(12);
  cdb[0] = OPCODE.sendDiscStructure;
  cdb[7] = format;
  setUint16(cdb, 8, lengthBytes);
  return cdb;
}

/** READ CD for 2048 bytes of user data a sector. */
export function readCdData(lba: number, sectors: number): Uint8Array {
  const cdb = new Uint8Array(12);
  cdb[0] = OPCODE.readCd;
  setUint32(cdb, 2, lba);
  setUint24(cdb, 6, sectors);
  cdb[9] = 0x10;
  return cdb;
}

function cdb10(opcode: number, lengthBytes: number): Uint8Array {
  const cdb = new Uint8Array(10);
  cdb[0] = opcode;
  setUint16(cdb, 7, lengthBytes);
  return cdb;
}

function addressed(opcode: number, lba: number, sectors: number): Uint8Array {
  const cdb = cdb10(opcode, sectors);
  setUint32(cdb, 2, lba);
  return cdb;
}

function addressed12(opcode: number, lba: number, sectors: number): Uint8Array {
  const cdb = new Uint8Array(12);
  cdb[0] = opcode;
  setUint32(cdb, 2, lba);
  setUint32(cdb, 6, sectors);
  return cdb;
}
