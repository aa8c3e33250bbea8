/** Entries that some trees of an image do not have, and the policy for long paths of ISO 9660. @module */
import { assert, assertEquals, assertThrows } from "@std/assert";
import {
  checkVolumes,
  type ImageDirectory,
  ImageError,
  type ImageSymlink,
  type TreeName,
} from "../../lib/image/mod.ts";
import {
  bytesOf,
  contentOf,
  pathsOf,
  patternContent,
  plan,
  sectorsFrom,
  sourceBytes,
  type TreeOf,
  treeOf,
  volumesOf,
} from "./_build.ts";

const TREES: readonly TreeName[] = ["iso9660", "joliet", "iso1999", "udf"];

/** A file and a folder for each tree that is left out of it, and some that are in all. */
function visibilityTree(): ImageDirectory<ImageSymlink> {
  const tree: ImageDirectory<ImageSymlink> = treeOf({ "ALL.TXT": 3000, "DIR": { "IN.TXT": 10 } });
  for (const name of TREES) {
    const not = `NOT${name.slice(0, 4).toUpperCase()}`;
    tree.children.set(not, {
      kind: "file",
      name: not,
      content: patternContent(not, 2500),
      leftOutOf: [name],
      linkKey: not,
    });
    const folder = treeOf({ "X": 5 }, `${not}D`);
    folder.leftOutOf = [name];
    tree.children.set(folder.name, folder);
  }
  tree.children.set("NOWHERE", {
    kind: "file",
    name: "NOWHERE",
    content: patternContent("n", 100_000),
    leftOutOf: TREES,
  });
  return tree;
}

for (const rockRidge of [false, true]) {
  Deno.test(`planImage() leaves entries out of single trees, ${rockRidge ? "with" : "without"} Rock Ridge`, () => {
    const tree = visibilityTree();
    // A second name of a file, in all trees: the file is there by it where its first name is left out.
    const [joliet] = [tree.children.get("NOTJOLI")!];
    tree.children.set("SECOND", {
      kind: "file",
      name: "SECOND",
      content: patternContent("NOTJOLI", 2500),
      linkKey: "NOTJOLI",
    });
    assertEquals(joliet.name, "NOTJOLI");
    for (const udfRevision of ["1.02", "2.60"] as const) {
      const imagePlan = plan(tree, { rockRidge, iso1999: true, udfRevision });
      const bytes = bytesOf(imagePlan);
      const volumes = volumesOf(bytes);
      assertEquals(checkVolumes(volumes, imagePlan.sizeSectors), []);
      assertEquals(volumes.length, rockRidge ? 5 : 4);
      for (const volume of volumes) {
        const name = volume.fileSystem === "rockridge" ? "iso9660" : volume.fileSystem;
        const others = TREES.filter((one) => one !== name).map((one) =>
          `/NOT${one.slice(0, 4).toUpperCase()}`
        );
        const expected = ["/ALL.TXT", "/DIR", "/DIR/IN.TXT", "/SECOND"];
        for (const path of others) expected.push(path, `${path}D`, `${path}D/X`);
        assertEquals(pathsOf(volume).sort(), expected.sort(), volume.fileSystem);
        for (const entry of volume.entries.filter((one) => one.kind === "file")) {
          const [content, size] = entry.path === "/ALL.TXT"
            ? ["ALL.TXT", 3000]
            : entry.path === "/SECOND"
            ? ["NOTJOLI", 2500]
            : entry.path.endsWith("/X")
            ? ["X", 5]
            : entry.path === "/DIR/IN.TXT"
            ? ["IN.TXT", 10]
            : [entry.path.slice(1), 2500];
          assertEquals(
            contentOf(sectorsFrom(bytes), entry),
            sourceBytes(patternContent(content, size)),
            entry.path,
          );
        }
        const second = volume.entries.find((one) => one.path === "/SECOND")!;
        if (second.posix !== undefined) assertEquals(second.posix.links, name === "joliet" ? 1 : 2);
      }
      assert(!imagePlan.extents.some((extent) => extent.label === "file /NOWHERE"));
    }
  });
}

function deepTree(depth: number): ImageDirectory {
  let tree: TreeOf = { "a file with a long name.txt": 1 };
  for (let level = 0; level < depth; level++) tree = { [`DIRECTORY NUMBER ${level} OF MANY`]: tree };
  return treeOf(tree);
}

Deno.test("planImage() allows, tells of, or refuses paths over 255 bytes in ISO 9660", () => {
  const options = { fileSystems: 1 } as const;
  assertEquals(plan(deepTree(12), options).notes, []);
  assertEquals(plan(deepTree(6), { ...options, isoLongPaths: "refuse" }).notes, []);
  const { notes } = plan(deepTree(12), { ...options, isoLongPaths: "warn" });
  assert(notes.length === 1 && notes[0]!.includes("over 255 bytes"), `${notes}`);
  const error = assertThrows(() => plan(deepTree(12), { ...options, isoLongPaths: "refuse" }), ImageError);
  assertEquals(error.code, "name");
  assert(error.path!.startsWith("/DIRECTORY NUMBER 11 OF MANY/"), error.path);
  // What the message says to do.
  plan(deepTree(12), { ...options, isoLevel: 1, isoLongPaths: "refuse" });
  plan(deepTree(12), { ...options, rockRidge: true, deepDirectories: "relocate", isoLongPaths: "refuse" });
});

Deno.test("planImage() counts a path of exactly 255 bytes in ISO 9660 as short enough", () => {
  // 7 directories of 31 and a "1" each are 224; a file of 29 with ";1" makes 255.
  for (const [length, isLong] of [[29, false], [30, true]] as const) {
    let tree: TreeOf = { [`${"F".repeat(length - 4)}.TXT`]: 1 };
    for (let level = 0; level < 7; level++) tree = { ["D".repeat(30) + level]: tree };
    const { notes } = plan(treeOf(tree), { fileSystems: 1, isoLongPaths: "warn" });
    assertEquals(notes.length > 0, isLong, `${length}`);
  }
});
