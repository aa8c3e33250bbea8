/** Where commands read from and write to. @module */
import { writeBytes } from "../../../platform/console.ts";
import type { ByteQueue } from "../byte_queue.ts";
import type { StreamPlace } from "../process_protocol.ts";

/** What a command writes to. */
export interface Sink {
  /** How a program that is started can have it as its own; undefined when it must be copied to. */
  readonly place: { readonly stdout?: StreamPlace; readonly stderr?: StreamPlace };
  /** What ends a line there. */
  readonly lineEnd: string;
  /** Writes bytes; false when nobody reads them any more. */
  write(bytes: Uint8Array): Promise<boolean>;
}

/** What a command reads from. */
export interface Source {
  readonly place: StreamPlace;
  /** Waits until there is something, or the end. */
  ready(): Promise<void>;
  /** What there is; none at the end. */
  take(): Uint8Array;
}

const CHUNK_BYTES = 64 * 1024;

/** `nul`, for writing. */
export const NULL_SINK: Sink = {
  place: { stdout: "null", stderr: "null" },
  lineEnd: "\n",
  write: () => Promise.resolve(true),
};

/** `nul`, for reading. */
export const NULL_SOURCE: Source = {
  place: "null",
  ready: () => Promise.resolve(),
  take: () => new Uint8Array(),
};

/** The standard stream of the program that runs the script. */
export function inheritedSink(to: "stdout" | "stderr"): Sink {
  return {
    place: { [to]: "inherit" },
    lineEnd: "\n",
    write: (bytes) => {
      writeBytes(to, bytes);
      return Promise.resolve(true);
    },
  };
}

/** A queue that something else reads. */
export function queueSink(queue: ByteQueue): Sink {
  return { place: {}, lineEnd: "\n", write: (bytes) => queue.push(bytes) };
}

/** A file. Its lines end as Windows ends them. */
export function fileSink(file: Deno.FsFile): Sink {
  return {
    place: {},
    lineEnd: "\r\n",
    write: async (bytes) => {
      for (let done = 0; done < bytes.length;) done += await file.write(bytes.subarray(done));
      return true;
    },
  };
}

/** A queue that something else fills. */
export function queueSource(queue: ByteQueue): Source {
  return { place: "piped", ready: () => queue.ready(), take: () => queue.take(CHUNK_BYTES) };
}

/** A file, or the standard input of the program that runs the script. */
export function fileSource(
  file: { readSync(target: Uint8Array): number | null },
  place: StreamPlace = "piped",
): Source {
  return {
    place,
    ready: () => Promise.resolve(),
    take: () => {
      const bytes = new Uint8Array(CHUNK_BYTES);
      return bytes.subarray(0, file.readSync(bytes) ?? 0);
    },
  };
}
