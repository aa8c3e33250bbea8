/**
 * Discs that are written anywhere: what formatting, writing and closing make of them, as one table of transitions. The
 * formatted part is the disc's one track; it begins at sector 0.
 *
 * @module
 */
import { blankDisc, type DiscState, type FormatPhase, refuse, setFormatted } from "./disc.ts";

type Refused = readonly [key: number, asc: number, ascq: number];
const NOT_FORMATTED: Refused = [2, 0x30, 0x10];
const INVALID_FIELD: Refused = [5, 0x24, 0x00];
const INVALID_PARAMETER: Refused = [5, 0x26, 0x00];

type FormatEvent = "background" | "restart" | "quick" | "grow" | "full" | "stop" | "close" | "ends";

/** "ends": the background format has reached the disc's end. */
const TRANSITIONS: Record<FormatPhase, Record<FormatEvent, FormatPhase | Refused>> = {
  unformatted: {
    background: "running",
    restart: INVALID_PARAMETER,
    quick: "growing",
    grow: INVALID_PARAMETER,
    full: "formatted",
    stop: INVALID_FIELD,
    close: INVALID_FIELD,
    ends: "unformatted",
  },
  running: {
    background: "running",
    restart: "running",
    quick: INVALID_PARAMETER,
    grow: INVALID_PARAMETER,
    full: INVALID_PARAMETER,
    stop: "stopped",
    // Without a stop before it, closing waits for the format's end.
    close: "formatted",
    ends: "formatted",
  },
  stopped: {
    background: "running",
    restart: "running",
    quick: INVALID_PARAMETER,
    grow: INVALID_PARAMETER,
    full: INVALID_PARAMETER,
    stop: "stopped",
    close: "stopped",
    ends: "stopped",
  },
  growing: {
    background: INVALID_PARAMETER,
    restart: INVALID_PARAMETER,
    quick: "growing",
    grow: "growing",
    full: "formatted",
    stop: INVALID_FIELD,
    close: "formatted",
    ends: "growing",
  },
  formatted: {
    background: "running",
    restart: "formatted",
    quick: "growing",
    grow: "growing",
    full: "formatted",
    stop: "formatted",
    close: "formatted",
    ends: "formatted",
  },
};

/** Where the formatted part ends. */
export function formattedSectors(disc: DiscState): number {
  return disc.tracks[0]?.nextLba ?? 0;
}

/** What FORMAT UNIT's format types (MMC-6) do. */
const EVENT_OF_TYPE: ReadonlyMap<number, FormatEvent> = new Map<number, FormatEvent>([
  [0x00, "full"],
  [0x10, "full"],
  [0x13, "grow"],
  [0x15, "quick"],
  [0x26, "background"],
  [0x30, "full"],
  [0x31, "full"],
]);

/**
 * Formats a disc; a sequential one becomes one that is written anywhere. Returns whether what it held is gone.
 *
 * @throws Refusal for a format that the medium does not have, or not now.
 */
export function formatDisc(disc: DiscState, { type, restart, sectors }: {
  type: number;
  restart: boolean;
  /** How many are asked for; 0 and FFFFFFFFh leave it to the drive. */
  sectors: number;
}): boolean {
  const { kind } = disc;
  const event = EVENT_OF_TYPE.get(type);
  if (event === undefined || !kind.formatTypes.includes(type)) return refuse(...INVALID_PARAMETER);
  if (sectors !== 0xffffffff && sectors > kind.capacitySectors) return refuse(...INVALID_PARAMETER);
  const isRestart = event === "background" && restart;
  const next = take(TRANSITIONS[disc.format ?? "unformatted"][isRestart ? "restart" : event]);
  if (isRestart || event === "grow") {
    disc.format = next;
    return false;
  }
  setFormatted(disc, { phase: next, sectors: next === "formatted" ? kind.capacitySectors : 0 });
  return true;
}

/** FORMAT UNIT's sub-types of a BD-R (MMC-6): recorded sequentially with pseudo-overwrite, or without it. */
const SPARES_SUB_TYPE = { overwritable: 0, plain: 1 } as const;

/**
 * Formats a blank BD-R with spare areas: once, and it stays a disc that is recorded sequentially.
 *
 * @throws Refusal for a format that the medium does not have, or not any more.
 */
export function addSpares(disc: DiscState, { type, subType, sectors }: {
  type: number;
  subType: number;
  /** How many are to be left for data; for type 0 the drive has a size of its own. */
  sectors: number;
}): void {
  const offered = disc.kind.spareFormats.filter((format) => format.type === type);
  if (disc.phase !== "blank" || disc.spares !== undefined) return refuse(5, 0x30, 0x06);
  const found = type === 0 ? offered[0] : offered.find(({ capacitySectors }) => capacitySectors === sectors);
  if (found === undefined) return refuse(...INVALID_PARAMETER);
  if (subType !== SPARES_SUB_TYPE.overwritable && subType !== SPARES_SUB_TYPE.plain) {
    return refuse(...INVALID_PARAMETER);
  }
  disc.spares = {
    capacitySectors: found.capacitySectors,
    isOverwritable: subType === SPARES_SUB_TYPE.overwritable,
  };
}

/** CLOSE TRACK/SESSION: function 0 stops a background format, 2 ends what is unfinished. */
export function closeFormatted(disc: DiscState, what: number): void {
  const event = ({ 0: "stop", 2: "close" } as const)[what];
  if (event === undefined) return refuse(...INVALID_FIELD);
  change(disc, event);
}

/** Takes note that time or the tray ended a background format; tells whether it changed anything. */
export function endFormat(disc: DiscState, how: "stop" | "ends"): boolean {
  if (disc.format !== "running") return false;
  change(disc, how);
  return true;
}

function change(disc: DiscState, event: FormatEvent): void {
  const before = disc.format ?? "unformatted";
  const next = take(TRANSITIONS[before][event]);
  const grewToTheEnd = before === "running" && next === "formatted";
  if (before === "unformatted") return;
  setFormatted(disc, {
    phase: next,
    sectors: grewToTheEnd ? disc.kind.capacitySectors : formattedSectors(disc),
  });
}

/** Takes a WRITE into account; returns whether it is the first one in a formatted part. */
export function recordOverwrite(disc: DiscState, lba: number, sectors: number): boolean {
  const { kind, format } = disc;
  const end = formattedSectors(disc);
  if (format === undefined || format === "unformatted") return refuse(...NOT_FORMATTED);
  // Rigid restricted overwrite: whole ECC blocks only (MMC-6, feature 002Ch).
  const isRigid = kind.formattedProfile !== undefined;
  if (isRigid && (lba % kind.blockSectors !== 0 || sectors % kind.blockSectors !== 0)) refuse(5, 0x64, 0x01);
  const grows = format === "running" || format === "growing";
  if (format === "growing" && lba > end) refuse(5, 0x21, 0x02);
  if (lba + sectors > (grows ? kind.capacitySectors : end)) refuse(5, 0x21, 0x00);
  if (lba + sectors > end) setFormatted(disc, { phase: format, sectors: lba + sectors });
  return end === 0;
}

/** BLANK: the disc as it was bought. */
export function blank(disc: DiscState, { minimal }: { minimal: boolean }): void {
  const { kind } = disc;
  if (!kind.blanks) refuse(5, 0x30, 0x00);
  const { phase, closedSessions, format } = blankDisc(kind);
  disc.tracks.splice(0);
  Object.assign(disc, { phase, closedSessions, format, onlyAtOnce: minimal && kind.recording === "minus" });
}

function take(next: FormatPhase | Refused): FormatPhase {
  return typeof next === "string" ? next : refuse(...next);
}
