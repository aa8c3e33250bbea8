/** What is no reason to stop a burn, and is told. */
import { assertEquals } from "@std/assert";
import { burnData, type BurnOptions, type BurnResult } from "../../lib/burn/mod.ts";
import { OPCODE } from "../../lib/mmc/opcode.ts";
import type { SenseTriple } from "../../lib/mmc/sense.ts";
import { checkCondition, drive, look, type Rig, rig } from "./_rig.ts";

const OPTIONS = { sizeSectors: 50, close: "finalize", verify: "none" } as const;

/** The notes of a burn whose drive says this of calibrating; they are told and in the result. */
function notes(
  bench: Rig,
  { opc, options = {} }: { opc?: SenseTriple; options?: Partial<BurnOptions> } = {},
): readonly string[] {
  const told: string[] = [];
  const result: BurnResult = drive(
    burnData({ ...OPTIONS, ...options, onNote: (message) => void told.push(message) }),
    bench,
    {
      onCommand: (_n, { cdb }) =>
        opc !== undefined && cdb[0] === OPCODE.sendOpc ? checkCondition(opc) : undefined,
    },
  );
  assertEquals(result.notes, told);
  return told;
}

for (const medium of ["cd-r", "dvd-r"]) {
  Deno.test(`burnData() of a ${medium} whose laser cannot be calibrated burns it and says so`, () => {
    assertEquals(notes(rig(medium), { opc: { key: 3, asc: 0x73, ascq: 3 } }), [
      "Cannot calibrate the laser: the laser power could not be calibrated (SEND OPC INFORMATION 3/73/03); " +
      "try another disc, of another brand if it happens again, or a lower speed. The disc is burned nonetheless",
    ]);
  });

  Deno.test(`burnData() of a ${medium} tells of a calibration area that is almost full`, () => {
    assertEquals(notes(rig(medium), { opc: { key: 1, asc: 0x73, ascq: 1 } }), [
      "The drive says: the power calibration area is almost full (1/73/01); use a new disc soon",
    ]);
  });

  Deno.test(`burnData() of a ${medium} does not mention a drive that knows no calibration`, () => {
    assertEquals(notes(rig(medium), { opc: { key: 5, asc: 0x20, ascq: 0 } }), []);
    assertEquals(notes(rig(medium)), []);
  });
}

Deno.test("burnData() of a short DVD-R at once says that its lead-out is long", () => {
  assertEquals(notes(rig("dvd-r"), { options: { atOnce: true } }), [
    "A disc written at once with less than 780 MB gets a long lead-out: closing it takes minutes",
  ]);
});

Deno.test("burnData() of a BD-R with 250 sessions says that there is an end to them", () => {
  const bench = rig("bd-r");
  const append = { close: "appendable", sizeSectors: 1 } as const;
  for (let session = 0; session < 250; session++) {
    assertEquals(notes(bench, { options: append }), []);
  }
  for (let session = 250; session < 260; session++) {
    // Verified, because the 255th track shares its number with the one where writing goes on.
    assertEquals(notes(bench, { options: { ...append, verify: "full" } }), [
      `The disc has ${session} sessions, and some drives take no more than 300: begin another disc soon`,
    ]);
  }
  assertEquals(look(bench).tracks.map(({ track, session }) => [track, session]), [
    ...Array.from({ length: 260 }, (_, index) => [index + 1, index + 1]),
  ]);
});
