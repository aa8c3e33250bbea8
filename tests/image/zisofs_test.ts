import { assert, assertEquals, assertThrows } from "@std/assert";
import { deflateSync } from "node:zlib";
import fc from "fast-check";
import {
  entryContent,
  ImageError,
  SECTOR_BYTES,
  type VolumeEntry,
  type ZisofsFormat,
} from "../../lib/image/mod.ts";

const BLOCK_BYTES = 32_768;

/** Bytes that zlib makes shorter, with a run of zeros longer than a block in the middle of long ones. */
function plainBytes(length: number): Uint8Array {
  const bytes = Uint8Array.from({ length }, (_, at) => at % 251 ^ at >> 9);
  if (length > 3 * BLOCK_BYTES) bytes.fill(0, BLOCK_BYTES, 2 * BLOCK_BYTES);
  return bytes;
}

/** What mkzftree (version 1) and libisofs (version 2) make of a content: blocks of zeros are not stored at all. */
function compress(plain: Uint8Array, { version, blockBytes }: ZisofsFormat): Uint8Array {
  const blocks: Uint8Array[] = [];
  for (let at = 0; at < plain.length; at += blockBytes) {
    const block = plain.subarray(at, at + blockBytes);
    blocks.push(block.some((byte) => byte !== 0) ? deflateSync(block) : new Uint8Array(0));
  }
  const [headerBytes, pointerBytes] = version === 1 ? [16, 4] : [24, 8];
  const power = Math.log2(blockBytes);
  let at = headerBytes + (blocks.length + 1) * pointerBytes;
  const stored = new Uint8Array(at + blocks.reduce((sum, { length }) => sum + length, 0));
  const view = new DataView(stored.buffer);
  if (version === 1) {
    stored.set([0x37, 0xe4, 0x53, 0x96, 0xc9, 0xdb, 0xd6, 0x07]);
    view.setUint32(8, plain.length, true);
    stored.set([4, power], 12);
  } else {
    stored.set([0xef, 0x22, 0x55, 0xa1, 0xbc, 0x1b, 0x95, 0xa0, 0, 6, 1, power]);
    view.setBigUint64(12, BigInt(plain.length), true);
  }
  for (const [index, block] of [...blocks, new Uint8Array(0)].entries()) {
    if (version === 1) view.setUint32(headerBytes + index * 4, at, true);
    else view.setBigUint64(headerBytes + index * 8, BigInt(at), true);
    stored.set(block, at);
    at += block.length;
  }
  return stored;
}

/** The content of a file that is stored in two extents with something between them. */
function open(
  stored: Uint8Array,
  sizeBytes: number,
  compressed: ZisofsFormat,
): ReturnType<typeof entryContent> {
  const first = Math.min(SECTOR_BYTES, stored.length);
  const disc = new Uint8Array(SECTOR_BYTES * (3 + Math.ceil(stored.length / SECTOR_BYTES))).fill(0xee);
  disc.set(stored.subarray(0, first));
  disc.set(stored.subarray(first), 2 * SECTOR_BYTES);
  const entry: VolumeEntry = {
    path: "/z",
    kind: "file",
    sizeBytes,
    extents: [
      { startLba: 0, lengthBytes: first },
      { startLba: 2, lengthBytes: stored.length - first },
    ],
    modified: undefined,
    hidden: false,
    compressed,
  };
  const read = (lba: number, count: number, target: Uint8Array): void =>
    target.set(disc.subarray(lba * SECTOR_BYTES, (lba + count) * SECTOR_BYTES));
  return entryContent(read, entry);
}

function readAll(stored: Uint8Array, sizeBytes: number, format: ZisofsFormat): Uint8Array {
  using content = open(stored, sizeBytes, format).open();
  const bytes = new Uint8Array(sizeBytes);
  assertEquals(content.read(bytes, 0), sizeBytes);
  return bytes;
}

const FORMATS: ZisofsFormat[] = [
  { version: 1, blockBytes: BLOCK_BYTES },
  { version: 1, blockBytes: 4 * BLOCK_BYTES },
  { version: 2, blockBytes: BLOCK_BYTES },
  { version: 2, blockBytes: 32 * BLOCK_BYTES },
];
for (const format of FORMATS) {
  Deno.test(`entryContent() reads zisofs ${format.version} with blocks of ${format.blockBytes} bytes`, () => {
    const { blockBytes } = format;
    for (const length of [0, 1, blockBytes - 1, blockBytes, blockBytes + 1, 4 * blockBytes + 5]) {
      const plain = plainBytes(length);
      const found = readAll(compress(plain, format), length, format);
      assert(found.every((byte, at) => byte === plain[at]), `${length} bytes`);
    }
  });
}

Deno.test("entryContent() reads any part of a file of zisofs, in any order", () => {
  const format = FORMATS[0]!;
  const plain = plainBytes(5 * BLOCK_BYTES + 77);
  using content = open(compress(plain, format), plain.length, format).open();
  fc.assert(
    fc.property(fc.nat(plain.length + 10), fc.nat(3 * BLOCK_BYTES), (offset, length) => {
      const target = new Uint8Array(length).fill(0xaa);
      const expected = plain.subarray(offset, offset + length);
      const got = content.read(target, offset);
      return got === expected.length && target.subarray(0, got).every((byte, at) => byte === expected[at]);
    }),
    { seed: 7, numRuns: 60 },
  );
});

/** Each is done to a content of 70,000 bytes: three blocks, pointers from 16 on. */
const DAMAGES: [title: string, said: string, damage: (stored: Uint8Array) => Uint8Array][] = [
  ["another beginning", "the header", (stored) => stored.fill(0, 0, 1)],
  ["another size", "the header", (stored) => stored.fill(1, 8, 9)],
  ["another block size", "the header", (stored) => stored.fill(16, 13, 14)],
  ["a table that is cut off", "too short for its size", (stored) => stored.slice(0, 28)],
  ["a block that is cut off", "block 2 of", (stored) => stored.slice(0, -1)],
  ["a block in the table", "block 0 of", (stored) => stored.fill(0, 16, 20)],
  ["a block that ends before it begins", "block 0 of", (stored) => stored.fill(0, 20, 24)],
  [
    "a block that is no zlib",
    "block 0 of its compressed content is damaged",
    (stored) => stored.fill(0xff, 32, 40),
  ],
  [
    "a block that is longer",
    "block 0 of its compressed content is damaged",
    (stored) => withFirst(stored, 40_000),
  ],
  [
    "a block that is shorter",
    "block 0 of its compressed content is damaged",
    (stored) => withFirst(stored, 4000),
  ],
  ["a block that is longer than any", "block 0 of its compressed content has no place", (stored) => {
    const longer = new Uint8Array(stored.length + 100_000);
    longer.set(stored);
    new DataView(longer.buffer).setUint32(20, longer.length, true);
    return longer;
  }],
];

/** The first block replaced by one of zeros, of another length. */
function withFirst(stored: Uint8Array, length: number): Uint8Array {
  const end = new DataView(stored.buffer).getUint32(20, true);
  const block = deflateSync(new Uint8Array(length));
  stored.fill(0, 32, end).set(block, 32); // what is behind the end of a block's own data does not matter
  return stored;
}

for (const [title, said, damage] of DAMAGES) {
  Deno.test(`entryContent() of zisofs with ${title} is damaged`, () => {
    const format = FORMATS[0]!;
    const stored = damage(compress(plainBytes(70_000), format));
    const error = assertThrows(() => readAll(stored, 70_000, format), ImageError, said);
    assertEquals([error.code, error.path], ["damaged", "/z"]);
  });
}

Deno.test("entryContent() of zisofs says of any changed byte that it is damaged, or reads what was meant", () => {
  const format = FORMATS[2]!;
  const plain = plainBytes(40_000);
  const good = compress(plain, format);
  const bytes = fc.uint8Array({ minLength: 1, maxLength: 1 });
  fc.assert(
    fc.property(fc.nat(good.length - 1), bytes, (at, [byte]) => {
      const stored = good.slice();
      stored[at] = byte!;
      try {
        return readAll(stored, plain.length, format).every((one, index) => one === plain[index]);
      } catch (error) {
        return error instanceof ImageError && error.code === "damaged";
      }
    }),
    { seed: 8, numRuns: 300 },
  );
});
