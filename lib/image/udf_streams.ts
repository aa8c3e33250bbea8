/**
 * Named streams: further contents of a file or directory, from UDF 2.00 on (ECMA-167 4/9.2; UDF 3.3.5).
 *
 * The entry of a file names a stream directory, which is like a directory and holds the streams, each with an entry of
 * its own. All of that for one file lies together: entry of the stream directory, the directory if it does not fit into
 * the entry, entries of the streams, and what allocation descriptors these have no room for. Small streams lie in their
 * entries.
 *
 * @module
 */
import { SECTOR_BYTES, sectorsOf } from "./binary.ts";
import { ImageError } from "./errors.ts";
import {
  checkSize,
  directoryPath,
  type Inventory,
  isName,
  type PlannedDirectory,
  PlannedFile,
  type PlannedNode,
} from "./layout.ts";
import { memoryContent } from "./memory_content.ts";
import { udfIdentifiers } from "./names.ts";
import type { FileContent } from "./source.ts";
import type { ReadContent, Render } from "./structure.ts";
import { type Allocation, continuationBlocks, renderContinuations } from "./udf_allocation.ts";
import { ATTRIBUTES_IDENTIFIER, attributesContent } from "./udf_attributes.ts";
import { directoryBytes, renderDirectory } from "./udf_directory.ts";
import { entryRoomBytes, renderEntry } from "./udf_entry.ts";
import type { UdfStyle } from "./udf_revision.ts";
import { FILE_TYPE } from "./udf_structures.ts";

/** What streams need of the view that they are in. */
export interface StreamHost {
  readonly style: UdfStyle;
  readonly timestamp: Date;
  /** The partition of all entries, by its number in the list of maps. */
  readonly reference: number;
  entryBlockOf(node: PlannedNode): number;
  uniqueIdOf(node: PlannedNode): number;
  /** Where a content that has a place of its own lies. */
  allocationOf(file: PlannedFile): Allocation;
}

/** The streams of one file or directory, with their place. */
interface StreamGroup {
  readonly owner: PlannedFile | PlannedDirectory;
  readonly streams: readonly PlannedFile[];
  readonly identifiers: readonly string[];
  readonly lengthBytes: number;
  block: number;
  blocks: number;
}

function checkStreamName(name: string, path: string): void {
  if (isName(name)) return;
  throw new ImageError("name", `Cannot plan the image: "${path}" does not end in a name of a stream`, {
    path,
  });
}

function streamOf(
  name: string,
  content: FileContent,
  ownerPath: string,
  home: PlannedDirectory,
): PlannedFile {
  const stream = new PlannedFile({ kind: "file", name, content, path: `${ownerPath}:${name}` }, home, 0);
  checkSize(stream);
  return stream;
}

/** All streams of a view. */
export class UdfStreams {
  readonly #host: StreamHost;
  readonly #groups = new Map<PlannedFile | PlannedDirectory, StreamGroup>();
  readonly #roomBytes: number;
  /** Those that do not lie in their entries; they need places as files do. */
  readonly contents: readonly PlannedFile[];

  /** Collects and measures them; there are none before UDF 2.00. */
  constructor(inventory: Inventory, host: StreamHost) {
    this.#host = host;
    this.#roomBytes = entryRoomBytes(host.style);
    const contents: PlannedFile[] = [];
    this.contents = contents;
    if (!host.style.isExtended) return;
    for (const owner of inventory.attributed) {
      const { streams: named, attributes } = owner.node;
      const ownerPath = owner.kind === "directory" ? owner.node.path ?? directoryPath(owner) : owner.path;
      const home = owner.kind === "directory" ? owner : owner.parent;
      const streams = [...named ?? []].map(([name, content]) => {
        checkStreamName(name, `${ownerPath}:${name}`);
        return streamOf(name, content, ownerPath, home);
      });
      if (attributes !== undefined && attributes.size > 0) {
        const content = memoryContent(attributesContent(attributes, ownerPath));
        streams.push(streamOf(ATTRIBUTES_IDENTIFIER, content, ownerPath, home)); // whose name has a slash
      }
      streams.sort((a, b) => a.name < b.name ? -1 : a.name > b.name ? 1 : 0);
      const identifiers = udfIdentifiers(streams);
      const lengthBytes = directoryBytes(identifiers);
      this.#groups.set(owner, { owner, streams, identifiers, lengthBytes, block: 0, blocks: 0 });
      for (const stream of streams) if (stream.sizeBytes > this.#roomBytes) contents.push(stream);
    }
  }

  /** Gives the groups their places; returns the block behind them. */
  place(startBlock: number): number {
    let block = startBlock;
    for (const group of this.#groups.values()) {
      group.block = block;
      group.blocks = 1 + this.#directoryBlocks(group) + group.streams.length;
      for (const stream of group.streams) group.blocks += this.#continuationBlocks(stream);
      block += group.blocks;
    }
    return block;
  }

  /** What the entry of a file or directory says of its streams; undefined if it has none. */
  of(owner: PlannedFile | PlannedDirectory): { block: number; bytes: number } | undefined {
    const group = this.#groups.get(owner);
    if (group === undefined) return undefined;
    return { block: group.block, bytes: group.streams.reduce((sum, one) => sum + one.sizeBytes, 0) };
  }

  /** The places of all groups, in their order. */
  *groups(): Generator<{ block: number; blocks: number; label: () => string; render: Render }> {
    for (const group of this.#groups.values()) {
      const { block, blocks, owner } = group;
      const label = (): string => {
        const path = owner.kind === "directory" ? directoryPath(owner) : owner.path;
        return `UDF streams of ${path}`;
      };
      const render: Render = (target, _from, readContent) => this.#render(target, group, readContent);
      yield { block, blocks, label, render };
    }
  }

  #directoryBlocks({ lengthBytes }: StreamGroup): number {
    return lengthBytes <= this.#roomBytes ? 0 : sectorsOf(lengthBytes);
  }

  #isEmbedded(stream: PlannedFile): boolean {
    return stream.sizeBytes <= this.#roomBytes;
  }

  #continuationBlocks(stream: PlannedFile): number {
    return this.#isEmbedded(stream)
      ? 0
      : continuationBlocks(this.#host.allocationOf(stream), this.#roomBytes);
  }

  #render(target: Uint8Array, group: StreamGroup, readContent: ReadContent): void {
    const { block, lengthBytes, owner } = group;
    const { style, timestamp, reference } = this.#host;
    const blocksAt = (from: number, count: number): Uint8Array =>
      target.subarray((from - block) * SECTOR_BYTES, (from - block + count) * SECTOR_BYTES);
    const uniqueId = this.#host.uniqueIdOf(owner);
    const shared = { node: owner.node, linkCount: 1, uniqueId, reference, isStream: true };
    const directoryBlocks = this.#directoryBlocks(group);
    const renderNames = (bytes: Uint8Array): void => this.#renderDirectory(bytes, group, uniqueId);
    const isEmbedded = directoryBlocks === 0;
    const content = isEmbedded
      ? { lengthBytes, write: renderNames }
      : { lengthBytes, startBlock: block + 1, reference: undefined };
    const directory = { ...shared, fileType: FILE_TYPE.streamDirectory, block, content };
    renderEntry(blocksAt(block, 1), directory, style, timestamp);
    if (!isEmbedded) renderNames(blocksAt(block + 1, directoryBlocks));
    let continuationBlock = block + 1 + directoryBlocks + group.streams.length;
    for (const [index, stream] of group.streams.entries()) {
      const at = block + 1 + directoryBlocks + index;
      const isHere = this.#isEmbedded(stream);
      const streamContent = isHere
        ? { lengthBytes: stream.sizeBytes, write: (bytes: Uint8Array): void => readContent(stream, bytes) }
        : this.#host.allocationOf(stream);
      const entry = {
        ...shared,
        fileType: FILE_TYPE.file,
        block: at,
        content: streamContent,
        continuationBlock,
      };
      renderEntry(blocksAt(at, 1), entry, style, timestamp);
      const blocks = this.#continuationBlocks(stream);
      if (blocks === 0) continue;
      const room = { bytes: this.#roomBytes, reference, firstBlock: continuationBlock, style };
      renderContinuations(blocksAt(continuationBlock, blocks), this.#host.allocationOf(stream), room);
      continuationBlock += blocks;
    }
  }

  /** The parent of a stream directory is what the streams are of; streams have its unique id (UDF 3.3.5.1). */
  #renderDirectory(target: Uint8Array, group: StreamGroup, uniqueId: number): void {
    const { reference, style } = this.#host;
    const first = group.block + 1 + this.#directoryBlocks(group);
    const names = group.identifiers.map((identifier, index) => ({
      identifier,
      isDirectory: false,
      isHidden: false,
      isMetadata: group.streams[index]!.name === ATTRIBUTES_IDENTIFIER,
      icb: { block: first + index, reference },
      uniqueId,
    }));
    const parent = { icb: { block: this.#host.entryBlockOf(group.owner), reference }, uniqueId };
    renderDirectory(target, parent, names, {
      style,
      firstBlock: this.#directoryBlocks(group) === 0 ? undefined : group.block + 1,
      entryBlock: group.block,
    });
  }
}
