/** What `find`, `findstr` and `sort` have in common: the texts that they read. @module */
import { folderAndPattern } from "../paths.ts";
import { CommandFailure } from "../signals.ts";
import { readAll } from "../streams.ts";
import { decodeText, linesOf } from "../texts.ts";
import type { Call } from "./call.ts";

/** The lines of a file, or of what comes in, which has no name. */
export interface NamedLines {
  /** As the operand is written, followed by the file's name. */
  readonly name: string | undefined;
  readonly lines: readonly string[];
}

/** The texts that operands name, one after the other; without any, what comes in. */
export async function* textsOf(
  call: Call,
  operands: readonly string[],
  isDeep = false,
): AsyncGenerator<NamedLines> {
  const { interpreter: { paths, session }, streams } = call;
  if (operands.length === 0) {
    yield { name: undefined, lines: linesOf(decodeText(await readAll(streams.stdin))) };
    return;
  }
  for (const operand of operands) {
    await session.breathe();
    const files = paths.matching(operand).filter(({ info }) => !info.isDirectory);
    if (files.length === 0 && !isDeep) throw new CommandFailure(operand);
    for (const { native, shown } of files) {
      yield {
        name: shown,
        lines: linesOf(decodeText(paths.attempt(native, () => Deno.readFileSync(native)))),
      };
    }
    if (!isDeep) continue;
    const [folder, pattern] = folderAndPattern(operand);
    for (const { shown } of paths.innerFolders(folder === "." ? "" : folder)) {
      yield* textsOf(call, [`${shown}\\${pattern}`], true);
    }
  }
}
