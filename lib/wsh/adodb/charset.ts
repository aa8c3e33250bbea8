/**
 * Text encodings by the names that Windows has for them (HKEY_CLASSES_ROOT\MIME\Database\Charset).
 *
 * TextDecoder knows nearly all of them in one direction. The other direction is its table turned around, made when text is
 * first written.
 *
 * @module
 */

/** An encoding of text. */
export interface Charset {
  /** What a stream that is written begins with. */
  readonly mark: Uint8Array;
  decode(bytes: Uint8Array): string;
  /** What the encoding does not have becomes a question mark, as on Windows. */
  encode(text: string): Uint8Array;
  /** How many of these bytes make the first `units` UTF-16 units; a character is never cut. */
  bytesOfUnits(bytes: Uint8Array, units: number): number;
  /** The bytes of a character of ASCII. */
  readonly bytesPerAscii: 1 | 2;
}

/** Names beside those that the WHATWG's Encoding Standard has. */
const ALIASES: Readonly<Record<string, string>> = {
  unicode: "utf-16le",
  unicodefffe: "utf-16be",
  "utf-8": "utf-8",
  "x-ansi": "windows-1252",
  "iso-8859-1": "windows-1252",
  "latin1": "windows-1252",
  "ks_c_5601-1987": "euc-kr",
  "windows-949": "euc-kr",
  "windows-936": "gbk",
  "windows-950": "big5",
  "windows-932": "shift_jis",
  cp866: "ibm866",
};

const MARKS: Readonly<Record<string, Uint8Array>> = {
  "utf-8": Uint8Array.of(0xef, 0xbb, 0xbf),
  "utf-16le": Uint8Array.of(0xff, 0xfe),
  "utf-16be": Uint8Array.of(0xfe, 0xff),
};

const QUESTION_MARK = 0x3f;

/** The encoding of that name; undefined where there is none. */
export function charsetNamed(name: string): Charset | undefined {
  const lower = name.trim().toLowerCase();
  if (lower === "us-ascii" || lower === "ascii") return ASCII;
  const label = ALIASES[lower] ?? lower;
  let decoder: TextDecoder;
  try {
    decoder = new TextDecoder(label, { ignoreBOM: true });
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
  switch (decoder.encoding) {
    case "utf-8":
      return { ...UTF8, decode: (bytes) => decoder.decode(bytes) };
    case "utf-16le":
    case "utf-16be":
      return utf16(decoder, decoder.encoding === "utf-16be");
    case "replacement":
    case "x-user-defined":
    case "iso-2022-jp": // its bytes mean what an earlier one has switched to: it cannot be read from any place
    case "gb18030":
      return undefined;
  }
  return byTable(decoder);
}

/** Seven bits; what has more is cut to them in reading, as Windows does it. */
const ASCII: Charset = {
  mark: new Uint8Array(),
  bytesPerAscii: 1,
  decode: (bytes) => new TextDecoder().decode(bytes.map((byte) => byte & 0x7f)),
  encode: (text) =>
    Uint8Array.from(text, (character) => {
      const code = character.charCodeAt(0);
      return code < 128 ? code : QUESTION_MARK;
    }),
  bytesOfUnits: (bytes, units) => Math.min(bytes.length, units),
};

const UTF8: Omit<Charset, "decode"> = {
  mark: MARKS["utf-8"]!,
  bytesPerAscii: 1,
  encode: (text) => new TextEncoder().encode(text),
  bytesOfUnits(bytes, units): number {
    let at = 0;
    for (let left = units; left > 0 && at < bytes.length;) {
      const lead = bytes[at]!;
      const length = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
      left -= length === 4 ? 2 : 1;
      at++;
      for (let rest = 1; rest < length && at < bytes.length && (bytes[at]! & 0xc0) === 0x80; rest++) at++;
    }
    return at;
  },
};

function utf16(decoder: TextDecoder, isBigEndian: boolean): Charset {
  return {
    mark: MARKS[decoder.encoding]!,
    bytesPerAscii: 2,
    decode: (bytes) => decoder.decode(bytes),
    encode(text): Uint8Array {
      const bytes = new Uint8Array(text.length * 2);
      const view = new DataView(bytes.buffer);
      for (let at = 0; at < text.length; at++) view.setUint16(at * 2, text.charCodeAt(at), !isBigEndian);
      return bytes;
    },
    bytesOfUnits: (bytes, units) => Math.min(bytes.length, units * 2),
  };
}

/** Encodings of one byte a character, or of two where the first one is a lead byte. */
function byTable(decoder: TextDecoder): Charset {
  const decodeOne = (...bytes: number[]): string => decoder.decode(Uint8Array.from(bytes));
  const isLead = new Uint8Array(256);
  for (let byte = 0x80; byte < 256; byte++) isLead[byte] = decodeOne(byte) === "\ufffd" ? 1 : 0;
  // An encoding of single bytes may have places without a character: those lead to nothing.
  const hasPairs = isLead.some((lead, byte) => lead === 1 && /^[^\ufffd]$/u.test(decodeOne(byte, 0xa1)));
  if (!hasPairs) isLead.fill(0);
  let table: Map<string, number> | undefined;
  const tableOf = (): Map<string, number> => {
    if (table !== undefined) return table;
    table = new Map();
    const put = (text: string, code: number): void => {
      // The first one wins: later ones are there for compatibility.
      if (text.length > 0 && !text.includes("\ufffd") && !table!.has(text)) table!.set(text, code);
    };
    for (let byte = 0; byte < 256; byte++) if (isLead[byte] === 0) put(decodeOne(byte), byte);
    for (let lead = 0x80; lead < 256; lead++) {
      if (isLead[lead] === 0) continue;
      for (let trail = 0x40; trail < 0xff; trail++) {
        const text = decodeOne(lead, trail);
        if ([...text].length === 1) put(text, lead << 8 | trail);
      }
    }
    return table;
  };
  return {
    mark: new Uint8Array(),
    bytesPerAscii: 1,
    decode: (bytes) => decoder.decode(bytes),
    encode(text): Uint8Array {
      const bytes: number[] = [];
      const codes = tableOf();
      for (const character of text) {
        const code = codes.get(character) ?? QUESTION_MARK;
        if (code > 255) bytes.push(code >> 8);
        bytes.push(code & 0xff);
      }
      return Uint8Array.from(bytes);
    },
    bytesOfUnits(bytes, units): number {
      let at = 0;
      for (let left = units; left > 0 && at < bytes.length; left--) at += 1 + isLead[bytes[at]!]!;
      return Math.min(at, bytes.length);
    },
  };
}
