/** The drives behind the recorder objects: one a device, however many objects are attached to it. @module */
import { Unwinding } from "../automation/errors.ts";
import type { Procedure } from "../mmc/request.ts";
import { runSync } from "../drive/run.ts";
import type { Recorder, RecorderIdentity, RecorderOpenOptions, Transport } from "../drive/transport.ts";
import type { ImapiEnvironment } from "./environment.ts";
import { automationErrorOf, interruptionOf, translated } from "./errors.ts";
import { imapiError } from "./hresult.ts";

/** The drives of one program. A drive that is listed again is the same object, so that its locks are known to all. */
export class Drives {
  readonly #environment: ImapiEnvironment;
  readonly #known = new Map<string, Drive>();

  constructor(environment: ImapiEnvironment) {
    this.#environment = environment;
  }

  /** The drives of now. */
  list(): Drive[] {
    return translated(() => this.#environment.recorders()).map((recorder, index) => {
      const { uniqueId } = recorder.identity;
      let drive = this.#known.get(uniqueId);
      if (drive === undefined) {
        this.#known.set(uniqueId, drive = new Drive(recorder, index, this.#environment));
      }
      return drive;
    });
  }
}

/** Exclusive access, as its holder has it. */
interface Lock {
  /** The object that acquired it. */
  readonly holder: object;
  readonly owner: string;
  readonly transport: Transport;
  count: number;
}

/** One drive. */
export class Drive {
  readonly recorder: Recorder;
  /** Its place in the list in which it was met first. */
  readonly index: number;
  readonly #environment: ImapiEnvironment;
  #lock: Lock | undefined;

  constructor(recorder: Recorder, index: number, environment: ImapiEnvironment) {
    this.recorder = recorder;
    this.index = index;
    this.#environment = environment;
  }

  get identity(): RecorderIdentity {
    return this.recorder.identity;
  }

  /** Who has exclusive access; empty when nobody of this program has. */
  get owner(): string {
    return this.#lock?.owner ?? "";
  }

  /** Whether this program may open it. A drive that it uses itself counts. */
  get isAccessible(): boolean {
    if (this.#lock !== undefined) return true;
    try {
      this.recorder.open({ exclusive: false })[Symbol.dispose]();
      return true;
    } catch (error) {
      if (error instanceof Unwinding) throw error;
      return false; // for whatever reason: the question is whether it can be opened, and that was the answer
    }
  }

  /** Takes exclusive access, or takes it once more; a disc that `sources` lie on is not unmounted for it. */
  acquire(holder: object, { owner, sources }: { owner: string; sources?: () => Iterable<string> }): void {
    this.#refuseOthers(holder, "get exclusive access");
    if (this.#lock !== undefined) this.#lock.count++;
    else {
      const transport = this.#open({ exclusive: true, ...(sources === undefined ? {} : { sources }) });
      this.#lock = { holder, owner, transport, count: 1 };
    }
  }

  /** Gives it back once. */
  release(holder: object): void {
    const lock = this.#lock;
    if (lock?.holder !== holder) {
      throw imapiError("E_FAIL", "Cannot release exclusive access: the recorder object does not have it");
    }
    if (--lock.count > 0) return;
    this.#lock = undefined;
    lock.transport[Symbol.dispose]();
  }

  /** Gives it back altogether, if this object has it. */
  releaseAll(holder: object): void {
    while (this.#lock?.holder === holder) this.release(holder);
  }

  /** Has a conversation with the drive, which is open for as long; blocks, and ends early when the script shall end. */
  converse<T>(holder: object, procedure: Procedure<T>): T {
    const environment = this.#environment;
    try {
      return this.use(holder, (transport) =>
        runSync(procedure, {
          transport,
          isCancelled: () => environment.isCancelled(),
          sleep: (durationMs) => environment.sleep(durationMs),
        }));
    } catch (error) {
      throw environment.isCancelled() ? interruptionOf(error, environment) : automationErrorOf(error);
    }
  }

  /** A conversation that may take as long as a tray. */
  converseAtLength<T>(holder: object, procedure: Procedure<T>): T {
    const { whileBusy = (work) => work() } = this.#environment;
    return whileBusy(() => this.converse(holder, procedure));
  }

  /** Does something with the open drive; with exclusive access already held, through that. */
  use<T>(holder: object, work: (transport: Transport) => T): T {
    this.#refuseOthers(holder, "use the recorder");
    return translated(() => {
      if (this.#lock !== undefined) return work(this.#lock.transport);
      using transport = this.#open({ exclusive: false });
      return work(transport);
    });
  }

  #open(options: RecorderOpenOptions): Transport {
    const onNote = (message: string): void => this.#environment.onNote?.(message);
    return translated(() => this.recorder.open({ ...options, onNote }));
  }

  #refuseOthers(holder: object, action: string): void {
    if (this.#lock === undefined || this.#lock.holder === holder) return;
    throw imapiError(
      "E_IMAPI_RECORDER_LOCKED",
      `Cannot ${action}: "${this.#lock.owner}" has exclusive access to ${this.identity.path}; ` +
        "use the recorder object that acquired it, or release it first",
    );
  }
}

/**
 * What is wrong with the name of a program that takes exclusive access, if something is: it may have up to 63 letters,
 * digits, spaces and some marks (IOCTL_CDROM_EXCLUSIVE_ACCESS).
 */
export function clientNameProblem(name: string): string | undefined {
  if (name.trim() === "") return "it is empty";
  if (name.length > 63) return `it has ${name.length} characters, over 63`;
  const bad = /[^A-Za-z0-9 .,:;_-]/.exec(name);
  return bad === null ? undefined : `it has the character ${JSON.stringify(bad[0])}`;
}
