/** Virtual recorders as the rest sees recorders: enumerated, opened, given commands. @module */
import { BurnError } from "../mmc/errors.ts";
import type { CommandRequest, Reply } from "../mmc/request.ts";
import { discStatePath, openDiscStore } from "../platform/disc_store.ts";
import { sourceAmong } from "../platform/source_on_volume.ts";
import {
  deserialize,
  type DiscState,
  type DiscStore,
  type Fault,
  IDENTITY,
  type MediumKind,
  mediumNamed,
  memoryStore,
  NewerDiscError,
  VirtualDrive,
} from "../recorder/mod.ts";
import { storeError } from "./store_error.ts";
import type { Recorder, RecorderIdentity, RecorderOpenOptions, Transport } from "./transport.ts";

/** One virtual recorder to be: `--virtual dvd+r=disc.img`. */
export interface VirtualSpec {
  /** "cd-r", "dvd+rw", "bd-re" and so on, or "none" for an empty drive. */
  readonly medium: string;
  /** File of the disc's sectors; created blank if absent. For an empty drive a name only. */
  readonly file: string;
  /** What goes wrong, for tests. */
  readonly faults?: readonly Fault[];
}

/** No bus lies between: what the caches hold well, and large enough that a call of the system costs little beside it. */
const TRANSFER_BYTES_MAX = 262_144;

/** How long a virtual drive works before other things of the event loop get their turn. */
const SLICE_MS = 8;

/**
 * Virtual recorders, in the order of `specs`. Nothing is opened or created before a recorder is opened.
 *
 * @throws RangeError when a medium is unknown or not emulated, or a disc is in two of them.
 */
export function openVirtualRecorders(specs: readonly VirtualSpec[]): Recorder[] {
  const discs = specs.filter(({ medium }) => medium !== "none");
  const twice = discs.find(({ file }, index) => discs.findIndex((other) => other.file === file) < index);
  if (twice !== undefined) throw new RangeError(`The disc "${twice.file}" can be in one recorder only`);
  return specs.map((spec, index) => new VirtualRecorder(spec, index + 1));
}

/** A drive over `store` as a transport, for tests and for discs that are not files. */
export function virtualTransport(drive: VirtualDrive, onClose: () => void = () => {}): Transport {
  return new VirtualTransport(() => drive, { onClose });
}

/** A virtual drive that is plugged in, and how often it is open. */
interface Plugged {
  readonly store: LockableStore;
  drive: VirtualDrive;
  opened: number;
  /** How many of these keep other processes from it. */
  exclusive: number;
}

/**
 * The virtual drives of this process that are open, or whose tray is: like hardware, a drive is the same one however
 * often recorders are listed, and two drives over one file would not know of each other's writing.
 */
const PLUGGED: Map<string, Plugged> = new Map();

/** The state of the virtual disc whose file this is; undefined for any other file. */
export function readDiscState(file: string): DiscState | undefined {
  let text: string;
  try {
    text = Deno.readTextFileSync(discStatePath(file));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotCapable) return undefined;
    if (error instanceof Deno.errors.NotADirectory) return undefined;
    throw error;
  }
  try {
    return deserialize(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined; // then it is an image like any other
    throw error;
  }
}

class VirtualRecorder implements Recorder {
  readonly identity: RecorderIdentity;
  readonly #kind: MediumKind | undefined;
  readonly #spec: VirtualSpec;

  constructor(spec: VirtualSpec, number: number) {
    this.#kind = mediumNamed(spec.medium);
    this.#spec = spec;
    this.identity = {
      uniqueId: `burnscript-virtual#${number}#${spec.medium.toLowerCase()}#${spec.file}`,
      path: spec.file,
      ...IDENTITY,
      bus: "virtual",
      volumePathNames: [],
    };
  }

  open({ exclusive, sources }: RecorderOpenOptions): Transport {
    if (exclusive && sources !== undefined) this.#refuseSources(sources());
    const id = this.identity.uniqueId;
    const plugged = PLUGGED.get(id) ?? this.#plug({ exclusive });
    if (exclusive && plugged.exclusive === 0 && PLUGGED.has(id)) this.#takeForItself(plugged);
    PLUGGED.set(id, plugged);
    plugged.opened++;
    if (exclusive) plugged.exclusive++;
    const onStoreFailure = (error: unknown): unknown => {
      // As after a loss of power: what was not saved is not on the disc, and the drive is not to speak of it.
      plugged.drive = this.#newDrive(plugged.store);
      return storeError(error, `write the virtual disc "${this.#spec.file}"`);
    };
    return new VirtualTransport(() => plugged.drive, {
      onStoreFailure,
      onClose: () => {
        if (exclusive && --plugged.exclusive === 0) {
          plugged.drive.save();
          plugged.store.unlock?.();
        }
        // A drive whose tray stands open has a state that no file holds: it stays.
        if (--plugged.opened > 0 || plugged.drive.isTrayOpen) return;
        PLUGGED.delete(id);
        plugged.drive.close();
      },
    });
  }

  /** What is burned would change while it is read. */
  #refuseSources(sources: Iterable<string>): void {
    const { file } = this.#spec;
    const source = this.#kind === undefined ? undefined : sourceAmong(sources, [file, discStatePath(file)]);
    if (source === undefined) return;
    throw new BurnError("E_IMAPI_RECORDER_LOCKED", {
      action: `use the virtual disc "${file}"`,
      found: `its file "${source}" is among those to be burned`,
      advice: "give a file elsewhere, or leave it out (--exclude)",
    });
  }

  #plug({ exclusive }: { exclusive: boolean }): Plugged {
    const store = this.#openStore();
    try {
      if (exclusive) this.#lock(store);
      return { store, drive: this.#newDrive(store), opened: 0, exclusive: 0 };
    } catch (error) {
      store.close();
      throw error;
    }
  }

  #openStore(): LockableStore {
    if (this.#kind === undefined) return memoryStore();
    try {
      return openDiscStore(this.#spec.file);
    } catch (error) {
      throw storeError(error, `open the virtual disc "${this.#spec.file}"`);
    }
  }

  /** Locks a disc that is in use already; what another process made of it meanwhile counts. */
  #takeForItself(plugged: Plugged): void {
    this.#lock(plugged.store);
    if (!plugged.drive.isTrayOpen && plugged.drive.isOutdated) plugged.drive = this.#newDrive(plugged.store);
  }

  #lock(store: LockableStore): void {
    if (store.lock === undefined || store.lock()) return;
    throw new BurnError("E_IMAPI_RECORDER_LOCKED", {
      action: `use the virtual disc "${this.#spec.file}"`,
      found: "another program is writing it",
      advice: "wait for its end, or give another file",
    });
  }

  #newDrive(store: LockableStore): VirtualDrive {
    const { file, faults } = this.#spec;
    try {
      return new VirtualDrive({ kind: this.#kind, store, ...(faults === undefined ? {} : { faults }) });
    } catch (error) {
      throw loadError(error, file);
    }
  }
}

/** A store over files, which other processes can have open too, or one in memory. */
type LockableStore = DiscStore & { lock?(): boolean; unlock?(): void };

/** The error for a disc whose state does not fit what was asked for, or cannot be read. */
function loadError(error: unknown, file: string): unknown {
  const action = `load the virtual disc "${file}"`;
  if (error instanceof RangeError) {
    return new BurnError("E_IMAPI_RECORDER_MEDIA_INCOMPATIBLE", {
      action,
      found: error.message,
      advice: "name it as the medium that it is, or give another file",
      cause: error,
    });
  }
  if (error instanceof NewerDiscError) {
    return new BurnError("E_FAIL", {
      action,
      found: error.message,
      advice: "use the Burnscript that made it, or a newer one",
      cause: error,
    });
  }
  if (error instanceof SyntaxError) {
    return new BurnError("E_FAIL", {
      action,
      found: `its state cannot be read: ${error.message}`,
      advice: `delete "${discStatePath(file)}" to have the file taken for a closed disc`,
      cause: error,
    });
  }
  return error;
}

class VirtualTransport implements Transport {
  readonly maxTransferBytes = TRANSFER_BYTES_MAX;
  readonly #drive: () => VirtualDrive;
  readonly #onClose: () => void;
  /** Told of what the disc's storage threw; returns the error to throw. */
  readonly #onStoreFailure: (error: unknown) => unknown;
  #closed = false;
  #sliceStart = performance.now();

  constructor(drive: () => VirtualDrive, { onClose, onStoreFailure = (error): unknown => error }: {
    onClose: () => void;
    onStoreFailure?: (error: unknown) => unknown;
  }) {
    this.#drive = drive;
    this.#onClose = onClose;
    this.#onStoreFailure = onStoreFailure;
  }

  get timeless(): boolean {
    return this.#drive().isTimeless;
  }

  execute(command: CommandRequest): Reply {
    if (this.#closed) throw new Error("The virtual recorder was closed");
    try {
      return this.#drive().execute(command);
    } catch (error) {
      throw this.#onStoreFailure(error);
    }
  }

  async executeAsync(command: CommandRequest): Promise<Reply> {
    // An answer that is there at once would keep the event loop in its microtasks for the length of a burn.
    if (performance.now() - this.#sliceStart > SLICE_MS) {
      // No timer: the shortest one lasts a millisecond, in which a drive stands still.
      await new Promise<void>((resolve) => setImmediate(resolve));
      this.#sliceStart = performance.now();
    }
    return this.execute(command);
  }

  [Symbol.dispose](): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#onClose();
  }
}
