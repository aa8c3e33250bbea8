/** Entries of files: what UDF keeps of a file or directory beside its name (ECMA-167 4/14.9, 4/14.17). @module */
import { SECTOR_BYTES, sectorsOf, setUint64, viewOf } from "./binary.ts";
import type { NodeAttributes, NodeTimes } from "./tree.ts";
import { type Allocation, setEntryDescriptors } from "./udf_allocation.ts";
import { setUseAttribute, useAttributeBytes } from "./udf_attributes.ts";
import type { UdfStyle } from "./udf_revision.ts";
import {
  IMPLEMENTATION,
  revisionSuffix,
  setEntity,
  setLongAd,
  setTag,
  setTimestamp,
  TAG,
} from "./udf_structures.ts";

/** What both kinds of entries begin with: tag, ICB tag and the first fields. */
const HEAD = {
  icbStrategy: 20, //          14.6.2   16-bit, in the ICB tag at 16
  icbEntriesMax: 24, //        14.6.4   16-bit
  icbFileType: 27, //          14.6.6   8-bit
  icbFlags: 34, //             14.6.8   16-bit
  uid: 36, //                  14.9.3   32-bit
  gid: 40, //                  14.9.4   32-bit
  permissions: 44, //          14.9.5   32-bit
  linkCount: 48, //            14.9.6   16-bit
  informationBytes: 56, //     14.9.10  64-bit
} as const;

/** File entry (ECMA-167 4/14.9). */
const PLAIN = {
  blocksRecorded: 64, //       14.9.11  64-bit
  accessTime: 72, //           14.9.12  timestamp
  modificationTime: 84, //     14.9.13  timestamp
  attributeTime: 96, //        14.9.14  timestamp
  checkpoint: 108, //          14.9.15  32-bit
  implementationId: 128, //    14.9.17  entity
  uniqueId: 160, //            14.9.18  64-bit
  attributesLength: 168, //    14.9.19  32-bit
  allocationLength: 172, //    14.9.20  32-bit
  attributes: 176, //          14.9.21
} as const;

/** Extended file entry (ECMA-167 4/14.17). */
const EXTENDED = {
  objectBytes: 64, //          14.17.11 64-bit: of all streams together
  blocksRecorded: 72, //       14.17.12 64-bit
  accessTime: 80, //           14.17.13 timestamp
  modificationTime: 92, //     14.17.14 timestamp
  creationTime: 104, //        14.17.15 timestamp
  attributeTime: 116, //       14.17.16 timestamp
  checkpoint: 128, //          14.17.17 32-bit
  streamDirectory: 152, //     14.17.20 long_ad
  implementationId: 168, //    14.17.21 entity
  uniqueId: 200, //            14.17.22 64-bit
  attributesLength: 208, //    14.17.23 32-bit
  allocationLength: 212, //    14.17.24 32-bit
  attributes: 216, //          14.17.25
} as const;

/** Flags of the ICB tag (ECMA-167 4/14.6.8): the kind of descriptors, or the content itself lies in their place. */
const ICB_FLAG = {
  short: 0,
  long: 1,
  embedded: 3,
  setUid: 1 << 6,
  setGid: 1 << 7,
  sticky: 1 << 8,
  stream: 1 << 13,
} as const;

/** Read and execute for everybody, in three groups of five bits (ECMA-167 4/14.9.5). */
const PERMISSIONS = 0x05 | 0x05 << 5 | 0x05 << 10;
const PERMISSION = { changeAttributes: 0x08, delete: 0x10 } as const;
const NO_OWNER = 0xffff_ffff; // UDF 3.3.3.1: not specified

const ATTRIBUTES_HEADER_BYTES = 24;
const FILE_TIMES_BYTES = 32;
const CREATION_TIME_BYTES = ATTRIBUTES_HEADER_BYTES + FILE_TIMES_BYTES;
const NO_ATTRIBUTES = 0xffff_ffff;

/**
 * The bytes of an entry that descriptors or an embedded content may have, whether or not a creation time takes some, with
 * so many bytes of further attributes.
 */
export function entryRoomBytes(style: UdfStyle, attributesBytes = 0): number {
  if (style.isExtended) return SECTOR_BYTES - EXTENDED.attributes;
  const useBytes = attributesBytes === 0 ? 0 : useAttributeBytes(attributesBytes);
  return SECTOR_BYTES - PLAIN.attributes - CREATION_TIME_BYTES - useBytes;
}

/** What a file entry is made from. */
export interface Entry {
  readonly node: NodeTimes & NodeAttributes;
  readonly fileType: number;
  readonly linkCount: number;
  readonly uniqueId: number;
  /** Where the entry itself lies, and in which partition. */
  readonly block: number;
  readonly reference: number;
  /** The content: where it lies, or itself. */
  readonly content: Allocation | EmbeddedContent;
  /** Where its further allocation descriptors lie; 0 if all fit. */
  readonly continuationBlock?: number;
  /** Whether it is a stream of another file, or the directory of those. */
  readonly isStream?: boolean;
  /** Extended attributes that lie in the entry, before UDF 2.00. */
  readonly attributes?: Uint8Array | undefined;
  /** The directory of its streams, and their length together. */
  readonly streams?: { readonly block: number; readonly bytes: number } | undefined;
}

/** A content that lies in the entry. */
export interface EmbeddedContent {
  readonly lengthBytes: number;
  /** Fills exactly so many bytes. */
  readonly write: (target: Uint8Array) => void;
}

/** What all entries of a kind have in common. */
const COMMON = { plain: commonBytes(PLAIN), extended: commonBytes(EXTENDED) } as const;

function commonBytes(field: typeof PLAIN | typeof EXTENDED): Uint8Array {
  const bytes = new Uint8Array(field.attributes);
  const view = viewOf(bytes);
  view.setUint16(HEAD.icbStrategy, 4, true); // UDF 2.3.5.1: strategy 4, one entry
  view.setUint16(HEAD.icbEntriesMax, 1, true);
  view.setUint32(field.checkpoint, 1, true);
  setEntity(bytes, field.implementationId, IMPLEMENTATION);
  return bytes;
}

/** Writes an entry into its block, which is all zeros; `timestamp` is for those that have no times of their own. */
export function renderEntry(target: Uint8Array, entry: Entry, style: UdfStyle, timestamp: Date): void {
  const view = viewOf(target); // the one of an entry: making them takes longer than what is written through them
  const field = style.isExtended ? EXTENDED : PLAIN;
  const { node, content } = entry;
  const isEmbedded = "write" in content;
  target.set(style.isExtended ? COMMON.extended : COMMON.plain);
  target[HEAD.icbFileType] = entry.fileType;
  view.setUint16(HEAD.icbFlags, icbFlags(entry), true);
  view.setUint32(HEAD.uid, node.uid ?? NO_OWNER, true);
  view.setUint32(HEAD.gid, node.gid ?? NO_OWNER, true);
  view.setUint32(HEAD.permissions, node.mode === undefined ? PERMISSIONS : permissionsOf(node.mode), true);
  view.setUint16(HEAD.linkCount, entry.linkCount, true);
  setUint64(view, HEAD.informationBytes, content.lengthBytes);
  setUint64(view, field.blocksRecorded, isEmbedded ? 0 : sectorsOf(content.lengthBytes));
  setTimes(target, node, style, timestamp);
  setUint64(view, field.uniqueId, entry.uniqueId);
  if (style.isExtended) setStreams(target, view, entry);
  const attributesBytes = style.isExtended ? 0 : setAttributes(target, view, entry, style);
  view.setUint32(field.attributesLength, attributesBytes, true);
  const start = field.attributes + attributesBytes;
  let allocationBytes = content.lengthBytes;
  if (isEmbedded) content.write(target.subarray(start, start + content.lengthBytes));
  else {
    const { continuationBlock = 0, reference } = entry;
    const room = { bytes: entryRoomBytes(style, entry.attributes?.length), reference, continuationBlock };
    allocationBytes = setEntryDescriptors(view, start, content, room);
  }
  view.setUint32(field.allocationLength, allocationBytes, true);
  setTag(target, 0, {
    identifier: style.isExtended ? TAG.extendedFileEntry : TAG.fileEntry,
    location: entry.block,
    lengthBytes: start + allocationBytes,
    version: style.tagVersion,
  });
}

function setTimes(
  target: Uint8Array,
  { modified, accessed, created }: NodeTimes,
  style: UdfStyle,
  timestamp: Date,
): void {
  const field = style.isExtended ? EXTENDED : PLAIN;
  setTimestamp(target, field.modificationTime, modified ?? timestamp);
  target.copyWithin(field.attributeTime, field.modificationTime, field.modificationTime + 12);
  if (accessed === undefined) {
    target.copyWithin(field.accessTime, field.modificationTime, field.modificationTime + 12);
  } else setTimestamp(target, field.accessTime, accessed);
  if (style.isExtended) setTimestamp(target, EXTENDED.creationTime, created ?? modified ?? timestamp);
}

function setStreams(
  target: Uint8Array,
  view: DataView,
  { content, streams, uniqueId, reference }: Entry,
): void {
  setUint64(view, EXTENDED.objectBytes, content.lengthBytes + (streams?.bytes ?? 0));
  if (streams === undefined) return;
  const { block } = streams;
  setLongAd(target, EXTENDED.streamDirectory, { lengthBytes: SECTOR_BYTES, block, reference, uniqueId });
}

/** Flags of the ICB tag (ECMA-167 4/14.6.8). */
function icbFlags({ node, content, isStream }: Entry): number {
  const bits = node.mode ?? 0;
  const kind = "write" in content
    ? ICB_FLAG.embedded
    : content.reference === undefined
    ? ICB_FLAG.short
    : ICB_FLAG.long;
  return kind | (bits & 0o4000 ? ICB_FLAG.setUid : 0) | (bits & 0o2000 ? ICB_FLAG.setGid : 0) |
    (bits & 0o1000 ? ICB_FLAG.sticky : 0) | (isStream ? ICB_FLAG.stream : 0);
}

/**
 * Permissions (ECMA-167 4/14.9.5): others, group and owner have five bits each, the lower three as POSIX has them. Who
 * may write may delete, and an owner who may write may change attributes (UDF 3.3.3.3).
 */
function permissionsOf(mode: number): number {
  let bits = 0;
  for (const [index, shift] of [0, 3, 6].entries()) {
    const rwx = mode >> shift & 7;
    const more = rwx & 2 ? PERMISSION.delete | (index === 2 ? PERMISSION.changeAttributes : 0) : 0;
    bits |= (rwx | more) << (5 * index);
  }
  return bits;
}

/**
 * Extended attributes (ECMA-167 4/14.10.1) with the time of creation, for which an extended entry has a field, and those
 * that have names; returns their length.
 */
function setAttributes(target: Uint8Array, view: DataView, entry: Entry, style: UdfStyle): number {
  const { created } = entry.node;
  const { attributes } = entry;
  if (created === undefined && attributes === undefined) return 0;
  const start = PLAIN.attributes;
  let offset = start + ATTRIBUTES_HEADER_BYTES;
  if (created !== undefined) offset = setCreationTime(target, view, offset, created);
  const useStart = offset;
  if (attributes !== undefined) {
    setUseAttribute(target, offset, attributes, revisionSuffix(style));
    offset += useAttributeBytes(attributes.length);
  }
  view.setUint32(start + 16, attributes === undefined ? NO_ATTRIBUTES : useStart - start, true);
  view.setUint32(start + 20, NO_ATTRIBUTES, true); // of applications
  setTag(target, start, {
    identifier: TAG.extendedAttributeHeader,
    location: entry.block,
    lengthBytes: ATTRIBUTES_HEADER_BYTES,
    version: style.tagVersion,
  });
  return offset - start;
}

/** The file times attribute (ECMA-167 4/14.10.5); returns the offset behind it. */
function setCreationTime(target: Uint8Array, view: DataView, offset: number, created: Date): number {
  view.setUint32(offset, 5, true); // file times
  target[offset + 4] = 1; // subtype
  view.setUint32(offset + 8, FILE_TIMES_BYTES, true);
  view.setUint32(offset + 12, 12, true); // length of the times
  view.setUint32(offset + 16, 1, true); // bit 0: creation
  setTimestamp(target, offset + 20, created);
  return offset + FILE_TIMES_BYTES;
}
