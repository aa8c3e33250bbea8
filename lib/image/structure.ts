/** Extents whose bytes are made when they are read. @module */
import { SECTOR_BYTES } from "./binary.ts";
import type { Extent, FileExtent } from "./layout.ts";

/** Fills `target` with the content of a file, for structures that hold it; what a changed source does is its matter. */
export type ReadContent = (file: FileExtent, target: Uint8Array) => void;

/** Makes sectors of a structure: fills `target`, which is all zeros, with those from `firstSector` of it on. */
export type Render = (target: Uint8Array, firstSector: number, readContent: ReadContent) => void;

/** An extent of file-system structures. */
export class StructureExtent implements Extent {
  /** Tells it from content of files. */
  readonly kind = "structure";
  readonly #label: string | (() => string);

  /**
   * Makes one. `inParts` tells that any range of its sectors can be made alone; else `render` is always asked for all
   * of them. A label may be made when it is asked for, since there may be a million of them.
   */
  constructor(
    readonly startLba: number,
    readonly lengthSectors: number,
    label: string | (() => string),
    readonly render: Render,
    readonly inParts = false,
  ) {
    if (lengthSectors <= 0) {
      throw new RangeError(`Extent at LBA ${startLba} has ${lengthSectors} sectors`);
    }
    this.#label = label;
  }

  /** What it is, for people. */
  get label(): string {
    return typeof this.#label === "string" ? this.#label : this.#label();
  }

  /** All its bytes. */
  bytes(readContent: ReadContent): Uint8Array<ArrayBuffer> {
    const target = new Uint8Array(this.lengthSectors * SECTOR_BYTES);
    this.render(target, 0, readContent);
    return target;
  }
}
