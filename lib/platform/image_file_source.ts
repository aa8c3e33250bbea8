/** An existing image file as sectors. @module */

/** An image file as sectors of 2048 bytes; a last piece that fills no sector is filled up with zeros. */
export class FileImage implements Disposable {
  readonly #file: Deno.FsFile;
  readonly sizeSectors: number;
  /** The file's own position, so that reading in order needs no seek. */
  #position = 0;

  constructor(readonly path: string) {
    this.#file = Deno.openSync(path, { read: true });
    this.sizeSectors = Math.ceil(this.#file.statSync().size / 2048);
    if (this.sizeSectors === 0) {
      this.#file.close();
      throw new Error(`Cannot burn "${path}": the file is empty; give an image or a folder`);
    }
  }

  /** Fills `target` with `count` sectors from `lba` on. */
  read(lba: number, count: number, target: Uint8Array): void {
    const wanted = target.subarray(0, count * 2048);
    const offset = lba * 2048;
    if (offset !== this.#position) this.#position = this.#file.seekSync(offset, Deno.SeekMode.Start);
    let done = 0;
    while (done < wanted.length) {
      const got = this.#file.readSync(wanted.subarray(done));
      if (got === null) break;
      done += got;
      this.#position += got;
    }
    if (done < wanted.length && lba + Math.ceil(done / 2048) < this.sizeSectors) {
      throw new Error(`Cannot read "${this.path}": it became shorter while it was read; burn it again`);
    }
    wanted.fill(0, done);
  }

  /** An image's inside is not looked into. */
  ownerOf(): undefined {
    return undefined;
  }

  /** That one file. */
  files(): readonly string[] {
    return [this.path];
  }

  [Symbol.dispose](): void {
    this.#file.close();
  }
}
