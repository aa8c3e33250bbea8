/**
 * Blocks of a UDF volume and what lies in them: descriptors with their tags, entries of files, and contents.
 *
 * Work is bounded by the image's size: what may be read over and over, because several things name it, is paid for out of
 * one budget.
 *
 * @module
 */
import { getUint64, SECTOR_BYTES, viewOf } from "./binary.ts";
import { ProblemList } from "./problem_list.ts";
import { findAttributes } from "./udf_attributes.ts";
import { creationTime, getTimestamp, idOf, kindOf, modeOf } from "./udf_fields.ts";
import { Damage, type Partition, type PartitionHost } from "./udf_partitions.ts";
import { reservedInUse } from "./reserved.ts";
import { crc16, TAG, TAG_BYTES, TAG_FIELD, tagChecksum } from "./udf_structures.ts";
import type { PosixAttributes, ReadSectors, VolumeEntry, VolumeExtent, VolumeStructure } from "./volumes.ts";

const ENTRY_TAGS = [TAG.fileEntry, TAG.extendedFileEntry]; // the latter from UDF 2.00 on
const EMBEDDED = 3; // ECMA-167 4/14.6.8: the content is where allocation descriptors would be
const CHAIN_MAX = 10_000; // allocation extents of one file: each names over a hundred extents

/** What the entry of a file says. */
export interface Icb {
  readonly kind: VolumeEntry["kind"];
  readonly isDirectory: boolean;
  readonly sizeBytes: number;
  readonly modified: Date | undefined;
  readonly accessed: Date | undefined;
  readonly created: Date | undefined;
  readonly posix: PosixAttributes;
  readonly extents: readonly PlacedExtent[];
  /** Whether some of the content is outside of the partition or the image; there are holes in the place of that. */
  readonly isCut: boolean;
  readonly uniqueId: number;
  readonly linkCount: number;
  readonly fileType: number;
  /** The entry of the directory of its named streams. */
  readonly streamDirectory: Address | undefined;
  /** Extended attributes with names, of those that lie in the entry. */
  readonly attributes: ReadonlyMap<string, Uint8Array> | undefined;
}

/** A block of a partition, by the partition's number in the list of maps. */
export interface Address {
  readonly partition: number;
  readonly block: number;
}

/** An extent with the block that its first sector is in its partition. */
export interface PlacedExtent extends VolumeExtent {
  readonly block: number | undefined;
  readonly isOutside?: boolean;
}

/** The blocks of a volume, with what reading finds wrong. */
export class UdfBlocks implements PartitionHost {
  readonly problems = new ProblemList();
  readonly notes = new ProblemList();
  readonly structures: VolumeStructure[] = [];
  readonly blockBytes: number;
  readonly sizeBlocks: number;
  readonly comparesCopies: boolean;
  /** In the order of their reference numbers; only the plain one while another's tables are read. */
  partitions: readonly Partition[] = [];
  readonly #read: ReadSectors;
  readonly #icbBlock: Uint8Array;
  #budgetBlocks: number;
  /** Where file entries are; they make runs in the end. */
  readonly #icbLbas: number[] = [];

  constructor(
    read: ReadSectors,
    { sizeSectors, blockBytes, comparesCopies }: {
      sizeSectors: number;
      blockBytes: number;
      comparesCopies: boolean;
    },
  ) {
    this.#read = read;
    this.blockBytes = blockBytes;
    this.sizeBlocks = Math.floor(sizeSectors * SECTOR_BYTES / blockBytes);
    this.comparesCopies = comparesCopies;
    this.#budgetBlocks = this.sizeBlocks;
    this.#icbBlock = new Uint8Array(blockBytes);
  }

  /** An extent as others see it. */
  extentOf({ startLba, lengthBytes, bytes }: PlacedExtent): VolumeExtent {
    const place = startLba === undefined ? undefined : this.inSectors(startLba);
    return bytes === undefined ? { startLba: place, lengthBytes } : { startLba: place, lengthBytes, bytes };
  }

  /** How many blocks so many bytes take. */
  blocksOf(bytes: number): number {
    return Math.ceil(bytes / this.blockBytes);
  }

  /** A number of blocks in sectors of 2048 bytes, as everything outside of UDF counts; it may be no whole one. */
  inSectors(blocks: number): number {
    return blocks * this.blockBytes / SECTOR_BYTES;
  }

  /** Pays for reading what may be read more than once; all such reading is no more than the image has blocks. */
  spend(blocks: number, message: string): void {
    this.#budgetBlocks -= blocks;
    if (this.#budgetBlocks < 0) throw new Damage(message);
  }

  /** Where the entries lie that were read. */
  entryRuns(): VolumeStructure[] {
    return runsOf(this.#icbLbas, "UDF file entries");
  }

  /** The entry of a file at a place; `where` is what messages call it. */
  icb(at: Address, where: string): Icb {
    const lba = this.lbaOf(at);
    // One buffer for all of them, since nothing of it is kept: an image may have a million.
    const bytes = this.#descriptorAt(lba, where, ENTRY_TAGS, at.block, this.#icbBlock);
    this.#icbLbas.push(lba);
    return this.#parseIcb(bytes, at, where);
  }

  #parseIcb(bytes: Uint8Array, at: Address, where: string): Icb {
    const view = viewOf(bytes);
    const isExtended = view.getUint16(0, true) === TAG.extendedFileEntry;
    const lengths = isExtended ? 208 : 168;
    const attributesBytes = view.getUint32(lengths, true);
    const start = lengths + 8 + attributesBytes;
    const end = start + view.getUint32(lengths + 4, true);
    if (end > this.blockBytes) throw new Damage(`${where}: allocation descriptors end behind the block`);
    const sizeBytes = getUint64(view, 56);
    const flags = view.getUint16(34, true) & 7;
    const extents: PlacedExtent[] = flags === EMBEDDED
      ? [{ startLba: undefined, lengthBytes: end - start, bytes: bytes.slice(start, end), block: undefined }]
      : this.#extents(bytes, { start, end, adBytes: flags === 0 ? 8 : 16 }, at, where);
    const isCut = extents.some((one) => one.isOutside);
    if (!isCut) this.#checkAmounts(extents, sizeBytes, getUint64(view, isExtended ? 72 : 64), where);
    const fileType = bytes[27]!;
    const linkCount = view.getUint16(48, true);
    const uniqueId = getUint64(view, isExtended ? 200 : 160);
    return {
      ...kindOf(fileType),
      sizeBytes,
      accessed: getTimestamp(bytes, isExtended ? 80 : 72),
      modified: getTimestamp(bytes, isExtended ? 92 : 84),
      created: isExtended ? getTimestamp(bytes, 104) : creationTime(bytes, lengths + 8, start),
      posix: {
        mode: modeOf(fileType, view.getUint32(44, true), view.getUint16(34, true)),
        links: linkCount,
        uid: idOf(view.getUint32(36, true)),
        gid: idOf(view.getUint32(40, true)),
        inode: uniqueId,
      },
      extents,
      isCut,
      uniqueId,
      linkCount,
      fileType,
      attributes: findAttributes(bytes, lengths + 8, start),
      streamDirectory: isExtended && view.getUint32(152, true) > 0
        ? { block: view.getUint32(156, true), partition: view.getUint16(160, true) }
        : undefined,
    };
  }

  /** What extents have together, by what the entry says of it. */
  #checkAmounts(extents: readonly PlacedExtent[], sizeBytes: number, blocks: number, where: string): void {
    let [allocated, recorded] = [0, 0];
    for (const { startLba, lengthBytes } of extents) {
      allocated += lengthBytes;
      if (startLba !== undefined) recorded += this.blocksOf(lengthBytes);
    }
    if (allocated !== sizeBytes) {
      this.problems.push(`${where}: ${sizeBytes} bytes, but ${allocated} in its extents`);
    }
    if (blocks !== recorded) this.problems.push(`${where}: ${blocks} blocks recorded, expected ${recorded}`);
  }

  #extents(
    bytes: Uint8Array,
    place: { start: number; end: number; adBytes: number },
    at: Address,
    where: string,
  ): PlacedExtent[] {
    const extents: PlacedExtent[] = [];
    let view = viewOf(bytes);
    let [offset, stop] = [place.start, place.end];
    for (let chained = 0; offset + place.adBytes <= stop;) {
      const word = view.getUint32(offset, true);
      const block = view.getUint32(offset + 4, true);
      // A short descriptor is of the partition that the entry itself is in (ECMA-167 4/14.14.1).
      const partition = place.adBytes === 16 ? view.getUint16(offset + 8, true) : at.partition;
      const lengthBytes = word % 2 ** 30;
      const type = Math.floor(word / 2 ** 30);
      offset += place.adBytes;
      if (lengthBytes === 0) break; // ECMA-167 4/12: ends the descriptors
      if (type === 3) {
        const message = `${where}: endless chain of allocation descriptors`;
        this.spend(1, message);
        if (++chained > CHAIN_MAX) throw new Damage(message);
        const next = this.descriptorIn({ partition, block }, where, [TAG.allocationExtent]);
        this.#icbLbas.push(this.lbaOf({ partition, block }));
        view = viewOf(next);
        [offset, stop] = [24, 24 + view.getUint32(20, true)];
        if (stop > this.blockBytes) throw new Damage(`${where}: allocation descriptors end behind the block`);
        continue;
      }
      if (type !== 0) extents.push({ startLba: undefined, lengthBytes, block: undefined });
      else if (!this.#place(extents, { partition, block }, lengthBytes)) {
        this.problems.push(`${where}: extent at block ${block} ends outside the partition`);
        extents.push({ startLba: undefined, lengthBytes, block: undefined, isOutside: true });
      }
    }
    for (const extent of extents.slice(0, -1)) {
      if (extent.lengthBytes % this.blockBytes !== 0) {
        this.problems.push(`${where}: an extent ends inside a block`);
      }
    }
    return extents;
  }

  /** Adds the sectors of some blocks, in as many pieces as the partition has them in; false if they are not all in it. */
  #place(extents: PlacedExtent[], at: Address, lengthBytes: number): boolean {
    const pieces = this.#partition(at.partition).map(at.block, this.blocksOf(lengthBytes));
    if (pieces?.every((one) => one.startLba + one.lengthSectors <= this.sizeBlocks) !== true) return false;
    let left = lengthBytes;
    let { block } = at;
    for (const { startLba, lengthSectors } of pieces) {
      const length = Math.min(left, lengthSectors * this.blockBytes);
      extents.push({ startLba, lengthBytes: length, block });
      left -= length;
      block += lengthSectors;
    }
    return true;
  }

  /** A whole content; one that is longer than the image is damage. */
  content(icb: { sizeBytes: number; extents: readonly VolumeExtent[] }, where: string): Uint8Array {
    if (icb.sizeBytes > this.sizeBlocks * this.blockBytes) {
      throw new Damage(`${where}: its ${icb.sizeBytes} bytes are more than the image has`);
    }
    const bytes = new Uint8Array(icb.sizeBytes);
    let offset = 0;
    for (const { startLba, lengthBytes, bytes: embedded } of icb.extents) {
      if (offset >= bytes.length) break;
      if (embedded !== undefined) bytes.set(embedded.subarray(0, bytes.length - offset), offset);
      if (startLba !== undefined) {
        const wanted = Math.min(lengthBytes, bytes.length - offset);
        const blocks = new Uint8Array(this.blocksOf(wanted) * this.blockBytes);
        this.#readBlocks(startLba, blocks);
        bytes.set(blocks.subarray(0, wanted), offset);
      }
      offset += lengthBytes;
    }
    return bytes;
  }

  /** What a partition needs to find its own tables: a file's extents and content, by the address of its entry. */
  fileAt(
    lba: number,
    block: number,
    partition: Partition,
  ): { content: () => Uint8Array; extents: readonly VolumeExtent[] } {
    const before = this.partitions;
    this.partitions = [partition];
    try {
      const where = `block ${block}`;
      const bytes = this.#descriptorAt(lba, where, ENTRY_TAGS, block);
      // Its long descriptors name the partition by its number, which is not known yet and is that of the plain one.
      const icb = this.#parseIcb(bytes, { partition: 0, block }, where);
      return { content: () => this.content(icb, where), extents: icb.extents };
    } finally {
      this.partitions = before;
    }
  }

  /** The type of the file whose entry is in a sector; undefined if there is no sound entry. */
  fileTypeAt(lba: number): number | undefined {
    const sector = this.sectorAt(lba);
    const identifier = viewOf(sector).getUint16(0, true);
    const isEntry = identifier === TAG.fileEntry || identifier === TAG.extendedFileEntry;
    return isEntry && sector[TAG_FIELD.checksum] === tagChecksum(sector, 0) ? sector[27]! : undefined;
  }

  #partition(number: number): Partition {
    // While a partition's own tables are read there is only the plain one below it.
    const partition = this.partitions[this.partitions.length === 1 ? 0 : number];
    if (partition === undefined) throw new Damage(`there is no partition ${number}`);
    return partition;
  }

  /** The sector of a block. */
  lbaOf(at: Address): number {
    const startLba = this.#partition(at.partition).map(at.block, 1)?.[0]?.startLba;
    if (startLba === undefined) throw new Damage(`block ${at.block} is outside the partition`);
    return startLba;
  }

  /** A descriptor of a partition that must be one of these; its tag must say its block. */
  descriptorIn(at: Address, where: string, identifiers: readonly number[]): Uint8Array {
    return this.#descriptorAt(this.lbaOf(at), where, identifiers, at.block);
  }

  #descriptorAt(
    lba: number,
    where: string,
    identifiers: readonly number[],
    location: number,
    target?: Uint8Array,
  ): Uint8Array {
    const sector = this.sectorAt(lba, target);
    const found = sector[0]! | sector[1]! << 8;
    if (!identifiers.includes(found)) throw new Damage(`${where}: descriptor ${found} at LBA ${lba}`);
    this.checkTag(sector, 0, location, where);
    return sector;
  }

  /** Whether a descriptor's tag is sound; else problems say what is not. */
  checkTag(bytes: Uint8Array, offset: number, location: number, where: string, expected?: number): boolean {
    const view = viewOf(bytes);
    const before = this.problems.length;
    const identifier = view.getUint16(offset + TAG_FIELD.identifier, true);
    if (expected !== undefined && identifier !== expected) this.problems.push(`${where}: tag ${identifier}`);
    if (bytes[offset + TAG_FIELD.checksum] !== tagChecksum(bytes, offset)) {
      this.problems.push(`${where}: tag checksum`);
    }
    const version = view.getUint16(offset + TAG_FIELD.version, true);
    if (version !== 2 && version !== 3) this.problems.push(`${where}: tag version ${version}`);
    const crcEnd = offset + TAG_BYTES + view.getUint16(offset + TAG_FIELD.crcLength, true);
    if (
      crcEnd > bytes.length ||
      crc16(bytes, offset + TAG_BYTES, crcEnd) !== view.getUint16(offset + TAG_FIELD.crc, true)
    ) {
      this.problems.push(`${where}: CRC`);
    }
    const said = view.getUint32(offset + TAG_FIELD.location, true);
    if (said !== location) this.problems.push(`${where}: tag says block ${said}, expected ${location}`);
    if (this.problems.length > before) return false;
    const inUse = reservedInUse(bytes, offset, identifier);
    if (inUse !== undefined) this.notes.push(`${where}: byte ${inUse} is reserved, and not zero`);
    return true;
  }

  /** A block; a buffer may be given for those of which nothing is kept. */
  sectorAt(lba: number, target?: Uint8Array): Uint8Array {
    if (lba >= this.sizeBlocks) throw new Damage(`LBA ${lba} is outside the image`);
    const block = target ?? new Uint8Array(this.blockBytes);
    this.#readBlocks(lba, block);
    return block;
  }

  /** Blocks of any size out of sectors of 2048 bytes. */
  #readBlocks(startLba: number, target: Uint8Array): void {
    const start = this.inSectors(startLba);
    const count = target.length / SECTOR_BYTES;
    if (Number.isInteger(start) && Number.isInteger(count)) return this.#read(start, count, target);
    const first = Math.floor(start);
    const sectors = new Uint8Array((Math.ceil(start + count) - first) * SECTOR_BYTES);
    this.#read(first, sectors.length / SECTOR_BYTES, sectors);
    const lead = (start - first) * SECTOR_BYTES;
    target.set(sectors.subarray(lead, lead + target.length));
  }
}

/** Sectors as runs of neighbours. */
function runsOf(lbas: readonly number[], label: string): VolumeStructure[] {
  const runs: { startLba: number; lengthSectors: number; label: string }[] = [];
  for (const lba of [...lbas].sort((a, b) => a - b)) {
    const last = runs.at(-1);
    if (last !== undefined && lba < last.startLba + last.lengthSectors) continue;
    if (last !== undefined && lba === last.startLba + last.lengthSectors) last.lengthSectors++;
    else runs.push({ startLba: lba, lengthSectors: 1, label });
  }
  return runs;
}
