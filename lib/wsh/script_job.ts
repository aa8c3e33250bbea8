/** What the supervisor and the script's thread say to each other. @module */
import type { SessionOptions } from "../jobs/session.ts";
import type { ProgressMode } from "../jobs/progress_display.ts";
import type { ThreadStart } from "../platform/side_thread.ts";

/** One script to run; plain data, so that it can cross to another thread. */
export interface ScriptJob {
  /** Absolute path of this system. */
  readonly path: string;
  readonly args: readonly string[];
  readonly session: SessionOptions;
  readonly verify: "none" | "quick" | "full";
  readonly progress: ProgressMode;
  /** Echo and errors as JSON lines. */
  readonly json: boolean;
  /** `//B`: neither errors nor `WScript.Echo` are shown. */
  readonly batch: boolean;
  /** `//U`: standard streams that are no terminal carry UTF-16. */
  readonly unicode: boolean;
  /** What becomes of MsgBox, InputBox and Popup. */
  readonly dialogs: "prompt" | "default" | "fail";
  /** Where what is shown is logged too; an absolute path of this system. */
  readonly log: string | undefined;
  /** cscript's exit code after an error that nothing caught: 0. */
  readonly compatExit: boolean;
  /** `//E:`: the language, whatever the file's name says. */
  readonly engine: "vbscript" | "jscript" | undefined;
  /** `//Job:`: which job of a `.wsf` file; the first if nothing is said. */
  readonly wsfJob: string | undefined;
  /** What TextDecoder calls the code page of the source, where somebody said. */
  readonly codePage: string | undefined;
  /** `//T:nn`, seconds; 0 for no limit. */
  readonly timeoutS: number;
}

/** From the supervisor to the thread: once, at the start. */
export interface StartMessage {
  readonly job: ScriptJob;
  readonly interrupt: SharedArrayBuffer;
}

/** From the thread to the supervisor. */
export type WorkerMessage =
  | { readonly kind: "timeout"; readonly timeoutS: number }
  /** The script waits for standard input, in this memory. */
  | { readonly kind: "input"; readonly buffer: SharedArrayBuffer }
  /** The script needs a thread beside its own. */
  | { readonly kind: "thread"; readonly start: ThreadStart }
  | { readonly kind: "exit"; readonly exitCode: number };
