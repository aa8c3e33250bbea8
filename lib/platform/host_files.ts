/** Which files of this computer an image is made of. @module */
import type { ImagePlan } from "../image/mod.ts";
import { HostFileContent } from "./file_content.ts";

/** Their paths; a file whose content the image has twice may come twice. */
export function* hostFilesOf({ extents }: Pick<ImagePlan, "extents">): Iterable<string> {
  for (const extent of extents) {
    if (extent.kind === "file" && extent.content instanceof HostFileContent) yield extent.content.path;
  }
}
