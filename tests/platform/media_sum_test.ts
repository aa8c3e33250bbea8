import { assertEquals } from "@std/assert";
import {
  MEDIA_SUM,
  MediaSum,
  type MediaSumResult,
  mediaSumText,
  parseMediaSum,
} from "../../lib/platform/media_sum.ts";

const SECTOR = 2048;

/** An image of so many sectors, as far as isomd5sum looks at it. */
function syntheticImage(sectors: number): Uint8Array<ArrayBuffer> {
  const image = Uint8Array.from({ length: sectors * SECTOR }, (_, at) => (at * 7 + (at >> 9)) & 0xff);
  image.set([1, ...new TextEncoder().encode("CD001"), 1], 16 * SECTOR);
  image.set([255, ...new TextEncoder().encode("CD001"), 1], 17 * SECTOR);
  new DataView(image.buffer).setUint32(16 * SECTOR + 84, sectors);
  image.fill(0x20, MEDIA_SUM.offset, MEDIA_SUM.offset + MEDIA_SUM.bytes);
  return image;
}

function sumOf(image: Uint8Array<ArrayBuffer>, pieceBytes: number): MediaSumResult {
  let result: MediaSumResult | undefined;
  const sum = new MediaSum(image.length, (found) => result = found);
  for (let at = 0; at < image.length; at += pieceBytes) sum.take(image.subarray(at, at + pieceBytes), at);
  sum.end(image.length);
  return result!;
}

/** As implantisomd5 1.2.3 put them into these images. */
const IMPLANTED: [sectors: number, md5: string, fragments: string][] = [
  [400, "95a231464e5f0dc4a2d891941114e048", "ebac43b5c19dfd514ed67b473838243eb7b27fb935f4213576227fcc522b"],
  [5000, "c87c3dceb0cf4230a6c7801877831486", "3bec5c8555c237cd1878785dc6fe2b2d535645dcf26ea54a6f536ac1a55f"],
];
for (const [sectors, md5, fragments] of IMPLANTED) {
  for (const pieceBytes of [262_144, 2048, 100_000, 7 * SECTOR]) {
    Deno.test(`MediaSum of ${sectors} sectors in pieces of ${pieceBytes} bytes is what implantisomd5 has`, () => {
      assertEquals(sumOf(syntheticImage(sectors), pieceBytes), { md5, fragments });
    });
  }
}

Deno.test("MediaSum takes what is left out for zeros", () => {
  const image = syntheticImage(400).fill(0, 100 * SECTOR, 300 * SECTOR);
  let found = "";
  const sum = new MediaSum(image.length, ({ md5 }) => found = md5);
  sum.take(image.subarray(0, 100 * SECTOR), 0);
  sum.take(image.subarray(300 * SECTOR), 300 * SECTOR);
  sum.end(image.length);
  assertEquals(found, sumOf(image, 262_144).md5);
});

Deno.test("parseMediaSum() reads what mediaSumText() writes, and nothing else", () => {
  const md5 = "0123456789abcdef0123456789abcdef";
  const text = mediaSumText(md5, "abc".repeat(20));
  assertEquals(text.length, MEDIA_SUM.bytes);
  assertEquals(parseMediaSum(text), {
    md5,
    fragments: "abc".repeat(20),
    skippedBytes: 15 * SECTOR,
    fragmentCount: 20,
  });
  assertEquals(parseMediaSum(new Uint8Array(512).fill(0x20)), undefined);
  assertEquals(parseMediaSum(new TextEncoder().encode("ISO MD5SUM = 12;")), undefined);
});
