/** Reads the ISO 9660 and Joliet volumes of an image strictly (ECMA-119 4th edition). @module */
import { getLatin1, getUtf16, SECTOR_BYTES, sectorsOf, viewOf } from "./binary.ts";
import type { ReadSectors, Volume, VolumeEntry, VolumeExtent } from "./volumes.ts";

/** Volumes described from LBA 16 on; none if there is no ISO 9660 in the image. */
export function readIsoVolumes(read: ReadSectors, sizeSectors: number): Volume[] {
  const volumes: Volume[] = [];
  const sector = new Uint8Array(SECTOR_BYTES);
  for (let lba = 16; lba < Math.min(sizeSectors, 16 + 64); lba++) {
    read(lba, 1, sector);
    if (getLatin1(sector, 1, 6) !== "CD001" || sector[0] === 255) break;
    const isJoliet = sector[0] === 2 && ["%/@", "%/C", "%/E"].includes(getLatin1(sector, 88, 91));
    if (sector[0] === 1 || isJoliet) {
      volumes.push(new IsoVolumeReader(read, sizeSectors, sector.slice(), isJoliet).volume());
    }
  }
  return volumes;
}

interface Record {
  readonly startLba: number;
  readonly lengthBytes: number;
  readonly flags: number;
  readonly modified: Date | undefined;
  readonly identifier: string;
}

interface Pending {
  readonly path: string;
  readonly startLba: number;
  readonly lengthBytes: number;
  readonly parent: Pending | undefined;
  /** From 1, as in the path table. */
  readonly number: number;
  readonly identifier: string;
}

class IsoVolumeReader {
  readonly #read: ReadSectors;
  readonly #sizeSectors: number;
  readonly #descriptor: Uint8Array;
  readonly #isJoliet: boolean;
  readonly #problems: string[] = [];
  readonly #entries: VolumeEntry[] = [];

  constructor(read: ReadSectors, sizeSectors: number, descriptor: Uint8Array, isJoliet: boolean) {
    this.#read = read;
    this.#sizeSectors = sizeSectors;
    this.#descriptor = descriptor;
    this.#isJoliet = isJoliet;
  }

  volume(): Volume {
    const bytes = this.#descriptor;
    const what = "volume descriptor";
    const spaceSectors = this.#both32(bytes, 80, what);
    if (spaceSectors > this.#sizeSectors) {
      this.#problems.push(`${what}: ${spaceSectors} sectors, the image has ${this.#sizeSectors}`);
    }
    for (const [offset, expected] of [[120, 1], [124, 1], [128, SECTOR_BYTES]] as const) {
      const value = this.#both16(bytes, offset, what);
      if (value !== expected) this.#problems.push(`${what}: ${value} at ${offset}, expected ${expected}`);
    }
    const root = this.#record(bytes, 156, "root record");
    if (root !== undefined) {
      const directories = this.#walk(root);
      this.#checkPathTables(directories);
    }
    return {
      fileSystem: this.#isJoliet ? "joliet" : "iso9660",
      volumeName: this.#text(bytes, 40, 72).replace(/[ \0]+$/, ""),
      entries: this.#entries,
      problems: this.#problems,
    };
  }

  #walk(root: Record): Pending[] {
    const { startLba, lengthBytes } = root;
    const directories: Pending[] = [
      { path: "", startLba, lengthBytes, parent: undefined, number: 1, identifier: "\0" },
    ];
    const seen = new Set<number>();
    for (let at = 0; at < directories.length; at++) {
      const directory = directories[at]!;
      if (seen.has(directory.startLba)) {
        this.#problems.push(`${directory.path}: directory at LBA ${directory.startLba} is in the tree twice`);
        continue;
      }
      seen.add(directory.startLba);
      this.#readDirectory(directory, directories);
    }
    return directories;
  }

  #readDirectory(directory: Pending, directories: Pending[]): void {
    const where = directory.path === "" ? "/" : directory.path;
    if (directory.lengthBytes % SECTOR_BYTES !== 0 || directory.lengthBytes === 0) {
      this.#problems.push(`${where}: directory length ${directory.lengthBytes} is not a number of sectors`);
    }
    if (!this.#isInside(directory.startLba, directory.lengthBytes, where)) return;
    const bytes = new Uint8Array(sectorsOf(directory.lengthBytes) * SECTOR_BYTES);
    this.#read(directory.startLba, bytes.length / SECTOR_BYTES, bytes);
    let previousKey: string | undefined;
    let sections: VolumeExtent[] = [];
    let count = 0;
    for (let offset = 0; offset < directory.lengthBytes;) {
      if (bytes[offset] === 0) {
        const next = offset - offset % SECTOR_BYTES + SECTOR_BYTES;
        if (bytes.subarray(offset, next).some((byte) => byte !== 0)) {
          this.#problems.push(`${where}: bytes behind the last record of a sector, at ${offset}`);
        }
        offset = next;
        continue;
      }
      const record = this.#record(bytes, offset, where);
      if (record === undefined) return;
      offset += bytes[offset]!;
      if (count++ < 2) {
        this.#checkDots(directory, record, count);
        continue;
      }
      const { identifier, flags } = record;
      const isDirectory = (flags & 0x02) !== 0;
      const key = sortKey(identifier);
      if (previousKey !== undefined && (sections.length > 0 ? key !== previousKey : key <= previousKey)) {
        this.#problems.push(`${where}: "${identifier}" is not in order`);
      }
      previousKey = key;
      const path = `${directory.path}/${isDirectory ? identifier : plainName(identifier)}`;
      if (!this.#isInside(record.startLba, record.lengthBytes, path)) continue;
      if (isDirectory) {
        const { startLba, lengthBytes } = record;
        const number = directories.length + 1;
        directories.push({ path, startLba, lengthBytes, parent: directory, number, identifier });
      } else if (this.#isJoliet || /;\d+$/.test(identifier)) {
        // as it should be
      } else {
        this.#problems.push(`${path}: no version number`);
      }
      sections.push({ startLba: record.startLba, lengthBytes: record.lengthBytes });
      if (flags & 0x80) {
        if (record.lengthBytes % SECTOR_BYTES !== 0) {
          this.#problems.push(`${path}: section ends inside a sector`);
        }
        continue;
      }
      this.#entries.push({
        path,
        kind: isDirectory ? "directory" : "file",
        sizeBytes: sections.reduce((sum, one) => sum + one.lengthBytes, 0),
        extents: sections.filter((one) => one.lengthBytes > 0),
        modified: record.modified,
        hidden: (flags & 0x01) !== 0,
      });
      sections = [];
    }
    if (count < 2) this.#problems.push(`${where}: no records of the directory itself and its parent`);
    if (sections.length > 0) this.#problems.push(`${where}: the last section of a file is missing`);
  }

  #checkDots(directory: Pending, record: Record, number: number): void {
    const meant = number === 1 ? directory : directory.parent ?? directory;
    const identifier = number === 1 ? "\0" : "\x01";
    if (
      record.identifier !== identifier || record.startLba !== meant.startLba ||
      record.lengthBytes !== meant.lengthBytes || (record.flags & 0x02) === 0
    ) {
      const what = number === 1 ? "the directory itself" : "the parent";
      this.#problems.push(`${directory.path || "/"}: the record of ${what} does not fit`);
    }
  }

  #record(bytes: Uint8Array, offset: number, where: string): Record | undefined {
    const length = bytes[offset]!;
    const idBytes = bytes[offset + 32] ?? 0;
    const room = SECTOR_BYTES - offset % SECTOR_BYTES;
    if (length > room || length < 34 || length % 2 !== 0 || 33 + idBytes > length) {
      this.#problems.push(`${where}: record of ${length} bytes at ${offset} has no room or a wrong length`);
      return undefined;
    }
    const at = `${where}: record at ${offset}`;
    const sequence = this.#both16(bytes, offset + 28, at);
    if (sequence !== 1) this.#problems.push(`${at}: on volume ${sequence}`);
    const idStart = offset + 33;
    const isSpecial = idBytes === 1 && bytes[idStart]! <= 1;
    return {
      startLba: this.#both32(bytes, offset + 2, at),
      lengthBytes: this.#both32(bytes, offset + 10, at),
      flags: bytes[offset + 25]!,
      modified: recordDate(bytes, offset + 18),
      identifier: isSpecial
        ? getLatin1(bytes, idStart, idStart + 1)
        : this.#text(bytes, idStart, idStart + idBytes),
    };
  }

  #checkPathTables(directories: readonly Pending[]): void {
    const view = viewOf(this.#descriptor);
    const lengthBytes = this.#both32(this.#descriptor, 132, "path table length");
    const tables = [view.getUint32(140, true), view.getUint32(148, false)];
    for (const [index, startLba] of tables.entries()) {
      const what = `path table ${index === 0 ? "L" : "M"}`;
      if (!this.#isInside(startLba, lengthBytes, what)) continue;
      const bytes = new Uint8Array(sectorsOf(lengthBytes) * SECTOR_BYTES);
      this.#read(startLba, bytes.length / SECTOR_BYTES, bytes);
      this.#checkPathTable(bytes.subarray(0, lengthBytes), index === 0, directories, what);
    }
  }

  #checkPathTable(
    bytes: Uint8Array,
    littleEndian: boolean,
    directories: readonly Pending[],
    what: string,
  ): void {
    const view = viewOf(bytes);
    let offset = 0;
    for (const directory of directories) {
      if (offset + 9 > bytes.length) {
        return void this.#problems.push(`${what}: ends before ${directory.path}`);
      }
      const idBytes = bytes[offset]!;
      const isRoot = directory.parent === undefined;
      const identifier = isRoot
        ? getLatin1(bytes, offset + 8, offset + 9)
        : this.#text(bytes, offset + 8, offset + 8 + idBytes);
      const startLba = view.getUint32(offset + 2, littleEndian);
      const parent = view.getUint16(offset + 6, littleEndian);
      if (
        identifier !== directory.identifier || startLba !== directory.startLba ||
        parent !== (directory.parent?.number ?? 1)
      ) {
        return void this.#problems.push(
          `${what}: record ${directory.number} is not that of ${directory.path || "/"}`,
        );
      }
      offset += 8 + idBytes + (idBytes & 1);
    }
    if (offset !== bytes.length) this.#problems.push(`${what}: ${bytes.length - offset} bytes too many`);
  }

  #isInside(startLba: number, lengthBytes: number, what: string): boolean {
    if (lengthBytes === 0 || startLba + sectorsOf(lengthBytes) <= this.#sizeSectors) return true;
    this.#problems.push(`${what}: ${lengthBytes} bytes at LBA ${startLba} are not all inside the image`);
    return false;
  }

  #text(bytes: Uint8Array, start: number, end: number): string {
    return this.#isJoliet ? getUtf16(bytes, start, end) : getLatin1(bytes, start, end);
  }

  #both16(bytes: Uint8Array, offset: number, what: string): number {
    const view = viewOf(bytes);
    const value = view.getUint16(offset, true);
    if (value !== view.getUint16(offset + 2, false)) {
      this.#problems.push(`${what}: byte orders differ at ${offset}`);
    }
    return value;
  }

  #both32(bytes: Uint8Array, offset: number, what: string): number {
    const view = viewOf(bytes);
    const value = view.getUint32(offset, true);
    if (value !== view.getUint32(offset + 4, false)) {
      this.#problems.push(`${what}: byte orders differ at ${offset}`);
    }
    return value;
  }
}

/** The name as people know it: without version, and without the dot of a missing extension. */
function plainName(identifier: string): string {
  return identifier.replace(/;\d+$/, "").replace(/\.$/, "");
}

/** Separators come before every character of a name (ECMA-119 9.3 pads the shorter name with spaces). */
function sortKey(identifier: string): string {
  return identifier.replace(/;\d+$/, "");
}

function recordDate(bytes: Uint8Array, offset: number): Date | undefined {
  const [year, month, day, hour, minute, second, zone] = bytes.subarray(offset, offset + 7);
  if (month === 0) return undefined;
  const quarters = zone! << 24 >> 24;
  return new Date(Date.UTC(1900 + year!, month! - 1, day, hour, minute! - 15 * quarters, second));
}
