import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { makeDate, makeLong, type Variant } from "../../../lib/automation/variant.ts";
import { DE_DE, library, type Row, testRows } from "./_library.ts";

const call = library();
const date = (text: string): Variant => call("CDate", text);

const ROWS: readonly Row[] = [
  ["Now", [], "Date 3/15/2026 4:05:06 PM"],
  ["Date", [], "Date 3/15/2026"],
  ["Time", [], "Date 4:05:06 PM"],
  ["Timer", [], "Single 57906.79"],
  ["DateSerial", [2026, 3, 15], "Date 3/15/2026"],
  ["DateSerial", [2026, 14, 0], "Date 1/31/2027"],
  ["DateSerial", [29, 1, 1], "Date 1/1/2029"],
  ["DateSerial", [30, 1, 1], "Date 1/1/1930"],
  ["DateSerial", [100, 1, 1], "Date 1/1/100"],
  ["DateSerial", [9999, 12, 32], "error 5"],
  ["DateSerial", [40000, 1, 1], "error 6"],
  ["DateSerial", [null, 1, 1], "error 94"],
  ["TimeSerial", [6, -15, 0], "Date 5:45:00 AM"],
  ["TimeSerial", [12, 59, 60], "Date 1:00:00 PM"],
  ["DateValue", ["March 15, 2026 4:05 PM"], "Date 3/15/2026"],
  ["DateValue", [date("3/15/2026 4:05 PM")], "Date 3/15/2026"],
  ["DateValue", ["x"], "error 13"],
  ["DateValue", [null], "error 94"],
  ["TimeValue", ["4:35:17 PM"], "Date 4:35:17 PM"],
  ["TimeValue", [makeDate(-1.25)], "Date 6:00:00 AM"],
  ["DateAdd", ["m", 1, "31-Jan-95"], "Date 2/28/1995"],
  ["DateAdd", ["m", 1, "1/31/2024"], "Date 2/29/2024"],
  ["DateAdd", ["m", -1, "3/31/2026"], "Date 2/28/2026"],
  ["DateAdd", ["M", -3, "1/15/2026"], "Date 10/15/2025"],
  ["DateAdd", ["q", 1, "11/30/2025"], "Date 2/28/2026"],
  ["DateAdd", ["yyyy", 1, "2/29/2024"], "Date 2/28/2025"],
  ["DateAdd", ["d", 1, "12/31/2025 10:00"], "Date 1/1/2026 10:00:00 AM"],
  ["DateAdd", ["ww", -1, "1/1/2026"], "Date 12/25/2025"],
  ["DateAdd", ["h", 10, "1/1/2026 20:00"], "Date 1/2/2026 6:00:00 AM"],
  ["DateAdd", ["n", -1, "1/1/2026"], "Date 12/31/2025 11:59:00 PM"],
  ["DateAdd", ["s", 86400, "1/1/2026"], "Date 1/2/2026"],
  ["DateAdd", ["s", -1, makeDate(-1)], "Date 12/28/1899 11:59:59 PM"],
  ["DateAdd", ["x", 1, "1/1/2026"], "error 5"],
  ["DateAdd", ["yyyy", 9000, "1/1/2026"], "error 5"],
  ["DateAdd", ["d", 1, null], "Null"],
  ["DateAdd", ["d", null, "1/1/2026"], "error 94"],
  ["DateAdd", ["d", 1, "x"], "error 13"],
  ["DateDiff", ["yyyy", "12/31/2025", "1/1/2026"], "Long 1"],
  ["DateDiff", ["q", "12/31/2025", "4/1/2026"], "Long 2"],
  ["DateDiff", ["m", "1/31/2026", "2/1/2026"], "Long 1"],
  ["DateDiff", ["d", "3/15/2026 23:59", "3/16/2026 0:01"], "Long 1"],
  ["DateDiff", ["d", "3/16/2026", "3/15/2026"], "Long -1"],
  ["DateDiff", ["h", "9:59", "10:01"], "Long 1"],
  ["DateDiff", ["n", "9:59:59", "10:00:00"], "Long 1"],
  ["DateDiff", ["s", "1/1/2026", "1/2/2026"], "Long 86400"],
  ["DateDiff", ["s", "1/1/1900", "1/1/2026"], "error 6"],
  ["DateDiff", ["w", "1/1/2026", "1/14/2026"], "Long 1"],
  // 3 January 2026 is a Saturday, the 4th a Sunday, the 5th a Monday.
  ["DateDiff", ["ww", "1/3/2026", "1/4/2026"], "Long 1"],
  ["DateDiff", ["ww", "1/4/2026", "1/5/2026"], "Long 0"],
  ["DateDiff", ["ww", "1/4/2026", "1/5/2026", 2], "Long 1"],
  ["DateDiff", ["d", null, "1/5/2026"], "Null"],
  ["DateDiff", ["z", "1/4/2026", "1/5/2026"], "error 5"],
  ["DateDiff", ["d", "1/4/2026", "1/5/2026", 8], "error 5"],
  ["DatePart", ["yyyy", "3/15/2026"], "Integer 2026"],
  ["DatePart", ["q", "3/31/2026"], "Integer 1"],
  ["DatePart", ["q", "4/1/2026"], "Integer 2"],
  ["DatePart", ["y", "12/31/2024"], "Integer 366"],
  ["DatePart", ["w", "3/15/2026"], "Integer 1"],
  ["DatePart", ["w", "3/15/2026", 2], "Integer 7"],
  ["DatePart", ["ww", "1/3/2026"], "Integer 1"],
  ["DatePart", ["ww", "1/4/2026"], "Integer 2"],
  ["DatePart", ["ww", "12/31/2026"], "Integer 53"],
  // ISO 8601 weeks.
  ["DatePart", ["ww", "1/1/2021", 2, 2], "Integer 53"],
  ["DatePart", ["ww", "1/4/2021", 2, 2], "Integer 1"],
  ["DatePart", ["ww", "12/31/2024", 2, 2], "Integer 1"],
  ["DatePart", ["ww", "1/1/2026", 1, 3], "Integer 52"],
  ["DatePart", ["n", "4:05:06 PM"], "Integer 5"],
  ["DatePart", ["s", "4:05:06 PM"], "Integer 6"],
  ["DatePart", ["d", null], "Null"],
  ["DatePart", ["ww", "1/1/2026", 1, 4], "error 5"],
  ["Year", ["3/15/2026"], "Integer 2026"],
  ["Month", [0], "Integer 12"],
  ["Day", ["March 15"], "Integer 15"],
  ["Year", ["March 15"], "Integer 2026"],
  ["Hour", ["4:05 PM"], "Integer 16"],
  ["Minute", [0.5], "Integer 0"],
  ["Second", [makeDate(-1.5)], "Integer 0"],
  ["Hour", [makeDate(-1.25)], "Integer 6"],
  ["Year", [null], "Null"],
  ["Year", ["x"], "error 13"],
  ["Year", [1e7], "error 6"],
  ["Weekday", ["3/15/2026"], "Integer 1"],
  ["Weekday", ["3/15/2026", 2], "Integer 7"],
  ["Weekday", ["3/15/2026", 9], "error 5"],
  ["Weekday", [null], "Null"],
  ["MonthName", [3], "String March"],
  ["MonthName", [3, true], "String Mar"],
  ["MonthName", [13], "error 5"],
  ["MonthName", [0], "error 5"],
  ["WeekdayName", [1], "String Sunday"],
  ["WeekdayName", [1, true, 2], "String Mon"],
  ["WeekdayName", [7, false, 2], "String Sunday"],
  ["WeekdayName", [8], "error 5"],
  ["FormatDateTime", ["3/15/2026 4:05:06 PM"], "String 3/15/2026 4:05:06 PM"],
  ["FormatDateTime", ["3/15/2026 4:05:06 PM", 1], "String Sunday, March 15, 2026"],
  ["FormatDateTime", ["3/15/2026 4:05:06 PM", 2], "String 3/15/2026"],
  ["FormatDateTime", ["3/15/2026 4:05:06 PM", 3], "String 4:05:06 PM"],
  ["FormatDateTime", ["3/15/2026 4:05:06 PM", 4], "String 16:05"],
  ["FormatDateTime", ["3/15/2026", 5], "error 5"],
  ["FormatDateTime", [null], "error 13"],
];

testRows(ROWS);

testRows([
  ["CDate", ["3.4.2026"], "Date 4/3/2026"],
  ["FormatDateTime", ["15.3.2026 16:05", 2], "String 15.03.2026"],
  ["MonthName", [3], "String März"],
  ["Weekday", ["15.3.2026", 0], "Integer 7"],
  ["DateDiff", ["ww", "4.1.2026", "5.1.2026", 0], "Long 1"],
], DE_DE);

const serials = fc.integer({ min: -200_000, max: 200_000 });
const seconds = fc.integer({ min: -1_000_000, max: 1_000_000 });

for (const interval of ["yyyy", "q", "m", "d", "h", "n", "s"]) {
  Deno.test(`DateDiff() of what DateAdd added in "${interval}" is that number`, () => {
    fc.assert(fc.property(serials, fc.integer({ min: -900, max: 900 }), (serial, number) => {
      const start = makeDate(serial);
      assertEquals(
        call("DateDiff", interval, start, call("DateAdd", interval, number, start)),
        makeLong(number),
      );
    }));
  });
}

Deno.test("DateAdd() of seconds there and back is where it began", () => {
  fc.assert(fc.property(serials, seconds, (serial, number) => {
    const there = call("DateAdd", "s", number, makeDate(serial));
    assertEquals(call("DateAdd", "s", -number, there), makeDate(serial));
  }));
});

Deno.test("DateSerial() of a date's fields is the date", () => {
  fc.assert(fc.property(serials, (serial) => {
    const day = makeDate(serial);
    assertEquals(call("DateSerial", call("Year", day), call("Month", day), call("Day", day)), day);
  }));
});
