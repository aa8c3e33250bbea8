import { assertEquals, assertThrows } from "@std/assert";
import { burnData, BurnError, type BurnOptions, MEDIA_STATE } from "../../lib/burn/mod.ts";
import { OPCODE } from "../../lib/mmc/opcode.ts";
import { drive, firstDifference, type Interference, look, OK, type Rig, rig } from "./_rig.ts";

const BASE: BurnOptions = { sizeSectors: 300, close: "finalize", verify: "full" };

function opcodesOf(bench: Rig, options: BurnOptions): number[] {
  const opcodes: number[] = [];
  drive(burnData(options), bench, { onCommand: (_n, { cdb }) => void opcodes.push(cdb[0] ?? 0) });
  return opcodes;
}

for (const medium of ["dvd+rw", "dvd-ram", "bd-re"]) {
  for (const timed of [false, true]) {
    Deno.test(`burnData() overwrites a ${medium} that holds data only when asked, ${timed ? "timed" : "timeless"}`, () => {
      const bench = rig(medium, { timed });
      const blank = look(bench);
      assertEquals([blank.status, blank.nwa, blank.imapiMediaState], [
        "blank",
        0,
        MEDIA_STATE.overwriteOnly | MEDIA_STATE.blank,
      ]);
      drive(burnData(BASE), bench);
      const written = look(bench);
      assertEquals([written.status, written.imapiMediaState], ["overwritable", MEDIA_STATE.overwriteOnly]);
      const error = assertThrows(() => drive(burnData(BASE), bench), BurnError, "--force");
      assertEquals(error.hresultName, "E_IMAPI_DF2DATA_MEDIA_NOT_BLANK");
      assertEquals(bench.drive.isLocked, false);
      const larger = { ...BASE, sizeSectors: 700, forceOverwrite: true };
      const result = drive(burnData(larger), bench);
      assertEquals([result.startLba, result.writtenSectors, result.verified], [0, 704, "full"]);
      assertEquals(firstDifference(bench.store, { startLba: 0, count: 700 }), -1);
      assertEquals(bench.drive.isLocked, false);
    });
  }
}

Deno.test("burnData() formats a DVD+RW once, goes on with the format for more data, and not for less", () => {
  const bench = rig("dvd+rw");
  const formats = (sizeSectors: number): number =>
    opcodesOf(bench, { ...BASE, sizeSectors, forceOverwrite: true }).filter((code) =>
      code === OPCODE.formatUnit
    )
      .length;
  assertEquals([formats(300), formats(200), formats(304), formats(600)], [1, 0, 0, 1]);
  assertEquals(bench.drive.disc?.format, "stopped");
});

Deno.test("burnData() leaves a DVD+RW alone that is formatted to its end", () => {
  const bench = rig("dvd+rw", { timed: true });
  drive(burnData(BASE), bench);
  bench.drive.pressEject();
  bench.drive.pressEject();
  drive(burnData({ ...BASE, sizeSectors: 500, forceOverwrite: true, verify: "none" }), bench, {
    // Between the format and the first WRITE the drive is left alone for an hour.
    onCommand: (_n, { cdb }) => {
      if (cdb[0] === OPCODE.write10 && cdb[5] === 0 && cdb[4] === 0) bench.clock.nowMs += 3_600_000;
      return undefined;
    },
  });
  assertEquals(bench.drive.disc?.format, "formatted");
  const opcodes = opcodesOf(bench, { ...BASE, sizeSectors: 4000, forceOverwrite: true, verify: "none" });
  assertEquals(opcodes.includes(OPCODE.formatUnit), false);
  assertEquals(opcodes.includes(OPCODE.closeTrackSession), false);
});

Deno.test("burnData() that is cancelled before the first WRITE to a DVD+RW says that it is still blank", () => {
  const bench = rig("dvd+rw");
  let formatted = false;
  const error = assertThrows(
    () =>
      drive(burnData(BASE), bench, {
        onCommand: (_n, { cdb }) => void (formatted ||= cdb[0] === OPCODE.formatUnit),
        isCancelled: () => formatted,
      }),
    BurnError,
  );
  assertEquals([error.hresultName, error.discState?.description], [
    "E_IMAPI_REQUEST_CANCELLED",
    "DVD+RW, blank",
  ]);
  assertEquals([bench.drive.isLocked, bench.drive.disc?.format], [false, "stopped"]);
});

Deno.test("burnData() formats no DVD+RW whose drive tells of no format but lists one", () => {
  const bench = rig("dvd+rw");
  drive(burnData(BASE), bench);
  const formats: number[] = [];
  const onCommand: Interference["onCommand"] = (_n, command) => {
    if (command.cdb[0] === OPCODE.formatUnit) formats.push(1);
    const reply = bench.drive.execute(command);
    if (command.cdb[0] !== OPCODE.readDiscInformation) return reply;
    const dataIn = reply.dataIn.slice();
    dataIn[7] = (dataIn[7] ?? 0) & ~3;
    return { ...reply, dataIn };
  };
  const error = assertThrows(() => drive(burnData(BASE), bench, { onCommand }), BurnError);
  assertEquals(error.hresultName, "E_IMAPI_DF2DATA_MEDIA_NOT_BLANK");
  drive(burnData({ ...BASE, forceOverwrite: true }), bench, { onCommand });
  assertEquals(formats, []);
});

Deno.test("burnData() refuses a DVD-RAM that is protected from writing", () => {
  const bench = rig("dvd-ram");
  const error = assertThrows(() =>
    drive(burnData(BASE), bench, {
      onCommand: (_n, command) => {
        const reply = bench.drive.execute(command);
        if (command.cdb[0] === OPCODE.readDiscStructure && command.cdb[7] === 0xc0) {
          return { ...OK, dataIn: Uint8Array.of(0, 6, 0, 0, 2, 0, 0, 0) };
        }
        if (command.cdb[0] !== OPCODE.getConfiguration || reply.dataIn.length <= 8) return reply;
        // The drive gains the write protect feature, current: its descriptor stands behind the others.
        const dataIn = Uint8Array.from([...reply.dataIn, 0x00, 0x04, 0x01, 0x04, 0, 0, 0, 0]);
        dataIn[3] = (dataIn[3] ?? 0) + 8;
        return { ...reply, dataIn };
      },
    }), BurnError);
  assertEquals(error.hresultName, "E_IMAPI_RECORDER_MEDIA_WRITE_PROTECTED");
  assertEquals(look(bench).status, "blank");
});
