/**
 * One holder of a file among all processes of this computer. The system takes the lock off with the process, however that
 * ends, so that no lock outlives a crash.
 *
 * @module
 */

/** A lock that is held; disposing of it gives it back. */
export type FileLock = Disposable;

/**
 * Takes the lock of `path`, which is created where it is missing; undefined while somebody else has it.
 *
 * The lock is on an open file of its own. On POSIX it is advisory and lies on the file itself. On Windows locks keep
 * everybody else from reading, so there it lies on an empty file beside it, which stays: whoever deleted it could take
 * it from under somebody who has just opened it.
 */
export function tryLockFile(path: string): FileLock | undefined {
  const file = openToLock(Deno.build.os === "windows" ? `${path}.lock` : path);
  // Closing takes the lock off. `unlockSync` does so too, but Windows' UnlockFile takes exactly the range that was locked.
  const release = (): void => file.close();
  try {
    if (file.tryLockSync(true)) return { [Symbol.dispose]: release };
  } catch (error) {
    release();
    throw error;
  }
  release();
  return undefined;
}

function openToLock(path: string): Deno.FsFile {
  try {
    return Deno.openSync(path, { read: true, write: true, create: true });
  } catch (error) {
    if (!(error instanceof Deno.errors.PermissionDenied || error instanceof Deno.errors.NotCapable)) {
      throw error;
    }
    return Deno.openSync(path, { read: true });
  }
}
