import { assert, assertEquals, assertNotEquals, assertThrows } from "@std/assert";
import {
  createDirectory,
  FILE_SYSTEM,
  type ImageDirectory,
  ImageError,
  ImageReader,
  memoryContent,
  SECTOR_BYTES,
  type VolumeEntry,
} from "../../lib/image/mod.ts";
import {
  addFile,
  bytesOf,
  contentOf,
  hugeContent,
  pathsOf,
  patternContent,
  plan,
  soundVolume,
  soundVolumes,
  TIMESTAMP,
  type TreeOf,
  treeOf,
  volumesOf,
} from "./_build.ts";

const GIB = 2 ** 30;

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function sector(bytes: Uint8Array, lba: number): Uint8Array {
  return bytes.subarray(lba * SECTOR_BYTES, (lba + 1) * SECTOR_BYTES);
}

function imageError(action: () => unknown): ImageError {
  return assertThrows(action, ImageError);
}

Deno.test("planImage() makes each choice of file systems, and only those", () => {
  for (const bits of [1, 3, 4, 5, 7]) {
    const imagePlan = plan(treeOf({ "a.txt": 5, sub: { "b.txt": 3000 } }), { fileSystems: bits });
    const found = soundVolumes(imagePlan).map((volume) => volume.fileSystem);
    const expected = (["iso9660", "joliet", "udf"] as const).filter((name) => bits & FILE_SYSTEM[name]);
    assertEquals(found, expected);
  }
});

for (const bits of [2, 6]) {
  Deno.test(`planImage() puts an empty ISO 9660 beside Joliet without it, file systems ${bits}`, () => {
    const [iso, ...others] = soundVolumes(plan(treeOf({ "a.txt": 5, sub: {} }), { fileSystems: bits }));
    assertEquals([iso!.fileSystem, iso!.entries.length], ["iso9660", 0]);
    assertEquals(others.map((volume) => volume.entries.length), bits === 2 ? [2] : [2, 2]);
  });
}

Deno.test("planImage() makes an image of an empty tree", () => {
  for (const volume of soundVolumes(plan(createDirectory()))) assertEquals(volume.entries, []);
});

Deno.test("planImage() lays a file out once for all views", () => {
  const volumes = soundVolumes(plan(treeOf({ "A.BIN": 5000 })));
  const places = volumes.map((volume) => volume.entries[0]!.extents);
  assertEquals(places[1], places[0]);
  assertEquals(places[2], places[0]);
});

Deno.test("planImage() gives the same bytes for another order of the same tree", () => {
  const names = Array.from({ length: 300 }, (_, index) => `some long name ${index * 7919 % 300}.text`);
  const forwards = treeOf(Object.fromEntries(names.map((name) => [name, name.length * 50])));
  const backwards = treeOf(Object.fromEntries(names.reverse().map((name) => [name, name.length * 50])));
  assertEquals(bytesOf(plan(forwards, { isoLevel: 1 })), bytesOf(plan(backwards, { isoLevel: 1 })));
});

Deno.test("planImage() gives other bytes for another timestamp", () => {
  const later = plan(treeOf({ a: 1 }), { timestamp: new Date(TIMESTAMP.getTime() + 1000) });
  assertNotEquals(bytesOf(later), bytesOf(plan(treeOf({ a: 1 }))));
});

Deno.test("ImagePlan.extents is sorted, disjoint and inside", () => {
  const imagePlan = plan(treeOf({ a: 1, b: 2048, c: 0, d: { e: 2049, f: { g: 100 } } }));
  let endLba = 0;
  for (const { startLba, lengthSectors, label } of imagePlan.extents) {
    assert(startLba >= endLba, label);
    endLba = startLba + lengthSectors;
  }
  assertEquals(endLba, imagePlan.sizeSectors);
});

Deno.test("ImagePlan.ownerOf() names what lies in a sector", () => {
  const tree = treeOf({ sub: { "a.txt": 3000 } });
  const file = addFile(tree, "b.txt", patternContent("b", 1));
  file.path = "g:/x/y";
  const imagePlan = plan(tree);
  const placeOf = (label: string): number =>
    imagePlan.extents.find((extent) => extent.label === label)!.startLba;
  assertEquals(imagePlan.ownerOf(0), undefined);
  assertEquals(imagePlan.ownerOf(16), "ISO 9660 volume descriptor");
  assertEquals(imagePlan.ownerOf(17), "Joliet volume descriptor");
  assertEquals(imagePlan.ownerOf(100), undefined);
  assertEquals(imagePlan.ownerOf(256), "UDF anchor");
  assertEquals(imagePlan.ownerOf(placeOf("file /sub/a.txt") + 1), "file /sub/a.txt");
  assertEquals(imagePlan.ownerOf(placeOf("file g:/x/y")), "file g:/x/y");
  assertEquals(imagePlan.ownerOf(placeOf("Joliet directory /sub")), "Joliet directory /sub");
  assertEquals(imagePlan.ownerOf(imagePlan.sizeSectors), undefined);
});

Deno.test("planImage() keeps directories before content and in order, for readers of streams", () => {
  const imagePlan = plan(treeOf({ a: 1, z: { y: { x: 1 } }, b: { c: 1 } }));
  const firstFile = imagePlan.extents.findIndex((extent) => extent.kind === "file");
  const behind = imagePlan.extents.slice(firstFile).filter((extent) => extent.kind !== "file");
  assertEquals(behind.map((extent) => extent.label), ["UDF anchor"]);
  const directories = imagePlan.extents.filter((extent) => extent.label.startsWith("ISO 9660 directory"));
  assertEquals(directories.map((extent) => extent.label.slice(19)), ["/", "/b", "/z", "/z/y"]);
});

Deno.test("planImage() says the written size in every descriptor", () => {
  const bytes = bytesOf(plan(treeOf({ a: 100_000 })));
  const sectors = bytes.length / SECTOR_BYTES;
  for (const lba of [16, 17]) {
    assertEquals(viewOf(sector(bytes, lba)).getUint32(80, true), sectors);
    assertEquals(viewOf(sector(bytes, lba)).getUint32(84, false), sectors);
  }
  const partition = sector(bytes, 34);
  assertEquals(viewOf(partition).getUint32(188, true) + viewOf(partition).getUint32(192, true), sectors - 1);
});

Deno.test("planImage() puts UDF anchors at 256 and into the last sector", () => {
  const bytes = bytesOf(plan(treeOf({ a: 100_000 })));
  const last = bytes.length / SECTOR_BYTES - 1;
  for (const lba of [256, last]) {
    assertEquals(viewOf(sector(bytes, lba)).getUint16(0, true), 2);
    assertEquals(viewOf(sector(bytes, lba)).getUint32(12, true), lba);
  }
  assertEquals((last + 1) % 32, 0); // no drive adds anything behind it
});

Deno.test("planImage() marks Joliet as UCS-2 level 3 with its own tables", () => {
  const [primary, joliet] = [16, 17].map((lba) => sector(bytesOf(plan(treeOf({ "é.txt": 1, d: {} }))), lba));
  assertEquals([...joliet!.subarray(88, 92)], [0x25, 0x2f, 0x45, 0]);
  assertEquals(joliet![7], 0); // volume flags
  assertEquals([...joliet!.subarray(40, 52)], [0, 0x54, 0, 0x45, 0, 0x53, 0, 0x54, 0, 0x20, 0, 0x20]);
  for (const offset of [140, 158]) {
    assertNotEquals(viewOf(joliet!).getUint32(offset, true), viewOf(primary!).getUint32(offset, true));
  }
});

for (const length of [1, 2, 3, 14, 15, 16, 29, 30]) {
  Deno.test(`planImage() keeps records inside sectors, names of ${length}`, () => {
    // Enough records that every rest of a sector occurs somewhere with these lengths.
    const tree = createDirectory();
    for (let index = 0; index < 400; index++) {
      const name = index.toString(36).toUpperCase().padStart(2, "0").padEnd(2 + index % length, "X");
      addFile(tree, name, patternContent(name, index % 3));
    }
    for (const volume of soundVolumes(plan(tree))) assertEquals(volume.entries.length, 400);
  });
}

// "." and ".." take 68 bytes, 44 records of 44 bytes the next 1936; the last record has 44 bytes and these.
const LAST_RECORDS: [what: string, moreBytes: number, sectors: number][] = [
  ["fill a sector to its last byte", 0, 1],
  ["leave two bytes of it", -2, 1],
  ["need two bytes more", 2, 2],
];
for (const [what, moreBytes, sectors] of LAST_RECORDS) {
  Deno.test(`planImage() measures records that ${what}`, () => {
    const tree = createDirectory();
    for (let index = 0; index < 45; index++) {
      const length = index === 44 ? 8 + moreBytes : 8; // 33 bytes, 8 of the name, and ".;1"
      addFile(tree, String(index).padStart(2, "0").padEnd(length, "N"), patternContent("", 0));
    }
    const imagePlan = plan(tree, { fileSystems: 1 });
    assertEquals(soundVolume(imagePlan, "iso9660").entries.length, 45);
    const root = imagePlan.extents.find((extent) => extent.label === "ISO 9660 directory /")!;
    assertEquals(root.lengthSectors, sectors);
  });
}

Deno.test("planImage() gives an empty file no sector of another's", () => {
  for (const volume of soundVolumes(plan(treeOf({ a: 0, b: 1, c: 0 })))) {
    for (const entry of volume.entries) {
      assertEquals(entry.extents.length, entry.sizeBytes === 0 ? 0 : 1, `${volume.fileSystem} ${entry.path}`);
    }
  }
});

function sizes(entry: VolumeEntry): number[] {
  return entry.extents.map((extent) => extent.lengthBytes);
}

const BIG: [label: string, sizeBytes: number, sections: number][] = [
  ["4 GiB - 2049", 4 * GIB - 2049, 1],
  ["4 GiB - 2048", 4 * GIB - 2048, 1],
  ["4 GiB - 2047", 4 * GIB - 2047, 2],
  ["4 GiB - 1", 4 * GIB - 1, 2],
  ["4 GiB", 4 * GIB, 2],
  ["4 GiB + 1", 4 * GIB + 1, 2],
  ["100 GiB", 100 * GIB, 26],
  ["230 GiB, over one file entry", 230 * GIB, 58],
  ["600 GiB, over one block of descriptors", 600 * GIB, 151],
];
for (const [label, sizeBytes, sections] of BIG) {
  Deno.test(`planImage() records a file of ${label} in every view`, () => {
    const imagePlan = plan(treeOf({ "big.bin": hugeContent(sizeBytes), "later.txt": 5 }));
    using reader = new ImageReader(imagePlan);
    for (const volume of soundVolumes(imagePlan)) {
      const entry = volume.entries.find((one) => one.path.toLowerCase() === "/big.bin")!;
      assertEquals(entry.sizeBytes, sizeBytes);
      const most = volume.fileSystem === "udf" ? GIB - 2048 : 4 * GIB - 2048;
      assert(sizes(entry).every((bytes) => bytes <= most));
      if (volume.fileSystem !== "udf") assertEquals(entry.extents.length, sections);
      let next = entry.extents[0]!.startLba!;
      for (const extent of entry.extents) {
        assertEquals(extent.startLba, next);
        next += extent.lengthBytes / SECTOR_BYTES;
      }
      const end = new Uint8Array(SECTOR_BYTES).fill(0xa5);
      reader.read(Math.ceil(next) - 1, 1, end);
      assertEquals(end[(sizeBytes - 1) % SECTOR_BYTES], 0x99);
      assert(end.subarray((sizeBytes - 1) % SECTOR_BYTES + 1).every((byte) => byte === 0));
    }
  });
}

Deno.test("planImage() refuses an image whose sectors do not fit 32 bits", () => {
  const tree = treeOf({ a: hugeContent(6 * 2 ** 40), b: hugeContent(6 * 2 ** 40) });
  assertEquals(imageError(() => plan(tree)).code, "tooBig");
  assertEquals(imageError(() => plan(treeOf({ a: hugeContent(2 ** 50) }))).code, "tooBig");
});

const NAMES: [criterion: string, name: string][] = [
  ["an empty name", ""],
  ["the directory itself", "."],
  ["the parent", ".."],
  ["a slash", "a/b"],
  ["a NUL", "a\0b"],
];
for (const [criterion, name] of NAMES) {
  Deno.test(`planImage() refuses ${criterion} as a name`, () => {
    const tree = treeOf({ sub: {} });
    addFile(tree.children.get("sub") as ImageDirectory, name, patternContent("x", 1));
    const error = imageError(() => plan(tree));
    assertEquals([error.code, error.path], ["name", `/sub/${name}`]);
  });
}

Deno.test("planImage() refuses two entries of one name", () => {
  const tree = treeOf({ a: 1 });
  tree.children.set("other key", { kind: "file", name: "a", content: patternContent("a", 2) });
  assertEquals(imageError(() => plan(tree)).code, "name");
});

Deno.test("planImage() refuses a directory that is in the tree twice", () => {
  const tree = treeOf({ a: {} });
  (tree.children.get("a") as ImageDirectory).children.set("a", tree);
  assertEquals(imageError(() => plan(tree)).code, "name");
});

for (const bits of [0, 8, 1.5, NaN]) {
  Deno.test(`planImage() refuses file systems ${bits}`, () => {
    assertEquals(imageError(() => plan(createDirectory(), { fileSystems: bits })).code, "fileSystems");
  });
}

Deno.test("planImage() refuses a volume name with controls", () => {
  assertEquals(imageError(() => plan(createDirectory(), { volumeName: "a\nb" })).code, "volumeName");
});

const VOLUME_NAMES: [name: string, iso: string, joliet: string, udf: string][] = [
  ["BACKUP_1", "BACKUP_1", "BACKUP_1", "BACKUP_1"],
  ["Fotos März 😀", "FOTOS_MARZ__", "Fotos März 😀", "Fotos März 😀"],
  ["x".repeat(40), "X".repeat(32), "x".repeat(16), "x".repeat(40)],
  ["日".repeat(70), "_".repeat(32), "日".repeat(16), "日".repeat(63)],
  ["", "", "", ""],
];
for (const [name, ...expected] of VOLUME_NAMES) {
  Deno.test(`planImage() labels every view "${name.slice(0, 20)}"`, () => {
    const found = soundVolumes(plan(createDirectory(), { volumeName: name })).map((volume) =>
      volume.volumeName
    );
    assertEquals(found, expected);
  });
}

function directoriesOf(parents: number, children: number): ImageDirectory {
  const what: Record<string, TreeOf> = {};
  for (let index = 0; index < parents; index++) {
    what[`P${index}`] = Object.fromEntries(Array.from({ length: children }, (_, child) => [`C${child}`, {}]));
  }
  return treeOf(what);
}

Deno.test("planImage() takes more than 65,535 directories while no parent's number is over that", () => {
  const imagePlan = plan(directoriesOf(100, 700), { fileSystems: 3 });
  assertEquals(imagePlan.directoryCount, 70_101);
  assertEquals(soundVolume(imagePlan, "iso9660").entries.length, 70_100);
});

Deno.test("planImage() refuses a parent over 65,535 in path tables, and not for UDF", () => {
  const tree = directoriesOf(66_000, 1);
  const error = imageError(() => plan(tree));
  assertEquals(error.code, "tooManyDirectories");
  assert(error.path!.startsWith("/P"));
  assertEquals(soundVolume(plan(tree, { fileSystems: 4 }), "udf").entries.length, 132_000);
});

Deno.test("planImage() takes a tree of any depth", () => {
  const tree = createDirectory();
  let at = tree;
  for (let depth = 0; depth < 300; depth++) {
    const child = createDirectory(`d${depth}`);
    at.children.set(child.name, child);
    at = child;
  }
  addFile(at, "bottom.txt", patternContent("b", 10));
  for (const volume of soundVolumes(plan(tree))) assertEquals(volume.entries.length, 301);
});

const DATES: [label: string, date: Date, iso: string, udf: string][] = [
  [
    "a plain date",
    new Date("2021-02-03T04:05:06.780Z"),
    "2021-02-03T04:05:06.000Z",
    "2021-02-03T04:05:06.780Z",
  ],
  ["1969", new Date("1969-12-31T23:59:59Z"), "1969-12-31T23:59:59.000Z", "1969-12-31T23:59:59.000Z"],
  ["before 1900", new Date("1850-01-01T00:00:00Z"), "1900-01-01T00:00:00.000Z", "1850-01-01T00:00:00.000Z"],
  ["after 2155", new Date("2200-01-01T00:00:00Z"), "2155-12-31T23:59:59.000Z", "2200-01-01T00:00:00.000Z"],
  [
    "milliseconds",
    new Date("2021-02-03T04:05:06.789Z"),
    "2021-02-03T04:05:06.000Z",
    "2021-02-03T04:05:06.789Z",
  ],
];
for (const [label, date, iso, udf] of DATES) {
  Deno.test(`planImage() keeps the time of a file: ${label}`, () => {
    const tree = treeOf({ sub: {} });
    const file = addFile(tree, "a", patternContent("a", 1));
    for (const node of [file, tree.children.get("sub")!]) {
      Object.assign(node, { modified: date, created: new Date(0), accessed: date });
    }
    for (const volume of soundVolumes(plan(tree))) {
      const expected = volume.fileSystem === "udf" ? udf : iso;
      for (const entry of volume.entries) {
        assertEquals(entry.modified?.toISOString(), expected, volume.fileSystem);
      }
    }
  });
}

Deno.test("planImage() gives the timestamp to what has no time", () => {
  const [entry] = soundVolume(plan(treeOf({ a: 1 })), "udf").entries;
  assertEquals(entry!.modified, TIMESTAMP);
});

Deno.test("planImage() hides what is hidden, in every view", () => {
  const tree = treeOf({ a: 1, b: {}, c: 1 });
  tree.children.get("a")!.hidden = true;
  tree.children.get("b")!.hidden = true;
  for (const volume of soundVolumes(plan(tree))) {
    const hidden = volume.entries.filter((entry) => entry.hidden).map((entry) => entry.path.toLowerCase());
    assertEquals(hidden, ["/a", "/b"], volume.fileSystem);
  }
});

Deno.test("planImage() orders ISO 9660 names with separators before all letters", () => {
  const tree = treeOf({ "A.B": 0, "A": 0, "AA": 0, "A_B": 0, "A0": 0, "AB.C": 0 });
  assertEquals(pathsOf(soundVolume(plan(tree), "iso9660")), ["/A", "/A.B", "/A0", "/AA", "/AB.C", "/A_B"]);
});

Deno.test("planImage() records a creation time where a file entry has room for it", () => {
  const tree = createDirectory();
  const file = addFile(tree, "a", hugeContent(229 * GIB));
  file.created = new Date("2001-02-03T04:05:06Z");
  const imagePlan = plan(tree, { fileSystems: 4 });
  const entries = imagePlan.extents.find((extent) => extent.label === "UDF entries of files")!;
  const bytes = new Uint8Array(SECTOR_BYTES).fill(0xa5);
  using reader = new ImageReader(imagePlan);
  reader.read(entries.startLba, 1, bytes);
  assertEquals(viewOf(bytes).getUint32(168, true), 56); // length of extended attributes
  assertEquals([...bytes.subarray(176 + 44, 176 + 56)], [0, 16, 0xd1, 7, 2, 3, 4, 5, 6, 0, 0, 0]);
  assertEquals(soundVolume(imagePlan, "udf").entries[0]!.sizeBytes, 229 * GIB);
});

Deno.test("readVolumes() reads every content back through every view", () => {
  const tree = treeOf({ "a.txt": 10, "b.bin": 2048, "c.dat": 70_000, sub: { "d.x": 2047, "e.y": 2049 } });
  const imagePlan = plan(tree);
  using reader = new ImageReader(imagePlan);
  const read = (lba: number, count: number, target: Uint8Array): void => reader.read(lba, count, target);
  for (const volume of soundVolumes(imagePlan)) {
    for (const entry of volume.entries.filter((one) => one.kind === "file")) {
      const name = entry.path.toLowerCase().split("/").at(-1)!;
      const expected = patternContent(name, entry.sizeBytes);
      using content = expected.open();
      const bytes = new Uint8Array(entry.sizeBytes);
      content.read(bytes, 0);
      assertEquals(contentOf(read, entry), bytes);
    }
  }
});

Deno.test("readVolumes() sees a change of any byte that a structure uses", () => {
  const image = bytesOf(plan(treeOf({ "a.txt": 10, sub: { b: 1 } })));
  const structures = [32, 33, 34, 35, 36, 48, 49, 64, 256, 257, 259, 260, 261, 263];
  const missed: string[] = [];
  for (const lba of structures) {
    const crcEnd = 16 + viewOf(sector(image, lba)).getUint16(10, true);
    for (let offset = 0; offset < crcEnd; offset += offset < 40 ? 1 : 7) {
      if (offset === 6 || offset === 7) continue; // the serial number may be any; the checksum has it, see below
      const bytes = image.slice();
      const at = lba * SECTOR_BYTES + offset;
      bytes[at] = bytes[at]! ^ 0x10;
      if (volumesOf(bytes).every((volume) => volume.problems.length === 0)) missed.push(`${lba}+${offset}`);
    }
  }
  assertEquals(missed, []);
});

Deno.test("readVolumes() sees byte orders that differ", () => {
  const image = bytesOf(plan(treeOf({ "a.txt": 10 })));
  for (const offset of [80, 84, 120, 124, 128, 132, 158, 166, 184]) {
    const bytes = image.slice();
    const at = 16 * SECTOR_BYTES + offset;
    bytes[at] = bytes[at]! ^ 0x01;
    assert(volumesOf(bytes)[0]!.problems.length > 0, `offset ${offset}`);
  }
});

Deno.test("readVolumes() finds nothing in zeros", () => {
  assertEquals(volumesOf(new Uint8Array(300 * SECTOR_BYTES)), []);
  assertEquals(volumesOf(new Uint8Array(0)), []);
});

Deno.test("memoryContent() reads at any place and ends", () => {
  using content = memoryContent(new Uint8Array([1, 2, 3])).open();
  const target = new Uint8Array(4);
  assertEquals([content.read(target, 1), ...target], [2, 2, 3, 0, 0]);
  assertEquals(content.read(target, 3), 0);
});

Deno.test("planImage() keeps Joliet names of 103 units when asked to", () => {
  const names = ["x".repeat(103), `${"y".repeat(104)}.txt`, "😀".repeat(52), "short"];
  const tree = treeOf(Object.fromEntries(names.map((name, index) => [name, index])));
  const found = pathsOf(soundVolume(plan(tree, { jolietUnits: 103 }), "joliet")).map((path) => path.slice(1));
  assertEquals(new Set(found), new Set([names[0], `${"y".repeat(99)}.txt`, "😀".repeat(51), "short"]));
  assert(pathsOf(soundVolume(plan(tree), "joliet")).every((path) => path.length <= 65));
});

/** What ECMA-119 6.8.2.1 counts, in Joliet's units. */
function jolietPathBytes(entry: VolumeEntry): number {
  const names = entry.path.slice(1).split("/");
  const bytes = names.reduce((sum, name) => sum + 2 * name.length, 0);
  return bytes + names.length - 1 + (entry.kind === "directory" ? 1 : 4);
}

Deno.test("planImage() allows long paths in Joliet, or warns, or shortens names", () => {
  const long = "directory with a long name";
  const tree = treeOf({
    [long]: { [long]: { [long]: { [long]: { [`${long}.txt`]: 1, "b.txt": 2 }, short: { f: 1 } } } },
    "kept as it is because nothing is below it": 3,
    other: { [`${"x".repeat(60)}`]: 1 },
  });
  assertEquals(plan(tree).notes, []);
  const warned = plan(tree, { jolietLongPaths: "warn" });
  assertEquals(bytesOf(warned), bytesOf(plan(tree)));
  assertEquals(warned.notes.length, 1);
  assert(warned.notes[0]!.includes(`"/${long}/${long}/${long}/${long}/${long}.txt"`), warned.notes[0]);
  const shortened = plan(tree, { jolietLongPaths: "shorten" });
  assertEquals(shortened.notes, []);
  const { entries } = soundVolume(shortened, "joliet");
  for (const entry of entries) assert(jolietPathBytes(entry) <= 240, entry.path);
  const paths = entries.map((entry) => entry.path);
  assert(
    paths.includes("/kept as it is because nothing is below it") &&
      paths.includes(`/other/${"x".repeat(60)}`),
  );
  assert(paths.some((path) => path.endsWith("/short/f")) && paths.some((path) => path.endsWith("/b.txt")));
  assertEquals(entries.length, soundVolume(plan(tree), "joliet").entries.length);
});

Deno.test("planImage() says which Joliet path is too deep to be shortened", () => {
  let tree: TreeOf = { f: 1 };
  for (let depth = 0; depth < 60; depth++) tree = { [`directory ${depth}`]: tree };
  const { notes } = plan(treeOf(tree), { jolietLongPaths: "shorten" });
  assert(notes.length === 1 && notes[0]!.includes("others"), notes[0]);
});

Deno.test("planImage() notes texts that ISO 9660 has no room for, where it is there", () => {
  const texts = { systemId: "s".repeat(32), publisherId: "p".repeat(129) };
  assertEquals(plan(treeOf({ a: 1 }), texts).notes, [
    "The publisherId of 129 characters is cut: ISO 9660 keeps 128, Joliet 64",
  ]);
  assertEquals(plan(treeOf({ a: 1 }), { ...texts, fileSystems: FILE_SYSTEM.udf }).notes, []);
});
