/** IDiscFormat2Erase: makes rewritable discs blank. @module */
import { Unwinding } from "../automation/errors.ts";
import { type Connectable, EVENTS, EventSource } from "../automation/events.ts";
import { defineInterface, implementInterface } from "../automation/interface.ts";
import { makeLong } from "../automation/variant.ts";
import { eraseDisc, type EraseProgress } from "../burn/mod.ts";
import { runSync } from "../drive/run.ts";
import type { Profile } from "../mmc/profiles.ts";
import { DiscFormat2, IDiscFormat2Table } from "./disc_format2.ts";
import type { DiscRecorder2 } from "./disc_recorder2.ts";
import type { ImapiEnvironment } from "./environment.ts";
import type { IDiscFormat2Erase } from "./types.ts";

/** IDiscFormat2Erase as data. */
// deno-fmt-ignore -- a table: one row a member
export const IDiscFormat2EraseTable = defineInterface("IDiscFormat2Erase", "{27354156-8F64-5B0F-8F00-5D77AFBE261E}", {
  Recorder: { dispid: 256, get: "IDiscRecorder2*", put: "IDiscRecorder2*", doc: "The drive that erases." },
  FullErase: { dispid: 257, get: "VARIANT_BOOL", put: "VARIANT_BOOL", doc: "Whether every sector is erased, and not only what makes the disc count as blank." },
  CurrentPhysicalMediaType: { dispid: 258, get: "LONG", doc: "The kind of the medium (IMAPI_MEDIA_PHYSICAL_TYPE)." },
  ClientName: { dispid: 259, get: "BSTR", put: "BSTR", doc: "The name of the program that erases: letters, digits and spaces; it must be set before." },
  EraseMedia: { dispid: 513, method: "void", doc: "Erases the disc, and returns when it is blank." },
}, { doc: "Erases rewritable discs.", inherits: "IDiscFormat2" });

/** DDiscFormat2EraseEvents, the events of erasing, as data. */
// deno-fmt-ignore -- a table: one row a member
export const DDiscFormat2EraseEventsTable = defineInterface("DDiscFormat2EraseEvents", "{2735413A-7F64-5B0F-8F00-5D77AFBE261E}", {
  Update: { dispid: 512, method: "void", params: [["object", "IDispatch*"], ["elapsedSeconds", "LONG"], ["estimatedTotalSeconds", "LONG"]], doc: "Fired about twice a second while a disc is erased." },
}, { doc: "The events of erasing." });

const UPDATE_INTERVAL_MS = 500;

/** Erases discs. */
export class DiscFormat2Erase extends DiscFormat2 implements IDiscFormat2Erase, Connectable {
  readonly [EVENTS]: EventSource = new EventSource(DDiscFormat2EraseEventsTable);
  #fullErase = false;

  constructor(environment: ImapiEnvironment) {
    super(environment, {
      work: "erasing",
      inProgress: "E_IMAPI_ERASE_RECORDER_IN_USE",
      waitAdvice: "wait for its end",
      recorderNotSupported: "E_IMAPI_ERASE_RECORDER_NOT_SUPPORTED",
      clientNameNotValid: "E_IMAPI_ERASE_CLIENT_NAME_IS_NOT_VALID",
    });
  }

  protected override handles({ rewritable }: Profile): boolean {
    return rewritable;
  }

  get FullErase(): boolean {
    return this.#fullErase;
  }
  set FullErase(value: boolean) {
    this.requireIdle("set FullErase");
    this.#fullErase = value;
  }

  EraseMedia(): void {
    const action = "erase the disc";
    this.requireIdle(action);
    const recorder = this.requireRecorder(action);
    this.requireClientName(action);
    this.carryOut(recorder, () => this.#erase(recorder));
  }

  #erase(recorder: DiscRecorder2): void {
    const { environment } = this;
    const nowMs = (): number => environment.now().getTime();
    const beginMs = nowMs();
    let firedMs = -Infinity;
    /** What a sink threw: an error of the script's own, not one of erasing. */
    let thrown: { readonly error: unknown } | undefined;
    const update = (fraction: number): void => {
      const elapsedMs = nowMs() - beginMs;
      if (thrown !== undefined || elapsedMs - firedMs < UPDATE_INTERVAL_MS) return;
      firedMs = elapsedMs;
      const elapsed = Math.round(elapsedMs / 1000);
      const estimated = fraction > 0 ? Math.max(elapsed, Math.round(elapsedMs / fraction / 1000)) : elapsed;
      try {
        this[EVENTS].fire("Update", [this, makeLong(elapsed), makeLong(estimated)]);
      } catch (error) {
        thrown = { error };
        throw error;
      }
    };
    try {
      update(0);
      recorder.drive.use(recorder, (transport) =>
        runSync(eraseDisc({ full: this.#fullErase }), {
          transport,
          onProgress: (progress) => update((progress as EraseProgress).fraction), // eraseDisc reports nothing else
          isCancelled: () => environment.isCancelled(),
          sleep: (durationMs) => environment.sleep(durationMs),
        }));
    } catch (error) {
      throw error instanceof Unwinding || thrown === undefined ? error : thrown.error;
    }
  }
}

implementInterface(DiscFormat2Erase, [IDiscFormat2EraseTable, IDiscFormat2Table]);
