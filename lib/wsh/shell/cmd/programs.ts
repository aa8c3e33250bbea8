/** What a name stands for that is no built-in command: a `cmd`, a batch file, a script, or a program of this system. @module */
import type { ByteQueue } from "../byte_queue.ts";
import {
  findProgram,
  interpreterCommand,
  isCommandInterpreter,
  isScriptHost,
  splitArguments,
  translatedArgument,
} from "../command_line.ts";
import { type Running, startProgram } from "../running.ts";
import { scriptHostCommand } from "../script_host_command.ts";
import { type BatchCall, BatchFrame } from "./batch.ts";
import { type Interpreter, NOT_FOUND } from "./interpreter.ts";
import { CommandFailure, EndOfBatch } from "./signals.ts";
import type { Sink, Source, Streams } from "./streams.ts";
import { decodeText, linesOf } from "./texts.ts";

/** How deep batch files and labels may call each other; Windows' own stack ends a little earlier. */
const CALLS_MAX = 500;

/** How much of a program's output waits to be read. */
const OUTPUT_BYTES = 1024 * 1024;

/** How something is run. */
export interface RunOptions {
  /** Whether it is only started, and goes on by itself. */
  readonly isDetached?: boolean;
  /** Whether a batch file returns to the one that names it. */
  readonly isCalled?: boolean;
}

/** Runs what a text names and returns its exit code. */
export async function runNamed(
  interpreter: Interpreter,
  text: string,
  streams: Streams,
  options: RunOptions = {},
): Promise<number> {
  // What stands right behind the name may be a switch: `"prog"/x`.
  const head = /^[\s,;=]*(?:"([^"]*)"?|([^\s,;="]+))/.exec(text);
  if (head === null) return 0;
  const name = head[1] ?? head[2]!;
  const rest = text.slice(head[0].length);
  if (isCommandInterpreter(name)) {
    const { line, ...settings } = interpreterCommand(rest);
    return interpreter.errorLevel = await interpreter.branch(settings).run(line, streams);
  }
  const batchFile = options.isDetached ? undefined : findBatchFile(name, interpreter);
  if (batchFile !== undefined) {
    return await runBatchFile(interpreter, batchFile, { name: head[0].trim(), rest }, streams, options);
  }
  const program = findLaunch(name, rest, interpreter);
  if (program === undefined) throw notFound(name, interpreter);
  return interpreter.errorLevel = await runChild(interpreter, program, streams, options.isDetached ?? false);
}

/** What a name starts that is no batch file. */
function findLaunch(name: string, rest: string, interpreter: Interpreter): Program | undefined {
  const { driveMap } = interpreter.paths;
  const args = splitArguments(rest);
  if (isScriptHost(name)) return scriptHostCommand(undefined, args, driveMap);
  if (/\.(?:vbs|vbe|js|jse|wsf)$/i.test(name)) return scriptHostCommand(name, args, driveMap);
  const program = findProgram(name, contextOf(interpreter));
  return program === undefined
    ? undefined
    : { program, args: args.map((argument) => translatedArgument(argument, driveMap)), env: {} };
}

function notFound(name: string, { paths }: Interpreter): CommandFailure {
  const isInNoFolder = /[\\/]/.test(name) && !paths.exists(`${name.replace(/[\\/][^\\/]*$/, "")}\\`);
  return isInNoFolder ? new CommandFailure("The system cannot find the path specified.") : new CommandFailure(
    `'${name}' is not recognized as an internal or external command,\noperable program or batch file.`,
    NOT_FOUND,
  );
}

function contextOf({ paths, variables }: Interpreter): Parameters<typeof findProgram>[1] {
  return { driveMap: paths.driveMap, variable: (name) => variables.native(name) };
}

/**
 * The batch file that a name stands for, with or without its `.bat` or `.cmd`: a path, a file in the current folder, or one on
 * PATH that no program comes before.
 */
function findBatchFile(name: string, interpreter: Interpreter): string | undefined {
  const { paths, variables } = interpreter;
  const names = /\.(?:bat|cmd)$/i.test(name) ? [name] : [`${name}.bat`, `${name}.cmd`];
  const isFile = (path: string): boolean => {
    try {
      return paths.stat(paths.native(path))?.isFile ?? false;
    } catch {
      return false; // a folder or a drive that is not there
    }
  };
  const isPath = /[\\/:]/.test(name);
  const here = names.find(isFile);
  if (here !== undefined || isPath || findProgram(name, contextOf(interpreter)) !== undefined) return here;
  const folders = (variables.get("PATH") ?? "").split(";").filter((folder) => folder !== "");
  return folders.flatMap((folder) => names.map((file) => `${folder.replace(/\\$/, "")}\\${file}`)).find(
    isFile,
  );
}

/** Runs a batch file. One that another names without `call` does not return to it. */
async function runBatchFile(
  interpreter: Interpreter,
  file: string,
  call: BatchCall,
  streams: Streams,
  { isCalled }: RunOptions,
): Promise<number> {
  const { paths, frame: caller } = interpreter;
  const native = paths.native(file);
  const text = decodeText(paths.attempt(native, () => Deno.readFileSync(native)));
  const frame = new BatchFrame(paths.full(file), linesOf(text), call, depthBelow(interpreter));
  const result = await interpreter.runFrame(frame, streams);
  if (caller !== undefined && !isCalled) throw new EndOfBatch();
  return result;
}

/** How deep a call from here lies. @throws CommandFailure when that is too deep. */
export function depthBelow({ frame }: Interpreter): number {
  const depth = (frame?.depth ?? 0) + 1;
  if (depth > CALLS_MAX) {
    throw new CommandFailure(`The batch file calls itself more than ${CALLS_MAX} times within itself.`);
  }
  return depth;
}

interface Program {
  readonly program: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** Runs a program of this system with a command's streams. */
async function runChild(
  { paths, variables, session }: Interpreter,
  { program, args, env }: Program,
  { stdin, stdout, stderr }: Streams,
  detached: boolean,
): Promise<number> {
  let child: Running;
  try {
    child = startProgram({
      kind: "program",
      program,
      args,
      cwd: paths.driveMap.workingDirectory(),
      env: { ...variables.forPrograms(), ...env },
      stdin: detached ? "null" : stdin.place,
      stdout: detached ? "null" : stdout.place.stdout ?? "piped",
      stderr: detached ? "null" : stderr.place.stderr ?? "piped",
      detached,
    }, OUTPUT_BYTES);
  } catch (error) {
    if (error instanceof Deno.errors.NotCapable) throw error;
    throw new CommandFailure(
      error instanceof Deno.errors.PermissionDenied ? "Access is denied." : (error as Error).message,
    );
  }
  if (detached) return 0;
  const copies = [copyAll(child.stdout, stdout), copyAll(child.stderr, stderr)];
  if (stdin.place === "piped") void feed(stdin, child);
  const exitCode = await session.exitCodeOf(child);
  await Promise.all(copies);
  return exitCode;
}

async function copyAll(queue: ByteQueue | undefined, sink: Sink): Promise<void> {
  if (queue === undefined) return;
  for (let bytes; (bytes = await queue.read(256 * 1024)).length > 0;) {
    if (!await sink.write(bytes)) return queue.abandon();
  }
}

/** Gives a program what it reads, and takes no more from the source once the program has ended. */
async function feed(source: Source, child: Running): Promise<void> {
  let hasEnded = false;
  const ended = child.exitCode.then(() => {
    hasEnded = true;
  });
  for (;;) {
    await Promise.race([source.ready(), ended]);
    if (hasEnded) return;
    const bytes = source.take();
    if (bytes.length === 0) return child.closeInput();
    child.write(withLineFeeds(bytes));
  }
}

/** Programs of this system read lines that end in a line feed alone. */
function withLineFeeds(bytes: Uint8Array): Uint8Array {
  return bytes.includes(13) ? bytes.filter((byte, index) => byte !== 13 || bytes[index + 1] !== 10) : bytes;
}
