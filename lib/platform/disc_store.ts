/**
 * A virtual disc in files: FILE holds the plain user-data sectors at their LBAs, so that any program opens it as an
 * image, and FILE.burnscript.json the medium's state.
 *
 * The state is replaced by renaming a new file over the old one, after the sectors that it speaks of were handed to the
 * system: whenever the process is killed, the state that is found tells the truth about the sectors.
 *
 * @module
 */
import { removeIfThere } from "./write_whole.ts";
import { exists } from "./exists.ts";
import { type FileLock, tryLockFile } from "./file_lock.ts";
import { openAsAllowed } from "./open_as_allowed.ts";
import { writeAll } from "./write_all.ts";

const SECTOR_BYTES = 2048;

/** Storage of one virtual disc; what the virtual recorder asks of it. */
export interface FileDiscStore {
  readonly sizeBytes: number;
  loadState(): string | undefined;
  saveState(state: string): void;
  read(target: Uint8Array, lba: number): void;
  write(data: Uint8Array, lba: number): void;
  clear(): void;
  /** Keeps other processes that lock it from the disc; false when one of them has it. */
  lock(): boolean;
  unlock(): void;
  close(): void;
}

/** Name of the file that holds the state of the disc in `path`. */
export function discStatePath(path: string): string {
  return `${path}.burnscript.json`;
}

/** Opens the disc in `path`, creating an empty file if there is none; a file that may only be read stays so. */
export function openDiscStore(path: string): FileDiscStore {
  const statePath = discStatePath(path);
  // Whoever deletes a disc's file means the disc: what is left of its state is not that of the new one.
  if (!exists(path) && exists(statePath)) Deno.removeSync(statePath);
  const { file, refusal } = openAsAllowed(path);
  let sizeBytes = file.statSync().size;
  let position = 0;
  let held: FileLock | undefined;
  const unlock = (): void => {
    held?.[Symbol.dispose]();
    held = undefined;
  };

  /** The system's own answer to a write into what is open to read names neither the file nor a flag. */
  const mustBeWritable = (): void => {
    if (refusal !== undefined) throw refusal;
  };

  /** Deno has no positioned read or write: seek, unless the last transfer ended here. */
  const seek = (lba: number): void => {
    const offset = lba * SECTOR_BYTES;
    if (offset !== position) file.seekSync(offset, Deno.SeekMode.Start);
    position = offset;
  };

  return {
    get sizeBytes(): number {
      return sizeBytes;
    },
    loadState(): string | undefined {
      try {
        return Deno.readTextFileSync(statePath);
      } catch (error) {
        if (error instanceof Deno.errors.NotFound) return undefined;
        throw error;
      }
    },
    saveState(state: string): void {
      mustBeWritable();
      const fresh = `${statePath}.new`;
      try {
        Deno.writeTextFileSync(fresh, state);
        Deno.renameSync(fresh, statePath);
      } catch (error) {
        removeIfThere(fresh);
        throw error;
      }
    },
    read(target: Uint8Array, lba: number): void {
      seek(lba);
      for (let at = 0; at < target.length;) {
        const read = file.readSync(target.subarray(at));
        if (read === null) {
          target.fill(0, at);
          break;
        }
        at += read;
        position += read;
      }
    },
    write(data: Uint8Array, lba: number): void {
      mustBeWritable();
      seek(lba);
      const end = position + data.length;
      position = NaN; // where a write that fails ends is not known
      writeAll(file, data);
      position = end;
      sizeBytes = Math.max(sizeBytes, end);
    },
    clear(): void {
      mustBeWritable();
      file.truncateSync(0);
      sizeBytes = 0;
    },
    lock(): boolean {
      held ??= tryLockFile(path);
      return held !== undefined;
    },
    unlock,
    close(): void {
      unlock();
      file.close();
    },
  };
}
