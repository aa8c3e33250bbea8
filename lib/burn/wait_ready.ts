/** Waits until a drive is ready for its medium, or has none. @module */
import { startStopUnit, testUnitReady } from "../mmc/cdb.ts";
import { commandName } from "../mmc/opcode.ts";
import type { Procedure } from "../mmc/request.ts";
import { parseSense } from "../mmc/sense.ts";
import { attempt, failureError, isAborted, TIMEOUT_MS } from "./command.ts";

const ATTENTIONS_MAX = 8;
const ABORTS_MAX = 3;
const POLL_MS = 250;
/** How long "no medium" is taken for a drive that has not looked yet, and for a tray that is on its way in. */
const SETTLING_MS = 3_000;
const CLOSING_MS = 15_000;

/**
 * Waits until the medium is ready; false when there is none. After loading real drives answer, in any order: no medium,
 * not ready, becoming ready, medium changed, ready. So "no medium" counts only when nothing else was said before it,
 * or when it stays.
 *
 * @throws BurnError when the drive fails, or is not ready within `budgetMs`.
 */
export function* waitReady(
  action: string,
  { budgetMs = 60_000, isLoading = false }: {
    budgetMs?: number;
    /** Whether the tray was just told to close: until it has, drives say that it is open. */
    isLoading?: boolean;
  } = {},
): Procedure<boolean> {
  let attentions = 0;
  let aborts = 0;
  let absentMs = 0;
  let settling = isLoading;
  let started = false;
  for (let waitedMs = 0;;) {
    const reply = yield { kind: "command", cdb: testUnitReady(), timeoutMs: TIMEOUT_MS.general };
    const sense = reply.transport === "ok" && reply.status === 0x02 ? parseSense(reply.sense) : undefined;
    if (reply.transport === "ok" && reply.status === 0) return true;
    if (sense !== undefined && sense.key <= 1) return true;
    if (sense?.key === 6 && ++attentions <= ATTENTIONS_MAX) {
      settling ||= sense.asc === 0x28;
      continue;
    }
    const isAbsent = sense?.key === 2 && sense.asc === 0x3a;
    const isOpen = isAbsent && sense.ascq === 2;
    if (isAbsent && (!settling || absentMs >= (isLoading && isOpen ? CLOSING_MS : SETTLING_MS))) return false;
    const isBusy = reply.transport === "ok" && (reply.status === 0x08 || reply.status === 0x28);
    const isComing = sense?.key === 2 && sense.asc === 0x04 && sense.ascq !== 3;
    if (isComing && sense.ascq === 2 && !started) {
      started = true;
      yield* attempt({
        action,
        cdb: startStopUnit("start", { immediate: false }),
        timeoutMs: TIMEOUT_MS.load,
      });
    }
    const goesOn = isAbsent || isBusy || isComing ||
      (isAborted({ transport: reply.transport, sense }) && ++aborts <= ABORTS_MAX);
    if (!goesOn || waitedMs >= budgetMs) {
      throw failureError(action, {
        transport: reply.transport,
        status: reply.status,
        sense,
        command: commandName(0x00),
      });
    }
    if (isComing) settling = true;
    if (isAbsent) absentMs += POLL_MS;
    yield { kind: "wait", durationMs: POLL_MS };
    waitedMs += POLL_MS;
  }
}
