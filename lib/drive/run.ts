/**
 * Runners: they carry out what a procedure asks for. One is for scripts that block, one for `await`; they differ in
 * little but the `await`s.
 *
 * Cancelling throws {@linkcode Cancelled} into the procedure at its next wait or progress request, once; what the
 * procedure yields from then on, its clean-up, is carried out in full.
 *
 * @module
 */
import { Cancelled, type CommandRequest, type Procedure, type Reply, type Request } from "../mmc/request.ts";
import type { Transport } from "./transport.ts";

const SECTOR_BYTES = 2048;
const NOTHING = new Uint8Array(0);
const DONE: Reply = { status: 0, sense: NOTHING, dataIn: NOTHING, transport: "ok" };

/** What both runners need. */
export interface CommonEnvironment<P> {
  /** The open drive. */
  readonly transport: Transport;
  /** Hears of progress. */
  readonly onProgress?: (progress: P) => void;
  /**
   * Progress is reported no more often than so, a change of the payload's `action` apart; 0, the default, reports all
   * of it.
   */
  readonly progressIntervalMs?: number;
}

/** What {@linkcode runSync} needs. */
export interface SyncEnvironment<P = unknown> extends CommonEnvironment<P> {
  /** Fills `target` with `count` sectors of the source from `lba` on. */
  readonly source?: (lba: number, count: number, target: Uint8Array) => void;
  /** Asked at every wait and progress request. */
  readonly isCancelled?: () => boolean;
  /** Blocks for so long. */
  readonly sleep: (durationMs: number) => void;
}

/** How sectors of the source are had, see {@linkcode AsyncEnvironment}. */
export type AsyncSource = (lba: number, count: number, target: Uint8Array) => Lent | Promise<Lent>;
type Lent = Uint8Array | undefined | void;

/** What {@linkcode runAsync} needs. */
export interface AsyncEnvironment<P = unknown> extends CommonEnvironment<P> {
  /**
   * Fills `target` with `count` sectors of the source from `lba` on, or returns where they are; there they have to stay until
   * it is asked for others.
   */
  readonly source?: AsyncSource;
  /** Cancels when aborted; a wait that runs ends at once. */
  readonly signal?: AbortSignal;
  /** Left out: a timer. */
  readonly sleep?: (durationMs: number) => Promise<void>;
}

/**
 * Runs a procedure to its end, blocking. What the environment throws goes to `procedure.throw`, so that the procedure
 * can clean up.
 */
export function runSync<T, P = unknown>(procedure: Procedure<T>, environment: SyncEnvironment<P>): T {
  const { transport, source, isCancelled, sleep } = environment;
  const buffer = sourceBuffer();
  const report = reporter(environment);
  let cancelled = false;
  let step = procedure.next();
  while (!step.done) {
    let reply: Reply;
    try {
      const request = step.value;
      switch (request.kind) {
        case "command":
          reply = transport.execute(request);
          break;
        case "source": {
          const target = buffer(request.count);
          if (source === undefined) {
            throw new TypeError("The procedure reads a source, and the runner has none");
          }
          source(request.lba, request.count, target);
          reply = { status: 0, sense: NOTHING, dataIn: target, transport: "ok" };
          break;
        }
        default:
          if (!cancelled && isCancelled?.() === true) {
            cancelled = true;
            throw new Cancelled();
          }
          if (request.kind === "progress") report(request.progress);
          else if (transport.timeless !== true) sleep(request.durationMs);
          reply = DONE;
      }
    } catch (error) {
      step = procedure.throw(error);
      continue;
    }
    step = procedure.next(reply);
  }
  return step.value;
}

/** Runs a procedure to its end without blocking the thread; otherwise as {@linkcode runSync}. */
export async function runAsync<T, P = unknown>(
  procedure: Procedure<T>,
  environment: AsyncEnvironment<P>,
): Promise<T> {
  const { transport, signal } = environment;
  const report = reporter(environment);
  const carryOut = asyncCarrier(environment);
  let cancelled = false;
  let step = procedure.next();
  while (!step.done) {
    let reply: Reply;
    try {
      const request: Request = step.value;
      if (request.kind === "command") reply = await executeAsync(transport, request);
      else if (request.kind === "source") reply = await carryOut.source(request.lba, request.count);
      else {
        if (!cancelled && signal?.aborted === true) {
          cancelled = true;
          throw new Cancelled();
        }
        if (request.kind === "progress") report(request.progress);
        else if (transport.timeless !== true) {
          await carryOut.wait(request.durationMs, cancelled ? undefined : signal);
        }
        if (!cancelled && signal?.aborted === true) {
          cancelled = true;
          throw new Cancelled();
        }
        reply = DONE;
      }
    } catch (error) {
      step = procedure.throw(error);
      continue;
    }
    step = procedure.next(reply);
  }
  return step.value;
}

function executeAsync(transport: Transport, command: CommandRequest): Promise<Reply> {
  return transport.executeAsync(command);
}

function asyncCarrier({ source, sleep }: Pick<AsyncEnvironment, "source" | "sleep">): {
  source: (lba: number, count: number) => Promise<Reply>;
  wait: (durationMs: number, signal: AbortSignal | undefined) => Promise<void>;
} {
  const buffer = sourceBuffer();
  return {
    async source(lba, count): Promise<Reply> {
      const target = buffer(count);
      if (source === undefined) throw new TypeError("The procedure reads a source, and the runner has none");
      const pending = source(lba, count, target);
      const lent = pending instanceof Promise ? await pending : pending;
      return { status: 0, sense: NOTHING, dataIn: lent ?? target, transport: "ok" };
    },
    wait(durationMs, signal): Promise<void> {
      if (sleep !== undefined) return sleep(durationMs);
      return new Promise((resolve) => {
        const end = (): void => {
          clearTimeout(timer);
          signal?.removeEventListener("abort", end);
          resolve();
        };
        const timer = setTimeout(end, durationMs);
        signal?.addEventListener("abort", end);
      });
    },
  };
}

/** One buffer for all of a run's source requests: a disc is read in many equal pieces. */
function sourceBuffer(): (sectors: number) => Uint8Array {
  let buffer = new Uint8Array(0);
  let view = buffer;
  return (sectors) => {
    const bytes = sectors * SECTOR_BYTES;
    if (bytes > buffer.length) buffer = new Uint8Array(bytes);
    if (view.length !== bytes || view.buffer !== buffer.buffer) view = buffer.subarray(0, bytes);
    return view;
  };
}

function reporter<P>(
  { onProgress, progressIntervalMs = 0 }: CommonEnvironment<P>,
): (progress: unknown) => void {
  if (onProgress === undefined) return () => {};
  // A runner does not know which procedure it runs: that its progress is a P is the caller's word.
  const report = onProgress as (progress: unknown) => void;
  if (progressIntervalMs === 0) return report;
  let lastAction: unknown;
  let lastMs = -Infinity;
  return (progress) => {
    const action = (progress as { action?: unknown } | undefined)?.action;
    const nowMs = performance.now();
    if (action === lastAction && nowMs - lastMs < progressIntervalMs) return;
    lastAction = action;
    lastMs = nowMs;
    report(progress);
  };
}
