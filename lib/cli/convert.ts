/** `burnscript convert`: an image made of another one. @module */
import { convert, type ConvertReport } from "../jobs/convert.ts";
import { EXIT } from "../jobs/exit_codes.ts";
import { VIEW_NAMES } from "../jobs/list.ts";
import { type Command, oneOf, UsageError } from "./command.ts";
import { givenTimestamp } from "./image.ts";
import { makeImage, parseImageCommand } from "./image_output.ts";
import { imageOf, reportProblems, sessionOf } from "./list.ts";

/** The `convert` command. */
export const convertCommand: Command = {
  help: `usage: burnscript convert [OPTIONS] IMAGE|--drive N -o FILE

Makes an image of what is in another one, or on a disc: ISO 9660, Joliet, Rock Ridge or UDF of any revision,
into any of them. Contents go straight from one to the other. Names, times, permissions, owners, symbolic and
hard links are kept as far as the new image can. FILE appears whole or not at all. IMAGE is an image file, a
block device, or the file of a virtual disc.

  -o, --output FILE      the new image; - is standard output
  --view NAME            which view is read: iso9660, rockridge, joliet, iso1999 or udf (default: the one that
                         keeps most)
  --drive N|PATH         the disc in a recorder, read through its own commands
  --session N            of a disc with several sessions, the one with this number from 1 on (default: last)
  --fs LIST              which file systems, of iso9660,joliet,udf (default: all three)
  --rock-ridge [VERSION] Rock Ridge; on where the old image has owners or links
  --no-posix             permissions, owners and symbolic links stay behind, and no Rock Ridge comes unasked
  --udf REVISION         1.02 (the default), 1.50, 2.00, 2.01, 2.50 or 2.60
  --volume NAME          its name (default: the old one)
  --timestamp SECONDS    the time in its descriptors, in seconds since 1970 (default: SOURCE_DATE_EPOCH, or
                         that of the old image, so that the same image gives the same bytes)
  --source-errors WHAT   a file that cannot be read: fail (the default: there is no image), or pad: zeros
                         stand for what is missing, each such file is named, and the exit code is 4
  --json, --quiet        JSON lines on standard output; no progress

All else is as "burnscript image --help" has it: --exclude, --hide, --first, --leave-out, --duplicates-once,
--align, --manifest, --media-sum, the options of ISO 9660, Joliet and UDF, and what the volume says. What
makes a disc boot is not taken over.

Exit codes: 0 converted, 1 failed, 2 wrong use, 4 converted, but the old image is damaged: see what was said;
130 after Ctrl-C.

An old Linux disc for Windows, with its long names:
  burnscript convert --fs joliet,udf old.iso -o new.iso
A UDF disc as one that everything reads, and the same back:
  burnscript convert --drive 0 -o disc.iso
  burnscript convert --fs udf --udf 2.01 disc.iso -o disc.udf
Without one folder, and smaller where files are there twice:
  burnscript convert --exclude cache --duplicates-once backup.iso -o smaller.iso
`,
  run: (args) => Promise.resolve(runConvert(args)),
};

function runConvert(args: readonly string[]): number {
  const parsed = parseImageCommand(args, { text: ["view", "drive", "session"], flag: ["no-posix"] });
  const { image, rest } = imageOf(parsed, "converted");
  if (rest.length > 0) throw new UsageError(`What shall be converted? One image, not "${rest[0]}" too`);
  const view = oneOf(parsed, "view", VIEW_NAMES);
  const timestamp = givenTimestamp(parsed.text("timestamp"));
  let problems: readonly string[] = [];
  const exit = makeImage<ConvertReport>(parsed, "converted", ({ posix: _, ...options }) => {
    const report = convert({
      ...options,
      image,
      ...(view === undefined ? {} : { view }),
      ...sessionOf(parsed),
      ...(timestamp === undefined ? {} : { timestamp }),
      ...(parsed.has("no-posix") ? { posix: false } : {}),
    });
    problems = report.problems;
    return report;
  });
  reportProblems(problems);
  return exit === EXIT.done && problems.length > 0 ? EXIT.verifyFailed : exit;
}
