/** What is done with the blocks of an image as they come: written, or summed up. @module */
import type { Hash } from "node:crypto";
import type { BlockTaker, RingMemory } from "./block_ring.ts";
import { MediaSum, mediaSumText } from "./media_sum.ts";
import { nodeModule } from "./node_module.ts";
import { writeAll } from "./write_all.ts";

/** What is to be done with the blocks of an image. */
export type BlockTask =
  | { readonly kind: "write"; readonly path: string }
  | {
    readonly kind: "sums";
    /** Start and length in bytes of each file, in order; they do not overlap. */
    readonly sections: SharedArrayBuffer;
    /** Gets {@linkcode SUM_BYTES} of SHA-256 for each file. */
    readonly sums: SharedArrayBuffer;
  }
  | {
    readonly kind: "mediaSum";
    /** Length of the image. */
    readonly sizeBytes: number;
    /** Gets the text for the volume descriptor: {@linkcode MEDIA_SUM.bytes}. */
    readonly text: SharedArrayBuffer;
  };

/** What a thread is told. */
export interface ThreadTask {
  readonly task: BlockTask;
  readonly memory: RingMemory;
  readonly index: number;
}

/** Writes blocks to a file that is there; what is between them stays a hole. */
class FileWriter implements BlockTaker {
  readonly #file: Deno.FsFile;
  #isOpen = true;
  #position = 0;

  constructor(path: string) {
    this.#file = Deno.openSync(path, { write: true });
  }

  take(bytes: Uint8Array<ArrayBuffer>, place: number): void {
    if (place !== this.#position) this.#position = this.#file.seekSync(place, Deno.SeekMode.Start);
    writeAll(this.#file, bytes);
    this.#position += bytes.length;
  }

  end(): void {
    this[Symbol.dispose]();
  }

  [Symbol.dispose](): void {
    if (this.#isOpen) this.#file.close();
    this.#isOpen = false;
  }
}

/** Length of a SHA-256 sum. */
export const SUM_BYTES = 32;
const ZEROS = new Uint8Array(256 * 1024);

/** SHA-256 of parts of what passes by; what is left out between blocks is zeros. */
class SectionSums implements BlockTaker {
  readonly #sections: Float64Array;
  readonly #sums: Uint8Array;
  #index = 0;
  #position = 0;
  #hash: Hash | undefined;

  /** `sections` is start and length of each, in order. */
  constructor(sections: Float64Array, sums: Uint8Array) {
    this.#sections = sections;
    this.#sums = sums;
  }

  take(bytes: Uint8Array<ArrayBuffer>, place: number): void {
    this.#zerosUpTo(place);
    this.#pass(bytes, place);
  }

  end(place: number): void {
    this.#zerosUpTo(place);
  }

  #zerosUpTo(place: number): void {
    while (this.#position < place) {
      this.#pass(ZEROS.subarray(0, Math.min(ZEROS.length, place - this.#position)), this.#position);
    }
  }

  #pass(bytes: Uint8Array, place: number): void {
    const end = place + bytes.length;
    while (2 * this.#index < this.#sections.length) {
      const start = this.#sections[2 * this.#index]!;
      const stop = start + this.#sections[2 * this.#index + 1]!;
      if (start >= end) break;
      this.#hash ??= nodeModule("node:crypto").createHash("sha256");
      this.#hash.update(bytes.subarray(Math.max(start, place) - place, Math.min(stop, end) - place));
      if (stop > end) break;
      this.#sums.set(this.#hash.digest(), this.#index * SUM_BYTES);
      this.#hash = undefined;
      this.#index++;
    }
    this.#position = end;
  }
}

/** Who does a task. */
export function takerOf(task: BlockTask): BlockTaker {
  switch (task.kind) {
    case "write":
      return new FileWriter(task.path);
    case "sums":
      return new SectionSums(new Float64Array(task.sections), new Uint8Array(task.sums));
    case "mediaSum": {
      const target = new Uint8Array(task.text);
      return new MediaSum(task.sizeBytes, ({ md5, fragments }) => target.set(mediaSumText(md5, fragments)));
    }
  }
}
