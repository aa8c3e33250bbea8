/** `find "text" [files]`: the one on Windows, which is another program than the one of that name elsewhere. @module */
import { CommandFailure } from "../signals.ts";
import type { Call } from "./call.ts";
import { textsOf } from "./filters.ts";

/** Prints the lines that hold a text; `/i` any case, `/v` those that do not, `/c` counts, `/n` numbers. */
export async function find(call: Call): Promise<number> {
  const { interpreter, streams, rest } = call;
  const match = /^((?:\s*\/[a-z]+)*)\s*"((?:[^"]|"")*)"((?:\s*\/[a-z]+(?=\s|$))*)\s*(.*)$/is.exec(rest);
  if (match === null) throw new CommandFailure("FIND: Parameter format not correct", 2);
  const switches = new Set((match[1]! + match[3]!).toLowerCase().match(/[a-z]+/g) ?? []);
  const wanted = match[2]!.replaceAll('""', '"');
  const folded = switches.has("i") ? wanted.toLowerCase() : wanted;
  const holds = (line: string): boolean =>
    (switches.has("i") ? line.toLowerCase() : line).includes(folded) !== switches.has("v");
  const files = (match[4]!.match(/(?:"[^"]*"|[^\s"])+/g) ?? []).map((file) => file.replaceAll('"', ""));
  let total = 0;
  try {
    for await (const { name, lines } of textsOf(call, files)) {
      const found = lines.map((line, index) => [index + 1, line] as const).filter(([, line]) => holds(line));
      total += found.length;
      const title = name === undefined ? "" : `\n---------- ${name.toUpperCase()}`;
      const text = switches.has("c")
        ? `${title === "" ? "" : `${title}: `}${found.length}\n`
        : `${title === "" ? "" : `${title}\n`}${
          found.map(([number, line]) => `${switches.has("n") ? `[${number}]` : ""}${line}\n`).join("")
        }`;
      await interpreter.print(streams.stdout, text);
    }
  } catch (error) {
    if (!(error instanceof CommandFailure) || !files.includes(error.message)) throw error;
    throw new CommandFailure(`File not found - ${error.message.toUpperCase()}`);
  }
  return total > 0 ? 0 : 1;
}
