import { assert, assertEquals, assertMatch, assertThrows } from "@std/assert";
import {
  entryContent,
  ImageError,
  type ImageOptions,
  readVolumes,
  SECTOR_BYTES,
  type ViewName,
  type Volume,
} from "../../lib/image/mod.ts";
import { setUint32Both } from "../../lib/image/binary.ts";
import { bytesOf, pathsOf, plan, sectorsFrom, treeOf } from "./_build.ts";

const TREE = { "a.txt": 10, "b.bin": 9 * SECTOR_BYTES, d: { "c.bin": 5000, e: { "f.txt": 1 } }, "z.txt": 3 };

function viewOf(bytes: Uint8Array, view: ViewName): Volume {
  const [volume] = readVolumes(sectorsFrom(bytes), bytes.length / SECTOR_BYTES, { views: [view] });
  return volume!;
}

const VIEWS: [view: ViewName, options: Partial<ImageOptions>][] = [
  ["iso9660", { fileSystems: 1, isoLevel: 2 }],
  ["rockridge", { fileSystems: 1, rockRidge: true }],
  ["joliet", { fileSystems: 3 }],
  ["iso1999", { fileSystems: 1, iso1999: true }],
  ["udf", { fileSystems: 4 }],
];
for (const [view, options] of VIEWS) {
  Deno.test(`readVolumes() lists all names of an image that is cut behind its structures, as ${view}`, () => {
    const image = bytesOf(plan(treeOf(TREE), options));
    const whole = viewOf(image, view);
    const places = whole.entries.filter(({ kind }) => kind === "file").map(({ extents }) =>
      extents[0]!.startLba!
    );
    const cut = image.slice(0, (Math.min(...places) + 4) * SECTOR_BYTES);
    const found = viewOf(cut, view);
    assertEquals(pathsOf(found), pathsOf(whole));
    assertEquals(
      found.entries.map(({ sizeBytes }) => sizeBytes),
      whole.entries.map(({ sizeBytes }) => sizeBytes),
    );
    const files = found.entries.filter(({ kind }) => kind === "file");
    const reasons = files.map(({ unreadable }) => unreadable);
    assertEquals([...new Set(reasons)], [undefined, "not all in the image"]);
    for (const file of files) {
      const content = entryContent(sectorsFrom(cut), file);
      if (file.unreadable === undefined) content.open()[Symbol.dispose]();
      else assertThrows(() => content.open(), ImageError, "it is not all in the image");
    }
    assert(found.problems.length > 0);
    assertEquals(found.notes, []);
  });
}

Deno.test("readVolumes() lists a directory that is outside of the image, and says so once", () => {
  const image = bytesOf(plan(treeOf({ d: { e: { f: 1 } } }), { fileSystems: 1 }));
  const { startLba } = viewOf(image, "iso9660").entries.find(({ path }) => path === "/D/E")!.extents[0]!;
  const { entries, problems } = viewOf(image.slice(0, startLba! * SECTOR_BYTES), "iso9660");
  assertEquals(entries.map(({ path }) => path), ["/D", "/D/E"]);
  assertEquals(problems.filter((text) => text.startsWith("/D")), [
    `/D/E: 2048 bytes at LBA ${startLba} are not all inside the image`,
  ]);
});

Deno.test("readVolumes() reads nothing of empty directories and tables, wherever they are said to be", () => {
  const image = bytesOf(plan(treeOf({ d: { e: 1 } }), { fileSystems: 1 }));
  const record = image.indexOf(0x44, 20 * SECTOR_BYTES) - 33;
  assertEquals([image[record + 32], image[record + 33], image[record + 25]], [1, 0x44, 2]); // D, a directory
  for (const [at, value] of [[record + 2, 0xffff_ffef], [record + 10, 0]] as const) {
    setUint32Both(image, at, value);
  }
  setUint32Both(image, 16 * SECTOR_BYTES + 132, 0); // the path tables' length
  image.fill(0xff, 16 * SECTOR_BYTES + 140, 16 * SECTOR_BYTES + 156); // and their places
  assertEquals(pathsOf(viewOf(image, "iso9660")), ["/D"]);
});

Deno.test("readVolumes() lists a file of UDF whose entry is damaged by its name", () => {
  const image = bytesOf(plan(treeOf({ "a.txt": 3000, d: { b: 1 }, "z.txt": 2 }), { fileSystems: 4 }));
  const entryOfA = image.findIndex((byte, at) =>
    at % SECTOR_BYTES === 0 && byte === 0x05 && image[at + 1] === 0x01 && image[at + 27] === 5
  );
  image.fill(0, entryOfA, entryOfA + 512);
  const { entries, problems } = viewOf(image, "udf");
  assertEquals(entries.map(({ path, kind, unreadable }) => [path, kind, unreadable]), [
    ["/a.txt", "file", "damaged"],
    ["/d", "directory", undefined],
    ["/z.txt", "file", undefined],
    ["/d/b", "file", undefined],
  ]);
  assertMatch(problems[0]!, /^\/a.txt: descriptor 0 at LBA/);
});
