/**
 * Standard input for a thread that blocks.
 *
 * A script waits for its input with its thread blocked, where neither Ctrl-C nor a time limit would reach a read of the
 * system. So the supervisor's thread reads, and the script's thread waits on shared memory, from which it is woken by
 * the bytes or by the end of its time. A wait that is given up leaves the read going: its bytes are those of the next
 * one.
 *
 * @module
 */
import type { InterruptFlag } from "./interrupt.ts";

const BUFFER_BYTES = 64 * 1024;
const STATE = 0;
const COUNT = 1;
const HEADER_BYTES = 8;
const IDLE = 0;
/** A read was asked for. */
const WAITING = 1;
/** Bytes have come, `COUNT` of them; 0 at the end of the input. */
const READY = 2;
/** The script shall end. */
const STOPPED = 3;

/** The script's end. */
export class BlockingInput {
  readonly #buffer = new SharedArrayBuffer(HEADER_BYTES + BUFFER_BYTES);
  readonly #cells = new Int32Array(this.#buffer, 0, 2);
  readonly #bytes = new Uint8Array(this.#buffer, HEADER_BYTES);
  /** Bytes that came and did not fit. */
  #from = 0;
  #to = 0;
  #isAtEnd = false;

  /** @param ask hands the memory to the thread that reads, once for each read. */
  constructor(readonly interrupt: InterruptFlag, readonly ask: (buffer: SharedArrayBuffer) => void) {}

  /**
   * Waits for input and takes what there is.
   *
   * @return how many bytes; 0 at the end of the input; undefined when nothing came within `timeoutMs`.
   * @throws Interrupted when the script shall end.
   */
  read(target: Uint8Array, timeoutMs = Infinity): number | undefined {
    if (this.#from === this.#to && !this.#isAtEnd && !this.#wait(timeoutMs)) return undefined;
    const count = Math.min(target.length, this.#to - this.#from);
    target.set(this.#bytes.subarray(this.#from, this.#from + count));
    this.#from += count;
    return count;
  }

  #wait(timeoutMs: number): boolean {
    const cells = this.#cells;
    // A state other than IDLE is a read whose wait was given up.
    if (Atomics.compareExchange(cells, STATE, IDLE, WAITING) === IDLE) this.ask(this.#buffer);
    // The flag is raised before the state is changed, so that one of the two is seen here.
    this.interrupt.check();
    Atomics.wait(cells, STATE, WAITING, timeoutMs);
    this.interrupt.check();
    if (Atomics.load(cells, STATE) !== READY) return false;
    this.#from = 0;
    this.#to = Atomics.load(cells, COUNT);
    this.#isAtEnd = this.#to === 0;
    Atomics.store(cells, STATE, IDLE);
    return true;
  }
}

/** Where the input comes from. */
export interface InputSource {
  read(target: Uint8Array): Promise<number | null>;
}

/** The supervisor's end. */
export class InputServer {
  #cells: Int32Array<SharedArrayBuffer> | undefined;

  /** @param source what is read; an error of it counts as its end. */
  constructor(readonly interrupt: InterruptFlag, readonly source: InputSource = Deno.stdin) {}

  /** Reads once, and wakes the one who waits. */
  async serve(buffer: SharedArrayBuffer): Promise<void> {
    const cells = this.#cells ??= new Int32Array(buffer, 0, 2);
    if (this.interrupt.raised) return this.stop();
    const bytes = new Uint8Array(BUFFER_BYTES);
    const count = await this.#read(bytes);
    new Uint8Array(buffer, HEADER_BYTES).set(bytes.subarray(0, count));
    Atomics.store(cells, COUNT, count);
    Atomics.compareExchange(cells, STATE, WAITING, READY);
    Atomics.notify(cells, STATE);
  }

  /** Wakes a script that waits, after the flag was raised. */
  stop(): void {
    if (this.#cells === undefined) return;
    Atomics.compareExchange(this.#cells, STATE, WAITING, STOPPED);
    Atomics.notify(this.#cells, STATE);
  }

  async #read(target: Uint8Array): Promise<number> {
    try {
      return await this.source.read(target) ?? 0;
    } catch (error) {
      // An input that is closed, a folder, or a terminal that was taken away: there is nothing more to come.
      if (error instanceof Error) return 0;
      throw error;
    }
  }
}
