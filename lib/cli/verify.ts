/** `burnscript verify`: whether an image is sound, and holds what a folder holds. @module */
import { EXIT } from "../jobs/exit_codes.ts";
import { VIEW_NAMES, VIEW_TITLES } from "../jobs/list.ts";
import { manifestText } from "../jobs/manifest.ts";
import { VerifyCancelled, verifyImage, type VerifyReport } from "../jobs/verify_image.ts";
import { writeText } from "../platform/console.ts";
import { InterruptFlag, listenForSignals } from "../platform/interrupt.ts";
import { discFiles } from "../jobs/disc_files.ts";
import { requireSideOutput } from "../platform/side_output.ts";
import { writeWhole } from "../platform/write_whole.ts";
import {
  type Command,
  InterruptedError,
  oneOf,
  parseCommand,
  printJson,
  progressDisplay,
  UsageError,
} from "./command.ts";
import { bytesProgress } from "./extract.ts";
import { imageOf } from "./list.ts";
import { bytesText, counted, printable } from "../jobs/words.ts";

/** The `verify` command. */
export const verifyCommand: Command = {
  help: `usage: burnscript verify [OPTIONS] IMAGE|--drive N

Checks every view of an image strictly: both byte orders, path tables against directories, UDF's tags,
checksums and counts, extents outside the image or over each other. What hurts no reader, such as reserved
bytes that are not zero, is a note, and the image is sound. A checksum of the image in the image is checked,
too. The contents of files are read for --against, --manifest and --check-manifest. IMAGE is an image file, a
block device, or the file of a virtual disc.

  --against FOLDER|IMAGE
                         compare names and every byte with a folder, too, or every sector with an image file
  --manifest FILE        write SHA-256 sums of all files, as sha256sum has them; - is standard output
  --drive N|PATH         the disc in a recorder, read through its own commands
  --report FILE          write what was found as JSON, all of it
  --check-manifest FILE  compare with such sums
  --view NAME            which view is compared or summed up: iso9660, rockridge, joliet, iso1999 or udf
                         (default: the one that keeps most)
  --json, --quiet        one JSON object; no progress

Exit codes: 0 sound and equal, 1 failed, 2 wrong use, 4 something is wrong or differs.

  burnscript verify photos.iso
  burnscript verify photos.iso --against photos
  burnscript verify --drive 0 --against photos.iso --report photos.json
  burnscript verify photos.iso --manifest photos.sha256 && (cd photos && sha256sum -c ../photos.sha256)
`,
  run: (args) => Promise.resolve(runVerify(args)),
};

function runVerify(args: readonly string[]): number {
  const parsed = parseCommand(args, {
    text: ["against", "manifest", "check-manifest", "view", "drive", "report"],
  });
  const { image, name, rest } = imageOf(parsed, "verified");
  if (rest.length > 0) throw new UsageError(`What shall be verified? One image, not "${rest[0]}" too`);
  const view = oneOf(parsed, "view", VIEW_NAMES);
  const against = parsed.text("against");
  const manifest = parsed.text("manifest");
  const expected = parsed.text("check-manifest");
  if (manifest === "-" && parsed.json) {
    throw new UsageError("--json and --manifest - would both use standard output");
  }
  const reportFile = parsed.text("report");
  const inputs = [...parsed.positional, ...discFiles(parsed.session)];
  const read = [against, expected].filter((path) => path !== undefined);
  for (const path of [manifest, reportFile]) {
    if (path !== undefined && path !== "-") requireSideOutput(path, [...inputs, ...read]);
  }
  const display = progressDisplay(parsed);
  const interrupt = new InterruptFlag();
  using _listener = listenForSignals(interrupt);
  try {
    const report = verifyImage({
      image,
      ...(view === undefined ? {} : { view }),
      ...(against === undefined ? {} : { against }),
      sums: manifest !== undefined,
      ...(expected === undefined ? {} : { manifest: expected }),
      isCancelled: () => interrupt.raised,
      onProgress: (doneBytes, totalBytes) => display.show(bytesProgress("verifying", doneBytes, totalBytes)),
    });
    display.finish();
    if (manifest === "-") writeText("stdout", manifestText(report.sums));
    else if (manifest !== undefined) writeWhole(manifest, manifestText(report.sums));
    const { problems, differences } = report;
    const isSound = problems.length === 0 && differences.length === 0 && report.mediaSum !== "wrong";
    const { sums: _, ...found } = report;
    const whole = { event: "verified", image: name, against, isSound, ...found };
    if (reportFile !== undefined) writeWhole(reportFile, `${JSON.stringify(whole, null, 2)}\n`);
    if (parsed.json) printJson(whole);
    else writeText(manifest === "-" ? "stderr" : "stdout", reportText(report, against));
    return isSound ? EXIT.done : EXIT.verifyFailed;
  } catch (error) {
    display.finish();
    if (!(error instanceof VerifyCancelled)) throw error;
    throw new InterruptedError(error.message, { cause: error });
  }
}

const LINES_MAX = 20;

function reportText(report: VerifyReport, against: string | undefined): string {
  const lines: string[] = [];
  for (const { view, revision, fileCount, directoryCount, linkCount, notes } of report.views) {
    const problems = report.problems.filter((one) => one.view === view).map((one) => one.message);
    const links = linkCount > 0 ? `, ${counted(linkCount, "link")}` : "";
    const amount = `${counted(fileCount, "file")} in ${counted(directoryCount, "folder")}${links}`;
    const title = VIEW_TITLES[view] + (revision === undefined ? "" : ` ${revision}`);
    const verdict = problems.length === 0 ? "sound" : counted(problems.length, "problem");
    lines.push(`${title}: ${amount}: ${verdict}`);
    pushSome(lines, problems);
    pushSome(lines, notes.map((note) => `note: ${note}`), 3);
  }
  const between = report.problems.filter((one) => one.view === undefined).map((one) => one.message);
  if (between.length > 0) lines.push(`Places: ${counted(between.length, "problem")}`);
  pushSome(lines, between);
  if (report.mediaSum === "right") lines.push("Checksum of the image: right");
  if (report.mediaSum === "wrong") {
    lines.push("Checksum of the image: wrong; something in the image is damaged");
  }
  if (against !== undefined) {
    const { differences, readFiles, readBytes } = report;
    const verdict = differences.length === 0 ? "equal" : counted(differences.length, "difference");
    const { comparedSectors, view } = report;
    const [how, amount] = comparedSectors === undefined
      ? [`as ${VIEW_TITLES[view!]}`, `${counted(readFiles, "file")}, ${bytesText(readBytes)}`]
      : ["sector by sector", counted(comparedSectors, "sector")];
    lines.push(`Compared with "${against}", ${how}: ${amount}: ${verdict}`);
    pushSome(lines, differences.map(({ path, message }) => path === "" ? message : `${path} ${message}`));
  } else pushSome(lines, report.differences.map(({ path, message }) => `${path} ${message}`));
  return lines.map((line) => `${printable(line)}\n`).join("");
}

function pushSome(lines: string[], texts: readonly string[], count = LINES_MAX): void {
  for (const text of texts.slice(0, count)) lines.push(`  ${text}`);
  if (texts.length > count) lines.push(`  and ${texts.length - count} more; --json has all`);
}
