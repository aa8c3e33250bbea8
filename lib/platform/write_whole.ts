/** Text files that appear whole or not at all. @module */

/** Writes a file beside its place under another name and renames it; one that was there before stays if that fails. */
export function writeWhole(path: string, text: string): void {
  const partialPath = `${path}.partial-${Deno.pid}`;
  Deno.writeTextFileSync(partialPath, text, { createNew: true });
  try {
    Deno.renameSync(partialPath, path);
  } catch (error) {
    Deno.removeSync(partialPath);
    throw error;
  }
}
