/** The files of an image as the tree of another one. @module */
import {
  createDirectory,
  type FileContent,
  type ImageDirectory,
  type ImageFile,
  type ImageSymlink,
  type NodeAttributes,
  type NodeTimes,
  type Volume,
  type VolumeEntry,
} from "../image/mod.ts";

/** How {@linkcode volumeTree} goes about it. */
export interface VolumeTreeOptions {
  /** Makes a file of the tree, without times and attributes; or says why it cannot be had. */
  readonly fileOf: (entry: VolumeEntry, name: string) => ImageFile | string;
  /** The named streams of a file or folder; none are taken without it. */
  readonly streamsOf?: (entry: VolumeEntry) => ReadonlyMap<string, FileContent>;
  /** Told of what the tree does not have. */
  readonly onLeftOut: (path: string, reason: string) => void;
}

/** The tree of a volume: names, times, permissions, owners, symbolic links, extended attributes; contents by `fileOf`. */
export function volumeTree(
  volume: Volume,
  { fileOf, streamsOf, onLeftOut }: VolumeTreeOptions,
): ImageDirectory<ImageSymlink> {
  const root = createDirectory<ImageSymlink>();
  const folders = new Map([["", root]]);
  for (const entry of volume.entries) {
    const { path, kind, target } = entry;
    const slash = path.lastIndexOf("/");
    const folder = folders.get(path.slice(0, slash));
    const name = path.slice(slash + 1);
    if (folder === undefined) continue; // its own folder was left out
    if (folder.children.has(name)) {
      onLeftOut(path, "the image has another entry of that name");
      continue;
    }
    const common = { ...timesOf(entry), ...attributesOf(entry), ...(entry.hidden ? { hidden: true } : {}) };
    const { attributes } = entry;
    const streams = entry.streams === undefined ? undefined : streamsOf?.(entry);
    const more = {
      ...common,
      ...(attributes === undefined ? {} : { attributes }),
      ...(streams === undefined ? {} : { streams }),
    };
    if (kind === "directory") {
      const made: ImageDirectory<ImageSymlink> = { kind, name, children: new Map(), ...more };
      folder.children.set(name, made);
      folders.set(path, made);
    } else if (kind === "symlink") {
      if (target === undefined || target === "" || target.includes("\0")) {
        onLeftOut(path, "it is a symbolic link to nothing");
      } else folder.children.set(name, { kind, name, target, ...common });
    } else if (kind === "special") onLeftOut(path, "it is a device, a socket or a pipe");
    else {
      const file = fileOf(entry, name);
      if (typeof file === "string") onLeftOut(path, file);
      else folder.children.set(name, { ...file, ...more });
    }
  }
  return root;
}

function timesOf({ modified, created, accessed }: VolumeEntry): NodeTimes {
  return {
    ...(modified === undefined ? {} : { modified }),
    ...(created === undefined ? {} : { created }),
    ...(accessed === undefined ? {} : { accessed }),
  };
}

function attributesOf({ posix }: VolumeEntry): NodeAttributes {
  if (posix === undefined) return {};
  const { mode, uid, gid } = posix;
  return {
    mode: mode & 0o7777,
    ...(uid === undefined ? {} : { uid }),
    ...(gid === undefined ? {} : { gid }),
  };
}
