import { assert, assertEquals } from "@std/assert";
import type { ViewName } from "../../lib/image/mod.ts";
import { SECTOR_BYTES } from "../../lib/image/mod.ts";
import { viewOf } from "../../lib/image/binary.ts";
import { crc16, tagChecksum } from "../../lib/image/udf_structures.ts";
import { bytesOf, plan, treeOf, volumesOf } from "./_build.ts";

const IMAGE = bytesOf(
  plan(treeOf({ "a.txt": 5000, sub: { b: 1 } }), { rockRidge: true, udfRevision: "2.01" }),
);

/** Where a descriptor of UDF with this tag begins, by the first one in the image. */
function descriptorAt(identifier: number): number {
  const view = viewOf(IMAGE);
  const isOne = (at: number): boolean =>
    view.getUint16(at, true) === identifier && IMAGE[at + 4] === tagChecksum(IMAGE, at) &&
    IMAGE[at + 2] === 3;
  for (let at = 16 * SECTOR_BYTES; at < IMAGE.length; at += 4) if (isOne(at)) return at;
  throw new Error(`no descriptor ${identifier}`);
}

/** Makes a changed tag right again. */
function seal(bytes: Uint8Array, start: number): void {
  const view = viewOf(bytes);
  const end = start + 16 + view.getUint16(start + 10, true);
  view.setUint16(start + 8, crc16(bytes, start + 16, end), true);
  bytes[start + 4] = tagChecksum(bytes, start);
}

function recordOf(identifier: string): number {
  const wanted = new TextEncoder().encode(identifier);
  const at = IMAGE.findIndex((_, start) => wanted.every((byte, index) => IMAGE[start + index] === byte));
  assert(at > 33, identifier);
  return at - 33;
}

const RESERVED: [title: string, view: ViewName, place: number, said: RegExp, tagAt?: number][] = [
  ["the primary descriptor's flags", "iso9660", 16 * SECTOR_BYTES + 7, /LBA 16: byte 7 is reserved/],
  ["its escape sequences", "iso9660", 16 * SECTOR_BYTES + 90, /LBA 16: byte 90 is/],
  ["its end", "iso9660", 17 * SECTOR_BYTES - 1, /LBA 16: byte 2047 is/],
  ["Joliet's descriptor", "iso9660", 17 * SECTOR_BYTES + 72, /LBA 17: byte 72 is/],
  ["the terminator", "iso9660", 18 * SECTOR_BYTES + 100, /LBA 18: byte 100 is/],
  ["a record's flags", "iso9660", recordOf("A.TXT;1") + 25, /record at \d+: what is reserved/],
  ["the byte behind a name", "iso9660", recordOf("B.;1") + 33 + 4, /record at \d+: what is reserved/],
  ["UDF's recognition", "udf", 20 * SECTOR_BYTES + 2000, /recognition sequence, LBA 20: byte 2000 is/],
  ...([
    ["the anchor", 2, 40],
    ["a tag", 2, 5],
    ["the primary descriptor of UDF", 1, 500],
    ["the partition's descriptor", 5, 360],
    ["the file set", 256, 490],
    ["a directory's entry", 266, 132],
    ["a directory's ICB", 266, 26],
    ["a name's characteristics", 257, 18],
  ] as const).map(([title, tag, offset]): (typeof RESERVED)[number] => [
    title,
    "udf",
    descriptorAt(tag) + offset,
    new RegExp(`byte ${offset} is reserved, and not zero`),
    descriptorAt(tag),
  ]),
];

for (const [title, fileSystem, place, said, tagAt] of RESERVED) {
  Deno.test(`readVolumes() notes that what is reserved in ${title} is not zero`, () => {
    const bytes = IMAGE.slice();
    bytes[place] = bytes[place]! | 0x40;
    if (tagAt !== undefined) seal(bytes, tagAt);
    const { notes } = volumesOf(bytes).find((volume) => volume.fileSystem === fileSystem)!;
    assert(notes.some((note) => said.test(note)), notes.join("\n"));
    for (const volume of volumesOf(bytes)) {
      const differing = volume.problems.filter((problem) =>
        !/reserve volume descriptor sequence/.test(problem)
      );
      assertEquals(differing, []);
    }
  });
}

Deno.test("readVolumes() notes nothing of what is reserved in our images", () => {
  for (const udfRevision of ["1.02", "1.50", "2.00", "2.01", "2.50", "2.60"] as const) {
    const image = plan(treeOf({ "a.txt": 5000, sub: { b: 1 } }), {
      rockRidge: true,
      iso1999: true,
      udfRevision,
    });
    for (const { notes } of volumesOf(bytesOf(image))) assertEquals(notes, []);
  }
});
