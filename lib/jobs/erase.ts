/** Erasing from TypeScript and from the command line. @module */
import { eraseDisc, type EraseProgress, type Medium } from "../burn/mod.ts";
import { runAsync } from "../drive/run.ts";
import type { Recorder } from "../drive/transport.ts";
import { keepAwake } from "../platform/awake.ts";
import { chooseRecorder } from "./burn.ts";
import { type SessionOptions, sessionOptionsFromEnvironment } from "./session.ts";

/** What {@linkcode erase} is told. */
export interface EraseJobOptions {
  /** Which recorder: its index (0 is the first and the default), its path or unique id, or the recorder itself. */
  readonly recorder?: number | string | Recorder;
  /** Whether every sector is erased, and not only what makes the disc count as blank. */
  readonly full?: boolean;
  /** Makes a DVD-RW one that is overwritten in place, in place of blanking it. */
  readonly overwritable?: boolean;
  /** Told how far it is, 0 to 1, where the drive tells. */
  readonly onProgress?: (fraction: number) => void;
  /** Told where a mounted disc was unmounted, a sentence each time. */
  readonly onNote?: (message: string) => void;
  /** Ends the work at the next safe point; blanking and formatting are not interrupted. */
  readonly signal?: AbortSignal;
  /** Virtual recorders; from `BURNSCRIPT_VIRTUAL` when absent. */
  readonly session?: SessionOptions;
}

/**
 * Erases the rewritable disc in a recorder; returns what it is afterwards.
 *
 * @throws BurnError with the HRESULT, what the drive said, the state of the disc and what to do.
 */
export async function erase(options: EraseJobOptions = {}): Promise<Medium> {
  const session = options.session ?? sessionOptionsFromEnvironment();
  const recorder = chooseRecorder(options.recorder ?? 0, session);
  const { full = false, overwritable = false, signal, onProgress, onNote } = options;
  using transport = recorder.open({ exclusive: true, ...(onNote === undefined ? {} : { onNote }) });
  using _awake = session.virtual.length > 0 ? undefined : keepAwake("a disc is being erased");
  return await runAsync(eraseDisc({ full, overwritable }), {
    transport,
    ...(signal === undefined ? {} : { signal }),
    onProgress: (progress) => onProgress?.((progress as EraseProgress).fraction), // eraseDisc reports nothing else
    sleep: (durationMs) => new Promise((resolve) => setTimeout(resolve, durationMs)),
  });
}
