/** IDiscMaster2: the optical drives of the computer. @module */
import { AutomationClass, defineInterface, implementInterface } from "../automation/interface.ts";
import type { Drives } from "./_drives.ts";
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

/** The list of drives, taken anew at each question, so that drives that come and go are seen. */
export class DiscMaster2 extends AutomationClass implements IDiscMaster2 {
  readonly #drives: Drives;

  constructor(drives: Drives) {
    super();
    this.#drives = drives;
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
