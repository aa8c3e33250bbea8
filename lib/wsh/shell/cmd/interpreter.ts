/**
 * Runs command lines of Windows' `cmd` where there is none: its operators, loops and batch files, its built-in commands, and
 * the programs of this system. It runs on the processes' thread, with the permissions of the script.
 *
 * A line becomes a tree once its `%NAME%` are replaced; `%i` of loops and `!NAME!` are replaced in each command when it runs.
 * A command ends with two numbers: its result, which `&&` and `||` ask for, and ERRORLEVEL, which many leave as it was.
 *
 * @module
 */
import { AutomationError } from "../../../automation/errors.ts";
import { DriveMap, type DriveMapping } from "../../../platform/drive_map.ts";
import { openRegistry, type Registry } from "../../../platform/registry.ts";
import { userProfile } from "../../../platform/user_profile.ts";
import type { BatchFrame } from "./batch.ts";
import { findBuiltIn } from "./built_ins.ts";
import { holds } from "./condition.ts";
import { Expansion } from "./expansion.ts";
import { loopItems } from "./for_loop.ts";
import { parseCommandLine } from "./parser.ts";
import { Paths } from "./paths.ts";
import { runPipe } from "./pipe.ts";
import { runNamed } from "./programs.ts";
import { promptText } from "./prompt.ts";
import { redirected } from "./redirections.ts";
import { Session } from "./session.ts";
import { Abandoned, CommandFailure, EndOfBatch, ExitCommand, LeftForLabel } from "./signals.ts";
import { linesFrom, type Sink, type Streams } from "./streams.ts";
import { dateText, timeText } from "./texts.ts";
import { type CommandNode, CommandSyntaxError, type ForLoop, IncompleteCommand, treeText } from "./tree.ts";
import { CommandVariables, type SavedVariables } from "./variables.ts";

/** What the switches of `cmd` and `setlocal` say. */
export interface Settings {
  /** `/v:on`: whether `!NAME!` is replaced. */
  delayedExpansion: boolean;
  /** Not `/q`: whether batch files and loops show what they run. */
  echo: boolean;
}

/** What an interpreter starts with. */
export interface InterpreterStart {
  readonly cwd: string;
  readonly mappings: readonly DriveMapping[];
  /** Variables that programs get in another form than this process has them. */
  readonly env: Readonly<Record<string, string>>;
  readonly settings: Readonly<Settings>;
}

/** How many interpreters may be started within each other: a batch file that calls itself by `cmd /c` must end. */
const NESTING_MAX = 100;
/** What cmd exits with when it does not understand a line. */
const SYNTAX_ERROR_CODE = 255;

/** What `setlocal` keeps. */
interface Scope {
  readonly variables: SavedVariables;
  readonly settings: Settings;
  readonly folder: string;
  /** The call that it belongs to, and ends with. */
  readonly frame: BatchFrame;
}

/** One `cmd`: its current folders, its variables, its batch file. */
export class Interpreter {
  readonly paths: Paths;
  readonly variables: CommandVariables;
  readonly registry: Registry;
  readonly settings: Settings;
  readonly session: Session;
  readonly #start: InterpreterStart;
  readonly #depth: number;
  /** The folders of `pushd`. */
  readonly folders: string[] = [];
  readonly #scopes: Scope[] = [];
  readonly #expansion: Expansion;
  /** The batch file that runs. */
  frame: BatchFrame | undefined;
  errorLevel = 0;

  constructor(start: InterpreterStart, outer?: Interpreter) {
    const profile = userProfile();
    this.#start = start;
    this.#depth = (outer === undefined ? 0 : outer.#depth) + 1;
    this.session = outer?.session ?? new Session();
    this.settings = { ...start.settings };
    this.paths = outer?.paths.branch() ??
      new Paths(new DriveMap(start.mappings, "posix", () => start.cwd, profile));
    this.registry = outer?.registry ?? openRegistry(profile);
    this.variables = new CommandVariables(
      this.paths.driveMap,
      this.registry,
      start.env,
      (name) => this.#computed(name),
    );
    this.#expansion = new Expansion(this.paths, this.variables);
    if (outer !== undefined) {
      this.variables.restore(outer.variables.save());
      this.#expansion.loopValues = outer.#expansion.loopValues;
    }
  }

  /** A `cmd` of its own for one command line, such as each part of a pipe is; it shares only the end with this one. */
  branch(settings: Partial<Settings> = {}): Interpreter {
    if (this.#depth >= NESTING_MAX) {
      throw new CommandFailure("The command line starts itself again and again.");
    }
    const given = { delayedExpansion: false, echo: this.settings.echo, ...settings };
    return new Interpreter({ ...this.#start, settings: given }, this);
  }

  /** Runs a command line, or every line that comes in; returns the exit code. */
  async run(line: string | undefined, streams: Streams): Promise<number> {
    return await this.#toTheEnd(streams, async () => {
      if (line === undefined) return await this.#runInput(streams);
      const result = await this.runLine(line, streams);
      return result === 0 ? this.errorLevel : result;
    }).finally(() => this.#depth === 1 ? this.session.rest() : undefined);
  }

  /** Runs a part of a pipe, which is a `cmd` of its own, as on Windows. */
  async #runBranch(node: CommandNode, streams: Streams): Promise<number> {
    const branch = this.branch({ delayedExpansion: this.settings.delayedExpansion });
    return await branch.#toTheEnd(streams, () => branch.runNode(node, streams));
  }

  /** Turns what ends a command line into its exit code: whoever waits for one must get it. */
  async #toTheEnd(streams: Streams, work: () => Promise<number>): Promise<number> {
    try {
      return await work();
    } catch (error) {
      if (error instanceof ExitCommand) return error.exitCode;
      if (error instanceof EndOfBatch || error instanceof LeftForLabel) return this.errorLevel;
      if (error instanceof Abandoned) return this.session.isAborted ? 1 : 255;
      await streams.stderr.write(new TextEncoder().encode(`${(error as Error).message}\n`));
      return error instanceof CommandSyntaxError ? SYNTAX_ERROR_CODE : 1;
    }
  }

  async #runInput(streams: Streams): Promise<number> {
    let text = "";
    for await (const line of linesFrom(streams.stdin)) {
      text += text === "" ? line : `\n${line}`;
      try {
        await this.runLine(text, streams);
      } catch (error) {
        if (error instanceof IncompleteCommand) continue; // the next line may complete it
        if (!(error instanceof CommandSyntaxError)) throw error;
        this.errorLevel = SYNTAX_ERROR_CODE;
        await this.print(streams.stderr, `${error.message}\n`);
      }
      text = "";
    }
    return this.errorLevel;
  }

  /** Runs a line as it is typed. @throws CommandSyntaxError */
  async runLine(line: string, streams: Streams): Promise<number> {
    const lines = line.split(/\r?\n/).map((part) => this.#expansion.ofLine(part, undefined));
    const node = parseCommandLine(lines.shift()!, () => lines.shift());
    return node === undefined ? 0 : await this.runNode(node, streams);
  }

  /** Runs a batch file from the line where it is to its end; returns its result. */
  async runFrame(frame: BatchFrame, streams: Streams): Promise<number> {
    const outer = this.frame;
    this.frame = frame;
    const outerValues = this.#expansion.loopValues;
    this.#expansion.loopValues = new Map();
    try {
      for (;;) {
        await this.session.breathe();
        const line = this.#nextBatchLine();
        if (line === undefined) break;
        try {
          const node = parseCommandLine(line, () => this.#nextBatchLine());
          if (node === undefined) continue;
          await this.#show(node, streams);
          await this.runNode(node, streams);
        } catch (error) {
          if (error instanceof EndOfBatch) break;
          if (!(error instanceof LeftForLabel)) throw error;
          this.#expansion.loopValues = new Map();
        }
      }
    } finally {
      while (this.#scopes.at(-1)?.frame === frame) this.endScope();
      this.frame = outer;
      this.#expansion.loopValues = outerValues;
    }
    return this.errorLevel;
  }

  #nextBatchLine(): string | undefined {
    const line = this.frame!.nextLine();
    return line === undefined ? undefined : this.expandLine(line);
  }

  /** A line before it is parsed: `%NAME%` and, in a batch file, `%1` are replaced. */
  expandLine(text: string): string {
    return this.#expansion.ofLine(text, this.frame);
  }

  /** A command as it runs: the variables of loops, and `!NAME!` where that is asked for, are replaced. */
  expand(text: string): string {
    return this.#expansion.ofCommand(text, this.settings);
  }

  /** Runs a tree; gives its result. */
  async runNode(node: CommandNode, streams: Streams): Promise<number> {
    await this.session.breathe();
    switch (node.kind) {
      case "sequence": {
        let result = 0;
        for (const part of node.parts) result = await this.runNode(part, streams);
        return result;
      }
      case "and":
      case "or": {
        let result = 0;
        for (const [index, part] of node.parts.entries()) {
          if (index > 0 && (result === 0) !== (node.kind === "and")) break;
          result = await this.runNode(part, streams);
        }
        return result;
      }
      case "pipe":
        this.errorLevel = await runPipe(node.parts, streams, (part, inner) => this.#runBranch(part, inner));
        await this.session.breathe();
        return this.errorLevel;
      case "if": {
        const chosen = holds(node.condition, this) ? node.then : node.otherwise;
        return chosen === undefined ? 0 : await this.runNode(chosen, streams);
      }
      case "for":
        return await this.#reported(streams, () => this.#runLoop(node, streams));
      case "quiet":
        return await this.runNode(node.body, streams);
      case "group":
        return await this.#reported(
          streams,
          () => redirected(this, node.redirections, streams, (inner) => this.runNode(node.body, inner)),
        );
      case "command":
        return await this.#reported(
          streams,
          () =>
            redirected(
              this,
              node.redirections,
              streams,
              (inner) => this.#reported(inner, () => this.runCommand(this.expand(node.text), inner)),
            ),
        );
    }
  }

  /** Runs one command, all its variables replaced: a drive, a built-in command, or a program. */
  async runCommand(text: string, streams: Streams): Promise<number> {
    if (text.trim() === "") return 0;
    const drive = /^[\s,;=]*([a-z]):\s*$/i.exec(text);
    if (drive !== null) {
      this.paths.changeDrive(drive[1]!);
      return 0;
    }
    const builtIn = findBuiltIn(text);
    if (builtIn === undefined) return await runNamed(this, text, streams);
    const result = await builtIn.run({ interpreter: this, streams, rest: builtIn.rest });
    if (result !== undefined && result !== 0) this.errorLevel = result;
    else if (builtIn.clearsErrorLevel(this.frame?.path)) this.errorLevel = 0;
    return result ?? 0;
  }

  async #runLoop(loop: ForLoop, streams: Streams): Promise<number> {
    let result = 0;
    const outerValues = this.#expansion.loopValues;
    for await (const values of loopItems(loop, this, streams)) {
      await this.session.breathe();
      this.#expansion.setLoopValues(loop.variable, values);
      await this.#show(loop.body, streams);
      result = await this.runNode(loop.body, streams);
    }
    this.#expansion.loopValues = outerValues;
    return result;
  }

  /** Says what a command failed with; what ends the command line goes on. */
  async #reported(streams: Streams, work: () => Promise<number>): Promise<number> {
    try {
      return await work();
    } catch (error) {
      const isFailure = error instanceof CommandFailure;
      if (!isFailure && !(error instanceof AutomationError) && !(error instanceof Deno.errors.NotCapable)) {
        throw error;
      }
      this.errorLevel = isFailure ? error.exitCode : 1;
      if (error.message !== "") await this.print(streams.stderr, `${error.message}\n`);
      // A name that is not found is 9009 for the batch file and 1 for whoever started cmd.
      return this.errorLevel === NOT_FOUND ? 1 : this.errorLevel;
    }
  }

  /** Shows a command before it runs, as batch files and loops do unless echo is off. */
  async #show(node: CommandNode, streams: Streams): Promise<void> {
    if (!this.settings.echo || node.kind === "quiet") return;
    await this.print(streams.stdout, `\n${promptText(this)}${this.expand(treeText(node))} \n`);
  }

  /** `setlocal`: what changes from here on lasts until `endlocal` or the end of the call. */
  beginScope(settings: Partial<Settings>): void {
    if (this.frame === undefined) return; // it means nothing on a command line
    this.#scopes.push({
      variables: this.variables.save(),
      settings: { ...this.settings },
      folder: this.paths.driveMap.workingDirectory(),
      frame: this.frame,
    });
    Object.assign(this.settings, settings);
  }

  /** `endlocal`. */
  endScope(): void {
    if (this.frame === undefined || this.#scopes.at(-1)?.frame !== this.frame) return;
    const { variables, settings, folder } = this.#scopes.pop()!;
    this.variables.restore(variables);
    this.settings.delayedExpansion = settings.delayedExpansion;
    this.paths.enter(folder);
  }

  /** Prints text; lines end in `\n` and come out as the place wants them. */
  async print(sink: Sink, text: string): Promise<void> {
    await this.printBytes(
      sink,
      new TextEncoder().encode(sink.lineEnd === "\n" ? text : text.replaceAll(/\r?\n/g, sink.lineEnd)),
    );
  }

  /** Prints bytes as they are. */
  async printBytes(sink: Sink, bytes: Uint8Array): Promise<void> {
    if (!await sink.write(bytes)) throw new Abandoned();
  }

  /** The variables that are computed when they are asked for. */
  #computed(name: string): string | undefined {
    switch (name) {
      case "CD":
        return this.paths.current;
      case "ERRORLEVEL":
        return String(this.errorLevel);
      case "RANDOM":
        return String(Math.floor(Math.random() * 32768));
      case "DATE":
        return dateText(new Date());
      case "TIME":
        return timeText(new Date());
      case "CMDEXTVERSION":
        return "2";
    }
    return undefined;
  }
}

/** ERRORLEVEL after a name that stands for no program. */
export const NOT_FOUND = 9009;
