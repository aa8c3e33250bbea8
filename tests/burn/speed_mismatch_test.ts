/** Discs that are made for faster or slower drives. */
import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { burnData, BurnError, eraseDisc } from "../../lib/burn/mod.ts";
import { OPCODE } from "../../lib/mmc/opcode.ts";
import type { Procedure } from "../../lib/mmc/request.ts";
import { checkCondition, drive, type Interference, OK, rig } from "./_rig.ts";

const BURN = { sizeSectors: 50, close: "appendable", verify: "none" } as const;
const INCOMPATIBLE = checkCondition({ key: 5, asc: 0x30, ascq: 0 });

const ROWS: readonly (readonly [name: string, opcode: number, procedure: () => Procedure<unknown>])[] = [
  ["burnData()", OPCODE.write10, () => burnData(BURN)],
  ["eraseDisc()", OPCODE.blank, () => eraseDisc({ full: true })],
];

for (const [name, opcode, procedure] of ROWS) {
  const refusing = (speeds: "listed" | "none"): Interference => ({
    onCommand: (_n, { cdb }) => {
      if (cdb[0] === opcode) return INCOMPATIBLE;
      const isSpeedList = cdb[0] === OPCODE.getPerformance && cdb[10] === 3;
      return isSpeedList && speeds === "none"
        ? { ...OK, dataIn: Uint8Array.of(0, 0, 0, 4, 0, 0, 0, 0) }
        : undefined;
    },
  });

  Deno.test(`${name} of a CD-RW for which the drive has no speed says so`, () => {
    const error = assertThrows(() => drive(procedure(), rig("cd-rw"), refusing("none")), BurnError);
    assertEquals(error.hresultName, "E_IMAPI_RECORDER_MEDIA_SPEED_MISMATCH");
    assertStringIncludes(error.message, "the drive has no speed for this CD-RW");
  });

  Deno.test(`${name} of a CD-RW that is incompatible for another reason does not`, () => {
    const error = assertThrows(() => drive(procedure(), rig("cd-rw"), refusing("listed")), BurnError);
    assertEquals(error.hresultName, "E_IMAPI_RECORDER_MEDIA_INCOMPATIBLE");
  });
}

Deno.test("burnData() writes a disc for which the drive lists no speed, if the drive does", () => {
  const result = drive(burnData(BURN), rig("cd-rw"), {
    onCommand: (_n, { cdb }) =>
      cdb[0] === OPCODE.getPerformance && cdb[10] === 3
        ? { ...OK, dataIn: Uint8Array.of(0, 0, 0, 4, 0, 0, 0, 0) }
        : undefined,
  });
  assertEquals(result.discState.status, "appendable");
});
