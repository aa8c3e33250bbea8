/** Conversions of Variants, as tables. @module */
import { assertEquals, assertThrows } from "@std/assert";
import {
  roundHalfEven,
  toBoolean,
  toDateSerial,
  toLong,
  toStringValue,
} from "../../lib/automation/coerce.ts";
import { dateFromSerial, serialFromDate } from "../../lib/automation/date_serial.ts";
import { dateToString, parseDate } from "../../lib/automation/date_text.ts";
import { EN_US } from "../../lib/automation/locale.ts";
import { numberToString, parseNumber } from "../../lib/automation/number_text.ts";
import { AutomationError } from "../../lib/automation/errors.ts";
import {
  Currency,
  makeByte,
  makeDate,
  makeDouble,
  makeLong,
  makeSingle,
  NOTHING,
  type Variant,
  VariantArray,
} from "../../lib/automation/variant.ts";

const LONGS: readonly [value: Variant, expected: number | string][] = [
  [0.5, 0],
  [1.5, 2],
  [2.5, 2],
  [-2.5, -2],
  [undefined, 0],
  [true, -1],
  ["12", 12],
  [" -1,234.5 ", -1234],
  ["(5)", -5],
  ["$7", 7],
  ["&HFFFF", -1],
  ["1e3", 1000],
  [makeDate(3.2), 3],
  [new Currency(25_000n), 2],
  [2147483647, 2147483647],
  [2147483647.5, "6"],
  ["", "13"],
  ["1 2", "13"],
  [null, "94"],
  [NOTHING, "91"],
  [VariantArray.of([1]), "13"],
];

for (const [value, expected] of LONGS) {
  Deno.test(`toLong(${String(value)}) is ${expected}`, () => {
    if (typeof expected === "number") return assertEquals(toLong(value), expected);
    assertEquals(assertThrows(() => toLong(value), AutomationError).number, Number(expected));
  });
}

const STRINGS: readonly [value: Variant, expected: string][] = [
  [5, "5"],
  [makeLong(5), "5"],
  [makeDouble(2), "2"],
  [-0.5, "-0.5"],
  [1 / 3, "0.333333333333333"],
  [0.1 + 0.2, "0.3"],
  [1e15, "1E+15"],
  [123456789012345, "123456789012345"],
  [1.5e-7, "0.00000015"],
  [1e-15, "0.000000000000001"],
  [1.5e-15, "1.5E-15"],
  [1 / 15, "6.66666666666667E-02"],
  // What Windows printed for a Single that a Double was added to.
  [0.0199999997764826, "1.99999997764826E-02"],
  [makeSingle(1 / 32), "0.03125"],
  [makeSingle(1 / 15), "6.666667E-02"],
  [makeSingle(0.1), "0.1"],
  [makeSingle(16777216), "1.677722E+07"],
  [makeByte(7), "7"],
  [new Currency(12_345n), "1.2345"],
  [new Currency(-5_000n), "-0.5"],
  [true, "True"],
  [undefined, ""],
  [makeDate(46096), "3/15/2026"],
  [makeDate(46096.5), "3/15/2026 12:00:00 PM"],
  [makeDate(0.25), "6:00:00 AM"],
  [makeDate(-1.25), "12/29/1899 6:00:00 AM"],
];

for (const [value, expected] of STRINGS) {
  Deno.test(`toStringValue() gives ${JSON.stringify(expected)}`, () =>
    assertEquals(toStringValue(value), expected));
}

const DATES: readonly [text: string, expected: string | undefined][] = [
  ["3/15/2026", "3/15/2026"],
  ["15/3/2026", "3/15/2026"],
  ["2026-03-15", "3/15/2026"],
  ["Mar 15, 2026", "3/15/2026"],
  ["15 March 26", "3/15/2026"],
  ["March 2026", "3/1/2026"],
  ["1/2", "1/2/2026"],
  ["1/2/30", "1/2/1930"],
  ["4:05 PM", "4:05:00 PM"],
  ["16:05:06", "4:05:06 PM"],
  ["3/15/2026 4 PM", "3/15/2026 4:00:00 PM"],
  ["Sunday, March 15, 2026", "3/15/2026"],
  ["2/30/2026", undefined],
  ["13/13/2026", undefined],
  ["hello", undefined],
  ["25:00", undefined],
  ["", undefined],
];

for (const [text, expected] of DATES) {
  Deno.test(`parseDate(${JSON.stringify(text)}) is ${expected}`, () => {
    const serial = parseDate(text, EN_US, 2026);
    assertEquals(serial === undefined ? undefined : dateToString(serial), expected);
  });
}

Deno.test("serialFromDate() and dateFromSerial() are inverse", () => {
  for (const date of [new Date(2026, 2, 15, 16, 5, 6), new Date(1800, 0, 1, 6), new Date(9999, 11, 31)]) {
    assertEquals(dateFromSerial(serialFromDate(date)), date);
  }
});

Deno.test("roundHalfEven() rounds halves to even numbers", () => {
  assertEquals([0.5, 1.5, 2.5, -0.5, -1.5, 2.4, 2.6].map((value) => roundHalfEven(value) + 0), [
    0,
    2,
    2,
    0,
    -2,
    2,
    3,
  ]);
});

Deno.test("toBoolean() takes words and numbers", () => {
  assertEquals(["True", "false", "2", "0", 0.1, undefined].map((value) => toBoolean(value)), [
    true,
    false,
    true,
    false,
    true,
    false,
  ]);
  assertEquals(assertThrows(() => toBoolean("yes"), AutomationError).number, 13);
});

Deno.test("parseNumber() and numberToString() follow the locale", () => {
  const german = { ...EN_US, decimal: ",", group: "." };
  assertEquals(parseNumber("1.234,5", german), 1234.5);
  assertEquals(numberToString(1234.5, german), "1234,5");
});

Deno.test("toDateSerial() refuses what lies outside the years 100 to 9999", () => {
  assertEquals(assertThrows(() => toDateSerial(3e6), AutomationError).number, 6);
});
