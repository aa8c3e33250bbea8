/** IDiscMaster2: the optical drives of the computer. @module */
import { type Connectable, EVENTS, EventSource } from "../automation/events.ts";
import { AutomationClass, defineInterface, implementInterface } from "../automation/interface.ts";
import type { Drives } from "./_drives.ts";
import type { ImapiEnvironment } from "./environment.ts";
import { NoRecorderError } from "../jobs/exit_codes.ts";
import { imapiError } from "./hresult.ts";
import type { IDiscMaster2 } from "./types.ts";

/** IDiscMaster2 as data. */
// deno-fmt-ignore -- a table: one row a member
export const IDiscMaster2Table = defineInterface("IDiscMaster2", "{27354130-7F64-5B0F-8F00-5D77AFBE261E}", {
  _NewEnum: { dispid: -4, get: "IUnknown*", element: "BSTR", doc: "The unique identifiers of all drives." },
  Item: { dispid: 0, get: "BSTR", params: [["index", "LONG"]], doc: "The unique identifier of a drive, by its index from 0." },
  Count: { dispid: 1, get: "LONG", doc: "How many drives there are." },
  IsSupportedEnvironment: { dispid: 2, get: "VARIANT_BOOL", doc: "Whether there is a drive, and this user may use it." },
}, { doc: "The optical drives of the computer, as a collection of their unique identifiers." });

/** DDiscMaster2Events, drives that come and go, as data. */
// deno-fmt-ignore -- a table: one row a member
export const DDiscMaster2EventsTable = defineInterface("DDiscMaster2Events", "{27354131-7F64-5B0F-8F00-5D77AFBE261E}", {
  NotifyDeviceAdded: { dispid: 256, method: "void", params: [["object", "IDispatch*"], ["uniqueId", "BSTR"]], doc: "Fired when a drive was connected, while the program sleeps." },
  NotifyDeviceRemoved: { dispid: 257, method: "void", params: [["object", "IDispatch*"], ["uniqueId", "BSTR"]], doc: "Fired when a drive was taken away, while the program sleeps." },
}, { doc: "Drives that come and go." });

/** How often drives are listed for those who want to hear of them: it costs no command to any drive. */
const WATCH_MS = 1000;

/** The list of drives, taken anew at each question, so that drives that come and go are seen. */
export class DiscMaster2 extends AutomationClass implements IDiscMaster2, Connectable {
  readonly #drives: Drives;
  readonly #environment: ImapiEnvironment;
  #events: EventSource | undefined;

  constructor(drives: Drives, environment: ImapiEnvironment) {
    super();
    this.#drives = drives;
    this.#environment = environment;
  }

  /** Whoever asks for it is about to connect: from then on drives are watched. */
  get [EVENTS](): EventSource {
    if (this.#events === undefined) {
      this.#events = new EventSource(DDiscMaster2EventsTable);
      this.#environment.watch?.(this.#watcher(this.#events));
    }
    return this.#events;
  }

  #watcher(events: EventSource): () => boolean {
    let known = new Set(this);
    let lookedMs = this.#environment.now().getTime();
    return () => {
      const nowMs = this.#environment.now().getTime();
      if (nowMs - lookedMs < WATCH_MS) return true;
      lookedMs = nowMs;
      const found = new Set(this);
      const [gone, come] = [known.difference(found), found.difference(known)];
      known = found;
      for (const id of gone) events.fire("NotifyDeviceRemoved", [this, id]);
      for (const id of come) events.fire("NotifyDeviceAdded", [this, id]);
      return true;
    };
  }

  get Count(): number {
    return this.#drives.list().length;
  }

  Item(index: number): string {
    const drives = this.#drives.list();
    const drive = drives[index];
    if (drive !== undefined) return drive.identity.uniqueId;
    throw imapiError(
      "E_INVALIDARG",
      drives.length === 0
        ? `Cannot get recorder ${index}: the computer has none; connect one, or use --virtual dvd+r=disc.iso`
        : `Cannot get recorder ${index}: ${
          drives.length === 1
            ? "there is one, number 0"
            : `there are ${drives.length}, 0 to ${drives.length - 1}`
        }; use such a number`,
      { cause: new NoRecorderError(`There is no recorder ${index}`) },
    );
  }

  /** Whether there is a drive, and this program may open one. */
  get IsSupportedEnvironment(): boolean {
    return this.#drives.list().some((drive) => drive.isAccessible);
  }

  *[Symbol.iterator](): Generator<string> {
    for (const drive of this.#drives.list()) yield drive.identity.uniqueId;
  }
}

implementInterface(DiscMaster2, [IDiscMaster2Table]);
