/**
 * One source for several recorders, read once: what one of them reads is kept for the others, up to a window. The fastest
 * waits for the slowest, so that they stay within it; a recorder that stands still (a drive that hangs, a long lead-in) is
 * waited for only so long, and reads for itself what it missed.
 *
 * @module
 */
import type { AsyncSource } from "../drive/run.ts";
import type { SectorSource } from "./source.ts";

const SECTOR_BYTES = 2048;

/** Sizes and times; the defaults are for discs. */
export interface SharedSourceOptions {
  /** Sectors that are read at once: 1 MiB when absent. */
  readonly pieceSectors?: number;
  /** How many such pieces are kept: 32 when absent. */
  readonly windowPieces?: number;
  /** How long a recorder that stands still holds the others up: 5000 when absent. */
  readonly stallMs?: number;
}

interface Wanted {
  readonly lba: number;
  readonly count: number;
  /** Where they go if they do not lie together. */
  readonly target: Uint8Array;
}

/** Where one recorder is. */
interface Follower {
  /** The piece that it read last. */
  piece: number;
  /** How often it began anew: verifying reads the source a second time. */
  pass: number;
  movedMs: number;
  /** The piece in which its last sectors lie: a command to its drive may still be at them. */
  lent: Uint8Array | undefined;
}

/** A source that several recorders read at the same time. */
export class SharedSource {
  readonly #source: Pick<SectorSource, "sizeSectors" | "read">;
  readonly #pieceSectors: number;
  readonly #windowPieces: number;
  readonly #stallMs: number;
  /** In the order in which they were used: the first is the first to go. */
  readonly #pieces: Map<number, Uint8Array> = new Map();
  readonly #followers: Set<Follower> = new Set();
  #moved = Promise.withResolvers<void>();
  #hasWaiting = false;

  constructor(
    source: Pick<SectorSource, "sizeSectors" | "read">,
    { pieceSectors = 512, windowPieces = 32, stallMs = 5000 }: SharedSourceOptions = {},
  ) {
    this.#source = source;
    this.#pieceSectors = pieceSectors;
    this.#windowPieces = windowPieces;
    this.#stallMs = stallMs;
  }

  /** A reader for one recorder; dispose of it when that has ended, or the others wait for it. */
  follow(): { read: AsyncSource } & Disposable {
    const follower: Follower = { piece: -1, pass: 0, movedMs: performance.now(), lent: undefined };
    this.#followers.add(follower);
    return {
      read: (lba, count, target) => {
        const first = Math.floor(lba / this.#pieceSectors);
        const last = Math.floor((lba + count - 1) / this.#pieceSectors);
        this.#moves(follower, first);
        const isAhead = last > follower.piece && !this.#pieces.has(last) && this.#isAhead(follower, last);
        follower.piece = Math.max(follower.piece, first);
        const wanted = { first, last, lba, count, target };
        if (!isAhead) return this.#sectors(follower, wanted);
        return this.#waitFor(follower, last).then(() => this.#sectors(follower, wanted));
      },
      [Symbol.dispose]: () => {
        this.#followers.delete(follower);
        this.#tell();
      },
    };
  }

  #moves(follower: Follower, piece: number): void {
    if (piece < follower.piece) follower.pass++;
    else if (piece === follower.piece) return;
    follower.piece = piece;
    follower.movedMs = performance.now();
    this.#tell();
  }

  #tell(): void {
    if (!this.#hasWaiting) return;
    this.#hasWaiting = false;
    this.#moved.resolve();
    this.#moved = Promise.withResolvers();
  }

  /** Whether reading `piece` would push out what another one needs that still moves. */
  #isAhead(follower: Follower, piece: number): boolean {
    const now = performance.now();
    for (const other of this.#followers) {
      if (other === follower || other.pass !== follower.pass) continue;
      if (piece - other.piece >= this.#windowPieces && now - other.movedMs < this.#stallMs) return true;
    }
    return false;
  }

  async #waitFor(follower: Follower, piece: number): Promise<void> {
    while (this.#isAhead(follower, piece)) {
      this.#hasWaiting = true;
      let timer: ReturnType<typeof setTimeout> | undefined;
      const time = new Promise<void>((resolve) => timer = setTimeout(resolve, this.#stallMs / 4));
      await Promise.race([this.#moved.promise, time]);
      clearTimeout(timer);
      // Waiting is no standing still: who waits is ahead.
      follower.movedMs = performance.now();
    }
  }

  /** The sectors where they lie in one piece, which is the usual case; else they are copied. */
  #sectors(
    follower: Follower,
    { first, last, lba, count, target }: Wanted & { first: number; last: number },
  ): Uint8Array | undefined {
    if (first !== last) {
      this.#copy({ lba, count, target });
      return undefined;
    }
    const piece = follower.lent = this.#piece(first);
    const from = (lba - first * this.#pieceSectors) * SECTOR_BYTES;
    return piece.subarray(from, from + count * SECTOR_BYTES);
  }

  #copy({ lba, count, target }: Wanted): void {
    for (let at = lba; at < lba + count;) {
      const piece = Math.floor(at / this.#pieceSectors);
      const from = at - piece * this.#pieceSectors;
      const length = Math.min(this.#pieceSectors - from, lba + count - at);
      const bytes = this.#piece(piece).subarray(from * SECTOR_BYTES, (from + length) * SECTOR_BYTES);
      target.set(bytes, (at - lba) * SECTOR_BYTES);
      at += length;
    }
  }

  #isLent(piece: Uint8Array): boolean {
    for (const { lent } of this.#followers) if (lent === piece) return true;
    return false;
  }

  #piece(index: number): Uint8Array {
    const kept = this.#pieces.get(index);
    if (kept !== undefined) {
      this.#pieces.delete(index);
      this.#pieces.set(index, kept);
      return kept;
    }
    let bytes: Uint8Array | undefined;
    if (this.#pieces.size >= this.#windowPieces) {
      const [oldest] = this.#pieces;
      if (oldest !== undefined) {
        this.#pieces.delete(oldest[0]);
        if (!this.#isLent(oldest[1])) bytes = oldest[1];
      }
    }
    bytes ??= new Uint8Array(this.#pieceSectors * SECTOR_BYTES);
    const lba = index * this.#pieceSectors;
    const count = Math.min(this.#pieceSectors, this.#source.sizeSectors - lba);
    this.#source.read(lba, count, bytes);
    this.#pieces.set(index, bytes);
    return bytes;
  }
}
