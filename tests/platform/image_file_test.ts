import { assert, assertEquals, assertThrows } from "@std/assert";
import { createHash } from "node:crypto";
import { ImageError, planImage, SECTOR_BYTES } from "../../lib/image/mod.ts";
import { BLOCK_BYTES, BlockRing, takeBlocks } from "../../lib/platform/block_ring.ts";
import { writeImageFile, type WriteImageOptions, writeImageToStream } from "../../lib/platform/image_file.ts";
import { readSourceTree } from "../../lib/platform/source_tree.ts";

function withFolder(action: (folder: string) => void): void {
  const folder = Deno.makeTempDirSync({ prefix: "image-file-" });
  try {
    Deno.mkdirSync(`${folder}/source`);
    action(folder);
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
}

const BLOCK = new Uint8Array(65537);
for (let at = 0, state = 1; at < BLOCK.length; at++) BLOCK[at] = (state = (state * 48271) % 0x7fff_ffff) >> 8;

/** Bytes that repeat at no multiple of a sector. */
function noise(length: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  for (let at = 0; at < length; at += BLOCK.length) bytes.set(BLOCK.subarray(0, length - at), at);
  return bytes;
}

/** Sizes around what is copied inside the system, and beyond what is copied at once; small files are over half, and over 16 MiB. */
const SIZES = [
  ...Array<number>(24).fill(1_000_000),
  ...Array.from({ length: 100 }, (_, index) => index * 129), // many of which fit a block
  0,
  1,
  2048,
  4096,
  1 << 20,
  (1 << 20) + 1,
  (1 << 20) + 4096,
  5_000_000,
  12_000_003,
];
const WAYS: WriteImageOptions[] = [
  { threads: false, native: false },
  { threads: true, native: false },
  { threads: false, native: true },
  { threads: true, native: true },
  { threads: false, sums: true },
  { threads: true, sums: true },
];

Deno.test("writeImageFile() writes the same bytes and sums in every way", () => {
  withFolder((folder) => {
    const contents = SIZES.map(noise);
    for (const [index, bytes] of contents.entries()) Deno.writeFileSync(`${folder}/source/${index}`, bytes);
    const plan = planImage(readSourceTree(`${folder}/source`), { timestamp: new Date(0), volumeName: "W" });
    const chunks: Uint8Array[] = [];
    writeImageToStream(plan, {
      writeSync: (bytes: Uint8Array) => {
        chunks.push(bytes.slice());
        return bytes.length;
      },
    });
    const expected = sha256(...chunks);
    const sums = contents.filter((bytes) => bytes.length > 0).map((bytes) => sha256(bytes)).sort();
    for (const way of WAYS) {
      const written = writeImageFile(plan, `${folder}/x.iso`, way);
      assertEquals(Deno.statSync(`${folder}/x.iso`).size, plan.sizeSectors * SECTOR_BYTES);
      assertEquals(sha256(Deno.readFileSync(`${folder}/x.iso`)), expected, JSON.stringify(way));
      assertEquals([...written.sums.values()].sort(), way.sums ? sums : []);
    }
  });
});

Deno.test("writeImageFile() finds what became of small files beside each other, in every way", () => {
  withFolder((folder) => {
    const path = (index: number): string => `${folder}/source/${String(index).padStart(2, "0")}`;
    for (let index = 0; index < 40; index++) Deno.writeFileSync(path(index), noise(1000 + 512 * index));
    const plan = planImage(readSourceTree(`${folder}/source`), { timestamp: new Date(0), volumeName: "W" });
    Deno.truncateSync(path(3), 7);
    Deno.truncateSync(path(4), 0);
    Deno.writeFileSync(path(10), noise(1), { append: true });
    Deno.removeSync(path(20));
    Deno.mkdirSync(path(20));
    Deno.removeSync(path(21));
    Deno.writeFileSync(path(39), noise(100_000), { append: true });
    const results = WAYS.map((way) => {
      const { faults } = writeImageFile(plan, `${folder}/image`, { ...way, onSourceError: "pad" });
      const said = faults.map(({ path, problem, offsetBytes }) => [path, problem, offsetBytes]);
      const sum = createHash("sha256").update(Deno.readFileSync(`${folder}/image`)).digest("hex");
      const { message } = assertThrows(() => writeImageFile(plan, `${folder}/image`, way), ImageError);
      return { said, sum, message };
    });
    assertEquals(results[0]!.said, [
      [path(3), "shrank", 7],
      [path(4), "shrank", 0],
      [path(10), "grew", 6120],
      [path(20), "unreadable", 0],
      [path(21), "unreadable", 0],
      [path(39), "grew", 20_968],
    ]);
    for (const [index, way] of WAYS.entries()) assertEquals(results[index], results[0], JSON.stringify(way));
  });
});

for (const [change, sizeBytes] of [["shrank", 4_000_000], ["grew", 5_000_001]] as const) {
  for (const way of WAYS) {
    Deno.test(`writeImageFile() says that a big file ${change}, ${JSON.stringify(way)}`, () => {
      withFolder((folder) => {
        const bytes = noise(5_000_000);
        Deno.writeFileSync(`${folder}/source/a`, bytes);
        Deno.writeFileSync(`${folder}/source/b`, noise(15_000_000));
        const plan = planImage(readSourceTree(`${folder}/source`), { timestamp: new Date(0) });
        Deno.truncateSync(`${folder}/source/a`, sizeBytes);
        assertThrows(() => writeImageFile(plan, `${folder}/x.iso`, way), Error, `source/a"`);
        assertEquals(Array.from(Deno.readDirSync(folder), ({ name }) => name), ["source"]);
        const { faults } = writeImageFile(plan, `${folder}/x.iso`, { ...way, onSourceError: "pad" });
        const offset = Math.min(sizeBytes, bytes.length);
        assertEquals(faults.map(({ problem, offsetBytes }) => [problem, offsetBytes]), [[change, offset]]);
        const a = plan.extents.find((extent) => extent.label.endsWith("source/a"))!;
        const found = Deno.readFileSync(`${folder}/x.iso`).subarray(a.startLba * SECTOR_BYTES);
        bytes.fill(0, offset);
        assertEquals(sha256(found.subarray(0, bytes.length)), sha256(bytes));
      });
    });
  }
}

for (const way of WAYS) {
  Deno.test(`writeImageFile() says that files cannot be read, ${JSON.stringify(way)}`, () => {
    withFolder((folder) => {
      for (const [name, size] of [["a", 5_000_000], ["b", 100], ["c", 15_000_000]] as const) {
        Deno.writeFileSync(`${folder}/source/${name}`, noise(size));
      }
      const plan = planImage(readSourceTree(`${folder}/source`), { timestamp: new Date(0) });
      for (const name of ["a", "b"]) Deno.removeSync(`${folder}/source/${name}`);
      assertThrows(() => writeImageFile(plan, `${folder}/x.iso`, way), Error, `source/a"`);
      const { faults } = writeImageFile(plan, `${folder}/x.iso`, { ...way, onSourceError: "pad" });
      assertEquals(faults.map(({ path, problem }) => [path.at(-1), problem]), [["a", "unreadable"], [
        "b",
        "unreadable",
      ]]);
      const { startLba } = plan.extents.find((extent) => extent.label.endsWith("source/c"))!;
      const image = Deno.readFileSync(`${folder}/x.iso`).subarray(startLba * SECTOR_BYTES);
      assertEquals(sha256(image.subarray(0, 15_000_000)), sha256(noise(15_000_000)));
    });
  });
}

for (const way of WAYS) {
  Deno.test(`writeImageFile() writes a sparse file with its holes, ${JSON.stringify(way)}`, () => {
    withFolder((folder) => {
      const bytes = new Uint8Array(20_000_001);
      {
        using file = Deno.openSync(`${folder}/source/sparse`, { write: true, createNew: true });
        file.truncateSync(bytes.length);
        for (const [start, length] of [[5_000_001, 70_000], [12_000_000, 1], [19_999_999, 2]] as const) {
          bytes.fill(9, start, start + length);
          file.seekSync(start, Deno.SeekMode.Start);
          file.writeSync(bytes.subarray(start, start + length));
        }
      }
      const plan = planImage(readSourceTree(`${folder}/source`), { timestamp: new Date(0) });
      const { sums } = writeImageFile(plan, `${folder}/x.iso`, way);
      const { startLba } = plan.extents.find((extent) => extent.kind === "file")!;
      const image = Deno.readFileSync(`${folder}/x.iso`).subarray(startLba * SECTOR_BYTES);
      assertEquals(sha256(image.subarray(0, bytes.length)), sha256(bytes));
      if (way.sums) assertEquals(sums.get(startLba), sha256(bytes));
      const blocksOf = (path: string): number => (Deno.statSync(path).blocks ?? 0) * 512;
      if (
        way.native !== false && blocksOf(`${folder}/source/sparse`) < 1_000_000 && Deno.build.os === "linux"
      ) {
        assert(blocksOf(`${folder}/x.iso`) < 3_000_000);
      }
    });
  });
}

Deno.test("a ring gives what a taker failed of to who fills it, with its class", () => {
  const ring = new BlockRing(1);
  takeBlocks(ring.memory, 0, () => {
    throw new Deno.errors.NotFound("no such disk");
  });
  assertThrows(() => ring.next(), Deno.errors.NotFound, "no such disk");
});

Deno.test("a ring keeps blocks that are not taken yet, and their places", () => {
  const ring = new BlockRing(1);
  for (let index = 0; index < 3; index++) {
    ring.next().fill(index);
    ring.push(index * 2 * BLOCK_BYTES, 10 + index);
  }
  const taken: [number, number, number | undefined][] = [];
  ring.next();
  ring.push(999, -1); // the end
  takeBlocks(ring.memory, 0, () => ({
    take: (bytes, place) => taken.push([place, bytes.length, bytes[0]]),
    end: (place) => taken.push([place, 0, undefined]),
  }));
  assertEquals(taken, [[0, 10, 0], [2 * BLOCK_BYTES, 11, 1], [4 * BLOCK_BYTES, 12, 2], [999, 0, undefined]]);
});

Deno.test({
  name: "writeImageFile() asks for nothing but to read the source and write the image",
  permissions: { read: ["/tmp"], write: ["/tmp"] },
  ignore: Deno.build.os !== "linux",
  fn(): void {
    withFolder((folder) => {
      Deno.writeFileSync(`${folder}/source/a`, new Uint8Array(17 << 20));
      writeImageFile(
        planImage(readSourceTree(`${folder}/source`), { timestamp: new Date(0) }),
        `${folder}/x.iso`,
      );
      assert(Deno.statSync(`${folder}/x.iso`).size > 17 << 20);
    });
  },
});

function sha256(...chunks: Uint8Array[]): string {
  const hash = createHash("sha256");
  for (const chunk of chunks) hash.update(chunk);
  return hash.digest("hex");
}
