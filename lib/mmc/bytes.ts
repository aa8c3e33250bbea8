/** Big-endian numbers in SCSI data (SPC-4: the first byte is the most significant one). @module */

/** The 16-bit number at `offset`. */
export function uint16(bytes: Uint8Array, offset: number): number {
  return ((bytes[offset] ?? 0) << 8) | (bytes[offset + 1] ?? 0);
}

/** The 24-bit number at `offset`. */
export function uint24(bytes: Uint8Array, offset: number): number {
  return (uint16(bytes, offset) << 8) | (bytes[offset + 2] ?? 0);
}

/** The unsigned 32-bit number at `offset`. */
export function uint32(bytes: Uint8Array, offset: number): number {
  return ((uint16(bytes, offset) << 16) | uint16(bytes, offset + 2)) >>> 0;
}

/** The signed 32-bit number at `offset`: LBAs of a CD's lead-in and pregap are negative. */
export function int32(bytes: Uint8Array, offset: number): number {
  return uint32(bytes, offset) | 0;
}

/** Stores the low 16 bits of `value`. */
export function setUint16(bytes: Uint8Array, offset: number, value: number): void {
  bytes[offset] = value >>> 8;
  bytes[offset + 1] = value;
}

/** Stores the low 24 bits of `value`. */
export function setUint24(bytes: Uint8Array, offset: number, value: number): void {
  bytes[offset] = value >>> 16;
  setUint16(bytes, offset + 1, value);
}

/** Stores the low 32 bits of `value`; negative numbers become two's complement. */
export function setUint32(bytes: Uint8Array, offset: number, value: number): void {
  setUint16(bytes, offset, value >>> 16);
  setUint16(bytes, offset + 2, value);
}

/** Padded ASCII as INQUIRY and others hold it, without the padding. */
export function ascii(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : " ";
  return text.trim();
}

/** Stores ASCII `text` at `offset`, cut or filled up with spaces to `length`. */
export function setAscii(bytes: Uint8Array, offset: number, { text, length }: {
  text: string;
  length: number;
}): void {
  for (let i = 0; i < length; i++) bytes[offset + i] = i < text.length ? text.charCodeAt(i) & 0x7f : 0x20;
}

/** A reply of a drive that cannot be what it claims to be; the only thing the parsers throw. */
export class ReplyError extends Error {
  override readonly name = "ReplyError";
  /** @param structure which reply, such as "READ DISC INFORMATION reply". */
  constructor(readonly structure: string, expected: string, found: string) {
    super(`${structure}: expected ${expected}, found ${found}`);
  }
}

/** Throws unless `bytes` holds at least `lengthMin` bytes. */
export function requireLength(structure: string, bytes: Uint8Array, lengthMin: number): void {
  if (bytes.length < lengthMin) {
    throw new ReplyError(structure, `at least ${lengthMin} bytes`, `${bytes.length}`);
  }
}
