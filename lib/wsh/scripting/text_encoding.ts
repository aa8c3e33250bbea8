/** The encodings of a TextStream: code page 1252, UTF-16 and UTF-8. @module */
import { scriptError } from "../../automation/errors.ts";

/** An encoding, as TextStream reads and writes it. */
export interface TextEncoding {
  /** What TextDecoder calls it. */
  readonly label: string;
  /** What a new file begins with. */
  readonly mark: Uint8Array;
  /** How many bytes one unit of a string takes at most. */
  readonly unitBytesMax: number;
  /** Writes text into `target`, which has room, and returns where it ends; −1 when a character is not in it. */
  encode(text: string, target: Uint8Array, start: number): number;
}

/** Code page 1252 from 128 to 159, where it differs from Unicode. */
const HIGH_1252 = "€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ";

/** Code page 1252, the ANSI of Western Windows. */
export const ANSI: TextEncoding = {
  label: "windows-1252",
  mark: new Uint8Array(),
  unitBytesMax: 1,
  encode(text, target, start): number {
    let end = start;
    for (let index = 0; index < text.length; index++) {
      let code = text.charCodeAt(index);
      if (code > 127 && (code < 160 || code > 255)) {
        code = HIGH_1252.indexOf(text[index]!) + 128;
        if (code < 128) return -1;
      }
      target[end++] = code;
    }
    return end;
  },
};

/** UTF-16 with the low byte first, which scripts call Unicode. */
export const UTF16: TextEncoding = {
  label: "utf-16le",
  mark: Uint8Array.of(0xff, 0xfe),
  unitBytesMax: 2,
  encode(text, target, start): number {
    let end = start;
    for (let index = 0; index < text.length; index++) {
      const code = text.charCodeAt(index);
      target[end++] = code & 0xff;
      target[end++] = code >> 8;
    }
    return end;
  },
};

const UTF16_BIG_ENDIAN: TextEncoding = {
  label: "utf-16be",
  mark: Uint8Array.of(0xfe, 0xff),
  unitBytesMax: 2,
  encode(text, target, start): number {
    const end = UTF16.encode(text, target, start);
    for (let at = start; at < end; at += 2) [target[at], target[at + 1]] = [target[at + 1]!, target[at]!];
    return end;
  },
};

const utf8 = new TextEncoder();

/** UTF-8; files begin with its byte order mark, as programs on Windows look for it. */
export const UTF8: TextEncoding = {
  label: "utf-8",
  mark: Uint8Array.of(0xef, 0xbb, 0xbf),
  unitBytesMax: 3,
  encode(text, target, start): number {
    let end = start;
    for (let index = 0; index < text.length; index++) {
      const code = text.charCodeAt(index);
      if (code > 127) return end + utf8.encodeInto(text.slice(index), target.subarray(end)).written;
      target[end++] = code;
    }
    return end;
  },
};

/** Tristate, and the code page number of UTF-8 as the one value that Windows does not have. */
const TRISTATE = { useDefault: -2, true: -1, false: 0, utf8: 65001 } as const;

/**
 * The encoding for the `Format` argument of a file that begins with these bytes.
 *
 * @throws AutomationError 5 for another value.
 */
export function encodingFor(format: number, head: Uint8Array): TextEncoding {
  const begins = ({ mark }: TextEncoding): boolean =>
    mark.length <= head.length && mark.every((byte, index) => head[index] === byte);
  switch (format) {
    case TRISTATE.true:
      return begins(UTF16_BIG_ENDIAN) ? UTF16_BIG_ENDIAN : UTF16;
    case TRISTATE.utf8:
      return UTF8;
    case TRISTATE.useDefault:
      return [UTF16, UTF16_BIG_ENDIAN, UTF8].find(begins) ?? ANSI;
    case TRISTATE.false:
      return begins(UTF8) ? UTF8 : ANSI;
  }
  throw scriptError(
    "invalidCall",
    `the format of a text file is 0 (ANSI), -1 (Unicode), -2 (the file's own) or 65001 (UTF-8), not ${format}`,
  );
}
