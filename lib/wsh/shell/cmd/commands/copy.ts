/** `copy` and `xcopy`. @module */
import type { Match, Paths } from "../paths.ts";
import { CommandFailure, SYNTAX_INCORRECT } from "../signals.ts";
import { readAll } from "../streams.ts";
import { type Call, wordsOf } from "./call.ts";

/** `copy a b`, `copy *.txt folder`, `copy a+b c`: what is there is overwritten, as in a batch file. */
export async function copy(call: Call): Promise<void> {
  const { interpreter, streams, rest } = call;
  const { operands } = wordsOf(rest.replaceAll("+", " + "), /^(?:\/(?:[abdvnzl]|-?y))+$/i);
  const { sources, destination } = sourcesAndDestination(operands);
  const { paths } = interpreter;
  if (sources.length > 1) return await join(call, sources, destination);
  const source = sources[0]!;
  if (/^(?:nul|con):?$/i.test(source)) return await join(call, sources, destination);
  const isFolder = paths.isFolder(source);
  const files = paths.matching(isFolder ? `${source.replace(/[\\/]$/, "")}\\*` : source)
    .filter(({ info }) => !info.isDirectory);
  if (files.length === 0) throw paths.missing(source);
  const target = paths.stat(paths.native(destination.replace(/[\\/]$/, "") || destination));
  if (/[\\/]$/.test(destination) && !target?.isDirectory) {
    throw new CommandFailure("The system cannot find the path specified.");
  }
  if (files.length > 1 && !target?.isDirectory) {
    return await join(
      call,
      files.map(({ shown }) => shown),
      destination,
    );
  }
  for (const file of files) {
    await interpreter.session.breathe();
    if (isFolder || /[*?]/.test(source)) await interpreter.print(streams.stdout, `${file.shown}\n`);
    copyFile(paths, file, placeOf(paths, destination, file.name));
  }
  await interpreter.print(streams.stdout, copied(files.length));
}

function copied(count: number): string {
  return `${String(count).padStart(9)} file(s) copied.\n`;
}

/** Operands with `+` between them are sources; the last of the others is the destination. */
function sourcesAndDestination(operands: readonly string[]): { sources: string[]; destination: string } {
  const sources: string[] = [];
  let at = 0;
  for (let joins = true; at < operands.length && joins; joins = operands[at] === "+", at += joins ? 1 : 0) {
    sources.push(operands[at++]!);
  }
  const destination = operands[at] ?? (sources.length > 1 ? sources[0]! : ".");
  if (sources.length === 0 || operands.length > at + 1 || sources.includes("+")) {
    throw new CommandFailure(SYNTAX_INCORRECT);
  }
  return { sources, destination };
}

/** Copies a file with its time. */
function copyFile(paths: Paths, file: Match, target: string): void {
  if (target === file.native) {
    throw new CommandFailure(`The file cannot be copied onto itself.\n${copied(0).trimEnd()}`);
  }
  paths.attempt(target, () => Deno.copyFileSync(file.native, target));
  const { mtime } = file.info;
  if (mtime !== null) paths.attempt(target, () => Deno.utimeSync(target, mtime, mtime));
}

/** The destination of a copy: within the folder that it names, or what it names. */
export function placeOf(paths: Paths, destination: string, name: string): string {
  const native = paths.native(destination.replace(/[\\/]$/, "") || destination);
  return paths.stat(native)?.isDirectory ? `${native === "/" ? "" : native}/${name}` : native;
}

/** Several files into one. All are read before the first byte is written: the destination may be one of them. */
async function join(call: Call, sources: readonly string[], destination: string): Promise<void> {
  const { interpreter, streams } = call;
  const { paths } = interpreter;
  const parts: Uint8Array[] = [];
  for (const source of sources) {
    if (/^nul:?$/i.test(source)) continue;
    if (/^con:?$/i.test(source)) parts.push(await readAll(streams.stdin));
    else {
      const files = paths.matching(source).filter(({ info }) => !info.isDirectory);
      if (files.length === 0) throw paths.missing(source);
      for (const { native } of files) parts.push(paths.attempt(native, () => Deno.readFileSync(native)));
    }
  }
  if (/^con:?$/i.test(destination)) {
    for (const part of parts) await interpreter.printBytes(streams.stdout, part);
  } else if (!/^nul:?$/i.test(destination)) {
    const name = sources[0]!.replace(/^.*[\\/:]/, "");
    const target = placeOf(paths, destination, name);
    const bytes = await new Blob(parts as BlobPart[]).bytes();
    paths.attempt(target, () => Deno.writeFileSync(target, bytes));
  }
  await interpreter.print(streams.stdout, copied(1));
}

const XCOPY_SWITCHES = /^(?:\/(?:[acefhijklmnopqrstuvwxyzdb]|-y|d:[\d-]+|exclude:[^/]+))+$/i;

/** `xcopy source destination /s /e /i /d /y /h /q /l /t`: a tree of files. */
export async function xcopy(call: Call): Promise<number> {
  const { interpreter, rest, streams } = call;
  const { paths } = interpreter;
  const { switches, operands: [source, destination = ".", more] } = wordsOf(rest, XCOPY_SWITCHES);
  if (source === undefined || more !== undefined) {
    throw new CommandFailure("Invalid number of parameters\n0 File(s) copied", 4);
  }
  const isFolder = paths.isFolder(source);
  const cut = Math.max(source.lastIndexOf("\\"), source.lastIndexOf("/"), source.indexOf(":"));
  const from = isFolder ? source : source.slice(0, cut + 1) || ".";
  const pattern = isFolder ? "*" : source.slice(cut + 1);
  const target = paths.native(destination.replace(/[\\/]$/, "") || destination);
  const isTargetFolder = isFolder || switches.has("i") ||
    /[\\/]$|[*?]/.test(destination + (cut < 0 ? source : "")) ||
    (paths.stat(target)?.isDirectory ?? false);
  const job: TreeCopy = { call, switches, pattern, found: 0, copied: 0, isTargetFolder };
  const root = paths.native(from.replace(/[\\/]$/, "") || from);
  if (paths.stat(root)?.isDirectory !== true) {
    throw new CommandFailure(`File not found - ${pattern}\n0 File(s) copied`, 4);
  }
  await copyTree(job, root, target);
  if (job.found === 0 && !isFolder) {
    throw new CommandFailure(`File not found - ${pattern}\n0 File(s) copied`, 4);
  }
  await interpreter.print(streams.stdout, `${job.copied} File(s)${switches.has("l") ? "" : " copied"}\n`);
  return 0;
}

interface TreeCopy {
  readonly call: Call;
  readonly switches: ReadonlySet<string>;
  readonly pattern: string;
  readonly isTargetFolder: boolean;
  /** How many files there were, and how many of them were copied. */
  found: number;
  copied: number;
}

async function copyTree(job: TreeCopy, from: string, to: string): Promise<void> {
  const { call: { interpreter, streams }, switches, pattern, isTargetFolder } = job;
  const { paths } = interpreter;
  const isReal = !switches.has("l");
  const makesFolders = isTargetFolder && isReal;
  const isHidden = (name: string): boolean => name.startsWith(".") && !switches.has("h");
  const files = paths.matching(`${from === "/" ? "" : from}/${pattern}`).filter(({ info, name }) =>
    !info.isDirectory && !isHidden(name)
  );
  if (makesFolders && (files.length > 0 || switches.has("e") || switches.has("t"))) {
    paths.attempt(to, () => Deno.mkdirSync(to, { recursive: true }));
  }
  job.found += files.length;
  for (const file of switches.has("t") ? [] : files) {
    await interpreter.session.breathe();
    const target = isTargetFolder ? `${to === "/" ? "" : to}/${file.name}` : to;
    const there = paths.stat(target)?.mtime;
    if (switches.has("d") && there && file.info.mtime && there >= file.info.mtime) continue;
    if (switches.has("u") && paths.stat(target) === undefined) continue;
    if (!switches.has("q")) {
      await interpreter.print(streams.stdout, `${paths.driveMap.toScript(file.native)}\n`);
    }
    if (isReal) copyFile(paths, file, target);
    job.copied++;
  }
  if (!switches.has("s") && !switches.has("e")) return;
  for (const { native, name } of paths.innerFolders(from)) {
    if (isHidden(name)) continue;
    if (native === to || to.startsWith(`${native}/`)) {
      throw new CommandFailure("Cannot perform a cyclic copy", 4);
    }
    await copyTree(job, native, `${to === "/" ? "" : to}/${name}`);
  }
}
