import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import {
  createDirectory,
  FILE_SYSTEM,
  type ImageDirectory,
  ImageError,
  type ImageOptions,
  type ImagePlan,
  ImageReader,
  type ImageSymlink,
  memoryContent,
  SECTOR_BYTES,
  type Volume,
  type VolumeEntry,
} from "../../lib/image/mod.ts";
import { CE_BYTES, splitEntries, SystemUse, writeSplit } from "../../lib/image/rock_ridge.ts";
import { bytesOf, patternContent, plan, soundVolume, soundVolumes, TIMESTAMP } from "./_build.ts";

type Tree = ImageDirectory<ImageSymlink>;

const VERSIONS = ["1.09", "1.12"] as const;
const RUNS = { numRuns: 100, seed: 20240506 };

function addFile(directory: Tree, name: string, sizeBytes = 3): void {
  directory.children.set(name, { kind: "file", name, content: patternContent(name, sizeBytes) });
}

function addLink(directory: Tree, name: string, target: string): void {
  directory.children.set(name, { kind: "symlink", name, target });
}

function addDirectory(directory: Tree, name: string): Tree {
  const child: Tree = createDirectory(name);
  directory.children.set(name, child);
  return child;
}

/** A plan with Rock Ridge; asserts that every view of it is sound. */
function planRockRidge(tree: Tree, options: Partial<ImageOptions> = {}): ImagePlan {
  const imagePlan = plan(tree, { rockRidge: true, ...options });
  soundVolumes(imagePlan);
  return imagePlan;
}

function entriesOf(imagePlan: ImagePlan, view: Volume["fileSystem"] = "rockridge"): Map<string, VolumeEntry> {
  return new Map(soundVolume(imagePlan, view).entries.map((entry) => [entry.path, entry]));
}

/** The directory records of a run of sectors, with their system use; asserts that none crosses a sector. */
function* recordsOf(bytes: Uint8Array, startLba: number, lengthBytes: number): Generator<Uint8Array> {
  const start = startLba * SECTOR_BYTES;
  for (let at = 0; at < lengthBytes;) {
    const length = bytes[start + at]!;
    if (length === 0) {
      at += SECTOR_BYTES - at % SECTOR_BYTES;
      continue;
    }
    assert(length % 2 === 0 && at % SECTOR_BYTES + length <= SECTOR_BYTES, `record of ${length} at ${at}`);
    yield bytes.subarray(start + at, start + at + length);
    at += length;
  }
}

/** The system use entries of a record by signature, continuation areas followed; asserts that those lie in one sector. */
function systemUseOf(bytes: Uint8Array, record: Uint8Array): [signature: string, entry: Uint8Array][] {
  const idBytes = record[32]!;
  const found: [string, Uint8Array][] = [];
  let area = record.subarray(33 + idBytes + (idBytes + 1) % 2);
  for (let hops = 0; hops < 20; hops++) {
    let next: Uint8Array | undefined;
    for (let at = 0; at + 4 <= area.length && area[at] !== 0;) {
      const entry = area.subarray(at, at + area[at + 2]!);
      assertEquals(entry[3], 1, "version");
      const signature = String.fromCharCode(entry[0]!, entry[1]!);
      if (signature === "CE") {
        const view = new DataView(entry.buffer, entry.byteOffset, entry.length);
        const [lba, offset, length] = [4, 12, 20].map((field) => {
          assertEquals(view.getUint32(field, true), view.getUint32(field + 4, false));
          return view.getUint32(field, true);
        });
        assert(offset! + length! <= SECTOR_BYTES, `continuation area of ${length} at ${offset}`);
        next = bytes.subarray(lba! * SECTOR_BYTES + offset!, lba! * SECTOR_BYTES + offset! + length!);
      } else found.push([signature, entry]);
      at += entry.length;
    }
    if (next === undefined) return found;
    area = next;
  }
  throw new Error("continuation areas do not end");
}

function rootRecords(bytes: Uint8Array): Uint8Array[] {
  const descriptor = new DataView(bytes.buffer, 16 * SECTOR_BYTES, SECTOR_BYTES);
  return [...recordsOf(bytes, descriptor.getUint32(158, true), descriptor.getUint32(166, true))];
}

for (const version of VERSIONS) {
  Deno.test(`planImage() begins Rock Ridge ${version} with SP and names it in ER`, () => {
    const tree: Tree = createDirectory();
    addFile(tree, "a");
    const bytes = bytesOf(planRockRidge(tree, { rockRidge: version, fileSystems: 1 }));
    const [self, parent, file] = rootRecords(bytes).map((record) => systemUseOf(bytes, record));
    const old = version === "1.09" ? ["RR"] : [];
    assertEquals(self!.map(([signature]) => signature), ["SP", ...old, "PX", "TF", "ER"]);
    assertEquals([...self![0]![1]], [0x53, 0x50, 7, 1, 0xbe, 0xef, 0]);
    assertEquals(parent!.map(([signature]) => signature), [...old, "PX", "TF"]);
    assertEquals(file!.map(([signature]) => signature), [...old, "PX", "TF", "NM"]);
    assertEquals(file!.find(([signature]) => signature === "PX")![1].length, version === "1.09" ? 36 : 44);
    if (version === "1.09") assertEquals(file![0]![1][4], 0x01 | 0x08 | 0x80);
    const extension = self!.at(-1)![1];
    const name = new TextDecoder().decode(extension.subarray(8, 8 + extension[4]!));
    assertEquals(name, version === "1.09" ? "RRIP_1991A" : "IEEE_1282");
    assertEquals(extension.length, 8 + extension[4]! + extension[5]! + extension[6]!);
  });

  Deno.test(`planImage() keeps names of 1 to 255 bytes in Rock Ridge ${version}`, () => {
    const tree: Tree = createDirectory();
    for (let length = 1; length <= 255; length++) addFile(tree, "n".repeat(length));
    for (let length = 2; length <= 85; length++) addFile(tree, "語".repeat(length));
    for (const isoLevel of [1, 2] as const) {
      const imagePlan = planRockRidge(tree, { rockRidge: version, isoLevel, fileSystems: 1 });
      assertEquals(
        new Set(entriesOf(imagePlan).keys()),
        new Set([...tree.children.keys()].map((name) => `/${name}`)),
      );
      const bytes = bytesOf(imagePlan);
      for (const record of rootRecords(bytes)) systemUseOf(bytes, record);
    }
  });

  Deno.test(`planImage() keeps owners, permissions and times in Rock Ridge ${version}`, () => {
    const tree: Tree = createDirectory();
    const modified = new Date("2001-02-03T04:05:06Z");
    const created = new Date("1999-12-31T23:59:59Z");
    const accessed = new Date("2020-02-29T12:00:00Z");
    const child = addDirectory(tree, "d");
    Object.assign(child, { mode: 0o1750, uid: 70_000, gid: 3, modified });
    child.children.set("f", {
      ...{ kind: "file", name: "f", content: memoryContent(new Uint8Array(1)) },
      ...{ mode: 0o6711, uid: 4_000_000_000, gid: 0, modified, created, accessed },
    });
    for (const rockRidgeTimes of ["short", "long"] as const) {
      const entries = entriesOf(planRockRidge(tree, { rockRidge: version, rockRidgeTimes }));
      const directory = entries.get("/d")!;
      assertEquals(
        [directory.posix!.mode, directory.posix!.links, directory.posix!.uid, directory.posix!.gid],
        [0o041750, 2, 70_000, 3],
      );
      const file = entries.get("/d/f")!;
      assertEquals([file.posix!.mode, file.posix!.links], [0o106711, 1]);
      assertEquals([file.posix!.uid, file.posix!.gid], [4_000_000_000, 0]);
      assertEquals([file.modified, file.created, file.accessed], [modified, created, accessed]);
    }
  });
}

Deno.test("planImage() keeps hundredths of seconds and years before 1900 in long times", () => {
  const tree: Tree = createDirectory();
  addFile(tree, "a");
  const modified = new Date("1876-05-04T03:02:01.230Z");
  Object.assign(tree.children.get("a")!, { modified });
  assertEquals(entriesOf(planRockRidge(tree, { rockRidgeTimes: "long" })).get("/a")!.modified, modified);
});

Deno.test("planImage() gives defaults to what has no owner, permissions or times", () => {
  const tree: Tree = createDirectory();
  addFile(tree, "f");
  addLink(tree, "l", "f");
  addDirectory(tree, "d");
  const entries = entriesOf(planRockRidge(tree));
  for (const [path, mode] of [["/f", 0o100644], ["/l", 0o120777], ["/d", 0o040755]] as const) {
    const { posix, modified } = entries.get(path)!;
    assertEquals([posix!.mode, posix!.uid, posix!.gid, modified!.getTime()], [
      mode,
      0,
      0,
      Math.floor(TIMESTAMP.getTime() / 1000) * 1000,
    ]);
  }
});

Deno.test("planImage() cuts names over 255 bytes of UTF-8 and keeps them apart", () => {
  const tree: Tree = createDirectory();
  const names = ["字".repeat(200), "字".repeat(200) + "二", "😀".repeat(90) + ".txt", "half \ud800", "plain"];
  for (const name of names) addFile(tree, name);
  const paths = [...entriesOf(planRockRidge(tree)).keys()].map((path) => path.slice(1));
  assertEquals(new Set(paths).size, names.length);
  for (const path of paths) assert(new TextEncoder().encode(path).length <= 255, path);
  assert(paths.includes("plain") && paths.some((path) => path.endsWith(".txt")));
});

Deno.test("planImage() keeps targets of 1 to 1023 bytes, in parts of every length", () => {
  for (const partBytes of [1, 2, 7, 20, 123, 124, 246, 247, 248, 249, 250, 255]) {
    const tree: Tree = createDirectory();
    const targets = new Map<string, string>();
    for (let length = 1; length <= 1023; length += partBytes < 3 ? 1 : 3) {
      const text = `${"p".repeat(partBytes)}/`.repeat(Math.ceil(length / (partBytes + 1))).slice(0, length);
      targets.set(`/l${length}`, text.replace(/\/$/, "") || "p");
      addLink(tree, `l${length}`, text);
    }
    const entries = entriesOf(planRockRidge(tree, { fileSystems: 1 }));
    for (const [path, target] of targets) assertEquals(entries.get(path)!.target, target);
  }
});

Deno.test("planImage() keeps any target in Rock Ridge and UDF", () => {
  const part = fc.oneof(
    fc.constantFrom(".", ".."),
    fc.string({ minLength: 1, maxLength: 120, unit: "grapheme" }),
    fc.nat(246).map((length) => "x".repeat(length + 1)),
  ).map((text) => text.replaceAll(/[/\0]/g, "-").toWellFormed());
  const target = fc.tuple(fc.boolean(), fc.array(part, { minLength: 1, maxLength: 60 }))
    .map(([isAbsolute, parts]) => (isAbsolute ? "/" : "") + parts.join("/"));
  fc.assert(
    fc.property(fc.array(target, { minLength: 1, maxLength: 12 }), (targets) => {
      const tree: Tree = createDirectory();
      for (const [index, text] of targets.entries()) addLink(tree, `l${index}`, text);
      const imagePlan = planRockRidge(tree, { fileSystems: 5 });
      const [rockRidge, udf] = [entriesOf(imagePlan), entriesOf(imagePlan, "udf")];
      for (const [index, text] of targets.entries()) {
        assertEquals(rockRidge.get(`/l${index}`)!.target, text);
        if (!/[^/]{128}/.test(text)) assertEquals(udf.get(`/l${index}`)!.target, text);
      }
    }),
    RUNS,
  );
});

Deno.test("planImage() keeps the root and relative directories as targets", () => {
  const tree: Tree = createDirectory();
  const targets = ["/", ".", "..", "../..", "./a", "/..", "/a/../b"];
  for (const [index, target] of targets.entries()) addLink(tree, `l${index}`, target);
  const imagePlan = planRockRidge(tree);
  for (const view of ["rockridge", "udf"] as const) {
    const entries = entriesOf(imagePlan, view);
    assertEquals(targets.map((_, index) => entries.get(`/l${index}`)!.target), targets);
  }
});

Deno.test("planImage() leaves symbolic links out of Joliet and refuses an image that has them nowhere", () => {
  const tree: Tree = createDirectory();
  addFile(tree, "f");
  addLink(tree, "l", "f");
  const imagePlan = plan(tree, { fileSystems: 7 });
  assertEquals(imagePlan.symlinkCount, 1);
  assertEquals([...entriesOf(imagePlan, "joliet").keys()], ["/f"]);
  assertEquals([...entriesOf(imagePlan, "iso9660").keys()], ["/F"]);
  assertEquals(entriesOf(imagePlan, "udf").get("/l")!.target, "f");
  const error = assertThrows(() => plan(tree, { fileSystems: 3 }), ImageError);
  assertEquals([error.code, error.path], ["fileSystems", "/l"]);
  planRockRidge(tree, { fileSystems: 3 });
});

Deno.test("planImage() refuses a symbolic link to nothing", () => {
  const tree: Tree = createDirectory();
  addLink(tree, "l", "");
  assertEquals(assertThrows(() => planRockRidge(tree), ImageError).path, "/l");
});

Deno.test("planImage() makes names of one file one file, with a count of them, in Rock Ridge and UDF", () => {
  const tree: Tree = createDirectory();
  const content = patternContent("linked", 5000);
  const put = (directory: Tree, name: string, linkKey?: string): void => {
    directory.children.set(name, {
      kind: "file",
      name,
      content,
      mode: 0o600,
      ...(linkKey === undefined ? {} : { linkKey }),
    });
  };
  put(tree, "a", "1:2");
  put(tree, "alone");
  put(tree, "single", "1:4");
  put(addDirectory(tree, "d"), "b", "1:2");
  put(tree.children.get("d") as Tree, "c", "1:2");
  const imagePlan = planRockRidge(tree);
  assertEquals(imagePlan.fileCount, 5);
  assertEquals(imagePlan.extents.filter((extent) => extent.kind === "file").length, 3);
  for (const view of ["rockridge", "udf"] as const) {
    const entries = entriesOf(imagePlan, view);
    const linked = ["/a", "/d/b", "/d/c"].map((path) => entries.get(path)!);
    assertEquals(linked.map((entry) => entry.posix!.links), [3, 3, 3], view);
    assertEquals(new Set(linked.map((entry) => entry.posix!.inode)).size, 1);
    assertEquals(new Set(linked.map((entry) => entry.extents[0]!.startLba)).size, 1);
    assertEquals(["/alone", "/single"].map((path) => entries.get(path)!.posix!.links), [1, 1]);
    const inodes = [...entries.values()].map((entry) => entry.posix!.inode);
    assertEquals(new Set(inodes).size, 4, view);
    assert(inodes.every((inode) => inode! > 0));
  }
});

/** A chain of directories, one file in each; returns the paths. */
function deepTree(depth: number): { tree: Tree; paths: string[] } {
  const tree: Tree = createDirectory();
  const paths: string[] = [];
  let at = tree;
  let path = "";
  for (let level = 0; level < depth; level++) {
    at = addDirectory(at, "d");
    path += "/d";
    addFile(at, "f");
    paths.push(path, `${path}/f`);
  }
  return { tree, paths };
}

for (const depth of [7, 8, 9, 40]) {
  for (const deepDirectories of ["keep", "relocate"] as const) {
    Deno.test(`planImage() shows ${depth} levels of directories in their places, ${deepDirectories}`, () => {
      const { tree, paths } = deepTree(depth);
      const imagePlan = planRockRidge(tree, { deepDirectories });
      const found = entriesOf(imagePlan);
      const moves = deepDirectories === "relocate" && depth >= 8;
      assertEquals([...found.keys()].filter((path) => path !== "/rr_moved").sort(), paths.sort());
      for (const [path, { kind, posix }] of found) {
        if (kind === "directory" && path !== "/rr_moved") {
          const isLast = path === "/d".repeat(depth);
          assertEquals(posix!.links, isLast ? 2 : 3, path);
        }
      }
      const plain = soundVolume(imagePlan, "iso9660").entries.filter((entry) => entry.kind === "directory");
      const levels = Math.max(...plain.map((entry) => entry.path.split("/").length));
      assertEquals(levels, moves ? 8 : depth + 1);
    });
  }
}

Deno.test("planImage() moves many directories of one name, beside a directory rr_moved of the tree's own", () => {
  const tree: Tree = createDirectory();
  addFile(addDirectory(tree, "rr_moved"), "mine");
  const paths = ["/rr_moved", "/rr_moved/mine"];
  for (const first of ["a", "b", "c"]) {
    let at = addDirectory(tree, first);
    let path = `/${first}`;
    paths.push(path);
    for (let level = 0; level < 9; level++) {
      at = addDirectory(at, "same name");
      path += "/same name";
      addFile(at, `${first}${level}`);
      paths.push(path, `${path}/${first}${level}`);
    }
  }
  const found = [...entriesOf(planRockRidge(tree, { deepDirectories: "relocate" })).keys()];
  assertEquals(found.filter((path) => path !== "/.rr_moved").sort(), paths.sort());
});

for (const levels of [0, 7]) {
  Deno.test(`planImage() takes 20,000 directories in one of level ${levels + 1} with Rock Ridge`, () => {
    const tree: Tree = createDirectory();
    let at = tree;
    for (let level = 0; level < levels; level++) at = addDirectory(at, `${level}`);
    for (let index = 0; index < 20_000; index++) addDirectory(at, `directory ${index}`);
    const imagePlan = plan(tree, { rockRidge: true, fileSystems: 1, deepDirectories: "relocate" });
    const found = soundVolume(imagePlan, "rockridge").entries;
    assertEquals(found.length, 20_000 + levels);
    if (levels === 0) return;
    assertEquals(found.find((entry) => entry.path === "/0/1/2/3/4/5/6")!.posix!.links, 20_002);
  });
}

Deno.test("planImage() puts heavier files first", () => {
  const tree: Tree = createDirectory();
  for (const [name, weight] of [["a", 0], ["b", 5], ["c", undefined], ["d", -1], ["e", 5]] as const) {
    addFile(tree, name, 3000);
    Object.assign(tree.children.get(name)!, weight === undefined ? {} : { weight });
  }
  const imagePlan = planRockRidge(tree);
  const order = imagePlan.extents.filter((extent) => extent.kind === "file").map((extent) => extent.label);
  assertEquals(order, ["/b", "/e", "/a", "/c", "/d"].map((path) => `file ${path}`));
  for (const view of ["rockridge", "joliet", "udf"] as const) {
    const places = [...entriesOf(imagePlan, view)].toSorted((x, y) =>
      x[1].extents[0]!.startLba! - y[1].extents[0]!.startLba!
    );
    assertEquals(places.map(([path]) => path), ["/b", "/e", "/a", "/c", "/d"]);
  }
});

Deno.test("planImage() repeats the entries of Rock Ridge in each section of a file over 4 GiB", () => {
  const tree: Tree = createDirectory();
  const sizeBytes = 2 ** 32 + 1;
  const content = { sizeBytes, open: (): never => assert(false) as never };
  tree.children.set("n".repeat(255), { kind: "file", name: "n".repeat(255), content });
  const entry = entriesOf(planRockRidge(tree, { fileSystems: 1 })).get(`/${"n".repeat(255)}`)!;
  assertEquals([entry.sizeBytes, entry.extents.length], [sizeBytes, 2]);
});

Deno.test("ImageReader.read() gives the same bytes of Rock Ridge in any pieces", () => {
  const tree: Tree = createDirectory();
  for (let index = 0; index < 60; index++) {
    addFile(tree, `${"long ".repeat(index)}${index}`, index * 100);
    addLink(tree, `l${index}`, "../x/".repeat(index * 10 + 1));
  }
  const imagePlan = planRockRidge(tree);
  const whole = bytesOf(imagePlan);
  using reader = new ImageReader(imagePlan);
  for (let lba = 0; lba < imagePlan.sizeSectors; lba++) {
    const target = new Uint8Array(SECTOR_BYTES).fill(0xa5);
    reader.read(lba, 1, target);
    assertEquals(target, whole.subarray(lba * SECTOR_BYTES, (lba + 1) * SECTOR_BYTES), `LBA ${lba}`);
  }
});

Deno.test("splitEntries() keeps entries whole, in order and inside sectors", () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 4, max: 255 }), { maxLength: 60 }),
      fc.integer({ min: 60, max: 220 }),
      fc.nat(6000),
      (lengths, room, areaBytes) => {
        const use = new SystemUse();
        for (const [index, length] of lengths.entries()) use.add("XX", length).fill(index + 1, 4);
        const split = splitEntries(use, room, areaBytes);
        assert(split.recordBytes <= room && split.areaBytes >= areaBytes);
        let end = split.recordEnd;
        let at = areaBytes;
        for (const [index, piece] of split.pieces.entries()) {
          assertEquals(piece.start, end);
          assert(piece.at >= at && piece.end > piece.start && use.ends.includes(piece.end));
          const bytes = piece.end - piece.start + (index + 1 < split.pieces.length ? CE_BYTES : 0);
          assert(piece.at % SECTOR_BYTES + bytes <= SECTOR_BYTES);
          at = piece.at + bytes;
          end = piece.end;
        }
        assertEquals(end, use.lengthBytes);
        const target = new Uint8Array(256 + split.areaBytes);
        writeSplit(target, 0, use, split, { offset: 256, startLba: 7 });
        assertEquals(target.subarray(0, split.recordEnd), use.bytes.subarray(0, split.recordEnd));
      },
    ),
    RUNS,
  );
});

const PERMISSIONS: [mode: number, permissions: number][] = [
  [0o000, 0],
  [0o777, 0x1f << 10 | 0x17 << 5 | 0x17],
  [0o644, 0x1e << 10 | 0x04 << 5 | 0x04],
  [0o555, 0x05 << 10 | 0x05 << 5 | 0x05],
  [0o421, 0x04 << 10 | 0x12 << 5 | 0x01],
];
for (const [mode, permissions] of PERMISSIONS) {
  Deno.test(`planImage() records permissions ${mode.toString(8)} in UDF`, () => {
    const tree: Tree = createDirectory();
    addFile(tree, "f");
    Object.assign(tree.children.get("f")!, { mode, uid: 7, gid: 8 });
    const imagePlan = plan(tree, { fileSystems: FILE_SYSTEM.udf });
    const entry = imagePlan.extents.find((extent) => extent.label === "UDF entries of files")!;
    const bytes = bytesOf(imagePlan);
    const view = new DataView(bytes.buffer, entry.startLba * SECTOR_BYTES, SECTOR_BYTES);
    assertEquals([view.getUint32(36, true), view.getUint32(40, true), view.getUint32(44, true)], [
      7,
      8,
      permissions,
    ]);
    assertEquals(entriesOf(imagePlan, "udf").get("/f")!.posix!.mode, 0o100000 | mode);
  });
}
