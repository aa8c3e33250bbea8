/** An image for programs: of a folder or a tree, to be read, streamed or written. @module */
import { SECTOR_BYTES } from "../image/binary.ts";
import { type ImageOptions, type ImagePlan, planImage } from "../image/plan.ts";
import { ImageReader, type ImageReaderOptions } from "../image/reader.ts";
import { imageStream, type ImageStreamOptions } from "../image/stream.ts";
import { requireNoDisk, writeImageFile, type WriteImageOptions, type WrittenImage } from "./image_file.ts";
import { isStream, partialOf, removeIfThere } from "./write_whole.ts";
import { readSourceTree, type SourceTreeOptions } from "./source_tree.ts";

/** How {@linkcode folderImage} makes an image: what of the folder is taken, and how it is laid out. */
export interface FolderImageOptions extends Omit<ImageOptions, "timestamp" | "startLba">, SourceTreeOptions {
  /** For the volume, and for everything that has no time of its own; now when absent. */
  readonly timestamp?: Date;
}

/**
 * The image of a folder, planned; it takes the permission to read it, and no other.
 *
 * With Rock Ridge, permissions, owners and links are taken as they are, unless the options say else.
 *
 * @throws ImageError that names the first file that cannot be read, or does not fit in these file systems.
 *
 * @example A folder, written, and read back
 * ```ts
 * import { folderImage, openImage } from "@burnscript/burnscript/image";
 * import { assertEquals } from "@std/assert";
 *
 * const folder = Deno.makeTempDirSync();
 * Deno.mkdirSync(`${folder}/photos`);
 * Deno.writeTextFileSync(`${folder}/photos/readme.txt`, "Holidays");
 *
 * using image = folderImage(`${folder}/photos`, { rockRidge: true });
 * const descriptor = image.read(16, 1);
 * assertEquals(new TextDecoder().decode(descriptor.subarray(1, 6)), "CD001");
 * image.writeTo(`${folder}/photos.iso`);
 *
 * using opened = openImage(`${folder}/photos.iso`);
 * assertEquals(opened.entries.map((entry) => entry.path), ["/readme.txt"]);
 * assertEquals(new TextDecoder().decode(opened.readFile("/readme.txt")), "Holidays");
 * Deno.removeSync(folder, { recursive: true });
 * ```
 */
export function folderImage(folder: string, options: FolderImageOptions = {}): Image {
  const isPosix = options.rockRidge !== undefined && options.rockRidge !== false;
  const { posix = isPosix, symlinks = posix ? "keep" : "follow", ...rest } = options;
  const tree = readSourceTree(folder, { ...rest, posix, symlinks });
  const { timestamp = new Date() } = options;
  return new Image(planImage(tree, { ...rest, timestamp }));
}

/**
 * A planned image as bytes, which are made when they are asked for: {@linkcode Image.read}, {@linkcode Image.stream} and
 * {@linkcode Image.writeTo} give the same ones.
 *
 * @example A tree of one's own, read in any order
 * ```ts
 * import { createDirectory, Image, memoryContent, planImage } from "@burnscript/burnscript/image";
 * import { assertEquals } from "@std/assert";
 *
 * const root = createDirectory();
 * const content = memoryContent(new TextEncoder().encode("Holidays"));
 * root.children.set("Read me.txt", { kind: "file", name: "Read me.txt", content });
 * using image = new Image(planImage(root, { timestamp: new Date(0) }));
 *
 * const streamed = new Uint8Array(await new Response(image.stream()).arrayBuffer());
 * const last = image.plan.sizeSectors - 1;
 * assertEquals(image.read(last, 1), streamed.subarray(last * 2048));
 * ```
 */
export class Image implements Disposable {
  /** What lies where. */
  readonly plan: ImagePlan;
  readonly #options: ImageReaderOptions;
  readonly #reader: ImageReader;

  /** Makes one of a plan; no source is opened before it is read. */
  constructor(plan: ImagePlan, options: ImageReaderOptions = {}) {
    this.plan = plan;
    this.#options = options;
    this.#reader = new ImageReader(plan, options);
  }

  /** Its length. */
  get sizeBytes(): number {
    return this.plan.sizeSectors * SECTOR_BYTES;
  }

  /**
   * Sectors from any place.
   *
   * @throws RangeError when they are not all inside the image; ImageError when a source changed or cannot be read.
   */
  read(lba: number, count: number): Uint8Array<ArrayBuffer> {
    if (!(count >= 0 && count <= this.plan.sizeSectors)) {
      throw new RangeError(`An image of ${this.plan.sizeSectors} sectors has no ${count} in a row`);
    }
    const sectors = new Uint8Array(count * SECTOR_BYTES);
    this.#reader.read(lba, count, sectors);
    return sectors;
  }

  /** All bytes in order. */
  stream(options: ImageStreamOptions = {}): ReadableStream<Uint8Array<ArrayBuffer>> {
    return imageStream(this.plan, { ...this.#options, ...options });
  }

  /**
   * Writes it to a file, which appears whole or not at all, as fast as it can be, and blocks meanwhile.
   *
   * @throws ImageError when a source changed or cannot be read; what Deno throws when the file cannot be written.
   */
  writeTo(path: string, options: WriteImageOptions = {}): WrittenImage {
    return writeImageFile(this.plan, path, { ...this.#options, ...options });
  }

  /**
   * The same between other work of the program; a signal stops it, and nothing is left of the file.
   *
   * @throws as {@linkcode Image.writeTo}, and what the signal was given as its reason.
   */
  async writeToAsync(
    path: string,
    options: ImageStreamOptions & { signal?: AbortSignal } = {},
  ): Promise<void> {
    const { signal, ...rest } = options;
    const pipeOptions = signal === undefined ? {} : { signal };
    if (isStream(path)) {
      requireNoDisk(path);
      const file = await Deno.open(path, { write: true });
      return await this.stream(rest).pipeTo(file.writable, pipeOptions);
    }
    const partialPath = partialOf(path);
    removeIfThere(partialPath); // what a killed process of the same number left
    const file = await Deno.open(partialPath, { write: true, createNew: true });
    try {
      await this.stream(rest).pipeTo(file.writable, pipeOptions);
      await Deno.rename(partialPath, path);
    } catch (error) {
      removeIfThere(partialPath);
      throw error;
    }
  }

  /** Closes the source files that {@linkcode Image.read} still has open. */
  [Symbol.dispose](): void {
    this.#reader[Symbol.dispose]();
  }
}
