/** Byte streams that automation objects hand to each other (COM's IStream). @module */
import { UNKNOWN, type UnknownObject } from "./variant.ts";

/** Under this a scriptable object has its content as a {@linkcode ByteStream}: it then goes wherever a stream is wanted. */
export const BYTE_STREAM: unique symbol = Symbol("byte stream");

/** A readable sequence of bytes of known length, read at any place. Scripts can only hold it and pass it on. */
export abstract class ByteStream implements UnknownObject {
  /** Marks it as an object that scripts can only hold and pass on. */
  readonly [UNKNOWN] = true;
  /** Length in bytes. */
  abstract readonly sizeBytes: number;
  /** Fills `target` with the bytes from `offset` on, as far as the stream goes; returns how many there were. */
  abstract read(target: Uint8Array, offset: number): number;
}
