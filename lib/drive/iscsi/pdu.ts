/**
 * iSCSI protocol data units (RFC 7143, chapter 11): one table says where the fields of each are, and parsing, writing
 * and the types follow from it.
 *
 * A PDU is a basic header segment of 48 bytes, additional header segments, which nothing here needs, and a data segment
 * that is filled up to a multiple of four bytes. Digests are never negotiated, so that there are none.
 *
 * @module
 */
import { setUint16, setUint24, setUint32, uint16, uint24, uint32 } from "../../mmc/bytes.ts";

/** Length of a basic header segment. */
export const HEADER_BYTES = 48;

/** The tag that stands for none (RFC 7143, 11.2.1.8 and others). */
export const NO_TAG = 0xffffffff;

/** What {@linkcode parsePdu} gives for a logical unit number that no unit of ours can have. */
export const NO_LUN = 0xffff;

/** Bits of byte 1 that more than one place needs. */
export const FLAG = {
  /** F, or T of a login: the last PDU of a sequence. */
  final: 0x80,
  /** C: the text goes on in the next PDU. */
  continue: 0x40,
  /** R and W of a SCSI Command. */
  read: 0x40,
  write: 0x20,
  /** O and U of a SCSI Response and of Data-In. */
  overflow: 0x04,
  underflow: 0x02,
  /** S of Data-In: the status is in it. */
  status: 0x01,
} as const;

/** Bit 6 of byte 0: delivered at once, outside the order of CmdSN. */
const IMMEDIATE = 0x40;

type FieldType = "u8" | "u16" | "u32" | "lun" | "bytes6" | "bytes16";
type Field = readonly [offset: number, type: FieldType];

const LUN = [8, "lun"] as const;
const TASK_TAG = [16, "u32"] as const;
const TRANSFER_TAG = [20, "u32"] as const;
/** What every request of an initiator says. */
const REQUEST = { cmdSn: [24, "u32"], expStatSn: [28, "u32"] } as const;
/** What every answer of a target says. */
const ANSWER = { statSn: [24, "u32"], expCmdSn: [28, "u32"], maxCmdSn: [32, "u32"] } as const;

/** Opcode and fields of every PDU; byte 1 is in `flags` for each. Offsets count from 0. */
const PDUS = {
  // 11.18
  nopOut: { opcode: 0x00, fields: { lun: LUN, taskTag: TASK_TAG, transferTag: TRANSFER_TAG, ...REQUEST } },
  // 11.3
  scsiCommand: {
    opcode: 0x01,
    fields: { lun: LUN, taskTag: TASK_TAG, expectedBytes: [20, "u32"], ...REQUEST, cdb: [32, "bytes16"] },
  },
  // 11.5
  taskRequest: {
    opcode: 0x02,
    fields: { lun: LUN, taskTag: TASK_TAG, referencedTag: [20, "u32"], ...REQUEST, refCmdSn: [32, "u32"] },
  },
  // 11.12
  loginRequest: {
    opcode: 0x03,
    fields: {
      versionMax: [2, "u8"],
      versionMin: [3, "u8"],
      isid: [8, "bytes6"],
      tsih: [14, "u16"],
      taskTag: TASK_TAG,
      connectionId: [20, "u16"],
      ...REQUEST,
    },
  },
  // 11.10
  textRequest: {
    opcode: 0x04,
    fields: { lun: LUN, taskTag: TASK_TAG, transferTag: TRANSFER_TAG, ...REQUEST },
  },
  // 11.7
  dataOut: {
    opcode: 0x05,
    fields: {
      lun: LUN,
      taskTag: TASK_TAG,
      transferTag: TRANSFER_TAG,
      expStatSn: [28, "u32"],
      dataSn: [36, "u32"],
      bufferOffset: [40, "u32"],
    },
  },
  // 11.14
  logoutRequest: { opcode: 0x06, fields: { taskTag: TASK_TAG, connectionId: [20, "u16"], ...REQUEST } },
  // 11.16
  snackRequest: {
    opcode: 0x10,
    fields: {
      lun: LUN,
      taskTag: TASK_TAG,
      transferTag: TRANSFER_TAG,
      expStatSn: [28, "u32"],
      begRun: [40, "u32"],
      runLength: [44, "u32"],
    },
  },
  // 11.19
  nopIn: { opcode: 0x20, fields: { lun: LUN, taskTag: TASK_TAG, transferTag: TRANSFER_TAG, ...ANSWER } },
  // 11.4
  scsiResponse: {
    opcode: 0x21,
    fields: {
      response: [2, "u8"],
      status: [3, "u8"],
      taskTag: TASK_TAG,
      ...ANSWER,
      expDataSn: [36, "u32"],
      residualBytes: [44, "u32"],
    },
  },
  // 11.6
  taskResponse: { opcode: 0x22, fields: { response: [2, "u8"], taskTag: TASK_TAG, ...ANSWER } },
  // 11.13
  loginResponse: {
    opcode: 0x23,
    fields: {
      versionMax: [2, "u8"],
      versionActive: [3, "u8"],
      isid: [8, "bytes6"],
      tsih: [14, "u16"],
      taskTag: TASK_TAG,
      ...ANSWER,
      status: [36, "u16"],
    },
  },
  // 11.11
  textResponse: {
    opcode: 0x24,
    fields: { lun: LUN, taskTag: TASK_TAG, transferTag: TRANSFER_TAG, ...ANSWER },
  },
  // 11.7
  dataIn: {
    opcode: 0x25,
    fields: {
      status: [3, "u8"],
      lun: LUN,
      taskTag: TASK_TAG,
      transferTag: TRANSFER_TAG,
      ...ANSWER,
      dataSn: [36, "u32"],
      bufferOffset: [40, "u32"],
      residualBytes: [44, "u32"],
    },
  },
  // 11.15
  logoutResponse: {
    opcode: 0x26,
    fields: {
      response: [2, "u8"],
      taskTag: TASK_TAG,
      ...ANSWER,
      time2Wait: [40, "u16"],
      time2Retain: [42, "u16"],
    },
  },
  // 11.8
  readyToTransfer: {
    opcode: 0x31,
    fields: {
      lun: LUN,
      taskTag: TASK_TAG,
      transferTag: TRANSFER_TAG,
      ...ANSWER,
      r2tSn: [36, "u32"],
      bufferOffset: [40, "u32"],
      desiredBytes: [44, "u32"],
    },
  },
  // 11.17
  reject: { opcode: 0x3f, fields: { reason: [2, "u8"], taskTag: TASK_TAG, ...ANSWER, dataSn: [36, "u32"] } },
} as const;

/** Names of the PDUs. */
export type PduKind = keyof typeof PDUS;

type ValueOf<F> = F extends readonly [number, "bytes6" | "bytes16"] ? Uint8Array : number;
type FieldsOf<K extends PduKind> = {
  readonly [Name in keyof typeof PDUS[K]["fields"]]: ValueOf<typeof PDUS[K]["fields"][Name]>;
};

/** One PDU of a kind. */
export type PduOf<K extends PduKind> = FieldsOf<K> & {
  readonly kind: K;
  /** Only requests have it. */
  readonly immediate: boolean;
  /** Byte 1. */
  readonly flags: number;
  /** The data segment, without padding. */
  readonly data: Uint8Array;
};

/** Any PDU. */
export type Pdu = { [K in PduKind]: PduOf<K> }[PduKind];

/** Bytes that are no PDU, or one that is not allowed where it came; it ends the session. */
export class PduError extends Error {
  override readonly name = "PduError";
}

const BY_OPCODE: ReadonlyMap<number, PduKind> = new Map(
  (Object.keys(PDUS) as PduKind[]).map((kind) => [PDUS[kind].opcode, kind]),
);
/** The same table, without the types of its single rows. */
const FIELDS: ReadonlyMap<PduKind, readonly (readonly [string, Field])[]> = new Map(
  (Object.keys(PDUS) as PduKind[]).map((kind) => [kind, Object.entries(PDUS[kind].fields)]),
);

/** How long what follows a basic header segment is: additional headers, then data, then its padding. */
export function segmentLengths(
  header: Uint8Array,
): { ahsBytes: number; dataBytes: number; padBytes: number } {
  if (header.length < HEADER_BYTES) {
    throw new PduError(`A header of ${header.length} bytes, not ${HEADER_BYTES}`);
  }
  const dataBytes = uint24(header, 5);
  return { ahsBytes: (header[4] ?? 0) * 4, dataBytes, padBytes: -dataBytes & 3 };
}

/**
 * Reads a PDU.
 *
 * @throws PduError when the header is too short or its opcode unknown.
 */
export function parsePdu(header: Uint8Array, data: Uint8Array): Pdu {
  if (header.length < HEADER_BYTES) {
    throw new PduError(`A header of ${header.length} bytes, not ${HEADER_BYTES}`);
  }
  const opcode = (header[0] ?? 0) & 0x3f;
  const kind = BY_OPCODE.get(opcode);
  if (kind === undefined) throw new PduError(`No PDU has opcode ${opcode.toString(16).padStart(2, "0")}h`);
  const pdu: Record<string, unknown> = {
    kind,
    immediate: ((header[0] ?? 0) & IMMEDIATE) !== 0,
    flags: header[1] ?? 0,
    data,
  };
  for (const [name, [offset, type]] of FIELDS.get(kind) ?? []) {
    switch (type) {
      case "u8":
        pdu[name] = header[offset];
        break;
      case "u16":
        pdu[name] = uint16(header, offset);
        break;
      case "u32":
        pdu[name] = uint32(header, offset);
        break;
      case "lun":
        pdu[name] = parseLun(header.subarray(offset, offset + 8));
        break;
      case "bytes6":
        pdu[name] = header.slice(offset, offset + 6);
        break;
      case "bytes16":
        pdu[name] = header.slice(offset, offset + 16);
        break;
    }
  }
  return pdu as unknown as Pdu;
}

/** Writes a PDU with its padding. */
export function writePdu(pdu: Pdu): Uint8Array<ArrayBuffer> {
  const { kind, immediate, flags, data } = pdu;
  const bytes = new Uint8Array(HEADER_BYTES + data.length + (-data.length & 3));
  bytes[0] = PDUS[kind].opcode | (immediate ? IMMEDIATE : 0);
  bytes[1] = flags;
  setUint24(bytes, 5, data.length);
  const values = pdu as unknown as Record<string, number & Uint8Array>;
  for (const [name, [offset, type]] of FIELDS.get(kind) ?? []) {
    const value = values[name];
    if (value === undefined) throw new TypeError(`A ${kind} without ${name}`);
    switch (type) {
      case "u8":
        bytes[offset] = value;
        break;
      case "u16":
        setUint16(bytes, offset, value);
        break;
      case "u32":
        setUint32(bytes, offset, value);
        break;
      case "lun":
        writeLun(bytes, offset, value);
        break;
      case "bytes6":
      case "bytes16":
        bytes.set(value, offset);
        break;
    }
  }
  bytes.set(data, HEADER_BYTES);
  return bytes;
}

/** Peripheral device addressing of bus 0, or flat space addressing (SAM-5 4.7). */
function parseLun(bytes: Uint8Array): number {
  const first = uint16(bytes, 0);
  const isSingleLevel = bytes.subarray(2).every((byte) => byte === 0);
  if (!isSingleLevel) return NO_LUN;
  if (first < 0x100) return first;
  return first >> 14 === 1 ? first & 0x3fff : NO_LUN;
}

function writeLun(bytes: Uint8Array, offset: number, lun: number): void {
  setUint16(bytes, offset, lun < 0x100 ? lun : 0x4000 | (lun & 0x3fff));
}
