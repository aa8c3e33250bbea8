/** The variables of one `cmd`: what it sets ends with it, and reaches the programs that it starts. @module */
import type { DriveMap } from "../../../platform/drive_map.ts";
import type { Registry } from "../../../platform/registry.ts";
import { ProcessVariables, translated } from "../environment.ts";

/** A variable that was set, or removed. */
interface Change {
  readonly name: string;
  readonly value: string | undefined;
}

/** What {@linkcode CommandVariables.save} gives. */
export type SavedVariables = ReadonlyMap<string, Change>;

/** The variables of the process, and above them those that commands changed. */
export class CommandVariables {
  readonly #driveMap: DriveMap;
  readonly #process: ProcessVariables;
  readonly #given: Readonly<Record<string, string>>;
  readonly #computed: (name: string) => string | undefined;
  #changed: Map<string, Change>;

  /**
   * @param given what programs get in another form than this process has it.
   * @param computed the variables that are computed when they are asked for, by their names in capitals.
   */
  constructor(
    driveMap: DriveMap,
    registry: Registry,
    given: Readonly<Record<string, string>>,
    computed: (name: string) => string | undefined,
  ) {
    this.#driveMap = driveMap;
    this.#process = new ProcessVariables(driveMap, registry);
    this.#given = given;
    this.#computed = computed;
    this.#changed = new Map();
  }

  /** The value of a variable, as scripts see it. */
  get(name: string): string | undefined {
    const changed = this.#changed.get(name.toUpperCase());
    if (changed !== undefined) return changed.value;
    // What stands between percent signs may be anything, and no system has variables of such names.
    if (name === "" || /[=\0]/.test(name)) return undefined;
    return this.#computed(name.toUpperCase()) ?? this.#process.get(name);
  }

  /** Sets a variable; nothing removes it. */
  set(name: string, value: string): void {
    this.#changed.set(name.toUpperCase(), { name, value: value === "" ? undefined : value });
  }

  /** What was changed so far, to be restored. */
  save(): SavedVariables {
    return new Map(this.#changed);
  }

  restore(saved: SavedVariables): void {
    this.#changed = new Map(saved);
  }

  /** All variables with their values. */
  entries(): (readonly [name: string, value: string])[] {
    const rows = new Map(this.#process.entries().map((row) => [row[0].toUpperCase(), row]));
    for (const [folded, { name, value }] of this.#changed) {
      if (value === undefined) rows.delete(folded);
      else rows.set(folded, [rows.get(folded)?.[0] ?? name, value]);
    }
    return [...rows].sort(([one], [other]) => one < other ? -1 : 1).map(([, row]) => row);
  }

  /** A variable as programs of this system have it. */
  native(name: string): string | undefined {
    return this.#changed.has(name.toUpperCase()) ? this.forPrograms()[name] : Deno.env.get(name);
  }

  /** The variables that programs get beyond those of this process. */
  forPrograms(): Record<string, string> {
    const rows: Record<string, string> = { ...this.#given };
    for (const [folded, { name, value = "" }] of this.#changed) {
      if (folded === "PATH") rows.PATH = this.#nativePath(value);
      else rows[name] = translated(value, this.#driveMap);
    }
    return rows;
  }

  #nativePath(value: string): string {
    const folders = value.split(";").filter((folder) => folder !== "");
    return folders.map((folder) => translated(folder, this.#driveMap)).join(":");
  }
}
