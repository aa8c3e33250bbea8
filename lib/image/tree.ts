/** The tree that an image is made from. @module */
import type { FileContent } from "./source.ts";

/** The times of a file or directory; what is left out is the image's own timestamp. */
export interface NodeTimes {
  /** Last change of the content; the one time that ISO 9660 and Joliet keep. */
  modified?: Date | undefined;
  /** Creation. */
  created?: Date | undefined;
  /** Last access. */
  accessed?: Date | undefined;
}

/** What POSIX systems know of a file, kept by Rock Ridge and UDF; what is left out gets a default there. */
export interface NodeAttributes {
  /** The low 12 bits: permissions, set-user-ID, set-group-ID, sticky. */
  mode?: number | undefined;
  /** Owner. */
  uid?: number | undefined;
  /** Group. */
  gid?: number | undefined;
}

/** The trees of an image: one and the same content may be shown in several. Rock Ridge is that of `iso9660`. */
export type TreeName = "iso9660" | "joliet" | "iso1999" | "udf";

/** Where an entry is shown. */
export interface NodeVisibility {
  /** Whether file managers should not show it. */
  hidden?: boolean;
  /** Trees that do not have it, nor what lies in it. */
  leftOutOf?: readonly TreeName[];
}

/** What else a file or directory may hold. */
export interface NodeStreams {
  /** Named streams, by name: further contents, which only UDF 2.00 and later keeps. */
  streams?: ReadonlyMap<string, FileContent>;
  /** Extended attributes, by name, which only UDF keeps: names of up to 255 bytes, values of up to 65,535. */
  attributes?: ReadonlyMap<string, Uint8Array>;
}

/** A file of the image. */
export interface ImageFile extends NodeTimes, NodeAttributes, NodeVisibility, NodeStreams {
  /** Tells files from directories. */
  readonly kind: "file";
  /** The name as people know it; each file system gets the form of it that it can hold. */
  name: string;
  /** What it holds. */
  content: FileContent;
  /** Where it came from, for messages. */
  path?: string;
  /**
   * Files with the same key are names of one file: one content, and where a file system knows such links, one owner, one
   * set of permissions and times (those of the first by path), and a count of its names.
   */
  linkKey?: string | undefined;
  /**
   * Files with the same key hold the same bytes, which are stored once, where their sizes are the same, too. In ISO 9660,
   * Joliet and Rock Ridge they stay different files; in UDF, where an extent belongs to one file, they become names of
   * the first by path.
   */
  contentKey?: string;
  /** Where its content goes: the heavier, the nearer to the start; default 0. */
  weight?: number;
  /** Where its content lies already, in one piece, in an earlier session of the same disc: it is not written again. */
  placedLba?: number;
}

/** A symbolic link of the image. Rock Ridge and UDF have it; ISO 9660 by itself and Joliet leave it out. */
export interface ImageSymlink extends NodeTimes, NodeAttributes, NodeVisibility {
  /** Tells links from files and directories. */
  readonly kind: "symlink";
  /** The name as people know it; each file system gets the form of it that it can hold. */
  name: string;
  /** The path that it points to, with `/` between the names. */
  target: string;
  /** Where it came from, for messages. */
  path?: string;
}

/** Entries that may be made when they are asked for; any array is such a list. */
export interface EntryList<Entry> {
  /** How many there are. */
  readonly length: number;
  /** One of them. */
  at(index: number): Entry | undefined;
}

/** A directory of the image; `ImageDirectory<ImageSymlink>` is one that may have symbolic links in it. */
export interface ImageDirectory<Link extends ImageSymlink = never>
  extends NodeTimes, NodeAttributes, NodeVisibility, NodeStreams {
  /** Tells directories from files. */
  readonly kind: "directory";
  /** Empty for the root. */
  name: string;
  /** By name. The order does not matter: the same tree gives the same image. */
  children: Map<string, ImageFile | ImageDirectory<Link> | Link>;
  /**
   * What it holds, sorted by the units of the names, where that can be had without {@linkcode children}. A list does not
   * change any more, and a file of it may be another object each time, which nobody changes.
   */
  entries?(): EntryList<ImageFile | ImageDirectory<Link> | Link> | undefined;
  /** Where it came from, for messages. */
  path?: string;
}

/** A copy of a directory, empty, whose facts may be getters of its class, which spreading leaves out. */
export function emptyCopy<Link extends ImageSymlink = never>(
  directory: ImageDirectory<Link>,
): ImageDirectory<Link> {
  const { kind, name, path, modified, created, mode, uid, gid } = directory;
  return {
    ...directory,
    kind,
    name,
    children: new Map(),
    ...(path === undefined ? {} : { path }),
    ...{ modified, created, mode, uid, gid },
  };
}

/** Makes an empty directory. */
export function createDirectory<Link extends ImageSymlink = never>(
  name = "",
  times: NodeTimes = {},
): ImageDirectory<Link> {
  return { kind: "directory", name, children: new Map(), ...times };
}
