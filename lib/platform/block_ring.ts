/**
 * Blocks that one thread fills and other threads take, each of them all blocks in order, through shared memory.
 *
 * Whoever writes an image blocks its thread, so nothing here waits for messages: threads sleep on numbers in shared memory.
 *
 * @module
 */

/** The memory of a ring, to be sent to threads. */
export interface RingMemory {
  readonly control: SharedArrayBuffer;
  readonly blocks: SharedArrayBuffer;
}

/** Stays in a processor's second cache between its filling and its being taken. */
export const BLOCK_BYTES = 256 * 1024;
const BLOCK_COUNT = 8;
const TAKERS_MAX = 3;

/** Words of the control memory: how many blocks were filled, whether the work was given up; then of each taker how many it took, and its state. */
const FILLED = 0;
const ABANDONED = 1;
const TAKEN = 2;
const STATE = TAKEN + TAKERS_MAX;
const LENGTHS = STATE + TAKERS_MAX;
const WORDS = LENGTHS + BLOCK_COUNT + 1;
const PLACES_OFFSET = WORDS * 4 + (WORDS * 4) % 8;
const MESSAGE_OFFSET = PLACES_OFFSET + BLOCK_COUNT * 8;
const MESSAGE_BYTES = 1024;
const CONTROL_BYTES = MESSAGE_OFFSET + MESSAGE_BYTES * TAKERS_MAX;

const TAKER = { notStarted: 0, started: 1, done: 2, failed: 3 } as const;
/** Length of the block that says that no other follows. */
const END = -1;
/** How long a thread may take to start; more than a busy machine needs. */
const START_MS = 60_000;
const LOOK_MS = 100;

/** The side that fills blocks. */
export class BlockRing {
  readonly memory: RingMemory;
  readonly #words: Int32Array<SharedArrayBuffer>;
  readonly #places: Float64Array<SharedArrayBuffer>;
  readonly #blocks: readonly Uint8Array<ArrayBuffer>[];
  readonly #takerCount: number;
  #filled = 0;
  #waitedSince: number | undefined;

  /** Makes a ring for so many takers. */
  constructor(takerCount: number) {
    if (takerCount < 1 || takerCount > TAKERS_MAX) throw new RangeError(`${takerCount} takers`);
    this.#takerCount = takerCount;
    this.memory = {
      control: new SharedArrayBuffer(CONTROL_BYTES),
      blocks: new SharedArrayBuffer(BLOCK_BYTES * BLOCK_COUNT),
    };
    this.#words = new Int32Array(this.memory.control, 0, WORDS);
    this.#places = new Float64Array(this.memory.control, PLACES_OFFSET, BLOCK_COUNT);
    this.#blocks = blocksOf(this.memory);
  }

  /** A block to fill; waits until one is free. Throws what a taker failed of. */
  next(): Uint8Array<ArrayBuffer> {
    for (let taker = 0; taker < this.#takerCount; taker++) {
      this.#waitFor(taker, () => this.#filled - Atomics.load(this.#words, TAKEN + taker) < BLOCK_COUNT);
    }
    return this.#blocks[this.#filled % BLOCK_COUNT]!;
  }

  /** Hands over the first bytes of the block that {@linkcode next} gave; `place` is where they belong. */
  push(place: number, length: number): void {
    const index = this.#filled % BLOCK_COUNT;
    this.#places[index] = place;
    this.#words[LENGTHS + index] = length;
    Atomics.store(this.#words, FILLED, ++this.#filled);
    Atomics.notify(this.#words, FILLED);
  }

  /** Waits until all takers are done with all blocks; the end is at `place`. Throws what one of them failed of. */
  finish(place: number): void {
    this.next();
    this.push(place, END);
    for (let taker = 0; taker < this.#takerCount; taker++) {
      this.#waitFor(taker, () => Atomics.load(this.#words, STATE + taker) === TAKER.done);
    }
  }

  /** Ends the takers; what they have not taken is lost. Waits until those that have started hold nothing open. */
  abandon(): void {
    Atomics.store(this.#words, ABANDONED, 1);
    this.push(0, END);
    for (let taker = 0; taker < this.#takerCount; taker++) {
      while (Atomics.load(this.#words, STATE + taker) === TAKER.started) {
        Atomics.wait(this.#words, TAKEN + taker, Atomics.load(this.#words, TAKEN + taker), LOOK_MS);
      }
    }
  }

  #waitFor(taker: number, isMet: () => boolean): void {
    for (;;) {
      const state = Atomics.load(this.#words, STATE + taker);
      if (state === TAKER.failed) throw decodeError(messageOf(this.memory, taker).slice());
      const taken = Atomics.load(this.#words, TAKEN + taker);
      if (isMet()) {
        this.#waitedSince = undefined;
        return;
      }
      this.#waitedSince ??= performance.now();
      if (state === TAKER.notStarted && performance.now() - this.#waitedSince > START_MS) {
        throw new Error("Cannot write the image: a thread of it does not start");
      }
      Atomics.wait(this.#words, TAKEN + taker, taken, LOOK_MS);
    }
  }
}

/** What a thread does with the blocks that it takes. */
export interface BlockTaker extends Partial<Disposable> {
  /** One block; the bytes are another's as soon as this returns. */
  take(bytes: Uint8Array<ArrayBuffer>, place: number): void;
  /** No block follows; `place` is where the whole ends. */
  end(place: number): void;
}

/** Takes all blocks of a ring; returns after the last, or after a failure, which the filling thread then throws. */
export function takeBlocks(memory: RingMemory, index: number, open: () => BlockTaker): void {
  const words = new Int32Array(memory.control, 0, WORDS);
  const places = new Float64Array(memory.control, PLACES_OFFSET, BLOCK_COUNT);
  const blocks = blocksOf(memory);
  const setState = (state: number): void => {
    Atomics.store(words, STATE + index, state);
    Atomics.notify(words, TAKEN + index);
  };
  try {
    setState(TAKER.started);
    const taker = open();
    for (let taken = 0;; taken++) {
      while (Atomics.load(words, FILLED) === taken) Atomics.wait(words, FILLED, taken);
      if (Atomics.load(words, ABANDONED) !== 0) {
        taker[Symbol.dispose]?.();
        break;
      }
      const slot = taken % BLOCK_COUNT;
      const length = words[LENGTHS + slot]!;
      const place = places[slot]!;
      if (length === END) {
        taker.end(place);
        break;
      }
      taker.take(blocks[slot]!.subarray(0, length), place);
      Atomics.store(words, TAKEN + index, taken + 1);
      Atomics.notify(words, TAKEN + index);
    }
    setState(TAKER.done);
  } catch (error) {
    encodeError(error, messageOf(memory, index));
    setState(TAKER.failed);
  }
}

/** The cast: Deno reads into shared memory and writes from it, its types do not know. */
function blocksOf({ blocks }: RingMemory): Uint8Array<ArrayBuffer>[] {
  return Array.from(
    { length: BLOCK_COUNT },
    (_, index) =>
      new Uint8Array(blocks, index * BLOCK_BYTES, BLOCK_BYTES) as Uint8Array as Uint8Array<ArrayBuffer>,
  );
}

function messageOf({ control }: RingMemory, index: number): Uint8Array<SharedArrayBuffer> {
  return new Uint8Array(control, MESSAGE_OFFSET + index * MESSAGE_BYTES, MESSAGE_BYTES);
}

function encodeError(error: unknown, target: Uint8Array): void {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  const bytes = new TextEncoder().encode(`${name}\n${message}`).subarray(0, MESSAGE_BYTES);
  target.fill(0);
  target.set(bytes);
}

/** The error with the class that it had, where it was one of Deno's. */
function decodeError(bytes: Uint8Array<ArrayBuffer>): Error {
  const end = bytes.indexOf(0);
  const text = new TextDecoder().decode(bytes.subarray(0, end < 0 ? bytes.length : end));
  const [name = "", ...lines] = text.split("\n");
  const classes = Deno.errors as Record<string, (new (message: string) => Error) | undefined>;
  const Class = classes[name] ?? Error;
  return new Class(lines.join("\n"));
}
