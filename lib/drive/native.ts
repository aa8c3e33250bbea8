/** The computer's own recorders, by way of the native library. @module */
import { AutomationError } from "../automation/errors.ts";
import { HRESULT } from "../mmc/hresult.ts";
import type { CommandRequest, Reply } from "../mmc/request.ts";
import { StillMounted, unmountDisc } from "../platform/disc_mounts.ts";
import { usersOfDevice } from "../platform/disc_users.ts";
import {
  type Native,
  type NativeCommand,
  NativeFailure,
  nativeLibrary,
  type NativeReply,
  releaseNativeHandles,
} from "../platform/native_library.ts";
import { sourceOnVolume } from "../platform/source_on_volume.ts";
import { noteTouched } from "../platform/touched.ts";
import { sleepSync } from "./sleep.ts";
import type { Recorder, RecorderIdentity, RecorderOpenOptions, Transport } from "./transport.ts";

const SECTOR_BYTES = 2048;
/** What every USB bridge takes; more gains nothing at the speed of a disc. */
const TRANSFER_BYTES_MAX = 64 * 1024;
/** Linux keeps udev's and the desktop's look at a new medium short: an open drive is busy for a moment only. */
const BUSY_RETRIES = 3;
const BUSY_PAUSE_MS = 500;

const NOTHING = new Uint8Array(0);

/**
 * The recorders of this computer, in the system's order. Loads the native library; no command is sent to a drive.
 *
 * @throws Deno.errors.NotCapable without `--allow-ffi`.
 */
export function listNativeRecorders(): Recorder[] {
  const native = nativeLibrary();
  const drives = native.list();
  return drives.map((drive) => {
    const shared = drives.some((other) => other !== drive && other.uniqueId === drive.uniqueId);
    return new NativeRecorder(native, {
      // Some bridges all carry one serial number.
      uniqueId: shared || drive.uniqueId === "" ? `${drive.uniqueId}#${drive.path}` : drive.uniqueId,
      path: drive.path,
      vendorId: drive.vendor,
      productId: drive.product,
      productRevision: drive.revision,
      bus: drive.bus,
      volumePathNames: drive.volumes,
    });
  });
}

/**
 * Unlocks and closes every drive that any thread of this process has open; returns how many. To be called before a
 * worker that may have one is terminated.
 */
export function releaseNativeDevices(): number {
  return releaseNativeHandles();
}

class NativeRecorder implements Recorder {
  readonly #native: Native;

  constructor(native: Native, readonly identity: RecorderIdentity) {
    this.#native = native;
  }

  open({ exclusive, ...mounted }: RecorderOpenOptions): Transport {
    const { path, volumePathNames } = this.identity;
    // On Linux it is seen to where the disc is unmounted.
    if (exclusive && Deno.build.os !== "linux") refuseSources(path, { volumePathNames, ...mounted });
    for (let retry = 0;; retry++) {
      try {
        const handle = this.#native.open(path, { exclusive });
        noteTouched("device", path);
        return new NativeTransport(this.#native, handle, path);
      } catch (error) {
        if (!(error instanceof NativeFailure)) throw error;
        if (error.kind !== "busy" || retry >= BUSY_RETRIES) throw openError(path, error);
        if (!exclusive || !unmount(path, mounted)) sleepSync(BUSY_PAUSE_MS);
      }
    }
  }
}

class NativeTransport implements Transport {
  readonly maxTransferBytes: number;
  readonly #native: Native;
  readonly #handle: number;
  readonly #path: string;
  #open = true;

  constructor(native: Native, handle: number, path: string) {
    this.#native = native;
    this.#handle = handle;
    this.#path = path;
    const limit = native.limits(handle).maxTransferBytes;
    const bytes = limit === 0 ? TRANSFER_BYTES_MAX : Math.min(limit, TRANSFER_BYTES_MAX);
    this.maxTransferBytes = Math.max(SECTOR_BYTES, bytes - bytes % SECTOR_BYTES);
  }

  execute(command: CommandRequest): Reply {
    const native = toNative(command);
    this.#requireOpen();
    try {
      return toReply(native, this.#native.exec(this.#handle, native));
    } catch (error) {
      throw this.#broken(error);
    }
  }

  async executeAsync(command: CommandRequest): Promise<Reply> {
    const native = toNative(command);
    this.#requireOpen();
    try {
      return toReply(native, await this.#native.execAsync(this.#handle, native));
    } catch (error) {
      throw this.#broken(error);
    }
  }

  /** The library unlocks the tray, if it was locked through this handle, and gives exclusive access back. */
  [Symbol.dispose](): void {
    if (!this.#open) return;
    this.#open = false;
    try {
      this.#native.close(this.#handle);
    } catch (error) {
      // Already closed by a supervisor.
      if (!(error instanceof NativeFailure && error.kind === "bad handle")) throw error;
    }
  }

  #requireOpen(): void {
    if (!this.#open) throw new TypeError(`The drive "${this.#path}" is closed`);
  }

  #broken(error: unknown): unknown {
    if (!(error instanceof NativeFailure)) return error;
    if (error.kind === "busy") return new TypeError(`The drive "${this.#path}" is still at another command`);
    return new AutomationError(
      HRESULT.E_FAIL,
      `Cannot send a command to "${this.#path}": ${error.message}; open the drive again`,
      { hresultName: "E_FAIL", cause: error },
    );
  }
}

function toNative({ cdb, dataOut, dataInBytes = 0, timeoutMs }: CommandRequest): NativeCommand {
  if (dataOut !== undefined && dataOut.length > 0) return { cdb, direction: "out", data: dataOut, timeoutMs };
  if (dataInBytes > 0) return { cdb, direction: "in", data: new Uint8Array(dataInBytes), timeoutMs };
  return { cdb, direction: "none", data: null, timeoutMs };
}

function toReply({ direction, data }: NativeCommand, reply: NativeReply): Reply {
  const { status, sense, transport, residualBytes } = reply;
  const arrived = direction === "in" && data !== null && transport === "ok"
    ? data.subarray(0, Math.max(0, data.length - residualBytes))
    : NOTHING;
  return { status, sense, dataIn: arrived, transport };
}

function refuseSources(
  path: string,
  { volumePathNames, sources }:
    & Pick<RecorderOpenOptions, "sources">
    & Pick<RecorderIdentity, "volumePathNames">,
): void {
  const found = sources && sourceOnVolume(sources(), { volumes: volumePathNames });
  if (found === undefined) return;
  throw lockedError(path, {
    found: `the source "${found.source}" lies on the disc in it, at "${found.volume}"`,
    advice: "copy it to another place first",
  });
}

/** What keeps a drive busy on Linux as a rule; elsewhere the native library has unmounted already. */
function unmount(path: string, options: Omit<RecorderOpenOptions, "exclusive">): boolean {
  try {
    return unmountDisc(path, options);
  } catch (error) {
    if (!(error instanceof StillMounted)) throw error;
    throw lockedError(path, { found: error.message, advice: error.advice, cause: error });
  }
}

function lockedError(
  path: string,
  { found, advice, ...cause }: { found: string; advice: string; cause?: Error },
): AutomationError {
  return new AutomationError(
    HRESULT.E_IMAPI_RECORDER_LOCKED,
    `Cannot open "${path}": ${found}; ${advice}`,
    { hresultName: "E_IMAPI_RECORDER_LOCKED", ...cause },
  );
}

function busyError(path: string, cause: NativeFailure): AutomationError {
  const users = usersOfDevice(path);
  if (users.length > 0) {
    const found = `it is in use by ${users.join(", ")}`;
    return lockedError(path, { found, advice: "wait for its end, or end it, and try again", cause });
  }
  const unmount = Deno.build.os === "linux" ? `unmount it (umount ${path})` : "close what shows the disc";
  const found = "another program uses it, or its disc is mounted";
  return lockedError(path, { found, advice: `${unmount} and try again`, cause });
}

function openError(path: string, failure: NativeFailure): AutomationError {
  switch (failure.kind) {
    case "busy":
      return busyError(path, failure);
    case "denied":
      return new AutomationError(
        HRESULT.E_ACCESSDENIED,
        `Cannot open "${path}": access is denied; ${ADVICE_DENIED}`,
        {
          hresultName: "E_ACCESSDENIED",
          cause: failure,
        },
      );
    default:
      return new AutomationError(
        HRESULT.E_FAIL,
        `Cannot open "${path}": ${failure.message}; "burnscript drives" shows which recorders there are`,
        { hresultName: "E_FAIL", cause: failure },
      );
  }
}

const ADVICE_DENIED = Deno.build.os === "linux"
  ? "add your user to group cdrom (sudo usermod -aG cdrom $USER) and log in again"
  : Deno.build.os === "windows"
  ? "a policy of this computer may reserve recorders for administrators"
  : "another program may have the drive";
