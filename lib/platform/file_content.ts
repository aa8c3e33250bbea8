/** Files of the host as content of images. @module */
import type { FileContent, ImageFile, OpenContent } from "../image/mod.ts";

/** The content of a file of the host; it is opened when it is read, and may be read at any place. */
export class HostFileContent implements FileContent {
  /** Makes one of a file whose size is known; nothing is asked of the system. */
  constructor(readonly path: string, readonly sizeBytes: number) {}

  /** Opens it for reading. */
  open(): OpenContent {
    return new OpenHostFile(Deno.openSync(this.path), this.sizeBytes);
  }
}

/** What is known of a file of the host. */
export interface HostFileFacts {
  /** Its folder, with what parts it from the name. */
  readonly folder: string;
  readonly name: string;
  readonly sizeBytes: number;
  readonly modified: Date | undefined;
  readonly created: Date | undefined;
}

/**
 * A file of the host in the tree of an image. There may be a million of them, so its path, dates and content are made
 * when they are asked for; whatever is assigned stays.
 */
export class HostFile implements ImageFile {
  readonly kind = "file";
  name: string;
  declare mode?: number;
  declare uid?: number;
  declare gid?: number;
  declare accessed?: Date | undefined;
  declare hidden?: boolean;
  declare linkKey?: string;
  declare contentKey?: string;
  declare weight?: number;
  readonly #folder: string;
  readonly #hostName: string;
  readonly #sizeBytes: number;
  #modifiedMs: number;
  #createdMs: number;
  #content: FileContent | undefined;

  /** Makes one; nothing is asked of the system. */
  constructor(facts: HostFileFacts) {
    this.name = facts.name;
    this.#folder = facts.folder;
    this.#hostName = facts.name;
    this.#sizeBytes = facts.sizeBytes;
    this.#modifiedMs = facts.modified?.getTime() ?? NaN;
    this.#createdMs = facts.created?.getTime() ?? NaN;
  }

  /** Where it came from. */
  get path(): string {
    return this.#folder + this.#hostName;
  }

  /** What it holds. */
  get content(): FileContent {
    return this.#content ?? new HostFileContent(this.path, this.#sizeBytes);
  }
  set content(content: FileContent) {
    this.#content = content;
  }

  /** Last change. */
  get modified(): Date | undefined {
    return dateOf(this.#modifiedMs);
  }
  set modified(date: Date | undefined) {
    this.#modifiedMs = date?.getTime() ?? NaN;
  }

  /** Creation. */
  get created(): Date | undefined {
    return dateOf(this.#createdMs);
  }
  set created(date: Date | undefined) {
    this.#createdMs = date?.getTime() ?? NaN;
  }
}

function dateOf(ms: number): Date | undefined {
  return Number.isNaN(ms) ? undefined : new Date(ms);
}

/** The content of a file of the host, as long as the file is now. Throws what Deno throws when there is no such file. */
export function fileContent(path: string): FileContent {
  return new HostFileContent(path, Deno.statSync(path).size);
}

class OpenHostFile implements OpenContent {
  readonly #file: Deno.FsFile;
  readonly #sizeBytes: number;
  /** Where the file's own position is, so that reading in order needs no seek. */
  #position = 0;

  constructor(file: Deno.FsFile, sizeBytes: number) {
    this.#file = file;
    this.#sizeBytes = sizeBytes;
  }

  read(target: Uint8Array, offset: number): number {
    if (offset !== this.#position) this.#position = this.#file.seekSync(offset, Deno.SeekMode.Start);
    let total = 0;
    while (total < target.length) {
      const count = this.#file.readSync(total === 0 ? target : target.subarray(total));
      if (count === null || count === 0) break;
      total += count;
      this.#position += count;
      // One read less for every small file: it has brought all that is expected, and more if there had been more.
      if (this.#position >= this.#sizeBytes) break;
    }
    return total;
  }

  [Symbol.dispose](): void {
    this.#file.close();
  }
}
