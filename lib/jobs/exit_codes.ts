/** Exit codes of every command; documented and stable. @module */

/** 0 done, 1 failed, 2 wrong use, 3 no recorder or no medium, 4 verification failed, 5 the job is running already, 130 after Ctrl-C. */
export const EXIT = {
  done: 0,
  failed: 1,
  wrongUse: 2,
  noRecorder: 3,
  verifyFailed: 4,
  alreadyRunning: 5,
  interrupted: 130,
} as const;

const E_IMAPI_RECORDER_MEDIA_NO_MEDIA = 0xC0AA0202 | 0;
const E_IMAPI_BURN_VERIFICATION_FAILED = 0xC0AA0007 | 0;

/** There is no recorder where one was asked for. */
export class NoRecorderError extends Error {
  /** The class name, as every error has it. */
  override readonly name = "NoRecorderError";
}

/** What went wrong first, where the clean-up after it failed as well: a full disk fails both. */
export function firstError(thrown: unknown): unknown {
  let error = thrown;
  while (error instanceof SuppressedError) error = error.suppressed;
  return error;
}

/** The exit code for an error that ended the work, by its HRESULT or that of what caused it. */
export function exitCodeOf(error: unknown): number {
  for (let cause = firstError(error); cause instanceof Error; cause = cause.cause) {
    if (cause instanceof NoRecorderError) return EXIT.noRecorder;
    const { number } = cause as { number?: unknown };
    if (number === E_IMAPI_RECORDER_MEDIA_NO_MEDIA) return EXIT.noRecorder;
    if (number === E_IMAPI_BURN_VERIFICATION_FAILED) return EXIT.verifyFailed;
  }
  return EXIT.failed;
}
