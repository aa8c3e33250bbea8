/** Opening a file that may be one to read only. @module */

/** A file that is open. */
export interface OpenFile {
  readonly file: Deno.FsFile;
  /** Why it cannot be written to, where it cannot. */
  readonly refusal?: Error;
}

/**
 * Opens a file to read and write, made where it is missing; one that may only be read, to read.
 *
 * @throws Deno.errors.PermissionDenied or NotCapable where it is missing and may not be made.
 */
export function openAsAllowed(path: string): OpenFile {
  try {
    return { file: Deno.openSync(path, { read: true, write: true, create: true }) };
  } catch (refusal) {
    if (!(refusal instanceof Deno.errors.PermissionDenied || refusal instanceof Deno.errors.NotCapable)) {
      throw refusal;
    }
    try {
      return { file: Deno.openSync(path, { read: true }), refusal };
    } catch (error) {
      throw error instanceof Deno.errors.NotFound ? refusal : error;
    }
  }
}
