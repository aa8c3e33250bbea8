import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { type RockRidge, SystemUseReader } from "../../lib/image/rock_ridge_reader.ts";
import {
  entryContent,
  ImageError,
  richestVolume,
  SECTOR_BYTES,
  type VolumeEntry,
} from "../../lib/image/mod.ts";
import type { ImageDirectory, ImageSymlink } from "../../lib/image/mod.ts";
import { extractTree } from "../../lib/platform/extract_tree.ts";
import { bytesOf, plan, sectorsFrom, soundVolumes, treeOf, volumesOf } from "./_build.ts";

/** An entry of a system use area: signature, length, version 1, and bytes or text. */
function use(signature: string, ...data: (number | string)[]): number[] {
  const bytes = data.flatMap((one) => typeof one === "number" ? [one] : [...new TextEncoder().encode(one)]);
  return [...new TextEncoder().encode(signature), bytes.length + 4, 1, ...bytes];
}

function both32(value: number): number[] {
  const little = [value & 0xff, value >> 8 & 0xff, value >> 16 & 0xff, value >>> 24];
  return [...little, ...little.toReversed()];
}

/** Reads an area whose continuations lie in these sectors. */
function parse(
  area: readonly number[],
  sectors: readonly number[][] = [],
): { found: RockRidge; problems: string[] } {
  const problems: string[] = [];
  const reader = new SystemUseReader(
    (lba, _count, target) => target.fill(0).set(sectors[lba] ?? []),
    sectors.length,
    (text) => problems.push(text),
  );
  return { found: reader.parse(Uint8Array.from(area), 0, area.length, "/x"), problems };
}

/** A continuation in a sector, of all its bytes but zeros at the end. */
function continueIn(lba: number, sectors: readonly number[][]): number[] {
  return use("CE", ...both32(lba), ...both32(0), ...both32(sectors[lba]!.length));
}

Deno.test("SystemUseReader.parse() joins names and links over entries and continuations", () => {
  const sectors: number[][] = [use("NM", 0, "name.txt"), use("SL", 0, 0, 3, "end")];
  const first = [
    ...use("NM", 1, "a long "),
    ...use("SL", 1, 8, 0, 4, 0, 1, 2, "pa", 0, 2, "rt", 1, 1, "t"),
  ];
  sectors[0] = [...sectors[0]!, ...continueIn(1, sectors)];
  const area = [...first, ...continueIn(0, sectors)];
  const { found, problems } = parse(area, sectors);
  assertEquals(problems, []);
  assertEquals(found.name, "a long name.txt");
  assertEquals(found.target, "/../part/tend");
});

const TARGETS: [target: string, components: (number | string)[]][] = [
  ["/", [8, 0]],
  ["/usr/lib", [8, 0, 0, 3, "usr", 0, 3, "lib"]],
  ["../a", [4, 0, 0, 1, "a"]],
  [".", [2, 0]],
  ["./../x", [2, 0, 4, 0, 0, 1, "x"]],
  ["größe", [0, 7, "größe"]],
];
for (const [target, components] of TARGETS) {
  Deno.test(`SystemUseReader.parse() reads the link to ${target}`, () => {
    const { found, problems } = parse(use("SL", 0, ...components));
    assertEquals([found.target, problems], [target, []]);
  });
}

Deno.test("SystemUseReader.parse() reads owners, times and what is stored otherwise", () => {
  const owners = [0o100640, 2, 1000, 100, 77].flatMap(both32);
  const area = [
    ...use("PX", ...owners),
    ...use("TF", 0x07, 99, 1, 2, 3, 4, 5, 0, 124, 2, 29, 12, 30, 0, 4, 100, 0, 0, 0, 0, 0, 0),
    ...use("ZF", "pz", 4, 15, ...both32(123_456)),
  ];
  const { found, problems } = parse(area);
  assertEquals(problems, []);
  assertEquals(found.posix, { mode: 0o100640, links: 2, uid: 1000, gid: 100, inode: 77 });
  assertEquals(found.created, new Date("1999-01-02T03:04:05Z"));
  assertEquals(found.modified, new Date("2024-02-29T11:30:00Z")); // four quarters of an hour east
  assertEquals(found.accessed, undefined);
  assertEquals([found.sizeBytes, found.storedAs, found.zisofs], [
    123_456,
    undefined,
    { version: 1, blockBytes: 32_768 },
  ]);
});

Deno.test("SystemUseReader.parse() knows zisofs 2 by either signature, and says what it does not know", () => {
  const size = [...both32(5).slice(0, 4), 1, 0, 0, 0]; // 64 bits, least significant byte first
  for (const signature of ["ZF", "Z2"]) {
    const { found } = parse(use(signature, "PZ", 6, 20, ...size));
    assertEquals([found.sizeBytes, found.storedAs, found.zisofs], [
      2 ** 32 + 5,
      undefined,
      { version: 2, blockBytes: 2 ** 20 },
    ]);
  }
  for (
    const [algorithm, words, power] of [["xz", 4, 15], ["pz", 5, 15], ["pz", 4, 18], ["PZ", 6, 21]] as const
  ) {
    const { found } = parse(use("ZF", algorithm, words, power, ...both32(5)));
    assertEquals([found.zisofs, found.storedAs], [undefined, "compressed by zisofs in an unknown way"]);
  }
});

Deno.test("SystemUseReader.parse() reads times of 17 bytes", () => {
  const { found } = parse(use("TF", 0x82, "1875060708091011", 0));
  assertEquals(found.modified, new Date("1875-06-07T08:09:10.110Z"));
});

Deno.test("SystemUseReader.parse() keeps names that are not UTF-8 apart", () => {
  const names = [0xe4, 0xf6].map((byte) => parse([...use("NM", 0, byte, 0x61)]).found.name);
  assertEquals(names, ["äa", "öa"]);
});

const DAMAGED: [title: string, area: number[], sectors: number[][], said: RegExp][] = [
  ["an entry without room", [0x4e, 0x4d, 200, 1, 0], [], /200 bytes has no room/],
  ["an entry of no bytes", [0x4e, 0x4d, 0, 1, 0], [], /0 bytes has no room/],
  ["a component without room", use("SL", 0, 0, 9, "a"), [], /component has no room/],
  ["an attribute that is cut", use("PX", ...both32(1)), [], /PX is too short/],
  ["times that are cut", use("TF", 0x0f, 1, 2, 3), [], /TF is too short/],
  ["byte orders that differ", use("CL", 1, 0, 0, 0, 0, 0, 0, 2), [], /CL: byte orders differ/],
  ["a continuation outside", use("CE", ...both32(9), ...both32(0), ...both32(10)), [[]], /no room is/],
  [
    "a continuation over the end",
    use("CE", ...both32(0), ...both32(2000), ...both32(100)),
    [[]],
    /no room is/,
  ],
  [
    "a continuation of itself",
    use("CE", ...both32(0), ...both32(0), ...both32(28)),
    [use("CE", ...both32(0), ...both32(0), ...both32(28))],
    /continued more than 100 times/,
  ],
];
for (const [title, area, sectors, said] of DAMAGED) {
  Deno.test(`SystemUseReader.parse() says that there is ${title}, and ends`, () => {
    const { problems } = parse(area, sectors);
    assert(problems.some((problem) => said.test(problem)), problems.join("\n"));
  });
}

function entryAt(entries: readonly VolumeEntry[], path: string): VolumeEntry {
  const found = entries.find((entry) => entry.path === path);
  assert(found !== undefined, `${path} is not among ${entries.map((entry) => entry.path).join(", ")}`);
  return found;
}

Deno.test("readVolumes() shows Rock Ridge as a view of its own, with moved directories in their places", () => {
  const long = "n".repeat(250);
  const tree: ImageDirectory<ImageSymlink> = treeOf({
    [long]: 3,
    1: { 2: { 3: { 4: { 5: { 6: { 7: { 8: { 9: { "deep.txt": 5 } } } } } } } } },
  });
  tree.children.set("link", { kind: "symlink", name: "link", target: "../1/./deep" });
  for (const rockRidge of ["1.09", "1.12"] as const) {
    const volumes = soundVolumes(plan(tree, { rockRidge, fileSystems: 1 }));
    assertEquals(volumes.map((volume) => volume.fileSystem), ["iso9660", "rockridge"]);
    const volume = richestVolume(volumes)!;
    assertEquals([volume.fileSystem, volume.revision], ["rockridge", rockRidge]);
    const { entries } = volume;
    assertEquals(entries.length, 1 + 9 + 1 + 1);
    assertEquals(entryAt(entries, `/${long}`).sizeBytes, 3);
    assertEquals(entryAt(entries, "/1/2/3/4/5/6/7/8/9/deep.txt").sizeBytes, 5);
    assertEquals(entryAt(entries, "/link").target, "../1/./deep");
  }
});

Deno.test("readVolumes() finds moved directories that only an earlier session's tree has", () => {
  const tree = treeOf({
    1: { 2: { 3: { 4: { 5: { 6: { 7: { 8: { "deep.txt": 5, 9: { f: 1 } } } } } } } } },
    z: 1,
  });
  const options = { rockRidge: true, fileSystems: 1, deepDirectories: "relocate" } as const;
  const bytes = bytesOf(plan(tree, options));
  const before = richestVolume(volumesOf(bytes))!;
  // The record of rr_moved is taken out of the root, as a later session of genisoimage has none.
  const root = new DataView(bytes.buffer).getUint32(16 * SECTOR_BYTES + 158, true) * SECTOR_BYTES;
  const name = new TextDecoder("latin1").decode(bytes.subarray(root, root + SECTOR_BYTES)).indexOf(
    "RR_MOVED",
  );
  const record = root + name - 33;
  bytes.copyWithin(record, record + bytes[record]!, root + SECTOR_BYTES);
  const [plain, found] = volumesOf(bytes);
  assertEquals(found!.entries.map(({ path }) => path), before.entries.map(({ path }) => path));
  assertEquals(found!.problems, []);
  assertEquals(plain!.entries.filter(({ path }) => path.includes("DEEP")), []);
});

Deno.test("readVolumes() takes directories that contain each other apart", () => {
  const bytes = bytesOf(plan(treeOf({ a: { b: { c: 1 } } }), { rockRidge: true, fileSystems: 1 }));
  // The record of B gets the place of A: a circle in both views.
  const recordOf = (name: number): number => {
    for (let at = 16 * SECTOR_BYTES; at < bytes.length; at++) {
      if (bytes[at] === name && bytes[at - 1] === 1 && bytes[at - 8]! & 2) return at - 33;
    }
    throw new Error("no record");
  };
  bytes.copyWithin(recordOf(0x42) + 2, recordOf(0x41) + 2, recordOf(0x41) + 18);
  for (const volume of volumesOf(bytes)) {
    assert(volume.problems.some((problem) => problem.includes("in the tree twice")), volume.fileSystem);
    assert(volume.entries.length < 10);
  }
});

const SPARSE: [version: string, entry: number[]][] = [
  ["1.12", use("SF", ...both32(1), ...both32(0x1000), 1)],
  ["1.10", use("SF", ...both32(0x1000))],
];
for (const [version, sparse] of SPARSE) {
  Deno.test(`readVolumes() says of a sparse file of Rock Ridge ${version} that its content cannot be read`, () => {
    const bytes = bytesOf(
      plan(treeOf({ "holes.bin": 3000, "plain.txt": 10 }), { rockRidge: true, fileSystems: 1 }),
    );
    // In place of its times, of the same length.
    const name = new TextEncoder().encode("HOLES.BIN;1");
    const record = bytes.findIndex((_, at) => name.every((byte, index) => bytes[at + index] === byte));
    const times = bytes.findIndex((byte, at) => at > record && byte === 0x54 && bytes[at + 1] === 0x46); // TF
    const length = bytes[times + 2]!;
    bytes.set([...sparse, ...use("PD", ...new Array<number>(length - sparse.length - 4).fill(0))], times);

    const read = sectorsFrom(bytes);
    const volume = volumesOf(bytes).find(({ fileSystem }) => fileSystem === "rockridge")!;
    const entry = volume.entries.find(({ path }) => path === "/holes.bin")!;
    assertEquals(entry.sizeBytes, version === "1.12" ? 2 ** 32 + 0x1000 : 0x1000);
    assertEquals(volume.problems, []);
    const [note] = volume.notes;
    assertEquals(note, "/holes.bin: is a sparse file of Rock Ridge, whose content cannot be read");
    const error = assertThrows(() => entryContent(read, entry).open(), ImageError);
    assertEquals([error.code, error.path], ["unreadable", "/holes.bin"]);

    const folder = Deno.makeTempDirSync();
    try {
      const notes: string[] = [];
      const onNote = (note: { path: string; reason: string }): void =>
        void notes.push(`${note.path}: ${note.reason}`);
      extractTree({ read, entries: volume.entries, target: folder, onNote });
      assertEquals(notes.length, 1);
      assertStringIncludes(notes[0]!, "/holes.bin: it is a sparse file of Rock Ridge");
      assertEquals(Array.from(Deno.readDirSync(folder), (one) => one.name), ["plain.txt"]);
    } finally {
      Deno.removeSync(folder, { recursive: true });
    }
  });
}
