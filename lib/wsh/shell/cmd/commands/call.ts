/** What a built-in command gets and gives. @module */
import type { Interpreter } from "../interpreter.ts";
import type { Streams } from "../streams.ts";

/** One call of a built-in command. */
export interface Call {
  readonly interpreter: Interpreter;
  readonly streams: Streams;
  /** What follows the name, as it was written. */
  readonly rest: string;
}

/** A built-in command; gives its exit code, or nothing for success. */
export type BuiltIn = (call: Call) => Promise<number | void> | number | void;

/** A call's words: switches, in small letters, and the rest without quotes. */
export interface Words {
  readonly switches: ReadonlySet<string>;
  readonly operands: readonly string[];
}

/** Divides what follows a command's name. A switch is one of the given; any other word is an operand, `/srv/x` too. */
export function wordsOf(rest: string, switches: RegExp): Words {
  const words = rest.match(/"[^"]*"?|[^\s,;="/]+|\/[^\s,;="]*/g) ?? [];
  const joined: string[] = [];
  let end = -1;
  let at = 0;
  for (const word of words) {
    at = rest.indexOf(word, at);
    // `a"b c"d` is one word; `dir/b` is two.
    const continues = at === end && joined.length > 0 && !(word.startsWith("/") && switches.test(word));
    if (continues) joined[joined.length - 1] += word;
    else joined.push(word);
    end = at += word.length;
  }
  const found = new Set<string>();
  const operands: string[] = [];
  for (const word of joined) {
    if (word.startsWith("/") && switches.test(word)) {
      for (const part of word.toLowerCase().split("/").slice(1)) found.add(part);
    } else operands.push(word.replaceAll('"', ""));
  }
  return { switches: found, operands };
}
