/** A script's HTTP requests, seen from the script's thread. @module */
import type { InterruptFlag } from "../../platform/interrupt.ts";
import { type SideThread, startThread } from "../../platform/side_thread.ts";
import type { EventPump } from "../event_pump.ts";
import { CELL, CELL_COUNT, type HttpHead, type HttpMessage, type HttpSpec, PHASE } from "./protocol.ts";

/** How often a wait looks whether the script shall end. */
const POLL_MS = 50;

/** What came of a request. */
export interface HttpAnswer {
  readonly head: HttpHead;
  readonly body: Uint8Array;
}

/** A request that is on its way. */
export interface PendingRequest {
  /** 1 sent, 2 the head came, 3 some of the body, 4 all of it; an error is 4 too. */
  readonly readyState: number;
  /** Whether it ended within that time. */
  wait(timeoutMs: number): boolean;
  /** What came, once; waits for it. */
  take(): HttpAnswer;
  abort(): void;
}

/** Starts requests; their thread starts with the first of them. */
export class HttpRequests {
  readonly #interrupt: InterruptFlag;
  readonly #events: EventPump | undefined;
  #thread: SideThread | undefined;
  #lastId = 0;

  /** @param events tells of answers while the script sleeps. */
  constructor(interrupt: InterruptFlag, events?: EventPump) {
    this.#interrupt = interrupt;
    this.#events = events;
  }

  /** Looks at a request now and then until it is over: while the script sleeps. */
  watch(look: () => boolean): void {
    this.#events?.add(look);
  }

  /** Sends a request and does not wait. */
  start(spec: HttpSpec): PendingRequest {
    const id = ++this.#lastId;
    const memory = new SharedArrayBuffer(CELL_COUNT * 4);
    const cells = new Int32Array(memory);
    Atomics.store(cells, CELL.phase, PHASE.sent);
    this.#send({ kind: "start", id, spec, cells: memory });
    const isOver = (): boolean => Atomics.load(cells, CELL.phase) >= PHASE.done;
    const wait = (timeoutMs: number): boolean => {
      const endMs = performance.now() + timeoutMs;
      while (!isOver()) {
        const leftMs = endMs - performance.now();
        if (leftMs <= 0) return false;
        Atomics.wait(cells, CELL.phase, Atomics.load(cells, CELL.phase), Math.min(leftMs, POLL_MS));
        this.#interrupt.check();
      }
      return true;
    };
    return {
      get readyState() {
        return Math.min(Atomics.load(cells, CELL.phase), PHASE.done);
      },
      wait,
      take: () => {
        wait(Infinity);
        const [headBytes, bodyBytes] = [cells[CELL.headBytes]!, cells[CELL.bodyBytes]!];
        const target = new SharedArrayBuffer(headBytes + bodyBytes);
        this.#send({ kind: "copy", id, target });
        while (Atomics.load(cells, CELL.copied) === 0) {
          Atomics.wait(cells, CELL.copied, 0, POLL_MS);
          this.#interrupt.check();
        }
        // TextDecoder takes no shared memory.
        const bytes = new Uint8Array(target).slice();
        const head = JSON.parse(new TextDecoder().decode(bytes.subarray(0, headBytes))) as HttpHead;
        return { head, body: bytes.subarray(headBytes) };
      },
      abort: () => this.#send({ kind: "abort", id }),
    };
  }

  #send(message: HttpMessage): void {
    this.#thread ??= startThread(new URL("./http_thread.ts", import.meta.url));
    this.#thread.postMessage(message);
  }
}
