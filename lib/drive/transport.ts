/** The one interface of everything that takes CDBs: the native library, the virtual recorder, iSCSI. @module */
import type { CommandRequest, Reply } from "../mmc/request.ts";

/** What enumeration tells of a recorder, before anything is sent to it. */
export interface RecorderIdentity {
  /** Stable and unique on this machine; what IDiscMaster2.Item returns. */
  readonly uniqueId: string;
  /** Device path (`/dev/sr0`, `\\.\D:`), or the virtual disc's file. */
  readonly path: string;
  /** As INQUIRY tells it, without trailing blanks. */
  readonly vendorId: string;
  /** Likewise. */
  readonly productId: string;
  /** Likewise: the firmware. */
  readonly productRevision: string;
  /** What it is connected by, as the system names it: `usb`, `sata`, `iscsi`…, or `virtual`; may be empty. */
  readonly bus: string;
  /** Where its media are mounted or would be: drive letters or mount points; may be empty. */
  readonly volumePathNames: readonly string[];
}

/** How a recorder is opened. */
export interface RecorderOpenOptions {
  /** Keeps other programs out while a disc is written; one that is mounted is unmounted for it, unless it is in use. */
  readonly exclusive: boolean;
  /** Files that are read meanwhile: the disc on which one of them lies is not unmounted. */
  readonly sources?: () => Iterable<string>;
  /** Told what was unmounted, a sentence each time. */
  readonly onNote?: (message: string) => void;
}

/** A drive that is known and can be opened. Listing costs no command to the drive. */
export interface Recorder {
  /** What is known before it is opened. */
  readonly identity: RecorderIdentity;
  /**
   * Opens it.
   *
   * @throws AutomationError-like errors (with `number`) when another program uses it or its disc, or access is denied.
   */
  open(options: RecorderOpenOptions): Transport;
}

/** An open drive. Disposing of it gives back locks and exclusive access. */
export interface Transport extends Disposable {
  /** The most bytes that one command may carry, a multiple of 2048. */
  readonly maxTransferBytes: number;
  /** True for a drive that is never busy: runners then leave out the waits of procedures. */
  readonly timeless?: boolean;
  /** Executes one command and returns what came of it; throws only when the transport itself is closed or broken. */
  execute(command: CommandRequest): Reply;
  /** The same without blocking the thread. */
  executeAsync(command: CommandRequest): Promise<Reply>;
}
