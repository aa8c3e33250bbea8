/** Whether there is something at a path. @module */

/** Whether there is a file or folder at the path, links followed; throws what else keeps it from being known. */
export function exists(path: string): boolean {
  try {
    Deno.statSync(path);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

/**
 * What is at a path, links followed.
 *
 * @param action What it is needed for, such as `read the source`, for the error that names it when nothing is there.
 */
export function requiredInfo(path: string, action: string): Deno.FileInfo {
  try {
    return Deno.statSync(path);
  } catch (cause) {
    if (!(cause instanceof Deno.errors.NotFound)) throw cause;
    throw new Error(`Cannot ${action} "${path}": there is no such file or folder`, { cause });
  }
}
