import { assert, assertEquals, assertThrows } from "@std/assert";
import * as cdb from "../../lib/mmc/cdb.ts";
import { parseBufferCapacity, parseCapacity } from "../../lib/mmc/capacity.ts";
import { FEATURE, isCurrent, parseConfiguration } from "../../lib/mmc/configuration.ts";
import { parseInquiry } from "../../lib/mmc/inquiry.ts";
import { parseModePage, parseModePages } from "../../lib/mmc/mode_page.ts";
import { parseWriteSpeeds } from "../../lib/mmc/performance.ts";
import { lbaToMsf, parseAtip, parseMultiSession, parseToc } from "../../lib/mmc/toc.ts";
import { formatSense, parseSense } from "../../lib/mmc/sense.ts";
import { mediumNamed, memoryStore, VirtualDrive } from "../../lib/recorder/mod.ts";
import { Bench } from "./_bench.ts";

Deno.test("VirtualDrive tells reset and new medium once each, then is ready", () => {
  const bench = new Bench("dvd+r", { fresh: true });
  assertEquals(parseInquiry(bench.send(cdb.inquiry()).dataIn).productId, "VIRTUAL RECORDER");
  const answers = [1, 2, 3, 4].map(() => bench.sense(cdb.testUnitReady()));
  assertEquals(answers, ["6/29/00", "6/28/00", "good", "good"]);
});

Deno.test("VirtualDrive with an empty tray has no medium and no profile", () => {
  const bench = new Bench("none");
  assertEquals(bench.sense(cdb.testUnitReady()), "2/3A/01");
  const configuration = parseConfiguration(
    bench.send(cdb.getConfiguration("all", { lengthBytes: 4096 })).dataIn,
  );
  assertEquals([configuration.profile, isCurrent(configuration, FEATURE.dvdPlusR)], [0, false]);
  assertEquals(bench.sense(cdb.startStopUnit("eject", { immediate: false })), "good");
  assertEquals(bench.sense(cdb.testUnitReady()), "2/3A/02");
});

Deno.test("VirtualDrive does not open a locked tray", () => {
  const bench = new Bench("cd-r");
  assertEquals(bench.sense(cdb.preventRemoval(true)), "good");
  assertEquals(bench.sense(cdb.startStopUnit("eject", { immediate: false })), "5/53/02");
  assertEquals(bench.drive.pressEject(), false);
  assertEquals(bench.sense(cdb.preventRemoval(false)), "good");
  assertEquals(bench.drive.pressEject(), true);
  assertEquals(bench.sense(cdb.testUnitReady()), "2/3A/02");
  assertEquals(bench.sense(cdb.startStopUnit("load", { immediate: true })), "good");
  assertEquals([1, 2].map(() => bench.sense(cdb.testUnitReady())), ["6/28/00", "good"]);
});

Deno.test("VirtualDrive tells media events once", () => {
  const bench = new Bench("cd-r");
  const event = (): number[] => [...bench.send(cdb.getEventStatus(0x10)).dataIn.subarray(2, 6)];
  assertEquals(event(), [4, 0x10, 2, 2]);
  assertEquals(event(), [4, 0x10, 0, 2]);
  bench.drive.pressEject();
  assertEquals(event(), [4, 0x10, 3, 1]);
});

const REFUSED:
  readonly (readonly [name: string, medium: string, run: (bench: Bench) => string, sense: string])[] = [
    ["an unknown command", "dvd+r", (b) => b.sense(new Uint8Array(12).fill(0xf1)), "5/20/00"],
    ["a WRITE off the next writable address", "dvd+r", (b) => b.write(16, 16), "5/21/02"],
    [
      "a WRITE with too little data",
      "dvd+r",
      (b) => b.sense(cdb.write10(0, 2), new Uint8Array(2048)),
      "5/1A/00",
    ],
    ["a READ of what is not written", "dvd+r", (b) => b.sense(cdb.read10(0, 1)), "5/21/00"],
    ["RESERVE TRACK on a CD-R", "cd-r", (b) => b.sense(cdb.reserveTrack(300)), "5/20/00"],
    ["RESERVE TRACK beyond the end", "dvd+r", (b) => b.sense(cdb.reserveTrack(2_295_120)), "5/24/00"],
    ["CLOSE SESSION of a blank disc", "dvd+r", (b) => b.sense(cdb.closeTrackSession("session")), "5/24/00"],
    ["CLOSE SESSION over an open track", "dvd+r", (b) => {
      b.write(0, 16);
      return b.sense(cdb.closeTrackSession("session"));
    }, "5/72/03"],
    ["CLOSE SESSION over an empty reserved track", "dvd+r", (b) => {
      b.sense(cdb.reserveTrack(160));
      return b.sense(cdb.closeTrackSession("session"));
    }, "5/72/04"],
    ["a WRITE past the end of a reserved track", "dvd+r", (b) => {
      b.sense(cdb.reserveTrack(16));
      return b.write(0, 32);
    }, "5/63/00"],
    ["a WRITE to a closed disc", "dvd+r", (b) => {
      b.burn(16, "finalize");
      return b.write(16, 16);
    }, "5/30/05"],
    [
      "finalisation of a CD-R by function 6",
      "cd-r",
      (b) => b.sense(cdb.closeTrackSession("finalize")),
      "5/24/00",
    ],
    ["raw writing, which is not emulated", "cd-r", (b) => b.select([0x43, 4, 8]), "5/26/00"],
    ["a WRITE at once without a cue sheet", "cd-r", (b) => {
      return b.select([0x42, 0, 0]) + " " + b.write(0, 16);
    }, "good 5/2C/00"],
    ["a WRITE to a CD-R that is set to packets", "cd-r", (b) => {
      const list = new Uint8Array(8 + 0x34);
      list.set([5, 0x32, 0x40, 4, 8], 8);
      return b.sense(cdb.modeSelect10(list.length), list) + " " + b.write(0, 16);
    }, "good 5/64/00"],
    [
      "a mode page that it lacks",
      "cd-r",
      (b) => b.sense(cdb.modeSense10(0x1c, { lengthBytes: 64 })),
      "5/24/00",
    ],
    ["READ CD as audio", "cd-r", (b) => {
      const bytes = cdb.readCdData(0, 1);
      bytes[1] = 1 << 2;
      return b.sense(bytes);
    }, "5/64/00"],
    ["ATIP of a DVD", "dvd+r", (b) => b.sense(cdb.readToc(4, { lengthBytes: 28 })), "5/24/00"],
  ];
for (const [name, medium, run, sense] of REFUSED) {
  Deno.test(`VirtualDrive refuses ${name} with ${sense}`, () => assertEquals(run(new Bench(medium)), sense));
}

Deno.test("VirtualDrive cannot read the run-out of a track written at once, and counts it in", () => {
  const bench = new Bench("cd-r");
  bench.burn(400);
  assertEquals(parseCapacity(bench.send(cdb.readCapacity()).dataIn).sectors, 402);
  assertEquals(bench.sense(cdb.read10(399, 1)), "good");
  assertEquals(bench.sense(cdb.read10(400, 1)), "3/11/00");
  assertEquals(parseSense(bench.send(cdb.read10(398, 4)).sense)?.information, 400);
  assertEquals(bench.sense(cdb.read10(402, 1)), "5/21/00");
});

Deno.test("VirtualDrive reports sessions in its tables of contents", () => {
  const bench = new Bench("cd-r");
  const list = new Uint8Array(8 + 0x34);
  list.set([5, 0x32, 0x41, 0xc4, 8], 8);
  assertEquals(bench.sense(cdb.modeSelect10(list.length), list), "good");
  bench.burn(400);
  assertEquals(bench.write(402 + 11_400, 300), "good");
  assertEquals(bench.sense(cdb.synchronizeCache({ immediate: true })), "good");
  assertEquals(bench.sense(cdb.closeTrackSession("session")), "good");
  const tracks = parseToc(bench.send(cdb.readToc(0, { lengthBytes: 100 })).dataIn);
  assertEquals(tracks.map(({ track, startLba }) => [track, startLba]), [[1, 0], [2, 11_802], [0xaa, 12_104]]);
  const last = parseMultiSession(bench.send(cdb.readToc(1, { lengthBytes: 12 })).dataIn);
  assertEquals([last.lastSession, last.firstTrack.startLba], [2, 11_802]);
  const full = bench.send(cdb.readToc(2, { lengthBytes: 1000 })).dataIn;
  const points = [];
  for (let at = 4; at < full.length; at += 11) points.push([full[at], full[at + 3]]);
  assertEquals(points, [
    ...[[1, 0xa0], [1, 0xa1], [1, 0xa2], [1, 1], [1, 0xb0], [1, 0xc0]],
    ...[[2, 0xa0], [2, 0xa1], [2, 0xa2], [2, 2], [2, 0xb0]],
  ]);
});

Deno.test("VirtualDrive's ATIP is that of an 80-minute disc", () => {
  const { lastLeadOutStart, leadInStart, rewritable } = parseAtip(
    new Bench("cd-r").send(cdb.readToc(4, { lengthBytes: 28 })).dataIn,
  );
  assertEquals([lastLeadOutStart, leadInStart, rewritable], [
    lbaToMsf(359_849),
    { minute: 97, second: 27, frame: 0 },
    false,
  ]);
});

Deno.test("VirtualDrive's features follow the disc", () => {
  const bench = new Bench("dvd+r");
  const current = (feature: number): boolean =>
    isCurrent(
      parseConfiguration(bench.send(cdb.getConfiguration("all", { lengthBytes: 4096 })).dataIn),
      feature,
    );
  assertEquals([current(FEATURE.incrementalStreaming), current(FEATURE.randomReadable)], [true, false]);
  bench.burn(16, "finalize");
  assertEquals([current(FEATURE.incrementalStreaming), current(FEATURE.randomReadable)], [false, true]);
  const one = parseConfiguration(
    bench.send(cdb.getConfiguration("one", { start: 0x2b, lengthBytes: 64 })).dataIn,
  );
  assertEquals([...one.features.keys()], [0x2b]);
  const onlyCurrent = parseConfiguration(
    bench.send(cdb.getConfiguration("current", { lengthBytes: 4096 })).dataIn,
  );
  assert([...onlyCurrent.features.values()].every((feature) => feature.current));
});

Deno.test("VirtualDrive keeps mode pages and tells what can be changed", () => {
  const bench = new Bench("cd-r");
  const page = parseModePage(bench.send(cdb.modeSense10(5, { lengthBytes: 200 })).dataIn, 5);
  page[3] = 0xc4;
  const list = new Uint8Array(8 + page.length);
  list.set(page, 8);
  assertEquals(bench.sense(cdb.modeSelect10(list.length), list), "good");
  assertEquals(parseModePage(bench.send(cdb.modeSense10(5, { lengthBytes: 200 })).dataIn, 5), page);
  const defaults = bench.send(cdb.modeSense10(5, { control: "defaults", lengthBytes: 200 })).dataIn;
  assertEquals(parseModePage(defaults, 5)[3], 4);
  assertEquals([...parseModePages(bench.send(cdb.modeSense10(0x3f, { lengthBytes: 400 })).dataIn).keys()], [
    1,
    5,
    0x2a,
  ]);
});

Deno.test("VirtualDrive with a clock fills its buffer, asks to wait, and empties it at the write speed", () => {
  const bench = new Bench("dvd+r", { timed: true });
  bench.nowMs = 10_000;
  assertEquals(bench.sense(cdb.testUnitReady()), "good");
  let lba = 0;
  while (bench.write(lba, 16) === "good") lba += 16;
  assertEquals(lba, 1024);
  assertEquals(bench.write(lba, 16), "2/04/08");
  assertEquals(parseBufferCapacity(bench.send(cdb.readBufferCapacity()).dataIn).freeBytes, 0);
  const topKbps = parseWriteSpeeds(bench.send(cdb.getWriteSpeeds(8)).dataIn)[0]?.writeKbps ?? 0;
  bench.nowMs += 2 * 32768 / topKbps;
  assertEquals([bench.write(lba, 16), bench.write(lba + 16, 16), bench.write(lba + 32, 16)], [
    "good",
    "good",
    "2/04/08",
  ]);
  assertEquals(bench.sense(cdb.synchronizeCache({ immediate: true })), "good");
  assertEquals(bench.sense(cdb.testUnitReady()), "2/04/08");
  bench.nowMs += 2 * 1024 * 1024 / topKbps;
  assertEquals(bench.sense(cdb.testUnitReady()), "good");
  assertEquals(bench.sense(cdb.closeTrackSession("track", 1)), "good");
  bench.nowMs += 1000;
  const sense = parseSense(bench.send(cdb.testUnitReady()).sense);
  assertEquals([formatSense(sense!), sense?.progress], ["2/04/07", 0.5]);
});

Deno.test("VirtualDrive plays its faults", () => {
  const bench = new Bench("dvd+r", {
    faults: [
      { opcode: 0x2a, nth: 2, effect: { kind: "sense", sense: { key: 3, asc: 0x0c, ascq: 0 } } },
      { opcode: 0x2a, lba: 32, effect: { kind: "timeout", executed: true }, times: 1 },
      { opcode: 0x51, nth: 1, effect: { kind: "short", bytes: 4 } },
      { opcode: 0x23, effect: { kind: "gone" } },
    ],
  });
  assertEquals([bench.write(0, 16), bench.write(16, 16), bench.write(16, 16)], ["good", "3/0C/00", "good"]);
  assertEquals([bench.write(32, 16), bench.write(48, 16)], ["timeout", "good"]);
  assertEquals([1, 2].map(() => bench.send(cdb.readDiscInformation(34)).dataIn.length), [4, 34]);
  assertEquals([bench.sense(cdb.readFormatCapacities(12)), bench.sense(cdb.inquiry())], ["gone", "gone"]);
});

Deno.test("VirtualDrive takes an image file without state for a closed disc", () => {
  const store = memoryStore();
  store.write(new Uint8Array(5 * 2048).fill(7), 0);
  const drive = new VirtualDrive({ kind: mediumNamed("dvd+r"), store });
  assertEquals([drive.disc?.phase, drive.disc?.tracks[0]?.nextLba], ["complete", 5]);
});

Deno.test("VirtualDrive does not load one medium's disc as another", () => {
  const store = memoryStore();
  const first = new VirtualDrive({ kind: mediumNamed("cd-r"), store });
  first.close();
  assertThrows(
    () => new VirtualDrive({ kind: mediumNamed("dvd+r"), store }),
    RangeError,
    "it is a cd-r, not a dvd+r",
  );
});

Deno.test("mediumNamed() of a name that no medium has says which there are", () => {
  assertThrows(
    () => mediumNamed("floppy"),
    RangeError,
    'No such virtual medium: "floppy"; use cd-r, ',
  );
});

Deno.test("MODE SENSE(6) has the pages of MODE SENSE(10) behind a header of 4 bytes", () => {
  const bench = new Bench("dvd-ram");
  const long = bench.send(cdb.modeSense10(0x2a, { lengthBytes: 200 })).dataIn.slice();
  const short = bench.send(Uint8Array.of(0x1a, 0x08, 0x2a, 0, 200, 0)).dataIn.slice();
  assertEquals(short.slice(4), long.slice(8));
  assertEquals([...short.slice(0, 4)], [short.length - 1, 0, 0, 0]);
  assertEquals(bench.send(Uint8Array.of(0x1a, 0x08, 0x2a, 0, 4, 0)).dataIn.length, 4);
});

for (
  const [medium, sense] of [["cd-r", "good"], ["dvd-r", "good"], ["dvd+r", "good"], [
    "bd-re",
    "good",
  ]] as const
) {
  Deno.test(`MODE SELECT(10) asks for disc at once on ${medium}: ${sense}`, () => {
    const bench = new Bench(medium);
    const list = bench.send(cdb.modeSense10(5, { lengthBytes: 200 })).dataIn.slice();
    list.fill(0, 0, 8);
    list[10] = 0x42; // BUFE, write type 2
    assertEquals(bench.sense(cdb.modeSelect10(list.length), list), sense);
  });
}
