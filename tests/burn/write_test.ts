import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { burnData, BurnError, type BurnOptions, type BurnProgress, MEDIA_STATE } from "../../lib/burn/mod.ts";
import { Interrupted } from "../../lib/automation/errors.ts";
import { OPCODE } from "../../lib/mmc/opcode.ts";
import type { Fault } from "../../lib/recorder/mod.ts";
import { MEDIA_ROWS, rigOf } from "./_media.ts";
import { drive, firstDifference, look, rig } from "./_rig.ts";

const BASE: BurnOptions = { sizeSectors: 40, close: "finalize", verify: "full" };

function failure(run: () => unknown): BurnError {
  return assertThrows(run, BurnError);
}

interface Row {
  readonly medium: string;
  readonly sizeSectors: number;
  readonly close: "appendable" | "finalize";
  readonly writtenSectors: number;
  readonly description: string;
}

const ROWS: readonly Row[] = [
  {
    medium: "dvd+r",
    sizeSectors: 1,
    close: "finalize",
    writtenSectors: 16,
    description: "DVD+R, closed, 1 session",
  },
  {
    medium: "dvd+r",
    sizeSectors: 16,
    close: "finalize",
    writtenSectors: 16,
    description: "DVD+R, closed, 1 session",
  },
  {
    medium: "dvd+r",
    sizeSectors: 500,
    close: "finalize",
    writtenSectors: 512,
    description: "DVD+R, closed, 1 session",
  },
  {
    medium: "dvd+r",
    sizeSectors: 33,
    close: "appendable",
    writtenSectors: 48,
    description: "DVD+R, appendable, 1 session, 4.7 GB free",
  },
  {
    medium: "cd-r",
    sizeSectors: 1,
    close: "finalize",
    writtenSectors: 300,
    description: "CD-R, closed, 1 session",
  },
  {
    medium: "cd-r",
    sizeSectors: 151,
    close: "finalize",
    writtenSectors: 301,
    description: "CD-R, closed, 1 session",
  },
  {
    medium: "cd-r",
    sizeSectors: 500,
    close: "appendable",
    writtenSectors: 650,
    description: "CD-R, appendable, 1 session, 712 MB free",
  },
];

for (const { medium, sizeSectors, close, writtenSectors, description } of ROWS) {
  for (const timed of [false, true]) {
    const time = timed ? "in a drive that takes its time" : "in a drive that is never busy";
    Deno.test(`burnData() of ${sizeSectors} sectors to ${medium}, then ${close}, ${time}`, () => {
      const bench = rig(medium, { timed });
      const result = drive(burnData({ sizeSectors, close, verify: "full" }), bench);
      assertEquals([result.startLba, result.writtenSectors, result.verified], [0, writtenSectors, "full"]);
      assertEquals(result.discState.description, description);
      assertEquals(look(bench).description, description);
      assertEquals(firstDifference(bench.store, { startLba: 0, count: sizeSectors }), -1);
      assertEquals(bench.drive.isLocked, false);
    });
  }
}

for (const [medium, secondLba] of [["cd-r", 650 + 2 + 11_400], ["dvd+r", 512 + 2_048]] as const) {
  Deno.test(`burnData() continues an appendable ${medium} at LBA ${secondLba}`, () => {
    const bench = rig(medium);
    drive(burnData({ ...BASE, sizeSectors: 500, close: "appendable" }), bench);
    const before = look(bench);
    assertEquals([before.nwa, before.sessions, before.lastSessionStartLba], [secondLba, 1, 0]);
    const result = drive(burnData({ ...BASE, sizeSectors: 700 }), bench);
    assertEquals(result.startLba, secondLba);
    assertEquals(firstDifference(bench.store, { startLba: 0, count: 500 }), -1);
    assertEquals(firstDifference(bench.store, { startLba: secondLba, count: 700 }), -1);
    const after = look(bench);
    assertEquals([after.status, after.sessions, after.lastSessionStartLba], ["finalized", 2, secondLba]);
  });
}

Deno.test("burnData() to a CD-R: the third session begins 6900 sectors after the second", () => {
  const bench = rig("cd-r");
  for (let i = 0; i < 2; i++) drive(burnData({ ...BASE, sizeSectors: 300, close: "appendable" }), bench);
  assertEquals(look(bench).nwa, (452 + 11_400) + 452 + 6_900);
});

Deno.test("burnData() tells its actions in order, and its sectors", () => {
  const bench = rig("dvd+r");
  const told: BurnProgress[] = [];
  let nowMs = 0;
  const onProgress = (progress: unknown): void => void told.push(progress as BurnProgress);
  const result = drive(burnData({ ...BASE, sizeSectors: 500, now: () => nowMs += 10 }), bench, {
    onProgress,
  });
  const actions = told.map(({ action }) => action).filter((action, i, all) => action !== all[i - 1]);
  assertEquals(actions, [
    "validating",
    "initializingHardware",
    "calibrating",
    "writing",
    "finalizing",
    "verifying",
    "completed",
  ]);
  const writing = told.filter(({ action }) => action === "writing");
  assertEquals(writing.map(({ lastWrittenLba }) => lastWrittenLba), [
    ...Array.from({ length: 32 }, (_, i) => 16 * i - 1),
    499,
  ]);
  assertEquals(writing.at(-1)?.remainingMs, 0);
  assertEquals(told.at(-1)?.lastWrittenLba, 499);
  assert(told.every(({ elapsedMs }, i) => i === 0 || (elapsedMs ?? -1) > (told[i - 1]?.elapsedMs ?? 0)));
  assertEquals(result.bytesPerSecond, 512 * 2048 / 0.33);
});

Deno.test("burnData() sets the next lower speed that the drive lists", () => {
  const bench = rig("dvd+r");
  const sent: number[] = [];
  drive(burnData({ ...BASE, speed: 6000 }), bench, {
    onCommand: (_n, { cdb, dataOut }) => {
      if (cdb[0] === OPCODE.setStreaming) {
        sent.push(new DataView(dataOut!.buffer, dataOut!.byteOffset, dataOut!.byteLength).getUint32(20));
      }
      return undefined;
    },
  });
  assertEquals(sent, [11_080]);
});

// --- refusals: nothing is written

interface Refusal {
  readonly name: string;
  readonly medium: string;
  readonly options?: Partial<BurnOptions>;
  readonly before?: BurnOptions;
  readonly faults?: readonly Fault[];
  readonly hresult: string;
  readonly says: readonly string[];
}

const REFUSALS: readonly Refusal[] = [
  {
    name: "an empty drive",
    medium: "none",
    hresult: "E_IMAPI_RECORDER_MEDIA_NO_MEDIA",
    says: ["found no medium; insert a blank disc"],
  },
  {
    name: "a closed DVD+R",
    medium: "dvd+r",
    before: BASE,
    hresult: "E_IMAPI_DF2DATA_INVALID_MEDIA_STATE",
    says: ["DVD+R, closed, 1 session", "insert a blank disc"],
  },
  {
    name: "an appendable CD-R when only a blank one will do",
    medium: "cd-r",
    before: { ...BASE, close: "appendable" },
    options: { blankOnly: true },
    hresult: "E_IMAPI_DF2DATA_MEDIA_NOT_BLANK",
    says: ["CD-R, appendable, 1 session"],
  },
  {
    name: "more than a DVD+R holds",
    medium: "dvd+r",
    options: { sizeSectors: 2_295_105 },
    hresult: "E_IMAPI_DF2DATA_STREAM_TOO_LARGE_FOR_CURRENT_MEDIA",
    says: ["the data has 2295105 sectors (4.7 GB), the disc has 2295104 free (4.7 GB)"],
  },
  {
    name: "more than a CD-R holds",
    medium: "cd-r",
    options: { sizeSectors: 359_848 },
    hresult: "E_IMAPI_DF2DATA_STREAM_TOO_LARGE_FOR_CURRENT_MEDIA",
    says: ["359848 sectors (736 MB), the disc has 359847 free", "--overburn tries to go beyond the end"],
  },
];

for (const { name, medium, options, before, hresult, says } of REFUSALS) {
  Deno.test(`burnData() refuses ${name} before the first WRITE`, () => {
    const bench = rig(medium);
    if (before !== undefined) drive(burnData(before), bench);
    const writes: number[] = [];
    const error = failure(() =>
      drive(burnData({ ...BASE, ...options }), bench, {
        onCommand: (n, { cdb }) => {
          if (cdb[0] === OPCODE.write10) writes.push(n);
          return undefined;
        },
      })
    );
    assertEquals(error.hresultName, hresult);
    for (const text of says) assertStringIncludes(error.message, text);
    assertEquals(writes, []);
    assertEquals(bench.drive.isLocked, false);
  });
}

for (
  const [profile, name] of [[0x16, "DVD-R DL (layer jump)"], [0x42, "BD-R (random recording)"], [
    0x51,
    "HD DVD-R",
  ]] as const
) {
  Deno.test(`burnData() refuses ${name}, for which there is no procedure, by name`, () => {
    const bench = rig("dvd+r");
    const error = failure(() =>
      drive(burnData(BASE), bench, {
        onCommand: (_n, command) => {
          const reply = bench.drive.execute(command);
          if (command.cdb[0] !== OPCODE.getConfiguration) return reply;
          const dataIn = reply.dataIn.slice();
          dataIn[7] = profile;
          return { ...reply, dataIn };
        },
      })
    );
    assertEquals(error.hresultName, "E_IMAPI_DF2DATA_MEDIA_IS_NOT_SUPPORTED");
    assertStringIncludes(error.message, name);
  });
}

Deno.test("burnData() takes no size that is not a count of sectors", () => {
  for (const sizeSectors of [0, -1, 1.5, NaN]) {
    assertThrows(() => drive(burnData({ ...BASE, sizeSectors }), rig("dvd+r")), RangeError);
  }
});

// --- interruptions

for (const row of MEDIA_ROWS) {
  const { name: medium, cancelled } = row;
  Deno.test(`burnData() cancelled at any point leaves a ${medium} whose state is told truly`, () => {
    const states = new Set<string>();
    // A drive that takes its time, so that there are waits to cancel in, closing included.
    for (let at = 1;; at++) {
      const bench = rigOf(row, { timed: true });
      let done = false;
      try {
        drive(burnData({ ...BASE, sizeSectors: 200, ...row.options }), bench, {
          isCancelled: (n) => n === at,
        });
        done = true;
      } catch (error) {
        assert(error instanceof BurnError, String(error));
        assertEquals(error.hresultName, "E_IMAPI_REQUEST_CANCELLED");
        const found = look(bench);
        states.add(found.status);
        if (error.discState === undefined) assertEquals(found.status, "blank");
        else assertEquals(error.discState.description, found.description);
        assert(cancelled.includes(found.status), `cancelled at ${at}: ${found.description}`);
      }
      assertEquals(bench.drive.isLocked, false);
      if (done) break;
      assert(at < 1000);
    }
    assertEquals([...states].sort(), [...cancelled].sort());
  });

  Deno.test(`burnData() to ${medium} whose source fails closes what is written and says so`, () => {
    for (let at = 1;; at++) {
      const bench = rigOf(row);
      let reached = false;
      let error: unknown;
      try {
        drive(burnData({ ...BASE, sizeSectors: 200, ...row.options }), bench, {
          onSource: (n) => {
            if (n !== at) return;
            reached = true;
            throw new Error("disk on fire");
          },
        });
      } catch (caught) {
        error = caught;
      }
      if (!reached) break;
      assert(error instanceof BurnError, String(error));
      assertStringIncludes(error.message, "disk on fire");
      // Nothing is said of the disc when nothing was done to it: the first piece is read before the first WRITE.
      const isUntouched = at === 1 && error.discState === undefined;
      assertEquals(isUntouched ? "blank" : error.discState?.status, look(bench).status);
      assertEquals(firstDifference(bench.store, { startLba: 0, count: Math.min(200, 16 * (at - 1)) }), -1);
      assertEquals(bench.drive.isLocked, false);
    }
  });
}

for (
  const [medium, advice] of [
    ["cd-r", "burn the data again on another disc, or add it to this one (--append)"],
    ["cd-rw", "erase the disc (burnscript erase) and burn the data again"],
    ["dvd-r-dl", "burn the data again on another disc"],
    ["dvd+r-dl", "burn the data again on another disc; or go on with this one (burnscript burn --continue)"],
    ["dvd+rw", "burn the data again, over what is there (--force)"],
  ] as const
) {
  Deno.test(`burnData() to a ${medium} that is cancelled says: ${advice}`, () => {
    const error = assertThrows(
      () =>
        drive(burnData({ ...BASE, sizeSectors: 2000 }), rig(medium), {
          isCancelled: (n) => n > 60,
        }),
      BurnError,
      "the burn was cancelled",
    );
    assertEquals(error.advice, advice);
  });
}

Deno.test("burnData() that is ended from outside cleans up and lets the interruption pass", () => {
  const bench = rig("dvd+r");
  let told = 0;
  assertThrows(() =>
    drive(burnData({ ...BASE, sizeSectors: 200 }), bench, {
      onProgress: () => {
        if (++told === 8) throw new Interrupted("signal");
      },
    }), Interrupted);
  assertEquals(bench.drive.isLocked, false);
  assertEquals(look(bench).status, "appendable");
});

Deno.test("burnData() waits for room in the drive's buffer instead of failing", () => {
  const bench = rig("cd-r", { timed: true });
  let refused = 0;
  drive(burnData({ ...BASE, sizeSectors: 6000, verify: "none", speed: 600 }), bench, {
    onCommand: (_n, command) => {
      if (command.cdb[0] !== OPCODE.write10) return undefined;
      const reply = bench.drive.execute(command);
      if (reply.status === 2) refused++;
      return reply;
    },
  });
  assert(refused > 50, `${refused}`);
  assertEquals(firstDifference(bench.store, { startLba: 0, count: 6000 }), -1);
  // 6150 sectors of 2352 bytes at 1411 kB/s last 10.2 s, and nothing here takes more than twice as long.
  assert(bench.clock.nowMs > 10_200 && bench.clock.nowMs < 40_000, `${bench.clock.nowMs}`);
});

// --- verification

const DAMAGE: readonly (readonly [name: string, fault: Fault, problem: string, lbas: readonly number[]])[] = [
  ["writes a wrong bit", { opcode: OPCODE.write10, lba: 20, effect: { kind: "corrupt" } }, "different", [16]],
  [
    "cannot read a sector",
    { opcode: OPCODE.read10, lba: 37, effect: { kind: "sense", sense: { key: 3, asc: 0x11, ascq: 5 } } },
    "unreadable",
    [37],
  ],
];

for (const [name, fault, problem, lbas] of DAMAGE) {
  Deno.test(`burnData() with verification finds that a drive ${name}`, () => {
    const bench = rig("dvd+r", { faults: [fault] });
    const ownerOf = (lba: number): string => lba < 30 ? "a.txt" : "b.txt";
    const error = failure(() => drive(burnData({ ...BASE, ownerOf }), bench));
    assertEquals(error.hresultName, "E_IMAPI_BURN_VERIFICATION_FAILED");
    assertEquals(error.number, 0xc0aa0007 | 0);
    assertEquals(error.badSectors.map(({ lba }) => lba), lbas);
    assertEquals(error.badSectors[0]?.problem, problem);
    assertEquals(error.badSectors[0]?.owner, ownerOf(lbas[0] ?? 0));
    assertEquals(error.discState?.description, "DVD+R, closed, 1 session");
    assertEquals(bench.drive.isLocked, false);
  });
}

Deno.test("burnData() reads a sector again before it calls it bad", () => {
  const once: Fault = {
    opcode: OPCODE.read10,
    lba: 37,
    nth: 1,
    times: 2,
    effect: { kind: "sense", sense: { key: 3, asc: 0x11, ascq: 0 } },
  };
  assertEquals(drive(burnData(BASE), rig("dvd+r", { faults: [once] })).verified, "full");
});

Deno.test("burnData() verifying quickly reads both ends, and less than all", () => {
  const bench = rig("dvd+r");
  const read = new Set<number>();
  drive(burnData({ ...BASE, sizeSectors: 5000, verify: "quick" }), bench, {
    onCommand: (_n, { cdb }) => {
      const view = new DataView(cdb.buffer, cdb.byteOffset, cdb.byteLength);
      if (cdb[0] === OPCODE.read10) {
        for (let i = 0; i < view.getUint16(7); i++) read.add(view.getUint32(2) + i);
      }
      return undefined;
    },
  });
  assert(read.has(0) && read.has(4999) && read.size < 1000, `${read.size}`);
});

Deno.test("inspect() of a blank disc gives IMAPI's flags, and its speeds highest first", () => {
  const found = look(rig("cd-r"));
  assertEquals(found.imapiMediaState, MEDIA_STATE.blank | MEDIA_STATE.appendable);
  assertEquals([found.imapiMediaType, found.nwa, found.freeSectors, found.totalSectors], [
    2,
    0,
    359_847,
    359_847,
  ]);
  assertEquals(found.speeds[0]?.sectorsPerSecond, 3600);
  assertEquals(found.mediaId, "97m27s00f");
  assertEquals(look(rig("dvd+r")).mediaId, "BURNSCR/V16");
});
