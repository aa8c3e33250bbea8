/** An image file for programs: what is in it, and its contents. @module */
import { SECTOR_BYTES } from "../image/binary.ts";
import { ImageError } from "../image/errors.ts";
import {
  entryContent,
  readVolumes,
  richestVolume,
  type ViewName,
  type Volume,
  type VolumeEntry,
} from "../image/volumes.ts";
import { ImageSectors } from "./image_sectors.ts";

/**
 * Opens an image file or a block device and reads what is in it; see {@linkcode folderImage} for an example.
 *
 * @param view Which of its file systems {@linkcode OpenImage.entries} shows; the one that keeps most when absent.
 * @throws ImageError "damaged" if there is no such file system in it; what Deno throws if it cannot be opened.
 */
export function openImage(path: string, view?: ViewName): OpenImage {
  const sectors = new ImageSectors(path);
  try {
    return new OpenImage(sectors, view);
  } catch (error) {
    sectors[Symbol.dispose]();
    throw error;
  }
}

/** An open image file. Dispose of it to close the file. */
export class OpenImage implements Disposable {
  /** Its length; a last piece that fills no sector counts as one. */
  readonly sizeSectors: number;
  /** All its file systems. */
  readonly volumes: readonly Volume[];
  /** The one that {@linkcode OpenImage.entries} shows. */
  readonly volume: Volume;
  readonly #sectors: ImageSectors;

  /** Use {@linkcode openImage}. */
  constructor(sectors: ImageSectors, view: ViewName | undefined) {
    const { path, sizeSectors } = sectors;
    this.#sectors = sectors;
    this.sizeSectors = sizeSectors;
    this.volumes = readVolumes((lba, count, target) => sectors.read(lba, count, target), sizeSectors);
    const volume = view === undefined
      ? richestVolume(this.volumes)
      : this.volumes.find(({ fileSystem }) => fileSystem === view);
    if (volume === undefined) {
      const wanted = view === undefined ? "neither ISO 9660 nor UDF" : `no ${view}`;
      throw new ImageError("damaged", `"${path}" has ${wanted} in it`, { path });
    }
    this.volume = volume;
  }

  /** Files, directories and links, those of a directory behind it. */
  get entries(): readonly VolumeEntry[] {
    return this.volume.entries;
  }

  /** Sectors from any place; ImageError "damaged" when they are not all inside. */
  read(lba: number, count: number): Uint8Array<ArrayBuffer> {
    const sectors = new Uint8Array(Math.min(count, this.sizeSectors) * SECTOR_BYTES);
    this.#sectors.read(lba, count, sectors);
    return sectors;
  }

  /**
   * The content of a file, whole.
   *
   * @throws ImageError "damaged" when there is no such file, or it cannot be read.
   */
  readFile(file: string | VolumeEntry): Uint8Array<ArrayBuffer> {
    const entry = typeof file === "string" ? this.entries.find(({ path }) => path === file) : file;
    if (entry?.kind !== "file") {
      const path = entry?.path ?? `${file}`;
      throw new ImageError("damaged", `There is no file "${path}" in the image`, { path });
    }
    using content = entryContent((lba, count, target) => this.#sectors.read(lba, count, target), entry)
      .open();
    const bytes = new Uint8Array(entry.sizeBytes);
    for (let done = 0; done < bytes.length;) {
      const count = content.read(bytes.subarray(done), done);
      if (count === 0) {
        const message = `Cannot read "${entry.path}": it ends at byte ${done}`;
        throw new ImageError("damaged", message, { path: entry.path });
      }
      done += count;
    }
    return bytes;
  }

  /** Closes the file. */
  [Symbol.dispose](): void {
    this.#sectors[Symbol.dispose]();
  }
}
