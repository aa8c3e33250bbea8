import { assert, assertEquals } from "@std/assert";
import { SharedSource, type SharedSourceOptions } from "../../lib/jobs/shared_source.ts";

/** A source that counts how often each sector is read. */
class Counted {
  readonly reads: number[];
  constructor(readonly sizeSectors: number) {
    this.reads = new Array<number>(sizeSectors).fill(0);
  }
  read(lba: number, count: number, target: Uint8Array): void {
    for (let at = 0; at < count; at++) {
      this.reads[lba + at]!++;
      target.fill((lba + at) % 251, at * 2048, (at + 1) * 2048);
    }
  }
}

type Follower = ReturnType<SharedSource["follow"]>;

function assertSectors(sectors: Uint8Array, { lba, length }: { lba: number; length: number }): void {
  assert(sectors.length >= length * 2048);
  for (let at = 0; at < length; at++) {
    assertEquals([sectors[at * 2048], sectors[at * 2048 + 2047]], [(lba + at) % 251, (lba + at) % 251]);
  }
}

/** Reads all of it, as a recorder does that takes `pauseMs` for each command. */
async function readAll(follower: Follower, { source, count = 16, pauseMs = 0 }: {
  source: Counted;
  count?: number;
  pauseMs?: number;
}): Promise<void> {
  const target = new Uint8Array(count * 2048);
  for (let lba = 0; lba < source.sizeSectors; lba += count) {
    const length = Math.min(count, source.sizeSectors - lba);
    const sectors = await follower.read(lba, length, target.subarray(0, length * 2048)) ?? target;
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
    // What a drive is at stays as it is.
    assertSectors(sectors, { lba, length });
  }
}

const SMALL: SharedSourceOptions = { pieceSectors: 8, windowPieces: 4, stallMs: 240_000 };

for (const count of [1, 7, 16, 32]) {
  Deno.test(`SharedSource reads once for three recorders of one speed that ask for ${count} sectors`, async () => {
    const source = new Counted(203);
    const shared = new SharedSource(source, SMALL);
    const followers = [shared.follow(), shared.follow(), shared.follow()];
    await Promise.all(followers.map((follower) => readAll(follower, { source, count })));
    assertEquals([...new Set(source.reads)], [1]);
  });
}

Deno.test("SharedSource has a fast recorder wait for a slow one", async () => {
  const source = new Counted(160);
  const shared = new SharedSource(source, SMALL);
  const followers = [shared.follow(), shared.follow()];
  await Promise.all(followers.map((follower, index) => readAll(follower, { source, pauseMs: 3 * index })));
  assertEquals([...new Set(source.reads)], [1]);
});

Deno.test("SharedSource waits for no recorder that has ended, and for one that stands still only so long", async () => {
  const source = new Counted(160);
  const shared = new SharedSource(source, { ...SMALL, stallMs: 40 });
  const [fast, ended, stalled] = [shared.follow(), shared.follow(), shared.follow()];
  const target = new Uint8Array(8 * 2048);
  const held = await stalled.read(0, 8, target) ?? target;
  const all = readAll(fast, { source });
  ended[Symbol.dispose]();
  await all;
  assertSectors(held, { lba: 0, length: 8 }); // its drive hangs at them
  await readAll(stalled, { source }); // it reads for itself what went by
  assert(source.reads.every((count) => count <= 2), `${source.reads}`);
});

Deno.test("SharedSource serves one recorder that verifies while another still writes", async () => {
  const source = new Counted(160);
  const shared = new SharedSource(source, { ...SMALL, stallMs: 40 });
  const [first, second] = [shared.follow(), shared.follow()];
  await readAll(first, { source, count: 32 });
  await Promise.all([readAll(first, { source }), readAll(second, { source, pauseMs: 2 })]);
  assert(source.reads.every((count) => count <= 3), `${source.reads}`);
});

Deno.test("SharedSource passes on what reading throws, to each that asks", async () => {
  const source = {
    sizeSectors: 100,
    read: () => {
      throw new Error("disk on fire");
    },
  };
  const shared = new SharedSource(source, SMALL);
  for (const follower of [shared.follow(), shared.follow()]) {
    let message = "";
    try {
      await follower.read(0, 1, new Uint8Array(2048));
    } catch (error) {
      message = (error as Error).message;
    }
    assertEquals(message, "disk on fire");
  }
});
