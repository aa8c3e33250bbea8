/** How much data a command carries: what the transport takes, in whole blocks. */
import { assert, assertEquals } from "@std/assert";
import { burnData } from "../../lib/burn/mod.ts";
import { areEqual } from "../../lib/burn/equal_bytes.ts";
import { sectorsPerRead, sectorsPerWrite } from "../../lib/burn/transfer.ts";
import { OPCODE } from "../../lib/mmc/opcode.ts";
import { MEDIA_ROWS, rigOf } from "./_media.ts";
import { drive, firstDifference } from "./_rig.ts";

for (
  const [maxTransferBytes, block, write, read] of [
    [undefined, 16, 16, 32],
    [65_536, 16, 16, 32],
    [65_536, 32, 32, 32],
    [262_144, 16, 128, 128],
    [262_144, 32, 128, 128],
    [100_000, 32, 32, 48],
    [32_768, 32, 16, 16], // a bridge that takes less than a cluster
    [1024, 16, 1, 1],
  ] as const
) {
  Deno.test(`sectorsPerWrite() of blocks of ${block} and sectorsPerRead() for transfers of ${maxTransferBytes} bytes`, () => {
    assertEquals(sectorsPerWrite(block, maxTransferBytes), write);
    assertEquals(sectorsPerRead(maxTransferBytes), read);
  });
}

for (const row of MEDIA_ROWS) {
  for (const maxTransferBytes of [32_768, 262_144]) {
    for (const timed of [false, true]) {
      Deno.test(`burnData() of a ${row.name} in commands of ${maxTransferBytes} bytes, ${timed ? "timed" : "timeless"}`, () => {
        const bench = rigOf(row, { timed });
        let written = 0;
        const read = new Set<number>();
        const options = { sizeSectors: 333, close: "finalize", verify: "full", ...row.options } as const;
        const { startLba } = drive(burnData({ ...options, maxTransferBytes }), bench, {
          onCommand: (_n, { cdb, dataOut, dataInBytes = 0 }) => {
            if (cdb[0] === OPCODE.write10) written = Math.max(written, dataOut!.length);
            else if (cdb[0] === OPCODE.read10) read.add(dataInBytes);
            return undefined;
          },
        });
        assertEquals(firstDifference(bench.store, { startLba, count: 333 }), -1);
        assertEquals(written, maxTransferBytes);
        assert(read.has(maxTransferBytes), `${[...read]}`);
      });
    }
  }
}

Deno.test("areEqual() sees one bit anywhere, and a length", () => {
  const random = Uint8Array.from({ length: 4099 }, (_, at) => at * 31 >> 3);
  // Neither at the start of their memory nor on a word's boundary.
  const copy = new Uint8Array(5000).subarray(3, 3 + random.length);
  copy.set(random);
  assert(areEqual(random, copy) && areEqual(copy.subarray(1), random.subarray(1)));
  assert(areEqual(new Uint8Array(0), new Uint8Array(0)));
  assert(!areEqual(random, copy.subarray(1)) && !areEqual(random.subarray(0, 4098), copy));
  for (const at of [0, 1, 2048, 4098]) {
    copy[at]! ^= 0x80;
    assert(!areEqual(random, copy), `${at}`);
    copy[at]! ^= 0x80;
  }
});
