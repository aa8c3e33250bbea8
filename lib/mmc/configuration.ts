/** GET CONFIGURATION's reply: profile and features (MMC-6). @module */
import { ReplyError, requireLength, uint16, uint32 } from "./bytes.ts";

/** Feature codes that the engine reads. */
export const FEATURE = {
  profileList: 0x0000,
  core: 0x0001,
  removableMedium: 0x0003,
  writeProtect: 0x0004,
  randomReadable: 0x0010,
  randomWritable: 0x0020,
  incrementalStreaming: 0x0021,
  hardwareDefectManagement: 0x0024,
  dvdPlusRw: 0x002a,
  dvdPlusR: 0x002b,
  cdTrackAtOnce: 0x002d,
  cdMastering: 0x002e,
  dvdMinusWrite: 0x002f,
  dvdPlusRDl: 0x003b,
  realTimeStreaming: 0x0107,
  serialNumber: 0x0108,
} as const;

/** One feature descriptor. */
export interface Feature {
  readonly code: number;
  readonly version: number;
  readonly persistent: boolean;
  /** Whether it holds for the medium that is loaded now. */
  readonly current: boolean;
  /** What follows the four bytes of header. */
  readonly data: Uint8Array;
}

/** A drive's profile and features, as they are with the present medium. */
export interface Configuration {
  readonly profile: number;
  readonly features: ReadonlyMap<number, Feature>;
  /** Profiles the drive knows, with those that hold now, from the profile list feature. */
  readonly profiles: readonly { readonly code: number; readonly current: boolean }[];
}

/** How many bytes the whole reply has, said by its first four. */
export function configurationLength(bytes: Uint8Array): number {
  requireLength("GET CONFIGURATION reply", bytes, 8);
  return Math.min(uint32(bytes, 0) + 4, 0xffff);
}

/** Reads a whole reply. */
export function parseConfiguration(bytes: Uint8Array): Configuration {
  const end = Math.min(configurationLength(bytes), bytes.length);
  const features = new Map<number, Feature>();
  for (let at = 8; at + 4 <= end;) {
    const next = at + 4 + (bytes[at + 3] ?? 0);
    if (next > end) {
      throw new ReplyError("GET CONFIGURATION reply", `feature at ${at} to end by ${end}`, `${next}`);
    }
    const flags = bytes[at + 2] ?? 0;
    const code = uint16(bytes, at);
    features.set(code, {
      code,
      version: (flags >> 2) & 0x0f,
      persistent: (flags & 2) !== 0,
      current: (flags & 1) !== 0,
      data: bytes.slice(at + 4, next),
    });
    at = next;
  }
  return { profile: uint16(bytes, 6), features, profiles: profileList(features.get(FEATURE.profileList)) };
}

/** Whether a feature is there and holds for the loaded medium. */
export function isCurrent(configuration: Configuration, feature: number): boolean {
  return configuration.features.get(feature)?.current ?? false;
}

function profileList(feature: Feature | undefined): { code: number; current: boolean }[] {
  const list: { code: number; current: boolean }[] = [];
  const data = feature?.data ?? new Uint8Array(0);
  for (let at = 0; at + 4 <= data.length; at += 4) {
    list.push({ code: uint16(data, at), current: ((data[at + 2] ?? 0) & 1) !== 0 });
  }
  return list;
}
