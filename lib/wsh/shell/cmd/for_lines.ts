/** What `for /f` makes of lines: its options, and the tokens of a line. @module */
import { CommandSyntaxError } from "./tree.ts";

/** The options of `for /f`. */
export interface LineOptions {
  /** Lines that begin with it are left out; none when it is nothing. */
  readonly endOfLine: string;
  readonly skipLines: number;
  readonly delimiters: string;
  /** The numbers of the tokens, counted from 1. */
  readonly tokens: readonly number[];
  /** Whether a variable more has the rest of the line behind the last of them. */
  readonly takesRest: boolean;
  readonly usesBackQuotes: boolean;
}

/** More tokens than that a loop has no variables for. */
const TOKENS_MAX = 31;

/** Reads `eol=; skip=1 delims=, tokens=1,3-5* usebackq`. @throws CommandSyntaxError */
export function parseLineOptions(text: string): LineOptions {
  let options: LineOptions = {
    endOfLine: ";",
    skipLines: 0,
    delimiters: " \t",
    tokens: [1],
    takesRest: false,
    usesBackQuotes: false,
  };
  for (let rest = text.trimStart(); rest !== "";) {
    const word = /^(?:usebackq|(eol|skip|delims|tokens)=)/i.exec(rest);
    if (word === null) throw unexpected(rest);
    rest = rest.slice(word[0].length);
    switch (word[1]?.toLowerCase()) {
      case undefined:
        options = { ...options, usesBackQuotes: true };
        break;
      case "eol":
        options = { ...options, endOfLine: rest[0] ?? "" };
        rest = rest.slice(1);
        break;
      case "skip": {
        const count = /^(?:0x[0-9a-f]+|\d+)/i.exec(rest)?.[0];
        if (count === undefined) throw unexpected(rest);
        options = { ...options, skipLines: Number(count) };
        rest = rest.slice(count.length);
        break;
      }
      case "delims": {
        // A blank ends the delimiters, unless they are what the options end with: then it is one of them.
        const delimiters = /^\S*\s*$/.test(rest) ? rest : /^\S*/.exec(rest)![0];
        options = { ...options, delimiters };
        rest = rest.slice(delimiters.length);
        break;
      }
      case "tokens": {
        const list = /^\S*/.exec(rest)![0];
        options = { ...options, ...parseTokens(list) };
        rest = rest.slice(list.length);
      }
    }
    rest = rest.trimStart();
  }
  return options;
}

function parseTokens(list: string): Pick<LineOptions, "tokens" | "takesRest"> {
  const takesRest = list.endsWith("*");
  const numbers = new Set<number>();
  for (const part of list.replace(/,?\*$/, "").split(",")) {
    if (part === "") continue;
    const range = /^(\d+)(?:-(\d+))?$/.exec(part);
    const from = Number(range?.[1]);
    const to = Number(range?.[2] ?? from);
    if (range === null || from === 0) throw unexpected(part);
    for (let number = from; number <= to && numbers.size <= TOKENS_MAX; number++) numbers.add(number);
  }
  return { tokens: [...numbers].sort((one, other) => one - other).slice(0, TOKENS_MAX), takesRest };
}

function unexpected(text: string): CommandSyntaxError {
  return new CommandSyntaxError(`${text.slice(0, 60)} was unexpected at this time.`);
}

/** The values of the variables for one line; undefined when the loop leaves it out. */
export function tokensOfLine(line: string, options: LineOptions): string[] | undefined {
  const { delimiters, tokens, takesRest, endOfLine } = options;
  const isDelimiter = (index: number): boolean => delimiters.includes(line[index]!);
  const skip = (index: number): number => {
    while (index < line.length && isDelimiter(index)) index++;
    return index;
  };
  let at = skip(0);
  if (at === line.length || line[at] === endOfLine) return undefined;
  const last = tokens.at(-1) ?? 0;
  const found: string[] = [];
  for (let number = 1; number <= last && at < line.length; number++) {
    const start = at;
    while (at < line.length && !isDelimiter(at)) at++;
    found.push(line.slice(start, at));
    at = skip(at);
  }
  const values = tokens.map((number) => found[number - 1] ?? "");
  if (takesRest) values.push(line.slice(at));
  return values.every((value) => value === "") ? undefined : values;
}
