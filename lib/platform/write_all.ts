/** Writing into files. @module */

/**
 * Linux takes memory for its cache in runs as long as what is written at once, and has runs of up to 32 KiB at hand for each
 * processor. Longer ones it has to look for; in a virtual machine they are what the host has taken back, and a GiB then costs
 * 1 to 3 s of processor time instead of 0.4 s.
 */
const PIECE_BYTES = 32_768;

/** Writes all of `bytes`, in pieces. */
export function writeAll(file: { writeSync(bytes: Uint8Array): number }, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length;) {
    const isWhole = done === 0 && bytes.length <= PIECE_BYTES;
    done += file.writeSync(isWhole ? bytes : bytes.subarray(done, done + PIECE_BYTES));
  }
}
