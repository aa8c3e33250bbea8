/**
 * Script Encoder's form of scripts: `.vbe`, `.jse`, and blocks of language `VBScript.Encode`.
 *
 * A block is `#@~^`, the length of what is encoded, the encoded text, a checksum, and `^#~@`. Each ASCII character is
 * replaced by one of three alphabets, which take turns in a fixed order of 64; what would upset HTML is escaped with
 * `@`, and characters beyond ASCII stay as they are and do not count. It keeps honest people honest and no more.
 *
 * @module
 */

/** What tab and then each character from blank to 127 becomes, in each of the three alphabets. */
const ALPHABETS: readonly string[] = [
  "dP\"Ja^][B`#e_~ORz!F &c*vG%,)i?'?g?bAZf2sMCq9|SH1rnpI?Kj.\x7f(5}$-T7{=l4mN+0otkL3V:xWw;D/YE\\h6Xy\tu8UQ",
  "7~ZE:yY'vcbMQSR &Tq+f*X\x7f{01lI?x?_?)$/93o!u(BFJ\\H6K}]jPi#\tpet,wD?m|C8^[nWL4r%VshUG25.dO;-Aaz\"`kN=g",
  "i,er[fuLEv*C3B cJZ8y2Wl+FRO=p?{?Q?z~;GAwV_&xndtg}h5\"U:`jqoI\\]'Y%|#m(19\x7f6T4bN0^s\tKa$MkD!7SXH.P-)?/",
];
/** Which alphabet is taken for a character, by its place modulo 64. */
const TURNS = "1201202002021020102011200210200211020201011201021020112001120102";
/** The characters that are escaped, and what stands behind the `@`. */
const ESCAPED = "\r\n<>@";
const ESCAPES = "#&!*$";
const FIRST = 31;
const TAB = 9;
const BEGIN = "#@~^";
const END = "^#~@";
/** Six letters of base64 and `==`: 32 bits, low byte first. */
const NUMBER = /^[A-Za-z0-9+/]{6}==$/;
const NUMBER_CHARS = 8;

/** For each alphabet, which character is meant by an encoded one. */
const MEANINGS: readonly (readonly (string | undefined)[])[] = ALPHABETS.map((alphabet) => {
  const meanings: (string | undefined)[] = [];
  for (const [index, encoded] of [...alphabet].entries()) {
    const char = String.fromCharCode(index === 0 ? TAB : FIRST + index);
    if (!ESCAPED.includes(char)) meanings[encoded.charCodeAt(0)] = char;
  }
  return meanings;
});

/** An encoded script is damaged. */
export class EncodedScriptError extends Error {
  override readonly name = "EncodedScriptError";
}

/**
 * A text with its encoded blocks in clear; what stands between them stays as it is.
 *
 * @throws EncodedScriptError for a block that has no end, or whose checksum is another one.
 */
export function decodeScriptBlocks(text: string): string {
  let clear = "";
  let at = 0;
  for (let begin; (begin = text.indexOf(BEGIN, at)) >= 0;) {
    const from = begin + BEGIN.length + NUMBER_CHARS;
    const to = endOfBlock(text, begin);
    const decoded = decode(text.slice(from, to));
    const checksum = numberIn(text.slice(to, to + NUMBER_CHARS));
    // What the checksum says of characters beyond ASCII depends on the code page they were encoded in.
    // deno-lint-ignore no-control-regex -- ASCII begins with them
    if (/^[\x00-\x7f]*$/.test(decoded) && checksumOf(decoded) !== checksum) {
      throw new EncodedScriptError(
        `The encoded script is damaged: its checksum is ${checksumOf(decoded)}, and should be ${checksum}`,
      );
    }
    clear += text.slice(at, begin) + decoded;
    at = to + NUMBER_CHARS + END.length;
  }
  // Script Encoder ends its files with a zero.
  return (clear + text.slice(at)).replace(/\0+$/, "");
}

/** A text as one encoded block. */
export function encodeScriptBlock(text: string): string {
  const encoded = encode(text);
  return BEGIN + numberText(encoded.length) + encoded + numberText(checksumOf(text)) + END;
}

/** Where the encoded text of a block ends: where its length says, or, if that is no end, at the next one. */
function endOfBlock(text: string, begin: number): number {
  const head = begin + BEGIN.length;
  const isEnd = (at: number): boolean =>
    text.startsWith(END, at + NUMBER_CHARS) && NUMBER.test(text.slice(at, at + NUMBER_CHARS));
  const length = text.slice(head, head + NUMBER_CHARS);
  if (!NUMBER.test(length)) throw new EncodedScriptError("The encoded script is damaged: it has no length");
  const from = head + NUMBER_CHARS;
  if (isEnd(from + numberIn(length))) return from + numberIn(length);
  for (let at = from; (at = text.indexOf(END, at)) >= 0; at += END.length) {
    if (isEnd(at - NUMBER_CHARS) && at - NUMBER_CHARS >= from) return at - NUMBER_CHARS;
  }
  throw new EncodedScriptError("The encoded script is damaged: its end is missing");
}

function decode(text: string): string {
  let clear = "";
  let turn = 0;
  for (let index = 0; index < text.length; index++) {
    const char = text[index]!;
    const code = text.charCodeAt(index);
    if (char === "@") {
      clear += ESCAPED[ESCAPES.indexOf(text[++index] ?? "")] ?? "?";
      turn++;
    } else if (code > 127) clear += char;
    else clear += MEANINGS[alphabetAt(turn++)]![code] ?? char;
  }
  return clear;
}

function encode(text: string): string {
  let encoded = "";
  let turn = 0;
  for (let index = 0; index < text.length; index++) {
    const char = text[index]!;
    const code = text.charCodeAt(index);
    if (code > 127) {
      encoded += char;
      continue;
    }
    const alphabet = ALPHABETS[alphabetAt(turn++)]!;
    const escape = ESCAPED.indexOf(char);
    if (escape >= 0) encoded += `@${ESCAPES[escape]}`;
    else if (code === TAB) encoded += alphabet[0];
    else encoded += alphabet[code - FIRST] ?? char;
  }
  return encoded;
}

function alphabetAt(turn: number): number {
  return Number(TURNS[turn % TURNS.length]);
}

/** The sum of all ASCII characters. */
function checksumOf(text: string): number {
  let sum = 0;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code <= 127) sum += code;
  }
  return sum >>> 0;
}

function numberIn(text: string): number {
  if (!NUMBER.test(text)) throw new EncodedScriptError("The encoded script is damaged: it has no checksum");
  const bytes = Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
  return new DataView(bytes.buffer).getUint32(0, true);
}

function numberText(value: number): string {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value, true);
  return btoa(String.fromCharCode(...bytes));
}
