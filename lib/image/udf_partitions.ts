/**
 * Partitions of UDF: how a block of one becomes sectors of the image.
 *
 * A plain partition (type 1) is a run of sectors. The others lie over a plain one: a virtual partition looks its blocks up
 * in a table that is appended with each session (UDF 2.2.8, 2.2.11), a sparable one has replaced packets (2.2.9, 2.2.12),
 * and a metadata partition's blocks are those of a file (2.2.10, 2.2.13).
 *
 * @module
 */
import { getLatin1, viewOf } from "./binary.ts";
import type { VolumeExtent, VolumeStructure } from "./volumes.ts";

/** What makes reading on senseless; the message becomes a problem. */
export class Damage extends Error {}

/** A run of sectors. */
export interface Run {
  readonly startLba: number;
  readonly lengthSectors: number;
}

/** One partition, by its map. */
export interface Partition {
  /** The sectors of blocks, in their order; undefined if not all of them are in the partition. */
  map(block: number, count: number): Run[] | undefined;
  /** The end of the sectors that it can be in. */
  readonly endLba: number;
  /** Its length; undefined where the integrity descriptor does not say it. */
  readonly lengthBlocks: number | undefined;
  readonly isVirtual: boolean;
}

/** What opening partitions needs of the reader. */
export interface PartitionHost {
  readonly sizeBlocks: number;
  readonly blockBytes: number;
  /** How many blocks so many bytes take. */
  blocksOf(bytes: number): number;
  /** Content and places of the file whose entry is in a sector. */
  fileAt(lba: number, block: number, partition: Partition): {
    content: () => Uint8Array;
    extents: readonly VolumeExtent[];
  };
  /** The type of the file whose entry is in a sector; undefined if there is none. */
  fileTypeAt(lba: number): number | undefined;
  sectorAt(lba: number): Uint8Array;
  readonly problems: { push(problem: string): void };
  readonly structures: { push(structure: VolumeStructure): void };
  /** Whether a copy is compared with what it is of. */
  readonly comparesCopies: boolean;
}

const MAPS_START = 440; // ECMA-167 3/10.6: partition maps of the logical volume descriptor
const VAT_FILE_TYPE = 248; // UDF 2.2.11; UDF 1.50 has type 0 instead
const VAT_SEARCH_SECTORS = 400; // it is the last block written; run-out and padding may follow
const UNWRITTEN_SECTORS_MAX = 2 ** 19; // an image file may have the length of the disc, not of what is written
const UNUSED = 0xffff_ffff;

/** Opens the partitions that a logical volume descriptor maps, in the order of their reference numbers. */
export function openPartitions(
  host: PartitionHost,
  logical: Uint8Array,
  descriptors: readonly Uint8Array[],
): Partition[] {
  const view = viewOf(logical);
  const count = view.getUint32(268, true);
  const end = Math.min(MAPS_START + view.getUint32(264, true), host.blockBytes);
  const partitions: Partition[] = [];
  for (let at = MAPS_START, index = 0; index < count && at + 2 <= end; index++) {
    const length = logical[at + 1]!;
    if (length < 6 || at + length > end) throw new Damage(`partition map ${index} has ${length} bytes`);
    partitions.push(openPartition(host, logical.subarray(at, at + length), descriptors));
    at += length;
  }
  if (partitions.length === 0 || partitions.length !== count) {
    throw new Damage(`${count} partition maps, found ${partitions.length}`);
  }
  return partitions;
}

function openPartition(
  host: PartitionHost,
  map: Uint8Array,
  descriptors: readonly Uint8Array[],
): Partition {
  const view = viewOf(map);
  if (map[0] === 1) return plainPartition(host, view.getUint16(4, true), descriptors);
  if (map[0] !== 2 || map.length < 64) throw new Damage(`partition maps of type ${map[0]} are not supported`);
  const plain = plainPartition(host, view.getUint16(38, true), descriptors);
  const name = getLatin1(map, 5, 28).replace(/\0+$/, "");
  if (name === "*UDF Virtual Partition") return virtualPartition(host, plain);
  if (name === "*UDF Sparable Partition") return sparablePartition(host, plain, map);
  if (name === "*UDF Metadata Partition") return metadataPartition(host, plain, map);
  throw new Damage(`partition maps "${name}" are not supported`);
}

interface PlainPartition extends Partition {
  readonly startLba: number;
  readonly lengthBlocks: number;
}

function plainPartition(
  host: PartitionHost,
  number: number,
  descriptors: readonly Uint8Array[],
): PlainPartition {
  const descriptor = descriptors.find((bytes) => viewOf(bytes).getUint16(22, true) === number);
  if (descriptor === undefined) throw new Damage(`there is no descriptor of partition ${number}`);
  const view = viewOf(descriptor);
  const startLba = view.getUint32(188, true);
  const lengthBlocks = view.getUint32(192, true);
  return {
    startLba,
    lengthBlocks,
    endLba: startLba + lengthBlocks,
    isVirtual: false,
    map: (block, count) =>
      block + count <= lengthBlocks && startLba + block + count <= host.sizeBlocks
        ? [{ startLba: startLba + block, lengthSectors: count }]
        : undefined,
  };
}

/** UDF 2.2.8: blocks are numbers of entries of the virtual allocation table, the file that was written last. */
function virtualPartition(host: PartitionHost, plain: PlainPartition): Partition {
  const lba = findVat(host, plain);
  const content = host.fileAt(lba, lba - plain.startLba, plain).content();
  const view = viewOf(content);
  let [start, end] = [0, content.length];
  if (host.fileTypeAt(lba) === VAT_FILE_TYPE) {
    if (content.length < 152) throw new Damage("the virtual allocation table is too short"); // UDF 2.2.11
    start = view.getUint16(0, true);
  } else end -= 36; // UDF 1.50 2.2.10: the entity identifier and the previous table's address end it
  const count = Math.max(0, Math.floor((end - start) / 4));
  return {
    lengthBlocks: undefined,
    endLba: plain.endLba,
    isVirtual: true,
    map: (block, blocks) => {
      const runs: Run[] = [];
      if (block + blocks > count) return undefined;
      for (let at = block; at < block + blocks; at++) {
        const target = view.getUint32(start + 4 * at, true);
        const run = target === UNUSED ? undefined : plain.map(target, 1);
        if (run === undefined) return undefined;
        addRun(runs, run[0]!);
      }
      return runs;
    },
  };
}

function findVat(host: PartitionHost, plain: PlainPartition): number {
  let lba = host.sizeBlocks - 1;
  const lastZero = Math.max(plain.startLba, lba - UNWRITTEN_SECTORS_MAX);
  while (lba > lastZero && host.sectorAt(lba).every((byte) => byte === 0)) lba--;
  for (const last = lba; lba > Math.max(plain.startLba - 1, last - VAT_SEARCH_SECTORS); lba--) {
    const type = host.fileTypeAt(lba);
    if (type === VAT_FILE_TYPE || type === 0) return lba;
  }
  throw new Damage("there is no virtual allocation table at the end of the image");
}

/** UDF 2.2.9: packets that went bad lie elsewhere, as a sparing table says. */
function sparablePartition(host: PartitionHost, plain: PlainPartition, map: Uint8Array): Partition {
  const view = viewOf(map);
  const packetBlocks = Math.max(1, view.getUint16(40, true));
  const tables = Math.min(4, map[42]!);
  const replaced = new Map<number, number>(); // by the packet's first block: its sector
  for (let index = 0; index < tables; index++) {
    const lba = view.getUint32(48 + 4 * index, true);
    if (lba >= host.sizeBlocks) continue;
    if (readSparingTable(host, lba, view.getUint32(44, true), replaced)) break;
    if (index === tables - 1) host.problems.push("there is no sound sparing table");
  }
  const { startLba, lengthBlocks, endLba } = plain;
  return {
    lengthBlocks,
    endLba,
    isVirtual: false,
    map: (block, count) => {
      const whole = plain.map(block, count);
      if (whole === undefined || replaced.size === 0) return whole;
      const runs: Run[] = [];
      for (let at = block; at < block + count;) {
        const packet = at - at % packetBlocks;
        const lengthSectors = Math.min(block + count, packet + packetBlocks) - at;
        const target = replaced.get(packet) ?? startLba + packet;
        addRun(runs, { startLba: target + at - packet, lengthSectors });
        at += lengthSectors;
      }
      return runs.every((run) => run.startLba + run.lengthSectors <= host.sizeBlocks) ? runs : undefined;
    },
  };
}

function readSparingTable(
  host: PartitionHost,
  lba: number,
  sizeBytes: number,
  replaced: Map<number, number>,
): boolean {
  const first = host.sectorAt(lba);
  if (!getLatin1(first, 17, 40).startsWith("*UDF Sparing Table")) return false; // UDF 2.2.12
  const count = viewOf(first).getUint16(48, true);
  const entriesEnd = Math.min(56 + 8 * count, Math.max(sizeBytes, host.blockBytes));
  const lastLba = Math.min(lba + host.blocksOf(entriesEnd), host.sizeBlocks);
  const bytes = new Uint8Array((lastLba - lba) * host.blockBytes);
  for (let at = lba; at < lastLba; at++) bytes.set(host.sectorAt(at), (at - lba) * host.blockBytes);
  const view = viewOf(bytes);
  for (let at = 56; at + 8 <= Math.min(entriesEnd, bytes.length); at += 8) {
    const original = view.getUint32(at, true);
    if (original < 0xffff_fff0) replaced.set(original, view.getUint32(at + 4, true)); // those above are spare ones
  }
  return true;
}

/** UDF 2.2.10: blocks are those of the metadata file; its mirror has the same. */
function metadataPartition(host: PartitionHost, plain: PlainPartition, map: Uint8Array): Partition {
  const view = viewOf(map);
  const [main, mirror] = [view.getUint32(40, true), view.getUint32(44, true)];
  let places: { startBlock: number; startLba: number | undefined; blocks: number }[] | undefined;
  const files: (readonly VolumeExtent[])[] = [];
  for (const block of [main, mirror]) {
    try {
      if (block >= plain.lengthBlocks) throw new Damage(`metadata file at block ${block}`);
      const startLba = plain.startLba + block;
      const { extents } = host.fileAt(startLba, block, plain);
      const label = `UDF metadata ${block === main ? "" : "mirror "}file`;
      host.structures.push({ startLba, lengthSectors: 1, label });
      files.push(extents);
      let startBlock = 0;
      places ??= extents.map(({ startLba, lengthBytes }) => {
        const place = { startBlock, startLba, blocks: host.blocksOf(lengthBytes) };
        startBlock += place.blocks;
        return place;
      });
    } catch (error) {
      if (!(error instanceof Damage)) throw error;
      host.problems.push(`metadata ${block === main ? "file" : "mirror file"}: ${error.message}`);
    }
  }
  if (places === undefined) throw new Damage("there is neither a metadata file nor its mirror");
  if (files.length === 2 && (map[58]! & 1) !== 0) checkCopy(host, files[0]!, files[1]!); // UDF 2.2.10: duplicate metadata
  const found = places;
  return {
    lengthBlocks: undefined,
    endLba: plain.endLba,
    isVirtual: false,
    map: (block, count) => {
      const runs: Run[] = [];
      let left = count;
      for (const { startBlock, startLba, blocks } of found) {
        if (left === 0 || block < startBlock || block >= startBlock + blocks) continue;
        const lengthSectors = Math.min(left, startBlock + blocks - block);
        if (startLba === undefined) return undefined;
        addRun(runs, { startLba: startLba + block - startBlock, lengthSectors });
        block += lengthSectors;
        left -= lengthSectors;
      }
      return left === 0 ? runs : undefined;
    },
  };
}

/** The mirror's own copy has the bytes of the metadata file (UDF 2.2.13). */
function checkCopy(host: PartitionHost, main: readonly VolumeExtent[], copy: readonly VolumeExtent[]): void {
  for (const { startLba, lengthBytes } of copy) {
    if (startLba === undefined || lengthBytes === 0) continue;
    host.structures.push({
      startLba,
      lengthSectors: host.blocksOf(lengthBytes),
      label: "UDF metadata, copy",
    });
  }
  const sectorsIn = (extents: readonly VolumeExtent[]): number =>
    extents.reduce((sum, one) => sum + host.blocksOf(one.lengthBytes), 0);
  if (sectorsIn(main) !== sectorsIn(copy)) {
    return host.problems.push(`metadata: ${sectorsIn(main)} blocks, and ${sectorsIn(copy)} in the copy`);
  }
  if (sectorsIn(main) > host.sizeBlocks) return host.problems.push("metadata: more than the image has");
  if (!host.comparesCopies) return;
  const copies = lbasOf(host, copy);
  for (const lba of lbasOf(host, main)) {
    const other = copies.next().value as number | undefined;
    if (lba === undefined || other === undefined) continue; // a hole
    const bytes = host.sectorAt(lba);
    if (host.sectorAt(other).every((byte, at) => byte === bytes[at])) continue;
    host.problems.push(`metadata: the copy at LBA ${other} differs from LBA ${lba}`);
  }
}

/** The sectors of extents one by one; undefined for those of a hole. */
function* lbasOf(host: PartitionHost, extents: readonly VolumeExtent[]): Generator<number | undefined> {
  for (const { startLba, lengthBytes } of extents) {
    for (let index = 0; index < host.blocksOf(lengthBytes); index++) {
      yield startLba === undefined ? undefined : startLba + index;
    }
  }
}

function addRun(runs: Run[], run: Run): void {
  const last = runs.at(-1);
  if (last !== undefined && last.startLba + last.lengthSectors === run.startLba) {
    runs[runs.length - 1] = {
      startLba: last.startLba,
      lengthSectors: last.lengthSectors + run.lengthSectors,
    };
  } else runs.push(run);
}
