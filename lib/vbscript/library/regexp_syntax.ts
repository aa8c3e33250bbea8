/**
 * VBScript's regular expressions in terms of JavaScript's.
 *
 * Both descend from ECMAScript's third edition, so most of a pattern is taken as it stands. What came later (look
 * behind, named groups, modifiers) is refused with VBScript's error; what was widened since (blanks, line ends) is
 * written out in its old extent.
 *
 * @module
 */
import { raise } from "../errors.ts";

const ERROR = { syntax: 5017, quantifier: 5018, bracket: 5019, parenthesis: 5020, range: 5021 } as const;

/** `\s` means these six: later editions count every blank of Unicode. */
const BLANKS = "\\t-\\r\\x20";
const NO_BLANKS = "\\0-\\x08\\x0e-\\x1f!-\\uffff";

/** Compiles a pattern; a bad one is error 5017 to 5021. */
export function compilePattern(pattern: string, flags: string): RegExp {
  const source = translate(pattern);
  try {
    return new RegExp(source, flags);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return raise(/range out of order/i.test(error.message) ? ERROR.range : ERROR.syntax);
  }
}

/** The same pattern for JavaScript. */
function translate(pattern: string): string {
  let result = "";
  let depth = 0;
  let canRepeat = false;
  let index = 0;
  const take = (text: string, length: number, repeatable: boolean): void => {
    result += text;
    index += length;
    canRepeat = repeatable;
  };
  while (index < pattern.length) {
    const char = pattern[index]!;
    switch (char) {
      case "\\": {
        const next = pattern[index + 1] ?? raise(ERROR.syntax);
        if (next === "s") take(`[${BLANKS}]`, 2, true);
        else if (next === "S") take(`[^${BLANKS}]`, 2, true);
        else take(char + next, 2, next !== "b" && next !== "B");
        break;
      }
      case "[": {
        const end = endOfClass(pattern, index);
        take(translateClass(pattern.slice(index, end)), end - index, true);
        break;
      }
      case "(": {
        const opening = pattern[index + 1] === "?" ? pattern.slice(index, index + 3) : "(";
        if (opening !== "(" && !/^\(\?[:=!]$/.test(opening)) raise(ERROR.quantifier);
        depth++;
        take(opening, opening.length, false);
        break;
      }
      case ")":
        if (depth-- === 0) raise(ERROR.syntax);
        take(char, 1, true);
        break;
      case "*":
      case "+":
      case "?":
      case "{": {
        const quantifier = quantifierAt(pattern, index);
        if (quantifier === undefined) {
          // A brace that opens no count stands for itself.
          take("\\{", 1, true);
          break;
        }
        if (!canRepeat) raise(ERROR.quantifier);
        take(quantifier, quantifier.length, false);
        break;
      }
      case ".":
        take("[^\\n]", 1, true);
        break;
      case "]":
      case "}":
        take(`\\${char}`, 1, true);
        break;
      case "^":
      case "$":
      case "|":
        take(char, 1, false);
        break;
      default:
        take(char, 1, true);
    }
  }
  return depth > 0 ? raise(ERROR.parenthesis) : result;
}

function quantifierAt(pattern: string, index: number): string | undefined {
  const quantifier = /(?:[*+?]|\{\d+(?:,\d*)?\})\??/y;
  quantifier.lastIndex = index;
  return quantifier.exec(pattern)?.[0];
}

/** The place behind the bracket that closes a class. */
function endOfClass(pattern: string, start: number): number {
  for (let index = start + 1; index < pattern.length; index++) {
    if (pattern[index] === "\\") index++;
    else if (pattern[index] === "]") return index + 1;
  }
  return raise(ERROR.bracket);
}

/** A class with `\s` and `\S` written out; a hyphen beside one of them is a hyphen, as in `[\s-_]`. */
function translateClass(text: string): string {
  return text.replace(
    /(-?)\\([sS])(-?)|\\[^]/g,
    (escape, before?: string, letter?: string, after?: string) => {
      if (letter === undefined) return escape;
      const hyphens = (before === "-" ? "\\-" : "") + (after === "-" ? "\\-" : "");
      return (letter === "s" ? BLANKS : NO_BLANKS) + hyphens;
    },
  );
}
