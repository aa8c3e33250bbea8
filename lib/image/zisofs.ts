/**
 * Reads contents that zisofs compressed: blocks of one size, each compressed by zlib for itself, behind a header and a table
 * of where they begin. Version 1 is that of mkzftree and Linux; version 2, of libisofs, takes files over 4 GiB.
 *
 * @module
 */
import type * as zlib from "node:zlib";
import { viewOf } from "./binary.ts";
import { ImageError } from "./errors.ts";
import type { OpenContent } from "./source.ts";

/** How the content of a file is compressed, as the entry ZF of Rock Ridge says. */
export interface ZisofsFormat {
  /** Of the header in the content. */
  readonly version: 1 | 2;
  /** What each block is without compression. */
  readonly blockBytes: number;
}

/** A content that is stored compressed. */
export interface ZisofsSource extends ZisofsFormat {
  /** For messages. */
  readonly path: string;
  /** Reads the content as it is stored. */
  readonly stored: OpenContent;
  /** Its length. */
  readonly storedBytes: number;
  /** The length without compression. */
  readonly sizeBytes: number;
}

const VERSIONS = {
  1: { magic: [0x37, 0xe4, 0x53, 0x96, 0xc9, 0xdb, 0xd6, 0x07], headerBytes: 16, pointerBytes: 4 },
  2: { magic: [0xef, 0x22, 0x55, 0xa1, 0xbc, 0x1b, 0x95, 0xa0], headerBytes: 24, pointerBytes: 8 },
} as const;
const ZLIB = 1; // version 2 may name other methods
const POINTERS_AT_ONCE = 512;

/**
 * What an entry ZF says, if we know it: version 1 has blocks of 32 to 128 KiB, version 2 up to 1 MiB.
 *
 * @param parameters The header's length in units of 4 bytes, and the block size as a power of 2.
 */
export function zisofsFormat(
  algorithm: string,
  parameters: { headerWords: number; blockPower: number },
): ZisofsFormat | undefined {
  const version = algorithm === "pz" ? 1 : algorithm === "PZ" ? 2 : undefined;
  const { headerWords, blockPower } = parameters;
  if (version === undefined || headerWords * 4 !== VERSIONS[version].headerBytes) return undefined;
  if (blockPower < 15 || blockPower > (version === 1 ? 17 : 20)) return undefined;
  return { version, blockBytes: 2 ** blockPower };
}

/** Opens such a content. It holds one block in memory, and a part of the table, whatever the file's size is. */
export function openZisofs(source: ZisofsSource): OpenContent {
  return new ZisofsContent(source);
}

class ZisofsContent implements OpenContent {
  readonly #source: ZisofsSource;
  readonly #headerBytes: number;
  readonly #pointerBytes: number;
  readonly #blockCount: number;
  #isChecked = false;
  /** Where blocks begin from `#firstPointer` on. */
  #pointers: readonly number[] = [];
  #firstPointer = 0;
  #block: { readonly index: number; readonly bytes: Uint8Array } | undefined;

  constructor(source: ZisofsSource) {
    this.#source = source;
    const { headerBytes, pointerBytes } = VERSIONS[source.version];
    this.#headerBytes = headerBytes;
    this.#pointerBytes = pointerBytes;
    this.#blockCount = Math.ceil(source.sizeBytes / source.blockBytes);
  }

  read(target: Uint8Array, offset: number): number {
    const { sizeBytes, blockBytes } = this.#source;
    const end = Math.min(offset + target.length, sizeBytes);
    for (let at = offset; at < end;) {
      const index = Math.floor(at / blockBytes);
      const lead = at - index * blockBytes;
      const piece = target.subarray(at - offset, Math.min(end, at - lead + blockBytes) - offset);
      const block = this.#blockAt(index);
      if (block === undefined) piece.fill(0);
      else piece.set(block.subarray(lead, lead + piece.length));
      at += piece.length;
    }
    return Math.max(0, end - offset);
  }

  [Symbol.dispose](): void {
    this.#source.stored[Symbol.dispose]();
  }

  /** A block without compression; undefined if it is all zeros. */
  #blockAt(index: number): Uint8Array | undefined {
    if (this.#block?.index === index) return this.#block.bytes;
    this.#check();
    const { sizeBytes, blockBytes, storedBytes } = this.#source;
    const [start, end] = [this.#pointer(index), this.#pointer(index + 1)];
    if (start === end) return undefined;
    const tableEnd = this.#headerBytes + (this.#blockCount + 1) * this.#pointerBytes;
    // zlib makes what it cannot compress longer by less than a hundredth.
    if (start < tableEnd || end < start || end > storedBytes || end - start > 2 * blockBytes) {
      throw this.#damaged(`block ${index} of its compressed content has no place in it`);
    }
    const packed = this.#stored(start, end - start);
    const length = Math.min(blockBytes, sizeBytes - index * blockBytes);
    const bytes = inflate(packed, length);
    if (bytes?.length !== length) throw this.#damaged(`block ${index} of its compressed content is damaged`);
    this.#block = { index, bytes };
    return bytes;
  }

  /** The header must be what the entry ZF says. */
  #check(): void {
    if (this.#isChecked) return;
    const { version, sizeBytes, blockBytes, storedBytes } = this.#source;
    const tableBytes = (this.#blockCount + 1) * this.#pointerBytes;
    if (this.#headerBytes + tableBytes > storedBytes) {
      throw this.#damaged("its compressed content is too short for its size");
    }
    const header = this.#stored(0, this.#headerBytes);
    const view = viewOf(header);
    const power = Math.log2(blockBytes);
    const isMagic = VERSIONS[version].magic.every((byte, at) => header[at] === byte);
    const isAsSaid = version === 1
      ? view.getUint32(8, true) === sizeBytes && header[12]! * 4 === this.#headerBytes && header[13] === power
      : Number(view.getBigUint64(12, true)) === sizeBytes && header[9]! * 4 === this.#headerBytes &&
        header[10] === ZLIB && header[11] === power;
    if (!isMagic || !isAsSaid) {
      throw this.#damaged("the header of its compressed content is not as it should be");
    }
    this.#isChecked = true;
  }

  #pointer(index: number): number {
    const known = this.#pointers[index - this.#firstPointer];
    if (known !== undefined) return known;
    const count = Math.min(POINTERS_AT_ONCE, this.#blockCount + 1 - index);
    const bytes = this.#stored(this.#headerBytes + index * this.#pointerBytes, count * this.#pointerBytes);
    const view = viewOf(bytes);
    this.#firstPointer = index;
    this.#pointers = Array.from(
      { length: count },
      this.#pointerBytes === 4
        ? (_, at) => view.getUint32(at * 4, true)
        : (_, at) => Number(view.getBigUint64(at * 8, true)),
    );
    return this.#pointers[0]!;
  }

  #stored(offset: number, length: number): Uint8Array {
    const bytes = new Uint8Array(length);
    if (this.#source.stored.read(bytes, offset) === length) return bytes;
    throw this.#damaged("its compressed content ends too early");
  }

  #damaged(what: string): ImageError {
    const { path } = this.#source;
    return new ImageError("damaged", `Cannot read "${path}": ${what}`, { path });
  }
}

/** What has Node's modules; merely to ask for it takes as much memory as all other modules together. */
interface WithProcess {
  readonly process: { getBuiltinModule(name: "node:zlib"): typeof zlib };
}

/** Undefined if it is damaged or longer than it should be. Loaded when needed: zlib takes as long as all other modules. */
function inflate(packed: Uint8Array, length: number): Uint8Array | undefined {
  const { inflateSync } = (globalThis as unknown as WithProcess).process.getBuiltinModule("node:zlib");
  try {
    return inflateSync(packed, { maxOutputLength: length, chunkSize: Math.max(length, 64) });
  } catch {
    return undefined;
  }
}
