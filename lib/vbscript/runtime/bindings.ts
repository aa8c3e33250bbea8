/** What names stand for: globals, locals around Execute, and names that are looked up when they are used. @module */
import type { Variant } from "../../automation/variant.ts";
import type { ScriptClass, ScriptObject, ScriptProcedure } from "./script_class.ts";
import type { Cell } from "./values.ts";

/** A function of the library or of the host. */
export interface LibraryFunction {
  readonly name: string;
  readonly minimum: number;
  readonly maximum: number;
  /** Set for a host's function: its name says nothing of its results. */
  readonly isHost?: boolean;
  /** Whether variables come as {@linkcode VariantRef}s. */
  readonly byReference?: boolean;
  readonly call: (...args: Variant[]) => Variant;
}

/** What a global name stands for. */
export type Binding =
  | { readonly kind: "variable"; readonly cell: Cell }
  | { readonly kind: "constant"; readonly value: Variant }
  | { readonly kind: "procedure"; readonly procedure: ScriptProcedure }
  | { readonly kind: "class"; readonly scriptClass: ScriptClass }
  | { readonly kind: "object"; readonly value: Variant }
  | { readonly kind: "function"; readonly function: LibraryFunction };

/** A name that is looked up when it is used. */
export interface LateName {
  readonly name: string;
  readonly spelling: string;
  /** Whether an unknown name is an error. */
  readonly explicit: boolean;
  /** The names that the code around declares. */
  readonly declared: () => Iterable<string>;
}

/** Locals by name, for Execute and Eval inside a procedure. */
export class LocalScope {
  readonly cells = new Map<string, Cell>();
  readonly constants = new Map<string, Variant>();

  constructor(readonly me: ScriptObject | undefined) {}

  /** Makes a cell reachable by its name. */
  bind(name: string, cell: Cell): Cell {
    this.cells.set(name, cell);
    return cell;
  }
}
