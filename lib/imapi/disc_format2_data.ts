/** IDiscFormat2Data: writes a data stream onto a disc. @module */
import { AutomationError, Unwinding } from "../automation/errors.ts";
import { type Connectable, EVENTS, EventSource } from "../automation/events.ts";
import { defineInterface, implementInterface } from "../automation/interface.ts";
import type { ByteStream } from "../automation/stream.ts";
import {
  burnData,
  BurnError,
  type BurnProgress,
  type BurnResult,
  inspect,
  type Medium,
  WRITE_ACTION,
} from "../burn/mod.ts";
import { runSync } from "../drive/run.ts";
import type { Procedure } from "../mmc/request.ts";
import type { IBurnVerification } from "./burn_verification.ts";
import {
  IMAPI_BURN_VERIFICATION_LEVEL,
  IMAPI_MEDIA_PHYSICAL_TYPE,
  IMAPI_MEDIA_WRITE_PROTECT_STATE,
} from "./constants.ts";
import { DiscFormat2, IDiscFormat2Table } from "./disc_format2.ts";
import { DDiscFormat2DataEventsTable, DiscFormat2DataEventArgs } from "./disc_format2_data_event_args.ts";
import type { DiscRecorder2 } from "./disc_recorder2.ts";
import type { ImapiEnvironment } from "./environment.ts";
import { imapiError } from "./hresult.ts";
import { ImageStream } from "./image_stream.ts";
import type { IDiscFormat2Data } from "./types.ts";
import { WriteSpeedDescriptor } from "./write_speed_descriptor.ts";

/** IDiscFormat2Data as data. */
// deno-fmt-ignore -- a table: one row a member
export const IDiscFormat2DataTable = defineInterface("IDiscFormat2Data", "{27354153-9F64-5B0F-8F00-5D77AFBE261E}", {
  Recorder: { dispid: 256, get: "IDiscRecorder2*", put: "IDiscRecorder2*", doc: "The drive that writes." },
  BufferUnderrunFreeDisabled: { dispid: 257, get: "VARIANT_BOOL", put: "VARIANT_BOOL", doc: "Whether the drive is not to protect itself from running out of data, on CD, DVD-R and DVD-RW." },
  PostgapAlreadyInImage: { dispid: 260, get: "VARIANT_BOOL", put: "VARIANT_BOOL", doc: "Whether the stream ends with what a CD's track is padded with, so that no more is added." },
  CurrentMediaStatus: { dispid: 262, get: "LONG", doc: "The state of the medium, a sum of bits of IMAPI_FORMAT2_DATA_MEDIA_STATE." },
  WriteProtectStatus: { dispid: 263, get: "LONG", doc: "Why the medium is write-protected, a sum of bits of IMAPI_MEDIA_WRITE_PROTECT_STATE; 0 if it is not." },
  TotalSectorsOnMedia: { dispid: 264, get: "LONG", doc: "The size of the medium in sectors of 2048 bytes, as if it were blank." },
  FreeSectorsOnMedia: { dispid: 265, get: "LONG", doc: "How many sectors of 2048 bytes can still be written." },
  NextWritableAddress: { dispid: 266, get: "LONG", doc: "The LBA at which the next write begins." },
  StartAddressOfPreviousSession: { dispid: 267, get: "LONG", doc: "The LBA at which the last session begins; −1 when there is none." },
  LastWrittenAddressOfPreviousSession: { dispid: 268, get: "LONG", doc: "The last written LBA of the last session; −1 when there is none." },
  ForceMediaToBeClosed: { dispid: 269, get: "VARIANT_BOOL", put: "VARIANT_BOOL", doc: "Whether the disc is closed after the write, so that nothing can be added to it." },
  DisableConsumerDvdCompatibilityMode: { dispid: 270, get: "VARIANT_BOOL", put: "VARIANT_BOOL", doc: "Whether a DVD+R stays open for more sessions, at the price of some players not reading it." },
  CurrentPhysicalMediaType: { dispid: 271, get: "LONG", doc: "The kind of the medium (IMAPI_MEDIA_PHYSICAL_TYPE)." },
  ClientName: { dispid: 272, get: "BSTR", put: "BSTR", doc: "The name of the program that writes: letters, digits and spaces; it must be set before a write." },
  RequestedWriteSpeed: { dispid: 273, get: "LONG", doc: "The speed asked for, in sectors of 2048 bytes a second; −1 for the fastest." },
  RequestedRotationTypeIsPureCAV: { dispid: 274, get: "VARIANT_BOOL", doc: "Whether a constant rotation was asked for." },
  CurrentWriteSpeed: { dispid: 275, get: "LONG", doc: "The speed of the next write, in sectors of 2048 bytes a second." },
  CurrentRotationTypeIsPureCAV: { dispid: 276, get: "VARIANT_BOOL", doc: "Whether the next write rotates the disc at a constant speed." },
  SupportedWriteSpeeds: { dispid: 277, get: "SAFEARRAY(LONG)", doc: "The speeds for the present medium, in sectors of 2048 bytes a second." },
  SupportedWriteSpeedDescriptors: { dispid: 278, get: "SAFEARRAY(IWriteSpeedDescriptor*)", doc: "The speeds for the present medium, with their kinds of rotation." },
  ForceOverwrite: { dispid: 279, get: "VARIANT_BOOL", put: "VARIANT_BOOL", doc: "Whether a rewritable disc that holds data is overwritten." },
  Write: { dispid: 512, method: "void", params: [["data", "IStream*"]], doc: "Writes a stream, whose length is a multiple of 2048 bytes, and returns when the disc is done." },
  CancelWrite: { dispid: 513, method: "void", doc: "Ends the write that is going on; to be called from the event Update." },
  SetWriteSpeed: { dispid: 514, method: "void", params: [["RequestedSectorsPerSecond", "LONG"], ["RotationTypeIsPureCAV", "VARIANT_BOOL"]], doc: "Asks for a speed in sectors of 2048 bytes a second, −1 for the fastest, and a kind of rotation." },
}, { doc: "Writes a stream of data sectors onto a disc.", inherits: "IDiscFormat2" });

const SECTOR_BYTES = 2048;
const FASTEST = -1;
/** Update is fired at each change of the action, and else no more often than so. */
const UPDATE_INTERVAL_MS = 500;
/** The disc is closed when no more than this part of it would stay free, as documented for ForceMediaToBeClosed. */
const LAST_PART = 0.02;

const VERIFICATION = ["none", "quick", "full"] as const;

/** Writes streams onto discs. */
export class DiscFormat2Data extends DiscFormat2 implements IDiscFormat2Data, IBurnVerification, Connectable {
  readonly [EVENTS]: EventSource = new EventSource(DDiscFormat2DataEventsTable);
  #bufferUnderrunFreeDisabled = false;
  #postgapAlreadyInImage = false;
  #forceMediaToBeClosed = false;
  #disableConsumerDvdCompatibilityMode = false;
  #forceOverwrite = false;
  #verification: number;
  #requestedSpeed = FASTEST;
  #requestedPureCav = false;
  /** Present while Write runs. */
  #running: { cancelled: boolean } | undefined;

  constructor(environment: ImapiEnvironment) {
    super(environment, {
      work: "a write",
      inProgress: "E_IMAPI_DF2DATA_WRITE_IN_PROGRESS",
      waitAdvice: "wait for its end, or call CancelWrite",
      recorderNotSupported: "E_IMAPI_DF2DATA_RECORDER_NOT_SUPPORTED",
      clientNameNotValid: "E_IMAPI_DF2DATA_CLIENT_NAME_IS_NOT_VALID",
    });
    this.#verification = VERIFICATION.indexOf(environment.verify);
  }

  protected override handles(): boolean {
    return true;
  }

  get BufferUnderrunFreeDisabled(): boolean {
    return this.#bufferUnderrunFreeDisabled;
  }
  set BufferUnderrunFreeDisabled(value: boolean) {
    this.requireIdle("set BufferUnderrunFreeDisabled");
    this.#bufferUnderrunFreeDisabled = value;
  }

  get PostgapAlreadyInImage(): boolean {
    return this.#postgapAlreadyInImage;
  }
  set PostgapAlreadyInImage(value: boolean) {
    this.requireIdle("set PostgapAlreadyInImage");
    this.#postgapAlreadyInImage = value;
  }

  get ForceMediaToBeClosed(): boolean {
    return this.#forceMediaToBeClosed;
  }
  set ForceMediaToBeClosed(value: boolean) {
    this.requireIdle("set ForceMediaToBeClosed");
    this.#forceMediaToBeClosed = value;
  }

  get DisableConsumerDvdCompatibilityMode(): boolean {
    return this.#disableConsumerDvdCompatibilityMode;
  }
  set DisableConsumerDvdCompatibilityMode(value: boolean) {
    this.requireIdle("set DisableConsumerDvdCompatibilityMode");
    this.#disableConsumerDvdCompatibilityMode = value;
  }

  get ForceOverwrite(): boolean {
    return this.#forceOverwrite;
  }
  set ForceOverwrite(value: boolean) {
    this.requireIdle("set ForceOverwrite");
    this.#forceOverwrite = value;
  }

  get BurnVerificationLevel(): number {
    return this.#verification;
  }
  set BurnVerificationLevel(value: number) {
    this.requireIdle("set BurnVerificationLevel");
    if (VERIFICATION[value] === undefined) {
      const levels = Object.values(IMAPI_BURN_VERIFICATION_LEVEL).join(", ");
      throw imapiError("E_INVALIDARG", `Cannot set BurnVerificationLevel to ${value}: use one of ${levels}`);
    }
    this.#verification = value;
  }

  get CurrentMediaStatus(): number {
    return this.inspect().imapiMediaState;
  }

  get WriteProtectStatus(): number {
    const { writeProtected, status } = this.inspect();
    const state = IMAPI_MEDIA_WRITE_PROTECT_STATE;
    return (writeProtected ? state.IMAPI_WRITEPROTECTED_BY_MEDIA_SPECIFIC_REASON : 0) |
      (status === "readOnly" ? state.IMAPI_WRITEPROTECTED_READ_ONLY_MEDIA : 0);
  }

  get TotalSectorsOnMedia(): number {
    return this.inspect().totalSectors;
  }

  get FreeSectorsOnMedia(): number {
    return this.inspect().freeSectors;
  }

  get NextWritableAddress(): number {
    const { nwa, description } = this.inspect();
    if (nwa !== undefined) return nwa;
    throw imapiError(
      "E_IMAPI_DF2DATA_INVALID_MEDIA_STATE",
      `Cannot get the next writable address: found ${description}; insert a blank or an appendable disc`,
    );
  }

  /** −1 when there is no previous session. */
  get StartAddressOfPreviousSession(): number {
    return this.inspect().lastSessionStartLba ?? -1;
  }

  /** −1 when there is no previous session. */
  get LastWrittenAddressOfPreviousSession(): number {
    return this.inspect().lastRecordedLba ?? -1;
  }

  get RequestedWriteSpeed(): number {
    return this.#requestedSpeed;
  }

  get RequestedRotationTypeIsPureCAV(): boolean {
    return this.#requestedPureCav;
  }

  get CurrentWriteSpeed(): number {
    return this.#chosenSpeed(this.inspect())?.sectorsPerSecond ?? 0;
  }

  get CurrentRotationTypeIsPureCAV(): boolean {
    return this.#chosenSpeed(this.inspect())?.rotationIsPureCav ?? false;
  }

  get SupportedWriteSpeeds(): readonly number[] {
    return [...new Set(this.inspect().speeds.map(({ sectorsPerSecond }) => sectorsPerSecond))];
  }

  get SupportedWriteSpeedDescriptors(): readonly WriteSpeedDescriptor[] {
    const { speeds, imapiMediaType } = this.inspect();
    return speeds.map(({ sectorsPerSecond, rotationIsPureCav }) =>
      new WriteSpeedDescriptor({
        mediaType: imapiMediaType,
        rotationTypeIsPureCav: rotationIsPureCav,
        sectorsPerSecond,
      })
    );
  }

  SetWriteSpeed(RequestedSectorsPerSecond: number, RotationTypeIsPureCAV: boolean): void {
    this.requireIdle("set the write speed");
    this.requireRecorder("set the write speed");
    if (RequestedSectorsPerSecond !== FASTEST && RequestedSectorsPerSecond <= 0) {
      throw imapiError(
        "E_INVALIDARG",
        `Cannot set the write speed to ${RequestedSectorsPerSecond}: it is in sectors a second, or -1 for the fastest`,
      );
    }
    this.#requestedSpeed = RequestedSectorsPerSecond;
    this.#requestedPureCav = RotationTypeIsPureCAV;
  }

  Write(data: ByteStream): void {
    this.requireIdle("write to the disc");
    const recorder = this.requireRecorder("write to the disc");
    this.requireClientName("write to the disc");
    const { sizeBytes } = data;
    if (sizeBytes === 0 || sizeBytes % SECTOR_BYTES !== 0) {
      throw imapiError(
        "E_IMAPI_DF2DATA_STREAM_NOT_SUPPORTED",
        `Cannot write to the disc: the stream has ${sizeBytes} bytes; give one with a multiple of ${SECTOR_BYTES}`,
      );
    }
    const running = { cancelled: false };
    this.#running = running;
    const image = data instanceof ImageStream ? data : undefined;
    try {
      this.carryOut(
        recorder,
        () => this.#burn(recorder, data, running),
        image === undefined ? {} : { sources: () => image.files() },
      );
    } finally {
      this.#running = undefined;
      image?.[Symbol.dispose]();
    }
  }

  CancelWrite(): void {
    if (this.#running === undefined) {
      throw imapiError(
        "E_IMAPI_DF2DATA_WRITE_NOT_IN_PROGRESS",
        "Cannot cancel the write: none is in progress",
      );
    }
    this.#running.cancelled = true;
  }

  #burn(recorder: DiscRecorder2, data: ByteStream, running: { readonly cancelled: boolean }): void {
    const updates = new Updates(this, this.environment);
    try {
      recorder.drive.use(recorder, (transport) =>
        runSync(this.#procedure(data, transport.maxTransferBytes), {
          transport,
          source: (lba, count, target) => readSectors(data, lba, count, target),
          onProgress: (progress) => {
            const burnProgress = progress as BurnProgress; // burnData reports nothing else
            this.environment.onProgress?.(burnProgress);
            updates.update(burnProgress);
          },
          isCancelled: () => running.cancelled || this.environment.isCancelled(),
          sleep: (durationMs) => this.environment.sleep(durationMs),
        }));
    } catch (error) {
      throw updates.thrown === undefined ? sourceErrorOf(error) : updates.thrown.error;
    }
  }

  *#procedure(data: ByteStream, maxTransferBytes: number): Procedure<BurnResult> {
    const medium = yield* inspect();
    const sizeSectors = data.sizeBytes / SECTOR_BYTES;
    const speed = this.#chosenSpeed(medium)?.sectorsPerSecond;
    return yield* burnData({
      sizeSectors,
      close: this.#closes(medium, sizeSectors) ? "finalize" : "appendable",
      ...(speed === undefined || this.#requestedSpeed === FASTEST ? {} : { speed }),
      verify: VERIFICATION[this.#verification]!,
      clientName: this.ClientName,
      forceOverwrite: this.#forceOverwrite,
      unprotected: this.#bufferUnderrunFreeDisabled,
      isPadded: this.#postgapAlreadyInImage,
      // The addresses in such an image count from sector 0, so that it is of no use behind other sessions.
      blankOnly: data instanceof ImageStream,
      maxTransferBytes,
      now: () => this.environment.now().getTime(),
      onNote: (message) => this.environment.onNote?.(message),
      ...(data instanceof ImageStream ? { ownerOf: (lba: number) => data.ownerOf(lba) } : {}),
    });
  }

  /** Whether the disc is closed with this session: the table that put_DisableConsumerDvdCompatibilityMode documents. */
  #closes(medium: Medium, sizeSectors: number): boolean {
    const isLast = medium.freeSectors - sizeSectors <= medium.totalSectors * LAST_PART;
    if (this.#forceMediaToBeClosed || isLast) return true;
    if (medium.family !== "dvdPlusR" && medium.family !== "dvdPlusRDl") return false;
    return !this.#disableConsumerDvdCompatibilityMode ||
      medium.imapiMediaType === IMAPI_MEDIA_PHYSICAL_TYPE.IMAPI_MEDIA_TYPE_DVDPLUSR_DUALLAYER;
  }

  /** The speed of the drive that is nearest to the one asked for; undefined where the drive tells none. */
  #chosenSpeed(medium: Medium): Medium["speeds"][number] | undefined {
    const wanted = this.#requestedSpeed === FASTEST ? Infinity : this.#requestedSpeed;
    const matching = medium.speeds.filter((speed) => speed.rotationIsPureCav === this.#requestedPureCav);
    const candidates = matching.length > 0 ? matching : medium.speeds;
    if (wanted === Infinity) return candidates[0];
    const distance = (speed: Medium["speeds"][number]): number => Math.abs(speed.sectorsPerSecond - wanted);
    return candidates.toSorted((a, b) => distance(a) - distance(b))[0];
  }
}

implementInterface(DiscFormat2Data, [IDiscFormat2DataTable, IDiscFormat2Table]);

/** Fires the event Update as a burn goes on. */
class Updates {
  readonly #format: DiscFormat2Data;
  readonly #environment: ImapiEnvironment;
  #action: BurnProgress["action"] | undefined;
  #firedMs = 0;
  /** What a sink threw: an error of the script's own, not one of the burn. */
  thrown: { readonly error: unknown } | undefined;

  constructor(format: DiscFormat2Data, environment: ImapiEnvironment) {
    this.#format = format;
    this.#environment = environment;
  }

  update(progress: BurnProgress): void {
    const events = this.#format[EVENTS];
    // A sink that failed is not told of the clean-up that follows from it.
    if (!events.hasSinks || this.thrown !== undefined) return;
    const nowMs = this.#environment.now().getTime();
    if (progress.action === this.#action && nowMs - this.#firedMs < UPDATE_INTERVAL_MS) return;
    this.#action = progress.action;
    this.#firedMs = nowMs;
    const args = new DiscFormat2DataEventArgs({
      startLba: progress.startLba,
      sectorCount: progress.sectorCount,
      lastReadLba: progress.lastReadLba,
      lastWrittenLba: progress.lastWrittenLba,
      bufferBytes: progress.totalSystemBufferBytes,
      usedBufferBytes: progress.usedSystemBufferBytes,
      elapsedS: Math.round((progress.elapsedMs ?? 0) / 1000),
      remainingS: Math.round((progress.remainingMs ?? 0) / 1000),
      action: WRITE_ACTION[progress.action],
    });
    try {
      events.fire("Update", [this.#format, args]);
    } catch (error) {
      this.thrown = { error };
      throw error;
    }
  }
}

/** A burn that failed because of its source has the source's documented result, and the burn's words. */
function sourceErrorOf(error: unknown): unknown {
  if (!(error instanceof BurnError) || error.hresultName !== "E_FAIL") return error;
  const { cause } = error;
  if (cause instanceof Unwinding) return cause;
  if (!(cause instanceof AutomationError)) return error;
  const { number, hresultName } = cause;
  return new AutomationError(number, error.message, {
    source: error.source,
    ...(hresultName === undefined ? {} : { hresultName }),
    cause: error,
  });
}

function readSectors(data: ByteStream, lba: number, count: number, target: Uint8Array): void {
  const offset = lba * SECTOR_BYTES;
  const wanted = count * SECTOR_BYTES;
  for (let got = 0; got < wanted;) {
    const more = data.read(target.subarray(got, wanted), offset + got);
    if (more <= 0) {
      throw imapiError(
        "IMAPI_E_DATA_STREAM_INCONSISTENCY",
        `Cannot read the stream: it ended at byte ${offset + got}, and said that it has ${data.sizeBytes}`,
      );
    }
    got += more;
  }
}
