/** Burning from TypeScript and from the command line: from a folder to a verified disc. @module */
import { burnData, type BurnProgress, type BurnResult } from "../burn/mod.ts";
import { runAsync } from "../drive/run.ts";
import type { Recorder } from "../drive/transport.ts";
import { keepAwake } from "../platform/awake.ts";
import { NoRecorderError } from "./exit_codes.ts";
import { findRecorders } from "./recorders.ts";
import { type SessionOptions, sessionOptionsFromEnvironment } from "./session.ts";
import { openSource, type SourceOptions } from "./source.ts";

/** What {@linkcode burn} is told. */
export interface BurnOptions extends SourceOptions {
  /** A folder, whose content is burned, or an image file. */
  readonly source: string;
  /** Which recorder: its index (0 is the first and the default), its path or unique id, or the recorder itself. */
  readonly recorder?: number | string | Recorder;
  /** How the written disc is checked; `"full"`, every sector against the source, when absent. */
  readonly verify?: "none" | "quick" | "full";
  /** Whether more sessions can follow; `"finalize"` when absent. */
  readonly close?: "appendable" | "finalize";
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
  using source = openSource(options.source, options);
  const recorder = chooseRecorder(options.recorder ?? 0, session);
  using _awake = session.virtual.length > 0 ? undefined : keepAwake("a disc is being written");
  using transport = recorder.open({ exclusive: true });
  const procedure = burnData({
    sizeSectors: source.sizeSectors,
    close: options.close ?? "finalize",
    verify: options.verify ?? "full",
    // The image's addresses count from the start of the disc.
    blankOnly: true,
    now: () => performance.now(),
    ...(options.forceOverwrite === undefined ? {} : { forceOverwrite: options.forceOverwrite }),
    speed: options.speed,
    atOnce: options.atOnce,
    simulate: options.simulate,
    overburn: options.overburn,
    ownerOf: (lba) => source.ownerOf(lba),
  });
  return await runAsync(procedure, {
    transport,
    source: (lba, count, target) => source.read(lba, count, target),
    onProgress: (progress) => options.onProgress?.(progress as BurnProgress),
    ...(options.signal === undefined ? {} : { signal: options.signal }),
    sleep: (durationMs) => new Promise((resolve) => setTimeout(resolve, durationMs)),
  });
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
    : recorders.find(({ identity }) => identity.path === wanted || identity.uniqueId === wanted);
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
