/** The built-in commands of `cmd` that scripts use. @module */
import { wildcard } from "../../scripting/windows_path.ts";
import { listDirectory } from "./dir.ts";
import { find } from "./find.ts";
import { interpreterLine } from "../command_line.ts";
import { CommandFailure, dateText, type Interpreter, type Streams } from "./run.ts";

/** One call of a built-in command. */
export interface Call {
  readonly interpreter: Interpreter;
  readonly streams: Streams;
  /** What follows the name, as it was written. */
  readonly rest: string;
}

/** A built-in command; gives its exit code, 0 when it gives none. */
export type BuiltIn = (call: Call) => Promise<number | void>;

/** The commands by their names. */
export const BUILT_INS: Readonly<Record<string, BuiltIn>> = {
  call: ({ interpreter, streams, rest }) => interpreter.runText(rest, streams),
  cd: changeDirectory,
  chdir: changeDirectory,
  chcp: ({ interpreter, streams }) => interpreter.print(streams.stdout, "Active code page: 65001\n"),
  cls: nothing,
  color: nothing,
  copy,
  date: async ({ interpreter, streams }) => {
    await interpreter.print(streams.stdout, `${dateText(new Date())}\n`);
  },
  del: remove,
  dir: listDirectory,
  echo,
  endlocal: nothing,
  erase: remove,
  exit: ({ interpreter, rest }) => {
    const code = /-?\d+/.exec(rest)?.[0];
    return interpreter.exit(code === undefined ? interpreter.exitCode : Number(code) | 0);
  },
  find,
  md: makeDirectory,
  mkdir: makeDirectory,
  more: typeFiles,
  move,
  path: async ({ interpreter, streams, rest }) => {
    if (rest.trim() !== "") interpreter.set("PATH", rest.trim().replace(/^=/, ""));
    else await interpreter.print(streams.stdout, `PATH=${interpreter.get("PATH") ?? ""}\n`);
  },
  // Nobody is there to press a key.
  pause: nothing,
  popd: ({ interpreter }) => {
    const folder = interpreter.folders.pop();
    if (folder !== undefined) interpreter.driveMap.changeDirectory(folder);
    return Promise.resolve(folder === undefined ? 1 : 0);
  },
  pushd: ({ interpreter, rest }) => {
    const before = interpreter.driveMap.workingDirectory();
    interpreter.changeDirectory(rest.trim());
    interpreter.folders.push(before);
    return Promise.resolve();
  },
  prompt: nothing,
  rd: removeDirectory,
  rem: nothing,
  ren: rename,
  rename,
  rmdir: removeDirectory,
  set: setVariable,
  setlocal: nothing,
  start,
  time: async ({ interpreter, streams }) => {
    await interpreter.print(streams.stdout, `${interpreter.get("TIME")}\n`);
  },
  title: nothing,
  type: typeFiles,
  ver: ({ interpreter, streams }) =>
    interpreter.print(
      streams.stdout,
      `\nMicrosoft Windows [Version 10.0] (Burnscript on ${Deno.build.os})\n`,
    ),
  verify: nothing,
  vol: async ({ interpreter, streams }) => {
    const drive = interpreter.get("CD")![0]!;
    await interpreter.print(
      streams.stdout,
      ` Volume in drive ${drive} has no label.\n Volume Serial Number is 0000-0000\n`,
    );
  },
};

/** The built-in command that a text begins with, and what follows its name. */
export function builtInOf(text: string): { readonly name: string; readonly rest: string } | undefined {
  // `cd..`, `cd\x`, `echo.` and `dir/b` need no blank behind the name.
  const match = /^\s*([a-z]+)(?=$|[\s.,;:=+/\\"[\]])(.*)$/is.exec(text);
  const name = match?.[1]?.toLowerCase();
  if (match === null || !Object.hasOwn(BUILT_INS, name!)) return undefined;
  const rest = match[2]!;
  // `copy.exe x` and `find.sh` are programs.
  if (/^\.[a-z]/i.test(rest) && name !== "echo" && name !== "cd") return undefined;
  return { name: name!, rest };
}

/** A call's words: switches, in small letters, and the rest without quotes. */
export interface Words {
  readonly switches: ReadonlySet<string>;
  readonly operands: readonly string[];
}

/** Divides what follows a command's name. A switch is one of the given; any other word is an operand, `/srv/x` too. */
export function wordsOf(rest: string, switches: RegExp): Words {
  const words = rest.match(/"[^"]*"?|[^\s,;="/]+|\/[^\s,;="]*/g) ?? [];
  const joined: string[] = [];
  let end = -1;
  let at = 0;
  for (const word of words) {
    at = rest.indexOf(word, at);
    // `a"b c"d` is one word; `dir/b` is two.
    const continues = at === end && joined.length > 0 && !(word.startsWith("/") && switches.test(word));
    if (continues) joined[joined.length - 1] += word;
    else joined.push(word);
    end = at += word.length;
  }
  const found = new Set<string>();
  const operands: string[] = [];
  for (const word of joined) {
    if (word.startsWith("/") && switches.test(word)) {
      for (const part of word.toLowerCase().split("/").slice(1)) found.add(part);
    } else operands.push(word.replaceAll('"', ""));
  }
  return { switches: found, operands };
}

/** The folder and the pattern of the last name of an operand. */
export function folderAndPattern(operand: string): readonly [folder: string, pattern: string] {
  const cut = Math.max(operand.lastIndexOf("\\"), operand.lastIndexOf("/"), operand.indexOf(":"));
  return [operand.slice(0, cut + 1) || ".", operand.slice(cut + 1)];
}

/** An entry of a folder that a pattern matches. */
export interface Match {
  readonly name: string;
  /** As a path of this system. */
  readonly native: string;
  /** What the operand's folder is written as, followed by the name. */
  readonly shown: string;
  readonly info: Deno.FileInfo;
}

/** What an operand stands for: one entry by its name, or all that its pattern matches, sorted. */
export function matching(interpreter: Interpreter, operand: string): Match[] {
  if (!/[*?]/.test(operand)) {
    const native = interpreter.native(operand);
    const info = statOf(native);
    return info === undefined ? [] : [{ name: native.replace(/^.*\//, ""), native, shown: operand, info }];
  }
  const [folder, pattern] = folderAndPattern(operand);
  const native = interpreter.native(folder);
  const regular = wildcard(pattern);
  const names = interpreter.attempt(native, () => [...Deno.readDirSync(native)].map(({ name }) => name));
  return names.filter((name) => regular.test(name)).sort(byName).flatMap((name) => {
    const path = `${native === "/" ? "" : native}/${name}`;
    const info = statOf(path);
    return info === undefined
      ? []
      : [{ name, native: path, shown: folder === "." ? name : folder + name, info }];
  });
}

/** The names of the files that a pattern matches, for `for`. */
export function matchingNames(interpreter: Interpreter, pattern: string): string[] {
  return matching(interpreter, pattern.replaceAll('"', "")).filter(({ info }) => info.isFile).map((
    { shown },
  ) => shown);
}

/** Whether there is anything that an operand stands for, for `if exist`. */
export function pathExists(interpreter: Interpreter, operand: string): boolean {
  const bare = operand.replaceAll('"', "");
  if (/^nul$/i.test(bare)) return true;
  try {
    const found = matching(interpreter, bare.replace(/[\\/]$/, "") || bare);
    return /[\\/]$/.test(bare) ? found.some(({ info }) => info.isDirectory) : found.length > 0;
  } catch {
    return false; // a folder or a drive that is not there
  }
}

function byName(one: string, other: string): number {
  const [a, b] = [one.toLowerCase(), other.toLowerCase()];
  return a < b ? -1 : a > b ? 1 : one < other ? -1 : 1;
}

function statOf(native: string): Deno.FileInfo | undefined {
  try {
    return Deno.statSync(native);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) return undefined;
    if (error instanceof Deno.errors.NotCapable) throw error;
    throw new CommandFailure("Access is denied.");
  }
}

function nothing(): Promise<void> {
  return Promise.resolve();
}

/** Says that a file is not there, or that not even its folder is. */
function missing(interpreter: Interpreter, operand: string): CommandFailure {
  const folder = interpreter.native(folderAndPattern(operand)[0]);
  const what = statOf(folder)?.isDirectory ? "file" : "path";
  return new CommandFailure(`The system cannot find the ${what} specified.`);
}

const SYNTAX = "The syntax of the command is incorrect.";

async function echo({ interpreter, streams, rest }: Call): Promise<void> {
  const isOn = /^\s*(?:on|off)\s*$/i.test(rest);
  if (isOn) return;
  if (rest.trim() === "") return await interpreter.print(streams.stdout, "ECHO is on.\n");
  await interpreter.print(streams.stdout, `${rest.slice(1)}\n`);
}

async function changeDirectory({ interpreter, streams, rest }: Call): Promise<void> {
  const path = rest.replace(/^\s*\/d(?=\s)/i, "").trim();
  if (path === "" || /^[a-z]:$/i.test(path)) {
    return await interpreter.print(streams.stdout, `${interpreter.get("CD")}\n`);
  }
  interpreter.changeDirectory(path);
}

function makeDirectory({ interpreter, rest }: Call): Promise<void> {
  const { operands } = wordsOf(rest, /^$/);
  if (operands.length === 0) throw new CommandFailure(SYNTAX);
  for (const operand of operands) {
    const native = interpreter.native(operand);
    if (statOf(native) !== undefined) {
      throw new CommandFailure(`A subdirectory or file ${operand} already exists.`);
    }
    interpreter.attempt(native, () => Deno.mkdirSync(native, { recursive: true }));
  }
  return Promise.resolve();
}

function removeDirectory({ interpreter, rest }: Call): Promise<void> {
  const { switches, operands } = wordsOf(rest, /^(?:\/[sq])+$/i);
  if (operands.length === 0) throw new CommandFailure(SYNTAX);
  for (const operand of operands) {
    const native = interpreter.native(operand);
    const info = interpreter.attempt(native, () => Deno.lstatSync(native));
    if (!info.isDirectory && !info.isSymlink) throw new CommandFailure("The directory name is invalid.");
    if (native === "/" || native === interpreter.driveMap.workingDirectory()) {
      throw new CommandFailure(
        "The process cannot access the file because it is being used by another process.",
      );
    }
    interpreter.attempt(
      native,
      () => Deno.removeSync(native, { recursive: switches.has("s") && !info.isSymlink }),
    );
  }
  return Promise.resolve();
}

async function remove({ interpreter, streams, rest }: Call): Promise<number> {
  const { switches, operands } = wordsOf(rest, /^(?:\/(?:[fqsp]|a(?::?[-a-z]*)?))+$/i);
  if (operands.length === 0) throw new CommandFailure(SYNTAX);
  let exitCode = 0;
  for (const operand of operands) {
    const isFolder = !/[*?]/.test(operand) && statOf(interpreter.native(operand))?.isDirectory;
    const pattern = isFolder ? `${operand.replace(/[\\/]$/, "")}\\*` : operand;
    const files = (switches.has("s") ? matchingBelow(interpreter, pattern) : matching(interpreter, pattern))
      .filter(({ info }) => !info.isDirectory);
    if (files.length === 0 && !isFolder) {
      const native = interpreter.native(operand.replaceAll(/[*?]/g, "_"));
      const folder = interpreter.driveMap.toScript(native.replace(/\/[^/]*$/, "") || "/").replace(/\\$/, "");
      await interpreter.print(streams.stderr, `Could Not Find ${folder}\\${folderAndPattern(operand)[1]}\n`);
    }
    for (const { native, info, name } of files) {
      if (info.mode !== null && (info.mode & 0o222) === 0 && !switches.has("f")) {
        await interpreter.print(streams.stderr, `${name}\nAccess is denied.\n`);
        exitCode = 1;
      } else interpreter.attempt(native, () => Deno.removeSync(native));
    }
  }
  return exitCode;
}

/** What a pattern matches in a folder and in all folders below it. */
function matchingBelow(interpreter: Interpreter, operand: string): Match[] {
  const [folder, pattern] = folderAndPattern(operand);
  const found: Match[] = [];
  const prefix = folder === "." ? "" : folder;
  const everything = matching(interpreter, `${prefix}*`);
  found.push(...matching(interpreter, /[*?]/.test(pattern) ? operand : `${prefix}${pattern}`));
  for (const { info, native, shown } of everything) {
    interpreter.checkAborted();
    if (info.isDirectory && !Deno.lstatSync(native).isSymlink) {
      found.push(...matchingBelow(interpreter, `${shown}\\${pattern}`));
    }
  }
  return found;
}

/** The destination of a copy: within the folder that it names, or what it names. */
function placeOf(interpreter: Interpreter, destination: string, name: string): string {
  const native = interpreter.native(destination.replace(/[\\/]$/, "") || destination);
  return statOf(native)?.isDirectory ? `${native === "/" ? "" : native}/${name}` : native;
}

async function copy({ interpreter, streams, rest }: Call): Promise<void> {
  const { operands } = wordsOf(rest, /^(?:\/(?:[abdvnzl]|-?y))+$/i);
  const sources = operands.length > 1 ? operands.slice(0, -1) : operands;
  const destination = operands.length > 1 ? operands.at(-1)! : ".";
  if (sources.length === 0) throw new CommandFailure(SYNTAX);
  const groups = sources.join(" ").split(/\s*\+\s*/);
  if (groups.length > 1) {
    await concatenate(interpreter, groups, destination);
    return await interpreter.print(streams.stdout, "        1 file(s) copied.\n");
  }
  const [source] = groups as [string];
  const isNull = /^nul$/i.test(source);
  const isFolder = !isNull && !/[*?]/.test(source) && statOf(interpreter.native(source))?.isDirectory;
  const operand = isFolder ? `${source.replace(/[\\/]$/, "")}\\*` : source;
  const files = isNull ? [] : matching(interpreter, operand).filter(({ info }) => !info.isDirectory);
  if (isNull) {
    const native = interpreter.native(destination);
    interpreter.attempt(native, () => Deno.writeFileSync(native, new Uint8Array()));
    return await interpreter.print(streams.stdout, "        1 file(s) copied.\n");
  }
  if (files.length === 0) throw missing(interpreter, source);
  const native = interpreter.native(destination.replace(/[\\/]$/, "") || destination);
  if (/[\\/]$/.test(destination) && !statOf(native)?.isDirectory) {
    throw new CommandFailure("The system cannot find the path specified.");
  }
  if (files.length > 1 && !statOf(native)?.isDirectory) {
    // Several files into one: they are joined, as cmd does.
    await concatenate(interpreter, files.map(({ shown }) => shown), destination);
    return await interpreter.print(streams.stdout, "        1 file(s) copied.\n");
  }
  const showsNames = isFolder || /[*?]/.test(source);
  for (const file of files) {
    interpreter.checkAborted();
    if (showsNames) await interpreter.print(streams.stdout, `${file.shown}\n`);
    const target = placeOf(interpreter, destination, file.name);
    if (target === file.native) {
      throw new CommandFailure("The file cannot be copied onto itself.\n        0 file(s) copied.");
    }
    interpreter.attempt(target, () => Deno.copyFileSync(file.native, target));
    const { mtime } = file.info;
    if (mtime !== null) interpreter.attempt(target, () => Deno.utimeSync(target, mtime, mtime));
  }
  await interpreter.print(streams.stdout, `${String(files.length).padStart(9)} file(s) copied.\n`);
}

function concatenate(
  interpreter: Interpreter,
  sources: readonly string[],
  destination: string,
): Promise<void> {
  const parts = sources.flatMap((source) => {
    const files = matching(interpreter, source).filter(({ info }) => info.isFile);
    if (files.length === 0) throw missing(interpreter, source);
    return files.map(({ native }) => interpreter.attempt(native, () => Deno.readFileSync(native)));
  });
  const target = interpreter.native(destination);
  interpreter.attempt(target, () => {
    using file = Deno.openSync(target, { write: true, create: true, truncate: true });
    for (const part of parts) {
      for (let done = 0; done < part.length;) done += file.writeSync(part.subarray(done));
    }
  });
  return Promise.resolve();
}

async function move({ interpreter, streams, rest }: Call): Promise<void> {
  const { operands } = wordsOf(rest, /^\/-?y$/i);
  const [source, destination = "."] = operands;
  if (source === undefined || operands.length > 2) throw new CommandFailure(SYNTAX);
  const found = matching(interpreter, source).filter(({ info }) => info.isFile || !/[*?]/.test(source));
  if (found.length === 0) throw missing(interpreter, source);
  for (const { native, name } of found) {
    const target = placeOf(interpreter, destination, name);
    interpreter.attempt(target, () => renameOrCopy(native, target));
  }
  const folders = found.every(({ info }) => info.isDirectory);
  const count = String(found.length).padStart(9);
  await interpreter.print(streams.stdout, `${count} ${folders ? "dir(s)" : "file(s)"} moved.\n`);
}

/** Renames, and copies where the two places are on different file systems. */
function renameOrCopy(native: string, target: string): void {
  try {
    Deno.renameSync(native, target);
  } catch (error) {
    if ((error as { code?: string }).code !== "EXDEV" || Deno.statSync(native).isDirectory) throw error;
    Deno.copyFileSync(native, target);
    Deno.removeSync(native);
  }
}

function rename({ interpreter, rest }: Call): Promise<void> {
  const { operands: [source, name, more] } = wordsOf(rest, /^$/);
  if (source === undefined || name === undefined || more !== undefined || /[\\/:]/.test(name)) {
    throw new CommandFailure(SYNTAX);
  }
  const found = matching(interpreter, source);
  if (found.length === 0) throw missing(interpreter, source);
  for (const file of found) {
    const fresh = /[*?]/.test(name) ? renamed(file.name, name) : name;
    const target = `${file.native.replace(/\/[^/]*$/, "")}/${fresh}`;
    if (
      target !== file.native && statOf(target) !== undefined &&
      target.toLowerCase() !== file.native.toLowerCase()
    ) {
      throw new CommandFailure("A duplicate file name exists, or the file\ncannot be found.");
    }
    interpreter.attempt(target, () => Deno.renameSync(file.native, target));
  }
  return Promise.resolve();
}

/** `*.bak` of `a.txt` is `a.bak`: name and extension are filled in separately. */
function renamed(name: string, pattern: string): string {
  const split = (text: string): [string, string | undefined] => {
    const dot = text.lastIndexOf(".");
    return dot < 0 ? [text, undefined] : [text.slice(0, dot), text.slice(dot + 1)];
  };
  const filled = (part: string, shape: string): string => {
    let text = "";
    for (const [index, character] of [...shape].entries()) {
      if (character === "*") return text + part.slice(index);
      text += character === "?" ? part[index] ?? "" : character;
    }
    return text;
  };
  const [base, extension = ""] = split(name);
  const [baseShape, extensionShape] = split(pattern);
  const head = filled(base, baseShape);
  return extensionShape === undefined ? head : `${head}.${filled(extension, extensionShape)}`;
}

async function typeFiles({ interpreter, streams, rest }: Call): Promise<void> {
  const { operands } = wordsOf(rest, /^\/[a-z]$/i);
  if (operands.length === 0) {
    for (;;) {
      await streams.stdin.ready();
      const bytes = streams.stdin.take();
      if (bytes.length === 0) return;
      await interpreter.printBytes(streams.stdout, bytes);
    }
  }
  for (const operand of operands) {
    if (/^nul$/i.test(operand)) continue;
    const found = matching(interpreter, operand).filter(({ info }) => !info.isDirectory);
    if (found.length === 0) throw missing(interpreter, operand);
    for (const { native, shown } of found) {
      // The names go beside the contents, so that only these are redirected.
      if (operands.length > 1 || found.length > 1) {
        await interpreter.print(streams.stderr, `\n${shown}\n\n\n`);
      }
      using file = openForReading(interpreter, native);
      const bytes = new Uint8Array(256 * 1024);
      for (let count; (count = await file.read(bytes)) !== null;) {
        await interpreter.printBytes(streams.stdout, bytes.slice(0, count));
      }
    }
  }
}

function openForReading(interpreter: Interpreter, native: string): Deno.FsFile {
  return interpreter.attempt(native, () => Deno.openSync(native));
}

async function setVariable({ interpreter, streams, rest }: Call): Promise<number> {
  const text = rest.trim().replace(/^"(.*)".*$/s, "$1").replace(/^"/, "");
  const assignment = /^([^=]+)=(.*)$/s.exec(text);
  if (/^\/[ap]/i.test(text)) {
    throw new CommandFailure(
      `Burnscript's cmd has no set ${text.slice(0, 2)}; compute in the script instead.`,
    );
  }
  if (assignment !== null) {
    interpreter.set(assignment[1]!, assignment[2] === "" ? undefined : assignment[2]);
    return 0;
  }
  const rows = interpreter.variables().filter(([name]) => name.toLowerCase().startsWith(text.toLowerCase()));
  for (const [name, value] of rows) await interpreter.print(streams.stdout, `${name}=${value}\n`);
  if (rows.length > 0) return 0;
  throw new CommandFailure(`Environment variable ${text} not defined`);
}

/** `start "title" /wait program arguments`. */
async function start({ interpreter, streams, rest }: Call): Promise<number> {
  let text = rest.trim().replace(/^"[^"]*"\s*/, "");
  let waits = false;
  for (
    let match;
    (match = /^\/(wait|w|b|min|max|i|low|normal|high|realtime|d\s*(?:"[^"]*"|\S+))(?=\s|$)\s*/i.exec(text));
  ) {
    if (/^w/i.test(match[1]!)) waits = true;
    if (/^d/i.test(match[1]!)) interpreter.changeDirectory(match[1]!.slice(1).trim());
    text = text.slice(match[0].length);
  }
  if (text === "") throw new CommandFailure(SYNTAX);
  if (!waits && interpreterLine(text.replace(/^\S+/, "")) === undefined) {
    return await interpreter.runProgram(text, streams, { detached: true });
  }
  return await interpreter.runText(text, streams);
}
