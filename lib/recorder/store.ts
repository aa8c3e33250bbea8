/** Where a virtual disc keeps its sectors and its state. @module */

/** Storage of one virtual disc. Sectors are 2048 bytes; a place never written reads as zeros. */
export interface DiscStore {
  /** How many bytes of sectors there are; tells an image file from a blank disc when there is no state. */
  readonly sizeBytes: number;
  /** The state that was saved last, or undefined. */
  loadState(): string | undefined;
  /** Replaces the state: after a crash at any moment the old or the new one is there, whole. */
  saveState(state: string): void;
  read(target: Uint8Array, lba: number): void;
  write(data: Uint8Array, lba: number): void;
  /** Forgets all sectors. */
  clear(): void;
  close(): void;
}

/** A store that forgets: discs of tests and of programs that only try something. */
export function memoryStore(): DiscStore {
  let state: string | undefined;
  let sizeBytes = 0;
  const chunks = new Map<number, Uint8Array>();
  const CHUNK = 65536;
  const each = (
    length: number,
    offset: number,
    visit: (chunk: number, from: number, at: number, n: number) => void,
  ) => {
    for (let at = 0; at < length;) {
      const from = (offset + at) % CHUNK;
      const n = Math.min(CHUNK - from, length - at);
      visit(Math.floor((offset + at) / CHUNK), from, at, n);
      at += n;
    }
  };
  return {
    get sizeBytes(): number {
      return sizeBytes;
    },
    loadState: () => state,
    saveState: (next) => void (state = next),
    read(target, lba): void {
      each(target.length, lba * 2048, (chunk, from, at, n) => {
        const found = chunks.get(chunk);
        if (found === undefined) target.fill(0, at, at + n);
        else target.set(found.subarray(from, from + n), at);
      });
    },
    write(data, lba): void {
      sizeBytes = Math.max(sizeBytes, lba * 2048 + data.length);
      each(data.length, lba * 2048, (chunk, from, at, n) => {
        let found = chunks.get(chunk);
        if (found === undefined) chunks.set(chunk, found = new Uint8Array(CHUNK));
        found.set(data.subarray(at, at + n), from);
      });
    },
    clear(): void {
      chunks.clear();
      sizeBytes = 0;
    },
    close(): void {},
  };
}
