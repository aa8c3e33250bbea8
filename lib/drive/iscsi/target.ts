/**
 * An iSCSI target on a TCP port: each transport is a logical unit of it, so that programs that know nothing of us drive
 * virtual recorders, QEMU's guests among them.
 *
 * @module
 */
import type { CommandRequest, Reply } from "../../mmc/request.ts";
import type { Transport } from "../transport.ts";
import { Connection } from "./connection.ts";
import type { Answer, Login, Step } from "./conversation.ts";
import { LoginRefused } from "./login.ts";
import { PduError } from "./pdu.ts";
import { targetSession } from "./session.ts";
import { RECEIVE_BYTES_MAX } from "./text.ts";

/** What a target is made of. */
export interface TargetOptions {
  /** Address to listen on. There is no authentication: whoever reaches it may burn. */
  readonly hostname: string;
  /** Port; 0 for any that is free. */
  readonly port: number;
  /** The target's iSCSI name. */
  readonly name: string;
  /** Unit 0, unit 1 and so on. They stay open, and are the caller's to close. */
  readonly units: readonly Transport[];
  /** Hears who comes and goes, and what went wrong. */
  readonly onLog?: (message: string) => void;
}

/** A target that listens. Disposing of it ends its sessions; a command that runs is finished first. */
export interface IscsiTarget extends AsyncDisposable {
  /** Where it listens, the port that was found included. */
  readonly address: Deno.NetAddr;
}

/** More than the programs of one computer need. */
const CONNECTIONS_MAX = 64;

/** Who does not log in within this time is in the way of others. */
const LOGIN_TIMEOUT_MS = 15_000;

/** Starts to listen; throws what Deno.listen throws. */
export function startTarget(options: TargetOptions): IscsiTarget {
  return new Target(options);
}

class Target implements IscsiTarget {
  readonly address: Deno.NetAddr;
  readonly #options: TargetOptions;
  readonly #listener: Deno.TcpListener;
  readonly #units: readonly Unit[];
  readonly #sockets: Set<Deno.TcpConn> = new Set();
  /** Sessions by initiator: who logs in anew has lost the old one (RFC 7143, 6.3.5). */
  readonly #sessions: Map<string, Deno.TcpConn> = new Map();
  readonly #served: Set<Promise<void>> = new Set();
  readonly #accepting: Promise<void>;
  #lastTsih = 0;

  constructor(options: TargetOptions) {
    this.#options = options;
    this.#units = options.units.map((transport) => new Unit(transport));
    this.#listener = Deno.listen({ hostname: options.hostname, port: options.port });
    this.address = this.#listener.addr;
    this.#accepting = this.#accept();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#listener.close();
    for (const socket of this.#sockets) close(socket);
    await this.#accepting;
    await Promise.all(this.#served);
  }

  async #accept(): Promise<void> {
    for (;;) {
      let socket: Deno.TcpConn;
      try {
        socket = await this.#listener.accept();
      } catch (error) {
        // Closed by us, or the process has no file left for another connection: that passes.
        if (error instanceof Deno.errors.BadResource || error instanceof Deno.errors.Interrupted) return;
        this.#log(`A connection failed: ${messageOf(error)}`);
        await new Promise((resolve) => setTimeout(resolve, 200));
        continue;
      }
      if (this.#sockets.size >= CONNECTIONS_MAX) {
        this.#log(`${peer(socket)}: turned away, because ${CONNECTIONS_MAX} others are connected`);
        close(socket);
        continue;
      }
      const served = this.#serve(socket);
      this.#served.add(served);
      served.finally(() => this.#served.delete(served));
    }
  }

  /** One connection to its end. Whatever goes wrong in it ends it, and nothing else. */
  async #serve(socket: Deno.TcpConn): Promise<void> {
    this.#sockets.add(socket);
    const who = peer(socket);
    try {
      socket.setNoDelay(true);
      socket.setKeepAlive(true);
      this.#log(`${who}: ${await this.#converse(socket)}`);
    } catch (error) {
      this.#log(`${who}: ${reasonOf(error)}`);
    } finally {
      this.#sockets.delete(socket);
      for (const [key, other] of this.#sessions) if (other === socket) this.#sessions.delete(key);
      close(socket);
    }
  }

  async #converse(socket: Deno.TcpConn): Promise<string> {
    const connection = new Connection(socket, RECEIVE_BYTES_MAX);
    const session = targetSession({
      targetName: this.#options.name,
      units: this.#units.length,
      portal: formatAddress(socket.localAddr as Deno.NetAddr),
      tsih: this.#nextTsih(),
    });
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      close(socket);
    }, LOGIN_TIMEOUT_MS);
    try {
      let step = session.next();
      while (!step.done) {
        const request: Step = step.value;
        let answer: Answer;
        switch (request.kind) {
          case "receive": {
            const pdu = await connection.read();
            if (pdu === undefined) return "the initiator has ended the connection";
            answer = { pdu };
            break;
          }
          case "send":
            await connection.write(request.pdu);
            break;
          case "execute":
            answer = { reply: await this.#execute(request.lun, request.command) };
            break;
          case "loggedIn":
            clearTimeout(timer);
            this.#welcome(request.login, socket);
            break;
        }
        step = session.next(answer);
      }
      return step.value;
    } catch (error) {
      if (late) throw new PduError(`No login within ${LOGIN_TIMEOUT_MS / 1000} seconds`, { cause: error });
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }

  async #execute(lun: number, command: CommandRequest): Promise<Reply> {
    const unit = this.#units[lun];
    if (unit === undefined) throw new TypeError(`There is no unit ${lun}`);
    try {
      return await unit.execute(command);
    } catch (error) {
      // A disc whose file cannot be written, say. The session goes on: an initiator whose session ends tries again
      // without end, one that is told of a failure gives up.
      this.#log(`Unit ${lun} failed: ${messageOf(error)}`);
      return { status: 0, sense: new Uint8Array(0), dataIn: new Uint8Array(0), transport: "gone" };
    }
  }

  #welcome({ initiatorName, isid, sessionType }: Login, socket: Deno.TcpConn): void {
    const what = sessionType === "Normal" ? "logged in" : "asks which targets there are";
    this.#log(`${peer(socket)}: ${initiatorName} ${what}`);
    if (sessionType === "Discovery") return;
    const key = `${initiatorName}#${isid}`;
    const before = this.#sessions.get(key);
    this.#sessions.set(key, socket);
    if (before !== undefined) close(before);
  }

  #nextTsih(): number {
    this.#lastTsih = this.#lastTsih % 0xffff + 1;
    return this.#lastTsih;
  }

  #log(message: string): void {
    this.#options.onLog?.(message);
  }
}

/** A logical unit: one command at a time, whichever session it is of. */
class Unit {
  readonly #transport: Transport;
  #last: Promise<unknown> = Promise.resolve();

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  execute(command: CommandRequest): Promise<Reply> {
    const reply = this.#last.then(async () => {
      const found = await this.#transport.executeAsync(command);
      // A transport's data is valid until its next command, which may be another session's.
      return { ...found, dataIn: found.dataIn.slice() };
    });
    this.#last = reply.catch(() => {});
    return reply;
  }
}

/** `127.0.0.1:3260`, `[::1]:3260`. */
export function formatAddress({ hostname, port }: Deno.NetAddr): string {
  return hostname.includes(":") ? `[${hostname}]:${port}` : `${hostname}:${port}`;
}

function peer(socket: Deno.TcpConn): string {
  return formatAddress(socket.remoteAddr as Deno.NetAddr);
}

function close(socket: Deno.TcpConn): void {
  try {
    socket.close();
  } catch (error) {
    if (!(error instanceof Deno.errors.BadResource)) throw error;
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof PduError) return `the session was ended: ${error.message}`;
  if (error instanceof LoginRefused) return `the login was refused: ${error.message}`;
  if (error instanceof Deno.errors.BadResource || error instanceof Deno.errors.Interrupted) {
    return "the connection was closed";
  }
  return `the connection failed: ${messageOf(error)}`;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
