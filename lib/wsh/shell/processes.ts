/**
 * The processes that a script started, seen from the script's thread: every call blocks until it is answered.
 *
 * @module
 */
import { AutomationError, Interrupted } from "../../automation/errors.ts";
import type { InterruptFlag } from "../../platform/interrupt.ts";
import { type SideThread, startThread } from "../../platform/side_thread.ts";
import type { OpenResource, OpenResources } from "../open_resources.ts";
import {
  ANSWER_BYTES_MAX,
  ANSWER_CELL,
  ANSWER_OFFSET,
  type ProcessAnswer,
  type ProcessRequest,
  type StartSpec,
} from "./process_protocol.ts";

/** Win32 errors as HRESULTs. */
const HRESULT = {
  "not found": [0x80070002, "The system cannot find the file specified"],
  denied: [0x80070005, "Access is denied"],
  "not permitted": [70, "Permission denied"],
  "broken pipe": [0x800700e8, "The pipe is being closed"],
  "no program": [0x800700c1, "This is not a valid application"],
  other: [0x8007001f, "A device attached to the system is not functioning"],
} as const;

/** How long the end of a script waits for its processes; its supervisor waits little longer. */
const END_MS = 1500;

/** How often a wait looks whether the script shall end. */
const POLL_MS = 50;

/** One process. */
export interface ScriptProcess {
  readonly pid: number;
  /** Waits for its end. */
  wait(): number;
  /** Its exit code; undefined while it runs. */
  readonly exitCode: number | undefined;
  /** Waits for some bytes of its output; 0 at the end. */
  read(stream: "stdout" | "stderr", target: Uint8Array): number;
  write(bytes: Uint8Array): void;
  closeInput(): void;
  kill(): void;
}

/** Starts processes and talks to them; their thread starts with the first of them. */
export class Processes implements OpenResource {
  readonly #interrupt: InterruptFlag;
  readonly #resources: OpenResources;
  #thread: SideThread | undefined;
  readonly #answers = new SharedArrayBuffer(ANSWER_OFFSET + ANSWER_BYTES_MAX);
  readonly #cells = new Int32Array(this.#answers, 0, ANSWER_OFFSET / 4);
  #sequence = 0;
  #lastId = 0;

  /** @param resources where the processes are registered, so that they end with a script that is ended. */
  constructor(interrupt: InterruptFlag, resources: OpenResources) {
    this.#interrupt = interrupt;
    this.#resources = resources;
  }

  flush(): void {
    // What is written to a process is on its way at once.
  }

  /**
   * At the end of a script. One that was ended takes its processes with it; else those of `Exec` may go on, but what they
   * were given to read is not cut off, and our own command lines, which run in this process, come to their end.
   */
  close(): void {
    if (this.#thread === undefined) return;
    try {
      if (!this.#interrupt.raised) this.#call({ kind: "finishAll" });
    } catch (error) {
      if (!(error instanceof Interrupted)) throw error;
    }
    if (this.#interrupt.raised) this.#call({ kind: "endAll" }, END_MS);
    this.#thread.end();
    this.#thread = undefined;
  }

  /**
   * Starts something.
   *
   * @throws AutomationError 0x80070002 when there is no such program, 70 when Deno's permissions forbid it.
   */
  start(spec: StartSpec): ScriptProcess {
    const id = ++this.#lastId;
    const started = this.#ask({ kind: "start", id, spec });
    const status = (kind: "wait" | "status"): number | undefined => {
      const answer = this.#ask({ kind, id });
      return answer.kind === "status" ? answer.exitCode : undefined;
    };
    let exitCode: number | undefined;
    return {
      pid: started.kind === "started" ? started.pid : 0,
      wait: () => (exitCode ??= status("wait"))!,
      get exitCode() {
        return exitCode ??= status("status");
      },
      read: (stream, target) => {
        const bytes = this.#call({ kind: "read", id, stream, bytesMax: target.length });
        if (!(bytes instanceof Uint8Array)) throw failure(bytes);
        target.set(bytes);
        return bytes.length;
      },
      write: (bytes) => void this.#ask({ kind: "write", id, bytes: bytes.slice() }),
      closeInput: () => {
        // At the end of the script all inputs have been closed together.
        if (this.#thread !== undefined) this.#ask({ kind: "closeInput", id });
      },
      kill: () => void this.#ask({ kind: "kill", id }),
    };
  }

  #ask(request: ProcessRequest): ProcessAnswer {
    const answer = this.#call(request);
    if (answer instanceof Uint8Array || answer.kind === "failed") throw failure(answer);
    return answer;
  }

  /**
   * Sends a request and blocks until it is answered. Throws Interrupted when the script shall end, or, with a limit, waits
   * that long whatever happens.
   */
  #call(request: ProcessRequest, limitMs?: number): ProcessAnswer | Uint8Array {
    const sequence = ++this.#sequence;
    this.#started().postMessage({ sequence, request });
    for (let waitedMs = 0;; waitedMs += POLL_MS) {
      const seen = Atomics.load(this.#cells, ANSWER_CELL.sequence);
      if (seen === sequence) break;
      Atomics.wait(this.#cells, ANSWER_CELL.sequence, seen, POLL_MS);
      if (limitMs === undefined) this.#interrupt.check();
      else if (waitedMs > limitMs) return { kind: "done" };
    }
    const bytes = new Uint8Array(this.#answers, ANSWER_OFFSET, Atomics.load(this.#cells, ANSWER_CELL.length));
    if (Atomics.load(this.#cells, ANSWER_CELL.isStream) === 1) return bytes;
    return JSON.parse(new TextDecoder().decode(bytes.slice())) as ProcessAnswer;
  }

  #started(): SideThread {
    if (this.#thread === undefined) {
      this.#resources.add(this);
      this.#thread = startThread(new URL("./process_thread.ts", import.meta.url));
      this.#thread.postMessage({ answers: this.#answers, interrupt: this.#interrupt.cells.buffer });
    }
    return this.#thread;
  }
}

function failure(answer: ProcessAnswer | Uint8Array): AutomationError {
  const failed = !(answer instanceof Uint8Array) && answer.kind === "failed" ? answer : undefined;
  const [number, message] = HRESULT[failed?.code ?? "other"];
  return new AutomationError(number, failed === undefined ? message : `${message}: ${failed.message}`);
}
