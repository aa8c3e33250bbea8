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
