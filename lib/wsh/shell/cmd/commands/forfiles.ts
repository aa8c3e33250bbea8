/** `forfiles`: a command for each file of a name and an age, by which jobs clean up behind themselves. @module */
import { folderAndPattern, type Match } from "../paths.ts";
import { runNamed } from "../programs.ts";
import { CommandFailure } from "../signals.ts";
import { dayText, timeText } from "../texts.ts";
import { matchingBelow } from "../walk.ts";
import type { Call } from "./call.ts";

/** `forfiles [/p folder] [/m pattern] [/s] [/c command] [/d [+|-]days or date]`. */
export async function forFiles({ interpreter, streams, rest }: Call): Promise<number> {
  const { folder, pattern, isDeep, command, isOfAge } = requestOf(rest);
  const { paths } = interpreter;
  const root = paths.full(folder).replace(/\\$/, "");
  if (!paths.isFolder(root)) {
    throw new CommandFailure(`ERROR: The folder "${folder}" is not there: give one behind /P.`);
  }
  const operand = `${root}\\${pattern}`;
  let isFound = false;
  let exitCode = 0;
  await interpreter.print(streams.stdout, "\n");
  // All are looked for before the first command runs: it may move or make some.
  const matches = await Array.fromAsync(
    isDeep ? matchingBelow(interpreter, operand) : paths.matching(operand),
  );
  for (const file of matches) {
    await interpreter.session.breathe();
    if (!isOfAge(file.info.mtime ?? new Date(0))) continue;
    isFound = true;
    const own = interpreter.branch();
    own.paths.enter(file.native.replace(/\/[^/]*$/, "") || "/");
    const code = await runNamed(own, filledIn(command, file, root), streams);
    if (code !== 0) exitCode = code;
  }
  if (!isFound) throw new CommandFailure("ERROR: No files found with the specified search criteria.");
  return exitCode;
}

interface Request {
  readonly folder: string;
  readonly pattern: string;
  readonly isDeep: boolean;
  readonly command: string;
  readonly isOfAge: (modified: Date) => boolean;
}

function requestOf(rest: string): Request {
  const options = new Map<string, string>();
  for (
    const [, name, quoted, plain] of rest.matchAll(
      /\/([pmscd])(?![^\s:])[\s:]*(?:"((?:\\"|[^"])*)"|([^\s/"]\S*))?/gi,
    )
  ) {
    options.set(name!.toLowerCase(), quoted?.replaceAll('\\"', '"') ?? plain ?? "");
  }
  return {
    folder: options.get("p") ?? ".",
    pattern: options.get("m") ?? "*",
    isDeep: options.has("s"),
    command: options.get("c") ?? "cmd /c echo @file",
    isOfAge: ageTest(options.get("d")),
  };
}

/** `-30`: changed 30 days ago or before; `+11/21/2026`: changed on that day or later. */
function ageTest(text: string | undefined): (modified: Date) => boolean {
  if (text === undefined) return () => true;
  const days = /^([-+]?)(\d{1,5})$/.exec(text);
  const date = /^([-+]?)(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text);
  if (days === null && date === null) {
    throw new CommandFailure(
      `ERROR: Invalid date "${text}": give days or MM/DD/YYYY, with + or - before them.`,
    );
  }
  const isBefore = (days ?? date)![1] === "-";
  const limit = dayOf(new Date());
  if (days !== null) limit.setDate(limit.getDate() + Number(days[2]) * (isBefore ? -1 : 1));
  else limit.setFullYear(Number(date![4]), Number(date![2]) - 1, Number(date![3]));
  return (modified) => isBefore ? dayOf(modified) <= limit : dayOf(modified) >= limit;
}

function dayOf(date: Date): Date {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate());
}

/** Replaces `@file`, `@path` and their kind; `0x22` is a quote. */
function filledIn(command: string, { shown, name, info }: Match, root: string): string {
  const [folder] = folderAndPattern(shown);
  const dot = name.lastIndexOf(".");
  const modified = info.mtime ?? new Date(0);
  const values: Readonly<Record<string, string>> = {
    relpath: `".${shown.slice(root.length)}"`,
    path: `"${folder}${name}"`,
    file: `"${name}"`,
    fname: `"${dot < 0 ? name : name.slice(0, dot)}"`,
    ext: `"${dot < 0 ? "" : name.slice(dot + 1)}"`,
    isdir: info.isDirectory ? "TRUE" : "FALSE",
    fsize: String(info.isDirectory ? 0 : info.size),
    fdate: dayText(modified),
    ftime: timeText(modified).trim().replace(/\.\d+$/, ""),
  };
  // The numbers first: a file may be called 0x41.
  const text = command.replaceAll(
    /0x([0-9a-f]{2})/gi,
    (_, code: string) => String.fromCharCode(parseInt(code, 16)),
  );
  const names = /@(relpath|path|file|fname|ext|isdir|fsize|fdate|ftime)/gi;
  return text.replaceAll(names, (_, key: string) => values[key.toLowerCase()]!);
}
