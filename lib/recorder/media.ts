/** The media that the virtual recorder knows: one row each, everything else follows from the row. @module */

/** What distinguishes one sequentially recorded medium from another. */
export interface MediumKind {
  readonly name: string;
  readonly profile: number;
  readonly label: string;
  /** Sectors that can be recorded: the last possible start of the lead-out. */
  readonly capacitySectors: number;
  /** A shorter track is filled up with zeros. */
  readonly trackSectorsMin: number;
  /** Sectors that the drive writes after a track's data and that cannot be read (MMC-6). */
  readonly runOutSectors: number;
  /** From one track's end, run-out included, to the next one's start inside a session. */
  readonly trackGapSectors: number;
  /** From a session's end to the next one's first sector: after the first session, and after later ones. */
  readonly sessionGapSectors: readonly [first: number, later: number];
  /** Recording goes on only at a multiple of this, once the buffer was flushed. */
  readonly blockSectors: number;
  readonly sessionsMax: number;
  /** Whether flushing the buffer ends the track, as it does for a CD written track at once. */
  readonly syncEndsTrack: boolean;
  readonly canReserve: boolean;
  /** Which CLOSE functions end the whole disc. */
  readonly finalizeFunctions: readonly number[];
  /** Write speeds in units of 1000 bytes a second, highest first. */
  readonly writeKbps: readonly number[];
  /** Bytes that a sector counts for in these speeds: CDs count 2352. */
  readonly sectorBytesOfSpeed: number;
}

const ROWS: readonly MediumKind[] = [
  {
    name: "cd-r",
    profile: 0x0009,
    label: "CD-R",
    capacitySectors: 359_849, // 79:59:74, as the ATIP of an 80-minute disc says
    trackSectorsMin: 300,
    runOutSectors: 2,
    trackGapSectors: 150,
    sessionGapSectors: [11_400, 6_900],
    blockSectors: 1,
    sessionsMax: 99,
    syncEndsTrack: true,
    canReserve: false,
    finalizeFunctions: [],
    writeKbps: [8467, 7056, 5645, 4234, 2822, 1411],
    sectorBytesOfSpeed: 2352,
  },
  {
    name: "dvd+r",
    profile: 0x001b,
    label: "DVD+R",
    capacitySectors: 2_295_104,
    trackSectorsMin: 0,
    runOutSectors: 0,
    trackGapSectors: 16, // the run-in of a fragment
    sessionGapSectors: [2_048, 2_048], // closure and intro of 1024 sectors each (ECMA-349)
    blockSectors: 16,
    sessionsMax: 153,
    syncEndsTrack: false,
    canReserve: true,
    finalizeFunctions: [5, 6],
    writeKbps: [22_160, 16_620, 11_080, 5_540],
    sectorBytesOfSpeed: 2048,
  },
];

/** Media by the name that `--virtual` takes. */
export const MEDIA: ReadonlyMap<string, MediumKind> = new Map(ROWS.map((row) => [row.name, row]));

const NOT_YET = [
  "cd-rw",
  "dvd-r",
  "dvd-rw",
  "dvd-ram",
  "dvd+rw",
  "dvd+r-dl",
  "dvd-r-dl",
  "bd-r",
  "bd-re",
];

/**
 * The medium of this name; undefined for "none", an empty drive.
 *
 * @throws RangeError for a name that no medium has, or one that is not emulated.
 */
export function mediumNamed(name: string): MediumKind | undefined {
  const lower = name.toLowerCase();
  if (lower === "none") return undefined;
  const found = MEDIA.get(lower);
  if (found !== undefined) return found;
  const use = `use ${[...MEDIA.keys()].join(" or ")}`;
  if (NOT_YET.includes(lower)) throw new RangeError(`Virtual medium not yet emulated: "${name}"; ${use}`);
  throw new RangeError(`No such virtual medium: "${name}"; ${use}`);
}
