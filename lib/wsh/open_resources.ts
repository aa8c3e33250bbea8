/** What a script has open, so that its end, however it comes, leaves nothing unwritten. @module */

/** Something open that holds data back. */
export interface OpenResource {
  /** Hands on what has been held back. */
  flush(): void;
  /** Flushes and closes; closing twice is the same as once. */
  close(): void;
}

/** The open resources of one script. */
export class OpenResources {
  readonly #open = new Set<OpenResource>();

  /** Registers what was opened. */
  add(resource: OpenResource): void {
    this.#open.add(resource);
  }

  /** Forgets what was closed. */
  remove(resource: OpenResource): void {
    this.#open.delete(resource);
  }

  /** Hands on everything that is held back: before something else looks at the files. */
  flush(): void {
    for (const resource of this.#open) resource.flush();
  }

  /** Closes everything in the order in which it was opened, and returns what failed. */
  closeAll(): unknown[] {
    const failures: unknown[] = [];
    for (const resource of [...this.#open]) {
      try {
        resource.close();
      } catch (error) {
        failures.push(error);
      }
    }
    this.#open.clear();
    return failures;
  }
}
