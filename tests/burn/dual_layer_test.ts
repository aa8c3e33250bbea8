import { assertEquals } from "@std/assert";
import { burnData } from "../../lib/burn/mod.ts";
import { uint32 } from "../../lib/mmc/bytes.ts";
import { OPCODE } from "../../lib/mmc/opcode.ts";
import { drive, firstDifference, OK, rig } from "./_rig.ts";

/** Where a burn sets the layer boundary of a disc whose first layer has `layerSectors`. */
function boundariesSet(
  layerSectors: number,
  { wasSet = false, sizeSectors = 100, close = "finalize" as const }: {
    wasSet?: boolean;
    sizeSectors?: number;
    close?: "appendable" | "finalize";
  } = {},
): number[] {
  const bench = rig("dvd+r-dl");
  const set: number[] = [];
  drive(burnData({ sizeSectors, close, verify: "full" }), bench, {
    onCommand: (_n, { cdb, dataOut }) => {
      if (cdb[0] === OPCODE.sendDiscStructure) set.push(uint32(dataOut!, 8));
      if (cdb[0] !== OPCODE.readDiscStructure || cdb[7] !== 0x20) return undefined;
      const dataIn = new Uint8Array(12);
      dataIn.set([0, 10, 0, 0, wasSet ? 0x80 : 0, 0, 0, 0, 0, 0, layerSectors >> 8, layerSectors]);
      return { ...OK, dataIn };
    },
  });
  assertEquals(firstDifference(bench.store, { startLba: 0, count: sizeSectors }), -1);
  return set;
}

const ROWS: readonly (readonly [what: string, found: number[], expected: number[]])[] = [
  ["halves 7 blocks, the first layer being longer by one", boundariesSet(96), [64]],
  ["halves 8 blocks", boundariesSet(96, { sizeSectors: 128 }), [64]],
  ["leaves it alone for what fits on the first layer", boundariesSet(112), []],
  ["leaves it alone where it was set", boundariesSet(96, { wasSet: true }), []],
  ["leaves it alone on a disc that stays appendable", boundariesSet(96, { close: "appendable" }), []],
];

for (const [what, found, expected] of ROWS) {
  Deno.test(`burnData() to a DVD+R DL: the layer boundary: ${what}`, () => assertEquals(found, expected));
}

Deno.test("burnData() to a DVD-R DL ends the disc, which has no sessions but one", () => {
  const bench = rig("dvd-r-dl");
  const result = drive(burnData({ sizeSectors: 100, close: "appendable", verify: "full" }), bench);
  assertEquals(result.discState.description, "DVD-R DL, closed, 1 session");
});
