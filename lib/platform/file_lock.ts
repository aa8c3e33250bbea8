/**
 * One holder of a file among all processes of this computer. The system takes the lock off with the process, however that
 * ends, so that no lock outlives a crash.
 *
 * @module
 */
import { openAsAllowed } from "./open_as_allowed.ts";

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
  const { file } = openAsAllowed(Deno.build.os === "windows" ? `${path}.lock` : path);
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
