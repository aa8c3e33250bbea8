/**
 * `%NAME%`, and in batch files `%1`, `%*`, `%~dp0` and `%%`: replaced line by line, before the line is parsed.
 *
 * The rules are those that people have found by experiments with Windows' cmd. On a command line an unknown variable stays
 * as it is written; in a batch file it is nothing, and so is a percent sign that begins nothing.
 *
 * @module
 */
import { changedValue } from "./variable_text.ts";

/** The value of a variable. */
export type LookUp = (name: string) => string | undefined;

/** What a batch file was called with. */
export interface BatchArguments {
  /** `%0` to `%9`; nothing when there is no such argument. */
  argument(index: number): string;
  /** `%*`: all of them as they were written, without the first. */
  readonly all: string;
  /** An argument changed as in `%~dp0`. */
  modified(index: number, modifiers: string): string;
}

/** Replaces the variables of a line; with `batch` as in a batch file. */
export function expandPercents(text: string, lookUp: LookUp, batch?: BatchArguments): string {
  let expanded = "";
  let at = 0;
  for (;;) {
    const start = text.indexOf("%", at);
    if (start < 0) return expanded + text.slice(at);
    expanded += text.slice(at, start);
    const found = (batch === undefined ? undefined : argumentAt(text, start, batch)) ??
      variableAt(text, start, lookUp, batch !== undefined);
    expanded += found.value;
    at = found.end;
  }
}

interface Replacement {
  readonly value: string;
  /** Where the text goes on. */
  readonly end: number;
}

/** `%%`, `%*`, `%1` or `%~dp1`. */
function argumentAt(text: string, start: number, batch: BatchArguments): Replacement | undefined {
  const next = text[start + 1];
  if (next === "%") return { value: "%", end: start + 2 };
  if (next === "*") return { value: batch.all, end: start + 2 };
  const match = /^%(?:([0-9])|~((?:\$[^:%]*:|[a-z])*)([0-9]))/i.exec(text.slice(start));
  if (match === null) return undefined;
  const end = start + match[0].length;
  return match[1] !== undefined
    ? { value: batch.argument(Number(match[1])), end }
    : { value: batch.modified(Number(match[3]), match[2]!), end };
}

function variableAt(text: string, start: number, lookUp: LookUp, isBatch: boolean): Replacement {
  const head = /^%([^%:]+)(%|:%|:)/.exec(text.slice(start));
  const lone = { value: isBatch ? "" : "%", end: start + 1 };
  if (head === null) return lone;
  const name = head[1]! + (head[2] === ":%" ? ":" : "");
  const value = lookUp(name);
  const end = start + head[0].length;
  if (head[2] !== ":") return value !== undefined ? { value, end } : isBatch ? { value: "", end } : lone;
  // In a batch file the rest of `%unknown:~0,1%` is left standing: so says Windows.
  if (value === undefined) return isBatch ? { value: "", end } : lone;
  const last = text.indexOf("%", end);
  const changed = last < 0 ? undefined : changedValue(value, text.slice(end, last));
  return changed === undefined ? lone : { value: changed, end: last + 1 };
}
