/** Runs the command line as a process of its own, as its users do. @module */
import { toText } from "@std/streams/to-text";

/** The command line's module. */
export const MAIN = `${import.meta.dirname}/../../lib/cli/main.ts`;

/** For what takes a moment, on a computer that is as busy as can be; nothing waits that long where all is well. */
export const PATIENCE_MS = 240_000;

/** What a process left behind. */
export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** How to run it. */
export interface CliOptions {
  readonly cwd?: string;
  readonly env?: Record<string, string>;
  /** Deno's permissions; everything when absent. */
  readonly permissions?: readonly string[];
  /** A program that runs the command line, with its arguments. */
  readonly prefix?: readonly string[];
  /** Standard input; nothing when absent. */
  readonly stdin?: "null" | "piped";
}

/** A command of the command line that is ready to be spawned. */
export function cli(args: readonly string[], options: CliOptions = {}): Deno.Command {
  const deno = [Deno.execPath(), "run", "--no-prompt", ...options.permissions ?? ["-A"], MAIN, ...args];
  const [program, ...programArgs] = [...options.prefix ?? [], ...deno];
  return new Deno.Command(program!, {
    args: programArgs,
    cwd: options.cwd ?? Deno.cwd(),
    env: { NO_COLOR: "1", BURNSCRIPT_VIRTUAL: "", BURNSCRIPT_MAP: "", ...options.env },
    stdin: options.stdin ?? "null",
    stdout: "piped",
    stderr: "piped",
  });
}

/** Runs a command line to its end. */
export async function run(args: readonly string[], options: CliOptions = {}): Promise<Outcome> {
  const process = cli(args, options).spawn();
  using _limit = endIfHung(process);
  return decode(await process.output());
}

/** Runs a command line that reads `input`. */
export async function runWithInput(
  args: readonly string[],
  input: string | Uint8Array,
  options: CliOptions = {},
): Promise<Outcome> {
  const process = cli(args, { ...options, stdin: "piped" }).spawn();
  using _limit = endIfHung(process);
  const writer = process.stdin.getWriter();
  await writer.write(typeof input === "string" ? new TextEncoder().encode(input) : input);
  await writer.close();
  return decode(await process.output());
}

/** Runs a command line and calls `onText` once it has printed `text`. */
export async function runUntil(
  command: Deno.Command,
  text: string,
  onText: (process: Deno.ChildProcess) => void | Promise<void>,
): Promise<Outcome> {
  const process = command.spawn();
  using _limit = endIfHung(process);
  const stderr = toText(process.stderr);
  let stdout = "";
  let answered: Promise<void> | undefined;
  for await (const part of process.stdout.pipeThrough(new TextDecoderStream())) {
    stdout += part;
    if (stdout.includes(text)) answered ??= Promise.resolve(onText(process));
  }
  const { code } = await process.status;
  await answered;
  return { code, stdout, stderr: await stderr };
}

/** Runs it with longer and longer limits until the limit comes late enough: for what says nothing of how far it is. */
export async function untilInTime(
  runWith: (seconds: number) => Promise<Outcome>,
  wasInTime: (outcome: Outcome) => boolean,
): Promise<Outcome> {
  for (const seconds of [1, 4, 16]) {
    const outcome = await runWith(seconds);
    if (wasInTime(outcome)) return outcome;
  }
  return await runWith(64);
}

/** Waits until it is so; false if that does not come in {@linkcode PATIENCE_MS}. */
export async function comesTrue(isSo: () => boolean | Promise<boolean>): Promise<boolean> {
  for (const endMs = performance.now() + PATIENCE_MS; performance.now() < endMs;) {
    if (await isSo()) return true;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return false;
}

/** Kills a process that hangs, so that its test fails and the others are run. */
function endIfHung(process: Deno.ChildProcess): Disposable {
  let hasEnded = false;
  void process.status.then(() => hasEnded = true);
  const timer = setTimeout(() => hasEnded || process.kill("SIGKILL"), PATIENCE_MS);
  return { [Symbol.dispose]: () => clearTimeout(timer) };
}

/** The text of what a process printed. */
export function decode({ code, stdout, stderr }: Deno.CommandOutput): Outcome {
  const decoder = new TextDecoder();
  return { code, stdout: decoder.decode(stdout), stderr: decoder.decode(stderr) };
}

/** A folder that is gone after the test. */
export class TempFolder implements Disposable {
  readonly path = Deno.makeTempDirSync({ prefix: "burnscript-test-" });

  /** Writes a file below the folder, with the folders above it, and returns its path. */
  write(name: string, content: string | Uint8Array): string {
    const path = `${this.path}/${name}`;
    Deno.mkdirSync(path.replace(/\/[^/]*$/, ""), { recursive: true });
    if (typeof content === "string") Deno.writeTextFileSync(path, content);
    else Deno.writeFileSync(path, content);
    return path;
  }

  /**
   * Writes a script for sh that can be run. Another process writes it: what this one has open for writing, a child of another
   * thread holds too until it becomes a program itself, and the system runs no such file.
   */
  writeProgram(name: string, text: string): void {
    const path = this.write(name, "");
    const script = 'printf "#!/bin/sh\\n%s" "$1" > "$0.new" && chmod 755 "$0.new" && mv "$0.new" "$0"';
    const { success } = new Deno.Command("sh", { args: ["-c", script, path, text] }).outputSync();
    if (!success) throw new Error(`Cannot write ${path}`);
  }

  /** Makes a file of zeros that takes no room on most file systems. */
  writeSparse(name: string, sizeBytes: number): void {
    Deno.truncateSync(this.write(name, ""), sizeBytes);
  }

  [Symbol.dispose](): void {
    Deno.removeSync(this.path, { recursive: true });
  }
}
