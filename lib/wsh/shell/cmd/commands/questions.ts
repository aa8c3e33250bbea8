/** Commands that ask or wait: nobody may be there, and then the end of the input is the answer. @module */
import { CommandFailure, SYNTAX_INCORRECT } from "../signals.ts";
import { readLine } from "../streams.ts";
import type { Call } from "./call.ts";

/** Asks a question that is answered by what the command reads; the end of that is No. */
export async function confirms(call: Call, question: string): Promise<boolean> {
  return await isAnsweredYes(call, `${question} (Y/N)? `);
}

/** Asks by a whole prompt, until the answer is one of both; the end of what the command reads is No. */
export async function isAnsweredYes(
  { interpreter, streams }: Call,
  prompt: string,
  yes: RegExp = /^\s*y/i,
): Promise<boolean> {
  for (;;) {
    await interpreter.print(streams.stdout, prompt);
    const answer = await readLine(streams.stdin);
    await interpreter.print(streams.stdout, "\n");
    if (answer === undefined || /^\s*n/i.test(answer)) return false;
    if (yes.test(answer)) return true;
  }
}

/** `pause`: waits for a line where somebody can type one. */
export async function pause({ interpreter, streams }: Call): Promise<void> {
  await interpreter.print(streams.stdout, "Press any key to continue . . . ");
  await readLine(streams.stdin);
  await interpreter.print(streams.stdout, "\n");
}

/** `timeout /t seconds [/nobreak]`. A negative time waits for a key, which nobody may press: it does not wait. */
export async function timeout({ interpreter, streams, rest }: Call): Promise<number> {
  const text = /^\s*(?:\/nobreak\s+)?(?:\/t\s*)?(-?\d+)(?:\s+\/nobreak)?\s*$/i.exec(rest)?.[1];
  const seconds = Number(text);
  if (text === undefined || seconds < -1 || seconds > 99999) {
    throw new CommandFailure(
      "ERROR: Invalid syntax. Value for timeout (/T) must be between -1 and 99999 seconds.",
    );
  }
  await interpreter.print(streams.stdout, `\nWaiting for ${seconds} seconds, press CTRL+C to quit ...\n`);
  await interpreter.session.wait(seconds * 1000);
  return 0;
}

/** `choice /c keys /d default /t seconds /m text`: gives the number of the key, the default at the end of the input. */
export async function choice({ interpreter, streams, rest }: Call): Promise<number> {
  const options = new Map<string, string>();
  for (const [, name, value] of rest.matchAll(/\/([a-z]+)(?:[:\s]+("[^"]*"|[^\s/"]+))?/gi)) {
    options.set(name!.toLowerCase(), value?.replaceAll('"', "") ?? "");
  }
  const keys = (options.get("c") ?? "YN").toUpperCase();
  const byDefault = options.get("d")?.toUpperCase();
  if (byDefault !== undefined && !keys.includes(byDefault)) throw new CommandFailure(SYNTAX_INCORRECT, 255);
  const shown = options.has("n") ? "" : `[${[...keys].join(",")}]?`;
  await interpreter.print(streams.stdout, [options.get("m"), shown].filter((part) => part).join(" "));
  for (let line; (line = await readLine(streams.stdin)) !== undefined;) {
    const number = line === "" ? 0 : keys.indexOf(line[0]!.toUpperCase()) + 1;
    if (number > 0) {
      await interpreter.print(streams.stdout, `${line[0]!.toUpperCase()}\n`);
      return number;
    }
  }
  await interpreter.print(streams.stdout, `${byDefault ?? ""}\n`);
  return byDefault === undefined ? 255 : keys.indexOf(byDefault) + 1;
}
