/** `set`, `set /a` and `set /p`. @module */
import { ArithmeticError, computeArithmetic } from "../arithmetic.ts";
import { CommandFailure, SYNTAX_INCORRECT } from "../signals.ts";
import { readLine } from "../streams.ts";
import type { Call } from "./call.ts";

/** `set NAME=value`, `set NAM`, `set /a`, `set /p`. */
export async function setVariable(call: Call): Promise<number> {
  const { interpreter, streams, rest } = call;
  const text = rest.replace(/^[\s,;]+/, "");
  const form = /^\/([ap])\s*(.*)$/is.exec(text);
  if (form !== null) {
    return form[1]!.toLowerCase() === "a" ? await compute(call, form[2]!) : await ask(call, form[2]!);
  }
  const assignment = /^([^=]+)=(.*)$/s.exec(withoutQuotes(text));
  if (assignment !== null) {
    interpreter.variables.set(assignment[1]!, assignment[2]!);
    return 0;
  }
  if (text.startsWith("=") || text.startsWith("/")) throw new CommandFailure(SYNTAX_INCORRECT);
  const prefix = withoutQuotes(text).trimEnd();
  const rows = interpreter.variables.entries().filter(([name]) =>
    name.toLowerCase().startsWith(prefix.toLowerCase())
  );
  for (const [name, value] of rows) await interpreter.print(streams.stdout, `${name}=${value}\n`);
  if (rows.length > 0 || prefix === "") return 0;
  throw new CommandFailure(`Environment variable ${prefix} not defined`);
}

/** `"NAME=value"`: what stands between the first and the last quote. */
function withoutQuotes(text: string): string {
  if (!text.startsWith('"')) return text;
  const last = text.lastIndexOf('"');
  return last === 0 ? text.slice(1) : text.slice(1, last);
}

/** `set /a expression`; a command line shows the value, a batch file does not. */
async function compute({ interpreter, streams }: Call, expression: string): Promise<number> {
  const { variables, frame } = interpreter;
  try {
    const value = computeArithmetic(expression, variables);
    if (frame === undefined) await interpreter.print(streams.stdout, String(value));
    return 0;
  } catch (error) {
    if (error instanceof ArithmeticError) throw new CommandFailure(error.message, error.exitCode);
    throw error;
  }
}

/** `set /p NAME=prompt`: a line of the input. At its end, and with an empty line, the variable stays as it is. */
async function ask({ interpreter, streams }: Call, text: string): Promise<number> {
  const assignment = /^([^=]+)=(.*)$/s.exec(withoutQuotes(text));
  if (assignment === null) throw new CommandFailure(SYNTAX_INCORRECT);
  await interpreter.print(streams.stdout, withoutQuotes(assignment[2]!.trimStart()));
  const line = await readLine(streams.stdin);
  if (line === undefined || line === "") return 1;
  interpreter.variables.set(assignment[1]!, line);
  return 0;
}
