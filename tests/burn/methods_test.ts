/** The ways to write that a medium has, falling back from one to the other, trying without writing, and going beyond the end. */
import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { burnData, BurnError, type BurnOptions, type BurnResult } from "../../lib/burn/mod.ts";
import { parseCueSheet } from "../../lib/mmc/cue_sheet.ts";
import { OPCODE } from "../../lib/mmc/opcode.ts";
import type { CommandRequest, Reply } from "../../lib/mmc/request.ts";
import { checkCondition, drive, firstDifference, type Interference, look, type Rig, rig } from "./_rig.ts";

const BASE: BurnOptions = { sizeSectors: 400, close: "finalize", verify: "full" };

interface Sent {
  readonly result: BurnResult;
  readonly opcodes: readonly number[];
  readonly commands: readonly CommandRequest[];
}

function burned(bench: Rig, options: Partial<BurnOptions>, how: Interference = {}): Sent {
  const commands: CommandRequest[] = [];
  const result = drive(burnData({ ...BASE, ...options }), bench, {
    ...how,
    onCommand: (n, command) => {
      commands.push({
        ...command,
        cdb: command.cdb.slice(),
        ...(command.dataOut ? { dataOut: command.dataOut.slice() } : {}),
      });
      return how.onCommand?.(n, command);
    },
  });
  return { result, opcodes: commands.map(({ cdb }) => cdb[0] ?? 0), commands };
}

/** Bytes 2, 3 and 4 of every page 05h that was set. */
function pages({ commands }: Sent): number[][] {
  return commands.filter(({ cdb }) => cdb[0] === OPCODE.modeSelect10).map(({ dataOut }) => [
    ...dataOut!.subarray(10, 13),
  ]);
}

for (const timed of [false, true]) {
  Deno.test(`burnData() of a CD-R at once sends its cue sheet, its pregap, and no CLOSE, ${timed ? "timed" : "timeless"}`, () => {
    const bench = rig("cd-r", { timed });
    const sent = burned(bench, { atOnce: true });
    assertEquals(pages(sent), [[0x42, 0, 0]]);
    const sheet = sent.commands.find(({ cdb }) => cdb[0] === OPCODE.sendCueSheet)!;
    assertEquals([...sheet.cdb], [0x5d, 0, 0, 0, 0, 0, 0, 0, 32, 0]);
    assertEquals(
      parseCueSheet(sheet.dataOut!)?.map(({ track, index, form, lba }) => [track, index, form, lba]),
      [
        [0, 0, 0x14, -150],
        [1, 0, 0x10, -150],
        [1, 1, 0x10, 0],
        [0xaa, 1, 0x14, 400],
      ],
    );
    const first = sent.commands.find(({ cdb }) => cdb[0] === OPCODE.write10)!;
    assertEquals([...first.cdb.subarray(2, 6)], [0xff, 0xff, 0xff, 0x6a]); // LBA −150
    assertEquals(first.dataOut!.every((byte) => byte === 0), true);
    assertEquals(sent.opcodes.includes(OPCODE.closeTrackSession), false);
    const { method, writtenSectors, startLba, verified, discState } = sent.result;
    assertEquals([method, writtenSectors, startLba, verified], ["atOnce", 400, 0, "full"]);
    assertEquals(discState.description, "CD-R, closed, 1 session");
    assertEquals(firstDifference(bench.store, { startLba: 0, count: 400 }), -1);
    assertEquals(look(bench).recordedSectors, 400); // no run-out
  });
}

Deno.test("burnData() adds sessions at once, the last of which says so", () => {
  const bench = rig("cd-rw");
  const starts = (["appendable", "appendable", "finalize"] as const).map((close) => {
    const sent = burned(bench, { atOnce: true, close });
    return [sent.result.startLba, pages(sent)[0]?.[1]];
  });
  assertEquals(starts, [[0, 0xc0], [400 + 11_400, 0xc0], [400 + 11_400 + 400 + 6_900, 0x40]]);
  assertEquals(look(bench).description, "CD-RW, closed, 3 sessions");
});

Deno.test("burnData() to a drive that takes another form of lead-in offers it that", () => {
  const bench = rig("cd-r");
  const forms: (number | undefined)[] = [];
  burned(bench, { atOnce: true }, {
    onCommand: (_n, { cdb, dataOut }) => {
      if (cdb[0] !== OPCODE.sendCueSheet) return undefined;
      forms.push(dataOut![3]);
      return forms.length === 1 ? checkCondition({ key: 5, asc: 0x26, ascq: 0 }) : undefined;
    },
  });
  assertEquals(forms, [0x14, 0x10]);
});

Deno.test("burnData() of a DVD-R at once is asked for, and reserves it all", () => {
  const bench = rig("dvd-r");
  const sent = burned(bench, { atOnce: true, sizeSectors: 100 });
  assertEquals([sent.result.method, sent.result.writtenSectors], ["atOnce", 112]);
  assertEquals(pages(sent), [[0x42, 5, 8]]);
  assertEquals(sent.opcodes.includes(OPCODE.reserveTrack), true);
  assertEquals(look(bench).description, "DVD-R, closed, 1 session");
});

for (const medium of ["dvd+r", "dvd+rw", "dvd-ram", "bd-r", "bd-re"]) {
  Deno.test(`burnData() of a ${medium} at once is refused: it has one way to be written`, () => {
    const bench = rig(medium);
    const error = assertThrows(() => burned(bench, { atOnce: true }), BurnError, "does not write at once");
    assertEquals(error.hresultName, "E_IMAPI_DF2DATA_MEDIA_IS_NOT_SUPPORTED");
    assertEquals([bench.drive.isLocked, look(bench).status], [false, "blank"]);
  });

  Deno.test(`burnData() that is to simulate a burn of a ${medium} is refused: there is no test write for it`, () => {
    const bench = rig(medium);
    const error = assertThrows(
      () => burned(bench, { simulate: true }),
      BurnError,
      "Cannot simulate the burn",
    );
    assertStringIncludes(error.message, "only CD-R, CD-RW, DVD-R and DVD-RW can be tried");
    assertEquals([bench.drive.isLocked, look(bench).status], [false, "blank"]);
  });
}

Deno.test("burnData() of a second session on a DVD-R cannot be written at once", () => {
  const bench = rig("dvd-r");
  burned(bench, { close: "appendable" });
  assertThrows(() => burned(bench, { atOnce: true }), BurnError, "does not write at once");
});

// --- falling back

/** A drive that says that a disc can be written incrementally, and then does not write it so. */
function refusesIncremental(
  bench: Rig,
  { after = 0, sense = 0x64 }: { after?: number; sense?: number } = {},
): (n: number, command: CommandRequest) => Reply | undefined {
  let writes = 0;
  return (_n: number, { cdb }: CommandRequest): Reply | undefined => {
    if (cdb[0] !== OPCODE.write10 || bench.drive.disc?.tracks.at(-1)?.phase === "atOnce") return undefined;
    return ++writes > after ? checkCondition({ key: 5, asc: sense, ascq: 0 }) : undefined;
  };
}

for (const [medium, written] of [["dvd-rw", 400], ["dvd-r", 400], ["cd-r", 400]] as const) {
  Deno.test(`burnData() of a ${medium} that cannot be written incrementally after all is written at once`, () => {
    const bench = rig(medium);
    const { result } = burned(bench, {}, { onCommand: refusesIncremental(bench) });
    assertEquals([result.method, result.writtenSectors, result.startLba], ["atOnce", written, 0]);
    assertEquals(result.discState.status, "finalized");
    assertEquals(firstDifference(bench.store, { startLba: 0, count: 400 }), -1);
    assertEquals(bench.drive.isLocked, false);
  });
}

Deno.test("burnData() falls back only while nothing is on the disc", () => {
  const bench = rig("dvd-rw");
  const error = assertThrows(
    () => burned(bench, {}, { onCommand: refusesIncremental(bench, { after: 3 }) }),
    BurnError,
  );
  assertEquals([error.sense?.asc, error.discState?.status], [0x64, "appendable"]);
  assertEquals(bench.drive.isLocked, false);
});

Deno.test("burnData() does not fall back for another error", () => {
  const bench = rig("dvd-r");
  const error = assertThrows(
    () => burned(bench, {}, { onCommand: refusesIncremental(bench, { sense: 0x30 }) }),
    BurnError,
  );
  assertEquals([error.sense?.asc, error.discState?.status], [0x30, "blank"]);
});

Deno.test("burnData() to a drive that refuses mode pages for track at once writes the CD at once", () => {
  const bench = rig("cd-r");
  const { result } = burned(bench, {}, {
    onCommand: (_n, { cdb, dataOut }) =>
      cdb[0] === OPCODE.modeSelect10 && (dataOut![10]! & 0x0f) === 1
        ? checkCondition({ key: 5, asc: 0x26, ascq: 0 })
        : undefined,
  });
  assertEquals(result.method, "atOnce");
});

Deno.test("burnData() of a CD-R whose padding does not fit any more is written at once, which needs none", () => {
  const bench = rig("cd-r", { capacitySectors: 2_002 });
  const { result } = burned(bench, { sizeSectors: 1_900 });
  assertEquals([result.method, result.writtenSectors], ["atOnce", 1_900]);
});

// --- simulation

for (
  const [medium, atOnce] of [["cd-r", false], ["cd-rw", true], ["dvd-r", false], ["dvd-rw", true]] as const
) {
  const how = atOnce ? "at once" : "incrementally";
  for (const timed of [false, true]) {
    Deno.test(`burnData() tries a ${medium} ${how} without changing it, ${timed ? "timed" : "timeless"}`, () => {
      const bench = rig(medium, { timed });
      const before = look(bench);
      const sent = burned(bench, { simulate: true, atOnce });
      const { result } = sent;
      assertEquals([result.simulated, result.verified, result.discState.description], [
        true,
        "none",
        before.description,
      ]);
      const flags = pages(sent).map(([first = 0]) => first & 0x10);
      assertEquals(flags, [0x10, 0]); // and the drive is set back
      assertEquals(sent.opcodes.includes(OPCODE.sendOpc), false);
      assertEquals(sent.opcodes.includes(OPCODE.closeTrackSession), false);
      assertEquals(sent.opcodes.filter((code) => code === OPCODE.write10).length >= 400 / 16, true);
      assertEquals([bench.store.sizeBytes, bench.drive.isLocked], [0, false]);
      assertEquals(burned(bench, { atOnce }).result.startLba, 0);
    });
  }
}

Deno.test("burnData() simulates behind a session that is there", () => {
  const bench = rig("cd-r");
  burned(bench, { close: "appendable" });
  const { result } = burned(bench, { simulate: true });
  assertEquals([result.startLba, result.discState.description], [
    552 + 11_400,
    "CD-R, appendable, 1 session, 712 MB free",
  ]);
});

Deno.test("burnData() says so when a drive takes the bit of the test write and writes", () => {
  const bench = rig("cd-r");
  const onCommand: Interference["onCommand"] = (_n, command) => {
    if (command.cdb[0] !== OPCODE.modeSelect10) return undefined;
    const dataOut = command.dataOut!.slice();
    dataOut[10] = dataOut[10]! & ~0x10;
    return bench.drive.execute({ ...command, dataOut });
  };
  const error = assertThrows(
    () => burned(bench, { simulate: true }, { onCommand }),
    BurnError,
    "the disc was changed",
  );
  assertStringIncludes(error.message, "do not trust simulations by this drive");
  assertEquals(bench.drive.isLocked, false);
});

for (const medium of ["cd-r", "dvd-r"]) {
  Deno.test(`burnData() simulating on a ${medium} leaves no test write set, whatever fails or is cancelled`, () => {
    for (let at = 1;; at++) {
      for (const cancels of [true, false]) {
        const bench = rig(medium, { timed: true });
        let reached = false;
        try {
          burned(bench, { simulate: true }, {
            ...(cancels ? { isCancelled: (n) => reached ||= n === at } : {
              onCommand: (n) => {
                if (n !== at) return undefined;
                reached = true;
                return checkCondition({ key: 4, asc: 0x44, ascq: 0 });
              },
            }),
          });
        } catch (error) {
          assertEquals(error instanceof BurnError, true, String(error));
          if (cancels) assertStringIncludes((error as BurnError).message, "the disc is as it was");
        }
        if (!reached) return;
        assertEquals([look(bench).status, bench.store.sizeBytes, bench.drive.isLocked], ["blank", 0, false]);
        // The one command that can leave it set is the one that takes it back.
        const { result } = burned(bench, { verify: "none" });
        assertEquals(result.discState.status, "finalized", `${at}`);
      }
    }
  });
}

// --- overburn

/** Of a disc that a test can fill; two sectors of run-out are kept. */
const SMALL = { capacitySectors: 2_002 };
const CAPACITY = 2_000;

Deno.test("burnData() goes beyond a CD-R's end when it is asked to", () => {
  const bench = rig("cd-r", SMALL);
  const { result } = burned(bench, { sizeSectors: CAPACITY + 3000, overburn: true, verify: "quick" });
  assertEquals([result.method, result.writtenSectors], ["atOnce", CAPACITY + 3000]);
  assertEquals(look(bench).recordedSectors, CAPACITY + 3000);
});

Deno.test("burnData() that may go beyond the end does not where it need not", () => {
  assertEquals(burned(rig("cd-r", SMALL), { overburn: true }).result.method, "incremental");
});

Deno.test("burnData() beyond what the drive lets pass ends before anything is written", () => {
  const bench = rig("cd-r", SMALL);
  const error = assertThrows(
    () => burned(bench, { sizeSectors: CAPACITY + 10_000, overburn: true }),
    BurnError,
    "the drive does not go 10000 sectors beyond",
  );
  assertEquals(error.hresultName, "E_IMAPI_DF2DATA_STREAM_TOO_LARGE_FOR_CURRENT_MEDIA");
  assertEquals([look(bench).status, bench.drive.isLocked], ["blank", false]);
});

Deno.test("burnData() beyond what the disc holds says how far it came", () => {
  const endLba = CAPACITY + 160;
  const bench = rig("cd-r", {
    ...SMALL,
    faults: [{
      opcode: OPCODE.write10,
      lba: endLba,
      effect: { kind: "sense", sense: { key: 3, asc: 0x0c, ascq: 0 } },
    }],
  });
  const error = assertThrows(
    () => burned(bench, { sizeSectors: CAPACITY + 3000, overburn: true }),
    BurnError,
    `the disc took 216`,
  );
  assertEquals([error.hresultName, error.discState?.status], [
    "E_IMAPI_DF2DATA_STREAM_TOO_LARGE_FOR_CURRENT_MEDIA",
    "open",
  ]);
});

for (const medium of ["dvd+r", "dvd-r", "bd-re"]) {
  Deno.test(`burnData() does not go beyond the end of a ${medium}`, () => {
    const sizeSectors = CAPACITY + 100;
    const error = assertThrows(
      () => burned(rig(medium, { capacitySectors: 1_600 }), { sizeSectors, overburn: true }),
      BurnError,
      "only a CD can be written beyond its end",
    );
    assertEquals(error.hresultName, "E_IMAPI_DF2DATA_STREAM_TOO_LARGE_FOR_CURRENT_MEDIA");
  });
}

// --- speeds

for (
  const [medium, speed, set, text] of [
    ["dvd+r", 6000, 5410, "8x"],
    ["dvd+r", undefined, 10_820, "16x"],
    ["cd-r", { times: 8 }, 600, "8x"],
    ["cd-r", { times: 1 }, 600, "8x"],
    ["cd-rw", { times: 4 }, 300, "4x"],
    ["bd-r", { times: 4 }, 8780, "4x"],
    ["dvd+rw", { times: 2.4 }, 1623, "2.4x"],
  ] as const
) {
  Deno.test(`burnData() of a ${medium} at ${JSON.stringify(speed)} reads the speed back: ${text}`, () => {
    const { result } = burned(rig(medium), speed === undefined ? {} : { speed });
    assertEquals([result.speed.set, result.speed.text], [set, text]);
  });
}

Deno.test("burnData() takes a set speed from page 2Ah where GET PERFORMANCE does not tell it", () => {
  const onCommand: Interference["onCommand"] = (_n, { cdb }) =>
    cdb[0] === OPCODE.getPerformance && cdb[10] === 0
      ? checkCondition({ key: 5, asc: 0x24, ascq: 0 })
      : undefined;
  assertEquals(burned(rig("cd-r"), { speed: { times: 16 } }, { onCommand }).result.speed.text, "16x");
  const neither: Interference["onCommand"] = (n, command) =>
    command.cdb[0] === OPCODE.modeSense10 && command.cdb[2] === 0x2a
      ? checkCondition({ key: 5, asc: 0x24, ascq: 0 })
      : onCommand(n, command);
  assertEquals(burned(rig("cd-r"), {}, { onCommand: neither }).result.speed, {
    asked: undefined,
    set: undefined,
    text: undefined,
  });
});

// --- the drive's buffer

for (
  const [name, answer, expected] of [
    ["tells", undefined, true],
    ["refuses to tell", checkCondition({ key: 5, asc: 0x20, ascq: 0 }), false],
  ] as const
) {
  Deno.test(`burnData() asks a drive that ${name} once a second how full its buffer is`, () => {
    const bench = rig("cd-r", { timed: true });
    let asked = 0;
    const fractions: (number | undefined)[] = [];
    burned(bench, { sizeSectors: 8000, verify: "none", speed: { times: 8 }, now: () => bench.clock.nowMs }, {
      onCommand: (_n, { cdb }) => {
        if (cdb[0] !== OPCODE.readBufferCapacity) return undefined;
        asked++;
        return answer;
      },
      onProgress: (progress) => {
        const { action, driveBufferFraction } = progress as { action: string; driveBufferFraction?: number };
        if (action === "writing") fractions.push(driveBufferFraction);
      },
    });
    assertEquals(asked > 5, true); // a full buffer is asked about, too
    const told = fractions.filter((fraction) => fraction !== undefined);
    assertEquals(told.length > 5 && told.every((fraction) => fraction > 0 && fraction <= 1), expected);
  });
}

// --- spare areas

for (const timed of [false, true]) {
  Deno.test(`burnData() formats a BD-R with spare areas when it is asked to, ${timed ? "timed" : "timeless"}`, () => {
    const bench = rig("bd-r", { timed });
    const sent = burned(bench, { spares: true, close: "appendable" });
    const format = sent.commands.find(({ cdb }) => cdb[0] === OPCODE.formatUnit)!;
    assertEquals([...format.dataOut!], [0, 2, 0, 8, 0, 0xb4, 0x74, 0, 0x01, 0, 0, 0]); // 11826176 sectors, sub-type 1
    assertEquals(
      sent.result.discState.description,
      "BD-R, appendable, 1 session, 24.2 GB free, with spare areas",
    );
    assertEquals(bench.drive.disc?.spares, { capacitySectors: 11_826_176, isOverwritable: false });
    // The second session finds them.
    const again = burned(bench, { spares: true });
    assertEquals(again.opcodes.includes(OPCODE.formatUnit), false);
    assertEquals(again.result.discState.description, "BD-R, closed, 2 sessions, with spare areas");
  });
}

Deno.test("burnData() does not format a BD-R unless it is asked to", () => {
  const bench = rig("bd-r");
  assertEquals(burned(bench, {}).opcodes.includes(OPCODE.formatUnit), false);
  assertEquals(bench.drive.disc?.spares, undefined);
});

Deno.test("burnData() compares what is burned with the room beside the spare areas", () => {
  const sizeSectors = 11_826_177;
  assertThrows(
    () => burned(rig("bd-r"), { spares: true, sizeSectors }),
    BurnError,
    "the disc has 11826176 free",
  );
});

for (const medium of ["cd-r", "dvd+r", "bd-re"]) {
  Deno.test(`burnData() of a ${medium} gets no spare areas`, () => {
    assertThrows(() => burned(rig(medium), { spares: true }), BurnError, "which gets no spare areas");
  });
}
