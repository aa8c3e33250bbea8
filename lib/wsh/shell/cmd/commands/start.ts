/** `start`. @module */
import { interpreterCommand, isCommandInterpreter } from "../../command_line.ts";
import { runNamed } from "../programs.ts";
import { CommandFailure, SYNTAX_INCORRECT } from "../signals.ts";
import { findBuiltIn } from "../built_ins.ts";
import type { Call } from "./call.ts";

const SWITCH =
  /^\/(wait|w|b|min|max|i|low|normal|high|realtime|abovenormal|belownormal|d\s*(?:"[^"]*"|\S+))(?=\s|$)\s*/i;

/** `start "title" /wait /b /d folder program arguments`. */
export async function start({ interpreter, streams, rest }: Call): Promise<number> {
  let text = rest.trim().replace(/^"[^"]*"\s*/, "");
  let waits = false;
  for (let match; (match = SWITCH.exec(text)) !== null; text = text.slice(match[0].length)) {
    if (/^w/i.test(match[1]!)) waits = true;
    if (/^d/i.test(match[1]!)) {
      interpreter.paths.changeDirectory(match[1]!.slice(1).trim(), { changesDrive: true });
    }
  }
  if (text === "") throw new CommandFailure(SYNTAX_INCORRECT);
  const [name] = /^(?:"[^"]*"|\S+)/.exec(text)!;
  const line = isCommandInterpreter(name.replaceAll('"', ""))
    ? interpreterCommand(text.slice(name.length)).line
    : undefined;
  const isOurs = line !== undefined || findBuiltIn(text) !== undefined || /\.(?:bat|cmd)"?$/i.test(name);
  if (!isOurs) return await runNamed(interpreter, text, streams, { isDetached: !waits });
  const ended = interpreter.branch().run(line ?? text, streams);
  if (waits) return interpreter.errorLevel = await ended;
  interpreter.session.goOnWith(ended);
  return 0;
}
