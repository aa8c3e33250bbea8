/** A batch file while it runs: its lines, its labels, and what it was called with. @module */

/** How something in a batch file is called. */
export interface BatchCall {
  /** `%0`. */
  readonly name: string;
  /** What follows it, as it was written. */
  readonly rest: string;
}

/** One call of a batch file, or of a label in it. */
export class BatchFrame {
  /** The line that comes next. */
  #at = 0;
  readonly #arguments: string[];
  /** `%*`: what stands behind the name, as it was written. */
  readonly all: string;

  /**
   * @param path the file, in the form of scripts.
   * @param depth how many batch files and labels have called each other.
   */
  constructor(
    readonly path: string,
    readonly lines: readonly string[],
    call: BatchCall,
    readonly depth: number,
  ) {
    this.all = call.rest.replace(/^[\s,;=]+/, "").trimEnd();
    this.#arguments = [call.name, ...splitBatchArguments(call.rest)];
  }

  /** `%0` to `%9`. */
  argument(index: number): string {
    return this.#arguments[index] ?? "";
  }

  /** Moves the arguments down, from one of them on. */
  shift(from: number): void {
    this.#arguments.splice(from, 1);
  }

  /** The next line as it is written; undefined at the end. */
  nextLine(): string | undefined {
    return this.lines[this.#at++];
  }

  /** Goes to a label, looked for from here on and then from the beginning; false when there is none. */
  goTo(label: string): boolean {
    const folded = label.toLowerCase();
    const { length } = this.lines;
    for (let count = 0; count < length; count++) {
      const index = (this.#at + count) % length;
      if (labelOf(this.lines[index]!) !== folded) continue;
      this.#at = index + 1;
      return true;
    }
    return false;
  }
}

/** The label that a line is, in small letters. */
function labelOf(line: string): string | undefined {
  return /^[\s,;=]*:[\s,;=]*([^\s,;=:+&|<>()]+)/.exec(line)?.[1]?.toLowerCase();
}

/** A label as `goto` and `call` name it: without its colon, and without what follows it. */
export function labelName(text: string): string {
  return /^[\s,;=]*:?[\s,;=]*([^\s,;=:+&|<>]*)/.exec(text)![1]!;
}

/** Divides what a batch file is called with; quotes hold words together and stay. */
function splitBatchArguments(text: string): string[] {
  return text.match(/(?:"[^"]*"?|[^\s,;="])+/g) ?? [];
}
