/** `format-number()` and `xsl:decimal-format` (XSLT 1.0, section 12.3): patterns as Java's DecimalFormat has them. @module */
import { stringOfNumber } from "../xpath/value.ts";
import type { XmlNode } from "../tree.ts";
import { attributeOf, xsltError } from "./names.ts";

/** The characters of patterns and results. */
export interface DecimalFormat {
  readonly decimalSeparator: string;
  readonly groupingSeparator: string;
  readonly infinity: string;
  readonly minusSign: string;
  readonly nan: string;
  readonly percent: string;
  readonly perMille: string;
  readonly zeroDigit: string;
  readonly digit: string;
  readonly patternSeparator: string;
}

/** What holds where nothing else is said. */
export const DEFAULT_FORMAT: DecimalFormat = {
  decimalSeparator: ".",
  groupingSeparator: ",",
  infinity: "Infinity",
  minusSign: "-",
  nan: "NaN",
  percent: "%",
  perMille: "\u2030",
  zeroDigit: "0",
  digit: "#",
  patternSeparator: ";",
};

/** What an `xsl:decimal-format` says. @throws AutomationError for more than one character */
export function decimalFormatOf(element: XmlNode): DecimalFormat {
  const names: Readonly<Record<string, keyof DecimalFormat>> = {
    "decimal-separator": "decimalSeparator",
    "grouping-separator": "groupingSeparator",
    infinity: "infinity",
    "minus-sign": "minusSign",
    NaN: "nan",
    percent: "percent",
    "per-mille": "perMille",
    "zero-digit": "zeroDigit",
    digit: "digit",
    "pattern-separator": "patternSeparator",
  };
  const format: { -readonly [Name in keyof DecimalFormat]: string } = { ...DEFAULT_FORMAT };
  for (const [attribute, field] of Object.entries(names)) {
    const text = attributeOf(element, attribute);
    if (text === undefined) continue;
    const isText = field === "infinity" || field === "nan";
    if (!isText && [...text].length !== 1) {
      throw xsltError(`${attribute} is one character, not "${text}"`, element);
    }
    format[field] = text;
  }
  return format;
}

/** One half of a pattern. */
interface Picture {
  readonly prefix: string;
  readonly suffix: string;
  readonly integerMin: number;
  readonly fractionMin: number;
  readonly fractionMax: number;
  /** Digits in a group; 0 for none. */
  readonly group: number;
  /** 1, 100 or 1000. */
  readonly scale: number;
}

/** A number as a pattern has it; as it is by a pattern that is none, as MSXML documents it. */
export function formatNumber(value: number, pattern: string, format: DecimalFormat): string {
  if (Number.isNaN(value)) return format.nan;
  const [positive, negative, ...rest] = splitPattern(pattern, format).map((part) => pictureOf(part, format));
  if (positive === undefined || rest.length > 0) return stringOfNumber(value);
  const digits = digitsOf(Math.abs(value), positive, format);
  if (value >= 0) return positive.prefix + digits + positive.suffix;
  if (negative === undefined) return format.minusSign + positive.prefix + digits + positive.suffix;
  return negative.prefix + digits + negative.suffix;
}

function splitPattern(pattern: string, { patternSeparator }: DecimalFormat): string[] {
  const parts = [""];
  let isQuoted = false;
  for (const character of pattern) {
    if (character === "'") isQuoted = !isQuoted;
    if (character === patternSeparator && !isQuoted) parts.push("");
    else parts[parts.length - 1] += character;
  }
  return parts;
}

/** What a half of a pattern says; undefined where it is none. */
function pictureOf(part: string, format: DecimalFormat): Picture | undefined {
  const { digit, zeroDigit, groupingSeparator, decimalSeparator, percent, perMille } = format;
  const counts = {
    prefix: "",
    suffix: "",
    integerMin: 0,
    fractionMin: 0,
    fractionMax: 0,
    group: 0,
    scale: 1,
  };
  let place: "prefix" | "integer" | "fraction" | "suffix" = "prefix";
  let sinceGroup = -1;
  let isQuoted = false;
  let hasDigit = false;
  for (const character of part) {
    const isActive = !isQuoted && [digit, zeroDigit, groupingSeparator, decimalSeparator].includes(character);
    if (isActive && place === "prefix") place = "integer";
    if (isActive && place === "suffix") return undefined;
    if (isActive) {
      if (character === decimalSeparator) {
        if (place === "fraction") return undefined;
        place = "fraction";
      } else if (character === groupingSeparator) {
        if (place === "integer") sinceGroup = 0;
      } else {
        hasDigit = true;
        if (place === "fraction") {
          counts.fractionMax++;
          if (character === zeroDigit) counts.fractionMin = counts.fractionMax;
        } else {
          if (sinceGroup >= 0) sinceGroup++;
          if (character === zeroDigit) counts.integerMin++;
          else if (counts.integerMin > 0) return undefined;
        }
      }
      continue;
    }
    if (place === "integer" || place === "fraction") place = "suffix";
    if (character === "'") {
      isQuoted = !isQuoted;
      continue;
    }
    if (!isQuoted && character === percent) counts.scale = 100;
    if (!isQuoted && character === perMille) counts.scale = 1000;
    counts[place as "prefix" | "suffix"] += character;
  }
  if (!hasDigit) return undefined;
  // Java takes #.## for 0.##.
  if (counts.integerMin === 0 && counts.fractionMax > 0 && counts.fractionMin === 0) counts.integerMin = 1;
  counts.group = Math.max(0, sinceGroup);
  return counts;
}

function digitsOf(value: number, picture: Picture, format: DecimalFormat): string {
  if (value === Infinity) return format.infinity;
  const { integerMin, fractionMin, fractionMax, group, scale } = picture;
  const text = roundedHalfUp(shifted(stringOfNumber(value), Math.log10(scale)), fractionMax);
  const [whole = "", fraction = ""] = text.split(".");
  const integer = whole.replace(/^0+/, "").padStart(integerMin, "0");
  const kept = fraction.replace(/0+$/, "").padEnd(fractionMin, "0");
  const grouped = group === 0 ? integer : integer.replace(
    new RegExp(`\\B(?=(?:\\d{${group}})+$)`, "g"),
    () => format.groupingSeparator,
  );
  const result = kept === "" ? grouped || "0" : `${grouped}${format.decimalSeparator}${kept}`;
  if (format.zeroDigit === "0") return result;
  const zero = format.zeroDigit.codePointAt(0)!;
  return result.replace(/\d/g, (one) => String.fromCodePoint(zero + Number(one)));
}

/** A decimal with its point so many places to the right. */
function shifted(text: string, places: number): string {
  if (places === 0) return text;
  const [whole = "", fraction = ""] = text.split(".");
  const digits = fraction.padEnd(places, "0");
  return `${whole}${digits.slice(0, places)}.${digits.slice(places)}`;
}

/** A decimal with so many places. MSXML rounds a half up, where Java's goes to the even neighbour. */
function roundedHalfUp(text: string, places: number): string {
  const [whole = "", fraction = ""] = text.split(".");
  const kept = BigInt(`${whole}${fraction.slice(0, places).padEnd(places, "0")}` || "0");
  const digits = String((fraction[places] ?? "0") >= "5" ? kept + 1n : kept).padStart(places + 1, "0");
  return places === 0 ? digits : `${digits.slice(0, -places)}.${digits.slice(-places)}`;
}
