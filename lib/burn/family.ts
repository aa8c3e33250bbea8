/** What distinguishes one family of media in a burn: one object of this interface and one row in the table. @module */
import type { BurnFamily } from "./burn_family.ts";
import type { MediumFamily } from "../mmc/profiles.ts";
import { CD } from "./cd.ts";
import { DVD_MINUS } from "./minus.ts";
import { BD_RE, DVD_PLUS_RW, DVD_RAM, DVD_RW_OVERWRITE } from "./overwritable.ts";
import { BD_R, DVD_PLUS_R, DVD_PLUS_R_DL } from "./plus.ts";

/** The families that can be burned. */
export const FAMILIES: Partial<Record<MediumFamily, BurnFamily>> = {
  cd: CD,
  dvdMinus: DVD_MINUS,
  bdR: BD_R,
  dvdPlusRDl: DVD_PLUS_R_DL,
  dvdPlusR: DVD_PLUS_R,
  bdRe: BD_RE,
  dvdRestrictedOverwrite: DVD_RW_OVERWRITE,
  dvdRam: DVD_RAM,
  dvdPlusRw: DVD_PLUS_RW,
};
