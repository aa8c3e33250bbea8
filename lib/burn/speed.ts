/** Setting the write speed. @module */
import { setCdSpeed, setStreaming } from "../mmc/cdb.ts";
import { streamingDescriptor } from "../mmc/performance.ts";
import type { Procedure } from "../mmc/request.ts";
import { sendOptional } from "./command.ts";
import type { Medium, MediumSpeed } from "./describe.ts";

/** The highest listed speed that is not above what is asked for; the lowest when all are. */
export function chooseSpeed(medium: Medium, sectorsPerSecond: number): MediumSpeed | undefined {
  return medium.speeds.find((speed) => speed.sectorsPerSecond <= sectorsPerSecond) ?? medium.speeds.at(-1);
}

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
