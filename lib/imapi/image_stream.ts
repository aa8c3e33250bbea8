/** The byte streams of the image objects: a whole image, and the content of one file. @module */
import { ByteStream } from "../automation/stream.ts";
import type { FileContent, OpenContent } from "../image/source.ts";
import { type ImagePlan, ImageReader } from "../image/mod.ts";
import { hostFilesOf } from "../platform/host_files.ts";
import { translated } from "./errors.ts";

const SECTOR_BYTES = 2048;

/** An image as a stream of bytes. Nothing was copied to make it: the files are read when their bytes are. */
export class ImageStream extends ByteStream implements Disposable {
  readonly sizeBytes: number;
  readonly #plan: ImagePlan;
  #reader: ImageReader | undefined;

  constructor(plan: ImagePlan) {
    super();
    this.#plan = plan;
    this.sizeBytes = plan.sizeSectors * SECTOR_BYTES;
  }

  /** What lies at a sector: a file's path, or what structure it is; undefined for sectors of zeros. */
  ownerOf(lba: number): string | undefined {
    return this.#plan.ownerOf(lba);
  }

  /** The files of this computer that it is read from. */
  files(): Iterable<string> {
    return hostFilesOf(this.#plan);
  }

  read(target: Uint8Array, offset: number): number {
    const reader = this.#reader ??= new ImageReader(this.#plan);
    return translated(() => reader.readBytes(target, offset));
  }

  /** Closes the files that reading keeps open; reading again opens them again. */
  [Symbol.dispose](): void {
    this.#reader?.[Symbol.dispose]();
    this.#reader = undefined;
  }
}

/** The content of a file as a stream. */
export class ContentStream extends ByteStream {
  readonly #content: FileContent;

  constructor(content: FileContent) {
    super();
    this.#content = content;
  }

  get sizeBytes(): number {
    return this.#content.sizeBytes;
  }

  read(target: Uint8Array, offset: number): number {
    return translated(() => {
      // Opened for each read: a script may hold any number of these, and nothing tells us when it is done with one.
      using open = this.#content.open();
      return open.read(target.subarray(0, Math.max(0, this.sizeBytes - offset)), offset);
    });
  }
}

/** A stream as the content of a file. */
export class StreamContent implements FileContent {
  constructor(readonly stream: ByteStream) {}

  get sizeBytes(): number {
    return this.stream.sizeBytes;
  }

  open(): OpenContent {
    return { read: (target, offset) => this.stream.read(target, offset), [Symbol.dispose]: () => {} };
  }
}

/** The content of a file that was given none. */
export const NO_CONTENT: FileContent = {
  sizeBytes: 0,
  open: () => ({ read: () => 0, [Symbol.dispose]: () => {} }),
};

/** The content as a stream: the very one that was given, if one was. */
export function streamOf(content: FileContent): ByteStream {
  return content instanceof StreamContent ? content.stream : new ContentStream(content);
}
