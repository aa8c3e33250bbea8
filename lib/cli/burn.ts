/** `burnscript burn`: a folder or an image onto a disc. @module */
import { BurnError, type BurnProgress, type BurnResult, inspect } from "../burn/mod.ts";
import { FILE_SYSTEM } from "../image/mod.ts";
import { runAsync } from "../drive/run.ts";
import { burn, burnMany, type BurnOptions, chooseRecorder } from "../jobs/burn.ts";
import { discMap } from "../jobs/disc_map.ts";
import { EXIT, exitCodeOf, firstError } from "../jobs/exit_codes.ts";
import { ProgressBoard } from "../jobs/progress_board.ts";
import { bytesText } from "../jobs/words.ts";
import { discFiles } from "../jobs/disc_files.ts";
import { SpeedCurve } from "../jobs/speed_curve.ts";
import { profileOf } from "../mmc/profiles.ts";
import { writeText } from "../platform/console.ts";
import { requireSideOutput } from "../platform/side_output.ts";
import { writeWhole } from "../platform/write_whole.ts";
import {
  cancellable,
  type Command,
  oneOf,
  parseCommand,
  type ParsedCommand,
  printJson,
  printNote,
  progressDisplay,
  progressMode,
  UsageError,
  withPicture,
} from "./command.ts";
import { givenTimestamp } from "./image.ts";
import { FORMAT_FLAGS, FORMAT_OPTIONS, formatOptions, withRockRidgeVersion } from "./image_format.ts";

/** The `burn` command. */
export const burnCommand: Command = {
  help: `usage: burnscript burn [OPTIONS] SOURCE

Burns the content of a folder, or an image file, onto the blank disc in a recorder, closes the disc and
compares every sector with the source. A disc that is mounted is unmounted first, unless it is in use.

  --drive N|PATH|all     which recorder, as "burnscript drives" shows them (default 0); may repeat: the source
                         is then read once for all of them, and that one fails does not stop the others
  --verify full|quick|none
                         compare every sector, look at the ends only, or not at all (default full)
  --reload               open and close the tray before that, so that nothing is compared that the drive only
                         remembers; not for notebooks, whose tray nobody closes
  --close finalize|appendable
                         whether more sessions can follow (default finalize)
  --append               add a session to an appendable disc, which shows the files of the earlier ones too, a
                         file of the same path in place of the older one; on a blank disc, begin one that
                         stays appendable
  --alone                with --append: show the files of the new session only
  --continue             go on with a burn of the same source that was cut off, on a DVD or BD; what is on the
                         disc is compared first
  --force                overwrite a rewritable disc that holds data; without it such a disc is refused
  --virtual MEDIUM=FILE  burn to a virtual disc instead, such as dvd+r=disc.iso; "burnscript --help" lists
                         them

How it is written
  --speed 8x             how fast; the drive takes the next lower speed that it has for the disc (default its
                         fastest)
  --at-once              write a CD's session or a DVD-R in one piece (SAO, DAO), without padding; it cannot
                         be closed when it is cut off
  --simulate             only try it, with the laser at its reading power: CD-R, CD-RW, DVD-R and DVD-RW
  --overburn             go beyond the end that a CD tells of, as far as the drive lets it
  --spares               format a blank BD-R with spare areas first, in which the drive replaces what it
                         cannot write: for less room and half the speed

What becomes of a folder
  --volume NAME          the volume's name (default: the folder's)
  --fs LIST              which file systems, of iso9660,joliet,udf (default: all three; no UDF with --append)
  --timestamp SECONDS    the time in its descriptors, in seconds since 1970 (default: SOURCE_DATE_EPOCH, or
                         now)
  --udf, --rock-ridge, --posix, --exclude, --duplicates-once and more
                         as "burnscript image --help" has them: all that says how the image is made

What is told
  --map FILE.svg         draw the disc afterwards, and how fast it was written and read again
  --report FILE          write what came of it as JSON: the result, or the error with every sector that
                         differs
  --json, --quiet        JSON lines on standard output; no progress

Exit codes: 0 burned and verified, 1 failed, 2 wrong use, 3 no recorder or no medium, 4 verification failed,
130 after Ctrl-C: the disc is then closed as well as it can be, and its state is said. With several recorders
it is that of the first of them that failed, in the order in which they are named.

  burnscript burn photos
  burnscript burn --drive 1 --close appendable backup
  burnscript burn --drive 0 --drive 1 --drive 2 backup
  burnscript burn --fs udf --udf 2.60 --posix --exclude '*.tmp' archive
  burnscript burn --virtual dvd+r=disc.iso --volume HOLIDAY photos
`,
  run: async (args) => {
    const parsed = parseCommand(withRockRidgeVersion(withPicture(args)), {
      text: ["volume", "verify", "close", "timestamp", "speed", "picture", "report", ...FORMAT_OPTIONS],
      list: ["drive"],
      flag: [
        ...["append", "alone", "continue", "force", "at-once", "simulate", "overburn", "spares", "reload"],
        ...["posix", ...FORMAT_FLAGS],
      ],
    });
    const [source, ...others] = parsed.positional;
    if (source === undefined || others.length > 0) {
      throw new UsageError("What shall be burned? One folder or image file");
    }
    const volumeName = parsed.text("volume");
    const speed = parseSpeed(parsed.text("speed"));
    const close = oneOf(parsed, "close", ["finalize", "appendable"]);
    const append = appendOf(parsed);
    const timestamp = givenTimestamp(parsed.text("timestamp"));
    const format = formatOptions(parsed);
    requireFolderFor(parsed, source);
    if (append !== undefined && ((format.fileSystems ?? 0) & FILE_SYSTEM.udf || parsed.text("udf"))) {
      throw new UsageError(
        "A disc that is appended to has no UDF, which would show its first session for ever",
      );
    }
    for (const path of [parsed.text("report"), parsed.text("picture")]) {
      if (path !== undefined) requireSideOutput(path, [source, ...discFiles(parsed.session)]);
    }
    const options = {
      ...format,
      source,
      verify: oneOf(parsed, "verify", ["full", "quick", "none"]) ?? "full",
      reload: parsed.has("reload"),
      ...(close === undefined ? {} : { close }),
      forceOverwrite: parsed.has("force"),
      atOnce: parsed.has("at-once"),
      simulate: parsed.has("simulate"),
      overburn: parsed.has("overburn"),
      spares: parsed.has("spares"),
      ...(speed === undefined ? {} : { speed }),
      ...(volumeName === undefined ? {} : { volumeName }),
      ...(timestamp === undefined ? {} : { timestamp }),
      onNote: printNote,
      session: parsed.session,
    } as const;
    const drives = parsed.list("drive");
    if (drives.length > 1 && drives.includes("all")) {
      throw new UsageError('"--drive all" is every recorder; name no other with it');
    }
    const isOne = drives.length <= 1 && drives[0] !== "all";
    if (!isOne && (append !== undefined || parsed.has("continue"))) {
      throw new UsageError(
        "--append and --continue are for one recorder: each disc goes on at a place of its own",
      );
    }
    if (!isOne && parsed.text("picture") !== undefined) {
      throw new UsageError('--map draws one disc; "burnscript info --drive N --map FILE.svg" draws each');
    }
    return await cancellable((signal) =>
      isOne
        ? burnToOne(parsed, {
          ...options,
          signal,
          recorder: drives[0] ?? 0,
          ...(append === undefined ? {} : { append }),
          resume: parsed.has("continue"),
        })
        : burnToMany(parsed, { ...options, signal, drives })
    );
  },
};

async function burnToOne(parsed: ParsedCommand, options: BurnOptions): Promise<number> {
  const display = progressDisplay(parsed);
  const curve = new SpeedCurve();
  const report = parsed.text("report");
  const picture = parsed.text("picture");
  const onProgress = (progress: BurnProgress): void => {
    display.show(progress);
    curve.add(progress);
  };
  let result: BurnResult;
  try {
    const onNote = (message: string): void => {
      display.finish();
      printNote(message);
    };
    result = await burn({ ...options, onProgress, onNote });
    display.finish();
    if (parsed.json) printJson({ event: "burned", ...result });
    else writeText("stdout", `${describeResult(result)}\n`);
  } catch (error) {
    if (report !== undefined) reportFailure(report, error);
    throw error;
  } finally {
    display.finish();
    if (picture !== undefined) await drawDisc(picture, { parsed, options, curve });
  }
  if (report !== undefined) writeReport(report, [{ event: "burned", ...result }]);
  return EXIT.done;
}

/** What the burn failed of is the error, even where the report of it fails as well. */
function reportFailure(path: string, error: unknown): void {
  try {
    writeReport(path, [{ event: "failed", ...errorReport(error) }]);
  } catch (second) {
    printNote(`Cannot write "${path}": ${(second as Error).message}`);
  }
}

/** A disc that was burned, or not to its end: what is on it now by the drive's word, and the speeds. */
async function drawDisc(
  picture: string,
  { parsed, options, curve }: { parsed: ParsedCommand; options: BurnOptions; curve: SpeedCurve },
): Promise<void> {
  if (curve.writing.length === 0) return; // nothing was written: nothing is new
  const recorder = chooseRecorder(options.recorder ?? 0, parsed.session);
  using transport = recorder.open({ exclusive: false });
  const medium = await runAsync(inspect(), { transport });
  const { vendorId, productId } = recorder.identity;
  const { sectorsPerSecondAt1x } = profileOf(medium.profile);
  writeWhole(
    picture,
    discMap({
      title: `${medium.name}, written by ${vendorId} ${productId}`,
      medium,
      bytesPerSecondAt1x: sectorsPerSecondAt1x * 2048,
      writing: curve.writing,
      verifying: curve.verifying,
    }),
  );
  if (!parsed.json) writeText("stdout", `Drawn in ${picture}\n`);
}

function writeReport(path: string, outcomes: readonly object[]): void {
  writeWhole(path, `${JSON.stringify(outcomes.length === 1 ? outcomes[0] : outcomes, null, 2)}\n`);
}

/** All that an error says. */
function errorReport(thrown: unknown): object {
  const error = firstError(thrown);
  if (!(error instanceof BurnError)) return describeError(error);
  const { hresultName, action, found, advice, command, sense, discState, badSectors, message } = error;
  return { message, hresult: hresultName, action, found, advice, command, sense, discState, badSectors };
}

async function burnToMany(
  parsed: ParsedCommand,
  { drives, ...options }: Omit<BurnOptions, "recorder" | "append" | "resume"> & { drives: readonly string[] },
): Promise<number> {
  const board = new ProgressBoard(progressMode(parsed), {
    write: (text) => writeText("stderr", text),
    json: printJson,
    nowMs: () => performance.now(),
  });
  const outcomes = await burnMany({
    ...options,
    recorders: drives[0] === "all" ? "all" : drives,
    onProgress: (progress, index) => board.show(progress, index),
    onOutcome: ({ recorder, result, error }, index) => {
      board.end(index);
      const { path } = recorder;
      if (parsed.json) {
        const said = result === undefined
          ? { event: "failed", ...describeError(error) }
          : { event: "burned", ...result };
        printJson({ recorder: index, path, ...said });
      } else if (result === undefined) writeText("stderr", `${path}: ${describeError(error).message}\n`);
      else writeText("stdout", `${path}: ${describeResult(result)}\n`);
    },
  });
  board.finish();
  const report = parsed.text("report");
  if (report !== undefined) {
    writeReport(
      report,
      outcomes.map(({ recorder: { path }, result, error }) =>
        result === undefined
          ? { path, event: "failed", ...errorReport(error) }
          : { path, event: "burned", ...result }
      ),
    );
  }
  const failed = outcomes.filter(({ result }) => result === undefined);
  if (parsed.json) {
    printJson({ event: "ended", burned: outcomes.length - failed.length, failed: failed.length });
  } else if (failed.length > 0) writeText("stderr", `${failed.length} of ${outcomes.length} discs failed\n`);
  if (failed.length === 0) return EXIT.done;
  return options.signal?.aborted === true ? EXIT.interrupted : exitCodeOf(failed[0]?.error);
}

function describeError(thrown: unknown): { message: string; hresult?: string } {
  const error = firstError(thrown);
  const message = error instanceof Error ? error.message : String(error);
  return error instanceof BurnError ? { message, hresult: error.hresultName } : { message };
}

/** What a burn has done, in one line. */
function describeResult(
  { sizeSectors, resumedSectors, simulated, speed, verified, discState }: BurnResult,
): string {
  const size = bytesText(sizeSectors * 2048);
  const at = speed.text === undefined ? "" : ` at ${speed.text}`;
  const verification = verified === "full" ? ", every sector verified" : "";
  const rest = resumedSectors > 0 ? `, ${bytesText(resumedSectors * 2048)} of it before it was cut off` : "";
  return `${
    simulated ? "Simulated" : "Burned"
  } ${size}${at}${rest}${verification}; the disc: ${discState.description}`;
}

/** @throws UsageError where the command line says how an image is to be made that is made already. */
function requireFolderFor(parsed: ParsedCommand, source: string): void {
  const options = ["volume", ...FORMAT_OPTIONS].filter((name) => parsed.text(name) !== undefined);
  const [given] = [...options, ...["posix", ...FORMAT_FLAGS].filter((name) => parsed.has(name))];
  if (given === undefined || !isFile(source)) return;
  throw new UsageError(`--${given} is for folders: the image "${source}" is burned as it is`);
}

function isFile(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    return false; // opening it says what is wrong
  }
}

function appendOf(parsed: ParsedCommand): "merge" | "alone" | undefined {
  if (parsed.has("append")) return parsed.has("alone") ? "alone" : "merge";
  if (parsed.has("alone")) throw new UsageError("--alone goes with --append");
  return undefined;
}

/** `8`, `8x` or `2.4x`. */
function parseSpeed(text: string | undefined): { times: number } | undefined {
  if (text === undefined) return undefined;
  const times = /^\d+(\.\d+)?x?$/i.test(text) ? parseFloat(text) : 0;
  if (times > 0) return { times };
  throw new UsageError(`--speed is a multiple such as 8x, not "${text}"`);
}
