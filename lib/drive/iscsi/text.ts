/**
 * Text keys (RFC 7143, chapters 6 and 13): `Key=Value` pairs that end with a zero byte, and what comes of each key when
 * initiator and target each say what they can.
 *
 * @module
 */
import { PduError } from "./pdu.ts";

/** Longest text that is taken, all of its PDUs together. */
export const TEXT_BYTES_MAX = 65536;

/** Reads pairs. A key that comes twice is an error (RFC 7143, 6.2). */
export function parseText(data: Uint8Array): Map<string, string> {
  const pairs = new Map<string, string>();
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(data);
  } catch (error) {
    throw new PduError("Text that is not UTF-8", { cause: error });
  }
  for (const pair of text.split("\0")) {
    if (pair === "") continue;
    const at = pair.indexOf("=");
    const key = pair.slice(0, Math.max(at, 0));
    if (!/^[A-Za-z][\w.+@-]{0,62}$/.test(key)) throw new PduError(`Text without a key: ${quoted(pair)}`);
    if (pairs.has(key)) throw new PduError(`The key ${key} twice`);
    pairs.set(key, pair.slice(at + 1));
  }
  return pairs;
}

/** Writes pairs. */
export function writeText(pairs: Iterable<readonly [key: string, value: string]>): Uint8Array {
  return new TextEncoder().encode([...pairs].map(([key, value]) => `${key}=${value}\0`).join(""));
}

/** What was agreed on, as far as the two sides act on it; RFC 7143's defaults until then. */
export interface SessionParameters {
  /** The most data that the other side takes in one PDU. */
  readonly sendBytesMax: number;
  /** The most data of one sequence of Data-In PDUs, or of one R2T. */
  readonly maxBurstLength: number;
  /** The most data that may come without an R2T. */
  readonly firstBurstLength: number;
  /** Whether data may come in the SCSI Command itself. */
  readonly immediateData: boolean;
}

/** RFC 7143's defaults (13.11 to 13.14). */
export const DEFAULT_PARAMETERS: SessionParameters = {
  sendBytesMax: 8192,
  maxBurstLength: 262144,
  firstBurstLength: 65536,
  immediateData: true,
};

/** The most data that we take in one PDU. */
export const RECEIVE_BYTES_MAX = 262144;

type Rule =
  /** One of a list, in the order of who offers; ours is the only one that we take. */
  | { readonly rule: "list"; readonly ours: string }
  /** The lower, or the higher, of two numbers. */
  | { readonly rule: "min" | "max"; readonly ours: number; readonly from: number; readonly to: number }
  /** Yes if both say so, or if one does. */
  | { readonly rule: "and" | "or"; readonly ours: boolean }
  /** Each side says its own. */
  | { readonly rule: "declare"; readonly ours: number; readonly from: number; readonly to: number }
  /** Said, and not answered. */
  | { readonly rule: "statement" };

const LENGTH = { from: 512, to: 0xffffff } as const;
const SECONDS = { from: 0, to: 3600 } as const;

/** What we answer to each key (RFC 7143, chapter 13). Whatever is not here is not understood. */
export const RULES: ReadonlyMap<string, Rule> = new Map<string, Rule>([
  ["AuthMethod", { rule: "list", ours: "None" }], // 12
  ["HeaderDigest", { rule: "list", ours: "None" }], // 13.1
  ["DataDigest", { rule: "list", ours: "None" }],
  ["MaxConnections", { rule: "min", ours: 1, from: 1, to: 65535 }], // 13.2
  ["TargetName", { rule: "statement" }], // 13.4
  ["InitiatorName", { rule: "statement" }], // 13.5
  ["InitiatorAlias", { rule: "statement" }], // 13.7
  ["InitialR2T", { rule: "or", ours: true }], // 13.10
  ["ImmediateData", { rule: "and", ours: true }], // 13.11
  ["MaxRecvDataSegmentLength", { rule: "declare", ours: RECEIVE_BYTES_MAX, ...LENGTH }], // 13.12
  ["MaxBurstLength", { rule: "min", ours: 262144, ...LENGTH }], // 13.13
  ["FirstBurstLength", { rule: "min", ours: 65536, ...LENGTH }], // 13.14
  ["DefaultTime2Wait", { rule: "max", ours: 0, ...SECONDS }], // 13.15
  ["DefaultTime2Retain", { rule: "min", ours: 0, ...SECONDS }], // 13.16
  ["MaxOutstandingR2T", { rule: "min", ours: 1, from: 1, to: 65535 }], // 13.17
  ["DataPDUInOrder", { rule: "or", ours: true }], // 13.18
  ["DataSequenceInOrder", { rule: "or", ours: true }], // 13.19
  ["ErrorRecoveryLevel", { rule: "min", ours: 0, from: 0, to: 2 }], // 13.20
  ["SessionType", { rule: "statement" }], // 13.21
  // Markers, which RFC 3720 had and initiators still decline by name.
  ["IFMarker", { rule: "and", ours: false }],
  ["OFMarker", { rule: "and", ours: false }],
]);

/** Our answer to one offer; undefined where none is due. */
export function answerTo(key: string, offer: string): string | undefined {
  const row = RULES.get(key);
  if (row === undefined) return "NotUnderstood";
  switch (row.rule) {
    case "statement":
      return undefined;
    case "list":
      return offer.split(",").includes(row.ours) ? row.ours : "Reject";
    case "and":
    case "or": {
      if (offer !== "Yes" && offer !== "No") return "Reject";
      const theirs = offer === "Yes";
      return (row.rule === "and" ? theirs && row.ours : theirs || row.ours) ? "Yes" : "No";
    }
    case "min":
    case "max":
    case "declare": {
      const theirs = parseNumber(offer);
      if (theirs === undefined || theirs < row.from || theirs > row.to) return "Reject";
      return String(row.rule === "declare" ? row.ours : Math[row.rule](theirs, row.ours));
    }
  }
}

/** The parameters that follow from pairs that both sides know: `agreed` of negotiated keys, `theirs` of what was declared. */
export function withAgreed(
  parameters: SessionParameters,
  { agreed, theirs }: { agreed: ReadonlyMap<string, string>; theirs: ReadonlyMap<string, string> },
): SessionParameters {
  const number = (pairs: ReadonlyMap<string, string>, key: string, otherwise: number): number => {
    const value = parseNumber(pairs.get(key) ?? "");
    return value !== undefined && value >= LENGTH.from && value <= LENGTH.to ? value : otherwise;
  };
  const immediate = agreed.get("ImmediateData");
  const maxBurstLength = number(agreed, "MaxBurstLength", parameters.maxBurstLength);
  return {
    sendBytesMax: number(theirs, "MaxRecvDataSegmentLength", parameters.sendBytesMax),
    maxBurstLength,
    firstBurstLength: Math.min(
      number(agreed, "FirstBurstLength", parameters.firstBurstLength),
      maxBurstLength,
    ),
    immediateData: immediate === undefined ? parameters.immediateData : immediate === "Yes",
  };
}

/** Decimal or hexadecimal (RFC 7143, 6.1). */
function parseNumber(text: string): number | undefined {
  return /^(\d{1,10}|0[xX][0-9a-fA-F]{1,8})$/.test(text) ? Number(text) : undefined;
}

function quoted(text: string): string {
  return JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text);
}
