/** What an expression comes to: JavaScript text, and what is known of the value. @module */

/** What a value can be, as bits. */
export const M = {
  integer: 1,
  long: 2,
  double: 4,
  string: 8,
  boolean: 16,
  empty: 32,
  null: 64,
  /** A Date, Byte, Single, Currency or Error: what it is never changes, and it stands for nothing else. */
  boxed: 128,
  /** An object or an array. */
  object: 256,
  number: 7,
  any: 511,
} as const;

/** The result of an expression: JavaScript text without side effects. */
export interface Operand {
  /** {@linkcode M} bits. */
  readonly mask: number;
  /** As number, tag and other part; the last is there unless the value is surely a number. */
  readonly n?: string;
  readonly t?: string;
  readonly o?: string;
  /** Or as a Variant. */
  readonly v?: string;
  /** The class of this script that the value is an instance of if it is an object. */
  readonly instanceOf?: string;
  /** Set when the text reads a variable that a call in between may change. */
  readonly isVariable?: boolean;
  /** Set when other code can reach that variable: what is known of its type may end with any operator on an object. */
  readonly isShared?: boolean;
}

/** What operators compute: never an object. */
export const COMPUTED = M.any & ~M.object;

/** The greater of two tags: the type of what an operator computes, before it is promoted. */
export function maximum(a: string, b: string): string {
  if (a === b) return a;
  if (/^\d$/.test(a) && /^\d$/.test(b)) return a > b ? a : b;
  if (a === "3" || b === "3") return "3";
  if (a === "1") return b;
  if (b === "1") return a;
  return `(${a} > ${b} ? ${a} : ${b})`;
}

/** The test that two tags are numbers'. */
export function bothNumbers(a: string, b: string): string {
  const tests = [a, b].filter((tag, index, all) => !/^[123]$/.test(tag) && all.indexOf(tag) === index);
  return tests.length === 0 ? "true" : tests.map((tag) => `${tag} !== 0`).join(" && ");
}

/** The test that a tag is an Integer's or a Long's. */
export function isWholeTag(tag: string): string {
  return tag === "1" || tag === "2" ? "true" : `(${tag} === 1 || ${tag} === 2)`;
}

/**
 * Gives a computed whole number the type that it fits. What does not fit 32 bits is looked at first: V8 knows what does,
 * and the way to a Long is then one that it need not have seen to compile it.
 */
export function promote({ n, t }: { n: string; t: string }): string {
  return `if ((${n} | 0) !== ${n}) ${t} = 3; else if ((${n} << 16 >> 16) !== ${n}) ${t} = 2;`;
}

/** Takes a Variant apart into a temporary. */
export function unpack(temp: { n: string; t: string; o: string }, value: string): string {
  return `${temp.o} = ${value}; ${temp.t} = tagOf(${temp.o}); if (${temp.t} !== 0) ${temp.n} = numberOf(${temp.o});`;
}

/** What text made of two operands' texts inherits: whether it reads variables. */
export function variablesOf(left: Operand, right: Operand): Partial<Operand> {
  const isVariable = left.isVariable === true || right.isVariable === true;
  const isShared = left.isShared === true || right.isShared === true;
  return { ...(isVariable ? { isVariable } : {}), ...(isShared ? { isShared } : {}) };
}
