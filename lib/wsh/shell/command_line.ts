/** Command lines: taking them apart, and finding the program that they name. @module */
import type { DriveMap } from "../../platform/drive_map.ts";
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

/** What follows `/c` or `/k` on the command line of an interpreter; undefined when there is neither. */
export function interpreterLine(rest: string): string | undefined {
  const match = /^((?:\s*\/[a-bd-jl-z](?::\w+)?)*)\s*\/[ck]\s?(.*)$/is.exec(rest);
  if (match === null) return undefined;
  const line = match[2]!.trim();
  if (!line.startsWith('"')) return line;
  const inner = line.slice(1, -1);
  // Two quotes around a program's name stay; other quotes at both ends go (cmd /?, "If /C or /K is specified").
  const keepsQuotes = !/\/s/i.test(match[1]!) && line.endsWith('"') && !/["&<>()@^|]/.test(inner) &&
    /\s/.test(inner) &&
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
 */
export function findProgram(name: string, context: LaunchContext): string | undefined {
  const { driveMap } = context;
  const isPath = /[\\/]/.test(name) || /^[a-z]:/i.test(name);
  const bare = name.replace(/\.(?:exe|com)$/i, "");
  const names = [...new Set([name, name.toLowerCase(), bare, bare.toLowerCase()])];
  if (isPath) {
    return names.map((path) => driveMap.toNative(path)).find(isProgram);
  }
  const folders = (context.variable("PATH") ?? "/usr/local/bin:/usr/bin:/bin").split(":").filter((path) =>
    path !== ""
  );
  for (const folder of [...folders, driveMap.workingDirectory()]) {
    const found = names.map((candidate) => `${folder.replace(/\/$/, "")}/${candidate}`).find(isProgram);
    if (found !== undefined) return found;
  }
  return undefined;
}

function isProgram(path: string): boolean {
  try {
    const { isFile, mode } = Deno.statSync(path);
    return isFile && (mode === null || (mode & 0o111) !== 0);
  } catch {
    return false; // what may not be looked at is not found
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
