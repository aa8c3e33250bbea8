/** Mode pages as MODE SENSE(10) and MODE SELECT(10) carry them (SPC-4, MMC-6). @module */
import { ReplyError, requireLength, setUint16, setUint32, uint16 } from "./bytes.ts";

/** Pages that the engine reads or writes. */
export const MODE_PAGE = {
  errorRecovery: 0x01,
  writeParameters: 0x05,
  capabilities: 0x2a,
  all: 0x3f,
} as const;

const HEADER_BYTES = 8;

/** The pages in a MODE SENSE(10) reply, each with its two bytes of head, PS bit cleared. */
export function parseModePages(bytes: Uint8Array): Map<number, Uint8Array> {
  requireLength("MODE SENSE reply", bytes, HEADER_BYTES);
  const pages = new Map<number, Uint8Array>();
  // The drive was told to leave block descriptors out (DBD); some send one all the same.
  let at = HEADER_BYTES + uint16(bytes, 6);
  const end = Math.min(uint16(bytes, 0) + 2, bytes.length);
  while (at + 2 <= end) {
    // A page that is longer than what the header announced is the drive's word against the drive's: the page's own
    // length holds (seen with SANYO), as far as data arrived.
    const pageEnd = Math.min(at + 2 + (bytes[at + 1] ?? 0), bytes.length);
    const page = bytes.slice(at, pageEnd);
    page[0] = (page[0] ?? 0) & 0x3f;
    pages.set(page[0], page);
    at = pageEnd;
  }
  return pages;
}

/** One page of a MODE SENSE(10) reply. */
export function parseModePage(bytes: Uint8Array, page: number): Uint8Array {
  const found = parseModePages(bytes).get(page);
  if (found === undefined) {
    throw new ReplyError("MODE SENSE reply", `mode page ${page.toString(16)}h`, "none");
  }
  return found;
}

/** MODE SELECT(10)'s parameter list with one page; the header's data length must be 0 there. */
export function modeSelectList(page: Uint8Array): Uint8Array {
  const list = new Uint8Array(HEADER_BYTES + page.length);
  list.set(page, HEADER_BYTES);
  list[HEADER_BYTES] = (page[0] ?? 0) & 0x3f;
  return list;
}

/** Write types of page 05h. */
export const WRITE_TYPE = { packet: 0, trackAtOnce: 1, sessionAtOnce: 2, raw: 3 } as const;

/** What {@linkcode writeParametersPage} sets. */
export interface WriteParameters {
  readonly writeType: keyof typeof WRITE_TYPE;
  readonly bufferUnderrunFree: boolean;
  readonly testWrite: boolean;
  /** Whether another session may follow. */
  readonly multiSession: boolean;
  /** Whether this one is the last of several sessions, which only a session written at once has to say. */
  readonly isLastOfSeveral?: boolean;
  /** CTL: 4 data, 0 audio. */
  readonly trackMode: number;
  /** 8 for 2048-byte mode 1 sectors. */
  readonly dataBlockType: number;
  /** For fixed packets, which a DVD-R recorded incrementally has: their size, and that of the link between them. */
  readonly packet?: { readonly sectors: number; readonly linkSectors: number };
}

/** Page 05h of the drive with the fields that a burn decides set anew (MMC-3, page 05h). */
export function writeParametersPage(current: Uint8Array, parameters: WriteParameters): Uint8Array {
  requireLength("mode page 05h", current, 0x32);
  const page = current.slice();
  const { packet } = parameters;
  page[2] = (parameters.bufferUnderrunFree ? 0x40 : 0) | (packet === undefined ? 0 : 0x20) |
    (parameters.testWrite ? 0x10 : 0) |
    WRITE_TYPE[parameters.writeType];
  page[3] = (parameters.multiSession ? 0xc0 : parameters.isLastOfSeveral === true ? 0x40 : 0) |
    (packet === undefined ? 0 : 0x20) | parameters.trackMode;
  page[4] = parameters.dataBlockType;
  page[5] = packet?.linkSectors ?? 0;
  page[8] = 0;
  setUint32(page, 10, packet?.sectors ?? 0);
  setUint16(page, 14, 150);
  return page;
}

/** The write speed that is set now, in units of 1000 bytes a second, from page 2Ah; 0 where it does not tell. */
export function currentWriteKbps(capabilities: Uint8Array): number {
  requireLength("mode page 2Ah", capabilities, 22);
  const isNewer = capabilities.length >= 30; // MMC-3 moved the field
  return uint16(capabilities, isNewer ? 28 : 20);
}

/** Size of the drive's buffer in bytes, from page 2Ah. */
export function bufferBytes(capabilities: Uint8Array): number {
  requireLength("mode page 2Ah", capabilities, 14);
  return uint16(capabilities, 12) * 1024;
}
