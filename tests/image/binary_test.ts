import { assertEquals } from "@std/assert";
import * as fc from "fast-check";
import { clampedMs, datePartsOf, FOUR_DIGIT_RANGE } from "../../lib/image/binary.ts";

function partsByDate(ms: number): ReturnType<typeof datePartsOf> {
  const date = new Date(ms);
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
    ms: date.getUTCMilliseconds(),
  };
}

for (
  const time of [
    "0001-01-01T00:00:00.000Z",
    "0004-02-29T23:59:59.999Z",
    "1899-12-31T23:59:59.999Z",
    "1900-02-28T12:00:00.000Z",
    "1900-03-01T00:00:00.000Z",
    "1969-12-31T23:59:59.999Z",
    "1970-01-01T00:00:00.000Z",
    "2000-02-29T00:00:00.000Z",
    "2000-12-31T23:59:59.999Z",
    "2024-02-29T10:20:30.450Z",
    "2100-02-28T23:59:59.999Z",
    "9999-12-31T23:59:59.000Z",
  ]
) {
  Deno.test(`datePartsOf() tells what a Date tells: ${time}`, () => {
    const ms = Date.parse(time);
    assertEquals(datePartsOf(ms), partsByDate(ms));
  });
}

Deno.test("datePartsOf() tells what a Date tells of any time that a field can hold", () => {
  const { firstMs, lastMs } = FOUR_DIGIT_RANGE;
  fc.assert(fc.property(fc.integer({ min: firstMs, max: lastMs }), (ms) => {
    assertEquals(datePartsOf(ms), partsByDate(ms));
  }));
});

Deno.test("clampedMs() keeps a time in its range, and an invalid one at its beginning", () => {
  const range = { firstMs: -5, lastMs: 7 };
  const clamped = [-6, -5, 0, 7, 8, NaN].map((ms) => clampedMs(new Date(ms), range));
  assertEquals(clamped, [-5, -5, 0, 7, 7, -5]);
});
