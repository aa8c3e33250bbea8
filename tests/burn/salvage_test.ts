/** What is left of a disc after a write error: it is closed as well as it can be, whatever else fails. */
import { assert, assertEquals, assertThrows } from "@std/assert";
import { burnData, BurnError } from "../../lib/burn/mod.ts";
import { OPCODE } from "../../lib/mmc/opcode.ts";
import { checkCondition, drive, look, OK, rig } from "./_rig.ts";

const OPTIONS = { sizeSectors: 500, close: "finalize", verify: "full" } as const;
const WRITE_ERROR = checkCondition({ key: 3, asc: 0x0c, ascq: 0 });

for (const medium of ["cd-r", "dvd-r", "dvd+r", "bd-r"]) {
  Deno.test(`burnData() closes a ${medium} after a write error, though its buffer cannot be flushed`, () => {
    const bench = rig(medium);
    let writes = 0;
    let flushes = 0;
    const error = assertThrows(
      () =>
        drive(burnData(OPTIONS), bench, {
          onCommand: (_n, { cdb }) => {
            if (cdb[0] === OPCODE.synchronizeCache) {
              // A CD's track at once is closed by it: the drive does so, and says what it could not write.
              if (medium === "cd-r") bench.drive.execute({ kind: "command", cdb, timeoutMs: 1000 });
              flushes++;
              return WRITE_ERROR;
            }
            return cdb[0] === OPCODE.write10 && ++writes > 4 ? WRITE_ERROR : undefined;
          },
        }),
      BurnError,
    );
    assertEquals([error.command, flushes], ["WRITE(10)", 1]);
    assertEquals(look(bench).status, "appendable", error.message);
    assertEquals(error.discState?.description, look(bench).description);
    assertEquals(bench.drive.isLocked, false);
  });
}

for (const transport of ["reset", "aborted"] as const) {
  Deno.test(`burnData() goes on waiting for a disc to be closed when the bus is ${transport} under the question`, () => {
    const bench = rig("dvd+r", { timed: true });
    let isClosing = false;
    let stumbles = 0;
    const result = drive(burnData(OPTIONS), bench, {
      onCommand: (_n, { cdb }) => {
        if (cdb[0] === OPCODE.closeTrackSession) isClosing = true;
        return isClosing && cdb[0] === OPCODE.testUnitReady && stumbles++ < 3
          ? { ...OK, transport }
          : undefined;
      },
    });
    assert(stumbles > 3);
    assertEquals(result.discState.status, "finalized");
  });

  Deno.test(`burnData() gives a bus up that is ${transport} again and again`, () => {
    const bench = rig("dvd+r", { timed: true });
    let isClosing = false;
    const error = assertThrows(
      () =>
        drive(burnData(OPTIONS), bench, {
          onCommand: (_n, { cdb }) => {
            if (cdb[0] === OPCODE.closeTrackSession) isClosing = true;
            return isClosing && cdb[0] === OPCODE.testUnitReady ? { ...OK, transport } : undefined;
          },
        }),
      BurnError,
    );
    assert(error.advice.length > 5);
  });
}
