/** Opening and closing a recorder's tray. @module */
import { closeTray, ejectMedia, inspect, type Medium } from "../burn/mod.ts";
import { runAsync } from "../drive/run.ts";
import { chooseRecorder } from "./burn.ts";
import type { SessionOptions } from "./session.ts";

/** Which recorder, and which there are. */
export interface TrayOptions {
  /** Its index (0 is the first and the default), its path or unique id. */
  readonly recorder: number | string;
  readonly session: SessionOptions;
}

const sleep = (durationMs: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, durationMs));

/** Opens the tray; a lock that an earlier program left is taken off first. */
export async function eject({ recorder, session }: TrayOptions): Promise<void> {
  using transport = chooseRecorder(recorder, session).open({ exclusive: true });
  await runAsync(ejectMedia(), { transport, sleep });
}

/** Closes the tray; returns what is in it. */
export async function load({ recorder, session }: TrayOptions): Promise<Medium> {
  using transport = chooseRecorder(recorder, session).open({ exclusive: true });
  await runAsync(closeTray(), { transport, sleep });
  return await runAsync(inspect(), { transport, sleep });
}
