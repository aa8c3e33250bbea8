/** What the virtual recorder tells about itself and its disc: the replies, made from the disc's state. @module */
import { setAscii, setUint16, setUint24, setUint32 } from "../mmc/bytes.ts";
import { lbaToMsf } from "../mmc/toc.ts";
import {
  allTracks,
  capacityOf,
  closedEndLba,
  currentSession,
  type DiscState,
  type FormatPhase,
  freeSectors,
  readableTracks,
  type Track,
  writableTrack,
} from "./disc.ts";
import { MEDIA, type MediumKind } from "./media.ts";

/** How the recorder identifies itself in INQUIRY. */
export const IDENTITY = {
  vendorId: "BURNSCR",
  productId: "VIRTUAL RECORDER",
  productRevision: "1.00",
} as const;

/** Size of the emulated buffer. */
export const BUFFER_BYTES = 2 * 1024 * 1024;

/** Standard INQUIRY data (SPC-4). */
export function inquiryData(): Uint8Array {
  const bytes = new Uint8Array(96);
  bytes[0] = 0x05;
  bytes[1] = 0x80;
  bytes[2] = 0x05; // SPC-3
  bytes[3] = 0x02;
  bytes[4] = bytes.length - 5;
  setAscii(bytes, 8, { text: IDENTITY.vendorId, length: 8 });
  setAscii(bytes, 16, { text: IDENTITY.productId, length: 16 });
  setAscii(bytes, 32, { text: IDENTITY.productRevision, length: 4 });
  return bytes;
}

/** Vital product data pages 00h and 80h (SPC-4); undefined for others. */
export function vitalProductData(page: number, serialNumber: string): Uint8Array | undefined {
  const body = page === 0x00
    ? Uint8Array.of(0x00, 0x80)
    : page === 0x80
    ? new TextEncoder().encode(serialNumber)
    : undefined;
  return body === undefined ? undefined : Uint8Array.of(0x05, page, 0, body.length, ...body);
}

type FeatureRow = readonly [code: number, flags: number, current: boolean, ...data: number[]];

/** The profile that a disc has in its present state. */
export function profileNow(disc: DiscState): number {
  return disc.format === undefined ? disc.kind.profile : disc.kind.formattedProfile ?? disc.kind.profile;
}

/** GET CONFIGURATION's reply before it is cut by scope (MMC-6). */
export function featureRows(disc: DiscState | undefined, serialNumber: string): {
  profile: number;
  rows: readonly FeatureRow[];
} {
  const profile = disc === undefined ? 0 : profileNow(disc);
  const carrier = disc?.kind.carrier;
  const recording = disc?.format === undefined ? disc?.kind.recording : "random";
  const writable = disc !== undefined && (disc.format !== undefined || disc.phase !== "complete");
  const readable = disc !== undefined && disc.phase !== "blank";
  const block = disc?.kind.carrier === "cd" ? 1 : disc?.kind.blockSectors ?? 1;
  const persistent = 0x02;
  const version1 = 0x04;
  const known = [...MEDIA.values()].flatMap((kind) =>
    kind.formattedProfile === undefined ? [kind.profile] : [kind.formattedProfile, kind.profile]
  );
  const profiles = known.flatMap((code) => [code >> 8, code & 0xff, code === profile ? 1 : 0, 0]);
  const serial = [...new TextEncoder().encode(serialNumber.padEnd(16))];
  const last = (disc?.kind.capacitySectors ?? 1) - 1;
  const isPlusRw = profile === 0x1a;
  return {
    profile,
    rows: [
      [0x0000, persistent, true, ...profiles],
      [0x0001, persistent | (version1 << 1), true, 0, 0, 0, 1, 1, 0, 0, 0],
      [0x0002, persistent | version1, true, 2, 0, 0, 0],
      // A tray that loads and ejects, and that can be locked.
      [0x0003, persistent | version1, true, 0x39, 0, 0, 0],
      [0x0010, 0, readable, 0, 0, 8, 0, 0, block, 1, 0],
      [0x001d, 0, false],
      [0x001e, version1 << 1, carrier === "cd" && readable, 0, 0, 0, 0],
      [0x001f, version1, carrier === "dvd" && readable, 1, 0, 0, 0],
      [
        0x0020,
        version1,
        recording === "random" && profile !== 0x13,
        ...[24, 16, 8, 0].map((shift) => (last >> shift) & 0xff),
        ...[0, 0, 8, 0, 0, block, 1, 0],
      ],
      // Incremental writing: CD packets are not emulated, and a DVD-RW can be blanked so that it is not possible.
      [
        0x0021,
        version1,
        (recording === "minus" || recording === "plus") && writable && disc?.onlyAtOnce !== true,
        ...[0, 1, 1, 1, 16, 0, 0, 0],
      ],
      [0x0023, version1, disc !== undefined && canFormat(disc), 0, 0, 0, 0, 0, 0, 0, 0],
      // A BD-R with spare areas has its defects managed, and perhaps its sectors overwritten in them.
      [0x0024, version1, disc?.spares !== undefined, 0x80, 0, 0, 0],
      [0x002a, version1, isPlusRw, 1, 0, 0, 0],
      [0x002b, 0, profile === 0x1b, writable ? 1 : 0, 0, 0, 0],
      [0x002c, 0, profile === 0x13, 0, 0, 0, 0],
      // Track at once, with underrun protection and test write, on CD-RW too; without R-W sub-channels.
      [0x002d, version1, carrier === "cd" && writable, 0x46, 0, 0x01, 0x00],
      // Session at once, likewise; cue sheets of 3200 bytes at most.
      [0x002e, version1, carrier === "cd" && writable, 0x66, 0, 0x0c, 0x80],
      // DVD-R and DVD-RW with underrun protection and test write, and two layers.
      [0x002f, version1 << 1, recording === "minus" && writable, 0x4e, 0, 0, 0],
      [0x0038, 0, disc?.spares?.isOverwritable === true && writable, 0, 0, 0, 0],
      [0x003b, 0, profile === 0x2b, writable ? 1 : 0, 0, 0, 0],
      [0x0041, 0, carrier === "bd" && writable, ...new Array<number>(20).fill(0)],
      [0x0100, persistent, true],
      [0x0105, persistent, true, 0, 0, 0, 0],
      // Real-time streaming: RBCB, SCS, WSPD.
      [0x0107, version1 << 1, disc !== undefined, 0x1a, 0, 0, 0],
      [0x0108, persistent, true, ...serial],
    ],
  };
}

function canFormat({ kind, phase, spares }: DiscState): boolean {
  return kind.formatTypes.length > 0 ||
    (kind.spareFormats.length > 0 && phase === "blank" && spares === undefined);
}

/** The reply to GET CONFIGURATION. */
export function configuration(
  { profile, rows }: ReturnType<typeof featureRows>,
  { scope, start }: { scope: number; start: number },
): Uint8Array {
  const bytes: number[] = [0, 0, 0, 0, 0, 0, profile >> 8, profile & 0xff];
  for (const [code, flags, current, ...data] of rows) {
    if (scope === 2 ? code !== start : code < start || (scope === 1 && !current)) continue;
    bytes.push(code >> 8, code & 0xff, flags | (current ? 1 : 0), data.length, ...data);
  }
  const reply = Uint8Array.from(bytes);
  setUint32(reply, 0, reply.length - 4);
  return reply;
}

/** READ DISC INFORMATION's reply (MMC-6). */
export function discInformation(disc: DiscState): Uint8Array {
  const bytes = new Uint8Array(34);
  const status = { blank: 0, appendable: 1, sessionOpen: 1, complete: 2 }[disc.phase] ||
    // A BD-R that was formatted counts as begun (libburn has seen it so).
    (disc.spares === undefined ? 0 : 1);
  const lastSession = { blank: 0, appendable: 0, sessionOpen: 1, complete: 3 }[disc.phase];
  const sessions = currentSession(disc);
  const tracks = allTracks(disc).filter((track) => track.session === sessions);
  const first = tracks[0]?.number ?? 1;
  const last = tracks.at(-1)?.number ?? 1;
  setUint16(bytes, 0, bytes.length - 2);
  const erasable = disc.kind.blanks || disc.kind.recording === "random";
  bytes[2] = (erasable ? 0x10 : 0) | (lastSession << 2) | status;
  bytes[3] = 1;
  bytes[4] = sessions;
  bytes[5] = first;
  bytes[6] = last;
  // Unrestricted use, and of a DVD+RW how far its background format is.
  bytes[7] = 0x20 |
    (disc.kind.formatTypes.includes(0x26) ? BACKGROUND_FORMAT[disc.format ?? "unformatted"] : 0);
  bytes[9] = sessions >> 8;
  bytes[10] = first >> 8;
  bytes[11] = last >> 8;
  if (disc.phase === "complete") {
    bytes.fill(0xff, 16, 24);
  } else if (disc.kind.carrier === "cd") {
    setMsf(bytes, 17, (tracks[0]?.startLba ?? 0) === 0 ? LEAD_IN_START : (tracks[0]?.startLba ?? 0) - 4650);
    setMsf(bytes, 21, disc.kind.capacitySectors);
  } else {
    setUint32(bytes, 20, capacityOf(disc));
  }
  return bytes;
}

const BACKGROUND_FORMAT: Record<FormatPhase, number> = {
  unformatted: 0,
  stopped: 1,
  running: 2,
  growing: 0,
  formatted: 3,
};

const LEAD_IN_START = -450150 + (97 * 60 + 27) * 75; // 97:27:00, as the ATIP says

/** READ TRACK INFORMATION's reply (MMC-6). */
export function trackInformation(disc: DiscState, track: Track): Uint8Array {
  const bytes = new Uint8Array(40);
  const writable = track.phase !== "complete";
  const free = freeSectors(disc, track);
  setUint16(bytes, 0, bytes.length - 2);
  bytes[2] = track.number;
  bytes[3] = track.session;
  bytes[5] = 0x04; // data, recorded without interruption
  bytes[6] = (track.endLba !== undefined && writable ? 0x80 : 0) |
    (writable && track.nextLba === track.startLba ? 0x40 : 0) | 0x01;
  const recorded = track.nextLba > track.startLba;
  bytes[7] = (writable && free > 0 ? 1 : 0) | (recorded ? 2 : 0);
  setUint32(bytes, 8, track.startLba);
  setUint32(bytes, 12, writable && free > 0 ? track.nextLba : 0);
  setUint32(bytes, 16, free);
  setUint32(bytes, 20, disc.kind.carrier === "cd" ? 0 : disc.kind.blockSectors);
  // Drives give a DVD+RW its full size, however much of it is formatted.
  const end = disc.format !== undefined ? disc.kind.capacitySectors : track.endLba ?? track.nextLba + free;
  setUint32(bytes, 24, end - track.startLba);
  if (recorded) setUint32(bytes, 28, track.nextLba - 1);
  bytes[32] = track.number >> 8;
  bytes[33] = track.session >> 8;
  return bytes;
}

/** The track that READ TRACK INFORMATION names. */
export function findTrack(disc: DiscState, by: number, number: number): Track | undefined {
  const tracks = allTracks(disc);
  switch (by) {
    case 0:
      return tracks.findLast((track) => track.startLba <= number);
    case 1:
      return number === 0xff ? writableTrack(disc) : tracks.find((track) => track.number === number);
    case 2:
      return tracks.find((track) => track.session === number);
    default:
      return undefined;
  }
}

/** READ TOC/PMA/ATIP's reply; undefined for what this medium does not have. */
export function toc(disc: DiscState, { format, start, msf }: {
  format: number;
  start: number;
  msf: boolean;
}): Uint8Array | undefined {
  const isCd = disc.kind.carrier === "cd";
  if (format === 4) return isCd ? atip(disc.kind) : undefined;
  const closed = readableTracks(disc);
  const first = closed[0];
  const last = closed.at(-1);
  if (first === undefined || last === undefined) return undefined;
  const address = (bytes: Uint8Array, at: number, lba: number): void =>
    msf ? setMsf(bytes, at + 1, lba) : setUint32(bytes, at, lba);
  if (format === 0) {
    const listed = [
      ...closed.filter((track) => track.number >= start).map((track) => [track.number, track.startLba]),
      [0xaa, closedEndLba(disc)],
    ];
    const bytes = header(4 + 8 * listed.length, first.number, last.number);
    listed.forEach(([number = 0, lba = 0], index) => {
      bytes[5 + 8 * index] = 0x14;
      bytes[6 + 8 * index] = number;
      address(bytes, 8 + 8 * index, lba);
    });
    return bytes;
  }
  if (format === 1) {
    const track = closed.find((each) => each.session === last.session) ?? first;
    const bytes = header(12, 1, last.session);
    bytes[5] = 0x14;
    bytes[6] = track.number;
    address(bytes, 8, track.startLba);
    return bytes;
  }
  return format === 2 && isCd ? fullToc(disc, closed) : undefined;
}

function fullToc(disc: DiscState, closed: readonly Track[]): Uint8Array {
  const rows: number[][] = [];
  const row = (
    session: number,
    point: number,
    { at = [0, 0, 0], place }: { at?: number[]; place: number[] },
  ): void => void rows.push([session, 0x14, 0, point, ...at, 0, ...place]);
  for (let session = 1; session <= disc.closedSessions; session++) {
    const tracks = closed.filter((track) => track.session === session);
    const end = tracks.at(-1)?.endLba ?? 0;
    row(session, 0xa0, { place: [tracks[0]?.number ?? 0, 0, 0] });
    row(session, 0xa1, { place: [tracks.at(-1)?.number ?? 0, 0, 0] });
    row(session, 0xa2, { place: msfBytes(end) });
    for (const track of tracks) row(session, track.number, { place: msfBytes(track.startLba) });
    const isOpen = session < disc.closedSessions || disc.phase !== "complete";
    const next = end + disc.kind.sessionGapSectors[session === 1 ? 0 : 1];
    row(session, 0xb0, {
      at: isOpen ? msfBytes(next - 150) : [0xff, 0xff, 0xff],
      place: msfBytes(disc.kind.capacitySectors),
    });
    if (session === 1) row(session, 0xc0, { place: msfBytes(LEAD_IN_START) });
  }
  const bytes = header(4 + 11 * rows.length, 1, disc.closedSessions);
  rows.forEach((row, index) => bytes.set(row, 4 + 11 * index));
  return bytes;
}

function atip(kind: MediumKind): Uint8Array {
  const bytes = new Uint8Array(32);
  setUint16(bytes, 0, bytes.length - 2);
  bytes[4] = 0xc0;
  bytes[5] = 0x40; // unrestricted use
  bytes[6] = kind.blanks ? 0xc0 : 0x80;
  setMsf(bytes, 8, LEAD_IN_START);
  setMsf(bytes, 12, kind.capacitySectors);
  return bytes;
}

function header(length: number, first: number, last: number): Uint8Array {
  const bytes = new Uint8Array(length);
  setUint16(bytes, 0, length - 2);
  bytes[2] = first;
  bytes[3] = last;
  return bytes;
}

function msfBytes(lba: number): number[] {
  const { minute, second, frame } = lbaToMsf(lba);
  return [minute, second, frame];
}

function setMsf(bytes: Uint8Array, offset: number, lba: number): void {
  bytes.set(msfBytes(lba), offset);
}

/** READ FORMAT CAPACITIES' reply (MMC-6). */
export function formatCapacities(disc: DiscState | undefined): Uint8Array {
  if (disc !== undefined && disc.kind.spareFormats.length > 0) return spareCapacities(disc);
  const formats = disc?.kind.formatTypes ?? [];
  const bytes = new Uint8Array(12 + 8 * formats.length);
  bytes[3] = bytes.length - 4;
  const recorded = disc === undefined ? 0 : closedEndLba(disc);
  const isFormatted = disc?.format === undefined ? recorded > 0 : disc.format !== "unformatted";
  const isUnfinished = disc?.format === "growing";
  setUint32(bytes, 4, disc === undefined || isFormatted ? recorded : disc.kind.capacitySectors);
  bytes[8] = disc === undefined || isUnfinished ? 3 : isFormatted ? 2 : 1;
  setUint16(bytes, 10, 2048);
  formats.forEach((type, index) => {
    const at = 12 + 8 * index;
    const capacity = disc?.kind.capacitySectors ?? 0;
    setUint32(bytes, at, type === 0x13 ? capacity - recorded : capacity);
    bytes[at + 4] = type << 2;
    setUint16(bytes, at + 6, type >= 0x10 && type <= 0x15 ? 16 : type === 0x26 ? 0 : 2048);
  });
  return bytes;
}

/** A BD-R's formats, which a blank one without spare areas has. */
function spareCapacities(disc: DiscState): Uint8Array {
  const formats = canFormat(disc) ? disc.kind.spareFormats : [];
  const bytes = new Uint8Array(12 + 8 * formats.length);
  bytes[3] = bytes.length - 4;
  const isFormatted = disc.spares !== undefined || disc.phase !== "blank";
  setUint32(bytes, 4, capacityOf(disc));
  bytes[8] = isFormatted ? 2 : 1;
  setUint16(bytes, 10, 2048);
  formats.forEach(({ type, capacitySectors }, index) => {
    const at = 12 + 8 * index;
    setUint32(bytes, at, capacitySectors);
    bytes[at + 4] = type << 2;
    // Type 32h gives its spare areas, in clusters (MMC-6); what drives send with type 0 has no meaning.
    setUint24(
      bytes,
      at + 5,
      type === 0 ? 0 : (disc.kind.capacitySectors - capacitySectors) / disc.kind.blockSectors,
    );
  });
  return bytes;
}

/** GET PERFORMANCE's reply: type 3 write speeds, or type 0 nominal performance. */
export function performance(disc: DiscState, { type, write, speedKbps, descriptorsMax }: {
  type: number;
  write: boolean;
  speedKbps: number;
  descriptorsMax: number;
}): Uint8Array | undefined {
  const { kind } = disc;
  const end = capacityOf(disc) - 1;
  const top = kind.writeKbps[0] ?? 0;
  let rows: number[][];
  if (type === 3) {
    // WRC 0: the drive's own way of keeping the speed. Exact, and rotation control as the medium's default.
    rows = kind.writeKbps.map((kbps) => [0, end, top, kbps]);
  } else if (type === 0) {
    const kbps = write ? speedKbps : top;
    rows = [[0, kbps, end, kbps]];
  } else {
    return undefined;
  }
  const sent = rows.slice(0, Math.max(1, descriptorsMax));
  const bytes = new Uint8Array(8 + 16 * sent.length);
  setUint32(bytes, 0, 4 + 16 * rows.length);
  if (type === 0 && write) bytes[4] = 0x02;
  sent.forEach((row, index) =>
    row.forEach((value, column) => setUint32(bytes, 8 + 16 * index + 4 * column, value))
  );
  return bytes;
}

/** READ DISC STRUCTURE's data for DVD+R and DVD+RW (MMC-6): 00h physical format, 11h ADIP, 20h layer boundary. */
export function discStructure(disc: DiscState, format: number): Uint8Array | undefined {
  if (format === LAYER_BOUNDARY && disc.kind.layerSectors !== undefined) {
    const boundary = new Uint8Array(12);
    setUint16(boundary, 0, boundary.length - 2);
    boundary[4] = disc.layerBreakLba === undefined ? 0 : 0x80;
    setUint32(boundary, 8, disc.layerBreakLba ?? disc.kind.layerSectors);
    return boundary;
  }
  const identity = DVD_PLUS_IDENTITY.get(disc.kind.name);
  if (identity === undefined || (format !== 0x00 && format !== 0x11)) return undefined;
  const [bookType, maker, type] = identity;
  const length = format === 0x00 ? 2048 : 256;
  const bytes = new Uint8Array(4 + length);
  setUint16(bytes, 0, length + 2);
  bytes[4] = bookType;
  bytes[5] = 0x0f; // 120 mm, no maximum rate
  const layers = disc.kind.layerSectors === undefined ? 0x00 : 0x20;
  bytes[6] = layers | (disc.kind.recording === "random" ? 0x04 : 0x02); // rewritable or write once
  setUint32(bytes, 8, 0x030000);
  const end = format === 0x00 && disc.phase === "complete" ? closedEndLba(disc) : disc.kind.capacitySectors;
  setUint32(bytes, 12, 0x030000 + end - 1);
  setAscii(bytes, 4 + 19, { text: maker, length: 8 });
  setAscii(bytes, 4 + 27, { text: type, length: 3 });
  return bytes;
}

const LAYER_BOUNDARY = 0x20;

/** Book type with version 1, manufacturer and medium type (ECMA-349, ECMA-337). */
const DVD_PLUS_IDENTITY: ReadonlyMap<string, readonly [number, string, string]> = new Map([
  ["dvd+r", [0xa1, "BURNSCR", "V16"]],
  ["dvd+r-dl", [0xe1, "BURNSCR", "D08"]],
  ["dvd+rw", [0x91, "BURNSCR", "RW4"]],
]);
