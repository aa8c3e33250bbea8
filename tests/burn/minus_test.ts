import { assertEquals } from "@std/assert";
import { burnData } from "../../lib/burn/mod.ts";
import { OPCODE } from "../../lib/mmc/opcode.ts";
import { drive, firstDifference, look, rig } from "./_rig.ts";

/** Page 05h as a burn sets it: from its own first byte on. */
function pagesSent(bench: ReturnType<typeof rig>, close: "appendable" | "finalize"): number[][] {
  const pages: number[][] = [];
  drive(burnData({ sizeSectors: 100, close, verify: "full" }), bench, {
    onCommand: (_n, { cdb, dataOut }) => {
      if (cdb[0] === OPCODE.modeSelect10) pages.push([...dataOut!.subarray(8, 8 + 14)]);
      return undefined;
    },
  });
  return pages;
}

Deno.test("burnData() to a DVD-R sets page 05h for fixed packets, and for what follows", () => {
  const incremental = (multiSession: number): number[][] => [
    [0x05, 0x32, 0x60, multiSession | 0x25, 0x08, 16, 0, 0, 0, 0, 0, 0, 0, 16],
  ];
  assertEquals(pagesSent(rig("dvd-r"), "finalize"), incremental(0));
  assertEquals(pagesSent(rig("dvd-r"), "appendable"), incremental(0xc0));
});

Deno.test("burnData() to a DVD-R without incremental writing writes the disc at once", () => {
  const bench = rig("dvd-r");
  bench.drive.disc!.onlyAtOnce = true;
  const sent: number[] = [];
  const result = drive(burnData({ sizeSectors: 100, close: "appendable", verify: "full" }), bench, {
    onCommand: (_n, { cdb, dataOut }) => {
      sent.push(cdb[0] ?? 0);
      if (cdb[0] === OPCODE.reserveTrack) assertEquals([...cdb.subarray(5, 9)], [0, 0, 0, 112]);
      if (cdb[0] === OPCODE.modeSelect10) assertEquals([...dataOut!.subarray(10, 14)], [0x42, 0x05, 0x08, 0]);
      return undefined;
    },
  });
  assertEquals(result.discState.description, "DVD-R, closed, 1 session");
  assertEquals([sent.includes(OPCODE.reserveTrack), sent.includes(OPCODE.closeTrackSession)], [true, false]);
});

Deno.test("burnData() continues an appendable DVD-R behind its border zone", () => {
  const bench = rig("dvd-r");
  drive(burnData({ sizeSectors: 500, close: "appendable", verify: "full" }), bench);
  const second = drive(burnData({ sizeSectors: 700, close: "finalize", verify: "full" }), bench);
  assertEquals(second.startLba, 512 + 12_288);
  assertEquals(firstDifference(bench.store, { startLba: second.startLba, count: 700 }), -1);
  assertEquals([look(bench).status, look(bench).sessions], ["finalized", 2]);
});
