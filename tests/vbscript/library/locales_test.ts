/** Regional settings: which there are, how they are found, and that what they print they read again. @module */
import { assert, assertEquals, assertThrows } from "@std/assert";
import { dateFields } from "../../../lib/automation/date_serial.ts";
import { dateToString, formatDate, parseDate } from "../../../lib/automation/date_text.ts";
import { numberToString, parseNumber } from "../../../lib/automation/number_text.ts";
import { VbsEngine, VbsError } from "../../../lib/vbscript/mod.ts";
import { LOCALE_ROWS, NAME_ROWS } from "../../../lib/vbscript/runtime/locale_table.ts";
import { findLocale, nearestLocale } from "../../../lib/vbscript/runtime/locales.ts";

const NBSP = "\u00A0";

/** By locale: amounts, dates and names as Windows prints them. 15 March 2026 is a Sunday. */
const ROWS: readonly [locale: string, expression: string, printed: string][] = [
  ["pt-BR", "FormatNumber(1234567.891)", "1.234.567,89"],
  ["pt-BR", "FormatCurrency(-1234.5)", "-R$ 1.234,50"],
  ["pt-BR", "#3/15/2026 4:05:06 PM#", "15/03/2026 16:05:06"],
  ["pt-BR", "FormatDateTime(#3/16/2026#, 1)", "segunda-feira, 16 de março de 2026"],
  ["pl-PL", "FormatCurrency(1234.5)", `1${NBSP}234,50 zł`],
  ["pl-PL", "FormatDateTime(#3/15/2026#, 1)", "niedziela, 15 marca 2026"],
  ["pl-PL", "MonthName(3)", "marzec"],
  ["ru-RU", "FormatDateTime(#3/15/2026#, 1)", "15 марта 2026 г."],
  ["ru-RU", "MonthName(3)", "Март"],
  ["ru-RU", "#3/15/2026 4:05:06 PM#", "15.03.2026 16:05:06"],
  ["sv-SE", "#3/15/2026#", "2026-03-15"],
  ["sv-SE", "FormatDateTime(#3/15/2026#, 1)", "den 15 mars 2026"],
  ["fi-FI", "FormatDateTime(#3/15/2026#, 1)", "15. maaliskuuta 2026"],
  ["fi-FI", "MonthName(3)", "maaliskuu"],
  ["nl-NL", "FormatCurrency(-1234.5)", "€ -1.234,50"],
  ["nl-NL", "#3/5/2026#", "5-3-2026"],
  ["it-IT", "FormatDateTime(#3/15/2026#, 1)", "domenica 15 marzo 2026"],
  ["de-CH", "FormatNumber(1234567.891)", "1’234’567.89"],
  ["de-AT", "MonthName(1)", "Jänner"],
  ["hi-IN", "FormatNumber(1234567.891)", "12,34,567.89"],
  ["en-IN", "FormatCurrency(12345678)", "₹ 1,23,45,678.00"],
  ["zh-CN", "FormatDateTime(#3/15/2026#, 1)", "2026年3月15日"],
  ["zh-CN", "WeekdayName(1)", "星期日"],
  ["zh-TW", "#3/15/2026 4:05:06 PM#", "2026/3/15 下午 04:05:06"],
  ["ko-KR", "FormatDateTime(#3/15/2026#, 1)", "2026년 3월 15일 일요일"],
  ["ko-KR", "#4:05:06 AM#", "오전 4:05:06"],
  ["tr-TR", "FormatCurrency(-1234.5)", "-₺1.234,50"],
  ["ar-EG", "#3/15/2026 4:05:06 PM#", "15/03/2026 04:05:06 م"],
  ["he-IL", "WeekdayName(2)", `יום${NBSP}שני`],
  ["th-TH", "#3/15/2026#", "15/3/2026"],
  ["hu-HU", "#3/15/2026#", "2026. 03. 15."],
  ["es-MX", "FormatNumber(1234567.891)", "1,234,567.89"],
  ["es-AR", "FormatNumber(1234567.891)", "1.234.567,89"],
  ["en-AU", "#3/5/2026#", "5/03/2026"],
  ["vi-VN", "MonthName(3)", "Tha\u0301ng Ba"],
  ["mt-MT", "FormatDateTime(#3/15/2026#, 1)", "Il-Ħadd, 15 ta' Marzu 2026"],
  ["uk-UA", 'CDbl("1234,5") * 2', "2469"],
  ["cs-CZ", 'CDate("15. března 2026")', "15.03.2026"],
  ["ko-KR", 'CDate("2026-03-15 오후 4:05:06")', "2026-03-15 오후 4:05:06"],
];

for (const [locale, expression, printed] of ROWS) {
  Deno.test(`SetLocale(${locale}) ${expression} is ${JSON.stringify(printed)}`, () => {
    const engine = new VbsEngine();
    engine.run(`SetLocale "${locale}"\nprinted = "" & ${expression}`);
    assertEquals(engine.evaluate("printed"), printed);
  });
}

/** What SetLocale takes, and what GetLocale says after it. */
const KEYS: readonly [key: string, lcid: number][] = [
  ["1046", 1046],
  ["&H0416", 1046],
  ['"pt-br"', 1046],
  ['"PT_BR"', 1046],
  ['"pt"', 1046],
  ['"2070"', 2070],
  ['"kok"', 1111],
  ['"zh"', 2052],
  ['"no-no"', 1044],
  ['"sr"', 9242],
  ["1034", 1034],
  ['"es"', 3082],
  ["1033", 1033],
  ['"en"', 1033],
  ["0", 1033],
  ["1024", 1033],
  ["2048", 1033],
];

for (const [key, lcid] of KEYS) {
  Deno.test(`SetLocale() takes ${key} for ${lcid} and gives the one before`, () => {
    const engine = new VbsEngine();
    engine.run(`SetLocale 1031\nbefore = SetLocale(${key})\nnow_ = GetLocale()`);
    assertEquals(engine.evaluate("before"), engine.evaluate("CLng(1031)"));
    assertEquals(engine.evaluate("now_ = " + lcid), true);
  });
}

for (const key of ["1", "9999", "-1", '"xx"', '"en-xx"', '"kok-KO"', '"|"', '""', '"pt-"']) {
  Deno.test(`SetLocale() of ${key} is error 447, and nothing changes`, () => {
    const engine = new VbsEngine();
    const error = assertThrows(() => engine.run(`SetLocale 1031\nSetLocale ${key}`), VbsError);
    assertEquals(error.number, 447);
    assertEquals(engine.evaluate("GetLocale() = 1031"), true);
  });
}

Deno.test("nearestLocale() reads what operating systems call a locale", () => {
  const tags = ["de_LI.UTF-8", "sr_RS@latin", "pt_AO.UTF-8", "C", "POSIX", "", "C.UTF-8", "xx_XX", "ja"];
  assertEquals(
    tags.map((tag) => nearestLocale(tag).tag),
    ["de-LI", "sr-Latn-RS", "pt-BR", "en-US", "en-US", "en-US", "en-US", "en-US", "ja-JP"],
  );
});

const LCIDS = LOCALE_ROWS.trim().split("\n").map((row) => Number(row.split("|")[0]));

Deno.test("LOCALE_ROWS each LCID once, with names of twelve months and seven days", () => {
  assert(LCIDS.length > 150);
  assertEquals(new Set(LCIDS).size, LCIDS.length);
  for (const lcid of LCIDS) {
    const locale = findLocale(lcid)!;
    const { months, monthsShort, monthsBesideDay = months, days, daysShort, decimal, group } = locale;
    const lengths = [months, monthsShort, monthsBesideDay, days, daysShort].map((names) =>
      names.filter((name) => name !== "").length
    );
    assertEquals([locale.lcid, ...lengths], [lcid, 12, 12, 12, 7, 7], locale.tag);
    assert(decimal !== group && `${decimal}${group}`.length === 2, locale.tag);
    assert(findLocale(locale.tag) !== undefined && new Intl.Collator(locale.tag) !== undefined);
    if (locale.longTime.includes("tt")) assert(locale.am !== "" && locale.pm !== "", locale.tag);
  }
});

Deno.test("NAME_ROWS each is used", () => {
  const used = new Set(LOCALE_ROWS.trim().split("\n").map((row) => row.split("|")[2]));
  const rows = NAME_ROWS.trim().split("\n").map((row) => row.split("|")[0]);
  assertEquals(rows.filter((name) => !used.has(name)), []);
});

const SERIALS = [46_096, 46_096 + 57_906 / 86_400, 46_081.5, 45_992 + 86_391 / 86_400, 14_706 / 86_400];
/** Their long dates join names with what is beside them, or leave the order of day and month open. */
const LONG_DATES_NOT_READ = new Set(["eu-ES", "ka-GE", "ky-KG", "th-TH"]);

Deno.test("parseDate() reads what each locale prints: dates, times, long dates; and parseNumber() its numbers", () => {
  for (const lcid of LCIDS) {
    const locale = findLocale(lcid)!;
    for (const serial of SERIALS) {
      const text = dateToString(serial, locale);
      const read = parseDate(text, locale) ?? NaN;
      assert(Math.abs(read - serial) < 1e-9, `${locale.tag}: ${text} is read as ${read}, not ${serial}`);
      if (LONG_DATES_NOT_READ.has(locale.tag) || serial < 1) continue;
      const long = formatDate(dateFields(serial), locale.longDate, locale);
      assertEquals(parseDate(long, locale), Math.trunc(serial), `${locale.tag}: ${long}`);
    }
    const number = -1234567.891;
    assertEquals(parseNumber(numberToString(number, locale), locale), number, locale.tag);
  }
});
