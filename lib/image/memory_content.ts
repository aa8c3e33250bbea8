/** Content that is there already. @module */
import type { FileContent, OpenContent } from "./source.ts";

/** The content of a file, from bytes in memory; they are not copied. */
export function memoryContent(bytes: Uint8Array): FileContent {
  const opened: OpenContent = {
    read(target: Uint8Array, offset: number): number {
      const part = bytes.subarray(offset, offset + target.length);
      target.set(part);
      return part.length;
    },
    [Symbol.dispose](): void {},
  };
  return { sizeBytes: bytes.length, open: () => opened };
}
