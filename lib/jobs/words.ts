/** Words that commands and their reports share. @module */

/** "1 file", "2 files". */
export function counted(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? "" : "s"}`;
}

/** Text of an image as a terminal may get it: controls, which could move its cursor or worse, are written out. */
export function printable(text: string): string {
  // deno-lint-ignore no-control-regex -- they are what is meant
  return text.replaceAll(/[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, (unit) => {
    const code = unit.charCodeAt(0);
    return code < 256 ? `\\x${code.toString(16).padStart(2, "0")}` : `\\u${code.toString(16)}`;
  });
}
