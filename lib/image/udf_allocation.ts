/**
 * Where the content of a file lies: allocation descriptors, and the blocks of further ones (ECMA-167 4/12, 4/14.14).
 *
 * A content of ours is one run of sectors. An extent holds less than 1 GiB, so that a large file has many; those that do
 * not fit into its entry go on in allocation extent descriptors.
 *
 * @module
 */
import { SECTOR_BYTES, viewOf } from "./binary.ts";
import type { UdfStyle } from "./udf_revision.ts";
import { EXTENT_BYTES_MAX, setTag, TAG, TAG_BYTES } from "./udf_structures.ts";

/** A content in a partition. */
export interface Allocation {
  readonly lengthBytes: number;
  readonly startBlock: number;
  /**
   * The partition that the content is in, by its number in the list of maps, for long descriptors; undefined if it is
   * the one that the entry is in, for short ones.
   */
  readonly reference: number | undefined;
  /** The most bytes of an extent; undefined for as many as the format takes. */
  readonly extentBytesMax?: number;
}

/** What the entry of a file has room for, and where descriptors go on that it has no room for. */
export interface DescriptorRoom {
  /** The most bytes of descriptors in the entry. */
  readonly bytes: number;
  /** The partition that the entry is in, by its number in the list of maps. */
  readonly reference: number;
}

const SHORT_AD_BYTES = 8; // ECMA-167 4/14.14.1
const LONG_AD_BYTES = 16; // ECMA-167 4/14.14.2
const CONTINUATION = 3 * 2 ** 30; // ECMA-167 4/14.14.1.1: the next extent of allocation descriptors
const HEADER_BYTES = 24; // ECMA-167 4/14.5

function adBytes(content: Allocation): number {
  return content.reference === undefined ? SHORT_AD_BYTES : LONG_AD_BYTES;
}

function extentCount(content: Allocation): number {
  return Math.ceil(content.lengthBytes / (content.extentBytesMax ?? EXTENT_BYTES_MAX));
}

/** The descriptors in the entry, and in each block behind it but the last, one less where it ends in a pointer. */
function countsOf(content: Allocation, roomBytes: number): { inEntry: number; inBlock: number } {
  const count = extentCount(content);
  const most = Math.floor(roomBytes / adBytes(content));
  const inBlock = Math.floor((SECTOR_BYTES - HEADER_BYTES) / adBytes(content));
  return { inEntry: count <= most ? count : most - 1, inBlock };
}

/** The blocks for allocation descriptors that do not fit into the file entry. */
export function continuationBlocks(content: Allocation, roomBytes: number): number {
  const { inEntry, inBlock } = countsOf(content, roomBytes);
  const left = extentCount(content) - inEntry;
  if (left === 0) return 0;
  return left <= inBlock ? 1 : 1 + Math.ceil((left - inBlock) / (inBlock - 1));
}

/**
 * Writes the descriptors that belong into an entry, and a pointer to `continuationBlock` if there are more; returns their
 * length.
 */
export function setEntryDescriptors(
  view: DataView,
  offset: number,
  content: Allocation,
  room: DescriptorRoom & { readonly continuationBlock: number },
): number {
  const { inEntry } = countsOf(content, room.bytes);
  const end = setDescriptors(view, offset, content, { first: 0, count: inEntry });
  if (inEntry === extentCount(content)) return end - offset;
  return setPointer(view, end, content, { block: room.continuationBlock, reference: room.reference }) -
    offset;
}

/** Allocation extent descriptors (ECMA-167 4/14.5), each but the last ending in a pointer to the next. */
export function renderContinuations(
  target: Uint8Array,
  content: Allocation,
  room: DescriptorRoom & { readonly firstBlock: number; readonly style: UdfStyle },
): void {
  const blocks = target.length / SECTOR_BYTES;
  const { inEntry, inBlock } = countsOf(content, room.bytes);
  let first = inEntry;
  for (let index = 0; index < blocks; index++) {
    const sector = target.subarray(index * SECTOR_BYTES, (index + 1) * SECTOR_BYTES);
    const view = viewOf(sector);
    const isLast = index === blocks - 1;
    const count = isLast ? extentCount(content) - first : inBlock - 1;
    let end = setDescriptors(view, HEADER_BYTES, content, { first, count });
    first += count;
    if (!isLast) {
      const next = { block: room.firstBlock + index + 1, reference: room.reference };
      end = setPointer(view, end, content, next);
    }
    view.setUint32(TAG_BYTES, 0, true); // the previous one; UDF 2.3.11 lets it be 0
    view.setUint32(TAG_BYTES + 4, end - HEADER_BYTES, true);
    setTag(sector, 0, {
      identifier: TAG.allocationExtent,
      location: room.firstBlock + index,
      lengthBytes: HEADER_BYTES,
      version: room.style.tagVersion,
    });
  }
}

/** Descriptors number `first` and on of a content; returns the offset behind them. */
function setDescriptors(
  view: DataView,
  offset: number,
  content: Allocation,
  { first, count }: { first: number; count: number },
): number {
  const extentBytes = content.extentBytesMax ?? EXTENT_BYTES_MAX;
  let at = offset;
  for (let index = first; index < first + count; index++) {
    const startBytes = index * extentBytes;
    view.setUint32(at, Math.min(content.lengthBytes - startBytes, extentBytes), true);
    view.setUint32(at + 4, content.startBlock + startBytes / SECTOR_BYTES, true);
    if (content.reference !== undefined) view.setUint16(at + 8, content.reference, true);
    at += adBytes(content);
  }
  return at;
}

function setPointer(
  view: DataView,
  offset: number,
  content: Allocation,
  next: { block: number; reference: number },
): number {
  view.setUint32(offset, CONTINUATION + SECTOR_BYTES, true);
  view.setUint32(offset + 4, next.block, true);
  if (content.reference !== undefined) view.setUint16(offset + 8, next.reference, true);
  return offset + adBytes(content);
}
