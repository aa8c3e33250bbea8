/** Discs whose data is written, and that the drive does not close: whether the data is good is found out, and said. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { burnData, BurnError, type BurnOptions } from "../../lib/burn/mod.ts";
import { OPCODE } from "../../lib/mmc/opcode.ts";
import type { SenseTriple } from "../../lib/mmc/sense.ts";
import { checkCondition, drive, type Interference, look, rig } from "./_rig.ts";

const OPTIONS = { sizeSectors: 50, close: "finalize", verify: "full" } as const;
const NOT_CLOSED: SenseTriple = { key: 3, asc: 0x72, ascq: 0x01 };

/** Refuses so many CLOSE TRACK/SESSION. */
function refuseClose(sense: SenseTriple, times = Infinity): NonNullable<Interference["onCommand"]> {
  let left = times;
  return (_n, { cdb }) =>
    cdb[0] === OPCODE.closeTrackSession && left-- > 0 ? checkCondition(sense) : undefined;
}

function failure(medium: string, how: Interference, options: Partial<BurnOptions> = {}): BurnError {
  const bench = rig(medium);
  try {
    drive(burnData({ ...OPTIONS, ...options }), bench, how);
  } catch (error) {
    assert(error instanceof BurnError, String(error));
    assertEquals(bench.drive.isLocked, false);
    assertEquals(error.discState?.description, look(bench).description);
    return error;
  }
  throw new Error("The burn did not fail");
}

for (const medium of ["cd-r", "dvd-r", "dvd+r", "dvd+r-dl", "bd-r"]) {
  for (const sense of [NOT_CLOSED, { key: 5, asc: 0x72, ascq: 3 }, { key: 3, asc: 0x0c, ascq: 0 }]) {
    const code = `${sense.key}/${sense.asc.toString(16)}/${sense.ascq}`;
    Deno.test(`burnData() says that the data of a ${medium} is good that cannot be closed for ${code}`, () => {
      const error = failure(medium, { onCommand: refuseClose(sense) });
      assertEquals(error.discState?.isDataGood, true, error.message);
      assertEquals(error.discState?.status, "open");
      assertStringIncludes(error.message, "session open, all its data good; close it (burnscript close)");
    });
  }
}

Deno.test("burnData() says of a disc that closes at the second try that it can be used", () => {
  const error = failure("dvd-r", { onCommand: refuseClose(NOT_CLOSED, 1) });
  assertEquals(error.discState?.status, "appendable");
  assertStringIncludes(error.message, "all its data good; the disc can be used as it is");
});

Deno.test("burnData() does not call good what differs, behind a close that fails", () => {
  const close = refuseClose(NOT_CLOSED);
  let isTurned = false;
  const error = failure("dvd+r", {
    onCommand: (n, command) => {
      if (command.cdb[0] === OPCODE.write10 && !isTurned) {
        isTurned = true;
        command.dataOut![0]! ^= 1;
      }
      return close(n, command);
    },
  });
  assertEquals(error.discState?.isDataGood, undefined);
  assertEquals(error.badSectors.map(({ lba, problem }) => `${lba} ${problem}`), ["0 different"]);
  assertStringIncludes(error.message, "could not be closed, and 1 sector is different, the first at LBA 0");
});

Deno.test("burnData() does not call good what may be in the drive's buffer only", () => {
  const error = failure("dvd+r", {
    onCommand: (_n, { cdb }) =>
      cdb[0] === OPCODE.synchronizeCache ? checkCondition({ key: 4, asc: 0x44, ascq: 0 }) : undefined,
  });
  assertEquals(error.discState?.isDataGood, undefined);
});

Deno.test("burnData() reads nothing back, even then, where nothing is to be verified", () => {
  const error = failure("dvd+r", { onCommand: refuseClose(NOT_CLOSED) }, { verify: "none" });
  assertEquals(error.discState?.isDataGood, undefined);
});

Deno.test("burnData() that is cancelled while it reads such a disc back gives the error of the close", () => {
  const bench = rig("dvd+r");
  let error: unknown;
  let isVerifying = false;
  try {
    drive(burnData(OPTIONS), bench, {
      onCommand: refuseClose(NOT_CLOSED),
      onProgress: (progress) => isVerifying ||= (progress as { action: string }).action === "verifying",
      isCancelled: () => isVerifying,
    });
  } catch (caught) {
    error = caught;
  }
  assert(error instanceof BurnError);
  assertEquals(error.sense, NOT_CLOSED);
  assertEquals(error.discState?.isDataGood, undefined);
});
