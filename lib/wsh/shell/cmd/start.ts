/** A command line of ours that looks like a program from outside, except that its process is this one. @module */
import { ByteQueue } from "../byte_queue.ts";
import type { CommandSpec } from "../process_protocol.ts";
import type { Running } from "../running.ts";
import { Interpreter } from "./interpreter.ts";
import {
  inheritedSink,
  inheritedSource,
  NULL_SINK,
  NULL_SOURCE,
  queueSink,
  queueSource,
  type Sink,
} from "./streams.ts";

/** Starts a command line. */
export function startCommand(spec: CommandSpec): Running {
  const queueFor = (name: "stdin" | "stdout" | "stderr"): ByteQueue | undefined =>
    spec[name] === "piped" ? new ByteQueue() : undefined;
  const [stdin, stdout, stderr] = [queueFor("stdin"), queueFor("stdout"), queueFor("stderr")];
  const sink = (queue: ByteQueue | undefined, to: "stdout" | "stderr"): Sink =>
    queue !== undefined ? queueSink(queue) : spec[to] === "inherit" ? inheritedSink(to) : NULL_SINK;
  const interpreter = new Interpreter(spec);
  let isInputOpen = stdin !== undefined;
  const exitCode = interpreter.run(spec.line, {
    stdin: stdin !== undefined
      ? queueSource(stdin)
      : spec.stdin === "inherit"
      ? inheritedSource()
      : NULL_SOURCE,
    stdout: sink(stdout, "stdout"),
    stderr: sink(stderr, "stderr"),
  }).finally(() => {
    isInputOpen = false;
    stdout?.end();
    stderr?.end();
    stdin?.abandon();
  });
  return {
    pid: Deno.pid,
    stdout,
    stderr,
    exitCode,
    write: (bytes) => {
      if (isInputOpen) void stdin!.push(bytes);
      return isInputOpen;
    },
    closeInput: () => {
      isInputOpen = false;
      stdin?.end();
    },
    finish: async () => {
      stdin?.end();
      await exitCode;
    },
    kill: (patienceMs) => interpreter.session.kill(patienceMs),
  };
}
