/** What all commands of the command line share. @module */
import { type Args, parseArgs } from "@std/cli/parse-args";
import { firstError } from "../jobs/exit_codes.ts";
import { ProgressDisplay, type ProgressMode } from "../jobs/progress_display.ts";
import { parseVirtualSpec, type SessionOptions, sessionOptionsFromEnvironment } from "../jobs/session.ts";
import { withFaults } from "../jobs/virtual_faults.ts";
import { printable } from "../jobs/words.ts";
import { writeText } from "../platform/console.ts";
import { type LogFile, startLog } from "../platform/log_file.ts";
import { parseDriveMapping } from "../platform/drive_map.ts";
import { endingSignals } from "../platform/interrupt.ts";

/** One command. */
export interface Command {
  /** The whole help text. */
  readonly help: string;
  run(args: readonly string[]): Promise<number>;
}

/** The command line was used wrongly; its message says how it is used rightly. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** Ctrl-C has ended the work; its message says what became of it. */
export class InterruptedError extends Error {
  override readonly name = "InterruptedError";
}

/** A parsed command line. */
export interface ParsedCommand {
  readonly positional: readonly string[];
  readonly session: SessionOptions;
  readonly json: boolean;
  readonly quiet: boolean;
  /** The file of `--log`, as an absolute path. */
  readonly log: string | undefined;
  /** A string option, or undefined. */
  text(name: string): string | undefined;
  /** All values of an option that may repeat. */
  list(name: string): readonly string[];
  /** Whether a switch was given. */
  has(name: string): boolean;
}

/**
 * Parses the options that every command takes and those that this one adds.
 *
 * @param own `text` options take a value, `list` options may repeat, `flag` options none; `stopEarly` leaves what follows the first positional as it is; options have two dashes then.
 * @throws UsageError for an unknown option or a missing value.
 */
export function parseCommand(
  args: readonly string[],
  own: {
    text?: readonly string[];
    list?: readonly string[];
    flag?: readonly string[];
    alias?: Record<string, string>;
    stopEarly?: boolean;
  } = {},
): ParsedCommand {
  const textNames = ["virtual", "map", "log", "fault", ...own.text ?? [], ...own.list ?? []];
  const flagNames = ["json", "quiet", ...own.flag ?? []];
  const end = own.stopEarly ? firstPositional(args, textNames) : args.length;
  const parsed: Args = parseArgs(withDashes(args.slice(0, end), textNames), {
    string: [...textNames, "_"],
    boolean: flagNames,
    collect: ["virtual", "map", "fault", ...own.list ?? []],
    alias: own.alias ?? {},
    unknown: (arg, key) => {
      if (key !== undefined) throw new UsageError(`There is no option ${arg}`);
      return true;
    },
  });
  for (const name of textNames) {
    if ([parsed[name]].flat().includes("")) throw new UsageError(`--${name} takes a value`);
  }
  const log = parsed["log"] as string | undefined;
  if (log !== undefined) openLog(log);
  const fromEnvironment = sessionOptionsFromEnvironment();
  const virtual = (parsed["virtual"] as string[]).map(parseVirtualSpec);
  const maps = (parsed["map"] as string[]).map((text) => parseDriveMapping(text, Deno.cwd()));
  return {
    positional: [...parsed._.map(String), ...args.slice(end)],
    session: {
      virtual: withFaults(
        virtual.length > 0 ? virtual : fromEnvironment.virtual,
        parsed["fault"] as string[],
      ),
      maps: [...fromEnvironment.maps, ...maps],
    },
    json: parsed["json"] === true,
    quiet: parsed["quiet"] === true,
    log: log === undefined ? undefined : absolutePath(log),
    text: (name) => parsed[name] as string | undefined,
    list: (name) => parsed[name] as string[],
    has: (name) => parsed[name] === true,
  };
}

/** Where the options end: at a word that is none, or behind `--`. */
function firstPositional(args: readonly string[], textNames: readonly string[]): number {
  for (let at = 0; at < args.length; at++) {
    const arg = args[at]!;
    if (arg === "--") return at + 1;
    if (!arg.startsWith("--")) return at;
    if (textNames.includes(arg.slice(2))) at++;
  }
  return args.length;
}

/** `--name -` as `--name=-`: a dash alone stands for a standard stream, and the parser takes it for an option. */
function withDashes(args: readonly string[], textNames: readonly string[]): string[] {
  const joined: string[] = [];
  for (const arg of args) {
    const last = joined.at(-1) ?? "";
    if (arg === "-" && last.startsWith("--") && textNames.includes(last.slice(2))) {
      joined[joined.length - 1] += "=-";
    } else joined.push(arg);
  }
  return joined;
}

let log: LogFile | undefined;

/** Logs what the command prints from here on. */
function openLog(path: string): void {
  try {
    log = startLog(absolutePath(path));
  } catch (error) {
    throw new UsageError(`The log "${path}" cannot be written: ${(error as Error).message}`);
  }
  log.line("start", `burnscript ${Deno.args.join(" ")}`);
}

/** Ends the log, if there is one. */
export function closeLog(exitCode: number): void {
  log?.flush();
  log?.line("exit", String(exitCode));
  log?.close();
  log = undefined;
}

function absolutePath(path: string): string {
  return /^([a-z]:)?[\\/]/i.test(path) ? path : `${Deno.cwd()}/${path}`;
}

/** Where `--map` is a picture, unless it has the form that it has everywhere: a drive letter's folder, `g:=data`. */
export function withPicture(args: readonly string[]): string[] {
  const isMapping = (value: string | undefined): boolean => /^[a-z]:=/i.test(value ?? "");
  return args.map((arg, index) => {
    if (arg === "--map" && !isMapping(args[index + 1])) return "--picture";
    return arg.startsWith("--map=") && !isMapping(arg.slice(6)) ? `--picture=${arg.slice(6)}` : arg;
  });
}

/** How progress is shown for these options: a bar on a terminal, plain lines elsewhere. */
export function progressMode(options: { json: boolean; quiet: boolean }): ProgressMode {
  if (options.quiet) return "none";
  if (options.json) return "json";
  return Deno.stderr.isTerminal() ? "bar" : "lines";
}

/** A display of progress on standard error, or as JSON on standard output. */
export function progressDisplay(options: { json: boolean; quiet: boolean }): ProgressDisplay {
  return new ProgressDisplay(progressMode(options), {
    write: (text) => writeText("stderr", text),
    json: printJson,
    nowMs: () => performance.now(),
  });
}

/** Says something besides the result, on standard error. */
export function printNote(message: string): void {
  writeText("stderr", `${printable(message)}\n`);
}

/** Prints one JSON object as a line of standard output. */
export function printJson(value: unknown): void {
  writeText("stdout", `${JSON.stringify(value, asPlain)}\n`);
}

/** What JSON has no form for: a map as the list of its values, bytes in hexadecimal. */
function asPlain(_key: string, value: unknown): unknown {
  if (value instanceof Map) return [...value.values()];
  return value instanceof Uint8Array ? value.toHex() : value;
}

/** The value of an option that has a few words to choose from. */
export function oneOf<const T extends string>(
  parsed: ParsedCommand,
  name: string,
  words: readonly T[],
): T | undefined {
  const value = parsed.text(name);
  if (value === undefined) return undefined;
  const word = words.find((candidate) => candidate === value);
  if (word === undefined) throw new UsageError(`--${name} is one of ${words.join(", ")}, not "${value}"`);
  return word;
}

/**
 * Runs `work` with a signal that Ctrl-C aborts; the work cleans up.
 *
 * @throws InterruptedError when it has ended so.
 */
export async function cancellable(work: (signal: AbortSignal) => Promise<number>): Promise<number> {
  const controller = new AbortController();
  const abort = (): void => controller.abort();
  const signals = endingSignals();
  for (const signal of signals) Deno.addSignalListener(signal, abort);
  try {
    return await work(controller.signal);
  } catch (thrown) {
    if (!controller.signal.aborted) throw thrown;
    const error = firstError(thrown);
    throw new InterruptedError(error instanceof Error ? error.message : String(error), { cause: error });
  } finally {
    for (const signal of signals) Deno.removeSignalListener(signal, abort);
  }
}
