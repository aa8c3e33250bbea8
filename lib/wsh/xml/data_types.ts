/** Typed values: what a node's text is in a data type of "urn:schemas-microsoft-com:datatypes", and back. @module */
import {
  toBoolean,
  toCurrency,
  toDateSerial,
  toDouble,
  toLong,
  toStringValue,
} from "../../automation/coerce.ts";
import { checkDateSerial, dateFields, joinSerial, serialFromYmd } from "../../automation/date_serial.ts";
import { parseNumber } from "../../automation/number_text.ts";
import {
  makeByte,
  makeDate,
  makeDouble,
  makeLong,
  makeSingle,
  type Variant,
  VariantArray,
} from "../../automation/variant.ts";
import { byteArray, bytesOfArray } from "../adodb/stream.ts";
import { domError } from "./errors.ts";

/** The namespace of the attribute `dt`. */
export const DATATYPES_NAMESPACE = "urn:schemas-microsoft-com:datatypes";

/** How a data type is read and written. */
interface DataType {
  /** The value of a text that was trimmed; undefined for a text that has none. */
  read(text: string): Variant;
  write(value: Variant): string;
}

const STRING: DataType = { read: (text) => text, write: (value) => toStringValue(value) };

/** Characters in a line of base64. */
const BASE64_LINE = 72;

const TYPES: ReadonlyMap<string, DataType> = new Map<string, DataType>([
  ...["string", "number", "uuid", "uri", "char", "entity", "entities", "enumeration", "id", "idref", "idrefs"]
    .map(
      (name): [string, DataType] => [name, STRING],
    ),
  ...["nmtoken", "nmtokens", "notation"].map((name): [string, DataType] => [name, STRING]),
  ["int", integer(-2147483648, 2147483647, makeLong)],
  ["i4", integer(-2147483648, 2147483647, makeLong)],
  ["i2", integer(-32768, 32767, (value) => value)],
  ["i1", integer(-128, 127, (value) => value)],
  ["ui1", integer(0, 255, makeByte)],
  ["ui2", integer(0, 65535, makeLong)],
  ["ui4", integer(0, 4294967295, makeDouble)],
  ["i8", { read: (text) => (/^[+-]?\d+$/.test(text) ? text : undefined), write: STRING.write }],
  ["ui8", { read: (text) => (/^\d+$/.test(text) ? text : undefined), write: STRING.write }],
  ["r4", { read: (text) => withNumber(text, makeSingle), write: writeNumber }],
  ["r8", { read: (text) => withNumber(text, makeDouble), write: writeNumber }],
  ["float", { read: (text) => withNumber(text, makeDouble), write: writeNumber }],
  ["fixed.14.4", {
    read: (text) => (/^[+-]?\d{1,14}(?:\.\d{0,4})?$/.test(text) ? toCurrency(text) : undefined),
    write: (value) => toStringValue(toCurrency(value)),
  }],
  ["boolean", {
    read: (text) => (text === "1" ? true : text === "0" ? false : undefined),
    write: (value) => (toBoolean(value) ? "1" : "0"),
  }],
  ["date", { read: (text) => readDate(text, { date: true }), write: (value) => isoOf(value, "date") }],
  ["dateTime", {
    read: (text) => readDate(text, { date: true, time: true }),
    write: (value) => isoOf(value, "dateTime"),
  }],
  ["dateTime.tz", {
    read: (text) => readDate(text, { date: true, time: true, zone: true }),
    write: (value) => isoOf(value, "dateTime"),
  }],
  ["time", { read: (text) => readDate(text, { time: true }), write: (value) => isoOf(value, "time") }],
  ["time.tz", {
    read: (text) => readDate(text, { time: true, zone: true }),
    write: (value) => isoOf(value, "time"),
  }],
  ["bin.hex", {
    read(text): Variant {
      const digits = text.replace(/\s+/g, "");
      if (!/^[0-9a-f]*$/i.test(digits)) return undefined;
      return byteArray(Uint8Array.fromHex(digits.length % 2 === 0 ? digits : `0${digits}`));
    },
    write: (value) => bytesOf(value, "bin.hex").toHex(),
  }],
  ["bin.base64", {
    read(text): Variant {
      try {
        return byteArray(Uint8Array.fromBase64(text));
      } catch {
        return undefined;
      }
    },
    write: (value) =>
      bytesOf(value, "bin.base64").toBase64().replace(new RegExp(`.{${BASE64_LINE}}(?=.)`, "g"), "$&\n"),
  }],
]);

/** The name of a data type in its documented spelling. @throws AutomationError where there is none. */
export function dataTypeNamed(name: string): string {
  const found = [...TYPES.keys()].find((known) => known.toLowerCase() === name.trim().toLowerCase());
  if (found !== undefined) return found;
  throw domError("XMLOM_INVALID_DATATYPE", name);
}

/** The value of a text in a data type. @throws AutomationError where it has none. */
export function typedValue(text: string, type: string): Variant {
  const value = TYPES.get(dataTypeNamed(type))!.read(type === "string" ? text : text.trim());
  if (value !== undefined) return value;
  throw domError("XMLOM_DATATYPE_PARSE_ERROR", text, type);
}

/** The text of a value in a data type. */
export function typedText(value: Variant, type: string): string {
  return TYPES.get(dataTypeNamed(type))!.write(value);
}

function integer(min: number, max: number, make: (value: number) => Variant): DataType {
  return {
    read(text): Variant {
      const value = /^[+-]?\d+$/.test(text) ? Number(text) : NaN;
      return value >= min && value <= max ? make(value) : undefined;
    },
    write(value): string {
      const number = toDouble(value);
      const whole = Math.abs(number) <= 2147483647 ? toLong(value) : Math.round(number);
      if (whole >= min && whole <= max) return String(whole);
      throw domError("XMLOM_DATATYPE_PARSE_ERROR", String(whole), `a number from ${min} to ${max}, the`);
    },
  };
}

function withNumber(text: string, make: (value: number) => Variant): Variant {
  const value = parseNumber(text);
  return value === undefined ? undefined : make(value);
}

function writeNumber(value: Variant): string {
  return toStringValue(makeDouble(toDouble(value)));
}

function bytesOf(value: Variant, type: string): Uint8Array {
  if (value instanceof VariantArray && value.upperBounds.length === 1) return bytesOfArray(value);
  // Text is what the type's text is already.
  if (typeof value === "string") {
    const typed = typedValue(value, type);
    if (typed instanceof VariantArray) return bytesOfArray(typed);
  }
  throw domError("XMLOM_BADVALUE", type);
}

const DATE = /^(\d{4})(?:-?(\d\d)(?:-?(\d\d))?)?/;
const TIME = /^(\d\d)(?::?(\d\d)(?::?(\d\d(?:\.\d+)?))?)?/;
const ZONE = /^(?:Z|([+-])(\d\d)(?::?(\d\d))?)$/;

/** A date of ISO 8601 as MSXML takes it; with a zone, the time in UTC. */
function readDate(text: string, parts: { date?: boolean; time?: boolean; zone?: boolean }): Variant {
  let rest = text;
  let days = 0;
  if (parts.date) {
    const found = DATE.exec(rest);
    if (found === null) return undefined;
    const [year, month, day] = [Number(found[1]), Number(found[2] ?? 1), Number(found[3] ?? 1)];
    if (
      month < 1 || month > 12 || day < 1 || day > new Date(Date.UTC(2000 + year % 400, month, 0)).getUTCDate()
    ) {
      return undefined;
    }
    days = serialFromYmd(year, month, day);
    rest = rest.slice(found[0].length);
    if (parts.time && rest.startsWith("T")) rest = rest.slice(1);
    else if (rest !== "") return undefined;
  }
  let time = 0;
  if (parts.time && rest !== "") {
    const found = TIME.exec(rest);
    if (found === null) return undefined;
    const [hours, minutes, seconds] = [Number(found[1]), Number(found[2] ?? 0), Number(found[3] ?? 0)];
    if (hours > 23 || minutes > 59 || seconds >= 60) return undefined;
    time = (hours * 3600 + minutes * 60 + Math.floor(seconds)) / 86400;
    rest = rest.slice(found[0].length);
    const zone = parts.zone ? ZONE.exec(rest) : null;
    if (zone !== null) {
      const minutesEast = (zone[1] === "-" ? -1 : 1) * (Number(zone[2] ?? 0) * 60 + Number(zone[3] ?? 0));
      const total = Math.round((days + time) * 86400) - minutesEast * 60;
      days = Math.floor(total / 86400);
      time = (total - days * 86400) / 86400;
    } else if (rest !== "") return undefined;
  }
  return makeDate(checkDateSerial(joinSerial(days, time)));
}

function isoOf(value: Variant, form: "date" | "dateTime" | "time"): string {
  const { year, month, day, hour, minute, second } = dateFields(toDateSerial(value));
  const pad = (number: number, digits = 2): string => String(number).padStart(digits, "0");
  const date = `${pad(year, 4)}-${pad(month)}-${pad(day)}`;
  const time = `${pad(hour)}:${pad(minute)}:${pad(second)}`;
  return form === "date" ? date : form === "time" ? time : `${date}T${time}`;
}
