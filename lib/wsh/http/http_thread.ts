/** The thread that a script's HTTP requests live on, since the script's own blocks while it waits for them. @module */
import { serveThread } from "../../platform/side_thread.ts";
import {
  CELL,
  CELL_COUNT,
  type HttpFailure,
  type HttpHead,
  type HttpMessage,
  type HttpSpec,
  PHASE,
} from "./protocol.ts";

interface Entry {
  readonly cells: Int32Array;
  readonly controller: AbortController;
  head: Uint8Array;
  body: Uint8Array;
}

const entries = new Map<number, Entry>();
const NOTHING = new Uint8Array(0);

serveThread((message: HttpMessage) => {
  if (message.kind === "start") {
    const entry: Entry = {
      cells: new Int32Array(message.cells, 0, CELL_COUNT),
      controller: new AbortController(),
      head: NOTHING,
      body: NOTHING,
    };
    entries.set(message.id, entry);
    void serve(entry, message.spec);
    return;
  }
  const entry = entries.get(message.id);
  if (entry === undefined) return;
  entries.delete(message.id);
  if (message.kind === "abort") return entry.controller.abort("aborted");
  const target = new Uint8Array(message.target);
  target.set(entry.head);
  target.set(entry.body, entry.head.length);
  Atomics.store(entry.cells, CELL.copied, 1);
  Atomics.notify(entry.cells, CELL.copied);
});

async function serve(entry: Entry, spec: HttpSpec): Promise<void> {
  try {
    await receive(entry, spec);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    finish(entry, { kind: "failed", why: failureOf(error), message }, PHASE.failed);
  }
}

async function receive(entry: Entry, spec: HttpSpec): Promise<void> {
  const { controller } = entry;
  using patience = new Patience(spec.timeoutMs, () => controller.abort("timeout"));
  using client = spec.proxy && Deno.createHttpClient({ proxy: spec.proxy });
  const response = await fetch(spec.url, {
    ...(client === undefined ? {} : { client }),
    method: spec.method,
    headers: spec.headers.map(([name, value]): [string, string] => [name, value]),
    ...(spec.body === undefined ? {} : { body: spec.body as Uint8Array<ArrayBuffer> }),
    redirect: spec.followsRedirects ? "follow" : "manual",
    signal: controller.signal,
  });
  setPhase(entry, PHASE.headers);
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of response.body ?? []) {
    patience.renew();
    setPhase(entry, PHASE.loading);
    pieces.push(piece);
    length += piece.length;
  }
  entry.body = new Uint8Array(length);
  let end = 0;
  for (const piece of pieces) {
    entry.body.set(piece, end);
    end += piece.length;
  }
  finish(entry, {
    kind: "answer",
    status: response.status,
    statusText: response.statusText,
    headers: [...response.headers],
    url: response.url,
  }, PHASE.done);
}

function finish(entry: Entry, head: HttpHead, phase: number): void {
  entry.head = new TextEncoder().encode(JSON.stringify(head));
  Atomics.store(entry.cells, CELL.headBytes, entry.head.length);
  Atomics.store(entry.cells, CELL.bodyBytes, entry.body.length);
  setPhase(entry, phase);
}

function setPhase({ cells }: Entry, phase: number): void {
  Atomics.store(cells, CELL.phase, phase);
  Atomics.notify(cells, CELL.phase);
}

function failureOf(error: unknown): HttpFailure {
  if (error === "timeout" || error === "aborted") return error;
  if (error instanceof Deno.errors.NotCapable) return "not permitted";
  const message = error instanceof Error ? `${error.message} ${error.cause ?? ""}` : "";
  if (/certificate|tls/i.test(message)) return "certificate";
  if (/requests to port \d+ are blocked/i.test(message)) return "blocked port";
  // fetch tells a refused connection from a bad argument by nothing but its words.
  return /sending request|connect|dns|connection/i.test(message) ? "cannot connect" : "bad request";
}

/** Says after a while that nothing happened. */
class Patience implements Disposable {
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(readonly durationMs: number, readonly onEnd: () => void) {
    this.renew();
  }

  renew(): void {
    clearTimeout(this.#timer);
    if (this.durationMs > 0) this.#timer = setTimeout(this.onEnd, this.durationMs);
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
  }
}
