/** What `image` and `convert` share: the options that say how an image is written, and writing it. @module */
import { EXIT } from "../jobs/exit_codes.ts";
import type { ImageFileReport, ImageOutputOptions } from "../jobs/image.ts";
import type { SourceOptions } from "../jobs/source.ts";
import { writeText } from "../platform/console.ts";
import { requireWritable } from "../platform/write_whole.ts";
import { InterruptFlag, listenForSignals } from "../platform/interrupt.ts";
import {
  InterruptedError,
  oneOf,
  parseCommand,
  type ParsedCommand,
  printJson,
  progressDisplay,
  UsageError,
} from "./command.ts";
import { bytesText, counted, printable } from "../jobs/words.ts";
import { FORMAT_FLAGS, FORMAT_OPTIONS, formatOptions, withRockRidgeVersion } from "./image_format.ts";

/** Parses a command line that makes an image, with the command's own options besides. */
export function parseImageCommand(
  args: readonly string[],
  own: { text?: readonly string[]; flag: readonly string[] },
): ParsedCommand {
  return parseCommand(withRockRidgeVersion(args), {
    text: [
      "output",
      "volume",
      "timestamp",
      "manifest",
      "align",
      "source-errors",
      ...FORMAT_OPTIONS,
      ...own.text ?? [],
    ],
    flag: [...FORMAT_FLAGS, "media-sum", ...own.flag],
    alias: { output: "o" },
  });
}

/** What every command that makes an image is told; the timestamp is its own matter. */
export type CommonImageOptions = SourceOptions & ImageOutputOptions;

/**
 * Makes an image as the command line says and tells what became of it; returns the exit code.
 *
 * @throws UsageError for options that are wrong or do not go together.
 */
export function makeImage<Report extends ImageFileReport>(
  parsed: ParsedCommand,
  event: string,
  make: (options: CommonImageOptions) => Report,
): number {
  const output = parsed.text("output");
  if (output === undefined) throw new UsageError("Where shall the image go? Give -o FILE");
  const volumeName = parsed.text("volume");
  const format = formatOptions(parsed);
  const manifest = parsed.text("manifest");
  if (manifest === "-") {
    throw new UsageError("--manifest takes a file; burnscript verify --manifest - prints the sums");
  }
  const alignmentBytes = parseAlignment(parsed.text("align"));
  const pads = oneOf(parsed, "source-errors", ["fail", "pad"]) === "pad";
  if (output === "-" && parsed.has("media-sum")) {
    throw new UsageError("--media-sum is put into the image at its end: give -o FILE");
  }
  if (output === "-" && parsed.json) throw new UsageError("--json and -o - would both use standard output");
  if (manifest !== undefined) requireWritable(manifest);
  const display = progressDisplay(parsed);
  const interrupt = new InterruptFlag();
  using _listener = listenForSignals(interrupt);
  try {
    const report = make({
      output,
      ...(volumeName === undefined ? {} : { volumeName }),
      ...format,
      ...(manifest === undefined ? {} : { manifest }),
      ...(alignmentBytes === undefined ? {} : { alignmentBytes }),
      mediaSum: parsed.has("media-sum"),
      onSourceError: pads ? "pad" : "throw",
      onNote: (message) => writeText("stderr", `${printable(message)}\n`),
      isCancelled: () => interrupt.raised,
      onProgress: (done, total) =>
        display.show({
          action: "writing",
          startLba: 0,
          sectorCount: total,
          lastReadLba: done - 1,
          lastWrittenLba: done - 1,
          totalSystemBufferBytes: 0,
          usedSystemBufferBytes: 0,
        }),
    });
    display.finish();
    for (const { path, problem, offsetBytes } of report.faults) {
      writeText("stderr", `"${printable(path)}" ${FAULT_TEXTS[problem]}, at byte ${offsetBytes}\n`);
    }
    const exit = report.faults.length === 0 ? EXIT.done : EXIT.verifyFailed;
    if (output === "-") return exit;
    if (parsed.json) printJson({ event, ...report });
    else {
      // Folders in it, as all other commands count them: without the root.
      writeText(
        "stdout",
        `${report.output}: ${bytesText(report.sizeBytes)}, ` +
          `${counted(report.fileCount, "file")} in ${counted(report.directoryCount - 1, "folder")}\n`,
      );
    }
    return exit;
  } catch (error) {
    display.finish();
    if (!interrupt.raised) throw error;
    throw new InterruptedError(`"${output}" was not made`, { cause: error });
  }
}

const FAULT_TEXTS = {
  shrank: "became shorter: zeros stand for the rest",
  grew: "became longer: the rest was cut",
  unreadable: "cannot be read: zeros stand for the rest",
} as const;

/** `4096`, or `4k` as people say it. */
function parseAlignment(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const [, digits, unit] = /^(\d{1,8})([kKmM]?)$/.exec(text) ?? [];
  if (digits === undefined) {
    throw new UsageError(`--align takes a number of bytes, such as 4096 or 64k, not "${text}"`);
  }
  return Number(digits) * (unit === "" ? 1 : unit!.toLowerCase() === "k" ? 1024 : 1024 * 1024);
}
