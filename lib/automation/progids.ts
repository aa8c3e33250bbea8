/** ProgIDs: the names under which objects are created. @module */
import { scriptError } from "./errors.ts";
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

  /**
   * Creates the object of a ProgID.
   *
   * @throws AutomationError 429, naming the ProgID and what exists.
   */
  create(progId: string): AutomationObject {
    const row = this.#factories.get(progId.trim().toLowerCase().replace(/\.1$/, ""));
    if (row !== undefined) return row.create();
    const near = nearest(progId, this.names);
    const known = near === undefined ? `it knows ${this.names.join(", ")}` : `did you mean "${near}"?`;
    throw scriptError("cannotCreate", `'${progId}' (Burnscript has no such object; ${known})`);
  }
}

/** The one name within a third of the letters of what was asked for, if there is one. */
function nearest(wanted: string, names: readonly string[]): string | undefined {
  let best: { name: string; distance: number } | undefined;
  for (const name of names) {
    const distance = editDistance(wanted.toLowerCase(), name.toLowerCase());
    if (distance <= name.length / 3 && (best === undefined || distance < best.distance)) {
      best = { name, distance };
    }
  }
  return best?.name;
}

function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(substitution, row[j]! + 1, next[j - 1]! + 1));
    }
    row = next;
  }
  return row[b.length]!;
}
