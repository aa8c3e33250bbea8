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
  /** Told where a mounted disc was unmounted, a sentence each time. */
  readonly onNote?: (message: string) => void;
}

const sleep = (durationMs: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, durationMs));

/** Opens the tray; a mounted disc is unmounted, and a lock that an earlier program left is taken off first. */
export async function eject({ recorder, session, ...noting }: TrayOptions): Promise<void> {
  using transport = chooseRecorder(recorder, session).open({ exclusive: true, ...noting });
  await runAsync(ejectMedia(), { transport, sleep });
}

/** Closes the tray; returns what is in it. A disc that is in it and mounted stays so. */
export async function load({ recorder, session }: TrayOptions): Promise<Medium> {
  using transport = chooseRecorder(recorder, session).open({ exclusive: false });
  await runAsync(closeTray(), { transport, sleep });
  return await runAsync(inspect(), { transport, sleep });
}
