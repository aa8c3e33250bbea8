/** `del` and `rd`. @module */
import { folderAndPattern, IN_USE, type Match, type Paths } from "../paths.ts";
import { CommandFailure, SYNTAX_INCORRECT } from "../signals.ts";
import { matchingBelow } from "../walk.ts";
import { type Call, wordsOf } from "./call.ts";
import { confirms } from "./questions.ts";

/** `del files /s /q /f /p /a`: asks before it takes all of a folder, or with `/p` before each file. */
export async function remove(call: Call): Promise<number> {
  const { interpreter, streams, rest } = call;
  const { paths } = interpreter;
  const { switches, operands } = wordsOf(rest, /^(?:\/(?:[fqsp]|a(?::?[-a-z]*)?))+$/i);
  if (operands.length === 0) throw new CommandFailure(SYNTAX_INCORRECT);
  for (const operand of operands) {
    const isFolder = paths.isFolder(operand);
    const pattern = isFolder ? `${operand.replace(/[\\/]$/, "")}\\*` : operand;
    const takesAll = /^\*(?:\.\*)?$/.test(folderAndPattern(pattern)[1]);
    if (takesAll && !switches.has("q") && !await confirms(call, `${paths.full(pattern)}, Are you sure`)) {
      continue;
    }
    let isFound = isFolder;
    const matches = switches.has("s") ? matchingBelow(interpreter, pattern) : paths.matching(pattern);
    for await (const file of matches) {
      await interpreter.session.breathe();
      if (file.info.isDirectory) continue;
      isFound = true;
      if (switches.has("p") && !await confirms(call, `${paths.full(file.shown)}, Delete`)) continue;
      if (isReadOnly(file) && !switches.has("f")) {
        await interpreter.print(streams.stderr, `${file.shown}\nAccess is denied.\n`);
      } else removeFile(paths, file);
    }
    if (!isFound) await interpreter.print(streams.stderr, `Could Not Find ${paths.full(pattern)}\n`);
  }
  return 0; // whatever happened: so does Windows
}

function isReadOnly({ info: { mode } }: Match): boolean {
  return mode !== null && (mode & 0o222) === 0;
}

function removeFile(paths: Paths, { native }: Match): void {
  paths.attempt(native, () => Deno.removeSync(native));
}

/** `rd folder /s /q`: with `/s` alone it asks before it takes what is in the folder. */
export async function removeDirectory(call: Call): Promise<number> {
  const { interpreter: { paths }, rest } = call;
  const { switches, operands } = wordsOf(rest, /^(?:\/[sq])+$/i);
  if (operands.length === 0) throw new CommandFailure(SYNTAX_INCORRECT);
  for (const operand of operands) {
    const native = paths.native(operand);
    const info = paths.attempt(native, () => Deno.lstatSync(native));
    if (!info.isDirectory && !info.isSymlink) throw new CommandFailure("The directory name is invalid.", 267);
    if (native === "/" || native === paths.driveMap.workingDirectory()) {
      throw new CommandFailure(IN_USE);
    }
    const takesAll = switches.has("s") && !info.isSymlink;
    if (takesAll && !switches.has("q") && !await confirms(call, `${operand}, Are you sure`)) continue;
    paths.attempt(native, () => Deno.removeSync(native, { recursive: takesAll }));
  }
  return 0;
}
