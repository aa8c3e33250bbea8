/** What a script shows: Echo, errors and its standard streams, as text or as JSON lines. @module */
import { AutomationError } from "../automation/errors.ts";
import type { ProgressDisplay } from "../jobs/progress_display.ts";
import { observeOnly, writeBytes, writeText } from "../platform/console.ts";
import type { ScriptJob } from "./script_job.ts";

/** Shows what one script has to say, and keeps it apart from the progress that is shown. */
export class ScriptOutput {
  readonly #job: ScriptJob;
  readonly #display: ProgressDisplay;
  /** False in batch mode: neither Echo nor errors are shown, though the log has them. */
  interactive: boolean;

  constructor(job: ScriptJob, display: ProgressDisplay) {
    this.#job = job;
    this.#display = display;
    this.interactive = !job.batch;
  }

  /** A line of `WScript.Echo`. */
  echo(line: string): void {
    if (this.#job.json) this.#event({ event: "echo", text: line });
    else this.#show("stdout", `${line}\n`);
  }

  /** What went wrong. */
  error(message: string, details?: object): void {
    if (!this.#job.json) return this.#show("stderr", `${message}\n`);
    try {
      this.#event({ event: "error", message, ...details });
    } catch (failed) {
      // A full disk under standard output: it may be what the error is about, and must be said somewhere.
      if (!(failed instanceof AutomationError)) throw failed;
      this.#show("stderr", `${message}\n`);
    }
  }

  /** A question or a message that was meant for a person: its text on a terminal or in a log, and what became of it. */
  dialog(text: string, details: object): void {
    if (this.#job.json) this.#event({ event: "dialog", ...details });
    else this.#show("stderr", text);
  }

  /** Bytes of a standard stream that the script writes itself; batch mode does not hide them. */
  stream(to: "stdout" | "stderr", bytes: Uint8Array, decoder: TextDecoder): void {
    this.#display.finish();
    const text = decoder.decode(bytes, { stream: true });
    if (this.#job.json) return this.#event({ event: to, text });
    observeOnly(to, text);
    writeBytes(to, bytes);
  }

  /** `//U`: what is redirected is UTF-16. */
  isUnicode(which: 0 | 1 | 2): boolean {
    const file = which === 0 ? Deno.stdin : which === 1 ? Deno.stdout : Deno.stderr;
    return this.#job.unicode && !file.isTerminal();
  }

  #event(event: object): void {
    this.#display.finish();
    writeText("stdout", `${JSON.stringify(event)}\n`);
  }

  #show(to: "stdout" | "stderr", text: string): void {
    if (!this.interactive) return observeOnly(to, text);
    this.#display.finish();
    if (!this.isUnicode(to === "stdout" ? 1 : 2)) return writeText(to, text);
    observeOnly(to, text);
    writeBytes(to, new Uint8Array(Uint16Array.from(text, (_, at) => text.charCodeAt(at)).buffer));
  }
}
