/** The conditions of conditional compilation (JScript reference, "Conditional Compilation Variables"). @module */
import { JScriptSyntaxError } from "./compile_error.ts";

/** What a variable of conditional compilation holds. */
export type ConditionValue = number | boolean;

/** The variables that there are from the start; all others are NaN. */
export function predefinedConditions(): Map<string, ConditionValue> {
  return new Map<string, ConditionValue>([
    ["_win32", true],
    ["_x86", true],
    ["_jscript", true],
    ["_jscript_build", 16384],
    ["_jscript_version", 5.8],
  ]);
}

const TOKEN =
  /\s*(@[a-zA-Z_]\w*|0[xX][\da-fA-F]+|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?|true\b|false\b|NaN\b|Infinity\b|===|!==|>>>|<<|>>|[<>=!]=|&&|\|\||[-+*/%<>&^|!~()])/y;

/** From the weakest on. */
const LEVELS: readonly Readonly<Record<string, (a: number, b: number) => ConditionValue>>[] = [
  { "||": (a, b) => a || b },
  { "&&": (a, b) => a && b },
  { "|": (a, b) => a | b },
  { "^": (a, b) => a ^ b },
  { "&": (a, b) => a & b },
  { "==": (a, b) => a === b, "!=": (a, b) => a !== b, "===": (a, b) => a === b, "!==": (a, b) => a !== b },
  { "<": (a, b) => a < b, ">": (a, b) => a > b, "<=": (a, b) => a <= b, ">=": (a, b) => a >= b },
  { "<<": (a, b) => a << b, ">>": (a, b) => a >> b, ">>>": (a, b) => a >>> b },
  { "+": (a, b) => a + b, "-": (a, b) => a - b },
  { "*": (a, b) => a * b, "/": (a, b) => a / b, "%": (a, b) => a % b },
];

const UNARY: Readonly<Record<string, (a: ConditionValue) => ConditionValue>> = {
  "!": (a) => !a,
  "~": (a) => ~Number(a),
  "-": (a) => -Number(a),
  "+": (a) => Number(a),
};

const NESTING_MAX = 200;

/** Evaluates the operand that begins at a place: a value, or an expression in parentheses. */
export function evaluateCondition(
  source: string,
  from: number,
  variables: ReadonlyMap<string, ConditionValue>,
): { value: ConditionValue; to: number } {
  let at = from;
  let nesting = 0;
  const peek = (): { text: string; end: number } | undefined => {
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(source);
    return match === null ? undefined : { text: match[1]!, end: TOKEN.lastIndex };
  };
  const operand = (): ConditionValue => {
    const token = peek();
    if (token === undefined || ++nesting > NESTING_MAX) throw new JScriptSyntaxError(1031, at);
    at = token.end;
    let value: ConditionValue;
    const unary = UNARY[token.text];
    if (unary !== undefined) value = unary(operand());
    else if (token.text === "(") {
      value = level(0);
      if (peek()?.text !== ")") throw new JScriptSyntaxError(1006, at);
      at = peek()!.end;
    } else if (token.text[0] === "@") value = variables.get(token.text.slice(1)) ?? NaN;
    else if (/^[\d.NI]/.test(token.text)) value = Number(token.text);
    else if (/^[tf]/.test(token.text)) value = token.text === "true";
    else throw new JScriptSyntaxError(1031, token.end - token.text.length);
    nesting--;
    return value;
  };
  const level = (depth: number): ConditionValue => {
    const operators = LEVELS[depth];
    if (operators === undefined) return operand();
    let left = level(depth + 1);
    for (let token = peek(); token !== undefined && token.text in operators; token = peek()) {
      at = token.end;
      left = operators[token.text]!(Number(left), Number(level(depth + 1)));
    }
    return left;
  };
  return { value: operand(), to: at };
}
