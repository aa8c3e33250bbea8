/** Bytes on their way from one program to another, or to the script. @module */
import { writeAll } from "../../platform/write_all.ts";

const MEMORY_BYTES_MAX = 32 * 1024 * 1024;

/**
 * A queue of bytes with one reader. Without a limit it takes whatever comes, in memory at first and in a temporary file
 * from there on: a program that writes much never waits for a script that does not read yet.
 */
export class ByteQueue {
  readonly #limit: number;
  #chunks: Uint8Array[] = [];
  #size = 0;
  #isEnded = false;
  #isAbandoned = false;
  #changed = Promise.withResolvers<void>();
  #spill: SpillFile | undefined;

  /** @param limit how many bytes may wait until `push` waits; without one it never does. */
  constructor(limit = Infinity) {
    this.#limit = limit;
  }

  /** Adds bytes; false once nobody will read them. */
  async push(bytes: Uint8Array): Promise<boolean> {
    if (this.#isAbandoned) return false;
    if (bytes.length > 0) {
      if (this.#limit === Infinity && (this.#spill !== undefined || this.#size > MEMORY_BYTES_MAX)) {
        (this.#spill ??= new SpillFile()).write(bytes);
      } else {
        this.#chunks.push(bytes);
        this.#size += bytes.length;
      }
      this.#change();
    }
    while (this.#size > this.#limit && !this.#isAbandoned) await this.#changed.promise;
    return !this.#isAbandoned;
  }

  /** Nothing more will come. */
  end(): void {
    this.#isEnded = true;
    this.#change();
  }

  /** Nobody will read any more. */
  abandon(): void {
    this.#isAbandoned = true;
    this.#chunks = [];
    this.#size = 0;
    this.#spill?.close();
    this.#spill = undefined;
    this.#change();
  }

  /** The next bytes, as many as there are up to a maximum; none at the end. Waits for them. */
  async read(bytesMax: number): Promise<Uint8Array> {
    await this.ready();
    return this.take(bytesMax);
  }

  /** Waits until there are bytes, or the end. */
  async ready(): Promise<void> {
    while (this.#size === 0 && this.#spill === undefined && !this.#isEnded && !this.#isAbandoned) {
      await this.#changed.promise;
    }
  }

  /** The next bytes that are there already. */
  take(bytesMax: number): Uint8Array {
    const chunk = this.#chunks[0] ?? this.#spilled();
    if (chunk === undefined) return new Uint8Array();
    const part = chunk.subarray(0, bytesMax);
    if (part.length < chunk.length) this.#chunks[0] = chunk.subarray(part.length);
    else this.#chunks.shift();
    this.#size -= part.length;
    this.#change();
    return part;
  }

  /** Takes up what lies in the file; the file goes once it is empty. */
  #spilled(): Uint8Array | undefined {
    const chunk = this.#spill?.read();
    if (chunk === undefined) {
      this.#spill?.close();
      this.#spill = undefined;
      return undefined;
    }
    this.#chunks.push(chunk);
    this.#size += chunk.length;
    return chunk;
  }

  #change(): void {
    const { resolve } = this.#changed;
    this.#changed = Promise.withResolvers<void>();
    resolve();
  }
}

/** A temporary file that is written at its end and read from its beginning. */
class SpillFile {
  readonly #path = Deno.makeTempFileSync({ prefix: "burnscript-" });
  readonly #file = Deno.openSync(this.#path, { read: true, write: true });
  #readAt = 0;
  #writeAt = 0;

  write(bytes: Uint8Array): void {
    this.#file.seekSync(this.#writeAt, Deno.SeekMode.Start);
    writeAll(this.#file, bytes);
    this.#writeAt += bytes.length;
  }

  read(): Uint8Array | undefined {
    if (this.#readAt === this.#writeAt) return undefined;
    this.#file.seekSync(this.#readAt, Deno.SeekMode.Start);
    const bytes = new Uint8Array(Math.min(1024 * 1024, this.#writeAt - this.#readAt));
    const count = this.#file.readSync(bytes) ?? 0;
    this.#readAt += count;
    return bytes.subarray(0, count);
  }

  close(): void {
    this.#file.close();
    Deno.removeSync(this.#path);
  }
}
