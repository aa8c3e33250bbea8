/** `!NAME!`: replaced when a command runs, where `/v:on` or `setlocal enabledelayedexpansion` asks for it. @module */
import type { LookUp } from "./percent.ts";
import { changedValue } from "./variable_text.ts";

/**
 * Replaces `!NAME!`, `!NAME:~1,2!` and `!NAME:a=b!`. In a text with an exclamation mark a caret makes the next character a
 * plain one; a text without any stays as it is.
 */
export function expandDelayed(text: string, lookUp: LookUp): string {
  if (!text.includes("!")) return text;
  let expanded = "";
  for (let at = 0; at < text.length; at++) {
    const character = text[at]!;
    if (character === "^") expanded += text[++at] ?? "";
    else if (character !== "!") expanded += character;
    else {
      const end = text.indexOf("!", at + 1);
      if (end < 0) continue; // one that closes nothing is dropped
      expanded += valueOf(text.slice(at + 1, end), lookUp);
      at = end;
    }
  }
  return expanded;
}

function valueOf(text: string, lookUp: LookUp): string {
  const colon = text.indexOf(":");
  const whole = lookUp(text);
  if (whole !== undefined || colon < 0) return whole ?? "";
  const value = lookUp(text.slice(0, colon));
  return value === undefined ? "" : changedValue(value, text.slice(colon + 1)) ?? "";
}
