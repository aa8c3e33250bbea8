/** What `WScript.Shell`'s `Exec` gives: a program that runs beside the script, and its three streams. @module */
import { AutomationClass, defineInterface, implementInterface } from "../../automation/interface.ts";
import type { OpenResources } from "../open_resources.ts";
import { ANSI, encodingFor, type TextEncoding } from "../scripting/text_encoding.ts";
import { type TextChannel, TextStream } from "../scripting/text_stream.ts";
import type { IWshExec } from "../types.ts";
import type { ScriptProcess } from "./processes.ts";

/** IWshExec (Windows Script Host 5.8 reference, "WshScriptExec Object"). */
// deno-fmt-ignore -- a table: one row a member
export const IWshExecTable = defineInterface("IWshExec", "{08FED190-BE19-11D3-A28B-00104BD35090}", {
  Status: { dispid: 1, get: "LONG", doc: "0 while the program runs, 1 once it has ended." },
  StdIn: { dispid: 3, get: "ITextStream*", doc: "What the program reads." },
  StdOut: { dispid: 4, get: "ITextStream*", doc: "What the program writes as its output." },
  StdErr: { dispid: 5, get: "ITextStream*", doc: "What the program writes about errors." },
  ProcessID: { dispid: 6, get: "LONG", doc: "The number of the process; that of the script itself for our own cmd." },
  ExitCode: { dispid: 7, get: "LONG", doc: "The program's exit code, 0 while it runs and after Terminate." },
  Terminate: { dispid: 8, method: "void", doc: "Ends the program and what it started: politely, by force after two seconds." },
}, { doc: "A program that runs beside the script." });

const STATUS = { running: 0, finished: 1 } as const;

/** A program that was started by `Exec`. */
export class WshExec extends AutomationClass implements IWshExec {
  static {
    implementInterface(this, [IWshExecTable], { typeName: "WshExec" });
  }

  readonly #process: ScriptProcess;
  readonly #resources: OpenResources;
  #isTerminated = false;
  #stdIn: TextStream | undefined;
  #stdOut: TextStream | undefined;
  #stdErr: TextStream | undefined;

  constructor(process: ScriptProcess, resources: OpenResources) {
    super();
    this.#process = process;
    this.#resources = resources;
  }

  get Status(): number {
    return this.#process.exitCode === undefined ? STATUS.running : STATUS.finished;
  }

  get ExitCode(): number {
    return this.#isTerminated ? 0 : (this.#process.exitCode ?? 0) | 0;
  }

  get ProcessID(): number {
    return this.#process.pid;
  }

  get StdIn(): TextStream {
    return this.#stdIn ??= this.#stream({
      write: (bytes) => this.#process.write(IS_WINDOWS ? bytes : withoutReturns(bytes)),
      close: () => this.#process.closeInput(),
    });
  }

  get StdOut(): TextStream {
    return this.#stdOut ??= this.#stream(outputChannel((target) => this.#process.read("stdout", target)));
  }

  get StdErr(): TextStream {
    return this.#stdErr ??= this.#stream(outputChannel((target) => this.#process.read("stderr", target)));
  }

  Terminate(): void {
    if (this.Status === STATUS.finished) return;
    this.#process.kill();
    this.#isTerminated = true;
  }

  #stream(channel: TextChannel): TextStream {
    return new TextStream(channel, {
      encoding: ENCODING,
      resources: this.#resources,
      unbuffered: true,
      mayBeEmpty: true,
    });
  }
}

const IS_WINDOWS = Deno.build.os === "windows";
const ENCODING: TextEncoding = IS_WINDOWS ? ANSI : encodingFor(65001, new Uint8Array());
const RETURN = 13;
const LINE_FEED = 10;

/** Output of programs: scripts divide it at vbCrLf, so that is what ends its lines. */
function outputChannel(read: (target: Uint8Array) => number): TextChannel {
  let last = 0;
  return {
    close: () => {},
    read: IS_WINDOWS ? read : (target) => {
      const half = new Uint8Array(Math.max(1, target.length >> 1));
      const count = read(half);
      let end = 0;
      for (const byte of half.subarray(0, count)) {
        if (byte === LINE_FEED && last !== RETURN) target[end++] = RETURN;
        target[end++] = last = byte;
      }
      return end;
    },
  };
}

/** Programs of this system read lines that end in a line feed alone. */
function withoutReturns(bytes: Uint8Array): Uint8Array {
  return bytes.filter((byte, index) => byte !== RETURN || bytes[index + 1] !== LINE_FEED);
}
