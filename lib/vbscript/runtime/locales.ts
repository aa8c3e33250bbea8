/** Regional settings that SetLocale knows. @module */
import { EN_US, type Locale } from "../../automation/locale.ts";
import { LOCALE_ROWS, NAME_ROWS } from "./locale_table.ts";

/** Names under which VBScript's documentation lists locales that have others today. */
const OLD_NAMES: Readonly<Record<string, string>> = {
  "az-az": "az-latn-az",
  "bs-ba": "bs-latn-ba",
  "gd-ie": "ga-ie",
  in: "id",
  iw: "he",
  no: "nb",
  "no-no": "nb-no",
  "sr-sp": "sr-latn-cs",
  sb: "hsb",
  "uz-uz": "uz-latn-uz",
  "zh-chs": "zh-cn",
  "zh-cht": "zh-tw",
  "zh-hans": "zh-cn",
  "zh-hant": "zh-tw",
};

/** Made when they are first asked for: most scripts never do. */
const made = new Map<string, Locale>();
let rows: readonly string[] | undefined;

/**
 * The settings of an LCID, or of a tag such as `pt-BR` in any case of letters. A language alone means its first country.
 */
export function findLocale(key: number | string): Locale | undefined {
  if (key === EN_US.lcid) return EN_US;
  rows ??= LOCALE_ROWS.trim().split("\n");
  if (typeof key === "number") return localeOf(rows.find((row) => row.startsWith(`${key}|`)));
  const tag = key.toLowerCase().replaceAll("_", "-");
  const name = OLD_NAMES[tag] ?? tag;
  if (name === "en" || name === "en-us") return EN_US;
  const tagStart = name.includes("-") ? `|${name}|` : `|${name}-`;
  return localeOf(rows.find((row) => row.toLowerCase().startsWith(tagStart, row.indexOf("|"))));
}

/** The settings that an operating system's name of a locale, such as `de_LI.UTF-8`, comes closest to. */
export function nearestLocale(name: string): Locale {
  const tag = name.replace(/[.@].*$/, "").replaceAll("_", "-");
  return findLocale(tag) ?? findLocale(tag.replace(/-.*$/, "")) ?? EN_US;
}

function localeOf(row: string | undefined): Locale | undefined {
  if (row === undefined) return undefined;
  let locale = made.get(row);
  if (locale === undefined) made.set(row, locale = makeLocale(row));
  return locale;
}

function makeLocale(row: string): Locale {
  const [lcid, tag, names, firstDayOfWeek, signs, laterGroup, currency, positive, negative, ...patterns] = row
    .split("|") as [string, string, string, string, string, string, string, string, string, ...string[]];
  const [shortDate, longDate, longTime] = patterns as [string, string, string];
  return {
    ...namesOf(names),
    lcid: Number(lcid),
    tag,
    decimal: signs[0]!,
    group: signs[1]!,
    laterGroupDigits: Number(laterGroup),
    currency,
    currencyPositive: positive,
    currencyNegative: negative,
    dateOrder: ({ d: "dmy", M: "mdy", y: "ymd" } as const)[/[dMy]/.exec(shortDate)![0] as "d" | "M" | "y"],
    shortDate,
    longDate,
    longTime,
    firstDayOfWeek: Number(firstDayOfWeek),
  };
}

type Names = Pick<
  Locale,
  "am" | "pm" | "months" | "monthsShort" | "days" | "daysShort" | "monthsBesideDay"
>;

function namesOf(key: string): Names {
  if (key === "") return EN_US;
  const row = NAME_ROWS.split("\n").find((candidate) => candidate.startsWith(`${key}|`))!;
  const [, am, pm, ...lists] = row.split("|") as [string, string, string, ...string[]];
  const [months, monthsShort, days, daysShort, monthsBesideDay] = lists as [
    string,
    string,
    string,
    string,
    string,
  ];
  return {
    am,
    pm,
    months: months.split(","),
    monthsShort: (monthsShort || months).split(","),
    days: days.split(","),
    daysShort: (daysShort || days).split(","),
    monthsBesideDay: (monthsBesideDay || months).split(","),
  };
}
