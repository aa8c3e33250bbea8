/** UDF of every revision, alone and beside ISO 9660: what is written where, and read back. @module */
import { assert, assertEquals, assertThrows } from "@std/assert";
import {
  checkVolumes,
  entryContent,
  FILE_SYSTEM,
  type FileContent,
  type ImageDirectory,
  ImageError,
  type ImageOptions,
  type ImagePlan,
  ImageReader,
  type ImageSymlink,
  memoryContent,
  readVolumes,
  regionsOf,
  SECTOR_BYTES,
  UDF_REVISIONS,
  type UdfRevision,
  type Volume,
} from "../../lib/image/mod.ts";
import {
  addFile,
  bytesOf,
  contentOf,
  hugeContent,
  patternContent,
  plan,
  sectorsFrom,
  soundVolume,
  sourceBytes,
  treeOf,
  volumesOf,
} from "./_build.ts";

const GIB = 2 ** 30;
const SECOND_EDITION: readonly UdfRevision[] = ["1.02", "1.50"];
const WITH_METADATA: readonly UdfRevision[] = ["2.50", "2.60"];

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function sector(bytes: Uint8Array, lba: number): Uint8Array {
  return bytes.subarray(lba * SECTOR_BYTES, (lba + 1) * SECTOR_BYTES);
}

function textAt(bytes: Uint8Array, offset: number, length: number): string {
  return new TextDecoder("latin1").decode(bytes.subarray(offset, offset + length)).replace(/\0+$/, "");
}

/** A tree with every kind of thing that UDF keeps. */
function richTree(): ImageDirectory<ImageSymlink> {
  const tree: ImageDirectory<ImageSymlink> = treeOf({
    "small.txt": 10,
    "large.bin": 10_000,
    "empty": 0,
    "日本語 😀.txt": 2049,
    sub: { deeper: { "in it": 1700, none: {} }, "x": 3 },
    many: Object.fromEntries(
      Array.from({ length: 120 }, (_, index) => [`a name of some length ${index}`, index]),
    ),
  });
  tree.children.set("link", { kind: "symlink", name: "link", target: "../sub/./x" });
  const long = `${"long".repeat(60)}/`.repeat(12) + "end";
  tree.children.set("long link", { kind: "symlink", name: "long link", target: long });
  const content = patternContent("hard", 5000);
  const owned = { mode: 0o4750, uid: 1000, gid: 50, linkKey: "one", content };
  tree.children.set("first", { kind: "file", name: "first", ...owned });
  const sub = tree.children.get("sub") as ImageDirectory<ImageSymlink>;
  sub.children.set("second", { kind: "file", name: "second", ...owned });
  return tree;
}

const CHOICES: [label: string, options: Partial<ImageOptions>][] = [
  ["alone", { fileSystems: FILE_SYSTEM.udf }],
  ["alone, nothing embedded", { fileSystems: FILE_SYSTEM.udf, udfEmbed: false }],
  ["alone, embedded, one copy of metadata", {
    fileSystems: FILE_SYSTEM.udf,
    udfEmbed: true,
    udfMetadataCopy: false,
  }],
  ["beside ISO 9660 and Joliet", { fileSystems: 7, rockRidge: true }],
];

for (const udfRevision of UDF_REVISIONS) {
  for (const [label, options] of CHOICES) {
    Deno.test(`planImage() keeps names, contents, links and owners in UDF ${udfRevision} ${label}`, () => {
      const tree = richTree();
      const imagePlan = plan(tree, { ...options, udfRevision });
      const bytes = bytesOf(imagePlan);
      const volumes = volumesOf(bytes);
      assertEquals(checkVolumes(volumes, imagePlan.sizeSectors), []);
      const volume = volumes.find((one) => one.fileSystem === "udf")!;
      assertEquals(volume.revision, udfRevision);
      assertSameTree(tree, volume, bytes);
      const names = ["/first", "/sub/second"].map((path) => volume.entries.find((one) => one.path === path)!);
      for (const { posix, extents } of names) {
        assertEquals([posix!.mode, posix!.uid, posix!.gid, posix!.links], [0o104750, 1000, 50, 2]);
        assertEquals([posix!.inode, extents], [names[0]!.posix!.inode, names[0]!.extents]);
      }
    });
  }
}

/** Every entry of a tree is in the volume, and nothing else. */
function assertSameTree(tree: ImageDirectory<ImageSymlink>, volume: Volume, image: Uint8Array): void {
  const byPath = new Map(volume.entries.map((entry) => [entry.path, entry]));
  const pending: [ImageDirectory<ImageSymlink>, string][] = [[tree, ""]];
  let count = 0;
  for (const [directory, path] of pending) {
    for (const child of directory.children.values()) {
      const entry = byPath.get(`${path}/${child.name}`);
      assert(entry !== undefined && entry.kind === child.kind, `${path}/${child.name}`);
      count++;
      if (child.kind === "directory") pending.push([child, entry.path]);
      else if (child.kind === "symlink") assertEquals(entry.target, child.target);
      else assertEquals(contentOf(sectorsFrom(image), entry), sourceBytes(child.content), entry.path);
    }
  }
  assertEquals(volume.entries.length, count);
}

for (const udfRevision of UDF_REVISIONS) {
  Deno.test(`planImage() writes UDF ${udfRevision} as its standard has it`, () => {
    const bytes = bytesOf(plan(treeOf({ a: 5000 }), { udfRevision }));
    const isSecond = SECOND_EDITION.includes(udfRevision);
    const code = parseInt(udfRevision.replace(".", ""), 16);
    // Behind BEA01, which is behind three descriptors of ISO 9660.
    assertEquals(textAt(sector(bytes, 20), 1, 5), isSecond ? "NSR02" : "NSR03");
    const partition = sector(bytes, 34);
    assertEquals(textAt(partition, 25, 6), isSecond ? "+NSR02" : "+NSR03");
    assertEquals(viewOf(partition).getUint32(184, true), 1); // read-only
    const logical = viewOf(sector(bytes, 35));
    assertEquals(logical.getUint16(240, true), code);
    assertEquals(logical.getUint32(268, true), WITH_METADATA.includes(udfRevision) ? 2 : 1);
    const integrity = viewOf(sector(bytes, 64));
    const use = 80 + 8 * logical.getUint32(268, true);
    assertEquals([0, 2, 4].map((at) => integrity.getUint16(use + 40 + at, true)), [
      udfRevision === "2.60" ? 0x250 : code,
      code,
      code,
    ]);
    for (const lba of [32, 34, 64, 256, bytes.length / SECTOR_BYTES - 1]) {
      assertEquals(viewOf(sector(bytes, lba)).getUint16(2, true), isSecond ? 2 : 3, `tag version at ${lba}`);
    }
    const start = viewOf(partition).getUint32(188, true) + (WITH_METADATA.includes(udfRevision) ? 32 : 0);
    assertEquals(viewOf(sector(bytes, start)).getUint16(0, true), 256); // file set
    assertEquals(viewOf(sector(bytes, start + 2)).getUint16(0, true), isSecond ? 261 : 266); // the root's entry
  });
}

for (const udfRevision of WITH_METADATA) {
  Deno.test(`planImage() puts a metadata file and its mirror into UDF ${udfRevision}`, () => {
    const tree = treeOf({ a: 5000, sub: { b: 1 } });
    for (const udfMetadataCopy of [true, false]) {
      const bytes = bytesOf(plan(tree, { udfRevision, udfMetadataCopy }));
      const partitionLba = viewOf(sector(bytes, 34)).getUint32(188, true);
      const logical = sector(bytes, 35);
      const view = viewOf(logical);
      assertEquals([logical[446], logical[447], textAt(logical, 451, 23)], [
        2,
        64,
        "*UDF Metadata Partition",
      ]);
      const [main, mirror, bitmap] = [486, 490, 494].map((at) => view.getUint32(at, true));
      assertEquals([main, bitmap, logical[504]], [0, 0xffff_ffff, udfMetadataCopy ? 1 : 0]);
      assertEquals(partitionLba % 32, 0);
      const entries = [main!, mirror!].map((block) => sector(bytes, partitionLba + block));
      assertEquals(entries.map((entry) => entry[27]), [250, 251]);
      const [content, copy] = entries.map((entry) => viewOf(entry).getUint32(220, true));
      const lengthBytes = viewOf(entries[0]!).getUint32(216, true);
      assertEquals([content! % 32, copy! % 32, lengthBytes % (32 * SECTOR_BYTES)], [0, 0, 0]);
      assertEquals(content === copy, !udfMetadataCopy);
      const startOf = (block: number): number => (partitionLba + block) * SECTOR_BYTES;
      assertEquals(
        bytes.subarray(startOf(copy!), startOf(copy!) + lengthBytes),
        bytes.subarray(startOf(content!), startOf(content!) + lengthBytes),
      );
      // As far from each other as can be: the mirror is right before the last anchor.
      assertEquals(partitionLba + mirror!, bytes.length / SECTOR_BYTES - 2);
    }
  });

  Deno.test(`readVolumes() finds the tree of UDF ${udfRevision} by the mirror`, () => {
    const bytes = bytesOf(plan(treeOf({ a: 5000, sub: { b: 1 } }), { udfRevision }));
    const partitionLba = viewOf(sector(bytes, 34)).getUint32(188, true);
    sector(bytes, partitionLba).fill(0); // the metadata file's entry
    const volume = volumesOf(bytes).find((one) => one.fileSystem === "udf")!;
    assertEquals(volume.entries.map((entry) => entry.path), ["/a", "/sub", "/sub/b"]);
    assert(volume.problems.length > 0 && volume.problems[0]!.includes("metadata file"), volume.problems[0]);
  });
}

Deno.test("readVolumes() compares the copy of the metadata if it is asked to", () => {
  const imagePlan = plan(treeOf({ a: 5000, sub: { b: 1 } }), { udfRevision: "2.60" });
  const bytes = bytesOf(imagePlan);
  const problems = (comparesCopies: boolean): readonly string[] =>
    readVolumes(sectorsFrom(bytes), imagePlan.sizeSectors, { comparesCopies, views: ["udf"] })[0]!.problems;
  assertEquals(problems(true), []);
  const { startLba } = imagePlan.extents.find(({ label }) => label === "UDF entries of files, copy")!;
  bytes[startLba * SECTOR_BYTES + 300]! ^= 1;
  assertEquals(problems(false), []);
  const found = problems(true);
  assert(found.length === 1 && found[0]!.includes(`LBA ${startLba} differs`), `${found}`);
});

/** The most bytes that lie in an entry. */
function roomOf(udfRevision: UdfRevision): number {
  return SECOND_EDITION.includes(udfRevision) ? 2048 - 176 - 56 : 2048 - 216;
}

for (const udfRevision of UDF_REVISIONS) {
  Deno.test(`planImage() embeds what the entry has room for, UDF ${udfRevision}`, () => {
    const room = roomOf(udfRevision);
    const sizes = [0, 1, room - 1, room, room + 1];
    const tree = treeOf(Object.fromEntries(sizes.map((size) => [`${size}`, size])));
    for (const child of tree.children.values()) child.created = new Date(5e11); // takes room in file entries
    const imagePlan = plan(tree, { fileSystems: 4, udfRevision, udfEmbed: true });
    const bytes = bytesOf(imagePlan);
    const volume = soundVolume(imagePlan, "udf");
    for (const size of sizes) {
      const entry = volume.entries.find((one) => one.path === `/${size}`)!;
      const isEmbedded = entry.extents.some((extent) => extent.bytes !== undefined);
      assertEquals(isEmbedded, size > 0 && size <= room, entry.path);
      assertEquals(entry.created, new Date(5e11));
      assertEquals(contentOf(sectorsFrom(bytes), entry), sourceBytes(patternContent(`${size}`, size)));
    }
    assertEquals(imagePlan.extents.filter((extent) => extent.kind === "file").length, 1);
  });

  Deno.test(`planImage() embeds nothing where ISO 9660 needs a sector, UDF ${udfRevision}`, () => {
    const imagePlan = plan(treeOf({ a: 5 }), { fileSystems: 5, udfRevision, udfEmbed: true });
    assertEquals(imagePlan.extents.filter((extent) => extent.kind === "file").length, 1);
    assertEquals(soundVolume(imagePlan, "udf").entries[0]!.extents[0]!.bytes, undefined);
  });
}

Deno.test("planImage() embeds by default in UDF alone, but not in 1.02", () => {
  for (const udfRevision of UDF_REVISIONS) {
    const { extents } = plan(treeOf({ a: 5 }), { fileSystems: 4, udfRevision });
    assertEquals(extents.some((extent) => extent.kind === "file"), udfRevision === "1.02", udfRevision);
  }
});

Deno.test("planImage() needs half the room for small files that are embedded", () => {
  const tree = treeOf(Object.fromEntries(Array.from({ length: 3000 }, (_, index) => [`f${index}`, 100])));
  const sectorsOf = (udfEmbed: boolean): number =>
    plan(tree, { fileSystems: 4, udfRevision: "2.01", udfEmbed }).sizeSectors;
  assert(sectorsOf(true) < 0.6 * sectorsOf(false), `${sectorsOf(true)} of ${sectorsOf(false)}`);
});

/** A source that is not what it was when it was planned. */
function changedContent(sizeBytes: number, nowBytes: number | Error): FileContent {
  return {
    sizeBytes,
    open: () => {
      if (nowBytes instanceof Error) throw nowBytes;
      return memoryContent(new Uint8Array(nowBytes).fill(7)).open();
    },
  };
}

const CHANGES: [problem: "shrank" | "grew" | "unreadable", now: number | Error, found: number[]][] = [
  ["shrank", 3, [7, 7, 7, 0, 0]],
  ["grew", 9, [7, 7, 7, 7, 7]],
  ["unreadable", new Error("gone"), [0, 0, 0, 0, 0]],
];
for (const [problem, now, found] of CHANGES) {
  Deno.test(`ImageReader.read() gives a sound image whose embedded source ${problem}`, () => {
    const tree = treeOf({ a: changedContent(5, now), b: 5 });
    const imagePlan = plan(tree, { fileSystems: 4, udfRevision: "2.50" });
    using strict = new ImageReader(imagePlan);
    const whole = new Uint8Array(imagePlan.sizeSectors * SECTOR_BYTES);
    const error = assertThrows(() => strict.read(0, imagePlan.sizeSectors, whole), ImageError);
    assertEquals(error.path, "/a");
    using padding = new ImageReader(imagePlan, { onSourceError: "pad" });
    padding.read(0, imagePlan.sizeSectors, whole);
    assertEquals(padding.faults.map((fault) => [fault.path, fault.problem]), [["/a", problem]]);
    const [volume] = volumesOf(whole);
    assertEquals(volume!.problems, []);
    assertEquals([...contentOf(sectorsFrom(whole), volume!.entries[0]!)], found);
  });
}

Deno.test("ImageReader.read() opens one source for a block with embedded content", () => {
  let opened = 0;
  const content = (): FileContent => {
    const { sizeBytes, open } = memoryContent(new Uint8Array(9));
    return { sizeBytes, open: () => (opened++, open()) };
  };
  const tree = treeOf({ a: content(), b: content(), c: content() });
  const imagePlan = plan(tree, { fileSystems: 4, udfRevision: "2.01" });
  using reader = new ImageReader(imagePlan);
  const entries = imagePlan.extents.find((extent) => extent.label === "UDF entries of files")!;
  reader.read(entries.startLba + 1, 1, new Uint8Array(SECTOR_BYTES));
  assertEquals(opened, 1);
});

// A file entry has room for 227 short descriptors, an extended one for 229, and for 114 long ones.
const BIG: [label: string, sizeBytes: number][] = [
  ["1 GiB - 2048, one extent", GIB - 2048],
  ["1 GiB - 2047, two", GIB - 2047],
  ["128 GiB", 128 * GIB],
  ["240 GiB, over one file entry", 240 * GIB],
  ["700 GiB, over blocks of descriptors", 700 * GIB],
];
for (const udfRevision of UDF_REVISIONS) {
  for (const [label, sizeBytes] of BIG) {
    Deno.test(`planImage() records a file of ${label} in UDF ${udfRevision}`, () => {
      const tree = treeOf({ "big.bin": hugeContent(sizeBytes), "later.txt": 5000 });
      const imagePlan = plan(tree, { fileSystems: 4, udfRevision });
      using reader = new ImageReader(imagePlan);
      const read = (lba: number, count: number, target: Uint8Array): void => reader.read(lba, count, target);
      const { entries } = soundVolume(imagePlan, "udf");
      const entry = entries.find((one) => one.path === "/big.bin")!;
      assertEquals(entry.sizeBytes, sizeBytes);
      using content = entryContent(read, entry).open();
      // The ends and places around the ends of extents, which have nothing else in them.
      const places = [0, GIB - 2048, sizeBytes / 2, 114 * (GIB - 2048), 228 * (GIB - 2048), sizeBytes - 10]
        .map(Math.floor).filter((at) => at + 10 <= sizeBytes);
      for (const at of places) {
        const [found, expected] = [new Uint8Array(10).fill(0xa5), new Uint8Array(10)];
        if (at === 0) expected[0] = 0x11;
        if (at + 10 === sizeBytes) expected[9] = 0x99;
        content.read(found, at);
        assertEquals(found, expected, `${at}`);
      }
      const later = entries.find((one) => one.path === "/later.txt")!;
      assertEquals(contentOf(read, later), sourceBytes(patternContent("later.txt", 5000)));
    });
  }
}

function streamTree(): ImageDirectory {
  const tree = treeOf({ a: 5000, sub: { b: 5 } });
  const sizes = { "small": 7, "none": 0, "large": 9000, "Größe 日本": 2048 };
  const streams = new Map(Object.entries(sizes).map(([name, size]) => [name, patternContent(name, size)]));
  tree.children.get("a")!.streams = streams;
  const sub = tree.children.get("sub") as ImageDirectory;
  sub.streams = new Map([["of a directory", patternContent("d", 3000)]]);
  const many = Array.from(
    { length: 200 },
    (_, index) => [`stream number ${index}`, patternContent("", index)] as const,
  );
  sub.children.get("b")!.streams = new Map(many);
  return tree;
}

for (const udfRevision of UDF_REVISIONS.filter((one) => !SECOND_EDITION.includes(one))) {
  for (const fileSystems of [4, 7]) {
    Deno.test(`planImage() keeps named streams in UDF ${udfRevision}, file systems ${fileSystems}`, () => {
      const imagePlan = plan(streamTree(), { udfRevision, fileSystems });
      assertEquals(imagePlan.notes, []);
      const bytes = bytesOf(imagePlan);
      const volumes = volumesOf(bytes);
      assertEquals(checkVolumes(volumes, imagePlan.sizeSectors), []);
      const { entries } = volumes.find((one) => one.fileSystem === "udf")!;
      const found = (path: string): [string, Uint8Array][] =>
        entries.find((one) => one.path === path)!.streams!.map((stream) => {
          using content = entryContent(sectorsFrom(bytes), stream).open();
          const target = new Uint8Array(stream.sizeBytes).fill(0xa5);
          content.read(target, 0);
          return [stream.name, target];
        });
      const expected = (sizes: Record<string, number>): [string, Uint8Array][] =>
        Object.entries(sizes).map(([name, size]) => [name, sourceBytes(patternContent(name, size))]);
      assertEquals(found("/a"), expected({ "Größe 日本": 2048, "large": 9000, "none": 0, "small": 7 }));
      assertEquals(found("/sub").map(([name, content]) => [name, content.length]), [[
        "of a directory",
        3000,
      ]]);
      assertEquals(found("/sub/b").length, 200);
      const labels = regionsOf(volumes).map((region) => region.label);
      assert(labels.includes("/a:large") && labels.includes("/sub:of a directory"));
    });
  }
}

Deno.test("planImage() says whose named streams are left out", () => {
  for (const options of [{ udfRevision: "1.50" }, { udfRevision: "2.01", fileSystems: 3 }] as const) {
    const { notes } = plan(streamTree(), options);
    assertEquals(notes, [
      'The named streams of "/sub" and 2 others are left out; only UDF 2.00 and later keeps them',
    ]);
  }
});

Deno.test("planImage() refuses a revision of UDF that there is not", () => {
  const error = assertThrows(
    () => plan(treeOf({ a: 1 }), { udfRevision: "2.02" as UdfRevision }),
    ImageError,
  );
  assertEquals(error.code, "fileSystems");
  assert(error.message.includes("1.02, 1.50, 2.00, 2.01, 2.50, 2.60"), error.message);
});

Deno.test("planImage() gives each name of UDF 2.00 the id of its file, and further names ids of their own", () => {
  const tree = richTree();
  const bytes = bytesOf(plan(tree, { fileSystems: 4, udfRevision: "2.01" }));
  const ids: number[] = [];
  // File identifier descriptors begin at multiples of four.
  for (let at = 257 * SECTOR_BYTES; at + 40 < bytes.length; at += 4) {
    const view = new DataView(bytes.buffer, at);
    const isFid = view.getUint16(0, true) === 257 && view.getUint16(2, true) === 3 &&
      view.getUint16(16, true) === 1;
    if (isFid && (bytes[at + 18]! & 8) === 0) ids.push(view.getUint32(32, true));
  }
  assertEquals(ids.length, 6 + 2 + 1 + 3 + 2 + 120); // what richTree() has
  assertEquals(new Set(ids).size, ids.length);
  const next = viewOf(sector(bytes, 64)).getUint32(40, true);
  assert(ids.every((id) => id >= 16 && id < next));
});

Deno.test("planImage() gives the same bytes of UDF for another order of the same tree", () => {
  const names = Array.from({ length: 50 }, (_, index) => `name ${index * 17 % 50}`);
  const forwards = treeOf(Object.fromEntries(names.map((name) => [name, name.length])));
  const backwards = treeOf(Object.fromEntries(names.toReversed().map((name) => [name, name.length])));
  const options = { fileSystems: 4, udfRevision: "2.60" } as const;
  assertEquals(bytesOf(plan(forwards, options)), bytesOf(plan(backwards, options)));
});

Deno.test("planImage() refuses a stream of no possible size or name", () => {
  for (const [name, size] of [["a", -1], ["a", 2 ** 50], ["", 1], ["a/b", 1]] as const) {
    const tree = treeOf({ f: 1 });
    tree.children.get("f")!.streams = new Map([[name, hugeContent(size)]]);
    const error = assertThrows(() => plan(tree, { udfRevision: "2.50" }), ImageError);
    assert(error.message.includes(`"/f:${name}"`), error.message);
  }
});

Deno.test("ImagePlan.extents is sorted and disjoint with a copy of the metadata", () => {
  const imagePlan: ImagePlan = plan(streamTree(), { udfRevision: "2.60" });
  let endLba = 0;
  for (const { startLba, lengthSectors, label } of imagePlan.extents) {
    assert(startLba >= endLba, label);
    endLba = startLba + lengthSectors;
  }
  assertEquals(endLba, imagePlan.sizeSectors);
});

Deno.test("planImage() tells what lies in the copy of the metadata", () => {
  const imagePlan = plan(treeOf({ a: 5000 }), { udfRevision: "2.50" });
  const labels = imagePlan.extents.map((extent) => extent.label);
  assert(
    labels.includes("UDF entries of files") && labels.includes("UDF entries of files, copy"),
    `${labels}`,
  );
  assertEquals(labels.slice(-2), ["UDF metadata mirror file", "UDF anchor"]);
});

Deno.test("planImage() hides in UDF what is hidden", () => {
  const tree = treeOf({ seen: 1 });
  addFile(tree, "hidden", patternContent("h", 1)).hidden = true;
  for (const udfRevision of UDF_REVISIONS) {
    const { entries } = soundVolume(plan(tree, { udfRevision, fileSystems: 4 }), "udf");
    assertEquals(entries.map((entry) => [entry.path, entry.hidden]), [["/hidden", true], ["/seen", false]]);
  }
});

/** Extended attributes in the order that they have on the disc. */
function attributesOf(sizes: Record<string, number>): Map<string, Uint8Array> {
  return new Map(Object.entries(sizes).map(([key, size]) => [key, sourceBytes(patternContent(key, size))]));
}

for (const udfRevision of UDF_REVISIONS) {
  for (const fileSystems of [4, 7]) {
    Deno.test(`planImage() keeps extended attributes in UDF ${udfRevision}, file systems ${fileSystems}`, () => {
      const tree = treeOf({ small: 100, tight: 1600, large: 5000, sub: { plain: 1 } });
      const few = attributesOf({ "user.comment": 11, "user.none": 0, "user.Größe": 3 });
      for (const child of tree.children.values()) {
        child.attributes = few;
        child.created = new Date(5e11);
      }
      const imagePlan = plan(tree, { fileSystems, udfRevision, udfEmbed: true });
      assertEquals(imagePlan.notes, []);
      const bytes = bytesOf(imagePlan);
      const volumes = volumesOf(bytes);
      assertEquals(checkVolumes(volumes, imagePlan.sizeSectors), []);
      const { entries } = volumes.find((one) => one.fileSystem === "udf")!;
      const sorted = [...few].sort(([a], [b]) => a < b ? -1 : 1);
      for (const entry of entries) {
        assertEquals(
          entry.attributes && [...entry.attributes],
          entry.path === "/sub/plain" ? undefined : sorted,
        );
        assertEquals(entry.streams, undefined);
        if (entry.path !== "/sub/plain") assertEquals(entry.created, new Date(5e11));
        if (entry.kind !== "file") continue;
        const name = entry.path.split("/").at(-1)!;
        const size = { small: 100, tight: 1600, large: 5000, plain: 1 }[name]!;
        assertEquals(
          contentOf(sectorsFrom(bytes), entry),
          sourceBytes(patternContent(name, size)),
          entry.path,
        );
      }
    });
  }
}

Deno.test("planImage() keeps large extended attributes from UDF 2.00 on", () => {
  const attributes = attributesOf({ one: 65_535, two: 65_535, three: 10 });
  const tree = treeOf({ a: 5 });
  tree.children.get("a")!.attributes = attributes;
  const [entry] = soundVolume(plan(tree, { fileSystems: 4, udfRevision: "2.50" }), "udf").entries;
  assertEquals(new Map(entry!.attributes), new Map([...attributes].sort(([a], [b]) => a < b ? -1 : 1)));
});

// An entry has 2048 - 176 bytes; 24 for the header, 32 for a creation time, 64 for descriptors, 50 and 5 for the attribute.
for (const [size, fits] of [[1697, true], [1698, false]] as const) {
  Deno.test(`planImage() ${fits ? "keeps" : "refuses"} an attribute of ${size} bytes in UDF 1.02`, () => {
    const tree = treeOf({ a: 5 });
    Object.assign(tree.children.get("a")!, {
      created: new Date(5e11),
      attributes: attributesOf({ x: size }),
    });
    const make = (): ImagePlan => plan(tree, { fileSystems: 4, udfRevision: "1.02", udfEmbed: true });
    if (fits) {
      assertEquals(soundVolume(make(), "udf").entries[0]!.attributes!.get("x")!.length, size);
    } else {
      const error = assertThrows(make, ImageError);
      assertEquals([error.code, error.path], ["tooBig", "/a"]);
      assert(error.message.includes("use UDF 2.00 or later"), error.message);
    }
  });
}

const BAD_ATTRIBUTES: [label: string, attributes: [string, Uint8Array][]][] = [
  ["without a name", [["", new Uint8Array(1)]]],
  ["with a name of 256 bytes", [["x".repeat(256), new Uint8Array(1)]]],
  ["with a value of 65,536 bytes", [["x", new Uint8Array(65_536)]]],
  [
    "of over 1 MiB together",
    Array.from({ length: 17 }, (_, index): [string, Uint8Array] => [`${index}`, new Uint8Array(65_000)]),
  ],
];
for (const [label, attributes] of BAD_ATTRIBUTES) {
  Deno.test(`planImage() refuses extended attributes ${label}`, () => {
    for (const udfRevision of ["1.02", "2.60"] as const) {
      const tree = treeOf({ a: 5 });
      tree.children.get("a")!.attributes = new Map(attributes);
      assertEquals(assertThrows(() => plan(tree, { udfRevision }), ImageError).path, "/a");
    }
  });
}

Deno.test("planImage() says whose extended attributes are left out", () => {
  const tree = treeOf({ a: 5 });
  tree.children.get("a")!.attributes = attributesOf({ x: 1 });
  assertEquals(plan(tree, { fileSystems: 3 }).notes, [
    'The extended attributes of "/a" are left out; only UDF keeps them',
  ]);
});
