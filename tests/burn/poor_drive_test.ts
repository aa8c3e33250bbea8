/**
 * The engine against a drive as poor as tgt's emulated DVD+R writer, written down from its observed behaviour: the
 * next writable address never moves, every CLOSE makes a DVD-ROM of the disc, refusals carry key 2, replies fill the
 * whole allocation length, and many commands are missing.
 */
import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { burnData, BurnError, inspect } from "../../lib/burn/mod.ts";
import { MEDIA_STATE } from "../../lib/burn/inspect.ts";
import { setUint16, setUint32, uint16, uint32 } from "../../lib/mmc/bytes.ts";
import { OPCODE } from "../../lib/mmc/opcode.ts";
import type { CommandRequest, Reply } from "../../lib/mmc/request.ts";
import { memoryStore } from "../../lib/recorder/mod.ts";
import { MEDIA_ROWS, rigOf } from "./_media.ts";
import { checkCondition, drive, firstDifference, type Interference, look, OK } from "./_rig.ts";

const FREE_SECTORS = 2_295_104;

class PoorDrive {
  readonly store = memoryStore();
  isLocked = false;
  isClosed = false;
  endLba = 0;
  readonly unknown: number[] = [];

  execute({ cdb, dataOut, dataInBytes = 0 }: CommandRequest): Reply {
    const fill = (bytes: Uint8Array): Reply => {
      const dataIn = new Uint8Array(dataInBytes);
      dataIn.set(bytes.subarray(0, dataInBytes));
      return { ...OK, dataIn };
    };
    switch (cdb[0]) {
      case OPCODE.testUnitReady:
      case OPCODE.synchronizeCache:
      case OPCODE.setStreaming:
      case OPCODE.setCdSpeed:
      case OPCODE.modeSelect10:
        return OK;
      case OPCODE.preventAllowRemoval:
        this.isLocked = cdb[4] === 1;
        return OK;
      case OPCODE.inquiry:
        return fill(Uint8Array.of(5, 0x80, 0, 2, 91));
      case OPCODE.getConfiguration:
        return fill(Uint8Array.of(0, 0, 0, 4, 0, 0, 0, this.isClosed ? 0x10 : 0x1b));
      case OPCODE.readDiscInformation:
        return fill(Uint8Array.of(0, 0x20, this.isClosed ? 0x0e : 0, 1, 1, 1, 1));
      case OPCODE.readTrackInformation:
        return this.#track(uint32(cdb, 2), fill);
      case OPCODE.readCapacity: {
        const bytes = new Uint8Array(8);
        setUint32(bytes, 0, Math.max(0, this.endLba - 1));
        setUint16(bytes, 6, 2048);
        return fill(bytes);
      }
      case OPCODE.write10:
        if (this.isClosed) return checkCondition({ key: 5, asc: 0x30, ascq: 5 });
        this.store.write(dataOut!, uint32(cdb, 2));
        this.endLba = Math.max(this.endLba, uint32(cdb, 2) + uint16(cdb, 7));
        return OK;
      case OPCODE.read10: {
        if (!this.isClosed) return checkCondition({ key: 5, asc: 0x21, ascq: 0 });
        const dataIn = new Uint8Array(uint16(cdb, 7) * 2048);
        this.store.read(dataIn, uint32(cdb, 2));
        return { ...OK, dataIn };
      }
      case OPCODE.closeTrackSession:
        this.isClosed = true;
        return OK;
      default:
        this.unknown.push(cdb[0] ?? 0);
        return checkCondition({ key: cdb[0] === OPCODE.getPerformance ? 2 : 5, asc: 0x20, ascq: 0 });
    }
  }

  #track(number: number, fill: (bytes: Uint8Array) => Reply): Reply {
    if (this.isClosed && number !== 1) return checkCondition({ key: 2, asc: 0x24, ascq: 0 });
    const bytes = new Uint8Array(40);
    bytes.set([
      0,
      38,
      1,
      1,
      0,
      this.isClosed ? 0x04 : 0x07,
      this.isClosed ? 0x01 : 0x41,
      this.isClosed ? 2 : 1,
    ]);
    setUint32(bytes, 16, this.isClosed ? 0 : FREE_SECTORS);
    setUint32(bytes, 24, this.isClosed ? this.endLba : FREE_SECTORS);
    setUint32(bytes, 28, this.endLba - 1);
    return fill(bytes);
  }
}

for (const close of ["appendable", "finalize"] as const) {
  for (const verify of ["none", "quick", "full"] as const) {
    Deno.test(`burnData() to a drive that knows little: ${close}, verification ${verify}`, () => {
      const poor = new PoorDrive();
      const options = { sizeSectors: 1000, close, verify, speed: 5000 };
      const result = drive(burnData(options), { drive: poor as never, clock: { nowMs: 0 } });
      assertEquals([result.startLba, result.writtenSectors], [0, 1008]);
      assertEquals(result.discState.description, "DVD-ROM, read only");
      assertEquals(firstDifference(poor.store, { startLba: 0, count: 1000 }), -1);
      assertEquals([poor.isLocked, poor.isClosed], [false, true]);
    });
  }
}

for (const row of MEDIA_ROWS) {
  const options = { sizeSectors: 500, close: "appendable", verify: "full", ...row.options } as const;
  Deno.test(`burnData() to a ${row.name} in a drive without READ TRACK INFORMATION knows its room from elsewhere`, () => {
    const how: Interference = {
      onCommand: (_n, { cdb }) =>
        cdb[0] === OPCODE.readTrackInformation ? checkCondition({ key: 5, asc: 0x20, ascq: 0 }) : undefined,
    };
    const bench = rigOf(row);
    const { freeSectors } = look(bench);
    const without = drive(inspect(), bench, how);
    assertEquals(without.status, "blank");
    // A CD's lead-out is told of, and not the two run-out sectors before it.
    assert(Math.abs(without.freeSectors - freeSectors) <= 2, `${without.freeSectors}, not ${freeSectors}`);
    const result = drive(burnData(options), bench, how);
    assertEquals(firstDifference(bench.store, { startLba: 0, count: 500 }), -1);
    if (result.discState.status !== "appendable") return;
    const { description, nwa, imapiMediaState } = drive(inspect(), bench, how);
    assertEquals([nwa, imapiMediaState & MEDIA_STATE.finalSession], [undefined, 0]);
    assertStringIncludes(description, "appendable, 1 session, room unknown");
    const error = assertThrows(
      () => drive(burnData(options), bench, how),
      BurnError,
    );
    assertEquals(error.hresultName, "E_IMAPI_DF2DATA_INVALID_MEDIA_STATE");
    assertStringIncludes(error.message, "does not tell where writing would go on");
  });
}
