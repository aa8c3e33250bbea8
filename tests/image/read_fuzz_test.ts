import { assert } from "@std/assert";
import fc from "fast-check";
import {
  checkVolumes,
  entryContent,
  type ImageDirectory,
  ImageError,
  type ImageFile,
  type ImageOptions,
  type ImageSymlink,
  type ReadSectors,
  readVolumes,
  regionsOf,
  SECTOR_BYTES,
} from "../../lib/image/mod.ts";
import { bytesOf, patternContent, plan, treeOf } from "./_build.ts";

function fuzzedTree(): ImageDirectory<ImageSymlink> {
  const tree: ImageDirectory<ImageSymlink> = treeOf({
    "a.txt": 10,
    "b.bin": 5000,
    sub: { c: 1, deeper: { "a file with a long name.txt": 2049 } },
    2: { 3: { 4: { 5: { 6: { 7: { 8: { "moved.txt": 5 } } } } } } },
  });
  const target = `../${"long".repeat(60)}/./${"part/".repeat(20)}end`;
  const streams = [["small", 7], ["large", 3000]] as const;
  (tree.children.get("a.txt") as ImageFile).streams = new Map(
    streams.map(([name, size]) => [name, patternContent(name, size)]),
  );
  const attributes = new Map([["user.comment", new Uint8Array(20).fill(0x41)], ["x", new Uint8Array(1)]]);
  (tree.children.get("b.bin") as ImageFile).attributes = attributes;
  tree.children.set("link", { kind: "symlink", name: "link", target });
  return tree;
}

/** Images with every kind of structure that we write, small so that most changes hit something. */
const IMAGES: {
  readonly label: string;
  readonly image: Uint8Array<ArrayBuffer>;
  readonly used: readonly number[];
}[] = [
  ["all views", { rockRidge: true }],
  ["ISO 9660:1999", { fileSystems: 1, iso1999: true, rockRidge: true }],
  ["UDF 2.01, embedded, streams", { fileSystems: 4, udfRevision: "2.01" }],
  ["UDF 1.50, embedded", { fileSystems: 4, udfRevision: "1.50", udfEmbed: true }],
  ["UDF 2.60 beside ISO 9660", { fileSystems: 5, udfRevision: "2.60" }],
].map(([label, options]) => {
  const image = bytesOf(plan(fuzzedTree(), options as Partial<ImageOptions>));
  const used = Array.from({ length: image.length }, (_, at) => at).filter((at) => image[at] !== 0);
  return { label: label as string, image, used };
});

/** Reads an image as all commands do, with every read watched; says how many sectors were read. */
function readAll(bytes: Uint8Array): number {
  const sizeSectors = Math.floor(bytes.length / SECTOR_BYTES);
  let sectors = 0;
  const read: ReadSectors = (lba, count, target) => {
    if (!Number.isInteger(lba) || lba < 0 || count < 0 || lba + count > sizeSectors) {
      throw new ImageError("damaged", `${count} sectors at LBA ${lba}`);
    }
    sectors += count;
    target.set(bytes.subarray(lba * SECTOR_BYTES, (lba + count) * SECTOR_BYTES));
  };
  const strict: ReadSectors = (lba, count, target) => {
    assert(lba + count <= sizeSectors && lba >= 0, `reads ${count} sectors at LBA ${lba}`);
    read(lba, count, target);
  };
  const volumes = readVolumes(strict, sizeSectors, { comparesCopies: true });
  checkVolumes(volumes, sizeSectors);
  regionsOf(volumes);
  for (const { entries, problems } of volumes) {
    assert(problems.length <= 1001);
    for (const entry of entries) {
      for (const name of entry.path.slice(1).split("/")) {
        assert(
          name !== "" && name !== "." && name !== ".." && !name.includes("\0"),
          JSON.stringify(entry.path),
        );
      }
      for (const one of [...entry.kind === "file" ? [entry] : [], ...entry.streams ?? []]) {
        if ("unreadable" in one) continue;
        using content = entryContent(read, one).open();
        try {
          content.read(new Uint8Array(Math.min(one.sizeBytes, 10_000)), 0);
        } catch (error) {
          if (!(error instanceof ImageError)) throw error;
        }
      }
    }
  }
  return sectors;
}

const RUNS = { numRuns: 150, seed: 20240506 };

for (const { label, image, used } of IMAGES) {
  Deno.test(`readVolumes() ends inside the image, whatever bytes are changed, ${label}`, () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(used.length - 1), fc.nat(255)), { minLength: 1, maxLength: 12 }),
        (changes) => {
          const bytes = image.slice();
          for (const [index, value] of changes) bytes[used[index]!] = value;
          assert(readAll(bytes) < 100_000);
        },
      ),
      RUNS,
    );
  });

  Deno.test(`readVolumes() ends inside the image, wherever sectors are copied to, ${label}`, () => {
    const sectorCount = image.length / SECTOR_BYTES;
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(sectorCount - 1), fc.nat(sectorCount - 1)), { minLength: 1, maxLength: 6 }),
        (copies) => {
          const bytes = image.slice();
          for (const [from, to] of copies) {
            bytes.copyWithin(to * SECTOR_BYTES, from * SECTOR_BYTES, (from + 1) * SECTOR_BYTES);
          }
          assert(readAll(bytes) < 100_000);
        },
      ),
      RUNS,
    );
  });

  Deno.test(`readVolumes() ends inside an image that is cut anywhere, ${label}`, () => {
    fc.assert(
      fc.property(fc.nat(image.length / SECTOR_BYTES), (sectors) => {
        assert(readAll(image.slice(0, sectors * SECTOR_BYTES)) < 100_000);
      }),
      { ...RUNS, numRuns: 60 },
    );
  });

  Deno.test(`readVolumes() ends when numbers of four bytes become extreme, ${label}`, () => {
    const numbers = [0, 1, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff, 16, 256, image.length / SECTOR_BYTES];
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(used.length - 1), fc.constantFrom(...numbers), fc.boolean()), {
          minLength: 1,
          maxLength: 4,
        }),
        (changes) => {
          const bytes = image.slice();
          const view = new DataView(bytes.buffer);
          for (const [index, value, isBoth] of changes) {
            const at = Math.min(used[index]! & ~1, bytes.length - 8);
            view.setUint32(at, value, true);
            if (isBoth) view.setUint32(at + 4, value, false);
          }
          assert(readAll(bytes) < 100_000);
        },
      ),
      RUNS,
    );
  });
}
