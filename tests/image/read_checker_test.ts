import { assert, assertEquals, assertThrows } from "@std/assert";
import {
  checkVolumes,
  entryContent,
  FILE_SYSTEM,
  type ImageDirectory,
  type ImageProblem,
  readVolumes,
  regionsOf,
  SECTOR_BYTES,
  type ViewName,
  type Volume,
} from "../../lib/image/mod.ts";
import { setUint32Both, viewOf } from "../../lib/image/binary.ts";
import { crc16 } from "../../lib/image/udf_structures.ts";
import {
  bytesOf,
  contentOf,
  plan,
  sectorsFrom,
  soundVolumes,
  sourceBytes,
  treeOf,
  volumesOf,
} from "./_build.ts";

function tree(): ImageDirectory {
  return treeOf({ "a.txt": 5000, "b.txt": 300, sub: { "c.txt": 2048 }, "empty.txt": 0 });
}

function problemsOf(bytes: Uint8Array): ImageProblem[] {
  return checkVolumes(volumesOf(bytes), bytes.length / SECTOR_BYTES);
}

/** Where the directory record of a file is, by its identifier. */
function recordOf(bytes: Uint8Array, identifier: string): number {
  const wanted = new TextEncoder().encode(identifier);
  const at = bytes.findIndex((_, start) => wanted.every((byte, index) => bytes[start + index] === byte));
  assert(at > 33, identifier);
  return at - 33;
}

Deno.test("checkVolumes() finds nothing in what we write", () => {
  for (const fileSystems of [1, 2, 3, 4, 5, 7]) {
    const imagePlan = plan(tree(), { fileSystems });
    assertEquals(checkVolumes(soundVolumes(imagePlan), imagePlan.sizeSectors), [], `${fileSystems}`);
  }
});

const PLACES: [title: string, place: (lba: number) => number, said: RegExp][] = [
  ["of another file", (lba) => lba, /B\.TXT: shares sectors|A\.TXT: shares sectors/],
  ["in the middle of another file", (lba) => lba + 1, /B\.TXT: shares sectors from LBA \d+ on with \/A\.TXT/],
  ["of the path table", () => 19, /shares sectors/],
  ["of the descriptors", () => 16, /shares sectors/],
];
for (const [title, place, said] of PLACES) {
  Deno.test(`checkVolumes() sees a file in the place ${title}`, () => {
    const bytes = bytesOf(plan(tree(), { fileSystems: FILE_SYSTEM.iso9660 }));
    const lba = viewOf(bytes).getUint32(recordOf(bytes, "A.TXT;1") + 2, true);
    setUint32Both(bytes, recordOf(bytes, "B.TXT;1") + 2, place(lba));
    const messages = problemsOf(bytes).map((one) => one.message);
    assert(messages.some((message) => said.test(message)), messages.join("\n"));
  });
}

Deno.test("checkVolumes() sees a name that is there twice", () => {
  const bytes = bytesOf(plan(tree(), { fileSystems: FILE_SYSTEM.iso9660 }));
  bytes[recordOf(bytes, "B.TXT;1") + 33] = 0x41; // A
  const messages = problemsOf(bytes).map((one) => one.message);
  assert(messages.includes("/A.TXT: the directory has this name twice"), messages.join("\n"));
});

Deno.test("regionsOf() says what lies where, a file once for all its views", () => {
  const imagePlan = plan(tree());
  const regions = regionsOf(soundVolumes(imagePlan));
  const files = regions.filter((one) => one.kind === "file");
  assertEquals(files.map((one) => [one.label, one.lengthSectors, one.views]), [
    ["/a.txt", 3, ["iso9660", "joliet", "udf"]],
    ["/b.txt", 1, ["iso9660", "joliet", "udf"]],
    ["/sub/c.txt", 1, ["iso9660", "joliet", "udf"]],
  ]);
  for (const [index, one] of regions.entries()) {
    const next = regions[index + 1];
    assert(next === undefined || one.startLba + one.lengthSectors <= next.startLba, one.label);
  }
  // Whatever the plan has, the reader found: its own list of extents is the judge.
  for (const extent of imagePlan.extents) {
    const found = regions.some((one) =>
      one.startLba < extent.startLba + extent.lengthSectors &&
      extent.startLba < one.startLba + one.lengthSectors
    );
    assert(found, extent.label);
  }
});

Deno.test("readVolumes() reads all times of UDF", () => {
  const root = tree();
  const times = {
    created: new Date("2001-02-03T04:05:06.780Z"),
    modified: new Date("2002-02-03T04:05:06.780Z"),
    accessed: new Date("2003-02-03T04:05:06.780Z"),
  };
  Object.assign(root.children.get("a.txt")!, times);
  const [udf] = soundVolumes(plan(root, { fileSystems: FILE_SYSTEM.udf }));
  const { created, modified, accessed } = udf!.entries.find((entry) => entry.path === "/a.txt")!;
  assertEquals({ created, modified, accessed }, times);
});

Deno.test("readVolumes() reads only the views that are asked for", () => {
  const bytes = bytesOf(plan(tree(), { rockRidge: true }));
  const all = volumesOf(bytes);
  assertEquals(all.map((volume) => volume.fileSystem), ["iso9660", "rockridge", "joliet", "udf"]);
  for (const volume of all) {
    const views = [volume.fileSystem];
    const [only, ...others] = readVolumes(sectorsFrom(bytes), bytes.length / SECTOR_BYTES, { views });
    assertEquals(others, []);
    assertEquals(only!.entries, volume.entries);
  }
});

for (const udfRevision of ["1.50", "2.01", "2.60"] as const) {
  Deno.test(`readVolumes() sees every changed byte of descriptors of UDF ${udfRevision}`, () => {
    const source = treeOf({ "a.txt": 5000, sub: { "b.txt": 5 } });
    const bytes = bytesOf(
      plan(source, { fileSystems: FILE_SYSTEM.udf, udfRevision, udfMetadataCopy: false }),
    );
    const view = viewOf(bytes);
    let count = 0;
    // From the partition on: what is before it is there twice.
    for (let block = 257; block < bytes.length / SECTOR_BYTES - 1; block++) {
      const start = block * SECTOR_BYTES;
      const identifier = view.getUint16(start, true);
      if (![256, 261, 266].includes(identifier)) continue;
      const end = start + 16 + view.getUint16(start + 10, true);
      for (let at = start; at < end; at += 3) {
        bytes[at] = bytes[at]! ^ 0x10;
        assert(problemsOf(bytes).length > 0, `byte ${at - start} of block ${block}`);
        bytes[at] = bytes[at]! ^ 0x10;
        count++;
      }
    }
    assert(count > 300, `${count}`);
    assertEquals(problemsOf(bytes), []);
  });
}

const DESCRIPTOR_BYTES: [title: string, place: [sector: number, offset: number], to: number, said: RegExp][] =
  [
    ["the version of the descriptor", [16, 6], 2, /version 2 at 6, expected 1/],
    ["the size of the volume", [16, 80], 0, /byte orders differ at 80/],
    ["the set's size", [16, 120], 2, /expected 1/],
    ["the number in the set", [16, 124], 2, /expected 1/],
    ["the block size", [16, 129], 4, /expected 2048/],
    ["the size of path tables", [16, 132], 1, /path table length: byte orders differ/],
    ["the place of path table L", [16, 140], 19, /path table L/],
    ["the place of path table M", [16, 151], 18, /path table M/],
    ["the root's record length", [16, 156], 36, /root record: it has 36 bytes/],
    ["the root's place", [16, 158], 0, /byte orders differ/],
    ["the root's flags", [16, 181], 0, /root record: it is no directory/],
    ["the version of files", [16, 881], 2, /version 2 at 881, expected 1/],
    ["the terminator's type", [17, 0], 254, /nothing says that they end/],
    ["the terminator's letters", [17, 3], 0, /nothing says that they end/],
  ];
for (const [title, [sector, offset], to, said] of DESCRIPTOR_BYTES) {
  Deno.test(`checkVolumes() sees that ${title} is changed in ISO 9660`, () => {
    const bytes = bytesOf(plan(tree(), { fileSystems: FILE_SYSTEM.iso9660 }));
    bytes[sector * SECTOR_BYTES + offset] = to;
    const messages = problemsOf(bytes).map((one) => one.message);
    assert(messages.some((message) => said.test(message)), messages.join("\n"));
  });
}

Deno.test("readVolumes() notes times of a volume that are none", () => {
  for (const offset of [813, 830, 847, 864]) {
    const bytes = bytesOf(plan(tree(), { fileSystems: FILE_SYSTEM.iso9660 }));
    bytes[16 * SECTOR_BYTES + offset] = 0x41;
    const [volume] = volumesOf(bytes);
    assertEquals(volume!.notes, [`volume descriptor: what is at ${offset} is no time`]);
    assertEquals(volume!.problems, []);
  }
});

Deno.test("readVolumes() finds the content behind an extended attribute record", () => {
  const source = treeOf({ "A.TXT": 2048, "B.TXT": 3000 });
  const bytes = bytesOf(plan(source, { fileSystems: FILE_SYSTEM.iso9660, rockRidge: true }));
  const [a, b] = [recordOf(bytes, "A.TXT;1"), recordOf(bytes, "B.TXT;1")];
  // The file before becomes the record of it, which has a sector.
  setUint32Both(bytes, b + 2, viewOf(bytes).getUint32(a + 2, true));
  bytes[b + 1] = 1;
  const content = source.children.get("B.TXT")!;
  assert(content.kind === "file");
  for (const volume of volumesOf(bytes)) {
    const entry = volume.entries.find(({ path }) => path === "/B.TXT")!;
    assertEquals(contentOf(sectorsFrom(bytes), entry), sourceBytes(content.content), volume.fileSystem);
    assertEquals(volume.problems, []);
  }
  const [{ structures } = { structures: [] }] = volumesOf(bytes);
  assert(structures.some(({ label }) => label === "extended attribute record"));
});

Deno.test("readVolumes() says that a file with gaps cannot be read", () => {
  const bytes = bytesOf(plan(tree(), { fileSystems: FILE_SYSTEM.iso9660, rockRidge: true }));
  const record = recordOf(bytes, "A.TXT;1");
  bytes.set([1, 2], record + 26); // a sector of it, two of others
  const read = sectorsFrom(bytes);
  for (const { entries, notes, problems, fileSystem } of volumesOf(bytes)) {
    const entry = entries.find(({ path }) => path.toUpperCase() === "/A.TXT")!;
    assertEquals(entry.unreadable, "recorded with gaps", fileSystem);
    assertThrows(() => entryContent(read, entry).open(), Error, "it is recorded with gaps");
    assertEquals([notes.length, problems], [1, []]);
  }
});

Deno.test("readVolumes() notes that a directory has other owners in its own record of Rock Ridge", () => {
  const bytes = bytesOf(plan(tree(), { fileSystems: FILE_SYSTEM.iso9660, rockRidge: true }));
  const [plain] = volumesOf(bytes);
  const lba = plain!.entries.find(({ path }) => path === "/SUB")!.extents[0]!.startLba!;
  const own = bytes.findIndex((byte, at) =>
    at > lba * SECTOR_BYTES && byte === 0x50 && bytes[at + 1] === 0x58
  ); // PX
  setUint32Both(bytes, own + 20, 1000);
  const volume = volumesOf(bytes).find(({ fileSystem }) => fileSystem === "rockridge")!;
  assertEquals(volume.notes, ["/sub: its own record says other permissions or owners"]);
});

Deno.test("checkVolumes() sees that UDF's recognition sequence does not begin or end", () => {
  const image = bytesOf(plan(tree(), { fileSystems: FILE_SYSTEM.iso9660 | FILE_SYSTEM.udf }));
  const begin = recordOf(image, "BEA01") + 33;
  const end = recordOf(image, "TEA01") + 33;
  assertEquals(end - begin, 2 * SECTOR_BYTES);
  image[end] = 0;
  assertEquals(problemsOf(image), [{ view: "udf", message: "recognition sequence: no TEA01" }]);
  image[end] = 0x54;
  image.copyWithin(begin, begin + SECTOR_BYTES, begin + 5 + SECTOR_BYTES); // NSR02 twice
  assertEquals(problemsOf(image), [{ view: "udf", message: "recognition sequence: no BEA01" }]);
});

Deno.test("checkVolumes() lets ISO 9660:1999 share directories with ISO 9660, and with nothing else", () => {
  const [volume] = volumesOf(bytesOf(plan(tree(), { fileSystems: FILE_SYSTEM.iso9660 })));
  const of = (fileSystem: ViewName, label: string): Volume => ({
    ...volume!,
    fileSystem,
    entries: [],
    structures: [{ startLba: 20, lengthSectors: 1, label }],
  });
  const iso = of("iso9660", "ISO 9660 directory /");
  assertEquals(checkVolumes([iso, of("iso1999", "ISO 9660:1999 directory /")], 100), []);
  assertEquals(checkVolumes([iso, of("joliet", "Joliet directory /")], 100).length, 1);
});

Deno.test("readVolumes() notes names without version numbers, which genisoimage writes if asked to", () => {
  const image = bytesOf(plan(tree(), { fileSystems: FILE_SYSTEM.iso9660 }));
  image[recordOf(image, "EMPTY.TXT;1") + 33 + 9] = 0x5f; // EMPTY.TXT_1
  assertEquals(problemsOf(image), []);
  assertEquals(volumesOf(image)[0]!.notes, ["/EMPTY.TXT_1: no version number"]);
  image[recordOf(image, "A.TXT;1") + 33 + 5] = 0x5f;
  assertEquals(volumesOf(image)[0]!.notes, ["/A.TXT_1, and 1 more like it: no version number"]);
});

Deno.test("readVolumes() notes a reserve sequence of UDF with another name, and no other difference", () => {
  const image = bytesOf(plan(tree(), { fileSystems: FILE_SYSTEM.udf }));
  const anchor = viewOf(image.subarray(256 * SECTOR_BYTES));
  const reserve = image.subarray(anchor.getUint32(28, true) * SECTOR_BYTES).subarray(0, SECTOR_BYTES);
  const change = (offset: number): Volume => {
    reserve[offset]! ^= 1;
    const view = viewOf(reserve);
    view.setUint16(8, crc16(reserve, 16, 16 + view.getUint16(10, true)), true);
    reserve[4] = 0;
    reserve[4] = reserve.subarray(0, 16).reduce((sum, byte) => sum + byte, 0);
    return volumesOf(image)[0]!;
  };
  const difference = "reserve volume descriptor sequence: descriptor 1 differs from the main one";
  const named = change(80);
  assertEquals([named.problems, named.notes], [[], [difference]]);
  const other = change(20);
  assertEquals([other.problems, other.notes], [[difference], []]);
});
