import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { burnData, BurnError, eraseDisc } from "../../lib/burn/mod.ts";
import { OPCODE } from "../../lib/mmc/opcode.ts";
import type { CommandRequest, Reply } from "../../lib/mmc/request.ts";
import { MEDIA_ROWS, rigOf } from "./_media.ts";
import { checkCondition, drive, firstDifference, look, OK, rig } from "./_rig.ts";

const ERASABLE = MEDIA_ROWS.filter(({ medium, options }) =>
  options === undefined && ["cd-rw", "dvd-rw", "dvd+rw", "dvd-ram", "bd-re"].includes(medium)
);
const BURN = { sizeSectors: 200, close: "finalize", verify: "full" } as const;

for (const row of ERASABLE) {
  for (const timed of [false, true]) {
    Deno.test(`eraseDisc() makes a written ${row.name} blank, and it is burned again, ${timed ? "timed" : "timeless"}`, () => {
      const bench = rigOf(row, { timed });
      drive(burnData(BURN), bench);
      assertEquals(look(bench).status, row.finalized);
      const fractions: number[] = [];
      const erased = drive(eraseDisc(), bench, {
        onProgress: (progress) => void fractions.push((progress as { fraction: number }).fraction),
      });
      assertEquals(erased.status, "blank");
      assertEquals(look(bench).description, erased.description);
      assertEquals(bench.drive.isLocked, false);
      if (timed) assert(fractions.length > 0);
      const result = drive(burnData({ ...BURN, sizeSectors: 100 }), bench);
      assertEquals(result.startLba, 0);
      assertEquals(firstDifference(bench.store, { startLba: 0, count: 100 }), -1);
    });
  }
}

for (const [medium, expected] of [["cd-rw", [1]], ["dvd-rw", [0]]] as const) {
  Deno.test(`eraseDisc() blanks a ${medium} by type ${expected}, in full by type 0`, () => {
    const types = (full: boolean): number[] => {
      const bench = rig(medium);
      drive(burnData(BURN), bench);
      const sent: number[] = [];
      drive(eraseDisc({ full }), bench, {
        onCommand: (_n, { cdb }) => void (cdb[0] === OPCODE.blank && sent.push((cdb[1] ?? 0) & 7)),
      });
      return sent;
    };
    assertEquals([types(false), types(true)], [[...expected], [0]]);
  });
}

Deno.test("eraseDisc() blanks a CD-RW in full when the drive refuses to do it minimally", () => {
  const bench = rig("cd-rw");
  drive(burnData(BURN), bench);
  const erased = drive(eraseDisc(), bench, {
    onCommand: (_n, { cdb }) =>
      cdb[0] === OPCODE.blank && (cdb[1] ?? 0) % 8 === 1
        ? checkCondition({ key: 5, asc: 0x30, ascq: 0 })
        : undefined,
  });
  assertEquals(erased.status, "blank");
});

Deno.test("eraseDisc() makes a DVD-RW overwritable, and in full sequential again", () => {
  const bench = rig("dvd-rw");
  drive(burnData(BURN), bench);
  const overwritable = drive(eraseDisc({ overwritable: true }), bench);
  assertEquals([overwritable.profile, overwritable.status], [0x13, "blank"]);
  drive(burnData(BURN), bench);
  assertEquals(bench.drive.disc?.format, "formatted");
  drive(burnData({ ...BURN, sizeSectors: 600, forceOverwrite: true }), bench);
  assertEquals([bench.drive.disc?.format, look(bench).recordedSectors], ["formatted", 608]);
  const sequential = drive(eraseDisc({ full: true }), bench);
  assertEquals([sequential.profile, sequential.status], [0x14, "blank"]);
});

Deno.test("eraseDisc() makes a minimally blanked DVD-RW one that is written incrementally", () => {
  const row = MEDIA_ROWS.find(({ name }) => name === "dvd-rw blanked minimally")!;
  const bench = rigOf(row);
  drive(eraseDisc(), bench);
  drive(burnData({ ...BURN, close: "appendable" }), bench);
  assertEquals(look(bench).status, "appendable");
});

for (
  const { medium } of MEDIA_ROWS.filter(({ medium }) => ["cd-r", "dvd-r", "dvd+r", "bd-r"].includes(medium))
) {
  Deno.test(`eraseDisc() refuses a ${medium}, which is written once`, () => {
    const bench = rig(medium);
    drive(burnData(BURN), bench);
    const error = assertThrows(() => drive(eraseDisc({ full: true }), bench), BurnError);
    assertEquals(error.hresultName, "E_IMAPI_ERASE_MEDIA_IS_NOT_ERASABLE");
    assertEquals(look(bench).status, "finalized");
  });
}

const WAYS: Record<string, (execute: (command: CommandRequest) => Reply, command: CommandRequest) => Reply> =
  {
    "a hardware error": () => checkCondition({ key: 4, asc: 0x44, ascq: 0 }),
    "an erase error": () => checkCondition({ key: 3, asc: 0x51, ascq: 0 }),
    "an illegal request": () => checkCondition({ key: 5, asc: 0x24, ascq: 0 }),
    "a reset by unit attention": () => checkCondition({ key: 6, asc: 0x29, ascq: 0 }),
    "a timeout after it was carried out": (execute, command) => ({
      ...execute(command),
      transport: "timeout",
    }),
    "a bus reset before it was carried out": () => ({ ...OK, transport: "reset" }),
    "an answer cut short": (execute, command) => {
      const reply = execute(command);
      return { ...reply, dataIn: reply.dataIn.subarray(0, 3) };
    },
  };

for (const row of ERASABLE) {
  for (const [name, fail] of Object.entries(WAYS)) {
    Deno.test(`eraseDisc() of a ${row.name} with ${name} at every command`, () => {
      for (let at = 1;; at++) {
        const bench = rigOf(row);
        drive(burnData({ ...BURN, sizeSectors: 32, verify: "none" }), bench);
        let reached = false;
        try {
          const erased = drive(eraseDisc(), bench, {
            onCommand: (n, command) => {
              if (n !== at) return undefined;
              reached = true;
              return fail((each) => bench.drive.execute(each), command);
            },
          });
          assertEquals([erased.status, look(bench).status], ["blank", "blank"], `command ${at}`);
        } catch (error) {
          assert(
            error instanceof BurnError,
            `command ${at}: ${error instanceof Error ? error.stack : error}`,
          );
          if (error.discState !== undefined) {
            assertEquals(error.discState.description, look(bench).description);
          } else assertEquals(look(bench).status, row.finalized, `command ${at}: ${error.message}`);
        }
        assertEquals(bench.drive.isLocked, false, `command ${at} leaves the tray locked`);
        if (!reached) break;
        assert(at < 500);
      }
    });
  }
}

Deno.test("eraseDisc() that is cancelled while it overwrites says what the disc is", () => {
  const bench = rig("dvd-ram");
  drive(burnData(BURN), bench);
  const error = assertThrows(
    () => drive(eraseDisc({ full: true }), bench, { isCancelled: (n) => n === 3 }),
    BurnError,
  );
  assertEquals([error.hresultName, error.discState?.status], ["E_IMAPI_REQUEST_CANCELLED", "blank"]);
  assertStringIncludes(error.message, "what it held can still be found on it: erase it once more to the end");
  assertEquals(bench.drive.isLocked, false);
});

Deno.test("eraseDisc() of a drive that never comes to an end says so", () => {
  const bench = rig("cd-rw");
  drive(burnData(BURN), bench);
  let isBlanking = false;
  const error = assertThrows(
    () =>
      drive(eraseDisc(), bench, {
        onCommand: (_n, { cdb }) => {
          if (cdb[0] === OPCODE.blank) isBlanking = true;
          // Switched off, it has come to an end.
          if (cdb[0] === OPCODE.preventAllowRemoval) isBlanking = false;
          return isBlanking && cdb[0] === OPCODE.testUnitReady
            ? checkCondition({ key: 2, asc: 0x04, ascq: 7 })
            : undefined;
        },
      }),
    BurnError,
  );
  assertEquals(error.hresultName, "E_IMAPI_ERASE_TOOK_LONGER_THAN_ONE_HOUR");
  assertStringIncludes(error.message, "the drive did not come to an end");
  assert(bench.clock.nowMs >= 5 * 3_600_000);
});
