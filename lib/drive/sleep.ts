/** Waiting on a thread that blocks. @module */

/** Blocks the thread for that long. */
export function sleepSync(durationMs: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, durationMs);
}
