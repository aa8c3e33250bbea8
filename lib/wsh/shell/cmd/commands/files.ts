/** `attrib`, `mklink`, `where`. @module */
import { findProgram } from "../../command_line.ts";
import type { Match } from "../paths.ts";
import { CommandFailure, SYNTAX_INCORRECT } from "../signals.ts";
import { matchingBelow } from "../walk.ts";
import { type Call, wordsOf } from "./call.ts";

const WRITABLE = 0o222;

/** `attrib [+r|-r] files [/s] [/d]`: the read-only attribute is the permission to write, others cannot be set here. */
export async function attrib(call: Call): Promise<void> {
  const { interpreter, streams, rest } = call;
  const { paths } = interpreter;
  const changes = rest.match(/(?<=^|\s)[-+][rashoi](?=\s|$)/gi) ?? [];
  const { operands } = wordsOf(rest.replaceAll(/(?<=^|\s)[-+][rashoi](?=\s|$)/gi, " "), /^\/[sdl]$/i);
  for (const operand of operands.length === 0 ? ["*"] : operands) {
    const found = paths.matching(operand).filter(({ info }) => info.isFile || !/[*?]/.test(operand));
    if (found.length === 0) {
      await interpreter.print(streams.stdout, `File not found - ${paths.full(operand)}\n`);
    }
    for (const file of found) {
      if (changes.length === 0) {
        await interpreter.print(streams.stdout, `${attributesOf(file)}${paths.full(file.shown)}\n`);
      }
      const readOnly = changes.findLast((change) => /r/i.test(change));
      const { mode } = file.info;
      if (readOnly === undefined || mode === null) continue;
      const fresh = readOnly.startsWith("+") ? mode & ~WRITABLE : mode | 0o200;
      paths.attempt(file.native, () => Deno.chmodSync(file.native, fresh & 0o7777));
    }
  }
}

function attributesOf({ name, info: { mode, isDirectory } }: Match): string {
  const isReadOnly = mode !== null && (mode & WRITABLE) === 0;
  return `${isDirectory ? " " : "A"}   ${name.startsWith(".") ? "H" : " "}${isReadOnly ? "R" : " "}       `;
}

/** `mklink [/d|/h|/j] link target`. */
export async function makeLink({ interpreter, streams, rest }: Call): Promise<void> {
  const { paths } = interpreter;
  const { switches, operands: [link, target, more] } = wordsOf(rest, /^\/[dhj]$/i);
  if (link === undefined || target === undefined || more !== undefined) {
    throw new CommandFailure(SYNTAX_INCORRECT);
  }
  const native = paths.native(link);
  if (paths.stat(native) !== undefined) {
    throw new CommandFailure("Cannot create a file when that file already exists.");
  }
  const isRelative = !/^(?:[a-z]:|[\\/])/i.test(target);
  paths.attempt(native, () => {
    if (switches.has("h")) Deno.linkSync(paths.native(target), native);
    else Deno.symlinkSync(isRelative ? target.replaceAll("\\", "/") : paths.native(target), native);
  });
  const kind = switches.has("h") ? "Hardlink" : switches.has("j") ? "Junction" : "symbolic link";
  await interpreter.print(streams.stdout, `${kind} created for ${link} <<===>> ${target}\n`);
}

/** `where names`, `where /r folder pattern`: files in the current folder and on PATH. */
export async function where(call: Call): Promise<number> {
  const { interpreter, streams, rest } = call;
  const { paths, variables } = interpreter;
  const root = /\/r\s+("[^"]*"|\S+)/i.exec(rest);
  const { switches, operands } = wordsOf(root === null ? rest : rest.replace(root[0], " "), /^\/[qtf]$/i);
  const found: string[] = [];
  for (const name of operands) {
    if (root !== null) {
      const folder = paths.full(root[1]!.replaceAll('"', "")).replace(/\\$/, "");
      for await (const { info, shown } of matchingBelow(interpreter, `${folder}\\${name}`)) {
        if (info.isFile) found.push(shown);
      }
      continue;
    }
    const here = paths.matching(name).filter(({ info }) => info.isFile);
    found.push(...here.map(({ shown }) => paths.full(shown)));
    const variable = (key: string): string | undefined => variables.native(key);
    const program = findProgram(name, { driveMap: paths.driveMap, variable });
    if (program !== undefined) found.push(paths.driveMap.toScript(program));
  }
  if (found.length === 0) throw new CommandFailure("INFO: Could not find files for the given pattern(s).");
  if (!switches.has("q")) {
    for (const path of new Set(found)) await interpreter.print(streams.stdout, `${path}\n`);
  }
  return 0;
}
