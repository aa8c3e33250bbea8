/** Reads small files of the host together: opening each through Deno takes longer than reading it. @module */
import type { FileExtent } from "../image/layout.ts";
import type { ReadTogether } from "../image/reader.ts";
import { HostFileContent } from "./file_content.ts";
import type { Native } from "./native_library.ts";

const PATHS_BYTES = 64 * 1024;
const FILES_MAX = 256;
const UTF8 = new TextEncoder();

/** Reads with the native library, as many as there is room for paths. */
export function readTogetherBy(native: Native): ReadTogether {
  const paths = new Uint8Array(PATHS_BYTES);
  const sizes = new Uint32Array(FILES_MAX);
  return (files, target) => {
    let text = "";
    let count = 0;
    for (const file of files) {
      const path = pathOf(file);
      if (path === undefined || count === FILES_MAX) break;
      if ((text.length + path.length + 1) * 3 > PATHS_BYTES) break; // no unit takes more than three bytes
      text += `${path}\0`;
      sizes[count++] = file.sizeBytes;
    }
    if (count === 0) return 0;
    const { written } = UTF8.encodeInto(text, paths);
    return native.readFiles(
      paths.subarray(0, written),
      sizes.subarray(0, count),
      target as Uint8Array<ArrayBuffer>,
    );
  };
}

/** The path of a content, if it is a file of the host and the system can be asked for it. */
function pathOf({ content }: FileExtent): string | undefined {
  return content instanceof HostFileContent && !content.path.includes("\0") ? content.path : undefined;
}
