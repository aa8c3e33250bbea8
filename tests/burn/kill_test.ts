import { assert, assertEquals } from "@std/assert";
import { burnData, closeOpenSession, type Medium } from "../../lib/burn/mod.ts";
import { OPCODE } from "../../lib/mmc/opcode.ts";
import { MEDIA_ROWS, type MediumRow, rigOf } from "./_media.ts";
import { drive, firstDifference, look, type rig } from "./_rig.ts";

class Killed extends Error {}

/** What a burn that was killed at command `at` left, seen by a drive that loads the disc anew. */
function afterKill(
  row: MediumRow,
  at: number,
): { found: Medium; store: ReturnType<typeof rig>["store"]; writes: number } | undefined {
  const bench = rigOf(row);
  const procedure = burnData({ sizeSectors: 400, close: "finalize", verify: "none", ...row.options });
  let writes = 0;
  let n = 0;
  const executed = bench.drive.execute.bind(bench.drive);
  try {
    drive(procedure, {
      ...bench,
      drive: Object.assign(Object.create(bench.drive), {
        execute: (command: Parameters<typeof executed>[0]) => {
          if (++n >= at) throw new Killed();
          if (command.cdb[0] === OPCODE.write10) writes++;
          return executed(command);
        },
      }),
    });
    return undefined;
  } catch (error) {
    // The clean-up of the procedure was killed with it: every command after this one fails too.
    assert(error instanceof Error);
  }
  const again = rigOf(row, { store: bench.store });
  return { found: look(again), store: bench.store, writes };
}

for (const row of MEDIA_ROWS) {
  const { name: medium, killed } = row;
  Deno.test(`inspect() of a ${medium} after a burn that was killed at any command tells the truth`, () => {
    const seen: string[] = [];
    for (let at = 1;; at++) {
      const left = afterKill(row, at);
      if (left === undefined) break;
      const { found, store, writes } = left;
      if (seen.at(-1) !== found.status) seen.push(found.status);
      if (writes === 0) assertEquals(found.status, look(rigOf(row)).status);
      else assert(found.status !== "blank", `killed at ${at} after ${writes} writes: ${found.description}`);
      for (const track of found.tracks) {
        const recorded = (track.lastRecordedLba ?? track.startLba - 1) + 1 - track.startLba;
        assertEquals(
          firstDifference(store, { startLba: 0, count: Math.min(400, recorded, 16 * writes) }),
          -1,
        );
      }
    }
    assertEquals(seen, [...killed]);
  });
}

for (const row of MEDIA_ROWS) {
  const { name: medium, appendable, isAllOrNothing = false } = row;
  if (appendable !== "appendable" || isAllOrNothing) continue;

  Deno.test(`burnData() refuses a ${medium} that an interrupted burn left open`, () => {
    const left = afterKill(row, 30);
    assert(left !== undefined && left.found.status === "open", left?.found.description);
    let message = "";
    try {
      drive(
        burnData({ sizeSectors: 1, close: "finalize", verify: "none" }),
        rigOf(row, { store: left.store }),
      );
    } catch (error) {
      message = (error as Error).message;
    }
    assert(message.includes("session open") && message.includes("an earlier burn did not end"), message);
  });

  Deno.test(`closeOpenSession() keeps what an interrupted burn wrote to a ${medium}, and the rest of the disc`, () => {
    const left = afterKill(row, 30);
    assert(left !== undefined);
    const bench = rigOf(row, { store: left.store });
    const closed = drive(closeOpenSession(), bench);
    assertEquals([closed.status, closed.sessions], ["appendable", 1]);
    assertEquals(bench.drive.isLocked, false);
    const result = drive(burnData({ sizeSectors: 50, close: "finalize", verify: "full" }), bench);
    assertEquals(result.startLba, closed.nwa);
  });
}
