/** Burns that were cut off, and gone on with. */
import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { burnData, BurnError, type BurnOptions } from "../../lib/burn/mod.ts";
import { OPCODE } from "../../lib/mmc/opcode.ts";
import type { CommandRequest } from "../../lib/mmc/request.ts";
import { MEDIA_ROWS, type MediumRow, rigOf } from "./_media.ts";
import { checkCondition, drive, firstDifference, look, type Rig, sourceSectors } from "./_rig.ts";

const OPTIONS: BurnOptions = { sizeSectors: 400, close: "appendable", verify: "full" };

class Killed extends Error {}

/** Burns until command `at`, with which everything ends at once; false where the burn ended before. */
function kill(
  row: MediumRow,
  bench: Rig,
  { at, options = OPTIONS }: { at: number; options?: BurnOptions },
): boolean {
  let n = 0;
  const execute = (command: CommandRequest): ReturnType<Rig["drive"]["execute"]> => {
    if (++n >= at) throw new Killed();
    return bench.drive.execute(command);
  };
  try {
    drive(burnData({ ...options, ...row.options }), {
      ...bench,
      drive: Object.assign(Object.create(bench.drive), { execute }),
    });
    return false;
  } catch (error) {
    assert(error instanceof Error);
    return n >= at;
  }
}

for (const row of MEDIA_ROWS) {
  const isContinued = row.finalized === "finalized" && !row.medium.startsWith("cd") &&
    !/at once|minimally/.test(row.name);
  Deno.test(`burnData() that may go on with a ${row.name} whose burn was killed at any command ends it or says why not`, () => {
    let resumed = 0;
    for (let at = 1;; at++) {
      const first = rigOf(row);
      if (!kill(row, first, { at })) break;
      const bench = rigOf(row, { store: first.store });
      const before = look(bench);
      const isOpen = before.status === "open";
      try {
        const result = drive(burnData({ ...OPTIONS, ...row.options, resume: true, blankOnly: true }), bench);
        assertEquals([result.verified, result.startLba], ["full", 0]);
        assertEquals(firstDifference(bench.store, { startLba: 0, count: 400 }), -1);
        assert(["appendable", "finalized", "overwritable"].includes(look(bench).status));
        assertEquals(result.resumedSectors > 0, isOpen);
        if (isOpen) resumed++;
      } catch (error) {
        assert(error instanceof BurnError, `${at}: ${error instanceof Error ? error.stack : error}`);
        assert(before.status !== "blank", `${at}: ${error.message}`);
        // What was begun and can be gone on with is.
        assert(
          !isOpen || !isContinued || error.message.includes("no track in which"),
          `${at}: ${error.message}`,
        );
        assertEquals(look(bench).description, before.description);
      }
      assertEquals(bench.drive.isLocked, false);
    }
    assertEquals(resumed > 5, isContinued, `${resumed}`);
  });
}

/** A DVD+R whose burn was cut off after 10 WRITEs. */
function cutOff(medium = "dvd+r"): { bench: Rig; row: MediumRow } {
  const row = MEDIA_ROWS.find(({ name }) => name === medium)!;
  const first = rigOf(row);
  let writes = 0;
  assertThrows(() =>
    drive(burnData(OPTIONS), first, {
      onCommand: (_n, { cdb }) => {
        if (cdb[0] === OPCODE.write10) writes++;
        if (writes > 10) {
          return { status: 0, sense: new Uint8Array(0), dataIn: new Uint8Array(0), transport: "gone" };
        }
        return undefined;
      },
    })
  );
  first.drive.save();
  const bench = rigOf(row, { store: first.store });
  assertEquals(look(bench).status, "open");
  return { bench, row };
}

Deno.test("burnData() goes on where the burn was cut off, compares what is there, and writes the rest only", () => {
  const { bench } = cutOff();
  const written: number[] = [];
  const read = new Set<number>();
  const before = look(bench).nextTrack!.nwa!;
  const result = drive(burnData({ ...OPTIONS, resume: true }), bench, {
    onCommand: (_n, { cdb }) => {
      const view = new DataView(cdb.buffer, cdb.byteOffset);
      if (cdb[0] === OPCODE.write10) written.push(view.getUint32(2));
      if (cdb[0] === OPCODE.read10 && written.length === 0) {
        for (let at = 0; at < view.getUint16(7); at++) read.add(view.getUint32(2) + at);
      }
      return undefined;
    },
  });
  assertEquals([result.resumedSectors, result.writtenSectors, written[0], read.size], [
    before,
    400,
    before,
    before,
  ]);
  assertEquals(result.discState.description, "DVD+R, appendable, 1 session, 4.7 GB free");
});

Deno.test("burnData() goes on with a second session that was cut off", () => {
  const row = MEDIA_ROWS.find(({ name }) => name === "dvd+r")!;
  const first = rigOf(row);
  drive(burnData({ ...OPTIONS, sizeSectors: 100 }), first);
  assert(kill(row, first, { at: 40 }));
  const bench = rigOf(row, { store: first.store });
  assertEquals(look(bench).status, "open");
  const result = drive(burnData({ ...OPTIONS, resume: true, startLba: 112 + 2048 }), bench);
  assertEquals([result.startLba, result.discState.sessions], [112 + 2048, 2]);
  assertEquals(firstDifference(bench.store, { startLba: result.startLba, count: 400 }), -1);
});

const REFUSED: readonly (readonly [name: string, options: Partial<BurnOptions>, says: string])[] = [
  ["a smaller source", { sizeSectors: 50 }, "the source has 0.1 MB"],
  ["a simulation", { simulate: true }, "ended in earnest"],
  ["another address", { startLba: 5000 }, "the image was made for LBA 5000"],
];

for (const [name, options, says] of REFUSED) {
  Deno.test(`burnData() does not go on with ${name}, and changes nothing`, () => {
    const { bench } = cutOff();
    const before = look(bench).description;
    const error = assertThrows(
      () => drive(burnData({ ...OPTIONS, resume: true, ...options }), bench),
      BurnError,
      says,
    );
    assertEquals(error.hresultName, "E_IMAPI_DF2DATA_INVALID_MEDIA_STATE");
    assertEquals([look(bench).description, error.discState], [before, undefined]);
    assertEquals(bench.drive.isLocked, false);
  });
}

Deno.test("burnData() does not go on with another source, nor with what cannot be read", () => {
  const { bench } = cutOff();
  bench.store.write(sourceSectors(999, 1), 37);
  assertThrows(
    () => drive(burnData({ ...OPTIONS, resume: true }), bench),
    BurnError,
    "it does not hold the beginning of this source: LBA 37 differs",
  );
  assertThrows(
    () =>
      drive(burnData({ ...OPTIONS, resume: true }), bench, {
        onCommand: (_n, { cdb }) =>
          cdb[0] === OPCODE.read10 ? checkCondition({ key: 5, asc: 0x30, ascq: 0x02 }) : undefined,
      }),
    BurnError,
    "cannot be read before it is closed",
  );
});

Deno.test("burnData() says of a source that fails while it is compared that the disc is as it was", () => {
  const { bench } = cutOff();
  const error = assertThrows(
    () =>
      drive(burnData({ ...OPTIONS, resume: true }), bench, {
        onSource: () => {
          throw new Error("disk on fire");
        },
      }),
    BurnError,
    "disk on fire",
  );
  assertStringIncludes(error.message, "the disc is as it was");
});

Deno.test("burnData() without being told to says how an open disc can be gone on with", () => {
  const { bench } = cutOff();
  const error = assertThrows(() => drive(burnData(OPTIONS), bench), BurnError, "--continue");
  assertStringIncludes(error.message, "burnscript close");
});

Deno.test("burnData() leaves the session of a DVD+R DL open when it fails, so that it can be gone on with", () => {
  const bench = rigOf(MEDIA_ROWS.find(({ name }) => name === "dvd+r-dl")!);
  const options: BurnOptions = { ...OPTIONS, close: "finalize" };
  const error = assertThrows(
    () =>
      drive(burnData(options), bench, {
        onCommand: (_n, { cdb }) =>
          cdb[0] === OPCODE.write10 && cdb[4] === 1
            ? checkCondition({ key: 3, asc: 0x0c, ascq: 0 })
            : undefined,
      }),
    BurnError,
    "or go on with this one (burnscript burn --continue)",
  );
  assertEquals([error.discState?.status, bench.drive.isLocked], ["open", false]);
  const result = drive(burnData({ ...options, resume: true }), bench);
  assertEquals([result.resumedSectors, result.discState.description], [256, "DVD+R DL, closed, 1 session"]);
});
