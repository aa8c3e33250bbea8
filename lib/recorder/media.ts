/** The media that the virtual recorder knows: one row each, everything else follows from the row. @module */

/** How the drive makes room on a medium, and how it takes data: which commands mean what. */
export type Recording =
  /** CD: track at once, or session at once by cue sheet; flushing the buffer ends a track, and mode page 05h says what a session's end means. */
  | "trackAtOnce"
  /** DVD-R and DVD-RW: incrementally or disc at once, by mode page 05h. */
  | "minus"
  /** DVD+R and BD-R: at the next writable address; CLOSE says what it closes. */
  | "plus"
  /** DVD+RW, DVD-RAM, BD-RE: anywhere in the formatted part. */
  | "random";

/** What distinguishes one medium from another. */
export interface MediumKind {
  readonly name: string;
  /** GET CONFIGURATION's profile; of a DVD-RW, while it is recorded sequentially. */
  readonly profile: number;
  /** The profile after FORMAT UNIT where that makes another kind of disc of it: DVD-RW's restricted overwrite. */
  readonly formattedProfile?: number;
  readonly label: string;
  readonly carrier: "cd" | "dvd" | "bd";
  readonly recording: Recording;
  /** Sectors that can be recorded: the last possible start of the lead-out. */
  readonly capacitySectors: number;
  /** Where the first of two layers ends at the latest; undefined for a single one. */
  readonly layerSectors?: number;
  /** How far beyond its capacity a session that is written at once may end. */
  readonly overburnSectors: number;
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
  readonly canReserve: boolean;
  /** Which CLOSE functions end the whole disc. */
  readonly finalizeFunctions: readonly number[];
  /** Whether BLANK makes it blank again. */
  readonly blanks: boolean;
  /** FORMAT UNIT's types that it takes, the usual one first. */
  readonly formatTypes: readonly number[];
  /**
   * What a blank disc can be formatted for that stays one that is recorded sequentially: its size without its spare areas, the
   * usual one first (BD-R).
   */
  readonly spareFormats: readonly { readonly type: number; readonly capacitySectors: number }[];
  /** Whether it is sold formatted. */
  readonly preformatted: boolean;
  /** Write speeds in units of 1000 bytes a second, highest first. */
  readonly writeKbps: readonly number[];
  /** Bytes that a sector counts for in these speeds: CDs count 2352. */
  readonly sectorBytesOfSpeed: number;
}

/** What most media have in common; a row says what differs. */
const PLAIN = {
  overburnSectors: 0,
  trackSectorsMin: 0,
  runOutSectors: 0,
  trackGapSectors: 0,
  sessionGapSectors: [0, 0],
  sessionsMax: 1,
  canReserve: false,
  finalizeFunctions: [],
  blanks: false,
  formatTypes: [],
  spareFormats: [],
  preformatted: false,
  sectorBytesOfSpeed: 2048,
} as const;

const CD = {
  ...PLAIN,
  carrier: "cd",
  recording: "trackAtOnce",
  overburnSectors: 9_000, // two minutes: discs differ, most take so much
  capacitySectors: 359_849, // 79:59:74, as the ATIP of an 80-minute disc says
  trackSectorsMin: 300,
  runOutSectors: 2,
  trackGapSectors: 150,
  sessionGapSectors: [11_400, 6_900],
  blockSectors: 1,
  sessionsMax: 99,
  sectorBytesOfSpeed: 2352,
} as const;

const DVD_PLUS = {
  ...PLAIN,
  carrier: "dvd",
  recording: "plus",
  trackGapSectors: 16, // the run-in of a fragment
  sessionGapSectors: [2_048, 2_048], // closure and intro of 1024 sectors each (ECMA-349)
  blockSectors: 16,
  sessionsMax: 153,
  canReserve: true,
  finalizeFunctions: [5, 6],
} as const;

/** The gaps are of the order of what drives leave for border zones; what they leave differs (ECMA-359). */
const DVD_MINUS = {
  ...PLAIN,
  carrier: "dvd",
  recording: "minus",
  trackGapSectors: 16,
  sessionGapSectors: [12_288, 4_096],
  blockSectors: 16,
  sessionsMax: 99,
  canReserve: true,
} as const;

const RANDOM = { ...PLAIN, recording: "random", blockSectors: 16 } as const;

const ROWS: readonly MediumKind[] = [
  {
    ...CD,
    name: "cd-r",
    profile: 0x0009,
    label: "CD-R",
    writeKbps: [8467, 7056, 5645, 4234, 2822, 1411],
  },
  {
    ...CD,
    name: "cd-rw",
    profile: 0x000a,
    label: "CD-RW",
    blanks: true,
    writeKbps: [4234, 2822, 1764, 706],
  },
  {
    ...DVD_MINUS,
    name: "dvd-rw",
    profile: 0x0014,
    formattedProfile: 0x0013,
    label: "DVD-RW",
    capacitySectors: 2_298_496,
    blanks: true,
    formatTypes: [0x00, 0x10, 0x13, 0x15],
    writeKbps: [8_310, 5_540, 2_770],
  },
  {
    ...DVD_MINUS,
    name: "dvd-r",
    profile: 0x0011,
    label: "DVD-R",
    capacitySectors: 2_298_496,
    writeKbps: [22_160, 16_620, 11_080, 5_540],
  },
  {
    ...DVD_PLUS,
    name: "dvd+r",
    profile: 0x001b,
    label: "DVD+R",
    capacitySectors: 2_295_104,
    writeKbps: [22_160, 16_620, 11_080, 5_540],
  },
  {
    ...DVD_PLUS,
    name: "dvd+r-dl",
    profile: 0x002b,
    label: "DVD+R DL",
    capacitySectors: 4_173_824,
    layerSectors: 2_086_912,
    writeKbps: [11_080, 5_540, 3_324],
  },
  {
    ...DVD_MINUS,
    name: "dvd-r-dl",
    profile: 0x0015,
    label: "DVD-R DL",
    capacitySectors: 4_171_712,
    sessionsMax: 1,
    writeKbps: [11_080, 5_540, 2_770],
  },
  {
    ...PLAIN,
    name: "bd-r",
    profile: 0x0041,
    label: "BD-R",
    carrier: "bd",
    recording: "plus",
    capacitySectors: 12_219_392,
    sessionGapSectors: [32, 32],
    trackGapSectors: 0,
    blockSectors: 32,
    sessionsMax: 300,
    canReserve: true,
    finalizeFunctions: [6],
    // The sizes that drives list: with the usual spare areas, the largest, the smallest.
    spareFormats: [
      { type: 0x00, capacitySectors: 11_826_176 },
      { type: 0x32, capacitySectors: 11_826_176 },
      { type: 0x32, capacitySectors: 5_796_864 },
      { type: 0x32, capacitySectors: 12_088_320 },
    ],
    writeKbps: [71_928, 53_946, 35_964, 17_982],
  },
  {
    ...RANDOM,
    name: "bd-re",
    profile: 0x0043,
    label: "BD-RE",
    carrier: "bd",
    // With the spare areas that drives choose by themselves.
    capacitySectors: 11_826_176,
    blockSectors: 32,
    formatTypes: [0x00, 0x30, 0x31],
    writeKbps: [8_991, 4_496],
  },
  {
    ...RANDOM,
    name: "dvd-ram",
    profile: 0x0012,
    label: "DVD-RAM",
    carrier: "dvd",
    capacitySectors: 2_236_704,
    formatTypes: [0x00],
    preformatted: true,
    writeKbps: [6_925, 4_155, 2_770],
  },
  {
    ...RANDOM,
    name: "dvd+rw",
    profile: 0x001a,
    label: "DVD+RW",
    carrier: "dvd",
    capacitySectors: 2_295_104,
    formatTypes: [0x26],
    writeKbps: [5_540, 3_324],
  },
];

/** Media by the name that `--virtual` takes. */
export const MEDIA: ReadonlyMap<string, MediumKind> = new Map(ROWS.map((row) => [row.name, row]));

/**
 * The medium of this name; undefined for "none", an empty drive.
 *
 * @throws RangeError for a name that no medium has.
 */
export function mediumNamed(name: string): MediumKind | undefined {
  const lower = name.toLowerCase();
  if (lower === "none") return undefined;
  const found = MEDIA.get(lower);
  if (found !== undefined) return found;
  const names = [...MEDIA.keys()];
  throw new RangeError(
    `No such virtual medium: "${name}"; use ${names.slice(0, -1).join(", ")} or ${names.at(-1)}`,
  );
}
