/** The regional settings that conversions depend on. @module */

/** The regional settings that conversions depend on. */
export interface Locale {
  /** The LCID that GetLocale returns. */
  readonly lcid: number;
  /** The BCP 47 tag. */
  readonly tag: string;
  readonly decimal: string;
  readonly group: string;
  /** How many digits the groups before the last have, where they are not three: 12,34,567. */
  readonly laterGroupDigits?: number;
  readonly currency: string;
  /** How a positive and a negative amount look; `n` is the number, `$` the symbol. */
  readonly currencyPositive: string;
  readonly currencyNegative: string;
  /** The short date's order. */
  readonly dateOrder: "mdy" | "dmy" | "ymd";
  /** Patterns of `d dd ddd dddd M MM MMM MMMM yy yyyy h hh H HH m mm s ss tt`, with literals in `'`, where `''` is one `'`. */
  readonly shortDate: string;
  readonly longDate: string;
  readonly longTime: string;
  readonly am: string;
  readonly pm: string;
  readonly months: readonly string[];
  readonly monthsShort: readonly string[];
  /** The names of months beside a day's number, where they have another form: `1 января`. */
  readonly monthsBesideDay?: readonly string[];
  readonly days: readonly string[];
  readonly daysShort: readonly string[];
  /** 1 is Sunday, as vbSunday. */
  readonly firstDayOfWeek: number;
}

/** English (United States). */
export const EN_US: Locale = {
  lcid: 1033,
  tag: "en-US",
  decimal: ".",
  group: ",",
  currency: "$",
  currencyPositive: "$n",
  currencyNegative: "($n)",
  dateOrder: "mdy",
  shortDate: "M/d/yyyy",
  longDate: "dddd, MMMM d, yyyy",
  longTime: "h:mm:ss tt",
  am: "AM",
  pm: "PM",
  months: [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
  ],
  monthsShort: ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
  days: ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"],
  daysShort: ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"],
  firstDayOfWeek: 1,
};
