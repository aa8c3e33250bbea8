/** `cd`, `md`, `pushd`, `popd`. @module */
import { CommandFailure, SYNTAX_INCORRECT } from "../signals.ts";
import { type Call, wordsOf } from "./call.ts";

/** `cd folder`, with `/d` to another drive; without a folder it shows the current one. */
export async function changeDirectory({ interpreter, streams, rest }: Call): Promise<void> {
  const { paths } = interpreter;
  const changesDrive = /^\s*\/d(?=\s)/i.test(rest);
  const path = rest.replace(/^\s*\/d(?=\s)/i, "").trim();
  if (path === "" || /^[a-z]:$/i.test(path)) {
    return await interpreter.print(streams.stdout, `${paths.current}\n`);
  }
  paths.changeDirectory(path, { changesDrive });
}

/** `md a\b\c`: with all folders on the way. */
export function makeDirectory({ interpreter: { paths }, rest }: Call): void {
  const { operands } = wordsOf(rest, /^$/);
  if (operands.length === 0) throw new CommandFailure(SYNTAX_INCORRECT);
  for (const operand of operands) {
    const native = paths.native(operand);
    if (paths.stat(native) !== undefined) {
      throw new CommandFailure(`A subdirectory or file ${operand} already exists.`);
    }
    paths.attempt(native, () => Deno.mkdirSync(native, { recursive: true }));
  }
}

/** `pushd folder`. */
export async function pushDirectory({ interpreter, streams, rest }: Call): Promise<void> {
  const { paths, folders } = interpreter;
  if (rest.trim() === "") {
    for (const folder of folders.toReversed()) {
      await interpreter.print(streams.stdout, `${paths.driveMap.toScript(folder)}\n`);
    }
    return;
  }
  const before = paths.driveMap.workingDirectory();
  paths.changeDirectory(rest.trim(), { changesDrive: true });
  folders.push(before);
}

/** `popd`. */
export function popDirectory({ interpreter: { paths, folders } }: Call): number {
  const folder = folders.pop();
  if (folder !== undefined) paths.enter(folder);
  return folder === undefined ? 1 : 0;
}
