/** `set /a`: expressions over 32-bit numbers and variables. @module */

/** Reads and sets variables. */
export interface ArithmeticVariables {
  get(name: string): string | undefined;
  set(name: string, value: string): void;
}

/** An expression that `set /a` cannot compute, in the words of cmd and with its exit code. */
export class ArithmeticError extends Error {
  override readonly name = "ArithmeticError";
  readonly exitCode: number;
  constructor(kind: keyof typeof ERRORS) {
    super(ERRORS[kind][1]);
    this.exitCode = ERRORS[kind][0];
  }
}

/** Message numbers of cmd, which it gives as exit codes. */
const ERRORS = {
  parenthesis: [1073750988, "Unbalanced parenthesis."],
  operand: [1073750989, "Missing operand."],
  operator: [1073750990, "Missing operator."],
  number: [
    1073750991,
    "Invalid number.  Numeric constants are either decimal (17),\nhexadecimal (0x11), or octal (021).",
  ],
  size: [1073750992, "Invalid number.  Numbers are limited to 32-bits of precision."],
  zero: [1073750993, "Divide by zero error."],
} as const;

/** Binary operators from the loosest to the tightest. Each may stand before `=` too. */
const LEVELS: readonly (readonly string[])[] = [["|"], ["^"], ["&"], ["<<", ">>"], ["+", "-"], [
  "*",
  "/",
  "%",
]];

const COMPUTE: Readonly<Record<string, (one: number, other: number) => number>> = {
  "|": (one, other) => one | other,
  "^": (one, other) => one ^ other,
  "&": (one, other) => one & other,
  "<<": (one, other) => other < 0 || other > 31 ? 0 : one << other,
  ">>": (one, other) => one >> (other < 0 || other > 31 ? 31 : other),
  "+": (one, other) => (one + other) | 0,
  "-": (one, other) => (one - other) | 0,
  "*": Math.imul,
  "/": (one, other) => (one / divisor(other)) | 0,
  "%": (one, other) => (one % divisor(other)) | 0,
};

function divisor(value: number): number {
  if (value === 0) throw new ArithmeticError("zero");
  return value;
}

const TOKEN = /\s*(?:(<<=|>>=|[-+*/%&^|]=|<<|>>|[-+*/%&^|=!~(),])|([^\s<>+*/%&^|=!~(),-]+))/y;

/** How deep parentheses and signs may lie within each other. */
const DEPTH_MAX = 500;

/** Computes expressions with commas between them, sets the variables that they assign, and gives the last value. */
export function computeArithmetic(text: string, variables: ArithmeticVariables): number {
  return new Evaluator(text, variables).whole();
}

class Evaluator {
  readonly #tokens: readonly string[];
  #at = 0;
  #depth = 0;

  constructor(text: string, readonly variables: ArithmeticVariables) {
    this.#tokens = tokensOf(text);
  }

  whole(): number {
    let value = this.#assignment();
    while (this.#takes(",")) value = this.#assignment();
    if (this.#at < this.#tokens.length) {
      throw new ArithmeticError(this.#tokens[this.#at] === ")" ? "parenthesis" : "operator");
    }
    return value;
  }

  /** `name = value`, `name += value` and their kind, from the right; or an expression. */
  #assignment(): number {
    const name = this.#tokens[this.#at];
    const operator = this.#tokens[this.#at + 1];
    if (name === undefined || operator === undefined || !isName(name) || !/^(?:.|<<|>>)?=$/.test(operator)) {
      return this.#level(0);
    }
    this.#at += 2;
    const right = this.#deeper(() => this.#assignment());
    const compute = COMPUTE[operator.slice(0, -1)];
    const value = compute === undefined ? right : compute(this.#valueOf(name), right);
    this.variables.set(name, String(value));
    return value;
  }

  #level(level: number): number {
    const operators = LEVELS[level];
    if (operators === undefined) return this.#unary();
    let value = this.#level(level + 1);
    for (;;) {
      const operator = operators.find((candidate) => this.#takes(candidate));
      if (operator === undefined) return value;
      value = COMPUTE[operator]!(value, this.#level(level + 1));
    }
  }

  #unary(): number {
    if (this.#takes("-")) return -this.#deeper(() => this.#unary()) | 0;
    if (this.#takes("+")) return this.#deeper(() => this.#unary());
    if (this.#takes("~")) return ~this.#deeper(() => this.#unary());
    if (this.#takes("!")) return this.#deeper(() => this.#unary()) === 0 ? 1 : 0;
    if (this.#takes("(")) {
      const value = this.#deeper(() => {
        let last = this.#assignment();
        while (this.#takes(",")) last = this.#assignment();
        return last;
      });
      if (!this.#takes(")")) throw new ArithmeticError("parenthesis");
      return value;
    }
    const token = this.#tokens[this.#at];
    if (token === undefined || !/[\w$#@.?"'`:;\\[\]{}\u0080-\uffff]/.test(token)) {
      throw new ArithmeticError("operand");
    }
    this.#at++;
    return isName(token) ? this.#valueOf(token) : numberOf(token);
  }

  #deeper(work: () => number): number {
    if (++this.#depth > DEPTH_MAX) throw new ArithmeticError("parenthesis");
    const value = work();
    this.#depth--;
    return value;
  }

  /** A variable's value: the number that it begins with, or 0. */
  #valueOf(name: string): number {
    const text = this.variables.get(name) ?? "";
    const [, sign, digits = "0"] = /^\s*([-+]?)(0x[0-9a-f]+|0[0-7]*|\d+)/i.exec(text) ?? [];
    const value = Number(/^0[0-7]/.test(digits) ? `0o${digits}` : digits);
    return (sign === "-" ? -value : value) | 0;
  }

  #takes(token: string): boolean {
    if (this.#tokens[this.#at] !== token) return false;
    this.#at++;
    return true;
  }
}

/** Quotes around the whole or its parts say nothing. */
function tokensOf(text: string): string[] {
  const bare = text.replaceAll('"', " ").trimEnd();
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < bare.length) {
    const match = TOKEN.exec(bare);
    if (match === null) throw new ArithmeticError("operator");
    tokens.push(match[1] ?? match[2]!);
  }
  return tokens;
}

function isName(token: string): boolean {
  return /^[^\d\s<>+*/%&^|=!~(),-]/.test(token);
}

/** 17, 0x11 or 021. */
function numberOf(token: string): number {
  if (/^0x[0-9a-f]+$/i.test(token)) {
    if (Number(token) > 0xffffffff) throw new ArithmeticError("size");
    return Number(token) | 0;
  }
  if (!/^(?:0[0-7]*|[1-9]\d*)$/.test(token)) throw new ArithmeticError("number");
  const value = Number(/^0[0-7]/.test(token) ? `0o${token.slice(1)}` : token);
  if (value > 0x7fffffff) throw new ArithmeticError("size");
  return value;
}
