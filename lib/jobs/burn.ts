/** Burning from TypeScript and from the command line: from a folder to a verified disc. @module */
import { burnData, type BurnProgress, type BurnResult } from "../burn/mod.ts";
import { type AsyncSource, runAsync } from "../drive/run.ts";
import type { Recorder, RecorderIdentity } from "../drive/transport.ts";
import { keepAwake } from "../platform/awake.ts";
import { systemRealPath } from "../platform/system_files.ts";
import { readBegunBurn, readSessionBase } from "./append.ts";
import { NoRecorderError } from "./exit_codes.ts";
import { findRecorders } from "./recorders.ts";
import { type SessionOptions, sessionOptionsFromEnvironment } from "./session.ts";
import { SharedSource } from "./shared_source.ts";
import { openSession, openSource, type SectorSource, type SourceOptions } from "./source.ts";

/** What {@linkcode burn} is told. */
export interface BurnOptions extends SourceOptions {
  /** A folder, whose content is burned, or an image file. */
  readonly source: string;
  /** Which recorder: its index (0 is the first and the default), its path or unique id, or the recorder itself. */
  readonly recorder?: number | string | Recorder;
  /** How the written disc is checked; `"full"`, every sector against the source, when absent. */
  readonly verify?: "none" | "quick" | "full";
  /**
   * Whether the tray is opened and closed once before the disc is read back, so that it is read as any other drive would; not
   * for drives that cannot pull their tray in.
   */
  readonly reload?: boolean;
  /** Whether more sessions can follow; when absent `"finalize"`, but `"appendable"` where a session is appended. */
  readonly close?: "appendable" | "finalize";
  /** Whether a blank BD-R is formatted with spare areas first, which cost room and half the speed. */
  readonly spares?: boolean;
  /**
   * Adds a session to a disc that is appendable, or begins the first one of a disc that stays so: `"merge"` shows the files
   * of the sessions before it too, `"alone"` only its own. Such a disc has ISO 9660 and Joliet, and no UDF.
   */
  readonly append?: "merge" | "alone";
  /**
   * Whether a burn that was cut off is gone on with: DVD and BD whose track is open. What is on the disc is compared with the
   * source, which must be the very same; a disc on which nothing is open is burned from the start.
   */
  readonly resume?: boolean;
  /** Whether a rewritable disc that holds data is overwritten; such a disc is refused when absent. */
  readonly forceOverwrite?: boolean;
  /**
   * In sectors of 2048 bytes a second, or as `{ times: 8 }` for 8x; the drive takes the next lower speed that it has. The
   * fastest that drive and medium allow when absent.
   */
  readonly speed?: number | { readonly times: number };
  /** Whether a CD's session or a DVD-R is written at once (SAO, DAO), and not incrementally. */
  readonly atOnce?: boolean;
  /** Whether the drive only goes through the motions, with the laser at its reading power: CD-R, CD-RW, DVD-R, DVD-RW. */
  readonly simulate?: boolean;
  /** Whether a CD is written beyond the end that it tells of, if the drive lets it. */
  readonly overburn?: boolean;
  /** Told often how far it is. */
  readonly onProgress?: (progress: BurnProgress) => void;
  /** Ends the burn at the next safe point; the disc is closed as well as it can be, then the promise rejects. */
  readonly signal?: AbortSignal;
  /** Virtual recorders and drive letters; from `BURNSCRIPT_VIRTUAL` and `BURNSCRIPT_MAP` when absent. */
  readonly session?: SessionOptions;
}

/**
 * Burns a folder or an image onto a blank disc and verifies it.
 *
 * @throws BurnError with the HRESULT, what the drive said, the state of the disc and what to do.
 * @throws NoRecorderError when there is no recorder, or not the one asked for.
 *
 * @example A folder onto a virtual disc
 * ```ts
 * import { burn } from "@burnscript/burnscript";
 * import { assertEquals } from "@std/assert";
 *
 * const folder = Deno.makeTempDirSync();
 * Deno.mkdirSync(`${folder}/photos`);
 * Deno.writeTextFileSync(`${folder}/photos/readme.txt`, "Holidays");
 *
 * const result = await burn({
 *   source: `${folder}/photos`,
 *   // Without this line a disc in the first recorder of the computer is burned.
 *   session: { virtual: [{ medium: "dvd+r", file: `${folder}/disc.iso` }], maps: [] },
 * });
 * assertEquals(result.verified, "full");
 * assertEquals(result.discState.status, "finalized");
 * Deno.removeSync(folder, { recursive: true });
 * ```
 */
export async function burn(options: BurnOptions): Promise<BurnResult> {
  const session = options.session ?? sessionOptionsFromEnvironment();
  const { append, resume = false } = options;
  // What depends on the disc is laid out for it; else the source is looked at before any drive.
  const dependsOnDisc = append !== undefined || resume;
  const early = dependsOnDisc ? undefined : openSource(options.source, timed(options));
  const recorder = chooseRecorder(options.recorder ?? 0, session);
  const begun = resume ? await readBegunBurn(recorder) : undefined;
  const onNote = (message: string): void => options.onNote?.(message);
  const base = append === undefined
    ? undefined
    : await readSessionBase(recorder, { merge: append === "merge", begun, onNote });
  const sourceOptions = timed(options, begun?.timestamp);
  using source = early ??
    (base === undefined
      ? openSource(options.source, sourceOptions)
      : openSession(options.source, sourceOptions, base));
  using _awake = session.virtual.length > 0 ? undefined : keepAwake("a disc is being written");
  return await burnOnto(recorder, {
    source,
    read: (lba, count, target) => source.read(lba, count, target),
    options,
    ...(base === undefined ? {} : { startLba: base.startLba }),
    onProgress: (progress) => options.onProgress?.(progress),
  });
}

/** The options with the time that the image carries: in whole seconds, so that it can be made again for the same disc. */
function timed<T extends SourceOptions>(options: T, begun?: Date): T {
  const now = (): Date => new Date(Math.floor(Date.now() / 1000) * 1000);
  return { ...options, timestamp: options.timestamp ?? begun ?? now() };
}

/** What {@linkcode burnMany} is told: as {@linkcode BurnOptions}, for several recorders. */
export interface BurnManyOptions extends Omit<BurnOptions, "recorder" | "onProgress" | "append" | "resume"> {
  /** Which recorders, each as {@linkcode BurnOptions.recorder} names it, or all that there are. */
  readonly recorders: readonly (number | string | Recorder)[] | "all";
  /** Told often how far each of them is, by its place in `recorders`. */
  readonly onProgress?: (progress: BurnProgress, index: number) => void;
  /** Told when one of them has ended. */
  readonly onOutcome?: (outcome: BurnOutcome, index: number) => void;
}

/** How a burn onto one of several recorders ended. */
export interface BurnOutcome {
  /** The recorder. */
  readonly recorder: RecorderIdentity;
  /** What was done; undefined when it failed. */
  readonly result: BurnResult | undefined;
  /** Why it failed, as {@linkcode burn} would throw it. */
  readonly error: unknown;
}

/**
 * Burns the same onto several discs at once, from one read of the source. That one recorder fails does not stop the others:
 * each has its outcome.
 *
 * @throws NoRecorderError when there is none, or not one of those asked for; RangeError when one is named twice.
 */
export async function burnMany(options: BurnManyOptions): Promise<BurnOutcome[]> {
  const session = options.session ?? sessionOptionsFromEnvironment();
  const recorders = chooseRecorders(options.recorders, session);
  using source = openSource(options.source, timed(options));
  const shared = new SharedSource(source);
  using _awake = session.virtual.length > 0 ? undefined : keepAwake("discs are being written");
  // All follow before the first one reads, so that it waits for them.
  const followers = recorders.map(() => shared.follow());
  return await Promise.all(recorders.map(async (recorder, index) => {
    using follower = followers[index]!;
    let outcome: BurnOutcome;
    try {
      const result = await burnOnto(recorder, {
        source,
        read: (lba, count, target) => follower.read(lba, count, target),
        options: {
          ...options,
          onNote: (message) => options.onNote?.(`${recorder.identity.path}: ${message}`),
        },
        onProgress: (progress) => options.onProgress?.(progress, index),
      });
      outcome = { recorder: recorder.identity, result, error: undefined };
    } catch (error) {
      outcome = { recorder: recorder.identity, result: undefined, error };
    }
    options.onOutcome?.(outcome, index);
    return outcome;
  }));
}

async function burnOnto(recorder: Recorder, { source, read, options, startLba, onProgress }: {
  source: SectorSource;
  /** How this recorder reads the source. */
  read: AsyncSource;
  options: Omit<BurnOptions, "recorder" | "onProgress">;
  /** Where the source is laid out to begin, if it is a session that is appended. */
  startLba?: number;
  onProgress: (progress: BurnProgress) => void;
}): Promise<BurnResult> {
  const place = systemRealPath(options.source);
  if (place !== undefined && place === systemRealPath(recorder.identity.path)) {
    throw new RangeError(`Cannot burn "${options.source}" onto itself; name the recorder of another disc`);
  }
  using transport = recorder.open({
    exclusive: true,
    sources: () => source.files(),
    onNote: (message) => options.onNote?.(message),
  });
  const procedure = burnData({
    sizeSectors: source.sizeSectors,
    close: options.close ?? (startLba === undefined ? "finalize" : "appendable"),
    verify: options.verify ?? "full",
    reload: options.reload,
    // The image's addresses count from the start of the disc, unless they were made for its next session.
    blankOnly: startLba === undefined,
    startLba,
    now: () => performance.now(),
    forceOverwrite: options.forceOverwrite,
    speed: options.speed,
    atOnce: options.atOnce,
    simulate: options.simulate,
    overburn: options.overburn,
    resume: options.resume,
    spares: options.spares,
    maxTransferBytes: transport.maxTransferBytes,
    ownerOf: (lba) => source.ownerOf(lba),
    onNote: (message) => options.onNote?.(message),
  });
  return await runAsync(procedure, {
    transport,
    source: read,
    onProgress: (progress) => onProgress(progress as BurnProgress), // burnData reports nothing else
    ...(options.signal === undefined ? {} : { signal: options.signal }),
    sleep: (durationMs) => new Promise((resolve) => setTimeout(resolve, durationMs)),
  });
}

function chooseRecorders(
  which: BurnManyOptions["recorders"],
  session: SessionOptions,
): readonly Recorder[] {
  // With none at all, the error is that of the first one.
  if (which === "all" || which.length === 0) {
    const all = findRecorders(session.virtual);
    return all.length > 0 ? all : [chooseRecorder(0, session)];
  }
  const chosen = which.map((each) => chooseRecorder(each, session));
  const ids = chosen.map(({ identity }) => identity.uniqueId);
  const twice = ids.findIndex((id, index) => ids.indexOf(id) !== index);
  if (twice < 0) return chosen;
  throw new RangeError(
    `The recorder ${JSON.stringify(which[twice])} is named twice; it burns one disc at a time`,
  );
}

/**
 * The recorder that a person means.
 *
 * @throws NoRecorderError when there is none, or not that one.
 */
export function chooseRecorder(which: number | string | Recorder, session: SessionOptions): Recorder {
  if (typeof which === "object") return which;
  const recorders = findRecorders(session.virtual);
  const wanted = typeof which === "number" ? which : /^\d+$/.test(which) ? Number(which) : which;
  const found = typeof wanted === "number"
    ? recorders[wanted]
    : recorders.find(({ identity }) => identity.path === wanted || identity.uniqueId === wanted) ??
      recorders.find(({ identity }) => identity.path === systemRealPath(wanted)); // /dev/cdrom, /dev/disk/by-id/…
  if (found !== undefined) return found;
  throw new NoRecorderError(
    recorders.length === 0
      ? "Cannot open a recorder: there is none on this computer; connect one, or use a virtual one with " +
        "--virtual dvd+r=disc.iso"
      : `Cannot open recorder ${JSON.stringify(which)}: there ${recorders.length === 1 ? "is only" : "are"} ${
        recorders.map(({ identity }, index) => `${index} (${identity.path})`).join(", ")
      }`,
  );
}
