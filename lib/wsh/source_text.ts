/** Script files as text. @module */

/**
 * Decodes a script file: UTF-16 LE and UTF-8 by their byte order marks, else UTF-8 when the bytes are valid UTF-8, else
 * Windows-1252, which is what most scripts outside ASCII were saved in. A `#!` line becomes an empty one, so that a
 * script file can be executable and its line numbers stay.
 */
export function decodeScript(bytes: Uint8Array): string {
  const text = bytes[0] === 0xff && bytes[1] === 0xfe
    ? new TextDecoder("utf-16le").decode(bytes)
    : decodeUtf8(bytes) ?? new TextDecoder("windows-1252").decode(bytes);
  return text.replace(/^#![^\r\n]*/, "");
}

function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}
