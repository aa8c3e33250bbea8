/**
 * Reads the UDF volume of an image strictly: revisions 1.02 to 2.60 (ECMA-167 3rd edition), on plain, virtual, sparable and
 * metadata partitions.
 *
 * Whatever breaks the standard is said, and what can be read in spite of it is. Work is bounded by the image's size: a
 * directory is read once, all of them together may be no larger than the image, and chains have an end.
 *
 * @module
 */
import { getLatin1, getUint64, SECTOR_BYTES, viewOf } from "./binary.ts";
import type { ProblemList } from "./problem_list.ts";
import { firstInUse, RECOGNITION_RESERVED } from "./reserved.ts";
import { ATTRIBUTES_BYTES_MAX, ATTRIBUTES_IDENTIFIER, parseAttributes } from "./udf_attributes.ts";
import { type Address, type Icb, UdfBlocks } from "./udf_blocks.ts";
import { getCompressedUnicode, getDstring, getTimestamp } from "./udf_fields.ts";
import { Damage, openPartitions } from "./udf_partitions.ts";
import { CHARACTERISTIC, FILE_TYPE, TAG, TAG_BYTES } from "./udf_structures.ts";
import {
  partOfPath,
  type ReadSectors,
  type Volume,
  type VolumeEntry,
  type VolumeStream,
  type VolumeStructure,
} from "./volumes.ts";

const DEPTH_MAX = 1000; // paths of thousands of names can be written by nothing, and would cost their square in memory
const LINK_BYTES_MAX = 65_536; // far more than any system takes; each link would cost as much as the image otherwise

/** The UDF volume; undefined if the image has no UDF recognition sequence. */
export function readUdfVolume(
  read: ReadSectors,
  sizeSectors: number,
  { comparesCopies = false }: { comparesCopies?: boolean | undefined } = {},
): Volume | undefined {
  const recognition = findRecognition(read, sizeSectors);
  if (!recognition.some(({ identifier }) => identifier.startsWith("NSR"))) return undefined;
  const reader = new UdfVolumeReader(
    new UdfBlocks(read, { sizeSectors, blockBytes: findBlockBytes(read, sizeSectors), comparesCopies }),
  );
  for (const { lba, reservedInUse } of recognition) {
    reader.recognitionLbas.push(lba);
    if (reservedInUse === undefined) continue;
    reader.notes.push(`recognition sequence, LBA ${lba}: byte ${reservedInUse} is reserved, and not zero`);
  }
  // ECMA-167 2/8.3.1: the extended area begins and ends with a descriptor of its own.
  for (const [wanted, found] of [["BEA01", recognition[0]], ["TEA01", recognition.at(-1)]] as const) {
    if (found?.identifier !== wanted) reader.problems.push(`recognition sequence: no ${wanted}`);
  }
  try {
    reader.readVolume();
  } catch (error) {
    if (!(error instanceof Damage)) throw error;
    reader.problems.push(error.message);
  }
  return reader.volume();
}

interface Recognition {
  readonly lba: number;
  readonly identifier: string;
  readonly reservedInUse: number | undefined;
}

/** What the volume recognition sequence has beside the descriptors of ISO 9660 (ECMA-167 2/8). */
function findRecognition(read: ReadSectors, sizeSectors: number): Recognition[] {
  const found: Recognition[] = [];
  const sector = new Uint8Array(SECTOR_BYTES);
  let step = 1;
  for (let lba = 16; lba < Math.min(sizeSectors, 16 + 64); lba += step) {
    read(lba, 1, sector);
    const identifier = getLatin1(sector, 1, 6);
    if (identifier === "CD001") continue;
    // Where sectors have 4096 bytes, each of them holds one descriptor (ECMA-167 2/8.3).
    if (lba === 17 && found.length === 1 && identifier === "\0\0\0\0\0") {
      [lba, step] = [16, 2];
      continue;
    }
    if (!["NSR02", "NSR03", "BEA01", "BOOT2", "CDW02", "TEA01"].includes(identifier)) break;
    found.push({ lba, identifier, reservedInUse: firstInUse(sector, 0, RECOGNITION_RESERVED) });
    if (identifier === "TEA01") break;
  }
  return found;
}

/** The length of blocks: hard disks and memory sticks have other sectors, and the anchor at the 256th of them says so. */
function findBlockBytes(read: ReadSectors, sizeSectors: number): number {
  const sector = new Uint8Array(SECTOR_BYTES);
  const view = viewOf(sector);
  const isAnchor = (bytes: number): boolean => {
    const lba = 256 * bytes / SECTOR_BYTES;
    if (lba >= sizeSectors) return false;
    read(lba, 1, sector);
    return view.getUint16(0, true) === TAG.anchor && view.getUint32(12, true) === 256;
  };
  return [SECTOR_BYTES, 512, 1024, 4096].find(isAnchor) ?? SECTOR_BYTES;
}

/** Where two copies of a descriptor differ behind their tags, which name their places; all places if there is no copy. */
function differingBytes(bytes: Uint8Array, other: Uint8Array | undefined): number[] {
  const places = Array.from({ length: 512 - TAG_BYTES }, (_, at) => TAG_BYTES + at);
  return places.filter((at) => bytes[at] !== other?.[at]);
}

/** What is known of an entry by its name alone. */
function damagedEntry(path: string, characteristics: number): VolumeEntry {
  return {
    path,
    kind: characteristics & CHARACTERISTIC.directory ? "directory" : "file",
    sizeBytes: 0,
    extents: [],
    modified: undefined,
    hidden: (characteristics & CHARACTERISTIC.hidden) !== 0,
    unreadable: "damaged",
  };
}

interface Pending {
  readonly path: string;
  readonly at: Address;
  readonly parent: Address;
  readonly depth: number;
  /** Whether it holds the named streams of something. */
  readonly isOfStreams?: boolean;
}

interface Counts {
  readonly files: number;
  readonly directories: number;
  readonly uniqueIdMax: number;
}

class UdfVolumeReader {
  readonly problems: ProblemList;
  readonly notes: ProblemList;
  readonly entries: VolumeEntry[] = [];
  /** Where the recognition sequence lies, in sectors of 2048 bytes; all else here counts in blocks. */
  readonly recognitionLbas: number[] = [];
  readonly structures: VolumeStructure[];
  readonly sizeBlocks: number;
  readonly #blocks: UdfBlocks;
  #volumeName = "";
  #revision: string | undefined;
  #created: Date | undefined;
  readonly #texts: { [name: string]: string } = {};
  readonly #anchorLbas = new Set<number>();
  /** How often each file is named, by its address. */
  readonly #names = new Map<number, { count: number; icb: Icb; path: string }>();

  constructor(blocks: UdfBlocks) {
    this.#blocks = blocks;
    this.problems = blocks.problems;
    this.notes = blocks.notes;
    this.structures = blocks.structures;
    this.sizeBlocks = blocks.sizeBlocks;
  }

  volume(): Volume {
    const { problems, entries } = this;
    const { blockBytes, partitions } = this.#blocks;
    const recognition = this.recognitionLbas.map((startLba) => ({
      startLba,
      lengthSectors: 1,
      label: "UDF recognition",
    }));
    const structures = [...this.structures, ...this.#blocks.entryRuns()].map((one) => ({
      ...one,
      startLba: this.#blocks.inSectors(one.startLba),
      lengthSectors: this.#blocks.inSectors(one.lengthSectors),
    }));
    return {
      fileSystem: "udf",
      volumeName: this.#volumeName,
      entries,
      problems: problems.list,
      notes: this.notes.list,
      structures: [...recognition, ...structures],
      sizeSectors: this.#blocks.inSectors(partitions.reduce((end, one) => Math.max(end, one.endLba), 0)),
      ...(blockBytes === SECTOR_BYTES ? {} : { blockBytes }),
      created: this.#created,
      texts: this.#texts,
      ...(this.#revision === undefined ? {} : { revision: this.#revision }),
    };
  }

  readVolume(): void {
    const view = viewOf(this.#anchor());
    const main = this.#volumeSequence(view.getUint32(20, true), view.getUint32(16, true), "main");
    const reserve = this.#volumeSequence(view.getUint32(28, true), view.getUint32(24, true), "reserve");
    for (const [key, bytes] of main) {
      const differing = differingBytes(bytes, reserve.get(key));
      if (differing.length === 0) continue;
      const what = `descriptor ${viewOf(bytes).getUint16(0, true)} differs from the main one`;
      // genisoimage gives each a volume set identifier of its own; nobody compares them (ECMA-167 3/10.1.9).
      const isName = key === `${TAG.primaryVolume}` && differing.every((at) => at >= 72 && at < 72 + 128);
      (isName ? this.notes : this.problems).push(`reserve volume descriptor sequence: ${what}`);
    }
    const isWhole = (one: Map<string, Uint8Array>): boolean =>
      one.has(`${TAG.logicalVolume}`) && [...one.keys()].some((key) => key.startsWith(`${TAG.partition}/`));
    const sequence = isWhole(main) ? main : reserve;
    const logical = sequence.get(`${TAG.logicalVolume}`);
    if (!isWhole(sequence) || logical === undefined) {
      throw new Damage("no partition or logical volume descriptor");
    }
    const primary = sequence.get(`${TAG.primaryVolume}`);
    if (primary !== undefined) this.#takePrimary(primary);
    const logicalView = viewOf(logical);
    this.#volumeName = getDstring(logical, 84, 128);
    const revision = logicalView.getUint16(240, true); // UDF 2.1.5.3: the suffix of the domain
    const digits = revision.toString(16).padStart(3, "0");
    if (revision !== 0) this.#revision = `${digits.slice(0, -2)}.${digits.slice(-2)}`;
    const blockBytes = logicalView.getUint32(212, true);
    if (blockBytes !== this.#blocks.blockBytes) {
      throw new Damage(
        `logical blocks of ${blockBytes} bytes in sectors of ${this.#blocks.blockBytes} are not supported`,
      );
    }
    const descriptors = [...sequence].filter(([key]) => key.startsWith(`${TAG.partition}/`));
    this.#blocks.partitions = openPartitions(this.#blocks, logical, descriptors.map(([, bytes]) => bytes));
    // One that is written on and on ends where its disc does, and its image where it was written so far.
    const isGrowing = this.#blocks.partitions.some((one) => one.isVirtual);
    for (const { endLba } of this.#blocks.partitions) {
      if (endLba <= this.sizeBlocks || isGrowing) continue;
      this.problems.push(`partition: ends at ${endLba}, outside the image`);
    }
    // A burner may have padded the disc behind the image: its last anchor then follows the partition.
    for (const { endLba } of this.#blocks.partitions) {
      this.#anchorAt(endLba);
    }
    // UDF 2.2.3: two of three places, but one is enough on a disc that is written on and on.
    if (this.#anchorLbas.size < 2 && !isGrowing) this.problems.push("only one anchor");
    const fileSetAt = {
      block: logicalView.getUint32(252, true),
      partition: logicalView.getUint16(256, true),
    };
    const fileSet = this.#blocks.descriptorIn(fileSetAt, "file set", [TAG.fileSet]);
    this.structures.push({
      startLba: this.#blocks.lbaOf(fileSetAt),
      lengthSectors: 1,
      label: "UDF file set",
    });
    const fileSetView = viewOf(fileSet);
    const counts = this.#walk({
      block: fileSetView.getUint32(404, true),
      partition: fileSetView.getUint16(408, true),
    });
    this.#checkNames();
    this.#checkIntegrity(logicalView.getUint32(436, true), logicalView.getUint32(432, true), counts);
  }

  #anchor(): Uint8Array {
    let found: Uint8Array | undefined;
    for (const lba of new Set([256, this.sizeBlocks - 1, this.sizeBlocks - 257])) {
      const sector = this.#anchorAt(lba);
      found ??= sector;
    }
    if (found !== undefined) return found;
    throw new Damage("no anchor at 256 nor at the end");
  }

  #anchorAt(lba: number): Uint8Array | undefined {
    if (lba < 256 || lba >= this.sizeBlocks || this.#anchorLbas.has(lba)) return undefined;
    const sector = this.#blocks.sectorAt(lba);
    if (viewOf(sector).getUint16(0, true) !== TAG.anchor) return undefined;
    if (!this.#blocks.checkTag(sector, 0, lba, `anchor at ${lba}`)) return undefined;
    this.#anchorLbas.add(lba);
    this.structures.push({ startLba: lba, lengthSectors: 1, label: "UDF anchor" });
    return sector;
  }

  #volumeSequence(lba: number, lengthBytes: number, label: string): Map<string, Uint8Array> {
    const found = new Map<string, Uint8Array>();
    const what = `${label} volume descriptor sequence`;
    if (lengthBytes < 16 * this.#blocks.blockBytes) {
      this.problems.push(`${what}: ${lengthBytes} bytes, expected 16 sectors`);
    }
    const endLba = Math.min(lba + this.#blocks.blocksOf(lengthBytes), this.sizeBlocks, lba + SEQUENCE_MAX);
    if (lba < endLba) {
      this.structures.push({ startLba: lba, lengthSectors: endLba - lba, label: `UDF ${what}` });
    }
    for (let at = lba; at < endLba; at++) {
      const sector = this.#blocks.sectorAt(at);
      const view = viewOf(sector);
      const identifier = view.getUint16(0, true);
      if (identifier === 0) break;
      if (!this.#blocks.checkTag(sector, 0, at, `${what}, LBA ${at}`)) continue;
      if (identifier === TAG.terminating) return found;
      const key = identifier === TAG.partition
        ? `${identifier}/${view.getUint16(22, true)}`
        : `${identifier}`;
      const before = found.get(key);
      const isNewer = before === undefined || view.getUint32(16, true) >= viewOf(before).getUint32(16, true);
      if (isNewer) found.set(key, sector);
    }
    this.problems.push(`${what}: no terminating descriptor`);
    return found;
  }

  #takePrimary(bytes: Uint8Array): void {
    this.#created = getTimestamp(bytes, 376);
    const fields = [["volumeSetId", getDstring(bytes, 72, 128)], [
      "applicationId",
      getLatin1(bytes, 345, 368).replace(/[ \0]+$/, ""),
    ]] as const;
    for (const [name, text] of fields) if (text !== "") this.#texts[name] = text;
  }

  #walk(root: Address): Counts {
    const pending: Pending[] = [{ path: "", at: root, parent: root, depth: 0 }];
    const seen = new Set<number>();
    const uniqueIds = new Map<number, number>();
    const counts = { files: 0, directories: 0, uniqueIdMax: 0 };
    for (const directory of pending) {
      const where = directory.path || "/";
      if (seen.has(keyOf(directory.at))) {
        this.problems.push(`${where}: directory is in the tree twice`);
        continue;
      }
      seen.add(keyOf(directory.at));
      counts.directories++;
      this.#attempt(where, () => {
        const icb = this.#blocks.icb(directory.at, where);
        const subdirectories = this.#readDirectory(directory, icb, { pending, uniqueIds, counts });
        if (icb.linkCount !== Math.min(1 + subdirectories, 0xffff)) {
          this.problems.push(`${where}: link count ${icb.linkCount}, has ${subdirectories} directories`);
        }
      });
    }
    return counts;
  }

  /** Adds a directory's entries; returns how many directories are among them. */
  #readDirectory(
    directory: Pending,
    icb: Icb,
    state: {
      pending: Pending[];
      uniqueIds: Map<number, number>;
      counts: { files: number; uniqueIdMax: number };
    },
  ): number {
    let subdirectories = 0;
    const { pending, uniqueIds, counts } = state;
    for (const { name, characteristics, at } of this.#identifiers(directory, icb)) {
      const path = `${directory.path}/${name}`;
      const isReadable = this.#attempt(path, () => {
        const child = this.#blocks.icb(at, path);
        if (child.isDirectory !== ((characteristics & CHARACTERISTIC.directory) !== 0)) {
          this.problems.push(`${path}: entry and identifier differ about being a directory`);
        }
        const key = keyOf(at);
        if ((uniqueIds.get(child.uniqueId) ?? key) !== key || child.uniqueId < 16) {
          this.problems.push(`${path}: unique id ${child.uniqueId} is taken`);
        }
        uniqueIds.set(child.uniqueId, key);
        counts.uniqueIdMax = Math.max(counts.uniqueIdMax, child.uniqueId);
        if (child.isDirectory) {
          subdirectories++;
          if (directory.depth < DEPTH_MAX) {
            pending.push({ path, at, parent: directory.at, depth: directory.depth + 1 });
          } else this.problems.push(`${path.slice(0, 100)}…: more than ${DEPTH_MAX} directories deep`);
        } else {
          counts.files++;
          const named = this.#names.get(key);
          if (named === undefined) this.#names.set(key, { count: 1, icb: child, path });
          else named.count++;
        }
        const entry = this.#entryOf(path, child, (characteristics & CHARACTERISTIC.hidden) !== 0);
        const { streams, attributes } = this.#streamsOf(path, child, at);
        this.entries.push(
          streams.length === 0 && attributes === undefined ? entry : {
            ...entry,
            ...(streams.length === 0 ? {} : { streams }),
            ...(attributes === undefined ? {} : { attributes }),
          },
        );
      });
      if (!isReadable) this.entries.push(damagedEntry(path, characteristics));
    }
    return subdirectories;
  }

  #entryOf(path: string, icb: Icb, hidden: boolean): VolumeEntry {
    const { kind, sizeBytes, extents, isCut, modified, accessed, created, posix } = icb;
    const hasContent = kind === "file" || kind === "directory";
    return {
      path,
      kind,
      sizeBytes: hasContent ? sizeBytes : 0,
      extents: hasContent ? extents.map((one) => this.#blocks.extentOf(one)) : [],
      modified,
      hidden,
      ...(kind === "symlink" ? { target: isCut ? "" : this.#linkTarget(icb, path) } : {}),
      ...(created === undefined ? {} : { created }),
      ...(accessed === undefined ? {} : { accessed }),
      posix,
      ...(isCut ? { unreadable: "not all in the image" } : {}),
    };
  }

  /**
   * Named streams (UDF 3.3.5), and extended attributes, which are one of them from 2.00 on; what is damaged of them leaves
   * the file itself as it is.
   */
  #streamsOf(
    path: string,
    owner: Icb,
    ownerAt: Address,
  ): { streams: VolumeStream[]; attributes: ReadonlyMap<string, Uint8Array> | undefined } {
    const at = owner.streamDirectory;
    const streams: VolumeStream[] = [];
    let { attributes } = owner;
    if (at === undefined) return { streams, attributes };
    const where = `${path}, streams`;
    this.#attempt(where, () => {
      const icb = this.#blocks.icb(at, where);
      if (icb.fileType !== FILE_TYPE.streamDirectory) this.problems.push(`${where}: type ${icb.fileType}`);
      const directory = { path: `${path}:`, at, parent: ownerAt, depth: 0, isOfStreams: true };
      for (const { name, at: streamAt } of this.#identifiers(directory, icb)) {
        const stream = this.#blocks.icb(streamAt, `${path}:${name}`);
        const { kind, sizeBytes, extents } = stream;
        if (kind !== "file" || stream.streamDirectory !== undefined) {
          this.problems.push(`${path}:${name}: a stream is a file without streams`);
        } else if (name === ATTRIBUTES_IDENTIFIER && sizeBytes <= ATTRIBUTES_BYTES_MAX) {
          this.#blocks.spend(
            this.#blocks.blocksOf(sizeBytes),
            "extended attributes are larger than the image",
          );
          attributes = parseAttributes(this.#blocks.content(stream, `${path}:${name}`));
          if (attributes === undefined) this.problems.push(`${path}: extended attributes are damaged`);
        } else streams.push({ name, sizeBytes, extents: extents.map((one) => this.#blocks.extentOf(one)) });
      }
    });
    return { streams, attributes };
  }

  /** Path components (ECMA-167 4/14.16.1) as a path. */
  #linkTarget(icb: Icb, where: string): string {
    if (icb.sizeBytes > LINK_BYTES_MAX) throw new Damage(`${where}: a link of ${icb.sizeBytes} bytes`);
    const bytes = this.#blocks.content(icb, where);
    const parts: string[] = [];
    for (let at = 0; at + 4 <= bytes.length;) {
      const end = at + 4 + bytes[at + 1]!;
      if (end > bytes.length) throw new Damage(`${where}: a component of the link has no room`);
      const type = bytes[at]!;
      if (type === 1 || type === 2) parts.splice(0, Infinity, "");
      else if (type === 3) parts.push("..");
      else if (type === 4) parts.push(".");
      else if (type === 5) parts.push(getCompressedUnicode(bytes, at + 4, end) ?? "");
      else this.problems.push(`${where}: a component of the link has type ${type}`);
      at = end;
    }
    return parts.length === 1 && parts[0] === "" ? "/" : parts.join("/");
  }

  /** Does a part of the work, and says whether it could; what is damaged there is a problem of that part alone. */
  #attempt(where: string, work: () => void): boolean {
    try {
      work();
      return true;
    } catch (error) {
      if (!(error instanceof Damage)) throw error;
      this.problems.push(error.message.startsWith(where) ? error.message : `${where}: ${error.message}`);
      return false;
    }
  }

  /** File identifier descriptors of a directory, without the parent's and deleted ones (ECMA-167 4/14.4). */
  *#identifiers(
    directory: Pending,
    icb: Icb,
  ): Generator<{ name: string; characteristics: number; at: Address }> {
    const where = directory.path || "/";
    const message = "directories overlap, since all are larger than the image";
    this.#blocks.spend(this.#blocks.blocksOf(icb.sizeBytes), message);
    for (const { startLba, lengthBytes } of icb.extents) {
      if (startLba === undefined) continue;
      const lengthSectors = this.#blocks.blocksOf(lengthBytes);
      this.structures.push({ startLba, lengthSectors, label: `UDF directory ${where}` });
    }
    const bytes = this.#blocks.content(icb, where);
    const view = viewOf(bytes);
    const locate = this.#locator(directory.at, icb);
    for (let offset = 0; offset < bytes.length;) {
      if (offset + 38 > bytes.length) throw new Damage(`${where}: descriptor at ${offset} is cut`);
      if (bytes[offset] === 0 && bytes[offset + 1] === 0) {
        throw new Damage(`${where}: nothing is at ${offset}`);
      }
      const lengthId = bytes[offset + 19]!;
      const lengthUse = view.getUint16(offset + 36, true);
      const length = (38 + lengthUse + lengthId + 3) & ~3;
      if (offset + length > bytes.length) throw new Damage(`${where}: descriptor at ${offset} is cut`);
      this.#blocks.checkTag(
        bytes,
        offset,
        locate(offset),
        `${where}: descriptor at ${offset}`,
        TAG.fileIdentifier,
      );
      const characteristics = bytes[offset + 18]!;
      const at = { block: view.getUint32(offset + 24, true), partition: view.getUint16(offset + 28, true) };
      if (characteristics & CHARACTERISTIC.parent) {
        if (offset !== 0) this.problems.push(`${where}: the parent's descriptor is not the first`);
        if (keyOf(at) !== keyOf(directory.parent)) {
          this.problems.push(`${where}: the parent's address does not fit`);
        }
      } else if (!(characteristics & CHARACTERISTIC.deleted)) {
        const start = offset + 38 + lengthUse;
        // It has a slash, which no name in a path may have.
        const isAttributes = directory.isOfStreams === true &&
          getCompressedUnicode(bytes, start, start + lengthId) === ATTRIBUTES_IDENTIFIER;
        const name = isAttributes ? ATTRIBUTES_IDENTIFIER : this.#name(bytes, start, start + lengthId, where);
        yield { name, characteristics, at };
      }
      offset += length;
    }
  }

  /** Tells which block a byte of a directory lies in, as its tags must say. */
  #locator(at: Address, icb: Icb): (offset: number) => number {
    const places = icb.extents.map((extent) => ({ lengthBytes: extent.lengthBytes, block: extent.block }));
    let [index, startBytes] = [0, 0];
    return (offset) => {
      while (index + 1 < places.length && offset >= startBytes + places[index]!.lengthBytes) {
        startBytes += places[index++]!.lengthBytes;
      }
      const block = places[index]?.block;
      return block === undefined
        ? at.block
        : block + Math.floor((offset - startBytes) / this.#blocks.blockBytes);
    };
  }

  #name(bytes: Uint8Array, start: number, end: number, where: string): string {
    const text = getCompressedUnicode(bytes, start, end);
    if (text === undefined) this.problems.push(`${where}: a name with compression id ${bytes[start]}`);
    const part = partOfPath(text ?? "");
    if (text !== undefined && part !== text) this.problems.push(`${where}: the name "${text}" cannot be one`);
    return part;
  }

  /** Every name of a file counts (ECMA-167 4/14.9.6). */
  #checkNames(): void {
    for (const { count, icb, path } of this.#names.values()) {
      if (icb.linkCount !== Math.min(count, 0xffff)) {
        this.problems.push(`${path}: link count ${icb.linkCount}, has ${count} names`);
      }
    }
  }

  #checkIntegrity(lba: number, lengthBytes: number, counts: Counts): void {
    const what = "integrity descriptor";
    if (this.#blocks.partitions.some((one) => one.isVirtual)) return; // UDF 2.2.10.1: the VAT takes its place
    const bytes = this.#integrity(lba, lengthBytes);
    if (bytes === undefined) throw new Damage(`${what}: none at LBA ${lba}`);
    const view = viewOf(bytes);
    if (view.getUint32(28, true) !== 1) this.problems.push(`${what}: not closed`);
    if (getUint64(view, 40) <= counts.uniqueIdMax) this.problems.push(`${what}: next unique id is in use`);
    const partitions = view.getUint32(72, true);
    const use = 80 + 8 * partitions;
    if (use + 40 > this.#blocks.blockBytes) throw new Damage(`${what}: says ${partitions} partitions`);
    for (const [index, { lengthBlocks }] of this.#blocks.partitions.entries()) {
      const size = view.getUint32(80 + 4 * partitions + 4 * index, true);
      if (index < partitions && lengthBlocks !== undefined && size !== lengthBlocks) {
        this.problems.push(`${what}: partition of ${size} blocks`);
      }
    }
    const files = view.getUint32(use + 32, true);
    const directories = view.getUint32(use + 36, true);
    // UDF 2.2.6.4 counts files; some builders count every name of one, Linux each file once.
    const isCount = files === counts.files || files === this.#names.size;
    if (!isCount || directories !== counts.directories) {
      const found = `${counts.files} files and ${counts.directories} directories`;
      this.problems.push(`${what}: ${files} files and ${directories} directories, found ${found}`);
    }
  }

  /** The last one of the sequence is the one that counts (ECMA-167 3/8.8.2). */
  #integrity(lba: number, lengthBytes: number): Uint8Array | undefined {
    let found: Uint8Array | undefined;
    let endLba = Math.min(lba + this.#blocks.blocksOf(lengthBytes), this.sizeBlocks);
    let startLba = lba;
    for (let at = lba, steps = 0; at < endLba && steps < SEQUENCE_MAX; steps++) {
      const sector = this.#blocks.sectorAt(at);
      const view = viewOf(sector);
      if (view.getUint16(0, true) !== TAG.logicalVolumeIntegrity) break;
      this.#blocks.checkTag(sector, 0, at, "integrity descriptor");
      this.structures.push({ startLba: at, lengthSectors: 1, label: "UDF integrity descriptor" });
      found = sector;
      at++;
      const [nextBytes, nextLba] = [view.getUint32(32, true), view.getUint32(36, true)];
      if (nextBytes > 0 && nextLba !== startLba) {
        [at, startLba, endLba] = [
          nextLba,
          nextLba,
          Math.min(nextLba + this.#blocks.blocksOf(nextBytes), this.sizeBlocks),
        ];
      }
    }
    return found;
  }
}

const SEQUENCE_MAX = 1000;

function keyOf(at: Address): number {
  return at.partition * 2 ** 32 + at.block;
}
