/** `%i` and `%~nxi` in what a `for` runs. @module */

/** What the variables of the loops stand for, by their one character. */
export type ForVariables = ReadonlyMap<string, string>;

const MODIFIERS = /^~((?:\$[^:%]*:|[dpnxfsatz])*)/i;

/** Replaces the variables of the loops that run; `modified` does what `~nx` asks of a value. */
export function expandForVariables(
  text: string,
  variables: ForVariables,
  modified: (value: string, modifiers: string) => string,
): string {
  if (variables.size === 0 || !text.includes("%")) return text;
  let expanded = "";
  for (let at = 0; at < text.length;) {
    const rest = text[at] === "%" ? text.slice(at + 1) : undefined;
    const found = rest === undefined ? undefined : plain(rest, variables) ?? withModifiers(rest, variables);
    if (found === undefined) expanded += text[at++];
    else {
      const { value, modifiers, length } = found;
      expanded += modifiers === undefined ? value : modified(value, modifiers);
      at += 1 + length;
    }
  }
  return expanded;
}

interface Found {
  readonly value: string;
  readonly modifiers?: string;
  readonly length: number;
}

function plain(rest: string, variables: ForVariables): Found | undefined {
  const value = rest === "" ? undefined : variables.get(rest[0]!);
  return value === undefined ? undefined : { value, length: 1 };
}

/** As many letters are modifiers as leave one that is a variable: `%~nxi`, and `%~f` where `f` is a variable. */
function withModifiers(rest: string, variables: ForVariables): Found | undefined {
  const letters = MODIFIERS.exec(rest)?.[1];
  if (letters === undefined) return undefined;
  for (let count = letters.length; count >= 0; count--) {
    const name = rest[1 + count];
    const value = name === undefined ? undefined : variables.get(name);
    if (value !== undefined) return { value, modifiers: letters.slice(0, count), length: count + 2 };
  }
  return undefined;
}
