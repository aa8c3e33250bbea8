/** What a new session of a disc takes over: the files of the session before it, where they lie. @module */
import { BurnError, inspect, type Medium, readSectors } from "../burn/mod.ts";
import { DiscSectors } from "../drive/disc_sectors.ts";
import { runAsync } from "../drive/run.ts";
import type { Recorder } from "../drive/transport.ts";
import {
  type ImageDirectory,
  type ImageFile,
  type ImageSymlink,
  readVolumes,
  richestVolume,
  type Volume,
  type VolumeEntry,
} from "../image/mod.ts";
import { chooseSession, sessionReader, sessionStarts, sessionVolumes } from "./sessions.ts";
import { volumeTree } from "./volume_tree.ts";

const SECTOR_BYTES = 2048;

type Folder = ImageDirectory<ImageSymlink>;

/** Where a session is to begin, and what it shows besides its own files. */
export interface SessionBase {
  /** Address of its first sector. */
  readonly startLba: number;
  /** The files of the session before it; undefined where they are not taken over. */
  readonly older: Folder | undefined;
  /** The name of the volume so far. */
  readonly volumeName: string | undefined;
  /** Whether it has Rock Ridge so far. */
  readonly rockRidge: boolean;
}

/** A burn that was cut off. */
export interface BegunBurn {
  /** Where its track begins. */
  readonly startLba: number;
  /** The time that its image carries; undefined where it has no ISO 9660. */
  readonly timestamp: Date | undefined;
}

/** What a burn that was cut off left on the disc in a recorder; undefined where nothing is open. */
export async function readBegunBurn(recorder: Recorder): Promise<BegunBurn | undefined> {
  using transport = recorder.open({ exclusive: false });
  const medium = await runAsync(inspect(), { transport });
  if (medium.status !== "open") return undefined;
  const startLba = medium.tracks.find(({ session }) => session > medium.sessions)?.startLba;
  if (startLba === undefined) return undefined;
  try {
    const sector = await runAsync(readSectors(startLba + DESCRIPTORS_LBA, 1), { transport });
    return { startLba, timestamp: volumeCreation(sector) };
  } catch (error) {
    if (!(error instanceof BurnError)) throw error;
    // Not written so far, or not to be read before it is closed: the burn finds out which.
    return { startLba, timestamp: undefined };
  }
}

const DESCRIPTORS_LBA = 16;

/** The time of creation in a volume descriptor (ECMA-119 8.4.26), in whole seconds; undefined for what is none. */
export function volumeCreation(descriptor: Uint8Array): Date | undefined {
  const text = String.fromCharCode(...descriptor.subarray(813, 829));
  const match = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)\d\d$/.exec(text);
  if (String.fromCharCode(...descriptor.subarray(1, 6)) !== "CD001" || match === null) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1).map(Number);
  const quarters = new DataView(descriptor.buffer, descriptor.byteOffset).getInt8(829);
  const time = new Date(Date.UTC(year, month - 1, day, hour, minute, second) - quarters * 15 * 60_000);
  return month === 0 || Number.isNaN(time.getTime()) ? undefined : time;
}

/**
 * Looks at the disc in a recorder: where its next session begins, and what is on it. A disc that cannot be appended to gives a
 * beginning at 0; whether it can be burned at all, the burn finds out.
 */
export async function readSessionBase(
  recorder: Recorder,
  { merge, begun, onNote }: {
    merge: boolean;
    /** A burn that is to be gone on with. */
    begun: BegunBurn | undefined;
    onNote: (message: string) => void;
  },
): Promise<SessionBase> {
  const medium = await look(recorder);
  const startLba = begun?.startLba ?? (medium.status === "appendable" ? medium.nwa ?? 0 : 0);
  const nothing: SessionBase = { startLba, older: undefined, volumeName: undefined, rockRidge: false };
  if (startLba === 0 || !merge) return nothing;
  using disc = new DiscSectors(recorder);
  const lastLba = chooseSession(sessionStarts(disc.tracks, disc.sessions), undefined);
  const read = sessionReader((lba, count, target) => disc.readWhatCan(lba, count, target), lastLba);
  const volume = richestVolume(
    sessionVolumes(readVolumes(read, disc.sizeSectors), lastLba).filter(({ fileSystem }) =>
      fileSystem !== "udf"
    ),
  );
  if (volume === undefined) {
    throw new Error(
      "Cannot take the disc's files over: its last session has no ISO 9660; append without them (--alone), or use another disc",
    );
  }
  return {
    startLba,
    older: treeOf(volume, onNote),
    volumeName: volume.volumeName === "" ? undefined : volume.volumeName,
    rockRidge: volume.fileSystem === "rockridge",
  };
}

async function look(recorder: Recorder): Promise<Medium> {
  using transport = recorder.open({ exclusive: false });
  return await runAsync(inspect(), { transport });
}

/** The tree of a volume whose files stay where they lie. */
export function treeOf(volume: Volume, onNote: (message: string) => void): Folder {
  return volumeTree(volume, {
    fileOf: (entry, name) => fileOf(entry, name) ?? "no new session can refer to it",
    onLeftOut: (path, reason) => onNote(`Not taken over: "${path.slice(1)}": ${reason}`),
  });
}

/** Undefined for a file that does not lie in one piece: one is all that a new entry can name. */
function fileOf(
  { sizeBytes, extents, path, unreadable, compressed }: VolumeEntry,
  name: string,
): ImageFile | undefined {
  if (unreadable !== undefined || compressed !== undefined) return undefined;
  const content = { sizeBytes, open: (): never => neverRead(path) };
  if (sizeBytes === 0) return { kind: "file", name, content };
  const [first] = extents;
  let nextLba = first?.startLba;
  for (const { startLba, lengthBytes, bytes } of extents) {
    if (startLba === undefined || bytes !== undefined || startLba !== nextLba) return undefined;
    nextLba = startLba + Math.ceil(lengthBytes / SECTOR_BYTES);
  }
  return first?.startLba === undefined || !Number.isInteger(first.startLba)
    ? undefined
    : { kind: "file", name, content, placedLba: first.startLba };
}

function neverRead(path: string): never {
  throw new Error(`"${path}" lies on the disc already and is not read`);
}
