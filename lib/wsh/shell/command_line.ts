/** Command lines: taking them apart, and finding the program that they name. @module */
import { scriptError } from "../../automation/errors.ts";
import type { DriveMap } from "../../platform/drive_map.ts";
import { isAllowed } from "../../platform/permissions.ts";
import { translated } from "./environment.ts";

/** What is needed to find a program. */
export interface LaunchContext {
  readonly driveMap: DriveMap;
  /** A variable as the system has it, such as `PATH` with colons. */
  variable(name: string): string | undefined;
}

/**
 * The arguments of a command line, by the rules of C programs on Windows: blanks divide, quotes hold together, `\"` is a
 * quote, backslashes count only before quotes, and `""` within quotes is one quote.
 */
export function splitArguments(text: string): string[] {
  const found: string[] = [];
  let at = 0;
  for (;;) {
    while (/[ \t]/.test(text[at] ?? "")) at++;
    if (at >= text.length) return found;
    let argument = "";
    let isQuoted = false;
    for (; at < text.length && (isQuoted || !/[ \t]/.test(text[at]!)); at++) {
      if (text[at] === "\\") {
        const backslashes = /^\\+/.exec(text.slice(at))![0].length;
        const isBeforeQuote = text[at + backslashes] === '"';
        argument += "\\".repeat(isBeforeQuote ? backslashes >> 1 : backslashes);
        at += backslashes - 1;
        if (isBeforeQuote && backslashes % 2 === 1) {
          argument += '"';
          at++;
        }
      } else if (text[at] === '"') {
        if (isQuoted && text[at + 1] === '"') {
          argument += '"';
          at++;
        } else isQuoted = !isQuoted;
      } else argument += text[at];
    }
    found.push(argument);
  }
}

/** The program that a command line begins with, and what follows it. */
export interface ProgramAndRest {
  readonly program: string;
  readonly rest: string;
}

/**
 * The ways in which a command line can be read, the likeliest first: without quotes the program may end at any blank, as
 * CreateProcess tries them.
 */
export function* programCandidates(command: string): Generator<ProgramAndRest> {
  const line = command.trim();
  const quoted = /^"([^"]*)"?(.*)$/s.exec(line);
  if (quoted !== null) {
    yield { program: quoted[1]!, rest: quoted[2]!.trim() };
    return;
  }
  for (const { index } of line.matchAll(/[ \t]+|$/g)) {
    if (index > 0) yield { program: line.slice(0, index), rest: line.slice(index).trim() };
  }
}

/** Whether a name stands for Windows' command interpreter. */
export function isCommandInterpreter(program: string): boolean {
  return /^(?:.*[\\/])?(?:cmd|command)(?:\.exe|\.com)?$/i.test(program);
}

/** What the command line of an interpreter asks for. */
export interface InterpreterCommand {
  /** What follows `/c` or `/k`; undefined when there is neither, and lines are read from the input. */
  readonly line: string | undefined;
  /** `/v:on`. */
  readonly delayedExpansion: boolean;
  /** Not `/q`. */
  readonly echo: boolean;
}

/** Takes the command line of an interpreter apart. Lines that come in are not shown: there is nobody who types them. */
export function interpreterCommand(rest: string): InterpreterCommand {
  const match = /^((?:\s*\/[a-bd-jl-z](?::\w+)?)*)\s*(?:\/[ckr]\s?(.*))?$/is.exec(rest);
  const switches = match?.[1] ?? "";
  const line = match?.[2] === undefined
    ? undefined
    : withoutOuterQuotes(match[2].trim(), /\/s/i.test(switches));
  return {
    line,
    delayedExpansion: /\/v(?::on)?(?![:\w])/i.test(switches),
    echo: line !== undefined && !/\/q/i.test(switches),
  };
}

/** Two quotes around a program's name stay; other quotes at both ends go (cmd /?, "If /C or /K is specified"). */
function withoutOuterQuotes(line: string, always: boolean): string {
  if (!line.startsWith('"')) return line;
  const inner = line.slice(1, -1);
  const keepsQuotes = !always && line.endsWith('"') && !/["&<>()@^|]/.test(inner) && /\s/.test(inner) &&
    !/^[a-z]+\s/i.test(inner);
  if (keepsQuotes) return line;
  const last = line.lastIndexOf('"');
  return last === 0 ? line.slice(1) : line.slice(1, last) + line.slice(last + 1);
}

/** Whether a name stands for the script host. */
export function isScriptHost(program: string): boolean {
  return /^(?:.*[\\/])?[cw]script(?:\.exe)?$/i.test(program);
}

/**
 * The file of this system that a program's name stands for, or undefined. A path is a path; a name is looked for on PATH
 * and then in the current folder, as it is, in small letters, and without `.exe`.
 *
 * @throws AutomationError 70 where a folder may not be looked into and the program may not be started either.
 */
export function findProgram(name: string, context: LaunchContext): string | undefined {
  const { driveMap } = context;
  const isPath = /[\\/]/.test(name) || /^[a-z]:/i.test(name);
  const bare = name.replace(/\.(?:exe|com)$/i, "");
  const names = [...new Set([name, name.toLowerCase(), bare, bare.toLowerCase()])];
  const paths = isPath
    ? names.map((path) => driveMap.toNative(path))
    : searchedFolders(context).flatMap((folder) => names.map((candidate) => `${folder}/${candidate}`));
  return paths.find(isProgram) ?? unseenProgram(isPath ? paths : names, paths);
}

function searchedFolders(context: LaunchContext): string[] {
  const path = context.variable("PATH") ?? "/usr/local/bin:/usr/bin:/bin";
  return [...path.split(":").filter((folder) => folder !== ""), context.driveMap.workingDirectory()]
    .map((folder) => folder.replace(/\/$/, ""));
}

/** Deno finds a program that it may start (`--allow-run=NAME`) also where we may not look for it. */
function unseenProgram(names: readonly string[], paths: readonly string[]): string | undefined {
  if (paths.every((path) => isAllowed({ name: "read", path }))) return undefined;
  const allowed = names.find((command) => isAllowed({ name: "run", command }));
  if (allowed !== undefined) return allowed;
  throw scriptError("permissionDenied", `starting "${names[0]}" takes --allow-run=${names[0]}`);
}

function isProgram(path: string): boolean {
  try {
    const { isFile, mode } = Deno.statSync(path);
    return isFile && (mode === null || (mode & 0o111) !== 0);
  } catch {
    return false; // not there, or not to be looked at
  }
}

/**
 * What a program of this system is given for an argument that a script wrote: an absolute Windows path, alone or behind
 * the first `=`, becomes the path that it stands for; everything else stays as it is.
 *
 * @throws AutomationError 76 for a drive letter that stands for nothing.
 */
export function translatedArgument(argument: string, driveMap: DriveMap): string {
  const option = /^([^=]*=)(.+)$/s.exec(argument);
  if (option !== null && !/^[a-z]:[\\/]/i.test(argument)) {
    return option[1]! + translated(option[2]!, driveMap);
  }
  return translated(argument, driveMap);
}
