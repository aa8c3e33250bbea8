/** Opens text files, and the standard streams, as TextStreams. @module */
import { writeBytes } from "../../platform/console.ts";
import type { OpenResources } from "../open_resources.ts";
import { fileError, type ScriptingHost } from "./host.ts";
import { ANSI, encodingFor, type TextEncoding, UTF16 } from "./text_encoding.ts";
import { type TextChannel, TextStream } from "./text_stream.ts";
import { isReadOnly } from "./transfer.ts";
import { writeAll } from "../../platform/write_all.ts";

const MODE = { reading: 1, writing: 2, appending: 8 } as const;

/** How a text file is opened. */
export interface OpenTextOptions {
  /** 1 reads, 2 writes anew, 8 appends. */
  readonly mode: number;
  /** Whether a file that is missing is made. */
  readonly create: boolean;
  /** 0 ANSI, −1 UTF-16, −2 what the file is, 65001 UTF-8. */
  readonly format: number;
  /** Whether a file that is there is an error, 58. */
  readonly isNew?: boolean;
}

/** Opens a text file at a path of this system. */
export function openText(host: ScriptingHost, native: string, options: OpenTextOptions): TextStream {
  const { mode, format } = options;
  if (mode !== MODE.reading && mode !== MODE.writing && mode !== MODE.appending) {
    throw fileError(5, `a text file is opened for 1 (reading), 2 (writing) or 8 (appending), not ${mode}`);
  }
  encodingFor(format, new Uint8Array()); // refuses a bad format before the file is touched
  host.resources.flush();
  const isReading = mode === MODE.reading;
  const file = openFile(host, native, options);
  try {
    return host.attempt(native, () => {
      if (mode === MODE.writing) truncate(host, native, file);
      const head = new Uint8Array(3);
      const length = mode === MODE.writing ? 0 : file.readSync(head) ?? 0;
      const encoding = encodingFor(format, head.subarray(0, length));
      if (isReading) file.seekSync(markLength(encoding, head.subarray(0, length)), Deno.SeekMode.Start);
      else if (length === 0) writeAll(file, encoding.mark);
      const channel = isReading ? reader(host, native, file) : writer(host, native, file);
      const onWhole = (text: string): void => host.origins.remember(text, native);
      return new TextStream(channel, { encoding, resources: host.resources, onWhole });
    });
  } catch (error) {
    file.close();
    throw error;
  }
}

function openFile(
  host: ScriptingHost,
  native: string,
  { mode, create, isNew }: OpenTextOptions,
): Deno.FsFile {
  const open = (options: Deno.OpenOptions): Deno.FsFile =>
    host.attempt(native, () => Deno.openSync(native, options));
  if (mode === MODE.reading) {
    // Reading asks for no permission to write, unless there is a file to be made.
    if (create && host.find(native) === undefined) open({ write: true, create: true }).close();
    return open({ read: true });
  }
  if (mode === MODE.appending) return open({ read: true, append: true, create });
  return open(isNew === true ? { write: true, createNew: true } : { write: true, create });
}

/** Empties a file that is written anew; one that is read-only is left alone, even where the system would not mind. */
function truncate(host: ScriptingHost, native: string, file: Deno.FsFile): void {
  const info = statIfAllowed(file);
  // Some systems open a folder as if it were a file.
  if (info?.isDirectory === true) throw fileError(70, `${host.quoted(native)} is a folder`);
  if (info !== undefined && isReadOnly(info)) throw fileError(70, `${host.quoted(native)} is read-only`);
  if (info === undefined || (info.isFile && info.size > 0)) file.truncateSync();
}

/** A script that may only write must be able to: Deno wants leave to read for this. */
function statIfAllowed(file: Deno.FsFile): Deno.FileInfo | undefined {
  try {
    return file.statSync();
  } catch (error) {
    if (error instanceof Deno.errors.NotCapable) return undefined;
    throw error;
  }
}

/** Where the standard streams lead; the host of a script has its own way for each. */
export interface StandardChannels {
  /** Standard input (0), output (1) or error (2). */
  open(which: 0 | 1 | 2): TextChannel;
}

/** The streams of the process itself; reading blocks the thread. */
export const PROCESS_CHANNELS: StandardChannels = {
  open: (which) => {
    const close = (): void => {}; // they are the process's
    if (which === 0) return { read: (target) => Deno.stdin.readSync(target) ?? 0, close };
    const to = which === 1 ? "stdout" : "stderr";
    return { write: (bytes) => writeBytes(to, bytes), close };
  },
};

/** Standard input (0), output (1) or error (2). */
export function standardStream(
  { resources, standardChannels = PROCESS_CHANNELS }: {
    readonly resources: OpenResources;
    readonly standardChannels?: StandardChannels | undefined;
  },
  which: number,
  isUnicode: boolean,
): TextStream {
  if (which !== 0 && which !== 1 && which !== 2) {
    throw fileError(5, `the standard streams are 0, 1 and 2, and there is no ${which}`);
  }
  return new TextStream(standardChannels.open(which), {
    encoding: isUnicode ? UTF16 : STANDARD,
    resources,
    unbuffered: true,
    lineEnd: Deno.build.os === "windows" ? "\r\n" : "\n",
  });
}

/** What terminals and pipes speak: UTF-8 but on Windows. */
const STANDARD: TextEncoding = Deno.build.os === "windows" ? ANSI : encodingFor(65001, new Uint8Array());

function markLength({ mark }: TextEncoding, head: Uint8Array): number {
  return mark.length <= head.length && mark.every((byte, index) => head[index] === byte) ? mark.length : 0;
}

function reader(host: ScriptingHost, native: string, file: Deno.FsFile): TextChannel {
  return {
    read: (target) => host.attempt(native, () => file.readSync(target) ?? 0),
    close: () => file.close(),
  };
}

function writer(host: ScriptingHost, native: string, file: Deno.FsFile): TextChannel {
  return { write: (bytes) => host.attempt(native, () => writeAll(file, bytes)), close: () => file.close() };
}
