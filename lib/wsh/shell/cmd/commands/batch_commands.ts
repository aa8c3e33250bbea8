/** `call`, `goto`, `exit`, `shift`, `setlocal`, `endlocal`, `echo`. @module */
import { BatchFrame, labelName } from "../batch.ts";
import { depthBelow, runNamed } from "../programs.ts";
import { CommandFailure, EndOfBatch, ExitCommand, LeftForLabel } from "../signals.ts";
import { findBuiltIn } from "../built_ins.ts";
import type { Call } from "./call.ts";

/** `call :label`, `call file.bat`, `call command`: variables are replaced a second time. */
export async function callCommand({ interpreter, streams, rest }: Call): Promise<number> {
  const text = interpreter.expandLine(rest).replace(/^[\s,;=]+/, "");
  if (text.startsWith(":")) return await callLabel({ interpreter, streams, rest: text });
  if (findBuiltIn(text) !== undefined) {
    interpreter.errorLevel = 0; // unless the command says otherwise
    return await interpreter.runCommand(text, streams);
  }
  return await runNamed(interpreter, text, streams, { isCalled: true });
}

async function callLabel({ interpreter, streams, rest }: Call): Promise<number> {
  const { frame } = interpreter;
  if (frame === undefined) {
    throw new CommandFailure("Invalid attempt to call batch label outside of batch script.");
  }
  const label = labelName(rest);
  if (/^eof$/i.test(label)) return 0;
  const call = { name: `:${label}`, rest: rest.replace(/^:[^\s,;=]*/, "") };
  const called = new BatchFrame(frame.path, frame.lines, call, depthBelow(interpreter));
  if (!called.goTo(label)) throw noLabel(label);
  return await interpreter.runFrame(called, streams);
}

function noLabel(label: string): CommandFailure {
  return new CommandFailure(`The system cannot find the batch label specified - ${label}`);
}

/** `goto label`: a label that is not there ends the batch file. */
export async function goToLabel({ interpreter, streams, rest }: Call): Promise<number> {
  const { frame } = interpreter;
  if (frame === undefined) return 0; // it means nothing on a command line
  const label = labelName(rest);
  if (/^[\s,;=]*:eof\b/i.test(rest)) throw new EndOfBatch();
  if (frame.goTo(label)) throw new LeftForLabel();
  interpreter.errorLevel = 1;
  await interpreter.print(streams.stderr, `${noLabel(label).message}\n`);
  throw new EndOfBatch();
}

/** `exit`, and `exit /b` for what was called. */
export function exit({ interpreter, rest }: Call): never {
  const code = /-?\d+/.exec(rest)?.[0];
  if (code !== undefined) interpreter.errorLevel = Number(code) | 0;
  if (/^\s*\/b/i.test(rest) && interpreter.frame !== undefined) throw new EndOfBatch();
  throw new ExitCommand(interpreter.errorLevel);
}

/** `shift`, `shift /2`. */
export function shift({ interpreter, rest }: Call): void {
  interpreter.frame?.shift(Number(/\/([0-8])/.exec(rest)?.[1] ?? 0));
}

/** `setlocal enabledelayedexpansion`. */
export function setLocal({ interpreter, rest }: Call): void {
  const delayed = /\b(enable|disable)delayedexpansion\b/i.exec(rest)?.[1];
  interpreter.beginScope(delayed === undefined ? {} : { delayedExpansion: /^enable$/i.test(delayed) });
}

/** `endlocal`. */
export function endLocal({ interpreter }: Call): void {
  interpreter.endScope();
}

/** `echo text`, `echo.`, `echo off`. */
export async function echo({ interpreter, streams, rest }: Call): Promise<void> {
  const { settings } = interpreter;
  const state = /^\s+(on|off)\s*$/i.exec(rest)?.[1]?.toLowerCase();
  if (state !== undefined) settings.echo = state === "on";
  else if (/^\s*$/.test(rest)) {
    await interpreter.print(streams.stdout, `ECHO is ${settings.echo ? "on" : "off"}.\n`);
  } else await interpreter.print(streams.stdout, `${rest.slice(1)}\n`);
}
