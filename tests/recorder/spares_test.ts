/** BD-R with spare areas: how it is formatted, and what that changes. */
import { assertEquals } from "@std/assert";
import {
  formatList,
  parseBufferCapacity,
  parseCapacity,
  parseFormatCapacities,
} from "../../lib/mmc/capacity.ts";
import * as cdb from "../../lib/mmc/cdb.ts";
import { FEATURE, isCurrent, parseConfiguration } from "../../lib/mmc/configuration.ts";
import { parseDiscInformation } from "../../lib/mmc/disc_information.ts";
import { parseTrackInformation } from "../../lib/mmc/track_information.ts";
import { look, rig } from "../burn/_rig.ts";
import { Bench } from "./_bench.ts";

const PSEUDO_OVERWRITE = 0x0038;
const FORMATTABLE = 0x0023;

function formats(bench: Bench): ReturnType<typeof parseFormatCapacities> {
  return parseFormatCapacities(bench.send(cdb.readFormatCapacities(252)).dataIn);
}

function format(
  bench: Bench,
  { type, subType = 0, sectors }: { type: number; subType?: number; sectors: number },
): string {
  const list = formatList("full", { sectors, parameter: 0 });
  list[8] = (type << 2) | subType;
  return bench.sense(cdb.formatUnit(), list);
}

function features(bench: Bench): boolean[] {
  const configuration = parseConfiguration(
    bench.send(cdb.getConfiguration("all", { lengthBytes: 4096 })).dataIn,
  );
  return [PSEUDO_OVERWRITE, FORMATTABLE, FEATURE.incrementalStreaming].map((code) =>
    isCurrent(configuration, code)
  );
}

function free(bench: Bench): number {
  return parseTrackInformation(
    bench.send(cdb.readTrackInformation("track", { number: 0xff, lengthBytes: 36 })).dataIn,
  ).freeSectors;
}

Deno.test("VirtualDrive lists the formats of a blank BD-R, and none of one that is formatted or written", () => {
  const bench = new Bench("bd-r");
  const { kind, sectors, formats: listed } = formats(bench);
  assertEquals([kind, sectors], ["unformatted", 12_219_392]);
  assertEquals(listed.map(({ type, sectors }) => [type, sectors]), [
    [0x00, 11_826_176],
    [0x32, 11_826_176],
    [0x32, 5_796_864],
    [0x32, 12_088_320],
  ]);
  // Type 32h tells how large the spare areas are, in clusters of 32 sectors.
  assertEquals(listed[3]?.parameter, (12_219_392 - 12_088_320) / 32);
  const written = new Bench("bd-r");
  written.write(0, 32);
  for (const other of [written, bench]) {
    if (other === bench) assertEquals(format(bench, { type: 0, sectors: 0 }), "good");
    assertEquals([formats(other).kind, formats(other).formats], ["formatted", []]);
  }
});

for (
  const [name, how, capacity, overwrites] of [
    ["pseudo-overwrite", { type: 0x32, sectors: 12_088_320 }, 12_088_320, true],
    ["spare areas alone", { type: 0x32, subType: 1, sectors: 5_796_864 }, 5_796_864, false],
    ["the drive's own size", { type: 0x00, sectors: 12_219_392 }, 11_826_176, true],
  ] as const
) {
  Deno.test(`VirtualDrive formats a BD-R for ${name}, which stays so and is recorded sequentially`, () => {
    const bench = new Bench("bd-r");
    assertEquals(features(bench), [false, true, true]);
    assertEquals(format(bench, how), "good");
    const again = new Bench("bd-r", { store: bench.store });
    for (const one of [bench, again]) {
      assertEquals(features(one), [overwrites, false, true]);
      assertEquals(free(one), capacity);
      const { status, lastSessionState, sessions } = parseDiscInformation(
        one.send(cdb.readDiscInformation(34)).dataIn,
      );
      assertEquals([status, lastSessionState, sessions], ["appendable", "empty", 1]);
    }
    assertEquals(look({ ...rig("bd-r"), drive: bench.drive }).status, "blank");
    assertEquals(format(bench, how), "5/30/06"); // once only
    assertEquals(bench.write(0, 64), "good");
    bench.sense(cdb.synchronizeCache({ immediate: true }));
    assertEquals(bench.write(32, 32), overwrites ? "good" : "5/21/02");
    assertEquals(bench.write(64, 32), "good");
  });
}

Deno.test("VirtualDrive keeps what was written last of a sector that is overwritten, and shows its open session", () => {
  const bench = new Bench("bd-r");
  format(bench, { type: 0, sectors: 0 });
  bench.write(0, 64);
  assertEquals(bench.sense(cdb.write10(32, 1), new Uint8Array(2048).fill(7)), "good");
  assertEquals(bench.write(48, 32), "5/21/02"); // half of it is not written yet
  assertEquals(bench.sense(cdb.closeTrackSession("track", 1)), "good");
  assertEquals(parseCapacity(bench.send(cdb.readCapacity()).dataIn).sectors, 64);
  assertEquals(bench.sense(cdb.write10(33, 1), new Uint8Array(2048).fill(8)), "good");
  assertEquals([...bench.send(cdb.read10(31, 3)).dataIn].filter((_, at) => at % 2048 === 0), [1, 7, 8]);
});

for (
  const [name, medium, how, sense] of [
    ["a size that it does not list", "bd-r", { type: 0x32, sectors: 12_088_319 }, "5/26/00"],
    ["random recording", "bd-r", { type: 0x32, subType: 2, sectors: 12_088_320 }, "5/26/00"],
    ["a BD-RE's type", "bd-r", { type: 0x30, sectors: 11_826_176 }, "5/26/00"],
    ["spare areas on a DVD+R", "dvd+r", { type: 0x32, sectors: 0 }, "5/26/00"],
  ] as const
) {
  Deno.test(`VirtualDrive does not format for ${name}`, () => {
    const bench = new Bench(medium);
    assertEquals(format(bench, how), sense);
    assertEquals(look({ ...rig(medium), drive: bench.drive }).status, "blank");
  });
}

Deno.test("VirtualDrive without a clock tells of a buffer that is well filled while it is written", () => {
  const bench = new Bench("dvd+r");
  const filled = (): number => {
    const { lengthBytes, freeBytes } = parseBufferCapacity(bench.send(cdb.readBufferCapacity()).dataIn);
    return 1 - freeBytes / lengthBytes;
  };
  assertEquals(filled(), 0);
  bench.write(0, 16);
  assertEquals(filled(), 16 / 1024);
  for (let lba = 16; lba < 2048; lba += 16) bench.write(lba, 16);
  assertEquals(filled(), 0.75);
  bench.sense(cdb.synchronizeCache({ immediate: true }));
  assertEquals(filled(), 0);
});
