/** Opening a file that may be one to read only. @module */

/** Opens a file to read and write, made where it is missing; one that may only be read, to read. */
export function openAsAllowed(path: string): Deno.FsFile {
  try {
    return Deno.openSync(path, { read: true, write: true, create: true });
  } catch (error) {
    if (!(error instanceof Deno.errors.PermissionDenied || error instanceof Deno.errors.NotCapable)) {
      throw error;
    }
    return Deno.openSync(path, { read: true });
  }
}
