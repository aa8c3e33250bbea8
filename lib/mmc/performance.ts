/** GET PERFORMANCE's write speeds, and SET STREAMING's descriptor (MMC-6). @module */
import { requireLength, setUint32, uint32 } from "./bytes.ts";

/** One speed at which the drive would write the loaded medium. */
export interface WriteSpeed {
  /** Rotation control, bits as the drive gave them: 0 CLV or zones, 1 pure CAV. */
  readonly rotation: number;
  readonly endLba: number;
  readonly readKbps: number;
  /** 1000 bytes a second; for a CD those of 2352-byte sectors. */
  readonly writeKbps: number;
}

/** Reads a type 3 reply; the descriptors are as many as arrived whole. */
export function parseWriteSpeeds(bytes: Uint8Array): WriteSpeed[] {
  requireLength("GET PERFORMANCE reply", bytes, 8);
  const end = Math.min(uint32(bytes, 0) + 4, bytes.length);
  const speeds: WriteSpeed[] = [];
  for (let at = 8; at + 16 <= end; at += 16) {
    speeds.push({
      rotation: ((bytes[at] ?? 0) >> 3) & 3,
      endLba: uint32(bytes, at + 4),
      readKbps: uint32(bytes, at + 8),
      writeKbps: uint32(bytes, at + 12),
    });
  }
  return speeds;
}

/**
 * Reads a type 0 reply: the highest speed that it names, in units of 1000 bytes a second; undefined without a descriptor.
 */
export function parsePerformance(bytes: Uint8Array): number | undefined {
  requireLength("GET PERFORMANCE reply", bytes, 8);
  const end = Math.min(uint32(bytes, 0) + 4, bytes.length);
  let highest: number | undefined;
  for (let at = 8; at + 16 <= end; at += 16) {
    highest = Math.max(highest ?? 0, uint32(bytes, at + 4), uint32(bytes, at + 12));
  }
  return highest;
}

/** The performance descriptor that asks for `speed` up to `endLba` (MMC-6). */
export function streamingDescriptor(speed: WriteSpeed, endLba: number): Uint8Array {
  const bytes = new Uint8Array(28);
  bytes[0] = speed.rotation << 3;
  setUint32(bytes, 8, endLba);
  setUint32(bytes, 12, speed.readKbps);
  setUint32(bytes, 16, 1000);
  setUint32(bytes, 20, speed.writeKbps);
  setUint32(bytes, 24, 1000);
  return bytes;
}
