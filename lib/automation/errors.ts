/** The error that scripts and TypeScript callers catch. @module */
import { RUNTIME_MESSAGES } from "./runtime_messages.ts";

/** What went wrong, as a script sees it in `Err`, and as a TypeScript caller catches it. */
export class AutomationError extends Error {
  /** The class name, as every error has it. */
  override readonly name = "AutomationError";
  /** Signed 32 bits, as `Err.Number` shows it: 429, or an HRESULT such as −1062600190. */
  readonly number: number;
  /** `Err.Source`: the component that raised it. */
  readonly source: string;
  /** The documented name of the HRESULT ("E_IMAPI_RECORDER_MEDIA_NO_MEDIA"), where there is one. */
  readonly hresultName: string | undefined;
  /** What the drive said, when a drive spoke. */
  readonly sense: { readonly key: number; readonly asc: number; readonly ascq: number } | undefined;

  /**
   * Keeps the cause and what the drive said, where there is such a thing.
   *
   * @param number error number or HRESULT; taken modulo 2^32.
   * @param message the action, the state found, what to do; no final full stop.
   */
  constructor(number: number, message: string, options: {
    source?: string;
    hresultName?: string;
    sense?: { key: number; asc: number; ascq: number };
    cause?: unknown;
  } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.number = number | 0;
    this.source = options.source ?? "";
    this.hresultName = options.hresultName;
    this.sense = options.sense;
  }
}

/** Thrown through running code to end it. No script can catch it; clean-up on the way out still runs. */
export abstract class Unwinding extends Error {}

/** Ends a script from outside: Ctrl-C, or its time (`//T`) is over. */
export class Interrupted extends Unwinding {
  /** The class name, as every error has it. */
  override readonly name = "Interrupted";

  /** @param options `cause`: the error that says in which state the interrupted work left its disc or file. */
  constructor(readonly reason: "signal" | "timeout", options?: ErrorOptions) {
    super(reason === "signal" ? "Interrupted" : "Script execution time was exceeded", options);
  }
}

/** Error numbers of the script languages that host objects raise, by name. */
export const SCRIPT_ERROR = {
  invalidCall: 5,
  overflow: 6,
  subscript: 9,
  typeMismatch: 13,
  permissionDenied: 70,
  pathNotFound: 76,
  objectNotSet: 91,
  invalidNull: 94,
  cannotCreate: 429,
  noSuchMember: 438,
  wrongArguments: 450,
  notCollection: 451,
} as const;

/** An AutomationError of {@linkcode SCRIPT_ERROR}, its message followed by `: detail` when one is given. */
export function scriptError(
  which: keyof typeof SCRIPT_ERROR,
  detail?: string,
  options: { source?: string; cause?: unknown } = {},
): AutomationError {
  const number = SCRIPT_ERROR[which];
  const message = RUNTIME_MESSAGES[number]!;
  return new AutomationError(number, detail === undefined ? message : `${message}: ${detail}`, options);
}
