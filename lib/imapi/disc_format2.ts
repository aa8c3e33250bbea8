/** IDiscFormat2: what all disc formats have in common. @module */
import { AutomationClass, defineInterface } from "../automation/interface.ts";
import type { Medium } from "../burn/mod.ts";
import { FAMILIES } from "../burn/family.ts";
import { readConfiguration } from "../burn/inspect.ts";
import { type Profile, profileOf } from "../mmc/profiles.ts";
import { clientNameProblem } from "./_drives.ts";
import { IMAPI_PROFILE_TYPE } from "./constants.ts";
import { type DiscRecorder2, recorderOf } from "./disc_recorder2.ts";
import type { ImapiEnvironment } from "./environment.ts";
import { automationErrorOf, interruptionOf } from "./errors.ts";
import { type HresultName, imapiError } from "./hresult.ts";
import type { IDiscFormat2, IDiscRecorder2 } from "./types.ts";

/** IDiscFormat2 as data. */
// deno-fmt-ignore -- a table: one row a member
export const IDiscFormat2Table = defineInterface("IDiscFormat2", "{27354152-8F64-5B0F-8F00-5D77AFBE261E}", {
  IsRecorderSupported: { dispid: 2048, method: "VARIANT_BOOL", params: [["recorder", "IDiscRecorder2*"]], doc: "Whether the drive can write in this way." },
  IsCurrentMediaSupported: { dispid: 2049, method: "VARIANT_BOOL", params: [["recorder", "IDiscRecorder2*"]], doc: "Whether the medium in the drive can be written in this way." },
  MediaPhysicallyBlank: { dispid: 1792, get: "VARIANT_BOOL", doc: "Whether nothing was ever written to the medium, or all of it is erased." },
  MediaHeuristicallyBlank: { dispid: 1793, get: "VARIANT_BOOL", doc: "Whether the medium is blank, or looks so from what its first sectors hold." },
  SupportedMediaTypes: { dispid: 1794, get: "SAFEARRAY(LONG)", doc: "The kinds of media that can be written in this way (IMAPI_MEDIA_PHYSICAL_TYPE)." },
}, { doc: "What all writers of discs have in common." });

const LOOK = "look at the disc";

/** The documented results of one kind of format, and its words. */
interface FormatWords {
  /** "a write", as what is in progress. */
  readonly work: string;
  readonly inProgress: HresultName;
  /** How it ends before its time, if it does. */
  readonly waitAdvice: string;
  readonly recorderNotSupported: HresultName;
  readonly clientNameNotValid: HresultName;
}

/** What writes or erases discs of some kinds with one recorder, one at a time. */
export abstract class DiscFormat2 extends AutomationClass implements IDiscFormat2 {
  protected readonly environment: ImapiEnvironment;
  readonly #words: FormatWords;
  #recorder: DiscRecorder2 | undefined;
  #clientName = "";
  #isRunning = false;

  constructor(environment: ImapiEnvironment, words: FormatWords) {
    super();
    this.environment = environment;
    this.#words = words;
  }

  /** Whether it can do its work with discs of a profile. */
  protected abstract handles(profile: Profile): boolean;

  get Recorder(): IDiscRecorder2 {
    // Nothing to a script that has not set it, as a property of an object type is anywhere.
    return this.#recorder as IDiscRecorder2;
  }
  set Recorder(value: IDiscRecorder2) {
    this.requireIdle("set the recorder");
    const recorder = recorderOf(value);
    if (!this.IsRecorderSupported(recorder)) {
      throw imapiError(
        this.#words.recorderNotSupported,
        `Cannot set the recorder to ${recorder.drive.identity.path}: it writes none of the media that are supported; ` +
          "use a recorder that does",
      );
    }
    this.#recorder = recorder;
  }

  get ClientName(): string {
    return this.#clientName;
  }
  set ClientName(value: string) {
    this.requireIdle("set the client name");
    const problem = clientNameProblem(value);
    if (problem !== undefined) {
      throw imapiError(
        this.#words.clientNameNotValid,
        `Cannot set the client name to "${value}": ${problem}; use letters, digits and spaces`,
      );
    }
    this.#clientName = value;
  }

  IsRecorderSupported(recorder: IDiscRecorder2): boolean {
    const configuration = recorderOf(recorder).converse(readConfiguration());
    return configuration?.profiles.some(({ code }) => this.#handles(code)) ?? false;
  }

  IsCurrentMediaSupported(recorder: IDiscRecorder2): boolean {
    return this.#handles(recorderOf(recorder).inspect(LOOK).profile);
  }

  get SupportedMediaTypes(): readonly number[] {
    const codes = Object.values(IMAPI_PROFILE_TYPE).filter((code) => this.#handles(code));
    return [...new Set(codes.map((code) => profileOf(code).imapiMediaType))].sort((a, b) => a - b);
  }

  get MediaPhysicallyBlank(): boolean {
    return this.inspect().status === "blank";
  }

  /** No better known than physically: only rewritable discs, which are not written, could look blank without being it. */
  get MediaHeuristicallyBlank(): boolean {
    return this.inspect().status === "blank";
  }

  get CurrentPhysicalMediaType(): number {
    return this.inspect().imapiMediaType;
  }

  /** What is in the recorder. */
  protected inspect(): Medium {
    return this.requireRecorder(LOOK).inspect(LOOK);
  }

  protected requireRecorder(action: string): DiscRecorder2 {
    if (this.#recorder !== undefined) return this.#recorder;
    throw imapiError(
      "E_IMAPI_RECORDER_REQUIRED",
      `Cannot ${action}: there is no recorder; set Recorder first`,
    );
  }

  protected requireIdle(action: string): void {
    if (!this.#isRunning) return;
    const { inProgress, work, waitAdvice } = this.#words;
    throw imapiError(inProgress, `Cannot ${action}: ${work} is in progress; ${waitAdvice}`);
  }

  /** Throws unless there is a name under which the recorder is taken. */
  protected requireClientName(action: string): void {
    if (this.#clientName !== "") return;
    throw imapiError(
      this.#words.clientNameNotValid,
      `Cannot ${action}: there is no client name; set ClientName to your program's name`,
    );
  }

  /** Does the work with the recorder for itself, its errors turned into those that scripts catch. */
  protected carryOut(
    recorder: DiscRecorder2,
    work: () => void,
    { sources }: { sources?: () => Iterable<string> } = {},
  ): void {
    this.#isRunning = true;
    try {
      const owner = this.#clientName;
      recorder.drive.acquire(recorder, sources === undefined ? { owner } : { owner, sources });
      try {
        const { whileBusy = (each) => each() } = this.environment;
        whileBusy(work);
      } finally {
        recorder.drive.release(recorder);
      }
    } catch (error) {
      throw this.environment.isCancelled()
        ? interruptionOf(error, this.environment)
        : automationErrorOf(error);
    } finally {
      this.#isRunning = false;
    }
  }

  #handles(code: number): boolean {
    const profile = profileOf(code);
    return FAMILIES[profile.family] !== undefined && this.handles(profile);
  }
}
