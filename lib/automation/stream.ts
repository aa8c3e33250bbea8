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

/** Bytes in memory as a stream. */
export class MemoryStream extends ByteStream {
  /** The stream shows later changes of `bytes`. */
  constructor(readonly bytes: Uint8Array) {
    super();
  }

  /** Length in bytes. */
  get sizeBytes(): number {
    return this.bytes.length;
  }

  /** Fills `target` from `offset` on; returns how many bytes there were. */
  read(target: Uint8Array, offset: number): number {
    const piece = this.bytes.subarray(offset, offset + target.length);
    target.set(piece);
    return piece.length;
  }
}
