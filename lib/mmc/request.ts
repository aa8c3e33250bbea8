/**
 * What a procedure asks of its runner, and what it gets back. A procedure is a generator: it yields requests as data
 * and never does I/O itself, so that the same procedure serves synchronous scripts, `await`, and tests that step it by
 * hand.
 *
 * @module
 */

/** One CDB for the drive. At most one of `dataOut` and `dataInBytes` is given. */
export interface CommandRequest {
  /** Tells it from other requests. */
  readonly kind: "command";
  /** The command descriptor block, of 6 to 16 bytes. */
  readonly cdb: Uint8Array;
  /** Data that goes to the drive. */
  readonly dataOut?: Uint8Array;
  /** Allocation length: how many bytes the drive may send at most. */
  readonly dataInBytes?: number;
  /** How long the drive may take. */
  readonly timeoutMs: number;
}

/** Let time pass. Runners sleep; tests advance a clock. */
export interface WaitRequest {
  readonly kind: "wait";
  readonly durationMs: number;
}

/** Read sectors of the source that is burned or compared; the reply's `dataIn` has `count` × 2048 bytes. */
export interface SourceRequest {
  readonly kind: "source";
  readonly lba: number;
  readonly count: number;
}

/** Tell whoever listens how far the work is; the reply is empty. Cancelling takes effect here and at waits. */
export interface ProgressRequest<P = unknown> {
  readonly kind: "progress";
  readonly progress: P;
}

/** What a procedure may yield. */
export type Request = CommandRequest | WaitRequest | SourceRequest | ProgressRequest;

/** How the transport fared, apart from what the drive said. */
export type TransportStatus = "ok" | "timeout" | "gone" | "reset" | "aborted" | "refused" | "denied";

/** What comes back for a request. For anything but a command, `status` is 0 and `sense` empty. */
export interface Reply {
  /** SCSI status byte: 00h GOOD, 02h CHECK CONDITION, 08h BUSY, 18h RESERVATION CONFLICT, 28h TASK SET FULL. */
  readonly status: number;
  /** Sense data as the drive sent it, fixed (70h) or descriptor (72h) format; empty without CHECK CONDITION. */
  readonly sense: Uint8Array;
  /** What the drive sent, cut to what really arrived. */
  readonly dataIn: Uint8Array;
  /** How the transport fared. */
  readonly transport: TransportStatus;
}

/** A conversation with a drive that ends in a `T`. */
export type Procedure<T> = Generator<Request, T, Reply>;

/**
 * Thrown into a procedure at a progress or wait request to cancel it. The procedure cleans up (its further requests
 * still run), then lets an error escape that says in which state the disc is.
 */
export class Cancelled extends Error {
  override readonly name = "Cancelled";
  constructor(message = "Cancelled") {
    super(message);
  }
}
