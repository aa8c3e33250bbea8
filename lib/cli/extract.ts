/** `burnscript extract`: files of an image into a folder. @module */
import { EXIT } from "../jobs/exit_codes.ts";
import { extract } from "../jobs/extract.ts";
import { VIEW_NAMES } from "../jobs/list.ts";
import { writeText } from "../platform/console.ts";
import { InterruptFlag, listenForSignals } from "../platform/interrupt.ts";
import {
  type Command,
  InterruptedError,
  oneOf,
  parseCommand,
  printJson,
  progressDisplay,
} from "./command.ts";
import { imageOf, reportProblems, sessionOf } from "./list.ts";
import { bytesText, counted, printable } from "../jobs/words.ts";

/** The `extract` command. */
export const extractCommand: Command = {
  help: `usage: burnscript extract [OPTIONS] IMAGE|--drive N [PATH…]

Extracts an image, or the files and folders of it that are named. Whatever is in the image, nothing is written
outside the folder: no name, no link leads out of it. Files appear whole or not at all; times and permissions
are kept.

  -C, --directory DIR    the folder that gets the files (default: this one); made if it is not there
  --view NAME            iso9660, rockridge, joliet, iso1999 or udf (default: the one that keeps most)
  --drive N|PATH         the disc in a recorder, read through its own commands
  --session N            of a disc with several sessions, the one with this number from 1 on (default: last)
  --force                replace files that are there; without it nothing is written if one of them is
  --links safe|all|none  which symbolic links are made: those that stay in the folder (default), all, none
  --json, --quiet        JSON lines on standard output; no progress

What cannot be read is named and left out. Exit codes: 0 extracted, 1 failed, 2 wrong use, 4 the image is
damaged, and what can be read of it was extracted; 130 after Ctrl-C: finished files stay.

  burnscript extract photos.iso -C photos
  burnscript extract photos.iso -C . 2024/summer readme.txt
  burnscript extract --view joliet --force old.iso -C old
`,
  run: (args) => Promise.resolve(runExtract(args)),
};

function runExtract(args: readonly string[]): number {
  const parsed = parseCommand(args, {
    text: ["directory", "view", "links", "drive", "session"],
    flag: ["force"],
    alias: { directory: "C" },
  });
  const { image, rest: paths } = imageOf(parsed, "extracted");
  const view = oneOf(parsed, "view", VIEW_NAMES);
  const links = oneOf(parsed, "links", ["safe", "all", "none"]) ?? "safe";
  const target = parsed.text("directory") ?? ".";
  const display = progressDisplay(parsed);
  const interrupt = new InterruptFlag();
  using _listener = listenForSignals(interrupt);
  let leftOut = 0;
  try {
    const report = extract({
      image,
      target,
      paths,
      ...(view === undefined ? {} : { view }),
      ...sessionOf(parsed),
      links,
      force: parsed.has("force"),
      isCancelled: () => interrupt.raised,
      onNote: ({ path, reason }) => {
        leftOut++;
        display.finish();
        if (parsed.json) printJson({ event: "leftOut", path, reason });
        else writeText("stderr", `Left out "${printable(path)}": ${printable(reason)}\n`);
      },
      onProgress: (doneBytes, totalBytes) => display.show(bytesProgress("writing", doneBytes, totalBytes)),
    });
    display.finish();
    if (parsed.json) printJson({ event: "extracted", target, leftOut, ...report });
    else {
      const { fileCount, directoryCount, linkCount, sizeBytes } = report;
      const linksText = linkCount > 0 ? `, ${counted(linkCount, "link")}` : "";
      const leftOutText = leftOut > 0 ? `; ${leftOut} left out` : "";
      writeText(
        "stdout",
        `${target}: ${bytesText(sizeBytes)}, ${counted(fileCount, "file")} in ` +
          `${counted(directoryCount, "folder")}${linksText}${leftOutText}\n`,
      );
    }
    reportProblems(report.problems);
    return report.problems.length === 0 ? EXIT.done : EXIT.verifyFailed;
  } catch (error) {
    display.finish();
    if (!interrupt.raised) throw error;
    throw new InterruptedError(`What is in "${target}" is whole; the rest was not extracted`, {
      cause: error,
    });
  }
}

/** Bytes as the display of a burn shows sectors. */
export function bytesProgress(action: "writing" | "verifying", doneBytes: number, totalBytes: number): {
  action: "writing" | "verifying";
  startLba: number;
  sectorCount: number;
  lastReadLba: number;
  lastWrittenLba: number;
  totalSystemBufferBytes: number;
  usedSystemBufferBytes: number;
} {
  const done = doneBytes / 2048;
  return {
    action,
    startLba: 0,
    sectorCount: totalBytes / 2048,
    lastReadLba: done - 1,
    lastWrittenLba: done - 1,
    totalSystemBufferBytes: 0,
    usedSystemBufferBytes: 0,
  };
}
