/** The error of the burning engine. @module */
import { AutomationError, Unwinding } from "../automation/errors.ts";
import { HRESULT, type HresultName } from "./hresult.ts";
import { formatSense, type SenseTriple } from "./sense.ts";

/** What state a disc is in, coarsely. "open": data was written and its session is not closed. */
export type DiscStatus =
  | "absent"
  | "blank"
  | "appendable"
  | "open"
  | "finalized"
  | "overwritable"
  | "readOnly"
  | "unsupported"
  | "unknown";

/** The state of a disc, as a drive tells it. */
export interface DiscState {
  /** The state, coarsely. */
  readonly status: DiscStatus;
  /** Sessions that are closed. */
  readonly sessions: number;
  /** The state in words: "DVD+R, blank". */
  readonly description: string;
  /** Whether all data was written and read back equal, although closing the disc then failed. */
  readonly isDataGood?: boolean;
}

/** A sector that a verification found bad. */
export interface BadSector {
  /** Where it lies on the disc. */
  readonly lba: number;
  /** Whether it could be read at all. */
  readonly problem: "different" | "unreadable";
  /** What lies there, a file's path where the caller knows it. */
  readonly owner: string | undefined;
  /** What the drive said of it. */
  readonly sense: SenseTriple | undefined;
}

/** What a {@linkcode BurnError} knows beside its message. */
export interface BurnErrorDetails {
  /** What was being done, to follow "Cannot": "burn the disc", "close the session". */
  readonly action: string;
  /** What was found instead. */
  readonly found: string;
  /** What the person at the drive can do. */
  readonly advice: string;
  /** What the drive said. */
  readonly sense?: SenseTriple | undefined;
  /** The command that failed, by its standard's name. */
  readonly command?: string | undefined;
  /** The disc after clean-up. */
  readonly discState?: DiscState | undefined;
  /** What a verification found. */
  readonly badSectors?: readonly BadSector[] | undefined;
  /** The error behind this one. */
  readonly cause?: unknown;
}

/** A burn, or any other work with a drive, that failed. Its message says the action, the state found, what to do. */
export class BurnError extends AutomationError {
  /** The documented name of the HRESULT. */
  declare readonly hresultName: HresultName;
  /** What was being done, to follow "Cannot". */
  readonly action: string;
  /** What was found instead. */
  readonly found: string;
  /** What the person at the drive can do. */
  readonly advice: string;
  /** The command that failed, by its standard's name; undefined where none did. */
  readonly command: string | undefined;
  /** The state that the disc was left in, asked of the drive after clean-up; undefined when nothing was written. */
  readonly discState: DiscState | undefined;
  /** What a verification found; empty for other errors. */
  readonly badSectors: readonly BadSector[];

  /** Makes the message of the details. */
  constructor(hresultName: HresultName, details: BurnErrorDetails) {
    super(HRESULT[hresultName], message(details), {
      source: "Burnscript",
      hresultName,
      ...(details.sense === undefined ? {} : { sense: details.sense }),
      ...(details.cause === undefined ? {} : { cause: details.cause }),
    });
    this.action = details.action;
    this.found = details.found;
    this.advice = details.advice;
    this.command = details.command;
    this.discState = details.discState;
    this.badSectors = details.badSectors ?? [];
  }

  /** The same error with what else became known, such as the disc's state after clean-up. */
  with(more: Partial<BurnErrorDetails>): BurnError {
    return new BurnError(this.hresultName, {
      action: this.action,
      found: this.found,
      advice: this.advice,
      sense: this.sense,
      command: this.command,
      discState: this.discState,
      badSectors: this.badSectors,
      cause: this.cause,
      ...more,
    });
  }
}

function message({ action, found, advice, sense, command, discState }: BurnErrorDetails): string {
  const said = [command, sense === undefined ? undefined : formatSense(sense)].filter((part) =>
    part !== undefined
  );
  const spoken = said.length === 0 ? "" : ` (${said.join(" ")})`;
  const data = discState?.isDataGood === true ? ", all its data good" : "";
  const state = discState === undefined ? "" : `; the disc is now: ${discState.description}${data}`;
  return `Cannot ${action}: ${found}${spoken}${state}; ${advice}`;
}

/** Whether an error only ends what runs, from outside, and is to pass every handler unchanged. */
export function isUnwinding(error: unknown): boolean {
  return error instanceof Unwinding;
}
