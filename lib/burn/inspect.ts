/** Finds out what is in the drive, and in which state. Changes nothing. @module */
import { ascii, ReplyError, uint16 } from "../mmc/bytes.ts";
import {
  type FormatCapacities,
  formatListLength,
  parseCapacity,
  parseFormatCapacities,
} from "../mmc/capacity.ts";
import * as cdb from "../mmc/cdb.ts";
import {
  type Configuration,
  configurationLength,
  FEATURE,
  isCurrent,
  parseConfiguration,
} from "../mmc/configuration.ts";
import { type DiscInformation, parseDiscInformation } from "../mmc/disc_information.ts";
import { BurnError, type DiscStatus } from "../mmc/errors.ts";
import { parseWriteSpeeds } from "../mmc/performance.ts";
import { type Profile, profileOf } from "../mmc/profiles.ts";
import type { Procedure } from "../mmc/request.ts";
import { msfToLba, parseAtip } from "../mmc/toc.ts";
import { parseTrackInformation, type TrackInformation } from "../mmc/track_information.ts";
import { attempt, send, sendOptional } from "./command.ts";
import { describe, type Medium, type MediumSpeed } from "./describe.ts";
import { looksBlank } from "./format.ts";
import { waitReady } from "./wait_ready.ts";

/** Flags of IMAPI_FORMAT2_DATA_MEDIA_STATE. */
export const MEDIA_STATE = {
  overwriteOnly: 0x1,
  blank: 0x2,
  appendable: 0x4,
  finalSession: 0x8,
  damaged: 0x400,
  eraseRequired: 0x800,
  nonEmptySession: 0x1000,
  writeProtected: 0x2000,
  finalized: 0x4000,
  unsupported: 0x8000,
} as const;

const OVERWRITABLE: ReadonlySet<Profile["family"]> = new Set([
  "dvdRestrictedOverwrite",
  "dvdRam",
  "dvdPlusRw",
  "bdRe",
]);

/**
 * What is in the drive. A drive without a medium is an answer too (status "absent"); a drive that cannot be asked is
 * an error.
 */
export function* inspect(): Procedure<Medium> {
  const isPresent = yield* waitReady("look at the disc");
  const configuration = yield* readConfiguration();
  if (!isPresent) return absent(configuration);
  // A drive that is older than profiles: FFFFh is the standard's "no standard profile".
  const profile = profileOf(
    configuration === undefined || configuration.profile === 0 ? 0xffff : configuration.profile,
  );
  const disc = yield* readDiscInformation();
  return yield* inspectPresent({ configuration, profile, disc });
}

function* inspectPresent({ configuration, profile, disc }: {
  configuration: Configuration | undefined;
  profile: Profile;
  disc: DiscInformation | undefined;
}): Procedure<Medium> {
  const allTracks = disc === undefined ? [] : yield* readTracks(disc);
  const nextTrack = disc === undefined || disc.status === "complete" || profile.family === "readOnly"
    ? undefined
    : yield* readNextTrack(profile, disc);
  const capacity = yield* readCapacitySectors();
  const isRandom = OVERWRITABLE.has(profile.family);
  // A BD-R can be formatted with spare areas as long as it is blank.
  const isFormattable = isRandom || (profile.family === "bdR" && disc?.status === "blank");
  const formatCapacities = isFormattable ? yield* readFormats() : undefined;
  const isUnformatted = isRandom && isNotFormatted({ profile, disc, formatCapacities });
  const isBlank = isRandom && (isUnformatted || (yield* looksBlank(capacity === 0 ? Infinity : capacity)));
  const speeds = yield* readSpeeds(profile);
  const mediaId = yield* readMediaId(profile);
  const writeProtected = yield* readWriteProtection(configuration);
  const tracks = allTracks.filter((track) =>
    !track.blank && !track.reserved || (track.lastRecordedLba ?? -1) >= track.startLba
  );

  const isLastComplete = disc === undefined || disc.status === "complete" || profile.family === "readOnly";
  const sessions = disc === undefined ? 1 : isLastComplete ? disc.sessions : disc.sessions - 1;
  const openTracks = tracks.filter((track) => track.session > sessions);
  const lastSession = tracks.filter((track) => track.session === sessions);
  const status = statusOf({ profile, disc, hasOpenData: openTracks.length > 0, isBlank, capacity });
  const damaged = disc?.lastSessionState === "damaged" || tracks.some((track) => track.damaged);
  const hasSpares = profile.family === "bdR" && configuration !== undefined &&
    isCurrent(configuration, FEATURE.hardwareDefectManagement);
  const isWritable = status === "blank" || status === "appendable" || status === "overwritable";
  // Where an appendable disc goes on, nothing else tells.
  const isLost = status === "appendable" && nextTrack === undefined;
  const nwa = isRandom
    ? 0
    : isWritable && !isLost
    ? Math.max(nextTrack?.nwa ?? nextTrack?.startLba ?? 0, nextTrack?.startLba ?? 0)
    : undefined;
  const freeSectors = isWritable
    ? (isRandom
      ? roomOf({ profile, capacity, formatCapacities, track: nextTrack ?? allTracks[0] })
      : nextTrack?.freeSectors ?? (status === "blank" ? yield* readBlankRoom(profile, disc) : 0))
    : 0;
  const last = lastSession.at(-1);
  const dataSectors = openTracks.reduce((sum, track) => sum + recordedSectorsOf(track), 0);
  return {
    profile: profile.code,
    name: profile.name,
    family: profile.family,
    imapiMediaType: profile.imapiMediaType,
    status,
    imapiMediaState: mediaState({ status, disc, damaged, isFull: freeSectors === 0 && !isLost, isRandom }) |
      (writeProtected ? MEDIA_STATE.writeProtected : 0),
    description: describe({
      name: profile.name,
      status,
      sessions,
      freeSectors: isLost ? undefined : freeSectors,
      dataSectors,
      damaged,
      hasSpares,
    }),
    rewritable: profile.rewritable || (disc?.erasable ?? false),
    writeProtected,
    hasSpares,
    damaged,
    nwa,
    freeSectors,
    totalSectors: Math.max(capacity, nwa === undefined ? 0 : nwa + freeSectors),
    recordedSectors: capacity,
    sessions: status === "blank" ? 0 : sessions,
    lastSessionStartLba: sessions === 0 ? undefined : lastSession[0]?.startLba,
    lastRecordedLba: last === undefined ? undefined : last.startLba + recordedSectorsOf(last) - 1,
    tracks,
    nextTrack,
    speeds,
    mediaId,
    formatCapacities,
    configuration,
    discInformation: disc,
  };
}

/** Whether a disc of a kind that must be formatted is not. */
function isNotFormatted({ profile, disc, formatCapacities }: {
  profile: Profile;
  disc: DiscInformation | undefined;
  formatCapacities: FormatCapacities | undefined;
}): boolean {
  const isUnformatted = formatCapacities?.kind === "unformatted";
  // Both must say so: what is taken for unformatted is overwritten without a question.
  if (profile.family === "dvdPlusRw" && disc !== undefined) {
    return disc.backgroundFormat === 0 && (isUnformatted || formatCapacities === undefined);
  }
  return isUnformatted;
}

/** How much a disc that is written anywhere takes, formatting it further included. */
function roomOf({ profile, capacity, formatCapacities, track }: {
  profile: Profile;
  capacity: number;
  formatCapacities: FormatCapacities | undefined;
  track: TrackInformation | undefined;
}): number {
  if (formatCapacities === undefined) return Math.max(capacity, track?.sizeSectors ?? 0);
  const grows = profile.family === "dvdPlusRw" || profile.family === "dvdRestrictedOverwrite";
  const current = formatCapacities.kind === "formatted"
    ? Math.max(capacity, formatCapacities.sectors)
    : capacity;
  if (formatCapacities.kind === "formatted" && !grows) return current;
  const whole = formatCapacities.formats.filter(({ type }) => WHOLE_DISC.has(type)).map(({ sectors }) =>
    sectors
  );
  return Math.max(current, ...whole);
}

/** Format types whose size is that of the whole disc (MMC-6, READ FORMAT CAPACITIES). */
const WHOLE_DISC: ReadonlySet<number> = new Set([0x00, 0x10, 0x26]);

function statusOf({ profile, disc, hasOpenData, isBlank, capacity }: {
  profile: Profile;
  disc: DiscInformation | undefined;
  hasOpenData: boolean;
  /** Of a disc that is written anywhere. */
  isBlank: boolean;
  /** Sectors that can be read. */
  capacity: number;
}): DiscStatus {
  if (profile.family === "readOnly") return "readOnly";
  // Whatever disc information says of them.
  if (OVERWRITABLE.has(profile.family)) return isBlank ? "blank" : "overwritable";
  if (disc === undefined) return "unknown";
  if (profile.family === "other") return "unsupported";
  if (disc.status === "complete") return "finalized";
  if (disc.status === "other") return "unsupported";
  if (disc.lastSessionState === "incomplete" || disc.lastSessionState === "damaged" || hasOpenData) {
    return "open";
  }
  // A BD-R that was formatted and nothing else (libburn has seen it so).
  const isFormattedOnly = profile.family === "bdR" && capacity === 0 && disc.sessions === 1;
  return disc.status === "blank" || isFormattedOnly ? "blank" : "appendable";
}

function mediaState({ status, disc, damaged, isFull, isRandom }: {
  status: DiscStatus;
  disc: DiscInformation | undefined;
  damaged: boolean;
  isFull: boolean;
  isRandom: boolean;
}): number {
  const byStatus: Record<DiscStatus, number> = {
    absent: 0,
    blank: MEDIA_STATE.blank | (isRandom ? MEDIA_STATE.overwriteOnly : MEDIA_STATE.appendable),
    appendable: MEDIA_STATE.appendable | (isFull ? MEDIA_STATE.finalSession : 0),
    open: MEDIA_STATE.appendable | MEDIA_STATE.nonEmptySession,
    finalized: MEDIA_STATE.finalized | (disc?.erasable === true ? MEDIA_STATE.eraseRequired : 0),
    overwritable: MEDIA_STATE.overwriteOnly,
    readOnly: MEDIA_STATE.finalized,
    unsupported: MEDIA_STATE.unsupported,
    unknown: 0,
  };
  return byStatus[status] | (damaged ? MEDIA_STATE.damaged : 0);
}

function absent(configuration: Configuration | undefined): Medium {
  return {
    profile: 0,
    name: "no medium",
    family: "none",
    imapiMediaType: 0,
    status: "absent",
    imapiMediaState: 0,
    description: "no medium",
    rewritable: false,
    writeProtected: false,
    hasSpares: false,
    damaged: false,
    nwa: undefined,
    freeSectors: 0,
    totalSectors: 0,
    recordedSectors: 0,
    sessions: 0,
    lastSessionStartLba: undefined,
    lastRecordedLba: undefined,
    tracks: [],
    nextTrack: undefined,
    speeds: [],
    mediaId: undefined,
    formatCapacities: undefined,
    configuration,
    discInformation: undefined,
  };
}

function recordedSectorsOf(track: TrackInformation): number {
  if (track.lastRecordedLba !== undefined) return track.lastRecordedLba + 1 - track.startLba;
  if (track.nwa !== undefined) return Math.max(0, track.nwa - track.startLba);
  return track.blank ? 0 : track.sizeSectors;
}

/** Profile and features; undefined from a drive older than the command. */
export function* readConfiguration(): Procedure<Configuration | undefined> {
  const action = "read the drive's features";
  for (const scope of ["all", "current"] as const) {
    const head = yield* sendOptional({
      action,
      cdb: cdb.getConfiguration(scope, { lengthBytes: 8 }),
      dataInBytes: 8,
    });
    if (head === undefined) continue;
    // USB bridges fail when the allocation length is not the true one: ask for the header, then for exactly that.
    const lengthBytes = parsed(action, () => configurationLength(head));
    const whole = yield* send({
      action,
      cdb: cdb.getConfiguration(scope, { lengthBytes }),
      dataInBytes: lengthBytes,
    });
    return parsed(action, () => parseConfiguration(whole));
  }
  return undefined;
}

/** Disc information; undefined for media (CD-ROM in old drives) that have none. */
export function* readDiscInformation(): Procedure<DiscInformation | undefined> {
  const action = "read the disc information";
  const reply = yield* sendOptional({ action, cdb: cdb.readDiscInformation(34), dataInBytes: 34 });
  return reply === undefined ? undefined : parsed(action, () => parseDiscInformation(reply));
}

/** Information on one track; undefined where the drive has none for it. */
export function* readTrack(
  by: keyof typeof cdb.TRACK_ADDRESS,
  number: number,
): Procedure<TrackInformation | undefined> {
  const action = "read the track information";
  const reply = yield* sendOptional({
    action,
    cdb: cdb.readTrackInformation(by, { number, lengthBytes: 36 }),
    dataInBytes: 36,
  });
  return reply === undefined ? undefined : parsed(action, () => parseTrackInformation(reply));
}

/** The track where writing goes on. Which number asks for it differs by medium, and drives differ too. */
export function* readNextTrack(
  profile: Pick<Profile, "family">,
  disc: DiscInformation,
): Procedure<TrackInformation | undefined> {
  const last = disc.lastTrackOfLastSession;
  const numbers = profile.family === "cd" || isDvdPlusR(profile)
    ? [NEXT_TRACK, last]
    : OVERWRITABLE.has(profile.family)
    ? [1]
    : [last, NEXT_TRACK];
  for (const number of numbers) {
    const track = yield* readTrack("track", number);
    if (track !== undefined) return track;
  }
  return undefined;
}

function isDvdPlusR({ family }: Pick<Profile, "family">): boolean {
  return family === "dvdPlusR" || family === "dvdPlusRDl";
}

const TRACKS_MAX = 512;

function* readTracks(disc: DiscInformation): Procedure<TrackInformation[]> {
  const tracks: TrackInformation[] = [];
  const last = Math.min(disc.lastTrackOfLastSession, TRACKS_MAX);
  for (let number = Math.max(1, disc.firstTrack); number <= last; number++) {
    const previous = tracks.at(-1);
    const track = number === NEXT_TRACK && number < last && previous !== undefined
      ? yield* readTrackBehind(previous)
      : yield* readTrack("track", number);
    if (track !== undefined) tracks.push(track);
  }
  return tracks;
}

/** As a track's number it means the one where writing goes on: a BD-R's 255th needs another name. */
const NEXT_TRACK = 0xff;

function* readTrackBehind(
  { track, session, startLba, sizeSectors }: TrackInformation,
): Procedure<TrackInformation | undefined> {
  for (const [by, number] of [["session", session + 1], ["lba", startLba + sizeSectors]] as const) {
    const found = yield* readTrack(by, number);
    if (found?.track === track + 1) return found;
  }
  return undefined;
}

function* readCapacitySectors(): Procedure<number> {
  const action = "read the capacity";
  const reply = yield* sendOptional({ action, cdb: cdb.readCapacity(), dataInBytes: 8 });
  if (reply === undefined) return 0;
  const { sectors } = parsed(action, () => parseCapacity(reply));
  return sectors <= 1 ? 0 : sectors; // a blank disc's last LBA is 0 or −1
}

/** Undefined from a drive that does not know the command. */
function* readFormats(): Procedure<FormatCapacities | undefined> {
  const action = "read the formats";
  // Some USB bridges fail when the allocation length is not the true one: the header first, then exactly that.
  const head = yield* sendOptional({ action, cdb: cdb.readFormatCapacities(4), dataInBytes: 4 });
  if (head === undefined) return undefined;
  const lengthBytes = 4 + parsed(action, () => formatListLength(head));
  if (lengthBytes < 12) return undefined;
  const reply = yield* sendOptional({
    action,
    cdb: cdb.readFormatCapacities(lengthBytes),
    dataInBytes: lengthBytes,
  });
  return reply === undefined ? undefined : parsed(action, () => parseFormatCapacities(reply));
}

/** What a blank disc takes, where the drive says nothing of its one track; 0 where nothing else tells either. */
function* readBlankRoom(profile: Profile, disc: DiscInformation | undefined): Procedure<number> {
  const formats = yield* readFormats();
  if (formats?.kind === "unformatted") return formats.sectors;
  const end = disc?.lastLeadOutStart ?? 0;
  if (profile.family !== "cd") return end;
  return Math.max(0, msfToLba({ minute: (end >> 16) & 0xff, second: (end >> 8) & 0xff, frame: end & 0xff }));
}

const SPEEDS_MAX = 64;

function* readSpeeds(profile: Profile): Procedure<MediumSpeed[]> {
  const action = "read the write speeds";
  const lengthBytes = 8 + 16 * SPEEDS_MAX;
  const reply = yield* sendOptional({
    action,
    cdb: cdb.getWriteSpeeds(SPEEDS_MAX),
    dataInBytes: lengthBytes,
  });
  if (reply === undefined || reply.length < 8) return [];
  const speeds = parsed(action, () => parseWriteSpeeds(reply)).filter(({ writeKbps }) => writeKbps > 0).map((
    { writeKbps, rotation },
  ) => ({
    kbps: writeKbps,
    sectorsPerSecond: sectorsPerSecond(writeKbps, profile),
    rotationIsPureCav: rotation === 1,
  }));
  return speeds.sort((a, b) => b.kbps - a.kbps);
}

/** Speed in payload sectors: kB/s count 2352 bytes a sector for a CD. */
export function sectorsPerSecond(kbps: number, profile: { readonly sectorsPerSecondAt1x: number }): number {
  return Math.round(profile.sectorsPerSecondAt1x === 75 ? kbps * 75 / 176.4 : kbps * 1000 / 2048);
}

function* readMediaId(profile: Profile): Procedure<string | undefined> {
  const action = "read the medium's identity";
  if (profile.family === "cd") {
    const reply = yield* sendOptional({
      action,
      cdb: cdb.readToc(4, { lengthBytes: 28 }),
      dataInBytes: 28,
    });
    if (reply === undefined || reply.length < 16) return undefined;
    // A CD's maker is known by where its lead-in starts (Orange Book's list of manufacturer codes).
    const { leadInStart } = parseAtip(reply);
    const two = (value: number): string => String(value).padStart(2, "0");
    return `${two(leadInStart.minute)}m${two(leadInStart.second)}s${two(leadInStart.frame)}f`;
  }
  if (!isDvdPlusR(profile)) return undefined;
  // ADIP: manufacturer in bytes 19 to 26, medium type in 27 to 29 (ECMA-349).
  const lengthBytes = 4 + 256;
  const reply = yield* sendOptional({
    action,
    cdb: cdb.readDiscStructure(0x11, { lengthBytes }),
    dataInBytes: lengthBytes,
  });
  if (reply === undefined || reply.length < 4 + 30 || uint16(reply, 0) < 30) return undefined;
  const maker = ascii(reply.subarray(4 + 19, 4 + 27));
  return maker === "" ? undefined : `${maker}/${ascii(reply.subarray(4 + 27, 4 + 30))}`;
}

/** Asks only where the write protect feature holds: cartridges and DVD-RAM have a tab or a bit, most media neither. */
function* readWriteProtection(configuration: Configuration | undefined): Procedure<boolean> {
  if (configuration === undefined || !isCurrent(configuration, FEATURE.writeProtect)) return false;
  const reply = yield* sendOptional({
    action: "read the write protection",
    cdb: cdb.readDiscStructure(WRITE_PROTECTION_STATUS, { lengthBytes: 8 }),
    dataInBytes: 8,
  });
  // By the drive, the medium, its cartridge, or until power off: the low four bits.
  return ((reply?.[4] ?? 0) & 0x0f) !== 0;
}

/** Format code of READ DISC STRUCTURE (MMC-6). */
const WRITE_PROTECTION_STATUS = 0xc0;

/** Runs a parser, and makes a {@linkcode BurnError} of a reply that cannot be read. */
export function parsed<T>(action: string, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    if (!(error instanceof ReplyError)) throw error;
    throw new BurnError("E_IMAPI_RECORDER_INVALID_RESPONSE_FROM_DEVICE", {
      action,
      found: `the drive's answer cannot be read: ${error.message}`,
      advice: "try again, or try another drive",
      cause: error,
    });
  }
}

/** Whether the drive still answers: INQUIRY does so in any state. */
export function* isAlive(): Procedure<boolean> {
  const { ok } = yield* attempt({ action: "reach the drive", cdb: cdb.inquiry(), dataInBytes: 36 });
  return ok;
}
