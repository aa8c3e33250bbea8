/** Reads the UDF volume of an image strictly: UDF 1.02 to 2.01 with one plain partition (ECMA-167 3rd edition). @module */
import { getLatin1, getUint64, getUtf16, SECTOR_BYTES, sectorsOf, viewOf } from "./binary.ts";
import { CHARACTERISTIC, crc16, TAG, TAG_BYTES, TAG_FIELD, tagChecksum } from "./udf_structures.ts";
import type { ReadSectors, Volume, VolumeEntry, VolumeExtent } from "./volumes.ts";

const EXTENDED_FILE_ENTRY = 266; // ECMA-167 4/14.17; UDF 2.00 and on
const EMBEDDED = 3; // ECMA-167 4/14.6.8: the content is where allocation descriptors would be

/** The UDF volume; undefined if the image has no UDF recognition sequence. */
export function readUdfVolume(read: ReadSectors, sizeSectors: number): Volume | undefined {
  if (!isRecognized(read, sizeSectors)) return undefined;
  const reader = new UdfVolumeReader(read, sizeSectors);
  try {
    reader.readVolume();
  } catch (error) {
    if (!(error instanceof Damage)) throw error;
    reader.problems.push(error.message);
  }
  return {
    fileSystem: "udf",
    volumeName: reader.volumeName,
    entries: reader.entries,
    problems: reader.problems,
  };
}

function isRecognized(read: ReadSectors, sizeSectors: number): boolean {
  const sector = new Uint8Array(SECTOR_BYTES);
  for (let lba = 16; lba < Math.min(sizeSectors, 16 + 64); lba++) {
    read(lba, 1, sector);
    const identifier = getLatin1(sector, 1, 6);
    if (identifier === "NSR02" || identifier === "NSR03") return true;
    if (!["CD001", "BEA01", "BOOT2", "CDW02"].includes(identifier)) return false;
  }
  return false;
}

/** What makes reading on senseless; the message becomes a problem. */
class Damage extends Error {}

interface Icb {
  readonly fileType: number;
  readonly sizeBytes: number;
  readonly modified: Date | undefined;
  readonly extents: readonly VolumeExtent[];
  readonly uniqueId: number;
  readonly linkCount: number;
}

interface Pending {
  readonly path: string;
  readonly block: number;
  readonly parentBlock: number;
}

class UdfVolumeReader {
  readonly problems: string[] = [];
  readonly entries: VolumeEntry[] = [];
  volumeName = "";
  readonly #read: ReadSectors;
  readonly #sizeSectors: number;
  #partitionLba = 0;
  #partitionSectors = 0;

  constructor(read: ReadSectors, sizeSectors: number) {
    this.#read = read;
    this.#sizeSectors = sizeSectors;
  }

  readVolume(): void {
    const anchor = this.#anchor();
    const view = viewOf(anchor);
    const main = this.#volumeSequence(view.getUint32(20, true), view.getUint32(16, true), "main");
    const reserve = this.#volumeSequence(view.getUint32(28, true), view.getUint32(24, true), "reserve");
    for (const [identifier, bytes] of main) {
      const other = reserve.get(identifier);
      if (
        other === undefined ||
        bytes.subarray(TAG_BYTES, 512).some((byte, at) => byte !== other[TAG_BYTES + at])
      ) {
        this.problems.push(
          `reserve volume descriptor sequence: descriptor ${identifier} differs from the main one`,
        );
      }
    }
    const sequence = main.has(TAG.logicalVolume) ? main : reserve;
    const partition = sequence.get(TAG.partition);
    const logical = sequence.get(TAG.logicalVolume);
    if (partition === undefined || logical === undefined) {
      throw new Damage("no partition or logical volume descriptor");
    }
    this.#takePartition(partition);
    const logicalView = viewOf(logical);
    this.volumeName = dstring(logical, 84, 128);
    const blockBytes = logicalView.getUint32(212, true);
    if (blockBytes !== SECTOR_BYTES) {
      throw new Damage(`logical blocks of ${blockBytes} bytes are not supported`);
    }
    if (logicalView.getUint32(268, true) !== 1 || logical[440] !== 1) {
      throw new Damage("partition maps other than one of type 1 are not supported");
    }
    const fileSet = this.#descriptorAt(this.#lbaOf(logicalView.getUint32(252, true)), "file set", [
      TAG.fileSet,
    ]);
    const counts = this.#walk(viewOf(fileSet).getUint32(404, true));
    this.#checkIntegrity(logicalView.getUint32(436, true), counts);
  }

  #anchor(): Uint8Array {
    let found: Uint8Array | undefined;
    let count = 0;
    for (const lba of [256, this.#sizeSectors - 1, this.#sizeSectors - 257]) {
      if (lba < 256 || lba >= this.#sizeSectors) continue;
      const sector = this.#sector(lba);
      if (viewOf(sector).getUint16(0, true) !== TAG.anchor) continue;
      if (!this.#checkTag(sector, 0, lba, `anchor at ${lba}`)) continue;
      found ??= sector;
      count++;
    }
    if (found === undefined) throw new Damage("no anchor at 256 nor at the end");
    if (count < 2) this.problems.push("only one anchor"); // UDF 2.2.3: two of three places
    return found;
  }

  #volumeSequence(lba: number, lengthBytes: number, label: string): Map<number, Uint8Array> {
    const found = new Map<number, Uint8Array>();
    const what = `${label} volume descriptor sequence`;
    if (lengthBytes < 16 * SECTOR_BYTES) {
      this.problems.push(`${what}: ${lengthBytes} bytes, expected 16 sectors`);
    }
    for (let at = lba; at < Math.min(lba + sectorsOf(lengthBytes), this.#sizeSectors); at++) {
      const sector = this.#sector(at);
      const identifier = viewOf(sector).getUint16(0, true);
      if (identifier === 0) break;
      if (!this.#checkTag(sector, 0, at, `${what}, LBA ${at}`)) continue;
      if (identifier === TAG.terminating) return found;
      const before = found.get(identifier);
      const isNewer = before === undefined ||
        viewOf(sector).getUint32(16, true) >= viewOf(before).getUint32(16, true);
      if (isNewer) found.set(identifier, sector);
    }
    this.problems.push(`${what}: no terminating descriptor`);
    return found;
  }

  #takePartition(descriptor: Uint8Array): void {
    const view = viewOf(descriptor);
    this.#partitionLba = view.getUint32(188, true);
    this.#partitionSectors = view.getUint32(192, true);
    if (this.#partitionLba + this.#partitionSectors > this.#sizeSectors) {
      this.problems.push(
        `partition: ends at ${this.#partitionLba + this.#partitionSectors}, outside the image`,
      );
    }
  }

  #walk(rootBlock: number): { files: number; directories: number; uniqueIdMax: number } {
    const pending: Pending[] = [{ path: "", block: rootBlock, parentBlock: rootBlock }];
    const seen = new Set<number>();
    const uniqueIds = new Set<number>();
    let files = 0;
    let uniqueIdMax = 0;
    for (let at = 0; at < pending.length; at++) {
      const directory = pending[at]!;
      if (seen.has(directory.block)) {
        this.problems.push(`${directory.path}: directory is in the tree twice`);
        continue;
      }
      seen.add(directory.block);
      const icb = this.#icb(directory.block, directory.path || "/");
      let subdirectories = 0;
      for (const { name, characteristics, block } of this.#identifiers(directory, icb)) {
        const path = `${directory.path}/${name}`;
        const child = this.#icb(block, path);
        const isDirectory = child.fileType === 4;
        if (isDirectory !== ((characteristics & CHARACTERISTIC.directory) !== 0)) {
          this.problems.push(`${path}: entry and identifier differ about being a directory`);
        }
        if (uniqueIds.has(child.uniqueId) || child.uniqueId < 16) {
          this.problems.push(`${path}: unique id ${child.uniqueId} is taken`);
        }
        uniqueIds.add(child.uniqueId);
        uniqueIdMax = Math.max(uniqueIdMax, child.uniqueId);
        if (isDirectory) {
          subdirectories++;
          pending.push({ path, block, parentBlock: directory.block });
        } else {
          files++;
          if (child.linkCount !== 1) this.problems.push(`${path}: link count ${child.linkCount}`);
        }
        if (!isDirectory && child.fileType !== 5) continue;
        this.entries.push({
          path,
          kind: isDirectory ? "directory" : "file",
          sizeBytes: child.sizeBytes,
          extents: child.extents,
          modified: child.modified,
          hidden: (characteristics & CHARACTERISTIC.hidden) !== 0,
        });
      }
      if (icb.linkCount !== Math.min(1 + subdirectories, 0xffff)) {
        this.problems.push(
          `${directory.path || "/"}: link count ${icb.linkCount}, has ${subdirectories} directories`,
        );
      }
    }
    return { files, directories: pending.length, uniqueIdMax };
  }

  /** File identifier descriptors of a directory, without the parent's and deleted ones. */
  #identifiers(directory: Pending, icb: Icb): { name: string; characteristics: number; block: number }[] {
    const where = directory.path || "/";
    const bytes = this.#content(icb);
    const view = viewOf(bytes);
    const first = icb.extents[0]?.startLba;
    const found: { name: string; characteristics: number; block: number }[] = [];
    for (let offset = 0; offset < bytes.length;) {
      if (offset + 38 > bytes.length) throw new Damage(`${where}: descriptor at ${offset} is cut`);
      const lengthId = bytes[offset + 19]!;
      const lengthUse = view.getUint16(offset + 36, true);
      const length = (38 + lengthUse + lengthId + 3) & ~3;
      if (offset + length > bytes.length) throw new Damage(`${where}: descriptor at ${offset} is cut`);
      const block = first === undefined
        ? directory.block
        : first - this.#partitionLba + Math.floor(offset / SECTOR_BYTES);
      this.#checkTag(bytes, offset, block, `${where}: descriptor at ${offset}`, TAG.fileIdentifier);
      const characteristics = bytes[offset + 18]!;
      const target = view.getUint32(offset + 24, true);
      if (characteristics & CHARACTERISTIC.parent) {
        if (offset !== 0) this.problems.push(`${where}: the parent's descriptor is not the first`);
        if (target !== directory.parentBlock) {
          this.problems.push(`${where}: the parent's address does not fit`);
        }
      } else if (!(characteristics & CHARACTERISTIC.deleted)) {
        const start = offset + 38 + lengthUse;
        found.push({
          name: this.#name(bytes, start, start + lengthId, where),
          characteristics,
          block: target,
        });
      }
      offset += length;
    }
    return found;
  }

  #name(bytes: Uint8Array, start: number, end: number, where: string): string {
    const text = compressedUnicode(bytes, start, end);
    if (text === undefined) this.problems.push(`${where}: a name with compression id ${bytes[start]}`);
    return text ?? "";
  }

  #icb(block: number, where: string): Icb {
    const bytes = this.#descriptorAt(this.#lbaOf(block), where, [TAG.fileEntry, EXTENDED_FILE_ENTRY], block);
    const view = viewOf(bytes);
    const isExtended = view.getUint16(0, true) === EXTENDED_FILE_ENTRY;
    const lengths = isExtended ? 208 : 168;
    const attributesBytes = view.getUint32(lengths, true);
    const start = lengths + 8 + attributesBytes;
    const end = start + view.getUint32(lengths + 4, true);
    if (end > SECTOR_BYTES) throw new Damage(`${where}: allocation descriptors end behind the block`);
    const sizeBytes = getUint64(view, 56);
    const flags = view.getUint16(34, true) & 7;
    const extents = flags === EMBEDDED
      ? [{ startLba: undefined, lengthBytes: end - start, bytes: bytes.slice(start, end) }]
      : this.#extents(bytes, start, end, flags === 0 ? 8 : 16, where);
    const allocated = extents.reduce((sum, extent) => sum + extent.lengthBytes, 0);
    if (allocated !== sizeBytes) {
      this.problems.push(`${where}: ${sizeBytes} bytes, but ${allocated} in its extents`);
    }
    const recorded = extents.reduce(
      (sum, one) => sum + (one.startLba === undefined ? 0 : sectorsOf(one.lengthBytes)),
      0,
    );
    const blocks = getUint64(view, isExtended ? 72 : 64);
    if (blocks !== recorded) this.problems.push(`${where}: ${blocks} blocks recorded, expected ${recorded}`);
    return {
      fileType: bytes[27]!,
      sizeBytes,
      modified: timestamp(bytes, isExtended ? 92 : 84),
      extents,
      uniqueId: getUint64(view, isExtended ? 200 : 160),
      linkCount: view.getUint16(48, true),
    };
  }

  #extents(bytes: Uint8Array, start: number, end: number, adBytes: number, where: string): VolumeExtent[] {
    const extents: VolumeExtent[] = [];
    let view = viewOf(bytes);
    let [at, stop] = [start, end];
    for (let chained = 0; at + adBytes <= stop;) {
      const word = view.getUint32(at, true);
      const block = view.getUint32(at + 4, true);
      const lengthBytes = word % 2 ** 30;
      const type = Math.floor(word / 2 ** 30);
      at += adBytes;
      if (lengthBytes === 0) break; // ECMA-167 4/12: ends the descriptors
      if (type === 3) {
        if (++chained > 100_000) throw new Damage(`${where}: endless chain of allocation descriptors`);
        const next = this.#descriptorAt(this.#lbaOf(block), where, [TAG.allocationExtent], block);
        view = viewOf(next);
        [at, stop] = [24, 24 + view.getUint32(20, true)];
        if (stop > SECTOR_BYTES) throw new Damage(`${where}: allocation descriptors end behind the block`);
        continue;
      }
      const startLba = type === 0 ? this.#lbaOf(block) : undefined;
      if (block + sectorsOf(lengthBytes) > this.#partitionSectors && type === 0) {
        this.problems.push(`${where}: extent at block ${block} ends outside the partition`);
        continue;
      }
      extents.push({ startLba, lengthBytes });
    }
    for (const extent of extents.slice(0, -1)) {
      if (extent.lengthBytes % SECTOR_BYTES !== 0) {
        this.problems.push(`${where}: an extent ends inside a block`);
      }
    }
    return extents;
  }

  #checkIntegrity(lba: number, counts: { files: number; directories: number; uniqueIdMax: number }): void {
    const what = "integrity descriptor";
    const view = viewOf(this.#descriptorAt(lba, what, [TAG.logicalVolumeIntegrity], lba));
    if (view.getUint32(28, true) !== 1) this.problems.push(`${what}: not closed`);
    if (getUint64(view, 40) <= counts.uniqueIdMax) this.problems.push(`${what}: next unique id is in use`);
    const size = view.getUint32(84, true);
    if (size !== this.#partitionSectors) this.problems.push(`${what}: partition of ${size} blocks`);
    const files = view.getUint32(120, true);
    const directories = view.getUint32(124, true);
    if (files !== counts.files || directories !== counts.directories) {
      const found = `${counts.files} files and ${counts.directories} directories`;
      this.problems.push(`${what}: ${files} files and ${directories} directories, found ${found}`);
    }
  }

  #content(icb: Icb): Uint8Array {
    if (icb.sizeBytes > this.#sizeSectors * SECTOR_BYTES) {
      throw new Damage("a directory is larger than the image");
    }
    const bytes = new Uint8Array(icb.sizeBytes);
    let offset = 0;
    for (const { startLba, lengthBytes, bytes: embedded } of icb.extents) {
      if (embedded !== undefined) bytes.set(embedded.subarray(0, bytes.length - offset), offset);
      if (startLba !== undefined) {
        const sectors = new Uint8Array(sectorsOf(lengthBytes) * SECTOR_BYTES);
        this.#read(startLba, sectors.length / SECTOR_BYTES, sectors);
        bytes.set(sectors.subarray(0, Math.min(lengthBytes, bytes.length - offset)), offset);
      }
      offset += lengthBytes;
    }
    return bytes;
  }

  #lbaOf(block: number): number {
    if (block >= this.#partitionSectors) throw new Damage(`block ${block} is outside the partition`);
    return this.#partitionLba + block;
  }

  /** A descriptor that must be one of these; `location` is what its tag must say, if that is not 0. */
  #descriptorAt(lba: number, where: string, identifiers: readonly number[], location?: number): Uint8Array {
    const sector = this.#sector(lba);
    const found = viewOf(sector).getUint16(0, true);
    if (!identifiers.includes(found)) throw new Damage(`${where}: descriptor ${found} at LBA ${lba}`);
    this.#checkTag(sector, 0, location ?? lba - this.#partitionLba, where);
    return sector;
  }

  #checkTag(bytes: Uint8Array, offset: number, location: number, where: string, expected?: number): boolean {
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
    return this.problems.length === before;
  }

  #sector(lba: number): Uint8Array {
    if (lba >= this.#sizeSectors) throw new Damage(`LBA ${lba} is outside the image`);
    const sector = new Uint8Array(SECTOR_BYTES);
    this.#read(lba, 1, sector);
    return sector;
  }
}

function compressedUnicode(bytes: Uint8Array, start: number, end: number): string | undefined {
  if (start >= end) return "";
  if (bytes[start] === 8) return getLatin1(bytes, start + 1, end);
  return bytes[start] === 16 ? getUtf16(bytes, start + 1, end) : undefined;
}

function dstring(bytes: Uint8Array, offset: number, fieldBytes: number): string {
  const used = Math.min(bytes[offset + fieldBytes - 1]!, fieldBytes - 1);
  return compressedUnicode(bytes, offset, offset + used) ?? "";
}

function timestamp(bytes: Uint8Array, offset: number): Date | undefined {
  const view = viewOf(bytes);
  const zone = view.getUint16(offset, true) << 20 >> 20; // 12 bits with sign
  const minutes = zone === -2047 ? 0 : zone; // not specified: taken as UTC
  if (bytes[offset + 4] === 0) return undefined;
  const date = new Date(0);
  date.setUTCFullYear(view.getInt16(offset + 2, true), bytes[offset + 4]! - 1, bytes[offset + 5]);
  const ms = bytes[offset + 9]! * 10 + Math.floor(bytes[offset + 10]! / 10);
  date.setUTCHours(bytes[offset + 6]!, bytes[offset + 7]! - minutes, bytes[offset + 8], ms);
  return date;
}
