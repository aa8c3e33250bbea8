/** INQUIRY standard data (SPC-4). @module */
import { ascii, requireLength } from "./bytes.ts";

/** Who a device says it is. */
export interface Inquiry {
  /** 5 for CD, DVD and BD drives. */
  readonly peripheralType: number;
  readonly removable: boolean;
  readonly vendorId: string;
  readonly productId: string;
  readonly productRevision: string;
}

/** Reads standard INQUIRY data of 36 bytes or more. */
export function parseInquiry(bytes: Uint8Array): Inquiry {
  requireLength("INQUIRY data", bytes, 36);
  return {
    peripheralType: (bytes[0] ?? 0) & 0x1f,
    removable: ((bytes[1] ?? 0) & 0x80) !== 0,
    vendorId: ascii(bytes.subarray(8, 16)),
    productId: ascii(bytes.subarray(16, 32)),
    productRevision: ascii(bytes.subarray(32, 36)),
  };
}
