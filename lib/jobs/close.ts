/** Closing what a burn that was cut off left open. @module */
import { closeOpenSession, inspect, type Medium } from "../burn/mod.ts";
import { runAsync } from "../drive/run.ts";
import { keepAwake } from "../platform/awake.ts";
import { chooseRecorder } from "./burn.ts";
import type { TrayOptions } from "./tray.ts";

/** What closing came to. */
export interface Closed {
  /** Whether anything was open. */
  readonly wasOpen: boolean;
  /** The disc afterwards. */
  readonly medium: Medium;
}

/**
 * Closes the open track and session of the disc in a recorder, so that what it holds can be read.
 *
 * @throws BurnError when the drive cannot close it, with the state that it is in.
 */
export async function closeDisc({ recorder, session, ...noting }: TrayOptions): Promise<Closed> {
  using transport = chooseRecorder(recorder, session).open({ exclusive: true, ...noting });
  using _awake = session.virtual.length > 0 ? undefined : keepAwake("a disc is being closed");
  const { status } = await runAsync(inspect(), { transport });
  return { wasOpen: status === "open", medium: await runAsync(closeOpenSession(), { transport }) };
}
