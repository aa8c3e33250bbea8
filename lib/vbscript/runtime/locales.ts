/** Regional settings that SetLocale knows, with Windows' patterns. @module */
import { EN_US, type Locale } from "../../automation/coerce.ts";

const GERMAN: Locale = {
  ...EN_US,
  lcid: 1031,
  tag: "de-DE",
  decimal: ",",
  group: ".",
  currency: "€",
  currencyPositive: "n $",
  currencyNegative: "-n $",
  dateOrder: "dmy",
  shortDate: "dd.MM.yyyy",
  longDate: "dddd, d. MMMM yyyy",
  longTime: "HH:mm:ss",
  am: "",
  pm: "",
  months: "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split(" "),
  monthsShort: "Jan Feb Mrz Apr Mai Jun Jul Aug Sep Okt Nov Dez".split(" "),
  days: "Sonntag Montag Dienstag Mittwoch Donnerstag Freitag Samstag".split(" "),
  daysShort: "So Mo Di Mi Do Fr Sa".split(" "),
  firstDayOfWeek: 2,
};

const LOCALES: readonly Locale[] = [
  EN_US,
  GERMAN,
  {
    ...EN_US,
    lcid: 2057,
    tag: "en-GB",
    currency: "£",
    currencyNegative: "-$n",
    dateOrder: "dmy",
    shortDate: "dd/MM/yyyy",
    longDate: "dd MMMM yyyy",
    longTime: "HH:mm:ss",
    firstDayOfWeek: 2,
  },
  {
    ...EN_US,
    lcid: 1036,
    tag: "fr-FR",
    decimal: ",",
    group: "\u00A0",
    currency: "€",
    currencyPositive: "n $",
    currencyNegative: "-n $",
    dateOrder: "dmy",
    shortDate: "dd/MM/yyyy",
    longDate: "dddd d MMMM yyyy",
    longTime: "HH:mm:ss",
    am: "",
    pm: "",
    months: "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split(" "),
    monthsShort: "janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.".split(" "),
    days: "dimanche lundi mardi mercredi jeudi vendredi samedi".split(" "),
    daysShort: "dim. lun. mar. mer. jeu. ven. sam.".split(" "),
    firstDayOfWeek: 2,
  },
  {
    ...EN_US,
    lcid: 3082,
    tag: "es-ES",
    decimal: ",",
    group: ".",
    currency: "€",
    currencyPositive: "n $",
    currencyNegative: "-n $",
    dateOrder: "dmy",
    shortDate: "dd/MM/yyyy",
    longDate: "dddd, d' de 'MMMM' de 'yyyy",
    longTime: "H:mm:ss",
    months: "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre".split(
      " ",
    ),
    monthsShort: "ene. feb. mar. abr. may. jun. jul. ago. sep. oct. nov. dic.".split(" "),
    days: "domingo lunes martes miércoles jueves viernes sábado".split(" "),
    daysShort: "do. lu. ma. mi. ju. vi. sá.".split(" "),
    firstDayOfWeek: 2,
  },
  {
    ...EN_US,
    lcid: 1041,
    tag: "ja-JP",
    currency: "¥",
    currencyNegative: "-$n",
    dateOrder: "ymd",
    shortDate: "yyyy/MM/dd",
    longDate: "yyyy'年'M'月'd'日'",
    longTime: "H:mm:ss",
    am: "午前",
    pm: "午後",
    months: Array.from({ length: 12 }, (_, index) => `${index + 1}月`),
    monthsShort: Array.from({ length: 12 }, (_, index) => `${index + 1}`),
    days: "日曜日 月曜日 火曜日 水曜日 木曜日 金曜日 土曜日".split(" "),
    daysShort: "日 月 火 水 木 金 土".split(" "),
  },
];

/** The settings of an LCID or a tag; a language alone means its first country here. */
export function findLocale(key: number | string): Locale | undefined {
  if (typeof key === "number") return LOCALES.find((locale) => locale.lcid === key);
  const tag = key.replace("_", "-").replace(/[.@].*$/, "").toLowerCase();
  if (tag === "c" || tag === "posix" || tag === "") return EN_US;
  return LOCALES.find((locale) => locale.tag.toLowerCase() === tag) ??
    LOCALES.find((locale) => locale.tag.slice(0, 2) === tag.slice(0, 2));
}
