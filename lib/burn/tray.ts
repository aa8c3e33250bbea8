/** The tray: open, close, lock. @module */
import { preventRemoval, startStopUnit } from "../mmc/cdb.ts";
import { type Configuration, FEATURE } from "../mmc/configuration.ts";
import { BurnError } from "../mmc/errors.ts";
import type { Procedure } from "../mmc/request.ts";
import { attempt, failureError, send, TIMEOUT_MS } from "./command.ts";
import { waitReady } from "./wait_ready.ts";

/** Opens the tray; a lock that an earlier program left is taken off first. */
export function* ejectMedia(): Procedure<void> {
  const eject = {
    action: "eject the disc",
    cdb: startStopUnit("eject", { immediate: false }),
    timeoutMs: TIMEOUT_MS.load,
  };
  const outcome = yield* attempt(eject);
  if (outcome.ok) return;
  const { sense } = outcome.failure;
  if (sense?.asc !== 0x53) throw failureError(eject.action, outcome.failure);
  yield* unlockTray();
  yield* send(eject);
}

/** Closes the tray and waits for what is in it; false when nothing is. */
export function* closeTray(): Procedure<boolean> {
  yield* send({
    action: "close the tray",
    cdb: startStopUnit("load", { immediate: true }),
    timeoutMs: TIMEOUT_MS.load,
  });
  return yield* waitReady("load the disc", { budgetMs: TIMEOUT_MS.load, isLoading: true });
}

/** Whether the drive can pull its tray in (the Load bit of MMC-6, 5.3.4): those of notebooks and slots cannot. */
export function canLoad({ features }: Configuration): boolean {
  return ((features.get(FEATURE.removableMedium)?.data[0] ?? 0) & 0x10) !== 0;
}

/**
 * Opens and closes the tray around a locked disc: only then have all drives forgotten what they knew of it.
 *
 * @throws BurnError when nothing is in it afterwards.
 */
export function* reloadDisc(): Procedure<void> {
  yield* unlockTray();
  yield* ejectMedia();
  const isPresent = yield* closeTray();
  if (!isPresent) {
    throw new BurnError("E_IMAPI_RECORDER_MEDIA_NO_MEDIA", {
      action: "load the disc again",
      found: "found no medium",
      advice: "close the tray by hand",
    });
  }
  yield* lockTray();
}

/** Keeps the disc in while it is written. Drives without a lock refuse, and are none the worse for it. */
export function* lockTray(): Procedure<void> {
  yield* attempt({ action: "lock the tray", cdb: preventRemoval(true) });
}

/** Gives the button back; tried twice, because a tray that stays locked needs the drive to be switched off. */
export function* unlockTray(): Procedure<void> {
  for (let tries = 0; tries < 2; tries++) {
    const { ok } = yield* attempt({ action: "unlock the tray", cdb: preventRemoval(false) });
    if (ok) return;
  }
}
