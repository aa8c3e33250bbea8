/** Programs while they run, on the thread of their own. @module */
import { descendantsOf, isRunning, signalAll } from "../../platform/process_tree.ts";
import { noteTouched } from "../../platform/touched.ts";
import { ByteQueue } from "./byte_queue.ts";
import type { ProgramSpec } from "./process_protocol.ts";

/** Something that was started. */
export interface Running {
  readonly pid: number;
  /** What it has written; undefined for a stream that is not piped. */
  readonly stdout: ByteQueue | undefined;
  readonly stderr: ByteQueue | undefined;
  readonly exitCode: Promise<number>;
  /** Gives it bytes to read; false when it reads no more. */
  write(bytes: Uint8Array): boolean;
  closeInput(): void;
  /** Closes its input and waits for what must not be cut off: input that it has not read yet, or a command line of ours. */
  finish(): Promise<void>;
  /** Ends it with all that it started: politely, and by force if it has not gone after `patienceMs`. */
  kill(patienceMs: number): Promise<void>;
}

/** Starts a program. `limit` bounds how much of its output waits to be read. */
export function startProgram(spec: ProgramSpec, limit = Infinity): Running {
  noteTouched("run", spec.program);
  const child = new Deno.Command(spec.program, {
    args: [...spec.args],
    cwd: spec.cwd,
    env: { ...spec.env },
    stdin: spec.stdin,
    stdout: spec.stdout,
    stderr: spec.stderr,
    windowsRawArguments: spec.rawArgs ?? false,
    detached: spec.detached ?? false,
  }).spawn();
  if (spec.detached) child.unref();
  const stdout = spec.stdout === "piped" ? collect(child.stdout, limit) : undefined;
  const stderr = spec.stderr === "piped" ? collect(child.stderr, limit) : undefined;
  const input = spec.stdin === "piped" ? new InputWriter(child.stdin) : undefined;
  let hasEnded = false;
  const exitCode = child.status.then(({ code }) => {
    hasEnded = true;
    input?.close();
    return code;
  });
  return {
    pid: child.pid,
    stdout,
    stderr,
    exitCode,
    write: (bytes) => input?.write(bytes) ?? false,
    closeInput: () => input?.close(),
    finish: async () => {
      input?.close();
      await Promise.race([input?.closed, exitCode]);
    },
    kill: async (patienceMs) => {
      if (hasEnded) return;
      const end = (name: Deno.Signal): void => {
        try {
          if (!hasEnded) child.kill(name);
        } catch {
          return; // it has ended meanwhile
        }
      };
      if (Deno.build.os === "windows") {
        // There killing a tree is one command, and nothing ends politely.
        const args = ["/T", "/F", "/PID", String(child.pid)];
        await new Deno.Command("taskkill", { args, stdin: "null" }).output().catch(() => end("SIGKILL"));
        await exitCode;
        return;
      }
      const descendants = await descendantsOf(child.pid);
      signalAll(descendants, "SIGTERM");
      end("SIGTERM");
      const lastMs = performance.now() + patienceMs;
      while ((!hasEnded || descendants.some(isRunning)) && performance.now() < lastMs) {
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      signalAll(descendants.filter(isRunning), "SIGKILL");
      end("SIGKILL");
      await exitCode;
    },
  };
}

/** Reads a stream to its end into a queue. */
function collect(stream: ReadableStream<Uint8Array>, limit: number): ByteQueue {
  const queue = new ByteQueue(limit);
  const pump = async (): Promise<void> => {
    const reader = stream.getReader();
    try {
      for (;;) {
        const { done, value } = await reader.read();
        if (done) break;
        if (!await queue.push(value)) {
          await reader.cancel(); // the program finds its pipe broken
          break;
        }
      }
    } finally {
      queue.end();
    }
  };
  // A pipe that breaks ends like one that is closed.
  pump().catch(() => {});
  return queue;
}

/** Writes into a program's standard input, however slowly that is read. */
class InputWriter {
  readonly #writer: WritableStreamDefaultWriter<Uint8Array>;
  #last: Promise<void> = Promise.resolve();
  readonly #closed = Promise.withResolvers<void>();
  #isClosed = false;

  constructor(stream: WritableStream<Uint8Array>) {
    this.#writer = stream.getWriter();
  }

  write(bytes: Uint8Array): boolean {
    if (this.#isClosed) return false;
    this.#last = this.#last.then(() => this.#writer.write(bytes)).catch(() => {
      this.#isClosed = true;
    });
    return true;
  }

  /** Once all that was written has been read, or nobody reads any more. */
  get closed(): Promise<void> {
    return this.#closed.promise;
  }

  close(): void {
    if (this.#isClosed) return this.#closed.resolve();
    this.#isClosed = true;
    this.#last.then(() => this.#writer.close()).catch(() => {}).finally(() => this.#closed.resolve());
  }
}
