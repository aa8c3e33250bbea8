/** Standard output and error, written at once and whole. @module */
import { AutomationError, Unwinding } from "../automation/errors.ts";

const encoder = new TextEncoder();

/** The exit code of a program whose reader went away: 128 + SIGPIPE, as `… | head` expects. */
export const EXIT_BROKEN_PIPE = 141;

/** Ends a script whose output nobody reads any more; its thread cannot end the process by itself. */
export class OutputClosed extends Unwinding {
  /** The class name, as every error has it. */
  override readonly name = "OutputClosed";
}

/** Sees the text that is written, beside those who read it. */
export type TextObserver = (to: "stdout" | "stderr", text: string) => void;

let observer: TextObserver | undefined;
let onBrokenPipe = (): never => Deno.exit(EXIT_BROKEN_PIPE);

/** Shows an observer, the log, all text that this thread writes from now on. */
export function observeText(newObserver: TextObserver): void {
  observer = newObserver;
}

/** Makes a reader that went away end what runs on this thread by {@linkcode OutputClosed}, not the process. */
export function unwindOnBrokenPipe(): void {
  onBrokenPipe = (): never => {
    throw new OutputClosed("Nobody reads the output any more");
  };
}

/** Writes text to standard output or standard error; a reader that went away ends the program quietly. */
export function writeText(to: "stdout" | "stderr", text: string): void {
  observer?.(to, text);
  writeBytes(to, encoder.encode(text));
}

/** Shows text to the observer alone: what is hidden from the reader, or reaches it in another form. */
export function observeOnly(to: "stdout" | "stderr", text: string): void {
  observer?.(to, text);
}

/** Writes bytes to standard output or standard error. */
export function writeBytes(to: "stdout" | "stderr", bytes: Uint8Array): void {
  const file = Deno[to];
  try {
    for (let done = 0; done < bytes.length;) done += file.writeSync(bytes.subarray(done));
  } catch (error) {
    if (error instanceof Deno.errors.BrokenPipe) onBrokenPipe();
    throw unwritable(to, error as Error);
  }
}

/** As scripts see it where a redirection leads to a full disk, or to a device that fails. */
function unwritable(to: "stdout" | "stderr", cause: Error): AutomationError {
  const isFull = (cause as { code?: string }).code === "ENOSPC";
  const stream = to === "stdout" ? "standard output" : "standard error";
  const what = isFull ? "Disk full" : "Device I/O error";
  return new AutomationError(isFull ? 61 : 57, `${what}: ${stream} cannot be written (${cause.message})`, {
    cause,
  });
}
