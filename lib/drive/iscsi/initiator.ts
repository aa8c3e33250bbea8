/**
 * An iSCSI initiator as a {@linkcode Transport}: a recorder at the other end of a TCP connection, anybody's, takes our
 * commands. One session, one connection, one command at a time (RFC 7143).
 *
 * @module
 */
import type { CommandRequest, Reply } from "../../mmc/request.ts";
import { uint16 } from "../../mmc/bytes.ts";
import type { Transport } from "../transport.ts";
import { Connection } from "./connection.ts";
import { FLAG, NO_TAG, type Pdu, PduError, type PduOf } from "./pdu.ts";
import {
  DEFAULT_PARAMETERS,
  parseText,
  RECEIVE_BYTES_MAX,
  type SessionParameters,
  withAgreed,
  writeText,
} from "./text.ts";

/** A logical unit of a target, as `iscsi://HOST[:PORT]/TARGET/LUN` names it. */
export interface IscsiUrl {
  readonly hostname: string;
  readonly port: number;
  readonly targetName: string;
  readonly lun: number;
}

const PORT = 3260;
const NOTHING = new Uint8Array(0);
const TASK_FUNCTION_ABORT = 1;
/** How long an initiator waits for its request to abort a command to be answered. */
const ABORT_TIMEOUT_MS = 10_000;

/**
 * Reads an iSCSI URL.
 *
 * @throws RangeError when it has another form.
 */
export function parseIscsiUrl(text: string): IscsiUrl {
  const found = /^iscsi:\/\/(\[[^\]]+\]|[^/:@]+)(?::(\d{1,5}))?\/([^/]+)\/(\d{1,5})$/.exec(text);
  const [, host, port, targetName, lun] = found ?? [];
  if (host === undefined || targetName === undefined || lun === undefined) {
    throw new RangeError(`An iSCSI URL has the form iscsi://HOST[:PORT]/TARGET/LUN, but this is "${text}"`);
  }
  return {
    hostname: host.replace(/^\[(.*)\]$/, "$1"),
    port: port === undefined ? PORT : Number(port),
    targetName,
    lun: Number(lun),
  };
}

/** Connects and logs in; the transport can be used with the asynchronous runner alone. */
export async function openIscsi(
  url: IscsiUrl,
  { initiatorName = "iqn.2026-01.example.burnscript:initiator" }: { initiatorName?: string } = {},
): Promise<Transport> {
  const socket = await Deno.connect({ hostname: url.hostname, port: url.port });
  try {
    socket.setNoDelay(true);
    const initiator = new Initiator(socket, url.lun);
    await initiator.logIn({ initiatorName, targetName: url.targetName });
    return initiator;
  } catch (error) {
    socket.close();
    throw error;
  }
}

class Initiator implements Transport {
  readonly maxTransferBytes = 65536;
  readonly #socket: Deno.TcpConn;
  readonly #connection: Connection;
  readonly #lun: number;
  #parameters: SessionParameters = DEFAULT_PARAMETERS;
  #cmdSn = 1;
  #expStatSn = 0;
  #lastTag = 0;
  #closed = false;
  /** The connection has ended, or is not where it should be in a conversation. */
  #broken = false;
  /** The command has taken too long; its answer does not count any more. */
  #isAborting = false;
  #abortTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(socket: Deno.TcpConn, lun: number) {
    this.#socket = socket;
    this.#connection = new Connection(socket, RECEIVE_BYTES_MAX);
    this.#lun = lun;
  }

  execute(_command: CommandRequest): Reply {
    throw new Error("An iSCSI recorder cannot be used from a script that blocks");
  }

  async executeAsync(command: CommandRequest): Promise<Reply> {
    if (this.#closed) throw new Error("The iSCSI recorder was closed");
    if (this.#broken) return without("gone");
    const tag = this.#nextTag();
    const timer = setTimeout(() => this.#abort(tag), command.timeoutMs);
    try {
      return await this.#converse(command, tag);
    } catch (error) {
      if (!isConnectionError(error)) throw error;
      this.#break();
      return without("gone");
    } finally {
      clearTimeout(timer);
      clearTimeout(this.#abortTimer);
      this.#isAborting = false;
    }
  }

  [Symbol.dispose](): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#break();
  }

  #break(): void {
    if (this.#broken) return;
    this.#broken = true;
    this.#socket.close();
  }

  /** One operational stage, without authentication (RFC 7143, 6.3). */
  async logIn({ initiatorName, targetName }: { initiatorName: string; targetName: string }): Promise<void> {
    const offers: [string, string][] = [
      ["InitiatorName", initiatorName],
      ["TargetName", targetName],
      ["SessionType", "Normal"],
      ["HeaderDigest", "None"],
      ["DataDigest", "None"],
      ["MaxConnections", "1"],
      ["InitialR2T", "Yes"],
      ["ImmediateData", "Yes"],
      ["MaxRecvDataSegmentLength", String(RECEIVE_BYTES_MAX)],
      ["MaxBurstLength", "262144"],
      ["FirstBurstLength", "65536"],
      ["DefaultTime2Wait", "0"],
      ["DefaultTime2Retain", "0"],
      ["MaxOutstandingR2T", "1"],
      ["DataPDUInOrder", "Yes"],
      ["DataSequenceInOrder", "Yes"],
      ["ErrorRecoveryLevel", "0"],
    ];
    const taskTag = this.#nextTag();
    const isid = Uint8Array.of(0x80, ...crypto.getRandomValues(new Uint8Array(5))); // random type (11.12.5)
    const answers = new Map<string, string>();
    // A target may take more rounds than one to say all that it has to say.
    for (let round = 0, text = offers; round < 8; round++, text = []) {
      await this.#connection.write({
        kind: "loginRequest",
        immediate: true,
        flags: FLAG.final | (1 << 2) | 3,
        versionMax: 0,
        versionMin: 0,
        isid,
        tsih: 0,
        taskTag,
        connectionId: 0,
        cmdSn: this.#cmdSn,
        expStatSn: this.#expStatSn,
        data: writeText(text),
      });
      const pdu = await this.#receive();
      if (pdu.kind !== "loginResponse") throw new PduError(`A ${pdu.kind} PDU in the login`);
      if (pdu.status !== 0) {
        throw new Error(
          `The iSCSI target refused the login with status ${pdu.status.toString(16).padStart(4, "0")}h`,
        );
      }
      for (const [key, value] of parseText(pdu.data)) answers.set(key, value);
      if ((pdu.flags & FLAG.final) !== 0 && (pdu.flags & 3) === 3) {
        this.#parameters = withAgreed(this.#parameters, { agreed: answers, theirs: answers });
        return;
      }
    }
    throw new PduError("A login that does not end");
  }

  async #converse(command: CommandRequest, taskTag: number): Promise<Reply> {
    const { dataOut, dataInBytes = 0 } = command;
    const { immediateData, firstBurstLength, sendBytesMax } = this.#parameters;
    const immediateBytes = dataOut === undefined || !immediateData
      ? 0
      : Math.min(dataOut.length, firstBurstLength, sendBytesMax);
    const cdb = new Uint8Array(16);
    cdb.set(command.cdb);
    await this.#connection.write({
      kind: "scsiCommand",
      immediate: false,
      flags: FLAG.final | (dataOut === undefined ? 0 : FLAG.write) | (dataInBytes > 0 ? FLAG.read : 0) | 1,
      lun: this.#lun,
      taskTag,
      expectedBytes: dataOut?.length ?? dataInBytes,
      cmdSn: this.#nextCmdSn(),
      expStatSn: this.#expStatSn,
      cdb,
      data: dataOut?.subarray(0, immediateBytes) ?? NOTHING,
    });
    const dataIn = new Uint8Array(dataInBytes);
    let arrived = 0;
    for (;;) {
      const pdu = await this.#receive();
      if (pdu.kind === "taskResponse") return without("timeout");
      // A ping of the target comes with no task of ours.
      if (pdu.kind === "nopIn") {
        if (pdu.transferTag !== NO_TAG) await this.#pong(pdu);
        continue;
      }
      if (!("taskTag" in pdu) || pdu.taskTag !== taskTag) {
        throw new PduError(`A ${pdu.kind} PDU of no command`);
      }
      switch (pdu.kind) {
        case "dataIn":
          if (pdu.bufferOffset + pdu.data.length > dataInBytes) {
            throw new PduError("More data than was asked for");
          }
          dataIn.set(pdu.data, pdu.bufferOffset);
          arrived = Math.max(arrived, pdu.bufferOffset + pdu.data.length);
          if ((pdu.flags & FLAG.status) === 0) break;
          if (this.#isAborting) break;
          return { status: pdu.status, sense: NOTHING, dataIn: dataIn.subarray(0, arrived), transport: "ok" };
        case "readyToTransfer":
          await this.#sendData(pdu, dataOut ?? NOTHING);
          break;
        case "scsiResponse": {
          // The answer to the request to abort is still to come.
          if (this.#isAborting) break;
          if (pdu.response !== 0) return without("gone");
          const sense = pdu.data.length < 2 ? NOTHING : pdu.data.slice(2, 2 + uint16(pdu.data, 0));
          return { status: pdu.status, sense, dataIn: dataIn.subarray(0, arrived), transport: "ok" };
        }
        default:
          throw new PduError(`A ${pdu.kind} PDU in a command`);
      }
    }
  }

  async #sendData(asked: PduOf<"readyToTransfer">, data: Uint8Array): Promise<void> {
    const { taskTag, transferTag, lun } = asked;
    const end = asked.bufferOffset + asked.desiredBytes;
    if (end > data.length) throw new PduError("The target asks for more data than there is");
    for (let at = asked.bufferOffset, dataSn = 0; at < end; dataSn++) {
      const next = Math.min(end, at + this.#parameters.sendBytesMax);
      await this.#connection.write({
        kind: "dataOut",
        immediate: false,
        flags: next === end ? FLAG.final : 0,
        lun,
        taskTag,
        transferTag,
        expStatSn: this.#expStatSn,
        dataSn,
        bufferOffset: at,
        data: data.subarray(at, next),
      });
      at = next;
    }
  }

  async #pong({ lun, transferTag }: PduOf<"nopIn">): Promise<void> {
    await this.#connection.write({
      kind: "nopOut",
      immediate: true,
      flags: FLAG.final,
      lun,
      taskTag: NO_TAG,
      transferTag,
      cmdSn: this.#cmdSn,
      expStatSn: this.#expStatSn,
      data: NOTHING,
    });
  }

  /** The command takes too long. A target that does not even answer this is gone. */
  #abort(referencedTag: number): void {
    this.#isAborting = true;
    this.#abortTimer = setTimeout(() => this.#break(), ABORT_TIMEOUT_MS);
    const request = this.#connection.write({
      kind: "taskRequest",
      immediate: true,
      flags: FLAG.final | TASK_FUNCTION_ABORT,
      lun: this.#lun,
      taskTag: this.#nextTag(),
      referencedTag,
      cmdSn: this.#cmdSn,
      expStatSn: this.#expStatSn,
      refCmdSn: (this.#cmdSn - 1) >>> 0,
      data: NOTHING,
    });
    // The command's own conversation finds the connection broken, too.
    request.catch(() => {});
  }

  async #receive(): Promise<Pdu> {
    const pdu = await this.#connection.read();
    if (pdu === undefined) throw new PduError("The target has ended the connection");
    const counts = pdu.kind !== "readyToTransfer" &&
      !(pdu.kind === "dataIn" && (pdu.flags & FLAG.status) === 0) &&
      !(pdu.kind === "nopIn" && pdu.taskTag === NO_TAG);
    if (counts && "statSn" in pdu) this.#expStatSn = (pdu.statSn + 1) >>> 0;
    return pdu;
  }

  #nextTag(): number {
    this.#lastTag = (this.#lastTag + 1) % NO_TAG;
    return this.#lastTag;
  }

  #nextCmdSn(): number {
    const cmdSn = this.#cmdSn;
    this.#cmdSn = (this.#cmdSn + 1) >>> 0;
    return cmdSn;
  }
}

function without(transport: "gone" | "timeout"): Reply {
  return { status: 0, sense: NOTHING, dataIn: NOTHING, transport };
}

function isConnectionError(error: unknown): boolean {
  const { BadResource, BrokenPipe, ConnectionAborted, ConnectionReset, Interrupted } = Deno.errors;
  return [PduError, BadResource, BrokenPipe, ConnectionAborted, ConnectionReset, Interrupted].some((each) =>
    error instanceof each
  );
}
