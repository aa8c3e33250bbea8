/**
 * Extended attributes with names and values, in the form that UDF has for those of OS/2 (UDF 1.50 3.3.4.5.3.1, UDF 2.01
 * 3.3.8.1): in the entry of a file as an implementation use attribute, and from 2.00 on as a stream.
 *
 * @module
 */
import { setLatin1, utf8Of, viewOf } from "./binary.ts";
import { ImageError } from "./errors.ts";

/** The stream, and the identifier of the attribute. */
export const ATTRIBUTES_IDENTIFIER = "*UDF OS/2 EA";

/** Extended attributes, by name. */
export type Attributes = ReadonlyMap<string, Uint8Array>;

const HEAD_BYTES = 4; // flags, 8-bit; length of the name, 8-bit; length of the value, 16-bit
const USE_HEAD_BYTES = 48; // ECMA-167 4/14.10.8: type, subtype, lengths, implementation identifier
const CHECKSUM_BYTES = 2;
const ATTRIBUTES_HEADER_BYTES = 24; // ECMA-167 4/14.10.1

/** The most bytes of all attributes of a file: far more than systems take, and little enough to be read at once. */
export const ATTRIBUTES_BYTES_MAX = 2 ** 20;

/** The names and values one behind the other, in the order of the names. */
export function attributesContent(attributes: Attributes, path: string): Uint8Array {
  const parts = [...attributes].sort(([a], [b]) => a < b ? -1 : a > b ? 1 : 0)
    .map(([name, value]) => ({ name: utf8Of(name), value }));
  for (const { name, value } of parts) {
    if (name.length > 0 && name.length <= 0xff && value.length <= 0xffff) continue;
    throw new ImageError(
      "name",
      `Cannot plan the image: an extended attribute of "${path}" has a name of ${name.length} and a value of ` +
        `${value.length} bytes; names have 1 to 255, values up to 65535`,
      { path },
    );
  }
  const bytes = new Uint8Array(
    parts.reduce((sum, { name, value }) => sum + HEAD_BYTES + name.length + value.length, 0),
  );
  if (bytes.length > ATTRIBUTES_BYTES_MAX) {
    throw new ImageError(
      "tooBig",
      `Cannot plan the image: the extended attributes of "${path}" have ${bytes.length} bytes; they may have up to 1 MiB`,
      { path },
    );
  }
  const view = viewOf(bytes);
  let offset = 0;
  for (const { name, value } of parts) {
    bytes[offset + 1] = name.length;
    view.setUint16(offset + 2, value.length, true);
    bytes.set(name, offset + HEAD_BYTES);
    bytes.set(value, offset + HEAD_BYTES + name.length);
    offset += HEAD_BYTES + name.length + value.length;
  }
  return bytes;
}

/** What {@linkcode attributesContent} wrote; undefined if the bytes are not that. */
export function parseAttributes(bytes: Uint8Array): Map<string, Uint8Array> | undefined {
  const found = new Map<string, Uint8Array>();
  const view = viewOf(bytes);
  for (let at = 0; at < bytes.length;) {
    if (at + HEAD_BYTES > bytes.length) return undefined;
    const valueStart = at + HEAD_BYTES + bytes[at + 1]!;
    const end = valueStart + view.getUint16(at + 2, true);
    if (bytes[at + 1] === 0 || end > bytes.length) return undefined;
    found.set(
      new TextDecoder().decode(bytes.subarray(at + HEAD_BYTES, valueStart)),
      bytes.slice(valueStart, end),
    );
    at = end;
  }
  return found;
}

/** The bytes of the implementation use attribute that holds such a content: a multiple of four. */
export function useAttributeBytes(contentBytes: number): number {
  return (USE_HEAD_BYTES + CHECKSUM_BYTES + contentBytes + 3) & ~3;
}

/** Writes the implementation use attribute (ECMA-167 4/14.10.8, UDF 3.3.4.5). */
export function setUseAttribute(
  target: Uint8Array,
  offset: number,
  content: Uint8Array,
  suffix: number[],
): void {
  const view = viewOf(target);
  view.setUint32(offset, 2048, true); // type
  target[offset + 4] = 1; // subtype
  view.setUint32(offset + 8, useAttributeBytes(content.length), true);
  view.setUint32(offset + 12, CHECKSUM_BYTES + content.length, true);
  setLatin1(target, offset + 17, ATTRIBUTES_IDENTIFIER);
  target.set(suffix, offset + 40);
  view.setUint16(offset + USE_HEAD_BYTES, headChecksum(target, offset), true);
  target.set(content, offset + USE_HEAD_BYTES + CHECKSUM_BYTES);
}

/** The sum of the bytes before it (UDF 3.3.4.5). */
function headChecksum(bytes: Uint8Array, offset: number): number {
  let sum = 0;
  for (let at = offset; at < offset + USE_HEAD_BYTES; at++) sum += bytes[at]!;
  return sum & 0xffff;
}

/** The attributes in the extended attributes of an entry, from `start` to `end`; undefined if there are none. */
export function findAttributes(
  bytes: Uint8Array,
  start: number,
  end: number,
): Map<string, Uint8Array> | undefined {
  if (end - start < ATTRIBUTES_HEADER_BYTES + USE_HEAD_BYTES + CHECKSUM_BYTES) return undefined;
  const view = viewOf(bytes);
  for (let at = start + ATTRIBUTES_HEADER_BYTES; at + USE_HEAD_BYTES + CHECKSUM_BYTES <= end;) {
    const length = view.getUint32(at + 8, true);
    if (length < 12 || at + length > end) return undefined;
    const isOurs = view.getUint32(at, true) === 2048 &&
      String.fromCharCode(...bytes.subarray(at + 17, at + 17 + ATTRIBUTES_IDENTIFIER.length)) ===
        ATTRIBUTES_IDENTIFIER;
    if (isOurs) {
      const useBytes = view.getUint32(at + 12, true);
      const isSound = useBytes >= CHECKSUM_BYTES && USE_HEAD_BYTES + useBytes <= length &&
        view.getUint16(at + USE_HEAD_BYTES, true) === headChecksum(bytes, at);
      if (!isSound) return undefined;
      const from = at + USE_HEAD_BYTES;
      return parseAttributes(bytes.subarray(from + CHECKSUM_BYTES, from + useBytes));
    }
    at += length;
  }
  return undefined;
}
