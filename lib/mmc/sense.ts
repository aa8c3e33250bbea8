/**
 * Sense data: reading it, and the one table that says what each triple means, what the engine does about it, and which
 * documented HRESULT it becomes. Microsoft publishes no mapping from sense data to HRESULTs: the meanings are MMC-6's
 * and SPC-4's, the results our choice among the documented ones.
 *
 * @module
 */
import { uint16, uint32 } from "./bytes.ts";
import type { HresultName } from "./hresult.ts";

/** A sense triple. */
export interface SenseTriple {
  /** Sense key. */
  readonly key: number;
  /** Additional sense code. */
  readonly asc: number;
  /** Its qualifier. */
  readonly ascq: number;
}

/** Sense data, read. */
export interface Sense extends SenseTriple {
  /** About an earlier command, not the present one. */
  readonly deferred: boolean;
  /** The information field, often an LBA, where it is valid. */
  readonly information: number | undefined;
  /** How far a running operation is, 0 to 1, where the drive says so. */
  readonly progress: number | undefined;
}

/** Reads fixed (70h, 71h) or descriptor (72h, 73h) sense data; undefined when it is neither or too short. */
export function parseSense(bytes: Uint8Array): Sense | undefined {
  const code = (bytes[0] ?? 0) & 0x7f;
  if (code === 0x70 || code === 0x71) return bytes.length < 3 ? undefined : parseFixed(bytes, code);
  if (code === 0x72 || code === 0x73) return bytes.length < 4 ? undefined : parseDescriptors(bytes, code);
  return undefined;
}

/** A triple as messages show it: `5/30/05`, hexadecimal. */
export function formatSense({ key, asc, ascq }: SenseTriple): string {
  return `${hex(key, 1)}/${hex(asc, 2)}/${hex(ascq, 2)}`;
}

/** Fixed-format sense data of 18 bytes (SPC-4); what drives send, and the virtual recorder with them. */
export function encodeSense(
  { key, asc, ascq, information, progress }: SenseTriple & { information?: number; progress?: number },
): Uint8Array {
  const bytes = new Uint8Array(18);
  bytes[0] = information === undefined ? 0x70 : 0xf0;
  bytes[2] = key;
  bytes[3] = (information ?? 0) >>> 24;
  bytes[4] = (information ?? 0) >>> 16;
  bytes[5] = (information ?? 0) >>> 8;
  bytes[6] = information ?? 0;
  bytes[7] = 10;
  bytes[12] = asc;
  bytes[13] = ascq;
  if (progress !== undefined) {
    const parts = Math.min(0xffff, Math.max(0, Math.round(progress * 0x10000)));
    bytes[15] = 0x80;
    bytes[16] = parts >> 8;
    bytes[17] = parts;
  }
  return bytes;
}

function parseFixed(bytes: Uint8Array, code: number): Sense {
  // Bytes that the additional length does not cover were not sent, whatever the buffer holds.
  const end = Math.min(bytes.length, 8 + (bytes[7] ?? 0));
  return {
    key: (bytes[2] ?? 0) & 0x0f,
    asc: end > 12 ? bytes[12] ?? 0 : 0,
    ascq: end > 13 ? bytes[13] ?? 0 : 0,
    deferred: code === 0x71,
    information: ((bytes[0] ?? 0) & 0x80) !== 0 && end >= 7 ? uint32(bytes, 3) : undefined,
    progress: end >= 18 && ((bytes[15] ?? 0) & 0x80) !== 0 ? uint16(bytes, 16) / 0x10000 : undefined,
  };
}

function parseDescriptors(bytes: Uint8Array, code: number): Sense {
  const end = Math.min(bytes.length, 8 + (bytes[7] ?? 0));
  let progress: number | undefined;
  let information: number | undefined;
  for (let at = 8; at + 2 <= end; at += 2 + (bytes[at + 1] ?? 0)) {
    const type = bytes[at];
    if (type === 0x00 && at + 12 <= end && ((bytes[at + 2] ?? 0) & 0x80) !== 0) {
      information = uint32(bytes, at + 8);
    }
    if (type === 0x02 && at + 7 <= end && ((bytes[at + 4] ?? 0) & 0x80) !== 0) {
      progress = uint16(bytes, at + 5) / 0x10000;
    }
  }
  return {
    key: (bytes[1] ?? 0) & 0x0f,
    asc: bytes[2] ?? 0,
    ascq: bytes[3] ?? 0,
    deferred: code === 0x73,
    information,
    progress,
  };
}

/**
 * What the engine does: go on as if nothing was said; wait and repeat the command; repeat it a bounded number of times;
 * or fail. `start` and `sync` repeat it once after START UNIT or SYNCHRONIZE CACHE.
 */
export type SenseAction = "goOn" | "wait" | "retry" | "attention" | "start" | "sync" | "fail";

/** A row of the table: what a triple means. */
export interface SenseMeaning {
  readonly meaning: string;
  readonly action: SenseAction;
  readonly hresult: HresultName;
  readonly advice: string;
}

/** Meaning of a triple: the first row that fits, from the special to the general. */
export function senseMeaning(sense: SenseTriple): SenseMeaning {
  const exact = TABLE.get(rowKey(sense.key, sense.asc, sense.ascq));
  const found = exact ?? TABLE.get(rowKey(ANY, sense.asc, sense.ascq)) ??
    TABLE.get(rowKey(sense.key, sense.asc, ANY)) ?? TABLE.get(rowKey(ANY, sense.asc, ANY)) ??
    TABLE.get(rowKey(sense.key, ANY, ANY));
  return found ?? UNKNOWN;
}

const ANY = -1;

function rowKey(key: number, asc: number, ascq: number): string {
  return `${key}/${asc}/${ascq}`;
}

const UNEXPECTED = "E_IMAPI_UNEXPECTED_RESPONSE_FROM_DEVICE";
const TRY_MEDIUM = "try another disc, of another brand if it happens again, or a lower speed";
const TRY_CABLE = "check power, cable and hub, then try again";
const CLEAN = "clean the disc, or try another drive";
const BUSY_PROGRAM = "close other programs that use the drive, then try again";

const UNKNOWN: SenseMeaning = {
  meaning: "the drive gave an answer that is not known",
  action: "fail",
  hresult: UNEXPECTED,
  advice: "try again with another disc",
};

type Row = readonly [
  key: number,
  asc: number,
  ascq: number | readonly number[],
  action: SenseAction,
  hresult: HresultName,
  meaning: string,
  advice: string,
];

const ROWS: readonly Row[] = [
  [0x0, ANY, ANY, "goOn", "S_OK", "no error", "nothing to do"],
  [0x1, ANY, ANY, "goOn", "S_OK", "recovered error", "nothing to do"],
  [0x1, 0x73, 1, "goOn", "S_OK", "the power calibration area is almost full", "use a new disc soon"],

  [
    0x2,
    0x04,
    [0, 1],
    "wait",
    "E_IMAPI_RECORDER_MEDIA_BECOMING_READY",
    "the drive is becoming ready",
    "wait a moment",
  ],
  [
    0x2,
    0x04,
    2,
    "start",
    "E_IMAPI_RECORDER_MEDIA_BECOMING_READY",
    "the drive wants to be started",
    "wait a moment",
  ],
  [
    0x2,
    0x04,
    3,
    "fail",
    "E_IMAPI_RECORDER_MEDIA_BECOMING_READY",
    "the drive needs a person",
    "look at the drive",
  ],
  [
    0x2,
    0x04,
    4,
    "wait",
    "E_IMAPI_RECORDER_MEDIA_FORMAT_IN_PROGRESS",
    "a format is in progress",
    "wait for its end",
  ],
  [
    0x2,
    0x04,
    [7, 8],
    "wait",
    "E_IMAPI_RECORDER_MEDIA_BUSY",
    "the drive is busy with a long operation",
    "wait for its end",
  ],
  [0x2, 0x04, ANY, "fail", UNEXPECTED, "the drive is not ready", "load the disc again"],
  [0x2, 0x3a, ANY, "fail", "E_IMAPI_RECORDER_MEDIA_NO_MEDIA", "no medium", "insert a disc"],
  [
    0x2,
    0x3a,
    1,
    "fail",
    "E_IMAPI_RECORDER_MEDIA_NO_MEDIA",
    "no medium, the tray is closed",
    "insert a disc",
  ],
  [
    0x2,
    0x3a,
    2,
    "fail",
    "E_IMAPI_RECORDER_MEDIA_NO_MEDIA",
    "no medium, the tray is open",
    "insert a disc and close the tray",
  ],
  [
    ANY,
    0x30,
    ANY,
    "fail",
    "E_IMAPI_RECORDER_MEDIA_INCOMPATIBLE",
    "the drive cannot use this medium so",
    "use a medium that the drive can write",
  ],
  [
    ANY,
    0x30,
    5,
    "fail",
    "E_IMAPI_DF2DATA_INVALID_MEDIA_STATE",
    "the medium cannot be written: it is closed, or the write type does not fit it",
    "use a blank disc",
  ],
  [
    ANY,
    0x30,
    9,
    "fail",
    "E_IMAPI_RECORDER_MEDIA_INCOMPATIBLE",
    "the last session is not closed",
    "close the session first",
  ],
  [
    ANY,
    0x30,
    0x10,
    "fail",
    "E_IMAPI_RECORDER_MEDIA_NOT_FORMATTED",
    "the medium is not formatted",
    "format it",
  ],
  [
    ANY,
    0x31,
    ANY,
    "fail",
    "E_IMAPI_RECORDER_MEDIA_NOT_FORMATTED",
    "the format is missing or corrupt",
    "format the disc",
  ],

  [0x3, ANY, ANY, "fail", UNEXPECTED, "the medium has an error", TRY_MEDIUM],
  [ANY, 0x02, ANY, "fail", UNEXPECTED, "the drive cannot seek on the medium", CLEAN],
  [ANY, 0x06, ANY, "fail", UNEXPECTED, "the drive finds no reference position", CLEAN],
  [ANY, 0x09, ANY, "fail", UNEXPECTED, "the laser cannot follow the track", CLEAN],
  [0x3, 0x0c, ANY, "fail", UNEXPECTED, "write error", TRY_MEDIUM],
  [
    0x3,
    0x0c,
    9,
    "fail",
    "E_IMAPI_LOSS_OF_STREAMING",
    "the drive ran out of data",
    "lower the speed, keep the machine free",
  ],
  [
    0xb,
    0x0c,
    0x0a,
    "fail",
    "E_IMAPI_LOSS_OF_STREAMING",
    "the drive ran out of data",
    "lower the speed, keep the machine free",
  ],
  [0x3, 0x11, ANY, "fail", UNEXPECTED, "a sector cannot be read", CLEAN],
  [0x3, 0x51, ANY, "fail", "E_IMAPI_ERASE_DRIVE_FAILED_ERASE_COMMAND", "erasing failed", "erase it in full"],
  [0x3, 0x57, ANY, "fail", UNEXPECTED, "the table of contents cannot be read", CLEAN],
  [
    0x3,
    0x72,
    ANY,
    "fail",
    UNEXPECTED,
    "the session could not be closed",
    "the data may be good: verify the disc",
  ],
  [0x5, 0x72, 3, "sync", UNEXPECTED, "a track of the session is not closed", "close the track first"],
  [0x5, 0x72, 4, "fail", UNEXPECTED, "a reserved track is empty", "close the disc"],
  [0x5, 0x72, 5, "fail", UNEXPECTED, "no more tracks can be reserved", "close the disc"],
  [0x3, 0x73, ANY, "fail", UNEXPECTED, "the laser power could not be calibrated", TRY_MEDIUM],
  [
    0x3,
    0x73,
    [4, 5],
    "fail",
    UNEXPECTED,
    "the disc's own memory of its tracks cannot be written",
    "use a new disc",
  ],

  [0x4, ANY, ANY, "fail", UNEXPECTED, "the drive has a hardware error", "switch the drive off and on"],
  [ANY, 0x08, ANY, "retry", "E_IMAPI_RECORDER_COMMAND_TIMEOUT", "the connection failed", TRY_CABLE],
  [0x4, 0x3e, 2, "fail", "E_IMAPI_RECORDER_COMMAND_TIMEOUT", "the drive timed out", TRY_CABLE],
  [0x5, 0x2e, ANY, "fail", "E_IMAPI_RECORDER_COMMAND_TIMEOUT", "the drive timed out", TRY_CABLE],

  [0x5, ANY, ANY, "fail", UNEXPECTED, "the drive refused the command", "try another drive"],
  [
    ANY,
    0x1a,
    ANY,
    "fail",
    "E_IMAPI_RECORDER_INVALID_MODE_PARAMETERS",
    "a length is wrong",
    "try another drive",
  ],
  [ANY, 0x20, ANY, "fail", UNEXPECTED, "the drive does not know the command", "try another drive"],
  [
    ANY,
    0x21,
    ANY,
    "fail",
    UNEXPECTED,
    "the address is not on the medium",
    "check that the data fits the disc",
  ],
  [
    ANY,
    0x21,
    2,
    "fail",
    "E_IMAPI_LOSS_OF_STREAMING",
    "writing cannot go on at this address: data was lost on its way",
    TRY_CABLE,
  ],
  [ANY, 0x24, ANY, "fail", UNEXPECTED, "the drive does not know a field of the command", "try another drive"],
  [
    ANY,
    0x26,
    ANY,
    "fail",
    "E_IMAPI_RECORDER_INVALID_MODE_PARAMETERS",
    "the drive refused a parameter",
    "try other settings",
  ],
  [
    ANY,
    0x27,
    ANY,
    "fail",
    "E_IMAPI_RECORDER_MEDIA_WRITE_PROTECTED",
    "the medium is write protected",
    "take the protection off",
  ],
  [ANY, 0x2c, ANY, "sync", UNEXPECTED, "another program used the drive in between", BUSY_PROGRAM],
  [
    ANY,
    0x53,
    ANY,
    "fail",
    UNEXPECTED,
    "the medium cannot be loaded or ejected",
    "look at the drive",
  ],
  [
    ANY,
    0x53,
    2,
    "fail",
    "E_IMAPI_RECORDER_LOCKED",
    "the tray is locked",
    "end the program that locked it",
  ],
  [
    ANY,
    0x63,
    ANY,
    "fail",
    "E_IMAPI_DF2DATA_STREAM_TOO_LARGE_FOR_CURRENT_MEDIA",
    "the end of the disc is reached",
    "use a larger disc",
  ],
  [ANY, 0x64, ANY, "fail", UNEXPECTED, "the track is of another mode", "erase the disc in full"],
  [ANY, 0x6f, ANY, "fail", UNEXPECTED, "the disc is copy protected", "use another disc"],

  [
    0x6,
    ANY,
    ANY,
    "attention",
    UNEXPECTED,
    "the drive reports a change",
    "look at the drive, then try again",
  ],
  [
    0x6,
    0x28,
    ANY,
    "attention",
    "E_IMAPI_RECORDER_MEDIA_BECOMING_READY",
    "the medium was changed",
    "check the disc, then try again",
  ],
  [0x6, 0x29, ANY, "attention", UNEXPECTED, "the drive was reset", TRY_CABLE],
  [
    0x7,
    ANY,
    ANY,
    "fail",
    "E_IMAPI_RECORDER_MEDIA_WRITE_PROTECTED",
    "the medium is write protected",
    "take the protection off",
  ],
  [0x8, ANY, ANY, "fail", UNEXPECTED, "the place is not written", "check the disc"],
  [0xb, ANY, ANY, "retry", UNEXPECTED, "the drive aborted the command", TRY_CABLE],
  [
    0xd,
    ANY,
    ANY,
    "fail",
    "E_IMAPI_DF2DATA_STREAM_TOO_LARGE_FOR_CURRENT_MEDIA",
    "the end of the disc is reached",
    "use a larger disc",
  ],
  [
    0xe,
    ANY,
    ANY,
    "fail",
    "E_IMAPI_BURN_VERIFICATION_FAILED",
    "what was read differs from what was written",
    "burn the data again on a new disc",
  ],
];

const TABLE: ReadonlyMap<string, SenseMeaning> = new Map(
  ROWS.flatMap(([key, asc, ascqs, action, hresult, meaning, advice]) =>
    (typeof ascqs === "number" ? [ascqs] : ascqs).map((ascq): [string, SenseMeaning] => [
      rowKey(key, asc, ascq),
      { meaning, action, hresult, advice },
    ])
  ),
);

function hex(value: number, digits: number): string {
  return value.toString(16).toUpperCase().padStart(digits, "0");
}
