/** What the tests of burning share: a virtual drive, a source, and a runner that counts and can interfere. @module */
import { inspect } from "../../lib/burn/mod.ts";
import { areEqual } from "../../lib/burn/equal_bytes.ts";
import { Cancelled, type CommandRequest, type Procedure, type Reply } from "../../lib/mmc/request.ts";
import { encodeSense, type SenseTriple } from "../../lib/mmc/sense.ts";
import {
  type DiscStore,
  type Fault,
  mediumNamed,
  memoryStore,
  VirtualDrive,
} from "../../lib/recorder/mod.ts";
import type { Medium } from "../../lib/burn/mod.ts";

const NOTHING = new Uint8Array(0);
export const OK: Reply = { status: 0, sense: NOTHING, dataIn: NOTHING, transport: "ok" };

const SECTORS: Map<number, Uint8Array> = new Map();

/** Sector `lba` of the source: its number, then a pattern that no other sector has. Not to be changed. */
export function sourceSector(lba: number): Uint8Array {
  let sector = SECTORS.get(lba);
  if (sector === undefined) SECTORS.set(lba, sector = makeSector(lba));
  return sector;
}

function makeSector(lba: number): Uint8Array {
  const sector = new Uint8Array(2048);
  for (let i = 0; i < 2048; i += 4) {
    sector[i] = lba >> 16;
    sector[i + 1] = lba >> 8;
    sector[i + 2] = lba;
    sector[i + 3] = (lba * 7 + i) | 1;
  }
  return sector;
}

export function sourceSectors(lba: number, count: number): Uint8Array {
  const all = new Uint8Array(count * 2048);
  for (let i = 0; i < count; i++) all.set(sourceSector(lba + i), i * 2048);
  return all;
}

export interface Rig {
  readonly store: DiscStore;
  readonly drive: VirtualDrive;
  readonly clock: { nowMs: number };
}

/** A drive with a disc of this kind; with `clock`, everything takes its time. */
export function rig(medium: string, { store = memoryStore(), faults, timed = false, capacitySectors }: {
  store?: DiscStore;
  faults?: readonly Fault[];
  timed?: boolean;
  /** Makes it a smaller disc of its kind, which a test can fill. */
  capacitySectors?: number;
} = {}): Rig {
  const clock = { nowMs: 0 };
  const kind = mediumNamed(medium);
  const drive = new VirtualDrive({
    kind: kind === undefined || capacitySectors === undefined ? kind : { ...kind, capacitySectors },
    store,
    ...(faults === undefined ? {} : { faults }),
    ...(timed ? { clock: () => clock.nowMs } : {}),
  });
  return { store, drive, clock };
}

/** What a test does with a request, in place of carrying it out. */
export interface Interference {
  /** Counts commands from 1; a reply stands in for the drive's. */
  readonly onCommand?: (n: number, command: CommandRequest) => Reply | undefined;
  /** Counts source requests from 1. */
  readonly onSource?: (n: number) => void;
  /** Counts wait and progress requests from 1; true cancels there. */
  readonly isCancelled?: (n: number) => boolean;
  readonly onProgress?: (progress: unknown) => void;
}

const REQUESTS_MAX = 200_000;
const VIRTUAL_MS_MAX = 24 * 3_600_000;

/** Runs a procedure in virtual time. A procedure that does not end is an error, not a hanging test. */
export function drive<T>(
  procedure: Procedure<T>,
  rig: Pick<Rig, "drive" | "clock">,
  how: Interference = {},
): T {
  const counts = { command: 0, source: 0, point: 0 };
  let cancelled = false;
  let step = procedure.next();
  for (let requests = 0; !step.done; requests++) {
    if (requests > REQUESTS_MAX) throw new Error("The procedure does not end");
    if (rig.clock.nowMs > VIRTUAL_MS_MAX) throw new Error("The procedure waits for ever");
    const request = step.value;
    let reply = OK;
    try {
      if (request.kind === "command") {
        reply = how.onCommand?.(++counts.command, request) ?? rig.drive.execute(request);
        if (reply.transport === "timeout") rig.clock.nowMs += request.timeoutMs;
        rig.clock.nowMs += 1;
      } else if (request.kind === "source") {
        how.onSource?.(++counts.source);
        reply = { ...OK, dataIn: sourceSectors(request.lba, request.count) };
      } else {
        if (!cancelled && how.isCancelled?.(++counts.point) === true) {
          cancelled = true;
          throw new Cancelled();
        }
        if (request.kind === "wait") rig.clock.nowMs += request.durationMs;
        else how.onProgress?.(request.progress);
      }
    } catch (error) {
      step = procedure.throw(error);
      continue;
    }
    step = procedure.next(reply);
  }
  return step.value;
}

/** What a fresh look at the disc finds. */
export function look(rig: Pick<Rig, "drive" | "clock">): Medium {
  return drive(inspect(), rig);
}

export function checkCondition(sense: SenseTriple): Reply {
  return { ...OK, status: 2, sense: encodeSense(sense) };
}

/** The first sector in which disc and source differ, or −1. */
export function firstDifference(
  store: DiscStore,
  { startLba, count }: { startLba: number; count: number },
): number {
  const found = new Uint8Array(2048);
  for (let lba = 0; lba < count; lba++) {
    store.read(found, startLba + lba);
    if (!areEqual(sourceSector(lba), found)) return startLba + lba;
  }
  return -1;
}
