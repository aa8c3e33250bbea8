/** Commands that say something, or set what only a window shows. @module */
import { dateText, stampText } from "../texts.ts";
import type { Call } from "./call.ts";

/** Nothing: there is no window whose title or colour it could change. */
export function nothing(): void {
  // so that scripts which do it anyway go on
}

/** `date`, `date /t`. */
export async function date({ interpreter, streams }: Call): Promise<void> {
  await interpreter.print(streams.stdout, `${dateText(new Date())}\n`);
}

/** `time`, `time /t`. */
export async function time({ interpreter, streams, rest }: Call): Promise<void> {
  const isShort = /^\s*\/t/i.test(rest);
  const text = isShort ? stampText(new Date()).replace(/^\S+ /, "") : interpreter.variables.get("TIME")!;
  await interpreter.print(streams.stdout, `${text}\n`);
}

/** `ver`. */
export async function version({ interpreter, streams }: Call): Promise<void> {
  await interpreter.print(
    streams.stdout,
    `\nMicrosoft Windows [Version 10.0] (Burnscript on ${Deno.build.os})\n`,
  );
}

/** What `vol` says and `dir` begins with. */
export function volumeText(letter: string): string {
  return ` Volume in drive ${letter} has no label.\n Volume Serial Number is 0000-0000\n`;
}

/** `vol`. */
export async function volume({ interpreter, streams, rest }: Call): Promise<void> {
  const letter = /([a-z]):/i.exec(rest)?.[1]?.toUpperCase() ?? interpreter.paths.current[0]!;
  await interpreter.print(streams.stdout, volumeText(letter));
}

/** `path`, `path folders`. */
export async function path({ interpreter, streams, rest }: Call): Promise<void> {
  const { variables } = interpreter;
  const folders = rest.trim().replace(/^=/, "");
  if (folders !== "") variables.set("PATH", folders === ";" ? "" : folders);
  else await interpreter.print(streams.stdout, `PATH=${variables.get("PATH") ?? ""}\n`);
}

/** `prompt text`: what stands before commands that are shown. */
export function prompt({ interpreter, rest }: Call): void {
  interpreter.variables.set("PROMPT", rest.trimStart());
}

/** `chcp`: texts are UTF-8, whatever is asked for. */
export async function codePage({ interpreter, streams }: Call): Promise<void> {
  await interpreter.print(streams.stdout, "Active code page: 65001\n");
}
