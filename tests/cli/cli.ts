/** Runs the command line as a process of its own, as its users do. @module */
import { toText } from "@std/streams/to-text";

/** The command line's module. */
export const MAIN = `${import.meta.dirname}/../../lib/cli/main.ts`;

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
  return decode(await cli(args, options).output());
}

/** Runs a command line that reads `input`. */
export async function runWithInput(
  args: readonly string[],
  input: string | Uint8Array,
  options: CliOptions = {},
): Promise<Outcome> {
  const process = cli(args, { ...options, stdin: "piped" }).spawn();
  const writer = process.stdin.getWriter();
  await writer.write(typeof input === "string" ? new TextEncoder().encode(input) : input);
  await writer.close();
  return decode(await process.output());
}

/** Runs a command line and calls `onText` once it has printed `text`; one that hangs is killed and so fails. */
export async function runUntil(
  command: Deno.Command,
  text: string,
  onText: (process: Deno.ChildProcess) => void,
): Promise<Outcome> {
  const process = command.spawn();
  const hung = setTimeout(() => process.kill("SIGKILL"), 30_000);
  const stderr = toText(process.stderr);
  let stdout = "";
  let seen = false;
  for await (const part of process.stdout.pipeThrough(new TextDecoderStream())) {
    stdout += part;
    if (!seen && stdout.includes(text)) onText(process);
    seen ||= stdout.includes(text);
  }
  const { code } = await process.status;
  clearTimeout(hung);
  return { code, stdout, stderr: await stderr };
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

  /** Makes a file of zeros that takes no room on most file systems. */
  writeSparse(name: string, sizeBytes: number): void {
    Deno.truncateSync(this.write(name, ""), sizeBytes);
  }

  [Symbol.dispose](): void {
    Deno.removeSync(this.path, { recursive: true });
  }
}
