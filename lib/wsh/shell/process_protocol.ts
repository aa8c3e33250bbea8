/** What the script's thread and the thread that its processes live on say to each other. @module */
import type { DriveMapping } from "../../platform/drive_map.ts";

/** Where a process's stream goes: the script, the program that runs the script, or nowhere. */
export type StreamPlace = "piped" | "inherit" | "null";

/** What is common to all that is started. */
interface StartBase {
  readonly stdin: StreamPlace;
  readonly stdout: StreamPlace;
  readonly stderr: StreamPlace;
  /** The folder of this system that it starts in. */
  readonly cwd: string;
}

/** A program to start. */
export interface ProgramSpec extends StartBase {
  readonly kind: "program";
  readonly program: string;
  readonly args: readonly string[];
  /** Variables that differ from this process's. */
  readonly env: Readonly<Record<string, string>>;
  /** Whether the arguments are one text that only Windows and the program take apart. */
  readonly rawArgs?: boolean;
  /** Whether it goes on when this process ends. */
  readonly detached?: boolean;
}

/** A command line for our own `cmd`. */
export interface CommandSpec extends StartBase {
  readonly kind: "command";
  /** What follows `/c`; undefined to read lines from standard input. */
  readonly line: string | undefined;
  /** Variables that programs get in another form than this process has them. */
  readonly env: Readonly<Record<string, string>>;
  readonly mappings: readonly DriveMapping[];
  /** `/v:on`, and not `/q`. */
  readonly settings: { readonly delayedExpansion: boolean; readonly echo: boolean };
}

/** What can be started. */
export type StartSpec = ProgramSpec | CommandSpec;

/** What the script's thread asks for. `id` is chosen by it. */
export type ProcessRequest =
  | { readonly kind: "start"; readonly id: number; readonly spec: StartSpec }
  | { readonly kind: "wait" | "status" | "kill" | "closeInput"; readonly id: number }
  | {
    readonly kind: "read";
    readonly id: number;
    readonly stream: "stdout" | "stderr";
    readonly bytesMax: number;
  }
  | { readonly kind: "endAll" }
  | { readonly kind: "finishAll" }
  | { readonly kind: "write"; readonly id: number; readonly bytes: Uint8Array };

/** The first message: the memory that both threads see. */
export interface ProcessThreadStart {
  /** The numbers of {@linkcode ANSWER_CELL}, and then the answer. */
  readonly answers: SharedArrayBuffer;
  /** The flag that ends the script, and its processes. */
  readonly interrupt: SharedArrayBuffer;
}

/** Every later message. */
export interface NumberedRequest {
  readonly sequence: number;
  readonly request: ProcessRequest;
}

/** An answer that is no bytes of a stream. */
export type ProcessAnswer =
  | { readonly kind: "started"; readonly pid: number }
  | { readonly kind: "status"; readonly exitCode: number | undefined }
  | { readonly kind: "done" }
  | { readonly kind: "failed"; readonly code: ProcessFailure; readonly message: string };

/** Why something could not be done. */
export type ProcessFailure =
  | "not found"
  | "denied"
  | "not permitted"
  | "broken pipe"
  | "no program"
  | "other";

/** Numbers of 32 bits at the beginning: which request was answered, how many bytes, whether they are a stream's. */
export const ANSWER_CELL = { sequence: 0, length: 1, isStream: 2 } as const;

/** Where the answer itself begins. */
export const ANSWER_OFFSET = 16;

/** How many bytes of a stream come in one answer. */
export const ANSWER_BYTES_MAX = 256 * 1024;
