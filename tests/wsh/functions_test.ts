/** VBScript's functions for TypeScript scripts. */
import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import * as burnscript from "../../mod.ts";
import { TempFolder } from "../cli/cli.ts";

const { DateAdd, DateDiff, DatePart, DateSerial, CDate, IsDate, FormatDateTime, DateFormat } = burnscript;
const MOD = new URL("../../mod.ts", import.meta.url).href;

const leapDay = new Date(2024, 1, 29, 13, 14, 15);

/** What is said, and what the documentation of VBScript says of it. */
const CALLS: readonly [call: string, found: unknown, expected: unknown][] = [
  ["DateAdd() of a year", DateAdd("yyyy", 1, leapDay), new Date(2025, 1, 28, 13, 14, 15)],
  ["DateAdd() of seconds", DateAdd("s", -15, leapDay), new Date(2024, 1, 29, 13, 14, 0)],
  ["DateDiff() of years counts borders", DateDiff("yyyy", new Date(2023, 11, 31), new Date(2024, 0, 1)), 1],
  ["DateDiff() of hours", DateDiff("h", new Date(2024, 0, 1, 0, 59), new Date(2024, 0, 1, 1, 0)), 1],
  ["DatePart() of a quarter", DatePart("q", leapDay), 1],
  ["DatePart() of an ISO week", DatePart("ww", new Date(2021, 0, 1), 2, 2), 53],
  ["DateSerial() of day 0", DateSerial(2024, 3, 0), new Date(2024, 1, 29)],
  ["CDate() of a text", CDate("February 29, 2024 1:14:15 PM"), leapDay],
  ["IsDate() of nonsense", [IsDate("nonsense"), IsDate("2/29/2024"), IsDate("2/30/2024")], [
    false,
    true,
    false,
  ]],
  ["FormatDateTime() in general", FormatDateTime(leapDay), "2/29/2024 1:14:15 PM"],
  ["FormatDateTime() of a short time", FormatDateTime(leapDay, DateFormat.vbShortTime), "13:14"],
  ["FormatNumber()", burnscript.FormatNumber(-1234.567), "-1,234.57"],
  ["FormatNumber() in parentheses, ungrouped", burnscript.FormatNumber(-1234.5, 1, -2, -1, 0), "(1234.5)"],
  ["FormatCurrency()", burnscript.FormatCurrency(1234.5), "$1,234.50"],
  ["FormatPercent()", burnscript.FormatPercent(0.125, 1), "12.5%"],
  ["MonthName()", [burnscript.MonthName(2), burnscript.MonthName(2, true)], ["February", "Feb"]],
  ["WeekdayName()", [burnscript.WeekdayName(1), burnscript.WeekdayName(1, true, 2)], ["Sunday", "Mon"]],
  // The first numbers of every script on Windows that calls no Randomize.
  ["Rnd()", [burnscript.Rnd(), burnscript.Rnd()].map(Math.fround), [0.7055475, 0.533424].map(Math.fround)],
];

for (const [call, found, expected] of CALLS) Deno.test(call, () => assertEquals(found, expected));

Deno.test("SetLocale() changes the formats, and gives back what was there", () => {
  const before = burnscript.SetLocale("de-DE");
  try {
    assertEquals(burnscript.FormatNumber(1234.5), "1.234,50");
    assertEquals(burnscript.MonthName(3), "März");
  } finally {
    assertEquals([before, burnscript.SetLocale(before)], [1033, 1031]);
  }
});

Deno.test("DateAdd() beyond the year 9999 is error 5", () => {
  const error = assertThrows(() => DateAdd("yyyy", 8000, leapDay), burnscript.AutomationError);
  assertEquals(error.number, 5);
});

Deno.test("GetObject() makes a new object of a ProgID, and has no WMI", () => {
  const made = burnscript.GetObject("", "Scripting.Dictionary") as unknown as burnscript.IDictionary;
  assertEquals(made.Count, 0);
  const error = assertThrows(() => burnscript.GetObject("winmgmts:"), burnscript.AutomationError);
  assertEquals(error.number, 429);
  assertStringIncludes(error.message, "WMI");
});

Deno.test("MsgBox() and InputBox() take their default without a terminal", async () => {
  using folder = new TempFolder();
  const script = folder.write(
    "ask.ts",
    `import { InputBox, MsgBox, MsgBoxResult, MsgBoxStyle } from ${JSON.stringify(MOD)};
const answer = MsgBox("Go on?", MsgBoxStyle.vbYesNo + MsgBoxStyle.vbDefaultButton2, "Question");
console.log(answer === MsgBoxResult.vbNo, InputBox("Name?", "Who", "nobody"));
`,
  );
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", "--config", "deno.json", script],
    stdin: "null",
  }).output();
  const text = new TextDecoder();
  assertEquals([text.decode(stdout), code], ["true nobody\n", 0]);
  assertStringIncludes(text.decode(stderr), "Go on?");
});
