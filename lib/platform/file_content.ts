/** Files of the host as content of images. @module */
import type { FileContent, OpenContent } from "../image/mod.ts";

/** The content of a file of the host; it is opened when it is read, and may be read at any place. */
export class HostFileContent implements FileContent {
  /** Makes one of a file whose size is known; nothing is asked of the system. */
  constructor(readonly path: string, readonly sizeBytes: number) {}

  /** Opens it for reading. */
  open(): OpenContent {
    return new OpenHostFile(Deno.openSync(this.path), this.sizeBytes);
  }
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
