/** A text that is changed here and there, and where each of its places came from. @module */

interface Edit {
  readonly at: number;
  readonly removed: number;
  readonly text: string;
  /** At one place what closes comes first, then what replaces, then what opens. */
  readonly order: -1 | 0 | 1;
}

/** Collects changes to a text, and makes them all at once. */
export class TextEdits {
  readonly #edits: Edit[] = [];

  /** Replaces what stands from an index up to another. */
  replace(from: number, to: number, text: string): void {
    this.#edits.push({ at: from, removed: to - from, text, order: 0 });
  }

  /** Inserts before what begins at an index; what is added later comes first, so that it is outside. */
  open(at: number, text: string): void {
    this.#edits.push({ at, removed: 0, text, order: 1 });
  }

  /** Inserts behind what ends at an index; what is added later comes last. */
  close(at: number, text: string): void {
    this.#edits.push({ at, removed: 0, text, order: -1 });
  }

  /** The changed text. */
  apply(source: string): EditedText {
    const edits = this.#edits.map((edit, index) => ({ ...edit, index })).sort((a, b) =>
      a.at - b.at || orderOf(a) - orderOf(b) || (a.order === 1 ? b.index - a.index : a.index - b.index)
    );
    const pieces: string[] = [];
    const places: Place[] = [];
    let length = 0;
    let at = 0;
    const copyUpTo = (end: number): void => {
      if (end <= at) return;
      places.push({ made: length, original: at, isCopy: true });
      pieces.push(source.slice(at, end));
      length += end - at;
      at = end;
    };
    for (const edit of edits) {
      copyUpTo(edit.at);
      places.push({ made: length, original: edit.at, isCopy: false });
      pieces.push(edit.text);
      length += edit.text.length;
      at = Math.max(at, edit.at + edit.removed);
    }
    copyUpTo(source.length);
    return new EditedText(source, pieces.join(""), places);
  }
}

function orderOf({ order, removed }: Edit): number {
  // What is replaced stands behind the place: what opens there is outside of it.
  return order === 0 && removed > 0 ? 2 : order;
}

/** From here on the made text is a copy of the original, or is new and belongs to one place of it. */
interface Place {
  readonly made: number;
  readonly original: number;
  readonly isCopy: boolean;
}

const LINE_END = /\r\n|[\r\n\u2028\u2029]/g;

/** A text that was made of another one. */
export class EditedText {
  readonly source: string;
  readonly text: string;
  readonly #places: readonly Place[];

  /** A text that stands as it is, unless a made one and its places are given. */
  constructor(
    source: string,
    text = source,
    places: readonly Place[] = [{ made: 0, original: 0, isCopy: true }],
  ) {
    this.source = source;
    this.text = text;
    this.#places = places;
  }

  /** The line and column of the original that a place of the made text stands for; all from 1. */
  original(line: number, column: number): Position {
    const made = indexOf(this.text, line, column);
    let [low, high] = [0, this.#places.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#places[middle]!.made <= made) low = middle + 1;
      else high = middle;
    }
    const place = this.#places[low - 1];
    if (place === undefined) return { line: 1, column: 1 };
    return positionOf(this.source, place.original + (place.isCopy ? made - place.made : 0));
  }
}

function indexOf(text: string, line: number, column: number): number {
  let start = 0;
  let passed = 1;
  for (const match of line > 1 ? text.matchAll(LINE_END) : []) {
    start = match.index + match[0].length;
    if (++passed === line) break;
  }
  return start + column - 1;
}

/** A place in a text; both from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** The place of an index. */
export function positionOf(text: string, index: number): Position {
  return lineStarts(text)(index);
}

/** Finds the places of many indexes. */
export function lineStarts(text: string): (index: number) => Position {
  const starts = [0];
  for (const match of text.matchAll(LINE_END)) starts.push(match.index + match[0].length);
  return (index) => {
    let [low, high] = [0, starts.length];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (starts[middle]! <= index) low = middle;
      else high = middle;
    }
    return { line: low + 1, column: index - starts[low]! + 1 };
  };
}

/** A line by its number, from 1. */
export function lineOf(text: string, line: number): string {
  return text.split(LINE_END)[line - 1] ?? "";
}
