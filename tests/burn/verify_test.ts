/** What ends a verification is told apart from what it finds. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { burnData, BurnError, type BurnOptions, type HresultName } from "../../lib/burn/mod.ts";
import { uint16, uint32 } from "../../lib/mmc/bytes.ts";
import { FEATURE } from "../../lib/mmc/configuration.ts";
import { OPCODE } from "../../lib/mmc/opcode.ts";
import type { Reply } from "../../lib/mmc/request.ts";
import { parseFault } from "../../lib/recorder/mod.ts";
import {
  checkCondition,
  drive,
  firstDifference,
  type Interference,
  look,
  OK,
  type Rig,
  rig,
  sourceSectors,
} from "./_rig.ts";

const OPTIONS = { sizeSectors: 500, close: "finalize", verify: "full" } as const;
const FINISHED = "everything is written; compare it with its source (burnscript verify --against)";

function failure(bench: Rig, how: Interference, options: Partial<BurnOptions> = {}): BurnError {
  try {
    drive(burnData({ ...OPTIONS, ...options }), bench, how);
  } catch (error) {
    assert(error instanceof BurnError, String(error));
    assertEquals(bench.drive.isLocked, false);
    return error;
  }
  throw new Error("The burn did not fail");
}

/** What has nothing to do with the sectors that are read, from the second READ of the verification on. */
const ENDS: readonly (readonly [name: string, result: HresultName, reply: Reply])[] = [
  [
    "the disc is taken out",
    "E_IMAPI_RECORDER_MEDIA_NO_MEDIA",
    checkCondition({ key: 2, asc: 0x3a, ascq: 2 }),
  ],
  [
    "the drive keeps being reset",
    "E_IMAPI_UNEXPECTED_RESPONSE_FROM_DEVICE",
    checkCondition({ key: 6, asc: 0x29, ascq: 0 }),
  ],
  ["the drive is unplugged", "E_IMAPI_UNEXPECTED_RESPONSE_FROM_DEVICE", { ...OK, transport: "gone" }],
];

for (const [name, result, reply] of ENDS) {
  Deno.test(`burnData() whose verification ends because ${name} calls no sector bad`, () => {
    const bench = rig("dvd+r");
    let isWritten = false;
    let reads = 0;
    const error = failure(bench, {
      onCommand: (_n, { cdb }) => {
        isWritten ||= cdb[0] === OPCODE.closeTrackSession;
        return isWritten && cdb[0] === OPCODE.read10 && ++reads > 1 ? reply : undefined;
      },
    });
    assertEquals([error.hresultName, error.badSectors], [result, []]);
    assertStringIncludes(error.message, FINISHED);
    assertEquals(firstDifference(bench.store, { startLba: 0, count: 500 }), -1);
  });
}

Deno.test("burnData() that is cancelled while it verifies says that all is written", () => {
  const bench = rig("dvd+r");
  let isVerifying = false;
  const error = failure(bench, {
    onProgress: (progress) => void (isVerifying = (progress as { action: string }).action === "verifying"),
    isCancelled: () => isVerifying,
  });
  assertEquals([error.hresultName, error.advice], ["E_IMAPI_REQUEST_CANCELLED", FINISHED]);
  assertEquals(error.discState?.description, look(bench).description);
});

/** READs of the disc that was written, with the bit FUA (MMC-6, READ(10)) and without. */
function readsOf(options: Partial<BurnOptions>, refuses = false): { forced: number; plain: number } {
  const reads = { forced: 0, plain: 0 };
  drive(burnData({ ...OPTIONS, ...options }), rig("dvd+r"), {
    onCommand: (_n, { cdb }) => {
      if (cdb[0] !== OPCODE.read10) return undefined;
      const isForced = (cdb[1]! & 0x08) !== 0;
      reads[isForced ? "forced" : "plain"]++;
      return isForced && refuses ? checkCondition({ key: 5, asc: 0x24, ascq: 0 }) : undefined;
    },
  });
  return reads;
}

const MOST: Partial<BurnOptions> = { maxTransferBytes: 262_144 };
const READS: readonly (readonly [
  name: string,
  reads: ReturnType<typeof readsOf>,
  expected: ReturnType<typeof readsOf>,
])[] = [
  ["what fits a drive's buffer is read from the medium", readsOf(MOST), { forced: 4, plain: 0 }],
  [
    "what does not is read as fast as the drive can",
    readsOf({ ...MOST, sizeSectors: 8193 }),
    { forced: 0, plain: 65 },
  ],
  [
    "samples are read from the medium",
    readsOf({ ...MOST, sizeSectors: 8193, verify: "quick" }),
    { forced: 19, plain: 0 },
  ],
  ["a drive that does not know how is asked once", readsOf(MOST, true), { forced: 1, plain: 4 }],
];

for (const [name, reads, expected] of READS) {
  Deno.test(`burnData() verifies: ${name}`, () => assertEquals(reads, expected));
}

Deno.test("burnData() finds what is wrong on the disc behind a buffer that has it right", () => {
  const bench = rig("dvd+r", { faults: [parseFault("read@100=flip").fault] });
  const error = failure(bench, {
    onCommand: (_n, { cdb }) => {
      if (cdb[0] !== OPCODE.read10 || (cdb[1]! & 0x08) !== 0) return undefined;
      return { ...OK, dataIn: sourceSectors(uint32(cdb, 2), uint16(cdb, 7)) }; // from its buffer
    },
  });
  assertEquals(error.badSectors.map(({ lba }) => lba), [100]);
});

const TRAY = { open: 2, close: 3 } as const;

Deno.test("burnData() reloads the disc before it verifies, and leaves the tray unlocked", () => {
  const bench = rig("dvd+r", { timed: true });
  const steps: string[] = [];
  let opened = 0;
  drive(burnData({ ...OPTIONS, reload: true }), bench, {
    onCommand: (_n, { cdb }) => {
      const [opcode, , , , how] = cdb;
      const name = opcode === OPCODE.startStopUnit
        ? how === TRAY.open ? "open" : "close"
        : opcode === OPCODE.preventAllowRemoval
        ? how === 1 ? "lock" : "unlock"
        : opcode === OPCODE.write10
        ? "write"
        : opcode === OPCODE.read10 && steps.includes("write")
        ? "read"
        : undefined;
      if (name !== undefined && steps.at(-1) !== name) steps.push(name);
      // A tray takes its time, and says that it is open until it is in.
      if (name === "close") opened = 20;
      return opcode === OPCODE.testUnitReady && opened-- > 0
        ? checkCondition({ key: 2, asc: 0x3a, ascq: 2 })
        : undefined;
    },
  });
  assertEquals(steps, ["lock", "write", "unlock", "open", "close", "lock", "read", "unlock"]);
});

Deno.test("burnData() that cannot load the disc again says that it is written", () => {
  const bench = rig("dvd+r", { timed: true });
  const error = failure(bench, {
    onCommand: (_n, { cdb }) => cdb[0] === OPCODE.startStopUnit && cdb[4] === TRAY.close ? OK : undefined,
  }, { reload: true });
  assertEquals(error.hresultName, "E_IMAPI_RECORDER_MEDIA_NO_MEDIA");
  assertStringIncludes(error.message, `close the tray by hand; ${FINISHED}`);
});

Deno.test("burnData() refuses to reload with a drive whose tray nobody would close", () => {
  const bench = rig("dvd+r");
  const error = failure(bench, {
    onCommand: (_n, command) => {
      if (command.cdb[0] !== OPCODE.getConfiguration) return undefined;
      const reply = bench.drive.execute(command);
      const dataIn = reply.dataIn.slice();
      for (let at = 8; at + 4 < dataIn.length; at += 4 + dataIn[at + 3]!) {
        if (uint16(dataIn, at) === FEATURE.removableMedium) dataIn[at + 4]! &= ~0x10;
      }
      return { ...reply, dataIn };
    },
  }, { reload: true });
  assertEquals(error.hresultName, "E_IMAPI_RECORDER_NO_SUCH_FEATURE");
  assertEquals(look(bench).status, "blank");
});
