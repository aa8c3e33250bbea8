/** What `if` asks. @module */
import type { Interpreter } from "./interpreter.ts";
import type { Condition } from "./tree.ts";

/** Whether a condition holds. */
export function holds(
  { isNegated, ignoresCase, test, operands }: Condition,
  interpreter: Interpreter,
): boolean {
  const [one = "", other = ""] = operands.map((text) => interpreter.expand(text));
  const answer = (): boolean => {
    switch (test) {
      case "exist":
        return interpreter.paths.exists(one);
      case "errorlevel":
        return interpreter.errorLevel >= Number(one);
      case "defined":
        return interpreter.variables.get(one) !== undefined;
      case "cmdextversion":
        return 2 >= Number(one);
      case "==":
        return compareTexts(one, other, ignoresCase) === 0;
    }
    const order = compare(one, other, ignoresCase);
    return {
      equ: order === 0,
      neq: order !== 0,
      lss: order < 0,
      leq: order <= 0,
      gtr: order > 0,
      geq: order >= 0,
    }[test];
  };
  return answer() !== isNegated;
}

/** Two numbers by their values (decimal, 0x… and 0… octal), anything else as texts. */
function compare(one: string, other: string, ignoresCase: boolean): number {
  const numbers = [one, other].map(numberOf);
  const [a, b] = numbers;
  return a !== undefined && b !== undefined ? a - b : compareTexts(one, other, ignoresCase);
}

function numberOf(text: string): number | undefined {
  const match = /^([-+]?)(0x[0-9a-f]+|0[0-7]*|[1-9]\d*)$/i.exec(text);
  if (match === null) return undefined;
  const digits = match[2]!;
  const value = Number(/^0[0-7]/.test(digits) ? `0o${digits}` : digits);
  return match[1] === "-" ? -value : value;
}

function compareTexts(one: string, other: string, ignoresCase: boolean): number {
  const [a, b] = ignoresCase ? [one.toLowerCase(), other.toLowerCase()] : [one, other];
  return a < b ? -1 : a > b ? 1 : 0;
}
