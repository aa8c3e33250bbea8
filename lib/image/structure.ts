/** Extents whose bytes are made when they are read. @module */
import { SECTOR_BYTES } from "./binary.ts";
import type { Extent, FileExtent } from "./layout.ts";

/** Fills `target` with the content of a file, for structures that hold it; what a changed source does is its matter. */
export type ReadContent = (file: FileExtent, target: Uint8Array) => void;

/** Makes sectors of a structure: fills `target`, which is all zeros, with those from `firstSector` of it on. */
export type Render = (target: Uint8Array, firstSector: number, readContent: ReadContent) => void;

/** An extent of file-system structures. There may be a million of them, so each kind keeps no more than it needs. */
export abstract class StructureExtent implements Extent {
  abstract readonly startLba: number;
  abstract readonly lengthSectors: number;
  /** What it is, for people; made when it is asked for. */
  abstract readonly label: string;

  /** See {@linkcode Render}. */
  abstract render(target: Uint8Array, firstSector: number, readContent: ReadContent): void;

  /** Tells it from content of files. */
  get kind(): "structure" {
    return "structure";
  }

  /** Whether any range of its sectors can be made alone; else all of them are always asked for. */
  get inParts(): boolean {
    return false;
  }

  /** All its bytes. */
  bytes(readContent: ReadContent): Uint8Array<ArrayBuffer> {
    const target = new Uint8Array(this.lengthSectors * SECTOR_BYTES);
    this.render(target, 0, readContent);
    return target;
  }
}

/** A structure of which there are few. */
export class SingleStructure extends StructureExtent {
  readonly #label: string | (() => string);
  readonly #render: Render;
  readonly #inParts: boolean;

  /** Makes one of what it is called, and what makes its bytes. */
  constructor(
    readonly startLba: number,
    readonly lengthSectors: number,
    label: string | (() => string),
    render: Render,
    inParts = false,
  ) {
    super();
    if (lengthSectors <= 0) {
      throw new RangeError(`Extent at LBA ${startLba} has ${lengthSectors} sectors`);
    }
    this.#label = label;
    this.#render = render;
    this.#inParts = inParts;
  }

  get label(): string {
    return typeof this.#label === "string" ? this.#label : this.#label();
  }

  override get inParts(): boolean {
    return this.#inParts;
  }

  render(target: Uint8Array, firstSector: number, readContent: ReadContent): void {
    this.#render(target, firstSector, readContent);
  }
}
