import { assert, assertEquals } from "@std/assert";
import { burnData, BurnError } from "../../lib/burn/mod.ts";
import { OPCODE } from "../../lib/mmc/opcode.ts";
import type { CommandRequest, Reply } from "../../lib/mmc/request.ts";
import { MEDIA_ROWS, rigOf } from "./_media.ts";
import { checkCondition, drive, firstDifference, look, OK, rig } from "./_rig.ts";

const OPTIONS = { sizeSectors: 50, close: "appendable", verify: "full" } as const;

type Fail = (execute: (command: CommandRequest) => Reply, command: CommandRequest) => Reply;

/** How the nth command fails: without or after it was carried out. */
const WAYS: Record<string, Fail> = {
  "a hardware error": () => checkCondition({ key: 4, asc: 0x44, ascq: 0 }),
  "a write error": () => checkCondition({ key: 3, asc: 0x0c, ascq: 0 }),
  "an illegal request": () => checkCondition({ key: 5, asc: 0x24, ascq: 0 }),
  "a reset by unit attention": () => checkCondition({ key: 6, asc: 0x29, ascq: 0 }),
  "an aborted command": () => checkCondition({ key: 0xb, asc: 0x4b, ascq: 0 }),
  "a long write": () => checkCondition({ key: 2, asc: 0x04, ascq: 0x08 }),
  "another program between": () => checkCondition({ key: 5, asc: 0x2c, ascq: 0 }),
  "a timeout before it was carried out": () => ({ ...OK, transport: "timeout" }),
  "a timeout after it was carried out": (execute, command) => ({ ...execute(command), transport: "timeout" }),
  "a bus reset before it was carried out": () => ({ ...OK, transport: "reset" }),
  "a bus reset after it was carried out": (execute, command) => {
    execute(command);
    return { ...OK, transport: "reset" };
  },
  "a busy status": () => ({ ...OK, status: 0x08 }),
  "a refusal without sense data": () => ({ ...OK, status: 0x02 }),
  "an answer cut short": (execute, command) => {
    const reply = execute(command);
    return { ...reply, dataIn: reply.dataIn.subarray(0, 3) };
  },
};

for (const row of MEDIA_ROWS) {
  const { name: medium, appendable } = row;
  for (const [name, fail] of Object.entries(WAYS)) {
    Deno.test(`burnData() to ${medium} with ${name} at every command`, () => {
      for (let at = 1;; at++) {
        const bench = rigOf(row);
        let reached = false;
        const onCommand = (n: number, command: CommandRequest): Reply | undefined => {
          if (n !== at) return undefined;
          reached = true;
          return fail((each) => bench.drive.execute(each), command);
        };
        try {
          const result = drive(burnData({ ...OPTIONS, ...row.options }), bench, { onCommand });
          // What does not stop the burn must not spoil it either.
          assertEquals(firstDifference(bench.store, { startLba: 0, count: 50 }), -1, `command ${at}`);
          // A drive that refuses to tell is not asked for ever: then the state is "unknown", and said to be.
          if (result.discState.status !== "unknown") {
            assertEquals(result.discState.description, look(bench).description, `command ${at}`);
          }
          assertEquals(look(bench).status, appendable, `command ${at}`);
        } catch (error) {
          assert(
            error instanceof BurnError,
            `command ${at}: ${error instanceof Error ? error.stack : error}`,
          );
          const found = look(bench);
          assertEquals(
            error.discState?.description ?? "as it was",
            error.discState ? found.description : "as it was",
          );
          if (error.discState === undefined) {
            assertEquals(found.status, "blank", `command ${at}: ${error.message}`);
          }
        }
        assertEquals(bench.drive.isLocked, false, `command ${at} leaves the tray locked`);
        if (!reached) break;
        assert(at < 500);
      }
    });
  }

  Deno.test(`burnData() to ${medium} whose drive is unplugged at any command ends with an error`, () => {
    for (let at = 1;; at++) {
      const bench = rigOf(row);
      let reached = false;
      try {
        drive(burnData({ ...OPTIONS, ...row.options }), bench, {
          onCommand: (n, { cdb }) => {
            // Once the burn is verified, only the lock is left: an unplugged drive has none.
            if (n === at && cdb[0] !== OPCODE.preventAllowRemoval) reached = true;
            return n >= at ? { ...OK, transport: "gone" } : undefined;
          },
        });
        assert(!reached, `unplugged at command ${at}, and nobody noticed`);
      } catch (error) {
        assert(error instanceof BurnError, `command ${at}: ${error}`);
        assert(error.discState === undefined || error.discState.status === "unknown");
        reached = true;
      }
      if (!reached) break;
    }
  });

  Deno.test(`burnData() to ${medium} that stays busy for ever gives up`, () => {
    for (
      const opcode of [
        OPCODE.testUnitReady,
        OPCODE.write10,
        OPCODE.synchronizeCache,
        OPCODE.formatUnit,
        OPCODE.closeTrackSession,
        OPCODE.readDiscInformation,
      ]
    ) {
      const bench = rigOf(row);
      let error: unknown;
      let isSent = false;
      try {
        drive(burnData({ ...OPTIONS, ...row.options }), bench, {
          onCommand: (_n, { cdb }) => {
            if (cdb[0] !== opcode) return undefined;
            isSent = true;
            return checkCondition({ key: 2, asc: 0x04, ascq: 0x07 });
          },
        });
      } catch (caught) {
        error = caught;
      }
      if (!isSent) continue; // not every medium is closed
      assert(error instanceof BurnError, String(error));
      assertEquals(bench.drive.isLocked, false);
    }
  });
}

Deno.test("burnData() goes on at the next writable address after a WRITE that arrived in part", () => {
  const bench = rig("dvd+r");
  let partly = false;
  drive(burnData(OPTIONS), bench, {
    onCommand: (_n, command) => {
      if (command.cdb[0] !== OPCODE.write10 || command.cdb[5] !== 32 || partly) return undefined;
      partly = true;
      const half = command.cdb.slice();
      half[8] = 8;
      bench.drive.execute({ ...command, cdb: half, dataOut: command.dataOut!.subarray(0, 8 * 2048) });
      return { ...OK, transport: "reset" };
    },
  });
  assert(partly);
  assertEquals(firstDifference(bench.store, { startLba: 0, count: 50 }), -1);
});

Deno.test("burnData() takes a WRITE that the transport repeated for written", () => {
  const bench = rig("dvd+r");
  drive(burnData(OPTIONS), bench, {
    onCommand: (_n, command) => {
      if (command.cdb[0] === OPCODE.write10) bench.drive.execute(command);
      return undefined;
    },
  });
  assertEquals(firstDifference(bench.store, { startLba: 0, count: 50 }), -1);
});
