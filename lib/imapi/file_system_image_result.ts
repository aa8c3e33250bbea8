/** IFileSystemImageResult: a finished image, ready to be read. @module */
import { AutomationClass, defineInterface, implementInterface } from "../automation/interface.ts";
import type { ImagePlan } from "../image/mod.ts";
import { ImageStream } from "./image_stream.ts";
import { ProgressItem, ProgressItems } from "./progress_items.ts";
import type { IFileSystemImageResult } from "./types.ts";

/** IFileSystemImageResult as data. */
// deno-fmt-ignore -- a table: one row a member
export const IFileSystemImageResultTable = defineInterface("IFileSystemImageResult", "{2C941FD8-975B-59BE-A960-9A2A262853A5}", {
  ImageStream: { dispid: 1, get: "IStream*", doc: "The image as a stream: what IDiscFormat2Data.Write takes." },
  ProgressItems: { dispid: 2, get: "IProgressItems*", doc: "Which blocks of the image belong to what." },
  TotalBlocks: { dispid: 3, get: "LONG", doc: "The size of the image in blocks." },
  BlockSize: { dispid: 4, get: "LONG", doc: "The size of a block in bytes: 2048." },
  DiscId: { dispid: 5, get: "BSTR", doc: "Names the disc whose sessions the image continues." },
}, { doc: "A finished image." });

/** What CreateResultImage gives. */
export class FileSystemImageResult extends AutomationClass implements IFileSystemImageResult {
  readonly ImageStream: ImageStream;
  readonly TotalBlocks: number;
  readonly BlockSize = 2048;
  readonly #plan: ImagePlan;
  #progressItems: ProgressItems | undefined;

  constructor(plan: ImagePlan) {
    super();
    this.#plan = plan;
    this.ImageStream = new ImageStream(plan);
    this.TotalBlocks = plan.sizeSectors;
  }

  get ProgressItems(): ProgressItems {
    return this.#progressItems ??= new ProgressItems(
      this.#plan.extents.map((extent) =>
        new ProgressItem({
          description: extent.label,
          startLba: extent.startLba,
          lengthSectors: extent.lengthSectors,
        })
      ),
    );
  }

  /** Names the disc whose sessions the image continues; all zeros, as on Windows, when it continues none. */
  get DiscId(): string {
    return "0".repeat(16);
  }
}

implementInterface(FileSystemImageResult, [IFileSystemImageResultTable]);
