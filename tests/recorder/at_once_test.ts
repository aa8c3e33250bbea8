/** Sessions and discs that are written at once, and test writes, at the level of commands. */
import { assertEquals } from "@std/assert";
import * as cdb from "../../lib/mmc/cdb.ts";
import { CUE_FORM, dataCueSheet } from "../../lib/mmc/cue_sheet.ts";
import { parseDiscInformation } from "../../lib/mmc/disc_information.ts";
import { parseTrackInformation } from "../../lib/mmc/track_information.ts";
import { lbaToMsf, parseToc } from "../../lib/mmc/toc.ts";
import { Bench } from "./_bench.ts";

const SESSION_AT_ONCE = [0x42, 0, 0] as const;
const SESSION_AT_ONCE_THEN_MORE = [0x42, 0xc0, 0] as const;
const FLUSH = cdb.synchronizeCache({ immediate: true });

function cue(bench: Bench, sheet: Uint8Array): string {
  return bench.sense(cdb.sendCueSheet(sheet.length), sheet);
}

function disc(bench: Bench): [status: string, session: string, sessions: number] {
  const { status, lastSessionState, sessions } = parseDiscInformation(
    bench.send(cdb.readDiscInformation(34)).dataIn,
  );
  return [status, lastSessionState, sessions];
}

function toc(bench: Bench): [track: number, startLba: number][] {
  return parseToc(bench.send(cdb.readToc(0, { lengthBytes: 200 })).dataIn).map((
    { track, startLba },
  ) => [track, startLba]);
}

/** One row a line: CTL and ADR, track, index, form, LBA. */
function sheetOf(rows: readonly (readonly [number, number, number, number, number])[]): Uint8Array {
  return Uint8Array.from(rows.flatMap(([first, track, index, form, lba]) => {
    const { minute, second, frame } = lbaToMsf(lba);
    return [first, track, index, form, 0, minute, second, frame];
  }));
}

const PLAIN = { trackNumber: 1, startLba: 0, endLba: 400, leadInForm: CUE_FORM.mode1Pause } as const;

Deno.test("VirtualDrive records a session at once, which ends itself when its last sector is flushed", () => {
  const bench = new Bench("cd-r");
  assertEquals(bench.select(SESSION_AT_ONCE), "good");
  assertEquals(cue(bench, dataCueSheet(PLAIN)), "good");
  assertEquals(disc(bench), ["blank", "empty", 1]);
  assertEquals(bench.write(0, 16), "5/21/02"); // the pregap comes first
  assertEquals(bench.write(-150, 150), "good");
  assertEquals(disc(bench), ["appendable", "incomplete", 1]);
  assertEquals(bench.write(0, 384), "good");
  assertEquals(bench.sense(FLUSH), "good");
  assertEquals(disc(bench), ["appendable", "incomplete", 1]); // it is not whole
  assertEquals(bench.write(384, 17), "5/63/00");
  assertEquals(bench.write(384, 16), "good");
  assertEquals(bench.sense(FLUSH), "good");
  assertEquals(disc(bench), ["complete", "complete", 1]);
  assertEquals(toc(bench), [[1, 0], [0xaa, 400]]); // no run-out
  assertEquals(bench.sense(cdb.read10(399, 1)), "good");
  assertEquals(bench.sense(cdb.read10(400, 1)), "5/21/00");
});

Deno.test("VirtualDrive keeps of a WRITE over the first pregap what lies behind it", () => {
  const bench = new Bench("cd-r");
  bench.select(SESSION_AT_ONCE);
  cue(bench, dataCueSheet(PLAIN));
  const data = new Uint8Array(160 * 2048);
  for (let sector = 0; sector < 160; sector++) data.fill(sector, sector * 2048, (sector + 1) * 2048);
  assertEquals(bench.sense(cdb.write10(-150, 160), data), "good");
  assertEquals([...bench.send(cdb.read10(0, 10)).dataIn].filter((_, at) => at % 2048 === 0), [
    ...Array.from({ length: 10 }, (_, at) => 150 + at),
  ]);
});

Deno.test("VirtualDrive records several sessions at once, each where the disc goes on", () => {
  const bench = new Bench("cd-rw");
  bench.select(SESSION_AT_ONCE_THEN_MORE);
  cue(bench, dataCueSheet(PLAIN));
  bench.write(-150, 150);
  bench.write(0, 400);
  bench.sense(FLUSH);
  assertEquals(disc(bench), ["appendable", "empty", 2]);
  const startLba = 400 + 11_400;
  const second = { ...PLAIN, trackNumber: 2, startLba, endLba: startLba + 300 };
  assertEquals(bench.select([0x42, 0x40, 0]), "good");
  assertEquals(cue(bench, dataCueSheet(PLAIN)), "5/26/00"); // it is not the place
  assertEquals(cue(bench, dataCueSheet(second)), "good");
  assertEquals(bench.write(startLba - 150, 450), "good");
  assertEquals(bench.sense(FLUSH), "good");
  assertEquals(disc(bench), ["complete", "complete", 2]);
  assertEquals(toc(bench), [[1, 0], [2, startLba], [0xaa, startLba + 300]]);
});

Deno.test("VirtualDrive records two tracks at once, one WRITE reaching over their border", () => {
  const bench = new Bench("cd-r");
  bench.select(SESSION_AT_ONCE);
  const rows = [[0x41, 0, 0, 0x14, -150], [0x41, 1, 0, 0x10, -150], [0x41, 1, 1, 0x10, 0], [
    0x41,
    2,
    1,
    0x10,
    500,
  ], [0x41, 0xaa, 1, 0x14, 900]] as const;
  assertEquals(cue(bench, sheetOf(rows)), "good");
  bench.write(-150, 150);
  assertEquals(bench.write(500, 16), "5/21/02"); // the second track's place, too early
  assertEquals(bench.write(0, 490), "good");
  assertEquals(bench.write(490, 410), "good");
  bench.sense(FLUSH);
  assertEquals(toc(bench), [[1, 0], [2, 500], [0xaa, 900]]);
});

Deno.test("VirtualDrive makes a pregap by itself where the sheet calls it a pause", () => {
  const bench = new Bench("cd-r");
  bench.select(SESSION_AT_ONCE);
  const rows = [[0x41, 0, 0, 0x14, -150], [0x41, 1, 0, 0x14, -150], [0x41, 1, 1, 0x10, 0], [
    0x41,
    0xaa,
    1,
    0x14,
    300,
  ]] as const;
  assertEquals(cue(bench, sheetOf(rows)), "good");
  assertEquals(bench.write(0, 300), "good");
  bench.sense(FLUSH);
  assertEquals(disc(bench)[0], "complete");
});

const GOOD = [[0x41, 0, 0, 0x14, -150], [0x41, 1, 0, 0x10, -150], [0x41, 1, 1, 0x10, 0], [
  0x41,
  0xaa,
  1,
  0x14,
  400,
]] as const;
const [LEAD_IN, PREGAP, TRACK, LEAD_OUT] = GOOD;

const BAD_SHEETS: readonly (readonly [name: string, sheet: Uint8Array])[] = [
  ["nothing", new Uint8Array(0)],
  ["seven bytes", new Uint8Array(7)],
  ["a lead-in alone", sheetOf([LEAD_IN])],
  ["no lead-in", sheetOf([PREGAP, TRACK, LEAD_OUT])],
  ["no lead-out", sheetOf([LEAD_IN, PREGAP, TRACK])],
  ["no pregap", sheetOf([LEAD_IN, TRACK, LEAD_OUT])],
  ["no track", sheetOf([LEAD_IN, PREGAP, LEAD_OUT])],
  ["an audio track", sheetOf([LEAD_IN, PREGAP, [0x01, 1, 1, 0x00, 0], LEAD_OUT])],
  ["raw sectors", sheetOf([LEAD_IN, PREGAP, [0x41, 1, 1, 0x11, 0], LEAD_OUT])],
  ["another first track", sheetOf([LEAD_IN, PREGAP, [0x41, 2, 1, 0x10, 0], LEAD_OUT])],
  ["a track of 299 sectors", sheetOf([LEAD_IN, PREGAP, TRACK, [0x41, 0xaa, 1, 0x14, 299]])],
  ["an end before the beginning", sheetOf([LEAD_IN, PREGAP, TRACK, [0x41, 0xaa, 1, 0x14, -20]])],
  [
    "a second of 60",
    (() => {
      const sheet = sheetOf(GOOD);
      sheet[14] = 60;
      return sheet;
    })(),
  ],
  ["an end beyond what can be overburned", sheetOf([LEAD_IN, PREGAP, TRACK, [0x41, 0xaa, 1, 0x14, 368_850]])],
];

for (const [name, sheet] of BAD_SHEETS) {
  Deno.test(`VirtualDrive takes no cue sheet of ${name}`, () => {
    const bench = new Bench("cd-r");
    bench.select(SESSION_AT_ONCE);
    assertEquals(cue(bench, sheet), "5/26/00");
    assertEquals(bench.write(-150, 16), "5/2C/00");
    assertEquals(disc(bench), ["blank", "empty", 1]);
  });
}

Deno.test("VirtualDrive takes a cue sheet for a CD that is set to write at once, and for nothing else", () => {
  assertEquals(cue(new Bench("cd-r"), sheetOf(GOOD)), "5/2C/00");
  assertEquals(cue(new Bench("dvd+r"), sheetOf(GOOD)), "5/2C/00");
  const minus = new Bench("dvd-r");
  minus.select([0x42, 5, 8]);
  assertEquals(cue(minus, sheetOf(GOOD)), "5/20/00");
});

Deno.test("VirtualDrive finds a session at once that was cut off as begun, after a power failure too", () => {
  const bench = new Bench("cd-r");
  bench.select(SESSION_AT_ONCE);
  cue(bench, sheetOf(GOOD));
  bench.write(-150, 100);
  const again = new Bench("cd-r", { store: bench.store });
  assertEquals(disc(again), ["appendable", "incomplete", 1]);
  assertEquals(again.sense(cdb.read10(0, 1)), "5/21/00");
});

Deno.test("VirtualDrive forgets a cue sheet with the disc that is taken out", () => {
  const bench = new Bench("cd-r");
  bench.select(SESSION_AT_ONCE);
  cue(bench, sheetOf(GOOD));
  bench.drive.pressEject();
  bench.drive.pressEject();
  bench.sense(cdb.testUnitReady());
  assertEquals(bench.write(-150, 16), "5/2C/00");
});

// --- test writes

const TESTS: readonly (readonly [name: string, medium: string, (bench: Bench) => string[]])[] = [
  ["a track at once", "cd-r", (b) => [b.select([0x51, 4, 8]), b.write(0, 300), b.write(300, 16)]],
  ["a session at once", "cd-rw", (b) => [
    b.select([0x52, 0, 0]),
    cue(b, sheetOf(GOOD)),
    b.write(-150, 150),
    b.write(0, 400),
  ]],
  ["incremental writing", "dvd-r", (b) => [b.select([0x50, 0x25, 8]), b.write(0, 32), b.write(32, 16)]],
  ["a disc at once", "dvd-rw", (b) => [
    b.select([0x52, 5, 8]),
    b.sense(cdb.reserveTrack(32)),
    b.write(0, 32),
  ]],
];

for (const [name, medium, run] of TESTS) {
  Deno.test(`VirtualDrive in a test of ${name} on a ${medium} answers as in earnest and changes nothing`, () => {
    const bench = new Bench(medium);
    const before = disc(bench);
    const state = bench.store.loadState();
    assertEquals(run(bench).filter((sense) => sense !== "good"), []);
    assertEquals(bench.write(5000, 16), "5/21/02");
    assertEquals([bench.store.loadState(), bench.store.sizeBytes], [state, 0]);
    assertEquals(bench.sense(FLUSH), "good");
    assertEquals(bench.sense(cdb.closeTrackSession("session")), "good");
    assertEquals(disc(bench), before);
    bench.drive.save();
    assertEquals([bench.store.loadState(), bench.store.sizeBytes], [state, 0]);
  });
}

Deno.test("VirtualDrive ends a test with the bit that asked for it", () => {
  const bench = new Bench("cd-r");
  bench.select([0x51, 4, 8]);
  bench.write(0, 300);
  const track = (): number | undefined =>
    parseTrackInformation(
      bench.send(cdb.readTrackInformation("track", { number: 0xff, lengthBytes: 36 })).dataIn,
    ).nwa;
  assertEquals(track(), 300);
  bench.select([0x41, 4, 8]);
  assertEquals(track(), 0);
  assertEquals(bench.write(0, 300), "good");
  assertEquals(disc(bench), ["appendable", "incomplete", 1]);
});

for (const medium of ["dvd+r", "dvd+rw", "dvd-ram", "bd-r", "bd-re"]) {
  Deno.test(`VirtualDrive has no test write for a ${medium}`, () => {
    assertEquals(new Bench(medium).select([0x51, 4, 8]), "5/26/00");
  });
}

Deno.test("VirtualDrive fills the last block of a DVD-R that was written at once", () => {
  const bench = new Bench("dvd-r");
  bench.select([0x42, 5, 8]);
  assertEquals(bench.sense(cdb.reserveTrack(100)), "good");
  assertEquals(bench.write(0, 100), "good");
  assertEquals(bench.write(100, 1), "5/63/00");
  assertEquals(bench.sense(FLUSH), "good");
  assertEquals([disc(bench), toc(bench)], [["complete", "complete", 1], [[1, 0], [0xaa, 112]]]);
  assertEquals(bench.send(cdb.read10(100, 12)).dataIn.every((byte) => byte === 0), true);
});
