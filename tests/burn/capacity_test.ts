import { assertEquals } from "@std/assert";
import { MEDIA_STATE, type Medium } from "../../lib/burn/mod.ts";
import { profileOf } from "../../lib/mmc/profiles.ts";
import { look, rig } from "./_rig.ts";

/** By the name, the IMAPI media type (IMAPI_MEDIA_PHYSICAL_TYPE), whether it is rewritable, and its size in sectors. */
const ROWS:
  readonly (readonly [medium: string, name: string, type: number, rewritable: boolean, size: number])[] = [
    ["cd-r", "CD-R", 2, false, 359_847], // without the two run-out sectors of its one track
    ["cd-rw", "CD-RW", 3, true, 359_847],
    ["dvd-rw", "DVD-RW", 0x0a, true, 2_298_496],
    ["dvd-r", "DVD-R", 9, false, 2_298_496],
    ["dvd+r", "DVD+R", 6, false, 2_295_104],
    ["dvd+r-dl", "DVD+R DL", 8, false, 4_173_824],
    ["dvd-r-dl", "DVD-R DL", 0x0b, false, 4_171_712],
    ["bd-r", "BD-R", 0x12, false, 12_219_392],
    ["bd-re", "BD-RE", 0x13, true, 11_826_176],
    ["dvd-ram", "DVD-RAM", 5, true, 2_236_704],
    ["dvd+rw", "DVD+RW", 7, true, 2_295_104],
  ];

for (const [medium, name, type, rewritable, size] of ROWS) {
  Deno.test(`inspect() of a blank ${medium} tells its kind and its room`, () => {
    const found: Medium = look(rig(medium));
    assertEquals([found.name, found.description, found.status], [name, `${name}, blank`, "blank"]);
    assertEquals([found.imapiMediaType, profileOf(found.profile).imapiMediaType], [type, type]);
    assertEquals([found.rewritable, found.nwa, found.freeSectors], [rewritable, 0, size]);
    assertEquals(found.imapiMediaState & MEDIA_STATE.blank, MEDIA_STATE.blank);
    assertEquals(found.speeds.length > 1, true);
  });
}
