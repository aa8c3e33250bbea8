/** Setting the write speed. @module */
import { getWritePerformance, modeSense10, setCdSpeed, setStreaming } from "../mmc/cdb.ts";
import { FEATURE } from "../mmc/configuration.ts";
import { BurnError } from "../mmc/errors.ts";
import { currentWriteKbps, MODE_PAGE, parseModePages } from "../mmc/mode_page.ts";
import { parsePerformance, streamingDescriptor } from "../mmc/performance.ts";
import type { Procedure } from "../mmc/request.ts";
import { profileOf } from "../mmc/profiles.ts";
import { sendOptional } from "./command.ts";
import type { Medium, MediumSpeed } from "./describe.ts";
import { sectorsPerSecond } from "./inspect.ts";

/** The highest listed speed that is not above what is asked for; the lowest when all are. */
export function chooseSpeed(medium: Medium, sectorsPerSecond: number): MediumSpeed | undefined {
  return medium.speeds.find((speed) => speed.sectorsPerSecond <= sectorsPerSecond) ?? medium.speeds.at(-1);
}

/** A speed that is asked for: sectors of 2048 bytes a second, or as a multiple of what the kind of disc calls 1x. */
export type AskedSpeed = number | { readonly times: number };

/** An asked speed in sectors a second. */
export function askedSectorsPerSecond(asked: AskedSpeed, { profile }: Medium): number {
  return typeof asked === "number" ? asked : asked.times * profileOf(profile).sectorsPerSecondAt1x;
}

/** A speed in the words of the boxes: "16x", "2.4x". */
export function timesText(speed: number, { profile }: Medium): string {
  const times = speed / profileOf(profile).sectorsPerSecondAt1x;
  return `${times >= 10 ? Math.round(times) : Math.round(times * 10) / 10}x`;
}

/** Below this a speed with a DVD or BD loaded is a leftover of the CD's field in page 2Ah (libburn has seen it). */
const DVD_KBPS_MIN = 1352;

/** The write speed that the drive has set, in sectors a second; undefined where it does not tell. */
export function* readSetSpeed(medium: Medium): Procedure<number | undefined> {
  const action = "read the write speed back";
  const profile = profileOf(medium.profile);
  const lengthBytes = 8 + 16;
  const reply = yield* sendOptional({ action, cdb: getWritePerformance(), dataInBytes: lengthBytes });
  if (reply !== undefined && reply.length >= 8) {
    const kbps = parsePerformance(reply);
    if (kbps !== undefined && kbps > 0) return sectorsPerSecond(kbps, profile);
  }
  const page = yield* sendOptional({
    action,
    cdb: modeSense10(MODE_PAGE.capabilities, { lengthBytes: PAGE_BYTES }),
    dataInBytes: PAGE_BYTES,
  });
  if (page === undefined || page.length < 8) return undefined;
  const capabilities = parseModePages(page).get(MODE_PAGE.capabilities);
  if (capabilities === undefined || capabilities.length < 22) return undefined;
  const kbps = currentWriteKbps(capabilities);
  const isTold = kbps > 0 && (medium.family === "cd" || kbps >= DVD_KBPS_MIN);
  return isTold ? sectorsPerSecond(kbps, profile) : undefined;
}

/** Header and page 2Ah with as many speeds as drives list. */
const PAGE_BYTES = 8 + 2 + 254;

/** Sets a CD's speed (MMC-3). A drive that refuses burns at its own speed. */
export function* setSpeedOfCd(medium: Medium, sectorsPerSecond: number): Procedure<void> {
  // Drives round down: 4x is 705.6 kB/s, and they know it as 706.
  const kbps = chooseSpeed(medium, sectorsPerSecond)?.kbps ?? Math.ceil(sectorsPerSecond * 176.4 / 75);
  yield* sendOptional({
    action: "set the speed",
    cdb: setCdSpeed({ readKbps: 0xffff, writeKbps: Math.min(0xffff, kbps) }),
  });
}

/** Sets a DVD's or BD's speed by one of the drive's own descriptors, or as for a CD where it refuses. */
export function* setSpeedOfDvd(medium: Medium, sectorsPerSecond: number): Procedure<void> {
  const speed = chooseSpeed(medium, sectorsPerSecond);
  const kbps = speed?.kbps ?? Math.round(sectorsPerSecond * 2048 / 1000);
  const descriptor = streamingDescriptor(
    { rotation: speed?.rotationIsPureCav === true ? 1 : 0, endLba: 0, readKbps: kbps, writeKbps: kbps },
    Math.max(1, medium.totalSectors) - 1,
  );
  const taken = yield* sendOptional({
    action: "set the speed",
    cdb: setStreaming(descriptor.length),
    dataOut: descriptor,
  });
  if (taken !== undefined) return;
  yield* sendOptional({
    action: "set the speed",
    cdb: setCdSpeed({ readKbps: 0xffff, writeKbps: Math.min(0xffff, kbps) }),
  });
}

/**
 * The error of a drive that calls a medium incompatible, and has no speed for it in the list that it otherwise has: the
 * medium is made for others, as CD-RW of high speed are. The list alone decides nothing, since some drives give an empty one
 * for what they write well (seen with LG).
 */
export function withSpeedMismatch(error: BurnError, { name, speeds, configuration }: Medium): BurnError {
  const streaming = configuration?.features.get(FEATURE.realTimeStreaming);
  const isListed = streaming?.current === true && ((streaming.data[0] ?? 0) & WRITE_SPEEDS) !== 0;
  const isIncompatible = error.hresultName === "E_IMAPI_RECORDER_MEDIA_INCOMPATIBLE";
  if (!isIncompatible || !isListed || speeds.length > 0) return error;
  const { action, found, sense, command } = error;
  return new BurnError("E_IMAPI_RECORDER_MEDIA_SPEED_MISMATCH", {
    action,
    found: `${found}, and the drive has no speed for this ${name}`,
    advice: "use a disc made for the speeds of this drive, or another drive",
    sense,
    command,
  });
}

/** Whether the drive lists its write speeds (MMC-6, 5.3.35: WSPD). */
const WRITE_SPEEDS = 0x02;
