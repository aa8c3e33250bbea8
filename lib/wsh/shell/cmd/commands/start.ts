/** `start`. @module */
import { interpreterCommand, isCommandInterpreter } from "../../command_line.ts";
import { runNamed } from "../programs.ts";
import { CommandFailure, SYNTAX_INCORRECT } from "../signals.ts";
import { findBuiltIn } from "../built_ins.ts";
import type { Call } from "./call.ts";

const SWITCH =
  /^\/(wait|w|b|min|max|i|low|normal|high|realtime|abovenormal|belownormal|d\s*(?:"[^"]*"|\S+))(?=\s|$)\s*/i;

/** `start "title" /wait /b /d folder program arguments`: the first text in quotes is a title, unless nothing follows it. */
export async function start({ interpreter, streams, rest }: Call): Promise<number> {
  const own = interpreter.branch(); // `/d` is for what is started alone
  let text = rest.trim();
  let waits = false;
  let hasTitle = false;
  for (;;) {
    const title = hasTitle ? null : /^"[^"]*"\s+(?=\S)/.exec(text);
    const option = SWITCH.exec(text);
    if (title !== null) hasTitle = true;
    else if (option === null) break;
    else if (/^w/i.test(option[1]!)) waits = true;
    else if (/^d/i.test(option[1]!)) {
      own.paths.changeDirectory(option[1]!.slice(1).trim(), { changesDrive: true });
    }
    text = text.slice((title ?? option)![0].length);
  }
  if (text === "") throw new CommandFailure(SYNTAX_INCORRECT);
  const [name] = /^(?:"[^"]*"|\S+)/.exec(text)!;
  const bare = name.replaceAll('"', "");
  const line = isCommandInterpreter(bare) ? interpreterCommand(text.slice(name.length)).line : undefined;
  const isOurs = line !== undefined || findBuiltIn(text) !== undefined || /\.(?:bat|cmd)$/i.test(bare);
  if (!isOurs) {
    const result = await runNamed(own, text, streams, { isDetached: !waits });
    return waits ? interpreter.errorLevel = result : 0;
  }
  const ended = own.run(line ?? text, streams);
  if (waits) return interpreter.errorLevel = await ended;
  interpreter.session.goOnWith(ended);
  return 0;
}
