/** Comparing, folding and encoding text as Windows does. @module */

/** Code page 1252 from 128 to 159; everywhere else a byte is the code point. */
const WINDOWS_1252_HIGH =
  "\u20AC\u0081\u201A\u0192\u201E\u2026\u2020\u2021\u02C6\u2030\u0160\u2039\u0152\u008D\u017D\u008F" +
  "\u0090\u2018\u2019\u201C\u201D\u2022\u2013\u2014\u02DC\u2122\u0161\u203A\u0153\u009D\u017E\u0178";

/** The character of a byte in code page 1252. */
export function characterOfByte(byte: number): string {
  return byte >= 128 && byte < 160 ? WINDOWS_1252_HIGH[byte - 128]! : String.fromCharCode(byte);
}

/** The byte of a UTF-16 unit in code page 1252; a question mark where it has none. */
export function byteOfCharacter(character: string): number {
  const code = character.charCodeAt(0);
  if (code < 128 || (code >= 160 && code < 256)) return code;
  const index = WINDOWS_1252_HIGH.indexOf(character);
  return index < 0 ? 63 : index + 128;
}

/** Lower case, unit by unit: as in Windows, the length never changes. */
export function lowerCase(text: string): string {
  const lower = text.toLowerCase();
  // JavaScript knows a final sigma and characters that become two; Windows maps each unit for itself.
  if (lower.length === text.length && !lower.includes("\u03C2")) return lower;
  return mapUnits(text, (unit) => unit.toLowerCase());
}

/** Upper case, unit by unit: as in Windows, the length never changes. */
export function upperCase(text: string): string {
  const upper = text.toUpperCase();
  return upper.length === text.length ? upper : mapUnits(text, (unit) => unit.toUpperCase());
}

function mapUnits(text: string, map: (unit: string) => string): string {
  let result = "";
  for (let index = 0; index < text.length; index++) {
    const unit = text[index]!;
    const mapped = map(unit);
    result += mapped.length === 1 ? mapped : unit;
  }
  return result;
}

const collators = new Map<string, Intl.Collator>();

/** vbTextCompare: the language's order without regard to case; −1, 0 or 1. */
export function compareText(left: string, right: string, languageTag: string): number {
  if (lowerCase(left) === lowerCase(right)) return 0;
  let collator = collators.get(languageTag);
  if (collator === undefined) {
    collator = new Intl.Collator(languageTag, { sensitivity: "accent" });
    collators.set(languageTag, collator);
  }
  return Math.sign(collator.compare(left, right));
}

/** vbBinaryCompare: by UTF-16 units; −1, 0 or 1. */
export function compareBinary(left: string, right: string): number {
  return left === right ? 0 : left < right ? -1 : 1;
}
