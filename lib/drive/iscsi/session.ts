/**
 * A target's session (RFC 7143): login, then commands in the order of their numbers, one after the other, on one
 * connection, with error recovery level 0: whatever is wrong ends the session, and the initiator begins anew.
 *
 * Commands are executed in the order in which they came, because the order of writes is what a recorder is about; the
 * data of a write is asked for (R2T) when its turn comes. So a session never holds the data of more than one command,
 * and what little came with others.
 *
 * @module
 */
import { setUint16, setUint32, uint32 } from "../../mmc/bytes.ts";
import { OPCODE } from "../../mmc/opcode.ts";
import type { CommandRequest, Reply } from "../../mmc/request.ts";
import { encodeSense, type SenseTriple } from "../../mmc/sense.ts";
import { type Conversation, execute, receive, send, unexpected } from "./conversation.ts";
import { logIn, type LoginOutcome } from "./login.ts";
import { FLAG, NO_TAG, type Pdu, PduError, type PduOf, writePdu } from "./pdu.ts";
import {
  answerTo,
  parseText,
  type SessionParameters,
  TEXT_BYTES_MAX,
  withAgreed,
  writeText,
} from "./text.ts";

/** What a session is with. */
export interface SessionOptions {
  readonly targetName: string;
  /** How many logical units there are, numbered from 0. */
  readonly units: number;
  /** What SendTargets says: the address that the initiator has reached, such as "127.0.0.1:3260". */
  readonly portal: string;
  /** The number of this session, 1 to 65535 (RFC 7143, 11.12.6). */
  readonly tsih: number;
}

/** The most data of one command. More than the kernels' 512 KiB, and little enough for every session to have it. */
export const TRANSFER_BYTES_MAX = 16 * 2 ** 20;

/** How many commands may wait. */
const QUEUE_MAX = 32;

const REPORT_LUNS = 0xa0;

const CHECK_CONDITION = 0x02;
const TASK_SET_FULL = 0x28;

/** How long a unit may take; what the initiator allows is not known here. */
const TIMEOUT_MS = 3_600_000;

const NOTHING = new Uint8Array(0);

/** Response of a SCSI Response (RFC 7143, 11.4.3). */
const RESPONSE = { completed: 0x00, targetFailure: 0x01 } as const;

/** Functions and responses of task management (RFC 7143, 11.5.1 and 11.6.1). */
const TASK_FUNCTION = {
  abortTask: 1,
  abortTaskSet: 2,
  clearTaskSet: 4,
  unitReset: 5,
  warmReset: 6,
  coldReset: 7,
  reassign: 8,
} as const;
const TASK_RESPONSE = { complete: 0, noTask: 1, noUnit: 2, noReassignment: 4, notSupported: 5 } as const;

/** Commands that a pending unit attention does not stop (SPC-4), the events of MMC among them. */
const BEFORE_ATTENTION: ReadonlySet<number> = new Set([
  OPCODE.inquiry,
  OPCODE.requestSense,
  OPCODE.getConfiguration,
  OPCODE.getEventStatus,
  REPORT_LUNS,
]);

/**
 * A session from its login to its end; it returns why it ended.
 *
 * @throws LoginRefused, or PduError for what no session can go on after.
 */
export function* targetSession(options: SessionOptions): Conversation<string> {
  const outcome = yield* logIn(options);
  yield { kind: "loggedIn", login: outcome.login };
  return yield* new Session(options, outcome).run();
}

/** A command that is not done. */
interface Task {
  readonly tag: number;
  readonly lun: number;
  readonly cdb: Uint8Array;
  readonly reads: boolean;
  readonly writes: boolean;
  readonly expectedBytes: number;
  /** What has come of a write's data: the immediate data only, until its turn comes. */
  data: Uint8Array;
  receivedBytes: number;
  /** How far the data was asked for, and under which tag. */
  solicitedBytes: number;
  transferTag: number;
  r2ts: number;
}

class Session {
  readonly #options: SessionOptions;
  readonly #isDiscovery: boolean;
  #parameters: SessionParameters;
  #statSn: number;
  #expCmdSn: number;
  #transferTag = 0;
  readonly #queue: Task[] = [];
  /** Commands that the unit never answers, as a drive that hangs: they wait to be aborted. */
  readonly #hung: Map<number, Task> = new Map();
  /** Units that were reset, until a command has told so. */
  readonly #attentions: Set<number> = new Set();
  #text: Uint8Array = NOTHING;

  constructor(options: SessionOptions, { login, parameters, expCmdSn, statSn }: LoginOutcome) {
    this.#options = options;
    this.#isDiscovery = login.sessionType === "Discovery";
    this.#parameters = parameters;
    this.#statSn = statSn;
    this.#expCmdSn = expCmdSn;
  }

  *run(): Conversation<string> {
    for (;;) {
      const pdu = yield* receive();
      const end = yield* this.#take(pdu);
      if (end !== undefined) return end;
      yield* this.#advance();
    }
  }

  *#take(pdu: Pdu): Conversation<string | undefined> {
    if ("cmdSn" in pdu && !this.#isInOrder(pdu)) return undefined;
    switch (pdu.kind) {
      case "scsiCommand":
        if (this.#isDiscovery) throw unexpected(pdu, "in a discovery session");
        yield* this.#begin(pdu);
        return undefined;
      case "dataOut":
        this.#takeData(pdu);
        return undefined;
      case "nopOut":
        if (pdu.taskTag !== NO_TAG) yield* this.#pong(pdu);
        return undefined;
      case "taskRequest":
        return yield* this.#manageTasks(pdu);
      case "textRequest":
        yield* this.#answerText(pdu);
        return undefined;
      case "snackRequest":
        yield* this.#reject(pdu, 0x03); // SNACK reject: nothing is kept to be sent again
        return undefined;
      case "logoutRequest":
        yield* send({
          kind: "logoutResponse",
          ...this.#answer(pdu.taskTag),
          response: 0,
          time2Wait: 0,
          time2Retain: 0,
          data: NOTHING,
        });
        return "the initiator has logged out";
      default:
        throw unexpected(pdu, "in the full feature phase");
    }
  }

  /** Numbering (RFC 7143, 4.2.2.1): what is outside the window is ignored; on one connection nothing can be missing. */
  #isInOrder({ cmdSn, immediate }: { cmdSn: number; immediate: boolean }): boolean {
    if (immediate) return true;
    const ahead = (cmdSn - this.#expCmdSn) | 0;
    if (ahead < 0 || ahead >= QUEUE_MAX - this.#queue.length) return false;
    if (ahead > 0) throw new PduError(`Command ${cmdSn} where ${this.#expCmdSn} is next`);
    this.#expCmdSn = (this.#expCmdSn + 1) >>> 0;
    return true;
  }

  // --- commands

  *#begin(pdu: PduOf<"scsiCommand">): Conversation<void> {
    const { taskTag: tag, lun, cdb, expectedBytes, data, flags } = pdu;
    const writes = (flags & FLAG.write) !== 0;
    const { immediateData, firstBurstLength } = this.#parameters;
    if ((flags & FLAG.final) === 0) throw new PduError("Unsolicited data, which was not agreed on");
    if (
      data.length > 0 &&
      (!writes || !immediateData || data.length > Math.min(firstBurstLength, expectedBytes))
    ) {
      throw new PduError(`Immediate data of ${data.length} bytes, which was not agreed on`);
    }
    if (this.#hung.has(tag) || this.#queue.some((task) => task.tag === tag)) {
      throw new PduError(`Task tag ${tag} twice`);
    }
    const task: Task = {
      tag,
      lun,
      cdb: cdb.subarray(0, cdbBytes(cdb[0] ?? 0)),
      reads: (flags & FLAG.read) !== 0,
      writes,
      expectedBytes,
      data,
      receivedBytes: data.length,
      solicitedBytes: data.length,
      transferTag: NO_TAG,
      r2ts: 0,
    };
    // Immediate commands are not numbered, and so not kept out by the window.
    if (this.#queue.length >= QUEUE_MAX) yield* this.#respond(task, { status: TASK_SET_FULL });
    else if (expectedBytes > TRANSFER_BYTES_MAX) yield* this.#check(task, { key: 5, asc: 0x24, ascq: 0 });
    else this.#queue.push(task);
  }

  /** Executes what can be executed, and asks for the data of what comes next. */
  *#advance(): Conversation<void> {
    for (let task = this.#queue[0]; task !== undefined; task = this.#queue[0]) {
      if (task.writes && task.receivedBytes < task.expectedBytes) {
        if (task.receivedBytes === task.solicitedBytes) yield* this.#solicit(task);
        return;
      }
      this.#queue.shift();
      yield* this.#carryOut(task);
    }
  }

  *#solicit(task: Task): Conversation<void> {
    if (task.data.length < task.expectedBytes) {
      const whole = new Uint8Array(task.expectedBytes);
      whole.set(task.data);
      task.data = whole;
    }
    const desiredBytes = Math.min(this.#parameters.maxBurstLength, task.expectedBytes - task.receivedBytes);
    task.solicitedBytes += desiredBytes;
    task.transferTag = this.#transferTag;
    this.#transferTag = (this.#transferTag + 1) % NO_TAG;
    yield* send({
      kind: "readyToTransfer",
      ...this.#answer(task.tag, { counts: false }),
      lun: task.lun,
      transferTag: task.transferTag,
      r2tSn: task.r2ts++,
      bufferOffset: task.receivedBytes,
      desiredBytes,
      data: NOTHING,
    });
  }

  #takeData({ taskTag, transferTag, bufferOffset, flags, data }: PduOf<"dataOut">): void {
    const task = this.#queue[0];
    // What was still on its way when its command was aborted.
    if (task?.tag !== taskTag) return;
    if (transferTag !== task.transferTag || task.receivedBytes === task.solicitedBytes) {
      throw new PduError("Data that was not asked for");
    }
    if (bufferOffset !== task.receivedBytes || bufferOffset + data.length > task.solicitedBytes) {
      throw new PduError(
        `Data from ${bufferOffset} to ${bufferOffset + data.length}, ` +
          `where ${task.receivedBytes} to ${task.solicitedBytes} was asked for`,
      );
    }
    task.data.set(data, bufferOffset);
    task.receivedBytes += data.length;
    if (((flags & FLAG.final) !== 0) !== (task.receivedBytes === task.solicitedBytes)) {
      throw new PduError("A sequence of data that ends at another place than was asked for");
    }
  }

  *#carryOut(task: Task): Conversation<void> {
    const opcode = task.cdb[0] ?? 0;
    if (opcode === REPORT_LUNS) {
      const limit = uint32(task.cdb, 6);
      return yield* this.#respond(task, { dataIn: lunList(this.#options.units).subarray(0, limit) });
    }
    if (task.lun >= this.#options.units) {
      if (opcode !== OPCODE.inquiry) return yield* this.#check(task, { key: 5, asc: 0x25, ascq: 0 });
      return yield* this.#respond(task, {
        dataIn: NO_UNIT_INQUIRY.subarray(0, ((task.cdb[3] ?? 0) << 8) | (task.cdb[4] ?? 0)),
      });
    }
    if (this.#attentions.has(task.lun) && !BEFORE_ATTENTION.has(opcode)) {
      this.#attentions.delete(task.lun);
      return yield* this.#check(task, { key: 6, asc: 0x29, ascq: 0 });
    }
    const reply = yield* execute(task.lun, commandOf(task));
    switch (reply.transport) {
      case "ok":
        return yield* this.#respond(task, reply);
      case "timeout":
        this.#hung.set(task.tag, task);
        return;
      case "reset":
        return yield* this.#check(task, { key: 6, asc: 0x29, ascq: 0 });
      default:
        return yield* this.#fail(task);
    }
  }

  /** Sends what a command came to: its data, then its status, which rides on the last data where it can. */
  *#respond(
    task: Task,
    { status = 0, sense = NOTHING, dataIn = NOTHING }: Partial<Reply>,
  ): Conversation<void> {
    const wanted = task.reads ? task.expectedBytes : 0;
    const sent = Math.min(dataIn.length, wanted);
    const residual = residualOf(dataIn.length, wanted);
    if (sent > 0 && status === 0) {
      return yield* this.#sendData(task, { data: dataIn.subarray(0, sent), residual });
    }
    yield* send({
      kind: "scsiResponse",
      ...this.#answer(task.tag),
      flags: FLAG.final | residual.flags,
      response: RESPONSE.completed,
      status,
      expDataSn: task.r2ts,
      residualBytes: residual.bytes,
      data: senseSegment(sense),
    });
  }

  *#sendData(
    task: Task,
    { data, residual }: { data: Uint8Array; residual: { flags: number; bytes: number } },
  ): Conversation<void> {
    const { sendBytesMax, maxBurstLength } = this.#parameters;
    for (let at = 0, dataSn = 0; at < data.length; dataSn++) {
      const burstEnd = Math.min(data.length, (Math.floor(at / maxBurstLength) + 1) * maxBurstLength);
      const end = Math.min(burstEnd, at + sendBytesMax);
      const isLast = end === data.length;
      yield* send({
        kind: "dataIn",
        ...this.#answer(task.tag, { counts: isLast }),
        flags: (end === burstEnd ? FLAG.final : 0) | (isLast ? FLAG.status | residual.flags : 0),
        status: 0,
        lun: task.lun,
        transferTag: NO_TAG,
        dataSn,
        bufferOffset: at,
        residualBytes: isLast ? residual.bytes : 0,
        data: data.subarray(at, end),
      });
      at = end;
    }
  }

  #check(task: Task, sense: SenseTriple): Conversation<void> {
    return this.#respond(task, { status: CHECK_CONDITION, sense: encodeSense(sense) });
  }

  /** The unit is gone: there is no status to tell. */
  #fail(task: Task): Conversation<void> {
    return send({
      kind: "scsiResponse",
      ...this.#answer(task.tag),
      response: RESPONSE.targetFailure,
      status: 0,
      expDataSn: 0,
      residualBytes: 0,
      data: NOTHING,
    });
  }

  // --- everything else

  *#pong(pdu: PduOf<"nopOut">): Conversation<void> {
    yield* send({
      kind: "nopIn",
      ...this.#answer(pdu.taskTag),
      lun: pdu.lun,
      transferTag: NO_TAG,
      data: pdu.data.subarray(0, this.#parameters.sendBytesMax),
    });
  }

  *#manageTasks(pdu: PduOf<"taskRequest">): Conversation<string | undefined> {
    const asked = pdu.flags & 0x7f;
    const response = yield* this.#taskFunction(asked, pdu);
    yield* send({ kind: "taskResponse", ...this.#answer(pdu.taskTag), response, data: NOTHING });
    return asked === TASK_FUNCTION.coldReset ? "the initiator has reset the target" : undefined;
  }

  *#taskFunction(asked: number, { lun, referencedTag }: PduOf<"taskRequest">): Conversation<number> {
    const isUnits = asked !== TASK_FUNCTION.warmReset && asked !== TASK_FUNCTION.coldReset;
    if (isUnits && lun >= this.#options.units) return TASK_RESPONSE.noUnit;
    switch (asked) {
      case TASK_FUNCTION.abortTask:
        return this.#forget((task) => task.tag === referencedTag)
          ? TASK_RESPONSE.complete
          : TASK_RESPONSE.noTask;
      case TASK_FUNCTION.abortTaskSet:
      case TASK_FUNCTION.clearTaskSet:
        this.#forget((task) => task.lun === lun);
        return TASK_RESPONSE.complete;
      case TASK_FUNCTION.unitReset:
        yield* this.#resetUnit(lun);
        return TASK_RESPONSE.complete;
      case TASK_FUNCTION.warmReset:
      case TASK_FUNCTION.coldReset:
        for (let unit = 0; unit < this.#options.units; unit++) yield* this.#resetUnit(unit);
        return TASK_RESPONSE.complete;
      case TASK_FUNCTION.reassign:
        return TASK_RESPONSE.noReassignment;
      default:
        return TASK_RESPONSE.notSupported;
    }
  }

  /** Ends tasks without an answer; whether there were any. */
  #forget(isMeant: (task: Task) => boolean): boolean {
    let found = false;
    for (let index = this.#queue.length; index-- > 0;) {
      const task = this.#queue[index];
      if (task === undefined || !isMeant(task)) continue;
      this.#queue.splice(index, 1);
      found = true;
    }
    for (const task of [...this.#hung.values()].filter(isMeant)) found = this.#hung.delete(task.tag);
    return found;
  }

  /** What of a reset an initiator can see: its tasks are gone, the tray is unlocked, and a unit attention tells. */
  *#resetUnit(lun: number): Conversation<void> {
    this.#forget((task) => task.lun === lun);
    const allow = Uint8Array.of(OPCODE.preventAllowRemoval, 0, 0, 0, 0, 0);
    yield* execute(lun, { kind: "command", cdb: allow, timeoutMs: TIMEOUT_MS });
    this.#attentions.add(lun);
  }

  /** SendTargets (RFC 7143, appendix C), and the few keys that may come after the login. */
  *#answerText(pdu: PduOf<"textRequest">): Conversation<void> {
    const joined = new Uint8Array(this.#text.length + pdu.data.length);
    if (joined.length > TEXT_BYTES_MAX) throw new PduError(`Text of more than ${TEXT_BYTES_MAX} bytes`);
    joined.set(this.#text);
    joined.set(pdu.data, this.#text.length);
    const goesOn = (pdu.flags & FLAG.continue) !== 0;
    this.#text = goesOn ? joined : NOTHING;
    const answers: [string, string][] = [];
    if (!goesOn) {
      const text = parseText(joined);
      for (const [key, value] of text) {
        if (key === "SendTargets") answers.push(...this.#targets(value));
        else {
          const answer = key === "MaxRecvDataSegmentLength" ? answerTo(key, value) : "Reject";
          if (answer !== undefined) answers.push([key, answer]);
        }
      }
      this.#parameters = withAgreed(this.#parameters, { agreed: new Map(), theirs: text });
    }
    const isFinal = !goesOn && (pdu.flags & FLAG.final) !== 0;
    yield* send({
      kind: "textResponse",
      ...this.#answer(pdu.taskTag),
      flags: isFinal ? FLAG.final : 0,
      lun: 0,
      transferTag: isFinal ? NO_TAG : 0,
      data: writeText(answers),
    });
  }

  #targets(asked: string): [string, string][] {
    const { targetName, portal } = this.#options;
    if (asked !== "All" && asked !== "" && asked.toLowerCase() !== targetName.toLowerCase()) return [];
    return [["TargetName", targetName], ["TargetAddress", `${portal},1`]];
  }

  *#reject(pdu: Pdu, reason: number): Conversation<void> {
    yield* send({
      kind: "reject",
      ...this.#answer(NO_TAG),
      reason,
      dataSn: 0,
      data: writePdu(pdu).subarray(0, 48),
    });
  }

  /** What all answers have. Those without a status, an R2T and most Data-In, do not count in StatSN. */
  #answer(taskTag: number, { counts = true }: { counts?: boolean } = {}): {
    immediate: false;
    flags: number;
    taskTag: number;
    statSn: number;
    expCmdSn: number;
    maxCmdSn: number;
  } {
    const statSn = this.#statSn;
    if (counts) this.#statSn = (this.#statSn + 1) >>> 0;
    return {
      immediate: false,
      flags: FLAG.final,
      taskTag,
      statSn,
      expCmdSn: this.#expCmdSn,
      maxCmdSn: (this.#expCmdSn + QUEUE_MAX - this.#queue.length - 1) >>> 0,
    };
  }
}

/** INQUIRY at a unit that there is not: peripheral qualifier 3, type 1Fh (SPC-4). */
const NO_UNIT_INQUIRY: Uint8Array = (() => {
  const bytes = new Uint8Array(36).fill(0x20, 8);
  bytes.set([0x7f, 0, 0x05, 0x02, 31]);
  return bytes;
})();

function commandOf({ cdb, writes, reads, data, expectedBytes }: Task): CommandRequest {
  const common = { kind: "command", cdb, timeoutMs: TIMEOUT_MS } as const;
  if (writes) return { ...common, dataOut: data };
  return reads ? { ...common, dataInBytes: expectedBytes } : common;
}

/** Length of a CDB by its group code (SPC-4). */
function cdbBytes(opcode: number): number {
  return [6, 10, 10, 16, 16, 12, 16, 16][opcode >> 5] ?? 16;
}

/** REPORT LUNS' data (SPC-4). */
function lunList(units: number): Uint8Array {
  const bytes = new Uint8Array(8 + units * 8);
  setUint32(bytes, 0, units * 8);
  for (let lun = 0; lun < units; lun++) setUint16(bytes, 8 + lun * 8, lun < 0x100 ? lun : 0x4000 | lun);
  return bytes;
}

/** How far data and expectation differ (RFC 7143, 11.4.5). */
function residualOf(bytes: number, wanted: number): { flags: number; bytes: number } {
  if (bytes === wanted) return { flags: 0, bytes: 0 };
  return bytes < wanted
    ? { flags: FLAG.underflow, bytes: wanted - bytes }
    : { flags: FLAG.overflow, bytes: bytes - wanted };
}

/** Sense data behind its length (RFC 7143, 11.4.7). */
function senseSegment(sense: Uint8Array): Uint8Array {
  if (sense.length === 0) return NOTHING;
  const bytes = new Uint8Array(2 + sense.length);
  setUint16(bytes, 0, sense.length);
  bytes.set(sense, 2);
  return bytes;
}
