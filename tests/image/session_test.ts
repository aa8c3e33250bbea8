/** Images that begin behind earlier sessions of their disc. */
import { assertEquals, assertThrows } from "@std/assert";
import {
  createDirectory,
  FILE_SYSTEM,
  ImageError,
  ImageReader,
  memoryContent,
  planImage,
  type ReadSectors,
  readVolumes,
} from "../../lib/image/mod.ts";

const ISO_AND_JOLIET = FILE_SYSTEM.iso9660 | FILE_SYSTEM.joliet;
const OPTIONS = { timestamp: new Date(0), volumeName: "SESSION", fileSystems: ISO_AND_JOLIET } as const;

/** A disc as a reader sees its last session: the descriptors of that, all other addresses as they are. */
function disc(sectors: Map<number, Uint8Array>, startLba: number): ReadSectors {
  return (lba, count, target) => {
    for (let at = 0; at < count; at++) {
      const place = lba + at >= 16 && lba + at < 20 ? startLba + lba + at : lba + at;
      target.set(sectors.get(place) ?? new Uint8Array(2048), at * 2048);
    }
  };
}

function burn(sectors: Map<number, Uint8Array>, plan: ReturnType<typeof planImage>): void {
  using reader = new ImageReader(plan);
  for (let lba = plan.startLba; lba < plan.sizeSectors; lba++) {
    const sector = new Uint8Array(2048);
    reader.read(lba, 1, sector);
    sectors.set(lba, sector);
  }
}

for (const rockRidge of [false, true]) {
  Deno.test(`planImage() lays an image out behind an earlier session and takes its files over${rockRidge ? ", with Rock Ridge" : ""}`, () => {
    const sectors = new Map<number, Uint8Array>();
    const first = createDirectory();
    const old = memoryContent(new Uint8Array(5000).fill(1));
    first.children.set("old.txt", { kind: "file", name: "old.txt", content: old });
    const plan = planImage(first, { ...OPTIONS, rockRidge });
    burn(sectors, plan);
    const [volume] = readVolumes(disc(sectors, 0), plan.sizeSectors);
    const placedLba = volume!.entries[0]!.extents[0]!.startLba!;

    const second = createDirectory();
    second.children.set("old.txt", { kind: "file", name: "old.txt", content: old, placedLba });
    second.children.set("new.txt", {
      kind: "file",
      name: "new.txt",
      content: memoryContent(new Uint8Array(3000).fill(2)),
    });
    const folder = createDirectory("folder");
    folder.children.set("deep.txt", {
      kind: "file",
      name: "deep.txt",
      content: memoryContent(new Uint8Array(1).fill(3)),
    });
    second.children.set("folder", folder);
    const startLba = 12_000;
    const next = planImage(second, { ...OPTIONS, rockRidge, startLba });
    assertEquals(next.startLba, startLba);
    assertEquals(next.extents.every((extent) => extent.startLba >= startLba + 16), true);
    assertEquals(next.extents.some(({ label }) => label.includes("old.txt")), false);
    burn(sectors, next);
    const volumes = readVolumes(disc(sectors, startLba), next.sizeSectors);
    assertEquals(
      volumes.map(({ fileSystem }) => fileSystem),
      rockRidge ? ["iso9660", "rockridge", "joliet"] : ["iso9660", "joliet"],
    );
    for (const { entries, problems } of volumes) {
      assertEquals(problems, []);
      assertEquals(entries.map(({ path }) => path.toLowerCase().replace(/;1$/, "")).toSorted(), [
        "/folder",
        "/folder/deep.txt",
        "/new.txt",
        "/old.txt",
      ]);
      const bytes = new Uint8Array(2048);
      for (const [name, value] of [["old", 1], ["new", 2], ["deep", 3]] as const) {
        const entry = entries.find(({ path }) => path.toLowerCase().includes(`${name}.txt`))!;
        disc(sectors, startLba)(entry.extents[0]!.startLba!, 1, bytes);
        assertEquals(bytes[0], value);
      }
    }
  });
}

Deno.test("planImage() has the same bytes at another address, but for the addresses", () => {
  const root = createDirectory();
  root.children.set("a.bin", {
    kind: "file",
    name: "a.bin",
    content: memoryContent(new Uint8Array(9000).fill(7)),
  });
  const at = (startLba: number): { size: number; content: number } => {
    const plan = planImage(root, { ...OPTIONS, startLba });
    const file = plan.extents.find(({ label }) => label.includes("a.bin"))!;
    return { size: plan.sizeSectors - startLba, content: file.startLba - startLba };
  };
  assertEquals(at(0), at(77_777));
});

Deno.test("planImage() writes no UDF behind earlier sessions, and begins at a sector", () => {
  const root = createDirectory();
  assertThrows(
    () => planImage(root, { ...OPTIONS, fileSystems: 7, startLba: 12_000 }),
    ImageError,
    "UDF is not written",
  );
  assertThrows(() => planImage(root, { ...OPTIONS, startLba: 1.5 }), RangeError, "begin at a sector");
  assertThrows(() => planImage(root, { ...OPTIONS, startLba: -150 }), RangeError, "begin at a sector");
});
