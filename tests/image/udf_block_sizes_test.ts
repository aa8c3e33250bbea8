/** UDF as it lies on hard disks and memory sticks, whose blocks have other lengths than those of discs. @module */
import { assert, assertEquals } from "@std/assert";
import { checkVolumes, FILE_SYSTEM, SECTOR_BYTES } from "../../lib/image/mod.ts";
import { viewOf } from "../../lib/image/binary.ts";
import { crc16, TAG, tagChecksum } from "../../lib/image/udf_structures.ts";
import {
  bytesOf,
  contentOf,
  patternContent,
  plan,
  sectorsFrom,
  sourceBytes,
  treeOf,
  volumesOf,
} from "./_build.ts";

const BIG = patternContent("big", 3 * SECTOR_BYTES);
const IMAGE = bytesOf(
  plan(treeOf({ "a.txt": 100, big: BIG, d: { "b.bin": 300, e: {} } }), { fileSystems: FILE_SYSTEM.udf }),
);

/** Descriptors before this block go further back: the recognition sequence needs their places where blocks are short. */
const MOVED_END = 100;
const MOVED_BLOCKS = 100;

/** The same blocks, of another length: of each block as much as fits, which is all but of the file `big`. */
function withBlocksOf(blockBytes: number): Uint8Array {
  const count = IMAGE.length / SECTOR_BYTES;
  const bytes = new Uint8Array(count * blockBytes);
  assertEquals(bytes.length % SECTOR_BYTES, 0);
  const pieceBytes = Math.min(SECTOR_BYTES, blockBytes);
  const placeOf = (block: number): number => (block < MOVED_END ? block + MOVED_BLOCKS : block) * blockBytes;
  for (let block = 19; block < count; block++) {
    const piece = IMAGE.subarray(block * SECTOR_BYTES, block * SECTOR_BYTES + pieceBytes);
    if (piece.every((byte) => byte === 0)) continue;
    bytes.set(piece, placeOf(block));
    adapt(bytes.subarray(placeOf(block)), blockBytes, block < MOVED_END);
  }
  for (let index = 0; index < 3; index++) { // the recognition sequence is at the same place everywhere
    const place = 16 * SECTOR_BYTES + index * Math.max(SECTOR_BYTES, blockBytes);
    assert(
      bytes.subarray(place, place + SECTOR_BYTES).every((byte) => byte === 0),
      "another structure is there",
    );
    bytes.set(IMAGE.subarray((16 + index) * SECTOR_BYTES, (17 + index) * SECTOR_BYTES), place);
  }
  return bytes;
}

/** Changes the lengths and places that a descriptor has in it. */
function adapt(bytes: Uint8Array, blockBytes: number, isMoved: boolean): void {
  const view = viewOf(bytes);
  if (bytes[4] !== tagChecksum(bytes, 0)) return;
  const scale = (...places: number[]): void => {
    for (const at of places) view.setUint32(at, view.getUint32(at, true) / SECTOR_BYTES * blockBytes, true);
  };
  const move = (...places: number[]): void => {
    for (const at of places) view.setUint32(at, view.getUint32(at, true) + MOVED_BLOCKS, true);
  };
  const identifier = view.getUint16(0, true);
  if (isMoved) move(12); // the tag's own place
  if (identifier === TAG.anchor) move(20, 28);
  if (identifier === TAG.logicalVolume) move(436);
  if (identifier === TAG.anchor) scale(16, 24); // both volume descriptor sequences
  else if (identifier === TAG.logicalVolume) scale(212, 248, 432); // blocks, file set, integrity sequence
  else if (identifier === TAG.fileEntry && view.getUint32(56, true) === BIG.sizeBytes) scale(56, 176);
  seal(bytes);
}

/** Makes a changed tag right again. */
function seal(bytes: Uint8Array): void {
  const view = viewOf(bytes);
  view.setUint16(8, crc16(bytes, 16, 16 + view.getUint16(10, true)), true);
  bytes[4] = tagChecksum(bytes, 0);
}

for (const blockBytes of [512, 1024, 4096]) {
  Deno.test(`readVolumes() reads UDF with blocks of ${blockBytes} bytes`, () => {
    const bytes = withBlocksOf(blockBytes);
    const volumes = volumesOf(bytes);
    assertEquals(checkVolumes(volumes, bytes.length / SECTOR_BYTES), []);
    const [volume] = volumes;
    assertEquals([volume!.blockBytes, volume!.notes, volume!.volumeName], [blockBytes, [], "TEST"]);
    assertEquals(volume!.entries.map(({ path }) => path), ["/a.txt", "/big", "/d", "/d/b.bin", "/d/e"]);
    const big = new Uint8Array(3 * blockBytes);
    for (let index = 0; index < 3; index++) {
      const piece = sourceBytes(BIG).subarray(index * SECTOR_BYTES, (index + 1) * SECTOR_BYTES);
      big.set(piece.subarray(0, blockBytes), index * blockBytes);
    }
    const expected = new Map([
      ["/a.txt", sourceBytes(patternContent("a.txt", 100))],
      ["/big", big],
      ["/d/b.bin", sourceBytes(patternContent("b.bin", 300))],
    ]);
    for (const entry of volume!.entries.filter(({ kind }) => kind === "file")) {
      assertEquals(contentOf(sectorsFrom(bytes), entry), expected.get(entry.path), entry.path);
    }
  });
}

Deno.test("readVolumes() sees that files in blocks of 512 bytes share one", () => {
  const bytes = withBlocksOf(512);
  const [a, big] = volumesOf(bytes)[0]!.entries;
  const blockOf = (lba: number | undefined): number => lba! * SECTOR_BYTES / 512;
  // The entry of a.txt gets the last block of the other file.
  const delta = blockOf(big!.extents[0]!.startLba) + 2 - blockOf(a!.extents[0]!.startLba);
  for (let at = 0; at < bytes.length; at += 512) {
    const view = viewOf(bytes.subarray(at, at + 512));
    if (view.getUint16(0, true) !== TAG.fileEntry || view.getUint32(56, true) !== 100) continue;
    view.setUint32(180, view.getUint32(180, true) + delta, true);
    seal(bytes.subarray(at));
  }
  const messages = checkVolumes(volumesOf(bytes), bytes.length / SECTOR_BYTES).map(({ message }) => message);
  assertEquals(messages.length, 1, messages.join("\n"));
  assert(/^\/a\.txt: shares sectors from LBA \d+(\.\d+)? on with \/big$/.test(messages[0]!), messages[0]);
});

Deno.test("readVolumes() says which lengths of blocks it cannot read", () => {
  const bytes = withBlocksOf(512);
  for (let at = 0; at < bytes.length; at += 512) {
    const view = viewOf(bytes.subarray(at));
    if (view.getUint16(0, true) !== TAG.logicalVolume || bytes[at + 4] !== tagChecksum(bytes, at)) continue;
    view.setUint32(212, 1024, true);
    seal(bytes.subarray(at));
  }
  const messages = checkVolumes(volumesOf(bytes), bytes.length / SECTOR_BYTES).map(({ message }) => message);
  assertEquals(messages, ["logical blocks of 1024 bytes in sectors of 512 are not supported"]);
});
