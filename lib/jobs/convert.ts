/** Images made of images: with other file systems, or with one file system written anew. @module */
import {
  entryContent,
  FILE_SYSTEM,
  type ImageFile,
  type ReadSectors,
  type ViewName,
  type Volume,
  type VolumeEntry,
} from "../image/mod.ts";
import { requiredInfo } from "../platform/exists.ts";
import { type ImageFileReport, type ImageOutputOptions, writePlan } from "./image.ts";
import { type ImageSource, openView, type ViewOptions } from "./list.ts";
import { planTree, type SourceOptions } from "./source.ts";
import { volumeTree } from "./volume_tree.ts";

/** What {@linkcode convert} is told. */
export interface ConvertOptions extends SourceOptions, ImageOutputOptions, ViewOptions {
  /** The image that is read, or the disc in a recorder. */
  readonly image: ImageSource;
}

/** What became of {@linkcode convert}. */
export interface ConvertReport extends ImageFileReport {
  /** The view that was read. */
  readonly view: ViewName;
  /** How many files and links of it are not in the new image; `onNote` was told which. */
  readonly leftOut: number;
  /** What is wrong with the image that was read, and why something of it may be missing. */
  readonly problems: readonly string[];
}

/**
 * Makes an image of what another one shows. Contents are read from it while they are written; names, times, permissions,
 * owners, symbolic and hard links, named streams and extended attributes are kept as far as the new image can.
 *
 * Rock Ridge is there without being asked for if the old image says whose its files are or has links, unless `posix` is
 * false: then permissions, owners and symbolic links are not taken over.
 *
 * @throws RangeError when the output is the image itself; ImageError when the image, its view or a content cannot be read,
 * or the new image cannot hold what is in it.
 */
export function convert(options: ConvertOptions): ConvertReport {
  const { image: source, output, view, session, posix, onNote } = options;
  if (typeof source === "string") checkPlaces(source, output);
  using opened = openView(source, {
    ...(view === undefined ? {} : { view }),
    ...(session === undefined ? {} : { session }),
  });
  const { image, volume } = opened;
  const kept = posix === false ? withoutPosix(volume) : volume;
  let leftOut = 0;
  const leaveOut = (path: string, reason: string): void => {
    leftOut++;
    onNote?.(`Left out "${path.slice(1)}": ${reason}`);
  };
  for (const { path, kind } of volume.entries) {
    if (posix === false && kind === "symlink") leaveOut(path, "it is a symbolic link");
  }
  const read: ReadSectors = (lba, count, target) => image.read(lba, count, target);
  const tree = volumeTree(kept, {
    fileOf: (entry, name) => fileOf(read, entry, name),
    streamsOf: ({ streams = [] }) => new Map(streams.map((one) => [one.name, entryContent(read, one)])),
    onLeftOut: leaveOut,
  });
  const { fileSystems = ALL_FILE_SYSTEMS, rockRidge = posix !== false && knowsPosix(volume) } = options;
  const plan = planTree(tree, {
    ...volumeTexts(volume),
    ...options,
    fileSystems,
    rockRidge: fileSystems & FILE_SYSTEM.iso9660 ? rockRidge : false,
    volumeName: options.volumeName ?? nameOf(volume),
    // The same image gives the same image, whenever it is converted.
    timestamp: options.timestamp ?? volume.created ?? new Date(),
  });
  const report = writePlan(plan, options);
  return { ...report, view: volume.fileSystem, leftOut, problems: problemsOf(image.volumes, volume) };
}

/** Rock Ridge is in the records of ISO 9660. */
function problemsOf(volumes: readonly Volume[], volume: Volume): readonly string[] {
  if (volume.fileSystem !== "rockridge") return volume.problems;
  const iso = volumes.find(({ fileSystem }) => fileSystem === "iso9660");
  return [...iso?.problems ?? [], ...volume.problems];
}

const ALL_FILE_SYSTEMS = FILE_SYSTEM.iso9660 | FILE_SYSTEM.joliet | FILE_SYSTEM.udf;

/** An image that is read cannot be replaced meanwhile on every system, and a virtual disc's file never. */
function checkPlaces(source: string, output: string): void {
  const info = requiredInfo(source, "read the image");
  if (info.isDirectory) {
    throw new RangeError(`Cannot convert "${source}": it is a folder; burnscript image makes an image of it`);
  }
  if (output === "-") return;
  let place: string;
  try {
    place = Deno.realPathSync(output);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return;
    throw error;
  }
  if (place !== Deno.realPathSync(source)) return;
  throw new RangeError(`Cannot convert "${source}" into itself; give another output`);
}

/** A file whose content is read from the image; the weight keeps the order in which contents lie there. */
function fileOf(read: ReadSectors, entry: VolumeEntry, name: string): ImageFile | string {
  if (entry.unreadable !== undefined) return `it is ${entry.unreadable}`;
  const { path, extents: [first] } = entry;
  const linkKey = linkKeyOf(entry);
  return {
    kind: "file",
    name,
    content: entryContent(read, entry),
    path,
    ...(linkKey === undefined ? {} : { linkKey }),
    ...(first?.startLba === undefined ? {} : { weight: -first.startLba }),
  };
}

/**
 * What the names of one file have in common. Serial numbers alone are not to be trusted: some builders give all files the
 * same, so the content must lie in the same place, too.
 */
function linkKeyOf({ posix, sizeBytes, extents }: VolumeEntry): string | undefined {
  if (posix === undefined || posix.links < 2) return undefined;
  const { inode } = posix;
  const startLba = extents[0]?.startLba;
  if (startLba === undefined && !inode) return undefined;
  return `${inode ?? ""}/${startLba ?? ""}/${sizeBytes}`;
}

/** Whether something would be lost without Rock Ridge. */
function knowsPosix(volume: Volume): boolean {
  return volume.fileSystem === "rockridge" ||
    volume.entries.some(({ kind, posix }) => kind === "symlink" || posix?.uid !== undefined);
}

function withoutPosix(volume: Volume): Volume {
  const entries = volume.entries.filter(({ kind }) => kind !== "symlink");
  return { ...volume, entries: entries.map(({ posix: _, ...entry }) => entry) };
}

/** Who made it, and the set that it belongs to; what UDF has of the set begins with a number of the volume's own. */
function volumeTexts({ texts, fileSystem }: Volume): { [name: string]: string } {
  const names = ["publisherId", "preparerId", ...(fileSystem === "udf" ? [] : ["volumeSetId"])];
  return Object.fromEntries(names.flatMap((name) => {
    const text = texts[name];
    return text === undefined ? [] : [[name, text]];
  }));
}

const NAME_UNITS_MAX = 126;

/** A damaged or foreign name may have characters that none can have. */
function nameOf({ volumeName }: Volume): string {
  // deno-lint-ignore no-control-regex -- they are what is meant
  const name = volumeName.replaceAll(/[\x00-\x1f]/g, "_").slice(0, NAME_UNITS_MAX).trim();
  return name === "" ? "DISC" : name;
}
