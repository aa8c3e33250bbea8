/** What a `for` goes through, one round after the other. @module */
import { interpreterCommand } from "../command_line.ts";
import { parseLineOptions, tokensOfLine } from "./for_lines.ts";
import type { Interpreter } from "./interpreter.ts";
import type { Match } from "./paths.ts";
import { CommandFailure } from "./signals.ts";
import { collected, type Streams } from "./streams.ts";
import { decodeText, linesOf } from "./texts.ts";
import type { ForLoop } from "./tree.ts";

/** The values of the loop's variables for each round: the first is that of the variable that it names. */
export async function* loopItems(
  loop: ForLoop,
  interpreter: Interpreter,
  streams: Streams,
): AsyncGenerator<readonly string[]> {
  const set = interpreter.expand(loop.set);
  if (loop.over === "numbers") yield* numbers(set);
  else if (loop.over === "lines") yield* lines(set, loop, interpreter, streams);
  else if (loop.root === undefined) { for (const name of names(set, loop, interpreter)) yield [name]; }
  else yield* below(interpreter.expand(loop.root), set, loop, interpreter);
}

/** `/l`: from, step, to. A step of 0 never ends. */
function* numbers(set: string): Generator<readonly string[]> {
  const [from = 0, step = 0, to = 0] = words(set).map((word) =>
    parseInt(word, /^[-+]?0x/i.test(word) ? 16 : 10) || 0
  );
  for (let value = from; step >= 0 ? value <= to : value >= to; value += step) yield [String(value)];
}

/** Words as they are; patterns become the files, or with `/d` the folders, that they match. */
function* names(set: string, { over }: ForLoop, { paths }: Interpreter): Generator<string> {
  for (const word of words(set)) {
    if (!/[*?]/.test(word)) yield word;
    else {
      const wantsFolders = over === "folders";
      const found = foundOrNone(() => paths.matching(word.replaceAll('"', "")));
      for (const { shown, info } of found) if (info.isDirectory === wantsFolders) yield shown;
    }
  }
}

function foundOrNone(find: () => Match[]): Match[] {
  try {
    return find();
  } catch (error) {
    if (error instanceof CommandFailure) return []; // a folder that is not there has nothing in it
    throw error;
  }
}

/** `/r`: the same in a folder and in all folders below it, with whole paths. */
async function* below(
  root: string,
  set: string,
  loop: ForLoop,
  interpreter: Interpreter,
): AsyncGenerator<readonly string[]> {
  const { paths, session } = interpreter;
  const folders = [paths.full(root.replaceAll('"', "").replace(/[\\/]$/, "") || ".")];
  for (let folder; (folder = folders.shift()) !== undefined;) {
    await session.breathe();
    const prefix = folder.endsWith("\\") ? folder : `${folder}\\`;
    for (const word of words(set)) {
      const bare = word.replaceAll('"', "");
      if (!/[*?]/.test(bare)) yield [prefix + bare];
      else for (const name of names(`"${prefix}${bare}"`, loop, interpreter)) yield [name];
    }
    folders.unshift(...foundOrNone(() => paths.innerFolders(prefix)).map(({ shown }) => shown));
  }
}

/** `/f`: the tokens of the lines of files, of a text, or of what a command line writes. */
async function* lines(
  set: string,
  loop: ForLoop,
  interpreter: Interpreter,
  streams: Streams,
): AsyncGenerator<readonly string[]> {
  const options = parseLineOptions(interpreter.expand(loop.options));
  for await (const text of textsOf(set.trim(), options.usesBackQuotes, interpreter, streams)) {
    for (const line of linesOf(text).slice(options.skipLines)) {
      const tokens = tokensOfLine(line, options);
      if (tokens !== undefined) yield tokens;
    }
  }
}

async function* textsOf(
  set: string,
  usesBackQuotes: boolean,
  interpreter: Interpreter,
  streams: Streams,
): AsyncGenerator<string> {
  const [command, text] = usesBackQuotes ? ["`", "'"] : ["'", '"'];
  const between = (quote: string): string | undefined =>
    set.length > 1 && set.startsWith(quote) && set.endsWith(quote) ? set.slice(1, -1) : undefined;
  const line = between(command!);
  const literal = between(text!);
  if (line !== undefined) {
    const command = interpreterCommand(`/c ${line}`).line;
    yield decodeText(await collected((stdout) => interpreter.branch().run(command, { ...streams, stdout })));
    await interpreter.session.breathe();
  } else if (literal !== undefined) yield literal;
  else {
    for (const word of words(set)) {
      const name = word.replaceAll('"', "");
      const native = interpreter.paths.native(name);
      if (!interpreter.paths.stat(native)?.isFile) {
        throw new CommandFailure(`The system cannot find the file ${name}.`);
      }
      yield decodeText(interpreter.paths.attempt(native, () => Deno.readFileSync(native)));
    }
  }
}

/** The words of a set; quotes hold words together and stay. */
function words(set: string): string[] {
  return set.match(/(?:"[^"]*"?|[^\s,;="])+/g) ?? [];
}
