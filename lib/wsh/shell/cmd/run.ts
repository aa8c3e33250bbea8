/**
 * Runs command lines of Windows' `cmd` where there is none: its operators, redirections and built-in commands, and the
 * programs of this system. It runs on the processes' thread, with the permissions of the script.
 *
 * @module
 */
import { AutomationError } from "../../../automation/errors.ts";
import { DriveMap } from "../../../platform/drive_map.ts";
import { openRegistry } from "../../../platform/registry.ts";
import { userProfile } from "../../../platform/user_profile.ts";
import { ByteQueue } from "../byte_queue.ts";
import {
  findProgram,
  interpreterLine,
  isCommandInterpreter,
  isScriptHost,
  type LaunchContext,
  splitArguments,
  translatedArgument,
} from "../command_line.ts";
import { ProcessVariables, translated } from "../environment.ts";
import type { CommandSpec } from "../process_protocol.ts";
import { type Running, startProgram } from "../running.ts";
import { scriptHostCommand } from "../script_host_command.ts";
import { BUILT_INS, builtInOf, matchingNames, pathExists } from "./built_ins.ts";
import { expandCommandVariables } from "./expand.ts";
import { type CommandNode, CommandSyntaxError, parseCommandLine, type Redirection } from "./parse.ts";
import {
  fileSink,
  fileSource,
  inheritedSink,
  NULL_SINK,
  NULL_SOURCE,
  queueSink,
  queueSource,
  type Sink,
  type Source,
} from "./streams.ts";

/** The three streams of a command. */
export interface Streams {
  readonly stdin: Source;
  readonly stdout: Sink;
  readonly stderr: Sink;
}

/** What a command failed with, in the words of cmd. */
export class CommandFailure extends Error {
  override readonly name = "CommandFailure";
  constructor(message: string, readonly exitCode = 1) {
    super(message);
  }
}

/** `exit`: ends the command line. */
class ExitCommand extends Error {
  override readonly name = "ExitCommand";
  constructor(readonly exitCode: number) {
    super("exit");
  }
}

/** Nobody reads what is written, or the command line shall end. */
class Abandoned extends Error {
  override readonly name = "Abandoned";
}

/** How much waits between the programs of a pipe. */
const PIPE_BYTES = 1024 * 1024;

/** Starts a command line; it looks like a program from outside, except that its process is this one. */
export function startCommand(spec: CommandSpec): Running {
  const stdout = spec.stdout === "piped" ? new ByteQueue() : undefined;
  const stderr = spec.stderr === "piped" ? new ByteQueue() : undefined;
  const stdin = spec.stdin === "piped" ? new ByteQueue() : undefined;
  const sink = (queue: ByteQueue | undefined, to: "stdout" | "stderr"): Sink =>
    queue !== undefined ? queueSink(queue) : spec[to] === "inherit" ? inheritedSink(to) : NULL_SINK;
  const interpreter = new Interpreter(spec);
  const streams: Streams = {
    stdin: stdin !== undefined
      ? queueSource(stdin)
      : spec.stdin === "inherit"
      ? fileSource(Deno.stdin, "inherit")
      : NULL_SOURCE,
    stdout: sink(stdout, "stdout"),
    stderr: sink(stderr, "stderr"),
  };
  let isInputOpen = stdin !== undefined;
  const exitCode = interpreter.run(spec.line, streams).finally(() => {
    isInputOpen = false;
    stdout?.end();
    stderr?.end();
    stdin?.abandon();
  });
  return {
    pid: Deno.pid,
    stdout,
    stderr,
    exitCode,
    write: (bytes) => {
      if (isInputOpen) void stdin!.push(bytes);
      return isInputOpen;
    },
    closeInput: () => {
      isInputOpen = false;
      stdin?.end();
    },
    finish: async () => {
      stdin?.end();
      await exitCode;
    },
    kill: (patienceMs) => interpreter.kill(patienceMs),
  };
}

/** One `cmd`: its current folder, its variables, and what it has started. */
export class Interpreter implements LaunchContext {
  readonly driveMap: DriveMap;
  readonly #variables: ProcessVariables;
  /** Variables that `set` changed, by their names in capitals; they end with the command line. */
  readonly #changed = new Map<string, { readonly name: string; readonly value: string | undefined }>();
  readonly #given: Readonly<Record<string, string>>;
  readonly #children = new Set<Running>();
  readonly folders: string[] = [];
  #isAborted = false;
  exitCode = 0;

  constructor(spec: Pick<CommandSpec, "cwd" | "mappings" | "env">) {
    this.#given = spec.env;
    const profile = userProfile();
    const system = Deno.build.os === "windows" ? "windows" : "posix";
    this.driveMap = new DriveMap(spec.mappings, system, () => spec.cwd, profile);
    this.#variables = new ProcessVariables(this.driveMap, openRegistry(profile));
  }

  /** Runs a command line, or every line that comes in; returns the exit code. */
  async run(line: string | undefined, streams: Streams): Promise<number> {
    try {
      if (line !== undefined) await this.#runLine(line, streams);
      else for await (const next of linesOf(streams.stdin)) await this.#runLine(next, streams);
    } catch (error) {
      if (error instanceof ExitCommand) return error.exitCode;
      if (error instanceof Abandoned) return this.#isAborted ? 1 : 255;
      // Whoever waits for the exit code must get one.
      await streams.stderr.write(new TextEncoder().encode(`${(error as Error).message}\n`));
      return 1;
    }
    return this.exitCode;
  }

  /** Ends what runs. */
  async kill(patienceMs: number): Promise<void> {
    this.#isAborted = true;
    await Promise.all([...this.#children].map((child) => child.kill(patienceMs)));
  }

  async #runLine(line: string, streams: Streams): Promise<void> {
    try {
      const node = parseCommandLine(expandCommandVariables(line, (name) => this.get(name)));
      if (node !== undefined) await this.#runNode(node, streams);
    } catch (error) {
      if (!(error instanceof CommandSyntaxError)) throw error;
      this.exitCode = 255;
      await this.print(streams.stderr, `${error.message}\n`);
    }
  }

  /** Runs a command whose text stands in another one: `call`, `start`. */
  async runText(text: string, streams: Streams): Promise<number> {
    await this.#runLine(text, streams);
    return this.exitCode;
  }

  async #runNode(node: CommandNode, streams: Streams): Promise<void> {
    if (this.#isAborted) throw new Abandoned();
    switch (node.kind) {
      case "sequence":
        for (const part of node.parts) await this.#runNode(part, streams);
        return;
      case "and":
      case "or":
        for (const [index, part] of node.parts.entries()) {
          if (index > 0 && (this.exitCode === 0) !== (node.kind === "and")) return;
          await this.#runNode(part, streams);
        }
        return;
      case "pipe":
        return await this.#runPipe(node.parts, streams);
      case "if": {
        const chosen = this.#holds(node.condition) ? node.then : node.otherwise;
        if (chosen !== undefined) await this.#runNode(chosen, streams);
        return;
      }
      case "for":
        for (const item of this.#items(node)) {
          // A fresh look at the text for each value, since an item may hold operators only within its quotes.
          const body = node.body.replaceAll(new RegExp(`%{1,2}${node.name}`, "g"), () => item);
          const parsed = parseCommandLine(body);
          if (parsed !== undefined) await this.#runNode(parsed, streams);
        }
        return;
      case "group":
        return await this.#redirected(node.redirections, streams, (inner) => this.#runNode(node.body, inner));
      case "command":
        return await this.#redirected(
          node.redirections,
          streams,
          (inner) => this.#runCommand(node.text, inner),
        );
    }
  }

  /** Runs all parts at once, each reading what the one before it writes. */
  async #runPipe(parts: readonly CommandNode[], streams: Streams): Promise<void> {
    const queues = parts.slice(1).map(() => new ByteQueue(PIPE_BYTES));
    const last = parts.length - 1;
    // The parts share nothing but the files: each is a cmd of its own, as on Windows.
    const codes = await Promise.all(parts.map(async (part, index) => {
      const branch = this.#branch();
      const output = queues[index];
      const input = queues[index - 1];
      try {
        await branch.#runNode(part, {
          stdin: input === undefined ? streams.stdin : queueSource(input),
          stdout: output === undefined ? streams.stdout : queueSink(output),
          stderr: streams.stderr,
        });
      } catch (error) {
        if (error instanceof ExitCommand) branch.exitCode = error.exitCode;
        else if (!(error instanceof Abandoned) || index === last || this.#isAborted) throw error;
      } finally {
        output?.end();
        input?.abandon();
      }
      return branch.exitCode;
    }));
    this.exitCode = codes[last]!;
  }

  #branch(): Interpreter {
    const branch = new Interpreter({
      cwd: this.driveMap.workingDirectory(),
      mappings: this.driveMap.mappings,
      env: this.#given,
    });
    for (const [name, row] of this.#changed) branch.#changed.set(name, row);
    branch.#sharedWith(this);
    return branch;
  }

  /** What a branch starts ends with the whole. */
  #sharedWith(whole: Interpreter): void {
    const add = this.#children.add.bind(this.#children);
    this.#children.add = (child) => {
      whole.#children.add(child);
      if (whole.#isAborted) this.#isAborted = true;
      return add(child);
    };
  }

  async #redirected(
    redirections: readonly Redirection[],
    streams: Streams,
    work: (streams: Streams) => Promise<void>,
  ): Promise<void> {
    if (redirections.length === 0) return await work(streams);
    const names = ["stdin", "stdout", "stderr"] as const;
    const inner: Record<string, Source | Sink> = { ...streams };
    const opened: Deno.FsFile[] = [];
    try {
      for (const { stream, mode, target } of redirections) {
        const name = names[stream];
        if (name === undefined) continue; // streams beyond the third are nobody's here
        if (mode === "duplicate") inner[name] = inner[names[Number(target)] ?? "stdout"]!;
        else if (/^nul:?$/i.test(target)) inner[name] = mode === "read" ? NULL_SOURCE : NULL_SINK;
        else {
          const native = this.native(target);
          const file = this.attempt(native, () =>
            Deno.openSync(
              native,
              mode === "read" ? { read: true } : {
                write: true,
                create: true,
                truncate: mode === "write",
                append: mode === "append",
              },
            ));
          opened.push(file);
          inner[name] = mode === "read" ? fileSource(file) : fileSink(file);
        }
      }
      await work(inner as unknown as Streams);
    } catch (error) {
      await this.#report(error, streams);
    } finally {
      for (const file of opened) file.close();
    }
  }

  async #runCommand(text: string, streams: Streams): Promise<void> {
    if (text.trim() === "") return;
    try {
      this.exitCode = await this.#dispatch(text, streams);
    } catch (error) {
      await this.#report(error, streams);
    }
  }

  /** Says what a command failed with; what ends the command line goes on. */
  async #report(error: unknown, streams: Streams): Promise<void> {
    if (error instanceof CommandFailure) {
      this.exitCode = error.exitCode;
      if (error.message !== "") await this.print(streams.stderr, `${error.message}\n`);
    } else if (error instanceof AutomationError || error instanceof Deno.errors.NotCapable) {
      this.exitCode = 1;
      await this.print(streams.stderr, `${error.message}\n`);
    } else throw error;
  }

  async #dispatch(text: string, streams: Streams): Promise<number> {
    const drive = /^\s*([a-z]):\s*$/i.exec(text);
    if (drive !== null) {
      this.changeDirectory(`${drive[1]}:\\`);
      return 0;
    }
    const builtIn = builtInOf(text);
    if (builtIn !== undefined) {
      return await BUILT_INS[builtIn.name]!({ interpreter: this, streams, rest: builtIn.rest }) ?? 0;
    }
    return await this.runProgram(text, streams);
  }

  /** Runs a program of this system and returns its exit code; with `detached` it is only started. */
  async runProgram(text: string, streams: Streams, options: { detached?: boolean } = {}): Promise<number> {
    // What stands right behind the name may be a switch: `prog/x`.
    const head = /^\s*(?:"([^"]*)"?|([^\s"]+))/.exec(text)!;
    const name = head[1] ?? head[2]!;
    const rest = text.slice(head[0].length);
    if (isCommandInterpreter(name)) return await this.#runNested(rest, streams);
    const found = isScriptHost(name) || /\.(?:vbs|vbe|js|jse|wsf)$/i.test(name)
      ? scriptHostCommand(isScriptHost(name) ? undefined : name, splitArguments(rest), this.driveMap)
      : undefined;
    const program = found?.program ?? findProgram(name, this);
    if (program === undefined) {
      throw new CommandFailure(
        `'${name}' is not recognized as an internal or external command,\noperable program or batch file.`,
        /[\\/]/.test(name) ? 3 : 1,
      );
    }
    const args = found?.args ??
      splitArguments(rest).map((argument) => translatedArgument(argument, this.driveMap));
    return await this.#runChild({ program, args, env: found?.env ?? {} }, streams, options.detached ?? false);
  }

  async #runNested(rest: string, streams: Streams): Promise<number> {
    const branch = this.#branch();
    return await branch.run(interpreterLine(rest), streams);
  }

  async #runChild(
    { program, args, env }: {
      program: string;
      args: readonly string[];
      env: Readonly<Record<string, string>>;
    },
    streams: Streams,
    detached: boolean,
  ): Promise<number> {
    const { stdin, stdout, stderr } = streams;
    let child: Running;
    try {
      child = startProgram({
        kind: "program",
        program,
        args,
        cwd: this.driveMap.workingDirectory(),
        env: { ...this.childEnvironment(), ...env },
        stdin: detached ? "null" : stdin.place,
        stdout: detached ? "null" : stdout.place.stdout ?? "piped",
        stderr: detached ? "null" : stderr.place.stderr ?? "piped",
        detached,
      }, PIPE_BYTES);
    } catch (error) {
      if (error instanceof Deno.errors.NotCapable) throw error;
      throw new CommandFailure(
        error instanceof Deno.errors.PermissionDenied ? "Access is denied." : (error as Error).message,
      );
    }
    if (detached) return 0;
    this.#children.add(child);
    const copies = [
      child.stdout === undefined ? undefined : this.#copy(child.stdout, stdout),
      child.stderr === undefined ? undefined : this.#copy(child.stderr, stderr),
    ];
    if (stdin.place === "piped") void this.#feed(stdin, child);
    const exitCode = await child.exitCode;
    await Promise.all(copies);
    this.#children.delete(child);
    return exitCode;
  }

  async #copy(queue: ByteQueue, sink: Sink): Promise<void> {
    for (;;) {
      const bytes = await queue.read(256 * 1024);
      if (bytes.length === 0) return;
      if (!await sink.write(bytes)) return queue.abandon();
    }
  }

  /** Gives a program what it reads, and takes no more from the source once the program has ended. */
  async #feed(source: Source, child: Running): Promise<void> {
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

  /** Prints text; lines end in `\n` and come out as the place wants them. */
  async print(sink: Sink, text: string): Promise<void> {
    const bytes = new TextEncoder().encode(
      sink.lineEnd === "\n" ? text : text.replaceAll(/\r?\n/g, sink.lineEnd),
    );
    if (!await sink.write(bytes)) throw new Abandoned();
  }

  /** Prints bytes as they are. */
  async printBytes(sink: Sink, bytes: Uint8Array): Promise<void> {
    if (!await sink.write(bytes)) throw new Abandoned();
  }

  /** Throws when the command line shall end: for commands that take long. */
  checkAborted(): void {
    if (this.#isAborted) throw new Abandoned();
  }

  exit(exitCode: number): never {
    throw new ExitCommand(exitCode);
  }

  /** The value of a variable, as scripts see it. */
  get(name: string): string | undefined {
    const changed = this.#changed.get(name.toUpperCase());
    if (changed !== undefined) return changed.value;
    switch (name.toUpperCase()) {
      case "CD":
        return this.driveMap.toScript(this.driveMap.workingDirectory());
      case "ERRORLEVEL":
        return String(this.exitCode);
      case "RANDOM":
        return String(Math.floor(Math.random() * 32768));
      case "DATE":
        return dateText(new Date());
      case "TIME":
        return timeText(new Date());
    }
    return this.#variables.get(name);
  }

  set(name: string, value: string | undefined): void {
    this.#changed.set(name.toUpperCase(), { name, value });
  }

  /** All variables with their values. */
  variables(): [name: string, value: string][] {
    const rows = new Map(
      this.#variables.entries().map(([name, value]) => [name.toUpperCase(), [name, value]]),
    );
    for (const [folded, { name, value }] of this.#changed) {
      if (value === undefined) rows.delete(folded);
      else rows.set(folded, [name, value]);
    }
    return [...rows].sort(([one], [other]) => one < other ? -1 : 1).map(([, row]) => row as [string, string]);
  }

  /** A variable as programs of this system have it. */
  variable(name: string): string | undefined {
    const changed = this.#changed.get(name.toUpperCase());
    if (changed === undefined) return Deno.env.get(name);
    return this.childEnvironment()[name];
  }

  /** The variables that programs of this line get beyond those of this process. */
  childEnvironment(): Record<string, string> {
    const rows: Record<string, string> = { ...this.#given };
    for (const [folded, { name, value = "" }] of this.#changed) {
      rows[folded === "PATH" ? "PATH" : name] = folded === "PATH"
        ? value.split(";").filter((path) => path !== "").map((path) => translated(path, this.driveMap)).join(
          ":",
        )
        : translated(value, this.driveMap);
    }
    return rows;
  }

  /** A path of this system. */
  native(path: string): string {
    const plain = path.replaceAll('"', "");
    // Names are appended to a path of this system with a backslash, too.
    const bare = plain.startsWith("/") ? plain.replaceAll("\\", "/") : plain;
    const native = this.driveMap.toNative(
      /^[\\](?![\\])/.test(bare) ? this.get("CD")!.slice(0, 2) + bare : bare,
    );
    return native.length > 1 ? native.replace(/\/+$/, "") : native;
  }

  changeDirectory(path: string): void {
    const native = this.native(path);
    if (!this.attempt(native, () => Deno.statSync(native)).isDirectory) {
      throw new CommandFailure("The directory name is invalid.");
    }
    this.driveMap.changeDirectory(native);
  }

  /** Does something with a path; what the system says becomes what cmd says. */
  attempt<T>(native: string, work: () => T): T {
    try {
      return work();
    } catch (error) {
      if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) {
        const parent = native.replace(/\/[^/]*$/, "") || "/";
        throw new CommandFailure(
          isFolder(parent)
            ? "The system cannot find the file specified."
            : "The system cannot find the path specified.",
        );
      }
      if (error instanceof Deno.errors.NotCapable || error instanceof CommandFailure) throw error;
      if (error instanceof Deno.errors.PermissionDenied || error instanceof Deno.errors.IsADirectory) {
        throw new CommandFailure("Access is denied.");
      }
      if ((error as { code?: string }).code === "ENOTEMPTY") {
        throw new CommandFailure("The directory is not empty.");
      }
      if ((error as { code?: string }).code === "ENOSPC") {
        throw new CommandFailure("There is not enough space on the disk.");
      }
      if (error instanceof Error) throw new CommandFailure(error.message);
      throw error;
    }
  }

  #holds(
    { isNegated, ignoresCase, test, operands }: Extract<CommandNode, { kind: "if" }>["condition"],
  ): boolean {
    return this.#test(test, operands, ignoresCase) !== isNegated;
  }

  #test(test: string, operands: readonly string[], ignoresCase: boolean): boolean {
    const [one = "", other = ""] = ignoresCase ? operands.map((text) => text.toLowerCase()) : operands;
    switch (test) {
      case "exist":
        return pathExists(this, one);
      case "errorlevel":
        return this.exitCode >= Number(one);
      case "defined":
        return this.get(one) !== undefined;
      case "==":
      case "equ":
        return one === other || (test === "equ" && numbers(one, other) && Number(one) === Number(other));
      case "neq":
        return numbers(one, other) ? Number(one) !== Number(other) : one !== other;
    }
    const order = numbers(one, other) ? Number(one) - Number(other) : one < other ? -1 : one > other ? 1 : 0;
    return { lss: order < 0, leq: order <= 0, gtr: order > 0, geq: order >= 0 }[test]!;
  }

  *#items({ items, isRange }: Extract<CommandNode, { kind: "for" }>): Generator<string> {
    const words = items.match(/"[^"]*"|[^\s,;=]+/g) ?? [];
    if (isRange) {
      const [from = 0, step = 1, to = 0] = words.map(Number);
      for (let value = from; step > 0 ? value <= to : value >= to; value += step) {
        this.checkAborted();
        yield String(value);
        if (step === 0) this.checkAborted();
      }
      return;
    }
    for (const word of words) {
      if (/[*?]/.test(word)) yield* matchingNames(this, word);
      else yield word;
    }
  }
}

/** The date as `%DATE%` and `date /t` have it. */
export function dateText(date: Date): string {
  const day = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"][date.getDay()]!;
  return `${day} ${two(date.getMonth() + 1)}/${two(date.getDate())}/${date.getFullYear()}`;
}

function timeText(date: Date): string {
  const hundredths = two(Math.floor(date.getMilliseconds() / 10));
  return `${String(date.getHours()).padStart(2)}:${two(date.getMinutes())}:${
    two(date.getSeconds())
  }.${hundredths}`;
}

function two(value: number): string {
  return String(value).padStart(2, "0");
}

function numbers(one: string, other: string): boolean {
  return /^-?\d+$/.test(one) && /^-?\d+$/.test(other);
}

function isFolder(path: string): boolean {
  try {
    return Deno.statSync(path).isDirectory;
  } catch {
    return false;
  }
}

/** Programs of this system read lines that end in a line feed alone. */
function withLineFeeds(bytes: Uint8Array): Uint8Array {
  return bytes.includes(13) ? bytes.filter((byte, index) => byte !== 13 || bytes[index + 1] !== 10) : bytes;
}

/** The lines that come in, until there are no more. */
async function* linesOf(source: Source): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let text = "";
  for (;;) {
    await source.ready();
    const bytes = source.take();
    text += decoder.decode(bytes, { stream: bytes.length > 0 });
    const lines = text.split(/\r?\n/);
    text = lines.pop()!;
    yield* lines;
    if (bytes.length === 0) {
      if (text !== "") yield text;
      return;
    }
  }
}
