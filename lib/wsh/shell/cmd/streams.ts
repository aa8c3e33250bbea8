/** Where commands read from and write to. @module */
import { writeBytes } from "../../../platform/console.ts";
import { ByteQueue } from "../byte_queue.ts";
import type { StreamPlace } from "../process_protocol.ts";

/** The three streams of a command. */
export interface Streams {
  readonly stdin: Source;
  readonly stdout: Sink;
  readonly stderr: Sink;
}

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
  /** What there is, up to a maximum; none at the end. */
  take(bytesMax?: number): Uint8Array;
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
  return {
    place: "piped",
    ready: () => queue.ready(),
    take: (bytesMax = CHUNK_BYTES) => queue.take(bytesMax),
  };
}

/** The standard input of the program that runs the script. A person may take long: nothing else waits meanwhile. */
export function inheritedSource(): Source {
  if (!Deno.stdin.isTerminal()) return { ...fileSource(Deno.stdin), place: "inherit" };
  let typed = new Uint8Array();
  return {
    place: "inherit",
    ready: async () => {
      if (typed.length > 0) return;
      const line = new Uint8Array(CHUNK_BYTES);
      typed = line.subarray(0, await Deno.stdin.read(line) ?? 0);
    },
    take: (bytesMax = CHUNK_BYTES) => {
      const taken = typed.subarray(0, bytesMax);
      typed = typed.subarray(taken.length);
      return taken;
    },
  };
}

/** A file. */
export function fileSource(file: { readSync(target: Uint8Array): number | null }): Source {
  return {
    place: "piped",
    ready: () => Promise.resolve(),
    take: (bytesMax = CHUNK_BYTES) => {
      const bytes = new Uint8Array(bytesMax);
      return bytes.subarray(0, file.readSync(bytes) ?? 0);
    },
  };
}

/** The next line, without its end, and nothing behind it; undefined at the end. */
export async function readLine(source: Source): Promise<string | undefined> {
  const bytes: number[] = [];
  for (;;) {
    await source.ready();
    const byte = source.take(1)[0];
    if (byte === undefined && bytes.length === 0) return undefined;
    if (byte === undefined || byte === LINE_FEED) break;
    bytes.push(byte);
  }
  return new TextDecoder().decode(Uint8Array.from(bytes)).replace(/\r$/, "");
}

/** The lines that come in, until there are no more. What is not asked for yet is left to the programs in between. */
export async function* linesFrom(source: Source): AsyncGenerator<string> {
  for (let line; (line = await readLine(source)) !== undefined;) yield line;
}

/** All that comes in. */
export async function readAll(source: Source): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for (;;) {
    await source.ready();
    const bytes = source.take();
    if (bytes.length === 0) return await new Blob(parts as BlobPart[]).bytes();
    parts.push(bytes.slice());
  }
}

/** All that something writes while it runs. */
export async function collected(run: (stdout: Sink) => Promise<unknown>): Promise<Uint8Array> {
  const queue = new ByteQueue();
  const ended = run(queueSink(queue)).finally(() => queue.end());
  const [bytes] = await Promise.all([readAll(queueSource(queue)), ended]);
  return bytes;
}

const LINE_FEED = 10;
