/** The options that say how an image is made of a folder: those of `image`, `convert` and `burn`. @module */
import type { TreeName } from "../image/mod.ts";
import { FILE_SYSTEM } from "../image/plan.ts";
import { UDF_REVISIONS } from "../image/udf_revision.ts";
import type { SourceOptions } from "../jobs/source.ts";
import { oneOf, type ParsedCommand, UsageError } from "./command.ts";

/** Texts that go into the descriptors, by their options. */
const TEXTS = {
  "system-id": "systemId",
  "volume-set": "volumeSetId",
  publisher: "publisherId",
  preparer: "preparerId",
  application: "applicationId",
  "copyright-file": "copyrightFile",
  "abstract-file": "abstractFile",
  "biblio-file": "bibliographicFile",
} as const;

const DATES = ["created", "modified", "expires", "effective"] as const;
const TREES: readonly TreeName[] = ["iso9660", "joliet", "iso1999", "udf"];

/** The names of the options that {@linkcode formatOptions} reads and that take a value. */
export const FORMAT_OPTIONS: readonly string[] = [
  "fs",
  "exclude",
  "hide",
  "first",
  "leave-out",
  "iso-level",
  "rock-ridge",
  "rock-ridge-times",
  "deep",
  "iso-paths",
  "joliet-units",
  "joliet-paths",
  "udf",
  "embed",
  "metadata",
  ...Object.keys(TEXTS),
  ...DATES,
];

/** The options that are about one file system; with `--fs` and without that one they would do nothing. */
const FILE_SYSTEM_OF: { readonly [option: string]: keyof typeof FILE_SYSTEM } = {
  "iso-level": "iso9660",
  "rock-ridge": "iso9660",
  "rock-ridge-times": "iso9660",
  deep: "iso9660",
  "iso-paths": "iso9660",
  "joliet-units": "joliet",
  "joliet-paths": "joliet",
  udf: "udf",
  embed: "udf",
  metadata: "udf",
};

/** Those that take none. */
export const FORMAT_FLAGS: readonly string[] = ["duplicates-once"];

/** `--rock-ridge` may stand without its version. */
export function withRockRidgeVersion(args: readonly string[]): string[] {
  return args.map((arg, index) =>
    arg === "--rock-ridge" && !/^\d+\.\d+$/.test(args[index + 1] ?? "") ? "--rock-ridge=1.12" : arg
  );
}

/** How the image is to be made, as far as the command line says it; `posix` is a switch. */
export function formatOptions(parsed: ParsedCommand): Partial<SourceOptions> {
  const level = oneOf(parsed, "iso-level", ["1", "2", "3", "4"]);
  const units = oneOf(parsed, "joliet-units", ["64", "103"]);
  const embed = oneOf(parsed, "embed", ["yes", "no"]);
  const copies = oneOf(parsed, "metadata", ["1", "2"]);
  const leaveOut = parsed.text("leave-out");
  const fileSystems = parseFileSystems(parsed.text("fs"));
  if (fileSystems !== undefined) requireFileSystems(parsed, fileSystems);
  return withoutUndefined<SourceOptions>({
    fileSystems,
    duplicatesOnce: parsed.has("duplicates-once") ? true : undefined,
    posix: parsed.has("posix") ? true : undefined,
    exclude: patternsOf(parsed, "exclude"),
    hide: patternsOf(parsed, "hide"),
    first: patternsOf(parsed, "first"),
    leaveOutOf: leaveOut === undefined ? undefined : leftOut(leaveOut),
    isoLevel: level === undefined ? undefined : ({ 1: 1, 2: 2, 3: 3, 4: 3 } as const)[level],
    iso1999: level === "4" ? true : undefined,
    rockRidge: oneOf(parsed, "rock-ridge", ["1.12", "1.09"]),
    rockRidgeTimes: oneOf(parsed, "rock-ridge-times", ["short", "long"]),
    deepDirectories: oneOf(parsed, "deep", ["keep", "relocate"]),
    isoLongPaths: oneOf(parsed, "iso-paths", ["allow", "warn", "refuse"]),
    jolietUnits: units === undefined ? undefined : ({ 64: 64, 103: 103 } as const)[units],
    jolietLongPaths: oneOf(parsed, "joliet-paths", ["allow", "warn", "shorten"]),
    udfRevision: oneOf(parsed, "udf", UDF_REVISIONS),
    udfEmbed: embed === undefined ? undefined : embed === "yes",
    udfMetadataCopy: copies === undefined ? undefined : copies === "2",
    ...Object.fromEntries(Object.entries(TEXTS).map(([name, field]) => [field, parsed.text(name)])),
    volumeDates: withoutUndefined(Object.fromEntries(DATES.map((name) => [name, dateOf(parsed, name)]))),
  });
}

/** The members that are there, as exact optional properties want it. */
function withoutUndefined<T extends object>(
  members: { readonly [name in keyof T]?: T[name] | undefined },
): Partial<T> {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as Partial<T>;
}

function parseFileSystems(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  let bits = 0;
  for (const name of text.split(",")) {
    const [, bit] = Object.entries(FILE_SYSTEM).find(([one]) => one === name.trim().toLowerCase()) ?? [];
    if (bit === undefined) {
      throw new UsageError(`--fs takes iso9660, joliet and udf, comma separated, not "${name}"`);
    }
    bits |= bit;
  }
  return bits;
}

function requireFileSystems(parsed: ParsedCommand, fileSystems: number): void {
  for (const [option, name] of Object.entries(FILE_SYSTEM_OF)) {
    if (parsed.text(option) === undefined || (fileSystems & FILE_SYSTEM[name]) !== 0) continue;
    const advice = option === "rock-ridge" ? "; UDF keeps owners and links with --posix" : "";
    throw new UsageError(
      `--${option} is about ${name}, which --fs ${parsed.text("fs")} leaves out: add it there${advice}`,
    );
  }
}

function patternsOf(parsed: ParsedCommand, option: string): string[] | undefined {
  const text = parsed.text(option);
  return text === undefined ? undefined : splitPatterns(text, option);
}

function splitPatterns(text: string, option: string): string[] {
  const patterns = text.split(",");
  if (patterns.every((pattern) => pattern !== "")) return patterns;
  throw new UsageError(`--${option} takes patterns of names with commas between, not "${text}"`);
}

function leftOut(text: string): { [tree in TreeName]?: string[] } {
  const found: { [tree in TreeName]?: string[] } = {};
  for (const part of text.split(";")) {
    const [name = "", patterns] = part.split(/=(.*)/s);
    const tree = TREES.find((one) => one === name.trim());
    if (tree === undefined || patterns === undefined) {
      throw new UsageError(
        `--leave-out takes TREE=PATTERNS with a tree of ${
          TREES.join(", ")
        }, such as 'joliet=*.sh', not "${part}"`,
      );
    }
    found[tree] = [...found[tree] ?? [], ...splitPatterns(patterns, "leave-out")];
  }
  return found;
}

function dateOf(parsed: ParsedCommand, name: string): Date | undefined {
  const text = parsed.text(name);
  if (text === undefined) return undefined;
  const [year = 0, month = 0, day = 0] = text.split(/\D/).map(Number);
  // Date takes the 31st of a month of 30 days as the first of the next.
  const isDay = day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
  const isDate = isDay && /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2}))?$/.test(text);
  const date = new Date(text);
  if (isDate && !Number.isNaN(date.getTime())) return date;
  throw new UsageError(
    `--${name} takes a date such as 2024-05-06, or with a time and its zone 2024-05-06T07:08:09Z, not "${text}"`,
  );
}
