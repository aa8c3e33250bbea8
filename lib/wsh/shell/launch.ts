/**
 * What a command line of `Run` and `Exec` starts here.
 *
 * On Windows that is Windows' own business. Elsewhere `cmd` is ours, `cscript` is Burnscript, the name of a script starts
 * it, programs are found on PATH, and documents and addresses go to the desktop's opener.
 *
 * @module
 */
import { AutomationError } from "../../automation/errors.ts";
import type { DriveMap } from "../../platform/drive_map.ts";
import {
  findProgram,
  type InterpreterCommand,
  interpreterCommand,
  isCommandInterpreter,
  isScriptHost,
  type ProgramAndRest,
  programCandidates,
  splitArguments,
  translatedArgument,
} from "./command_line.ts";
import { isAlwaysOurs, namedWindowsProgram } from "./cmd/windows_programs.ts";
import type { ProcessVariables } from "./environment.ts";
import type { CommandSpec, ProgramSpec, StartSpec, StreamPlace } from "./process_protocol.ts";
import { scriptHostCommand } from "./script_host_command.ts";

/** How something is started. */
export interface LaunchOptions {
  readonly driveMap: DriveMap;
  readonly variables: ProcessVariables;
  readonly stdin: StreamPlace;
  readonly stdout: StreamPlace;
  readonly stderr: StreamPlace;
  /** Whether it goes on when the script ends. */
  readonly detached?: boolean;
  /** Whether a document may be opened, as `Run` does and `Exec` does not. */
  readonly opensDocuments?: boolean;
}

type Streams = Pick<LaunchOptions, "stdin" | "stdout" | "stderr">;

/**
 * What a command line, its variables replaced, starts.
 *
 * @throws AutomationError 0x80070002 when nothing is found.
 */
export function planLaunch(command: string, options: LaunchOptions): StartSpec {
  const { driveMap } = options;
  if (command.trim() === "") throw notFound(command, options);
  if (driveMap.system === "windows") return windowsProgram(command, options);
  const first = programCandidates(command).next().value!;
  if (isCommandInterpreter(first.program)) return interpreter(interpreterCommand(first.rest), options);
  if (isScriptHost(first.program)) {
    return program(scriptHostCommand(undefined, splitArguments(first.rest), driveMap), options);
  }
  const known = namedWindowsProgram(first.program);
  const isOurs = known !== undefined && isAlwaysOurs(known);
  for (const { program: name, rest } of isOurs ? [] : programCandidates(command)) {
    const batchFile = batchFileOf(name, options);
    if (batchFile !== undefined) return interpreter(batchCommand(batchFile, rest), options);
    const found = launchOf(name, rest, options);
    if (found !== undefined) return program(found, options);
  }
  if (known !== undefined) {
    return interpreter({ line: withoutOperators(command), ...BATCH_SETTINGS }, options);
  }
  const shown = options.opensDocuments ? shownDocument(first) : undefined;
  if (shown !== undefined) return program(openerOf(shown, options), options);
  throw notFound(first.program, options);
}

/** What `notepad FILE` and `explorer FOLDER` show, which is the desktop's business here. */
function shownDocument({ program: name, rest }: ProgramAndRest): string | undefined {
  if (!/^(?:.*[\\/])?(?:notepad|wordpad|explorer)(?:\.exe)?$/i.test(name)) return undefined;
  // `explorer /e,C:\x` and `/select,C:\x`; a path needs no quotes.
  const path = rest.trim().replace(/^(?:\/\w+[\s,]+)*/, "").replaceAll('"', "");
  return path === "" ? undefined : path;
}

const ADDRESS = /^(?:https?|ftp|mailto|file):/i;

interface Launch {
  readonly program: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

function launchOf(name: string, rest: string, options: LaunchOptions): Launch | undefined {
  if (name === "") return undefined;
  const { driveMap, variables } = options;
  const isAddress = ADDRESS.test(name);
  const file = isAddress ? undefined : existingFile(name, driveMap);
  if (file !== undefined && /\.(?:vbs|vbe|js|jse|wsf|wsh)$/i.test(name)) {
    return scriptHostCommand(file, splitArguments(rest), driveMap);
  }
  const context = { driveMap, variable: (variable: string) => variables.native(variable) };
  const found = isAddress ? undefined : findProgram(name, context);
  if (found !== undefined) {
    return {
      program: found,
      args: splitArguments(rest).map((argument) => translatedArgument(argument, driveMap)),
    };
  }
  if (!options.opensDocuments || rest !== "" || (!isAddress && file === undefined)) return undefined;
  return openerOf(name, options);
}

/** What opens a document or an address. */
function openerOf(name: string, { driveMap, variables }: LaunchOptions): Launch {
  const context = { driveMap, variable: (variable: string) => variables.native(variable) };
  const opener = findProgram(Deno.build.os === "darwin" ? "open" : "xdg-open", context);
  const document = ADDRESS.test(name) ? name : existingFile(name, driveMap);
  if (document === undefined) {
    throw new AutomationError(0x80070002, `The system cannot find the file specified: "${name}"`);
  }
  if (opener !== undefined) return { program: opener, args: [document] };
  throw new AutomationError(
    0x80070483,
    `No application is associated with the specified file for this operation: "${name}" (xdg-open is not installed)`,
  );
}

function existingFile(name: string, driveMap: DriveMap): string | undefined {
  try {
    const native = driveMap.toNative(name);
    Deno.statSync(native);
    return native;
  } catch (error) {
    if (error instanceof AutomationError && driveMap.system === "posix" && /^[a-z]:[\\/]/i.test(name)) {
      throw error;
    }
    return undefined; // then it is no file
  }
}

function program(launch: Launch, options: LaunchOptions): ProgramSpec {
  return {
    kind: "program",
    program: launch.program,
    args: launch.args,
    env: { ...options.variables.changedForPrograms(), ...launch.env },
    cwd: options.driveMap.workingDirectory(),
    ...streamsOf(options),
    detached: options.detached ?? false,
  };
}

/** The batch file that a name stands for; `Run` finds it without its extension, too. */
function batchFileOf(name: string, { driveMap, opensDocuments }: LaunchOptions): string | undefined {
  const names = /\.(?:bat|cmd)$/i.test(name) ? [name] : opensDocuments ? [`${name}.bat`, `${name}.cmd`] : [];
  return names.find((candidate) => existingFile(candidate, driveMap) !== undefined);
}

/** A command line in which `&` and its kind are plain characters: no cmd was asked for. */
function withoutOperators(command: string): string {
  return command.replaceAll(/"[^"]*"?|[&|<>^]/g, (part) => part.startsWith('"') ? part : `^${part}`);
}

function batchCommand(file: string, rest: string): InterpreterCommand {
  return { line: `"${file}" ${rest}`.trimEnd(), ...BATCH_SETTINGS };
}

/** A batch file shows its commands unless it says `@echo off`. */
const BATCH_SETTINGS = { delayedExpansion: false, echo: true } as const;

/** Our own `cmd`, on the processes' thread; one that outlives the script needs a process of its own. */
function interpreter(command: InterpreterCommand, options: LaunchOptions): CommandSpec | ProgramSpec {
  const { driveMap } = options;
  const { line, ...settings } = command;
  const mappings = driveMap.mappings;
  if (options.detached) {
    const main = decodeURIComponent(new URL("./cmd/main.ts", import.meta.url).pathname);
    const start = JSON.stringify({ line: line ?? "", mappings, settings });
    return program({ program: Deno.execPath(), args: ["run", "-A", main, start] }, options);
  }
  return {
    kind: "command",
    line,
    settings,
    cwd: driveMap.workingDirectory(),
    mappings,
    env: options.variables.changedForPrograms(),
    ...streamsOf(options),
  };
}

/** On Windows the command line goes to the program as it is. */
function windowsProgram(command: string, options: LaunchOptions): ProgramSpec {
  const { program: name, rest } = programCandidates(command).next().value!;
  const isProgram = /^(?:[^.]*|.*\.(?:exe|com))$/i.test(name.replace(/^.*[\\/]/, ""));
  // What is no program itself is opened by what is registered for it, which is cmd's `start`.
  return isProgram || !options.opensDocuments
    ? { ...program({ program: name, args: rest === "" ? [] : [rest] }, options), rawArgs: true }
    : {
      ...program({ program: "cmd.exe", args: [`/d /s /c "start "" /wait ${command}"`] }, options),
      rawArgs: true,
    };
}

function streamsOf({ stdin, stdout, stderr }: Streams): Streams {
  return { stdin, stdout, stderr };
}

/** With the sources that scripts find on Windows: `Exec` names itself, `Run` has none, which the host shows as "(null)". */
function notFound(name: string, { opensDocuments }: LaunchOptions): AutomationError {
  return new AutomationError(
    0x80070002,
    `The system cannot find the file specified: "${name}" is no program on PATH, no file, and no address`,
    { source: opensDocuments === true ? "(null)" : "WshShell.Exec" },
  );
}
