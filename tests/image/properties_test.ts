import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import {
  createDirectory,
  type ImageDirectory,
  type ImageFile,
  type ImagePlan,
  ImageReader,
  SECTOR_BYTES,
  type VolumeEntry,
} from "../../lib/image/mod.ts";
import { bytesOf, contentOf, patternContent, plan, sectorsFrom, sourceBytes, volumesOf } from "./_build.ts";

const RUNS = { numRuns: 60, seed: 20240506 };

const name = fc.oneof(
  fc.constantFrom(
    "A",
    "a",
    "B.",
    "b",
    ".x",
    "x.",
    "README",
    "readme",
    "Readme.TXT",
    "readme.txt",
    "con",
    "a b",
    "a;1",
  ),
  fc.string({ minLength: 1, maxLength: 12, unit: "grapheme" }),
  fc.string({ minLength: 1, maxLength: 12, unit: "binary" }),
  fc.tuple(
    fc.constantFrom("prefix-prefix-", "日本語のファイル", "😀"),
    fc.nat(99),
    fc.constantFrom("", ".txt", ".tar.gz"),
  )
    .map(([stem, number, tail]) => stem.repeat(1 + number % 9) + number + tail),
  fc.tuple(
    fc.constantFrom("x", "é", "字", "😀"),
    fc.constantFrom(62, 63, 64, 65, 66, 126, 127, 128, 253, 254, 255),
  )
    .map(([unit, length]) => unit.repeat(length)),
).map((text) => text.replaceAll(/[/\0]/g, "-"))
  .filter((text) => text !== "" && text !== "." && text !== "..");

const size = fc.oneof(
  fc.constantFrom(0, 1, 2047, 2048, 2049, 4096),
  fc.nat(6000),
);

interface Shape {
  readonly files: readonly (readonly [string, number, boolean])[];
  readonly directories: readonly (readonly [string, Shape])[];
}

const { shape } = fc.letrec<{ shape: Shape }>((tie) => ({
  shape: fc.record({
    files: fc.array(fc.tuple(name, size, fc.boolean()), { maxLength: 8 }),
    directories: fc.oneof(
      { maxDepth: 4 },
      fc.constant([]),
      fc.array(fc.tuple(name, tie("shape")), { maxLength: 3 }),
    ),
  }),
}));

function build(what: Shape, directoryName = ""): ImageDirectory {
  const directory = createDirectory(directoryName);
  for (const [child, inner] of what.directories) directory.children.set(child, build(inner, child));
  for (const [child, sizeBytes, hidden] of what.files) {
    const content = patternContent(child, sizeBytes);
    directory.children.set(child, { kind: "file", name: child, content, hidden });
  }
  return directory;
}

/** What a view must hold, directory by directory, however its names are changed. */
function assertSame(
  tree: ImageDirectory,
  entries: readonly VolumeEntry[],
  image: Uint8Array,
  exactNames: boolean,
): void {
  const byParent = Map.groupBy(entries, (entry) => entry.path.slice(0, entry.path.lastIndexOf("/")));
  const pending: [ImageDirectory, string][] = [[tree, ""]];
  for (const [directory, path] of pending) {
    // Those with names that may have been changed take what the others leave.
    const children = [...directory.children.values()].sort((a, b) =>
      Number(isChanged(a.name)) - Number(isChanged(b.name))
    );
    const found = byParent.get(path) ?? [];
    assertEquals(found.length, children.length, path);
    const left = new Set(found);
    for (const child of children) {
      const entry = [...left].find((one) => fits(one, child, path, image, exactNames));
      assert(entry !== undefined, `${path}/${child.name} is missing`);
      left.delete(entry);
      // Which directory is which shows only in their names.
      if (child.kind === "directory" && exactNames && !isChanged(child.name)) {
        pending.push([child, entry.path]);
      }
    }
  }
}

function fits(
  entry: VolumeEntry,
  child: ImageFile | ImageDirectory,
  path: string,
  image: Uint8Array,
  exactNames: boolean,
): boolean {
  if (entry.kind !== child.kind) return false;
  if (exactNames && !isChanged(child.name) && entry.path !== `${path}/${child.name}`) return false;
  if (child.kind === "directory") return true;
  const expected = sourceBytes(child.content);
  if (entry.sizeBytes !== expected.length || entry.hidden !== child.hidden) return false;
  return contentOf(sectorsFrom(image), entry).every((byte, at) => byte === expected[at]);
}

/** Whether UDF may have to change a name. */
function isChanged(text: string): boolean {
  return text.length > 127 || !text.isWellFormed();
}

function countFiles(tree: ImageDirectory): number {
  let count = 0;
  for (const child of tree.children.values()) count += child.kind === "file" ? 1 : countFiles(child);
  return count;
}

Deno.test("readVolumes() after planImage() is the tree, in every view", () => {
  fc.assert(
    fc.property(
      shape,
      fc.constantFrom(1, 2, 3),
      fc.constantFrom(1, 3, 4, 5, 7),
      fc.constantFrom(false, "1.09" as const, "1.12" as const),
      fc.constantFrom("keep" as const, "relocate" as const),
      (what, level, fileSystems, rockRidge, deepDirectories) => {
        const tree = build(what);
        const isoLevel = level as 1 | 2 | 3;
        const image = bytesOf(plan(tree, { isoLevel, fileSystems, rockRidge, deepDirectories }));
        const volumes = volumesOf(image);
        const more = rockRidge && fileSystems & 1 ? 1 : 0;
        assertEquals(volumes.length, [1, 2, 4].filter((bit) => fileSystems & bit).length + more);
        for (const volume of volumes) {
          assertEquals(volume.problems, []);
          assertEquals(volume.entries.filter((entry) => entry.kind === "file").length, countFiles(tree));
          assertEquals(new Set(volume.entries.map((entry) => entry.path)).size, volume.entries.length);
          assertSame(tree, volume.entries, image, volume.fileSystem === "udf");
        }
      },
    ),
    RUNS,
  );
});

Deno.test("ImagePlan.extents is sorted, disjoint and inside, for any tree", () => {
  fc.assert(
    fc.property(shape, (what) => {
      const imagePlan = plan(build(what));
      let endLba = 0;
      for (const extent of imagePlan.extents) {
        assert(extent.lengthSectors > 0);
        assert(extent.startLba >= endLba, extent.label);
        endLba = extent.startLba + extent.lengthSectors;
      }
      assert(endLba <= imagePlan.sizeSectors);
    }),
    RUNS,
  );
});

Deno.test("ImageReader.read() gives the same bytes in any pieces and any order", () => {
  fc.assert(
    fc.property(
      shape,
      fc.array(fc.tuple(fc.double({ noNaN: true, min: 0, max: 1 }), fc.nat(20)), { maxLength: 30 }),
      (
        what,
        pieces,
      ) => {
        const imagePlan = plan(build(what));
        const whole = bytesOf(imagePlan);
        using reader = new ImageReader(imagePlan);
        for (const [place, length] of pieces) assertPiece(imagePlan, reader, whole, place, length);
      },
    ),
    RUNS,
  );
});

function assertPiece(
  imagePlan: ImagePlan,
  reader: ImageReader,
  whole: Uint8Array,
  place: number,
  length: number,
): void {
  const lba = Math.floor(place * (imagePlan.sizeSectors - 1));
  const count = Math.min(length, imagePlan.sizeSectors - lba);
  const target = new Uint8Array(count * SECTOR_BYTES).fill(0xa5);
  reader.read(lba, count, target);
  assertEquals(target, whole.subarray(lba * SECTOR_BYTES, (lba + count) * SECTOR_BYTES));
}

Deno.test("readVolumes() survives any damage to an image", () => {
  const image = bytesOf(plan(build({
    files: [["a.txt", 10, false], ["b", 3000, true]],
    directories: [["d", { files: [["c", 1, false]], directories: [] }]],
  })));
  const used = Array.from({ length: image.length }, (_, at) => at).filter((at) => image[at] !== 0);
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(used.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 }),
      (changes) => {
        const bytes = image.slice();
        for (const [index, value] of changes) bytes[used[index]!] = value;
        volumesOf(bytes); // throws nothing, ends
      },
    ),
    { ...RUNS, numRuns: 300 },
  );
});
