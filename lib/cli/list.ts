/** `burnscript list`: what is in an image. @module */
import type { VolumeEntry } from "../image/mod.ts";
import { chooseRecorder } from "../jobs/burn.ts";
import { EXIT } from "../jobs/exit_codes.ts";
import {
  countEntries,
  countsText,
  type ImageSource,
  inTreeOrder,
  openView,
  selectEntries,
  VIEW_NAMES,
  VIEW_TITLES,
} from "../jobs/list.ts";
import { printable } from "../jobs/words.ts";
import { writeText } from "../platform/console.ts";
import { type Command, oneOf, parseCommand, type ParsedCommand, printJson, UsageError } from "./command.ts";

/** The `list` command. */
export const listCommand: Command = {
  help: `usage: burnscript list [OPTIONS] IMAGE|--drive N [PATH…]

Lists the files of an image, or those in the given folders of it: permissions where the image has them, size,
time (UTC) and path. IMAGE is an image file, a block device, or the file of a virtual disc. Files that are not
all in a damaged image are marked.

  --view NAME            iso9660, rockridge, joliet, iso1999 or udf; an image may show the same files in
                         several of them (default: the one that keeps most: rockridge, else udf, joliet,
                         iso1999, iso9660)
  --drive N|PATH         the disc in a recorder, read through its own commands
  --session N            of a disc with several sessions, the one with this number from 1 on (default: last)
  --short                paths only
  --json                 one JSON object a file

  burnscript list photos.iso
  burnscript list --view joliet photos.iso 2024/summer
  burnscript list --short photos.iso | grep -i jpg
`,
  run: (args) => Promise.resolve(runList(args)),
};

const LINES_AT_ONCE = 1000;

function runList(args: readonly string[]): number {
  const parsed = parseCommand(args, { text: ["view", "drive", "session"], flag: ["short"] });
  const { image, rest: paths } = imageOf(parsed, "listed");
  const view = oneOf(parsed, "view", VIEW_NAMES);
  using opened = openView(image, { ...(view === undefined ? {} : { view }), ...sessionOf(parsed) });
  const { volume } = opened;
  const entries = inTreeOrder(selectEntries(volume, paths));
  const lineOf = parsed.json ? jsonLine : parsed.has("short") ? shortLine : longLine(entries);
  if (!parsed.json && !parsed.has("short")) {
    const name = volume.volumeName === "" ? "No name" : `"${printable(volume.volumeName)}"`;
    writeText("stdout", `${name}, shown as ${VIEW_TITLES[volume.fileSystem]}\n`);
  }
  for (let at = 0; at < entries.length; at += LINES_AT_ONCE) {
    const lines = entries.slice(at, at + LINES_AT_ONCE).map((entry) => `${lineOf(entry)}\n`);
    writeText("stdout", lines.join(""));
  }
  const counts = countEntries(entries);
  if (parsed.json) {
    printJson({ event: "list", view: volume.fileSystem, volumeName: volume.volumeName, ...counts });
  } else if (!parsed.has("short")) writeText("stdout", `${countsText(counts)}\n`);
  reportProblems(volume.problems);
  return EXIT.done;
}

/** The image that a command line names, or the disc in the recorder that it names; and what follows. */
export function imageOf(
  parsed: ParsedCommand,
  done: string,
): { image: ImageSource; name: string; rest: readonly string[] } {
  const drive = parsed.text("drive");
  if (drive !== undefined) {
    const recorder = chooseRecorder(drive, parsed.session);
    return { image: recorder, name: recorder.identity.path, rest: parsed.positional };
  }
  const [image, ...rest] = parsed.positional;
  if (image === undefined) {
    throw new UsageError(`What shall be ${done}? Give an image, or --drive N for a disc`);
  }
  return { image, name: image, rest };
}

/** The session that `--session` names. */
export function sessionOf(parsed: ParsedCommand): { session?: number } {
  const text = parsed.text("session");
  if (text === undefined) return {};
  if (/^[1-9]\d{0,4}$/.test(text)) return { session: Number(text) };
  throw new UsageError(`--session is a number from 1 on, not "${text}"`);
}

/** Says that what is shown may not be all. */
export function reportProblems(problems: readonly string[]): void {
  if (problems.length === 0) return;
  const more = problems.length > 1 ? ` and ${problems.length - 1} more` : "";
  writeText(
    "stderr",
    `The image is not sound: ${printable(problems[0]!)}${more}; see burnscript verify\n`,
  );
}

function jsonLine(entry: VolumeEntry): string {
  const { path, kind, sizeBytes, modified, created, accessed, hidden, target, posix, unreadable } = entry;
  return JSON.stringify({
    path,
    kind,
    sizeBytes: kind === "file" ? sizeBytes : undefined,
    modified,
    created,
    accessed,
    target,
    hidden: hidden || undefined,
    mode: posix === undefined ? undefined : (posix.mode & 0o7777).toString(8).padStart(4, "0"),
    uid: posix?.uid,
    gid: posix?.gid,
    links: posix?.links,
    unreadable,
  });
}

function shortLine(entry: VolumeEntry): string {
  return printable(entry.path.slice(1)) + (entry.kind === "directory" ? "/" : "");
}

function longLine(entries: readonly VolumeEntry[]): (entry: VolumeEntry) => string {
  const largest = entries.reduce(
    (most, one) => one.kind === "file" ? Math.max(most, one.sizeBytes) : most,
    0,
  );
  const sizeCells = Math.max(String(largest).length, 1);
  const hasModes = entries.some((entry) => entry.posix !== undefined);
  return (entry) => {
    const mode = hasModes ? `${modeText(entry)}  ` : "";
    const size = (entry.kind === "file" ? String(entry.sizeBytes) : "-").padStart(sizeCells);
    const time = (entry.modified?.toISOString() ?? "").slice(0, 16).replace("T", " ").padEnd(16);
    const target = entry.kind === "symlink" ? ` -> ${printable(entry.target ?? "")}` : "";
    const unreadable = entry.unreadable === undefined ? "" : ` (cannot be read: ${entry.unreadable})`;
    return `${mode}${size}  ${time}  ${shortLine(entry)}${target}${unreadable}`;
  };
}

const KIND_LETTERS = { file: "-", directory: "d", symlink: "l", special: "s" } as const;

function modeText(entry: VolumeEntry): string {
  const { posix, kind } = entry;
  if (posix === undefined) return KIND_LETTERS[kind] + "?".repeat(9);
  let text = "";
  for (let bit = 8; bit >= 0; bit--) text += posix.mode & 1 << bit ? "rwx"[(8 - bit) % 3] : "-";
  return KIND_LETTERS[kind] + text;
}
