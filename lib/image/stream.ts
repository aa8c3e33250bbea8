/** An image as a stream of the web. @module */
import { SECTOR_BYTES } from "./binary.ts";
import type { ImagePlan } from "./plan.ts";
import { ImageReader, type ImageReaderOptions, type SourceFault } from "./reader.ts";

/** How an image is streamed. */
export interface ImageStreamOptions extends ImageReaderOptions {
  /** Told at the end what was wrong with sources; nothing unless `onSourceError` is "pad". */
  readonly onFaults?: (faults: readonly SourceFault[]) => void;
}

const PIECE_SECTORS = 128;

/**
 * All bytes of an image in order, made as they are asked for. Sources are read in between by calls that block; what reads
 * the stream need not.
 *
 * @throws ImageError, from the stream, as {@linkcode ImageReader} does.
 *
 * @example An image as the answer of a web server
 * ```ts
 * import { createDirectory, imageStream, memoryContent, planImage, SECTOR_BYTES } from "@burnscript/burnscript/image";
 * import { assertEquals } from "@std/assert";
 *
 * const root = createDirectory();
 * const content = memoryContent(new TextEncoder().encode("Holidays"));
 * root.children.set("Read me.txt", { kind: "file", name: "Read me.txt", content });
 * const plan = planImage(root, { timestamp: new Date(0) });
 * const answer = new Response(imageStream(plan), { headers: { "content-type": "application/x-iso9660-image" } });
 * assertEquals((await answer.arrayBuffer()).byteLength, plan.sizeSectors * SECTOR_BYTES);
 * ```
 */
export function imageStream(
  plan: ImagePlan,
  options: ImageStreamOptions = {},
): ReadableStream<Uint8Array<ArrayBuffer>> {
  const reader = new ImageReader(plan, options);
  let lba = 0;
  return new ReadableStream({
    pull(controller): void {
      try {
        const count = Math.min(PIECE_SECTORS, plan.sizeSectors - lba);
        const bytes = new Uint8Array(count * SECTOR_BYTES);
        reader.read(lba, count, bytes);
        lba += count;
        controller.enqueue(bytes);
      } catch (error) {
        reader[Symbol.dispose]();
        throw error;
      }
      if (lba < plan.sizeSectors) return;
      reader[Symbol.dispose]();
      options.onFaults?.(reader.faults);
      controller.close();
    },
    cancel(): void {
      reader[Symbol.dispose]();
    },
  }, { highWaterMark: 0 }); // Nothing is opened before somebody reads.
}
