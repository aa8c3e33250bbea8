/** The one place where errors of the layers below become those that scripts catch. @module */
import { AutomationError, Interrupted, scriptError, Unwinding } from "../automation/errors.ts";
import { ImageError, type ImageErrorCode } from "../image/mod.ts";
import type { ImapiEnvironment } from "./environment.ts";
import { type HresultName, imapiError } from "./hresult.ts";

const OF_IMAGE: Readonly<Record<ImageErrorCode, HresultName>> = {
  name: "IMAPI_E_INVALID_PATH",
  volumeName: "IMAPI_E_INVALID_VOLUME_NAME",
  fileSystems: "IMAPI_E_INVALID_PARAM",
  alignment: "IMAPI_E_INVALID_PARAM",
  tooBig: "IMAPI_E_DATA_TOO_BIG",
  tooManyDirectories: "IMAPI_E_TOO_MANY_DIRS",
  sourceUnreadable: "IMAPI_E_DATA_STREAM_READ_FAILURE",
  sourceShrank: "IMAPI_E_DATA_STREAM_INCONSISTENCY",
  sourceGrew: "IMAPI_E_DATA_STREAM_INCONSISTENCY",
  damaged: "IMAPI_E_IMPORT_READ_FAILURE",
  unreadable: "IMAPI_E_IMPORT_READ_FAILURE",
};

/**
 * The error to throw for what a lower layer threw, with that as its cause.
 *
 * What is an AutomationError already stays itself, and so does what ends a script from outside.
 */
export function automationErrorOf(error: unknown): unknown {
  if (error instanceof AutomationError || error instanceof Unwinding) return error;
  const said = error instanceof ImageError && error.cause !== undefined ? error.cause : error;
  if (said instanceof Deno.errors.NotCapable) {
    // Deno's own message names the path and the flag: Requires read access to "/x", run again with the --allow-read flag.
    return scriptError("permissionDenied", said.message, { cause: error });
  }
  if (said instanceof Deno.errors.PermissionDenied) {
    const { message } = error as Error;
    return scriptError("permissionDenied", `${message}; give this user access to it`, { cause: error });
  }
  if (error instanceof ImageError) return imapiError(OF_IMAGE[error.code], error.message, { cause: error });
  if (error instanceof Deno.errors.NotFound) {
    return scriptError("pathNotFound", error.message, { cause: error });
  }
  return error;
}

/** Does something, with what it throws turned by {@linkcode automationErrorOf}. */
export function translated<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw automationErrorOf(error);
  }
}

/** The end of the script that was asked for from outside; how the work ended that it found is its cause. */
export function interruptionOf(error: unknown, environment: ImapiEnvironment): Unwinding {
  if (error instanceof Unwinding) return error;
  let unwinding: Unwinding = new Interrupted("signal");
  try {
    environment.checkInterrupted?.();
  } catch (thrown) {
    if (!(thrown instanceof Unwinding)) throw thrown;
    unwinding = thrown;
  }
  unwinding.cause = error;
  return unwinding;
}
