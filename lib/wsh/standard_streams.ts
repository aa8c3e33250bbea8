/** The standard streams of a script, which reach the terminal or the pipe by way of its supervisor. @module */
import { ANSI, UTF16 } from "./scripting/text_encoding.ts";
import type { TextChannel } from "./scripting/text_stream.ts";
import type { TextStream } from "./scripting/text_stream.ts";
import { type StandardChannels, standardStream } from "./scripting/open_text.ts";
import type { OpenResources } from "./open_resources.ts";
import type { ScriptOutput } from "./script_output.ts";

/** Waits for standard input: how many bytes came, 0 at its end; undefined when none came in time. */
export type ReadInput = (target: Uint8Array, timeoutMs?: number) => number | undefined;

/** Standard input, output and error of one script. */
export class StandardStreams implements StandardChannels {
  readonly #output: ScriptOutput;
  readonly #read: ReadInput;
  readonly #resources: OpenResources;
  readonly #streams = new Map<number, TextStream>();

  constructor(output: ScriptOutput, read: ReadInput, resources: OpenResources) {
    this.#output = output;
    this.#read = read;
    this.#resources = resources;
  }

  /** `WScript.StdIn` (0), `StdOut` (1) or `StdErr` (2), always the same object. */
  stream(which: 0 | 1 | 2): TextStream {
    let stream = this.#streams.get(which);
    if (stream === undefined) {
      const host = { resources: this.#resources, standardChannels: this };
      stream = standardStream(host, which, this.#output.isUnicode(which));
      this.#streams.set(which, stream);
    }
    return stream;
  }

  open(which: 0 | 1 | 2): TextChannel {
    const close = (): void => {}; // they are the process's
    if (which === 0) return { read: (target) => this.#read(target) ?? 0, close };
    const to = which === 1 ? "stdout" : "stderr";
    const label = this.#output.isUnicode(which)
      ? UTF16.label
      : Deno.build.os === "windows"
      ? ANSI.label
      : "utf-8";
    const decoder = new TextDecoder(label);
    return { write: (bytes) => this.#output.stream(to, bytes, decoder), close };
  }
}
