/** ProgIDs: the names under which objects are created. @module */
import { scriptError } from "./errors.ts";
import { nearest } from "./nearest.ts";
import type { AutomationObject } from "./variant.ts";

/** Creates one object. */
export type Factory = () => AutomationObject;

/** The ProgIDs that this program knows, without regard to case; `Name.1` is the same as `Name`. */
export class ProgIdTable {
  readonly #factories = new Map<string, { readonly progId: string; readonly create: Factory }>();

  /** Adds ProgIDs in their documented spelling. */
  add(factories: Readonly<Record<string, Factory>>): void {
    for (const [progId, create] of Object.entries(factories)) {
      this.#factories.set(progId.toLowerCase(), { progId, create });
    }
  }

  /** All of them, sorted. */
  get names(): readonly string[] {
    return [...this.#factories.values()].map((row) => row.progId).sort();
  }

  /** The documented spelling of a ProgID that is known, else undefined. */
  find(progId: string): string | undefined {
    return this.#row(progId)?.progId;
  }

  #row(progId: string): { readonly progId: string; readonly create: Factory } | undefined {
    const name = progId.trim().toLowerCase();
    return this.#factories.get(name) ?? this.#factories.get(name.replace(/\.1$/, ""));
  }

  /**
   * Creates the object of a ProgID.
   *
   * @throws AutomationError 429, naming the ProgID and what exists.
   */
  create(progId: string): AutomationObject {
    const row = this.#row(progId);
    if (row !== undefined) return row.create();
    const near = nearest(progId, this.names);
    const known = near === undefined ? `it knows ${this.names.join(", ")}` : `did you mean "${near}"?`;
    throw scriptError("cannotCreate", `'${progId}' (Burnscript has no such object; ${known})`);
  }
}
