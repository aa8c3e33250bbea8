/** What is in an image: opened, and one of its views chosen. @module */
import {
  ImageError,
  type ReadSectors,
  readVolumes,
  type ReadVolumesOptions,
  richestVolume,
  SECTOR_BYTES,
  type ViewName,
  type Volume,
  type VolumeEntry,
} from "../image/mod.ts";
import { DiscSectors } from "../drive/disc_sectors.ts";
import type { Recorder } from "../drive/transport.ts";
import { ImageSectors } from "../platform/image_sectors.ts";
import { readDiscState } from "../drive/virtual.ts";
import { chooseSession, sessionReader, sessionStarts, sessionVolumes } from "./sessions.ts";
import { bytesText, counted } from "./words.ts";

/** The views that one can ask for. */
export const VIEW_NAMES: readonly ViewName[] = ["iso9660", "rockridge", "joliet", "iso1999", "udf"];

/** What people call the views. */
export const VIEW_TITLES: Readonly<Record<ViewName, string>> = {
  iso9660: "ISO 9660",
  rockridge: "Rock Ridge",
  joliet: "Joliet",
  iso1999: "ISO 9660:1999",
  udf: "UDF",
};

/** Where an image is: the path of an image file, of a block device or of a virtual disc's file; or the disc in a recorder. */
export type ImageSource = string | Recorder;

/** An image that was opened and looked through. */
export interface OpenedImage extends Disposable {
  readonly path: string;
  readonly sizeBytes: number;
  readonly sizeSectors: number;
  readonly volumes: readonly Volume[];
  read(lba: number, count: number, target: Uint8Array): void;
}

/** Options of {@linkcode list} and of all that reads one view of an image. */
export interface ViewOptions {
  /** Which view; the one that keeps most when absent. */
  readonly view?: ViewName;
  /** Which session of a disc that has several, counted from 1; the last when absent. */
  readonly session?: number;
}

/**
 * Opens an image and reads all of its file systems.
 *
 * @throws ImageError "damaged" if there is none in it; what Deno throws if it cannot be opened.
 */
export function openImage(
  source: ImageSource,
  { comparesCopies = false, ...options }: Pick<ViewOptions, "session"> & ReadVolumesOptions = {},
): OpenedImage {
  const image = openSectors(source, {
    ...options,
    find: (read, sizeSectors) => readVolumes(read, sizeSectors, { comparesCopies }),
  });
  if (image.volumes.length > 0) return image;
  using _image = image;
  throw noFileSystem(image);
}

/**
 * Opens an image for one view, without reading more of the others than it takes to choose.
 *
 * @throws ImageError "damaged" if it does not have it, or no file system at all; what Deno throws if it cannot be opened.
 */
export function openView(
  source: ImageSource,
  options: ViewOptions = {},
): { image: OpenedImage; volume: Volume } & Disposable {
  const { view } = options;
  const image = openSectors(source, {
    ...options,
    find: (read, sizeSectors) => {
      // Rock Ridge is the first choice, and where it shows something, nothing else has to be looked at.
      const first = readVolumes(read, sizeSectors, { views: [view ?? "rockridge"] });
      return first.some((one) => one.entries.length > 0) ? first : readVolumes(read, sizeSectors);
    },
  });
  try {
    return { image, volume: chooseView(image, options), [Symbol.dispose]: () => image[Symbol.dispose]() };
  } catch (error) {
    image[Symbol.dispose]();
    throw error;
  }
}

/** Opens an image whose sectors count whether or not there is a file system in them. */
export function openSectors(
  source: ImageSource,
  { find = readVolumes, session }: Pick<ViewOptions, "session"> & {
    find?: (read: ReadSectors, sizeSectors: number) => Volume[];
  } = {},
): OpenedImage {
  const sectors = typeof source === "string" ? new ImageSectors(source) : new DiscSectors(source);
  try {
    const read: ReadSectors = (lba, count, target) => sectors.read(lba, count, target);
    const look: ReadSectors = sectors instanceof DiscSectors
      ? (lba, count, target) => sectors.readWhatCan(lba, count, target)
      : read;
    const { path, sizeBytes, sizeSectors } = sectors;
    const starts = sectors instanceof DiscSectors
      ? sessionStarts(sectors.tracks, sectors.sessions)
      : sessionsOfFile(path);
    const startLba = chooseSession(starts, session);
    const volumes = sessionVolumes(find(sessionReader(look, startLba), sizeSectors), startLba);
    return { path, sizeBytes, sizeSectors, volumes, read, [Symbol.dispose]: () => sectors[Symbol.dispose]() };
  } catch (error) {
    sectors[Symbol.dispose]();
    throw error;
  }
}

/** Where the sessions of a virtual disc's file begin; what its state says beside it, other files have none. */
function sessionsOfFile(path: string): readonly number[] {
  const disc = readDiscState(path);
  return disc === undefined ? [0] : sessionStarts(disc.tracks, disc.closedSessions);
}

/** What packed images begin with. */
const PACKERS: readonly [start: readonly number[], name: string][] = [
  [[0x1f, 0x8b], "gzip"],
  [[0x42, 0x5a, 0x68], "bzip2"],
  [[0xfd, 0x37, 0x7a, 0x58, 0x5a], "xz"],
  [[0x28, 0xb5, 0x2f, 0xfd], "zstd"],
  [[0x50, 0x4b, 0x03, 0x04], "zip"],
  [[0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c], "7z"],
];

function noFileSystem({ path, sizeBytes, read }: OpenedImage): ImageError {
  if (sizeBytes === 0) return new ImageError("damaged", `"${path}" is empty, and no image`, { path });
  const sector = new Uint8Array(SECTOR_BYTES);
  read(0, 1, sector);
  const packer = PACKERS.find(([start]) => start.every((byte, at) => sector[at] === byte));
  const why = packer === undefined ? "is it an image?" : `it is packed by ${packer[1]}: unpack it first`;
  return new ImageError("damaged", `"${path}" has neither ISO 9660 nor UDF in it; ${why}`, { path });
}

/**
 * One view of an image.
 *
 * @throws ImageError "damaged" if it does not have it.
 */
export function chooseView(image: OpenedImage, options: ViewOptions = {}): Volume {
  const { view } = options;
  const volume = view === undefined
    ? richestVolume(image.volumes)
    : image.volumes.find((one) => one.fileSystem === view);
  if (volume !== undefined) return volume;
  if (image.volumes.length === 0) throw noFileSystem(image);
  const titles = image.volumes.map((one) => VIEW_TITLES[one.fileSystem]).join(", ");
  throw new ImageError("damaged", `"${image.path}" has no ${VIEW_TITLES[view!]} in it, only ${titles}`, {
    path: image.path,
  });
}

/**
 * Those entries that the paths name, with everything in folders that they name; all without paths.
 *
 * @throws ImageError "damaged" naming the first path that is not in the view.
 */
export function selectEntries(volume: Volume, paths: readonly string[]): readonly VolumeEntry[] {
  if (paths.length === 0) return volume.entries;
  const wanted = paths.map((path) => ({ path, key: keyOf(path), isFound: false }));
  const selected = volume.entries.filter((entry) => {
    let isWanted = false;
    for (const one of wanted) {
      if (entry.path !== one.key && !entry.path.startsWith(`${one.key}/`)) continue;
      one.isFound = true;
      isWanted = true;
    }
    return isWanted;
  });
  const missing = wanted.find((one) => !one.isFound && one.key !== "");
  if (missing === undefined) return selected;
  const title = VIEW_TITLES[volume.fileSystem];
  throw new ImageError("damaged", `There is no "${missing.path}" in the image, as ${title} shows it`, {
    path: missing.path,
  });
}

/** Entries in the order of people: each folder's content behind the folder, names in order. */
export function inTreeOrder(entries: readonly VolumeEntry[]): VolumeEntry[] {
  const keyed = entries.map((entry) => ({ entry, key: entry.path.replaceAll("/", "\0") }));
  keyed.sort((a, b) => a.key < b.key ? -1 : a.key > b.key ? 1 : 0);
  return keyed.map(({ entry }) => entry);
}

/** How many files, folders and bytes there are. */
export interface EntryCounts {
  readonly fileCount: number;
  readonly directoryCount: number;
  readonly linkCount: number;
  readonly specialCount: number;
  readonly sizeBytes: number;
}

/** Counts entries. */
export function countEntries(entries: readonly VolumeEntry[]): EntryCounts {
  const counts = { file: 0, directory: 0, symlink: 0, special: 0 };
  let sizeBytes = 0;
  for (const entry of entries) {
    counts[entry.kind]++;
    if (entry.kind === "file") sizeBytes += entry.sizeBytes;
  }
  return {
    fileCount: counts.file,
    directoryCount: counts.directory,
    linkCount: counts.symlink,
    specialCount: counts.special,
    sizeBytes,
  };
}

/** Files, folders and bytes in words. */
export function countsText(counts: EntryCounts): string {
  const { fileCount, directoryCount, linkCount, specialCount, sizeBytes } = counts;
  const more = [[linkCount, "link"], [specialCount, "special file"]] as const;
  return [
    counted(fileCount, "file"),
    counted(directoryCount, "folder"),
    ...more.filter(([number]) => number > 0).map(([number, word]) => counted(number, word)),
    bytesText(sizeBytes),
  ].join(", ");
}

function keyOf(path: string): string {
  const names = path.split("/").filter((name) => name !== "" && name !== ".");
  return names.length === 0 ? "" : `/${names.join("/")}`;
}
