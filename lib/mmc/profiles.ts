/** Profiles that GET CONFIGURATION reports for a medium (MMC-6), and what they are to IMAPI. @module */

/**
 * How a medium is written. A family has one burning procedure; those that none of our procedures writes are still
 * told apart, so that they can be named.
 */
export type MediumFamily =
  | "none"
  | "readOnly"
  | "cd"
  | "dvdMinus"
  | "dvdRestrictedOverwrite"
  | "dvdRam"
  | "dvdPlusR"
  | "dvdPlusRDl"
  | "dvdPlusRw"
  | "bdR"
  | "bdRe"
  | "other";

/** What is known of a profile. */
export interface Profile {
  readonly code: number;
  readonly name: string;
  readonly family: MediumFamily;
  /** IMAPI_MEDIA_PHYSICAL_TYPE. */
  readonly imapiMediaType: number;
  readonly rewritable: boolean;
  /** Payload sectors a second at 1x. */
  readonly sectorsPerSecondAt1x: number;
}

const CD = 75;
const DVD = 680;
const BD = 2195;

const ROWS: readonly (readonly [number, string, MediumFamily, number, boolean, number])[] = [
  [0x0000, "no medium", "none", 0x00, false, CD],
  [0x0008, "CD-ROM", "readOnly", 0x01, false, CD],
  [0x0009, "CD-R", "cd", 0x02, false, CD],
  [0x000a, "CD-RW", "cd", 0x03, true, CD],
  [0x0010, "DVD-ROM", "readOnly", 0x04, false, DVD],
  [0x0011, "DVD-R", "dvdMinus", 0x09, false, DVD],
  [0x0012, "DVD-RAM", "dvdRam", 0x05, true, DVD],
  [0x0013, "DVD-RW (restricted overwrite)", "dvdRestrictedOverwrite", 0x0a, true, DVD],
  [0x0014, "DVD-RW", "dvdMinus", 0x0a, true, DVD],
  [0x0015, "DVD-R DL", "dvdMinus", 0x0b, false, DVD],
  [0x0016, "DVD-R DL (layer jump)", "other", 0x0b, false, DVD],
  [0x0017, "DVD-RW DL", "dvdMinus", 0x0a, true, DVD],
  [0x001a, "DVD+RW", "dvdPlusRw", 0x07, true, DVD],
  [0x001b, "DVD+R", "dvdPlusR", 0x06, false, DVD],
  [0x002a, "DVD+RW DL", "dvdPlusRw", 0x0d, true, DVD],
  [0x002b, "DVD+R DL", "dvdPlusRDl", 0x08, false, DVD],
  [0x0040, "BD-ROM", "readOnly", 0x11, false, BD],
  [0x0041, "BD-R", "bdR", 0x12, false, BD],
  [0x0042, "BD-R (random recording)", "other", 0x12, false, BD],
  [0x0043, "BD-RE", "bdRe", 0x13, true, BD],
  [0x0050, "HD DVD-ROM", "readOnly", 0x0e, false, DVD],
  [0x0051, "HD DVD-R", "other", 0x0f, false, DVD],
  [0x0052, "HD DVD-RAM", "other", 0x10, true, DVD],
  [0x0053, "HD DVD-RW", "other", 0x0f, true, DVD],
  [0x0058, "HD DVD-R DL", "other", 0x0f, false, DVD],
  [0x005a, "HD DVD-RW DL", "other", 0x0f, true, DVD],
  [0xffff, "medium of an unknown kind", "other", 0x00, false, DVD],
];

const PROFILES: ReadonlyMap<number, Profile> = new Map(
  ROWS.map(([code, name, family, imapiMediaType, rewritable, sectorsPerSecondAt1x]) => [
    code,
    { code, name, family, imapiMediaType, rewritable, sectorsPerSecondAt1x },
  ]),
);

/** The profile with this code; codes that the table lacks survive as family "other". */
export function profileOf(code: number): Profile {
  return PROFILES.get(code) ?? {
    code,
    name: `medium of profile ${code.toString(16).toUpperCase().padStart(4, "0")}h`,
    family: "other",
    imapiMediaType: 0,
    rewritable: false,
    sectorsPerSecondAt1x: DVD,
  };
}
