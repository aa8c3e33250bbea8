/** What one `cmd` replaces in its lines, and when: `%NAME%` before a line is parsed, `%i` and `!NAME!` as a command runs. @module */
import type { BatchFrame } from "./batch.ts";
import { expandDelayed } from "./delayed.ts";
import { expandForVariables, type ForVariables } from "./for_variables.ts";
import { modifiedPath } from "./path_parts.ts";
import type { Paths } from "./paths.ts";
import { type BatchArguments, expandPercents, type LookUp } from "./percent.ts";
import type { CommandVariables } from "./variables.ts";

/** The replacements, and the values of the loops that run. */
export class Expansion {
  readonly #paths: Paths;
  readonly #lookUp: LookUp;
  #loopValues: ForVariables = new Map();

  constructor(paths: Paths, variables: CommandVariables) {
    this.#paths = paths;
    this.#lookUp = (name) => variables.get(name);
  }

  /** What the variables of the loops that run stand for; it is set back when a loop or a call ends. */
  get loopValues(): ForVariables {
    return this.#loopValues;
  }

  set loopValues(values: ForVariables) {
    this.#loopValues = values;
  }

  /** Gives a loop's variable, and those that follow it in the alphabet, their values. */
  setLoopValues(variable: string, values: readonly string[]): void {
    const first = variable.codePointAt(0)!;
    const named = values.map((value, index) => [String.fromCodePoint(first + index), value] as const);
    this.#loopValues = new Map([...this.#loopValues, ...named]);
  }

  /** A line before it is parsed: `%NAME%`, and `%1` in a batch file. */
  ofLine(line: string, frame: BatchFrame | undefined): string {
    return expandPercents(line, this.#lookUp, frame === undefined ? undefined : this.#argumentsOf(frame));
  }

  /** A command as it runs: `%i`, and `!NAME!` where that is asked for. */
  ofCommand(text: string, { delayedExpansion }: { readonly delayedExpansion: boolean }): string {
    const modified = (value: string, modifiers: string): string => this.#modified(value, modifiers);
    const replaced = expandForVariables(text, this.#loopValues, modified);
    return delayedExpansion ? expandDelayed(replaced, this.#lookUp) : replaced;
  }

  #argumentsOf(frame: BatchFrame): BatchArguments {
    return {
      all: frame.all,
      argument: (index) => frame.argument(index),
      modified: (index, modifiers) => {
        // `%~dp0` is the file's, however it was named, and in a called label, too.
        const isFile = index === 0 && modifiers !== "";
        return this.#modified(isFile ? frame.path : frame.argument(index), modifiers);
      },
    };
  }

  #modified(value: string, modifiers: string): string {
    const list = /\$([^:]*):/.exec(modifiers)?.[1];
    const folders = list === undefined ? "" : this.#lookUp(list) ?? "";
    return modifiedPath(value, modifiers, this.#paths, folders);
  }
}
