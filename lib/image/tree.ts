/** The tree that an image is made from. @module */
import type { FileContent } from "./source.ts";

/** The times of a file or directory; what is left out is the image's own timestamp. */
export interface NodeTimes {
  /** Last change of the content; the one time that ISO 9660 and Joliet keep. */
  modified?: Date;
  /** Creation. */
  created?: Date;
  /** Last access. */
  accessed?: Date;
}

/** A file of the image. */
export interface ImageFile extends NodeTimes {
  /** Tells files from directories. */
  readonly kind: "file";
  /** The name as people know it; each file system gets the form of it that it can hold. */
  name: string;
  /** What it holds. */
  content: FileContent;
  /** Whether file managers should not show it. */
  hidden?: boolean;
  /** Where it came from, for messages. */
  path?: string;
}

/** A directory of the image. */
export interface ImageDirectory extends NodeTimes {
  /** Tells directories from files. */
  readonly kind: "directory";
  /** Empty for the root. */
  name: string;
  /** By name. The order does not matter: the same tree gives the same image. */
  children: Map<string, ImageFile | ImageDirectory>;
  /** Whether file managers should not show it. */
  hidden?: boolean;
  /** Where it came from, for messages. */
  path?: string;
}

/** Makes an empty directory. */
export function createDirectory(name = "", times: NodeTimes = {}): ImageDirectory {
  return { kind: "directory", name, children: new Map(), ...times };
}
