import { assertEquals } from "@std/assert";
import { crc16 } from "../../lib/image/udf_structures.ts";

/** The sum bit by bit, as ECMA-167 7.2.6 says it. */
function slowCrc(bytes: Uint8Array): number {
  let crc = 0;
  for (const byte of bytes) {
    crc ^= byte << 8;
    for (let bit = 0; bit < 8; bit++) crc = crc & 0x8000 ? (crc << 1 ^ 0x1021) & 0xffff : crc << 1;
  }
  return crc;
}

Deno.test("crc16() of the bytes that catalogues of sums give", () => {
  assertEquals(crc16(new TextEncoder().encode("123456789"), 0, 9), 0x31c3);
  // The example of ECMA-167 7.2.6.
  assertEquals(crc16(Uint8Array.of(0x70, 0x6a, 0x77), 0, 3), 0x3299);
});

Deno.test("crc16() of any length and start is the sum made bit by bit", () => {
  const bytes = Uint8Array.from({ length: 300 }, (_, at) => at * at * 7 + at ^ 0xa5);
  for (let start = 0; start < 9; start++) {
    for (let end = start; end < bytes.length; end += end < 40 ? 1 : 37) {
      assertEquals(crc16(bytes, start, end), slowCrc(bytes.subarray(start, end)), `${start} to ${end}`);
    }
  }
});
