/** What `find`, `findstr` and `sort` have in common: the texts that they read. @module */
import { CommandFailure } from "../signals.ts";
import { readAll } from "../streams.ts";
import { decodeText, linesOf } from "../texts.ts";
import { matchingBelow } from "../walk.ts";
import type { Call } from "./call.ts";

/** The lines of a file, or of what comes in, which has no name. */
export interface NamedLines {
  /** As the operand is written, followed by the file's name. */
  readonly name: string | undefined;
  readonly text: string;
  readonly lines: readonly string[];
}

/** The texts that operands name, one after the other; without any, what comes in. */
export async function* textsOf(
  call: Call,
  operands: readonly string[],
  isDeep = false,
): AsyncGenerator<NamedLines> {
  const { interpreter, streams } = call;
  const { paths, session } = interpreter;
  if (operands.length === 0) return yield namedLines(undefined, await readAll(streams.stdin));
  for (const operand of operands) {
    let isFound = isDeep;
    for await (
      const { info, native, shown } of isDeep ? matchingBelow(interpreter, operand) : paths.matching(operand)
    ) {
      await session.breathe();
      if (info.isDirectory) continue;
      isFound = true;
      yield namedLines(shown, paths.attempt(native, () => Deno.readFileSync(native)));
    }
    if (!isFound) throw new CommandFailure(operand);
  }
}

function namedLines(name: string | undefined, bytes: Uint8Array): NamedLines {
  const text = decodeText(bytes);
  return { name, text, lines: linesOf(text) };
}
