/** Random trees through every format: UDF's revisions, ISO 9660:1999, streams, links, entries left out of single trees. @module */
import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import {
  checkVolumes,
  createDirectory,
  entryContent,
  type ImageDirectory,
  type ImageOptions,
  ImageReader,
  type ImageSymlink,
  SECTOR_BYTES,
  type TreeName,
  UDF_REVISIONS,
  type Volume,
} from "../../lib/image/mod.ts";
import { bytesOf, contentOf, patternContent, plan, sectorsFrom, sourceBytes, volumesOf } from "./_build.ts";

const RUNS = { numRuns: 60, seed: 20261121 };
const TREES: readonly TreeName[] = ["iso9660", "joliet", "iso1999", "udf"];

/** Names that UDF, Rock Ridge and ISO 9660:1999 keep as they are. */
const name = fc.oneof(
  fc.constantFrom("A", "a", "B.", ".x", "README", "readme", "a;1", "日本語", "é", "😀.txt", "x".repeat(120)),
  fc.string({ minLength: 1, maxLength: 8, unit: "grapheme" }),
).map((text) => text.toWellFormed().replaceAll(/[/\p{Cc}]/gu, "-"))
  .filter((text) => text !== "." && text !== ".." && new TextEncoder().encode(text).length < 200);

const size = fc.oneof(
  fc.constantFrom(0, 1, 1815, 1816, 1817, 1831, 1832, 1833, 2047, 2048, 2049),
  fc.nat(5000),
);
const target = fc.array(fc.oneof(fc.constantFrom(".", "..", "a"), name), { minLength: 1, maxLength: 40 })
  .map((parts) => parts.join("/"));

type Leaf =
  | { readonly kind: "file"; readonly size: number; readonly linkKey: string | undefined }
  | { readonly kind: "symlink"; readonly target: string };

interface Shape {
  readonly leaves: readonly (readonly [string, Leaf, number])[];
  readonly directories: readonly (readonly [string, Shape, number])[];
  readonly streams: readonly (readonly [string, number])[];
}

/** Bits of the trees that do not have an entry; mostly none. */
const leftOut = fc.oneof({ weight: 6, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat(15) });

const { shape } = fc.letrec<{ shape: Shape }>((tie) => ({
  shape: fc.record({
    leaves: fc.array(
      fc.tuple(
        name,
        fc.oneof(
          fc.record({
            kind: fc.constant("file" as const),
            size,
            linkKey: fc.constantFrom(undefined, undefined, "one", "two"),
          }),
          fc.record({ kind: fc.constant("symlink" as const), target }),
        ),
        leftOut,
      ),
      { maxLength: 8 },
    ),
    directories: fc.oneof(
      { maxDepth: 3 },
      fc.constant([]),
      fc.array(fc.tuple(name, tie("shape"), leftOut), { maxLength: 3 }),
    ),
    streams: fc.array(fc.tuple(name, size), { maxLength: 2 }),
  }),
}));

function build(what: Shape, directoryName = ""): ImageDirectory<ImageSymlink> {
  const directory = createDirectory<ImageSymlink>(directoryName);
  const outOf = (bits: number): TreeName[] => TREES.filter((_, index) => bits >> index & 1);
  for (const [child, inner, bits] of what.directories) {
    const node = build(inner, child);
    node.leftOutOf = outOf(bits);
    directory.children.set(child, node);
  }
  for (const [child, leaf, bits] of what.leaves) {
    const leftOutOf = outOf(bits);
    if (leaf.kind === "symlink") {
      directory.children.set(child, { kind: "symlink", name: child, target: leaf.target, leftOutOf });
      continue;
    }
    const { linkKey } = leaf;
    // Names of one file have one content.
    const content = linkKey === undefined ? patternContent(child, leaf.size) : patternContent(linkKey, 3000);
    const streams = new Map(what.streams.map(([stream, bytes]) => [stream, patternContent(stream, bytes)]));
    directory.children.set(child, {
      kind: "file",
      name: child,
      content,
      leftOutOf,
      mode: 0o640,
      ...(linkKey === undefined ? {} : { linkKey }),
      ...(linkKey === undefined && streams.size > 0 ? { streams } : {}),
      // Their bytes depend on name and size alone, so that files of one name may share them.
      ...(linkKey === undefined && streams.size === 0 ? { contentKey: `${child}/${leaf.size}` } : {}),
    });
  }
  return directory;
}

/** Every entry of a tree that keeps names as they are: kinds, contents, targets, streams, counts of names. */
function assertTree(
  root: ImageDirectory<ImageSymlink>,
  volume: Volume,
  image: Uint8Array,
  has: { tree: TreeName; symlinks: boolean; streams: boolean },
): void {
  const byPath = new Map(volume.entries.map((entry) => [entry.path, entry]));
  const names = new Map<string, number>();
  const pending: [ImageDirectory<ImageSymlink>, string][] = [[root, ""]];
  let count = 0;
  for (const [directory, path] of pending) {
    for (const child of directory.children.values()) {
      if (child.leftOutOf?.includes(has.tree) || (child.kind === "symlink" && !has.symlinks)) continue;
      const entry = byPath.get(`${path}/${child.name}`);
      assert(entry !== undefined && entry.kind === child.kind, `${volume.fileSystem} ${path}/${child.name}`);
      count++;
      if (child.kind === "directory") pending.push([child, entry.path]);
      if (child.kind !== "file") continue;
      assertEquals(contentOf(sectorsFrom(image), entry), sourceBytes(child.content), entry.path);
      if (child.linkKey !== undefined) names.set(child.linkKey, (names.get(child.linkKey) ?? 0) + 1);
      if (!has.streams) continue;
      const streams = [...child.streams ?? []].sort(([a], [b]) => a < b ? -1 : 1);
      assertEquals((entry.streams ?? []).map((stream) => stream.name), streams.map(([stream]) => stream));
      for (const [index, stream] of (entry.streams ?? []).entries()) {
        using content = entryContent(sectorsFrom(image), stream).open();
        const bytes = new Uint8Array(stream.sizeBytes);
        content.read(bytes, 0);
        assertEquals(bytes, sourceBytes(streams[index]![1]), `${entry.path}:${stream.name}`);
      }
    }
  }
  assertEquals(volume.entries.length, count);
  for (const entry of volume.entries) {
    if (entry.kind !== "symlink") continue;
    const wanted = targetOf(root, entry.path);
    // Rock Ridge and UDF keep the parts of a path, not doubled separators.
    assertEquals(entry.target, wanted.replaceAll(/\/+/g, "/").replace(/(.)\/$/, "$1"), entry.path);
  }
}

function targetOf(root: ImageDirectory<ImageSymlink>, path: string): string {
  let at = root;
  const parts = path.slice(1).split("/");
  for (const part of parts.slice(0, -1)) at = at.children.get(part) as ImageDirectory<ImageSymlink>;
  return (at.children.get(parts.at(-1)!) as ImageSymlink).target;
}

const options: fc.Arbitrary<Partial<ImageOptions>> = fc.record({
  fileSystems: fc.constantFrom(4, 5, 7),
  udfRevision: fc.constantFrom(...UDF_REVISIONS),
  udfEmbed: fc.boolean(),
  udfMetadataCopy: fc.boolean(),
  iso1999: fc.boolean(),
  isoLevel: fc.constantFrom(1 as const, 2 as const, 3 as const),
  rockRidge: fc.constantFrom(false, "1.09" as const, "1.12" as const),
  deepDirectories: fc.constantFrom("keep" as const, "relocate" as const),
});

Deno.test("readVolumes() after planImage() is the tree, in every format and with any choice", () => {
  fc.assert(
    fc.property(shape, options, (what, chosen) => {
      const tree = build(what);
      const imagePlan = plan(tree, chosen);
      const image = bytesOf(imagePlan);
      const volumes = volumesOf(image);
      assertEquals(checkVolumes(volumes, imagePlan.sizeSectors), []);
      for (const volume of volumes) {
        const { fileSystem } = volume;
        if (fileSystem === "joliet" || fileSystem === "iso9660") continue; // which change names
        assertTree(tree, volume, image, {
          tree: fileSystem === "rockridge" ? "iso9660" : fileSystem,
          symlinks: fileSystem !== "iso1999",
          streams: fileSystem === "udf" && chosen.udfRevision! >= "2.00",
        });
      }
    }),
    RUNS,
  );
});

Deno.test("ImageReader.read() gives the same bytes of every format in any pieces", () => {
  fc.assert(
    fc.property(
      shape,
      options,
      fc.array(fc.tuple(fc.double({ noNaN: true, min: 0, max: 1 }), fc.nat(9)), { maxLength: 40 }),
      (what, chosen, pieces) => {
        const imagePlan = plan(build(what), chosen);
        const whole = bytesOf(imagePlan);
        using reader = new ImageReader(imagePlan);
        for (const [place, length] of pieces) {
          const lba = Math.floor(place * (imagePlan.sizeSectors - 1));
          const count = Math.min(length, imagePlan.sizeSectors - lba);
          const piece = new Uint8Array(count * SECTOR_BYTES).fill(0xa5);
          reader.read(lba, count, piece);
          assertEquals(piece, whole.subarray(lba * SECTOR_BYTES, (lba + count) * SECTOR_BYTES));
        }
      },
    ),
    RUNS,
  );
});
