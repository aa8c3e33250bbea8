/** Files that appear whole or not at all. @module */

/** Writes a file beside its place under another name and renames it; one that was there before stays if that fails. */
export function writeWhole(path: string, text: string): void {
  writeBytesWhole(path, new TextEncoder().encode(text));
}

/** The same with bytes. */
export function writeBytesWhole(path: string, bytes: Uint8Array): void {
  const partialPath = `${path}.partial-${Deno.pid}`;
  // Where numbers of processes come again, as in containers, one that was killed has left a file of this name.
  removeIfThere(partialPath);
  try {
    Deno.writeFileSync(partialPath, bytes, { createNew: true });
    Deno.renameSync(partialPath, path);
  } catch (error) {
    removeIfThere(partialPath);
    throw error;
  }
}

/** Removes what a write that failed or was killed has left; a full disk leaves a beginning of the file. */
export function removeIfThere(path: string): void {
  try {
    Deno.removeSync(path);
  } catch {
    // It is not there, or cannot be removed: what is done with its name says so.
  }
}
