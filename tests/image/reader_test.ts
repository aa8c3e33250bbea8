import { assert, assertEquals, assertThrows } from "@std/assert";
import {
  type FileContent,
  ImageError,
  ImageReader,
  type OpenContent,
  SECTOR_BYTES,
} from "../../lib/image/mod.ts";
import { addFile, bytesOf, patternContent, plan, soundVolumes, treeOf } from "./_build.ts";

/** A content that had `sizeBytes` when it was planned and has `now` when it is read. */
function changed(sizeBytes: number, now: number): FileContent {
  return { ...patternContent("x", now), sizeBytes };
}

/** A content that fails from a byte on. */
function failing(
  sizeBytes: number,
  fromByte: number,
  error = new Error("Input/output error"),
): FileContent {
  return {
    sizeBytes,
    open(): OpenContent {
      if (fromByte < 0) throw new Error("Permission denied");
      return {
        read(target: Uint8Array, offset: number): number {
          if (offset + target.length > fromByte) throw error;
          target.fill(1);
          return target.length;
        },
        [Symbol.dispose](): void {},
      };
    },
  };
}

const FAULTS: [label: string, content: FileContent, code: string, problem: string, offsetBytes: number][] = [
  ["is shorter", changed(5000, 4000), "sourceShrank", "shrank", 4000],
  ["is empty now", changed(5000, 0), "sourceShrank", "shrank", 0],
  ["is longer", changed(5000, 5001), "sourceGrew", "grew", 5000],
  ["is longer and had whole sectors", changed(4096, 4097), "sourceGrew", "grew", 4096],
  ["cannot be opened", failing(5000, -1), "sourceUnreadable", "unreadable", 0],
  ["cannot be read", failing(5000, 0), "sourceUnreadable", "unreadable", 0],
];

for (const [label, content, code, problem, offsetBytes] of FAULTS) {
  Deno.test(`ImageReader.read() throws when a source ${label}`, () => {
    const tree = treeOf({ before: 10 });
    addFile(tree, "x", content).path = "/srv/x";
    const error = assertThrows(() => bytesOf(plan(tree)), ImageError);
    assertEquals([error.code, error.path], [code, "/srv/x"]);
    assert(error.message.includes('"/srv/x"'));
  });

  Deno.test(`ImageReader.read() pads when a source ${label} and that is wanted`, () => {
    const tree = treeOf({ before: 10, zLast: 3000 });
    addFile(tree, "x", content).path = "/srv/x";
    const imagePlan = plan(tree);
    using reader = new ImageReader(imagePlan, { onSourceError: "pad" });
    const bytes = new Uint8Array(imagePlan.sizeSectors * SECTOR_BYTES).fill(0xa5);
    reader.read(0, imagePlan.sizeSectors, bytes);
    reader.read(0, imagePlan.sizeSectors, bytes);
    assertEquals(reader.faults.map((fault) => [fault.path, fault.problem, fault.offsetBytes]), [
      ["/srv/x", problem, offsetBytes],
    ]);
    const place = imagePlan.extents.find((extent) => extent.label === "file /srv/x")!;
    const start = place.startLba * SECTOR_BYTES;
    const end = start + place.lengthSectors * SECTOR_BYTES;
    assert(bytes.subarray(start + offsetBytes, end).every((byte) => byte === 0));
    const sound = bytes.slice();
    const whole = bytesOf(plan(treeOf({ before: 10, x: content.sizeBytes, zLast: 3000 })));
    assertEquals(sound.subarray(0, start), whole.subarray(0, start)); // all structures, and what lies before
    assertEquals(sound.subarray(end), whole.subarray(end));
  });
}

Deno.test("ImageReader.read() says once which file of another image cannot be read", () => {
  const message = 'Cannot read "/x": block 0 of its compressed content is damaged';
  const damaged = new ImageError("damaged", message, { path: "/x" });
  const tree = treeOf({});
  addFile(tree, "x", failing(5000, 0, damaged)).path = "/x";
  const error = assertThrows(() => bytesOf(plan(tree)), ImageError);
  assertEquals([error.code, error.message, error.cause], ["sourceUnreadable", message, damaged]);
});

Deno.test("ImageReader.read() notes at most once what a source does piece by piece", () => {
  const tree = treeOf({});
  addFile(tree, "x", changed(300_000, 100_000));
  const imagePlan = plan(tree);
  using reader = new ImageReader(imagePlan, { onSourceError: "pad" });
  const target = new Uint8Array(16 * SECTOR_BYTES);
  for (let lba = 0; lba + 16 <= imagePlan.sizeSectors; lba += 16) reader.read(lba, 16, target);
  assertEquals(reader.faults.length, 1);
  assertEquals(reader.faults[0]!.offsetBytes, 100_000);
});

Deno.test("ImageReader.read() takes contents that come in small pieces", () => {
  const whole = patternContent("a", 10_000);
  const content: FileContent = {
    sizeBytes: whole.sizeBytes,
    open(): OpenContent {
      const inner = whole.open();
      return {
        read: (target, offset) => inner.read(target.subarray(0, 777), offset),
        [Symbol.dispose](): void {},
      };
    },
  };
  assertEquals(bytesOf(plan(treeOf({ a: content }))), bytesOf(plan(treeOf({ a: 10_000 }))));
});

Deno.test("ImageReader.read() opens one source for one sector, and few at a time", () => {
  let open = 0;
  let opened = 0;
  let most = 0;
  const counted = (sizeBytes: number): FileContent => ({
    sizeBytes,
    open(): OpenContent {
      open++;
      opened++;
      most = Math.max(most, open);
      const inner = patternContent("x", sizeBytes).open();
      return { read: (target, offset) => inner.read(target, offset), [Symbol.dispose]: () => void open-- };
    },
  });
  const imagePlan = plan(
    treeOf(Object.fromEntries(Array.from({ length: 20 }, (_, at) => [`f${at}`, counted(9000)]))),
  );
  const files = imagePlan.extents.filter((extent) => extent.kind === "file");
  {
    using reader = new ImageReader(imagePlan);
    const sector = new Uint8Array(SECTOR_BYTES);
    reader.read(files[3]!.startLba + 1, 1, sector);
    assertEquals(opened, 1);
    for (let round = 0; round < 2; round++) {
      for (const file of files) reader.read(file.startLba + round, 1, sector);
    }
    assert(most <= 4, `${most} open at a time`);
  }
  assertEquals(open, 0);
});

const OUTSIDE: [lba: number, count: number][] = [[-1, 1], [0.5, 1], [0, -1], [0, 1e9], [NaN, 1]];
for (const [lba, count] of OUTSIDE) {
  Deno.test(`ImageReader.read() refuses ${count} sectors at ${lba}`, () => {
    using reader = new ImageReader(plan(treeOf({})));
    assertThrows(() => reader.read(lba, count, new Uint8Array(SECTOR_BYTES)), RangeError);
  });
}

Deno.test("ImageReader.read() refuses a target that is too short", () => {
  using reader = new ImageReader(plan(treeOf({})));
  assertThrows(() => reader.read(0, 2, new Uint8Array(SECTOR_BYTES)), RangeError);
});

Deno.test("ImageReader.readBytes() reads any bytes, as far as the image goes", () => {
  const imagePlan = plan(treeOf({ a: 5000 }));
  const whole = bytesOf(imagePlan);
  using reader = new ImageReader(imagePlan);
  for (
    const [offset, length] of [[0, 10], [32_769, 5], [2047, 2], [256 * 2048 + 3, 10_000], [0, whole.length]]
  ) {
    const target = new Uint8Array(length!).fill(0xa5);
    assertEquals(reader.readBytes(target, offset!), length);
    assertEquals(target, whole.subarray(offset!, offset! + length!));
  }
  const target = new Uint8Array(100);
  assertEquals(reader.readBytes(target, whole.length - 30), 30);
  assertEquals(reader.readBytes(target, whole.length), 0);
  assertEquals(reader.readBytes(new Uint8Array(0), 5), 0);
});

Deno.test("ImageReader.read() fills gaps over whatever was there", () => {
  const imagePlan = plan(treeOf({ a: 1 }));
  using reader = new ImageReader(imagePlan);
  const target = new Uint8Array(3 * SECTOR_BYTES).fill(0xa5);
  reader.read(100, 2, target);
  assert(target.subarray(0, 2 * SECTOR_BYTES).every((byte) => byte === 0));
  assert(target.subarray(2 * SECTOR_BYTES).every((byte) => byte === 0xa5));
  soundVolumes(imagePlan);
});
