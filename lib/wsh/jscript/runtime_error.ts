/** Errors of V8 in JScript's words (JScript reference, "JScript Run-time Errors"). @module */

/** FACILITY_CONTROL: the numbers of script languages are its low words, and scripts mask it off. */
export const FACILITY_CONTROL = 0x800A0000;

/** What JScript calls an error. */
export interface RuntimeMessage {
  readonly number: number;
  readonly message: string;
}

/** V8's messages, and what JScript says; `$1` is what V8 names. */
const MESSAGES: readonly (readonly [v8: RegExp, number: number, message: string])[] = [
  [/^(.+) is not defined$/s, 5009, "'$1' is undefined"],
  [
    /^Cannot (read|set) properties of (?:undefined|null) \((?:reading|setting) '(.*)'\)$/s,
    5007,
    "Unable to $1 property '$2' of undefined or null reference",
  ],
  [/^(.*[.)\]].*) is not a function$/s, 438, "Object doesn't support this property or method: '$1'"],
  [/^(.+) is not a function/s, 5002, "Function expected: '$1'"],
  [/^(.+) is not a constructor$/s, 445, "Object doesn't support this action: 'new $1'"],
  [/^Right-hand side of 'instanceof'/, 5002, "Function expected"],
  [/^Cannot (use 'in' operator|convert undefined or null to object)/, 5007, "Object expected"],
  [/^Cannot convert object to primitive value$/, 438, "Object doesn't support this property or method"],
  [/^Maximum call stack size exceeded$/, 28, "Out of stack space"],
  [/^(Invalid string length|Array buffer allocation failed)$/, 7, "Out of memory"],
  [/^Invalid array length$/, 5029, "Array length must be a finite positive integer"],
  [/^URI malformed$/, 5025, "The URI to be decoded is not a valid encoding"],
  [/^(toFixed|toExponential)\(\)/, 5026, "The number of fractional digits is out of range"],
  [/^toPrecision\(\)/, 5027, "The precision is out of range"],
  [/^toString\(\) radix/, 5, "Invalid procedure call or argument"],
  [/^Invalid (?:regular expression: .*?|flags.*): (.*)$/s, 5017, "Syntax error in regular expression: $1"],
  [/^Invalid left-hand side in assignment$/, 5008, "Illegal assignment"],
];

/** JScript's number and words for what V8 says; undefined where V8's own have to do. */
export function jscriptMessage(v8: string): RuntimeMessage | undefined {
  for (const [pattern, number, message] of MESSAGES) {
    const match = pattern.exec(v8);
    if (match === null) continue;
    const text = message.replace(/\$(\d)/g, (_, group) => match[Number(group)] ?? "").replace(
      "Unable to read",
      "Unable to get",
    );
    return { number, message: text };
  }
  return undefined;
}
