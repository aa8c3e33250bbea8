/** An image file, or the file of a virtual disc, as sectors to be read. @module */
import { SECTOR_BYTES } from "../image/binary.ts";
import { ImageError } from "../image/errors.ts";

/** Sectors of an image file; nothing outside of it is ever read. */
export class ImageSectors implements Disposable {
  readonly #file: Deno.FsFile;
  /** The file's own position, so that reading in order needs no seek. */
  #position = 0;
  readonly sizeBytes: number;
  /** A last piece that fills no sector counts as one and is filled up with zeros. */
  readonly sizeSectors: number;

  /** Opens it. Throws an error that names it when it is not there or is a folder, else what Deno throws. */
  constructor(readonly path: string) {
    this.#file = open(path);
    // A block device has no size of its own in its status; its end can be sought.
    this.sizeBytes = this.#file.seekSync(0, Deno.SeekMode.End);
    this.#file.seekSync(0, Deno.SeekMode.Start);
    this.sizeSectors = Math.ceil(this.sizeBytes / SECTOR_BYTES);
  }

  /**
   * Fills `target` with `count` sectors from `lba` on.
   *
   * @throws ImageError "damaged" when they are not all in the image, or the file became shorter.
   */
  read(lba: number, count: number, target: Uint8Array): void {
    const isRange = Number.isInteger(lba) && Number.isInteger(count);
    if (!(isRange && lba >= 0 && count >= 0 && lba + count <= this.sizeSectors)) {
      throw new ImageError(
        "damaged",
        `Cannot read "${this.path}": ${count} sectors at LBA ${lba} are not in its ${this.sizeSectors} sectors`,
        { path: this.path },
      );
    }
    const wanted = target.subarray(0, count * SECTOR_BYTES);
    const offset = lba * SECTOR_BYTES;
    if (offset !== this.#position) this.#position = this.#file.seekSync(offset, Deno.SeekMode.Start);
    let done = 0;
    while (done < wanted.length) {
      const got = this.#file.readSync(done === 0 ? wanted : wanted.subarray(done));
      if (got === null || got === 0) break;
      done += got;
      this.#position += got;
    }
    if (offset + done < this.sizeBytes && done < wanted.length) {
      throw new ImageError("damaged", `Cannot read "${this.path}": it became shorter while it was read`, {
        path: this.path,
      });
    }
    wanted.fill(0, done);
  }

  [Symbol.dispose](): void {
    this.#file.close();
  }
}

function open(path: string): Deno.FsFile {
  try {
    const { isFile, isDirectory, isBlockDevice } = Deno.statSync(path);
    if (isDirectory) throw new Error(`Cannot read the image "${path}": it is a folder`);
    // To open a pipe would wait for somebody who writes, and no place of it could be read again.
    if (!isFile && isBlockDevice === false) {
      throw new Error(
        `Cannot read the image "${path}": it is no file and no disk; put what it gives into a file`,
      );
    }
    return Deno.openSync(path);
  } catch (cause) {
    if (!(cause instanceof Deno.errors.NotFound)) throw cause;
    throw new Error(`Cannot read the image "${path}": there is no such file`, { cause });
  }
}
