/** `burnscript info`: which disc is in a recorder and in which state, or what an image is. @module */
import { BurnError, inspect } from "../burn/mod.ts";
import { runAsync } from "../drive/run.ts";
import { checkVolumes, regionsOf, type Volume } from "../image/mod.ts";
import { chooseRecorder } from "../jobs/burn.ts";
import { EXIT } from "../jobs/exit_codes.ts";
import { discMap } from "../jobs/disc_map.ts";
import { imageMap, spaceUse } from "../jobs/image_map.ts";
import { countEntries, countsText, type OpenedImage, openImage, VIEW_TITLES } from "../jobs/list.ts";
import { writeText } from "../platform/console.ts";
import { discFiles } from "../jobs/disc_files.ts";
import { requireSideOutput } from "../platform/side_output.ts";
import { writeWhole } from "../platform/write_whole.ts";
import {
  type Command,
  parseCommand,
  type ParsedCommand,
  printJson,
  UsageError,
  withPicture,
} from "./command.ts";
import { discText } from "./disc_text.ts";
import { reportProblems } from "./list.ts";
import { bytesText, printable } from "../jobs/words.ts";

/** The `info` command. */
export const infoCommand: Command = {
  help: `usage: burnscript info [OPTIONS] [IMAGE]

Asks a recorder what disc is in it: its kind, blank, appendable or closed, the room left, the maker's code,
the speeds at which it can be written, and its tracks.

  --drive N|PATH         which recorder, as "burnscript drives" shows them (default 0)
  --virtual MEDIUM=FILE  look at a virtual disc

With an image: its file systems with their names, dates, files and sizes, and what its sectors are used for.

  --map FILE.svg         draw it: the disc's sessions, tracks and free space; of an image what lies where:
                         structures, files, the largest named, and what is free
  --json                 one JSON object

Exit codes: 0 done, 1 failed, 3 no recorder or no medium.

  burnscript info --drive 1
  burnscript info --map disc.svg
  burnscript info photos.iso
  burnscript info --map photos.svg photos.iso
`,
  run: async (args) => {
    const parsed = parseCommand(withPicture(args), { text: ["drive", "picture"] });
    const picture = parsed.text("picture");
    if (picture !== undefined) {
      requireSideOutput(picture, [...parsed.positional, ...discFiles(parsed.session)]);
    }
    const [path, ...others] = parsed.positional;
    if (others.length > 0) throw new UsageError("Of which image shall it be? Give one");
    if (path !== undefined) return runImageInfo(parsed, path);
    return await runRecorderInfo(parsed);
  },
};

async function runRecorderInfo(parsed: ParsedCommand): Promise<number> {
  const recorder = chooseRecorder(parsed.text("drive") ?? 0, parsed.session);
  using transport = recorder.open({ exclusive: false });
  const medium = await runAsync(inspect(), {
    transport,
    sleep: (durationMs) => new Promise((resolve) => setTimeout(resolve, durationMs)),
  });
  const { vendorId, productId, path } = recorder.identity;
  const picture = parsed.text("picture");
  if (picture !== undefined) {
    if (medium.status === "absent") {
      throw new BurnError("E_IMAPI_RECORDER_MEDIA_NO_MEDIA", {
        action: `draw the disc in ${path}`,
        found: "no medium",
        advice: "insert a disc",
      });
    }
    writeWhole(picture, discMap({ title: `${medium.name} in ${vendorId} ${productId}`, medium }));
  }
  if (parsed.json) printJson({ event: "disc", recorder: recorder.identity, medium });
  else {
    writeText("stdout", `${vendorId} ${productId} (${path})\n${discText(medium)}`);
    if (picture !== undefined) writeText("stdout", `Drawn in ${picture}\n`);
  }
  return medium.status === "absent" ? EXIT.noRecorder : EXIT.done;
}

function runImageInfo(parsed: ParsedCommand, path: string): number {
  using image = openImage(path);
  const { sizeBytes, sizeSectors, volumes } = image;
  const regions = regionsOf(volumes);
  const use = spaceUse(regions, sizeSectors);
  const picture = parsed.text("picture");
  if (picture !== undefined) {
    const name = volumes.find((one) => one.volumeName !== "")?.volumeName;
    const title = path.replace(/^.*[/\\]/, "") + (name === undefined ? "" : ` — ${name}`);
    const subtitle = `${bytesText(sizeBytes)}, ${sizeSectors} sectors of 2048 bytes; ${
      volumes.map(titleOf).join(", ")
    }`;
    writeWhole(picture, imageMap({ title, subtitle, sizeSectors, regions }));
  }
  if (parsed.json) {
    const described = volumes.map(({ entries, problems, fileSystem, structures: _, ...rest }) => ({
      view: fileSystem,
      ...rest,
      problems: problems.length,
      ...countEntries(entries),
    }));
    printJson({ event: "image", path, sizeBytes, sizeSectors, volumes: described, ...use });
    return EXIT.done;
  }
  writeText("stdout", imageText(image));
  const { structureBytes, fileBytes, freeBytes } = use;
  writeText(
    "stdout",
    `Files take ${bytesText(fileBytes)}, structures ${bytesText(structureBytes)}, nothing ${
      bytesText(freeBytes)
    }\n`,
  );
  if (picture !== undefined) writeText("stdout", `Drawn in ${picture}\n`);
  reportProblems(checkVolumes(volumes, sizeSectors).map((one) => one.message));
  return EXIT.done;
}

const TEXT_TITLES: Readonly<Record<string, string>> = {
  systemId: "system",
  volumeSetId: "volume set",
  publisherId: "publisher",
  preparerId: "prepared by",
  applicationId: "application",
  copyrightFile: "copyright file",
  abstractFile: "abstract file",
  bibliographicFile: "bibliography",
};

function titleOf({ fileSystem, revision }: Volume): string {
  return VIEW_TITLES[fileSystem] + (revision === undefined ? "" : ` ${revision}`);
}

function imageText(image: OpenedImage): string {
  const lines = [`${image.path}: ${bytesText(image.sizeBytes)}, ${image.sizeSectors} sectors`];
  for (const volume of image.volumes) {
    const { volumeName, created, texts, entries, fileSystem } = volume;
    const name = volumeName === "" ? "no name" : `"${volumeName}"`;
    const made = created === undefined
      ? ""
      : `, made ${created.toISOString().slice(0, 19).replace("T", " ")} UTC`;
    lines.push(`${titleOf(volume)}: ${name}, ${countsText(countEntries(entries))}${made}`);
    if (fileSystem !== "iso9660" && fileSystem !== "udf") continue; // the others are parts of ISO 9660 and say the same
    for (const [field, text] of Object.entries(texts)) {
      lines.push(`  ${TEXT_TITLES[field] ?? field}: ${text}`);
    }
  }
  return lines.map((line) => `${printable(line)}\n`).join("");
}
