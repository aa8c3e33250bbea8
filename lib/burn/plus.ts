/** DVD+R, DVD+R DL and BD-R: one track a session, written at the next writable address, closed and finalised by CLOSE TRACK/SESSION. @module */
import { setUint16, setUint32, uint32 } from "../mmc/bytes.ts";
import { FORMAT_TYPE } from "../mmc/capacity.ts";
import { readDiscStructure, sendDiscStructure } from "../mmc/cdb.ts";
import type { Procedure } from "../mmc/request.ts";
import { type BurnFamily, type BurnPlan, ONE_WAY } from "./burn_family.ts";
import { closeBy, closeOpenTrack } from "./closing.ts";
import {
  close,
  failureError,
  sendOptional,
  synchronize,
  synchronizeWhatCanBe,
  TIMEOUT_MS,
} from "./command.ts";
import type { Medium } from "./describe.ts";
import type { Format } from "./format.ts";
import { setSpeedOfDvd } from "./speed.ts";

/** DVD+R, profile 001Bh. Some drives know only one of the two ways to end it. */
export const DVD_PLUS_R: BurnFamily = plus({ blockSectors: 16, endings: ["finalizeMinimal", "finalize"] });

/**
 * DVD+R DL, profile 002Bh: as a DVD+R, over two layers of the same length. After a failure its session stays open: closing it
 * would have the drive fill what is left of both layers, and such discs can be gone on with (libburn and growisofs do so).
 */
export const DVD_PLUS_R_DL: BurnFamily = {
  ...plus({ blockSectors: 16, endings: ["finalizeMinimal", "finalize"], prepare: setLayerBreak }),
  abandon: () => synchronize(),
};

/**
 * Has both layers end together, so that closing the disc need not fill the rest of one: hours for little data. Only of use
 * when the disc is closed in one go, and when the data needs the second layer.
 */
function* setLayerBreak({ medium, writtenSectors, close: how }: BurnPlan): Procedure<undefined> {
  if (medium.status !== "blank" || how !== "finalize") return;
  const action = "read the layer boundary";
  const lengthBytes = 12;
  const boundary = yield* sendOptional({
    action,
    cdb: readDiscStructure(LAYER_BOUNDARY, { lengthBytes }),
    dataInBytes: lengthBytes,
  });
  if (boundary === undefined || boundary.length < lengthBytes) return;
  const wasSet = ((boundary[4] ?? 0) & 0x80) !== 0;
  const layerSectors = uint32(boundary, 8);
  if (wasSet || writtenSectors <= layerSectors) return;
  const list = new Uint8Array(lengthBytes);
  setUint16(list, 0, lengthBytes - 2);
  setUint32(list, 8, Math.floor((writtenSectors / 16 + 1) / 2) * 16);
  // The drive may calibrate here. One that refuses chooses by itself.
  yield* sendOptional({
    action: "set the layer boundary",
    cdb: sendDiscStructure(LAYER_BOUNDARY, list.length),
    dataOut: list,
    timeoutMs: TIMEOUT_MS.long,
  });
}

/** Format code of READ and SEND DISC STRUCTURE (MMC-6). */
const LAYER_BOUNDARY = 0x20;

/**
 * BD-R in sequential mode, profile 0041h. It is formatted when that is asked for only: it costs room and half the speed,
 * for spare areas that a verified disc does not need. A WRITE carries a whole cluster; with less some drives write junk.
 */
export const BD_R: BurnFamily = {
  ...plus({ blockSectors: 32, endings: ["finalize"], prepare: countSessions }),
  sparesCapacity: (medium) => sparesFormat(medium)?.sectors,
  formatFor: ({ medium, spares = false }) => spares ? sparesFormat(medium) : undefined,
};

// deno-lint-ignore require-yield -- a step like those that ask the drive
function* countSessions({ medium: { sessions } }: BurnPlan): Procedure<string | undefined> {
  if (sessions < MANY_SESSIONS) return undefined;
  return `The disc has ${sessions} sessions, and some drives take no more than 300: begin another disc soon`;
}

/** Drives begin to fail with more than 300 (libburn has seen it). */
const MANY_SESSIONS = 250;

/** The drive's usual spare areas, without pseudo-overwrite, which leaves sessions open for ever. */
function sparesFormat({ status, formatCapacities }: Medium): Format | undefined {
  if (status !== "blank" || formatCapacities?.kind !== "unformatted") return undefined;
  const offered = formatCapacities.formats.find(({ type }) => type === FORMAT_TYPE.full);
  if (offered === undefined) return undefined;
  return { type: "full", sectors: offered.sectors, parameter: offered.parameter, subType: WITHOUT_OVERWRITE };
}

const WITHOUT_OVERWRITE = 1;

/** RESERVE TRACK is left out: not every drive knows it, and one track a session needs none. */
function plus({ blockSectors, endings, prepare = nothing }: {
  /** An ECC block, or a cluster. */
  blockSectors: number;
  /** The ways to end the disc, in the order in which they are tried. */
  endings: readonly ("finalizeMinimal" | "finalize")[];
  prepare?: BurnFamily["prepare"];
}): BurnFamily {
  return {
    ...ONE_WAY,
    blockSectors,
    rewrites: false,
    writtenSectors: (sizeSectors) => Math.ceil(sizeSectors / blockSectors) * blockSectors,
    prepare,
    setSpeed: setSpeedOfDvd,
    *finish({ close: how }: BurnPlan): Procedure<void> {
      yield* synchronize();
      yield* closeOpenTrack();
      yield* closeBy(how === "appendable" ? ["session"] : endings);
    },
    *salvage(): Procedure<void> {
      yield* synchronizeWhatCanBe();
      yield* closeOpenTrack();
      const failure = yield* close("session");
      if (failure !== undefined) throw failureError("close the session", failure);
    },
  };
}

function* nothing(): Procedure<undefined> {}
