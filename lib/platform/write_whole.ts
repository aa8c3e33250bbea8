/** Files that appear whole or not at all. @module */

/** Writes a file beside its place under another name and renames it; one that was there before stays if that fails. */
export function writeWhole(path: string, text: string): void {
  writeBytesWhole(path, new TextEncoder().encode(text));
}

/** The same with bytes. */
export function writeBytesWhole(path: string, bytes: Uint8Array): void {
  if (isStream(path)) return Deno.writeFileSync(path, bytes);
  const partialPath = partialOf(path);
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

/**
 * Finds out whether a file can be written, before the long work that it tells of.
 *
 * @throws Error that says why it cannot.
 */
export function requireWritable(path: string): void {
  if (isStream(path)) return;
  if (infoOf(path)?.isDirectory) throw new Error(`Cannot write "${path}": it is a folder; give a file in it`);
  const partialPath = partialOf(path);
  removeIfThere(partialPath);
  try {
    Deno.openSync(partialPath, { write: true, createNew: true }).close();
  } catch (cause) {
    if (cause instanceof Deno.errors.NotCapable) throw cause;
    const why = cause instanceof Deno.errors.NotFound ? "its folder is not there" : (cause as Error).message;
    throw new Error(`Cannot write "${path}": ${why}`, { cause });
  }
  removeIfThere(partialPath);
}

/** What the names of unfinished files have behind those of the files; the process's number follows. */
export const PARTIAL = ".partial-";

/** Where a file is written before it gets its name. */
export function partialOf(path: string): string {
  return `${path}${PARTIAL}${Deno.pid}`;
}

/**
 * What a file must not take the place of: devices, pipes, and the links of /dev to standard output and error. In /dev/shm
 * there are files like others.
 */
export function isStream(path: string): boolean {
  if (path.startsWith("/dev/") && !path.startsWith("/dev/shm/")) return true;
  const info = infoOf(path);
  return info !== undefined && !info.isFile && !info.isDirectory;
}

function infoOf(path: string): Deno.FileInfo | undefined {
  try {
    return Deno.statSync(path);
  } catch {
    return undefined; // not there, or not to be looked at: writing it says what is wrong
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

/** A failure that the system does not give a class, a full disk above all, comes without the file that it is about. */
export function namingFile(error: unknown, name: (message: string) => string): unknown {
  const isBare = error instanceof Error && error.name === "Error" && /\(os error \d+\)$/.test(error.message);
  return isBare ? new Error(name(error.message), { cause: error }) : error;
}
