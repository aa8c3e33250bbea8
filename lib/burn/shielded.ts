/** Work that is not to be cancelled half way. @module */
import { Cancelled, type Procedure, type Reply } from "../mmc/request.ts";

const EMPTY: Reply = { status: 0, sense: new Uint8Array(0), dataIn: new Uint8Array(0), transport: "ok" };

/**
 * Runs `inner` to its end even when it is cancelled meanwhile: closing a disc takes its time, and stopping in the
 * middle would spoil what is written. The cancellation is thrown once it has ended, unless nothing is left by then that
 * could be cancelled.
 */
export function* shielded<T>(
  inner: Procedure<T>,
  { late = "throw" }: { late?: "throw" | "ignore" } = {},
): Procedure<T> {
  let cancelled: Cancelled | undefined;
  let step = inner.next();
  while (!step.done) {
    let reply: Reply;
    try {
      reply = yield step.value;
    } catch (error) {
      if (!(error instanceof Cancelled)) {
        step = inner.throw(error);
        continue;
      }
      cancelled = error;
      // It came in place of a wait or a progress report: nothing is lost by going on.
      reply = EMPTY;
    }
    step = inner.next(reply);
  }
  if (cancelled !== undefined && late === "throw") throw cancelled;
  return step.value;
}
