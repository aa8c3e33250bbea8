/** Makes the bytes of a planned image, any sectors in any order. @module */
import { SECTOR_BYTES } from "./binary.ts";
import { ImageError } from "./errors.ts";
import type { FileExtent } from "./layout.ts";
import type { ImagePlan } from "./plan.ts";
import type { OpenContent } from "./source.ts";
import type { ReadContent, StructureExtent } from "./structure.ts";

/** A source that was not, when it was read, what it had been when the image was planned. */
export interface SourceFault {
  /** The source file. */
  readonly path: string;
  /** What happened to it. */
  readonly problem: "shrank" | "grew" | "unreadable";
  /** The byte of the file from which on the image holds zeros instead; its planned size if it grew. */
  readonly offsetBytes: number;
  /** What the system said, if it was unreadable. */
  readonly cause?: unknown;
}

/** How an image is read. */
export interface ImageReaderOptions {
  /**
   * What to do when a source changed: "throw" an {@linkcode ImageError} (the default), or "pad": put zeros in place of
   * what is missing, cut what is too much, and note it in {@linkcode ImageReader.faults}. The image is valid either way.
   */
  readonly onSourceError?: "throw" | "pad";
  /** Reads contents that lie beside each other, where there is a shorter way than one by one. */
  readonly readTogether?: ReadTogether | undefined;
}

/**
 * Fills `target` with whole contents, each from its next sector on. Returns how many: it may end before any of them, and has
 * to before one that is not as long as it was planned, which is then read alone, so that what is wrong with it is found.
 */
export type ReadTogether = (files: readonly FileExtent[], target: Uint8Array) => number;

const OPEN_MAX = 4;
const RENDERED_MAX = 4;

/** Reads a planned image. Dispose of it to close the source files that it still has open. */
export class ImageReader implements Disposable {
  readonly #plan: ImagePlan;
  readonly #pads: boolean;
  readonly #readTogether: ReadTogether | undefined;
  readonly #faults = new Map<string, SourceFault>();
  /** Most recently used last. */
  readonly #open: { file: FileExtent; content: OpenContent }[] = [];
  readonly #rendered: { extent: StructureExtent; bytes: Uint8Array }[] = [];
  /** Where the last read ended: the next one mostly goes on there. */
  #extentIndex = 0;

  /** Makes a reader; nothing is opened before it is read. */
  constructor(plan: ImagePlan, options: ImageReaderOptions = {}) {
    this.#plan = plan;
    this.#pads = options.onSourceError === "pad";
    this.#readTogether = options.readTogether;
  }

  /** What was wrong with sources so far, one a source and problem; only ever filled with `onSourceError: "pad"`. */
  get faults(): readonly SourceFault[] {
    return [...this.#faults.values()];
  }

  /**
   * Fills the first bytes of `target` with `count` sectors from `lba` on.
   *
   * @throws RangeError when they are not all inside the image or the target is too short.
   * @throws ImageError when a source changed or cannot be read, unless that is to be padded.
   */
  read(lba: number, count: number, target: Uint8Array): void {
    const { sizeSectors, extents } = this.#plan;
    if (
      !(Number.isInteger(lba) && Number.isInteger(count) && lba >= 0 && count >= 0 &&
        lba + count <= sizeSectors)
    ) {
      throw new RangeError(`Sectors ${lba} to ${lba + count} are not in an image of ${sizeSectors}`);
    }
    if (target.length < count * SECTOR_BYTES) {
      throw new RangeError(`${count} sectors do not fit ${target.length} bytes`);
    }
    const endLba = lba + count;
    let at = lba;
    for (let index = this.#indexFrom(lba); at < endLba; index++) {
      const extent = extents[index];
      const startLba = Math.min(extent?.startLba ?? endLba, endLba);
      if (startLba > at) {
        target.fill(0, (at - lba) * SECTOR_BYTES, (startLba - lba) * SECTOR_BYTES);
        at = startLba;
      }
      if (extent === undefined || at >= endLba) break;
      const rest = (at - lba) * SECTOR_BYTES;
      const together = this.#readTogether !== undefined && extent.startLba === at
        ? this.#readNeighbours(index, this.#readTogether, target.subarray(rest, count * SECTOR_BYTES))
        : 0;
      if (together > 0) {
        index += together - 1;
        at = extents[index]!.startLba + extents[index]!.lengthSectors;
        this.#extentIndex = index;
        continue;
      }
      const stopLba = Math.min(extent.startLba + extent.lengthSectors, endLba);
      const piece = target.subarray((at - lba) * SECTOR_BYTES, (stopLba - lba) * SECTOR_BYTES);
      if (extent.kind === "file") this.#readFile(extent, at - extent.startLba, piece);
      else this.#readStructure(extent, at - extent.startLba, piece);
      at = stopLba;
      this.#extentIndex = index;
    }
  }

  /** Fills `target` with the bytes from `offset` on, as far as the image goes; returns how many there were. */
  readBytes(target: Uint8Array, offset: number): number {
    const endBytes = Math.min(offset + target.length, this.#plan.sizeSectors * SECTOR_BYTES);
    if (!(offset >= 0) || endBytes <= offset) return 0;
    const length = endBytes - offset;
    const lba = Math.floor(offset / SECTOR_BYTES);
    const lead = offset - lba * SECTOR_BYTES;
    const count = Math.ceil(endBytes / SECTOR_BYTES) - lba;
    if (lead === 0 && length === count * SECTOR_BYTES) {
      this.read(lba, count, target);
    } else {
      const sectors = new Uint8Array(count * SECTOR_BYTES);
      this.read(lba, count, sectors);
      target.set(sectors.subarray(lead, lead + length));
    }
    return length;
  }

  /** Closes what is open; reading again would open it again. */
  [Symbol.dispose](): void {
    while (this.#open.length > 0) this.#open.pop()!.content[Symbol.dispose]();
  }

  #indexFrom(lba: number): number {
    const { extents } = this.#plan;
    for (const index of [this.#extentIndex, this.#extentIndex + 1]) {
      const extent = extents[index];
      if (extent === undefined || extent.startLba > lba) continue;
      if (extent.startLba + extent.lengthSectors > lba) return index;
    }
    return this.#plan.extentIndexAt(lba);
  }

  /** Reads contents from one on that lie beside each other and fit whole; returns how many. */
  #readNeighbours(index: number, readTogether: ReadTogether, target: Uint8Array): number {
    const { extents } = this.#plan;
    const files: FileExtent[] = [];
    let lba = extents[index]!.startLba;
    const endLba = lba + target.length / SECTOR_BYTES;
    for (let at = index;; at++) {
      const extent = extents[at];
      if (extent?.kind !== "file" || extent.startLba !== lba) break;
      lba += extent.lengthSectors;
      if (lba > endLba) break;
      files.push(extent);
    }
    const count = files.length < 2 ? 0 : readTogether(files, target);
    for (let at = 0, offset = 0; at < count; at++) {
      const { sizeBytes, lengthSectors } = files[at]!;
      const end = offset + lengthSectors * SECTOR_BYTES;
      target.fill(0, offset + sizeBytes, end);
      offset = end;
    }
    return count;
  }

  #readStructure(extent: StructureExtent, firstSector: number, target: Uint8Array): void {
    const isAll = target.length === extent.lengthSectors * SECTOR_BYTES;
    if (isAll || extent.inParts) {
      target.fill(0);
      extent.render(target, firstSector, this.#readContent);
      return;
    }
    const at = this.#rendered.findIndex((one) => one.extent === extent);
    const one = at < 0
      ? { extent, bytes: extent.bytes(this.#readContent) }
      : this.#rendered.splice(at, 1)[0]!;
    this.#rendered.push(one);
    if (this.#rendered.length > RENDERED_MAX) this.#rendered.shift();
    const start = firstSector * SECTOR_BYTES;
    target.set(one.bytes.subarray(start, start + target.length));
  }

  /** A whole content, for structures that it lies in. */
  readonly #readContent: ReadContent = (file, target) => this.#readFile(file, 0, target);

  #readFile(file: FileExtent, firstSector: number, target: Uint8Array): void {
    const offset = firstSector * SECTOR_BYTES;
    const wanted = Math.min(target.length, file.sizeBytes - offset);
    const isEnd = offset + wanted === file.sizeBytes;
    const isWhole = isEnd && offset === 0;
    let got = 0;
    try {
      const content = isWhole ? file.content.open() : this.#opened(file);
      try {
        // The room behind the content, up to the end of the sector, shows without a further read whether it grew.
        got = readFully(content, target, offset, wanted);
        if (isEnd && got === target.length) got += content.read(new Uint8Array(1), offset + got);
      } finally {
        if (isWhole) content[Symbol.dispose]();
      }
    } catch (cause) {
      this.#report({ path: file.path, problem: "unreadable", offsetBytes: offset + got, cause });
    }
    if (got < wanted && !this.#faults.has(`unreadable ${file.path}`)) {
      this.#report({ path: file.path, problem: "shrank", offsetBytes: offset + got });
    } else if (got > wanted) {
      this.#report({ path: file.path, problem: "grew", offsetBytes: file.sizeBytes });
    }
    target.fill(0, Math.min(got, wanted));
  }

  #opened(file: FileExtent): OpenContent {
    const at = this.#open.findIndex((one) => one.file === file);
    if (at < 0 && this.#open.length === OPEN_MAX) this.#open.shift()!.content[Symbol.dispose]();
    const one = at < 0 ? { file, content: file.content.open() } : this.#open.splice(at, 1)[0]!;
    this.#open.push(one);
    return one.content;
  }

  #report(fault: SourceFault): void {
    if (!this.#pads) throw faultError(fault);
    const key = `${fault.problem} ${fault.path}`;
    if (!this.#faults.has(key)) this.#faults.set(key, fault);
  }
}

/** Reads until `wanted` bytes are there or the content ends; one read may bring fewer, and more up to the target's end. */
function readFully(content: OpenContent, target: Uint8Array, offset: number, wanted: number): number {
  let got = content.read(target, offset);
  while (got < wanted) {
    const more = content.read(target.subarray(got), offset + got);
    if (more === 0) break;
    got += more;
  }
  return got;
}

function faultError(fault: SourceFault): ImageError {
  const { path, problem, offsetBytes, cause } = fault;
  switch (problem) {
    case "unreadable": {
      const said = cause instanceof Error ? cause.message : String(cause);
      const isAllSaid = cause instanceof ImageError && cause.path === path; // by a content out of another image
      const message = isAllSaid ? said : `Cannot read "${path}" at byte ${offsetBytes}: ${said}`;
      return new ImageError("sourceUnreadable", message, { path, cause });
    }
    case "shrank":
      return new ImageError(
        "sourceShrank",
        `Cannot read "${path}": it ends at byte ${offsetBytes} and was longer when the image was planned`,
        { path },
      );
    case "grew":
      return new ImageError(
        "sourceGrew",
        `Cannot read "${path}": it is longer than the ${offsetBytes} bytes that it had when the image was planned`,
        { path },
      );
  }
}
