/** IDiscRecorder2: one optical drive. @module */
import { AutomationClass, defineInterface, implementInterface } from "../automation/interface.ts";
import { send } from "../burn/command.ts";
import type { Medium } from "../burn/describe.ts";
import { inspect, parsed, readConfiguration } from "../burn/inspect.ts";
import { canLoad, closeTray, ejectMedia } from "../burn/tray.ts";
import { modeSense10 } from "../mmc/cdb.ts";
import type { Configuration } from "../mmc/configuration.ts";
import { MODE_PAGE, parseModePages } from "../mmc/mode_page.ts";
import type { Procedure } from "../mmc/request.ts";
import { clientNameProblem, type Drive, type Drives } from "./_drives.ts";
import { imapiError } from "./hresult.ts";
import type { IDiscRecorder2 } from "./types.ts";

/** IDiscRecorder2 as data. */
// deno-fmt-ignore -- a table: one row a member
export const IDiscRecorder2Table = defineInterface("IDiscRecorder2", "{27354133-7F64-5B0F-8F00-5D77AFBE261E}", {
  EjectMedia: { dispid: 256, method: "void", doc: "Unlocks the tray and opens it." },
  CloseTray: { dispid: 257, method: "void", doc: "Pulls the tray in, where the drive can." },
  AcquireExclusiveAccess: { dispid: 258, method: "void", params: [["force", "VARIANT_BOOL"], ["clientName", "BSTR"]], doc: "Keeps other programs from using the drive, under a name that they are told." },
  ReleaseExclusiveAccess: { dispid: 259, method: "void", doc: "Gives exclusive access back." },
  DisableMcn: { dispid: 260, method: "void", doc: "Stops notifications that the medium has changed; calls are counted." },
  EnableMcn: { dispid: 261, method: "void", doc: "Takes one DisableMcn back." },
  InitializeDiscRecorder: { dispid: 262, method: "void", params: [["recorderUniqueId", "BSTR"]], doc: "Chooses the drive that the object stands for." },
  ActiveDiscRecorder: { dispid: 0, get: "BSTR", doc: "The unique identifier of the drive." },
  VendorId: { dispid: 513, get: "BSTR", doc: "The vendor, as the drive tells it." },
  ProductId: { dispid: 514, get: "BSTR", doc: "The model, as the drive tells it." },
  ProductRevision: { dispid: 515, get: "BSTR", doc: "The revision of the firmware, as the drive tells it." },
  VolumeName: { dispid: 516, get: "BSTR", doc: "The name of the drive for this system, such as a device's path." },
  VolumePathNames: { dispid: 517, get: "SAFEARRAY(BSTR)", doc: "The drive letters and mount points of the drive." },
  DeviceCanLoadMedia: { dispid: 518, get: "VARIANT_BOOL", doc: "Whether the drive can pull its tray in by itself." },
  LegacyDeviceNumber: { dispid: 519, get: "LONG", doc: "The number of the drive among the drives of the system, from 0." },
  SupportedFeaturePages: { dispid: 520, get: "SAFEARRAY(LONG)", doc: "The features that the drive can have (IMAPI_FEATURE_PAGE_TYPE)." },
  CurrentFeaturePages: { dispid: 521, get: "SAFEARRAY(LONG)", doc: "The features that it has with the present medium (IMAPI_FEATURE_PAGE_TYPE)." },
  SupportedProfiles: { dispid: 522, get: "SAFEARRAY(LONG)", doc: "The kinds of media that the drive can use (IMAPI_PROFILE_TYPE)." },
  CurrentProfiles: { dispid: 523, get: "SAFEARRAY(LONG)", doc: "The kinds of media that the present medium is used as (IMAPI_PROFILE_TYPE)." },
  SupportedModePages: { dispid: 524, get: "SAFEARRAY(LONG)", doc: "The mode pages of the drive (IMAPI_MODE_PAGE_TYPE)." },
  ExclusiveAccessOwner: { dispid: 525, get: "BSTR", doc: "The name under which exclusive access was taken; empty when nobody has it." },
}, { doc: "One optical drive, once it is initialized with an identifier that IDiscMaster2 gives." });

/** A drive as scripts have it. Exclusive access is given back when the last reference to the object goes. */
export class DiscRecorder2 extends AutomationClass implements IDiscRecorder2, Disposable {
  readonly #drives: Drives;
  #drive: Drive | undefined;
  /** How often notifications were switched off and not on again. */
  #mcnDisabled = 0;

  constructor(drives: Drives) {
    super();
    this.#drives = drives;
  }

  InitializeDiscRecorder(recorderUniqueId: string): void {
    const drives = this.#drives.list();
    const drive = drives.find(({ identity }) => identity.uniqueId === recorderUniqueId);
    if (drive === undefined) {
      throw imapiError(
        "E_INVALIDARG",
        `Cannot initialize the recorder with "${recorderUniqueId}": found ` +
          (drives.length === 0
            ? "no recorder"
            : drives.map(({ identity }) => `"${identity.uniqueId}"`).join(", ")) +
          "; use an identifier that IDiscMaster2 gives",
      );
    }
    if (drive !== this.#drive) this.#drive?.releaseAll(this);
    this.#drive = drive;
  }

  get ActiveDiscRecorder(): string {
    return this.drive.identity.uniqueId;
  }

  get VendorId(): string {
    return this.drive.identity.vendorId;
  }

  get ProductId(): string {
    return this.drive.identity.productId;
  }

  get ProductRevision(): string {
    return this.drive.identity.productRevision;
  }

  /** The device's path: what names the drive on this system and no other one. */
  get VolumeName(): string {
    return this.drive.identity.path;
  }

  get VolumePathNames(): readonly string[] {
    return this.drive.identity.volumePathNames;
  }

  /** The number that the drive has in the list of drives. */
  get LegacyDeviceNumber(): number {
    return this.drive.index;
  }

  /** Whether the drive can pull its tray in (the Load bit of MMC-6 5.3.4). */
  get DeviceCanLoadMedia(): boolean {
    return canLoad(this.#configuration());
  }

  get SupportedFeaturePages(): readonly number[] {
    return [...this.#configuration().features.keys()];
  }

  get CurrentFeaturePages(): readonly number[] {
    return [...this.#configuration().features.values()].filter(({ current }) => current).map(({ code }) =>
      code
    );
  }

  get SupportedProfiles(): readonly number[] {
    return this.#configuration().profiles.map(({ code }) => code);
  }

  get CurrentProfiles(): readonly number[] {
    return this.#configuration().profiles.filter(({ current }) => current).map(({ code }) => code);
  }

  get SupportedModePages(): readonly number[] {
    return this.converse(readModePageNumbers());
  }

  EjectMedia(): void {
    this.drive.converseAtLength(this, ejectMedia());
  }

  CloseTray(): void {
    this.drive.converseAtLength(this, closeTray());
  }

  /**
   * Keeps other programs out. A mounted disc is unmounted for it, unless it is in use; `force` adds nothing to that, since
   * a drive that is taken from under a file system in use only breaks what uses it.
   */
  AcquireExclusiveAccess(_force: boolean, clientName: string): void {
    const problem = clientNameProblem(clientName);
    if (problem !== undefined) {
      throw imapiError(
        "E_INVALIDARG",
        `Cannot get exclusive access as "${clientName}": ${problem}; use letters, digits and spaces`,
      );
    }
    this.drive.acquire(this, { owner: clientName });
  }

  ReleaseExclusiveAccess(): void {
    this.drive.release(this);
  }

  get ExclusiveAccessOwner(): string {
    return this.drive.owner;
  }

  /** Counted as documented; there is nothing to silence, since nothing here notifies of a change of media. */
  DisableMcn(): void {
    this.drive;
    this.#mcnDisabled++;
  }

  EnableMcn(): void {
    this.drive;
    if (this.#mcnDisabled === 0) {
      throw imapiError("E_FAIL", "Cannot enable media change notifications: they are not disabled");
    }
    this.#mcnDisabled--;
  }

  /** The drive that it stands for. */
  get drive(): Drive {
    if (this.#drive !== undefined) return this.#drive;
    throw imapiError(
      "E_IMAPI_RECORDER_REQUIRED",
      "Cannot use the recorder: it stands for no drive yet; call InitializeDiscRecorder first",
    );
  }

  /**
   * What is in the drive, and in which state.
   *
   * @param action what it is for, for the error when nothing is in it.
   */
  inspect(action: string): Medium {
    const medium = this.converse(inspect());
    if (medium.status !== "absent") return medium;
    throw imapiError("E_IMAPI_RECORDER_MEDIA_NO_MEDIA", `Cannot ${action}: found no medium; insert a disc`);
  }

  /** Has a conversation with the drive. */
  converse<T>(procedure: Procedure<T>): T {
    return this.drive.converse(this, procedure);
  }

  [Symbol.dispose](): void {
    this.#drive?.releaseAll(this);
  }

  #configuration(): Configuration {
    const configuration = this.converse(readConfiguration());
    if (configuration !== undefined) return configuration;
    throw imapiError(
      "E_IMAPI_RECORDER_GET_CONFIGURATION_NOT_SUPPORTED",
      `Cannot read the features of ${this.drive.identity.path}: the drive is older than GET CONFIGURATION`,
    );
  }
}

implementInterface(DiscRecorder2, [IDiscRecorder2Table], {
  release: (object) => (object as DiscRecorder2)[Symbol.dispose](),
});

/** The numbers of the mode pages that the drive has. */
function* readModePageNumbers(): Procedure<readonly number[]> {
  const action = "read the mode pages";
  const lengthBytes = 4096; // all pages of the drives known take some hundred bytes
  const reply = yield* send({
    action,
    cdb: modeSense10(MODE_PAGE.all, { lengthBytes }),
    dataInBytes: lengthBytes,
  });
  return parsed(action, () => [...parseModePages(reply).keys()]);
}

/** The object behind an argument of type IDiscRecorder2. */
export function recorderOf(recorder: IDiscRecorder2): DiscRecorder2 {
  if (recorder instanceof DiscRecorder2) return recorder;
  throw imapiError(
    "E_INVALIDARG",
    "Cannot use the recorder: it is not one that IMAPI2.MsftDiscRecorder2 created",
  );
}
