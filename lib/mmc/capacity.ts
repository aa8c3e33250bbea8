/** READ CAPACITY, READ FORMAT CAPACITIES and READ BUFFER CAPACITY (MMC-6). @module */
import { requireLength, setUint24, setUint32, uint24, uint32 } from "./bytes.ts";

/** Reads READ CAPACITY(10): how many sectors can be read, and their size. */
export function parseCapacity(bytes: Uint8Array): {
  readonly sectors: number;
  readonly sectorBytes: number;
} {
  requireLength("READ CAPACITY reply", bytes, 8);
  // A disc without readable sectors gives a last LBA of −1 or 0 with some drives.
  return { sectors: (uint32(bytes, 0) + 1) >>> 0, sectorBytes: uint32(bytes, 4) };
}

/** Kind of the current capacity descriptor. */
export const CAPACITY_KIND = ["reserved", "unformatted", "formatted", "noMedium"] as const;

/** Current capacity and possible formats. */
export interface FormatCapacities {
  readonly kind: typeof CAPACITY_KIND[number];
  readonly sectors: number;
  readonly formats: readonly {
    readonly sectors: number;
    readonly type: number;
    readonly subType: number;
    readonly parameter: number;
  }[];
}

/** How many bytes follow the first four of READ FORMAT CAPACITIES' reply. */
export function formatListLength(head: Uint8Array): number {
  requireLength("READ FORMAT CAPACITIES reply", head, 4);
  return head[3] ?? 0;
}

/** Reads READ FORMAT CAPACITIES. */
export function parseFormatCapacities(bytes: Uint8Array): FormatCapacities {
  requireLength("READ FORMAT CAPACITIES reply", bytes, 12);
  const end = Math.min(4 + (bytes[3] ?? 0), bytes.length);
  const formats = [];
  for (let at = 12; at + 8 <= end; at += 8) {
    const code = bytes[at + 4] ?? 0;
    formats.push({
      sectors: uint32(bytes, at),
      type: code >> 2,
      subType: code & 3,
      parameter: uint24(bytes, at + 5),
    });
  }
  return {
    kind: CAPACITY_KIND[((bytes[8] ?? 0) & 3) as 0 | 1 | 2 | 3],
    sectors: uint32(bytes, 4),
    formats,
  };
}

/** FORMAT UNIT's types that the engine uses (MMC-6). */
export const FORMAT_TYPE = {
  full: 0x00,
  quickGrow: 0x13,
  quick: 0x15,
  dvdPlusRw: 0x26,
} as const;

/** FORMAT UNIT's parameter list with one descriptor, returning at once. */
export function formatList(type: keyof typeof FORMAT_TYPE, { sectors, parameter, subType = 0 }: {
  /** How many sectors; what 0 and FFFFFFFFh mean differs by type. */
  sectors: number;
  /** Three bytes whose meaning differs by type. */
  parameter: number;
  /** Of a BD-R: 0 with pseudo-overwrite, 1 without. */
  subType?: number;
}): Uint8Array {
  const list = new Uint8Array(12);
  list[1] = 0x02;
  list[3] = 8;
  setUint32(list, 4, sectors);
  list[8] = FORMAT_TYPE[type] << 2 | subType;
  setUint24(list, 9, parameter);
  return list;
}

/** Reads READ BUFFER CAPACITY. */
export function parseBufferCapacity(bytes: Uint8Array): {
  readonly lengthBytes: number;
  readonly freeBytes: number;
} {
  requireLength("READ BUFFER CAPACITY reply", bytes, 12);
  return { lengthBytes: uint32(bytes, 4), freeBytes: uint32(bytes, 8) };
}
