/** What a loaded disc is, as facts and in words. @module */
import type { FormatCapacities } from "../mmc/capacity.ts";
import type { Configuration } from "../mmc/configuration.ts";
import type { DiscInformation } from "../mmc/disc_information.ts";
import type { DiscState, DiscStatus } from "../mmc/errors.ts";
import type { MediumFamily } from "../mmc/profiles.ts";
import type { TrackInformation } from "../mmc/track_information.ts";

/** A speed at which the drive writes the loaded medium. */
export interface MediumSpeed {
  /** In payload sectors of 2048 bytes. */
  readonly sectorsPerSecond: number;
  /** In units of 1000 bytes a second, as the drive gave it. */
  readonly kbps: number;
  /** Whether the disc turns at a constant number of revolutions. */
  readonly rotationIsPureCav: boolean;
}

/** What {@linkcode inspect} finds out. */
export interface Medium {
  /** Profile code (MMC-6); 0 without a medium. */
  readonly profile: number;
  /** "DVD+R", "CD-R", … */
  readonly name: string;
  /** How it is written. */
  readonly family: MediumFamily;
  /** IMAPI_MEDIA_PHYSICAL_TYPE. */
  readonly imapiMediaType: number;
  /** Its state, coarsely. */
  readonly status: DiscStatus;
  /** IMAPI_FORMAT2_DATA_MEDIA_STATE, a set of flags. */
  readonly imapiMediaState: number;
  /** The state in words: "DVD+R, blank". */
  readonly description: string;
  /** Whether what is written can be erased or overwritten. */
  readonly rewritable: boolean;
  /** Whether a tab, a bit on the medium or the drive forbids writing. */
  readonly writeProtected: boolean;
  /** Whether a disc that is recorded sequentially (BD-R) has spare areas, in which the drive replaces what it cannot write. */
  readonly hasSpares: boolean;
  /** Whether the drive calls a track or the last session damaged. */
  readonly damaged: boolean;
  /** Next writable address; undefined where nothing can be written. */
  readonly nwa: number | undefined;
  /** Sectors that can be written from {@linkcode nwa} on. */
  readonly freeSectors: number;
  /** Sectors that the disc has in all, the unwritten ones too. */
  readonly totalSectors: number;
  /** Sectors that can be read. */
  readonly recordedSectors: number;
  /** Closed sessions. */
  readonly sessions: number;
  /** First sector of the last closed session; undefined when there is none. */
  readonly lastSessionStartLba: number | undefined;
  /** Last sector recorded in the last closed session; undefined when there is none. */
  readonly lastRecordedLba: number | undefined;
  /** Tracks with data, in order. */
  readonly tracks: readonly TrackInformation[];
  /** The track where writing goes on; undefined on a closed disc. */
  readonly nextTrack: TrackInformation | undefined;
  /** Highest first; empty where the drive does not tell. */
  readonly speeds: readonly MediumSpeed[];
  /** Maker and type of the medium where they can be read: "BURNSCR/V16". */
  readonly mediaId: string | undefined;
  /** What formats there are, for media that are written anywhere; undefined for others. */
  readonly formatCapacities: FormatCapacities | undefined;
  /** Profiles and features; undefined from a drive older than they are. */
  readonly configuration: Configuration | undefined;
  /** What the drive says of the disc as a whole. */
  readonly discInformation: DiscInformation | undefined;
}

/** The state of a disc in words that are true: "DVD+R, blank", "CD-R, appendable, 1 session, 310 MB free". */
export function describeMedium(medium: Medium): string {
  return medium.description;
}

/** What an error says of a disc. */
export function discStateOf(medium: Medium): DiscState {
  return { status: medium.status, sessions: medium.sessions, description: medium.description };
}

/** The words for a state. */
export function describe(
  { name, status, sessions, freeSectors, dataSectors, damaged, hasSpares = false }: {
    name: string;
    status: DiscStatus;
    sessions: number;
    /** Undefined where the drive does not tell. */
    freeSectors: number | undefined;
    /** Data in the session that is not closed. */
    dataSectors: number;
    damaged: boolean;
    hasSpares?: boolean;
  },
): string {
  const count = `${sessions} ${sessions === 1 ? "session" : "sessions"}`;
  const free = freeSectors === undefined ? "room unknown" : `${megabytes(freeSectors)} free`;
  const words: Record<DiscStatus, string> = {
    absent: "no medium",
    blank: `${name}, blank`,
    appendable: `${name}, appendable, ${count}, ${free}`,
    open: `${name}, ${dataSectors > 0 ? `${megabytes(dataSectors)} written` : "begun"}, session open` +
      (sessions > 0 ? ` after ${count}` : ""),
    finalized: `${name}, closed, ${count}`,
    overwritable: `${name}, overwritable, ${megabytes(freeSectors ?? 0)}`,
    readOnly: `${name}, read only`,
    unsupported: `${name}, of an unknown kind`,
    unknown: `${name}, in a state that the drive does not tell`,
  };
  return words[status] + (hasSpares ? ", with spare areas" : "") + (damaged ? ", damaged" : "");
}

/** An amount of sectors as people read it: "310 MB", "4.7 GB". */
export function megabytes(sectors: number): string {
  const mb = sectors * 2048 / 1e6;
  if (mb >= 1000) return `${(mb / 1000).toFixed(1)} GB`;
  return mb >= 10 ? `${Math.floor(mb)} MB` : `${mb.toFixed(1)} MB`;
}
