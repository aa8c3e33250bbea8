/** What the IMAPI objects need of the program they run in. @module */
import type { BurnProgress } from "../burn/mod.ts";
import type { Recorder } from "../drive/transport.ts";
import type { ImageDirectory } from "../image/mod.ts";

/** Everything that the objects cannot do by themselves. */
export interface ImapiEnvironment {
  /** The recorders of now: asked whenever drives are listed or one is looked for. */
  recorders(): readonly Recorder[];
  /**
   * The path of this system for one that a script names (`g:\BurnDir`).
   *
   * @throws AutomationError that says which flag maps the drive letter.
   */
  resolvePath(path: string): string;
  /** Lists a directory and all below it; the result is the caller's own. */
  readTree(directory: string): ImageDirectory;
  now(): Date;
  /** Blocks for so long, or until the work shall end. */
  sleep(durationMs: number): void;
  /** Whether the work shall end (Ctrl-C): a burn that runs cleans up, then fails. */
  isCancelled(): boolean;
  /** Throws what ends the script when `isCancelled`; without it that is an Interrupted by a signal. */
  checkInterrupted?(): void;
  /** What is verified after a burn unless the program says otherwise through IBurnVerification. */
  readonly verify: "none" | "quick" | "full";
  /** Runs work that blocks this thread for long: a burn, and loading or ejecting a disc. */
  whileBusy?<T>(work: () => T): T;
  /** Takes what is asked now and then while the program waits, until it says that it wants no more of it. */
  watch?(ask: () => boolean): void;
  /** Told what is no reason to stop, and the person at the drive should know, a sentence each time. */
  onNote?(message: string): void;
  /** Told how far a burn is. */
  onProgress?(progress: BurnProgress): void;
  /** The directory that IFileSystemImage.WorkingDirectory names at first, as scripts write it. */
  readonly workingDirectory?: string;
}
