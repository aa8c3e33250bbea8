/**
 * The checksum that lies in an image itself, in the form of isomd5sum: Linux installers check their media by it.
 *
 * It is the MD5 of the image but its last sectors, with the field that has it as blanks; and to find an error early, a few
 * digits of it for each twenty-first of the image.
 *
 * @module
 */
import type { Hash } from "node:crypto";
import type { BlockTaker } from "./block_ring.ts";
import { nodeModule } from "./node_module.ts";

/** Where it lies: "application use" of the primary volume descriptor at sector 16 (ECMA-119 8.4.33). */
export const MEDIA_SUM = { offset: 16 * 2048 + 883, bytes: 512 } as const;

const SKIPPED_SECTORS = 15; // they are hard to read on some media
const FRAGMENTS = 20;
const DIGITS = 3; // of each fragment
/** Programs look for the end of a fragment after so many bytes, and take what they have read. */
const STEP_BYTES = 32 * 1024;

/** What was summed up. */
export interface MediaSumResult {
  readonly md5: string;
  readonly fragments: string;
}

/** A checksum as an image has it. */
export interface FoundMediaSum extends MediaSumResult {
  readonly skippedBytes: number;
  /** 0 when there are no fragments. */
  readonly fragmentCount: number;
}

/** The text of the field. */
export function mediaSumText(md5: string, fragments: string): Uint8Array<ArrayBuffer> {
  const text =
    `ISO MD5SUM = ${md5};SKIPSECTORS = ${SKIPPED_SECTORS};RHLISOSTATUS=0;FRAGMENT SUMS = ${fragments};` +
    `FRAGMENT COUNT = ${FRAGMENTS};THIS IS NOT THE SAME AS RUNNING MD5SUM ON THIS ISO!!`;
  return new TextEncoder().encode(text.padEnd(MEDIA_SUM.bytes));
}

/** Reads the text of the field; undefined if it is something else. */
export function parseMediaSum(field: Uint8Array): FoundMediaSum | undefined {
  const text = new TextDecoder("latin1").decode(field);
  const md5 = /ISO MD5SUM = ([0-9a-f]{32})/.exec(text)?.[1];
  if (md5 === undefined) return undefined;
  const numberOf = (name: string, otherwise: number): number =>
    Number(new RegExp(`${name} = (\\d{1,4})`).exec(text)?.[1] ?? otherwise);
  const fragments = /FRAGMENT SUMS = ([0-9a-f]*)/.exec(text)?.[1] ?? "";
  return {
    md5,
    fragments,
    skippedBytes: numberOf("SKIPSECTORS", SKIPPED_SECTORS) * 2048,
    fragmentCount: fragments === "" ? 0 : numberOf("FRAGMENT COUNT", 0),
  };
}

/** Makes the checksum of what passes by. */
export class MediaSum implements BlockTaker {
  readonly #summedBytes: number;
  readonly #fragmentBytes: number;
  readonly #fragmentCount: number;
  readonly #onEnd: (result: MediaSumResult) => void;
  readonly #hash: Hash = nodeModule("node:crypto").createHash("md5");
  readonly #fragments: string[];
  #position = 0;
  #fragment = 0;

  /** Of an image of so many bytes. */
  constructor(
    sizeBytes: number,
    onEnd: (result: MediaSumResult) => void,
    { skippedBytes = SKIPPED_SECTORS * 2048, fragmentCount = FRAGMENTS } = {},
  ) {
    this.#summedBytes = Math.max(0, sizeBytes - skippedBytes);
    this.#fragmentCount = fragmentCount;
    this.#fragmentBytes = Math.floor(this.#summedBytes / (fragmentCount + 1));
    this.#fragments = new Array<string>(fragmentCount).fill("0".repeat(DIGITS));
    this.#onEnd = onEnd;
  }

  take(bytes: Uint8Array<ArrayBuffer>, place: number): void {
    this.#zerosUpTo(place);
    this.#pass(bytes);
  }

  end(place: number): void {
    this.#zerosUpTo(place);
    this.#onEnd({ md5: this.#hash.digest("hex"), fragments: this.#fragments.join("") });
  }

  #zerosUpTo(place: number): void {
    while (this.#position < place) {
      this.#pass(ZEROS.subarray(0, Math.min(ZEROS.length, place - this.#position)));
    }
  }

  #pass(bytes: Uint8Array<ArrayBuffer>): void {
    for (let done = 0; done < bytes.length;) {
      const room = STEP_BYTES - this.#position % STEP_BYTES;
      const piece = bytes.subarray(done, done + room);
      this.#step(piece);
      done += piece.length;
    }
  }

  /** At most up to the end of a step. */
  #step(bytes: Uint8Array<ArrayBuffer>): void {
    const start = this.#position;
    this.#position += bytes.length;
    const wanted = Math.min(bytes.length, this.#summedBytes - start);
    if (wanted <= 0) return;
    this.#hash.update(withBlanks(bytes.subarray(0, wanted), start));
    const isEnd = this.#position % STEP_BYTES === 0 || this.#position >= this.#summedBytes;
    const fragment = this.#fragmentBytes === 0 ? 0 : Math.floor(stepOf(start) / this.#fragmentBytes);
    if (!isEnd || fragment === this.#fragment) return;
    this.#fragment = fragment;
    const digest = this.#hash.copy().digest();
    // The first digit of each byte, without a leading zero: that is what the others compare.
    const digits = Array.from(digest.subarray(0, DIGITS), (byte) => byte.toString(16)[0]).join("");
    if (fragment <= this.#fragmentCount) this.#fragments[fragment - 1] = digits;
  }
}

const ZEROS = new Uint8Array(STEP_BYTES);

function stepOf(position: number): number {
  return position - position % STEP_BYTES;
}

/** The same bytes, with blanks for those of the field. */
function withBlanks(bytes: Uint8Array<ArrayBuffer>, start: number): Uint8Array<ArrayBuffer> {
  const from = Math.max(MEDIA_SUM.offset, start);
  const to = Math.min(MEDIA_SUM.offset + MEDIA_SUM.bytes, start + bytes.length);
  if (from >= to) return bytes;
  return bytes.slice().fill(0x20, from - start, to - start);
}
