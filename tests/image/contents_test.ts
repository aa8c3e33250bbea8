import { assert, assertEquals, assertThrows } from "@std/assert";
import {
  checkVolumes,
  createDirectory,
  entryContent,
  type ImageDirectory,
  type ImageOptions,
  type ImagePlan,
  ImageReader,
  memoryContent,
  planImage,
  readVolumes,
  SECTOR_BYTES,
  type Volume,
} from "../../lib/image/mod.ts";

const SIZE = 5000;

function bytesOf(value: number, length = SIZE): Uint8Array {
  return new Uint8Array(length).fill(value);
}

/** Two folders with two files of one content and one of another. */
function twins(): ImageDirectory {
  const root = createDirectory();
  for (const [index, folder] of ["a", "b"].entries()) {
    const directory = createDirectory(folder);
    root.children.set(folder, directory);
    for (const [name, value] of [["same", 7], ["other", 1 + index]] as const) {
      directory.children.set(name, {
        kind: "file",
        name,
        content: memoryContent(bytesOf(value)),
        contentKey: String(value),
        modified: new Date(index * 1e9),
      });
    }
  }
  return root;
}

function volumesOf(plan: ImagePlan): Volume[] {
  using reader = new ImageReader(plan);
  const image = new Uint8Array(plan.sizeSectors * SECTOR_BYTES);
  reader.read(0, plan.sizeSectors, image);
  const read = (lba: number, count: number, target: Uint8Array): void =>
    target.set(image.subarray(lba * SECTOR_BYTES, (lba + count) * SECTOR_BYTES));
  const volumes = [...readVolumes(read, plan.sizeSectors)];
  assertEquals(checkVolumes(volumes, plan.sizeSectors), []);
  for (const volume of volumes) {
    for (const entry of volume.entries) {
      if (entry.kind !== "file") continue;
      using content = entryContent(read, entry).open();
      const found = new Uint8Array(entry.sizeBytes);
      content.read(found, 0);
      const isSame = entry.path.toLowerCase().includes("same");
      assertEquals(found, bytesOf(isSame ? 7 : entry.path.toLowerCase().startsWith("/a") ? 1 : 2));
    }
  }
  return volumes;
}

const VIEWS: [label: string, options: Partial<ImageOptions>][] = [
  ["ISO 9660, Joliet and UDF", {}],
  ["Rock Ridge", { fileSystems: 1, rockRidge: true }],
  ["Joliet", { fileSystems: 2 }],
  ["UDF 1.02", { fileSystems: 4 }],
  ["UDF 2.60", { fileSystems: 4, udfRevision: "2.60" }],
];
for (const [label, options] of VIEWS) {
  Deno.test(`planImage() stores equal contents once in ${label}`, () => {
    const plan = planImage(twins(), { timestamp: new Date(0), ...options });
    const starts = plan.extents.filter((extent) => extent.kind === "file").map(({ startLba }) => startLba);
    assert(starts.length === new Set(starts).size);
    // In UDF 1.50 and later by itself, small contents lie in their entries, and none of them is an extent.
    if (starts.length > 0) assertEquals(starts.length, 3);
    assertEquals(plan.fileCount, 4);
    for (const { fileSystem, entries } of volumesOf(plan)) {
      const same = entries.filter(({ path }) => path.toLowerCase().includes("same"));
      if (same.length === 0) continue; // the ISO 9660 beside Joliet alone
      assertEquals(same[0]!.extents[0]?.startLba, same[1]!.extents[0]?.startLba);
      // Dates stay apart but where an extent may belong to one file only.
      const dates = new Set(same.map(({ modified }) => modified?.getTime())).size;
      assertEquals(dates, fileSystem === "udf" ? 1 : 2);
    }
  });
}

Deno.test("planImage() takes no files for equal whose sizes differ", () => {
  const root = twins();
  const a = root.children.get("a") as ImageDirectory;
  a.children.set("longer", {
    kind: "file",
    name: "longer",
    content: memoryContent(bytesOf(7, SIZE + 1)),
    contentKey: "7",
  });
  const plan = planImage(root, { timestamp: new Date(0) });
  assertEquals(plan.extents.filter((extent) => extent.kind === "file").length, 4);
});

Deno.test("planImage() gives contents that are left out of trees no place, and those that share it theirs", () => {
  const root = twins();
  const same = (root.children.get("a") as ImageDirectory).children.get("same")!;
  same.leftOutOf = ["iso9660", "joliet", "udf"];
  const plan = planImage(root, { timestamp: new Date(0) });
  assertEquals(plan.extents.filter((extent) => extent.kind === "file").length, 3);
  volumesOf(plan);
});

for (const alignmentBytes of [4096, 65536]) {
  Deno.test(`planImage() aligns contents of 64 KiB and more to ${alignmentBytes} bytes`, () => {
    const root = createDirectory();
    for (const [index, size] of [1, 65535, 65536, 3, 200_000, 1, 70_000].entries()) {
      const name = `f${index}`;
      root.children.set(name, { kind: "file", name, content: memoryContent(bytesOf(index, size)) });
    }
    const plan = planImage(root, { timestamp: new Date(0), alignmentBytes });
    for (const extent of plan.extents) {
      if (extent.kind !== "file" || extent.sizeBytes < 65536) continue;
      assertEquals(extent.startLba * SECTOR_BYTES % alignmentBytes, 0, extent.label);
    }
  });
}

for (const alignmentBytes of [0, -2048, 1000, 3000, 2 ** 27, NaN]) {
  Deno.test(`planImage() refuses to align to ${alignmentBytes} bytes`, () => {
    const plan = (): unknown => planImage(createDirectory(), { timestamp: new Date(0), alignmentBytes });
    assertThrows(plan, Error, "aligned");
  });
}
