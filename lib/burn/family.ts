/** What distinguishes one family of media in a burn: one object of this interface and one row in the table. @module */
import type { BurnFamily } from "./burn_family.ts";
import type { MediumFamily } from "../mmc/profiles.ts";
import { CD } from "./cd.ts";
import { DVD_MINUS } from "./minus.ts";
import { DVD_PLUS_RW } from "./overwritable.ts";
import { DVD_PLUS_R } from "./plus.ts";

/** The families that can be burned. */
export const FAMILIES: Partial<Record<MediumFamily, BurnFamily>> = {
  cd: CD,
  dvdMinus: DVD_MINUS,
  dvdPlusR: DVD_PLUS_R,
  dvdPlusRw: DVD_PLUS_RW,
};
