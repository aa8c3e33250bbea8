/** Files that appear whole or not at all. @module */

/** Writes a file beside its place under another name and renames it; one that was there before stays if that fails. */
export function writeWhole(path: string, text: string): void {
  writeBytesWhole(path, new TextEncoder().encode(text));
}

/** The same with bytes. */
export function writeBytesWhole(path: string, bytes: Uint8Array): void {
  const partialPath = `${path}.partial-${Deno.pid}`;
  Deno.writeFileSync(partialPath, bytes, { createNew: true });
  try {
    Deno.renameSync(partialPath, path);
  } catch (error) {
    Deno.removeSync(partialPath);
    throw error;
  }
}
