/** IProgressItems and IProgressItem: which blocks of an image belong to what. @module */
import { AutomationClass, defineInterface, implementInterface } from "../automation/interface.ts";
import { imapiError } from "./hresult.ts";
import type { IProgressItem, IProgressItems } from "./types.ts";

/** IProgressItems as data. */
// deno-fmt-ignore -- a table: one row a member
export const IProgressItemsTable = defineInterface("IProgressItems", "{2C941FD7-975B-59BE-A960-9A2A262853A5}", {
  _NewEnum: { dispid: -4, get: "IUnknown*", element: "IProgressItem*", doc: "All items in the order of their blocks." },
  Item: { dispid: 0, get: "IProgressItem*", params: [["Index", "LONG"]], doc: "An item by its index from 0." },
  Count: { dispid: 1, get: "LONG", doc: "How many items there are." },
  ProgressItemFromBlock: { dispid: 2, method: "IProgressItem*", params: [["block", "ULONG"]], doc: "The item that a block belongs to." },
  ProgressItemFromDescription: { dispid: 3, method: "IProgressItem*", params: [["description", "BSTR"]], doc: "The item that has a description." },
}, { doc: "Which blocks of an image belong to what, as a collection in the order of the blocks." });

/** IProgressItem as data. */
// deno-fmt-ignore -- a table: one row a member
export const IProgressItemTable = defineInterface("IProgressItem", "{2C941FD5-975B-59BE-A960-9A2A262853A5}", {
  Description: { dispid: 1, get: "BSTR", doc: "What the blocks belong to, such as the path of a file." },
  FirstBlock: { dispid: 2, get: "ULONG", doc: "The first block, counted from 0." },
  LastBlock: { dispid: 3, get: "ULONG", doc: "The last block." },
  BlockCount: { dispid: 4, get: "ULONG", doc: "How many blocks there are." },
}, { doc: "The blocks of an image that belong to one file or one structure." });

/** One run of blocks: a file's content, or structures of a file system. */
export class ProgressItem extends AutomationClass implements IProgressItem {
  readonly Description: string;
  readonly FirstBlock: number;
  readonly LastBlock: number;

  constructor(
    extent: { readonly description: string; readonly startLba: number; readonly lengthSectors: number },
  ) {
    super();
    this.Description = extent.description;
    this.FirstBlock = extent.startLba;
    this.LastBlock = extent.startLba + extent.lengthSectors - 1;
  }

  get BlockCount(): number {
    return this.LastBlock - this.FirstBlock + 1;
  }
}

/** The items of one image, sorted by their blocks. */
export class ProgressItems extends AutomationClass implements IProgressItems {
  readonly #items: readonly ProgressItem[];

  constructor(items: readonly ProgressItem[]) {
    super();
    this.#items = items;
  }

  get Count(): number {
    return this.#items.length;
  }

  Item(Index: number): ProgressItem {
    const item = this.#items[Index];
    if (item !== undefined) return item;
    throw imapiError(
      "E_INVALIDARG",
      `Cannot get progress item ${Index}: there are ${this.Count}, counted from 0`,
    );
  }

  ProgressItemFromBlock(block: number): ProgressItem {
    let low = 0;
    let high = this.#items.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#items[middle]!.LastBlock < block) low = middle + 1;
      else high = middle;
    }
    const item = this.#items[low];
    if (item !== undefined && item.FirstBlock <= block) return item;
    throw imapiError(
      "E_INVALIDARG",
      `Cannot get the progress item of block ${block}: nothing of the image lies there`,
    );
  }

  ProgressItemFromDescription(description: string): ProgressItem {
    const item = this.#items.find((candidate) => candidate.Description === description);
    if (item !== undefined) return item;
    throw imapiError(
      "E_INVALIDARG",
      `Cannot get the progress item "${description}": the image has none of that name`,
    );
  }

  [Symbol.iterator](): Iterator<ProgressItem> {
    return this.#items[Symbol.iterator]();
  }
}

implementInterface(ProgressItem, [IProgressItemTable]);
implementInterface(ProgressItems, [IProgressItemsTable]);
