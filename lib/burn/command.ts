/**
 * The one place that sends a command, with the rules of what is waited for, what is repeated how often, and what
 * fails. Procedures above see commands that worked, or a failure that is final.
 *
 * @module
 */
import { commandName } from "../mmc/opcode.ts";
import { parseBufferCapacity } from "../mmc/capacity.ts";
import {
  type CLOSE,
  closeTrackSession,
  readBufferCapacity,
  requestSense,
  startStopUnit,
  synchronizeCache,
} from "../mmc/cdb.ts";
import { BurnError } from "../mmc/errors.ts";
import type { HresultName } from "../mmc/hresult.ts";
import type { CommandRequest, Procedure, Reply, TransportStatus } from "../mmc/request.ts";
import { parseSense, type Sense, senseMeaning } from "../mmc/sense.ts";

/** Timeouts in milliseconds, by what a command does. */
export const TIMEOUT_MS = {
  /** Anything not named below; Linux itself raises less than 7 s. */
  general: 30_000,
  /** The first WRITE of some media includes the lead-in. */
  write: 200_000,
  /** Calibration, reservation, and what is told to return at once. */
  long: 200_000,
  load: 300_000,
  /** How long is polled for the end of a flush or a close. */
  poll: 3_600_000,
  /** How long is polled for the end of a format or of blanking: a BD-RE's certification takes hours. */
  format: 18_000_000,
} as const;

/** A command and how it is meant. */
export interface Command {
  /** What it is for, to follow "Cannot" in a message; a function where making the text has a price. */
  readonly action: string | (() => string);
  readonly cdb: Uint8Array;
  readonly dataOut?: Uint8Array;
  readonly dataInBytes?: number;
  readonly timeoutMs?: number;
  /** A WRITE has rules of its own: nothing that may have lost data is repeated blindly. */
  readonly isWrite?: boolean;
}

/** Why a command failed for good. */
export interface Failure {
  readonly transport: TransportStatus;
  readonly status: number;
  readonly sense: Sense | undefined;
  readonly command: string;
}

/** Whether a command was cut off on its way, which says nothing of the drive's work. */
export function isAborted({ transport, sense }: Pick<Failure, "transport" | "sense">): boolean {
  return transport === "reset" || transport === "aborted" || sense?.key === 0xb;
}

/** What came of a command. */
export type Outcome =
  | {
    readonly ok: true;
    readonly dataIn: Uint8Array;
    /** What the drive said although it worked. */
    readonly remark?: Sense | undefined;
  }
  | { readonly ok: false; readonly failure: Failure };

/** How often each kind of repetition is allowed for one command. */
const REPEATS = { attentions: 8, aborted: 3, deviceBusyMs: 100 } as const;

/** Sends a command; throws a {@linkcode BurnError} when it fails for good. The data is valid until the next command. */
export function* send(command: Command): Procedure<Uint8Array> {
  const outcome = yield* attempt(command);
  if (outcome.ok) return outcome.dataIn;
  throw failureError(textOf(command.action), outcome.failure);
}

/** Sends a command that the drive may do without; undefined when it does not know it. */
export function* sendOptional(command: Command): Procedure<Uint8Array | undefined> {
  const outcome = yield* attempt(command);
  if (outcome.ok) return outcome.dataIn;
  if (isRefusal(outcome.failure)) return undefined;
  throw failureError(textOf(command.action), outcome.failure);
}

/**
 * Whether a drive says that it does not know a command or what was asked with it. Only that is a no: a drive or a
 * connection that failed has not answered the question. Key 2 instead of 5 is what tgt's emulation gives.
 */
export function isRefusal({ transport, sense }: Failure): boolean {
  if (transport === "refused") return true;
  if (transport !== "ok" || sense === undefined || sense.deferred) return false;
  return sense.key === 5 || (sense.key === 2 && (sense.asc === 0x20 || sense.asc === 0x24));
}

/** Sends a command, waiting and repeating where that is right, and tells what came of it. */
export function* attempt(command: Command): Procedure<Outcome> {
  const { cdb, dataOut, dataInBytes, isWrite = false } = command;
  const timeoutMs = command.timeoutMs ?? (isWrite ? TIMEOUT_MS.write : TIMEOUT_MS.general);
  const request: CommandRequest = {
    kind: "command",
    cdb,
    ...(dataOut === undefined ? {} : { dataOut }),
    ...(dataInBytes === undefined ? {} : { dataInBytes }),
    timeoutMs,
  };
  let waitedMs = 0;
  let waits = 0;
  let repeats = 0;
  const attentions = new Set<number>();
  let helped = false;
  for (;;) {
    const reply = yield request;
    if (reply.transport === "ok" && reply.status === 0) return { ok: true, dataIn: reply.dataIn };
    const sense = reply.transport === "ok" && reply.status === 0x02 ? parseSense(reply.sense) : undefined;
    const failure = (): Outcome => ({
      ok: false,
      failure: {
        transport: reply.transport,
        status: reply.status,
        sense,
        command: commandName(cdb[0] ?? 0),
      },
    });
    const next = decide(reply, sense, isWrite);
    switch (next) {
      case "goOn":
        return { ok: true, dataIn: reply.dataIn, remark: sense };
      case "wait": {
        if (waitedMs >= timeoutMs) return failure();
        const durationMs = isWrite && sense?.ascq === 8
          ? yield* bufferDelayMs(dataOut?.length ?? 0)
          : isWrite
          ? Math.min(25, 2 * ++waits)
          : Math.min(500, 100 * ++waits);
        yield { kind: "wait", durationMs };
        waitedMs += Math.max(1, durationMs);
        continue;
      }
      case "retry":
        if (++repeats > REPEATS.aborted) return failure();
        yield { kind: "wait", durationMs: REPEATS.deviceBusyMs };
        continue;
      case "attention": {
        // Each kind of unit attention once: one that comes back tells of a drive that keeps resetting.
        const which = ((sense?.asc ?? 0) << 8) | (sense?.ascq ?? 0);
        if (attentions.has(which) || attentions.size >= REPEATS.attentions) return failure();
        attentions.add(which);
        continue;
      }
      case "start":
      case "sync":
        if (helped) return failure();
        helped = true;
        yield* help(next);
        continue;
      case "fail":
        return failure();
    }
  }
}

/** The error for a failure: what the sense data, the status or the connection means, and what to do. */
export function failureError(action: string, failure: Failure): BurnError {
  const { sense, command, transport, status } = failure;
  if (transport !== "ok") {
    const { hresult, found, advice } = TRANSPORT[transport];
    if (!isEndless(failure)) return new BurnError(hresult, { action, found, advice, command });
    const { key, asc, ascq } = failure.sense;
    return new BurnError(hresult, {
      action,
      found: `the drive did not come to an end: ${senseMeaning(failure.sense).meaning}`,
      advice: "switch the drive off and on, then look at the disc",
      command,
      sense: { key, asc, ascq },
    });
  }
  if (status === 0x18) {
    return new BurnError("E_IMAPI_RECORDER_LOCKED", {
      action,
      found: "another program has reserved the drive",
      advice: "end that program, then try again",
      command,
    });
  }
  if (status === 0x08 || status === 0x28) {
    return new BurnError("E_IMAPI_RECORDER_MEDIA_BUSY", {
      action,
      found: "the drive stayed busy",
      advice: "wait for what it is doing, then try again",
      command,
    });
  }
  if (sense === undefined) {
    return new BurnError("E_IMAPI_RECORDER_INVALID_RESPONSE_FROM_DEVICE", {
      action,
      found: "the drive refused without saying why",
      advice: "check cable and power, then try again",
      command,
    });
  }
  const { meaning, hresult, advice } = senseMeaning(sense);
  const { key, asc, ascq } = sense;
  return new BurnError(hresult === "S_OK" ? "E_IMAPI_UNEXPECTED_RESPONSE_FROM_DEVICE" : hresult, {
    action,
    found: sense.deferred ? `${meaning}, said of an earlier command` : meaning,
    advice,
    command,
    sense: { key, asc, ascq },
  });
}

/** Whether a drive answered all the time, and was busy with an operation for longer than it is waited for. */
export function isEndless(failure: Failure): failure is Failure & { readonly sense: Sense } {
  return failure.transport === "timeout" && failure.sense !== undefined;
}

/** Whether a failure leaves open what the drive did with the command, and whether it is there at all. */
export function isConnectionFailure({ transport }: Failure): boolean {
  return transport !== "ok" && transport !== "refused";
}

const CONNECTION_ADVICE = "check power, cable and hub, then look at the disc";
const TRANSPORT: Record<
  Exclude<TransportStatus, "ok">,
  { hresult: HresultName; found: string; advice: string }
> = {
  timeout: {
    hresult: "E_IMAPI_RECORDER_COMMAND_TIMEOUT",
    found: "the drive did not answer in time",
    advice: CONNECTION_ADVICE,
  },
  gone: {
    hresult: "E_IMAPI_UNEXPECTED_RESPONSE_FROM_DEVICE",
    found: "the drive is gone",
    advice: CONNECTION_ADVICE,
  },
  reset: {
    hresult: "E_IMAPI_UNEXPECTED_RESPONSE_FROM_DEVICE",
    found: "the drive was reset",
    advice: CONNECTION_ADVICE,
  },
  aborted: {
    hresult: "E_IMAPI_UNEXPECTED_RESPONSE_FROM_DEVICE",
    found: "the connection to the drive failed",
    advice: CONNECTION_ADVICE,
  },
  refused: {
    hresult: "E_IMAPI_UNEXPECTED_RESPONSE_FROM_DEVICE",
    found: "the system does not let this command through",
    advice: "run it as a user who may use the drive",
  },
  denied: {
    hresult: "E_ACCESSDENIED",
    found: "access to the drive is denied",
    advice: "join the group that owns the drive (cdrom, optical), or run it as an administrator",
  },
};

type Decision = "goOn" | "wait" | "retry" | "attention" | "start" | "sync" | "fail";

function decide(reply: Reply, sense: Sense | undefined, isWrite: boolean): Decision {
  if (reply.transport === "reset" || reply.transport === "aborted") return isWrite ? "fail" : "retry";
  if (reply.transport !== "ok") return "fail";
  if (reply.status === 0x08 || reply.status === 0x28) return "wait";
  if (reply.status !== 0x02 || sense === undefined) return "fail";
  const { action } = senseMeaning(sense);
  // A deferred error is about an earlier command; repeating this one would hide it.
  if (sense.deferred && action !== "goOn" && action !== "wait") return "fail";
  // Under a burn a change of medium or a reset is the end of it, and an aborted WRITE may have arrived.
  if (isWrite && (action === "attention" || action === "retry" || action === "start")) return "fail";
  return action;
}

/** How long until the drive's buffer has room, where the drive tells. */
function* bufferDelayMs(neededBytes: number): Procedure<number> {
  const reply = yield {
    kind: "command",
    cdb: readBufferCapacity(),
    dataInBytes: 12,
    timeoutMs: TIMEOUT_MS.general,
  };
  if (reply.transport !== "ok" || reply.status !== 0 || reply.dataIn.length < 12) return 40;
  const { lengthBytes, freeBytes } = parseBufferCapacity(reply.dataIn);
  if (freeBytes >= neededBytes) return 5;
  // Until half of it is free at the fastest BD speed: a slower drive is only asked more often than it need be, and a
  // fast one does not run dry meanwhile.
  return Math.min(40, Math.max(5, (lengthBytes / 2 - freeBytes) / FASTEST_KBPS));
}

/** How full the drive's buffer is, 0 to 1; undefined where it does not tell. */
export function* readBufferFraction(): Procedure<number | undefined> {
  const outcome = yield* attempt({
    action: "read the buffer's filling",
    cdb: readBufferCapacity(),
    dataInBytes: 12,
  });
  if (!outcome.ok || outcome.dataIn.length < 12) return undefined;
  const { lengthBytes, freeBytes } = parseBufferCapacity(outcome.dataIn);
  return lengthBytes === 0 || freeBytes > lengthBytes ? undefined : 1 - freeBytes / lengthBytes;
}

/** 16x of a BD, in bytes a millisecond. */
const FASTEST_KBPS = 71_928;

function* help(how: "start" | "sync"): Procedure<void> {
  const cdb = how === "start"
    ? startStopUnit("start", { immediate: false })
    : synchronizeCache({ immediate: false });
  // Whether it helped, the repeated command shows.
  yield { kind: "command", cdb, timeoutMs: TIMEOUT_MS.long };
}

function textOf(action: string | (() => string)): string {
  return typeof action === "string" ? action : action();
}

/**
 * Polls until an operation that was begun "immediate" has ended; returns why it failed, if it did. `onProgress` hears 0
 * to 1 where the drive says it.
 */
export function* waitForEnd({ budgetMs = TIMEOUT_MS.poll, onProgress }: {
  budgetMs?: number;
  onProgress?: (fraction: number) => Procedure<void>;
} = {}): Procedure<Failure | undefined> {
  // The drive may say "ready" before it has begun.
  yield { kind: "wait", durationMs: 1000 };
  let attentions = 0;
  let aborts = 0;
  for (let waitedMs = 1000;; waitedMs += 500) {
    const reply = yield {
      kind: "command",
      cdb: TEST_UNIT_READY,
      timeoutMs: TIMEOUT_MS.general,
    };
    if (reply.transport === "ok" && reply.status === 0) return undefined;
    const sense = reply.status === 0x02 ? parseSense(reply.sense) : undefined;
    const failure: Failure = {
      transport: reply.transport,
      status: reply.status,
      sense,
      command: commandName(0),
    };
    const busy = reply.transport === "ok" && (reply.status === 0x08 || reply.status === 0x28);
    const running = sense !== undefined && sense.key === 2 && sense.asc === 0x04 && sense.ascq !== 2 &&
      sense.ascq !== 3;
    if (sense !== undefined && sense.key === 6 && ++attentions <= REPEATS.attentions) continue;
    if (sense !== undefined && sense.key <= 1) return undefined;
    // A bus that stumbles under the question says nothing of the operation, which takes minutes.
    if (!busy && !running && !(isAborted(failure) && ++aborts <= REPEATS.aborted)) return failure;
    if (waitedMs >= budgetMs) return { ...failure, transport: "timeout" };
    if (onProgress !== undefined && running) {
      const fraction = sense.progress ?? (yield* askedProgress());
      if (fraction !== undefined) yield* onProgress(fraction);
    }
    yield { kind: "wait", durationMs: 500 };
  }
}

const TEST_UNIT_READY = new Uint8Array(6);

function* askedProgress(): Procedure<number | undefined> {
  const reply = yield {
    kind: "command",
    cdb: requestSense(),
    dataInBytes: 18,
    timeoutMs: TIMEOUT_MS.general,
  };
  return reply.transport === "ok" && reply.status === 0 ? parseSense(reply.dataIn)?.progress : undefined;
}

/** Flushes the drive's buffer and waits until everything is on the disc. */
export function* synchronize(
  action = "write the last data",
  { rounds = 2 }: { rounds?: number } = {},
): Procedure<void> {
  const failure = yield* flush({ action, rounds });
  if (failure !== undefined) throw failureError(action, failure);
}

/**
 * The same after a failure: what cannot be written is lost then, and what is on the disc is to be closed nonetheless.
 *
 * @throws BurnError when it is the connection that fails: a drive that is not there closes nothing either.
 */
export function* synchronizeWhatCanBe(): Procedure<void> {
  const action = "write the last data";
  const failure = yield* flush({ action, rounds: 2 });
  if (failure !== undefined && isConnectionFailure(failure)) throw failureError(action, failure);
}

function* flush({ action, rounds }: { action: string; rounds: number }): Procedure<Failure | undefined> {
  // Twice: Pioneer drives fall through the first one (seen with dvd+rw-tools). Immediate and polled both times, because
  // a command that lasts blocks progress.
  for (let round = 0; round < rounds; round++) {
    const cdb = synchronizeCache({ immediate: true });
    const outcome = yield* attempt({ action, cdb, timeoutMs: TIMEOUT_MS.long });
    const failure = outcome.ok ? yield* waitForEnd() : outcome.failure;
    if (failure !== undefined) return failure;
  }
  return undefined;
}

/** What {@linkcode close} closes. */
export type CloseWhat = keyof typeof CLOSE;

const CLOSING: Record<CloseWhat, string> = {
  stopFormat: "stop the format",
  track: "close the track",
  session: "close the session",
  finalizeMinimal: "close the disc",
  finalize: "close the disc",
};

/** Sends CLOSE TRACK/SESSION and waits for its end. */
export function* close(what: CloseWhat, trackNumber = 0): Procedure<Failure | undefined> {
  const outcome = yield* attempt({
    action: CLOSING[what],
    cdb: closeTrackSession(what, trackNumber),
    timeoutMs: TIMEOUT_MS.long,
  });
  if (!outcome.ok) return outcome.failure;
  return yield* waitForEnd();
}
