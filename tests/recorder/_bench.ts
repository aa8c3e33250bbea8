/** What the tests of the virtual recorder share: a drive that is sent commands one by one. @module */
import { assertEquals } from "@std/assert";
import * as cdb from "../../lib/mmc/cdb.ts";
import type { Reply } from "../../lib/mmc/request.ts";
import { formatSense, parseSense } from "../../lib/mmc/sense.ts";
import {
  type DiscStore,
  type Fault,
  mediumNamed,
  memoryStore,
  VirtualDrive,
} from "../../lib/recorder/mod.ts";

/** A drive and how tests talk to it. */
export class Bench {
  nowMs = 0;
  readonly drive: VirtualDrive;
  readonly store: DiscStore;

  constructor(medium: string, { faults, timed = false, fresh = false, store = memoryStore() }: {
    store?: DiscStore;
    faults?: readonly Fault[];
    timed?: boolean;
    fresh?: boolean;
  } = {}) {
    this.store = store;
    this.drive = new VirtualDrive({
      kind: mediumNamed(medium),
      store,
      ...(faults ? { faults } : {}),
      ...(timed ? { clock: () => this.nowMs } : {}),
    });
    if (fresh) return;
    while (this.sense(cdb.testUnitReady()).startsWith("6")) { /* unit attentions come first */ }
  }

  send(bytes: Uint8Array, dataOut?: Uint8Array): Reply {
    return this.drive.execute({
      kind: "command",
      cdb: bytes,
      ...(dataOut ? { dataOut } : { dataInBytes: 65536 }),
      timeoutMs: 1000,
    });
  }

  sense(bytes: Uint8Array, dataOut?: Uint8Array): string {
    const reply = this.send(bytes, dataOut);
    if (reply.transport !== "ok") return reply.transport;
    return reply.status === 0 ? "good" : formatSense(parseSense(reply.sense)!);
  }

  /** Sets bytes 2, 3 and 4 of mode page 05h: flags and write type, what follows and track mode, block type. */
  select(bytes: readonly [number, number, number]): string {
    const list = new Uint8Array(8 + 0x34);
    list.set([5, 0x32, ...bytes], 8);
    return this.sense(cdb.modeSelect10(list.length), list);
  }

  write(lba: number, sectors: number): string {
    return this.sense(cdb.write10(lba, sectors), new Uint8Array(sectors * 2048).fill(lba + 1));
  }

  burn(sectors: number, how: "session" | "finalize" = "session"): void {
    assertEquals(this.write(0, sectors), "good");
    assertEquals(this.sense(cdb.synchronizeCache({ immediate: true })), "good");
    assertEquals(this.sense(cdb.closeTrackSession("track", 1)), "good");
    assertEquals(this.sense(cdb.closeTrackSession(how)), "good");
  }
}
