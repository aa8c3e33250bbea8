/** The disc in a drive as sectors to be read: through the drive's own commands, and no cache of the system's. @module */
import { BurnError, inspect, readSectors } from "../burn/mod.ts";
import { sectorsPerRead } from "../burn/transfer.ts";
import type { Procedure } from "../mmc/request.ts";
import { runSync } from "./run.ts";
import { sleepSync } from "./sleep.ts";
import type { Recorder, Transport } from "./transport.ts";

const SECTOR_BYTES = 2048;

/** The sectors of the disc in a drive. Disposing of it gives the drive back. */
export class DiscSectors implements Disposable {
  readonly path: string;
  readonly sizeSectors: number;
  readonly sizeBytes: number;
  /** The tracks of closed sessions. */
  readonly tracks: readonly { readonly session: number; readonly startLba: number }[];
  /** How many sessions are closed. */
  readonly sessions: number;
  readonly #transport: Transport;

  /**
   * Opens the drive and looks at its disc.
   *
   * @throws BurnError when there is no disc in it, or nothing on it.
   */
  constructor(recorder: Recorder) {
    this.path = recorder.identity.path;
    this.#transport = recorder.open({ exclusive: false });
    try {
      const { status, recordedSectors, description, tracks, sessions } = this.#run(inspect());
      if (status === "absent") {
        throw new BurnError("E_IMAPI_RECORDER_MEDIA_NO_MEDIA", {
          action: `read the disc in ${this.path}`,
          found: "found no medium",
          advice: "insert the disc",
        });
      }
      if (recordedSectors === 0) {
        throw new BurnError("E_IMAPI_RECORDER_MEDIA_INCOMPATIBLE", {
          action: `read the disc in ${this.path}`,
          found: `there is nothing on it (${description})`,
          advice: "insert a disc that was written",
        });
      }
      this.sizeSectors = recordedSectors;
      this.tracks = tracks;
      this.sessions = sessions;
      this.sizeBytes = recordedSectors * SECTOR_BYTES;
    } catch (error) {
      this.#transport[Symbol.dispose]();
      throw error;
    }
  }

  /**
   * Fills `target` with `count` sectors from `lba` on.
   *
   * @throws BurnError when the drive cannot read them.
   */
  read(lba: number, count: number, target: Uint8Array): void {
    for (let done = 0; done < count;) {
      const piece = Math.min(sectorsPerRead(this.#transport.maxTransferBytes), count - done);
      target.set(this.#run(readSectors(lba + done, piece)), done * SECTOR_BYTES);
      done += piece;
    }
  }

  /**
   * The same for whoever looks for file systems: sectors that the medium does not give are zeros. A CD's last two are such
   * by design (the run-out of a track at once), and a scratch should not hide the files beside it.
   *
   * @throws BurnError when the drive itself fails.
   */
  readWhatCan(lba: number, count: number, target: Uint8Array): void {
    try {
      this.read(lba, count, target);
    } catch (error) {
      if (!(error instanceof BurnError) || error.sense === undefined) throw error;
      if (count === 1) target.fill(0, 0, SECTOR_BYTES);
      else {
        for (let index = 0; index < count; index++) {
          this.readWhatCan(lba + index, 1, target.subarray(index * SECTOR_BYTES));
        }
      }
    }
  }

  [Symbol.dispose](): void {
    this.#transport[Symbol.dispose]();
  }

  #run<T>(procedure: Procedure<T>): T {
    return runSync(procedure, { transport: this.#transport, sleep: sleepSync });
  }
}
