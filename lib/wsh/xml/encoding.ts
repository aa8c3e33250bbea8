/** The bytes of documents: which encoding they are in, and their text. @module */
import { type Charset, charsetNamed } from "../adodb/charset.ts";
import { domError, XmlSyntaxError } from "./errors.ts";
import { declaredEncoding, serialize } from "./serialize.ts";
import type { XmlDocument } from "./tree.ts";

const MARKED = ["utf-8", "utf-16le", "utf-16be"];

/**
 * The text of a document's bytes, by their byte order mark, else by how they begin, else by what the declaration says
 * (XML 1.0, appendix F).
 *
 * @param told the encoding that the transport names, which goes before the declaration's.
 * @throws XmlSyntaxError for an encoding that there is not, or that the bytes cannot be in.
 */
export function decodeXml(bytes: Uint8Array, told?: string): string {
  const marked = MARKED.find((name) => {
    const { mark } = charsetNamed(name)!;
    return mark.length <= bytes.length && mark.every((byte, at) => bytes[at] === byte);
  });
  if (marked !== undefined) {
    const rest = bytes.subarray(charsetNamed(marked)!.mark.length);
    return decodeAs(marked, rest, declaredIn(rest, marked));
  }
  if (bytes[0] === 0x3c && bytes[1] === 0) return decodeAs("utf-16le", bytes, declaredIn(bytes, "utf-16le"));
  if (bytes[0] === 0 && bytes[1] === 0x3c) return decodeAs("utf-16be", bytes, declaredIn(bytes, "utf-16be"));
  const declared = declaredIn(bytes, "windows-1252");
  if (told !== undefined && charsetNamed(told) !== undefined) return decodeAs(told, bytes, undefined);
  return decodeAs(declared ?? "utf-8", bytes, declared);
}

/** The encoding that the declaration names, read in one that has ASCII where it has it. */
function declaredIn(bytes: Uint8Array, encoding: string): string | undefined {
  const head = charsetNamed(encoding)!.decode(bytes.subarray(0, 400));
  return /^<\?xml[^>]*?\bencoding\s*=\s*["']([^"']*)["']/.exec(head)?.[1];
}

function decodeAs(encoding: string, bytes: Uint8Array, declared: string | undefined): string {
  const charset = charsetNamed(encoding);
  const asDeclared = declared === undefined ? charset : charsetNamed(declared);
  if (charset === undefined || asDeclared === undefined) {
    throw new XmlSyntaxError("XML_E_INVALIDENCODING", -1);
  }
  // `UTF-16` is declared in either order of bytes.
  const isWide = charset.bytesPerAscii === 2;
  const declaresWide = asDeclared.bytesPerAscii === 2 ||
    /^(?:ucs-2|iso-10646-ucs-2)$/i.test(declared ?? "");
  const wasDetected = encoding !== declared;
  if (declared !== undefined && (wasDetected ? isWide !== declaresWide : isWide)) {
    throw new XmlSyntaxError("XML_E_INVALIDSWITCH", -1);
  }
  if (!isUtf8(encoding)) return charset.decode(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return decodeToFirstError(bytes);
  }
}

function isUtf8(encoding: string): boolean {
  return /^utf-?8$/i.test(encoding.trim());
}

/** What stands before the first byte that is no UTF-8, and a character that no document may have. */
function decodeToFirstError(bytes: Uint8Array): string {
  let valid = 0;
  let invalid = bytes.length;
  const isValid = (end: number): boolean => {
    try {
      new TextDecoder("utf-8", { fatal: true }).decode(bytes.subarray(0, end), { stream: true });
      return true;
    } catch {
      return false;
    }
  };
  while (invalid - valid > 1) {
    const middle = (valid + invalid) >> 1;
    if (isValid(middle)) valid = middle;
    else invalid = middle;
  }
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  return `${decoder.decode(bytes.subarray(0, valid), { stream: true })}\uffff`;
}

/**
 * A document's bytes in the encoding that it declares, UTF-8 if it declares none.
 *
 * @throws AutomationError for an encoding that there is not, and for a name that it cannot write.
 */
export function encodeXml(document: XmlDocument): Uint8Array<ArrayBuffer> {
  const declared = declaredEncoding(document) ?? "utf-8";
  const charset = charsetNamed(declared);
  if (charset === undefined) throw domError("XML_E_INVALIDENCODING");
  const isWhole = isUtf8(declared) || charset.bytesPerAscii === 2;
  const text = serialize(document, {
    keepsEncoding: true,
    ...(isWhole ? {} : {
      needsReference: missingFrom(charset, isLatin1(declared)),
      onUnencodable: () => {
        throw domError("XML_BAD_ENCODING", declared);
      },
    }),
  });
  const body = charset.encode(text);
  const mark = isUtf8(declared) ? new Uint8Array() : charset.mark;
  const bytes = new Uint8Array(mark.length + body.length);
  bytes.set(mark);
  bytes.set(body, mark.length);
  return bytes;
}

/** What others read as ISO 8859-1 is not Windows-1252, which stands for it where documents are read. */
function isLatin1(encoding: string): boolean {
  return /^(?:iso-8859-1|latin1)$/i.test(encoding.trim());
}

/** What tells whether an encoding does not have a character. */
export function missingFrom(charset: Charset, isLatin1: boolean): (character: string) => boolean {
  if (isLatin1) return (character) => character > "\xff" || character < "\xa0";
  const known = new Map<string, boolean>();
  return (character) => {
    let isMissing = known.get(character);
    if (isMissing === undefined) {
      isMissing = charset.decode(charset.encode(character)) !== character;
      known.set(character, isMissing);
    }
    return isMissing;
  };
}

/** The charset that a content type names. */
export function charsetOfType(contentType: string | undefined): string | undefined {
  const name = /charset\s*=\s*"?([^\s";]+)/i.exec(contentType ?? "")?.[1];
  return name === undefined || charsetNamed(name) === undefined ? undefined : name;
}
