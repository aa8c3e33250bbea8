/**
 * The log of a command: every line that it prints, with the time, at the end of a file.
 *
 * Lines are appended whole, so that several processes and threads can share one file.
 *
 * @module
 */
import { observeText, writeBytes } from "./console.ts";

const WORD = { stdout: "out", stderr: "err" } as const;
/** What terminals take for colours and for clearing a line. */
const ESCAPE = String.fromCharCode(27);
const CONTROL = new RegExp(`${ESCAPE}\\[[0-9;?]*[A-Za-z]`, "g");

/** One log file. */
export class LogFile {
  readonly #path: string;
  readonly #now: () => Date;
  readonly #pid: number;
  #file: Deno.FsFile | undefined;
  readonly #pending = { stdout: "", stderr: "" };

  /** Opens the file at its end; makes it if it is missing. */
  constructor(path: string, now: () => Date = () => new Date(), pid: number = Deno.pid) {
    this.#path = path;
    this.#now = now;
    this.#pid = pid;
    this.#file = Deno.openSync(path, { append: true, create: true });
  }

  /** Takes text as it is printed, and logs the lines that it completes. */
  text(to: "stdout" | "stderr", text: string): void {
    const lines = (this.#pending[to] + text).split("\n");
    this.#pending[to] = visible(lines.pop()!);
    for (const line of lines) this.line(WORD[to], visible(line));
  }

  /** Logs a line: `2026-03-29T02:15:00.042+02:00 4711 out Writing …`. */
  line(word: string, text: string): void {
    const head = `${localTime(this.#now())} ${this.#pid} ${word}`;
    this.#write(text === "" ? `${head}\n` : `${head} ${text}\n`);
  }

  /** Logs what no line end followed. */
  flush(): void {
    for (const to of ["stdout", "stderr"] as const) {
      if (this.#pending[to] !== "") this.text(to, "\n");
    }
  }

  /** Flushes and closes. */
  close(): void {
    this.flush();
    this.#file?.close();
    this.#file = undefined;
  }

  #write(line: string): void {
    const bytes = new TextEncoder().encode(line);
    try {
      for (let done = 0; this.#file !== undefined && done < bytes.length;) {
        done += this.#file.writeSync(bytes.subarray(done));
      }
    } catch (error) {
      // The work goes on without its log: a full disk is no reason to leave a burn half done.
      this.#file?.close();
      this.#file = undefined;
      const message = `Cannot write the log "${this.#path}" any more: ${(error as Error).message}\n`;
      writeBytes("stderr", new TextEncoder().encode(message));
    }
  }
}

/** Logs from now on what this thread prints. @return the log, to be closed at the end. */
export function startLog(path: string): LogFile {
  const log = new LogFile(path);
  observeText((to, text) => log.text(to, text));
  return log;
}

/** What is seen of a line in the end: a bar rewrites its line. */
function visible(line: string): string {
  const text = line.replace(CONTROL, "").replace(/\r+$/, "");
  return text.slice(text.lastIndexOf("\r") + 1);
}

/** The local time with its offset, so that a log is read beside others and sorts through clock changes. */
function localTime(date: Date): string {
  const offset = -date.getTimezoneOffset();
  const two = (value: number): string => String(Math.floor(value)).padStart(2, "0");
  const local = new Date(date.getTime() + offset * 60_000).toISOString().slice(0, -1);
  const minutes = Math.abs(offset);
  return `${local}${offset < 0 ? "-" : "+"}${two(minutes / 60)}:${two(minutes % 60)}`;
}
