/** Directories of UDF: file identifier descriptors, one a name (ECMA-167 4/14.4). @module */
import { SECTOR_BYTES } from "./binary.ts";
import type { UdfStyle } from "./udf_revision.ts";
import {
  CHARACTERISTIC,
  compressedUnicodeBytes,
  setCompressedUnicode,
  setLongAd,
  setTag,
  TAG,
  type UdfAddress,
} from "./udf_structures.ts";

/** File identifier descriptor (ECMA-167 4/14.4). */
const FID = {
  version: 16, //           14.4.2  16-bit
  characteristics: 18, //   14.4.3  8-bit
  identifierLength: 19, //  14.4.4  8-bit
  icb: 20, //               14.4.5  long_ad
  implementationLength: 36, // 14.4.6  16-bit
  identifier: 38, //        14.4.8
} as const;

/** A name, and what it is of. */
export interface UdfName {
  readonly identifier: string;
  readonly isDirectory: boolean;
  readonly isHidden: boolean;
  /** Whether it is a stream that UDF defines, no content of a person's. */
  readonly isMetadata?: boolean;
  readonly icb: UdfAddress;
  readonly uniqueId: number;
}

/** The bytes of a directory of these names. */
export function directoryBytes(identifiers: readonly string[]): number {
  let bytes = fidBytes("");
  for (const identifier of identifiers) bytes += fidBytes(identifier);
  return bytes;
}

/**
 * Writes a directory: first the entry of its parent, which has no name (UDF 2.3.4.2, ECMA-167 4/8.6), then these. A tag
 * names the block in which its descriptor begins: the directory's own if `firstBlock` is given, else that of the entry
 * that the directory is embedded in.
 */
export function renderDirectory(
  target: Uint8Array,
  parent: { readonly icb: UdfAddress; readonly uniqueId: number },
  names: Iterable<UdfName>,
  { style, firstBlock, entryBlock }: { style: UdfStyle; firstBlock: number | undefined; entryBlock: number },
): void {
  let offset = 0;
  const put = (name: UdfName, characteristics: number): void => {
    const location = firstBlock === undefined ? entryBlock : firstBlock + Math.floor(offset / SECTOR_BYTES); // a descriptor may cross blocks
    offset = setFid(target, offset, { name, characteristics, location, style });
  };
  const up = { identifier: "", isDirectory: true, isHidden: false, ...parent };
  put(up, CHARACTERISTIC.directory | CHARACTERISTIC.parent);
  for (const name of names) {
    const kind = name.isDirectory ? CHARACTERISTIC.directory : 0;
    const metadata = name.isMetadata ? CHARACTERISTIC.metadata : 0;
    put(name, kind | metadata | (name.isHidden ? CHARACTERISTIC.hidden : 0));
  }
}

/** Bytes of a file identifier descriptor: a multiple of 4 (ECMA-167 4/14.4.9). */
function fidBytes(identifier: string): number {
  const bytes = FID.identifier + (identifier === "" ? 0 : compressedUnicodeBytes(identifier));
  return bytes + (-bytes & 3);
}

/** Writes a file identifier descriptor; returns the offset behind it. */
function setFid(
  target: Uint8Array,
  offset: number,
  fid: { name: UdfName; characteristics: number; location: number; style: UdfStyle },
): number {
  const { name, characteristics, location, style } = fid;
  const { identifier } = name;
  target[offset + FID.version] = 1;
  target[offset + FID.characteristics] = characteristics;
  target[offset + FID.identifierLength] = identifier === ""
    ? 0
    : setCompressedUnicode(target, offset + FID.identifier, identifier);
  const { block, reference } = name.icb;
  // UDF 2.00 2.3.4.3: the lower half of the unique id; before, there was none.
  const uniqueId = style.isExtended ? name.uniqueId : 0;
  setLongAd(target, offset + FID.icb, { lengthBytes: SECTOR_BYTES, block, reference, uniqueId });
  const lengthBytes = fidBytes(identifier);
  setTag(target, offset, {
    identifier: TAG.fileIdentifier,
    location,
    lengthBytes,
    version: style.tagVersion,
  });
  return offset + lengthBytes;
}
