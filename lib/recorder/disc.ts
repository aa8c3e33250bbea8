/**
 * The state of a virtual disc, and its two tables of transitions: one for a track, one for the disc. Everything that a
 * drive reports of a disc is derived from this state, and nothing else is stored.
 *
 * A session that is being recorded holds tracks; while none of them is open, one more "invisible" track begins at the
 * next writable address (MMC-6). It is not stored: it follows from the others.
 *
 * @module
 */
import type { SenseTriple } from "../mmc/sense.ts";
import type { MediumKind } from "./media.ts";

/**
 * Phases of a track. "atOnce": reserved for a disc or session that is written at once; that ends by itself when its last
 * sector is in.
 */
export type TrackPhase = "invisible" | "reserved" | "atOnce" | "open" | "complete";

/** Phases of a disc. "sessionOpen": its last session has tracks and is not closed. */
export type DiscPhase = "blank" | "appendable" | "sessionOpen" | "complete";

/** One track. */
export interface Track {
  readonly number: number;
  readonly session: number;
  readonly startLba: number;
  phase: TrackPhase;
  /** Where its data goes on, in its pregap at first (CD, at once); the end of its data once it is complete. */
  nextLba: number;
  /** Where it ends: undefined for one that may grow to the end of the disc. Run-out counts. */
  endLba: number | undefined;
}

/**
 * Phases of the format of a disc that is written anywhere. "running": the drive formats on in the background;
 * "stopped": it was kept from that; "growing": the formatted part grows with what is written at its end.
 */
export type FormatPhase = "unformatted" | "running" | "stopped" | "growing" | "formatted";

/** What is stored of a disc. */
export interface DiscState {
  readonly kind: MediumKind;
  phase: DiscPhase;
  closedSessions: number;
  readonly tracks: Track[];
  /** Undefined for a disc that is recorded sequentially. The formatted part is the one track then. */
  format: FormatPhase | undefined;
  /** Whether it was blanked so that it takes data at once only, and not incrementally (DVD-RW, minimal blanking). */
  onlyAtOnce: boolean;
  /** Where the first of two layers ends, once that was set. */
  layerBreakLba: number | undefined;
  /** How a BD-R was formatted; undefined for one that has no spare areas. */
  spares: SpareAreas | undefined;
}

/** Spare areas of a disc that is recorded sequentially. */
export interface SpareAreas {
  /** Sectors that are left for data. */
  readonly capacitySectors: number;
  /** Whether what is written can be written again, in the spare areas (pseudo-overwrite). */
  readonly isOverwritable: boolean;
}

/** A transition that a drive refuses, with the sense data that it gives. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  constructor(readonly sense: SenseTriple & { information?: number }) {
    super("Refused by the virtual recorder");
  }
}

/** Throws a {@linkcode Refusal}. */
export function refuse(key: number, asc: number, ascq: number): never {
  throw new Refusal({ key, asc, ascq });
}

/** The sense data of a refusal. */
export type Refused = readonly [key: number, asc: number, ascq: number];
const CLOSED: Refused = [5, 0x30, 0x05];
const INVALID_FIELD: Refused = [5, 0x24, 0x00];
const TRACK_OPEN: Refused = [5, 0x72, 0x03];
const RESERVED_EMPTY: Refused = [5, 0x72, 0x04];

/** What writing and closing make of a track. */
export const TRACK_TRANSITIONS: Record<TrackPhase, Record<"write" | "close", TrackPhase | Refused>> = {
  invisible: { write: "open", close: INVALID_FIELD },
  reserved: { write: "open", close: RESERVED_EMPTY },
  atOnce: { write: "atOnce", close: [5, 0x2c, 0x00] },
  open: { write: "open", close: "complete" },
  complete: { write: CLOSED, close: "complete" },
};

/** What happens to a disc. */
export type DiscEvent = "write" | "reserve" | "closeSession" | "finalize";
/** What writing, reserving and closing make of a disc. */
export const DISC_TRANSITIONS: Record<DiscPhase, Record<DiscEvent, DiscPhase | Refused>> = {
  blank: {
    write: "sessionOpen",
    reserve: "sessionOpen",
    closeSession: INVALID_FIELD,
    finalize: INVALID_FIELD,
  },
  appendable: {
    write: "sessionOpen",
    reserve: "sessionOpen",
    closeSession: INVALID_FIELD,
    finalize: "complete",
  },
  sessionOpen: {
    write: "sessionOpen",
    reserve: "sessionOpen",
    closeSession: "appendable",
    finalize: "complete",
  },
  complete: { write: CLOSED, reserve: CLOSED, closeSession: CLOSED, finalize: CLOSED },
};

function take<Phase extends string>(next: Phase | Refused): Phase {
  return typeof next === "string" ? next : refuse(...next);
}

/** A disc as it is bought. */
export function blankDisc(kind: MediumKind): DiscState {
  const disc: DiscState = {
    kind,
    phase: "blank",
    closedSessions: 0,
    tracks: [],
    format: kind.recording === "random" ? "unformatted" : undefined,
    onlyAtOnce: false,
    layerBreakLba: undefined,
    spares: undefined,
  };
  if (kind.preformatted) setFormatted(disc, { phase: "formatted", sectors: kind.capacitySectors });
  return disc;
}

/** Makes the first `sectors` of a disc its formatted part. */
export function setFormatted(
  disc: DiscState,
  { phase, sectors }: { phase: FormatPhase; sectors: number },
): void {
  disc.format = phase;
  disc.phase = "complete";
  disc.closedSessions = 1;
  disc.tracks.splice(0, Infinity, {
    number: 1,
    session: 1,
    startLba: 0,
    phase: "complete",
    nextLba: sectors,
    endLba: sectors,
  });
}

/** A closed disc that holds one track of data: what an image file without state is taken for. */
export function discOfImage(kind: MediumKind, sizeSectors: number): DiscState {
  if (kind.recording === "random") {
    const disc = blankDisc(kind);
    setFormatted(disc, { phase: "formatted", sectors: kind.capacitySectors });
    return disc;
  }
  const track: Track = {
    number: 1,
    session: 1,
    startLba: 0,
    phase: "complete",
    nextLba: sizeSectors,
    endLba: sizeSectors,
  };
  return {
    kind,
    phase: "complete",
    closedSessions: 1,
    tracks: [track],
    format: undefined,
    onlyAtOnce: false,
    layerBreakLba: undefined,
    spares: undefined,
  };
}

/** Where the last sector for data is followed by nothing more. */
export function capacityOf({ kind, layerBreakLba, spares }: DiscState): number {
  if (layerBreakLba !== undefined) return 2 * layerBreakLba;
  return spares?.capacitySectors ?? kind.capacitySectors;
}

/** The track where writing goes on when no other is named; undefined on a closed disc. */
export function writableTrack(disc: DiscState): Track | undefined {
  const open = disc.tracks.find((track) => track.phase === "atOnce") ??
    disc.tracks.findLast((track) => track.phase !== "complete");
  if (open !== undefined && (open.endLba === undefined || open.phase === "atOnce")) return open;
  if (disc.phase === "complete") return undefined;
  return invisibleTrack(disc);
}

/** Every track, the invisible one included. */
export function allTracks(disc: DiscState): readonly Track[] {
  const last = writableTrack(disc);
  return last === undefined || disc.tracks.includes(last) ? disc.tracks : [...disc.tracks, last];
}

/** Number of the session that is being recorded, or of the last one on a closed disc. */
export function currentSession(disc: DiscState): number {
  return disc.phase === "complete" ? disc.closedSessions : disc.closedSessions + 1;
}

function invisibleTrack(disc: DiscState): Track {
  const { kind } = disc;
  const last = disc.tracks.at(-1);
  let startLba = 0;
  if (last !== undefined) {
    const inSession = last.session === currentSession(disc);
    const gaps = kind.sessionGapSectors;
    const gap = inSession ? kind.trackGapSectors : gaps[disc.closedSessions === 1 ? 0 : 1];
    startLba = roundUp(last.endLba ?? last.nextLba, kind.blockSectors) + gap;
  }
  return {
    number: disc.tracks.length + 1,
    session: currentSession(disc),
    startLba: Math.min(startLba, capacityOf(disc)),
    phase: "invisible",
    nextLba: Math.min(startLba, capacityOf(disc)),
    endLba: undefined,
  };
}

/** Sectors that still fit into `track`. */
export function freeSectors(disc: DiscState, track: Track): number {
  if (track.phase === "complete") return 0;
  const end = track.endLba ?? capacityOf(disc) - disc.kind.runOutSectors;
  return Math.max(0, end - track.nextLba);
}

/** Takes a WRITE into account; returns whether a track was begun by it. */
export function recordWrite(disc: DiscState, lba: number, sectors: number): boolean {
  const next = take(DISC_TRANSITIONS[disc.phase].write);
  // The usual case first: this runs for every 32 KiB of a burn.
  let track = disc.tracks.at(-1);
  if (track?.phase !== "open" || track.nextLba !== lba) {
    track = disc.tracks.find((each) => each.phase !== "complete" && each.nextLba === lba) ??
      writableTrack(disc);
  }
  // What is written at once is written in its order: a later track's beginning is no place yet.
  if (track?.phase === "atOnce") track = writableTrack(disc);
  if (track === undefined || track.nextLba !== lba) return refuse(5, 0x21, 0x02);
  const free = freeSectors(disc, track);
  if (sectors > free) {
    if (track.phase === "atOnce" && track !== disc.tracks.at(-1)) {
      const begun = recordWrite(disc, lba, free);
      return recordWrite(disc, lba + free, sectors - free) || begun;
    }
    return track.endLba === undefined ? refuse(5, 0x21, 0) : refuse(5, 0x63, 0);
  }
  const begun = track.nextLba === track.startLba || disc.phase !== next;
  if (track.phase === "invisible") {
    if (disc.closedSessions >= disc.kind.sessionsMax || track.number > TRACKS_MAX) refuse(...CLOSED);
    disc.tracks.push(track);
  }
  track.phase = take(TRACK_TRANSITIONS[track.phase].write);
  track.nextLba = lba + sectors;
  disc.phase = next;
  if (track.phase === "atOnce" && track.nextLba === track.endLba && track !== disc.tracks.at(-1)) {
    track.phase = "complete";
  }
  return begun;
}

const TRACKS_MAX = 512;

/** Reserves a track of `sectors` at the next writable address; `atOnce` makes the disc of it, whole. */
export function reserve(
  disc: DiscState,
  { sectors, atOnce = false }: { sectors: number; atOnce?: boolean },
): void {
  if (!disc.kind.canReserve || disc.format !== undefined) refuse(5, 0x20, 0);
  forgetReservation(disc);
  const next = take(DISC_TRANSITIONS[disc.phase].reserve);
  const track = writableTrack(disc);
  if (track === undefined || track.phase !== "invisible") return refuse(5, 0x2c, 0);
  if (atOnce && disc.phase !== "blank") return refuse(5, 0x2c, 0);
  // What is written at once may end inside a block, which the drive then fills.
  const size = atOnce ? sectors : roundUp(sectors, disc.kind.blockSectors);
  if (size === 0 || size > freeSectors(disc, track)) return refuse(5, 0x24, 0);
  disc.tracks.push({ ...track, phase: atOnce ? "atOnce" : "reserved", endLba: track.startLba + size });
  if (!atOnce) disc.phase = next;
}

/** What is reserved to be written at once is the drive's, not the disc's, until something is written. */
export function forgetReservation(disc: DiscState): void {
  if (disc.phase === "sessionOpen") return;
  while (disc.tracks.at(-1)?.phase === "atOnce") disc.tracks.pop();
}

/** A disc as it tells of itself: without the session that a CD's cue sheet announces, as long as nothing of it is written. */
export function withoutAnnounced(disc: DiscState): DiscState {
  const isAnnounced = disc.kind.recording === "trackAtOnce" && disc.phase !== "sessionOpen" &&
    disc.tracks.at(-1)?.phase === "atOnce";
  if (!isAnnounced) return disc;
  return { ...disc, tracks: disc.tracks.filter(({ phase }) => phase !== "atOnce") };
}

/** Sets where the first layer of a blank disc ends: once, and so that both layers hold what is written. */
export function setLayerBreak(disc: DiscState, lba: number): void {
  const { layerSectors, blockSectors } = disc.kind;
  if (layerSectors === undefined) return refuse(5, 0x24, 0);
  if (disc.phase !== "blank" || disc.layerBreakLba !== undefined) refuse(5, 0x2c, 0);
  if (lba === 0 || lba > layerSectors || lba % blockSectors !== 0) refuse(5, 0x26, 0);
  disc.layerBreakLba = lba;
}

/**
 * What flushing the buffer does to the disc; tells from where to where zeros were recorded, if any were.
 *
 * @param isLast Whether a CD's session that ends with this is the disc's last one.
 */
export function flush(
  disc: DiscState,
  { isLast = true }: { isLast?: boolean } = {},
): { fromLba: number; toLba: number } | undefined {
  const track = disc.tracks.findLast((each) => each.phase === "open" || each.phase === "atOnce");
  if (track === undefined) return undefined;
  if (track.phase === "atOnce") {
    // The last sector brings the lead-out with it; until then there is nothing that flushing could end.
    if (track.nextLba !== track.endLba) return undefined;
    const padding = padTrack(disc, track);
    track.endLba = padding.toLba;
    track.phase = "complete";
    closeSession(disc, { last: isLast || disc.kind.recording === "minus" });
    return padding;
  }
  return disc.kind.recording === "trackAtOnce" ? endTrack(disc, track) : padTrack(disc, track);
}

/** Closes a track by number; an open one if there is none of that number. */
export function closeTrack(
  disc: DiscState,
  trackNumber: number,
): { fromLba: number; toLba: number } | undefined {
  if (disc.phase === "complete") refuse(...CLOSED);
  const track = allTracks(disc).find((each) => each.number === trackNumber);
  if (track === undefined) return refuse(...INVALID_FIELD);
  if (track.phase !== "open") {
    take(TRACK_TRANSITIONS[track.phase].close);
    return undefined;
  }
  return endTrack(disc, track);
}

/** Closes the session that is being recorded; `last` ends the whole disc. */
export function closeSession(disc: DiscState, { last }: { last: boolean }): void {
  const next = take(DISC_TRANSITIONS[disc.phase][last ? "finalize" : "closeSession"]);
  for (const track of disc.tracks) {
    if (track.phase === "open") refuse(...TRACK_OPEN);
    if (track.phase === "reserved" || track.phase === "atOnce") refuse(...RESERVED_EMPTY);
  }
  if (disc.phase === "sessionOpen") disc.closedSessions++;
  disc.phase = next;
}

function endTrack(disc: DiscState, track: Track): { fromLba: number; toLba: number } {
  const padding = padTrack(disc, track);
  track.phase = take(TRACK_TRANSITIONS[track.phase].close);
  track.endLba ??= track.nextLba + disc.kind.runOutSectors;
  return padding;
}

function padTrack({ kind }: DiscState, track: Track): { fromLba: number; toLba: number } {
  const fromLba = track.nextLba;
  const sectors = Math.max(
    fromLba - track.startLba,
    kind.recording === "trackAtOnce" ? kind.trackSectorsMin : 0,
  );
  track.nextLba = track.startLba + roundUp(sectors, kind.blockSectors);
  return { fromLba, toLba: track.nextLba };
}

/** How far `lba` can be read: "data", "runOut" for sectors that exist and cannot be read, or "nothing". */
export function placeOf(
  disc: DiscState,
  lba: number,
): { what: "data" | "runOut" | "nothing"; endLba: number } {
  for (const track of disc.tracks) {
    if (lba < track.startLba) continue;
    if (lba < track.nextLba) return { what: "data", endLba: track.nextLba };
    if (track.phase === "complete" && lba < (track.endLba ?? 0)) {
      return { what: "runOut", endLba: track.endLba ?? 0 };
    }
  }
  return { what: "nothing", endLba: lba };
}

/**
 * The tracks that readers see: those of closed sessions, and on a disc that is overwritten in its spare areas, whose
 * session stays open, every closed one.
 */
export function readableTracks(disc: DiscState): readonly Track[] {
  const isOverwritable = disc.spares?.isOverwritable === true;
  return disc.tracks.filter((track) =>
    track.session <= disc.closedSessions || (isOverwritable && track.phase === "complete")
  );
}

/** End of what readers see, run-out included: what READ CAPACITY is about. 0 when there is nothing. */
export function closedEndLba(disc: DiscState): number {
  return readableTracks(disc).at(-1)?.endLba ?? 0;
}

/** Whether a WRITE goes to sectors that are written, and that the disc takes again in its spare areas. */
export function isOverwrite(disc: DiscState, lba: number, sectors: number): boolean {
  if (disc.spares?.isOverwritable !== true || disc.phase === "complete") return false;
  return disc.tracks.some(({ startLba, nextLba }) => lba >= startLba && lba + sectors <= nextLba);
}

function roundUp(value: number, unit: number): number {
  return Math.ceil(value / unit) * unit;
}
