/** `find "text" [files]`: the one on Windows, which is another program than the one of that name elsewhere. @module */
import { type Call, matching } from "./built_ins.ts";
import { CommandFailure } from "./run.ts";

/** Prints the lines that hold a text; `/i` any case, `/v` those that do not, `/c` counts, `/n` numbers. */
export async function find({ interpreter, streams, rest }: Call): Promise<number> {
  const match = /^((?:\s*\/[a-z]+)*)\s*"((?:[^"]|"")*)"((?:\s*\/[a-z]+(?=\s|$))*)\s*(.*)$/is.exec(rest);
  if (match === null) throw new CommandFailure("FIND: Parameter format not correct", 2);
  const switches = new Set((match[1]! + match[3]!).toLowerCase().match(/[a-z]+/g) ?? []);
  const wanted = match[2]!.replaceAll('""', '"');
  const folded = switches.has("i") ? wanted.toLowerCase() : wanted;
  const holds = (line: string): boolean =>
    (switches.has("i") ? line.toLowerCase() : line).includes(folded) !== switches.has("v");
  let total = 0;
  const search = async (text: string, prefix: string): Promise<void> => {
    const lines = text.split(/\r?\n/);
    if (lines.at(-1) === "") lines.pop();
    const found = lines.map((line, index) => [index + 1, line] as const).filter(([, line]) => holds(line));
    total += found.length;
    if (switches.has("c")) {
      return await interpreter.print(
        streams.stdout,
        `${prefix === "" ? "" : `${prefix}: `}${found.length}\n`,
      );
    }
    const head = prefix === "" ? "" : `${prefix}\n`;
    const body = found.map(([number, line]) => `${switches.has("n") ? `[${number}]` : ""}${line}\n`).join("");
    await interpreter.print(streams.stdout, head + body);
  };
  const files = match[4]!.match(/"[^"]*"|\S+/g) ?? [];
  if (files.length === 0) {
    const parts: Uint8Array[] = [];
    for (;;) {
      await streams.stdin.ready();
      const bytes = streams.stdin.take();
      if (bytes.length === 0) break;
      parts.push(bytes.slice());
    }
    await search(await new Blob(parts as BlobPart[]).text(), "");
  }
  for (const file of files) {
    const bare = file.replaceAll('"', "");
    const found = matching(interpreter, bare);
    if (found.length === 0) throw new CommandFailure(`File not found - ${bare.toUpperCase()}`);
    for (const { native, shown } of found) {
      const text = interpreter.attempt(native, () => Deno.readTextFileSync(native));
      await search(text, `\n---------- ${shown.toUpperCase()}`);
    }
  }
  return total > 0 ? 0 : 1;
}
