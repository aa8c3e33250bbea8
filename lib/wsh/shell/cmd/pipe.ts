/** `a | b`: all parts at once, each reading what the one before it writes. @module */
import { ByteQueue } from "../byte_queue.ts";
import { queueSink, queueSource, type Streams } from "./streams.ts";
import type { CommandNode } from "./tree.ts";

/** How much waits between two parts. */
const PIPE_BYTES = 1024 * 1024;

/** Runs the parts of a pipe, each by `run`; gives the exit code of the last. */
export async function runPipe(
  parts: readonly CommandNode[],
  streams: Streams,
  run: (part: CommandNode, streams: Streams) => Promise<number>,
): Promise<number> {
  const queues = parts.slice(1).map(() => new ByteQueue(PIPE_BYTES));
  const codes = await Promise.all(parts.map(async (part, index) => {
    const output = queues[index];
    const input = queues[index - 1];
    try {
      return await run(part, {
        stdin: input === undefined ? streams.stdin : queueSource(input),
        stdout: output === undefined ? streams.stdout : queueSink(output),
        stderr: streams.stderr,
      });
    } finally {
      output?.end();
      input?.abandon();
    }
  }));
  return codes.at(-1)!;
}
