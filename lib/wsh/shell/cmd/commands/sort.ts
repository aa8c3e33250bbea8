/** `sort`: the one of Windows. @module */
import { type Call, wordsOf } from "./call.ts";
import { textsOf } from "./filters.ts";

/** `sort [/r] [/+n] [/unique] [/o file] [file]`: without regard to case. */
export async function sort(call: Call): Promise<void> {
  const { interpreter, streams, rest } = call;
  const { paths } = interpreter;
  const output = /\s\/o(?:utput)?\s+("[^"]*"|\S+)/i.exec(rest);
  const others = output === null ? rest : rest.replace(output[0], " ");
  const { switches, operands } = wordsOf(
    others,
    /^\/(?:r(?:everse)?|u(?:nique)?|\+\d+|c(?:ase_sensitive)?)$/i,
  );
  const lines: string[] = [];
  for await (const text of textsOf(call, operands)) for (const line of text.lines) lines.push(line);
  const first = Number([...switches].find((name) => name.startsWith("+"))?.slice(1) ?? 1) - 1;
  const distinguishes = switches.has("c") || switches.has("case_sensitive");
  const { compare } = new Intl.Collator("en", { sensitivity: distinguishes ? "variant" : "accent" });
  const order = switches.has("r") || switches.has("reverse") ? -1 : 1;
  let sorted = lines.sort((one, other) => order * compare(one.slice(first), other.slice(first)));
  if (switches.has("u") || switches.has("unique")) {
    sorted = sorted.filter((line, index) => index === 0 || compare(line, sorted[index - 1]!) !== 0);
  }
  const text = sorted.map((line) => `${line}\n`).join("");
  if (output === null) return await interpreter.print(streams.stdout, text);
  const native = paths.native(output[1]!);
  paths.attempt(native, () => Deno.writeTextFileSync(native, text.replaceAll("\n", "\r\n")));
}
