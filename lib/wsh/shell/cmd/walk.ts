/** What a pattern matches in a folder and in all folders below it: `/s` of many commands. @module */
import type { Interpreter } from "./interpreter.ts";
import { folderAndPattern, type Match } from "./paths.ts";

/** The matches of a folder before those of the folders in it; links to folders are not followed. */
export async function* matchingBelow(
  interpreter: Pick<Interpreter, "paths" | "session">,
  operand: string,
): AsyncGenerator<Match> {
  const { paths, session } = interpreter;
  await session.breathe();
  yield* paths.matching(operand);
  const [folder, pattern] = folderAndPattern(operand);
  for (const { shown } of paths.innerFolders(folder === "." ? "" : folder)) {
    yield* matchingBelow(interpreter, `${shown}\\${pattern}`);
  }
}
