/** Standard output and error, written at once and whole. @module */

const encoder = new TextEncoder();

/** Writes text to standard output or standard error; a reader that went away ends the program quietly. */
export function writeText(to: "stdout" | "stderr", text: string): void {
  writeBytes(to, encoder.encode(text));
}

/** Writes bytes to standard output or standard error. */
export function writeBytes(to: "stdout" | "stderr", bytes: Uint8Array): void {
  const file = Deno[to];
  try {
    for (let done = 0; done < bytes.length;) done += file.writeSync(bytes.subarray(done));
  } catch (error) {
    if (error instanceof Deno.errors.BrokenPipe) Deno.exit(141); // 128 + SIGPIPE, as `… | head` expects
    throw error;
  }
}
