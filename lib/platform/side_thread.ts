/**
 * Threads that go on working while the one that uses them is blocked.
 *
 * @module
 */
import { nodeModule } from "./node_module.ts";

/** A thread that was started, seen from the thread that uses it. */
export interface SideThread {
  postMessage(message: unknown): void;
  end(): void;
}

/** A thread that shall be started: its module, and where it hears. */
export interface ThreadStart {
  readonly module: string;
  readonly port: MessagePort;
}

let startElsewhere: ((start: ThreadStart) => void) | undefined;

/** Hands over the starting of threads: one that a worker of Deno's starts takes a second to come up, others 20 ms. */
export function startThreadsBy(start: (start: ThreadStart) => void): void {
  startElsewhere = start;
}

/** Starts a module that calls {@linkcode serveThread}; a program ends without waiting for it. */
export function startThread(module: URL): SideThread {
  const { port1, port2 } = new MessageChannel();
  const postMessage = (message: unknown): void => port1.postMessage(message);
  if (startElsewhere !== undefined) {
    startElsewhere({ module: module.href, port: port2 });
    return { postMessage, end: () => port1.close() };
  }
  const { Worker } = nodeModule("node:worker_threads");
  const worker = new Worker(module, { env: {} }); // or Deno would read every variable to hand them over
  worker.unref(); // which Deno's own workers cannot be
  worker.postMessage(port2, [port2 as unknown as ArrayBuffer]);
  return {
    postMessage,
    end: () => {
      port1.close();
      void worker.terminate();
    },
  };
}

/** Starts what another thread has asked for. */
export function startAskedThread({ module, port }: ThreadStart): Worker {
  const worker = new Worker(module, { type: "module" });
  worker.postMessage(port, [port]);
  return worker;
}

/** On a thread that was started: hears what it is sent. */
export function serveThread<T>(onMessage: (message: T) => void): void {
  const serve = (port: MessagePort): void => {
    port.onmessage = ({ data }) => onMessage(data);
  };
  const { self } = globalThis as { self?: EventTarget };
  if (self === undefined) nodeModule("node:worker_threads").parentPort!.once("message", serve);
  else self.addEventListener("message", (event) => serve((event as MessageEvent).data), { once: true });
}
